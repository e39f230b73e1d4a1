/* Figures: always numerator and denominator; the user chooses decimals and rounding. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum rounding { ROUND_HALF_UP, ROUND_CUT };

struct rounding_choice {
	int decimals; /* 0 to 4 */
	enum rounding mode;
};

enum { FIGURE_TEXT = 40 };

/* 100 * num / den as a decimal with '.', e.g. "72.6"; trailing zeros of the decimals go ("65"). Exact integer arithmetic, half away from
 * zero. den > 0. */
const char *figure_percent(int64_t num, int64_t den, struct rounding_choice r, char buf[FIGURE_TEXT]);

/* Percentage points between num/den and pace_num/pace_den. */
const char *figure_points(int64_t num, int64_t den, int64_t pace_num, int64_t pace_den, struct rounding_choice r, char buf[FIGURE_TEXT]);
