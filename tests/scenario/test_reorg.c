/* Eight communes become three on 1 July 2025: reports of June stay on the old tree, those of the year give the same totals on either, and
 * all of it can be taken back. REORG_PEOPLE in the environment says how many people; what the operation took is printed. */
#include "figures.h"

#include "app/inputs.h"
#include "app/ops.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { COMMUNES = 8, NEW_COMMUNES = 3, BRANCHES = 10, PEOPLE = 2000, TARGET = 60 };

static const char *const old_names[COMMUNES] = { "An Phú", "Bình Sơn", "Cẩm Thủy", "Diên Lộc", "Gia Hòa",
	"Hưng Mỹ", "Khánh Vân", "Long Tân" };
static const char *const new_names[NEW_COMMUNES] = { "An Bình Cẩm", "Diên Gia", "Hưng Khánh Long" };
/* Which of the new ones each of the old ones joins: three, two, three. */
static const int heir_of[COMMUNES] = { 0, 0, 0, 1, 1, 2, 2, 2 };

static struct figures world;
static int64_t people;

static double seconds(void)
{
	struct timespec t;
	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static struct op_result run(const char *name, const void *in)
{
	scoped(arena_done) struct arena a = { 0 };
	struct fault f;
	struct op_result result;
	assert_ok(op_run(&world.app, op_find(name), in, &a, &result, &f));
	return result;
}

/* ---- the old tree ---- */

#define CODE(...) arena_printf(&world.arena, __VA_ARGS__)

static void unit(const char *code, const char *name, const char *kind, const char *parent)
{
	struct unit_open_in in = UNIT_OPEN_IN;
	in.code = code;
	in.name = name;
	in.kind = kind;
	in.parent = parent;
	in.opened = figures_day("2000-01-01");
	(void)run("unit_open", &in);
}

static void target(const char *code, int64_t low)
{
	struct fault f;
	struct target_set_in in = TARGET_SET_IN;
	in.unit = code;
	in.kind = "assigned";
	in.low = low * 1000;
	assert_ok(period_parse("2025", "period", &in.period, &f));
	(void)run("target_set", &in);
}

static void communes(void)
{
	unit("T", "Tỉnh ủy Thử", "PROVINCE", NULL);
	target("T", COMMUNES * TARGET);
	for (int i = 0; i < COMMUNES; i++) {
		const char *code = CODE("C%d", i + 1);
		unit(code, CODE("Đảng bộ xã %s", old_names[i]), "GRASS_DB", "T");
		target(code, TARGET);
		for (int b = 1; b <= BRANCHES; b++)
			unit(CODE("C%d-%02d", i + 1, b), CODE("Chi bộ thôn %d", b), "BRANCH", code);
	}
}

/* One of ten was admitted in 2025, month by month; the others long before. One of two hundred is on record with the commune itself. */
static void person(int i)
{
	char name[32], number[16];
	struct person_record_in in = person_record_none();
	(void)snprintf(name, sizeof name, "Người %06d", i);
	(void)snprintf(number, sizeof number, "0352%08d", i);
	in.unit = i % 200 == 7 ? CODE("C%d", i % COMMUNES + 1) : CODE("C%d-%02d", i % COMMUNES + 1, i / COMMUNES % BRANCHES + 1);
	in.name = name;
	in.id_number = number;
	in.birth = figures_day("1985-03-04");
	in.decided = i % 10 == 3 ? day_of(2025, i / 10 % 12 + 1, 2 + i % 20) : day_of(2005 + i % 19, 5, 19);
	in.ceremony = day_add(in.decided, 20);
	(void)run("person_record", &in);
}

static int setup(void **state)
{
	(void)state;
	struct fault f;
	const char *asked = getenv("REORG_PEOPLE");
	people = asked ? strtol(asked, NULL, 10) : PEOPLE;
	figures_open(&world, "2026-03-18");
	assert_ok(app_begin(&world.app, &f));
	communes();
	for (int i = 1; i <= people; i++)
		person(i);
	assert_ok(app_commit(&world.app, &f));
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	figures_close(&world);
	return 0;
}

/* ---- the plan ---- */

static const char *plan(void)
{
	struct text t = TEXT(&world.arena);
	text_add(&t, "{\"kind\":\"union\",\"on\":\"2025-07-01\",\"actions\":[");
	for (int i = 0; i < NEW_COMMUNES; i++)
		text_addf(&t, "{\"do\":\"open\",\"unit\":\"M%d\",\"name\":\"Đảng bộ xã %s\",\"kind\":\"COMMUNE\",\"parent\":\"T\"},", i + 1,
			new_names[i]);
	for (int i = 0; i < COMMUNES; i++)
		text_addf(&t, "%s{\"do\":\"close\",\"unit\":\"C%d\",\"to\":\"M%d\"}", i ? "," : "", i + 1, heir_of[i] + 1);
	text_add(&t, "]}");
	return text_str(&t);
}

/* As one durable transaction. */
static double timed(const char *name, const void *in)
{
	scoped(arena_done) struct arena a = { 0 };
	struct fault f;
	struct op_result result;
	double from = seconds();
	assert_ok(op_run_alone(&world.app, op_find(name), in, &a, &result, &f));
	return seconds() - from;
}

/* ---- figures ---- */

static const struct report *progress(const char *code, const char *period)
{
	struct report *r = arena_new(&world.arena, struct report);
	*r = figures_progress(&world, figures_ask(&world, code, period, "2026-03-18"), NULL);
	return r;
}

static void assert_same_report(const struct report *x, const struct report *y)
{
	assert_int_equal(x->n, y->n);
	for (size_t i = 0; i < x->n; i++) {
		assert_string_equal(x->rows[i].key, y->rows[i].key);
		assert_string_equal(x->rows[i].label, y->rows[i].label);
		assert_int_equal(x->rows[i].value, y->rows[i].value);
		assert_int_equal(x->rows[i].numerator, y->rows[i].numerator);
		assert_int_equal(x->rows[i].denominator, y->rows[i].denominator);
	}
}

/* The rows of the units below: how many, what they have, what they should. */
struct sum {
	int units;
	int64_t value, of;
};

static struct sum below(const struct report *r)
{
	struct sum s = { 0 };
	for (size_t i = 0; i < r->n; i++) {
		if (strncmp(r->rows[i].key, "unit:", 5) != 0)
			continue;
		s.units++;
		s.value += r->rows[i].value;
		s.of += r->rows[i].has_ratio ? r->rows[i].denominator : 0;
	}
	return s;
}

/* Admitted in the year in the units C1.. or M1.., on the tree of a day. */
static int64_t on_tree(char letter, int n, const char *tree_day)
{
	int64_t sum = 0;
	for (int i = 1; i <= n; i++) {
		const struct unit *u = tree_find_code(&world.app.tree, CODE("%c%d", letter, i));
		struct scope s = { u->id, figures_day(tree_day), NULL };
		sum += cube_admitted(figures_cube(&world), s, (struct period){ day_of(2025, 1, 1), day_of(2025, 12, 31) }, (struct filter){ 0 });
	}
	return sum;
}

static void test_eight_communes_become_three_and_nothing_is_lost(void **state)
{
	(void)state;
	struct fault f;
	struct verify_result verified;
	const struct report *june = progress("T", "2025-H1"), *year = progress("T", "2025");
	const struct reorganise_in in = { plan(), "1656/NQ-UBTVQH15", DAY_NONE };
	const struct reorganise_undo_in undo = { 1, "thử hủy" };

	double took = timed("reorganise", &in);
	assert_same_report(june, progress("T", "2025-H1"));
	struct sum before = below(year), after = below(progress("T", "2025"));
	assert_int_equal(before.units, COMMUNES);
	assert_int_equal(after.units, NEW_COMMUNES);
	assert_int_equal(after.value, before.value);
	assert_int_equal(after.of, before.of);
	assert_int_equal(after.of, COMMUNES * TARGET);
	assert_value(progress("T", "2025"), "members", figures_row(year, "members")->value);
	int64_t admitted = figures_row(year, "admitted")->value;
	assert_int_equal(on_tree('C', COMMUNES, "2025-06-30"), admitted);
	assert_int_equal(on_tree('M', NEW_COMMUNES, "2025-07-01"), admitted);
	assert_ok(verify_all(&world.app, &verified, &f));

	double took_back = timed("reorganise_undo", &undo);
	assert_same_report(year, progress("T", "2025"));
	assert_same_report(june, progress("T", "2025-H1"));
	assert_ok(verify_all(&world.app, &verified, &f));
	print_message("# %lld people: reorganised in %.3f s, taken back in %.3f s\n", (long long)people, took, took_back);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_eight_communes_become_three_and_nothing_is_lost, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
