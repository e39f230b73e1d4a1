/* Plans of reorganisations against a tree made by hand, without a store. */
#include "testing.h"

#include "domain/reorg.h"

#include <string.h>

static struct arena arena;
static struct tree tree;
static struct reorg_person people[8];
static size_t people_n;
static struct target targets[8];
static size_t targets_n;
static struct fault f;

static struct day day(const char *iso)
{
	struct day d = DAY_NONE;
	assert_int_equal(day_parse(iso, "day", &d, NULL), OK);
	return d;
}

static void add(int64_t id, const char *code, const char *parent)
{
	struct unit *u = tree_add(&tree, (struct unit_id){ id }, code);
	const struct unit *p = parent ? tree_find_code(&tree, parent) : NULL;
	const struct unit_fact facts[] = {
		{ .seq = 1, .kind = UNIT_OPEN, .from = day("2000-01-01") }, { .seq = 2, .kind = UNIT_NAME, .from = day("2000-01-01"), .value = code },
		{ .seq = 3, .kind = UNIT_KIND, .from = day("2000-01-01"), .value = "BRANCH" },
		{ .seq = 4, .kind = UNIT_PARENT, .from = day("2000-01-01"), .ref = p ? p->id : (struct unit_id){ 0 } },
	};
	for (size_t i = 0; i < (p ? 4 : 3); i++)
		tree_add_fact(&tree, u, &facts[i]);
}

static void add_fact(const char *code, const char *kind, const char *from, const char *ref)
{
	struct unit *u = tree_find_code(&tree, code);
	tree_add_fact(&tree, u, &(struct unit_fact){ .seq = (int32_t)u->n + 1, .kind = kind, .from = day(from), .value = "x",
		.ref = ref ? tree_find_code(&tree, ref)->id : (struct unit_id){ 0 } });
}

/* Somebody of a unit since 2001, of that sex; `left`: the day of leaving, NULL: still there. */
static void person(const char *code, const char *sex, const char *left)
{
	struct facts *facts = arena_new(&arena, struct facts);
	struct unit_id unit = tree_find_code(&tree, code)->id;
	const struct fact all[] = {
		{ .seq = 1, .kind = "sex", .on = DAY_NONE, .unit = unit, .value = sex },
		{ .seq = 2, .kind = "youth", .on = DAY_NONE, .unit = unit, .value = "yes" },
		{ .seq = 3, .kind = FACT_UNIT, .on = day("2001-01-01"), .unit = unit },
		{ .seq = 4, .kind = FACT_MOVED, .on = left ? day(left) : DAY_NONE, .unit = unit },
	};
	for (size_t i = 0; i < (left ? 4 : 3); i++)
		*arena_push(&arena, facts->v, facts->n, facts->cap) = all[i];
	people[people_n] = (struct reorg_person){ { (int64_t)people_n + 1 }, unit, facts };
	people_n++;
}

static void later(size_t i, const char *kind, const char *on, const char *code)
{
	struct facts *facts = (struct facts *)(uintptr_t)people[i].active;
	*arena_push(&arena, facts->v, facts->n, facts->cap) = (struct fact){ .seq = (int32_t)facts->n, .kind = kind, .on = day(on),
		.unit = tree_find_code(&tree, code)->id };
}

static void target(const char *code, const char *indicator, int64_t low, int64_t high)
{
	targets[targets_n] = (struct target){ .id = { (int64_t)targets_n + 1 }, .unit = tree_find_code(&tree, code)->id, .indicator = indicator,
		.kind = "assigned", .period = { day("2025-01-01"), day("2025-12-31") }, .low_milli = low * TARGET_MILLI,
		.high_milli = high < 0 ? -1 : high * TARGET_MILLI };
	targets_n++;
}

/* T above A (branches A1, A2) and B (branch B1); two people in A1, one in B1. */
static int setup(void **state)
{
	(void)state;
	tree = (struct tree){ .arena = &arena };
	people_n = targets_n = 0;
	add(1, "T", NULL);
	add(2, "A", "T");
	add(3, "B", "T");
	add(4, "A1", "A");
	add(5, "A2", "A");
	add(6, "B1", "B");
	person("A1", "female", NULL);
	person("A1", "male", NULL);
	person("B1", "female", NULL);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_done(&arena);
	return 0;
}

#define ACT(do_, unit_, ...) \
	{ .what = (do_), .unit = (unit_), .authorised = -1, .low = -1, .high = -1, .at_least = -1, __VA_ARGS__ }

static struct reorg_plan resolved;
static struct tree after;

static enum err resolve(const char *kind, struct reorg_action *v, size_t n)
{
	const struct reorg_plan plan = { kind, day("2025-07-01"), v, n, n };
	const struct reorg_given given = { &tree, day("2026-01-01"), people, people_n, targets, targets_n };
	for (size_t i = 0; i < n; i++)
		v[i].at = i;
	f = (struct fault){ 0 };
	return reorg_resolve(&plan, &given, &arena, &resolved, &after, &f);
}

#define RESOLVE(kind, ...) \
	resolve(kind, (struct reorg_action[]){ __VA_ARGS__ }, sizeof((struct reorg_action[]){ __VA_ARGS__ }) / sizeof(struct reorg_action))
#define REFUSE(code_, field_, msg_, ...) \
	do { \
		assert_int_equal(RESOLVE(__VA_ARGS__), code_); \
		assert_string_equal(f.field, field_); \
		assert_int_equal(f.msg, msg_); \
	} while (0)

static const struct reorg_action *found(enum reorg_do what, const char *unit, const char *to)
{
	for (size_t i = 0; i < resolved.n; i++) {
		const struct reorg_action *x = &resolved.v[i];
		const char *goal = what == REORG_MOVE ? x->parent : x->to;
		if (x->what == what && strcmp(x->unit, unit) == 0 && (!to || (goal && strcmp(goal, to) == 0)))
			return x;
	}
	return NULL;
}

/* ---- what follows by itself ---- */

static void test_children_and_people_follow_the_only_heir(void **state)
{
	(void)state;
	person("A", "male", NULL);
	assert_int_equal(RESOLVE("merge", ACT(REORG_CLOSE, "A", .to = "B")), OK);
	assert_non_null(found(REORG_MOVE, "A1", "B"));
	assert_non_null(found(REORG_MOVE, "A2", "B"));
	const struct reorg_action *x = found(REORG_PEOPLE, "A", "B");
	assert_non_null(x);
	assert_int_equal(x->people_n, 1);
	assert_int_equal(x->people[0], 4);
	assert_null(found(REORG_PEOPLE, "A1", NULL));
	assert_false(unit_is_open(tree_find_code(&after, "A"), day("2025-07-01")));
	assert_true(unit_is_open(tree_find_code(&tree, "A"), day("2025-07-01")));
}

static void test_child_that_the_plan_moves_or_closes_goes_where_the_plan_says(void **state)
{
	(void)state;
	assert_int_equal(RESOLVE("merge", ACT(REORG_CLOSE, "A", .to = "B"), ACT(REORG_MOVE, "A1", .parent = "T"),
		ACT(REORG_CLOSE, "A2", .to = "B1")), OK);
	assert_non_null(found(REORG_MOVE, "A1", "T"));
	assert_null(found(REORG_MOVE, "A2", NULL));
}

static void test_new_unit_has_what_its_opening_says(void **state)
{
	(void)state;
	assert_int_equal(RESOLVE("change", ACT(REORG_OPEN, "C", .name = "Xã C", .kind = "COMMUNE", .parent = "T", .sector = "commune",
		.authorised = 1), ACT(REORG_RENAME, "A", .name = "Xã A"), ACT(REORG_KIND, "A1", .kind = "GRASS_CB"),
		ACT(REORG_SECTOR, "B1", .sector = "school")), OK);
	const struct unit *c = tree_find_code(&after, "C");
	struct day on = day("2025-07-01");
	assert_string_equal(unit_name(c, on), "Xã C");
	assert_string_equal(unit_kind(c, on), "COMMUNE");
	assert_int_equal(unit_parent(c, on).v, 1);
	assert_string_equal(unit_fact_at(c, UNIT_AUTHORISED, on)->value, "yes");
	assert_string_equal(unit_fact_at(c, UNIT_SECTOR, on)->value, "commune");
	assert_string_equal(unit_name(tree_find_code(&after, "A"), on), "Xã A");
	assert_string_equal(unit_kind(tree_find_code(&after, "A1"), on), "GRASS_CB");
	assert_int_equal(RESOLVE("change", ACT(REORG_OPEN, "D", .name = "Gốc", .kind = "PROVINCE", .authorised = 0)), OK);
	assert_int_equal(unit_parent(tree_find_code(&after, "D"), on).v, 0);
	assert_string_equal(unit_fact_at(tree_find_code(&after, "D"), UNIT_AUTHORISED, on)->value, "no");
}

/* ---- refusals of the tree ---- */

static void test_each_kind_needs_what_it_is_called_for(void **state)
{
	(void)state;
	REFUSE(E_RULE, "kind", MSG_REORG_NO_HEIR_THERE, "merge", ACT(REORG_RENAME, "A", .name = "x"));
	REFUSE(E_RULE, "kind", MSG_REORG_NO_NEW_HEIR, "union", ACT(REORG_CLOSE, "A", .to = "B"));
	REFUSE(E_RULE, "kind", MSG_REORG_NO_SPLIT, "split", ACT(REORG_CLOSE, "A", .to = "B"));
	REFUSE(E_RULE, "kind", MSG_REORG_NO_MOVE, "move", ACT(REORG_RENAME, "A", .name = "x"));
	REFUSE(E_RULE, "kind", MSG_REORG_NO_CLOSE, "close", ACT(REORG_RENAME, "A", .name = "x"));
	REFUSE(E_RULE, "kind", MSG_REORG_KIND_UNDO, "undo", ACT(REORG_RENAME, "A", .name = "x"));
	assert_int_equal(RESOLVE("move", ACT(REORG_MOVE, "A1", .parent = "B")), OK);
	assert_int_equal(RESOLVE("move", ACT(REORG_PEOPLE, "A1", .to = "A2")), OK);
	assert_int_equal(RESOLVE("close", ACT(REORG_CLOSE, "A2")), OK);
	assert_int_equal(RESOLVE("union", ACT(REORG_CLOSE, "A", .to = "C"), ACT(REORG_OPEN, "C", .name = "C", .kind = "COMMUNE",
		.parent = "T")), OK);
}

static void test_unit_must_be_there_the_day_before(void **state)
{
	(void)state;
	add_fact("B1", UNIT_CLOSE, "2025-01-01", NULL);
	REFUSE(E_RULE, "actions[0].unit", MSG_UNIT_NOT_OPEN, "close", ACT(REORG_CLOSE, "B1"));
	REFUSE(E_NOTFOUND, "actions[0].unit", MSG_REORG_UNIT_UNKNOWN, "close", ACT(REORG_CLOSE, "X"));
	REFUSE(E_INVALID, "actions[0].unit", MSG_REORG_OPENS_TOO, "change", ACT(REORG_RENAME, "C", .name = "x"),
		ACT(REORG_OPEN, "C", .name = "C", .kind = "COMMUNE"));
	REFUSE(E_INVALID, "actions[1].unit", MSG_REORG_CLOSES_TOO, "change", ACT(REORG_CLOSE, "A2"), ACT(REORG_RENAME, "A2", .name = "x"));
	REFUSE(E_CONFLICT, "actions[0].unit", MSG_REORG_CODE_USED, "change", ACT(REORG_OPEN, "a2", .name = "C", .kind = "COMMUNE"));
}

/* A change recorded for a later day could not hold once the unit is closed. */
static void test_unit_with_a_later_change_does_not_close_before_it(void **state)
{
	(void)state;
	add_fact("A2", UNIT_NAME, "2025-08-01", NULL);
	REFUSE(E_RULE, "actions[0].unit", MSG_REORG_LATER_FACT, "close", ACT(REORG_CLOSE, "A2"));
}

/* Noted in September that it has a plan for the year: nothing that could be corrected, and nothing that keeps it open. */
static void test_plan_of_the_year_does_not_keep_a_unit_open(void **state)
{
	(void)state;
	add_fact("A2", UNIT_PLAN, "2025-09-01", NULL);
	assert_int_equal(RESOLVE("close", ACT(REORG_CLOSE, "A2")), OK);
}

static void test_unit_that_comes_below_later_counts_as_left_behind(void **state)
{
	(void)state;
	add_fact("B1", UNIT_PARENT, "2025-09-01", "A");
	REFUSE(E_RULE, "actions[0].unit", MSG_REORG_CHILD_LEFT, "merge", ACT(REORG_CLOSE, "A", .to = "B"));
	assert_string_equal(f.arg[1], "B1");
}

static void test_child_of_a_unit_with_several_heirs_needs_its_place(void **state)
{
	(void)state;
	REFUSE(E_RULE, "actions[0].unit", MSG_REORG_CHILD_LEFT, "split", ACT(REORG_CLOSE, "A"), ACT(REORG_HEIR, "A", .to = "B"),
		ACT(REORG_HEIR, "A", .to = "T"));
}

static void test_goals_are_there_and_open(void **state)
{
	(void)state;
	REFUSE(E_NOTFOUND, "actions[0].parent", MSG_REORG_UNIT_UNKNOWN, "move", ACT(REORG_MOVE, "A1", .parent = "X"));
	REFUSE(E_RULE, "actions[0].parent", MSG_UNIT_NOT_OPEN, "change", ACT(REORG_MOVE, "A1", .parent = "A2"), ACT(REORG_CLOSE, "A2"));
	REFUSE(E_RULE, "actions[0].parent", MSG_UNIT_RING, "move", ACT(REORG_MOVE, "A", .parent = "A1"));
	add_fact("B", UNIT_CLOSE, "2025-09-01", NULL);
	add_fact("B1", UNIT_CLOSE, "2025-09-01", NULL);
	REFUSE(E_RULE, "actions[0].to", MSG_REORG_GOAL_CLOSES, "merge", ACT(REORG_CLOSE, "A", .to = "B"));
	REFUSE(E_RULE, "actions[0].to", MSG_REORG_GOAL_CLOSES, "move", ACT(REORG_PEOPLE, "A1", .to = "B1"));
	REFUSE(E_RULE, "actions[0].parent", MSG_UNIT_PARENT_CLOSES, "move", ACT(REORG_MOVE, "A1", .parent = "B"));
	assert_string_equal(f.arg[1], "01/09/2025");
	assert_int_equal(resolve("move", NULL, 0), E_INVALID);
	assert_int_equal(f.msg, MSG_REORG_EMPTY);
}

static void test_same_thing_twice(void **state)
{
	(void)state;
	static const int64_t one[] = { 1 }, two[] = { 2 };
	REFUSE(E_INVALID, "actions[1].unit", MSG_REORG_TWICE, "close", ACT(REORG_CLOSE, "A2"), ACT(REORG_CLOSE, "a2"));
	REFUSE(E_INVALID, "actions[1].unit", MSG_REORG_TWICE, "split", ACT(REORG_HEIR, "A", .to = "B"), ACT(REORG_HEIR, "A", .to = "B"));
	REFUSE(E_INVALID, "actions[1].unit", MSG_REORG_TWICE, "move", ACT(REORG_PEOPLE, "A1", .to = "A2"), ACT(REORG_PEOPLE, "A1", .to = "B1"));
	assert_int_equal(RESOLVE("move", ACT(REORG_PEOPLE, "A1", .to = "A2", .listed = true, .people = one, .people_n = 1),
		ACT(REORG_PEOPLE, "A1", .to = "B1", .listed = true, .people = two, .people_n = 1)), OK);
	assert_int_equal(found(REORG_PEOPLE, "A1", "A2")->people[0], 1);
	assert_int_equal(found(REORG_PEOPLE, "A1", "B1")->people[0], 2);
}

/* ---- people ---- */

static void test_attribute_goes_before_all_others_and_a_list_before_both(void **state)
{
	(void)state;
	static const int64_t one[] = { 1 };
	person("A1", "female", NULL);
	person("A1", "female", NULL);
	assert_int_equal(RESOLVE("move", ACT(REORG_PEOPLE, "A1", .to = "T"), ACT(REORG_PEOPLE, "A1", .to = "A2", .attribute = "sex",
		.value = "female"), ACT(REORG_PEOPLE, "A1", .to = "B1", .listed = true, .people = one, .people_n = 1)), OK);
	assert_int_equal(found(REORG_PEOPLE, "A1", "B1")->people[0], 1);
	assert_int_equal(found(REORG_PEOPLE, "A1", "T")->people[0], 2);
	assert_int_equal(found(REORG_PEOPLE, "A1", "A2")->people[0], 4);
	assert_int_equal(found(REORG_PEOPLE, "A1", "A2")->people[1], 5);
}

static void test_two_attributes_may_not_pull_apart(void **state)
{
	(void)state;
	REFUSE(E_RULE, "actions[1].value", MSG_REORG_PERSON_TWICE, "move", ACT(REORG_PEOPLE, "A1", .to = "A2", .attribute = "sex",
		.value = "female"), ACT(REORG_PEOPLE, "A1", .to = "B1", .attribute = "youth", .value = "yes"), ACT(REORG_PEOPLE, "A1", .to = "T"));
	assert_int_equal(RESOLVE("move", ACT(REORG_PEOPLE, "A1", .to = "A2", .attribute = "sex", .value = "female"),
		ACT(REORG_PEOPLE, "A1", .to = "A2", .attribute = "youth", .value = "yes")), OK);
	assert_int_equal(found(REORG_PEOPLE, "A1", "A2")->people_n, 2);
	REFUSE(E_INVALID, "actions[0].attribute", MSG_REORG_ATTRIBUTE, "move", ACT(REORG_PEOPLE, "A1", .to = "A2", .attribute = "left",
		.value = "x"));
}

static void test_who_comes_later_to_a_closed_unit_is_said(void **state)
{
	(void)state;
	later(2, FACT_UNIT, "2025-08-01", "B1");
	REFUSE(E_RULE, "actions[0].unit", MSG_REORG_PERSON_LATER, "merge", ACT(REORG_CLOSE, "B1", .to = "A1"));
}

static void test_who_left_belongs_nowhere_until_a_step_or_a_place(void **state)
{
	(void)state;
	struct unit_id a1 = tree_find_code(&tree, "A1")->id;
	person("A1", "male", "2024-01-01");
	const struct facts *active = people[3].active;
	assert_true(reorg_belongs(active, a1, day("2023-12-31")));
	assert_false(reorg_belongs(active, a1, day("2024-01-01")));
	later(3, "notified", "2024-02-01", "A1");
	assert_false(reorg_belongs(active, a1, day("2024-03-01")));
	later(3, "on_list", "2024-04-01", "A1");
	assert_true(reorg_belongs(active, a1, day("2024-05-01")));
	assert_false(reorg_belongs(active, tree_find_code(&tree, "B1")->id, day("2024-05-01")));
}

/* ---- splits ---- */

#define PART(code) ACT(REORG_OPEN, code, .name = code, .kind = "BRANCH", .parent = "A")
#define PARTS PART("P"), PART("Q")

static void test_split_of_a_unit_that_stays(void **state)
{
	(void)state;
	static const int64_t one[] = { 1 }, both[] = { 1, 2 };
	assert_int_equal(RESOLVE("split", ACT(REORG_HEIR, "A1", .to = "A2"), ACT(REORG_PEOPLE, "A1", .to = "A2", .listed = true, .people = one,
		.people_n = 1)), OK);
	assert_non_null(found(REORG_HEIR, "A1", "A1"));
	REFUSE(E_RULE, "actions[0].to", MSG_REORG_ALL_TO_ONE, "split", ACT(REORG_HEIR, "A1", .to = "A2"), ACT(REORG_PEOPLE, "A1", .to = "A2",
		.listed = true, .people = both, .people_n = 2));
	assert_string_equal(f.arg[1], "A1");
	REFUSE(E_RULE, "actions[0].to", MSG_REORG_ALL_TO_ONE, "split", ACT(REORG_HEIR, "A1", .to = "A2"));
	assert_string_equal(f.arg[1], "A2");
}

static void test_unit_that_stays_is_no_heir_alone(void **state)
{
	(void)state;
	REFUSE(E_RULE, "actions[0].to", MSG_REORG_NO_SPLIT, "change", ACT(REORG_HEIR, "A1", .to = "a1"));
	assert_int_equal(RESOLVE("change", ACT(REORG_PEOPLE, "A1", .to = "A1")), OK);
	assert_int_equal(RESOLVE("merge", ACT(REORG_CLOSE, "A2"), ACT(REORG_HEIR, "A2", .to = "B")), OK);
}

static void test_split_of_units_below_counts_as_receiving(void **state)
{
	(void)state;
	assert_int_equal(RESOLVE("split", ACT(REORG_HEIR, "A", .to = "B"), ACT(REORG_MOVE, "A1", .parent = "B")), OK);
	REFUSE(E_RULE, "actions[0].to", MSG_REORG_ALL_TO_ONE, "split", ACT(REORG_HEIR, "A", .to = "B"), ACT(REORG_MOVE, "B1", .parent = "T"));
	REFUSE(E_RULE, "actions[0].to", MSG_REORG_ALL_TO_ONE, "split", ACT(REORG_HEIR, "A", .to = "B"), ACT(REORG_MOVE, "A1", .parent = "B"),
		ACT(REORG_MOVE, "A2", .parent = "B"));
}

static void test_empty_unit_can_be_split_on_paper(void **state)
{
	(void)state;
	assert_int_equal(RESOLVE("split", ACT(REORG_HEIR, "A2", .to = "A1")), OK);
}

static void test_split_with_a_place_for_everybody(void **state)
{
	(void)state;
	static const int64_t one[] = { 1 };
	REFUSE(E_RULE, "actions[2].unit", MSG_REORG_PEOPLE_LEFT, "split", PARTS, ACT(REORG_CLOSE, "A1"), ACT(REORG_HEIR, "A1", .to = "P"),
		ACT(REORG_HEIR, "A1", .to = "Q"), ACT(REORG_PEOPLE, "A1", .to = "P", .listed = true, .people = one, .people_n = 1));
	assert_int_equal(RESOLVE("split", PARTS, ACT(REORG_CLOSE, "A1"), ACT(REORG_HEIR, "A1", .to = "P"), ACT(REORG_HEIR, "A1", .to = "Q"),
		ACT(REORG_PEOPLE, "A1", .to = "P", .listed = true, .people = one, .people_n = 1), ACT(REORG_PEOPLE, "A1", .to = "Q")), OK);
	assert_int_equal(found(REORG_PEOPLE, "A1", "Q")->people[0], 2);
}

/* ---- targets ---- */

#define YEAR .indicator = "admitted", .target_kind = "assigned", .period = { day("2025-01-01"), day("2025-12-31") }
#define RATE .indicator = "worker_share", .target_kind = "assigned", .period = { day("2025-01-01"), day("2025-12-31") }

static void test_target_goes_whole_to_the_only_heir(void **state)
{
	(void)state;
	target("A", "admitted", 15, 20);
	target("T", "admitted", 99, -1);
	assert_int_equal(RESOLVE("merge", ACT(REORG_CLOSE, "A", .to = "B")), OK);
	assert_int_equal(found(REORG_TARGET, "A", "B")->low, 15000);
	assert_int_equal(found(REORG_TARGET, "A", "B")->high, 20000);
	assert_null(found(REORG_TARGET, "T", NULL));
}

static void test_shares_are_stated_and_add_up(void **state)
{
	(void)state;
	target("A", "admitted", 15, -1);
	REFUSE(E_RULE, "actions[0].to", MSG_REORG_TARGET_SHARES, "split", ACT(REORG_HEIR, "A", .to = "B"),
		ACT(REORG_MOVE, "A1", .parent = "B"));
	REFUSE(E_RULE, "actions[3].low", MSG_REORG_TARGET_SUM, "split", ACT(REORG_HEIR, "A", .to = "B"), ACT(REORG_MOVE, "A1", .parent = "B"),
		ACT(REORG_TARGET, "A", .to = "A", YEAR, .low = 5500), ACT(REORG_TARGET, "A", .to = "B", YEAR, .low = 9000));
	assert_string_equal(f.arg[2], "14,5");
	assert_int_equal(RESOLVE("split", ACT(REORG_HEIR, "A", .to = "B"), ACT(REORG_MOVE, "A1", .parent = "B"),
		ACT(REORG_TARGET, "A", .to = "A", YEAR, .low = 6000), ACT(REORG_TARGET, "A", .to = "B", YEAR, .low = 9000)), OK);
	assert_int_equal(found(REORG_TARGET, "A", "A")->low, 6000);
	REFUSE(E_NOTFOUND, "actions[1].period", MSG_REORG_TARGET_NONE, "merge", ACT(REORG_CLOSE, "A", .to = "B"),
		ACT(REORG_TARGET, "A", .to = "B", RATE, .low = 6000));
}

static void test_rates_do_not_add_up(void **state)
{
	(void)state;
	target("A", "worker_share", 15, -1);
	target("B", "worker_share", 20, -1);
	REFUSE(E_RULE, "actions[0].to", MSG_REORG_TARGET_RATE, "merge", ACT(REORG_CLOSE, "A", .to = "B"));
	assert_int_equal(RESOLVE("merge", ACT(REORG_CLOSE, "A", .to = "B"), ACT(REORG_TARGET, "A", .to = "B", RATE, .low = 18000)), OK);
	assert_int_equal(found(REORG_TARGET, "A", "B")->low, 18000);
	REFUSE(E_RULE, "actions[1].to", MSG_REORG_TARGET_RATE, "union", ACT(REORG_CLOSE, "A", .to = "C"), ACT(REORG_CLOSE, "B", .to = "C"),
		ACT(REORG_OPEN, "C", .name = "C", .kind = "COMMUNE", .parent = "T"));
	target("A", "admitted", 7, -1);
	assert_int_equal(RESOLVE("merge", ACT(REORG_CLOSE, "A", .to = "B"), ACT(REORG_TARGET, "A", .to = "B", YEAR, .low = 7000),
		ACT(REORG_TARGET, "A", .to = "B", RATE, .low = 18000)), OK);
	targets_n = 2;
	targets[1].low_milli = 15000;
	assert_int_equal(RESOLVE("union", ACT(REORG_CLOSE, "A", .to = "C"), ACT(REORG_CLOSE, "B", .to = "C"),
		ACT(REORG_OPEN, "C", .name = "C", .kind = "COMMUNE", .parent = "T")), OK);
	assert_int_equal(RESOLVE("merge", ACT(REORG_CLOSE, "A", .to = "B")), OK);
	assert_int_equal(RESOLVE("split", ACT(REORG_HEIR, "A", .to = "B"), ACT(REORG_MOVE, "A1", .parent = "B")), OK);
}

#define NEXT_YEAR .indicator = "admitted", .target_kind = "assigned", .period = { day("2025-01-01"), day("2026-12-31") }
#define OTHER_YEAR .indicator = "admitted", .target_kind = "assigned", .period = { day("2026-01-01"), day("2026-12-31") }
#define OWN .indicator = "admitted", .target_kind = "own", .period = { day("2025-01-01"), day("2025-12-31") }

/* The same unit, indicator, kind and both ends of the period make the same target. */
static void test_targets_are_told_apart_by_all_that_names_them(void **state)
{
	(void)state;
	target("A", "admitted", 15, -1);
	REFUSE(E_INVALID, "actions[2].unit", MSG_REORG_TWICE, "merge", ACT(REORG_CLOSE, "A", .to = "B"),
		ACT(REORG_TARGET, "A", .to = "B", YEAR, .low = 9000), ACT(REORG_TARGET, "A", .to = "b", YEAR, .low = 6000));
	REFUSE(E_NOTFOUND, "actions[2].period", MSG_REORG_TARGET_NONE, "merge", ACT(REORG_CLOSE, "A", .to = "B"),
		ACT(REORG_TARGET, "A", .to = "B", YEAR, .low = 15000), ACT(REORG_TARGET, "A", .to = "B", NEXT_YEAR, .low = 1000));
	REFUSE(E_NOTFOUND, "actions[2].period", MSG_REORG_TARGET_NONE, "merge", ACT(REORG_CLOSE, "A", .to = "B"),
		ACT(REORG_TARGET, "A", .to = "B", YEAR, .low = 15000), ACT(REORG_TARGET, "A", .to = "B", OTHER_YEAR, .low = 1000));
	REFUSE(E_NOTFOUND, "actions[2].period", MSG_REORG_TARGET_NONE, "merge", ACT(REORG_CLOSE, "A", .to = "B"),
		ACT(REORG_TARGET, "A", .to = "B", YEAR, .low = 15000), ACT(REORG_TARGET, "A", .to = "B", OWN, .low = 1000));
	REFUSE(E_NOTFOUND, "actions[2].period", MSG_REORG_TARGET_NONE, "merge", ACT(REORG_CLOSE, "A", .to = "B"),
		ACT(REORG_TARGET, "A", .to = "B", YEAR, .low = 15000), ACT(REORG_TARGET, "A", .to = "B", RATE, .low = 1000));
}

/* A's rate of the term is no rival of B's rate of the year, nor what goes to another heir. */
static void test_rates_of_other_periods_and_heirs_do_not_clash(void **state)
{
	(void)state;
	target("A", "worker_share", 15, -1);
	target("A", "worker_share", 30, -1);
	targets[1].kind = "own";
	target("A", "worker_share", 31, -1);
	targets[2].period.to = day("2026-12-31");
	target("A", "worker_share", 32, -1);
	targets[3].period.from = day("2024-01-01");
	target("A", "student_share", 33, -1);
	target("A", "admitted", 7, -1);
	target("B", "admitted", 8, -1);
	assert_int_equal(RESOLVE("merge", ACT(REORG_CLOSE, "A", .to = "B"), ACT(REORG_CLOSE, "A2", .to = "B1")), OK);
	targets[1] = targets[0];
	targets[1].unit = tree_find_code(&tree, "A2")->id;
	targets[1].high_milli = 16000;
	REFUSE(E_RULE, "actions[1].to", MSG_REORG_TARGET_RATE, "merge", ACT(REORG_CLOSE, "A", .to = "B"), ACT(REORG_CLOSE, "A2", .to = "B"));
}

static void test_first_tree_of_all(void **state)
{
	(void)state;
	tree = (struct tree){ .arena = &arena };
	people_n = 0;
	assert_int_equal(RESOLVE("change", ACT(REORG_OPEN, "T", .name = "Gốc", .kind = "PROVINCE")), OK);
	assert_int_equal(after.n, 1);
}

static void test_day_in_the_future(void **state)
{
	(void)state;
	struct reorg_action v[] = { ACT(REORG_CLOSE, "A2") };
	const struct reorg_plan plan = { "close", day("2026-01-02"), v, 1, 1 };
	const struct reorg_given given = { .tree = &tree, .today = day("2026-01-01") };
	assert_refused(reorg_resolve(&plan, &given, &arena, &resolved, &after, &f), E_RULE, "on", MSG_DAY_IN_FUTURE);
}

/* Opened by a reorganisation that was taken back: the code is free again, and the unit keeps its number. */
static void test_code_of_a_unit_that_never_was_is_free(void **state)
{
	(void)state;
	struct unit *u = tree_add(&tree, (struct unit_id){ 7 }, "N");
	tree_add_fact(&tree, u, &(struct unit_fact){ .seq = 1, .kind = UNIT_OPEN, .from = day("2025-01-01") });
	tree_add_fact(&tree, u, &(struct unit_fact){ .seq = 2, .kind = UNIT_OPEN, .from = day("2025-01-01"), .corrects = 1,
		.withdrawn = true });
	assert_true(unit_never_was(u));
	REFUSE(E_NOTFOUND, "actions[0].unit", MSG_REORG_UNIT_UNKNOWN, "close", ACT(REORG_CLOSE, "N"));
	REFUSE(E_NOTFOUND, "actions[0].to", MSG_REORG_UNIT_UNKNOWN, "merge", ACT(REORG_CLOSE, "A", .to = "N"));
	assert_int_equal(RESOLVE("change", ACT(REORG_OPEN, "N", .name = "N", .kind = "COMMUNE", .parent = "T")), OK);
	assert_int_equal(tree_find_code(&after, "N")->id.v, 7);
}

/* A2 hung below A the day before and comes below B on that very day by a move of its own. */
static void test_child_that_moves_away_that_day_is_left_alone(void **state)
{
	(void)state;
	add_fact("A2", UNIT_PARENT, "2025-07-01", "B");
	assert_int_equal(RESOLVE("merge", ACT(REORG_CLOSE, "A", .to = "B")), OK);
	assert_null(found(REORG_MOVE, "A2", NULL));
	assert_non_null(found(REORG_MOVE, "A1", "B"));
}

/* A2 was closed from that very day on by itself: nothing of it goes anywhere. */
static void test_child_that_closes_that_day_is_left_alone(void **state)
{
	(void)state;
	add_fact("A2", UNIT_CLOSE, "2025-07-01", NULL);
	assert_int_equal(RESOLVE("merge", ACT(REORG_CLOSE, "A", .to = "B")), OK);
	assert_null(found(REORG_MOVE, "A2", NULL));
	assert_non_null(found(REORG_MOVE, "A1", "B"));
}

static void test_withdrawn_later_change_of_a_closed_unit_is_none(void **state)
{
	(void)state;
	struct unit *u = tree_find_code(&tree, "A2");
	tree_add_fact(&tree, u, &(struct unit_fact){ .seq = 5, .kind = UNIT_NAME, .from = day("2025-08-01"), .value = "x" });
	tree_add_fact(&tree, u, &(struct unit_fact){ .seq = 6, .kind = UNIT_NAME, .from = day("2025-08-01"), .value = "x", .corrects = 5,
		.withdrawn = true });
	assert_int_equal(RESOLVE("close", ACT(REORG_CLOSE, "A2")), OK);
}

static void test_lists_of_people(void **state)
{
	(void)state;
	static const int64_t one[] = { 1 }, nobody[] = { 77 };
	REFUSE(E_INVALID, "actions[0].people", MSG_REORG_NOBODY, "move", ACT(REORG_PEOPLE, "A1", .to = "A2", .listed = true));
	REFUSE(E_RULE, "actions[0].people", MSG_REORG_PERSON_ELSEWHERE, "move", ACT(REORG_PEOPLE, "A1", .to = "A2", .listed = true,
		.people = nobody, .people_n = 1));
	REFUSE(E_INVALID, "actions[1].people", MSG_REORG_PERSON_TWICE, "move", ACT(REORG_PEOPLE, "A1", .to = "A2", .listed = true,
		.people = one, .people_n = 1), ACT(REORG_PEOPLE, "A1", .to = "B1", .listed = true, .people = one, .people_n = 1));
	REFUSE(E_INVALID, "actions[0].attribute", MSG_REORG_ATTRIBUTE, "move", ACT(REORG_PEOPLE, "A1", .to = "A2", .attribute = "shoe",
		.value = "9"));
	assert_int_equal(RESOLVE("move", ACT(REORG_PEOPLE, "A1", .to = "A1"), ACT(REORG_MOVE, "A2", .parent = "B")), OK); /* nobody moves */
	assert_null(found(REORG_PEOPLE, "A1", NULL));
}

static void test_who_left_is_neither_moved_nor_missed(void **state)
{
	(void)state;
	person("A2", "male", "2024-01-01");
	later(3, FACT_UNIT, "2024-06-01", "B1");
	assert_int_equal(RESOLVE("close", ACT(REORG_CLOSE, "A2")), OK);
	assert_null(found(REORG_PEOPLE, "A2", NULL));
}

static void test_rules_of_one_unit_differ_by_value_or_are_a_list(void **state)
{
	(void)state;
	static const int64_t one[] = { 1 };
	assert_int_equal(RESOLVE("move", ACT(REORG_PEOPLE, "A1", .to = "A2", .attribute = "sex", .value = "female"),
		ACT(REORG_PEOPLE, "A1", .to = "B1", .attribute = "sex", .value = "male")), OK);
	assert_int_equal(found(REORG_PEOPLE, "A1", "A2")->people[0], 1);
	assert_int_equal(found(REORG_PEOPLE, "A1", "B1")->people[0], 2);
	assert_int_equal(RESOLVE("move", ACT(REORG_PEOPLE, "A1", .to = "A2", .listed = true, .people = one, .people_n = 1),
		ACT(REORG_PEOPLE, "A1", .to = "B1")), OK);
	assert_int_equal(found(REORG_PEOPLE, "A1", "B1")->people[0], 2);
}

static void test_two_units_split_at_once(void **state)
{
	(void)state;
	static const int64_t first[] = { 1 }, third[] = { 3 };
	person("B1", "male", NULL);
	person("B1", "male", "2024-01-01");
	assert_int_equal(RESOLVE("split", ACT(REORG_HEIR, "A1", .to = "A2"), ACT(REORG_HEIR, "B1", .to = "A2"),
		ACT(REORG_PEOPLE, "A1", .to = "A2", .listed = true, .people = first, .people_n = 1),
		ACT(REORG_PEOPLE, "B1", .to = "A2", .listed = true, .people = third, .people_n = 1)), OK);
	REFUSE(E_RULE, "actions[1].to", MSG_REORG_ALL_TO_ONE, "split", ACT(REORG_HEIR, "A1", .to = "A2"), ACT(REORG_HEIR, "A1", .to = "T"),
		ACT(REORG_PEOPLE, "A1", .to = "A2", .listed = true, .people = first, .people_n = 1),
		ACT(REORG_PEOPLE, "B1", .to = "T", .listed = true, .people = third, .people_n = 1), ACT(REORG_MOVE, "B", .parent = "A"));
}

static void test_everybody_of_a_closed_unit_is_counted_as_left(void **state)
{
	(void)state;
	REFUSE(E_RULE, "actions[0].unit", MSG_REORG_PEOPLE_LEFT, "close", ACT(REORG_CLOSE, "A1"));
	assert_string_equal(f.arg[1], "2");
	assert_string_equal(f.arg[2], "1");
}

static void test_who_goes_elsewhere_later_may_leave_a_closed_unit(void **state)
{
	(void)state;
	later(2, FACT_UNIT, "2025-08-01", "A1");
	assert_int_equal(RESOLVE("merge", ACT(REORG_CLOSE, "B1", .to = "A2")), OK);
	assert_int_equal(found(REORG_PEOPLE, "B1", "A2")->people[0], 3);
}

static void test_later_move_below_that_was_taken_back_leaves_nothing_behind(void **state)
{
	(void)state;
	add_fact("B1", UNIT_PARENT, "2025-09-01", "A");
	struct unit *u = tree_find_code(&tree, "B1");
	struct unit_fact back = u->facts[u->n - 1];
	back.corrects = back.seq;
	back.seq++;
	back.withdrawn = true;
	tree_add_fact(&tree, u, &back);
	assert_int_equal(RESOLVE("merge", ACT(REORG_CLOSE, "A", .to = "B")), OK);
}

/* ---- heirs ---- */

static void test_heirs_of_heirs_each_once(void **state)
{
	(void)state;
	size_t n;
	struct unit_id a = { 2 }, b = { 3 }, a1 = { 4 }, a2 = { 5 };
	tree_add_heir(&tree, (struct unit_heir){ a, a1, day("2025-07-01"), 1 });
	tree_add_heir(&tree, (struct unit_heir){ a, a2, day("2025-07-01"), 1 });
	tree_add_heir(&tree, (struct unit_heir){ a1, b, day("2026-07-01"), 2 });
	tree_add_heir(&tree, (struct unit_heir){ a2, b, day("2026-07-01"), 2 });
	add_fact("A", UNIT_CLOSE, "2025-07-01", NULL);
	add_fact("A1", UNIT_CLOSE, "2026-07-01", NULL);
	add_fact("A2", UNIT_CLOSE, "2026-07-01", NULL);
	struct unit **v = reorg_heirs(&tree, a, day("2026-01-01"), &arena, &n);
	assert_int_equal(n, 2);
	v = reorg_heirs(&tree, a, day("2026-08-01"), &arena, &n);
	assert_int_equal(n, 1);
	assert_string_equal(v[0]->code, "B");
	(void)reorg_heirs(&tree, (struct unit_id){ 99 }, day("2026-08-01"), &arena, &n);
	assert_int_equal(n, 0);
	assert_int_equal(tree_heir(&tree, tree_find_code(&tree, "A"), day("2026-08-01")).v, 0); /* several */
	assert_int_equal(tree_heir(&tree, tree_find_code(&tree, "A1"), day("2026-08-01")).v, b.v);
	assert_int_equal(tree_heir(&tree, tree_find_code(&tree, "A1"), day("2026-06-30")).v, 0); /* not yet */
	tree_drop_heirs(&tree, 2);
	assert_int_equal(tree.heirs_n, 2);
	tree_add_heir(&tree, (struct unit_heir){ a1, a1, day("2026-07-01"), 3 }); /* a part of it stayed until it closed */
	tree_add_heir(&tree, (struct unit_heir){ a2, b, day("2026-12-01"), 4 });
	(void)reorg_heirs(&tree, a, day("2026-08-01"), &arena, &n);
	assert_int_equal(n, 0);
}

static void test_ring_of_heirs_ends(void **state)
{
	(void)state;
	size_t n;
	struct unit_id a1 = { 4 }, a2 = { 5 };
	tree_add_heir(&tree, (struct unit_heir){ a1, a2, day("2025-07-01"), 1 });
	tree_add_heir(&tree, (struct unit_heir){ a2, a1, day("2025-07-01"), 1 });
	add_fact("A1", UNIT_CLOSE, "2025-07-01", NULL);
	add_fact("A2", UNIT_CLOSE, "2025-07-01", NULL);
	(void)reorg_heirs(&tree, a1, day("2026-01-01"), &arena, &n);
	assert_int_equal(n, 0);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		T(test_children_and_people_follow_the_only_heir), T(test_child_that_the_plan_moves_or_closes_goes_where_the_plan_says),
		T(test_new_unit_has_what_its_opening_says), T(test_each_kind_needs_what_it_is_called_for),
		T(test_unit_must_be_there_the_day_before), T(test_unit_with_a_later_change_does_not_close_before_it),
		T(test_plan_of_the_year_does_not_keep_a_unit_open), T(test_unit_that_comes_below_later_counts_as_left_behind),
		T(test_child_of_a_unit_with_several_heirs_needs_its_place),
		T(test_goals_are_there_and_open), T(test_same_thing_twice), T(test_attribute_goes_before_all_others_and_a_list_before_both),
		T(test_two_attributes_may_not_pull_apart), T(test_who_comes_later_to_a_closed_unit_is_said),
		T(test_who_left_belongs_nowhere_until_a_step_or_a_place), T(test_split_of_a_unit_that_stays),
		T(test_unit_that_stays_is_no_heir_alone),
		T(test_split_of_units_below_counts_as_receiving), T(test_empty_unit_can_be_split_on_paper),
		T(test_split_with_a_place_for_everybody), T(test_target_goes_whole_to_the_only_heir), T(test_shares_are_stated_and_add_up),
		T(test_rates_do_not_add_up), T(test_targets_are_told_apart_by_all_that_names_them),
		T(test_rates_of_other_periods_and_heirs_do_not_clash), T(test_first_tree_of_all), T(test_day_in_the_future),
		T(test_code_of_a_unit_that_never_was_is_free), T(test_child_that_moves_away_that_day_is_left_alone),
		T(test_child_that_closes_that_day_is_left_alone),
		T(test_withdrawn_later_change_of_a_closed_unit_is_none), T(test_lists_of_people),
		T(test_who_left_is_neither_moved_nor_missed), T(test_rules_of_one_unit_differ_by_value_or_are_a_list),
		T(test_two_units_split_at_once), T(test_everybody_of_a_closed_unit_is_counted_as_left),
		T(test_who_goes_elsewhere_later_may_leave_a_closed_unit),
		T(test_later_move_below_that_was_taken_back_leaves_nothing_behind), T(test_ring_of_heirs_ends), T(test_heirs_of_heirs_each_once),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
