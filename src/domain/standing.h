/* Where a person stands, what is missing, what is due when, what is late, and why: one pure function of rules, facts, calendar, tree
 * and today. Nothing else decides. */
#pragma once

#include "domain/facts.h"
#include "domain/rules.h"
#include "domain/tree.h"

enum step_status {
	STEP_OPEN,    /* not reached */
	STEP_NEXT,    /* all it needs is there */
	STEP_DONE,
	STEP_FAILED,  /* voted on, threshold missed: reported up, may be voted on again */
	STEP_SKIPPED, /* the kind of unit has no such step */
	STEP_UNKNOWN, /* a later step is on record, this one is not: an old list, not an error */
};

struct standing_step {
	const struct step *step;
	enum step_status status;
	struct day on;
	const struct fact *fact; /* NULL unless DONE or FAILED */
	struct day reported; /* of FAILED: when the full result went to the committee above; DAY_NONE: not yet */
	bool given_up; /* FAILED as often as the rules let it be: the committees above decide */
};

/* The steps that need it need not wait for it. */
static inline bool standing_step_is_settled(const struct standing_step *s)
{
	bool passed = s->status == STEP_DONE || s->status == STEP_SKIPPED || s->status == STEP_UNKNOWN;
	return passed || s->step->optional || s->given_up;
}

enum clock_status {
	CLOCK_RUNNING,
	CLOCK_MET,
	CLOCK_LATE,     /* still not done, last day has passed */
	CLOCK_MET_LATE,
	CLOCK_EXPIRED,  /* CLOCK_VALID: no longer good */
	CLOCK_REACHED,  /* CLOCK_STATUS: the day has come */
};

struct standing_clock {
	const struct clock *clock;
	const struct pack *pack;  /* the one in force on `start` */
	const struct fact *about; /* of a clock that runs for each of several facts: the one that started it, else NULL */
	const struct code *subject; /* what that one says it is about ("Cha đẻ" of a letter); NULL: nothing */
	struct day start, due;    /* due: last day in time */
	struct day due_extended;  /* last day with the full extension; = due where there is none */
	struct day done;          /* DAY_NONE while running */
	enum clock_status status;
};

enum standing_phase {
	PHASE_NONE,      /* nothing on record that counts */
	PHASE_CANDIDATE, /* before the decision of admission */
	PHASE_DECIDED,   /* decided, ceremony not held */
	PHASE_PROBATION,
	PHASE_OFFICIAL,
	PHASE_LEFT,
};

/* On the way to membership or on probation: what is asked of somebody day by day. */
static inline bool phase_is_open(enum standing_phase p)
{
	return p == PHASE_CANDIDATE || p == PHASE_DECIDED || p == PHASE_PROBATION;
}

struct standing {
	enum standing_phase phase;
	const char *state;              /* "CERTIFIED"; "" for PHASE_NONE */
	struct labels state_label;
	struct day since;
	struct standing_step *steps;
	size_t steps_n;
	const struct standing_step *next; /* NULL at the end of the chain or after an exit */
	struct standing_clock *clocks;  /* those that have a start */
	size_t clocks_n;
	struct warnings notes;          /* what is missing or unusual, with citation */
	bool unverified;                /* something here rests on a pack with the mark "not verified" */
};

/* What standing looks at besides the facts. */
struct world {
	const struct rules *rules;
	const struct calendar *calendar;
	const struct tree *tree;
};

/* `active` as facts_active gives it. Facts after `today` are left aside. */
void standing(const struct world *w, const struct facts *active, struct day today, struct arena *a, struct standing *ret);

/* What it is for, with its subject: "Trả lời thư thẩm tra: Cha đẻ". */
const char *standing_clock_label(const struct standing_clock *k, enum lang lang, struct arena *a);

/* The clock of that key, NULL when it has no start; the first where there are several. */
const struct standing_clock *standing_clock_of(const struct standing *s, const char *key);

/* Whether `new_fact` may be recorded beside the active facts. Refuses what is impossible, with citation or reason: before birth, in the
 * future, in a unit not open that day, a step before one that it needs, impossible votes, a threshold of the pack of that day with
 * severity "refuse". What is unusual but allowed goes to *warn. */
enum err standing_can_record(const struct world *w, const struct facts *active, const struct fact *new_fact, struct day today,
	struct arena *a, struct warnings *warn, struct fault *f) MUST_CHECK;
