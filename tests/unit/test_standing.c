#include "person.h"

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

static void born(const char *day)
{
	person_add(&p, "birth", "", day);
	person_add(&p, "schooling", "", "upper_secondary");
	person_add(&p, FACT_UNIT, "", NULL);
}

/* Two members who are not of the register. */
static void introduced_by_two(const char *on)
{
	person_add(&p, FACT_HELPER, on, "introducer_1")->detail = "Lò Văn Thử";
	person_add(&p, FACT_HELPER, on, "candidate_helper")->detail = "Tòng Thị Thử";
}

/* A candidate with everything up to the dossier. */
static void prepared(void)
{
	born("1995-05-20");
	person_add(&p, "source", "2023-01-10", NULL);
	person_add(&p, "on_list", "2023-02-10", NULL);
	person_add(&p, "class", "2023-05-01", NULL);
	person_add(&p, "certificate", "2023-05-15", NULL);
	person_add(&p, "dossier", "2025-01-10", NULL);
}

static void vote(struct fact *f, struct vote v)
{
	f->has_vote = true;
	f->vote = v;
}

static void assert_clock(const struct standing *s, const char *key, const char *due, const char *extended, enum clock_status status)
{
	const struct standing_clock *k = standing_clock_of(s, key);
	assert_non_null(k);
	assert_day(k->due, due);
	assert_day(k->due_extended, extended);
	assert_int_equal(k->status, status);
}

static void assert_warned(enum msg msg, const char *cite)
{
	for (size_t i = 0; i < p.warnings.n; i++)
		if (p.warnings.v[i].msg == msg && strcmp(p.warnings.v[i].rule, cite) == 0)
			return;
	fail_msg("%zu warnings, none of %s", p.warnings.n, cite);
}

static bool noted(const struct standing *s, enum msg msg, const char *field)
{
	for (size_t i = 0; i < s->notes.n; i++)
		if (s->notes.v[i].msg == msg && strcmp(s->notes.v[i].field, field) == 0)
			return true;
	return false;
}

/* From Monday 30/6/2025: 23 working days in July, 21 in August, then 1/9 and 2/9 off, 3/9 is the 45th, 24/9 the
 * 60th; 30 more end on 5/11. From Tuesday 1/7/2025: 22 + 21, 3/9 is the 44th, 4/9 the 45th; 15 more end on 25/9. */
static void test_a_case_keeps_the_rules_of_the_day_its_clock_started(void **state)
{
	(void)state;
	prepared();
	person_add(&p, "branch_vote", "2025-06-30", "passed");
	struct standing s = person_standing(&p, "2025-09-04");
	assert_clock(&s, "T7", "2025-09-24", "2025-11-05", CLOCK_RUNNING);
	assert_string_equal(standing_clock_of(&s, "T7")->pack->id, "r232");

	person_forget(&p);
	prepared();
	person_add(&p, "branch_vote", "2025-07-01", "passed");
	s = person_standing(&p, "2025-09-04");
	assert_clock(&s, "T7", "2025-09-04", "2025-09-25", CLOCK_RUNNING);
	assert_string_equal(standing_clock_of(&s, "T7")->clock->cite, "294-QĐ/TW, 4.3.1");
	s = person_standing(&p, "2025-09-05");
	assert_int_equal(standing_clock_of(&s, "T7")->status, CLOCK_LATE);
}

static void test_a_clock_is_met_or_met_late_by_its_last_day(void **state)
{
	(void)state;
	prepared();
	person_add(&p, "branch_vote", "2025-07-01", "passed");
	person_add(&p, "decision", "2025-09-04", NULL);
	struct standing s = person_standing(&p, "2025-12-01");
	assert_clock(&s, "T7", "2025-09-04", "2025-09-25", CLOCK_MET);
	assert_day(standing_clock_of(&s, "T7")->done, "2025-09-04");
	p.all.v[p.all.n - 1].on = iso("2025-09-05");
	s = person_standing(&p, "2025-12-01");
	assert_int_equal(standing_clock_of(&s, "T7")->status, CLOCK_MET_LATE);
}

/* Example 2. Decided 15/1/2026, received 26/1/2026; with the leave of 16-20/2/2026 the 30th working day is 16/3. */
static void test_the_ceremony_clock_starts_when_the_branch_receives_the_decision(void **state)
{
	(void)state;
	prepared();
	person_add(&p, "branch_vote", "2025-12-10", "passed");
	person_add(&p, "decision", "2026-01-15", NULL);
	struct standing s = person_standing(&p, "2026-03-17");
	assert_int_equal(s.phase, PHASE_DECIDED);
	assert_null(standing_clock_of(&s, "T8"));
	assert_string_equal(s.next->step->key, "received");
	assert_true(noted(&s, MSG_CHECK_SENTENCE, "received"));
	assert_string_equal(s.notes.v[0].rule, "294-QĐ/TW, 4.1");

	person_add(&p, "received", "2026-01-26", NULL);
	s = person_standing(&p, "2026-03-16");
	assert_clock(&s, "T8", "2026-03-16", "2026-03-16", CLOCK_RUNNING);
	assert_int_equal(s.notes.n, 1);
	assert_string_equal(s.notes.v[0].rule, "06-HD/TW, 3.8c"); /* the helper to be named there */
	assert_string_equal(s.next->step->key, "ceremony");
	s = person_standing(&p, "2026-03-17");
	assert_int_equal(standing_clock_of(&s, "T8")->status, CLOCK_LATE);
}

/* Example 3. Admitted 10/10/2024, the branch voted on 20/11/2025; 30 working days from Friday 10/10/2025 end on 21/11. */
static void test_the_official_day_is_the_end_of_twelve_months_however_late_the_vote(void **state)
{
	(void)state;
	born("1995-05-20");
	person_add(&p, "decision", "2024-09-20", NULL);
	person_add(&p, "ceremony", "2024-10-10", NULL);
	struct standing s = person_standing(&p, "2025-10-09");
	assert_clock(&s, "T10", "2025-10-10", "2025-10-10", CLOCK_RUNNING);
	assert_null(standing_clock_of(&s, "T11"));
	s = person_standing(&p, "2025-11-22");
	assert_int_equal(s.phase, PHASE_PROBATION);
	assert_clock(&s, "T10", "2025-10-10", "2025-10-10", CLOCK_REACHED);
	assert_clock(&s, "T11", "2025-11-21", "2025-11-21", CLOCK_LATE);

	person_add(&p, "recognition_vote", "2025-11-20", "passed");
	person_add(&p, "recognition", "2025-12-15", NULL);
	s = person_standing(&p, "2026-01-05");
	assert_int_equal(s.phase, PHASE_OFFICIAL);
	assert_string_equal(s.state, "OFFICIAL");
	assert_day(s.since, "2025-10-10");
	assert_int_equal(standing_clock_of(&s, "T11")->status, CLOCK_MET);
	assert_null(s.next);
	struct unit_id unit;
	struct facts active = facts_active(&p.all, &p.arena);
	assert_day(facts_admitted(&active, &unit), "2024-09-20");
}

/* Example 4. */
static void test_probation_ends_on_the_last_day_of_february(void **state)
{
	(void)state;
	person_add(&p, "ceremony", "2024-02-29", NULL);
	struct standing s = person_standing(&p, "2025-02-28");
	assert_clock(&s, "T10", "2025-02-28", "2025-02-28", CLOCK_REACHED);
}

/* Example 5: 12 official members, 1 away, 1 exempted and absent, 1 suspended: 9 count, 6 are needed; with the exempted one present 10
 * and 7. */
static void test_a_vote_below_two_thirds_of_those_who_count_has_failed(void **state)
{
	(void)state;
	prepared();
	struct fact *f = person_add(&p, "branch_vote", "2025-08-05", NULL);
	vote(f, (struct vote){ .members = 12, .away = 1, .exempt_absent = 1, .suspended = 1, .yes = 6, .no = 3 });
	struct standing s = person_standing(&p, "2025-09-01");
	assert_int_equal(standing_step_of(&s, "branch_vote")->status, STEP_DONE);

	f->vote.exempt_absent = 0;
	s = person_standing(&p, "2025-09-01");
	assert_int_equal(standing_step_of(&s, "branch_vote")->status, STEP_FAILED);
	assert_string_equal(s.state, "DOSSIER");
	assert_string_equal(s.next->step->key, "branch_vote");
	assert_true(noted(&s, MSG_STANDING_FAILED, "branch_vote"));
	assert_null(standing_clock_of(&s, "T7"));
}

static void test_a_vote_without_counts_says_itself_whether_it_passed(void **state)
{
	(void)state;
	prepared();
	person_add(&p, "branch_vote", "2025-08-05", "failed");
	struct standing s = person_standing(&p, "2025-09-01");
	assert_int_equal(standing_step_of(&s, "branch_vote")->status, STEP_FAILED);
	person_add(&p, "branch_vote", "2025-08-28", NULL);
	s = person_standing(&p, "2025-09-01");
	assert_int_equal(standing_step_of(&s, "branch_vote")->status, STEP_DONE);
	assert_string_equal(s.next->step->key, "grassroots_vote");
}

/* Example 6: the last day is the same day number after 60 months. */
static void test_a_certificate_is_good_on_its_day_after_60_months_and_not_the_day_after(void **state)
{
	(void)state;
	struct fault f;
	born("1995-05-20");
	person_add(&p, "on_list", "2020-02-10", NULL);
	person_add(&p, "certificate", "2021-03-15", NULL);
	struct fact meeting = person_fact(&p, "branch_vote", "2026-03-15", "passed");
	assert_ok(person_can(&p, &meeting, "2026-03-20", &f));
	assert_int_equal(p.warnings.n, 0);
	struct standing s = person_standing(&p, "2026-03-15");
	assert_clock(&s, "T1", "2026-03-15", "2026-03-15", CLOCK_RUNNING);

	meeting.on = iso("2026-03-16");
	assert_refused(person_can(&p, &meeting, "2026-03-20", &f), E_RULE, "branch_vote", MSG_CHECK_SENTENCE);
	assert_string_equal(f.rule, "06-HD/TW, 5.4b");
	s = person_standing(&p, "2026-03-16");
	assert_int_equal(standing_clock_of(&s, "T1")->status, CLOCK_EXPIRED);

	person_add(&p, "certificate", "2026-03-16", NULL);
	assert_ok(person_can(&p, &meeting, "2026-03-20", &f));
	s = person_standing(&p, "2026-03-20");
	assert_clock(&s, "T1", "2031-03-16", "2031-03-16", CLOCK_RUNNING);
}

/* Example 7: dossier of 2/1/2026, meeting on 5/1/2027. */
static void test_an_old_dossier_is_accepted_with_the_papers_to_be_redone(void **state)
{
	(void)state;
	struct fault f;
	prepared();
	person_add(&p, "dossier", "2026-01-02", NULL);
	introduced_by_two("2026-01-02");
	struct fact meeting = person_fact(&p, "branch_vote", "2027-01-05", "passed");
	assert_ok(person_can(&p, &meeting, "2027-01-06", &f));
	assert_int_equal(p.warnings.n, 1);
	assert_warned(MSG_CHECK_SENTENCE, "06-HD/TW, 5.4a");
	assert_non_null(strstr(fault_text(&p.warnings.v[0], LANG_VI, &p.arena),
		"3-KNĐ, 4-KNĐ, Thẩm tra, xác minh lý lịch, 5-KNĐ; đơn và lý lịch giữ nguyên"));
	meeting.on = iso("2027-01-02");
	assert_ok(person_can(&p, &meeting, "2027-01-06", &f));
	assert_int_equal(p.warnings.n, 0);
	struct standing s = person_standing(&p, "2027-01-03");
	assert_clock(&s, "T2", "2027-01-02", "2027-01-02", CLOCK_EXPIRED);
}

static enum step_status grassroots_step(int unit, const char *on, const char *next)
{
	person_forget(&p);
	p.unit = unit;
	prepared();
	person_add(&p, "branch_vote", on, "passed");
	struct standing s = person_standing(&p, "2026-02-01");
	assert_string_equal(s.next->step->key, next);
	return standing_step_of(&s, "grassroots_vote")->status;
}

/* Example 8. Before 7/2025 the commune itself was the grassroots committee. */
static void test_a_hamlet_branch_below_a_commune_has_no_grassroots_step(void **state)
{
	(void)state;
	assert_int_equal(grassroots_step(U_HAMLET, "2025-08-05", "decision"), STEP_SKIPPED);
	assert_int_equal(grassroots_step(U_OFFICE, "2025-08-05", "decision"), STEP_SKIPPED);
	assert_int_equal(grassroots_step(U_FACULTY, "2025-08-05", "grassroots_vote"), STEP_NEXT);
	assert_int_equal(grassroots_step(U_LABORATORY, "2025-08-05", "sub_report"), STEP_OPEN);
	person_add(&p, "sub_report", "2025-08-12", NULL);
	struct standing s = person_standing(&p, "2026-02-01");
	assert_string_equal(s.state, "SUB_APPRAISED");
	assert_string_equal(s.next->step->key, "grassroots_vote");
}

static void test_a_grassroots_vote_where_there_is_none_is_recorded_with_a_warning(void **state)
{
	(void)state;
	struct fault f;
	p.unit = U_HAMLET;
	prepared();
	person_add(&p, "branch_vote", "2025-08-05", "passed");
	struct fact meeting = person_fact(&p, "grassroots_vote", "2025-08-20", "passed");
	assert_ok(person_can(&p, &meeting, "2025-09-01", &f));
	assert_warned(MSG_STANDING_SKIPPED, "294-QĐ/TW, 9.3.3");
}

static void test_an_old_list_of_two_dates_is_a_member_with_unknown_steps(void **state)
{
	(void)state;
	born("1985-01-01");
	person_add(&p, "decision", "2015-03-02", NULL);
	person_add(&p, "ceremony", "2015-03-19", NULL);
	person_add(&p, "recognition", "2016-03-19", NULL);
	struct standing s = person_standing(&p, "2025-11-22");
	assert_int_equal(s.phase, PHASE_OFFICIAL);
	assert_day(s.since, "2016-03-19");
	assert_int_equal(standing_step_of(&s, "certificate")->status, STEP_UNKNOWN);
	assert_int_equal(standing_step_of(&s, "received")->status, STEP_UNKNOWN);
	assert_int_equal(standing_step_of(&s, "recognition_vote")->status, STEP_UNKNOWN);
	assert_int_equal(s.notes.n, 0);
	assert_int_equal(s.clocks_n, 1);
	assert_string_equal(standing_step_of(&s, "decision")->step->cite, "29-QĐ/TW");
	assert_false(s.unverified);
}

static void test_nothing_on_record_is_no_phase(void **state)
{
	(void)state;
	born("1985-01-01");
	struct standing s = person_standing(&p, "2025-11-22");
	assert_int_equal(s.phase, PHASE_NONE);
	assert_string_equal(s.state, "");
	assert_string_equal(s.next->step->key, "source");
	assert_false(day_known(s.since));
}

static void test_facts_after_today_are_left_aside(void **state)
{
	(void)state;
	prepared();
	struct standing s = person_standing(&p, "2023-04-30");
	assert_string_equal(s.state, "ON_LIST");
	assert_day(s.since, "2023-02-10");
	assert_string_equal(s.next->step->key, "class");
}

static void test_what_rests_on_an_unread_regulation_carries_the_mark(void **state)
{
	(void)state;
	prepared();
	assert_false(person_standing(&p, "2026-04-07").unverified);
	assert_true(person_standing(&p, "2026-04-08").unverified);
	person_add(&p, "branch_vote", "2025-01-17", "passed");
	struct standing s = person_standing(&p, "2025-09-01");
	assert_true(s.unverified);
	assert_false(standing_clock_of(&s, "T7")->clock->verified);
}

/* 232-QĐ/TW confirms the 60 days. */
static void test_the_interim_of_january_2025_confirms_the_length(void **state)
{
	(void)state;
	prepared();
	person_add(&p, "branch_vote", "2025-01-20", "passed");
	struct standing s = person_standing(&p, "2025-09-01");
	assert_true(standing_clock_of(&s, "T7")->clock->verified);
	assert_int_equal(standing_clock_of(&s, "T7")->clock->length.length, 60);
	assert_string_equal(standing_clock_of(&s, "T7")->clock->cite, "24-QĐ/TW; 232-QĐ/TW; gia hạn theo 29-QĐ/TW, chưa đối chiếu");
}

static void test_missing_birth_and_schooling_are_named_when_they_are_asked_for(void **state)
{
	(void)state;
	person_add(&p, "on_list", "2025-02-10", NULL);
	struct standing s = person_standing(&p, "2025-08-01");
	assert_int_equal(s.notes.n, 0);
	person_add(&p, "certificate", "2025-05-15", NULL);
	person_add(&p, "dossier", "2025-06-10", NULL);
	person_add(&p, "cv_certified", "2025-07-10", NULL);
	s = person_standing(&p, "2025-08-01");
	assert_string_equal(s.next->step->key, "branch_vote");
	assert_true(noted(&s, MSG_CHECK_NO_BIRTH, "branch_vote"));
	assert_true(noted(&s, MSG_CHECK_NO_SCHOOLING, "branch_vote"));
}

static void test_whoever_left_has_no_next_step_and_no_running_clock(void **state)
{
	(void)state;
	prepared();
	person_add(&p, "branch_vote", "2025-08-05", "passed");
	person_add(&p, FACT_LEFT, "2025-08-20", "off_list");
	struct standing s = person_standing(&p, "2026-01-01");
	assert_int_equal(s.phase, PHASE_LEFT);
	assert_string_equal(s.state_label.vi, "Đưa ra khỏi danh sách cảm tình Đảng");
	assert_null(s.next);
	assert_null(standing_clock_of(&s, "T7"));
	assert_int_equal(standing_clock_of(&s, "T1")->status, CLOCK_MET);
	assert_int_equal(person_standing(&p, "2025-08-19").phase, PHASE_CANDIDATE);
}

static void test_a_candidate_back_on_the_list_keeps_the_certificate(void **state)
{
	(void)state;
	prepared();
	person_add(&p, FACT_LEFT, "2025-03-01", "off_list");
	person_add(&p, "on_list", "2025-09-10", NULL);
	struct standing s = person_standing(&p, "2025-10-01");
	assert_int_equal(s.phase, PHASE_CANDIDATE);
	assert_int_equal(standing_step_of(&s, "certificate")->status, STEP_DONE);
}

static void test_a_former_member_walks_the_whole_way_again(void **state)
{
	(void)state;
	born("1985-01-01");
	person_add(&p, "decision", "2015-03-02", NULL);
	person_add(&p, "ceremony", "2015-03-19", NULL);
	person_add(&p, FACT_LEFT, "2018-06-01", "struck_off");
	person_add(&p, "on_list", "2024-02-10", NULL);
	struct standing s = person_standing(&p, "2024-03-01");
	assert_int_equal(s.phase, PHASE_CANDIDATE);
	assert_int_equal(standing_step_of(&s, "ceremony")->status, STEP_OPEN);
	assert_int_equal(person_standing(&p, "2020-01-01").phase, PHASE_LEFT);
}

static void test_a_candidate_who_moved_is_back_with_a_new_unit(void **state)
{
	(void)state;
	prepared();
	person_add(&p, FACT_MOVED, "2025-03-01", NULL);
	assert_string_equal(person_standing(&p, "2025-04-01").state, "MOVED_CANDIDATE");
	person_add(&p, FACT_UNIT, "2025-05-01", NULL);
	assert_string_equal(person_standing(&p, "2025-05-02").state, "DOSSIER");
}

static void test_of_two_exits_on_one_day_leaving_counts_more_than_moving(void **state)
{
	(void)state;
	prepared();
	person_add(&p, FACT_LEFT, "2025-03-01", NULL);
	person_add(&p, FACT_MOVED, "2025-03-01", NULL);
	struct standing s = person_standing(&p, "2025-04-01");
	assert_string_equal(s.state, "LEFT");
	assert_string_equal(s.state_label.vi, fact_kind_find(FACT_LEFT)->vi);
	person_forget(&p);
	person_add(&p, FACT_MOVED, "2025-03-01", NULL);
	assert_int_equal(person_standing(&p, "2025-04-01").phase, PHASE_NONE);
}

static void test_without_a_known_unit_no_step_is_skipped(void **state)
{
	(void)state;
	assert_int_equal(grassroots_step(0, "2025-08-05", "sub_report"), STEP_OPEN);
	assert_int_equal(grassroots_step(99, "2025-08-05", "sub_report"), STEP_OPEN);
	assert_int_equal(grassroots_step(U_PROVINCE, "2025-08-05", "decision"), STEP_SKIPPED);
	p.world.tree = NULL;
	assert_int_equal(grassroots_step(U_HAMLET, "2025-08-05", "sub_report"), STEP_OPEN);
}

#define L "{ vi: nhãn, en: label }"

/* A later pack may bring a step of its own that nobody has to take, and drop steps and clocks of today. */
static void test_a_later_pack_may_have_other_steps(void **state)
{
	(void)state;
	static const char text[] = "pack: q208\ninstrument: X\ntitle: " L "\nfrom: 2026-04-08\nsteps:\n"
		"  - { step: certificate, state: CERTIFIED, label: " L ", state_label: " L ", cite: X }\n"
		"  - { step: interview, state: ASKED, label: " L ", state_label: " L ", cite: X, optional: yes }\n"
		"  - { step: branch_vote, state: VOTED, label: " L ", state_label: " L ", cite: X, needs: [certificate, interview] }\n"
		"clocks:\n  - { clock: T50, label: " L ", from: certificate, to: branch_vote, use: valid, length: 1 month, cite: X }\n"
		"checks:\n  - { check: valid, at: branch_vote, a: T50, severity: refuse, message: " L ", cite: X }\n";
	struct fault f;
	person_rules_add(&p, text);
	prepared();
	struct standing s = person_standing(&p, "2026-05-01");
	assert_int_equal(s.steps_n, 3);
	assert_string_equal(s.state, "CERTIFIED");
	assert_int_equal(standing_step_of(&s, "interview")->status, STEP_NEXT);
	assert_string_equal(s.next->step->key, "branch_vote");
	struct fact meeting = person_fact(&p, "branch_vote", "2026-04-20", NULL);
	assert_refused(person_can(&p, &meeting, "2026-05-01", &f), E_RULE, "branch_vote", MSG_CHECK_SENTENCE);
	struct fact dossier = person_fact(&p, "dossier", "2026-04-20", NULL);
	assert_ok(person_can(&p, &dossier, "2026-05-01", &f));
	person_add(&p, "interview", "2026-04-09", NULL);
	s = person_standing(&p, "2026-05-01");
	assert_string_equal(s.state, "ASKED");
}

static void test_a_step_without_a_day_or_a_vote_without_counts_does_no_harm(void **state)
{
	(void)state;
	person_add(&p, "on_list", "", NULL);
	assert_int_equal(person_standing(&p, "2025-04-01").phase, PHASE_NONE);
	struct fact *f = person_add(&p, "branch_vote", "2025-03-01", "failed");
	vote(f, (struct vote){ .members = -1, .yes = -1, .no = -1 });
	struct standing s = person_standing(&p, "2025-04-01");
	assert_int_equal(standing_step_of(&s, "branch_vote")->status, STEP_FAILED);
	assert_int_equal(s.phase, PHASE_CANDIDATE);
	assert_string_equal(s.state, "");
}

/* ---- what may be recorded ---- */

static void test_steps_out_of_order_are_refused_with_their_citation(void **state)
{
	(void)state;
	struct fault f;
	prepared();
	person_add(&p, "decision", "2025-09-04", NULL);
	struct fact ceremony = person_fact(&p, "ceremony", "2025-09-03", NULL);
	assert_refused(person_can(&p, &ceremony, "2025-12-01", &f), E_RULE, "ceremony", MSG_STANDING_ORDER);
	assert_string_equal(f.rule, "294-QĐ/TW, 4.1");
	assert_non_null(strstr(fault_text(&f, LANG_VI, &p.arena), "Quyết định kết nạp (04/09/2025)"));
	ceremony.on = iso("2025-09-04");
	assert_ok(person_can(&p, &ceremony, "2025-12-01", &f));

	struct fact late_vote = person_fact(&p, "branch_vote", "2025-09-05", "passed");
	assert_refused(person_can(&p, &late_vote, "2025-12-01", &f), E_RULE, "branch_vote", MSG_STANDING_ORDER_LATER);
	assert_string_equal(f.rule, "294-QĐ/TW, 4.3");
	late_vote.on = iso("2025-07-20");
	assert_ok(person_can(&p, &late_vote, "2025-12-01", &f));
}

static void test_a_second_certificate_may_follow_a_vote_that_rested_on_the_first(void **state)
{
	(void)state;
	struct fault f;
	prepared();
	person_add(&p, "branch_vote", "2025-07-10", "passed");
	struct fact again = person_fact(&p, "certificate", "2025-08-01", NULL);
	assert_ok(person_can(&p, &again, "2025-12-01", &f));
}

static void test_a_decision_is_recorded_once(void **state)
{
	(void)state;
	struct fault f;
	person_add(&p, "decision", "2025-09-04", NULL);
	struct fact second = person_fact(&p, "decision", "2025-09-10", NULL);
	assert_refused(person_can(&p, &second, "2025-12-01", &f), E_CONFLICT, "decision", MSG_STANDING_ONCE);
	second.corrects = 1;
	assert_ok(person_can(&p, &second, "2025-12-01", &f));
	second = person_fact(&p, "decision", "2025-09-10", NULL);
	second.corrects = 1;
	second.withdrawn = true;
	assert_ok(person_can(&p, &second, "2025-12-01", &f));
}

static void test_a_decision_after_a_failed_vote_is_refused(void **state)
{
	(void)state;
	struct fault f;
	prepared();
	person_add(&p, "branch_vote", "2025-07-10", "failed");
	struct fact decision = person_fact(&p, "decision", "2025-08-10", NULL);
	assert_refused(person_can(&p, &decision, "2025-12-01", &f), E_RULE, "decision", MSG_CHECK_SENTENCE);
	assert_string_equal(f.rule, "294-QĐ/TW, 9.3.2");
	person_add(&p, "branch_vote", "2025-07-30", "passed");
	assert_ok(person_can(&p, &decision, "2025-12-01", &f));
}

static void test_a_decision_without_the_branch_resolution_is_unusual(void **state)
{
	(void)state;
	struct fault f;
	prepared();
	struct fact decision = person_fact(&p, "decision", "2025-08-10", NULL);
	assert_ok(person_can(&p, &decision, "2025-12-01", &f));
	assert_warned(MSG_CHECK_SENTENCE, "294-QĐ/TW, 4.3.1");
	person_forget(&p);
	assert_ok(person_can(&p, &decision, "2025-12-01", &f));
	assert_int_equal(p.warnings.n, 0);
}

/* Born 20/8/2007: full 216 months on 20/8/2025; in August before the 20th only by the calendar. Born 20/5/1965: 720 full months on
 * 20/5/2025, 721 on 20/6. */
static void test_age_is_counted_by_month_at_the_branch_meeting(void **state)
{
	(void)state;
	struct fault f;
	person_add(&p, "birth", "", "2007-08-20");
	person_add(&p, "schooling", "", "upper_secondary");
	struct fact meeting = person_fact(&p, "branch_vote", "2025-07-31", "passed");
	assert_refused(person_can(&p, &meeting, "2025-12-01", &f), E_RULE, "branch_vote", MSG_CHECK_SENTENCE);
	assert_string_equal(f.rule, "294-QĐ/TW, 1.1.1");
	meeting.on = iso("2025-08-01");
	assert_ok(person_can(&p, &meeting, "2025-12-01", &f));
	assert_warned(MSG_CHECK_MONTH_NOT_DAY, "294-QĐ/TW, 1.1.1");
	meeting.on = iso("2025-08-20");
	assert_ok(person_can(&p, &meeting, "2025-12-01", &f));
	assert_int_equal(p.warnings.n, 0);

	p.all.v[0].value = "1965-05-20";
	meeting.on = iso("2025-06-19");
	assert_ok(person_can(&p, &meeting, "2025-12-01", &f));
	assert_int_equal(p.warnings.n, 0);
	meeting.on = iso("2025-07-20");
	assert_ok(person_can(&p, &meeting, "2025-12-01", &f));
	assert_warned(MSG_CHECK_SENTENCE, "294-QĐ/TW, 1.1.2; 06-HD/TW, 1.1");
}

static void test_schooling_below_lower_secondary_is_a_special_case(void **state)
{
	(void)state;
	struct fault f;
	person_add(&p, "birth", "", "1990-08-20");
	person_add(&p, "schooling", "", "primary");
	struct fact meeting = person_fact(&p, "branch_vote", "2025-07-31", "passed");
	assert_ok(person_can(&p, &meeting, "2025-12-01", &f));
	assert_warned(MSG_CHECK_SENTENCE, "294-QĐ/TW, 1.2.1; 06-HD/TW, 1.2a");
	p.all.v[1].value = "lower_secondary";
	assert_ok(person_can(&p, &meeting, "2025-12-01", &f));
	assert_int_equal(p.warnings.n, 0);
}

static void test_recognition_waits_for_the_end_of_probation(void **state)
{
	(void)state;
	struct fault f;
	person_add(&p, "ceremony", "2024-10-10", NULL);
	struct fact meeting = person_fact(&p, "recognition_vote", "2025-10-09", "passed");
	assert_refused(person_can(&p, &meeting, "2025-12-01", &f), E_RULE, "recognition_vote", MSG_CHECK_SENTENCE);
	assert_string_equal(f.rule, "Điều lệ Đảng, Điều 5; 294-QĐ/TW, 4.2.1");
	meeting.on = iso("2025-10-10");
	assert_ok(person_can(&p, &meeting, "2025-12-01", &f));
	struct fact official = person_fact(&p, "recognition", "2025-10-01", NULL);
	assert_ok(person_can(&p, &official, "2025-12-01", &f));
	assert_warned(MSG_CHECK_SENTENCE, "Điều lệ Đảng, Điều 5");
	struct standing s = person_standing(&p, "2025-09-30");
	assert_string_equal(s.next->step->key, "recognition_vote");
	assert_int_equal(s.notes.n, 1);
}

static void test_official_from_the_end_of_probation_whenever_the_branch_met(void **state)
{
	(void)state;
	struct fault f;
	person_add(&p, "ceremony", "2024-10-10", NULL);
	person_add(&p, "recognition_vote", "2025-11-20", "passed");
	struct fact official = person_fact(&p, "recognition", "2025-10-10", NULL);
	assert_ok(person_can(&p, &official, "2025-12-31", &f));
	assert_int_equal(p.warnings.n, 0);
	person_add(&p, "recognition", "2025-10-10", NULL);
	struct standing s = person_standing(&p, "2025-12-31");
	assert_int_equal(s.phase, PHASE_OFFICIAL);
	assert_int_equal(s.since.n, iso("2025-10-10").n);
	assert_null(s.next);
	official.on = iso("2024-10-01");
	p.all.n--;
	assert_refused(person_can(&p, &official, "2025-12-31", &f), E_RULE, "recognition", MSG_STANDING_ORDER);
}

/* Vote on 20/11/2025; 30 working days: 21, 24-28/11 (6; the 24th is off from 2026 only), 1-5/12 (11), 8-12 (16), 15-19 (21), 22-26 (26),
 * 29-31 (29), 1/1 off, 2/1/2026 (30). The paper of 25/12/2025 is in time although it dates the status back. */
static void test_the_decision_of_recognition_is_timed_by_its_paper(void **state)
{
	(void)state;
	person_add(&p, "ceremony", "2024-10-10", NULL);
	person_add(&p, "recognition_vote", "2025-11-20", "passed");
	person_add(&p, "recognition", "2025-10-10", NULL);
	p.all.v[p.all.n - 1].paper_on = iso("2025-12-25");
	struct standing s = person_standing(&p, "2026-03-01");
	const struct standing_clock *t12 = standing_clock_of(&s, "T12");
	assert_int_equal(t12->due.n, iso("2026-01-02").n);
	assert_int_equal(t12->done.n, iso("2025-12-25").n);
	assert_int_equal(t12->status, CLOCK_MET);
	assert_int_equal(s.since.n, iso("2025-10-10").n);
	p.all.v[p.all.n - 1].paper_on = iso("2026-01-05");
	s = person_standing(&p, "2026-03-01");
	assert_int_equal(standing_clock_of(&s, "T12")->status, CLOCK_MET_LATE);
}

static void test_a_vote_on_a_dossier_without_certificate_is_unusual(void **state)
{
	(void)state;
	struct fault f;
	person_add(&p, "birth", "", "1995-05-20");
	person_add(&p, "schooling", "", "upper_secondary");
	person_add(&p, "dossier", "2025-08-01", NULL);
	introduced_by_two("2025-08-01");
	struct fact vote = person_fact(&p, "branch_vote", "2025-09-10", "passed");
	assert_ok(person_can(&p, &vote, "2025-12-01", &f));
	assert_int_equal(p.warnings.n, 1);
	assert_warned(MSG_CHECK_SENTENCE, "06-HD/TW, 5.4b");
	p.warnings.n = 0;
	person_add(&p, "certificate", "2025-06-01", NULL);
	assert_ok(person_can(&p, &vote, "2025-12-01", &f));
	assert_int_equal(p.warnings.n, 0);
}

/* cal1 and cal2: 45 working days from 2/7/2025 end on 5/9/2025, with 15 more on 26/9/2025. */
static void test_a_granted_extension_moves_the_last_day(void **state)
{
	(void)state;
	struct fault f;
	person_add(&p, "branch_vote", "2025-07-02", "passed");
	struct fact grant = person_fact(&p, FACT_EXTENDED, "2025-09-01", "T7");
	assert_ok(person_can(&p, &grant, "2025-09-01", &f));
	struct standing s = person_standing(&p, "2025-09-15");
	assert_int_equal(standing_clock_of(&s, "T7")->status, CLOCK_LATE);
	person_add(&p, FACT_EXTENDED, "2025-09-01", "T7");
	s = person_standing(&p, "2025-09-15");
	assert_int_equal(standing_clock_of(&s, "T7")->status, CLOCK_RUNNING);
	assert_int_equal(standing_clock_of(&s, "T7")->due.n, iso("2025-09-26").n);
	s = person_standing(&p, "2025-09-27");
	assert_int_equal(standing_clock_of(&s, "T7")->status, CLOCK_LATE);
	grant.on = iso("2025-09-02");
	assert_refused(person_can(&p, &grant, "2025-09-15", &f), E_RULE, "value", MSG_EXTENSION_NONE);
	assert_string_equal(f.rule, "294-QĐ/TW, 4.3.1");
}

static void test_only_a_running_time_can_be_extended(void **state)
{
	(void)state;
	struct fault f;
	person_add(&p, "branch_vote", "2025-07-02", "passed");
	struct fact late = person_fact(&p, FACT_EXTENDED, "2025-09-08", "T7"), other = person_fact(&p, FACT_EXTENDED, "2025-09-01", "T12");
	assert_refused(person_can(&p, &late, "2025-09-15", &f), E_RULE, "value", MSG_EXTENSION_NOT_RUNNING);
	assert_refused(person_can(&p, &other, "2025-09-15", &f), E_RULE, "value", MSG_EXTENSION_NOT_RUNNING);
	person_add(&p, FACT_EXTENDED, "2025-09-08", "T7"); /* on record all the same: it moves nothing */
	struct standing s = person_standing(&p, "2025-09-15");
	assert_int_equal(standing_clock_of(&s, "T7")->status, CLOCK_LATE);
}

static void test_days_before_birth_or_after_today_are_refused(void **state)
{
	(void)state;
	struct fault f;
	person_add(&p, "birth", "", "1995-05-20");
	struct fact certificate = person_fact(&p, "certificate", "1995-05-19", NULL);
	assert_refused(person_can(&p, &certificate, "2025-12-01", &f), E_RULE, "certificate", MSG_STANDING_BEFORE_BIRTH);
	certificate.on = iso("2025-12-02");
	assert_refused(person_can(&p, &certificate, "2025-12-01", &f), E_INVALID, "certificate", MSG_STANDING_FUTURE);
	certificate.on = DAY_NONE;
	assert_refused(person_can(&p, &certificate, "2025-12-01", &f), E_INVALID, "certificate", MSG_STANDING_NO_DAY);
	struct fact left = person_fact(&p, FACT_LEFT, "1990-01-01", "off_list");
	assert_refused(person_can(&p, &left, "2025-12-01", &f), E_RULE, "left", MSG_STANDING_BEFORE_BIRTH);

	person_add(&p, "certificate", "2020-01-01", NULL);
	struct fact birth = person_fact(&p, "birth", "", "2020-01-02");
	birth.corrects = 1;
	assert_refused(person_can(&p, &birth, "2025-12-01", &f), E_RULE, "birth", MSG_STANDING_BEFORE_BIRTH);
	birth.value = "2026-01-01";
	assert_refused(person_can(&p, &birth, "2025-12-01", &f), E_INVALID, "birth", MSG_STANDING_FUTURE);
	birth.value = "1996-01-01";
	assert_ok(person_can(&p, &birth, "2025-12-01", &f));
}

static void test_a_birth_day_that_cannot_be_read_is_no_birth_day(void **state)
{
	(void)state;
	struct fault f;
	person_add(&p, "birth", "", "1990");
	struct fact meeting = person_fact(&p, "branch_vote", "2025-07-31", "passed");
	assert_ok(person_can(&p, &meeting, "2025-12-01", &f));
	p.all.v[0].value = "2030-01-01";
	struct fact name = person_fact(&p, "name", "2025-07-31", "Trần Thị Ví Dụ");
	assert_ok(person_can(&p, &name, "2025-12-01", &f));
	person_forget(&p);
	struct fact birth = person_fact(&p, "birth", "", "1990-01-01");
	assert_ok(person_can(&p, &birth, "2025-12-01", &f));
}

static void test_a_vote_on_a_step_without_a_threshold_only_has_to_add_up(void **state)
{
	(void)state;
	struct fault f;
	struct fact decision = person_fact(&p, "decision", "2025-07-31", "passed");
	vote(&decision, (struct vote){ .members = 9, .away = 0, .exempt_absent = 0, .suspended = 0, .yes = 4, .no = 5 });
	assert_ok(person_can(&p, &decision, "2025-12-01", &f));
	decision.vote.no = 6;
	assert_refused(person_can(&p, &decision, "2025-12-01", &f), E_INVALID, "yes", MSG_VOTE_TOO_MANY);
	assert_int_equal(person_can(&p, &decision, "2025-12-01", NULL), E_INVALID);
}

static void test_a_unit_must_be_open_on_the_day(void **state)
{
	(void)state;
	struct fault f;
	p.unit = U_CLOSED;
	struct fact certificate = person_fact(&p, "certificate", "2024-01-01", NULL);
	assert_refused(person_can(&p, &certificate, "2025-12-01", &f), E_RULE, "certificate", MSG_UNIT_NOT_OPEN);
	certificate.on = iso("2023-12-31");
	assert_ok(person_can(&p, &certificate, "2025-12-01", &f));
	assert_int_equal(p.warnings.n, 0);
	struct fact attribute = person_fact(&p, "religion", "2025-05-19", "none");
	assert_ok(person_can(&p, &attribute, "2025-12-01", &f));
	p.unit = 99;
	certificate = person_fact(&p, "certificate", "2025-05-19", NULL);
	assert_refused(person_can(&p, &certificate, "2025-12-01", &f), E_NOTFOUND, "certificate", MSG_UNIT_UNKNOWN);
	p.world.tree = NULL;
	assert_ok(person_can(&p, &certificate, "2025-12-01", &f));
}

/* An old list says where people are today, not where they were admitted. */
static void test_a_day_before_the_unit_was_founded_is_worth_a_look(void **state)
{
	(void)state;
	struct fault f;
	p.unit = U_YOUNG;
	struct fact ceremony = person_fact(&p, "ceremony", "2015-05-19", NULL);
	assert_ok(person_can(&p, &ceremony, "2025-12-01", &f));
	assert_warned(MSG_STANDING_BEFORE_UNIT, "");
	struct fact place = person_fact(&p, FACT_UNIT, "", NULL);
	assert_ok(person_can(&p, &place, "2025-12-01", &f));
	assert_int_equal(p.warnings.n, 0);
}

static void test_an_unknown_kind_is_refused(void **state)
{
	(void)state;
	struct fault f;
	struct fact wrong = person_fact(&p, "certificat", "2025-05-19", NULL);
	assert_refused(person_can(&p, &wrong, "2025-12-01", &f), E_INVALID, "kind", MSG_STANDING_KIND_UNKNOWN);
}

static void test_impossible_votes_are_refused(void **state)
{
	(void)state;
	struct fault f;
	struct fact meeting = person_fact(&p, "branch_vote", "2025-07-31", NULL);
	vote(&meeting, (struct vote){ .members = 9, .away = -1, .exempt_absent = -1, .suspended = -1, .yes = 7, .no = 3 });
	assert_refused(person_can(&p, &meeting, "2025-12-01", &f), E_INVALID, "yes", MSG_VOTE_TOO_MANY);
	meeting.vote.no = 2;
	assert_ok(person_can(&p, &meeting, "2025-12-01", &f));
	meeting.value = "failed";
	assert_refused(person_can(&p, &meeting, "2025-12-01", &f), E_INVALID, "branch_vote", MSG_STANDING_RESULT);
	meeting.value = "passed";
	assert_ok(person_can(&p, &meeting, "2025-12-01", &f));
}

static void test_nothing_happens_after_death(void **state)
{
	(void)state;
	struct fault f;
	person_add(&p, "ceremony", "2024-10-10", NULL);
	struct fact death = person_fact(&p, FACT_LEFT, "2024-10-09", "died");
	assert_refused(person_can(&p, &death, "2025-12-01", &f), E_RULE, "left", MSG_STANDING_AFTER_DEATH);
	death.on = iso("2025-10-09");
	assert_ok(person_can(&p, &death, "2025-12-01", &f));
	person_add(&p, FACT_LEFT, "2025-10-09", "died");
	struct fact official = person_fact(&p, "recognition", "2025-10-10", NULL);
	assert_refused(person_can(&p, &official, "2025-12-01", &f), E_RULE, "recognition", MSG_STANDING_AFTER_DEATH);
}

static void test_a_step_after_another_exit_is_worth_a_look(void **state)
{
	(void)state;
	struct fault f;
	prepared();
	person_add(&p, FACT_LEFT, "2025-03-01", "off_list");
	struct fact listed = person_fact(&p, "on_list", "2025-09-10", NULL);
	assert_ok(person_can(&p, &listed, "2025-12-01", &f));
	assert_warned(MSG_STANDING_AFTER_EXIT, "");
	struct fact before = person_fact(&p, "class", "2023-05-02", NULL);
	assert_ok(person_can(&p, &before, "2025-12-01", &f));
	assert_int_equal(p.warnings.n, 0);
}

/* Struck off on 1/3 and put on the list again on 10/4; on 2/6 the appeal restores the member, who then never was a candidate again. */
static void test_whoever_is_restored_was_no_candidate_in_between(void **state)
{
	(void)state;
	person_add(&p, "decision", "2024-09-20", NULL);
	person_add(&p, "ceremony", "2024-10-10", NULL);
	person_add(&p, FACT_LEFT, "2025-03-01", "struck_off");
	person_add(&p, "on_list", "2025-04-10", NULL);
	person_add(&p, "appeal_answered", "2025-06-02", "restored");
	struct facts active = facts_active(&p.all, &p.arena);
	assert_int_equal(person_standing(&p, "2025-06-01").phase, PHASE_CANDIDATE);
	assert_false(facts_is_member(&active, iso("2025-06-01")));
	assert_int_equal(person_standing(&p, "2025-06-02").phase, PHASE_PROBATION);
	assert_true(facts_is_member(&active, iso("2025-06-02")));
}

/* R294 4.4: found not to be qualified after moving out, which is the end of it wherever they went. */
static void test_a_cancellation_after_moving_out_is_the_exit_that_counts(void **state)
{
	(void)state;
	person_add(&p, "ceremony", "2024-10-10", NULL);
	person_add(&p, FACT_LEFT, "2025-03-01", "moved_out");
	person_add(&p, FACT_DECISION_CANCELLED, "2025-04-01", "not_qualified");
	person_add(&p, FACT_TRANSFER, "2025-05-01", "member");
	assert_int_equal(person_standing(&p, "2025-06-01").phase, PHASE_LEFT);
}

/* Away from 2020 to 2022 and recognised in 2023: a recognition of 2019 is a second one of the same membership. */
static void test_a_membership_goes_on_for_who_was_back(void **state)
{
	(void)state;
	struct fault f;
	person_add(&p, "ceremony", "2018-03-19", NULL);
	person_add(&p, FACT_LEFT, "2020-06-01", "moved_out");
	person_add(&p, FACT_TRANSFER, "2022-06-01", "member");
	person_add(&p, "recognition", "2023-03-19", NULL);
	struct fact first = person_fact(&p, "recognition", "2019-03-19", NULL);
	assert_refused(person_can(&p, &first, "2025-12-01", &f), E_CONFLICT, "recognition", MSG_STANDING_ONCE);
}

/* Figures count members by how they left the Party: one who is only "off the list" or "moved as a candidate" would be counted on. */
static void test_only_a_candidate_leaves_as_one(void **state)
{
	(void)state;
	struct fault f;
	person_add(&p, "ceremony", "2024-10-10", NULL);
	struct fact moved = person_fact(&p, FACT_MOVED, "2024-10-10", "Tỉnh Xa"), off = person_fact(&p, FACT_LEFT, "2024-10-10", "off_list");
	assert_refused(person_can(&p, &moved, "2025-12-01", &f), E_RULE, FACT_MOVED, MSG_STANDING_IS_MEMBER);
	assert_refused(person_can(&p, &off, "2025-12-01", &f), E_RULE, FACT_LEFT, MSG_STANDING_IS_MEMBER);
	moved.on = off.on = iso("2024-10-09");
	assert_ok(person_can(&p, &moved, "2025-12-01", &f));
	assert_ok(person_can(&p, &off, "2025-12-01", &f));
}

static void test_who_has_left_the_party_does_not_move_as_a_candidate(void **state)
{
	(void)state;
	person_add(&p, "ceremony", "2024-10-10", NULL);
	person_add(&p, FACT_LEFT, "2025-03-01", "moved_out");
	person_add(&p, FACT_MOVED, "2025-04-01", "Tỉnh Xa");
	person_add(&p, FACT_UNIT, "2025-05-01", NULL);
	struct facts active = facts_active(&p.all, &p.arena);
	assert_int_equal(person_standing(&p, "2025-06-01").phase, PHASE_LEFT);
	assert_false(facts_is_member(&active, iso("2025-06-01")));
}

/* The first membership's decision of 2015 is no second one for the cycle of 2024. */
static void test_a_late_entry_is_judged_within_its_own_membership(void **state)
{
	(void)state;
	struct fault f;
	person_add(&p, "ceremony", "2015-03-19", NULL);
	person_add(&p, FACT_LEFT, "2018-06-01", "struck_off");
	person_add(&p, "decision", "2024-02-10", NULL);
	struct fact first = person_fact(&p, "decision", "2015-03-02", NULL);
	assert_ok(person_can(&p, &first, "2025-12-01", &f));
	first.on = iso("2015-03-20");
	assert_refused(person_can(&p, &first, "2025-12-01", &f), E_RULE, "decision", MSG_STANDING_ORDER_LATER);
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
	const struct CMUnitTest tests[] = {
		T(test_a_case_keeps_the_rules_of_the_day_its_clock_started),
		T(test_a_clock_is_met_or_met_late_by_its_last_day),
		T(test_the_ceremony_clock_starts_when_the_branch_receives_the_decision),
		T(test_the_official_day_is_the_end_of_twelve_months_however_late_the_vote),
		T(test_probation_ends_on_the_last_day_of_february),
		T(test_a_vote_below_two_thirds_of_those_who_count_has_failed),
		T(test_a_vote_without_counts_says_itself_whether_it_passed),
		T(test_a_certificate_is_good_on_its_day_after_60_months_and_not_the_day_after),
		T(test_an_old_dossier_is_accepted_with_the_papers_to_be_redone),
		T(test_a_hamlet_branch_below_a_commune_has_no_grassroots_step),
		T(test_a_grassroots_vote_where_there_is_none_is_recorded_with_a_warning),
		T(test_an_old_list_of_two_dates_is_a_member_with_unknown_steps),
		T(test_nothing_on_record_is_no_phase),
		T(test_facts_after_today_are_left_aside),
		T(test_what_rests_on_an_unread_regulation_carries_the_mark),
		T(test_the_interim_of_january_2025_confirms_the_length),
		T(test_missing_birth_and_schooling_are_named_when_they_are_asked_for),
		T(test_whoever_left_has_no_next_step_and_no_running_clock),
		T(test_a_candidate_back_on_the_list_keeps_the_certificate),
		T(test_a_former_member_walks_the_whole_way_again),
		T(test_a_candidate_who_moved_is_back_with_a_new_unit),
		T(test_of_two_exits_on_one_day_leaving_counts_more_than_moving),
		T(test_without_a_known_unit_no_step_is_skipped),
		T(test_a_later_pack_may_have_other_steps),
		T(test_a_step_without_a_day_or_a_vote_without_counts_does_no_harm),
		T(test_steps_out_of_order_are_refused_with_their_citation),
		T(test_a_second_certificate_may_follow_a_vote_that_rested_on_the_first),
		T(test_a_decision_is_recorded_once),
		T(test_a_decision_after_a_failed_vote_is_refused),
		T(test_a_decision_without_the_branch_resolution_is_unusual),
		T(test_age_is_counted_by_month_at_the_branch_meeting),
		T(test_schooling_below_lower_secondary_is_a_special_case),
		T(test_recognition_waits_for_the_end_of_probation),
		T(test_official_from_the_end_of_probation_whenever_the_branch_met),
		T(test_the_decision_of_recognition_is_timed_by_its_paper), T(test_a_granted_extension_moves_the_last_day),
		T(test_a_vote_on_a_dossier_without_certificate_is_unusual),
		T(test_only_a_running_time_can_be_extended),
		T(test_days_before_birth_or_after_today_are_refused),
		T(test_a_birth_day_that_cannot_be_read_is_no_birth_day),
		T(test_a_vote_on_a_step_without_a_threshold_only_has_to_add_up),
		T(test_a_unit_must_be_open_on_the_day),
		T(test_a_day_before_the_unit_was_founded_is_worth_a_look),
		T(test_an_unknown_kind_is_refused),
		T(test_impossible_votes_are_refused),
		T(test_nothing_happens_after_death),
		T(test_a_step_after_another_exit_is_worth_a_look),
		T(test_whoever_is_restored_was_no_candidate_in_between),
		T(test_a_cancellation_after_moving_out_is_the_exit_that_counts),
		T(test_a_membership_goes_on_for_who_was_back),
		T(test_only_a_candidate_leaves_as_one),
		T(test_who_has_left_the_party_does_not_move_as_a_candidate),
		T(test_a_late_entry_is_judged_within_its_own_membership),
	};
	return RUN(tests);
}
