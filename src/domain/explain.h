/* Why somebody stands where they stand: every rule that standing() went by on a day, with its answer. Nothing is judged here: steps and
 * clocks are those of standing(), answers those of check_ask(). */
#pragma once

#include "domain/check.h"
#include "domain/standing.h"

enum explain_why {
	WHY_ON_RECORD,    /* the fact is there */
	WHY_VOTED_DOWN,   /* the fact is there, and its vote missed the threshold */
	WHY_NO_SUCH_STEP, /* the organisation has none */
	WHY_LATER_STEP,   /* the first of `others` is on record, and needs it */
	WHY_READY,        /* all that it needs is there */
	WHY_OPTIONAL,     /* the same, and it may be left out */
	WHY_WAITS,        /* for `others` */
	WHY_GONE,         /* the person has left the list or the Party */
	WHY_ASIDE,        /* beside the chain: nobody asks for it */
};

struct explain_step {
	const struct standing_step *step;
	enum explain_why why;
	const struct step **others;
	size_t others_n;
};

struct explain_check {
	const struct pack *pack;   /* in force on `on` */
	const struct check *check;
	const char *at;            /* kind of fact at whose recording it is asked: a step, an exit, an appeal */
	bool asked;                /* false: the step has not been reached */
	struct day on;             /* as of which it was asked: the day of the step, today for the next one; DAY_NONE when not asked */
	enum check_result result;  /* CHECK_NOT_ASKED also for what `when` and `unless` leave out */
	struct fault said;         /* msg MSG_NONE: nothing */
};

struct explain_clock {
	const struct standing_clock *clock;
	const struct fact *own_rules;         /* "rules_of" that puts this person's clock under another pack; NULL: none */
	const struct calendar_day **skipped;  /* exceptions of the calendar on the way: weekdays off, days of rest worked */
	size_t skipped_n;
};

struct explain {
	struct day on;
	const struct pack *pack;   /* in force that day */
	struct standing standing;
	struct explain_step *steps;
	size_t steps_n;
	struct explain_check *checks; /* in the order of the steps, then those of facts beside the chain */
	size_t checks_n, cap;
	struct explain_clock *clocks;
	size_t clocks_n;
};

/* `active` as facts_active gives it. */
void explain(const struct world *w, const struct facts *active, struct day on, struct arena *a, struct explain *ret);

/* Whether anything it rests on was not verified: the pack, or the value itself. */
bool explain_check_verified(const struct explain_check *x);
