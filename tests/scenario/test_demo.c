/* The four made-up installations: every figure of the documents that they stand for comes out of their records.
 *
 * Figures: Báo Hà Nam, June 2022, and Thành ủy Phủ Lý, 2/4/2024 (Phủ Lý); Đảng ủy Khối Các cơ quan tỉnh Lâm Đồng, 8/7/2021; Thành ủy Hải
 * Phòng, scheme 2023-2030; Ban Tuyên giáo Tỉnh ủy Bình Thuận, 9/5/2018 (Bắc Bình). */
#include "figures.h"

#include "app/account.h"
#include "app/late.h"

#define TODAY "2026-11-21"

static struct figures world;

static int make(const char *scenario)
{
	struct fault f;
	figures_open(&world, TODAY);
	assert_ok(demo_run(&world.app, scenario, world.app.today, &f));
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	figures_close(&world);
	return 0;
}

static void assert_verified(void)
{
	struct fault f;
	struct verify_result r;
	assert_ok(verify_all(&world.app, &r, &f));
	assert_true(r.entries > 1000);
}

/* ---- the agencies bloc of Lâm Đồng ---- */

static int setup_lam_dong(void **state)
{
	(void)state;
	return make("lam-dong");
}

static void test_lam_dong_52_of_80_are_65_percent_and_15_points_ahead(void **state)
{
	(void)state;
	struct report r = figures_progress(&world, figures_ask(&world, "KLD", "2021-H1", "2021-06-30"), NULL);
	assert_value(&r, "admitted", 52);
	assert_ratio(&r, "target:assigned", 52, 80, "65");
	assert_points(&r, "target:assigned", "15");
}

static void test_lam_dong_by_level_14_27_6_5(void **state)
{
	(void)state;
	struct report r = figures_breakdown(&world, figures_ask(&world, "KLD", "2021-H1", "2021-06-30"), BY_EDUCATION);
	assert_value(&r, "education:master", 14);
	assert_value(&r, "education:university", 27);
	assert_value(&r, "education:college_intermediate", 6);
	assert_value(&r, "education:student", 5);
	assert_value(&r, "total", 52);
	assert_sums(&r);
}

static void test_lam_dong_11_of_the_youth_union_and_nobody_unknown(void **state)
{
	(void)state;
	struct report r = figures_breakdown(&world, figures_ask(&world, "KLD", "2021-H1", "2021-06-30"), BY_YOUTH);
	assert_value(&r, "youth:yes", 11);
	assert_value(&r, "youth:no", 41);
	assert_null(figures_find(&r, "youth:unknown"));
}

static void test_lam_dong_the_students_are_of_the_teachers_college(void **state)
{
	(void)state;
	struct report r = figures_breakdown(&world, figures_ask(&world, "KLD-CDSP", "2021-H1", "2021-06-30"), BY_EDUCATION);
	assert_value(&r, "education:student", 5);
}

static void test_lam_dong_four_classes_of_2020_gave_233_certificates_and_most_of_the_52(void **state)
{
	(void)state;
	struct report r = figures_classes(&world, figures_ask(&world, "KLD", "2020", "2021-06-30"));
	assert_int_equal(r.n, 5);
	assert_value(&r, "total", 233);
	assert_ratio(&r, "total", 44, 233, "18.9");
	for (size_t i = 0; i < 4; i++)
		assert_memory_equal(r.rows[i].key, "class:", 6);
}

static void test_lam_dong_journal_proves_the_records(void **state)
{
	(void)state;
	assert_verified();
}

/* ---- Phủ Lý ---- */

static int setup_phu_ly(void **state)
{
	(void)state;
	return make("phu-ly");
}

static void test_phu_ly_68_organisations_339_branches_9805_members_on_26_march_2024(void **state)
{
	(void)state;
	struct report r = figures_progress(&world, figures_ask(&world, "PL", "2020-2025", "2024-03-26"), NULL);
	assert_value(&r, "organisations", 68);
	assert_value(&r, "branches", 339);
	assert_value(&r, "members", 9805);
}

static void test_phu_ly_69_organisations_and_more_than_9550_members_in_june_2022(void **state)
{
	(void)state;
	struct report r = figures_progress(&world, figures_ask(&world, "PL", "2020-2025", "2022-06-01"), NULL);
	assert_value(&r, "organisations", 69);
	assert_in_range(figures_row(&r, "members")->value, 9551, 9600);
}

static void test_phu_ly_484_of_500_in_the_term(void **state)
{
	(void)state;
	struct report r = figures_progress(&world, figures_ask(&world, "PL", "2020-2025", "2024-03-26"), NULL);
	assert_ratio(&r, "target:assigned", 484, 500, "96.8");
	assert_ratio(&r, "target:term", 484, 500, "96.8");
	assert_string_equal(figures_row(&r, "target:term")->qualifier, "≥");
}

static void test_phu_ly_at_least_100_a_year_is_the_citys_own_target(void **state)
{
	(void)state;
	struct report r = figures_progress(&world, figures_ask(&world, "PL", "2020", "2020-12-31"), NULL);
	assert_int_equal(figures_row(&r, "target:own")->denominator, 100);
}

static void test_phu_ly_201_in_2023_of_whom_146_of_the_youth_union(void **state)
{
	(void)state;
	struct report r = figures_breakdown(&world, figures_ask(&world, "PL", "2023", "2023-12-31"), BY_YOUTH);
	assert_ratio(&r, "youth:yes", 146, 201, "72.6");
	assert_value(&r, "total", 201);
	assert_sums(&r);
}

static void test_phu_ly_most_of_2023_are_teachers_and_doctors_and_some_are_catholics(void **state)
{
	(void)state;
	struct report_ask q = figures_ask(&world, "PL", "2023", "2023-12-31");
	struct report work = figures_breakdown(&world, q, BY_OCCUPATION), faith = figures_breakdown(&world, q, BY_RELIGION);
	assert_true(2 * figures_row(&work, "occupation:public_service")->value > 201);
	assert_true(figures_row(&faith, "religion:cong_giao")->value > 0);
}

static void test_phu_ly_assigned_205_beside_200_of_its_own_in_2024(void **state)
{
	(void)state;
	struct report_ask q = figures_ask(&world, "PL", "2024", "2024-12-31");
	struct report r = figures_progress(&world, q, NULL), classes = figures_progress(&world, q, "class_places");
	assert_int_equal(figures_row(&r, "target:assigned")->denominator, 205);
	assert_int_equal(figures_row(&r, "target:own")->denominator, 200);
	assert_string_equal(figures_row(&r, "target:own")->qualifier, "≥");
	assert_string_equal(figures_row(&classes, "target:own")->qualifier, "≥");
	assert_true(figures_row(&classes, "target:own")->numerator >= 150);
}

static void assert_best_units(const char *as_of)
{
	struct report r = figures_ranking(&world, figures_ask(&world, "PL", "2020-2025", as_of));
	static const char *const ten_or_more[] = { "unit:PL-MK", "unit:PL-TTA", "unit:PL-LTI" };
	assert_string_equal(r.rows[0].key, "unit:PL-LHP");
	assert_value(&r, "unit:PL-LHP", 19);
	assert_value(&r, "unit:PL-CA", 18);
	assert_value(&r, "unit:PL-BVDK", 18);
	for (size_t i = 0; i < 3; i++)
		assert_in_range(figures_row(&r, ten_or_more[i])->value, 10, 17);
	int above_nine = 0;
	for (size_t i = 0; i < r.n; i++)
		above_nine += strncmp(r.rows[i].key, "unit:", 5) == 0 && r.rows[i].value >= 10;
	assert_int_equal(above_nine, 6);
}

static void test_phu_ly_best_units_since_2020(void **state)
{
	(void)state;
	assert_best_units("2022-06-05");
	assert_best_units("2022-06-30");
	struct report r = figures_progress(&world, figures_ask(&world, "PL", "2020-2025", "2022-06-05"), NULL);
	assert_true(figures_row(&r, "admitted")->value > 250);
}

static void test_phu_ly_class_for_pupils_of_2022_had_69_and_5_are_admitted(void **state)
{
	(void)state;
	struct report r = figures_classes(&world, figures_ask(&world, "PL", "2022", "2022-06-30"));
	assert_ratio(&r, "class:PL-2022-HS", 5, 69, "7.2");
}

static void test_phu_ly_bien_hoa_sent_33_pupils_in_the_school_year_and_5_are_admitted(void **state)
{
	(void)state;
	static const char *const days[] = { "2022-06-05", "2022-08-31" };
	for (size_t i = 0; i < 2; i++) {
		struct report r = figures_classes(&world, figures_ask(&world, "PL-BH", "2021-SY", days[i]));
		assert_ratio(&r, "total", 5, 33, "15.2");
	}
}

static void test_phu_ly_goes_on_until_today_with_people_at_every_step(void **state)
{
	(void)state;
	static const char *const states[] = {
		"SOURCE", "ON_LIST", "CERTIFIED", "DOSSIER", "BRANCH_PASSED", "GRASS_PASSED", "DECIDED", "PROBATION", "OFF_BRANCH_PASSED",
	};
	struct fault f;
	struct late_person *people;
	size_t n;
	struct scope root = figures_scope(&world, "PL", TODAY);
	assert_ok(late_people(&world.app, root.unit, world.app.today, &world.arena, &people, &n, &f));
	for (size_t s = 0; s < sizeof states / sizeof *states; s++) {
		size_t here = 0;
		for (size_t i = 0; i < n; i++)
			here += strcmp(people[i].standing.state, states[s]) == 0;
		if (here == 0)
			fail_msg("nobody is %s", states[s]);
	}
	struct report r = figures_progress(&world, figures_ask(&world, "PL", "2026", TODAY), NULL);
	assert_true(figures_row(&r, "admitted")->value > 100);
}

static void test_phu_ly_some_branches_missed_two_thirds(void **state)
{
	(void)state;
	struct fault f;
	struct late_person *people;
	size_t n, failed = 0;
	assert_ok(late_people(&world.app, figures_scope(&world, "PL", TODAY).unit, world.app.today, &world.arena, &people, &n, &f));
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < people[i].standing.steps_n; j++)
			failed += people[i].standing.steps[j].status == STEP_FAILED;
	assert_int_equal(failed, 2);
}

static void test_phu_ly_has_some_late_cases_today(void **state)
{
	(void)state;
	struct fault f;
	struct report r;
	struct late_ask q = { .unit = figures_scope(&world, "PL", TODAY).unit, .as_of = world.app.today };
	assert_ok(late_report(&world.app, &q, &world.arena, &r, &f));
	assert_in_range(figures_row(&r, "total")->value, 5, 60);
}

static void test_phu_ly_journal_proves_the_records(void **state)
{
	(void)state;
	assert_verified();
}

/* ---- Hải Phòng ---- */

static int setup_hai_phong(void **state)
{
	(void)state;
	return make("hai-phong");
}

static void assert_objectives(const char *year, const char *last)
{
	char text[FIGURE_TEXT];
	struct report_ask q = figures_ask(&world, "HP", year, last);
	struct report rate = figures_progress(&world, q, "admitted_rate"), plans = figures_progress(&world, q, "plans");
	struct report students = figures_progress(&world, q, "student_share"), workers = figures_progress(&world, q, "worker_share");
	struct report religious = figures_progress(&world, q, "religious"), notified = figures_progress(&world, q, "notified");
	const struct report_row *row = figures_row(&rate, "target:own");
	assert_in_range(row->numerator * 1000, 30 * row->denominator, 40 * row->denominator);
	row = figures_row(&students, "target:own");
	assert_true(row->numerator * 100 > 15 * row->denominator);
	row = figures_row(&workers, "target:own");
	assert_true(row->numerator * 100 > 20 * row->denominator);
	assert_in_range(figures_row(&religious, "target:own")->value, 15, 20);
	row = figures_row(&plans, "target:own");
	assert_string_equal(figure_percent(row->numerator, row->denominator, plans.rounding, text), "100");
	row = figures_row(&notified, "target:own");
	assert_string_equal(figure_percent(row->numerator, row->denominator, notified.rounding, text), "100");
}

static void test_hai_phong_meets_the_objectives_of_the_scheme_each_year(void **state)
{
	(void)state;
	assert_objectives("2023", "2023-12-31");
	assert_objectives("2024", "2024-12-31");
	assert_objectives("2025", "2025-12-31");
}

static void test_hai_phong_rate_counts_on_the_members_of_the_year_before(void **state)
{
	(void)state;
	struct report r = figures_progress(&world, figures_ask(&world, "HP", "2024", "2024-12-31"), "admitted_rate");
	int64_t members = cube_members(figures_cube(&world), figures_scope(&world, "HP", "2023-12-31"), figures_day("2023-12-31"));
	assert_int_equal(figures_row(&r, "target:own")->denominator, members);
}

static void test_hai_phong_journal_proves_the_records(void **state)
{
	(void)state;
	assert_verified();
}

/* ---- Bắc Bình ---- */

static int setup_bac_binh(void **state)
{
	(void)state;
	return make("bac-binh");
}

static int64_t admitted_where(const char *period, const char *attribute, const char *values)
{
	struct report_ask q = figures_ask(&world, "BB", period, TODAY);
	return cube_admitted(figures_cube(&world), (struct scope){ q.unit, q.period.to }, q.period, (struct filter){ attribute, values });
}

static void test_bac_binh_for_years_nobody_comes_from_farmers_women_or_veterans(void **state)
{
	(void)state;
	assert_int_equal(admitted_where("2014-01-01..2016-12-31", "introducer", "farmers|women|veterans"), 0);
	assert_true(admitted_where("2017-01-01..2018-12-31", "introducer", "farmers|women|veterans") > 0);
	int64_t all = admitted_where("2014-01-01..2018-12-31", NULL, NULL);
	assert_true(2 * admitted_where("2014-01-01..2018-12-31", "introducer", "youth_union") > all);
}

static void test_bac_binh_admits_among_ethnic_minorities(void **state)
{
	(void)state;
	assert_true(admitted_where("2017", "ethnicity", "!kinh") > 10);
}

/* Everybody admitted as a village official, by level of education. */
static void test_bac_binh_village_officials_have_at_least_intermediate_level(void **state)
{
	(void)state;
	struct fault f;
	int officials = 0;
	int64_t next_person = world.app.next_id[1];
	for (int64_t id = 1; id < next_person; id++) {
		scoped(arena_done) struct arena a = { 0 };
		struct facts all, active;
		struct unit_id unit;
		assert_ok(app_facts(&world.app, (struct person_id){ id }, &a, &all, &active, &f));
		struct day day = facts_admitted(&active, &unit);
		const char *work = facts_value(&active, "occupation", day), *level = facts_value(&active, "education", day);
		if (!day_known(day) || !work || strcmp(work, "village_official") != 0)
			continue;
		officials++;
		assert_true(strcmp(level, "intermediate") == 0 || strcmp(level, "college") == 0 || strcmp(level, "university") == 0);
	}
	assert_true(officials > 50);
}

static void test_bac_binh_some_branches_neither_plan_nor_admit(void **state)
{
	(void)state;
	struct period years = { figures_day("2014-01-01"), figures_day("2018-12-31") };
	int idle = 0, without_plan = 0, branches = 0;
	for (size_t i = 0; i < world.app.tree.n; i++) {
		const struct unit *u = &world.app.tree.v[i];
		if (strcmp(unit_kind(u, years.to), "BRANCH") != 0)
			continue;
		branches++;
		without_plan += !unit_fact_at(u, UNIT_PLAN, years.to);
		idle += cube_admitted(figures_cube(&world), (struct scope){ u->id, years.to }, years, (struct filter){ NULL, NULL }) == 0;
	}
	assert_true(without_plan >= 5 && idle >= 5);
	assert_true(without_plan < branches / 2 && idle < branches / 2);
}

static void test_bac_binh_journal_proves_the_records(void **state)
{
	(void)state;
	assert_verified();
}

/* ---- all of them ---- */

static void head_of(const char *scenario, const char *today, char ret[HASH_HEX])
{
	struct fault f;
	struct figures s;
	struct journal_head head;
	figures_open(&s, "2030-01-01");
	assert_ok(demo_run(&s.app, scenario, figures_day(today), &f));
	assert_ok(journal_head(s.app.db, &head, &f));
	memcpy(ret, head.hash, HASH_HEX);
	figures_close(&s);
}

static void test_the_same_scenario_and_day_give_the_same_journal(void **state)
{
	(void)state;
	size_t n;
	const struct demo_scenario *scenarios = demo_scenarios(&n);
	assert_int_equal(n, 4);
	for (size_t i = 0; i < n; i++) {
		char one[HASH_HEX], two[HASH_HEX];
		head_of(scenarios[i].name, "2026-02-03", one);
		head_of(scenarios[i].name, "2026-02-03", two);
		assert_string_equal(one, two);
	}
}

static void test_the_first_and_the_last_day_of_a_scenario_work_and_those_beyond_are_refused(void **state)
{
	(void)state;
	size_t n;
	const struct demo_scenario *scenarios = demo_scenarios(&n);
	for (size_t i = 0; i < n; i++) {
		struct fault f;
		struct figures s;
		struct day first = figures_day(scenarios[i].earliest), last = day_of(DEMO_LAST_YEAR, 12, 31);
		figures_open(&s, TODAY);
		assert_refused(demo_run(&s.app, scenarios[i].name, day_add(first, -1), &f), E_INVALID, "today", MSG_OUT_OF_RANGE);
		assert_refused(demo_run(&s.app, scenarios[i].name, day_add(last, 1), &f), E_INVALID, "today", MSG_OUT_OF_RANGE);
		assert_ok(demo_run(&s.app, scenarios[i].name, first, &f));
		assert_int_equal(s.app.today.n, figures_day(TODAY).n);
		figures_close(&s);
		figures_open(&s, TODAY);
		assert_ok(demo_run(&s.app, scenarios[i].name, last, &f));
		figures_close(&s);
	}
}

/* Each account has its one role, in a unit that is open, the branch below the office. */
static void check_logins(struct app *app, const struct demo_scenario *s)
{
	scoped(arena_done) struct arena a = { 0 };
	struct demo_login logins[DEMO_LOGINS];
	struct account_row row;
	struct fault f;
	demo_logins(s, logins);
	for (size_t i = 0; i < DEMO_LOGINS; i++) {
		assert_ok(account_find(app, logins[i].login, &a, &row, &f));
		assert_int_equal(row.n, 1);
		assert_int_equal(row.grants[0].role, logins[i].role);
		assert_true(grant_in_force(&row.grants[0], figures_day(TODAY)));
		assert_true(!logins[i].unit || unit_is_open(tree_find(&app->tree, row.grants[0].unit), figures_day(TODAY)));
	}
	struct unit *office = tree_find_code(&app->tree, s->office), *branch = tree_find_code(&app->tree, s->branch);
	assert_true(tree_is_under(&app->tree, branch->id, office->id, figures_day(TODAY)));
}

static void test_every_scenario_has_an_account_for_each_role(void **state)
{
	(void)state;
	size_t n;
	const struct demo_scenario *scenarios = demo_scenarios(&n), *found;
	for (size_t i = 0; i < n; i++) {
		struct fault f;
		struct figures s;
		figures_open(&s, TODAY);
		assert_ok(demo_of(&s.app, &found, &f));
		assert_null(found);
		assert_ok(demo_run(&s.app, scenarios[i].name, figures_day(TODAY), &f));
		check_logins(&s.app, &scenarios[i]);
		if (i == 0)
			assert_ok(demo_set_passwords(&s.app, &scenarios[i], &f));
		assert_ok(demo_of(&s.app, &found, &f));
		assert_ptr_equal(found, i == 0 ? &scenarios[0] : NULL);
		figures_close(&s);
	}
}

static void test_an_unknown_scenario_is_refused_with_the_names(void **state)
{
	(void)state;
	struct fault f;
	struct figures s;
	figures_open(&s, TODAY);
	assert_refused(demo_run(&s.app, "ha-noi", s.app.today, &f), E_USAGE, "scenario", MSG_NOT_CODE);
	assert_string_equal(f.arg[1], "phu-ly, lam-dong, hai-phong, bac-binh");
	figures_close(&s);
}

int main(void)
{
	const struct CMUnitTest lam_dong[] = {
		cmocka_unit_test(test_lam_dong_52_of_80_are_65_percent_and_15_points_ahead),
		cmocka_unit_test(test_lam_dong_by_level_14_27_6_5),
		cmocka_unit_test(test_lam_dong_11_of_the_youth_union_and_nobody_unknown),
		cmocka_unit_test(test_lam_dong_the_students_are_of_the_teachers_college),
		cmocka_unit_test(test_lam_dong_four_classes_of_2020_gave_233_certificates_and_most_of_the_52),
		cmocka_unit_test(test_lam_dong_journal_proves_the_records),
	};
	const struct CMUnitTest phu_ly[] = {
		cmocka_unit_test(test_phu_ly_68_organisations_339_branches_9805_members_on_26_march_2024),
		cmocka_unit_test(test_phu_ly_69_organisations_and_more_than_9550_members_in_june_2022),
		cmocka_unit_test(test_phu_ly_484_of_500_in_the_term),
		cmocka_unit_test(test_phu_ly_at_least_100_a_year_is_the_citys_own_target),
		cmocka_unit_test(test_phu_ly_201_in_2023_of_whom_146_of_the_youth_union),
		cmocka_unit_test(test_phu_ly_most_of_2023_are_teachers_and_doctors_and_some_are_catholics),
		cmocka_unit_test(test_phu_ly_assigned_205_beside_200_of_its_own_in_2024),
		cmocka_unit_test(test_phu_ly_best_units_since_2020),
		cmocka_unit_test(test_phu_ly_class_for_pupils_of_2022_had_69_and_5_are_admitted),
		cmocka_unit_test(test_phu_ly_bien_hoa_sent_33_pupils_in_the_school_year_and_5_are_admitted),
		cmocka_unit_test(test_phu_ly_goes_on_until_today_with_people_at_every_step),
		cmocka_unit_test(test_phu_ly_some_branches_missed_two_thirds),
		cmocka_unit_test(test_phu_ly_has_some_late_cases_today),
		cmocka_unit_test(test_phu_ly_journal_proves_the_records),
	};
	const struct CMUnitTest hai_phong[] = {
		cmocka_unit_test(test_hai_phong_meets_the_objectives_of_the_scheme_each_year),
		cmocka_unit_test(test_hai_phong_rate_counts_on_the_members_of_the_year_before),
		cmocka_unit_test(test_hai_phong_journal_proves_the_records),
	};
	const struct CMUnitTest bac_binh[] = {
		cmocka_unit_test(test_bac_binh_for_years_nobody_comes_from_farmers_women_or_veterans),
		cmocka_unit_test(test_bac_binh_admits_among_ethnic_minorities),
		cmocka_unit_test(test_bac_binh_village_officials_have_at_least_intermediate_level),
		cmocka_unit_test(test_bac_binh_some_branches_neither_plan_nor_admit),
		cmocka_unit_test(test_bac_binh_journal_proves_the_records),
	};
	const struct CMUnitTest all[] = {
		cmocka_unit_test(test_the_same_scenario_and_day_give_the_same_journal),
		cmocka_unit_test(test_the_first_and_the_last_day_of_a_scenario_work_and_those_beyond_are_refused),
		cmocka_unit_test(test_every_scenario_has_an_account_for_each_role),
		cmocka_unit_test(test_an_unknown_scenario_is_refused_with_the_names),
	};
	return cmocka_run_group_tests(lam_dong, setup_lam_dong, teardown) + cmocka_run_group_tests(phu_ly, setup_phu_ly, teardown) +
	       cmocka_run_group_tests(hai_phong, setup_hai_phong, teardown) + cmocka_run_group_tests(bac_binh, setup_bac_binh, teardown) +
	       cmocka_run_group_tests(all, NULL, NULL);
}
