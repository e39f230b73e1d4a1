/* Query strings and urlencoded bodies: refused, or fields that mean the same when they are encoded again. */
#include "fuzz.h"

#include "base/text.h"
#include "form_check.h"

static const char *encode(const struct form *form, struct arena *a)
{
	struct text t = TEXT(a);
	for (size_t i = 0; i < form->n; i++)
		text_addf(&t, "%s=%s&", url_encode(form->v[i].name, a), url_encode(form->v[i].value, a));
	return text_str(&t);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	scoped(arena_done) struct arena a = { 0 };
	struct fault f = { 0 };
	struct form form = { 0 }, again = { 0 };
	enum err e = form_read((const char *)bytes, n, &a, &form, &f);
	assert(e == f.code && (e == OK || e == E_INVALID || e == E_TOOBIG));
	form_check(&form);
	const char *text = encode(&form, &a);
	e = form_read(text, strlen(text), &a, &again, &f);
	assert(e == OK && again.n == form.n);
	for (size_t i = 0; i < form.n; i++)
		assert(strcmp(form.v[i].name, again.v[i].name) == 0 && strcmp(form.v[i].value, again.v[i].value) == 0);
	return 0;
}
