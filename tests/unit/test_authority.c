/* Who acts at a step: hamlet, university with and without a sub-committee, authorised committee, body directly below the province; in each
 * period. */
#include "person.h"

#include "domain/authority.h"

static struct person p;

enum {
	U_DISTRICT = 20, /* below the province */
	U_WARD,          /* grassroots committee below the district */
	U_STREET,        /* branch below the ward */
	U_BLOC,          /* committee directly above grassroots, below the province */
	U_HOSPITAL,      /* grassroots committee below the bloc, authorised from 1/1/2024 to 31/12/2025 */
	U_CLINIC,        /* branch below the hospital */
	U_GARRISON,      /* grassroots committee of the army below the province */
	U_COMPANY,       /* branch below the garrison */
	U_SCHOOL,        /* grassroots branch below the commune */
};

static void says(int unit, const char *kind, const char *from, const char *value)
{
	struct unit *u = tree_find(&p.tree, (struct unit_id){ unit });
	const struct unit_fact f = { .seq = (int32_t)u->n + 1, .kind = kind, .from = iso(from), .value = value, .paper_on = DAY_NONE };
	tree_add_fact(&p.tree, u, &f);
}

static int setup(void **state)
{
	(void)state;
	person_init(&p);
	person_unit(&p, U_DISTRICT, U_PROVINCE, "DISTRICT", "2000-01-01");
	person_unit(&p, U_WARD, U_DISTRICT, "GRASS_DB", "2000-01-01");
	person_unit(&p, U_STREET, U_WARD, "BRANCH", "2000-01-01");
	person_unit(&p, U_BLOC, U_PROVINCE, "UPPER", "2000-01-01");
	person_unit(&p, U_HOSPITAL, U_BLOC, "GRASS_DB", "2000-01-01");
	person_unit(&p, U_CLINIC, U_HOSPITAL, "BRANCH", "2000-01-01");
	person_unit(&p, U_GARRISON, U_PROVINCE, "GRASS_DB", "2000-01-01");
	person_unit(&p, U_COMPANY, U_GARRISON, "BRANCH", "2000-01-01");
	person_unit(&p, U_SCHOOL, U_COMMUNE, "GRASS_CB", "2000-01-01");
	says(U_HOSPITAL, UNIT_AUTHORISED, "2024-01-01", "yes");
	says(U_HOSPITAL, UNIT_AUTHORISED, "2026-01-01", "no");
	says(U_GARRISON, UNIT_SECTOR, "2000-01-01", "army");
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_done(&p.arena);
	return 0;
}

static struct authority who(int unit, const char *step, const char *day)
{
	return authority_at(&p.rules, &p.tree, (struct unit_id){ unit }, step, iso(day));
}

static void assert_votes(int unit, const char *step, const char *day, int of, enum body_who counted, enum vote_threshold t)
{
	struct authority a = who(unit, step, day);
	assert_non_null(a.body);
	assert_int_equal(a.unit->id.v, of);
	assert_int_equal(a.body->who, counted);
	assert_true(a.votes);
	assert_int_equal(a.threshold, t);
	assert_true(*a.body->cite);
}

static void assert_nobody(int unit, const char *step, const char *day)
{
	struct authority a = who(unit, step, day);
	assert_null(a.body);
	assert_null(a.unit);
	assert_false(a.votes);
}

#define IN_R29 "2019-06-03"
#define IN_R24 "2023-06-01"
#define IN_R232 "2025-03-03"
#define IN_R294 "2025-12-10"
#define IN_Q208 "2026-09-01"

static void test_a_branch_votes_by_two_thirds_of_its_official_members(void **state)
{
	(void)state;
	static const char *const days[] = { IN_R29, IN_R24, IN_R232, IN_R294, IN_Q208 };
	for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
		assert_votes(U_HAMLET, "branch_vote", days[i], U_HAMLET, BODY_MEMBERS, VOTE_TWO_THIRDS);
		assert_votes(U_STREET, "recognition_vote", days[i], U_STREET, BODY_MEMBERS, VOTE_TWO_THIRDS);
		assert_votes(U_OFFICE, "strike_vote", days[i], U_OFFICE, BODY_MEMBERS, VOTE_TWO_THIRDS);
	}
}

static void test_a_hamlet_branch_has_no_grassroots_step_and_the_standing_committee_of_the_commune_decides(void **state)
{
	(void)state;
	assert_nobody(U_HAMLET, "sub_report", IN_R294);
	assert_nobody(U_HAMLET, "grassroots_vote", IN_R294);
	assert_votes(U_HAMLET, "decision_vote", IN_R294, U_COMMUNE, BODY_STANDING, VOTE_MAJORITY);
	assert_votes(U_HAMLET, "recognition_decision_vote", IN_R294, U_COMMUNE, BODY_STANDING, VOTE_MAJORITY);
	assert_votes(U_SCHOOL, "decision_vote", IN_R294, U_COMMUNE, BODY_STANDING, VOTE_MAJORITY);
}

static void test_before_july_2025_the_commune_was_the_grassroots_and_the_district_decided(void **state)
{
	(void)state;
	static const char *const days[] = { IN_R29, IN_R24, IN_R232 };
	for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
		assert_votes(U_STREET, "grassroots_vote", days[i], U_WARD, BODY_COMMITTEE, VOTE_TWO_THIRDS);
		assert_votes(U_STREET, "decision_vote", days[i], U_DISTRICT, BODY_STANDING, VOTE_MAJORITY);
		assert_votes(U_HAMLET, "grassroots_vote", days[i], U_COMMUNE, BODY_COMMITTEE, VOTE_TWO_THIRDS);
	}
}

static void test_a_university_branch_has_the_grassroots_committee_then_the_one_above(void **state)
{
	(void)state;
	assert_nobody(U_FACULTY, "sub_report", IN_R294);
	assert_votes(U_FACULTY, "grassroots_vote", IN_R294, U_UNIVERSITY, BODY_COMMITTEE, VOTE_TWO_THIRDS);
	assert_votes(U_CLINIC, "grassroots_vote", IN_R24, U_HOSPITAL, BODY_COMMITTEE, VOTE_TWO_THIRDS); /* not authorised yet */
}

static void test_a_sub_committee_reports_without_a_vote(void **state)
{
	(void)state;
	static const char *const steps[] = { "sub_report", "recognition_sub_report" };
	for (int i = 0; i < 2; i++) {
		struct authority a = who(U_LABORATORY, steps[i], IN_R294);
		assert_int_equal(a.unit->id.v, U_SUB);
		assert_false(a.votes);
	}
	assert_votes(U_LABORATORY, "grassroots_vote", IN_R294, U_UNIVERSITY, BODY_COMMITTEE, VOTE_TWO_THIRDS);
}

static void test_an_authorised_committee_decides_itself_by_two_thirds_until_that_is_withdrawn(void **state)
{
	(void)state;
	assert_nobody(U_CLINIC, "grassroots_vote", IN_R294);
	assert_nobody(U_CLINIC, "recognition_grassroots_vote", IN_R294);
	assert_votes(U_CLINIC, "decision_vote", IN_R294, U_HOSPITAL, BODY_COMMITTEE, VOTE_TWO_THIRDS);
	assert_votes(U_CLINIC, "recognition_decision_vote", IN_R294, U_HOSPITAL, BODY_COMMITTEE, VOTE_TWO_THIRDS);
	assert_votes(U_CLINIC, "decision_vote", "2026-01-01", U_BLOC, BODY_STANDING, VOTE_MAJORITY);
	assert_votes(U_CLINIC, "grassroots_vote", "2026-01-01", U_HOSPITAL, BODY_COMMITTEE, VOTE_TWO_THIRDS);
}

static void test_directly_below_the_province_the_standing_members_and_heads_of_boards_decide(void **state)
{
	(void)state;
	assert_votes(U_FACULTY, "decision_vote", IN_R294, U_PROVINCE, BODY_BOARDS, VOTE_MAJORITY);
	assert_votes(U_OFFICE, "decision_vote", IN_R294, U_PROVINCE, BODY_BOARDS, VOTE_MAJORITY);
	assert_votes(U_OFFICE, "decision_vote", IN_R24, U_PROVINCE, BODY_BOARDS, VOTE_MAJORITY);
	assert_nobody(U_OFFICE, "grassroots_vote", IN_R294);
}

static void test_army_and_police_decide_by_rules_of_their_own(void **state)
{
	(void)state;
	struct authority a = who(U_COMPANY, "decision_vote", IN_R294);
	assert_int_equal(a.unit->id.v, U_GARRISON);
	assert_true(a.body->own_rules);
	assert_false(a.body->verified);
	assert_false(a.votes);
}

static void test_since_208_the_standing_committee_of_the_grassroots_committee_is_said_to_decide(void **state)
{
	(void)state;
	assert_votes(U_FACULTY, "decision_vote", IN_Q208, U_UNIVERSITY, BODY_STANDING, VOTE_MAJORITY);
	assert_votes(U_HAMLET, "decision_vote", IN_Q208, U_COMMUNE, BODY_STANDING, VOTE_MAJORITY);
	assert_votes(U_OFFICE, "decision_vote", IN_Q208, U_PROVINCE, BODY_BOARDS, VOTE_MAJORITY);
	assert_false(who(U_FACULTY, "decision_vote", IN_Q208).body->verified);
}

static void test_nobody_is_found_for_unknown_units_and_steps(void **state)
{
	(void)state;
	assert_nobody(0, "branch_vote", IN_R294);
	assert_nobody(4711, "branch_vote", IN_R294);
	assert_nobody(U_PROVINCE, "branch_vote", IN_R294);
	assert_nobody(U_HAMLET, "no_such_step", IN_R294);
	assert_nobody(U_HAMLET, "dossier", IN_R294);
}

static void test_only_a_large_grassroots_committee_can_be_authorised(void **state)
{
	(void)state;
	const struct body *row = NULL;
	assert_int_equal(authority_members(&p.rules, "BRANCH", iso(IN_R294), &row), -1);
	assert_null(row);
	assert_int_equal(authority_members(&p.rules, "GRASS_DB", iso(IN_R294), &row), 100);
	assert_string_equal(row->cite, "294-QĐ/TW, 4.3.2; 06-HD/TW, 3.7a");
}

static struct fact vote_of(int unit, const char *kind, const char *day)
{
	return (struct fact){ .seq = 1, .kind = kind, .on = iso(day), .unit = { unit }, .paper_on = DAY_NONE, .since = DAY_NONE };
}

static void test_the_threshold_of_a_vote_on_record_is_that_of_its_body(void **state)
{
	(void)state;
	enum vote_threshold t = VOTE_MAJORITY;
	struct fact f = vote_of(U_CLINIC, "decision_vote", IN_R294);
	assert_true(authority_threshold(&p.rules, &p.tree, &f, &t));
	assert_int_equal(t, VOTE_TWO_THIRDS);
	assert_true(authority_threshold(&p.rules, NULL, &f, &t)); /* without a tree the step's own */
	assert_int_equal(t, VOTE_MAJORITY);
	f = vote_of(0, "branch_vote", IN_R294);
	assert_true(authority_threshold(&p.rules, &p.tree, &f, &t));
	assert_int_equal(t, VOTE_TWO_THIRDS);
	f = vote_of(U_COMPANY, "decision_vote", IN_R294);
	assert_false(authority_threshold(&p.rules, &p.tree, &f, &t));
	f = vote_of(U_CLINIC, "decision", IN_R294);
	assert_false(authority_threshold(&p.rules, &p.tree, &f, &t));
	f = vote_of(U_CLINIC, "no_such_step", IN_R294);
	assert_false(authority_threshold(&p.rules, &p.tree, &f, &t));
}

/* A commune that still hangs below a district: both could decide, the nearer one does. */
static void test_of_two_organisations_of_the_kind_the_nearest_acts(void **state)
{
	(void)state;
	person_unit(&p, 960, U_PROVINCE, "DISTRICT", "2000-01-01");
	person_unit(&p, 961, 960, "COMMUNE", "2000-01-01");
	person_unit(&p, 962, 961, "BRANCH", "2000-01-01");
	assert_int_equal(who(962, "decision", IN_R294).unit->id.v, 961);
}

/* A note without a value says neither yes nor which sector. */
static void test_a_unit_of_which_nothing_is_said_is_not_authorised_nor_of_a_sector(void **state)
{
	(void)state;
	int64_t decides = who(U_CLINIC, "decision", IN_R294).unit->id.v;
	struct unit *u = tree_find(&p.tree, (struct unit_id){ decides });
	static const char *const kinds[] = { UNIT_AUTHORISED, UNIT_SECTOR };
	for (size_t i = 0; i < 2; i++) {
		const struct unit_fact silent = { .seq = 90 + (int32_t)i, .kind = kinds[i], .from = iso(IN_R294), .paper_on = DAY_NONE };
		tree_add_fact(&p.tree, u, &silent);
	}
	assert_int_not_equal(who(U_CLINIC, "decision", IN_R294).unit->id.v, decides);
}

/* Seventeen units one below the other, branches all: the commune above them is out of sight. */
static void test_a_tree_deeper_than_the_rules_know_is_cut(void **state)
{
	(void)state;
	enum { FIRST = 100, DEEP = 17 };
	for (int i = 0; i < DEEP; i++)
		person_unit(&p, FIRST + i, i ? FIRST + i - 1 : U_COMMUNE, "GROUP", "2000-01-01");
	assert_nobody(FIRST + DEEP - 1, "decision_vote", IN_R294);
	assert_votes(FIRST, "decision_vote", IN_R294, U_COMMUNE, BODY_STANDING, VOTE_MAJORITY);
}

static void test_a_branch_of_the_army_below_a_commune_is_decided_on_there(void **state)
{
	(void)state;
	says(U_HAMLET, UNIT_SECTOR, "2000-01-01", "army");
	says(U_SCHOOL, UNIT_SECTOR, "2000-01-01", "school");
	assert_votes(U_HAMLET, "decision_vote", IN_R294, U_COMMUNE, BODY_STANDING, VOTE_MAJORITY);
	assert_votes(U_SCHOOL, "decision_vote", IN_R294, U_COMMUNE, BODY_STANDING, VOTE_MAJORITY);
}

/* A branch resolution of June 2025 in a hamlet whose commune was the grassroots then: what is still to come follows the rules and the tree
 * of today, what was passed by those of that day. */
static void test_steps_to_come_are_those_of_today_and_steps_passed_by_those_of_their_day(void **state)
{
	(void)state;
	p.unit = U_HAMLET;
	person_add(&p, FACT_UNIT, "", NULL);
	person_add(&p, "branch_vote", "2025-06-20", "passed");
	struct standing s = person_standing(&p, "2025-06-25");
	assert_string_equal(s.next->step->key, "grassroots_vote");
	s = person_standing(&p, "2025-07-10");
	assert_string_equal(s.next->step->key, "decision");
	person_add(&p, "decision", "2025-06-28", NULL);
	s = person_standing(&p, "2025-07-10");
	assert_int_equal(standing_step_of(&s, "grassroots_vote")->status, STEP_UNKNOWN);
}

/* A committee that only a later regulation knows: a case of before it was passed by without it, and nothing says that it was skipped. */
static void test_a_body_that_only_a_later_pack_knows_is_no_step_of_a_case_before_it(void **state)
{
	(void)state;
#define L "{ vi: v, en: e }"
	static const char text[] = "pack: later\ninstrument: X\ntitle: " L "\nfrom: 2027-01-01\nsteps:\n"
		"  - { step: branch_vote, state: A, label: " L ", state_label: " L ", threshold: two_thirds, cite: X }\n"
		"  - { step: council, state: B, label: " L ", state_label: " L ", needs: [branch_vote], body: yes, cite: X }\n"
		"  - { step: decision, state: C, label: " L ", state_label: " L ", needs: [council], cite: X }\n"
		"bodies:\n  - { body: council, steps: [council], kinds: [CENTRE], who: committee, label: " L ", cite: X }\n";
	person_rules_add(&p, text);
	p.unit = U_HAMLET;
	person_add(&p, FACT_UNIT, "", NULL);
	person_add(&p, "branch_vote", "2025-12-01", "passed");
	struct standing s = person_standing(&p, "2027-02-01");
	assert_int_equal(standing_step_of(&s, "council")->status, STEP_SKIPPED);
	person_add(&p, "decision", "2025-12-20", NULL);
	s = person_standing(&p, "2027-02-01");
	assert_int_equal(standing_step_of(&s, "council")->status, STEP_UNKNOWN);
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(test_a_branch_votes_by_two_thirds_of_its_official_members),
		T(test_a_hamlet_branch_has_no_grassroots_step_and_the_standing_committee_of_the_commune_decides),
		T(test_before_july_2025_the_commune_was_the_grassroots_and_the_district_decided),
		T(test_a_university_branch_has_the_grassroots_committee_then_the_one_above),
		T(test_a_sub_committee_reports_without_a_vote),
		T(test_an_authorised_committee_decides_itself_by_two_thirds_until_that_is_withdrawn),
		T(test_directly_below_the_province_the_standing_members_and_heads_of_boards_decide),
		T(test_army_and_police_decide_by_rules_of_their_own),
		T(test_since_208_the_standing_committee_of_the_grassroots_committee_is_said_to_decide),
		T(test_nobody_is_found_for_unknown_units_and_steps),
		T(test_the_threshold_of_a_vote_on_record_is_that_of_its_body),
		T(test_a_unit_of_which_nothing_is_said_is_not_authorised_nor_of_a_sector),
		T(test_of_two_organisations_of_the_kind_the_nearest_acts),
		T(test_a_tree_deeper_than_the_rules_know_is_cut),
		T(test_a_branch_of_the_army_below_a_commune_is_decided_on_there),
		T(test_steps_to_come_are_those_of_today_and_steps_passed_by_those_of_their_day),
		T(test_a_body_that_only_a_later_pack_knows_is_no_step_of_a_case_before_it),
		T(test_only_a_large_grassroots_committee_can_be_authorised),
	};
	return RUN(tests);
}
