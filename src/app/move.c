#include "app/move.h"
#include "app/location.h"
#include "app/move_files.h"
#include "store/uri.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SHORT_MS = 100 };

struct moving {
	const struct move_ask *ask;
	struct location at;      /* of the source */
	bool to_server;
	const char *role;        /* that works with the target; "" where there are none, or where it owns it */
	struct db *from, *to;
};

/* ---- opening ---- */

static enum err make_folder(const char *dir, struct fault *f)
{
	char buf[96];
	if (mkdir(dir, 0770) == 0 || errno == EEXIST)
		return OK;
	return FAULT(f, E_STORAGE, "data", MSG_APP_CANNOT_MAKE, dir, strerror_r(errno, buf, sizeof buf));
}

static const char *owner_of(const struct move_ask *ask)
{
	return ask->owner ? ask->owner : ask->to;
}

/* The two addresses are written by hand: they may name two databases. In one and the same, who writes keeps the other waiting. */
static enum err check_one_database(const struct move_ask *ask, struct db *owner, struct db *run, struct fault *f)
{
	scoped(arena_done) struct arena a = { 0 };
	TRY(db_begin(owner, f));
	db_set_patience(run, SHORT_MS);
	enum err e = db_begin(run, f);
	db_rollback(run);
	db_rollback(owner);
	if (e == OK)
		return FAULT(f, E_INVALID, "owner", MSG_APP_TWO_DATABASES, location_show(ask->owner, &a), location_show(ask->to, &a));
	return e == E_BUSY ? OK : e;
}

/* The role's name is asked of the server: an address may leave it to other places. */
static enum err find_role(struct moving *m, struct arena *a, struct fault *f)
{
	scoped(db_close) struct db *run = NULL;
	const char *owner;
	TRY(db_open(m->ask->to, DB_CREATE, &run, f));
	TRY(check_one_database(m->ask, m->to, run, f));
	TRY(db_role(m->to, a, &owner, f));
	TRY(db_role(run, a, &m->role, f));
	if (strcmp(owner, m->role) == 0)
		m->role = "";
	return OK;
}

static enum err open_server(struct moving *m, struct arena *a, struct fault *f)
{
	m->role = "";
	TRY(db_open(owner_of(m->ask), DB_CREATE, &m->to, f));
	return m->ask->owner ? find_role(m, a, f) : OK;
}

static enum err open_target(struct moving *m, struct arena *a, struct fault *f)
{
	m->to_server = uri_is_server(m->ask->to);
	if (m->to_server)
		return open_server(m, a, f);
	TRY(move_files_check(m->ask->from, m->ask->to, f));
	TRY(make_folder(m->ask->to, f));
	return db_open(m->ask->to, DB_CREATE, &m->to, f);
}

static enum db_mode source_mode(const struct move_ask *ask)
{
	if (ask->backup)
		return DB_READ;
	return ask->make_switch ? DB_ALONE : DB_WRITE;
}

static enum err open_both(struct moving *m, struct arena *a, struct fault *f)
{
	TRY(location_find(m->ask->from, a, &m->at, f));
	TRY(db_open(m->at.where, source_mode(m->ask), &m->from, f));
	return open_target(m, a, f);
}

/* ---- copying ---- */

/* Everything is proved by now; what is left can still be undone with it. */
static enum err before_commit(void *ctx, struct fault *f)
{
	const struct moving *m = ctx;
	if (!m->to_server)
		return move_files_copy(m->ask->from, m->ask->to, f);
	return *m->role ? db_grant(m->to, m->role, f) : OK;
}

static void tell(void *ctx, const char *table, int64_t rows)
{
	const struct moving *m = ctx;
	if (m->ask->progress)
		m->ask->progress(m->ask->ctx, table, rows);
}

static enum err transfer(struct moving *m, struct arena *a, struct move_report *ret, struct fault *f)
{
	const struct transfer t = { .from = m->from, .to = m->to, .progress = tell, .last = before_commit, .ctx = m };
	struct fault why;
	enum err e = transfer_run(&t, a, &ret->tables, &why);
	if (e != OK && why.msg == MSG_PG_RIGHTS) /* of a role that was not meant to make anything */
		return FAULT(f, E_STORAGE, "owner", MSG_APP_CANNOT_MAKE_TABLES, location_show(owner_of(m->ask), a));
	if (e != OK && f)
		*f = why;
	return e;
}

static enum err copy(struct moving *m, struct arena *a, struct move_report *ret, struct fault *f)
{
	TRY(journal_head(m->from, &ret->head, f)); /* the first question of a snapshot fixes its moment */
	TRY(transfer(m, a, ret, f));
	(void)db_tables(&ret->n);
	for (size_t i = 0; i < ret->n; i++)
		ret->rows += ret->tables[i].rows;
	db_close(&m->to);
	return OK;
}

/* As the running program will see it: another connection, in the role that has the rights. */
static enum err verify(struct moving *m, struct move_report *ret, struct fault *f)
{
	struct app app;
	tell(m, NULL, ret->rows);
	if (m->to_server)
		TRY(app_open_at(m->ask->from, m->ask->to, APP_READ, &app, f));
	else
		TRY(app_open(m->ask->to, APP_READ, &app, f));
	enum err e = verify_all(&app, &ret->proof, f);
	app_close(&app);
	ret->verified = e == OK;
	return e;
}

/* ---- the folder works with the new database ---- */

static enum err put_aside(const char *path, struct arena *a, const char **ret, struct fault *f)
{
	char buf[96];
	const char *old = arena_printf(a, "%s.before-move", path);
	if (access(old, F_OK) == 0)
		return FAULT(f, E_CONFLICT, "data", MSG_MOVE_OLD_THERE, old);
	if (rename(path, old) != 0)
		return FAULT(f, E_STORAGE, "data", MSG_MOVE_FILE, path, strerror_r(errno, buf, sizeof buf));
	*ret = old;
	return OK;
}

/* The address of the old database makes room for the new one, and comes back when that cannot be written. */
static enum err replace_address(const struct move_ask *ask, struct arena *a, const char **ret_old, struct fault *f)
{
	const char *path = arena_printf(a, "%s/database", ask->from);
	TRY(put_aside(path, a, ret_old, f));
	enum err e = location_keep(ask->from, ask->to, f);
	if (e != OK)
		(void)rename(*ret_old, path);
	return e;
}

/* From the moment when the address is there, it counts; the old file is then only out of the way. It is closed first, so that all of it is
 * in that one file. */
static enum err leave_file(struct moving *m, struct arena *a, const char **ret_old, struct fault *f)
{
	TRY(location_keep(m->ask->from, m->ask->to, f));
	db_close(&m->from);
	if (m->at.from == LOCATION_ENV)
		return OK;
	return put_aside(arena_printf(a, "%s/nguon.db", m->ask->from), a, ret_old, f);
}

static enum err make_switch(struct moving *m, struct arena *a, struct move_report *ret, struct fault *f)
{
	if (m->at.from == LOCATION_FILE)
		return replace_address(m->ask, a, &ret->old, f);
	return leave_file(m, a, &ret->old, f);
}

/* ---- all of it ---- */

static enum err check_old(const struct move_ask *ask, struct arena *a, struct fault *f)
{
	static const char *const names[] = { "database", "nguon.db" };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const char *old = arena_printf(a, "%s/%s.before-move", ask->from, names[i]);
		if (access(old, F_OK) == 0)
			return FAULT(f, E_CONFLICT, "data", MSG_MOVE_OLD_THERE, old);
	}
	return OK;
}

static enum err run(struct moving *m, struct arena *a, struct move_report *ret, struct fault *f)
{
	if (m->ask->make_switch)
		TRY(check_old(m->ask, a, f));
	TRY(open_both(m, a, f));
	TRY(db_begin(m->from, f));
	TRY(copy(m, a, ret, f));
	if (!m->ask->backup)
		TRY(verify(m, ret, f));
	return m->ask->make_switch ? make_switch(m, a, ret, f) : OK;
}

enum err move_run(const struct move_ask *ask, struct arena *a, struct move_report *ret, struct fault *f)
{
	struct moving m = { .ask = ask };
	struct move_report report = { .old = NULL };
	enum err e = run(&m, a, &report, f);
	db_close(&m.from);
	db_close(&m.to);
	if (e != OK)
		return e;
	report.from = location_show(m.at.where, a);
	report.to = location_show(ask->to, a);
	*ret = report;
	return OK;
}
