/* The journal as people read it: what was given, what stood there before, and who may read it. */
#include "office.h"

#include "app/history.h"

static struct history asked(struct office *o, struct history_ask q)
{
	struct history h;
	struct fault f;
	assert_ok(history_read(&o->app, &q, &o->arena, &h, &f));
	return h;
}

#define ALL .from = DAY_NONE, .to = DAY_NONE

static const struct history_entry *newest(struct office *o)
{
	struct history h = asked(o, (struct history_ask){ ALL, .most = 1 });
	assert_int_equal(h.n, 1);
	return &h.v[0];
}

static const struct history_field *field(const struct history_entry *e, const char *name)
{
	for (size_t i = 0; i < e->n; i++)
		if (strcmp(e->fields[i].name, name) == 0)
			return &e->fields[i];
	return NULL;
}

static void assert_field(const struct history_entry *e, const char *name, const char *value, const char *old)
{
	const struct history_field *x = field(e, name);
	if (!x)
		fail_msg("no field %s", name);
	if (value)
		assert_string_equal(x->value, value);
	else
		assert_null(x->value);
	if (old)
		assert_string_equal(x->old, old);
	else
		assert_null(x->old);
}

static void record(struct office *o)
{
	DO(o, "person_record", "name=Trần Văn Bảy", "unit=TB-01-A", "birth=1999-02-03", "sex=male", "ethnicity=kinh");
	DO(o, "person_record", "name=Lê Thị Đào", "unit=TB-02", "birth=2001-05-06", "sex=female");
}

/* ---- old and new ---- */

static void test_values_are_given_as_people_read_them(void **state)
{
	struct office *o = *state;
	record(o);
	const struct history_entry *e = newest(o);
	assert_string_equal(e->op, "person_record");
	assert_string_equal(e->entity_name, "Lê Thị Đào");
	assert_string_equal(e->unit_code, "TB-02");
	assert_string_equal(e->unit_name, "Chi bộ Trường học");
	assert_string_equal(e->actor, o->app.actor);
	assert_true(e->at_us > 0);
	assert_field(e, "unit", "Chi bộ Trường học (TB-02)", NULL);
	assert_field(e, "birth", "06/05/2001", NULL);
	assert_field(e, "sex", "Nữ", NULL);
	assert_string_equal(field(e, "birth")->label, "Ngày sinh");
	assert_null(field(e, "religion"));
	o->app.lang = LANG_EN;
	assert_field(newest(o), "birth", "2001-05-06", NULL);
	assert_field(newest(o), "sex", "Female", NULL);
	assert_string_equal(newest(o)->op_label, "Records whatever a list knows of a person");
}

static void test_a_correction_shows_the_fact_it_replaced(void **state)
{
	struct office *o = *state;
	record(o);
	DO(o, "fact_record", "person=1", "kind=source", "on=2025-01-10", "paper_no=12-NQ/CB");
	struct facts facts = office_facts(o, 1);
	const struct fact *x = facts_first(&facts, "source");
	char seq[32];
	(void)snprintf(seq, sizeof seq, "seq=%d", x->seq);
	DO(o, "fact_correct", "person=1", seq, "on=2025-01-12", "paper_no=13-NQ/CB", "reason=ghi nhầm");
	const struct history_entry *e = newest(o);
	assert_field(e, "on", "12/01/2025", "10/01/2025");
	assert_field(e, "paper_no", "13-NQ/CB", "12-NQ/CB");
	assert_non_null(strstr(field(e, "seq")->value, "10/01/2025"));
	assert_field(e, "person", "Trần Văn Bảy (1)", NULL);
	assert_field(e, "reason", "ghi nhầm", NULL);
	assert_null(field(e, "paper_on"));
}

static void test_a_withdrawal_shows_all_that_was_withdrawn(void **state)
{
	struct office *o = *state;
	record(o);
	DO(o, "fact_record", "person=1", "kind=education", "on=2025-01-10", "value=bachelor", "paper_no=7");
	struct facts facts = office_facts(o, 1);
	char seq[32];
	(void)snprintf(seq, sizeof seq, "seq=%d", facts_first(&facts, "education")->seq);
	DO(o, "fact_correct", "person=1", seq, "withdraw=1", "reason=không có");
	const struct history_entry *e = newest(o);
	assert_field(e, "on", NULL, "10/01/2025");
	assert_field(e, "value", NULL, "Đại học");
	assert_field(e, "paper_no", NULL, "7");
}

static void test_a_new_attribute_shows_the_one_before(void **state)
{
	struct office *o = *state;
	record(o);
	DO(o, "fact_record", "person=1", "kind=name", "on=2026-01-10", "value=Trần Văn Bẩy");
	assert_field(newest(o), "value", "Trần Văn Bẩy", "Trần Văn Bảy");
	assert_field(newest(o), "kind", "Họ và tên", NULL);
	DO(o, "fact_record", "person=1", "kind=unit", "on=2026-02-10", "unit=TB-02");
	assert_field(newest(o), "unit", "Chi bộ Trường học (TB-02)", "Chi bộ Tổ 1 (TB-01-A)");
	DO(o, "fact_record", "person=1", "kind=religion", "on=2026-02-10", "value=none");
	assert_null(field(newest(o), "value")->old);
}

/* What a later entry says has no place before an earlier one. */
static void test_the_old_value_is_that_of_the_moment(void **state)
{
	struct office *o = *state;
	DO(o, "unit_rename", "unit=TB-02", "name=Chi bộ Hai", "from=2020-01-01");
	DO(o, "unit_rename", "unit=TB-02", "name=Chi bộ Ba", "from=2021-01-01");
	struct history h = asked(o, (struct history_ask){ ALL, .op = "unit_rename" });
	assert_int_equal(h.n, 2);
	assert_field(&h.v[0], "name", "Chi bộ Ba", "Chi bộ Hai");
	assert_field(&h.v[1], "name", "Chi bộ Hai", "Chi bộ Trường học");
}

static void test_units_targets_and_days_show_what_they_replaced(void **state)
{
	struct office *o = *state;
	DO(o, "unit_move", "unit=TB-01-B", "parent=TB", "from=2026-01-01");
	assert_field(newest(o), "parent", "Đảng bộ thị xã Thử (TB)", "Đảng bộ phường Một (TB-01)");
	DO(o, "unit_fact", "unit=TB-02", "kind=kind", "value=GRASS_DB", "from=2026-01-01");
	assert_field(newest(o), "kind", "Loại tổ chức", NULL);
	assert_string_equal(field(newest(o), "value")->old, code_label(CODES_UNIT_KIND, "GRASS_CB", LANG_VI));
	DO(o, "target_set", "unit=TB", "indicator=student_share", "kind=assigned", "period=2026", "low=12,5");
	assert_null(field(newest(o), "low")->old);
	DO(o, "target_set", "unit=TB", "indicator=student_share", "kind=assigned", "period=2026", "low=14", "paper_no=5");
	assert_field(newest(o), "low", "14", "12,5");
	assert_field(newest(o), "indicator", "Tỷ lệ học sinh, sinh viên trong số kết nạp", NULL);
	assert_field(newest(o), "period", "năm 2026", NULL);
	assert_string_equal(newest(o)->entity_name, "Tỷ lệ học sinh, sinh viên trong số kết nạp, năm 2026");
	DO(o, "calendar_set", "day=2026-05-08", "kind=off", "note=nghỉ");
	DO(o, "calendar_set", "day=2026-05-08", "kind=work");
	assert_string_equal(field(newest(o), "kind")->old, code_label(CODES_DAY_KIND, "off", LANG_VI));
	DO(o, "calendar_block", "holiday=tet", "year=2027", "first=2027-02-04", "last=2027-02-10", "due=keep");
	assert_field(newest(o), "holiday", "Tết Nguyên đán", NULL);
	assert_field(newest(o), "due", "Giữ nguyên thời hạn đã tính", NULL);
	assert_field(newest(o), "counts_from", "01/07/2026", NULL);
}

static void test_a_list_that_adds_to_a_person_shows_what_was_there(void **state)
{
	struct office *o = *state;
	record(o);
	DO(o, "person_record", "name=Trần Văn Bảy", "unit=TB-01-A", "birth=1999-02-03", "religion=none");
	const struct history_entry *e = newest(o);
	assert_field(e, "birth", "03/02/1999", NULL);
	assert_null(field(e, "religion")->old);
}

/* ---- which ones ---- */

static void test_filters(void **state)
{
	struct office *o = *state;
	record(o);
	DO(o, "fact_record", "person=1", "kind=source", "on=2025-01-10");
	struct unit_id one = tree_find_code(&o->app.tree, "TB-01")->id;
	assert_int_equal(asked(o, (struct history_ask){ ALL }).n, 8);
	assert_int_equal(asked(o, (struct history_ask){ ALL, .unit = one }).n, 3 + 2);
	assert_int_equal(asked(o, (struct history_ask){ ALL, .entity = "person" }).n, 3);
	assert_int_equal(asked(o, (struct history_ask){ ALL, .entity = "person", .entity_id = 1 }).n, 2);
	assert_int_equal(asked(o, (struct history_ask){ ALL, .entity = "person", .entity_id = 99 }).n, 0);
	assert_int_equal(asked(o, (struct history_ask){ ALL, .op = "unit_open" }).n, 5);
	assert_int_equal(asked(o, (struct history_ask){ ALL, .actor = "user:nobody" }).n, 0);
	assert_int_equal(asked(o, (struct history_ask){ ALL, .actor = o->app.actor }).n, 8);
	struct history h;
	struct fault f;
	const struct history_ask wrong = { ALL, .op = "unit_melt" };
	assert_refused(history_read(&o->app, &wrong, &o->arena, &h, &f), E_INVALID, "op", MSG_HISTORY_OP_UNKNOWN);
}

static int64_t clock_of(void *ctx)
{
	int64_t *now = ctx;
	return *now += INT64_C(3600000000); /* an hour for each operation */
}

/* Five operations from 22:30 of 1 March on at UTC+7: two of the 1st, three of the 2nd. */
static void test_days_are_those_of_viet_nam(void **state)
{
	struct office *o = *state;
	int64_t now = (int64_t)day_of(2026, 3, 1).n * INT64_C(86400000000) + (22 - 7) * INT64_C(3600000000) + INT64_C(1800000000) -
		INT64_C(3600000000);
	o->app.now_us = clock_of;
	o->app.clock_ctx = &now;
	for (int i = 0; i < 5; i++) {
		char code[16];
		(void)snprintf(code, sizeof code, "code=TB-%d", 20 + i);
		DO(o, "unit_open", code, "name=Chi bộ", "kind=GRASS_CB", "parent=TB", "opened=2020-01-01");
	}
	assert_int_equal(asked(o, (struct history_ask){ .from = on("2026-03-01"), .to = on("2026-03-01") }).n, 2);
	assert_int_equal(asked(o, (struct history_ask){ .from = on("2026-03-02"), .to = on("2026-03-02") }).n, 3);
	assert_int_equal(asked(o, (struct history_ask){ .from = on("2026-03-03"), .to = on("2026-03-03") }).n, 0);
}

/* Minutes before and after midnight, as two machines take turns one of whose clocks is five minutes slow. */
static int64_t clock_of_two(void *ctx)
{
	static const int minutes[] = { -2, -6, 2, -1, 4, 1 };
	size_t *turn = ctx;
	return ((int64_t)day_of(2026, 3, 2).n * 1440 - 7 * 60 + minutes[(*turn)++]) * 60 * 1000000;
}

static void test_clocks_of_several_machines_need_not_agree_to_the_minute(void **state)
{
	struct office *o = *state;
	size_t turn = 0;
	o->app.now_us = clock_of_two;
	o->app.clock_ctx = &turn;
	for (int i = 0; i < 6; i++) {
		char code[16];
		(void)snprintf(code, sizeof code, "code=TB-%d", 20 + i);
		DO(o, "unit_open", code, "name=Chi bộ", "kind=GRASS_CB", "parent=TB", "opened=2020-01-01");
	}
	assert_int_equal(asked(o, (struct history_ask){ .from = on("2026-03-01"), .to = on("2026-03-01") }).n, 3);
	assert_int_equal(asked(o, (struct history_ask){ .from = on("2026-03-02"), .to = on("2026-03-02") }).n, 3);
}

static void test_pages_follow_one_another_without_gap_or_repetition(void **state)
{
	struct office *o = *state;
	struct history_ask q = { ALL, .most = 3 };
	int64_t expected, pages = 0;
	record(o);
	expected = office_entries(o);
	do {
		struct history h = asked(o, q);
		assert_true(h.n <= 3);
		for (size_t i = 0; i < h.n; i++)
			assert_int_equal(h.v[i].id.v, expected--);
		q.before = h.next;
		pages++;
	} while (q.before.v);
	assert_int_equal(expected, 0);
	assert_int_equal(pages, 3);
}

/* ---- who may read ---- */

static struct actor actor_with(struct grant *g, enum role role, int64_t unit)
{
	*g = (struct grant){ .id = 1, .role = role, .unit = { unit }, .from = on("2020-01-01"), .to = DAY_NONE };
	return (struct actor){ .account = 1, .login = "lan", .name = "Lan", .journal = "user:lan", .grants = g, .n = 1, .mask = UINT32_MAX };
}

static void test_who_sees_no_people_sees_only_that_there_was_an_entry(void **state)
{
	struct office *o = *state;
	struct grant g;
	struct actor admin = actor_with(&g, ROLE_ADMIN, 0);
	record(o);
	o->app.who = &admin;
	struct history h = asked(o, (struct history_ask){ ALL });
	assert_int_equal(h.n, 7);
	assert_true(h.v[0].hidden);
	assert_string_equal(h.v[0].op, "person_record");
	assert_true(h.v[0].at_us > 0);
	assert_null(h.v[0].entity_name);
	assert_null(h.v[0].unit_code);
	assert_int_equal(h.v[0].entity_id, 0);
	assert_int_equal(h.v[0].n, 0);
	assert_false(h.v[2].hidden);
	assert_int_equal(asked(o, (struct history_ask){ ALL, .entity = "person", .entity_id = 1 }).n, 0);
}

static void test_entries_of_other_subtrees_are_left_out(void **state)
{
	struct office *o = *state;
	struct grant g;
	struct actor office = actor_with(&g, ROLE_OFFICE, tree_find_code(&o->app.tree, "TB-01")->id.v);
	record(o);
	DO(o, "calendar_set", "day=2026-05-08", "kind=off");
	o->app.who = &office;
	struct history h = asked(o, (struct history_ask){ ALL });
	assert_int_equal(h.n, 1 + 1 + 3); /* the day, the person of TB-01-A, three units */
	assert_string_equal(h.v[1].entity_name, "Trần Văn Bảy");
	assert_false(h.v[1].hidden);
}

/* ---- stamps ---- */

static void test_stamps_say_who_entered_a_fact_and_when(void **state)
{
	struct office *o = *state;
	struct history_stamp *v;
	struct fault f;
	size_t n;
	record(o);
	struct entry_id first = o->app.head.last;
	DO(o, "person_record", "name=Lê Thị Đào", "unit=TB-02", "birth=2001-05-06", "education=university");
	assert_ok(history_stamps(&o->app, (struct person_id){ 2 }, &o->arena, &v, &n, &f));
	assert_int_equal(n, 2);
	assert_ptr_equal(history_stamp_of(v, n, first), &v[0]);
	assert_ptr_equal(history_stamp_of(v, n, (struct entry_id){ first.v + 1 }), &v[1]);
	assert_null(history_stamp_of(v, n, (struct entry_id){ first.v - 1 }));
	assert_string_equal(v[1].op, "person_record");
	assert_string_equal(v[0].actor, o->app.actor);
	assert_true(v[0].at_us > 0);
}

#define HISTORY_TEST(name) cmocka_unit_test_setup_teardown(name, office_setup, office_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		HISTORY_TEST(test_values_are_given_as_people_read_them),
		HISTORY_TEST(test_a_correction_shows_the_fact_it_replaced),
		HISTORY_TEST(test_a_withdrawal_shows_all_that_was_withdrawn),
		HISTORY_TEST(test_a_new_attribute_shows_the_one_before),
		HISTORY_TEST(test_the_old_value_is_that_of_the_moment),
		HISTORY_TEST(test_units_targets_and_days_show_what_they_replaced),
		HISTORY_TEST(test_a_list_that_adds_to_a_person_shows_what_was_there),
		HISTORY_TEST(test_filters),
		HISTORY_TEST(test_days_are_those_of_viet_nam),
		HISTORY_TEST(test_clocks_of_several_machines_need_not_agree_to_the_minute),
		HISTORY_TEST(test_pages_follow_one_another_without_gap_or_repetition),
		HISTORY_TEST(test_who_sees_no_people_sees_only_that_there_was_an_entry),
		HISTORY_TEST(test_entries_of_other_subtrees_are_left_out),
		HISTORY_TEST(test_stamps_say_who_entered_a_fact_and_when),
	};
	return RUN(tests);
}
