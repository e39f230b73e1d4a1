#include "sqlgen.h"

#include "store/dialect.h"

#include <stdlib.h>
#include <string.h>

static int line_of(const char *text, const char *at)
{
	int line = 1;
	for (; text < at; text++)
		line += *text == '\n';
	return line;
}

static void run_migration(struct gen *g, const struct migration *m)
{
	const char *all = dialect_schema(m->sql, DIALECT_SQLITE, g->arena), *sql = all;
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

struct table *find_table(struct gen *g, const char *name)
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
	t->entries |= strcmp(column(row, 0), "entry_id") == 0;
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

/* The rights that the running program needs are those that its queries use. */
static int on_authorize(void *ctx, int action, const char *a, const char *b, const char *c, const char *d)
{
	struct table *t = a ? find_table(ctx, a) : NULL;
	if (t) {
		t->inserts |= action == SQLITE_INSERT;
		t->updates |= action == SQLITE_UPDATE;
		t->deletes |= action == SQLITE_DELETE;
	}
	return dialect_authorize(ctx, action, a, b, c, d);
}

bool load_schema(struct gen *g)
{
	int off, before = g->refusals;
	if (sqlite3_open(":memory:", &g->db) != SQLITE_OK)
		abort();
	(void)sqlite3_extended_result_codes(g->db, 1);
	(void)sqlite3_db_config(g->db, SQLITE_DBCONFIG_DQS_DML, 0, &off);
	(void)sqlite3_db_config(g->db, SQLITE_DBCONFIG_DQS_DDL, 0, &off);
	for (size_t i = 0; i < g->migrations_n; i++)
		run_migration(g, &g->migrations[i]);
	(void)sqlite3_set_authorizer(g->db, on_authorize, g);
	rows_of(g, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE ?1 ORDER BY rowid", "sqlite_%", on_table, NULL);
	return g->refusals == before;
}

/* ---- the types of its columns ---- */

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

enum type schema_type(struct gen *g, const char *table, const char *name, bool *ret_not_null)
{
	const char *declared;
	int not_null;
	if (sqlite3_table_column_metadata(g->db, "main", table, name, &declared, NULL, &not_null, NULL, NULL) != SQLITE_OK)
		return TYPE__COUNT;
	*ret_not_null = not_null;
	if (strcmp(declared, "TEXT") == 0)
		return TYPE_TEXT;
	return is_day_column(name) ? TYPE_DAY : id_type(g, table, name);
}

bool type_fits(enum type declared, enum type in_schema)
{
	return declared == in_schema || (declared == TYPE_BOOL && in_schema == TYPE_I64);
}
