/* What a changed calendar does to the last days that were given: which running clocks of whom would end on another day. */
#pragma once

#include "app/live.h"
#include "base/json.h"

/* One clock that nobody has stopped yet. */
struct due_change {
	struct person_id id;
	const char *name, *name_key;
	const struct unit *unit;   /* of the person, today */
	const struct clock *clock;
	const struct pack *pack;
	struct day start, was, will; /* last day in time, now and then; DAY_NONE: the clock would not have started yet */
};

struct due_changes {
	struct due_change *v;      /* of people whom app->who may see; by code of the unit, then by name */
	size_t n;
	size_t clocks, people;     /* of everybody */
};

/* If these exceptions were given for all clocks. Looks at everybody with a running clock, members too: those of the roll
 * where there is a live view, else all people. */
enum err due_changes_find(struct app *app, const struct calendar_days *days, const struct live_view *live, struct arena *a,
	struct due_changes *ret, struct fault *f) MUST_CHECK;

/* The same for what a calendar_set or calendar_block would do, refused as the operation itself would be. */
struct op;
enum err due_changes_of(struct app *app, const struct op *op, const void *in, const struct live_view *live, struct arena *a,
	struct due_changes *ret, struct fault *f) MUST_CHECK;

/* "clocks", "people", "changes": [{"person","name","unit","clock","start","due","new_due"}] of an object. */
void due_changes_json(struct json *j, const struct due_changes *changes);

/* "30/06/2026 → 01/07/2026": what a list says of one change. */
const char *due_change_text(const struct due_change *d, enum lang lang, struct arena *a);
