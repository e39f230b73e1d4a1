#include "app/clock.h"
#include "cli/cli.h"
#include "demo/demo.h"

#include <inttypes.h>

const struct cli_option cmd_demo_options[] = {
	{ "scenario", "NAME", "phu-ly (mặc định), lam-dong, hai-phong, bac-binh", "phu-ly (default), lam-dong, hai-phong, bac-binh" },
	{ 0 }
};

static void print_json(struct cli *c, const struct demo_scenario *s, const struct journal_head *head)
{
	struct text t = TEXT(&c->arena);
	struct json j = JSON(&t);
	json_object(&j);
	json_key(&j, "data");
	json_string(&j, c->data);
	json_key(&j, "scenario");
	json_string(&j, s->name);
	json_key(&j, "unit");
	json_string(&j, s->unit);
	json_key(&j, "entries");
	json_int(&j, head->last.v);
	json_key(&j, "head");
	json_string(&j, head->hash);
	json_object_end(&j);
	cli_json(&t);
}

enum err cmd_demo(struct cli *c, struct fault *f)
{
	size_t n;
	const struct demo_scenario *s = demo_scenarios(&n);
	const char *name = cli_option(c, "scenario");
	struct journal_head head;
	TRY(cli_words(c, 0, 0, f));
	TRY(cli_data(c, f));
	if (name)
		TRY(demo_find(name, &s, f));
	TRY(demo_check_day(s, day_known(c->today) ? c->today : clock_today(), f)); /* before anything is made on disk */
	TRY(app_create(c->data, cli_text(c, s->vi, s->en), f));
	TRY(cli_open(c, APP_WRITE, f));
	TRY(demo_run(&c->app, s->name, c->app.today, f));
	TRY(journal_head(c->app.db, &head, f));
	if (c->json)
		print_json(c, s, &head);
	else
		CLI_SAY(c, MSG_CLI_DEMO_MADE, s->name, c->data, s->unit, arena_printf(&c->arena, "%" PRId64, head.last.v));
	return OK;
}
