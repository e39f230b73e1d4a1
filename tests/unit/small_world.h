/* A tree and persons written by hand, for tests of the cube and of the reports. */
#pragma once

#include "stats/cube.h"
#include "testing.h"

struct small_world {
	struct arena arena;
	struct tree tree;
	struct cube *cube;
	struct facts facts; /* of the person being written */
	int64_t person;
};

static inline struct day d(const char *iso)
{
	struct day r;
	assert_int_equal(day_parse(iso, "day", &r, NULL), OK);
	return r;
}

static inline struct period days(const char *text)
{
	struct period r;
	assert_int_equal(period_parse(text, "period", &r, NULL), OK);
	return r;
}

static inline void world_begin(struct small_world *w)
{
	*w = (struct small_world){ .cube = cube_new() };
	w->tree.arena = &w->arena;
}

static inline void world_end(struct small_world *w)
{
	cube_free(&w->cube);
	assert_null(w->cube);
	arena_done(&w->arena);
}

static inline void unit_says(struct small_world *w, int64_t id, const char *kind, const char *from, const char *value, int64_t ref)
{
	struct unit *u = tree_find(&w->tree, (struct unit_id){ id });
	struct unit_fact f = { .seq = (int32_t)u->n + 1, .kind = kind, .from = d(from), .value = value, .ref = { ref } };
	tree_add_fact(&w->tree, u, &f);
	cube_set_tree(w->cube, &w->tree);
}

/* A unit below `parent` (0: a root) that opens on a day. */
static inline void unit(struct small_world *w, int64_t id, const char *code, const char *kind, int64_t parent, const char *opened)
{
	tree_add(&w->tree, (struct unit_id){ id }, code);
	unit_says(w, id, UNIT_OPEN, opened, NULL, 0);
	unit_says(w, id, UNIT_NAME, opened, code, 0);
	unit_says(w, id, UNIT_KIND, opened, kind, 0);
	unit_says(w, id, UNIT_PARENT, opened, NULL, parent);
}

/* Root 1 with grassroots committees 2 (with branch 4) and 3, all open since 2000; what each test begins with. */
static inline int world_setup(void **state)
{
	static struct small_world w;
	world_begin(&w);
	unit(&w, 1, "R", "DISTRICT", 0, "2000-01-01");
	unit(&w, 2, "R-A", "GRASS_DB", 1, "2000-01-01");
	unit(&w, 3, "R-B", "GRASS_CB", 1, "2000-01-01");
	unit(&w, 4, "R-A-1", "BRANCH", 2, "2000-01-01");
	*state = &w;
	return 0;
}

static inline int world_teardown(void **state)
{
	world_end(*state);
	return 0;
}

#define WORLD_TEST(name) cmocka_unit_test_setup_teardown(name, world_setup, world_teardown)

static inline struct fact *says(struct small_world *w, const char *kind, const char *on, int64_t unit_id, const char *value)
{
	struct fact *f = arena_push(&w->arena, w->facts.v, w->facts.n, w->facts.cap);
	*f = (struct fact){ .seq = (int32_t)w->facts.n, .kind = kind, .on = on ? d(on) : DAY_NONE, .unit = { unit_id }, .value = value,
		.paper_on = DAY_NONE };
	return f;
}

static inline void attends(struct small_world *w, const char *kind, const char *on, int64_t unit_id, int64_t class_id)
{
	says(w, kind, on, unit_id, NULL)->class_id.v = class_id;
}

/* A new person of the unit from a day on; facts follow, then person_done. */
static inline void person(struct small_world *w, int64_t unit_id, const char *since)
{
	w->facts = (struct facts){0};
	w->person++;
	says(w, "unit", since, unit_id, NULL);
}

static inline void person_done(struct small_world *w)
{
	struct facts active = facts_active(&w->facts, &w->arena);
	cube_set_person(w->cube, (struct person_id){ w->person }, &active);
}

/* `n` people of a unit decided on a day, admitted two weeks later. */
static inline void admits(struct small_world *w, int n, int64_t unit_id, const char *decided)
{
	for (int i = 0; i < n; i++) {
		char ceremony[DAY_TEXT];
		day_iso(day_add(d(decided), 14), ceremony);
		person(w, unit_id, "2015-01-01");
		says(w, "decision", decided, unit_id, NULL);
		says(w, "ceremony", ceremony, unit_id, NULL);
		person_done(w);
	}
}

/* People to admit in a period; the same id again changes it. */
static inline struct target target(struct small_world *w, int64_t id, int64_t unit_id, const char *kind, const char *period, int64_t people)
{
	const struct target t = { .id = { id }, .unit = { unit_id }, .indicator = "admitted", .kind = kind, .period = days(period),
		.low_milli = people * TARGET_MILLI, .high_milli = -1, .decided = DAY_NONE };
	cube_set_target(w->cube, &t);
	return t;
}

static inline struct scope at(int64_t unit_id, const char *tree_day)
{
	return (struct scope){ { unit_id }, d(tree_day) };
}
