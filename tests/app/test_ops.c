#include "office.h"

#include "base/utf8.h"

/* ---- fields ---- */

static void test_missing_field_is_named(void **state)
{
	struct office *o = *state;
	REFUSED(o, E_INVALID, "name", MSG_REQUIRED, "unit_open", "code=TB-03", "kind=BRANCH", "parent=TB", "opened=2020-01-01");
}

static void test_blank_counts_as_missing(void **state)
{
	struct office *o = *state;
	REFUSED(o, E_INVALID, "name", MSG_REQUIRED, "unit_open", "code=TB-03", "name=   ", "kind=BRANCH", "opened=2020-01-01");
}

static void test_text_is_limited_by_letters_not_bytes(void **state)
{
	struct office *o = *state;
	struct text name = TEXT(&o->arena);
	text_add(&name, "name=");
	for (int i = 0; i < 100; i++)
		text_add(&name, "Đ");
	DO(o, "person_record", "unit=TB-02", text_str(&name));
	text_add(&name, "Đ");
	REFUSED(o, E_TOOBIG, "name", MSG_TOO_LONG, "person_record", "unit=TB-02", text_str(&name));
}

static void test_broken_text_is_refused(void **state)
{
	struct office *o = *state;
	REFUSED(o, E_INVALID, "name", MSG_NOT_UTF8, "person_record", "unit=TB-02", "name=Nguy\xC3n");
	REFUSED(o, E_INVALID, "name", MSG_CONTROL_CHARACTER, "person_record", "unit=TB-02", "name=Nguyễn\x07Văn");
}

static void test_days_outside_the_calendar_are_refused(void **state)
{
	struct office *o = *state;
	REFUSED(o, E_INVALID, "birth", MSG_DAY_IMPOSSIBLE, "person_record", "unit=TB-02", "name=Lê Thử", "birth=30/02/1990");
	REFUSED(o, E_INVALID, "birth", MSG_DAY_FORMAT, "person_record", "unit=TB-02", "name=Lê Thử", "birth=tháng tư");
}

static void test_code_is_taken_by_label_without_accents(void **state)
{
	struct office *o = *state;
	DO(o, "person_record", "unit=TB-02", "name=Lê Thử", "sex=NU", "ethnicity=tay", "education=thac si");
	struct facts f = office_facts(o, o->result.entity_id);
	assert_string_equal(facts_value(&f, "sex", DAY_NONE), "female");
	assert_string_equal(facts_value(&f, "education", DAY_NONE), "master");
	REFUSED(o, E_INVALID, "sex", MSG_NOT_CODE, "person_record", "unit=TB-02", "name=Lê Thử", "sex=?");
}

static void test_unit_code_has_plain_letters(void **state)
{
	struct office *o = *state;
	REFUSED(o, E_INVALID, "code", MSG_CODE_LETTERS, "unit_open", "code=ĐB 1", "name=X", "kind=BRANCH", "opened=2020-01-01");
	REFUSED(o, E_TOOBIG, "code", MSG_TOO_LONG, "unit_open", "code=A23456789012345678901234567890123", "name=X", "kind=BRANCH",
		"opened=2020-01-01");
}

static void test_number_with_one_point_is_ambiguous(void **state)
{
	struct office *o = *state;
	REFUSED(o, E_INVALID, "low", MSG_NUMBER_AMBIGUOUS, "target_set", "unit=TB", "kind=assigned", "period=2026", "low=1.200");
	REFUSED(o, E_INVALID, "low", MSG_NOT_DECIMAL, "target_set", "unit=TB", "kind=assigned", "period=2026", "low=-5");
	REFUSED(o, E_INVALID, "low", MSG_NOT_DECIMAL, "target_set", "unit=TB", "kind=assigned", "period=2026", "low=2,5000");
}

static void test_every_input_survives_the_way_through_json(void **state)
{
	struct office *o = *state;
	const struct op *op = op_find("target_set");
	const char *json = "{\"unit\":\"TB\",\"indicator\":\"admitted_rate\",\"kind\":\"own\","
			   "\"period\":\"2026\",\"low\":3.125,\"high\":4,\"at_least\":true,"
			   "\"decided\":\"2026-01-05\",\"paper_no\":\"12-\\\"KH\\\"\"}";
	void *in;
	assert_int_equal(op_from_json(op, json, &o->arena, &in, &o->fault), OK);
	assert_int_equal(((struct target_set_in *)in)->low, 3125);
	assert_string_equal(op_to_json(op, in, &o->arena), json);
}

static void test_json_with_unknown_or_double_keys_is_refused(void **state)
{
	struct office *o = *state;
	const struct op *op = op_find("unit_close");
	void *in;
	assert_int_equal(op_from_json(op, "{\"unit\":\"TB\",\"onn\":\"2026-01-01\"}", &o->arena, &in, &o->fault), E_USAGE);
	assert_string_equal(o->fault.field, "onn");
	assert_int_equal(op_from_json(op, "{\"unit\":\"TB\",\"unit\":\"TB-01\",\"on\":\"2026-01-01\"}", &o->arena, &in, &o->fault), E_INVALID);
	assert_int_equal(op_from_json(op, "{\"unit\":[\"TB\"],\"on\":\"2026-01-01\"}", &o->arena, &in, &o->fault), E_INVALID);
	assert_int_equal(op_from_json(op, "{\"unit\":\"TB\"} {}", &o->arena, &in, &o->fault), E_INVALID);
}

/* ---- organisations ---- */

static void test_opening_twice_alike_changes_nothing(void **state)
{
	struct office *o = *state;
	int64_t entries = office_entries(o);
	DO(o, "unit_open", "code=tb-02", "name=Chi bộ Trường học", "kind=GRASS_CB", "parent=TB", "opened=2000-01-01");
	assert_true(o->result.unchanged);
	assert_int_equal(office_entries(o), entries);
}

static void test_opening_twice_differently_is_a_conflict(void **state)
{
	struct office *o = *state;
	REFUSED(o, E_CONFLICT, "name", MSG_UNIT_DIFFERS, "unit_open", "code=TB-02", "name=Chi bộ Bệnh viện", "kind=GRASS_CB",
		"parent=TB", "opened=2000-01-01");
	assert_string_equal(o->fault.arg[1], "Chi bộ Trường học");
	assert_string_equal(o->fault.arg[2], "Chi bộ Bệnh viện");
	assert_string_equal(o->fault.arg[3], "unit_rename");
	REFUSED(o, E_CONFLICT, "parent", MSG_UNIT_DIFFERS, "unit_open", "code=TB-02", "name=Chi bộ Trường học", "kind=GRASS_CB", "parent=TB-01",
		"opened=2000-01-01");
}

static void test_the_list_of_the_founding_stays_true_after_a_renaming(void **state)
{
	struct office *o = *state;
	DO(o, "unit_rename", "unit=TB-02", "name=Chi bộ Trường THPT", "from=2020-01-01");
	DO(o, "unit_open", "code=TB-02", "name=Chi bộ Trường học", "kind=GRASS_CB", "parent=TB", "opened=2000-01-01");
	assert_true(o->result.unchanged);
}

static void test_parent_must_be_open_on_the_founding_day(void **state)
{
	struct office *o = *state;
	REFUSED(o, E_NOTFOUND, "parent", MSG_UNIT_CODE_UNKNOWN, "unit_open", "code=X", "name=X", "kind=BRANCH", "parent=NOWHERE",
		"opened=2020-01-01");
	REFUSED(o, E_RULE, "parent", MSG_UNIT_NOT_YET_OPEN, "unit_open", "code=X", "name=X", "kind=BRANCH", "parent=TB-01",
		"opened=1995-06-30");
	DO(o, "unit_open", "code=X", "name=X", "kind=BRANCH", "parent=TB-01", "opened=1995-07-01");
}

static void test_second_root_is_accepted_with_a_warning(void **state)
{
	struct office *o = *state;
	DO(o, "unit_open", "code=ROOT2", "name=Đảng bộ khác", "kind=DISTRICT", "opened=2000-01-01");
	assert_true(office_warned(o, MSG_UNIT_SECOND_ROOT));
}

static void test_what_lies_ahead_is_not_recorded(void **state)
{
	struct office *o = *state;
	REFUSED(o, E_RULE, "opened", MSG_DAY_IN_FUTURE, "unit_open", "code=X", "name=X", "kind=BRANCH", "parent=TB", "opened=2026-07-01");
	DO(o, "unit_open", "code=X", "name=X", "kind=BRANCH", "parent=TB", "opened=2026-06-30");
}

static void test_unit_may_not_move_below_itself(void **state)
{
	struct office *o = *state;
	REFUSED(o, E_RULE, "parent", MSG_UNIT_RING, "unit_move", "unit=TB-01", "parent=TB-01-A", "from=2024-01-01");
	DO(o, "unit_move", "unit=TB-01-B", "parent=TB", "from=2024-01-01");
	struct unit *u = tree_find_code(&o->app.tree, "TB-01-B");
	assert_string_equal(tree_find(&o->app.tree, unit_parent(u, on("2023-12-31")))->code, "TB-01");
	assert_string_equal(tree_find(&o->app.tree, unit_parent(u, on("2024-01-01")))->code, "TB");
}

static void test_unit_closes_only_without_children(void **state)
{
	struct office *o = *state;
	REFUSED(o, E_RULE, "unit", MSG_UNIT_HAS_CHILDREN, "unit_close", "unit=TB-01", "on=2025-07-01");
	DO(o, "unit_close", "unit=TB-01-A", "on=2025-07-01");
	struct unit *u = tree_find_code(&o->app.tree, "TB-01-A");
	assert_true(unit_is_open(u, on("2025-06-30")));
	assert_false(unit_is_open(u, on("2025-07-01")));
}

static void test_unit_closes_once(void **state)
{
	struct office *o = *state;
	DO(o, "unit_close", "unit=TB-01-A", "on=2025-07-01");
	DO(o, "unit_close", "unit=TB-01-A", "on=2025-07-01");
	assert_true(o->result.unchanged);
	REFUSED(o, E_CONFLICT, "on", MSG_UNIT_CLOSED_AGAIN, "unit_close", "unit=TB-01-A", "on=2025-08-01");
}

static void test_closing_where_people_are_warns(void **state)
{
	struct office *o = *state;
	DO(o, "person_record", "unit=TB-01-A", "name=Lê Thử");
	DO(o, "unit_close", "unit=TB-01-A", "on=2025-07-01");
	assert_true(office_warned(o, MSG_UNIT_HAS_PEOPLE));
}

static void test_nothing_happens_in_a_closed_unit(void **state)
{
	struct office *o = *state;
	DO(o, "unit_close", "unit=TB-01-A", "on=2025-07-01");
	REFUSED(o, E_RULE, "unit", MSG_UNIT_CLOSED, "unit_rename", "unit=TB-01-A", "name=X", "from=2025-07-01");
	REFUSED(o, E_RULE, "unit", MSG_UNIT_CLOSED, "person_record", "unit=TB-01-A", "name=Lê Thử");
	REFUSED(o, E_RULE, "unit", MSG_UNIT_CLOSED, "class_open", "code=L1", "unit=TB-01-A", "kind=awareness", "name=Lớp",
		"from=2025-08-01", "to=2025-08-05");
	REFUSED(o, E_RULE, "parent", MSG_UNIT_CLOSED, "unit_move", "unit=TB-01-B", "parent=TB-01-A", "from=2025-08-01");
}

static void test_facts_of_a_unit_take_codes_only(void **state)
{
	struct office *o = *state;
	DO(o, "unit_fact", "unit=TB-02", "kind=sector", "value=Trường học", "from=2020-01-01");
	assert_string_equal(unit_fact_at(tree_find_code(&o->app.tree, "TB-02"), UNIT_SECTOR, on("2020-01-01"))->value, "school");
	REFUSED(o, E_INVALID, "kind", MSG_UNIT_FACT_KIND, "unit_fact", "unit=TB-02", "kind=colour", "value=red", "from=2020-01-01");
	REFUSED(o, E_INVALID, "value", MSG_UNIT_PLAN_YEAR, "unit_fact", "unit=TB-02", "kind=plan", "value=sang năm", "from=2020-01-01");
	REFUSED(o, E_INVALID, "value", MSG_NOT_CODE, "unit_fact", "unit=TB-02", "kind=authorised", "value=perhaps", "from=2020-01-01");
}

static void test_plans_of_several_years_stand_side_by_side(void **state)
{
	struct office *o = *state;
	DO(o, "unit_fact", "unit=TB-02", "kind=plan", "value=2025", "from=2025-01-10");
	DO(o, "unit_fact", "unit=TB-02", "kind=plan", "value=2026", "from=2026-01-10");
	assert_false(o->result.unchanged);
	DO(o, "unit_fact", "unit=TB-02", "kind=plan", "value=2025", "from=2025-01-10");
	assert_true(o->result.unchanged);
}

/* ---- classes, targets, the calendar ---- */

static void test_class_code_belongs_to_one_class(void **state)
{
	struct office *o = *state;
	DO(o, "class_open", "code=L1", "unit=TB", "kind=awareness", "name=Lớp 1", "from=2025-03-01", "to=2025-03-05");
	DO(o, "class_open", "code=L1", "unit=TB", "kind=awareness", "name=Lớp 1", "from=2025-03-01", "to=2025-03-05");
	assert_true(o->result.unchanged);
	REFUSED(o, E_CONFLICT, "to", MSG_CLASS_DIFFERS, "class_open", "code=L1", "unit=TB", "kind=awareness", "name=Lớp 1", "from=2025-03-01",
		"to=2025-03-06");
	REFUSED(o, E_INVALID, "to", MSG_CLASS_BACKWARDS, "class_open", "code=L2", "unit=TB", "kind=awareness", "name=Lớp 2", "from=2025-03-05",
		"to=2025-03-01");
}

static void test_changed_target_replaces_the_one_before(void **state)
{
	struct office *o = *state;
	struct cube *cube;
	size_t n;
	DO(o, "target_set", "unit=TB", "kind=giao", "period=2024", "low=205");
	DO(o, "target_set", "unit=TB", "kind=own", "period=2024", "low=200");
	DO(o, "target_set", "unit=TB", "kind=giao", "period=2024", "low=210");
	assert_true(office_warned(o, MSG_TARGET_REPLACES));
	DO(o, "target_set", "unit=TB", "kind=giao", "period=2024", "low=210");
	assert_true(o->result.unchanged);
	assert_int_equal(app_cube(&o->app, &cube, &o->fault), OK);
	const struct target *t = cube_targets(cube, &n);
	assert_int_equal(n, 3);
	assert_int_equal(t[2].replaces.v, t[0].id.v);
	assert_int_equal(t[2].low_milli, 210 * TARGET_MILLI);
}

static void test_impossible_targets_are_refused(void **state)
{
	struct office *o = *state;
	REFUSED(o, E_INVALID, "indicator", MSG_INDICATOR_UNKNOWN, "target_set", "unit=TB", "indicator=joy", "kind=own", "period=2024", "low=5");
	REFUSED(o, E_INVALID, "low", MSG_TARGET_WHOLE, "target_set", "unit=TB", "kind=own", "period=2024", "low=5,5");
	REFUSED(o, E_INVALID, "low", MSG_TARGET_RATE, "target_set", "unit=TB", "indicator=admitted_rate", "kind=own", "period=2024", "low=101");
	REFUSED(o, E_INVALID, "high", MSG_TARGET_BACKWARDS, "target_set", "unit=TB", "indicator=admitted_rate", "kind=own",
		"period=2024", "low=4",
		"high=3");
	REFUSED(o, E_INVALID, "period", MSG_PERIOD_FORMAT, "target_set", "unit=TB", "kind=own", "period=năm nay", "low=5");
	REFUSED(o, E_NOTFOUND, "unit", MSG_UNIT_CODE_UNKNOWN, "target_set", "unit=XX", "kind=own", "period=2024", "low=5");
}

static void test_unit_has_no_target_for_years_without_it(void **state)
{
	struct office *o = *state;
	DO(o, "unit_close", "unit=TB-01-A", "on=2025-07-01");
	DO(o, "target_set", "unit=TB-01-A", "kind=own", "period=2025", "low=1");
	REFUSED(o, E_RULE, "unit", MSG_UNIT_CLOSED, "target_set", "unit=TB-01-A", "kind=own", "period=2026", "low=1");
}

static void test_day_of_the_calendar_is_the_users_to_set(void **state)
{
	struct office *o = *state;
	struct day friday = on("2026-06-26");
	assert_true(calendar_is_working(&o->app.calendar, friday));
	DO(o, "calendar_set", "day=2026-06-26", "kind=off", "note=Nghỉ bù");
	assert_false(calendar_is_working(&o->app.calendar, friday));
	DO(o, "calendar_set", "day=26/6/2026", "kind=Nghỉ", "note=Nghỉ bù");
	assert_true(o->result.unchanged);
	DO(o, "calendar_set", "day=2026-06-26", "kind=work");
	assert_true(calendar_is_working(&o->app.calendar, friday));
}

/* ---- transactions ---- */

static void test_refused_operation_leaves_the_others_of_the_transaction(void **state)
{
	struct office *o = *state;
	struct unit_open_in in = UNIT_OPEN_IN;
	in.code = "TB-09";
	in.name = "Chi bộ Mới";
	in.kind = "BRANCH";
	in.parent = "TB";
	in.opened = on("2020-01-01");
	const struct op *op = op_find("unit_open");
	assert_int_equal(app_begin(&o->app, &o->fault), OK);
	assert_int_equal(op_run(&o->app, op, &in, &o->arena, &o->result, &o->fault), OK);
	in.code = "TB-10";
	in.parent = "NOWHERE";
	assert_int_equal(op_run(&o->app, op, &in, &o->arena, &o->result, &o->fault), E_NOTFOUND);
	assert_int_equal(app_commit(&o->app, &o->fault), OK);
	assert_non_null(tree_find_code(&o->app.tree, "TB-09"));
	assert_null(tree_find_code(&o->app.tree, "TB-10"));
}

static void test_rollback_takes_back_the_tree_the_calendar_and_the_ids(void **state)
{
	struct office *o = *state;
	struct unit_rename_in in = { "TB-02", "Chi bộ Khác", on("2021-01-01"), NULL, DAY_NONE };
	struct calendar_set_in off = { on("2026-06-26"), "off", NULL };
	int64_t entries = office_entries(o);
	assert_int_equal(app_begin(&o->app, &o->fault), OK);
	assert_int_equal(op_run(&o->app, op_find("unit_rename"), &in, &o->arena, &o->result, &o->fault), OK);
	assert_int_equal(op_run(&o->app, op_find("calendar_set"), &off, &o->arena, &o->result, &o->fault), OK);
	app_rollback(&o->app);
	assert_string_equal(unit_name(tree_find_code(&o->app.tree, "TB-02"), on(TODAY)), "Chi bộ Trường học");
	assert_true(calendar_is_working(&o->app.calendar, on("2026-06-26")));
	assert_int_equal(office_entries(o), entries);
	DO(o, "unit_open", "code=TB-09", "name=Chi bộ Mới", "kind=BRANCH", "parent=TB", "opened=2020-01-01");
	assert_int_equal(o->result.entry.v, entries + 1);
}

/* ---- the table ---- */

static void test_every_operation_explains_itself_in_both_languages(void **state)
{
	(void)state;
	size_t n;
	const struct op *all = ops(&n);
	for (size_t i = 0; i < n; i++) {
		assert_ptr_equal(op_find(all[i].name), &all[i]);
		assert_true(*all[i].vi && *all[i].en);
		for (const struct field *fd = all[i].fields; fd->name; fd++) {
			assert_true(*fd->vi && *fd->en && fd->also);
			assert_true(fd->at < all[i].in_size);
			assert_true(fd->type != FIELD_TEXT || fd->max > 0);
			assert_true(utf8_valid(fd->also, strlen(fd->also)));
		}
	}
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, office_setup, office_teardown)
	const struct CMUnitTest tests[] = {
		T(test_missing_field_is_named), T(test_blank_counts_as_missing), T(test_text_is_limited_by_letters_not_bytes),
		T(test_broken_text_is_refused), T(test_days_outside_the_calendar_are_refused), T(test_code_is_taken_by_label_without_accents),
		T(test_unit_code_has_plain_letters), T(test_number_with_one_point_is_ambiguous), T(test_every_input_survives_the_way_through_json),
		T(test_json_with_unknown_or_double_keys_is_refused), T(test_opening_twice_alike_changes_nothing),
		T(test_opening_twice_differently_is_a_conflict), T(test_the_list_of_the_founding_stays_true_after_a_renaming),
		T(test_parent_must_be_open_on_the_founding_day), T(test_second_root_is_accepted_with_a_warning),
		T(test_what_lies_ahead_is_not_recorded), T(test_unit_may_not_move_below_itself), T(test_unit_closes_only_without_children),
		T(test_unit_closes_once), T(test_closing_where_people_are_warns), T(test_nothing_happens_in_a_closed_unit),
		T(test_facts_of_a_unit_take_codes_only), T(test_plans_of_several_years_stand_side_by_side), T(test_class_code_belongs_to_one_class),
		T(test_changed_target_replaces_the_one_before), T(test_impossible_targets_are_refused),
		T(test_unit_has_no_target_for_years_without_it), T(test_day_of_the_calendar_is_the_users_to_set),
		T(test_refused_operation_leaves_the_others_of_the_transaction), T(test_rollback_takes_back_the_tree_the_calendar_and_the_ids),
		T(test_every_operation_explains_itself_in_both_languages),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
