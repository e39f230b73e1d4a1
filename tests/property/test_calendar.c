#include "prop.h"

#include "domain/calendar.h"

#include <stdlib.h>

/* Some change nothing (a Sunday off, a Tuesday of work). */
static struct calendar_day random_day(struct prop *p, struct day from, int32_t span)
{
	return (struct calendar_day){ .on = prop_day(p, from, span), .kind = prop_chance(p, 30) ? DAY_WORK : DAY_OFF, .counts_from = DAY_NONE };
}

static struct calendar random_calendar(struct prop *p, struct arena *a, struct day from, int32_t span)
{
	struct calendar c = { 0 };
	for (int i = prop_size(p, 300); i > 0; i--)
		calendar_set(a, &c, random_day(p, from, span));
	return c;
}

/* The same, where every second exception counts for later clocks only; few days, so that many are given for the same one. */
static struct calendar random_calendar_of_clocks(struct prop *p, struct arena *a, struct day from, int32_t span)
{
	struct calendar c = { 0 };
	for (int i = prop_size(p, 120); i > 0; i--) {
		struct calendar_day day = random_day(p, from, span);
		if (prop_chance(p, 50))
			day.counts_from = prop_day(p, from, span);
		calendar_set(a, &c, day);
	}
	return c;
}

static struct span random_span(struct prop *p)
{
	static const enum span_unit units[] = { SPAN_WORKING_DAY, SPAN_DAY, SPAN_MONTH };
	return (struct span){ rng_between(&p->rng, 0, 60), units[rng_below(&p->rng, 3)] };
}

static bool counts_as_working(const struct calendar *c, struct day d, struct day start)
{
	const struct calendar_day *e = calendar_find_for(c, d, start);
	return e ? e->kind == DAY_WORK : day_weekday(d) <= FRIDAY;
}

static struct day slow_add(const struct calendar *c, struct day start, int32_t n)
{
	struct day d = start;
	while (n > 0) {
		d = day_add(d, 1);
		n -= counts_as_working(c, d, start);
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

/* Every start of three years, each with a length of its own, over exceptions of which many count for some clocks only. */
static void test_each_clock_counts_the_days_that_hold_for_its_start(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	struct prop p = { { prop_seed() }, prop_seed(), 1, 1 };
	const struct day from = day_of(2024, 1, 1);
	struct calendar c = random_calendar_of_clocks(&p, &a, from, 1500);
	for (struct day start = from; start.n < from.n + 1096; start = day_add(start, 1)) {
		int32_t n = rng_between(&p.rng, 1, 200);
		struct day end = calendar_add_working(&c, start, n);
		prop_assert(&p, day_equal(end, slow_add(&c, start, n)));
		prop_assert(&p, calendar_count_working(&c, start, end) == n);
	}
}

/* What holds is the last one given among those that count for the start: said once more with a plain list. */
static void test_the_last_word_that_counts_for_a_clock_holds(void **state)
{
	(void)state;
	enum { GIVEN = 12 };
	const struct day from = day_of(2026, 1, 1);
	prop_for_all(p, 500) {
		scoped(arena_done) struct arena a = { 0 };
		struct calendar_day given[GIVEN];
		struct calendar c = { 0 };
		for (int i = 0; i < GIVEN; i++) {
			given[i] = random_day(&p, from, 2);
			given[i].counts_from = prop_chance(&p, 25) ? DAY_NONE : prop_day(&p, from, 6);
			calendar_set(&a, &c, given[i]);
		}
		struct day on = prop_day(&p, from, 2), start = prop_day(&p, day_add(from, -1), 8);
		const struct calendar_day *want = NULL, *got = calendar_find_for(&c, on, start);
		for (int i = 0; i < GIVEN; i++)
			if (day_equal(given[i].on, on) && given[i].counts_from.n <= start.n)
				want = &given[i];
		prop_assert(&p, (want == NULL) == (got == NULL));
		prop_assert(&p, !want || (want->kind == got->kind && day_equal(want->counts_from, got->counts_from)));
	}
}

static void test_no_last_day_is_before_its_start(void **state)
{
	(void)state;
	const struct day from = day_of(2025, 1, 1);
	prop_for_all(p, 2000) {
		scoped(arena_done) struct arena a = { 0 };
		struct calendar c = random_calendar_of_clocks(&p, &a, from, 200);
		struct day start = prop_day(&p, from, 200);
		struct span s = random_span(&p);
		struct day end = calendar_span_end(&c, start, s), due = calendar_due(&c, start, s);
		prop_assert(&p, end.n >= start.n && due.n >= end.n);
		prop_assert(&p, counts_as_working(&c, due, start));
	}
}

static void test_one_more_day_off_makes_no_last_day_earlier(void **state)
{
	(void)state;
	const struct day from = day_of(2025, 1, 1);
	prop_for_all(p, 2000) {
		scoped(arena_done) struct arena a = { 0 };
		struct calendar c = random_calendar_of_clocks(&p, &a, from, 200);
		struct day start = prop_day(&p, from, 200);
		struct span s = random_span(&p);
		struct day before = calendar_due(&c, start, s);
		calendar_set(&a, &c, (struct calendar_day){ .on = prop_day(&p, from, 300), .kind = DAY_OFF, .counts_from = DAY_NONE });
		prop_assert(&p, calendar_due(&c, start, s).n >= before.n);
	}
}

/* Whatever is given for clocks that start later: this one's last day stays. */
static void test_what_counts_for_later_clocks_moves_no_earlier_one(void **state)
{
	(void)state;
	const struct day from = day_of(2025, 1, 1);
	prop_for_all(p, 2000) {
		scoped(arena_done) struct arena a = { 0 };
		struct calendar c = random_calendar_of_clocks(&p, &a, from, 200);
		struct day start = prop_day(&p, from, 200);
		struct span s = random_span(&p);
		struct day end = calendar_span_end(&c, start, s), due = calendar_due(&c, start, s);
		for (int i = 0; i < 5; i++) {
			struct calendar_day day = random_day(&p, from, 300);
			day.counts_from = prop_day(&p, day_add(start, 1), 100);
			calendar_set(&a, &c, day);
		}
		prop_assert(&p, day_equal(calendar_span_end(&c, start, s), end) && day_equal(calendar_due(&c, start, s), due));
	}
}

/* The same number of the day so many months on, or the last day of that month. */
static void test_months_end_on_the_same_number_or_on_the_last_day(void **state)
{
	(void)state;
	const struct calendar none = { 0 };
	prop_for_all(p, 2000) {
		struct day start = prop_day(&p, day_of(2015, 1, 1), 8000);
		struct span s = { rng_between(&p.rng, 0, 60), SPAN_MONTH };
		struct ymd a = day_ymd(start), b = day_ymd(calendar_span_end(&none, start, s));
		bool last = !day_valid_ymd(b.year, b.month, b.day + 1);
		prop_assert(&p, b.year * 12 + b.month == a.year * 12 + a.month + s.length);
		prop_assert(&p, b.day == a.day || (b.day < a.day && last));
	}
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
		cmocka_unit_test(test_each_clock_counts_the_days_that_hold_for_its_start),
		cmocka_unit_test(test_the_last_word_that_counts_for_a_clock_holds),
		cmocka_unit_test(test_no_last_day_is_before_its_start),
		cmocka_unit_test(test_one_more_day_off_makes_no_last_day_earlier),
		cmocka_unit_test(test_what_counts_for_later_clocks_moves_no_earlier_one),
		cmocka_unit_test(test_months_end_on_the_same_number_or_on_the_last_day),
		cmocka_unit_test(test_the_next_working_day_is_the_first_one_from_there),
	};
	return RUN(tests);
}
