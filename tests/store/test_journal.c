#include "store_test.h"

static void test_journal_entries_are_read_back_in_order(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = {0};
	scoped(db_close) struct db *db = database_new(":memory:");
	struct journal_head head;
	struct entry *entries;
	size_t n;
	SUCCEEDS(journal_head(db, &head, &f));
	assert_int_equal(head.last.v, 0);
	SUCCEEDS(append_entry(db, &head, "{\"code\":\"PL\"}", &f));
	SUCCEEDS(append_entry(db, &head, "{\"code\":\"PL-01\"}", &f));
	SUCCEEDS(journal_read(db, (struct entry_id){ 1 }, 10, &a, &entries, &n, &f));
	assert_int_equal(n, 1);
	assert_int_equal(entries[0].id.v, 2);
	assert_string_equal(entries[0].input, "{\"code\":\"PL-01\"}");
	assert_string_equal(entries[0].hash, head.hash);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_journal_entries_are_read_back_in_order),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
