/* Steps that later versions of the program could bring, and a database for them to find. */
#pragma once

#include "store_test.h"

#include "store/migrate.h"

/* They are numbered where they are used. */
static const struct db_migration later_steps[] = {
	{ 0, "note.sql",
		"ALTER TABLE setting ADD COLUMN note TEXT; CREATE TABLE extra (id BIGINT NOT NULL PRIMARY KEY) @STRICT@;" },
	{ 0, "rebuild.sql",
		"CREATE TABLE unit_new (id BIGINT NOT NULL PRIMARY KEY, code TEXT NOT NULL UNIQUE,"
		" entry_id BIGINT NOT NULL, nick TEXT) @STRICT@;"
		" INSERT INTO unit_new SELECT id, code, entry_id, NULL FROM unit; DROP TABLE unit;"
		" ALTER TABLE unit_new RENAME TO unit;" },
};

static inline enum err migrate_with(struct db *db, const struct db_migration *then, int n, struct fault *f)
{
	struct db_migration list[16];
	assert_true(db_migrations_n + n <= 16);
	memcpy(list, db_migrations, (size_t)db_migrations_n * sizeof *list);
	for (int i = 0; i < n; i++) {
		list[db_migrations_n + i] = then[i];
		list[db_migrations_n + i].version = db_migrations_n + i + 1;
	}
	return migrate_to(db, list, db_migrations_n + n, f);
}

static inline int version_of(struct db *db)
{
	int v = -1;
	SUCCEEDS(db->driver->version(db, &v, &f));
	return v;
}

static inline struct db *database_filled(const char *where)
{
	struct db *db = database_new(where);
	SUCCEEDS(append_entries(db, 3, "{}", &f));
	SUCCEEDS(db_run(db, "INSERT INTO unit (id, code, entry_id) VALUES (1, 'PL', 1)", &f));
	SUCCEEDS(db_run(db, "INSERT INTO unit_fact (unit_id, seq, kind, from_on, entry_id) VALUES (1, 1, 'opened', 0, 1)", &f));
	return db;
}
