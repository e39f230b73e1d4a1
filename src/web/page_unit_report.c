#include "web/page_unit_report.h"
#include "app/late.h"
#include "web/text_field.h"

#include <assert.h>
#include <string.h>

/* ---- the question ---- */

enum { TERM_YEARS = 5, QUARTER = 3, HALF = 6, SCHOOL_BEGINS = 9 };

static struct period months(int32_t year, int32_t first, int32_t n)
{
	struct day from = day_of(year, first, 1);
	return (struct period){ from, day_add(day_add_months(from, n), -1) };
}

/* The years, halves and quarters that are asked for most, seen from today. */
static int usual_periods(struct day today, struct period ret[PERIOD_CHOICES])
{
	struct ymd t = day_ymd(today);
	int32_t quarter = (t.month - 1) / QUARTER * QUARTER + 1, term = t.year - t.year % TERM_YEARS;
	struct day last = day_add_months(day_of(t.year, quarter, 1), -QUARTER);
	int n = 0;
	ret[n++] = months(t.year, 1, 12);
	ret[n++] = months(t.year - 1, 1, 12);
	ret[n++] = months(t.year, t.month > HALF ? HALF + 1 : 1, HALF);
	ret[n++] = months(t.year, quarter, QUARTER);
	ret[n++] = months(day_ymd(last).year, day_ymd(last).month, QUARTER);
	ret[n++] = months(t.year, t.month, 1);
	ret[n++] = months(t.month >= SCHOOL_BEGINS ? t.year : t.year - 1, SCHOOL_BEGINS, 12);
	ret[n++] = (struct period){ day_of(term, 1, 1), day_of(term + TERM_YEARS, 12, 31) };
	return n;
}

static void fill_choices(const struct visit *v, struct unit_report_view *ret)
{
	struct period periods[PERIOD_CHOICES];
	ret->choices_n = usual_periods(v->today, periods);
	for (int i = 0; i < ret->choices_n; i++) {
		const char *value = period_text(periods[i], v->a);
		ret->choices[i] = (struct period_choice){ value, period_label(periods[i], v->lang, v->a), visit_with(v, "period", value),
			day_equal(periods[i].from, ret->ask.period.from) && day_equal(periods[i].to, ret->ask.period.to) };
	}
}

static enum err read_word(const struct visit *v, const char *name, const char *plain, const char *other, bool *ret, struct fault *f)
{
	const char *s = visit_text(v, name);
	if (s && strcmp(s, plain) != 0 && strcmp(s, other) != 0)
		return FAULT(f, E_USAGE, name, MSG_NOT_CODE, s, arena_printf(v->a, "%s, %s", plain, other));
	*ret = s && strcmp(s, other) == 0;
	return OK;
}

static enum err read_rounding(const struct visit *v, struct rounding_choice *ret, struct fault *f)
{
	int64_t decimals;
	bool cut;
	TRY(visit_int(v, "decimals", 1, 0, 4, &decimals, f));
	TRY(read_word(v, "rounding", "half-up", "cut", &cut, f));
	*ret = (struct rounding_choice){ (int)decimals, cut ? ROUND_CUT : ROUND_HALF_UP };
	return OK;
}

static enum err read_dimension(const struct visit *v, enum cube_dimension *ret, struct fault *f)
{
	const char *by = visit_text(v, "by");
	struct text list = TEXT(v->a);
	if (!by || cube_dimension_find(by, ret))
		return OK;
	for (int i = 0; i < BY__COUNT; i++)
		text_addf(&list, "%s%s", i ? ", " : "", cube_dimension_key((enum cube_dimension)i));
	return FAULT(f, E_USAGE, "by", MSG_NOT_CODE, by, text_str(&list));
}

static enum err read_days(const struct visit *v, struct unit_report_view *ret, struct fault *f)
{
	struct report_ask *q = &ret->ask;
	TRY(visit_period(v, "period", q->period, &q->period, f));
	q->as_of = ret->sort->asks & ASKS_PERIOD && day_before(q->period.to, v->today) ? q->period.to : v->today;
	return visit_day(v, "as_of", q->as_of, &q->as_of, f);
}

static enum err read_ask(const struct visit *v, struct unit_report_view *ret, struct fault *f)
{
	struct report_ask *q = &ret->ask;
	const struct code *code = NULL;
	TRY(read_days(v, ret, f));
	TRY(read_word(v, "tree", "as_of", "today", &q->today_tree, f));
	TRY(read_rounding(v, &q->rounding, f));
	TRY(read_dimension(v, &q->by, f));
	if (visit_text(v, "kind"))
		TRY(code_find(CODES_CLASS_KIND, visit_text(v, "kind"), "kind", &code, f));
	q->class_kind = code ? code->key : NULL;
	return OK;
}

static enum err ask(struct visit *v, struct unit_report_view *ret, struct fault *f)
{
	TRY(read_ask(v, ret, f));
	const struct report_ask *q = &ret->ask;
	const struct late_ask late = { q->unit, q->as_of, q->lang, q->rounding };
	if (!ret->sort->ask)
		return late_report(v->app, &late, v->a, &ret->report, f);
	return ret->sort->ask(v->live.cube, q, v->a, &ret->report, f);
}

/* ---- the table ---- */

static const char *day_text(const struct visit *v, struct day d)
{
	char buf[DAY_TEXT];
	return arena_strdup(v->a, v->lang == LANG_VI ? day_vi(d, buf) : day_iso(d, buf));
}

static const char *cell_text(const struct visit *v, enum grid_column column, const struct grid_cell *c)
{
	switch (c->kind) {
	case GRID_EMPTY:
		break;
	case GRID_WORDS:
		return c->text;
	case GRID_WHOLE:
		return arena_printf(v->a, "%s%s", c->at_least ? "≥ " : "", grid_number(c->number, v->lang, v->a));
	case GRID_DECIMAL: {
		bool plus = column == GRID_POINTS && *c->text != '-' && strcmp(c->text, "0") != 0;
		return arena_printf(v->a, "%s%s", plus ? "+" : "", grid_decimal(c->text, v->lang, v->a));
	}
	case GRID_DAY:
		return day_text(v, c->day);
	}
	return "";
}

/* A unit leads to the same report of its own, a person to the person. */
static struct url row_url(const struct visit *v, const struct unit_report_view *view, const struct report_row *row)
{
	const char *key = row->key;
	if (strncmp(key, "unit:", 5) == 0)
		return url(v->a, "/units/%/reports/%?period=%", key + 5, view->sort->name, period_text(view->ask.period, v->a));
	if (strncmp(key, "late:", 5) == 0)
		return url(v->a, "/people/%", arena_strndup(v->a, key + 5, strcspn(key + 5, ":")));
	return (struct url){ NULL };
}

/* The targets of a progress, the values of a breakdown, the first of a ranking. */
static bool is_drawn(const struct unit_report_view *view, const struct report_row *row, size_t i)
{
	enum { DRAWN_MOST = 15 };
	if (view->sort->drawn == GRID_RATIO)
		return strncmp(row->key, "target:", 7) == 0 && row->has_ratio && row->denominator > 0;
	return i < DRAWN_MOST && row->has_value && strcmp(row->key, "total") != 0;
}

static const char *percent_text(const struct visit *v, const struct report *r, const struct report_row *row)
{
	char buf[FIGURE_TEXT];
	if (!row->has_ratio || row->denominator <= 0)
		return NULL;
	return arena_strdup(v->a, figure_percent(row->numerator, row->denominator, r->rounding, buf));
}

static void fill_table(const struct visit *v, struct unit_report_view *ret)
{
	const struct report *r = &ret->report;
	size_t n = r->n;
	ret->grid = grid_of(r, GRID_TEXT, v->a);
	size_t columns = (size_t)ret->grid.n;
	ret->headings = arena_array(v->a, const char *, columns);
	for (size_t k = 0; k < columns; k++)
		ret->headings[k] = grid_heading(r, ret->grid.columns[k], v->a);
	ret->rows = arena_array(v->a, struct unit_report_row, n);
	for (size_t i = 0; i < n; i++) {
		ret->rows[i] = (struct unit_report_row){ &r->rows[i], row_url(v, ret, &r->rows[i]), arena_array(v->a, const char *, columns),
			percent_text(v, r, &r->rows[i]), is_drawn(ret, &r->rows[i], i) };
		ret->drawn_n += ret->rows[i].drawn;
		for (size_t k = 0; k < columns; k++)
			ret->rows[i].cells[k] = cell_text(v, ret->grid.columns[k], &ret->grid.cells[i * columns + k]);
	}
	ret->scope = grid_scope(r, v->a);
}

/* ---- the page ---- */

static struct report_ask first_ask(const struct visit *v)
{
	return (struct report_ask){ .unit = v->unit->id, .today = v->today, .lang = v->lang, .indicator = visit_text(v, "indicator"),
		.period = months(day_ymd(v->today).year, 1, 12), .as_of = v->today, .rounding = { 1, ROUND_HALF_UP } };
}

/* The other reports for the same days. */
static void fill_tabs(const struct visit *v, struct unit_report_view *ret)
{
	size_t n;
	const struct report_sort *all = report_sorts(&n);
	assert(n <= REPORT_TABS);
	for (size_t i = 0; i < n; i++)
		if (visit_may(v, all[i].perm, v->unit->id))
			ret->tabs[ret->tabs_n++] = (struct report_tab){ &all[i], url(v->a, "/units/%/reports/%?period=%", v->unit->code, all[i].name,
				period_text(ret->ask.period, v->a)) };
}

static void fill_form(const struct visit *v, struct unit_report_view *ret)
{
	const char *period = visit_text(v, "period"), *as_of = visit_text(v, "as_of");
	ret->unit = v->unit;
	ret->action = url(v->a, "/units/%/reports/%", v->unit->code, ret->sort->name);
	ret->unit_name = unit_name(v->unit, v->today);
	ret->period = period ? period : period_text(ret->ask.period, v->a);
	ret->as_of = as_of ? as_of : day_text(v, ret->ask.as_of);
	ret->xlsx = visit_with(v, "format", "xlsx");
	ret->csv = visit_with(v, "format", "csv");
	fill_choices(v, ret);
	fill_tabs(v, ret);
}

/* A question that cannot be answered is shown with its form, to be asked again. */
static enum err load(struct visit *v, const char *name, struct unit_report_view *ret, struct fault *f)
{
	struct fault wrong = { 0 };
	int status;
	ret->sort = report_sort_find(name);
	if (!ret->sort)
		return FAULT(f, E_NOTFOUND, "report", MSG_WEB_NO_PAGE);
	ret->ask = first_ask(v);
	v->title = SAY(v, ret->sort->vi, ret->sort->en);
	enum err e = ask(v, ret, &wrong);
	if (e != OK && (v->api || v->format || !text_field_mendable(e, &status)))
		return *f = wrong, e;
	fill_form(v, ret);
	if (e == OK) {
		fill_table(v, ret);
		return OK;
	}
	ret->error = fault_text(&wrong, v->lang, v->a);
	ret->error_field = arena_strdup(v->a, wrong.field);
	return OK;
}

static enum err unit_report_load(struct visit *v, struct unit_report_view *ret, struct fault *f)
{
	return load(v, v->param[1], ret, f);
}

static enum err late_load_(struct visit *v, void *view, struct fault *f)
{
	return load(v, "late", view, f);
}

static void unit_report_json(struct json *j, const struct unit_report_view *v)
{
	text_add(j->out, report_json(&v->report, j->out->arena));
	j->comma = true;
}

static const struct report *the_report(const void *view)
{
	const struct unit_report_view *v = view;
	return &v->report;
}

PAGE_THUNKS(unit_report)

#define COMMON_PARAMS \
	{ "as_of", PARAM_DAY, CODES__COUNT, "số liệu tính đến hết ngày", "figures up to the end of this day" }, \
	{ "decimals", PARAM_INT, CODES__COUNT, "số chữ số thập phân, 0 đến 4", "decimals, 0 to 4" }, \
	{ "rounding", PARAM_TEXT, CODES__COUNT, "half-up: làm tròn, cut: cắt bỏ", "half-up or cut" }

static const struct param report_params[] = {
	{ "period", PARAM_PERIOD, CODES__COUNT, "kỳ báo cáo", "period" },
	COMMON_PARAMS,
	{ "tree", PARAM_TEXT, CODES__COUNT, "hệ thống tổ chức: as_of của ngày chốt, today hiện nay",
		"as_of: tree of the day of the figures, today: today's" },
	{ "indicator", PARAM_TEXT, CODES__COUNT, "nội dung chỉ tiêu (progress, ranking)", "indicator (progress, ranking)" },
	{ "by", PARAM_TEXT, CODES__COUNT, "chia theo (breakdown)", "dimension (breakdown)" },
	{ "kind", PARAM_CODE, CODES_CLASS_KIND, "loại lớp (classes)", "kind of class (classes)" },
	{ 0 }
};

static const struct param late_params[] = { COMMON_PARAMS, { 0 } };

const struct page unit_report_page = { .path = "/units/:unit/reports/:report", .name = "unit_report", .vi = "Báo cáo", .en = "Report",
	.of = PAGE_UNIT, .perm = PERM_FIGURES, .flags = PAGE_LIVE, .query = report_params, .view_size = sizeof(struct unit_report_view),
	.load = unit_report_load_, .html = unit_report_html_, .json = unit_report_json_, .report = the_report };

/* Names people, and works through the rules of all of them: not for who sees figures alone, and not among the fast pages. */
const struct page late_report_page = { .path = "/units/:unit/reports/late", .name = "late_report", .vi = "Việc quá hạn",
	.en = "What is late", .of = PAGE_UNIT, .perm = PERM_PEOPLE, .flags = PAGE_SLOW, .query = late_params,
	.view_size = sizeof(struct unit_report_view), .load = late_load_, .html = unit_report_html_,
	.json = unit_report_json_, .report = the_report };
