/* All tables of one database into an empty one: every value arrives as it was, or nothing does. From the engine under test into each engine
 * that is there. */
#include "store_test.h"

#include "place.h"

#include "store/migrate.h"
#include "store/transfer.h"

/* A row or more for each table, in the order in which they can be filled, with what copies get wrong: NULL beside "", quotes, backslashes,
 * tabs and newlines, letters of four bytes, the ends of int64. */
static const char *const rows[] = {
	"INSERT INTO journal VALUES (1, -9223372036854775808, 'cli:hoa', 'unit_open', 'unit', 1, '{\"a\":\"\\\\n\\t\"}', '', 'x')",
	"INSERT INTO journal VALUES (2, 9223372036854775807, '', '', '', 0, '\t\n\r''\"\\', '\\N', '\\.')",
	"INSERT INTO unit VALUES (1, 'PL', 1), (2, 'PL-\U0001F33E-01', 1), (9223372036854775807, '', 2)",
	"INSERT INTO unit_fact (unit_id, seq, kind, from_on, value, ref_unit_id, paper_no, paper_on, corrects, entry_id) "
	"VALUES (1, 1, 'name', -1, 'Đảng bộ ''Phủ'' \"Lý\"', NULL, NULL, NULL, NULL, 1),"
	" (1, 2, 'parent', 0, NULL, 2, '', 7, 1, 2)",
	"INSERT INTO person VALUES (2, 7, 'Nguyễn Thị \U0001F338', 'nguyen thi', 'x\x01y', NULL, NULL, NULL, 3, 1)",
	"INSERT INTO person VALUES (1, 9, 'Vũ\tMận\\', 'vu man', '', -7305, 'male', '035095000001', 1, 2)",
	"INSERT INTO class VALUES (1, 'L1', 1, 'source', 'Lớp\n1', 0, 1, 1)",
	"INSERT INTO person_fact (person_id, seq, kind, on_day, unit_id, value, class_id, paper_no, paper_on, signer, corrects, withdrawn, "
	"entry_id) VALUES (7, 1, 'listed', 19000, 2, NULL, 1, NULL, NULL, NULL, NULL, 0, 1),"
	" (7, 2, 'branch_vote', NULL, 2, '', NULL, 'a\\b', 5, 'Người ký', 1, 1, 2),"
	" (9, 1, 'decided', 19001, 1, '\\N', NULL, NULL, NULL, NULL, NULL, 0, 2)",
	"INSERT INTO vote VALUES (7, 2, 10, 0, 1, 0, 9, 0)",
	"INSERT INTO target (id, unit_id, indicator, kind, from_on, to_on, low_milli, high_milli, at_least, decided_on, paper_no, replaces, "
	"entry_id) VALUES (1, 1, 'admitted', 'assigned', 0, 364, 205000, NULL, 0, NULL, NULL, NULL, 1),"
	" (2, 1, 'admitted', 'assigned', 0, 364, 1, 2, 1, 3, 'x', 1, 2)",
	"INSERT INTO calendar_day (on_day, entry_id, kind, note) VALUES (20000, 1, 'off', NULL), (20000, 2, 'work', '')",
	"INSERT INTO reorg VALUES (1, 'union', 20000, '12-QĐ/TU', 19990, NULL, 1), (2, 'union', 20000, NULL, NULL, 1, 2)",
	"INSERT INTO reorg_heir VALUES (1, 1, 2)",
	"INSERT INTO rule_value VALUES (1, 'T7.length', '40 workday', 20000, NULL, 'thử', NULL, 1)",
	"INSERT INTO setting VALUES ('name', 'Tỉnh ủy thử'), ('', '')",
	"INSERT INTO account VALUES (1, 'lan', 'Lan', NULL, 1), (2, 'hoa', 'Hoa', 20000, 2)",
	"INSERT INTO account_role VALUES (1, 1, 'office', NULL, 0, NULL, 1), (2, 2, 'office', 2, 0, 9, 2)",
	"INSERT INTO policy VALUES ('totp_roles', '', 1)",
	"INSERT INTO credential VALUES (1, NULL, 0, NULL, 0, NULL, NULL, 0), (2, '$argon2id$', 1, '', -1, 'x', 'y', 5)",
	"INSERT INTO session VALUES (1, 's', 1, 0, 0, '192.0.2.7', 'Mozilla/5.0 (\\)')",
	"INSERT INTO token VALUES (1, 't', 1, 'kho', 'read', 0, 0, 1)",
	"INSERT INTO attempt VALUES ('login:lan', 3, 0, 0, 0)",
	"INSERT INTO once VALUES (1, 'k', 0, 0, 0)",
};

struct pair {
	struct test_place from_place, to_place;
	struct db *from, *to;
};

static void fill(struct db *db)
{
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		SUCCEEDS(db_run(db, rows[i], &f));
}

static const bool into_file = false, into_postgres = true; /* the state of a test: the engine of its target */

static struct pair pair_make(void **state)
{
	struct pair p = { .to = NULL };
	const bool *postgres = *state;
	place_make(&p.from_place);
	place_make_on(&p.to_place, *postgres);
	p.from = database_new(place_where(&p.from_place));
	SUCCEEDS(db_open(place_where(&p.to_place), DB_CREATE, &p.to, &f));
	return p;
}

static struct pair pair_filled(void **state)
{
	struct pair p = pair_make(state);
	fill(p.from);
	return p;
}

static void pair_remove(struct pair *p)
{
	db_close(&p->from);
	db_close(&p->to);
	place_remove(&p->from_place);
	place_remove(&p->to_place);
}

static enum err copy(const struct transfer *t, struct fault *f)
{
	scoped(arena_done) struct arena a = {0};
	struct transfer_table *tables;
	TRY(db_begin(t->from, f));
	enum err e = transfer_run(t, &a, &tables, f);
	db_rollback(t->from);
	return e;
}

/* The other database is as it was before: it counts as empty, and the same copy goes well once nothing is wrong. */
static void assert_still_empty(struct pair *p)
{
	int version = -1;
	bool folder = place_is_folder(&p->to_place);
	const char *where = place_where(&p->to_place);
	SUCCEEDS(p->to->driver->version(p->to, &version, &f));
	assert_int_equal(version, 0);
	db_close(&p->to);
	FAILS(db_open(where, DB_READ, &p->to, &f), E_NOTFOUND, folder ? MSG_STORE_NO_DATABASE : MSG_PG_EMPTY, "data");
	SUCCEEDS(db_open(where, DB_CREATE, &p->to, &f));
}

static void assert_goes_well(struct pair *p)
{
	SUCCEEDS(copy(&(struct transfer){ .from = p->from, .to = p->to }, &f));
}

static void test_transfer_brings_every_row_of_every_table(void **state)
{
	scoped(arena_done) struct arena a = {0};
	struct pair p = pair_filled(state);
	struct transfer_table *tables;
	size_t n;
	const char *const *names = db_tables(&n);
	SUCCEEDS(db_begin(p.from, &f));
	SUCCEEDS(transfer_run(&(struct transfer){ .from = p.from, .to = p.to }, &a, &tables, &f));
	for (size_t i = 0; i < n; i++) {
		char mine[65], other[65];
		int64_t rows_mine, rows_other;
		SUCCEEDS(db_table_hash(p.from, names[i], mine, &rows_mine, &f));
		SUCCEEDS(db_table_hash(p.to, names[i], other, &rows_other, &f));
		assert_true(rows_mine > 0);
		assert_int_equal(rows_other, rows_mine);
		assert_string_equal(other, mine);
		assert_string_equal(tables[i].name, names[i]);
		assert_int_equal(tables[i].rows, rows_mine);
		assert_string_equal(tables[i].hash, mine);
	}
	db_rollback(p.from);
	SUCCEEDS(db_integrity(p.to, &f));
	pair_remove(&p);
}

/* Beyond what is in the tables: version, references, the guard of the journal. */
static void test_transfer_makes_a_database_like_any_other(void **state)
{
	struct pair p = pair_filled(state);
	assert_goes_well(&p);
	db_close(&p.to);
	SUCCEEDS(db_open(place_where(&p.to_place), DB_WRITE, &p.to, &f));
	SUCCEEDS(db_migrate(p.to, &f));
	SUCCEEDS(db_run(p.to, "INSERT INTO unit (id, code, entry_id) VALUES (3, 'PL-03', 1)", &f));
	FAILS(db_run(p.to, "INSERT INTO unit (id, code, entry_id) VALUES (4, 'PL-03', 1)", &f), E_CONFLICT, MSG_STORE_THERE, "code");
	FAILS(db_run(p.to, "INSERT INTO class VALUES (2, 'L2', 4, 'source', 'no such unit', 0, 0, 1)", &f), E_INTERNAL, MSG_STORE_ENGINE, "");
	assert_int_not_equal(db_run(p.to, "DELETE FROM journal", NULL), OK);
	assert_int_not_equal(db_run(p.to, "UPDATE journal SET actor = 'x' WHERE id = 2", NULL), OK);
	pair_remove(&p);
}

static void test_transfer_of_a_copy_gives_the_same_again(void **state)
{
	struct pair p = pair_filled(state);
	struct test_place third;
	struct db *back = NULL;
	char mine[65], other[65];
	int64_t n_mine, n_other;
	place_make(&third);
	assert_goes_well(&p);
	SUCCEEDS(db_open(place_where(&third), DB_CREATE, &back, &f));
	SUCCEEDS(copy(&(struct transfer){ .from = p.to, .to = back }, &f));
	SUCCEEDS(db_table_hash(p.from, "person_fact", mine, &n_mine, &f));
	SUCCEEDS(db_table_hash(back, "person_fact", other, &n_other, &f));
	assert_int_equal(n_other, 3);
	assert_string_equal(other, mine);
	db_close(&back);
	place_remove(&third);
	pair_remove(&p);
}

static void test_transfer_refuses_what_refers_to_nothing(void **state)
{
	struct pair p = pair_filled(state);
	assert_int_equal(place_tamper(&p.from_place, "DELETE FROM unit WHERE id = 2"), 1);
	FAILS(copy(&(struct transfer){ .from = p.from, .to = p.to }, &f), E_STORAGE, MSG_STORE_REFERENCE, "data");
	assert_still_empty(&p);
	SUCCEEDS(db_run(p.from, "INSERT INTO unit VALUES (2, 'PL-02', 1)", &f));
	assert_goes_well(&p);
	pair_remove(&p);
}

static void test_transfer_refuses_a_row_whose_entry_is_not_there(void **state)
{
	struct pair p = pair_filled(state);
	SUCCEEDS(db_run(p.from, "UPDATE policy SET entry_id = 77", &f));
	FAILS(copy(&(struct transfer){ .from = p.from, .to = p.to }, &f), E_STORAGE, MSG_STORE_REFERENCE, "data");
	assert_still_empty(&p);
	pair_remove(&p);
}

/* Somebody or something changes the copy while it is made. */
struct meddler {
	struct db *to;
	const char *at_table, *sql;
};

static void meddle(void *ctx, const char *table, int64_t n)
{
	const struct meddler *m = ctx;
	(void)n;
	if (strcmp(table, m->at_table) == 0)
		SUCCEEDS(db_run(m->to, m->sql, &f));
}

static void found_out(void **state, const char *at_table, const char *sql, const char *field)
{
	struct pair p = pair_filled(state);
	struct meddler m = { p.to, at_table, sql };
	FAILS(copy(&(struct transfer){ .from = p.from, .to = p.to, .progress = meddle, .ctx = &m }, &f),
		E_STORAGE, MSG_STORE_COPY_DIFFERS, field);
	assert_still_empty(&p);
	assert_goes_well(&p);
	pair_remove(&p);
}

static void test_transfer_finds_one_value_that_differs(void **state)
{
	found_out(state, "person", "UPDATE person SET name = 'Vũ Mận' WHERE id = 9", "table:person");
	found_out(state, "unit_fact", "UPDATE unit_fact SET paper_no = NULL WHERE seq = 2", "table:unit_fact");
}

static void test_transfer_finds_a_row_too_few_or_too_many(void **state)
{
	found_out(state, "once", "DELETE FROM once", "table:once");
	found_out(state, "once", "INSERT INTO setting VALUES ('extra', '')", "table:setting");
}

static enum err refuse(void *ctx, struct fault *f)
{
	int *calls = ctx;
	++*calls;
	return FAULT(f, E_CONFLICT, "here", MSG_STORE_THERE, "");
}

static void test_transfer_stores_nothing_when_the_last_step_refuses(void **state)
{
	struct pair p = pair_filled(state);
	int calls = 0;
	FAILS(copy(&(struct transfer){ .from = p.from, .to = p.to, .last = refuse, .ctx = &calls }, &f), E_CONFLICT, MSG_STORE_THERE, "here");
	assert_int_equal(calls, 1);
	assert_still_empty(&p);
	pair_remove(&p);
}

/* A table of some hundred thousand rows is told of on the way, each table at its end. */
struct told {
	int64_t last, journal_calls, tables;
};

static void note(void *ctx, const char *table, int64_t n)
{
	struct told *t = ctx;
	if (strcmp(table, "journal") == 0) {
		assert_true(n > t->last);
		t->last = n;
		t->journal_calls++;
	}
	t->tables++;
}

static void test_transfer_tells_how_far_it_is(void **state)
{
	struct pair p = pair_make(state);
	struct told told = {0};
	SUCCEEDS(append_entries(p.from, 25000, "{}", &f));
	SUCCEEDS(copy(&(struct transfer){ .from = p.from, .to = p.to, .progress = note, .ctx = &told }, &f));
	assert_int_equal(told.last, 25000);
	assert_int_equal(told.journal_calls, 3);
	assert_int_equal(told.tables, 2 + db_table_list_n);
	assert_int_equal(chain_length(p.to), 25000);
	pair_remove(&p);
}

/* An older program's data is brought up to date first, not on the way. */
static void test_transfer_refuses_a_source_of_an_older_version(void **state)
{
	struct pair p = pair_make(state);
	SUCCEEDS(p.from->driver->set_version(p.from, db_migrations_n - 1, &f));
	FAILS(copy(&(struct transfer){ .from = p.from, .to = p.to }, &f), E_STORAGE, MSG_STORE_COPY_OLDER, "data");
	assert_still_empty(&p);
	pair_remove(&p);
}

/* Two at once: only one of them fills it. */
static void test_transfer_refuses_a_target_that_somebody_else_fills(void **state)
{
	struct pair p = pair_filled(state);
	struct db *second = NULL;
	SUCCEEDS(db_open(place_where(&p.to_place), DB_CREATE, &second, &f));
	if (place_is_folder(&p.to_place)) {
		FAILS(copy(&(struct transfer){ .from = p.from, .to = p.to }, &f), E_BUSY, MSG_STORE_LOCKED, "data");
		db_close(&second);
		assert_goes_well(&p);
	} else {
		assert_goes_well(&p);
		FAILS(copy(&(struct transfer){ .from = p.from, .to = second }, &f), E_CONFLICT, MSG_STORE_MADE_MEANWHILE, "data");
		db_close(&second);
	}
	SUCCEEDS(db_integrity(p.to, &f));
	pair_remove(&p);
}

#define INTO(engine, test) { #test " into_" #engine, test, NULL, NULL, (void *)(uintptr_t)&into_##engine }
#define INTO_BOTH(test) INTO(file, test), INTO(postgres, test)

int main(void)
{
	const struct CMUnitTest tests[] = {
		INTO_BOTH(test_transfer_brings_every_row_of_every_table),
		INTO_BOTH(test_transfer_makes_a_database_like_any_other),
		INTO_BOTH(test_transfer_of_a_copy_gives_the_same_again),
		INTO_BOTH(test_transfer_refuses_what_refers_to_nothing),
		INTO_BOTH(test_transfer_refuses_a_row_whose_entry_is_not_there),
		INTO_BOTH(test_transfer_finds_one_value_that_differs),
		INTO_BOTH(test_transfer_finds_a_row_too_few_or_too_many),
		INTO_BOTH(test_transfer_stores_nothing_when_the_last_step_refuses),
		INTO_BOTH(test_transfer_refuses_a_source_of_an_older_version),
		INTO_BOTH(test_transfer_refuses_a_target_that_somebody_else_fills),
		INTO_BOTH(test_transfer_tells_how_far_it_is),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
