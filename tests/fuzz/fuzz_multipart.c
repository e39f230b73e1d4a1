/* First line: the content type; behind it a multipart body. Refused, or fields and files that lie inside of the body. */
#include "fuzz.h"

#include "form_check.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	scoped(arena_done) struct arena a = { 0 };
	struct fault f = { 0 };
	struct form form = { 0 };
	const uint8_t *line = n ? memchr(bytes, '\n', n) : NULL;
	if (!line || memchr(bytes, '\0', (size_t)(line - bytes)))
		return 0;
	const char *type = arena_strndup(&a, (const char *)bytes, (size_t)(line - bytes)), *body = (const char *)line + 1;
	size_t body_n = n - (size_t)(line + 1 - bytes);
	enum err e = form_read_multipart(type, body, body_n, &a, &form, &f);
	assert(e == f.code && (e == OK || e == E_INVALID || e == E_TOOBIG));
	form_check(&form);
	for (size_t i = 0; i < form.n; i++) {
		const struct form_field *field = &form.v[i];
		if (!field->filename)
			continue;
		assert(field->bytes >= body && field->bytes + field->n <= body + body_n && !*field->value);
		assert(!strpbrk(field->filename, "/\\\r\n") && utf8_valid(field->filename, strlen(field->filename)));
	}
	return 0;
}
