/* What may be recorded beside little or odd things on record: old lists know less than the rules ask for. */
#include "person.h"

#include "domain/rules_override.h"

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

static void test_what_happened_before_somebody_died_may_be_recorded_later(void **state)
{
	(void)state;
	person_add(&p, FACT_LEFT, "2025-10-09", "died");
	struct fact class = person_fact(&p, "class", "2024-03-04", NULL);
	assert_ok(person_can(&p, &class, "2025-12-01", &f));
}

static void test_where_something_happened_may_be_unknown(void **state)
{
	(void)state;
	struct fact class = person_fact(&p, "class", "2024-03-04", NULL);
	class.unit.v = 0;
	assert_ok(person_can(&p, &class, "2025-12-01", &f));
}

static struct fact place(int unit, const char *on)
{
	struct fact fact = person_fact(&p, FACT_UNIT, on, NULL);
	fact.unit.v = unit;
	return fact;
}

/* U_CLOSED closed on 1/1/2024: whoever is put there in 2023 sits in it from then on, unless a later place or an exit is on record. */
static void test_a_place_that_has_closed_since_is_said(void **state)
{
	(void)state;
	struct fact there = place(U_CLOSED, "2023-05-01");
	person_add(&p, FACT_UNIT, "2020-01-01", NULL)->unit.v = 99; /* of no tree */
	assert_ok(person_can(&p, &there, "2025-12-01", &f));
	assert_int_equal(p.warnings.n, 1);
	assert_int_equal(p.warnings.v[0].msg, MSG_REORG_STRANDED);
	assert_string_equal(p.warnings.v[0].arg[1], "01/01/2024");
	p.world.tree = NULL;
	assert_ok(person_can(&p, &there, "2025-12-01", &f));
	assert_int_equal(p.warnings.n, 0);
	p.world.tree = &p.tree;
	person_add(&p, FACT_UNIT, "2024-01-01", NULL)->unit.v = U_HAMLET;
	assert_ok(person_can(&p, &there, "2025-12-01", &f));
	assert_int_equal(p.warnings.n, 0);
	person_forget(&p);
	person_add(&p, FACT_LEFT, "2023-12-31", "moved_out");
	assert_ok(person_can(&p, &there, "2025-12-01", &f));
	assert_int_equal(p.warnings.n, 0);
}

/* Nothing happens in a unit whose opening was taken back, also when nobody knows since when. */
static void test_a_unit_that_never_was_is_no_place(void **state)
{
	(void)state;
	enum { NEVER = 11 };
	(void)tree_add(&p.tree, (struct unit_id){ NEVER }, "U11");
	struct fact there = place(NEVER, ""), then = place(NEVER, "2025-05-01");
	assert_refused(person_can(&p, &there, "2025-12-01", &f), E_NOTFOUND, FACT_UNIT, MSG_UNIT_UNKNOWN);
	assert_refused(person_can(&p, &then, "2025-12-01", &f), E_NOTFOUND, FACT_UNIT, MSG_UNIT_UNKNOWN);
}

/* The commune was merged on 1/7/2025 and its people got the new place; that somebody went away on 10/6 is recorded afterwards. */
static void test_a_move_before_a_later_place_counts_until_then_and_that_is_said(void **state)
{
	(void)state;
	struct fact moved = person_fact(&p, FACT_MOVED, "2025-06-10", "Nơi khác");
	struct fact after = person_fact(&p, FACT_MOVED, "2025-07-02", "Nơi khác");
	person_add(&p, "on_list", "2025-03-01", NULL);
	person_add(&p, FACT_UNIT, "2025-07-01", NULL)->unit.v = U_HAMLET;
	assert_ok(person_can(&p, &moved, "2025-12-01", &f));
	assert_int_equal(p.warnings.n, 1);
	assert_int_equal(p.warnings.v[0].msg, MSG_STANDING_MOVED_BACK);
	assert_string_equal(p.warnings.v[0].arg[2], "2");
	assert_ok(person_can(&p, &after, "2025-12-01", &f));
	assert_int_equal(p.warnings.n, 0);
	p.world.tree = NULL;
	assert_ok(person_can(&p, &moved, "2025-12-01", &f));
	assert_int_equal(p.warnings.n, 0);
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

static int32_t seq_of(const char *kind)
{
	return facts_last(&p.all, kind, DAY_NONE)->seq;
}

static void test_a_cancellation_names_a_step_that_was_taken_before(void **state)
{
	(void)state;
	person_add(&p, "birth", "", "1990-05-20");
	person_add(&p, "branch_vote", "2025-03-03", "passed");
	person_add(&p, "decision", "2025-06-02", NULL);
	struct fact wrong = person_fact(&p, FACT_DECISION_CANCELLED, "2025-09-01", "wrong_procedure");
	wrong.about = 99;
	assert_refused(person_can(&p, &wrong, "2025-12-01", &f), E_INVALID, "about", MSG_CANCELLED_STEP);
	wrong.about = seq_of("birth");
	assert_refused(person_can(&p, &wrong, "2025-12-01", &f), E_INVALID, "about", MSG_CANCELLED_STEP);
	wrong.about = seq_of("decision");
	wrong.on = iso("2025-06-01");
	assert_int_equal(person_can(&p, &wrong, "2025-12-01", &f), E_RULE);
	wrong.on = iso("2025-09-01");
	assert_ok(person_can(&p, &wrong, "2025-12-01", &f));
	person_add(&p, FACT_DECISION_CANCELLED, "2025-09-01", "wrong_procedure")->about = seq_of("decision");
	wrong.about = seq_of("branch_vote"); /* of several wrong steps each has its fact */
	assert_ok(person_can(&p, &wrong, "2025-12-01", &f));
	wrong.on = iso("2025-09-02"); /* nothing is left to cancel */
	assert_refused(person_can(&p, &wrong, "2025-12-01", &f), E_RULE, FACT_DECISION_CANCELLED, MSG_CANCELLED_NO_DECISION);
}

static void test_a_decision_that_said_no_cannot_be_cancelled(void **state)
{
	(void)state;
	person_add(&p, "decision", "2025-06-02", "failed");
	struct fact cancelled = person_fact(&p, FACT_DECISION_CANCELLED, "2025-09-01", "wrong_procedure");
	assert_refused(person_can(&p, &cancelled, "2025-12-01", &f), E_RULE, FACT_DECISION_CANCELLED, MSG_CANCELLED_NO_DECISION);
}

static void test_what_is_reported_up_is_a_vote_that_failed_before(void **state)
{
	(void)state;
	person_add(&p, "branch_vote", "2025-03-03", "passed");
	person_add(&p, "branch_vote", "2025-03-10", "failed");
	person_add(&p, FACT_SPECIAL, "2025-03-01", "hoa");
	struct fact report = person_fact(&p, FACT_VOTE_REPORTED, "2025-03-12", NULL);
	static const int32_t wrong[] = { 0, 1, 3 };
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		report.about = wrong[i];
		assert_refused(person_can(&p, &report, "2025-12-01", &f), E_INVALID, "about", MSG_VOTE_REPORT_ABOUT);
	}
	report.about = 2;
	assert_ok(person_can(&p, &report, "2025-12-01", &f));
	report.on = iso("2025-03-09");
	assert_refused(person_can(&p, &report, "2025-12-01", &f), E_RULE, "on", MSG_FACT_ABOUT_LATER);
}

/* A pack that was split by the site's own value is named once. */
static void test_own_rules_name_each_pack_there_is_once(void **state)
{
	(void)state;
	struct site_value v = { .id = 1, .key = "T7.length", .value = "50 workday", .valid = { iso("2025-09-01"), iso("2025-09-30") },
		.reason = "thử" };
	p.rules = rules_copy(&p.arena, &p.rules);
	assert_true(rules_override(&p.arena, &p.rules, &v) > 0);
	struct fact own = person_fact(&p, FACT_RULES_OF, "2025-03-12", "T7:r1");
	own.detail = "thử";
	assert_refused(person_can(&p, &own, "2025-12-01", &f), E_INVALID, "value", MSG_OWN_RULES_PACK);
	assert_string_equal(f.arg[1], "r29, r24, r232, r294, q208");
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
	const struct CMUnitTest tests[] = {
		T(test_a_leaving_without_a_reason_is_no_death),
		T(test_what_happened_before_somebody_died_may_be_recorded_later),
		T(test_where_something_happened_may_be_unknown),
		T(test_a_place_that_has_closed_since_is_said),
		T(test_a_unit_that_never_was_is_no_place),
		T(test_a_move_before_a_later_place_counts_until_then_and_that_is_said),
		T(test_an_extension_names_its_clock),
		T(test_of_several_extensions_the_longest_counts),
		T(test_a_clock_without_extension_is_not_extended_by_any_amount),
		T(test_a_birth_day_is_held_against_the_first_step_that_has_a_day),
		T(test_whoever_was_born_after_the_meeting_is_too_young_for_it),
		T(test_a_cancellation_names_a_step_that_was_taken_before),
		T(test_a_decision_that_said_no_cannot_be_cancelled),
		T(test_what_is_reported_up_is_a_vote_that_failed_before),
		T(test_own_rules_name_each_pack_there_is_once),
		T(test_a_paper_older_than_the_act_does_not_date_it),
	};
	return RUN(tests);
}
