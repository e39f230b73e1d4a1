#include "web/page_people.h"

#include "app/people.h"
#include "web/unit_path.h"
#include "base/json.h"
#include "web/words.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { DUE_MOST = 3650, PAGES_MOST = 1000000 };

/* ---- rows ---- */

static void fill_clocks(struct visit *v, const struct roll_person *p, struct people_row *row)
{
	row->clocks = arena_array(v->a, struct clock_line, p->clocks_n);
	row->clocks_n = p->clocks_n;
	bool file = visit_may(v, PERM_FILE, p->unit);
	for (size_t i = 0; i < p->clocks_n; i++)
		row->clocks[i] = clock_line_of_roll(&p->clocks[i], file, v->live.today, v->lang, v->a);
}

struct people_row people_row(struct visit *v, const struct roll_person *p)
{
	const struct unit *u = tree_find(&v->app->tree, p->unit);
	const char *code = u ? u->code : "", *state = label_of(p->state_label, v->lang);
	const char *where = u ? unit_label(v, u, v->unit ? v->unit->id : u->id, v->today) : "–";
	struct people_row row = {
		.id = p->id.v, .name = arena_strdup(v->a, p->name), .birth = p->birth, .sex = arena_strdup(v->a, p->sex), .unit_code = code,
		.unit_name = where, .phase = p->phase, .state = arena_strdup(v->a, p->state),
		.state_label = arena_strdup(v->a, state && *state ? state : word_phase(p->phase, v->lang)), .since = p->since,
		.next = p->next ? p->next->key : NULL, .next_label = p->next ? label_of(p->next->label, v->lang) : NULL, .late = p->late,
		.due = p->due, .url = url(v->a, "/people/%", id_text(v->a, p->id.v)), .unit_url = url(v->a, "/units/%", code),
	};
	fill_clocks(v, p, &row);
	return row;
}

/* ---- the question ---- */

/* A unit below the page's own, by its code; somebody else's is as unknown as one that never was. */
static enum err read_unit(struct visit *v, struct unit_id *ret, struct fault *f)
{
	const char *code = visit_text(v, "in");
	struct unit *u;
	if (!code || !*code) {
		*ret = v->unit->id;
		return OK;
	}
	TRY(app_unit(v->app, code, "in", &u, f));
	if (!tree_is_under(&v->app->tree, u->id, v->unit->id, v->today))
		return FAULT(f, E_NOTFOUND, "in", MSG_UNIT_CODE_UNKNOWN, code);
	*ret = u->id;
	return OK;
}

static enum err read_phase(const struct visit *v, enum standing_phase *ret, struct fault *f)
{
	const char *text = visit_text(v, "phase");
	if (text && *text && !word_phase_find(text, ret))
		return FAULT(f, E_INVALID, "phase", MSG_NOT_CODE, text, "candidate, decided, probation, official, left");
	return OK;
}

static enum err read_ask(struct visit *v, struct roll_ask *ret, struct fault *f)
{
	const char *q = visit_text(v, "q"), *state = visit_text(v, "state");
	struct roll_ask ask = { .open = visit_flag(v, "open"), .late = visit_flag(v, "late"), .due_by = DAY_NONE };
	int64_t due;
	TRY(read_unit(v, &ask.unit, f));
	TRY(read_phase(v, &ask.phase, f));
	TRY(visit_int(v, "due", -1, 0, DUE_MOST, &due, f));
	ask.due_by = due < 0 ? DAY_NONE : day_add(v->live.today, (int32_t)due);
	ask.state = state && *state ? state : NULL;
	ask.text = q && *q ? q : NULL;
	*ret = ask;
	return OK;
}

static bool is_narrowed(const struct visit *v, const struct roll_ask *ask)
{
	return ask->text || ask->state || ask->phase != PHASE_NONE || ask->open || ask->late || day_known(ask->due_by)
	       || !ID_EQUAL(ask->unit, v->unit->id);
}

/* A citizen ID, whole, as somebody reads it off a card: that person alone, where they belong to this unit. */
static enum err read_number(struct visit *v, struct people_view *view, struct fault *f)
{
	const char *digits;
	struct person_id id;
	if (!view->ask.text || people_id_number(view->ask.text, v->a, &digits, NULL) != OK)
		return OK;
	TRY(people_by_number(v->app, digits, v->a, &id, f));
	const struct roll_person *p = id.v ? live_person(&v->live, id) : NULL;
	view->by_number = true;
	if (p && tree_is_under(&v->app->tree, p->unit, view->ask.unit, v->today))
		view->number = id;
	return OK;
}

/* ---- the form ---- */

static void add_choice(struct visit *v, struct people_choices *c, const char *value, const char *label, const char *chosen)
{
	*arena_push(v->a, c->v, c->n, c->cap) = (struct people_choice){ value, label, chosen && strcmp(chosen, value) == 0 };
}

static const char *state_labels(struct visit *v, const struct pack *p, const struct step *step)
{
	const char *label = label_of(step->state_label, v->lang);
	for (const struct step *s = p->steps; s < step; s++)
		if (strcmp(s->state, step->state) == 0)
			return NULL;
	return label;
}

static void add_states(struct visit *v, struct people_view *view)
{
	const struct pack *p = rules_at(&v->app->rules, v->today);
	const char *chosen = view->ask.state;
	add_choice(v, &view->states, "", SAY(v, "Mọi bước", "Any step"), chosen);
	for (size_t i = 0; i < p->steps_n; i++) {
		const char *label = state_labels(v, p, &p->steps[i]);
		if (label)
			add_choice(v, &view->states, p->steps[i].state, label, chosen);
	}
}

static void add_phases(struct visit *v, struct people_view *view)
{
	const char *chosen = view->ask.phase == PHASE_NONE ? "" : word_phase_key(view->ask.phase);
	add_choice(v, &view->phases, "", SAY(v, "Tất cả", "Everybody"), chosen);
	for (int p = PHASE_CANDIDATE; p <= PHASE_LEFT; p++)
		add_choice(v, &view->phases, word_phase_key((enum standing_phase)p), word_phase((enum standing_phase)p, v->lang), chosen);
}

static void add_dues(struct visit *v, struct people_view *view)
{
	static const char *const days[] = { "7", "30", "60", "90" };
	const char *chosen = visit_text(v, "due");
	add_choice(v, &view->dues, "", SAY(v, "Không xét hạn", "Any time"), chosen);
	for (size_t i = 0; i < sizeof days / sizeof *days; i++)
		add_choice(v, &view->dues, days[i], arena_printf(v->a, SAY(v, "Trong %s ngày tới", "Within %s days"), days[i]), chosen);
}

/* The units directly below, and the one asked for where that lies deeper. */
static void add_units(struct visit *v, struct people_view *view)
{
	const struct unit *asked = tree_find(&v->app->tree, view->ask.unit);
	bool deeper = !ID_EQUAL(view->ask.unit, v->unit->id);
	size_t n;
	struct unit **children = tree_children(&v->app->tree, v->unit->id, v->today, v->a, &n);
	add_choice(v, &view->units, "", SAY(v, "Toàn bộ", "All of it"), deeper ? NULL : "");
	for (size_t i = 0; i < n; i++) {
		add_choice(v, &view->units, children[i]->code, unit_name(children[i], v->today), asked->code);
		deeper = deeper && !ID_EQUAL(children[i]->id, asked->id);
	}
	if (deeper)
		add_choice(v, &view->units, asked->code, unit_name(asked, v->today), asked->code);
}

static struct url page_link(struct visit *v, int64_t page, int64_t pages)
{
	if (page < 1 || page > pages)
		return (struct url){ NULL };
	return visit_with(v, "page", page == 1 ? NULL : id_text(v->a, page));
}

static void add_links(struct visit *v, struct people_view *view)
{
	view->action = view->all = url(v->a, "/units/%/people", v->unit->code);
	view->helpers = url(v->a, "/units/%/helpers", v->unit->code);
	view->export = (struct export_links){ .xlsx = visit_with(v, "format", "xlsx"), .csv = visit_with(v, "format", "csv") };
	view->pager.first = view->page > 2 ? page_link(v, 1, view->pages) : (struct url){ NULL };
	view->pager.previous = page_link(v, view->page - 1, view->pages);
	view->pager.next = page_link(v, view->page + 1, view->pages);
	if (visit_may(v, PERM_PERSON_WRITE, v->unit->id))
		view->add = url(v->a, "/ops/person_record?unit=%", v->unit->code);
	if (visit_may(v, PERM_IMPORT, v->unit->id))
		view->import = url(v->a, "/import");
}

/* What to do where the list is empty. */
static void load_empty(const struct visit *v, struct people_view *view)
{
	struct empty e = { SAY(v, "Chưa có ai trong sổ", "Nobody is on record yet"), NULL, { NULL }, NULL };
	const char *less = SAY(v, "Hãy bớt điều kiện lọc, hoặc kiểm tra lại tên. Gõ không dấu cũng tìm được.",
		"Ask for less, or check the name. Names are found without accents too.");
	const char *fill = SAY(v, "Hãy nhập danh sách từ Excel, hoặc thêm từng người.", "Import a list from Excel, or add people one by one.");
	const char *first = SAY(v, "Hãy thêm người đầu tiên.", "Add the first one.");
	if (view->filtered)
		e = (struct empty){ SAY(v, "Không có ai phù hợp", "Nobody fits"), less, view->all, SAY(v, "Bỏ lọc", "Clear the filter") };
	else if (view->import.s)
		e = (struct empty){ e.title, fill, view->import, SAY(v, "Nhập danh sách", "Import a list") };
	else if (view->add.s)
		e = (struct empty){ e.title, first, view->add, SAY(v, "Thêm người", "Add somebody") };
	view->empty = e;
}

/* ---- the list ---- */

static enum err find(struct visit *v, const struct people_view *view, size_t skip, size_t most, const struct roll_person ***ret,
	size_t *ret_n, size_t *ret_total, struct fault *f)
{
	if (!view->by_number)
		return roll_find(&v->live, &v->app->tree, &view->ask, skip, most, v->a, ret, ret_n, ret_total, f);
	const struct roll_person **one = arena_array(v->a, const struct roll_person *, 1);
	one[0] = view->number.v ? live_person(&v->live, view->number) : NULL;
	*ret_total = one[0] ? 1 : 0;
	*ret_n = skip == 0 ? *ret_total : 0;
	*ret = one;
	return OK;
}

static enum err load_rows(struct visit *v, struct people_view *view, struct fault *f)
{
	const struct roll_person **found;
	size_t skip = (size_t)(view->page - 1) * PEOPLE_PAGE;
	TRY(find(v, view, skip, PEOPLE_PAGE, &found, &view->n, &view->total, f));
	view->rows = arena_array(v->a, struct people_row, view->n);
	for (size_t i = 0; i < view->n; i++)
		view->rows[i] = people_row(v, found[i]);
	view->pages = (int64_t)(view->total + PEOPLE_PAGE - 1) / PEOPLE_PAGE;
	view->pager.from = (int64_t)skip + 1;
	view->pager.to = (int64_t)(skip + view->n);
	view->pager.total = view->pages > 1 ? (int64_t)view->total : 0;
	return OK;
}

enum err people_load(struct visit *v, struct people_view *view, struct fault *f)
{
	const char *q = visit_text(v, "q");
	view->unit_code = v->unit->code;
	view->unit_name = unit_name(v->unit, v->today);
	view->q = q ? q : "";
	TRY(visit_int(v, "page", 1, 1, PAGES_MOST, &view->page, f));
	TRY(read_ask(v, &view->ask, f));
	TRY(read_number(v, view, f));
	TRY(load_rows(v, view, f));
	view->filtered = is_narrowed(v, &view->ask);
	view->open = view->ask.open;
	view->late = view->ask.late;
	add_units(v, view);
	add_states(v, view);
	add_phases(v, view);
	add_dues(v, view);
	add_links(v, view);
	load_empty(v, view);
	return OK;
}

/* ---- as JSON ---- */

static void row_json(struct json *j, const struct people_row *r)
{
	json_object(j);
	json_put_int(j, "id", r->id);
	json_put_string(j, "name", r->name);
	json_put_day(j, "birth", r->birth);
	json_put_string(j, "sex", r->sex);
	json_put_string(j, "unit", r->unit_code);
	json_put_string(j, "unit_name", r->unit_name);
	json_put_string(j, "phase", word_phase_key(r->phase));
	json_put_string(j, "state", r->state);
	json_put_string(j, "state_label", r->state_label);
	json_put_day(j, "since", r->since);
	json_put_string(j, "next", r->next);
	json_put_string(j, "next_label", r->next_label);
	json_put_bool(j, "late", r->late);
	json_put_day(j, "due", r->due);
	json_key(j, "clocks");
	json_array(j);
	for (size_t i = 0; i < r->clocks_n; i++)
		clock_line_json(j, &r->clocks[i]);
	json_array_end(j);
	json_object_end(j);
}

void people_json(struct json *j, const struct people_view *view)
{
	json_object(j);
	json_put_string(j, "unit", view->unit_code);
	json_put_int(j, "total", (int64_t)view->total);
	json_put_int(j, "page", view->page);
	json_put_int(j, "pages", view->pages);
	json_key(j, "people");
	json_array(j);
	for (size_t i = 0; i < view->n; i++)
		row_json(j, &view->rows[i]);
	json_array_end(j);
	json_object_end(j);
}

/* ---- as a table ---- */

enum { COLUMNS = 9 };

/* "Ra quyết định kết nạp: quá hạn 12 ngày; ..." */
static const char *late_text(struct visit *v, const struct people_row *r)
{
	struct text t = TEXT(v->a);
	for (size_t i = 0; i < r->clocks_n; i++)
		if (r->clocks[i].bad)
			text_addf(&t, "%s%s: %s", t.n ? "; " : "", r->clocks[i].label, r->clocks[i].when);
	return text_str(&t);
}

static void fill_cells(struct visit *v, const struct people_row *r, struct table_cell *c)
{
	const char *texts[COLUMNS] = {
		r->name, word_day(r->birth, v->lang, v->a), r->sex ? code_label(CODES_SEX, r->sex, v->lang) : "", r->unit_code, r->unit_name,
		r->state_label, word_day(r->since, v->lang, v->a), r->next_label ? r->next_label : "", late_text(v, r),
	};
	for (int i = 0; i < COLUMNS; i++)
		c[i].text = texts[i];
}

static const char **headings(const struct visit *v)
{
	const char *vi[COLUMNS] = {
		"Họ và tên", "Ngày sinh", "Giới tính", "Mã tổ chức", "Tổ chức", "Đang ở bước", "Từ ngày", "Bước tiếp theo", "Quá hạn",
	};
	const char *en[COLUMNS] = { "Name", "Born", "Sex", "Unit code", "Unit", "Stands at", "Since", "Next step", "Late" };
	const char **ret = arena_array(v->a, const char *, COLUMNS);
	for (int i = 0; i < COLUMNS; i++)
		ret[i] = v->lang == LANG_VI ? vi[i] : en[i];
	return ret;
}

enum err people_table(struct visit *v, const struct people_view *view, struct table *ret, struct fault *f)
{
	static const enum table_kind kinds[COLUMNS] = { [1] = TABLE_DAY, [6] = TABLE_DAY };
	const struct roll_person **found;
	size_t n, total;
	TRY(find(v, view, 0, PEOPLE_TABLE_MAX, &found, &n, &total, f));
	if (n < total)
		return FAULT(f, E_TOOBIG, NULL, MSG_LIST_TOO_LONG, word_number((int64_t)total, v->lang, v->a),
			word_number(PEOPLE_TABLE_MAX, v->lang, v->a));
	struct table_cell *cells = arena_array(v->a, struct table_cell, n * COLUMNS);
	for (size_t i = 0; i < n; i++) {
		struct people_row row = people_row(v, found[i]);
		fill_cells(v, &row, &cells[i * COLUMNS]);
	}
	const char *title = arena_printf(v->a, SAY(v, "Danh sách người trong sổ: %s", "People on record: %s"), view->unit_name);
	*ret = (struct table){ title, headings(v), COLUMNS, cells, (int)n, kinds };
	return OK;
}

PAGE_THUNKS(people)

static enum err people_table_(struct visit *v, const void *view, struct table *ret, struct fault *f)
{
	return people_table(v, view, ret, f);
}

static const struct param params[] = {
	{ "q", PARAM_TEXT, 0, "Họ tên hoặc số định danh", "Name or citizen ID" },
	{ "in", PARAM_TEXT, 0, "Mã tổ chức trực thuộc", "Code of a unit below" },
	{ "state", PARAM_TEXT, 0, "Đang ở bước", "Stands at" },
	{ "phase", PARAM_TEXT, 0, "Diện", "Phase" },
	{ "open", PARAM_BOOL, 0, "Chỉ người đang trong quy trình", "Only those on their way" },
	{ "late", PARAM_BOOL, 0, "Chỉ người quá hạn", "Only those who are late" },
	{ "due", PARAM_INT, 0, "Đến hạn trong số ngày tới", "Due within so many days" },
	{ "page", PARAM_INT, 0, "Trang", "Page" },
	{ 0 }
};

const struct page people_page = {
	.path = "/units/:unit/people", .name = "people", .vi = "Người trong sổ", .en = "People", .of = PAGE_UNIT, .perm = PERM_PEOPLE,
	.flags = PAGE_LIVE, .query = params, .view_size = sizeof(struct people_view), .load = people_load_, .html = people_html_,
	.json = people_json_, .table = people_table_,
};
