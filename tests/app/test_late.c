/* The late list on a private installation: who is late, since when, by which rule. */
#include "app/late.h"
#include "app/ops.h"
#include "app_place.h"

struct place {
	struct app app;
	struct test_place under;
	struct arena arena;
};

static const char *from_words(void *ctx, const struct field *field)
{
	const char *const *words = ctx;
	size_t n = strlen(field->name);
	for (; *words; words++)
		if (strncmp(*words, field->name, n) == 0 && (*words)[n] == '=')
			return *words + n + 1;
	return NULL;
}

/* Runs an operation given as "field=value" words; gives the id of what it touched. */
#define DO(p, name, ...) run_op(p, name, (const char *const[]){ __VA_ARGS__, NULL })
static int64_t run_op(struct place *p, const char *name, const char *const *words)
{
	struct fault f;
	struct op_result r;
	void *in;
	const struct op *op = op_find(name);
	assert_non_null(op);
	assert_ok(op_parse(op, from_words, (void *)(uintptr_t)words, &p->arena, &in, &f));
	assert_ok(op_run_alone(&p->app, op, in, &p->arena, &r, &f));
	return r.entity_id;
}

static struct day d(const char *iso)
{
	struct day r;
	assert_int_equal(day_parse(iso, "day", &r, NULL), OK);
	return r;
}

/* Root R with grassroots committee R-A and its branches R-A-1 and R-A-2; today is 1 August 2026. */
static int begin(void **state)
{
	static struct place p;
	p = (struct place){ 0 };
	place_open_private(&p.under, &p.app);
	p.app.today = d("2026-08-01");
	DO(&p, "unit_open", "code=R", "name=Đảng bộ R", "kind=UPPER", "opened=2010-01-01");
	DO(&p, "unit_open", "code=R-A", "name=Đảng bộ A", "kind=GRASS_DB", "parent=R", "opened=2010-01-01");
	DO(&p, "unit_open", "code=R-A-1", "name=Chi bộ 1", "kind=BRANCH", "parent=R-A", "opened=2010-01-01");
	DO(&p, "unit_open", "code=R-A-2", "name=Chi bộ 2", "kind=BRANCH", "parent=R-A", "opened=2010-01-01");
	*state = &p;
	return 0;
}

static int end(void **state)
{
	struct place *p = *state;
	place_close_app(&p->under, &p->app);
	arena_done(&p->arena);
	return 0;
}

/* A candidate whose branch voted on a day. */
static int64_t candidate(struct place *p, const char *unit, const char *name, const char *voted)
{
	return DO(p, "person_record", arena_printf(&p->arena, "unit=%s", unit), arena_printf(&p->arena, "name=%s", name), "birth=1995-05-05",
		"schooling=upper_secondary", "since=2020-01-01", "introduced=2023-01-05", "listed=2023-02-06", "certified=2024-03-20",
		"dossier=2025-08-01", arena_printf(&p->arena, "branch_vote=%s", voted));
}

static struct report report_on(struct place *p, const char *unit, const char *day)
{
	struct fault f;
	struct report r;
	const struct late_ask q = { .unit = tree_find_code(&p->app.tree, unit)->id, .as_of = d(day) };
	assert_ok(late_report(&p->app, &q, &p->arena, &r, &f));
	return r;
}

static int64_t late_on(struct place *p, const char *unit, const char *day)
{
	struct report r = report_on(p, unit, day);
	assert_string_equal(r.rows[r.n - 1].key, "total");
	return r.rows[r.n - 1].value;
}

static const char *todo_on(struct place *p, const char *unit, const char *day)
{
	struct fault f;
	const char *text;
	const struct late_ask q = { .unit = tree_find_code(&p->app.tree, unit)->id, .as_of = d(day) };
	assert_ok(late_todo(&p->app, &q, &p->arena, &text, &f));
	return text;
}

static void assert_says(const char *text, const char *part)
{
	if (!text || !strstr(text, part))
		fail_msg("«%s» does not say «%s»", text ? text : "", part);
}

/* 45 working days after Wednesday 3/9/2025 end on Wednesday 5/11/2025; 15 more on 26/11. */
static void test_decision_is_late_from_the_day_after_the_last_one(void **state)
{
	struct place *p = *state;
	candidate(p, "R-A-1", "Trần Văn Khoa", "2025-09-03");
	assert_int_equal(late_on(p, "R", "2025-11-05"), 0);
	assert_int_equal(late_on(p, "R", "2025-11-06"), 1);
	struct report r = report_on(p, "R", "2025-11-16");
	assert_int_equal(r.n, 3);
	assert_string_equal(r.rows[0].key, "unit:R-A-1");
	assert_string_equal(r.rows[1].label, "Trần Văn Khoa: Ra quyết định kết nạp");
	assert_int_equal(r.rows[1].value, 11);
	assert_int_equal(r.rows[1].since.n, d("2025-11-05").n);
	assert_says(r.rows[1].note, "26/11/2025");
	assert_says(r.rows[1].note, "T7, 294-QĐ/TW, 4.3.1");
	assert_null(strstr(r.rows[1].note, "chưa kiểm chứng"));
}

static void test_rule_nobody_could_verify_is_marked(void **state)
{
	struct place *p = *state;
	candidate(p, "R-A-1", "Trần Văn Khoa", "2026-05-04");
	struct report r = report_on(p, "R", "2026-08-01");
	assert_int_equal(r.rows[r.n - 1].value, 1);
	assert_says(r.rows[1].note, "chưa kiểm chứng");
}

static void test_done_is_late_no_more_but_was_on_an_earlier_day(void **state)
{
	struct place *p = *state;
	int64_t id = candidate(p, "R-A-1", "Trần Văn Khoa", "2025-09-03");
	DO(p, "fact_record", arena_printf(&p->arena, "person=%lld", (long long)id), "kind=grassroots_vote", "on=2025-10-01", "value=passed");
	DO(p, "fact_record", arena_printf(&p->arena, "person=%lld", (long long)id), "kind=decision", "on=2025-11-20");
	assert_int_equal(late_on(p, "R", "2025-11-19"), 1);
	assert_int_equal(late_on(p, "R", "2025-11-20"), 0);
}

static void test_list_is_by_unit_then_by_given_name(void **state)
{
	struct place *p = *state;
	candidate(p, "R-A-2", "Lê Văn An", "2025-09-03");
	candidate(p, "R-A-1", "Lê Văn Bình", "2025-09-03");
	candidate(p, "R-A-1", "Trần Thị Ánh", "2025-09-03");
	candidate(p, "R-A-1", "Vũ Đức An", "2025-09-03");
	struct report r = report_on(p, "R", "2025-12-01");
	static const char *const expected[] = { "Chi bộ 1", "Vũ Đức An", "Trần Thị Ánh", "Lê Văn Bình", "Chi bộ 2", "Lê Văn An", "Tổng số" };
	assert_int_equal(r.n, 7);
	for (size_t i = 0; i < r.n; i++)
		assert_memory_equal(r.rows[i].label, expected[i], strlen(expected[i]));
	assert_int_equal(r.rows[0].value, 3);
	assert_int_equal(late_on(p, "R-A-2", "2025-12-01"), 1);
}

static void test_person_is_listed_in_the_unit_of_that_day(void **state)
{
	struct place *p = *state;
	int64_t id = candidate(p, "R-A-1", "Trần Văn Khoa", "2025-09-03");
	DO(p, "fact_record", arena_printf(&p->arena, "person=%lld", (long long)id), "kind=unit", "on=2026-01-15", "unit=R-A-2");
	assert_int_equal(late_on(p, "R-A-1", "2025-12-01"), 1);
	assert_int_equal(late_on(p, "R-A-2", "2025-12-01"), 0);
	assert_int_equal(late_on(p, "R-A-1", "2026-08-01"), 0);
	assert_int_equal(late_on(p, "R-A-2", "2026-08-01"), 1);
}

/* Valid for 60 months, up to and including 20/3/2024. */
static void test_certificate_that_ran_out_is_late_though_nobody_missed_a_day(void **state)
{
	struct place *p = *state;
	DO(p, "person_record", "unit=R-A-1", "name=Trần Văn Khoa", "since=2018-01-01", "listed=2018-02-06", "certified=2019-03-20");
	assert_int_equal(late_on(p, "R", "2024-03-20"), 0);
	struct report r = report_on(p, "R", "2024-03-21");
	assert_int_equal(r.rows[r.n - 1].value, 1);
	assert_string_equal(r.rows[0].label, "Chi bộ 1, Đảng bộ A");
	assert_string_equal(r.rows[1].label, "Trần Văn Khoa: đã hết hạn «Giấy chứng nhận bồi dưỡng nhận thức»");
	assert_int_equal(r.rows[1].since.n, d("2024-03-20").n);
}

static void test_who_has_left_is_no_open_candidacy(void **state)
{
	struct place *p = *state;
	int64_t id = candidate(p, "R-A-1", "Trần Văn Khoa", "2025-09-03");
	DO(p, "fact_record", arena_printf(&p->arena, "person=%lld", (long long)id), "kind=left", "on=2025-12-01", "value=off_list");
	assert_int_equal(late_on(p, "R", "2025-11-30"), 1);
	assert_int_equal(late_on(p, "R", "2025-12-01"), 0);
}

static void test_todo_names_late_due_and_next(void **state)
{
	struct place *p = *state;
	candidate(p, "R-A-1", "Trần Văn Khoa", "2025-09-03"); /* due on 5/11 */
	candidate(p, "R-A-1", "Lê Thị Mai", "2025-09-29");    /* due on 1/12 */
	const char *soon = todo_on(p, "R-A", "2025-11-05");
	assert_says(soon, "QUÁ HẠN: 0 việc");
	assert_says(soon, "ĐẾN HẠN TRONG 30 NGÀY: 2 việc");
	assert_says(soon, "hạn cuối 05/11/2025, còn 0 ngày");
	assert_says(soon, "hạn cuối 01/12/2025, còn 26 ngày");
	assert_says(soon, "BƯỚC TIẾP THEO: 2 người");
	assert_says(soon, "Trần Văn Khoa: Nghị quyết của đảng ủy cơ sở đề nghị kết nạp");
	const char *later = todo_on(p, "R-A", "2025-11-06");
	assert_says(later, "QUÁ HẠN: 1 việc");
	assert_says(later, "hạn cuối 05/11/2025, đã quá 1 ngày");
	assert_says(todo_on(p, "R-A", "2025-11-01"), "ĐẾN HẠN TRONG 30 NGÀY: 2 việc");
	assert_says(todo_on(p, "R-A", "2025-10-31"), "ĐẾN HẠN TRONG 30 NGÀY: 1 việc"); /* 1/12 is 31 days away */
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_decision_is_late_from_the_day_after_the_last_one),
		TEST(test_rule_nobody_could_verify_is_marked),
		TEST(test_done_is_late_no_more_but_was_on_an_earlier_day),
		TEST(test_list_is_by_unit_then_by_given_name),
		TEST(test_person_is_listed_in_the_unit_of_that_day),
		TEST(test_certificate_that_ran_out_is_late_though_nobody_missed_a_day),
		TEST(test_who_has_left_is_no_open_candidacy),
		TEST(test_todo_names_late_due_and_next),
	};
	return RUN(tests);
}
