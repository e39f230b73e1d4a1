#include "office/xlsx_book.h"
#include "base/text.h"
#include "base/utf8.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { PAPER_A4 = 9, FONT_SIZE = 13 };

static const double LINE_POINTS = 18;
static const char font_name[] = "Times New Roman";

static enum err cannot_write(const struct xlsx_book *b, const char *reason, struct fault *f)
{
	return FAULT(f, E_STORAGE, "file", MSG_SHEET_CANNOT_WRITE, b->path, reason);
}

/* The library would find out at the end, and print. */
static bool can_create(const char *path)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	return fd >= 0 && close(fd) == 0;
}

enum err xlsx_book_open(const char *path, const char *sheet_name, bool streaming, struct arena *a, struct xlsx_book *ret, struct fault *f)
{
	struct xlsx_book b = { .arena = a, .path = path, .part_path = arena_printf(a, "%s.part", path) };
	if (!can_create(b.part_path))
		return cannot_write(&b, strerror(errno), f);
	lxw_workbook_options options = { .constant_memory = streaming, .use_zip64 = LXW_TRUE };
	b.workbook = workbook_new_opt(b.part_path, &options);
	b.sheet = b.workbook ? workbook_add_worksheet(b.workbook, sheet_name) : NULL;
	if (!b.sheet)
		return cannot_write(&b, strerror(errno), f);
	*ret = b;
	return OK;
}

enum err xlsx_book_finish(struct xlsx_book *b, struct fault *f)
{
	assert(b->workbook);
	lxw_error e = workbook_close(b->workbook);
	b->workbook = NULL;
	if (e != LXW_NO_ERROR) {
		(void)unlink(b->part_path);
		return cannot_write(b, lxw_strerror(e), f);
	}
	if (rename(b->part_path, b->path) != 0) {
		const char *reason = strerror(errno);
		(void)unlink(b->part_path);
		return cannot_write(b, reason, f);
	}
	return OK;
}

static bool same_look(const struct xlsx_look *x, const struct xlsx_look *y)
{
	return x->bold == y->bold && x->italic == y->italic && x->wrap == y->wrap && x->border == y->border && x->align == y->align &&
		x->indent == y->indent && x->size == y->size && text_equal(x->number, y->number) && x->fill == y->fill && x->colour == y->colour;
}

static lxw_format *make_format(struct xlsx_book *b, struct xlsx_look look)
{
	lxw_format *x = workbook_add_format(b->workbook);
	format_set_font_name(x, font_name);
	format_set_font_size(x, look.size > 0 ? look.size : FONT_SIZE);
	format_set_align(x, LXW_ALIGN_VERTICAL_CENTER);
	if (look.align)
		format_set_align(x, (uint8_t)look.align);
	if (look.indent)
		format_set_indent(x, (uint8_t)look.indent);
	if (look.bold)
		format_set_bold(x);
	if (look.italic)
		format_set_italic(x);
	if (look.wrap)
		format_set_text_wrap(x);
	if (look.border)
		format_set_border(x, LXW_BORDER_THIN);
	if (look.number)
		format_set_num_format(x, look.number);
	if (look.fill)
		format_set_bg_color(x, look.fill);
	if (look.colour)
		format_set_font_color(x, look.colour);
	return x;
}

lxw_format *xlsx_book_format(struct xlsx_book *b, struct xlsx_look look)
{
	for (size_t i = 0; i < b->formats_n; i++)
		if (same_look(&b->formats[i].look, &look))
			return b->formats[i].format;
	lxw_format *format = make_format(b, look);
	*arena_push(b->arena, b->formats, b->formats_n, b->formats_cap) = (struct xlsx_format){ look, format };
	return format;
}

static const char *fitting(struct xlsx_book *b, const char *s)
{
	size_t n = strlen(s);
	return n <= XLSX_TEXT_MAX ? s : arena_strndup(b->arena, s, utf8_cut(s, n, XLSX_TEXT_MAX));
}

void xlsx_book_text(struct xlsx_book *b, int row, int column, const char *s, lxw_format *format)
{
	assert(row >= 0 && column >= 0);
	if (s && *s)
		(void)worksheet_write_string(b->sheet, (lxw_row_t)row, (lxw_col_t)column, fitting(b, s), format);
	else
		(void)worksheet_write_blank(b->sheet, (lxw_row_t)row, (lxw_col_t)column, format);
}

double xlsx_decimal(const char *s)
{
	double v = 0, scale = 1;
	bool negative = *s == '-', behind = false;
	for (s += negative; *s; s++) {
		if (*s == '.' || *s == ',') {
			behind = true;
			continue;
		}
		assert(*s >= '0' && *s <= '9');
		v = v * 10 + (*s - '0');
		scale *= behind ? 10 : 1;
	}
	return negative ? -v / scale : v / scale;
}

void xlsx_book_number(struct xlsx_book *b, int row, int column, double v, lxw_format *format)
{
	(void)worksheet_write_number(b->sheet, (lxw_row_t)row, (lxw_col_t)column, v, format);
}

void xlsx_book_day(struct xlsx_book *b, int row, int column, struct day day, lxw_format *format)
{
	assert(day_known(day));
	struct ymd v = day_ymd(day);
	lxw_datetime when = { .year = v.year, .month = v.month, .day = v.day };
	(void)worksheet_write_datetime(b->sheet, (lxw_row_t)row, (lxw_col_t)column, &when, format);
}

void xlsx_book_merged(struct xlsx_book *b, int row, int first, int last, const char *s, lxw_format *format)
{
	assert(row >= 0 && first <= last);
	if (first < last)
		(void)worksheet_merge_range(b->sheet, (lxw_row_t)row, (lxw_col_t)first, (lxw_row_t)row, (lxw_col_t)last, fitting(b, s), format);
	else
		xlsx_book_text(b, row, first, s, format);
}

static double inches(double mm)
{
	return mm / 25.4;
}

void xlsx_book_page(struct xlsx_book *b, bool landscape, int heading, const char *footer)
{
	worksheet_set_paper(b->sheet, PAPER_A4);
	worksheet_set_margins(b->sheet, inches(landscape ? 20 : 30), inches(15), inches(20), inches(20));
	if (landscape)
		worksheet_set_landscape(b->sheet);
	worksheet_fit_to_pages(b->sheet, 1, 0);
	worksheet_center_horizontally(b->sheet);
	(void)worksheet_repeat_rows(b->sheet, (lxw_row_t)heading, (lxw_row_t)heading);
	worksheet_freeze_panes(b->sheet, (lxw_row_t)heading + 1, 0);
	(void)worksheet_set_footer(b->sheet, footer);
}

int xlsx_book_lines(const char *s, double width)
{
	assert(width > 0);
	double letters = (double)utf8_length(s ? s : "");
	int lines = 1 + (int)(letters * 1.05 / width); /* words do not fill a line to its end */
	return lines < 22 ? lines : 22; /* Excel ends a row at 409 points */
}

void xlsx_book_height(struct xlsx_book *b, int row, int lines)
{
	assert(row >= 0 && lines >= 1);
	(void)worksheet_set_row(b->sheet, (lxw_row_t)row, LINE_POINTS * lines + 2, NULL);
}
