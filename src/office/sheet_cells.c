#include "office/sheet_cells.h"
#include "base/day.h"
#include "base/text.h"
#include "office/sheet_number.h"
#include "office/sheet_xml.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { COLUMN_LETTERS = 3, DAYS_1900_TO_1904 = 1462 };

enum cell_type { CELL_NUMBER, CELL_SHARED, CELL_TEXT, CELL_BOOL, CELL_ERROR, CELL_DAY };

struct reading {
	const struct sheet_cells_from *from;
	sheet_row_fn *fn;
	void *ctx;
	struct arena book;     /* as long as the reading */
	struct arena row;      /* texts of the row, given back after the call-back */
	struct text value;     /* of the cell being read */
	bool in_sheet, in_row, in_cell, in_value, in_inline, in_phonetic;
	int number;            /* of the row, from 1 */
	int column;            /* of the cell, from 0 */
	enum cell_type type;
	int64_t style;
	int n;                 /* columns up to the last cell with a value */
	struct sheet_cell cells[SHEET_COLUMNS];
};

/* "B5", or only the row when the column is beyond every letter we show. */
static const char *cell_name(const struct reading *r, char buf[24])
{
	int c = r->column;
	if (c < 0 || c >= SHEET_COLUMNS)
		(void)snprintf(buf, 24, "%d", r->number);
	else if (c < 26)
		(void)snprintf(buf, 24, "%c%d", 'A' + c, r->number);
	else
		(void)snprintf(buf, 24, "%c%c%d", 'A' + c / 26 - 1, 'A' + c % 26, r->number);
	return buf;
}

static enum err cell_fault(const struct reading *r, enum err e, enum msg msg, const char *what, struct fault *f)
{
	char name[24];
	return FAULT(f, e, "file", msg, cell_name(r, name), what);
}

/* ---- where we are */

static enum err start_row(struct reading *r, const char **attributes, struct fault *f)
{
	const char *text = sheet_xml_attribute(attributes, "r");
	int64_t number = r->number + 1;
	if (text && (!sheet_xml_number(text, SHEET_ROWS, &number) || number == 0))
		return FAULT(f, E_INVALID, "file", MSG_SHEET_REFERENCE, text);
	if (number > SHEET_ROWS)
		return FAULT(f, E_TOOBIG, "file", MSG_SHEET_ROWS);
	if (number <= r->number)
		return FAULT(f, E_INVALID, "file", MSG_SHEET_ROW_ORDER, text);
	r->number = (int)number;
	r->column = -1;
	return OK;
}

/* Column of "AB12" from 0, the 12 being the row; -1 when it is no cell of this row. */
static int column_of(const char *reference, int row)
{
	int column = 0, letters = 0;
	for (; *reference >= 'A' && *reference <= 'Z'; reference++, letters++) {
		if (letters == COLUMN_LETTERS)
			return -1;
		column = column * 26 + (*reference - 'A' + 1);
	}
	int64_t number;
	if (letters == 0 || !sheet_xml_number(reference, SHEET_ROWS, &number) || number != row)
		return -1;
	return column - 1;
}

static enum cell_type type_of(const char *t)
{
	static const struct {
		const char *name;
		enum cell_type type;
	} types[] = {
		{ "s", CELL_SHARED }, { "n", CELL_NUMBER }, { "str", CELL_TEXT }, { "inlineStr", CELL_TEXT },
		{ "b", CELL_BOOL }, { "e", CELL_ERROR }, { "d", CELL_DAY },
	};
	for (size_t i = 0; t && i < sizeof types / sizeof *types; i++)
		if (strcmp(t, types[i].name) == 0)
			return types[i].type;
	return CELL_NUMBER;
}

static enum err start_cell(struct reading *r, const char **attributes, struct fault *f)
{
	const char *reference = sheet_xml_attribute(attributes, "r");
	int before = r->column;
	r->column = reference ? column_of(reference, r->number) : before + 1;
	if (r->column <= before)
		return FAULT(f, E_INVALID, "file", MSG_SHEET_REFERENCE, reference);
	r->type = type_of(sheet_xml_attribute(attributes, "t"));
	r->style = 0;
	(void)sheet_xml_number(sheet_xml_attribute(attributes, "s"), INT32_MAX, &r->style);
	r->value.n = 0;
	return OK;
}

/* ---- what a cell says */

static const char *row_copy(struct reading *r)
{
	return arena_strndup(&r->row, text_str(&r->value), r->value.n);
}

static enum err shared_text(struct reading *r, struct sheet_cell *ret, struct fault *f)
{
	const char *index = text_str(&r->value);
	int64_t i;
	const char *s = sheet_xml_number(index, INT32_MAX, &i) ? sheet_strings_at(r->from->strings, i) : NULL;
	if (!s)
		return cell_fault(r, E_INVALID, MSG_SHEET_STRING_MISSING, index, f);
	ret->text = s;
	return OK;
}

/* A number that no calendar has (a duration, a negative) stays a number: who asked for a day will say so. */
static const char *day_or_number(struct reading *r, const char *number)
{
	int32_t serial;
	struct day day;
	char buf[DAY_TEXT];
	if (!sheet_number_whole(number, &serial))
		return number;
	serial += r->from->date1904 ? DAYS_1900_TO_1904 : 0;
	return day_from_serial(serial, "file", &day, NULL) == OK ? arena_strdup(&r->row, day_iso(day, buf)) : number;
}

static const char *number_text(struct reading *r)
{
	const char *number = sheet_number_text(row_copy(r), &r->row);
	return sheet_styles_is_day(r->from->styles, r->style) ? day_or_number(r, number) : number;
}

/* "2024-03-26T00:00:00": the day is what we read. */
static const char *iso_day_text(struct reading *r)
{
	char *s = arena_strndup(&r->row, text_str(&r->value), r->value.n);
	char *t = strchr(s, 'T');
	if (t)
		*t = '\0';
	return s;
}

static const char *text_text(struct reading *r)
{
	char *s = arena_strndup(&r->row, text_str(&r->value), r->value.n);
	sheet_strings_unescape(s);
	return s;
}

static enum err convert(struct reading *r, struct sheet_cell *ret, struct fault *f)
{
	switch (r->type) {
	case CELL_SHARED:
		return shared_text(r, ret, f);
	case CELL_NUMBER:
		ret->text = number_text(r);
		return OK;
	case CELL_TEXT:
		ret->text = text_text(r);
		return OK;
	case CELL_BOOL:
		ret->text = strcmp(text_str(&r->value), "1") == 0 ? "TRUE" : "FALSE";
		return OK;
	case CELL_ERROR:
		ret->text = ret->problem = row_copy(r);
		return OK;
	case CELL_DAY:
		ret->text = iso_day_text(r);
		return OK;
	}
	return OK;
}

static enum err end_cell(struct reading *r, struct fault *f)
{
	if (r->value.n == 0)
		return OK; /* a cell that only has a colour or a border */
	if (r->column >= SHEET_COLUMNS)
		return cell_fault(r, E_TOOBIG, MSG_SHEET_COLUMNS, NULL, f);
	assert(r->column >= 0);
	struct sheet_cell *cell = &r->cells[r->column];
	TRY(convert(r, cell, f));
	if (*cell->text)
		r->n = r->column + 1;
	return OK;
}

static enum err end_row(struct reading *r, struct fault *f)
{
	enum err e = OK;
	assert(r->number >= 1 && r->n >= 0 && r->n <= SHEET_COLUMNS);
	if (r->n > 0) {
		const struct sheet_zip *z = r->from->zip;
		struct sheet_row row = { .number = r->number, .cells = r->cells, .n = r->n };
		e = r->fn(r->ctx, &row, z->part_done, z->part_total, f);
	}
	memset(r->cells, 0, (size_t)r->n * sizeof *r->cells);
	r->n = 0;
	if (r->row.used > 0)
		arena_reset(&r->row);
	return e;
}

/* ---- XML */

enum tag { TAG_OTHER, TAG_SHEET_DATA, TAG_ROW, TAG_CELL, TAG_VALUE, TAG_INLINE, TAG_TEXT, TAG_PHONETIC };

static enum tag tag_of(const char *name)
{
	static const struct {
		const char *name;
		enum tag tag;
	} tags[] = {
		{ "c", TAG_CELL }, { "v", TAG_VALUE }, { "row", TAG_ROW }, { "t", TAG_TEXT }, { "is", TAG_INLINE }, { "rPh", TAG_PHONETIC },
		{ "sheetData", TAG_SHEET_DATA },
	};
	for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
		if (strcmp(name, tags[i].name) == 0)
			return tags[i].tag;
	return TAG_OTHER;
}

static enum err on_start(void *ctx, const char *name, const char **attributes, struct fault *f)
{
	struct reading *r = ctx;
	enum tag tag = tag_of(name);
	r->in_sheet |= tag == TAG_SHEET_DATA;
	if (!r->in_sheet)
		return OK;
	r->in_inline |= tag == TAG_INLINE;
	r->in_phonetic |= tag == TAG_PHONETIC;
	r->in_value = r->in_cell && (tag == TAG_VALUE || (tag == TAG_TEXT && r->in_inline && !r->in_phonetic));
	if ((tag == TAG_ROW && r->in_row) || (tag == TAG_CELL && (!r->in_row || r->in_cell)))
		return FAULT(f, E_INVALID, "file", MSG_SHEET_DAMAGED, r->from->part);
	r->in_row |= tag == TAG_ROW;
	r->in_cell |= tag == TAG_CELL;
	if (tag == TAG_ROW)
		return start_row(r, attributes, f);
	return tag == TAG_CELL ? start_cell(r, attributes, f) : OK;
}

static enum err on_end(void *ctx, const char *name, struct fault *f)
{
	struct reading *r = ctx;
	if (!r->in_sheet)
		return OK;
	enum tag tag = tag_of(name);
	r->in_value = false;
	r->in_inline &= tag != TAG_INLINE;
	r->in_phonetic &= tag != TAG_PHONETIC;
	r->in_sheet = tag != TAG_SHEET_DATA;
	r->in_row &= tag != TAG_ROW;
	r->in_cell &= tag != TAG_CELL;
	if (tag == TAG_ROW)
		return end_row(r, f);
	return tag == TAG_CELL ? end_cell(r, f) : OK;
}

static enum err on_text(void *ctx, const char *s, size_t n, struct fault *f)
{
	struct reading *r = ctx;
	if (!r->in_value)
		return OK;
	assert(r->in_cell && r->in_row);
	if (r->value.n + n > SHEET_CELL_BYTES)
		return cell_fault(r, E_TOOBIG, MSG_SHEET_CELL_LONG, NULL, f);
	text_addn(&r->value, s, n);
	return OK;
}

static void done(struct reading *r)
{
	arena_done(&r->book);
	arena_done(&r->row);
}

enum err sheet_cells_read(const struct sheet_cells_from *from, sheet_row_fn *fn, void *ctx, struct fault *f)
{
	static const struct sheet_xml_handler handler = { on_start, on_end, on_text };
	scoped(done) struct reading r = { .from = from, .fn = fn, .ctx = ctx };
	r.value = TEXT(&r.book);
	return sheet_xml_read(from->zip, from->part, &handler, &r, f);
}
