/* Where the database of an installation is. The folder comes first, so that a command on a backup's folder never touches another database:
 * DIR/database (its first line is the address of a database on a server), then DIR/nguon.db, then the environment's NGUON_DB, and else a
 * DIR/nguon.db that is to be made. */
#pragma once

#include "base/err.h"

#define LOCATION_ENVIRONMENT "NGUON_DB"

enum location_from { LOCATION_FOLDER, LOCATION_FILE, LOCATION_ENV };

struct location {
	enum location_from from;
	const char *where; /* for db_open: the folder itself, or an address that may hold a password */
};

/* E_STORAGE, E_INVALID, E_TOOBIG for a file or variable that names no database: field "data" or NGUON_DB. */
enum err location_find(const char *dir, struct arena *a, struct location *ret, struct fault *f) MUST_CHECK;

/* What stands for an address: itself, or "@FILE", whose first line it is. A file that holds a password must be closed to everybody but
 * its owner (0600; 0640 when it belongs to root). */
enum err location_address(const char *value, const char *field, struct arena *a, const char **ret, struct fault *f) MUST_CHECK;

/* DIR/database with this address, mode 0600: it is there whole or not at all. E_CONFLICT when there is one already. */
enum err location_keep(const char *dir, const char *address, struct fault *f) MUST_CHECK;

/* E_CONFLICT when the folder names a database already, by either of its two files. */
enum err location_check_free(const char *dir, struct fault *f) MUST_CHECK;

const char *location_engine(const char *where); /* "PostgreSQL", "SQLite" */

/* The same database for people: the path of the file, or "nguon (db.example:5432)"; never a password. */
const char *location_show(const char *where, struct arena *a);
