/* Text that is built piece by piece, in an arena. */
#pragma once

#include "base/arena.h"

#include <stdbool.h>

struct text {
	struct arena *arena;
	char *p; /* always terminated by NUL once something was added */
	size_t n, cap;
};

#define TEXT(a) ((struct text){ .arena = (a) })

void text_reserve(struct text *t, size_t more); /* room for so many more bytes, so that a long text is not copied again and again */
void text_add(struct text *t, const char *s);
void text_addn(struct text *t, const char *s, size_t n);
void text_addc(struct text *t, char c);
void text_addf(struct text *t, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* The text so far, terminated by NUL; "" when nothing was added. Valid until the next addition. */
const char *text_str(const struct text *t);

/* Whether the word is one of those of `list`, which are separated by '|'. */
bool text_listed(const char *list, const char *word);

/* Exact comparison in which NULL equals NULL only. */
bool text_equal(const char *a, const char *b);

/* Whether the needle stands in the text at the beginning of a word. */
bool text_begins_word(const char *text, const char *needle);
