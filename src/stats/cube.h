/* The cube: an in-memory column store of persons and units from which every figure comes. It is fed from the store, follows the journal,
 * and is asked for any day. First form: simple and exact; its scale is a later work. */
#pragma once

#include "domain/facts.h"
#include "domain/target.h"
#include "domain/tree.h"

struct cube;

struct cube_class {
	struct class_id id;
	const char *code, *name, *kind;
	struct unit_id unit;
	struct period period;
};

struct cube *cube_new(void);
void cube_free(struct cube **c);

/* Feeding. The same id again replaces what was there. Everything is copied. */
void cube_set_tree(struct cube *c, const struct tree *t);
void cube_set_person(struct cube *c, struct person_id id, const struct facts *active);
void cube_set_class(struct cube *c, const struct cube_class *k);
void cube_set_target(struct cube *c, const struct target *t);

/* The journal entry up to which the cube is current. */
struct entry_id cube_position(const struct cube *c);
void cube_set_position(struct cube *c, struct entry_id at);

/* ---- asking ---- */

/* Which people of which tree. `tree_day`: the day whose tree decides what lies below `unit` (the day itself, or today). */
struct scope {
	struct unit_id unit;
	struct day tree_day;
};

/* One filter: attribute value on the day of admission. */
struct filter {
	const char *attribute; /* fact kind; NULL: everybody */
	const char *values;    /* as in struct indicator */
};

/* People admitted in the period within the scope. */
int64_t cube_admitted(const struct cube *c, struct scope s, struct period p, struct filter f);

/* Members at the end of a day. */
int64_t cube_members(const struct cube *c, struct scope s, struct day on);

/* Organisations open on a day below the unit, by kind: every kind of `kinds`, separated by '|'. */
int64_t cube_units(const struct cube *c, struct scope s, struct day on, const char *kinds);

/* Admitted in the period by value of an attribute on the day of admission; `unknown` has value NULL. Ordered as the code table. */
struct cube_group {
	const char *value;
	int64_t n;
};
enum cube_dimension {
	BY_EDUCATION, BY_LEVEL, BY_OCCUPATION, BY_SEX, BY_ETHNICITY, BY_RELIGION, BY_YOUTH, BY_AGE, BY_INTRODUCER,
	BY__COUNT
};
struct cube_group *cube_admitted_by(const struct cube *c, struct scope s, struct period p, enum cube_dimension by,
	struct arena *a, size_t *ret_n);

/* Figures of one class up to a day: people sent, certificates, admitted since, all or only those sent from below `from` (0: all). */
struct class_yield {
	int64_t people, certificates, admitted;
};
struct class_yield cube_class_yield(const struct cube *c, struct class_id id, struct unit_id from, struct day up_to);
