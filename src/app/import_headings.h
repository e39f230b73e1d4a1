/* Finding the heading of a list and which column holds which field.
 *
 * A heading is compared by its letters and digits alone: accents, case, punctuation and spaces are left aside, and so is what stands in
 * brackets. It may take two lines, where a merged upper cell stands over several lower ones ("Giấy chứng nhận" over "Ngày" and "Số"). */
#pragma once

#include "app/ops.h"
#include "office/sheet.h"

enum { IMPORT_HEADING_ROWS = 30 }; /* the heading is looked for in the first rows that hold anything */

/* When a column has to be there. A list is complete with all NEED_ALWAYS columns and, where there are alternatives, all columns of one
 * of them. */
enum { NEED_ALWAYS = 1, NEED_EITHER = 2, NEED_OR = 4, NEED_OR_ELSE = 8 };

/* A column that a list may have. */
struct import_wish {
	const struct field *field;
	unsigned need; /* 0: optional */
};

struct import_headings {
	int columns;       /* of the widest heading line */
	int *wish_of;      /* by column: position among the wishes, -1: not used */
	int *column_of;    /* by wish: position of its column, -1: not there */
	const char **text; /* by column: the heading as it stands, two lines joined by a space; "" where there is none */
	bool *expected;    /* by column: not used, but no surprise: a running number, or what this program itself adds */
	int found;         /* number of wishes that have a column */
	int twice;         /* a column that names the same field as an earlier one; -1: none */
	bool complete;
};

enum import_heading_state { HEADING_SOUGHT, HEADING_MAYBE_TWO_LINES, HEADING_JUST_FOUND, HEADING_FOUND };

struct import_heading_search {
	struct arena *arena; /* everything found lives here */
	const struct import_wish *wishes;
	int wishes_n;
	struct import_heading_name *names;
	size_t names_n, names_cap;
	enum import_heading_state state;
	struct import_headings best;
	const char **line;   /* the row before */
	int line_n;
	int rows;
};

void import_heading_search_init(struct import_heading_search *s, const struct import_wish *wishes, int n, struct arena *a);

/* One row after the other. *ret_data: the heading is known (s->best) and this row comes after it. Refused: no heading within the first
 * rows (the fault lists what is missing and what was found), or one field named by two columns. */
enum err import_heading_search_row(struct import_heading_search *s, const struct sheet_row *row, bool *ret_data,
	struct fault *f) MUST_CHECK;

/* The end of the rows before a heading was found: the fault for that. */
enum err import_heading_missing(const struct import_heading_search *s, struct fault *f) MUST_CHECK;

/* "A" for 0, "AA" for 26. */
enum { IMPORT_LETTERS = 8 };
const char *import_heading_letter(int column, char buf[IMPORT_LETTERS]);
