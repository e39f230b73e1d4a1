/* The only place that looks at the clock; everything else is given the day and the instant. */
#pragma once

#include "base/day.h"

/* Microseconds since 1970, UTC. `ctx` is not used. */
int64_t clock_now(void *ctx);

/* For spans of time: milliseconds since some moment; nobody sets it. */
int64_t clock_steady_ms(void);

/* Does nothing for so long. */
void clock_pause_ms(int ms);

/* The civil day in Việt Nam (UTC+7, no summer time). */
struct day clock_today(void);

/* The civil day in Việt Nam at that instant. */
struct day clock_day(int64_t us);
