/* On the page of a person: moves and what follows from them, striking off and appeals, cancelled decisions, party age. */
#pragma once

#include "base/json.h"
#include "domain/standing.h"
#include "web/web.h"

struct person_follow {
	const char *text, *cite;   /* cite "": none */
	bool bad;                  /* something has to be undone */
};

/* A step that no longer counts. */
struct person_ended {
	const char *label, *why;
	struct day on;
};

struct person_do {
	const char *label;
	struct url url;
};

struct person_dos {
	struct person_do *v;
	size_t n, cap;
};

struct person_moves {
	const char *situation;     /* of a candidate's move; NULL: none */
	const char *route;         /* "Chi bộ A → Chi bộ B" */
	struct day moved;
	struct person_follow *follows;
	size_t follows_n;
	struct person_ended *ended;
	size_t ended_n;
	const char *away;          /* where a member is for a time; NULL: nowhere else */
	struct day away_since, away_until; /* until: DAY_NONE when not on record */
	struct person_dos moving;  /* what can be recorded about moves */
	const char *leaving;       /* state of striking off and appeal; NULL: nothing */
	struct day appeal_until;   /* DAY_NONE: no time is running */
	const char *readmission;   /* whether and when they may be admitted again; NULL: not asked */
	const char *readmission_cite;
	struct person_dos ending;  /* what can be recorded about decisions, striking off, appeals */
	struct day age_from;       /* DAY_NONE: not a member, never was */
	const char *age;           /* "12 năm 3 tháng" */
	struct day first_ceremony, first_official, again; /* shown after a second admission */
};

struct person_moves *person_moves(struct visit *v, const struct facts *active, const struct standing *now, bool may_write);

/* "move":{"situation","on","route"} or null, "party_age":{"from","text"} or null, "ended":[{"label","on","why"}] */
void person_moves_json(struct json *j, const struct person_moves *m);
void page_person_moves(struct html *h, const struct person_moves *v);
void page_person_moves_links(struct html *h, const struct person_moves *v);
