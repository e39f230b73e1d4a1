/* The same district on the disk, for what needs a file: other connections, other processes, tampering. */
#pragma once

#include "office.h"

#include <ftw.h>
#include <sqlite3.h>
#include <unistd.h>

struct disk {
	struct office office;
	char dir[64];
};

static inline int disk_remove(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st, (void)type, (void)ftw;
	return remove(path);
}

static inline int disk_setup(void **state)
{
	struct disk *d = calloc(1, sizeof *d);
	struct fault f;
	assert_non_null(d);
	(void)snprintf(d->dir, sizeof d->dir, "/tmp/nguon-test-XXXXXX");
	assert_non_null(mkdtemp(d->dir));
	assert_ok(app_create(d->dir, "Thử nghiệm", &f));
	assert_ok(app_open(d->dir, APP_WRITE, &d->office.app, &f));
	d->office.app.today = on(TODAY);
	office_units(&d->office);
	*state = d;
	return 0;
}

static inline int disk_teardown(void **state)
{
	struct disk *d = *state;
	app_close(&d->office.app);
	arena_done(&d->office.arena);
	assert_int_equal(nftw(d->dir, disk_remove, 8, FTW_DEPTH | FTW_PHYS), 0);
	free(d);
	return 0;
}

/* Changes the file behind the program's back. */
static inline void disk_tamper(const struct disk *d, const char *sql)
{
	sqlite3 *db;
	char path[96], *why = NULL;
	(void)snprintf(path, sizeof path, "%s/nguon.db", d->dir);
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	if (sqlite3_exec(db, sql, NULL, NULL, &why) != SQLITE_OK)
		fail_msg("%s", why);
	assert_int_equal(sqlite3_changes(db), 1);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
}
