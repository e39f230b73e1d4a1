#include "app/clock.h"

#include <time.h>

enum { MICROSECONDS = 1000000, HOURS_AHEAD = 7, SECONDS_A_DAY = 86400 };

int64_t clock_now(void *ctx)
{
	(void)ctx;
	struct timespec t;
	(void)clock_gettime(CLOCK_REALTIME, &t);
	return (int64_t)t.tv_sec * MICROSECONDS + t.tv_nsec / 1000;
}

int64_t clock_steady_ms(void)
{
	struct timespec t;
	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

void clock_pause_ms(int ms)
{
	struct timespec left = { ms / 1000, ms % 1000 * 1000000L };
	while (nanosleep(&left, &left) != 0)
		;
}

struct day clock_day(int64_t us)
{
	return (struct day){ (int32_t)((us / MICROSECONDS + HOURS_AHEAD * 3600) / SECONDS_A_DAY) };
}

struct day clock_today(void)
{
	return clock_day(clock_now(NULL));
}
