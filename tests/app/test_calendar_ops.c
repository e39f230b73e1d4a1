/* The operations on the working calendar: what they refuse, whom they would concern, who sees that, by the roll as by all facts. */
#include "live_view.h"

#include "app/access.h"
#include "app/due_change.h"
#include "app/verify.h"

/* 45 working days from Monday 1/6/2026 end on Monday 3/8. */
static void two_candidates(struct office *o)
{
	DO(o, "person_record", "unit=TB-02", "name=Vũ Thị Ba", "birth=1995-05-20", "branch_vote=2026-06-01");
	DO(o, "person_record", "unit=TB-01-A", "name=Đỗ Văn Hai", "birth=1996-05-20", "branch_vote=2026-06-01", "grassroots_vote=2026-06-05");
}

static struct calendar_set_in off(const char *day)
{
	return (struct calendar_set_in){ .day = on(day), .kind = "off", .counts_from = DAY_NONE };
}

static struct due_changes changes_of(struct office *o, const char *day, const struct live_view *view)
{
	struct calendar_set_in in = off(day);
	struct due_changes c;
	struct fault f;
	assert_ok(due_changes_of(&o->app, op_find("calendar_set"), &in, view, &o->arena, &c, &f));
	return c;
}

static void assert_first(const struct due_changes *c, const char *name, const char *was, const char *will)
{
	char text[DAY_TEXT];
	assert_true(c->n > 0);
	assert_string_equal(c->v[0].name, name);
	assert_string_equal(c->v[0].clock->key, "T7");
	assert_string_equal(day_iso(c->v[0].start, text), "2026-06-01");
	assert_string_equal(day_iso(c->v[0].was, text), was);
	assert_string_equal(day_iso(c->v[0].will, text), will);
}

/* ---- whom it would concern ---- */

/* By unit: TB-01-A before TB-02. */
static void test_changes_are_listed_by_unit_with_old_and_new_day(void **state)
{
	struct disk *d = *state;
	struct office *o = &d->office;
	two_candidates(o);
	struct due_changes c = changes_of(o, "2026-07-15", NULL);
	assert_int_equal(c.clocks, 2);
	assert_int_equal(c.people, 2);
	assert_int_equal(c.n, 2);
	assert_first(&c, "Đỗ Văn Hai", "2026-08-03", "2026-08-04");
	assert_string_equal(c.v[1].name, "Vũ Thị Ba");
	assert_string_equal(c.v[1].unit->code, "TB-02");
	assert_string_equal(due_change_text(&c.v[1], LANG_VI, &o->arena), "03/08/2026 → 04/08/2026");
}

/* The start itself, the Friday before, the day behind the last one, a Saturday in between; then the first day that counts, and the last. */
static void test_days_outside_a_deadline_concern_nobody(void **state)
{
	struct disk *d = *state;
	struct office *o = &d->office;
	static const char *const days[] = { "2026-06-01", "2026-05-29", "2026-08-04", "2026-07-18" };
	two_candidates(o);
	for (size_t i = 0; i < sizeof days / sizeof *days; i++)
		assert_int_equal(changes_of(o, days[i], NULL).clocks, 0);
	assert_int_equal(changes_of(o, "2026-06-02", NULL).clocks, 2);
	assert_int_equal(changes_of(o, "2026-08-03", NULL).clocks, 2);
}

/* The ceremony has 30 working days and no extension: decided and received on Monday 1/6/2026, six weeks, until Monday 13/7. */
static void test_the_last_day_itself_counts(void **state)
{
	struct disk *d = *state;
	struct office *o = &d->office;
	DO(o, "person_record", "unit=TB-02", "name=Vũ Thị Ba", "birth=1995-05-20", "decided=2026-06-01", "received=2026-06-01");
	struct due_changes c = changes_of(o, "2026-07-13", NULL);
	assert_int_equal(c.clocks, 1);
	assert_string_equal(c.v[0].clock->key, "T8");
	assert_string_equal(due_change_text(&c.v[0], LANG_EN, &o->arena), "2026-07-13 → 2026-07-14");
	assert_int_equal(changes_of(o, "2026-07-14", NULL).clocks, 0);
}

static void test_the_roll_names_the_same_as_all_facts(void **state)
{
	struct disk *d = *state;
	struct office *o = &d->office;
	struct live *l;
	struct fault f;
	two_candidates(o);
	assert_ok(live_start(&o->app, &l, &f));
	struct live_view view = hold(l, &o->app);
	struct due_changes c = changes_of(o, "2026-07-15", &view);
	release(l, &o->app);
	assert_int_equal(c.clocks, 2);
	assert_first(&c, "Đỗ Văn Hai", "2026-08-03", "2026-08-04");
	live_stop(&l);
}

/* A member who is moved on Monday 1/6/2026 has 60 working days, twelve weeks, for the procedure: until Monday 24/8. */
static void test_members_with_a_running_deadline_are_asked_about_too(void **state)
{
	struct disk *d = *state;
	struct office *o = &d->office;
	struct live *l;
	struct fault f;
	DO(o, "person_record", "unit=TB-02", "name=Vũ Thị Ba", "birth=1985-05-20", "decided=2015-05-11", "ceremony=2015-05-19",
		"official=2016-05-19");
	DO(o, "fact_record", "person=1", "kind=transfer", "value=member", "on=2026-06-01");
	assert_ok(live_start(&o->app, &l, &f));
	struct live_view view = hold(l, &o->app);
	struct due_changes by_roll = changes_of(o, "2026-08-24", &view);
	release(l, &o->app);
	live_stop(&l);
	struct due_changes by_facts = changes_of(o, "2026-08-24", NULL);
	assert_int_equal(by_roll.clocks, 1);
	assert_string_equal(due_change_text(&by_roll.v[0], LANG_VI, &o->arena), "24/08/2026 → 25/08/2026");
	assert_int_equal(by_facts.clocks, 1);
	assert_string_equal(by_facts.v[0].clock->key, "T22");
}

/* The process has a live view; two operations in one transaction, of which the second stands behind what the view can know. */
static void test_an_operation_asks_the_roll_where_there_is_one(void **state)
{
	struct disk *d = *state;
	struct office *o = &d->office;
	struct calendar_set_in in = off("2026-07-15");
	struct person_record_in person = person_record_none();
	struct fault f;
	two_candidates(o);
	assert_ok(live_start(&o->app, &o->app.live, &f));
	REFUSED(o, E_RULE, "due", MSG_CALENDAR_ASKS, "calendar_set", "day=2026-07-15", "kind=off");
	person.unit = "TB-02";
	person.name = "Hồ Văn Tư";
	person.birth = on("1997-01-01");
	person.branch_vote = on("2026-06-01");
	assert_ok(app_begin(&o->app, &f));
	assert_ok(op_run(&o->app, op_find("person_record"), &person, &o->arena, &o->result, &f));
	assert_refused(op_run(&o->app, op_find("calendar_set"), &in, &o->arena, &o->result, &f), E_RULE, "due", MSG_CALENDAR_ASKS);
	assert_string_equal(f.arg[0], "3");
	app_rollback(&o->app);
	live_stop(&o->app.live);
}

/* ---- who sees whom ---- */

static struct due_changes seen_by(struct office *o, const struct grant *grants, size_t n)
{
	const struct actor who = { .login = "lan", .grants = grants, .n = n, .mask = UINT32_MAX };
	o->app.who = &who;
	struct due_changes c = changes_of(o, "2026-07-15", NULL);
	o->app.who = NULL;
	return c;
}

static void test_only_people_that_may_be_seen_are_named(void **state)
{
	struct disk *d = *state;
	struct office *o = &d->office;
	two_candidates(o);
	const struct unit *a = tree_find_code(&o->app.tree, "TB-01-A");
	const struct grant grants[] = {
		{ 1, ROLE_ADMIN, { 0 }, DAY_FIRST, DAY_NONE }, { 2, ROLE_SECRETARY, a->id, DAY_FIRST, DAY_NONE },
	};
	struct due_changes admin = seen_by(o, grants, 1), both = seen_by(o, grants, 2);
	assert_int_equal(admin.clocks, 2);
	assert_int_equal(admin.n, 0);
	assert_int_equal(both.clocks, 2);
	assert_int_equal(both.n, 1);
	assert_first(&both, "Đỗ Văn Hai", "2026-08-03", "2026-08-04");
}

static void test_nobody_looks_who_may_not_change(void **state)
{
	struct disk *d = *state;
	struct office *o = &d->office;
	const struct grant grant = { 1, ROLE_OFFICE, { 0 }, DAY_FIRST, DAY_NONE };
	const struct actor who = { .login = "lan", .grants = &grant, .n = 1, .mask = UINT32_MAX };
	struct calendar_set_in in = off("2026-07-15");
	struct due_changes c;
	struct fault f;
	o->app.who = &who;
	assert_int_equal(due_changes_of(&o->app, op_find("calendar_set"), &in, NULL, &o->arena, &c, &f), E_FORBIDDEN);
	o->app.who = NULL;
}

/* ---- what is refused, what is told ---- */

static void test_a_block_that_cannot_be_is_refused_at_its_field(void **state)
{
	struct disk *d = *state;
	struct office *o = &d->office;
	REFUSED(o, E_INVALID, "last", MSG_CALENDAR_BLOCK_BACKWARDS, "calendar_block", "holiday=tet", "year=2027", "first=2027-02-09",
		"last=2027-02-04");
	REFUSED(o, E_INVALID, "last", MSG_CALENDAR_BLOCK_LONG, "calendar_block", "holiday=tet", "year=2027", "first=2027-02-01",
		"last=2027-02-16");
	REFUSED(o, E_INVALID, "first", MSG_CALENDAR_BLOCK_FAR, "calendar_block", "holiday=tet", "year=2027", "first=2027-03-09",
		"last=2027-03-10");
	REFUSED(o, E_INVALID, "first", MSG_CALENDAR_BLOCK_FAR, "calendar_block", "holiday=tet", "year=2027", "first=2027-01-04",
		"last=2027-01-06");
	REFUSED(o, E_INVALID, "year", MSG_CALENDAR_NOT_HELD, "calendar_block", "holiday=culture", "year=2025", "first=2025-11-24",
		"last=2025-11-24");
	REFUSED(o, E_INVALID, "holiday", MSG_CALENDAR_NO_HOLIDAY, "calendar_block", "holiday=trung thu", "year=2026", "first=2026-09-25",
		"last=2026-09-25");
	REFUSED(o, E_INVALID, "year", MSG_OUT_OF_RANGE, "calendar_check", "year=1900");
	REFUSED(o, E_INVALID, "due", MSG_NOT_CODE, "calendar_set", "day=2026-07-15", "kind=off", "due=perhaps");
	DO(o, "calendar_block", "holiday=tet", "year=2027", "first=2027-02-01", "last=2027-02-15");
	DO(o, "calendar_block", "holiday=tet", "year=2027", "first=2027-03-08", "last=2027-03-08");
}

/* What the program fills in is not for others to say: 2/2/2026 would move what it must not. */
static void test_what_is_filled_in_cannot_be_given(void **state)
{
	struct disk *d = *state;
	struct office *o = &d->office;
	two_candidates(o);
	REFUSED(o, E_RULE, "due", MSG_CALENDAR_ASKS, "calendar_set", "day=2026-07-15", "kind=off", "counts_from=2027-01-01");
	DO(o, "calendar_set", "day=2026-07-15", "kind=off", "due=keep", "counts_from=2026-02-02");
	assert_int_equal(calendar_find(&o->app.calendar, on("2026-07-15"))->counts_from.n, on("2026-07-01").n);
	DO(o, "calendar_block", "holiday=national_days", "year=2026", "first=2026-09-02", "last=2026-09-03", "freed=2026-07-16 2026-07-17");
	assert_null(calendar_find(&o->app.calendar, on("2026-07-16")));
}

static void test_a_day_that_has_passed_is_told_of(void **state)
{
	struct disk *d = *state;
	struct office *o = &d->office;
	DO(o, "calendar_set", "day=2026-05-08", "kind=off");
	assert_true(office_warned(o, MSG_CALENDAR_PAST));
	DO(o, "calendar_set", "day=2026-06-30", "kind=off");
	assert_true(office_warned(o, MSG_CALENDAR_PAST));
	DO(o, "calendar_set", "day=2026-07-01", "kind=off");
	assert_int_equal(o->result.warnings.n, 0);
}

static void test_the_same_again_changes_nothing(void **state)
{
	struct disk *d = *state;
	struct office *o = &d->office;
	DO(o, "calendar_block", "holiday=tet", "year=2027", "first=2027-02-04", "last=2027-02-10");
	int64_t entries = office_entries(o);
	DO(o, "calendar_block", "holiday=Tết Nguyên đán", "year=2027", "first=2027-02-04", "last=2027-02-10");
	assert_true(o->result.unchanged);
	assert_int_equal(office_entries(o), entries);
	assert_int_equal(calendar_find(&o->app.calendar, on("2027-02-11"))->kind, DAY_WORK);
	assert_null(calendar_find(&o->app.calendar, on("2027-02-11"))->block);
}

/* ---- a year compared with its notice ---- */

static bool unchecked(struct office *o, const char *day)
{
	return calendar_find(&o->app.calendar, on(day))->unchecked;
}

static void test_a_confirmed_year_has_no_marks_and_keeps_its_days(void **state)
{
	struct disk *d = *state;
	struct office *o = &d->office;
	struct verify_result r;
	struct fault f;
	two_candidates(o);
	assert_true(unchecked(o, "2026-11-24") && unchecked(o, "2027-11-24"));
	DO(o, "calendar_check", "year=2026", "note=Thông báo số 1");
	assert_true(!unchecked(o, "2026-11-24") && !unchecked(o, "2026-09-03") && unchecked(o, "2027-11-24"));
	assert_int_equal(calendar_find(&o->app.calendar, on("2026-09-03"))->kind, DAY_OFF);
	DO(o, "calendar_check", "year=2026");
	assert_true(o->result.unchanged);
	assert_ok(app_reload(&o->app, &f));
	assert_false(unchecked(o, "2026-11-24"));
	assert_ok(verify_all(&o->app, &r, &f));
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, disk_setup, disk_teardown)
	const struct CMUnitTest tests[] = {
		T(test_changes_are_listed_by_unit_with_old_and_new_day), T(test_days_outside_a_deadline_concern_nobody),
		T(test_the_last_day_itself_counts),
		T(test_the_roll_names_the_same_as_all_facts),
		T(test_members_with_a_running_deadline_are_asked_about_too),
		T(test_an_operation_asks_the_roll_where_there_is_one),
		T(test_only_people_that_may_be_seen_are_named), T(test_nobody_looks_who_may_not_change),
		T(test_a_block_that_cannot_be_is_refused_at_its_field), T(test_what_is_filled_in_cannot_be_given),
		T(test_a_day_that_has_passed_is_told_of), T(test_the_same_again_changes_nothing),
		T(test_a_confirmed_year_has_no_marks_and_keeps_its_days),
	};
	return RUN(tests);
}
