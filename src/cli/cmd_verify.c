#include "app/verify.h"
#include "cli/cli.h"

#include <inttypes.h>

enum err cmd_verify(struct cli *c, struct fault *f)
{
	struct verify_result r;
	TRY(cli_words(c, 0, 0, f));
	TRY(verify_all(&c->app, &r, f));
	if (!c->json) {
		CLI_SAY(c, MSG_CLI_VERIFIED, arena_printf(&c->arena, "%" PRId64, r.entries), r.head, arena_printf(&c->arena, "%zu", r.tables),
			arena_printf(&c->arena, "%" PRId64, r.rows));
		return OK;
	}
	struct text t = TEXT(&c->arena);
	struct json j = JSON(&t);
	json_object(&j);
	json_put_int(&j, "entries", r.entries);
	json_put_string(&j, "head", r.head);
	json_put_int(&j, "tables", (int64_t)r.tables);
	json_put_int(&j, "rows", r.rows);
	json_object_end(&j);
	cli_json(&t);
	return OK;
}
