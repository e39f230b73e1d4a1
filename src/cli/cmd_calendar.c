/* nguon calendar: due counts a deadline, show lists a year's exceptions, of an installation where --data is given, else as shipped;
 * the rest changes the calendar of an installation (cmd_calendar_change.c). */
#include "cli/cli_calendar.h"
#include "cli/cli_rules.h"
#include "domain/lunar.h"

#include <stdlib.h>
#include <string.h>

const struct cli_option cmd_calendar_options[] = {
	{ "from", "DAY", "ngày xảy ra việc (due)", "day of the event (due)" },
	{ "length", "N", "số ngày hoặc tháng (due)", "number of days or months (due)" },
	{ "unit", "workday|day|month", "đơn vị (due; mặc định: workday)", "unit (due; default: workday)" },
	{ "off", "DAY,DAY...", "chỉ nghỉ những ngày này ngoài thứ Bảy, Chủ nhật (due)", "only these days off besides weekends (due)" },
	{ "day", "DAY", "ngày được đặt (set)", "the day to set (set)" },
	{ "kind", "off|work", "nghỉ hoặc làm việc (set)", "day off or working day (set)" },
	{ "holiday", "KEY", "dịp nghỉ lễ: tet, national_days... hoặc tên (block)", "the holiday: tet, national_days... or its name (block)" },
	{ "year", "YEAR", "năm (block, check)", "year (block, check)" },
	{ "first", "DAY", "ngày nghỉ đầu tiên (block)", "first day off (block)" },
	{ "last", "DAY", "ngày nghỉ cuối cùng (block)", "last day off (block)" },
	{ "note", "TEXT", "lý do, số thông báo (set, block, check)", "the reason, the notice (set, block, check)" },
	{ "due", "keep|move", "thời hạn đã tính: giữ nguyên hoặc dời theo lịch mới (set, block)",
		"deadlines already given: keep them or move them by the new calendar (set, block)" },
	{ "dry-run", NULL, "chỉ xem thời hạn nào sẽ đổi, không ghi gì", "only show which deadlines would change, store nothing" },
	{ 0 }
};

enum { LENGTH_MAX = 100000 };

static const char *weekday(const struct cli *c, struct day d)
{
	static const char *const names[][2] = {
		[MONDAY] = { "thứ Hai", "Monday" },
		[TUESDAY] = { "thứ Ba", "Tuesday" },
		[WEDNESDAY] = { "thứ Tư", "Wednesday" },
		[THURSDAY] = { "thứ Năm", "Thursday" },
		[FRIDAY] = { "thứ Sáu", "Friday" },
		[SATURDAY] = { "thứ Bảy", "Saturday" },
		[SUNDAY] = { "Chủ nhật", "Sunday" },
	};
	return names[day_weekday(d)][c->lang];
}

static enum err read_number(const char *text, const char *field, int32_t lo, int32_t hi, int32_t *ret, struct fault *f)
{
	char *end, min[16], max[16];
	long v = strtol(text, &end, 10);
	if (end == text || *end)
		return FAULT(f, E_INVALID, field, MSG_NOT_NUMBER, text);
	(void)snprintf(min, sizeof min, "%d", lo);
	(void)snprintf(max, sizeof max, "%d", hi);
	if (v < lo || v > hi)
		return FAULT(f, E_INVALID, field, MSG_OUT_OF_RANGE, text, min, max);
	*ret = (int32_t)v;
	return OK;
}

/* Days off from the command line, separated by commas. */
static enum err read_off(struct cli *c, const char *list, struct calendar *ret, struct fault *f)
{
	struct calendar calendar = { 0 };
	while (*list) {
		size_t n = strcspn(list, ",");
		struct day d;
		TRY(day_parse(arena_strndup(&c->arena, list, n), "--off", &d, f));
		calendar_set(&c->arena, &calendar, (struct calendar_day){ .on = d, .kind = DAY_OFF, .note = "--off" });
		list += n + (list[n] == ',');
	}
	*ret = calendar;
	return OK;
}

struct due {
	struct calendar calendar;
	struct day from, due, act_by; /* act_by: the next working day where due is none */
	struct span span;
};

static enum err read_due(struct cli *c, struct due *d, struct fault *f)
{
	const char *from, *length, *unit = cli_option(c, "unit"), *off = cli_option(c, "off");
	TRY(cli_required(c, "from", &from, f));
	TRY(cli_required(c, "length", &length, f));
	TRY(day_parse(from, "--from", &d->from, f));
	TRY(read_number(length, "--length", 0, LENGTH_MAX, &d->span.length, f));
	TRY(span_unit_parse(unit ? unit : "workday", "--unit", &d->span.unit, f));
	if (off)
		return read_off(c, off, &d->calendar, f);
	const struct rules *rules;
	const struct calendar *calendar;
	TRY(cli_rules(c, &rules, &calendar, f));
	d->calendar = *calendar;
	return OK;
}

static void exception_json(struct cli *c, struct json *j, const struct calendar_day *e)
{
	json_object(j);
	json_put_day(j, "day", e->on);
	json_put_string(j, "weekday", weekday(c, e->on));
	json_put_string(j, "kind", e->kind == DAY_OFF ? "off" : "work");
	json_put_string(j, "note", e->note);
	json_put_bool(j, "checked", !e->unchecked);
	json_put_bool(j, "own", e->own);
	json_put_day(j, "counts_from", e->counts_from);
	json_put_string(j, "block", e->block);
	json_object_end(j);
}

static const char *marks_text(struct cli *c, const struct calendar_day *e)
{
	struct text t = TEXT(&c->arena);
	if (e->own || e->confirmed)
		text_add(&t, e->own ? cli_text(c, "  [đặt tại đây]", "  [set here]") : cli_text(c, "  [đã kiểm tra]", "  [checked]"));
	if (e->unchecked)
		text_add(&t, cli_text(c, "  [chưa kiểm tra]", "  [not verified]"));
	if (day_known(e->counts_from))
		text_addf(&t, "  [%s %s]", cli_text(c, "thời hạn bắt đầu từ", "deadlines that start from"), cli_day(c, e->counts_from));
	return text_str(&t);
}

static void exception_text(struct cli *c, const struct calendar_day *e)
{
	const char *kind = code_label(CODES_DAY_KIND, e->kind == DAY_OFF ? "off" : "work", c->lang);
	(void)printf("  %s  %s  %s  %s%s\n", cli_day(c, e->on), cli_pad(c, weekday(c, e->on), 9), cli_pad(c, kind, 11),
		e->note ? e->note : "", marks_text(c, e));
}

/* The exceptions in a period, those that hold for a clock that starts on `start` (DAY_NONE: all of them): into *j, or printed where j is
 * NULL. */
static void each_exception(struct cli *c, const struct calendar *calendar, struct period p, struct day start, struct json *j)
{
	for (size_t i = 0; i < calendar->n; i++) {
		const struct calendar_day *e = &calendar->v[i];
		if (!period_has(p, e->on) || (day_known(start) && calendar_find_for(calendar, e->on, start) != e))
			continue;
		if (j)
			exception_json(c, j, e);
		else
			exception_text(c, e);
	}
}

static void due_json(struct cli *c, const struct due *d)
{
	static const char *const units[] = { [SPAN_WORKING_DAY] = "workday", [SPAN_DAY] = "day", [SPAN_MONTH] = "month" };
	struct text t = TEXT(&c->arena);
	struct json j = JSON(&t);
	json_object(&j);
	json_put_day(&j, "from", d->from);
	json_put_int(&j, "length", d->span.length);
	json_put_string(&j, "unit", units[d->span.unit]);
	json_put_day(&j, "due", d->due);
	json_put_day(&j, "act_by", d->act_by);
	json_key(&j, "exceptions");
	json_array(&j);
	each_exception(c, &d->calendar, (struct period){ day_add(d->from, 1), d->due }, d->from, &j);
	json_array_end(&j);
	json_object_end(&j);
	cli_json(&t);
}

static void due_text(struct cli *c, const struct due *d)
{
	CLI_SAY(c, MSG_CLI_DUE, span_text(d->span, c->lang, &c->arena), cli_day(c, d->from), cli_day(c, d->due), weekday(c, d->due));
	if (!day_equal(d->due, d->act_by))
		CLI_SAY(c, MSG_CLI_ACT_BY, cli_day(c, d->act_by), weekday(c, d->act_by));
	each_exception(c, &d->calendar, (struct period){ day_add(d->from, 1), d->due }, d->from, NULL);
}

static enum err run_due(struct cli *c, struct fault *f)
{
	struct due d = { 0 };
	TRY(cli_words(c, 1, 1, f));
	TRY(read_due(c, &d, f));
	d.due = calendar_span_end(&d.calendar, d.from, d.span);
	d.act_by = calendar_due(&d.calendar, d.from, d.span);
	if (c->json)
		due_json(c, &d);
	else
		due_text(c, &d);
	return OK;
}

static void show_json(struct cli *c, const struct calendar *calendar, int32_t year, struct period p, int32_t working)
{
	struct text t = TEXT(&c->arena);
	struct json j = JSON(&t);
	json_object(&j);
	json_put_int(&j, "year", year);
	json_put_day(&j, "tet", lunar_day(year, 1, 1));
	json_put_day(&j, "hung_kings", lunar_day(year, 3, 10));
	json_put_int(&j, "working_days", working);
	json_key(&j, "exceptions");
	json_array(&j);
	each_exception(c, calendar, p, DAY_NONE, &j);
	json_array_end(&j);
	json_object_end(&j);
	cli_json(&t);
}

static enum err run_show(struct cli *c, struct fault *f)
{
	const struct rules *rules;
	const struct calendar *calendar;
	int32_t year;
	char number[16];
	TRY(cli_words(c, 2, 2, f));
	TRY(read_number(c->args[1], "YEAR", 1901, 2198, &year, f));
	TRY(cli_rules(c, &rules, &calendar, f));
	struct period p = { day_of(year, 1, 1), day_of(year, 12, 31) };
	int32_t working = calendar_working_in(calendar, p);
	if (c->json) {
		show_json(c, calendar, year, p, working);
		return OK;
	}
	(void)snprintf(number, sizeof number, "%d", working);
	CLI_SAY(c, MSG_CLI_YEAR, c->args[1], number, cli_day(c, lunar_day(year, 1, 1)), cli_day(c, lunar_day(year, 3, 10)));
	each_exception(c, calendar, p, DAY_NONE, NULL);
	return OK;
}

enum err cmd_calendar(struct cli *c, struct fault *f)
{
	static const struct {
		const char *word;
		enum err (*run)(struct cli *c, struct fault *f);
	} words[] = {
		{ "due", run_due }, { "show", run_show }, { "set", cli_calendar_set }, { "block", cli_calendar_block },
		{ "check", cli_calendar_check },
	};
	TRY(cli_words(c, 1, 2, f));
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strcmp(c->args[0], words[i].word) == 0)
			return words[i].run(c, f);
	return FAULT(f, E_USAGE, NULL, MSG_CLI_WORDS, c->command->name, c->command->usage);
}
