#include "base/text.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

void text_reserve(struct text *t, size_t more)
{
	if (t->n + more + 1 <= t->cap)
		return;
	size_t cap = t->cap ? t->cap : 64;
	while (cap < t->n + more + 1)
		cap *= 2;
	char *p = arena_alloc(t->arena, cap);
	if (t->n)
		memcpy(p, t->p, t->n);
	t->p = p;
	t->cap = cap;
}

void text_addn(struct text *t, const char *s, size_t n)
{
	text_reserve(t, n);
	if (n)
		memcpy(t->p + t->n, s, n);
	t->n += n;
	t->p[t->n] = '\0';
}

void text_add(struct text *t, const char *s)
{
	text_addn(t, s, strlen(s));
}

void text_addc(struct text *t, char c)
{
	text_reserve(t, 1);
	t->p[t->n++] = c;
	t->p[t->n] = '\0';
}

void text_addf(struct text *t, const char *fmt, ...)
{
	va_list ap, again;
	text_reserve(t, 1);
	size_t room = t->cap - t->n;
	va_start(ap, fmt);
	va_copy(again, ap);
	int n = vsnprintf(t->p + t->n, room, fmt, ap);
	va_end(ap);
	assert(n >= 0);
	if ((size_t)n >= room) {
		text_reserve(t, (size_t)n);
		(void)vsnprintf(t->p + t->n, (size_t)n + 1, fmt, again);
	}
	va_end(again);
	t->n += (size_t)n;
}

const char *text_str(const struct text *t)
{
	return t->p ? t->p : "";
}

bool text_listed(const char *list, const char *word)
{
	size_t n = strlen(word);
	for (const char *p = list; p; p = strchr(p, '|'), p = p ? p + 1 : NULL)
		if (strncmp(p, word, n) == 0 && (p[n] == '|' || p[n] == '\0'))
			return true;
	return false;
}

bool text_equal(const char *a, const char *b)
{
	if (!a || !b)
		return a == b;
	return strcmp(a, b) == 0;
}

bool text_begins_word(const char *text, const char *needle)
{
	for (const char *p = strstr(text, needle); p; p = strstr(p + 1, needle))
		if (p == text || p[-1] == ' ')
			return true;
	return false;
}
