#include "store/uri.h"

#include <libpq-fe.h>
#include <string.h>

bool uri_is_server(const char *text)
{
	return strncmp(text, "postgresql://", 13) == 0 || strncmp(text, "postgres://", 11) == 0;
}

static const char *value_of(const PQconninfoOption *list, const char *keyword)
{
	for (; list->keyword; list++)
		if (strcmp(list->keyword, keyword) == 0)
			return list->val ? list->val : "";
	return "";
}

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
