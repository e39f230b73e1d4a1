/* The site's own values of rules: which packs they change, what is refused, and how it shows. */
#include "person.h"

#include "domain/rules_override.h"

static struct person p;

static int setup(void **state)
{
	(void)state;
	person_init(&p);
	p.rules = rules_copy(&p.arena, &p.rules);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_done(&p.arena);
	return 0;
}

static struct site_value value(const char *key, const char *text, const char *from, const char *to)
{
	return (struct site_value){ .id = 1, .key = key, .value = text, .valid = { iso(from), *to ? iso(to) : DAY_LAST },
		.reason = "chỉ đạo của tỉnh ủy" };
}

static size_t set(const char *key, const char *text, const char *from, const char *to)
{
	const struct site_value v = value(key, text, from, to);
	return rules_override(&p.arena, &p.rules, &v);
}

static const char *length_on(const char *day, const char *clock)
{
	return span_text(pack_clock(rules_at(&p.rules, iso(day)), clock)->length, LANG_EN, &p.arena);
}

/* T7 has 45 working days by the pack of 1/7/2025. */
static void test_value_holds_from_its_first_to_its_last_day(void **state)
{
	(void)state;
	struct fault f;
	assert_int_equal(set("T7.length", "40 workday", "2025-09-01", "2025-12-31"), 1);
	assert_string_equal(length_on("2025-08-31", "T7"), "45 working days");
	assert_string_equal(length_on("2025-09-01", "T7"), "40 working days");
	assert_string_equal(length_on("2025-12-31", "T7"), "40 working days");
	assert_string_equal(length_on("2026-01-01", "T7"), "45 working days");
	assert_string_equal(length_on("2025-09-01", "T12"), "30 working days");
	assert_ok(rules_check(&p.rules, &f));
}

/* From a day in the third period on, without end: the rest of it and the fourth. */
static void test_value_without_end_reaches_into_later_packs(void **state)
{
	(void)state;
	assert_int_equal(set("T8.length", "20 workday", "2026-01-01", ""), 2);
	assert_string_equal(length_on("2025-12-31", "T8"), "30 working days");
	assert_string_equal(length_on("2026-04-07", "T8"), "20 working days");
	assert_string_equal(length_on("2026-04-08", "T8"), "20 working days");
	assert_string_equal(rules_at(&p.rules, iso("2026-04-08"))->id, "q208");
}

static void test_later_value_of_the_same_key_and_day_holds(void **state)
{
	(void)state;
	(void)set("T7.length", "40 workday", "2025-09-01", "");
	(void)set("T7.length", "30 workday", "2025-10-01", "2025-10-31");
	assert_string_equal(length_on("2025-09-30", "T7"), "40 working days");
	assert_string_equal(length_on("2025-10-31", "T7"), "30 working days");
	assert_string_equal(length_on("2025-11-01", "T7"), "40 working days");
	const struct site_value *site = pack_clock(rules_at(&p.rules, iso("2025-10-31")), "T7")->site;
	assert_string_equal(site->instead, "45 workday");
	assert_null(site->also);
}

static void test_citation_says_that_the_value_is_the_sites_own_and_why(void **state)
{
	(void)state;
	(void)set("T7.length", "40 workday", "2025-09-01", "");
	(void)set("T7.extension", "5", "2025-09-01", "");
	const struct clock *t7 = pack_clock(rules_at(&p.rules, iso("2025-09-01")), "T7");
	assert_non_null(strstr(t7->cite, "4.3.1; giá trị tại đây: chỉ đạo của tỉnh ủy"));
	assert_string_equal(t7->site->key, "T7.extension");
	assert_string_equal(t7->site->also->key, "T7.length");
	assert_int_equal(t7->extension, 5);
	assert_null(strstr(pack_clock(rules_at(&p.rules, iso("2025-08-31")), "T7")->cite, "giá trị tại đây"));
}

/* Branch resolution on Monday 1/9/2025, T7 of 10 working days: 2/9 is off and so is 1/9 (the day beside it), so that day 1 is
 * Wednesday 3/9 and day 10 Tuesday 16/9. */
static void test_clock_of_a_person_follows_the_value_of_its_starting_day(void **state)
{
	(void)state;
	(void)set("T7.length", "10", "2025-09-01", "");
	person_add(&p, "branch_vote", "2025-09-01", "passed");
	struct standing s = person_standing(&p, "2025-09-20");
	const struct standing_clock *k = standing_clock_of(&s, "T7");
	assert_day(k->due, "2025-09-16");
	assert_int_equal(k->status, CLOCK_LATE);
	person_forget(&p);
	person_add(&p, "branch_vote", "2025-08-29", "passed");
	s = person_standing(&p, "2025-09-20");
	assert_int_equal(standing_clock_of(&s, "T7")->status, CLOCK_RUNNING);
}

static void test_threshold_severity_and_bounds_can_be_set(void **state)
{
	(void)state;
	assert_int_equal(set("branch_vote.threshold", "majority", "2025-09-01", "2025-09-30"), 1);
	assert_int_equal(set("branch_vote/age_months.min", "228", "2025-09-01", "2025-09-30"), 1);
	assert_int_equal(set("branch_vote/valid:T1.severity", "warn", "2025-09-01", "2025-09-30"), 1);
	const struct pack *pack = rules_at(&p.rules, iso("2025-09-15"));
	assert_int_equal(pack_step(pack, "branch_vote")->threshold, VOTE_MAJORITY);
	assert_string_equal(rules_value(pack, "branch_vote/age_months.min", &p.arena), "228");
	assert_string_equal(rules_value(pack, "branch_vote/valid:T1.severity", &p.arena), "warn");
	assert_string_equal(rules_value(rules_at(&p.rules, iso("2025-10-01")), "branch_vote/age_months.min", &p.arena), "216");
	assert_null(rules_value(pack, "branch_vote/age_months.max", &p.arena));
}

static void test_value_whose_rule_is_gone_does_nothing(void **state)
{
	(void)state;
	assert_int_equal(set("T99.length", "40 workday", "2025-09-01", ""), 0);
	assert_int_equal(set("T7.length", "viel", "2025-09-01", ""), 0);
	assert_int_equal(set("T7.length", "40 workday", "2025-09-01", "2025-08-31"), 0);
}

static enum err check(const char *key, const char *text, const char *from, const char *to, const char **ret, struct fault *f)
{
	const struct site_value v = value(key, text, from, to);
	return rules_override_check(&p.rules, &v, &p.arena, ret, f);
}

static void test_number_alone_takes_the_unit_of_the_pack(void **state)
{
	(void)state;
	const char *text;
	struct fault f;
	assert_ok(check("T7.length", "60", "2025-09-01", "", &text, &f));
	assert_string_equal(text, "60 workday");
	assert_ok(check("T10.length", "6", "2025-09-01", "", &text, &f));
	assert_string_equal(text, "6 month");
	assert_ok(check("T8.length", "2 month", "2025-09-01", "", &text, &f));
	assert_string_equal(text, "2 month");
	assert_ok(check("T7.extension", "0", "2025-09-01", "", &text, &f));
	assert_string_equal(text, "0");
	assert_string_equal(length_on("2025-09-01", "T7"), "45 working days");
}

static void test_unknown_key_names_those_there_are(void **state)
{
	(void)state;
	const char *text = NULL;
	struct fault f;
	assert_refused(check("T99.length", "60", "2025-09-01", "", &text, &f), E_INVALID, "key", MSG_SITE_NO_ROW);
	assert_non_null(strstr(fault_text(&f, LANG_VI, &p.arena), "T1, T2, "));
	assert_refused(check("T7.lenght", "60", "2025-09-01", "", &text, &f), E_INVALID, "key", MSG_SITE_NO_FIELD);
	assert_string_equal(fault_text(&f, LANG_VI, &p.arena),
		"không có giá trị «T7.lenght»; của quy tắc này có thể đặt: T7.length, T7.extension, T7.verified");
	assert_refused(check("T7", "60", "2025-09-01", "", &text, &f), E_INVALID, "key", MSG_SITE_NO_FIELD);
	assert_refused(check("dossier.threshold", "majority", "2025-09-01", "", &text, &f), E_INVALID, "key", MSG_SITE_NO_FIELD);
}

static void test_value_that_does_not_fit_is_refused(void **state)
{
	(void)state;
	const char *text = NULL;
	struct fault f;
	assert_refused(check("T7.length", "0", "2025-09-01", "", &text, &f), E_INVALID, "value", MSG_SITE_NUMBER);
	assert_refused(check("T7.length", "nhiều", "2025-09-01", "", &text, &f), E_INVALID, "value", MSG_SITE_NUMBER);
	assert_refused(check("T7.length", "100001", "2025-09-01", "", &text, &f), E_INVALID, "value", MSG_SITE_NUMBER);
	assert_refused(check("T7.length", "60x", "2025-09-01", "", &text, &f), E_INVALID, "value", MSG_SITE_NUMBER);
	assert_refused(check("T7.length", "60 years", "2025-09-01", "", &text, &f), E_INVALID, "value", MSG_CALENDAR_UNIT);
	assert_refused(check("T7.extension", "5 workday", "2025-09-01", "", &text, &f), E_INVALID, "value", MSG_SITE_NUMBER);
	assert_refused(check("T7.extension", "-1", "2025-09-01", "", &text, &f), E_INVALID, "value", MSG_SITE_NUMBER);
	assert_refused(check("branch_vote/age_months.min", "1 x", "2025-09-01", "", &text, &f), E_INVALID, "value", MSG_SITE_NUMBER);
	assert_refused(check("T7.verified", "maybe", "2025-09-01", "", &text, &f), E_INVALID, "value", MSG_SITE_WORD);
	assert_refused(check("T7.length", "60", "2025-09-01", "2025-08-01", &text, &f), E_INVALID, "to", MSG_SITE_BACKWARDS);
	assert_null(text);
}

/* Every key of every pack can be asked for and set to what it is. */
static void test_every_key_takes_its_own_value(void **state)
{
	(void)state;
	struct fault f;
	for (size_t i = 0; i < p.rules.n; i++) {
		const struct pack *pack = p.rules.packs[i];
		size_t n;
		const char *const *keys = rules_keys(pack, &p.arena, &n);
		assert_true(n > 20);
		for (size_t k = 0; k < n; k++) {
			const struct site_value v = { .key = keys[k], .value = rules_value(pack, keys[k], &p.arena), .valid = pack->valid };
			const char *text = NULL;
			assert_non_null(v.value);
			assert_ok(rules_override_check(&p.rules, &v, &p.arena, &text, &f));
			assert_string_equal(text, v.value);
			assert_true(*rules_value_text(keys[k], text, LANG_VI, &p.arena));
		}
	}
}

static void test_values_are_shown_in_words(void **state)
{
	(void)state;
	assert_string_equal(rules_value_text("T7.length", "60 workday", LANG_VI, &p.arena), "60 ngày làm việc");
	assert_string_equal(rules_value_text("branch_vote.threshold", "majority", LANG_VI, &p.arena), "quá nửa");
	assert_string_equal(rules_value_text("branch_vote/valid:T1.severity", "warn", LANG_EN, &p.arena), "warn");
	assert_string_equal(rules_value_text("T7.extension", "15", LANG_EN, &p.arena), "15");
}

#define L "{ vi: nhãn, en: label }"

static struct pack *pack(const char *id, const char *days)
{
	struct pack *ret;
	struct fault f;
	const char *text = arena_printf(&p.arena, "pack: %s\ninstrument: X\ntitle: " L "\n%s\nsteps:\n"
		"  - { step: dossier, state: S, label: " L ", state_label: " L ", cite: X }\n", id, days);
	assert_ok(rules_parse("x.yaml", text, strlen(text), NULL, &p.arena, &ret, &f));
	return ret;
}

/* r294 has 1/7/2025 to 7/4/2026: another pack for August leaves July and what comes from September on. */
static void test_a_pack_put_for_a_time_leaves_the_others_what_is_left_of_theirs(void **state)
{
	(void)state;
	struct fault f;
	rules_put(&p.arena, &p.rules, pack("trial", "from: 2025-08-01\nto: 2025-08-31"));
	assert_ok(rules_check(&p.rules, &f));
	assert_string_equal(rules_at(&p.rules, iso("2025-07-31"))->id, "r294");
	assert_string_equal(rules_at(&p.rules, iso("2025-08-31"))->id, "trial");
	assert_string_equal(rules_at(&p.rules, iso("2025-09-01"))->id, "r294");
	rules_put(&p.arena, &p.rules, pack("open", "from: 2025-09-01"));
	assert_ok(rules_check(&p.rules, &f));
	assert_string_equal(rules_at(&p.rules, iso("2027-01-01"))->id, "open");
	assert_string_equal(rules_at(&p.rules, iso("2025-08-31"))->id, "trial");
}

/* One step, no value to be set, and nothing after 2020. */
static void test_a_pack_of_one_step_names_it_and_all_times_are_its(void **state)
{
	(void)state;
	struct fault f;
	const char *kept;
	struct rules small = { 0 };
	rules_add(&p.arena, &small, pack("small", "from: 2020-01-01\nto: 2020-12-31"));
	struct rules own = rules_copy(&p.arena, &small);
	struct site_value v = value("T7.length", "3", "2025-01-01", "");
	assert_refused(rules_override_check(&own, &v, &p.arena, &kept, &f), E_INVALID, "key", MSG_SITE_NO_ROW);
	assert_string_equal(f.arg[1], "dossier");
	assert_int_equal(rules_override(&p.arena, &own, &v), 0);
}

static void test_yes_and_no_and_half_a_length_as_people_read_them(void **state)
{
	(void)state;
	assert_string_equal(rules_value_text("T7.verified", "yes", LANG_VI, &p.arena), "có");
	assert_string_equal(rules_value_text("T7.verified", "no", LANG_VI, &p.arena), "không");
	assert_string_equal(rules_value_text("T7.verified", "yes", LANG_EN, &p.arena), "yes");
	assert_string_equal(rules_value_text("T7.verified", "no", LANG_EN, &p.arena), "no");
	assert_string_equal(rules_value_text("T7.length", "45", LANG_VI, &p.arena), "45");
	assert_string_equal(rules_value_text("T7.length", "45 năm", LANG_VI, &p.arena), "45 năm");
}

/* Outside of a case there are no papers and no day to name. */
static void test_the_sentence_of_a_check_names_no_word_in_braces(void **state)
{
	(void)state;
	size_t braces = 0;
	const struct pack *pack = rules_at(&p.rules, iso("2025-08-01"));
	for (size_t i = 0; i < pack->checks_n; i++) {
		const char *raw = label_of(pack->checks[i].message, LANG_VI), *text = rules_check_text(&pack->checks[i], LANG_VI, &p.arena);
		braces += strchr(raw, '{') != NULL;
		assert_null(strpbrk(text, "{}"));
		if (!strchr(raw, '{'))
			assert_string_equal(text, raw);
		if (strcmp(raw, "Hồ sơ còn thiếu: {papers}; hãy bổ sung trước khi chi bộ xét") == 0)
			assert_string_equal(text, "Hồ sơ còn thiếu: …; hãy bổ sung trước khi chi bộ xét");
	}
	assert_true(braces > 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_value_holds_from_its_first_to_its_last_day),
		TEST(test_value_without_end_reaches_into_later_packs),
		TEST(test_later_value_of_the_same_key_and_day_holds),
		TEST(test_citation_says_that_the_value_is_the_sites_own_and_why),
		TEST(test_clock_of_a_person_follows_the_value_of_its_starting_day),
		TEST(test_threshold_severity_and_bounds_can_be_set),
		TEST(test_value_whose_rule_is_gone_does_nothing),
		TEST(test_number_alone_takes_the_unit_of_the_pack),
		TEST(test_unknown_key_names_those_there_are),
		TEST(test_value_that_does_not_fit_is_refused),
		TEST(test_every_key_takes_its_own_value),
		TEST(test_values_are_shown_in_words),
		TEST(test_a_pack_put_for_a_time_leaves_the_others_what_is_left_of_theirs),
		TEST(test_a_pack_of_one_step_names_it_and_all_times_are_its),
		TEST(test_yes_and_no_and_half_a_length_as_people_read_them),
		TEST(test_the_sentence_of_a_check_names_no_word_in_braces),
	};
	return RUN(tests);
}
