/* Identity as types: passing a unit for a person does not compile. 0 means "none". Ids are given in the order of entry and
 * never used again. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct person_id { int64_t v; };
struct unit_id { int64_t v; };
struct class_id { int64_t v; };
struct target_id { int64_t v; };
struct entry_id { int64_t v; }; /* an entry of the journal */

#define ID_EQUAL(a, b) ((a).v == (b).v)
