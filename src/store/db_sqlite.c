#include "store/driver.h"

#include "store/await.h"
#include "store/dialect.h"
#include "store/place.h"

#include <assert.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

enum {
	APPLICATION_ID = 0x4E67756F, /* "Nguo", in the header of the file */
	PATIENCE_MS = 3000,
	PARAMS_MAX = 32,
	LOOK_MS = 250, /* what others have written */
};

struct sqlite_db {
	struct db base;
	sqlite3 *h;
	const char *path; /* ":memory:" or the file, for messages */
	int64_t seen;     /* data_version when it was last watched */
	sqlite3_stmt *control[CONTROL__COUNT];
};

struct sqlite_stmt {
	struct stmt base;
	sqlite3_stmt *s;
	int slot[PARAMS_MAX]; /* SQLite numbers $1, $2 by their first appearance */
	int bound;            /* the first failure to bind; the next step gives it */
};

static struct sqlite_db *of_db(struct db *db)
{
	return (struct sqlite_db *)db;
}

static struct sqlite_stmt *of_stmt(struct stmt *s)
{
	return (struct sqlite_stmt *)s;
}

/* ---- faults ---- */

/* Result codes by meaning; extended codes come before the primary code that they refine. */
static const struct {
	int rc;
	enum err err;
	enum msg msg;
} meanings[] = {
	{ SQLITE_CONSTRAINT_UNIQUE, E_CONFLICT, MSG_STORE_THERE },
	{ SQLITE_CONSTRAINT_PRIMARYKEY, E_CONFLICT, MSG_STORE_THERE },
	{ SQLITE_CONSTRAINT_ROWID, E_CONFLICT, MSG_STORE_THERE },
	{ SQLITE_READONLY_ROLLBACK, E_STORAGE, MSG_STORE_HALF },
	{ SQLITE_FULL, E_STORAGE, MSG_STORE_FULL },
	{ SQLITE_CORRUPT, E_STORAGE, MSG_STORE_DAMAGED },
	{ SQLITE_NOTADB, E_STORAGE, MSG_STORE_NOT_DATABASE },
	{ SQLITE_BUSY, E_BUSY, MSG_STORE_LOCKED },
	{ SQLITE_LOCKED, E_BUSY, MSG_STORE_LOCKED },
	{ SQLITE_READONLY, E_STORAGE, MSG_STORE_READ_ONLY },
	{ SQLITE_CANTOPEN, E_STORAGE, MSG_STORE_CANNOT_OPEN },
	{ SQLITE_PERM, E_STORAGE, MSG_STORE_CANNOT_OPEN },
	{ SQLITE_IOERR, E_STORAGE, MSG_STORE_DEVICE },
	{ SQLITE_PROTOCOL, E_BUSY, MSG_STORE_LOCKED },
	{ SQLITE_TOOBIG, E_TOOBIG, MSG_STORE_TOO_LONG },
};

/* "UNIQUE constraint failed: person.unit_id, person.id": the column that is named last. */
static const char *column_at_fault(const char *message)
{
	const char *dot = strrchr(message, '.');
	return dot ? dot + 1 : "";
}

static enum err fault_of(struct sqlite_db *db, int rc, struct fault *f)
{
	const char *why = sqlite3_errmsg(db->h);
	if ((rc & 0xFF) == SQLITE_IOERR && place_is_full(sqlite3_system_errno(db->h)))
		rc = SQLITE_FULL;
	if (rc == SQLITE_READONLY && db->base.mode == DB_READ) /* query_only; a read-only disk gives extended codes */
		return FAULT(f, E_INTERNAL, "", MSG_STORE_OPEN_TO_READ);
	if ((rc & 0xFF) == SQLITE_CANTOPEN && place_is_readable(db->path) && place_is_refusal(sqlite3_system_errno(db->h)))
		rc = SQLITE_READONLY; /* the file is there, but not the right to make the write-ahead log beside it */
	for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++) {
		if (meanings[i].rc != rc && meanings[i].rc != (rc & 0xFF))
			continue;
		if (meanings[i].err == E_CONFLICT)
			return FAULT(f, E_CONFLICT, column_at_fault(why), MSG_STORE_THERE, column_at_fault(why));
		return FAULT(f, meanings[i].err, "data", meanings[i].msg, db->path, why);
	}
	return FAULT(f, E_INTERNAL, "", MSG_STORE_ENGINE, why);
}

static enum err result(struct sqlite_db *db, int rc, struct fault *f)
{
	return rc == SQLITE_OK || rc == SQLITE_DONE || rc == SQLITE_ROW ? OK : fault_of(db, rc, f);
}

static enum err run(struct sqlite_db *db, const char *sql, struct fault *f)
{
	return result(db, sqlite3_exec(db->h, sql, NULL, NULL, NULL), f);
}

/* First column of the first row: a number, or 0 when there is no row. */
static enum err ask(struct sqlite_db *db, const char *sql, int64_t *ret, struct fault *f)
{
	sqlite3_stmt *s = NULL;
	TRY(result(db, sqlite3_prepare_v2(db->h, sql, -1, &s, NULL), f));
	int rc = sqlite3_step(s);
	int64_t v = rc == SQLITE_ROW ? sqlite3_column_int64(s, 0) : 0;
	enum err e = result(db, rc, f);
	sqlite3_finalize(s);
	if (e == OK)
		*ret = v;
	return e;
}

/* ---- opening ---- */

/* docs/databases.md says why each is so. */
static const char pragmas[] =
	"PRAGMA trusted_schema = OFF;"
	"PRAGMA cell_size_check = ON;"
	"PRAGMA mmap_size = 0;"
	"PRAGMA foreign_keys = ON;"
	"PRAGMA case_sensitive_like = ON;"
	"PRAGMA temp_store = MEMORY;"
	"PRAGMA cache_size = -32768;"
	"PRAGMA synchronous = FULL;";

static const char write_pragmas[] =
	"PRAGMA journal_mode = WAL;"
	"PRAGMA journal_size_limit = 67108864;";

static bool accepts(const char *where)
{
	return strstr(where, "://") == NULL;
}

static void sqlite_close(struct db *base)
{
	struct sqlite_db *db = of_db(base);
	for (int i = 0; i < CONTROL__COUNT; i++)
		sqlite3_finalize(db->control[i]);
	int rc = sqlite3_close(db->h);
	assert(rc == SQLITE_OK);
	(void)rc;
	struct arena arena = base->arena; /* holds *base itself */
	arena_done(&arena);
}

/* Whose file it is, before anything is written to it. */
static enum err identify(struct sqlite_db *db, const char *where, struct fault *f)
{
	int64_t application, version, objects;
	char has[16], knows[16];
	TRY(ask(db, "PRAGMA application_id", &application, f));
	TRY(ask(db, "PRAGMA user_version", &version, f));
	TRY(ask(db, "SELECT count(*) FROM sqlite_schema", &objects, f));
	bool untouched = application == 0 && version == 0 && objects == 0;
	if (db->base.mode == DB_CREATE)
		return untouched ? OK : FAULT(f, E_CONFLICT, "data", MSG_STORE_DATABASE_THERE, where);
	if (untouched)
		return FAULT(f, E_NOTFOUND, "data", MSG_STORE_NO_DATABASE, where);
	if (application != APPLICATION_ID)
		return FAULT(f, E_STORAGE, "data", MSG_STORE_FOREIGN, db->path);
	(void)snprintf(has, sizeof has, "%d", (int)version);
	(void)snprintf(knows, sizeof knows, "%d", db_migrations_n);
	if (version > db_migrations_n)
		return FAULT(f, E_STORAGE, "data", MSG_STORE_NEWER, db->path, has, knows);
	if (version < db_migrations_n && db->base.mode == DB_READ)
		return FAULT(f, E_STORAGE, "data", MSG_STORE_OLDER, db->path, has, knows);
	return OK;
}

static enum err configure(struct sqlite_db *db, const char *where, bool in_memory, struct fault *f)
{
	enum db_mode mode = db->base.mode;
	(void)sqlite3_extended_result_codes(db->h, 1);
	(void)sqlite3_busy_timeout(db->h, PATIENCE_MS);
	(void)sqlite3_db_config(db->h, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	(void)sqlite3_db_config(db->h, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	(void)sqlite3_db_config(db->h, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
	if (mode == DB_ALONE) /* before the file is looked at: later it would not keep readers out */
		TRY(run(db, "PRAGMA locking_mode = EXCLUSIVE", f));
	TRY(run(db, pragmas, f));
	if (!in_memory)
		TRY(identify(db, where, f));
	if (!in_memory && mode != DB_READ && sqlite3_db_readonly(db->h, "main") == 1)
		return FAULT(f, E_STORAGE, "data", MSG_STORE_READ_ONLY, db->path);
	TRY(run(db, mode == DB_READ ? "PRAGMA query_only = ON" : write_pragmas, f));
	return result(db, sqlite3_set_authorizer(db->h, dialect_authorize, NULL), f);
}

/* SQLite counts its memory under a lock, which takes a tenth of an insert, and nobody asks for the count. A program that has used SQLite
 * before keeps what it has. */
static void count_no_memory(void)
{
	(void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

static enum err sqlite_open(const char *where, enum db_mode mode, struct db **ret, struct fault *f)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	struct arena arena = {0};
	(void)pthread_once(&once, count_no_memory);
	bool in_memory = strcmp(where, ":memory:") == 0, made = false;
	struct sqlite_db *db = arena_new(&arena, struct sqlite_db);
	db->base = (struct db){ .driver = &db_sqlite_driver, .mode = mode };
	db->path = in_memory ? where : arena_printf(&arena, "%s/nguon.db", where);
	enum err e = in_memory ? OK : place_check(where, db->path, mode, &made, f);
	if (e == OK) {
		int flags = mode == DB_READ && !in_memory ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | (in_memory ? SQLITE_OPEN_CREATE : 0);
		e = result(db, sqlite3_open_v2(db->path, &db->h, flags | SQLITE_OPEN_NOMUTEX, NULL), f);
	}
	if (e == OK)
		e = configure(db, where, in_memory, f);
	if (e != OK && made)
		place_forget(db->path);
	db->base.arena = arena;
	if (e == OK)
		*ret = &db->base;
	else
		sqlite_close(&db->base);
	return e;
}

static void set_patience(struct db *db, int milliseconds)
{
	(void)sqlite3_busy_timeout(of_db(db)->h, milliseconds);
}

/* ---- transactions ---- */

static const char *control_text(enum control what, enum db_mode mode)
{
	static const char *const texts[CONTROL__COUNT] = {
		[CONTROL_BEGIN] = "BEGIN IMMEDIATE", [CONTROL_LOOK] = "BEGIN", [CONTROL_COMMIT] = "COMMIT", [CONTROL_ROLLBACK] = "ROLLBACK",
		[CONTROL_SAVEPOINT] = "SAVEPOINT operation", [CONTROL_RELEASE] = "RELEASE operation", [CONTROL_UNDO] = "ROLLBACK TO operation",
	};
	return texts[what == CONTROL_BEGIN && mode == DB_READ ? CONTROL_LOOK : what];
}

static bool in_transaction(struct db *db)
{
	return !sqlite3_get_autocommit(of_db(db)->h);
}

static enum err control(struct db *base, enum control what, struct fault *f)
{
	struct sqlite_db *db = of_db(base);
	if (what == CONTROL_ROLLBACK && !in_transaction(base))
		return OK;
	sqlite3_stmt **s = &db->control[what];
	if (!*s)
		TRY(result(db, sqlite3_prepare_v3(db->h, control_text(what, base->mode), -1, SQLITE_PREPARE_PERSISTENT, s, NULL), f));
	enum err e = result(db, sqlite3_step(*s), f);
	(void)sqlite3_reset(*s);
	return e;
}

/* ---- statements ---- */

static enum err prepare(struct db *base, const struct db_statement *def, struct stmt **ret, struct fault *f)
{
	struct sqlite_db *db = of_db(base);
	sqlite3_stmt *s = NULL;
	TRY(result(db, sqlite3_prepare_v3(db->h, def->sql, -1, SQLITE_PREPARE_PERSISTENT, &s, NULL), f));
	struct sqlite_stmt *stmt = arena_new(&base->arena, struct sqlite_stmt);
	stmt->base = (struct stmt){ .db = base, .def = def };
	stmt->s = s;
	assert(strlen(def->params) < PARAMS_MAX);
	for (int i = 1; def->params[i - 1]; i++) {
		char name[16];
		(void)snprintf(name, sizeof name, "$%d", i);
		stmt->slot[i] = sqlite3_bind_parameter_index(s, name);
		assert(stmt->slot[i] > 0);
	}
	*ret = &stmt->base;
	return OK;
}

static void finish(struct stmt *s)
{
	sqlite3_finalize(of_stmt(s)->s);
}

static void note_bind(struct sqlite_stmt *s, int rc)
{
	if (s->bound == SQLITE_OK)
		s->bound = rc;
}

static void bind_i64(struct stmt *s, int i, int64_t v)
{
	note_bind(of_stmt(s), sqlite3_bind_int64(of_stmt(s)->s, of_stmt(s)->slot[i], v));
}

static void bind_text(struct stmt *s, int i, const char *v)
{
	note_bind(of_stmt(s), sqlite3_bind_text(of_stmt(s)->s, of_stmt(s)->slot[i], v, -1, SQLITE_STATIC));
}

static void bind_null(struct stmt *s, int i)
{
	note_bind(of_stmt(s), sqlite3_bind_null(of_stmt(s)->s, of_stmt(s)->slot[i]));
}

static enum err step(struct stmt *s, bool *ret_row, struct fault *f)
{
	int rc = of_stmt(s)->bound == SQLITE_OK ? sqlite3_step(of_stmt(s)->s) : of_stmt(s)->bound;
	TRY(result(of_db(s->db), rc, f));
	*ret_row = rc == SQLITE_ROW;
	return OK;
}

static void reset(struct stmt *s)
{
	(void)sqlite3_reset(of_stmt(s)->s);
	of_stmt(s)->bound = SQLITE_OK;
}

static char type(struct stmt *s, int col)
{
	static const char letters[] = {
		[SQLITE_INTEGER] = 'i', [SQLITE_TEXT] = 't', [SQLITE_NULL] = 'n', [SQLITE_FLOAT] = 'f', [SQLITE_BLOB] = 'b',
	};
	return letters[sqlite3_column_type(of_stmt(s)->s, col)];
}

static int64_t i64(struct stmt *s, int col)
{
	return sqlite3_column_int64(of_stmt(s)->s, col);
}

static const char *text(struct stmt *s, int col, size_t *ret_n)
{
	const char *p = (const char *)sqlite3_column_text(of_stmt(s)->s, col);
	*ret_n = (size_t)sqlite3_column_bytes(of_stmt(s)->s, col);
	return p;
}

static int64_t changes(struct db *db)
{
	return sqlite3_changes64(of_db(db)->h);
}

/* ---- migration ---- */

static enum err version(struct db *db, int *ret, struct fault *f)
{
	int64_t v;
	TRY(ask(of_db(db), "PRAGMA user_version", &v, f));
	*ret = (int)v;
	return OK;
}

static enum err set_version(struct db *db, int v, struct fault *f)
{
	char sql[80];
	(void)snprintf(sql, sizeof sql, "PRAGMA application_id = %d; PRAGMA user_version = %d", APPLICATION_ID, v);
	return run(of_db(db), sql, f);
}

static enum err run_migration(struct db *db, const struct db_migration *m, struct fault *f)
{
	scoped(arena_done) struct arena a = {0};
	return run(of_db(db), dialect_schema(m->sql, DIALECT_SQLITE, &a), f);
}

static enum err after_migration(struct db *db, struct fault *f)
{
	(void)db, (void)f;
	return OK;
}

static void unmake(struct db *base)
{
	scoped(arena_done) struct arena a = {0};
	const char *path = of_db(base)->path;
	place_forget(path);
	place_forget(arena_printf(&a, "%s-wal", path));
	place_forget(arena_printf(&a, "%s-shm", path));
}

/* A file calls nobody; its data_version moves with every commit of somebody else. */
static enum err watch(struct db *base, int wake_fd, int milliseconds, bool *ret_news, struct fault *f)
{
	struct sqlite_db *db = of_db(base);
	int64_t until = await_now_ms() + milliseconds, version, left;
	bool woken = false;
	TRY(ask(db, "PRAGMA data_version", &version, f));
	while (version == db->seen && !woken && (left = until - await_now_ms()) > 0) {
		woken = await_input(-1, wake_fd, left < LOOK_MS ? (int)left : LOOK_MS);
		TRY(ask(db, "PRAGMA data_version", &version, f));
	}
	*ret_news = version != db->seen;
	db->seen = version;
	return OK;
}

static enum err grant(struct db *db, const char *role, struct fault *f)
{
	(void)db, (void)role, (void)f;
	return OK;
}

static enum err role(struct db *db, struct arena *a, const char **ret, struct fault *f)
{
	(void)db, (void)a, (void)f;
	*ret = "";
	return OK;
}

static enum err suspend_references(struct db *db, bool suspend, struct fault *f)
{
	return run(of_db(db), suspend ? "PRAGMA foreign_keys = OFF" : "PRAGMA foreign_keys = ON", f);
}

static enum err linger(struct db *db, struct fault *f)
{
	(void)db, (void)f;
	return OK;
}

/* The rows of a new file go straight into it: a write-ahead log would hold all of them a second time. What an interrupted filling leaves is
 * undone when the file is opened next. */
static enum err bulk(struct db *db, bool on, struct fault *f)
{
	static const char begin[] = "PRAGMA journal_mode = DELETE; PRAGMA cache_size = -262144";
	static const char end[] = "PRAGMA journal_mode = WAL; PRAGMA cache_size = -32768";
	return run(of_db(db), on ? begin : end, f);
}

static enum err rows_begin(struct db *db, struct fault *f)
{
	(void)db, (void)f;
	return OK;
}

static enum err rows_end(struct db *db, struct fault *f)
{
	(void)db, (void)f;
	return OK;
}

static int open_plain(const char *path, int flags, sqlite3 **ret)
{
	return sqlite3_open_v2(path, ret, flags | SQLITE_OPEN_NOMUTEX, NULL);
}

/* Reads through a connection of its own: one that is about to write cannot be the source of a copy. */
static int copy_pages(const char *from, sqlite3 *to)
{
	sqlite3 *source = NULL;
	int rc = open_plain(from, SQLITE_OPEN_READONLY, &source);
	sqlite3_backup *b = rc == SQLITE_OK ? sqlite3_backup_init(to, "main", source, "main") : NULL;
	if (b) {
		(void)sqlite3_backup_step(b, -1);
		rc = sqlite3_backup_finish(b);
	}
	(void)sqlite3_close(source);
	return rc == SQLITE_OK && !b ? sqlite3_errcode(to) : rc;
}

static enum err copy_before(struct db *base, int v, struct fault *f)
{
	scoped(arena_done) struct arena a = {0};
	struct sqlite_db *db = of_db(base), copy = {0};
	if (strcmp(db->path, ":memory:") == 0)
		return OK;
	copy.path = arena_printf(&a, "%s.before-%d", db->path, v);
	const char *unfinished = arena_printf(&a, "%s.unfinished", copy.path);
	place_forget(unfinished);
	int rc = open_plain(unfinished, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, &copy.h);
	enum err e = result(&copy, rc == SQLITE_OK ? copy_pages(db->path, copy.h) : rc, f);
	(void)sqlite3_close(copy.h);
	if (e == OK)
		return place_rename(unfinished, copy.path, f);
	place_forget(unfinished);
	return e;
}

/* ---- checks ---- */

static enum err check_references(struct db *base, struct fault *f)
{
	struct sqlite_db *db = of_db(base);
	sqlite3_stmt *s = NULL;
	TRY(result(db, sqlite3_prepare_v2(db->h, "PRAGMA foreign_key_check", -1, &s, NULL), f));
	int rc = sqlite3_step(s);
	enum err e = result(db, rc, f);
	if (rc == SQLITE_ROW) {
		const char *table = (const char *)sqlite3_column_text(s, 0), *refers_to = (const char *)sqlite3_column_text(s, 2);
		e = FAULT(f, E_STORAGE, "data", MSG_STORE_REFERENCE, table, refers_to);
	}
	sqlite3_finalize(s);
	return e;
}

static enum err check_file(struct db *base, struct fault *f)
{
	struct sqlite_db *db = of_db(base);
	sqlite3_stmt *s = NULL;
	TRY(result(db, sqlite3_prepare_v2(db->h, "PRAGMA integrity_check(1)", -1, &s, NULL), f));
	int rc = sqlite3_step(s);
	enum err e = result(db, rc, f);
	const char *found = rc == SQLITE_ROW ? (const char *)sqlite3_column_text(s, 0) : "ok";
	if (e == OK && strcmp(found, "ok") != 0)
		e = FAULT(f, E_STORAGE, "data", MSG_STORE_DAMAGED, db->path, found);
	sqlite3_finalize(s);
	return e;
}

const struct db_driver db_sqlite_driver = {
	.accepts = accepts,
	.open = sqlite_open,
	.close = sqlite_close,
	.set_patience = set_patience,
	.control = control,
	.in_transaction = in_transaction,
	.prepare = prepare,
	.finish = finish,
	.bind_i64 = bind_i64,
	.bind_text = bind_text,
	.bind_null = bind_null,
	.step = step,
	.reset = reset,
	.type = type,
	.i64 = i64,
	.text = text,
	.changes = changes,
	.version = version,
	.set_version = set_version,
	.run_migration = run_migration,
	.after_migration = after_migration,
	.copy_before = copy_before,
	.suspend_references = suspend_references,
	.unmake = unmake,
	.watch = watch,
	.grant = grant,
	.role = role,
	.linger = linger,
	.bulk = bulk,
	.rows_begin = rows_begin,
	.rows_end = rows_end,
	.check_references = check_references,
	.check_file = check_file,
};
