/* What an engine gives to db.c. One constant table of functions for each engine; db_open picks it by the location. */
#pragma once

#include "base/hash.h"
#include "store/db.h"
#include "store/schema.h"

/* The statements around a transaction, in the order of the engine's own table of their texts. */
enum control {
	CONTROL_BEGIN, CONTROL_LOOK, CONTROL_COMMIT, CONTROL_ROLLBACK, CONTROL_SAVEPOINT, CONTROL_RELEASE, CONTROL_UNDO, CONTROL__COUNT
};

struct db_driver {
	bool (*accepts)(const char *where);
	enum err (*open)(const char *where, enum db_mode mode, struct db **ret, struct fault *f);
	void (*close)(struct db *db);
	void (*set_patience)(struct db *db, int milliseconds);

	enum err (*control)(struct db *db, enum control what, struct fault *f);
	bool (*in_transaction)(struct db *db); /* it still stands and can be committed or undone to the savepoint; false: the engine itself has
	                                        * undone it. CONTROL_ROLLBACK is asked for either way, and then does no harm. */

	enum err (*prepare)(struct db *db, const struct db_statement *def, struct stmt **ret, struct fault *f);
	void (*finish)(struct stmt *s);
	void (*bind_i64)(struct stmt *s, int i, int64_t v);
	void (*bind_text)(struct stmt *s, int i, const char *v);
	void (*bind_null)(struct stmt *s, int i);
	enum err (*step)(struct stmt *s, bool *ret_row, struct fault *f);
	void (*reset)(struct stmt *s);
	char (*type)(struct stmt *s, int col); /* i, t, or n for NULL; anything else is no type of ours */
	int64_t (*i64)(struct stmt *s, int col);
	const char *(*text)(struct stmt *s, int col, size_t *ret_n); /* until the next step */
	int64_t (*changes)(struct db *db);

	/* Migration: the version that the file has; the statements of one step; a copy of the file as it stands, next to it. */
	enum err (*version)(struct db *db, int *ret, struct fault *f);
	enum err (*set_version)(struct db *db, int version, struct fault *f);
	enum err (*run_migration)(struct db *db, const struct db_migration *m, struct fault *f);
	enum err (*after_migration)(struct db *db, struct fault *f); /* what the engine has beyond tables: triggers */
	enum err (*copy_before)(struct db *db, int version, struct fault *f);
	enum err (*suspend_references)(struct db *db, bool suspend, struct fault *f);

	void (*unmake)(struct db *db);

	enum err (*watch)(struct db *db, int wake_fd, int milliseconds, bool *ret_news, struct fault *f);

	enum err (*grant)(struct db *db, const char *role, struct fault *f);
	enum err (*role)(struct db *db, struct arena *a, const char **ret, struct fault *f);

	/* In a transaction that reads: it may pause for as long as it takes, while another database works on what was read. */
	enum err (*linger)(struct db *db, struct fault *f);

	/* Filling a new database whole (store/transfer.c). `bulk`: before and after the transaction. Inside it, behind the migrations,
	 * `rows_begin` puts off what would be done for each row (references, indexes), `rows_end` makes up for it. */
	enum err (*bulk)(struct db *db, bool on, struct fault *f);
	enum err (*rows_begin)(struct db *db, struct fault *f);
	enum err (*rows_end)(struct db *db, struct fault *f);

	/* Rows of one table in one stream: `row` is a statement of another connection, at the row to be copied. `whole` false: the stream is
	 * given up, without a fault. All three NULL: the table's fill statement, row by row. */
	enum err (*fill_begin)(struct db *db, const struct db_table *t, struct fault *f);
	enum err (*fill_row)(struct db *db, struct stmt *row, struct fault *f);
	enum err (*fill_end)(struct db *db, bool whole, struct fault *f);

	enum err (*check_references)(struct db *db, struct fault *f);
	enum err (*check_file)(struct db *db, struct fault *f);
};

extern const struct db_driver db_sqlite_driver, db_pgsql_driver;

/* One row of `t` into a hash, as db_table_hash does. */
void db_hash_row(struct hash *h, struct stmt *row, const struct db_table *t);

/* The part of a connection that every engine has; the engine's own struct begins with it. */
struct db {
	const struct db_driver *driver;
	struct arena arena;        /* lifetime of the connection */
	enum db_mode mode;
	struct stmt **stmts;       /* by number, NULL until first asked for */
	bool in_transaction;
	bool lost;                 /* the engine has rolled back, or the transaction is abandoned; `why` holds until db_rollback */
	struct fault why;
};

struct stmt {
	struct db *db;
	const struct db_statement *def;
	bool busy;                 /* between db_stmt and stmt_reset */
};
