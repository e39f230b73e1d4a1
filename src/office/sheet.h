/* Reading a table from .xlsx or .csv, row by row, as text. Hostile input: every limit of SHEET_LIMITS is enforced while reading.
 *
 * .xlsx: the first visible worksheet; shared and inline strings, numbers, booleans, cached results of formulas; dates come out as ISO days
 * by their cell style; whole numbers come out as all their digits (12-digit numbers stay text), booleans as TRUE and FALSE. Merged cells
 * repeat nothing: only the first cell has the value. .csv: UTF-8 or UTF-16 with or without BOM, else Windows-1258; separator ',', ';' or
 * tab, found from the first lines; quotes as RFC 4180. Text is valid UTF-8 but not always composed: utf8_clean it. */
#pragma once

#include "base/err.h"

#include <stdint.h>

enum {
	SHEET_COLUMNS = 256,              /* cells beyond are refused */
	SHEET_ROWS = 1048576,
	SHEET_CELL_BYTES = 32767 * 4,
	SHEET_FILE_BYTES = 200 << 20,     /* of the file itself */
	SHEET_INFLATED_BYTES = 1 << 30,   /* of all parts read, and at most 200 times the file */
	SHEET_STRINGS_BYTES = 256 << 20,  /* of the shared strings */
	SHEET_ENTRIES = 1000,             /* parts in the zip */
};

struct sheet_cell {
	const char *text;   /* NULL or "": empty. Valid during the call-back only */
	const char *problem; /* NULL, or an error value of the spreadsheet: "#N/A" */
};

struct sheet_row {
	int number;         /* as the user sees it, from 1 */
	const struct sheet_cell *cells;
	int n;              /* cells behind the last one are empty */
};

/* Called for each row that has a cell; an error stops the reading and is returned. `done`/`total`: bytes, for progress. */
typedef enum err sheet_row_fn(void *ctx, const struct sheet_row *row, int64_t done, int64_t total, struct fault *f);

/* Reads the file whose name ends in .xlsx or .csv (.txt counts as .csv); what it really is decides: a text file named .xlsx
 * is refused with a sentence that says so. */
enum err sheet_read(const char *path, sheet_row_fn *fn, void *ctx, struct fault *f) MUST_CHECK;

/* The same from memory, for tests and fuzzing. */
enum err sheet_read_xlsx(const void *bytes, size_t n, sheet_row_fn *fn, void *ctx, struct fault *f) MUST_CHECK;
enum err sheet_read_csv(const void *bytes, size_t n, sheet_row_fn *fn, void *ctx, struct fault *f) MUST_CHECK;
