#include "sqlgen.h"

#include <ctype.h>
#include <string.h>

/* Where the reader stands in a query file. */
struct reader {
	struct gen *g;
	const char *file;
	int line;
	struct text doc, sql;
	struct query q;
	bool in_query;
};

static const char *skip_blanks(const char *s)
{
	while (*s == ' ' || *s == '\t')
		s++;
	return s;
}

static size_t word_length(const char *s)
{
	size_t n = 0;
	while (isalnum((unsigned char)s[n]) || s[n] == '_')
		n++;
	return n;
}

static const char *starts(const char *s, const char *prefix)
{
	return strncmp(s, prefix, strlen(prefix)) == 0 ? skip_blanks(s + strlen(prefix)) : NULL;
}

static void refuse_here(struct reader *r, const char *fmt, const char *what)
{
	char why[200];
	(void)sqlite3_snprintf(sizeof why, why, fmt, what);
	refuse(r->g, r->file, r->line, r->q.name, "%s", why);
	r->q.faulty = true;
}

static enum type type_find(const char *s, size_t n)
{
	for (enum type t = 0; t < TYPE__COUNT; t++) {
		if (strlen(type_infos[t].name) == n && strncmp(type_infos[t].name, s, n) == 0)
			return t;
	}
	return TYPE__COUNT;
}

/* "person_id person_id, doc_no text?" */
static void read_fields(struct reader *r, const char *s, struct fields *ret)
{
	while (*s) {
		size_t name_n = word_length(s);
		const char *type = skip_blanks(s + name_n);
		size_t type_n = word_length(type);
		struct field f = { arena_strndup(r->g->arena, s, name_n), type_find(type, type_n), type[type_n] == '?', false };
		if (name_n == 0) {
			refuse_here(r, "a name and a type expected at \"%s\"", s);
			return;
		}
		if (f.type == TYPE__COUNT)
			refuse_here(r, "unknown type of %s", f.name);
		if (f.type == TYPE_BOOL && f.nullable)
			refuse_here(r, "%s: a bool cannot be NULL in C; declare i64?", f.name);
		*arena_push(r->g->arena, ret->v, ret->n, ret->cap) = f;
		s = skip_blanks(type + type_n + f.nullable);
		if (*s == ',')
			s = skip_blanks(s + 1);
		else if (*s) {
			refuse_here(r, "a comma expected at \"%s\"", s);
			return;
		}
	}
}

static void begin_query(struct reader *r, const char *s)
{
	if (r->in_query)
		refuse_here(r, "%s", "the statement before does not end with \";\"");
	size_t n = word_length(s);
	const char *kind = skip_blanks(s + n);
	struct query q = { .file = r->file, .line = r->line, .name = arena_strndup(r->g->arena, s, n), .kind = KIND__COUNT };
	q.doc = arena_strdup(r->g->arena, text_str(&r->doc));
	r->q = q;
	r->doc = r->sql = TEXT(r->g->arena);
	r->in_query = true;
	for (enum kind k = 0; k < KIND__COUNT; k++) {
		if (strcmp(kind, kind_names[k]) == 0)
			r->q.kind = k;
	}
	if (n == 0 || r->q.kind == KIND__COUNT)
		refuse_here(r, "write \"-- name: NAME :one\", or :many, :each, :exec, :later, not \"%s\"", s);
}

static void end_query(struct reader *r)
{
	r->q.sql = arena_strdup(r->g->arena, text_str(&r->sql));
	*arena_push(r->g->arena, r->g->queries, r->g->queries_n, r->g->queries_cap) = r->q;
	r->q = (struct query){0};
	r->in_query = false;
}

static void read_comment(struct reader *r, const char *s)
{
	const char *rest;
	if ((rest = starts(s, "name:")))
		begin_query(r, rest);
	else if ((rest = starts(s, "in:")) && r->in_query)
		read_fields(r, rest, &r->q.in);
	else if ((rest = starts(s, "out:")) && r->in_query)
		read_fields(r, rest, &r->q.out);
	else if (!r->in_query)
		text_addf(&r->doc, "%s%s", r->doc.n ? "\n" : "", s);
}

static void read_sql(struct reader *r, const char *s)
{
	size_t n = strlen(s);
	if (!r->in_query) {
		refuse_here(r, "%s", "a statement without \"-- name:\" above it");
		r->q = (struct query){0};
		return;
	}
	bool last = s[n - 1] == ';';
	text_addf(&r->sql, "%s%.*s", r->sql.n ? "\n" : "", (int)(n - last), s);
	if (last)
		end_query(r);
}

static void read_line(struct reader *r, char *s)
{
	size_t n = strlen(s);
	while (n > 0 && isspace((unsigned char)s[n - 1]))
		s[--n] = '\0';
	const char *first = skip_blanks(s), *comment = starts(first, "--");
	if (comment)
		read_comment(r, comment);
	else if (*first)
		read_sql(r, s);
	else if (!r->in_query)
		r->doc = TEXT(r->g->arena);
}

void read_queries(struct gen *g, const char *file, const char *text)
{
	struct reader r = { .g = g, .file = file, .doc = TEXT(g->arena), .sql = TEXT(g->arena) };
	while (*text) {
		size_t n = strcspn(text, "\n");
		r.line++;
		read_line(&r, arena_strndup(g->arena, text, n));
		text += n + (text[n] == '\n');
	}
	if (r.in_query)
		refuse_here(&r, "%s", "the statement does not end with \";\"");
}
