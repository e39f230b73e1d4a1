/* A list from a spreadsheet becomes operations: every row one operation, all rows one transaction, or nothing at all.
 *
 * Which column is which comes from the field table of the operation (ops.c): label, name and `also` are the headings that are
 * recognised. */
#pragma once

#include "app/ops.h"

enum {
	IMPORT_PROBLEMS = 1000,        /* errors, and warnings, that are kept; the others are only counted */
	IMPORT_WARNINGS_ALIKE = 20,    /* kept of one message, so that a frequent one does not hide the others */
	IMPORT_KEPT_BYTES = 256 << 20, /* of rows that have to wait (units) */
};

struct import_ask {
	const char *kind; /* "units", "people", "targets", "classes", "facts" */
	const char *file;
	bool dry_run;     /* everything but the commit */
	void (*progress)(void *ctx, int64_t rows, int percent); /* called for every row; NULL: not wanted */
	void *progress_ctx;
};

/* Something about one cell, one row or (row 0) the whole file. */
struct import_problem {
	int row;             /* as the spreadsheet counts */
	int column;          /* from 0; -1: none */
	const char *heading; /* as in the file; the field's label where the file has no such column; "" */
	const char *value;   /* as in the file; "" */
	struct fault fault;
};

struct import_problems {
	struct import_problem *v; /* by row */
	size_t n, cap;
	int64_t total;
};

/* A refused row as it stands in the file. */
struct import_refused {
	int row;
	const char **cells;
	int n;
};

struct import_report {
	const char *kind;
	enum lang lang;
	int64_t rows;          /* rows of data read */
	int64_t added;         /* stored (dry run: would be) */
	int64_t unchanged;     /* there already, nothing stored */
	int64_t totals;        /* total rows and what stands below them, left aside */
	int64_t refused_total; /* rows refused */
	struct import_problems errors, warnings;
	int64_t warned[MSG__COUNT]; /* warnings by message */
	struct import_refused *refused; /* the first IMPORT_PROBLEMS of them, by row */
	size_t refused_n, refused_cap;
	const char *const *headings;
	int columns;
	bool stored; /* committed: no errors and no dry run */
};

/* Reads the file and runs its rows. OK also when rows were refused: then nothing is stored and report->errors says why. A fault is
 * something that ends the reading: no such file, no spreadsheet, no heading, no rows, disk full. Nothing is stored then either. */
enum err import_run(struct app *app, const struct import_ask *ask, struct arena *a, struct import_report *ret,
	struct fault *f) MUST_CHECK;

/* "Dòng 15, cột D «Ngày sinh», giá trị «31/2/1990»: …" in one line, with the citation. */
const char *import_problem_text(const struct import_problem *p, enum lang lang, struct arena *a);

/* The refused rows as a workbook: the user's own headings and cells, those at fault red with the reason, and two more columns (number of
 * the row in the file, reasons) that a later import leaves aside. */
enum err import_errors_xlsx(const struct import_report *r, const char *path, struct fault *f) MUST_CHECK;
