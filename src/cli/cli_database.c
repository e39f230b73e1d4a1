/* Options that name a database on a server. */
#include "app/location.h"
#include "cli/cli.h"
#include "store/uri.h"

#include <stdlib.h>

/* Everybody on the machine can read the command line of a running program. */
static enum err check_open_secret(struct cli *c, const char *option, const char *value, const char *variable, struct fault *f)
{
	struct uri uri;
	if (*value == '@' || uri_parse(value, NULL, &c->arena, &uri, NULL) != OK || !uri.has_password)
		return OK;
	return FAULT(f, E_USAGE, NULL, MSG_CLI_PASSWORD, option, variable);
}

enum err cli_address(struct cli *c, const char *option, const char *variable, const char **ret, struct fault *f)
{
	const char *value = cli_option(c, option), *field = arena_printf(&c->arena, "--%s", option);
	if (value && *value) {
		TRY(check_open_secret(c, option, value, variable, f));
		return location_address(value, field, &c->arena, ret, f);
	}
	value = getenv(variable);
	if (value && *value)
		return location_address(value, variable, &c->arena, ret, f);
	*ret = NULL;
	return OK;
}
