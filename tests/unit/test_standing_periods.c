/* Which period's rule judges what: each clock, length and threshold belongs to the day it started from; and steps that only one of two
 * packs has. */
#include "person.h"

#include "domain/rules_override.h"
#include "domain/trail.h"

static struct person p;

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

/* Another value in the packs from a day on. */
static void value_from(const char *key, const char *value, const char *from)
{
	struct site_value v = { .id = 1, .key = key, .value = value, .valid = { iso(from), DAY_LAST }, .reason = "thử" };
	p.rules = rules_copy(&p.arena, &p.rules);
	assert_true(rules_override(&p.arena, &p.rules, &v) > 0);
}

static enum err meeting(const char *certificate, const char *on)
{
	struct fault f;
	person_forget(&p);
	person_add(&p, "birth", "", "1990-05-20");
	person_add(&p, "certificate", certificate, NULL);
	person_add(&p, "dossier", "2025-12-01", NULL);
	struct fact vote = person_fact(&p, "branch_vote", on, "passed");
	return person_can(&p, &vote, "2026-12-31", &f);
}

/* 60 months for what was issued up to 31/12/2021, 48 from 1/1/2022 on. */
static void test_a_certificate_lasts_as_long_as_on_the_day_it_was_issued(void **state)
{
	(void)state;
	value_from("T1.length", "48 month", "2022-01-01");
	assert_int_equal(meeting("2021-12-31", "2026-03-31"), OK);
	assert_int_equal(meeting("2022-01-01", "2025-12-31"), OK);
	assert_int_equal(meeting("2022-01-01", "2026-01-02"), E_RULE);
}

static enum step_status vote_of_five_in_nine(const char *step, const char *on)
{
	person_forget(&p);
	struct fact *f = person_add(&p, step, on, NULL);
	f->has_vote = true;
	f->vote = (struct vote){ .members = 9, .away = 0, .exempt_absent = 0, .suspended = 0, .yes = 5, .no = 4 };
	struct standing s = person_standing(&p, "2025-12-01");
	return standing_step_of(&s, step)->status;
}

static void test_a_vote_is_judged_by_the_threshold_of_its_day(void **state)
{
	(void)state;
	assert_int_equal(vote_of_five_in_nine("branch_vote", "2025-08-01"), STEP_FAILED);
	value_from("branch_vote.threshold", "majority", "2025-08-01");
	assert_int_equal(vote_of_five_in_nine("branch_vote", "2025-07-31"), STEP_FAILED);
	assert_int_equal(vote_of_five_in_nine("branch_vote", "2025-08-01"), STEP_DONE);
}

/* Two thirds of 9 are 6, in every body below the one that decides. */
static void test_branch_and_grassroots_committee_need_two_thirds(void **state)
{
	(void)state;
	static const char *const steps[] = { "branch_vote", "grassroots_vote", "recognition_vote", "recognition_grassroots_vote" };
	static const char *const days[] = { "2020-03-02", "2023-03-01", "2025-03-03", "2025-08-01" };
	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
		for (size_t k = 0; k < sizeof days / sizeof *days; k++)
			assert_int_equal(vote_of_five_in_nine(steps[i], days[k]), STEP_FAILED);
}

static void test_of_a_failed_and_a_passed_vote_on_one_day_the_passed_one_counts(void **state)
{
	(void)state;
	static const char *const orders[][2] = { { "failed", "passed" }, { "passed", "failed" } };
	for (size_t i = 0; i < 2; i++) {
		person_forget(&p);
		person_add(&p, "branch_vote", "2025-08-01", orders[i][0]);
		person_add(&p, "branch_vote", "2025-08-01", orders[i][1]);
		struct standing s = person_standing(&p, "2025-08-02");
		assert_int_equal(standing_step_of(&s, "branch_vote")->status, STEP_DONE);
	}
}

/* From 1/7/2025: 4/9 is the 45th working day. What was granted before, for another resolution, moves nothing. */
static void test_an_extension_before_its_clock_started_is_of_another_case(void **state)
{
	(void)state;
	person_add(&p, FACT_EXTENDED, "2025-06-30", "T7");
	person_add(&p, "branch_vote", "2025-07-01", "passed");
	struct standing s = person_standing(&p, "2025-09-04");
	assert_day(standing_clock_of(&s, "T7")->due, "2025-09-04");
}

/* ---- packs of their own ---- */

#define L "{ vi: nhãn, en: label }"
#define STEP(words) "  - { state: S, label: " L ", state_label: " L ", cite: X, step: " words " }\n"
#define PACK(id, days) "pack: " id "\ninstrument: X\ntitle: " L "\n" days "\nsteps:\n"

static void use(const char *text)
{
	struct pack *pack;
	struct fault f;
	assert_ok(rules_parse("x.yaml", text, strlen(text), &p.rules, &p.arena, &pack, &f));
	rules_add(&p.arena, &p.rules, pack);
}

static void use_two_periods(void)
{
	p.rules = (struct rules){ 0 };
	use(PACK("old", "from: 1900-01-01\nto: 2024-12-31") STEP("dossier") STEP("grassroots_vote, body: yes, needs: [dossier]")
		STEP("decision, needs: [grassroots_vote]")
		"clocks:\n  - { clock: K, label: " L ", from: dossier, to: grassroots_vote, use: act, length: 10 workday, cite: X }\n"
		"bodies:\n  - { body: committee, steps: [grassroots_vote], label: " L ", kinds: [GRASS_DB], who: committee, cite: X }\n");
	use(PACK("new", "from: 2025-01-01") STEP("dossier") STEP("decision, needs: [dossier]"));
}

static void test_nothing_is_due_from_a_body_that_is_not_there(void **state)
{
	(void)state;
	use_two_periods();
	person_add(&p, FACT_UNIT, "", NULL);
	person_add(&p, "dossier", "2024-12-02", NULL);
	struct standing s = person_standing(&p, "2024-12-05");
	assert_non_null(standing_clock_of(&s, "K"));
	person_forget(&p);
	p.unit = U_OFFICE;
	person_add(&p, FACT_UNIT, "", NULL);
	person_add(&p, "dossier", "2024-12-02", NULL);
	s = person_standing(&p, "2024-12-05");
	assert_int_equal(standing_step_of(&s, "grassroots_vote")->status, STEP_SKIPPED);
	assert_null(standing_clock_of(&s, "K"));
}

/* From Monday 2/12/2024 the 10th working day is 16/12. */
static void test_a_clock_runs_on_when_a_later_period_has_no_such_step(void **state)
{
	(void)state;
	use_two_periods();
	person_add(&p, FACT_UNIT, "", NULL);
	person_add(&p, "dossier", "2024-12-02", NULL);
	struct standing s = person_standing(&p, "2025-01-10");
	assert_day(standing_clock_of(&s, "K")->due, "2024-12-16");
	assert_int_equal(standing_clock_of(&s, "K")->status, CLOCK_LATE);
}

/* ---- conditions, with packs of their own ---- */

#define CHECK(words) "  - { severity: warn, message: " L ", cite: X, check: " words " }\n"

static bool warned_at(const char *step, const char *on)
{
	struct fault f;
	struct fact fact = person_fact(&p, step, on, NULL);
	assert_ok(person_can(&p, &fact, "2025-12-31", &f));
	for (size_t i = 0; i < p.warnings.n; i++)
		if (p.warnings.v[i].msg == MSG_CHECK_SENTENCE)
			return true;
	return false;
}

static void use_conditions(const char *checks)
{
	p.rules = (struct rules){ 0 };
	use(arena_printf(&p.arena, "%schecks:\n%s", PACK("own", "from: 1900-01-01") STEP("dossier, threshold: two_thirds")
		STEP("decision, needs: [dossier]"), checks));
}

/* With b: asked only where b is on record. */
static void test_a_paper_may_be_asked_for_where_another_fact_is_on_record(void **state)
{
	(void)state;
	use_conditions(CHECK("on_file, at: decision, a: 'consent:special', b: 'special:hoa'"));
	assert_false(warned_at("decision", "2025-09-01"));
	person_add(&p, FACT_SPECIAL, "2025-03-01", "hoa");
	assert_true(warned_at("decision", "2025-09-01"));
	person_add(&p, FACT_CONSENT, "2025-04-01", "special");
	assert_false(warned_at("decision", "2025-09-01"));
	use_conditions(CHECK("on_file, at: decision, a: 'consent:political'"));
	assert_true(warned_at("decision", "2025-09-01"));
}

static void test_a_condition_may_want_a_vote_that_passed_or_one_that_failed(void **state)
{
	(void)state;
	use_conditions(CHECK("on_file, at: decision, a: consent, when: ['dossier:passed']"));
	person_add(&p, "dossier", "2025-03-01", "failed");
	assert_false(warned_at("decision", "2025-09-01"));
	use_conditions(CHECK("on_file, at: decision, a: consent, when: ['dossier:failed']"));
	assert_true(warned_at("decision", "2025-09-01"));
	person_add(&p, "dossier", "2025-04-01", "passed");
	assert_false(warned_at("decision", "2025-09-01"));
	assert_true(warned_at("decision", "2025-03-15"));
}

static void test_a_condition_may_ask_whether_an_attribute_is_known_at_all(void **state)
{
	(void)state;
	use_conditions(CHECK("on_file, at: decision, a: consent, when: [youth]"));
	assert_false(warned_at("decision", "2025-09-01"));
	person_add(&p, "youth", "", "no");
	assert_true(warned_at("decision", "2025-09-01"));
}

/* The consent of a first membership is not one for the second. */
static void test_a_condition_looks_at_the_present_membership(void **state)
{
	(void)state;
	use_conditions(CHECK("on_file, at: decision, a: consent"));
	person_add(&p, FACT_CONSENT, "2010-03-01", "special");
	person_add(&p, "decision", "2010-09-01", NULL);
	person_add(&p, FACT_LEFT, "2015-09-01", "left");
	person_add(&p, "dossier", "2025-03-01", NULL);
	assert_true(warned_at("decision", "2025-09-01"));
}

static void test_where_the_day_of_birth_is_unknown_no_reading_of_the_age_helps(void **state)
{
	(void)state;
	use_conditions(CHECK("age_calendar_months, at: decision, min: 216"));
	assert_false(warned_at("decision", "2025-09-01"));
	person_add(&p, "birth", "", "2020-09-01");
	assert_true(warned_at("decision", "2025-09-01"));
}

/* ---- what a period does not know ---- */

static void test_a_step_recorded_before_any_pack_had_it_is_shown_with_todays_citation(void **state)
{
	(void)state;
	p.rules = (struct rules){ 0 };
	use(PACK("old", "from: 1900-01-01\nto: 2024-12-31") STEP("dossier") STEP("decision, needs: [dossier]"));
	use(PACK("new", "from: 2025-01-01") STEP("dossier") STEP("cleared, body: yes, needs: [dossier]")
		STEP("decision, needs: [cleared]"));
	person_add(&p, "cleared", "2024-03-01", NULL)->unit.v = 0;
	struct standing s = person_standing(&p, "2025-06-01");
	assert_int_equal(standing_step_of(&s, "cleared")->status, STEP_DONE);
	assert_string_equal(standing_step_of(&s, "cleared")->step->cite, "X");
	person_forget(&p);
	person_add(&p, "dossier", "2024-02-01", NULL)->unit.v = 0;
	person_add(&p, "decision", "2024-03-01", NULL);
	s = person_standing(&p, "2025-06-01");
	assert_int_equal(standing_step_of(&s, "cleared")->status, STEP_UNKNOWN);
}

static void test_a_clock_may_start_with_a_vote_that_passed_and_one_between_steps_may_be_a_mere_length(void **state)
{
	(void)state;
	p.rules = (struct rules){ 0 };
	use(PACK("own", "from: 1900-01-01") STEP("branch_vote, threshold: two_thirds") STEP("decision, needs: [branch_vote]")
		"clocks:\n  - { clock: P, label: " L ", from: 'branch_vote:passed', to: decision, use: act, length: 10 day, cite: X }\n"
		"  - { clock: F, label: " L ", from: 'branch_vote:failed', to: decision, use: act, length: 10 day, cite: X }\n"
		"  - { clock: M, label: " L ", from: branch_vote, to: decision, use: measure, length: 10 day, cite: X }\n");
	person_add(&p, "branch_vote", "2025-03-03", "passed");
	struct standing s = person_standing(&p, "2025-03-05");
	assert_int_equal(s.clocks_n, 1);
	assert_string_equal(s.clocks[0].clock->key, "P");
}

/* More clocks than the rules have keys: one for each letter. */
static void test_many_letters_run_side_by_side(void **state)
{
	(void)state;
	enum { LETTERS = 60 };
	for (int i = 0; i < LETTERS; i++) {
		struct fact *sent = person_add(&p, FACT_VERIFY_SENT, "2025-08-01", "father");
		sent->detail = arena_printf(&p.arena, "xã %d", i);
		int32_t about = sent->seq;
		person_add(&p, FACT_VERIFY_RECEIVED, "2025-08-04", "home")->about = about;
	}
	struct standing s = person_standing(&p, "2025-08-05");
	assert_int_equal(s.clocks_n, LETTERS);
}

/* Where it happened is not on record: what counts is where the person is. */
static void test_a_step_passed_over_is_asked_of_the_unit_of_the_person_where_that_of_the_day_is_unknown(void **state)
{
	(void)state;
	use_two_periods();
	p.unit = U_OFFICE;
	person_add(&p, FACT_UNIT, "", NULL);
	person_add(&p, "dossier", "2024-02-01", NULL)->unit.v = 0;
	person_add(&p, "decision", "2024-03-01", NULL);
	struct standing s = person_standing(&p, "2024-06-01");
	assert_int_equal(standing_step_of(&s, "grassroots_vote")->status, STEP_SKIPPED);
}

/* The file of a transfer, of an answer to nobody, of something that is not there: the clock runs, about whatever it says. */
static void test_a_clock_of_each_fact_runs_whatever_that_fact_is_about(void **state)
{
	(void)state;
	p.rules = (struct rules){ 0 };
	use(PACK("own", "from: 1900-01-01") STEP("dossier")
		"clocks:\n  - { clock: E, label: " L ", from: file_received, to: file_forwarded, each: yes, use: act, length: 10 day, cite: X }\n");
	int32_t about[] = { 0, 99, person_add(&p, "dossier", "2025-03-03", NULL)->seq, 0, 0 };
	about[3] = person_add(&p, FACT_TRANSFER, "2025-03-04", NULL)->seq;
	about[4] = person_add(&p, FACT_TRANSFER, "2025-03-05", "candidate")->seq;
	for (size_t i = 0; i < sizeof about / sizeof *about; i++)
		person_add(&p, "file_received", "2025-03-06", NULL)->about = about[i];
	struct standing s = person_standing(&p, "2025-03-07");
	assert_int_equal(s.clocks_n, 5);
}

/* "cleared" is a step that the pack of that day does not have, so no cancellation reaches it. */
static void test_a_cancellation_takes_only_what_comes_after_the_decision(void **state)
{
	(void)state;
	p.rules = (struct rules){ 0 };
	use(PACK("old", "from: 1900-01-01\nto: 2024-12-31") STEP("dossier") STEP("decision, needs: [dossier]")
		STEP("ceremony, needs: [decision]"));
	use(PACK("new", "from: 2025-01-01") STEP("cleared") STEP("ceremony"));
	person_add(&p, "cleared", "2024-01-08", NULL);
	person_add(&p, "decision", "2024-02-01", NULL);
	person_add(&p, "ceremony", "2024-03-01", NULL);
	person_add(&p, FACT_DECISION_CANCELLED, "2024-06-03", "wrong_authority");
	person_add(&p, "cleared", "2025-01-08", NULL);
	struct standing s = person_standing(&p, "2025-06-02");
	assert_int_equal(standing_step_of(&s, "cleared")->status, STEP_DONE);
	assert_int_equal(standing_step_of(&s, "ceremony")->status, STEP_NEXT);
}

static void test_own_rules_that_name_nothing_change_nothing(void **state)
{
	(void)state;
	person_add(&p, "branch_vote", "2025-07-01", "passed");
	person_add(&p, FACT_RULES_OF, "2025-07-02", NULL);
	struct standing s = person_standing(&p, "2025-08-01");
	assert_string_equal(standing_clock_of(&s, "T7")->pack->id, "r294");
}

/* Splits by the site's values share an id: the one of the day counts, the first where all begin later. */
static void test_of_packs_that_share_a_name_the_one_of_the_day_is_meant(void **state)
{
	(void)state;
	value_from("T7.length", "50 workday", "2025-09-01");
	assert_int_equal(rules_near(&p.rules, "r294", iso("2025-08-01"))->valid.from.n, iso("2025-07-01").n);
	assert_int_equal(rules_near(&p.rules, "r294", iso("2025-09-01"))->valid.from.n, iso("2025-09-01").n);
	assert_int_equal(rules_near(&p.rules, "r294", iso("2020-09-01"))->valid.from.n, iso("2025-07-01").n);
	assert_null(rules_near(&p.rules, "r1", iso("2020-09-01")));
}

/* Two votes lost in March, the third in May. */
static void test_votes_are_lost_up_to_a_day(void **state)
{
	(void)state;
	struct trail t;
	static const char *const days[] = { "2025-03-03", "2025-03-17", "2025-05-05" };
	for (size_t i = 0; i < 3; i++)
		person_add(&p, "branch_vote", days[i], "failed");
	struct facts active = facts_active(&p.all, &p.arena);
	trail_build(&p.rules, &active, iso("2025-12-01"), &p.arena, &t);
	int id = rules_step_id(&p.rules, "branch_vote");
	assert_int_equal(trail_failed_times(&t, id, iso("2025-04-01")), 2);
	assert_int_equal(trail_failed_times(&t, id, iso("2025-05-05")), 3);
}

/* On the day of the move the resolution of the old place ends, one of the new place counts. */
static void test_on_the_day_of_a_move_only_the_new_place_resolves(void **state)
{
	(void)state;
	p.unit = U_HAMLET;
	person_add(&p, FACT_UNIT, "", NULL);
	person_add(&p, "branch_vote", "2025-08-04", "passed");
	p.unit = U_FACULTY;
	person_add(&p, FACT_TRANSFER, "2025-08-04", "candidate");
	struct standing s = person_standing(&p, "2025-09-01");
	assert_int_not_equal(standing_step_of(&s, "branch_vote")->status, STEP_DONE);
	person_add(&p, "branch_vote", "2025-08-04", "passed");
	s = person_standing(&p, "2025-09-01");
	assert_int_equal(standing_step_of(&s, "branch_vote")->status, STEP_DONE);
}

#define BESIDE(words) "clocks:\n  - { clock: B, label: " L ", use: act, length: 10 day, cite: X, " words " }\n"

/* What began before the leaving is over with it; what begins on its day runs. */
static void test_what_the_leaving_itself_starts_runs_on(void **state)
{
	(void)state;
	p.rules = (struct rules){ 0 };
	use(PACK("own", "from: 1900-01-01") STEP("decision") BESIDE("from: 'left:struck_off', to: appeal"));
	person_add(&p, "decision", "2020-03-02", NULL);
	person_add(&p, FACT_LEFT, "2025-03-03", "struck_off");
	struct standing s = person_standing(&p, "2025-03-05");
	assert_int_equal(s.clocks_n, 1);
	assert_day(s.clocks[0].due, "2025-03-13");
}

/* The file was forwarded in time; that a decision followed takes nothing from it. Not forwarded, the decision ends it. */
static void test_a_clock_that_was_met_stays_met_whatever_comes_later(void **state)
{
	(void)state;
	p.rules = (struct rules){ 0 };
	use(PACK("own", "from: 1900-01-01") STEP("decision") BESIDE("from: file_received, to: file_forwarded, unless: [decision]"));
	person_add(&p, "file_received", "2025-03-03", NULL);
	person_add(&p, "decision", "2025-03-20", NULL);
	struct standing s = person_standing(&p, "2025-04-01");
	assert_int_equal(s.clocks_n, 0);
	person_add(&p, "file_forwarded", "2025-03-10", NULL);
	s = person_standing(&p, "2025-04-01");
	assert_int_equal(s.clocks_n, 1);
	assert_int_equal(s.clocks[0].status, CLOCK_MET);
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
	const struct CMUnitTest tests[] = {
		T(test_a_certificate_lasts_as_long_as_on_the_day_it_was_issued),
		T(test_a_vote_is_judged_by_the_threshold_of_its_day),
		T(test_branch_and_grassroots_committee_need_two_thirds),
		T(test_of_a_failed_and_a_passed_vote_on_one_day_the_passed_one_counts),
		T(test_an_extension_before_its_clock_started_is_of_another_case),
		T(test_nothing_is_due_from_a_body_that_is_not_there),
		T(test_a_clock_runs_on_when_a_later_period_has_no_such_step),
		T(test_a_paper_may_be_asked_for_where_another_fact_is_on_record),
		T(test_a_condition_may_want_a_vote_that_passed_or_one_that_failed),
		T(test_a_condition_may_ask_whether_an_attribute_is_known_at_all),
		T(test_a_condition_looks_at_the_present_membership),
		T(test_where_the_day_of_birth_is_unknown_no_reading_of_the_age_helps),
		T(test_a_step_recorded_before_any_pack_had_it_is_shown_with_todays_citation),
		T(test_a_clock_may_start_with_a_vote_that_passed_and_one_between_steps_may_be_a_mere_length),
		T(test_many_letters_run_side_by_side),
		T(test_a_step_passed_over_is_asked_of_the_unit_of_the_person_where_that_of_the_day_is_unknown),
		T(test_a_clock_of_each_fact_runs_whatever_that_fact_is_about),
		T(test_a_cancellation_takes_only_what_comes_after_the_decision),
		T(test_own_rules_that_name_nothing_change_nothing),
		T(test_of_packs_that_share_a_name_the_one_of_the_day_is_meant),
		T(test_on_the_day_of_a_move_only_the_new_place_resolves),
		T(test_what_the_leaving_itself_starts_runs_on),
		T(test_a_clock_that_was_met_stays_met_whatever_comes_later),
		T(test_votes_are_lost_up_to_a_day),
	};
	return RUN(tests);
}
