#include "cli/cli_rules.h"
#include "domain/rules_shipped.h"

enum err cli_rules(struct cli *c, const struct rules **ret_rules, const struct calendar **ret_calendar, struct fault *f)
{
	if (c->data)
		TRY(cli_open(c, APP_READ, f));
	else
		TRY(rules_shipped_load(&c->arena, &c->app.rule_files, &c->app.calendar, f));
	if (!c->data)
		c->app.rules = c->app.rule_files;
	*ret_rules = &c->app.rules;
	*ret_calendar = &c->app.calendar;
	return OK;
}
