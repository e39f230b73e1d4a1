/* Laws checked on random cases. The seed is printed with a failure; NGUON_SEED=... repeats it. Cases grow with their number, so
 * that the first one that fails is a small one. */
#pragma once

#include "testing.h"

#include "base/day.h"
#include "base/rng.h"

#include <stdlib.h>

struct prop {
	struct rng rng;
	uint64_t seed;
	int run, runs;
};

enum { PROP_SIZE = 40 };

static inline uint64_t prop_seed(void)
{
	const char *given = getenv("NGUON_SEED");
	return given ? strtoull(given, NULL, 10) : 20261121;
}

/* 1 to `most`, more as the runs go on. */
static inline int prop_size(const struct prop *p, int most)
{
	return 1 + (most - 1) * p->run / p->runs;
}

static inline struct day prop_day(struct prop *p, struct day from, int32_t span)
{
	return day_add(from, rng_between(&p->rng, 0, span));
}

static inline bool prop_chance(struct prop *p, uint32_t percent)
{
	return rng_below(&p->rng, 100) < percent;
}

#define prop_for_all(p, runs_) \
	for (struct prop p = { { prop_seed() }, prop_seed(), 0, (runs_) }; p.run < p.runs; p.run++)

#define prop_assert(p, law) \
	do { \
		if (!(law)) \
			fail_msg("NGUON_SEED=%llu, case %d: %s", (unsigned long long)(p)->seed, (p)->run, #law); \
	} while (0)
