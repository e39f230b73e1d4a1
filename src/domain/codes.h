/* Code tables of the field (form 2-BTCTW and the lists it names): one row for each value, in codes.def.
 *
 * The key is what is stored and what reports print as `dimension:key`; it never changes. The labels are what people see.
 * `also` lists other spellings met in spreadsheets, separated by '|'. */
#pragma once

#include "base/arena.h"
#include "base/err.h"

enum code_table {
	CODES_SEX,
	CODES_ETHNICITY,
	CODES_RELIGION,
	CODES_EDUCATION,  /* professional level */
	CODES_SCHOOLING,  /* general education, which the entry condition asks about */
	CODES_OCCUPATION,
	CODES_INTRODUCER, /* who introduced the person: Youth Union, trade union, branch, ... */
	CODES_UNIT_KIND,
	CODES_SECTOR,     /* what kind of place the unit works in: hamlet, school, hospital, ... */
	CODES_CLASS_KIND,
	CODES_EXIT,       /* why somebody left: died, expelled, struck off, moved away, ... */
	CODES_TARGET_KIND,/* assigned, own, term */
	CODES_YES_NO,
	CODES_DAY_KIND,   /* off, work */
	CODES_DUE,        /* keep, move: the dues already given when the calendar changes */
	CODES_REORG,      /* what a reorganisation is: merge, union, split, ... */
	CODES_ROLE,       /* of an account: secretary, office, department, ... */
	CODES_GROUND,     /* why somebody left, where a later admission depends on it */
	CODES_SPECIAL,    /* special cases that the rules on admission name */
	CODES_PAPER,      /* papers of a dossier */
	CODES_CONSENT,    /* what a written consent is for */
	CODES_CONCLUSION, /* outcome of the political conclusion, nothing else of it */
	CODES_HELPER,     /* introducer, helper: which */
	CODES_HELPER_END, /* why somebody no longer helps */
	CODES_DISCIPLINE, /* of a member, as far as helping others depends on it */
	CODES_RELATION,   /* whom a verification letter is about */
	CODES_LETTER,     /* where it went: inside the country, abroad */
	CODES_REPLY,      /* outcome of the answer, nothing else of it */
	CODES_TRANSFER,   /* who moves, and how */
	CODES_CANCELLED,  /* why a decision was cancelled */
	CODES_APPEAL,     /* level that answers an appeal */
	CODES_APPEAL_ANSWER,
	CODES__COUNT
};

struct code {
	const char *key, *vi, *en;
	const char *group; /* key under which reports add it up; NULL: its own */
	const char *also;  /* "" or other spellings */
};

/* All rows of a table in their order of printing. */
const struct code *codes(enum code_table t, size_t *ret_n);

/* The row with exactly this key, NULL when there is none. */
const struct code *code_by_key(enum code_table t, const char *key);

/* The row that a person means: key, label or another spelling, accents and case left aside. E_INVALID with the list of labels
 * (MSG_NOT_CODE) when there is none. */
enum err code_find(enum code_table t, const char *text, const char *field, const struct code **ret, struct fault *f) MUST_CHECK;

/* Label of a key; the key itself when the table does not have it. */
const char *code_label(enum code_table t, const char *key, enum lang lang);
