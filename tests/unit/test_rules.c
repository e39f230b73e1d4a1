#include "testing.h"

#include "base/text.h"
#include "domain/rules_rows.h"
#include "domain/rules_shipped.h"

static struct arena arena;

static int teardown(void **state)
{
	(void)state;
	arena_done(&arena);
	return 0;
}

#define LABEL "{ vi: nhãn, en: label }"
#define HEAD "pack: x\ninstrument: X\ntitle: " LABEL "\nfrom: 2020-01-01\nto: 2020-12-31\n"
#define STEP(rest) "  - { step: " rest ", state: S, label: " LABEL ", state_label: " LABEL ", cite: X }\n"
#define CLOCK(rest) "  - { clock: " rest ", label: " LABEL ", use: act, length: 45 workday, cite: X }\n"
#define LENGTH(length) "  - { clock: T1, label: " LABEL ", from: a, to: b, use: act, length: " length ", cite: X }\n"
#define BODY(key) "  - { body: " key ", label: " LABEL ", cite: X }\n"
#define CHECK(rest) "  - { check: " rest ", severity: warn, message: " LABEL ", cite: X }\n"
#define STEPS HEAD "steps:\n" STEP("a") STEP("b, needs: [a]")

static struct pack *parse(const char *text)
{
	struct fault f;
	struct pack *p = NULL;
	assert_ok(rules_parse("rules/x.yaml", text, strlen(text), NULL, &arena, &p, &f));
	return p;
}

static struct rules shipped(void)
{
	struct fault f;
	struct rules rules = { 0 };
	struct calendar calendar = { 0 };
	assert_ok(rules_shipped_load(&arena, &rules, &calendar, &f));
	return rules;
}

/* Four periods, the second with its interim, without overlap or gap. */
static void test_each_day_has_the_pack_of_its_period(void **state)
{
	(void)state;
	struct rules r = shipped();
	static const struct {
		int year, month, day;
		const char *id;
	} periods[] = {
		{ 1999, 1, 1, "r29" }, { 2021, 7, 29, "r29" }, { 2021, 7, 30, "r24" }, { 2025, 1, 19, "r24" }, { 2025, 1, 20, "r232" }, { 2025, 6, 30, "r232" }, { 2025, 7, 1, "r294" },
		{ 2026, 4, 7, "r294" }, { 2026, 4, 8, "q208" }, { 2199, 12, 31, "q208" },
	};
	assert_int_equal(r.n, 5);
	for (size_t i = 0; i < sizeof periods / sizeof *periods; i++)
		assert_string_equal(rules_at(&r, day_of(periods[i].year, periods[i].month, periods[i].day))->id, periods[i].id);
	assert_string_equal(rules_at(&r, DAY_NONE)->id, "r29");
	assert_string_equal(rules_find(&r, "r294")->instrument, "294-QĐ/TW");
	assert_null(rules_find(&r, "r1"));
}

/* R29, R24 with R232, R294 4.3.1: the lengths by period. */
static void test_the_clocks_have_the_lengths_of_their_regulation(void **state)
{
	(void)state;
	struct rules r = shipped();
	static const struct {
		const char *pack, *clock;
		struct span length;
		int extension;
		bool verified;
	} values[] = {
		{ "r29", "T7", { 60, SPAN_WORKING_DAY }, 30, true },   { "r24", "T7", { 60, SPAN_WORKING_DAY }, 30, false },
		{ "r294", "T7", { 45, SPAN_WORKING_DAY }, 15, true },  { "q208", "T7", { 45, SPAN_WORKING_DAY }, 15, false },
		{ "r29", "T12", { 30, SPAN_WORKING_DAY }, 30, true },  { "r24", "T12", { 30, SPAN_WORKING_DAY }, 30, false },
		{ "r294", "T12", { 30, SPAN_WORKING_DAY }, 15, true }, { "r294", "T8", { 30, SPAN_WORKING_DAY }, 0, true },
		{ "r294", "T11", { 30, SPAN_WORKING_DAY }, 0, true },  { "r29", "T1", { 60, SPAN_MONTH }, 0, true },
		{ "r24", "T2", { 12, SPAN_MONTH }, 0, true },          { "r294", "T10", { 12, SPAN_MONTH }, 0, true },
	};
	for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
		const struct clock *c = pack_clock(rules_find(&r, values[i].pack), values[i].clock);
		assert_non_null(c);
		assert_int_equal(c->length.length, values[i].length.length);
		assert_int_equal(c->length.unit, values[i].length.unit);
		assert_int_equal(c->extension, values[i].extension);
		assert_int_equal(c->verified, values[i].verified);
	}
	assert_null(pack_clock(rules_find(&r, "r294"), "T99"));
}

static void test_the_newest_period_is_marked_as_not_verified(void **state)
{
	(void)state;
	struct rules r = shipped();
	assert_false(rules_find(&r, "q208")->verified);
	assert_true(rules_find(&r, "r294")->verified);
}

static void test_every_rule_has_its_citation_and_both_languages(void **state)
{
	(void)state;
	struct rules r = shipped();
	for (size_t i = 0; i < r.n; i++) {
		const struct pack *p = r.packs[i];
		for (size_t j = 0; j < p->steps_n; j++)
			assert_true(*p->steps[j].cite && *label_of(p->steps[j].label, LANG_VI) && *label_of(p->steps[j].label, LANG_EN));
		for (size_t j = 0; j < p->clocks_n; j++)
			assert_true(*p->clocks[j].cite && *p->clocks[j].label.en);
		for (size_t j = 0; j < p->checks_n; j++)
			assert_true(*p->checks[j].cite && *p->checks[j].message.en);
	}
}

static void test_a_step_is_known_when_any_pack_has_it(void **state)
{
	(void)state;
	struct rules r = shipped();
	assert_true(rules_know_step(&r, "ceremony"));
	assert_false(rules_know_step(&r, "religion"));
	struct pack *extra = parse(STEPS);
	rules_add(&arena, &r, extra);
	assert_true(rules_know_step(&r, "b"));
	assert_int_equal(extra->steps[0].id, r.packs[0]->steps_n);
}

/* Rows of the same key replace those of the base where they stood, others come behind; citations name the pack's own instrument. */
static void test_a_pack_extends_another(void **state)
{
	(void)state;
	static const char base[] = "pack: base\ninstrument: B\nguidance: GB\ntitle: " LABEL "\nfrom: 2020-01-01\nto: 2020-12-31\n"
		"steps:\n  - { step: a, state: S, label: " LABEL ", state_label: " LABEL ", cite: '$instrument, 1; $guidance, 2' }\n"
		"  - { step: b, state: S, label: " LABEL ", state_label: " LABEL ", needs: [a], cite: '$guidance' }\n"
		"clocks:\n  - { clock: T1, label: " LABEL ", from: a, to: b, use: act, length: 60 workday, cite: '$instrument' }\n";
	static const char own[] = "pack: own\nextends: base\ninstrument: O\nguidance: GO\ntitle: " LABEL "\nfrom: 2021-01-01\n"
		"steps:\n  - { step: c, state: S, label: " LABEL ", state_label: " LABEL ", needs: [b], cite: X }\n"
		"clocks:\n  - { clock: T1, label: " LABEL ", from: a, to: b, use: act, length: 45 workday, cite: Y }\n"
		"  - { clock: T2, label: " LABEL ", from: b, to: c, use: act, length: 1 month, cite: '$instrument' }\n";
	struct rules r = { 0 };
	struct pack *p, *q;
	struct fault f;
	assert_ok(rules_parse("base.yaml", base, strlen(base), NULL, &arena, &p, &f));
	rules_add(&arena, &r, p);
	assert_ok(rules_parse("own.yaml", own, strlen(own), &r, &arena, &q, &f));
	rules_add(&arena, &r, q);
	assert_ok(rules_check(&r, &f));
	assert_int_equal(q->steps_n, 3);
	assert_string_equal(q->steps[0].cite, "O, 1; GO, 2");
	assert_string_equal(p->steps[0].cite, "B, 1; GB, 2");
	assert_string_equal(q->steps[1].cite, "GO");
	assert_int_equal(q->steps[2].before, 3);
	assert_int_equal(q->clocks_n, 2);
	assert_int_equal(q->clocks[0].length.length, 45);
	assert_int_equal(p->clocks[0].length.length, 60);
	assert_string_equal(q->clocks[1].cite, "O");
}

#define ROWS(head, rows) "pack: " head "\ntitle: " LABEL "\nsteps:\n" STEP("a") "checks:\n" rows
#define PAPER(rest) "  - { paper: " rest ", cite: X }\n"

/* A check is the same by predicate, step and arguments, and by whether it bounds below or above; a paper by step and detail. */
static void test_a_row_replaces_only_the_one_that_is_about_the_same(void **state)
{
	(void)state;
	static const char base[] = ROWS("base\ninstrument: B\nfrom: 2020-01-01\nto: 2020-12-31", CHECK("age_months, at: a, min: 1")
		CHECK("recorded, at: a, a: a") CHECK("on_file, at: a, a: 'moved:anywhere', b: 'a:passed'")) "papers:\n" PAPER("cv, at: a")
		PAPER("special_paper, at: a, detail: hoa");
	static const char own[] = ROWS("own\nextends: base\ninstrument: O\nfrom: 2021-01-01", CHECK("age_months, at: a, max: 9")
		CHECK("age_months, at: a, min: 2") CHECK("age_months, at: a, min: 3, max: 4")
		CHECK("recorded, at: a, a: a, b: a")
		CHECK("on_file, at: a, a: 'special:need', b: 'a:passed'")
		CHECK("age_months, at: 'left:died', min: 3")) "papers:\n" PAPER("cv, at: a, redo_after: T1")
		PAPER("special_paper, at: a, detail: religious") PAPER("cv, at: b")
		"clocks:\n" LENGTH("3 month") "bodies: []\n";
	struct rules r = { 0 };
	struct pack *p, *q;
	struct fault f;
	char *text = arena_strdup(&arena, own), *steps = strstr(text, "checks:");
	text = arena_printf(&arena, "%.*s" STEP("b, needs: [a]") "%s", (int)(steps - text), text, steps);
	assert_ok(rules_parse("base.yaml", base, strlen(base), NULL, &arena, &p, &f));
	rules_add(&arena, &r, p);
	assert_ok(rules_parse("own.yaml", text, strlen(text), &r, &arena, &q, &f));
	assert_int_equal(q->checks_n, 3 + 5);
	assert_int_equal(q->checks[0].min, 2);
	assert_int_equal(q->papers_n, 2 + 2);
	assert_string_equal(q->papers[0].redo_after, "T1");
	assert_string_equal(q->papers[1].detail, "hoa");
}

static const char *row_text(const struct rules *r, const char *pack, const char *key, enum lang lang)
{
	struct rules_row row;
	assert_true(rules_row_find(rules_find(r, pack), key, &arena, &row));
	return rules_row_text(&row, lang, &arena);
}

static void test_a_row_says_its_value_in_few_words(void **state)
{
	(void)state;
	struct rules r = shipped();
	assert_string_equal(row_text(&r, "r294", "T7", LANG_VI), "45 ngày làm việc, gia hạn thêm 15");
	assert_string_equal(row_text(&r, "r294", "T8", LANG_VI), "30 ngày làm việc");
	assert_string_equal(row_text(&r, "r294", "branch_vote", LANG_VI), "ít nhất 2/3");
	assert_string_equal(row_text(&r, "r294", "decision", LANG_VI), "");
	assert_string_equal(row_text(&r, "r294", "branch_vote/age_months", LANG_EN), "from 216; refuse");
	assert_string_equal(row_text(&r, "r294", "branch_vote/age_months#2", LANG_EN), "to 720; warn");
	assert_string_equal(row_text(&r, "r29", "decision/last_is_not:conclusion:excluded", LANG_EN),
		"since 2018-02-28; until 2022-02-07; refuse");
	assert_string_equal(row_text(&r, "r294", "decision/last_is_not:conclusion:excluded#2", LANG_VI), "đến ngày 03/09/2025; từ chối");
	assert_string_equal(row_text(&r, "r294", "body/above", LANG_VI), "Ban thường vụ: quá nửa");
	assert_string_equal(row_text(&r, "r294", "body/branch", LANG_EN), "Branch");
	assert_string_equal(row_text(&r, "r294", "paper/introduction", LANG_EN), "again after T2");
	assert_string_equal(row_text(&r, "r294", "paper/cv", LANG_EN), "");
}

/* R294: three lost votes; G06 4.5b: announced at the meeting after the paper came; the list is gone through every month. */
static void test_votes_are_lost_three_times_and_the_monthly_clocks_are_a_month(void **state)
{
	(void)state;
	struct rules r = shipped();
	static const char *const votes[] = { "branch_vote", "grassroots_vote", "recognition_vote", "recognition_grassroots_vote" };
	for (size_t i = 0; i < r.n; i++) {
		for (size_t k = 0; k < sizeof votes / sizeof *votes; k++)
			assert_true(pack_step(r.packs[i], votes[k])->tries == 3 || pack_step(r.packs[i], votes[k])->tries == 0);
		assert_int_equal(pack_step(r.packs[i], "recognition_vote")->tries, 3);
		assert_string_equal(pack_clock(r.packs[i], "T13")->start.kind, "recognition_received");
		assert_string_equal(row_text(&r, r.packs[i]->id, "T13", LANG_VI), "1 tháng");
		assert_string_equal(row_text(&r, r.packs[i]->id, "T29", LANG_VI), "1 tháng");
	}
}

static void test_a_guidance_that_is_not_named_leaves_nothing_in_the_citation(void **state)
{
	(void)state;
	struct pack *p = parse(HEAD "steps:\n"
		"  - { step: a, state: S, label: " LABEL ", state_label: " LABEL ", cite: '$instrument$guidance' }\n");
	assert_string_equal(p->steps[0].cite, "X");
}

static void test_a_pack_with_the_same_id_is_replaced(void **state)
{
	(void)state;
	struct rules r = { 0 };
	rules_add(&arena, &r, parse(STEPS));
	struct pack *again = parse(STEPS);
	rules_add(&arena, &r, again);
	assert_int_equal(r.n, 1);
	assert_ptr_equal(r.packs[0], again);
}

static void test_all_that_comes_before_a_step_is_known(void **state)
{
	(void)state;
	struct pack *p = parse(STEPS STEP("c, needs: [b]") STEP("d"));
	assert_int_equal(p->steps[2].before, 3);
	assert_int_equal(p->steps[3].before, 0);
}

static void test_wrong_packs_are_refused_with_file_and_line(void **state)
{
	(void)state;
	static const struct {
		const char *text, *field;
		enum msg msg;
	} wrong[] = {
		{ "- x\n", "x.yaml:1", MSG_YAML_NOT_MAP },
		{ "pack: x\n", "x.yaml:1", MSG_YAML_MISSING_KEY },
		{ "pack: ''\n", "x.yaml:1", MSG_YAML_NOT_TEXT },
		{ "pack: x\ninstrument: X\ntitle: { en: X }\n", "x.yaml:3", MSG_YAML_MISSING_KEY },
		{ "x", "x.yaml:1", MSG_YAML_NOT_MAP },
		{ HEAD "verified: [no]\n", "x.yaml:6", MSG_RULES_NOT_FLAG },
		{ HEAD "steps:\n" STEP("a, needs: ['']"), "x.yaml:7", MSG_YAML_NOT_TEXT },
		{ "pack: [x]\n", "x.yaml:1", MSG_YAML_NOT_TEXT },
		{ "pack: x\ninstrument: X\ntitle: X\n", "x.yaml:3", MSG_YAML_NOT_MAP },
		{ "pack: x\ninstrument: X\ntitle: { vi: X }\n", "x.yaml:3", MSG_YAML_MISSING_KEY },
		{ "pack: x\ninstrument: X\ntitle: " LABEL "\nfrom: 2020-02-30\n", "x.yaml:4", MSG_DAY_IMPOSSIBLE },
		{ "pack: x\ninstrument: X\ntitle: " LABEL "\nfrom: soon\n", "x.yaml:4", MSG_DAY_FORMAT },
		{ "pack: x\ninstrument: X\ntitle: " LABEL "\nfrom: 2021-01-01\nto: 2020-12-31\n", "x.yaml:4", MSG_RULES_BACKWARDS },
		{ HEAD, "x.yaml:4", MSG_RULES_STEPS },
		{ HEAD "verified: perhaps\n", "x.yaml:6", MSG_RULES_NOT_FLAG },
		{ HEAD "steps: a\n", "x.yaml:6", MSG_YAML_NOT_LIST },
		{ HEAD "steps:\n  - a\n", "x.yaml:7", MSG_YAML_NOT_MAP },
		{ HEAD "steps:\n  - { step: a, state: S, label: " LABEL ", state_label: " LABEL " }\n", "x.yaml:7", MSG_RULES_NO_CITE },
		{ HEAD "steps:\n  - { step: a, state: S, label: " LABEL ", cite: X }\n", "x.yaml:7", MSG_YAML_MISSING_KEY },
		{ HEAD "steps:\n" STEP("a") STEP("a"), "x.yaml:8", MSG_RULES_TWICE },
		{ HEAD "steps:\n" STEP("a, needs: [z]"), "x.yaml:7", MSG_RULES_STEP_UNKNOWN },
		{ HEAD "steps:\n" STEP("a, needs: z"), "x.yaml:7", MSG_YAML_NOT_LIST },
		{ HEAD "steps:\n" STEP("a, needs: [[z]]"), "x.yaml:7", MSG_YAML_NOT_TEXT },
		{ HEAD "steps:\n" STEP("a, needs: [a]"), "x.yaml:7", MSG_RULES_RING },
		{ HEAD "steps:\n" STEP("a, needs: [b]") STEP("b, needs: [a]"), "x.yaml:7", MSG_RULES_RING },
		{ HEAD "steps:\n" STEP("a, threshold: half"), "x.yaml:7", MSG_NOT_CODE },
		{ HEAD "steps:\n" STEP("a, thresold: majority"), "x.yaml:7", MSG_YAML_UNKNOWN_KEY },
		{ STEPS "clocks:\n" CLOCK("T1, from: a, to: z"), "x.yaml:10", MSG_RULES_FACT_UNKNOWN },
		{ STEPS "clocks:\n" CLOCK("T1, from: z, to: b"), "x.yaml:10", MSG_RULES_FACT_UNKNOWN },
		{ STEPS "clocks:\n" CLOCK("T1, from: a, to: b") CLOCK("T1, from: a, to: b"), "x.yaml:11", MSG_RULES_TWICE },
		{ STEPS "clocks:\n" CLOCK("T1, from: 'end:T9', to: b"), "x.yaml:10", MSG_RULES_CLOCK_UNKNOWN },
		{ STEPS "clocks:\n" CLOCK("T1, from: 'end:T2', to: b") CLOCK("T2, from: 'end:T1', to: b"), "x.yaml:10", MSG_RULES_RING },
		{ STEPS "clocks:\n" CLOCK("T1, from: a, to: b, extension: many"), "x.yaml:10", MSG_NOT_NUMBER },
		{ STEPS "clocks:\n" CLOCK("T1, from: a, to: b, extension: -1"), "x.yaml:10", MSG_OUT_OF_RANGE },
		{ STEPS "clocks:\n" CLOCK("T1, from: a, to: b, extension: 100001"), "x.yaml:10", MSG_OUT_OF_RANGE },
		{ STEPS "clocks:\n" CLOCK("T1, from: a, to: b, extension: 99999999999999999999"), "x.yaml:10", MSG_OUT_OF_RANGE },
		{ STEPS "clocks:\n" CLOCK("T1, from: a, to: b, extension: 3x"), "x.yaml:10", MSG_NOT_NUMBER },
		{ STEPS "clocks:\n" CLOCK("T1, from: a, to: b, extension: [3]"), "x.yaml:10", MSG_NOT_NUMBER },
		{ STEPS "clocks:\n" LENGTH("45"), "x.yaml:10", MSG_CALENDAR_UNIT },
		{ STEPS "clocks:\n" LENGTH("x day"), "x.yaml:10", MSG_NOT_NUMBER },
		{ STEPS "checks:\n" CHECK("sound, at: b"), "x.yaml:10", MSG_RULES_PREDICATE_UNKNOWN },
		{ STEPS "checks:\n" CHECK("passed, at: z, a: a"), "x.yaml:10", MSG_RULES_FACT_UNKNOWN },
		{ STEPS "checks:\n" CHECK("passed, at: b"), "x.yaml:10", MSG_RULES_STEP_UNKNOWN },
		{ STEPS "checks:\n" CHECK("recorded, at: b, a: a, b: z"), "x.yaml:10", MSG_RULES_STEP_UNKNOWN },
		{ STEPS "checks:\n" CHECK("passed, at: b, a: a, b: a"), "x.yaml:10", MSG_RULES_ARGUMENT },
		{ STEPS "checks:\n" CHECK("passed, at: b, a: a, min: 3"), "x.yaml:10", MSG_RULES_ARGUMENT },
		{ STEPS "checks:\n" CHECK("passed, at: b, a: a, max: 3"), "x.yaml:10", MSG_RULES_ARGUMENT },
		{ STEPS "checks:\n" CHECK("age_calendar_months, at: b, a: a, min: 1"), "x.yaml:10", MSG_RULES_ARGUMENT },
		{ STEPS "checks:\n" CHECK("age_months, at: b"), "x.yaml:10", MSG_RULES_ARGUMENT },
		{ STEPS "checks:\n" CHECK("amount, at: b, max: 3"), "x.yaml:10", MSG_RULES_ARGUMENT },
		{ STEPS "checks:\n" CHECK("within, at: b"), "x.yaml:10", MSG_RULES_CLOCK_UNKNOWN },
		{ STEPS "checks:\n" CHECK("within, at: b, a: T9"), "x.yaml:10", MSG_RULES_CLOCK_UNKNOWN },
		{ STEPS "checks:\n" CHECK("helped, at: b, from: 2021-01-01, to: 2020-12-31"), "x.yaml:10", MSG_RULES_BACKWARDS },
		{ STEPS "checks:\n" CHECK("on_file, at: b, a: 'b:perhaps'"), "x.yaml:10", MSG_RULES_FACT_VALUE },
		{ STEPS "checks:\n" CHECK("on_file, at: b, a: 'reviewed:once'"), "x.yaml:10", MSG_RULES_FACT_VALUE },
		{ STEPS "checks:\n" CHECK("valid, at: b, a: T1"), "x.yaml:10", MSG_RULES_CLOCK_UNKNOWN },
		{ STEPS "clocks:\n" CLOCK("T1, from: a, to: b") CLOCK("T2, from: 'end:T1', to: b") "checks:\n" CHECK("valid, at: b, a: T2"),
			"x.yaml:13", MSG_RULES_ARGUMENT },
		{ STEPS "checks:\n" CHECK("valid, at: b"), "x.yaml:10", MSG_RULES_CLOCK_UNKNOWN },
		{ STEPS "checks:\n" CHECK("schooling_at_least, at: b, a: genius"), "x.yaml:10", MSG_RULES_ARGUMENT },
		{ STEPS "checks:\n" CHECK("schooling_at_least, at: b"), "x.yaml:10", MSG_RULES_ARGUMENT },
		{ STEPS "clocks:\n" CLOCK("T1, from: 'consent:marriage', to: b"), "x.yaml:10", MSG_RULES_FACT_VALUE },
		{ STEPS "clocks:\n" CLOCK("T1, from: 'reviewed:x', to: b"), "x.yaml:10", MSG_RULES_FACT_VALUE },
		{ STEPS "clocks:\n" CLOCK("T1, from: 'a:perhaps', to: b"), "x.yaml:10", MSG_RULES_FACT_VALUE },
		{ STEPS "clocks:\n" CLOCK("T1, from: a, to: b, when: z"), "x.yaml:10", MSG_YAML_NOT_LIST },
		{ STEPS "clocks:\n" CLOCK("T1, from: a, to: b, when: [z]"), "x.yaml:10", MSG_RULES_FACT_UNKNOWN },
		{ STEPS "clocks:\n  - { clock: T1, from: appeal, to: b, label: " LABEL ", use: valid, length: 3 day, cite: X }\n", "x.yaml:10",
			MSG_RULES_CLOCK_USE },
		{ STEPS "clocks:\n  - { clock: T1, from: a, to: appeal, label: " LABEL ", use: status, length: 3 day, cite: X }\n", "x.yaml:10",
			MSG_RULES_CLOCK_USE },
		{ STEPS "checks:\n" CHECK("on_file, at: b"), "x.yaml:10", MSG_RULES_FACT_UNKNOWN },
		{ STEPS "checks:\n" CHECK("on_file, at: b, a: z"), "x.yaml:10", MSG_RULES_FACT_UNKNOWN },
		{ STEPS "checks:\n" CHECK("on_file, at: b, a: a, b: z"), "x.yaml:10", MSG_RULES_FACT_UNKNOWN },
		{ STEPS "checks:\n" CHECK("passed, at: b, a: a, when: [z]"), "x.yaml:10", MSG_RULES_FACT_UNKNOWN },
		{ STEPS "checks:\n" CHECK("passed, at: b, a: a, unless: [z]"), "x.yaml:10", MSG_RULES_FACT_UNKNOWN },
		{ HEAD "steps:\n  - { step: a, state: A, label: " LABEL ", state_label: " LABEL ", tries: 3, tries_cite: X, cite: X }\n", "x.yaml:7",
			MSG_RULES_TRIES },
		{ HEAD "steps:\n  - { step: a, state: A, label: " LABEL ", state_label: " LABEL ", threshold: majority, tries: 3, cite: X }\n", "x.yaml:7",
			MSG_RULES_TRIES },
		{ STEPS "bodies:\n" BODY("x, steps: [z], kinds: [BRANCH], who: members"), "x.yaml:10", MSG_RULES_STEP_UNKNOWN },
		{ STEPS "bodies:\n" BODY("x, steps: [a], kinds: [TOWN], who: members"), "x.yaml:10", MSG_RULES_KIND_UNKNOWN },
		{ STEPS "bodies:\n" BODY("x, steps: [a], kinds: [BRANCH], sectors: [moon], who: members"), "x.yaml:10", MSG_RULES_SECTOR_UNKNOWN },
		{ STEPS "bodies:\n" BODY("x, steps: [a], kinds: [BRANCH], who: everybody"), "x.yaml:10", MSG_NOT_CODE },
		{ STEPS "bodies:\n" BODY("x, steps: [a], kinds: [BRANCH], who: members, authorised: so"), "x.yaml:10", MSG_NOT_CODE },
		{ STEPS "bodies:\n" BODY("x, steps: [a], kinds: [BRANCH], who: members") BODY("x, steps: [b], kinds: [BRANCH], who: members"),
			"x.yaml:11", MSG_RULES_TWICE },
		{ STEPS "papers:\n  - { paper: letter, at: a, cite: X }\n", "x.yaml:10", MSG_RULES_PAPER_UNKNOWN },
		{ STEPS "papers:\n  - { paper: cv, at: z, cite: X }\n", "x.yaml:10", MSG_RULES_STEP_UNKNOWN },
		{ STEPS "papers:\n  - { paper: cv, at: a, redo_after: T9, cite: X }\n", "x.yaml:10", MSG_RULES_CLOCK_UNKNOWN },
		{ STEPS "papers:\n  - { paper: cv, at: a, not_before: T9, cite: X }\n", "x.yaml:10", MSG_RULES_CLOCK_UNKNOWN },
		{ STEPS "clocks:\n" CLOCK("T1, from: a, to: b") CLOCK("T2, from: 'end:T1', to: b")
			"papers:\n  - { paper: cv, at: a, redo_after: T2, cite: X }\n", "x.yaml:13", MSG_RULES_CLOCK_USE },
		{ STEPS "papers:\n  - { paper: cv, at: a, detail: z, cite: X }\n", "x.yaml:10", MSG_RULES_PAPER_UNKNOWN },
		{ STEPS "papers:\n  - { paper: cv, at: a, also: [z], cite: X }\n", "x.yaml:10", MSG_RULES_FACT_UNKNOWN },
		{ STEPS "papers:\n  - { paper: cv, at: a, when: [z], cite: X }\n", "x.yaml:10", MSG_RULES_FACT_UNKNOWN },
		{ STEPS "papers:\n  - { paper: cv, at: a }\n", "x.yaml:10", MSG_RULES_NO_CITE },
		{ HEAD "extends: y\nsteps:\n" STEP("a"), "x.yaml:6", MSG_RULES_BASE_UNKNOWN },
		{ STEPS "checks:\n" CHECK("passed, at: b, a: a, severity: mild"), "x.yaml:10", MSG_YAML_KEY_TWICE },
	};
	struct fault f;
	struct pack *p = NULL;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		assert_refused(rules_parse("rules/x.yaml", wrong[i].text, strlen(wrong[i].text), NULL, &arena, &p, &f), E_INVALID, wrong[i].field,
			wrong[i].msg);
	assert_null(p);
}

static void test_a_sentence_too_long_for_a_message_is_refused(void **state)
{
	(void)state;
	char text[4096], sentence[300];
	struct fault f;
	struct pack *p;
	memset(sentence, 'x', sizeof sentence);
	for (int i = 0; i < 3; i++) { /* too long in English, too long in Vietnamese, just right */
		sentence[i == 2 ? 216 : 217] = '\0';
		(void)snprintf(text, sizeof text,
			STEPS "checks:\n  - { check: passed, at: b, a: a, severity: warn, cite: X, message: { %s: v, %s: %s } }\n",
			i ? "en" : "vi", i ? "vi" : "en", sentence);
		if (i == 2)
			assert_ok(rules_parse("x.yaml", text, strlen(text), NULL, &arena, &p, &f));
		else
			assert_refused(rules_parse("x.yaml", text, strlen(text), NULL, &arena, &p, &f), E_INVALID, "x.yaml:10", MSG_RULES_MESSAGE_LONG);
	}
}

static void test_more_than_64_steps_are_refused(void **state)
{
	(void)state;
	struct text t = TEXT(&arena);
	struct fault f;
	struct pack *p;
	text_add(&t, HEAD "steps:\n");
	for (int i = 0; i < 65; i++)
		text_addf(&t, "  - { step: s%d, state: S, label: " LABEL ", state_label: " LABEL ", cite: X }\n", i);
	assert_refused(rules_parse("x.yaml", t.p, t.n, NULL, &arena, &p, &f), E_INVALID, "x.yaml:4", MSG_RULES_STEPS);
}

#define PACK(id, days) "pack: " id "\ninstrument: X\ntitle: " LABEL "\n" days "steps:\n" STEP("a")

static void test_periods_must_join_without_overlap_or_gap(void **state)
{
	(void)state;
	struct fault f;
	struct rules r = { 0 };
	assert_refused(rules_check(&r, &f), E_INVALID, "rules", MSG_RULES_NONE);
	rules_add(&arena, &r, parse(PACK("late", "from: 2021-01-01\n")));
	rules_add(&arena, &r, parse(PACK("early", "from: 2020-01-01\nto: 2020-12-31\n")));
	assert_ok(rules_check(&r, &f));
	assert_string_equal(r.packs[0]->id, "early");
	rules_add(&arena, &r, parse(PACK("early", "from: 2020-01-01\nto: 2021-01-01\n")));
	assert_refused(rules_check(&r, &f), E_INVALID, "x.yaml:4", MSG_RULES_OVERLAP);
	rules_add(&arena, &r, parse(PACK("early", "from: 2020-01-01\nto: 2020-12-30\n")));
	assert_refused(rules_check(&r, &f), E_INVALID, "x.yaml:4", MSG_RULES_GAP);
}

/* The first three files are good alone: the fourth, second or both are not. */
static void test_a_set_of_files_is_refused_for_the_one_that_is_wrong(void **state)
{
	(void)state;
	struct fault f;
	struct rules rules;
	struct calendar calendar;
	static const char pack[] = STEPS, later[] = "pack: y\ninstrument: Y\ntitle: " LABEL "\nfrom: 2022-01-01\nsteps:\n" STEP("a");
	static const char days[] = "holidays: []\n", wrong[] = "holidays: x\n";
	const struct shipped_file good = { "x.yaml", pack, sizeof pack - 1 }, gap = { "y.yaml", later, sizeof later - 1 };
	const struct shipped_file no_days = { SHIPPED_CALENDAR, wrong, sizeof wrong - 1 }, empty = { "z.yaml", days, sizeof days - 1 };
	assert_ok(rules_load(&good, 1, &arena, &rules, &calendar, &f));
	assert_int_equal(rules.n, 1);
	const struct shipped_file sets[][2] = { { good, no_days }, { good, empty }, { good, gap } };
	static const char *const fields[] = { "calendar.yaml:1", "z.yaml:1", "y.yaml:4" };
	for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
		assert_int_not_equal(rules_load(sets[i], 2, &arena, &rules, &calendar, &f), OK);
		assert_string_equal(f.field, fields[i]);
	}
	assert_int_equal(rules.n, 1);
}

int main(void)
{
#define T(test) cmocka_unit_test_teardown(test, teardown)
	const struct CMUnitTest tests[] = {
		T(test_each_day_has_the_pack_of_its_period),
		T(test_the_clocks_have_the_lengths_of_their_regulation),
		T(test_the_newest_period_is_marked_as_not_verified),
		T(test_every_rule_has_its_citation_and_both_languages),
		T(test_a_step_is_known_when_any_pack_has_it),
		T(test_a_pack_extends_another),
		T(test_a_row_replaces_only_the_one_that_is_about_the_same),
		T(test_a_row_says_its_value_in_few_words),
		T(test_votes_are_lost_three_times_and_the_monthly_clocks_are_a_month),
		T(test_a_guidance_that_is_not_named_leaves_nothing_in_the_citation),
		T(test_a_pack_with_the_same_id_is_replaced),
		T(test_all_that_comes_before_a_step_is_known),
		T(test_wrong_packs_are_refused_with_file_and_line),
		T(test_a_sentence_too_long_for_a_message_is_refused),
		T(test_more_than_64_steps_are_refused),
		T(test_periods_must_join_without_overlap_or_gap),
		T(test_a_set_of_files_is_refused_for_the_one_that_is_wrong),
	};
	return RUN(tests);
}
