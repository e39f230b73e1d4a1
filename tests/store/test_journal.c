#include "store_test.h"

static void test_journal_entries_are_read_back_in_order(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = {0};
	scoped(place_remove) struct test_place p = place_new();
	scoped(db_close) struct db *db = database_new(p.where);
	struct journal_head head;
	struct entry *entries;
	size_t n;
	SUCCEEDS(journal_head(db, &head, &f));
	assert_int_equal(head.last.v, 0);
	SUCCEEDS(append_entry(db, &head, "{\"code\":\"PL\"}", &f));
	SUCCEEDS(append_entry(db, &head, "{\"code\":\"PL-01\"}", &f));
	SUCCEEDS(append_entry(db, &head, "{\"name\":\"Chi bộ Tổ dân phố 3\"}", &f));
	SUCCEEDS(journal_read(db, (struct entry_id){ 1 }, 10, &a, &entries, &n, &f));
	assert_int_equal(n, 2);
	assert_int_equal(entries[0].id.v, 2);
	assert_string_equal(entries[1].input, "{\"name\":\"Chi bộ Tổ dân phố 3\"}");
	assert_string_equal(entries[1].prev_hash, entries[0].hash);
	assert_string_equal(entries[1].hash, head.hash);
	SUCCEEDS(journal_read(db, (struct entry_id){ 0 }, 1, &a, &entries, &n, &f));
	assert_int_equal(n, 1);
	assert_int_equal(entries[0].id.v, 1);
}

/* Worked with Python's hashlib.blake2b(digest_size=32): lengths and numbers as 8 bytes, low byte first. */
static void test_journal_hash_is_the_documented_one(void **state)
{
	(void)state;
	scoped(place_remove) struct test_place p = place_new();
	scoped(db_close) struct db *db = database_new(p.where);
	struct journal_head head;
	struct entry e = {
		.at_us = 1711411200000000, .actor = "cli:hoa", .op = "unit_open", .entity = "unit", .entity_id = 1, .input = "{\"code\":\"PL\"}",
	};
	SUCCEEDS(journal_head(db, &head, &f));
	SUCCEEDS(journal_append(db, &head, &e, &f));
	assert_int_equal(e.id.v, 1);
	assert_string_equal(e.prev_hash, "0000000000000000000000000000000000000000000000000000000000000000");
	assert_string_equal(e.hash, "07c153977c4b363bbdf24a31f5ac2c3cf0d93cbd099f548f039610e6a7eb5c95");
}

static void test_journal_head_continues_after_reopening(void **state)
{
	(void)state;
	scoped(place_remove) struct test_place p = place_new();
	struct journal_head before, after;
	struct db *db = database_new(p.where);
	SUCCEEDS(append_entries(db, 3, "{}", &f));
	SUCCEEDS(journal_head(db, &before, &f));
	db_close(&db);
	SUCCEEDS(db_open(p.where, DB_WRITE, &db, &f));
	SUCCEEDS(journal_head(db, &after, &f));
	assert_int_equal(after.last.v, 3);
	assert_string_equal(after.hash, before.hash);
	SUCCEEDS(append_entries(db, 2, "{}", &f));
	assert_int_equal(chain_length(db), 5);
	db_close(&db);
}

/* On PostgreSQL even to the role that owns the table; who cannot drop it either is in test_pgsql.c. */
static void test_journal_rows_are_neither_changed_nor_deleted_by_the_program(void **state)
{
	(void)state;
	scoped(place_remove) struct test_place p = place_new();
	scoped(db_close) struct db *db = database_new(p.where);
	const enum err err = BY_ENGINE(E_INTERNAL, E_STORAGE);
	const enum msg msg = BY_ENGINE(MSG_STORE_ENGINE, MSG_PG_RIGHTS);
	const char *const field = BY_ENGINE("", "data");
	SUCCEEDS(append_entries(db, 1, "{}", &f));
	FAILS(db_run(db, "UPDATE journal SET input = '{\"a\":1}'", &f), err, msg, field);
	FAILS(db_run(db, "DELETE FROM journal", &f), err, msg, field);
	FAILS(db_run(db, "DELETE FROM journal WHERE id = 99", &f), err, msg, field);
	FAILS(db_run(db, BY_ENGINE("DROP TABLE journal", "TRUNCATE journal"), &f), err, msg, field);
	assert_int_equal(chain_length(db), 1);
}

/* Five entries; somebody changes one of them with another tool, and it is put right again. */
static void after_tampering(const struct test_place *p, const char *sql, enum msg msg, const char *field)
{
	struct journal_head head;
	struct db *db = NULL;
	int64_t n;
	assert_int_equal(place_tamper(p, sql), 1);
	SUCCEEDS(db_open(p->where, DB_READ, &db, &f));
	FAILS(journal_verify(db, &n, &head, &f), E_STORAGE, msg, field);
	db_close(&db);
	(void)place_tamper(p, "DELETE FROM journal; INSERT INTO journal SELECT * FROM as_it_was");
}

static void test_journal_tampering_names_the_entry(void **state)
{
	(void)state;
	static const char *const changes[] = {
		"UPDATE journal SET at_us = at_us + 1 WHERE id = 3",
		"UPDATE journal SET actor = 'cli:lan' WHERE id = 3",
		"UPDATE journal SET op = 'unit_move' WHERE id = 3",
		"UPDATE journal SET entity = 'person' WHERE id = 3",
		"UPDATE journal SET entity_id = entity_id + 1 WHERE id = 3",
		"UPDATE journal SET input = replace(input, 'was', 'is') WHERE id = 3",
		"UPDATE journal SET prev_hash = (SELECT hash FROM journal WHERE id = 1) WHERE id = 3",
		"UPDATE journal SET hash = substr(hash, 1, 63) || CASE substr(hash, 64) WHEN '0' THEN '1' ELSE '0' END WHERE id = 3",
		"UPDATE journal SET hash = '' WHERE id = 3",
	};
	scoped(place_remove) struct test_place p = place_new();
	struct db *db = database_new(p.where);
	SUCCEEDS(append_entries(db, 5, "{\"note\":\"as it was\"}", &f));
	db_close(&db);
	(void)place_tamper(&p, "CREATE TABLE as_it_was AS SELECT * FROM journal");
	for (size_t i = 0; i < sizeof changes / sizeof *changes; i++)
		after_tampering(&p, changes[i], MSG_STORE_JOURNAL_CHANGED, "journal:3");
	after_tampering(&p, "UPDATE journal SET id = 9 WHERE id = 5", MSG_STORE_JOURNAL_CHANGED, "journal:9");
	after_tampering(&p, "DELETE FROM journal WHERE id = 3", MSG_STORE_JOURNAL_MISSING, "journal:3");
	after_tampering(&p, "DELETE FROM journal WHERE id = 1", MSG_STORE_JOURNAL_MISSING, "journal:1");
	SUCCEEDS(db_open(p.where, DB_READ, &db, &f));
	assert_int_equal(chain_length(db), 5);
	db_close(&db);
}

/* The last entries can go without a trace in the chain; what refers to them betrays it. */
static void test_journal_entry_cut_off_at_the_end_breaks_a_reference(void **state)
{
	(void)state;
	scoped(place_remove) struct test_place p = place_new();
	struct db *db = database_new(p.where);
	SUCCEEDS(append_entries(db, 2, "{}", &f));
	SUCCEEDS(db_run(db, "INSERT INTO unit (id, code, entry_id) VALUES (1, 'PL', 2)", &f));
	SUCCEEDS(db_integrity(db, &f));
	db_close(&db);
	assert_int_equal(place_tamper(&p, "DELETE FROM journal WHERE id = 2"), 1);
	SUCCEEDS(db_open(p.where, DB_READ, &db, &f));
	assert_int_equal(chain_length(db), 1);
	FAILS(db_integrity(db, &f), E_STORAGE, MSG_STORE_REFERENCE, "data");
	db_close(&db);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_journal_entries_are_read_back_in_order),
		cmocka_unit_test(test_journal_hash_is_the_documented_one),
		cmocka_unit_test(test_journal_head_continues_after_reopening),
		cmocka_unit_test(test_journal_rows_are_neither_changed_nor_deleted_by_the_program),
		cmocka_unit_test(test_journal_tampering_names_the_entry),
		cmocka_unit_test(test_journal_entry_cut_off_at_the_end_breaks_a_reference),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
