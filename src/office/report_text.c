#include "office/report_grid.h"
#include "office/report_write.h"

#include <assert.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

enum { GAP = 2 };

/* Cells of a terminal that the text takes: marks none, wide signs two. */
static size_t display_width(const char *s)
{
	size_t width = 0;
	for (size_t i = 0, n = strlen(s); i < n;) {
		UChar32 c;
		U8_NEXT_UNSAFE(s, i, c);
		int kind = u_charType(c), east_asian = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
		if (kind == U_NON_SPACING_MARK || kind == U_ENCLOSING_MARK || kind == U_FORMAT_CHAR)
			continue;
		width += east_asian == U_EA_WIDE || east_asian == U_EA_FULLWIDTH ? 2 : 1;
	}
	return width;
}

static const char *day_text(struct day d, enum lang lang, struct arena *a)
{
	char buf[DAY_TEXT];
	return arena_strdup(a, lang == LANG_VI ? day_vi(d, buf) : day_iso(d, buf));
}

static const char *cell_text(const struct report *r, enum grid_column column, const struct grid_cell *c, struct arena *a)
{
	switch (c->kind) {
	case GRID_EMPTY:
		return "";
	case GRID_WORDS:
		return c->text;
	case GRID_WHOLE:
		return arena_printf(a, "%s%s", c->at_least ? "≥ " : "", grid_number(c->number, r->lang, a));
	case GRID_DECIMAL: {
		bool sign = column == GRID_POINTS && *c->text != '-' && strcmp(c->text, "0") != 0;
		return arena_printf(a, "%s%s", sign ? "+" : "", grid_decimal(c->text, r->lang, a));
	}
	case GRID_DAY:
		return day_text(c->day, r->lang, a);
	}
	return "";
}

static bool to_the_left(enum grid_column c)
{
	return c == GRID_LABEL || c == GRID_NOTE;
}

static void add_spaces(struct text *t, size_t n)
{
	while (n--)
		text_addc(t, ' ');
}

static void add_padded(struct text *t, const char *s, size_t width, bool left, bool last)
{
	size_t taken = display_width(s), pad = width > taken ? width - taken : 0;
	if (!left)
		add_spaces(t, pad);
	text_add(t, s);
	if (left && !last)
		add_spaces(t, pad);
}

/* Texts of all cells, the headings first. */
static const char **texts_of(const struct report *r, const struct grid *g, struct arena *a)
{
	size_t n = (size_t)g->n;
	const char **v = arena_array(a, const char *, (r->n + 1) * n);
	for (size_t k = 0; k < n; k++)
		v[k] = grid_heading(r, g->columns[k], a);
	for (size_t i = 0; i < r->n * n; i++) {
		const struct report_row *row = &r->rows[i / n];
		const char *s = cell_text(r, g->columns[i % n], &g->cells[i], a);
		v[n + i] = g->columns[i % n] == GRID_LABEL ? arena_printf(a, "%*s%s", 2 * row->level, "", s) : s;
	}
	return v;
}

static void add_line(struct text *t, const struct grid *g, const char **texts, const size_t *widths)
{
	assert(g->n >= 1);
	int last = g->n - 1;
	while (last > 0 && !*texts[last])
		last--;
	for (int k = 0; k <= last; k++) {
		if (k > 0)
			add_spaces(t, GAP);
		add_padded(t, texts[k], widths[k], to_the_left(g->columns[k]), k == last);
	}
	text_addc(t, '\n');
}

static void add_rule(struct text *t, const struct grid *g, const size_t *widths)
{
	for (int k = 0; k < g->n; k++) {
		if (k > 0)
			add_spaces(t, GAP);
		for (size_t i = 0; i < widths[k]; i++)
			text_add(t, "─");
	}
	text_addc(t, '\n');
}

static void add_table(struct text *t, const struct report *r, struct arena *a)
{
	struct grid g = grid_of(r, GRID_TEXT, a);
	size_t n = (size_t)g.n, widths[GRID__COUNT] = {0};
	const char **texts = texts_of(r, &g, a);
	for (size_t i = 0; i < (r->n + 1) * n; i++) {
		size_t w = display_width(texts[i]);
		bool counts = g.columns[i % n] != GRID_NOTE || i < n; /* remarks run on to the right */
		if (counts && w > widths[i % n])
			widths[i % n] = w;
	}
	add_line(t, &g, texts, widths);
	add_rule(t, &g, widths);
	for (size_t i = 1; i <= r->n; i++)
		add_line(t, &g, texts + i * n, widths);
}

const char *report_text(const struct report *r, struct arena *a)
{
	struct text t = TEXT(a);
	text_addf(&t, "%s (%s)\n%s\n%s\n\n", r->unit_name, r->unit_code, r->title, grid_scope(r, a));
	if (r->n > 0)
		add_table(&t, r, a);
	else
		text_addf(&t, "%s\n", MSG_TEXT(a, r->lang, MSG_REPORT_NO_ROWS));
	if (r->notes_n > 0)
		text_addc(&t, '\n');
	for (size_t i = 0; i < r->notes_n; i++)
		text_addf(&t, "- %s\n", r->notes[i]);
	return text_str(&t);
}
