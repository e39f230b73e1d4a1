/* Opening: every way in which the place for the data can be wrong has its own sentence. */
#include "store_test.h"

#include <sys/wait.h>

static void write_file(const struct folder *d, const char *bytes, size_t n)
{
	char path[80];
	snprintf(path, sizeof path, "%s/nguon.db", d->path);
	FILE *out = fopen(path, "w");
	assert_non_null(out);
	assert_int_equal(fwrite(bytes, 1, n, out), n);
	assert_int_equal(fclose(out), 0);
}

/* Every mode but the excepted one refuses the folder with the same message. */
static void refused(const struct folder *d, enum err err, enum msg msg)
{
	struct db *db = NULL;
	FAILS(db_open(d->path, DB_READ, &db, &f), err, msg, "data");
	FAILS(db_open(d->path, DB_WRITE, &db, &f), err, msg, "data");
	assert_null(db);
}

static void fill(const struct folder *d)
{
	struct db *db = database_new(d->path);
	SUCCEEDS(append_entries(db, 200, "{\"note\":\"made-up text that fills some pages of the file, entry by entry\"}", &f));
	db_close(&db);
}

static void test_open_without_the_folder(void **state)
{
	(void)state;
	struct folder d = { "/tmp/nguon-store-no-such-folder" };
	struct db *db = NULL;
	refused(&d, E_NOTFOUND, MSG_STORE_NO_DIRECTORY);
	FAILS(db_open(d.path, DB_CREATE, &db, &f), E_NOTFOUND, MSG_STORE_NO_DIRECTORY, "data");
}

static void test_open_folder_without_data(void **state)
{
	(void)state;
	struct folder d;
	folder_make(&d);
	refused(&d, E_NOTFOUND, MSG_STORE_NO_DATABASE);
	write_file(&d, "", 0);
	refused(&d, E_NOTFOUND, MSG_STORE_NO_DATABASE);
	folder_remove(&d);
}

static void test_open_something_that_is_no_place(void **state)
{
	(void)state;
	struct db *db = NULL;
	FAILS(db_open("oracle://server/x", DB_WRITE, &db, &f), E_INVALID, MSG_STORE_NO_ENGINE, "data");
}

static void test_open_creates_once(void **state)
{
	(void)state;
	struct folder d;
	struct db *db = NULL;
	folder_make(&d);
	fill(&d);
	FAILS(db_open(d.path, DB_CREATE, &db, &f), E_CONFLICT, MSG_STORE_DATABASE_THERE, "data");
	SUCCEEDS(db_open(d.path, DB_WRITE, &db, &f));
	assert_int_equal(chain_length(db), 200);
	db_close(&db);
	folder_remove(&d);
}

/* What an interrupted creation leaves behind does not stand in the way of the next. */
static void test_open_creates_over_an_empty_file(void **state)
{
	(void)state;
	struct folder d;
	struct db *db = NULL;
	folder_make(&d);
	SUCCEEDS(db_open(d.path, DB_CREATE, &db, &f));
	db_close(&db);
	db = database_new(d.path);
	assert_int_equal(chain_length(db), 0);
	db_close(&db);
	folder_remove(&d);
}

static void test_open_text_file(void **state)
{
	(void)state;
	static char line[] = "Họ và tên;Ngày sinh\r\nVũ Thị Mận;01/02/1999\r\n";
	struct folder d;
	struct db *db = NULL;
	char page[4096];
	folder_make(&d);
	write_file(&d, line, sizeof line - 1);
	refused(&d, E_STORAGE, MSG_STORE_NOT_DATABASE);
	for (size_t i = 0; i < sizeof page; i++)
		page[i] = line[i % (sizeof line - 1)];
	write_file(&d, page, sizeof page);
	refused(&d, E_STORAGE, MSG_STORE_NOT_DATABASE);
	FAILS(db_open(d.path, DB_CREATE, &db, &f), E_STORAGE, MSG_STORE_NOT_DATABASE, "data");
	folder_remove(&d);
}

static void test_open_database_of_another_program(void **state)
{
	(void)state;
	struct folder d;
	struct db *db = NULL;
	folder_make(&d);
	raw_sql(&d, "CREATE TABLE moz_places (id INTEGER PRIMARY KEY, url TEXT)");
	refused(&d, E_STORAGE, MSG_STORE_FOREIGN);
	FAILS(db_open(d.path, DB_CREATE, &db, &f), E_CONFLICT, MSG_STORE_DATABASE_THERE, "data");
	raw_sql(&d, "PRAGMA application_id = 252006673");
	refused(&d, E_STORAGE, MSG_STORE_FOREIGN);
	folder_remove(&d);
}

static void test_open_file_of_a_newer_program(void **state)
{
	(void)state;
	struct folder d;
	folder_make(&d);
	fill(&d);
	raw_sql(&d, "PRAGMA user_version = 4711");
	refused(&d, E_STORAGE, MSG_STORE_NEWER);
	folder_remove(&d);
}

/* A page of the tree of `journal` overwritten: opening need not see it, the check does, and nothing crashes. */
static void test_open_damaged_page_is_found_by_the_check(void **state)
{
	(void)state;
	struct folder d;
	struct db *db = NULL;
	char path[80];
	folder_make(&d);
	fill(&d);
	snprintf(path, sizeof path, "%s/nguon.db", d.path);
	struct stat st;
	assert_int_equal(stat(path, &st), 0);
	FILE *file = fopen(path, "r+");
	assert_non_null(file);
	assert_int_equal(fseek(file, st.st_size - 4096, SEEK_SET), 0);
	for (int i = 0; i < 4096; i++)
		assert_int_equal(fputc(0xA5, file), 0xA5);
	assert_int_equal(fclose(file), 0);
	SUCCEEDS(db_open(d.path, DB_READ, &db, &f));
	FAILS(db_integrity(db, &f), E_STORAGE, MSG_STORE_DAMAGED, "data");
	db_close(&db);
	folder_remove(&d);
}

static void test_open_file_cut_in_half(void **state)
{
	(void)state;
	struct folder d;
	char path[80];
	folder_make(&d);
	fill(&d);
	snprintf(path, sizeof path, "%s/nguon.db", d.path);
	assert_int_equal(truncate(path, 3 * 4096 + 100), 0);
	refused(&d, E_STORAGE, MSG_STORE_DAMAGED);
	folder_remove(&d);
}

/* ---- other processes ---- */

/* Runs `work` in a process of its own, as an ordinary user when the tests run as root; gives the message that it returns. */
static enum msg in_another_process(enum msg (*work)(const struct folder *d), const struct folder *d)
{
	int ends[2], answer = -1;
	assert_int_equal(pipe(ends), 0);
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		int msg = geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0) ? -1 : (int)work(d);
		_exit(write(ends[1], &msg, sizeof msg) != sizeof msg);
	}
	close(ends[1]);
	assert_int_equal(read(ends[0], &answer, sizeof answer), sizeof answer);
	close(ends[0]);
	assert_int_equal(waitpid(child, NULL, 0), child);
	return (enum msg)answer;
}

static enum msg try_open(const struct folder *d, enum db_mode mode)
{
	struct fault f = {0};
	struct db *db = NULL;
	enum err e = db_open(d->path, mode, &db, &f);
	db_close(&db);
	return e == OK ? MSG_NONE : f.msg;
}

static enum msg try_write(const struct folder *d)
{
	return try_open(d, DB_WRITE);
}

static enum msg try_read(const struct folder *d)
{
	return try_open(d, DB_READ);
}

static enum msg try_create(const struct folder *d)
{
	return try_open(d, DB_CREATE);
}

static void set_rights(const struct folder *d, mode_t of_folder, mode_t of_file)
{
	char path[80];
	snprintf(path, sizeof path, "%s/nguon.db", d->path);
	assert_int_equal(chmod(d->path, of_folder), 0);
	if (of_file)
		assert_int_equal(chmod(path, of_file), 0);
}

static void test_open_read_only_file(void **state)
{
	(void)state;
	struct folder d;
	folder_make(&d);
	fill(&d);
	set_rights(&d, 0777, 0444);
	assert_int_equal(in_another_process(try_write, &d), MSG_STORE_READ_ONLY);
	assert_int_equal(in_another_process(try_read, &d), MSG_NONE);
	folder_remove(&d);
}

static void test_open_read_only_folder(void **state)
{
	(void)state;
	struct folder d;
	folder_make(&d);
	fill(&d);
	set_rights(&d, 0555, 0666);
	assert_int_equal(in_another_process(try_write, &d), MSG_STORE_READ_ONLY);
	assert_int_equal(in_another_process(try_read, &d), MSG_STORE_READ_ONLY);
	folder_remove(&d);
}

static void test_open_creates_nothing_in_a_read_only_folder(void **state)
{
	(void)state;
	struct folder d;
	folder_make(&d);
	set_rights(&d, 0555, 0);
	assert_int_equal(in_another_process(try_create, &d), MSG_STORE_READ_ONLY);
	folder_remove(&d);
}

static void test_open_file_that_the_account_may_not_read(void **state)
{
	(void)state;
	struct folder d;
	folder_make(&d);
	fill(&d);
	set_rights(&d, 0777, 0200);
	assert_int_equal(in_another_process(try_read, &d), MSG_STORE_CANNOT_OPEN);
	folder_remove(&d);
}

/* Starts a process that holds the database until the returned end is closed. */
static int hold(const struct folder *d, const char *how, pid_t *ret_child)
{
	int ready[2], release[2];
	char byte = 0;
	assert_int_equal(pipe(ready) | pipe(release), 0);
	*ret_child = fork();
	assert_true(*ret_child >= 0);
	if (*ret_child == 0) {
		close(release[1]);
		raw_sql_begin(d, how);
		_exit(write(ready[1], &byte, 1) != 1 || read(release[0], &byte, 1) != 0);
	}
	close(release[0]);
	close(ready[1]);
	assert_int_equal(read(ready[0], &byte, 1), 1);
	close(ready[0]);
	return release[1];
}

static void test_open_file_that_another_process_keeps_to_itself(void **state)
{
	(void)state;
	struct folder d;
	pid_t child;
	folder_make(&d);
	fill(&d);
	int held = hold(&d, "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; INSERT INTO setting VALUES ('a', 'b')", &child);
	assert_int_equal(try_open(&d, DB_WRITE), MSG_STORE_LOCKED);
	close(held);
	assert_int_equal(waitpid(child, NULL, 0), child);
	assert_int_equal(try_open(&d, DB_WRITE), MSG_NONE);
	folder_remove(&d);
}

static void test_open_writer_waits_then_says_that_another_process_writes(void **state)
{
	(void)state;
	struct folder d;
	pid_t child;
	struct db *db = NULL;
	folder_make(&d);
	fill(&d);
	int held = hold(&d, "BEGIN IMMEDIATE", &child);
	SUCCEEDS(db_open(d.path, DB_WRITE, &db, &f));
	db_set_patience(db, 20);
	FAILS(append_entries(db, 1, "{}", &f), E_BUSY, MSG_STORE_LOCKED, "data");
	assert_int_equal(chain_length(db), 200);
	close(held);
	assert_int_equal(waitpid(child, NULL, 0), child);
	SUCCEEDS(append_entries(db, 1, "{}", &f));
	assert_int_equal(chain_length(db), 201);
	db_close(&db);
	folder_remove(&d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_open_without_the_folder),
		cmocka_unit_test(test_open_folder_without_data),
		cmocka_unit_test(test_open_something_that_is_no_place),
		cmocka_unit_test(test_open_creates_once),
		cmocka_unit_test(test_open_creates_over_an_empty_file),
		cmocka_unit_test(test_open_text_file),
		cmocka_unit_test(test_open_database_of_another_program),
		cmocka_unit_test(test_open_file_of_a_newer_program),
		cmocka_unit_test(test_open_damaged_page_is_found_by_the_check),
		cmocka_unit_test(test_open_file_cut_in_half),
		cmocka_unit_test(test_open_read_only_file),
		cmocka_unit_test(test_open_read_only_folder),
		cmocka_unit_test(test_open_creates_nothing_in_a_read_only_folder),
		cmocka_unit_test(test_open_file_that_the_account_may_not_read),
		cmocka_unit_test(test_open_file_that_another_process_keeps_to_itself),
		cmocka_unit_test(test_open_writer_waits_then_says_that_another_process_writes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
