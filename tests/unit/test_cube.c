/* The cube on hand-made persons, with figures counted on the fingers. */
#include "base/text.h"
#include "unit/small_world.h"

static const struct filter everybody = {0};

static int64_t admitted(const struct small_world *w, int64_t unit_id, const char *period, const char *tree_day)
{
	return cube_admitted(w->cube, at(unit_id, tree_day), days(period), everybody);
}

static int64_t members(const struct small_world *w, int64_t unit_id, const char *on)
{
	return cube_members(w->cube, at(unit_id, on), d(on));
}

/* ---- admissions ---- */

static void test_admission_counts_on_day_of_decision_not_of_ceremony(void **state)
{
	struct small_world *w = *state;
	admits(w, 1, 4, "2021-06-30"); /* ceremony on 14 July */
	assert_int_equal(admitted(w, 1, "2021-H1", "2021-06-30"), 1);
	assert_int_equal(admitted(w, 1, "2021-H2", "2021-12-31"), 0);
}

static void test_admission_without_decision_counts_on_ceremony(void **state)
{
	struct small_world *w = *state;
	person(w, 4, "2019-01-01");
	says(w, "ceremony", "2021-07-01", 4, NULL);
	person_done(w);
	assert_int_equal(admitted(w, 1, "2021-H1", "2021-06-30"), 0);
	assert_int_equal(admitted(w, 1, "2021-H2", "2021-12-31"), 1);
}

static void test_scope_holds_unit_and_what_is_below(void **state)
{
	struct small_world *w = *state;
	admits(w, 1, 2, "2021-02-01");
	admits(w, 2, 3, "2021-02-01");
	admits(w, 4, 4, "2021-02-01");
	assert_int_equal(admitted(w, 1, "2021", "2021-12-31"), 7);
	assert_int_equal(admitted(w, 2, "2021", "2021-12-31"), 5);
	assert_int_equal(admitted(w, 3, "2021", "2021-12-31"), 2);
	assert_int_equal(admitted(w, 4, "2021", "2021-12-31"), 4);
	assert_int_equal(admitted(w, 9, "2021", "2021-12-31"), 0);
}

static void test_months_are_those_of_the_calendar(void **state)
{
	struct small_world *w = *state;
	int64_t n[3];
	admits(w, 1, 4, "2021-01-31");
	admits(w, 2, 4, "2021-02-01");
	admits(w, 3, 3, "2021-03-31");
	admits(w, 4, 4, "2021-04-01");
	cube_admitted_months(w->cube, at(1, "2021-12-31"), d("2021-01-15"), 3, n);
	assert_int_equal(n[0], 1);
	assert_int_equal(n[1], 2);
	assert_int_equal(n[2], 3);
	cube_admitted_months(w->cube, at(3, "2021-12-31"), d("2021-01-15"), 3, n);
	assert_int_equal(n[0] + n[1], 0);
}

static void test_parts_are_counted_in_one_pass(void **state)
{
	struct small_world *w = *state;
	const struct tree_split s = tree_split(cube_tree(w->cube), (struct unit_id){ 1 }, d("2021-12-31"), &w->arena);
	int64_t n[PART_CHILD + 2];
	admits(w, 1, 1, "2021-01-31");
	admits(w, 2, 4, "2021-02-01");
	admits(w, 3, 3, "2021-03-31");
	admits(w, 4, 3, "2022-01-01");
	cube_admitted_parts(w->cube, s.part, days("2021"), n, PART_CHILD + 2);
	assert_int_equal(n[PART_OUTSIDE], 0);
	assert_int_equal(n[PART_ROOT], 1);
	assert_int_equal(n[PART_CHILD], 2);
	assert_int_equal(n[PART_CHILD + 1], 3);
}

static void test_admission_stays_where_it_happened_when_person_moves(void **state)
{
	struct small_world *w = *state;
	person(w, 3, "2019-01-01");
	says(w, "decision", "2021-02-01", 3, NULL);
	says(w, "ceremony", "2021-02-10", 3, NULL);
	says(w, "unit", "2021-03-01", 4, NULL);
	person_done(w);
	assert_int_equal(admitted(w, 3, "2021", "2021-12-31"), 1);
	assert_int_equal(admitted(w, 2, "2021", "2021-12-31"), 0);
	assert_int_equal(members(w, 3, "2021-02-28"), 1);
	assert_int_equal(members(w, 3, "2021-03-01"), 0);
	assert_int_equal(members(w, 2, "2021-03-01"), 1);
}

static void test_filter_takes_value_of_day_of_admission(void **state)
{
	struct small_world *w = *state;
	person(w, 4, "2019-01-01");
	says(w, "youth", "2019-01-01", 4, "yes");
	says(w, "youth", "2021-05-01", 4, "no"); /* too old for it by now */
	says(w, "decision", "2021-04-01", 4, NULL);
	person_done(w);
	admits(w, 1, 4, "2021-04-01"); /* nothing known */
	assert_int_equal(cube_admitted(w->cube, at(1, "2021-12-31"), days("2021"), (struct filter){ "youth", "yes" }), 1);
	assert_int_equal(cube_admitted(w->cube, at(1, "2021-12-31"), days("2021"), (struct filter){ "youth", "no" }), 0);
}

static void test_filter_not_means_any_known_value_but_that(void **state)
{
	struct small_world *w = *state;
	const char *const religion[] = { "none", "phat_giao", "cong_giao", NULL };
	for (int i = 0; i < 4; i++) {
		person(w, 4, "2019-01-01");
		if (religion[i])
			says(w, "religion", NULL, 4, religion[i]);
		says(w, "decision", "2021-04-01", 4, NULL);
		person_done(w);
	}
	assert_int_equal(cube_admitted(w->cube, at(1, "2021-12-31"), days("2021"), (struct filter){ "religion", "!none" }), 2);
	assert_int_equal(cube_admitted(w->cube, at(1, "2021-12-31"), days("2021"), (struct filter){ "religion", "phat_giao|none" }), 2);
}

/* ---- the tree of a day ---- */

static void test_moved_unit_takes_its_history_along(void **state)
{
	struct small_world *w = *state;
	admits(w, 3, 4, "2021-02-01");
	unit_says(w, 4, UNIT_PARENT, "2022-01-01", NULL, 3);
	assert_int_equal(admitted(w, 2, "2021", "2021-12-31"), 3);
	assert_int_equal(admitted(w, 3, "2021", "2021-12-31"), 0);
	assert_int_equal(admitted(w, 2, "2021", "2022-06-01"), 0);
	assert_int_equal(admitted(w, 3, "2021", "2022-06-01"), 3);
	assert_int_equal(admitted(w, 1, "2021", "2021-12-31"), admitted(w, 1, "2021", "2022-06-01"));
}

static void test_closed_unit_still_counts_where_it_hung_last(void **state)
{
	struct small_world *w = *state;
	admits(w, 2, 4, "2021-02-01");
	unit_says(w, 4, UNIT_CLOSE, "2022-01-01", NULL, 0);
	assert_int_equal(admitted(w, 2, "2021", "2023-01-01"), 2);
	assert_int_equal(admitted(w, 4, "2021", "2023-01-01"), 2);
	unit_says(w, 2, UNIT_CLOSE, "2022-01-01", NULL, 0);
	assert_int_equal(admitted(w, 1, "2021", "2023-01-01"), 2);
}

static void test_organisations_are_those_open_below_on_the_day(void **state)
{
	struct small_world *w = *state;
	unit(w, 5, "R-C", "GRASS_CB", 1, "2021-07-01");
	unit_says(w, 3, UNIT_CLOSE, "2021-09-01", NULL, 0);
	assert_int_equal(cube_units(w->cube, at(1, "2021-06-30"), d("2021-06-30"), "GRASS_DB|GRASS_CB"), 2);
	assert_int_equal(cube_units(w->cube, at(1, "2021-07-01"), d("2021-07-01"), "GRASS_DB|GRASS_CB"), 3);
	assert_int_equal(cube_units(w->cube, at(1, "2021-09-01"), d("2021-09-01"), "GRASS_DB|GRASS_CB"), 2);
	assert_int_equal(cube_units(w->cube, at(2, "2021-09-01"), d("2021-09-01"), "GRASS_DB|GRASS_CB"), 0);
	assert_int_equal(cube_units(w->cube, at(1, "2021-09-01"), d("2021-09-01"), "BRANCH"), 1);
}

/* ---- members ---- */

static void test_member_from_ceremony_until_the_day_of_leaving(void **state)
{
	struct small_world *w = *state;
	person(w, 4, "2019-01-01");
	says(w, "decision", "2021-02-01", 4, NULL);
	says(w, "ceremony", "2021-02-15", 4, NULL);
	says(w, "left", "2021-08-10", 4, "died");
	person_done(w);
	assert_int_equal(members(w, 1, "2021-02-14"), 0);
	assert_int_equal(members(w, 1, "2021-02-15"), 1);
	assert_int_equal(members(w, 1, "2021-08-09"), 1);
	assert_int_equal(members(w, 1, "2021-08-10"), 0);
	assert_int_equal(admitted(w, 1, "2021", "2021-12-31"), 1);
}

static void test_old_member_without_day_of_arrival_counts_from_what_is_known(void **state)
{
	struct small_world *w = *state;
	person(w, 4, NULL);
	says(w, "decision", "1985-05-19", 4, NULL);
	person_done(w);
	assert_int_equal(cube_members(w->cube, at(2, "2021-01-01"), d("1985-05-18")), 0);
	assert_int_equal(cube_members(w->cube, at(2, "2021-01-01"), d("1985-05-19")), 1);
	assert_int_equal(members(w, 2, "2026-01-01"), 1);
}

/* ---- corrections, following the journal ---- */

static void test_corrected_decision_moves_the_admission(void **state)
{
	struct small_world *w = *state;
	admits(w, 1, 4, "2021-06-30");
	assert_int_equal(admitted(w, 1, "2021-H1", "2021-06-30"), 1);
	says(w, "decision", "2021-07-01", 4, NULL)->corrects = 2;
	person_done(w);
	assert_int_equal(admitted(w, 1, "2021-H1", "2021-06-30"), 0);
	assert_int_equal(admitted(w, 1, "2021-H2", "2021-12-31"), 1);
}

static void test_withdrawn_decision_and_ceremony_are_no_admission(void **state)
{
	struct small_world *w = *state;
	admits(w, 1, 4, "2021-06-01");
	for (int32_t seq = 2; seq <= 3; seq++) {
		struct fact *f = says(w, seq == 2 ? "decision" : "ceremony", "2021-06-01", 4, NULL);
		f->corrects = seq;
		f->withdrawn = true;
	}
	person_done(w);
	assert_int_equal(admitted(w, 1, "2021", "2021-12-31"), 0);
	assert_int_equal(members(w, 1, "2021-12-31"), 0);
}

/* Writes the life of person number `i` up to stage `stage`. */
static void live(struct small_world *w, int64_t i, int stage)
{
	int64_t home = 2 + i % 3;
	w->person = i - 1;
	person(w, home, "2015-01-01");
	says(w, "sex", NULL, home, i % 2 ? "male" : "female");
	if (stage > 0)
		attends(w, "class", "2020-03-01", home, 1);
	if (stage > 1)
		attends(w, "certificate", "2020-03-20", home, 1);
	if (stage > 2)
		says(w, "decision", i % 4 ? "2021-02-01" : "2021-08-01", home, NULL);
	if (stage > 3)
		says(w, "ceremony", "2021-08-15", home, NULL);
	if (stage > 4)
		says(w, "left", "2022-01-01", home, "moved_out");
	person_done(w);
}

static void set_class(struct small_world *w, int64_t id, const char *code, int64_t unit_id, const char *period)
{
	struct cube_class k = { .id = { id }, .code = code, .name = code, .kind = "awareness", .unit = { unit_id }, .period = days(period) };
	cube_set_class(w->cube, &k);
}

static void assert_same_answers(const struct small_world *a, const struct small_world *b)
{
	static const char *const on[] = { "2020-12-31", "2021-06-30", "2021-12-31", "2022-06-30" };
	const struct class_ask k = { { 1 }, true };
	for (int64_t u = 1; u <= 4; u++) {
		for (int i = 0; i < 4; i++)
			assert_int_equal(members(a, u, on[i]), members(b, u, on[i]));
		assert_int_equal(admitted(a, u, "2021-H1", "2021-12-31"), admitted(b, u, "2021-H1", "2021-12-31"));
		assert_int_equal(cube_admitted(a->cube, at(u, "2022-01-01"), days("2021"), (struct filter){ "sex", "female" }),
			cube_admitted(b->cube, at(u, "2022-01-01"), days("2021"), (struct filter){ "sex", "female" }));
	}
	struct class_yield x = cube_class_yield(a->cube, &k, 1, at(1, "2022-01-01"), d("2022-01-01"));
	struct class_yield y = cube_class_yield(b->cube, &k, 1, at(1, "2022-01-01"), d("2022-01-01"));
	assert_memory_equal(&x, &y, sizeof x);
}

static void test_following_fact_by_fact_equals_loading_at_once(void **state)
{
	struct small_world *followed = *state, loaded;
	world_begin(&loaded);
	cube_set_tree(loaded.cube, &followed->tree);
	set_class(followed, 1, "K1", 1, "2020-03");
	set_class(&loaded, 1, "K1", 1, "2020-03");
	for (int stage = 0; stage <= 5; stage++)
		for (int64_t i = 1; i <= 60; i++)
			if (stage <= i % 6)
				live(followed, i, stage);
	for (int64_t i = 60; i >= 1; i--)
		live(&loaded, i, (int)(i % 6));
	assert_int_equal(members(followed, 1, "2021-12-31"), 30); /* decided, stages 3 to 5 */
	assert_same_answers(followed, &loaded);
	world_end(&loaded);
}

static void test_feeding_again_takes_no_more_memory(void **state)
{
	struct small_world *w = *state;
	size_t after_first = 0;
	for (int round = 0; round < 200; round++) {
		for (int64_t i = 1; i <= 300; i++)
			live(w, i, 5);
		if (round == 0)
			after_first = cube_bytes(w->cube);
	}
	assert_true(cube_bytes(w->cube) <= 4 * after_first);
	assert_int_equal(members(w, 1, "2021-12-31"), 300);
}

static void test_position_is_what_was_set(void **state)
{
	struct small_world *w = *state;
	assert_int_equal(cube_position(w->cube).v, 0);
	cube_set_position(w->cube, (struct entry_id){ 17 });
	assert_int_equal(cube_position(w->cube).v, 17);
}

/* ---- breakdowns ---- */

static void admits_with(struct small_world *w, const char *attribute, const char *value)
{
	person(w, 4, "2015-01-01");
	if (value)
		says(w, attribute, NULL, 4, value);
	says(w, "decision", "2021-06-15", 4, NULL);
	person_done(w);
}

static void assert_groups(const struct small_world *w, enum cube_dimension by, const char *expected)
{
	scoped(arena_done) struct arena a = {0};
	struct text t = TEXT(&a);
	size_t n;
	struct cube_group *v = cube_admitted_by(w->cube, at(1, "2021-12-31"), days("2021"), by, &a, &n);
	for (size_t i = 0; i < n; i++)
		text_addf(&t, "%s%s=%lld", i ? " " : "", v[i].value ? v[i].value : "?", (long long)v[i].n);
	assert_string_equal(text_str(&t), expected);
}

static void test_education_is_grouped_and_level_is_not(void **state)
{
	struct small_world *w = *state;
	const char *const value[] = { "college", "master", "intermediate", NULL, "college_intermediate", "master" };
	for (int i = 0; i < 6; i++)
		admits_with(w, "education", value[i]);
	assert_groups(w, BY_EDUCATION, "master=2 college_intermediate=3 ?=1");
	assert_groups(w, BY_LEVEL, "master=2 college_intermediate=1 college=1 intermediate=1 ?=1");
}

static void test_age_bands_by_full_years_on_day_of_admission(void **state)
{
	struct small_world *w = *state;
	/* admitted on 15 June 2021 */
	const char *const birth[] = { "2003-06-16", "2003-06-15", "1990-06-16", "1990-06-15", "1961-06-15", "1960-06-16", "1960-06-15", NULL };
	for (int i = 0; i < 8; i++)
		admits_with(w, "birth", birth[i]);
	assert_groups(w, BY_AGE, "0-17=1 18-30=2 31-35=1 56-60=2 60+=1 ?=1");
}

static void test_youth_yes_no_and_unknown(void **state)
{
	struct small_world *w = *state;
	const char *const value[] = { "no", "yes", NULL, "yes" };
	for (int i = 0; i < 4; i++)
		admits_with(w, "youth", value[i]);
	assert_groups(w, BY_YOUTH, "yes=2 no=1 ?=1");
}

/* ---- classes, plans, moves ---- */

static void test_class_counts_people_certificates_and_those_admitted_since(void **state)
{
	struct small_world *w = *state;
	set_class(w, 1, "K1", 1, "2020-03");
	person(w, 4, "2015-01-01"); /* admitted since */
	attends(w, "class", "2020-03-01", 4, 1);
	attends(w, "certificate", "2020-03-20", 4, 1);
	says(w, "decision", "2020-11-01", 4, NULL);
	person_done(w);
	person(w, 3, "2015-01-01"); /* certificate known, class not */
	attends(w, "certificate", "2020-03-20", 3, 1);
	person_done(w);
	person(w, 3, "2015-01-01"); /* no certificate */
	attends(w, "class", "2020-03-01", 3, 1);
	person_done(w);
	const struct class_ask all = { { 1 }, true }, own = { { 1 }, false };
	struct class_yield y = cube_class_yield(w->cube, &all, 1, at(1, "2020-12-31"), d("2020-12-31"));
	assert_int_equal(y.people, 3);
	assert_int_equal(y.certificates, 2);
	assert_int_equal(y.admitted, 1);
	y = cube_class_yield(w->cube, &all, 1, at(1, "2020-12-31"), d("2020-10-31"));
	assert_int_equal(y.admitted, 0);
	y = cube_class_yield(w->cube, &own, 1, at(3, "2020-12-31"), d("2020-12-31"));
	assert_int_equal(y.people, 2);
	assert_int_equal(y.certificates, 1);
	assert_int_equal(y.admitted, 0);
}

static void test_person_in_two_classes_is_one_of_the_people(void **state)
{
	struct small_world *w = *state;
	set_class(w, 1, "K1", 1, "2020-03");
	set_class(w, 2, "K2", 1, "2020-09");
	person(w, 4, "2015-01-01");
	attends(w, "certificate", "2020-03-20", 4, 1);
	attends(w, "certificate", "2020-09-20", 4, 2);
	says(w, "decision", "2020-11-01", 4, NULL);
	person_done(w);
	const struct class_ask both[] = { { { 1 }, true }, { { 2 }, true } };
	struct class_yield y = cube_class_yield(w->cube, both, 2, at(1, "2020-12-31"), d("2020-12-31"));
	assert_int_equal(y.people, 1);
	assert_int_equal(y.certificates, 2);
	assert_int_equal(y.admitted, 1);
}

static void test_plans_of_several_years_stand_side_by_side(void **state)
{
	struct small_world *w = *state;
	unit_says(w, 2, UNIT_PLAN, "2022-12-20", "2023", 0);
	unit_says(w, 2, UNIT_PLAN, "2023-12-20", "2024", 0);
	unit_says(w, 3, UNIT_PLAN, "2023-12-20", "2024", 0);
	struct cube_share y2023 = cube_plans(w->cube, at(1, "2023-12-31"), 2023, d("2023-12-31"));
	assert_int_equal(y2023.n, 1);
	assert_int_equal(y2023.of, 2);
	assert_int_equal(cube_plans(w->cube, at(1, "2023-12-31"), 2024, d("2023-12-31")).n, 2);
	assert_int_equal(cube_plans(w->cube, at(1, "2023-12-31"), 2024, d("2023-12-19")).n, 0);
}

static void test_notified_counts_movers_with_certificate_only(void **state)
{
	struct small_world *w = *state;
	for (int i = 0; i < 3; i++) {
		person(w, 4, "2015-01-01");
		if (i < 2)
			says(w, "certificate", "2022-05-01", 4, NULL);
		says(w, "moved", "2023-02-01", 4, "Nơi khác");
		if (i == 0)
			says(w, "notified", "2023-02-20", 4, NULL);
		person_done(w);
	}
	struct cube_share s = cube_notified(w->cube, at(1, "2023-12-31"), days("2023"), d("2023-12-31"));
	assert_int_equal(s.of, 2);
	assert_int_equal(s.n, 1);
	assert_int_equal(cube_notified(w->cube, at(1, "2023-12-31"), days("2023"), d("2023-02-19")).n, 0);
	assert_int_equal(cube_notified(w->cube, at(3, "2023-12-31"), days("2023"), d("2023-12-31")).of, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WORLD_TEST(test_admission_counts_on_day_of_decision_not_of_ceremony),
		WORLD_TEST(test_admission_without_decision_counts_on_ceremony),
		WORLD_TEST(test_scope_holds_unit_and_what_is_below),
		WORLD_TEST(test_months_are_those_of_the_calendar),
		WORLD_TEST(test_parts_are_counted_in_one_pass),
		WORLD_TEST(test_admission_stays_where_it_happened_when_person_moves),
		WORLD_TEST(test_filter_takes_value_of_day_of_admission),
		WORLD_TEST(test_filter_not_means_any_known_value_but_that),
		WORLD_TEST(test_moved_unit_takes_its_history_along),
		WORLD_TEST(test_closed_unit_still_counts_where_it_hung_last),
		WORLD_TEST(test_organisations_are_those_open_below_on_the_day),
		WORLD_TEST(test_member_from_ceremony_until_the_day_of_leaving),
		WORLD_TEST(test_old_member_without_day_of_arrival_counts_from_what_is_known),
		WORLD_TEST(test_corrected_decision_moves_the_admission),
		WORLD_TEST(test_withdrawn_decision_and_ceremony_are_no_admission),
		WORLD_TEST(test_following_fact_by_fact_equals_loading_at_once),
		WORLD_TEST(test_feeding_again_takes_no_more_memory),
		WORLD_TEST(test_position_is_what_was_set),
		WORLD_TEST(test_education_is_grouped_and_level_is_not),
		WORLD_TEST(test_age_bands_by_full_years_on_day_of_admission),
		WORLD_TEST(test_youth_yes_no_and_unknown),
		WORLD_TEST(test_class_counts_people_certificates_and_those_admitted_since),
		WORLD_TEST(test_person_in_two_classes_is_one_of_the_people),
		WORLD_TEST(test_plans_of_several_years_stand_side_by_side),
		WORLD_TEST(test_notified_counts_movers_with_certificate_only),
	};
	return RUN(tests);
}
