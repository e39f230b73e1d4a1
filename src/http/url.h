/* Percent signs. url_encode is in form.h. */
#pragma once

#include "base/arena.h"

#include <stdbool.h>

/* Value of a hexadecimal digit; -1 for any other sign. */
int url_hex(char c);

/* Decodes n bytes once; with `plus`, '+' is a space. NULL when a percent sign is not followed by two hexadecimal digits. What stands in
 * *ret_n bytes may hold anything, NUL too; one more NUL stands behind it. */
char *url_decode(const char *s, size_t n, bool plus, struct arena *a, size_t *ret_n);
