/* What the PostgreSQL driver promises beyond what every engine does: types, streams, spoilt transactions, rights. */
#include "declared.h"
#include "pgsql_test.h"

#include "store/queries.gen.h"

enum { AT_ONCE = 2000 }; /* rows of a stream that the driver asks for at once */

static struct test_place *place_of(void **state)
{
	return *state;
}

static struct db *open_for(void **state, enum db_mode mode)
{
	struct db *db = NULL;
	SUCCEEDS(db_open(place_of(state)->where, mode, &db, &f));
	return db;
}

/* ---- types ---- */

static char letter(Oid type)
{
	return type == 20 || type == 21 || type == 23 ? 'i' : type == 25 ? 't' : '?';
}

/* As the server understands the statement: a letter for each parameter, and one for each column. */
static void describe(struct db *db, const struct db_statement *def, char params[64], char columns[64])
{
	PGconn *c = pgsql_of(db)->c;
	Oid types[64] = {0};
	int n = (int)strlen(def->params);
	for (int i = 0; i < n; i++)
		types[i] = def->params[i] == 'i' ? 20 : 25;
	PGresult *r = PQprepare(c, "", def->sql, n, types);
	if (PQresultStatus(r) != PGRES_COMMAND_OK)
		fail_msg("%s: %s", def->name, PQresultErrorMessage(r));
	PQclear(r);
	r = PQdescribePrepared(c, "");
	assert_int_equal(PQnparams(r), n);
	for (int i = 0; i < n; i++)
		params[i] = letter(PQparamtype(r, i));
	params[n] = '\0';
	for (int i = 0; i < PQnfields(r); i++)
		columns[i] = letter(PQftype(r, i));
	columns[PQnfields(r)] = '\0';
	PQclear(r);
}

/* No statement has a text of its own for an engine: each is one text, and here all of them are prepared. */
static void test_pgsql_types_of_every_query_are_the_declared_ones(void **state)
{
	scoped(arena_done) struct arena a = {0};
	scoped(db_close) struct db *db = open_for(state, DB_READ);
	struct declared list[QUERIES_MAX];
	char params[64], columns[64];
	size_t n = declared_all(&a, list);
	assert_int_equal(n + 3 * (size_t)db_table_list_n, db_statements_n);
	for (size_t i = 0; i < n; i++) {
		const struct db_statement *def = &db_statements[statement_named(list[i].name)];
		describe(db, def, params, columns);
		if (strcasecmp(params, list[i].in) != 0 || strcasecmp(columns, list[i].out) != 0)
			fail_msg("%s: parameters %s, not %s; columns %s, not %s", def->name, params, list[i].in, columns, list[i].out);
	}
}

static void test_pgsql_types_of_every_table_are_the_declared_ones(void **state)
{
	scoped(db_close) struct db *db = open_for(state, DB_READ);
	char params[64], columns[64];
	for (int i = 0; i < db_table_list_n; i++) {
		const struct db_table *t = &db_table_list[i];
		describe(db, &db_statements[t->rows_stmt], params, columns);
		assert_string_equal(columns, t->columns);
		describe(db, &db_statements[t->fill_stmt], params, columns);
		assert_string_equal(params, t->columns);
		describe(db, &db_statements[t->orphans_stmt], params, columns);
	}
}

static void test_pgsql_whole_numbers_come_back_whatever_their_size(void **state)
{
	static const int64_t numbers[] = { 0, 1, -1, 255, 256, -256, 4294967296, INT64_MAX, INT64_MIN + 1 };
	scoped(arena_done) struct arena a = {0};
	scoped(db_close) struct db *db = open_for(state, DB_WRITE);
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
		struct attempt_get_row row;
		bool found = false;
		SUCCEEDS(q_attempt_put(db, "numbers", numbers[i], -numbers[i], 0, 0, &f));
		SUCCEEDS(q_attempt_get(db, "numbers", &a, &found, &row, &f));
		assert_true(found && row.failures == numbers[i] && row.since_us == -numbers[i]);
	}
	SUCCEEDS(q_attempt_drop(db, "numbers", &f));
	assert_int_equal(db_changes(db), 1);
}

/* ---- streams ---- */

static void fill_settings(struct db *db, int n)
{
	scoped(arena_done) struct arena a = {0};
	SUCCEEDS(db_run(db, "DELETE FROM setting", &f));
	const char *rows = "INSERT INTO setting SELECT lpad(i::text, 5, '0'), i::text FROM generate_series(1,";
	SUCCEEDS(db_run(db, arena_printf(&a, "%s %d) i", rows, n), &f));
	assert_int_equal(db_changes(db), n);
}

static void expect_settings(struct db *db, int n)
{
	struct stmt *s = reading(db, "rows of setting");
	for (int i = 1; i <= n; i++) {
		scoped(arena_done) struct arena a = {0};
		assert_true(next_row(s));
		assert_string_equal(stmt_text(s, 1, &a), arena_printf(&a, "%d", i));
	}
	assert_false(next_row(s));
	assert_false(next_row(s));
	stmt_reset(s);
}

static void test_pgsql_stream_of_any_length_gives_each_row_once(void **state)
{
	static const int lengths[] = { 0, 1, AT_ONCE - 1, AT_ONCE, AT_ONCE + 1, 2 * AT_ONCE, 2 * AT_ONCE + 1 };
	scoped(db_close) struct db *db = open_for(state, DB_WRITE);
	scoped(db_close) struct db *reader = open_for(state, DB_READ);
	for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
		fill_settings(db, lengths[i]);
		expect_settings(db, lengths[i]); /* outside of a transaction */
		expect_settings(reader, lengths[i]);
		SUCCEEDS(db_begin(reader, &f));
		expect_settings(reader, lengths[i]);
		expect_settings(reader, lengths[i]);
		SUCCEEDS(db_commit(reader, &f));
	}
}

static void test_pgsql_stream_in_a_writing_transaction_sees_what_was_written_before_it(void **state)
{
	scoped(db_close) struct db *db = open_for(state, DB_WRITE);
	SUCCEEDS(db_begin(db, &f));
	fill_settings(db, AT_ONCE + 1);
	SUCCEEDS(db_savepoint(db, &f));
	expect_settings(db, AT_ONCE + 1);
	SUCCEEDS(q_setting_put(db, "99999", "2002", &f));
	expect_settings(db, AT_ONCE + 2);
	db_rollback_to_savepoint(db);
	expect_settings(db, AT_ONCE + 1);
	db_rollback(db);
}

/* The savepoint under an open stream is undone, and the stream with it; what follows does not suffer. */
static void test_pgsql_stream_that_a_savepoint_takes_along_can_be_begun_again(void **state)
{
	scoped(db_close) struct db *db = open_for(state, DB_WRITE);
	SUCCEEDS(db_begin(db, &f));
	fill_settings(db, 3);
	SUCCEEDS(db_savepoint(db, &f));
	struct stmt *s = reading(db, "rows of setting");
	assert_true(next_row(s));
	assert_int_equal(db_run(db, "INSERT INTO setting VALUES ('00001', 'again')", NULL), E_CONFLICT);
	stmt_reset(s);
	db_rollback_to_savepoint(db);
	expect_settings(db, 3);
	db_rollback(db);
}

static void test_pgsql_streams_stand_inside_one_another(void **state)
{
	static const bool in_transaction[] = { false, true };
	scoped(db_close) struct db *db = open_for(state, DB_WRITE);
	fill_settings(db, AT_ONCE + 1);
	for (size_t i = 0; i < 2; i++) {
		int64_t n = 0, others = 0;
		if (in_transaction[i])
			SUCCEEDS(db_begin(db, &f));
		struct stmt *outer = reading(db, "rows of setting");
		for (; next_row(outer); n++) {
			struct stmt *inner = n % 500 == 0 ? reading(db, "rows of policy") : NULL;
			others += inner ? count_rows(inner) + 1 : 0;
			if (inner)
				stmt_reset(inner);
		}
		stmt_reset(outer);
		assert_int_equal(n, AT_ONCE + 1);
		assert_int_equal(others, 5);
		db_rollback(db);
	}
}

static void test_pgsql_stream_left_early_leaves_nothing_behind(void **state)
{
	scoped(db_close) struct db *db = open_for(state, DB_WRITE);
	fill_settings(db, AT_ONCE + 1);
	for (int i = 0; i < 3; i++) {
		struct stmt *s = reading(db, "rows of setting");
		assert_true(next_row(s));
		stmt_reset(s);
		assert_int_equal(PQtransactionStatus(pgsql_of(db)->c), PQTRANS_IDLE);
	}
	SUCCEEDS(db_begin(db, &f));
	struct stmt *s = reading(db, "rows of setting");
	assert_true(next_row(s));
	stmt_reset(s);
	expect_settings(db, AT_ONCE + 1);
	SUCCEEDS(db_commit(db, &f));
}

/* ---- a statement that is refused ---- */

static void test_pgsql_refused_statement_without_savepoint_spoils_the_transaction_and_says_why_to_the_end(void **state)
{
	scoped(db_close) struct db *db = open_for(state, DB_WRITE);
	fill_settings(db, 1);
	SUCCEEDS(db_begin(db, &f));
	SUCCEEDS(q_setting_put(db, "before", "x", &f));
	FAILS(db_run(db, "INSERT INTO setting VALUES ('00001', 'again')", &f), E_CONFLICT, MSG_STORE_THERE, "key");
	FAILS(q_setting_put(db, "after", "x", &f), E_CONFLICT, MSG_STORE_THERE, "key");
	FAILS(db_savepoint(db, &f), E_CONFLICT, MSG_STORE_THERE, "key");
	FAILS(db_commit(db, &f), E_CONFLICT, MSG_STORE_THERE, "key");
	expect_settings(db, 1);
}

static void test_pgsql_refused_statement_behind_a_savepoint_is_undone_alone(void **state)
{
	scoped(db_close) struct db *db = open_for(state, DB_WRITE);
	fill_settings(db, 1);
	SUCCEEDS(db_begin(db, &f));
	SUCCEEDS(q_setting_put(db, "00002", "2", &f));
	for (int i = 0; i < 2; i++) {
		SUCCEEDS(db_savepoint(db, &f));
		SUCCEEDS(q_setting_put(db, "00003", "lost", &f));
		FAILS(db_run(db, "INSERT INTO setting VALUES ('00001', 'again')", &f), E_CONFLICT, MSG_STORE_THERE, "key");
		db_rollback_to_savepoint(db);
	}
	SUCCEEDS(q_setting_put(db, "00003", "3", &f));
	SUCCEEDS(db_commit(db, &f));
	expect_settings(db, 3);
}

/* The server itself answers COMMIT of a spoilt transaction with success and the word ROLLBACK. */
static void test_pgsql_commit_of_a_spoilt_transaction_is_no_success(void **state)
{
	scoped(db_close) struct db *db = open_for(state, DB_WRITE);
	fill_settings(db, 1);
	SUCCEEDS(db_begin(db, &f));
	SUCCEEDS(db_savepoint(db, &f));
	SUCCEEDS(q_setting_put(db, "00002", "2", &f));
	assert_int_equal(db_run(db, "INSERT INTO setting VALUES ('00001', 'again')", NULL), E_CONFLICT);
	assert_int_not_equal(db_commit(db, NULL), OK);
	expect_settings(db, 1);
	SUCCEEDS(db_begin(db, &f));
	SUCCEEDS(q_setting_put(db, "00002", "2", &f));
	SUCCEEDS(db_commit(db, &f));
	expect_settings(db, 2);
}

static void test_pgsql_savepoint_left_open_does_not_reach_into_the_next_transaction(void **state)
{
	scoped(db_close) struct db *db = open_for(state, DB_WRITE);
	fill_settings(db, 1);
	SUCCEEDS(db_begin(db, &f));
	SUCCEEDS(db_savepoint(db, &f));
	SUCCEEDS(db_commit(db, &f));
	SUCCEEDS(db_begin(db, &f));
	FAILS(db_run(db, "INSERT INTO setting VALUES ('00001', 'again')", &f), E_CONFLICT, MSG_STORE_THERE, "key");
	FAILS(db_commit(db, &f), E_CONFLICT, MSG_STORE_THERE, "key");
}

/* ---- turns ---- */

static void test_pgsql_writer_waits_for_its_turn_then_says_so(void **state)
{
	scoped(db_close) struct db *one = open_for(state, DB_WRITE);
	scoped(db_close) struct db *other = open_for(state, DB_WRITE);
	scoped(db_close) struct db *reader = open_for(state, DB_READ);
	int64_t n = chain_length(reader);
	SUCCEEDS(db_begin(one, &f));
	db_set_patience(other, 20);
	FAILS(append_entries(other, 1, "{}", &f), E_BUSY, MSG_PG_LOCKED, "data");
	SUCCEEDS(db_begin(reader, &f)); /* nobody who reads waits */
	assert_int_equal(chain_length(reader), n);
	SUCCEEDS(db_commit(reader, &f));
	db_rollback(one);
	SUCCEEDS(append_entries(other, 1, "{}", &f));
	assert_int_equal(chain_length(other), n + 1);
}

/* ---- rights ---- */

/* Everything that the program does, and no more: a role made by db_grant. It is of the whole cluster, so it is named like the place. */
struct runner {
	const struct test_place *place;
	struct arena arena;
	const char *role;
	struct db *db;
};

static struct runner runner_new(void **state)
{
	struct runner r = { .place = place_of(state) };
	r.role = arena_printf(&r.arena, "runner-%s", place_database(r.place));
	server_runs(r.place->where, arena_printf(&r.arena, "CREATE ROLE \"%s\" LOGIN", r.role));
	scoped(db_close) struct db *owner = open_for(state, DB_WRITE);
	SUCCEEDS(db_grant(owner, r.role, &f));
	SUCCEEDS(db_open(uri_as(r.place->where, r.role, &r.arena), DB_WRITE, &r.db, &f));
	return r;
}

static void runner_done(struct runner *r)
{
	db_close(&r->db);
	server_runs(r->place->where, arena_printf(&r->arena, "DROP OWNED BY \"%s\"; DROP ROLE \"%s\"", r->role, r->role));
	arena_done(&r->arena);
}

static void test_pgsql_running_role_cannot_rewrite_history(void **state)
{
	static const char *const changes[] = { "journal SET input = ''", "unit SET code = ''", "unit_fact SET value = ''",
		"person_fact SET withdrawn = 1", "vote SET yes = 0", "class SET name = ''", "target SET low_milli = 0",
		"calendar_day SET kind = 'off'" };
	static const char *const tables[] = { "journal", "unit", "unit_fact", "person_fact", "vote", "class", "target", "calendar_day" };
	static const char *const attempts[][2] = { { "DELETE FROM", "" }, { "TRUNCATE", "CASCADE" }, { "DROP TABLE", "CASCADE" },
		{ "ALTER TABLE", "ADD x int" }, { "ALTER TABLE", "DISABLE TRIGGER ALL" },
		{ "CREATE TRIGGER t BEFORE INSERT ON", "EXECUTE FUNCTION journal_has_grown()" } };
	scoped(runner_done) struct runner r = runner_new(state);
	SUCCEEDS(append_entries(r.db, 1, "{}", &f));
	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
		for (size_t j = 0; j < sizeof attempts / sizeof *attempts; j++)
			FAILS(db_run(r.db, arena_printf(&r.arena, "%s %s %s", attempts[j][0], tables[i], attempts[j][1]), &f), E_STORAGE,
				MSG_PG_RIGHTS, "data");
	for (size_t i = 0; i < sizeof changes / sizeof *changes; i++)
		FAILS(db_run(r.db, arena_printf(&r.arena, "UPDATE %s", changes[i]), &f), E_STORAGE, MSG_PG_RIGHTS, "data");
}

static void test_pgsql_running_role_cannot_make_anything(void **state)
{
	static const char *const attempts[] = { "CREATE TABLE nguon.x (id int)", "CREATE TABLE public.x (id int)", "CREATE SCHEMA x",
		"CREATE VIEW nguon.x AS SELECT 1", "CREATE FUNCTION nguon.x() RETURNS int LANGUAGE sql AS 'SELECT 1'", "CREATE ROLE x",
		"COMMENT ON SCHEMA nguon IS 'Nguon 99'", "DROP SCHEMA nguon CASCADE",
		"CREATE OR REPLACE FUNCTION nguon.journal_is_kept() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
		"SET session_replication_role = replica", "COPY setting TO PROGRAM 'true'" };
	scoped(runner_done) struct runner r = runner_new(state);
	for (size_t i = 0; i < sizeof attempts / sizeof *attempts; i++)
		FAILS(db_run(r.db, attempts[i], &f), E_STORAGE, MSG_PG_RIGHTS, "data");
}

static void test_pgsql_owner_is_stopped_by_the_guard_of_the_journal(void **state)
{
	scoped(db_close) struct db *db = open_for(state, DB_WRITE);
	FAILS(db_run(db, "UPDATE journal SET input = ''", &f), E_STORAGE, MSG_PG_RIGHTS, "data");
	FAILS(db_run(db, "DELETE FROM journal", &f), E_STORAGE, MSG_PG_RIGHTS, "data");
	FAILS(db_run(db, "TRUNCATE journal", &f), E_STORAGE, MSG_PG_RIGHTS, "data");
}

static void test_pgsql_role_without_rights_is_told_so(void **state)
{
	scoped(arena_done) struct arena a = {0};
	const char *where = place_of(state)->where;
	const char *role = arena_printf(&a, "stranger-%s", place_database(place_of(state)));
	struct db *db = NULL;
	server_runs(where, arena_printf(&a, "CREATE ROLE \"%s\" LOGIN", role));
	FAILS(db_open(uri_as(where, role, &a), DB_WRITE, &db, &f), E_STORAGE, MSG_PG_RIGHTS, "data");
	server_runs(where, arena_printf(&a, "GRANT USAGE ON SCHEMA nguon TO \"%s\"", role));
	SUCCEEDS(db_open(uri_as(where, role, &a), DB_WRITE, &db, &f));
	FAILS(append_entries(db, 1, "{}", &f), E_STORAGE, MSG_PG_RIGHTS, "data");
	db_close(&db);
	server_runs(where, arena_printf(&a, "DROP OWNED BY \"%s\"; DROP ROLE \"%s\"", role, role));
}

static void test_pgsql_grant_to_nobody_is_refused_and_to_oneself_changes_nothing(void **state)
{
	scoped(arena_done) struct arena a = {0};
	scoped(db_close) struct db *db = open_for(state, DB_WRITE);
	const char *own = "";
	FAILS(db_grant(db, "no such role", &f), E_NOTFOUND, MSG_PG_NO_ROLE, "data");
	FAILS(db_grant(db, "x; DROP SCHEMA nguon", &f), E_NOTFOUND, MSG_PG_NO_ROLE, "data");
	SUCCEEDS(db_role(db, &a, &own, &f));
	SUCCEEDS(db_grant(db, own, &f));
	assert_int_equal(server_says(place_of(state)->where, "SELECT has_table_privilege('nguon.journal', 'TRUNCATE')::int"), 1);
}

/* docs/databases.md tells administrators what the role may do. */
static void test_pgsql_rights_are_the_documented_ones(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = {0};
	static char text[1 << 17];
	FILE *file = fopen(arena_printf(&a, "%s/docs/databases.md", getenv("NGUON_SOURCE")), "r");
	assert_non_null(file);
	size_t n = fread(text, 1, sizeof text - 1, file);
	text[n] = '\0';
	assert_int_equal(fclose(file), 0);
	for (int i = 0; i < db_table_list_n; i++) {
		const char *row = arena_printf(&a, "| `%s` | %s |\n", db_table_list[i].name, db_table_list[i].rights);
		if (!strstr(text, row))
			fail_msg("docs/databases.md, Rights: no row %s", row);
	}
}

/* ---- all ---- */

static int make_place(void **state)
{
	static struct test_place p;
	p = place_new();
	struct db *db = database_new(p.where);
	SUCCEEDS(append_entries(db, 2, "{}", &f));
	db_close(&db);
	*state = &p;
	return 0;
}

static int remove_place(void **state)
{
	place_remove(*state);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pgsql_types_of_every_query_are_the_declared_ones),
		cmocka_unit_test(test_pgsql_types_of_every_table_are_the_declared_ones),
		cmocka_unit_test(test_pgsql_whole_numbers_come_back_whatever_their_size),
		cmocka_unit_test(test_pgsql_stream_of_any_length_gives_each_row_once),
		cmocka_unit_test(test_pgsql_stream_in_a_writing_transaction_sees_what_was_written_before_it),
		cmocka_unit_test(test_pgsql_stream_that_a_savepoint_takes_along_can_be_begun_again),
		cmocka_unit_test(test_pgsql_streams_stand_inside_one_another),
		cmocka_unit_test(test_pgsql_stream_left_early_leaves_nothing_behind),
		cmocka_unit_test(test_pgsql_refused_statement_without_savepoint_spoils_the_transaction_and_says_why_to_the_end),
		cmocka_unit_test(test_pgsql_refused_statement_behind_a_savepoint_is_undone_alone),
		cmocka_unit_test(test_pgsql_commit_of_a_spoilt_transaction_is_no_success),
		cmocka_unit_test(test_pgsql_savepoint_left_open_does_not_reach_into_the_next_transaction),
		cmocka_unit_test(test_pgsql_writer_waits_for_its_turn_then_says_so),
		cmocka_unit_test(test_pgsql_running_role_cannot_rewrite_history),
		cmocka_unit_test(test_pgsql_running_role_cannot_make_anything),
		cmocka_unit_test(test_pgsql_owner_is_stopped_by_the_guard_of_the_journal),
		cmocka_unit_test(test_pgsql_role_without_rights_is_told_so),
		cmocka_unit_test(test_pgsql_grant_to_nobody_is_refused_and_to_oneself_changes_nothing),
		cmocka_unit_test(test_pgsql_rights_are_the_documented_ones),
	};
	return cmocka_run_group_tests(tests, make_place, remove_place);
}
