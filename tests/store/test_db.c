#include "store_test.h"

#include "store/glue.h"
#include "store/queries.gen.h"

/* ---- transactions ---- */

static void test_db_rollback_undoes_everything_since_begin(void **state)
{
	(void)state;
	scoped(place_remove) struct test_place p = place_new();
	scoped(db_close) struct db *db = database_new(p.where);
	struct journal_head head;
	SUCCEEDS(append_entries(db, 1, "{}", &f));
	SUCCEEDS(db_begin(db, &f));
	SUCCEEDS(journal_head(db, &head, &f));
	SUCCEEDS(append_entry(db, &head, "{}", &f));
	db_rollback(db);
	db_rollback(db);
	assert_int_equal(chain_length(db), 1);
}

static void test_db_savepoint_undoes_one_operation_and_keeps_the_others(void **state)
{
	(void)state;
	scoped(place_remove) struct test_place p = place_new();
	scoped(db_close) struct db *db = database_new(p.where);
	struct journal_head head, before;
	SUCCEEDS(db_begin(db, &f));
	SUCCEEDS(journal_head(db, &head, &f));
	SUCCEEDS(db_savepoint(db, &f));
	SUCCEEDS(append_entry(db, &head, "{\"operation\":1}", &f));
	SUCCEEDS(db_release(db, &f));
	before = head;
	SUCCEEDS(db_savepoint(db, &f));
	SUCCEEDS(append_entry(db, &head, "{\"operation\":2}", &f));
	db_rollback_to_savepoint(db);
	head = before;
	SUCCEEDS(db_savepoint(db, &f));
	SUCCEEDS(append_entry(db, &head, "{\"operation\":3}", &f));
	SUCCEEDS(db_release(db, &f));
	SUCCEEDS(db_commit(db, &f));
	assert_int_equal(chain_length(db), 2);

	scoped(arena_done) struct arena a = {0};
	struct entry *entries;
	size_t n;
	SUCCEEDS(journal_read(db, (struct entry_id){ 0 }, 9, &a, &entries, &n, &f));
	assert_string_equal(entries[1].input, "{\"operation\":3}");
}

static void test_db_abandoned_transaction_stores_nothing_and_says_why_until_it_is_over(void **state)
{
	(void)state;
	scoped(place_remove) struct test_place p = place_new();
	scoped(db_close) struct db *db = database_new(p.where);
	struct journal_head head;
	const struct fault why = { .code = E_INTERNAL, .field = "half", .msg = MSG_INTERNAL };
	SUCCEEDS(db_begin(db, &f));
	SUCCEEDS(journal_head(db, &head, &f));
	SUCCEEDS(append_entry(db, &head, "{}", &f));
	db_abandon(db, &why);
	FAILS(append_entry(db, &head, "{}", &f), E_INTERNAL, MSG_INTERNAL, "half");
	FAILS(db_commit(db, &f), E_INTERNAL, MSG_INTERNAL, "half");
	SUCCEEDS(append_entries(db, 1, "{}", &f));
	assert_int_equal(chain_length(db), 1);
}

static void test_db_open_transaction_is_undone_by_closing(void **state)
{
	(void)state;
	scoped(place_remove) struct test_place p = place_new();
	struct db *db = database_new(p.where);
	struct journal_head head;
	SUCCEEDS(db_begin(db, &f));
	SUCCEEDS(journal_head(db, &head, &f));
	SUCCEEDS(append_entry(db, &head, "{}", &f));
	db_close(&db);
	assert_null(db);
	SUCCEEDS(db_open(p.where, DB_READ, &db, &f));
	assert_int_equal(chain_length(db), 0);
	db_close(&db);
}

static void test_db_reader_sees_one_state_while_another_writes(void **state)
{
	(void)state;
	scoped(place_remove) struct test_place p = place_new();
	struct db *reader = NULL;
	struct db *writer = database_new(p.where);
	SUCCEEDS(append_entries(writer, 2, "{}", &f));
	SUCCEEDS(db_open(p.where, DB_READ, &reader, &f));
	SUCCEEDS(db_begin(reader, &f));
	assert_int_equal(chain_length(reader), 2);
	SUCCEEDS(append_entries(writer, 3, "{}", &f));
	assert_int_equal(chain_length(reader), 2);
	SUCCEEDS(db_commit(reader, &f));
	assert_int_equal(chain_length(reader), 5);
	db_close(&reader);
	db_close(&writer);
}

static void test_db_opened_for_reading_refuses_changes(void **state)
{
	(void)state;
	scoped(place_remove) struct test_place p = place_new();
	struct db *db = database_new(p.where);
	db_close(&db);
	SUCCEEDS(db_open(p.where, DB_READ, &db, &f));
	FAILS(db_run(db, "INSERT INTO setting (key, value) VALUES ('name', 'x')", &f), E_INTERNAL, MSG_STORE_OPEN_TO_READ, "");
	FAILS(append_entries(db, 1, "{}", &f), E_INTERNAL, MSG_STORE_OPEN_TO_READ, "");
	db_close(&db);
}

/* ---- constraints ---- */

static void test_db_second_row_with_the_same_key_is_a_conflict_that_names_the_column(void **state)
{
	(void)state;
	scoped(place_remove) struct test_place p = place_new();
	scoped(db_close) struct db *db = database_new(p.where);
	SUCCEEDS(append_entries(db, 1, "{}", &f));
	SUCCEEDS(db_run(db, "INSERT INTO unit (id, code, entry_id) VALUES (1, 'PL', 1)", &f));
	FAILS(db_run(db, "INSERT INTO unit (id, code, entry_id) VALUES (2, 'PL', 1)", &f), E_CONFLICT, MSG_STORE_THERE, "code");
	FAILS(db_run(db, "INSERT INTO unit (id, code, entry_id) VALUES (1, 'PL-01', 1)", &f), E_CONFLICT, MSG_STORE_THERE, "id");
}

static void test_db_stale_journal_head_is_a_conflict(void **state)
{
	(void)state;
	scoped(place_remove) struct test_place p = place_new();
	scoped(db_close) struct db *db = database_new(p.where);
	struct journal_head head, stale;
	SUCCEEDS(journal_head(db, &head, &f));
	stale = head;
	SUCCEEDS(append_entry(db, &head, "{}", &f));
	FAILS(append_entry(db, &stale, "{}", &f), E_CONFLICT, MSG_STORE_THERE, "id");
	assert_int_equal(stale.last.v, 0);
}

/* ---- statements of kind :later ---- */

/* The second one of the same code; `end` is where an engine that was not asked to wait has to say so. */
static enum err same_unit_twice(struct db *db, enum err (*end)(struct db *db, struct fault *f), struct fault *f)
{
	TRY(q_unit_insert(db, (struct unit_id){ 1 }, "PL", (struct entry_id){ 1 }, f));
	TRY(q_unit_insert(db, (struct unit_id){ 2 }, "PL", (struct entry_id){ 1 }, f));
	return end(db, f);
}

static enum err ask_for_units(struct db *db, struct fault *f)
{
	scoped(arena_done) struct arena a = { 0 };
	struct last_ids_row row;
	bool found;
	return q_last_ids(db, &a, &found, &row, f);
}

static int64_t last_unit(struct db *db)
{
	scoped(arena_done) struct arena a = { 0 };
	struct last_ids_row row;
	bool found;
	SUCCEEDS(q_last_ids(db, &a, &found, &row, &f));
	return row.unit;
}

static void test_db_a_refusal_is_told_by_the_end_of_the_operation_which_alone_is_undone(void **state)
{
	(void)state;
	scoped(place_remove) struct test_place p = place_new();
	scoped(db_close) struct db *db = database_new(p.where);
	enum err (*const ends[])(struct db *db, struct fault *f) = { ask_for_units, db_release, db_savepoint };
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		SUCCEEDS(db_begin(db, &f));
		SUCCEEDS(q_unit_insert(db, (struct unit_id){ 10 + (int64_t)i }, i ? i == 1 ? "B" : "C" : "A", (struct entry_id){ 1 }, &f));
		SUCCEEDS(db_savepoint(db, &f));
		FAILS(same_unit_twice(db, ends[i], &f), E_CONFLICT, MSG_STORE_THERE, "code");
		db_rollback_to_savepoint(db);
		SUCCEEDS(db_commit(db, &f));
		assert_int_equal(last_unit(db), 10 + (int64_t)i);
	}
}

static void test_db_a_refusal_is_told_by_the_commit_and_nothing_is_stored(void **state)
{
	(void)state;
	scoped(place_remove) struct test_place p = place_new();
	scoped(db_close) struct db *db = database_new(p.where);
	SUCCEEDS(db_begin(db, &f));
	FAILS(same_unit_twice(db, db_commit, &f), E_CONFLICT, MSG_STORE_THERE, "code");
	db_rollback(db);
	assert_int_equal(last_unit(db), 0);
	FAILS(same_unit_twice(db, ask_for_units, &f), E_CONFLICT, MSG_STORE_THERE, "code"); /* no transaction: each by itself */
	assert_int_equal(last_unit(db), 1);
}

static void test_db_what_was_sent_and_then_undone_leaves_nothing(void **state)
{
	(void)state;
	scoped(place_remove) struct test_place p = place_new();
	scoped(db_close) struct db *db = database_new(p.where);
	SUCCEEDS(db_begin(db, &f));
	SUCCEEDS(db_savepoint(db, &f));
	SUCCEEDS(q_unit_insert(db, (struct unit_id){ 1 }, "PL", (struct entry_id){ 1 }, &f));
	db_rollback_to_savepoint(db);
	SUCCEEDS(q_unit_insert(db, (struct unit_id){ 2 }, "PL", (struct entry_id){ 1 }, &f));
	SUCCEEDS(db_commit(db, &f));
	SUCCEEDS(db_begin(db, &f));
	SUCCEEDS(q_unit_insert(db, (struct unit_id){ 3 }, "TB", (struct entry_id){ 1 }, &f));
	db_rollback(db);
	assert_int_equal(last_unit(db), 2);
}

static void test_db_other_constraints_are_mistakes_of_the_program(void **state)
{
	(void)state;
	scoped(place_remove) struct test_place p = place_new();
	scoped(db_close) struct db *db = database_new(p.where);
	SUCCEEDS(append_entries(db, 1, "{}", &f));
	static const char *const mistakes[] = {
		"INSERT INTO class VALUES (1, 'L1', 9, 'source', 'Lớp', 0, 0, 1)",        /* no such unit */
		"INSERT INTO unit (id, code, entry_id) VALUES (1, NULL, 1)",              /* missing */
		"INSERT INTO unit (id, code, entry_id) VALUES ('one', 'PL', 1)",          /* wrong type */
		"INSERT INTO unit (id, code, entry_id) VALUES (1, \"PL\", 1)",            /* a name where a text should be */
	};
	for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++)
		FAILS(db_run(db, mistakes[i], &f), E_INTERNAL, MSG_STORE_ENGINE, "");
}

static void test_db_like_tells_capital_letters_as_other_engines_do(void **state)
{
	(void)state;
	scoped(place_remove) struct test_place p = place_new();
	scoped(db_close) struct db *db = database_new(p.where);
	SUCCEEDS(db_run(db, "INSERT INTO setting (key, value) SELECT 'found', 'x' WHERE 'ABC' LIKE 'abc'", &f));
	assert_int_equal(db_changes(db), 0);
}

/* ---- what the generated functions lean on ---- */

/* The first row of a statement that no query file has, judged as the generated function of a :one query would. */
static enum err first_row(struct db *db, const char *sql, char letter, bool nullable, struct fault *f)
{
	const struct db_statement def = { "test", "", sql };
	struct stmt *s;
	bool row;
	TRY(db->driver->prepare(db, &def, &s, f));
	s->busy = true;
	enum err e = stmt_step(s, &row, f);
	if (e == OK && row)
		e = glue_expect(s, 0, letter, nullable, f);
	if (e == OK && row)
		e = glue_last(s, f);
	db->driver->finish(s);
	return e;
}

static void test_db_query_for_one_row_that_finds_two_is_an_internal_error(void **state)
{
	(void)state;
	scoped(place_remove) struct test_place p = place_new();
	scoped(db_close) struct db *db = database_new(p.where);
	SUCCEEDS(db_run(db, "INSERT INTO setting (key, value) VALUES ('a', '1'), ('b', '2')", &f));
	SUCCEEDS(first_row(db, "SELECT value FROM setting WHERE key = 'a'", 't', false, &f));
	SUCCEEDS(first_row(db, "SELECT value FROM setting WHERE key = 'c'", 't', false, &f));
	FAILS(first_row(db, "SELECT value FROM setting", 't', false, &f), E_INTERNAL, MSG_INTERNAL, "");
}

static void test_db_computed_column_of_another_type_is_an_internal_error(void **state)
{
	(void)state;
	scoped(place_remove) struct test_place p = place_new();
	scoped(db_close) struct db *db = database_new(p.where);
	SUCCEEDS(first_row(db, "SELECT 1 + 1", 'i', false, &f));
	SUCCEEDS(first_row(db, "SELECT NULL", 'i', true, &f));
	FAILS(first_row(db, "SELECT NULL", 'i', false, &f), E_INTERNAL, MSG_INTERNAL, "");
	FAILS(first_row(db, "SELECT 'two'", 'i', true, &f), E_INTERNAL, MSG_INTERNAL, "");
	FAILS(first_row(db, "SELECT 0.5", 'i', false, &f), E_INTERNAL, MSG_INTERNAL, "");
}

/* ---- verify ---- */

static void hash_of(struct db *db, const char *table, char ret[65], int64_t expected_rows)
{
	int64_t rows;
	SUCCEEDS(db_table_hash(db, table, ret, &rows, &f));
	assert_int_equal(rows, expected_rows);
}

static void test_db_table_hash_does_not_depend_on_the_order_of_entry(void **state)
{
	(void)state;
	char one[65], two[65];
	scoped(place_remove) struct test_place p = place_new();
	scoped(db_close) struct db *db = database_new(p.where);
	SUCCEEDS(db_run(db, "INSERT INTO setting (key, value) VALUES ('name', 'Phủ Lý'), ('actor', 'x')", &f));
	hash_of(db, "setting", one, 2);
	SUCCEEDS(db_run(db, "DELETE FROM setting", &f));
	SUCCEEDS(db_run(db, "INSERT INTO setting (key, value) VALUES ('actor', 'x'), ('name', 'Phủ Lý')", &f));
	hash_of(db, "setting", two, 2);
	assert_string_equal(one, two);
}

/* Pairs that a careless hash would take for the same: values moved between columns, NULL and empty, number and text. */
static void test_db_table_hash_tells_rows_apart(void **state)
{
	(void)state;
	static const char *const rows[] = {
		"(1, 1, 'opened', 5, NULL, NULL, NULL, 6, NULL, 1)",   "(1, 1, 'opened', 5, '', NULL, NULL, 6, NULL, 1)",
		"(1, 1, 'opened', 5, NULL, NULL, '', 6, NULL, 1)",     "(1, 1, 'opened', 6, NULL, NULL, NULL, 5, NULL, 1)",
		"(1, 1, 'opened', 5, 'ab', NULL, 'c', 6, NULL, 1)",    "(1, 1, 'opened', 5, 'a', NULL, 'bc', 6, NULL, 1)",
		"(1, 1, 'opened', 5, '6', NULL, NULL, NULL, NULL, 1)", "(1, 1, 'opened', 5, NULL, NULL, NULL, NULL, 6, 1)",
	};
	enum { N = sizeof rows / sizeof *rows };
	char hashes[N][65];
	scoped(arena_done) struct arena a = {0};
	scoped(place_remove) struct test_place p = place_new();
	scoped(db_close) struct db *db = database_new(p.where);
	SUCCEEDS(append_entries(db, 1, "{}", &f));
	SUCCEEDS(db_run(db, "INSERT INTO unit (id, code, entry_id) VALUES (1, 'PL', 1)", &f));
	for (size_t i = 0; i < N; i++) {
		SUCCEEDS(db_run(db, "DELETE FROM unit_fact", &f));
		SUCCEEDS(db_run(db, arena_printf(&a, "INSERT INTO unit_fact (unit_id, seq, kind, from_on, value, "
			"ref_unit_id, paper_no, paper_on, corrects, entry_id) VALUES %s", rows[i]), &f));
		hash_of(db, "unit_fact", hashes[i], 1);
		for (size_t j = 0; j < i; j++)
			assert_string_not_equal(hashes[i], hashes[j]);
	}
}

static void test_db_table_hash_tells_where_a_text_ends(void **state)
{
	(void)state;
	char one[65], two[65];
	scoped(place_remove) struct test_place p = place_new();
	scoped(db_close) struct db *db = database_new(p.where);
	SUCCEEDS(db_run(db, "INSERT INTO setting (key, value) VALUES ('a', 'tb')", &f));
	hash_of(db, "setting", one, 1);
	SUCCEEDS(db_run(db, "UPDATE setting SET key = 'at', value = 'b'", &f));
	hash_of(db, "setting", two, 1);
	assert_string_not_equal(one, two);
}

static void test_db_tables_are_named_in_the_order_of_their_references(void **state)
{
	(void)state;
	size_t n, journal = 99, unit = 99, person = 99, fact = 99;
	const char *const *tables = db_tables(&n);
	for (size_t i = 0; i < n; i++) {
		journal = strcmp(tables[i], "journal") == 0 ? i : journal;
		unit = strcmp(tables[i], "unit") == 0 ? i : unit;
		person = strcmp(tables[i], "person") == 0 ? i : person;
		fact = strcmp(tables[i], "person_fact") == 0 ? i : fact;
	}
	assert_true(journal < unit && unit < person && person < fact && fact < n);
}

/* Every query of sql/queries and every statement that reads a table. */
static void test_db_prepares_every_statement(void **state)
{
	(void)state;
	scoped(place_remove) struct test_place p = place_new();
	scoped(db_close) struct db *db = database_new(p.where);
	for (int i = 0; i < db_statements_n; i++) {
		struct stmt *s = NULL;
		SUCCEEDS(db_stmt(db, i, &s, &f));
		stmt_reset(s);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_db_rollback_undoes_everything_since_begin),
		cmocka_unit_test(test_db_savepoint_undoes_one_operation_and_keeps_the_others),
		cmocka_unit_test(test_db_abandoned_transaction_stores_nothing_and_says_why_until_it_is_over),
		cmocka_unit_test(test_db_open_transaction_is_undone_by_closing),
		cmocka_unit_test(test_db_reader_sees_one_state_while_another_writes),
		cmocka_unit_test(test_db_opened_for_reading_refuses_changes),
		cmocka_unit_test(test_db_second_row_with_the_same_key_is_a_conflict_that_names_the_column),
		cmocka_unit_test(test_db_stale_journal_head_is_a_conflict),
		cmocka_unit_test(test_db_a_refusal_is_told_by_the_end_of_the_operation_which_alone_is_undone),
		cmocka_unit_test(test_db_a_refusal_is_told_by_the_commit_and_nothing_is_stored),
		cmocka_unit_test(test_db_what_was_sent_and_then_undone_leaves_nothing),
		cmocka_unit_test(test_db_other_constraints_are_mistakes_of_the_program),
		cmocka_unit_test(test_db_like_tells_capital_letters_as_other_engines_do),
		cmocka_unit_test(test_db_query_for_one_row_that_finds_two_is_an_internal_error),
		cmocka_unit_test(test_db_computed_column_of_another_type_is_an_internal_error),
		cmocka_unit_test(test_db_table_hash_does_not_depend_on_the_order_of_entry),
		cmocka_unit_test(test_db_table_hash_tells_rows_apart),
		cmocka_unit_test(test_db_table_hash_tells_where_a_text_ends),
		cmocka_unit_test(test_db_tables_are_named_in_the_order_of_their_references),
		cmocka_unit_test(test_db_prepares_every_statement),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
