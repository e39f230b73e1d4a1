#include "sqlgen.h"

#include <ctype.h>
#include <string.h>

/* Words that mean something else, or nothing, on another engine. */
static const struct {
	const char *word;
	bool call; /* only as a function */
	const char *why;
} banned[] = {
	{ "lower", true, "case is mapped in C (vi_fold), never in SQL" },
	{ "upper", true, "case is mapped in C (vi_fold), never in SQL" },
	{ "collate", false, "collation is not the same on every engine; order by a key column" },
	{ "nocase", false, "collation is not the same on every engine; order by a key column" },
	{ "glob", false, "GLOB is SQLite's alone; use LIKE on a folded column" },
	{ "ifnull", true, "write coalesce" },
	{ "date", true, "days are computed in C, never in SQL" },
	{ "datetime", true, "days are computed in C, never in SQL" },
	{ "julianday", true, "days are computed in C, never in SQL" },
	{ "strftime", true, "days are computed in C, never in SQL" },
	{ "now", true, "the clock is a parameter" },
	{ "random", true, "chance is a parameter" },
	{ "group_concat", true, "join the texts in C" },
	{ "string_agg", true, "join the texts in C" },
	{ "replace", false, "write INSERT ... ON CONFLICT ... DO UPDATE" },
	{ "ignore", false, "write INSERT ... ON CONFLICT DO NOTHING" },
	{ "rowid", false, "rowid is SQLite's alone; use the key" },
	{ "full", false, "FULL JOIN makes every column nullable; write LEFT JOIN" },
	{ "right", false, "write LEFT JOIN" },
};

char *bare_text(struct gen *g, const struct query *q)
{
	char *s = arena_strdup(g->arena, q->sql);
	for (char *p = s; *p; p++) {
		const char *close = *p == '\'' ? "'" : *p == '"' ? "\"" : p[0] == '-' && p[1] == '-' ? "\n" : NULL;
		*p = (char)tolower((unsigned char)*p);
		if (!close)
			continue;
		size_t n = strcspn(p + 1, close);
		memset(p, ' ', n + 1);
		p += n + (p[n + 1] != '\0');
		if (*p)
			*p = ' ';
	}
	return s;
}

bool next_word(struct word *w)
{
	const char *s = w->s + w->n;
	for (; *s && !isalpha((unsigned char)*s) && *s != '_'; s++)
		w->depth += (*s == '(') - (*s == ')');
	w->s = s;
	for (w->n = 0; isalnum((unsigned char)s[w->n]) || s[w->n] == '_';)
		w->n++;
	return w->n > 0;
}

bool word_is(const struct word *w, const char *text)
{
	return strlen(text) == w->n && strncmp(w->s, text, w->n) == 0;
}

bool has_word(const char *bare, const char *text)
{
	for (struct word w = { bare, 0, 0 }; next_word(&w);) {
		if (word_is(&w, text))
			return true;
	}
	return false;
}

void check_words(struct gen *g, const struct query *q, const char *bare)
{
	for (struct word w = { bare, 0, 0 }; next_word(&w);) {
		for (size_t i = 0; i < sizeof banned / sizeof *banned; i++) {
			if (word_is(&w, banned[i].word) && (!banned[i].call || w.s[w.n] == '('))
				COMPLAIN(g, q, "\"%s\": %s", banned[i].word, banned[i].why);
		}
	}
}

/* The terms of the outermost ORDER BY, NULL when there is none. */
static const char *order_terms(const char *bare)
{
	const char *terms = NULL;
	for (struct word w = { bare, 0, 0 }; next_word(&w);) {
		struct word by = w;
		if (word_is(&w, "order") && w.depth == 0 && next_word(&by) && word_is(&by, "by"))
			terms = by.s + by.n;
	}
	return terms;
}

static void check_term(struct gen *g, const struct query *q, const char *term)
{
	struct word w = { term, 0, 0 };
	bool found = next_word(&w);
	if (found && w.s[w.n] == '.')
		found = next_word(&w);
	for (size_t i = 0; found && i < q->out.n; i++) {
		if (word_is(&w, q->out.v[i].name) && q->out.v[i].nullable && !has_word(term, "nulls"))
			COMPLAIN(g, q, "ORDER BY %s: it can be NULL; say NULLS FIRST or NULLS LAST", q->out.v[i].name);
	}
}

void check_order(struct gen *g, const struct query *q, const char *bare)
{
	if (q->kind != KIND_MANY && q->kind != KIND_EACH)
		return;
	const char *terms = order_terms(bare);
	if (!terms) {
		COMPLAIN(g, q, "%s needs an ORDER BY", kind_names[q->kind]);
		return;
	}
	int depth = 0;
	for (const char *from = terms, *p = terms;; p++) {
		depth += (*p == '(') - (*p == ')');
		if (*p && (*p != ',' || depth != 0))
			continue;
		check_term(g, q, arena_strndup(g->arena, from, (size_t)(p - from)));
		if (!*p)
			return;
		from = p + 1;
	}
}
