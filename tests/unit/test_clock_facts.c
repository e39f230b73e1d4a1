/* Clocks that facts beside the chain start and stop, with a pack of their own: letters that run side by side, conditions, what a leaving
 * ends and what it begins, extensions in part. */
#include "person.h"

static struct person p;

#define L "{ vi: nhãn, en: label }"
#define CLOCK(words) "  - { label: " L ", use: act, length: 10 day, cite: X, " words " }\n"

static const char text[] =
	"pack: x\ninstrument: X\ntitle: " L "\nfrom: 1900-01-01\n"
	"steps:\n"
	"  - { step: dossier, state: D, label: " L ", state_label: " L ", cite: X }\n"
	"  - { step: branch_vote, state: B, label: " L ", state_label: " L ", needs: [dossier], threshold: two_thirds, cite: X }\n"
	"  - { step: decision, state: A, label: " L ", state_label: " L ", needs: [branch_vote], once: yes, cite: X }\n"
	"  - { step: strike_vote, state: S, label: " L ", state_label: " L ", aside: yes, threshold: two_thirds, cite: X }\n"
	"clocks:\n"
	CLOCK("clock: home, from: 'verify_received:home', to: verify_reply, each: yes")
	CLOCK("clock: abroad, from: 'verify_received:abroad', to: verify_reply, each: yes")
	CLOCK("clock: review, from: reviewed, to: reviewed, unless: [decision]")
	CLOCK("clock: appeal, from: strike_received, to: appeal, when: ['left:struck_off']")
	CLOCK("clock: again, from: 'branch_vote:failed', to: branch_vote")
	CLOCK("clock: papers, from: introduced, to: presented, unless: [left]")
	CLOCK("clock: act, from: dossier, to: branch_vote, extension: 5")
	CLOCK("clock: strike, from: strike_vote, to: 'left:struck_off'")
	"  - { clock: wait, label: " L ", from: 'left:struck_off', to: dossier, use: measure, length: 36 month, cite: X }\n";

static int setup(void **state)
{
	(void)state;
	person_init(&p);
	person_rules_own(&p, text);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_done(&p.arena);
	return 0;
}

static size_t clocks_of(const struct standing *s, const char *key)
{
	size_t n = 0;
	for (size_t i = 0; i < s->clocks_n; i++)
		n += strcmp(s->clocks[i].clock->key, key) == 0;
	return n;
}

static int32_t letter(const char *whom, const char *on)
{
	return person_add(&p, FACT_VERIFY_SENT, on, whom)->seq;
}

static void answer(const char *kind, const char *on, const char *value, int32_t about)
{
	person_add(&p, kind, on, value)->about = about;
}

/* Received 1/9 and 5/9: ten days each, 11/9 and 15/9; the first is answered in time, by its own answer. */
static void test_each_letter_has_its_own_clock_and_its_own_answer(void **state)
{
	(void)state;
	int32_t father = letter("father", "2025-08-20"), spouse = letter("spouse", "2025-08-21");
	answer(FACT_VERIFY_RECEIVED, "2025-09-01", "home", father);
	answer(FACT_VERIFY_RECEIVED, "2025-09-05", "abroad", spouse);
	struct standing s = person_standing(&p, "2025-09-16");
	assert_int_equal(clocks_of(&s, "home"), 1);
	assert_int_equal(clocks_of(&s, "abroad"), 1);
	assert_day(standing_clock_of(&s, "home")->due, "2025-09-11");
	assert_int_equal(standing_clock_of(&s, "home")->about->about, father);
	assert_int_equal(standing_clock_of(&s, "abroad")->status, CLOCK_LATE);
	answer(FACT_VERIFY_REPLY, "2025-09-11", "confirmed", father);
	s = person_standing(&p, "2025-09-16");
	assert_int_equal(standing_clock_of(&s, "home")->status, CLOCK_MET);
	assert_int_equal(standing_clock_of(&s, "abroad")->status, CLOCK_LATE);
	answer(FACT_VERIFY_REPLY, "2025-09-16", "confirmed", spouse);
	s = person_standing(&p, "2025-09-16");
	assert_int_equal(standing_clock_of(&s, "abroad")->status, CLOCK_MET_LATE);
}

static void test_two_letters_of_one_kind_run_side_by_side(void **state)
{
	(void)state;
	answer(FACT_VERIFY_RECEIVED, "2025-09-01", "home", letter("father", "2025-08-20"));
	answer(FACT_VERIFY_RECEIVED, "2025-09-02", "home", letter("mother", "2025-08-20"));
	struct standing s = person_standing(&p, "2025-09-10");
	assert_int_equal(clocks_of(&s, "home"), 2);
	assert_day(s.clocks[0].due, "2025-09-11");
	assert_string_equal(standing_clock_label(&s.clocks[0], LANG_VI, &p.arena), "nhãn: Cha đẻ");
	assert_string_equal(standing_clock_label(&s.clocks[1], LANG_EN, &p.arena), "label: Mother");
	assert_day(s.clocks[1].due, "2025-09-12");
}

/* The last review counts; a decision ends the need for it. */
static void test_a_clock_may_begin_anew_with_each_fact_and_end_with_a_condition(void **state)
{
	(void)state;
	person_add(&p, "reviewed", "2025-09-01", NULL);
	person_add(&p, "reviewed", "2025-09-08", NULL);
	struct standing s = person_standing(&p, "2025-09-10");
	assert_int_equal(clocks_of(&s, "review"), 1);
	assert_day(standing_clock_of(&s, "review")->due, "2025-09-18");
	person_add(&p, "decision", "2025-09-09", NULL);
	s = person_standing(&p, "2025-09-10");
	assert_int_equal(clocks_of(&s, "review"), 0);
}

/* Ten days from 4/9 end on 14/9, a Sunday: Monday 15/9. */
static void test_a_leaving_ends_what_runs_and_starts_what_follows_from_it(void **state)
{
	(void)state;
	person_add(&p, "decision", "2024-01-05", NULL);
	answer(FACT_VERIFY_RECEIVED, "2025-09-01", "home", letter("self", "2025-08-20"));
	person_add(&p, "strike_vote", "2025-09-02", "passed");
	person_add(&p, FACT_LEFT, "2025-09-03", "struck_off");
	person_add(&p, "strike_received", "2025-09-04", NULL);
	struct standing s = person_standing(&p, "2025-09-16");
	assert_int_equal(s.phase, PHASE_LEFT);
	assert_int_equal(clocks_of(&s, "home"), 0);
	assert_int_equal(standing_clock_of(&s, "strike")->status, CLOCK_MET);
	assert_day(standing_clock_of(&s, "appeal")->due, "2025-09-15");
	assert_int_equal(standing_clock_of(&s, "appeal")->status, CLOCK_LATE);
	person_add(&p, "appeal", "2025-09-15", "local");
	s = person_standing(&p, "2025-09-16");
	assert_int_equal(standing_clock_of(&s, "appeal")->status, CLOCK_MET);
}

/* Whoever left by death has nothing to appeal. */
static void test_a_condition_may_keep_a_clock_from_running(void **state)
{
	(void)state;
	person_add(&p, "decision", "2024-01-05", NULL);
	person_add(&p, FACT_LEFT, "2025-09-03", "died");
	person_add(&p, "strike_received", "2025-09-04", NULL);
	struct standing s = person_standing(&p, "2025-09-15");
	assert_int_equal(clocks_of(&s, "appeal"), 0);
}

static void test_a_failed_vote_may_start_a_clock_that_the_next_vote_stops(void **state)
{
	(void)state;
	person_add(&p, "dossier", "2025-08-01", NULL);
	person_add(&p, "branch_vote", "2025-08-05", VALUE_FAILED);
	struct standing s = person_standing(&p, "2025-08-10");
	assert_day(standing_clock_of(&s, "again")->due, "2025-08-15");
	person_add(&p, "branch_vote", "2025-08-12", "passed");
	s = person_standing(&p, "2025-08-20");
	assert_int_equal(standing_clock_of(&s, "again")->status, CLOCK_MET);
}

/* Off the list on 1/6 and on it again a year later: what was due in between is nobody's. Reviewed anew, the time runs anew. */
static void test_facts_before_an_exit_start_nothing_for_who_is_back(void **state)
{
	(void)state;
	person_add(&p, "reviewed", "2024-05-20", NULL);
	answer(FACT_VERIFY_RECEIVED, "2024-05-21", "home", letter("self", "2024-05-18"));
	person_add(&p, FACT_LEFT, "2024-06-01", "off_list");
	person_add(&p, "dossier", "2025-06-02", NULL);
	struct standing s = person_standing(&p, "2025-06-02");
	assert_int_equal(clocks_of(&s, "review") + clocks_of(&s, "home"), 0);
	person_add(&p, "reviewed", "2025-06-03", NULL);
	s = person_standing(&p, "2025-06-03");
	assert_day(standing_clock_of(&s, "review")->due, "2025-06-13");
}

/* What came after the exit belongs to it, not to the candidacy that began a year later. */
static void test_facts_between_an_exit_and_the_return_start_nothing(void **state)
{
	(void)state;
	person_add(&p, "dossier", "2020-01-05", NULL);
	person_add(&p, FACT_LEFT, "2024-06-01", "off_list");
	person_add(&p, "reviewed", "2024-06-10", NULL);
	struct standing s = person_standing(&p, "2024-07-01");
	assert_int_equal(clocks_of(&s, "review"), 1);
	person_add(&p, "dossier", "2025-06-02", NULL);
	s = person_standing(&p, "2025-06-02");
	assert_int_equal(clocks_of(&s, "review"), 0);
	person_add(&p, "reviewed", "2025-06-02", NULL); /* on the very day */
	s = person_standing(&p, "2025-06-02");
	assert_int_equal(clocks_of(&s, "review"), 1);
}

static void test_a_candidate_who_went_away_and_is_back_begins_anew_too(void **state)
{
	static const char *const back[] = { FACT_UNIT, "dossier" };
	(void)state;
	for (size_t i = 0; i < sizeof back / sizeof *back; i++) {
		person_forget(&p);
		person_add(&p, "dossier", "2024-05-01", NULL);
		person_add(&p, "reviewed", "2024-05-20", NULL);
		person_add(&p, FACT_MOVED, "2024-06-01", "Tỉnh Xa");
		person_add(&p, back[i], "2025-06-02", NULL);
		struct standing s = person_standing(&p, "2025-06-02");
		assert_int_equal(s.phase, PHASE_CANDIDATE);
		assert_int_equal(clocks_of(&s, "review"), 0);
	}
}

/* Whoever moved out in 2022 and came back is introduced elsewhere in 2025: the leaving of then says nothing of now. Ten days from 1/9. */
static void test_what_ruled_out_an_older_time_says_nothing_of_a_later_one(void **state)
{
	(void)state;
	person_add(&p, "decision", "2020-01-05", NULL);
	person_add(&p, FACT_LEFT, "2022-03-01", "moved_out");
	person_add(&p, FACT_TRANSFER, "2023-03-01", "member");
	person_add(&p, "introduced", "2025-09-01", NULL);
	struct standing s = person_standing(&p, "2025-09-12");
	assert_day(standing_clock_of(&s, "papers")->due, "2025-09-11");
	assert_int_equal(standing_clock_of(&s, "papers")->status, CLOCK_LATE);
	person_add(&p, FACT_LEFT, "2025-09-01", "moved_out");
	s = person_standing(&p, "2025-09-12");
	assert_int_equal(clocks_of(&s, "papers"), 0);
}

static void test_facts_of_an_earlier_membership_start_nothing(void **state)
{
	(void)state;
	person_add(&p, "decision", "2020-01-05", NULL);
	person_add(&p, "reviewed", "2020-02-01", NULL);
	person_add(&p, FACT_LEFT, "2020-03-01", "left");
	person_add(&p, "dossier", "2025-08-01", NULL);
	struct standing s = person_standing(&p, "2025-08-10");
	assert_int_equal(clocks_of(&s, "review"), 0);
}

static void test_a_measure_never_runs(void **state)
{
	(void)state;
	person_add(&p, "decision", "2020-01-05", NULL);
	person_add(&p, FACT_LEFT, "2020-03-01", "struck_off");
	struct standing s = person_standing(&p, "2025-08-10");
	assert_int_equal(clocks_of(&s, "wait"), 0);
}

/* Dossier on 1/9: ten days, 11/9; three more are 14/9, a Sunday, so the act has until Monday 15/9; all five: 16/9. */
static void test_an_extension_may_be_granted_in_part_and_never_beyond_its_most(void **state)
{
	(void)state;
	struct fault f;
	person_add(&p, "dossier", "2025-09-01", NULL);
	struct fact more = person_fact(&p, FACT_EXTENDED, "2025-09-05", "act");
	more.amount = 6;
	assert_refused(person_can(&p, &more, "2025-09-05", &f), E_RULE, "amount", MSG_EXTENSION_TOO_LONG);
	more.amount = 3;
	assert_ok(person_can(&p, &more, "2025-09-05", &f));
	person_add(&p, FACT_EXTENDED, "2025-09-05", "act")->amount = 3;
	struct standing s = person_standing(&p, "2025-09-06");
	assert_day(standing_clock_of(&s, "act")->due, "2025-09-15");
	assert_day(standing_clock_of(&s, "act")->due_extended, "2025-09-16");
	p.all.v[1].amount = 0;
	s = person_standing(&p, "2025-09-06");
	assert_day(standing_clock_of(&s, "act")->due, "2025-09-16");
}

static void test_what_belongs_to_another_fact_says_which(void **state)
{
	(void)state;
	struct fault f;
	int32_t sent = letter("self", "2025-08-20");
	struct fact received = person_fact(&p, FACT_VERIFY_RECEIVED, "2025-08-25", "home");
	assert_refused(person_can(&p, &received, "2025-09-01", &f), E_INVALID, "about", MSG_FACT_ABOUT);
	received.about = sent;
	assert_ok(person_can(&p, &received, "2025-09-01", &f));
	received.on = iso("2025-08-19");
	assert_refused(person_can(&p, &received, "2025-09-01", &f), E_RULE, "on", MSG_FACT_ABOUT_LATER);
	struct fact review = person_fact(&p, "reviewed", "2025-08-25", NULL);
	review.about = sent;
	assert_refused(person_can(&p, &review, "2025-09-01", &f), E_INVALID, "about", MSG_FACT_NO_ABOUT);
	struct fact end = person_fact(&p, FACT_HELPER_END, "2025-08-25", "moved");
	end.about = sent;
	assert_refused(person_can(&p, &end, "2025-09-01", &f), E_INVALID, "about", MSG_FACT_ABOUT);
}

static void test_a_step_beside_the_chain_is_no_state_and_never_next(void **state)
{
	(void)state;
	person_add(&p, "dossier", "2025-09-01", NULL);
	person_add(&p, "strike_vote", "2025-09-02", "passed");
	struct standing s = person_standing(&p, "2025-09-06");
	assert_string_equal(s.state, "D");
	assert_string_equal(s.next->step->key, "branch_vote");
	person_forget(&p);
	person_add(&p, "dossier", "2025-09-01", NULL);
	s = person_standing(&p, "2025-09-06");
	assert_int_equal(standing_step_of(&s, "strike_vote")->status, STEP_OPEN);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		T(test_each_letter_has_its_own_clock_and_its_own_answer),
		T(test_two_letters_of_one_kind_run_side_by_side),
		T(test_a_clock_may_begin_anew_with_each_fact_and_end_with_a_condition),
		T(test_a_leaving_ends_what_runs_and_starts_what_follows_from_it),
		T(test_a_condition_may_keep_a_clock_from_running),
		T(test_a_failed_vote_may_start_a_clock_that_the_next_vote_stops),
		T(test_facts_before_an_exit_start_nothing_for_who_is_back),
		T(test_a_candidate_who_went_away_and_is_back_begins_anew_too),
		T(test_facts_between_an_exit_and_the_return_start_nothing),
		T(test_what_ruled_out_an_older_time_says_nothing_of_a_later_one),
		T(test_facts_of_an_earlier_membership_start_nothing),
		T(test_a_measure_never_runs),
		T(test_an_extension_may_be_granted_in_part_and_never_beyond_its_most),
		T(test_what_belongs_to_another_fact_says_which),
		T(test_a_step_beside_the_chain_is_no_state_and_never_next),
	};
#undef T
	return cmocka_run_group_tests(tests, NULL, NULL);
}
