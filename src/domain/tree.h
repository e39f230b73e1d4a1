/* The dated tree of organisations: units open, are renamed, change kind, move and close; nothing is overwritten, so the tree can be
 * asked as of any day. A unit is there from its opening day up to, not including, its closing day. */
#pragma once

#include "base/day.h"
#include "domain/codes.h"
#include "domain/ids.h"

/* Kinds of unit facts. */
#define UNIT_OPEN "open"
#define UNIT_CLOSE "close"
#define UNIT_NAME "name"             /* value: the name */
#define UNIT_KIND "kind"             /* value: CODES_UNIT_KIND */
#define UNIT_PARENT "parent"         /* ref: the unit above, 0 for a root */
#define UNIT_SECTOR "sector"         /* value: CODES_SECTOR */
#define UNIT_AUTHORISED "authorised" /* value: yes/no: may decide admissions itself (R294 4.3.2) */
#define UNIT_PLAN "plan"             /* value: year the unit has a plan for */

struct unit_fact {
	int32_t seq; /* within the unit, from 1 */
	const char *kind;
	struct day from;
	const char *value;
	struct unit_id ref;
	const char *paper_no;
	struct day paper_on;
	int32_t corrects;
	bool withdrawn; /* says that the fact it corrects never was; holds nothing itself */
	struct entry_id entry;
};

/* From that day on `unit` lives on in `heir`: it merged into it, or is one of the parts into which it was split. */
struct unit_heir {
	struct unit_id unit, heir;
	struct day on;
	int64_t reorg; /* the reorganisation that says so */
};

struct unit {
	struct unit_id id;
	const char *code; /* unique, never changes */
	struct unit_fact *facts; /* by day, then by seq */
	size_t n, cap;
	bool corrected; /* some fact names another one that it replaces */
	/* Most units were opened once, below one parent, and nothing of it was ever corrected: then these days say all about where and
	 * whether they are, without a look at the facts. */
	bool steady;
	struct day opened, joined; /* of a steady one; joined: since when below the parent; later than any day when not on record */
	struct unit_id parent;
};

struct tree {
	struct unit *v; /* by id */
	size_t n, cap;
	int *slots;          /* hash of the codes: position in v plus 1, 0 where free */
	size_t slots_n;      /* a power of two, 0 at first */
	struct unit_heir *heirs; /* by unit */
	size_t heirs_n, heirs_cap;
	struct arena *arena; /* owns everything in it */
};

/* Adds a unit or a fact; text is copied into the tree's arena. Facts may come in any order. Adding a unit makes pointers to other
 * units stale. */
struct unit *tree_add(struct tree *t, struct unit_id id, const char *code);
void tree_add_fact(struct tree *t, struct unit *u, const struct unit_fact *f);
void tree_add_heir(struct tree *t, struct unit_heir h);
const struct unit_heir *tree_heirs(const struct tree *t, struct unit_id unit, size_t *ret_n); /* of a unit, of all days */
void tree_drop_heirs(struct tree *t, int64_t reorg); /* of a reorganisation that was taken back */

/* A copy that owns everything in `a`. */
struct tree tree_copy(const struct tree *t, struct arena *a);

struct unit *tree_find(const struct tree *t, struct unit_id id);          /* NULL when unknown */
struct unit *tree_find_code(const struct tree *t, const char *code);      /* NULL when unknown; case is ignored */
int tree_index(const struct tree *t, struct unit_id id);                  /* position in v, -1 when unknown */

/* The fact of that kind in force on a day (the last one that began on or before it; corrections applied), NULL when none. */
const struct unit_fact *unit_fact_by_seq(const struct unit *u, int32_t seq);      /* NULL when there is none */
bool unit_fact_holds(const struct unit *u, const struct unit_fact *f);            /* neither corrected nor taken back */
const struct unit_fact *unit_fact_at(const struct unit *u, const char *kind, struct day on);
bool unit_is_open(const struct unit *u, struct day on);
const char *unit_name(const struct unit *u, struct day on);  /* its first name for days before it, never NULL */
const char *unit_kind(const struct unit *u, struct day on);  /* CODES_UNIT_KIND, "" when unknown */
struct unit_id unit_parent(const struct unit *u, struct day on);
struct day unit_opened(const struct unit *u);
struct day unit_closed(const struct unit *u);                /* DAY_NONE while open */
bool unit_never_was(const struct unit *u);                   /* its opening was taken back: the code is free again */

/* The one unit in which a unit closed by that day lives on; 0 when there is none, or several. Its history counts below that one. */
struct unit_id tree_heir(const struct tree *t, const struct unit *u, struct day on);

/* Whether `id` is `root` or below it on that day. */
bool tree_is_under(const struct tree *t, struct unit_id id, struct unit_id root, struct day on);

/* Position of the parent of each unit on that day, -1 for roots and for units not open: the tree of a day in one array. */
int *tree_parents(const struct tree *t, struct day on, struct arena *a);

/* Direct children open on that day, sorted by code. */
struct unit **tree_children(const struct tree *t, struct unit_id parent, struct day on, struct arena *a, size_t *ret_n);

/* Refusals: a parent that is not open on that day, lies below the unit (a ring), or closes while the unit still hangs below it. */
enum err tree_check_parent(const struct tree *t, struct unit_id unit, struct unit_id parent, struct day on, struct fault *f) MUST_CHECK;
/* A unit may close only when no open unit hangs below it that day. */
enum err tree_check_close(const struct tree *t, struct unit_id unit, struct day on, struct fault *f) MUST_CHECK;
