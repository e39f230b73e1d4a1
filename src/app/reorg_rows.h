/* A plan as rows of a table, as spreadsheets and the form of the page give it: old unit, new unit, its name, kind and parent, person. */
#pragma once

#include "domain/reorg.h"

enum reorg_column {
	REORG_COL_UNIT,   /* code of the unit that closes, is split or moves */
	REORG_COL_TO,     /* code of its heir; of a move: of the new parent */
	REORG_COL_NAME,   /* of the heir, where it is to be opened */
	REORG_COL_KIND,
	REORG_COL_PARENT,
	REORG_COL_PERSON, /* number of somebody who goes from the one to the other; "*": all others */
	REORG_COL__COUNT
};

struct reorg_row {
	const char *v[REORG_COL__COUNT]; /* NULL or "": empty */
};

/* Heading of a column as people read it. */
const char *reorg_column_label(enum reorg_column c, enum lang lang);

/* Lines of cells between ';' or tabs; a first line of headings is recognised and may order the columns otherwise. E_INVALID. */
enum err reorg_rows_read(const char *lines, struct arena *a, struct reorg_row **ret, size_t *ret_n, struct fault *f) MUST_CHECK;

/* The same lines out of a worksheet or CSV file; `name` ends in .xlsx or .csv. E_INVALID, E_TOOBIG. */
enum err reorg_rows_sheet(const char *name, const void *bytes, size_t n, struct arena *a, const char **ret_lines,
	struct fault *f) MUST_CHECK;

/* The plan that they mean, as text for the operation. Codes, words and numbers are checked there. */
const char *reorg_rows_plan(const struct tree *t, const char *kind, const char *on, const struct reorg_row *v, size_t n, struct arena *a);
