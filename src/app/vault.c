#include "app/vault.h"
#include "base/hash.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

enum { SEALED_MAX = 4 << 20, INSTANT = 8, TRIES = 3 };
enum { SEAL_OVERHEAD = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + INSTANT };

static_assert(VAULT_KEY == crypto_secretbox_KEYBYTES, "one key for both");

/* A key for each purpose. */
static void key_for(const struct vault_key *key, const char *purpose, unsigned char ret[VAULT_KEY])
{
	(void)crypto_generichash(ret, VAULT_KEY, (const unsigned char *)purpose, strlen(purpose), key->v, VAULT_KEY);
}

/* ---- the file ---- */

static enum err no_file(const char *path, int error, struct fault *f)
{
	char buf[96];
	return FAULT(f, E_STORAGE, "data", MSG_VAULT_FILE, path, strerror_r(error, buf, sizeof buf));
}

static enum err read_key(const char *path, struct vault_key *ret, bool *ret_there, struct fault *f)
{
	unsigned char bytes[VAULT_KEY + 1];
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (fd < 0 && errno == ENOENT) {
		*ret_there = false;
		return OK;
	}
	if (fd < 0)
		return no_file(path, errno, f);
	ssize_t n = read(fd, bytes, sizeof bytes);
	(void)close(fd);
	if (n != VAULT_KEY)
		return FAULT(f, E_STORAGE, "data", MSG_VAULT_NOT_KEY, path);
	memcpy(ret->v, bytes, VAULT_KEY);
	sodium_memzero(bytes, sizeof bytes);
	*ret_there = true;
	return OK;
}

static int write_file(const char *path, const struct vault_key *key)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0)
		return errno;
	bool whole = write(fd, key->v, VAULT_KEY) == VAULT_KEY && fsync(fd) == 0;
	int error = whole ? 0 : errno ? errno : EIO;
	(void)close(fd);
	return error;
}

/* Written under another name and then linked, so that nobody ever reads half a key, and the first of two processes wins. */
static enum err make_key(const struct app *app, const char *path, struct fault *f)
{
	scoped(arena_done) struct arena a = { 0 };
	struct vault_key key;
	randombytes_buf(key.v, sizeof key.v);
	const char *own = arena_printf(&a, "%s/secret.key.%08x%08x", app->dir, randombytes_random(), randombytes_random());
	int error = write_file(own, &key);
	if (!error && link(own, path) != 0 && errno != EEXIST)
		error = errno;
	(void)unlink(own);
	sodium_memzero(&key, sizeof key);
	return error ? no_file(path, error, f) : OK;
}

static enum err find_key(const char *path, struct vault_key *ret, bool *ret_there, struct fault *f)
{
	if (sodium_init() < 0)
		return FAULT(f, E_INTERNAL, NULL, MSG_INTERNAL, "sodium_init");
	return read_key(path, ret, ret_there, f);
}

static enum err find_or_make_key(const struct app *app, const char *path, struct vault_key *ret, struct fault *f)
{
	bool there;
	for (int i = 0; i < TRIES; i++) {
		TRY(find_key(path, ret, &there, f));
		if (there)
			return OK;
		TRY(make_key(app, path, f));
	}
	return no_file(path, ENOENT, f);
}

/* ---- the database's fingerprint of it ---- */

static const char MARK[] = "key_mark";

/* It tells nothing of a key of 256 random bits. */
static void mark_of(const struct vault_key *key, char ret[HASH_HEX])
{
	unsigned char own[VAULT_KEY];
	key_for(key, "fingerprint", own);
	(void)sodium_bin2hex(ret, HASH_HEX, own, sizeof own);
}

/* Where the database knows a key, no other one is made, nor taken. */
static enum err known_key(const char *path, const char *mark, struct vault_key *ret, struct fault *f)
{
	char found[HASH_HEX];
	bool there;
	TRY(find_key(path, ret, &there, f));
	if (!there)
		return FAULT(f, E_STORAGE, "data", MSG_VAULT_LOST, path);
	mark_of(ret, found);
	return strcmp(found, mark) == 0 ? OK : FAULT(f, E_STORAGE, "data", MSG_VAULT_OTHER, path);
}

enum err vault_key(struct app *app, struct vault_key *ret, struct fault *f)
{
	scoped(arena_done) struct arena a = { 0 };
	const char *mark;
	assert(app->dir);
	const char *path = arena_printf(&a, "%s/secret.key", app->dir);
	TRY(app_setting(app, MARK, &a, &mark, f));
	return *mark ? known_key(path, mark, ret, f) : find_or_make_key(app, path, ret, f);
}

enum err vault_claim(struct app *app, bool anew, struct fault *f)
{
	scoped(arena_done) struct arena a = { 0 };
	struct vault_key key;
	char mark[HASH_HEX];
	assert(app->dir && app->in_transaction);
	if (anew)
		TRY(find_or_make_key(app, arena_printf(&a, "%s/secret.key", app->dir), &key, f));
	else
		TRY(vault_key(app, &key, f));
	mark_of(&key, mark);
	sodium_memzero(&key, sizeof key);
	return app_setting_put(app, MARK, mark, f);
}

/* ---- sealing ---- */

static void put_instant(unsigned char *p, int64_t us)
{
	for (int i = 0; i < INSTANT; i++)
		p[i] = (unsigned char)((uint64_t)us >> (8 * i));
}

static int64_t instant_at(const unsigned char *p)
{
	uint64_t us = 0;
	for (int i = 0; i < INSTANT; i++)
		us |= (uint64_t)p[i] << (8 * i);
	return (int64_t)us;
}

const char *vault_seal(const struct vault_key *key, const char *purpose, const void *bytes, size_t n, int64_t now_us, struct arena *a)
{
	unsigned char own[VAULT_KEY];
	unsigned char *plain = arena_alloc(a, INSTANT + n), *sealed = arena_alloc(a, SEAL_OVERHEAD + n);
	size_t room = sodium_base64_encoded_len(SEAL_OVERHEAD + n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	put_instant(plain, now_us);
	if (n)
		memcpy(plain + INSTANT, bytes, n);
	key_for(key, purpose, own);
	randombytes_buf(sealed, crypto_secretbox_NONCEBYTES);
	(void)crypto_secretbox_easy(sealed + crypto_secretbox_NONCEBYTES, plain, INSTANT + n, sealed, own);
	sodium_memzero(plain, INSTANT + n);
	return sodium_bin2base64(arena_alloc(a, room), room, sealed, SEAL_OVERHEAD + n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

static enum err unsealed(const struct vault_key *key, const char *purpose, const char *text, struct arena *a, unsigned char **ret,
	size_t *ret_n, struct fault *f)
{
	unsigned char own[VAULT_KEY];
	size_t length = strnlen(text, SEALED_MAX + 1), n;
	if (length > SEALED_MAX)
		return FAULT(f, E_INVALID, "seal", MSG_VAULT_SEAL);
	unsigned char *sealed = arena_alloc(a, length), *plain = arena_alloc(a, length + 1);
	if (sodium_base642bin(sealed, length, text, length, NULL, &n, NULL, sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0 || n < SEAL_OVERHEAD)
		return FAULT(f, E_INVALID, "seal", MSG_VAULT_SEAL);
	key_for(key, purpose, own);
	if (crypto_secretbox_open_easy(plain, sealed + crypto_secretbox_NONCEBYTES, n - crypto_secretbox_NONCEBYTES, sealed, own) != 0)
		return FAULT(f, E_INVALID, "seal", MSG_VAULT_SEAL);
	*ret = plain;
	*ret_n = n - crypto_secretbox_NONCEBYTES - crypto_secretbox_MACBYTES;
	return OK;
}

enum err vault_open(const struct vault_key *key, const char *purpose, const char *sealed, int64_t max_age_s, int64_t now_us,
	struct arena *a, const void **ret, size_t *ret_n, struct fault *f)
{
	unsigned char *plain;
	size_t n;
	TRY(unsealed(key, purpose, sealed, a, &plain, &n, f));
	if (max_age_s && now_us - instant_at(plain) > max_age_s * 1000000)
		return FAULT(f, E_INVALID, "seal", MSG_VAULT_OLD);
	plain[n] = '\0';
	*ret = plain + INSTANT;
	*ret_n = n - INSTANT;
	return OK;
}
