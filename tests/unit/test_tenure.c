#include "testing.h"

#include "domain/tenure.h"

static struct arena arena;
static struct facts all;

static int setup(void **state)
{
	(void)state;
	arena = (struct arena){ 0 };
	all = (struct facts){ 0 };
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_done(&arena);
	return 0;
}

static struct fact *add(const char *kind, struct day on, const char *value)
{
	struct fact *f = arena_push(&arena, all.v, all.n, all.cap);
	*f = (struct fact){ .seq = (int32_t)all.n, .kind = kind, .on = on, .value = value, .unit = { 7 }, .paper_on = DAY_NONE,
		.since = DAY_NONE };
	return f;
}

static struct tenure tenure(struct day today)
{
	struct tenure t;
	struct facts active = facts_active(&all, &arena);
	tenure_of(&active, today, &t);
	return t;
}

static struct tenure_again again(struct day day)
{
	struct tenure_again t;
	struct facts active = facts_active(&all, &arena);
	tenure_again(&active, day, &t);
	return t;
}

static bool member(struct day day)
{
	struct facts active = facts_active(&all, &arena);
	return facts_is_member(&active, day);
}

static bool is_official(struct day day)
{
	struct facts active = facts_active(&all, &arena);
	return facts_is_official(&active, day);
}

static struct day admitted(void)
{
	struct unit_id unit = { 0 };
	struct facts active = facts_active(&all, &arena);
	return facts_admitted(&active, &unit);
}

/* ---- party age ---- */

static void test_party_age_counts_from_the_decision(void **state)
{
	(void)state;
	assert_false(day_known(tenure(day_of(2026, 1, 1)).from));
	add("decision", day_of(2010, 3, 1), NULL);
	add("ceremony", day_of(2010, 3, 20), NULL);
	add("recognition", day_of(2011, 3, 20), NULL);
	struct tenure t = tenure(day_of(2026, 4, 11)); /* 16 years, 1 month, 10 days */
	assert_int_equal(t.months, 193);
	assert_int_equal(t.days, 10);
	assert_int_equal(t.out_days, 0);
	assert_int_equal(t.first_ceremony.n, day_of(2010, 3, 20).n);
	assert_int_equal(t.first_official.n, day_of(2011, 3, 20).n);
	assert_false(day_known(t.again));
	assert_false(day_known(tenure(day_of(2010, 2, 28)).from));
}

static void test_an_old_list_gives_party_age_by_what_it_knows(void **state)
{
	(void)state;
	add("recognition", day_of(2001, 1, 1), NULL);
	assert_int_equal(tenure(day_of(2003, 1, 1)).months, 24);
	assert_false(day_known(tenure(day_of(2003, 1, 1)).first_ceremony));
	add("ceremony", day_of(2000, 1, 1), NULL);
	assert_int_equal(tenure(day_of(2003, 1, 1)).months, 36);
}

/* Out from 1/1/2004 to 1/1/2008: 366 + 3 * 365 days. Of the second time nothing counts as the first. */
static void test_time_out_of_the_party_is_taken_off(void **state)
{
	(void)state;
	add("decision", day_of(2000, 1, 1), NULL);
	add("left", day_of(2004, 1, 1), "struck_off");
	assert_int_equal(tenure(day_of(2003, 1, 1)).months, 36); /* still in */
	assert_int_equal(tenure(day_of(2006, 1, 1)).months, 48); /* stands still */
	add("decision", day_of(2008, 1, 1), NULL);
	add("ceremony", day_of(2008, 2, 1), NULL);
	struct tenure t = tenure(day_of(2010, 1, 1));
	assert_int_equal(t.months, 72);
	assert_int_equal(t.out_days, 1461);
	assert_int_equal(t.again.n, day_of(2008, 1, 1).n);
	assert_false(day_known(t.first_ceremony));
	add("left", day_of(2010, 1, 1), "died");
	assert_int_equal(tenure(day_of(2020, 1, 1)).months, 72);
}

/* Struck off on 1/1/2015 and dead a year later: 15 years, however long ago that was. The days out count once. */
static void test_a_second_exit_of_somebody_who_is_out_counts_no_day_twice(void **state)
{
	(void)state;
	add("decision", day_of(2000, 1, 1), NULL);
	add("left", day_of(2015, 1, 1), "struck_off");
	add("left", day_of(2016, 1, 1), "died");
	struct tenure t = tenure(day_of(2040, 1, 1));
	assert_int_equal(t.months, 180);
	assert_int_equal(t.out_days, day_of(2040, 1, 1).n - day_of(2015, 1, 1).n);
	assert_int_equal(tenure(day_of(2015, 1, 1)).months, 180);
}

/* Out from 1/1/2004 to 1/1/2008, whichever of the two is looked at. */
static void test_two_exits_before_one_second_admission(void **state)
{
	(void)state;
	add("ceremony", day_of(2000, 1, 1), NULL); /* all that is known of the first time */
	add("left", day_of(2004, 1, 1), "struck_off");
	add("left", day_of(2004, 6, 1), "expelled");
	add("decision", day_of(2008, 1, 1), NULL);
	struct tenure t = tenure(day_of(2010, 1, 1));
	assert_int_equal(t.from.n, day_of(2000, 1, 1).n);
	assert_int_equal(t.again.n, day_of(2008, 1, 1).n);
	assert_int_equal(t.out_days, 1461);
	assert_int_equal(t.months, 72);
}

static void test_who_left_on_the_day_of_the_admission_has_no_age(void **state)
{
	(void)state;
	add("decision", day_of(2000, 1, 1), NULL);
	add("left", day_of(2000, 1, 1), "struck_off");
	assert_int_equal(tenure(day_of(2010, 1, 1)).months, 0);
}

/* R294 4.4.1: whose recognition is cancelled for want of the standard is struck off. */
static void test_whoever_turns_out_not_qualified_has_left(void **state)
{
	(void)state;
	add("decision", day_of(2000, 1, 1), NULL);
	add("recognition", day_of(2001, 1, 1), NULL);
	add("recognition_cancelled", day_of(2002, 1, 1), "not_qualified");
	assert_int_equal(tenure(day_of(2010, 1, 1)).months, 24);
	struct tenure_again t = again(day_of(2010, 1, 1));
	assert_int_equal(t.bar, TENURE_UNKNOWN);
	assert_int_equal(t.left->on.n, day_of(2002, 1, 1).n);
}

static void test_moving_elsewhere_stops_no_party_age(void **state)
{
	(void)state;
	add("decision", day_of(2000, 1, 1), NULL);
	add("left", day_of(2004, 1, 1), "moved_out");
	assert_int_equal(tenure(day_of(2006, 1, 1)).months, 72);
}

static void test_who_is_restored_was_out_until_then(void **state)
{
	(void)state;
	add("decision", day_of(2000, 1, 1), NULL);
	add("left", day_of(2004, 1, 1), "struck_off");
	add("appeal_answered", day_of(2004, 3, 1), "upheld");
	add("appeal_answered", day_of(2004, 5, 1), "restored");
	assert_int_equal(tenure(day_of(2005, 1, 1)).out_days, 121); /* 31 + 29 + 31 + 30 */
	assert_false(member(day_of(2004, 4, 30)));
	assert_true(member(day_of(2004, 5, 1)));
	assert_int_equal(again(day_of(2005, 1, 1)).bar, TENURE_FIRST);
	assert_int_equal(again(day_of(2004, 4, 1)).bar, TENURE_UNKNOWN);
}

/* ---- grounds ---- */

static void test_each_ground_of_leaving_has_its_consequence(void **state)
{
	(void)state;
	static const struct {
		const char *ground;
		enum tenure_bar bar;
	} rows[] = {
		{ "no_activity", TENURE_NEVER }, { "card_returned", TENURE_WAIT }, { "no_will", TENURE_WAIT }, { "two_years", TENURE_WAIT },
		{ "political", TENURE_WAIT }, { "not_filed", TENURE_NEVER }, { "not_qualified", TENURE_WAIT }, { "asked", TENURE_NEVER },
		{ "asked_family", TENURE_WAIT }, { "disunity", TENURE_NEVER }, { "corruption", TENURE_NEVER }, { "crime_serious", TENURE_NEVER },
		{ "crime_less", TENURE_WAIT_RECORD }, { "population", TENURE_UNKNOWN }, { "other", TENURE_WAIT },
	};
	add("decision", day_of(2000, 1, 1), NULL);
	struct fact *left = add("left", day_of(2004, 1, 1), "struck_off");
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		left->detail = rows[i].ground;
		assert_int_equal(again(day_of(2005, 1, 1)).bar, rows[i].bar);
	}
}

static void test_a_ground_that_is_not_on_record(void **state)
{
	(void)state;
	add("decision", day_of(2000, 1, 1), NULL);
	struct fact *left = add("left", day_of(2004, 1, 1), "struck_off");
	assert_int_equal(again(day_of(2005, 1, 1)).bar, TENURE_UNKNOWN);
	left->value = "left"; /* asked to, and no more is known */
	assert_int_equal(again(day_of(2005, 1, 1)).bar, TENURE_NEVER);
	left->value = "died";
	assert_int_equal(again(day_of(2005, 1, 1)).bar, TENURE_FIRST);
}

static void test_only_members_are_admitted_again(void **state)
{
	(void)state;
	add("left", day_of(2004, 1, 1), "struck_off"); /* of an old list, never decided on */
	assert_int_equal(again(day_of(2005, 1, 1)).bar, TENURE_FIRST);
	add("decision", day_of(2006, 1, 1), NULL);
	add("left", day_of(2008, 1, 1), "struck_off")->detail = "two_years";
	assert_int_equal(again(day_of(2007, 1, 1)).bar, TENURE_FIRST);
	struct tenure_again t = again(day_of(2009, 1, 1));
	assert_int_equal(t.bar, TENURE_WAIT);
	assert_int_equal(t.from.n, day_of(2008, 1, 1).n);
}

/* One leaving may be on record twice, as what it was called and how it was decided; a second admission is still the second. */
static void test_two_exits_on_one_day_are_one(void **state)
{
	(void)state;
	add("decision", day_of(2000, 1, 1), NULL);
	add("left", day_of(2004, 1, 1), "expelled")->detail = "other";
	add("left", day_of(2004, 1, 1), "struck_off")->detail = "other";
	assert_int_equal(again(day_of(2010, 1, 1)).bar, TENURE_WAIT);
	add("decision", day_of(2012, 1, 1), NULL);
	add("left", day_of(2014, 1, 1), "expelled")->detail = "other";
	assert_int_equal(again(day_of(2020, 1, 1)).bar, TENURE_TWICE);
}

static void test_nobody_is_admitted_a_third_time(void **state)
{
	(void)state;
	add("decision", day_of(2000, 1, 1), NULL);
	add("left", day_of(2004, 1, 1), "struck_off")->detail = "crime_less";
	assert_false(day_known(again(day_of(2006, 1, 1)).from));
	add("record_cleared", day_of(2005, 1, 1), NULL);
	assert_int_equal(again(day_of(2006, 1, 1)).from.n, day_of(2005, 1, 1).n);
	add("decision", day_of(2012, 1, 1), NULL);
	add("left", day_of(2014, 1, 1), "expelled")->detail = "other";
	assert_int_equal(again(day_of(2020, 1, 1)).bar, TENURE_TWICE);
}

/* ---- cancelled decisions ---- */

static void test_a_cancelled_decision_counts_nowhere(void **state)
{
	(void)state;
	add("decision", day_of(2020, 1, 10), NULL);
	add("ceremony", day_of(2020, 2, 1), NULL);
	add("recognition", day_of(2021, 2, 1), NULL);
	add("decision_cancelled", day_of(2022, 3, 1), "wrong_authority");
	assert_false(day_known(admitted()));
	assert_false(member(day_of(2021, 6, 1)));
	assert_false(is_official(day_of(2021, 6, 1)));
	add("decision", day_of(2022, 3, 1), NULL); /* the new one, of that very day */
	add("ceremony", day_of(2022, 3, 1), NULL);
	assert_int_equal(admitted().n, day_of(2022, 3, 1).n);
	assert_true(member(day_of(2022, 3, 1)));
	assert_int_equal(tenure(day_of(2023, 3, 1)).months, 12);
	assert_int_equal(tenure(day_of(2023, 3, 1)).first_ceremony.n, day_of(2022, 3, 1).n);
}

static void test_a_decision_of_the_day_of_its_cancellation_is_cancelled_when_there_is_no_older_one(void **state)
{
	(void)state;
	add("decision", day_of(2020, 1, 10), NULL);
	add("decision_cancelled", day_of(2020, 1, 10), "wrong_procedure");
	assert_false(day_known(admitted()));
}

static void test_a_second_cancellation_takes_the_second_decision(void **state)
{
	(void)state;
	add("decision", day_of(2020, 1, 10), NULL);
	add("decision_cancelled", day_of(2020, 6, 1), "wrong_procedure");
	add("decision", day_of(2020, 6, 1), NULL);
	assert_int_equal(admitted().n, day_of(2020, 6, 1).n);
	add("decision_cancelled", day_of(2020, 9, 1), "wrong_authority");
	assert_false(day_known(admitted()));
	add("decision", day_of(2020, 9, 1), NULL);
	assert_int_equal(admitted().n, day_of(2020, 9, 1).n);
}

static void test_a_cancellation_leaves_an_earlier_membership_alone(void **state)
{
	(void)state;
	add("decision", day_of(2000, 1, 10), NULL);
	add("left", day_of(2005, 1, 10), "struck_off");
	add("decision", day_of(2010, 1, 10), NULL);
	add("decision_cancelled", day_of(2010, 6, 1), "wrong_authority");
	assert_int_equal(admitted().n, day_of(2000, 1, 10).n);
	assert_false(member(day_of(2010, 3, 1)));
	assert_true(member(day_of(2004, 3, 1)));
}

static void test_a_cancelled_recognition_leaves_the_admission(void **state)
{
	(void)state;
	add("decision", day_of(2020, 1, 10), NULL);
	add("recognition", day_of(2021, 1, 10), NULL);
	add("recognition_cancelled", day_of(2021, 6, 1), "wrong_procedure");
	assert_true(member(day_of(2021, 7, 1)));
	assert_false(is_official(day_of(2021, 7, 1)));
	add("recognition", day_of(2021, 9, 1), NULL);
	assert_true(is_official(day_of(2021, 9, 1)));
}

static void test_whoever_is_not_qualified_is_out(void **state)
{
	(void)state;
	add("decision", day_of(2020, 1, 10), NULL);
	add("recognition", day_of(2021, 1, 10), NULL);
	add("recognition_cancelled", day_of(2021, 6, 1), "not_qualified");
	assert_true(member(day_of(2021, 5, 31)));
	assert_false(member(day_of(2021, 6, 1)));
	add("appeal_answered", day_of(2021, 9, 1), "restored"); /* of a striking off, which this is not */
	assert_false(member(day_of(2021, 9, 1)));
	add("decision", day_of(2022, 6, 1), NULL);
	assert_true(member(day_of(2022, 6, 1)));
}

static void test_a_refused_decision_cannot_be_cancelled_or_stand(void **state)
{
	(void)state;
	add("decision", day_of(2020, 1, 10), "failed");
	add("decision_cancelled", day_of(2020, 3, 1), "wrong_procedure");
	add("decision", day_of(2020, 3, 1), NULL);
	assert_false(day_known(admitted())); /* nothing older there to be cancelled: the one of the day is meant */
}

/* ---- exits that were no end ---- */

static void test_a_member_who_moved_out_comes_back_by_a_transfer(void **state)
{
	(void)state;
	add("decision", day_of(2000, 1, 10), NULL);
	add("left", day_of(2005, 1, 10), "moved_out");
	add("unit", day_of(2006, 1, 10), NULL);
	assert_false(member(day_of(2006, 1, 10)));
	add("transfer", day_of(2006, 2, 10), "member")->detail = "Đảng ủy tỉnh Xa";
	assert_false(member(day_of(2006, 2, 10)));
	add("transfer", day_of(2006, 3, 10), "member");
	assert_true(member(day_of(2006, 3, 10)));
	assert_false(member(day_of(2006, 3, 9)));
}

static void test_the_dead_are_not_restored(void **state)
{
	(void)state;
	add("decision", day_of(2000, 1, 10), NULL);
	add("left", day_of(2005, 1, 10), "died");
	add("appeal_answered", day_of(2006, 1, 10), "restored");
	assert_false(member(day_of(2006, 1, 10)));
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		T(test_party_age_counts_from_the_decision),
		T(test_an_old_list_gives_party_age_by_what_it_knows),
		T(test_time_out_of_the_party_is_taken_off),
		T(test_a_second_exit_of_somebody_who_is_out_counts_no_day_twice),
		T(test_two_exits_before_one_second_admission),
		T(test_who_left_on_the_day_of_the_admission_has_no_age),
		T(test_whoever_turns_out_not_qualified_has_left),
		T(test_two_exits_on_one_day_are_one),
		T(test_moving_elsewhere_stops_no_party_age),
		T(test_who_is_restored_was_out_until_then),
		T(test_each_ground_of_leaving_has_its_consequence),
		T(test_a_ground_that_is_not_on_record),
		T(test_only_members_are_admitted_again),
		T(test_nobody_is_admitted_a_third_time),
		T(test_a_cancelled_decision_counts_nowhere),
		T(test_a_decision_of_the_day_of_its_cancellation_is_cancelled_when_there_is_no_older_one),
		T(test_a_second_cancellation_takes_the_second_decision),
		T(test_a_cancellation_leaves_an_earlier_membership_alone),
		T(test_a_cancelled_recognition_leaves_the_admission),
		T(test_whoever_is_not_qualified_is_out),
		T(test_a_refused_decision_cannot_be_cancelled_or_stand),
		T(test_a_member_who_moved_out_comes_back_by_a_transfer),
		T(test_the_dead_are_not_restored),
	};
	return RUN(tests);
}
