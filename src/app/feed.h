/* Feeding what is kept in memory: everything once as streams, then what the journal says has changed. Used by the cube of one app, and
 * by the live view, which is told of each person besides. */
#pragma once

#include "app/app.h"

struct feed {
	struct app *app;   /* inside app_begin */
	struct cube *cube; /* NULL: only `person` is told */
	/* Told of each person that is fed; NULL: nobody is. In feed_people it is called inside a running query. */
	enum err (*person)(void *ctx, struct person_id id, const struct facts *active, struct fault *f);
	void *ctx;
};

/* Tree, classes, targets and all people; the cube is then current up to app->head. */
enum err feed_all(const struct feed *feed, struct fault *f) MUST_CHECK;

/* All people once, in the order of their ids. */
enum err feed_people(const struct feed *feed, struct fault *f) MUST_CHECK;

/* What the entries behind the cube's position have changed. The position moves when all went well; feeding an entry twice does no harm.
 * *ret_world: working days, or the place and kind of a unit have changed, on which everybody's standing may depend. */
enum err feed_changes(const struct feed *feed, bool *ret_world, struct fault *f) MUST_CHECK;
