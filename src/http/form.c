#include "http/field.h"
#include "http/url.h"

#include "base/utf8.h"

#include <string.h>

/* ---- fields ---- */

/* Control characters but those of `except`: below space, DEL, and U+0080 to U+009F. */
static bool has_control(const char *s, size_t n, const char *except)
{
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)s[i];
		if ((c < ' ' && !(c && strchr(except, c))) || c == 127 || (c == 0xC2 && i + 1 < n && (unsigned char)s[i + 1] < 0xA0))
			return true;
	}
	return false;
}

enum err field_check_name(const char *name, size_t n, struct fault *f)
{
	if (n == 0)
		return FAULT(f, E_INVALID, NULL, MSG_HTTP_FIELD_NO_NAME);
	if (n > FORM_NAME_MAX)
		return FAULT(f, E_TOOBIG, NULL, MSG_HTTP_FIELD_LONG_NAME);
	if (has_control(name, n, ""))
		return FAULT(f, E_INVALID, NULL, MSG_CONTROL_CHARACTER);
	if (!utf8_valid(name, n))
		return FAULT(f, E_INVALID, NULL, MSG_NOT_UTF8);
	return OK;
}

enum err field_push(struct form *form, struct arena *a, const struct form_field *field, struct fault *f)
{
	if (form->n >= FORM_FIELDS_MAX)
		return FAULT(f, E_TOOBIG, NULL, MSG_HTTP_FIELDS_TOO_MANY);
	*arena_push(a, form->v, form->n, form->cap) = *field;
	return OK;
}

enum err field_add(struct form *form, struct arena *a, const char *name, size_t name_n, const char *value, size_t value_n, struct fault *f)
{
	TRY(field_check_name(name, name_n, f));
	const char *known = arena_strndup(a, name, name_n);
	if (value_n > FORM_VALUE_MAX)
		return FAULT(f, E_TOOBIG, known, MSG_HTTP_FIELD_LONG);
	if (has_control(value, value_n, "\t\r\n"))
		return FAULT(f, E_INVALID, known, MSG_CONTROL_CHARACTER);
	if (!utf8_valid(value, value_n))
		return FAULT(f, E_INVALID, known, MSG_NOT_UTF8);
	const struct form_field field = { .name = known, .value = arena_strndup(a, value, value_n) };
	return field_push(form, a, &field, f);
}

/* ---- urlencoded ---- */

/* One "name=value"; between two '&' there may be nothing. */
static enum err read_pair(struct form *form, struct arena *a, const char *pair, size_t n, struct fault *f)
{
	size_t name_n, value_n;
	if (n == 0)
		return OK;
	const char *equals = memchr(pair, '=', n);
	size_t left = equals ? (size_t)(equals - pair) : n, right = equals ? n - left - 1 : 0;
	if (left > 3 * FORM_NAME_MAX || right > 3 * FORM_VALUE_MAX)
		return FAULT(f, E_TOOBIG, NULL, left > 3 * FORM_NAME_MAX ? MSG_HTTP_FIELD_LONG_NAME : MSG_HTTP_FIELD_LONG);
	const char *name = url_decode(pair, left, true, a, &name_n);
	if (!name)
		return FAULT(f, E_INVALID, NULL, MSG_HTTP_PERCENT);
	TRY(field_check_name(name, name_n, f));
	const char *value = url_decode(pair + n - right, right, true, a, &value_n);
	if (!value)
		return FAULT(f, E_INVALID, name, MSG_HTTP_PERCENT);
	return field_add(form, a, name, name_n, value, value_n, f);
}

enum err form_read(const char *bytes, size_t n, struct arena *a, struct form *ret, struct fault *f)
{
	struct form form = { 0 };
	for (const char *p = bytes, *end = bytes + n; p < end;) {
		const char *amp = memchr(p, '&', (size_t)(end - p));
		const char *stop = amp ? amp : end;
		TRY(read_pair(&form, a, p, (size_t)(stop - p), f));
		p = stop + 1;
	}
	*ret = form;
	return OK;
}

/* ---- for those who read ---- */

const struct form_field *form_find(const struct form *form, const char *name)
{
	for (size_t i = 0; i < form->n; i++)
		if (strcmp(form->v[i].name, name) == 0)
			return &form->v[i];
	return NULL;
}

const char *form_get(const struct form *form, const char *name)
{
	const struct form_field *field = form_find(form, name);
	return field ? field->value : NULL;
}

void form_add(struct form *form, struct arena *a, const char *name, const char *value)
{
	*arena_push(a, form->v, form->n, form->cap) = (struct form_field){ .name = name, .value = value };
}
