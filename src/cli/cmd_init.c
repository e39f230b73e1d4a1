#include "app/location.h"
#include "cli/cli.h"

const struct cli_option cmd_init_options[] = {
	{ "name", "NAME", "tên của tổ chức sử dụng", "name of the organisation that uses it" },
	{ "db", CLI_ADDRESS, "cơ sở dữ liệu PostgreSQL (postgresql://…) thay cho tệp nguon.db; @FILE: địa chỉ là dòng đầu của tệp",
		"a PostgreSQL database (postgresql://...) instead of the file nguon.db; @FILE: its address is the first line of the file" },
	{ "owner", CLI_ADDRESS, "địa chỉ của vai trò chủ, tạo bảng và cấp quyền cho vai trò ở --db",
		"address of the owner, who makes the tables and gives rights to the role of --db" },
	{ 0 }
};

static enum err print_json(struct cli *c, const char *name, const char *where)
{
	struct text t = TEXT(&c->arena);
	struct json j = JSON(&t);
	json_object(&j);
	json_put_string(&j, "data", c->data);
	json_put_string(&j, "name", name);
	json_put_string(&j, "engine", location_engine(where));
	json_put_string(&j, "database", location_show(where, &c->arena));
	json_object_end(&j);
	cli_json(&t);
	return OK;
}

enum err cmd_init(struct cli *c, struct fault *f)
{
	const char *name;
	struct app_database at;
	struct location made;
	TRY(cli_words(c, 0, 0, f));
	TRY(cli_data(c, f));
	TRY(cli_required(c, "name", &name, f));
	TRY(cli_database(c, &at, f));
	TRY(app_create_at(c->data, name, &at, f));
	TRY(location_find(c->data, &c->arena, &made, f));
	if (c->json)
		return print_json(c, name, made.where);
	CLI_SAY(c, MSG_CLI_MADE, c->data, name);
	if (made.from != LOCATION_FOLDER)
		cli_say_database(c, made.where);
	return OK;
}
