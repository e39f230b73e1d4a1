/* The tree's short cuts against the plain reading of its facts: random units that open, close, move and are corrected in any order. */
#include "prop.h"

#include "domain/tree_part.h"

enum { UNITS = 7, DAYS = 12 };

static struct arena arena;
static struct tree tree;
static const struct day first = { 19000 };

static struct unit_id id(int v)
{
	return (struct unit_id){ v };
}

static void random_fact(struct prop *p, struct unit *u)
{
	static const char *const kinds[] = { UNIT_OPEN, UNIT_OPEN, UNIT_PARENT, UNIT_PARENT, UNIT_CLOSE, UNIT_NAME, UNIT_KIND, UNIT_PLAN };
	static const char *const values[] = { NULL, "BRANCH", "GRASS_DB" };
	struct unit_fact f = { .seq = (int32_t)u->n + 1, .kind = kinds[rng_below(&p->rng, 8)], .paper_on = DAY_NONE };
	f.from = prop_day(p, first, DAYS - 1);
	f.value = values[rng_below(&p->rng, 3)];
	f.ref = id((int)rng_below(&p->rng, UNITS + 2)); /* 0: none; UNITS + 1: unknown */
	if (u->n && prop_chance(p, 12))
		f.corrects = 1 + (int32_t)rng_below(&p->rng, (uint32_t)u->n);
	tree_add_fact(&tree, u, &f);
}

/* Codes in no order, so that sorting has work; few facts at first, which is where the short cuts are. */
static void random_tree(struct prop *p)
{
	char code[8];
	arena_reset(&arena);
	tree = (struct tree){ .arena = &arena };
	for (int i = 1; i <= UNITS; i++) {
		(void)snprintf(code, sizeof code, "U%d", i * 3 % 10);
		struct unit *u = tree_add(&tree, id(i), code);
		for (int n = (int)rng_below(&p->rng, (uint32_t)prop_size(p, 8) + 1); n > 0; n--)
			random_fact(p, u);
	}
}

/* ---- the plain reading ---- */

static bool plain_holds(const struct unit *u, const struct unit_fact *f, const char *kind)
{
	for (size_t i = 0; i < u->n; i++)
		if (u->facts[i].corrects == f->seq)
			return false;
	return strcmp(f->kind, kind) == 0;
}

static const struct unit_fact *plain_at(const struct unit *u, const char *kind, struct day on)
{
	const struct unit_fact *last = NULL;
	for (size_t i = 0; i < u->n; i++) {
		const struct unit_fact *f = &u->facts[i];
		bool later = !last || f->from.n > last->from.n || (f->from.n == last->from.n && f->seq > last->seq);
		if (f->from.n <= on.n && later && plain_holds(u, f, kind))
			last = f;
	}
	return last;
}

static bool plain_open(const struct unit *u, struct day on)
{
	const struct unit_fact *open = plain_at(u, UNIT_OPEN, on), *close = plain_at(u, UNIT_CLOSE, on);
	return open && (!close || close->from.n < open->from.n);
}

static int plain_parent(const struct unit *u, struct day on)
{
	const struct unit_fact *f = plain_at(u, UNIT_PARENT, on);
	return f ? (int)f->ref.v : 0;
}

static struct day plain_closed(const struct unit *u)
{
	const struct unit_fact *open = plain_at(u, UNIT_OPEN, DAY_LAST), *close = plain_at(u, UNIT_CLOSE, DAY_LAST);
	return close && (!open || open->from.n <= close->from.n) ? close->from : DAY_NONE;
}

static bool plain_gone(const struct unit *u, struct day on)
{
	struct day closed = plain_closed(u);
	return day_known(closed) && closed.n <= on.n;
}

/* As a position, -1 for none; a unit closed for good keeps the last parent it had. */
static int plain_above(int at, struct day on)
{
	const struct unit *u = &tree.v[at];
	int parent = plain_gone(u, on) ? plain_parent(u, day_add(plain_closed(u), -1)) : plain_open(u, on) ? plain_parent(u, on) : 0;
	return parent > UNITS ? -1 : parent - 1;
}

static bool plain_inside(int at, int root, struct day on)
{
	for (int steps = 0; at >= 0 && steps <= UNITS; steps++, at = plain_above(at, on))
		if (at == root)
			return true;
	return false;
}

/* ---- the laws ---- */

static void check_unit(struct prop *p, const struct unit *u, struct day on)
{
	const struct unit_fact *kind = plain_at(u, UNIT_KIND, on), *name = plain_at(u, UNIT_NAME, on);
	prop_assert(p, unit_is_open(u, on) == plain_open(u, on));
	prop_assert(p, unit_parent(u, on).v == plain_parent(u, on));
	prop_assert(p, day_equal(unit_closed(u), plain_closed(u)));
	prop_assert(p, strcmp(unit_kind(u, on), kind && kind->value ? kind->value : "") == 0);
	if (name)
		prop_assert(p, strcmp(unit_name(u, on), name->value ? name->value : u->code) == 0);
}

static void test_a_unit_is_what_its_facts_say(void **state)
{
	(void)state;
	prop_for_all(p, 400) {
		random_tree(&p);
		for (size_t i = 0; i < tree.n; i++)
			for (int d = -1; d <= DAYS; d++)
				check_unit(&p, &tree.v[i], day_add(first, d));
	}
}

static void check_children(struct prop *p, int parent, struct day on)
{
	size_t n, seen = 0;
	struct unit **c = tree_children(&tree, id(parent), on, &arena, &n);
	for (size_t i = 0; i < tree.n; i++)
		seen += plain_open(&tree.v[i], on) && plain_parent(&tree.v[i], on) == parent;
	prop_assert(p, n == seen);
	for (size_t i = 1; i < n; i++)
		prop_assert(p, strcmp(c[i - 1]->code, c[i]->code) < 0);
}

static void test_children_and_parents_of_a_day_are_those_of_each_unit(void **state)
{
	(void)state;
	prop_for_all(p, 200) {
		random_tree(&p);
		struct day on = prop_day(&p, first, DAYS);
		int *parents = tree_parents(&tree, on, &arena);
		for (int i = 0; i < UNITS; i++) {
			int parent = plain_open(&tree.v[i], on) ? plain_parent(&tree.v[i], on) : 0;
			prop_assert(&p, parents[i] == (parent > UNITS ? -1 : parent - 1));
			check_children(&p, i, on);
		}
	}
}

static void test_a_part_holds_whoever_comes_to_its_root_on_the_way_up(void **state)
{
	(void)state;
	prop_for_all(p, 400) {
		random_tree(&p);
		struct day on = prop_day(&p, first, DAYS);
		int root = (int)rng_below(&p.rng, UNITS);
		struct tree_part part = tree_inside(&tree, id(root + 1), on, &arena);
		for (int i = 0; i < UNITS; i++)
			prop_assert(&p, (tree_part_of(part, id(i + 1)) == PART_ROOT) == plain_inside(i, root, on));
		prop_assert(&p, tree_part_of(part, id(0)) == PART_OUTSIDE);
	}
}

static void check_split(struct prop *p, const struct tree_split *s, int root, struct day on)
{
	for (size_t k = 0; k < s->n; k++) {
		const struct unit *child = s->children[k];
		prop_assert(p, plain_above((int)child->id.v - 1, on) == root && plain_gone(child, on) == (k >= s->open_n));
		if (child->id.v - 1 != root)
			prop_assert(p, tree_part_of(s->part, child->id) == PART_CHILD + (int32_t)k);
	}
	for (int i = 0; i < UNITS; i++) {
		int32_t part = tree_part_of(s->part, id(i + 1));
		prop_assert(p, (part == PART_OUTSIDE) == !plain_inside(i, root, on) && (part == PART_ROOT) == (i == root));
	}
}

static void test_a_split_tells_each_child_with_all_below_it_apart(void **state)
{
	(void)state;
	prop_for_all(p, 400) {
		random_tree(&p);
		struct day on = prop_day(&p, first, DAYS);
		int root = (int)rng_below(&p.rng, UNITS);
		struct tree_split s = tree_split(&tree, id(root + 1), on, &arena);
		check_split(&p, &s, root, on);
	}
}

/* A move that is allowed leaves no ring on any day. */
static void test_an_allowed_move_makes_no_ring(void **state)
{
	(void)state;
	int allowed = 0;
	prop_for_all(p, 1500) {
		struct fault f;
		arena_reset(&arena);
		tree = (struct tree){ .arena = &arena };
		for (int i = 1; i <= UNITS; i++) {
			struct unit *u = tree_add(&tree, id(i), (char[]){ 'A', (char)('0' + i), '\0' });
			tree_add_fact(&tree, u, &(struct unit_fact){ .seq = 1, .kind = UNIT_OPEN, .from = first, .paper_on = DAY_NONE });
		}
		for (int moves = 0; moves < 10; moves++) {
			int unit = 1 + (int)rng_below(&p.rng, UNITS), parent = 1 + (int)rng_below(&p.rng, UNITS);
			struct day on = prop_day(&p, first, DAYS);
			if (tree_check_parent(&tree, id(unit), id(parent), on, &f) != OK)
				continue;
			allowed++;
			struct unit *u = tree_find(&tree, id(unit));
			tree_add_fact(&tree, u, &(struct unit_fact){ .seq = (int32_t)u->n + 1, .kind = UNIT_PARENT, .from = on, .ref = id(parent),
				.paper_on = DAY_NONE });
		}
		for (int d = 0; d <= DAYS; d++)
			for (int i = 0; i < UNITS; i++) {
				struct day on = day_add(first, d);
				int parent = plain_parent(&tree.v[i], on);
				prop_assert(&p, !parent || !plain_inside(parent - 1, i, on));
			}
	}
	assert_true(allowed > 5000);
}

static int teardown(void **state)
{
	(void)state;
	arena_done(&arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_unit_is_what_its_facts_say),
		cmocka_unit_test(test_children_and_parents_of_a_day_are_those_of_each_unit),
		cmocka_unit_test(test_a_part_holds_whoever_comes_to_its_root_on_the_way_up),
		cmocka_unit_test(test_a_split_tells_each_child_with_all_below_it_apart),
		cmocka_unit_test(test_an_allowed_move_makes_no_ring),
	};
	return cmocka_run_group_tests_name("tree", tests, NULL, teardown);
}
