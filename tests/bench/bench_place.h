/* New places for installations: folders below the one that the program was given; on a server also a database each, in the cluster that
 * NGUON_TEST_PG names (tools/with-postgres). */
#pragma once

#include "bench.h"

#include "app/location.h"

#include <libpq-fe.h>
#include <string.h>
#include <sys/stat.h>

/* Whether the measures on PostgreSQL can be taken too; says so when not. */
static inline bool bench_has_server(void)
{
	bool has = getenv("NGUON_TEST_PG") != NULL;
	if (!has)
		printf("PostgreSQL: not measured, there is no cluster (tools/run-bench makes one)\n");
	return has;
}

static inline const char *bench_address(const char *name, struct arena *a)
{
	const char *cluster = getenv("NGUON_TEST_PG"), *before = strstr(cluster, "@/"), *after = strchr(cluster, '?');
	return arena_printf(a, "%.*s@/%s%s", (int)(before - cluster), cluster, name, after);
}

static inline void bench_make_database(const char *name)
{
	scoped(arena_done) struct arena a = { 0 };
	PGconn *c = PQconnectdb(getenv("NGUON_TEST_PG"));
	PGresult *r = PQexec(c, arena_printf(&a, "CREATE DATABASE \"%s\" TEMPLATE template0", name));
	if (PQresultStatus(r) != PGRES_COMMAND_OK) {
		(void)fprintf(stderr, "%s: %s", name, PQerrorMessage(c));
		exit(1);
	}
	PQclear(r);
	PQfinish(c);
}

/* An empty one; what db_open takes for it. */
static inline const char *bench_place(const char *dir, bool server, const char *name, struct arena *a)
{
	struct fault f;
	if (mkdir(dir, 0700) != 0) {
		perror(dir);
		exit(1);
	}
	if (!server)
		return arena_strdup(a, dir);
	bench_make_database(name);
	MUST(location_keep(dir, bench_address(name, a), &f));
	return bench_address(name, a);
}
