/* What the cube keeps, shared by the feeding side (cube.c) and the asking side (cube_ask.c); nobody else includes it.
 *
 * One row for each person in parallel columns; what a person has several of (times of membership, classes, moves) stands in one pool,
 * each person's marks side by side. Facts that never change with the question are worked out once, when the person is fed. */
#pragma once

#include "stats/cube.h"

enum { CUBE_ATTRIBUTES = 16 };

/* An attribute whose values are keys of a code table: one column of numbers, 0 = unknown, else position in the table + 1. */
struct cube_attribute {
	const char *kind;
	enum code_table codes;
};

enum mark_kind {
	MARK_MEMBER, /* belongs to `unit` as a member from `from` up to, not including, `to` */
	MARK_CLASS,  /* sent to class `class_id` on `from` by `unit`; certificate on `to` */
	MARK_MOVED,  /* certificate holder of `unit` who went elsewhere on `from`; the new place was told on `to` */
};

struct mark {
	enum mark_kind kind;
	struct unit_id unit;
	struct class_id class_id;
	struct day from, to; /* `to`: DAY_NONE when it has not happened */
};

/* Marks of one person in the pool. */
struct slice {
	uint32_t at, n;
};

/* Type and name of each column but the attributes. */
#define CUBE_COLUMNS(X) \
	X(struct person_id, id) \
	X(struct day, admitted) /* DAY_NONE: not admitted */ \
	X(struct unit_id, unit) /* where the admission happened */ \
	X(struct day, birth) \
	X(struct slice, marks)

struct people {
	struct arena arena; /* owns the columns */
#define X(type, name) type *name;
	CUBE_COLUMNS(X)
#undef X
	uint8_t *value[CUBE_ATTRIBUTES]; /* as of the day of admission */
	size_t n, cap;
};

struct pool {
	struct arena arena;
	struct mark *v;
	size_t n, cap;
	size_t garbage; /* marks that no person points at any more */
};

/* Rows by id: position + 1 in people, 0 when the id is not there. */
struct people_index {
	struct arena arena;
	uint32_t *row;
	size_t n;
};

struct cube {
	struct arena arena;      /* texts of classes and targets, both lists */
	struct arena tree_arena; /* the copy of the tree */
	struct tree tree;
	struct cube_attribute attributes[CUBE_ATTRIBUTES];
	int attributes_n;
	struct people people;
	struct people_index index;
	struct pool pool;
	struct cube_class *classes;
	size_t classes_n, classes_cap;
	struct target *targets;
	size_t targets_n, targets_cap;
	struct entry_id position;
};

/* Column of an attribute, -1 when it has none. */
int cube_attribute_find(const struct cube *c, const char *kind);

struct tree_part cube_inside(const struct cube *c, struct scope s, struct arena *a);

static inline bool cube_is_inside(struct tree_part in, struct unit_id id)
{
	return tree_part_of(in, id) != PART_OUTSIDE;
}

static inline bool cube_admitted_in(const struct cube *c, size_t row, struct period span, struct tree_part in)
{
	return period_has(span, c->people.admitted[row]) && cube_is_inside(in, c->people.unit[row]);
}
