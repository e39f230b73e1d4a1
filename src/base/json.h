/* Writing JSON: compact, in the order of the calls. The journal calls it with keys in a fixed order, which makes its text canonical. */
#pragma once

#include "base/day.h"
#include "base/text.h"

struct json {
	struct text *out;
	bool comma; /* the next value needs a comma before it */
};

#define JSON(t) ((struct json){ .out = (t) })

void json_object(struct json *j);
void json_object_end(struct json *j);
void json_array(struct json *j);
void json_array_end(struct json *j);
void json_key(struct json *j, const char *key);
void json_string(struct json *j, const char *s); /* NULL gives null */
void json_int(struct json *j, int64_t v);
void json_bool(struct json *j, bool v);
void json_null(struct json *j);
void json_day(struct json *j, struct day d); /* "2024-03-26" or null */

/* A key with its value. */
void json_put_string(struct json *j, const char *key, const char *s);
void json_put_int(struct json *j, const char *key, int64_t v);
void json_put_bool(struct json *j, const char *key, bool v);
void json_put_day(struct json *j, const char *key, struct day d);

/* A decimal number given as text that is already one, for example "96.8". */
void json_number(struct json *j, const char *decimal);
