#include "testing.h"

#include "base/day.h"

#include <math.h>

/* The calendar by counting: every day from 1900-01-01 (a Monday) to 2199-12-31, without a formula for whole years. */
static int days_in(int year, int month)
{
	switch (month) {
	case 2:
		if (year % 400 == 0)
			return 29;
		return year % 100 != 0 && year % 4 == 0 ? 29 : 28;
	case 4:
	case 6:
	case 9:
	case 11:
		return 30;
	default:
		return 31;
	}
}

static void test_every_day_from_1900_to_2199_agrees_with_a_slow_count(void **state)
{
	(void)state;
	int n = DAY_FIRST.n, weekday = MONDAY;
	for (int y = 1900; y <= 2199; y++)
		for (int m = 1; m <= 12; m++)
			for (int d = 1; d <= days_in(y, m); d++, n++, weekday = (weekday + 1) % 7) {
				struct day day = day_of(y, m, d);
				struct ymd back = day_ymd(day);
				assert_int_equal(day.n, n);
				assert_int_equal(back.year, y);
				assert_int_equal(back.month, m);
				assert_int_equal(back.day, d);
				assert_int_equal(day_weekday(day), weekday);
			}
	assert_int_equal(n - 1, DAY_LAST.n);
}

static void test_known_days_have_their_number_and_weekday(void **state)
{
	(void)state;
	assert_int_equal(day_of(1970, 1, 1).n, 0);
	assert_int_equal(day_weekday(day_of(1970, 1, 1)), THURSDAY);
	assert_int_equal(day_of(2000, 3, 1).n, 11017);
	assert_int_equal(day_weekday(day_of(1945, 9, 2)), SUNDAY);
	assert_int_equal(day_weekday(day_of(2024, 3, 26)), TUESDAY);
}

static void test_a_leap_day_is_a_day_of_leap_years_only(void **state)
{
	(void)state;
	assert_true(day_valid_ymd(2024, 2, 29));
	assert_true(day_valid_ymd(2000, 2, 29));
	assert_false(day_valid_ymd(2023, 2, 29));
	assert_false(day_valid_ymd(1900, 2, 29));
	assert_false(day_valid_ymd(2100, 2, 29));
}

static void test_days_that_do_not_exist_are_not_valid(void **state)
{
	(void)state;
	static const struct ymd bad[] = { { 1899, 12, 31 }, { 2200, 1, 1 }, { 2024, 0, 1 }, { 2024, 13, 1 }, { 2024, 1, 0 },
		{ 2024, 1, 32 }, { 2024, 4, 31 }, { 2024, -1, 1 }, { 2024, 1, -1 } };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_false(day_valid_ymd(bad[i].year, bad[i].month, bad[i].day));
}

static void test_adding_days_stops_at_the_ends_of_the_calendar(void **state)
{
	(void)state;
	assert_true(day_equal(day_add(day_of(2024, 2, 28), 2), day_of(2024, 3, 1)));
	assert_true(day_equal(day_add(day_of(2024, 1, 1), -1), day_of(2023, 12, 31)));
	assert_true(day_equal(day_add(DAY_LAST, 1), DAY_LAST));
	assert_true(day_equal(day_add(DAY_LAST, INT32_MAX), DAY_LAST));
	assert_true(day_equal(day_add(DAY_FIRST, INT32_MIN), DAY_FIRST));
}

static void test_a_count_in_months_ends_on_the_same_day_or_the_last_of_a_shorter_month(void **state)
{
	(void)state;
	static const struct {
		struct ymd from;
		int months;
		struct ymd to;
	} cases[] = {
		{ { 2023, 5, 14 }, 12, { 2024, 5, 14 } }, { { 2024, 2, 29 }, 12, { 2025, 2, 28 } },
		{ { 2024, 2, 29 }, 48, { 2028, 2, 29 } }, { { 2023, 8, 31 }, 6, { 2024, 2, 29 } },
		{ { 2022, 8, 31 }, 6, { 2023, 2, 28 } },  { { 2024, 1, 31 }, 1, { 2024, 2, 29 } },
		{ { 2024, 3, 31 }, 1, { 2024, 4, 30 } },  { { 2024, 3, 31 }, -1, { 2024, 2, 29 } },
		{ { 2024, 1, 15 }, -1, { 2023, 12, 15 } }, { { 2024, 1, 15 }, -13, { 2022, 12, 15 } },
		{ { 2023, 12, 31 }, 2, { 2024, 2, 29 } }, { { 2024, 6, 30 }, 0, { 2024, 6, 30 } },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct ymd from = cases[i].from, to = cases[i].to;
		struct day got = day_add_months(day_of(from.year, from.month, from.day), cases[i].months);
		assert_int_equal(got.n, day_of(to.year, to.month, to.day).n);
	}
	assert_true(day_equal(day_add_months(day_of(2199, 6, 1), 7), DAY_LAST));
	assert_true(day_equal(day_add_months(day_of(1900, 6, 1), -6), DAY_FIRST));
	assert_true(day_equal(day_add_months(day_of(2024, 6, 1), INT32_MAX), DAY_LAST));
	assert_true(day_equal(day_add_months(day_of(2024, 6, 1), INT32_MIN), DAY_FIRST));
}

static void test_a_month_is_full_on_the_same_day_number(void **state)
{
	(void)state;
	static const struct {
		struct ymd from, to;
		int full, by_calendar;
	} cases[] = {
		{ { 2000, 5, 14 }, { 2000, 5, 14 }, 0, 0 },  { { 2000, 5, 14 }, { 2000, 6, 13 }, 0, 1 },
		{ { 2000, 5, 14 }, { 2000, 6, 14 }, 1, 1 },  { { 2000, 5, 31 }, { 2000, 6, 1 }, 0, 1 },
		{ { 2000, 5, 31 }, { 2000, 6, 30 }, 1, 1 },  { { 2006, 2, 28 }, { 2024, 2, 27 }, 215, 216 },
		{ { 2006, 2, 28 }, { 2024, 2, 28 }, 216, 216 }, { { 2004, 2, 29 }, { 2022, 2, 28 }, 216, 216 },
		{ { 2023, 12, 31 }, { 2024, 1, 1 }, 0, 1 },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct day from = day_of(cases[i].from.year, cases[i].from.month, cases[i].from.day);
		struct day to = day_of(cases[i].to.year, cases[i].to.month, cases[i].to.day);
		assert_int_equal(day_months_between(from, to), cases[i].full);
		assert_int_equal(day_calendar_months_between(from, to), cases[i].by_calendar);
	}
	assert_int_equal(day_calendar_months_between(day_of(2024, 3, 1), day_of(2024, 1, 31)), -2);
}

static void test_months_added_are_the_months_between(void **state)
{
	(void)state;
	for (int n = day_of(2023, 11, 1).n; n < day_of(2025, 4, 1).n; n++)
		for (int months = 0; months < 30; months++) {
			struct day from = { n };
			assert_int_equal(day_months_between(from, day_add_months(from, months)), months);
		}
}

static void test_a_day_is_read_in_the_notations_that_people_write(void **state)
{
	(void)state;
	static const char *const same[] = { "2024-03-26", "26/03/2024", "26/3/2024", "26-3-2024", "26.03.2024", "2024-3-26", "2024/03/26" };
	struct fault f;
	for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
		struct day d = DAY_NONE;
		assert_ok(day_parse(same[i], "birth", &d, &f));
		assert_int_equal(d.n, day_of(2024, 3, 26).n);
	}
}

static void test_what_is_not_a_day_is_refused_and_leaves_the_result_alone(void **state)
{
	(void)state;
	static const char *const bad[] = { "", "26", "26/3", "26/3/", "26/3/24", "26/3-2024", "26/03/2024 ", " 26/03/2024", "/3/2024",
		"26//2024", "2024-03", "2024-03-", "2024-003-26", "2024-03-026", "2024-03-2604", "20240326", "026/03/2024",
		"26/003/2024", "26/03/20245",
		"1.1.1.1", "26,03,2024", "hôm nay", "26/03/２０２４", "-1/1/2024", "24/03/26" };
	struct fault f;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct day d = { 77 };
		assert_refused(day_parse(bad[i], "birth", &d, &f), E_INVALID, "birth", MSG_DAY_FORMAT);
		assert_string_equal(f.arg[0], bad[i]);
		assert_int_equal(d.n, 77);
	}
}

static void test_a_day_that_the_calendar_does_not_have_is_refused_as_such(void **state)
{
	(void)state;
	static const char *const bad[] = { "31/04/2024", "29/02/2023", "2023-02-29", "00/01/2024", "01/00/2024", "32/01/2024", "01/13/2024",
		"31/12/1899", "01/01/2200", "0000-00-00", "01/01/9999" };
	struct fault f;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct day d = { 77 };
		assert_refused(day_parse(bad[i], "ceremony", &d, &f), E_INVALID, "ceremony", MSG_DAY_IMPOSSIBLE);
		assert_int_equal(d.n, 77);
	}
}

static void test_spreadsheet_serials_are_days_around_the_day_that_never_was(void **state)
{
	(void)state;
	static const struct {
		double serial;
		struct ymd day;
	} cases[] = { { 1, { 1900, 1, 1 } }, { 59, { 1900, 2, 28 } }, { 61, { 1900, 3, 1 } }, { 25569, { 1970, 1, 1 } },
		{ 45377, { 2024, 3, 26 } }, { 45377.75, { 2024, 3, 26 } }, { 109574, { 2199, 12, 31 } }, { 109574.99, { 2199, 12, 31 } } };
	struct fault f;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct day d = DAY_NONE;
		assert_ok(day_from_serial(cases[i].serial, "birth", &d, &f));
		assert_int_equal(d.n, day_of(cases[i].day.year, cases[i].day.month, cases[i].day.day).n);
	}
	const double bad[] = { 0, 0.5, -1, 60, 60.5, 109575, 1e300, -INFINITY, INFINITY, NAN };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct day d = { 77 };
		assert_refused(day_from_serial(bad[i], "birth", &d, &f), E_INVALID, "birth", MSG_DAY_IMPOSSIBLE);
		assert_int_equal(d.n, 77);
	}
}

static void test_days_are_written_for_machines_and_for_people(void **state)
{
	(void)state;
	char buf[DAY_TEXT];
	assert_string_equal(day_iso(day_of(2024, 3, 6), buf), "2024-03-06");
	assert_string_equal(day_vi(day_of(2024, 3, 6), buf), "06/03/2024");
	assert_string_equal(day_iso(DAY_FIRST, buf), "1900-01-01");
	assert_string_equal(day_vi(DAY_LAST, buf), "31/12/2199");
	assert_string_equal(day_iso(DAY_NONE, buf), "");
	assert_string_equal(day_vi(DAY_NONE, buf), "");
}

static void test_an_unknown_day_is_in_no_period(void **state)
{
	(void)state;
	struct period p = { day_of(2021, 1, 1), day_of(2021, 6, 30) };
	assert_true(period_has(p, p.from));
	assert_true(period_has(p, p.to));
	assert_false(period_has(p, day_of(2020, 12, 31)));
	assert_false(period_has(p, day_of(2021, 7, 1)));
	assert_false(period_has(p, DAY_NONE));
	assert_false(period_has((struct period){ DAY_NONE, DAY_LAST }, DAY_NONE));
	assert_false(day_known(DAY_NONE));
	assert_true(day_before(day_of(2020, 12, 31), day_of(2021, 1, 1)));
	assert_false(day_before(p.from, p.from));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_day_from_1900_to_2199_agrees_with_a_slow_count),
		cmocka_unit_test(test_known_days_have_their_number_and_weekday),
		cmocka_unit_test(test_a_leap_day_is_a_day_of_leap_years_only),
		cmocka_unit_test(test_days_that_do_not_exist_are_not_valid),
		cmocka_unit_test(test_adding_days_stops_at_the_ends_of_the_calendar),
		cmocka_unit_test(test_a_count_in_months_ends_on_the_same_day_or_the_last_of_a_shorter_month),
		cmocka_unit_test(test_a_month_is_full_on_the_same_day_number),
		cmocka_unit_test(test_months_added_are_the_months_between),
		cmocka_unit_test(test_a_day_is_read_in_the_notations_that_people_write),
		cmocka_unit_test(test_what_is_not_a_day_is_refused_and_leaves_the_result_alone),
		cmocka_unit_test(test_a_day_that_the_calendar_does_not_have_is_refused_as_such),
		cmocka_unit_test(test_spreadsheet_serials_are_days_around_the_day_that_never_was),
		cmocka_unit_test(test_days_are_written_for_machines_and_for_people),
		cmocka_unit_test(test_an_unknown_day_is_in_no_period),
	};
	return RUN(tests);
}
