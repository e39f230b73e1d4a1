/* The rows of a pack by their addresses: how a site names one whose value it replaces, and how the table of all rules names those that hold
 * one. A clock ("T7"), a step ("branch_vote"), a check by step, predicate and what it looks at ("branch_vote/age_months",
 * "branch_vote/valid:T1"), a body ("body/grassroots"), a paper ("paper/application"). "#2" stands behind the second alike. */
#pragma once

#include "domain/rules.h"

enum rules_row_kind { ROW_CLOCK, ROW_STEP, ROW_CHECK, ROW_BODY, ROW_PAPER, ROW__KINDS };

struct rules_row {
	enum rules_row_kind kind;
	const char *key;               /* the address */
	void *object;                  /* struct clock, step, check, body or paper_row */
	const char **cite;
	const struct site_value **site; /* NULL where no value of the row can be the site's own */
	bool verified;                 /* of steps: the whole pack's mark */
};

/* All rows of a pack: clocks, steps, checks, bodies, papers, each in the order of the pack. Who owns the pack may write through them. */
struct rules_row *rules_rows(const struct pack *p, struct arena *a, size_t *ret_n);

/* False when the pack has no row of that address. */
bool rules_row_find(const struct pack *p, const char *key, struct arena *a, struct rules_row *ret);

/* The address of a check among those of its pack. */
const char *rules_check_row(const struct pack *p, const struct check *check, struct arena *a);

/* What the row says, in few words: "45 ngày làm việc, gia hạn thêm 15", "ít nhất 2/3", "từ 216; từ chối"; "" for a step without a vote. */
const char *rules_row_text(const struct rules_row *row, enum lang lang, struct arena *a);

/* The sentence of a check outside of any case: "…" where a case would name papers or a day. */
const char *rules_check_text(const struct check *check, enum lang lang, struct arena *a);

/* Words for a threshold and for a severity. */
const char *rules_threshold_text(enum vote_threshold t, enum lang lang);
const char *rules_severity_text(enum severity s, enum lang lang);
