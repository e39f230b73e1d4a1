/* The site's own values of rules, from the operation to what people read: who sees what, from which day on, and how it ends. */
#include "app/office_disk.h"

#include "app/history.h"
#include "app/verify.h"

#define REASON "reason=Công văn của tỉnh ủy"

static const char *said(struct office *o)
{
	return fault_text(&o->fault, LANG_VI, &o->arena);
}

static const char *warned(struct office *o, size_t i)
{
	assert_true(i < o->result.warnings.n);
	return fault_text(&o->result.warnings.v[i], LANG_VI, &o->arena);
}

/* A candidate of a grassroots branch whose branch voted on that day. */
static int64_t candidate(struct office *o, const char *voted)
{
	char vote[32];
	(void)snprintf(vote, sizeof vote, "branch_vote=%s", voted);
	DO(o, "person_record", "unit=TB-02", "name=Ngô Thị Thử", "birth=1995-05-20", "schooling=upper_secondary", "introduced=2022-01-01",
		"listed=2022-02-01", "certified=2023-05-15", "dossier=2025-08-01", vote);
	return o->result.entity_id;
}

static struct standing standing_of(struct office *o, int64_t person)
{
	struct standing s;
	struct facts active = office_facts(o, person);
	const struct world w = app_world(&o->app);
	standing(&w, &active, o->app.today, &o->arena, &s);
	return s;
}

static struct day due(struct office *o, int64_t person, const char *clock)
{
	struct standing s = standing_of(o, person);
	const struct standing_clock *k = standing_clock_of(&s, clock);
	assert_non_null(k);
	return k->due;
}

static void assert_due(struct office *o, int64_t person, const char *want)
{
	char text[DAY_TEXT];
	assert_string_equal(day_iso(due(o, person, "T7"), text), want);
}

/* Vote on Monday 6/10/2025. 45 working days of the pack end on 8/12/2025 (no day off on the way but 24/11 is not one before 2026);
 * 20 of the site end on 3/11/2025. */
static void test_value_moves_the_last_day_of_clocks_that_start_in_its_time(void **state)
{
	struct disk *d = *state;
	struct office *o = &d->office;
	int64_t person = candidate(o, "2025-10-06");
	assert_due(o, person, "2025-12-08");
	DO(o, "rule_set", "key=T7.length", "value=20", "from=2025-10-01", REASON, "paper_no=12-CV/TU");
	assert_string_equal(warned(o, 0), "từ ngày 01/10/2025, trước hôm nay: các thời hạn đã bắt đầu từ ngày đó được tính lại");
	assert_due(o, person, "2025-11-03");
	struct standing s = standing_of(o, person);
	assert_string_equal(standing_clock_of(&s, "T7")->clock->cite,
		"294-QĐ/TW, 4.3.1; giá trị tại đây: 12-CV/TU, Công văn của tỉnh ủy");
}

static void test_clock_that_started_before_keeps_the_value_of_the_pack(void **state)
{
	struct disk *d = *state;
	struct office *o = &d->office;
	int64_t person = candidate(o, "2025-09-29");
	struct day before = due(o, person, "T7");
	DO(o, "rule_set", "key=T7.length", "value=20", "from=2025-10-01", REASON);
	assert_true(day_equal(due(o, person, "T7"), before));
}

static void test_what_does_not_fit_is_refused_with_what_there_is(void **state)
{
	struct disk *d = *state;
	struct office *o = &d->office;
	REFUSED(o, E_INVALID, "key", MSG_SITE_NO_FIELD, "rule_set", "key=T7.days", "value=20", "from=2025-10-01", REASON);
	assert_string_equal(said(o), "không có giá trị «T7.days»; của quy tắc này có thể đặt: T7.length, T7.extension, T7.verified");
	REFUSED(o, E_INVALID, "key", MSG_SITE_NO_ROW, "rule_set", "key=T77.length", "value=20", "from=2025-10-01", REASON);
	assert_non_null(strstr(said(o), "không có quy tắc «T77» trong thời gian này; các quy tắc: T1, T2, "));
	REFUSED(o, E_INVALID, "value", MSG_SITE_NUMBER, "rule_set", "key=T7.length", "value=lâu", "from=2025-10-01", REASON);
	assert_string_equal(said(o), "«lâu» phải là số nguyên từ 1 đến 100000; thời hạn ghi như: 60 workday (ngày làm việc), 12 month (tháng)");
	REFUSED(o, E_INVALID, "reason", MSG_REQUIRED, "rule_set", "key=T7.length", "value=20", "from=2025-10-01");
}

static void test_second_value_says_what_it_replaces(void **state)
{
	struct disk *d = *state;
	struct office *o = &d->office;
	char text[160];
	DO(o, "rule_set", "key=T7.length", "value=20", "from=2025-10-01", REASON);
	int64_t number = o->result.entity_id;
	DO(o, "rule_set", "key=T7.length", "value=20", "from=2025-10-01", REASON);
	assert_true(o->result.unchanged);
	DO(o, "rule_set", "key=T7.length", "value=25", "from=2025-11-01", REASON);
	(void)snprintf(text, sizeof text, "thay cho giá trị «20 workday» đã đặt trước đây (số %d) trong cùng thời gian", (int)number);
	assert_string_equal(warned(o, 0), text);
	DO(o, "rule_set", "key=T8.length", "value=30", "from=2026-07-01", REASON);
	assert_string_equal(warned(o, 0), "giá trị này đúng như bộ quy tắc; không cần đặt riêng");
}

/* 20 days from 1/10/2025 on; for November and December 25. On 30/6/2026 the key alone means the 20 days: the others are long over. */
static void test_the_key_alone_means_the_value_that_still_holds(void **state)
{
	struct disk *d = *state;
	struct office *o = &d->office;
	DO(o, "rule_set", "key=T7.length", "value=20", "from=2025-10-01", REASON);
	int64_t first = o->result.entity_id;
	DO(o, "rule_set", "key=T7.length", "value=25", "from=2025-11-01", "to=2025-12-31", REASON);
	int64_t second = o->result.entity_id;
	DO(o, "rule_end", "key=T7.length", REASON);
	assert_int_equal(o->result.entity_id, first);
	DO(o, "rule_end", "key=T7.length", REASON);
	assert_int_equal(o->result.entity_id, first);
	assert_true(o->result.unchanged);
	DO(o, "rule_end", "key=T7.length", "to=2025-12-15", REASON);
	assert_int_equal(o->result.entity_id, second);
	REFUSED(o, E_CONFLICT, "to", MSG_RULE_VALUE_ENDED, "rule_end", "key=T7.length", "to=2026-12-31", REASON);
	REFUSED(o, E_NOTFOUND, "key", MSG_RULE_VALUE_UNKNOWN, "rule_end", "key=T8.length", REASON);
}

static void test_value_that_is_ended_as_never_used_changes_nothing(void **state)
{
	struct disk *d = *state;
	struct office *o = &d->office;
	char number[32];
	int64_t person = candidate(o, "2025-10-06");
	DO(o, "rule_set", "key=T7.length", "value=20", "from=2025-10-01", REASON);
	(void)snprintf(number, sizeof number, "number=%d", (int)o->result.entity_id);
	assert_due(o, person, "2025-11-03");
	DO(o, "rule_end", number, "to=2025-10-31", REASON);
	assert_due(o, person, "2025-11-03");
	REFUSED(o, E_CONFLICT, "to", MSG_RULE_VALUE_ENDED, "rule_end", number, "to=2025-11-30", REASON);
	REFUSED(o, E_INVALID, "to", MSG_RULE_VALUE_TOO_EARLY, "rule_end", number, "to=2025-09-15", REASON);
	assert_string_equal(said(o),
		"ngày cuối 15/09/2025 quá sớm: giá trị có hiệu lực từ 01/10/2025; nếu chưa từng dùng thì ghi ngày 30/09/2025");
	DO(o, "rule_end", number, "to=2025-09-30", REASON);
	assert_due(o, person, "2025-12-08");
	REFUSED(o, E_NOTFOUND, "number", MSG_RULE_VALUE_UNKNOWN, "rule_end", "number=9999", REASON);
}

static void test_other_connections_follow_and_a_rollback_takes_it_back(void **state)
{
	struct disk *d = *state;
	struct office *o = &d->office;
	struct app other;
	struct fault f;
	int64_t person = candidate(o, "2025-10-06");
	assert_ok(app_open_again(&o->app, APP_READ, &other, &f));
	DO(o, "rule_set", "key=T7.length", "value=20", "from=2025-10-01", REASON);
	assert_int_equal(pack_clock(rules_at(&other.rules, on("2025-10-06")), "T7")->length.length, 45);
	assert_ok(app_begin(&other, &f));
	assert_int_equal(pack_clock(rules_at(&other.rules, on("2025-10-06")), "T7")->length.length, 20);
	app_rollback(&other);
	app_close(&other);
	assert_ok(app_begin(&o->app, &f));
	const struct op *op = op_find("rule_set");
	const struct rule_set_in in = { .key = "T7.length", .value = "5 workday", .from = on("2025-10-01"), .to = DAY_NONE, .reason = "thử" };
	assert_ok(op_run(&o->app, op, &in, &o->arena, &o->result, &f));
	assert_due(o, person, "2025-10-13");
	app_rollback(&o->app);
	assert_due(o, person, "2025-11-03");
}

/* Vote on 6/10/2025: 60 working days of the period before end on 29/12/2025. */
static void test_one_person_may_be_judged_by_another_period_with_a_reason(void **state)
{
	struct disk *d = *state;
	struct office *o = &d->office;
	char person[32];
	int64_t id = candidate(o, "2025-10-06");
	(void)snprintf(person, sizeof person, "person=%d", (int)id);
	REFUSED(o, E_INVALID, "detail", MSG_OWN_RULES_REASON, "fact_record", person, "kind=rules_of", "on=2025-10-10", "value=T7:r24");
	assert_string_equal(said(o), "phải ghi lý do áp dụng quy định của thời kỳ khác cho người này");
	REFUSED(o, E_INVALID, "value", MSG_OWN_RULES_PACK, "fact_record", person, "kind=rules_of", "on=2025-10-10", "value=T7:cũ",
		"detail=hồ sơ gửi trước 01/7");
	assert_string_equal(said(o),
		"«T7:cũ» phải ghi thời hạn và bộ quy tắc, ví dụ T7:r24; các bộ quy tắc: r29, r24, r232, r294, q208");
	DO(o, "fact_record", person, "kind=rules_of", "on=2025-10-10", "value=T7:r24", "detail=hồ sơ gửi trước 01/7");
	assert_due(o, id, "2025-12-29");
}

static void test_journal_tells_it_and_proves_it(void **state)
{
	struct disk *d = *state;
	struct office *o = &d->office;
	struct verify_result result;
	struct history h;
	struct fault f;
	char number[32];
	DO(o, "rule_set", "key=T7.length", "value=20", "from=2025-10-01", REASON);
	(void)snprintf(number, sizeof number, "number=%d", (int)o->result.entity_id);
	DO(o, "rule_end", number, REASON);
	const struct history_ask ask = { .entity = "rule", .from = DAY_NONE, .to = DAY_NONE };
	assert_ok(history_read(&o->app, &ask, &o->arena, &h, &f));
	assert_int_equal(h.n, 2);
	assert_string_equal(h.v[1].entity_name, "T7.length");
	assert_ok(verify_all(&o->app, &result, &f));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, disk_setup, disk_teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_value_moves_the_last_day_of_clocks_that_start_in_its_time),
		TEST(test_clock_that_started_before_keeps_the_value_of_the_pack),
		TEST(test_what_does_not_fit_is_refused_with_what_there_is),
		TEST(test_second_value_says_what_it_replaces),
		TEST(test_the_key_alone_means_the_value_that_still_holds),
		TEST(test_value_that_is_ended_as_never_used_changes_nothing),
		TEST(test_other_connections_follow_and_a_rollback_takes_it_back),
		TEST(test_one_person_may_be_judged_by_another_period_with_a_reason),
		TEST(test_journal_tells_it_and_proves_it),
	};
	return RUN(tests);
}
