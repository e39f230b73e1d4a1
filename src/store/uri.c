#include "store/uri.h"

#include <libpq-fe.h>
#include <stdlib.h>
#include <string.h>

bool uri_is_server(const char *text)
{
	return strncmp(text, "postgresql://", 13) == 0 || strncmp(text, "postgres://", 11) == 0;
}

static const PQconninfoOption *option_of(const PQconninfoOption *list, const char *keyword)
{
	for (; list && list->keyword; list++)
		if (strcmp(list->keyword, keyword) == 0)
			return list;
	return NULL;
}

static const char *value_of(const PQconninfoOption *list, const char *keyword)
{
	const PQconninfoOption *o = option_of(list, keyword);
	return o && o->val ? o->val : "";
}

/* ---- whether others can listen ---- */

static bool is_local(const char *host, size_t n)
{
	return n == 0 || host[0] == '/' || host[0] == '@' || (n == 9 && strncmp(host, "localhost", 9) == 0) ||
		(n > 4 && strncmp(host, "127.", 4) == 0 && strspn(host, "0123456789.") >= n) || (n == 3 && strncmp(host, "::1", 3) == 0);
}

/* All of a list with commas between. */
static bool are_local(const char *hosts)
{
	for (;; hosts++) {
		size_t n = strcspn(hosts, ",");
		if (!is_local(hosts, n))
			return false;
		hosts += n;
		if (!*hosts)
			return true;
	}
}

static bool says_encryption(const PQconninfoOption *given, const PQconninfoOption *defaults)
{
	const char *variable = getenv("PGSSLMODE");
	const PQconninfoOption *o = option_of(defaults, "sslmode");
	if (*value_of(given, "sslmode") || (variable && *variable))
		return true;
	return o && o->val && o->compiled && strcmp(o->val, o->compiled) != 0; /* by the file that PGSERVICE names */
}

static bool must_verify(const PQconninfoOption *given)
{
	PQconninfoOption *defaults = PQconndefaults();
	const char *address = value_of(given, "hostaddr"), *host = value_of(given, "host");
	if (!*address)
		address = value_of(defaults, "hostaddr");
	if (!*host)
		host = value_of(defaults, "host");
	bool local = defaults && !*value_of(given, "service") && are_local(*address ? address : host);
	bool verify = !local && !says_encryption(given, defaults);
	PQconninfoFree(defaults);
	return verify;
}

static int count_of(const char *hosts)
{
	int n = 1;
	for (; *hosts; hosts++)
		n += *hosts == ',';
	return n;
}

/* ---- for everybody ---- */

/* libpq's own complaint quotes what it stumbled over, which can be the password. */
enum err uri_parse(const char *text, const char *field, struct arena *a, struct uri *ret, struct fault *f)
{
	char *why = NULL;
	if (strnlen(text, URI_MAX + 1) > URI_MAX)
		return FAULT(f, E_TOOBIG, field, MSG_URI_TOO_LONG);
	PQconninfoOption *list = uri_is_server(text) ? PQconninfoParse(text, &why) : NULL;
	PQfreemem(why);
	if (!list)
		return FAULT(f, E_INVALID, field, MSG_URI_FORM);
	const char *host = value_of(list, "host");
	*ret = (struct uri){
		.host = arena_strdup(a, *host ? host : value_of(list, "hostaddr")), .port = arena_strdup(a, value_of(list, "port")),
		.database = arena_strdup(a, value_of(list, "dbname")), .role = arena_strdup(a, value_of(list, "user")),
		.has_password = *value_of(list, "password") || *value_of(list, "sslpassword"),
		.machines = count_of(*host ? host : value_of(list, "hostaddr")), .verify = must_verify(list),
	};
	PQconninfoFree(list);
	return OK;
}

const char *uri_show(const struct uri *u, struct arena *a)
{
	const char *name = *u->database ? u->database : "PostgreSQL";
	if (!*u->host)
		return name;
	return *u->port && *u->host != '/' ? arena_printf(a, "%s (%s:%s)", name, u->host, u->port) : arena_printf(a, "%s (%s)", name, u->host);
}
