/* Connecting to a server, and whose database it is. */
#include "store/pgsql.h"

#include "store/uri.h"

#include <assert.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
	PATIENCE_MS = 3000,
	CONNECT_MS = 5000,    /* a server that does not answer at all */
	PAUSE_MS = 1000,      /* between two tries to connect: callers queue up meanwhile, and each would wait */
	SERVER_LEAST = 150000,
};

static int64_t now_ms(void)
{
	struct timespec t;
	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* ---- connecting ---- */

static PostgresPollingStatusType wait_for(PGconn *c, PostgresPollingStatusType what, int64_t until)
{
	struct pollfd p = { .fd = PQsocket(c), .events = what == PGRES_POLLING_READING ? POLLIN : POLLOUT };
	int64_t left = until - now_ms();
	if (left <= 0 || poll(&p, 1, (int)left) == 0)
		return PGRES_POLLING_FAILED;
	return PQconnectPoll(c);
}

/* PQconnectdb itself, but with a deadline for the whole and with codes in the server's refusals, whatever language it speaks. */
static bool shake_hands(PGconn *c)
{
	int64_t until = now_ms() + CONNECT_MS;
	PostgresPollingStatusType status = PGRES_POLLING_WRITING;
	if (PQstatus(c) == CONNECTION_BAD)
		return false;
	(void)PQsetErrorVerbosity(c, PQERRORS_SQLSTATE);
	while (status != PGRES_POLLING_OK && status != PGRES_POLLING_FAILED)
		status = wait_for(c, status, until);
	(void)PQsetErrorVerbosity(c, PQERRORS_DEFAULT);
	return status == PGRES_POLLING_OK;
}

static void say_nothing(void *ctx, const PGresult *r)
{
	(void)ctx, (void)r;
}

static const char settings[] =
	"SET search_path = nguon;"
	"SET timezone = 'UTC';"
	"SET client_min_messages = warning;"
	"SET standard_conforming_strings = on;"
	"SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') IN ('off', 'local');";

static const char read_settings[] =
	"SET default_transaction_read_only = on;";

/* A program that hangs must not keep everybody else from writing for ever. */
static const char write_settings[] =
	"SET idle_in_transaction_session_timeout = '5min';";

static enum err configure(struct pgsql_db *db, struct fault *f)
{
	(void)PQsetNoticeReceiver(db->c, say_nothing, NULL);
	if (PQsetClientEncoding(db->c, "UTF8") != 0)
		return pgsql_fault(db, NULL, false, f);
	TRY(pgsql_run(db, settings, f));
	TRY(pgsql_run(db, db->base.mode == DB_READ ? read_settings : write_settings, f));
	pgsql_set_patience(&db->base, db->patience_ms);
	return OK;
}

/* "nguon (db.example:5432)", "nguon (/run/postgresql)": no user, no password. */
static void set_name(struct pgsql_db *db)
{
	const char *host = PQhost(db->c), *port = PQport(db->c), *name = PQdb(db->c);
	if (db->name)
		return;
	db->name = "PostgreSQL";
	if (host && *host && name)
		db->name = *host == '/' ? arena_printf(&db->base.arena, "%s (%s)", name, host) :
			arena_printf(&db->base.arena, "%s (%s:%s)", name, host, port ? port : "");
}

/* A server whose machine has vanished is noticed after 25 seconds of silence. */
static enum err connect_anew(struct pgsql_db *db, struct fault *f)
{
	static const char *const words[] = { "dbname", "sslmode", "fallback_application_name", "keepalives_idle", "keepalives_interval",
		"keepalives_count", "tcp_user_timeout", NULL };
	const char *const values[] = { db->where, db->verify ? "verify-full" : NULL, "nguon", "10", "5", "3", "25000", NULL };
	PQfinish(db->c);
	db->c = PQconnectStartParams(words, values, 1);
	set_name(db);
	db->life++;
	db->savepoints = 0;
	return shake_hands(db->c) ? configure(db, f) : pgsql_refused(db, f);
}

enum err pgsql_connected(struct pgsql_db *db, struct fault *f)
{
	if (PQstatus(db->c) == CONNECTION_OK)
		return OK;
	if (!db->failed_ms || now_ms() - db->failed_ms >= PAUSE_MS) {
		db->failed.code = connect_anew(db, &db->failed);
		db->failed_ms = db->failed.code == OK ? 0 : now_ms();
	}
	if (db->failed.code != OK && f)
		*f = db->failed;
	return db->failed.code;
}

void pgsql_set_patience(struct db *base, int milliseconds)
{
	struct pgsql_db *db = pgsql_of(base);
	char sql[64];
	db->patience_ms = milliseconds;
	(void)snprintf(sql, sizeof sql, "SET lock_timeout = %d", milliseconds);
	(void)!pgsql_run(db, sql, NULL); /* a connection that is lost is told again when it is made anew */
}

/* ---- whose database ---- */

static const char who[] =
	"SELECT current_setting('server_version_num'), current_setting('server_encoding'), pg_is_in_recovery()::int,"
	" (SELECT coalesce(obj_description(oid, 'pg_namespace'), '') FROM pg_namespace WHERE nspname = 'nguon'),"
	" (SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
	"  WHERE c.relkind IN ('r', 'p', 'v', 'm') AND n.nspname NOT IN ('nguon', 'information_schema')"
	"  AND n.nspname NOT LIKE 'pg\\_%')";
enum { SERVER, ENCODING, STANDBY, MARK, OTHERS };

/* "Nguon 2": our schema, of version 2; 0 when it is somebody else's. */
static int version_of(const char *mark)
{
	return strncmp(mark, "Nguon ", 6) == 0 ? (int)strtol(mark + 6, NULL, 10) : 0;
}

static enum err check_version(struct pgsql_db *db, int version, struct fault *f)
{
	char has[16], knows[16];
	(void)snprintf(has, sizeof has, "%d", version);
	(void)snprintf(knows, sizeof knows, "%d", db_migrations_n);
	if (version > db_migrations_n)
		return FAULT(f, E_STORAGE, "data", MSG_PG_NEWER, db->name, has, knows);
	if (version < db_migrations_n && db->base.mode == DB_READ)
		return FAULT(f, E_STORAGE, "data", MSG_PG_OLDER, db->name, has, knows);
	return OK;
}

/* A number that the server made. */
static int64_t number_at(const PGresult *r, int column)
{
	return strtoll(PQgetvalue(r, 0, column), NULL, 10);
}

static enum err identify(struct pgsql_db *db, struct fault *f)
{
	scoped(pgsql_clear) PGresult *r = NULL;
	TRY(pgsql_ask(db, who, &r, f));
	bool schema = !PQgetisnull(r, 0, MARK), others = number_at(r, OTHERS) > 0;
	int version = schema ? version_of(PQgetvalue(r, 0, MARK)) : 0;
	db->standby = number_at(r, STANDBY) != 0;
	if (number_at(r, SERVER) < SERVER_LEAST)
		return FAULT(f, E_STORAGE, "data", MSG_PG_OLD_SERVER, db->name);
	if (strcmp(PQgetvalue(r, 0, ENCODING), "UTF8") != 0)
		return FAULT(f, E_STORAGE, "data", MSG_PG_ENCODING, db->name, PQgetvalue(r, 0, ENCODING));
	if (db->standby && db->base.mode != DB_READ)
		return FAULT(f, E_STORAGE, "data", MSG_PG_STANDBY, db->name);
	if (db->base.mode == DB_CREATE && version > 0)
		return FAULT(f, E_CONFLICT, "data", MSG_PG_THERE, db->name);
	if ((schema || others) && version == 0)
		return FAULT(f, E_STORAGE, "data", MSG_PG_FOREIGN, db->name);
	if (db->base.mode == DB_CREATE)
		return OK;
	return version == 0 ? FAULT(f, E_NOTFOUND, "data", MSG_PG_EMPTY, db->name) : check_version(db, version, f);
}

enum err pgsql_version(struct db *base, int *ret, struct fault *f)
{
	scoped(pgsql_clear) PGresult *r = NULL;
	TRY(pgsql_ask(pgsql_of(base), "SELECT obj_description(oid, 'pg_namespace') FROM pg_namespace WHERE nspname = 'nguon'", &r, f));
	*ret = PQntuples(r) > 0 ? version_of(PQgetvalue(r, 0, 0)) : 0;
	return OK;
}

/* ---- opening ---- */

void pgsql_close(struct db *base)
{
	PQfinish(pgsql_of(base)->c);
	struct arena arena = base->arena; /* holds *base itself */
	arena_done(&arena);
}

static enum err read_address(struct pgsql_db *db, struct fault *f)
{
	struct uri uri;
	TRY(uri_parse(db->where, "data", &db->base.arena, &uri, f));
	db->verify = uri.verify;
	return OK;
}

enum err pgsql_open(const char *where, enum db_mode mode, struct db **ret, struct fault *f)
{
	struct arena arena = { 0 };
	struct pgsql_db *db = arena_new(&arena, struct pgsql_db);
	db->base = (struct db){ .driver = &db_pgsql_driver, .mode = mode, .arena = arena };
	db->where = arena_strdup(&db->base.arena, where);
	db->patience_ms = PATIENCE_MS;
	enum err e = read_address(db, f);
	if (e == OK)
		e = connect_anew(db, f);
	if (e == OK)
		e = identify(db, f);
	if (e == OK)
		*ret = &db->base;
	else
		pgsql_close(&db->base);
	return e;
}
