#include "web/page_calendar.h"
#include "web/text_field.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { LENGTH_MAX = 10000 };

const char *calendar_weekday(struct day d, enum lang lang)
{
	static const char *const names[][2] = {
		[MONDAY] = { "thứ Hai", "Monday" }, [TUESDAY] = { "thứ Ba", "Tuesday" }, [WEDNESDAY] = { "thứ Tư", "Wednesday" },
		[THURSDAY] = { "thứ Năm", "Thursday" }, [FRIDAY] = { "thứ Sáu", "Friday" }, [SATURDAY] = { "thứ Bảy", "Saturday" },
		[SUNDAY] = { "Chủ nhật", "Sunday" },
	};
	return names[day_weekday(d)][lang];
}

static const char *month_name(int32_t month, const struct visit *v)
{
	static const char *const english[] = { "January", "February", "March", "April", "May", "June", "July", "August", "September",
		"October", "November", "December" };
	return v->lang == LANG_VI ? arena_printf(v->a, "Tháng %d", month) : english[month - 1];
}

/* ---- the exceptions of a time ---- */

/* Those that hold for a clock that starts on `start`; of today's clocks and later ones: DAY_LAST. */
static struct calendar_mark *marks_of(const struct visit *v, struct period p, struct day start, size_t *ret_n)
{
	const struct calendar *c = &v->app->calendar;
	struct calendar_mark *marks = arena_array(v->a, struct calendar_mark, c->n);
	size_t n = 0;
	for (size_t i = 0; i < c->n; i++)
		if (period_has(p, c->v[i].on) && calendar_find_for(c, c->v[i].on, start) == &c->v[i])
			marks[n++] = (struct calendar_mark){ &c->v[i] };
	*ret_n = n;
	return marks;
}

size_t calendar_run_end(const struct calendar_marks *m, size_t i)
{
	const struct calendar_mark *first = &m->marks[i];
	size_t end = i + 1;
	for (; end < m->n; end++) {
		const struct calendar_mark *next = &m->marks[end];
		if (next->day->on.n != m->marks[end - 1].day->on.n + 1 || next->day->kind != first->day->kind ||
			next->day->own != first->day->own ||
			next->day->confirmed != first->day->confirmed || !day_equal(next->day->counts_from, first->day->counts_from) ||
			next->day->unchecked != first->day->unchecked || !text_equal(next->day->note, first->day->note))
			break;
	}
	return end;
}

/* ---- the months ---- */

static struct calendar_cell cell_of(const struct visit *v, const struct calendar_month *m, struct day d)
{
	struct calendar_cell c = { .day = d, .number = day_ymd(d).day, .works = calendar_is_working(&v->app->calendar, d),
		.today = day_equal(d, v->today) };
	for (size_t i = 0; i < m->marks_n; i++)
		if (day_equal(m->marks[i].day->on, d))
			c.mark = &m->marks[i];
	return c;
}

static void fill_month(const struct visit *v, int32_t year, int32_t month, struct calendar_month *ret)
{
	struct day first = day_of(year, month, 1), last = day_add(day_add_months(first, 1), -1);
	int shift = (int)day_weekday(first), days = last.n - first.n + 1;
	ret->name = month_name(month, v);
	ret->marks = marks_of(v, (struct period){ first, last }, DAY_LAST, &ret->marks_n);
	ret->weeks = (shift + days + CALENDAR_WEEK - 1) / CALENDAR_WEEK;
	ret->working = calendar_working_in(&v->app->calendar, (struct period){ first, last });
	for (int i = 0; i < ret->weeks * CALENDAR_WEEK; i++) {
		struct calendar_cell *cell = &ret->cells[i / CALENDAR_WEEK][i % CALENDAR_WEEK];
		bool inside = i >= shift && i < shift + days;
		*cell = inside ? cell_of(v, ret, day_add(first, i - shift)) : (struct calendar_cell){ .day = DAY_NONE };
	}
}

/* ---- a deadline ---- */

static enum err read_due(const struct visit *v, struct calendar_due_view *ret, struct span *ret_span, struct fault *f)
{
	int64_t length;
	TRY(visit_day(v, "from", v->today, &ret->start, f));
	TRY(visit_int(v, "length", 0, 0, LENGTH_MAX, &length, f));
	ret_span->length = (int32_t)length;
	return span_unit_parse(ret->unit, "unit", &ret_span->unit, f);
}

static enum err fill_due(const struct visit *v, struct calendar_due_view *ret, struct fault *f)
{
	const struct calendar *c = &v->app->calendar;
	const char *unit = visit_text(v, "unit");
	struct fault wrong;
	struct span span;
	ret->from = visit_text(v, "from");
	ret->length = visit_text(v, "length");
	ret->unit = unit ? unit : "workday";
	if (!ret->length)
		return OK;
	if (read_due(v, ret, &span, &wrong) != OK) {
		if (v->api)
			return *f = wrong, wrong.code;
		ret->error = fault_text(&wrong, v->lang, v->a);
		return OK;
	}
	ret->asked = true;
	ret->span = span_text(span, v->lang, v->a);
	ret->due = calendar_span_end(c, ret->start, span);
	ret->act_by = calendar_due(c, ret->start, span);
	ret->marks = marks_of(v, (struct period){ day_add(ret->start, 1), ret->act_by }, ret->start, &ret->marks_n);
	return OK;
}

/* ---- the blocks ---- */

static void fill_blocks(const struct visit *v, int32_t year, struct calendar_view *ret)
{
	const struct calendar *c = &v->app->calendar;
	ret->blocks = arena_array(v->a, struct calendar_block_row, c->holidays_n);
	for (size_t i = 0; i < c->holidays_n; i++) {
		const struct calendar_holiday *h = &c->holidays[i];
		if (!calendar_holiday_is_held(h, year))
			continue;
		struct period days = calendar_block_now(c, calendar_block_name(h->key, year, v->a));
		ret->blocks[ret->blocks_n++] = (struct calendar_block_row){ .name = h->note, .on = calendar_holiday_on(h, year), .days = days,
			.first = day_known(days.from) ? calendar_find(c, days.from) : NULL,
			.edit = url(v->a, "/calendar/change?what=block&year=%&holiday=%", id_text(v->a, year), h->key) };
	}
}

/* ---- the page ---- */

static bool covers(const struct calendar *shipped, int32_t year)
{
	return shipped->n && day_ymd(shipped->v[0].on).year <= year && year <= day_ymd(shipped->v[shipped->n - 1].on).year;
}

static struct url year_url(const struct visit *v, int32_t year)
{
	return year < CALENDAR_YEAR_FIRST || year > CALENDAR_YEAR_LAST ? (struct url){ NULL } : visit_with(v, "year", id_text(v->a, year));
}

static enum err calendar_load(struct visit *v, struct calendar_view *ret, struct fault *f)
{
	int64_t year;
	TRY(visit_int(v, "year", day_ymd(v->today).year, CALENDAR_YEAR_FIRST, CALENDAR_YEAR_LAST, &year, f));
	TRY(fill_due(v, &ret->due, f));
	struct period p = { day_of((int32_t)year, 1, 1), day_of((int32_t)year, 12, 31) };
	ret->year = (int32_t)year;
	ret->before = year_url(v, ret->year - 1);
	ret->after = year_url(v, ret->year + 1);
	ret->set = url(v->a, "/calendar/change?what=day&year=%", id_text(v->a, year));
	ret->check = url(v->a, "/ops/calendar_check");
	ret->csrf = visit_csrf(v);
	ret->once = visit_once(v);
	ret->may_set = visit_may(v, PERM_CALENDAR, (struct unit_id){ 0 });
	ret->covered = covers(&v->app->shipped, ret->year);
	ret->working = calendar_working_in(&v->app->calendar, p);
	ret->marks = marks_of(v, p, DAY_LAST, &ret->marks_n);
	fill_blocks(v, ret->year, ret);
	for (int32_t m = 1; m <= CALENDAR_MONTHS; m++)
		fill_month(v, ret->year, m, &ret->months[m - 1]);
	for (size_t i = 0; i < ret->marks_n; i++)
		ret->has_unchecked |= ret->marks[i].day->unchecked;
	ret->action = url(v->a, "/calendar");
	ret->xlsx = visit_with(v, "format", "xlsx");
	ret->csv = visit_with(v, "format", "csv");
	ret->lang = v->lang;
	return OK;
}

static void marks_json(struct json *j, const struct calendar_mark *marks, size_t n)
{
	json_key(j, "exceptions");
	json_array(j);
	for (size_t i = 0; i < n; i++) {
		const struct calendar_day *d = marks[i].day;
		json_object(j);
		json_put_day(j, "day", d->on);
		json_put_string(j, "kind", d->kind == DAY_OFF ? "off" : "work");
		json_put_string(j, "note", d->note);
		json_put_bool(j, "own", d->own);
		json_put_bool(j, "checked", !d->unchecked);
		json_put_day(j, "counts_from", d->counts_from);
		json_put_string(j, "block", d->block);
		json_object_end(j);
	}
	json_array_end(j);
}

static void due_json(struct json *j, const struct calendar_due_view *d)
{
	json_key(j, "due");
	if (!d->asked) {
		json_null(j);
		return;
	}
	json_object(j);
	json_put_day(j, "from", d->start);
	json_put_day(j, "due", d->due);
	json_put_day(j, "act_by", d->act_by);
	marks_json(j, d->marks, d->marks_n);
	json_object_end(j);
}

static void calendar_json(struct json *j, const struct calendar_view *v)
{
	json_object(j);
	json_put_int(j, "year", v->year);
	json_put_int(j, "working_days", v->working);
	marks_json(j, v->marks, v->marks_n);
	due_json(j, &v->due);
	json_object_end(j);
}

enum { COLUMNS = 5 };

static const char *source_text(const struct visit *v, const struct calendar_day *d)
{
	if (d->own)
		return SAY(v, "đặt tại đây", "set here");
	if (d->confirmed)
		return SAY(v, "kèm theo chương trình, đã kiểm tra", "shipped, checked here");
	return d->unchecked ? SAY(v, "kèm theo chương trình, chưa kiểm tra", "shipped, not verified") :
		SAY(v, "kèm theo chương trình", "shipped");
}

static void table_row(const struct visit *v, const struct calendar_mark *m, struct table_cell cells[COLUMNS])
{
	char buf[DAY_TEXT];
	cells[0].text = arena_strdup(v->a, v->lang == LANG_VI ? day_vi(m->day->on, buf) : day_iso(m->day->on, buf));
	cells[1].text = calendar_weekday(m->day->on, v->lang);
	cells[2].text = code_label(CODES_DAY_KIND, m->day->kind == DAY_OFF ? "off" : "work", v->lang);
	cells[3].text = m->day->note;
	cells[4].text = source_text(v, m->day);
}

static enum err calendar_table(struct visit *v, const void *view, struct table *ret, struct fault *f)
{
	static const enum table_kind kinds[COLUMNS] = { [0] = TABLE_DAY };
	const struct calendar_view *c = view;
	(void)f;
	const char *const headings[COLUMNS] = { SAY(v, "Ngày", "Day"), SAY(v, "Thứ", "Weekday"), SAY(v, "Loại", "Kind"),
		SAY(v, "Ghi chú", "Note"), SAY(v, "Nguồn", "Source") };
	const char *title = SAY(v, "Ngày nghỉ, ngày làm bù năm", "Days off and working days of");
	*ret = (struct table){ .title = arena_printf(v->a, "%s %d", title, c->year),
		.headings = arena_array(v->a, const char *, COLUMNS), .columns = COLUMNS, .rows = (int)c->marks_n,
		.cells = arena_array(v->a, struct table_cell, c->marks_n * COLUMNS), .kinds = kinds };
	memcpy(ret->headings, headings, sizeof headings);
	for (size_t i = 0; i < c->marks_n; i++)
		table_row(v, &c->marks[i], &ret->cells[i * COLUMNS]);
	return OK;
}

PAGE_THUNKS(calendar)

static const struct param calendar_params[] = {
	{ "year", PARAM_INT, CODES__COUNT, "năm", "year" },
	{ "from", PARAM_DAY, CODES__COUNT, "ngày xảy ra việc", "day of the event" },
	{ "length", PARAM_INT, CODES__COUNT, "số ngày hoặc tháng của thời hạn", "days or months of the deadline" },
	{ "unit", PARAM_TEXT, CODES__COUNT, "workday, day hoặc month", "workday, day or month" },
	{ 0 }
};

const struct page calendar_page = { .path = "/calendar", .name = "calendar", .vi = "Lịch làm việc", .en = "Working calendar",
	.of = PAGE_SOMEWHERE, .perm = PERM_SELF, .query = calendar_params, .view_size = sizeof(struct calendar_view), .load = calendar_load_,
	.html = calendar_html_,
	.json = calendar_json_, .table = calendar_table };
