#include "web/page_users.h"
#include "app/ops.h"

#include <string.h>

static enum err user_load(struct visit *v, struct user_view *ret, struct fault *f)
{
	const char *login = v->param[0];
	TRY(account_find(v->app, login, v->a, &ret->account, f));
	const struct account_row *row = &ret->account;
	const char *here = url(v->a, "/users/%", login).s;
	ret->n = row->n;
	ret->grants = arena_array(v->a, struct user_grant, row->n);
	for (size_t i = 0; i < row->n; i++)
		ret->grants[i] = user_grant_of(v, &row->grants[i], login);
	ret->grant = url(v->a, "/ops/role_grant?login=%&back=%", login, here);
	ret->close = row->closed ? (struct url){ NULL } : url(v->a, "/ops/account_close?login=%&back=%", login, here);
	ret->code_action = url(v->a, "/users/%/code", login);
	ret->all = url(v->a, "/users");
	ret->journal = url(v->a, "/journal?actor=%", login);
	ret->csrf = visit_csrf(v);
	ret->self = row->id == v->who->account;
	v->title = row->name;
	return OK;
}

static void user_json(struct json *j, const struct user_view *v)
{
	json_object(j);
	json_put_string(j, "login", v->account.login);
	json_put_string(j, "name", v->account.name);
	json_put_bool(j, "closed", v->account.closed);
	json_put_bool(j, "locked", v->account.locked);
	json_put_bool(j, "second_factor", v->account.has_totp);
	json_key(j, "grants");
	json_array(j);
	for (size_t i = 0; i < v->n; i++) {
		json_object(j);
		json_put_int(j, "id", v->grants[i].id);
		json_put_string(j, "role", role_key(v->account.grants[i].role));
		json_put_string(j, "unit", v->grants[i].unit_code);
		json_put_day(j, "from", v->grants[i].from);
		json_put_day(j, "to", v->grants[i].to);
		json_object_end(j);
	}
	json_array_end(j);
	json_object_end(j);
}

PAGE_THUNKS(user)

/* ---- a new one-time code ---- */

/* That it was given stands in the journal; the code does not. */
static enum err make_code(struct visit *v, int64_t account, char ret_code[SECRET_TEXT], struct fault *f)
{
	const struct account_reset_in in = { .login = v->param[0] };
	struct op_result result;
	TRY(visit_run(v, op_find("account_reset"), &in, 0, NULL, &result, f));
	return account_code(v->app, v->writer, account, v->now_us, ret_code, f);
}

static enum err run_code(struct visit *v, struct fault *f)
{
	struct user_view *view = arena_new(v->a, struct user_view);
	struct account_row row;
	char code[SECRET_TEXT];
	TRY(account_find(v->app, v->param[0], v->a, &row, f));
	TRY(make_code(v, row.id, code, f));
	app_rollback(v->app); /* begun before the code was there */
	TRY(app_begin(v->app, f));
	TRY(user_load(v, view, f));
	view->code = arena_strdup(v->a, code);
	visit_show(v, 200, view->account.name, user_html_, view);
	return OK;
}

const struct page user_page = { .path = "/users/:login", .name = "user", .vi = "Người dùng", .en = "User", .of = PAGE_SOMEWHERE,
	.perm = PERM_USERS, .view_size = sizeof(struct user_view), .load = user_load_, .html = user_html_, .json = user_json_ };
const struct action user_code_action = { "/users/:login/code", PERM_USERS, 0, run_code };
