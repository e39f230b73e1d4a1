/* Votes from the minutes to what a user reads: who votes and decides, what is needed, what follows when it is missed; in each period. */
#include "../app/office.h"

#include "domain/trail.h"

/* Province V: commune V-X with the hamlet branch V-X-1; university V-D with the faculty branch V-D-K and, below the sub-committee V-D-B,
 * the laboratory branch V-D-B-N; committee above grassroots V-K with the hospital V-K-H and its branch V-K-H-1; the hospital may admit by
 * itself in 2024 and 2025. District V-Q with the ward V-Q-P and its branch V-Q-P-1, as before July 2025. */
static int setup(void **state)
{
	(void)office_setup(state);
	struct office *o = *state;
	static const char *const units[][4] = {
		{ "V", "Đảng bộ tỉnh Vĩnh", "PROVINCE", "" }, { "V-X", "Đảng bộ xã Mẫu", "COMMUNE", "V" }, { "V-X-1", "Chi bộ thôn Một", "BRANCH", "V-X" },
		{ "V-D", "Đảng bộ Trường Đại học Vĩnh", "GRASS_DB", "V" }, { "V-D-K", "Chi bộ Khoa Toán", "BRANCH", "V-D" },
		{ "V-D-B", "Đảng bộ bộ phận Viện", "SUB_DB", "V-D" }, { "V-D-B-N", "Chi bộ Phòng Thí nghiệm", "BRANCH", "V-D-B" },
		{ "V-K", "Đảng bộ Khối Y tế", "UPPER", "V" }, { "V-K-H", "Đảng bộ Bệnh viện Vĩnh", "GRASS_DB", "V-K" },
		{ "V-K-H-1", "Chi bộ Khoa Nội", "BRANCH", "V-K-H" }, { "V-Q", "Đảng bộ quận Nam", "DISTRICT", "V" },
		{ "V-Q-P", "Đảng bộ phường Bắc", "GRASS_DB", "V-Q" }, { "V-Q-P-1", "Chi bộ tổ 1", "BRANCH", "V-Q-P" },
	};
	for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
		const char *const *u = units[i];
		struct arena *a = &o->arena;
		DO(o, "unit_open", arena_printf(a, "code=%s", u[0]), arena_printf(a, "name=%s", u[1]), arena_printf(a, "kind=%s", u[2]),
			arena_printf(a, "parent=%s", u[3]), "opened=1990-01-01");
	}
	DO(o, "unit_fact", "unit=V-K-H", "kind=authorised", "value=yes", "from=2024-01-01", "paper_no=3-QĐ/ĐU", "paper_on=2024-01-01");
	DO(o, "unit_fact", "unit=V-K-H", "kind=authorised", "value=no", "from=2026-01-01", "paper_no=9-QĐ/ĐU", "paper_on=2026-01-01");
	return 0;
}

/* ---- records in ---- */

static enum err try_step(struct office *o, int64_t person, const char *kind, const char *day, const char *const *more)
{
	struct words w = { .n = 0 };
	w.v[w.n++] = arena_printf(&o->arena, "person=%d", (int)person);
	w.v[w.n++] = arena_printf(&o->arena, "kind=%s", kind);
	w.v[w.n++] = arena_printf(&o->arena, "on=%s", day);
	for (; more && *more; more++)
		w.v[w.n++] = *more;
	return office_run(o, "fact_record", &w);
}

#define TRY_STEP(o, person, kind, day, ...) try_step((o), (person), (kind), (day), (const char *const[]){ __VA_ARGS__ __VA_OPT__(,) NULL })
#define STEP(o, ...) \
	do { \
		if (TRY_STEP((o), __VA_ARGS__) != OK) { \
			office_says_no((o), #__VA_ARGS__); \
			fail(); \
		} \
	} while (0)

/* Ready for the branch, some months before `year`-06. */
static int64_t ready(struct office *o, const char *unit, const char *year)
{
	DO(o, "person_record", arena_printf(&o->arena, "unit=%s", unit), arena_printf(&o->arena, "name=Nguyễn Thị Vân %s", year),
		"birth=1995-05-20", "schooling=upper_secondary");
	int64_t id = o->result.entity_id;
	static const char *const steps[][2] = {
		{ "source", "01-05" }, { "on_list", "01-10" }, { "class", "01-20" }, { "certificate", "02-01" }, { "cleared", "02-10" },
		{ "dossier", "02-15" }, { "verifying", "02-20" }, { "cv_certified", "03-15" },
	};
	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
		STEP(o, id, steps[i][0], arena_printf(&o->arena, "%s-%s", year, steps[i][1]));
	return id;
}

/* ---- what a user reads ---- */

static struct standing standing_of(struct office *o, int64_t person)
{
	struct standing s;
	const struct world world = app_world(&o->app);
	struct facts active = office_facts(o, person);
	standing(&world, &active, o->app.today, &o->arena, &s);
	return s;
}

static void assert_next(struct office *o, int64_t person, const char *step)
{
	const struct standing s = standing_of(o, person);
	assert_non_null(s.next);
	assert_string_equal(s.next->step->key, step);
}

static bool holds(struct office *o, const struct warnings *w, const char *sentence, const char *cite)
{
	for (size_t i = 0; i < w->n; i++)
		if (strstr(fault_text(&w->v[i], LANG_VI, &o->arena), sentence) && strcmp(w->v[i].rule, cite) == 0)
			return true;
	for (size_t i = 0; i < w->n; i++)
		print_error("%s (%s)\n", fault_text(&w->v[i], LANG_VI, &o->arena), w->v[i].rule);
	return false;
}

static void assert_noted(struct office *o, int64_t person, const char *sentence, const char *cite)
{
	const struct standing s = standing_of(o, person);
	assert_true(holds(o, &s.notes, sentence, cite));
}

static void assert_warned(struct office *o, const char *sentence, const char *cite)
{
	assert_true(holds(o, &o->result.warnings, sentence, cite));
}

static void assert_says_no(struct office *o, enum err got, const char *field, const char *sentence, const char *cite)
{
	assert_int_not_equal(got, OK);
	assert_string_equal(o->fault.field, field);
	const char *text = fault_text(&o->fault, LANG_VI, &o->arena);
	if (!strstr(text, sentence))
		fail_msg("%s", text);
	assert_string_equal(o->fault.rule, cite);
}

/* ---- denominators ---- */

/* Of 12 one is away, one exempted and absent, one suspended: 9 count, 6 are needed. With the exempted one present 10 count, 7 are needed:
 * 6 are too few. */
static void test_those_who_do_not_count_leave_the_denominator(void **state)
{
	struct office *o = *state;
	int64_t id = ready(o, "V-X-1", "2025");
	STEP(o, id, "branch_vote", "2025-12-10", "members=12", "away=1", "exempt_absent=1", "suspended=1", "yes=5", "no=4");
	assert_noted(o, id, "lần biểu quyết ngày 10/12/2025 không đủ tỷ lệ; báo cáo đầy đủ kết quả lên cấp trên, có thể biểu quyết lại",
		"294-QĐ/TW, 9.3.2");
	STEP(o, id, "branch_vote", "2025-12-17", "members=12", "away=1", "exempt_absent=0", "suspended=1", "yes=6");
	assert_next(o, id, "branch_vote");
	STEP(o, id, "branch_vote", "2025-12-24", "members=12", "away=1", "exempt_absent=1", "suspended=1", "yes=6");
	assert_string_equal(standing_of(o, id).state, "BRANCH_PASSED");
}

static void test_impossible_counts_are_refused_with_field_rule_and_way_out(void **state)
{
	struct office *o = *state;
	int64_t id = ready(o, "V-X-1", "2025");
	static const char branch[] = "294-QĐ/TW, 9.3.2";
	assert_says_no(o, TRY_STEP(o, id, "branch_vote", "2025-12-10", "members=3", "away=2", "suspended=1", "yes=0"), "members",
		"số người không tính vào tỷ lệ (3) không được bằng hoặc vượt tổng số (3); hãy kiểm tra lại biên bản", branch);
	assert_says_no(o, TRY_STEP(o, id, "branch_vote", "2025-12-10", "members=9", "away=1", "yes=6", "no=3"), "yes",
		"có 9 phiếu trong khi chỉ 8 người được tính; hãy kiểm tra số phiếu tán thành và không tán thành", branch);
	assert_says_no(o, TRY_STEP(o, id, "branch_vote", "2025-12-10", "members=9", "yes=3", "value=passed"), "branch_vote",
		"số phiếu cho kết quả ngược lại; hãy kiểm tra biên bản", "");
}

static void test_the_register_is_compared_with_the_minutes(void **state)
{
	struct office *o = *state;
	int64_t id = ready(o, "V-X-1", "2025");
	for (int i = 0; i < 4; i++)
		DO(o, "person_record", "unit=V-X-1", arena_printf(&o->arena, "name=Lê Văn %c", 'A' + i), "birth=1970-01-01", "decided=2001-05-01",
			"ceremony=2001-05-15", i < 3 ? "official=2002-05-15" : "official=");
	STEP(o, id, "branch_vote", "2025-12-10", "members=5", "yes=4");
	assert_warned(o, "biên bản ghi 5 đảng viên chính thức, còn sổ có 3 ở «Chi bộ thôn Một» vào ngày đó", "");
	STEP(o, id, "branch_vote", "2025-12-11", "members=3", "yes=3");
	assert_false(office_warned(o, MSG_VOTE_REGISTER));
}

/* ---- who votes and who decides ---- */

static void test_a_hamlet_goes_from_the_branch_straight_to_the_commune(void **state)
{
	struct office *o = *state;
	int64_t id = ready(o, "V-X-1", "2025");
	STEP(o, id, "branch_vote", "2025-12-10", "members=9", "yes=6");
	assert_next(o, id, "decision");
	STEP(o, id, "decision_vote", "2025-12-20", "members=11", "yes=6");
	STEP(o, id, "decision", "2025-12-22");
}

static void test_a_university_branch_waits_for_the_grassroots_committee(void **state)
{
	struct office *o = *state;
	int64_t id = ready(o, "V-D-K", "2025");
	STEP(o, id, "branch_vote", "2025-12-10", "members=9", "yes=6");
	assert_next(o, id, "grassroots_vote");
}

static void test_below_a_sub_committee_its_report_comes_first(void **state)
{
	struct office *o = *state;
	int64_t id = ready(o, "V-D-B-N", "2025");
	STEP(o, id, "branch_vote", "2025-12-10", "members=9", "yes=6");
	assert_next(o, id, "sub_report");
	STEP(o, id, "sub_report", "2025-12-15");
	assert_next(o, id, "grassroots_vote");
}

/* An authorised committee of 21 needs 14 of 21; 11 would be enough for a standing committee. */
static void test_an_authorised_committee_decides_by_two_thirds_without_a_resolution_of_its_own(void **state)
{
	struct office *o = *state;
	o->app.today = on("2025-12-20");
	int64_t id = ready(o, "V-K-H-1", "2025");
	STEP(o, id, "branch_vote", "2025-12-10", "members=9", "yes=6");
	assert_next(o, id, "decision");
	STEP(o, id, "decision_vote", "2025-12-15", "members=21", "yes=13");
	assert_says_no(o, TRY_STEP(o, id, "decision", "2025-12-16"), "decision",
		"Cấp có thẩm quyền biểu quyết không đủ tỷ lệ; phải biểu quyết lại trước khi ra quyết định", "294-QĐ/TW, 4.3.2");
	STEP(o, id, "decision_vote", "2025-12-18", "members=21", "yes=14");
	STEP(o, id, "decision", "2025-12-19");
}

static const struct fact *last_vote(struct office *o, int64_t id)
{
	struct facts known = office_facts(o, id);
	return facts_last(&known, FACT_DECISION_VOTE, DAY_NONE);
}

/* 11 of 21 in January 2026, after the right to admit was withdrawn: a majority of the standing committee. The minutes are of December, when
 * the hospital's committee decided and 14 of 21 were needed; and they were of January after all. */
static void test_a_corrected_day_asks_for_the_threshold_of_that_day(void **state)
{
	struct office *o = *state;
	int64_t id = ready(o, "V-K-H-1", "2025");
	STEP(o, id, "branch_vote", "2025-11-20", "members=9", "yes=8");
	STEP(o, id, "grassroots_vote", "2025-11-25", "members=9", "yes=8");
	STEP(o, id, "decision_vote", "2026-01-10", "members=21", "yes=11");
	assert_false(trail_failed(&o->app.rules, last_vote(o, id)));
	for (int i = 0; i < 2; i++) {
		DO(o, "fact_correct", arena_printf(&o->arena, "person=%d", (int)id), arena_printf(&o->arena, "seq=%d", (int)last_vote(o, id)->seq),
			i == 0 ? "on=2025-12-10" : "on=2026-01-10", "reason=ghi nhầm ngày");
		assert_int_equal(trail_failed(&o->app.rules, last_vote(o, id)), i == 0);
	}
}

static void test_where_the_right_to_admit_was_withdrawn_the_committee_above_decides(void **state)
{
	struct office *o = *state;
	int64_t id = ready(o, "V-K-H-1", "2026");
	STEP(o, id, "branch_vote", "2026-03-20", "members=9", "yes=6");
	assert_next(o, id, "grassroots_vote");
	STEP(o, id, "grassroots_vote", "2026-03-25", "members=21", "yes=14");
	STEP(o, id, "decision_vote", "2026-04-01", "members=21", "yes=11");
	STEP(o, id, "decision", "2026-04-02");
}

static void test_before_july_2025_a_ward_resolved_and_the_district_decided(void **state)
{
	static const char *const years[] = { "2019", "2023", "2025" };
	struct office *o = *state;
	for (size_t i = 0; i < sizeof years / sizeof *years; i++) {
		int64_t id = ready(o, "V-Q-P-1", years[i]);
		STEP(o, id, "branch_vote", arena_printf(&o->arena, "%s-04-01", years[i]), "members=9", "yes=6");
		assert_next(o, id, "grassroots_vote");
		STEP(o, id, "grassroots_vote", arena_printf(&o->arena, "%s-04-10", years[i]), "members=15", "yes=10");
		STEP(o, id, "decision_vote", arena_printf(&o->arena, "%s-04-20", years[i]), "members=11", "yes=5");
		assert_int_not_equal(TRY_STEP(o, id, "decision", arena_printf(&o->arena, "%s-04-21", years[i])), OK);
		STEP(o, id, "decision_vote", arena_printf(&o->arena, "%s-04-25", years[i]), "members=11", "yes=6");
		STEP(o, id, "decision", arena_printf(&o->arena, "%s-04-26", years[i]));
	}
}

static void test_the_right_to_admit_asks_for_a_decision_and_enough_members(void **state)
{
	struct office *o = *state;
	DO(o, "unit_fact", "unit=V-D", "kind=authorised", "value=yes", "from=2025-12-01");
	assert_warned(o, "«Đảng bộ Trường Đại học Vĩnh» chỉ có 0 đảng viên trong sổ, còn ủy quyền kết nạp cần trên 100 đảng viên",
		"294-QĐ/TW, 4.3.2; 06-HD/TW, 3.7a");
	assert_true(office_warned(o, MSG_UNIT_AUTHORISED_PAPER));
	DO(o, "unit_fact", "unit=V-X", "kind=authorised", "value=yes", "from=2025-12-01", "paper_no=1-QĐ", "paper_on=2025-12-01");
	assert_true(office_warned(o, MSG_UNIT_AUTHORISED_KIND));
	assert_false(office_warned(o, MSG_UNIT_AUTHORISED_PAPER));
}

/* ---- votes that failed ---- */

static const char *about_last(struct office *o, int64_t person, const char *kind)
{
	struct facts active = office_facts(o, person);
	const struct fact *fact = facts_last(&active, kind, DAY_NONE);
	assert_non_null(fact);
	return arena_printf(&o->arena, "about=%d", (int)fact->seq);
}

static void test_a_failed_vote_is_a_state_and_is_reported_upwards(void **state)
{
	struct office *o = *state;
	int64_t id = ready(o, "V-X-1", "2025");
	STEP(o, id, "branch_vote", "2025-12-10", "members=9", "yes=5", "paper_no=4-NQ/CB", "paper_on=2025-12-10");
	struct standing s = standing_of(o, id);
	assert_string_equal(s.state_label.vi, "Nghị quyết của chi bộ đề nghị kết nạp: không đủ tỷ lệ");
	assert_true(day_equal(s.since, on("2025-12-10")));
	const char *about = about_last(o, id, "branch_vote");
	assert_says_no(o, TRY_STEP(o, id, "vote_reported", "2025-12-12"), "about", "chọn lần biểu quyết không đạt được báo cáo", "");
	assert_says_no(o, TRY_STEP(o, id, "vote_reported", "2025-12-09", about), "on", "09/12/2025", "");
	const char *dossier = about_last(o, id, "dossier"), *birth = about_last(o, id, "birth");
	assert_says_no(o, TRY_STEP(o, id, "vote_reported", "2025-12-12", birth), "about", "chọn lần biểu quyết không đạt được báo cáo", "");
	assert_says_no(o, TRY_STEP(o, id, "vote_reported", "2025-12-12", dossier), "about", "chỉ báo cáo một lần biểu quyết đã ghi", "");
	STEP(o, id, "vote_reported", "2025-12-12", about, "paper_no=2-BC/CB", "paper_on=2025-12-12");
	assert_noted(o, id, "lần biểu quyết ngày 10/12/2025 không đủ tỷ lệ, đã báo cáo lên cấp trên ngày 12/12/2025; có thể biểu quyết lại",
		"294-QĐ/TW, 9.3.2");
}

static void lose_three_times(struct office *o, int64_t id, const char *kind, const char *year)
{
	for (int month = 4; month <= 6; month++)
		STEP(o, id, kind, arena_printf(&o->arena, "%s-%02d-05", year, month), "members=9", "yes=5");
}

static void test_after_three_failed_votes_the_committees_above_decide(void **state)
{
	static const struct { const char *unit, *year, *cite; } rows[] = {
		{ "V-X-1", "2025", "24-QĐ/TW" },
		{ "V-Q-P-1", "2019", "29-QĐ/TW" },
		{ "V-Q-P-1", "2023", "24-QĐ/TW" },
	};
	struct office *o = *state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		int64_t id = ready(o, rows[i].unit, rows[i].year);
		lose_three_times(o, id, "branch_vote", rows[i].year);
		assert_noted(o, id, arena_printf(&o->arena, "đã biểu quyết 3 lần không đủ tỷ lệ (lần cuối ngày 05/06/%s): báo cáo để cấp ủy cấp "
			"trên và cấp ủy có thẩm quyền xem xét, quyết định", rows[i].year), rows[i].cite);
		STEP(o, id, "branch_vote", arena_printf(&o->arena, "%s-06-20", rows[i].year), "members=9", "yes=5");
		assert_warned(o, "đã biểu quyết 3 lần không đủ tỷ lệ trước lần này", rows[i].cite);
	}
}

/* A hamlet since July 2025: the next step is the decision of the commune, and it is not refused for the lost votes. */
static void test_after_three_failed_votes_in_a_hamlet_the_commune_decides(void **state)
{
	struct office *o = *state;
	int64_t id = ready(o, "V-X-1", "2025");
	static const char *const days[] = { "2025-08-05", "2025-09-05", "2025-10-06" };
	for (int i = 0; i < 3; i++) {
		assert_next(o, id, "branch_vote");
		STEP(o, id, "branch_vote", days[i], "members=9", "yes=5");
		assert_int_equal(TRY_STEP(o, id, "decision", "2025-12-01"), i < 2 ? E_RULE : OK);
	}
	struct standing s = standing_of(o, id);
	assert_string_equal(s.state, "DECIDED");
}

/* On 20/8 only one vote was lost: a decision of that day stands against it, also when it is recorded after the third. */
static void test_a_decision_before_the_third_failed_vote_is_refused_whenever_it_is_recorded(void **state)
{
	struct office *o = *state;
	int64_t id = ready(o, "V-X-1", "2025");
	static const char *const days[] = { "2025-08-05", "2025-09-05", "2025-10-06" };
	for (int i = 0; i < 3; i++)
		STEP(o, id, "branch_vote", days[i], "members=9", "yes=5");
	assert_says_no(o, TRY_STEP(o, id, "decision", "2025-08-20"), "decision",
		"Chi bộ biểu quyết không đủ hai phần ba; chi bộ phải biểu quyết lại trước", "294-QĐ/TW, 9.3.2");
}

static void test_two_failed_votes_before_one_that_passed_are_forgotten(void **state)
{
	struct office *o = *state;
	int64_t id = ready(o, "V-X-1", "2025");
	STEP(o, id, "branch_vote", "2025-08-05", "members=9", "yes=5");
	STEP(o, id, "branch_vote", "2025-09-05", "members=9", "yes=6");
	STEP(o, id, "branch_vote", "2025-10-06", "members=9", "yes=5");
	STEP(o, id, "branch_vote", "2025-11-05", "members=9", "yes=5");
	assert_next(o, id, "branch_vote");
}

/* ---- a count that was typed wrong ---- */

static enum err correct_last(struct office *o, int64_t person, const char *kind, const char *count, const char *more,
	const char *other)
{
	struct facts active = office_facts(o, person);
	const struct fact *old = facts_last(&active, kind, DAY_NONE);
	assert_non_null(old);
	return office_do(o, "fact_correct", arena_printf(&o->arena, "person=%d", (int)person), arena_printf(&o->arena, "seq=%d", (int)old->seq),
		"reason=Gõ nhầm số phiếu", count, more, other, NULL);
}

static void correct(struct office *o, int64_t person, const char *kind, const char *count, const char *more)
{
	if (correct_last(o, person, kind, count, more, NULL) != OK) {
		office_says_no(o, count);
		fail();
	}
}

/* Of 12, one away, 11 count, 8 are needed: 7 fail, 8 pass. What is not typed anew stays. */
static void test_a_wrong_count_is_corrected_and_the_result_follows(void **state)
{
	struct office *o = *state;
	int64_t id = ready(o, "V-X-1", "2025");
	STEP(o, id, "branch_vote", "2025-12-10", "members=12", "away=1", "yes=7", "no=3");
	assert_next(o, id, "branch_vote");
	assert_says_no(o, correct_last(o, id, "branch_vote", "yes=9", NULL, NULL), "yes",
		"có 12 phiếu trong khi chỉ 11 người được tính; hãy kiểm tra số phiếu tán thành và không tán thành", "294-QĐ/TW, 9.3.2");
	correct(o, id, "branch_vote", "yes=8", NULL);
	struct facts active = office_facts(o, id);
	const struct vote vote = facts_last(&active, "branch_vote", DAY_NONE)->vote;
	assert_int_equal(vote.members, 12);
	assert_int_equal(vote.away, 1);
	assert_int_equal(vote.yes, 8);
	assert_int_equal(vote.no, 3);
	assert_string_equal(standing_of(o, id).state, "BRANCH_PASSED");
	correct(o, id, "branch_vote", "members=13", NULL); /* 12 count, 8 are needed */
	assert_string_equal(standing_of(o, id).state, "BRANCH_PASSED");
	correct(o, id, "branch_vote", "members=14", NULL); /* 13 count, 9 are needed */
	assert_next(o, id, "branch_vote");
}

/* A vote of which the result alone was known gets its counts later; a contradiction is refused. */
static void test_counts_are_added_to_a_result(void **state)
{
	struct office *o = *state;
	int64_t id = ready(o, "V-X-1", "2025");
	STEP(o, id, "branch_vote", "2025-12-10", "value=passed");
	assert_int_equal(correct_last(o, id, "branch_vote", "yes=6", NULL, NULL), E_INVALID);
	assert_string_equal(o->fault.field, "members");
	assert_says_no(o, correct_last(o, id, "branch_vote", "members=9", "yes=6", "value=failed"), "branch_vote",
		"số phiếu cho kết quả ngược lại; hãy kiểm tra biên bản", "");
	correct(o, id, "branch_vote", "members=9", "yes=6");
	struct facts active = office_facts(o, id);
	assert_true(facts_last(&active, "branch_vote", DAY_NONE)->has_vote);
	assert_string_equal(standing_of(o, id).state, "BRANCH_PASSED");
}

/* An authorised committee of 21 needs 14: the record itself says how its vote ended, and says otherwise after the correction. */
static void test_a_wrong_count_of_an_authorised_committee(void **state)
{
	struct office *o = *state;
	o->app.today = on("2025-12-20");
	int64_t id = ready(o, "V-K-H-1", "2025");
	STEP(o, id, "branch_vote", "2025-12-10", "members=9", "yes=6");
	STEP(o, id, "decision_vote", "2025-12-15", "members=21", "yes=13");
	correct(o, id, "decision_vote", "yes=14", NULL);
	STEP(o, id, "decision", "2025-12-16");
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, office_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(test_those_who_do_not_count_leave_the_denominator),
		T(test_impossible_counts_are_refused_with_field_rule_and_way_out),
		T(test_the_register_is_compared_with_the_minutes),
		T(test_a_hamlet_goes_from_the_branch_straight_to_the_commune),
		T(test_a_university_branch_waits_for_the_grassroots_committee),
		T(test_below_a_sub_committee_its_report_comes_first),
		T(test_an_authorised_committee_decides_by_two_thirds_without_a_resolution_of_its_own),
		T(test_a_corrected_day_asks_for_the_threshold_of_that_day),
		T(test_where_the_right_to_admit_was_withdrawn_the_committee_above_decides),
		T(test_before_july_2025_a_ward_resolved_and_the_district_decided),
		T(test_the_right_to_admit_asks_for_a_decision_and_enough_members),
		T(test_a_failed_vote_is_a_state_and_is_reported_upwards),
		T(test_after_three_failed_votes_the_committees_above_decide),
		T(test_after_three_failed_votes_in_a_hamlet_the_commune_decides),
		T(test_a_decision_before_the_third_failed_vote_is_refused_whenever_it_is_recorded),
		T(test_two_failed_votes_before_one_that_passed_are_forgotten),
		T(test_a_wrong_count_is_corrected_and_the_result_follows),
		T(test_counts_are_added_to_a_result),
		T(test_a_wrong_count_of_an_authorised_committee),
	};
	return RUN(tests);
}
