#include "testing.h"

#include "domain/figure.h"

static const struct rounding_choice one = { 1, ROUND_HALF_UP }, cut = { 1, ROUND_CUT }, two = { 2, ROUND_HALF_UP };

static void assert_percent(int64_t num, int64_t den, struct rounding_choice r, const char *expected)
{
	char buf[FIGURE_TEXT];
	assert_string_equal(figure_percent(num, den, r, buf), expected);
}

static void test_published_percentages_come_out(void **state)
{
	(void)state;
	assert_percent(484, 500, one, "96.8");
	assert_percent(146, 201, one, "72.6");
	assert_percent(52, 80, one, "65");
	assert_percent(925, 962, two, "96.15");
	assert_percent(1351, 2800, two, "48.25");
}

static void test_cutting_and_rounding_differ_where_papers_differ(void **state)
{
	(void)state;
	assert_percent(25, 101, cut, "24.7"); /* 24.752 */
	assert_percent(25, 101, one, "24.8");
	assert_percent(29, 51, cut, "56.8"); /* 56.863 */
	assert_percent(29, 51, one, "56.9");
}

static void test_a_half_is_rounded_away_from_zero(void **state)
{
	(void)state;
	assert_percent(1, 8, one, "12.5");
	assert_percent(1, 16, one, "6.3"); /* 6.25 */
	assert_percent(-1, 16, one, "-6.3");
	assert_percent(-1, 16, cut, "-6.2");
	assert_percent(1, 2, (struct rounding_choice){ 0, ROUND_HALF_UP }, "50");
	assert_percent(1, 200, (struct rounding_choice){ 0, ROUND_HALF_UP }, "1");
	assert_percent(1, 200, (struct rounding_choice){ 0, ROUND_CUT }, "0");
}

static void test_small_shares_keep_their_zeros_in_front(void **state)
{
	(void)state;
	assert_percent(1, 10000, two, "0.01");
	assert_percent(1, 1000000, (struct rounding_choice){ 4, ROUND_HALF_UP }, "0.0001");
	assert_percent(0, 7, one, "0");
	assert_percent(-1, 100000, one, "0"); /* no "-0" */
}

static void test_large_numbers_stay_exact(void **state)
{
	(void)state;
	assert_percent(INT64_MAX, INT64_MAX, two, "100");
	assert_percent(INT64_MAX, 1, one, "922337203685477580700");
	assert_percent(INT64_MAX - 1, INT64_MAX, (struct rounding_choice){ 4, ROUND_CUT }, "99.9999");
}

static void assert_points(int64_t num, int64_t den, int64_t pace_num, int64_t pace_den, const char *expected)
{
	char buf[FIGURE_TEXT];
	assert_string_equal(figure_points(num, den, pace_num, pace_den, one, buf), expected);
}

static void test_65_percent_at_half_year_is_15_points_ahead(void **state)
{
	(void)state;
	assert_points(52, 80, 1, 2, "15");
}

static void test_points_behind_the_pace_are_negative(void **state)
{
	(void)state;
	assert_points(1, 3, 1, 2, "-16.7"); /* 33.333 - 50 */
	assert_points(0, 80, 1, 1, "-100");
	assert_points(80, 80, 1, 1, "0");
	assert_points(INT64_MAX, INT64_MAX, 1, INT32_MAX, "100");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_published_percentages_come_out),
		cmocka_unit_test(test_cutting_and_rounding_differ_where_papers_differ),
		cmocka_unit_test(test_a_half_is_rounded_away_from_zero),
		cmocka_unit_test(test_small_shares_keep_their_zeros_in_front),
		cmocka_unit_test(test_large_numbers_stay_exact),
		cmocka_unit_test(test_65_percent_at_half_year_is_15_points_ahead),
		cmocka_unit_test(test_points_behind_the_pace_are_negative),
	};
	return RUN(tests);
}
