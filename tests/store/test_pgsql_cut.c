/* The line to the server goes dead at every message of a transaction: what is said about it afterwards is true. */
#include "cut.h"

#include "store/queries.gen.h"

static enum err write_something(struct db *db, struct fault *f)
{
	struct journal_head head;
	TRY(journal_head(db, &head, f));
	TRY(append_entry(db, &head, "{\"operation\":1}", f));
	TRY(db_savepoint(db, f));
	TRY(q_setting_put(db, "written", "yes", f));
	TRY(db_release(db, f));
	return append_entry(db, &head, "{\"operation\":2}", f);
}

/* Two entries and a setting. */
static enum err write_all(struct db *db, struct fault *f)
{
	TRY(db_begin(db, f));
	enum err e = write_something(db, f);
	if (e == OK)
		return db_commit(db, f);
	db_rollback(db);
	return e;
}

/* Whether all of it is stored; part of it never is. The old process on the server has ended its transaction when this one has its turn. */
static bool stored(struct db *beside, int64_t before)
{
	scoped(arena_done) struct arena a = {0};
	struct setting_get_row row;
	bool found = false;
	SUCCEEDS(db_begin(beside, &f));
	int64_t entries = chain_length(beside) - before;
	SUCCEEDS(q_setting_get(beside, "written", &a, &found, &row, &f));
	SUCCEEDS(q_setting_drop(beside, "written", &f));
	SUCCEEDS(db_commit(beside, &f));
	assert_true(entries == 0 || entries == 2);
	assert_int_equal(found, entries == 2);
	return entries == 2;
}

struct told {
	int good, gone, unsure_stored, unsure_lost;
};

static void expect_truth(enum err e, const struct fault *f, bool commit_sent, bool is_stored, struct told *told)
{
	if (e == OK) {
		assert_true(is_stored);
		told->good++;
	} else if (e == E_GONE) {
		assert_int_equal(f->msg, MSG_PG_GONE);
		assert_false(is_stored || commit_sent);
		told->gone++;
	} else {
		assert_int_equal(e, E_UNSURE);
		assert_int_equal(f->msg, MSG_PG_UNSURE);
		assert_true(commit_sent);
		told->unsure_stored += is_stored;
		told->unsure_lost += !is_stored;
	}
}

/* At the first message of the transaction, at the second, and so on until it ends before it comes to that. */
static struct told cut_everywhere(struct cut *c, struct db *db, struct db *beside, enum cut_when when)
{
	struct told told = {0};
	bool again = true;
	for (int n = 1; again; n++) {
		struct fault why = {0};
		int64_t before = chain_length(beside);
		cut_at(c, n, when);
		enum err e = write_all(db, &why);
		bool commit_sent = c->commit_seen;
		again = c->done;
		cut_at(c, 0, when);
		expect_truth(e, &why, commit_sent, stored(beside, before), &told);
	}
	return told;
}

static struct told cut_when(enum cut_when when)
{
	scoped(place_remove) struct test_place p = place_new();
	scoped(db_close) struct db *beside = database_new(p.where);
	char where[256];
	struct cut c;
	struct db *db = NULL;
	cut_start(&c, &p, where);
	SUCCEEDS(db_open(where, DB_WRITE, &db, &f));
	struct told told = cut_everywhere(&c, db, beside, when);
	db_close(&db);
	cut_stop(&c);
	assert_true(told.gone > 20); /* BEGIN, eight statements prepared and run, two savepoints */
	assert_true(told.good >= 2); /* what is lost at BEGIN is begun again; the last one was not cut at all */
	return told;
}

static void test_cut_before_the_server_hears_of_the_commit_stores_nothing(void **state)
{
	(void)state;
	struct told told = cut_when(CUT_BEFORE);
	assert_int_equal(told.unsure_lost, 1);
	assert_int_equal(told.unsure_stored, 0);
}

static void test_cut_before_the_answer_to_the_commit_is_never_called_lost(void **state)
{
	(void)state;
	struct told told = cut_when(CUT_BEHIND);
	assert_int_equal(told.unsure_lost, 0);
	assert_int_equal(told.unsure_stored, 1);
}

static void test_cut_within_the_answer_to_the_commit_is_never_called_lost(void **state)
{
	(void)state;
	struct told told = cut_when(CUT_WITHIN);
	assert_int_equal(told.unsure_lost, 0);
	assert_int_equal(told.unsure_stored, 1);
}

/* ---- outside of a transaction ---- */

static void test_cut_question_is_asked_again_and_a_change_is_not(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = {0};
	scoped(place_remove) struct test_place p = place_new();
	scoped(db_close) struct db *db = database_new(p.where);
	struct setting_get_row row;
	bool found = false;
	SUCCEEDS(q_setting_put(db, "name", "x", &f));
	server_drops(p.where, db);
	SUCCEEDS(q_setting_get(db, "name", &a, &found, &row, &f));
	assert_true(found);
	server_drops(p.where, db);
	assert_int_equal(chain_length(db), 0); /* a stream */
	SUCCEEDS(q_setting_put(db, "name", "x", &f));
	server_drops(p.where, db);
	FAILS(q_setting_put(db, "name", "y", &f), E_UNSURE, MSG_PG_UNSURE, "data");
	SUCCEEDS(q_setting_put(db, "name", "z", &f));
}

/* The answer to the statement itself comes before the server commits it. */
static void test_cut_change_that_stands_alone_is_never_called_stored_too_early(void **state)
{
	(void)state;
	scoped(place_remove) struct test_place p = place_new();
	struct db *db = database_new(p.where);
	char where[256];
	struct cut c;
	db_close(&db);
	cut_start(&c, &p, where);
	SUCCEEDS(db_open(where, DB_WRITE, &db, &f));
	for (int n = 1; n == 1 || c.done; n++) {
		SUCCEEDS(q_setting_put(db, "name", "x", &f));
		cut_at(&c, n, CUT_WITHIN);
		enum err e = q_setting_put(db, "name", "y", NULL);
		assert_int_equal(e, c.done ? E_UNSURE : OK);
		assert_true(n < 50);
	}
	db_close(&db);
	cut_stop(&c);
}

static void test_cut_before_its_first_answer_a_reading_transaction_is_begun_again(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = {0};
	scoped(place_remove) struct test_place p = place_new();
	scoped(db_close) struct db *db = database_new(p.where);
	struct setting_get_row row;
	bool found;
	SUCCEEDS(q_setting_put(db, "name", "x", &f));
	for (int i = 0; i < 2; i++) { /* the first statement is still to be prepared; it is known */
		server_drops(p.where, db);
		SUCCEEDS(db_look(db, &f));
		SUCCEEDS(q_setting_get(db, "name", &a, &found, &row, &f));
		assert_true(found);
		if (i == 1)
			server_drops(p.where, db);
		else
			db_rollback(db);
	}
	FAILS(q_setting_get(db, "name", &a, &found, &row, &f), E_GONE, MSG_PG_GONE, "data");
	db_rollback(db);
}

static void test_cut_stream_is_not_gone_on_with_from_somewhere_else(void **state)
{
	(void)state;
	scoped(place_remove) struct test_place p = place_new();
	scoped(db_close) struct db *db = database_new(p.where);
	enum err e = OK;
	bool more = true;
	SUCCEEDS(append_entries(db, 5000, "{}", &f));
	struct stmt *s = reading(db, "rows of journal");
	assert_true(next_row(s));
	server_drops(p.where, db);
	while (e == OK && more)
		e = stmt_step(s, &more, NULL);
	assert_int_equal(e, E_GONE);
	stmt_reset(s);
	assert_int_equal(chain_length(db), 5000);
}

/* ---- in a transaction ---- */

static void test_cut_transaction_says_so_to_the_end_and_the_next_one_is_served(void **state)
{
	(void)state;
	scoped(place_remove) struct test_place p = place_new();
	scoped(db_close) struct db *db = database_new(p.where);
	struct journal_head head;
	SUCCEEDS(append_entries(db, 1, "{}", &f));
	SUCCEEDS(db_begin(db, &f));
	SUCCEEDS(journal_head(db, &head, &f));
	SUCCEEDS(append_entry(db, &head, "{}", &f));
	SUCCEEDS(db_savepoint(db, &f));
	server_drops(p.where, db);
	FAILS(append_entry(db, &head, "{}", &f), E_GONE, MSG_PG_GONE, "data");
	db_rollback_to_savepoint(db);
	FAILS(append_entry(db, &head, "{}", &f), E_GONE, MSG_PG_GONE, "data");
	FAILS(db_commit(db, &f), E_GONE, MSG_PG_GONE, "data");
	SUCCEEDS(append_entries(db, 2, "{}", &f));
	assert_int_equal(chain_length(db), 3);
}

/* As when the program hangs, here for longer than a millisecond. */
static void test_cut_by_the_server_for_having_idled_in_a_transaction(void **state)
{
	(void)state;
	scoped(place_remove) struct test_place p = place_new();
	scoped(db_close) struct db *db = database_new(p.where);
	struct journal_head head;
	SUCCEEDS(db_begin(db, &f));
	SUCCEEDS(journal_head(db, &head, &f));
	SUCCEEDS(append_entry(db, &head, "{}", &f));
	char sql[96];
	snprintf(sql, sizeof sql, "SELECT count(*) FROM pg_stat_activity WHERE pid = %d", PQbackendPID(pgsql_of(db)->c));
	SUCCEEDS(db_run(db, "SET idle_in_transaction_session_timeout = 1", &f));
	while (server_says(p.where, sql) > 0)
		usleep(2000);
	FAILS(append_entry(db, &head, "{}", &f), E_GONE, MSG_PG_GONE, "data");
	db_rollback(db);
	assert_int_equal(chain_length(db), 0);
	SUCCEEDS(append_entries(db, 1, "{}", &f));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cut_before_the_server_hears_of_the_commit_stores_nothing),
		cmocka_unit_test(test_cut_before_the_answer_to_the_commit_is_never_called_lost),
		cmocka_unit_test(test_cut_within_the_answer_to_the_commit_is_never_called_lost),
		cmocka_unit_test(test_cut_question_is_asked_again_and_a_change_is_not),
		cmocka_unit_test(test_cut_change_that_stands_alone_is_never_called_stored_too_early),
		cmocka_unit_test(test_cut_before_its_first_answer_a_reading_transaction_is_begun_again),
		cmocka_unit_test(test_cut_stream_is_not_gone_on_with_from_somewhere_else),
		cmocka_unit_test(test_cut_transaction_says_so_to_the_end_and_the_next_one_is_served),
		cmocka_unit_test(test_cut_by_the_server_for_having_idled_in_a_transaction),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
