#include "base/day.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>

static bool is_leap(int32_t y)
{
	return (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
}

static int32_t days_in_month(int32_t y, int32_t m)
{
	static const int32_t days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	return m == 2 && is_leap(y) ? 29 : days[m - 1];
}

bool day_valid_ymd(int32_t year, int32_t month, int32_t day)
{
	return year >= 1900 && year <= 2199 && month >= 1 && month <= 12 && day >= 1 && day <= days_in_month(year, month);
}

/* Counts from 1 March, so that the leap day is the last of its year. */
struct day day_of(int32_t year, int32_t month, int32_t day)
{
	assert(day_valid_ymd(year, month, day));
	int32_t y = month <= 2 ? year - 1 : year;
	int32_t era = y / 400, of_era = y % 400;
	int32_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
	return (struct day){ era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468 };
}

struct ymd day_ymd(struct day d)
{
	assert(d.n >= DAY_FIRST.n && d.n <= DAY_LAST.n);
	int32_t z = d.n + 719468;
	int32_t era = z / 146097, of_era = z % 146097;
	int32_t y = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	int32_t of_year = of_era - (365 * y + y / 4 - y / 100);
	int32_t mp = (5 * of_year + 2) / 153;
	int32_t month = mp < 10 ? mp + 3 : mp - 9;
	return (struct ymd){ y + era * 400 + (month <= 2), month, of_year - (153 * mp + 2) / 5 + 1 };
}

enum weekday day_weekday(struct day d)
{
	assert(day_known(d));
	int32_t w = (d.n + 3) % 7; /* 1970-01-01 was a Thursday */
	return (enum weekday)(w < 0 ? w + 7 : w);
}

static struct day clamp(int64_t n)
{
	if (n < DAY_FIRST.n)
		return DAY_FIRST;
	return n > DAY_LAST.n ? DAY_LAST : (struct day){ (int32_t)n };
}

struct day day_add(struct day d, int32_t days)
{
	assert(day_known(d));
	return clamp((int64_t)d.n + days);
}

struct day day_add_months(struct day d, int32_t months)
{
	struct ymd v = day_ymd(d);
	int64_t m = (int64_t)v.year * 12 + v.month - 1 + months;
	if (m < 1900 * 12)
		return DAY_FIRST;
	if (m > 2199 * 12 + 11)
		return DAY_LAST;
	int32_t year = (int32_t)(m / 12), month = (int32_t)(m % 12) + 1;
	int32_t last = days_in_month(year, month);
	return day_of(year, month, v.day < last ? v.day : last);
}

int32_t day_calendar_months_between(struct day a, struct day b)
{
	struct ymd x = day_ymd(a), y = day_ymd(b);
	return (y.year - x.year) * 12 + y.month - x.month;
}

int32_t day_months_between(struct day a, struct day b)
{
	assert(!day_before(b, a));
	int32_t n = day_calendar_months_between(a, b);
	return day_before(b, day_add_months(a, n)) ? n - 1 : n;
}

/* The number in a run of at most 4 digits, and its length; moves *s behind it. */
static int32_t number(const char **s, int *ret_len)
{
	int32_t v = 0;
	for (*ret_len = 0; *ret_len < 4 && **s >= '0' && **s <= '9'; (*ret_len)++, (*s)++)
		v = v * 10 + (**s - '0');
	return v;
}

static bool is_short(int len)
{
	return len == 1 || len == 2;
}

/* Three numbers with the same separator between them, the year first or last. */
static bool split_day(const char *s, struct ymd *ret)
{
	int len[3];
	int32_t first = number(&s, &len[0]);
	char sep = *s++;
	if (sep != '/' && sep != '-' && sep != '.')
		return false;
	int32_t middle = number(&s, &len[1]);
	if (*s++ != sep)
		return false;
	int32_t last = number(&s, &len[2]);
	if (*s || !is_short(len[1]))
		return false;
	if (len[0] == 4 && is_short(len[2]))
		*ret = (struct ymd){ first, middle, last };
	else if (is_short(len[0]) && len[2] == 4)
		*ret = (struct ymd){ last, middle, first };
	else
		return false;
	return true;
}

enum err day_parse(const char *s, const char *field, struct day *ret, struct fault *f)
{
	struct ymd v;
	if (!split_day(s, &v))
		return FAULT(f, E_INVALID, field, MSG_DAY_FORMAT, s);
	if (!day_valid_ymd(v.year, v.month, v.day))
		return FAULT(f, E_INVALID, field, MSG_DAY_IMPOSSIBLE, s);
	*ret = day_of(v.year, v.month, v.day);
	return OK;
}

enum err day_from_serial(double serial, const char *field, struct day *ret, struct fault *f)
{
	if (!(serial >= 1 && serial < 109575) || floor(serial) == 60) {
		char text[32];
		(void)snprintf(text, sizeof text, "%.10g", serial);
		return FAULT(f, E_INVALID, field, MSG_DAY_IMPOSSIBLE, text);
	}
	int32_t n = (int32_t)floor(serial);
	*ret = (struct day){ DAY_FIRST.n + n - (n > 60 ? 2 : 1) };
	return OK;
}

/* The last `n` digits of v. By hand: every import writes millions of days, and snprintf takes twenty times as long. */
static char *put_digits(char *to, int n, int32_t v)
{
	for (int i = n; i-- > 0; v /= 10)
		to[i] = (char)('0' + v % 10);
	return to + n;
}

const char *day_iso(struct day d, char buf[DAY_TEXT])
{
	buf[0] = '\0';
	if (!day_known(d))
		return buf;
	struct ymd v = day_ymd(d);
	char *p = put_digits(buf, 4, v.year);
	*p++ = '-';
	p = put_digits(p, 2, v.month);
	*p++ = '-';
	*put_digits(p, 2, v.day) = '\0';
	return buf;
}

const char *day_vi(struct day d, char buf[DAY_TEXT])
{
	buf[0] = '\0';
	if (!day_known(d))
		return buf;
	struct ymd v = day_ymd(d);
	char *p = put_digits(buf, 2, v.day);
	*p++ = '/';
	p = put_digits(p, 2, v.month);
	*p++ = '/';
	*put_digits(p, 4, v.year) = '\0';
	return buf;
}
