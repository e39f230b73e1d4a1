/* What other rules would change for the people on record: before a pack or a value is put to use. */
#pragma once

#include "app/app.h"
#include "domain/standing_diff.h"

struct rules_diff_person {
	struct person_id id;
	const char *name;
	struct unit_id unit;
	struct standing_changes changes;
};

struct rules_diff {
	struct rules_diff_person *v; /* by id */
	size_t n, cap;
	int64_t looked_at;           /* candidates, those admitted but not yet official: by either rules */
};

/* Everybody's standing on a day by the rules in force and by `other`; changes are in the arena, which must live as long as both rules. */
enum err rules_diff(struct app *app, const struct rules *other, struct day on, struct arena *a, struct rules_diff *ret,
	struct fault *f) MUST_CHECK;
