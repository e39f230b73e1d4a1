/* Connecting to a server, and whose database it is. */
#include "store/pgsql.h"

#include "store/await.h"
#include "store/uri.h"

#include <assert.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

enum {
	PATIENCE_MS = 3000,
	CONNECT_MS = 5000,    /* a server that does not answer at all */
	PAUSE_MS = 1000,      /* between two tries to connect */
	SERVER_LEAST = 150000,
};

/* ---- connecting ---- */

static PostgresPollingStatusType wait_for(PGconn *c, PostgresPollingStatusType what, int64_t until)
{
	struct pollfd p = { .fd = PQsocket(c), .events = what == PGRES_POLLING_READING ? POLLIN : POLLOUT };
	int64_t left = until - await_now_ms();
	if (left <= 0 || poll(&p, 1, (int)left) == 0)
		return PGRES_POLLING_FAILED;
	return PQconnectPoll(c);
}

/* libpq goes on to the next machine of the address when the socket says that it has failed, but not by itself when nothing answers. */
static PostgresPollingStatusType next_machine(PGconn *c)
{
	(void)shutdown(PQsocket(c), SHUT_RDWR);
	return PQconnectPoll(c);
}

/* PQconnectdb itself, but with a deadline for each machine and with codes in the server's refusals, whatever language it speaks. */
static bool shake_hands(PGconn *c, int machines)
{
	int64_t until = await_now_ms() + CONNECT_MS;
	PostgresPollingStatusType status = PGRES_POLLING_WRITING;
	if (PQstatus(c) == CONNECTION_BAD)
		return false;
	(void)PQsetErrorVerbosity(c, PQERRORS_SQLSTATE);
	while (status != PGRES_POLLING_OK && status != PGRES_POLLING_FAILED) {
		status = wait_for(c, status, until);
		if (status != PGRES_POLLING_FAILED || PQstatus(c) == CONNECTION_BAD || --machines <= 0)
			continue;
		status = next_machine(c);
		until = await_now_ms() + CONNECT_MS;
	}
	(void)PQsetErrorVerbosity(c, PQERRORS_DEFAULT);
	return status == PGRES_POLLING_OK;
}

static void say_nothing(void *ctx, const PGresult *r)
{
	(void)ctx, (void)r;
}

/* docs/databases.md says why each is so. Sent in one go with the question whose database it is. */
static const char settings[] =
	"SET search_path = nguon, pg_temp;"
	"SET timezone = 'UTC';"
	"SET client_min_messages = warning;"
	"SET standard_conforming_strings = on;"
	"SET cursor_tuple_fraction = 1;"
	"SET jit = off;"
	"SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') IN ('off', 'local');";

static const char read_settings[] =
	"SET default_transaction_read_only = on;";

/* A program that hangs must not keep everybody else from writing for ever, one whose machine has vanished no longer than 25 seconds. */
static const char write_settings[] =
	"SET tcp_keepalives_idle = 10;"
	"SET tcp_keepalives_interval = 5;"
	"SET tcp_keepalives_count = 3;"
	"SET tcp_user_timeout = 25000;"
	"SET idle_in_transaction_session_timeout = '5min';";

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

/* ---- whose database ---- */

static const char who[] =
	"SELECT current_setting('server_version_num'), current_setting('server_encoding'), pg_is_in_recovery()::int,"
	" (SELECT coalesce(obj_description(oid, 'pg_namespace'), '') FROM pg_namespace WHERE nspname = 'nguon'),"
	" (SELECT has_schema_privilege(oid, 'USAGE')::int FROM pg_namespace WHERE nspname = 'nguon'),"
	" (SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
	"  WHERE c.relkind IN ('r', 'p', 'v', 'm') AND n.nspname NOT IN ('nguon', 'information_schema')"
	"  AND n.nspname NOT LIKE 'pg\\_%')";
enum { SERVER, ENCODING, STANDBY, MARK, USABLE, OTHERS };

/* "Nguon 2": our schema, of version 2; 0 when it is somebody else's. */
static int version_of(const char *mark)
{
	return strncmp(mark, "Nguon ", 6) == 0 ? (int)strtol(mark + 6, NULL, 10) : 0;
}

static enum err check_version(const struct pgsql_db *db, int version, struct fault *f)
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

static enum err check_server(const struct pgsql_db *db, const PGresult *r, struct fault *f)
{
	if (number_at(r, SERVER) < SERVER_LEAST)
		return FAULT(f, E_STORAGE, "data", MSG_PG_OLD_SERVER, db->name);
	if (strcmp(PQgetvalue(r, 0, ENCODING), "UTF8") != 0)
		return FAULT(f, E_STORAGE, "data", MSG_PG_ENCODING, db->name, PQgetvalue(r, 0, ENCODING));
	if (db->standby && db->base.mode != DB_READ)
		return FAULT(f, E_STORAGE, "data", MSG_PG_STANDBY, db->name);
	return OK;
}

static enum err check_owner(const struct pgsql_db *db, const PGresult *r, struct fault *f)
{
	bool schema = !PQgetisnull(r, 0, MARK), others = number_at(r, OTHERS) > 0;
	int version = schema ? version_of(PQgetvalue(r, 0, MARK)) : 0;
	if (db->base.mode == DB_CREATE && version > 0)
		return FAULT(f, E_CONFLICT, "data", MSG_PG_THERE, db->name);
	if ((schema || others) && version == 0)
		return FAULT(f, E_STORAGE, "data", MSG_PG_FOREIGN, db->name);
	if (db->base.mode == DB_CREATE)
		return OK;
	if (version == 0)
		return FAULT(f, E_NOTFOUND, "data", MSG_PG_EMPTY, db->name);
	if (number_at(r, USABLE) == 0)
		return FAULT(f, E_STORAGE, "data", MSG_PG_RIGHTS, db->name, "nguon");
	return check_version(db, version, f);
}

/* Also when connecting again: the server can have become a standby meanwhile, the database another program's or another version's. What
 * was just created must not count as there already. */
static enum err configure(struct pgsql_db *db, struct fault *f)
{
	scoped(arena_done) struct arena a = { 0 };
	scoped(pgsql_clear) PGresult *r = NULL;
	const char *of_mode = db->base.mode == DB_READ ? read_settings : write_settings;
	TRY(pgsql_ask(db, arena_printf(&a, "%s%sSET lock_timeout = %d;%s", settings, of_mode, db->patience_ms, who), &r, f));
	db->patience_told = db->patience_ms;
	db->standby = number_at(r, STANDBY) != 0;
	TRY(check_server(db, r, f));
	return db->base.mode == DB_CREATE && db->opened ? OK : check_owner(db, r, f);
}

/* ---- a connection in working order ---- */

/* What stands before the address can be overridden by it. A server whose machine has vanished is noticed after 25 seconds of silence. */
static PGconn *begin_connecting(const struct pgsql_db *db)
{
	static const char *const words[] = { "fallback_application_name", "keepalives_idle", "keepalives_interval", "keepalives_count",
		"tcp_user_timeout", "sslmode", "dbname", "client_encoding", NULL };
	const char *const values[] = { "nguon", "10", "5", "3", "25000", db->verify ? "verify-full" : NULL, db->where, "UTF8", NULL };
	return PQconnectStartParams(words, values, 1);
}

static void disconnect(struct pgsql_db *db)
{
	PQfinish(db->c);
	db->c = NULL;
	db->savepoints = db->sent = 0;
	db->fresh = false;
}

static enum err connect_anew(struct pgsql_db *db, struct fault *f)
{
	disconnect(db);
	db->c = begin_connecting(db);
	db->life++;
	set_name(db);
	(void)PQsetNoticeReceiver(db->c, say_nothing, NULL);
	enum err e = shake_hands(db->c, db->machines) ? configure(db, f) : pgsql_refused(db, f);
	if (e == OK)
		db->opened = true;
	else
		disconnect(db);
	return e;
}

/* Callers queue up while the server is away; each would wait for it as long as the one before. */
static enum err reconnect(struct pgsql_db *db, struct fault *f)
{
	if (!db->failed_ms || await_now_ms() - db->failed_ms >= PAUSE_MS) {
		db->failed.code = connect_anew(db, &db->failed);
		db->failed_ms = db->failed.code == OK ? 0 : await_now_ms();
	}
	if (db->failed.code != OK && f)
		*f = db->failed;
	return db->failed.code;
}

enum err pgsql_connected(struct pgsql_db *db, struct fault *f)
{
	char sql[64];
	if (PQstatus(db->c) != CONNECTION_OK)
		return reconnect(db, f);
	if (db->patience_told == db->patience_ms)
		return OK;
	(void)snprintf(sql, sizeof sql, "SET lock_timeout = %d", db->patience_ms);
	TRY(pgsql_run(db, sql, f));
	db->patience_told = db->patience_ms;
	return OK;
}

void pgsql_set_patience(struct db *base, int milliseconds)
{
	pgsql_of(base)->patience_ms = milliseconds;
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
	db->machines = uri.machines;
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
		*ret = &db->base;
	else
		pgsql_close(&db->base);
	return e;
}
