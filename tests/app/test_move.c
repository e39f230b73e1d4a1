/* An installation moved to another engine or folder, or copied as a backup: from the engine under test to each engine that is there. */
#include "office_disk.h"

#include "app/move.h"
#include "app/move_files.h"
#include "app/vault.h"

#include <signal.h>
#include <sys/wait.h>

static const bool to_file = false, to_postgres = true; /* the state of a test: the engine of its target */

struct scene {
	struct test_place from, to;
	struct arena arena;
	struct move_ask ask;
	struct move_report report;
	char head[HASH_HEX]; /* of the source */
};

/* ---- files ---- */

static const char *path_in(struct scene *s, const struct test_place *p, const char *name)
{
	return arena_printf(&s->arena, "%s/%s", p->dir, name);
}

static void put(const char *path, const char *text)
{
	FILE *out = fopen(path, "w");
	assert_non_null(out);
	assert_true(fputs(text, out) >= 0);
	assert_int_equal(fclose(out), 0);
}

static const char *whole(struct scene *s, const char *path)
{
	char *bytes = arena_alloc(&s->arena, 1 << 16);
	FILE *in = fopen(path, "r");
	assert_non_null(in);
	bytes[fread(bytes, 1, (1 << 16) - 1, in)] = '\0';
	(void)fclose(in);
	return bytes;
}

static bool is_there(const char *path)
{
	struct stat st;
	return lstat(path, &st) == 0;
}

/* ---- the scene ---- */

static void fill(struct office *o)
{
	DO(o, "class_open", "code=L1", "unit=TB", "kind=awareness", "name=Lớp 1", "from=2023-05-01", "to=2023-05-10");
	DO(o, "person_record", "unit=TB-02", "name=Nguyễn Văn Thử", "birth=1995-05-20", "class_code=L1", "certified=2023-05-15", "youth=x");
	DO(o, "fact_record", "person=1", "kind=branch_vote", "on=2023-10-01", "members=12", "away=1", "yes=9", "no=2");
	DO(o, "target_set", "unit=TB", "kind=own", "period=2024", "low=205");
	DO(o, "account_open", "login=lan", "name=Lan");
	DO(o, "role_grant", "login=lan", "role=office", "unit=TB");
}

static void make_source(struct scene *s)
{
	struct office o = { .place = { .dir = "" } };
	struct vault_key key;
	struct fault f;
	place_open_app(&s->from, &o.app);
	o.app.today = on(TODAY);
	office_units(&o);
	fill(&o);
	assert_ok(vault_key(&o.app, &key, &f));
	memcpy(s->head, o.app.head.hash, sizeof s->head);
	app_close(&o.app);
	arena_done(&o.arena);
}

static struct scene *scene_make(void **state)
{
	const bool *postgres = *state;
	struct scene *s = calloc(1, sizeof *s);
	assert_non_null(s);
	make_source(s);
	place_make_on(&s->to, *postgres);
	s->ask = (struct move_ask){ .from = s->from.dir, .to = place_where(&s->to) };
	return s;
}

static void scene_remove(struct scene *s)
{
	place_remove(&s->from);
	place_remove(&s->to);
	arena_done(&s->arena);
	free(s);
}

static enum err move(struct scene *s, struct fault *f)
{
	return move_run(&s->ask, &s->arena, &s->report, f);
}

/* The installation of that folder: proved, and the same as the source was at first. */
static void assert_is_the_same(struct scene *s, const char *dir)
{
	struct verify_result r;
	struct app app;
	struct fault f;
	assert_ok(app_open(dir, APP_WRITE, &app, &f));
	assert_ok(verify_all(&app, &r, &f));
	assert_string_equal(r.head, s->head);
	assert_int_equal(r.entries, 11);
	app_close(&app);
}

static void assert_counts_as_empty(struct scene *s)
{
	struct app app;
	struct fault f;
	assert_int_equal(app_open(s->to.dir, APP_READ, &app, &f), E_NOTFOUND);
}

/* ---- whole ---- */

static void test_moved_installation_is_the_same(void **state)
{
	struct scene *s = scene_make(state);
	struct fault f;
	size_t n;
	(void)db_tables(&n);
	assert_ok(move(s, &f));
	assert_int_equal(s->report.n, n);
	assert_true(s->report.verified);
	assert_string_equal(s->report.head.hash, s->head);
	assert_string_equal(s->report.proof.head, s->head);
	assert_null(s->report.old);
	assert_is_the_same(s, s->to.dir);
	assert_is_the_same(s, s->from.dir);
	scene_remove(s);
}

static void test_moved_folder_has_the_key(void **state)
{
	struct scene *s = scene_make(state);
	struct stat st;
	struct fault f;
	const char *key = path_in(s, &s->to, "secret.key");
	assert_ok(move(s, &f));
	assert_int_equal(stat(key, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(st.st_size, VAULT_KEY);
	assert_string_equal(whole(s, key), whole(s, path_in(s, &s->from, "secret.key")));
	scene_remove(s);
}

static void test_moved_back_is_the_same_again(void **state)
{
	struct scene *s = scene_make(state);
	struct test_place back;
	struct fault f;
	assert_ok(move(s, &f));
	place_make(&back);
	s->ask = (struct move_ask){ .from = s->to.dir, .to = place_where(&back) };
	assert_ok(move(s, &f));
	assert_string_equal(s->report.head.hash, s->head);
	assert_is_the_same(s, back.dir);
	place_remove(&back);
	scene_remove(s);
}

static void test_target_need_not_be_there(void **state)
{
	struct scene *s = scene_make(state);
	struct fault f;
	s->ask.to = path_in(s, &s->to, "new");
	assert_ok(move(s, &f));
	assert_is_the_same(s, s->ask.to);
	scene_remove(s);
}

/* ---- refused ---- */

static void test_target_that_holds_an_installation_is_left_alone(void **state)
{
	struct scene *s = scene_make(state);
	struct fault f;
	assert_ok(move(s, &f));
	assert_refused(move(s, &f), E_CONFLICT, "data", *(const bool *)*state ? MSG_PG_THERE : MSG_STORE_DATABASE_THERE);
	s->ask.to = s->ask.from;
	assert_int_equal(move(s, &f), E_CONFLICT);
	assert_is_the_same(s, s->to.dir);
	assert_is_the_same(s, s->from.dir);
	scene_remove(s);
}

static void test_folder_with_something_else_in_it_is_refused(void **state)
{
	struct scene *s = scene_make(state);
	struct fault f;
	put(path_in(s, &s->to, "database"), "postgresql://nguon@db.example/nguon\n");
	assert_refused(move(s, &f), E_CONFLICT, "data", MSG_MOVE_NOT_EMPTY);
	assert_int_equal(unlink(path_in(s, &s->to, "database")), 0);
	put(path_in(s, &s->to, "secret.key"), "01234567890123456789012345678901");
	assert_refused(move(s, &f), E_CONFLICT, "data", MSG_MOVE_FILE_DIFFERS);
	assert_false(is_there(path_in(s, &s->to, "nguon.db")));
	assert_int_equal(unlink(path_in(s, &s->to, "secret.key")), 0);
	assert_ok(move(s, &f));
	scene_remove(s);
}

static void test_broken_journal_is_copied_but_not_worked_with(void **state)
{
	struct scene *s = scene_make(state);
	struct fault f;
	s->ask.make_switch = *(const bool *)*state;
	assert_int_equal(place_tamper(&s->from, "UPDATE person SET name = 'Nguyễn Văn Khác', entry_id = entry_id WHERE id = 1"), 1);
	const char *before = place_is_folder(&s->from) ? "" : whole(s, path_in(s, &s->from, "database"));
	assert_refused(move(s, &f), E_STORAGE, "table:person", MSG_VERIFY_TABLE);
	if (*before)
		assert_string_equal(whole(s, path_in(s, &s->from, "database")), before);
	else
		assert_false(is_there(path_in(s, &s->from, "database")));
	scene_remove(s);
}

/* ---- while others work ---- */

struct other {
	struct scene *scene;
	enum err answer;
	int tries;
};

static enum err write_to(const char *dir, struct fault *f)
{
	struct app app;
	TRY(app_open(dir, APP_WRITE, &app, f));
	db_set_patience(app.db, 50);
	enum err e = app_setting_put(&app, "tried", "x", f);
	app_close(&app);
	return e;
}

static void try_to_write(void *ctx, const char *table, int64_t rows)
{
	struct other *o = ctx;
	struct fault f;
	(void)rows;
	if (table && strcmp(table, "person_fact") == 0) {
		o->answer = write_to(o->scene->from.dir, &f);
		o->tries++;
	}
}

static void test_nobody_writes_while_it_is_moved(void **state)
{
	struct scene *s = scene_make(state);
	struct other other = { .scene = s };
	struct fault f;
	s->ask.progress = try_to_write;
	s->ask.ctx = &other;
	assert_ok(move(s, &f));
	assert_int_equal(other.tries, 1);
	assert_int_equal(other.answer, E_BUSY);
	assert_ok(write_to(s->from.dir, &f));
	scene_remove(s);
}

static void test_backup_is_of_one_moment_while_others_write(void **state)
{
	struct scene *s = scene_make(state);
	struct other other = { .scene = s };
	struct test_place place = { .dir = "" };
	struct fault f;
	place_make_on(&place, false);
	s->ask = (struct move_ask){ .from = s->from.dir, .to = place.dir, .backup = true, .progress = try_to_write, .ctx = &other };
	assert_ok(move(s, &f));
	assert_int_equal(other.answer, OK);
	assert_string_equal(s->report.head.hash, s->head);
	for (size_t i = 0; i < s->report.n; i++)
		if (strcmp(s->report.tables[i].name, "setting") == 0)
			assert_int_equal(s->report.tables[i].rows, 1);
	assert_is_the_same(s, place.dir);
	place_remove(&place);
	scene_remove(s);
}

/* ---- the folder goes over ---- */

static void test_folder_works_with_the_new_database(void **state)
{
	struct scene *s = scene_make(state);
	struct fault f;
	struct stat st;
	bool was_file = place_is_folder(&s->from);
	s->ask.make_switch = true;
	assert_ok(move(s, &f));
	assert_string_equal(s->report.old, path_in(s, &s->from, was_file ? "nguon.db.before-move" : "database.before-move"));
	assert_true(is_there(s->report.old));
	assert_false(is_there(path_in(s, &s->from, "nguon.db")));
	assert_int_equal(stat(path_in(s, &s->from, "database"), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_string_equal(whole(s, path_in(s, &s->from, "database")), arena_printf(&s->arena, "%s\n", s->to.where));
	assert_ok(write_to(s->from.dir, &f));
	assert_is_the_same(s, s->from.dir);
	scene_remove(s);
}

/* Whoever has a file open would go on with it; a server's database cannot know who will. */
static void test_file_that_somebody_has_open_is_not_left_behind(void **state)
{
	struct scene *s = scene_make(state);
	struct app reader;
	struct fault f;
	s->ask.make_switch = true;
	assert_ok(app_open(s->from.dir, APP_READ, &reader, &f));
	if (place_is_folder(&s->from))
		assert_refused(move(s, &f), E_BUSY, "data", MSG_STORE_LOCKED);
	app_close(&reader);
	assert_ok(move(s, &f));
	scene_remove(s);
}

static void test_what_an_earlier_move_left_is_not_overwritten(void **state)
{
	struct scene *s = scene_make(state);
	struct fault f;
	s->ask.make_switch = true;
	put(path_in(s, &s->from, "nguon.db.before-move"), "old");
	assert_refused(move(s, &f), E_CONFLICT, "data", MSG_MOVE_OLD_THERE);
	assert_counts_as_empty(s);
	scene_remove(s);
}

/* ---- two roles ---- */

/* A database of the owner's, and a role that may only connect. */
struct roles {
	char owner[64], run[64];
	const char *owner_at, *run_at; /* addresses */
};

static const char *as_role(struct scene *s, const char *role)
{
	return arena_printf(&s->arena, "postgresql://%s%s", role, strchr(s->to.where, '@'));
}

#define ADMIN(s, ...) ((void)place_superuser_runs((s)->to.where, arena_printf(&(s)->arena, __VA_ARGS__)))

static void assert_may_not(const char *address, const char *sql)
{
	PGconn *c = PQconnectdb(address);
	PGresult *r = PQexec(c, sql);
	assert_string_equal(PQresultErrorField(r, PG_DIAG_SQLSTATE), "42501");
	PQclear(r);
	PQfinish(c);
}

static struct roles roles_make(struct scene *s)
{
	struct roles r;
	(void)snprintf(r.owner, sizeof r.owner, "%s-chu", place_database(&s->to));
	(void)snprintf(r.run, sizeof r.run, "%s-chay", place_database(&s->to));
	ADMIN(s, "CREATE ROLE \"%s\" LOGIN; CREATE ROLE \"%s\" LOGIN", r.owner, r.run);
	ADMIN(s, "ALTER DATABASE \"%s\" OWNER TO \"%s\"", place_database(&s->to), r.owner);
	r.owner_at = as_role(s, r.owner);
	r.run_at = as_role(s, r.run);
	return r;
}

static void roles_remove(struct scene *s, const struct roles *r)
{
	ADMIN(s, "DROP OWNED BY \"%s\" CASCADE; DROP OWNED BY \"%s\"", r->owner, r->run);
	ADMIN(s, "ALTER DATABASE \"%s\" OWNER TO nguon", place_database(&s->to));
	ADMIN(s, "DROP ROLE \"%s\"; DROP ROLE \"%s\"", r->owner, r->run);
}

static void test_owner_makes_the_tables_and_the_running_role_works_with_them(void **state)
{
	struct scene *s = scene_make(state);
	struct roles r = roles_make(s);
	struct fault f;
	s->ask.to = r.run_at;
	s->ask.owner = r.owner_at;
	s->ask.make_switch = true;
	assert_ok(move(s, &f));
	assert_true(s->report.verified);
	assert_string_equal(whole(s, path_in(s, &s->from, "database")), arena_printf(&s->arena, "%s\n", r.run_at));
	assert_ok(write_to(s->from.dir, &f));
	assert_may_not(r.run_at, "DELETE FROM nguon.journal");
	assert_may_not(r.run_at, "CREATE TABLE nguon.x (id BIGINT)");
	roles_remove(s, &r);
	scene_remove(s);
}

static void test_role_that_may_make_nothing_is_told_to_name_the_owner(void **state)
{
	struct scene *s = scene_make(state);
	struct roles r = roles_make(s);
	struct fault f;
	s->ask.to = r.run_at;
	assert_refused(move(s, &f), E_STORAGE, "owner", MSG_APP_CANNOT_MAKE_TABLES);
	assert_counts_as_empty(s);
	roles_remove(s, &r);
	scene_remove(s);
}

static void test_owner_of_another_database_is_refused(void **state)
{
	struct scene *s = scene_make(state);
	struct test_place other = { .dir = "" };
	struct fault f;
	place_make_on(&other, true);
	s->ask.owner = other.where;
	assert_refused(move(s, &f), E_INVALID, "owner", MSG_APP_TWO_DATABASES);
	assert_counts_as_empty(s);
	place_remove(&other);
	scene_remove(s);
}

/* ---- killed ---- */

static void die_at(void *ctx, const char *table, int64_t rows)
{
	(void)rows;
	if (table && strcmp(table, ctx) == 0)
		(void)raise(SIGKILL);
}

static void kill_at(struct scene *s, const char *table)
{
	int status;
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		s->ask.progress = die_at;
		s->ask.ctx = (void *)(uintptr_t)table;
		_exit(move(s, NULL) == OK ? 0 : 1);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status));
}

static void test_killed_move_leaves_source_and_an_empty_target(void **state)
{
	struct scene *s = scene_make(state);
	struct fault f;
	static const char *const moments[] = { "journal", "person", "vote", "once" };
	for (size_t i = 0; i < sizeof moments / sizeof *moments; i++) {
		kill_at(s, moments[i]);
		assert_counts_as_empty(s);
		assert_is_the_same(s, s->from.dir);
	}
	assert_ok(move(s, &f));
	assert_is_the_same(s, s->to.dir);
	scene_remove(s);
}

/* ---- the files beside the database ---- */

/* Two folders; no database is looked at. */
static struct scene *folders_make(void)
{
	struct scene *s = calloc(1, sizeof *s);
	assert_non_null(s);
	place_make_on(&s->from, false);
	place_make_on(&s->to, false);
	assert_int_equal(mkdir(path_in(s, &s->from, "rules"), 0770), 0);
	put(path_in(s, &s->from, "rules/a.yaml"), "pack: a\n");
	put(path_in(s, &s->from, "rules/b.yaml"), "");
	put(path_in(s, &s->from, "rules/notes.txt"), "no rules\n");
	return s;
}

static void test_rules_of_the_place_go_with_it(void **state)
{
	(void)state;
	struct scene *s = folders_make();
	struct fault f;
	assert_ok(move_files_check(s->from.dir, s->to.dir, &f));
	assert_false(is_there(path_in(s, &s->to, "rules")));
	assert_ok(move_files_copy(s->from.dir, s->to.dir, &f));
	assert_string_equal(whole(s, path_in(s, &s->to, "rules/a.yaml")), "pack: a\n");
	assert_true(is_there(path_in(s, &s->to, "rules/b.yaml")));
	assert_false(is_there(path_in(s, &s->to, "rules/notes.txt")));
	assert_false(is_there(path_in(s, &s->to, "secret.key")));
	assert_ok(move_files_check(s->from.dir, s->to.dir, &f));
	assert_ok(move_files_copy(s->from.dir, s->to.dir, &f));
	scene_remove(s);
}

static void test_other_rules_in_the_target_are_refused(void **state)
{
	(void)state;
	struct scene *s = folders_make();
	struct fault f;
	assert_ok(move_files_copy(s->from.dir, s->to.dir, &f));
	put(path_in(s, &s->to, "rules/a.yaml"), "pack: b\n");
	assert_refused(move_files_check(s->from.dir, s->to.dir, &f), E_CONFLICT, "data", MSG_MOVE_FILE_DIFFERS);
	assert_refused(move_files_copy(s->from.dir, s->to.dir, &f), E_CONFLICT, "data", MSG_MOVE_FILE_DIFFERS);
	put(path_in(s, &s->to, "rules/a.yaml"), "pack: a\n");
	put(path_in(s, &s->to, "rules/c.yaml"), "");
	assert_refused(move_files_check(s->from.dir, s->to.dir, &f), E_CONFLICT, "data", MSG_MOVE_FILE_DIFFERS);
	scene_remove(s);
}

/* What was half written when the copy was interrupted has another name, and is written anew. */
static void test_half_a_file_is_written_anew(void **state)
{
	(void)state;
	struct scene *s = folders_make();
	struct fault f;
	put(path_in(s, &s->from, "secret.key"), "the whole key");
	put(path_in(s, &s->to, "secret.key.unfinished"), "the wh");
	assert_ok(move_files_check(s->from.dir, s->to.dir, &f));
	assert_ok(move_files_copy(s->from.dir, s->to.dir, &f));
	assert_string_equal(whole(s, path_in(s, &s->to, "secret.key")), "the whole key");
	assert_false(is_there(path_in(s, &s->to, "secret.key.unfinished")));
	scene_remove(s);
}

#define TO(engine, test) { #test " to_" #engine, test, NULL, NULL, (void *)(uintptr_t)&to_##engine }
#define TO_BOTH(test) TO(file, test), TO(postgres, test)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TO_BOTH(test_moved_installation_is_the_same),
		TO(file, test_moved_folder_has_the_key),
		TO_BOTH(test_moved_back_is_the_same_again),
		TO(file, test_target_need_not_be_there),
		TO_BOTH(test_target_that_holds_an_installation_is_left_alone),
		TO(file, test_folder_with_something_else_in_it_is_refused),
		TO_BOTH(test_broken_journal_is_copied_but_not_worked_with),
		TO_BOTH(test_nobody_writes_while_it_is_moved),
		TO(file, test_backup_is_of_one_moment_while_others_write),
		TO(postgres, test_folder_works_with_the_new_database),
		TO(postgres, test_file_that_somebody_has_open_is_not_left_behind),
		TO(postgres, test_what_an_earlier_move_left_is_not_overwritten),
		TO(postgres, test_owner_makes_the_tables_and_the_running_role_works_with_them),
		TO(postgres, test_role_that_may_make_nothing_is_told_to_name_the_owner),
		TO(postgres, test_owner_of_another_database_is_refused),
		TO_BOTH(test_killed_move_leaves_source_and_an_empty_target),
		cmocka_unit_test(test_rules_of_the_place_go_with_it),
		cmocka_unit_test(test_other_rules_in_the_target_are_refused),
		cmocka_unit_test(test_half_a_file_is_written_anew),
	};
	return RUN(tests);
}
