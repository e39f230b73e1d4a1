#include "base/arena.h"

#include <assert.h>
#include <malloc.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>
#else /* what is given back is not watched */
#define ASAN_POISON_MEMORY_REGION(p, n) ((void)(p), (void)(n))
#define ASAN_UNPOISON_MEMORY_REGION(p, n) ((void)(p), (void)(n))
#endif

enum { BLOCK_FIRST = 4096, BLOCK_MAX = 1 << 20, LARGE = 256 };

struct arena_block {
	struct arena_block *prev;
	size_t size;
	max_align_t data[];
};

void arena_keep_memory(void)
{
	enum { FROM_SYSTEM = 8 << 20, KEPT = 64 << 20 };
	(void)mallopt(M_MMAP_THRESHOLD, FROM_SYSTEM);
	(void)mallopt(M_TRIM_THRESHOLD, KEPT);
}

static size_t align_up(size_t n)
{
	const size_t mask = _Alignof(max_align_t) - 1;
	if (n > SIZE_MAX - mask)
		abort();
	return (n + mask) & ~mask;
}

static void start_block(struct arena *a, struct arena_block *b)
{
	a->blocks = b;
	a->cur = (char *)b->data;
	a->end = a->cur + b->size;
	ASAN_POISON_MEMORY_REGION(a->cur, b->size);
}

static void add_block(struct arena *a, size_t need)
{
	size_t size = a->blocks ? a->blocks->size * 2 : BLOCK_FIRST;
	if (size > BLOCK_MAX)
		size = BLOCK_MAX;
	if (size < need)
		size = need;
	struct arena_block *b = malloc(sizeof *b + size);
	if (!b)
		abort();
	b->prev = a->blocks;
	b->size = size;
	start_block(a, b);
}

void *arena_alloc(struct arena *a, size_t n)
{
	n = align_up(n ? n : 1);
	if ((size_t)(a->end - a->cur) < n)
		add_block(a, n);
	void *p = a->cur;
	a->cur += n;
	a->used += n;
	ASAN_UNPOISON_MEMORY_REGION(p, n);
	return memset(p, 0, n);
}

void *arena_alloc_array(struct arena *a, size_t n, size_t size)
{
	size_t bytes;
	if (__builtin_mul_overflow(n, size, &bytes))
		abort();
	return arena_alloc(a, bytes);
}

char *arena_strndup(struct arena *a, const char *s, size_t n)
{
	char *p = arena_alloc(a, n + 1);
	if (n)
		memcpy(p, s, n);
	return p;
}

char *arena_strdup(struct arena *a, const char *s)
{
	return s ? arena_strndup(a, s, strlen(s)) : NULL;
}

/* Most are short: printed once and copied, instead of being measured first. */
char *arena_vprintf(struct arena *a, const char *fmt, va_list ap)
{
	char brief[200];
	va_list again;
	va_copy(again, ap);
	int n = vsnprintf(brief, sizeof brief, fmt, ap);
	assert(n >= 0);
	char *p = arena_alloc(a, (size_t)n + 1);
	if ((size_t)n < sizeof brief)
		memcpy(p, brief, (size_t)n);
	else
		(void)vsnprintf(p, (size_t)n + 1, fmt, again);
	va_end(again);
	return p;
}

char *arena_printf(struct arena *a, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	char *p = arena_vprintf(a, fmt, ap);
	va_end(ap);
	return p;
}

void *arena_grow(struct arena *a, void *old, size_t *cap, size_t size)
{
	size_t now = *cap;
	*cap = now ? now * 2 : size > LARGE ? 4 : 16;
	void *p = arena_alloc_array(a, *cap, size);
	if (now)
		memcpy(p, old, now * size);
	return p;
}

static void free_blocks(struct arena_block *b)
{
	for (struct arena_block *prev; b; b = prev) {
		prev = b->prev;
		free(b);
	}
}

void arena_reset(struct arena *a)
{
	struct arena_block *newest = a->blocks;
	if (!newest || newest->size > BLOCK_MAX) {
		arena_done(a);
		return;
	}
	free_blocks(newest->prev);
	newest->prev = NULL;
	a->used = 0;
	start_block(a, newest);
}

void arena_done(struct arena *a)
{
	free_blocks(a->blocks);
	*a = (struct arena){0};
}
