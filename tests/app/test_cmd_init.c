/* nguon init and nguon migrate: what they make, what they refuse, what the role of the daily work may do, and that no password is seen. */
#include "place.h"
#include "testing.h"

#include "app/app.h"
#include "app/location.h"
#include "store/migrate.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>

#define SECRET "Bi%40Mat-5821"
#define SECRET_PLAIN "Bi@Mat-5821"

struct bench {
	struct arena arena;
	struct test_place place; /* a folder; the files with addresses stand in it too */
	const char *data;        /* the installation's own, not there at first */
	const char *at;          /* "@/NAME?host=..." of the database behind role and password */
	const char *out;         /* what the last command printed */
	char *database, *owner, *run;
};

/* ---- a server's administrator ---- */

static void admin(const char *database, const char *sql)
{
	char uri[256];
	place_uri(database, uri, sizeof uri);
	(void)place_superuser_runs(uri, sql);
}

#define SQL(b, ...) arena_printf(&(b)->arena, __VA_ARGS__)

static void make_database(struct bench *b)
{
	char uri[256];
	b->database = arena_strdup(&b->arena, place_database(&b->place));
	b->owner = SQL(b, "%s-chu", b->database);
	b->run = SQL(b, "%s-chay", b->database);
	admin("postgres", SQL(b, "CREATE ROLE \"%s\" LOGIN PASSWORD '" SECRET_PLAIN "'", b->owner));
	admin("postgres", SQL(b, "CREATE ROLE \"%s\" LOGIN PASSWORD '" SECRET_PLAIN "'", b->run));
	admin("postgres", SQL(b, "CREATE DATABASE \"%s\" OWNER \"%s\" TEMPLATE template0 STRATEGY file_copy", b->database, b->owner));
	admin("postgres", SQL(b, "REVOKE ALL ON DATABASE \"%s\" FROM PUBLIC; GRANT CONNECT ON DATABASE \"%s\" TO \"%s\"", b->database,
		b->database, b->run));
	place_uri(b->database, uri, sizeof uri);
	b->at = arena_strdup(&b->arena, strchr(uri, '@'));
}

static void drop_database(struct bench *b)
{
	admin("postgres", SQL(b, "DROP DATABASE \"%s\" WITH (FORCE)", b->database));
	admin("postgres", SQL(b, "DROP ROLE \"%s\"", b->owner));
	admin("postgres", SQL(b, "DROP ROLE \"%s\"", b->run));
}

static int setup(void **state)
{
	struct bench *b = calloc(1, sizeof *b);
	assert_non_null(b);
	assert_int_equal(unsetenv("NGUON_DB") | unsetenv("NGUON_DB_OWNER"), 0);
	place_make_folder(&b->place);
	b->data = SQL(b, "%s/data", b->place.dir);
	if (place_on_postgres())
		make_database(b);
	*state = b;
	return 0;
}

static int teardown(void **state)
{
	struct bench *b = *state;
	if (b->database)
		drop_database(b);
	assert_int_equal(nftw(b->place.dir, place_remove_file, 8, FTW_DEPTH | FTW_PHYS), 0);
	arena_done(&b->arena);
	free(b);
	return unsetenv("NGUON_DB") | unsetenv("NGUON_DB_OWNER");
}

/* ---- addresses ---- */

static const char *address(struct bench *b, const char *role)
{
	return SQL(b, "postgresql://%s%s", role, b->at);
}

static const char *secret_address(struct bench *b, const char *role)
{
	return SQL(b, "postgresql://%s:%s%s", role, SECRET, b->at);
}

static const char *file_of(struct bench *b, const char *name, const char *line)
{
	const char *path = SQL(b, "%s/%s", b->place.dir, name);
	FILE *out = fopen(path, "we");
	assert_non_null(out);
	assert_int_equal(fchmod(fileno(out), 0600), 0);
	assert_true(fprintf(out, "%s\n", line) > 0);
	assert_int_equal(fclose(out), 0);
	return path;
}

/* ---- the program ---- */

/* Exit status; the password is never in what it prints. */
static int nguon(struct bench *b, const char *words)
{
	char buf[4096];
	FILE *p = popen(SQL(b, "%s %s 2>&1", getenv("NGUON"), words), "re");
	assert_non_null(p);
	size_t n = fread(buf, 1, sizeof buf - 1, p);
	buf[n] = '\0';
	int status = pclose(p);
	assert_true(WIFEXITED(status));
	b->out = arena_strdup(&b->arena, buf);
	if (strstr(b->out, SECRET) || strstr(b->out, SECRET_PLAIN))
		fail_msg("%s: prints the password: %s", words, b->out);
	return WEXITSTATUS(status);
}

#define NGUON(b, status, ...) \
	do { \
		int got_ = nguon((b), SQL((b), __VA_ARGS__)); \
		if (got_ != (status)) \
			fail_msg("%s, not %d: %d: %s", SQL((b), __VA_ARGS__), (status), got_, (b)->out); \
	} while (0)

static void assert_says(const struct bench *b, const char *part)
{
	if (!strstr(b->out, part))
		fail_msg("«%s» does not say «%s»", b->out, part);
}

static void assert_nothing_made(struct bench *b)
{
	assert_int_not_equal(access(b->data, F_OK), 0);
	if (!b->database)
		return;
	struct db *db;
	struct fault f;
	assert_ok(db_open(address(b, b->owner), DB_CREATE, &db, &f)); /* wants an empty database */
	db_close(&db);
}

static void init(struct bench *b)
{
	NGUON(b, 0, "init --data %s --name Thử --db @%s --owner @%s", b->data, file_of(b, "run", secret_address(b, b->run)),
		file_of(b, "owner", secret_address(b, b->owner)));
}

/* ---- init ---- */

static void test_init_through_the_owner_leaves_an_installation_of_the_running_role(void **state)
{
	struct bench *b = *state;
	struct location at;
	struct stat st;
	struct fault f;
	init(b);
	assert_says(b, SQL(b, "PostgreSQL, %s (", b->database));
	assert_int_equal(stat(SQL(b, "%s/database", b->data), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_ok(location_find(b->data, &b->arena, &at, &f));
	assert_string_equal(at.where, secret_address(b, b->run));
	NGUON(b, 0, "verify --data %s", b->data);
	NGUON(b, 0, "op unit_open code=TB name=Thử kind=DISTRICT opened=1990-01-01 --data %s", b->data);
	NGUON(b, 0, "verify --data %s --json", b->data);
	assert_says(b, "\"entries\":1,");
}

static void test_address_in_the_environment_is_not_kept(void **state)
{
	struct bench *b = *state;
	assert_int_equal(setenv("NGUON_DB", secret_address(b, b->run), 1), 0);
	assert_int_equal(setenv("NGUON_DB_OWNER", secret_address(b, b->owner), 1), 0);
	NGUON(b, 0, "init --data %s --name Thử --json", b->data);
	assert_says(b, "\"engine\":\"PostgreSQL\"");
	assert_int_not_equal(access(SQL(b, "%s/database", b->data), F_OK), 0);
	NGUON(b, 0, "verify --data %s", b->data);
}

static void test_one_role_for_everything_needs_no_owner(void **state)
{
	struct bench *b = *state;
	NGUON(b, 0, "init --data %s --name Thử --db '%s'", b->data, address(b, b->owner));
	NGUON(b, 0, "verify --data %s", b->data);
}

static void test_demo_is_made_in_a_database_too(void **state)
{
	struct bench *b = *state;
	NGUON(b, 0, "demo --scenario bac-binh --today 2026-03-18 --data %s --db '%s' --owner '%s'", b->data, address(b, b->run),
		address(b, b->owner));
	NGUON(b, 0, "verify --data %s", b->data);
}

static void test_password_on_the_command_line_is_refused(void **state)
{
	struct bench *b = *state;
	NGUON(b, 2, "init --data %s --name Thử --db '%s'", b->data, secret_address(b, b->owner));
	assert_says(b, "--db @TỆP");
	assert_says(b, "NGUON_DB");
	NGUON(b, 2, "init --data %s --name Thử --db '%s' --owner '%s'", b->data, address(b, b->run), secret_address(b, b->owner));
	assert_says(b, "NGUON_DB_OWNER");
	NGUON(b, 2, "init --data %s --name Thử --db '%s&password=%s'", b->data, address(b, b->owner), SECRET);
	assert_nothing_made(b);
	init(b);
	NGUON(b, 2, "migrate --data %s --owner '%s'", b->data, secret_address(b, b->owner));
}

static void test_what_is_no_address_is_refused(void **state)
{
	struct bench *b = *state;
	NGUON(b, 1, "init --data %s --name Thử --db /var/lib/nguon", b->data);
	NGUON(b, 1, "init --data %s --name Thử --db 'postgresql://r:%%zz%s@db/n'", b->data, SECRET);
	NGUON(b, 1, "init --data %s --name Thử --db 'mysql://r:%s@db/n'", b->data, SECRET);
	NGUON(b, 5, "init --data %s --name Thử --db @%s/none", b->data, b->place.dir);
	NGUON(b, 1, "init --data %s --name Thử --db @%s", b->data, file_of(b, "empty", ""));
	const char *open_to_all = file_of(b, "open", secret_address(b, b->owner));
	assert_int_equal(chmod(open_to_all, 0644), 0);
	NGUON(b, 5, "init --data %s --name Thử --db @%s", b->data, open_to_all);
	assert_says(b, "chmod 600");
	assert_nothing_made(b);
}

static void test_role_that_may_make_no_tables_is_told_who_can(void **state)
{
	struct bench *b = *state;
	NGUON(b, 5, "init --data %s --name Thử --db '%s'", b->data, address(b, b->run));
	assert_says(b, "--owner");
	assert_nothing_made(b);
	init(b);
}

static void test_two_addresses_must_name_one_database(void **state)
{
	struct bench *b = *state;
	char other[256];
	place_uri("postgres", other, sizeof other);
	const char *elsewhere = SQL(b, "postgresql://%s%s", b->run, strchr(other, '@'));
	NGUON(b, 1, "init --data %s --name Thử --db '%s' --owner '%s'", b->data, elsewhere, address(b, b->owner));
	assert_nothing_made(b);
	elsewhere = SQL(b, "postgresql://%s%s", b->owner, strchr(other, '@')); /* the same role does not make it the same database */
	NGUON(b, 1, "init --data %s --name Thử --db '%s' --owner '%s'", b->data, elsewhere, address(b, b->owner));
	assert_nothing_made(b);
	init(b);
}

static void test_database_that_is_not_there_leaves_nothing_behind(void **state)
{
	struct bench *b = *state;
	const char *host = strchr(b->at, '?');
	NGUON(b, 3, "init --data %s --name Thử --db 'postgresql://%s@/%s-none%s'", b->data, b->owner, b->database, host);
	NGUON(b, 5, "init --data %s --name Thử --db 'postgresql://%s@/%s?host=/nonexistent'", b->data, b->owner, b->database);
	NGUON(b, 5, "init --data %s --name Thử --db 'postgresql://nobody-%s@/%s%s'", b->data, b->owner, b->database, host);
	assert_nothing_made(b);
	init(b);
}

/* Its own file stands where the address is to be written. */
static void test_address_that_cannot_be_kept_leaves_nothing_behind(void **state)
{
	struct bench *b = *state;
	const char *own = SQL(b, "%s/database.%d", b->data, (int)getpid());
	const struct app_database at = { .run = address(b, b->run), .owner = address(b, b->owner) };
	struct fault f;
	assert_int_equal(mkdir(b->data, 0700), 0);
	assert_int_equal(mkdir(own, 0700), 0);
	assert_refused(app_create_at(b->data, "Thử", &at, &f), E_STORAGE, "data", MSG_LOCATION_WRITE);
	assert_int_equal(rmdir(own), 0);
	assert_int_equal(rmdir(b->data), 0); /* nothing else is in it */
	assert_nothing_made(b);
	assert_ok(app_create_at(b->data, "Thử", &at, &f));
}

static void test_folder_that_has_data_gets_no_second_database(void **state)
{
	struct bench *b = *state;
	struct fault f;
	assert_ok(app_create(b->data, "Thử", &f));
	NGUON(b, 4, "init --data %s --name Thử --db '%s'", b->data, address(b, b->owner));
	assert_int_equal(unlink(SQL(b, "%s/nguon.db", b->data)), 0);
	init(b);
	NGUON(b, 4, "init --data %s --name Thử --db '%s'", b->data, address(b, b->owner));
	assert_says(b, "database");
	NGUON(b, 4, "init --data %s --name Thử", b->data); /* the database that the folder names */
	NGUON(b, 4, "init --data %s-2 --name Thử --db '%s'", b->data, address(b, b->owner));
	assert_int_not_equal(access(SQL(b, "%s-2", b->data), F_OK), 0);
	NGUON(b, 0, "verify --data %s", b->data);
}

static void test_database_of_another_program_is_left_alone(void **state)
{
	struct bench *b = *state;
	admin(b->database, "CREATE TABLE public.theirs (x int)");
	NGUON(b, 5, "init --data %s --name Thử --db '%s'", b->data, address(b, b->owner));
	assert_int_not_equal(access(b->data, F_OK), 0);
	admin(b->database, "DROP TABLE public.theirs");
	init(b);
}

static void test_owner_of_a_file_is_refused(void **state)
{
	struct bench *b = *state;
	NGUON(b, 2, "init --data %s --name Thử --owner postgresql://db/n", b->data);
	assert_says(b, "--db");
	assert_int_not_equal(access(b->data, F_OK), 0);
	assert_int_equal(setenv("NGUON_DB_OWNER", "postgresql://db/n", 1), 0); /* meant for another installation */
	NGUON(b, 0, "init --data %s --name Thử --json", b->data);
	assert_says(b, "\"engine\":\"SQLite\"");
	NGUON(b, 2, "migrate --data %s --owner postgresql://db/n", b->data);
	NGUON(b, 0, "migrate --data %s", b->data);
}

static void test_names_are_refused_before_anything_is_made(void **state)
{
	struct bench *b = *state;
	struct fault f;
	char name[802];
	memset(name, 'x', sizeof name);
	name[801] = '\0';
	assert_refused(app_create(b->data, "", &f), E_INVALID, "name", MSG_REQUIRED);
	assert_refused(app_create(b->data, name, &f), E_TOOBIG, "name", MSG_TOO_LONG);
	assert_int_not_equal(access(b->data, F_OK), 0);
	name[800] = '\0';
	assert_ok(app_create(b->data, name, &f));
}

/* ---- rights ---- */

/* "" when it may, else the SQLSTATE. */
static const char *tried(struct bench *b, const char *role, const char *sql)
{
	PGconn *c = PQconnectdb(address(b, role));
	assert_int_equal(PQstatus(c), CONNECTION_OK);
	PGresult *begun = PQexec(c, "BEGIN; SET LOCAL search_path = nguon"), *r = PQexec(c, sql);
	const char *state = PQresultErrorField(r, PG_DIAG_SQLSTATE);
	const char *got = arena_strdup(&b->arena, state ? state : "");
	PQclear(begun);
	PQclear(r);
	PQfinish(c);
	return got;
}

static void test_running_role_can_do_no_more_than_the_daily_work(void **state)
{
	static const char *const may[] = {
		"SELECT count(*) FROM journal", "INSERT INTO setting(key, value) VALUES ('x', 'y')", "DELETE FROM session",
		"LISTEN nguon_journal",
	};
	static const char *const may_not[] = {
		"UPDATE journal SET actor = 'x'", "DELETE FROM journal", "TRUNCATE journal", "DROP TABLE journal",
		"ALTER TABLE journal DISABLE TRIGGER ALL", "DROP TRIGGER journal_is_kept ON journal", "DELETE FROM person_fact", "TRUNCATE person",
		"CREATE TABLE nguon.mine (x int)", "CREATE TABLE public.mine (x int)", "CREATE TEMP TABLE mine (x int)", "CREATE SCHEMA mine",
		"CREATE FUNCTION nguon.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'", "COMMENT ON SCHEMA nguon IS 'Nguon 9'",
	};
	struct bench *b = *state;
	init(b);
	NGUON(b, 0, "op unit_open code=TB name=Thử kind=DISTRICT opened=1990-01-01 --data %s", b->data);
	for (size_t i = 0; i < sizeof may / sizeof *may; i++)
		if (*tried(b, b->run, may[i]))
			fail_msg("may not: %s: %s", may[i], tried(b, b->run, may[i]));
	for (size_t i = 0; i < sizeof may_not / sizeof *may_not; i++)
		if (strcmp(tried(b, b->run, may_not[i]), "42501") != 0)
			fail_msg("may: %s: %s", may_not[i], tried(b, b->run, may_not[i]));
	assert_string_equal(tried(b, b->run, SQL(b, "SET ROLE \"%s\"", b->owner)), "42501");
	assert_string_equal(tried(b, b->owner, "DELETE FROM journal"), "42501");
	NGUON(b, 0, "verify --data %s", b->data);
}

/* ---- what others on the machine see ---- */

static pid_t start_serving(struct bench *b, int *ret_fd)
{
	int out[2];
	assert_int_equal(pipe2(out, O_CLOEXEC), 0);
	pid_t pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		(void)dup2(out[1], STDOUT_FILENO);
		(void)dup2(out[1], STDERR_FILENO);
		(void)execl(getenv("NGUON"), "nguon", "serve", "--listen", "127.0.0.1:0", "--data", b->data, (char *)NULL);
		_exit(127);
	}
	(void)close(out[1]);
	*ret_fd = out[0];
	return pid;
}

static void test_serving_names_the_database_and_hides_the_password(void **state)
{
	struct bench *b = *state;
	char text[4096], line[1024];
	size_t n = 0;
	int fd, status;
	init(b);
	pid_t pid = start_serving(b, &fd);
	for (ssize_t got; !strstr((text[n] = '\0', text), "Ctrl+C") && (got = read(fd, text + n, sizeof text - 1 - n)) > 0;)
		n += (size_t)got;
	FILE *file = fopen(SQL(b, "/proc/%d/cmdline", (int)pid), "re");
	assert_non_null(file);
	size_t length = fread(line, 1, sizeof line, file);
	(void)fclose(file);
	assert_int_equal(kill(pid, SIGTERM), 0);
	for (ssize_t got; (got = read(fd, text + n, sizeof text - 1 - n)) > 0;)
		n += (size_t)got;
	text[n] = '\0';
	assert_int_equal(waitpid(pid, &status, 0), pid);
	(void)close(fd);
	assert_int_equal(status, 0);
	assert_non_null(strstr(text, SQL(b, "PostgreSQL, %s (", b->database)));
	assert_null(strstr(text, SECRET));
	assert_null(strstr(text, SECRET_PLAIN));
	assert_true(length > 0);
	assert_null(memmem(line, length, "Bi", 2));
	assert_null(memmem(line, length, "postgresql:", 11));
}

/* ---- migrate ---- */

/* The database as the first version of the program made it. */
static void make_old(const char *where)
{
	struct db *db;
	struct fault f;
	assert_ok(db_open(where, DB_CREATE, &db, &f));
	assert_ok(migrate_to(db, db_migrations, 1, &f));
	db_close(&db);
}

static void test_older_database_is_migrated_by_its_owner_and_by_nobody_else(void **state)
{
	struct bench *b = *state;
	make_old(address(b, b->owner));
	assert_int_equal(mkdir(b->data, 0700), 0);
	const char *run = file_of(b, "data/database", secret_address(b, b->run)), *owner = file_of(b, "owner", secret_address(b, b->owner));
	admin(b->database, SQL(b, "GRANT USAGE ON SCHEMA nguon TO \"%s\"", b->run));
	NGUON(b, 5, "verify --data %s", b->data);
	assert_says(b, "nguon migrate");
	NGUON(b, 5, "import units /dev/null --data %s", b->data);
	assert_says(b, "nguon migrate");
	NGUON(b, 5, "serve --listen 127.0.0.1:0 --data %s", b->data);
	assert_says(b, "nguon migrate");
	NGUON(b, 5, "migrate --data %s", b->data);
	assert_says(b, "NGUON_DB_OWNER");
	NGUON(b, 0, "migrate --data %s --owner @%s --json", b->data, owner);
	assert_says(b, "\"from\":1,\"to\":3");
	NGUON(b, 0, "verify --data %s", b->data);
	NGUON(b, 0, "op unit_open code=TB name=Thử kind=DISTRICT opened=1990-01-01 --data %s", b->data);
	NGUON(b, 0, "migrate --data %s", b->data);
	assert_says(b, "Không có gì để nâng cấp");
	assert_int_equal(access(run, F_OK), 0);
}

static void test_migrate_gives_lost_rights_again(void **state)
{
	struct bench *b = *state;
	init(b);
	admin(b->database, SQL(b, "REVOKE ALL ON ALL TABLES IN SCHEMA nguon FROM \"%s\"", b->run));
	NGUON(b, 5, "verify --data %s", b->data);
	assert_int_equal(setenv("NGUON_DB_OWNER", SQL(b, "@%s", file_of(b, "owner", secret_address(b, b->owner))), 1), 0);
	NGUON(b, 0, "migrate --data %s", b->data);
	NGUON(b, 0, "verify --data %s", b->data);
}

static void test_migrate_of_a_file_says_where_the_old_one_is(void **state)
{
	struct bench *b = *state;
	assert_int_equal(mkdir(b->data, 0700), 0);
	make_old(b->data);
	NGUON(b, 5, "verify --data %s", b->data);
	NGUON(b, 0, "migrate --data %s", b->data);
	assert_says(b, SQL(b, "%s/nguon.db.before-1", b->data));
	assert_int_equal(access(SQL(b, "%s/nguon.db.before-1", b->data), F_OK), 0);
	NGUON(b, 0, "verify --data %s", b->data);
	NGUON(b, 0, "migrate --data %s", b->data);
	assert_says(b, "Không có gì để nâng cấp");
	NGUON(b, 3, "migrate --data %s/none", b->data);
	NGUON(b, 2, "migrate");
}

static void test_file_is_migrated_when_it_is_opened_for_writing(void **state)
{
	struct bench *b = *state;
	assert_int_equal(mkdir(b->data, 0700), 0);
	make_old(b->data);
	NGUON(b, 0, "op unit_open code=TB name=Thử kind=DISTRICT opened=1990-01-01 --data %s", b->data);
	NGUON(b, 0, "verify --data %s", b->data);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest of_a_file[] = {
		TEST(test_owner_of_a_file_is_refused),
		TEST(test_names_are_refused_before_anything_is_made),
		TEST(test_migrate_of_a_file_says_where_the_old_one_is),
		TEST(test_file_is_migrated_when_it_is_opened_for_writing),
	};
	const struct CMUnitTest of_a_server[] = {
		TEST(test_init_through_the_owner_leaves_an_installation_of_the_running_role),
		TEST(test_address_in_the_environment_is_not_kept),
		TEST(test_one_role_for_everything_needs_no_owner),
		TEST(test_demo_is_made_in_a_database_too),
		TEST(test_password_on_the_command_line_is_refused),
		TEST(test_what_is_no_address_is_refused),
		TEST(test_role_that_may_make_no_tables_is_told_who_can),
		TEST(test_two_addresses_must_name_one_database),
		TEST(test_database_that_is_not_there_leaves_nothing_behind),
		TEST(test_address_that_cannot_be_kept_leaves_nothing_behind),
		TEST(test_folder_that_has_data_gets_no_second_database),
		TEST(test_database_of_another_program_is_left_alone),
		TEST(test_running_role_can_do_no_more_than_the_daily_work),
		TEST(test_serving_names_the_database_and_hides_the_password),
		TEST(test_older_database_is_migrated_by_its_owner_and_by_nobody_else),
		TEST(test_migrate_gives_lost_rights_again),
	};
	return place_on_postgres() ? RUN(of_a_server) : RUN(of_a_file);
}
