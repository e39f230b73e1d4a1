/* Papers of a dossier and letters that verify a CV, with the shipped rules. Days are worked out by hand. */
#include "person.h"

#include "domain/check.h"
#include "domain/dossier.h"
#include "domain/request.h"

static struct person p;

static int setup(void **state)
{
	(void)state;
	person_init(&p);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_done(&p.arena);
	return 0;
}

static void paper(const char *key, const char *on)
{
	person_add(&p, FACT_PAPER, on, key);
}

/* As of a day, by the pack in force on it. */
static struct dossier dossier(const char *on)
{
	struct facts *active = arena_new(&p.arena, struct facts);
	struct trail *t = arena_new(&p.arena, struct trail);
	*active = facts_active(&p.all, &p.arena);
	trail_build(&p.rules, active, iso(on), &p.arena, t);
	return (struct dossier){ &p.rules, &p.calendar, rules_at(&p.rules, iso(on)), t, iso(on), iso(on) };
}

static const struct paper_row *row_of(const struct pack *pack, const char *key)
{
	for (size_t i = 0; i < pack->papers_n; i++)
		if (strcmp(pack->papers[i].key, key) == 0)
			return &pack->papers[i];
	fail_msg("no paper %s", key);
	return NULL;
}

static struct dossier_paper paper_of(const char *key, const char *on)
{
	const struct dossier d = dossier(on);
	return dossier_paper(&d, row_of(d.pack, key));
}

static enum paper_status status_of(const char *key, const char *on)
{
	return paper_of(key, on).status;
}

static int at(const char *step)
{
	const struct pack *pack = rules_at(&p.rules, iso("2026-01-01"));
	return (int)(pack_step(pack, step) - pack->steps);
}

static const char *names(const char *step, enum paper_status status, const char *on)
{
	static char text[200];
	const struct dossier d = dossier(on);
	(void)dossier_names(&d, at(step), status, LANG_VI, sizeof text, text);
	return text;
}

/* ---- what there is ---- */

static void test_without_dossier_and_papers_nothing_is_known(void **state)
{
	(void)state;
	const struct dossier d = dossier("2026-02-01");
	assert_false(dossier_known(&d, at("branch_vote")));
	assert_int_equal(status_of("cv", "2026-02-01"), PAPER_MISSING);
}

static void test_day_of_the_dossier_counts_where_papers_are_not_listed(void **state)
{
	(void)state;
	person_add(&p, "dossier", "2026-01-02", NULL);
	const struct dossier d = dossier("2026-02-01");
	assert_true(dossier_known(&d, at("branch_vote")));
	assert_false(dossier_known(&d, at("recognition_vote")));
	const struct dossier_paper cv = paper_of("cv", "2026-02-01");
	assert_int_equal(cv.status, PAPER_THERE);
	assert_day(cv.on, "2026-01-02");
	assert_null(cv.fact);
	/* what comes after the branch is not part of it */
	assert_int_equal(status_of("branch_resolution", "2026-02-01"), PAPER_MISSING);
	assert_int_equal(status_of("self_review", "2026-02-01"), PAPER_MISSING);
}

static void test_one_paper_on_record_makes_the_others_missing(void **state)
{
	(void)state;
	person_add(&p, "dossier", "2026-01-02", NULL);
	paper("application", "2025-12-20");
	paper("introduction", "2026-01-05");
	assert_string_equal(names("branch_vote", PAPER_MISSING, "2026-02-01"), "2-KNĐ, 4-KNĐ, Thẩm tra, xác minh lý lịch, 5-KNĐ");
	assert_day(paper_of("application", "2026-02-01").on, "2025-12-20");
	assert_int_equal(status_of("application", "2025-12-19"), PAPER_MISSING); /* not yet */
}

static void test_steps_stand_for_their_papers(void **state)
{
	(void)state;
	paper("application", "2026-01-01");
	person_add(&p, "dossier", "2026-01-02", NULL);
	person_add(&p, "cv_certified", "2026-02-10", VALUE_FAILED);
	assert_int_equal(status_of("verification", "2026-03-01"), PAPER_MISSING);
	person_add(&p, "cv_certified", "2026-02-20", NULL);
	assert_day(paper_of("verification", "2026-03-01").on, "2026-02-20");
	person_add(&p, "opinions", "2026-02-21", NULL);
	assert_int_equal(status_of("opinions", "2026-03-01"), PAPER_THERE);
	/* the report of a sub-committee is wanted where there is one */
	assert_int_equal(status_of("sub_report", "2026-03-01"), PAPER_OTHER_CASE);
}

static void test_second_introducer_takes_the_place_of_the_resolution(void **state)
{
	(void)state;
	paper("application", "2026-01-01");
	assert_int_equal(status_of("youth_resolution", "2026-02-01"), PAPER_MISSING);
	assert_int_equal(status_of("introduction_2", "2026-02-01"), PAPER_OTHER_CASE);
	assert_int_equal(status_of("union_resolution", "2026-02-01"), PAPER_OTHER_CASE);
	person_add(&p, FACT_SPECIAL, "2026-01-01", "no_youth_union");
	assert_int_equal(status_of("youth_resolution", "2026-02-01"), PAPER_NOT_NEEDED);
	assert_int_equal(status_of("union_resolution", "2026-02-01"), PAPER_MISSING);
	person_add(&p, FACT_HELPER, "2026-01-01", "introducer_2");
	assert_int_equal(status_of("introduction_2", "2026-02-01"), PAPER_MISSING);
	const struct dossier_paper union_ = paper_of("union_resolution", "2026-02-01");
	assert_int_equal(union_.status, PAPER_NOT_NEEDED);
	assert_string_equal(union_.why->value, "introducer_2");
}

static void test_shortcuts_spare_the_verification(void **state)
{
	(void)state;
	paper("application", "2026-01-01");
	person_add(&p, FACT_SPECIAL, "2026-01-01", "same_place");
	const struct dossier_paper v = paper_of("verification", "2026-02-01");
	assert_int_equal(v.status, PAPER_NOT_NEEDED);
	assert_string_equal(v.why->kind, FACT_SPECIAL);
	assert_string_equal(v.why->value, "same_place");
	person_forget(&p);
	paper("application", "2026-01-01");
	assert_int_equal(status_of("verification", "2026-02-01"), PAPER_MISSING);
	person_add(&p, FACT_SPECIAL, "2026-01-01", "member_family");
	assert_int_equal(status_of("verification", "2026-02-01"), PAPER_NOT_NEEDED);
}

static void test_special_admission_wants_its_own_paper(void **state)
{
	(void)state;
	paper("application", "2026-01-01");
	assert_int_equal(status_of("special_paper", "2026-02-01"), PAPER_OTHER_CASE);
	person_add(&p, FACT_SPECIAL, "2026-01-01", "hoa");
	assert_int_equal(status_of("special_paper", "2026-02-01"), PAPER_MISSING);
	const struct paper_row *row = paper_of("special_paper", "2026-02-01").row;
	assert_false(row->verified);
	assert_string_equal(dossier_label(row, LANG_VI, &p.arena), "Giấy tờ bổ sung của trường hợp đặc biệt: Người Hoa");
	assert_string_equal(dossier_label(paper_of("cv", "2026-02-01").row, LANG_EN, &p.arena), "CV of the applicant (2-KNĐ)");
	paper("special_paper", "2026-01-10");
	person_add(&p, FACT_PAPER, "2026-01-11", "special_paper")->detail = "religious";
	assert_int_equal(status_of("special_paper", "2026-02-01"), PAPER_MISSING); /* for whom is not said, and for another case */
	person_add(&p, FACT_PAPER, "2026-01-12", "special_paper")->detail = "hoa";
	assert_int_equal(status_of("special_paper", "2026-02-01"), PAPER_THERE);
	/* the day of the dossier says nothing about it */
	person_forget(&p);
	person_add(&p, FACT_SPECIAL, "2026-01-01", "hoa");
	person_add(&p, "dossier", "2026-01-02", NULL);
	assert_int_equal(status_of("special_paper", "2026-02-01"), PAPER_MISSING);
}

/* ---- how old ---- */

/* Dossier of 2/1/2026, good up to 2/1/2027. */
static void old_dossier(void)
{
	paper("application", "2026-01-01");
	paper("cv", "2026-01-02");
	person_add(&p, "dossier", "2026-01-02", NULL);
	paper("introduction", "2026-01-02");
	paper("youth_resolution", "2026-01-02");
	person_add(&p, "cv_certified", "2026-03-02", NULL);
	person_add(&p, "opinions", "2026-03-05", NULL);
}

/* The example of domain rules: meeting on 5/1/2027. The CV was certified, and the opinions were asked, less than twelve months before. */
static void test_papers_older_than_twelve_months_are_made_again(void **state)
{
	(void)state;
	old_dossier();
	assert_string_equal(names("branch_vote", PAPER_REDO, "2027-01-02"), "");
	assert_string_equal(names("branch_vote", PAPER_REDO, "2027-01-03"), "3-KNĐ, 4-KNĐ");
	/* 2/3/2026 + 12 months = 2/3/2027 */
	assert_string_equal(names("branch_vote", PAPER_REDO, "2027-03-02"), "3-KNĐ, 4-KNĐ");
	assert_string_equal(names("branch_vote", PAPER_REDO, "2027-03-06"), "3-KNĐ, 4-KNĐ, Thẩm tra, xác minh lý lịch, 5-KNĐ");
	assert_string_equal(names("branch_vote", PAPER_MISSING, "2027-03-06"), "");
	assert_int_equal(status_of("application", "2027-03-06"), PAPER_THERE);
	assert_int_equal(status_of("cv", "2027-03-06"), PAPER_THERE);
}

static void test_newer_papers_settle_it(void **state)
{
	(void)state;
	old_dossier();
	paper("introduction", "2027-02-01");
	paper("youth_resolution", "2027-02-02");
	paper("nothing_changed", "2027-02-03");
	paper("opinions", "2027-02-04");
	assert_string_equal(names("branch_vote", PAPER_REDO, "2027-03-06"), "");
	/* 1/2/2027 + 12 months */
	assert_string_equal(names("branch_vote", PAPER_REDO, "2028-02-01"), "");
	assert_string_equal(names("branch_vote", PAPER_REDO, "2028-02-02"), "3-KNĐ");
	/* a new dossier begins anew */
	person_add(&p, "dossier", "2028-02-02", NULL);
	assert_string_equal(names("branch_vote", PAPER_REDO, "2028-02-02"), "");
}

static void test_papers_made_again_late_do_not_begin_a_list(void **state)
{
	(void)state;
	person_add(&p, "dossier", "2026-01-02", NULL);
	assert_string_equal(names("branch_vote", PAPER_REDO, "2027-01-05"), "3-KNĐ, 4-KNĐ, Thẩm tra, xác minh lý lịch, 5-KNĐ");
	paper("introduction", "2027-01-04");
	assert_string_equal(names("branch_vote", PAPER_REDO, "2027-01-05"), "4-KNĐ, Thẩm tra, xác minh lý lịch, 5-KNĐ");
	assert_string_equal(names("branch_vote", PAPER_MISSING, "2027-01-05"), "");
}

/* Admitted on 10/10/2024: what is written after 10/10/2025 is in time. */
static void test_self_review_is_written_after_twelve_months(void **state)
{
	(void)state;
	paper("self_review", "2025-09-01");
	assert_int_equal(status_of("self_review", "2025-12-01"), PAPER_THERE); /* without a ceremony nobody can say */
	person_add(&p, "ceremony", "2024-10-10", NULL);
	assert_int_equal(status_of("self_review", "2025-12-01"), PAPER_EARLY);
	paper("self_review", "2025-10-10");
	assert_int_equal(status_of("self_review", "2025-12-01"), PAPER_EARLY);
	paper("self_review", "2025-10-11");
	assert_int_equal(status_of("self_review", "2025-12-01"), PAPER_THERE);
}

static void test_papers_of_an_earlier_membership_do_not_count(void **state)
{
	(void)state;
	paper("application", "2016-01-01");
	person_add(&p, "decision", "2016-05-01", NULL);
	person_add(&p, FACT_LEFT, "2020-01-01", "struck_off");
	person_add(&p, "source", "2025-01-01", NULL);
	assert_int_equal(status_of("application", "2026-01-01"), PAPER_MISSING);
}

/* Ceremony on Monday 4/8/2025: 30 working days end on 17/9/2025, as for a letter below. Where no papers are kept nobody is late. */
static void test_file_of_a_new_member_is_due_in_thirty_working_days(void **state)
{
	(void)state;
	person_add(&p, "decision", "2025-07-20", NULL);
	person_add(&p, "ceremony", "2025-08-04", NULL);
	struct standing s = person_standing(&p, "2025-09-18");
	assert_null(standing_clock_of(&s, "T30"));
	paper("application", "2025-01-05");
	s = person_standing(&p, "2025-09-18");
	assert_day(standing_clock_of(&s, "T30")->due, "2025-09-17");
	assert_int_equal(standing_clock_of(&s, "T30")->status, CLOCK_LATE);
	paper("member_cv", "2025-09-17");
	s = person_standing(&p, "2025-09-18");
	assert_int_equal(standing_clock_of(&s, "T30")->status, CLOCK_MET);
	assert_int_equal(standing_clock_of(&s, "T30A")->status, CLOCK_LATE);
	assert_false(standing_clock_of(&s, "T30")->clock->verified);
}

/* ---- as pages show it ---- */

static const struct dossier_paper *listed(const struct dossier_paper *v, size_t n, const char *key)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(v[i].row->key, key) == 0)
			return &v[i];
	return NULL;
}

static size_t list_of(const char *today, struct dossier_paper **ret)
{
	const struct dossier asked = dossier(today), d = dossier_now(&p.world, asked.trail, iso(today));
	size_t n;
	dossier_list(&d, &p.arena, ret, &n);
	return n;
}

/* Once the branch has voted its papers are as old as they were then, and the next ones are asked for. */
static void test_list_stands_still_when_the_branch_has_voted(void **state)
{
	(void)state;
	struct dossier_paper *v;
	old_dossier();
	size_t n = list_of("2026-12-31", &v);
	assert_int_equal(listed(v, n, "introduction")->status, PAPER_THERE);
	assert_null(listed(v, n, "branch_resolution"));
	n = list_of("2027-03-06", &v);
	assert_int_equal(listed(v, n, "introduction")->status, PAPER_REDO);
	person_add(&p, "branch_vote", "2026-06-01", VALUE_FAILED);
	n = list_of("2027-03-06", &v);
	assert_int_equal(listed(v, n, "introduction")->status, PAPER_REDO);
	person_add(&p, "branch_vote", "2026-06-02", "passed");
	n = list_of("2027-03-06", &v);
	assert_int_equal(listed(v, n, "introduction")->status, PAPER_THERE);
	assert_int_equal(listed(v, n, "branch_resolution")->status, PAPER_THERE);
	assert_null(listed(v, n, "decision")); /* of a later step */
	assert_null(listed(v, n, "helper_remark"));
}

static void test_list_after_the_ceremony_is_that_of_recognition(void **state)
{
	(void)state;
	struct dossier_paper *v;
	old_dossier();
	person_add(&p, "branch_vote", "2026-03-10", "passed");
	person_add(&p, "ceremony", "2026-05-10", NULL);
	size_t n = list_of("2027-06-01", &v);
	assert_null(listed(v, n, "cv"));
	assert_int_equal(listed(v, n, "helper_remark")->status, PAPER_MISSING);
	assert_null(listed(v, n, "recognition_branch"));
	/* nothing is left to come */
	person_add(&p, "recognition_vote", "2027-06-02", "passed");
	person_add(&p, "recognition", "2027-06-03", NULL);
	person_add(&p, "announced", "2027-06-04", NULL);
	n = list_of("2027-07-01", &v);
	assert_int_equal(listed(v, n, "recognition_branch")->status, PAPER_THERE);
}

static void test_statuses_have_words(void **state)
{
	(void)state;
	assert_string_equal(dossier_status_key(PAPER_REDO), "redo");
	assert_string_equal(dossier_status_label(PAPER_REDO, LANG_VI), "phải làm lại");
	assert_string_equal(dossier_status_label(PAPER_MISSING, LANG_EN), "missing");
}

/* ---- rows and names ---- */

static void test_rows_know_whether_they_are_for_recognition(void **state)
{
	(void)state;
	const struct pack *pack = rules_at(&p.rules, iso("2026-01-01"));
	assert_false(dossier_of_recognition(pack, row_of(pack, "cv")));
	assert_false(dossier_of_recognition(pack, row_of(pack, "branch_resolution")));
	assert_true(dossier_of_recognition(pack, row_of(pack, "helper_remark")));
	struct step no_ceremony = { .key = "branch_vote" };
	const struct pack bare = { .steps = &no_ceremony, .steps_n = 1 };
	assert_false(dossier_of_recognition(&bare, &(struct paper_row){ .at_step = 0 }));
}

#define LABEL "{ vi: a, en: a }"
#define STEP(key) "  - { step: " key ", state: S, label: " LABEL ", state_label: " LABEL ", cite: X }\n"
#define HEAD(id, from) "pack: " id "\ninstrument: X\ntitle: " LABEL "\nfrom: " from "\n"

static const char old_pack[] = HEAD("a", "2000-01-01") "to: 2019-12-31\nsteps:\n" STEP("start") STEP("vote");
static const char new_pack[] = HEAD("b", "2020-01-01") "steps:\n" STEP("start") STEP("vote")
	"clocks:\n  - { clock: K, from: start, to: vote, label: " LABEL ", use: valid, length: 12 month, cite: X }\n"
	"papers:\n  - { paper: cv, at: vote, redo_after: K, cite: X }\n";

static void add_pack(struct rules *r, const char *text)
{
	struct fault f;
	struct pack *pack;
	assert_ok(rules_parse("x.yaml", text, strlen(text), NULL, &p.arena, &pack, &f));
	rules_add(&p.arena, r, pack);
}

/* A site's own packs may know neither the dossier nor its clock, or that clock only later: then its own length counts. */
static void test_packs_without_dossier_have_papers_too(void **state)
{
	(void)state;
	struct rules own = { 0 };
	struct trail t;
	struct dossier_paper *v;
	size_t n;
	add_pack(&own, old_pack);
	add_pack(&own, new_pack);
	person_add(&p, "birth", "", "1990-01-01");
	person_add(&p, "start", "2019-06-01", NULL);
	struct facts active = facts_active(&p.all, &p.arena);
	trail_build(&own, &active, iso("2021-01-01"), &p.arena, &t);
	const struct world w = { &own, &p.calendar, NULL };
	struct dossier d = dossier_now(&w, &t, iso("2021-01-01"));
	assert_false(dossier_known(&d, 1));
	assert_int_equal(dossier_paper(&d, &d.pack->papers[0]).status, PAPER_MISSING);
	paper("cv", "2019-06-01");
	active = facts_active(&p.all, &p.arena);
	trail_build(&own, &active, iso("2021-01-01"), &p.arena, &t);
	d = dossier_now(&w, &t, iso("2020-06-01"));
	assert_int_equal(dossier_paper(&d, &d.pack->papers[0]).status, PAPER_THERE);
	d = dossier_now(&w, &t, iso("2020-06-02"));
	dossier_list(&d, &p.arena, &v, &n);
	assert_int_equal(n, 1);
	assert_int_equal(v[0].status, PAPER_REDO);
}

static const char *said(const char *message)
{
	struct rules own = { 0 };
	struct trail t;
	struct fault why;
	add_pack(&own, arena_printf(&p.arena, "%schecks:\n  - { check: papers_there, at: vote, severity: warn, cite: X, "
		"message: { vi: '%s', en: a } }\n", new_pack, message));
	struct facts active = facts_active(&p.all, &p.arena);
	trail_build(&own, &active, iso("2021-01-01"), &p.arena, &t);
	const struct check_case c = { &own, &p.calendar, own.packs[0], &own.packs[0]->checks[0], &t, iso("2021-01-01") };
	assert_int_equal(check_ask(&c, &why), CHECK_FAILS);
	return fault_text(&why, LANG_VI, &p.arena);
}

static void test_sentence_of_a_pack_may_name_the_papers_or_not(void **state)
{
	(void)state;
	paper("application", "2020-06-01");
	assert_string_equal(said("thiếu {papers}!"), "thiếu 2-KNĐ!");
	assert_string_equal(said("thiếu"), "thiếu");
	assert_string_equal(said("thiếu {papers"), "thiếu {papers");
}

static void test_reading_of_the_age_asks_nothing_without_a_birth_day(void **state)
{
	(void)state;
	struct fault f;
	person_add(&p, FACT_SPECIAL, "2025-09-01", "month_reading");
	struct fact meeting = person_fact(&p, "branch_vote", "2025-10-01", "passed");
	assert_ok(person_can(&p, &meeting, "2025-12-01", &f));
}

static void test_names_that_do_not_fit_are_hinted_at(void **state)
{
	(void)state;
	char text[24];
	paper("application", "2026-01-01");
	const struct dossier d = dossier("2026-02-01");
	/* "2-KNĐ, 3-KNĐ" are 14 bytes, ", …" five more with the end */
	assert_int_equal(dossier_names(&d, at("branch_vote"), PAPER_MISSING, LANG_VI, sizeof text, text), 5);
	assert_string_equal(text, "2-KNĐ, 3-KNĐ, …");
}

static void test_every_pack_has_the_checklist(void **state)
{
	(void)state;
	for (size_t i = 0; i < p.rules.n; i++) {
		const struct pack *pack = p.rules.packs[i];
		assert_int_equal(pack->papers_n, p.rules.packs[0]->papers_n);
		for (size_t k = 0; k < pack->papers_n; k++)
			assert_null(strchr(pack->papers[k].cite, '$'));
	}
}

/* ---- letters ---- */

static int32_t letter(const char *relation, const char *place, const char *on)
{
	struct fact *f = person_add(&p, FACT_VERIFY_SENT, on, relation);
	f->detail = place;
	return f->seq;
}

static void about(const char *kind, int32_t letter_, const char *on, const char *value)
{
	person_add(&p, kind, on, value)->about = letter_;
}

static size_t letters(const char *today, struct request **ret)
{
	struct standing *now = arena_new(&p.arena, struct standing);
	struct facts *active = arena_new(&p.arena, struct facts);
	size_t n;
	*active = facts_active(&p.all, &p.arena);
	standing(&p.world, active, iso(today), &p.arena, now);
	request_list(&p.rules, active, now, iso(today), &p.arena, ret, &n);
	return n;
}

/* Received on Monday 4/8/2025. 30 working days: 19 up to Friday 29/8 (5/8 is the first), the days off 1/9 and 2/9 are left out, 3/9 to 5/9
 * are 20-22, 8/9 to 12/9 are 23-27, 15/9 to 17/9 are 28-30. */
static void test_answer_is_due_in_thirty_working_days_inside_the_country(void **state)
{
	(void)state;
	struct request *v;
	int32_t father = letter("father", "Xã Ba Vì", "2025-07-28");
	assert_int_equal(letters("2025-08-01", &v), 1);
	assert_null(v[0].received);
	assert_null(v[0].clock);
	assert_false(v[0].late);
	about(FACT_VERIFY_RECEIVED, father, "2025-08-04", "home");
	assert_int_equal(letters("2025-09-17", &v), 1);
	assert_string_equal(v[0].clock->clock->key, "T4");
	assert_day(v[0].clock->due, "2025-09-17");
	assert_false(v[0].late);
	(void)letters("2025-09-18", &v);
	assert_true(v[0].late);
	about(FACT_VERIFY_REPLY, father, "2025-09-22", "confirmed");
	(void)letters("2025-09-30", &v);
	assert_false(v[0].late);
	assert_int_equal(v[0].clock->status, CLOCK_MET_LATE);
	assert_string_equal(v[0].reply->value, "confirmed");
}

/* Each letter has a time of its own, and 90 working days abroad. */
static void test_letters_run_side_by_side(void **state)
{
	(void)state;
	struct request *v;
	int32_t father = letter("father", "Xã Ba Vì", "2025-07-28"), spouse = letter("spouse", "Berlin", "2025-07-28");
	about(FACT_VERIFY_RECEIVED, father, "2025-08-04", "home");
	about(FACT_VERIFY_RECEIVED, spouse, "2025-08-04", "abroad");
	assert_int_equal(letters("2025-10-01", &v), 2);
	assert_true(v[0].late);
	assert_string_equal(v[1].clock->clock->key, "T4A");
	assert_false(v[1].late);
	const struct dossier d = dossier("2025-10-01");
	assert_int_equal(request_open(d.trail, d.on), 2);
	about(FACT_VERIFY_REPLY, father, "2025-10-01", "member_went");
	const struct dossier later = dossier("2025-10-01");
	assert_int_equal(request_open(later.trail, later.on), 1);
	assert_int_equal(request_open(later.trail, iso("2025-09-30")), 2);
	assert_int_equal(request_open(later.trail, iso("2025-07-27")), 0);
}

static void test_before_7_2025_no_time_is_known(void **state)
{
	(void)state;
	struct request *v;
	int32_t father = letter("father", "Xã Ba Vì", "2024-07-28");
	about(FACT_VERIFY_RECEIVED, father, "2024-08-04", "home");
	assert_int_equal(letters("2025-06-30", &v), 1);
	assert_null(v[0].clock);
	assert_false(v[0].late);
	about(FACT_VERIFY_REPLY, father, "2024-12-01", "confirmed");
	(void)letters("2025-06-30", &v);
	assert_non_null(v[0].reply);
}

static void test_proposal_leaves_out_whom_a_letter_is_about(void **state)
{
	(void)state;
	struct request *v;
	const char *who[8];
	(void)letter("father", "Xã Ba Vì", "2025-07-28");
	(void)letter("child", "Xã Ba Vì", "2025-07-28");
	size_t n = letters("2025-08-01", &v);
	assert_int_equal(request_proposed(v, n, 8, who), 6);
	assert_string_equal(who[0], "self");
	assert_string_equal(who[1], "mother");
	assert_string_equal(who[5], "spouse");
	assert_int_equal(request_proposed(v, n, 2, who), 2);
}

static void test_letters_of_an_earlier_membership_are_left_out(void **state)
{
	(void)state;
	struct request *v;
	(void)letter("father", "Xã Ba Vì", "2016-01-01");
	person_add(&p, "decision", "2016-05-01", NULL);
	person_add(&p, FACT_LEFT, "2020-01-01", "struck_off");
	person_add(&p, "source", "2025-01-01", NULL);
	assert_int_equal(letters("2025-08-01", &v), 0);
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
	const struct CMUnitTest tests[] = {
		T(test_without_dossier_and_papers_nothing_is_known), T(test_day_of_the_dossier_counts_where_papers_are_not_listed),
		T(test_one_paper_on_record_makes_the_others_missing), T(test_steps_stand_for_their_papers),
		T(test_second_introducer_takes_the_place_of_the_resolution), T(test_shortcuts_spare_the_verification),
		T(test_special_admission_wants_its_own_paper), T(test_papers_older_than_twelve_months_are_made_again),
		T(test_newer_papers_settle_it), T(test_papers_made_again_late_do_not_begin_a_list),
		T(test_self_review_is_written_after_twelve_months), T(test_papers_of_an_earlier_membership_do_not_count),
		T(test_rows_know_whether_they_are_for_recognition), T(test_names_that_do_not_fit_are_hinted_at),
		T(test_file_of_a_new_member_is_due_in_thirty_working_days), T(test_list_stands_still_when_the_branch_has_voted),
		T(test_list_after_the_ceremony_is_that_of_recognition), T(test_statuses_have_words),
		T(test_packs_without_dossier_have_papers_too),
		T(test_sentence_of_a_pack_may_name_the_papers_or_not), T(test_reading_of_the_age_asks_nothing_without_a_birth_day),
		T(test_every_pack_has_the_checklist), T(test_answer_is_due_in_thirty_working_days_inside_the_country),
		T(test_letters_run_side_by_side), T(test_before_7_2025_no_time_is_known), T(test_proposal_leaves_out_whom_a_letter_is_about),
		T(test_letters_of_an_earlier_membership_are_left_out),
	};
	return RUN(tests);
}
