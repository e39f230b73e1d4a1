/* What all readers share and what follows the journal: the cube, and the roll of everybody with where they stand today. One for the
 * process; readers hold it under a readers' lock, whoever finds it behind the journal brings it up to date. */
#pragma once

#include "app/app.h"
#include "domain/helper.h"

struct live;
struct roll;

/* One clock of an open candidacy that nobody has stopped yet, or that has run out. */
struct roll_clock {
	const struct clock *clock;
	const struct pack *pack;
	struct day start, due, due_extended;
	enum clock_status status;  /* CLOCK_RUNNING, CLOCK_LATE or CLOCK_EXPIRED */
	const struct code *subject; /* as of standing_clock */
};

/* Somebody named as introducer or helper, at any time up to the day of the roll. */
struct roll_helper {
	struct person_id helper;   /* 0: not of the register */
	const char *name;          /* of one who is not of the register; NULL */
	const char *role;          /* CODES_HELPER */
	int32_t seq;               /* of the fact */
	struct day from, until;    /* until: no longer from that day on, DAY_NONE: in force */
	bool unreplaced;           /* ended by the branch, and nobody named since */
};

/* Somebody on record. Texts belong to the roll. */
struct roll_person {
	struct person_id id;
	struct unit_id unit;
	const char *name, *name_fold, *name_key;
	struct day birth;
	const char *sex;           /* code, NULL unknown */
	enum standing_phase phase;
	const char *state;         /* key of the state, "" for none; labels in the pack */
	struct labels state_label;
	struct day since;
	const struct step *next;   /* NULL: none */
	bool open;                 /* candidate, decided or on probation */
	struct roll_clock *clocks; /* open candidacies only */
	size_t clocks_n;
	bool late;                 /* one of the clocks is late */
	struct day due;            /* the nearest last day still to come; DAY_NONE */
	struct period waits;       /* of all clocks that run, members' too: from the first start to the last possible day; DAY_NONE: none */
	struct helper_state help;  /* as a helper of others, and as somebody helped */
	struct roll_helper *helpers; /* by day */
	size_t helpers_n;
};

/* What decides whether somebody is in a list, close together: lists look at everybody. */
struct roll_mark {
	int32_t unit;
	struct day due;
	unsigned char phase;       /* enum standing_phase */
	bool open, late, clocks;   /* clocks: has some */
	bool helped;               /* somebody is or was named as introducer or helper */
};

struct live_view {
	struct cube *cube;
	const struct roll_person *const *people; /* sorted by name the Vietnamese way, then by id */
	const struct roll_mark *marks;           /* of the same positions */
	size_t people_n;
	struct day today;
	struct entry_id position;  /* journal entry up to which it is current */
	const struct pack *pack;   /* in force today */
	const struct roll *roll;   /* the live view's own */
};

/* Opens a connection of its own to the installation of `app`, and loads everything as of app->today. */
enum err live_start(const struct app *app, struct live **ret, struct fault *f) MUST_CHECK;
void live_stop(struct live **l);

/* Brings it up to what `app` sees (app must be inside app_begin) or to something newer, and to app->today (or, where the app follows the
 * clock, to a day that has begun since), and holds it until live_release.
 * Many hold it at once; whoever holds it must not hold it again, nor wait for a write. */
enum err live_hold(struct live *l, struct app *app, struct live_view *ret, struct fault *f) MUST_CHECK;
void live_release(struct live *l);

/* The entry up to which it is current at this moment; waits for nobody, and brings nothing up to date. */
struct entry_id live_position(struct live *l);

/* Somebody in the roll; NULL when unknown. */
const struct roll_person *live_person(const struct live_view *v, struct person_id id);

/* ---- questions on the roll ---- */
struct roll_ask {
	struct unit_id unit;       /* this one and what lies below on v->today */
	const char *state;         /* NULL: any */
	enum standing_phase phase; /* PHASE_NONE: any */
	bool open;                 /* only candidates, decided and probationers */
	bool late;                 /* only those with a late clock */
	struct day due_by;         /* only those with a running clock due on or before; DAY_NONE: any */
	const char *text;          /* part of a name, with or without accents; NULL: any */
};
/* Those that fit, from `skip` on, at most `most`; *ret_total: all that fit. In the order of names. */
enum err roll_find(const struct live_view *v, const struct tree *t, const struct roll_ask *q, size_t skip, size_t most, struct arena *a,
	const struct roll_person ***ret, size_t *ret_n, size_t *ret_total, struct fault *f) MUST_CHECK;

/* How many stand at each state, in the order of the chain; open candidacies and probationers. */
struct roll_count {
	const char *state;
	struct labels label;
	enum standing_phase phase;
	int64_t n, late;
};
struct roll_count *roll_pipeline(const struct live_view *v, const struct tree *t, struct unit_id unit, struct arena *a, size_t *ret_n);

/* ---- late and due ---- */

struct due_row {
	const struct roll_person *person;
	const struct roll_clock *clock;
	const struct unit *unit;   /* of the person, in the tree of the question */
	int32_t days;              /* late: days since the last day in time; else days until then */
};

struct due_ask {
	struct unit_id unit;       /* this one and what lies below on v->today */
	bool late;                 /* clocks that are late; else those still running */
	int32_t within;            /* running ones due in so many days from today on; not for late ones */
};

/* Clocks by last day in time, then by name; from `skip` on, at most `most`; *ret_total: all that fit. */
void roll_due(const struct live_view *v, const struct tree *t, const struct due_ask *q, size_t skip, size_t most, struct arena *a,
	struct due_row **ret, size_t *ret_n, size_t *ret_total);
