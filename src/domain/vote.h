/* Votes by their defined denominator, in integers (R294 9.3.2-9.3.4, G06 3.6b, 3.7a). */
#pragma once

#include "base/err.h"

#include <stdint.h>

enum vote_threshold {
	VOTE_TWO_THIRDS, /* 3*yes >= 2*n */
	VOTE_MAJORITY,   /* 2*yes > n */
};

/* Counts as the minutes give them. -1 = not recorded. */
struct vote {
	int32_t members;       /* official members, or committee members in office */
	int32_t away;          /* on temporary transfer elsewhere */
	int32_t exempt_absent; /* exempted from activity and absent (present ones count) */
	int32_t suspended;     /* suspended, prosecuted or detained */
	int32_t yes, no;
};

/* One of the counts, by the name of the member above, which is also that of the field in a form; -1: not recorded, or no count. */
int32_t vote_count(const struct vote *v, const char *name);

/* The body's number for the threshold: members minus those who do not count. */
int32_t vote_denominator(const struct vote *v);

/* Least number of votes in favour that passes. */
int32_t vote_needs(enum vote_threshold t, int32_t denominator);
bool vote_passes(enum vote_threshold t, const struct vote *v);

/* What the counts come to. A vote without `no` counts whoever did not vote in favour among `others`. */
struct vote_result {
	int32_t n;      /* denominator */
	int32_t needs;  /* votes in favour */
	int32_t others; /* of n, neither for nor against: abstained, spoilt, not there */
	bool passed;
};

/* Of counts that vote_check lets pass. */
struct vote_result vote_result(enum vote_threshold t, const struct vote *v);

/* Refuses impossible counts: negative, more excluded than members, more votes than voters. Unrecorded exclusions become 0. */
enum err vote_check(struct vote *v, struct fault *f) MUST_CHECK;
