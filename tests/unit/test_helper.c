/* Introducers and helpers: Charter Article 4; 294-QĐ/TW 3.1.1, 3.2.1, 3.2.2; 06-HD/TW 3.8c, 3.9a. */
#include "../person.h"

#include "domain/helper.h"

enum { ME = 1, OTHER = 2 };

static int setup(void **state)
{
	static struct person p;
	person_init(&p);
	*state = &p;
	return 0;
}

static int teardown(void **state)
{
	struct person *p = *state;
	arena_done(&p->arena);
	return 0;
}

static struct facts active_of(struct person *p)
{
	return facts_active(&p->all, &p->arena);
}

static struct fact *name(struct person *p, const char *on, const char *role, int other)
{
	struct fact *f = person_add(p, FACT_HELPER, on, role);
	f->other.v = other;
	return f;
}

static void end(struct person *p, const char *on, const char *why, int about)
{
	person_add(p, FACT_HELPER_END, on, why)->about = about;
}

static struct helpers list_on(struct person *p, const char *on)
{
	struct helpers list;
	struct facts active = active_of(p);
	helper_list(&active, iso(on), &p->arena, &list);
	return list;
}

static void candidate(struct person *p)
{
	person_forget(p);
	person_add(p, FACT_UNIT, "", NULL);
	person_add(p, "source", "2024-01-10", NULL);
}

/* ---- who is named ---- */

static void test_nobody_is_named_at_first(void **state)
{
	struct person *p = *state;
	candidate(p);
	struct helpers list = list_on(p, "2025-01-01");
	assert_int_equal(list.n, 0);
	assert_int_equal(list.stage, HELPER_OF_CANDIDATE);
	assert_false(day_known(list.cycle));
}

static void test_a_helper_of_a_candidate_is_one_up_to_the_ceremony(void **state)
{
	struct person *p = *state;
	candidate(p);
	name(p, "2025-02-01", "introducer_1", OTHER);
	assert_int_equal(list_on(p, "2025-01-31").n, 0);
	struct helpers list = list_on(p, "2025-02-01");
	assert_int_equal(list.n, 1);
	assert_true(helper_in_force(&list.v[0]));
	person_add(p, FACT_CEREMONY, "2025-09-01", NULL);
	list = list_on(p, "2025-08-31");
	assert_true(helper_in_force(&list.v[0]));
	list = list_on(p, "2025-09-01");
	assert_false(helper_in_force(&list.v[0]));
	assert_day(list.v[0].until, "2025-09-01");
	assert_null(list.v[0].end);
	assert_int_equal(list.stage, HELPER_OF_PROBATION);
	assert_false(helper_unreplaced(&list, &list.v[0]));
}

static void test_a_helper_of_a_probationary_member_is_one_up_to_the_recognition(void **state)
{
	struct person *p = *state;
	candidate(p);
	person_add(p, FACT_CEREMONY, "2025-03-01", NULL);
	name(p, "2025-03-01", "probation_helper", OTHER);
	name(p, "2025-06-01", "replacement", OTHER);
	struct helpers list = list_on(p, "2026-02-28");
	assert_int_equal(list.v[0].stage, HELPER_OF_PROBATION);
	assert_int_equal(list.v[1].stage, HELPER_OF_PROBATION);
	assert_true(helper_in_force(&list.v[0]) && helper_in_force(&list.v[1]));
	person_add(p, FACT_RECOGNITION, "2026-03-01", NULL);
	list = list_on(p, "2026-03-01");
	assert_false(helper_in_force(&list.v[0]));
	assert_int_equal(list.stage, HELPER_OF_NOBODY);
}

static void test_an_exit_ends_all_help_and_a_new_candidacy_begins_without(void **state)
{
	struct person *p = *state;
	candidate(p);
	name(p, "2024-02-01", "introducer_1", OTHER);
	person_add(p, FACT_PAPER, "2024-02-02", "youth_resolution");
	person_add(p, FACT_LEFT, "2024-06-01", "off_list");
	struct helpers list = list_on(p, "2024-07-01");
	assert_int_equal(list.stage, HELPER_OF_NOBODY);
	assert_day(list.v[0].until, "2024-06-01");
	person_add(p, "source", "2025-01-01", NULL);
	name(p, "2025-01-02", "replacement", OTHER + 1);
	list = list_on(p, "2025-02-01");
	struct facts active = active_of(p);
	assert_int_equal(list.stage, HELPER_OF_CANDIDATE);
	assert_day(list.cycle, "2024-06-01");
	assert_int_equal(helper_introduced(&active, &list, iso("2025-02-01")), HELPER_SECOND);
}

static void test_a_replacement_after_an_earlier_membership_helps_a_candidate(void **state)
{
	struct person *p = *state;
	candidate(p);
	person_add(p, FACT_CEREMONY, "2016-01-01", NULL);
	person_add(p, FACT_LEFT, "2017-01-01", "struck_off");
	person_add(p, "source", "2025-01-01", NULL);
	name(p, "2025-02-01", "replacement", OTHER);
	struct helpers list = list_on(p, "2025-03-01");
	assert_int_equal(list.v[0].stage, HELPER_OF_CANDIDATE);
	assert_true(helper_in_force(&list.v[0]));
}

static void test_a_candidate_who_moved_and_is_here_again_is_a_candidate(void **state)
{
	struct person *p = *state;
	candidate(p);
	person_add(p, FACT_MOVED, "2024-05-01", NULL);
	assert_int_equal(list_on(p, "2024-06-01").stage, HELPER_OF_NOBODY);
	person_add(p, FACT_UNIT, "2024-05-01", NULL); /* of the same day: nothing new */
	assert_int_equal(list_on(p, "2024-06-01").stage, HELPER_OF_NOBODY);
	person_add(p, FACT_UNIT, "2024-07-01", NULL);
	assert_int_equal(list_on(p, "2024-07-01").stage, HELPER_OF_CANDIDATE);
}

static void test_a_place_does_not_bring_back_whoever_left(void **state)
{
	struct person *p = *state;
	candidate(p);
	person_add(p, FACT_LEFT, "2024-05-01", "moved_out");
	person_add(p, FACT_UNIT, "2024-07-01", NULL);
	person_add(p, FACT_TRANSFER, "2024-07-01", "candidate");
	assert_int_equal(list_on(p, "2024-08-01").stage, HELPER_OF_NOBODY);
}

/* ---- ended and replaced ---- */

static void test_ended_by_the_branch_and_replaced(void **state)
{
	struct person *p = *state;
	candidate(p);
	int seq = name(p, "2024-02-01", "introducer_1", OTHER)->seq;
	end(p, "2024-05-01", "moved", seq);
	struct helpers list = list_on(p, "2024-04-30");
	assert_false(helper_unreplaced(&list, &list.v[0]));
	list = list_on(p, "2024-05-01");
	assert_true(helper_unreplaced(&list, &list.v[0]));
	assert_string_equal(list.v[0].end->value, "moved");
	name(p, "2024-06-01", "probation_helper", OTHER + 1); /* helps at another time */
	list = list_on(p, "2024-06-15");
	assert_true(helper_unreplaced(&list, &list.v[0]));
	name(p, "2024-07-01", "replacement", OTHER + 2)->about = seq;
	list = list_on(p, "2024-07-01");
	assert_false(helper_unreplaced(&list, &list.v[0]));
	assert_day(list.v[0].until, "2024-05-01");
}

static void test_a_replacement_that_names_whom_it_replaces_ends_that_one(void **state)
{
	struct person *p = *state;
	candidate(p);
	int seq = name(p, "2024-02-01", "introducer_1", OTHER)->seq;
	name(p, "2024-07-01", "replacement", OTHER + 1)->about = seq;
	struct helpers list = list_on(p, "2024-07-01");
	assert_false(helper_in_force(&list.v[0]));
	assert_true(helper_in_force(&list.v[1]));
	assert_false(helper_unreplaced(&list, &list.v[0]));
}

static void test_a_task_that_is_done_needs_nobody_else(void **state)
{
	struct person *p = *state;
	candidate(p);
	end(p, "2024-05-01", "done", name(p, "2024-02-01", "candidate_helper", OTHER)->seq);
	struct helpers list = list_on(p, "2024-05-02");
	assert_false(helper_in_force(&list.v[0]));
	assert_false(helper_unreplaced(&list, &list.v[0]));
}

static void test_an_end_of_an_earlier_candidacy_needs_nobody_else(void **state)
{
	struct person *p = *state;
	candidate(p);
	end(p, "2024-05-01", "moved", name(p, "2024-02-01", "candidate_helper", OTHER)->seq);
	person_add(p, FACT_LEFT, "2024-06-01", "off_list");
	person_add(p, "source", "2025-01-01", NULL);
	struct helpers list = list_on(p, "2025-02-01");
	assert_int_equal(list.stage, HELPER_OF_CANDIDATE);
	assert_false(helper_unreplaced(&list, &list.v[0]));
}

static void test_who_is_gone_in_a_second_candidacy_is_missed(void **state)
{
	struct person *p = *state;
	candidate(p);
	person_add(p, FACT_LEFT, "2024-06-01", "off_list");
	person_add(p, "source", "2025-01-01", NULL);
	end(p, "2025-03-01", "moved", name(p, "2025-02-01", "candidate_helper", OTHER)->seq);
	struct helpers list = list_on(p, "2025-03-01");
	assert_true(helper_unreplaced(&list, &list.v[0]));
}

static void test_the_end_counts_for_a_corrected_naming_too(void **state)
{
	struct person *p = *state;
	candidate(p);
	int seq = name(p, "2024-02-01", "introducer_1", OTHER)->seq;
	end(p, "2024-05-01", "moved", seq);
	person_add(p, "verify_reply", "2024-04-01", "confirmed")->about = seq; /* other kinds of facts end nothing */
	name(p, "2024-02-03", "introducer_1", OTHER)->corrects = seq;
	struct helpers list = list_on(p, "2024-05-01");
	assert_int_equal(list.n, 1);
	assert_day(list.v[0].until, "2024-05-01");
}

/* ---- whether they are enough ---- */

static enum helper_need need_on(struct person *p, const char *on)
{
	struct facts active = active_of(p);
	struct helpers list = list_on(p, on);
	return helper_introduced(&active, &list, iso(on));
}

static void test_two_official_members_are_enough(void **state)
{
	struct person *p = *state;
	candidate(p);
	assert_int_equal(need_on(p, "2025-01-01"), HELPER_NONE);
	name(p, "2024-02-01", "introducer_1", OTHER);
	assert_int_equal(need_on(p, "2025-01-01"), HELPER_SECOND);
	name(p, "2024-02-01", "candidate_helper", OTHER); /* the same member helps: still one */
	assert_int_equal(need_on(p, "2025-01-01"), HELPER_SECOND);
	name(p, "2024-03-01", "introducer_2", OTHER + 1);
	assert_int_equal(need_on(p, "2025-01-01"), HELPER_ENOUGH);
	assert_int_equal(need_on(p, "2024-02-15"), HELPER_SECOND);
}

static void test_members_outside_the_register_are_told_apart_by_name(void **state)
{
	struct person *p = *state;
	candidate(p);
	name(p, "2024-02-01", "introducer_1", 0)->detail = "Đỗ Văn Thử";
	name(p, "2024-02-01", "introducer_2", 0)->detail = "Đỗ Văn Thử";
	assert_int_equal(need_on(p, "2025-01-01"), HELPER_SECOND);
	name(p, "2024-02-01", "introducer_2", OTHER);
	assert_int_equal(need_on(p, "2025-01-01"), HELPER_ENOUGH);
	candidate(p);
	name(p, "2024-02-01", "introducer_1", OTHER);
	name(p, "2024-02-01", "introducer_2", 0)->detail = "Đỗ Văn Thử";
	assert_int_equal(need_on(p, "2025-01-01"), HELPER_ENOUGH);
}

static void test_one_member_and_the_youth_union_are_enough(void **state)
{
	struct person *p = *state;
	candidate(p);
	person_add(p, FACT_PAPER, "2024-03-01", "youth_resolution");
	assert_int_equal(need_on(p, "2024-04-01"), HELPER_NONE);
	name(p, "2024-02-01", "introducer_1", OTHER);
	assert_int_equal(need_on(p, "2024-04-01"), HELPER_ENOUGH);
	assert_int_equal(need_on(p, "2024-02-28"), HELPER_SECOND);
}

static void test_the_trade_union_counts_only_where_there_is_no_youth_union(void **state)
{
	struct person *p = *state;
	candidate(p);
	name(p, "2024-02-01", "introducer_1", OTHER);
	person_add(p, FACT_PAPER, "2024-03-01", "union_resolution");
	assert_int_equal(need_on(p, "2024-04-01"), HELPER_WHICH_UNION);
	person_add(p, FACT_SPECIAL, "2024-03-01", "no_youth_union");
	assert_int_equal(need_on(p, "2024-04-01"), HELPER_ENOUGH);
}

static void test_helpers_of_probation_introduce_nobody(void **state)
{
	struct person *p = *state;
	candidate(p);
	name(p, "2024-02-01", "probation_helper", OTHER);
	assert_int_equal(need_on(p, "2024-04-01"), HELPER_NONE);
	end(p, "2024-03-01", "moved", name(p, "2024-02-01", "introducer_1", OTHER)->seq);
	assert_int_equal(need_on(p, "2024-04-01"), HELPER_NONE);
}

/* ---- a helper on a day ---- */

static struct helper_state state_on(struct person *p, const char *on)
{
	struct facts active = active_of(p);
	return helper_state_of(&active, iso(on));
}

static void official(struct person *p)
{
	person_forget(p);
	person_add(p, FACT_UNIT, "2015-01-01", NULL);
	person_add(p, FACT_CEREMONY, "2018-03-01", NULL);
	person_add(p, FACT_RECOGNITION, "2019-03-01", NULL);
}

static void test_rank_follows_the_life_of_a_member(void **state)
{
	struct person *p = *state;
	official(p);
	assert_int_equal(state_on(p, "2018-02-28").rank, HELPER_RANK_UNKNOWN);
	assert_int_equal(state_on(p, "2018-03-01").rank, HELPER_PROBATIONARY);
	assert_int_equal(state_on(p, "2019-03-01").rank, HELPER_OFFICIAL);
	person_add(p, FACT_RECOGNITION_CANCELLED, "2020-01-01", "wrong_procedure");
	assert_int_equal(state_on(p, "2020-01-01").rank, HELPER_PROBATIONARY);
	person_add(p, FACT_DECISION_CANCELLED, "2020-02-01", "wrong_authority");
	assert_int_equal(state_on(p, "2020-02-01").rank, HELPER_CANDIDATE);
	person_add(p, FACT_DECISION_CANCELLED, "2020-03-01", "not_qualified");
	assert_int_equal(state_on(p, "2020-03-01").out, HELPER_STRUCK);
	candidate(p);
	assert_int_equal(state_on(p, "2024-02-01").rank, HELPER_CANDIDATE);
}

static void test_place_and_since_when(void **state)
{
	struct person *p = *state;
	official(p);
	p->unit = U_LABORATORY;
	person_add(p, FACT_UNIT, "2020-05-01", NULL);
	person_add(p, FACT_UNIT, "2021-05-01", NULL); /* the same again: no move */
	struct helper_state s = state_on(p, "2022-01-01");
	assert_int_equal(s.unit.v, U_LABORATORY);
	assert_day(s.unit_since, "2020-05-01");
	s = state_on(p, "2020-04-30");
	assert_int_equal(s.unit.v, U_FACULTY);
	assert_false(day_known(s.unit_since));
	person_forget(p);
	assert_int_equal(state_on(p, "2022-01-01").unit.v, 0);
}

static void assert_out(struct person *p, const char *on, enum helper_gone out, const char *since)
{
	struct helper_state s = state_on(p, on);
	assert_int_equal(s.out, out);
	assert_day(s.out_since, since);
}

static void test_exits_and_what_keeps_a_member_from_helping(void **state)
{
	static const struct { const char *value; enum helper_gone out; } exits[] = {
		{ "died", HELPER_DIED }, { "struck_off", HELPER_STRUCK }, { "expelled", HELPER_STRUCK }, { "left", HELPER_STRUCK },
		{ "moved_out", HELPER_LEFT },
	};
	struct person *p = *state;
	for (size_t i = 0; i < sizeof exits / sizeof *exits; i++) {
		official(p);
		person_add(p, FACT_LEFT, "2024-05-01", exits[i].value);
		assert_out(p, "2024-04-30", HELPER_STAYS, "");
		assert_out(p, "2024-05-01", exits[i].out, "2024-05-01");
	}
	official(p);
	person_add(p, FACT_MOVED, "2024-05-01", NULL);
	assert_out(p, "2024-05-01", HELPER_LEFT, "2024-05-01");
}

static void test_a_transfer_keeps_from_helping_until_the_member_is_back(void **state)
{
	struct person *p = *state;
	official(p);
	person_add(p, FACT_TRANSFER, "2024-05-01", "temporary");
	assert_out(p, "2024-05-01", HELPER_TRANSFERRED, "2024-05-01");
	person_add(p, "returned", "2024-09-01", NULL);
	assert_out(p, "2024-09-01", HELPER_STAYS, "");
	person_add(p, FACT_TRANSFER, "2025-01-01", "member");
	assert_out(p, "2025-01-01", HELPER_TRANSFERRED, "2025-01-01");
	person_add(p, FACT_UNIT, "2025-02-01", NULL);
	assert_out(p, "2025-02-01", HELPER_STAYS, "");
}

static void test_a_member_transferred_back_has_the_old_rank(void **state)
{
	struct person *p = *state;
	official(p);
	person_add(p, FACT_LEFT, "2024-05-01", "moved_out");
	person_add(p, FACT_UNIT, "2025-04-01", NULL); /* a place alone brings no member back */
	assert_out(p, "2025-04-01", HELPER_LEFT, "2024-05-01");
	person_add(p, FACT_TRANSFER, "2025-05-01", "member");
	struct helper_state s = state_on(p, "2025-05-01");
	assert_int_equal(s.out, HELPER_STAYS);
	assert_int_equal(s.rank, HELPER_OFFICIAL);
}

static void test_a_transfer_for_a_time_is_over_with_its_months(void **state)
{
	struct person *p = *state;
	official(p);
	person_add(p, FACT_TRANSFER, "2024-05-01", "temporary")->amount = 6;
	assert_out(p, "2024-10-31", HELPER_TRANSFERRED, "2024-05-01");
	assert_out(p, "2024-11-01", HELPER_STAYS, "");
	person_add(p, FACT_DISCIPLINE, "2024-06-01", "suspended");
	assert_out(p, "2024-10-31", HELPER_SUSPENDED, "2024-06-01");
}

static void test_a_transfer_and_the_new_place_may_be_entered_in_any_order(void **state)
{
	struct person *p = *state;
	official(p);
	person_add(p, FACT_UNIT, "2024-05-01", NULL);
	person_add(p, FACT_TRANSFER, "2024-05-01", "member");
	assert_out(p, "2024-05-01", HELPER_STAYS, "");
}

static void test_a_transfer_to_elsewhere_brings_nobody_back(void **state)
{
	struct person *p = *state;
	official(p);
	person_add(p, FACT_LEFT, "2024-05-01", "moved_out");
	person_add(p, FACT_TRANSFER, "2024-06-01", "member")->detail = "Đảng ủy tỉnh Xa";
	assert_out(p, "2024-06-01", HELPER_LEFT, "2024-05-01");
}

static void test_who_was_restored_may_help_again(void **state)
{
	struct person *p = *state;
	official(p);
	person_add(p, FACT_LEFT, "2024-05-01", "struck_off");
	person_add(p, "appeal_answered", "2024-09-01", "restored");
	assert_out(p, "2024-08-31", HELPER_STRUCK, "2024-05-01");
	assert_out(p, "2024-09-01", HELPER_STAYS, "");
	assert_int_equal(state_on(p, "2024-09-01").rank, HELPER_OFFICIAL);
}

/* R294 4.4.2: the old decision is cancelled and a new one made on that day. */
static void test_a_new_recognition_on_the_day_the_old_one_is_cancelled(void **state)
{
	struct person *p = *state;
	for (int cancelled_first = 0; cancelled_first < 2; cancelled_first++) {
		official(p);
		for (int i = 0; i < 2; i++) {
			bool cancel = (i == 0) == cancelled_first;
			person_add(p, cancel ? FACT_RECOGNITION_CANCELLED : FACT_RECOGNITION, "2024-05-01", cancel ? "wrong_procedure" : NULL);
		}
		assert_int_equal(state_on(p, "2024-05-01").rank, HELPER_OFFICIAL);
	}
}

static void test_a_replacement_after_a_cancelled_decision_helps_a_candidate(void **state)
{
	struct person *p = *state;
	candidate(p);
	person_add(p, FACT_DECISION, "2024-05-01", NULL);
	person_add(p, FACT_CEREMONY, "2024-06-01", NULL);
	person_add(p, FACT_DECISION_CANCELLED, "2024-07-01", "wrong_authority");
	name(p, "2024-08-01", "replacement", OTHER);
	struct helpers list = list_on(p, "2024-08-01");
	assert_int_equal(list.stage, HELPER_OF_CANDIDATE);
	assert_int_equal(list.v[0].stage, HELPER_OF_CANDIDATE);
}

static void test_discipline_and_suspension_with_their_end(void **state)
{
	struct person *p = *state;
	official(p);
	person_add(p, FACT_DISCIPLINE, "2024-05-01", "warning");
	assert_out(p, "2024-05-01", HELPER_DISCIPLINED, "2024-05-01");
	person_add(p, FACT_DISCIPLINE, "2024-06-01", "suspended");
	assert_out(p, "2024-06-01", HELPER_SUSPENDED, "2024-06-01");
	person_add(p, FACT_UNIT, "2024-06-15", NULL);
	assert_out(p, "2024-06-15", HELPER_SUSPENDED, "2024-06-01");
	person_add(p, FACT_DISCIPLINE, "2024-07-01", "ended");
	assert_out(p, "2024-07-01", HELPER_STAYS, "");
}

/* ---- when somebody else has to be named ---- */

static struct helper_state here(int unit, const char *since)
{
	return (struct helper_state){ .unit = { unit }, .unit_since = *since ? iso(since) : DAY_NONE, .rank = HELPER_OFFICIAL,
		.out_since = DAY_NONE };
}

static void assert_gone(struct helper_state helper, struct helper_state person, enum helper_gone why, const char *since)
{
	struct day day;
	assert_int_equal(helper_gone(iso("2025-01-01"), &helper, &person, &day), why);
	assert_day(day, since);
}

static void test_a_helper_who_stays_stays(void **state)
{
	(void)state;
	assert_gone(here(U_FACULTY, ""), here(U_FACULTY, ""), HELPER_STAYS, "");
	assert_gone(here(U_SUB, "2024-01-01"), here(U_FACULTY, "2024-02-01"), HELPER_STAYS, ""); /* of another branch from the beginning */
	struct helper_state unknown = here(U_FACULTY, "");
	unknown.rank = HELPER_RANK_UNKNOWN;
	assert_gone(unknown, here(U_FACULTY, ""), HELPER_STAYS, "");
}

static void test_a_helper_who_moves_is_gone(void **state)
{
	(void)state;
	assert_gone(here(U_SUB, "2025-03-01"), here(U_FACULTY, ""), HELPER_MOVED, "2025-03-01");
	assert_gone(here(U_SUB, ""), here(U_FACULTY, "2025-04-01"), HELPER_PERSON_MOVED, "2025-04-01");
	assert_gone(here(U_SUB, "2025-03-01"), here(U_SUB, "2025-04-01"), HELPER_STAYS, ""); /* both went there */
	assert_gone(here(U_SUB, "2025-03-01"), here(U_FACULTY, "2025-03-01"), HELPER_STAYS, ""); /* a reorganisation */
	assert_gone(here(U_SUB, "2025-01-01"), here(U_FACULTY, ""), HELPER_STAYS, ""); /* there on the day of naming */
}

static void test_a_helper_who_died_was_disciplined_or_lost_the_rank_is_gone(void **state)
{
	struct helper_state s = here(U_FACULTY, "");
	(void)state;
	s.out = HELPER_DIED;
	s.out_since = iso("2025-05-01");
	assert_gone(s, here(U_FACULTY, ""), HELPER_DIED, "2025-05-01");
	s.out = HELPER_DISCIPLINED;
	assert_gone(s, here(U_FACULTY, ""), HELPER_DISCIPLINED, "2025-05-01");
	s.out_since = iso("2024-05-01"); /* before they were named, and the branch knew it */
	assert_gone(s, here(U_FACULTY, ""), HELPER_STAYS, "");
	s.out = HELPER_SUSPENDED;
	assert_gone(s, here(U_FACULTY, ""), HELPER_SUSPENDED, "2025-01-01");
	s = here(U_FACULTY, "");
	s.rank = HELPER_PROBATIONARY;
	assert_gone(s, here(U_FACULTY, ""), HELPER_NOT_OFFICIAL, "2025-01-01");
	s.rank = HELPER_CANDIDATE;
	assert_gone(s, here(U_FACULTY, ""), HELPER_NOT_OFFICIAL, "2025-01-01");
}

static void test_each_reason_has_a_key_and_a_sentence(void **state)
{
	(void)state;
	for (int i = HELPER_STAYS + 1; i <= HELPER_ENDED; i++) {
		assert_true(*helper_gone_key((enum helper_gone)i));
		assert_int_not_equal(helper_gone_msg((enum helper_gone)i), MSG_NONE);
	}
	assert_int_equal(helper_gone_msg(HELPER_STAYS), MSG_NONE);
}

/* ---- sharing the unit ---- */

static bool shared(struct person *p, const struct facts *x, const struct facts *y, const char *on, const char *want)
{
	struct day since = DAY_NONE;
	bool ret = helper_shared_since(&p->tree, x, y, iso(on), &since);
	assert_day(since, want);
	return ret;
}

static struct facts places(struct person *p, const char *const (*rows)[2], const int *units, size_t n)
{
	person_forget(p);
	for (size_t i = 0; i < n; i++) {
		p->unit = units[i];
		person_add(p, FACT_UNIT, rows[i][0], NULL);
	}
	return active_of(p);
}
#define PLACES(p, rows, ...) places(p, rows, (const int[]){ __VA_ARGS__ }, sizeof(rows) / sizeof *(rows))

static void test_shared_since_the_later_of_two_came(void **state)
{
	static const char *const one[][2] = { { "2020-01-01" } }, *const two[][2] = { { "2019-01-01" }, { "2024-03-01" } };
	struct person *p = *state;
	struct facts x = PLACES(p, one, U_FACULTY), y = PLACES(p, two, U_LABORATORY, U_FACULTY);
	assert_true(shared(p, &x, &y, "2025-01-01", "2024-03-01"));
	assert_true(shared(p, &y, &x, "2024-03-01", "2024-03-01"));
	assert_false(shared(p, &x, &y, "2024-02-29", ""));
	assert_false(shared(p, &x, &y, "2019-06-01", "")); /* one of them was not there yet */
}

static void test_who_moved_together_shared_all_the_time(void **state)
{
	static const char *const one[][2] = { { "2020-01-01" }, { "2024-03-01" } }, *const two[][2] = { { "2021-01-01" }, { "2024-03-01" } };
	struct person *p = *state;
	struct facts x = PLACES(p, one, U_FACULTY, U_HAMLET), y = PLACES(p, two, U_FACULTY, U_HAMLET);
	assert_true(shared(p, &x, &y, "2025-01-01", "2021-01-01"));
}

static void test_who_parted_in_between_begins_anew(void **state)
{
	static const char *const one[][2] = { { "" } }, *const two[][2] = { { "" }, { "2023-01-01" }, { "2024-01-01" } };
	struct person *p = *state;
	struct facts x = PLACES(p, one, U_FACULTY), y = PLACES(p, two, U_FACULTY, U_OFFICE, U_FACULTY);
	assert_true(shared(p, &x, &y, "2025-01-01", "2024-01-01"));
	assert_true(shared(p, &x, &y, "2022-01-01", "")); /* as far back as anybody knows */
}

static void test_branches_of_one_sub_committee_are_one_unit(void **state)
{
	static const char *const one[][2] = { { "2020-01-01" } };
	struct person *p = *state;
	struct facts x = PLACES(p, one, U_LABORATORY), y = PLACES(p, one, U_SUB), z = PLACES(p, one, U_FACULTY), h = PLACES(p, one, U_HAMLET);
	struct facts o = PLACES(p, one, U_OFFICE), nowhere = PLACES(p, one, 99), root = PLACES(p, one, U_PROVINCE);
	assert_true(shared(p, &x, &y, "2025-01-01", "2020-01-01"));
	assert_false(shared(p, &x, &z, "2025-01-01", ""));
	assert_false(shared(p, &h, &z, "2025-01-01", ""));
	assert_false(shared(p, &o, &nowhere, "2025-01-01", ""));
	assert_false(shared(p, &o, &root, "2025-01-01", ""));
}

static int64_t grassroots(struct person *p, int unit)
{
	return helper_grassroots(&p->tree, (struct unit_id){ unit }, iso("2025-01-01")).v;
}

static void test_the_grassroots_organisation_of_a_unit(void **state)
{
	struct person *p = *state;
	assert_int_equal(grassroots(p, U_LABORATORY), U_UNIVERSITY);
	assert_int_equal(grassroots(p, U_UNIVERSITY), U_UNIVERSITY);
	assert_int_equal(grassroots(p, U_OFFICE), U_OFFICE);
	assert_int_equal(grassroots(p, U_HAMLET), U_COMMUNE);
	assert_int_equal(grassroots(p, U_PROVINCE), U_PROVINCE); /* above all of them: itself */
}

/* ---- who may be named ---- */

struct naming {
	struct person *p;
	struct facts person, helper;
	struct fact fact;
	struct helper_case c;
	struct warnings warn;
	struct fault fault;
};

/* A candidate in the faculty since 1/1/2020, a helper there since 1/3/2024, official since 2019. */
static struct naming naming(struct person *p, const char *on, const char *role)
{
	struct naming n = { .p = p };
	person_forget(p);
	p->unit = U_LABORATORY;
	person_add(p, FACT_UNIT, "2010-01-01", NULL);
	p->unit = U_FACULTY;
	person_add(p, FACT_CEREMONY, "2018-03-01", NULL);
	person_add(p, FACT_RECOGNITION, "2019-03-01", NULL);
	person_add(p, FACT_UNIT, "2024-03-01", NULL);
	n.helper = active_of(p);
	person_forget(p);
	person_add(p, FACT_UNIT, "2020-01-01", NULL);
	person_add(p, "source", "2024-01-10", NULL);
	n.person = active_of(p);
	n.fact = person_fact(p, FACT_HELPER, on, role);
	n.fact.other.v = OTHER;
	return n;
}

static enum err can(struct naming *n)
{
	n->c.world = &n->p->world;
	n->c.person_id.v = ME;
	n->c.person = &n->person;
	n->c.helper = n->c.helper ? NULL : &n->helper; /* set before: not of the register */
	n->c.fact = &n->fact;
	n->warn = (struct warnings){ 0 };
	n->fault = (struct fault){ 0 };
	enum err e = helper_can(&n->c, &n->p->arena, &n->warn, &n->fault);
	n->c.helper = NULL;
	return e;
}

static void assert_fine(struct naming *n)
{
	struct fault f;
	assert_ok((can(n) == OK ? OK : (f = n->fault, f.code)));
	assert_int_equal(n->warn.n, 0);
}

static void assert_warns(struct naming *n, enum msg msg)
{
	struct fault f;
	assert_ok((can(n) == OK ? OK : (f = n->fault, f.code)));
	assert_int_equal(n->warn.n, 1);
	assert_int_equal(n->warn.v[0].msg, msg);
}

static void assert_no(struct naming *n, const char *field, enum msg msg)
{
	assert_int_not_equal(can(n), OK);
	assert_string_equal(n->fault.field, field);
	if (n->fault.msg != msg)
		testing_unexpected(&n->fault, "can", __FILE__, __LINE__);
}

/* 12 months from 1/3/2024 end on 1/3/2025. */
static void test_introducing_takes_twelve_months_in_one_unit(void **state)
{
	struct naming n = naming(*state, "2025-02-28", "introducer_1");
	assert_no(&n, "since", MSG_HELPER_SHARED_SHORT);
	assert_string_equal(n.fault.arg[0], "01/03/2024");
	assert_string_equal(n.fault.arg[2], "01/03/2025");
	assert_string_equal(n.fault.rule, "24-QĐ/TW");
	n = naming(*state, "2025-03-01", "introducer_1");
	assert_fine(&n);
	n = naming(*state, "2025-02-28", "candidate_helper");
	assert_no(&n, "since", MSG_HELPER_SHARED_SHORT);
}

static void test_a_replacement_needs_no_time_shared(void **state)
{
	struct naming n = naming(*state, "2024-06-01", "replacement");
	assert_fine(&n);
}

static void test_a_helper_of_somebody_who_moved_in_needs_no_time_shared(void **state)
{
	struct naming n = naming(*state, "2025-02-28", "candidate_helper");
	person_add(n.p, FACT_PAPER, "2025-02-01", "being_helped");
	n.person = active_of(n.p);
	assert_fine(&n);
	n.fact.value = "introducer_1";
	assert_no(&n, "since", MSG_HELPER_SHARED_SHORT);
	n = naming(*state, "2024-06-01", "candidate_helper");
	person_add(n.p, FACT_PAPER, "2025-02-01", "being_helped"); /* only later */
	n.person = active_of(n.p);
	assert_no(&n, "since", MSG_HELPER_SHARED_SHORT);
	n = naming(*state, "2025-02-28", "candidate_helper");
	n.p->unit = U_LABORATORY;
	person_add(n.p, FACT_UNIT, "2023-01-01", NULL);
	n.p->unit = U_FACULTY;
	person_add(n.p, FACT_UNIT, "2024-12-01", NULL); /* back in the first one: not moved in */
	n.person = active_of(n.p);
	assert_no(&n, "since", MSG_HELPER_SHARED_SHORT);
	person_add(n.p, FACT_UNIT, "2025-01-01", NULL)->unit.v = U_HAMLET;
	n.person = active_of(n.p);
	assert_fine(&n);
	n.fact.on = iso("2019-12-31"); /* not yet anywhere */
	assert_no(&n, "since", MSG_HELPER_NOT_SHARED);
}

static void test_what_is_typed_counts_before_the_register(void **state)
{
	struct naming n = naming(*state, "2025-02-28", "introducer_1");
	n.fact.since = iso("2023-09-01"); /* they shared the place of work before */
	assert_warns(&n, MSG_HELPER_SHARED_DIFFERS);
	n.fact.since = iso("2024-09-01");
	assert_no(&n, "since", MSG_HELPER_SHARED_SHORT);
	n.fact.since = iso("2024-02-28");
	assert_warns(&n, MSG_HELPER_SHARED_DIFFERS);
	n = naming(*state, "2025-03-10", "introducer_1");
	n.fact.since = iso("2024-03-05");
	assert_fine(&n);
}

static void test_in_another_unit_the_day_has_to_be_given(void **state)
{
	struct naming n = naming(*state, "2024-02-01", "introducer_1"); /* the helper is still in the laboratory */
	assert_no(&n, "since", MSG_HELPER_NOT_SHARED);
	n.fact.since = iso("2022-01-01");
	assert_fine(&n);
}

static void test_a_register_that_does_not_know_since_when_only_warns(void **state)
{
	struct naming n = naming(*state, "2025-02-28", "introducer_1");
	static const char *const always[][2] = { { "" } };
	n.person = PLACES(n.p, always, U_FACULTY);
	for (size_t i = 0; i < n.helper.n; i++)
		n.helper.v[i].unit.v = U_FACULTY;
	assert_fine(&n); /* the helper came on 1/1/2010 */
	n.helper = n.person;
	assert_int_equal(can(&n), OK);
	assert_int_equal(n.warn.n, 2);
	assert_int_equal(n.warn.v[0].msg, MSG_HELPER_RANK_UNKNOWN);
	assert_int_equal(n.warn.v[1].msg, MSG_HELPER_SHARED_UNKNOWN);
}

static void test_somebody_outside_the_register_is_a_warning(void **state)
{
	struct naming n = naming(*state, "2025-02-28", "introducer_1");
	n.fact.other.v = 0;
	assert_no(&n, "other", MSG_HELPER_WHO);
	n.fact.detail = "Đỗ Văn Thử";
	n.c.helper = &n.helper;
	assert_int_equal(can(&n), OK);
	assert_int_equal(n.warn.n, 2);
	assert_int_equal(n.warn.v[0].msg, MSG_HELPER_OUTSIDE);
	assert_int_equal(n.warn.v[1].msg, MSG_HELPER_SHARED_UNKNOWN);
	n.c.helper = &n.helper;
	n.fact.since = iso("2024-03-01");
	assert_no(&n, "since", MSG_HELPER_SHARED_SHORT);
}

static void test_nobody_helps_themselves_nor_introduces_twice(void **state)
{
	struct naming n = naming(*state, "2025-03-01", "introducer_2");
	n.fact.other.v = ME;
	assert_no(&n, "other", MSG_HELPER_SELF);
	n.fact.other.v = OTHER;
	int seq = name(n.p, "2025-03-01", "introducer_1", OTHER)->seq;
	n.person = active_of(n.p);
	assert_no(&n, "other", MSG_HELPER_TWICE);
	n.fact.corrects = seq;
	assert_fine(&n);
	n.fact.corrects = 0;
	n.fact.value = "candidate_helper";
	assert_fine(&n);
	n.fact.value = "introducer_2";
	end(n.p, "2025-03-01", "moved", seq);
	n.person = active_of(n.p);
	assert_fine(&n);
	name(n.p, "2025-02-01", "candidate_helper", OTHER);
	name(n.p, "2025-02-01", "introducer_1", OTHER + 1);
	n.person = active_of(n.p);
	assert_fine(&n);
}

static void test_a_helper_must_be_official_on_that_day(void **state)
{
	struct naming n = naming(*state, "2018-06-01", "replacement");
	assert_no(&n, "other", MSG_HELPER_NOT_OFFICIAL);
	assert_string_equal(n.fault.arg[0], "01/06/2018");
	n = naming(*state, "2018-01-01", "replacement"); /* nothing is on record yet */
	assert_warns(&n, MSG_HELPER_RANK_UNKNOWN);
}

static void test_who_is_gone_or_suspended_cannot_help(void **state)
{
	struct person *p = *state;
	struct naming n = naming(p, "2025-03-01", "introducer_1");
	struct fact gone = person_fact(p, FACT_LEFT, "2025-01-15", "died");
	struct facts more = { 0 };
	for (size_t i = 0; i < n.helper.n; i++)
		*arena_push(&p->arena, more.v, more.n, more.cap) = n.helper.v[i];
	struct fact *last = arena_push(&p->arena, more.v, more.n, more.cap);
	*last = gone;
	n.helper = more;
	assert_no(&n, "other", MSG_HELPER_OUT);
	assert_string_equal(n.fault.arg[0], "đã từ trần ngày 15/01/2025");
	assert_string_equal(n.fault.arg[1], "died on 15/01/2025");
	last->kind = FACT_DISCIPLINE;
	last->value = "suspended";
	assert_no(&n, "other", MSG_HELPER_OUT);
	last->value = "reprimand";
	assert_warns(&n, MSG_HELPER_WAS_DISCIPLINED);
}

static void test_a_role_that_does_not_fit_the_day_is_a_warning(void **state)
{
	struct person *p = *state;
	struct naming n = naming(p, "2025-03-01", "probation_helper");
	assert_warns(&n, MSG_HELPER_STAGE);
	person_add(p, FACT_CEREMONY, "2025-03-01", NULL); /* of a list that knows no decision */
	n.person = active_of(p);
	assert_fine(&n);
	n = naming(p, "2025-03-01", "probation_helper");
	person_add(p, FACT_DECISION, "2025-02-01", NULL);
	n.person = active_of(p);
	assert_fine(&n);
	person_add(p, FACT_CEREMONY, "2025-03-01", NULL);
	n.person = active_of(p);
	assert_fine(&n);
	n.fact.value = "introducer_1";
	assert_warns(&n, MSG_HELPER_STAGE);
	n.fact.value = "replacement";
	assert_fine(&n);
	person_add(p, FACT_LEFT, "2025-03-01", "struck_off");
	n.person = active_of(p);
	assert_warns(&n, MSG_HELPER_OF_NOBODY);
	n.fact.value = "probation_helper";
	assert_warns(&n, MSG_HELPER_OF_NOBODY);
}

static void test_a_pack_without_the_measure_asks_for_no_time(void **state)
{
	struct person *p = *state;
	struct naming n = naming(p, "2024-06-01", "introducer_1");
	for (size_t i = 0; i < p->rules.n; i++)
		p->rules.packs[i]->clocks_n = p->rules.packs[i]->checks_n = 0;
	assert_fine(&n);
	n.fact.other.v = ME;
	assert_no(&n, "other", MSG_HELPER_SELF);
	assert_string_equal(n.fault.rule, "");
}

static void test_citation_of_replacement(void **state)
{
	struct person *p = *state;
	assert_string_equal(helper_cite(&p->rules, iso("2025-09-01")), "294-QĐ/TW, 3.2.2");
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
	const struct CMUnitTest tests[] = {
		T(test_nobody_is_named_at_first), T(test_a_helper_of_a_candidate_is_one_up_to_the_ceremony),
		T(test_a_helper_of_a_probationary_member_is_one_up_to_the_recognition),
		T(test_an_exit_ends_all_help_and_a_new_candidacy_begins_without),
		T(test_a_replacement_after_an_earlier_membership_helps_a_candidate),
		T(test_a_candidate_who_moved_and_is_here_again_is_a_candidate), T(test_a_place_does_not_bring_back_whoever_left),
		T(test_ended_by_the_branch_and_replaced), T(test_a_replacement_that_names_whom_it_replaces_ends_that_one),
		T(test_a_task_that_is_done_needs_nobody_else), T(test_an_end_of_an_earlier_candidacy_needs_nobody_else),
		T(test_who_is_gone_in_a_second_candidacy_is_missed), T(test_the_end_counts_for_a_corrected_naming_too),
		T(test_two_official_members_are_enough),
		T(test_members_outside_the_register_are_told_apart_by_name), T(test_one_member_and_the_youth_union_are_enough),
		T(test_the_trade_union_counts_only_where_there_is_no_youth_union), T(test_helpers_of_probation_introduce_nobody),
		T(test_rank_follows_the_life_of_a_member), T(test_place_and_since_when),
		T(test_exits_and_what_keeps_a_member_from_helping), T(test_a_transfer_keeps_from_helping_until_the_member_is_back),
		T(test_a_member_transferred_back_has_the_old_rank), T(test_discipline_and_suspension_with_their_end),
		T(test_a_transfer_for_a_time_is_over_with_its_months), T(test_a_transfer_and_the_new_place_may_be_entered_in_any_order),
		T(test_a_transfer_to_elsewhere_brings_nobody_back), T(test_who_was_restored_may_help_again),
		T(test_a_new_recognition_on_the_day_the_old_one_is_cancelled),
		T(test_a_replacement_after_a_cancelled_decision_helps_a_candidate),
		T(test_a_helper_who_stays_stays), T(test_a_helper_who_moves_is_gone),
		T(test_a_helper_who_died_was_disciplined_or_lost_the_rank_is_gone), T(test_each_reason_has_a_key_and_a_sentence),
		T(test_shared_since_the_later_of_two_came), T(test_who_moved_together_shared_all_the_time),
		T(test_who_parted_in_between_begins_anew), T(test_branches_of_one_sub_committee_are_one_unit),
		T(test_the_grassroots_organisation_of_a_unit), T(test_introducing_takes_twelve_months_in_one_unit),
		T(test_a_replacement_needs_no_time_shared), T(test_a_helper_of_somebody_who_moved_in_needs_no_time_shared),
		T(test_what_is_typed_counts_before_the_register), T(test_in_another_unit_the_day_has_to_be_given),
		T(test_a_register_that_does_not_know_since_when_only_warns), T(test_somebody_outside_the_register_is_a_warning),
		T(test_nobody_helps_themselves_nor_introduces_twice), T(test_a_helper_must_be_official_on_that_day),
		T(test_who_is_gone_or_suspended_cannot_help), T(test_a_role_that_does_not_fit_the_day_is_a_warning),
		T(test_a_pack_without_the_measure_asks_for_no_time), T(test_citation_of_replacement),
	};
	return cmocka_run_group_tests_name("helper", tests, NULL, NULL);
}
