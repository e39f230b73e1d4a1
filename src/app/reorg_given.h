/* What resolving a plan needs to know of the people and targets on record. */
#pragma once

#include "app/app.h"
#include "domain/reorg.h"

/* For a plan as it was written, or resolved; units that the plan names and nobody knows are left to reorg_resolve. */
enum err reorg_given_load(struct app *app, const struct reorg_plan *plan, struct arena *a, struct reorg_given *ret,
	struct fault *f) MUST_CHECK;

/* Everybody who was ever in a unit, added to the list. */
struct reorg_folk {
	struct reorg_person *v;
	size_t n, cap;
	struct arena *a;
};
enum err reorg_given_people(struct app *app, struct unit_id unit, struct reorg_folk *to, struct fault *f) MUST_CHECK;
