#include "app/fields.h"
#include "base/utf8.h"

#include <assert.h>
#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { UNIT_CODE_MAX = 32 };

static void *member(const struct field *fd, void *in)
{
	return (char *)in + fd->at;
}

static const void *member_const(const struct field *fd, const void *in)
{
	return (const char *)in + fd->at;
}

static int64_t get_int(const struct field *fd, const void *in)
{
	return *(const int64_t *)member_const(fd, in);
}

static const char *get_text(const struct field *fd, const void *in)
{
	return *(const char *const *)member_const(fd, in);
}

static enum err set_int(const struct field *fd, int64_t v, void *in)
{
	*(int64_t *)member(fd, in) = v;
	return OK;
}

static enum err set_text(const struct field *fd, const char *v, void *in)
{
	*(const char **)member(fd, in) = v;
	return OK;
}

static bool has_control(const char *s)
{
	for (; *s; s++)
		if ((unsigned char)*s < 0x20 || *s == 0x7f)
			return true;
	return false;
}

static const char *int_text(struct arena *a, int64_t v)
{
	return arena_printf(a, "%" PRId64, v);
}

/* Printable ASCII without white space: what most codes, days and numbers are. */
static bool is_plain(const char *s)
{
	for (; *s; s++)
		if (*s <= ' ' || *s >= 0x7f)
			return false;
	return true;
}

/* NFC, outer and inner white space tidied; tabs and line ends of a spreadsheet cell are white space, other control characters are
 * refused. */
static enum err cleaned(const struct field *fd, const char *text, struct arena *a, const char **ret, struct fault *f)
{
	if (!utf8_valid(text, strlen(text)))
		return FAULT(f, E_INVALID, fd->name, MSG_NOT_UTF8);
	const char *s = is_plain(text) ? arena_strdup(a, text) : utf8_clean(a, text);
	if (has_control(s))
		return FAULT(f, E_INVALID, fd->name, MSG_CONTROL_CHARACTER);
	*ret = s;
	return OK;
}

static enum err too_long(const struct field *fd, int32_t max, struct arena *a, struct fault *f)
{
	return FAULT(f, E_TOOBIG, fd->name, MSG_TOO_LONG, int_text(a, max));
}

static enum err set_words(const struct field *fd, const char *s, struct arena *a, void *in, struct fault *f)
{
	assert(fd->max > 0);
	if (utf8_length(s) > (size_t)fd->max)
		return too_long(fd, fd->max, a, f);
	return set_text(fd, s, in);
}

static enum err set_number(const struct field *fd, int64_t least, const char *s, struct arena *a, void *in, struct fault *f)
{
	char *end;
	errno = 0;
	int64_t v = strtoll(s, &end, 10);
	if (*end || end == s)
		return FAULT(f, E_INVALID, fd->name, MSG_NOT_NUMBER, s);
	int64_t most = fd->max ? fd->max : INT64_MAX;
	if (errno || v < least || v > most)
		return FAULT(f, E_INVALID, fd->name, MSG_OUT_OF_RANGE, s, int_text(a, least), int_text(a, most));
	return set_int(fd, v, in);
}

/* "1.200" is twelve hundred to one reader and one and a fifth to another. */
static bool is_ambiguous(const char *s)
{
	const char *point = strchr(s, '.');
	return point && strlen(point + 1) == 3 && point != s && *s != '0';
}

static enum err set_milli(const struct field *fd, const char *s, void *in, struct fault *f)
{
	size_t digits = strspn(s, "0123456789");
	const char *p = s + digits;
	if (is_ambiguous(s))
		return FAULT(f, E_INVALID, fd->name, MSG_NUMBER_AMBIGUOUS, s);
	int64_t v = digits > 0 && digits <= 9 ? strtoll(s, NULL, 10) : -1;
	if (*p == ',' || *p == '.')
		p++;
	for (int64_t place = 100; place > 0; place /= 10) {
		v = v < 0 ? v : v * 10;
		if (isdigit((unsigned char)*p))
			v += v < 0 ? 0 : *p++ - '0';
	}
	p += strspn(p, " ");
	p += *p == '%';
	if (v < 0 || *p)
		return FAULT(f, E_INVALID, fd->name, MSG_NOT_DECIMAL, s);
	return set_int(fd, v, in);
}

static enum err set_period(const struct field *fd, const char *s, void *in, struct fault *f)
{
	return period_parse(s, fd->name, member(fd, in), f);
}

static enum err set_day(const struct field *fd, const char *s, void *in, struct fault *f)
{
	return day_parse(s, fd->name, member(fd, in), f);
}

static enum err set_code(const struct field *fd, const char *s, void *in, struct fault *f)
{
	const struct code *c = code_by_key(fd->codes, s);
	if (!c)
		TRY(code_find(fd->codes, s, fd->name, &c, f));
	return set_text(fd, c->key, in);
}

static enum err set_bool(const struct field *fd, const char *s, void *in, struct fault *f)
{
	const struct code *c = NULL;
	if (s[0] && !s[1] && strchr("01", s[0]))
		return set_int(fd, s[0] == '1', in);
	if (code_find(CODES_YES_NO, s, fd->name, &c, NULL) != OK)
		return FAULT(f, E_INVALID, fd->name, MSG_NOT_YES_NO, s);
	return set_int(fd, strcmp(c->key, "yes") == 0, in);
}

static enum err set_unit(const struct field *fd, const char *s, struct arena *a, void *in, struct fault *f)
{
	char *code = arena_strdup(a, s);
	for (char *p = code; *p; p++) {
		*p = (char)toupper((unsigned char)*p);
		if (!isalnum((unsigned char)*p) && !strchr("._/-", *p))
			return FAULT(f, E_INVALID, fd->name, MSG_CODE_LETTERS, s);
	}
	if (strlen(code) > UNIT_CODE_MAX)
		return too_long(fd, UNIT_CODE_MAX, a, f);
	return set_text(fd, code, in);
}

static enum err set_checked(const struct field *fd, const char *s, struct arena *a, void *in, struct fault *f)
{
	switch (fd->type) {
	case FIELD_TEXT:
		return set_words(fd, s, a, in, f);
	case FIELD_INT:
		return set_number(fd, 0, s, a, in, f);
	case FIELD_PERSON:
		return set_number(fd, 1, s, a, in, f);
	case FIELD_MILLI:
		return set_milli(fd, s, in, f);
	case FIELD_DAY:
		return set_day(fd, s, in, f);
	case FIELD_PERIOD:
		return set_period(fd, s, in, f);
	case FIELD_CODE:
		return set_code(fd, s, in, f);
	case FIELD_BOOL:
		return set_bool(fd, s, in, f);
	case FIELD_UNIT:
		return set_unit(fd, s, a, in, f);
	}
	return FAULT(f, E_INTERNAL, fd->name, MSG_INTERNAL, "field type");
}

static bool is_text(const struct field *fd)
{
	return fd->type == FIELD_TEXT || fd->type == FIELD_CODE || fd->type == FIELD_UNIT;
}

enum err field_set(const struct field *fd, const char *text, enum field_trust trust, struct arena *a, void *in, struct fault *f)
{
	field_clear(fd, in);
	if (!text || !*text)
		return OK;
	if (trust == FIELD_TRUSTED && is_text(fd))
		return set_text(fd, text, in);
	const char *s = NULL;
	TRY(cleaned(fd, text, a, &s, f));
	return *s ? set_checked(fd, s, a, in, f) : OK;
}

void field_clear(const struct field *fd, void *in)
{
	if (is_text(fd))
		(void)set_text(fd, NULL, in);
	else if (fd->type == FIELD_DAY)
		*(struct day *)member(fd, in) = DAY_NONE;
	else if (fd->type == FIELD_PERIOD)
		*(struct period *)member(fd, in) = (struct period){ DAY_NONE, DAY_NONE };
	else
		(void)set_int(fd, fd->type == FIELD_BOOL || fd->type == FIELD_MILLI ? -1 : ABSENT_INT, in);
}

bool field_absent(const struct field *fd, const void *in)
{
	if (is_text(fd))
		return !get_text(fd, in);
	if (fd->type == FIELD_DAY)
		return !day_known(*(const struct day *)member_const(fd, in));
	if (fd->type == FIELD_PERIOD)
		return !day_known(((const struct period *)member_const(fd, in))->from);
	return get_int(fd, in) < 0;
}

static void milli_json(struct json *j, int64_t v)
{
	char s[32];
	int n = snprintf(s, sizeof s, "%" PRId64 ".%03" PRId64, v / 1000, v % 1000);
	while (s[n - 1] == '0')
		s[--n] = '\0';
	if (s[n - 1] == '.')
		s[n - 1] = '\0';
	json_number(j, s);
}

void field_json(const struct field *fd, const void *in, struct json *j)
{
	if (field_absent(fd, in))
		return;
	json_key(j, fd->name);
	if (is_text(fd))
		json_string(j, get_text(fd, in));
	else if (fd->type == FIELD_DAY)
		json_day(j, *(const struct day *)member_const(fd, in));
	else if (fd->type == FIELD_PERIOD)
		json_string(j, period_text(*(const struct period *)member_const(fd, in), j->out->arena));
	else if (fd->type == FIELD_BOOL)
		json_bool(j, get_int(fd, in) == 1);
	else if (fd->type == FIELD_MILLI)
		milli_json(j, get_int(fd, in));
	else
		json_int(j, get_int(fd, in));
}

void fields_clear(const struct field *fields, void *in)
{
	for (const struct field *fd = fields; fd->name; fd++)
		field_clear(fd, in);
}
