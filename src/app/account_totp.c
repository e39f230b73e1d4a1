/* The second factor: time-based codes of six digits (RFC 6238), which every authenticator application makes. */
#include "app/account_impl.h"
#include "app/vault.h"
#include "base/text.h"

#include <assert.h>
#include <liboath/oath.h>
#include <qrencode.h>
#include <sodium.h>
#include <string.h>

enum { SECRET_BYTES = 20, DIGITS = 6, STEP_S = 30, ASIDE = 1 };
static const char PURPOSE[] = "second factor";

/* ---- codes ---- */

static enum err open_secret(struct app *app, const char *sealed, struct arena *a, const char **ret, struct fault *f)
{
	struct vault_key key;
	const void *bytes;
	size_t n;
	TRY(vault_key(app, &key, f));
	TRY(vault_open(&key, PURPOSE, sealed, 0, 0, a, &bytes, &n, f));
	if (n != SECRET_BYTES)
		return FAULT(f, E_STORAGE, "data", MSG_VAULT_SEAL);
	*ret = bytes;
	return OK;
}

static bool fits(const char *secret, int64_t step, const char digits[DIGITS + 1])
{
	char right[DIGITS + 1];
	return oath_totp_generate(secret, SECRET_BYTES, (time_t)(step * STEP_S), STEP_S, 0, DIGITS, right) == OATH_OK &&
		sodium_memcmp(right, digits, DIGITS) == 0;
}

static bool digits_of(const char *typed, char ret[DIGITS + 1])
{
	size_t n = 0;
	for (const char *p = typed; *p; p++) {
		if (*p == ' ')
			continue;
		if (*p < '0' || *p > '9' || n == DIGITS)
			return false;
		ret[n++] = *p;
	}
	ret[n] = '\0';
	return n == DIGITS;
}

enum err totp_step_of(struct app *app, const char *sealed, const char *typed, int64_t now_us, int64_t *ret, struct fault *f)
{
	scoped(arena_done) struct arena a = { 0 };
	const char *secret;
	char digits[DIGITS + 1];
	int64_t now = now_us / 1000000 / STEP_S, found = -1;
	TRY(open_secret(app, sealed, &a, &secret, f));
	if (digits_of(typed, digits))
		for (int64_t step = now - ASIDE; step <= now + ASIDE; step++)
			if (fits(secret, step, digits))
				found = step;
	*ret = found;
	return OK;
}

/* ---- setting up ---- */

/* RFC 4648; "JBSWY3DP", and "JBSW Y3DP" where it is to be typed by hand. */
static const char *base32_of(const unsigned char secret[SECRET_BYTES], bool in_groups, struct arena *a)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
	struct text t = TEXT(a);
	static_assert(SECRET_BYTES % 5 == 0, "no padding");
	for (size_t i = 0; i < SECRET_BYTES * 8 / 5; i++) {
		size_t at = i * 5 / 8, shift = i * 5 % 8;
		unsigned two = (unsigned)secret[at] << 8 | (at + 1 < SECRET_BYTES ? secret[at + 1] : 0);
		if (in_groups && i && i % 4 == 0)
			text_addc(&t, ' ');
		text_addc(&t, letters[two >> (11 - shift) & 31]);
	}
	return text_str(&t);
}

static enum err draw(const char *uri, struct arena *a, struct totp_start *ret, struct fault *f)
{
	QRcode *code = QRcode_encodeString8bit(uri, 0, QR_ECLEVEL_M);
	if (!code)
		return FAULT(f, E_INTERNAL, NULL, MSG_INTERNAL, "QRcode_encodeString8bit");
	size_t n = (size_t)code->width * (size_t)code->width;
	unsigned char *modules = arena_alloc(a, n);
	for (size_t i = 0; i < n; i++)
		modules[i] = code->data[i] & 1;
	ret->modules = modules;
	ret->size = code->width;
	QRcode_free(code);
	return OK;
}

struct starting {
	int64_t account;
	const char *sealed;
};

static enum err keep_new(struct app *app, void *ctx, struct arena *a, struct fault *f)
{
	const struct starting *s = ctx;
	struct credential_get_row row;
	TRY(account_credential(app, s->account, a, &row, f));
	row.totp_new = s->sealed;
	return account_keep(app, s->account, &row, f);
}

enum err account_totp_start(struct app *app, struct writer *w, const struct actor *who, struct arena *a, struct totp_start *ret,
	struct fault *f)
{
	unsigned char secret[SECRET_BYTES];
	struct totp_start start = { 0 };
	struct vault_key key;
	TRY(vault_key(app, &key, f));
	randombytes_buf(secret, sizeof secret);
	start.secret = base32_of(secret, true, a);
	start.uri = arena_printf(a, "otpauth://totp/Nguon:%s?secret=%s&issuer=Nguon&algorithm=SHA1&digits=%d&period=%d", who->login,
		base32_of(secret, false, a), DIGITS, STEP_S);
	TRY(draw(start.uri, a, &start, f));
	struct starting s = { who->account, vault_seal(&key, PURPOSE, secret, sizeof secret, 0, a) };
	sodium_memzero(secret, sizeof secret);
	TRY(account_do(w, keep_new, &s, a, f));
	*ret = start;
	return OK;
}

struct confirming {
	const struct actor *who;
	const char *sealed;
	int64_t step;
};

/* The other sessions were begun without the second factor. */
static enum err confirm(struct app *app, void *ctx, struct arena *a, struct fault *f)
{
	const struct confirming *c = ctx;
	struct credential_get_row row;
	TRY(account_credential(app, c->who->account, a, &row, f));
	if (!text_equal(row.totp_new, c->sealed))
		return FAULT(f, E_CONFLICT, "code", MSG_TOTP_NOT_STARTED);
	row.totp = c->sealed;
	row.totp_new = NULL;
	row.totp_step = c->step;
	TRY(account_keep(app, c->who->account, &row, f));
	return q_session_drop_but(app->db, c->who->account, c->who->session, f);
}

enum err account_totp_confirm(struct app *app, struct writer *w, const struct actor *who, const char *code, int64_t now_us, struct fault *f)
{
	scoped(arena_done) struct arena a = { 0 };
	struct credential_get_row row;
	int64_t step;
	TRY(account_credential(app, who->account, &a, &row, f));
	if (!row.totp_new)
		return FAULT(f, E_CONFLICT, "code", MSG_TOTP_NOT_STARTED);
	TRY(totp_step_of(app, row.totp_new, code, now_us, &step, f));
	if (step < 0)
		return FAULT(f, E_INVALID, "code", MSG_TOTP_CODE);
	struct confirming c = { who, row.totp_new, step };
	return account_do(w, confirm, &c, &a, f);
}

/* ---- removing ---- */

static enum err forget(struct app *app, void *ctx, struct arena *a, struct fault *f)
{
	const struct actor *who = ctx;
	struct credential_get_row row;
	TRY(account_credential(app, who->account, a, &row, f));
	row.totp = row.totp_new = NULL;
	return account_keep(app, who->account, &row, f);
}

enum err account_totp_remove(struct app *app, struct writer *w, const struct actor *who, const char *password, struct fault *f)
{
	scoped(arena_done) struct arena a = { 0 };
	struct credential_get_row row;
	struct actor own = *who;
	TRY(account_credential(app, who->account, &a, &row, f));
	if (!account_matches(row.password, password))
		return FAULT(f, E_INVALID, "password", MSG_PASSWORD_OLD);
	return account_do(w, forget, &own, &a, f);
}

enum err account_has_totp(struct app *app, int64_t account, bool *ret, struct fault *f)
{
	scoped(arena_done) struct arena a = { 0 };
	struct credential_get_row row;
	TRY(account_credential(app, account, &a, &row, f));
	*ret = row.totp != NULL;
	return OK;
}
