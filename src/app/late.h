/* Who is late, with what, since when and by which rule: standing over all open candidacies of a subtree. */
#pragma once

#include "app/helpers.h"
#include "domain/report.h"

/* A candidacy or probation that is still open on the day asked for. */
struct late_person {
	struct person_id id;
	const char *name, *name_key;
	const struct unit *unit; /* on that day */
	struct standing standing;
	struct helper_flag *flags; /* helpers in whose place somebody has to be named */
	size_t flags_n;
};

/* Open candidacies of the unit and of those below it, as known on `on`; by code of the unit, then by name the Vietnamese way. */
enum err late_people(struct app *app, struct unit_id unit, struct day on, struct arena *a, struct late_person **ret, size_t *ret_n,
	struct fault *f) MUST_CHECK;

/* Nobody has acted and the last day has passed, or a paper has run out. */
bool late_is_late(const struct standing_clock *k);

/* How far the list of what is due looks ahead. */
enum { LATE_SOON_DAYS = 30 };

/* Still to be done, with its last day in [on, to]. */
bool late_is_due(const struct standing_clock *k, struct day on, struct day to);

struct late_ask {
	struct unit_id unit;
	struct day as_of;
	enum lang lang;
	struct rounding_choice rounding;
};

/* One row for each clock that is late, keys "late:PERSON:CLOCK" (label: person and act; value: days late; since: last day in time;
 * note: what follows, citation, and the mark where the rule is not verified), below a row "unit:CODE" for each unit (value: late
 * clocks in it); last row "total". */
enum err late_report(struct app *app, const struct late_ask *q, struct arena *a, struct report *ret, struct fault *f) MUST_CHECK;

/* What is late, what is due in the next 30 days, in whose place helpers have to be named,
 * and the next step of everybody else: lines of text for a terminal or for printing. */
enum err late_todo(struct app *app, const struct late_ask *q, struct arena *a, const char **ret, struct fault *f) MUST_CHECK;
