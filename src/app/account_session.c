#include "app/account_impl.h"
#include "base/text.h"
#include "base/utf8.h"

#include <string.h>

static const int64_t SECOND_US = 1000000;
enum { SEEN_EVERY_S = 60, AGENT_MAX = 200, ADDRESS_MAX = 64 };

/* ---- one session ---- */

/* What a stranger's browser says of itself: any bytes at all, of which the store takes only text. */
static const char *kept(const char *s, size_t max, struct arena *a)
{
	size_t n = s ? strlen(s) : 0;
	if (n == 0)
		return "";
	if (utf8_valid(s, n))
		return arena_strndup(a, s, utf8_cut(s, n, max));
	char *plain = arena_strndup(a, s, n < max ? n : max);
	for (char *p = plain; *p; p++)
		if (*p & 0x80)
			*p = '?';
	return plain;
}

enum err session_begin(struct app *app, int64_t account, const char *address, const char *agent, int64_t now_us,
	char ret_cookie[SECRET_TEXT], struct fault *f)
{
	scoped(arena_done) struct arena a = { 0 };
	char hash[HASH_HEX];
	account_secret(ret_cookie);
	account_secret_hash(ret_cookie, hash);
	TRY(q_session_drop_old(app->db, now_us - SESSION_TOTAL_S * SECOND_US, now_us - SESSION_IDLE_S * SECOND_US, f));
	return q_session_insert(app->db, hash, account, now_us, now_us, kept(address, ADDRESS_MAX, &a), kept(agent, AGENT_MAX, &a), f);
}

static bool is_good(int64_t began_us, int64_t seen_us, int64_t now_us)
{
	return now_us - began_us < SESSION_TOTAL_S * SECOND_US && now_us - seen_us < SESSION_IDLE_S * SECOND_US;
}

struct seeing {
	char hash[HASH_HEX];
	int64_t now_us;
};

static enum err see(struct app *app, void *ctx, struct arena *a, struct fault *f)
{
	(void)a;
	const struct seeing *s = ctx;
	return q_session_see(app->db, s->hash, s->now_us, f);
}

/* One of the roles in force is among those that demand a second factor. */
static bool demands_totp(const struct actor *who, const char *roles, struct day today)
{
	bool demands = false;
	for (size_t i = 0; i < who->n; i++) {
		if (!grant_in_force(&who->grants[i], today))
			continue;
		const char *key = role_key(who->grants[i].role);
		size_t n = strlen(key);
		for (const char *p = roles; *p; p += strcspn(p, ","), p += *p == ',')
			demands |= strcspn(p, ",") == n && strncmp(p, key, n) == 0;
	}
	return demands;
}

static enum err no_session(struct fault *f)
{
	return FAULT(f, E_NOTFOUND, "session", MSG_SESSION_OVER);
}

enum err account_session(struct app *app, struct writer *w, const char *cookie, int64_t now_us, struct arena *a,
	struct session *ret_session, struct actor *ret_who, struct fault *f)
{
	struct session_user_row row;
	struct actor who;
	char hash[HASH_HEX];
	bool found;
	account_secret_hash(cookie, hash);
	TRY(q_session_user(app->db, hash, a, &found, &row, f));
	if (!found || !is_good(row.began_us, row.seen_us, now_us) || !account_is_open(app, row.closed_on))
		return no_session(f);
	TRY(account_actor_named(app, row.account_id, row.login, row.name, a, &who, f));
	if (now_us - row.seen_us >= SEEN_EVERY_S * SECOND_US) {
		struct seeing seeing = { .now_us = now_us };
		memcpy(seeing.hash, hash, sizeof hash);
		account_later(w, see, &seeing, sizeof seeing);
	}
	who.session = row.id;
	*ret_who = who;
	*ret_session = (struct session){ .id = row.id, .account = row.account_id, .began_us = row.began_us, .seen_us = row.seen_us,
		.address = row.address, .agent = row.agent, .current = true, .must_change = row.must_change == 1,
		.must_totp = !row.totp && row.totp_roles && demands_totp(&who, row.totp_roles, app->today) };
	account_csrf(cookie, ret_session->csrf);
	return OK;
}

/* ---- signing in ---- */

struct entering {
	const struct sign_in *in;
	const char *login;          /* as it is counted */
	int64_t account;
	struct credential_get_row known;
	bool good, by_code;
	int64_t step;               /* of the second factor, -1: none was asked for */
	bool wrong;                 /* the answer: a failure that is counted */
	char cookie[SECRET_TEXT];
};

static enum err wrong(struct app *app, struct entering *e, struct fault *f)
{
	e->wrong = true;
	return attempt_fail(app, e->login, e->in->address, e->in->now_us, f);
}

/* What was proved may have been used up by somebody who was faster, and the login may have to wait by now. */
static enum err enter(struct app *app, void *ctx, struct arena *a, struct fault *f)
{
	struct entering *e = ctx;
	struct credential_get_row now;
	e->wrong = false;
	TRY(attempt_check(app, e->login, e->in->address, e->in->now_us, f));
	if (!e->good)
		return wrong(app, e, f);
	TRY(account_credential(app, e->account, a, &now, f));
	bool same = e->by_code ? text_equal(now.code, e->known.code) : text_equal(now.password, e->known.password);
	if (!same || !text_equal(now.totp, e->known.totp) || (e->step >= 0 && e->step <= now.totp_step))
		return wrong(app, e, f);
	if (e->by_code) {
		now.code = NULL;
		now.must_change = true;
	}
	if (e->step >= 0)
		now.totp_step = e->step;
	if (e->by_code || e->step >= 0)
		TRY(account_keep(app, e->account, &now, f));
	TRY(attempt_clear(app, e->login, f));
	return session_begin(app, e->account, e->in->address, e->in->agent, e->in->now_us, e->cookie, f);
}

static bool is_code(const struct credential_get_row *c, const char *typed, int64_t now_us)
{
	char hash[HASH_HEX];
	account_code_hash(typed, hash);
	return c->code && now_us < c->code_until_us && account_same(hash, c->code);
}

/* The password is tried in any case, so that every answer takes as long. */
static void prove(struct entering *e)
{
	bool password = account_matches(e->known.password, e->in->password);
	e->by_code = !password && is_code(&e->known, e->in->password, e->in->now_us);
	e->good = password || e->by_code;
}

static enum err find(struct app *app, struct entering *e, struct arena *a, struct day *ret_closed, struct fault *f)
{
	struct account_by_login_row row;
	bool found;
	TRY(q_account_by_login(app->db, e->login, a, &found, &row, f));
	*ret_closed = found ? row.closed_on : DAY_NONE;
	e->account = found ? row.id : 0;
	return found ? account_credential(app, row.id, a, &e->known, f) : OK;
}

static enum err is_closed(struct day closed, const char *login, struct fault *f)
{
	char day[DAY_TEXT];
	return FAULT(f, E_FORBIDDEN, NULL, MSG_SIGN_IN_CLOSED, login, day_vi(closed, day));
}

enum err account_sign_in(struct app *app, struct writer *w, const struct sign_in *in, enum sign_in_result *ret,
	char ret_cookie[SECRET_TEXT], struct fault *f)
{
	scoped(arena_done) struct arena a = { 0 };
	struct entering e = { .in = in, .login = account_login_key(in->login, &a), .step = -1 };
	struct day closed;
	bool proved;
	if (strlen(in->password) > ACCOUNT_PASSWORD_MAX * 4)
		return FAULT(f, E_TOOBIG, "password", MSG_TOO_LONG, "200");
	TRY(attempt_check(app, e.login, in->address, in->now_us, f));
	TRY(find(app, &e, &a, &closed, f));
	prove(&e);
	proved = e.good;
	if (e.good && day_known(closed) && !day_before(app->today, closed))
		return is_closed(closed, e.login, f);
	if (e.good && e.known.totp && !in->totp) {
		*ret = SIGN_IN_NEEDS_TOTP;
		return OK;
	}
	if (e.good && e.known.totp) {
		TRY(totp_step_of(app, e.known.totp, in->totp, in->now_us, &e.step, f));
		e.good = e.step >= 0;
	}
	TRY(account_do(w, enter, &e, &a, f));
	if (e.wrong)
		return FAULT(f, E_FORBIDDEN, NULL, proved && e.known.totp ? MSG_SIGN_IN_TOTP_WRONG : MSG_SIGN_IN_WRONG);
	*ret = SIGNED_IN;
	memcpy(ret_cookie, e.cookie, SECRET_TEXT);
	return OK;
}

/* ---- ending ---- */

static enum err drop(struct app *app, void *ctx, struct arena *a, struct fault *f)
{
	(void)a;
	return q_session_drop(app->db, ctx, f);
}

enum err account_sign_out(struct writer *w, const char *cookie, struct fault *f)
{
	scoped(arena_done) struct arena a = { 0 };
	char hash[HASH_HEX];
	account_secret_hash(cookie, hash);
	return account_do(w, drop, hash, &a, f);
}

struct ending {
	int64_t account, session;
};

static enum err end(struct app *app, void *ctx, struct arena *a, struct fault *f)
{
	(void)a;
	const struct ending *e = ctx;
	return e->session ? q_session_drop_id(app->db, e->account, e->session, f) : q_session_drop_others(app->db, e->account, "", f);
}

enum err account_session_end(struct writer *w, int64_t account, int64_t session, struct fault *f)
{
	scoped(arena_done) struct arena a = { 0 };
	return account_do(w, end, &(struct ending){ account, session }, &a, f);
}

enum err account_sessions(struct app *app, int64_t account, const char *cookie, int64_t now_us, struct arena *a, struct session **ret,
	size_t *ret_n, struct fault *f)
{
	struct sessions_of_row *rows;
	struct session *v = NULL;
	size_t rows_n, n = 0, cap = 0;
	char hash[HASH_HEX];
	account_secret_hash(cookie ? cookie : "", hash);
	TRY(q_sessions_of(app->db, account, a, &rows, &rows_n, f));
	for (size_t i = 0; i < rows_n; i++) {
		if (!is_good(rows[i].began_us, rows[i].seen_us, now_us))
			continue;
		*arena_push(a, v, n, cap) = (struct session){ .id = rows[i].id, .account = account, .began_us = rows[i].began_us,
			.seen_us = rows[i].seen_us, .address = rows[i].address, .agent = rows[i].agent, .current = account_same(rows[i].secret, hash) };
	}
	*ret = v;
	*ret_n = n;
	return OK;
}
