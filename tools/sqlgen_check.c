#include "sqlgen.h"

#include <assert.h>
#include <string.h>

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
	assert(i < (int)q->out.n);
	struct field *f = &q->out.v[i];
	const char *name = sqlite3_column_name(c->stmt, i), *table = sqlite3_column_table_name(c->stmt, i);
	const char *origin = sqlite3_column_origin_name(c->stmt, i);
	bool not_null = false;
	if (strcmp(name, f->name) != 0)
		COMPLAIN(g, q, "column %d is %s but is declared as %s", i + 1, name, f->name);
	f->computed = !table || c->nested;
	enum type type = table ? schema_type(g, table, origin, &not_null) : TYPE__COUNT;
	if (type == TYPE__COUNT)
		return;
	if (!type_fits(f->type, type))
		COMPLAIN(g, q, "column %s is %s.%s of type %s but is declared as %s", f->name, table, origin,
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
	if (!kind_gives_rows(q->kind) && n > 0)
		COMPLAIN(g, q, "%s returns columns; use :one or :many", kind_names[q->kind]);
	else if (kind_gives_rows(q->kind) && n == 0)
		COMPLAIN(g, q, "%s returns no columns; use :exec", kind_names[q->kind]);
	else if (n != q->out.n)
		COMPLAIN(g, q, "%zu columns but %zu declared in -- out:", n, q->out.n);
	else
		for (size_t i = 0; i < n; i++)
			check_column(g, q, c, (int)i);
}

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
		if (check_params(g, q, c.stmt)) {
			check_param_uses(g, q, c.bare);
			try_query(g, q, c.stmt);
		}
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
