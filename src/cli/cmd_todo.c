#include "app/late.h"
#include "cli/cli_unit.h"

const struct cli_option cmd_todo_options[] = {
	{ "unit", "CODE", "mã tổ chức", "code of the unit" },
	{ "on", "DAY", "ngày xem (mặc định: hôm nay)", "the day (default: today)" },
	{ 0 }
};

enum err cmd_todo(struct cli *c, struct fault *f)
{
	const char *unit, *text, *on = cli_option(c, "on");
	struct late_ask q = { .as_of = c->app.today, .lang = c->lang };
	TRY(cli_words(c, 0, 0, f));
	TRY(cli_required(c, "unit", &unit, f));
	TRY(cli_unit(c, unit, &q.unit, f));
	if (on)
		TRY(day_parse(on, "--on", &q.as_of, f));
	if (c->json)
		return late_todo_json(c, &q, f);
	TRY(late_todo(&c->app, &q, &c->arena, &text, f));
	(void)fputs(text, stdout);
	return OK;
}
