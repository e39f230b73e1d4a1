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

/* How many bytes from s on stand in a string as they are. */
static size_t plain_length(const char *s)
{
	size_t n = 0;
	while ((unsigned char)s[n] >= 0x20 && s[n] != '"' && s[n] != '\\')
		n++;
	return n;
}

static void quoted(struct text *t, const char *s)
{
	text_addc(t, '"');
	for (size_t n; *s; s += n) {
		n = plain_length(s);
		text_addn(t, s, n);
		if (n > 0)
			continue;
		n = 1;
		if ((unsigned char)*s < 0x20)
			text_addf(t, "\\u%04x", (unsigned)*s);
		else
			text_addn(t, (const char[]){ '\\', *s }, 2);
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

void json_put_string(struct json *j, const char *key, const char *s)
{
	json_key(j, key);
	json_string(j, s);
}

void json_put_int(struct json *j, const char *key, int64_t v)
{
	json_key(j, key);
	json_int(j, v);
}

void json_put_bool(struct json *j, const char *key, bool v)
{
	json_key(j, key);
	json_bool(j, v);
}

void json_put_day(struct json *j, const char *key, struct day d)
{
	json_key(j, key);
	json_day(j, d);
}
