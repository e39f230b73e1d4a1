#include "web/page_about.h"

#include "stats/cube.h"
#include "base/json.h"
#include "web/words.h"

#include <stdlib.h>
#include <string.h>

/* ---- what it is today ---- */

static const char *value_at(const struct unit *u, const char *kind, struct day on)
{
	const struct unit_fact *x = unit_fact_at(u, kind, on);
	return x ? x->value : NULL;
}

static void load_today(struct visit *v, struct about_view *view)
{
	const struct unit *u = v->unit, *above = tree_find(&v->app->tree, unit_parent(u, v->today));
	view->code = u->code;
	view->name = unit_name(u, v->today);
	view->kind = unit_kind(u, v->today);
	view->kind_label = code_label(CODES_UNIT_KIND, view->kind, v->lang);
	view->sector = value_at(u, UNIT_SECTOR, v->today);
	view->sector_label = view->sector ? code_label(CODES_SECTOR, view->sector, v->lang) : NULL;
	view->parent = above ? above->code : NULL;
	view->parent_name = above ? unit_name(above, v->today) : NULL;
	view->path = unit_path(v, u, v->today, "/about");
	view->opened = unit_opened(u);
	view->closed = unit_closed(u);
	view->authorised = text_equal(value_at(u, UNIT_AUTHORISED, v->today), "yes");
	view->year = day_ymd(v->today).year;
	view->has_plan = cube_has_plan(u, view->year, v->today);
}

/* ---- targets and classes ---- */

static const char *wanted(const struct visit *v, const struct target *t, const struct indicator *ind)
{
	bool share = ind && ind->measure != MEASURE_COUNT && ind->measure != MEASURE_CLASS;
	const char *low = word_milli(t->low_milli, v->lang, v->a), *unit = share ? " %" : "";
	if (t->high_milli >= 0 && t->high_milli != t->low_milli)
		return arena_printf(v->a, "%s–%s%s", low, word_milli(t->high_milli, v->lang, v->a), unit);
	return arena_printf(v->a, "%s%s%s", t->at_least ? "≥ " : "", low, unit);
}

static struct about_target target_row(const struct visit *v, const struct target *t)
{
	const struct indicator *ind = indicator_find(t->indicator);
	return (struct about_target){
		.period = period_text(t->period, v->a), .period_label = period_label(t->period, v->lang, v->a),
		.kind = arena_strdup(v->a, t->kind), .kind_label = code_label(CODES_TARGET_KIND, t->kind, v->lang),
		.indicator = arena_strdup(v->a, t->indicator), .indicator_label = ind ? SAY(v, ind->label.vi, ind->label.en) : t->indicator,
		.wanted = wanted(v, t, ind), .low_milli = t->low_milli, .high_milli = t->high_milli, .at_least = t->at_least,
		.decided = t->decided, .paper_no = arena_strdup(v->a, t->paper_no),
	};
}

static bool is_replaced(const struct target *all, size_t n, struct target_id id)
{
	for (size_t i = 0; i < n; i++)
		if (ID_EQUAL(all[i].replaces, id))
			return true;
	return false;
}

/* Newest period first; what was replaced stays behind what replaced it. */
static void load_targets(struct visit *v, struct about_view *view)
{
	size_t n;
	const struct target *all = cube_targets(v->live.cube, &n);
	view->targets = arena_array(v->a, struct about_target, n);
	for (size_t i = n; i-- > 0;) {
		if (!ID_EQUAL(all[i].unit, v->unit->id))
			continue;
		struct about_target *t = &view->targets[view->targets_n++];
		*t = target_row(v, &all[i]);
		t->replaced = is_replaced(all, n, all[i].id);
	}
}

static void load_classes(struct visit *v, struct about_view *view)
{
	size_t n;
	const struct cube_class *all = cube_classes(v->live.cube, &n);
	view->classes = arena_array(v->a, struct about_class, n);
	for (size_t i = n; i-- > 0;) {
		if (!ID_EQUAL(all[i].unit, v->unit->id))
			continue;
		view->classes[view->classes_n++] = (struct about_class){
			arena_strdup(v->a, all[i].code), arena_strdup(v->a, all[i].name), arena_strdup(v->a, all[i].kind),
			code_label(CODES_CLASS_KIND, all[i].kind, v->lang), all[i].period
		};
	}
}

/* ---- history ---- */

static const char *fact_value(const struct visit *v, const struct unit_fact *x)
{
	const struct unit *ref = tree_find(&v->app->tree, x->ref);
	if (ref)
		return arena_printf(v->a, "%s (%s)", unit_name(ref, x->from), ref->code);
	if (!x->value)
		return "";
	if (strcmp(x->kind, UNIT_KIND) == 0)
		return code_label(CODES_UNIT_KIND, x->value, v->lang);
	if (strcmp(x->kind, UNIT_SECTOR) == 0)
		return code_label(CODES_SECTOR, x->value, v->lang);
	return strcmp(x->kind, UNIT_AUTHORISED) == 0 ? code_label(CODES_YES_NO, x->value, v->lang) : x->value;
}

static const char *paper_text(const struct visit *v, const struct unit_fact *x)
{
	struct text t = TEXT(v->a);
	if (x->paper_no)
		text_addf(&t, "%s %s", SAY(v, "số", "no."), x->paper_no);
	if (day_known(x->paper_on))
		text_addf(&t, "%s%s %s", t.n ? ", " : "", SAY(v, "ngày", "of"), word_day(x->paper_on, v->lang, v->a));
	return t.n ? text_str(&t) : NULL;
}

static bool is_corrected(const struct unit *u, const struct unit_fact *x)
{
	for (size_t i = 0; i < u->n; i++)
		if (u->facts[i].corrects == x->seq)
			return true;
	return false;
}

static void load_facts(struct visit *v, struct about_view *view)
{
	const struct unit *u = v->unit;
	view->facts = arena_array(v->a, struct about_fact, u->n);
	for (size_t i = u->n; i-- > 0;) {
		const struct unit_fact *x = &u->facts[i];
		const struct unit *ref = tree_find(&v->app->tree, x->ref);
		view->facts[view->facts_n++] = (struct about_fact){
			.seq = x->seq, .kind = x->kind, .label = word_unit_fact(x->kind, v->lang), .value = fact_value(v, x),
			.raw = ref ? ref->code : x->value, .from = x->from, .paper = paper_text(v, x), .corrected = is_corrected(u, x),
			.entry = x->entry.v,
		};
	}
}

/* ---- posts ---- */

static bool holds_here(const struct visit *v, const struct account_row *account, const struct grant *g)
{
	bool over = day_known(g->to) && g->to.n < v->today.n;
	return !account->closed && !over && ID_EQUAL(g->unit, v->unit->id);
}

/* The row of the role where only their number is shown. */
static struct about_post *post_of(struct about_view *view, const char *role)
{
	for (size_t i = 0; !view->posts_named && i < view->posts_n; i++)
		if (strcmp(view->posts[i].role, role) == 0)
			return &view->posts[i];
	return NULL;
}

static void add_post(struct visit *v, struct about_view *view, const struct account_row *account, const struct grant *g, size_t *cap)
{
	struct about_post *same = post_of(view, role_key(g->role));
	if (same) {
		same->n++;
		return;
	}
	struct about_post p = { .role = role_key(g->role), .role_label = role_label(g->role, v->lang), .n = 1 };
	p.from = p.to = DAY_NONE;
	if (view->posts_named) {
		p.login = account->login;
		p.name = account->name;
		p.from = g->from;
		p.to = g->to;
	}
	*arena_push(v->a, view->posts, view->posts_n, *cap) = p;
}

static enum err load_posts(struct visit *v, struct about_view *view, struct fault *f)
{
	struct account_row *accounts;
	size_t n, cap = 0;
	TRY(account_list(v->app, v->a, &accounts, &n, f));
	view->posts_named = visit_may(v, PERM_USERS, v->unit->id);
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < accounts[i].n; k++)
			if (holds_here(v, &accounts[i], &accounts[i].grants[k]))
				add_post(v, view, &accounts[i], &accounts[i].grants[k], &cap);
	return OK;
}

/* ---- what can be done ---- */

static void load_things(struct visit *v, struct about_view *view)
{
	static const struct {
		enum perm perm;
		const char *vi, *en, *to;
	} rows[] = {
		{ PERM_UNIT_WRITE, "Đổi tên", "Rename", "/ops/unit_rename?unit=%" },
		{ PERM_UNIT_WRITE, "Chuyển sang cấp trên khác", "Move below another unit", "/ops/unit_move?unit=%" },
		{ PERM_UNIT_WRITE, "Đổi loại, loại hình, ủy quyền, kế hoạch", "Change kind, sector, authority, plan", "/ops/unit_fact?unit=%" },
		{ PERM_UNIT_WRITE, "Lập tổ chức trực thuộc", "Open a unit below", "/ops/unit_open?parent=%" },
		{ PERM_UNIT_WRITE, "Kết thúc hoạt động", "Close", "/ops/unit_close?unit=%" },
	};
	size_t n = sizeof rows / sizeof *rows;
	view->things = arena_array(v->a, struct about_do, n);
	for (size_t i = 0; i < n && !day_known(view->closed); i++)
		if (visit_may(v, rows[i].perm, v->unit->id))
			view->things[view->things_n++] = (struct about_do){ SAY(v, rows[i].vi, rows[i].en), url(v->a, rows[i].to, view->code) };
	if (visit_may(v, PERM_TARGET, v->unit->id))
		view->set_target = url(v->a, "/ops/target_set?unit=%", view->code);
	if (visit_may(v, PERM_CLASS, v->unit->id))
		view->open_class = url(v->a, "/ops/class_open?unit=%", view->code);
}

enum err about_load(struct visit *v, struct about_view *view, struct fault *f)
{
	load_today(v, view);
	load_targets(v, view);
	load_classes(v, view);
	load_facts(v, view);
	load_things(v, view);
	return load_posts(v, view, f);
}

/* ---- as JSON ---- */

static void targets_json(struct json *j, const struct about_view *view)
{
	json_key(j, "targets");
	json_array(j);
	for (size_t i = 0; i < view->targets_n; i++) {
		const struct about_target *t = &view->targets[i];
		json_object(j);
		json_put_string(j, "indicator", t->indicator);
		json_put_string(j, "kind", t->kind);
		json_put_string(j, "period", t->period);
		json_put_int(j, "low", t->low_milli);
		json_key(j, "high");
		if (t->high_milli < 0)
			json_null(j);
		else
			json_int(j, t->high_milli);
		json_put_bool(j, "at_least", t->at_least);
		json_put_day(j, "decided", t->decided);
		json_put_string(j, "paper_no", t->paper_no);
		json_put_bool(j, "replaced", t->replaced);
		json_object_end(j);
	}
	json_array_end(j);
}

static void classes_json(struct json *j, const struct about_view *view)
{
	json_key(j, "classes");
	json_array(j);
	for (size_t i = 0; i < view->classes_n; i++) {
		json_object(j);
		json_put_string(j, "code", view->classes[i].code);
		json_put_string(j, "name", view->classes[i].name);
		json_put_string(j, "kind", view->classes[i].kind);
		json_put_day(j, "from", view->classes[i].period.from);
		json_put_day(j, "to", view->classes[i].period.to);
		json_object_end(j);
	}
	json_array_end(j);
}

static void posts_json(struct json *j, const struct about_view *view)
{
	json_key(j, "posts");
	json_array(j);
	for (size_t i = 0; i < view->posts_n; i++) {
		json_object(j);
		json_put_string(j, "role", view->posts[i].role);
		json_put_string(j, "login", view->posts[i].login);
		json_put_string(j, "name", view->posts[i].name);
		json_put_day(j, "from", view->posts[i].from);
		json_put_day(j, "to", view->posts[i].to);
		json_put_int(j, "n", view->posts[i].n);
		json_object_end(j);
	}
	json_array_end(j);
}

static void facts_json(struct json *j, const struct about_view *view)
{
	json_key(j, "facts");
	json_array(j);
	for (size_t i = 0; i < view->facts_n; i++) {
		json_object(j);
		json_put_int(j, "seq", view->facts[i].seq);
		json_put_string(j, "kind", view->facts[i].kind);
		json_put_day(j, "from", view->facts[i].from);
		json_put_string(j, "value", view->facts[i].raw);
		json_put_bool(j, "corrected", view->facts[i].corrected);
		json_put_int(j, "entry", view->facts[i].entry);
		json_object_end(j);
	}
	json_array_end(j);
}

void about_json(struct json *j, const struct about_view *view)
{
	json_object(j);
	json_put_string(j, "code", view->code);
	json_put_string(j, "name", view->name);
	json_put_string(j, "kind", view->kind);
	json_put_string(j, "kind_label", view->kind_label);
	json_put_string(j, "sector", view->sector);
	json_put_string(j, "parent", view->parent);
	json_put_day(j, "opened", view->opened);
	json_put_day(j, "closed", view->closed);
	json_put_bool(j, "authorised", view->authorised);
	json_put_bool(j, "plan", view->has_plan);
	unit_path_json(j, &view->path);
	targets_json(j, view);
	classes_json(j, view);
	posts_json(j, view);
	facts_json(j, view);
	json_object_end(j);
}

PAGE_THUNKS(about)

const struct page about_page = {
	.path = "/units/:unit/about", .name = "about", .vi = "Hồ sơ tổ chức", .en = "The unit", .of = PAGE_UNIT, .perm = PERM_FIGURES,
	.flags = PAGE_LIVE, .view_size = sizeof(struct about_view), .load = about_load_, .html = about_html_, .json = about_json_,
};
