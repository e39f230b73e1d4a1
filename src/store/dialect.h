/* How the portable SQL of sql/ is said to SQLite, and what no statement may do. The driver and the build-time generator
 * (tools/sqlgen) share this file, so that the schema which the generator checks against is the one the program makes. */
#pragma once

#include "base/arena.h"

/* The schema text for SQLite: the words @STRICT@ and @CLUSTERED@ and the type BIGINT replaced. */
const char *dialect_sqlite(const char *sql, struct arena *a);

/* Whether a statement may do this to a table: rows of the journal are added, never changed or deleted. The arguments are those of
 * sqlite3_set_authorizer. */
int dialect_authorize(void *ctx, int action, const char *table, const char *column, const char *schema, const char *trigger);
