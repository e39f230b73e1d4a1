/* sqlgen: typed C functions from the named queries in sql/queries, checked against the schema in sql/migrations while the program
 * is built. docs/databases.md says how a query is written. */
#pragma once

#include "base/text.h"

#include <sqlite3.h>

enum type { TYPE_I64, TYPE_BOOL, TYPE_TEXT, TYPE_DAY, TYPE_UNIT, TYPE_PERSON, TYPE_CLASS, TYPE_TARGET, TYPE_ENTRY, TYPE__COUNT };

struct type_info {
	const char *name;  /* in the query file */
	const char *c;     /* in the row and the parameters */
	const char *table; /* of an id: where it comes from */
};
extern const struct type_info type_infos[TYPE__COUNT];

enum kind { KIND_ONE, KIND_MANY, KIND_EACH, KIND_EXEC, KIND_LATER, KIND__COUNT };
extern const char *const kind_names[KIND__COUNT];

static inline bool kind_gives_rows(enum kind k)
{
	return k != KIND_EXEC && k != KIND_LATER;
}

struct field {
	const char *name;
	enum type type;
	bool nullable;
	bool computed; /* a column that comes from no column of the schema: its value is checked when it is read */
};

struct fields {
	struct field *v;
	size_t n, cap;
};

struct query {
	const char *file;
	int line;
	const char *name, *doc, *sql;
	enum kind kind;
	struct fields in, out;
	bool faulty; /* refused while it was read; nothing else is said about it */
};

struct migration {
	const char *file, *name, *sql; /* as written: portable */
	int version;
};

struct table {
	const char *name, *columns, *key; /* "id, code", "id" */
	struct text types;                /* one letter for each column: i or t */
	bool inserts, updates, deletes;   /* some query does it */
	bool entries;                     /* its rows name the journal entry that brought them */
};

struct gen {
	struct arena *arena;
	sqlite3 *db;
	struct query *queries;
	size_t queries_n, queries_cap;
	struct migration *migrations;
	size_t migrations_n, migrations_cap;
	struct table *tables;
	size_t tables_n, tables_cap;
	const char *guards; /* DDL of PostgreSQL, passed on as it is */
	int refusals;
};

/* Prints "file:line: query: why" and counts it. `name` NULL: no query yet. */
void refuse(struct gen *g, const char *file, int line, const char *name, const char *fmt, ...) __attribute__((format(printf, 5, 6)));

#define COMPLAIN(g, q, ...) refuse((g), (q)->file, (q)->line, (q)->name, __VA_ARGS__)

/* sqlgen_read.c: the text of a query file into g->queries. */
void read_queries(struct gen *g, const char *file, const char *text);

/* sqlgen_schema.c. load_schema is false when there is no schema to check anything against. */
bool load_schema(struct gen *g);
struct table *find_table(struct gen *g, const char *name);

/* The type that the schema gives a column, TYPE__COUNT when there is none of that name. An id is known by its foreign key, a day by its
 * name; i64 stands for every other number, bool among them. */
enum type schema_type(struct gen *g, const char *table, const char *name, bool *ret_not_null);
bool type_fits(enum type declared, enum type in_schema);

/* sqlgen_words.c: the statement in lower case, with its literals and comments blanked, and its words. */
char *bare_text(struct gen *g, const struct query *q);

struct word {
	const char *s;
	size_t n;
	int depth; /* in brackets */
};

/* The next word behind w, which starts as { text, 0, 0 }; false at the end. */
bool next_word(struct word *w);
bool word_is(const struct word *w, const char *text);
bool has_word(const char *bare, const char *text);
void check_words(struct gen *g, const struct query *q, const char *bare);
void check_order(struct gen *g, const struct query *q, const char *bare);

/* sqlgen_params.c: whether the parameters are those declared, and what happens when the statement runs on empty tables. */
bool check_params(struct gen *g, const struct query *q, sqlite3_stmt *stmt);
void check_param_uses(struct gen *g, const struct query *q, const char *bare);
void try_query(struct gen *g, const struct query *q, sqlite3_stmt *stmt);

/* sqlgen_check.c */
void check_queries(struct gen *g);

/* sqlgen_emit.c */
const char *emit_header(struct gen *g);
const char *emit_queries(struct gen *g);
const char *emit_schema(struct gen *g);
