#include "prop.h"

#include "domain/calendar.h"

#include <stdlib.h>

/* A calendar of random exceptions, of which some change nothing (a Sunday off, a Tuesday of work). */
static struct calendar random_calendar(struct prop *p, struct arena *a, struct day from, int32_t span)
{
	struct calendar c = { 0 };
	for (int i = prop_size(p, 300); i > 0; i--)
		calendar_set(a, &c, (struct calendar_day){ .on = prop_day(p, from, span), .kind = prop_chance(p, 30) ? DAY_WORK : DAY_OFF });
	return c;
}

static struct day slow_add(const struct calendar *c, struct day d, int32_t n)
{
	while (n > 0) {
		d = day_add(d, 1);
		n -= calendar_is_working(c, d);
	}
	return d;
}

static void test_working_days_are_those_counted_one_by_one(void **state)
{
	(void)state;
	const struct day from = day_of(2000, 1, 1);
	const int32_t forty_years = 14610;
	prop_for_all(p, 400) {
		scoped(arena_done) struct arena a = { 0 };
		struct calendar c = random_calendar(&p, &a, from, p.run % 2 ? forty_years : 200);
		struct day start = prop_day(&p, from, p.run % 2 ? forty_years : 200);
		int32_t n = rng_between(&p.rng, 0, prop_size(&p, 4000));
		struct day end = calendar_add_working(&c, start, n);
		prop_assert(&p, day_equal(end, slow_add(&c, start, n)));
		prop_assert(&p, calendar_count_working(&c, start, end) == n);
	}
}

static void test_every_day_of_forty_years_follows_from_the_day_before(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	struct prop p = { { prop_seed() }, prop_seed(), 1, 1 };
	const struct day from = day_of(2000, 1, 1);
	struct calendar c = random_calendar(&p, &a, from, 14610);
	int32_t n = 0;
	for (struct day d = from; d.n < from.n + 14610; d = day_add(d, 1)) {
		prop_assert(&p, calendar_count_working(&c, from, d) == n);
		prop_assert(&p, n == 0 || calendar_add_working(&c, from, n).n <= d.n);
		n += calendar_is_working(&c, day_add(d, 1));
	}
	prop_assert(&p, n > 10000);
}

static void test_the_next_working_day_is_the_first_one_from_there(void **state)
{
	(void)state;
	prop_for_all(p, 2000) {
		scoped(arena_done) struct arena a = { 0 };
		struct calendar c = random_calendar(&p, &a, day_of(2020, 1, 1), 60);
		struct day d = prop_day(&p, day_of(2020, 1, 1), 60), next = calendar_next_working(&c, d);
		prop_assert(&p, calendar_is_working(&c, next));
		for (; d.n < next.n; d = day_add(d, 1))
			prop_assert(&p, !calendar_is_working(&c, d));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_working_days_are_those_counted_one_by_one),
		cmocka_unit_test(test_every_day_of_forty_years_follows_from_the_day_before),
		cmocka_unit_test(test_the_next_working_day_is_the_first_one_from_there),
	};
	return RUN(tests);
}
