/* What only the pages write in JSON. */
#pragma once

#include "base/json.h"

#include <stdio.h>

/* An instant as "2026-03-26T07:05:00Z"; null for 0. */
static inline void put_instant(struct json *j, const char *key, int64_t us)
{
	int64_t seconds = us / 1000000, of_day = seconds % 86400;
	char day[DAY_TEXT], text[32];
	json_key(j, key);
	if (us <= 0) {
		json_null(j);
		return;
	}
	(void)snprintf(text, sizeof text, "%sT%02d:%02d:%02dZ", day_iso((struct day){ (int32_t)(seconds / 86400) }, day), (int)(of_day / 3600),
		(int)(of_day / 60 % 60), (int)(of_day % 60));
	json_string(j, text);
}
