/* The reports on hand-made records: published figures and cases worked by hand. */
#include "base/text.h"
#include "stats/reports.h"
#include "unit/small_world.h"

typedef enum err report_fn(const struct cube *c, const struct report_ask *q, struct arena *a, struct report *ret, struct fault *f);

static struct report_ask asks(int64_t unit_id, const char *period, const char *as_of)
{
	return (struct report_ask){ .unit = { unit_id }, .period = days(period), .as_of = d(as_of), .today = d("2026-06-30"),
		.rounding = { 1, ROUND_HALF_UP } };
}

static struct report run(struct small_world *w, report_fn *fn, struct report_ask q)
{
	struct report r;
	struct fault f = {0};
	assert_int_equal(fn(w->cube, &q, &w->arena, &r, &f), OK);
	return r;
}

static const struct report_row *find(const struct report *r, const char *key)
{
	for (size_t i = 0; i < r->n; i++)
		if (strcmp(r->rows[i].key, key) == 0)
			return &r->rows[i];
	return NULL;
}

static const struct report_row *row(const struct report *r, const char *key)
{
	const struct report_row *k = find(r, key);
	if (!k)
		fail_msg("no row %s", key);
	return k;
}

static void assert_ratio(const struct report *r, const char *key, int64_t num, int64_t den, const char *percent)
{
	char buf[FIGURE_TEXT];
	const struct report_row *k = row(r, key);
	assert_true(k->has_ratio);
	assert_int_equal(k->numerator, num);
	assert_int_equal(k->denominator, den);
	assert_string_equal(figure_percent(num, den, r->rounding, buf), percent);
}

static void assert_points(const struct report *r, const char *key, const char *points)
{
	char buf[FIGURE_TEXT];
	const struct report_row *k = row(r, key);
	assert_true(k->has_points);
	assert_string_equal(figure_points(k->numerator, k->denominator, k->pace_num, k->pace_den, r->rounding, buf), points);
}

static void assert_value(const struct report *r, const char *key, int64_t value)
{
	assert_true(row(r, key)->has_value);
	assert_int_equal(row(r, key)->value, value);
}

static void assert_says(const char *text, const char *part)
{
	if (!text || !strstr(text, part))
		fail_msg("«%s» does not say «%s»", text ? text : "", part);
}

static const char *notes(struct small_world *w, const struct report *r)
{
	struct text t = TEXT(&w->arena);
	for (size_t i = 0; i < r->notes_n; i++)
		text_addf(&t, "%s\n", r->notes[i]);
	return text_str(&t);
}

/* ---- progress ---- */

static void test_half_year_of_year_target_is_points_above_half(void **state)
{
	struct small_world *w = *state;
	target(w, 1, 1, "assigned", "2021", 80);
	admits(w, 30, 4, "2021-02-01");
	admits(w, 22, 3, "2021-06-30");
	admits(w, 5, 3, "2021-07-01");
	struct report r = run(w, report_progress, asks(1, "2021-H1", "2021-06-30"));
	assert_ratio(&r, "target:assigned", 52, 80, "65");
	assert_points(&r, "target:assigned", "15");
	assert_value(&r, "admitted", 52);
	assert_says(row(&r, "target:assigned")->note, "vượt tiến độ 15 điểm phần trăm (tiến độ 50 %)");
	assert_says(row(&r, "target:assigned")->note, "còn thiếu 28");
}

static void test_target_counts_from_its_own_first_day_when_period_starts_later(void **state)
{
	struct small_world *w = *state;
	target(w, 1, 1, "assigned", "2021", 40);
	admits(w, 7, 4, "2021-02-01");
	admits(w, 3, 4, "2021-05-01");
	target(w, 2, 2, "assigned", "2021", 20);
	struct report r = run(w, report_progress, asks(1, "2021-Q2", "2021-06-30"));
	assert_value(&r, "admitted", 3);
	assert_ratio(&r, "target:assigned", 10, 40, "25");
	assert_points(&r, "target:assigned", "-25");
	assert_says(row(&r, "target:assigned")->note, "thiếu so với tiến độ 25 điểm phần trăm");
	assert_value(&r, "unit:R-A", 3);
	assert_ratio(&r, "unit:R-A", 10, 20, "50");
	assert_says(notes(w, &r), "tỷ lệ tính từ ngày đầu kỳ của chỉ tiêu");
}

static void test_as_of_day_inside_period_cuts_figures_and_pace(void **state)
{
	struct small_world *w = *state;
	target(w, 1, 1, "assigned", "2021", 40);
	admits(w, 10, 4, "2021-03-31");
	admits(w, 10, 4, "2021-04-01");
	struct report r = run(w, report_progress, asks(1, "2021", "2021-03-31"));
	assert_ratio(&r, "target:assigned", 10, 40, "25");
	assert_points(&r, "target:assigned", "0");
	assert_says(row(&r, "target:assigned")->note, "đúng tiến độ (25 %)");
}

static void test_assigned_own_and_term_stand_side_by_side(void **state)
{
	struct small_world *w = *state;
	target(w, 1, 1, "term", "2020-2025", 500);
	target(w, 2, 1, "assigned", "2024", 205);
	struct target own = target(w, 3, 1, "own", "2024", 200);
	own.at_least = true;
	cube_set_target(w->cube, &own);
	admits(w, 400, 4, "2023-02-01");
	admits(w, 84, 3, "2024-03-26");
	admits(w, 9, 3, "2024-03-27");
	struct report r = run(w, report_progress, asks(1, "2024", "2024-03-26"));
	assert_ratio(&r, "target:term", 484, 500, "96.8");
	assert_ratio(&r, "target:assigned", 84, 205, "41");
	assert_ratio(&r, "target:own", 84, 200, "42");
	assert_string_equal(row(&r, "target:own")->qualifier, "≥");
	assert_null(row(&r, "target:assigned")->qualifier);
	assert_says(row(&r, "target:own")->note, "thấp hơn chỉ tiêu giao: 200 - 205 = -5");
	assert_null(strstr(row(&r, "target:assigned")->note, "thấp hơn"));
}

static void test_targets_that_only_overlap_say_their_period(void **state)
{
	struct small_world *w = *state;
	target(w, 1, 1, "term", "2020-2025", 500);
	target(w, 2, 1, "assigned", "2021", 80);
	target(w, 3, 1, "assigned", "2022", 90);
	target(w, 4, 1, "assigned", "2023", 99);
	admits(w, 40, 4, "2021-02-01");
	admits(w, 30, 4, "2022-02-01");
	struct report r = run(w, report_progress, asks(1, "2020-2025", "2022-06-30"));
	assert_ratio(&r, "target:term", 70, 500, "14");
	assert_ratio(&r, "target:assigned:2021", 40, 80, "50");
	assert_points(&r, "target:assigned:2021", "-50");
	assert_ratio(&r, "target:assigned:2022", 30, 90, "33.3");
	assert_points(&r, "target:assigned:2022", "-16.7");
	assert_null(find(&r, "target:assigned:2023")); /* not begun on that day */
}

static void test_replaced_target_holds_until_its_replacement_is_decided(void **state)
{
	struct small_world *w = *state;
	target(w, 1, 1, "assigned", "2021", 80);
	struct target t = target(w, 2, 1, "assigned", "2021", 100);
	t.replaces.v = 1;
	t.decided = d("2021-07-15");
	cube_set_target(w->cube, &t);
	admits(w, 40, 4, "2021-02-01");
	struct report before = run(w, report_progress, asks(1, "2021", "2021-07-14"));
	struct report after = run(w, report_progress, asks(1, "2021", "2021-07-15"));
	assert_ratio(&before, "target:assigned", 40, 80, "50");
	assert_ratio(&after, "target:assigned", 40, 100, "40");
	assert_null(find(&after, "target:assigned:2021"));
}

/* 80, then 100 from 15/7 on, then, recorded last, 90 from 1/3 on: until 1/3 it was 80, since then it is 90, and never two at once. */
static void test_replacement_recorded_last_for_an_earlier_day_is_the_only_one(void **state)
{
	struct small_world *w = *state;
	target(w, 1, 1, "assigned", "2021", 80);
	struct target t = target(w, 2, 1, "assigned", "2021", 100);
	t.replaces.v = 1;
	t.decided = d("2021-07-15");
	cube_set_target(w->cube, &t);
	t = target(w, 3, 1, "assigned", "2021", 90);
	t.replaces.v = 2;
	t.decided = d("2021-03-01");
	cube_set_target(w->cube, &t);
	admits(w, 40, 4, "2021-02-01");
	static const struct {
		const char *as_of, *percent;
		int64_t low;
	} rows[] = { { "2021-02-28", "50", 80 }, { "2021-03-01", "44.4", 90 }, { "2021-07-15", "44.4", 90 } };
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct report r = run(w, report_progress, asks(1, "2021", rows[i].as_of));
		assert_ratio(&r, "target:assigned", 40, rows[i].low, rows[i].percent);
		assert_null(find(&r, "target:assigned:2021"));
	}
}

static void test_children_stand_below_with_their_own_targets(void **state)
{
	struct small_world *w = *state;
	target(w, 1, 1, "assigned", "2021", 10);
	target(w, 2, 2, "assigned", "2021", 4);
	admits(w, 3, 4, "2021-02-01");
	admits(w, 2, 3, "2021-02-01");
	admits(w, 1, 1, "2021-02-01");
	struct report r = run(w, report_progress, asks(1, "2021", "2021-12-31"));
	assert_ratio(&r, "unit:R-A", 3, 4, "75");
	assert_value(&r, "unit:R-B", 2);
	assert_false(row(&r, "unit:R-B")->has_ratio);
	assert_null(find(&r, "unit:R-A-1"));
	assert_says(notes(w, &r), "kết nạp ngay tại đơn vị: 1");
}

static void test_handed_down_targets_are_added_up_and_compared(void **state)
{
	static const int quota[22] = { 150, 110, 150, 125, 90, 115, 115, 87, 87, 30, 48, 77, 80, 95, 95, 110, 95, 80, 12, 29, 15, 155 };
	struct small_world *w = *state;
	unit(w, 10, "QN", "PROVINCE", 0, "2000-01-01");
	target(w, 10, 10, "assigned", "2024", 1905);
	for (int i = 0; i < 22; i++) {
		unit(w, 11 + i, arena_printf(&w->arena, "QN-%02d", i + 1), "DISTRICT", 10, "2000-01-01");
		target(w, 11 + i, 11 + i, "assigned", "2024", quota[i]);
	}
	struct report r = run(w, report_progress, asks(10, "2024", "2024-06-30"));
	assert_says(notes(w, &r), "22 đơn vị trực thuộc cộng lại là 1.950, chỉ tiêu giao cho đơn vị là 1.905: chênh lệch +45");
	target(w, 10, 10, "assigned", "2024", 1950);
	r = run(w, report_progress, asks(10, "2024", "2024-06-30"));
	assert_null(strstr(notes(w, &r), "cộng lại"));
}

static void test_counts_of_members_and_organisations_as_of_the_day(void **state)
{
	struct small_world *w = *state;
	admits(w, 3, 4, "2020-02-01");
	admits(w, 2, 3, "2021-06-20"); /* ceremony in July */
	struct report r = run(w, report_progress, asks(1, "2021-H1", "2021-06-30"));
	assert_value(&r, "members", 3);
	assert_value(&r, "organisations", 2);
	assert_value(&r, "branches", 1);
}

static void test_units_are_counted_only_where_they_can_hang(void **state)
{
	struct small_world *w = *state;
	struct report committee = run(w, report_progress, asks(2, "2021", "2021-12-31"));
	struct report branch = run(w, report_progress, asks(3, "2021", "2021-12-31"));
	assert_null(find(&committee, "organisations"));
	assert_value(&committee, "branches", 1);
	assert_null(find(&branch, "organisations"));
	assert_null(find(&branch, "branches"));
}

static void test_report_without_target_says_so(void **state)
{
	struct small_world *w = *state;
	struct report r = run(w, report_progress, asks(1, "2021", "2021-12-31"));
	assert_value(&r, "admitted", 0);
	assert_says(notes(w, &r), "Chưa ghi chỉ tiêu");
}

/* ---- other indicators ---- */

static struct report with_indicator(struct small_world *w, const char *indicator, const char *period, const char *as_of)
{
	struct report_ask q = asks(1, period, as_of);
	q.indicator = indicator;
	return run(w, report_progress, q);
}

static void sets(struct small_world *w, const char *indicator, const char *period, int64_t low_milli, int64_t high_milli, bool at_least)
{
	const struct target t = { .id = { 50 }, .unit = { 1 }, .indicator = indicator, .kind = "assigned", .period = days(period),
		.low_milli = low_milli, .high_milli = high_milli, .at_least = at_least, .decided = DAY_NONE };
	cube_set_target(w->cube, &t);
}

static void test_rate_is_of_members_on_the_day_before_the_period(void **state)
{
	struct small_world *w = *state;
	sets(w, "admitted_rate", "2023", 3000, 4000, false);
	admits(w, 500, 4, "2022-11-01");
	admits(w, 19, 4, "2023-03-01");
	person(w, 4, "2015-01-01");
	says(w, "ceremony", "2023-01-01", 4, NULL); /* a member from the first day of the period, not before */
	person_done(w);
	struct report r = with_indicator(w, "admitted_rate", "2023", "2023-12-31");
	assert_ratio(&r, "target:assigned", 20, 500, "4");
	assert_points(&r, "target:assigned", "1");
	assert_string_equal(row(&r, "target:assigned")->qualifier, "3-4 %");
	assert_says(row(&r, "target:assigned")->note, "trên 500 đảng viên ngày 31/12/2022, mức thấp nhất là 15 người");
}

static void test_yearly_rate_set_for_many_years_is_asked_for_the_year_of_the_report(void **state)
{
	struct small_world *w = *state;
	sets(w, "admitted_rate", "2023-2030", 3000, 4000, false);
	admits(w, 500, 4, "2022-11-01");
	admits(w, 20, 4, "2023-03-01"); /* 520 members on 31/12/2023 */
	admits(w, 13, 4, "2024-03-01");
	struct report r = with_indicator(w, "admitted_rate", "2024-H1", "2024-06-30");
	assert_ratio(&r, "target:assigned", 13, 520, "2.5");
	assert_points(&r, "target:assigned", "1"); /* half of 3 % is 1,5 % */
	assert_says(row(&r, "target:assigned")->note, "còn thiếu 3"); /* 3 % of 520 = 15,6: 16 */
}

static void admits_occupied(struct small_world *w, int n, const char *occupation)
{
	for (int i = 0; i < n; i++) {
		person(w, 4, "2015-01-01");
		says(w, "occupation", NULL, 4, occupation);
		says(w, "decision", "2023-05-01", 4, NULL);
		person_done(w);
	}
}

static void test_share_says_how_many_more_of_the_kind(void **state)
{
	struct small_world *w = *state;
	sets(w, "student_share", "2023", 15000, -1, true);
	admits_occupied(w, 6, "student");
	admits_occupied(w, 4, "pupil");
	admits_occupied(w, 90, "worker");
	struct report r = with_indicator(w, "student_share", "2023", "2023-12-31");
	assert_ratio(&r, "target:assigned", 10, 100, "10");
	assert_points(&r, "target:assigned", "-5");
	assert_string_equal(row(&r, "target:assigned")->qualifier, "≥ 15 %");
	assert_says(row(&r, "target:assigned")->note, "ít nhất 6 người"); /* (10+6)/(100+6) = 15,09 %; 5 gives 14,3 % */
	admits_occupied(w, 6, "student");
	r = with_indicator(w, "student_share", "2023", "2023-12-31");
	assert_says(row(&r, "target:assigned")->note, "đạt tỷ lệ");
}

static void test_range_is_worded_and_its_top_is_noticed(void **state)
{
	struct small_world *w = *state;
	sets(w, "religious", "2023", 15000, 20000, false);
	for (int i = 0; i < 22; i++) {
		person(w, 4, "2015-01-01");
		says(w, "religion", NULL, 4, i ? "cong_giao" : "none");
		says(w, "decision", "2023-05-01", 4, NULL);
		person_done(w);
	}
	struct report r = with_indicator(w, "religious", "2023", "2023-12-31");
	assert_ratio(&r, "target:assigned", 21, 15, "140");
	assert_string_equal(row(&r, "target:assigned")->qualifier, "15-20");
	assert_says(row(&r, "target:assigned")->note, "vượt mức cao nhất 1");
	assert_value(&r, "religious", 21);
	assert_value(&r, "admitted", 22);
}

static void test_plans_name_the_unit_without_one(void **state)
{
	struct small_world *w = *state;
	sets(w, "plans", "2023-2030", 100000, -1, false);
	unit_says(w, 2, UNIT_PLAN, "2023-12-20", "2024", 0);
	struct report r = with_indicator(w, "plans", "2024", "2024-06-30");
	assert_ratio(&r, "target:assigned", 1, 2, "50");
	assert_points(&r, "target:assigned", "-50");
	assert_says(row(&r, "unit:R-A")->note, "đã có kế hoạch năm 2024");
	assert_says(row(&r, "unit:R-B")->note, "chưa có kế hoạch năm 2024");
}

static void test_notified_without_any_move_has_no_percentage(void **state)
{
	struct small_world *w = *state;
	sets(w, "notified", "2023", 100000, -1, false);
	struct report r = with_indicator(w, "notified", "2023", "2023-12-31");
	assert_int_equal(row(&r, "target:assigned")->denominator, 0);
	assert_says(row(&r, "target:assigned")->note, "chưa có trường hợp nào");
}

static void test_other_indicators_with_targets_are_mentioned(void **state)
{
	struct small_world *w = *state;
	sets(w, "worker_share", "2023", 20000, -1, true);
	struct report r = with_indicator(w, "admitted", "2023", "2023-12-31");
	assert_says(notes(w, &r), "(worker_share)");
	assert_null(find(&r, "worker_share:target:assigned"));
}

/* Two workers of eight are a quarter; a fifth was asked for. */
static void test_without_an_indicator_all_that_have_targets_are_shown(void **state)
{
	struct small_world *w = *state;
	admits_occupied(w, 2, "worker");
	admits_occupied(w, 6, "pupil");
	sets(w, "worker_share", "2023", 20000, -1, true);
	struct report r = with_indicator(w, NULL, "2023", "2023-12-31");
	assert_value(&r, "admitted", 8);
	assert_ratio(&r, "worker_share:target:assigned", 2, 8, "25");
	assert_says(row(&r, "worker_share:target:assigned")->label, "Tỷ lệ công nhân trong số kết nạp: Chỉ tiêu giao");
	assert_null(find(&r, "student_share:target:assigned"));
	assert_null(strstr(notes(w, &r), "Chưa ghi chỉ tiêu"));
	assert_null(strstr(notes(w, &r), "(worker_share)"));
}

/* ---- breakdown ---- */

static struct report broken_down(struct small_world *w, enum cube_dimension by)
{
	struct report_ask q = asks(1, "2023", "2023-12-31");
	q.by = by;
	return run(w, report_breakdown, q);
}

static void test_breakdown_adds_up_and_shows_unknown(void **state)
{
	struct small_world *w = *state;
	admits_occupied(w, 2, "worker");
	admits_occupied(w, 5, "pupil");
	admits(w, 1, 3, "2023-05-01");
	struct report r = broken_down(w, BY_OCCUPATION);
	assert_int_equal(r.n, 4);
	assert_ratio(&r, "occupation:worker", 2, 8, "25");
	assert_ratio(&r, "occupation:pupil", 5, 8, "62.5");
	assert_ratio(&r, "occupation:unknown", 1, 8, "12.5");
	assert_string_equal(r.rows[r.n - 1].key, "total");
	assert_value(&r, "total", 8);
}

static void test_percent_is_cut_or_rounded_as_asked(void **state)
{
	struct small_world *w = *state;
	for (int i = 0; i < 101; i++) {
		person(w, 4, "2015-01-01");
		says(w, "youth", NULL, 4, i < 25 ? "yes" : "no");
		says(w, "decision", "2023-05-01", 4, NULL);
		person_done(w);
	}
	struct report_ask q = asks(1, "2023", "2023-12-31");
	q.by = BY_YOUTH;
	struct report r = run(w, report_breakdown, q);
	assert_ratio(&r, "youth:yes", 25, 101, "24.8");
	q.rounding.mode = ROUND_CUT;
	r = run(w, report_breakdown, q);
	assert_ratio(&r, "youth:yes", 25, 101, "24.7");
}

/* ---- ranking ---- */

static void test_ranking_by_number_says_place_by_share(void **state)
{
	struct small_world *w = *state;
	unit(w, 5, "R-C", "GRASS_CB", 1, "2000-01-01");
	target(w, 1, 2, "assigned", "2021", 20);
	target(w, 2, 3, "assigned", "2021", 4);
	admits(w, 9, 4, "2021-02-01");
	admits(w, 3, 3, "2021-02-01");
	admits(w, 9, 5, "2021-02-01");
	struct report r = run(w, report_ranking, asks(1, "2021", "2021-12-31"));
	assert_string_equal(r.rows[0].key, "unit:R-A"); /* same number, but has a share */
	assert_string_equal(r.rows[1].key, "unit:R-C");
	assert_string_equal(r.rows[2].key, "unit:R-B");
	assert_value(&r, "unit:R-A", 9);
	assert_ratio(&r, "unit:R-A", 9, 20, "45");
	assert_says(r.rows[0].note, "thứ 1 về số lượng, thứ 2 về tỷ lệ");
	assert_says(r.rows[1].note, "thứ 1 về số lượng");
	assert_says(r.rows[2].note, "thứ 3 về số lượng, thứ 1 về tỷ lệ");
	assert_false(r.rows[1].has_ratio);
}

static void test_ranking_keeps_closed_unit_so_that_rows_add_up(void **state)
{
	struct small_world *w = *state;
	admits(w, 4, 3, "2021-02-01");
	admits(w, 2, 4, "2021-02-01");
	unit_says(w, 3, UNIT_CLOSE, "2021-09-01", NULL, 0);
	struct report r = run(w, report_ranking, asks(1, "2021", "2021-12-31"));
	assert_int_equal(r.n, 2);
	assert_value(&r, "unit:R-B", 4);
	assert_says(row(&r, "unit:R-B")->note, "kết thúc hoạt động từ 01/09/2021");
	r = run(w, report_ranking, asks(1, "2021-Q4", "2021-12-31"));
	assert_null(find(&r, "unit:R-B")); /* nothing happened there in these months */
}

static void test_ranking_on_tree_of_the_day_and_of_today(void **state)
{
	struct small_world *w = *state;
	admits(w, 3, 4, "2021-02-01");
	unit_says(w, 4, UNIT_PARENT, "2022-01-01", NULL, 3);
	struct report_ask q = asks(1, "2021", "2021-12-31");
	struct report then = run(w, report_ranking, q);
	q.today_tree = true;
	struct report now = run(w, report_ranking, q);
	assert_value(&then, "unit:R-A", 3);
	assert_value(&then, "unit:R-B", 0);
	assert_value(&now, "unit:R-A", 0);
	assert_value(&now, "unit:R-B", 3);
	assert_true(now.today_tree);
}

/* ---- classes ---- */

static void class_of(struct small_world *w, int64_t id, const char *code, int64_t unit_id, const char *period)
{
	const struct cube_class k = { .id = { id }, .code = code, .name = code, .kind = "awareness", .unit = { unit_id },
		.period = days(period) };
	cube_set_class(w->cube, &k);
}

static void sends(struct small_world *w, int n, int64_t unit_id, int64_t class_id, int admitted)
{
	for (int i = 0; i < n; i++) {
		person(w, unit_id, "2015-01-01");
		attends(w, "class", "2020-03-02", unit_id, class_id);
		attends(w, "certificate", "2020-03-20", unit_id, class_id);
		if (i < admitted)
			says(w, "decision", "2021-02-01", unit_id, NULL);
		person_done(w);
	}
}

static void test_classes_of_a_year_and_what_came_of_them(void **state)
{
	struct small_world *w = *state;
	class_of(w, 1, "K1", 1, "2020-03");
	class_of(w, 2, "K2", 1, "2020-03");
	class_of(w, 3, "K3", 1, "2021-03");
	sends(w, 30, 4, 1, 5);
	sends(w, 39, 3, 2, 0);
	struct report r = run(w, report_classes, asks(1, "2020", "2021-12-31"));
	assert_int_equal(r.n, 3);
	assert_value(&r, "class:K1", 30);
	assert_ratio(&r, "class:K1", 5, 30, "16.7");
	assert_ratio(&r, "class:K2", 0, 39, "0");
	assert_value(&r, "total", 69);
	assert_ratio(&r, "total", 5, 69, "7.2");
	assert_says(row(&r, "total")->note, "69 người học, 69 giấy chứng nhận, 5 người đã được kết nạp");
	r = run(w, report_classes, asks(1, "2020", "2020-12-31"));
	assert_ratio(&r, "total", 0, 69, "0");
}

static void test_unit_below_sees_its_own_people_in_the_class(void **state)
{
	struct small_world *w = *state;
	class_of(w, 1, "K1", 1, "2020-03");
	class_of(w, 2, "K2", 1, "2020-03");
	sends(w, 33, 4, 1, 5);
	sends(w, 36, 3, 1, 1);
	sends(w, 10, 3, 2, 1);
	struct report r = run(w, report_classes, asks(2, "2020", "2021-12-31"));
	assert_int_equal(r.n, 2);
	assert_ratio(&r, "class:K1", 5, 33, "15.2");
	assert_ratio(&r, "total", 5, 33, "15.2");
}

/* ---- refusals ---- */

static enum err refused(struct small_world *w, struct report_ask q, struct fault *f)
{
	struct report r = { .name = "untouched" };
	*f = (struct fault){0};
	enum err e = report_progress(w->cube, &q, &w->arena, &r, f);
	assert_string_equal(r.name, "untouched");
	return e;
}

static void test_refusals_name_the_field_and_the_way_out(void **state)
{
	struct small_world *w = *state;
	struct fault f;
	assert_int_equal(refused(w, asks(99, "2021", "2021-12-31"), &f), E_NOTFOUND);
	assert_int_equal(refused(w, asks(1, "2021-H2", "2021-06-30"), &f), E_INVALID);
	assert_string_equal(f.field, "as_of");
	struct report_ask q = asks(1, "2021", "2021-12-31");
	q.indicator = "happiness";
	assert_int_equal(refused(w, q, &f), E_INVALID);
	assert_says(fault_text(&f, LANG_VI, &w->arena), "student_share");
}

static void test_unit_not_open_on_the_tree_day_is_refused_with_the_day(void **state)
{
	struct small_world *w = *state;
	struct fault f;
	struct report r;
	unit(w, 5, "R-C", "GRASS_CB", 1, "2021-07-01");
	unit_says(w, 3, UNIT_CLOSE, "2021-09-01", NULL, 0);
	assert_int_equal(refused(w, asks(3, "2021", "2021-12-31"), &f), E_INVALID);
	assert_says(fault_text(&f, LANG_VI, &w->arena), "kết thúc hoạt động từ ngày 01/09/2021");
	assert_int_equal(refused(w, asks(5, "2021-H1", "2021-06-30"), &f), E_INVALID);
	assert_says(fault_text(&f, LANG_EN, &w->arena), "opened on 01/07/2021");
	r = run(w, report_progress, asks(3, "2021-H1", "2021-06-30"));
	assert_string_equal(r.unit_code, "R-B");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WORLD_TEST(test_half_year_of_year_target_is_points_above_half),
		WORLD_TEST(test_target_counts_from_its_own_first_day_when_period_starts_later),
		WORLD_TEST(test_as_of_day_inside_period_cuts_figures_and_pace),
		WORLD_TEST(test_assigned_own_and_term_stand_side_by_side),
		WORLD_TEST(test_targets_that_only_overlap_say_their_period),
		WORLD_TEST(test_replaced_target_holds_until_its_replacement_is_decided),
		WORLD_TEST(test_replacement_recorded_last_for_an_earlier_day_is_the_only_one),
		WORLD_TEST(test_children_stand_below_with_their_own_targets),
		WORLD_TEST(test_handed_down_targets_are_added_up_and_compared),
		WORLD_TEST(test_counts_of_members_and_organisations_as_of_the_day),
		WORLD_TEST(test_units_are_counted_only_where_they_can_hang),
		WORLD_TEST(test_report_without_target_says_so),
		WORLD_TEST(test_rate_is_of_members_on_the_day_before_the_period),
		WORLD_TEST(test_yearly_rate_set_for_many_years_is_asked_for_the_year_of_the_report),
		WORLD_TEST(test_share_says_how_many_more_of_the_kind),
		WORLD_TEST(test_range_is_worded_and_its_top_is_noticed),
		WORLD_TEST(test_plans_name_the_unit_without_one),
		WORLD_TEST(test_notified_without_any_move_has_no_percentage),
		WORLD_TEST(test_other_indicators_with_targets_are_mentioned),
		WORLD_TEST(test_without_an_indicator_all_that_have_targets_are_shown),
		WORLD_TEST(test_breakdown_adds_up_and_shows_unknown),
		WORLD_TEST(test_percent_is_cut_or_rounded_as_asked),
		WORLD_TEST(test_ranking_by_number_says_place_by_share),
		WORLD_TEST(test_ranking_keeps_closed_unit_so_that_rows_add_up),
		WORLD_TEST(test_ranking_on_tree_of_the_day_and_of_today),
		WORLD_TEST(test_classes_of_a_year_and_what_came_of_them),
		WORLD_TEST(test_unit_below_sees_its_own_people_in_the_class),
		WORLD_TEST(test_refusals_name_the_field_and_the_way_out),
		WORLD_TEST(test_unit_not_open_on_the_tree_day_is_refused_with_the_day),
	};
	return RUN(tests);
}
