/* Operations: every change is one, declared once. The command line, the spreadsheet import, the help page, the journal (and
 * later forms, API, permissions) come from the same row of ops.c. */
#pragma once

#include "app/app.h"
#include "app/inputs.h"
#include "app/json_read.h"
#include "base/json.h"

#include <stddef.h>

enum field_type {
	FIELD_TEXT,     /* const char * */
	FIELD_INT,      /* int64_t; absent: INT64_MIN */
	FIELD_MILLI,    /* int64_t thousandths, from "3,5" or "3.5"; absent: -1 */
	FIELD_DAY,      /* struct day; absent: DAY_NONE */
	FIELD_PERIOD,   /* struct period; absent: from = DAY_NONE */
	FIELD_CODE,     /* const char *: key of `codes`; absent: NULL */
	FIELD_BOOL,     /* int64_t 0/1; absent: -1 */
	FIELD_UNIT,     /* const char *: code of a unit, upper case */
	FIELD_PERSON,   /* int64_t id */
};

/* One input of an operation: where it goes in the input struct (its member's type is checked by the compiler), its limits and its names. */
struct field {
	const char *name;       /* "birth" */
	enum field_type type;
	size_t at;              /* offset in the input struct */
	bool required;
	int32_t max;            /* text: characters; int: greatest value */
	enum code_table codes;
	const char *vi, *en;    /* labels */
	const char *also;       /* other headings in spreadsheets, '|' between */
};

struct op_result {
	const char *entity;
	int64_t entity_id;
	struct entry_id entry;
	struct warnings warnings;
	bool unchanged;        /* everything was there already: nothing stored, no entry */
};

struct access_need;

struct op {
	const char *name;                /* "unit_open" */
	const char *entity;
	const char *vi, *en;             /* one sentence of help */
	const struct field *fields;      /* ends with name NULL */
	size_t in_size;
	/* Brings free texts to the form that is stored (code keys, ISO days) before the check; not on replay. NULL: nothing to do. */
	enum err (*tidy)(struct app *app, void *in, struct arena *a, struct fault *f);
	/* Refuses or warns; changes nothing. Not run on replay: what was accepted stays accepted. */
	enum err (*check)(struct app *app, const void *in, struct arena *a, struct warnings *w, struct fault *f);
	/* Stores. `entry` is the id that the journal entry will have. Fills entity_id, or sets unchanged. */
	enum err (*apply)(struct app *app, const void *in, struct entry_id entry, struct arena *a, struct op_result *ret, struct fault *f);
	/* Which permission it needs, and where (app/access.h); `in` as it came, before tidy; NULL (and no app): the permission alone. Faults
	 * for what app->who does not see. */
	enum err (*access)(struct app *app, const void *in, struct arena *a, struct access_need *ret, struct fault *f);
	/* apply never refuses what check let pass: only the store can fail it, and that ends the transaction. Spares the savepoint, which costs
	 * as much as storing three facts. */
	bool certain;
};

const struct op *ops(size_t *ret_n);
const struct op *op_find(const char *name);
const struct field *op_field(const struct op *op, const char *name);
/* E_USAGE that names the fields there are. */
enum err op_unknown_field(const struct op *op, const char *name, struct arena *a, struct fault *f) MUST_CHECK;

/* Where the text of a field comes from: command line, spreadsheet row, JSON. NULL or "": absent. */
typedef const char *op_lookup_fn(void *ctx, const struct field *field);

/* Typed input from texts; every limit of the field table is enforced here. The result is in the arena. */
enum err op_parse(const struct op *op, op_lookup_fn *get, void *ctx, struct arena *a, void **ret_in, struct fault *f) MUST_CHECK;

/* Canonical JSON of an input, fields in the order of the table, absent ones left out; and back. */
const char *op_to_json(const struct op *op, const void *in, struct arena *a);
enum err op_from_object(const struct op *op, const struct json_member *object, struct arena *a, void **ret_in, struct fault *f) MUST_CHECK;
enum err op_from_json(const struct op *op, const char *json, struct arena *a, void **ret_in, struct fault *f) MUST_CHECK;

/* What a form must show to be sure that nothing has changed since: of an operation on a person the number of facts ever recorded, on a unit
 * likewise; 0 for operations that change nothing that was there. E_NOTFOUND. */
enum err version_of(struct app *app, const struct op *op, const void *in, struct arena *a, int64_t *ret, struct fault *f) MUST_CHECK;

/* Asks whether app->who may, checks, stores, appends to the journal; inside app_begin .. app_commit. A failure undoes this operation
 * alone. */
enum err op_run(struct app *app, const struct op *op, const void *in, struct arena *a, struct op_result *ret, struct fault *f) MUST_CHECK;

/* The same as a transaction of its own; once more when nothing was stored because the database server was away for a moment. */
enum err op_run_alone(struct app *app, const struct op *op, const void *in, struct arena *a, struct op_result *ret,
	struct fault *f) MUST_CHECK;

/* A journal entry again: no checks, the entry's own actor and instant. */
enum err op_replay(struct app *app, const struct entry *e, struct arena *a, struct fault *f) MUST_CHECK;
