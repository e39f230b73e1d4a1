/* What the files of the PostgreSQL driver share: db_pgsql.c (transactions, statements), pgsql_open.c (connecting, whose database it is),
 * pgsql_send.c (statements on their way), pgsql_schema.c (migration, rights, references), pgsql_fill.c (many rows at once),
 * pgsql_fault.c (what the server says, as faults), pgsql_watch.c (hearing of what others commit). docs/databases.md says why each setting
 * is so. */
#pragma once

#include "store/driver.h"

#include <libpq-fe.h>

enum { PGSQL_PARAMS_MAX = 32 };

struct pgsql_params {
	int n;
	const char *value[PGSQL_PARAMS_MAX];
	int length[PGSQL_PARAMS_MAX], format[PGSQL_PARAMS_MAX];
};

struct pgsql_db {
	struct db base;
	PGconn *c;
	const char *where;  /* as given; may hold a password, so it is shown to nobody */
	const char *name;   /* "nguon (db.example:5432)": for messages */
	int machines;       /* that the address names: the first that answers is taken */
	bool verify;        /* the address leaves the encryption to us (store/uri.h): then it is verify-full */
	bool opened;        /* it was the right database at least once */
	int patience_ms, patience_told; /* what is wanted, and what the server has been told */
	unsigned life;      /* which connection of this struct's life it is, from 1: statements live as long as one */
	unsigned listens;   /* in which life it listens to the journal */
	int64_t failed_ms;  /* when connecting failed last, on the monotonic clock; 0: it did not */
	struct fault failed; /* and why */
	unsigned statements;
	int savepoints;
	bool standby;       /* the server copies another one: nothing can be written */
	int64_t changes;
	int sent;           /* statements whose answers nobody has looked at yet */
	bool fresh;         /* in a transaction that reads: BEGIN is all that was sent so far */
	struct pgsql_fill *fill; /* NULL until something is filled */
};

static inline struct pgsql_db *pgsql_of(struct db *db)
{
	return (struct pgsql_db *)db;
}

/* pgsql_fault.c: what went wrong, from a result or (r NULL) from the connection. `committing`: a lost connection leaves the outcome
 * open. */
enum err pgsql_fault(struct pgsql_db *db, const PGresult *r, bool committing, struct fault *f) MUST_CHECK;

/* The same for a connection that could not be made. */
enum err pgsql_refused(struct pgsql_db *db, struct fault *f) MUST_CHECK;

/* Runs statements that give no rows. */
enum err pgsql_run(struct pgsql_db *db, const char *sql, struct fault *f) MUST_CHECK;

/* Runs a query and gives its result, to be freed with pgsql_clear. */
enum err pgsql_ask(struct pgsql_db *db, const char *sql, PGresult **ret, struct fault *f) MUST_CHECK;

/* For scoped(). */
void pgsql_clear(PGresult **r);

/* pgsql_schema.c: what the driver's functions of the same names promise. */
enum err pgsql_set_version(struct db *db, int version, struct fault *f) MUST_CHECK;
enum err pgsql_run_migration(struct db *db, const struct db_migration *m, struct fault *f) MUST_CHECK;
enum err pgsql_after_migration(struct db *db, struct fault *f) MUST_CHECK;
void pgsql_unmake(struct db *db);
enum err pgsql_grant(struct db *db, const char *role, struct fault *f) MUST_CHECK;
enum err pgsql_role(struct db *db, struct arena *a, const char **ret, struct fault *f) MUST_CHECK;
enum err pgsql_check_references(struct db *db, struct fault *f) MUST_CHECK;

/* pgsql_send.c. Sends a prepared statement, or a text without parameters, and does not wait. */
enum err pgsql_send_text(struct pgsql_db *db, const char *sql, struct fault *f) MUST_CHECK;
enum err pgsql_send(struct pgsql_db *db, const char *name, const struct pgsql_params *p, struct fault *f) MUST_CHECK;

/* Waits for the answers to all that was sent: the last result, or the first refusal with its fault; to be cleared either way.
 * `committing` as above. */
enum err pgsql_receive(struct pgsql_db *db, bool committing, PGresult **ret, struct fault *f) MUST_CHECK;

/* The same where nobody wants a result; before anything else is asked of the connection. OK at once when nothing was sent. */
enum err pgsql_settle(struct pgsql_db *db, struct fault *f) MUST_CHECK;

/* Runs a statement that makes a reference between tables: E_STORAGE where a row of the one refers to none of the other. */
enum err pgsql_add_reference(struct pgsql_db *db, const char *sql, const char *from, const char *to, struct fault *f) MUST_CHECK;

/* pgsql_open.c */
enum err pgsql_open(const char *where, enum db_mode mode, struct db **ret, struct fault *f) MUST_CHECK;
void pgsql_close(struct db *db);

/* A connection in working order: made anew when the old one was lost, and told again how to work. Not inside a transaction. */
enum err pgsql_connected(struct pgsql_db *db, struct fault *f) MUST_CHECK;

void pgsql_set_patience(struct db *db, int milliseconds);
enum err pgsql_version(struct db *db, int *ret, struct fault *f) MUST_CHECK;

/* pgsql_fill.c, as driver.h has it. */
enum err pgsql_linger(struct db *db, struct fault *f) MUST_CHECK;
enum err pgsql_bulk(struct db *db, bool on, struct fault *f) MUST_CHECK;
enum err pgsql_rows_begin(struct db *db, struct fault *f) MUST_CHECK;
enum err pgsql_rows_end(struct db *db, struct fault *f) MUST_CHECK;
enum err pgsql_fill_begin(struct db *db, const struct db_table *t, struct fault *f) MUST_CHECK;
enum err pgsql_fill_row(struct db *db, struct stmt *row, struct fault *f) MUST_CHECK;
enum err pgsql_fill_end(struct db *db, bool whole, struct fault *f) MUST_CHECK;

/* pgsql_watch.c */
enum err pgsql_watch(struct db *db, int wake_fd, int milliseconds, bool *ret_news, struct fault *f) MUST_CHECK;
