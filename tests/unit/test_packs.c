/* What the shipped packs say in each period, row by row, and what follows from it for whom records. */
#include "person.h"

#include "domain/rules_rows.h"

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

/* A warning whose sentence has those words, with that citation. */
static void assert_warned(const char *words, const char *cite)
{
	for (size_t i = 0; i < p.warnings.n; i++)
		if (strstr(fault_text(&p.warnings.v[i], LANG_VI, &p.arena), words) && strcmp(p.warnings.v[i].rule, cite) == 0)
			return;
	fail_msg("%zu warnings, none says «%s» [%s]", p.warnings.n, words, cite);
}

static void assert_not_warned(const char *words)
{
	for (size_t i = 0; i < p.warnings.n; i++)
		assert_null(strstr(fault_text(&p.warnings.v[i], LANG_VI, &p.arena), words));
}

static void assert_stops(const struct fact *fact, const char *words, const char *cite)
{
	assert_int_equal(person_can(&p, fact, "2027-12-31", &f), E_RULE);
	assert_non_null(strstr(fault_text(&f, LANG_VI, &p.arena), words));
	assert_string_equal(f.rule, cite);
}

static void assert_allowed(const struct fact *fact)
{
	assert_ok(person_can(&p, fact, "2027-12-31", &f));
}

/* ---- the lengths ---- */

enum { PERIODS = 5 };

static const char *const periods[PERIODS] = { "r29", "r24", "r232", "r294", "q208" };

/* Length and extension in r29, r24, r232, r294, q208 (-1: that period has none), and y where the value was read in the text: R29; R24 not
 * read for decisions, 60 said again by R232; R294 and G06; nothing of the newest period. */
static const struct row {
	const char *clock, *from, *to;
	enum span_unit unit;
	int length[PERIODS], extension[PERIODS];
	const char *verified;
} rows[] = {
	{ "T1", "certificate", "branch_vote", SPAN_MONTH, { 60, 60, 60, 60, 60 }, { 0 }, "yyyyn" },
	{ "T2", "dossier", "branch_vote", SPAN_MONTH, { 12, 12, 12, 12, 12 }, { 0 }, "yyyyn" },
	{ "T3", "unit", "helper", SPAN_MONTH, { 12, 12, 12, 12, 12 }, { 0 }, "nnnyn" },
	{ "T4", "verify_received:home", "verify_reply", SPAN_WORKING_DAY, { -1, -1, -1, 30, 30 }, { 0 }, "---yn" },
	{ "T4A", "verify_received:abroad", "verify_reply", SPAN_WORKING_DAY, { -1, -1, -1, 90, 90 }, { 0 }, "---yn" },
	{ "T7", "branch_vote", "decision", SPAN_WORKING_DAY, { 60, 60, 60, 45, 45 }, { 30, 30, 30, 15, 15 }, "ynyyn" },
	{ "T8", "received", "ceremony", SPAN_WORKING_DAY, { 30, 30, 30, 30, 30 }, { 0 }, "yyyyn" },
	{ "T10", "ceremony", "recognition", SPAN_MONTH, { 12, 12, 12, 12, 12 }, { 0 }, "yyyyn" },
	{ "T11", "end:T10", "recognition_vote", SPAN_WORKING_DAY, { 30, 30, 30, 30, 30 }, { 0 }, "yyyyn" },
	{ "T12", "recognition_vote", "recognition", SPAN_WORKING_DAY, { 30, 30, 30, 30, 30 }, { 30, 30, 30, 15, 15 }, "ynnyn" },
	{ "T13", "recognition_received", "announced", SPAN_MONTH, { 1, 1, 1, 1, 1 }, { 0 }, "nnnnn" },
	{ "T14", "card_arrived", "card", SPAN_MONTH, { 1, 1, 1, 1, 1 }, { 0 }, "nnnnn" },
	{ "T15", "strike_received", "appeal", SPAN_WORKING_DAY, { 30, 30, 30, 30, 30 }, { 0 }, "nnnyn" },
	{ "T16", "appeal:local", "appeal_answered", SPAN_WORKING_DAY, { 90, 90, 90, 90, 90 }, { 0 }, "nnnyn" },
	{ "T16_centre", "appeal:centre", "appeal_answered", SPAN_WORKING_DAY, { 180, 180, 180, 180, 180 }, { 0 }, "nnnyn" },
	{ "T17", "transfer:candidate", "file_forwarded", SPAN_WORKING_DAY, { 15, 15, 15, 15, 15 }, { 0 }, "nnnyn" },
	{ "T18", "file_received", "decision", SPAN_WORKING_DAY, { 30, 30, 30, 30, 30 }, { 0 }, "nnnyn" },
	{ "T19", "transfer:candidate", "decision", SPAN_WORKING_DAY, { 30, 30, 30, 30, 30 }, { 0 }, "nnnyn" },
	{ "T20", "reexamine_asked", "reexamine_answered", SPAN_WORKING_DAY, { 60, 60, 60, 60, 60 }, { 0 }, "nnnyn" },
	{ "T21", "left", "branch_vote", SPAN_MONTH, { 36, 36, 36, 36, 36 }, { 0 }, "yyyyn" },
	{ "T21_record", "record_cleared", "branch_vote", SPAN_MONTH, { 60, 60, 60, 60, 60 }, { 0 }, "yyyyn" },
	{ "T22", "transfer:member", "introduced", SPAN_WORKING_DAY, { 30, 30, 30, 60, 60 }, { 0 }, "yyyyn" },
	{ "T23", "introduced", "presented", SPAN_WORKING_DAY, { 30, 30, 30, 30, 30 }, { 0 }, "nnnyn" },
	{ "T23_strike", "introduced", "presented", SPAN_MONTH, { 3, 3, 3, 3, 3 }, { 0 }, "nnnyn" },
	{ "T29", "reviewed", "reviewed", SPAN_MONTH, { 1, 1, 1, 1, 1 }, { 0 }, "nnnnn" },
	{ "T30", "ceremony", "paper:member_cv", SPAN_WORKING_DAY, { -1, -1, -1, 30, 30 }, { 0 }, "---nn" },
	{ "T30A", "ceremony", "paper:member_form", SPAN_WORKING_DAY, { -1, -1, -1, 30, 30 }, { 0 }, "---nn" },
};
enum { ROWS = sizeof rows / sizeof *rows };

static void assert_clock_row(const struct row *x, int period)
{
	const struct clock *c = pack_clock(rules_find(&p.rules, periods[period]), x->clock);
	if (x->length[period] < 0) {
		assert_null(c);
		return;
	}
	assert_non_null(c);
	assert_string_equal(c->from, x->from);
	assert_string_equal(c->to, x->to);
	assert_int_equal(c->length.unit, x->unit);
	assert_int_equal(c->length.length, x->length[period]);
	assert_int_equal(c->extension, x->extension[period]);
	assert_int_equal(c->verified, x->verified[period] == 'y');
}

static void test_every_clock_has_its_length_in_every_period(void **state)
{
	(void)state;
	for (int period = 0; period < PERIODS; period++)
		for (size_t i = 0; i < ROWS; i++)
			assert_clock_row(&rows[i], period);
	assert_int_equal(rules_find(&p.rules, "r294")->clocks_n, ROWS);
	assert_int_equal(rules_find(&p.rules, "r29")->clocks_n, ROWS - 4);
}

/* 232-QĐ/TW says 60 days again; that 30 more may be granted stands in 29-QĐ/TW alone, and whoever grants them reads that. */
static void test_the_interim_says_where_its_extension_comes_from(void **state)
{
	(void)state;
	const struct clock *c = pack_clock(rules_find(&p.rules, "r232"), "T7");
	assert_string_equal(c->cite, "24-QĐ/TW; 232-QĐ/TW; gia hạn theo 29-QĐ/TW, chưa đối chiếu");
}

/* ---- clocks that run ---- */

/* Received on 3/11/2025, a month later: 3/12. The card came on 30/1/2026, a month later is 28/2, a Saturday: Monday 2/3. */
static void test_recognition_and_card_are_for_the_next_meeting(void **state)
{
	(void)state;
	person_add(&p, "ceremony", "2024-10-10", NULL);
	person_add(&p, "recognition", "2025-10-10", NULL);
	struct standing s = person_standing(&p, "2025-11-10");
	assert_null(standing_clock_of(&s, "T13"));
	person_add(&p, "recognition_received", "2025-11-03", NULL);
	s = person_standing(&p, "2025-12-04");
	assert_day(standing_clock_of(&s, "T13")->due, "2025-12-03");
	assert_int_equal(standing_clock_of(&s, "T13")->status, CLOCK_LATE);
	person_add(&p, "announced", "2025-12-03", NULL);
	person_add(&p, "card_arrived", "2026-01-30", NULL);
	s = person_standing(&p, "2026-03-02");
	assert_int_equal(standing_clock_of(&s, "T13")->status, CLOCK_MET);
	assert_day(standing_clock_of(&s, "T14")->due, "2026-03-02");
	assert_int_equal(standing_clock_of(&s, "T14")->status, CLOCK_RUNNING);
	person_add(&p, "card", "2026-03-03", NULL);
	s = person_standing(&p, "2026-03-03");
	assert_int_equal(standing_clock_of(&s, "T14")->status, CLOCK_MET_LATE);
}

/* Reviewed on 1/8/2025: the next one by 1/9, a day off, as 2/9 is: Wednesday 3/9. Written down twice it is still one review. */
static void test_the_list_is_reviewed_every_month(void **state)
{
	(void)state;
	person_add(&p, "on_list", "2025-02-10", NULL);
	person_add(&p, "reviewed", "2025-08-01", NULL);
	struct standing s = person_standing(&p, "2025-09-03");
	assert_day(standing_clock_of(&s, "T29")->due, "2025-09-03");
	assert_int_equal(standing_clock_of(&s, "T29")->status, CLOCK_RUNNING);
	person_add(&p, "reviewed", "2025-08-01", NULL);
	s = person_standing(&p, "2025-09-04");
	assert_int_equal(standing_clock_of(&s, "T29")->status, CLOCK_LATE);
	person_add(&p, "reviewed", "2025-09-04", NULL);
	s = person_standing(&p, "2025-09-04");
	assert_day(standing_clock_of(&s, "T29")->due, "2025-10-06"); /* 4/10 is a Saturday */
	person_add(&p, "branch_vote", "2025-09-10", "passed");
	s = person_standing(&p, "2026-01-05");
	assert_null(standing_clock_of(&s, "T29"));
}

/* Appealed to the centre on 6/10/2025: twice the 90 working days of an appeal to the province. */
static void test_the_centre_has_180_working_days_for_an_appeal(void **state)
{
	(void)state;
	person_add(&p, "ceremony", "2014-10-10", NULL);
	person_add(&p, FACT_LEFT, "2025-09-01", "struck_off")->detail = "no_will";
	person_add(&p, "strike_received", "2025-09-08", NULL);
	person_add(&p, "appeal", "2025-10-06", "centre");
	struct standing s = person_standing(&p, "2025-10-07");
	const struct standing_clock *k = standing_clock_of(&s, "T16_centre");
	assert_null(standing_clock_of(&s, "T16"));
	assert_int_equal(calendar_count_working(&p.calendar, k->start, k->due), 180);
}

/* An exit that somebody came back from long ago ends no clock of today. 30 working days from 6/10/2025 end on 17/11. */
static void test_papers_of_a_transfer_are_due_whatever_exit_there_was_before(void **state)
{
	(void)state;
	person_add(&p, "on_list", "2018-02-10", NULL);
	person_add(&p, FACT_LEFT, "2018-06-01", "off_list")->detail = "other";
	person_add(&p, "on_list", "2019-02-10", NULL);
	person_add(&p, "decision", "2020-03-02", NULL);
	person_add(&p, "ceremony", "2020-03-19", NULL);
	person_add(&p, FACT_TRANSFER, "2025-09-08", "member");
	person_add(&p, "introduced", "2025-10-06", NULL);
	struct standing s = person_standing(&p, "2025-11-18");
	assert_day(standing_clock_of(&s, "T23")->due, "2025-11-17");
	assert_int_equal(standing_clock_of(&s, "T23")->status, CLOCK_LATE);
	person_add(&p, FACT_LEFT, "2025-11-18", "moved_out");
	s = person_standing(&p, "2025-11-18");
	assert_null(standing_clock_of(&s, "T23"));
	p.all.n--;
	person_add(&p, "presented", "2025-10-06", NULL); /* the same day */
	s = person_standing(&p, "2025-11-18");
	assert_int_equal(standing_clock_of(&s, "T23")->status, CLOCK_MET);
}

/* Papers presented elsewhere, and a list that somebody was off meanwhile: who comes back is not late with what was begun before. */
static void test_what_began_before_somebody_came_back_is_over(void **state)
{
	(void)state;
	person_add(&p, "on_list", "2025-02-10", NULL);
	person_add(&p, "reviewed", "2025-03-03", NULL);
	person_add(&p, FACT_LEFT, "2025-04-01", "off_list")->detail = "other";
	person_add(&p, "on_list", "2025-09-08", NULL);
	struct standing s = person_standing(&p, "2025-10-07");
	assert_null(standing_clock_of(&s, "T29"));
	person_add(&p, "reviewed", "2025-09-08", NULL); /* the meeting that took them back */
	s = person_standing(&p, "2025-10-07");
	assert_day(standing_clock_of(&s, "T29")->due, "2025-10-08");

	person_forget(&p);
	person_add(&p, "ceremony", "2014-10-10", NULL);
	person_add(&p, FACT_TRANSFER, "2024-01-08", "member")->detail = "Đảng ủy tỉnh Xa";
	person_add(&p, FACT_LEFT, "2024-01-08", "moved_out");
	person_add(&p, "introduced", "2024-02-01", NULL);
	person_add(&p, FACT_TRANSFER, "2025-09-08", "member");
	s = person_standing(&p, "2025-09-09");
	assert_null(standing_clock_of(&s, "T23"));
	assert_day(standing_clock_of(&s, "T22")->start, "2025-09-08");
}

/* Moved after the branch had resolved, the file sent after them, considered again by the new branch: its resolution is timed like any
 * other. 45 working days from Monday 6/10/2025: 4 to 10/10, 5 a week to 5/12 (44), Monday 8/12. Of the old vote the file ended the time. */
static void test_a_resolution_of_the_new_place_is_timed_although_a_file_came(void **state)
{
	(void)state;
	person_add(&p, "branch_vote", "2025-08-04", "passed");
	person_add(&p, "submitted", "2025-08-11", NULL);
	person_add(&p, "file_received", "2025-09-15", NULL);
	struct standing s = person_standing(&p, "2025-09-16");
	assert_null(standing_clock_of(&s, "T7"));
	p.all.n -= 2;
	person_add(&p, FACT_TRANSFER, "2025-09-08", "candidate")->unit.v = U_HAMLET;
	person_add(&p, "file_received", "2025-09-15", NULL);
	p.unit = U_HAMLET;
	person_add(&p, "branch_vote", "2025-10-06", "passed");
	s = person_standing(&p, "2025-10-07");
	assert_day(standing_clock_of(&s, "T7")->due, "2025-12-08");
}

/* ---- the chain ---- */

/* Domain rules 1.1: states 1 to 16 of somebody in a branch below a sub-committee of a university, a step a day. */
static void test_every_step_of_the_chain_leads_to_its_state(void **state)
{
	static const struct {
		const char *step, *on, *state;
	} chain[] = {
		{ "source", "2024-01-02", "SOURCE" }, { "on_list", "2024-02-01", "ON_LIST" }, { "class", "2024-03-04", "NOMINATED_CLASS" },
		{ "certificate", "2024-04-01", "CERTIFIED" }, { "cleared", "2024-05-02", "CLEARED" }, { "dossier", "2024-06-03", "DOSSIER" },
		{ "verifying", "2024-07-01", "VERIFYING" }, { "cv_certified", "2024-08-01", "CV_CERTIFIED" },
		{ "branch_vote", "2024-09-04", "BRANCH_PASSED" }, { "sub_report", "2024-09-10", "SUB_APPRAISED" },
		{ "grassroots_vote", "2024-09-16", "GRASS_PASSED" }, { "submitted", "2024-09-20", "APPRAISING" },
		{ "decision", "2024-10-01", "DECIDED" }, { "received", "2024-10-04", "DECIDED" }, { "ceremony", "2024-10-10", "PROBATION" },
		{ "recognition_vote", "2025-10-13", "OFF_BRANCH_PASSED" }, { "recognition_sub_report", "2025-10-15", "OFF_SUB_APPRAISED" },
		{ "recognition_grassroots_vote", "2025-10-20", "OFF_GRASS_PASSED" }, { "recognition_submitted", "2025-10-22", "OFF_APPRAISING" },
		{ "recognition", "2025-11-03", "OFFICIAL" },
	};
	(void)state;
	p.unit = U_LABORATORY;
	person_add(&p, FACT_UNIT, "2024-01-01", NULL);
	for (size_t i = 0; i < sizeof chain / sizeof *chain; i++) {
		struct fact step = person_fact(&p, chain[i].step, chain[i].on, NULL);
		assert_allowed(&step);
		person_add(&p, chain[i].step, chain[i].on, NULL);
		assert_string_equal(person_standing(&p, chain[i].on).state, chain[i].state);
	}
}

/* A probationary member who moves: the old helper has ended, the new branch names another one before it considers recognition. */
static void test_a_probationary_member_who_moved_needs_another_helper(void **state)
{
	(void)state;
	person_add(&p, "ceremony", "2024-10-10", NULL);
	struct fact *old = person_add(&p, FACT_HELPER, "2024-10-10", "probation_helper");
	old->detail = "Trần Văn Cũ";
	person_add(&p, FACT_TRANSFER, "2025-07-07", "member");
	person_add(&p, FACT_HELPER_END, "2025-07-07", "moved")->about = old->seq;
	struct standing s = person_standing(&p, "2025-07-08");
	assert_non_null(standing_clock_of(&s, "T22"));
	struct fact vote = person_fact(&p, "recognition_vote", "2025-10-13", "passed");
	assert_allowed(&vote);
	assert_warned("Người giúp đỡ đảng viên dự bị đã thôi mà chưa có người thay", "294-QĐ/TW, 3.2.2");
	person_add(&p, FACT_HELPER, "2025-08-04", "probation_helper")->detail = "Lê Thị Mới";
	assert_allowed(&vote);
	assert_not_warned("đã thôi mà chưa có người thay");
}

/* The recognition is dated back to 10/10/2025; that day does not end the help of somebody who helped until then when the branch meets on
 * 20/11. Whoever ended before, and nobody came, is missing; whoever was named after it is there. */
static void test_the_official_day_does_not_take_the_helper_away_from_a_later_vote(void **state)
{
	static const char words[] = "Chưa ghi đảng viên giúp đỡ trong thời gian dự bị";
	(void)state;
	person_add(&p, "dossier", "2024-03-04", NULL);
	person_add(&p, "ceremony", "2024-10-10", NULL);
	struct fact *helper = person_add(&p, FACT_HELPER, "2024-10-10", "probation_helper");
	helper->detail = "Trần Văn Giúp";
	person_add(&p, "recognition", "2025-10-10", NULL);
	struct fact vote = person_fact(&p, "recognition_vote", "2025-11-20", "passed");
	assert_allowed(&vote);
	assert_not_warned(words);
	person_add(&p, FACT_HELPER_END, "2025-03-03", "moved")->about = helper->seq;
	assert_allowed(&vote);
	assert_warned(words, "06-HD/TW, 3.8c");
	person_add(&p, FACT_HELPER, "2025-11-03", "probation_helper")->detail = "Lê Thị Mới";
	assert_allowed(&vote);
	assert_not_warned(words);
}

/* R29: a diploma "or equivalent"; R24: the diploma. */
static void test_or_equivalent_is_of_the_first_period_alone(void **state)
{
	(void)state;
	person_add(&p, "schooling", "", "primary");
	struct fact vote = person_fact(&p, "branch_vote", "2021-07-29", "passed");
	assert_allowed(&vote);
	assert_warned("Chưa tốt nghiệp THCS hoặc tương đương", "29-QĐ/TW; 01-HD/TW (2016)");
	vote.on = iso("2021-07-30");
	assert_allowed(&vote);
	assert_warned("Chưa tốt nghiệp THCS:", "24-QĐ/TW; 01-HD/TW (2021)");
}

/* ---- a ceremony that is late ---- */

/* Received on 26/1/2026, last day 16/3 (example 2): later only with the consent of the committee directly above. */
static void test_a_late_ceremony_asks_for_the_consent_of_the_committee_above(void **state)
{
	static const char words[] = "quá thời hạn kể từ ngày nhận quyết định (hạn cuối 16/03/2026)";
	(void)state;
	person_add(&p, "decision", "2026-01-15", NULL);
	person_add(&p, "received", "2026-01-26", NULL);
	struct fact ceremony = person_fact(&p, "ceremony", "2026-03-16", NULL);
	assert_allowed(&ceremony);
	assert_not_warned("quá thời hạn");
	ceremony.on = iso("2026-03-17");
	assert_allowed(&ceremony);
	assert_warned(words, "294-QĐ/TW, 4.1");
	struct standing s = person_standing(&p, "2026-03-17");
	bool noted = false;
	for (size_t i = 0; i < s.notes.n; i++)
		noted |= strstr(fault_text(&s.notes.v[i], LANG_VI, &p.arena), words) != NULL;
	assert_true(noted);
	person_add(&p, "consent", "2026-03-17", "late_ceremony");
	assert_allowed(&ceremony);
	assert_not_warned("quá thời hạn");
}

/* Until 2021 the same: received on Monday 6/1/2020, Tết leave 23-29/1: 30 working days end on Friday 21/2. A decision of an earlier
 * membership times no ceremony of this one. */
static void test_a_late_ceremony_asks_for_it_in_every_period_and_of_this_decision(void **state)
{
	(void)state;
	person_add(&p, "received", "2020-01-06", NULL);
	struct fact ceremony = person_fact(&p, "ceremony", "2020-06-01", NULL);
	assert_allowed(&ceremony);
	assert_warned("quá thời hạn kể từ ngày nhận quyết định", "29-QĐ/TW");
	person_add(&p, "ceremony", "2020-02-03", NULL);
	person_add(&p, FACT_LEFT, "2021-02-01", "struck_off")->detail = "no_will";
	person_add(&p, "on_list", "2024-06-01", NULL);
	ceremony.on = iso("2025-11-03");
	assert_allowed(&ceremony);
	assert_not_warned("quá thời hạn");
}

/* ---- somebody's own rules ---- */

static const char own_pack[] = "pack: own\nextends: q208\ninstrument: X\ntitle: { vi: nhãn, en: label }\nfrom: 2199-01-01\nclocks:\n"
	"  - { clock: T2, label: { vi: a, en: a }, from: dossier, to: branch_vote, use: valid, length: 6 month, cite: X }\n"
	"  - { clock: T15, label: { vi: a, en: a }, from: strike_received, to: appeal, use: measure, length: 10 workday, cite: X }\n"
	"  - { clock: T21, label: { vi: a, en: a }, from: left, to: branch_vote, use: measure, length: 24 month, cite: X }\n";

static void own_rules(const char *on, const char *value)
{
	person_add(&p, FACT_RULES_OF, on, value)->detail = "thử";
}

static void add_own_pack(void)
{
	struct pack *pack;
	assert_ok(rules_parse("x.yaml", own_pack, strlen(own_pack), &p.rules, &p.arena, &pack, &f));
	rules_add(&p.arena, &p.rules, pack);
}

/* Six months from 2/1/2026, not twelve; 24 months from 10/1/2022, not 36; ten working days from Monday 8/9/2025 end on 22/9. */
static void test_somebodys_own_rules_hold_wherever_a_condition_asks_for_the_length(void **state)
{
	(void)state;
	add_own_pack();
	person_add(&p, "dossier", "2026-01-02", NULL);
	struct fact vote = person_fact(&p, "branch_vote", "2026-08-03", "passed");
	assert_allowed(&vote);
	assert_not_warned("phải làm lại");
	own_rules("2026-07-06", "T2:own");
	assert_allowed(&vote);
	assert_warned("phải làm lại: 3-KNĐ, 4-KNĐ", "06-HD/TW, 5.4a");

	person_forget(&p);
	person_add(&p, "decision", "2010-03-01", NULL);
	person_add(&p, FACT_LEFT, "2022-01-10", "struck_off")->detail = "no_will";
	vote.on = iso("2024-06-03");
	assert_stops(&vote, "sớm nhất là ngày 10/01/2025", "24-QĐ/TW");
	own_rules("2024-02-05", "T21:own");
	assert_allowed(&vote);

	person_forget(&p);
	person_add(&p, "strike_received", "2025-09-08", NULL);
	struct fact appeal = person_fact(&p, "appeal", "2025-09-23", "local");
	assert_allowed(&appeal);
	own_rules("2025-09-09", "T15:own");
	assert_stops(&appeal, "hạn cuối 22/09/2025", "294-QĐ/TW, 8.2.1");
}

/* ---- admission again ---- */

/* "Population policy: rule of the Secretariat", which is not published here: nobody is kept waiting 36 months for it. */
static void test_a_ground_with_a_rule_of_its_own_is_a_question_not_a_waiting_time(void **state)
{
	(void)state;
	person_add(&p, "decision", "2010-03-01", NULL);
	struct fact *left = person_add(&p, FACT_LEFT, "2024-01-10", "struck_off");
	struct fact vote = person_fact(&p, "branch_vote", "2025-08-04", "passed");
	left->detail = "population";
	assert_allowed(&vote);
	assert_warned("lý do có quy định riêng chưa kiểm chứng (chính sách dân số)", "294-QĐ/TW, 3.5.1");
	left->detail = NULL;
	assert_stops(&vote, "sớm nhất là ngày 10/01/2027", "294-QĐ/TW, 3.5.1");
}

/* Introduced in an earlier membership, years ago: says nothing about papers of today. */
static void test_papers_of_an_earlier_membership_are_no_ground(void **state)
{
	(void)state;
	person_add(&p, "decision", "2005-03-01", NULL);
	person_add(&p, "introduced", "2007-10-01", NULL);
	person_add(&p, FACT_LEFT, "2010-01-11", "struck_off")->detail = "no_will";
	person_add(&p, "decision", "2015-03-02", NULL);
	struct fact left = person_fact(&p, FACT_LEFT, "2025-11-03", "struck_off");
	left.detail = "not_filed";
	assert_stops(&left, "Chưa quá 3 tháng kể từ ngày giới thiệu", "06-HD/TW, 8.3b");
}

/* ---- the official day ---- */

/* Official from the end of the 12 months, whenever body and paper were: 12/10/2025 is a Sunday, and stays the day. */
static void test_an_official_day_after_the_twelve_months_is_questioned(void **state)
{
	static const char words[] = "Ngày chính thức là ngày hết 12 tháng dự bị (12/10/2025)";
	(void)state;
	person_add(&p, "ceremony", "2024-10-12", NULL);
	person_add(&p, "recognition_vote", "2025-11-20", "passed");
	struct fact official = person_fact(&p, "recognition", "2025-10-12", NULL);
	official.paper_on = iso("2025-12-05");
	assert_allowed(&official);
	assert_int_equal(p.warnings.n, 0);
	official.on = iso("2025-10-13");
	assert_allowed(&official);
	assert_warned(words, "Điều lệ Đảng, Điều 5; 294-QĐ/TW, 4.2.1");
	official.on = iso("2025-12-05");
	assert_allowed(&official);
	assert_warned(words, "Điều lệ Đảng, Điều 5; 294-QĐ/TW, 4.2.1");
}

/* ---- votes ---- */

/* Official from 10/10/2025, although the branch met on 20/11: a vote that was lost there is no less in the way. */
static void test_a_vote_lost_after_the_official_day_keeps_the_recognition_out(void **state)
{
	(void)state;
	person_add(&p, "ceremony", "2024-10-10", NULL);
	person_add(&p, "recognition_vote", "2025-11-20", VALUE_FAILED);
	struct fact official = person_fact(&p, "recognition", "2025-10-10", NULL);
	official.paper_on = iso("2025-12-05");
	assert_stops(&official, "Chi bộ biểu quyết công nhận không đủ hai phần ba", "294-QĐ/TW, 9.3.2");
	person_add(&p, "recognition_vote", "2025-11-27", "passed");
	assert_allowed(&official);
	person_add(&p, "recognition_decision_vote", "2025-12-03", VALUE_FAILED);
	assert_stops(&official, "Cấp có thẩm quyền biểu quyết công nhận không đủ tỷ lệ", "294-QĐ/TW, 4.3.2");
}

static void test_the_grassroots_committee_waits_for_a_branch_that_passed(void **state)
{
	static const struct {
		const char *branch, *grassroots, *words, *cite;
	} chains[] = {
		{ "branch_vote", "grassroots_vote", "Chi bộ biểu quyết không đủ hai phần ba", "294-QĐ/TW, 9.3.2" },
		{ "recognition_vote", "recognition_grassroots_vote", "Chi bộ biểu quyết công nhận không đủ hai phần ba", "294-QĐ/TW, 9.3.2" },
		{ "strike_vote", "strike_grassroots_vote", "Chi bộ biểu quyết xóa tên không đủ hai phần ba", "294-QĐ/TW, 8.1" },
	};
	(void)state;
	for (size_t i = 0; i < sizeof chains / sizeof *chains; i++) {
		person_add(&p, chains[i].branch, "2025-11-20", VALUE_FAILED);
		struct fact vote = person_fact(&p, chains[i].grassroots, "2025-11-27", "passed");
		assert_stops(&vote, chains[i].words, chains[i].cite);
		person_forget(&p);
	}
}

/* Struck off by branch (2/3), grassroots committee (2/3) and standing committee (more than half). */
static void test_striking_off_is_decided_by_who_decides_on_admission(void **state)
{
	(void)state;
	person_add(&p, "ceremony", "2014-10-10", NULL);
	person_add(&p, "strike_vote", "2025-11-03", "passed");
	person_add(&p, "strike_grassroots_vote", "2025-11-10", "passed");
	struct fact vote = person_fact(&p, "strike_decision_vote", "2025-11-17", NULL);
	struct fact left = person_fact(&p, FACT_LEFT, "2025-11-24", "struck_off");
	vote.has_vote = true;
	vote.vote = (struct vote){ .members = 10, .yes = 5, .no = 5 };
	assert_allowed(&vote);
	struct fact *lost = person_add(&p, "strike_decision_vote", "2025-11-17", NULL);
	lost->has_vote = true;
	lost->vote = vote.vote;
	left.detail = "no_will";
	assert_stops(&left, "Cấp có thẩm quyền biểu quyết xóa tên không đủ tỷ lệ", "294-QĐ/TW, 8.1");
	lost->vote.yes = 6;
	lost->vote.no = 4;
	assert_allowed(&left);
}

/* Three votes without two thirds either way: those above decide, also that somebody is struck off. */
static void test_after_three_lost_votes_on_striking_off_those_above_may_decide(void **state)
{
	static const char *const days[] = { "2025-08-04", "2025-09-08", "2025-10-06" };
	(void)state;
	person_add(&p, "ceremony", "2024-06-03", NULL);
	struct fact left = person_fact(&p, FACT_LEFT, "2025-12-01", "struck_off");
	left.detail = "not_qualified";
	for (int i = 0; i < 3; i++) {
		person_add(&p, "strike_vote", days[i], VALUE_FAILED);
		assert_int_equal(person_can(&p, &left, "2027-12-31", &f), i < 2 ? E_RULE : OK);
	}
	struct standing s = person_standing(&p, "2025-11-03");
	bool noted = false;
	for (size_t i = 0; i < s.notes.n; i++)
		noted |= s.notes.v[i].msg == MSG_STANDING_GIVEN_UP;
	assert_true(noted);
}

/* ---- what an instrument that nobody could read may not forbid ---- */

static void test_values_that_were_not_read_warn_before_7_2025(void **state)
{
	(void)state;
	person_add(&p, "ceremony", "2014-10-10", NULL);
	struct fact temporary = person_fact(&p, FACT_TRANSFER, "2019-06-03", "temporary");
	struct fact study = person_fact(&p, FACT_TRANSFER, "2023-06-05", "study");
	temporary.amount = 2;
	assert_allowed(&temporary);
	assert_warned("Chuyển sinh hoạt tạm thời phải từ 3 tháng đến dưới 12 tháng", "29-QĐ/TW");
	study.amount = 36;
	assert_allowed(&study);
	assert_warned("Chuyển sinh hoạt tạm thời để đi học phải từ 3 đến 24 tháng", "24-QĐ/TW");
	struct fact left = person_fact(&p, FACT_LEFT, "2024-03-04", "struck_off");
	left.detail = "not_filed";
	assert_allowed(&left);
	assert_warned("Chưa quá 3 tháng kể từ ngày giới thiệu", "01-HD/TW (2021)");
}

/* "Over 60 via province" holds in all periods: born on 1/3/1959, 60 years and a month on 1/4/2019. */
static void test_over_sixty_the_consent_is_needed_in_every_period(void **state)
{
	(void)state;
	person_add(&p, "birth", "", "1959-03-01");
	person_add(&p, "branch_vote", "2019-04-01", "passed");
	struct fact decision = person_fact(&p, "decision", "2019-05-06", NULL);
	assert_stops(&decision, "Trên 60 tuổi: phải có văn bản đồng ý", "29-QĐ/TW; 01-HD/TW (2016)");
	person_add(&p, "consent", "2019-04-22", "over_60");
	assert_allowed(&decision);
	assert_warned("Trên 60 tuổi: chỉ xét ở nơi chưa có tổ chức đảng", "29-QĐ/TW; 01-HD/TW (2016)");
}

/* ---- citations ---- */

/* Political standard: 57-QĐ/TW of 2007, 126-QĐ/TW of 28/2/2018, 58-QĐ/TW of 8/2/2022 beside it, 367-QĐ/TW of 4/9/2025. */
static void test_the_political_standard_cites_what_held_on_the_day(void **state)
{
	static const struct {
		const char *on, *cite;
	} days[] = {
		{ "2018-02-27", "57-QĐ/TW; 01-HD/TW (2016)" },
		{ "2018-02-28", "126-QĐ/TW; 01-HD/TW (2016)" },
		{ "2022-02-07", "126-QĐ/TW; 01-HD/TW (2021)" },
		{ "2022-02-08", "126-QĐ/TW, 58-QĐ/TW; 01-HD/TW (2021)" },
		{ "2025-06-30", "126-QĐ/TW, 58-QĐ/TW; 01-HD/TW (2021)" },
		{ "2025-09-03", "126-QĐ/TW, 58-QĐ/TW; 06-HD/TW, 3.7c" },
		{ "2025-09-04", "367-QĐ/TW, Điều 11; 06-HD/TW, 3.7c" },
		{ "2026-05-04", "367-QĐ/TW, Điều 11; 06-HD/TW, 3.7c" },
	};
	(void)state;
	for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
		person_add(&p, "conclusion", "2017-01-09", "excluded");
		struct fact decision = person_fact(&p, "decision", days[i].on, NULL);
		struct fact vote = person_fact(&p, "branch_vote", days[i].on, "passed");
		assert_stops(&decision, "Kết luận về chính trị: không đủ điều kiện kết nạp", days[i].cite);
		assert_allowed(&vote);
		assert_warned("Kết luận về chính trị: không đủ điều kiện kết nạp", days[i].cite);
		person_forget(&p);
	}
}

/* What no text was read for carries its mark, as its clock does. */
static void test_conditions_that_were_not_read_carry_the_mark(void **state)
{
	static const struct {
		const char *pack, *check;
		bool verified;
	} marks[] = {
		{ "r29", "appeal/within:T15", false }, { "r24", "appeal/within:T15", false }, { "r294", "appeal/within:T15", true },
		{ "r232", "left:struck_off/not_presented:T23_strike", false }, { "r294", "left:struck_off/not_presented:T23_strike", true },
		{ "r29", "transfer:temporary/amount", false }, { "r29", "transfer:study/amount", false }, { "r29", "branch_vote/valid:T1", true },
		{ "q208", "branch_vote/valid:T1", false },
	};
	(void)state;
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
		struct rules_row row;
		assert_true(rules_row_find(rules_find(&p.rules, marks[i].pack), marks[i].check, &p.arena, &row));
		assert_int_equal(row.verified, marks[i].verified);
	}
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
	const struct CMUnitTest tests[] = {
		T(test_every_clock_has_its_length_in_every_period),
		T(test_the_interim_says_where_its_extension_comes_from),
		T(test_recognition_and_card_are_for_the_next_meeting),
		T(test_the_list_is_reviewed_every_month),
		T(test_the_centre_has_180_working_days_for_an_appeal),
		T(test_papers_of_a_transfer_are_due_whatever_exit_there_was_before),
		T(test_what_began_before_somebody_came_back_is_over),
		T(test_a_resolution_of_the_new_place_is_timed_although_a_file_came),
		T(test_every_step_of_the_chain_leads_to_its_state),
		T(test_a_probationary_member_who_moved_needs_another_helper),
		T(test_the_official_day_does_not_take_the_helper_away_from_a_later_vote),
		T(test_or_equivalent_is_of_the_first_period_alone),
		T(test_a_late_ceremony_asks_for_the_consent_of_the_committee_above),
		T(test_a_late_ceremony_asks_for_it_in_every_period_and_of_this_decision),
		T(test_somebodys_own_rules_hold_wherever_a_condition_asks_for_the_length),
		T(test_a_ground_with_a_rule_of_its_own_is_a_question_not_a_waiting_time),
		T(test_papers_of_an_earlier_membership_are_no_ground),
		T(test_an_official_day_after_the_twelve_months_is_questioned),
		T(test_a_vote_lost_after_the_official_day_keeps_the_recognition_out),
		T(test_the_grassroots_committee_waits_for_a_branch_that_passed),
		T(test_striking_off_is_decided_by_who_decides_on_admission),
		T(test_after_three_lost_votes_on_striking_off_those_above_may_decide),
		T(test_values_that_were_not_read_warn_before_7_2025),
		T(test_over_sixty_the_consent_is_needed_in_every_period),
		T(test_the_political_standard_cites_what_held_on_the_day),
		T(test_conditions_that_were_not_read_carry_the_mark),
	};
	return RUN(tests);
}
