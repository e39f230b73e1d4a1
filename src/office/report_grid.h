/* A report as a grid of typed cells: what its text, CSV and XLSX forms have in common. */
#pragma once

#include "domain/report.h"

enum grid_form { GRID_TEXT, GRID_CSV, GRID_XLSX };

enum grid_column {
	GRID_KEY,         /* CSV only */
	GRID_LABEL,
	GRID_VALUE,
	GRID_WANTED,      /* the target as it was worded */
	GRID_RATIO,       /* text only: "26/201 = 12,9 %" in one */
	GRID_NUMERATOR,
	GRID_DENOMINATOR,
	GRID_PERCENT,
	GRID_POINTS,
	GRID_SINCE,
	GRID_NOTE,
	GRID__COUNT
};

enum grid_kind { GRID_EMPTY, GRID_WORDS, GRID_WHOLE, GRID_DECIMAL, GRID_DAY };

struct grid_cell {
	enum grid_kind kind;
	const char *text;  /* GRID_WORDS; GRID_DECIMAL: digits with '.' */
	int64_t number;    /* GRID_WHOLE */
	bool at_least;     /* a sign ≥ stands before the number */
	struct day day;    /* GRID_DAY */
};

struct grid {
	enum grid_column columns[GRID__COUNT]; /* those with something in them, the label always */
	int n;
	struct grid_cell *cells; /* of the report's rows, row by row */
};

/* Leaves out the columns that would be empty or repeat others. */
struct grid grid_of(const struct report *r, enum grid_form form, struct arena *a);

/* The heading of a column: the report's own where it names one. */
const char *grid_heading(const struct report *r, enum grid_column c, struct arena *a);

/* "12.9" as "12,9" where the language writes so. */
const char *grid_decimal(const char *digits, enum lang lang, struct arena *a);

/* 9805 as "9.805" in Vietnamese, "9,805" in English. */
const char *grid_number(int64_t v, enum lang lang, struct arena *a);

/* "Kỳ: năm 2023. Số liệu tính đến hết ngày 31/12/2023." and on which tree. */
const char *grid_scope(const struct report *r, struct arena *a);
