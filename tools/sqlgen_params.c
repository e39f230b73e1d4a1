#include "sqlgen.h"

#include <assert.h>
#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static int param_number(const char *name)
{
	return name && name[0] == '$' && strspn(name + 1, "0123456789") == strlen(name + 1) ? (int)strtol(name + 1, NULL, 10) : 0;
}

static int param_slot(struct gen *g, sqlite3_stmt *stmt, size_t i)
{
	return sqlite3_bind_parameter_index(stmt, arena_printf(g->arena, "$%zu", i + 1));
}

bool check_params(struct gen *g, const struct query *q, sqlite3_stmt *stmt)
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

/* ---- where they stand ---- */

/* The number behind the "$" at s. */
static size_t number_at(const char *s)
{
	assert(*s == '$');
	return (size_t)strtoul(s + 1, NULL, 10);
}

static void check_use(struct gen *g, const struct query *q, size_t number, const char *table, const char *name)
{
	const struct field *f = &q->in.v[number - 1];
	bool not_null;
	enum type type = schema_type(g, table, name, &not_null);
	if (type != TYPE__COUNT && !type_fits(f->type, type))
		COMPLAIN(g, q, "parameter %s meets %s.%s of type %s but is declared as %s", f->name, table, name, type_infos[type].name,
			type_infos[f->type].name);
}

/* The table among those that the query names which has the column, NULL when several of them differ about its type. */
static const char *table_with(struct gen *g, const char *bare, const char *name)
{
	const char *found = NULL;
	enum type type = TYPE__COUNT;
	for (size_t i = 0; i < g->tables_n; i++) {
		bool not_null;
		enum type here = has_word(bare, g->tables[i].name) ? schema_type(g, g->tables[i].name, name, &not_null) : TYPE__COUNT;
		if (here == TYPE__COUNT)
			continue;
		if (found && here != type)
			return NULL;
		found = g->tables[i].name;
		type = here;
	}
	return found;
}

/* "column = $1": the column that a parameter is compared with or assigned to. */
static void check_comparison(struct gen *g, const struct query *q, const char *bare, const char *dollar)
{
	const char *p = dollar;
	while (p > bare && p[-1] == ' ')
		p--;
	const char *operator_end = p;
	while (p > bare && strchr("=<>!", p[-1]))
		p--;
	if (p == operator_end)
		return;
	while (p > bare && p[-1] == ' ')
		p--;
	const char *end = p;
	while (p > bare && (isalnum((unsigned char)p[-1]) || p[-1] == '_'))
		p--;
	const char *name = arena_strndup(g->arena, p, (size_t)(end - p)), *table = table_with(g, bare, name);
	if (table)
		check_use(g, q, number_at(dollar), table, name);
}

/* Moves *s behind the next item of a list in brackets; false at its end. *ret_first: where the item begins. */
static bool next_item(const char **s, const char **ret_first)
{
	int depth = 0;
	if (**s == ')' || **s == '\0')
		return false;
	++*s;
	*ret_first = *s + strspn(*s, " \n\t");
	for (; **s && (depth > 0 || (**s != ',' && **s != ')')); ++*s)
		depth += (**s == '(') - (**s == ')');
	return true;
}

/* "INSERT INTO table (a, b) VALUES ($1, $2)", or SELECT in place of VALUES. */
static void check_insert(struct gen *g, const struct query *q, const char *bare)
{
	struct word table = { bare, 0, 0 };
	while (next_word(&table) && !word_is(&table, "into"))
		;
	bool found = next_word(&table);
	const char *column = found ? strchr(table.s, '(') : NULL, *name, *value;
	if (!column)
		return;
	struct word source = { column + strcspn(column, ")"), 0, 0 };
	if (!next_word(&source) || (!word_is(&source, "values") && !word_is(&source, "select")))
		return;
	const char *values = source.s + (word_is(&source, "values") ? strcspn(source.s, "(") : source.n);
	while (next_item(&column, &name) && next_item(&values, &value)) {
		struct word w = { name, 0, 0 };
		if (*value == '$' && next_word(&w))
			check_use(g, q, number_at(value), arena_strndup(g->arena, table.s, table.n), arena_strndup(g->arena, w.s, w.n));
	}
}

void check_param_uses(struct gen *g, const struct query *q, const char *bare)
{
	for (const char *p = strchr(bare, '$'); p; p = strchr(p + 1, '$'))
		check_comparison(g, q, bare, p);
	check_insert(g, q, bare);
}

/* ---- what happens on empty tables ---- */

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

void try_query(struct gen *g, const struct query *q, sqlite3_stmt *stmt)
{
	(void)try_once(g, q, stmt, SIZE_MAX);
	for (size_t i = 0; i < q->in.n; i++) {
		if (q->in.v[i].nullable && try_once(g, q, stmt, i) == SQLITE_CONSTRAINT_NOTNULL)
			COMPLAIN(g, q, "parameter %s can be NULL but its column cannot", q->in.v[i].name);
	}
}
