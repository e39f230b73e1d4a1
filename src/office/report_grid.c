#include "office/report_grid.h"
#include "base/text.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { IN_TEXT = 1 << GRID_TEXT, IN_CSV = 1 << GRID_CSV, IN_XLSX = 1 << GRID_XLSX };
enum { IN_TABLES = IN_CSV | IN_XLSX, IN_ALL = IN_TEXT | IN_TABLES };

typedef struct grid_cell cell_fn(const struct report *r, const struct report_row *row, struct arena *a);

static struct grid_cell words(const char *s)
{
	return (struct grid_cell){ .kind = s && *s ? GRID_WORDS : GRID_EMPTY, .text = s };
}

static struct grid_cell whole(bool there, int64_t n)
{
	return (struct grid_cell){ .kind = there ? GRID_WHOLE : GRID_EMPTY, .number = n };
}

static bool has_percent(const struct report_row *row)
{
	return row->has_ratio && row->denominator > 0;
}

static struct grid_cell key(const struct report *r, const struct report_row *row, struct arena *a)
{
	(void)r, (void)a;
	return words(row->key);
}

static struct grid_cell label(const struct report *r, const struct report_row *row, struct arena *a)
{
	(void)r, (void)a;
	return words(row->label);
}

static struct grid_cell value(const struct report *r, const struct report_row *row, struct arena *a)
{
	(void)r, (void)a;
	return whole(row->has_value, row->value);
}

static struct grid_cell wanted(const struct report *r, const struct report_row *row, struct arena *a)
{
	(void)r, (void)a;
	bool at_least = text_equal(row->qualifier, "≥");
	if (row->qualifier && !at_least)
		return words(row->qualifier);
	struct grid_cell c = whole(row->has_ratio && (at_least || row->has_points), row->denominator);
	c.at_least = at_least;
	return c;
}

static struct grid_cell numerator(const struct report *r, const struct report_row *row, struct arena *a)
{
	(void)r, (void)a;
	return whole(row->has_ratio, row->numerator);
}

static struct grid_cell denominator(const struct report *r, const struct report_row *row, struct arena *a)
{
	(void)r, (void)a;
	return whole(row->has_ratio, row->denominator);
}

static struct grid_cell percent(const struct report *r, const struct report_row *row, struct arena *a)
{
	char buf[FIGURE_TEXT];
	if (!has_percent(row))
		return (struct grid_cell){0};
	const char *digits = figure_percent(row->numerator, row->denominator, r->rounding, buf);
	return (struct grid_cell){ .kind = GRID_DECIMAL, .text = arena_strdup(a, digits) };
}

static struct grid_cell ratio(const struct report *r, const struct report_row *row, struct arena *a)
{
	if (!row->has_ratio)
		return (struct grid_cell){0};
	struct text t = TEXT(a);
	text_addf(&t, "%s/%s", grid_number(row->numerator, r->lang, a), grid_number(row->denominator, r->lang, a));
	if (has_percent(row))
		text_addf(&t, " = %s %%", grid_decimal(percent(r, row, a).text, r->lang, a));
	return words(text_str(&t));
}

static struct grid_cell points(const struct report *r, const struct report_row *row, struct arena *a)
{
	char buf[FIGURE_TEXT];
	if (!row->has_points || !has_percent(row))
		return (struct grid_cell){0};
	const char *digits = figure_points(row->numerator, row->denominator, row->pace_num, row->pace_den, r->rounding, buf);
	return (struct grid_cell){ .kind = GRID_DECIMAL, .text = arena_strdup(a, digits) };
}

static struct grid_cell since(const struct report *r, const struct report_row *row, struct arena *a)
{
	(void)r, (void)a;
	return (struct grid_cell){ .kind = day_known(row->since) ? GRID_DAY : GRID_EMPTY, .day = row->since };
}

static struct grid_cell note(const struct report *r, const struct report_row *row, struct arena *a)
{
	(void)r, (void)a;
	return words(row->note);
}

static const struct {
	int forms;
	cell_fn *cell;
	enum msg heading;
} columns[GRID__COUNT] = {
	[GRID_KEY] = { IN_CSV, key, MSG_COLUMN_KEY },
	[GRID_LABEL] = { IN_ALL, label, MSG_COLUMN_LABEL },
	[GRID_VALUE] = { IN_ALL, value, MSG_COLUMN_VALUE },
	[GRID_WANTED] = { IN_ALL, wanted, MSG_COLUMN_WANTED },
	[GRID_RATIO] = { IN_TEXT, ratio, MSG_COLUMN_RATIO },
	[GRID_NUMERATOR] = { IN_TABLES, numerator, MSG_COLUMN_NUMERATOR },
	[GRID_DENOMINATOR] = { IN_TABLES, denominator, MSG_COLUMN_DENOMINATOR },
	[GRID_PERCENT] = { IN_TABLES, percent, MSG_COLUMN_PERCENT },
	[GRID_POINTS] = { IN_ALL, points, MSG_COLUMN_POINTS },
	[GRID_SINCE] = { IN_ALL, since, MSG_COLUMN_SINCE },
	[GRID_NOTE] = { IN_ALL, note, MSG_COLUMN_NOTE },
};

/* On paper a numerator that is the value, or a denominator that is the target, would be printed twice. */
static bool repeats(const struct report *r, enum grid_column c, struct arena *a)
{
	for (size_t i = 0; i < r->n; i++) {
		const struct report_row *row = &r->rows[i];
		if (!row->has_ratio)
			continue;
		struct grid_cell target = wanted(r, row, a);
		if (c == GRID_NUMERATOR && !(row->has_value && row->value == row->numerator))
			return false;
		if (c == GRID_DENOMINATOR && !(target.kind == GRID_WHOLE && target.number == row->denominator))
			return false;
	}
	return c == GRID_NUMERATOR || c == GRID_DENOMINATOR;
}

static bool wants(const struct report *r, enum grid_form form, enum grid_column c, struct arena *a)
{
	if (!(columns[c].forms & 1 << form))
		return false;
	if (c == GRID_LABEL || (form == GRID_CSV && c != GRID_POINTS && c != GRID_SINCE))
		return true;
	bool filled = false;
	for (size_t i = 0; i < r->n && !filled; i++)
		filled = columns[c].cell(r, &r->rows[i], a).kind != GRID_EMPTY;
	return filled && (form != GRID_XLSX || !repeats(r, c, a));
}

struct grid grid_of(const struct report *r, enum grid_form form, struct arena *a)
{
	struct grid g = {0};
	for (enum grid_column c = 0; c < GRID__COUNT; c++)
		if (wants(r, form, c, a))
			g.columns[g.n++] = c;
	assert(g.n >= 1 && g.n <= GRID__COUNT);
	g.cells = arena_array(a, struct grid_cell, r->n * (size_t)g.n);
	for (size_t i = 0; i < r->n; i++)
		for (int k = 0; k < g.n; k++)
			g.cells[i * (size_t)g.n + (size_t)k] = columns[g.columns[k]].cell(r, &r->rows[i], a);
	return g;
}

const char *grid_heading(const struct report *r, enum grid_column c, struct arena *a)
{
	assert(c < GRID__COUNT);
	const char *own = c == GRID_VALUE ? r->value_heading : c == GRID_RATIO || c == GRID_PERCENT ? r->ratio_heading : NULL;
	return own ? own : MSG_TEXT(a, r->lang, columns[c].heading);
}

const char *grid_decimal(const char *digits, enum lang lang, struct arena *a)
{
	char *s = arena_strdup(a, digits);
	char *point = lang == LANG_VI ? strchr(s, '.') : NULL;
	if (point)
		*point = ',';
	return s;
}

const char *grid_number(int64_t v, enum lang lang, struct arena *a)
{
	char digits[24];
	(void)snprintf(digits, sizeof digits, "%" PRId64, v);
	const char *p = digits + (v < 0);
	size_t n = strlen(p);
	struct text t = TEXT(a);
	text_addn(&t, digits, (size_t)(p - digits));
	for (size_t i = 0; i < n; i++) {
		if (i > 0 && (n - i) % 3 == 0)
			text_addc(&t, lang == LANG_VI ? '.' : ',');
		text_addc(&t, p[i]);
	}
	return text_str(&t);
}

const char *grid_scope(const struct report *r, struct arena *a)
{
	char buf[DAY_TEXT];
	const char *as_of = r->lang == LANG_VI ? day_vi(r->as_of, buf) : day_iso(r->as_of, buf);
	enum msg msg = r->today_tree ? MSG_REPORT_SCOPE_TODAY_TREE : MSG_REPORT_SCOPE;
	return MSG_TEXT(a, r->lang, msg, period_label(r->period, r->lang, a), as_of);
}
