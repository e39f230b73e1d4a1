/* How the portable SQL of sql/migrations is said to each engine, and what no statement may do. The drivers and the build-time generator
 * (tools/sqlgen) share this file, so that the schema which the generator checks against is the one the program makes. */
#pragma once

#include "base/arena.h"

enum dialect { DIALECT_SQLITE, DIALECT_PGSQL, DIALECT__COUNT };

/* The schema text for an engine: the words @STRICT@ and @CLUSTERED@ and the types BIGINT and TEXT replaced. */
const char *dialect_schema(const char *sql, enum dialect dialect, struct arena *a);

/* Whether a statement may do this to a table: rows of the journal are added, never changed or deleted. The arguments are those of
 * sqlite3_set_authorizer. */
int dialect_authorize(void *ctx, int action, const char *table, const char *column, const char *schema, const char *trigger);
