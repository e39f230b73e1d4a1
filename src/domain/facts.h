/* What is known of a person: dated facts that are never overwritten. A mistake is corrected by a new fact that names the old one.
 *
 * A fact's kind is a word. Seven families share the table:
 *   steps      words of the rule packs: "source", "on_list", "class", "certificate", "dossier", "branch_vote", ... ;
 *   attributes identity and code-table values that hold from a day: "name", "birth", "sex", "education", ... (fact_kinds.def);
 *   place      "unit": from this day the person belongs to `unit`;
 *   grants     "extended": the time of a clock (value: its key) was extended on that day;
 *   marks      several values of one kind stand side by side: papers of a dossier, consents, special cases;
 *   events     what happens beside the chain and may start or stop a clock: letters and their answers, transfers, appeals;
 *   exits      "left" (value: CODES_EXIT) ends membership or candidacy; "moved" a candidate goes elsewhere, "notified" the new
 *              place was told. */
#pragma once

#include "base/day.h"
#include "domain/ids.h"
#include "domain/codes.h"
#include "domain/vote.h"

/* Kinds of facts and a value that the functions below look at. */
#define FACT_UNIT "unit"
#define FACT_EXTENDED "extended" /* the time of a clock was extended; value: the clock, "T7"; amount: by how much, 0 in full */
#define FACT_RULES_OF "rules_of" /* a clock of this person is judged by another period; value: "T7:r24", detail: why */
#define FACT_LEFT "left"
#define FACT_MOVED "moved"             /* a candidate goes elsewhere */
#define FACT_DECISION "decision"       /* of admission */
#define FACT_CEREMONY "ceremony"
#define FACT_RECOGNITION "recognition" /* official from that day */
#define FACT_PAPER "paper"             /* a paper of the dossier is there; value: CODES_PAPER */
#define FACT_CONSENT "consent"         /* written consent of the competent committee; value: CODES_CONSENT */
#define FACT_CONCLUSION "conclusion"   /* on political questions; value: CODES_CONCLUSION */
#define FACT_SPECIAL "special"         /* a special case that the rules name; value: CODES_SPECIAL */
#define FACT_HELPER "helper"           /* an introducer or helper is named; value: CODES_HELPER, other or detail: who */
#define FACT_HELPER_END "helper_end"   /* ... and no longer is; about: that fact */
#define FACT_DISCIPLINE "discipline"   /* of a member; value: CODES_DISCIPLINE */
#define FACT_VERIFY_SENT "verify_sent" /* a letter about somebody (value: CODES_RELATION) went to a place (detail) */
#define FACT_VERIFY_RECEIVED "verify_received" /* about: the letter; value: CODES_LETTER */
#define FACT_VERIFY_REPLY "verify_reply"       /* about: the letter; value: CODES_REPLY */
#define FACT_TRANSFER "transfer"       /* decision that somebody moves; value: CODES_TRANSFER, unit or detail: where to */
#define FACT_DECISION_CANCELLED "decision_cancelled" /* the decision of admission; value: CODES_CANCELLED, about: a step that was wrong */
#define FACT_RECOGNITION_CANCELLED "recognition_cancelled"
#define FACT_BIRTH_PROPOSED "birth_proposed" /* of a member; about: the birth fact, detail: the reason; waits for a second person */
#define FACT_APPEAL_ANSWERED "appeal_answered" /* value: CODES_APPEAL_ANSWER */
#define FACT_BRANCH_VOTE "branch_vote"
#define FACT_SUBMITTED "submitted"     /* the file reached the body that examines it for who decides */
#define FACT_DECISION_VOTE "decision_vote"
#define VALUE_NOT_QUALIFIED "not_qualified"
#define VALUE_FAILED "failed"
#define VALUE_PASSED "passed"
#define FACT_VOTE_REPORTED "vote_reported" /* the full result of a failed vote went to the committee above; about: the vote */

/* What a value is when it is not of a code table: free text, a day (ISO), nothing at all. */
enum { VALUE_TEXT = -1, VALUE_DAY = -2, VALUE_NONE = -3 };

enum fact_family { FACT_STEP, FACT_ATTRIBUTE, FACT_PLACE, FACT_GRANT, FACT_MARK, FACT_EVENT, FACT_EXIT };

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
	struct person_id other;   /* another person of the register, 0 when none */
	const char *detail;       /* by kind, see fact_kinds.def; NULL when none */
	struct day since;         /* of "helper": shares the unit with the person since */
	int32_t about;            /* seq of the fact of the same person that it belongs to, 0 when none */
	int32_t amount;           /* of "extended" and "transfer" (months), 0 when none */
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
	int codes;  /* enum code_table of the value, or VALUE_* */
	int detail; /* the same of the detail */
};
const struct fact_kind *fact_kind_find(const char *key); /* NULL: not one of these, perhaps a step */
const struct fact_kind *fact_kinds(size_t *ret_n);

/* The facts in force: corrected and withdrawn ones left out, sorted by day (unknown first), then by seq. What is about a corrected fact is
 * about the one in its place; only a proposed day of birth is settled with the one that it would correct. */
struct facts facts_active(const struct facts *all, struct arena *a);

/* Position of the first fact with a day: those without stand first, and are no steps or exits. */
size_t facts_first_dated(const struct facts *active);
bool facts_is_exit(const struct fact *f); /* from the Party, the list, or elsewhere */

/* Whether a later fact says that an exit was no end: a candidate who moved is on the books of a unit here again, a member who moved out
 * is introduced here again, one who was put out is restored. */
bool facts_ends_exit(const struct fact *exit, const struct fact *later);

/* The last exit from the Party on or before a day that nothing has ended by then; NULL when there is none. */
const struct fact *facts_left(const struct facts *active, struct day day);

/* On active facts: the last of that kind on or before `day` (DAY_NONE: at any day). NULL when there is none. */
const struct fact *facts_last(const struct facts *active, const char *kind, struct day day);
const struct fact *facts_first(const struct facts *active, const char *kind);

/* Value of an attribute as of a day, NULL when unknown. A value known only from a later day counts as known before it too:
 * a list of today says what the person was when admitted, unless an older value is on record. */
const char *facts_value(const struct facts *active, const char *kind, struct day day);

/* A pattern of rule packs, "kind" or "kind:value", read as two words (value NULL: any). */
bool facts_match(const struct fact *f, const char *kind, const char *value);

/* The fact of that number, NULL when it is not among them. */
const struct fact *facts_by_seq(const struct facts *list, int32_t seq);

/* Unit of the person on a day: the last "unit" fact on or before it, else the first there is. 0 when none. */
struct unit_id facts_unit(const struct facts *active, struct day day);

/* The cancellation by which a decision of that day (of recognition, else of admission), and what rests on it, counts as never having been
 * (R294 4.4); NULL when it stands. It reaches back to the last exit from the Party. A decision of the day of the cancellation is the new
 * one, unless nothing older is there to be cancelled. */
const struct fact *facts_cancelled_by(const struct facts *active, struct day on, bool recognition);

/* A decision, ceremony or recognition that was not refused and was not cancelled. */
bool facts_stands(const struct facts *active, const struct fact *f);

/* Day of admission as reports count it (the first one where somebody was admitted again): the decision, from which party age counts
 * (R294 and before), else the ceremony where no decision is known. DAY_NONE, with *ret_unit untouched, when not admitted. Cancelled
 * decisions do not count. */
struct day facts_admitted(const struct facts *active, struct unit_id *ret_unit);

/* What the first membership that begins after a day, and is known by another, began with: the decision of admission that stands, else the
 * ceremony, else the recognition; NULL when there is none. */
const struct fact *facts_entry(const struct facts *active, struct day after, struct day until);

/* Member on that day: ceremony (else decision, else recognition) on or before it, and no exit since. */
bool facts_is_member(const struct facts *active, struct day day);

/* A ceremony that stands on or before that day, and no exit since. */
bool facts_had_ceremony(const struct facts *active, struct day day);

/* Official member on that day: recognised on or before it, and no exit or cancelled recognition since. */
bool facts_is_official(const struct facts *active, struct day day);
