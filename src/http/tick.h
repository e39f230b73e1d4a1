/* Time for deadlines and for the access log: the machine's own clocks, which no answer ever depends on. */
#pragma once

#include <stdint.h>

/* Milliseconds of a clock that never goes back; its beginning means nothing. */
int64_t tick_ms(void);

enum { TICK_TEXT = 25 };
/* Now as "2026-11-21T07:05:09.123Z". */
const char *tick_utc(char buf[TICK_TEXT]);
