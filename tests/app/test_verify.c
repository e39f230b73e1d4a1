#include "office_disk.h"

#include "app/verify.h"

/* One of each operation, some of them twice. */
static void history(struct office *o)
{
	DO(o, "unit_rename", "unit=TB-02", "name=Chi bộ Trường THPT", "from=2020-01-01", "paper_no=1-QĐ");
	DO(o, "unit_move", "unit=TB-01-B", "parent=TB", "from=2024-01-01");
	DO(o, "unit_fact", "unit=TB-02", "kind=sector", "value=school", "from=2020-01-01");
	DO(o, "unit_close", "unit=TB-01-B", "on=2025-07-01");
	DO(o, "class_open", "code=L1", "unit=TB", "kind=awareness", "name=Lớp 1", "from=2023-05-01", "to=2023-05-10");
	DO(o, "target_set", "unit=TB", "kind=own", "period=2024", "low=200");
	DO(o, "target_set", "unit=TB", "kind=own", "period=2024", "low=205");
	DO(o, "target_set", "unit=TB", "indicator=admitted_rate", "kind=term", "period=2020-2025", "low=3", "high=4,5", "at_least=có");
	DO(o, "calendar_set", "day=2026-06-26", "kind=off", "note=Nghỉ bù");
	DO(o, "person_record", "unit=TB-02", "name=Nguyễn Văn Thử", "birth=1995-05-20", "class_code=L1", "certified=2023-05-15", "youth=x");
	DO(o, "person_record", "unit=TB-02", "name=NGUYỄN VĂN THỬ", "birth=1995-05-20", "certified=2023-05-15", "certificate_no=12/GCN");
	DO(o, "fact_record", "person=1", "kind=dossier", "on=2023-09-01");
	DO(o, "fact_record", "person=1", "kind=branch_vote", "on=2023-10-01", "members=12", "away=1", "yes=9", "no=2");
	DO(o, "fact_record", "person=1", "kind=education", "on=2024-07-01", "value=Thạc sĩ");
	DO(o, "fact_correct", "person=1", "seq=3", "value=21/05/1995", "reason=theo giấy khai sinh");
}

static void test_replay_gives_the_same_tables(void **state)
{
	struct disk *d = *state;
	struct verify_result r;
	struct fault f;
	history(&d->office);
	assert_ok(verify_all(&d->office.app, &r, &f));
	assert_int_equal(r.entries, 5 + 15);
	assert_string_equal(r.head, d->office.app.head.hash);
	assert_true(r.tables >= 8);
}

static void test_empty_installation_is_right(void **state)
{
	(void)state;
	struct test_place place;
	struct app app;
	struct verify_result r;
	struct fault f;
	place_open_private(&place, &app);
	assert_ok(verify_all(&app, &r, &f));
	assert_int_equal(r.entries, 0);
	place_close_app(&place, &app);
}

static void test_verification_changes_nothing(void **state)
{
	struct disk *d = *state;
	struct verify_result r;
	struct app reader;
	struct fault f;
	history(&d->office);
	int64_t entries = office_entries(&d->office);
	assert_ok(app_open(d->dir, APP_READ, &reader, &f));
	assert_ok(verify_all(&reader, &r, &f));
	app_close(&reader);
	assert_int_equal(office_entries(&d->office), entries);
}

static void assert_found(struct disk *d, const char *sql, const char *field)
{
	struct verify_result r;
	struct fault f;
	history(&d->office);
	disk_tamper(d, sql);
	assert_int_equal(verify_all(&d->office.app, &r, &f), E_STORAGE);
	assert_string_equal(f.field, field);
}

static void test_changed_byte_of_the_journal_names_its_entry(void **state)
{
	assert_found(*state, "UPDATE journal SET input = replace(input, 'TB-02', 'TB-01') WHERE id = 6", "journal:6");
}

static void test_changed_actor_names_its_entry(void **state)
{
	assert_found(*state, "UPDATE journal SET actor = 'cli:nobody' WHERE id = 9", "journal:9");
}

static void test_changed_card_names_its_table(void **state)
{
	assert_found(*state, "UPDATE person SET name = 'Nguyễn Văn Khác' WHERE id = 1", "table:person");
}

static void test_changed_fact_names_its_table(void **state)
{
	assert_found(*state, "UPDATE person_fact SET on_day = on_day - 1 WHERE person_id = 1 AND kind = 'dossier'", "table:person_fact");
}

static void test_removed_vote_names_its_table(void **state)
{
	assert_found(*state, "DELETE FROM vote", "table:vote");
}

static void test_changed_target_names_its_table(void **state)
{
	assert_found(*state, "UPDATE target SET low_milli = 500000 WHERE id = 2", "table:target");
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, disk_setup, disk_teardown)
	const struct CMUnitTest tests[] = {
		T(test_replay_gives_the_same_tables), cmocka_unit_test(test_empty_installation_is_right), T(test_verification_changes_nothing),
		T(test_changed_byte_of_the_journal_names_its_entry), T(test_changed_actor_names_its_entry), T(test_changed_card_names_its_table),
		T(test_changed_fact_names_its_table), T(test_removed_vote_names_its_table), T(test_changed_target_names_its_table),
	};
	return RUN(tests);
}
