#include "app/fields.h"
#include "app/import_kinds.h"
#include "app/import_values.h"
#include "base/text.h"
#include "base/utf8.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

int import_row_wish(const struct import_row *row, const char *field)
{
	for (int i = 0; i < row->wishes->n; i++)
		if (strcmp(row->wishes->v[i].field->name, field) == 0)
			return i;
	return -1;
}

static int column_of(const struct import_row *row, const char *field)
{
	int wish = import_row_wish(row, field);
	return wish < 0 ? -1 : row->headings->column_of[wish];
}

static const char *text_at(const struct import_row *row, int column)
{
	const char *text = column >= 0 && column < row->sheet->n ? row->sheet->cells[column].text : NULL;
	return import_value_blank(text) ? NULL : text;
}

bool import_row_has(const struct import_row *row, const char *field)
{
	return column_of(row, field) >= 0;
}

const char *import_row_text(const struct import_row *row, const char *field)
{
	int wish = import_row_wish(row, field);
	const char *text = wish < 0 ? NULL : text_at(row, row->headings->column_of[wish]);
	return text && !import_value_unknown(row->wishes->v[wish].field, text) ? text : NULL;
}

/* ---- problems ---- */

static const char *label(const struct import_row *row, const char *field)
{
	int wish = import_row_wish(row, field);
	if (wish < 0)
		return "";
	const struct field *fd = row->wishes->v[wish].field;
	return row->report->lang == LANG_VI ? fd->vi : fd->en;
}

static void keep_problem(struct import_row *row, struct import_problems *list, const struct fault *f)
{
	if (list->total++ >= IMPORT_PROBLEMS)
		return;
	struct arena *a = row->kept;
	int column = column_of(row, f->field);
	const char *text = text_at(row, column);
	const char *problem = column >= 0 && column < row->sheet->n ? row->sheet->cells[column].problem : NULL;
	*arena_push(a, list->v, list->n, list->cap) = (struct import_problem){ .row = row->sheet->number, .column = column,
		.heading = column >= 0 ? row->headings->text[column] : label(row, f->field),
		.value = arena_strdup(a, problem ? problem : text ? text : ""), .fault = *f };
}

static void keep_row(struct import_row *row)
{
	struct import_report *r = row->report;
	if (r->refused_total++ >= IMPORT_PROBLEMS)
		return;
	const char **cells = arena_array(row->kept, const char *, (size_t)row->sheet->n);
	for (int c = 0; c < row->sheet->n; c++) {
		const struct sheet_cell *cell = &row->sheet->cells[c];
		cells[c] = arena_strdup(row->kept, cell->problem ? cell->problem : cell->text);
	}
	*arena_push(row->kept, r->refused, r->refused_n, r->refused_cap) =
		(struct import_refused){ row->sheet->number, cells, row->sheet->n };
}

void import_row_fault(struct import_row *row, const struct fault *f)
{
	if (!row->failed)
		keep_row(row);
	int wish = import_row_wish(row, f->field);
	row->failed = true;
	if (wish >= 0)
		row->failed_wish[wish] = true;
	keep_problem(row, &row->report->errors, f);
}

void import_row_warning(struct import_row *row, const struct fault *f)
{
	struct import_report *r = row->report;
	if (r->warned[f->msg]++ < IMPORT_WARNINGS_ALIKE)
		keep_problem(row, &r->warnings, f);
	else
		r->warnings.total++;
}

void import_row_given_up(struct import_row *row, const char *field)
{
	int wish = import_row_wish(row, field);
	assert(wish >= 0);
	row->failed_wish[wish] = true;
}

/* ---- cells ---- */

static enum err restored(const char *field, const char *number, struct fault *f)
{
	return FAULT(f, E_INVALID, field, MSG_IMPORT_ID_RESTORED, number);
}

/* The text of a cell in the notation that the field reads. */
static enum err normal_text(struct import_row *row, const struct field *fd, const char *text, const char **ret, struct fault *f)
{
	bool id_restored = false;
	*ret = text;
	if (fd->type == FIELD_DAY)
		return import_value_day(fd, text, row->arena, ret, f);
	if (fd->type == FIELD_PERIOD)
		*ret = import_value_period(text, row->arena);
	if (strcmp(fd->name, "id_number") == 0)
		*ret = import_value_id_number(text, row->arena, &id_restored);
	struct fault w;
	if (id_restored && restored(fd->name, *ret, &w))
		import_row_warning(row, &w);
	return OK;
}

static enum err set(struct import_row *row, const struct field *fd, const char *text, struct fault *f)
{
	if (text)
		TRY(normal_text(row, fd, text, &text, f));
	return field_set(fd, text, FIELD_CHECKED, row->arena, row->in, f);
}

void import_row_set_from(struct import_row *row, const char *field, const char *text, const char *column)
{
	struct fault f;
	int wish = import_row_wish(row, field);
	assert(wish >= 0 && wish < row->wishes->op_fields);
	if (set(row, row->wishes->v[wish].field, text, &f) == OK)
		return;
	row->failed_wish[wish] = true;
	(void)snprintf(f.field, sizeof f.field, "%s", column);
	import_row_fault(row, &f);
}

void import_row_set(struct import_row *row, const char *field, const char *text)
{
	import_row_set_from(row, field, text, field);
}

static void refuse(struct import_row *row, const char *field, enum msg msg, const char *arg)
{
	struct fault f;
	if (FAULT(&f, E_INVALID, field, msg, arg) != OK)
		import_row_fault(row, &f);
}

static void set_or_refuse(struct import_row *row, const struct field *fd, const char *text)
{
	struct fault f;
	if (text && set(row, fd, text, &f) != OK)
		import_row_fault(row, &f);
}

/* The error value of a spreadsheet, also where it was saved as text. */
static const char *problem_at(const struct import_row *row, int column)
{
	static const char *const values[] = { "#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!" };
	const struct sheet_cell *cell = column < row->sheet->n ? &row->sheet->cells[column] : NULL;
	if (!cell || cell->problem || !cell->text || *cell->text != '#')
		return cell ? cell->problem : NULL;
	for (size_t i = 0; i < sizeof values / sizeof *values; i++)
		if (strcmp(cell->text, values[i]) == 0)
			return values[i];
	return NULL;
}

static void read_cell(struct import_row *row, int wish)
{
	const struct field *fd = row->wishes->v[wish].field;
	int column = row->headings->column_of[wish];
	const char *text = text_at(row, column), *problem = problem_at(row, column);
	if (problem)
		refuse(row, fd->name, MSG_IMPORT_CELL_PROBLEM, problem);
	else if (wish < row->wishes->op_fields && !row->wishes->later[wish])
		set_or_refuse(row, fd, text && !import_value_unknown(fd, text) ? text : NULL);
}

static void check_required(struct import_row *row)
{
	for (int i = 0; i < row->wishes->op_fields; i++) {
		const struct field *fd = row->wishes->v[i].field;
		if (fd->required && !row->failed_wish[i] && field_absent(fd, row->in))
			refuse(row, fd->name, MSG_REQUIRED, NULL);
	}
}

/* ---- rows ---- */

enum err import_row_read(struct import_row *row, struct fault *f)
{
	row->failed = false;
	memset(row->failed_wish, 0, sizeof row->failed_wish);
	row->in = arena_alloc(row->arena, row->op->in_size);
	fields_clear(row->op->fields, row->in);
	for (int i = 0; i < row->wishes->n; i++)
		if (row->headings->column_of[i] >= 0)
			read_cell(row, i);
	if (row->kind->complete)
		TRY(row->kind->complete(row, f));
	check_required(row);
	return OK;
}
