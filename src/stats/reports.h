/* The reports. Every figure comes from the cube; titles and labels are in the report's language. */
#pragma once

#include "domain/report.h"
#include "stats/cube.h"

struct report_ask {
	struct unit_id unit;
	struct period period;
	struct day as_of;        /* figures up to the end of this day */
	bool today_tree;
	struct day today;        /* for today_tree */
	const char *indicator;   /* progress, ranking; NULL: "admitted", in progress also all others that have targets */
	enum cube_dimension by;  /* breakdown */
	const char *class_kind;  /* classes; NULL: all */
	enum lang lang;
	struct rounding_choice rounding;
};

/* Whether a unit can be reported on by the tree of a day: E_NOTFOUND, or E_INVALID that says since when it is closed or from when it is
 * open. */
enum err report_check_unit(const struct tree *t, struct unit_id unit, struct day on, enum lang lang, struct fault *f) MUST_CHECK;

/* Each target of the unit on the indicator side by side, value, target, percent and points against the pace line; children
 * below. Keys: "admitted" (the period itself), "members", "organisations", "branches"; "target:KIND" for each kind of target
 * whose period covers the asked period, "target:KIND:PERIOD" for others that overlap it; "unit:CODE" for the children (value: of
 * the period; ratio: to their own target). A self-set target below the assigned one is noted. Where no indicator is asked for, the others
 * that have targets follow those of admissions, as "INDICATOR:target:KIND". */
enum err report_progress(const struct cube *c, const struct report_ask *q, struct arena *a, struct report *ret, struct fault *f) MUST_CHECK;

/* Keys "DIMENSION:VALUE", last row "total"; unknown is shown; rows sum to the total. Youth: also the share of members of the
 * Youth Union. */
enum err report_breakdown(const struct cube *c, const struct report_ask *q, struct arena *a, struct report *ret,
	struct fault *f) MUST_CHECK;

/* Children of the unit by number and by share of the yearly target where they have one. Keys "unit:CODE". */
enum err report_ranking(const struct cube *c, const struct report_ask *q, struct arena *a, struct report *ret, struct fault *f) MUST_CHECK;

/* One row for each class that began in the period: people, certificates, admitted since, as of the day (which may be after the period).
 * Value: certificates; ratio: admitted since of the people sent; all three in the note. Keys "class:CODE"; "total", in which nobody counts
 * twice. A unit sees everybody in the classes that it or a unit below it holds, and its own people in the classes of others. */
enum err report_classes(const struct cube *c, const struct report_ask *q, struct arena *a, struct report *ret, struct fault *f) MUST_CHECK;
