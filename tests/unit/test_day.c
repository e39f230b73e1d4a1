#include "testing.h"

#include "base/day.h"

static void test_a_leap_day_is_a_day_of_leap_years_only(void **state)
{
	(void)state;
	assert_true(day_valid_ymd(2024, 2, 29));
	assert_true(day_valid_ymd(2000, 2, 29));
	assert_false(day_valid_ymd(2023, 2, 29));
	assert_false(day_valid_ymd(2100, 2, 29));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_leap_day_is_a_day_of_leap_years_only),
	};
	return RUN(tests);
}
