#include "base/text.h"
#include "base/utf8.h"
#include "office/report_write.h"
#include "office/xlsx_book.h"

#include <assert.h>
#include <string.h>

enum { RED_FILL = 0xFFC7CE, RED_LETTERS = 0x9C0006 };
enum { WIDTH_MIN = 10, WIDTH_MAX = 40, REASON_WIDTH = 60, SAMPLE_ROWS = 200 };

struct formats {
	lxw_format *title, *heading, *plain, *number, *decimal, *day, *red, *reason;
};

static struct formats make_formats(struct xlsx_book *b)
{
	return (struct formats){
		.title = xlsx_book_format(b, (struct xlsx_look){ .bold = true, .size = 15 }),
		.heading = xlsx_book_format(b,
			(struct xlsx_look){ .bold = true, .wrap = true, .border = true, .align = LXW_ALIGN_CENTER, .fill = XLSX_HEADING_FILL }),
		.plain = xlsx_book_format(b, (struct xlsx_look){ .border = true, .wrap = true, .number = "@" }),
		.number = xlsx_book_format(b, (struct xlsx_look){ .border = true, .number = "#,##0_)" }),
		.decimal = xlsx_book_format(b, (struct xlsx_look){ .border = true, .number = "#,##0.0##_)" }),
		.day = xlsx_book_format(b, (struct xlsx_look){ .border = true, .number = XLSX_DAY, .align = LXW_ALIGN_CENTER }),
		.red = xlsx_book_format(b, (struct xlsx_look){ .border = true, .number = "@", .fill = RED_FILL, .colour = RED_LETTERS }),
		.reason = xlsx_book_format(b, (struct xlsx_look){ .border = true, .wrap = true, .colour = RED_LETTERS }),
	};
}

static const struct table_cell *cell_at(const struct table *t, int row, int column)
{
	return &t->cells[(size_t)row * (size_t)t->columns + (size_t)column];
}

static bool has_reasons(const struct table *t)
{
	for (size_t i = 0; i < (size_t)t->rows * (size_t)t->columns; i++)
		if (t->cells[i].comment)
			return true;
	return false;
}

/* Wide enough for the heading and the first rows. */
static double width_of(const struct table *t, int column)
{
	size_t width = utf8_length(t->headings[column]);
	for (int i = 0; i < t->rows && i < SAMPLE_ROWS; i++) {
		const char *s = cell_at(t, i, column)->text;
		size_t n = s ? utf8_length(s) : 0;
		width = n > width ? n : width;
	}
	double fitted = (double)width * 1.2 + 2;
	return fitted < WIDTH_MIN ? WIDTH_MIN : fitted > WIDTH_MAX ? WIDTH_MAX : fitted;
}

static void set_columns(struct xlsx_book *b, const struct table *t, const double *widths, bool reasons)
{
	for (int k = 0; k < t->columns; k++)
		(void)worksheet_set_column(b->sheet, (lxw_col_t)k, (lxw_col_t)k, widths[k], NULL);
	if (reasons)
		(void)worksheet_set_column(b->sheet, (lxw_col_t)t->columns, (lxw_col_t)t->columns, REASON_WIDTH, NULL);
}

/* "Ngày sinh: ...; Số định danh: ..." of a row, "" when it is right. */
static const char *reasons_of(const struct table *t, int row, struct arena *a)
{
	struct text reasons = TEXT(a);
	for (int k = 0; k < t->columns; k++) {
		const char *comment = cell_at(t, row, k)->comment;
		if (comment)
			text_addf(&reasons, "%s%s: %s", reasons.n > 0 ? "; " : "", t->headings[k], comment);
	}
	return text_str(&reasons);
}

static void add_comment(struct xlsx_book *b, int row, int column, const char *comment)
{
	lxw_comment_options options = { .width = 260, .height = (uint16_t)(20 * (xlsx_book_lines(comment, 34) + 1)) };
	(void)worksheet_write_comment_opt(b->sheet, (lxw_row_t)row, (lxw_col_t)column, comment, &options);
}

/* Lines that the longest cell of a row takes. */
static int lines_of(const struct table *t, const double *widths, int row)
{
	int lines = 1;
	for (int k = 0; k < t->columns; k++) {
		const char *s = cell_at(t, row, k)->text;
		int n = xlsx_book_lines(s, widths[k]);
		lines = n > lines ? n : lines;
	}
	return lines;
}

/* Up to 15 digits, which a workbook keeps exactly, and as many behind the mark of a decimal. */
static bool is_number(const char *s, enum table_kind kind)
{
	static const char digits[] = "0123456789";
	size_t n = s ? strspn(s, digits) : 0;
	if (n == 0 || n > 15)
		return false;
	if (kind == TABLE_DECIMAL && (s[n] == ',' || s[n] == '.') && s[n + 1])
		n += 1 + strspn(s + n + 1, digits);
	return s[n] == '\0';
}

static void add_value(struct xlsx_book *b, const struct formats *x, enum table_kind kind, int at, int column, const char *text)
{
	struct day day;
	if ((kind == TABLE_NUMBER || kind == TABLE_DECIMAL) && is_number(text, kind))
		xlsx_book_number(b, at, column, xlsx_decimal(text), kind == TABLE_NUMBER ? x->number : x->decimal);
	else if (kind == TABLE_DAY && text && day_parse(text, "", &day, NULL) == OK)
		xlsx_book_day(b, at, column, day, x->day);
	else
		xlsx_book_text(b, at, column, text, x->plain);
}

static void add_row(struct xlsx_book *b, const struct table *t, const struct formats *x, const double *widths, bool reasons, int row,
	int at)
{
	int lines = lines_of(t, widths, row);
	scoped(arena_done) struct arena a = {0};
	for (int k = 0; k < t->columns; k++) {
		const struct table_cell *c = cell_at(t, row, k);
		if (c->comment) {
			xlsx_book_text(b, at, k, c->text, x->red);
			add_comment(b, at, k, c->comment);
		} else {
			add_value(b, x, t->kinds ? t->kinds[k] : TABLE_TEXT, at, k, c->text);
		}
	}
	if (reasons) {
		const char *s = reasons_of(t, row, &a);
		int n = xlsx_book_lines(s, REASON_WIDTH);
		xlsx_book_text(b, at, t->columns, s, x->reason);
		lines = n > lines ? n : lines;
	}
	xlsx_book_height(b, at, lines);
}

static int add_top(struct xlsx_book *b, const struct table *t, const struct formats *x, bool reasons)
{
	int at = 0;
	if (t->title) {
		xlsx_book_text(b, 0, 0, t->title, x->title);
		at = 2;
	}
	xlsx_book_height(b, at, 2);
	for (int k = 0; k < t->columns; k++)
		xlsx_book_text(b, at, k, t->headings[k], x->heading);
	if (reasons)
		xlsx_book_text(b, at, t->columns, MSG_TEXT(b->arena, LANG_VI, MSG_TABLE_REASON), x->heading);
	xlsx_book_page(b, t->columns + reasons > 5, at, MSG_TEXT(b->arena, LANG_VI, MSG_REPORT_PAGE));
	return at + 1;
}

enum err table_xlsx(const struct table *t, const char *path, struct fault *f)
{
	assert(t->columns > 0 && t->rows >= 0);
	scoped(arena_done) struct arena a = {0};
	struct xlsx_book b;
	TRY(xlsx_book_open(path, MSG_TEXT(&a, LANG_VI, MSG_TABLE_SHEET), true, &a, &b, f));
	struct formats x = make_formats(&b);
	bool reasons = has_reasons(t);
	double *widths = arena_array(&a, double, (size_t)t->columns);
	for (int k = 0; k < t->columns; k++)
		widths[k] = width_of(t, k);
	set_columns(&b, t, widths, reasons);
	int at = add_top(&b, t, &x, reasons);
	for (int i = 0; i < t->rows; i++)
		add_row(&b, t, &x, widths, reasons, i, at + i);
	return xlsx_book_finish(&b, f);
}
