/* A report as data: what the cube computes and every format prints. */
#pragma once

#include "base/day.h"
#include "domain/figure.h"

struct report_row {
	const char *key;      /* stable: "target:assigned", "education:master", "unit:PL-05" */
	const char *label;
	int level;            /* indentation, 0 at the margin */
	bool has_value;
	int64_t value;
	bool has_ratio;       /* numerator and denominator are there; percent follows from them when denominator > 0 */
	int64_t numerator, denominator;
	bool has_points;      /* percentage points against the pace line pace_num/pace_den */
	int64_t pace_num, pace_den;
	const char *qualifier; /* "≥", "3-4 %" or NULL: how the target was worded */
	struct day since;     /* late: last day in time; else DAY_NONE */
	const char *note;     /* NULL, or a remark with the arithmetic or the citation */
};

struct report {
	const char *name;
	const char *title;     /* in the user's language */
	const char *unit_code, *unit_name;
	struct period period;
	struct day as_of;
	bool today_tree;       /* false: on the tree of the last day of the report */
	enum lang lang;
	struct rounding_choice rounding;
	const char *value_heading, *ratio_heading; /* what the two columns hold; NULL: a number, a share */
	struct report_row *rows;
	size_t n, cap;
	const char **notes;    /* below the table: definitions, inconsistencies */
	size_t notes_n, notes_cap;
};

/* Appends a row with these texts and returns it for filling. */
struct report_row *report_add(struct report *r, struct arena *a, const char *key, const char *label);
void report_note(struct report *r, struct arena *a, const char *note);
