#include "app/import_headings.h"
#include "app/import_values.h"
#include "base/text.h"
#include "base/utf8.h"

#include <assert.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* One name of a wish, reduced to what is compared. */
struct import_heading_name {
	const char *key;
	int wish;
};

/* Short forms of clerks, by word of the folded text. */
static const struct {
	const char *word, *meaning;
} short_forms[] = {
	{ "gcn", "giaychungnhan" },
	{ "qd", "quyetdinh" },
	{ "clb", "caulacbo" },
};

static const char *const expected_columns[] = {
	"stt", "tt", "sott", "sothutu", "thutu", "no", "serial", "dong", "donggoc", "originalrow", "loi", "error",
};

static void add_word(struct text *t, const char *word, size_t n)
{
	for (size_t i = 0; i < sizeof short_forms / sizeof *short_forms; i++)
		if (strlen(short_forms[i].word) == n && memcmp(short_forms[i].word, word, n) == 0) {
			text_add(t, short_forms[i].meaning);
			return;
		}
	text_addn(t, word, n);
}

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || (c & 0x80);
}

/* Letters and digits of a heading, folded, short forms written out. */
static const char *heading_key(struct arena *a, const char *heading)
{
	struct text t = TEXT(a);
	for (const char *s = vi_fold(a, heading); *s;) {
		size_t n = 0;
		while (is_word(s[n]))
			n++;
		add_word(&t, s, n);
		s += n + (s[n] != '\0');
	}
	return text_str(&t);
}

static const char *without_brackets(struct arena *a, const char *s)
{
	struct text t = TEXT(a);
	int depth = 0;
	for (; *s; s++) {
		depth += *s == '(' || *s == '[';
		if (depth == 0)
			text_addc(&t, *s);
		depth -= depth > 0 && (*s == ')' || *s == ']');
	}
	return text_str(&t);
}

static void add_name(struct import_heading_search *s, int wish, const char *name)
{
	const char *key = heading_key(s->arena, name);
	if (*key)
		*arena_push(s->arena, s->names, s->names_n, s->names_cap) = (struct import_heading_name){ key, wish };
}

static void add_names(struct import_heading_search *s, int wish)
{
	const struct field *fd = s->wishes[wish].field;
	add_name(s, wish, fd->name);
	add_name(s, wish, fd->vi);
	add_name(s, wish, fd->en);
	for (const char *p = fd->also; p && *p;) {
		size_t n = strcspn(p, "|");
		add_name(s, wish, arena_strndup(s->arena, p, n));
		p += n + (p[n] == '|');
	}
}

void import_heading_search_init(struct import_heading_search *s, const struct import_wish *wishes, int n, struct arena *a)
{
	*s = (struct import_heading_search){ .arena = a, .wishes = wishes, .wishes_n = n, .best.twice = -1 };
	for (int i = 0; i < n; i++)
		add_names(s, i);
}

static int wish_by_key(const struct import_heading_search *s, const char *key)
{
	for (size_t i = 0; i < s->names_n; i++)
		if (strcmp(s->names[i].key, key) == 0)
			return s->names[i].wish;
	return -1;
}

/* "Họ và tên / Full name": every part must name the same field. */
static int wish_by_parts(const struct import_heading_search *s, const char *heading)
{
	int wish = -1;
	for (const char *p = heading; *p;) {
		size_t n = strcspn(p, "/\n");
		const char *key = heading_key(s->arena, arena_strndup(s->arena, p, n));
		int part = *key ? wish_by_key(s, key) : wish;
		if (part < 0 || (wish >= 0 && part != wish))
			return -1;
		wish = part;
		p += n + (p[n] != '\0');
	}
	return wish;
}

static int wish_of_heading(const struct import_heading_search *s, const char *heading)
{
	if (import_value_blank(heading))
		return -1;
	int wish = wish_by_key(s, heading_key(s->arena, heading));
	if (wish < 0 && strpbrk(heading, "(["))
		wish = wish_by_key(s, heading_key(s->arena, without_brackets(s->arena, heading)));
	return wish < 0 && strpbrk(heading, "/\n") ? wish_by_parts(s, heading) : wish;
}

static bool is_expected(struct arena *a, const char *heading)
{
	const char *key = heading_key(a, heading);
	for (size_t i = 0; i < sizeof expected_columns / sizeof *expected_columns; i++)
		if (strcmp(key, expected_columns[i]) == 0)
			return true;
	return false;
}

static const char *cell_of(const char *const *line, int n, int column)
{
	return column < n && line[column] ? line[column] : "";
}

/* The upper cell that stands over a lower one: its own, else the nearest to the left that has a lower cell too (merged over both). */
static const char *upper_over(const char *const *upper, int upper_n, const char *const *lower, int lower_n, int column)
{
	for (int c = column; c >= 0; c--) {
		const char *text = cell_of(upper, upper_n, c);
		if (!import_value_blank(text))
			return c == column || !import_value_blank(cell_of(lower, lower_n, c)) ? text : "";
	}
	return "";
}

/* What a column of a two-line heading says: both lines together in either order, else the lower one, else the upper one. */
static int wish_of_lines(const struct import_heading_search *s, const char *upper, const char *lower, const char **ret_text)
{
	bool has_upper = !import_value_blank(upper), has_lower = !import_value_blank(lower);
	if (has_upper && has_lower) {
		const char *down = arena_printf(s->arena, "%s %s", upper, lower), *up = arena_printf(s->arena, "%s %s", lower, upper);
		int wish = wish_of_heading(s, down);
		*ret_text = down;
		if (wish < 0)
			wish = wish_of_heading(s, up);
		if (wish >= 0)
			return wish;
	}
	int wish = wish_of_heading(s, has_lower ? lower : upper);
	if (wish >= 0 || !has_upper || !has_lower)
		*ret_text = has_lower ? lower : upper;
	return wish;
}

static bool is_complete(const struct import_heading_search *s, const struct import_headings *h)
{
	unsigned missing = 0, asked = 0;
	for (int i = 0; i < s->wishes_n; i++) {
		asked |= s->wishes[i].need;
		if (h->column_of[i] < 0)
			missing |= s->wishes[i].need;
	}
	unsigned alternatives = asked & ~(unsigned)NEED_ALWAYS;
	return !(missing & NEED_ALWAYS) && (!alternatives || (alternatives & ~missing));
}

/* Reads the lines as a heading; `upper_n` 0 for a heading of one line. */
static struct import_headings match(const struct import_heading_search *s, const char *const *upper, int upper_n,
	const char *const *lower, int lower_n)
{
	struct arena *a = s->arena;
	int n = upper_n > lower_n ? upper_n : lower_n;
	struct import_headings h = { .columns = n, .twice = -1, .wish_of = arena_array(a, int, (size_t)n),
		.column_of = arena_array(a, int, (size_t)s->wishes_n), .text = arena_array(a, const char *, (size_t)n),
		.expected = arena_array(a, bool, (size_t)n) };
	for (int i = 0; i < s->wishes_n; i++)
		h.column_of[i] = -1;
	for (int c = 0; c < n; c++) {
		int wish = wish_of_lines(s, upper_over(upper, upper_n, lower, lower_n, c), cell_of(lower, lower_n, c), &h.text[c]);
		h.wish_of[c] = wish;
		h.text[c] = utf8_clean(a, h.text[c]);
		h.expected[c] = wish < 0 && is_expected(a, h.text[c]);
		if (wish >= 0 && h.column_of[wish] >= 0 && h.twice < 0)
			h.twice = c;
		if (wish < 0 || h.column_of[wish] >= 0)
			continue;
		h.column_of[wish] = c;
		h.found++;
	}
	h.complete = is_complete(s, &h);
	return h;
}

static void keep_line(struct import_heading_search *s, const struct sheet_row *row)
{
	s->line = arena_array(s->arena, const char *, (size_t)row->n);
	s->line_n = row->n;
	for (int c = 0; c < row->n; c++)
		s->line[c] = arena_strdup(s->arena, row->cells[c].text ? row->cells[c].text : "");
}

/* The lower line of a heading has no figures, and nothing below the columns that every row must fill. */
static bool may_be_lower_line(const struct import_heading_search *s, const char *const *line, int n)
{
	for (int c = 0; c < n; c++) {
		int wish = c < s->best.columns ? s->best.wish_of[c] : -1;
		bool needed = wish >= 0 && (s->wishes[wish].need & NEED_ALWAYS);
		if ((needed && !import_value_blank(line[c])) || strpbrk(line[c], "0123456789"))
			return false;
	}
	return true;
}

static enum err refuse_twice(const struct import_heading_search *s, struct fault *f)
{
	const struct import_headings *h = &s->best;
	char first[IMPORT_LETTERS], second[IMPORT_LETTERS];
	int wish = h->wish_of[h->twice];
	assert(wish >= 0 && h->column_of[wish] < h->twice);
	import_heading_letter(h->column_of[wish], first);
	import_heading_letter(h->twice, second);
	return FAULT(f, E_INVALID, s->wishes[wish].field->name, MSG_IMPORT_COLUMN_TWICE, h->text[h->twice], first, second);
}

/* `ret_data`: the row that ended the search is a row of data, not part of the heading. */
static enum err settle(struct import_heading_search *s, bool data, bool *ret_data, struct fault *f)
{
	if (s->best.twice >= 0)
		return refuse_twice(s, f);
	s->state = data ? HEADING_FOUND : HEADING_JUST_FOUND;
	*ret_data = data;
	return OK;
}

static enum err after_first_line(struct import_heading_search *s, const struct sheet_row *row, bool *ret_data, struct fault *f)
{
	const char **upper = s->line;
	int upper_n = s->line_n;
	keep_line(s, row);
	if (may_be_lower_line(s, s->line, s->line_n)) {
		struct import_headings two = match(s, upper, upper_n, s->line, s->line_n);
		if (two.found >= s->best.found) {
			s->best = two;
			return settle(s, false, ret_data, f);
		}
	}
	return settle(s, !import_value_numbering(row), ret_data, f);
}

static enum err seek(struct import_heading_search *s, const struct sheet_row *row, bool *ret_data, struct fault *f)
{
	const char **upper = s->line;
	int upper_n = s->line_n;
	keep_line(s, row);
	struct import_headings one = match(s, NULL, 0, s->line, s->line_n), two = match(s, upper, upper_n, s->line, s->line_n);
	bool is_two = upper_n && two.found > one.found;
	const struct import_headings *h = is_two ? &two : &one;
	if (h->found > s->best.found || !s->best.columns)
		s->best = *h;
	*ret_data = false;
	if (h->complete) {
		s->best = *h;
		s->state = HEADING_MAYBE_TWO_LINES;
		return is_two ? settle(s, false, ret_data, f) : OK;
	}
	return ++s->rows < IMPORT_HEADING_ROWS ? OK : import_heading_missing(s, f);
}

enum err import_heading_search_row(struct import_heading_search *s, const struct sheet_row *row, bool *ret_data, struct fault *f)
{
	switch (s->state) {
	case HEADING_SOUGHT:
		return seek(s, row, ret_data, f);
	case HEADING_MAYBE_TWO_LINES:
		return after_first_line(s, row, ret_data, f);
	case HEADING_JUST_FOUND:
		s->state = HEADING_FOUND;
		*ret_data = !import_value_numbering(row);
		return OK;
	case HEADING_FOUND:
		break;
	}
	*ret_data = true;
	return OK;
}

static void add_label(struct text *t, const char *label)
{
	text_add(t, *text_str(t) ? ", " : "");
	text_add(t, label);
}

static bool is_missing(const struct import_heading_search *s, int wish, unsigned need)
{
	return (s->wishes[wish].need & need) && (!s->best.columns || s->best.column_of[wish] < 0);
}

/* An alternative that is complete, else the first one. */
static unsigned alternative_to_name(const struct import_heading_search *s)
{
	for (unsigned need = NEED_EITHER; need <= NEED_OR_ELSE; need *= 2) {
		int has = 0, lacks = 0;
		for (int i = 0; i < s->wishes_n; i++) {
			has += (s->wishes[i].need & need) && !is_missing(s, i, need);
			lacks += is_missing(s, i, need);
		}
		if (has && !lacks)
			return need;
	}
	return NEED_EITHER;
}

static const char *missing_labels(const struct import_heading_search *s, struct arena *a)
{
	struct text t = TEXT(a);
	unsigned alternative = alternative_to_name(s);
	for (int i = 0; i < s->wishes_n; i++)
		if (is_missing(s, i, NEED_ALWAYS | alternative))
			add_label(&t, s->wishes[i].field->vi);
	return text_str(&t);
}

static const char *found_labels(const struct import_heading_search *s, struct arena *a)
{
	struct text t = TEXT(a);
	for (int c = 0; c < s->best.columns; c++)
		if (s->best.wish_of[c] >= 0)
			add_label(&t, s->best.text[c]);
	return *text_str(&t) ? text_str(&t) : "-";
}

enum err import_heading_missing(const struct import_heading_search *s, struct fault *f)
{
	scoped(arena_done) struct arena a = {0};
	const char *found = found_labels(s, &a);
	const char *part[3] = { "", "", "" };
	for (int i = 0; i < 3; i++) {
		size_t n = utf8_cut(found, strlen(found), FAULT_ARG_SIZE - 1);
		part[i] = arena_strndup(&a, found, n);
		found += n;
	}
	return FAULT(f, E_INVALID, NULL, MSG_IMPORT_NO_HEADING, missing_labels(s, &a), part[0], part[1], part[2]);
}

const char *import_heading_letter(int column, char buf[IMPORT_LETTERS])
{
	char *p = buf + IMPORT_LETTERS;
	assert(column >= 0);
	*--p = '\0';
	for (int c = column + 1; c > 0; c = (c - 1) / 26)
		*--p = (char)('A' + (c - 1) % 26);
	return memmove(buf, p, (size_t)(buf + IMPORT_LETTERS - p));
}
