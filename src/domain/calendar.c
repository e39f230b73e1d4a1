#include "domain/calendar.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

/* Position of the first exception on or after d. */
static size_t lower_bound(const struct calendar *c, struct day d)
{
	size_t lo = 0, hi = c->n;
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		if (day_before(c->v[mid].on, d))
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

static bool is_of_day(const struct calendar *c, size_t i, struct day d)
{
	return i < c->n && day_equal(c->v[i].on, d);
}

void calendar_set(struct arena *a, struct calendar *c, struct calendar_day day)
{
	assert(day_known(day.on));
	size_t at = lower_bound(c, day.on);
	while (is_of_day(c, at, day.on) && day_before(c->v[at].counts_from, day.counts_from))
		at++;
	size_t rest = at;
	while (is_of_day(c, rest, day.on))
		rest++;
	size_t hidden = rest - at, behind = c->n - rest;
	if (!hidden)
		(void)arena_push(a, c->v, c->n, c->cap);
	else
		c->n -= hidden - 1;
	if (behind)
		memmove(&c->v[at + 1], &c->v[rest], behind * sizeof *c->v);
	c->v[at] = day;
}

struct calendar calendar_copy(const struct calendar *c, struct arena *a)
{
	struct calendar copy = *c;
	copy.v = arena_array(a, struct calendar_day, c->n);
	copy.cap = c->n;
	if (c->n)
		memcpy(copy.v, c->v, c->n * sizeof *c->v);
	return copy;
}

/* Of the day at *i, the exception that holds for a clock that starts on `start`, or NULL; *i moves behind that day. */
static const struct calendar_day *holding(const struct calendar *c, size_t *i, struct day start)
{
	const struct calendar_day *found = NULL;
	for (struct day d = c->v[*i].on; is_of_day(c, *i, d); (*i)++)
		if (!day_before(start, c->v[*i].counts_from))
			found = &c->v[*i];
	return found;
}

const struct calendar_day *calendar_find_for(const struct calendar *c, struct day d, struct day start)
{
	size_t i = lower_bound(c, d);
	return is_of_day(c, i, d) ? holding(c, &i, start) : NULL;
}

const struct calendar_day *calendar_find(const struct calendar *c, struct day d)
{
	return calendar_find_for(c, d, DAY_LAST);
}

void calendar_confirm(struct calendar *c, struct day d)
{
	size_t i = lower_bound(c, d), behind = i;
	while (is_of_day(c, behind, d))
		behind++;
	if (behind == i)
		return;
	c->v[behind - 1].unchecked = false;
	c->v[behind - 1].confirmed = true;
}

static bool is_working(const struct calendar *c, struct day d, struct day start)
{
	const struct calendar_day *e = calendar_find_for(c, d, start);
	return e ? e->kind == DAY_WORK : day_weekday(d) <= FRIDAY;
}

bool calendar_is_working(const struct calendar *c, struct day d)
{
	return is_working(c, d, DAY_LAST);
}

/* Mondays to Fridays up to and including day n, counted from a Monday in the past. */
static int32_t weekdays_until(int32_t n)
{
	int32_t from_monday = n - DAY_FIRST.n; /* 1900-01-01 was a Monday */
	int32_t rest = from_monday % 7 + 1;
	return from_monday / 7 * 5 + (rest < 5 ? rest : 5);
}

static int32_t weekdays_between(struct day from, struct day to)
{
	return weekdays_until(to.n) - weekdays_until(from.n);
}

/* The n-th Monday-to-Friday day after d, n >= 1. */
static struct day add_weekdays(struct day d, int32_t n)
{
	int weekday = (int)day_weekday(d);
	if (weekday > FRIDAY) { /* days of rest count like the Friday before them */
		d.n -= weekday - FRIDAY;
		weekday = FRIDAY;
	}
	int64_t steps = (int64_t)weekday + n;
	int64_t days = steps / 5 * 7 + steps % 5 - weekday;
	return day_add(d, days > INT32_MAX ? INT32_MAX : (int32_t)days);
}

/* Walks from exception to exception: between two of them only the days of the week count. */
static struct day add_working(const struct calendar *c, struct day d, int32_t n, struct day start)
{
	assert(day_known(d) && n >= 0);
	if (n == 0)
		return d;
	for (size_t i = lower_bound(c, day_add(d, 1)); i < c->n;) {
		const struct calendar_day *e = holding(c, &i, start);
		if (!e)
			continue;
		int32_t before = weekdays_between(d, day_add(e->on, -1));
		if (before >= n)
			break;
		n -= before + (e->kind == DAY_WORK);
		d = e->on;
		if (n == 0)
			return d;
	}
	return add_weekdays(d, n);
}

struct day calendar_add_working(const struct calendar *c, struct day d, int32_t n)
{
	return add_working(c, d, n, d);
}

static int32_t count_working(const struct calendar *c, struct day from, struct day to, struct day start)
{
	int32_t n = weekdays_between(from, to);
	for (size_t i = lower_bound(c, day_add(from, 1)); i < c->n && c->v[i].on.n <= to.n;) {
		const struct calendar_day *e = holding(c, &i, start);
		n += e ? (e->kind == DAY_WORK) - (day_weekday(e->on) <= FRIDAY) : 0;
	}
	return n;
}

int32_t calendar_count_working(const struct calendar *c, struct day from, struct day to)
{
	assert(day_known(from) && day_known(to));
	return day_before(from, to) ? count_working(c, from, to, from) : 0;
}

int32_t calendar_working_in(const struct calendar *c, struct period p)
{
	assert(day_known(p.from) && p.from.n <= p.to.n);
	return count_working(c, (struct day){ p.from.n - 1 }, p.to, DAY_LAST);
}

static struct day next_working(const struct calendar *c, struct day d, struct day start)
{
	return is_working(c, d, start) ? d : add_working(c, d, 1, start);
}

struct day calendar_next_working(const struct calendar *c, struct day d)
{
	return next_working(c, d, DAY_LAST);
}

enum err span_unit_parse(const char *s, const char *field, enum span_unit *ret, struct fault *f)
{
	static const struct {
		const char *word;
		enum span_unit unit;
	} words[] = {
		{ "workday", SPAN_WORKING_DAY }, { "working_day", SPAN_WORKING_DAY }, { "day", SPAN_DAY }, { "month", SPAN_MONTH },
	};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strcmp(s, words[i].word) == 0) {
			*ret = words[i].unit;
			return OK;
		}
	return FAULT(f, E_INVALID, field, MSG_CALENDAR_UNIT, s);
}

const char *span_text(struct span s, enum lang lang, struct arena *a)
{
	static const enum msg units[][2] = {
		[SPAN_WORKING_DAY] = { MSG_CALENDAR_WORKING_DAYS, MSG_CALENDAR_WORKING_DAY },
		[SPAN_DAY] = { MSG_CALENDAR_DAYS, MSG_CALENDAR_DAY },
		[SPAN_MONTH] = { MSG_CALENDAR_MONTHS, MSG_CALENDAR_MONTH },
	};
	char length[16];
	(void)snprintf(length, sizeof length, "%d", s.length);
	return MSG_TEXT(a, lang, units[s.unit][s.length == 1], length);
}

struct day calendar_span_end(const struct calendar *c, struct day start, struct span s)
{
	if (s.unit == SPAN_WORKING_DAY)
		return calendar_add_working(c, start, s.length);
	return s.unit == SPAN_DAY ? day_add(start, s.length) : day_add_months(start, s.length);
}

struct day calendar_due(const struct calendar *c, struct day start, struct span s)
{
	return next_working(c, calendar_span_end(c, start, s), start);
}
