/* Copying into a file on a disk that fills up, or while the power goes: the file holds nothing, or everything. */
#include "store_test.h"

#include "faulty_vfs.h"
#include "store/transfer.h"

#include <sys/wait.h>

enum { ENTRIES = 60, ATTEMPTS = 40 };

static const char note[] = "{\"note\":\"made-up text, long enough that the entries fill several pages of four thousand bytes each\"}";

struct folders {
	struct folder from, to;
};

static void fill(struct folders *d)
{
	disk.count = disk.full_at = disk.cut_at = 0;
	folder_make(&d->from);
	folder_make(&d->to);
	struct db *db = database_new(d->from.path);
	SUCCEEDS(append_entries(db, ENTRIES, note, &f));
	for (int i = 0; i < ATTEMPTS; i++)
		SUCCEEDS(db_run(db, "INSERT INTO attempt VALUES (hex(randomblob(200)), 1, 2, 3, 4)", &f));
	db_close(&db);
}

static void done(struct folders *d)
{
	folder_remove(&d->from);
	folder_remove(&d->to);
}

/* So little memory that rows reach the file long before the commit. */
static void forget_pages(void *ctx, const char *table, int64_t rows)
{
	(void)rows;
	if (strcmp(table, "journal") == 0)
		SUCCEEDS(db_run(ctx, "PRAGMA cache_size = 3", &f));
}

static enum err copy_open(struct db *from, struct db *to, struct fault *f)
{
	scoped(arena_done) struct arena a = {0};
	struct transfer_table *tables;
	TRY(db_begin(from, f));
	return transfer_run(&(struct transfer){ .from = from, .to = to, .progress = forget_pages, .ctx = to }, &a, &tables, f);
}

static enum err copy(const struct folders *d, struct fault *f)
{
	scoped(db_close) struct db *from = NULL, *to = NULL;
	TRY(db_open(d->from.path, DB_READ, &from, f));
	TRY(db_open(d->to.path, DB_CREATE, &to, f));
	return copy_open(from, to, f);
}

/* Whether it holds everything; else it counts as empty, and the next copy goes well. */
static bool is_whole(const struct folders *d)
{
	struct db *db = NULL;
	struct fault why;
	disk.count = disk.full_at = disk.cut_at = 0;
	enum err e = db_open(d->to.path, DB_CREATE, &db, &why);
	db_close(&db);
	if (e == OK)
		SUCCEEDS(copy(d, &f));
	else
		assert_int_equal(why.msg, MSG_STORE_DATABASE_THERE);
	SUCCEEDS(db_open(d->to.path, DB_READ, &db, &f));
	assert_int_equal(chain_length(db), ENTRIES);
	SUCCEEDS(db_integrity(db, &f));
	db_close(&db);
	return e != OK;
}

/* Every moment at first, then fewer: each costs a copy and a half. */
static int64_t next(int64_t n)
{
	return n + 1 + n / 8;
}

static void test_copy_onto_a_disk_that_is_full_at_each_write(void **state)
{
	(void)state;
	bool again = true;
	int refusals = 0;
	for (int64_t n = 1; again; n = next(n)) {
		struct folders d;
		struct fault why = {0};
		fill(&d);
		disk.count = 0;
		disk.full_at = n;
		enum err e = copy(&d, &why);
		again = disk.count >= n;
		refusals += e != OK;
		assert_true(e == OK || why.msg == MSG_STORE_FULL);
		assert_int_equal(is_whole(&d), e == OK);
		done(&d);
	}
	assert_true(refusals > 10);
}

/* The child ends at its n-th write or sync; whether it got through. */
static bool cut_at(const struct folders *d, int64_t n)
{
	int status;
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		disk.cut_at = n;
		_exit(copy(d, NULL) == OK ? 7 : 1);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) != 1);
	return WEXITSTATUS(status) == 7;
}

static void test_copy_that_is_cut_off_at_each_write(void **state)
{
	(void)state;
	bool through = false, seen_empty = false;
	for (int64_t n = 1; !through; n = next(n)) {
		struct folders d;
		fill(&d);
		through = cut_at(&d, n);
		bool whole = is_whole(&d);
		assert_true(whole || !through);
		seen_empty |= !whole && n > 20;
		done(&d);
	}
	assert_true(seen_empty);
}

/* What is left of a file that was being filled can be told from one that is read-only. */
static bool is_half(const struct folders *d)
{
	struct db *db = NULL;
	enum err e = db_open(d->to.path, DB_READ, &db, NULL);
	db_close(&db);
	return e == E_STORAGE;
}

/* In small steps: the moments between the mark and the last row are few. */
static void test_file_that_was_being_filled_says_so(void **state)
{
	(void)state;
	struct folders d;
	struct db *db = NULL;
	fill(&d);
	for (int64_t n = 20; !is_half(&d) && n < 2000; n += 1 + n / 32) {
		done(&d);
		fill(&d);
		(void)cut_at(&d, n);
	}
	FAILS(db_open(d.to.path, DB_READ, &db, &f), E_STORAGE, MSG_STORE_HALF, "data");
	SUCCEEDS(copy(&d, &f));
	done(&d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_copy_onto_a_disk_that_is_full_at_each_write),
		cmocka_unit_test(test_copy_that_is_cut_off_at_each_write),
		cmocka_unit_test(test_file_that_was_being_filled_says_so),
	};
	faulty_vfs_install();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
