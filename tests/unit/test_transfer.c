#include "person.h"

#include "domain/check.h"
#include "domain/rules_override.h"
#include "domain/trail.h"
#include "domain/transfer.h"

static struct person p;

static int setup(void **state)
{
	(void)state;
	person_init(&p);
	p.unit = U_HAMLET;
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_done(&p.arena);
	return 0;
}

/* In the hamlet branch below the commune, with everything up to the dossier. */
static void prepared(void)
{
	person_add(&p, "birth", "", "1995-05-20");
	person_add(&p, "schooling", "", "upper_secondary");
	person_add(&p, FACT_UNIT, "", NULL);
	person_add(&p, "on_list", "2023-02-10", NULL);
	person_add(&p, "certificate", "2023-05-15", NULL);
	person_add(&p, "dossier", "2025-06-10", NULL);
}

static void moved_to(int unit, const char *day)
{
	person_add(&p, FACT_TRANSFER, day, "candidate")->unit.v = unit;
	person_add(&p, FACT_UNIT, day, NULL)->unit.v = unit;
}

static struct transfer situation(const char *today)
{
	struct transfer t;
	struct facts active = facts_active(&p.all, &p.arena);
	transfer_of(&p.world, &active, iso(today), &p.arena, &t);
	return t;
}

static size_t follows(const char *today)
{
	struct transfer t = situation(today);
	struct warnings said;
	transfer_follows(&p.world, &t, &p.arena, &said);
	for (size_t i = 0; i < said.n; i++)
		assert_string_not_equal(said.v[i].rule, "");
	return said.n;
}

static enum err ceremony_in(int unit, const char *day, struct fault *f)
{
	struct facts active = facts_active(&p.all, &p.arena);
	struct fact fact = person_fact(&p, FACT_CEREMONY, day, NULL);
	fact.unit.v = unit;
	return transfer_check_ceremony(&p.world, &active, &fact, &p.arena, f);
}

/* ---- situations ---- */

/* Away in 2024, on the list here again in 2025: what the branch resolved before is over, the decision of now is this place's, and so is the
 * ceremony. Back by a place or by a step. */
static void test_who_went_away_and_is_back_is_admitted_here(void **state)
{
	static const char *const back[] = { FACT_UNIT, "on_list", "branch_vote" };
	(void)state;
	for (size_t i = 0; i < sizeof back / sizeof *back; i++) {
		struct fault f;
		person_forget(&p);
		prepared();
		person_add(&p, "cv_certified", "2025-06-20", NULL);
		person_add(&p, "branch_vote", "2025-07-01", "passed");
		person_add(&p, FACT_MOVED, "2025-07-10", "Tỉnh Xa");
		assert_string_equal(situation("2025-07-10").place, "Tỉnh Xa");
		person_add(&p, back[i], "2025-12-01", NULL);
		assert_int_equal(situation("2025-12-01").situation, TRANSFER_NONE);
		struct standing s = person_standing(&p, "2025-12-01");
		assert_int_equal(standing_step_of(&s, "branch_vote")->status, strcmp(back[i], "branch_vote") == 0 ? STEP_DONE : STEP_NEXT);
		assert_null(standing_clock_of(&s, "T29"));
		person_add(&p, "branch_vote", "2025-12-03", "passed");
		person_add(&p, "decision", "2025-12-20", NULL);
		assert_ok(ceremony_in(U_HAMLET, "2025-12-30", &f));
	}
}

/* The old place sends the file after the move (G06 3.9b), and the new branch considers: its resolution is asked for and taken. */
static void test_a_file_sent_after_the_move_spares_no_resolution(void **state)
{
	(void)state;
	struct fault f;
	prepared();
	person_add(&p, "branch_vote", "2025-08-18", "passed");
	moved_to(U_YOUNG, "2025-09-08");
	person_add(&p, "submitted", "2025-09-15", NULL);
	struct standing s = person_standing(&p, "2025-10-01");
	assert_string_equal(s.next->step->key, "branch_vote");
	p.unit = U_YOUNG;
	struct fact vote = person_fact(&p, "branch_vote", "2025-10-01", "passed");
	assert_ok(person_can(&p, &vote, "2025-10-01", &f));
	person_add(&p, "file_received", "2025-09-20", NULL); /* which ended the time of the old resolution, not of the new one */
	person_add(&p, "branch_vote", "2025-10-01", "passed");
	s = person_standing(&p, "2025-10-01");
	assert_day(standing_clock_of(&s, "T7")->start, "2025-10-01");
	p.all.n--;
	person_add(&p, "decision", "2025-10-20", NULL); /* an old list, or nobody wrote the vote down */
	s = person_standing(&p, "2025-10-20");
	assert_int_equal(standing_step_of(&s, "branch_vote")->status, STEP_UNKNOWN);
}

static void test_who_did_not_move_is_in_no_situation(void **state)
{
	(void)state;
	struct fault f;
	prepared();
	assert_int_equal(situation("2025-12-01").situation, TRANSFER_NONE);
	assert_int_equal(follows("2025-12-01"), 0);
	assert_ok(ceremony_in(U_HAMLET, "2025-12-01", &f));
}

static void test_the_situation_follows_how_far_the_case_had_come(void **state)
{
	(void)state;
	prepared();
	moved_to(U_FACULTY, "2025-09-08");
	assert_int_equal(situation("2025-09-07").situation, TRANSFER_NONE);
	assert_int_equal(situation("2025-09-08").situation, TRANSFER_BEFORE);
	assert_int_equal(follows("2025-09-08"), 3);
	person_add(&p, "branch_vote", "2025-08-11", "failed");
	assert_int_equal(situation("2025-09-08").situation, TRANSFER_BEFORE); /* no resolution for admission */
	person_add(&p, "branch_vote", "2025-08-18", "passed");
	assert_int_equal(situation("2025-09-08").situation, TRANSFER_RESOLVED);
	assert_int_equal(follows("2025-09-08"), 2);
	person_add(&p, "submitted", "2025-08-20", NULL);
	assert_int_equal(situation("2025-09-08").situation, TRANSFER_FILE_SENT);
	assert_int_equal(follows("2025-09-08"), 3);
	person_add(&p, "decision", "2025-09-01", "failed");
	assert_int_equal(situation("2025-09-08").situation, TRANSFER_FILE_SENT); /* nothing is decided */
	person_add(&p, "decision", "2025-09-02", NULL);
	assert_int_equal(situation("2025-09-08").situation, TRANSFER_DECIDED_OTHER);
	assert_int_equal(follows("2025-09-08"), 2);
	person_add(&p, "ceremony", "2025-10-02", NULL)->unit.v = U_FACULTY;
	assert_int_equal(situation("2025-10-02").situation, TRANSFER_NONE); /* it is over */
}

/* The resolution was void already when the candidate moved on. */
static void test_the_situation_is_that_of_the_last_move(void **state)
{
	(void)state;
	prepared();
	person_add(&p, "branch_vote", "2025-08-18", "passed");
	moved_to(U_FACULTY, "2025-09-08");
	moved_to(U_HAMLET, "2025-11-03");
	assert_int_equal(situation("2025-11-02").situation, TRANSFER_RESOLVED);
	assert_int_equal(situation("2025-11-03").situation, TRANSFER_BEFORE);
}

/* Outside there is no new authority of this register: whatever is decided here is the old one's. */
static void test_a_decision_after_a_move_outside_is_the_old_authoritys(void **state)
{
	(void)state;
	prepared();
	person_add(&p, "branch_vote", "2025-08-18", "passed");
	person_add(&p, FACT_TRANSFER, "2025-09-08", "candidate")->detail = "Xã Khác";
	person_add(&p, "decision", "2025-10-06", NULL);
	assert_int_equal(situation("2025-10-07").situation, TRANSFER_DECIDED_OTHER);
	assert_false(situation("2025-10-07").must_cancel);
}

/* An old list knows the resolution of the committee alone: the branch had resolved before. */
static void test_a_resolution_of_the_committee_alone_was_a_resolution(void **state)
{
	(void)state;
	prepared();
	person_add(&p, "grassroots_vote", "2025-08-25", "passed");
	moved_to(U_FACULTY, "2025-09-08");
	assert_int_equal(situation("2025-09-08").situation, TRANSFER_RESOLVED);
}

/* The new branch resolved again; nobody wrote down where the candidate was before, or is now. */
static void test_a_decision_of_the_new_place_without_a_place_on_record(void **state)
{
	(void)state;
	person_add(&p, "branch_vote", "2025-08-18", "passed");
	person_add(&p, FACT_TRANSFER, "2025-09-08", "candidate")->unit.v = U_FACULTY;
	struct fact *d = person_add(&p, "decision", "2026-01-05", NULL);
	d->unit.v = U_FACULTY;
	assert_int_equal(situation("2026-01-06").situation, TRANSFER_RESOLVED);
	d->unit.v = U_HAMLET;
	assert_int_equal(situation("2026-01-06").situation, TRANSFER_DECIDED_OTHER);
	assert_true(situation("2026-01-06").must_cancel);
}

static void test_a_vote_of_the_deciding_body_says_that_the_file_was_sent(void **state)
{
	(void)state;
	prepared();
	person_add(&p, "branch_vote", "2025-08-18", "passed");
	person_add(&p, "decision_vote", "2025-09-01", "passed");
	moved_to(U_FACULTY, "2025-09-08");
	assert_int_equal(situation("2025-09-08").situation, TRANSFER_FILE_SENT);
}

static void test_within_one_authority(void **state)
{
	(void)state;
	struct fault f;
	prepared();
	person_add(&p, "branch_vote", "2025-08-18", "passed");
	person_add(&p, "submitted", "2025-08-20", NULL);
	moved_to(U_YOUNG, "2025-09-08");
	assert_int_equal(situation("2025-09-08").situation, TRANSFER_FILE_SENT);
	assert_int_equal(follows("2025-09-08"), 1);
	struct standing s = person_standing(&p, "2025-09-09");
	assert_null(standing_clock_of(&s, "T17"));
	person_add(&p, "decision", "2025-12-01", NULL); /* however late: the same authority */
	assert_int_equal(situation("2025-12-02").situation, TRANSFER_DECIDED_SAME);
	assert_int_equal(follows("2025-12-02"), 1);
	assert_refused(ceremony_in(U_HAMLET, "2025-12-10", &f), E_RULE, FACT_TRANSFER, MSG_TRANSFER_CEREMONY_AT);
	assert_ok(ceremony_in(U_YOUNG, "2025-12-10", &f));
	assert_ok(ceremony_in(U_COMMUNE, "2025-12-10", &f)); /* held by the committee above */
	assert_int_equal(ceremony_in(U_HAMLET, "2025-12-10", NULL), E_RULE);
}

/* The 30th working day after 8/9/2025 is 20/10 (six weeks of five days). */
static void test_a_late_decision_of_the_old_authority_must_be_cancelled(void **state)
{
	(void)state;
	struct fault f;
	prepared();
	person_add(&p, "branch_vote", "2025-08-18", "passed");
	person_add(&p, "submitted", "2025-08-20", NULL);
	moved_to(U_FACULTY, "2025-09-08");
	struct fact *d = person_add(&p, "decision", "2025-10-20", NULL);
	assert_false(situation("2025-10-22").must_cancel);
	d->on = iso("2025-10-21");
	assert_true(situation("2025-10-22").must_cancel);
	assert_int_equal(follows("2025-10-22"), 2);
	assert_refused(ceremony_in(U_FACULTY, "2025-10-23", &f), E_RULE, FACT_TRANSFER, MSG_TRANSFER_MUST_CANCEL);
	d->unit.v = U_FACULTY; /* the new authority's own decision has its own time */
	assert_int_equal(situation("2025-10-22").situation, TRANSFER_FILE_SENT);
	assert_int_equal(follows("2025-10-22"), 2);
	assert_ok(ceremony_in(U_FACULTY, "2025-10-23", &f));
}

/* The candidate moved to the faculty on 8/9/2025, the file sent; on 1/10 the faculty closes and its people go to a branch of a new commune.
 * What that commune decides on 1/12 is the decision of the new place, not one of the old authority after 30 working days (G06 3.9c). */
static void test_the_new_place_may_be_reorganised_before_it_decides(void **state)
{
	(void)state;
	enum { NEW_COMMUNE = 11, NEW_BRANCH };
	const struct unit_fact closing = { .seq = 5, .kind = UNIT_CLOSE, .from = iso("2025-10-01"), .paper_on = DAY_NONE };
	struct fault f;
	prepared();
	person_add(&p, "branch_vote", "2025-08-18", "passed");
	person_add(&p, "submitted", "2025-08-20", NULL);
	moved_to(U_FACULTY, "2025-09-08");
	person_unit(&p, NEW_COMMUNE, U_PROVINCE, "COMMUNE", "2025-10-01");
	person_unit(&p, NEW_BRANCH, NEW_COMMUNE, "BRANCH", "2025-10-01");
	tree_add_fact(&p.tree, tree_find(&p.tree, (struct unit_id){ U_FACULTY }), &closing);
	person_add(&p, FACT_UNIT, "2025-10-01", NULL)->unit.v = NEW_BRANCH;
	person_add(&p, "decision", "2025-12-01", NULL)->unit.v = NEW_BRANCH;
	assert_int_equal(situation("2025-12-02").situation, TRANSFER_FILE_SENT);
	assert_false(situation("2025-12-02").must_cancel);
	assert_ok(ceremony_in(NEW_BRANCH, "2025-12-20", &f));
}

/* The place is not on record, or only the one before the move: then the transfer says where the candidate went. */
static void test_a_transfer_alone_says_where_the_new_authority_is(void **state)
{
	(void)state;
	person_add(&p, "on_list", "2023-02-10", NULL);
	person_add(&p, "branch_vote", "2025-08-18", "passed");
	person_add(&p, "submitted", "2025-08-20", NULL);
	person_add(&p, FACT_TRANSFER, "2025-09-08", "candidate")->unit.v = U_FACULTY;
	person_add(&p, "decision", "2025-12-01", NULL)->unit.v = U_FACULTY;
	assert_int_equal(situation("2025-12-02").situation, TRANSFER_FILE_SENT);
	person_add(&p, FACT_UNIT, "2023-01-01", NULL);
	assert_int_equal(situation("2025-12-02").situation, TRANSFER_FILE_SENT);
}

static void test_a_move_outside(void **state)
{
	(void)state;
	struct fault f;
	prepared();
	struct fact *moved = person_add(&p, FACT_MOVED, "2025-09-08", NULL);
	assert_string_equal(situation("2025-09-08").place, "");
	moved->value = "Tỉnh Xa";
	assert_string_equal(situation("2025-09-08").place, "Tỉnh Xa");
	assert_ok(ceremony_in(U_HAMLET, "2025-10-08", &f)); /* no decision that would be in the way */
	struct fact *t = person_add(&p, FACT_TRANSFER, "2025-09-08", "candidate");
	t->detail = "Xã Khác";
	assert_string_equal(situation("2025-09-08").place, "Xã Khác");
	person_add(&p, FACT_MOVED, "2025-09-08", "Tỉnh Xa"); /* in whatever order they were entered */
	assert_string_equal(situation("2025-09-08").place, "Xã Khác");
	person_add(&p, "decision", "2025-09-05", NULL);
	assert_refused(ceremony_in(U_HAMLET, "2025-10-08", &f), E_RULE, FACT_TRANSFER, MSG_TRANSFER_CEREMONY_AT);
	person_add(&p, FACT_TRANSFER, "2025-10-01", "candidate")->unit.v = U_YOUNG; /* an older move is over */
	assert_null(situation("2025-10-02").place);
}

/* Packs that lack these clocks, and clauses that nobody compared. */
static void test_an_older_period_cites_its_instrument(void **state)
{
	(void)state;
	struct transfer t;
	struct warnings said;
	prepared();
	moved_to(U_FACULTY, "2020-09-08");
	p.all.v[3].on = p.all.v[4].on = p.all.v[5].on = iso("2020-01-10");
	t = situation("2020-09-09");
	transfer_follows(&p.world, &t, &p.arena, &said);
	assert_int_equal(said.n, 3);
	assert_string_equal(said.v[0].rule, "01-HD/TW (2016)");
}

#define LABELS "label: { vi: v, en: e }, state_label: { vi: v, en: e }, cite: X }\n"

/* An installation's own pack may leave these clocks out: the sentences that need them are left out too. */
static void test_a_pack_without_the_clocks_of_moves(void **state)
{
	(void)state;
	static const char text[] = "pack: x\ninstrument: 1-QĐ\ntitle: { vi: v, en: e }\nfrom: 1900-01-01\nsteps:\n"
		"  - { step: branch_vote, state: B, threshold: two_thirds, " LABELS
		"  - { step: submitted, state: S, needs: [branch_vote], optional: yes, " LABELS
		"  - { step: decision, state: D, needs: [branch_vote], " LABELS
		"  - { step: ceremony, state: C, needs: [decision], " LABELS
		"bodies:\n  - { body: d, steps: [decision], who: boards, label: { vi: v, en: e }, kinds: [COMMUNE, PROVINCE], cite: X }\n";
	person_rules_own(&p, text);
	person_add(&p, FACT_UNIT, "", NULL);
	person_add(&p, "branch_vote", "2025-08-18", "passed");
	person_add(&p, "submitted", "2025-08-20", NULL);
	moved_to(U_FACULTY, "2025-09-08");
	assert_int_equal(follows("2025-09-08"), 1); /* how long the old place may still decide */
	person_add(&p, "decision", "2026-09-01", NULL)->unit.v = U_HAMLET;
	assert_false(situation("2026-09-02").must_cancel);
	assert_int_equal(follows("2026-09-02"), 1);
}

/* ---- steps that no longer count ---- */

static struct trail trail(const char *until)
{
	struct trail t;
	struct facts active = facts_active(&p.all, &p.arena);
	trail_build(&p.rules, &active, iso(until), &p.arena, &t);
	return t;
}

static void test_resolutions_before_the_move_are_ended_and_kept(void **state)
{
	(void)state;
	prepared();
	person_add(&p, "branch_vote", "2025-08-18", "passed");
	moved_to(U_FACULTY, "2025-09-08");
	person_add(&p, "branch_vote", "2025-09-08", "passed")->unit.v = U_FACULTY; /* of the new branch, on that very day */
	struct trail t = trail("2025-09-08");
	assert_int_equal(t.ended_n, 1);
	assert_int_equal(t.ended[0].fact->on.n, iso("2025-08-18").n);
	assert_string_equal(t.ended[0].by->kind, FACT_TRANSFER);
	assert_int_equal(t.n, 4);
	assert_int_equal(trail("2025-09-07").ended_n, 0);
}

static void test_who_went_away_and_is_back_is_considered_again(void **state)
{
	(void)state;
	prepared();
	person_add(&p, "branch_vote", "2025-08-18", "passed");
	person_add(&p, FACT_MOVED, "2025-09-08", NULL);
	person_add(&p, FACT_UNIT, "2025-11-03", NULL);
	struct trail t = trail("2025-11-03");
	assert_null(t.exit);
	assert_int_equal(t.ended_n, 1);
}

static void test_a_cancelled_decision_takes_what_rests_on_it(void **state)
{
	(void)state;
	prepared();
	const struct fact *vote = person_add(&p, "branch_vote", "2025-08-18", "passed");
	int32_t wrong = vote->seq;
	person_add(&p, "decision", "2025-09-01", NULL);
	person_add(&p, "received", "2025-09-03", NULL);
	person_add(&p, "ceremony", "2025-09-15", NULL);
	person_add(&p, FACT_DECISION_CANCELLED, "2025-12-01", "wrong_procedure");
	struct trail t = trail("2025-12-01");
	assert_int_equal(t.ended_n, 3);
	assert_int_equal(t.n, 4);
	p.all.v[p.all.n - 1].about = wrong;
	t = trail("2025-12-01");
	assert_int_equal(t.ended_n, 4);
	assert_int_equal(t.n, 3);
	assert_int_equal(trail("2025-11-30").ended_n, 0); /* as it was seen then */
	struct standing s = person_standing(&p, "2025-12-02");
	assert_int_equal(s.phase, PHASE_CANDIDATE);
	assert_int_equal(standing_step_of(&s, "branch_vote")->status, STEP_OPEN);
}

static void test_a_new_membership_has_nothing_of_the_old_one(void **state)
{
	(void)state;
	prepared();
	person_add(&p, "decision", "2025-09-01", NULL);
	person_add(&p, FACT_DECISION_CANCELLED, "2025-12-01", VALUE_NOT_QUALIFIED);
	assert_string_equal(person_standing(&p, "2025-12-02").state, "DECISION_CANCELLED");
	assert_string_equal(trail("2025-12-02").exit->kind, FACT_DECISION_CANCELLED);
	person_add(&p, "on_list", "2026-02-02", NULL);
	struct trail t = trail("2026-02-02");
	assert_null(t.exit);
	assert_int_equal(t.n, 1);
	assert_int_equal(t.ended_n, 0);
}

/* ---- what may be recorded ---- */

static struct fact with_value(const char *kind, const char *day, const char *value)
{
	return person_fact(&p, kind, day, value);
}

static void test_a_step_before_the_cancellation_belongs_to_the_old_decision(void **state)
{
	(void)state;
	struct fault f;
	prepared();
	person_add(&p, "decision", "2025-09-01", NULL);
	person_add(&p, FACT_DECISION_CANCELLED, "2025-12-01", "wrong_authority");
	struct fact late = with_value("decision", "2025-10-01", NULL), received = with_value("received", "2025-09-05", NULL);
	assert_refused(person_can(&p, &late, "2026-01-10", &f), E_CONFLICT, "decision", MSG_STANDING_ONCE);
	assert_ok(person_can(&p, &received, "2026-01-10", &f));
	struct fact anew = with_value("decision", "2025-12-01", NULL);
	assert_ok(person_can(&p, &anew, "2026-01-10", &f));
}

static void test_a_cancellation_needs_a_decision(void **state)
{
	(void)state;
	struct fault f;
	prepared();
	struct fact c = with_value(FACT_DECISION_CANCELLED, "2025-12-01", "wrong_authority");
	struct fact r = with_value(FACT_RECOGNITION_CANCELLED, "2025-12-01", "wrong_authority");
	assert_refused(person_can(&p, &c, "2026-01-10", &f), E_RULE, FACT_DECISION_CANCELLED, MSG_CANCELLED_NO_DECISION);
	assert_refused(person_can(&p, &r, "2026-01-10", &f), E_RULE, FACT_RECOGNITION_CANCELLED, MSG_CANCELLED_NO_RECOGNITION);
	struct fact *d = person_add(&p, "decision", "2025-09-01", "failed");
	assert_int_equal(person_can(&p, &c, "2026-01-10", &f), E_RULE);
	d->value = NULL;
	assert_ok(person_can(&p, &c, "2026-01-10", &f));
	c.about = 999;
	assert_refused(person_can(&p, &c, "2026-01-10", &f), E_INVALID, "about", MSG_CANCELLED_STEP);
	c.about = 1; /* the day of birth */
	assert_refused(person_can(&p, &c, "2026-01-10", &f), E_INVALID, "about", MSG_CANCELLED_STEP);
	c.about = d->seq;
	c.on = iso("2025-08-01");
	assert_refused(person_can(&p, &c, "2026-01-10", &f), E_RULE, "on", MSG_FACT_ABOUT_LATER);
	/* Of several wrong steps each has its own. */
	person_add(&p, FACT_DECISION_CANCELLED, "2025-12-01", "wrong_procedure");
	struct fact second = with_value(FACT_DECISION_CANCELLED, "2025-12-01", "wrong_procedure");
	second.about = 6;
	assert_ok(person_can(&p, &second, "2026-01-10", &f));
	second.on = iso("2025-12-02");
	assert_int_equal(person_can(&p, &second, "2026-01-10", &f), E_RULE);
}

static bool warned(enum msg msg)
{
	for (size_t i = 0; i < p.warnings.n; i++)
		if (p.warnings.v[i].msg == msg)
			return true;
	return false;
}

static void test_an_appeal_without_its_day_of_receipt_is_taken(void **state)
{
	(void)state;
	struct fault f;
	prepared();
	struct fact appeal = with_value("appeal", "2025-12-01", "local");
	assert_ok(person_can(&p, &appeal, "2026-01-10", &f));
	person_add(&p, "strike_received", "2025-12-05", NULL); /* of later */
	assert_ok(person_can(&p, &appeal, "2026-01-10", &f));
	person_add(&p, "strike_received", "2025-06-30", NULL); /* 30 working days of the period before */
	assert_refused(person_can(&p, &appeal, "2026-01-10", &f), E_RULE, "appeal", MSG_CHECK_SENTENCE);
	assert_false(warned(MSG_CHECK_SENTENCE));
}

/* Struck off, admitted again, struck off again: when the first decision was received says nothing of the second. */
static void test_an_appeal_is_measured_by_its_own_striking_off(void **state)
{
	(void)state;
	struct fault f;
	person_add(&p, "decision", "2012-01-05", NULL);
	person_add(&p, FACT_LEFT, "2014-01-06", "struck_off");
	person_add(&p, "strike_received", "2014-01-10", NULL);
	struct fact appeal = with_value("appeal", "2025-12-01", "local");
	assert_refused(person_can(&p, &appeal, "2026-01-10", &f), E_RULE, "appeal", MSG_CHECK_SENTENCE);
	person_add(&p, "decision", "2020-01-06", NULL);
	person_add(&p, FACT_LEFT, "2025-11-20", "struck_off");
	assert_ok(person_can(&p, &appeal, "2026-01-10", &f));
}

/* Packs of an installation may lack a clock for what began in the time before: then the one of today measures. */
static void without_clocks_before_2021(void)
{
	p.rules = rules_copy(&p.arena, &p.rules);
	p.rules.packs[0]->clocks_n = p.rules.packs[0]->checks_n = 0;
}

/* 30 working days from Monday 26/7/2021, without 2 and 3/9: five weeks to 27/8 are 24 with the Tuesday after as the first, 30 and 31/8
 * and 1/9 (27), 6 to 8/9 (30). */
static void test_a_time_that_began_before_the_rules_knew_it(void **state)
{
	(void)state;
	struct fault f;
	prepared();
	without_clocks_before_2021();
	person_add(&p, "strike_received", "2021-07-26", NULL);
	struct fact appeal = with_value("appeal", "2021-09-08", "local");
	assert_ok(person_can(&p, &appeal, "2026-01-10", &f));
	appeal.on = iso("2021-09-09");
	assert_refused(person_can(&p, &appeal, "2026-01-10", &f), E_RULE, "appeal", MSG_CHECK_SENTENCE);
	person_forget(&p);
	prepared();
	person_add(&p, "decision", "2010-01-10", NULL);
	person_add(&p, FACT_LEFT, "2019-03-01", "struck_off")->detail = "two_years";
	p.all.v[3].on = p.all.v[4].on = p.all.v[5].on = iso("2021-08-02");
	struct fact vote = with_value("branch_vote", "2022-02-28", "passed");
	assert_refused(person_can(&p, &vote, "2026-06-30", &f), E_RULE, "branch_vote", MSG_CHECK_SENTENCE);
	vote.on = iso("2022-03-01");
	assert_ok(person_can(&p, &vote, "2026-06-30", &f));
}

static void test_months_that_are_not_on_record_are_not_judged(void **state)
{
	(void)state;
	struct fault f;
	prepared();
	struct fact t = with_value(FACT_TRANSFER, "2025-12-01", "temporary");
	assert_ok(person_can(&p, &t, "2026-01-10", &f));
	t.amount = 11;
	assert_ok(person_can(&p, &t, "2026-01-10", &f));
	t.amount = 2;
	assert_int_equal(person_can(&p, &t, "2026-01-10", &f), E_RULE);
	t.amount = 12;
	assert_int_equal(person_can(&p, &t, "2026-01-10", &f), E_RULE);
}

static void test_not_filed_needs_an_introduction_that_nobody_followed(void **state)
{
	(void)state;
	struct fault f;
	prepared();
	struct fact left = with_value(FACT_LEFT, "2025-12-01", "struck_off");
	assert_ok(person_can(&p, &left, "2026-01-10", &f));
	left.detail = "not_filed";
	assert_int_equal(person_can(&p, &left, "2026-01-10", &f), E_RULE);
	person_add(&p, "introduced", "2025-08-01", NULL);
	assert_ok(person_can(&p, &left, "2026-01-10", &f));
	struct fact *presented = person_add(&p, "presented", "2025-07-01", NULL); /* of an earlier transfer */
	assert_ok(person_can(&p, &left, "2026-01-10", &f));
	presented->on = iso("2025-08-10");
	assert_int_equal(person_can(&p, &left, "2026-01-10", &f), E_RULE);
}

static void test_a_second_admission_waits_for_both_times(void **state)
{
	(void)state;
	struct fault f;
	prepared();
	p.all.v[3].on = p.all.v[4].on = p.all.v[5].on = iso("2001-01-10");
	person_add(&p, "decision", "2010-01-10", NULL);
	struct fact *left = person_add(&p, FACT_LEFT, "2023-01-10", "struck_off");
	left->detail = "crime_less";
	struct fact vote = with_value("branch_vote", "2026-01-09", "passed");
	assert_int_equal(person_can(&p, &vote, "2026-06-30", &f), E_RULE); /* not cleared */
	person_add(&p, "record_cleared", "2020-06-01", NULL); /* + 60 months: before the 36 of 10/1/2026 */
	assert_int_equal(person_can(&p, &vote, "2026-06-30", &f), E_RULE);
	vote.on = iso("2026-01-10");
	assert_ok(person_can(&p, &vote, "2026-06-30", &f));
	person_add(&p, FACT_CONSENT, "2022-06-01", "readmission"); /* from before: not of this time */
	struct fact decision = with_value("decision", "2026-03-02", NULL);
	assert_int_equal(person_can(&p, &decision, "2026-06-30", &f), E_RULE);
	person_add(&p, FACT_CONSENT, "2026-03-03", "readmission"); /* of later */
	assert_int_equal(person_can(&p, &decision, "2026-06-30", &f), E_RULE);
	person_add(&p, FACT_CONSENT, "2026-03-01", "readmission");
	assert_ok(person_can(&p, &decision, "2026-06-30", &f));
}

/* ---- elsewhere for a time ---- */

static const struct fact *away(const char *day)
{
	struct facts active = facts_active(&p.all, &p.arena);
	return transfer_away(&active, iso(day));
}

static void test_a_member_is_away_for_the_months_of_the_transfer(void **state)
{
	(void)state;
	prepared();
	assert_null(away("2025-12-01"));
	struct fact *t = person_add(&p, FACT_TRANSFER, "2025-01-10", "temporary");
	assert_false(day_known(transfer_over(t)));
	assert_non_null(away("2030-01-01")); /* until somebody says that it is over */
	t->amount = 6;
	assert_non_null(away("2025-07-09"));
	assert_null(away("2025-07-10"));
	assert_null(away("2025-01-09"));
	person_add(&p, FACT_TRANSFER, "2025-07-10", "study")->amount = 24;
	assert_non_null(away("2026-07-10"));
	person_add(&p, FACT_TRANSFER, "2026-03-10", "member");
	assert_null(away("2026-07-10"));
}

static void test_who_is_back_is_not_away(void **state)
{
	(void)state;
	prepared();
	person_add(&p, FACT_TRANSFER, "2025-01-10", "temporary")->amount = 11;
	person_add(&p, "returned", "2025-05-05", NULL);
	assert_non_null(away("2025-05-04"));
	assert_null(away("2025-05-05"));
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		T(test_who_went_away_and_is_back_is_admitted_here), T(test_a_file_sent_after_the_move_spares_no_resolution),
		T(test_who_did_not_move_is_in_no_situation),
		T(test_the_situation_follows_how_far_the_case_had_come),
		T(test_the_situation_is_that_of_the_last_move),
		T(test_a_decision_after_a_move_outside_is_the_old_authoritys),
		T(test_a_resolution_of_the_committee_alone_was_a_resolution),
		T(test_a_decision_of_the_new_place_without_a_place_on_record),
		T(test_a_vote_of_the_deciding_body_says_that_the_file_was_sent),
		T(test_within_one_authority),
		T(test_a_late_decision_of_the_old_authority_must_be_cancelled),
		T(test_the_new_place_may_be_reorganised_before_it_decides), T(test_a_transfer_alone_says_where_the_new_authority_is),
		T(test_a_move_outside),
		T(test_an_older_period_cites_its_instrument),
		T(test_a_pack_without_the_clocks_of_moves),
		T(test_resolutions_before_the_move_are_ended_and_kept),
		T(test_who_went_away_and_is_back_is_considered_again),
		T(test_a_cancelled_decision_takes_what_rests_on_it),
		T(test_a_new_membership_has_nothing_of_the_old_one),
		T(test_a_step_before_the_cancellation_belongs_to_the_old_decision),
		T(test_a_cancellation_needs_a_decision),
		T(test_an_appeal_without_its_day_of_receipt_is_taken),
		T(test_an_appeal_is_measured_by_its_own_striking_off),
		T(test_a_time_that_began_before_the_rules_knew_it),
		T(test_months_that_are_not_on_record_are_not_judged),
		T(test_not_filed_needs_an_introduction_that_nobody_followed),
		T(test_a_second_admission_waits_for_both_times),
		T(test_a_member_is_away_for_the_months_of_the_transfer),
		T(test_who_is_back_is_not_away),
	};
	return RUN(tests);
}
