#include "sqlgen.h"

#include "store/dialect.h"

#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* ---- the schema ---- */

static int line_of(const char *text, const char *at)
{
	int line = 1;
	for (; text < at; text++)
		line += *text == '\n';
	return line;
}

static void run_migration(struct gen *g, const struct migration *m)
{
	const char *all = dialect_sqlite(m->sql, g->arena), *sql = all;
	while (*sql) {
		sqlite3_stmt *s = NULL;
		const char *tail = NULL;
		bool good = sqlite3_prepare_v2(g->db, sql, -1, &s, &tail) == SQLITE_OK;
		int step = good && s ? sqlite3_step(s) : SQLITE_DONE;
		sqlite3_finalize(s);
		if (!good || (step != SQLITE_DONE && step != SQLITE_ROW)) {
			int offset = good ? 0 : sqlite3_error_offset(g->db);
			refuse(g, m->name, line_of(all, sql + (offset > 0 ? offset : 0)), NULL, "%s", sqlite3_errmsg(g->db));
			return;
		}
		sql = tail;
	}
}

/* Calls fn for each row of a query with one text parameter; every column as text. */
static void rows_of(struct gen *g, const char *sql, const char *param, void (*fn)(struct gen *g, sqlite3_stmt *row, void *ctx), void *ctx)
{
	sqlite3_stmt *s = NULL;
	int rc = sqlite3_prepare_v2(g->db, sql, -1, &s, NULL);
	if (rc == SQLITE_OK)
		rc = sqlite3_bind_text(s, 1, param, -1, SQLITE_STATIC);
	while ((rc = sqlite3_step(s)) == SQLITE_ROW)
		fn(g, s, ctx);
	if (rc != SQLITE_DONE)
		refuse(g, "schema", 1, NULL, "%s", sqlite3_errmsg(g->db));
	sqlite3_finalize(s);
}

static const char *column(sqlite3_stmt *row, int i)
{
	return (const char *)sqlite3_column_text(row, i);
}

static struct table *find_table(struct gen *g, const char *name)
{
	for (size_t i = 0; i < g->tables_n; i++) {
		if (strcmp(g->tables[i].name, name) == 0)
			return &g->tables[i];
	}
	return NULL;
}

static void on_column(struct gen *g, sqlite3_stmt *row, void *ctx)
{
	struct table *t = ctx;
	t->columns = arena_printf(g->arena, "%s%s%s", t->columns ? t->columns : "", t->columns ? ", " : "", column(row, 0));
	text_addc(&t->types, strcmp(column(row, 1), "TEXT") == 0 ? 't' : 'i');
}

static void on_key(struct gen *g, sqlite3_stmt *row, void *ctx)
{
	struct table *t = ctx;
	t->key = arena_printf(g->arena, "%s%s%s", t->key ? t->key : "", t->key ? ", " : "", column(row, 0));
}

static void on_reference(struct gen *g, sqlite3_stmt *row, void *ctx)
{
	const struct table *t = ctx;
	if (strcmp(t->name, column(row, 0)) != 0 && !find_table(g, column(row, 0)))
		refuse(g, "schema", 1, t->name, "refers to %s, which is made later; a table comes after those that it needs", column(row, 0));
}

static void on_table(struct gen *g, sqlite3_stmt *row, void *ctx)
{
	(void)ctx;
	struct table t = { .name = arena_strdup(g->arena, column(row, 0)), .types = TEXT(g->arena) };
	rows_of(g, "SELECT name, type FROM pragma_table_info(?1) ORDER BY cid", t.name, on_column, &t);
	rows_of(g, "SELECT name FROM pragma_table_info(?1) WHERE pk > 0 ORDER BY pk", t.name, on_key, &t);
	rows_of(g, "SELECT \"table\" FROM pragma_foreign_key_list(?1)", t.name, on_reference, &t);
	if (!t.key)
		refuse(g, "schema", 1, t.name, "has no primary key");
	*arena_push(g->arena, g->tables, g->tables_n, g->tables_cap) = t;
}

static int on_authorize(void *ctx, int action, const char *a, const char *b, const char *c, const char *d)
{
	return dialect_authorize(ctx, action, a, b, c, d);
}

void load_schema(struct gen *g)
{
	int off;
	if (sqlite3_open(":memory:", &g->db) != SQLITE_OK)
		abort();
	(void)sqlite3_extended_result_codes(g->db, 1);
	(void)sqlite3_db_config(g->db, SQLITE_DBCONFIG_DQS_DML, 0, &off);
	(void)sqlite3_db_config(g->db, SQLITE_DBCONFIG_DQS_DDL, 0, &off);
	for (size_t i = 0; i < g->migrations_n; i++)
		run_migration(g, &g->migrations[i]);
	(void)sqlite3_set_authorizer(g->db, on_authorize, NULL);
	rows_of(g, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE ?1 ORDER BY rowid", "sqlite_%", on_table, NULL);
}

/* ---- the text of a query ---- */

#define COMPLAIN(g, q, ...) refuse((g), (q)->file, (q)->line, (q)->name, __VA_ARGS__)

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

/* The statement in lower case, with its literals and comments blanked. */
static char *bare_text(struct gen *g, const struct query *q)
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

struct word {
	const char *s;
	size_t n;
	int depth; /* in brackets */
};

/* The next word behind w, which starts as { text, 0, 0 }; false at the end. */
static bool next_word(struct word *w)
{
	const char *s = w->s + w->n;
	for (; *s && !isalpha((unsigned char)*s) && *s != '_'; s++)
		w->depth += (*s == '(') - (*s == ')');
	w->s = s;
	for (w->n = 0; isalnum((unsigned char)s[w->n]) || s[w->n] == '_';)
		w->n++;
	return w->n > 0;
}

static bool word_is(const struct word *w, const char *text)
{
	return strlen(text) == w->n && strncmp(w->s, text, w->n) == 0;
}

static bool has_word(const char *bare, const char *text)
{
	for (struct word w = { bare, 0, 0 }; next_word(&w);) {
		if (word_is(&w, text))
			return true;
	}
	return false;
}

static void check_words(struct gen *g, const struct query *q, const char *bare)
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

static void check_order(struct gen *g, const struct query *q, const char *bare)
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

/* ---- its columns ---- */

struct origin {
	const char *table, *column;
	const char *to_table, *to_column;
};

static void on_foreign_key(struct gen *g, sqlite3_stmt *row, void *ctx)
{
	struct origin *o = ctx;
	if (strcmp(column(row, 0), o->column) == 0) {
		o->to_table = arena_strdup(g->arena, column(row, 1));
		o->to_column = arena_strdup(g->arena, column(row, 2));
	}
}

/* The id type of a column, through its foreign keys; TYPE_I64 when it is none. What names a journal entry is no foreign key (see the
 * schema), so its name tells. */
static enum type id_type(struct gen *g, const char *table, const char *name)
{
	struct origin o = { table, name, NULL, NULL };
	rows_of(g, "SELECT \"from\", \"table\", \"to\" FROM pragma_foreign_key_list(?1)", table, on_foreign_key, &o);
	if (o.to_column)
		return id_type(g, o.to_table, o.to_column);
	for (enum type t = TYPE_UNIT; t < TYPE__COUNT; t++) {
		if (strcmp(name, "id") == 0 && strcmp(type_infos[t].table, table) == 0)
			return t;
	}
	return strcmp(name, "entry_id") == 0 ? TYPE_ENTRY : TYPE_I64;
}

static bool is_day_column(const char *name)
{
	size_t n = strlen(name);
	return strcmp(name, "on_day") == 0 || (n > 3 && strcmp(name + n - 3, "_on") == 0);
}

/* The type that the schema gives a column; i64 stands for every plain number, bool among them. */
static enum type schema_type(struct gen *g, const char *table, const char *name, const char *declared)
{
	if (strcmp(declared, "TEXT") == 0)
		return TYPE_TEXT;
	return is_day_column(name) ? TYPE_DAY : id_type(g, table, name);
}

/* Whether the table stands behind a LEFT JOIN, or something does that is no table of the schema. */
static bool behind_outer_join(struct gen *g, const char *bare, const char *table)
{
	for (struct word w = { bare, 0, 0 }; next_word(&w);) {
		if (!word_is(&w, "left"))
			continue;
		struct word next = w;
		while (next_word(&next) && (word_is(&next, "outer") || word_is(&next, "join")))
			;
		if (word_is(&next, table) || !find_table(g, arena_strndup(g->arena, next.s, next.n)))
			return true;
	}
	return false;
}

struct column_check {
	sqlite3_stmt *stmt;
	const char *bare;
	bool nested; /* subqueries or set operations: the origin of a column does not prove that it is not NULL */
};

static void check_column(struct gen *g, const struct query *q, const struct column_check *c, int i)
{
	struct field *f = &q->out.v[i];
	const char *name = sqlite3_column_name(c->stmt, i), *table = sqlite3_column_table_name(c->stmt, i);
	const char *origin = sqlite3_column_origin_name(c->stmt, i), *declared;
	int not_null;
	if (strcmp(name, f->name) != 0)
		COMPLAIN(g, q, "column %d is %s but is declared as %s", i + 1, name, f->name);
	f->computed = !table || c->nested;
	if (!table || sqlite3_table_column_metadata(g->db, "main", table, origin, &declared, NULL, &not_null, NULL, NULL) != SQLITE_OK)
		return;
	enum type type = schema_type(g, table, origin, declared);
	bool plain = f->type == TYPE_BOOL && type == TYPE_I64;
	if (f->type != type && !plain)
		COMPLAIN(g, q, "column %s is %s.%s, a %s, but is declared as %s", f->name, table, origin,
			type_infos[type].name, type_infos[f->type].name);
	bool nullable = !not_null || behind_outer_join(g, c->bare, table);
	if (nullable && !f->nullable)
		COMPLAIN(g, q, "column %s can be NULL but is declared without \"?\"", f->name);
	if (!nullable && f->nullable && !c->nested)
		COMPLAIN(g, q, "column %s is never NULL but is declared with \"?\"", f->name);
}

static void check_columns(struct gen *g, const struct query *q, const struct column_check *c)
{
	size_t n = (size_t)sqlite3_column_count(c->stmt);
	if (q->kind == KIND_EXEC && n > 0)
		COMPLAIN(g, q, "%s returns columns; use :one or :many", kind_names[q->kind]);
	else if (q->kind != KIND_EXEC && n == 0)
		COMPLAIN(g, q, "%s returns no columns; use :exec", kind_names[q->kind]);
	else if (n != q->out.n)
		COMPLAIN(g, q, "%zu columns but %zu declared in -- out:", n, q->out.n);
	else
		for (size_t i = 0; i < n; i++)
			check_column(g, q, c, (int)i);
}

/* ---- its parameters ---- */

static int param_number(const char *name)
{
	return name && name[0] == '$' && strspn(name + 1, "0123456789") == strlen(name + 1) ? (int)strtol(name + 1, NULL, 10) : 0;
}

static int param_slot(struct gen *g, sqlite3_stmt *stmt, size_t i)
{
	return sqlite3_bind_parameter_index(stmt, arena_printf(g->arena, "$%zu", i + 1));
}

static bool check_params(struct gen *g, const struct query *q, sqlite3_stmt *stmt)
{
	int before = g->refusals, n = sqlite3_bind_parameter_count(stmt);
	for (int i = 1; i <= n; i++) {
		const char *name = sqlite3_bind_parameter_name(stmt, i);
		int number = param_number(name);
		if (number < 1 || number > (int)q->in.n)
			COMPLAIN(g, q, "parameter %s is not declared in -- in:", name ? name : "?");
	}
	for (size_t i = 0; i < q->in.n; i++) {
		if (param_slot(g, stmt, i) == 0)
			COMPLAIN(g, q, "parameter %s ($%zu) is not used", q->in.v[i].name, i + 1);
	}
	return g->refusals == before;
}

static void bind_sample(struct gen *g, const struct query *q, sqlite3_stmt *stmt, size_t i, bool null)
{
	int slot = param_slot(g, stmt, i);
	if (null)
		(void)sqlite3_bind_null(stmt, slot);
	else if (q->in.v[i].type == TYPE_TEXT)
		(void)sqlite3_bind_text(stmt, slot, "x", -1, SQLITE_STATIC);
	else
		(void)sqlite3_bind_int64(stmt, slot, 1);
}

/* Runs the statement once on the empty tables, with NULL for parameter `null`; gives the extended result code. */
static int try_once(struct gen *g, const struct query *q, sqlite3_stmt *stmt, size_t null)
{
	for (size_t i = 0; i < q->in.n; i++)
		bind_sample(g, q, stmt, i, i == null);
	(void)sqlite3_exec(g->db, "SAVEPOINT try", NULL, NULL, NULL);
	int rc = sqlite3_step(stmt);
	for (int i = 0; rc == SQLITE_ROW && null == SIZE_MAX && i < (int)q->out.n && i < sqlite3_column_count(stmt); i++) {
		if (sqlite3_column_type(stmt, i) == SQLITE_NULL && !q->out.v[i].nullable)
			COMPLAIN(g, q, "column %s can be NULL (it is on empty tables) but is declared without \"?\"", q->out.v[i].name);
	}
	(void)sqlite3_reset(stmt);
	(void)sqlite3_exec(g->db, "ROLLBACK TO try; RELEASE try", NULL, NULL, NULL);
	return rc;
}

static void try_query(struct gen *g, const struct query *q, sqlite3_stmt *stmt)
{
	if (try_once(g, q, stmt, SIZE_MAX) == SQLITE_CONSTRAINT_DATATYPE)
		COMPLAIN(g, q, "%s", "a parameter has another type than its column (text for a number, or a number for text)");
	for (size_t i = 0; i < q->in.n; i++) {
		if (q->in.v[i].nullable && try_once(g, q, stmt, i) == SQLITE_CONSTRAINT_NOTNULL)
			COMPLAIN(g, q, "parameter %s can be NULL but its column cannot", q->in.v[i].name);
	}
}

/* ---- all of it ---- */

static void check_names(struct gen *g, const struct query *q)
{
	static const char *const taken[] = {
		"db", "arena", "ret", "ret_n", "ret_found", "fn", "ctx", "f", "s", "rows", "row", "n", "cap", "more", "found",
	};
	for (size_t i = 0; i < q->in.n; i++) {
		for (size_t j = 0; j < sizeof taken / sizeof *taken; j++) {
			if (strcmp(q->in.v[i].name, taken[j]) == 0)
				COMPLAIN(g, q, "parameter %s: the generated function uses that name itself", taken[j]);
		}
	}
	for (const struct query *other = g->queries; other < q; other++) {
		if (strcmp(other->name, q->name) == 0)
			COMPLAIN(g, q, "the name is taken by %s:%d", other->file, other->line);
	}
}

static void check_query(struct gen *g, const struct query *q)
{
	struct column_check c = { .bare = bare_text(g, q) };
	const char *tail = NULL;
	check_names(g, q);
	check_words(g, q, c.bare);
	int rc = sqlite3_prepare_v2(g->db, q->sql, -1, &c.stmt, &tail);
	if (rc == SQLITE_AUTH)
		COMPLAIN(g, q, "%s", "rows of the journal can be neither changed nor deleted");
	else if (rc != SQLITE_OK || !c.stmt)
		COMPLAIN(g, q, "%s", rc == SQLITE_OK ? "there is no statement" : sqlite3_errmsg(g->db));
	else if (*tail)
		COMPLAIN(g, q, "%s", "more than one statement");
	else {
		c.nested = strstr(c.bare, "(select") || has_word(c.bare, "union") || has_word(c.bare, "intersect") || has_word(c.bare, "except");
		check_columns(g, q, &c);
		check_order(g, q, c.bare);
		if (check_params(g, q, c.stmt))
			try_query(g, q, c.stmt);
	}
	sqlite3_finalize(c.stmt);
}

void check_queries(struct gen *g)
{
	for (size_t i = 0; i < g->queries_n; i++) {
		if (!g->queries[i].faulty)
			check_query(g, &g->queries[i]);
	}
}
