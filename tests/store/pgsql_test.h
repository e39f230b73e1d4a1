/* What the tests of the PostgreSQL driver share beside store_test.h. */
#pragma once

#include "store_test.h"

#include "store/glue.h"
#include "store/pgsql.h"

/* The same database as somebody else. */
static inline const char *uri_as(const char *uri, const char *role, struct arena *a)
{
	const char *at = strchr(uri, '@');
	assert_non_null(at);
	return arena_printf(a, "postgresql://%s%s", role, at);
}

/* Straight to a server, past the program. */
static inline void server_runs(const char *uri, const char *sql)
{
	(void)place_superuser_runs(uri, sql);
}

static inline int64_t server_says(const char *uri, const char *sql)
{
	PGconn *c = PQconnectdb(uri);
	PGresult *r = PQexec(c, sql);
	if (PQresultStatus(r) != PGRES_TUPLES_OK || PQntuples(r) != 1)
		fail_msg("%s: %s", sql, PQerrorMessage(c));
	int64_t n = strtoll(PQgetvalue(r, 0, 0), NULL, 10);
	PQclear(r);
	PQfinish(c);
	return n;
}

/* The server process behind a connection, ended as an administrator would. It is gone when this returns. */
static inline void server_drops(const char *uri, struct db *db)
{
	char sql[128];
	int pid = PQbackendPID(pgsql_of(db)->c);
	snprintf(sql, sizeof sql, "SELECT pg_terminate_backend(%d)::int", pid);
	assert_int_equal(server_says(uri, sql), 1);
	snprintf(sql, sizeof sql, "SELECT count(*) FROM pg_stat_activity WHERE pid = %d", pid);
	while (server_says(uri, sql) > 0)
		usleep(2000);
}

/* The statement of that name among those of the program. */
static inline int statement_named(const char *name)
{
	for (int i = 0; i < db_statements_n; i++)
		if (strcmp(db_statements[i].name, name) == 0)
			return i;
	fail_msg("no statement %s", name);
	return -1;
}

/* Begins to read; the rows come with stmt_step, and stmt_reset ends it. */
static inline struct stmt *reading(struct db *db, const char *name)
{
	struct stmt *s = NULL;
	SUCCEEDS(db_stmt(db, statement_named(name), &s, &f));
	return s;
}

static inline bool next_row(struct stmt *s)
{
	bool more = false;
	SUCCEEDS(stmt_step(s, &more, &f));
	return more;
}

static inline int64_t count_rows(struct stmt *s)
{
	int64_t n = 0;
	while (next_row(s))
		n++;
	return n;
}
