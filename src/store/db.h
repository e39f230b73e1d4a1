/* The port to a database engine. Everything engine-specific stands behind it (db_sqlite.c, db_pgsql.c); the SQL text is the same for
 * every engine and lives in sql/queries, its typed glue is generated (queries.gen.h: q_NAME functions).
 *
 * One `struct db` is one connection, used by one thread at a time. */
#pragma once

#include "base/day.h"
#include "base/err.h"
#include "domain/ids.h"

struct db;
struct stmt;

enum db_mode {
	DB_READ,   /* engine refuses every change */
	DB_WRITE,
	DB_ALONE,  /* to write, and nobody else may have it open, now or later: E_BUSY (SQLite; a server's database is opened to write) */
	DB_CREATE, /* must not exist yet: E_CONFLICT when it does */
};

/* Opens `<dir>/nguon.db` (SQLite), ":memory:" for a private database in memory, or "postgresql://..." (libpq's URI; the database of that
 * name must be there, DB_CREATE wants it empty). Does not migrate. A clear fault each for: no such directory or file, not a database of
 * this program, made by a newer program or by an older one, locked by another, read-only or standby, damaged, disk full; no server there,
 * wrong password, no such database. Free with db_close. */
enum err db_open(const char *where, enum db_mode mode, struct db **ret, struct fault *f) MUST_CHECK;
void db_close(struct db **db); /* NULL is fine; sets *db to NULL */

/* Brings the schema up to this program's version in one transaction, after a copy of the file (`nguon.db.before-N`). Nothing to
 * do: OK at once. */
enum err db_migrate(struct db *db, struct fault *f) MUST_CHECK;

/* Lets a database role other than the connection's own work with the installation: read every table, add to the journal, and what the
 * statements do to other tables, nothing else. OK at once where an engine has no roles (SQLite). */
enum err db_grant(struct db *db, const char *role, struct fault *f) MUST_CHECK;

/* The role that the connection acts as; "" where an engine has none. In the arena. */
enum err db_role(struct db *db, struct arena *a, const char **ret, struct fault *f) MUST_CHECK;

/* The version of the schema in the database, and the one that this program makes. */
enum err db_version(struct db *db, int *ret, struct fault *f) MUST_CHECK;
int db_version_known(void);

/* db_migrate of a database opened with DB_CREATE, and what `first` puts into it, in one transaction. E_CONFLICT when another process has
 * made one there meanwhile. */
enum err db_make(struct db *db, enum err (*first)(void *ctx, struct fault *f), void *ctx, struct fault *f) MUST_CHECK;

/* Takes back what db_make has made through this connection: the database is as empty as before, or the file is
 * gone. Outside a transaction; nothing but db_close may follow. */
void db_unmake(struct db *db);

/* Transactions. Writing ones take the write lock at once, of all processes and nodes; reading ones see one moment. Commits are durable
 * when they return. A server that went away is E_GONE, and nothing of the transaction is stored; the next db_begin connects anew. When only
 * reading, it may be the first statement that says so. */
enum err db_begin(struct db *db, struct fault *f) MUST_CHECK;

/* A reading transaction on any connection: sees one moment, and waits for no writer. */
enum err db_look(struct db *db, struct fault *f) MUST_CHECK;

/* When it fails, everything is undone and the transaction is over; but E_UNSURE: the server went away before it had answered, so that
 * everything may be stored or nothing. A later db_begin of a writing connection waits until that is decided. */
enum err db_commit(struct db *db, struct fault *f) MUST_CHECK;
void db_rollback(struct db *db); /* no transaction: nothing happens */

/* One operation inside a transaction: undone alone when it fails, the others stay. A full disk or a damaged file undoes the whole
 * transaction; from then on every call fails with that fault until db_rollback. */
enum err db_savepoint(struct db *db, struct fault *f) MUST_CHECK;
enum err db_release(struct db *db, struct fault *f) MUST_CHECK;
void db_rollback_to_savepoint(struct db *db);

/* After a change that failed half-way without a savepoint: nothing of the transaction may be kept. Every call fails with that fault until
 * db_rollback. */
void db_abandon(struct db *db, const struct fault *why);

/* How long a call waits for a lock that another process holds before it gives E_BUSY; 3 seconds at first. */
void db_set_patience(struct db *db, int milliseconds);

/* Outside a transaction: waits until somebody may have committed entries of the journal, `milliseconds` are over, or `wake_fd` (-1: none)
 * can be read. *ret_news: it is time to look at the journal. Sometimes true without need: at the first call and after the connection was
 * made anew (nothing was heard before), and each second where an engine tells nobody. Known within milliseconds on PostgreSQL, within a
 * quarter of a second on SQLite. E_GONE, E_BUSY and the like: call again after a pause. */
enum err db_watch(struct db *db, int wake_fd, int milliseconds, bool *ret_news, struct fault *f) MUST_CHECK;

/* ---- for the generated glue and the driver ---- */

/* The prepared statement number `id` of the generated table, reset and ready to bind. */
enum err db_stmt(struct db *db, int id, struct stmt **ret, struct fault *f) MUST_CHECK;
void stmt_bind_i64(struct stmt *s, int i, int64_t v);  /* parameters count from 1 */
void stmt_bind_text(struct stmt *s, int i, const char *v); /* NULL binds NULL; v must stay until the statement is reset */
void stmt_bind_null(struct stmt *s, int i);
/* *ret_row: a row is there. A constraint that fails is E_CONFLICT (unique) or E_INTERNAL; full disk, damage, lock as above. Of a statement
 * of kind `:later` inside a transaction the fault may come from a later call instead, at the latest from the next statement of another
 * kind, db_savepoint, db_release or db_commit: so that an engine on another machine need not answer for each row. */
enum err stmt_step(struct stmt *s, bool *ret_row, struct fault *f) MUST_CHECK;
bool stmt_is_null(struct stmt *s, int col); /* columns count from 0 */
int64_t stmt_i64(struct stmt *s, int col); /* 0 for NULL */
const char *stmt_text(struct stmt *s, int col, struct arena *a); /* copied into a; NULL for NULL */
void stmt_reset(struct stmt *s);
int64_t db_changes(struct db *db); /* rows changed by the last statement */

/* ---- for verify: every table, row by row, in the order of its key ---- */

/* Names of all tables of the schema, in the order in which they can be filled. */
const char *const *db_tables(size_t *ret_n);

/* Whether the journal brings the rows of a table; it knows nothing of secrets, sessions and settings. */
bool db_is_journalled(const char *table);

/* Hash of all rows of a table and their number. */
enum err db_table_hash(struct db *db, const char *table, char ret_hex[65], int64_t *ret_rows, struct fault *f) MUST_CHECK;

/* Every reference to a row that is not there, also to an entry of the journal: E_STORAGE for the first. */
enum err db_check_references(struct db *db, struct fault *f) MUST_CHECK;

/* The engine's own check of the file ("PRAGMA integrity_check"), then db_check_references. */
enum err db_integrity(struct db *db, struct fault *f) MUST_CHECK;
