#include "testing.h"

#include "domain/lunar.h"

/* Published dates: Tết and Hùng Kings day, as day and month. */
static const struct {
	int year, tet_day, tet_month, kings_day, kings_month;
} published[] = {
	{ 2015, 19, 2, 28, 4 }, { 2016, 8, 2, 16, 4 },  { 2017, 28, 1, 6, 4 },  { 2018, 16, 2, 25, 4 }, { 2019, 5, 2, 14, 4 },
	{ 2020, 25, 1, 2, 4 },  { 2021, 12, 2, 21, 4 }, { 2022, 1, 2, 10, 4 },  { 2023, 22, 1, 29, 4 }, { 2024, 10, 2, 18, 4 },
	{ 2025, 29, 1, 7, 4 },  { 2026, 17, 2, 26, 4 }, { 2027, 6, 2, 16, 4 },  { 2028, 26, 1, 4, 4 },  { 2029, 13, 2, 23, 4 },
	{ 2030, 2, 2, 12, 4 },  { 2031, 23, 1, 1, 4 },  { 2032, 11, 2, 19, 4 }, { 2033, 31, 1, 9, 4 },  { 2034, 19, 2, 28, 4 },
	{ 2035, 8, 2, 17, 4 },  { 2036, 28, 1, 6, 4 },
};

static void test_new_year_and_hung_kings_day_are_as_published(void **state)
{
	(void)state;
	char text[DAY_TEXT];
	for (size_t i = 0; i < sizeof published / sizeof *published; i++) {
		int y = published[i].year;
		struct day tet = day_of(y, published[i].tet_month, published[i].tet_day);
		struct day kings = day_of(y, published[i].kings_month, published[i].kings_day);
		if (!day_equal(lunar_day(y, 1, 1), tet) || !day_equal(lunar_day(y, 3, 10), kings))
			fail_msg("%d: Tết %s", y, day_iso(lunar_day(y, 1, 1), text));
	}
}

/* The Tết of 1968 and 1985 fell a day or a month away from the Chinese new year, because Hà Nội keeps UTC+7. */
static void test_new_year_follows_hanoi_time(void **state)
{
	(void)state;
	assert_int_equal(lunar_day(1985, 1, 1).n, day_of(1985, 1, 21).n);
	assert_int_equal(lunar_day(2007, 1, 1).n, day_of(2007, 2, 17).n);
}

/* 2020 had two fourth months: the fifth begins on 21/6, not on 23/5. */
static void test_a_leap_month_pushes_the_later_months_back(void **state)
{
	(void)state;
	assert_int_equal(lunar_day(2020, 4, 1).n, day_of(2020, 4, 23).n);
	assert_int_equal(lunar_day(2020, 5, 1).n, day_of(2020, 6, 21).n);
}

static void test_every_year_has_months_in_order_of_29_or_30_days(void **state)
{
	(void)state;
	for (int year = 1900; year < 2199; year++)
		for (int month = 1; month < 12; month++) {
			int length = lunar_day(year, month + 1, 1).n - lunar_day(year, month, 1).n;
			bool plain = length == 29 || length == 30;
			bool with_leap_month = length >= 58 && length <= 60;
			assert_true(plain || with_leap_month);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_new_year_and_hung_kings_day_are_as_published),
		cmocka_unit_test(test_new_year_follows_hanoi_time),
		cmocka_unit_test(test_a_leap_month_pushes_the_later_months_back),
		cmocka_unit_test(test_every_year_has_months_in_order_of_29_or_30_days),
	};
	return RUN(tests);
}
