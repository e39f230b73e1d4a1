/* Holidays as rules, and the blocks of days off that they make in a year. */
#include "domain/calendar.h"
#include "domain/lunar.h"

#include "base/text.h"

#include <assert.h>
#include <string.h>

const char *calendar_block_name(const char *holiday, int32_t year, struct arena *a)
{
	return arena_printf(a, "%s:%d", holiday, year);
}

const struct calendar_holiday *calendar_holiday_find(const struct calendar *c, const char *key)
{
	for (size_t i = 0; i < c->holidays_n; i++)
		if (strcmp(c->holidays[i].key, key) == 0)
			return &c->holidays[i];
	return NULL;
}

bool calendar_holiday_is_held(const struct calendar_holiday *h, int32_t year)
{
	return year >= h->since && year <= h->until;
}

struct day calendar_holiday_on(const struct calendar_holiday *h, int32_t year)
{
	return h->solar_month ? day_of(year, h->solar_month, h->solar_day) : lunar_day(year, h->lunar_month, h->lunar_day);
}

struct period calendar_holiday_days(const struct calendar_holiday *h, int32_t year)
{
	assert(h->days >= 1);
	struct day from = day_add(calendar_holiday_on(h, year), h->shift);
	return (struct period){ from, day_add(from, h->days - 1) };
}

static bool is_last_word(const struct calendar *c, size_t i)
{
	return i + 1 == c->n || !day_equal(c->v[i + 1].on, c->v[i].on);
}

struct period calendar_block_now(const struct calendar *c, const char *block)
{
	struct period p = { DAY_NONE, DAY_NONE };
	for (size_t i = 0; i < c->n; i++)
		if (is_last_word(c, i) && text_equal(c->v[i].block, block))
			p = (struct period){ day_known(p.from) ? p.from : c->v[i].on, c->v[i].on };
	return p;
}

struct day *calendar_block_freed(const struct calendar *c, const char *block, struct period days, struct arena *a, size_t *ret_n)
{
	struct day *freed = NULL;
	size_t n = 0, cap = 0;
	for (size_t i = 0; i < c->n; i++) {
		const struct calendar_day *e = &c->v[i];
		if (is_last_word(c, i) && text_equal(e->block, block) && !period_has(days, e->on))
			*arena_push(a, freed, n, cap) = e->on;
	}
	*ret_n = n;
	return freed;
}

struct calendar_day calendar_day_freed(struct day on, const char *note, struct day counts_from, struct arena *a)
{
	return (struct calendar_day){ .on = on, .kind = day_weekday(on) <= FRIDAY ? DAY_WORK : DAY_OFF,
		.note = arena_printf(a, "không còn trong đợt nghỉ: %s", note), .counts_from = counts_from };
}
