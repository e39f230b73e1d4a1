#include "base/day.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A period that starts on the first of `month` and runs over `months` whole months. */
static struct period months(int32_t year, int32_t month, int32_t count)
{
	struct day last = day_add_months(day_of(year, 1, 31), month + count - 2);
	return (struct period){ day_of(year, month, 1), last };
}

static bool is_year(int32_t y)
{
	return y >= 1900 && y <= 2199;
}

static enum err parse_range(const char *s, const char *dots, const char *field, struct period *ret, struct fault *f)
{
	char from[DAY_TEXT];
	struct period p;
	size_t n = (size_t)(dots - s);
	if (n >= sizeof from)
		return FAULT(f, E_INVALID, field, MSG_PERIOD_FORMAT, s);
	memcpy(from, s, n);
	from[n] = '\0';
	TRY(day_parse(from, field, &p.from, f));
	TRY(day_parse(dots + 2, field, &p.to, f));
	if (day_before(p.to, p.from))
		return FAULT(f, E_INVALID, field, MSG_PERIOD_BACKWARDS, s);
	*ret = p;
	return OK;
}

/* The part behind "2021-": H1, Q2, SY, 03 or 2025. */
static bool parse_part(int32_t year, const char *part, struct period *ret)
{
	int32_t n = (int32_t)strtol(part + (*part == 'H' || *part == 'Q'), NULL, 10);
	size_t len = strlen(part);
	size_t digits = strspn(part, "0123456789");
	if (strcmp(part, "SY") == 0 && is_year(year + 1))
		*ret = months(year, 9, 12);
	else if (len == 2 && *part == 'H' && n >= 1 && n <= 2)
		*ret = months(year, n * 6 - 5, 6);
	else if (len == 2 && *part == 'Q' && n >= 1 && n <= 4)
		*ret = months(year, n * 3 - 2, 3);
	else if (len == 2 && digits == 2 && n >= 1 && n <= 12)
		*ret = months(year, n, 1);
	else if (len == 4 && digits == 4 && is_year(n) && n > year && n - year <= 20)
		*ret = months(year, 1, (n - year + 1) * 12);
	else
		return false;
	return true;
}

enum err period_parse(const char *s, const char *field, struct period *ret, struct fault *f)
{
	const char *dots = strstr(s, "..");
	if (dots)
		return parse_range(s, dots, field, ret, f);
	int32_t year = strspn(s, "0123456789") == 4 ? (int32_t)strtol(s, NULL, 10) : 0;
	if (!is_year(year))
		return FAULT(f, E_INVALID, field, MSG_PERIOD_FORMAT, s);
	if (s[4] == '\0')
		*ret = months(year, 1, 12);
	else if (s[4] != '-' || !parse_part(year, s + 5, ret))
		return FAULT(f, E_INVALID, field, MSG_PERIOD_FORMAT, s);
	return OK;
}

/* What kind of period it is, and its number in the year where it has one. */
enum shape { YEAR, HALF, QUARTER, MONTH, SCHOOL_YEAR, TERM, RANGE };

static enum shape shape_of(struct period p, int32_t *ret_number)
{
	assert(!day_before(p.to, p.from));
	struct ymd a = day_ymd(p.from), b = day_ymd(p.to);
	bool to_month_end = day_equal(p.to, DAY_LAST) || day_ymd(day_add(p.to, 1)).day == 1;
	*ret_number = 0;
	if (a.day != 1 || !to_month_end)
		return RANGE;
	int32_t count = day_calendar_months_between(p.from, p.to) + 1;
	if (count == 12 && a.month == 1)
		return YEAR;
	if (count == 12 && a.month == 9)
		return SCHOOL_YEAR;
	if (count == 6 && (a.month == 1 || a.month == 7))
		return *ret_number = a.month / 6 + 1, HALF;
	if (count == 3 && a.month % 3 == 1)
		return *ret_number = a.month / 3 + 1, QUARTER;
	if (count == 1)
		return *ret_number = a.month, MONTH;
	if (a.month == 1 && b.month == 12 && count <= 21 * 12)
		return TERM;
	return RANGE;
}

const char *period_text(struct period p, struct arena *a)
{
	char from[DAY_TEXT], to[DAY_TEXT];
	int32_t n, year = day_ymd(p.from).year;
	switch (shape_of(p, &n)) {
	case YEAR:
		return arena_printf(a, "%d", year);
	case HALF:
		return arena_printf(a, "%d-H%d", year, n);
	case QUARTER:
		return arena_printf(a, "%d-Q%d", year, n);
	case MONTH:
		return arena_printf(a, "%d-%02d", year, n);
	case SCHOOL_YEAR:
		return arena_printf(a, "%d-SY", year);
	case TERM:
		return arena_printf(a, "%d-%d", year, day_ymd(p.to).year);
	case RANGE:
		break;
	}
	return arena_printf(a, "%s..%s", day_iso(p.from, from), day_iso(p.to, to));
}

const char *period_label(struct period p, enum lang lang, struct arena *a)
{
	int32_t n, year = day_ymd(p.from).year;
	char y[16], y2[16], num[16], from[DAY_TEXT], to[DAY_TEXT];
	(void)snprintf(y, sizeof y, "%d", year);
	(void)snprintf(y2, sizeof y2, "%d", day_ymd(p.to).year);
	enum shape shape = shape_of(p, &n);
	(void)snprintf(num, sizeof num, "%d", n);
	switch (shape) {
	case YEAR:
		return MSG_TEXT(a, lang, MSG_PERIOD_YEAR, y);
	case HALF:
		return MSG_TEXT(a, lang, n == 1 ? MSG_PERIOD_FIRST_HALF : MSG_PERIOD_SECOND_HALF, y);
	case QUARTER:
		return MSG_TEXT(a, lang, MSG_PERIOD_QUARTER, num, y);
	case MONTH:
		return MSG_TEXT(a, lang, MSG_PERIOD_MONTH, num, y);
	case SCHOOL_YEAR:
		return MSG_TEXT(a, lang, MSG_PERIOD_SCHOOL_YEAR, y, y2);
	case TERM:
		return MSG_TEXT(a, lang, MSG_PERIOD_TERM, y, y2);
	case RANGE:
		break;
	}
	bool vi = lang == LANG_VI;
	if (day_equal(p.from, p.to))
		return MSG_TEXT(a, lang, MSG_PERIOD_DAY, vi ? day_vi(p.from, from) : day_iso(p.from, from));
	return MSG_TEXT(a, lang, MSG_PERIOD_RANGE,
		vi ? day_vi(p.from, from) : day_iso(p.from, from), vi ? day_vi(p.to, to) : day_iso(p.to, to));
}
