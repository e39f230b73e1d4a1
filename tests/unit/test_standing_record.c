/* What may be recorded beside little or odd things on record: old lists know less than the rules ask for. */
#include "person.h"

static struct person p;
static struct fault f;

static int setup(void **state)
{
	(void)state;
	person_init(&p);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_done(&p.arena);
	return 0;
}

static void test_a_leaving_without_a_reason_is_no_death(void **state)
{
	(void)state;
	person_add(&p, "ceremony", "2024-10-10", NULL);
	person_add(&p, FACT_LEFT, "2025-01-10", NULL);
	struct fact again = person_fact(&p, "on_list", "2025-03-10", NULL);
	assert_ok(person_can(&p, &again, "2025-12-01", &f));
	assert_int_equal(p.warnings.n, 1);
	assert_int_equal(p.warnings.v[0].msg, MSG_STANDING_AFTER_EXIT);
}

static void test_where_something_happened_may_be_unknown(void **state)
{
	(void)state;
	struct fact class = person_fact(&p, "class", "2024-03-04", NULL);
	class.unit.v = 0;
	assert_ok(person_can(&p, &class, "2025-12-01", &f));
}

static void test_an_extension_names_its_clock(void **state)
{
	(void)state;
	person_add(&p, "branch_vote", "2025-07-01", "passed");
	struct fact grant = person_fact(&p, FACT_EXTENDED, "2025-08-01", NULL);
	assert_refused(person_can(&p, &grant, "2025-12-01", &f), E_RULE, "value", MSG_EXTENSION_NOT_RUNNING);
	grant.value = "T7";
	grant.amount = 16;
	assert_refused(person_can(&p, &grant, "2025-12-01", &f), E_RULE, "amount", MSG_EXTENSION_TOO_LONG);
	assert_int_equal(person_can(&p, &grant, "2025-12-01", NULL), E_RULE);
	grant.amount = 15;
	assert_ok(person_can(&p, &grant, "2025-12-01", &f));
}

/* The 45th working day from 1/7/2025 is 4/9; 5 more end on 11/9, 10 on 18/9, 15 on 25/9. The second is granted in the time that the first
 * gave; the shorter third changes nothing. */
static void test_of_several_extensions_the_longest_counts(void **state)
{
	(void)state;
	person_add(&p, "branch_vote", "2025-07-01", "passed");
	person_add(&p, FACT_EXTENDED, "2025-09-04", "T7")->amount = 5;
	struct standing s = person_standing(&p, "2025-12-01");
	assert_day(standing_clock_of(&s, "T7")->due, "2025-09-11");
	struct fact second = person_fact(&p, FACT_EXTENDED, "2025-09-11", "T7");
	second.amount = 10;
	assert_ok(person_can(&p, &second, "2025-12-01", &f));
	person_add(&p, FACT_EXTENDED, "2025-09-11", "T7")->amount = 10;
	person_add(&p, FACT_EXTENDED, "2025-09-12", "T7")->amount = 2;
	s = person_standing(&p, "2025-12-01");
	assert_day(standing_clock_of(&s, "T7")->due, "2025-09-18");
	person_add(&p, FACT_EXTENDED, "2025-09-19", "T7"); /* too late */
	s = person_standing(&p, "2025-12-01");
	assert_day(standing_clock_of(&s, "T7")->due, "2025-09-18");
}

static void test_a_clock_without_extension_is_not_extended_by_any_amount(void **state)
{
	(void)state;
	person_add(&p, "received", "2025-07-01", NULL);
	struct fact grant = person_fact(&p, FACT_EXTENDED, "2025-07-10", "T8");
	grant.amount = 5;
	assert_refused(person_can(&p, &grant, "2025-12-01", &f), E_RULE, "value", MSG_EXTENSION_NONE);
	assert_int_equal(person_can(&p, &grant, "2025-12-01", NULL), E_RULE);
}

/* The step without a day is of long ago, whenever that was. */
static void test_a_birth_day_is_held_against_the_first_step_that_has_a_day(void **state)
{
	(void)state;
	person_add(&p, "source", "", NULL);
	person_add(&p, "on_list", "2010-02-10", NULL);
	struct fact birth = person_fact(&p, "birth", "", "2010-02-11");
	assert_refused(person_can(&p, &birth, "2025-12-01", &f), E_RULE, "birth", MSG_STANDING_BEFORE_BIRTH);
	birth.value = "1990-02-11";
	assert_ok(person_can(&p, &birth, "2025-12-01", &f));
}

/* Nothing is on record that a birth in the future would contradict; the note on the next step says it. */
static void test_whoever_was_born_after_the_meeting_is_too_young_for_it(void **state)
{
	(void)state;
	struct standing s;
	struct fact meeting = person_fact(&p, "branch_vote", "2025-08-01", "passed");
	person_add(&p, "birth", "", "2025-09-01");
	assert_refused(person_can(&p, &meeting, "2025-12-01", &f), E_RULE, "branch_vote", MSG_STANDING_BEFORE_BIRTH);
	person_add(&p, "certificate", "2025-06-01", NULL);
	person_add(&p, "cv_certified", "2025-06-20", NULL);
	s = person_standing(&p, "2025-08-01");
	assert_string_equal(s.next->step->key, "branch_vote");
	assert_string_equal(s.notes.v[0].rule, "294-QĐ/TW, 1.1.1");
}

/* The last day was 4/9: a paper of that day does not bring the act of 5/9 back into time. */
static void test_a_paper_older_than_the_act_does_not_date_it(void **state)
{
	(void)state;
	person_add(&p, "branch_vote", "2025-07-01", "passed");
	struct fact *decision = person_add(&p, "decision", "2025-09-05", NULL);
	decision->paper_on = iso("2025-09-04");
	struct standing s = person_standing(&p, "2025-12-01");
	assert_int_equal(standing_clock_of(&s, "T7")->status, CLOCK_MET_LATE);
	assert_day(standing_clock_of(&s, "T7")->done, "2025-09-05");
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
	const struct CMUnitTest tests[] = {
		T(test_a_leaving_without_a_reason_is_no_death),
		T(test_where_something_happened_may_be_unknown),
		T(test_an_extension_names_its_clock),
		T(test_of_several_extensions_the_longest_counts),
		T(test_a_clock_without_extension_is_not_extended_by_any_amount),
		T(test_a_birth_day_is_held_against_the_first_step_that_has_a_day),
		T(test_whoever_was_born_after_the_meeting_is_too_young_for_it),
		T(test_a_paper_older_than_the_act_does_not_date_it),
	};
	return RUN(tests);
}
