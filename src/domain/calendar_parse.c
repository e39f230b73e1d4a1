/* rules/calendar.yaml: holidays as rules from which each year's days off are computed, and rows that say what a year really had. */
#include "domain/calendar.h"
#include "domain/yaml_fields.h"

#include <stdlib.h>
#include <string.h>

enum { HOLIDAY_DAYS_MAX = 15, HOLIDAYS_MAX = 64 };

/* What the file knows of one year: it stands in the place of the computed block, or swaps single days. */
struct year_row {
	const char *holiday; /* key of the holiday it replaces, NULL for a swapped day */
	int32_t year;
	struct period days;
	enum day_kind kind;
	const char *note;
	struct day known; /* counts for clocks that start from then on; DAY_NONE: for all */
	bool checked;
};

struct file {
	const char *name;
	struct arena *arena;
	struct fault *fault;
	int32_t from, to; /* years */
	struct calendar_holiday *holidays;
	size_t holidays_n, holidays_cap;
	struct year_row *rows;
	size_t rows_n, rows_cap;
};

/* "26/4": a day without a year. */
static enum err read_day_month(struct file *s, const struct yaml *node, int32_t last_day, int32_t *ret_day, int32_t *ret_month)
{
	const char *text = node->kind == YAML_SCALAR ? node->text : "";
	char *end;
	long day = strtol(text, &end, 10);
	long month = *end == '/' ? strtol(end + 1, &end, 10) : 0;
	if (*end || day < 1 || day > last_day || month < 1 || month > 12)
		return YAML_FAULT(s->fault, s->name, node, MSG_CALENDAR_DAY_MONTH, text);
	*ret_day = (int32_t)day;
	*ret_month = (int32_t)month;
	return OK;
}

static enum err read_number(struct file *s, struct yaml *map, const char *key, struct number_range range, int32_t *ret)
{
	return yaml_number(s->name, yaml_get(map, key), range, ret, s->fault);
}

static enum err read_holiday(struct file *s, struct yaml *node)
{
	struct calendar_holiday h = { .days = 1, .since = s->from, .until = s->to, .checked = true };
	const struct number_range years = { s->from, s->to }, days = { 1, HOLIDAY_DAYS_MAX };
	const struct number_range shift = { -HOLIDAY_DAYS_MAX, HOLIDAY_DAYS_MAX };
	if (s->holidays_n == HOLIDAYS_MAX)
		return YAML_FAULT(s->fault, s->name, node, MSG_YAML_LIMIT);
	TRY(yaml_text(s->name, node, "holiday", &h.key, s->fault));
	TRY(yaml_text(s->name, node, "note", &h.note, s->fault));
	struct yaml *solar = yaml_get(node, "solar"), *lunar = yaml_get(node, "lunar");
	if (!solar == !lunar)
		return YAML_FAULT(s->fault, s->name, node, MSG_CALENDAR_SOLAR_OR_LUNAR, h.key);
	if (solar)
		TRY(read_day_month(s, solar, 31, &h.solar_day, &h.solar_month));
	else
		TRY(read_day_month(s, lunar, 29, &h.lunar_day, &h.lunar_month));
	TRY(read_number(s, node, "since", years, &h.since));
	TRY(read_number(s, node, "until", years, &h.until));
	TRY(read_number(s, node, "days", days, &h.days));
	TRY(read_number(s, node, "first", shift, &h.shift));
	TRY(yaml_flag(s->name, yaml_get(node, "checked"), &h.checked, s->fault));
	if (solar && !day_valid_ymd(2001, h.solar_month, h.solar_day))
		return YAML_FAULT(s->fault, s->name, solar, MSG_CALENDAR_DAY_MONTH, solar->text);
	*arena_push(s->arena, s->holidays, s->holidays_n, s->holidays_cap) = h;
	return OK;
}

static bool knows_holiday(const struct file *s, const char *key)
{
	for (size_t i = 0; i < s->holidays_n; i++)
		if (strcmp(s->holidays[i].key, key) == 0)
			return true;
	return false;
}

/* One day, or "first..last". */
static enum err read_days(struct file *s, const struct yaml *node, struct period *ret)
{
	const char *text = node->kind == YAML_SCALAR ? node->text : "";
	struct fault why;
	enum err e;
	if (strstr(text, "..")) {
		e = period_parse(text, "", ret, &why);
	} else {
		e = day_parse(text, "", &ret->from, &why);
		ret->to = ret->from;
	}
	bool outside = e == OK && (day_ymd(ret->from).year < s->from || day_ymd(ret->to).year > s->to ||
		ret->to.n - ret->from.n >= HOLIDAY_DAYS_MAX);
	if (e != OK || outside)
		return YAML_FAULT(s->fault, s->name, node, MSG_CALENDAR_DAYS_FORMAT, text);
	return OK;
}

/* "known: DAY". */
static enum err read_known(struct file *s, const struct yaml *node, struct day *ret)
{
	struct fault why;
	if (!node)
		return OK;
	const char *text = node->kind == YAML_SCALAR ? node->text : "";
	return day_parse(text, "", ret, &why) == OK ? OK : YAML_FAULT(s->fault, s->name, node, MSG_CALENDAR_KNOWN_FORMAT, text);
}

/* The row's days stand under "off" or "work". */
static enum err read_row(struct file *s, struct yaml *node)
{
	struct year_row r = { .checked = true, .known = DAY_NONE };
	struct yaml *off = yaml_get(node, "off"), *work = yaml_get(node, "work"), *holiday = yaml_get(node, "holiday");
	if (!off == !work || (holiday && !off))
		return YAML_FAULT(s->fault, s->name, node, MSG_CALENDAR_OFF_OR_WORK);
	r.kind = off ? DAY_OFF : DAY_WORK;
	TRY(read_days(s, off ? off : work, &r.days));
	r.year = day_ymd(r.days.from).year;
	TRY(yaml_text(s->name, node, "note", &r.note, s->fault));
	TRY(yaml_flag(s->name, yaml_get(node, "checked"), &r.checked, s->fault));
	TRY(read_known(s, yaml_get(node, "known"), &r.known));
	if (holiday) {
		TRY(yaml_text(s->name, node, "holiday", &r.holiday, s->fault));
		if (!knows_holiday(s, r.holiday))
			return YAML_FAULT(s->fault, s->name, holiday, MSG_CALENDAR_HOLIDAY_UNKNOWN, r.holiday);
	}
	*arena_push(s->arena, s->rows, s->rows_n, s->rows_cap) = r;
	return OK;
}

static enum err read_list(struct file *s, struct yaml *root, const char *key, enum err (*item)(struct file *, struct yaml *))
{
	struct yaml *list;
	TRY(yaml_list(s->name, root, key, &list, s->fault));
	for (struct yaml *n = list ? list->first : NULL; n; n = n->next) {
		if (n->kind != YAML_MAP)
			return YAML_FAULT(s->fault, s->name, n, MSG_YAML_NOT_MAP, key);
		TRY(item(s, n));
	}
	return OK;
}

static enum err read_file(struct file *s, struct yaml *root)
{
	struct number_range any = { 1901, 2198 };
	TRY(yaml_required(s->name, root, "from", s->fault));
	TRY(yaml_required(s->name, root, "to", s->fault));
	TRY(read_number(s, root, "from", any, &s->from));
	TRY(read_number(s, root, "to", any, &s->to));
	if (s->from > s->to)
		return YAML_FAULT(s->fault, s->name, root, MSG_CALENDAR_NO_YEARS);
	TRY(read_list(s, root, "holidays", read_holiday));
	TRY(read_list(s, root, "years", read_row));
	return yaml_all_used(s->name, root, s->fault);
}

/* A row that has always been known stands in the place of the computed block: the last of the file for that holiday and year. */
static const struct year_row *replacement(const struct file *s, const struct calendar_holiday *h, int32_t year)
{
	const struct year_row *found = NULL;
	for (size_t i = 0; i < s->rows_n; i++) {
		const struct year_row *r = &s->rows[i];
		if (r->holiday && !day_known(r->known) && r->year == year && strcmp(r->holiday, h->key) == 0)
			found = r;
	}
	return found;
}

static void set_days(struct file *s, struct calendar *c, struct period days, struct calendar_day day)
{
	for (day.on = days.from; day.on.n <= days.to.n; day.on = day_add(day.on, 1))
		calendar_set(s->arena, c, day);
}

/* A holiday on a weekly day of rest gives the next working day off (Labour Code 2019, Article 111.3). */
static void compensate(struct file *s, struct calendar *c, const struct calendar_holiday *h, int32_t year)
{
	struct period block = calendar_holiday_days(h, year);
	struct calendar_day made_up = { .kind = DAY_OFF, .counts_from = DAY_NONE, .unchecked = !h->checked };
	made_up.block = calendar_block_name(h->key, year, s->arena);
	for (struct day d = block.from; d.n <= block.to.n; d = day_add(d, 1)) {
		char rest[DAY_TEXT];
		if (day_weekday(d) <= FRIDAY)
			continue;
		made_up.note = arena_printf(s->arena, "nghỉ bù %s", day_vi(d, rest));
		made_up.on = calendar_add_working(c, block.to, 1);
		calendar_set(s->arena, c, made_up);
	}
}

static struct calendar_day day_of_row(const struct year_row *r, const char *block)
{
	return (struct calendar_day){ .kind = r->kind, .note = r->note, .counts_from = r->known, .block = block, .unchecked = !r->checked };
}

static void set_holiday(struct file *s, struct calendar *c, const struct calendar_holiday *h, int32_t year)
{
	const char *block = calendar_block_name(h->key, year, s->arena);
	const struct year_row *row = replacement(s, h, year);
	struct calendar_day computed = { .kind = DAY_OFF, .note = h->note, .counts_from = DAY_NONE, .block = block, .unchecked = !h->checked };
	set_days(s, c, row ? row->days : calendar_holiday_days(h, year), row ? day_of_row(row, block) : computed);
}

/* All holidays of a year first, then what makes up for those on days of rest: it has to find a day that is not off itself. */
static void compute_year(struct file *s, struct calendar *c, int32_t year)
{
	for (size_t i = 0; i < s->holidays_n; i++)
		if (calendar_holiday_is_held(&s->holidays[i], year))
			set_holiday(s, c, &s->holidays[i], year);
	for (size_t i = 0; i < s->holidays_n; i++)
		if (calendar_holiday_is_held(&s->holidays[i], year) && !replacement(s, &s->holidays[i], year))
			compensate(s, c, &s->holidays[i], year);
}

/* A block that became known later: for clocks that start before then the days stay as they were. */
static void move_block(struct file *s, struct calendar *c, const struct year_row *r)
{
	const char *block = calendar_block_name(r->holiday, r->year, s->arena);
	size_t n;
	const struct day *freed = calendar_block_freed(c, block, r->days, s->arena, &n);
	for (size_t i = 0; i < n; i++)
		calendar_set(s->arena, c, calendar_day_freed(freed[i], r->note, r->known, s->arena));
	set_days(s, c, r->days, day_of_row(r, block));
}

/* Blocks known later and swapped days last: they say what a year really had. */
static void set_known(struct file *s, struct calendar *c)
{
	for (size_t i = 0; i < s->rows_n; i++) {
		const struct year_row *r = &s->rows[i];
		if (r->holiday && day_known(r->known))
			move_block(s, c, r);
		else if (!r->holiday)
			set_days(s, c, r->days, day_of_row(r, NULL));
	}
}

enum err calendar_parse(const char *file, const char *bytes, size_t n, struct arena *a, struct calendar *ret, struct fault *f)
{
	struct file s = { .name = file, .arena = a, .fault = f };
	struct yaml *root;
	TRY(yaml_parse(file, bytes, n, a, &root, f));
	TRY(read_file(&s, root));
	struct calendar c = { .holidays = s.holidays, .holidays_n = s.holidays_n };
	for (int32_t year = s.from; year <= s.to; year++)
		compute_year(&s, &c, year);
	set_known(&s, &c);
	*ret = c;
	return OK;
}
