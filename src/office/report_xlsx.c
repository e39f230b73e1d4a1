#include "base/text.h"
#include "office/report_grid.h"
#include "office/report_write.h"
#include "office/xlsx_book.h"

#include <assert.h>
#include <string.h>
#include <unicode/ucasemap.h>

enum { LANDSCAPE_FROM = 7 };

struct printing {
	struct xlsx_book book;
	const struct report *r;
	struct grid grid;
	struct arena *a;
	double widths[GRID__COUNT];
	int row; /* the next one */
};

static double column_width(enum grid_column c)
{
	static const double widths[GRID__COUNT] = {
		[GRID_LABEL] = 42, [GRID_VALUE] = 12, [GRID_WANTED] = 13, [GRID_NUMERATOR] = 12, [GRID_DENOMINATOR] = 12, [GRID_PERCENT] = 11,
		[GRID_POINTS] = 14, [GRID_SINCE] = 14, [GRID_NOTE] = 46,
	};
	assert(widths[c] > 0);
	return widths[c];
}

static void set_columns(struct printing *p)
{
	for (int k = 0; k < p->grid.n; k++) {
		p->widths[k] = column_width(p->grid.columns[k]);
		(void)worksheet_set_column(p->book.sheet, (lxw_col_t)k, (lxw_col_t)k, p->widths[k], NULL);
	}
}

/* ---- above the table */

static double total_width(const struct printing *p, int first, int last)
{
	double w = 0;
	for (int k = first; k <= last; k++)
		w += p->widths[k];
	return w;
}

static void add_wide(struct printing *p, const char *s, struct xlsx_look look)
{
	int last = p->grid.n - 1;
	double scale = 13 / (look.size > 0 ? look.size : 13);
	look.wrap = true;
	xlsx_book_height(&p->book, p->row, xlsx_book_lines(s, total_width(p, 0, last) * scale));
	xlsx_book_merged(&p->book, p->row++, 0, last, s, xlsx_book_format(&p->book, look));
}

static const char *lang_text(const struct printing *p, enum msg msg)
{
	return MSG_TEXT(p->a, p->r->lang, msg);
}

static const char *upper_case(const char *s, struct arena *a)
{
	UErrorCode e = U_ZERO_ERROR;
	UCaseMap *map = ucasemap_open("vi", 0, &e);
	int32_t n = (int32_t)strlen(s), room = 3 * n + 1;
	char *upper = arena_alloc(a, (size_t)room);
	(void)ucasemap_utf8ToUpper(map, upper, room, s, n, &e);
	ucasemap_close(map);
	return U_SUCCESS(e) ? upper : s;
}

/* The unit stands at the left and the Party's name at the right, as on its papers. */
static void add_letterhead(struct printing *p)
{
	int last = p->grid.n - 1;
	const char *unit = upper_case(p->r->unit_name, p->a), *party = lang_text(p, MSG_REPORT_PARTY);
	struct xlsx_look look = { .bold = true, .align = LXW_ALIGN_CENTER, .wrap = true };
	xlsx_book_height(&p->book, p->row, xlsx_book_lines(unit, p->widths[0]));
	if (last >= 2) {
		xlsx_book_text(&p->book, p->row, 0, unit, xlsx_book_format(&p->book, look));
		xlsx_book_merged(&p->book, p->row, 1 + (last > 3), last, party, xlsx_book_format(&p->book, look));
	} else {
		xlsx_book_merged(&p->book, p->row, 0, last, unit, xlsx_book_format(&p->book, look));
	}
	p->row += 2;
}

static void add_title(struct printing *p)
{
	add_letterhead(p);
	add_wide(p, upper_case(p->r->title, p->a), (struct xlsx_look){ .bold = true, .size = 15, .align = LXW_ALIGN_CENTER });
	add_wide(p, grid_scope(p->r, p->a), (struct xlsx_look){ .italic = true, .align = LXW_ALIGN_CENTER });
	p->row++;
}

/* ---- the table */

static void add_headings(struct printing *p)
{
	lxw_format *format = xlsx_book_format(&p->book,
		(struct xlsx_look){ .bold = true, .wrap = true, .border = true, .align = LXW_ALIGN_CENTER, .fill = XLSX_HEADING_FILL });
	int lines = 1;
	for (int k = 0; k < p->grid.n; k++) {
		const char *heading = grid_heading(p->r, p->grid.columns[k], p->a);
		int n = xlsx_book_lines(heading, p->widths[k] * 0.8);
		lines = n > lines ? n : lines;
		xlsx_book_text(&p->book, p->row, k, heading, format);
	}
	xlsx_book_height(&p->book, p->row, lines);
	xlsx_book_page(&p->book, p->grid.n >= LANDSCAPE_FROM || total_width(p, 0, p->grid.n - 1) > 110, p->row, lang_text(p, MSG_REPORT_PAGE));
	p->row++;
}

/* "_)" keeps the digits off the border; LibreOffice forgets an indent at the right. */
static const char *decimal_format(const struct printing *p, bool sign)
{
	static const char *const plain[] = { "0_)", "0.0_)", "0.00_)", "0.000_)", "0.0000_)" };
	int decimals = p->r->rounding.decimals;
	assert(decimals >= 0 && decimals <= 4);
	return sign ? arena_printf(p->a, "+%s;-%s;0_)", plain[decimals], plain[decimals]) : plain[decimals];
}

static lxw_format *cell_format(struct printing *p, enum grid_column column, const struct grid_cell *c, const struct report_row *row)
{
	struct xlsx_look look = { .border = true, .align = LXW_ALIGN_RIGHT };
	bool is_text = column == GRID_LABEL || column == GRID_NOTE;
	if (is_text || c->kind == GRID_WORDS) {
		look.wrap = true;
		look.indent = 1;
		look.align = is_text ? LXW_ALIGN_LEFT : LXW_ALIGN_RIGHT;
	}
	look.bold = text_equal(row->key, "total");
	if (column == GRID_LABEL)
		look.indent += row->level < 7 ? 2 * row->level : 14; /* a cell goes to 15 */
	if (c->kind == GRID_WHOLE)
		look.number = c->at_least ? "\"≥ \"#,##0_)" : "#,##0_)";
	if (c->kind == GRID_DECIMAL)
		look.number = decimal_format(p, column == GRID_POINTS);
	if (c->kind == GRID_DAY) {
		look.number = XLSX_DAY;
		look.align = LXW_ALIGN_CENTER;
	}
	return xlsx_book_format(&p->book, look);
}

static void add_cell(struct printing *p, int k, const struct grid_cell *c, const struct report_row *row)
{
	lxw_format *format = cell_format(p, p->grid.columns[k], c, row);
	switch (c->kind) {
	case GRID_EMPTY:
	case GRID_WORDS:
		xlsx_book_text(&p->book, p->row, k, c->text, format);
		break;
	case GRID_WHOLE:
		xlsx_book_number(&p->book, p->row, k, (double)c->number, format);
		break;
	case GRID_DECIMAL:
		xlsx_book_number(&p->book, p->row, k, xlsx_decimal(c->text), format);
		break;
	case GRID_DAY:
		xlsx_book_day(&p->book, p->row, k, c->day, format);
		break;
	}
}

static void add_row(struct printing *p, size_t i)
{
	const struct grid_cell *cells = &p->grid.cells[i * (size_t)p->grid.n];
	int lines = 1;
	for (int k = 0; k < p->grid.n; k++) {
		int n = cells[k].kind == GRID_WORDS ? xlsx_book_lines(cells[k].text, p->widths[k] - 2) : 1;
		lines = n > lines ? n : lines;
		add_cell(p, k, &cells[k], &p->r->rows[i]);
	}
	xlsx_book_height(&p->book, p->row++, lines);
}

static void add_notes(struct printing *p)
{
	p->row++;
	if (p->r->notes_n > 0)
		add_wide(p, lang_text(p, MSG_REPORT_NOTES), (struct xlsx_look){ .bold = true, .size = 12, .align = LXW_ALIGN_LEFT });
	for (size_t i = 0; i < p->r->notes_n; i++)
		add_wide(p, arena_printf(p->a, "- %s", p->r->notes[i]), (struct xlsx_look){ .italic = true, .size = 12, .align = LXW_ALIGN_LEFT });
}

enum err report_xlsx(const struct report *r, const char *path, struct fault *f)
{
	scoped(arena_done) struct arena a = {0};
	struct printing p = { .r = r, .a = &a, .grid = grid_of(r, GRID_XLSX, &a) };
	TRY(xlsx_book_open(path, MSG_TEXT(&a, r->lang, MSG_REPORT_SHEET), false, &a, &p.book, f));
	set_columns(&p);
	add_title(&p);
	add_headings(&p);
	for (size_t i = 0; i < r->n; i++)
		add_row(&p, i);
	add_notes(&p);
	return xlsx_book_finish(&p.book, f);
}
