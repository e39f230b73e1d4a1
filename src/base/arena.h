/* Memory by lifetime. An arena hands out zeroed memory that is all given back at once.
 *
 * A function that takes a `struct arena *` returns memory of that arena; a function without one allocates
 * nothing that outlives it. Running out of memory aborts here and nowhere else: what a user can cause is
 * a limit (E_TOOBIG), checked before memory is asked for. Not thread-safe: one arena, one thread. */
#pragma once

#include <stdarg.h>
#include <stddef.h>

struct arena_block;

struct arena {
	char *cur, *end;
	struct arena_block *blocks;
	size_t used; /* bytes handed out since the last reset */
};

/* For programs that run long: what arenas give back stays with the process for the next ones, instead of being asked of the system, page
 * by page, for every request. Once, before there are threads. */
void arena_keep_memory(void);

#define scoped(fn) __attribute__((cleanup(fn)))

/* Zeroed, aligned for any type. Never NULL; n may be 0. */
void *arena_alloc(struct arena *a, size_t n);

/* n objects of size `size`, zeroed; aborts when the product overflows. */
void *arena_alloc_array(struct arena *a, size_t n, size_t size);

/* Copy of the first n bytes of s, terminated by NUL. */
char *arena_strndup(struct arena *a, const char *s, size_t n);

/* Copy of s; NULL stays NULL. */
char *arena_strdup(struct arena *a, const char *s);

char *arena_printf(struct arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
char *arena_vprintf(struct arena *a, const char *fmt, va_list ap) __attribute__((format(printf, 2, 0)));

/* A larger copy of an array that has grown full: doubles `*cap` (16 at first, 4 of large things) and returns the new place.
 * The old place stays until the arena goes; use for arrays whose final size is unknown. */
void *arena_grow(struct arena *a, void *old, size_t *cap, size_t size);

/* Takes everything back; the arena can be used again, and keeps a block of memory (up to 1 MiB) for it. */
void arena_reset(struct arena *a);

/* Gives all memory back. */
void arena_done(struct arena *a);

#define arena_new(a, T) ((T *)arena_alloc((a), sizeof(T)))
#define arena_array(a, T, n) ((T *)arena_alloc_array((a), (n), sizeof(T)))

/* Appends room for one element to the array `v` of `n` elements with capacity `cap`; gives its address. */
#define arena_push(a, v, n, cap) \
	((void)((n) < (cap) || ((v) = arena_grow((a), (v), &(cap), sizeof *(v)), 0)), &(v)[(n)++])
