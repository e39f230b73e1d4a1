#include "base/utf8.h"
#include "base/text.h"

#include <assert.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/ucnv.h>
#include <unicode/ucol.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

/* Bytes that a lead byte announces, 0 when it cannot lead; *ret_min is the least code point of that length. */
static int sequence_length(unsigned char lead, uint32_t *ret_min)
{
	static const uint32_t min[] = { 0, 0, 0x80, 0x800, 0x10000 };
	int len = lead < 0x80 ? 1 : lead >= 0xF0 && lead < 0xF5 ? 4 : lead >= 0xE0 && lead < 0xF0 ? 3 : lead >= 0xC2 && lead < 0xE0 ? 2 : 0;
	*ret_min = min[len];
	return len;
}

bool utf8_valid(const char *s, size_t n)
{
	const unsigned char *p = (const unsigned char *)s, *end = p + n;
	while (p < end) {
		uint32_t min;
		int len = sequence_length(*p, &min);
		if (len == 0 || *p == 0 || end - p < len)
			return false;
		uint32_t c = len == 1 ? *p : *p & (0x7Fu >> len);
		for (int i = 1; i < len; i++) {
			if ((p[i] & 0xC0) != 0x80)
				return false;
			c = c << 6 | (p[i] & 0x3Fu);
		}
		if (c < min || c > 0x10FFFF || (c >= 0xD800 && c < 0xE000))
			return false;
		p += len;
	}
	return true;
}

size_t utf8_length(const char *s)
{
	size_t n = 0;
	for (; *s; s++)
		n += ((unsigned char)*s & 0xC0) != 0x80;
	return n;
}

size_t utf8_cut(const char *s, size_t n, size_t max)
{
	if (n <= max)
		return n;
	while (max > 0 && ((unsigned char)s[max] & 0xC0) == 0x80)
		max--;
	return max;
}

static bool is_ascii(const char *s)
{
	for (; *s; s++)
		if ((unsigned char)*s >= 0x80)
			return false;
	return true;
}

static UChar *to_utf16(struct arena *a, const char *s, int32_t *ret_n)
{
	size_t n = strlen(s);
	UChar *u = arena_array(a, UChar, n + 1);
	UErrorCode e = U_ZERO_ERROR;
	u_strFromUTF8WithSub(u, (int32_t)n + 1, ret_n, s, (int32_t)n, 0xFFFD, NULL, &e);
	assert(U_SUCCESS(e));
	return u;
}

static const char *to_utf8(struct arena *a, const UChar *u, int32_t n)
{
	char *s = arena_alloc(a, (size_t)n * 3 + 1);
	int32_t len;
	UErrorCode e = U_ZERO_ERROR;
	u_strToUTF8WithSub(s, n * 3 + 1, &len, u, n, 0xFFFD, NULL, &e);
	assert(U_SUCCESS(e));
	return s;
}

/* Normalised copy; ICU may need up to 18 units for one (NFKD of one sign), 4 for canonical forms. */
static UChar *normalise(struct arena *a, const UNormalizer2 *form, const UChar *u, int32_t n, int32_t *ret_n)
{
	int32_t cap = n * 4 + 4;
	UChar *out = arena_array(a, UChar, (size_t)cap);
	UErrorCode e = U_ZERO_ERROR;
	*ret_n = unorm2_normalize(form, u, n, out, cap, &e);
	assert(U_SUCCESS(e));
	return out;
}

/* Zero-width space, word joiner, byte order mark, soft hyphen: what copying from web pages and documents leaves behind. */
static bool is_invisible(UChar c)
{
	return c == 0x200B || c == 0x2060 || c == 0xFEFF || c == 0xAD;
}

static int32_t drop_invisible(UChar *u, int32_t n)
{
	int32_t m = 0;
	for (int32_t i = 0; i < n; i++)
		if (!is_invisible(u[i]))
			u[m++] = u[i];
	return m;
}

static int32_t join_spaces(UChar *u, int32_t n)
{
	int32_t m = 0;
	bool gap = false;
	for (int32_t i = 0; i < n; i++) {
		if (u_isUWhiteSpace(u[i])) {
			gap = m > 0;
			continue;
		}
		if (gap)
			u[m++] = ' '; /* never overtakes i: a gap stood for at least one unit */
		gap = false;
		u[m++] = u[i];
	}
	return m;
}

static const char *clean(struct arena *a, const char *s)
{
	int32_t n;
	UErrorCode e = U_ZERO_ERROR;
	UChar *u = to_utf16(a, s, &n);
	if (!is_ascii(s)) { /* composing comes second: what is dropped may stand between a letter and its mark */
		n = drop_invisible(u, n);
		u = normalise(a, unorm2_getNFCInstance(&e), u, n, &n);
	}
	return to_utf8(a, u, join_spaces(u, n));
}

static const char *fold(struct arena *a, const char *s)
{
	int32_t n, m = 0;
	UErrorCode e = U_ZERO_ERROR;
	UChar *u = to_utf16(a, clean(a, s), &n);
	u = normalise(a, unorm2_getNFDInstance(&e), u, n, &n);
	for (int32_t i = 0; i < n; i++) {
		if (u_charType(u[i]) == U_NON_SPACING_MARK)
			continue;
		UChar c = (UChar)u_tolower(u[i]);
		u[m++] = c == 0x111 ? 'd' : c;
	}
	return to_utf8(a, u, m);
}

/* ---- letters of Vietnamese and its neighbours ----
 * Nearly all text is made of them, composed. What ICU says of each is asked once; text of nothing else needs no ICU. */

enum { LATIN_END = 0x250, MORE_LATIN = 0x1E00, MORE_LATIN_END = 0x1F00, LETTERS = LATIN_END + MORE_LATIN_END - MORE_LATIN };

static struct letter {
	bool settled; /* stays as it is in NFC whatever settled letters stand beside it, and is neither white space nor invisible */
	char fold[4]; /* in UTF-8; "" where it is longer than the letter or nothing */
} letters[LETTERS];

static void ask_letter(UChar c, struct letter *ret)
{
	scoped(arena_done) struct arena a = { 0 };
	bool starts = u_getIntPropertyValue(c, UCHAR_NFC_QUICK_CHECK) == UNORM_YES && u_getCombiningClass(c) == 0;
	ret->settled = u_isdefined(c) && starts && !u_isUWhiteSpace(c) && !is_invisible(c) && c != 0;
	const char *own = to_utf8(&a, &c, 1), *folded = fold(&a, own);
	if (strlen(folded) <= strlen(own) && strlen(folded) < sizeof ret->fold)
		memcpy(ret->fold, folded, strlen(folded) + 1);
}

static void ask_letters(void)
{
	for (int i = 0; i < LETTERS; i++)
		ask_letter((UChar)(i < LATIN_END ? i : i - LATIN_END + MORE_LATIN), &letters[i]);
	memcpy(letters[' '].fold, " ", sizeof " "); /* alone it is nothing; is_clean sees to it that it stands between letters */
}

/* The letter at *s, NULL where there is none of them; moves *s behind it. */
static const struct letter *next_letter(const char **s)
{
	const unsigned char *p = (const unsigned char *)*s;
	uint32_t c = p[0], min;
	int len = sequence_length(p[0], &min);
	for (int i = 1; i < len; i++)
		if ((p[i] & 0xC0) != 0x80)
			return NULL;
	if (len == 2)
		c = (c & 0x1F) << 6 | (p[1] & 0x3Fu);
	else if (len == 3)
		c = (c & 0x0F) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu);
	bool more = c >= MORE_LATIN && c < MORE_LATIN_END;
	if (len < 1 || len > 3 || c < min || (c >= LATIN_END && !more))
		return NULL;
	*s += len;
	return &letters[more ? c - MORE_LATIN + LATIN_END : c];
}

/* Only settled letters, and single spaces between them. */
static bool is_clean(const char *s)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	(void)pthread_once(&once, ask_letters);
	for (bool gap = true; *s; ) {
		bool space = *s == ' ';
		const struct letter *l = next_letter(&s);
		if (space ? gap || !*s : !l || !l->settled)
			return false;
		gap = space;
	}
	return true;
}

const char *utf8_clean(struct arena *a, const char *s)
{
	return is_clean(s) ? arena_strdup(a, s) : clean(a, s);
}

const char *vi_fold(struct arena *a, const char *s)
{
	if (!is_clean(s))
		return fold(a, s);
	char *folded = arena_alloc(a, strlen(s) + 1), *to = folded;
	for (const char *p = s; *p;) {
		const struct letter *l = next_letter(&p);
		if (!l->fold[0])
			return fold(a, s);
		for (const char *c = l->fold; *c; c++)
			*to++ = *c;
	}
	return folded;
}

static bool is_tone_mark(UChar c)
{
	return c == 0x300 || c == 0x301 || c == 0x303 || c == 0x309 || c == 0x323;
}

const char *vi_spelling(struct arena *a, const char *s)
{
	int32_t n, m = 0;
	UErrorCode e = U_ZERO_ERROR;
	UChar *u = to_utf16(a, utf8_clean(a, s), &n), tone = 0;
	u = normalise(a, unorm2_getNFDInstance(&e), u, n, &n);
	for (int32_t i = 0; i < n; i++) {
		if (tone && u[i] == ' ') {
			u[m++] = tone; /* its own place is free: a tone mark stood there */
			tone = 0;
		}
		if (is_tone_mark(u[i]))
			tone = u[i];
		else
			u[m++] = (UChar)u_tolower(u[i]);
	}
	if (tone)
		u[m++] = tone;
	return to_utf8(a, u, m);
}

static UCollator *collator;

static void open_collator(void)
{
	UErrorCode e = U_ZERO_ERROR;
	collator = ucol_open("vi", &e);
	if (U_FAILURE(e))
		abort();
}

static void add_hex(struct text *t, const uint8_t *bytes, int32_t n)
{
	static const char digits[] = "0123456789abcdef";
	char *hex = arena_alloc(t->arena, (size_t)n * 2);
	for (int32_t i = 0; i < n; i++) {
		hex[2 * i] = digits[bytes[i] >> 4];
		hex[2 * i + 1] = digits[bytes[i] & 15];
	}
	text_addn(t, hex, (size_t)n * 2);
}

static void add_key(struct text *t, const char *s)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	(void)pthread_once(&once, open_collator);
	uint8_t usual[128], *key = usual;
	int32_t n;
	UChar *u = to_utf16(t->arena, s, &n);
	int32_t size = ucol_getSortKey(collator, u, n, key, sizeof usual);
	if (size > (int32_t)sizeof usual) {
		key = arena_alloc(t->arena, (size_t)size);
		ucol_getSortKey(collator, u, n, key, size);
	}
	add_hex(t, key, size - 1); /* without the zero that ends it */
}

const char *vi_text_key(struct arena *a, const char *text)
{
	struct text t = TEXT(a);
	add_key(&t, text);
	return text_str(&t);
}

const char *vi_name_key(struct arena *a, const char *full_name)
{
	char *name = arena_strdup(a, full_name);
	char *given = strrchr(name, ' ');
	char *middle = given ? strchr(name, ' ') : NULL;
	if (given)
		*given++ = '\0';
	if (middle && middle + 1 < given)
		*middle++ = '\0';
	else
		middle = NULL;
	struct text t = TEXT(a);
	add_key(&t, given ? given : name);
	text_addc(&t, '.'); /* sorts before every hexadecimal digit, so a shorter field comes first */
	if (given)
		add_key(&t, name);
	text_addc(&t, '.');
	if (middle)
		add_key(&t, middle);
	return text_str(&t);
}

const char *utf8_from(struct arena *a, enum encoding from, const char *bytes, size_t n, size_t *ret_n)
{
	static const char *const names[ENC__COUNT] = { "UTF-8", "UTF-16LE", "UTF-16BE", "windows-1258" };
	if (n > INT32_MAX / 8)
		return NULL;
	UErrorCode e = U_ZERO_ERROR;
	UConverter *c = ucnv_open(names[from], &e);
	if (U_FAILURE(e))
		return NULL;
	ucnv_setToUCallBack(c, UCNV_TO_U_CALLBACK_STOP, NULL, NULL, NULL, &e);
	UChar *u = arena_array(a, UChar, n + 1);
	int32_t len = ucnv_toUChars(c, u, (int32_t)n + 1, bytes, (int32_t)n, &e);
	ucnv_close(c);
	if (U_FAILURE(e) || u_memchr(u, 0, len))
		return NULL;
	e = U_ZERO_ERROR;
	u = normalise(a, unorm2_getNFCInstance(&e), u, len, &len); /* Windows-1258 writes tone marks apart */
	const char *s = to_utf8(a, u, len);
	*ret_n = strlen(s);
	return s;
}
