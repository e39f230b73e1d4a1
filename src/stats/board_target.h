/* Targets measured for a dashboard: the arithmetic of report_progress, figure by figure. */
#pragma once

#include "stats/reports.h"

enum board_status {
	BOARD_PLAIN,   /* no target, or nothing to compare with yet */
	BOARD_REACHED, /* the target, or its lower end, is reached */
	BOARD_AHEAD,   /* on the pace line or before it */
	BOARD_BEHIND,  /* below the pace line */
};
const char *board_status_key(enum board_status s); /* "plain", "reached", "ahead", "behind" */
const char *board_status_label(enum board_status s, enum lang lang);

/* One target of the unit, or an indicator without one (`target` NULL: only label and value). */
struct board_target {
	const struct indicator *indicator;
	const char *label;           /* of the indicator */
	const char *title;           /* of the target: "Chỉ tiêu giao, năm 2024"; of the indicator where there is none */
	const struct target *target;
	bool is_share;               /* value is `numerator of denominator`, the target a percentage */
	int64_t value;               /* people, certificates, units: the numerator of a share */
	const char *wanted;          /* the target as worded: "205", "≥ 1.950", "15-20 %"; "" without one */
	/* percent: of the target, for shares the share itself. Texts in the language, without sign of per cent; NULL where there is none. */
	const char *percent;         /* "96,8" */
	const char *pace;            /* per cent where the pace line stands on the day: "50" */
	const char *points;          /* percentage points against the pace line: "15,2", "-3" */
	double percent_value, pace_value; /* for bars, not rounded; negative where there is none */
	const char *note;            /* the arithmetic in words; NULL */
	enum board_status status;
};

/* Every indicator that has targets for the unit in the asked days, and admissions always: admissions first, then in the order of the
 * indicators; of one indicator first those that cover the asked period. Faults as of the reports. */
enum err board_targets(const struct cube *c, const struct report_ask *q, struct arena *a, struct board_target **ret, size_t *ret_n,
	struct fault *f) MUST_CHECK;

/* What a unit has reached of its own quota for admissions over the asked period: the assigned one, else its own. */
struct board_quota {
	const struct target *target; /* NULL: none; then nothing else is there */
	const char *wanted;
	struct period days;          /* those of its target that count */
	int64_t reached;
	const char *percent;
	double percent_value;        /* negative without a target */
};
/* Of each part PART_CHILD + k of the split, in one pass for each period that the quotas have. */
enum err board_quotas(const struct cube *c, const struct report_ask *q, const struct tree_split *split, struct arena *a,
	struct board_quota **ret, struct fault *f) MUST_CHECK;
