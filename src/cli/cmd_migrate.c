#include "app/location.h"
#include "cli/cli.h"
#include "store/db.h"

const struct cli_option cmd_migrate_options[] = {
	{ "owner", CLI_ADDRESS, "địa chỉ của vai trò chủ (PostgreSQL)", "address of the role that owns the database (PostgreSQL)" },
	{ 0 }
};

static void print_json(struct cli *c, int from, int to)
{
	struct text t = TEXT(&c->arena);
	struct json j = JSON(&t);
	json_object(&j);
	json_put_string(&j, "data", c->data);
	json_put_int(&j, "from", from);
	json_put_int(&j, "to", to);
	json_object_end(&j);
	cli_json(&t);
}

static enum err say_copy(struct cli *c, int from, struct fault *f)
{
	struct location at;
	TRY(location_find(c->data, &c->arena, &at, f));
	if (at.from == LOCATION_FOLDER)
		CLI_SAY(c, MSG_CLI_MIGRATE_COPY, arena_printf(&c->arena, "%s/nguon.db.before-%d", c->data, from));
	return OK;
}

enum err cmd_migrate(struct cli *c, struct fault *f)
{
	struct app_database at;
	int from, to = db_version_known();
	TRY(cli_words(c, 0, 0, f));
	TRY(cli_database(c, &at, f));
	TRY(app_migrate(c->data, at.owner, &from, f));
	const char *has = arena_printf(&c->arena, "%d", from), *knows = arena_printf(&c->arena, "%d", to);
	if (c->json)
		print_json(c, from, to);
	else if (from == to)
		CLI_SAY(c, MSG_CLI_MIGRATE_NOTHING, c->data, knows);
	else
		CLI_SAY(c, MSG_CLI_MIGRATED, c->data, has, knows);
	return c->json || from == to ? OK : say_copy(c, from, f);
}
