#include "office/report_grid.h"
#include "office/report_write.h"

#include <inttypes.h>
#include <string.h>

/* What a spreadsheet would take for a formula becomes text by a leading apostrophe. */
static void add_words(struct text *t, const char *s)
{
	bool formula = *s && strchr("=+-@\t\r", *s);
	bool quotes = strpbrk(s, ";\"\r\n") != NULL;
	if (quotes)
		text_addc(t, '"');
	if (formula)
		text_addc(t, '\'');
	for (; *s; s++) {
		if (*s == '"')
			text_addc(t, '"');
		text_addc(t, *s);
	}
	if (quotes)
		text_addc(t, '"');
}

static void add_cell(struct text *t, const struct grid_cell *c, struct arena *a)
{
	char buf[DAY_TEXT];
	switch (c->kind) {
	case GRID_EMPTY:
		break;
	case GRID_WORDS:
		add_words(t, c->text);
		break;
	case GRID_WHOLE:
		text_addf(t, "%s%" PRId64, c->at_least ? "≥ " : "", c->number);
		break;
	case GRID_DECIMAL:
		text_add(t, grid_decimal(c->text, LANG_VI, a));
		break;
	case GRID_DAY:
		text_add(t, day_vi(c->day, buf));
		break;
	}
}

const char *report_csv(const struct report *r, struct arena *a)
{
	struct text t = TEXT(a);
	struct grid g = grid_of(r, GRID_CSV, a);
	text_add(&t, "\xEF\xBB\xBF");
	for (int k = 0; k < g.n; k++) {
		text_add(&t, k > 0 ? ";" : "");
		add_words(&t, grid_heading(r, g.columns[k], a));
	}
	text_add(&t, "\r\n");
	for (size_t i = 0; i < r->n; i++) {
		for (int k = 0; k < g.n; k++) {
			text_add(&t, k > 0 ? ";" : "");
			add_cell(&t, &g.cells[i * (size_t)g.n + (size_t)k], a);
		}
		text_add(&t, "\r\n");
	}
	return text_str(&t);
}

static void add_line(struct text *t, const struct table *table, int row)
{
	for (int k = 0; k < table->columns; k++) {
		const char *s = row < 0 ? table->headings[k] : table->cells[(size_t)row * (size_t)table->columns + (size_t)k].text;
		text_add(t, k > 0 ? ";" : "");
		add_words(t, s ? s : "");
	}
	text_add(t, "\r\n");
}

const char *table_csv(const struct table *t, struct arena *a)
{
	struct text out = TEXT(a);
	text_add(&out, "\xEF\xBB\xBF");
	for (int row = -1; row < t->rows; row++)
		add_line(&out, t, row);
	return text_str(&out);
}
