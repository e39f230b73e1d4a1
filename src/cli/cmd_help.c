#include "cli/cli.h"

#include <string.h>

#define NGUON_VERSION_TEXT "nguon " NGUON_VERSION

static void print_options(const struct cli *c, const struct cli_option *o)
{
	for (; o && o->name; o++)
		(void)printf("  --%s %-*s  %s\n", o->name, 24 - (int)strlen(o->name), o->value ? o->value : "", cli_text(c, o->vi, o->en));
}

static void print_command(const struct cli *c, const struct cli_command *k)
{
	(void)printf("nguon %s %s\n  %s\n", k->name, k->usage, cli_text(c, k->vi, k->en));
}

static void print_all(struct cli *c, const struct cli_command *all, size_t n)
{
	CLI_SAY(c, MSG_CLI_INTRODUCTION);
	CLI_SAY(c, MSG_CLI_USAGE_LINE);
	cli_say(c, "");
	for (size_t i = 0; i < n; i++)
		print_command(c, &all[i]);
	cli_say(c, "");
	CLI_SAY(c, MSG_CLI_COMMON_OPTIONS);
	print_options(c, cli_common_options());
}

enum err cmd_help(struct cli *c, struct fault *f)
{
	size_t n;
	const struct cli_command *all = cli_commands(&n);
	TRY(cli_words(c, 0, 1, f));
	if (c->args_n == 0) {
		print_all(c, all, n);
		return OK;
	}
	if (strcmp(c->args[0], "permissions") == 0)
		return cli_permissions(c, f);
	if (strcmp(c->args[0], "facts") == 0)
		return cli_facts(c, f);
	for (size_t i = 0; i < n; i++) {
		if (strcmp(all[i].name, c->args[0]) != 0)
			continue;
		print_command(c, &all[i]);
		print_options(c, all[i].options);
		return OK;
	}
	return FAULT(f, E_USAGE, NULL, MSG_CLI_COMMAND_UNKNOWN, c->args[0]);
}

enum err cmd_version(struct cli *c, struct fault *f)
{
	TRY(cli_words(c, 0, 0, f));
	cli_say(c, NGUON_VERSION_TEXT);
	return OK;
}
