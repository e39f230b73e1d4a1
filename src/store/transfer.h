/* All tables of one database into another that holds nothing yet, whatever their engines: schema, rows and proof in one transaction, so
 * that the other one is whole or as empty as before. */
#pragma once

#include "base/hash.h"
#include "store/db.h"

/* What was copied of one table; both sides have given the same hash. */
struct transfer_table {
	const char *name;
	int64_t rows;
	char hash[HASH_HEX];
};

struct transfer {
	struct db *from; /* inside a transaction, so that everything is of one moment */
	struct db *to;   /* opened with DB_CREATE, outside a transaction */
	void (*progress)(void *ctx, const char *table, int64_t rows); /* now and then, and at the end of each table; NULL: not wanted */
	enum err (*last)(void *ctx, struct fault *f); /* when all is proved, before the commit; a fault undoes everything; NULL: nothing */
	void *ctx;
};

/* E_STORAGE: a reference to a row that is not there (as db_check_references), a table that differs (field "table:NAME"), a source of an
 * older version, no room; or what an engine or `last` says. After any failure but E_UNSURE `to` holds nothing. *ret: as many as db_tables,
 * in the arena. */
enum err transfer_run(const struct transfer *t, struct arena *a, struct transfer_table **ret, struct fault *f) MUST_CHECK;
