/* nguon user: who has an account, and a one-time code for somebody who cannot get in. Opening accounts and giving roles are operations. */
#include "app/account.h"
#include "cli/cli.h"

#include <stdlib.h>
#include <string.h>

/* ---- list ---- */

static const char *where(struct cli *c, const struct grant *g)
{
	const struct unit *u = tree_find(&c->app.tree, g->unit);
	return u ? u->code : cli_text(c, "toàn hệ thống", "everywhere");
}

static const char *grants_text(struct cli *c, const struct account_row *row)
{
	struct text t = TEXT(&c->arena);
	for (size_t i = 0; i < row->n; i++) {
		const struct grant *g = &row->grants[i];
		if (grant_in_force(g, c->app.today))
			text_addf(&t, "%s%s (%s)", t.n ? ", " : "", role_label(g->role, c->lang), where(c, g));
	}
	return t.n ? text_str(&t) : "–";
}

static void print_row(struct cli *c, const struct account_row *row)
{
	(void)printf("%s %s %s%s%s%s\n", cli_pad(c, row->login, 16), cli_pad(c, row->name, 24), grants_text(c, row),
		row->has_totp ? cli_text(c, "; hai lớp", "; second factor") : "", row->locked ? cli_text(c, "; đang chờ", "; waiting") : "",
		row->closed ? cli_text(c, "; ĐÃ KHÓA", "; CLOSED") : "");
}

static void grant_json(struct cli *c, struct json *j, const struct grant *g)
{
	const struct unit *u = tree_find(&c->app.tree, g->unit);
	json_object(j);
	json_put_int(j, "grant", g->id);
	json_put_string(j, "role", role_key(g->role));
	json_put_string(j, "unit", u ? u->code : NULL);
	json_put_day(j, "from", g->from);
	json_put_day(j, "to", g->to);
	json_object_end(j);
}

static void row_json(struct cli *c, struct json *j, const struct account_row *row)
{
	json_object(j);
	json_put_string(j, "login", row->login);
	json_put_string(j, "name", row->name);
	json_put_bool(j, "closed", row->closed);
	json_put_bool(j, "totp", row->has_totp);
	json_put_bool(j, "waiting", row->locked);
	json_key(j, "roles");
	json_array(j);
	for (size_t i = 0; i < row->n; i++)
		grant_json(c, j, &row->grants[i]);
	json_array_end(j);
	json_object_end(j);
}

static enum err list(struct cli *c, struct fault *f)
{
	struct account_row *rows;
	size_t n;
	struct text t = TEXT(&c->arena);
	struct json j = JSON(&t);
	TRY(cli_words(c, 1, 1, f));
	TRY(account_list(&c->app, &c->arena, &rows, &n, f));
	if (!c->json) {
		for (size_t i = 0; i < n; i++)
			print_row(c, &rows[i]);
		return OK;
	}
	json_array(&j);
	for (size_t i = 0; i < n; i++)
		row_json(c, &j, &rows[i]);
	json_array_end(&j);
	cli_json(&t);
	return OK;
}

/* ---- reset ---- */

static enum err issue(struct cli *c, struct writer *w, const char *login, int64_t account, char ret_code[SECRET_TEXT], struct fault *f)
{
	const struct account_reset_in in = { .login = login };
	struct writer_job job = { .op = op_find("account_reset"), .in = &in, .arena = &c->arena };
	enum err e = writer_run(w, &job);
	if (e != OK) {
		*f = job.fault;
		return e;
	}
	return account_code(&c->app, w, account, c->app.now_us(c->app.clock_ctx), ret_code, f);
}

static enum err reset(struct cli *c, struct fault *f)
{
	struct account_row row;
	struct writer *w;
	char code[SECRET_TEXT];
	TRY(cli_words(c, 2, 2, f));
	TRY(account_find(&c->app, c->args[1], &c->arena, &row, f));
	TRY(writer_start(&c->app, &w, f));
	enum err e = issue(c, w, row.login, row.id, code, f);
	writer_stop(&w);
	if (e != OK)
		return e;
	if (c->json) {
		struct text t = TEXT(&c->arena);
		struct json j = JSON(&t);
		json_object(&j);
		json_put_string(&j, "login", row.login);
		json_put_string(&j, "code", code);
		json_object_end(&j);
		cli_json(&t);
		return OK;
	}
	CLI_SAY(c, MSG_CLI_USER_CODE, row.login, code, "24");
	return OK;
}

enum err cmd_user(struct cli *c, struct fault *f)
{
	static const struct {
		const char *word;
		enum err (*run)(struct cli *c, struct fault *f);
	} words[] = { { "list", list }, { "reset", reset } };
	TRY(cli_words(c, 1, 2, f));
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strcmp(words[i].word, c->args[0]) == 0)
			return words[i].run(c, f);
	return FAULT(f, E_USAGE, NULL, MSG_CLI_USER_WORD, c->args[0]);
}
