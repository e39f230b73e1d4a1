/* Why somebody stands where they stand, and what other rules would change: on the shipped packs. */
#include "person.h"

#include "domain/explain.h"
#include "domain/rules_override.h"
#include "domain/standing_diff.h"

static struct person p;

static int setup(void **state)
{
	(void)state;
	person_init(&p);
	p.rules = rules_copy(&p.arena, &p.rules);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_done(&p.arena);
	return 0;
}

static struct explain on(const char *today)
{
	struct explain x;
	struct facts active = facts_active(&p.all, &p.arena);
	explain(&p.world, &active, iso(today), &p.arena, &x);
	return x;
}

static const struct explain_step *step(const struct explain *x, const char *key)
{
	for (size_t i = 0; i < x->steps_n; i++)
		if (strcmp(x->steps[i].step->step->key, key) == 0)
			return &x->steps[i];
	fail_msg("no step %s", key);
	return NULL;
}

static const struct explain_check *check(const struct explain *x, const char *row)
{
	for (size_t i = 0; i < x->checks_n; i++)
		if (strcmp(rules_check_row(x->checks[i].pack, x->checks[i].check, &p.arena), row) == 0)
			return &x->checks[i];
	fail_msg("no check %s", row);
	return NULL;
}

static const struct explain_clock *clock_of(const struct explain *x, const char *key)
{
	for (size_t i = 0; i < x->clocks_n; i++)
		if (strcmp(x->clocks[i].clock->clock->key, key) == 0)
			return &x->clocks[i];
	fail_msg("no clock %s", key);
	return NULL;
}

/* On the list, with a dossier that nobody was cleared for; in a branch below a university, which has no sub-committee. */
static void candidate(void)
{
	person_add(&p, FACT_UNIT, "", NULL);
	person_add(&p, "birth", "", "1999-05-20");
	person_add(&p, "schooling", "", "upper_secondary");
	person_add(&p, "unit", "2025-01-02", NULL);
	person_add(&p, "source", "2025-01-02", NULL);
	person_add(&p, "on_list", "2025-02-03", NULL);
	person_add(&p, "class", "2025-03-03", NULL);
	person_add(&p, "certificate", "2025-03-10", NULL);
	person_add(&p, "dossier", "2025-08-01", NULL);
}

static void test_each_step_says_why_it_stands_as_it_does(void **state)
{
	(void)state;
	candidate();
	struct explain x = on("2025-09-01");
	assert_int_equal(step(&x, "on_list")->why, WHY_ON_RECORD);
	assert_int_equal(step(&x, "cleared")->why, WHY_LATER_STEP);
	assert_int_equal(step(&x, "cleared")->others_n, 1);
	assert_string_equal(step(&x, "cleared")->others[0]->key, "dossier");
	assert_int_equal(step(&x, "verifying")->why, WHY_READY);
	assert_int_equal(step(&x, "opinions")->why, WHY_OPTIONAL);
	assert_int_equal(step(&x, "branch_vote")->why, WHY_WAITS);
	assert_string_equal(step(&x, "branch_vote")->others[0]->key, "cv_certified");
	assert_int_equal(step(&x, "branch_vote")->others_n, 1);
	assert_int_equal(step(&x, "sub_report")->why, WHY_NO_SUCH_STEP);
	assert_int_equal(step(&x, "strike_vote")->why, WHY_ASIDE);
}

static void test_vote_that_failed_and_somebody_who_left(void **state)
{
	(void)state;
	candidate();
	person_add(&p, "branch_vote", "2025-09-15", "failed");
	struct explain x = on("2025-09-20");
	assert_int_equal(step(&x, "branch_vote")->why, WHY_VOTED_DOWN);
	person_add(&p, "left", "2025-10-01", "off_list");
	x = on("2025-10-02");
	assert_int_equal(step(&x, "decision")->why, WHY_GONE);
}

/* 18 on 20/5/2017; the certificate of 10/3/2025 lasts until 10/3/2030. */
static void test_checks_of_a_step_on_record_are_those_of_its_day(void **state)
{
	(void)state;
	candidate();
	person_add(&p, "branch_vote", "2025-09-15", "passed");
	struct explain x = on("2026-06-30");
	const struct explain_check *age = check(&x, "branch_vote/age_months"), *valid = check(&x, "branch_vote/valid:T1");
	assert_true(age->asked);
	assert_int_equal(age->result, CHECK_HOLDS);
	assert_day(age->on, "2025-09-15");
	assert_string_equal(age->pack->id, "r294");
	assert_true(explain_check_verified(age));
	assert_int_equal(valid->result, CHECK_HOLDS);
	assert_string_equal(x.pack->id, "q208");
	const struct explain_check *later = check(&x, "recognition_vote/after_end:T10");
	assert_false(later->asked);
	assert_false(day_known(later->on));
	assert_int_equal(later->result, CHECK_NOT_ASKED);
	assert_false(explain_check_verified(later));
}

static void test_next_step_is_asked_about_today_and_says_what_standing_notes(void **state)
{
	(void)state;
	person_add(&p, "ceremony", "2025-10-10", NULL);
	struct explain x = on("2026-03-01");
	const struct explain_check *k = check(&x, "recognition_vote/after_end:T10");
	assert_true(k->asked);
	assert_day(k->on, "2026-03-01");
	assert_int_equal(k->result, CHECK_FAILS);
	bool noted = false;
	for (size_t i = 0; i < x.standing.notes.n; i++)
		noted |= memcmp(&x.standing.notes.v[i], &k->said, sizeof k->said) == 0;
	assert_true(noted);
}

/* Struck off without a ground on record. */
static void test_what_was_asked_beside_the_chain_is_there_too(void **state)
{
	(void)state;
	candidate();
	person_add(&p, "ceremony", "2025-08-20", NULL);
	person_add(&p, "left", "2025-10-10", "struck_off");
	struct explain x = on("2025-11-01");
	const struct explain_check *k = check(&x, "left:struck_off/grounded");
	assert_string_equal(k->at, "left");
	assert_day(k->on, "2025-10-10");
	assert_int_equal(k->result, CHECK_FAILS);
	x = on("2025-10-09");
	for (size_t i = 0; i < x.checks_n; i++)
		assert_string_not_equal(x.checks[i].at, "left");
}

/* Of an earlier membership nothing is asked any more. */
static void test_an_earlier_membership_is_not_asked_about(void **state)
{
	(void)state;
	person_add(&p, "ceremony", "2010-08-20", NULL);
	person_add(&p, "left", "2019-10-10", "struck_off");
	candidate();
	person_add(&p, "left", "2025-10-10", "off_list");
	struct explain x = on("2025-11-01");
	for (size_t i = 0; i < x.checks_n; i++)
		assert_string_not_equal(rules_check_row(x.checks[i].pack, x.checks[i].check, &p.arena), "left:struck_off/grounded");
	assert_true(x.checks_n > 0);
}

/* The third vote that fails goes to the committees above: their vote waits for the report alone, and for no fourth. */
static void test_nobody_waits_for_a_vote_that_was_given_up(void **state)
{
	(void)state;
	p.unit = U_LABORATORY;
	candidate();
	person_add(&p, "branch_vote", "2025-09-15", "failed");
	person_add(&p, "branch_vote", "2025-10-15", "failed");
	struct explain x = on("2025-11-14");
	assert_int_equal(step(&x, "grassroots_vote")->others_n, 2);
	person_add(&p, "branch_vote", "2025-11-14", "failed");
	x = on("2025-11-14");
	assert_int_equal(step(&x, "grassroots_vote")->why, WHY_WAITS);
	assert_int_equal(step(&x, "grassroots_vote")->others_n, 1);
	assert_string_equal(step(&x, "grassroots_vote")->others[0]->key, "sub_report");
}

/* R294 4.4.2: the certificate was the wrong step, all that the decision itself needs is there. It waits for the certificate. */
static void test_a_decision_waits_for_the_step_that_was_wrong(void **state)
{
	(void)state;
	person_add(&p, FACT_UNIT, "", NULL);
	int32_t certificate = person_add(&p, "certificate", "2025-03-03", NULL)->seq;
	person_add(&p, "branch_vote", "2025-09-15", "passed");
	person_add(&p, "grassroots_vote", "2025-10-01", "passed");
	person_add(&p, "decision", "2025-10-15", NULL);
	person_add(&p, FACT_DECISION_CANCELLED, "2025-11-03", "wrong_procedure")->about = certificate;
	struct explain x = on("2025-11-04");
	assert_string_equal(x.standing.next->step->key, "certificate");
	assert_int_equal(step(&x, "decision")->why, WHY_WAITS);
	assert_int_equal(step(&x, "decision")->others_n, 1);
	assert_string_equal(step(&x, "decision")->others[0]->key, "certificate");
}

#define LABELS "label: { vi: v, en: e }, state_label: { vi: v, en: e }, cite: X }\n"

/* In rules of an installation a step may need one that need not be taken. */
static void test_nobody_waits_for_an_optional_step(void **state)
{
	(void)state;
	static const char text[] = "pack: x\ninstrument: 1-QĐ\ntitle: { vi: v, en: e }\nfrom: 1900-01-01\nsteps:\n"
		"  - { step: on_list, state: L, " LABELS
		"  - { step: opinions, state: O, needs: [on_list], optional: yes, " LABELS
		"  - { step: dossier, state: D, needs: [on_list], " LABELS
		"  - { step: decision, state: E, needs: [opinions, dossier], " LABELS
		"bodies:\n  - { body: d, steps: [decision], who: boards, label: { vi: v, en: e }, kinds: [COMMUNE, PROVINCE], cite: X }\n";
	person_rules_own(&p, text);
	person_add(&p, FACT_UNIT, "", NULL);
	person_add(&p, "on_list", "2025-02-03", NULL);
	struct explain x = on("2025-09-01");
	assert_int_equal(step(&x, "decision")->others_n, 1);
	assert_string_equal(step(&x, "decision")->others[0]->key, "dossier");
}

/* 45 working days from Monday 18/8/2025: 1 and 2/9 are off and do not count; 29/8 is the weekday before and counts. The 45th is 22/10:
 * 9 days to 29/8, 3 from 3/9 to 5/9 (12), four weeks to 3/10 (32), 6 to 17/10 (42), 20, 21, 22/10. */
static void test_clock_names_the_days_that_did_not_count(void **state)
{
	(void)state;
	person_add(&p, "branch_vote", "2025-08-18", "passed");
	struct explain x = on("2025-09-01");
	const struct explain_clock *t7 = clock_of(&x, "T7");
	assert_day(t7->clock->due, "2025-10-22");
	assert_int_equal(t7->skipped_n, 2);
	assert_day(t7->skipped[0]->on, "2025-09-01");
	assert_day(t7->skipped[1]->on, "2025-09-02");
	assert_null(t7->own_rules);
}

/* A day that is off for the clocks of later only, and one off that is a Sunday anyway: neither is passed by. */
static void test_clock_names_no_day_that_makes_no_difference_to_it(void **state)
{
	(void)state;
	p.calendar = calendar_copy(&p.calendar, &p.arena);
	const struct calendar_day later = { .on = iso("2025-10-01"), .kind = DAY_OFF, .counts_from = iso("2025-09-20") };
	const struct calendar_day sunday = { .on = iso("2025-10-05"), .kind = DAY_OFF, .counts_from = DAY_NONE };
	calendar_set(&p.arena, &p.calendar, later);
	calendar_set(&p.arena, &p.calendar, sunday);
	person_add(&p, "branch_vote", "2025-08-18", "passed");
	struct explain x = on("2025-09-01");
	assert_day(clock_of(&x, "T7")->clock->due, "2025-10-22");
	assert_int_equal(clock_of(&x, "T7")->skipped_n, 2);
}

/* Twelve months end on their exact day, whatever day that is. */
static void test_clock_in_months_passes_no_day_by(void **state)
{
	(void)state;
	person_add(&p, "ceremony", "2025-08-18", NULL);
	struct explain x = on("2025-09-10");
	assert_int_equal(clock_of(&x, "T10")->skipped_n, 0);
}

/* ---- one person under the rules of another period ---- */

static struct fact own_rules(const char *value, const char *why, const char *day)
{
	struct fact f = person_fact(&p, "rules_of", day, value);
	f.detail = why;
	return f;
}

static void add_own_rules(const char *value, const char *day)
{
	struct fact *f = person_add(&p, "rules_of", day, value);
	f->detail = "hồ sơ đã gửi trước ngày 01/7/2025";
}

/* Vote on Wednesday 16/7/2025: 2 days to 18/7, six weeks to 29/8 (32), 3 from 3 to 5/9 (35; 1 and 2/9 are off), two weeks to 19/9: the
 * 45th. 60 of the period before: three weeks more, to 10/10. */
static void test_one_persons_clock_may_be_judged_by_another_period(void **state)
{
	(void)state;
	person_add(&p, "branch_vote", "2025-07-16", "passed");
	struct explain x = on("2025-09-01");
	assert_day(clock_of(&x, "T7")->clock->due, "2025-09-19");
	add_own_rules("T7:r24", "2025-08-01");
	x = on("2025-09-01");
	assert_day(clock_of(&x, "T7")->clock->due, "2025-10-10");
	assert_string_equal(clock_of(&x, "T7")->clock->pack->id, "r24");
	assert_string_equal(clock_of(&x, "T7")->own_rules->detail, "hồ sơ đã gửi trước ngày 01/7/2025");
	x = on("2025-07-31");
	assert_day(clock_of(&x, "T7")->clock->due, "2025-09-19");
}

/* T11 runs from the end of probation, which a later period judges: still found. */
static void test_clock_after_another_is_found_under_an_earlier_period(void **state)
{
	(void)state;
	person_add(&p, "ceremony", "2025-07-10", NULL);
	add_own_rules("T11:r24", "2025-08-01");
	struct explain x = on("2026-07-15");
	assert_string_equal(clock_of(&x, "T11")->clock->pack->id, "r24");
	assert_string_equal(clock_of(&x, "T10")->clock->pack->id, "r294");
}

static void test_conditions_ask_the_same_clock(void **state)
{
	(void)state;
	candidate();
	person_add(&p, "ceremony", "2025-07-10", NULL);
	const struct site_value v = { .id = 1, .key = "T10.length", .value = "6 month", .valid = { iso("2021-07-30"), iso("2025-01-19") },
		.reason = "thử" };
	assert_int_equal(rules_override(&p.arena, &p.rules, &v), 1);
	add_own_rules("T10:r24", "2025-08-01");
	struct explain x = on("2026-02-01");
	assert_int_equal(check(&x, "recognition_vote/after_end:T10")->result, CHECK_HOLDS);
}

static void test_own_rules_are_refused_without_pack_clock_or_reason(void **state)
{
	(void)state;
	struct fault f;
	struct fact fact = own_rules("T7:r24", "lý do", "2025-08-01");
	assert_ok(person_can(&p, &fact, "2025-09-01", &f));
	fact.value = "T7";
	assert_refused(person_can(&p, &fact, "2025-09-01", &f), E_INVALID, "value", MSG_OWN_RULES_PACK);
	assert_non_null(strstr(fault_text(&f, LANG_VI, &p.arena), "r29, r24, r232, r294, q208"));
	fact.value = NULL;
	assert_refused(person_can(&p, &fact, "2025-09-01", &f), E_INVALID, "value", MSG_OWN_RULES_PACK);
	fact.value = "T7:r1";
	assert_refused(person_can(&p, &fact, "2025-09-01", &f), E_INVALID, "value", MSG_OWN_RULES_PACK);
	fact.value = "T77:r24";
	assert_refused(person_can(&p, &fact, "2025-09-01", &f), E_INVALID, "value", MSG_OWN_RULES_CLOCK);
	fact = own_rules("T7:r24", NULL, "2025-08-01");
	assert_refused(person_can(&p, &fact, "2025-09-01", &f), E_INVALID, "detail", MSG_OWN_RULES_REASON);
	fact.detail = "";
	assert_refused(person_can(&p, &fact, "2025-09-01", &f), E_INVALID, "detail", MSG_OWN_RULES_REASON);
}

/* ---- by other rules ---- */

static struct standing_changes changes_by(const char *key, const char *value, const char *from, const char *today)
{
	const struct site_value v = { .id = 1, .key = key, .value = value, .valid = { iso(from), DAY_LAST }, .reason = "thử" };
	struct rules other = rules_copy(&p.arena, &p.rules);
	struct world w = p.world;
	struct standing before = person_standing(&p, today), after;
	struct facts active = facts_active(&p.all, &p.arena);
	struct standing_changes changes;
	(void)rules_override(&p.arena, &other, &v);
	w.rules = &other;
	standing(&w, &active, iso(today), &p.arena, &after);
	standing_diff(&before, &after, LANG_VI, &p.arena, &changes);
	return changes;
}

static void test_same_rules_change_nothing(void **state)
{
	(void)state;
	candidate();
	assert_int_equal(changes_by("T8.length", "10", "2025-07-01", "2025-09-01").n, 0);
}

static void test_shorter_clock_changes_its_last_day(void **state)
{
	(void)state;
	person_add(&p, "branch_vote", "2025-08-18", "passed");
	struct standing_changes c = changes_by("T7.length", "40", "2025-07-01", "2025-09-01");
	assert_int_equal(c.n, 1);
	assert_int_equal(c.v[0].kind, CHANGE_DUE);
	assert_day(c.v[0].before_clock->due, "2025-10-22");
	assert_day(c.v[0].after_clock->due, "2025-10-15");
}

/* Of 12 who vote, 7 are more than half and less than two thirds. */
static void test_other_threshold_changes_state_next_step_and_clocks(void **state)
{
	(void)state;
	candidate();
	struct fact *vote = person_add(&p, "branch_vote", "2025-09-15", NULL);
	vote->has_vote = true;
	vote->vote = (struct vote){ .members = 12, .yes = 7, .no = 5 };
	struct standing_changes c = changes_by("branch_vote.threshold", "majority", "2025-07-01", "2025-09-20");
	bool state_changed = false, next = false, clock = false, note = false;
	for (size_t i = 0; i < c.n; i++) {
		state_changed |= c.v[i].kind == CHANGE_STATE && strcmp(c.v[i].after, "Chi bộ đã ra nghị quyết đề nghị kết nạp") == 0;
		next |= c.v[i].kind == CHANGE_NEXT;
		clock |= c.v[i].kind == CHANGE_DUE && !c.v[i].before_clock && strcmp(c.v[i].clock->clock->key, "T7") == 0;
		note |= c.v[i].kind == CHANGE_NOTE && c.v[i].before && !c.v[i].after;
	}
	assert_true(state_changed && next && clock && note);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_each_step_says_why_it_stands_as_it_does),
		TEST(test_vote_that_failed_and_somebody_who_left),
		TEST(test_checks_of_a_step_on_record_are_those_of_its_day),
		TEST(test_next_step_is_asked_about_today_and_says_what_standing_notes),
		TEST(test_what_was_asked_beside_the_chain_is_there_too),
		TEST(test_clock_names_the_days_that_did_not_count),
		TEST(test_an_earlier_membership_is_not_asked_about),
		TEST(test_nobody_waits_for_a_vote_that_was_given_up),
		TEST(test_a_decision_waits_for_the_step_that_was_wrong),
		TEST(test_nobody_waits_for_an_optional_step),
		TEST(test_clock_names_no_day_that_makes_no_difference_to_it),
		TEST(test_clock_in_months_passes_no_day_by),
		TEST(test_one_persons_clock_may_be_judged_by_another_period),
		TEST(test_clock_after_another_is_found_under_an_earlier_period),
		TEST(test_conditions_ask_the_same_clock),
		TEST(test_own_rules_are_refused_without_pack_clock_or_reason),
		TEST(test_same_rules_change_nothing),
		TEST(test_shorter_clock_changes_its_last_day),
		TEST(test_other_threshold_changes_state_next_step_and_clocks),
	};
	return RUN(tests);
}
