/* The rule packs and the calendar that the program ships: the files of rules/, embedded. Link rules_data_dep. */
#pragma once

#include "domain/calendar.h"
#include "domain/rules.h"

struct shipped_file {
	const char *name; /* "r294.yaml" */
	const char *bytes;
	size_t size;
};

#define SHIPPED_CALENDAR "calendar.yaml" /* every other file is a rule pack */

const struct shipped_file *rules_shipped(size_t *ret_n);

/* Packs and a calendar from such files, read and checked. The fault's field is "file:line". */
enum err rules_load(const struct shipped_file *files, size_t n, struct arena *a, struct rules *ret_rules,
	struct calendar *ret_calendar, struct fault *f) MUST_CHECK;

/* All shipped packs and days off, read and checked. */
enum err rules_shipped_load(struct arena *a, struct rules *ret_rules, struct calendar *ret_calendar, struct fault *f) MUST_CHECK;
