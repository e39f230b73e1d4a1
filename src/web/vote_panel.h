/* Who acts at a step for the people of an organisation, by which share of votes, and what given counts come to: what the form of a vote and
 * the page of authorities show. Texts are in the reader's language. */
#pragma once

#include "base/json.h"
#include "domain/authority.h"
#include "web/web.h"

struct vote_panel {
	const char *step, *label;  /* of the step */
	const char *unit_code, *unit_name; /* whose body it is, by its name of that day; NULL: the rules name nobody */
	const char *body;          /* "Ban thường vụ"; NULL with unit_name NULL */
	const char *threshold;     /* "two_thirds", "majority"; NULL: no vote by these rules */
	const char *share;         /* "ít nhất hai phần ba"; "" without a vote */
	const char *who_counts;    /* who is in the denominator, as a sentence; NULL without a vote */
	const char *cite;
	bool verified;
	/* of the counts */
	struct vote_result result; /* n -1: not enough is known yet */
	bool has_votes;            /* the votes in favour are known, so that result.passed means something */
	const char *says;          /* the sentence about it */
	const char *tone;          /* of that sentence: "info", "good", "warn" */
	/* the same sentence for the script, with {n}, {needs}, {yes}, {missing}, {out}, {members}, {votes} in it */
	const char *ask, *needs, *passed, *failed, *nobody, *too_many;
	const char *members_label; /* of the count of members: "Số đảng viên chính thức của chi bộ"; NULL: as for any vote */
	const char *official, *away; /* what the register says of those fields; NULL: nothing */
};

/* Counts of the minutes as they were typed; -1 where nothing, or no number, stands. */
struct vote vote_panel_counts(const char *(*get)(const void *ctx, const char *name), const void *ctx);

void vote_panel_make(struct visit *v, const struct pack *p, const struct step *step, struct unit_id unit, struct day on,
	const struct vote *counts, struct vote_panel *ret);

/* {"step","label","unit","unit_name","body","threshold","rule","verified"} and, where there are counts, "n","needs","passed","text". */
void vote_panel_json(struct json *j, const struct vote_panel *p);

void page_vote_who(struct html *h, const struct vote_panel *v);   /* above the counts */
void page_vote_tally(struct html *h, const struct vote_panel *v); /* below them */
