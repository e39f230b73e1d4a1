/* Requests to verify a CV: one row for each letter, with the days on which it was sent, received and answered, and nothing of the answer
 * but its outcome (G06 3.4). Whom it concerns is a word of relation, never a name.
 *
 * The place asked answers within 30 working days inside the country, 90 abroad, from receiving the letter (clocks T4 and T4A, since
 * 7/2025). When that has passed: remind, or send a member. */
#pragma once

#include "domain/standing.h"
#include "domain/trail.h"

struct request {
	const struct fact *sent;              /* value: CODES_RELATION, detail: where to */
	const struct fact *received, *reply;  /* NULL: not yet */
	const struct standing_clock *clock;   /* NULL: not received, or no time was set for it then */
	bool late;                            /* not answered, and the time is over */
};

/* The letters of the present candidacy, oldest first. `now` holds the clocks, and must live as long. */
void request_list(const struct rules *r, const struct facts *active, const struct standing *now, struct day today, struct arena *a,
	struct request **ret, size_t *ret_n);

/* How many letters wait for an answer on that day. */
size_t request_open(const struct trail *t, struct day on);

/* Whom the rules want verified (the person, parents, who raised them, parents of the spouse, spouse, children of full capacity) and about
 * whom there is no letter: a proposal, since who there is, and who needs it, only the branch knows. Keys of CODES_RELATION. */
size_t request_proposed(const struct request *v, size_t n, size_t size, const char **ret);
