/* Made-up data: four installations whose records reproduce the figures of published documents, and go on plausibly from there.
 *
 * Everything is invented but the names of places and bodies. A seeded generator makes it: the same scenario and the same day give the same
 * journal, to the last hash. */
#pragma once

#include "app/access.h"

/* Made-up activity goes on until today, but not beyond the days off that the program ships. */
enum { DEMO_LAST_YEAR = 2036 };

struct made;

struct demo_scenario {
	const char *name;     /* "phu-ly" */
	const char *unit;     /* code of its root: "PL" */
	const char *office;   /* of a large committee with work to do, */
	const char *branch;   /* and of a branch below it with open candidates */
	const char *vi, *en;  /* what it shows, in a sentence */
	const char *earliest; /* the first day that can be `today` in it */
	uint64_t seed;
	enum err (*make)(struct made *m, struct fault *f);
};

/* The scenarios, the first one being the one to show when none is named. */
const struct demo_scenario *demo_scenarios(size_t *ret_n);

/* The scenario of that name; E_USAGE with the list of names when there is none. */
enum err demo_find(const char *name, const struct demo_scenario **ret, struct fault *f) MUST_CHECK;

/* E_INVALID for a day before the scenario's `earliest` or after DEMO_LAST_YEAR. */
enum err demo_check_day(const struct demo_scenario *s, struct day today, struct fault *f) MUST_CHECK;

/* Fills an empty installation, in one transaction. E_USAGE for an unknown scenario, E_INVALID as demo_check_day. app->today and the clock
 * are the scenario's while it runs. */
enum err demo_run(struct app *app, const char *scenario, struct day today, struct fault *f) MUST_CHECK;

/* ---- accounts ---- */

/* The same for every account of every made-up installation, and only there. */
#define DEMO_PASSWORD "nguon-demo-2026"

enum { DEMO_LOGINS = 7 };
struct demo_login {
	const char *login, *name;
	enum role role;
	const char *unit; /* NULL: everywhere */
};
void demo_logins(const struct demo_scenario *s, struct demo_login ret[DEMO_LOGINS]);

/* Opens them; part of demo_run. */
enum err demo_open_logins(struct app *app, const struct demo_scenario *s, struct fault *f) MUST_CHECK;

/* Lets them in by DEMO_PASSWORD; no part of the journal. Marks the installation as made up, */
enum err demo_set_passwords(struct app *app, const struct demo_scenario *s, struct fault *f) MUST_CHECK;
/* so that later it can be asked what it is: NULL for one that is real. */
enum err demo_of(struct app *app, const struct demo_scenario **ret, struct fault *f) MUST_CHECK;
