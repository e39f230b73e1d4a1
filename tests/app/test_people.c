#include "office.h"

#include "app/people.h"

/* ---- person_record ---- */

#define THU "unit=TB-02", "name=Nguyễn Văn Thử", "birth=1995-05-20", "sex=male"

static int64_t thu(struct office *o)
{
	DO(o, "person_record", THU, "listed=2023-02-10", "certified=2023-05-15", "certificate_no=12/GCN");
	return o->result.entity_id;
}

static void test_list_is_recorded_once(void **state)
{
	struct office *o = *state;
	int64_t id = thu(o), entries = office_entries(o);
	assert_int_equal(thu(o), id);
	assert_true(o->result.unchanged);
	assert_int_equal(office_entries(o), entries);
}

static void test_next_list_adds_what_it_knows(void **state)
{
	struct office *o = *state;
	int64_t id = thu(o);
	DO(o, "person_record", THU, "education=university", "decided=2024-03-01", "decision_no=5-QĐ/TU", "ceremony=2024-03-20");
	assert_int_equal(o->result.entity_id, id);
	struct facts f = office_facts(o, id);
	assert_string_equal(facts_value(&f, "education", DAY_NONE), "university");
	assert_string_equal(facts_last(&f, FACT_DECISION, DAY_NONE)->paper_no, "5-QĐ/TU");
	assert_string_equal(facts_last(&f, "certificate", DAY_NONE)->paper_no, "12/GCN");
}

static void test_paper_number_that_was_missing_is_added_by_a_correction(void **state)
{
	struct office *o = *state;
	DO(o, "person_record", THU, "certified=2023-05-15");
	int64_t id = o->result.entity_id;
	DO(o, "person_record", THU, "certified=2023-05-15", "certificate_no=12/GCN");
	struct facts f = office_facts(o, id);
	const struct fact *certificate = facts_last(&f, "certificate", DAY_NONE);
	assert_string_equal(certificate->paper_no, "12/GCN");
	assert_true(certificate->corrects > 0);
	DO(o, "person_record", THU, "certified=2023-05-15");
	assert_true(o->result.unchanged);
}

static void test_contradiction_names_both_values_and_the_way_out(void **state)
{
	struct office *o = *state;
	int64_t id = thu(o);
	REFUSED(o, E_CONFLICT, "certified", MSG_PERSON_DIFFERS, "person_record", THU, "certified=2023-05-16");
	assert_int_equal(strtol(o->fault.arg[1], NULL, 10), id);
	assert_string_equal(o->fault.arg[2], "15/05/2023");
	assert_string_equal(o->fault.arg[3], "16/05/2023");
	REFUSED(o, E_CONFLICT, "sex", MSG_PERSON_DIFFERS, "person_record", "unit=TB-02", "name=Nguyễn Văn Thử", "birth=1995-05-20", "sex=nữ");
	assert_string_equal(o->fault.arg[2], "Nam");
	REFUSED(o, E_CONFLICT, "certified", MSG_PERSON_DIFFERS, "person_record", THU, "certified=2023-05-15", "certificate_no=13/GCN");
}

static void test_person_is_found_whatever_the_case_and_the_place_of_tones(void **state)
{
	struct office *o = *state;
	DO(o, "person_record", "unit=TB-02", "name=Lê Thị Hoà", "birth=1990-01-02");
	DO(o, "person_record", "unit=TB-02", "name=LÊ THỊ HÒA", "birth=1990-01-02");
	assert_true(o->result.unchanged);
}

static void test_other_accents_are_a_question_to_the_user(void **state)
{
	struct office *o = *state;
	DO(o, "person_record", "unit=TB-02", "name=Lê Văn Hùng", "birth=1990-01-02");
	int64_t first = o->result.entity_id;
	REFUSED(o, E_CONFLICT, "name", MSG_PERSON_DIFFERS, "person_record", "unit=TB-02", "name=Lê Văn Hưng", "birth=1990-01-02");
	DO(o, "fact_record", arena_printf(&o->arena, "person=%d", (int)first), "kind=id_number", "value=035090000001", "on=2026-01-01");
	DO(o, "person_record", "unit=TB-02", "name=Lê Văn Hưng", "birth=1990-01-02", "id_number=035090000002");
	assert_int_not_equal(o->result.entity_id, first);
}

static void test_same_name_and_birth_in_another_place_is_somebody_else(void **state)
{
	struct office *o = *state;
	int64_t id = thu(o);
	DO(o, "person_record", "unit=TB-01-A", "name=Nguyễn Văn Thử", "birth=1995-05-20");
	assert_int_not_equal(o->result.entity_id, id);
}

static void test_branch_of_the_same_grassroots_unit_is_a_conflict_unless_moved(void **state)
{
	struct office *o = *state;
	DO(o, "person_record", "unit=TB-01-A", "name=Trần Thử", "birth=1991-03-04");
	int64_t id = o->result.entity_id;
	REFUSED(o, E_CONFLICT, "unit", MSG_PERSON_DIFFERS, "person_record", "unit=TB-01-B", "name=Trần Thử", "birth=1991-03-04");
	DO(o, "person_record", "unit=TB-01-B", "name=Trần Thử", "birth=1991-03-04", "since=2025-01-01");
	assert_int_equal(o->result.entity_id, id);
	struct facts f = office_facts(o, id);
	assert_string_equal(tree_find(&o->app.tree, facts_unit(&f, on("2024-12-31")))->code, "TB-01-A");
	assert_string_equal(tree_find(&o->app.tree, facts_unit(&f, on("2025-01-01")))->code, "TB-01-B");
}

static void test_citizen_id_finds_the_person_anywhere(void **state)
{
	struct office *o = *state;
	DO(o, "person_record", "unit=TB-02", "name=Phạm Thử", "id_number=035 095 000 001", "birth=1995-01-01", "sex=male");
	int64_t id = o->result.entity_id;
	assert_false(office_warned(o, MSG_ID_NUMBER_SEX) || office_warned(o, MSG_ID_NUMBER_YEAR));
	DO(o, "person_record", "unit=TB-02", "name=Phạm Thử", "id_number=035095000001");
	assert_int_equal(o->result.entity_id, id);
	assert_true(o->result.unchanged);
	REFUSED(o, E_CONFLICT, "unit", MSG_PERSON_DIFFERS, "person_record", "unit=TB-01-A", "name=Phạm Thử", "id_number=035095000001");
}

static void test_two_of_one_name_without_birth_day_have_to_be_told_apart(void **state)
{
	struct office *o = *state;
	DO(o, "person_record", "unit=TB-02", "name=Đỗ Thử", "birth=1990-01-01");
	DO(o, "person_record", "unit=TB-02", "name=Đỗ Thử", "birth=1992-02-02");
	REFUSED(o, E_CONFLICT, "name", MSG_PERSON_AMBIGUOUS, "person_record", "unit=TB-02", "name=Đỗ Thử");
}

static void test_list_without_birth_day_means_the_one_person_of_that_name(void **state)
{
	struct office *o = *state;
	int64_t id = thu(o);
	DO(o, "person_record", "unit=TB-02", "name=Nguyễn Văn Thử");
	assert_int_equal(o->result.entity_id, id);
	assert_true(o->result.unchanged);
}

static void test_citizen_id_has_twelve_digits_or_nine(void **state)
{
	struct office *o = *state;
	REFUSED(o, E_INVALID, "id_number", MSG_ID_NUMBER_DIGITS, "person_record", "unit=TB-02", "name=Lê Thử", "id_number=03509500001");
	REFUSED(o, E_INVALID, "id_number", MSG_ID_NUMBER_DIGITS, "person_record", "unit=TB-02", "name=Lê Thử", "id_number=O35095000011");
	DO(o, "person_record", "unit=TB-02", "name=Lê Thử", "id_number=168123456");
}

/* Digit 4: century and sex, odd for women; digits 5-6: year. The papers of some people differ. */
static void test_odd_citizen_id_is_accepted_with_a_warning(void **state)
{
	struct office *o = *state;
	DO(o, "person_record", "unit=TB-02", "name=Lê Thử", "id_number=035195000001", "sex=male", "birth=1996-01-01");
	assert_true(office_warned(o, MSG_ID_NUMBER_SEX));
	assert_true(office_warned(o, MSG_ID_NUMBER_YEAR));
	DO(o, "person_record", "unit=TB-02", "name=Lê Nữ", "id_number=035304000001", "sex=female", "birth=2004-01-01");
	assert_int_equal(o->result.warnings.n, 0);
}

static void test_old_member_may_have_only_decision_and_ceremony(void **state)
{
	struct office *o = *state;
	DO(o, "person_record", "unit=TB-02", "name=Vũ Cũ", "decided=2003-03-03", "ceremony=2003-04-03");
	struct facts f = office_facts(o, o->result.entity_id);
	assert_true(facts_is_member(&f, on(TODAY)));
	assert_null(facts_first(&f, "certificate"));
}

static void test_impossible_orders_are_refused_with_the_citation(void **state)
{
	struct office *o = *state;
	REFUSED(o, E_RULE, "recognition_vote", MSG_STANDING_ORDER, "person_record", THU, "ceremony=2024-03-01", "recognition_vote=2024-02-01");
	assert_true(*o->fault.rule != '\0');
}

static void test_ceremony_before_decision_is_refused(void **state)
{
	struct office *o = *state;
	assert_int_equal(office_do(o, "person_record", THU, "decided=2024-03-20", "ceremony=2024-03-01", NULL), E_RULE);
	assert_string_equal(o->fault.field, "ceremony");
	assert_true(*o->fault.rule != '\0');
	assert_int_equal(office_do(o, "person_record", THU, "certified=1995-05-19", NULL), E_RULE);
	assert_int_equal(o->fault.msg, MSG_STANDING_BEFORE_BIRTH);
	assert_string_equal(o->fault.field, "certified");
}

static void test_refused_row_leaves_nothing(void **state)
{
	struct office *o = *state;
	int64_t entries = office_entries(o);
	assert_int_not_equal(office_do(o, "person_record", THU, "decided=2024-03-20", "ceremony=2024-03-01", NULL), OK);
	assert_int_equal(office_entries(o), entries);
	assert_int_equal(o->app.next_id[1], 1);
}

static void test_leaving_needs_its_reason(void **state)
{
	struct office *o = *state;
	REFUSED(o, E_INVALID, "left_reason", MSG_REQUIRED, "person_record", THU, "left=2024-01-01");
	REFUSED(o, E_INVALID, "left", MSG_REQUIRED, "person_record", THU, "left_reason=died");
	DO(o, "person_record", THU, "left=2024-01-01", "left_reason=Từ trần");
}

static void test_class_must_be_open(void **state)
{
	struct office *o = *state;
	REFUSED(o, E_NOTFOUND, "class_code", MSG_CLASS_UNKNOWN, "person_record", THU, "class_code=L1");
	DO(o, "class_open", "code=L1", "unit=TB", "kind=awareness", "name=Lớp 1", "from=2023-05-01", "to=2023-05-10");
	DO(o, "person_record", THU, "listed=2023-02-10", "class_code=L1", "certified=2023-05-15");
	struct facts f = office_facts(o, o->result.entity_id);
	assert_int_equal(facts_last(&f, "class", DAY_NONE)->on.n, on("2023-05-01").n);
	assert_true(facts_last(&f, "certificate", DAY_NONE)->class_id.v > 0);
}

/* ---- fact_record ---- */

static const char *person(struct office *o, int64_t id)
{
	return arena_printf(&o->arena, "person=%lld", (long long)id);
}

static void test_step_is_recorded_with_its_vote(void **state)
{
	struct office *o = *state;
	const char *who = person(o, thu(o));
	DO(o, "fact_record", who, "kind=dossier", "on=2023-09-01");
	DO(o, "fact_record", who, "kind=branch_vote", "on=2023-10-01", "members=12", "away=1", "exempt_absent=1", "suspended=1",
		"yes=6", "no=3");
	struct facts f = office_facts(o, 1);
	assert_int_equal(vote_denominator(&facts_last(&f, "branch_vote", DAY_NONE)->vote), 9);
	DO(o, "fact_record", who, "kind=branch_vote", "on=2023-10-01", "members=12", "away=1", "exempt_absent=1", "suspended=1",
		"yes=6", "no=3");
	assert_true(o->result.unchanged);
	REFUSED(o, E_CONFLICT, "kind", MSG_FACT_ON_RECORD, "fact_record", who, "kind=branch_vote", "on=2023-10-01", "members=12",
		"yes=9", "no=3");
}

static void test_impossible_votes_are_refused(void **state)
{
	struct office *o = *state;
	const char *who = person(o, thu(o));
	assert_int_equal(office_do(o, "fact_record", who, "kind=branch_vote", "on=2023-10-01", "members=9", "yes=8", "no=3", NULL), E_INVALID);
	assert_int_equal(o->fault.msg, MSG_VOTE_TOO_MANY);
	REFUSED(o, E_INVALID, "members", MSG_REQUIRED, "fact_record", who, "kind=branch_vote", "on=2023-10-01", "yes=8");
	REFUSED(o, E_INVALID, "yes", MSG_OUT_OF_RANGE, "fact_record", who, "kind=branch_vote", "on=2023-10-01", "members=9", "yes=-1");
}

static void test_unknown_kinds_and_values_are_refused(void **state)
{
	struct office *o = *state;
	const char *who = person(o, thu(o));
	REFUSED(o, E_INVALID, "kind", MSG_FACT_KIND_UNKNOWN, "fact_record", who, "kind=mood", "on=2023-10-01");
	REFUSED(o, E_INVALID, "value", MSG_STEP_VALUE, "fact_record", who, "kind=branch_vote", "on=2023-10-01", "value=maybe");
	REFUSED(o, E_INVALID, "value", MSG_NOT_CODE, "fact_record", who, "kind=education", "on=2023-10-01", "value=genius");
	REFUSED(o, E_INVALID, "value", MSG_REQUIRED, "fact_record", who, "kind=education", "on=2023-10-01");
	REFUSED(o, E_NOTFOUND, "person", MSG_PERSON_UNKNOWN, "fact_record", "person=99", "kind=education", "on=2023-10-01", "value=master");
}

static void test_attribute_may_change_from_a_day_on(void **state)
{
	struct office *o = *state;
	DO(o, "person_record", THU, "education=student");
	DO(o, "fact_record", person(o, o->result.entity_id), "kind=education", "on=2024-07-01", "value=Đại học");
	struct facts f = office_facts(o, o->result.entity_id);
	assert_string_equal(facts_value(&f, "education", on("2024-06-30")), "student");
	assert_string_equal(facts_value(&f, "education", on("2024-07-01")), "university");
}

static void test_citizen_id_belongs_to_one_person(void **state)
{
	struct office *o = *state;
	DO(o, "person_record", "unit=TB-02", "name=Phạm Thử", "id_number=035095000001");
	const char *who = person(o, thu(o));
	REFUSED(o, E_CONFLICT, "value", MSG_ID_NUMBER_TAKEN, "fact_record", who, "kind=id_number", "on=2024-01-01", "value=035095000001");
}

static void test_person_moves_to_another_unit(void **state)
{
	struct office *o = *state;
	int64_t id = thu(o);
	DO(o, "fact_record", person(o, id), "kind=unit", "unit=TB-01-A", "on=2025-02-01");
	struct facts f = office_facts(o, id);
	assert_string_equal(tree_find(&o->app.tree, facts_unit(&f, DAY_NONE))->code, "TB-01-A");
	REFUSED(o, E_INVALID, "unit", MSG_REQUIRED, "fact_record", person(o, id), "kind=unit", "on=2025-03-01");
}

/* ---- fact_correct ---- */

static int32_t seq_of(struct office *o, int64_t id, const char *kind)
{
	struct facts f = office_facts(o, id);
	const struct fact *fact = facts_last(&f, kind, DAY_NONE);
	assert_non_null(fact);
	return fact->seq;
}

static const char *seq(struct office *o, int64_t id, const char *kind)
{
	return arena_printf(&o->arena, "seq=%d", seq_of(o, id, kind));
}

static void test_correction_replaces_and_keeps_the_old_fact(void **state)
{
	struct office *o = *state;
	int64_t id = thu(o);
	DO(o, "fact_correct", person(o, id), seq(o, id, "certificate"), "on=2023-05-16", "reason=ghi nhầm ngày");
	struct facts all, active;
	assert_int_equal(app_facts(&o->app, (struct person_id){ id }, &o->arena, &all, &active, &o->fault), OK);
	assert_int_equal(facts_last(&active, "certificate", DAY_NONE)->on.n, on("2023-05-16").n);
	assert_string_equal(facts_last(&active, "certificate", DAY_NONE)->paper_no, "12/GCN");
	assert_int_equal(all.n, active.n + 1);
}

static void test_correction_obeys_the_rules_too(void **state)
{
	struct office *o = *state;
	int64_t id = thu(o);
	DO(o, "person_record", THU, "decided=2024-03-01", "ceremony=2024-03-20");
	assert_int_equal(office_do(o, "fact_correct", person(o, id), seq(o, id, FACT_CEREMONY), "on=2024-02-01", "reason=x", NULL), E_RULE);
	assert_true(*o->fault.rule != '\0');
}

static void test_corrected_fact_is_not_corrected_again(void **state)
{
	struct office *o = *state;
	int64_t id = thu(o);
	const char *old = seq(o, id, "certificate");
	DO(o, "fact_correct", person(o, id), old, "on=2023-05-16", "reason=ghi nhầm ngày");
	REFUSED(o, E_CONFLICT, "seq", MSG_FACT_NOT_IN_FORCE, "fact_correct", person(o, id), old, "on=2023-05-17", "reason=x");
	REFUSED(o, E_NOTFOUND, "seq", MSG_FACT_UNKNOWN, "fact_correct", person(o, id), "seq=77", "on=2023-05-17", "reason=x");
	REFUSED(o, E_INVALID, "reason", MSG_REQUIRED, "fact_correct", person(o, id), old, "on=2023-05-17");
}

static void test_withdrawn_decision_is_no_admission(void **state)
{
	struct office *o = *state;
	int64_t id = thu(o);
	struct unit_id unit;
	DO(o, "person_record", THU, "decided=2024-03-01");
	DO(o, "fact_correct", person(o, id), seq(o, id, FACT_DECISION), "withdraw=có", "reason=hủy quyết định");
	struct facts f = office_facts(o, id);
	assert_false(day_known(facts_admitted(&f, &unit)));
	REFUSED(o, E_RULE, "withdraw", MSG_FACT_NEEDED, "fact_correct", person(o, id), seq(o, id, "name"), "withdraw=1", "reason=x");
}

static void test_birth_day_is_locked_after_admission(void **state)
{
	struct office *o = *state;
	int64_t id = thu(o);
	DO(o, "fact_correct", person(o, id), seq(o, id, "birth"), "value=21/05/1995", "reason=theo giấy khai sinh");
	DO(o, "person_record", "unit=TB-02", "name=Nguyễn Văn Thử", "birth=1995-05-21", "decided=2024-03-01");
	REFUSED(o, E_RULE, "value", MSG_BIRTH_LOCKED, "fact_correct", person(o, id), seq(o, id, "birth"), "value=1996-05-21", "reason=x");
	assert_string_equal(o->fault.rule, "quy định áp dụng từ 18/8/2016");
	REFUSED(o, E_CONFLICT, "kind", MSG_FACT_ON_RECORD, "fact_record", person(o, id), "kind=birth", "value=1996-05-21", "on=2024-04-01");
}

static void test_paper_of_a_step_without_its_day_is_said_to_be_left_out(void **state)
{
	struct office *o = *state;
	DO(o, "person_record", THU, "certificate_no=12/GCN");
	assert_int_equal(o->result.warnings.n, 1);
	assert_int_equal(o->result.warnings.v[0].msg, MSG_STEP_WITHOUT_DAY);
	assert_string_equal(o->result.warnings.v[0].field, "certified");
}

static void test_recognition_keeps_the_day_of_its_decision(void **state)
{
	struct office *o = *state;
	DO(o, "person_record", THU, "ceremony=2024-03-20", "official=2025-03-20");
	int64_t id = o->result.entity_id;
	DO(o, "person_record", THU, "official=2025-03-20", "official_decided=2025-05-05");
	struct facts f = office_facts(o, id);
	const struct fact *recognition = facts_last(&f, FACT_RECOGNITION, DAY_NONE);
	assert_int_equal(recognition->on.n, on("2025-03-20").n);
	assert_int_equal(recognition->paper_on.n, on("2025-05-05").n);
	REFUSED(o, E_CONFLICT, "official", MSG_PERSON_DIFFERS, "person_record", THU, "official=2025-03-20", "official_decided=2025-05-06");
}

static void test_card_follows_the_facts(void **state)
{
	struct office *o = *state;
	int64_t id = thu(o);
	DO(o, "fact_correct", person(o, id), seq(o, id, "name"), "value=Nguyễn Văn Thử Sửa", "reason=ghi sai tên");
	DO(o, "person_record", "unit=TB-02", "name=nguyễn văn thử sửa", "birth=1995-05-20");
	assert_int_equal(o->result.entity_id, id);
	assert_true(o->result.unchanged);
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, office_setup, office_teardown)
	const struct CMUnitTest tests[] = {
		T(test_list_is_recorded_once), T(test_next_list_adds_what_it_knows), T(test_paper_number_that_was_missing_is_added_by_a_correction),
		T(test_contradiction_names_both_values_and_the_way_out), T(test_person_is_found_whatever_the_case_and_the_place_of_tones),
		T(test_other_accents_are_a_question_to_the_user), T(test_same_name_and_birth_in_another_place_is_somebody_else),
		T(test_branch_of_the_same_grassroots_unit_is_a_conflict_unless_moved), T(test_citizen_id_finds_the_person_anywhere),
		T(test_two_of_one_name_without_birth_day_have_to_be_told_apart), T(test_list_without_birth_day_means_the_one_person_of_that_name),
		T(test_citizen_id_has_twelve_digits_or_nine), T(test_odd_citizen_id_is_accepted_with_a_warning),
		T(test_old_member_may_have_only_decision_and_ceremony), T(test_impossible_orders_are_refused_with_the_citation),
		T(test_ceremony_before_decision_is_refused), T(test_refused_row_leaves_nothing), T(test_leaving_needs_its_reason),
		T(test_class_must_be_open), T(test_step_is_recorded_with_its_vote), T(test_impossible_votes_are_refused),
		T(test_unknown_kinds_and_values_are_refused), T(test_attribute_may_change_from_a_day_on), T(test_citizen_id_belongs_to_one_person),
		T(test_person_moves_to_another_unit), T(test_correction_replaces_and_keeps_the_old_fact), T(test_correction_obeys_the_rules_too),
		T(test_corrected_fact_is_not_corrected_again), T(test_withdrawn_decision_is_no_admission),
			T(test_birth_day_is_locked_after_admission),
		T(test_paper_of_a_step_without_its_day_is_said_to_be_left_out), T(test_recognition_keeps_the_day_of_its_decision),
		T(test_card_follows_the_facts),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
