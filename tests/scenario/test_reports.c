/* Published reports as records in and figures out. Phủ Lý, the agencies bloc of Lâm Đồng and Hải Phòng are in test_demo.c. */
#include "figures.h"
#include "published.h"

#include "app/inputs.h"
#include "app/ops.h"

static struct figures world;
static int serial; /* of people */

static int setup(void **state)
{
	struct fault f;
	(void)state;
	serial = 0;
	figures_open(&world, "2025-06-30");
	assert_ok(app_begin(&world.app, &f));
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	figures_close(&world);
	return 0;
}

/* ---- records in ---- */

static void run(const char *name, const void *in)
{
	scoped(arena_done) struct arena a = { 0 };
	struct fault f;
	struct op_result result;
	assert_ok(op_run(&world.app, op_find(name), in, &a, &result, &f));
}

static void done(void)
{
	struct fault f;
	assert_ok(app_commit(&world.app, &f));
}

static void unit(const char *code, const char *kind, const char *parent)
{
	struct unit_open_in in = UNIT_OPEN_IN;
	in.code = in.name = code;
	in.kind = kind;
	in.parent = parent;
	in.opened = figures_day("2000-01-01");
	run("unit_open", &in);
}

/* `n` units CODE-0001, ... */
static void units(const char *parent, const char *prefix, const char *kind, int n)
{
	for (int i = 1; i <= n; i++)
		unit(arena_printf(&world.arena, "%s-%04d", prefix, i), kind, parent);
}

static void target(const char *code, const char *indicator, const char *period, int64_t low)
{
	struct fault f;
	struct target_set_in in = TARGET_SET_IN;
	in.unit = code;
	in.indicator = indicator;
	in.kind = "assigned";
	in.low = low * 1000;
	assert_ok(period_parse(period, "period", &in.period, &f));
	run("target_set", &in);
}

/* Somebody admitted by a decision of that day, if it is known, with the ceremony three weeks later. */
static struct person_record_in somebody(const char *code, struct day decided, char name[32], char number[16])
{
	struct person_record_in in = person_record_none();
	(void)snprintf(name, 32, "Người %06d", ++serial);
	(void)snprintf(number, 16, "035200%06d", serial);
	in.unit = code;
	in.name = name;
	in.id_number = number;
	in.birth = figures_day("1985-03-04");
	in.decided = decided;
	in.ceremony = day_known(decided) ? day_add(decided, 21) : DAY_NONE;
	return in;
}

/* Whether number i of n belongs to `count` of them; another `step` (without a common factor with n) gives other people. */
static bool among(int i, int n, int step, int count)
{
	return i * step % n < count;
}

static struct day within(const char *from, int i, int days)
{
	return day_add(figures_day(from), i % days);
}

/* ---- figures out ---- */

static void assert_published(const struct report *r, const char *key, const char *report, const char *figure)
{
	const struct published *p = published_find(report, figure);
	struct report rounded = *r;
	assert_non_null(p);
	rounded.rounding = p->rounding;
	assert_ratio(&rounded, key, p->numerator, p->denominator, p->printed);
}

static int64_t admitted_where(struct report_ask q, const char *attribute, const char *values)
{
	return cube_admitted(figures_cube(&world), (struct scope){ q.unit, q.as_of }, q.period, (struct filter){ attribute, values });
}

static void assert_admitted(struct report_ask q, const char *attribute, const char *values, const char *report, const char *figure)
{
	char text[FIGURE_TEXT];
	const struct published *p = published_find(report, figure);
	assert_non_null(p);
	assert_int_equal(admitted_where(q, attribute, values), p->numerator);
	assert_string_equal(figure_percent(p->numerator, admitted_where(q, NULL, NULL), p->rounding, text), p->printed);
}

static bool noted(const struct report *r, const char *part)
{
	for (size_t i = 0; i < r->notes_n; i++)
		if (strstr(r->notes[i], part))
			return true;
	return false;
}

/* ---- the cases ---- */

static void record_ninh_phuoc(void)
{
	enum { N = 101 };
	char name[32], number[16];
	unit("NP", "DISTRICT", NULL);
	units("NP", "NP", "GRASS_CB", 24);
	target("NP", "admitted", "2020", 100);
	target("NP", "admitted", "2021", 118);
	for (int i = 0; i < N; i++) {
		const char *code = arena_printf(&world.arena, "NP-%04d", i % 24 + 1);
		struct person_record_in in = somebody(code, within("2020-01-06", i * 3, 350), name, number);
		in.sex = among(i, N, 5, 60) ? "female" : "male";
		in.youth = among(i, N, 7, 50);
		in.ethnicity = !among(i, N, 11, 32) ? "kinh" : i % 2 ? "cham" : "ra_glai";
		in.education = i < 25 ? "intermediate" : i < 75 ? "university" : i < 88 ? "college" : "none";
		run("person_record", &in);
	}
	done();
}

static void test_ninh_phuoc_2020_shares_of_101(void **state)
{
	(void)state;
	record_ninh_phuoc();
	struct report_ask q = figures_ask(&world, "NP", "2020", "2020-12-31");
	struct report sex = figures_breakdown(&world, q, BY_SEX), youth = figures_breakdown(&world, q, BY_YOUTH);
	struct report level = figures_breakdown(&world, q, BY_LEVEL), progress = figures_progress(&world, q, NULL);
	assert_published(&sex, "sex:female", "ninh-phuoc-2020", "women");
	assert_published(&youth, "youth:yes", "ninh-phuoc-2020", "youth");
	assert_published(&level, "level:intermediate", "ninh-phuoc-2020", "secondary");
	assert_admitted(q, "education", "university|college", "ninh-phuoc-2020", "university and college");
	assert_admitted(q, "ethnicity", "!kinh", "ninh-phuoc-2020", "minority");
	assert_value(&progress, "organisations", 24);
	assert_sums(&sex);
	assert_sums(&level);
}

static void test_ninh_phuoc_one_person_over_the_target_is_one_point_not_a_tenth(void **state)
{
	(void)state;
	record_ninh_phuoc();
	struct report r = figures_progress(&world, figures_ask(&world, "NP", "2020", "2020-12-31"), NULL);
	assert_ratio(&r, "target:assigned", 101, 100, "101");
	assert_points(&r, "target:assigned", "1");
}

static void test_ninh_phuoc_the_target_of_2021_is_17_above_what_was_reached(void **state)
{
	(void)state;
	record_ninh_phuoc();
	struct report before = figures_progress(&world, figures_ask(&world, "NP", "2020", "2020-12-31"), NULL);
	struct report after = figures_progress(&world, figures_ask(&world, "NP", "2021", "2021-01-31"), NULL);
	assert_int_equal(figures_row(&after, "target:assigned")->denominator - figures_row(&before, "admitted")->value, 17);
}

static void test_quang_nam_2024_quotas_add_up_to_1950_and_not_to_the_headline(void **state)
{
	(void)state;
	int64_t sum = 0;
	unit("QN", "PROVINCE", NULL);
	target("QN", "admitted", "2024", QUANG_NAM_HEADLINE);
	for (size_t i = 0; i < QUANG_NAM_UNITS; i++) {
		unit(quang_nam_2024[i].code, "DISTRICT", "QN");
		target(quang_nam_2024[i].code, "admitted", "2024", quang_nam_2024[i].quota);
	}
	done();
	struct report r = figures_progress(&world, figures_ask(&world, "QN", "2024", "2024-01-31"), NULL);
	for (size_t i = 0; i < QUANG_NAM_UNITS; i++) {
		const struct report_row *row = figures_row(&r, arena_printf(&world.arena, "unit:%s", quang_nam_2024[i].code));
		assert_int_equal(row->denominator, quang_nam_2024[i].quota);
		sum += row->denominator;
	}
	assert_int_equal(sum, 1950);
	assert_int_equal(figures_row(&r, "target:assigned")->denominator, 1905);
	assert_true(noted(&r, "1.950") && noted(&r, "1.905") && noted(&r, "45"));
}

static void test_phu_ninh_2024_reached_118_percent_of_87(void **state)
{
	(void)state;
	char name[32], number[16];
	unit("PN", "DISTRICT", NULL);
	unit("PN-01", "GRASS_CB", "PN");
	target("PN", "admitted", "2024", 87);
	for (int i = 0; i < 103; i++) {
		struct person_record_in in = somebody("PN-01", within("2024-01-03", i * 3, 340), name, number);
		run("person_record", &in);
	}
	done();
	struct report r = figures_progress(&world, figures_ask(&world, "PN", "2024", "2024-12-31"), NULL);
	assert_published(&r, "target:assigned", "phu-ninh-2024", "reached");
}

static void record_quang_tri(void)
{
	enum { N = 333, BEFORE = 196, YOUNG = 213 };
	char name[32], number[16];
	unit("QT", "PROVINCE", NULL);
	unit("QT-01", "GRASS_CB", "QT");
	for (int i = 0; i < BEFORE; i++) {
		struct person_record_in in = somebody("QT-01", within("2023-01-02", i, 88), name, number);
		run("person_record", &in);
	}
	for (int i = 0; i < N; i++) {
		struct person_record_in in = somebody("QT-01", within("2024-01-02", i, 89), name, number);
		in.sex = among(i, N, 5, 122) ? "female" : "male";
		in.ethnicity = among(i, N, 7, 30) ? "bru_van_kieu" : "kinh";
		in.youth = among(i, N, 11, 262);
		in.birth = among(i, N, 13, YOUNG) ? figures_day("1998-06-15") : figures_day("1988-06-15");
		run("person_record", &in);
	}
	done();
}

static void test_quang_tri_first_quarter_of_2024_breakdowns_of_333(void **state)
{
	(void)state;
	record_quang_tri();
	struct report_ask q = figures_ask(&world, "QT", "2024-Q1", "2024-03-31");
	struct report age = figures_breakdown(&world, q, BY_AGE), sex = figures_breakdown(&world, q, BY_SEX);
	struct report youth = figures_breakdown(&world, q, BY_YOUTH);
	assert_published(&age, "age:18-30", "quang-tri-2024", "aged 18-30");
	assert_value(&sex, "sex:female", 122);
	assert_value(&youth, "youth:yes", 262);
	assert_int_equal(admitted_where(q, "ethnicity", "!kinh"), 30);
	assert_sums(&age);
}

static void test_quang_tri_137_more_than_in_the_same_quarter_before(void **state)
{
	(void)state;
	record_quang_tri();
	int64_t now = admitted_where(figures_ask(&world, "QT", "2024-Q1", "2024-03-31"), NULL, NULL);
	int64_t before = admitted_where(figures_ask(&world, "QT", "2023-Q1", "2023-03-31"), NULL, NULL);
	assert_int_equal(before, 196);
	assert_int_equal(now - before, 137);
}

enum { DN_MEMBERS = 76174, DN_ADMITTED = 2270, DN_MEMBERS_LATER = 78047, DN_COMMITTEES = 386, DN_OWN_BRANCHES = 369, DN_BRANCHES = 3673 };

/* The members of 2017, of whom so many leave in 2018 that the published number remains. */
static void record_dong_nai_members(void)
{
	enum { LEFT = DN_MEMBERS + DN_ADMITTED - DN_MEMBERS_LATER };
	char name[32], number[16];
	for (int i = 0; i < DN_MEMBERS; i++) {
		struct person_record_in in = somebody(arena_printf(&world.arena, "DN-C-%04d", i % DN_OWN_BRANCHES + 1), DAY_NONE, name, number);
		in.ceremony = within("2005-01-03", i, 4500);
		if (i < LEFT) {
			in.left = figures_day("2018-05-02");
			in.left_reason = "died";
		}
		run("person_record", &in);
	}
}

static void record_dong_nai(void)
{
	char name[32], number[16];
	unit("DN", "PROVINCE", NULL);
	units("DN", "DN-D", "GRASS_DB", DN_COMMITTEES);
	units("DN", "DN-C", "GRASS_CB", DN_OWN_BRANCHES);
	for (int i = 0; i < DN_BRANCHES; i++)
		unit(arena_printf(&world.arena, "DN-B-%04d", i + 1), "BRANCH", arena_printf(&world.arena, "DN-D-%04d", i % DN_COMMITTEES + 1));
	target("DN", "admitted_rate", "2018", 4);
	record_dong_nai_members();
	for (int i = 0; i < DN_ADMITTED; i++) {
		struct person_record_in in = somebody(arena_printf(&world.arena, "DN-B-%04d", i + 1), within("2018-01-02", i, 220), name, number);
		run("person_record", &in);
	}
	done();
}

static void test_dong_nai_2018_rate_counts_on_the_members_of_the_year_before(void **state)
{
	(void)state;
	record_dong_nai();
	struct report_ask q = figures_ask(&world, "DN", "2018", "2018-09-10");
	struct report rate = figures_progress(&world, q, "admitted_rate"), progress = figures_progress(&world, q, NULL);
	assert_published(&rate, "target:assigned", "dong-nai-2018", "rate");
	assert_value(&progress, "admitted", DN_ADMITTED);
	assert_value(&progress, "members", DN_MEMBERS_LATER);
	assert_value(&progress, "organisations", 755);
	assert_value(&progress, "branches", DN_BRANCHES);
}

static void test_every_published_percentage_follows_from_its_parts(void **state)
{
	(void)state;
	char text[FIGURE_TEXT];
	for (size_t i = 0; i < sizeof published / sizeof *published; i++) {
		const struct published *p = &published[i];
		assert_string_equal(figure_percent(p->numerator, p->denominator, p->rounding, text), p->printed);
	}
}

#define CASE(fn) cmocka_unit_test_setup_teardown(fn, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_ninh_phuoc_2020_shares_of_101),
		CASE(test_ninh_phuoc_one_person_over_the_target_is_one_point_not_a_tenth),
		CASE(test_ninh_phuoc_the_target_of_2021_is_17_above_what_was_reached),
		CASE(test_quang_nam_2024_quotas_add_up_to_1950_and_not_to_the_headline),
		CASE(test_phu_ninh_2024_reached_118_percent_of_87),
		CASE(test_quang_tri_first_quarter_of_2024_breakdowns_of_333),
		CASE(test_quang_tri_137_more_than_in_the_same_quarter_before),
		CASE(test_dong_nai_2018_rate_counts_on_the_members_of_the_year_before),
		cmocka_unit_test(test_every_published_percentage_follows_from_its_parts),
	};
	return RUN(tests);
}
