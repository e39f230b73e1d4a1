/* Typed values out of a YAML tree; every refusal names file and line. Shared by the rule packs and the calendar. */
#pragma once

#include "base/yaml_tree.h"

#include <stdint.h>

struct number_range {
	int32_t min, max;
};

/* E_INVALID when the key is missing. */
enum err yaml_required(const char *file, struct yaml *map, const char *key, struct fault *f) MUST_CHECK;

/* A required, not empty, single value. */
enum err yaml_text(const char *file, struct yaml *map, const char *key, const char **ret, struct fault *f) MUST_CHECK;

/* Of a node that may be NULL: then *ret stays as it is. */
enum err yaml_number(const char *file, const struct yaml *node, struct number_range range, int32_t *ret, struct fault *f) MUST_CHECK;
enum err yaml_flag(const char *file, const struct yaml *node, bool *ret, struct fault *f) MUST_CHECK;

/* The list under a key; NULL when there is none. */
enum err yaml_list(const char *file, struct yaml *map, const char *key, struct yaml **ret, struct fault *f) MUST_CHECK;

/* Refuses the first key that nothing asked for. */
enum err yaml_all_used(const char *file, const struct yaml *root, struct fault *f) MUST_CHECK;
