#include "sqlgen.h"

#include <ctype.h>
#include <string.h>

/* How a value of each type goes to a statement and comes back; %d is its place, %s its name. */
static const struct {
	const char *bind, *bind_null;
	const char *read, *read_null; /* read_null: where NULL needs another way */
	char letter;
} codes[TYPE__COUNT] = {
	[TYPE_I64] = { "stmt_bind_i64(s, %d, %s)", "glue_bind_i64(s, %d, %s)", "stmt_i64(s, %d)", "glue_i64(s, %d)", 'i' },
	[TYPE_BOOL] = { "stmt_bind_i64(s, %d, %s)", NULL, "stmt_i64(s, %d) != 0", NULL, 'i' },
	[TYPE_TEXT] = { "glue_bind_text(s, %d, %s)", "stmt_bind_text(s, %d, %s)", "stmt_text(s, %d, arena)", NULL, 't' },
	[TYPE_DAY] = { "glue_bind_day(s, %d, %s)", "glue_bind_day_or_null(s, %d, %s)", "glue_day(s, %d)", NULL, 'i' },
	[TYPE_UNIT ... TYPE_ENTRY] = { "stmt_bind_i64(s, %d, %s.v)", "glue_bind_id_or_null(s, %d, %s.v)", "{ stmt_i64(s, %d) }", NULL, 'i' },
};

static const char *statement_id(struct gen *g, const char *name)
{
	char *id = arena_printf(g->arena, "Q_%s", name);
	for (char *p = id; *p; p++)
		*p = (char)toupper((unsigned char)*p);
	return id;
}

/* The pattern with %s and %d filled in. */
static void add_pattern(struct text *t, const char *pattern, const char *name, size_t number)
{
	for (; *pattern; pattern++) {
		char hole = pattern[0] == '%' ? pattern[1] : '\0';
		if (hole == 's')
			text_add(t, name);
		else if (hole == 'd')
			text_addf(t, "%zu", number);
		else
			text_addc(t, *pattern);
		pattern += hole == 's' || hole == 'd';
	}
}

/* ---- the header ---- */

static void add_doc(struct text *t, const char *doc)
{
	if (!*doc)
		return;
	text_add(t, "/* ");
	for (; *doc; doc++)
		text_add(t, *doc == '\n' ? "\n * " : (const char[]){ *doc, '\0' });
	text_add(t, " */\n");
}

static void add_signature(struct text *t, const struct query *q)
{
	text_addf(t, "enum err q_%s(struct db *db, ", q->name);
	for (size_t i = 0; i < q->in.n; i++)
		text_addf(t, "%s%s, ", type_infos[q->in.v[i].type].c, q->in.v[i].name);
	if (q->kind == KIND_ONE)
		text_addf(t, "struct arena *arena, bool *ret_found, struct %s_row *ret, ", q->name);
	else if (q->kind == KIND_MANY)
		text_addf(t, "struct arena *arena, struct %s_row **ret, size_t *ret_n, ", q->name);
	else if (q->kind == KIND_EACH)
		text_addf(t, "enum err (*fn)(void *ctx, const struct %s_row *row, struct fault *f), void *ctx, ", q->name);
	text_add(t, "struct fault *f)");
}

static void add_row_struct(struct text *t, const struct query *q)
{
	text_addf(t, "struct %s_row {\n", q->name);
	for (size_t i = 0; i < q->out.n; i++) {
		const struct field *f = &q->out.v[i];
		text_addf(t, "\t%s%s;%s\n", type_infos[f->type].c, f->name, f->nullable ? " /* may be unknown */" : "");
	}
	text_add(t, "};\n\n");
}

const char *emit_header(struct gen *g)
{
	struct text t = TEXT(g->arena);
	text_add(&t, "/* Made by tools/sqlgen from sql/queries; docs/databases.md says how. Unknown is NULL, DAY_NONE, id 0, INT64_MIN.\n"
		     " * :one sets *ret_found; :many gives rows of the arena; :each calls fn for each row, whose texts live until fn returns.\n"
		     " * That a :later statement was refused may be said by a later one of the transaction. */\n"
		     "#pragma once\n\n#include \"store/db.h\"\n");
	for (size_t i = 0; i < g->queries_n; i++) {
		const struct query *q = &g->queries[i];
		text_addc(&t, '\n');
		if (kind_gives_rows(q->kind))
			add_row_struct(&t, q);
		add_doc(&t, q->doc);
		add_signature(&t, q);
		text_add(&t, " MUST_CHECK;\n");
	}
	return text_str(&t);
}

/* ---- the functions ---- */

static void add_reader(struct text *t, const struct query *q)
{
	text_addf(t, "static enum err read_%s(struct stmt *s, struct arena *arena, struct %s_row *ret, struct fault *f)\n", q->name, q->name);
	text_add(t, "{\n\t(void)arena, (void)f;\n");
	for (size_t i = 0; i < q->out.n; i++) {
		const struct field *f = &q->out.v[i];
		if (f->computed)
			text_addf(t, "\tTRY(glue_expect(s, %zu, '%c', %s, f));\n", i, codes[f->type].letter, f->nullable ? "true" : "false");
	}
	text_addf(t, "\t*ret = (struct %s_row){\n", q->name);
	for (size_t i = 0; i < q->out.n; i++) {
		const struct field *f = &q->out.v[i];
		text_addf(t, "\t\t.%s = ", f->name);
		bool other_way = f->nullable && codes[f->type].read_null;
		add_pattern(t, other_way ? codes[f->type].read_null : codes[f->type].read, f->name, i);
		text_add(t, ",\n");
	}
	text_add(t, "\t};\n\treturn OK;\n}\n\n");
}

static const char *const body_declarations[KIND__COUNT] = {
	[KIND_ONE] = "\tbool more;\n",
	[KIND_MANY] = "\tstruct %s_row *rows = NULL;\n\tsize_t n = 0, cap = 0;\n\tbool more;\n",
	[KIND_EACH] = "\tscoped(arena_done) struct arena arena = {0};\n\tstruct %s_row row;\n\tbool more;\n",
	[KIND_EXEC ... KIND_LATER] = "\tbool more;\n",
};

static const char *const body_loops[KIND__COUNT] = {
	[KIND_ONE] = "\tstruct %s_row row = {0};\n"
		     "\tTRY(stmt_step(s, &more, f));\n"
		     "\tbool found = more;\n"
		     "\tif (found) {\n"
		     "\t\tTRY(read_%s(s, arena, &row, f));\n"
		     "\t\tTRY(glue_last(s, f));\n"
		     "\t\t*ret = row;\n"
		     "\t}\n"
		     "\t*ret_found = found;\n",
	[KIND_MANY] = "\tTRY(stmt_step(s, &more, f));\n"
		      "\twhile (more) {\n"
		      "\t\tTRY(read_%s(s, arena, arena_push(arena, rows, n, cap), f));\n"
		      "\t\tTRY(stmt_step(s, &more, f));\n"
		      "\t}\n"
		      "\t*ret = rows;\n"
		      "\t*ret_n = n;\n",
	[KIND_EACH] = "\tTRY(stmt_step(s, &more, f));\n"
		      "\twhile (more) {\n"
		      "\t\tglue_reuse(&arena);\n"
		      "\t\tTRY(read_%s(s, &arena, &row, f));\n"
		      "\t\tTRY(fn(ctx, &row, f));\n"
		      "\t\tTRY(stmt_step(s, &more, f));\n"
		      "\t}\n",
	[KIND_EXEC ... KIND_LATER] = "\tTRY(stmt_step(s, &more, f));\n",
};

static void add_function(struct gen *g, struct text *t, const struct query *q)
{
	if (kind_gives_rows(q->kind))
		add_reader(t, q);
	add_signature(t, q);
	text_add(t, "\n{\n\tscoped(stmt_done) struct stmt *s = NULL;\n");
	add_pattern(t, body_declarations[q->kind], q->name, 0);
	text_addf(t, "\tTRY(db_stmt(db, %s, &s, f));\n", statement_id(g, q->name));
	for (size_t i = 0; i < q->in.n; i++) {
		const struct field *f = &q->in.v[i];
		text_addc(t, '\t');
		add_pattern(t, f->nullable ? codes[f->type].bind_null : codes[f->type].bind, f->name, i + 1);
		text_add(t, ";\n");
	}
	add_pattern(t, body_loops[q->kind], q->name, 0);
	text_add(t, "\treturn OK;\n}\n\n");
}

enum { TABLE_STATEMENTS = 3 };

static void add_c_string(struct text *t, const char *s, const char *indent)
{
	text_addf(t, "\n%s\"", indent);
	for (; *s; s++) {
		if (*s == '\n')
			text_addf(t, "\\n\"\n%s\"", indent);
		else if (*s == '"' || *s == '\\')
			text_addf(t, "\\%c", *s);
		else
			text_addc(t, *s);
	}
	text_addc(t, '"');
}

static void add_statement(struct text *t, const char *name, const char *sql, const char *params, enum kind kind)
{
	text_addf(t, "\t{ \"%s\", \"%s\",", name, params);
	add_c_string(t, sql, "\t\t");
	text_add(t, kind == KIND_EACH ? ", .stream = true },\n" : kind == KIND_LATER ? ", .later = true },\n" : " },\n");
}

static const char *param_letters(struct gen *g, const struct query *q)
{
	struct text t = TEXT(g->arena);
	for (size_t i = 0; i < q->in.n; i++)
		text_addc(&t, codes[q->in.v[i].type].letter);
	return text_str(&t);
}

/* "$1, $2, $3": one for each column. */
static const char *placeholders(struct gen *g, const struct table *table)
{
	struct text t = TEXT(g->arena);
	for (size_t i = 1; i <= strlen(text_str(&table->types)); i++)
		text_addf(&t, "%s$%zu", i > 1 ? ", " : "", i);
	return text_str(&t);
}

/* The queries, then TABLE_STATEMENTS for each table: all its rows in the order of its key, a row whose journal entry is not there, and one
 * that adds a row. */
static void add_statements(struct gen *g, struct text *t)
{
	static const char orphans[] = " WHERE NOT EXISTS (SELECT 1 FROM journal WHERE journal.id = entry_id)";
	text_add(t, "const struct db_statement db_statements[] = {\n");
	for (size_t i = 0; i < g->queries_n; i++)
		add_statement(t, g->queries[i].name, g->queries[i].sql, param_letters(g, &g->queries[i]), g->queries[i].kind);
	for (size_t i = 0; i < g->tables_n; i++) {
		const struct table *table = &g->tables[i];
		add_statement(t, arena_printf(g->arena, "rows of %s", table->name),
			arena_printf(g->arena, "SELECT %s FROM %s ORDER BY %s", table->columns, table->name, table->key), "", KIND_EACH);
		const char *where = table->entries ? orphans : " WHERE 1 = 0";
		add_statement(t, arena_printf(g->arena, "orphans of %s", table->name),
			arena_printf(g->arena, "SELECT %s FROM %s%s LIMIT 1", table->key, table->name, where), "", KIND_ONE);
		add_statement(t, arena_printf(g->arena, "fill of %s", table->name),
			arena_printf(g->arena, "INSERT INTO %s (%s) VALUES (%s)", table->name, table->columns, placeholders(g, table)),
			text_str(&table->types), KIND_EXEC);
	}
	text_addf(t, "};\nconst int db_statements_n = %zu;\n", g->queries_n + TABLE_STATEMENTS * g->tables_n);
}

const char *emit_queries(struct gen *g)
{
	struct text t = TEXT(g->arena);
	text_add(&t, "/* Made by tools/sqlgen from sql/queries. */\n#include \"store/queries.gen.h\"\n\n#include \"store/glue.h\"\n\nenum {\n");
	for (size_t i = 0; i < g->queries_n; i++)
		text_addf(&t, "\t%s,\n", statement_id(g, g->queries[i].name));
	text_add(&t, "};\n\n");
	for (size_t i = 0; i < g->queries_n; i++)
		add_function(g, &t, &g->queries[i]);
	add_statements(g, &t);
	return text_str(&t);
}

/* ---- the schema: its tables and how it came to be ---- */

static const char *rights_of(struct gen *g, const struct table *t)
{
	const char *inserts = t->inserts ? ", INSERT" : "", *updates = t->updates ? ", UPDATE" : "", *deletes = t->deletes ? ", DELETE" : "";
	return arena_printf(g->arena, "SELECT%s%s%s", inserts, updates, deletes);
}

const char *emit_schema(struct gen *g)
{
	struct text t = TEXT(g->arena);
	text_add(&t, "/* Made by tools/sqlgen from sql/migrations. */\n#include \"store/schema.h\"\n\n");
	text_add(&t, "const struct db_table db_table_list[] = {\n");
	for (size_t i = 0; i < g->tables_n; i++) {
		const struct table *table = &g->tables[i];
		size_t first = g->queries_n + TABLE_STATEMENTS * i;
		text_addf(&t, "\t{ \"%s\", \"%s\", \"%s\", \"%s\", %zu, %zu, %zu },\n", table->name, rights_of(g, table), text_str(&table->types),
			table->columns, first, first + 1, first + 2);
	}
	text_add(&t, "};\nconst char *const db_table_names[] = {\n");
	for (size_t i = 0; i < g->tables_n; i++)
		text_addf(&t, "\t\"%s\",\n", g->tables[i].name);
	text_addf(&t, "};\nconst int db_table_list_n = %zu;\n\nconst struct db_migration db_migrations[] = {\n", g->tables_n);
	for (size_t i = 0; i < g->migrations_n; i++) {
		text_addf(&t, "\t{ %d, \"%s\",", g->migrations[i].version, g->migrations[i].name);
		add_c_string(&t, g->migrations[i].sql, "\t\t");
		text_add(&t, " },\n");
	}
	text_addf(&t, "};\nconst int db_migrations_n = %zu;\n\nconst char db_pgsql_guards[] =", g->migrations_n);
	add_c_string(&t, g->guards ? g->guards : "", "\t");
	text_add(&t, ";\n");
	return text_str(&t);
}
