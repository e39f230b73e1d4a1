/* Tokens for programs: named, for a time, and with less than their owner may. */
#include "app/account_impl.h"
#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

enum { TOKENS_MAX = 20, DAYS_MAX = 366, NAME_MAX_CHARS = 60, USED_EVERY_S = 60 };
static const int64_t SECOND_US = 1000000, DAY_US = INT64_C(24) * 3600 * 1000000;
static const char PREFIX[] = "nguon_";

/* No token manages accounts, other people's or its owner's: whoever steals one must not be able to stay. */
#define BIT(name) (1u << PERM_##name)
static const struct {
	const char *key;
	uint32_t mask;
} scopes[TOKEN_SCOPE__COUNT] = {
	[TOKEN_FIGURES] = { "figures", BIT(FIGURES) },
	[TOKEN_READ] = { "read", BIT(FIGURES) | BIT(PEOPLE) | BIT(FILE) | BIT(JOURNAL) },
	[TOKEN_WRITE] = { "write", ~(BIT(USERS) | BIT(SELF)) },
};
#undef BIT

const char *token_scope_key(enum token_scope s)
{
	return s < TOKEN_SCOPE__COUNT ? scopes[s].key : "";
}

static bool scope_find(const char *key, enum token_scope *ret)
{
	for (enum token_scope s = 0; s < TOKEN_SCOPE__COUNT; s++) {
		if (strcmp(scopes[s].key, key) == 0) {
			*ret = s;
			return true;
		}
	}
	return false;
}

/* ---- making ---- */

struct making {
	int64_t account, now_us, until_us;
	const char *name, *scope, *hash;
};

static enum err make(struct app *app, void *ctx, struct arena *a, struct fault *f)
{
	const struct making *m = ctx;
	struct tokens_of_row *rows;
	size_t n;
	TRY(q_tokens_drop_old(app->db, m->now_us, f));
	TRY(q_tokens_of(app->db, m->account, a, &rows, &n, f));
	if (n >= TOKENS_MAX)
		return FAULT(f, E_TOOBIG, "name", MSG_TOKEN_MANY, arena_printf(a, "%zu", n));
	return q_token_insert(app->db, m->hash, m->account, m->name, m->scope, m->now_us, m->until_us, f);
}

static enum err check_wish(const char *name, const char *scope, int64_t days, struct arena *a, struct fault *f)
{
	enum token_scope s;
	if (!*name)
		return FAULT(f, E_INVALID, "name", MSG_REQUIRED);
	if (utf8_length(name) > NAME_MAX_CHARS)
		return FAULT(f, E_TOOBIG, "name", MSG_TOO_LONG, arena_printf(a, "%d", NAME_MAX_CHARS));
	if (!scope_find(scope, &s))
		return FAULT(f, E_INVALID, "scope", MSG_TOKEN_SCOPE, scope, "figures, read, write");
	if (days < 1 || days > DAYS_MAX)
		return FAULT(f, E_INVALID, "days", MSG_TOKEN_DAYS, arena_printf(a, "%d", DAYS_MAX));
	return OK;
}

enum err account_token_make(struct app *app, struct writer *w, const struct actor *who, const char *name, const char *scope, int64_t days,
	int64_t now_us, char ret_token[SECRET_TEXT], struct fault *f)
{
	scoped(arena_done) struct arena a = { 0 };
	char secret[SECRET_TEXT], token[SECRET_TEXT], hash[HASH_HEX];
	(void)app;
	if (!utf8_valid(name, strlen(name)))
		return FAULT(f, E_INVALID, "name", MSG_NOT_UTF8);
	name = utf8_clean(&a, name);
	TRY(check_wish(name, scope, days, &a, f));
	account_secret(secret);
	(void)snprintf(token, sizeof token, "%s%.40s", PREFIX, secret); /* 240 bits are left */
	account_secret_hash(token, hash);
	struct making m = { who->account, now_us, now_us + days * DAY_US, name, scope, hash };
	TRY(account_do(w, make, &m, &a, f));
	memcpy(ret_token, token, SECRET_TEXT);
	return OK;
}

/* ---- using ---- */

struct using {
	int64_t token, now_us;
};

static enum err use(struct app *app, void *ctx, struct arena *a, struct fault *f)
{
	(void)a;
	const struct using *u = ctx;
	return q_token_use(app->db, u->token, u->now_us, f);
}

enum err account_token(struct app *app, struct writer *w, const char *token, int64_t now_us, struct arena *a, struct actor *ret_who,
	struct fault *f)
{
	struct token_by_secret_row row;
	struct actor who;
	enum token_scope scope;
	char hash[HASH_HEX];
	bool found, open;
	account_secret_hash(token, hash);
	TRY(q_token_by_secret(app->db, hash, a, &found, &row, f));
	if (!found || now_us >= row.until_us || !scope_find(row.scope, &scope))
		return FAULT(f, E_NOTFOUND, "token", MSG_TOKEN_UNKNOWN);
	TRY(account_actor(app, row.account_id, a, &who, &open, f));
	if (!open)
		return FAULT(f, E_NOTFOUND, "token", MSG_TOKEN_UNKNOWN);
	if (now_us - row.used_us >= USED_EVERY_S * SECOND_US)
		account_later(w, use, &(struct using){ row.id, now_us }, sizeof(struct using));
	who.mask = scopes[scope].mask;
	*ret_who = who;
	return OK;
}

enum err account_tokens(struct app *app, int64_t account, int64_t now_us, struct arena *a, struct token **ret, size_t *ret_n,
	struct fault *f)
{
	struct tokens_of_row *rows;
	struct token *v = NULL;
	size_t rows_n, n = 0, cap = 0;
	TRY(q_tokens_of(app->db, account, a, &rows, &rows_n, f));
	for (size_t i = 0; i < rows_n; i++) {
		struct token t = { .id = rows[i].id, .name = rows[i].name, .made_us = rows[i].made_us, .used_us = rows[i].used_us,
			.until_us = rows[i].until_us };
		if (scope_find(rows[i].scope, &t.scope) && now_us < t.until_us)
			*arena_push(a, v, n, cap) = t;
	}
	*ret = v;
	*ret_n = n;
	return OK;
}

struct dropping {
	int64_t account, token;
};

static enum err drop(struct app *app, void *ctx, struct arena *a, struct fault *f)
{
	(void)a;
	const struct dropping *d = ctx;
	return q_token_drop(app->db, d->account, d->token, f);
}

enum err account_token_end(struct writer *w, int64_t account, int64_t token, struct fault *f)
{
	scoped(arena_done) struct arena a = { 0 };
	return account_do(w, drop, &(struct dropping){ account, token }, &a, f);
}
