/* The cube: an in-memory column store of persons and units from which every figure comes. It is fed from the store, follows the journal,
 * and is asked for any day. First form: simple and exact; its scale is a later work. */
#pragma once

#include "domain/facts.h"
#include "domain/target.h"
#include "domain/tree_part.h"

struct cube;

struct cube_class {
	struct class_id id;
	const char *code, *name, *kind;
	struct unit_id unit;
	struct period period;
};

struct cube *cube_new(void);
void cube_free(struct cube **c);

/* Feeding. The same id again replaces what was there. Everything is copied. A person without facts counts nowhere. */
void cube_set_tree(struct cube *c, const struct tree *t);
void cube_set_person(struct cube *c, struct person_id id, const struct facts *active);
void cube_set_class(struct cube *c, const struct cube_class *k);
void cube_set_target(struct cube *c, const struct target *t);

/* The journal entry up to which the cube is current. */
struct entry_id cube_position(const struct cube *c);
void cube_set_position(struct cube *c, struct entry_id at);

/* Bytes held for persons, for tests of its growth. */
size_t cube_bytes(const struct cube *c);

/* ---- asking ---- */

/* The cube's own copies, valid until the next feeding. */
const struct tree *cube_tree(const struct cube *c);
const struct cube_class *cube_classes(const struct cube *c, size_t *ret_n);
const struct target *cube_targets(const struct cube *c, size_t *ret_n);

/* Which people of which tree. `tree_day`: the day whose tree decides what lies below `unit` (the day itself, or today). A unit closed
 * before that day hangs where it hung last, so that its history is lost to nobody above it. */
struct scope {
	struct unit_id unit;
	struct day tree_day;
	const struct tree_part *part; /* what lies in the scope, where the caller has worked it out for several questions; else NULL */
};

/* One filter: attribute value on the day of admission. */
struct filter {
	const char *attribute; /* fact kind; NULL: everybody */
	const char *values;    /* as in struct indicator */
};

/* People admitted in the period within the scope. Counted on the day of facts_admitted, in the unit where it happened. */
int64_t cube_admitted(const struct cube *c, struct scope s, struct period p, struct filter f);

/* The same of everybody by calendar month: `n` months from the one of `first` on. */
void cube_admitted_months(const struct cube *c, struct scope s, struct day first, size_t n, int64_t *ret);

/* The same of everybody by part of the tree: ret[k] of part k (tree_part.h), for all parts below `n`. */
void cube_admitted_parts(const struct cube *c, struct tree_part part, struct period p, int64_t *ret, size_t n);

/* Members at the end of a day. */
int64_t cube_members(const struct cube *c, struct scope s, struct day on);

/* The same by part of the tree, as cube_admitted_parts. */
void cube_members_parts(const struct cube *c, struct tree_part part, struct day on, int64_t *ret, size_t n);

/* Organisations open on a day below the unit, by kind: every kind of `kinds`, separated by '|'. */
int64_t cube_units(const struct cube *c, struct scope s, struct day on, const char *kinds);

/* Direct subordinate units open on the tree day, and those of them that have a plan for the year, known by `on`. */
struct cube_share {
	int64_t n, of;
};
struct cube_share cube_plans(const struct cube *c, struct scope s, int32_t year, struct day on);
bool cube_has_plan(const struct unit *u, int32_t year, struct day on);

/* Certificate holders who moved in the period, and those of them whose new place was told by `on`. */
struct cube_share cube_notified(const struct cube *c, struct scope s, struct period p, struct day on);

/* Admitted in the period by value of an attribute on the day of admission; `unknown` has value NULL and comes last. Ordered as the code
 * table; values nobody has are left out. BY_EDUCATION adds up by the group of the code, BY_LEVEL does not. BY_AGE: the bands of form
 * 2-BTCTW by full years on that day, "60+" above 60, "0-17" below. BY_YOUTH: "yes", "no". */
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

/* Name of a dimension as users type it ("education"), its label, and the label of one of its values ("not recorded" for NULL). */
const char *cube_dimension_key(enum cube_dimension by);
const char *cube_dimension_label(enum cube_dimension by, enum lang lang, struct arena *a);
const char *cube_value_label(enum cube_dimension by, const char *value, enum lang lang, struct arena *a);
bool cube_dimension_find(const char *key, enum cube_dimension *ret);

/* Whether the unit is the scope's own or below it. */
bool cube_holds(const struct cube *c, struct scope s, struct unit_id unit);

/* Figures of classes up to a day: people sent, certificates, and those admitted since the class began. Somebody in several of the
 * classes is one of the people, but has as many certificates as were given. */
struct class_ask {
	struct class_id id;
	bool everybody; /* else only those sent from within the scope */
};
struct class_yield {
	int64_t people, certificates, admitted;
};
struct class_yield cube_class_yield(const struct cube *c, const struct class_ask *v, size_t n, struct scope s, struct day up_to);
