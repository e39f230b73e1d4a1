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

enum err cli_database(struct cli *c, struct app_database *ret, struct fault *f)
{
	struct app_database at = { 0 };
	struct location now;
	TRY(cli_data(c, f));
	if (cli_option(c, "db"))
		TRY(cli_address(c, "db", LOCATION_ENVIRONMENT, &at.run, f));
	TRY(cli_address(c, "owner", CLI_OWNER_VARIABLE, &at.owner, f));
	TRY(location_find(c->data, &c->arena, &now, f));
	if (cli_option(c, "owner") && !at.run && !uri_is_server(now.where))
		return FAULT(f, E_USAGE, NULL, MSG_CLI_OWNER_OF_FILE);
	*ret = at;
	return OK;
}

void cli_say_database(struct cli *c, const char *where)
{
	CLI_SAY(c, MSG_CLI_DATABASE, location_engine(where), location_show(where, &c->arena));
}
