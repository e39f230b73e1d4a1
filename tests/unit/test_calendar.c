#include "testing.h"

#include "base/text.h"
#include "domain/rules_shipped.h"

static struct day iso(const char *text)
{
	struct day d;
	assert_int_equal(day_parse(text, "", &d, NULL), OK);
	return d;
}

static void assert_day(struct day got, const char *want)
{
	char text[DAY_TEXT];
	assert_string_equal(day_iso(got, text), want);
}

/* A calendar with the days off given as "2025-09-01 2025-09-02 ..." */
static struct calendar days_off(struct arena *a, const char *list)
{
	struct calendar c = { 0 };
	for (; *list; list += list[10] ? 11 : 10)
		calendar_set(a, &c, (struct calendar_day){ .on = iso(arena_strndup(a, list, 10)), .kind = DAY_OFF });
	return c;
}

/* The deadline examples of data/calendar.json, each with its own days off. */
static const struct {
	const char *id, *start;
	struct span length;
	const char *off, *due;
} cases[] = {
	{ "cal1", "2025-07-02", { 45, SPAN_WORKING_DAY }, "2025-09-01 2025-09-02", "2025-09-05" },
	{ "cal2", "2025-07-02", { 60, SPAN_WORKING_DAY }, "2025-09-01 2025-09-02", "2025-09-26" },
	{ "cal4", "2026-01-26", { 30, SPAN_WORKING_DAY }, "2026-02-16 2026-02-17 2026-02-18 2026-02-19 2026-02-20", "2026-03-16" },
	{ "cal6", "2024-10-10", { 12, SPAN_MONTH }, "", "2025-10-10" },
	{ "cal7", "2024-02-29", { 12, SPAN_MONTH }, "", "2025-02-28" },
	{ "cal9", "2026-01-02", { 12, SPAN_MONTH }, "", "2027-01-02" },
};

static void test_deadlines_are_those_of_the_published_examples(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	char text[DAY_TEXT];
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct calendar c = days_off(&a, cases[i].off);
		day_iso(calendar_span_end(&c, iso(cases[i].start), cases[i].length), text);
		if (strcmp(text, cases[i].due) != 0)
			fail_msg("%s: %s, not %s", cases[i].id, text, cases[i].due);
	}
}

/* Friday 4/7/2025: day 1 is Monday 7/7. */
static void test_day_one_is_the_working_day_after_the_event(void **state)
{
	(void)state;
	struct calendar none = { 0 };
	assert_day(calendar_add_working(&none, iso("2025-07-04"), 1), "2025-07-07");
	assert_day(calendar_add_working(&none, iso("2025-07-05"), 1), "2025-07-07");
	assert_day(calendar_add_working(&none, iso("2025-07-06"), 5), "2025-07-11");
	assert_day(calendar_add_working(&none, iso("2025-07-05"), 0), "2025-07-05");
	assert_int_equal(calendar_count_working(&none, iso("2025-07-04"), iso("2025-07-07")), 1);
	assert_int_equal(calendar_count_working(&none, iso("2025-07-07"), iso("2025-07-04")), 0);
}

/* Friday 2/5/2025 off and made up for on Saturday 26/4: the Saturday counts, the Friday does not. */
static void test_a_swapped_saturday_counts(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	struct calendar c = days_off(&a, "2025-05-02");
	calendar_set(&a, &c, (struct calendar_day){ .on = iso("2025-04-26"), .kind = DAY_WORK });
	assert_true(calendar_is_working(&c, iso("2025-04-26")));
	assert_false(calendar_is_working(&c, iso("2025-05-02")));
	assert_day(calendar_add_working(&c, iso("2025-04-25"), 1), "2025-04-26");
	assert_day(calendar_add_working(&c, iso("2025-05-01"), 1), "2025-05-05");
	assert_int_equal(calendar_count_working(&c, iso("2025-04-25"), iso("2025-05-02")), 5);
}

/* 2/1/2027 is a Saturday: a paper is good until that very day, an act may still be done on Monday. */
static void test_an_act_may_wait_for_the_next_working_day_a_status_may_not(void **state)
{
	(void)state;
	struct calendar none = { 0 };
	struct span year = { 12, SPAN_MONTH };
	assert_day(calendar_span_end(&none, iso("2026-01-02"), year), "2027-01-02");
	assert_day(calendar_due(&none, iso("2026-01-02"), year), "2027-01-04");
	assert_day(calendar_due(&none, iso("2026-01-02"), (struct span){ 3, SPAN_DAY }), "2026-01-05");
}

static void test_a_day_set_again_is_replaced(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	struct calendar c = days_off(&a, "2025-05-02 2025-05-01");
	calendar_set(&a, &c, (struct calendar_day){ .on = iso("2025-05-02"), .kind = DAY_WORK, .note = "làm việc" });
	assert_int_equal(c.n, 2);
	assert_string_equal(calendar_find(&c, iso("2025-05-02"))->note, "làm việc");
	assert_null(calendar_find(&c, iso("2025-05-03")));
}

/* Wednesday 15/7/2026 is off for clocks that start from 2/7 on. Nine weeks: from Monday 1/6 to Monday 3/8, from Wednesday 1/7 to Wednesday
 * 2/9 as before; from Thursday 2/7 no longer to Thursday 3/9, but to the day behind. */
static void test_a_day_that_counts_for_later_clocks_leaves_the_earlier_ones(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	struct calendar c = { 0 };
	struct span span = { 45, SPAN_WORKING_DAY };
	calendar_set(&a, &c, (struct calendar_day){ .on = iso("2026-07-15"), .kind = DAY_OFF, .counts_from = iso("2026-07-02") });
	assert_day(calendar_due(&c, iso("2026-06-01"), span), "2026-08-03");
	assert_day(calendar_due(&c, iso("2026-07-01"), span), "2026-09-02");
	assert_day(calendar_due(&c, iso("2026-07-02"), span), "2026-09-04");
	assert_false(calendar_is_working(&c, iso("2026-07-15")));
	assert_null(calendar_find_for(&c, iso("2026-07-15"), iso("2026-07-01")));
	calendar_set(&a, &c, (struct calendar_day){ .on = iso("2026-07-15"), .kind = DAY_WORK, .counts_from = DAY_NONE });
	assert_int_equal(c.n, 1);
	assert_day(calendar_due(&c, iso("2026-07-02"), span), "2026-09-03");
}

/* 13/2 was in the block until somebody said, for later clocks, that it is a working day. */
static void test_a_block_has_the_days_that_the_last_word_leaves_it(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	struct calendar c = { 0 };
	size_t n;
	static const char *const days[] = { "2026-02-13", "2026-02-16", "2026-02-17" };
	for (size_t i = 0; i < 3; i++)
		calendar_set(&a, &c, (struct calendar_day){ .on = iso(days[i]), .kind = DAY_OFF, .block = "tet:2026", .counts_from = DAY_NONE });
	calendar_set(&a, &c, (struct calendar_day){ .on = iso("2026-02-13"), .kind = DAY_WORK, .counts_from = iso("2026-02-01") });
	calendar_set(&a, &c, (struct calendar_day){ .on = iso("2026-05-01"), .kind = DAY_OFF, .block = "may:2026", .counts_from = DAY_NONE });
	struct period now = calendar_block_now(&c, "tet:2026");
	assert_day(now.from, "2026-02-16");
	assert_day(now.to, "2026-02-17");
	const struct day *freed = calendar_block_freed(&c, "tet:2026", (struct period){ iso("2026-02-17"), iso("2026-02-18") }, &a, &n);
	assert_int_equal(n, 1);
	assert_day(freed[0], "2026-02-16");
	assert_false(day_known(calendar_block_now(&c, "no such block").from));
}

static void test_a_copy_is_changed_alone(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	struct calendar none = { 0 }, c = days_off(&a, "2025-05-01");
	struct calendar copy = calendar_copy(&c, &a), empty = calendar_copy(&none, &a);
	calendar_set(&a, &copy, (struct calendar_day){ .on = iso("2025-05-01"), .kind = DAY_WORK, .counts_from = DAY_NONE });
	calendar_set(&a, &empty, (struct calendar_day){ .on = iso("2025-05-01"), .kind = DAY_OFF, .counts_from = DAY_NONE });
	assert_false(calendar_is_working(&c, iso("2025-05-01")));
	assert_true(calendar_is_working(&copy, iso("2025-05-01")));
	assert_true(calendar_is_working(&none, iso("2025-05-01")));
}

/* Beyond the last day that can be stored the count stops there instead of running away. */
static void test_a_count_past_the_last_day_ends_on_it(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	struct calendar c = { 0 };
	assert_int_equal(calendar_add_working(&c, DAY_LAST, 10).n, DAY_LAST.n);
	assert_int_equal(calendar_add_working(&c, DAY_FIRST, INT32_MAX).n, DAY_LAST.n);
	calendar_set(&a, &c, (struct calendar_day){ .on = DAY_LAST, .kind = DAY_OFF });
	assert_int_equal(calendar_next_working(&c, DAY_LAST).n, DAY_LAST.n);
}

static void test_spans_are_written_with_their_unit(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	struct fault f;
	enum span_unit unit = SPAN_DAY;
	assert_ok(span_unit_parse("working_day", "unit", &unit, &f));
	assert_int_equal(unit, SPAN_WORKING_DAY);
	assert_refused(span_unit_parse("week", "unit", &unit, &f), E_INVALID, "unit", MSG_CALENDAR_UNIT);
	assert_string_equal(span_text((struct span){ 45, SPAN_WORKING_DAY }, LANG_VI, &a), "45 ngày làm việc");
	assert_string_equal(span_text((struct span){ 60, SPAN_MONTH }, LANG_EN, &a), "60 months");
	assert_string_equal(span_text((struct span){ 9, SPAN_DAY }, LANG_EN, &a), "9 days");
}

static struct calendar shipped(struct arena *a)
{
	struct fault f;
	struct calendar c = { 0 };
	size_t n;
	const struct shipped_file *files = rules_shipped(&n);
	for (size_t i = 0; i < n; i++)
		if (strcmp(files[i].name, SHIPPED_CALENDAR) == 0)
			assert_ok(calendar_parse(files[i].name, files[i].bytes, files[i].size, a, &c, &f));
	assert_true(c.n > 0);
	return c;
}

/* Official leave 16-20/2/2026; Hùng Kings day on Sunday 26/4 gives Monday 27/4; 30/4 and 1/5. */
static void test_days_off_of_2026_are_those_announced(void **state)
{
	(void)state;
	static const char *const off[] = { "2026-01-01", "2026-02-16", "2026-02-17", "2026-02-18", "2026-02-19", "2026-02-20", "2026-04-27",
		"2026-04-30", "2026-05-01", "2026-09-02", "2026-11-24" };
	static const char *const work[] = { "2026-01-02", "2026-02-13", "2026-02-23", "2026-04-28", "2026-05-04", "2026-09-01" };
	scoped(arena_done) struct arena a = { 0 };
	struct calendar c = shipped(&a);
	for (size_t i = 0; i < sizeof off / sizeof *off; i++)
		assert_false(calendar_is_working(&c, iso(off[i])));
	for (size_t i = 0; i < sizeof work / sizeof *work; i++)
		assert_true(calendar_is_working(&c, iso(work[i])));
	assert_false(calendar_find(&c, iso("2026-02-17"))->unchecked);
}

static void test_what_nobody_could_verify_is_marked(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	struct calendar c = shipped(&a);
	assert_true(calendar_find(&c, iso("2026-11-24"))->unchecked);
	assert_null(calendar_find(&c, iso("2025-11-24")));
	assert_true(calendar_find(&c, iso("2027-02-08"))->unchecked);
	assert_false(calendar_find(&c, iso("2027-04-30"))->unchecked);
}

/* One day for 2/9 until 2020, two since 2021; in 2025 the other one was 1/9. */
static void test_national_day_has_two_days_since_2021(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	struct calendar c = shipped(&a);
	assert_true(calendar_is_working(&c, iso("2020-09-01")));
	assert_false(calendar_is_working(&c, iso("2020-09-02")));
	assert_true(calendar_is_working(&c, iso("2020-09-03")));
	assert_false(calendar_is_working(&c, iso("2021-09-03")));
	assert_false(calendar_is_working(&c, iso("2025-09-01")));
	assert_true(calendar_is_working(&c, iso("2025-09-03")));
}

/* 29/4/2023 (Hùng Kings) is a Saturday, 30/4 a Sunday, 1/5 a Monday: 2/5 and 3/5 make up for them. */
static void test_holidays_on_days_of_rest_are_made_up_for(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	struct calendar c = shipped(&a);
	assert_false(calendar_is_working(&c, iso("2023-05-01")));
	assert_false(calendar_is_working(&c, iso("2023-05-02")));
	assert_false(calendar_is_working(&c, iso("2023-05-03")));
	assert_true(calendar_is_working(&c, iso("2023-05-04")));
	assert_string_equal(calendar_find(&c, iso("2023-05-02"))->note, "nghỉ bù 29/04/2023");
}

/* Hùng Kings days of 2015 to 2036 on a Saturday or Sunday, and the working day that makes up for each. In 2023 Saturday 29/4 meets Sunday
 * 30/4 and Monday 1/5: Tuesday and Wednesday. */
static void test_hung_kings_days_at_weekends_are_made_up_for(void **state)
{
	(void)state;
	static const struct { const char *on, *instead; } weekends[] = {
		{ "2016-04-16", "2016-04-18" }, { "2019-04-14", "2019-04-15" }, { "2022-04-10", "2022-04-11" }, { "2023-04-29", "2023-05-02" },
		{ "2026-04-26", "2026-04-27" }, { "2033-04-09", "2033-04-11" }, { "2036-04-06", "2036-04-07" },
	};
	scoped(arena_done) struct arena a = { 0 };
	struct calendar c = shipped(&a);
	for (size_t i = 0; i < sizeof weekends / sizeof *weekends; i++) {
		assert_string_equal(calendar_find(&c, iso(weekends[i].on))->note, "Giỗ Tổ Hùng Vương");
		assert_false(calendar_is_working(&c, iso(weekends[i].instead)));
	}
}

/* The eve of Tết and four days from it; those on Saturday and Sunday are made up for right behind. 2027: Friday 5/2 to Tuesday 9/2, then
 * Wednesday and Thursday. */
static void test_tet_is_off_in_every_year(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	struct calendar c = shipped(&a);
	const struct calendar_holiday *tet = calendar_holiday_find(&c, "tet");
	for (int year = 2015; year <= 2036; year++) {
		struct period days = calendar_holiday_days(tet, year);
		struct period block = calendar_block_now(&c, calendar_block_name("tet", year, &a));
		int32_t weekdays = 0;
		for (struct day d = block.from; d.n <= block.to.n; d = day_add(d, 1)) {
			assert_false(calendar_is_working(&c, d));
			weekdays += day_weekday(d) <= FRIDAY;
		}
		assert_int_equal(days.to.n - days.from.n, 4);
		assert_int_equal(weekdays, 5);
	}
	struct period block = calendar_block_now(&c, "tet:2027");
	assert_day(block.from, "2027-02-05");
	assert_day(block.to, "2027-02-11");
	assert_null(calendar_holiday_find(&c, "no such"));
	assert_false(calendar_holiday_is_held(calendar_holiday_find(&c, "culture"), 2025));
	assert_false(day_known(calendar_block_now(&c, "culture:2025").from));
}

/* A notice of 20/8/2026 that came with a later version of the program: 1/9 and 2/9 instead of 2/9 and 3/9. For clocks of before that day
 * nothing has changed. */
static void test_a_block_known_later_counts_for_later_clocks(void **state)
{
	(void)state;
	static const char text[] = "from: 2026\nto: 2026\nholidays:\n"
		"  - { holiday: nd, note: Quốc khánh, solar: 2/9, days: 2, checked: no }\nyears:\n"
		"  - { holiday: nd, off: 2026-09-01..2026-09-02, note: Quốc khánh, known: 2026-08-20 }\n"
		"  - { work: 2026-08-22, note: làm bù, known: 2026-08-20 }\n";
	scoped(arena_done) struct arena a = { 0 };
	struct fault f;
	struct calendar c;
	struct day before = iso("2026-08-19"), then = iso("2026-08-20");
	assert_ok(calendar_parse("c.yaml", text, sizeof text - 1, &a, &c, &f));
	assert_day(calendar_add_working(&c, before, 9), "2026-09-01"); /* 20, 21, 24 to 28, 31, 1/9 */
	assert_day(calendar_add_working(&c, then, 9), "2026-09-03");   /* 21, Saturday 22, 24 to 28, 31, 3/9 */
	assert_null(calendar_find_for(&c, iso("2026-09-01"), before));
	assert_int_equal(calendar_find_for(&c, iso("2026-09-03"), before)->kind, DAY_OFF);
	assert_int_equal(calendar_find_for(&c, iso("2026-09-03"), then)->kind, DAY_WORK);
	assert_string_equal(calendar_find(&c, iso("2026-09-03"))->note, "không còn trong đợt nghỉ: Quốc khánh");
	assert_true(calendar_find_for(&c, iso("2026-09-02"), before)->unchecked);
	assert_false(calendar_find(&c, iso("2026-09-02"))->unchecked);
	assert_int_equal(calendar_working_in(&c, (struct period){ iso("2026-08-17"), iso("2026-09-06") }), 5 + 1 + 5 + 3);
	struct period block = calendar_block_now(&c, "nd:2026");
	assert_day(block.from, "2026-09-01");
	assert_day(block.to, "2026-09-02");
	size_t n;
	const struct day *freed = calendar_block_freed(&c, "nd:2026", (struct period){ iso("2026-09-02"), iso("2026-09-02") }, &a, &n);
	assert_int_equal(n, 1);
	assert_day(freed[0], "2026-09-01");
}

static void test_a_confirmed_day_loses_its_mark(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	struct calendar c = shipped(&a);
	calendar_confirm(&c, iso("2026-11-24"));
	calendar_confirm(&c, iso("2026-11-25"));
	assert_false(calendar_find(&c, iso("2026-11-24"))->unchecked);
	assert_true(calendar_find(&c, iso("2026-11-24"))->confirmed);
	assert_null(calendar_find(&c, iso("2026-11-25")));
	struct calendar one = days_off(&a, "2026-11-24");
	calendar_confirm(&one, iso("2026-11-24"));
	assert_true(one.v[0].confirmed);
}

/* Saturday 6/2 of the freed days is at rest as any Saturday. */
static void test_a_moved_block_frees_the_days_it_leaves(void **state)
{
	(void)state;
	static const char *const want[] = { "2027-02-05", "2027-02-06", "2027-02-11" };
	scoped(arena_done) struct arena a = { 0 };
	struct calendar c = shipped(&a);
	size_t n;
	const struct day *freed = calendar_block_freed(&c, "tet:2027", (struct period){ iso("2027-02-07"), iso("2027-02-10") }, &a, &n);
	assert_int_equal(n, 3);
	for (size_t i = 0; i < n; i++)
		assert_day(freed[i], want[i]);
	assert_int_equal(calendar_day_freed(freed[0], "Tết", DAY_NONE, &a).kind, DAY_WORK);
	assert_int_equal(calendar_day_freed(freed[1], "Tết", DAY_NONE, &a).kind, DAY_OFF);
}

#define HEAD "from: 2020\nto: 2021\nholidays:\n  - { holiday: x, note: X, solar: 2/9 }\nyears:\n"

static void test_a_wrong_calendar_file_is_refused_with_its_line(void **state)
{
	(void)state;
	static const struct {
		const char *text, *field;
		enum msg msg;
	} wrong[] = {
		{ "from: 2020\n", "c.yaml:1", MSG_YAML_MISSING_KEY },
		{ "to: 2020\n", "c.yaml:1", MSG_YAML_MISSING_KEY },
		{ "from: 2021\nto: 2020\n", "c.yaml:1", MSG_CALENDAR_NO_YEARS },
		{ "from: 1000\nto: 2020\n", "c.yaml:1", MSG_OUT_OF_RANGE },
		{ "from: x\nto: 2020\n", "c.yaml:1", MSG_NOT_NUMBER },
		{ "from: 2020\nto: 2020\nholidays: x\n", "c.yaml:3", MSG_YAML_NOT_LIST },
		{ "from: 2020\nto: 2020\nholidays: [x]\n", "c.yaml:3", MSG_YAML_NOT_MAP },
		{ "from: 2020\nto: 2020\nholidays:\n  - { holiday: x, note: X }\n", "c.yaml:4", MSG_CALENDAR_SOLAR_OR_LUNAR },
		{ "from: 2020\nto: 2020\nholidays:\n  - { holiday: x, note: X, solar: 29/2 }\n", "c.yaml:4", MSG_CALENDAR_DAY_MONTH },
		{ "from: 2020\nto: 2020\nholidays:\n  - { holiday: x, note: X, lunar: 30/1 }\n", "c.yaml:4", MSG_CALENDAR_DAY_MONTH },
		{ "from: 2020\nto: 2020\nholidays:\n  - { holiday: x, note: X, solar: [1] }\n", "c.yaml:4", MSG_CALENDAR_DAY_MONTH },
		{ "from: 2020\nto: 2020\nholidays:\n  - { holiday: x, note: [], solar: 1/1 }\n", "c.yaml:4", MSG_YAML_NOT_TEXT },
		{ "from: 2020\nto: 2020\nholidays:\n  - { holiday: x, note: X, solar: 1/1, days: 99 }\n", "c.yaml:4", MSG_OUT_OF_RANGE },
		{ "from: 2020\nto: 2020\nholidays:\n  - { holiday: x, note: X, solar: 1/1, checked: may be }\n", "c.yaml:4", MSG_RULES_NOT_FLAG },
		{ "from: 2020\nto: 2020\nholidays:\n  - { holiday: x, note: X, solar: 1/1, dyas: 2 }\n", "c.yaml:4", MSG_YAML_UNKNOWN_KEY },
		{ "from: 2020\nto: 2020\nholidays:\n  - { holiday: x, note: X, solar: 1/1, since: 3 }\n", "c.yaml:4", MSG_OUT_OF_RANGE },
		{ "from: 2020\nto: 2020\nholidays:\n  - { holiday: x, note: X, solar: 1/1, until: x }\n", "c.yaml:4", MSG_NOT_NUMBER },
		{ "from: 2020\nto: 2020\nholidays:\n  - { holiday: x, note: X, solar: 1/1, first: 99 }\n", "c.yaml:4", MSG_OUT_OF_RANGE },
		{ "from: 2020\nto: 2020\nholidays:\n  - { holiday: x, note: X, solar: 1/1, checked: [no] }\n", "c.yaml:4", MSG_RULES_NOT_FLAG },
		{ "from: [2020]\nto: 2020\n", "c.yaml:1", MSG_NOT_NUMBER },
		{ "from: 2020\nto: 99999\n", "c.yaml:2", MSG_OUT_OF_RANGE },
		{ "from: [\n", "c.yaml:2", MSG_YAML_SYNTAX },
		{ "from: 2020\nto: 2020\nholidays:\n  - { note: X, solar: 1/1 }\n", "c.yaml:4", MSG_YAML_MISSING_KEY },
		{ "from: 2020\nto: 2020\nholidays:\n  - { holiday: x, note: X, solar: 1/13 }\n", "c.yaml:4", MSG_CALENDAR_DAY_MONTH },
		{ "from: 2020\nto: 2020\nholidays:\n  - { holiday: x, note: X, solar: 1/1x }\n", "c.yaml:4", MSG_CALENDAR_DAY_MONTH },
		{ "from: 2020\nto: 2020\nholidays:\n  - { holiday: x, note: X, solar: 0/1 }\n", "c.yaml:4", MSG_CALENDAR_DAY_MONTH },
		{ "from: 2020\nto: 2020\nholidays:\n  - { holiday: x, note: X, solar: 1/0 }\n", "c.yaml:4", MSG_CALENDAR_DAY_MONTH },
		{ HEAD "  - { off: [2020-09-02], note: X }\n", "c.yaml:6", MSG_CALENDAR_DAYS_FORMAT },
		{ HEAD "  - { off: 2019-12-31..2020-01-02, note: X }\n", "c.yaml:6", MSG_CALENDAR_DAYS_FORMAT },
		{ HEAD "  - { off: 2020-09-02 }\n", "c.yaml:6", MSG_YAML_MISSING_KEY },
		{ HEAD "  - { off: 2020-09-02, note: X, checked: 1 }\n", "c.yaml:6", MSG_RULES_NOT_FLAG },
		{ HEAD "  - { holiday: [x], off: 2020-09-02, note: X }\n", "c.yaml:6", MSG_YAML_NOT_TEXT },
		{ HEAD "  - { off: 2020-09-02, work: 2020-09-03, note: X }\n", "c.yaml:6", MSG_CALENDAR_OFF_OR_WORK },
		{ HEAD "  - { note: X }\n", "c.yaml:6", MSG_CALENDAR_OFF_OR_WORK },
		{ HEAD "  - { holiday: x, work: 2020-09-02, note: X }\n", "c.yaml:6", MSG_CALENDAR_OFF_OR_WORK },
		{ HEAD "  - { holiday: y, off: 2020-09-02, note: X }\n", "c.yaml:6", MSG_CALENDAR_HOLIDAY_UNKNOWN },
		{ HEAD "  - { off: 2022-09-02, note: X }\n", "c.yaml:6", MSG_CALENDAR_DAYS_FORMAT },
		{ HEAD "  - { off: 2020-09-31, note: X }\n", "c.yaml:6", MSG_CALENDAR_DAYS_FORMAT },
		{ HEAD "  - { off: 2020-09-01..2020-10-01, note: X }\n", "c.yaml:6", MSG_CALENDAR_DAYS_FORMAT },
		{ HEAD "  - { off: 2020-09-01, note: X, known: 2020-08-32 }\n", "c.yaml:6", MSG_CALENDAR_KNOWN_FORMAT },
		{ HEAD "  - { off: 2020-09-01, note: X, known: [2020-08-01] }\n", "c.yaml:6", MSG_CALENDAR_KNOWN_FORMAT },
		{ HEAD "  - { off: 2020-09-01, note: X, knwon: 2020-08-01 }\n", "c.yaml:6", MSG_YAML_UNKNOWN_KEY },
	};
	scoped(arena_done) struct arena a = { 0 };
	struct fault f;
	struct calendar c = { .n = 77 };
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		assert_refused(calendar_parse("c.yaml", wrong[i].text, strlen(wrong[i].text), &a, &c, &f), E_INVALID, wrong[i].field, wrong[i].msg);
	assert_int_equal(c.n, 77);
}

static void test_more_than_64_holidays_are_refused(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	struct text t = TEXT(&a);
	struct fault f;
	struct calendar c;
	text_add(&t, "from: 2020\nto: 2020\nholidays:\n");
	for (int i = 0; i < 65; i++)
		text_add(&t, "  - { holiday: x, note: X, solar: 1/1 }\n");
	assert_refused(calendar_parse("c.yaml", t.p, t.n, &a, &c, &f), E_INVALID, "c.yaml:68", MSG_YAML_LIMIT);
}

static void test_a_row_of_a_year_replaces_the_computed_block(void **state)
{
	(void)state;
	static const char text[] = HEAD "  - { holiday: x, off: 2020-09-07..2020-09-08, note: dời }\n"
		"  - { work: 2020-09-05, note: làm bù, checked: no }\n";
	scoped(arena_done) struct arena a = { 0 };
	struct fault f;
	struct calendar c;
	assert_ok(calendar_parse("c.yaml", text, sizeof text - 1, &a, &c, &f));
	assert_true(calendar_is_working(&c, iso("2020-09-02")));
	assert_false(calendar_is_working(&c, iso("2020-09-08")));
	assert_true(calendar_is_working(&c, iso("2020-09-05")));
	assert_true(calendar_find(&c, iso("2020-09-05"))->unchecked);
	assert_false(calendar_is_working(&c, iso("2021-09-02")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_deadlines_are_those_of_the_published_examples),
		cmocka_unit_test(test_day_one_is_the_working_day_after_the_event),
		cmocka_unit_test(test_a_swapped_saturday_counts),
		cmocka_unit_test(test_an_act_may_wait_for_the_next_working_day_a_status_may_not),
		cmocka_unit_test(test_a_day_set_again_is_replaced),
		cmocka_unit_test(test_a_day_that_counts_for_later_clocks_leaves_the_earlier_ones),
		cmocka_unit_test(test_a_block_has_the_days_that_the_last_word_leaves_it),
		cmocka_unit_test(test_a_copy_is_changed_alone),
		cmocka_unit_test(test_hung_kings_days_at_weekends_are_made_up_for),
		cmocka_unit_test(test_tet_is_off_in_every_year),
		cmocka_unit_test(test_a_block_known_later_counts_for_later_clocks),
		cmocka_unit_test(test_a_confirmed_day_loses_its_mark),
		cmocka_unit_test(test_a_moved_block_frees_the_days_it_leaves),
		cmocka_unit_test(test_a_count_past_the_last_day_ends_on_it),
		cmocka_unit_test(test_spans_are_written_with_their_unit),
		cmocka_unit_test(test_days_off_of_2026_are_those_announced),
		cmocka_unit_test(test_what_nobody_could_verify_is_marked),
		cmocka_unit_test(test_national_day_has_two_days_since_2021),
		cmocka_unit_test(test_holidays_on_days_of_rest_are_made_up_for),
		cmocka_unit_test(test_a_wrong_calendar_file_is_refused_with_its_line),
		cmocka_unit_test(test_more_than_64_holidays_are_refused),
		cmocka_unit_test(test_a_row_of_a_year_replaces_the_computed_block),
	};
	return RUN(tests);
}
