/* The same district on the disk, for what needs a folder: other connections, other processes, tampering. */
#pragma once

#include "office.h"

struct disk {
	struct office office;
	char *dir; /* of the office */
};

static inline int disk_setup(void **state)
{
	struct disk *d = calloc(1, sizeof *d);
	assert_non_null(d);
	place_open_app(&d->office.place, &d->office.app);
	d->dir = d->office.place.dir;
	d->office.app.today = on(TODAY);
	office_units(&d->office);
	*state = d;
	return 0;
}

static inline int disk_teardown(void **state)
{
	struct disk *d = *state;
	place_close_app(&d->office.place, &d->office.app);
	arena_done(&d->office.arena);
	free(d);
	return 0;
}

/* Changes one row behind the program's back. */
static inline void disk_tamper(const struct disk *d, const char *sql)
{
	assert_int_equal(place_tamper(&d->office.place, sql), 1);
}
