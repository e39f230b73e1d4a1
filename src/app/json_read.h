/* Reading JSON: an object whose members are plain values or such objects again. Strict: no duplicate keys, nothing behind the end;
 * lists only where they are asked for. */
#pragma once

#include "base/err.h"

struct json_member {
	const char *key;
	const char *text;            /* strings as they are; numbers in digits,
		with a decimal comma; true and false as "1" and "0"; NULL for null, objects and lists */
	struct json_member *members; /* of an object, else NULL; the items of a list have no key */
	size_t n;
	bool list;
};

/* *ret is the outer object (key NULL). Not JSON, not an object, a list inside, or nested deeper than 4: E_INVALID. */
enum err json_read(const char *bytes, size_t n, struct arena *a, struct json_member *ret, struct fault *f) MUST_CHECK;

/* The same, and lists may stand wherever objects may. */
enum err json_read_lists(const char *bytes, size_t n, struct arena *a, struct json_member *ret, struct fault *f) MUST_CHECK;

/* NULL when there is none. */
const struct json_member *json_member_find(const struct json_member *object, const char *key);
