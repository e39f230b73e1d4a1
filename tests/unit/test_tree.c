#include "testing.h"

#include "domain/tree_part.h"

static struct arena arena;
static struct tree tree;

static struct unit_id id(int64_t v)
{
	return (struct unit_id){ v };
}

static void fact(int64_t unit, const char *kind, struct day from, const char *value, int64_t ref)
{
	struct unit *u = tree_find(&tree, id(unit));
	tree_add_fact(&tree, u, &(struct unit_fact){ .seq = (int32_t)u->n + 1, .kind = kind, .from = from, .value = value, .ref = { ref } });
}

static void open_unit(int64_t unit, const char *code, int64_t parent, struct day from)
{
	tree_add(&tree, id(unit), code);
	fact(unit, UNIT_OPEN, from, NULL, 0);
	fact(unit, UNIT_NAME, from, code, 0);
	fact(unit, UNIT_PARENT, from, NULL, parent);
}

/* 1 PL ─┬─ 2 PL-A ── 4 PL-A-1
 *       └─ 3 PL-B                 all open since 2010 */
static int setup(void **state)
{
	(void)state;
	arena = (struct arena){ 0 };
	tree = (struct tree){ .arena = &arena };
	struct day since = day_of(2010, 1, 1);
	open_unit(1, "PL", 0, since);
	open_unit(2, "PL-A", 1, since);
	open_unit(3, "PL-B", 1, since);
	open_unit(4, "PL-A-1", 2, since);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_done(&arena);
	return 0;
}

static void test_a_unit_is_there_from_opening_up_to_but_not_including_its_closing_day(void **state)
{
	(void)state;
	fact(3, UNIT_CLOSE, day_of(2024, 1, 1), NULL, 0);
	const struct unit *u = tree_find_code(&tree, "PL-B");
	assert_false(unit_is_open(u, day_of(2009, 12, 31)));
	assert_true(unit_is_open(u, day_of(2010, 1, 1)));
	assert_true(unit_is_open(u, day_of(2023, 12, 31)));
	assert_false(unit_is_open(u, day_of(2024, 1, 1)));
	assert_int_equal(unit_opened(u).n, day_of(2010, 1, 1).n);
	assert_int_equal(unit_closed(u).n, day_of(2024, 1, 1).n);
	fact(3, UNIT_OPEN, day_of(2025, 1, 1), NULL, 0);
	u = tree_find_code(&tree, "PL-B");
	assert_true(unit_is_open(u, day_of(2025, 1, 1)));
	assert_false(day_known(unit_closed(u)));
}

static void test_names_follow_the_day(void **state)
{
	(void)state;
	fact(2, UNIT_NAME, day_of(2020, 5, 1), "Phường mới", 0);
	const struct unit *u = tree_find(&tree, id(2));
	assert_string_equal(unit_name(u, day_of(2020, 4, 30)), "PL-A");
	assert_string_equal(unit_name(u, day_of(2020, 5, 1)), "Phường mới");
	assert_string_equal(unit_name(u, day_of(2000, 1, 1)), "PL-A");
}

static void take_back(int64_t unit, int32_t seq)
{
	struct unit *u = tree_find(&tree, id(unit));
	struct unit_fact taken = *unit_fact_by_seq(u, seq);
	taken.corrects = seq;
	taken.withdrawn = true;
	taken.seq = (int32_t)u->n + 1;
	tree_add_fact(&tree, u, &taken);
}

/* Opening and place taken back: the name stays for what was written of it. Opened again for an earlier day, it has its new name alone, also
 * after the day of the old one. */
static void test_a_code_opened_again_has_not_the_name_of_the_unit_that_never_was(void **state)
{
	(void)state;
	take_back(3, 1);
	take_back(3, 3);
	const struct unit *u = tree_find(&tree, id(3));
	assert_true(unit_never_was(u));
	assert_string_equal(unit_name(u, day_of(2020, 1, 1)), "PL-B");
	fact(3, UNIT_OPEN, day_of(2009, 1, 1), NULL, 0);
	fact(3, UNIT_NAME, day_of(2009, 1, 1), "Tên đúng", 0);
	assert_string_equal(unit_name(u, day_of(2009, 6, 1)), "Tên đúng");
	assert_string_equal(unit_name(u, day_of(2020, 1, 1)), "Tên đúng");
	assert_string_equal(unit_name(u, day_of(2000, 1, 1)), "Tên đúng");
}

static void test_facts_may_come_in_any_order(void **state)
{
	(void)state;
	fact(2, UNIT_KIND, day_of(2021, 1, 1), "GRASS_DB", 0);
	fact(2, UNIT_KIND, day_of(2012, 1, 1), "GRASS_CB", 0);
	const struct unit *u = tree_find(&tree, id(2));
	assert_string_equal(unit_kind(u, day_of(2011, 1, 1)), "");
	assert_string_equal(unit_kind(u, day_of(2015, 1, 1)), "GRASS_CB");
	assert_string_equal(unit_kind(u, day_of(2022, 1, 1)), "GRASS_DB");
}

static void test_the_later_of_two_facts_of_one_day_holds(void **state)
{
	(void)state;
	fact(2, UNIT_SECTOR, day_of(2015, 1, 1), "school", 0);
	fact(2, UNIT_SECTOR, day_of(2015, 1, 1), "hospital", 0);
	assert_string_equal(unit_fact_at(tree_find(&tree, id(2)), UNIT_SECTOR, day_of(2015, 1, 1))->value, "hospital");
}

static void test_of_one_day_the_later_entry_holds_in_whatever_order_they_are_read(void **state)
{
	(void)state;
	struct unit *u = tree_find(&tree, id(2));
	tree_add_fact(&tree, u, &(struct unit_fact){ .seq = 9, .kind = UNIT_SECTOR, .from = day_of(2015, 1, 1), .value = "hospital" });
	tree_add_fact(&tree, u, &(struct unit_fact){ .seq = 8, .kind = UNIT_SECTOR, .from = day_of(2015, 1, 1), .value = "school" });
	assert_string_equal(unit_fact_at(u, UNIT_SECTOR, day_of(2015, 1, 1))->value, "hospital");
	assert_string_equal(unit_fact_by_seq(u, 8)->value, "school");
	assert_null(unit_fact_by_seq(u, 99));
}

static void test_a_unit_without_an_opening_was_never_there(void **state)
{
	(void)state;
	const struct unit *u = tree_add(&tree, id(7), "PL-X");
	assert_false(day_known(unit_opened(u)));
	assert_false(unit_is_open(u, DAY_LAST));
}

static void test_a_corrected_fact_of_a_unit_no_longer_holds(void **state)
{
	(void)state;
	struct unit *u = tree_find(&tree, id(2));
	tree_add_fact(&tree, u, &(struct unit_fact){ .seq = 4, .kind = UNIT_NAME, .from = day_of(2019, 1, 1), .value = "Tên sai" });
	struct unit_fact right = { .seq = 5, .kind = UNIT_NAME, .from = day_of(2020, 1, 1), .value = "Tên đúng", .corrects = 4 };
	tree_add_fact(&tree, u, &right);
	assert_string_equal(unit_name(u, day_of(2019, 6, 1)), "PL-A");
	assert_string_equal(unit_name(u, day_of(2020, 6, 1)), "Tên đúng");
}

static void test_a_move_changes_the_tree_from_its_day_on(void **state)
{
	(void)state;
	fact(4, UNIT_PARENT, day_of(2022, 7, 1), NULL, 3);
	assert_true(tree_is_under(&tree, id(4), id(2), day_of(2022, 6, 30)));
	assert_false(tree_is_under(&tree, id(4), id(2), day_of(2022, 7, 1)));
	assert_true(tree_is_under(&tree, id(4), id(3), day_of(2022, 7, 1)));
	assert_true(tree_is_under(&tree, id(4), id(1), day_of(2022, 7, 1)));
	assert_true(tree_is_under(&tree, id(1), id(1), day_of(2022, 7, 1)));
	assert_false(tree_is_under(&tree, id(1), id(4), day_of(2022, 7, 1)));
}

static void test_children_of_a_day_come_sorted_by_code(void **state)
{
	(void)state;
	size_t n;
	open_unit(5, "PL-0", 1, day_of(2020, 1, 1));
	fact(3, UNIT_CLOSE, day_of(2023, 1, 1), NULL, 0);
	struct unit **c = tree_children(&tree, id(1), day_of(2019, 1, 1), &arena, &n);
	assert_int_equal(n, 2);
	assert_string_equal(c[0]->code, "PL-A");
	c = tree_children(&tree, id(1), day_of(2023, 1, 1), &arena, &n);
	assert_int_equal(n, 2);
	assert_string_equal(c[0]->code, "PL-0");
	assert_string_equal(c[1]->code, "PL-A");
}

static void test_parents_of_a_day_in_one_array(void **state)
{
	(void)state;
	fact(3, UNIT_CLOSE, day_of(2023, 1, 1), NULL, 0);
	int *p = tree_parents(&tree, day_of(2023, 1, 1), &arena);
	assert_int_equal(p[0], -1);
	assert_int_equal(p[1], 0);
	assert_int_equal(p[2], -1);
	assert_int_equal(p[3], 1);
}

static void test_units_are_found_by_id_and_by_code_in_a_large_tree(void **state)
{
	(void)state;
	char code[16];
	for (int64_t i = 0; i < 3000; i++) { /* in no order, with gaps in the ids */
		int64_t k = i * 1009 % 3000;
		(void)snprintf(code, sizeof code, "U%04d", (int)k);
		tree_add(&tree, id(100 + 2 * k), code);
	}
	for (int64_t k = 0; k < 3000; k++) {
		(void)snprintf(code, sizeof code, "u%04d", (int)k);
		assert_int_equal(tree_find_code(&tree, code)->id.v, 100 + 2 * k);
		assert_int_equal(tree_find(&tree, id(100 + 2 * k))->id.v, 100 + 2 * k);
		assert_null(tree_find(&tree, id(101 + 2 * k)));
	}
	assert_null(tree_find_code(&tree, "U3000"));
	assert_int_equal(tree_index(&tree, id(0)), -1);
}

static void test_an_empty_tree_knows_nothing(void **state)
{
	(void)state;
	struct tree empty = { .arena = &arena };
	assert_null(tree_find_code(&empty, "PL"));
	assert_null(tree_find(&empty, id(1)));
}

static enum msg refusal(enum err e, const struct fault *f)
{
	return e == OK ? MSG_NONE : f->msg;
}

static enum msg move_refusal(int64_t unit, int64_t parent, struct day on)
{
	struct fault f;
	return refusal(tree_check_parent(&tree, id(unit), id(parent), on, &f), &f);
}

static enum msg close_refusal(int64_t unit, struct day on)
{
	struct fault f;
	return refusal(tree_check_close(&tree, id(unit), on, &f), &f);
}

static void test_a_parent_must_be_open_and_not_below_the_unit(void **state)
{
	(void)state;
	struct day d = day_of(2020, 1, 1);
	fact(3, UNIT_CLOSE, day_of(2019, 1, 1), NULL, 0);
	assert_int_equal(move_refusal(4, 1, d), MSG_NONE);
	assert_int_equal(move_refusal(4, 0, d), MSG_NONE);
	assert_int_equal(move_refusal(4, 3, d), MSG_UNIT_NOT_OPEN);
	assert_int_equal(move_refusal(4, 99, d), MSG_UNIT_UNKNOWN);
	assert_int_equal(move_refusal(2, 4, d), MSG_UNIT_RING);
	assert_int_equal(move_refusal(2, 2, d), MSG_UNIT_RING);
}

/* A unit that is being opened is not in the tree yet. */
static void test_a_new_unit_may_come_below_any_open_one(void **state)
{
	(void)state;
	assert_int_equal(move_refusal(99, 4, day_of(2020, 1, 1)), MSG_NONE);
}

static void test_a_tree_with_a_ring_is_walked_to_an_end(void **state)
{
	(void)state;
	fact(2, UNIT_PARENT, day_of(2020, 1, 1), NULL, 4);
	assert_false(tree_is_under(&tree, id(4), id(1), day_of(2020, 1, 1)));
}

static void test_a_move_may_not_make_a_ring_with_a_later_move_on_record(void **state)
{
	(void)state;
	fact(3, UNIT_PARENT, day_of(2021, 1, 1), NULL, 4); /* from 2021 on, 3 lies below 4 */
	assert_int_equal(move_refusal(2, 3, day_of(2020, 1, 1)), MSG_UNIT_RING);
	fact(2, UNIT_PARENT, day_of(2020, 6, 1), NULL, 1); /* but 2 leaves 3 before that day */
	assert_int_equal(move_refusal(2, 3, day_of(2020, 1, 1)), MSG_NONE);
}

/* 3 closes on 1/1/2022: 4 may come below it in 2020 only if it leaves, or closes, by that day. */
static void test_a_parent_may_not_close_while_the_unit_hangs_below_it(void **state)
{
	(void)state;
	struct day d = day_of(2020, 1, 1);
	fact(3, UNIT_CLOSE, day_of(2022, 1, 1), NULL, 0);
	assert_int_equal(move_refusal(4, 3, d), MSG_UNIT_PARENT_CLOSES);
	assert_int_equal(move_refusal(99, 3, d), MSG_UNIT_PARENT_CLOSES);
	fact(4, UNIT_CLOSE, day_of(2022, 1, 2), NULL, 0);
	assert_int_equal(move_refusal(4, 3, d), MSG_UNIT_PARENT_CLOSES);
	fact(4, UNIT_CLOSE, day_of(2022, 1, 1), NULL, 0);
	take_back(4, 4);
	assert_int_equal(move_refusal(4, 3, d), MSG_NONE);
	take_back(4, 5);
	fact(4, UNIT_PARENT, day_of(2022, 1, 2), NULL, 1);
	assert_int_equal(move_refusal(4, 3, d), MSG_UNIT_PARENT_CLOSES);
	fact(4, UNIT_PARENT, day_of(2022, 1, 1), NULL, 1);
	assert_int_equal(move_refusal(4, 3, d), MSG_NONE);
}

static void test_a_unit_closes_only_when_nothing_hangs_below_it(void **state)
{
	(void)state;
	struct day d = day_of(2020, 1, 1);
	assert_int_equal(close_refusal(2, d), MSG_UNIT_HAS_CHILDREN);
	assert_int_equal(close_refusal(4, d), MSG_NONE);
	fact(4, UNIT_CLOSE, day_of(2019, 12, 31), NULL, 0);
	assert_int_equal(close_refusal(2, d), MSG_NONE);
	assert_int_equal(close_refusal(4, d), MSG_UNIT_NOT_OPEN);
	fact(3, UNIT_NAME, day_of(2021, 1, 1), "Tên mới", 0);
	fact(3, UNIT_PARENT, day_of(2021, 6, 1), NULL, 1); /* recorded for later, but not to come here */
	assert_int_equal(close_refusal(2, d), MSG_NONE);
	assert_int_equal(close_refusal(99, d), MSG_UNIT_UNKNOWN);
	fact(3, UNIT_PARENT, day_of(2022, 1, 1), NULL, 2); /* recorded to come later */
	assert_int_equal(close_refusal(2, d), MSG_UNIT_HAS_CHILDREN);
}

/* ---- heirs ---- */

static void lives_on(int64_t unit, int64_t heir, struct day on, int64_t reorg)
{
	tree_add_heir(&tree, (struct unit_heir){ .unit = id(unit), .heir = id(heir), .on = on, .reorg = reorg });
}

static int64_t heir_of(int64_t unit, struct day on)
{
	return tree_heir(&tree, tree_find(&tree, id(unit)), on).v;
}

static void test_a_unit_lives_on_in_the_one_it_merged_into(void **state)
{
	(void)state;
	struct day d = day_of(2025, 7, 1);
	assert_int_equal(heir_of(2, d), 0);
	lives_on(2, 3, d, 1);
	assert_int_equal(heir_of(2, day_add(d, -1)), 0);
	assert_int_equal(heir_of(2, d), 3);
}

static void test_a_unit_that_was_split_has_no_single_heir(void **state)
{
	(void)state;
	struct day d = day_of(2025, 7, 1);
	lives_on(4, 2, d, 1);
	lives_on(4, 3, d, 1);
	assert_int_equal(heir_of(4, d), 0);
}

/* Else it would hang below itself once it is closed, and its people below nothing. */
static void test_a_unit_is_not_its_own_heir(void **state)
{
	(void)state;
	struct day d = day_of(2025, 7, 1);
	lives_on(4, 4, d, 1);
	fact(4, UNIT_CLOSE, day_of(2026, 1, 1), NULL, 0);
	assert_int_equal(heir_of(4, day_of(2026, 1, 1)), 0);
	assert_int_equal(tree_part_of(tree_inside(&tree, id(2), day_of(2026, 1, 1), &arena), id(4)), PART_ROOT);
}

/* A code that was opened again closed twice: the later reorganisation says where, in whatever order they were recorded. */
static void test_the_last_reorganisation_says_who_is_the_heir(void **state)
{
	(void)state;
	lives_on(2, 3, day_of(2025, 7, 1), 1);
	lives_on(2, 1, day_of(2026, 7, 1), 2);
	lives_on(3, 1, day_of(2026, 7, 1), 4);
	lives_on(3, 2, day_of(2025, 7, 1), 3);
	assert_int_equal(heir_of(2, day_of(2026, 6, 30)), 3);
	assert_int_equal(heir_of(2, day_of(2026, 7, 1)), 1);
	assert_int_equal(heir_of(3, day_of(2026, 6, 30)), 2);
	assert_int_equal(heir_of(3, day_of(2026, 7, 1)), 1);
}

/* ---- parts ---- */

static void test_a_part_is_the_unit_and_what_lies_below_on_the_day(void **state)
{
	(void)state;
	struct day d = day_of(2024, 1, 1);
	fact(4, UNIT_PARENT, d, NULL, 3);
	struct tree_part before = tree_inside(&tree, id(2), day_add(d, -1), &arena), after = tree_inside(&tree, id(2), d, &arena);
	assert_int_equal(tree_part_of(before, id(2)), PART_ROOT);
	assert_int_equal(tree_part_of(before, id(4)), PART_ROOT);
	assert_int_equal(tree_part_of(before, id(1)), PART_OUTSIDE);
	assert_int_equal(tree_part_of(after, id(4)), PART_OUTSIDE);
	assert_int_equal(tree_part_of(after, id(99)), PART_OUTSIDE);
	assert_int_equal(tree_part_of(tree_inside(&tree, id(99), d, &arena), id(4)), PART_OUTSIDE);
}

/* A closed unit hangs where it hung last, with what hangs below it, and stands behind the open ones. */
static void test_a_split_tells_the_children_apart(void **state)
{
	(void)state;
	struct day d = day_of(2024, 1, 1);
	fact(4, UNIT_CLOSE, d, NULL, 0);
	fact(2, UNIT_CLOSE, d, NULL, 0);
	open_unit(5, "PL-0", 1, day_of(2010, 1, 1));
	struct tree_split s = tree_split(&tree, id(1), d, &arena);
	assert_int_equal(s.n, 3);
	assert_int_equal(s.open_n, 2);
	assert_string_equal(s.children[0]->code, "PL-0");
	assert_string_equal(s.children[1]->code, "PL-B");
	assert_string_equal(s.children[2]->code, "PL-A");
	assert_int_equal(tree_part_of(s.part, id(1)), PART_ROOT);
	assert_int_equal(tree_part_of(s.part, id(3)), PART_CHILD + 1);
	assert_int_equal(tree_part_of(s.part, id(4)), PART_CHILD + 2);
	assert_int_equal(tree_split(&tree, id(99), d, &arena).n, 0);
}

static void test_a_ring_is_no_part_of_anything(void **state)
{
	(void)state;
	struct day d = day_of(2024, 1, 1);
	fact(2, UNIT_PARENT, d, NULL, 4);
	assert_int_equal(tree_part_of(tree_inside(&tree, id(1), d, &arena), id(4)), PART_OUTSIDE);
	assert_int_equal(tree_part_of(tree_inside(&tree, id(1), d, &arena), id(3)), PART_ROOT);
}

#define TREE_TEST(fn) cmocka_unit_test_setup_teardown(fn, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TREE_TEST(test_a_unit_is_there_from_opening_up_to_but_not_including_its_closing_day),
		TREE_TEST(test_names_follow_the_day),
		TREE_TEST(test_a_code_opened_again_has_not_the_name_of_the_unit_that_never_was),
		TREE_TEST(test_facts_may_come_in_any_order),
		TREE_TEST(test_the_later_of_two_facts_of_one_day_holds),
		TREE_TEST(test_of_one_day_the_later_entry_holds_in_whatever_order_they_are_read),
		TREE_TEST(test_a_unit_without_an_opening_was_never_there),
		TREE_TEST(test_a_corrected_fact_of_a_unit_no_longer_holds),
		TREE_TEST(test_a_move_changes_the_tree_from_its_day_on),
		TREE_TEST(test_children_of_a_day_come_sorted_by_code),
		TREE_TEST(test_parents_of_a_day_in_one_array),
		TREE_TEST(test_units_are_found_by_id_and_by_code_in_a_large_tree),
		TREE_TEST(test_an_empty_tree_knows_nothing),
		TREE_TEST(test_a_parent_must_be_open_and_not_below_the_unit),
		TREE_TEST(test_a_new_unit_may_come_below_any_open_one),
		TREE_TEST(test_a_tree_with_a_ring_is_walked_to_an_end),
		TREE_TEST(test_a_move_may_not_make_a_ring_with_a_later_move_on_record),
		TREE_TEST(test_a_parent_may_not_close_while_the_unit_hangs_below_it),
		TREE_TEST(test_a_unit_closes_only_when_nothing_hangs_below_it),
		TREE_TEST(test_a_unit_lives_on_in_the_one_it_merged_into),
		TREE_TEST(test_a_unit_that_was_split_has_no_single_heir),
		TREE_TEST(test_a_unit_is_not_its_own_heir),
		TREE_TEST(test_the_last_reorganisation_says_who_is_the_heir),
		TREE_TEST(test_a_part_is_the_unit_and_what_lies_below_on_the_day),
		TREE_TEST(test_a_split_tells_the_children_apart),
		TREE_TEST(test_a_ring_is_no_part_of_anything),
	};
	return RUN(tests);
}
