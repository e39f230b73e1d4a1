/* Passwords, one-time codes, and the first administrator. */
#include "app/account_impl.h"
#include "app/ops.h"
#include "base/text.h"
#include "base/utf8.h"

#include <ctype.h>
#include <sodium.h>
#include <string.h>

static const int64_t SECOND_US = 1000000;

/* ---- which passwords are good ---- */

/* What is left of the commonest ones without digits and signs. */
static const char common[] = "|matkhau|password|passwd|quantri|quantrivien|admin|administrator|dangvien|dangbo|chibo|danguy|bithu|nguon|"
	"qwerty|"
	"qwertyuiop|asdfgh|asdfghjkl|zxcvbn|zxcvbnm|iloveyou|anhyeuem|emyeuanh|yeuem|vietnam|hochiminh|hanoi|welcome|letmein|abc|abcd|";

static const char *letters_of(const char *folded, struct arena *a)
{
	char *s = arena_strdup(a, folded), *to = s;
	for (const char *p = folded; *p; p++)
		if (isalpha((unsigned char)*p))
			*to++ = *p;
	*to = '\0';
	return s;
}

/* "aaaaaaaaaa", "1234567890", "9876543210", "1212121212": few different characters, or each one more (less) than the one before. */
static bool is_sequence(const char *s)
{
	size_t different = 0, runs[3] = { 0 }, n = strlen(s);
	bool seen[256] = { 0 };
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)s[i];
		different += !seen[c];
		seen[c] = true;
		int step = i ? c - (unsigned char)s[i - 1] : 2;
		if (step >= -1 && step <= 1)
			runs[step + 1]++;
	}
	return different < 5 || runs[0] + 2 >= n || runs[2] + 2 >= n;
}

static bool is_common(const char *folded, struct arena *a)
{
	const char *letters = letters_of(folded, a);
	return is_sequence(folded) || *letters == '\0' || strstr(common, arena_printf(a, "|%s|", letters));
}

enum { TELLING = 3 }; /* a shorter login may stand in any word */

static bool is_personal(const char *login, const char *name, const char *folded, struct arena *a)
{
	const char *joined = letters_of(vi_fold(a, name), a), *plain = letters_of(folded, a);
	return (strlen(login) >= TELLING && strstr(folded, login)) || (strlen(joined) >= TELLING && strstr(plain, joined));
}

enum err account_password_good(const char *login, const char *name, const char *password, struct fault *f)
{
	scoped(arena_done) struct arena a = { 0 };
	size_t bytes = strnlen(password, ACCOUNT_PASSWORD_MAX * 4 + 1);
	if (bytes > ACCOUNT_PASSWORD_MAX * 4)
		return FAULT(f, E_TOOBIG, "new_password", MSG_TOO_LONG, arena_printf(&a, "%d", ACCOUNT_PASSWORD_MAX));
	if (!utf8_valid(password, bytes))
		return FAULT(f, E_INVALID, "new_password", MSG_NOT_UTF8);
	if (utf8_length(password) < ACCOUNT_PASSWORD_MIN)
		return FAULT(f, E_INVALID, "new_password", MSG_PASSWORD_SHORT, arena_printf(&a, "%d", ACCOUNT_PASSWORD_MIN));
	const char *folded = vi_fold(&a, password);
	if (is_personal(login, name, folded, &a))
		return FAULT(f, E_INVALID, "new_password", MSG_PASSWORD_PERSONAL);
	return is_common(folded, &a) ? FAULT(f, E_INVALID, "new_password", MSG_PASSWORD_COMMON) : OK;
}

/* ---- a new one ---- */

struct changing {
	const struct actor *who;
	const char *address, *agent, *hash;
	int64_t now_us;
	char cookie[SECRET_TEXT];
};

static enum err change(struct app *app, void *ctx, struct arena *a, struct fault *f)
{
	struct changing *c = ctx;
	struct credential_get_row row;
	TRY(account_credential(app, c->who->account, a, &row, f));
	row.password = c->hash;
	row.must_change = false;
	row.code = NULL;
	TRY(account_keep(app, c->who->account, &row, f));
	TRY(q_session_drop_others(app->db, c->who->account, "", f));
	return session_begin(app, c->who->account, c->address, c->agent, c->now_us, c->cookie, f);
}

struct failing {
	const char *login, *address;
	int64_t now_us;
};

static enum err fail(struct app *app, void *ctx, struct arena *a, struct fault *f)
{
	(void)a;
	const struct failing *x = ctx;
	return attempt_fail(app, x->login, x->address, x->now_us, f);
}

/* Whoever has come in with a one-time code has no old password to give. */
static enum err check_old(struct app *app, struct writer *w, const struct failing *as, const struct credential_get_row *row,
	const char *old, struct arena *a, struct fault *f)
{
	if (row->must_change)
		return OK;
	TRY(attempt_check(app, as->login, as->address, as->now_us, f));
	if (account_matches(row->password, old ? old : ""))
		return OK;
	struct failing x = *as;
	TRY(account_do(w, fail, &x, a, f));
	return FAULT(f, E_INVALID, "old_password", MSG_PASSWORD_OLD);
}

enum err account_password(struct app *app, struct writer *w, const struct actor *who, const char *cookie, const char *old_password,
	const char *new_password, int64_t now_us, char ret_cookie[SECRET_TEXT], struct fault *f)
{
	scoped(arena_done) struct arena a = { 0 };
	struct session_by_secret_row session;
	struct credential_get_row row;
	char hash[ACCOUNT_PASSWORD_HASH], secret[HASH_HEX];
	bool found;
	account_secret_hash(cookie, secret);
	TRY(q_session_by_secret(app->db, secret, &a, &found, &session, f));
	if (!found || session.account_id != who->account)
		return FAULT(f, E_NOTFOUND, "session", MSG_SESSION_OVER);
	TRY(account_credential(app, who->account, &a, &row, f));
	const struct failing as = { who->login, session.address, now_us };
	TRY(check_old(app, w, &as, &row, old_password, &a, f));
	TRY(account_password_good(who->login, who->name, new_password, f));
	if (row.password && account_matches(row.password, new_password))
		return FAULT(f, E_INVALID, "new_password", MSG_PASSWORD_SAME);
	TRY(account_hash(new_password, hash, f));
	struct changing c = { .who = who, .address = session.address, .agent = session.agent, .hash = hash, .now_us = now_us };
	TRY(account_do(w, change, &c, &a, f));
	memcpy(ret_cookie, c.cookie, SECRET_TEXT);
	return OK;
}

static enum err put_password(struct app *app, int64_t account, const char *hash, struct arena *a, struct fault *f)
{
	struct credential_get_row row;
	TRY(account_credential(app, account, a, &row, f));
	row.password = hash;
	row.must_change = false;
	return account_keep(app, account, &row, f);
}

enum err account_set_password(struct app *app, int64_t account, const char *password, struct fault *f)
{
	scoped(arena_done) struct arena a = { 0 };
	char hash[ACCOUNT_PASSWORD_HASH];
	bool mine = !app->in_transaction;
	TRY(account_hash(password, hash, f));
	if (mine)
		TRY(app_begin(app, f));
	enum err e = put_password(app, account, hash, &a, f);
	if (mine && e == OK)
		e = app_commit(app, f);
	if (mine && e != OK)
		app_rollback(app);
	return e;
}

/* ---- one-time codes ---- */

struct coding {
	int64_t account, until_us;
	const char *hash;
};

/* Nothing that was known before opens the account any more; a wait because of wrong tries is over. */
static enum err code(struct app *app, void *ctx, struct arena *a, struct fault *f)
{
	const struct coding *c = ctx;
	const struct credential_get_row row = { .code = c->hash, .code_until_us = c->until_us };
	struct account_get_row account;
	bool found;
	TRY(q_account_get(app->db, c->account, a, &found, &account, f));
	if (!found)
		return FAULT(f, E_NOTFOUND, "login", MSG_ACCOUNT_UNKNOWN, "");
	TRY(account_keep(app, c->account, &row, f));
	TRY(attempt_clear(app, account.login, f));
	return q_session_drop_others(app->db, c->account, "", f);
}

enum err account_code(struct app *app, struct writer *w, int64_t account, int64_t now_us, char ret_code[SECRET_TEXT], struct fault *f)
{
	scoped(arena_done) struct arena a = { 0 };
	char fresh[SECRET_TEXT], hash[HASH_HEX];
	(void)app;
	account_new_code(fresh);
	account_code_hash(fresh, hash);
	struct coding c = { account, now_us + ACCOUNT_CODE_S * SECOND_US, hash };
	TRY(account_do(w, code, &c, &a, f));
	memcpy(ret_code, fresh, SECRET_TEXT);
	return OK;
}

/* ---- the first administrator ---- */

static const char SETUP[] = "setup_code";

enum err account_setup_open(struct app *app, bool *ret, struct fault *f)
{
	scoped(arena_done) struct arena a = { 0 };
	struct grants_everywhere_row *rows;
	size_t n;
	bool open = true;
	TRY(q_grants_everywhere(app->db, role_key(ROLE_ADMIN), &a, &rows, &n, f));
	for (size_t i = 0; i < n; i++) {
		const struct grant g = { .from = rows[i].from_on, .to = rows[i].to_on };
		open &= !grant_in_force(&g, app->today);
	}
	*ret = open;
	return OK;
}

static enum err keep_setup(struct app *app, void *ctx, struct arena *a, struct fault *f)
{
	(void)a;
	return q_setting_put(app->db, SETUP, ctx, f);
}

enum err account_setup_code(struct app *app, struct writer *w, char ret_code[SECRET_TEXT], struct fault *f)
{
	scoped(arena_done) struct arena a = { 0 };
	char fresh[SECRET_TEXT] = "", hash[HASH_HEX];
	bool open;
	TRY(account_setup_open(app, &open, f));
	if (open) {
		account_new_code(fresh);
		account_code_hash(fresh, hash);
		TRY(account_do(w, keep_setup, hash, &a, f));
	}
	memcpy(ret_code, fresh, SECRET_TEXT);
	return OK;
}

struct setting_up {
	const struct setup_in *in;
	const char *hash;
	bool wrong;
};

static enum err setup_code_fits(struct app *app, const char *typed, struct arena *a, bool *ret, struct fault *f)
{
	struct setting_get_row row;
	char hash[HASH_HEX];
	bool found;
	account_code_hash(typed, hash);
	TRY(q_setting_get(app->db, SETUP, a, &found, &row, f));
	*ret = found && account_same(hash, row.value);
	return OK;
}

/* The two operations of the first administrator, in their own name. */
static enum err make_admin(struct app *app, const struct setting_up *s, struct arena *a, struct fault *f)
{
	const struct account_open_in open = { s->in->login, s->in->name };
	const struct role_grant_in grant = { .login = s->in->login, .role = role_key(ROLE_ADMIN), .from = DAY_NONE, .to = DAY_NONE };
	struct op_result opened, granted;
	TRY(op_run(app, op_find("account_open"), &open, a, &opened, f));
	TRY(op_run(app, op_find("role_grant"), &grant, a, &granted, f));
	TRY(put_password(app, opened.entity_id, s->hash, a, f));
	return q_setting_drop(app->db, SETUP, f);
}

static enum err set_up(struct app *app, void *ctx, struct arena *a, struct fault *f)
{
	struct setting_up *s = ctx;
	const char *actor = app->actor;
	bool open, fits;
	s->wrong = false;
	TRY(account_setup_open(app, &open, f));
	if (!open)
		return FAULT(f, E_CONFLICT, NULL, MSG_SETUP_DONE);
	TRY(attempt_check(app, SETUP, s->in->address, s->in->now_us, f));
	TRY(setup_code_fits(app, s->in->code, a, &fits, f));
	if (!fits) {
		s->wrong = true;
		return attempt_fail(app, SETUP, s->in->address, s->in->now_us, f);
	}
	app->actor = arena_printf(a, "user:%s", account_login_key(s->in->login, a));
	enum err e = make_admin(app, s, a, f);
	app->actor = actor;
	return e;
}

enum err account_setup(struct app *app, struct writer *w, const struct setup_in *in, struct fault *f)
{
	scoped(arena_done) struct arena a = { 0 };
	char hash[ACCOUNT_PASSWORD_HASH];
	TRY(attempt_check(app, SETUP, in->address, in->now_us, f));
	TRY(account_password_good(account_login_key(in->login, &a), in->name, in->password, f));
	TRY(account_hash(in->password, hash, f));
	struct setting_up s = { .in = in, .hash = hash };
	TRY(account_do(w, set_up, &s, &a, f));
	return s.wrong ? FAULT(f, E_FORBIDDEN, "code", MSG_SETUP_CODE) : OK;
}
