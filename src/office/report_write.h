/* A report (or any table) in the formats that leave the program. */
#pragma once

#include "base/text.h"
#include "domain/report.h"

#include <stdio.h>

enum report_format { REPORT_TEXT, REPORT_JSON, REPORT_CSV, REPORT_XLSX, REPORT_FORMAT__COUNT };

/* "text", "json", "csv", "xlsx"; E_USAGE otherwise. */
enum err report_format_parse(const char *s, enum report_format *ret, struct fault *f) MUST_CHECK;

/* Aligned columns for a terminal: label, value, target, percent, points, remark; "26/201 = 12,9 %" with a decimal comma in Vietnamese. */
const char *report_text(const struct report *r, struct arena *a);

/* {"report","unit","period","as_of","tree","rows":[{"key","label","value","numerator","denominator","percent","points","qualifier","since",
 * "note"}],"notes":[...]}; tree is "as_of" or "today"; absent members are null; percent and points are JSON numbers as rounded by the
 * report's choice. */
const char *report_json(const struct report *r, struct arena *a);

/* UTF-8 with BOM, ';' between cells, CRLF, decimal comma (what Vietnamese Excel opens by a double click); cells that begin with
 * = + - @ or a tab get a leading apostrophe unless they are numbers. */
const char *report_csv(const struct report *r, struct arena *a);

/* A workbook at `path`: title, unit, period, as-of day, heading, rows, notes; widths set, heading frozen, numbers as numbers, percentages
 * as numbers with a format, text always as text; prints on A4. */
enum err report_xlsx(const struct report *r, const char *path, struct fault *f) MUST_CHECK;

/* A plain table for other lists and for the error workbook. */
enum table_kind {
	TABLE_TEXT,
	TABLE_NUMBER, /* whole, in digits alone: a workbook can sum it */
	TABLE_DECIMAL, /* with a decimal comma or point at most */
	TABLE_DAY,    /* as people write it: a workbook can sort it */
};
struct table_cell {
	const char *text; /* what does not read as its column says stays text */
	const char *comment; /* shown beside the cell, which turns red; NULL: none */
};
struct table {
	const char *title;
	const char **headings;
	int columns;
	struct table_cell *cells; /* rows * columns */
	int rows;
	const enum table_kind *kinds; /* of the columns; NULL: all of them text */
};
/* As report_csv. */
const char *table_csv(const struct table *t, struct arena *a);
enum err table_xlsx(const struct table *t, const char *path, struct fault *f) MUST_CHECK;
