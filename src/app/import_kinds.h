/* The kinds of lists: which operation their rows become, and what differs from "one column, one field". */
#pragma once

#include "app/import.h"
#include "app/import_headings.h"

enum { IMPORT_WISHES = 64 };

struct import_row;

struct import_kind {
	const char *name, *op;
	const struct import_wish *extra; /* columns that are no fields of the operation; ends with field NULL */
	const struct import_special {
		const char *field;
		unsigned need;               /* instead of what `required` of the field table says */
		bool later;                  /* `complete` fills it, not the cell alone */
	} *special;                      /* ends with field NULL */
	/* Fills what no single cell says, after the plain cells were read. What is wrong refuses the row (import_row_fault); a fault that
	 * is returned ends the import. NULL: nothing to do. */
	enum err (*complete)(struct import_row *row, struct fault *f);
	bool parents_first;              /* rows wait until all are read */
};

/* E_USAGE when there is none of that name. */
enum err import_kind_find(const char *name, const struct import_kind **ret, struct fault *f) MUST_CHECK;

/* All columns that a list of this kind can have, the fields of its operation first. */
struct import_wishes {
	struct import_wish v[IMPORT_WISHES];
	bool later[IMPORT_WISHES];
	int n, op_fields;
};
void import_kind_wishes(const struct import_kind *kind, const struct op *op, struct import_wishes *ret);

/* One row on its way into an operation. */
struct import_row {
	struct app *app;
	const struct op *op;
	const struct import_kind *kind;
	const struct import_wishes *wishes;
	const struct import_headings *headings;
	const struct sheet_row *sheet;
	void *in;             /* input of the operation */
	struct arena *arena;  /* lives as long as the row */
	struct import_report *report;
	struct arena *kept;   /* lives as long as the report */
	struct import_facts *facts; /* what the import of facts remembers */
	bool failed, failed_wish[IMPORT_WISHES];
};

/* The wish of that field, -1 when the list can have none. */
int import_row_wish(const struct import_row *row, const char *field);

bool import_row_has(const struct import_row *row, const char *field); /* the list has that column */

/* Text of the cell of a field, NULL when there is no column, nothing in it, or a word for "not known". */
const char *import_row_text(const struct import_row *row, const char *field);

/* The row is refused; the fault's field says at which column. */
void import_row_fault(struct import_row *row, const struct fault *f);
void import_row_warning(struct import_row *row, const struct fault *f);

/* The row is refused already, and the reason covers this field: that it is missing is not said as well. */
void import_row_given_up(struct import_row *row, const char *field);

/* Reads a text into a field of the input (NULL: absent). What is wrong with it refuses the row, at the field's own column or at that of
 * `column`. */
void import_row_set(struct import_row *row, const char *field, const char *text);
void import_row_set_from(struct import_row *row, const char *field, const char *text, const char *column);

/* Reads all cells of row->sheet into row->in. */
enum err import_row_read(struct import_row *row, struct fault *f) MUST_CHECK;
