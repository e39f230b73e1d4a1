#include "web/page_unit_helpers.h"

#include "base/text.h"
#include "web/unit_path.h"
#include "base/json.h"
#include "web/words.h"

#include <string.h>

enum { PAGES_MOST = 100000 };

/* ---- the question ---- */

static enum err read_show(const struct visit *v, const char **ret, struct fault *f)
{
	static const char shows[] = "all|busy|free";
	const char *text = visit_text(v, "show");
	*ret = text && *text ? text : "all";
	if (!text_listed(shows, *ret))
		return FAULT(f, E_INVALID, "show", MSG_NOT_CODE, *ret, "all, busy, free");
	return OK;
}

static enum err read_ask(struct visit *v, struct unit_helpers_view *view, struct fault *f)
{
	struct day new_year = day_of(day_ymd(v->live.today).year, 1, 1);
	TRY(visit_int(v, "page", 1, 1, PAGES_MOST, &view->page, f));
	TRY(visit_day(v, "since", new_year, &view->since, f));
	TRY(read_show(v, &view->show, f));
	view->since_text = word_day(view->since, v->lang, v->a);
	return OK;
}

/* ---- rows ---- */

static bool is_seen(struct visit *v, const struct roll_person *p)
{
	return visit_may(v, PERM_PEOPLE, p->unit);
}

static void add_tasks(struct visit *v, const struct helper_load *l, struct unit_helpers_row *row)
{
	row->tasks = arena_array(v->a, struct unit_helpers_task, l->now + 1);
	for (size_t i = 0; i < l->now; i++) {
		const struct helper_task *t = &l->tasks[i];
		if (!is_seen(v, t->person)) {
			row->hidden++;
			continue;
		}
		row->tasks[row->tasks_n++] = (struct unit_helpers_task){ arena_strdup(v->a, t->person->name),
			code_label(CODES_HELPER, t->as->role, v->lang), url(v->a, "/people/%", id_text(v->a, t->person->id.v)) };
	}
}

static struct unit_helpers_row row_of(struct visit *v, const struct helper_load *l)
{
	const struct roll_person *p = l->member;
	struct unit_helpers_row row = {
		.id = p->id.v, .name = arena_strdup(v->a, p->name), .unit_code = l->unit ? l->unit->code : "",
		.unit_name = l->unit ? unit_label(v, l->unit, v->unit->id, v->today) : "–", .url = url(v->a, "/people/%", id_text(v->a, p->id.v)),
		.now = l->now, .all = l->all,
	};
	add_tasks(v, l, &row);
	return row;
}

static void load_rows(struct visit *v, struct unit_helpers_view *view)
{
	const struct helper_load_ask q = { v->unit->id, view->since, strcmp(view->show, "busy") == 0, strcmp(view->show, "free") == 0 };
	size_t skip = (size_t)(view->page - 1) * UNIT_HELPERS_PAGE;
	helpers_load(&v->live, &v->app->tree, &q, v->a, &view->loads, &view->total);
	view->rows = arena_array(v->a, struct unit_helpers_row, UNIT_HELPERS_PAGE);
	for (size_t i = skip; i < view->total && view->n < UNIT_HELPERS_PAGE; i++)
		view->rows[view->n++] = row_of(v, &view->loads[i]);
	view->pages = (int64_t)(view->total + UNIT_HELPERS_PAGE - 1) / UNIT_HELPERS_PAGE;
}

static void load_gone(struct visit *v, struct unit_helpers_view *view)
{
	struct helper_work *work;
	helpers_work(&v->live, &v->app->tree, v->unit->id, v->a, &work, &view->gone_n);
	view->gone = arena_array(v->a, struct unit_helpers_gone, view->gone_n + 1);
	for (size_t i = 0; i < view->gone_n; i++) {
		const struct helper_work *w = &work[i];
		view->gone[i] = (struct unit_helpers_gone){ w->person->id.v, arena_strdup(v->a, w->person->name),
			w->unit ? unit_label(v, w->unit, v->unit->id, v->today) : "–", code_label(CODES_HELPER, w->flag.role, v->lang),
			helpers_flag_text(&w->flag, v->lang, v->a), url(v->a, "/people/%#helpers", id_text(v->a, w->person->id.v)) };
	}
}

static struct url page_link(struct visit *v, int64_t page, int64_t pages)
{
	if (page < 1 || page > pages)
		return (struct url){ NULL };
	return visit_with(v, "page", page == 1 ? NULL : id_text(v->a, page));
}

static void load_links(struct visit *v, struct unit_helpers_view *view)
{
	size_t skip = (size_t)(view->page - 1) * UNIT_HELPERS_PAGE;
	view->action = url(v->a, "/units/%/helpers", v->unit->code);
	view->people = url(v->a, "/units/%/people", v->unit->code);
	view->export = (struct export_links){ .xlsx = visit_with(v, "format", "xlsx"), .csv = visit_with(v, "format", "csv") };
	view->pager = (struct pager){
		.from = (int64_t)skip + 1, .to = (int64_t)(skip + view->n), .total = view->pages > 1 ? (int64_t)view->total : 0,
		.first = page_link(v, view->page > 2 ? 1 : 0, view->pages), .previous = page_link(v, view->page - 1, view->pages),
		.next = page_link(v, view->page + 1, view->pages),
	};
}

enum err unit_helpers_load(struct visit *v, struct unit_helpers_view *view, struct fault *f)
{
	view->unit_code = v->unit->code;
	view->unit_name = unit_name(v->unit, v->today);
	view->cite = helper_cite(&v->app->rules, v->today);
	TRY(read_ask(v, view, f));
	load_rows(v, view);
	load_gone(v, view);
	load_links(v, view);
	return OK;
}

/* ---- as JSON ---- */

static void row_json(struct json *j, const struct unit_helpers_row *r)
{
	json_object(j);
	json_put_int(j, "id", r->id);
	json_put_string(j, "name", r->name);
	json_put_string(j, "unit", r->unit_code);
	json_put_string(j, "unit_name", r->unit_name);
	json_put_int(j, "now", (int64_t)r->now);
	json_put_int(j, "since_then", (int64_t)r->all);
	json_key(j, "people");
	json_array(j);
	for (size_t i = 0; i < r->tasks_n; i++) {
		json_object(j);
		json_put_string(j, "name", r->tasks[i].name);
		json_put_string(j, "role", r->tasks[i].role);
		json_object_end(j);
	}
	json_array_end(j);
	json_put_int(j, "elsewhere", (int64_t)r->hidden);
	json_object_end(j);
}

static void gone_json(struct json *j, const struct unit_helpers_gone *x)
{
	json_object(j);
	json_put_int(j, "person", x->id);
	json_put_string(j, "name", x->name);
	json_put_string(j, "unit_name", x->unit_name);
	json_put_string(j, "role", x->role);
	json_put_string(j, "text", x->text);
	json_object_end(j);
}

void unit_helpers_json(struct json *j, const struct unit_helpers_view *view)
{
	json_object(j);
	json_put_string(j, "unit", view->unit_code);
	json_put_day(j, "since", view->since);
	json_put_int(j, "total", (int64_t)view->total);
	json_put_int(j, "page", view->page);
	json_put_int(j, "pages", view->pages);
	json_key(j, "members");
	json_array(j);
	for (size_t i = 0; i < view->n; i++)
		row_json(j, &view->rows[i]);
	json_array_end(j);
	json_key(j, "to_replace");
	json_array(j);
	for (size_t i = 0; i < view->gone_n; i++)
		gone_json(j, &view->gone[i]);
	json_array_end(j);
	json_put_string(j, "rule", view->cite);
	json_object_end(j);
}

/* ---- as a table ---- */

enum { COLUMNS = 6 };

static const char *tasks_text(struct visit *v, const struct unit_helpers_row *r)
{
	struct text t = TEXT(v->a);
	for (size_t i = 0; i < r->tasks_n; i++)
		text_addf(&t, "%s%s (%s)", i ? "; " : "", r->tasks[i].name, r->tasks[i].role);
	if (r->hidden)
		text_addf(&t, "%s%zu %s", t.n ? "; " : "", r->hidden, SAY(v, "người ở nơi khác", "elsewhere"));
	return text_str(&t);
}

static const char **headings(const struct visit *v)
{
	const char *vi[COLUMNS] = { "Đảng viên chính thức", "Mã tổ chức", "Tổ chức", "Đang giúp đỡ", "Đã, đang giúp đỡ từ ngày xem",
		"Những người đang giúp đỡ" };
	const char *en[COLUMNS] = { "Official member", "Unit code", "Unit", "Helps now", "Helped since the day", "People helped now" };
	const char **ret = arena_array(v->a, const char *, COLUMNS);
	for (int i = 0; i < COLUMNS; i++)
		ret[i] = v->lang == LANG_VI ? vi[i] : en[i];
	return ret;
}

enum err unit_helpers_table(struct visit *v, const struct unit_helpers_view *view, struct table *ret, struct fault *f)
{
	static const enum table_kind kinds[COLUMNS] = { [3] = TABLE_NUMBER, [4] = TABLE_NUMBER };
	if (view->total > UNIT_HELPERS_TABLE_MAX)
		return FAULT(f, E_TOOBIG, NULL, MSG_LIST_TOO_LONG, word_number((int64_t)view->total, v->lang, v->a),
			word_number(UNIT_HELPERS_TABLE_MAX, v->lang, v->a));
	struct table_cell *cells = arena_array(v->a, struct table_cell, view->total * COLUMNS + 1);
	for (size_t i = 0; i < view->total; i++) {
		const struct unit_helpers_row row = row_of(v, &view->loads[i]);
		const char *texts[COLUMNS] = { row.name, row.unit_code, row.unit_name, id_text(v->a, (int64_t)row.now),
			id_text(v->a, (int64_t)row.all), tasks_text(v, &row) };
		for (size_t k = 0; k < COLUMNS; k++)
			cells[i * COLUMNS + k].text = texts[k];
	}
	const char *title = arena_printf(v->a, SAY(v, "Phân công giúp đỡ: %s", "Who helps whom: %s"), view->unit_name);
	*ret = (struct table){ title, headings(v), COLUMNS, cells, (int)view->total, kinds };
	return OK;
}

PAGE_THUNKS(unit_helpers)

static enum err unit_helpers_table_(struct visit *v, const void *view, struct table *ret, struct fault *f)
{
	return unit_helpers_table(v, view, ret, f);
}

static const struct param params[] = {
	{ "show", PARAM_TEXT, 0, "all (mọi đảng viên chính thức), busy (đang giúp đỡ) hoặc free (chưa giúp ai)",
		"all (every official member), busy (helping) or free (helping nobody)" },
	{ "since", PARAM_DAY, 0, "Tính cả việc giúp đỡ từ ngày (mặc định: đầu năm)", "Count help since this day (default: new year)" },
	{ "page", PARAM_INT, 0, "Trang", "Page" },
	{ 0 }
};

const struct page unit_helpers_page = {
	.path = "/units/:unit/helpers", .name = "unit_helpers", .vi = "Phân công giúp đỡ", .en = "Who helps whom", .of = PAGE_UNIT,
	.perm = PERM_PEOPLE, .flags = PAGE_LIVE, .query = params, .view_size = sizeof(struct unit_helpers_view), .load = unit_helpers_load_,
	.html = unit_helpers_html_, .json = unit_helpers_json_, .table = unit_helpers_table_,
};
