#include "testing.h"

#include "domain/facts.h"

static struct arena arena;

static int setup(void **state)
{
	(void)state;
	arena = (struct arena){ 0 };
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_done(&arena);
	return 0;
}

static struct fact *add(struct facts *all, const char *kind, struct day on, const char *value)
{
	struct fact *f = arena_push(&arena, all->v, all->n, all->cap);
	*f = (struct fact){ .seq = (int32_t)all->n, .kind = kind, .on = on, .value = value, .unit = { 7 }, .paper_on = DAY_NONE };
	return f;
}

static void correct(struct facts *all, int32_t seq, const char *kind, struct day on, const char *value, bool withdrawn)
{
	struct fact *f = add(all, kind, on, value);
	f->corrects = seq;
	f->withdrawn = withdrawn;
}

static void test_a_corrected_fact_no_longer_holds(void **state)
{
	(void)state;
	struct facts all = { 0 };
	add(&all, "birth", DAY_NONE, "1990-05-01");
	add(&all, "sex", DAY_NONE, "male");
	correct(&all, 1, "birth", DAY_NONE, "1990-05-10", false);
	correct(&all, 3, "birth", DAY_NONE, "1990-05-11", false);
	struct facts active = facts_active(&all, &arena);
	assert_int_equal(active.n, 2);
	assert_string_equal(facts_value(&active, "birth", DAY_NONE), "1990-05-11");
}

static void test_a_withdrawn_fact_never_was(void **state)
{
	(void)state;
	struct facts all = { 0 };
	struct unit_id unit = { 0 };
	add(&all, "decision", day_of(2023, 5, 4), NULL);
	correct(&all, 1, "decision", day_of(2023, 5, 4), NULL, true);
	struct facts active = facts_active(&all, &arena);
	assert_int_equal(active.n, 0);
	assert_false(day_known(facts_admitted(&active, &unit)));
	assert_int_equal(unit.v, 0);
}

static void test_withdrawing_a_correction_brings_back_what_it_replaced(void **state)
{
	(void)state;
	struct facts all = { 0 };
	add(&all, "name", DAY_NONE, "Lò Văn Tơi");
	correct(&all, 1, "name", DAY_NONE, "Lò Văn Tới", false);
	correct(&all, 2, "name", DAY_NONE, NULL, true);
	struct facts active = facts_active(&all, &arena);
	assert_int_equal(active.n, 1);
	assert_string_equal(active.v[0].value, "Lò Văn Tơi");
}

/* An old import may have lost the fact that a correction names. */
static void test_a_correction_of_nothing_holds_by_itself(void **state)
{
	(void)state;
	struct facts all = { 0 };
	correct(&all, 9, "sex", DAY_NONE, "female", false);
	struct facts active = facts_active(&all, &arena);
	assert_int_equal(active.n, 1);
}

/* A letter whose day was typed wrong keeps its answer, however often it is corrected, and loses what replaced it with the correction. */
static void test_what_is_about_a_corrected_fact_is_about_the_one_in_its_place(void **state)
{
	(void)state;
	struct facts all = { 0 };
	add(&all, "verify_sent", day_of(2025, 9, 1), "father");
	add(&all, "verify_reply", day_of(2025, 10, 1), "clear")->about = 1;
	add(&all, "birth_proposed", day_of(2025, 10, 2), "1990-05-01")->about = 1;
	correct(&all, 1, "verify_sent", day_of(2025, 9, 2), "father", false);
	correct(&all, 4, "verify_sent", day_of(2025, 9, 3), "father", false);
	struct facts active = facts_active(&all, &arena);
	assert_int_equal(facts_first(&active, "verify_sent")->seq, 5);
	assert_int_equal(facts_first(&active, "verify_reply")->about, 5);
	assert_int_equal(facts_first(&active, "birth_proposed")->about, 1); /* settled: what it would correct is no more */
	correct(&all, 5, "verify_sent", day_of(2025, 9, 3), "father", true); /* the second correction was none */
	active = facts_active(&all, &arena);
	assert_int_equal(facts_first(&active, "verify_sent")->seq, 4);
	assert_int_equal(facts_first(&active, "verify_reply")->about, 4);
	correct(&all, 4, "verify_sent", day_of(2025, 9, 2), "father", true); /* nor was the first */
	active = facts_active(&all, &arena);
	assert_int_equal(facts_first(&active, "verify_reply")->about, 1);
	correct(&all, 1, "verify_sent", day_of(2025, 9, 1), "father", true); /* there was no letter */
	active = facts_active(&all, &arena);
	assert_null(facts_by_seq(&active, facts_first(&active, "verify_reply")->about));
}

static void test_facts_in_force_stand_by_day_then_by_entry(void **state)
{
	(void)state;
	struct facts all = { 0 };
	add(&all, "ceremony", day_of(2024, 3, 1), NULL);
	add(&all, "certificate", day_of(2022, 3, 1), NULL);
	add(&all, "sex", DAY_NONE, "female");
	add(&all, "received", day_of(2024, 3, 1), NULL);
	struct facts active = facts_active(&all, &arena);
	const int32_t order[] = { 3, 2, 1, 4 };
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(active.v[i].seq, order[i]);
}

static void test_an_attribute_known_later_counts_before_unless_an_older_value_is_on_record(void **state)
{
	(void)state;
	struct facts all = { 0 };
	add(&all, "education", day_of(2023, 9, 1), "university");
	struct facts active = facts_active(&all, &arena);
	assert_string_equal(facts_value(&active, "education", day_of(2021, 1, 1)), "university");
	add(&all, "education", day_of(2019, 9, 1), "student");
	active = facts_active(&all, &arena);
	assert_string_equal(facts_value(&active, "education", day_of(2021, 1, 1)), "student");
	assert_string_equal(facts_value(&active, "education", day_of(2023, 9, 1)), "university");
	assert_null(facts_value(&active, "religion", day_of(2023, 9, 1)));
}

static void test_people_keep_their_history_when_they_move(void **state)
{
	(void)state;
	struct facts all = { 0 };
	add(&all, "unit", day_of(2015, 1, 1), NULL)->unit.v = 3;
	add(&all, "unit", day_of(2020, 6, 1), NULL)->unit.v = 9;
	struct facts active = facts_active(&all, &arena);
	assert_int_equal(facts_unit(&active, day_of(2020, 5, 31)).v, 3);
	assert_int_equal(facts_unit(&active, day_of(2020, 6, 1)).v, 9);
	assert_int_equal(facts_unit(&active, day_of(2010, 1, 1)).v, 3);
}

static void test_admission_counts_by_the_decision_not_by_the_ceremony(void **state)
{
	(void)state;
	struct facts all = { 0 };
	struct unit_id unit;
	add(&all, "ceremony", day_of(2024, 1, 9), NULL)->unit.v = 5;
	struct facts active = facts_active(&all, &arena);
	assert_int_equal(facts_admitted(&active, &unit).n, day_of(2024, 1, 9).n);
	assert_int_equal(unit.v, 5);
	add(&all, "decision", day_of(2023, 12, 20), NULL)->unit.v = 4;
	active = facts_active(&all, &arena);
	assert_int_equal(facts_admitted(&active, &unit).n, day_of(2023, 12, 20).n);
	assert_int_equal(unit.v, 4);
}

static void test_a_decision_that_was_refused_admits_nobody(void **state)
{
	(void)state;
	struct facts all = { 0 };
	struct unit_id unit;
	add(&all, "decision", day_of(2023, 1, 10), "failed");
	struct facts active = facts_active(&all, &arena);
	assert_false(day_known(facts_admitted(&active, &unit)));
	assert_false(facts_is_member(&active, day_of(2024, 1, 1)));
	add(&all, "decision", day_of(2023, 6, 10), "passed");
	active = facts_active(&all, &arena);
	assert_int_equal(facts_admitted(&active, &unit).n, day_of(2023, 6, 10).n);
}

static void test_members_are_so_from_ceremony_to_exit(void **state)
{
	(void)state;
	struct facts all = { 0 };
	add(&all, "decision", day_of(2020, 1, 10), NULL);
	add(&all, "ceremony", day_of(2020, 2, 1), NULL);
	add(&all, "left", day_of(2022, 7, 1), "moved_out");
	struct facts active = facts_active(&all, &arena);
	assert_false(facts_is_member(&active, day_of(2020, 1, 31)));
	assert_true(facts_is_member(&active, day_of(2020, 2, 1)));
	assert_true(facts_is_member(&active, day_of(2022, 6, 30)));
	assert_false(facts_is_member(&active, day_of(2022, 7, 1)));
	add(&all, "ceremony", day_of(2026, 1, 5), NULL); /* admitted again */
	active = facts_active(&all, &arena);
	assert_false(facts_is_member(&active, day_of(2025, 1, 1)));
	assert_true(facts_is_member(&active, day_of(2026, 1, 5)));
	add(&all, "left", day_of(2026, 2, 1), "died");
	active = facts_active(&all, &arena);
	assert_false(facts_is_member(&active, day_of(2026, 2, 1)));
}

static void test_a_pattern_is_a_kind_or_a_kind_with_a_value(void **state)
{
	(void)state;
	const struct fact paper = { .kind = "paper", .value = "application" }, step = { .kind = "dossier" };
	assert_true(facts_match(&paper, "paper", NULL));
	assert_true(facts_match(&paper, "paper", "application"));
	assert_false(facts_match(&paper, "paper", "cv"));
	assert_false(facts_match(&paper, "consent", "application"));
	assert_true(facts_match(&step, "dossier", NULL));
	assert_false(facts_match(&step, "dossier", "passed"));
}

static void test_a_fact_is_found_by_its_number(void **state)
{
	(void)state;
	struct facts all = { 0 };
	add(&all, "birth", DAY_NONE, "1990-05-01");
	add(&all, "sex", DAY_NONE, "male");
	assert_string_equal(facts_by_seq(&all, 2)->kind, "sex");
	assert_null(facts_by_seq(&all, 3));
}

static void test_official_is_who_was_recognised_and_neither_left_since_nor_was_cancelled(void **state)
{
	(void)state;
	struct facts all = { 0 };
	add(&all, "decision", day_of(2010, 1, 10), NULL);
	add(&all, "ceremony", day_of(2010, 2, 1), NULL);
	struct facts active = facts_active(&all, &arena);
	assert_false(facts_is_official(&active, day_of(2011, 2, 1)));
	add(&all, "recognition", day_of(2011, 2, 1), NULL);
	active = facts_active(&all, &arena);
	assert_false(facts_is_official(&active, day_of(2011, 1, 31)));
	assert_true(facts_is_official(&active, day_of(2011, 2, 1)));
	add(&all, "left", day_of(2015, 7, 1), "left");
	active = facts_active(&all, &arena);
	assert_false(facts_is_official(&active, day_of(2015, 7, 1)));
	add(&all, "ceremony", day_of(2020, 2, 3), NULL); /* again, on probation again */
	active = facts_active(&all, &arena);
	assert_true(facts_is_member(&active, day_of(2020, 2, 3)));
	assert_false(facts_is_official(&active, day_of(2020, 2, 3)));
	add(&all, "recognition", day_of(2021, 2, 3), NULL);
	active = facts_active(&all, &arena);
	assert_true(facts_is_official(&active, day_of(2021, 2, 3)));
}

/* Two days that cannot both be right: nobody is official who is no member yet. */
static void test_nobody_is_official_before_the_ceremony(void **state)
{
	(void)state;
	struct facts all = { 0 };
	add(&all, "recognition", day_of(2011, 2, 1), NULL);
	add(&all, "ceremony", day_of(2012, 2, 1), NULL);
	struct facts active = facts_active(&all, &arena);
	assert_false(facts_is_official(&active, day_of(2011, 6, 1)));
	assert_true(facts_is_official(&active, day_of(2012, 2, 1)));
}

static void test_an_old_list_with_official_days_only_still_gives_members(void **state)
{
	(void)state;
	struct facts all = { 0 };
	struct unit_id unit;
	add(&all, "recognition", day_of(1998, 3, 2), NULL);
	struct facts active = facts_active(&all, &arena);
	assert_true(facts_is_member(&active, day_of(2020, 1, 1)));
	assert_false(facts_is_member(&active, day_of(1998, 3, 1)));
	assert_false(day_known(facts_admitted(&active, &unit)));
}

/* Of the first time a list knew one day alone, of the second there is all of it: the second takes nothing from the first. */
static void test_each_membership_counts_by_what_is_known_of_it(void **state)
{
	static const char *const known[] = { "decision", "ceremony", "recognition" };
	(void)state;
	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		struct facts all = { 0 };
		struct unit_id unit;
		add(&all, known[i], day_of(2000, 1, 10), NULL);
		add(&all, "left", day_of(2004, 1, 10), "struck_off");
		add(&all, "decision", day_of(2010, 1, 10), NULL);
		add(&all, "ceremony", day_of(2010, 2, 10), NULL);
		add(&all, "recognition", day_of(2011, 2, 10), NULL);
		struct facts active = facts_active(&all, &arena);
		assert_false(facts_is_member(&active, day_of(2000, 1, 9)));
		assert_true(facts_is_member(&active, day_of(2000, 1, 10)));
		assert_true(facts_is_member(&active, day_of(2004, 1, 9)));
		assert_false(facts_is_member(&active, day_of(2010, 2, 9))); /* decided, and the ceremony is on record */
		assert_true(facts_is_member(&active, day_of(2010, 2, 10)));
		assert_int_equal(facts_is_official(&active, day_of(2003, 1, 1)), strcmp(known[i], "recognition") == 0);
		assert_int_equal(facts_had_ceremony(&active, day_of(2003, 1, 1)), strcmp(known[i], "ceremony") == 0);
		assert_false(facts_had_ceremony(&active, day_of(2005, 1, 1)));
		assert_int_equal(facts_entry(&active, DAY_NONE, DAY_LAST)->on.n, day_of(2000, 1, 10).n);
		assert_int_equal(facts_entry(&active, day_of(2004, 1, 10), DAY_LAST)->on.n, day_of(2010, 1, 10).n);
		assert_null(facts_entry(&active, day_of(2004, 1, 10), day_of(2010, 1, 9)));
		/* the day of recognition alone says nothing of when somebody was admitted */
		struct day first = strcmp(known[i], "recognition") == 0 ? day_of(2010, 1, 10) : day_of(2000, 1, 10);
		assert_int_equal(facts_admitted(&active, &unit).n, first.n);
	}
}

static void test_kinds_that_are_not_steps_are_known(void **state)
{
	(void)state;
	assert_int_equal(fact_kind_find("youth")->codes, CODES_YES_NO);
	assert_int_equal(fact_kind_find("birth")->codes, VALUE_DAY);
	assert_int_equal(fact_kind_find("left")->family, FACT_EXIT);
	assert_int_equal(fact_kind_find("unit")->family, FACT_PLACE);
	assert_null(fact_kind_find("decision"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_a_corrected_fact_no_longer_holds, setup, teardown),
		cmocka_unit_test_setup_teardown(test_a_withdrawn_fact_never_was, setup, teardown),
		cmocka_unit_test_setup_teardown(test_withdrawing_a_correction_brings_back_what_it_replaced, setup, teardown),
		cmocka_unit_test_setup_teardown(test_a_correction_of_nothing_holds_by_itself, setup, teardown),
		cmocka_unit_test_setup_teardown(test_what_is_about_a_corrected_fact_is_about_the_one_in_its_place, setup, teardown),
		cmocka_unit_test_setup_teardown(test_nobody_is_official_before_the_ceremony, setup, teardown),
		cmocka_unit_test_setup_teardown(test_each_membership_counts_by_what_is_known_of_it, setup, teardown),
		cmocka_unit_test_setup_teardown(test_facts_in_force_stand_by_day_then_by_entry, setup, teardown),
		cmocka_unit_test_setup_teardown(test_an_attribute_known_later_counts_before_unless_an_older_value_is_on_record, setup, teardown),
		cmocka_unit_test_setup_teardown(test_people_keep_their_history_when_they_move, setup, teardown),
		cmocka_unit_test_setup_teardown(test_admission_counts_by_the_decision_not_by_the_ceremony, setup, teardown),
		cmocka_unit_test_setup_teardown(test_a_decision_that_was_refused_admits_nobody, setup, teardown),
		cmocka_unit_test_setup_teardown(test_members_are_so_from_ceremony_to_exit, setup, teardown),
		cmocka_unit_test(test_a_pattern_is_a_kind_or_a_kind_with_a_value),
		cmocka_unit_test_setup_teardown(test_a_fact_is_found_by_its_number, setup, teardown),
		cmocka_unit_test_setup_teardown(test_an_old_list_with_official_days_only_still_gives_members, setup, teardown),
		cmocka_unit_test_setup_teardown(test_official_is_who_was_recognised_and_neither_left_since_nor_was_cancelled, setup, teardown),
		cmocka_unit_test(test_kinds_that_are_not_steps_are_known),
	};
	return RUN(tests);
}
