/* What an import says about its rows: a line for each problem, and the workbook of the refused rows. */
#include "app/import.h"
#include "app/import_headings.h"
#include "base/text.h"
#include "office/report_write.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

static const char *number_text(int n, struct arena *a)
{
	return arena_printf(a, "%d", n);
}

static const char *place_text(const struct import_problem *p, enum lang lang, struct arena *a)
{
	char letter[IMPORT_LETTERS];
	const char *row = number_text(p->row, a);
	if (p->column < 0 && !*p->heading)
		return MSG_TEXT(a, lang, MSG_IMPORT_PLACE_ROW, row);
	if (p->column < 0)
		return MSG_TEXT(a, lang, MSG_IMPORT_PLACE_NO_COLUMN, row, p->heading);
	import_heading_letter(p->column, letter);
	return *p->value ? MSG_TEXT(a, lang, MSG_IMPORT_PLACE, row, letter, p->heading, p->value)
		: MSG_TEXT(a, lang, MSG_IMPORT_PLACE_EMPTY, row, letter, p->heading);
}

static const char *reason_text(const struct import_problem *p, enum lang lang, struct arena *a)
{
	const char *text = fault_text(&p->fault, lang, a);
	return *p->fault.rule ? arena_printf(a, "%s (%s)", text, p->fault.rule) : text;
}

const char *import_problem_text(const struct import_problem *p, enum lang lang, struct arena *a)
{
	const char *reason = reason_text(p, lang, a);
	return p->row ? arena_printf(a, "%s: %s", place_text(p, lang, a), reason) : reason;
}

/* ---- the workbook ---- */

/* Row in the file, then the columns of the file. */
static const char **workbook_headings(const struct import_report *r, struct arena *a)
{
	const char **v = arena_array(a, const char *, (size_t)r->columns + 1);
	v[0] = MSG_TEXT(a, r->lang, MSG_IMPORT_WORKBOOK_ROW);
	for (int c = 0; c < r->columns; c++)
		v[c + 1] = r->headings[c];
	return v;
}

/* At the cell at fault; at the number of the row when the file has no such column. */
static void add_comment(struct table_cell *cells, const struct import_problem *p, enum lang lang, struct arena *a)
{
	const char *reason = reason_text(p, lang, a);
	struct table_cell *cell = &cells[p->column + 1];
	if (p->column < 0 && *p->heading)
		reason = arena_printf(a, "%s: %s", p->heading, reason);
	cell->comment = cell->comment ? arena_printf(a, "%s; %s", cell->comment, reason) : reason;
}

/* Problems of one row follow each other from `at` on; returns the first of the next row. */
static size_t fill_row(const struct import_report *r, const struct import_refused *row, size_t at, struct table_cell *cells,
	struct arena *a)
{
	cells[0].text = number_text(row->row, a);
	for (int c = 0; c < r->columns && c < row->n; c++)
		cells[c + 1].text = row->cells[c];
	for (; at < r->errors.n && r->errors.v[at].row <= row->row; at++)
		if (r->errors.v[at].row == row->row)
			add_comment(cells, &r->errors.v[at], r->lang, a);
	return at;
}

enum err import_errors_xlsx(const struct import_report *r, const char *path, struct fault *f)
{
	scoped(arena_done) struct arena a = {0};
	int columns = r->columns + 1;
	struct table t = { .title = MSG_TEXT(&a, r->lang, MSG_IMPORT_WORKBOOK_TITLE),
		.headings = workbook_headings(r, &a), .columns = columns, .rows = (int)r->refused_n,
		.cells = arena_array(&a, struct table_cell, r->refused_n * (size_t)columns) };
	size_t at = 0;
	for (size_t i = 0; i < r->refused_n; i++)
		at = fill_row(r, &r->refused[i], at, &t.cells[i * (size_t)columns], &a);
	return table_xlsx(&t, path, f);
}
