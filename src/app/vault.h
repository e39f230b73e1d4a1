/* Secrets of an installation: its key, and texts sealed with it. The key is the file DIR/secret.key (32 bytes, readable by its owner only),
 * made when it is first needed; it is not in the database, so that a copy of the database alone opens nothing. */
#pragma once

#include "app/app.h"

enum { VAULT_KEY = 32 };
struct vault_key {
	unsigned char v[VAULT_KEY];
};

/* The key of app->dir; E_STORAGE with what to do when the file cannot be read or made, is not a key, or not the one that the database
 * knows (vault_claim). Not for one in memory. */
enum err vault_key(struct app *app, struct vault_key *ret, struct fault *f) MUST_CHECK;

/* In a writing transaction: the key of app->dir becomes the key of the database, which keeps a fingerprint of it; every node must have the
 * same. When the database knows another one: E_STORAGE, unless `anew`, after which nothing opens that was sealed before. */
enum err vault_claim(struct app *app, bool anew, struct fault *f) MUST_CHECK;

/* The bytes sealed (XSalsa20-Poly1305) with the instant, as base64url text that needs no quoting in URLs, cookies or HTML. A seal opens
 * only for the purpose that it was made for. */
const char *vault_seal(const struct vault_key *key, const char *purpose, const void *bytes, size_t n, int64_t now_us, struct arena *a);

/* Back again; terminated by NUL behind the n bytes. `max_age_s` 0: of any age. E_INVALID: changed, of another purpose or installation, or
 * too old. */
enum err vault_open(const struct vault_key *key, const char *purpose, const char *sealed, int64_t max_age_s, int64_t now_us,
	struct arena *a, const void **ret, size_t *ret_n, struct fault *f) MUST_CHECK;
