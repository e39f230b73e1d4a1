/* What the measuring programs share: a clock, medians, and an end at the first failure. */
#pragma once

#include "base/err.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static inline double bench_seconds(void)
{
	struct timespec t;
	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static inline void bench_must(enum err e, const struct fault *f, const char *what)
{
	if (e == OK)
		return;
	scoped(arena_done) struct arena a = { 0 };
	(void)fprintf(stderr, "%s: %s (%s) %s\n", what, err_name(e), f->field, fault_text(f, LANG_EN, &a));
	exit(1);
}
/* Stops the program when the call fails; a `struct fault f` must be in scope. */
#define MUST(call) bench_must((call), &f, #call)

/* Stops the program when it did not find what is there. */
static inline void bench_is(size_t found, size_t expected)
{
	if (found == expected)
		return;
	(void)fprintf(stderr, "%zu found, %zu expected\n", found, expected);
	exit(1);
}

static inline int bench_by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

/* Sorts the values. */
static inline double bench_median(double *v, size_t n)
{
	qsort(v, n, sizeof *v, bench_by_value);
	return v[n / 2];
}
