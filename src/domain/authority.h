/* Who acts at a step for the people of an organisation, on a day: the row of the pack's `bodies`, and the organisation whose body that is.
 * The branch votes, a sub-committee reports, the grassroots committee votes, the standing committee above it decides; which of them there
 * are depends on where in the tree the person is (R294 4.3.2, 9.3, 20.3.3; G06 3.6, 3.7). */
#pragma once

#include "domain/facts.h"
#include "domain/rules.h"
#include "domain/tree.h"

struct authority {
	const struct body *body; /* NULL: the rules name nobody for such an organisation */
	const struct unit *unit; /* whose body it is; NULL with body NULL */
	bool votes;              /* by that threshold; a body that only reports, or that acts by rules of its own, has none here */
	enum vote_threshold threshold;
};

/* By the pack and the tree of that day. `step` is a key; nobody where the pack of the day has no such step. */
struct authority authority_at(const struct rules *r, const struct tree *t, struct unit_id unit, const char *step, struct day on);

/* The same by a step of a given pack. */
struct authority authority_of(const struct pack *p, const struct step *step, const struct tree *t, struct unit_id unit, struct day on);

/* The threshold that a vote on record had to reach: that of the body of its unit on its day, else the step's (also without a tree). False
 * where these rules name none. */
bool authority_threshold(const struct rules *r, const struct tree *t, const struct fact *f, enum vote_threshold *ret);

/* Number of members that a committee of that kind of unit must exceed to be authorised to admit, by the rules of the day, with its row in
 * *ret_body; -1 where no such committee can be authorised (*ret_body untouched). */
int32_t authority_members(const struct rules *r, const char *unit_kind, struct day on, const struct body **ret_body);
