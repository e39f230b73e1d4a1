/* The journal as people read it: who did what, when, to whom, with what input, and what stood there before. */
#pragma once

#include "app/access.h"
#include "app/ops.h"

enum { HISTORY_PAGE = 50, HISTORY_SCAN_MAX = 5000 };

struct history_ask {
	struct unit_id unit;         /* entries of this unit and of those below it; 0: everywhere */
	const char *actor;           /* as the journal names them, "user:lan"; NULL: anybody */
	const char *op;              /* name of an operation; NULL: any */
	const char *entity;          /* "person", "unit", "class", "target", "calendar", ...; NULL: any */
	int64_t entity_id;           /* with entity; 0: any */
	struct day from, to;         /* civil days at UTC+7; DAY_NONE: no bound */
	struct entry_id before;      /* cursor: only older entries; 0: from the newest */
	size_t most;                 /* entries of a page; 0: HISTORY_PAGE */
};

/* One value that was given, and what stood there before. */
struct history_field {
	const char *name;            /* of the field, "birth"; "" for what is no input (the old fact of a correction) */
	const char *label;
	const char *value;           /* as people read it: label of a code, dd/mm/yyyy, name of a unit; NULL: nothing given */
	const char *old;             /* what it replaced, read the same way; NULL: nothing on record, or the same */
};

struct history_entry {
	struct entry_id id;
	int64_t at_us;
	const char *actor;           /* "user:lan" */
	const char *op;              /* name of the operation */
	const char *op_label;        /* its sentence */
	const char *entity;
	int64_t entity_id;
	const char *entity_name;     /* name of the person, unit, class; unit and indicator of a target; NULL when hidden or unknown */
	const char *unit_code, *unit_name; /* where it belongs today; NULL for what belongs nowhere */
	bool hidden;                 /* about a person whom the reader may not see: only instant, actor and operation are filled */
	const struct history_field *fields;
	size_t n;
};

struct history {
	struct history_entry *v;     /* newest first */
	size_t n;
	struct entry_id next;        /* cursor for the next page; 0: there is no more. A page may be short, or empty, and have a next one:
	                              * at most HISTORY_SCAN_MAX entries are looked at for one page */
};

/* For whoever holds PERM_JOURNAL: entries of units in which app->who does not hold it are left out, persons are hidden where app->who does
 * not hold PERM_PEOPLE. E_INVALID for an unknown operation. */
enum err history_read(struct app *app, const struct history_ask *q, struct arena *a, struct history *ret, struct fault *f) MUST_CHECK;

/* Instants and actors of the entries that brought the facts of a person, for time lines: by id, ascending. */
struct history_stamp {
	struct entry_id id;
	int64_t at_us;
	const char *actor, *op;
};
enum err history_stamps(struct app *app, struct person_id person, struct arena *a, struct history_stamp **ret, size_t *ret_n,
	struct fault *f) MUST_CHECK;

/* The one of that entry; NULL: there is none. */
const struct history_stamp *history_stamp_of(const struct history_stamp *v, size_t n, struct entry_id id);
