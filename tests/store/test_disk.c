/* A disk that fills up, and power that goes: whatever was answered is there, whatever was not is there whole or not at all. */
#include "store_test.h"

#include "faulty_vfs.h"
#include "store/migrate.h"

#include <sys/wait.h>

enum { BEFORE = 5, ADDED = 24 };

static const char note[] = "{\"note\":\"made-up text, long enough that the entries fill several pages of four thousand bytes each\"}";

static void fill(struct folder *d)
{
	disk.count = disk.full_at = disk.cut_at = 0;
	disk.keep_synced = false;
	folder_make(d);
	struct db *db = database_new(d->path);
	SUCCEEDS(append_entries(db, BEFORE, note, &f));
	db_close(&db);
}

static void disk_full_from(int64_t n)
{
	disk.count = 0;
	disk.full_at = n;
}

/* Whether the disk was asked for more than it had since disk_full_from. */
static bool disk_was_full(void)
{
	return disk.full_at && disk.count >= disk.full_at;
}

static void expect_length(const struct folder *d, int64_t n)
{
	struct db *db = NULL;
	disk_full_from(0);
	SUCCEEDS(db_open(d->path, DB_WRITE, &db, &f));
	assert_int_equal(chain_length(db), n);
	SUCCEEDS(db_integrity(db, &f));
	db_close(&db);
}

static void assert_full(enum err e, const struct fault *f)
{
	if (f->msg != MSG_STORE_FULL)
		print_fault(f);
	assert_int_equal(e, E_STORAGE);
	assert_int_equal(f->msg, MSG_STORE_FULL);
}

static enum err open_and_append(const struct folder *d, struct fault *f)
{
	scoped(db_close) struct db *db = NULL;
	TRY(db_open(d->path, DB_WRITE, &db, f));
	TRY(db_run(db, "PRAGMA wal_autocheckpoint = 3", f));
	TRY(append_entries(db, 1, note, f));
	return append_entries(db, ADDED, note, f);
}

/* The disk fills up at the first write, at the second, and so on until there is room for everything. */
static void test_disk_full_at_every_write_of_a_transaction(void **state)
{
	(void)state;
	bool again = true;
	int refusals = 0;
	for (int64_t n = 1; again; n++) {
		struct folder d;
		struct fault why = {0};
		fill(&d);
		disk_full_from(n);
		enum err e = open_and_append(&d, &why);
		again = disk_was_full();
		if (e != OK)
			assert_full(e, &why);
		refusals += e != OK;
		int64_t found;
		struct db *db = NULL;
		disk_full_from(0);
		SUCCEEDS(db_open(d.path, DB_WRITE, &db, &f));
		found = chain_length(db);
		db_close(&db);
		if (e == OK)
			assert_int_equal(found, BEFORE + 1 + ADDED);
		else
			assert_true(found == BEFORE || found == BEFORE + 1);
		expect_length(&d, found);
		folder_remove(&d);
	}
	assert_true(refusals > 5);
}

static enum err create_and_migrate(const struct folder *d, struct fault *f)
{
	scoped(db_close) struct db *db = NULL;
	TRY(db_open(d->path, DB_CREATE, &db, f));
	return db_migrate(db, f);
}

static void test_disk_full_at_every_write_of_a_creation(void **state)
{
	(void)state;
	bool again = true;
	for (int64_t n = 1; again; n++) {
		struct folder d;
		struct fault why = {0};
		folder_make(&d);
		disk_full_from(n);
		enum err e = create_and_migrate(&d, &why);
		again = disk_was_full();
		disk_full_from(0);
		if (e != OK) {
			assert_full(e, &why);
			SUCCEEDS(create_and_migrate(&d, &f));
		}
		expect_length(&d, 0);
		folder_remove(&d);
	}
}

static enum err migrate_one_more(const struct folder *d, struct fault *f)
{
	struct db_migration list[16];
	assert_true(db_migrations_n < 16);
	memcpy(list, db_migrations, (size_t)db_migrations_n * sizeof *list);
	list[db_migrations_n] = (struct db_migration){ db_migrations_n + 1, "note.sql",
		"ALTER TABLE setting ADD COLUMN note TEXT; CREATE INDEX extra ON journal(actor);" };
	scoped(db_close) struct db *db = NULL;
	TRY(db_open(d->path, DB_WRITE, &db, f));
	return migrate_to(db, list, db_migrations_n + 1, f);
}

static void test_disk_full_at_every_write_of_a_migration(void **state)
{
	(void)state;
	bool again = true;
	for (int64_t n = 1; again; n++) {
		struct folder d;
		struct fault why = {0};
		char unfinished[128];
		fill(&d);
		disk_full_from(n);
		enum err e = migrate_one_more(&d, &why);
		again = disk_was_full();
		disk_full_from(0);
		snprintf(unfinished, sizeof unfinished, "%s/nguon.db.before-%d.unfinished", d.path, db_migrations_n);
		assert_int_not_equal(access(unfinished, F_OK), 0);
		if (e != OK) {
			assert_full(e, &why);
			expect_length(&d, BEFORE); /* opens: still of this version */
			SUCCEEDS(migrate_one_more(&d, &f));
		}
		folder_remove(&d);
	}
}

/* With so small a cache pages go to the disk before the commit, and SQLite ends the transaction by itself. What comes after must not be
 * stored piece by piece. */
static void test_disk_full_inside_a_transaction_ends_it_as_a_whole(void **state)
{
	(void)state;
	struct folder d;
	struct db *db = NULL;
	struct journal_head head;
	struct fault why = {0};
	fill(&d);
	SUCCEEDS(db_open(d.path, DB_WRITE, &db, &f));
	SUCCEEDS(db_run(db, "PRAGMA cache_size = 3", &f));
	SUCCEEDS(db_begin(db, &f));
	SUCCEEDS(journal_head(db, &head, &f));
	disk_full_from(2);
	enum err e = OK;
	for (int i = 0; i < 4000 && e == OK; i++) {
		SUCCEEDS(db_savepoint(db, &f));
		e = append_entry(db, &head, note, &why);
		if (e == OK)
			SUCCEEDS(db_release(db, &f));
	}
	assert_full(e, &why);
	disk_full_from(0);
	db_rollback_to_savepoint(db);
	FAILS(db_savepoint(db, &f), E_STORAGE, MSG_STORE_FULL, "data");
	FAILS(append_entry(db, &head, note, &f), E_STORAGE, MSG_STORE_FULL, "data");
	FAILS(db_commit(db, &f), E_STORAGE, MSG_STORE_FULL, "data");
	assert_int_equal(chain_length(db), BEFORE);
	SUCCEEDS(append_entries(db, 2, note, &f));
	db_close(&db);
	expect_length(&d, BEFORE + 2);
	folder_remove(&d);
}

/* ---- power ---- */

enum { COMMITS = 4 };

/* Commits one transaction after the other and answers each with a byte, until the power goes. */
static void commit_until_cut(const struct folder *d, int64_t cut_at, int answers)
{
	struct db *db = NULL;
	struct fault f;
	disk.count = 0;
	disk.cut_at = cut_at;
	disk.keep_synced = true;
	bool good = db_open(d->path, DB_WRITE, &db, &f) == OK && db_run(db, "PRAGMA wal_autocheckpoint = 4", &f) == OK;
	for (int i = 0; i < COMMITS && good; i++)
		good = append_entries(db, 3, note, &f) == OK && write(answers, "", 1) == 1;
	db_close(&db);
	_exit(good ? 1 : 2);
}

static int answers_before_cut(const struct folder *d, int64_t cut_at, int *ret_status)
{
	int ends[2], n = 0;
	char byte;
	assert_int_equal(pipe(ends), 0);
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0)
		commit_until_cut(d, cut_at, ends[1]);
	close(ends[1]);
	while (read(ends[0], &byte, 1) == 1)
		n++;
	close(ends[0]);
	assert_int_equal(waitpid(child, ret_status, 0), child);
	return n;
}

/* What a power cut leaves: of each file only what was synced, and no shared memory. */
static void lose_unsynced(const struct folder *d)
{
	static const char *const files[] = { "nguon.db", "nguon.db-wal" };
	char path[96], synced[128];
	for (size_t i = 0; i < 2; i++) {
		snprintf(path, sizeof path, "%s/%s", d->path, files[i]);
		snprintf(synced, sizeof synced, "%s.synced", path);
		if (access(path, F_OK) == 0)
			copy_file(synced, path);
	}
	snprintf(path, sizeof path, "%s/nguon.db-shm", d->path);
	unlink(path);
}

static void cut_everywhere(bool lose)
{
	int status = 0;
	for (int64_t n = 1; !WIFEXITED(status) || WEXITSTATUS(status) == 0; n++) {
		struct folder d;
		char path[96], synced[128];
		struct db *db = NULL;
		fill(&d);
		snprintf(path, sizeof path, "%s/nguon.db", d.path);
		snprintf(synced, sizeof synced, "%s.synced", path);
		copy_file(path, synced);
		int answers = answers_before_cut(&d, n, &status);
		if (lose)
			lose_unsynced(&d);
		SUCCEEDS(db_open(d.path, DB_WRITE, &db, &f));
		int64_t entries = chain_length(db) - BEFORE;
		assert_int_equal(entries % 3, 0);
		assert_true(entries / 3 == answers || entries / 3 == answers + 1);
		SUCCEEDS(db_integrity(db, &f));
		db_close(&db);
		folder_remove(&d);
	}
	assert_int_equal(WEXITSTATUS(status), 1);
}

static void test_power_cut_at_every_write_keeps_what_was_answered(void **state)
{
	(void)state;
	cut_everywhere(true);
}

static void test_kill_at_every_write_keeps_what_was_answered(void **state)
{
	(void)state;
	cut_everywhere(false);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_disk_full_at_every_write_of_a_transaction),
		cmocka_unit_test(test_disk_full_at_every_write_of_a_creation),
		cmocka_unit_test(test_disk_full_at_every_write_of_a_migration),
		cmocka_unit_test(test_disk_full_inside_a_transaction_ends_it_as_a_whole),
		cmocka_unit_test(test_power_cut_at_every_write_keeps_what_was_answered),
		cmocka_unit_test(test_kill_at_every_write_keeps_what_was_answered),
	};
	faulty_vfs_install();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
