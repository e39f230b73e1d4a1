/* Who introduces and who helps: those named for somebody, whether they are enough, who may be named, when another has to be.
 *
 * Sources: Charter, Article 4; 294-QĐ/TW 3.1.1 (two introducers), 3.2.1 (an official member who has shared the unit for 12 months), 3.2.2
 * (a replacement, without that time); 06-HD/TW 3.8c (helper of a probationary member), 3.9a (helper of a candidate who moved in). */
#pragma once

#include "domain/standing.h"

/* What the help is for. */
enum helper_stage {
	HELPER_OF_NOBODY,    /* official, or gone */
	HELPER_OF_CANDIDATE, /* until the ceremony */
	HELPER_OF_PROBATION, /* from the ceremony to the recognition */
};

/* Why a helper no longer can help, or another one has to be named. */
enum helper_gone {
	HELPER_STAYS,
	HELPER_DIED,
	HELPER_STRUCK,      /* struck off, expelled, left the Party */
	HELPER_LEFT,        /* moved out of the register */
	HELPER_TRANSFERRED, /* for good or for a time, by decision */
	HELPER_SUSPENDED,
	HELPER_DISCIPLINED,
	HELPER_NOT_OFFICIAL,
	HELPER_MOVED,       /* in another unit of the register */
	HELPER_PERSON_MOVED, /* whom they help is in another unit */
	HELPER_ENDED,       /* the branch ended it, and named nobody since */
};

/* Somebody named, on record on or before the day asked for. */
struct helper {
	const struct fact *fact;
	const struct fact *end;   /* the helper_end, or the helper who was named instead; NULL: neither */
	enum helper_stage stage;
	struct day until;         /* no longer from that day on, also because the stage was over; DAY_NONE: in force */
};

struct helpers {
	struct helper *v;         /* by day */
	size_t n;
	enum helper_stage stage;  /* of the person on that day */
	struct day cycle;         /* what happened up to that day belongs to an earlier candidacy; DAY_NONE: none */
};

/* `active` are the facts of the person who is helped. */
void helper_list(const struct facts *active, struct day on, struct arena *a, struct helpers *ret);
bool helper_in_force(const struct helper *h);

/* Ended by the branch while the stage went on, and nobody named since. */
bool helper_unreplaced(const struct helpers *list, const struct helper *h);

/* What is missing before the branch considers. */
enum helper_need {
	HELPER_ENOUGH,
	HELPER_NONE,         /* no member is named */
	HELPER_SECOND,       /* a second member, or the resolution of the Youth Union */
	HELPER_WHICH_UNION,  /* a trade-union resolution counts only where there is no Youth Union, and that is not on record */
};
enum helper_need helper_introduced(const struct facts *active, const struct helpers *list, struct day on);

/* ---- the helper ---- */

enum helper_rank { HELPER_RANK_UNKNOWN, HELPER_CANDIDATE, HELPER_PROBATIONARY, HELPER_OFFICIAL };

/* What matters of a person who helps or is helped, on a day. */
struct helper_state {
	struct unit_id unit;
	struct day unit_since;      /* DAY_NONE: as far back as anybody knows */
	enum helper_rank rank;
	enum helper_gone out;       /* HELPER_STAYS, or gone, suspended, disciplined */
	struct day out_since;
};
struct helper_state helper_state_of(const struct facts *active, struct day on);

/* Whether somebody else has to be named instead of a helper in force who was named on a day; since when, in *ret_since. */
enum helper_gone helper_gone(struct day named, const struct helper_state *helper, const struct helper_state *person,
	struct day *ret_since);

/* "đã từ trần từ ngày %1": what is to be said of it. */
enum msg helper_gone_msg(enum helper_gone why);
const char *helper_gone_key(enum helper_gone why); /* "died", for JSON */

/* Since when both have been in the same unit (the one directly below the grassroots organisation, so that party groups and the branches of
 * one sub-committee are one) without a break up to `on`: false when they are not; DAY_NONE when it goes back as far as anybody knows. */
bool helper_shared_since(const struct tree *t, const struct facts *x, const struct facts *y, struct day on, struct day *ret);

/* The grassroots organisation that a unit is or belongs to (the commune where branches hang directly below one), else the unit. */
struct unit_id helper_grassroots(const struct tree *t, struct unit_id unit, struct day on);

struct helper_case {
	const struct world *world;
	struct person_id person_id;
	const struct facts *person;  /* active facts of who is to be helped */
	const struct facts *helper;  /* of who is to help; NULL when not of the register */
	const struct fact *fact;     /* "helper" as it would be recorded */
};

/* Refuses what the rules exclude, with the field of the operation that is wrong; what cannot be known or is unusual is a warning. */
enum err helper_can(const struct helper_case *c, struct arena *a, struct warnings *w, struct fault *f) MUST_CHECK;

#define HELPER_CLOCK "T3"          /* the measure of the shared time in the packs */
#define HELPER_CHECK "replaced"    /* the check whose citation is that of replacement */

/* Citation of replacement on a day. */
const char *helper_cite(const struct rules *r, struct day on);
