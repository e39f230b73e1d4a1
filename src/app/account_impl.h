/* What the files of accounts share: secrets, counting of failures, and work that goes through the writer. */
#pragma once

#include "app/account.h"
#include "base/hash.h"
#include "store/queries.gen.h"

enum { ACCOUNT_LOGIN_ROOM = 40, ACCOUNT_CODE_CHARS = 16, ACCOUNT_PASSWORD_HASH = 128 };

/* ---- account_hash.c ---- */

/* Argon2id. Waits while as many as may run at once are running. */
enum err account_hash(const char *password, char ret[ACCOUNT_PASSWORD_HASH], struct fault *f) MUST_CHECK;
/* Takes as long for `hash` NULL (there is no such account) as for a real one. */
bool account_matches(const char *hash, const char *password);

void account_secret(char ret[SECRET_TEXT]);                       /* 256 bits, base64url */
void account_secret_hash(const char *secret, char ret[HASH_HEX]); /* what is stored of a secret that nobody can guess */
bool account_same(const char *hash_x, const char *hash_y);        /* in constant time */
void account_new_code(char ret[SECRET_TEXT]);                     /* "K7QM-2XWD-9RTA-HF4C" */
void account_code_hash(const char *typed, char ret[HASH_HEX]);    /* case, blanks and dashes left aside */
void account_csrf(const char *cookie, char ret[SECRET_TEXT]);     /* follows from the session's secret */

/* ---- account_attempt.c ---- */

/* E_FORBIDDEN while the login or the address has to wait. `login` as account_login_key gives it. */
enum err attempt_check(struct app *app, const char *login, const char *address, int64_t now_us, struct fault *f) MUST_CHECK;
enum err attempt_fail(struct app *app, const char *login, const char *address, int64_t now_us, struct fault *f) MUST_CHECK;
enum err attempt_clear(struct app *app, const char *login, struct fault *f) MUST_CHECK;
enum err attempt_is_locked(struct app *app, const char *login, int64_t now_us, bool *ret, struct fault *f) MUST_CHECK;

/* ---- account.c ---- */

/* The login in lower case; "?" for what can be none, so that all of these are counted as one. */
const char *account_login_key(const char *login, struct arena *a);

enum err account_do(struct writer *w, enum err (*task)(struct app *app, void *ctx, struct arena *a, struct fault *f), void *ctx,
	struct arena *a, struct fault *f) MUST_CHECK;

/* A small change that nobody waits for, and that is left undone while the writer has much to do: when somebody was last seen. The n bytes
 * of ctx are copied. */
void account_later(struct writer *w, enum err (*task)(struct app *app, void *ctx, struct arena *a, struct fault *f), const void *ctx,
	size_t n);

/* Nothing kept: an account without any proof. */
enum err account_credential(struct app *app, int64_t account, struct arena *a, struct credential_get_row *ret, struct fault *f) MUST_CHECK;
enum err account_keep(struct app *app, int64_t account, const struct credential_get_row *c, struct fault *f) MUST_CHECK;

bool account_is_open(const struct app *app, struct day closed_on);

/* Who an account of that login and name is today. */
enum err account_actor_named(struct app *app, int64_t account, const char *login, const char *name, struct arena *a, struct actor *ret,
	struct fault *f) MUST_CHECK;

/* The same for any account; *ret_open false: closed. */
enum err account_actor(struct app *app, int64_t account, struct arena *a, struct actor *ret, bool *ret_open, struct fault *f) MUST_CHECK;

/* ---- account_password.c ---- */
enum err account_password_good(const char *login, const char *name, const char *password, struct fault *f) MUST_CHECK;

/* ---- account_session.c ---- */

/* A new session inside a task; ret_cookie is its secret. */
enum err session_begin(struct app *app, int64_t account, const char *address, const char *agent, int64_t now_us,
	char ret_cookie[SECRET_TEXT], struct fault *f) MUST_CHECK;

/* ---- account_totp.c ---- */

/* The time step whose code was typed, now or one step aside; -1: none. `sealed` as in the credential. */
enum err totp_step_of(struct app *app, const char *sealed, const char *typed, int64_t now_us, int64_t *ret,
	struct fault *f) MUST_CHECK;
