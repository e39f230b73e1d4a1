/* Rule packs: the steps, checks, thresholds and clocks of a legal period, each with its citation, read from YAML.
 *
 * A case is judged by the pack in force on its starting event, clock by clock. A pack that copies values nobody could
 * verify carries the mark `verified: no`, and so does whatever is computed from it. */
#pragma once

#include "domain/calendar.h"
#include "domain/codes.h"
#include "domain/vote.h"

struct labels {
	const char *vi, *en;
};

struct site_value; /* rules_override.h */

/* Facts that a rule speaks of, written "kind" or "kind:value" in a pack: a step or a row of fact_kinds.def. */
struct pattern {
	const char *kind, *value; /* value NULL: any */
	int step;                 /* position in the pack; -1 when the kind is not a step of it */
};

struct patterns {
	struct pattern *v;
	size_t n;
};

struct step {
	const char *key, *state;     /* fact kind; state that the person is in once it is done, e.g. "DECIDED" */
	struct labels label, state_label;
	const char **needs;          /* steps that come before it in the chain */
	size_t needs_n;
	bool by_body;                /* skipped where the pack's bodies name nobody who takes it (key `body`) */
	bool votes;                  /* carries a vote, */
	enum vote_threshold threshold; /* by this threshold */
	int32_t tries;               /* after so many votes that missed it others decide; 0: never */
	const char *tries_cite;
	bool counts;                 /* carries counts without a threshold: who was asked, agreed, disagreed */
	bool optional;               /* recorded when there is one, asked for by nobody */
	bool aside;                  /* beside the chain: leads to no state, optional */
	bool once;                   /* a second one is a mistake: the first has to be corrected */
	const char *cite;
	int line;
	int id;                      /* the same number for the same key in all packs of a `struct rules`; given by rules_add */
	uint64_t before;             /* positions of all steps that come before it, directly or not */
	uint64_t no_later;           /* positions of those of them that may not be later */
	const struct site_value *site; /* the site's own value in it; NULL: as the pack says, also in clocks and checks */
};

enum clock_use {
	CLOCK_ACT,    /* somebody must act until then: late when not done */
	CLOCK_VALID,  /* a paper is good until then: expired when the step is later */
	CLOCK_STATUS, /* a status is reached on that exact day */
	CLOCK_MEASURE, /* only a length that a condition asks for; never runs */
};

struct clock {
	const char *key;        /* "T7" */
	struct labels label;
	const char *from;       /* pattern, or "end:T10" for the end of another clock */
	const char *to;         /* pattern that stops it */
	struct pattern start, stop;
	bool each;              /* one for each starting fact, stopped by the fact that is about the same one */
	struct patterns when, unless; /* runs only where one of these is on record on the day it starts, and none of those */
	enum clock_use use;
	struct span length;
	int32_t extension;      /* further units of length.unit at most; 0: none */
	struct labels late;     /* what follows when it is missed */
	const char *cite;
	bool verified;
	int line;
	int id;                 /* as of steps */
	int from_step, to_step; /* positions in the pack; from_step is -1 after another clock */
	int from_clock;         /* where the clock starts at the end of another, else -1 */
	const struct site_value *site;
};

enum severity { SEVERITY_REFUSE, SEVERITY_WARN };

/* A named predicate with numbers: the vocabulary is code (check.c), the sentence is data. */
struct check {
	const char *key;        /* predicate: "age_months", "schooling_at_least", "valid", "passed" ... */
	const char *at;         /* pattern: step, or another fact, at whose recording it is asked */
	const char *a, *b;      /* steps, clocks, patterns or values the predicate needs, NULL when absent */
	struct patterns when, unless; /* asked only where one of these is on record by that day, and none of those */
	struct period valid;    /* asked on these days only: what it cites held then */
	int32_t min, max;
	enum severity severity;
	struct labels message;  /* what is wrong and the way out; up to CHECK_MESSAGE bytes */
	const char *cite;
	bool verified;
	int line;
	struct pattern at_fact;
	int at_step;            /* position in the pack; -1 when it is asked at a fact that is no step */
	int a_pos, b_pos;       /* position of the step or clock, rank of the code; -1 when absent */
	const struct site_value *site;
	struct pattern a_fact, b_fact; /* where the argument is a pattern */
};

/* Who counts as a member when a body votes. */
enum body_who {
	BODY_MEMBERS,   /* official members of the branch */
	BODY_COMMITTEE, /* members of the committee in office */
	BODY_STANDING,  /* members of its standing committee in office */
	BODY_BOARDS,    /* standing members, and those of the standing committee who head boards of the Party */
};

/* Who acts at some steps: the nearest organisation of one of the kinds, from the person's own upwards. Of several rows of a step the first
 * that finds one counts; domain/authority.h. */
struct body {
	const char *key;        /* "grassroots" */
	const char **steps;     /* where it acts */
	size_t steps_n;
	struct labels label;    /* what acts there: "Ban thường vụ" */
	const char **kinds, **sectors; /* of the organisation; no sectors: any */
	size_t kinds_n, sectors_n;
	enum body_authorised { BODY_EITHER, BODY_AUTHORISED, BODY_NOT_AUTHORISED } authorised; /* to admit, on that day */
	int32_t more_than;      /* members that an organisation must exceed to be authorised; 0: not said */
	enum body_who who;
	bool votes;             /* by another threshold than the step's */
	enum vote_threshold threshold;
	bool own_rules;         /* what holds there is not in these rules */
	bool verified;
	const char *cite;
	int line;
	uint64_t at_steps;      /* positions in the pack */
	const struct site_value *site;
};

/* A row of the checklist of a dossier. */
struct paper_row {
	const char *key;        /* CODES_PAPER */
	const char *at;         /* step before which it has to be there */
	const char *detail;     /* CODES_SPECIAL: the special case that asks for it, which is the fact's detail too; NULL: any */
	const char *redo_after; /* clock: to be made again once that has run out; NULL: it stays good */
	const char *not_before; /* clock: may only be written once that has run out; NULL: at any time */
	struct patterns also;   /* facts that count as this paper */
	struct patterns when, unless;
	bool verified;
	const char *cite;
	int line;
	int at_step, redo_clock, after_clock; /* -1 when absent */
};

enum { CHECK_MESSAGE = 216, PACK_STEPS = 64 };

struct pack {
	const char *id, *instrument, *file;
	int line;               /* of its validity */
	struct labels title;
	struct period valid;    /* `to` is DAY_LAST where open */
	bool verified;
	struct step *steps;     /* in the order of the chain */
	size_t steps_n;
	struct clock *clocks;
	size_t clocks_n;
	struct check *checks;
	size_t checks_n;
	struct body *bodies;
	size_t bodies_n;
	struct paper_row *papers;
	size_t papers_n;
	const char *guidance;   /* NULL: none named */
	const char *extends;    /* id of the pack whose rows it starts from; NULL: none */
	const struct pack *written; /* its rows as other packs extend them: positions not worked out, citations as written */
};

struct rules {
	struct pack **packs; /* by first day of validity; no overlap, no gap */
	size_t n, cap;
	const char **steps, **clocks; /* keys by id, of all packs */
	size_t steps_n, steps_cap, clocks_n, clocks_cap;
};

/* Reads one pack and checks it in itself: unknown step in needs/from/to/at, ring in needs or between clocks, unknown predicate, fact,
 * code or unit kind, missing citation, unknown key. The fault's field is "file:line".
 *
 * A pack may start from another one of `known` (key `extends`; NULL: there is none): its rows of the same step, clock, check, paper or body
 * replace those. In a citation "$instrument" and "$guidance" stand for the pack's own. */
enum err rules_parse(const char *file, const char *bytes, size_t n, const struct rules *known, struct arena *a, struct pack **ret,
	struct fault *f) MUST_CHECK;

/* Puts a pack among the others; one with the same id replaces it. */
void rules_add(struct arena *a, struct rules *r, struct pack *p);

/* Refuses overlapping periods, gaps between them and an empty set, with file and line of the later pack. */
enum err rules_check(const struct rules *r, struct fault *f) MUST_CHECK;

/* The pack in force on a day; the first or last one for days outside all of them. There must be a pack. */
const struct pack *rules_at(const struct rules *r, struct day on);
const struct pack *rules_find(const struct rules *r, const char *id);
/* Of the packs of that id (a site's own values split one) the one whose time is nearest to the day; NULL when there is none. */
const struct pack *rules_near(const struct rules *r, const char *id, struct day on);

const struct step *pack_step(const struct pack *p, const char *key);   /* NULL when it has none */
const struct clock *pack_clock(const struct pack *p, const char *key);
/* Whether any pack knows the step: the test of a fact kind. */
bool rules_know_step(const struct rules *r, const char *key);
int rules_step_id(const struct rules *r, const char *key); /* -1 when no pack knows it */
const char *label_of(struct labels l, enum lang lang);
