/* Text from outside: whatever encoding it claims, what comes out is valid, composed and stable. */
#include "fuzz.h"

#include "base/utf8.h"

#include <assert.h>
#include <string.h>

static void check_text(struct arena *a, const char *s)
{
	size_t n = strlen(s);
	assert(utf8_valid(s, n));
	const char *clean = utf8_clean(a, s), *fold = vi_fold(a, s);
	assert(utf8_valid(clean, strlen(clean)) && utf8_valid(fold, strlen(fold)));
	assert(strcmp(utf8_clean(a, clean), clean) == 0);
	assert(strcmp(vi_fold(a, clean), fold) == 0);
	for (size_t max = 0; max <= n && max < 20; max++)
		assert(utf8_valid(s, utf8_cut(s, n, max)));
	const char *key = vi_name_key(a, clean);
	assert(strspn(key, "0123456789abcdef.") == strlen(key));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	scoped(arena_done) struct arena a = { 0 };
	if (n > 4096)
		return 0;
	for (enum encoding from = 0; from < ENC__COUNT; from++) {
		size_t len = 0;
		const char *s = utf8_from(&a, from, (const char *)bytes, n, &len);
		if (s) {
			assert(len == strlen(s));
			check_text(&a, s);
		}
	}
	if (n == 0 || utf8_valid((const char *)bytes, n))
		check_text(&a, arena_strndup(&a, (const char *)bytes, n));
	return 0;
}
