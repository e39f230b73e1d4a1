#include "web/page_tree.h"

#include "stats/reports.h"
#include "base/json.h"
#include "web/words.h"

#include <inttypes.h>
#include <string.h>

/* ---- figures of all children in one pass each ---- */

static struct tree_row *row_at(struct tree_view *view, int32_t part)
{
	size_t k = part >= PART_CHILD ? (size_t)(part - PART_CHILD) : SIZE_MAX;
	return k < view->n ? &view->rows[k] : NULL; /* children that are closed count above alone */
}

static bool is_open(const struct roll_person *p)
{
	return phase_is_open(p->phase);
}

static void count_one(struct tree_row *r, const struct roll_person *p)
{
	if (!r)
		return;
	r->open++;
	r->late += p->late;
}

static void count_people(const struct visit *v, struct tree_view *view, const struct tree_split *split)
{
	for (size_t i = 0; i < v->live.people_n; i++) {
		const struct roll_person *p = v->live.people[i];
		int32_t part = is_open(p) ? tree_part_of(split->part, p->unit) : PART_OUTSIDE;
		if (part == PART_OUTSIDE)
			continue;
		count_one(&view->self, p);
		count_one(row_at(view, part), p);
	}
}

static void count_members(struct visit *v, struct tree_view *view, const struct tree_split *split)
{
	const struct period year = { day_of(view->year, 1, 1), view->on };
	size_t parts = PART_CHILD + split->n;
	int64_t *admitted = arena_array(v->a, int64_t, parts), *members = arena_array(v->a, int64_t, parts);
	cube_admitted_parts(v->live.cube, split->part, year, admitted, parts);
	cube_members_parts(v->live.cube, split->part, view->on, members, parts);
	for (size_t i = PART_ROOT; i < parts; i++) {
		struct tree_row *r = row_at(view, (int32_t)i);
		view->self.admitted += admitted[i];
		view->self.members += members[i];
		if (!r)
			continue;
		r->admitted = admitted[i];
		r->members = members[i];
	}
}

/* The open units directly below the page's own and below each child. */
static void count_units(struct visit *v, struct tree_view *view, const struct tree_split *split)
{
	const struct tree *t = &v->app->tree;
	const int *parents = tree_parents(t, view->on, v->a);
	for (size_t i = 0; i < t->n; i++) {
		struct unit_id above = parents[i] >= 0 ? t->v[parents[i]].id : (struct unit_id){ 0 };
		int32_t part = tree_part_of(split->part, above);
		struct tree_row *r = part == PART_ROOT ? &view->self : row_at(view, part);
		struct unit_id own = part == PART_ROOT ? v->unit->id : r ? split->children[part - PART_CHILD]->id : (struct unit_id){ 0 };
		if (r && ID_EQUAL(above, own))
			r->children++;
	}
}

/* ---- the page ---- */

static struct tree_row row_of(struct visit *v, const struct unit *u, struct day on)
{
	struct tree_row r = { .code = u->code, .name = unit_name(u, on), .kind = unit_kind(u, on) };
	r.kind_label = code_label(CODES_UNIT_KIND, r.kind, v->lang);
	r.url = day_equal(on, v->today) ? url(v->a, "/units/%/tree", u->code)
	                                : url(v->a, "/units/%/tree?on=%", u->code, word_day(on, LANG_EN, v->a));
	if (!visit_may(v, PERM_PEOPLE, u->id))
		return r;
	r.people = url(v->a, "/units/%/people?open=1", u->code);
	r.late_url = url(v->a, "/units/%/people?open=1&late=1", u->code);
	return r;
}

static void load_links(struct visit *v, struct tree_view *view)
{
	view->action = url(v->a, "/units/%/tree", view->code);
	view->about = url(v->a, "/units/%/about", view->code);
	view->export = (struct export_links){ .xlsx = visit_with(v, "format", "xlsx"), .csv = visit_with(v, "format", "csv") };
	if (!visit_may(v, PERM_UNIT_WRITE, v->unit->id))
		return;
	view->reorgs = url(v->a, "/reorgs");
	view->add = url(v->a, "/ops/unit_open?parent=%", view->code);
}

/* Of a closed unit, the last day it was there. */
static struct day usual_day(const struct visit *v)
{
	struct day closed = unit_closed(v->unit);
	return day_known(closed) && closed.n <= v->today.n ? day_add(closed, -1) : v->today;
}

enum err tree_load(struct visit *v, struct tree_view *view, struct fault *f)
{
	TRY(visit_day(v, "on", usual_day(v), &view->on, f));
	TRY(report_check_unit(&v->app->tree, v->unit->id, view->on, v->lang, f));
	const struct tree_split split = tree_split(&v->app->tree, v->unit->id, view->on, v->a);
	view->n = split.open_n;
	view->code = v->unit->code;
	view->name = unit_name(v->unit, view->on);
	view->on_text = word_day(view->on, v->lang, v->a);
	view->is_today = day_equal(view->on, v->today);
	view->year = day_ymd(view->on).year;
	view->path = unit_path(v, v->unit, view->on, "/tree");
	view->self = row_of(v, v->unit, view->on);
	view->kind_label = view->self.kind_label;
	view->rows = arena_array(v->a, struct tree_row, view->n);
	for (size_t i = 0; i < view->n; i++)
		view->rows[i] = row_of(v, split.children[i], view->on);
	count_members(v, view, &split);
	count_units(v, view, &split);
	for (size_t i = 0; i < view->n; i++)
		view->grandchildren += view->rows[i].children;
	if (view->is_today)
		count_people(v, view, &split);
	load_links(v, view);
	return OK;
}

static void put_of_today(struct json *j, const char *key, int64_t n, bool is_today)
{
	json_key(j, key);
	if (is_today)
		json_int(j, n);
	else
		json_null(j);
}

static void figures_json(struct json *j, const struct tree_row *r, bool is_today)
{
	json_put_string(j, "kind", r->kind);
	json_put_int(j, "members", r->members);
	json_put_int(j, "admitted", r->admitted);
	put_of_today(j, "open", r->open, is_today);
	put_of_today(j, "late", r->late, is_today);
}

void tree_json(struct json *j, const struct tree_view *view)
{
	json_object(j);
	json_put_string(j, "unit", view->code);
	json_put_string(j, "name", view->name);
	json_put_day(j, "on", view->on);
	unit_path_json(j, &view->path);
	figures_json(j, &view->self, view->is_today);
	json_key(j, "children");
	json_array(j);
	for (size_t i = 0; i < view->n; i++) {
		json_object(j);
		json_put_string(j, "code", view->rows[i].code);
		json_put_string(j, "name", view->rows[i].name);
		figures_json(j, &view->rows[i], view->is_today);
		json_put_int(j, "children", view->rows[i].children);
		json_object_end(j);
	}
	json_array_end(j);
	json_object_end(j);
}

enum { COLUMNS = 8 };

static const char **headings(const struct visit *v, int32_t year)
{
	const char *vi[COLUMNS] = { "Mã", "Tổ chức", "Loại", "Đảng viên", "", "Đang trong quy trình", "Người quá hạn", "Tổ chức trực thuộc" };
	const char *en[COLUMNS] = { "Code", "Unit", "Kind", "Members", "", "On their way", "People late", "Units below" };
	const char **ret = arena_array(v->a, const char *, COLUMNS);
	for (int i = 0; i < COLUMNS; i++)
		ret[i] = v->lang == LANG_VI ? vi[i] : en[i];
	ret[4] = arena_printf(v->a, SAY(v, "Kết nạp năm %d", "Admitted in %d"), year);
	return ret;
}

static const char *digits(struct visit *v, int64_t n)
{
	return arena_printf(v->a, "%" PRId64, n);
}

static void fill_cells(struct visit *v, const struct tree_row *r, bool is_today, struct table_cell *c)
{
	const char *texts[COLUMNS] = {
		r->code, r->name, r->kind_label, digits(v, r->members), digits(v, r->admitted), is_today ? digits(v, r->open) : "",
		is_today ? digits(v, r->late) : "", digits(v, r->children),
	};
	for (int i = 0; i < COLUMNS; i++)
		c[i].text = texts[i];
}

enum err tree_table(struct visit *v, const struct tree_view *view, struct table *ret, struct fault *f)
{
	static const enum table_kind kinds[COLUMNS] = { [3] = TABLE_NUMBER, TABLE_NUMBER, TABLE_NUMBER, TABLE_NUMBER, TABLE_NUMBER };
	(void)f;
	struct table_cell *cells = arena_array(v->a, struct table_cell, (view->n + 1) * COLUMNS);
	fill_cells(v, &view->self, view->is_today, cells);
	for (size_t i = 0; i < view->n; i++)
		fill_cells(v, &view->rows[i], view->is_today, &cells[(i + 1) * COLUMNS]);
	const char *title = arena_printf(v->a, SAY(v, "%s, ngày %s", "%s on %s"), view->name, view->on_text);
	*ret = (struct table){ title, headings(v, view->year), COLUMNS, cells, (int)view->n + 1, kinds };
	return OK;
}

PAGE_THUNKS(tree)

static enum err tree_table_(struct visit *v, const void *view, struct table *ret, struct fault *f)
{
	return tree_table(v, view, ret, f);
}

static const struct param params[] = {
	{ "on", PARAM_DAY, 0, "Ngày xem (mặc định: hôm nay)", "The day (default: today)" },
	{ 0 }
};

const struct page tree_page = {
	.path = "/units/:unit/tree", .name = "tree", .vi = "Cây tổ chức", .en = "Organisation tree", .of = PAGE_UNIT, .perm = PERM_FIGURES,
	.flags = PAGE_LIVE, .query = params, .view_size = sizeof(struct tree_view), .load = tree_load_, .html = tree_html_, .json = tree_json_,
	.table = tree_table_,
};
