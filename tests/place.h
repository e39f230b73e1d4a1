/* A new empty place for an installation, on the engine under test: a folder; with NGUON_TEST_ENGINE=postgres also a database of its own
 * in the cluster that NGUON_TEST_PG names (tools/with-postgres), which the folder's file `database` points to. */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <ftw.h>
#include <libpq-fe.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PLACE_PREFIX "/tmp/nguon-test-"

struct test_place {
	char dir[sizeof PLACE_PREFIX + 6]; /* "": there is none */
	char where[256];                   /* for db_open: the folder, or the URI of the database */
};

static inline bool place_on_postgres(void)
{
	const char *engine = getenv("NGUON_TEST_ENGINE");
	return engine && strcmp(engine, "postgres") == 0;
}

/* What db_open takes. */
static inline const char *place_where(const struct test_place *p)
{
	return p->where;
}

static inline bool place_is_folder(const struct test_place *p)
{
	return strcmp(p->where, p->dir) == 0;
}

/* ---- the database ---- */

/* Named like the folder. */
static inline const char *place_database(const struct test_place *p)
{
	return p->dir + strlen("/tmp/");
}

static inline void place_uri(const char *database, char *buf, size_t n)
{
	const char *cluster = getenv("NGUON_TEST_PG"), *before, *after;
	if (!cluster)
		fail_msg("NGUON_TEST_PG names no cluster: run inside tools/with-postgres");
	before = strstr(cluster, "@/");
	after = strchr(cluster, '?');
	assert_true(before && after && before < after);
	int len = snprintf(buf, n, "%.*s@/%s%s", (int)(before - cluster), cluster, database, after);
	assert_true(len > 0 && (size_t)len < n);
}

/* As superuser; no key and no trigger stands in the way. Rows changed. */
static inline int place_superuser_runs(const char *uri, const char *sql)
{
	PGconn *c = PQconnectdb(uri);
	if (PQstatus(c) != CONNECTION_OK)
		fail_msg("%s", PQerrorMessage(c));
	PGresult *path = PQexec(c, "SET client_min_messages = warning; SET search_path = nguon; SET session_replication_role = replica");
	PGresult *r = PQexec(c, sql);
	if (PQresultStatus(r) != PGRES_COMMAND_OK && PQresultStatus(r) != PGRES_TUPLES_OK)
		fail_msg("%s: %s", sql, PQerrorMessage(c));
	int changed = (int)strtol(PQcmdTuples(r), NULL, 10);
	PQclear(path);
	PQclear(r);
	PQfinish(c);
	return changed;
}

/* Copying the template's files is five times as fast as logging them, where nothing waits for the disk. */
static inline void place_make_database(struct test_place *p, const char *template)
{
	char path[64], uri[256], sql[256];
	(void)snprintf(sql, sizeof sql, "CREATE DATABASE \"%s\" TEMPLATE \"%s\" STRATEGY file_copy", place_database(p), template);
	place_uri("postgres", uri, sizeof uri);
	(void)place_superuser_runs(uri, sql);
	place_uri(place_database(p), p->where, sizeof p->where);
	(void)snprintf(path, sizeof path, "%s/database", p->dir);
	FILE *file = fopen(path, "wx");
	assert_non_null(file);
	assert_int_equal(fchmod(fileno(file), 0600), 0);
	assert_true(fprintf(file, "%s\n", p->where) > 0);
	assert_int_equal(fclose(file), 0);
}

static inline void place_drop_database(const struct test_place *p)
{
	char uri[256], sql[256];
	(void)snprintf(sql, sizeof sql, "DROP DATABASE \"%s\" WITH (FORCE)", place_database(p));
	place_uri("postgres", uri, sizeof uri);
	(void)place_superuser_runs(uri, sql);
}

/* ---- places ---- */

static inline void place_make_folder(struct test_place *p)
{
	(void)snprintf(p->dir, sizeof p->dir, PLACE_PREFIX "XXXXXX");
	assert_non_null(mkdtemp(p->dir));
	(void)snprintf(p->where, sizeof p->where, "%s", p->dir);
}

static inline void place_make_on(struct test_place *p, bool postgres)
{
	place_make_folder(p);
	if (postgres)
		place_make_database(p, "template0");
}

static inline void place_make(struct test_place *p)
{
	place_make_on(p, place_on_postgres());
}

static inline int place_remove_file(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st, (void)type, (void)ftw;
	return remove(path);
}

static inline void place_remove(struct test_place *p)
{
	if (!*p->dir)
		return;
	if (!place_is_folder(p))
		place_drop_database(p);
	assert_int_equal(nftw(p->dir, place_remove_file, 8, FTW_DEPTH | FTW_PHYS), 0);
	*p = (struct test_place){ 0 };
}

static inline void place_copy_file(const char *from, const char *to)
{
	char bytes[1 << 16];
	FILE *in = fopen(from, "rb"), *out = fopen(to, "wbx");
	assert_true(in && out);
	for (size_t n; (n = fread(bytes, 1, sizeof bytes, in)) > 0;)
		assert_int_equal(fwrite(bytes, 1, n, out), n);
	assert_int_equal(ferror(in), 0);
	(void)fclose(in);
	assert_int_equal(fclose(out), 0);
}

/* A new place with the same data; nothing may be connected to the first one. */
static inline void place_make_copy(struct test_place *p, const struct test_place *of)
{
	char from[64], to[64];
	place_make_folder(p);
	if (!place_is_folder(of)) {
		place_make_database(p, place_database(of));
		return;
	}
	(void)snprintf(from, sizeof from, "%s/nguon.db", of->dir);
	(void)snprintf(to, sizeof to, "%s/nguon.db", p->dir);
	place_copy_file(from, to);
}

/* Changes the data behind the program's back; how many rows. */
static inline int place_tamper(const struct test_place *p, const char *sql)
{
	char path[64], *why = NULL;
	sqlite3 *db;
	if (!place_is_folder(p))
		return place_superuser_runs(p->where, sql);
	(void)snprintf(path, sizeof path, "%s/nguon.db", p->dir);
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	if (sqlite3_exec(db, sql, NULL, NULL, &why) != SQLITE_OK)
		fail_msg("%s", why);
	int changed = sqlite3_changes(db);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
	return changed;
}
