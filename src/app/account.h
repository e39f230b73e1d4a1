/* Accounts: how people prove who they are. That an account exists, and its roles, are operations and stand in the journal (account_open,
 * account_close, account_reset, role_grant, role_end, policy_set). Secrets (passwords, codes, sessions, tokens) are not: they live in
 * tables that the journal knows nothing of.
 *
 * Argon2id takes about 100 ms and 64 MiB, so at most ACCOUNT_HASHES_AT_ONCE run; it never runs on the writer's thread. Session ids and
 * tokens are stored as hashes only. */
#pragma once

#include "app/access.h"
#include "app/writer.h"

enum {
	ACCOUNT_HASHES_AT_ONCE = 2,
	ACCOUNT_PASSWORD_MIN = 10, /* characters */
	ACCOUNT_PASSWORD_MAX = 200,
	ACCOUNT_TRIES = 5,         /* wrong ones before an account waits: 1 minute, doubled each time, at most 60 */
	ACCOUNT_ADDRESS_TRIES = 20,/* wrong ones from one address in 10 minutes, whatever the account */
	SESSION_IDLE_S = 3600, SESSION_TOTAL_S = 12 * 3600,
	ACCOUNT_CODE_S = 24 * 3600,/* how long a one-time code is good */
	SECRET_TEXT = 48,          /* room for a session id, token or CSRF value as text */
};

/* A session that is still good. */
struct session {
	int64_t id;                /* public, for lists */
	int64_t account;
	char csrf[SECRET_TEXT];
	int64_t began_us, seen_us;
	const char *address, *agent;
	bool current;              /* in lists: the one that asks */
	bool must_change;          /* password was given by somebody else: change it before anything else */
	bool must_totp;            /* a role demands a second factor that is not set up yet */
};

struct sign_in {
	const char *login, *password;
	const char *totp;          /* NULL: not asked yet */
	const char *address, *agent;
	int64_t now_us;
};

enum sign_in_result { SIGNED_IN, SIGN_IN_NEEDS_TOTP };

/* E_FORBIDDEN for a wrong pair (the same sentence whether the account exists or not, after the same time), a locked account or address
 * (says for how long), a closed account. On SIGNED_IN ret_cookie is the new session's secret. `app` reads on the caller's thread; what
 * changes goes through the writer. A one-time code works as the password once, and then must_change is set. */
enum err account_sign_in(struct app *app, struct writer *w, const struct sign_in *in, enum sign_in_result *ret,
	char ret_cookie[SECRET_TEXT], struct fault *f) MUST_CHECK;

/* The session of a cookie, and who it is. E_NOTFOUND when it is unknown, idle or too old. Moves seen_us (at most once a minute, through the
 * writer). */
enum err account_session(struct app *app, struct writer *w, const char *cookie, int64_t now_us, struct arena *a,
	struct session *ret_session, struct actor *ret_who, struct fault *f) MUST_CHECK;
enum err account_sign_out(struct writer *w, const char *cookie, struct fault *f) MUST_CHECK;
enum err account_sessions(struct app *app, int64_t account, const char *cookie, int64_t now_us, struct arena *a, struct session **ret,
	size_t *ret_n, struct fault *f) MUST_CHECK;
enum err account_session_end(struct writer *w, int64_t account, int64_t session, struct fault *f) MUST_CHECK; /* 0: all of them */

/* Ends all other sessions; the caller gets a new cookie. Refuses short ones, ones that hold the login or name, and the commonest. Whoever
 * came in with a one-time code (must_change) is not asked for the old password: NULL. */
enum err account_password(struct app *app, struct writer *w, const struct actor *who, const char *cookie, const char *old_password,
	const char *new_password, int64_t now_us, char ret_cookie[SECRET_TEXT], struct fault *f) MUST_CHECK;

/* A one-time code for an account, to be handed over by a person; ends its sessions, and takes its password and its second factor away. Asks
 * nobody whether they may: the operation account_reset comes first, and says so in the journal. */
enum err account_code(struct app *app, struct writer *w, int64_t account, int64_t now_us, char ret_code[SECRET_TEXT],
	struct fault *f) MUST_CHECK;

/* The first administrator. account_setup_code: makes and keeps (hashed) a code while nobody holds the role; "" when somebody does. */
enum err account_setup_code(struct app *app, struct writer *w, char ret_code[SECRET_TEXT], struct fault *f) MUST_CHECK;
enum err account_setup_open(struct app *app, bool *ret, struct fault *f) MUST_CHECK;
struct setup_in { const char *code, *login, *name, *password, *address; int64_t now_us; };
enum err account_setup(struct app *app, struct writer *w, const struct setup_in *in, struct fault *f) MUST_CHECK;

/* ---- second factor ---- */
/* A new secret as an otpauth:// address, the modules of its QR code, and text in groups; not in force until confirmed with a code. Ends the
 * other sessions when it is. */
struct totp_start {
	const char *secret;        /* base32 in groups of four */
	const char *uri;
	const unsigned char *modules; /* size*size, 1 = dark */
	int size;
};
enum err account_totp_start(struct app *app, struct writer *w, const struct actor *who, struct arena *a, struct totp_start *ret,
	struct fault *f) MUST_CHECK;
enum err account_totp_confirm(struct app *app, struct writer *w, const struct actor *who, const char *code, int64_t now_us,
	struct fault *f) MUST_CHECK;
enum err account_totp_remove(struct app *app, struct writer *w, const struct actor *who, const char *password, struct fault *f) MUST_CHECK;
enum err account_has_totp(struct app *app, int64_t account, bool *ret, struct fault *f) MUST_CHECK;

/* ---- tokens for programs ---- */
enum token_scope { TOKEN_FIGURES, TOKEN_READ, TOKEN_WRITE, TOKEN_SCOPE__COUNT }; /* each holds what the one before holds */
const char *token_scope_key(enum token_scope s);
struct token {
	int64_t id;
	const char *name;
	enum token_scope scope;
	int64_t made_us, used_us, until_us; /* used: 0 never */
};
enum err account_token_make(struct app *app, struct writer *w, const struct actor *who, const char *name, const char *scope, int64_t days,
	int64_t now_us, char ret_token[SECRET_TEXT], struct fault *f) MUST_CHECK;
enum err account_tokens(struct app *app, int64_t account, int64_t now_us, struct arena *a, struct token **ret, size_t *ret_n,
	struct fault *f) MUST_CHECK;
enum err account_token_end(struct writer *w, int64_t account, int64_t token, struct fault *f) MUST_CHECK;
enum err account_token(struct app *app, struct writer *w, const char *token, int64_t now_us, struct arena *a, struct actor *ret_who,
	struct fault *f) MUST_CHECK;

/* ---- lists ---- */
struct account_row {
	int64_t id;
	const char *login, *name;
	bool closed, has_totp, locked;
	int64_t seen_us;           /* last session, 0: never */
	struct grant *grants;
	size_t n;
};
enum err account_list(struct app *app, struct arena *a, struct account_row **ret, size_t *ret_n, struct fault *f) MUST_CHECK;
/* E_NOTFOUND. */
enum err account_find(struct app *app, const char *login, struct arena *a, struct account_row *ret,
	struct fault *f) MUST_CHECK;

/* Sets a password outright; for made-up installations only (the demo), not offered to users. */
enum err account_set_password(struct app *app, int64_t account, const char *password, struct fault *f) MUST_CHECK;
