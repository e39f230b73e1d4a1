#include "web/seal.h"
#include "web/web_impl.h"

#include <string.h>

const char *seal_make(const struct visit *v, const char *purpose, const char *text)
{
	return vault_seal(&v->web->key, purpose, text, strlen(text), v->now_us, v->a);
}

char *seal_open(const struct visit *v, const char *purpose, const char *sealed)
{
	const void *bytes;
	size_t n;
	if (vault_open(&v->web->key, purpose, sealed, SEAL_S, v->now_us, v->a, &bytes, &n, NULL) != OK)
		return NULL;
	return arena_strndup(v->a, bytes, n);
}
