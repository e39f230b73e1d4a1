/* Reorganisations: several changes to the tree that hold from one day, under one decision. A plan says what shall be; resolving it against
 * the tree and the people of that day refuses what cannot be and says everything else explicitly, so that whoever stores it (or replays it
 * years later) has nothing left to decide.
 *
 * Words of the field: merger (sáp nhập) = A joins B, whose name stays; union (hợp nhất) = A and B become the new C; split (chia tách) = A
 * becomes two or more, never all of it in one; handing over (chuyển giao) of whole units; closing (giải thể, kết thúc hoạt động). */
#pragma once

#include "domain/facts.h"
#include "domain/target.h"
#include "domain/tree.h"

/* In the order in which they are stored; their order in a plan does not matter. */
enum reorg_do {
	REORG_OPEN,   /* unit, name, kind, parent or none, sector and authorised or unsaid */
	REORG_RENAME, /* unit, name */
	REORG_KIND,   /* unit, kind */
	REORG_SECTOR, /* unit, sector */
	REORG_MOVE,   /* unit with everything below it, parent */
	REORG_CLOSE,  /* unit; `to`: its only heir, NULL where heirs are said by themselves, or there are none */
	REORG_HEIR,   /* unit lives on in `to`; a unit that does not close remains its own heir beside */
	REORG_PEOPLE, /* unit -> to: those listed; else those with that value of an attribute; else all others */
	REORG_TARGET, /* unit -> to: so much of a target; of rates: the rate that `to` has from then on */
	REORG_DO__COUNT
};
const char *reorg_do_key(enum reorg_do d); /* "open" */

struct reorg_action {
	enum reorg_do what;
	size_t at;                   /* which of the actions as somebody wrote them it is, or follows from; from 0 */
	const char *unit, *to;       /* codes */
	const char *name, *kind, *sector, *parent;
	int64_t authorised;          /* -1: unsaid */
	const char *attribute, *value;
	bool listed;
	const int64_t *people;       /* ids, ascending once resolved */
	size_t people_n;
	const char *indicator, *target_kind;
	struct period period;
	int64_t low, high, at_least; /* as struct target; -1 unsaid */
};

struct reorg_plan {
	const char *kind; /* CODES_REORG */
	struct day on;    /* first day of the new tree */
	struct reorg_action *v;
	size_t n, cap;
};

/* Somebody who is or was on record in `unit`. */
struct reorg_person {
	struct person_id id;
	struct unit_id unit;
	const struct facts *active;
};

/* What there is. People: for each unit that closes, lives on elsewhere or that a people action names, everybody who ever was in it, unit by
 * unit. Targets: of all units of the plan, those that nothing has replaced and whose period ends on or after the day. */
struct reorg_given {
	const struct tree *tree;
	struct day today;
	const struct reorg_person *people;
	size_t people_n;
	const struct target *targets;
	size_t targets_n;
};

/* Whether somebody belongs to the unit on that day, as a member or on the way to it; who left before stays in the history of the unit. */
bool reorg_belongs(const struct facts *active, struct unit_id unit, struct day on);

/* First day on which somebody still belongs to a unit that has closed, DAY_NONE when never; *ret_unit: that unit. */
struct day reorg_stranded(const struct tree *t, const struct facts *active, const struct unit **ret_unit);

/* Says so: it is not on record where somebody went when the unit closed. */
void reorg_warn_stranded(const struct tree *t, const struct facts *active, struct arena *a, struct warnings *w);

/* The plan with every consequence spelled out and in canonical order: what hangs below a unit that closes, and its people, go to its only
 * heir unless the plan says otherwise; people are listed; targets are carried over. Resolving the result again changes nothing.
 * *ret_after: the tree with the plan carried out. E_RULE and E_INVALID name the action as written: "actions[3].parent". */
enum err reorg_resolve(const struct reorg_plan *plan, const struct reorg_given *g, struct arena *a, struct reorg_plan *ret,
	struct tree *ret_after, struct fault *f) MUST_CHECK;

/* The facts of its unit that an action brings. */
struct reorg_fact {
	const char *kind, *value, *parent; /* parent: code, of UNIT_PARENT */
};
enum { REORG_FACTS_MAX = 6 };
size_t reorg_facts(const struct reorg_action *x, struct reorg_fact ret[REORG_FACTS_MAX]);

/* Where a unit lives on at a day: itself while it is open, else its heirs, theirs where they have closed too, each once. None when it ended
 * without heirs. What concerns a unit that no longer exists (a wrong admission, for instance) is handled there. */
struct unit **reorg_heirs(const struct tree *t, struct unit_id unit, struct day on, struct arena *a, size_t *ret_n);
