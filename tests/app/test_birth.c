/* The day of birth of a member is locked (since 18/8/2016): one account proposes a correction, another one confirms it. */
#include "office.h"

#include "app/history.h"

#include <inttypes.h>

#define THU "unit=TB-02", "name=Nguyễn Văn Thử", "birth=1995-05-20"

static int64_t member(struct office *o)
{
	DO(o, "person_record", THU, "decided=2024-03-01", "decision_no=12-QĐ/TU", "ceremony=2024-03-20");
	return o->result.entity_id;
}

static const char *word(struct office *o, const char *name, int64_t v)
{
	return arena_printf(&o->arena, "%s=%" PRId64, name, v);
}

static const char *birth(struct office *o, int64_t id)
{
	struct facts f = office_facts(o, id);
	return facts_value(&f, "birth", DAY_NONE);
}

static int64_t proposal(struct office *o, int64_t id)
{
	struct facts f = office_facts(o, id);
	const struct fact *p = facts_last(&f, FACT_BIRTH_PROPOSED, DAY_NONE);
	assert_non_null(p);
	return p->seq;
}

#define PROPOSE(o, id, day) "birth_propose", word(o, "person", id), "birth=" day, "reason=ghi nhầm so với hồ sơ gốc", "paper_no=15/GKS"
#define CONFIRM(o, id) "birth_confirm", word(o, "person", id), word(o, "seq", proposal(o, id))

static void test_proposal_changes_nothing(void **state)
{
	struct office *o = *state;
	int64_t id = member(o), entries = office_entries(o);
	o->app.actor = "user:lan";
	DO(o, PROPOSE(o, id, "1995-05-21"));
	assert_string_equal(birth(o, id), "1995-05-20");
	assert_int_equal(office_entries(o), entries + 1);
	struct facts f = office_facts(o, id);
	const struct fact *p = facts_last(&f, FACT_BIRTH_PROPOSED, DAY_NONE);
	assert_string_equal(p->value, "1995-05-21");
	assert_string_equal(p->detail, "ghi nhầm so với hồ sơ gốc");
	assert_int_equal(p->on.n, on(TODAY).n);
}

static void test_second_account_confirms_and_the_old_day_is_kept(void **state)
{
	struct office *o = *state;
	int64_t id = member(o);
	o->app.actor = "user:lan";
	DO(o, PROPOSE(o, id, "1995-05-21"), "paper_on=1995-06-01");
	o->app.actor = "user:minh";
	DO(o, CONFIRM(o, id));
	assert_string_equal(birth(o, id), "1995-05-21");
	struct facts f = office_facts(o, id);
	const struct fact *right = facts_first(&f, "birth");
	assert_string_equal(right->paper_no, "15/GKS");
	assert_int_equal(right->paper_on.n, on("1995-06-01").n);
	assert_true(right->corrects > 0);
	REFUSED(o, E_CONFLICT, "seq", MSG_BIRTH_SETTLED, CONFIRM(o, id));
}

static void test_the_same_login_cannot_confirm_by_any_way_in(void **state)
{
	struct office *o = *state;
	int64_t id = member(o);
	o->app.actor = "user:lan";
	DO(o, PROPOSE(o, id, "1995-05-21"));
	REFUSED(o, E_RULE, "seq", MSG_BIRTH_SAME_LOGIN, CONFIRM(o, id));
	assert_string_equal(o->fault.rule, "quy định áp dụng từ 18/8/2016");
	assert_string_equal(fault_text(&o->fault, LANG_VI, &o->arena),
		"đề nghị này do chính «lan» lập; phải có người khác, bằng tài khoản khác, xác nhận");
	o->app.actor = "cli:lan";
	REFUSED(o, E_RULE, "seq", MSG_BIRTH_SAME_LOGIN, CONFIRM(o, id));
	assert_string_equal(birth(o, id), "1995-05-20");
}

static void test_reason_and_legal_paper_are_required(void **state)
{
	struct office *o = *state;
	int64_t id = member(o);
	REFUSED(o, E_INVALID, "reason", MSG_REQUIRED, "birth_propose", word(o, "person", id), "birth=1995-05-21", "paper_no=15/GKS");
	REFUSED(o, E_INVALID, "paper_no", MSG_REQUIRED, "birth_propose", word(o, "person", id), "birth=1995-05-21", "reason=nhầm");
	/* the bare fact is no way around them */
	struct facts known = office_facts(o, id);
	int64_t birth_seq = facts_first(&known, "birth")->seq;
	o->app.actor = "user:lan";
	DO(o, "fact_record", word(o, "person", id), "kind=birth_proposed", "on=2026-06-01", "value=1995-05-21",
		word(o, "about", birth_seq));
	o->app.actor = "user:minh";
	REFUSED(o, E_RULE, "seq", MSG_BIRTH_NO_PAPER, CONFIRM(o, id));
}

static void test_what_cannot_be_proposed(void **state)
{
	struct office *o = *state;
	int64_t id = member(o);
	REFUSED(o, E_CONFLICT, "birth", MSG_BIRTH_SAME, PROPOSE(o, id, "1995-05-20"));
	REFUSED(o, E_RULE, "birth", MSG_STANDING_BEFORE_BIRTH, PROPOSE(o, id, "2024-03-02"));
	REFUSED(o, E_NOTFOUND, "person", MSG_PERSON_UNKNOWN, PROPOSE(o, (int64_t)99, "1995-05-21"));
	REFUSED(o, E_NOTFOUND, "seq", MSG_BIRTH_NO_PROPOSAL, "birth_confirm", word(o, "person", id), "seq=1");
	REFUSED(o, E_NOTFOUND, "seq", MSG_BIRTH_NO_PROPOSAL, "birth_confirm", word(o, "person", id), "seq=99");
	DO(o, "person_record", "unit=TB-02", "name=Trần Chưa Vào", "birth=2000-01-01");
	REFUSED(o, E_RULE, "person", MSG_BIRTH_NOT_LOCKED, PROPOSE(o, o->result.entity_id, "2000-01-02"));
	DO(o, "person_record", "unit=TB-02", "name=Lê Không Ngày", "decided=2001-03-01");
	REFUSED(o, E_RULE, "birth", MSG_BIRTH_NONE, PROPOSE(o, o->result.entity_id, "1970-01-02"));
}

/* An old list may know the official day alone: the day of birth is locked all the same. */
static void test_an_official_member_of_an_old_list_is_locked_too(void **state)
{
	struct office *o = *state;
	DO(o, "person_record", "unit=TB-02", "name=Phạm Chính Thức", "birth=1960-02-03");
	int64_t id = o->result.entity_id;
	DO(o, "fact_record", word(o, "person", id), "kind=recognition", "on=1999-03-01");
	struct facts known = office_facts(o, id);
	REFUSED(o, E_RULE, "value", MSG_BIRTH_LOCKED, "fact_correct", word(o, "person", id),
		word(o, "seq", facts_first(&known, "birth")->seq), "value=1960-02-04", "reason=x");
	DO(o, PROPOSE(o, id, "1960-02-04"));
}

/* The journal says what was proposed instead of what, and what was confirmed. */
static void test_journal_shows_both(void **state)
{
	struct office *o = *state;
	int64_t id = member(o);
	struct history h;
	struct fault f;
	o->app.actor = "user:lan";
	DO(o, PROPOSE(o, id, "1995-05-21"));
	o->app.actor = "user:minh";
	DO(o, CONFIRM(o, id));
	assert_ok(history_read(&o->app, &(struct history_ask){ .from = DAY_NONE, .to = DAY_NONE, .most = 2 }, &o->arena, &h, &f));
	assert_string_equal(h.v[0].actor, "user:minh");
	assert_string_equal(h.v[0].fields[1].value, arena_printf(&o->arena, "%" PRId64 ": Đề nghị sửa ngày sinh, 30/06/2026: 21/05/1995",
		proposal(o, id)));
	assert_string_equal(h.v[1].fields[1].value, "21/05/1995");
	assert_string_equal(h.v[1].fields[1].old, "20/05/1995");
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, office_setup, office_teardown)
	const struct CMUnitTest tests[] = {
		T(test_proposal_changes_nothing), T(test_second_account_confirms_and_the_old_day_is_kept),
		T(test_the_same_login_cannot_confirm_by_any_way_in), T(test_reason_and_legal_paper_are_required), T(test_what_cannot_be_proposed),
		T(test_an_official_member_of_an_old_list_is_locked_too), T(test_journal_shows_both),
	};
	return RUN(tests);
}
