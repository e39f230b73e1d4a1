/* Where the database of an installation is. */
#include "testing.h"

#include "app/app.h"
#include "app/location.h"
#include "store/uri.h"

#include <ftw.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define ADDRESS "postgresql://nguon_chay@db.example:5433/nguon"
#define SECRET "bi-mat-7391"
#define WITH_PASSWORD "postgresql://nguon_chay:" SECRET "@db.example:5433/nguon"

struct folder {
	struct arena arena;
	char dir[64];
};

static int setup(void **state)
{
	struct folder *d = calloc(1, sizeof *d);
	assert_non_null(d);
	(void)snprintf(d->dir, sizeof d->dir, "/tmp/nguon-test-XXXXXX");
	assert_non_null(mkdtemp(d->dir));
	assert_int_equal(unsetenv("NGUON_DB"), 0);
	*state = d;
	return 0;
}

static int remove_file(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st, (void)type, (void)ftw;
	return remove(path);
}

static int teardown(void **state)
{
	struct folder *d = *state;
	assert_int_equal(nftw(d->dir, remove_file, 4, FTW_DEPTH | FTW_PHYS), 0);
	arena_done(&d->arena);
	free(d);
	return unsetenv("NGUON_DB");
}

static const char *put(struct folder *d, const char *name, const char *text, mode_t mode)
{
	const char *path = arena_printf(&d->arena, "%s/%s", d->dir, name);
	FILE *out = fopen(path, "we");
	assert_non_null(out);
	assert_int_equal(fwrite(text, 1, strlen(text), out), strlen(text));
	assert_int_equal(fclose(out), 0);
	assert_int_equal(chmod(path, mode), 0);
	return path;
}

static struct location found(struct folder *d)
{
	struct location at = { 0 };
	struct fault f;
	assert_ok(location_find(d->dir, &d->arena, &at, &f));
	return at;
}

static void assert_secret(const struct fault *f)
{
	scoped(arena_done) struct arena a = { 0 };
	assert_null(strstr(fault_text(f, LANG_VI, &a), SECRET));
	assert_null(strstr(fault_text(f, LANG_EN, &a), SECRET));
}

/* ---- which one ---- */

static void test_folder_without_any_file_is_its_own_place(void **state)
{
	struct folder *d = *state;
	struct location at = found(d);
	assert_int_equal(at.from, LOCATION_FOLDER);
	assert_string_equal(at.where, d->dir);
}

static void test_file_in_the_folder_names_the_database(void **state)
{
	struct folder *d = *state;
	(void)put(d, "database", " \t" ADDRESS " \r\nsecond line\n", 0644);
	struct location at = found(d);
	assert_int_equal(at.from, LOCATION_FILE);
	assert_string_equal(at.where, ADDRESS);
}

static void test_folder_comes_before_the_environment(void **state)
{
	struct folder *d = *state;
	assert_int_equal(setenv("NGUON_DB", "postgresql:///another", 1), 0);
	assert_string_equal(found(d).where, "postgresql:///another");
	assert_int_equal(found(d).from, LOCATION_ENV);
	const char *own = put(d, "nguon.db", "", 0600);
	assert_string_equal(found(d).where, d->dir);
	assert_int_equal(unlink(own), 0);
	(void)put(d, "database", ADDRESS, 0600);
	assert_string_equal(found(d).where, ADDRESS);
}

static void test_empty_variable_counts_for_nothing(void **state)
{
	struct folder *d = *state;
	assert_int_equal(setenv("NGUON_DB", "", 1), 0);
	assert_int_equal(found(d).from, LOCATION_FOLDER);
}

static void test_variable_may_name_a_file(void **state)
{
	struct folder *d = *state;
	const char *path = put(d, "secret", WITH_PASSWORD "\n", 0600);
	assert_int_equal(setenv("NGUON_DB", arena_printf(&d->arena, "@%s", path), 1), 0);
	assert_string_equal(found(d).where, WITH_PASSWORD);
}

static void test_connection_of_ones_own_stays_with_the_database(void **state)
{
	struct folder *d = *state;
	struct app app, again;
	struct fault f;
	assert_ok(app_create(d->dir, "Thử", &f));
	assert_ok(app_open(d->dir, APP_WRITE, &app, &f));
	(void)put(d, "database", ADDRESS, 0600);
	assert_int_equal(setenv("NGUON_DB", "postgresql:///another", 1), 0);
	assert_ok(app_open_again(&app, APP_READ, &again, &f));
	assert_string_equal(again.where, d->dir);
	app_close(&again);
	app_close(&app);
}

/* ---- refusals ---- */

static void assert_file_refused(struct folder *d, const char *text, mode_t mode, enum err code, enum msg msg)
{
	struct location at;
	struct fault f = { 0 };
	(void)put(d, "database", text, mode);
	assert_int_equal(location_find(d->dir, &d->arena, &at, &f), code);
	assert_int_equal(f.msg, msg);
	assert_string_equal(f.field, "data");
	assert_secret(&f);
}

static void test_file_that_names_no_database_is_refused(void **state)
{
	struct folder *d = *state;
	char full[URI_MAX + 2];
	assert_file_refused(d, "", 0600, E_INVALID, MSG_LOCATION_EMPTY);
	assert_file_refused(d, " \n" ADDRESS, 0600, E_INVALID, MSG_LOCATION_EMPTY);
	assert_file_refused(d, "/var/lib/nguon\n", 0600, E_INVALID, MSG_LOCATION_FORM);
	assert_file_refused(d, "mysql://nguon:" SECRET "@db/nguon", 0600, E_INVALID, MSG_LOCATION_FORM);
	assert_file_refused(d, "postgresql://nguon:%zz" SECRET "@db/nguon", 0600, E_INVALID, MSG_LOCATION_FORM);
	assert_file_refused(d, "postgresql://nguon@db/nguon?" SECRET, 0600, E_INVALID, MSG_LOCATION_FORM);
	memset(full, 'x', sizeof full);
	full[sizeof full - 1] = '\0';
	assert_file_refused(d, full, 0600, E_TOOBIG, MSG_LOCATION_LONG);
}

static void test_first_line_may_be_as_long_as_an_address(void **state)
{
	struct folder *d = *state;
	char full[URI_MAX + 1];
	memset(full, 'x', sizeof full);
	memcpy(full, "postgresql:///", 14);
	full[URI_MAX] = '\0';
	(void)put(d, "database", arena_printf(&d->arena, "%s\nmore", full), 0600);
	assert_string_equal(found(d).where, full);
	(void)put(d, "database", full, 0600);
	assert_string_equal(found(d).where, full);
}

static void test_password_in_an_open_file_is_refused(void **state)
{
	static const mode_t open_to[] = { 0604, 0602, 0620, 0640, 0666 };
	struct folder *d = *state;
	const char *path = arena_printf(&d->arena, "%s/database", d->dir);
	for (size_t i = 0; i < sizeof open_to / sizeof *open_to; i++) {
		struct location at;
		struct fault f;
		(void)put(d, "database", WITH_PASSWORD, open_to[i]);
		if (geteuid() == 0)
			assert_int_equal(chown(path, 65534, (gid_t)-1), 0); /* root's own may be open to a group */
		assert_refused(location_find(d->dir, &d->arena, &at, &f), E_STORAGE, "data", MSG_LOCATION_OPEN);
		assert_secret(&f);
		assert_int_equal(unlink(path), 0);
	}
	(void)put(d, "database", "postgresql://db/nguon?password=" SECRET, 0600);
	assert_int_equal(found(d).from, LOCATION_FILE);
	(void)put(d, "database", "postgresql://db/nguon?password=" SECRET, 0604);
	struct location at;
	struct fault f;
	assert_refused(location_find(d->dir, &d->arena, &at, &f), E_STORAGE, "data", MSG_LOCATION_OPEN);
}

static void test_file_that_cannot_be_read_is_no_invitation_to_look_elsewhere(void **state)
{
	struct folder *d = *state;
	struct location at;
	struct fault f;
	assert_int_equal(setenv("NGUON_DB", ADDRESS, 1), 0);
	assert_int_equal(mkdir(arena_printf(&d->arena, "%s/database", d->dir), 0700), 0);
	assert_refused(location_find(d->dir, &d->arena, &at, &f), E_STORAGE, "data", MSG_APP_CANNOT_READ);
	assert_int_equal(rmdir(arena_printf(&d->arena, "%s/database", d->dir)), 0);
	assert_int_equal(symlink("/nonexistent", arena_printf(&d->arena, "%s/database", d->dir)), 0);
	assert_refused(location_find(d->dir, &d->arena, &at, &f), E_STORAGE, "data", MSG_APP_CANNOT_READ);
}

static void test_variable_that_names_no_database_is_refused(void **state)
{
	struct folder *d = *state;
	struct location at;
	struct fault f;
	assert_int_equal(setenv("NGUON_DB", "host=db password=" SECRET, 1), 0);
	assert_refused(location_find(d->dir, &d->arena, &at, &f), E_INVALID, "NGUON_DB", MSG_URI_FORM);
	assert_secret(&f);
	assert_int_equal(setenv("NGUON_DB", "@/nonexistent", 1), 0);
	assert_refused(location_find(d->dir, &d->arena, &at, &f), E_STORAGE, "NGUON_DB", MSG_APP_CANNOT_READ);
}

/* ---- keeping ---- */

static void test_kept_address_is_for_the_owner_alone(void **state)
{
	struct folder *d = *state;
	struct stat st;
	struct fault f;
	assert_ok(location_check_free(d->dir, &f));
	assert_ok(location_keep(d->dir, WITH_PASSWORD, &f));
	assert_int_equal(stat(arena_printf(&d->arena, "%s/database", d->dir), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(st.st_nlink, 1);
	assert_string_equal(found(d).where, WITH_PASSWORD);
}

static void test_kept_address_is_never_replaced(void **state)
{
	struct folder *d = *state;
	struct fault f;
	assert_ok(location_keep(d->dir, ADDRESS, &f));
	assert_refused(location_keep(d->dir, WITH_PASSWORD, &f), E_CONFLICT, "data", MSG_LOCATION_THERE);
	assert_refused(location_check_free(d->dir, &f), E_CONFLICT, "data", MSG_LOCATION_THERE);
	assert_string_equal(found(d).where, ADDRESS);
	(void)put(d, "nguon.db", "", 0600);
	assert_refused(location_check_free(d->dir, &f), E_CONFLICT, "data", MSG_STORE_DATABASE_THERE);
}

static void test_folder_that_cannot_be_written_says_so(void **state)
{
	struct folder *d = *state;
	struct fault f;
	assert_refused(location_keep(arena_printf(&d->arena, "%s/none", d->dir), ADDRESS, &f), E_STORAGE, "data", MSG_LOCATION_WRITE);
}

/* ---- what people see ---- */

static void test_shown_address_has_neither_role_nor_password(void **state)
{
	struct folder *d = *state;
	assert_string_equal(location_show(WITH_PASSWORD, &d->arena), "nguon (db.example:5433)");
	assert_string_equal(location_show("postgresql://r:" SECRET "@/nguon?host=/run/pg&port=1", &d->arena), "nguon (/run/pg)");
	assert_string_equal(location_show("postgresql://r:" SECRET "@db", &d->arena), "PostgreSQL (db)");
	assert_string_equal(location_show("postgresql://r:%zz" SECRET "@db", &d->arena), "PostgreSQL");
	assert_string_equal(location_show("/var/lib/nguon", &d->arena), "/var/lib/nguon/nguon.db");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_folder_without_any_file_is_its_own_place),
		TEST(test_file_in_the_folder_names_the_database),
		TEST(test_folder_comes_before_the_environment),
		TEST(test_empty_variable_counts_for_nothing),
		TEST(test_variable_may_name_a_file),
		TEST(test_connection_of_ones_own_stays_with_the_database),
		TEST(test_file_that_names_no_database_is_refused),
		TEST(test_first_line_may_be_as_long_as_an_address),
		TEST(test_password_in_an_open_file_is_refused),
		TEST(test_file_that_cannot_be_read_is_no_invitation_to_look_elsewhere),
		TEST(test_variable_that_names_no_database_is_refused),
		TEST(test_kept_address_is_for_the_owner_alone),
		TEST(test_kept_address_is_never_replaced),
		TEST(test_folder_that_cannot_be_written_says_so),
		TEST(test_shown_address_has_neither_role_nor_password),
	};
	return RUN(tests);
}
