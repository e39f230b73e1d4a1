/* A day off that becomes known while deadlines run: nobody's last day moves unless somebody said so, and what was said holds after a
 * restart and in a replay of the journal. */
#include "app/office_disk.h"

#include "app/verify.h"

static const char *said(struct office *o)
{
	return fault_text(&o->fault, LANG_VI, &o->arena);
}

static bool warned(struct office *o, const char *sentence)
{
	for (size_t i = 0; i < o->result.warnings.n; i++)
		if (strcmp(fault_text(&o->result.warnings.v[i], LANG_VI, &o->arena), sentence) == 0)
			return true;
	return false;
}

/* A candidate of a grassroots branch whose branch voted on that day. */
static int64_t candidate(struct office *o, const char *name, const char *voted)
{
	const char *named = arena_printf(&o->arena, "name=%s", name), *vote = arena_printf(&o->arena, "branch_vote=%s", voted);
	DO(o, "person_record", "unit=TB-02", named, "birth=1995-05-20", "schooling=upper_secondary", "introduced=2022-01-01",
		"listed=2022-02-01", "certified=2023-05-15", "dossier=2026-02-02", vote);
	return o->result.entity_id;
}

static void assert_due(struct office *o, int64_t person, const char *want)
{
	struct standing s;
	char text[DAY_TEXT];
	struct facts active = office_facts(o, person);
	const struct world w = app_world(&o->app);
	standing(&w, &active, o->app.today, &o->arena, &s);
	const struct standing_clock *k = standing_clock_of(&s, "T7");
	assert_non_null(k);
	assert_string_equal(day_iso(k->due, text), want);
}

static void restart(struct disk *d)
{
	struct fault f;
	struct day today = d->office.app.today;
	app_close(&d->office.app);
	assert_ok(app_open(d->dir, APP_WRITE, &d->office.app, &f));
	d->office.app.today = today;
}

static void assert_replays(struct office *o)
{
	struct verify_result r;
	struct fault f;
	assert_ok(verify_all(&o->app, &r, &f));
}

/* Voted on Monday 1/6/2026: 45 working days, nine weeks, end on Monday 3/8. With Wednesday 15/7 off they would end on Tuesday 4/8. */
static void test_a_day_off_inside_a_running_deadline_is_asked_about(void **state)
{
	struct disk *d = *state;
	struct office *o = &d->office;
	int64_t person = candidate(o, "Ngô Thị Thử", "2026-06-01");
	int64_t entries = office_entries(o);
	assert_due(o, person, "2026-08-03");
	REFUSED(o, E_RULE, "due", MSG_CALENDAR_ASKS, "calendar_set", "day=2026-07-15", "kind=off", "note=Nghỉ bão");
	assert_string_equal(said(o), "thay đổi này làm đổi ngày cuối của 1 thời hạn đang tính (1 người); "
		"hãy chọn giữ nguyên các thời hạn đã tính (due=keep) hoặc dời theo lịch mới (due=move)");
	assert_int_equal(office_entries(o), entries);
	assert_true(calendar_is_working(&o->app.calendar, on("2026-07-15")));
	assert_due(o, person, "2026-08-03");
}

/* Today is 30/6. Who starts on that day keeps the old count: nine weeks to Tuesday 1/9. From Wednesday 1/7 the 45th day would be 2/9; with
 * 2/9, 3/9 and now 15/7 off it is Monday 7/9. */
static void test_kept_deadlines_stay_and_new_ones_count_by_the_new_calendar(void **state)
{
	struct disk *d = *state;
	struct office *o = &d->office;
	int64_t before = candidate(o, "Ngô Thị Thử", "2026-06-01"), today = candidate(o, "Vũ Văn Nay", "2026-06-30");
	DO(o, "calendar_set", "day=2026-07-15", "kind=off", "note=Nghỉ bão", "due=keep");
	assert_true(warned(o, "thời hạn bắt đầu đến hết ngày 30/06/2026 giữ nguyên; thời hạn bắt đầu từ ngày 01/07/2026 tính theo lịch mới"));
	assert_false(calendar_is_working(&o->app.calendar, on("2026-07-15")));
	assert_due(o, before, "2026-08-03");
	assert_due(o, today, "2026-09-01");
	o->app.today = on("2026-07-02");
	int64_t after = candidate(o, "Lý Thị Mai", "2026-07-01");
	assert_due(o, after, "2026-09-07");
	restart(d);
	assert_due(o, before, "2026-08-03");
	assert_due(o, today, "2026-09-01");
	assert_due(o, after, "2026-09-07");
	assert_replays(o);
}

static void test_moved_deadlines_follow_the_new_calendar(void **state)
{
	struct disk *d = *state;
	struct office *o = &d->office;
	int64_t person = candidate(o, "Ngô Thị Thử", "2026-06-01");
	DO(o, "calendar_set", "day=2026-07-15", "kind=off", "note=Nghỉ bão", "due=move");
	assert_true(warned(o, "ngày cuối của 1 thời hạn đang tính (1 người) được dời theo lịch mới"));
	assert_due(o, person, "2026-08-04");
	restart(d);
	assert_due(o, person, "2026-08-04");
	assert_replays(o);
}

/* Kept at first, moved a day later: the second answer holds for all. */
static void test_what_was_kept_can_be_moved_later(void **state)
{
	struct disk *d = *state;
	struct office *o = &d->office;
	int64_t person = candidate(o, "Ngô Thị Thử", "2026-06-01");
	DO(o, "calendar_set", "day=2026-07-15", "kind=off", "due=keep");
	o->app.today = on("2026-07-01");
	DO(o, "calendar_set", "day=2026-07-15", "kind=off", "due=keep");
	assert_true(o->result.unchanged);
	REFUSED(o, E_RULE, "due", MSG_CALENDAR_ASKS, "calendar_set", "day=2026-07-15", "kind=off");
	DO(o, "calendar_set", "day=2026-07-15", "kind=off", "due=move");
	assert_false(o->result.unchanged);
	assert_due(o, person, "2026-08-04");
	assert_replays(o);
}

/* A day off that is worked after all takes nothing from those whose deadline already counted on it. */
static void test_a_day_off_taken_back_keeps_or_moves_likewise(void **state)
{
	struct disk *d = *state;
	struct office *o = &d->office;
	DO(o, "calendar_set", "day=2026-07-15", "kind=off");
	int64_t person = candidate(o, "Ngô Thị Thử", "2026-06-01");
	assert_due(o, person, "2026-08-04");
	REFUSED(o, E_RULE, "due", MSG_CALENDAR_ASKS, "calendar_set", "day=2026-07-15", "kind=work");
	DO(o, "calendar_set", "day=2026-07-15", "kind=work", "due=keep");
	assert_true(calendar_is_working(&o->app.calendar, on("2026-07-15")));
	assert_due(o, person, "2026-08-04");
	DO(o, "calendar_set", "day=2026-07-15", "kind=work", "due=move");
	assert_due(o, person, "2026-08-03");
}

/* The 45th day from Tuesday 30/6 is Tuesday 1/9. The notice says 1/9 and 2/9 off, so it becomes Thursday 3/9, which was off before. */
static void test_a_block_by_the_notice_replaces_the_computed_one(void **state)
{
	struct disk *d = *state;
	struct office *o = &d->office;
	int64_t person = candidate(o, "Ngô Thị Thử", "2026-06-30");
	REFUSED(o, E_RULE, "due", MSG_CALENDAR_ASKS, "calendar_block", "holiday=national_days", "year=2026", "first=2026-09-01",
		"last=2026-09-02");
	assert_false(calendar_is_working(&o->app.calendar, on("2026-09-03")));
	DO(o, "calendar_block", "holiday=Quốc khánh", "year=2026", "first=1/9/2026", "last=2/9/2026", "due=move");
	assert_due(o, person, "2026-09-03");
	restart(d);
	assert_due(o, person, "2026-09-03");
	assert_true(calendar_is_working(&o->app.calendar, on("2026-09-03")));
	assert_false(calendar_is_working(&o->app.calendar, on("2026-09-01")));
	DO(o, "calendar_block", "holiday=national_days", "year=2026", "first=2026-09-02", "last=2026-09-03", "due=keep");
	assert_true(calendar_is_working(&o->app.calendar, on("2026-09-01")));
	assert_due(o, person, "2026-09-03");
	assert_replays(o);
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, disk_setup, disk_teardown)
	const struct CMUnitTest tests[] = {
		T(test_a_day_off_inside_a_running_deadline_is_asked_about), T(test_kept_deadlines_stay_and_new_ones_count_by_the_new_calendar),
		T(test_moved_deadlines_follow_the_new_calendar), T(test_what_was_kept_can_be_moved_later),
		T(test_a_day_off_taken_back_keeps_or_moves_likewise), T(test_a_block_by_the_notice_replaces_the_computed_one),
	};
	return RUN(tests);
}
