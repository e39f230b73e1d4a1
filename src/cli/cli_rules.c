#include "cli/cli_rules.h"
#include "base/utf8.h"
#include "domain/rules_shipped.h"

enum err cli_rules(struct cli *c, const struct rules **ret_rules, const struct calendar **ret_calendar, struct fault *f)
{
	if (c->data)
		TRY(cli_open(c, APP_READ, f));
	else
		TRY(rules_shipped_load(&c->arena, &c->app.rules, &c->app.calendar, f));
	*ret_rules = &c->app.rules;
	*ret_calendar = &c->app.calendar;
	return OK;
}

const char *cli_day(struct cli *c, struct day d)
{
	char text[DAY_TEXT];
	return arena_strdup(&c->arena, c->lang == LANG_VI ? day_vi(d, text) : day_iso(d, text));
}

const char *cli_pad(struct cli *c, const char *s, size_t columns)
{
	size_t letters = utf8_length(s);
	size_t blanks = letters < columns ? columns - letters : 0;
	return arena_printf(&c->arena, "%s%*s", s, (int)blanks, "");
}
