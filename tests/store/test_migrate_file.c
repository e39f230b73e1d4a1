/* The copy of the file that a migration leaves beside it. */
#include "migrations.h"

static bool exists(const struct folder *d, const char *name)
{
	char path[96];
	snprintf(path, sizeof path, "%s/%s", d->path, name);
	return access(path, F_OK) == 0;
}

static void test_migrate_leaves_a_copy_that_the_older_program_opens(void **state)
{
	(void)state;
	struct folder d, old;
	char command[200], unfinished[48];
	folder_make(&d);
	folder_make(&old);
	struct db *db = database_filled(d.path);
	SUCCEEDS(migrate_with(db, later_steps, 2, &f));
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

static void test_migrate_of_a_new_file_leaves_no_copy(void **state)
{
	(void)state;
	struct folder d;
	folder_make(&d);
	struct db *db = database_new(d.path);
	db_close(&db);
	assert_false(exists(&d, "nguon.db.before-0"));
	folder_remove(&d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_migrate_leaves_a_copy_that_the_older_program_opens),
		cmocka_unit_test(test_migrate_of_a_new_file_leaves_no_copy),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
