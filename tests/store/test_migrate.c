/* Migration: all or nothing, with a copy of the file before. */
#include "store_test.h"

#include "store/migrate.h"

/* What later versions of the program could bring; they are numbered where they are used. */
static const struct db_migration more[] = {
	{ 0, "note.sql",
		"ALTER TABLE setting ADD COLUMN note TEXT; CREATE TABLE extra (id BIGINT NOT NULL PRIMARY KEY) @STRICT@;" },
	{ 0, "rebuild.sql",
		"CREATE TABLE unit_new (id BIGINT NOT NULL PRIMARY KEY, code TEXT NOT NULL UNIQUE,"
		" entry_id BIGINT NOT NULL, nick TEXT) @STRICT@;"
		" INSERT INTO unit_new SELECT id, code, entry_id, NULL FROM unit; DROP TABLE unit;"
		" ALTER TABLE unit_new RENAME TO unit;" },
};
static const struct db_migration broken = { 0, "broken.sql",
	"CREATE TABLE extra (id BIGINT) @STRICT@; INSERT INTO no_such VALUES (1);" };
static const char an_orphan[] = "INSERT INTO class VALUES (1, 'L1', 9, 'source', 'no such unit', 0, 0, 1);";
static const struct db_migration orphan = { 0, "orphan.sql", an_orphan };

static enum err migrate_with(struct db *db, const struct db_migration *then, int n, struct fault *f)
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

static int version_of(struct db *db)
{
	int v = -1;
	SUCCEEDS(db->driver->version(db, &v, &f));
	return v;
}

static struct db *database_filled(const struct folder *d)
{
	struct db *db = database_new(d->path);
	SUCCEEDS(append_entries(db, 3, "{}", &f));
	SUCCEEDS(db_run(db, "INSERT INTO unit (id, code, entry_id) VALUES (1, 'PL', 1)", &f));
	SUCCEEDS(db_run(db, "INSERT INTO unit_fact (unit_id, seq, kind, from_on, entry_id) VALUES (1, 1, 'opened', 0, 1)", &f));
	return db;
}

static bool exists(const struct folder *d, const char *name)
{
	char path[96];
	snprintf(path, sizeof path, "%s/%s", d->path, name);
	return access(path, F_OK) == 0;
}

static void test_migrate_makes_the_schema_of_this_program(void **state)
{
	(void)state;
	struct folder d;
	struct db *db = NULL;
	folder_make(&d);
	SUCCEEDS(db_open(d.path, DB_CREATE, &db, &f));
	assert_int_equal(version_of(db), 0);
	SUCCEEDS(db_migrate(db, &f));
	assert_int_equal(version_of(db), db_migrations_n);
	SUCCEEDS(db_migrate(db, &f));
	assert_false(exists(&d, "nguon.db.before-0"));
	SUCCEEDS(db_integrity(db, &f));
	db_close(&db);
	folder_remove(&d);
}

static void test_migrate_goes_through_all_steps_and_keeps_the_rows(void **state)
{
	(void)state;
	struct folder d;
	char before[65], after[65];
	int64_t rows;
	folder_make(&d);
	struct db *db = database_filled(&d);
	SUCCEEDS(db_table_hash(db, "unit_fact", before, &rows, &f));
	SUCCEEDS(migrate_with(db, more, 2, &f));
	assert_int_equal(version_of(db), db_migrations_n + 2);
	SUCCEEDS(db_run(db, "UPDATE unit SET nick = 'thành ủy' WHERE code = 'PL'", &f));
	assert_int_equal(db_changes(db), 1);
	SUCCEEDS(db_table_hash(db, "unit_fact", after, &rows, &f));
	assert_string_equal(after, before);
	assert_int_equal(chain_length(db), 3);
	SUCCEEDS(db_integrity(db, &f));
	FAILS(db_run(db, an_orphan, &f), E_INTERNAL, MSG_STORE_ENGINE, "");
	db_close(&db);
	folder_remove(&d);
}

static void test_migrate_leaves_a_copy_that_the_older_program_opens(void **state)
{
	(void)state;
	struct folder d, old;
	char command[200], unfinished[48];
	folder_make(&d);
	folder_make(&old);
	struct db *db = database_filled(&d);
	SUCCEEDS(migrate_with(db, more, 2, &f));
	db_close(&db);
	FAILS(db_open(d.path, DB_WRITE, &db, &f), E_STORAGE, MSG_STORE_NEWER, "data");
	snprintf(unfinished, sizeof unfinished, "nguon.db.before-%d.unfinished", db_migrations_n);
	assert_false(exists(&d, unfinished));
	snprintf(command, sizeof command, "mv %s/nguon.db.before-%d %s/nguon.db", d.path, db_migrations_n, old.path);
	assert_int_equal(system(command), 0);
	SUCCEEDS(db_open(old.path, DB_WRITE, &db, &f));
	assert_int_equal(version_of(db), db_migrations_n);
	assert_int_equal(chain_length(db), 3);
	SUCCEEDS(db_integrity(db, &f));
	db_close(&db);
	folder_remove(&d);
	folder_remove(&old);
}

/* A file of the first version, with records in it. */
static void test_migrate_brings_the_first_version_up_to_accounts(void **state)
{
	(void)state;
	struct folder d;
	char before[65], after[65];
	int64_t rows;
	struct db *db = NULL;
	folder_make(&d);
	SUCCEEDS(db_open(d.path, DB_CREATE, &db, &f));
	SUCCEEDS(migrate_to(db, db_migrations, 1, &f));
	SUCCEEDS(append_entries(db, 3, "{}", &f));
	SUCCEEDS(db_run(db, "INSERT INTO unit (id, code, entry_id) VALUES (1, 'PL', 1)", &f));
	db_close(&db);
	SUCCEEDS(db_open(d.path, DB_WRITE, &db, &f));
	SUCCEEDS(db_table_hash(db, "journal", before, &rows, &f));
	SUCCEEDS(db_migrate(db, &f));
	assert_int_equal(version_of(db), db_migrations_n);
	SUCCEEDS(db_table_hash(db, "journal", after, &rows, &f));
	assert_string_equal(after, before);
	SUCCEEDS(db_run(db, "INSERT INTO account (id, login, name, entry_id) VALUES (1, 'lan', 'Lan', 2)", &f));
	SUCCEEDS(db_run(db, "INSERT INTO account_role (id, account_id, role, unit_id, from_on, entry_id) VALUES (1, 1, 'office', 1, 0, 3)",
		&f));
	SUCCEEDS(db_integrity(db, &f));
	assert_true(exists(&d, "nguon.db.before-1"));
	db_close(&db);
	folder_remove(&d);
}

static void left_as_it_was(const struct db_migration *step, enum err err, enum msg msg, const char *field)
{
	struct folder d;
	folder_make(&d);
	struct db *db = database_filled(&d);
	FAILS(migrate_with(db, step, 1, &f), err, msg, field);
	assert_int_equal(version_of(db), db_migrations_n);
	FAILS(db_run(db, "SELECT * FROM extra", &f), E_INTERNAL, MSG_STORE_ENGINE, "");
	SUCCEEDS(append_entries(db, 1, "{}", &f));
	assert_int_equal(chain_length(db), 4);
	FAILS(db_run(db, an_orphan, &f), E_INTERNAL, MSG_STORE_ENGINE, "");
	SUCCEEDS(db_integrity(db, &f));
	db_close(&db);
	folder_remove(&d);
}

static void test_migrate_that_fails_half_way_changes_nothing(void **state)
{
	(void)state;
	left_as_it_was(&broken, E_INTERNAL, MSG_STORE_ENGINE, "");
}

static void test_migrate_that_breaks_a_reference_changes_nothing(void **state)
{
	(void)state;
	left_as_it_was(&orphan, E_STORAGE, MSG_STORE_REFERENCE, "data");
}

static void test_migrate_of_an_older_file_is_asked_for_when_it_is_read(void **state)
{
	(void)state;
	struct folder d;
	folder_make(&d);
	struct db *db = database_new(d.path);
	db_close(&db);
	raw_sql(&d, "PRAGMA user_version = 0");
	FAILS(db_open(d.path, DB_READ, &db, &f), E_STORAGE, MSG_STORE_OLDER, "data");
	folder_remove(&d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_migrate_makes_the_schema_of_this_program),
		cmocka_unit_test(test_migrate_goes_through_all_steps_and_keeps_the_rows),
		cmocka_unit_test(test_migrate_leaves_a_copy_that_the_older_program_opens),
		cmocka_unit_test(test_migrate_brings_the_first_version_up_to_accounts),
		cmocka_unit_test(test_migrate_that_fails_half_way_changes_nothing),
		cmocka_unit_test(test_migrate_that_breaks_a_reference_changes_nothing),
		cmocka_unit_test(test_migrate_of_an_older_file_is_asked_for_when_it_is_read),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
