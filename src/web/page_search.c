#include "web/page_search.h"

#include "app/search.h"
#include "web/unit_path.h"
#include "base/json.h"
#include "web/words.h"

static struct search_row unit_row(struct visit *v, const struct search_hit *hit)
{
	const struct unit *u = tree_find(&v->app->tree, hit->unit);
	return (struct search_row){
		.name = unit_name(u, v->today), .code = u->code, .kind = code_label(CODES_UNIT_KIND, unit_kind(u, v->today), v->lang),
		.birth = DAY_NONE, .url = url(v->a, "/units/%", u->code),
	};
}

static struct search_row person_row(struct visit *v, const struct search_hit *hit)
{
	const struct unit *u = tree_find(&v->app->tree, hit->unit);
	const struct roll_person *p = live_person(&v->live, (struct person_id){ hit->id });
	const char *state = p ? label_of(p->state_label, v->lang) : NULL;
	return (struct search_row){
		.id = hit->id, .name = arena_strdup(v->a, hit->name), .code = u ? u->code : "",
		.unit_name = u ? unit_label(v, u, (struct unit_id){ 0 }, v->today) : "–",
		.state = state && *state ? arena_strdup(v->a, state) : p ? word_phase(p->phase, v->lang) : "", .birth = hit->birth,
		.url = url(v->a, "/people/%", id_text(v->a, hit->id)),
	};
}

static void take(struct visit *v, struct search_view *view, const struct search_hit *hits, size_t n)
{
	view->units = arena_array(v->a, struct search_row, n);
	view->people = arena_array(v->a, struct search_row, n);
	for (size_t i = 0; i < n; i++) {
		if (hits[i].is_unit)
			view->units[view->units_n++] = unit_row(v, &hits[i]);
		else
			view->people[view->people_n++] = person_row(v, &hits[i]);
	}
}

/* Whoever types a whole code, number or name of one person wants to be there. */
static const struct search_row *only_one(const struct search_view *view, const struct search_hit *hits, size_t n)
{
	if (n != 1 || view->more || !hits[0].exact)
		return NULL;
	return view->units_n ? view->units : view->people;
}

static enum err look(struct visit *v, struct search_view *view, size_t most, bool go, struct fault *f)
{
	struct search_hit *hits;
	size_t n;
	enum err e = search_seen(v->app, &v->live, view->q, most, v->a, &hits, &n, &view->more, f);
	if (e == E_INVALID || e == E_TOOBIG) {
		view->problem = fault_text(f, v->lang, v->a);
		return OK;
	}
	TRY(e);
	take(v, view, hits, n);
	const struct search_row *one = go ? only_one(view, hits, n) : NULL;
	if (one)
		visit_go(v, one->url);
	return OK;
}

enum err search_load(struct visit *v, struct search_view *view, struct fault *f)
{
	const char *q = visit_text(v, "q");
	view->q = q ? q : "";
	view->all = url(v->a, "/search?q=%", view->q);
	bool part = v->page->flags & PAGE_NO_FRAME;
	if (!*view->q)
		return OK;
	return look(v, view, part ? SEARCH_PART_MOST : SEARCH_MOST, !part && !v->api, f);
}

void search_json(struct json *j, const struct search_view *view)
{
	json_object(j);
	json_put_string(j, "query", view->q);
	json_key(j, "units");
	json_array(j);
	for (size_t i = 0; i < view->units_n; i++) {
		json_object(j);
		json_put_string(j, "code", view->units[i].code);
		json_put_string(j, "name", view->units[i].name);
		json_put_string(j, "kind", view->units[i].kind);
		json_object_end(j);
	}
	json_array_end(j);
	json_key(j, "people");
	json_array(j);
	for (size_t i = 0; i < view->people_n; i++) {
		const struct search_row *r = &view->people[i];
		json_object(j);
		json_put_int(j, "id", r->id);
		json_put_string(j, "name", r->name);
		json_put_day(j, "birth", r->birth);
		json_put_string(j, "unit", r->code);
		json_put_string(j, "unit_name", r->unit_name);
		json_put_string(j, "state", r->state);
		json_object_end(j);
	}
	json_array_end(j);
	json_put_bool(j, "more", view->more);
	json_object_end(j);
}

PAGE_THUNKS(search)

static void search_part_html_(struct html *h, const void *view)
{
	page_search_part(h, view);
}

static const struct param params[] = {
	{ "q", PARAM_TEXT, 0, "Tên, mã tổ chức hoặc số định danh", "Name, code of a unit or citizen ID" },
	{ 0 }
};

const struct page search_page = {
	.path = "/search", .name = "search", .vi = "Tìm kiếm", .en = "Search", .of = PAGE_SOMEWHERE, .perm = PERM_FIGURES, .flags = PAGE_LIVE,
	.query = params, .view_size = sizeof(struct search_view), .load = search_load_, .html = search_html_, .json = search_json_,
};

const struct page search_part_page = {
	.path = "/search/part", .name = "search_part", .vi = "Gợi ý tìm kiếm", .en = "Search suggestions", .of = PAGE_SOMEWHERE,
	.perm = PERM_FIGURES, .flags = PAGE_LIVE | PAGE_NO_API | PAGE_NO_FRAME, .query = params, .view_size = sizeof(struct search_view),
	.load = search_load_, .html = search_part_html_, .json = search_json_,
};
