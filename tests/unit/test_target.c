#include "testing.h"

#include "domain/target.h"
#include "domain/facts.h"

static void assert_pace(const char *period, int32_t y, int32_t m, int32_t d, int64_t num, int64_t den)
{
	struct period p;
	struct fault f;
	int64_t n = -1, of = -1;
	assert_int_equal(period_parse(period, "", &p, &f), OK);
	period_pace(p, day_of(y, m, d), &n, &of);
	assert_int_equal(n, num);
	assert_int_equal(of, den);
}

static void test_half_of_the_year_is_gone_on_30_june(void **state)
{
	(void)state;
	assert_pace("2021", 2021, 6, 30, 1, 2);
	assert_pace("2024", 2024, 6, 30, 1, 2); /* leap year: months, not days */
	assert_pace("2021", 2021, 3, 31, 1, 4);
}

static void test_a_month_begun_counts_by_its_days(void **state)
{
	(void)state;
	assert_pace("2021", 2021, 4, 15, 7, 24);       /* 3 months and 15/30 of 12 */
	assert_pace("2021", 2021, 1, 1, 1, 12 * 31);
	assert_pace("2024", 2024, 2, 29, 1, 6);
	assert_pace("2020-2025", 2024, 3, 31, 17, 24); /* 51 of 72 months */
}

static void test_pace_stays_between_nothing_and_all(void **state)
{
	(void)state;
	assert_pace("2021", 2020, 12, 31, 0, 1);
	assert_pace("2021", 2021, 12, 31, 1, 1);
	assert_pace("2021", 2023, 5, 1, 1, 1);
}

static void test_pace_of_a_range_counts_months_from_its_first_day(void **state)
{
	(void)state;
	assert_pace("2021-01-31..2021-03-30", 2021, 2, 27, 1, 2); /* 31/1 to 28/2 is the first of two months */
	assert_pace("2021-05-10..2021-05-10", 2021, 5, 10, 1, 1);
	assert_pace("2021-05-10..2021-05-11", 2021, 5, 10, 1, 2);
}

/* 31/10 to 31/12/2199 are two months, and no calendar goes on behind them; of them one month and 2 of 31 days are gone on 1/12. */
static void test_pace_up_to_the_last_day_there_is(void **state)
{
	(void)state;
	assert_pace("2199-10-31..2199-12-31", 2199, 12, 1, 33, 62);
}

static void test_indicators_filter_by_facts_and_codes_that_exist(void **state)
{
	(void)state;
	size_t n;
	const struct indicator *all = indicators(&n);
	assert_true(n >= 8);
	for (size_t i = 0; i < n; i++) {
		assert_ptr_equal(indicator_find(all[i].key), &all[i]);
		if (!all[i].attribute)
			continue;
		const struct fact_kind *kind = fact_kind_find(all[i].attribute);
		assert_non_null(kind);
		for (const char *v = all[i].values + (*all[i].values == '!'); *v; v += strspn(v, "|")) {
			char key[32] = "";
			size_t len = strcspn(v, "|");
			memcpy(key, v, len);
			assert_non_null(code_by_key((enum code_table)kind->codes, key));
			v += len;
		}
	}
	assert_null(indicator_find("no such indicator"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_half_of_the_year_is_gone_on_30_june),
		cmocka_unit_test(test_a_month_begun_counts_by_its_days),
		cmocka_unit_test(test_pace_stays_between_nothing_and_all),
		cmocka_unit_test(test_pace_of_a_range_counts_months_from_its_first_day),
		cmocka_unit_test(test_pace_up_to_the_last_day_there_is),
		cmocka_unit_test(test_indicators_filter_by_facts_and_codes_that_exist),
	};
	return RUN(tests);
}
