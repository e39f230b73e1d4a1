/* The worked examples of the field, one test each, from records to what a user sees. The days are counted by hand. */
#include "figures.h"
#include "published.h"

#include "../app/office.h"
#include "domain/transfer.h"

/* Province TT with the commune TT-X (hamlet branch TT-X-1, street branch TT-X-2) and the university TT-D (faculty branch TT-D-K,
 * sub-committee TT-D-B with the laboratory branch TT-D-B-N). */
static int setup(void **state)
{
	(void)office_setup(state);
	struct office *o = *state;
	DO(o, "unit_open", "code=TT", "name=Đảng bộ tỉnh Thử", "kind=PROVINCE", "opened=1990-01-01");
	DO(o, "unit_open", "code=TT-X", "name=Đảng bộ xã Mẫu", "kind=COMMUNE", "parent=TT", "opened=1990-01-01");
	DO(o, "unit_open", "code=TT-X-1", "name=Chi bộ thôn Một", "kind=BRANCH", "parent=TT-X", "opened=1990-01-01");
	DO(o, "unit_open", "code=TT-X-2", "name=Chi bộ tổ dân phố Hai", "kind=BRANCH", "parent=TT-X", "opened=1990-01-01");
	DO(o, "unit_open", "code=TT-D", "name=Đảng bộ Trường Đại học Thử", "kind=GRASS_DB", "parent=TT", "opened=1990-01-01");
	DO(o, "unit_open", "code=TT-D-K", "name=Chi bộ Khoa Toán", "kind=BRANCH", "parent=TT-D", "opened=1990-01-01");
	DO(o, "unit_open", "code=TT-D-B", "name=Đảng bộ bộ phận Viện", "kind=SUB_DB", "parent=TT-D", "opened=1990-01-01");
	DO(o, "unit_open", "code=TT-D-B-N", "name=Chi bộ Phòng Thí nghiệm", "kind=BRANCH", "parent=TT-D-B", "opened=1990-01-01");
	return 0;
}

/* ---- records in ---- */

static int64_t somebody(struct office *o, const char *unit, const char *name)
{
	DO(o, "person_record", arena_printf(&o->arena, "unit=%s", unit), arena_printf(&o->arena, "name=%s", name), "birth=1995-05-20",
		"sex=female", "schooling=upper_secondary");
	return o->result.entity_id;
}

static void correct_day(struct office *o, int64_t person, const char *kind, const char *day)
{
	struct facts active = office_facts(o, person);
	const struct fact *old = facts_last(&active, kind, DAY_NONE);
	assert_non_null(old);
	DO(o, "fact_correct", arena_printf(&o->arena, "person=%d", (int)person), arena_printf(&o->arena, "seq=%d", (int)old->seq),
		arena_printf(&o->arena, "on=%s", day), "reason=Ghi nhầm ngày");
}

/* On the list, class, certificate, dossier. */
static int64_t candidate(struct office *o, const char *unit, const char *dossier)
{
	int64_t id = somebody(o, unit, arena_printf(&o->arena, "Nguyễn Thị %s", unit + 3));
	office_step(o, id, "source", "2023-01-10", NULL);
	office_step(o, id, "on_list", "2023-02-10", NULL);
	office_step(o, id, "class", "2023-05-01", NULL);
	office_step(o, id, "certificate", "2023-05-15", NULL);
	office_step(o, id, "dossier", dossier, NULL);
	return id;
}

/* ---- what follows ---- */

static struct standing standing_of(struct office *o, int64_t person, const char *today)
{
	struct standing s;
	struct world world = app_world(&o->app);
	struct facts active = office_facts(o, person);
	standing(&world, &active, on(today), &o->arena, &s);
	return s;
}

static void assert_due(const struct standing *s, const char *clock, const char *start, const char *due)
{
	char text[DAY_TEXT];
	const struct standing_clock *k = standing_clock_of(s, clock);
	assert_non_null(k);
	assert_string_equal(day_iso(k->start, text), start);
	assert_string_equal(day_iso(k->due, text), due);
}

static enum step_status status_of(const struct standing *s, const char *key)
{
	for (size_t i = 0; i < s->steps_n; i++)
		if (strcmp(s->steps[i].step->key, key) == 0)
			return s->steps[i].status;
	fail_msg("no step %s", key);
	return STEP_OPEN;
}

static const char *said(struct office *o, const struct fault *f)
{
	return fault_text(f, LANG_VI, &o->arena);
}

static bool warned_of(struct office *o, const char *part)
{
	for (size_t i = 0; i < o->result.warnings.n; i++)
		if (strstr(said(o, &o->result.warnings.v[i]), part))
			return true;
	return false;
}

/* ---- the examples ---- */

/* Days off: 1/9 and 2/9/2025. From Monday 30/6: July has 23 working days, August 21, 3/9 is the 45th, 4/9 the 46th, 24/9 the 60th. From
 * Tuesday 1/7: 22 in July, 21 in August, 3/9 is the 44th, 4/9 the 45th. */
static void test_example_01_a_resolution_of_30_june_2025_gives_60_working_days_one_of_1_july_45(void **state)
{
	struct office *o = *state;
	int64_t id = candidate(o, "TT-D-K", "2025-01-10");
	office_step(o, id, "branch_vote", "2025-06-30", "value=passed");
	struct standing s = standing_of(o, id, "2025-08-01");
	assert_due(&s, "T7", "2025-06-30", "2025-09-24");
	assert_string_equal(standing_clock_of(&s, "T7")->pack->id, "r232");

	correct_day(o, id, "branch_vote", "2025-07-01");
	s = standing_of(o, id, "2025-08-01");
	assert_due(&s, "T7", "2025-07-01", "2025-09-04");
	assert_string_equal(standing_clock_of(&s, "T7")->pack->id, "r294");
}

/* Decided on 15/1/2026, received on Monday 26/1. January has 4 working days more, February 15 without the leave of 16-20/2 (19), and
 * 16/3 is the 11th working day of March: the 30th. */
static void test_example_02_the_ceremony_is_timed_from_the_day_the_branch_received_the_decision(void **state)
{
	struct office *o = *state;
	int64_t id = candidate(o, "TT-X-1", "2025-11-10");
	office_step(o, id, "branch_vote", "2025-12-10", "value=passed");
	office_step(o, id, "decision", "2026-01-15", NULL);
	struct standing s = standing_of(o, id, "2026-03-16");
	assert_null(standing_clock_of(&s, "T8"));
	office_step(o, id, "received", "2026-01-26", NULL);
	s = standing_of(o, id, "2026-03-16");
	assert_due(&s, "T8", "2026-01-26", "2026-03-16");
	assert_int_equal(standing_clock_of(&s, "T8")->status, CLOCK_RUNNING);
	s = standing_of(o, id, "2026-03-17");
	assert_int_equal(standing_clock_of(&s, "T8")->status, CLOCK_LATE);
}

/* Decided on 25/9/2024, ceremony 10/10/2024: official from 10/10/2025, although the branch met on 20/11 and the paper is of 5/12. The
 * branch had 30 working days from 10/10/2025: 15 in October, 15 in November, the last one Friday 21/11. Party age counts from 25/9/2024. */
static void test_example_03_admitted_on_10_10_2024_is_official_on_10_10_2025_however_late_the_vote(void **state)
{
	struct office *o = *state;
	struct unit_id where;
	char text[DAY_TEXT];
	int64_t id = candidate(o, "TT-D-K", "2024-01-10");
	office_step(o, id, "branch_vote", "2024-08-01", "value=passed");
	office_step(o, id, "grassroots_vote", "2024-08-20", "value=passed");
	office_step(o, id, "decision", "2024-09-25", NULL);
	office_step(o, id, "received", "2024-10-01", NULL);
	office_step(o, id, "ceremony", "2024-10-10", NULL);
	struct standing s = standing_of(o, id, "2025-11-19");
	assert_due(&s, "T10", "2024-10-10", "2025-10-10");
	assert_due(&s, "T11", "2025-10-10", "2025-11-21");
	office_step(o, id, "recognition_vote", "2025-11-20", "value=passed");
	office_step(o, id, "recognition", "2025-10-10", "paper_on=2025-12-05");
	s = standing_of(o, id, "2026-01-01");
	assert_int_equal(s.phase, PHASE_OFFICIAL);
	assert_string_equal(day_iso(s.since, text), "2025-10-10");
	struct facts active = office_facts(o, id);
	assert_string_equal(day_iso(facts_admitted(&active, &where), text), "2024-09-25");
}

static void test_example_04_probation_from_29_2_2024_ends_on_28_2_2025(void **state)
{
	struct office *o = *state;
	int64_t id = somebody(o, "TT-D-K", "Trần Thị Nhuận");
	office_step(o, id, "decision", "2024-02-15", NULL);
	office_step(o, id, "received", "2024-02-20", NULL);
	office_step(o, id, "ceremony", "2024-02-29", NULL);
	struct standing s = standing_of(o, id, "2025-02-27");
	assert_due(&s, "T10", "2024-02-29", "2025-02-28");
	assert_int_equal(standing_clock_of(&s, "T10")->status, CLOCK_RUNNING);
	s = standing_of(o, id, "2025-02-28");
	assert_int_equal(standing_clock_of(&s, "T10")->status, CLOCK_REACHED);
	assert_int_equal(office_try_step(o, id, "recognition_vote", "2025-02-27", "value=passed"), E_RULE);
	office_step(o, id, "recognition_vote", "2025-02-28", "value=passed");
}

static enum err vote(struct office *o, int64_t person, const char *day, const char *exempt_absent, const char *yes)
{
	return office_do(o, "fact_record", arena_printf(&o->arena, "person=%d", (int)person), "kind=branch_vote",
		arena_printf(&o->arena, "on=%s", day), "members=12", "away=1", "suspended=1", exempt_absent, yes, NULL);
}

/* 12 members, 1 away, 1 exempted and absent, 1 suspended: 9 count, two thirds are 6. With the exempted one present 10 count; two thirds of
 * 10 are 6 2/3, so 7. */
static void test_example_05_those_away_exempted_and_suspended_do_not_count(void **state)
{
	struct office *o = *state;
	int64_t id = candidate(o, "TT-X-1", "2025-11-10");
	static const struct {
		const char *day, *exempt_absent, *yes;
		enum step_status status;
	} votes[] = {
		{ "2025-12-10", "exempt_absent=1", "yes=5", STEP_FAILED }, { "2025-12-11", "exempt_absent=1", "yes=6", STEP_DONE },
		{ "2025-12-12", "exempt_absent=0", "yes=6", STEP_FAILED }, { "2025-12-15", "exempt_absent=0", "yes=7", STEP_DONE },
	};
	for (size_t i = 0; i < sizeof votes / sizeof *votes; i++) {
		assert_int_equal(vote(o, id, votes[i].day, votes[i].exempt_absent, votes[i].yes), OK);
		struct standing s = standing_of(o, id, votes[i].day);
		assert_int_equal(status_of(&s, "branch_vote"), votes[i].status);
	}
	struct vote counts = { .members = 12, .away = 1, .exempt_absent = 1, .suspended = 1, .yes = 6, .no = 3 };
	struct vote_result result = vote_result(VOTE_TWO_THIRDS, &counts);
	assert_int_equal(result.n, 9);
	assert_int_equal(result.needs, 6);
	counts.exempt_absent = 0;
	result = vote_result(VOTE_TWO_THIRDS, &counts);
	assert_int_equal(result.n, 10);
	assert_int_equal(result.needs, 7);
	assert_int_equal(vote(o, id, "2025-12-16", "exempt_absent=1", "yes=10"), E_INVALID); /* of 9 */
}

/* 60 months from 15/3/2021 end on 15/3/2026, and the certificate is good on that day. */
static void test_example_06_a_certificate_of_15_3_2021_is_good_on_15_3_2026_and_not_on_16_3(void **state)
{
	struct office *o = *state;
	int64_t id = somebody(o, "TT-X-1", "Lê Thị Chứng");
	office_step(o, id, "on_list", "2021-01-10", NULL);
	office_step(o, id, "certificate", "2021-03-15", NULL);
	office_step(o, id, "dossier", "2026-01-10", NULL);
	assert_int_equal(office_try_step(o, id, "branch_vote", "2026-03-16", "value=passed"), E_RULE);
	assert_non_null(strstr(said(o, &o->fault), "đã quá 60 tháng; phải học lại lớp"));
	assert_string_equal(o->fault.rule, "06-HD/TW, 5.4b");
	office_step(o, id, "branch_vote", "2026-03-15", "value=passed");
}

static void paper(struct office *o, int64_t person, const char *which, const char *day)
{
	office_step(o, person, "paper", day, arena_printf(&o->arena, "value=%s", which));
}

/* The twelve months from 2/1/2026 end on 2/1/2027. Application (1-KNĐ) and CV (2-KNĐ) stay as they are. */
static void test_example_07_a_dossier_of_2_1_2026_before_the_branch_on_5_1_2027_has_four_papers_redone(void **state)
{
	struct office *o = *state;
	o->app.today = on("2027-01-31");
	int64_t id = candidate(o, "TT-X-1", "2026-01-02");
	office_step(o, id, "branch_vote", "2027-01-05", "value=passed");
	assert_true(warned_of(o, "quá 12 tháng, phải làm lại: 3-KNĐ, 4-KNĐ, Thẩm tra, xác minh lý lịch, 5-KNĐ; đơn và lý lịch giữ nguyên"));
	assert_false(warned_of(o, "1-KNĐ") || warned_of(o, "2-KNĐ"));
	correct_day(o, id, "branch_vote", "2027-01-02");
	assert_false(warned_of(o, "quá 12 tháng"));

	static const char *const again[] = { "introduction", "youth_resolution", "opinions" };
	for (size_t i = 0; i < sizeof again / sizeof *again; i++)
		paper(o, id, again[i], "2027-01-04");
	correct_day(o, id, "branch_vote", "2027-01-05");
	assert_true(warned_of(o, "phải làm lại: Thẩm tra, xác minh lý lịch;"));
	paper(o, id, "nothing_changed", "2027-01-04");
	correct_day(o, id, "branch_vote", "2027-01-06");
	assert_false(warned_of(o, "quá 12 tháng"));

	id = candidate(o, "TT-X-2", "2026-01-02"); /* on its last day a dossier is good, with whatever is older in it */
	paper(o, id, "introduction", "2025-12-20");
	office_step(o, id, "branch_vote", "2027-01-02", "value=passed");
	assert_false(warned_of(o, "quá 12 tháng"));
}

/* Between the branch and the decision: nobody for a hamlet or street branch, the grassroots committee for a faculty, sub-committee and
 * grassroots committee for the laboratory. */
static void test_example_08_which_bodies_stand_between_branch_and_decision(void **state)
{
	struct office *o = *state;
	static const struct {
		const char *unit;
		enum step_status sub_report, grassroots_vote;
		const char *next;
	} units[] = {
		{ "TT-X-1", STEP_SKIPPED, STEP_SKIPPED, "decision" }, { "TT-X-2", STEP_SKIPPED, STEP_SKIPPED, "decision" },
		{ "TT-D-K", STEP_SKIPPED, STEP_NEXT, "grassroots_vote" }, { "TT-D-B-N", STEP_NEXT, STEP_OPEN, "sub_report" },
	};
	for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
		int64_t id = candidate(o, units[i].unit, "2025-11-10");
		office_step(o, id, "branch_vote", "2025-12-10", "value=passed");
		struct standing s = standing_of(o, id, "2025-12-20");
		assert_int_equal(status_of(&s, "sub_report"), units[i].sub_report);
		assert_int_equal(status_of(&s, "grassroots_vote"), units[i].grassroots_vote);
		assert_string_equal(s.next->step->key, units[i].next);
	}
}

static struct transfer transfer_on(struct office *o, int64_t person, const char *today)
{
	struct transfer t;
	struct world world = app_world(&o->app);
	struct facts active = office_facts(o, person);
	transfer_of(&world, &active, on(today), &o->arena, &t);
	return t;
}

/* Voted on by a hamlet branch, the file sent to the commune, then a move to another commune on Monday 8/9/2025. */
static int64_t moved_with_the_file_sent(struct office *o)
{
	int64_t id = candidate(o, "TT-X-1", "2025-05-12");
	office_step(o, id, "branch_vote", "2025-08-04", "value=passed");
	office_step(o, id, "submitted", "2025-08-18", NULL);
	DO(o, "unit_open", "code=TT-Y", "name=Đảng bộ xã Bên", "kind=COMMUNE", "parent=TT", "opened=1990-01-01");
	DO(o, "unit_open", "code=TT-Y-1", "name=Chi bộ thôn Ba", "kind=BRANCH", "parent=TT-Y", "opened=1990-01-01");
	DO(o, "person_transfer", arena_printf(&o->arena, "person=%d", (int)id), "kind=candidate", "on=2025-09-08", "unit=TT-Y-1");
	return id;
}

/* From 8/9/2025 the weeks of working days end on 12/9 (4), 19/9 (9), 26/9 (14), 3/10 (19), 10/10 (24), 17/10 (29): the 15th is 29/9, the
 * 30th Monday 20/10, the 31st 21/10. From 10/11 they end on 14/11 (4), 21/11 (9), 28/11 (14), 5/12 (19), 12/12 (24), 19/12 (29): the 30th
 * is 22/12. */
static void test_example_09_the_old_authority_has_15_days_the_new_one_30_and_a_decision_of_day_31_is_cancelled(void **state)
{
	struct office *o = *state;
	int64_t id = moved_with_the_file_sent(o);
	struct standing s = standing_of(o, id, "2025-09-09");
	assert_due(&s, "T17", "2025-09-08", "2025-09-29");
	assert_int_equal(transfer_on(o, id, "2025-09-09").situation, TRANSFER_FILE_SENT);

	office_step(o, id, "decision", "2025-10-20", "unit=TT-X-1");
	assert_false(transfer_on(o, id, "2025-10-22").must_cancel);
	correct_day(o, id, "decision", "2025-10-21");
	assert_true(transfer_on(o, id, "2025-10-22").must_cancel);
	assert_int_equal(office_try_step(o, id, "ceremony", "2025-11-03", NULL), E_RULE);
	assert_non_null(strstr(said(o, &o->fault), "hạn cuối 20/10/2025 kể từ ngày chuyển đi 08/09/2025; phải ghi hủy quyết định"));
	office_step(o, id, "decision_cancelled", "2025-11-05", "value=after_move");

	office_step(o, id, "file_received", "2025-11-10", NULL);
	s = standing_of(o, id, "2025-11-11");
	assert_due(&s, "T18", "2025-11-10", "2025-12-22");
	office_step(o, id, "decision", "2025-12-22", NULL);
	office_step(o, id, "ceremony", "2025-12-30", NULL);
	s = standing_of(o, id, "2025-12-31");
	assert_int_equal(s.phase, PHASE_PROBATION);
}

/* ---- figures ---- */

static struct report_ask ask(struct office *o, const char *unit, const char *period, const char *as_of)
{
	struct fault f;
	struct unit *u;
	struct report_ask q = { .as_of = on(as_of), .today = o->app.today, .rounding = { 1, ROUND_HALF_UP } };
	assert_ok(app_unit(&o->app, unit, "unit", &u, &f));
	assert_ok(period_parse(period, "period", &q.period, &f));
	q.unit = u->id;
	return q;
}

static struct cube *cube_of(struct office *o)
{
	struct fault f;
	struct cube *cube;
	assert_ok(app_begin(&o->app, &f));
	assert_ok(app_cube(&o->app, &cube, &f));
	assert_ok(app_commit(&o->app, &f));
	return cube;
}

static struct report breakdown(struct office *o, struct report_ask q, enum cube_dimension by)
{
	struct fault f;
	struct report r;
	q.by = by;
	assert_ok(report_breakdown(cube_of(o), &q, &o->arena, &r, &f));
	return r;
}

static int64_t members(struct office *o, const char *unit, const char *day)
{
	struct report_ask q = ask(o, unit, "2025", day);
	return cube_members(cube_of(o), (struct scope){ .unit = q.unit, .tree_day = on(day) }, on(day));
}

static int64_t admitted(struct office *o, struct report_ask q)
{
	return cube_admitted(cube_of(o), (struct scope){ .unit = q.unit, .tree_day = q.as_of }, q.period, (struct filter){ 0 });
}

static int64_t member(struct office *o, const char *unit, const char *birth, const char *decided, const char *more)
{
	static int serial;
	DO(o, "person_record", arena_printf(&o->arena, "unit=%s", unit), arena_printf(&o->arena, "name=Đảng viên Số %d", ++serial),
		arena_printf(&o->arena, "birth=%s", birth), arena_printf(&o->arena, "decided=%s", decided),
		arena_printf(&o->arena, "ceremony=%s", decided), more);
	return o->result.entity_id;
}

#define MERGER \
	"plan={\"kind\":\"union\",\"on\":\"2025-07-01\",\"actions\":[" \
	"{\"do\":\"close\",\"unit\":\"TT-X\",\"to\":\"TT-Z\"},{\"do\":\"close\",\"unit\":\"TT-Y\",\"to\":\"TT-Z\"}," \
	"{\"do\":\"open\",\"unit\":\"TT-Z\",\"name\":\"Đảng bộ xã Mới\",\"kind\":\"COMMUNE\",\"parent\":\"TT\"}]}"

static int64_t admitted_below(struct office *o, const char *unit, const char *period, const char *tree_day)
{
	struct report_ask q = ask(o, unit, period, tree_day);
	return admitted(o, q);
}

/* Two communes become one on 1/7/2025. Admitted in the first half of the year: 2 in the one, 1 in the other; in the second half 1 in each
 * of the two branches. The year on the old tree, 3 and 2, and the year on the new one add up to the same 5. */
static void test_example_10_a_merger_of_1_7_2025_leaves_june_on_the_old_tree_and_the_year_on_either(void **state)
{
	struct office *o = *state;
	DO(o, "unit_open", "code=TT-Y", "name=Đảng bộ xã Bên", "kind=COMMUNE", "parent=TT", "opened=1990-01-01");
	DO(o, "unit_open", "code=TT-Y-1", "name=Chi bộ thôn Ba", "kind=BRANCH", "parent=TT-Y", "opened=1990-01-01");
	(void)member(o, "TT-X-1", "1995-02-03", "2025-03-03", NULL);
	(void)member(o, "TT-X-2", "1995-02-03", "2025-06-30", NULL);
	(void)member(o, "TT-Y-1", "1995-02-03", "2025-05-05", NULL);
	DO(o, "reorganise", MERGER, "paper_no=12-QĐ/TU");
	(void)member(o, "TT-X-1", "1995-02-03", "2025-08-01", NULL);
	(void)member(o, "TT-Y-1", "1995-02-03", "2025-09-01", NULL);

	assert_int_equal(admitted_below(o, "TT-X", "2025-01-01..2025-06-30", "2025-06-30"), 2);
	assert_int_equal(admitted_below(o, "TT-Y", "2025-01-01..2025-06-30", "2025-06-30"), 1);
	assert_int_equal(admitted_below(o, "TT", "2025-01-01..2025-06-30", "2025-06-30"), 3);
	assert_int_equal(admitted_below(o, "TT-X", "2025", "2025-06-30") + admitted_below(o, "TT-Y", "2025", "2025-06-30"), 5);
	assert_int_equal(admitted_below(o, "TT-Z", "2025", "2025-12-31"), 5);
	assert_int_equal(admitted_below(o, "TT", "2025", "2025-06-30"), 5);
	assert_int_equal(admitted_below(o, "TT", "2025", "2025-12-31"), 5);
	struct unit *x = tree_find_code(&o->app.tree, "TT-X");
	assert_true(unit_is_open(x, on("2025-06-30")));
	assert_false(unit_is_open(x, on("2025-07-01")));
}

/* Of 2024: A = 5 members. 2025: B = 3 admitted, C = 2 out (one died, one struck off). D = 5 + 3 - 2 = 6. The three of 2025 add up to
 * I = 3 by occupation, by age and by education, whoever says nothing among them. */
static void test_example_11_members_are_those_before_plus_admitted_minus_gone_and_groups_add_up(void **state)
{
	struct office *o = *state;
	int64_t gone[2] = { 0 };
	for (int i = 0; i < 5; i++)
		gone[i % 2] = member(o, "TT-X-1", "1985-02-03", "2024-05-02", "occupation=farmer");
	(void)member(o, "TT-X-1", "2005-02-03", "2025-03-03", "occupation=student");
	(void)member(o, "TT-X-2", "1990-02-03", "2025-06-02", "education=university");
	(void)member(o, "TT-X-2", "1970-02-03", "2025-09-03", NULL);
	office_step(o, gone[0], "left", "2025-04-10", "value=died");
	office_step(o, gone[1], "left", "2025-10-10", "value=struck_off");
	struct report_ask q = ask(o, "TT-X", "2025", "2025-12-31");
	int64_t before = members(o, "TT-X", "2024-12-31"), after = members(o, "TT-X", "2025-12-31");
	assert_int_equal(before, 5);
	assert_int_equal(admitted(o, q), 3);
	assert_int_equal(after, before + admitted(o, q) - 2);
	static const enum cube_dimension parts[] = { BY_OCCUPATION, BY_AGE, BY_EDUCATION };
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		struct report r = breakdown(o, q, parts[i]);
		assert_sums(&r);
		assert_value(&r, "total", 3);
	}
}

/* Before the admission a reason is enough. Afterwards (since 18/8/2016) it takes a legal paper, a reason and a second person. */
static void test_example_12_the_day_of_birth_is_locked_by_the_admission(void **state)
{
	struct office *o = *state;
	int64_t id = somebody(o, "TT-X-1", "Phạm Thị Sinh");
	struct facts active = office_facts(o, id);
	const char *person = arena_printf(&o->arena, "person=%d", (int)id);
	const char *seq = arena_printf(&o->arena, "seq=%d", (int)facts_first(&active, "birth")->seq);
	REFUSED(o, E_INVALID, "reason", MSG_REQUIRED, "fact_correct", person, seq, "value=1995-06-20");
	DO(o, "fact_correct", person, seq, "value=1995-06-20", "reason=Theo giấy khai sinh");
	office_step(o, id, "decision", "2025-11-10", NULL);
	active = office_facts(o, id);
	seq = arena_printf(&o->arena, "seq=%d", (int)facts_first(&active, "birth")->seq);
	REFUSED(o, E_RULE, "value", MSG_BIRTH_LOCKED, "fact_correct", person, seq, "value=1995-05-20", "reason=Theo giấy khai sinh");
	assert_non_null(strstr(said(o, &o->fault), "ngày sinh không được sửa sau khi kết nạp"));
	REFUSED(o, E_RULE, "value", MSG_BIRTH_LOCKED, "fact_correct", person, seq, "withdraw=1", "reason=Theo giấy khai sinh");

	REFUSED(o, E_INVALID, "reason", MSG_REQUIRED, "birth_propose", person, "birth=1995-05-20", "paper_no=15/GKS");
	o->app.actor = "user:lan";
	DO(o, "birth_propose", person, "birth=1995-05-20", "reason=Theo giấy khai sinh", "paper_no=15/GKS");
	active = office_facts(o, id);
	assert_string_equal(facts_value(&active, "birth", DAY_NONE), "1995-06-20");
	seq = arena_printf(&o->arena, "seq=%d", (int)facts_last(&active, FACT_BIRTH_PROPOSED, DAY_NONE)->seq);
	assert_int_equal(office_do(o, "birth_confirm", person, seq, NULL), E_RULE); /* the same one */
	o->app.actor = "user:minh";
	DO(o, "birth_confirm", person, seq);
	active = office_facts(o, id);
	assert_string_equal(facts_value(&active, "birth", DAY_NONE), "1995-05-20");
}

/* 035 1 95 000123: woman (odd), born in the 20th century (0 or 1), in 95. The province of the number is where the birth was registered:
 * a number from elsewhere needs no word. */
static void test_example_13_twelve_digits_the_fourth_says_sex_and_century_then_the_year(void **state)
{
	struct office *o = *state;
	static const struct {
		const char *number, *name, *part; /* NULL: no warning */
	} numbers[] = {
		{ "id_number=035195000123", "name=Vũ Thị Một", NULL },
		{ "id_number=096195000123", "name=Vũ Thị Hai", NULL },
		{ "id_number=035095000124", "name=Vũ Thị Ba", "giới tính" },
		{ "id_number=035194000125", "name=Vũ Thị Tư", "năm sinh" },
		{ "id_number=035395000126", "name=Vũ Thị Năm", "năm sinh" },
	};
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
		DO(o, "person_record", "unit=TT-X-1", numbers[i].name, "birth=1995-05-20", "sex=female", numbers[i].number);
		if (numbers[i].part)
			assert_true(warned_of(o, numbers[i].part));
		else
			assert_int_equal(o->result.warnings.n, 0);
	}
	REFUSED(o, E_INVALID, "id_number", MSG_ID_NUMBER_DIGITS, "person_record", "unit=TT-X-1", "name=Vũ Thị Sáu", "id_number=03519500012");
}

/* Every ratio, sum and difference of the published reports at hand, from its printed parts. Where the parts do not lead to what was
 * printed, the program shows what they lead to. test_reports.c and test_demo.c come to the parts from records. */
static void test_example_14_published_figures_follow_from_their_parts_or_are_shown_not_to(void **state)
{
	(void)state;
	char text[FIGURE_TEXT];
	static const struct {
		const char *report, *figure;
		int64_t numerator, denominator;
		struct rounding_choice rounding;
		const char *printed; /* NULL: nothing was printed to compare with */
		const char *ours;
	} ratios[] = {
		{ "Phủ Lý 6/2022", "term", 250, 500, { 1, ROUND_HALF_UP }, NULL, "50" },
		{ "Phủ Lý 6/2022", "class of pupils", 5, 69, { 1, ROUND_HALF_UP }, NULL, "7.2" },
		{ "Phủ Lý 6/2022", "Biên Hòa school", 5, 33, { 1, ROUND_HALF_UP }, NULL, "15.2" },
		{ "Khối Lâm Đồng 6/2021", "year", 52, 80, { 0, ROUND_HALF_UP }, "65", "65" },
		{ "Phủ Lý 2023", "youth", 146, 201, { 1, ROUND_HALF_UP }, "72.6", "72.6" },
		{ "Phủ Lý 3/2024", "term", 484, 500, { 1, ROUND_HALF_UP }, NULL, "96.8" },
		{ "Ninh Phước 2020", "women", 60, 101, { 1, ROUND_HALF_UP }, "59.4", "59.4" },
		{ "Ninh Phước 2020", "youth", 50, 101, { 1, ROUND_HALF_UP }, "49.5", "49.5" },
		{ "Ninh Phước 2020", "minority", 32, 101, { 1, ROUND_HALF_UP }, "31.7", "31.7" },
		{ "Ninh Phước 2020", "secondary, cut", 25, 101, { 1, ROUND_CUT }, "24.7", "24.7" },
		{ "Ninh Phước 2020", "secondary, rounded", 25, 101, { 1, ROUND_HALF_UP }, "24.7", "24.8" },
		{ "Ninh Phước 2020", "university and college", 63, 101, { 1, ROUND_HALF_UP }, "62.4", "62.4" },
		{ "Ninh Phước 2020", "over the target", 1, 100, { 1, ROUND_HALF_UP }, "0.1", "1" },
		{ "Phú Ninh 2024", "reached", 103, 87, { 2, ROUND_HALF_UP }, "118.39", "118.39" },
		{ "Quảng Trị 3/2024", "aged 18-30", 213, 333, { 0, ROUND_HALF_UP }, "64", "64" },
		{ "Đồng Nai 9/2018", "of the members of 2017", 2270, 76174, { 2, ROUND_HALF_UP }, "2.98", "2.98" },
		{ "Đồng Nai 9/2018", "hamlets", 925, 962, { 2, ROUND_HALF_UP }, "96.15", "96.15" },
	};
	for (size_t i = 0; i < sizeof ratios / sizeof *ratios; i++)
		assert_string_equal(figure_percent(ratios[i].numerator, ratios[i].denominator, ratios[i].rounding, text), ratios[i].ours);
	/* Lâm Đồng: over the pace of half a year */
	assert_string_equal(figure_points(52, 80, 1, 2, (struct rounding_choice){ 0, ROUND_HALF_UP }, text), "15");
	int64_t sum = 0;
	for (size_t i = 0; i < QUANG_NAM_UNITS; i++)
		sum += quang_nam_2024[i].quota;
	assert_int_equal(sum, 1950);
	assert_int_not_equal(sum, QUANG_NAM_HEADLINE);
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, setup, office_teardown)
	const struct CMUnitTest tests[] = {
		T(test_example_01_a_resolution_of_30_june_2025_gives_60_working_days_one_of_1_july_45),
		T(test_example_02_the_ceremony_is_timed_from_the_day_the_branch_received_the_decision),
		T(test_example_03_admitted_on_10_10_2024_is_official_on_10_10_2025_however_late_the_vote),
		T(test_example_04_probation_from_29_2_2024_ends_on_28_2_2025),
		T(test_example_05_those_away_exempted_and_suspended_do_not_count),
		T(test_example_06_a_certificate_of_15_3_2021_is_good_on_15_3_2026_and_not_on_16_3),
		T(test_example_07_a_dossier_of_2_1_2026_before_the_branch_on_5_1_2027_has_four_papers_redone),
		T(test_example_08_which_bodies_stand_between_branch_and_decision),
		T(test_example_09_the_old_authority_has_15_days_the_new_one_30_and_a_decision_of_day_31_is_cancelled),
		T(test_example_10_a_merger_of_1_7_2025_leaves_june_on_the_old_tree_and_the_year_on_either),
		T(test_example_11_members_are_those_before_plus_admitted_minus_gone_and_groups_add_up),
		T(test_example_12_the_day_of_birth_is_locked_by_the_admission),
		T(test_example_13_twelve_digits_the_fourth_says_sex_and_century_then_the_year),
		cmocka_unit_test(test_example_14_published_figures_follow_from_their_parts_or_are_shown_not_to),
	};
	return RUN(tests);
}
