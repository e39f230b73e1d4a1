#include "base/hash.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

static_assert(sizeof(crypto_generichash_state) <= HASH_STATE, "room for libsodium's state");
static_assert(_Alignof(crypto_generichash_state) <= HASH_ALIGN, "alignment of libsodium's state");

static crypto_generichash_state *state(struct hash *h)
{
	uintptr_t skip = -(uintptr_t)h->room % HASH_ALIGN;
	return (crypto_generichash_state *)(h->room + skip);
}

void hash_init(struct hash *h)
{
	(void)crypto_generichash_init(state(h), NULL, 0, HASH_SIZE);
}

void hash_bytes(struct hash *h, const void *p, size_t n)
{
	(void)crypto_generichash_update(state(h), p, n);
}

void hash_int(struct hash *h, int64_t v)
{
	unsigned char bytes[8];
	for (int i = 0; i < 8; i++)
		bytes[i] = (unsigned char)((uint64_t)v >> (8 * i));
	hash_bytes(h, bytes, sizeof bytes);
}

void hash_text(struct hash *h, const char *s)
{
	hash_int(h, s ? (int64_t)strlen(s) : -1);
	if (s)
		hash_bytes(h, s, strlen(s));
}

void hash_hex(struct hash *h, char ret[HASH_HEX])
{
	unsigned char sum[HASH_SIZE];
	(void)crypto_generichash_final(state(h), sum, sizeof sum);
	(void)sodium_bin2hex(ret, HASH_HEX, sum, sizeof sum);
}
