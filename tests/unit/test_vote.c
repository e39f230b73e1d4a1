#include "testing.h"

#include "domain/vote.h"

static void test_those_away_exempt_and_suspended_do_not_count(void **state)
{
	(void)state;
	struct vote v = { .members = 12, .away = 1, .exempt_absent = 1, .suspended = 1, .yes = 5, .no = 4 };
	assert_int_equal(vote_denominator(&v), 9);
	assert_int_equal(vote_needs(VOTE_TWO_THIRDS, 9), 6);
	assert_false(vote_passes(VOTE_TWO_THIRDS, &v));
	v.yes = 6;
	assert_true(vote_passes(VOTE_TWO_THIRDS, &v));
}

static void test_an_exempted_member_who_comes_counts(void **state)
{
	(void)state;
	struct vote v = { .members = 12, .away = 1, .suspended = 1, .yes = 6 };
	assert_int_equal(vote_denominator(&v), 10);
	assert_int_equal(vote_needs(VOTE_TWO_THIRDS, 10), 7);
	assert_false(vote_passes(VOTE_TWO_THIRDS, &v));
	v.yes = 7;
	assert_true(vote_passes(VOTE_TWO_THIRDS, &v));
}

static void test_the_smallest_branch_of_three_needs_two(void **state)
{
	(void)state;
	struct vote v = { .members = 3, .yes = 2, .no = 1 };
	assert_int_equal(vote_needs(VOTE_TWO_THIRDS, vote_denominator(&v)), 2);
	assert_true(vote_passes(VOTE_TWO_THIRDS, &v));
	v.yes = 1;
	assert_false(vote_passes(VOTE_TWO_THIRDS, &v));
}

static void test_a_standing_committee_needs_more_than_half(void **state)
{
	(void)state;
	assert_int_equal(vote_needs(VOTE_MAJORITY, 9), 5);
	assert_int_equal(vote_needs(VOTE_MAJORITY, 10), 6);
	struct vote v = { .members = 10, .yes = 5, .no = 5 };
	assert_false(vote_passes(VOTE_MAJORITY, &v));
	v.yes = 6;
	assert_true(vote_passes(VOTE_MAJORITY, &v));
}

static void test_two_thirds_are_exact_for_every_size(void **state)
{
	(void)state;
	for (int32_t n = 1; n < 2000; n++) {
		int32_t needs = vote_needs(VOTE_TWO_THIRDS, n);
		assert_true(3 * needs >= 2 * n && 3 * (needs - 1) < 2 * n);
	}
	assert_int_equal(vote_needs(VOTE_TWO_THIRDS, INT32_MAX), 1431655765);
}

static void test_the_result_says_who_counts_what_is_needed_and_who_neither_agreed_nor_disagreed(void **state)
{
	(void)state;
	const struct vote v = { .members = 12, .away = 1, .exempt_absent = 1, .suspended = 1, .yes = 6, .no = 2 };
	struct vote_result r = vote_result(VOTE_TWO_THIRDS, &v);
	assert_int_equal(r.n, 9);
	assert_int_equal(r.needs, 6);
	assert_int_equal(r.others, 1);
	assert_true(r.passed);
	const struct vote unknown_no = { .members = 11, .yes = 5, .no = -1 };
	r = vote_result(VOTE_MAJORITY, &unknown_no);
	assert_int_equal(r.needs, 6);
	assert_int_equal(r.others, 6);
	assert_false(r.passed);
}

static void test_exclusions_not_recorded_are_none(void **state)
{
	(void)state;
	struct fault f;
	struct vote v = { .members = 7, .away = -1, .exempt_absent = -1, .suspended = -1, .yes = 7, .no = -1 };
	assert_int_equal(vote_check(&v, &f), OK);
	assert_int_equal(vote_denominator(&v), 7);
	assert_int_equal(v.no, -1);
}

static void assert_impossible(struct vote v, const char *field, enum msg msg)
{
	struct fault f;
	struct vote before = v;
	assert_int_equal(vote_check(&v, &f), E_INVALID);
	assert_string_equal(f.field, field);
	assert_int_equal(f.msg, msg);
	assert_memory_equal(&v, &before, sizeof v);
}

static void test_impossible_counts_are_refused(void **state)
{
	(void)state;
	assert_impossible((struct vote){ .members = -1, .yes = 3 }, "members", MSG_REQUIRED);
	assert_impossible((struct vote){ .members = 5, .yes = -1 }, "yes", MSG_REQUIRED);
	assert_impossible((struct vote){ .members = 5, .away = -2, .yes = 3 }, "away", MSG_VOTE_NEGATIVE);
	assert_impossible((struct vote){ .members = 5, .exempt_absent = -2, .yes = 3 }, "exempt_absent", MSG_VOTE_NEGATIVE);
	assert_impossible((struct vote){ .members = 5, .suspended = -2, .yes = 3 }, "suspended", MSG_VOTE_NEGATIVE);
	assert_impossible((struct vote){ .members = 5, .yes = 3, .no = -7 }, "no", MSG_VOTE_NEGATIVE);
	assert_impossible((struct vote){ .members = 3, .away = 2, .suspended = 1 }, "members", MSG_VOTE_NOBODY);
	assert_impossible((struct vote){ .members = 0 }, "members", MSG_VOTE_NOBODY);
	assert_impossible((struct vote){ .members = 9, .away = 2, .yes = 8 }, "yes", MSG_VOTE_TOO_MANY);
	assert_impossible((struct vote){ .members = 9, .yes = 6, .no = 4 }, "yes", MSG_VOTE_TOO_MANY);
	assert_impossible((struct vote){ .members = INT32_MAX, .away = INT32_MAX, .suspended = INT32_MAX }, "members", MSG_VOTE_NOBODY);
}

static void test_a_count_is_known_by_the_name_of_its_field(void **state)
{
	(void)state;
	const struct vote v = { .members = 12, .away = 1, .exempt_absent = 2, .suspended = -1, .yes = 7, .no = 3 };
	assert_int_equal(vote_count(&v, "members"), 12);
	assert_int_equal(vote_count(&v, "away"), 1);
	assert_int_equal(vote_count(&v, "exempt_absent"), 2);
	assert_int_equal(vote_count(&v, "suspended"), -1);
	assert_int_equal(vote_count(&v, "yes"), 7);
	assert_int_equal(vote_count(&v, "no"), 3);
	assert_int_equal(vote_count(&v, "value"), -1);
}

static void test_where_nobody_counts_nothing_passes(void **state)
{
	(void)state;
	const struct vote v = { .members = 2, .away = 2 };
	assert_false(vote_passes(VOTE_TWO_THIRDS, &v));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_those_away_exempt_and_suspended_do_not_count),
		cmocka_unit_test(test_an_exempted_member_who_comes_counts),
		cmocka_unit_test(test_the_smallest_branch_of_three_needs_two),
		cmocka_unit_test(test_a_standing_committee_needs_more_than_half),
		cmocka_unit_test(test_two_thirds_are_exact_for_every_size),
		cmocka_unit_test(test_the_result_says_who_counts_what_is_needed_and_who_neither_agreed_nor_disagreed),
		cmocka_unit_test(test_exclusions_not_recorded_are_none),
		cmocka_unit_test(test_impossible_counts_are_refused),
		cmocka_unit_test(test_a_count_is_known_by_the_name_of_its_field),
		cmocka_unit_test(test_where_nobody_counts_nothing_passes),
	};
	return RUN(tests);
}
