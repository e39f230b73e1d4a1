#include "app/account_impl.h"

#include <ctype.h>
#include <stddef.h>
#include <string.h>

const char *account_login_key(const char *login, struct arena *a)
{
	size_t n = strnlen(login, ACCOUNT_LOGIN_ROOM);
	char *key = arena_strndup(a, login, n);
	for (char *p = key; *p; p++) {
		*p = (char)tolower((unsigned char)*p);
		if (!isalnum((unsigned char)*p) && *p != '.' && *p != '-')
			return "?";
	}
	return n && n < ACCOUNT_LOGIN_ROOM ? key : "?";
}

enum err account_do(struct writer *w, enum err (*task)(struct app *app, void *ctx, struct arena *a, struct fault *f), void *ctx,
	struct arena *a, struct fault *f)
{
	struct writer_job job = { .task = task, .ctx = ctx, .arena = a };
	enum err e = writer_run(w, &job);
	if (e != OK && f)
		*f = job.fault;
	return e;
}

struct later {
	struct arena arena; /* holds this and all of the job */
	struct writer_job job;
};

static void forget_later(struct writer_job *job)
{
	struct later *l = (struct later *)(void *)((char *)job - offsetof(struct later, job));
	struct arena arena = l->arena;
	arena_done(&arena);
}

void account_later(struct writer *w, enum err (*task)(struct app *app, void *ctx, struct arena *a, struct fault *f), const void *ctx,
	size_t n)
{
	struct arena arena = { 0 };
	struct later *l = arena_new(&arena, struct later);
	l->job = (struct writer_job){ .task = task, .ctx = memcpy(arena_alloc(&arena, n), ctx, n), .arena = &l->arena, .done = forget_later };
	l->arena = arena;
	if (!writer_offer(w, &l->job))
		forget_later(&l->job);
}

enum err account_credential(struct app *app, int64_t account, struct arena *a, struct credential_get_row *ret, struct fault *f)
{
	bool found;
	TRY(q_credential_get(app->db, account, a, &found, ret, f));
	if (!found)
		*ret = (struct credential_get_row){ 0 };
	return OK;
}

enum err account_keep(struct app *app, int64_t account, const struct credential_get_row *c, struct fault *f)
{
	return q_credential_put(app->db, account, c->password, c->must_change, c->code, c->code_until_us, c->totp, c->totp_new,
		c->totp_step, f);
}

bool account_is_open(const struct app *app, struct day closed_on)
{
	return !day_known(closed_on) || day_before(app->today, closed_on);
}

/* ---- roles ---- */

static struct grant grant_of(int64_t id, const char *role, struct unit_id unit, struct day from, struct day to)
{
	struct grant g = { .id = id, .role = ROLE__COUNT, .unit = unit, .from = from, .to = to };
	(void)role_find(role, &g.role);
	return g;
}

/* A role that this program does not know (any more) gives nothing. */
static void add_grant(struct grant **v, size_t *n, size_t *cap, struct grant g, struct arena *a)
{
	if (g.role < ROLE__COUNT)
		*arena_push(a, *v, *n, *cap) = g;
}

enum err account_actor_named(struct app *app, int64_t account, const char *login, const char *name, struct arena *a, struct actor *ret,
	struct fault *f)
{
	struct grants_of_row *rows;
	struct grant *grants = NULL;
	size_t rows_n, n = 0, cap = 0;
	TRY(q_grants_of(app->db, account, a, &rows, &rows_n, f));
	for (size_t i = 0; i < rows_n; i++)
		add_grant(&grants, &n, &cap, grant_of(rows[i].id, rows[i].role, rows[i].unit_id, rows[i].from_on, rows[i].to_on), a);
	*ret = (struct actor){ .account = account, .login = login, .name = name, .journal = arena_printf(a, "user:%s", login),
		.grants = grants, .n = n, .mask = UINT32_MAX };
	return OK;
}

enum err account_actor(struct app *app, int64_t account, struct arena *a, struct actor *ret, bool *ret_open, struct fault *f)
{
	struct account_get_row row;
	bool found;
	TRY(q_account_get(app->db, account, a, &found, &row, f));
	*ret_open = found && account_is_open(app, row.closed_on);
	return found ? account_actor_named(app, account, row.login, row.name, a, ret, f) : OK;
}

/* ---- lists ---- */

static struct account_row *row_of(struct account_row *v, size_t n, int64_t account)
{
	for (size_t i = 0; i < n; i++)
		if (v[i].id == account)
			return &v[i];
	return NULL;
}

static enum err add_grants(struct app *app, struct account_row *v, size_t n, struct arena *a, struct fault *f)
{
	struct grants_all_row *rows;
	size_t rows_n, cap = 0;
	struct account_row *row = NULL;
	TRY(q_grants_all(app->db, a, &rows, &rows_n, f));
	for (size_t i = 0; i < rows_n; i++) {
		if (!row || row->id != rows[i].account_id) {
			row = row_of(v, n, rows[i].account_id);
			cap = 0;
		}
		if (row)
			add_grant(&row->grants, &row->n, &cap, grant_of(rows[i].id, rows[i].role, rows[i].unit_id, rows[i].from_on, rows[i].to_on), a);
	}
	return OK;
}

static enum err add_proofs(struct app *app, struct account_row *v, size_t n, struct arena *a, struct fault *f)
{
	struct totp_accounts_row *totps;
	struct sessions_last_row *seen;
	size_t totps_n, seen_n;
	int64_t now = app->now_us(app->clock_ctx);
	TRY(q_totp_accounts(app->db, a, &totps, &totps_n, f));
	TRY(q_sessions_last(app->db, a, &seen, &seen_n, f));
	for (size_t i = 0; i < totps_n; i++) {
		struct account_row *row = row_of(v, n, totps[i].account_id);
		if (row)
			row->has_totp = true;
	}
	for (size_t i = 0; i < seen_n; i++) {
		struct account_row *row = row_of(v, n, seen[i].account_id);
		if (row)
			row->seen_us = seen[i].seen_us;
	}
	for (size_t i = 0; i < n; i++)
		TRY(attempt_is_locked(app, v[i].login, now, &v[i].locked, f));
	return OK;
}

enum err account_list(struct app *app, struct arena *a, struct account_row **ret, size_t *ret_n, struct fault *f)
{
	struct accounts_all_row *rows;
	size_t n;
	TRY(q_accounts_all(app->db, a, &rows, &n, f));
	struct account_row *v = arena_array(a, struct account_row, n);
	for (size_t i = 0; i < n; i++)
		v[i] = (struct account_row){ .id = rows[i].id, .login = rows[i].login, .name = rows[i].name,
			.closed = !account_is_open(app, rows[i].closed_on) };
	TRY(add_grants(app, v, n, a, f));
	TRY(add_proofs(app, v, n, a, f));
	*ret = v;
	*ret_n = n;
	return OK;
}

enum err account_find(struct app *app, const char *login, struct arena *a, struct account_row *ret, struct fault *f)
{
	struct account_row *v;
	size_t n;
	const char *key = account_login_key(login, a);
	TRY(account_list(app, a, &v, &n, f));
	for (size_t i = 0; i < n; i++) {
		if (strcmp(v[i].login, key) == 0) {
			*ret = v[i];
			return OK;
		}
	}
	return FAULT(f, E_NOTFOUND, "login", MSG_ACCOUNT_UNKNOWN, login);
}
