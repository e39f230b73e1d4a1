#include "app/account_impl.h"

#include <assert.h>
#include <ctype.h>
#include <pthread.h>
#include <sodium.h>
#include <string.h>

/* About 100 ms on the machines this runs on. */
enum { OPS = 2, MEMORY = 64 << 20 };

static_assert(ACCOUNT_PASSWORD_HASH >= crypto_pwhash_STRBYTES, "room for libsodium's string");

/* ---- how many at once ---- */

/* The memory that is to be bounded is the machine's: whatever threads, writers and installations a process has, they share one gate. */
static struct gate {
	pthread_mutex_t lock;
	pthread_cond_t left;
	int inside;
} gate = { PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, 0 };

static void enter(void)
{
	(void)pthread_mutex_lock(&gate.lock);
	while (gate.inside >= ACCOUNT_HASHES_AT_ONCE)
		(void)pthread_cond_wait(&gate.left, &gate.lock);
	gate.inside++;
	(void)pthread_mutex_unlock(&gate.lock);
}

static void leave(void)
{
	(void)pthread_mutex_lock(&gate.lock);
	gate.inside--;
	(void)pthread_cond_signal(&gate.left);
	(void)pthread_mutex_unlock(&gate.lock);
}

/* ---- passwords ---- */

enum err account_hash(const char *password, char ret[ACCOUNT_PASSWORD_HASH], struct fault *f)
{
	enter();
	int failed = crypto_pwhash_str_alg(ret, password, strlen(password), OPS, MEMORY, crypto_pwhash_ALG_ARGON2ID13);
	leave();
	return failed ? FAULT(f, E_INTERNAL, NULL, MSG_INTERNAL, "crypto_pwhash_str") : OK;
}

static void as_long(const char *password)
{
	static const unsigned char salt[crypto_pwhash_SALTBYTES] = { 0 };
	unsigned char unused[32];
	(void)!crypto_pwhash(unused, sizeof unused, password, strlen(password), salt, OPS, MEMORY, crypto_pwhash_ALG_ARGON2ID13);
}

bool account_matches(const char *hash, const char *password)
{
	bool good = false;
	enter();
	if (hash)
		good = crypto_pwhash_str_verify(hash, password, strlen(password)) == 0;
	else
		as_long(password);
	leave();
	return good;
}

/* ---- secrets that nobody can guess ---- */

static void text_of(const unsigned char *bytes, size_t n, char ret[SECRET_TEXT])
{
	(void)sodium_bin2base64(ret, SECRET_TEXT, bytes, n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

void account_secret(char ret[SECRET_TEXT])
{
	unsigned char bytes[32];
	randombytes_buf(bytes, sizeof bytes);
	text_of(bytes, sizeof bytes, ret);
	sodium_memzero(bytes, sizeof bytes);
}

void account_secret_hash(const char *secret, char ret[HASH_HEX])
{
	struct hash h;
	hash_init(&h);
	hash_text(&h, "nguon secret");
	hash_text(&h, secret);
	hash_hex(&h, ret);
}

bool account_same(const char *hash_x, const char *hash_y)
{
	return strlen(hash_x) == HASH_HEX - 1 && strlen(hash_y) == HASH_HEX - 1 && sodium_memcmp(hash_x, hash_y, HASH_HEX - 1) == 0;
}

void account_csrf(const char *cookie, char ret[SECRET_TEXT])
{
	unsigned char bytes[24];
	static const char purpose[] = "csrf";
	(void)crypto_generichash(bytes, sizeof bytes, (const unsigned char *)cookie, strlen(cookie), (const unsigned char *)purpose,
		sizeof purpose - 1);
	text_of(bytes, sizeof bytes, ret);
}

/* ---- codes that are read out ---- */

void account_new_code(char ret[SECRET_TEXT])
{
	static const char letters[] = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"; /* 32 without I, O, 0 and 1: five bits each */
	size_t at = 0;
	for (int i = 0; i < ACCOUNT_CODE_CHARS; i++) {
		if (i && i % 4 == 0)
			ret[at++] = '-';
		ret[at++] = letters[randombytes_uniform(sizeof letters - 1)];
	}
	ret[at] = '\0';
}

void account_code_hash(const char *typed, char ret[HASH_HEX])
{
	char plain[ACCOUNT_CODE_CHARS + 2];
	size_t n = 0;
	for (const char *p = typed; *p && n < sizeof plain - 1; p++)
		if (*p != ' ' && *p != '-')
			plain[n++] = (char)toupper((unsigned char)*p);
	plain[n] = '\0';
	account_secret_hash(plain, ret);
}
