/* What is known of a person: dated facts that are never overwritten. A mistake is corrected by a new fact that names the old one.
 *
 * A fact's kind is a word. Five families share the table:
 *   steps      words of the rule packs: "source", "on_list", "class", "certificate", "dossier", "branch_vote", ... ;
 *   attributes identity and code-table values that hold from a day: "name", "birth", "sex", "education", ... (fact_kinds.def);
 *   place      "unit": from this day the person belongs to `unit`;
 *   grants     "extended": the time of a clock (value: its key) was extended on that day;
 *   exits      "left" (value: CODES_EXIT) ends membership or candidacy; "moved" a candidate goes elsewhere, "notified" the new
 *              place was told. */
#pragma once

#include "base/day.h"
#include "domain/ids.h"
#include "domain/codes.h"
#include "domain/vote.h"

/* Kinds of facts and a value that the functions below look at. */
#define FACT_UNIT "unit"
#define FACT_EXTENDED "extended" /* the time of a clock was extended in full; value: the clock, "T7" */
#define FACT_LEFT "left"
#define FACT_MOVED "moved"             /* a candidate goes elsewhere */
#define FACT_DECISION "decision"       /* of admission */
#define FACT_CEREMONY "ceremony"
#define FACT_RECOGNITION "recognition" /* official from that day */
#define VALUE_FAILED "failed"

/* What a value is when it is not of a code table: free text, a day (ISO). */
enum { VALUE_TEXT = -1, VALUE_DAY = -2 };

enum fact_family { FACT_STEP, FACT_ATTRIBUTE, FACT_PLACE, FACT_GRANT, FACT_EXIT };

struct fact {
	int32_t seq;              /* number within the person, from 1 */
	const char *kind;
	struct day on;            /* day it holds from; DAY_NONE: as far back as anybody knows (attributes and place only) */
	struct unit_id unit;      /* unit in which it happened */
	const char *value;        /* attribute: code key or text; exit: CODES_EXIT key; step: NULL, or "passed"/"failed" given without counts */
	struct class_id class_id; /* of "class" and "certificate", else 0 */
	const char *paper_no;     /* number of the paper, NULL when unknown */
	struct day paper_on;
	const char *signer;
	bool has_vote;
	struct vote vote;
	int32_t corrects;         /* seq of the fact it replaces, 0 when none */
	bool withdrawn;           /* this correction says that the corrected fact never was */
	struct entry_id entry;    /* journal entry that brought it */
};

struct facts {
	struct fact *v; /* by seq */
	size_t n, cap;
};

/* One row of fact_kinds.def: what is not a step. */
struct fact_kind {
	const char *key, *vi, *en;
	enum fact_family family;
	int codes; /* enum code_table of the value, VALUE_TEXT or VALUE_DAY */
};
const struct fact_kind *fact_kind_find(const char *key); /* NULL: not one of these, perhaps a step */
const struct fact_kind *fact_kinds(size_t *ret_n);

/* The facts in force: corrected and withdrawn ones left out, sorted by day (unknown first), then by seq. */
struct facts facts_active(const struct facts *all, struct arena *a);

/* Position of the first fact with a day: those without stand first, and are no steps or exits. */
size_t facts_first_dated(const struct facts *active);
bool facts_is_exit(const struct fact *f); /* from the Party, the list, or elsewhere */

/* On active facts: the last of that kind on or before `day` (DAY_NONE: at any day). NULL when there is none. */
const struct fact *facts_last(const struct facts *active, const char *kind, struct day day);
const struct fact *facts_first(const struct facts *active, const char *kind);

/* Value of an attribute as of a day, NULL when unknown. A value known only from a later day counts as known before it too:
 * a list of today says what the person was when admitted, unless an older value is on record. */
const char *facts_value(const struct facts *active, const char *kind, struct day day);

/* Unit of the person on a day: the last "unit" fact on or before it, else the first there is. 0 when none. */
struct unit_id facts_unit(const struct facts *active, struct day day);

/* Day of admission as reports count it (the first one where somebody was admitted again): the decision, from which party age counts
 * (R294 and before), else the ceremony where no decision is known. DAY_NONE, with *ret_unit untouched, when not admitted. Cancelled
 * decisions are withdrawn facts and do not count. */
struct day facts_admitted(const struct facts *active, struct unit_id *ret_unit);

/* Member on that day: ceremony (else decision, else recognition) on or before it, and no exit since. */
bool facts_is_member(const struct facts *active, struct day day);
