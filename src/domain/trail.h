/* The steps on record for one person, in order of day: what standing, its clocks and the checks look at. */
#pragma once

#include "domain/facts.h"
#include "domain/rules.h"

struct trail_step {
	int id;            /* of the step, see rules.h */
	struct day on;
	bool failed;       /* voted on, threshold of that day's pack missed */
	const struct fact *fact;
};

/* A step that no longer counts, and what ended it: the person moved before the file was sent (G06 3.9b: considered again), or the decision
 * was cancelled (R294 4.4). */
struct trail_ended {
	const struct fact *fact, *by;
};

struct trail {
	const struct facts *active;
	struct trail_step *v;     /* of the present candidacy or membership, by day */
	size_t n;
	const struct fact *exit;  /* in force on the day asked for, else NULL */
	struct day until;         /* facts after that day are left aside */
	struct day since;         /* facts up to this day belong to an earlier membership; DAY_NONE: there was none */
	struct day anew;          /* the day before somebody was back from elsewhere, or in another candidacy; DAY_NONE: nobody was */
	struct trail_ended *ended;
	size_t ended_n;
};

/* Facts after `until` are left aside. A step after an exit begins anew: whoever has been a member walks the whole way again, a candidate
 * keeps what is on record, but one who went elsewhere is considered again. Whoever turns out not to have left goes on where they were
 * (facts_ends_exit). */
void trail_build(const struct rules *r, const struct facts *active, struct day until, struct arena *a, struct trail *ret);

/* Said to have failed; or voted on, and the threshold of that day's pack missed. Where a body votes by another threshold than the step's,
 * the fact says how the vote ended (fact_record sees to it). */
bool trail_failed(const struct rules *r, const struct fact *f);

/* Whether a step that was taken is to be taken again, whatever stands behind it: a cancellation named it as the wrong one (R294 4.4.2), or
 * the person moved and the new place considers again, until somebody has decided (G06 3.9b). */
bool trail_asks_again(const struct trail *t, const char *kind);

/* The last of that step on or before a day, one that passed before one that failed on the same day; NULL when there is none. */
const struct trail_step *trail_last(const struct trail *t, int id, struct day until);

/* The fact that puts this person's clock under the rules of another period ("rules_of", value "T7:r24"); NULL: judged as everybody. */
const struct fact *trail_own_rules(const struct trail *t, const char *clock);

/* The pack that judges the clock: the one in force on its starting day, unless this person's own rules say another. */
const struct pack *trail_pack(const struct trail *t, const struct rules *r, const char *clock, struct day start);

/* Whether a fact that fits is on record by that day: a step that was taken (with "failed": voted down), the value of an attribute in force,
 * an exit that is in force, any other fact of the present candidacy or membership. */
bool trail_holds(const struct trail *t, const struct pack *p, const struct pattern *x, struct day until);

/* Whether one of `when` is on record, or none is asked for, and nothing of `unless`. */
bool trail_concerns(const struct trail *t, const struct pack *p, struct patterns when, struct patterns unless, struct day until);

/* How often that step was voted down by that day, since it passed last. */
int32_t trail_failed_times(const struct trail *t, int id, struct day until);

/* Voted down as often as the rules let it be: the committees above decide, and what follows no longer waits for it. */
bool trail_given_up(const struct trail *t, const struct step *step, struct day until);
