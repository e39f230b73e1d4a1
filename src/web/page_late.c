#include "web/page_late.h"

#include "web/late_find.h"
#include "base/json.h"
#include "web/words.h"

#include <string.h>

/* ---- the question ---- */

static const char *const whats[] = { "late", "due", "helpers", "todo" };

static enum err read_what(struct visit *v, const char **ret, struct fault *f)
{
	const char *text = visit_text(v, "what");
	*ret = whats[0];
	if (!text || !*text)
		return OK;
	for (size_t i = 0; i < sizeof whats / sizeof *whats; i++)
		if (strcmp(text, whats[i]) == 0) {
			*ret = whats[i];
			return OK;
		}
	return FAULT(f, E_INVALID, "what", MSG_NOT_CODE, text, "late, due, helpers, todo");
}

static const char *title_of(const struct visit *v, enum late_what what, int64_t days)
{
	if (what == LATE_WHAT_LATE)
		return SAY(v, "Quá hạn", "Late");
	if (what == LATE_WHAT_HELPER)
		return SAY(v, "Cần cử người thay", "Somebody else to be named as helper");
	if (what == LATE_WHAT_NEXT)
		return SAY(v, "Bước tiếp theo của những người còn lại", "Next step of everybody else");
	return arena_printf(v->a, SAY(v, "Đến hạn trong %d ngày tới", "Due within %d days"), (int)days);
}

static void add_section(struct visit *v, struct late_view *view, enum late_what what)
{
	struct late_section *s = &view->sections[view->sections_n++];
	*s = (struct late_section){ .what = what, .title = title_of(v, what, view->days) };
}

static void choose_sections(struct visit *v, struct late_view *view)
{
	bool todo = strcmp(view->what, "todo") == 0;
	if (todo || strcmp(view->what, "late") == 0)
		add_section(v, view, LATE_WHAT_LATE);
	if (todo || strcmp(view->what, "due") == 0)
		add_section(v, view, LATE_WHAT_DUE);
	if (todo || strcmp(view->what, "helpers") == 0)
		add_section(v, view, LATE_WHAT_HELPER);
	if (todo)
		add_section(v, view, LATE_WHAT_NEXT);
}

/* ---- the page ---- */

static struct url page_link(struct visit *v, int64_t page, size_t total)
{
	if (page < 1 || (size_t)(page - 1) * LATE_PAGE >= total)
		return (struct url){ NULL };
	return visit_with(v, "page", page == 1 ? NULL : id_text(v->a, page));
}

/* One list is shown screen by screen; the list for printing is whole. */
static void show_part(struct visit *v, struct late_view *view, int64_t page)
{
	for (size_t i = 0; i < view->sections_n; i++)
		view->sections[i].shown = view->sections[i].n;
	if (view->sections_n != 1)
		return;
	struct late_section *s = view->sections;
	size_t first = (size_t)(page - 1) * LATE_PAGE;
	s->first = first < s->n ? first : s->n;
	s->shown = s->n - s->first < LATE_PAGE ? s->n - s->first : LATE_PAGE;
	view->pager = (struct pager){
		.from = (int64_t)s->first + 1, .to = (int64_t)(s->first + s->shown), .total = s->n > LATE_PAGE ? (int64_t)s->n : 0,
		.first = page > 2 ? page_link(v, 1, s->n) : (struct url){ NULL }, .previous = page_link(v, page - 1, s->n),
		.next = page_link(v, page + 1, s->n),
	};
}

static struct url tab(struct visit *v, const struct late_view *view, const char *what)
{
	const char *days = arena_printf(v->a, "%d", (int)view->days);
	if (view->is_today)
		return url(v->a, "/units/%/late?what=%&days=%", view->code, what, days);
	return url(v->a, "/units/%/late/%?what=%&days=%", view->code, word_day(view->on, LANG_EN, v->a), what, days);
}

static void load_links(struct visit *v, struct late_view *view)
{
	view->action = url(v->a, "/units/%/late", view->code);
	view->tab_late = tab(v, view, "late");
	view->tab_due = tab(v, view, "due");
	view->tab_helpers = tab(v, view, "helpers");
	view->tab_todo = tab(v, view, "todo");
	view->export = (struct export_links){ .xlsx = visit_with(v, "format", "xlsx"), .csv = visit_with(v, "format", "csv") };
}

/* Of the day itself, or of the one in the path. */
static enum err read_day(struct visit *v, struct day *ret, struct fault *f)
{
	if (!v->param[1]) {
		*ret = v->today;
		return OK;
	}
	return day_parse(v->param[1], "on", ret, f);
}

/* Another day has an address of its own, since its list takes long. */
static enum err sent_to_day(struct visit *v, bool *ret, struct fault *f)
{
	struct day on;
	TRY(visit_day(v, "on", v->today, &on, f));
	*ret = !v->param[1] && !day_equal(on, v->today);
	const char *what = visit_text(v, "what"), *days = visit_text(v, "days");
	if (*ret)
		visit_go(v, url(v->a, v->api ? "/api/v1/units/%/late/%?what=%&days=%" : "/units/%/late/%?what=%&days=%", v->unit->code,
			word_day(on, LANG_EN, v->a), what ? what : "late", days ? days : "30"));
	return OK;
}

enum err late_load(struct visit *v, struct late_view *view, struct fault *f)
{
	int64_t page;
	bool sent;
	TRY(sent_to_day(v, &sent, f));
	if (sent)
		return OK;
	TRY(visit_int(v, "page", 1, 1, LATE_TABLE_MAX, &page, f));
	TRY(visit_int(v, "days", LATE_SOON_DAYS, 0, LATE_DAYS_MAX, &view->days, f));
	TRY(read_what(v, &view->what, f));
	TRY(read_day(v, &view->on, f));
	view->code = v->unit->code;
	view->is_today = !v->param[1];
	view->name = unit_name(v->unit, view->on);
	view->on_text = word_day(view->on, v->lang, v->a);
	choose_sections(v, view);
	TRY(late_find(v, view, f));
	show_part(v, view, page);
	load_links(v, view);
	return OK;
}

/* ---- as JSON ---- */

static void item_json(struct json *j, const struct late_item *x)
{
	json_object(j);
	json_put_int(j, "person", x->id);
	json_put_string(j, "name", x->name);
	json_put_string(j, "unit", x->unit->code);
	json_put_string(j, "unit_name", x->unit_name);
	json_put_string(j, "state_label", x->state_label);
	json_put_day(j, "since", x->since);
	json_put_string(j, "next_label", x->next_label);
	json_key(j, "clock");
	if (x->clock.label)
		clock_line_json(j, &x->clock);
	else
		json_null(j);
	json_put_string(j, "role", x->role);
	json_put_string(j, "helper", x->helper);
	json_object_end(j);
}

void late_json(struct json *j, const struct late_view *view)
{
	static const char *const keys[] = { "late", "due", "helpers", "next" };
	json_object(j);
	json_put_string(j, "unit", view->code);
	json_put_day(j, "on", view->on);
	json_put_int(j, "days", view->days);
	for (size_t s = 0; s < view->sections_n; s++) {
		const struct late_section *x = &view->sections[s];
		json_key(j, keys[x->what]);
		json_array(j);
		for (size_t i = 0; i < x->shown; i++)
			item_json(j, &x->v[x->first + i]);
		json_array_end(j);
	}
	json_object_end(j);
}

/* ---- as a table ---- */

enum { COLUMNS = 9 };

static void fill_cells(struct visit *v, const struct late_section *s, const struct late_item *x, struct table_cell *c)
{
	bool clock = x->clock.label != NULL;
	const char *other = x->helper ? x->helper : x->next_label ? x->next_label : "";
	const char *texts[COLUMNS] = {
		s->title, x->unit->code, x->unit_name, x->name, clock ? x->clock.label : other,
		clock ? word_day(x->clock.due, v->lang, v->a) : "", clock ? x->clock.when : "",
		clock ? x->clock.cite : x->helper ? x->helper_cite : "",
		clock && !x->clock.verified ? SAY(v, "chưa kiểm chứng văn bản", "not verified") : "",
	};
	for (int i = 0; i < COLUMNS; i++)
		c[i].text = texts[i];
}

static const char **headings(const struct visit *v)
{
	const char *vi[COLUMNS] = { "Nhóm", "Mã tổ chức", "Tổ chức", "Họ và tên", "Việc", "Hạn cuối", "Còn, quá hạn", "Căn cứ", "Ghi chú" };
	const char *en[COLUMNS] = { "Group", "Unit code", "Unit", "Name", "What", "Last day", "Days", "Rule", "Remark" };
	const char **ret = arena_array(v->a, const char *, COLUMNS);
	for (int i = 0; i < COLUMNS; i++)
		ret[i] = v->lang == LANG_VI ? vi[i] : en[i];
	return ret;
}

enum err late_table(struct visit *v, const struct late_view *view, struct table *ret, struct fault *f)
{
	static const enum table_kind kinds[COLUMNS] = { [5] = TABLE_DAY };
	size_t n = 0, row = 0;
	for (size_t s = 0; s < view->sections_n; s++)
		n += view->sections[s].n;
	if (n > LATE_TABLE_MAX)
		return FAULT(f, E_TOOBIG, NULL, MSG_LIST_TOO_LONG, word_number((int64_t)n, v->lang, v->a),
			word_number(LATE_TABLE_MAX, v->lang, v->a));
	struct table_cell *cells = arena_array(v->a, struct table_cell, n * COLUMNS);
	for (size_t s = 0; s < view->sections_n; s++)
		for (size_t i = 0; i < view->sections[s].n; i++)
			fill_cells(v, &view->sections[s], &view->sections[s].v[i], &cells[row++ * COLUMNS]);
	const char *title = arena_printf(v->a, SAY(v, "Việc cần làm: %s, ngày %s", "What is to be done: %s on %s"), view->name, view->on_text);
	*ret = (struct table){ title, headings(v), COLUMNS, cells, (int)n, kinds };
	return OK;
}

PAGE_THUNKS(late)

static enum err late_table_(struct visit *v, const void *view, struct table *ret, struct fault *f)
{
	return late_table(v, view, ret, f);
}

static const struct param params[] = {
	{ "what", PARAM_TEXT, 0, "late (quá hạn), due (đến hạn), helpers (cần cử người thay) hoặc todo (tất cả và bước tiếp theo)",
		"late, due, helpers (somebody else to be named), or todo (all, and the next steps)" },
	{ "days", PARAM_INT, 0, "Xem trước bao nhiêu ngày (mặc định: 30)", "How many days to look ahead (default: 30)" },
	{ "on", PARAM_DAY, 0, "Ngày xem (mặc định: hôm nay)", "The day (default: today)" },
	{ "page", PARAM_INT, 0, "Trang", "Page" },
	{ 0 }
};

const struct page late_page = {
	.path = "/units/:unit/late", .name = "late", .vi = "Việc quá hạn, đến hạn", .en = "Late and due", .of = PAGE_UNIT, .perm = PERM_PEOPLE,
	.flags = PAGE_LIVE, .query = params, .view_size = sizeof(struct late_view), .load = late_load_, .html = late_html_, .json = late_json_,
	.table = late_table_,
};

const struct page late_day_page = {
	.path = "/units/:unit/late/:day", .name = "late_day", .vi = "Việc quá hạn, đến hạn của một ngày", .en = "Late and due on a day",
	.of = PAGE_UNIT, .perm = PERM_PEOPLE, .flags = PAGE_SLOW, .query = params, .view_size = sizeof(struct late_view), .load = late_load_,
	.html = late_html_, .json = late_json_, .table = late_table_,
};
