/* Numbers as spreadsheets store them, as people read them. Works on the digits: no binary fraction, no locale. */
#pragma once

#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>

/* "1.23456789012E11" gives "123456789012", "96.799999999999997" gives "96.8" (15 significant digits, as on the screen),
 * "1E-3" gives "0.001". Whole numbers keep every digit. What is no number, or has an exponent beyond 40, is returned as it is. */
const char *sheet_number_text(const char *s, struct arena *a);

/* The whole part of a text made by sheet_number_text, for serial days; false when it is negative or beyond 9 digits. */
bool sheet_number_whole(const char *s, int32_t *ret);
