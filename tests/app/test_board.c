/* The data of a dashboard on a small district, worked by hand: today is 30 June 2026, half of the year. */
#include "office_disk.h"

#include "app/board.h"

struct scene {
	struct disk *disk;
	struct live *live;
	struct board board;
};

static void admit(struct office *o, const char *name, const char *unit, const char *sex, const char *decided, const char *ceremony)
{
	scoped(arena_done) struct arena a = { 0 };
	DO(o, "person_record", arena_printf(&a, "name=%s", name), arena_printf(&a, "unit=%s", unit), arena_printf(&a, "sex=%s", sex),
		arena_printf(&a, "decided=%s", decided), ceremony ? arena_printf(&a, "ceremony=%s", ceremony) : "received=2026-02-05");
}

/* 2026: five in TB-01-A (two in January, three in March, one of them a woman), two in TB-02 in February; 2025: one in February, one in
 * October. The ceremony of the last one in TB-02 was never held. */
static void record(struct office *o)
{
	admit(o, "Trần Văn Bảy", "TB-01-A", "male", "2026-01-10", "2026-01-20");
	admit(o, "Trần Văn Chín", "TB-01-A", "male", "2026-01-31", "2026-02-03");
	admit(o, "Lê Thị Đào", "TB-01-A", "female", "2026-03-01", "2026-03-10");
	admit(o, "Trần Văn Em", "TB-01-A", "male", "2026-03-15", "2026-03-20");
	admit(o, "Trần Văn Giang", "TB-01-A", "male", "2026-03-31", "2026-04-03");
	admit(o, "Lý Văn Hai", "TB-02", "male", "2026-02-02", "2026-02-20");
	admit(o, "Lý Văn Ba", "TB-02", "male", "2026-02-03", NULL);
	admit(o, "Hồ Văn Cũ", "TB-01-B", "male", "2025-02-15", "2025-02-25");
	admit(o, "Hồ Văn Xưa", "TB-02", "male", "2025-10-15", "2025-10-25");
	DO(o, "target_set", "unit=TB", "indicator=admitted", "kind=assigned", "period=2026", "low=12");
	DO(o, "target_set", "unit=TB", "indicator=women", "kind=assigned", "period=2026", "low=4", "at_least=1");
	DO(o, "target_set", "unit=TB", "indicator=admitted_rate", "kind=assigned", "period=2026", "low=50");
	DO(o, "target_set", "unit=TB-01", "indicator=admitted", "kind=assigned", "period=2026", "low=8");
	DO(o, "target_set", "unit=TB-01", "indicator=admitted", "kind=own", "period=2026-H1", "low=5");
}

static int begin(void **state)
{
	void *disk;
	struct fault f;
	struct scene *s = calloc(1, sizeof *s);
	assert_non_null(s);
	assert_int_equal(disk_setup(&disk), 0);
	s->disk = disk;
	record(&s->disk->office);
	assert_ok(live_start(&s->disk->office.app, &s->live, &f));
	*state = s;
	return 0;
}

static int end(void **state)
{
	struct scene *s = *state;
	void *disk = s->disk;
	live_stop(&s->live);
	assert_int_equal(disk_teardown(&disk), 0);
	free(s);
	return 0;
}

static enum err load(struct scene *s, const char *unit, const char *period, const char *as_of, struct fault *ret)
{
	struct office *o = &s->disk->office;
	struct live_view v;
	struct fault f;
	struct board_ask q = { .unit = tree_find_code(&o->app.tree, unit)->id, .as_of = on(as_of),
		.rounding = { 1, ROUND_HALF_UP } };
	assert_int_equal(period_parse(period, "period", &q.period, NULL), OK);
	assert_ok(app_begin(&o->app, &f));
	assert_ok(live_hold(s->live, &o->app, &v, &f));
	enum err e = board_load(&v, &q, &o->arena, &s->board, ret);
	live_release(s->live);
	app_rollback(&o->app);
	return e;
}

static const struct board *board(struct scene *s, const char *unit, const char *period, const char *as_of)
{
	struct fault f;
	assert_ok(load(s, unit, period, as_of, &f));
	return &s->board;
}

static void assert_target(const struct board_target *t, const char *key, int64_t value, const char *wanted, const char *percent,
	const char *pace, const char *points, enum board_status status)
{
	assert_string_equal(t->indicator->key, key);
	assert_int_equal(t->value, value);
	assert_string_equal(t->wanted, wanted);
	assert_string_equal(t->percent, percent);
	assert_string_equal(t->pace, pace);
	assert_string_equal(t->points, points);
	assert_string_equal(board_status_key(t->status), board_status_key(status));
}

/* 7 of 12 are 58.3 %, 8.3 points before the half; 1 woman of 4 is 25 points behind. A rate of 50 % of the two members of 31/12/2025 with
 * a pace of 25 % is reached by 7 of 2. */
static void test_each_target_has_value_pace_points_and_status(void **state)
{
	const struct board *b = board(*state, "TB", "2026", TODAY);
	assert_int_equal(b->targets_n, 3);
	assert_target(&b->targets[0], "admitted", 7, "12", "58,3", "50", "8,3", BOARD_AHEAD);
	assert_target(&b->targets[1], "admitted_rate", 7, "50 %", "350", "25", "325", BOARD_REACHED);
	assert_target(&b->targets[2], "women", 1, "≥ 4", "25", "50", "-25", BOARD_BEHIND);
	assert_true(b->targets[1].is_share && !b->targets[0].is_share);
	assert_float_equal(b->targets[2].percent_value, 25, 1e-9);
	assert_float_equal(b->targets[2].pace_value, 50, 1e-9);
	assert_string_equal(b->targets[0].title, "Chỉ tiêu giao, năm 2026");
}

static void test_targets_that_overlap_the_period_stand_behind_those_that_cover_it(void **state)
{
	const struct board *b = board(*state, "TB-01", "2026", TODAY);
	assert_int_equal(b->targets_n, 2);
	assert_target(&b->targets[0], "admitted", 5, "8", "62,5", "50", "12,5", BOARD_AHEAD);
	assert_target(&b->targets[1], "admitted", 5, "5", "100", "100", "0", BOARD_REACHED);
}

static void test_admissions_are_shown_without_a_target(void **state)
{
	const struct board *b = board(*state, "TB-02", "2026", TODAY);
	assert_int_equal(b->targets_n, 1);
	assert_string_equal(b->targets[0].indicator->key, "admitted");
	assert_int_equal(b->targets[0].value, 2);
	assert_null(b->targets[0].target);
	assert_null(b->targets[0].percent);
	assert_int_equal(b->targets[0].status, BOARD_PLAIN);
	assert_string_equal(b->targets[0].wanted, "");
}

static void test_months_of_this_year_stand_against_the_last(void **state)
{
	const int64_t now[] = { 2, 2, 3, 0, 0, 0 }, before[] = { 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0 };
	const struct board *b = board(*state, "TB", "2026", TODAY);
	assert_int_equal(b->year, 2026);
	for (int i = 0; i < BOARD_MONTHS; i++) {
		assert_int_equal(b->months[i].month, i + 1);
		assert_int_equal(b->months[i].now, i < 6 ? now[i] : 0);
		assert_int_equal(b->months[i].before, before[i]);
		assert_int_equal(b->months[i].ahead, i >= 6);
	}
	assert_int_equal(b->admitted, 7);
	assert_int_equal(b->admitted_before, 1);
	assert_int_equal(b->members, 9); /* who has no ceremony on record counts from the decision */
}

/* On 15 March the one of that day counts, the one of the 31st does not. */
static void test_an_earlier_day_knows_nothing_of_what_came_later(void **state)
{
	const struct board *b = board(*state, "TB", "2026", "2026-03-15");
	assert_int_equal(b->admitted, 6);
	assert_int_equal(b->months[2].now, 2);
	assert_true(b->months[3].ahead);
}

static void test_children_stand_by_rank_and_add_up(void **state)
{
	const struct board *b = board(*state, "TB", "2026", TODAY);
	assert_int_equal(b->children_n, 2);
	assert_string_equal(b->children[0].unit->code, "TB-01");
	assert_int_equal(b->children[0].admitted, 5);
	assert_string_equal(b->children[0].percent, "62,5");
	assert_string_equal(b->children[0].wanted, "8");
	assert_int_equal(b->children[0].open, 5 + 1);
	assert_string_equal(b->children[1].unit->code, "TB-02");
	assert_int_equal(b->children[1].admitted, 2);
	assert_null(b->children[1].target);
	assert_null(b->children[1].percent);
	assert_int_equal(b->children_admitted + b->own_admitted, b->admitted);
}

static void test_who_was_admitted_in_the_unit_itself_is_told(void **state)
{
	const struct board *b = board(*state, "TB-01-A", "2026", TODAY);
	assert_int_equal(b->children_n, 0);
	assert_int_equal(b->own_admitted, 5);
}

/* Hồ Văn Cũ's probation ended on 25/2/2026 and nobody has voted on it since; Lý Văn Ba waits for a ceremony. */
static void test_late_ones_are_counted_where_they_are(void **state)
{
	const struct board *b = board(*state, "TB", "2026", TODAY);
	assert_int_equal(b->late_total, 2);
	assert_int_equal(b->late_n, 2);
	assert_string_equal(b->late[0].person->name, "Lý Văn Ba");
	assert_string_equal(b->late[0].unit->code, "TB-02");
	assert_string_equal(b->late[0].clock->clock->key, "T8");
	assert_string_equal(b->late[1].person->name, "Hồ Văn Cũ");
	assert_string_equal(b->late[1].clock->clock->key, "T11");
	assert_int_equal(b->children[0].late, 1);
	assert_int_equal(b->children[1].late, 1);
	assert_int_equal(b->children_late, 2);
	int64_t open = 0;
	for (size_t i = 0; i < b->pipeline_n; i++)
		open += b->pipeline[i].n;
	assert_int_equal(open, b->children[0].open + b->children[1].open);
}

static void test_a_closed_child_stays_for_what_it_admitted(void **state)
{
	struct scene *s = *state;
	DO(&s->disk->office, "unit_close", "unit=TB-02", "on=2026-06-01");
	const struct board *b = board(s, "TB", "2026", TODAY);
	assert_int_equal(b->children_n, 2);
	assert_true(b->children[1].closed);
	assert_int_equal(b->children[1].admitted, 2);
	b = board(s, "TB", "2026-06", TODAY);
	assert_int_equal(b->children_n, 1);
}

static void test_a_period_ahead_is_refused(void **state)
{
	struct scene *s = *state;
	struct fault f;
	assert_int_equal(load(s, "TB", "2027", TODAY, &f), E_INVALID);
	assert_int_equal(f.msg, MSG_REPORT_PERIOD_AHEAD);
}

#define BOARD_TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOARD_TEST(test_each_target_has_value_pace_points_and_status),
		BOARD_TEST(test_targets_that_overlap_the_period_stand_behind_those_that_cover_it),
		BOARD_TEST(test_admissions_are_shown_without_a_target),
		BOARD_TEST(test_months_of_this_year_stand_against_the_last),
		BOARD_TEST(test_an_earlier_day_knows_nothing_of_what_came_later),
		BOARD_TEST(test_children_stand_by_rank_and_add_up),
		BOARD_TEST(test_who_was_admitted_in_the_unit_itself_is_told),
		BOARD_TEST(test_late_ones_are_counted_where_they_are),
		BOARD_TEST(test_a_closed_child_stays_for_what_it_admitted),
		BOARD_TEST(test_a_period_ahead_is_refused),
	};
	return RUN(tests);
}
