/* Fields that came in: query strings, urlencoded and multipart bodies, all read into the same list. */
#pragma once

#include "base/err.h"

#include <stdint.h>

struct form_field {
	const char *name, *value;  /* valid UTF-8, no NUL; value is "" for a file */
	const char *filename;      /* NULL: no file */
	const char *bytes;         /* of a file: points into the body */
	size_t n;
};

struct form {
	struct form_field *v;
	size_t n, cap;
};

enum { FORM_FIELDS_MAX = 256, FORM_NAME_MAX = 64, FORM_VALUE_MAX = 64 << 10 };

/* a=1&b=x%20y. Wrong percent signs, wrong UTF-8, control characters but tab and line ends: E_INVALID; more or longer fields than allowed:
 * E_TOOBIG. The fault names the field where there is one. */
enum err form_read(const char *bytes, size_t n, struct arena *a, struct form *ret, struct fault *f) MUST_CHECK;

/* multipart/form-data; `content_type` is the header, which names the boundary. Cut off before its end: E_INVALID. */
enum err form_read_multipart(const char *content_type, const char *bytes, size_t n, struct arena *a, struct form *ret,
	struct fault *f) MUST_CHECK;

/* The first of that name; NULL when there is none. */
const struct form_field *form_find(const struct form *form, const char *name);
const char *form_get(const struct form *form, const char *name); /* its value, NULL when there is none */
void form_add(struct form *form, struct arena *a, const char *name, const char *value);

/* Value of a cookie in a Cookie header; NULL when there is none, when it stands twice, or holds what RFC 6265 forbids. */
const char *cookie_find(const char *header, const char *name, struct arena *a);

/* Percent-encodes everything but letters, digits and -._~ */
const char *url_encode(const char *s, struct arena *a);
