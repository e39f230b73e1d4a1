/* Addresses of databases on a server, as libpq writes them: postgresql://role@host:port/database?key=value. An address may hold a
 * password, so it is shown to nobody; what is shown is uri_show. */
#pragma once

#include "base/err.h"

enum { URI_MAX = 2000 }; /* bytes */

struct uri {
	const char *host, *port, *database, *role; /* "" where the address leaves it to libpq's own ways (PGHOST and so on) */
	int machines; /* that it names; one that leaves it to libpq's own ways is one */
	bool has_password;
	bool verify; /* the server is, or may be, on another machine, and neither the address nor libpq's environment says how the connection
	              * is to be encrypted: then it is sslmode=verify-full, for libpq's own default sends everything in the clear if need be */
};

/* Whether it is meant as such an address: it begins with postgresql:// or postgres://. */
bool uri_is_server(const char *text);

/* E_INVALID, E_TOOBIG at `field`, with a sentence that shows nothing of the address. */
enum err uri_parse(const char *text, const char *field, struct arena *a, struct uri *ret, struct fault *f) MUST_CHECK;

/* "nguon (db.example:5432)": database and server, without role and password. */
const char *uri_show(const struct uri *u, struct arena *a);
