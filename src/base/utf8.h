/* Unicode at the edges: checking, composing, and the two Vietnamese forms of a name.
 *
 * All text inside the program is valid UTF-8 in NFC, terminated by NUL. Case mapping, folding and sorting
 * happen here and never in SQL, so that every database gives the same answer. */
#pragma once

#include "base/arena.h"

#include <stdbool.h>

/* Whether the n bytes are well-formed UTF-8 (no overlong forms, no surrogates, no NUL). */
bool utf8_valid(const char *s, size_t n);

/* Number of code points of valid UTF-8. */
size_t utf8_length(const char *s);

/* The largest length <= max at which s (n bytes) can be cut without splitting a code point. */
size_t utf8_cut(const char *s, size_t n, size_t max);

/* NFC form with outer white space removed and inner runs of white space (also U+00A0, U+3000) made one space; letters that nobody
 * sees (zero-width space, soft hyphen) are dropped. */
const char *utf8_clean(struct arena *a, const char *s);

/* For finding: lower case, without any mark, đ as d; other letters keep. "ĐẶNG Thị  Hoà" gives "dang thi hoa". */
const char *vi_fold(struct arena *a, const char *s);

/* For comparing names: lower case, the tone of each word behind it, so that "Hoà" and "HÒA" give the same while "Hùng" and "Hưng"
 * differ. */
const char *vi_spelling(struct arena *a, const char *s);

/* For sorting names the Vietnamese way: given name, then family name, then middle names, each compared whole before the next
 * (a joined string would let a tone mark of the given name wait for the letters of the family name).
 * The key compares with strcmp. `text` is a full name in the usual order: family, middle, given. */
const char *vi_name_key(struct arena *a, const char *full_name);

/* For sorting other texts (unit names): ICU key of the Vietnamese collation, as hexadecimal digits. */
const char *vi_text_key(struct arena *a, const char *text);

/* UTF-8 from UTF-16 (either end) or Windows-1258. Returns NULL when the bytes are not in that encoding, or hold U+0000.
 * The result is in NFC; a byte order mark stays. */
enum encoding { ENC_UTF8, ENC_UTF16LE, ENC_UTF16BE, ENC_WINDOWS1258, ENC__COUNT };
const char *utf8_from(struct arena *a, enum encoding from, const char *bytes, size_t n, size_t *ret_n);
