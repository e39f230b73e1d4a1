#include "testing.h"

#include "base/day.h"

struct notation {
	const char *text;
	struct ymd from, to;
	const char *vi, *en;
};

static const struct notation notations[] = {
	{ "2021", { 2021, 1, 1 }, { 2021, 12, 31 }, "năm 2021", "year 2021" },
	{ "2021-H1", { 2021, 1, 1 }, { 2021, 6, 30 }, "6 tháng đầu năm 2021", "first half of 2021" },
	{ "2021-H2", { 2021, 7, 1 }, { 2021, 12, 31 }, "6 tháng cuối năm 2021", "second half of 2021" },
	{ "2021-Q1", { 2021, 1, 1 }, { 2021, 3, 31 }, "quý 1 năm 2021", "quarter 1 of 2021" },
	{ "2021-Q2", { 2021, 4, 1 }, { 2021, 6, 30 }, "quý 2 năm 2021", "quarter 2 of 2021" },
	{ "2021-Q3", { 2021, 7, 1 }, { 2021, 9, 30 }, "quý 3 năm 2021", "quarter 3 of 2021" },
	{ "2021-Q4", { 2021, 10, 1 }, { 2021, 12, 31 }, "quý 4 năm 2021", "quarter 4 of 2021" },
	{ "2024-02", { 2024, 2, 1 }, { 2024, 2, 29 }, "tháng 2 năm 2024", "month 2 of 2024" },
	{ "2021-12", { 2021, 12, 1 }, { 2021, 12, 31 }, "tháng 12 năm 2021", "month 12 of 2021" },
	{ "2021-SY", { 2021, 9, 1 }, { 2022, 8, 31 }, "năm học 2021-2022", "school year 2021-2022" },
	{ "2020-2025", { 2020, 1, 1 }, { 2025, 12, 31 }, "nhiệm kỳ 2020-2025", "term 2020-2025" },
	{ "2020-01-01..2024-03-26", { 2020, 1, 1 }, { 2024, 3, 26 }, "từ 01/01/2020 đến 26/03/2024", "2020-01-01 to 2024-03-26" },
	{ "2024-03-26..2024-03-26", { 2024, 3, 26 }, { 2024, 3, 26 }, "ngày 26/03/2024", "2024-03-26" },
	{ "2021-02-01..2021-07-31", { 2021, 2, 1 }, { 2021, 7, 31 }, "từ 01/02/2021 đến 31/07/2021", "2021-02-01 to 2021-07-31" },
	{ "2021-02-01..2021-04-30", { 2021, 2, 1 }, { 2021, 4, 30 }, "từ 01/02/2021 đến 30/04/2021", "2021-02-01 to 2021-04-30" },
	{ "2021-02-01..2022-01-31", { 2021, 2, 1 }, { 2022, 1, 31 }, "từ 01/02/2021 đến 31/01/2022", "2021-02-01 to 2022-01-31" },
	{ "2021-01-01..2022-06-30", { 2021, 1, 1 }, { 2022, 6, 30 }, "từ 01/01/2021 đến 30/06/2022", "2021-01-01 to 2022-06-30" },
	{ "1900", { 1900, 1, 1 }, { 1900, 12, 31 }, "năm 1900", "year 1900" },
	{ "2199", { 2199, 1, 1 }, { 2199, 12, 31 }, "năm 2199", "year 2199" },
	{ "2199-12", { 2199, 12, 1 }, { 2199, 12, 31 }, "tháng 12 năm 2199", "month 12 of 2199" },
	{ "2199-12-01..2199-12-30", { 2199, 12, 1 }, { 2199, 12, 30 }, "từ 01/12/2199 đến 30/12/2199", "2199-12-01 to 2199-12-30" },
	{ "2179-2199", { 2179, 1, 1 }, { 2199, 12, 31 }, "nhiệm kỳ 2179-2199", "term 2179-2199" },
	{ "2178-01-01..2199-12-31", { 2178, 1, 1 }, { 2199, 12, 31 }, "từ 01/01/2178 đến 31/12/2199", "2178-01-01 to 2199-12-31" },
};
enum { NOTATIONS = sizeof notations / sizeof *notations };

static struct period period_of(const struct notation *n)
{
	return (struct period){ day_of(n->from.year, n->from.month, n->from.day), day_of(n->to.year, n->to.month, n->to.day) };
}

static void test_every_notation_gives_its_first_and_last_day(void **state)
{
	(void)state;
	struct fault f;
	for (int i = 0; i < NOTATIONS; i++) {
		struct period p, want = period_of(&notations[i]);
		assert_ok(period_parse(notations[i].text, "period", &p, &f));
		assert_int_equal(p.from.n, want.from.n);
		assert_int_equal(p.to.n, want.to.n);
	}
}

static void test_a_period_is_written_in_its_shortest_notation(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	for (int i = 0; i < NOTATIONS; i++)
		assert_string_equal(period_text(period_of(&notations[i]), &a), notations[i].text);
}

static void test_a_period_is_called_as_people_call_it(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	for (int i = 0; i < NOTATIONS; i++) {
		assert_string_equal(period_label(period_of(&notations[i]), LANG_VI, &a), notations[i].vi);
		assert_string_equal(period_label(period_of(&notations[i]), LANG_EN, &a), notations[i].en);
	}
}

static void test_what_is_written_reads_back_as_the_same_period(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	struct fault f;
	for (int from = day_of(2019, 12, 25).n; from < day_of(2021, 2, 5).n; from++)
		for (int to = from; to < day_of(2022, 1, 5).n; to += from % 3 + 1) {
			struct period p = { { from }, { to } }, back;
			assert_ok(period_parse(period_text(p, &a), "period", &back, &f));
			assert_int_equal(back.from.n, from);
			assert_int_equal(back.to.n, to);
			arena_reset(&a);
		}
}

static void test_a_range_takes_days_in_any_notation(void **state)
{
	(void)state;
	struct fault f;
	struct period p;
	assert_ok(period_parse("1/1/2020..26.3.2024", "period", &p, &f));
	assert_int_equal(p.from.n, day_of(2020, 1, 1).n);
	assert_int_equal(p.to.n, day_of(2024, 3, 26).n);
}

static void test_what_is_not_a_period_is_refused_and_leaves_the_result_alone(void **state)
{
	(void)state;
	static const char *const bad[] = { "", "21", "20211", "2021-", "2021-H", "2021-H0", "2021-H3", "2021-H11", "2021-Q0",
		"2021-Q5", "2021-Q",
		"2021-Q1x", "2021-0", "2021-00", "2021-13", "2021-1", "2021-003", "2021-sy", "2021-SYX", "2021-2020", "2021-2021", "2021-2042",
		"2021-202", "2021-20255", "2021/Q1", "2021 ", " 2021", "1899", "2200", "2199-SY", "2190-2200", "2021-X1", "năm 2021", "2021-+1",
		"2021-H-", "2020-01-01-and-more..2024-03-26" };
	struct fault f;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct period p = { { 7 }, { 8 } };
		assert_refused(period_parse(bad[i], "period", &p, &f), E_INVALID, "period", MSG_PERIOD_FORMAT);
		assert_int_equal(p.from.n, 7);
		assert_int_equal(p.to.n, 8);
	}
}

static void test_a_range_with_a_bad_day_names_the_day(void **state)
{
	(void)state;
	struct fault f;
	struct period p = { { 7 }, { 8 } };
	assert_refused(period_parse("2020-01-01..2023-02-29", "period", &p, &f), E_INVALID, "period", MSG_DAY_IMPOSSIBLE);
	assert_string_equal(f.arg[0], "2023-02-29");
	assert_refused(period_parse("x..2023-02-28", "period", &p, &f), E_INVALID, "period", MSG_DAY_FORMAT);
	assert_refused(period_parse("..", "period", &p, &f), E_INVALID, "period", MSG_DAY_FORMAT);
	assert_refused(period_parse("2020-01-01...", "period", &p, &f), E_INVALID, "period", MSG_DAY_FORMAT);
	assert_int_equal(p.from.n, 7);
}

static void test_a_range_that_runs_backwards_is_refused(void **state)
{
	(void)state;
	struct fault f;
	struct period p = { { 7 }, { 8 } };
	assert_refused(period_parse("2024-03-26..2024-03-25", "period", &p, &f), E_INVALID, "period", MSG_PERIOD_BACKWARDS);
	assert_int_equal(p.from.n, 7);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_notation_gives_its_first_and_last_day),
		cmocka_unit_test(test_a_period_is_written_in_its_shortest_notation),
		cmocka_unit_test(test_a_period_is_called_as_people_call_it),
		cmocka_unit_test(test_what_is_written_reads_back_as_the_same_period),
		cmocka_unit_test(test_a_range_takes_days_in_any_notation),
		cmocka_unit_test(test_what_is_not_a_period_is_refused_and_leaves_the_result_alone),
		cmocka_unit_test(test_a_range_with_a_bad_day_names_the_day),
		cmocka_unit_test(test_a_range_that_runs_backwards_is_refused),
	};
	return RUN(tests);
}
