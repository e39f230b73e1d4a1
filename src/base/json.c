#include "base/json.h"

#include <inttypes.h>

static void before_value(struct json *j)
{
	if (j->comma)
		text_addc(j->out, ',');
	j->comma = true;
}

static void open(struct json *j, char c)
{
	before_value(j);
	text_addc(j->out, c);
	j->comma = false;
}

static void close(struct json *j, char c)
{
	text_addc(j->out, c);
	j->comma = true;
}

void json_object(struct json *j)
{
	open(j, '{');
}

void json_object_end(struct json *j)
{
	close(j, '}');
}

void json_array(struct json *j)
{
	open(j, '[');
}

void json_array_end(struct json *j)
{
	close(j, ']');
}

static void quoted(struct text *t, const char *s)
{
	text_addc(t, '"');
	for (; *s; s++) {
		unsigned char c = (unsigned char)*s;
		if (c == '"' || c == '\\')
			text_addc(t, '\\');
		if (c < 0x20)
			text_addf(t, "\\u%04x", c);
		else
			text_addc(t, *s);
	}
	text_addc(t, '"');
}

void json_key(struct json *j, const char *key)
{
	before_value(j);
	quoted(j->out, key);
	text_addc(j->out, ':');
	j->comma = false;
}

void json_string(struct json *j, const char *s)
{
	if (!s) {
		json_null(j);
		return;
	}
	before_value(j);
	quoted(j->out, s);
}

void json_number(struct json *j, const char *decimal)
{
	before_value(j);
	text_add(j->out, decimal);
}

void json_int(struct json *j, int64_t v)
{
	before_value(j);
	text_addf(j->out, "%" PRId64, v);
}

void json_bool(struct json *j, bool v)
{
	json_number(j, v ? "true" : "false");
}

void json_null(struct json *j)
{
	json_number(j, "null");
}

void json_day(struct json *j, struct day d)
{
	char buf[DAY_TEXT];
	json_string(j, day_known(d) ? day_iso(d, buf) : NULL);
}
