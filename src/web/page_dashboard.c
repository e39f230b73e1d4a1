#include "web/page_dashboard.h"

#include "base/utf8.h"
#include "web/unit_path.h"
#include "web/words.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* ---- which period ---- */

static void add_period(struct visit *v, struct dashboard_view *view, struct period p, const char *label)
{
	bool chosen = day_equal(p.from, view->board.period.from) && day_equal(p.to, view->board.period.to);
	view->periods[view->periods_n++] = (struct dashboard_period){ label, visit_with(v, "period", period_text(p, v->a)), chosen };
}

static struct period months(int32_t year, int32_t first, int32_t n)
{
	struct day from = day_of(year, first, 1);
	return (struct period){ from, day_add(day_add_months(from, n), -1) };
}

/* The year, its halves and quarters that have begun, and the year before. */
static void load_periods(struct visit *v, struct dashboard_view *view)
{
	enum { MOST = 9 };
	struct day on = view->board.as_of;
	int32_t year = day_ymd(on).year, month = day_ymd(on).month;
	view->periods = arena_array(v->a, struct dashboard_period, MOST);
	add_period(v, view, months(year, 1, 12), arena_printf(v->a, SAY(v, "Năm %d", "Year %d"), year));
	add_period(v, view, months(year, 1, 6), SAY(v, "6 tháng đầu", "First half"));
	if (month > 6)
		add_period(v, view, months(year, 7, 6), SAY(v, "6 tháng cuối", "Second half"));
	for (int32_t q = 1; q <= (month + 2) / 3; q++)
		add_period(v, view, months(year, q * 3 - 2, 3), arena_printf(v->a, SAY(v, "Quý %d", "Quarter %d"), q));
	add_period(v, view, months(year - 1, 1, 12), arena_printf(v->a, SAY(v, "Năm %d", "Year %d"), year - 1));
	for (size_t i = 0; i < view->periods_n; i++)
		if (view->periods[i].chosen)
			return;
	add_period(v, view, view->board.period, view->period_label);
}

/* ---- targets ---- */

static int permille(double part, double whole)
{
	double p = whole > 0 ? 1000 * part / whole : -1;
	return p > 9999 ? 9999 : p < 0 ? -1 : (int)(p + 0.5);
}

/* What is 100 per cent of the bar: the target; of a share its lower end. */
static double full(const struct board_target *t)
{
	return t->is_share && t->target ? (double)t->target->low_milli / TARGET_MILLI : 100;
}

/* Never by colour alone: percent, and points against the pace line, in words. */
static const char *standing_text(const struct visit *v, const struct board_target *t)
{
	struct text s = TEXT(v->a);
	if (!t->target)
		return "";
	if (t->percent && !t->is_share)
		text_addf(&s, SAY(v, "đạt %s %%", "%s %% reached"), t->percent);
	if (t->status == BOARD_REACHED)
		text_addf(&s, "%s%s", s.n ? ", " : "", SAY(v, "đã đạt chỉ tiêu", "target reached"));
	else if (t->points && strcmp(t->points, "0") == 0)
		text_addf(&s, "%s%s", s.n ? ", " : "", SAY(v, "đúng tiến độ", "on the pace"));
	else if (t->points)
		text_addf(&s, t->points[0] == '-' ? SAY(v, "%schậm hơn tiến độ %s điểm", "%s%s points behind the pace")
		                                  : SAY(v, "%snhanh hơn tiến độ %s điểm", "%s%s points ahead of the pace"),
			s.n ? ", " : "", t->points + (t->points[0] == '-'));
	return text_str(&s);
}

static const char *target_label(const struct visit *v, const struct board_target *t)
{
	return t->target ? arena_printf(v->a, "%s. %s", t->label, t->title) : t->label;
}

static struct dashboard_target target_of(const struct visit *v, const struct board_target *t)
{
	static const char *const tones[] = { [BOARD_PLAIN] = "", [BOARD_REACHED] = "good", [BOARD_AHEAD] = "good", [BOARD_BEHIND] = "bad" };
	struct dashboard_target d = { .row = t, .status = board_status_label(t->status, v->lang), .standing = standing_text(v, t) };
	bool share = t->is_share && t->percent;
	d.kpi = (struct kpi){
		.label = target_label(v, t), .value = share ? t->percent : word_number(t->value, v->lang, v->a), .unit = share ? "%" : NULL,
		.target = t->target && *t->wanted ? t->wanted : NULL, .permille = permille(t->percent_value, full(t)),
		.pace_permille = permille(t->pace_value, full(t)), .note = *d.standing ? d.standing : NULL, .tone = tones[t->status],
	};
	if (d.kpi.permille < 0)
		d.kpi.permille = 0;
	return d;
}

static void load_targets(struct visit *v, struct dashboard_view *view)
{
	size_t n = view->board.targets_n;
	view->targets = arena_array(v->a, struct dashboard_target, n);
	for (size_t i = 0; i < n; i++)
		view->targets[i] = target_of(v, &view->board.targets[i]);
}

/* ---- people ---- */

static struct dashboard_work *load_work(struct visit *v, const struct dashboard_view *view, const struct due_row *rows, size_t n)
{
	struct dashboard_work *work = arena_array(v->a, struct dashboard_work, n);
	for (size_t i = 0; i < n; i++) {
		const struct due_row *r = &rows[i];
		work[i] = (struct dashboard_work){
			.unit_code = r->unit->code, .unit_name = unit_label(v, r->unit, v->unit->id, v->today), .days = r->days,
			.clock = clock_line_of_roll(r->clock, visit_may(v, PERM_FILE, r->unit->id), v->today, v->lang, v->a),
		};
		if (!view->named)
			continue;
		work[i].name = arena_strdup(v->a, r->person->name);
		work[i].person = url(v->a, "/people/%", id_text(v->a, r->person->id.v));
	}
	return work;
}

static void load_pipeline(struct visit *v, struct dashboard_view *view)
{
	const struct board *b = &view->board;
	view->steps = arena_array(v->a, struct dashboard_step, b->pipeline_n);
	for (size_t i = 0; i < b->pipeline_n; i++) {
		const struct roll_count *c = &b->pipeline[i];
		view->steps[i] = (struct dashboard_step){ .row = c, .label = arena_strdup(v->a, label_of(c->label, v->lang)) };
		view->on_the_way += c->n;
		if (!view->named)
			continue;
		view->steps[i].people = url(v->a, "/units/%/people?open=1&state=%", view->code, c->state);
		view->steps[i].late = url(v->a, "/units/%/people?open=1&late=1&state=%", view->code, c->state);
	}
}

/* What a branch has to do next, person by person. */
static enum err load_next(struct visit *v, struct dashboard_view *view, struct fault *f)
{
	const struct roll_ask q = { .unit = v->unit->id, .open = true, .due_by = DAY_NONE };
	const struct roll_person **people;
	if (!view->is_leaf || !view->named)
		return OK;
	TRY(roll_find(&v->live, &v->app->tree, &q, 0, DASHBOARD_NEXT, v->a, &people, &view->next_n, &view->next_total, f));
	view->next = arena_array(v->a, struct people_row, view->next_n);
	for (size_t i = 0; i < view->next_n; i++)
		view->next[i] = people_row(v, people[i]);
	return OK;
}

static struct kpi count_of(struct visit *v, const char *label, int64_t n, const char *unit, struct url to)
{
	const char *value = word_number(n, v->lang, v->a);
	return (struct kpi){ .label = label, .value = value, .unit = unit, .pace_permille = -1, .tone = "", .href = to };
}

static void load_counts(struct visit *v, struct dashboard_view *view)
{
	const struct board *b = &view->board;
	const char *things = SAY(v, "việc", "things"), *people = SAY(v, "người", "people");
	const char *soon = SAY(v, "Đến hạn trong 30 ngày tới", "Due within 30 days");
	view->counts[0] = count_of(v, SAY(v, "Đang quá hạn", "Late"), (int64_t)b->late_total, things, view->all_late);
	view->counts[0].tone = b->late_total ? "bad" : "good";
	view->counts[0].note = b->late_total ? NULL : SAY(v, "không có việc nào quá hạn", "nothing is late");
	view->counts[1] = count_of(v, soon, (int64_t)b->due_total, things, view->all_due);
	const char *way = SAY(v, "Đang trong quy trình kết nạp", "On the way to admission");
	view->counts[2] = count_of(v, way, view->on_the_way, people, view->people);
	view->counts[3] = count_of(v, SAY(v, "Đảng viên", "Members"), b->members, people, (struct url){ NULL });
}

/* ---- the units below ---- */

static int by_name(const void *x, const void *y)
{
	const struct dashboard_child *a = x, *b = y;
	return strcmp(a->rank, b->rank);
}

static int by_admitted(const void *x, const void *y)
{
	const struct dashboard_child *a = x, *b = y;
	if (a->row->admitted != b->row->admitted)
		return a->row->admitted > b->row->admitted ? -1 : 1;
	return strcmp(a->row->unit->code, b->row->unit->code);
}

static int by_late(const void *x, const void *y)
{
	const struct dashboard_child *a = x, *b = y;
	if (a->row->late != b->row->late)
		return a->row->late > b->row->late ? -1 : 1;
	return strcmp(a->row->unit->code, b->row->unit->code);
}

static void sort_children(struct visit *v, struct dashboard_view *view)
{
	static int (*const orders[SORT__COUNT])(const void *, const void *) = {
		[SORT_NAME] = by_name, [SORT_ADMITTED] = by_admitted, [SORT_LATE] = by_late,
	};
	size_t n = view->board.children_n;
	for (size_t i = 0; view->sort == SORT_NAME && i < n; i++)
		view->children[i].rank = vi_text_key(v->a, view->children[i].row->name);
	if (orders[view->sort] && n)
		qsort(view->children, n, sizeof *view->children, orders[view->sort]);
	for (size_t i = 0; i < n; i++)
		view->children[i].rank = arena_printf(v->a, "%zu", i + 1);
}

static void load_children(struct visit *v, struct dashboard_view *view)
{
	size_t n = view->board.children_n;
	view->children = arena_array(v->a, struct dashboard_child, n);
	for (size_t i = 0; i < n; i++) {
		const struct board_child *c = &view->board.children[i];
		struct url to = url(v->a, "/units/%?period=%", c->unit->code, view->period_text);
		view->children[i] = (struct dashboard_child){ c, to, c->percent ? permille(c->percent_value, 100) : -1, "" };
	}
	sort_children(v, view);
}

/* ---- the page ---- */

static const char *const sort_keys[SORT__COUNT] = {
	[SORT_RANK] = "rank", [SORT_NAME] = "name", [SORT_ADMITTED] = "admitted", [SORT_LATE] = "late",
};

static enum err read_sort(const struct visit *v, enum dashboard_sort *ret, struct fault *f)
{
	const char *text = visit_text(v, "sort");
	*ret = SORT_RANK;
	if (!text || !*text)
		return OK;
	for (int i = 0; i < SORT__COUNT; i++)
		if (strcmp(sort_keys[i], text) == 0) {
			*ret = (enum dashboard_sort)i;
			return OK;
		}
	return FAULT(f, E_INVALID, "sort", MSG_NOT_CODE, text, "rank, name, admitted, late");
}

static void load_links(struct visit *v, struct dashboard_view *view)
{
	const char *code = view->code;
	for (int i = 0; i < SORT__COUNT; i++)
		view->sorts[i] = visit_with(v, "sort", i == SORT_RANK ? NULL : sort_keys[i]);
	if (view->named) {
		view->all_late = url(v->a, "/units/%/late?what=late", code);
		view->all_due = url(v->a, "/units/%/late?what=due", code);
		view->todo = url(v->a, "/units/%/late?what=todo", code);
		view->people = url(v->a, "/units/%/people?open=1", code);
	}
	if (visit_may(v, PERM_PERSON_WRITE, v->unit->id))
		view->add = url(v->a, "/ops/person_record?unit=%", code);
	if (!view->is_leaf)
		view->export = (struct export_links){ .xlsx = visit_with(v, "format", "xlsx"), .csv = visit_with(v, "format", "csv") };
}

static enum err read_ask(struct visit *v, struct board_ask *ret, struct fault *f)
{
	struct day closed = unit_closed(v->unit), usual = v->today;
	if (day_known(closed) && closed.n <= v->today.n)
		usual = day_add(closed, -1);
	struct board_ask q = { .unit = v->unit->id, .lang = v->lang, .rounding = { 1, ROUND_HALF_UP } };
	TRY(visit_day(v, "on", usual, &q.as_of, f));
	TRY(visit_period(v, "period", months(day_ymd(q.as_of).year, 1, 12), &q.period, f));
	*ret = q;
	return OK;
}

enum err dashboard_load(struct visit *v, struct dashboard_view *view, struct fault *f)
{
	struct board_ask q;
	TRY(read_ask(v, &q, f));
	TRY(read_sort(v, &view->sort, f));
	TRY(board_load(&v->live, &q, v->a, &view->board, f));
	view->code = v->unit->code;
	view->name = arena_strdup(v->a, view->board.name);
	view->kind_label = code_label(CODES_UNIT_KIND, unit_kind(v->unit, view->board.on), v->lang);
	view->period_label = period_label(q.period, v->lang, v->a);
	view->period_text = period_text(q.period, v->a);
	view->before_label = arena_printf(v->a, SAY(v, "cùng kỳ năm %d", "same days of %d"), day_ymd(q.period.from).year - 1);
	view->is_today = day_equal(q.as_of, v->today);
	view->is_leaf = view->board.children_n == 0;
	view->named = visit_may(v, PERM_PEOPLE, v->unit->id);
	view->late = load_work(v, view, view->board.late, view->board.late_n);
	view->due = load_work(v, view, view->board.due, view->board.due_n);
	load_periods(v, view);
	load_targets(v, view);
	load_pipeline(v, view);
	load_children(v, view);
	load_links(v, view);
	load_counts(v, view);
	TRY(load_next(v, view, f));
	view->note = MSG_TEXT(v->a, v->lang, MSG_NOTE_COUNTED_DAY);
	v->title = view->name;
	return OK;
}

/* ---- as a table: the units below ---- */

enum { COLUMNS = 7 };

static const char *digits(struct visit *v, int64_t n)
{
	return arena_printf(v->a, "%" PRId64, n);
}

static void fill_cells(struct visit *v, const struct dashboard_child *c, struct table_cell *cells)
{
	const struct board_child *r = c->row;
	const char *texts[COLUMNS] = {
		r->unit->code, r->name, digits(v, r->admitted), r->wanted, r->percent ? r->percent : "", digits(v, r->open), digits(v, r->late),
	};
	for (int i = 0; i < COLUMNS; i++)
		cells[i].text = texts[i];
}

static const char **headings(const struct visit *v)
{
	const char *vi[COLUMNS] = { "Mã", "Tổ chức", "Đã kết nạp", "Chỉ tiêu", "Đạt (%)", "Đang trong quy trình", "Việc quá hạn" };
	const char *en[COLUMNS] = { "Code", "Unit", "Admitted", "Target", "Reached (%)", "On their way", "Late" };
	const char **ret = arena_array(v->a, const char *, COLUMNS);
	for (int i = 0; i < COLUMNS; i++)
		ret[i] = SAY(v, vi[i], en[i]);
	return ret;
}

enum err dashboard_table(struct visit *v, const struct dashboard_view *view, struct table *ret, struct fault *f)
{
	static const enum table_kind kinds[COLUMNS] = { [2] = TABLE_NUMBER, TABLE_NUMBER, TABLE_DECIMAL, TABLE_NUMBER, TABLE_NUMBER };
	size_t n = view->board.children_n;
	struct table_cell *cells = arena_array(v->a, struct table_cell, n * COLUMNS);
	(void)f;
	for (size_t i = 0; i < n; i++)
		fill_cells(v, &view->children[i], &cells[i * COLUMNS]);
	*ret = (struct table){ arena_printf(v->a, "%s, %s", view->name, view->period_label), headings(v), COLUMNS, cells, (int)n, kinds };
	return OK;
}

PAGE_THUNKS(dashboard)

static enum err dashboard_table_(struct visit *v, const void *view, struct table *ret, struct fault *f)
{
	return dashboard_table(v, view, ret, f);
}

static const struct param params[] = {
	{ "period", PARAM_PERIOD, 0, "Kỳ (mặc định: năm nay)", "Period (default: this year)" },
	{ "on", PARAM_DAY, 0, "Số liệu đến hết ngày (mặc định: hôm nay)", "Figures up to the end of the day (default: today)" },
	{ "sort", PARAM_TEXT, 0, "Xếp theo rank, name, admitted hoặc late", "Sorted by rank, name, admitted or late" },
	{ 0 }
};

const struct page dashboard_page = {
	.path = "/units/:unit", .name = "dashboard", .vi = "Bảng điều hành", .en = "Dashboard", .of = PAGE_UNIT, .perm = PERM_FIGURES,
	.flags = PAGE_LIVE, .query = params, .view_size = sizeof(struct dashboard_view), .load = dashboard_load_, .html = dashboard_html_,
	.json = dashboard_json_, .table = dashboard_table_,
};
