/* Texts that leave for the browser and come back unread and unchanged: flashes, held forms, proofs. Sealed with a key of this
 * installation; a seal of another purpose, a changed one, and one that is too old do not open. */
#pragma once

#include "web/web.h"

enum { SEAL_S = 3600 }; /* how long it is good */

/* Letters, digits, - and _ only. */
const char *seal_make(const struct visit *v, const char *purpose, const char *text);
/* NULL when it does not open. */
char *seal_open(const struct visit *v, const char *purpose, const char *sealed);
