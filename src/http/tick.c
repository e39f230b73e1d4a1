#include "http/tick.h"

#include <stdio.h>
#include <time.h>

int64_t tick_ms(void)
{
	struct timespec t;
	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * INT64_C(1000) + t.tv_nsec / 1000000;
}

const char *tick_utc(char buf[TICK_TEXT])
{
	struct timespec t;
	struct tm tm;
	(void)clock_gettime(CLOCK_REALTIME, &t);
	(void)gmtime_r(&t.tv_sec, &tm);
	size_t n = strftime(buf, TICK_TEXT, "%Y-%m-%dT%H:%M:%S", &tm);
	(void)snprintf(buf + n, TICK_TEXT - n, ".%03dZ", (int)(t.tv_nsec / 1000000));
	return buf;
}
