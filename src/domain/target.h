/* Targets: a number or a rate for an indicator, a unit and a period. Several stand side by side: assigned from
 * above, self-set, of the term. A changed target is a new row that names the one it replaces. */
#pragma once

#include "base/day.h"
#include "domain/codes.h"
#include "domain/ids.h"

/* How an indicator is counted; one row of indicators.def. */
enum measure {
	MEASURE_COUNT,       /* people admitted in the period that satisfy the filter */
	MEASURE_SHARE,       /* the same as a share of all admitted */
	MEASURE_MEMBER_RATE, /* admitted as a share of the members on the day before the period (R21: "năm trước liền kề") */
	MEASURE_CLASS,       /* people who finished a class of the period */
	MEASURE_PLANS,       /* direct subordinate units with a plan for the year, of all */
	MEASURE_NOTIFIED,    /* moved certificate holders whose new place was told, of all moved */
};

struct indicator {
	const char *key;
	struct labels_pair { const char *vi, *en; } label;
	enum measure measure;
	const char *attribute; /* filter: fact kind, NULL when none */
	const char *values;    /* accepted values separated by '|'; "!none" = any known value but "none", "!kinh" = any but "kinh" */
};
const struct indicator *indicators(size_t *ret_n);
const struct indicator *indicator_find(const char *key);
bool indicator_is_rate(const struct indicator *i); /* its targets are per cent: of two units they do not add up */

enum { TARGET_MILLI = 1000 };

struct target {
	struct target_id id;
	struct unit_id unit;
	const char *indicator;
	const char *kind;          /* CODES_TARGET_KIND: assigned, own, term */
	struct period period;
	int64_t low_milli;         /* thousandths: 205 people = 205000; 3 % = 3000 */
	int64_t high_milli;        /* -1: "or more" */
	bool at_least;             /* "trở lên": reached from low on; printed with ≥ */
	struct day decided;
	const char *paper_no;
	struct target_id replaces;
	int64_t reorg;             /* a reorganisation carried it over, from or to this unit; low 0: nothing is left here; 0: was set */
	struct entry_id entry;
};

/* Share of the period gone by at the end of `day`, as a fraction in months: half of a year on 30 June, exactly. A month begun counts
 * by its days. The pace line of a target is this share of it. */
void period_pace(struct period p, struct day day, int64_t *ret_num, int64_t *ret_den);
