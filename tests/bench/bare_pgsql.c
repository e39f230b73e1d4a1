#include "bare.h"

#include <assert.h>
#include <endian.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OID_INT8 = 20 };

struct bare {
	PGconn *c;
};

static PGresult *must(struct bare *b, PGresult *r, const char *what)
{
	ExecStatusType status = PQresultStatus(r);
	if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_PIPELINE_SYNC)
		return r;
	(void)fprintf(stderr, "%s: %s\n", what, PQerrorMessage(b->c));
	exit(1);
}

static void run(struct bare *b, const char *sql)
{
	PQclear(must(b, PQexec(b->c, sql), sql));
}

static void prepare(struct bare *b, const char *kind, int number, const char *sql)
{
	char name[32];
	(void)snprintf(name, sizeof name, "%s%d", kind, number);
	PQclear(must(b, PQprepare(b->c, name, sql, 0, NULL), sql));
}

static struct bare *connect_to(const char *where)
{
	struct bare *b = calloc(1, sizeof *b);
	b->c = PQconnectdb(where);
	if (PQstatus(b->c) != CONNECTION_OK) {
		(void)fprintf(stderr, "%s\n", PQerrorMessage(b->c));
		exit(1);
	}
	return b;
}

static void bare_close(struct bare *b)
{
	PQfinish(b->c);
	free(b);
}

static struct bare *bare_open(const char *where)
{
	struct bare *b = connect_to(where);
	run(b, "SET search_path = nguon");
	for (int t = 0; t < BARE_TABLES; t++) {
		prepare(b, "of_entry", t, bare_of_entry[t]);
		prepare(b, "insert", t, bare_insert[t]);
	}
	for (int q = 0; q < BARE_QUERIES; q++)
		prepare(b, "query", q, bare_query[q]);
	prepare(b, "begin", 0, "BEGIN");
	prepare(b, "begin_read", 0, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
	prepare(b, "commit", 0, "COMMIT");
	return b;
}

/* The name of a database in its address. */
static const char *database(const char *where, char buf[64])
{
	const char *from = strstr(where, "@/") + 2;
	(void)snprintf(buf, 64, "%.*s", (int)strcspn(from, "?"), from);
	return buf;
}

static void copy(const char *from, const char *to)
{
	char sql[256], old[64], new[64];
	struct bare *b = connect_to(getenv("NGUON_TEST_PG"));
	(void)snprintf(sql, sizeof sql, "DROP DATABASE \"%s\"", database(to, new));
	run(b, sql);
	(void)snprintf(sql, sizeof sql, "CREATE DATABASE \"%s\" TEMPLATE \"%s\"", new, database(from, old));
	run(b, sql);
	bare_close(b);
	b = connect_to(to);
	run(b, "DROP TRIGGER journal_has_grown ON nguon.journal"); /* to tell other nodes is no part of storing rows */
	bare_close(b);
}

/* ---- values ---- */

static int64_t number(const PGresult *r, int row, int c)
{
	uint64_t v;
	assert(PQgetlength(r, row, c) == sizeof v);
	memcpy(&v, PQgetvalue(r, row, c), sizeof v);
	return (int64_t)be64toh(v);
}

static struct bare_cell cell(const PGresult *r, int row, int c, struct arena *a)
{
	if (PQgetisnull(r, row, c))
		return (struct bare_cell){ .type = 'n' };
	if (PQftype(r, c) == OID_INT8)
		return (struct bare_cell){ .type = 'i', .i = number(r, row, c) };
	return (struct bare_cell){ .type = 't', .text = arena_strdup(a, PQgetvalue(r, row, c)) };
}

/* Sends a prepared statement. */
struct parameters {
	uint64_t number[BARE_COLUMNS];
	const char *value[BARE_COLUMNS];
	int length[BARE_COLUMNS], format[BARE_COLUMNS];
};

static void send(struct bare *b, const char *kind, int which, const struct bare_cell *v, int n)
{
	struct parameters p;
	char name[32];
	(void)snprintf(name, sizeof name, "%s%d", kind, which);
	for (int i = 0; i < n; i++) {
		p.number[i] = htobe64((uint64_t)v[i].i);
		p.value[i] = v[i].type == 'i' ? (const char *)&p.number[i] : v[i].text;
		p.length[i] = sizeof p.number[i];
		p.format[i] = v[i].type == 'i';
	}
	if (!PQsendQueryPrepared(b->c, name, n, p.value, p.length, p.format, 1))
		(void)must(b, NULL, name);
}

/* The result of what was sent, to its end; rows found. Takes every value, as whoever shows them must. */
static size_t receive(struct bare *b)
{
	size_t n = 0;
	for (PGresult *r; (r = PQgetResult(b->c)); PQclear(r)) {
		(void)must(b, r, "result");
		for (int row = 0; row < PQntuples(r); row++, n++)
			for (int c = 0; c < PQnfields(r); c++)
				(void)(PQftype(r, c) == OID_INT8 && !PQgetisnull(r, row, c) ? number(r, row, c) : PQgetlength(r, row, c));
	}
	return n;
}

static void bare_read(struct bare *b, int64_t entry, struct arena *a, struct bare_rows *ret)
{
	const struct bare_cell parameter = { 'i', entry, NULL };
	ret->n = 0;
	for (int t = 0; t < BARE_TABLES; t++) {
		send(b, "of_entry", t, &parameter, 1);
		PGresult *r = must(b, PQgetResult(b->c), "of_entry");
		for (int row = 0; row < PQntuples(r); row++, ret->n++) {
			assert(ret->n < BARE_ROWS);
			ret->row[ret->n].table = t;
			ret->row[ret->n].columns = PQnfields(r);
			for (int c = 0; c < PQnfields(r); c++)
				ret->row[ret->n].v[c] = cell(r, row, c, a);
		}
		PQclear(r);
		(void)receive(b);
	}
}

/* ---- one after the other: each statement waits for its answer ---- */

static size_t each(struct bare *b, const char *kind, int which, const struct bare_cell *v, int n)
{
	send(b, kind, which, v, n);
	return receive(b);
}

static void commit(struct bare *b, const struct bare_rows *rows)
{
	(void)each(b, "begin", 0, NULL, 0);
	for (int i = 0; i < rows->n; i++)
		(void)each(b, "insert", rows->row[i].table, rows->row[i].v, rows->row[i].columns);
	(void)each(b, "commit", 0, NULL, 0);
}

static size_t person(struct bare *b, int64_t id)
{
	const struct bare_cell parameter = { 'i', id, NULL };
	size_t n = 0;
	(void)each(b, "begin_read", 0, NULL, 0);
	for (int q = 0; q < BARE_PERSON_QUERIES; q++)
		n += each(b, "query", q, &parameter, 1);
	(void)each(b, "commit", 0, NULL, 0);
	return n;
}

static size_t list(struct bare *b, int64_t unit)
{
	const struct bare_cell parameter = { 'i', unit, NULL };
	return each(b, "query", BARE_LIST, &parameter, 1);
}

/* ---- in one go: a pipeline, one journey to the server and back ---- */

static void begin_pipeline(struct bare *b, const char *begin)
{
	if (!PQenterPipelineMode(b->c))
		(void)must(b, NULL, "pipeline");
	send(b, begin, 0, NULL, 0);
}

static size_t end_pipeline(struct bare *b, int sent)
{
	size_t n = 0;
	send(b, "commit", 0, NULL, 0);
	if (!PQpipelineSync(b->c))
		(void)must(b, NULL, "pipeline");
	for (int i = 0; i < sent + 2; i++)
		n += receive(b);
	PQclear(must(b, PQgetResult(b->c), "pipeline"));
	if (!PQexitPipelineMode(b->c))
		(void)must(b, NULL, "pipeline");
	return n;
}

static void commit_at_once(struct bare *b, const struct bare_rows *rows)
{
	begin_pipeline(b, "begin");
	for (int i = 0; i < rows->n; i++)
		send(b, "insert", rows->row[i].table, rows->row[i].v, rows->row[i].columns);
	(void)end_pipeline(b, rows->n);
}

static size_t person_at_once(struct bare *b, int64_t id)
{
	const struct bare_cell parameter = { 'i', id, NULL };
	begin_pipeline(b, "begin_read");
	for (int q = 0; q < BARE_PERSON_QUERIES; q++)
		send(b, "query", q, &parameter, 1);
	return end_pipeline(b, BARE_PERSON_QUERIES);
}

const struct bare_engine bare_pgsql = {
	.name = "PostgreSQL",
	.ways_n = 2,
	.ways = { { "statement by statement", commit, person, list }, { "in one go", commit_at_once, person_at_once, list } },
	.copy = copy,
	.open = bare_open,
	.close = bare_close,
	.read = bare_read,
};
