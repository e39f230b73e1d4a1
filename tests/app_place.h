/* An open installation with nothing in it, on the engine under test. */
#pragma once

#include "place.h"
#include "testing.h"

#include "app/app.h"

/* The schema is made once in each program; copying it is faster. */
static struct test_place place_of_schema;

static inline void place_remove_schema(void)
{
	place_remove(&place_of_schema);
}

static inline void place_open_app(struct test_place *p, struct app *app)
{
	struct fault f;
	if (!*place_of_schema.dir) {
		place_make(&place_of_schema);
		(void)atexit(place_remove_schema);
		assert_ok(app_create(place_of_schema.dir, "Thử nghiệm", &f));
	}
	place_make_copy(p, &place_of_schema);
	assert_ok(app_open(p->dir, APP_WRITE, app, &f));
}

/* The same where no test looks at files: in memory on SQLite. */
static inline void place_open_private(struct test_place *p, struct app *app)
{
	struct fault f;
	*p = (struct test_place){ 0 };
	if (place_on_postgres())
		place_open_app(p, app);
	else
		assert_ok(app_open(NULL, APP_WRITE, app, &f));
}

static inline void place_close_app(struct test_place *p, struct app *app)
{
	app_close(app);
	place_remove(p);
}
