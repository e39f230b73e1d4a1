/* One person's case while standing() works it out. */
#pragma once

#include "domain/standing.h"
#include "domain/trail.h"

struct standing_case {
	const struct world *world;
	const struct pack *pack;   /* in force today: its steps are asked for */
	struct trail trail;
	struct day today;
	struct arena *arena;
	struct standing *out;
	size_t clocks_cap;         /* of out->clocks */
};

/* Whether that person's unit has no such step: by the unit and day of `behind`, the last step on record before it, else by where the
 * person is today. */
bool standing_skips(const struct world *w, const struct pack *p, const struct step *step, const struct fact *behind,
	const struct facts *active, struct day today);

/* Fills out->clocks; the steps must be filled. */
void standing_clocks(struct standing_case *c);
