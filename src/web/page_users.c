#include "web/page_users.h"
#include "base/utf8.h"
#include "store/queries.gen.h"

#include <string.h>

struct user_grant user_grant_of(const struct visit *v, const struct grant *g, const char *login)
{
	const struct unit *u = g->unit.v ? tree_find(&v->app->tree, g->unit) : NULL;
	bool over = day_known(g->to) && day_before(g->to, v->today);
	struct user_grant r = { .id = g->id, .role = role_label(g->role, v->lang), .unit_code = u ? u->code : NULL,
		.unit_name = u ? unit_name(u, v->today) : NULL, .from = g->from, .to = g->to, .in_force = grant_in_force(g, v->today),
		.ahead = day_known(g->from) && day_before(v->today, g->from) };
	if (!over)
		r.end = url(v->a, "/ops/role_end?grant_id=%&back=%", id_text(v->a, g->id), url(v->a, "/users/%", login).s);
	return r;
}

/* ---- the filter ---- */

struct user_filter {
	const char *folded, *state;
	bool by_role;
	enum role role;
};

static bool fits_role(const struct visit *v, const struct user_filter *q, const struct account_row *row)
{
	for (size_t i = 0; i < row->n; i++)
		if (row->grants[i].role == q->role && grant_in_force(&row->grants[i], v->today))
			return true;
	return !q->by_role;
}

static bool fits_state(const char *state, const struct account_row *row)
{
	return !state || (strcmp(state, "open") == 0 && !row->closed) || (strcmp(state, "closed") == 0 && row->closed) ||
		(strcmp(state, "locked") == 0 && row->locked) || (strcmp(state, "never") == 0 && !row->closed && !row->seen_us) ||
		(strcmp(state, "no_totp") == 0 && !row->closed && !row->has_totp);
}

static bool fits(const struct visit *v, const struct user_filter *q, const struct account_row *row)
{
	const char *names = vi_fold(v->a, arena_printf(v->a, "%s %s", row->login, row->name));
	return (!q->folded || strstr(names, q->folded)) && fits_role(v, q, row) && fits_state(q->state, row);
}

static enum err read_filter(const struct visit *v, struct user_filter *ret, struct fault *f)
{
	const char *text = visit_text(v, "text"), *role = visit_text(v, "role");
	struct user_filter q = { .folded = text ? vi_fold(v->a, text) : NULL, .state = visit_text(v, "state"), .by_role = role != NULL };
	if (role && !role_find(role, &q.role))
		return FAULT(f, E_INVALID, "role", MSG_NOT_CODE, role, "");
	*ret = q;
	return OK;
}

/* ---- the page ---- */

static struct user_row row_of(const struct visit *v, const struct account_row *account)
{
	struct user_row r = { .account = account, .grants = arena_array(v->a, struct user_grant, account->n),
		.url = url(v->a, "/users/%", account->login) };
	for (size_t i = 0; i < account->n; i++) {
		struct user_grant g = user_grant_of(v, &account->grants[i], account->login);
		if (g.in_force || g.ahead)
			r.grants[r.n++] = g;
	}
	return r;
}

static enum err load_policy(const struct visit *v, struct users_view *ret, struct fault *f)
{
	struct policy_get_row row;
	struct text labels = TEXT(v->a);
	bool found;
	TRY(q_policy_get(v->app->db, "totp_roles", v->a, &found, &row, f));
	const char *keys = found ? row.value : "";
	ret->policy = url(v->a, "/ops/policy_set?key=totp_roles&value=%&back=%", keys, "/users");
	for (const char *p = keys; *p;) {
		size_t n = strcspn(p, ",");
		enum role role;
		if (role_find(arena_strndup(v->a, p, n), &role))
			text_addf(&labels, "%s%s", labels.n ? ", " : "", role_label(role, v->lang));
		p += n + (p[n] == ',');
	}
	ret->totp_roles = text_str(&labels);
	return OK;
}

static enum err users_load(struct visit *v, struct users_view *ret, struct fault *f)
{
	struct account_row *all;
	struct user_filter q = { 0 };
	TRY(read_filter(v, &q, f));
	TRY(account_list(v->app, v->a, &all, &ret->total, f));
	TRY(load_policy(v, ret, f));
	ret->users = arena_array(v->a, struct user_row, ret->total);
	for (size_t i = 0; i < ret->total; i++)
		if (fits(v, &q, &all[i]))
			ret->users[ret->n++] = row_of(v, &all[i]);
	ret->text = visit_text(v, "text");
	ret->role = visit_text(v, "role");
	ret->state = q.state;
	ret->action = url(v->a, "/users");
	ret->open = url(v->a, "/ops/account_open");
	ret->xlsx = visit_with(v, "format", "xlsx");
	ret->csv = visit_with(v, "format", "csv");
	return OK;
}

static void row_json(struct json *j, const struct user_row *r)
{
	const struct account_row *a = r->account;
	json_object(j);
	json_put_string(j, "login", a->login);
	json_put_string(j, "name", a->name);
	json_put_bool(j, "closed", a->closed);
	json_put_bool(j, "locked", a->locked);
	json_put_bool(j, "second_factor", a->has_totp);
	json_key(j, "grants");
	json_array(j);
	for (size_t i = 0; i < a->n; i++) {
		json_object(j);
		json_put_int(j, "id", a->grants[i].id);
		json_put_string(j, "role", role_key(a->grants[i].role));
		json_put_day(j, "from", a->grants[i].from);
		json_put_day(j, "to", a->grants[i].to);
		json_object_end(j);
	}
	json_array_end(j);
	json_object_end(j);
}

static void users_json(struct json *j, const struct users_view *v)
{
	json_object(j);
	json_key(j, "users");
	json_array(j);
	for (size_t i = 0; i < v->n; i++)
		row_json(j, &v->users[i]);
	json_array_end(j);
	json_object_end(j);
}

enum { COLUMNS = 6 };

static const char *grants_text(const struct visit *v, const struct user_row *r)
{
	struct text t = TEXT(v->a);
	for (size_t i = 0; i < r->n; i++)
		text_addf(&t, "%s%s (%s)", i ? "; " : "", r->grants[i].role,
			r->grants[i].unit_code ? r->grants[i].unit_code : SAY(v, "toàn hệ thống", "everywhere"));
	return text_str(&t);
}

static enum err users_table(struct visit *v, const void *view, struct table *ret, struct fault *f)
{
	const struct users_view *u = view;
	const char *const headings[COLUMNS] = { SAY(v, "Tên đăng nhập", "Login"), SAY(v, "Họ và tên", "Name"), SAY(v, "Vai trò", "Roles"),
		SAY(v, "Đăng nhập gần nhất", "Last seen"), SAY(v, "Xác thực hai bước", "Second factor"), SAY(v, "Tình trạng", "State") };
	struct html h = { .arena = v->a, .lang = v->lang };
	(void)f;
	*ret = (struct table){ .title = SAY(v, "Người dùng", "Users"), .headings = arena_array(v->a, const char *, COLUMNS), .columns = COLUMNS,
		.rows = (int)u->n, .cells = arena_array(v->a, struct table_cell, u->n * COLUMNS) };
	memcpy(ret->headings, headings, sizeof headings);
	for (size_t i = 0; i < u->n; i++) {
		const struct account_row *a = u->users[i].account;
		const char *const texts[COLUMNS] = { a->login, a->name, grants_text(v, &u->users[i]), html_instant(&h, a->seen_us),
			a->has_totp ? SAY(v, "có", "yes") : SAY(v, "không", "no"),
			a->closed ? SAY(v, "đã khóa", "closed") : a->locked ? SAY(v, "tạm khóa", "locked") : SAY(v, "đang dùng", "open") };
		for (size_t k = 0; k < COLUMNS; k++)
			ret->cells[i * COLUMNS + k].text = texts[k];
	}
	return OK;
}

PAGE_THUNKS(users)

static const struct param users_params[] = {
	{ "text", PARAM_TEXT, CODES__COUNT, "một phần tên", "part of a name" },
	{ "role", PARAM_TEXT, CODES__COUNT, "vai trò", "role" },
	{ "state", PARAM_TEXT, CODES__COUNT, "open, closed, locked, never, no_totp", "open, closed, locked, never, no_totp" },
	{ 0 }
};

const struct page users_page = { .path = "/users", .name = "users", .vi = "Người dùng", .en = "Users", .of = PAGE_SOMEWHERE,
	.perm = PERM_USERS, .query = users_params, .view_size = sizeof(struct users_view), .load = users_load_, .html = users_html_,
	.json = users_json_,
	.table = users_table };
