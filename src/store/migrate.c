#include "store/migrate.h"

#include <assert.h>

/* Inside the transaction, so that no other process can change the file between the copy and the first step. */
static enum err apply(struct db *db, const struct db_migration *list, int n, struct fault *f)
{
	int version;
	TRY(db->driver->version(db, &version, f));
	if (version > 0 && version < n)
		TRY(db->driver->copy_before(db, version, f));
	for (; version < n; version++) {
		assert(list[version].version == version + 1);
		TRY(db->driver->run_migration(db, &list[version], f));
	}
	TRY(db->driver->after_migration(db, f));
	TRY(db->driver->check_references(db, f));
	return db->driver->set_version(db, n, f);
}

static enum err migrate_in_transaction(struct db *db, const struct db_migration *list, int n, struct fault *f)
{
	TRY(db_begin(db, f));
	enum err e = apply(db, list, n, f);
	if (e == OK)
		return db_commit(db, f);
	db_rollback(db);
	return e;
}

enum err migrate_to(struct db *db, const struct db_migration *list, int n, struct fault *f)
{
	int version;
	TRY(db->driver->version(db, &version, f));
	if (version >= n)
		return OK;
	TRY(db->driver->suspend_references(db, true, f));
	enum err e = migrate_in_transaction(db, list, n, f);
	enum err back = db->driver->suspend_references(db, false, e == OK ? f : NULL);
	return e == OK ? back : e;
}

static enum err make_steps(struct db *db, enum err (*first)(void *ctx, struct fault *f), void *ctx, struct fault *f)
{
	int version;
	TRY(db->driver->version(db, &version, f));
	if (version > 0)
		return FAULT(f, E_CONFLICT, "data", MSG_STORE_MADE_MEANWHILE);
	TRY(apply(db, db_migrations, db_migrations_n, f));
	return first(ctx, f);
}

static enum err make_in_transaction(struct db *db, enum err (*first)(void *ctx, struct fault *f), void *ctx, struct fault *f)
{
	TRY(db_begin(db, f));
	enum err e = make_steps(db, first, ctx, f);
	if (e == OK)
		return db_commit(db, f);
	db_rollback(db);
	return e;
}

enum err db_make(struct db *db, enum err (*first)(void *ctx, struct fault *f), void *ctx, struct fault *f)
{
	assert(db->mode == DB_CREATE);
	TRY(db->driver->suspend_references(db, true, f));
	enum err e = make_in_transaction(db, first, ctx, f);
	enum err back = db->driver->suspend_references(db, false, e == OK ? f : NULL);
	return e == OK ? back : e;
}

int db_version_known(void)
{
	return db_migrations_n;
}

enum err db_migrate(struct db *db, struct fault *f)
{
	return migrate_to(db, db_migrations, db_migrations_n, f);
}
