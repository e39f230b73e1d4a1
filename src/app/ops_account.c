/* Accounts, their roles, and what the installation demands of them. How somebody proves who they are stands in account_*.c. */
#include "app/access.h"
#include "app/ops_impl.h"
#include "base/utf8.h"
#include "store/queries.gen.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

/* ---- logins ---- */

static const char *lower(const char *s, struct arena *a)
{
	char *copy = arena_strdup(a, s);
	for (char *p = copy; *p; p++)
		if (*p >= 'A' && *p <= 'Z')
			*p = (char)(*p - 'A' + 'a');
	return copy;
}

static enum err check_login(const char *s, struct fault *f)
{
	static const char first[] = "abcdefghijklmnopqrstuvwxyz0123456789", rest[] = "abcdefghijklmnopqrstuvwxyz0123456789.-";
	size_t n = strlen(s);
	if (n < 2 || n > 32 || !strchr(first, s[0]) || strspn(s, rest) != n)
		return FAULT(f, E_INVALID, "login", MSG_ACCOUNT_LOGIN_FORM, s);
	return OK;
}

static enum err account_of(struct app *app, const char *login, struct arena *a, struct account_by_login_row *ret, struct fault *f)
{
	bool found;
	TRY(q_account_by_login(app->db, login, a, &found, ret, f));
	return found ? OK : FAULT(f, E_NOTFOUND, "login", MSG_ACCOUNT_UNKNOWN, login);
}

static enum err open_account_of(struct app *app, const char *login, struct arena *a, struct account_by_login_row *ret, struct fault *f)
{
	TRY(account_of(app, login, a, ret, f));
	if (day_known(ret->closed_on))
		return FAULT(f, E_CONFLICT, "login", MSG_ACCOUNT_CLOSED, login, ops_day_text(ret->closed_on, a));
	return OK;
}

/* ---- account_open ---- */

enum err ops_account_open_tidy(struct app *app, void *input, struct arena *a, struct fault *f)
{
	(void)app;
	struct account_open_in *in = input;
	in->login = lower(in->login, a);
	return check_login(in->login, f);
}

enum err ops_account_open_check(struct app *app, const void *input, struct arena *a, struct warnings *w, struct fault *f)
{
	(void)w;
	const struct account_open_in *in = input;
	struct account_by_login_row row;
	bool found;
	TRY(q_account_by_login(app->db, in->login, a, &found, &row, f));
	if (!found)
		return OK;
	if (day_known(row.closed_on))
		return FAULT(f, E_CONFLICT, "login", MSG_ACCOUNT_CLOSED, in->login, ops_day_text(row.closed_on, a));
	if (strcmp(row.name, in->name) != 0)
		return FAULT(f, E_CONFLICT, "login", MSG_ACCOUNT_TAKEN, in->login, row.name);
	return OK;
}

enum err ops_account_open(struct app *app, const void *input, struct entry_id entry, struct arena *a, struct op_result *ret,
	struct fault *f)
{
	const struct account_open_in *in = input;
	struct account_by_login_row row;
	TRY(q_account_by_login(app->db, in->login, a, &ret->unchanged, &row, f));
	if (ret->unchanged) {
		ret->entity_id = row.id;
		return OK;
	}
	ret->entity_id = app->next_id[NEXT_ACCOUNT]++;
	return q_account_insert(app->db, ret->entity_id, in->login, in->name, entry, f);
}

/* ---- account_close ---- */

/* Whether somebody keeps the role of administrator everywhere without that account (0: any) and without that grant (0: any). */
static enum err is_last_admin(struct app *app, int64_t account, int64_t grant, struct arena *a, bool *ret, struct fault *f)
{
	struct grants_everywhere_row *rows;
	size_t n;
	bool loses = false, stays = false;
	TRY(q_grants_everywhere(app->db, role_key(ROLE_ADMIN), a, &rows, &n, f));
	for (size_t i = 0; i < n; i++) {
		const struct grant g = { .from = rows[i].from_on, .to = rows[i].to_on };
		bool gone = rows[i].account_id == account || rows[i].id == grant;
		bool now = grant_in_force(&g, app->today);
		loses |= gone && now;
		stays |= !gone && now && !day_known(g.to);
	}
	*ret = loses && !stays;
	return OK;
}

static enum err keep_an_admin(struct app *app, int64_t account, int64_t grant, struct arena *a, struct fault *f)
{
	bool last;
	TRY(is_last_admin(app, account, grant, a, &last, f));
	return last ? FAULT(f, E_RULE, "login", MSG_ACCOUNT_LAST_ADMIN) : OK;
}

enum err ops_account_close_tidy(struct app *app, void *input, struct arena *a, struct fault *f)
{
	(void)f;
	struct account_close_in *in = input;
	in->login = lower(in->login, a);
	if (!day_known(in->on))
		in->on = app->today;
	return OK;
}

enum err ops_account_close_check(struct app *app, const void *input, struct arena *a, struct warnings *w, struct fault *f)
{
	(void)w;
	const struct account_close_in *in = input;
	struct account_by_login_row row;
	TRY(account_of(app, in->login, a, &row, f));
	if (day_known(row.closed_on))
		return OK;
	return keep_an_admin(app, row.id, 0, a, f);
}

enum err ops_account_close(struct app *app, const void *input, struct entry_id entry, struct arena *a, struct op_result *ret,
	struct fault *f)
{
	const struct account_close_in *in = input;
	struct account_by_login_row row;
	TRY(account_of(app, in->login, a, &row, f));
	ret->entity_id = row.id;
	ret->unchanged = day_known(row.closed_on);
	return ret->unchanged ? OK : q_account_set_closed(app->db, row.id, in->on, entry, f);
}

/* ---- account_reset ---- */

enum err ops_account_reset_tidy(struct app *app, void *input, struct arena *a, struct fault *f)
{
	(void)app, (void)f;
	struct account_reset_in *in = input;
	in->login = lower(in->login, a);
	return OK;
}

enum err ops_account_reset_check(struct app *app, const void *input, struct arena *a, struct warnings *w, struct fault *f)
{
	(void)w;
	const struct account_reset_in *in = input;
	struct account_by_login_row row;
	return open_account_of(app, in->login, a, &row, f);
}

enum err ops_account_reset(struct app *app, const void *input, struct entry_id entry, struct arena *a, struct op_result *ret,
	struct fault *f)
{
	const struct account_reset_in *in = input;
	struct account_by_login_row row;
	TRY(account_of(app, in->login, a, &row, f));
	ret->entity_id = row.id;
	return q_account_touch(app->db, row.id, entry, f);
}

/* ---- role_grant ---- */

enum err ops_role_grant_tidy(struct app *app, void *input, struct arena *a, struct fault *f)
{
	(void)f;
	struct role_grant_in *in = input;
	in->login = lower(in->login, a);
	if (!day_known(in->from))
		in->from = app->today;
	return OK;
}

enum err ops_role_grant_check(struct app *app, const void *input, struct arena *a, struct warnings *w, struct fault *f)
{
	(void)w;
	const struct role_grant_in *in = input;
	struct account_by_login_row row;
	struct unit *u;
	TRY(open_account_of(app, in->login, a, &row, f));
	if (day_known(in->to) && day_before(in->to, in->from))
		return FAULT(f, E_INVALID, "to", MSG_GRANT_BACKWARDS, ops_day_text(in->to, a), ops_day_text(in->from, a));
	return in->unit ? ops_open_unit(app, in->unit, "unit", app->today, &u, f) : OK;
}

static enum err unit_meant(struct app *app, const char *code, struct unit_id *ret, struct fault *f)
{
	struct unit *u;
	*ret = (struct unit_id){ 0 };
	if (code) {
		TRY(app_unit(app, code, "unit", &u, f));
		*ret = u->id;
	}
	return OK;
}

/* Given already on the first day, with the same end. */
static bool is_given(const struct grants_of_row *row, const struct role_grant_in *in, struct unit_id unit)
{
	const struct grant g = { .from = row->from_on, .to = row->to_on };
	return strcmp(row->role, in->role) == 0 && ID_EQUAL(row->unit_id, unit) && grant_in_force(&g, in->from) &&
		day_equal(row->to_on, in->to);
}

enum err ops_role_grant(struct app *app, const void *input, struct entry_id entry, struct arena *a, struct op_result *ret, struct fault *f)
{
	const struct role_grant_in *in = input;
	struct account_by_login_row account;
	struct grants_of_row *rows;
	struct unit_id unit;
	size_t n;
	TRY(account_of(app, in->login, a, &account, f));
	TRY(unit_meant(app, in->unit, &unit, f));
	TRY(q_grants_of(app->db, account.id, a, &rows, &n, f));
	ret->entity_id = account.id;
	for (size_t i = 0; i < n; i++)
		ret->unchanged |= is_given(&rows[i], in, unit);
	if (ret->unchanged)
		return OK;
	return q_grant_insert(app->db, app->next_id[NEXT_GRANT]++, account.id, in->role, unit, in->from, in->to, entry, f);
}

/* ---- role_end ---- */

enum err ops_grant_unknown(const struct role_end_in *in, struct arena *a, struct fault *f)
{
	if (in->grant_id != ABSENT_INT)
		return FAULT(f, E_NOTFOUND, "grant_id", MSG_GRANT_UNKNOWN, arena_printf(a, "%" PRId64, in->grant_id));
	return FAULT(f, E_NOTFOUND, "role", MSG_GRANT_UNKNOWN, arena_printf(a, "%s, %s, %s", in->login, in->role, in->unit ? in->unit : "–"));
}

/* The last one given of those that are not over. */
static int64_t grant_named(struct app *app, const struct role_end_in *in, struct unit_id unit, const struct grants_of_row *rows, size_t n)
{
	int64_t id = 0;
	for (size_t i = 0; i < n; i++)
		if (strcmp(rows[i].role, in->role) == 0 && ID_EQUAL(rows[i].unit_id, unit) &&
			(!day_known(rows[i].to_on) || !day_before(rows[i].to_on, app->today)))
			id = rows[i].id;
	return id;
}

enum err ops_grant_meant(struct app *app, const struct role_end_in *in, struct arena *a, struct grant_get_row *ret, struct fault *f)
{
	struct account_by_login_row account;
	struct grants_of_row *rows;
	struct unit_id unit;
	int64_t id = in->grant_id;
	size_t n;
	bool found;
	if (id == ABSENT_INT) {
		if (!in->login || !in->role)
			return FAULT(f, E_INVALID, in->login ? "role" : "login", MSG_GRANT_WHICH);
		TRY(account_of(app, lower(in->login, a), a, &account, f));
		TRY(unit_meant(app, in->unit, &unit, f));
		TRY(q_grants_of(app->db, account.id, a, &rows, &n, f));
		id = grant_named(app, in, unit, rows, n);
	}
	TRY(q_grant_get(app->db, id, a, &found, ret, f));
	return found ? OK : ops_grant_unknown(in, a, f);
}

/* In the journal the grant alone says which one it was. */
enum err ops_role_end_tidy(struct app *app, void *input, struct arena *a, struct fault *f)
{
	struct role_end_in *in = input;
	struct grant_get_row row;
	TRY(ops_grant_meant(app, in, a, &row, f));
	*in = (struct role_end_in){ .grant_id = row.id, .to = day_known(in->to) ? in->to : day_add(app->today, -1) };
	return OK;
}

enum err ops_role_end_check(struct app *app, const void *input, struct arena *a, struct warnings *w, struct fault *f)
{
	(void)w;
	const struct role_end_in *in = input;
	struct grant_get_row row;
	TRY(ops_grant_meant(app, in, a, &row, f));
	if (day_known(row.to_on) && day_before(row.to_on, in->to))
		return FAULT(f, E_CONFLICT, "to", MSG_GRANT_OVER, ops_day_text(row.to_on, a));
	return keep_an_admin(app, 0, row.id, a, f);
}

enum err ops_role_end(struct app *app, const void *input, struct entry_id entry, struct arena *a, struct op_result *ret, struct fault *f)
{
	const struct role_end_in *in = input;
	struct grant_get_row row;
	TRY(ops_grant_meant(app, in, a, &row, f));
	ret->entity_id = row.account_id;
	ret->unchanged = day_equal(row.to_on, in->to);
	return ret->unchanged ? OK : q_grant_end(app->db, row.id, in->to, entry, f);
}

/* ---- policy_set ---- */

/* Keys of roles, "department,admin", from keys or labels, in the order of the roles. */
static enum err tidy_roles(const char **value, struct arena *a, struct fault *f)
{
	struct text t = TEXT(a);
	char *words = arena_strdup(a, *value ? *value : ""), *rest = NULL;
	bool wanted[ROLE__COUNT] = { 0 };
	for (char *w = strtok_r(words, ",", &rest); w; w = strtok_r(NULL, ",", &rest)) {
		const struct code *code;
		enum role r;
		TRY(code_find(CODES_ROLE, utf8_clean(a, w), "value", &code, f));
		bool known = role_find(code->key, &r);
		assert(known);
		wanted[r] = known;
	}
	for (enum role r = 0; r < ROLE__COUNT; r++)
		if (wanted[r])
			text_addf(&t, "%s%s", t.n ? "," : "", role_key(r));
	*value = text_str(&t);
	return OK;
}

static const struct {
	const char *key;
	enum err (*tidy)(const char **value, struct arena *a, struct fault *f);
} policies[] = { { "totp_roles", tidy_roles } };

enum err ops_policy_set_tidy(struct app *app, void *input, struct arena *a, struct fault *f)
{
	(void)app;
	struct policy_set_in *in = input;
	struct text keys = TEXT(a);
	for (size_t i = 0; i < sizeof policies / sizeof *policies; i++) {
		if (strcmp(policies[i].key, in->key) == 0)
			return policies[i].tidy(&in->value, a, f);
		text_addf(&keys, "%s%s", i ? ", " : "", policies[i].key);
	}
	return FAULT(f, E_INVALID, "key", MSG_POLICY_UNKNOWN, in->key, text_str(&keys));
}

enum err ops_policy_set_check(struct app *app, const void *input, struct arena *a, struct warnings *w, struct fault *f)
{
	(void)app, (void)input, (void)a, (void)w, (void)f;
	return OK; /* tidy has refused what is no policy */
}

/* An empty value is absent in the journal. */
enum err ops_policy_set(struct app *app, const void *input, struct entry_id entry, struct arena *a, struct op_result *ret, struct fault *f)
{
	const struct policy_set_in *in = input;
	const char *value = in->value ? in->value : "";
	struct policy_get_row row;
	TRY(q_policy_get(app->db, in->key, a, &ret->unchanged, &row, f));
	ret->unchanged = ret->unchanged && strcmp(row.value, value) == 0;
	return ret->unchanged ? OK : q_policy_put(app->db, in->key, value, entry, f);
}
