/* Migration: all or nothing. */
#include "migrations.h"

static const struct db_migration broken = { 0, "broken.sql",
	"CREATE TABLE extra (id BIGINT) @STRICT@; INSERT INTO no_such VALUES (1);" };
static const char an_orphan[] = "INSERT INTO class VALUES (1, 'L1', 9, 'source', 'no such unit', 0, 0, 1);";
static const struct db_migration orphan = { 0, "orphan.sql", an_orphan };

static void test_migrate_makes_the_schema_of_this_program(void **state)
{
	(void)state;
	scoped(place_remove) struct test_place p = place_new();
	struct db *db = NULL;
	SUCCEEDS(db_open(p.where, DB_CREATE, &db, &f));
	assert_int_equal(version_of(db), 0);
	SUCCEEDS(db_migrate(db, &f));
	assert_int_equal(version_of(db), db_migrations_n);
	SUCCEEDS(db_migrate(db, &f));
	SUCCEEDS(db_integrity(db, &f));
	db_close(&db);
}

static void test_migrate_goes_through_all_steps_and_keeps_the_rows(void **state)
{
	(void)state;
	scoped(place_remove) struct test_place p = place_new();
	char before[65], after[65];
	int64_t rows;
	struct db *db = database_filled(p.where);
	SUCCEEDS(db_table_hash(db, "unit_fact", before, &rows, &f));
	SUCCEEDS(migrate_with(db, later_steps, 2, &f));
	assert_int_equal(version_of(db), db_migrations_n + 2);
	SUCCEEDS(db_run(db, "UPDATE unit SET nick = 'thành ủy' WHERE code = 'PL'", &f));
	assert_int_equal(db_changes(db), 1);
	SUCCEEDS(db_table_hash(db, "unit_fact", after, &rows, &f));
	assert_string_equal(after, before);
	assert_int_equal(chain_length(db), 3);
	SUCCEEDS(db_integrity(db, &f));
	FAILS(db_run(db, an_orphan, &f), E_INTERNAL, MSG_STORE_ENGINE, "");
	db_close(&db);
}

/* One of the first version, with records in it. */
static void test_migrate_brings_the_first_version_up_to_accounts(void **state)
{
	(void)state;
	scoped(place_remove) struct test_place p = place_new();
	char before[65], after[65];
	int64_t rows;
	struct db *db = NULL;
	SUCCEEDS(db_open(p.where, DB_CREATE, &db, &f));
	SUCCEEDS(migrate_to(db, db_migrations, 1, &f));
	SUCCEEDS(append_entries(db, 3, "{}", &f));
	SUCCEEDS(db_run(db, "INSERT INTO unit (id, code, entry_id) VALUES (1, 'PL', 1)", &f));
	db_close(&db);
	SUCCEEDS(db_open(p.where, DB_WRITE, &db, &f));
	SUCCEEDS(db_table_hash(db, "journal", before, &rows, &f));
	SUCCEEDS(db_migrate(db, &f));
	assert_int_equal(version_of(db), db_migrations_n);
	SUCCEEDS(db_table_hash(db, "journal", after, &rows, &f));
	assert_string_equal(after, before);
	SUCCEEDS(db_run(db, "INSERT INTO account (id, login, name, entry_id) VALUES (1, 'lan', 'Lan', 2)", &f));
	SUCCEEDS(db_run(db, "INSERT INTO account_role (id, account_id, role, unit_id, from_on, entry_id) VALUES (1, 1, 'office', 1, 0, 3)",
		&f));
	SUCCEEDS(db_integrity(db, &f));
	db_close(&db);
}

static void left_as_it_was(const struct db_migration *step, enum err err, enum msg msg, const char *field)
{
	scoped(place_remove) struct test_place p = place_new();
	struct db *db = database_filled(p.where);
	FAILS(migrate_with(db, step, 1, &f), err, msg, field);
	assert_int_equal(version_of(db), db_migrations_n);
	FAILS(db_run(db, "SELECT * FROM extra", &f), E_INTERNAL, MSG_STORE_ENGINE, "");
	SUCCEEDS(append_entries(db, 1, "{}", &f));
	assert_int_equal(chain_length(db), 4);
	FAILS(db_run(db, an_orphan, &f), E_INTERNAL, MSG_STORE_ENGINE, "");
	SUCCEEDS(db_integrity(db, &f));
	db_close(&db);
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

static void test_migrate_of_an_older_database_is_asked_for_when_it_is_read(void **state)
{
	(void)state;
	scoped(place_remove) struct test_place p = place_new();
	struct db *db = NULL;
	SUCCEEDS(db_open(p.where, DB_CREATE, &db, &f));
	SUCCEEDS(migrate_to(db, db_migrations, 1, &f));
	db_close(&db);
	FAILS(db_open(p.where, DB_READ, &db, &f), E_STORAGE, BY_ENGINE(MSG_STORE_OLDER, MSG_PG_OLDER), "data");
	SUCCEEDS(db_open(p.where, DB_WRITE, &db, &f));
	db_close(&db);
}

static void test_migrate_made_by_a_newer_program_is_left_alone(void **state)
{
	(void)state;
	scoped(place_remove) struct test_place p = place_new();
	struct db *db = database_filled(p.where);
	SUCCEEDS(migrate_with(db, later_steps, 2, &f));
	db_close(&db);
	FAILS(db_open(p.where, DB_WRITE, &db, &f), E_STORAGE, BY_ENGINE(MSG_STORE_NEWER, MSG_PG_NEWER), "data");
	FAILS(db_open(p.where, DB_READ, &db, &f), E_STORAGE, BY_ENGINE(MSG_STORE_NEWER, MSG_PG_NEWER), "data");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_migrate_makes_the_schema_of_this_program),
		cmocka_unit_test(test_migrate_goes_through_all_steps_and_keeps_the_rows),
		cmocka_unit_test(test_migrate_brings_the_first_version_up_to_accounts),
		cmocka_unit_test(test_migrate_that_fails_half_way_changes_nothing),
		cmocka_unit_test(test_migrate_that_breaks_a_reference_changes_nothing),
		cmocka_unit_test(test_migrate_of_an_older_database_is_asked_for_when_it_is_read),
		cmocka_unit_test(test_migrate_made_by_a_newer_program_is_left_alone),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
