/* Cookie headers: no value, or one of those bytes that RFC 6265 allows; standing alone it is the same. */
#include "fuzz.h"

#include "http/form.h"

#include <assert.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	scoped(arena_done) struct arena a = { 0 };
	const char *header = arena_strndup(&a, (const char *)bytes, n), *value = cookie_find(header, "sid", &a);
	if (!value)
		return 0;
	for (const char *p = value; *p; p++)
		assert(*p > ' ' && *p < 127 && !strchr("\",;\\", *p));
	assert(strcmp(cookie_find(arena_printf(&a, "a=b; sid=%s", value), "sid", &a), value) == 0);
	assert(!cookie_find(arena_printf(&a, "%s; sid=%s", header, value), "sid", &a));
	return 0;
}
