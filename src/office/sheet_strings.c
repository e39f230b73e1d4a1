#include "office/sheet_strings.h"
#include "base/text.h"
#include "office/sheet.h"
#include "office/sheet_xml.h"

#include <assert.h>
#include <string.h>

enum { PAGE_STRINGS = 4096, BLOCK_BYTES = 1 << 18 };

struct reading {
	struct sheet_strings strings;
	struct text value;
	bool in_item, in_phonetic, in_text;
};

/* Packed without alignment: two million short strings are usual. */
static char *keep(struct sheet_strings *s, const char *text, size_t n)
{
	if ((size_t)(s->free_end - s->free_at) < n + 1) {
		size_t size = n + 1 > BLOCK_BYTES ? n + 1 : BLOCK_BYTES;
		s->free_at = arena_alloc(s->arena, size);
		s->free_end = s->free_at + size;
	}
	assert((size_t)(s->free_end - s->free_at) >= n + 1);
	char *p = s->free_at;
	memcpy(p, text, n);
	p[n] = '\0';
	s->free_at += n + 1;
	return p;
}

static enum err add_string(struct sheet_strings *s, const struct text *value, struct fault *f)
{
	s->bytes += (int64_t)(value->n + 1 + sizeof(char *));
	if (s->bytes > SHEET_STRINGS_BYTES)
		return FAULT(f, E_TOOBIG, "file", MSG_SHEET_STRINGS);
	if (s->n % PAGE_STRINGS == 0)
		*arena_push(s->arena, s->pages, s->pages_n, s->pages_cap) = arena_array(s->arena, const char *, PAGE_STRINGS);
	char *p = keep(s, text_str(value), value->n);
	sheet_strings_unescape(p);
	s->pages[s->pages_n - 1][s->n++ % PAGE_STRINGS] = p;
	return OK;
}

static enum err on_start(void *ctx, const char *name, const char **attributes, struct fault *f)
{
	(void)attributes, (void)f;
	struct reading *r = ctx;
	if (strcmp(name, "si") == 0) {
		r->in_item = true;
		r->value.n = 0;
	}
	r->in_phonetic |= strcmp(name, "rPh") == 0;
	r->in_text = r->in_item && !r->in_phonetic && strcmp(name, "t") == 0;
	return OK;
}

static enum err on_end(void *ctx, const char *name, struct fault *f)
{
	struct reading *r = ctx;
	r->in_text = false;
	if (strcmp(name, "rPh") == 0)
		r->in_phonetic = false;
	if (strcmp(name, "si") != 0)
		return OK;
	r->in_item = false;
	return add_string(&r->strings, &r->value, f);
}

static enum err on_text(void *ctx, const char *s, size_t n, struct fault *f)
{
	struct reading *r = ctx;
	if (!r->in_text)
		return OK;
	if (r->value.n + n > SHEET_CELL_BYTES)
		return FAULT(f, E_TOOBIG, "file", MSG_SHEET_STRING_LONG);
	text_addn(&r->value, s, n);
	return OK;
}

enum err sheet_strings_read(struct sheet_zip *z, const char *part, struct arena *a, struct sheet_strings *ret, struct fault *f)
{
	static const struct sheet_xml_handler handler = { on_start, on_end, on_text };
	struct reading r = { .strings = { .arena = a }, .value = TEXT(a) };
	if (part)
		TRY(sheet_xml_read(z, part, &handler, &r, f));
	*ret = r.strings;
	return OK;
}

const char *sheet_strings_at(const struct sheet_strings *s, int64_t index)
{
	if (index < 0 || index >= s->n)
		return NULL;
	assert((size_t)(index / PAGE_STRINGS) < s->pages_n);
	return s->pages[index / PAGE_STRINGS][index % PAGE_STRINGS];
}

/* The unit written as _xHHHH_ at s, 0 when none is. */
static unsigned escaped_unit(const char *s)
{
	if (s[0] != '_' || s[1] != 'x')
		return 0;
	unsigned unit = 0;
	for (int i = 2; i < 6; i++) {
		const char *digits = "0123456789abcdef", *at = s[i] ? strchr(digits, s[i] | 0x20) : NULL;
		if (!at || (s[i] < '0'))
			return 0;
		unit = unit << 4 | (unsigned)(at - digits);
	}
	return s[6] == '_' ? unit : 0;
}

void sheet_strings_unescape(char *s)
{
	char *from = strstr(s, "_x"), *to = from;
	if (!from)
		return;
	while (*from) {
		unsigned u = escaped_unit(from);
		bool is_sign = (u >= 0x20 && u < 0x7F) || u == '\t' || u == '\n' || u == '\r';
		*to++ = is_sign ? (char)u : *from;
		from += is_sign ? 7 : 1;
	}
	assert(to <= from);
	*to = '\0';
}
