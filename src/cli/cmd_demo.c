#include "app/clock.h"
#include "cli/cli.h"
#include "demo/demo.h"

#include <inttypes.h>

const struct cli_option cmd_demo_options[] = {
	{ "scenario", "NAME", "phu-ly (mặc định), lam-dong, hai-phong, bac-binh", "phu-ly (default), lam-dong, hai-phong, bac-binh" },
	{ "db", CLI_ADDRESS, "cơ sở dữ liệu PostgreSQL thay cho tệp nguon.db", "a PostgreSQL database instead of the file nguon.db" },
	{ "owner", CLI_ADDRESS, "địa chỉ của vai trò chủ", "address of the owner" },
	{ 0 }
};

static const char *where(struct cli *c, const struct demo_login *l)
{
	struct unit *u = l->unit ? tree_find_code(&c->app.tree, l->unit) : NULL;
	return u ? arena_printf(&c->arena, "%s %s", u->code, unit_name(u, c->app.today)) : cli_text(c, "toàn hệ thống", "everywhere");
}

void cli_demo_logins(struct cli *c, const struct demo_scenario *s)
{
	struct demo_login logins[DEMO_LOGINS];
	demo_logins(s, logins);
	CLI_SAY(c, MSG_CLI_DEMO_LOGINS, DEMO_PASSWORD);
	for (size_t i = 0; i < DEMO_LOGINS; i++)
		(void)printf("  %s %s %s %s\n", cli_pad(c, logins[i].login, 11), cli_pad(c, logins[i].name, 16),
			cli_pad(c, role_label(logins[i].role, c->lang), 24), where(c, &logins[i]));
}

static void logins_json(struct json *j, const struct demo_scenario *s)
{
	struct demo_login logins[DEMO_LOGINS];
	demo_logins(s, logins);
	json_put_string(j, "password", DEMO_PASSWORD);
	json_key(j, "logins");
	json_array(j);
	for (size_t i = 0; i < DEMO_LOGINS; i++) {
		json_object(j);
		json_put_string(j, "login", logins[i].login);
		json_put_string(j, "name", logins[i].name);
		json_put_string(j, "role", role_key(logins[i].role));
		json_put_string(j, "unit", logins[i].unit);
		json_object_end(j);
	}
	json_array_end(j);
}

static void print_json(struct cli *c, const struct demo_scenario *s, const struct journal_head *head)
{
	struct text t = TEXT(&c->arena);
	struct json j = JSON(&t);
	json_object(&j);
	json_put_string(&j, "data", c->data);
	json_put_string(&j, "scenario", s->name);
	json_put_string(&j, "unit", s->unit);
	json_put_int(&j, "entries", head->last.v);
	json_put_string(&j, "head", head->hash);
	logins_json(&j, s);
	json_object_end(&j);
	cli_json(&t);
}

enum err cmd_demo(struct cli *c, struct fault *f)
{
	size_t n;
	const struct demo_scenario *s = demo_scenarios(&n);
	const char *name = cli_option(c, "scenario");
	struct journal_head head;
	struct app_database at;
	TRY(cli_words(c, 0, 0, f));
	TRY(cli_data(c, f));
	TRY(cli_database(c, &at, f));
	if (name)
		TRY(demo_find(name, &s, f));
	TRY(demo_check_day(s, day_known(c->today) ? c->today : clock_today(), f)); /* before anything is made on disk */
	TRY(app_create_at(c->data, cli_text(c, s->vi, s->en), &at, f));
	TRY(cli_open(c, APP_WRITE, f));
	TRY(demo_run(&c->app, s->name, c->app.today, f));
	TRY(demo_set_passwords(&c->app, s, f));
	TRY(journal_head(c->app.db, &head, f));
	if (c->json) {
		print_json(c, s, &head);
		return OK;
	}
	CLI_SAY(c, MSG_CLI_DEMO_MADE, s->name, c->data, s->unit, arena_printf(&c->arena, "%" PRId64, head.last.v));
	cli_demo_logins(c, s);
	return OK;
}
