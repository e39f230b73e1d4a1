/* A workbook being written: one A4 sheet in the look of Vietnamese office papers (Times New Roman 13, margins of 30 mm left, 15 mm
 * right and 20 mm above and below). Text is always written as text, never as a formula. */
#pragma once

#include "base/day.h"

#include <xlsxwriter.h>

enum { XLSX_TEXT_MAX = 32767 / 4 }; /* bytes; longer texts are cut, for a cell holds 32,767 characters and a reader far fewer */

enum { XLSX_HEADING_FILL = 0xF2F2F2 };
#define XLSX_DAY "dd/mm/yyyy" /* number format of days */

struct xlsx_look {
	bool bold, italic, wrap, border;
	enum lxw_format_alignments align;
	int indent;
	double size;              /* 0: 13 points */
	const char *number;       /* number format, NULL: general */
	lxw_color_t fill;         /* 0: none */
	lxw_color_t colour;       /* of the letters, 0: black */
};

struct xlsx_format {
	struct xlsx_look look;
	lxw_format *format;
};

struct xlsx_book {
	struct arena *arena;
	const char *path;
	const char *part_path; /* written first; takes the name when it is whole */
	lxw_workbook *workbook;
	lxw_worksheet *sheet;
	struct xlsx_format *formats;
	size_t formats_n, formats_cap;
};

/* `streaming`: rows must be written in order, memory stays small. */
enum err xlsx_book_open(const char *path, const char *sheet_name, bool streaming, struct arena *a, struct xlsx_book *ret,
	struct fault *f) MUST_CHECK;

/* Writes the file; on failure nothing stays behind under either name but what was at `path` before. */
enum err xlsx_book_finish(struct xlsx_book *b, struct fault *f) MUST_CHECK;

/* One format for each look. */
lxw_format *xlsx_book_format(struct xlsx_book *b, struct xlsx_look look);

void xlsx_book_text(struct xlsx_book *b, int row, int column, const char *s, lxw_format *format);

/* The digits of "-12.9" or "-12,9" as a number; exact but for the last bit, and whatever the locale. */
double xlsx_decimal(const char *s);
void xlsx_book_number(struct xlsx_book *b, int row, int column, double v, lxw_format *format);
void xlsx_book_day(struct xlsx_book *b, int row, int column, struct day day, lxw_format *format); /* a known one */

/* Centred over the columns first to last. */
void xlsx_book_merged(struct xlsx_book *b, int row, int first, int last, const char *s, lxw_format *format);

/* Prints on A4, as wide as the page, heading rows repeated and kept in sight, page numbers below. `heading` counts from 0. */
void xlsx_book_page(struct xlsx_book *b, bool landscape, int heading, const char *footer);

/* Lines that s takes in a cell as wide as `width` letters. */
int xlsx_book_lines(const char *s, double width);
void xlsx_book_height(struct xlsx_book *b, int row, int lines);
