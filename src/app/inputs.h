/* The typed inputs of the operations, one struct each; their fields are described in ops.c. Absent members hold the "absent" value of their
 * field type (ops.h); INPUT_INIT macros give a struct with everything absent. */
#pragma once

#include "base/day.h"

#include <stdint.h>

#define ABSENT_INT INT64_MIN

struct unit_open_in {
	const char *code, *name, *kind, *parent; /* parent: code; NULL for a root */
	struct day opened;
	const char *sector;
	int64_t authorised;
	const char *paper_no;
	struct day paper_on;
};
#define UNIT_OPEN_IN ((struct unit_open_in){ .opened = DAY_NONE, .authorised = -1, .paper_on = DAY_NONE })

struct unit_rename_in {
	const char *unit, *name;
	struct day from;
	const char *paper_no;
	struct day paper_on;
};

struct unit_move_in {
	const char *unit, *parent;
	struct day from;
	const char *paper_no;
	struct day paper_on;
};

struct unit_close_in {
	const char *unit;
	struct day on; /* first day without it */
	const char *paper_no;
	struct day paper_on;
};

/* A fact of a unit of kind "kind", "sector", "authorised" or "plan". */
struct unit_fact_in {
	const char *unit, *kind, *value;
	struct day from;
	const char *paper_no;
	struct day paper_on;
};
#define UNIT_FACT_IN ((struct unit_fact_in){ .from = DAY_NONE, .paper_on = DAY_NONE })

/* Several changes to the tree under one decision; plan: JSON (app/reorg_text.h). */
struct reorganise_in {
	const char *plan, *paper_no;
	struct day paper_on;
};

struct reorganise_undo_in {
	int64_t reorg;
	const char *reason;
};

struct class_open_in {
	const char *code, *unit, *kind, *name;
	struct day from, to;
};

struct target_set_in {
	const char *unit, *indicator, *kind;
	struct period period;
	int64_t low, high; /* thousandths; high -1: none */
	int64_t at_least;
	struct day decided;
	const char *paper_no;
};
#define TARGET_SET_IN \
	((struct target_set_in){ .period = { DAY_NONE, DAY_NONE }, .low = -1, .high = -1, .at_least = -1, .decided = DAY_NONE })

/* A person with whatever a list knows: identity, attributes, days of the steps. Finds the person by number, else by name, birth
 * day and unit; adds what is new; what contradicts the record is a conflict. */
struct person_record_in {
	const char *unit, *name;
	struct day birth;
	const char *sex, *id_number, *ethnicity, *religion, *education, *schooling, *occupation;
	int64_t youth;
	const char *introducer;
	struct day since;         /* in this unit since */
	struct day introduced;    /* source */
	struct day listed;        /* on_list */
	const char *class_code;
	struct day certified;
	const char *certificate_no;
	struct day dossier, branch_vote, grassroots_vote;
	struct day decided;
	const char *decision_no;
	struct day received, ceremony;
	struct day recognition_vote;
	struct day official;      /* recognition: effective day, */
	struct day official_decided; /* and the day of its decision */
	const char *official_no;
	struct day moved;         /* a candidate went elsewhere */
	struct day notified;      /* ... and the new place was told */
	struct day left;
	const char *left_reason;  /* CODES_EXIT */
};
/* Everything absent. */
struct person_record_in person_record_none(void);

struct fact_record_in {
	int64_t person;
	const char *kind;
	struct day on;
	const char *unit;     /* NULL: the person's unit on that day */
	const char *value, *class_code, *paper_no;
	struct day paper_on;
	const char *signer;
	int64_t members, away, exempt_absent, suspended, yes, no; /* of the vote */
	int64_t other;        /* another person of the register, by number */
	const char *detail;   /* what it is depends on the kind, see fact_kinds.def */
	struct day since;
	int64_t about, amount;
};
struct fact_record_in fact_record_none(void);

/* A new fact instead of fact `seq`; what is absent is taken over from it. `withdraw` = 1: it never was. */
struct fact_correct_in {
	int64_t person, seq, withdraw;
	struct day on;
	const char *value, *paper_no;
	struct day paper_on;
	const char *signer, *reason;
	const char *unit;     /* the right unit; of a "unit" fact only: where the person really was */
	int64_t other;
	const char *detail;
	struct day since;
	int64_t amount;
	int64_t members, away, exempt_absent, suspended, yes, no; /* any of them: the result is counted anew */
};
struct fact_correct_in fact_correct_none(void);

/* A letter that verifies a CV, with what is known of its way; each day becomes a fact. */
struct verify_request_in {
	int64_t person;
	const char *relation;    /* CODES_RELATION */
	const char *place;       /* where it went */
	struct day sent;
	const char *paper_no;
	struct day received;     /* absent: not yet, or not known */
	const char *letter;      /* CODES_LETTER, with received */
	struct day replied;
	const char *outcome;     /* CODES_REPLY, with replied */
};

/* One introducer or helper ends, another one is named, by one resolution of the branch. */
struct helper_replace_in {
	int64_t person, about; /* about: number of the fact that named the one who ends */
	const char *reason;    /* CODES_HELPER_END */
	struct day on;
	int64_t other;         /* the new one, by number; */
	const char *detail;    /* or by name, when not on record */
	const char *paper_no;
	struct day paper_on;
};

/* The birth day of a member, which one account proposes to correct and another one confirms. */
struct birth_propose_in {
	int64_t person;
	struct day birth, on; /* on: absent: today */
	const char *reason, *paper_no;
	struct day paper_on;
};

struct birth_confirm_in {
	int64_t person, seq; /* number of the proposal among the facts of the person */
};

/* Somebody moves to a unit of the register or to a place outside; all facts that belong to it. */
struct person_transfer_in {
	int64_t person;
	struct day on;        /* of the decision to move */
	const char *kind;     /* CODES_TRANSFER */
	const char *unit;     /* the new unit's code, */
	const char *place;    /* or the place outside the register */
	int64_t months;       /* of a temporary transfer or of studies */
	const char *paper_no;
	struct day paper_on;
};

/* The days of the two operations below count for clocks that start on or after counts_from (absent: for all), which the program fills in by
 * the answer `due`: keep, move, or absent where no due changes. */
struct calendar_set_in {
	struct day day;
	const char *kind, *note, *due;
	struct day counts_from;
};

/* The days off of a holiday in a year; `freed`, which the program fills in: ISO days that had been in the block and are no more. */
struct calendar_block_in {
	const char *holiday;
	int64_t year;
	struct day first, last;
	const char *note, *due;
	struct day counts_from;
	const char *freed;
};

/* The days of a year were compared with its notice; `days`, which the program fills in: ISO days that had the mark. */
struct calendar_check_in {
	int64_t year;
	const char *note, *days;
};

/* The site's own value of a rule, see domain/rules_override.h. */
struct rule_set_in {
	const char *key, *value;
	struct day from, to; /* last day; absent: no end */
	const char *reason, *paper_no;
};

struct rule_end_in {
	int64_t number;  /* of the value, */
	const char *key; /* or its key: the last one set */
	struct day to;   /* last day with it; absent: yesterday */
	const char *reason;
};

struct account_open_in {
	const char *login, *name;
};

struct account_close_in {
	const char *login;
	struct day on; /* first day without it; absent: today */
	const char *reason;
};

/* A one-time code was issued; the code itself is no fact and stands nowhere in the journal. */
struct account_reset_in {
	const char *login, *reason;
};

struct role_grant_in {
	const char *login, *role, *unit; /* unit NULL: everywhere */
	struct day from, to;             /* first day, absent: today; last day, absent: no end */
};

/* The grant by its number, or the one in force by login, role and unit. */
struct role_end_in {
	int64_t grant_id;
	const char *login, *role, *unit;
	struct day to; /* last day with it; absent: yesterday, so that it is over at once */
};

struct policy_set_in {
	const char *key, *value;
};
