/* What a dashboard shows of a unit: targets with pace, the way to admission, what is late and due, the months of two years, and the units
 * below by rank. Figures of the period come from the cube; who stands where, late and due come from the roll and are always of today. */
#pragma once

#include "app/live.h"
#include "stats/board_target.h"

enum { BOARD_DUE_ROWS = 10, BOARD_MONTHS = 12, BOARD_SOON_DAYS = 30 };

/* A unit directly below, by rank: largest share of its target first, then those without one by number; ties by code. */
struct board_child {
	const struct unit *unit;
	const char *name;
	bool closed;                 /* closed before the day of the tree, listed for what it admitted in the period */
	int64_t admitted;            /* in the period */
	const struct target *target; /* assigned, else its own, for admissions, that covers the period; NULL: none */
	const char *wanted;          /* as above */
	int64_t reached;             /* admitted in the days of its target */
	const char *percent;         /* of its target; NULL without one */
	double percent_value;        /* negative without one */
	int64_t late;                /* late clocks in it and below, today */
	int64_t open;                /* open candidacies and probations in it and below, today */
};

struct board_month {
	int32_t month;               /* 1..12 */
	int64_t now, before;         /* admitted in that month of `year`, and of the year before; days after `on` not counted */
	bool ahead;                  /* the month of `year` has not begun on `on`: `now` is no figure yet */
};

struct board {
	const struct unit *unit;
	const char *name;            /* of the unit on the day of the tree */
	struct period period;
	struct day as_of;
	struct day on;               /* last day that counts: the smaller of the period's end and as_of */
	struct day today;            /* of the roll: pipeline, late, due */
	int64_t admitted;            /* in the period up to `on` */
	int64_t admitted_before;     /* in the same days one year earlier */
	int64_t members;             /* at the end of `on` */
	struct board_target *targets; /* admissions first, then in the order of the indicators; a unit's best target of each kind first */
	size_t targets_n;
	struct roll_count *pipeline; /* see roll_pipeline */
	size_t pipeline_n;
	struct due_row *late, *due;  /* the first BOARD_DUE_ROWS, by last day in time; see live.h */
	size_t late_n, late_total, due_n, due_total; /* totals: clocks */
	int32_t year;                /* of `on` */
	struct board_month months[BOARD_MONTHS];
	struct board_child *children;
	size_t children_n;
	int64_t children_admitted;   /* sum of `admitted` of the children */
	int64_t own_admitted;        /* admitted in the unit itself, beside its children */
	int64_t children_late;       /* sum of `late` of the children */
};

struct board_ask {
	struct unit_id unit;
	struct period period;
	struct day as_of;
	enum lang lang;
	struct rounding_choice rounding;
};

/* Faults as of the reports: unknown unit, unit not open on that day, period after the as-of day. `v` is held by the caller; pointers are of
 * the arena, of the view's cube, or of the roll. */
enum err board_load(const struct live_view *v, const struct board_ask *q, struct arena *a, struct board *ret, struct fault *f) MUST_CHECK;
