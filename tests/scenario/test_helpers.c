/* Introducers and helpers, from the operation to what people read: who may be named, and in whose place somebody else has to be. */
#include "app/live_view.h"

#include "app/helpers.h"
#include "app/late.h"
#include "app/verify.h"

#include <inttypes.h>

/* A candidate of TB-01-A; three official members there (the first since 1/11/2024), one of TB-01-B, one of TB-02; a probationary member. */
enum { CANDIDATE = 1, AN, BINH, CUC, DUNG, PHUC, GIANG };

struct world_of {
	struct disk *disk;
	struct office *o;
};

static struct world_of people(void **state)
{
	struct disk *d = *state;
	struct office *o = &d->office;
	DO(o, "person_record", "unit=TB-01-A", "name=Hà Thị Thử", "birth=2000-05-20", "since=2020-01-01", "introduced=2024-01-10",
		"listed=2024-02-10");
	DO(o, "person_record", "unit=TB-01-A", "name=Lê Văn An", "since=2024-11-01", "official=2015-05-01");
	DO(o, "person_record", "unit=TB-01-A", "name=Trần Thị Bình", "since=2019-01-01", "official=2016-05-01");
	DO(o, "person_record", "unit=TB-01-A", "name=Vũ Thị Cúc", "since=2019-01-01", "official=2017-05-01");
	DO(o, "person_record", "unit=TB-01-B", "name=Phan Văn Dũng", "since=2019-01-01", "official=2010-05-01");
	DO(o, "person_record", "unit=TB-02", "name=Hoàng Văn Phúc", "since=2019-01-01", "official=2010-05-01");
	DO(o, "person_record", "unit=TB-01-A", "name=Ngô Thị Giang", "since=2019-01-01", "decided=2025-06-01", "ceremony=2025-06-15");
	return (struct world_of){ d, o };
}

static const char *said(struct office *o)
{
	return fault_text(&o->fault, LANG_VI, &o->arena);
}

static const char *warned(struct office *o, size_t i)
{
	assert_true(i < o->result.warnings.n);
	return fault_text(&o->result.warnings.v[i], LANG_VI, &o->arena);
}

/* What the register says of the candidate, as a list of today. */
static struct helper_flag *flags(struct office *o, size_t *ret_n)
{
	struct helper_flag *v;
	struct helper_book book = { .app = &o->app, .arena = &o->arena, .on = o->app.today };
	struct facts active = office_facts(o, CANDIDATE);
	assert_int_equal(helpers_flags(&book, &active, &v, ret_n, &o->fault), OK);
	return v;
}

static void assert_clean(struct office *o)
{
	size_t n;
	(void)flags(o, &n);
	assert_int_equal(n, 0);
}

static void assert_flagged(struct office *o, const char *sentence)
{
	size_t n;
	struct helper_flag *v = flags(o, &n);
	assert_int_equal(n, 1);
	assert_string_equal(helpers_flag_text(&v[0], LANG_VI, &o->arena), sentence);
}

static const char *todo(struct office *o, const char *unit)
{
	const char *text;
	const struct late_ask q = { .unit = tree_find_code(&o->app.tree, unit)->id, .as_of = o->app.today, .lang = LANG_VI };
	assert_int_equal(late_todo(&o->app, &q, &o->arena, &text, &o->fault), OK);
	return text;
}

#define NAME(role, other, on) "fact_record", "person=1", "kind=helper", "value=" role, "other=" other, "on=" on

/* ---- who may be named ---- */

/* In one unit since 1/11/2024: 12 months end on 1/11/2025. */
static void test_eleven_months_in_one_unit_are_not_enough(void **state)
{
	struct office *o = people(state).o;
	REFUSED(o, E_RULE, "since", MSG_HELPER_SHARED_SHORT, NAME("introducer_1", "2", "2025-10-01"));
	assert_string_equal(said(o), "mới cùng đơn vị từ ngày 01/11/2024, chưa đủ 12 tháng; sớm nhất ngày 01/11/2025 mới được giới thiệu, "
		"hoặc cử đảng viên khác");
	assert_string_equal(o->fault.rule, "294-QĐ/TW, 3.2.1");
	REFUSED(o, E_RULE, "since", MSG_HELPER_SHARED_SHORT, NAME("introducer_1", "2", "2025-10-31"));
}

static void test_exactly_twelve_months_are(void **state)
{
	struct office *o = people(state).o;
	DO(o, NAME("introducer_1", "2", "2025-11-01"));
	assert_int_equal(o->result.warnings.n, 0);
}

static void test_a_replacement_needs_no_time_in_the_unit(void **state)
{
	struct office *o = people(state).o;
	DO(o, NAME("introducer_1", "3", "2024-12-01"));
	DO(o, "helper_replace", "person=1", "about=6", "reason=unable", "on=2025-01-15", "other=2", "paper_no=12-NQ/CB", "paper_on=2025-01-15");
	assert_int_equal(o->result.warnings.n, 0);
	struct facts active = office_facts(o, CANDIDATE);
	const struct fact *named = facts_last(&active, FACT_HELPER, DAY_NONE), *ended = facts_last(&active, FACT_HELPER_END, DAY_NONE);
	assert_string_equal(named->value, "replacement");
	assert_string_equal(named->paper_no, "12-NQ/CB");
	assert_int_equal(named->other.v, AN);
	assert_int_equal(named->about, 6);
	assert_string_equal(ended->value, "unable");
	assert_int_equal(ended->about, 6);
	REFUSED(o, E_CONFLICT, "about", MSG_HELPER_ENDED_ALREADY, "helper_replace", "person=1", "about=6", "reason=unable", "on=2025-02-15",
		"other=4");
	assert_string_equal(said(o), "người này đã thôi từ ngày 15/01/2025; nếu ghi sai hãy đính chính");
	REFUSED(o, E_INVALID, "about", MSG_FACT_ABOUT, "helper_replace", "person=1", "about=1", "reason=unable", "on=2025-02-15", "other=4");
}

static void test_a_probationary_member_introduces_nobody(void **state)
{
	struct office *o = people(state).o;
	REFUSED(o, E_RULE, "other", MSG_HELPER_NOT_OFFICIAL, NAME("introducer_1", "7", "2025-11-01"));
	assert_string_equal(said(o), "ngày 01/11/2025 người này chưa phải đảng viên chính thức theo sổ; hãy cử người khác, hoặc ghi việc công "
		"nhận chính thức của người này trước");
	REFUSED(o, E_RULE, "other", MSG_HELPER_SELF, NAME("introducer_1", "1", "2025-11-01"));
	REFUSED(o, E_INVALID, "other", MSG_HELPER_WHO, "fact_record", "person=1", "kind=helper", "value=introducer_1", "on=2025-11-01");
	REFUSED(o, E_NOTFOUND, "other", MSG_PERSON_UNKNOWN, NAME("introducer_1", "99", "2025-11-01"));
	REFUSED(o, E_RULE, "since", MSG_HELPER_NOT_SHARED, NAME("introducer_1", "5", "2025-11-01"));
	DO(o, NAME("introducer_1", "5", "2025-11-01"), "since=2023-01-01");
}

/* The branch votes: nobody named, one member, one member and the Youth Union. */
static void test_one_introducer_and_the_youth_union_are_enough(void **state)
{
	static const char missing[] = "Chưa đủ người giới thiệu: cần hai đảng viên chính thức, hoặc một và nghị quyết Đoàn (công đoàn nơi "
		"không có Đoàn); hãy ghi thêm";
	struct office *o = people(state).o;
	DO(o, "fact_record", "person=1", "kind=dossier", "on=2026-01-10");
	DO(o, NAME("introducer_1", "3", "2026-01-11"));
	struct facts active = office_facts(o, CANDIDATE);
	const struct world w = app_world(&o->app);
	struct fact vote = { .kind = "branch_vote", .on = on("2026-05-10"), .unit = facts_unit(&active, on("2026-05-10")), .value = "passed",
		.paper_on = DAY_NONE, .since = DAY_NONE };
	struct warnings warn = { 0 };
	bool found = false;
	assert_int_equal(standing_can_record(&w, &active, &vote, o->app.today, &o->arena, &warn, &o->fault), OK);
	for (size_t i = 0; i < warn.n; i++)
		found |= strcmp(fault_text(&warn.v[i], LANG_VI, &o->arena), missing) == 0;
	assert_true(found);
	DO(o, "fact_record", "person=1", "kind=paper", "value=youth_resolution", "on=2026-01-12", "paper_no=5-NQ/ĐTN");
	DO(o, "fact_record", "person=1", "kind=branch_vote", "on=2026-05-10", "value=passed");
	for (size_t i = 0; i < o->result.warnings.n; i++)
		assert_string_not_equal(warned(o, i), missing);
}

/* ---- a helper leaves ---- */

static void test_a_helper_moves_is_flagged_and_replaced(void **state)
{
	struct office *o = people(state).o;
	DO(o, NAME("introducer_1", "3", "2025-11-01"));
	assert_clean(o);
	assert_null(strstr(todo(o, "TB"), "CẦN CỬ NGƯỜI THAY"));
	DO(o, "fact_record", "person=3", "kind=unit", "unit=TB-01-B", "on=2026-02-01");
	assert_flagged(o, "Trần Thị Bình đã chuyển sang tổ chức khác từ ngày 01/02/2026");
	assert_non_null(strstr(todo(o, "TB"), "CẦN CỬ NGƯỜI THAY: 1 việc"));
	assert_non_null(strstr(todo(o, "TB-01-A"), "  [ ] Hà Thị Thử: Đảng viên giới thiệu thứ nhất\n"
		"      Trần Thị Bình đã chuyển sang tổ chức khác từ ngày 01/02/2026 · 294-QĐ/TW, 3.2.2\n"));
	DO(o, "fact_record", "person=1", "kind=branch_vote", "on=2026-03-01", "value=passed");
	bool found = false;
	for (size_t i = 0; i < o->result.warnings.n; i++)
		found |= strcmp(warned(o, i), "Trần Thị Bình đã chuyển sang tổ chức khác từ ngày 01/02/2026; chi bộ cử người thay và ghi "
			"nghị quyết") == 0;
	assert_true(found);
	DO(o, "helper_replace", "person=1", "about=6", "reason=moved", "on=2026-03-10", "other=4", "paper_no=7-NQ/CB");
	assert_clean(o);
	assert_null(strstr(todo(o, "TB"), "CẦN CỬ NGƯỜI THAY"));
}

static void test_a_helper_dies(void **state)
{
	struct office *o = people(state).o;
	DO(o, NAME("candidate_helper", "3", "2025-11-01"));
	DO(o, "fact_record", "person=3", "kind=left", "value=died", "on=2026-02-01");
	assert_flagged(o, "Trần Thị Bình đã từ trần ngày 01/02/2026");
	REFUSED(o, E_RULE, "other", MSG_HELPER_OUT, NAME("introducer_2", "3", "2026-03-01"));
	assert_string_equal(said(o), "không thể cử: người này đã từ trần ngày 01/02/2026; hãy cử đảng viên chính thức khác");
}

static void test_a_helper_is_struck_off_transferred_or_suspended(void **state)
{
	struct office *o = people(state).o;
	DO(o, NAME("candidate_helper", "3", "2025-11-01"));
	DO(o, "fact_record", "person=3", "kind=discipline", "value=suspended", "on=2026-02-01");
	assert_flagged(o, "Trần Thị Bình bị đình chỉ sinh hoạt đảng từ ngày 01/02/2026");
	DO(o, "fact_record", "person=3", "kind=discipline", "value=ended", "on=2026-03-01");
	assert_clean(o);
	DO(o, "person_transfer", "person=3", "kind=temporary", "on=2026-04-01", "place=Tỉnh Xa", "months=6");
	assert_flagged(o, "Trần Thị Bình có quyết định chuyển sinh hoạt đảng ngày 01/04/2026");
}

static void test_the_branch_ends_a_task_and_names_nobody(void **state)
{
	struct office *o = people(state).o;
	DO(o, NAME("candidate_helper", "3", "2025-11-01"));
	DO(o, "fact_record", "person=1", "kind=helper_end", "value=unable", "about=6", "on=2026-02-01");
	assert_flagged(o, "Trần Thị Bình đã thôi giới thiệu, giúp đỡ từ ngày 01/02/2026");
	REFUSED(o, E_CONFLICT, "about", MSG_HELPER_ENDED_ALREADY, "fact_record", "person=1", "kind=helper_end", "value=moved", "about=6",
		"on=2026-02-10");
	DO(o, NAME("replacement", "2", "2026-02-20"), "about=6");
	assert_clean(o);
}

static void test_whom_they_help_moves_to_another_branch(void **state)
{
	struct office *o = people(state).o;
	DO(o, NAME("candidate_helper", "3", "2025-11-01"));
	DO(o, "fact_record", "person=1", "kind=unit", "unit=TB-01-B", "on=2026-02-01");
	assert_flagged(o, "Trần Thị Bình không cùng tổ chức với người được giúp đỡ, người này chuyển đi từ ngày 01/02/2026");
	DO(o, "helper_replace", "person=1", "about=6", "reason=moved", "on=2026-02-05", "other=5");
	assert_clean(o);
}

/* ---- the roll says the same ---- */

static void assert_roll_flags(struct world_of w, struct live *l, const char *unit, size_t want)
{
	struct live_view v = hold(l, &w.o->app);
	struct helper_work *work;
	size_t n;
	helpers_work(&v, &w.o->app.tree, tree_find_code(&w.o->app.tree, unit)->id, &w.o->arena, &work, &n);
	assert_int_equal(n, want);
	for (size_t i = 0; i < n; i++) {
		size_t known;
		struct helper_flag *f = flags(w.o, &known);
		assert_string_equal(helpers_flag_text(&work[i].flag, LANG_VI, &w.o->arena), helpers_flag_text(&f[i], LANG_VI, &w.o->arena));
		assert_int_equal(work[i].person->id.v, CANDIDATE);
	}
	release(l, &w.o->app);
}

static struct helper_load *loads(struct world_of w, struct live *l, struct helper_load_ask q, const char *unit, size_t *ret_n)
{
	struct helper_load *v;
	struct live_view view = hold(l, &w.o->app);
	q.unit = tree_find_code(&w.o->app.tree, unit)->id;
	helpers_load(&view, &w.o->app.tree, &q, &w.o->arena, &v, ret_n);
	release(l, &w.o->app);
	return v;
}

static void test_the_roll_follows_helpers_and_counts_their_work(void **state)
{
	struct world_of w = people(state);
	struct office *o = w.o;
	struct live *l;
	struct fault f;
	size_t n;
	const struct helper_load_ask this_year = { .since = on("2026-01-01") }, busy = { .since = on("2026-01-01"), .busy = true },
		idle = { .since = on("2026-01-01"), .free = true };
	assert_ok(live_start(&o->app, &l, &f));
	DO(o, NAME("introducer_1", "3", "2025-11-01"));
	DO(o, NAME("candidate_helper", "3", "2025-11-01"));
	DO(o, "fact_record", "person=1", "kind=helper", "value=introducer_2", "detail=Đỗ Văn Ngoài", "on=2025-11-01");
	DO(o, "fact_record", "person=7", "kind=helper", "value=probation_helper", "other=3", "on=2025-06-15");
	DO(o, "fact_record", "person=7", "kind=helper", "value=replacement", "other=4", "on=2025-07-15");
	assert_roll_flags(w, l, "TB", 0);
	struct helper_load *v = loads(w, l, this_year, "TB-01", &n);
	assert_int_equal(n, 4); /* An, Bình, Cúc, Dũng: Phúc is of TB-02 */
	assert_int_equal(v[0].member->id.v, BINH);
	assert_int_equal(v[0].now, 2); /* two roles for one candidate are one task */
	assert_int_equal(v[0].tasks[0].person->id.v, GIANG + CANDIDATE - v[0].tasks[1].person->id.v);
	assert_int_equal(v[1].member->id.v, CUC);
	assert_int_equal(v[1].now, 1);
	(void)loads(w, l, busy, "TB-01", &n);
	assert_int_equal(n, 2);
	v = loads(w, l, idle, "TB-01", &n);
	assert_int_equal(n, 2);
	assert_int_equal(v[0].now, 0);

	DO(o, "fact_record", "person=3", "kind=unit", "unit=TB-02", "on=2026-02-01");
	struct live_view view = hold(l, &o->app);
	struct helper_work *work;
	helpers_work(&view, &o->app.tree, tree_find_code(&o->app.tree, "TB")->id, &o->arena, &work, &n);
	assert_int_equal(n, 3); /* two roles of one candidate, and the probationary member */
	assert_int_equal(work[0].person->id.v, GIANG); /* by name */
	assert_int_equal(work[1].person->id.v, CANDIDATE);
	assert_int_equal(work[2].flag.seq, work[1].flag.seq + 1);
	helpers_work(&view, &o->app.tree, tree_find_code(&o->app.tree, "TB-02")->id, &o->arena, &work, &n);
	assert_int_equal(n, 0);
	release(l, &o->app);

	DO(o, "helper_replace", "person=1", "about=6", "reason=moved", "on=2026-03-01", "other=4");
	DO(o, "fact_record", "person=1", "kind=helper_end", "value=done", "about=7", "on=2026-03-01");
	DO(o, "fact_record", "person=7", "kind=helper_end", "value=unable", "about=5", "on=2026-03-02");
	assert_roll_flags(w, l, "TB-01-B", 0);
	v = loads(w, l, this_year, "TB", &n);
	assert_int_equal(v[0].member->id.v, CUC);
	assert_int_equal(v[0].now, 2);
	for (size_t i = 0; i < n; i++)
		if (v[i].member->id.v == BINH) {
			assert_int_equal(v[i].now, 0);
			assert_int_equal(v[i].all, 2); /* both ended this year */
		}
	assert_as_fresh(l, &o->app);
	live_stop(&l);
}

static void test_the_journal_replays_to_the_same(void **state)
{
	struct world_of w = people(state);
	struct office *o = w.o;
	DO(o, NAME("introducer_1", "3", "2025-11-01"));
	DO(o, "helper_replace", "person=1", "about=6", "reason=moved", "on=2026-03-01", "detail=Đỗ Văn Ngoài");
	assert_int_equal(o->result.warnings.n, 1);
	assert_string_equal(warned(o, 0), "người này không có trong sổ nên không xét được điều kiện chính thức và thời gian cùng đơn vị; "
		"hãy kiểm tra trên hồ sơ");
	DO(o, NAME("introducer_2", "4", "2025-11-01"));
	struct verify_result r;
	struct fault f;
	assert_ok(verify_all(&o->app, &r, &f));
	assert_int_equal(r.entries, office_entries(o));
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, disk_setup, disk_teardown)
	const struct CMUnitTest tests[] = {
		T(test_eleven_months_in_one_unit_are_not_enough), T(test_exactly_twelve_months_are),
		T(test_a_replacement_needs_no_time_in_the_unit), T(test_a_probationary_member_introduces_nobody),
		T(test_one_introducer_and_the_youth_union_are_enough), T(test_a_helper_moves_is_flagged_and_replaced), T(test_a_helper_dies),
		T(test_a_helper_is_struck_off_transferred_or_suspended), T(test_the_branch_ends_a_task_and_names_nobody),
		T(test_whom_they_help_moves_to_another_branch), T(test_the_roll_follows_helpers_and_counts_their_work),
		T(test_the_journal_replays_to_the_same),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
