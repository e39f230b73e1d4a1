#include "cli/cli.h"

const struct cli_option cmd_init_options[] = {
	{ "name", "NAME", "tên của tổ chức sử dụng", "name of the organisation that uses it" },
	{ 0 }
};

enum err cmd_init(struct cli *c, struct fault *f)
{
	const char *name;
	TRY(cli_words(c, 0, 0, f));
	TRY(cli_data(c, f));
	TRY(cli_required(c, "name", &name, f));
	TRY(app_create(c->data, name, f));
	if (!c->json) {
		CLI_SAY(c, MSG_CLI_MADE, c->data, name);
		return OK;
	}
	struct text t = TEXT(&c->arena);
	struct json j = JSON(&t);
	json_object(&j);
	json_key(&j, "data");
	json_string(&j, c->data);
	json_key(&j, "name");
	json_string(&j, name);
	json_object_end(&j);
	cli_json(&t);
	return OK;
}
