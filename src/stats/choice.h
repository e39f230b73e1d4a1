/* Which targets a question is about, and in which order they stand. Private to stats. */
#pragma once

#include "stats/measure.h"

#define TARGET_ASSIGNED "assigned"
#define TARGET_OWN "own"

/* A target with whether it covers the asked period: those come first. */
struct target_choice {
	const struct target *target;
	bool covers;
};

/* Targets of a unit on an indicator that overlap the asked days and have begun. */
struct target_choice *choice_targets(const struct frame *fr, const struct indicator *ind, struct unit_id unit, size_t *ret_n);

/* The best target of a kind that covers the asked period, NULL when there is none. */
const struct target *choice_covering(const struct target_choice *v, size_t n, const char *kind);

/* The quota of a unit that covers the asked period: the assigned one, else its own; the shortest of several. NULL: none. */
const struct target *choice_quota(const struct frame *fr, const struct indicator *ind, struct unit_id unit);

bool choice_same_period(struct period p, struct period q);

/* "Chỉ tiêu giao, năm 2021". */
const char *choice_label(const struct frame *fr, const struct target *t);
