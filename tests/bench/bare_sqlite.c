#include "bare.h"

#include <assert.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

struct bare {
	sqlite3 *h;
	sqlite3_stmt *begin, *begin_read, *commit, *of_entry[BARE_TABLES], *insert[BARE_TABLES], *query[BARE_QUERIES];
};

static void must(sqlite3 *h, int rc, const char *what)
{
	if (rc == SQLITE_OK || rc == SQLITE_ROW || rc == SQLITE_DONE)
		return;
	(void)fprintf(stderr, "%s: %s\n", what, sqlite3_errmsg(h));
	exit(1);
}

static sqlite3 *open_file(const char *dir)
{
	scoped(arena_done) struct arena a = { 0 };
	sqlite3 *h;
	int rc = sqlite3_open(arena_printf(&a, "%s/nguon.db", dir), &h);
	must(h, rc, dir);
	must(h, sqlite3_exec(h, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-32768; PRAGMA foreign_keys=ON",
		NULL, NULL, NULL), dir);
	return h;
}

static sqlite3_stmt *prepare(sqlite3 *h, const char *sql)
{
	sqlite3_stmt *s;
	must(h, sqlite3_prepare_v2(h, sql, -1, &s, NULL), sql);
	return s;
}

static void copy(const char *from, const char *to)
{
	sqlite3 *a = open_file(from), *b = open_file(to);
	sqlite3_backup *backup = sqlite3_backup_init(b, "main", a, "main");
	must(b, backup ? sqlite3_backup_step(backup, -1) : SQLITE_ERROR, to);
	must(b, sqlite3_backup_finish(backup), to);
	(void)sqlite3_close(a);
	(void)sqlite3_close(b);
}

static struct bare *bare_open(const char *where)
{
	static const char read[] = "BEGIN", write[] = "BEGIN IMMEDIATE", end[] = "COMMIT";
	struct bare *b = calloc(1, sizeof *b);
	b->h = open_file(where);
	b->begin_read = prepare(b->h, read);
	b->begin = prepare(b->h, write);
	b->commit = prepare(b->h, end);
	for (int t = 0; t < BARE_TABLES; t++) {
		b->of_entry[t] = prepare(b->h, bare_of_entry[t]);
		b->insert[t] = prepare(b->h, bare_insert[t]);
	}
	for (int q = 0; q < BARE_QUERIES; q++)
		b->query[q] = prepare(b->h, bare_query[q]);
	return b;
}

static void bare_close(struct bare *b)
{
	for (sqlite3_stmt *s; (s = sqlite3_next_stmt(b->h, NULL));)
		(void)sqlite3_finalize(s);
	must(b->h, sqlite3_close(b->h), "close");
	free(b);
}

static struct bare_cell cell(sqlite3_stmt *s, int c, struct arena *a)
{
	int type = sqlite3_column_type(s, c);
	if (type == SQLITE_NULL)
		return (struct bare_cell){ .type = 'n' };
	if (type == SQLITE_INTEGER)
		return (struct bare_cell){ .type = 'i', .i = sqlite3_column_int64(s, c) };
	return (struct bare_cell){ .type = 't', .text = arena_strdup(a, (const char *)sqlite3_column_text(s, c)) };
}

static void bare_read(struct bare *b, int64_t entry, struct arena *a, struct bare_rows *ret)
{
	ret->n = 0;
	for (int t = 0; t < BARE_TABLES; t++) {
		sqlite3_stmt *s = b->of_entry[t];
		(void)sqlite3_bind_int64(s, 1, entry);
		for (; sqlite3_step(s) == SQLITE_ROW; ret->n++) {
			assert(ret->n < BARE_ROWS);
			ret->row[ret->n].table = t;
			ret->row[ret->n].columns = sqlite3_column_count(s);
			for (int c = 0; c < sqlite3_column_count(s); c++)
				ret->row[ret->n].v[c] = cell(s, c, a);
		}
		(void)sqlite3_reset(s);
	}
}

static void bind(sqlite3_stmt *s, int i, const struct bare_cell *v)
{
	if (v->type == 'i')
		(void)sqlite3_bind_int64(s, i, v->i);
	else if (v->type == 't')
		(void)sqlite3_bind_text(s, i, v->text, -1, SQLITE_STATIC);
	else
		(void)sqlite3_bind_null(s, i);
}

static void run(struct bare *b, sqlite3_stmt *s)
{
	must(b->h, sqlite3_step(s), sqlite3_sql(s));
	(void)sqlite3_reset(s);
}

static void commit(struct bare *b, const struct bare_rows *rows)
{
	run(b, b->begin);
	for (int i = 0; i < rows->n; i++) {
		sqlite3_stmt *s = b->insert[rows->row[i].table];
		for (int c = 0; c < rows->row[i].columns; c++)
			bind(s, c + 1, &rows->row[i].v[c]);
		run(b, s);
	}
	run(b, b->commit);
}

/* Takes every value, as whoever shows them must. */
static size_t ask(sqlite3_stmt *s, int64_t parameter)
{
	size_t n = 0;
	(void)sqlite3_bind_int64(s, 1, parameter);
	for (; sqlite3_step(s) == SQLITE_ROW; n++)
		for (int c = 0; c < sqlite3_column_count(s); c++)
			(void)(sqlite3_column_type(s, c) == SQLITE_INTEGER ? sqlite3_column_int64(s, c) : (int64_t)(intptr_t)sqlite3_column_text(s, c));
	(void)sqlite3_reset(s);
	return n;
}

static size_t person(struct bare *b, int64_t id)
{
	size_t n = 0;
	run(b, b->begin_read);
	for (int q = 0; q < BARE_PERSON_QUERIES; q++)
		n += ask(b->query[q], id);
	run(b, b->commit);
	return n;
}

static size_t list(struct bare *b, int64_t unit)
{
	return ask(b->query[BARE_LIST], unit);
}

const struct bare_engine bare_sqlite = {
	.name = "SQLite",
	.ways_n = 1,
	.ways = { { "statement by statement", commit, person, list } },
	.copy = copy,
	.open = bare_open,
	.close = bare_close,
	.read = bare_read,
};
