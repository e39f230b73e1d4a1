#include "app/reorg_rows.h"

#include "base/json.h"
#include "base/utf8.h"
#include "office/sheet.h"

#include <string.h>
#include <strings.h>

static const struct {
	const char *vi, *en, *also;
} columns[REORG_COL__COUNT] = {
	[REORG_COL_UNIT] = { "Mã tổ chức", "Unit code", "Mã cũ|Mã tổ chức cũ|Unit|Old unit" },
	[REORG_COL_TO] = { "Mã tổ chức mới", "New unit code", "Mã mới|Nơi kế thừa|New unit|To" },
	[REORG_COL_NAME] = { "Tên tổ chức mới", "Name of the new unit", "Tên mới|Name" },
	[REORG_COL_KIND] = { "Loại tổ chức mới", "Kind of the new unit", "Loại|Kind" },
	[REORG_COL_PARENT] = { "Mã cấp trên", "Parent code", "Cấp trên|Parent" },
	[REORG_COL_PERSON] = { "Mã người", "Person", "Mã số người|Person id" },
};

const char *reorg_column_label(enum reorg_column c, enum lang lang)
{
	return lang == LANG_VI ? columns[c].vi : columns[c].en;
}

/* ---- lines ---- */

static bool listed_folded(const char *list, const char *folded, struct arena *a)
{
	for (const char *p = list; *p;) {
		size_t n = strcspn(p, "|");
		if (strcmp(vi_fold(a, arena_strndup(a, p, n)), folded) == 0)
			return true;
		p += n + (p[n] == '|');
	}
	return false;
}

static bool is_heading(enum reorg_column c, const char *cell, struct arena *a)
{
	const char *folded = vi_fold(a, cell);
	return strcmp(vi_fold(a, columns[c].vi), folded) == 0 || strcmp(vi_fold(a, columns[c].en), folded) == 0 ||
		listed_folded(columns[c].also, folded, a);
}

struct line {
	const char *cell[REORG_COL__COUNT];
	size_t n;
};

static struct line split_line(const char *s, size_t n, struct arena *a)
{
	struct line l = { .n = 0 };
	for (size_t i = 0; i <= n && l.n < REORG_COL__COUNT;) {
		size_t k = 0;
		while (i + k < n && s[i + k] != ';' && s[i + k] != '\t')
			k++;
		l.cell[l.n++] = utf8_clean(a, arena_strndup(a, s + i, k));
		i += k + 1;
	}
	return l;
}

static bool is_blank(const struct line *l)
{
	for (size_t i = 0; i < l->n; i++)
		if (*l->cell[i])
			return false;
	return true;
}

/* Which column each cell of a line of headings is; false when it is none. */
static bool read_headings(const struct line *l, enum reorg_column order[REORG_COL__COUNT], struct arena *a)
{
	size_t known = 0;
	enum reorg_column found[REORG_COL__COUNT];
	size_t n = l->n;
	while (n > 0 && !*l->cell[n - 1])
		n--;
	for (size_t i = 0; i < n; i++)
		for (enum reorg_column c = 0; c < REORG_COL__COUNT; c++)
			if (known == i && is_heading(c, l->cell[i], a))
				found[known++] = c;
	if (known == 0 || known < n)
		return false;
	memcpy(order, found, known * sizeof *order);
	return true;
}

enum err reorg_rows_read(const char *lines, struct arena *a, struct reorg_row **ret, size_t *ret_n, struct fault *f)
{
	enum reorg_column order[REORG_COL__COUNT] = { 0, 1, 2, 3, 4, 5 };
	struct reorg_row *v = NULL;
	size_t n = 0, cap = 0;
	if (!utf8_valid(lines, strlen(lines)))
		return FAULT(f, E_INVALID, "rows", MSG_NOT_UTF8);
	for (bool first = true; *lines;) {
		size_t k = strcspn(lines, "\r\n");
		struct line l = split_line(lines, k, a);
		lines += k + strspn(lines + k, "\r\n");
		bool blank = is_blank(&l);
		if (blank || (first && read_headings(&l, order, a))) {
			first &= blank;
			continue;
		}
		first = false;
		struct reorg_row *row = arena_push(a, v, n, cap);
		for (size_t i = 0; i < l.n; i++)
			row->v[order[i]] = l.cell[i];
	}
	*ret = v;
	*ret_n = n;
	return OK;
}

/* ---- worksheets ---- */

enum { LINES_MAX = 4 << 20 };

static enum err add_line(void *ctx, const struct sheet_row *row, int64_t done, int64_t total, struct fault *f)
{
	struct text *t = ctx;
	(void)done, (void)total;
	for (int i = 0; i < row->n && i < REORG_COL__COUNT; i++) {
		const char *s = row->cells[i].text ? row->cells[i].text : "";
		for (; *s; s++)
			text_addc(t, strchr("\t\r\n;", *s) ? ' ' : *s);
		text_addc(t, '\t');
	}
	text_addc(t, '\n');
	return t->n > LINES_MAX ? FAULT(f, E_TOOBIG, "file", MSG_REORG_SHEET_BIG) : OK;
}

enum err reorg_rows_sheet(const char *name, const void *bytes, size_t n, struct arena *a, const char **ret_lines, struct fault *f)
{
	struct text t = TEXT(a);
	size_t len = strlen(name);
	if (len > 5 && strcasecmp(name + len - 5, ".xlsx") == 0)
		TRY(sheet_read_xlsx(bytes, n, add_line, &t, f));
	else
		TRY(sheet_read_csv(bytes, n, add_line, &t, f));
	*ret_lines = text_str(&t);
	return OK;
}

/* ---- the plan ---- */

static const char *cell(const struct reorg_row *r, enum reorg_column c)
{
	return r->v[c] && *r->v[c] ? r->v[c] : NULL;
}

static bool same(const struct reorg_row *x, const struct reorg_row *y, enum reorg_column c)
{
	const char *a = cell(x, c), *b = cell(y, c);
	return a && b && strcasecmp(a, b) == 0;
}

struct writing {
	struct json j;
	const struct reorg_row *v;
	size_t n;
	bool splits, moves;
};

static void begin(struct writing *w, const char *what, const char *unit)
{
	json_object(&w->j);
	json_key(&w->j, "do");
	json_string(&w->j, what);
	json_key(&w->j, "unit");
	json_string(&w->j, unit);
}

static void say(struct writing *w, const char *key, const char *value)
{
	if (!value)
		return;
	json_key(&w->j, key);
	json_string(&w->j, value);
}

/* The first row of a kind says it. */
static bool said_before(const struct writing *w, size_t i, enum reorg_column c)
{
	for (size_t k = 0; k < i; k++)
		if (same(&w->v[k], &w->v[i], c))
			return true;
	return false;
}

static bool linked_before(const struct writing *w, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (same(&w->v[k], &w->v[i], REORG_COL_UNIT) && same(&w->v[k], &w->v[i], REORG_COL_TO))
			return true;
	return false;
}

static void write_open(struct writing *w, const struct tree *t, size_t i)
{
	const struct reorg_row *r = &w->v[i];
	const char *to = cell(r, REORG_COL_TO);
	const struct unit *known = to ? tree_find_code(t, to) : NULL;
	bool again = false;
	for (size_t k = 0; k < i; k++)
		again |= same(&w->v[k], r, REORG_COL_TO) && cell(&w->v[k], REORG_COL_NAME);
	if (!to || !cell(r, REORG_COL_NAME) || again || (known && !unit_never_was(known)))
		return;
	begin(w, "open", to);
	say(w, "name", cell(r, REORG_COL_NAME));
	say(w, "kind", cell(r, REORG_COL_KIND));
	say(w, "parent", cell(r, REORG_COL_PARENT));
	json_object_end(&w->j);
}

static bool keeps_itself(const struct writing *w, const char *unit)
{
	for (size_t i = 0; i < w->n; i++) {
		const char *from = cell(&w->v[i], REORG_COL_UNIT), *to = cell(&w->v[i], REORG_COL_TO);
		if (from && to && strcasecmp(from, unit) == 0 && strcasecmp(to, unit) == 0)
			return true;
	}
	return false;
}

/* Units that close and live on; where several live on in parts, each link by itself. */
static void write_unit(struct writing *w, size_t i)
{
	const struct reorg_row *r = &w->v[i];
	const char *unit = cell(r, REORG_COL_UNIT), *to = cell(r, REORG_COL_TO);
	bool person = cell(r, REORG_COL_PERSON);
	if (!unit || (person && !w->splits) || (w->moves && person))
		return;
	if (w->moves || !w->splits) {
		begin(w, w->moves ? "move" : "close", unit);
		say(w, w->moves ? "parent" : "to", to);
		json_object_end(&w->j);
		return;
	}
	if (!said_before(w, i, REORG_COL_UNIT) && !keeps_itself(w, unit)) {
		begin(w, "close", unit);
		json_object_end(&w->j);
	}
	if (to && !linked_before(w, i)) {
		begin(w, "heir", unit);
		say(w, "to", to);
		json_object_end(&w->j);
	}
}

static bool is_person(const struct reorg_row *r)
{
	const char *p = cell(r, REORG_COL_PERSON);
	return p && strspn(p, "0123456789") == strlen(p);
}

static bool listed_before(const struct writing *w, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (is_person(&w->v[k]) && same(&w->v[k], &w->v[i], REORG_COL_UNIT) && same(&w->v[k], &w->v[i], REORG_COL_TO))
			return true;
	return false;
}

/* Everybody who goes the same way, in one list. What is neither a number nor "*" is given on as it is, and refused by its name. */
static void write_people(struct writing *w, size_t i)
{
	const struct reorg_row *r = &w->v[i];
	if (!cell(r, REORG_COL_PERSON) || !cell(r, REORG_COL_UNIT) || (is_person(r) && listed_before(w, i)))
		return;
	begin(w, "people", cell(r, REORG_COL_UNIT));
	say(w, "to", cell(r, REORG_COL_TO));
	if (strcmp(cell(r, REORG_COL_PERSON), "*") != 0) {
		json_key(&w->j, "people");
		json_array(&w->j);
		for (size_t k = i; k < w->n; k++)
			if (k == i || (is_person(&w->v[k]) && same(&w->v[k], r, REORG_COL_UNIT) && same(&w->v[k], r, REORG_COL_TO)))
				json_string(&w->j, cell(&w->v[k], REORG_COL_PERSON));
		json_array_end(&w->j);
	}
	json_object_end(&w->j);
}

const char *reorg_rows_plan(const struct tree *t, const char *kind, const char *on, const struct reorg_row *v, size_t n, struct arena *a)
{
	struct text text = TEXT(a);
	struct writing w = { .j = JSON(&text), .v = v, .n = n, .splits = strcmp(kind, "split") == 0, .moves = strcmp(kind, "move") == 0 };
	json_object(&w.j);
	json_key(&w.j, "kind");
	json_string(&w.j, kind);
	json_key(&w.j, "on");
	json_string(&w.j, on);
	json_key(&w.j, "actions");
	json_array(&w.j);
	for (size_t i = 0; i < n; i++) {
		write_open(&w, t, i);
		write_unit(&w, i);
		write_people(&w, i);
	}
	json_array_end(&w.j);
	json_object_end(&w.j);
	return text_str(&text);
}
