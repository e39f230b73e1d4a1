/* Making an installation, and bringing its schema up to date. */
#include "app/app.h"
#include "app/location.h"
#include "store/queries.gen.h"
#include "store/uri.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NAME_CHARS_MAX = 200 };

/* Where the database is made, and through whom. */
struct site {
	const char *where; /* for db_open, as the program will always use it */
	const char *owner; /* the same database, by who makes its tables */
	bool keep;         /* `where` is still to be put down in the folder */
	const char *role;  /* gets rights from the owner; "": it is the owner itself */
};

/* ---- the role that works with it ---- */

static bool is_one(const struct site *s)
{
	return strcmp(s->owner, s->where) == 0;
}

static enum err role_at(const char *where, enum db_mode mode, struct arena *a, const char **ret, struct fault *f)
{
	struct db *db = NULL;
	TRY(db_open(where, mode, &db, f));
	enum err e = db_role(db, a, ret, f);
	db_close(&db);
	return e;
}

/* Asked of the running connection itself: libpq knows several ways to name a role. Before anything is made, so that a wrong password is
 * found out first. */
static enum err find_role(struct site *s, enum db_mode mode, struct db *owner, struct arena *a, struct fault *f)
{
	const char *run, *own;
	s->role = "";
	if (is_one(s))
		return OK;
	TRY(role_at(s->where, mode, a, &run, f));
	TRY(db_role(owner, a, &own, f));
	if (strcmp(run, own) != 0)
		s->role = run;
	return OK;
}

static enum err grant(struct db *db, const char *role, struct fault *f)
{
	if (!*role)
		return OK;
	TRY(db_begin(db, f));
	enum err e = db_grant(db, role, f);
	if (e == OK)
		return db_commit(db, f);
	db_rollback(db);
	return e;
}

/* The two addresses are written by hand: they may name two databases. */
static enum err check_running(const struct site *s, struct fault *f)
{
	scoped(arena_done) struct arena a = { 0 };
	struct fault why;
	struct db *db = NULL;
	int version = 0;
	if (is_one(s))
		return OK;
	enum err e = db_open(s->where, DB_WRITE, &db, &why);
	if (e == OK)
		e = db_version(db, &version, &why);
	if (e == OK && version == db_version_known())
		e = db_begin(db, &why);
	db_close(&db);
	if (e == E_NOTFOUND || (e == OK && version != db_version_known()))
		return FAULT(f, E_INVALID, "owner", MSG_APP_TWO_DATABASES, location_show(s->owner, &a), location_show(s->where, &a));
	if (e != OK && f)
		*f = why;
	return e;
}

/* ---- a new one ---- */

static enum err make_folder(const char *dir, bool *ret_made, struct fault *f)
{
	*ret_made = mkdir(dir, 0770) == 0;
	if (*ret_made || errno == EEXIST)
		return OK;
	return FAULT(f, E_STORAGE, "data", MSG_APP_CANNOT_MAKE, dir, strerror(errno));
}

static enum err find_site(const char *dir, const struct app_database *at, struct arena *a, struct site *ret, struct fault *f)
{
	struct location found = { .where = at->run };
	if (at->run)
		TRY(location_check_free(dir, f));
	else
		TRY(location_find(dir, a, &found, f));
	*ret = (struct site){ .where = found.where, .owner = found.where, .keep = at->run != NULL };
	if (at->owner && uri_is_server(found.where))
		ret->owner = at->owner;
	return OK;
}

struct content {
	struct db *db;
	const char *name, *role;
};

static enum err put_content(void *ctx, struct fault *f)
{
	const struct content *c = ctx;
	TRY(q_setting_put(c->db, "name", c->name, f));
	return *c->role ? db_grant(c->db, c->role, f) : OK;
}

/* What the server calls a lack of rights is here that of a role that was not meant to make anything. */
static enum err without_rights(enum err e, enum msg instead, const struct site *s, const struct fault *why, struct fault *f)
{
	scoped(arena_done) struct arena a = { 0 };
	if (why->msg == MSG_PG_RIGHTS)
		return FAULT(f, E_STORAGE, "owner", instead, location_show(s->owner, &a));
	if (f)
		*f = *why;
	return e;
}

static enum err make_tables(struct db *db, const struct site *s, const char *name, struct fault *f)
{
	struct content content = { db, name, s->role };
	struct fault why;
	enum err e = db_make(db, put_content, &content, &why);
	return e == OK ? OK : without_rights(e, MSG_APP_CANNOT_MAKE_TABLES, s, &why, f);
}

static enum err try_and_keep(const struct site *s, const char *dir, struct fault *f)
{
	TRY(check_running(s, f));
	return s->keep ? location_keep(dir, s->where, f) : OK;
}

static enum err make(const char *dir, const char *name, struct site *s, struct arena *a, struct fault *f)
{
	struct db *db = NULL;
	TRY(db_open(s->owner, DB_CREATE, &db, f));
	enum err e = find_role(s, DB_CREATE, db, a, f);
	if (e == OK)
		e = make_tables(db, s, name, f);
	if (e == OK) {
		e = try_and_keep(s, dir, f);
		if (e != OK)
			db_unmake(db);
	}
	db_close(&db);
	return e;
}

enum err app_create_at(const char *dir, const char *name, const struct app_database *at, struct fault *f)
{
	scoped(arena_done) struct arena a = { 0 };
	struct site s;
	bool made;
	if (!*name)
		return FAULT(f, E_INVALID, "name", MSG_REQUIRED);
	if (strlen(name) > NAME_CHARS_MAX * 4)
		return FAULT(f, E_TOOBIG, "name", MSG_TOO_LONG, "200");
	TRY(make_folder(dir, &made, f));
	enum err e = find_site(dir, at, &a, &s, f);
	if (e == OK)
		e = make(dir, name, &s, &a, f);
	if (e != OK && made)
		(void)rmdir(dir);
	return e;
}

enum err app_create(const char *dir, const char *name, struct fault *f)
{
	return app_create_at(dir, name, &(struct app_database){ 0 }, f);
}

/* ---- an older one ---- */

static enum err bring_up(struct db *db, struct site *s, struct arena *a, int *ret_from, struct fault *f)
{
	struct fault why;
	TRY(find_role(s, DB_WRITE, db, a, f));
	TRY(db_version(db, ret_from, f));
	enum err e = db_migrate(db, &why);
	if (e != OK)
		return without_rights(e, MSG_APP_NOT_OWNER, s, &why, f);
	TRY(grant(db, s->role, f));
	return check_running(s, f);
}

enum err app_migrate(const char *dir, const char *owner, int *ret_from, struct fault *f)
{
	scoped(arena_done) struct arena a = { 0 };
	struct location at;
	struct db *db = NULL;
	int from = 0;
	TRY(location_find(dir, &a, &at, f));
	struct site s = { .where = at.where, .owner = owner && uri_is_server(at.where) ? owner : at.where };
	TRY(db_open(s.owner, DB_WRITE, &db, f));
	enum err e = bring_up(db, &s, &a, &from, f);
	db_close(&db);
	if (e == OK)
		*ret_from = from;
	return e;
}
