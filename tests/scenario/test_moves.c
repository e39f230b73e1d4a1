/* Moves of candidates in their five situations, members who move, striking off and appeal, cancelled decisions and their repair, admission
 * for a second time: through the operations, with the sentences that a user reads. Days are counted by hand. */
#include "figures.h"

#include "../app/office.h"
#include "base/text.h"
#include "domain/tenure.h"
#include "domain/transfer.h"

/* Province TT; commune TT-X with the hamlet branches TT-X-1 and TT-X-2, commune TT-Y with the hamlet branch TT-Y-1. */
static int setup(void **state)
{
	(void)office_setup(state);
	struct office *o = *state;
	DO(o, "unit_open", "code=TT", "name=Đảng bộ tỉnh Thử", "kind=PROVINCE", "opened=1990-01-01");
	DO(o, "unit_open", "code=TT-X", "name=Đảng bộ xã Mẫu", "kind=COMMUNE", "parent=TT", "opened=1990-01-01");
	DO(o, "unit_open", "code=TT-X-1", "name=Chi bộ thôn Một", "kind=BRANCH", "parent=TT-X", "opened=1990-01-01");
	DO(o, "unit_open", "code=TT-X-2", "name=Chi bộ thôn Hai", "kind=BRANCH", "parent=TT-X", "opened=1990-01-01");
	DO(o, "unit_open", "code=TT-Y", "name=Đảng bộ xã Bên", "kind=COMMUNE", "parent=TT", "opened=1990-01-01");
	DO(o, "unit_open", "code=TT-Y-1", "name=Chi bộ thôn Ba", "kind=BRANCH", "parent=TT-Y", "opened=1990-01-01");
	return 0;
}

/* ---- records in ---- */

#define WORD(o, ...) arena_printf(&(o)->arena, __VA_ARGS__)

static enum err try_move(struct office *o, int64_t person, const char *kind, const char *day, const char *to, const char *months)
{
	return office_do(o, "person_transfer", WORD(o, "person=%d", (int)person), WORD(o, "kind=%s", kind), WORD(o, "on=%s", day), to, months,
		NULL);
}

static void move(struct office *o, int64_t person, const char *kind, const char *day, const char *to)
{
	if (try_move(o, person, kind, day, to, NULL) != OK) {
		office_says_no(o, day);
		fail();
	}
}

static int64_t somebody(struct office *o, const char *name)
{
	DO(o, "person_record", "unit=TT-X-1", WORD(o, "name=%s", name), "birth=1990-05-20", "sex=female", "schooling=upper_secondary");
	return o->result.entity_id;
}

/* With certificate and dossier, all in TT-X-1. */
static int64_t candidate(struct office *o, const char *name)
{
	int64_t id = somebody(o, name);
	office_step(o, id, "source", "2023-01-10", NULL);
	office_step(o, id, "on_list", "2023-02-10", NULL);
	office_step(o, id, "class", "2023-05-01", NULL);
	office_step(o, id, "certificate", "2023-05-15", NULL);
	office_step(o, id, "dossier", "2025-06-10", NULL);
	return id;
}

static int64_t voted_on(struct office *o, const char *name)
{
	int64_t id = candidate(o, name);
	office_step(o, id, "branch_vote", "2025-08-11", "value=passed");
	return id;
}

static int64_t sent(struct office *o, const char *name)
{
	int64_t id = voted_on(o, name);
	office_step(o, id, "submitted", "2025-08-20", NULL);
	return id;
}

static int64_t official(struct office *o, const char *name)
{
	DO(o, "person_record", "unit=TT-X-1", WORD(o, "name=%s", name), "birth=1980-05-20", "sex=male", "schooling=upper_secondary",
		"decided=2010-03-01", "ceremony=2010-03-20", "official=2011-03-20");
	return o->result.entity_id;
}

/* ---- what follows ---- */

static struct standing standing_of(struct office *o, int64_t person, const char *today)
{
	struct standing s;
	struct world world = app_world(&o->app);
	struct facts active = office_facts(o, person);
	standing(&world, &active, on(today), &o->arena, &s);
	return s;
}

static void assert_state(struct office *o, int64_t person, const char *today, const char *state)
{
	assert_string_equal(standing_of(o, person, today).state, state);
}

static void assert_next(struct office *o, int64_t person, const char *today, const char *step)
{
	struct standing s = standing_of(o, person, today);
	assert_non_null(s.next);
	assert_string_equal(s.next->step->key, step);
}

static const char *due_of(struct office *o, int64_t person, const char *today, const char *clock)
{
	struct standing s = standing_of(o, person, today);
	const struct standing_clock *k = standing_clock_of(&s, clock);
	char text[DAY_TEXT];
	return k ? arena_strdup(&o->arena, day_iso(k->due, text)) : "";
}

static struct transfer transfer_on(struct office *o, int64_t person, const char *today)
{
	struct world world = app_world(&o->app);
	struct facts active = office_facts(o, person);
	struct transfer t;
	transfer_of(&world, &active, on(today), &o->arena, &t);
	return t;
}

/* All sentences of the situation, in Vietnamese, one a line. */
static const char *follows(struct office *o, int64_t person, const char *today)
{
	struct world world = app_world(&o->app);
	struct transfer t = transfer_on(o, person, today);
	struct warnings said;
	struct text all = TEXT(&o->arena);
	transfer_follows(&world, &t, &o->arena, &said);
	for (size_t i = 0; i < said.n; i++)
		text_addf(&all, "%s [%s]\n", fault_text(&said.v[i], LANG_VI, &o->arena), said.v[i].rule);
	return text_str(&all);
}

static const char *sentence(struct office *o)
{
	return fault_text(&o->fault, LANG_VI, &o->arena);
}

static bool warned_of(struct office *o, const char *part)
{
	for (size_t i = 0; i < o->result.warnings.n; i++)
		if (strstr(fault_text(&o->result.warnings.v[i], LANG_VI, &o->arena), part))
			return true;
	return false;
}

static bool is_member(struct office *o, int64_t person, const char *day)
{
	struct facts active = office_facts(o, person);
	return facts_is_member(&active, on(day));
}

static struct tenure tenure(struct office *o, int64_t person, const char *day)
{
	struct tenure t;
	struct facts active = office_facts(o, person);
	tenure_of(&active, on(day), &t);
	return t;
}

static int64_t members(struct office *o, const char *day)
{
	struct cube *cube;
	struct unit *u;
	assert_int_equal(app_cube(&o->app, &cube, &o->fault), OK);
	assert_int_equal(app_unit(&o->app, "TT", "unit", &u, &o->fault), OK);
	return cube_members(cube, (struct scope){ u->id, on(day) }, on(day));
}

static int64_t admitted(struct office *o, const char *from, const char *to)
{
	struct cube *cube;
	struct unit *u;
	assert_int_equal(app_cube(&o->app, &cube, &o->fault), OK);
	assert_int_equal(app_unit(&o->app, "TT", "unit", &u, &o->fault), OK);
	return cube_admitted(cube, (struct scope){ u->id, on(to) }, (struct period){ on(from), on(to) }, (struct filter){ 0 });
}

/* The journal, replayed from its first entry, gives the tables as they are. */
static void assert_replays(struct office *o)
{
	struct verify_result r;
	assert_int_equal(verify_all(&o->app, &r, &o->fault), OK);
}

/* ---- a candidate who moves ---- */

static void test_moved_before_any_resolution_keeps_the_certificate(void **state)
{
	struct office *o = *state;
	int64_t id = candidate(o, "Nguyễn Thị Trước");
	move(o, id, "candidate", "2025-09-08", "unit=TT-Y-1");
	assert_int_equal(transfer_on(o, id, "2025-09-09").situation, TRANSFER_BEFORE);
	assert_string_equal(follows(o, id, "2025-09-09"),
		"Chi bộ nơi mới phân công đảng viên chính thức giúp đỡ; không cần đủ thời gian cùng đơn vị [06-HD/TW, 3.9a]\n"
		"Giấy chứng nhận bồi dưỡng nhận thức về Đảng vẫn dùng được khi còn thời hạn [06-HD/TW, 3.9a]\n"
		"Nơi cũ cấp giấy chứng nhận người đó đang được giúp đỡ, xem xét kết nạp [06-HD/TW, 3.9a]\n");
	assert_string_equal(due_of(o, id, "2025-09-09", "T1"), "2028-05-15");
	assert_string_equal(due_of(o, id, "2025-09-09", "T17"), "");
	office_step(o, id, "paper", "2025-09-10", "value=being_helped");
	assert_replays(o);
}

/* The branch of the new place votes anew; what the old one resolved stays in the history. */
static void test_moved_after_resolutions_is_considered_again(void **state)
{
	struct office *o = *state;
	int64_t id = voted_on(o, "Nguyễn Thị Sau");
	assert_state(o, id, "2025-09-07", "BRANCH_PASSED");
	move(o, id, "candidate", "2025-09-08", "unit=TT-Y-1");
	assert_int_equal(transfer_on(o, id, "2025-09-09").situation, TRANSFER_RESOLVED);
	assert_string_equal(follows(o, id, "2025-09-09"),
		"Nơi cũ gửi công văn kèm hồ sơ đến cấp có thẩm quyền của nơi mới [06-HD/TW, 3.9b]\n"
		"Nghị quyết của nơi cũ trước ngày chuyển đi 08/09/2025 không còn tính: nơi mới phân công người giúp đỡ và xem xét lại "
		"[06-HD/TW, 3.9b]\n");
	assert_state(o, id, "2025-09-07", "BRANCH_PASSED");
	assert_state(o, id, "2025-09-09", "DOSSIER");
	assert_string_equal(due_of(o, id, "2025-09-09", "T7"), "");
	struct facts active = office_facts(o, id);
	assert_non_null(facts_first(&active, "branch_vote"));
	office_step(o, id, "branch_vote", "2025-10-06", "value=passed");
	assert_state(o, id, "2025-10-07", "BRANCH_PASSED");
	assert_replays(o);
}

/* 15 working days from Monday 8/9/2025: five weeks' days of 9-12, 15-19, 22-26/9 are 14, 29/9 is the 15th. 30 from Thursday 25/9: 26/9 is
 * the 1st, 29/9-3/10 the 2nd to 6th, then weeks of five end on 10/10 (11), 17/10 (16), 24/10 (21), 31/10 (26); 6/11 is the 30th. */
static void test_moved_after_the_file_was_sent_is_forwarded_and_decided_by_the_new_authority(void **state)
{
	struct office *o = *state;
	int64_t id = sent(o, "Nguyễn Thị Gửi");
	move(o, id, "candidate", "2025-09-08", "unit=TT-Y-1");
	assert_int_equal(transfer_on(o, id, "2025-09-09").situation, TRANSFER_FILE_SENT);
	assert_string_equal(follows(o, id, "2025-09-09"),
		"Cấp có thẩm quyền của nơi cũ chuyển hồ sơ đến cấp có thẩm quyền của nơi mới chậm nhất ngày 29/09/2025 [06-HD/TW, 3.9b]\n"
		"Cấp có thẩm quyền của nơi mới quyết định trong 30 ngày làm việc kể từ ngày nhận hồ sơ; quá hạn phải báo cáo lý do lên cấp trên "
		"[06-HD/TW, 3.9b]\n"
		"Quyết định của nơi cũ, nếu có, chỉ dùng được khi ban hành chậm nhất ngày 20/10/2025 [06-HD/TW, 3.9c]\n");
	assert_state(o, id, "2025-09-09", "APPRAISING");
	assert_string_equal(due_of(o, id, "2025-09-09", "T17"), "2025-09-29");
	office_step(o, id, "file_forwarded", "2025-09-22", NULL);
	office_step(o, id, "file_received", "2025-09-25", NULL);
	assert_string_equal(due_of(o, id, "2025-09-26", "T18"), "2025-11-06");
	assert_string_equal(due_of(o, id, "2025-09-24", "T7"), "2025-10-15"); /* of the old authority, until the new one has the file */
	assert_string_equal(due_of(o, id, "2025-09-26", "T7"), "");
	office_step(o, id, "decision", "2025-10-30", NULL);
	office_step(o, id, "ceremony", "2025-11-14", NULL);
	assert_state(o, id, "2025-11-15", "PROBATION");
	assert_replays(o);
}

static void test_moved_within_one_authority_forwards_nothing(void **state)
{
	struct office *o = *state;
	int64_t id = sent(o, "Nguyễn Thị Gần");
	move(o, id, "candidate", "2025-09-08", "unit=TT-X-2");
	assert_string_equal(follows(o, id, "2025-09-09"),
		"Nơi cũ và nơi mới cùng một cấp có thẩm quyền: cấp đó quyết định và gửi quyết định đến nơi mới [06-HD/TW, 3.9c]\n");
	assert_string_equal(due_of(o, id, "2025-09-09", "T17"), "");
}

static void test_decided_by_the_same_authority_has_the_ceremony_at_the_new_place(void **state)
{
	struct office *o = *state;
	int64_t id = sent(o, "Nguyễn Thị Cùng");
	office_step(o, id, "decision", "2025-09-03", NULL);
	move(o, id, "candidate", "2025-09-08", "unit=TT-X-2");
	assert_int_equal(transfer_on(o, id, "2025-09-09").situation, TRANSFER_DECIDED_SAME);
	assert_string_equal(follows(o, id, "2025-09-09"),
		"Quyết định được chuyển đến tổ chức cơ sở đảng nơi mới; lễ kết nạp tổ chức tại nơi mới [06-HD/TW, 3.9c]\n");
	assert_int_equal(office_try_step(o, id, "ceremony", "2025-09-20", "unit=TT-X-1"), E_RULE);
	assert_string_equal(sentence(o),
		"lễ kết nạp chỉ tổ chức tại nơi mới, «Chi bộ thôn Hai»; hãy chọn đúng tổ chức, hoặc đính chính việc chuyển đi");
	assert_string_equal(o->fault.rule, "06-HD/TW, 3.9c");
	office_step(o, id, "ceremony", "2025-09-20", NULL);
	assert_state(o, id, "2025-09-21", "PROBATION");
}

/* Of 30 working days from 8/9/2025 the weeks of five end on 12/9 (4), 19/9 (9), 26/9 (14), 3/10 (19), 10/10 (24), 17/10 (29): Monday
 * 20/10 is the 30th. */
static void test_a_decision_of_the_old_authority_on_day_30_after_the_move_is_good(void **state)
{
	struct office *o = *state;
	int64_t id = sent(o, "Nguyễn Thị Kịp");
	move(o, id, "candidate", "2025-09-08", "unit=TT-Y-1");
	office_step(o, id, "decision", "2025-10-20", "unit=TT-X-1");
	assert_int_equal(transfer_on(o, id, "2025-10-22").situation, TRANSFER_DECIDED_OTHER);
	assert_false(transfer_on(o, id, "2025-10-22").must_cancel);
	assert_non_null(strstr(follows(o, id, "2025-10-22"),
		"Quyết định ngày 20/10/2025 còn dùng được (hạn cuối 20/10/2025): gửi đến nơi mới, lễ kết nạp chỉ tổ chức tại nơi mới"));
	assert_int_equal(office_try_step(o, id, "ceremony", "2025-11-03", "unit=TT-X-1"), E_RULE);
	office_step(o, id, "ceremony", "2025-11-03", NULL);
	assert_state(o, id, "2025-11-04", "PROBATION");
}

/* The next day, Tuesday 21/10, is the 31st: cancelled, the file forwarded, decided anew by the new authority. */
static void test_a_decision_of_the_old_authority_on_day_31_has_to_be_cancelled(void **state)
{
	struct office *o = *state;
	int64_t id = sent(o, "Nguyễn Thị Muộn");
	move(o, id, "candidate", "2025-09-08", "unit=TT-Y-1");
	office_step(o, id, "decision", "2025-10-21", "unit=TT-X-1");
	assert_true(transfer_on(o, id, "2025-10-22").must_cancel);
	assert_int_equal(office_try_step(o, id, "ceremony", "2025-11-03", NULL), E_RULE);
	assert_string_equal(sentence(o), "quyết định kết nạp ngày 21/10/2025 ban hành sau hạn cuối 20/10/2025 kể từ ngày chuyển đi 08/09/2025; "
		"phải ghi hủy quyết định (lý do: ban hành quá hạn sau khi chuyển đi) và chuyển hồ sơ đến nơi mới");
	office_step(o, id, "decision_cancelled", "2025-11-05", "value=after_move");
	assert_next(o, id, "2025-11-06", "decision");
	assert_int_equal(admitted(o, "2025-01-01", "2025-12-31"), 0);
	office_step(o, id, "file_received", "2025-11-10", NULL);
	office_step(o, id, "decision", "2025-12-01", NULL);
	office_step(o, id, "ceremony", "2025-12-15", NULL);
	assert_state(o, id, "2025-12-16", "PROBATION");
	assert_int_equal(admitted(o, "2025-01-01", "2025-12-31"), 1);
	assert_replays(o);
}

/* 60 working days from Monday 6/10/2025: thirty to 17/11, thirty more to Monday 29/12. */
static void test_the_new_place_may_ask_to_examine_again(void **state)
{
	struct office *o = *state;
	int64_t id = sent(o, "Nguyễn Thị Xét");
	office_step(o, id, "decision", "2025-09-03", NULL);
	move(o, id, "candidate", "2025-09-08", "unit=TT-Y-1");
	assert_non_null(strstr(follows(o, id, "2025-09-09"),
		"Nơi mới thấy cần thì đề nghị xem xét lại; nơi cũ trả lời trong 60 ngày làm việc kể từ ngày nhận đề nghị [06-HD/TW, 3.9c]"));
	office_step(o, id, "reexamine_asked", "2025-10-06", NULL);
	assert_string_equal(due_of(o, id, "2025-10-07", "T20"), "2025-12-29");
	office_step(o, id, "reexamine_answered", "2025-11-03", NULL);
}

static void test_a_candidate_who_leaves_the_register_has_moved(void **state)
{
	struct office *o = *state;
	int64_t id = candidate(o, "Nguyễn Thị Xa");
	move(o, id, "candidate", "2025-09-08", "place=Đảng ủy xã Khác");
	assert_state(o, id, "2025-09-09", "MOVED_CANDIDATE");
	office_step(o, id, "notified", "2025-09-15", NULL);
	int64_t decided = sent(o, "Nguyễn Thị Rồi");
	office_step(o, decided, "decision", "2025-09-03", NULL);
	move(o, decided, "candidate", "2025-09-08", "place=Đảng ủy xã Khác");
	assert_false(is_member(o, decided, "2025-09-08"));
	assert_int_equal(office_try_step(o, decided, "ceremony", "2025-09-20", NULL), E_RULE);
	assert_string_equal(sentence(o),
		"lễ kết nạp chỉ tổ chức tại nơi mới, «Đảng ủy xã Khác»; hãy chọn đúng tổ chức, hoặc đính chính việc chuyển đi");
}

static void test_a_move_that_cannot_be_is_refused(void **state)
{
	struct office *o = *state;
	int64_t id = candidate(o, "Nguyễn Thị Sai"), member = official(o, "Trần Văn Sai");
	assert_int_equal(try_move(o, id, "candidate", "2025-09-08", NULL, NULL), E_INVALID);
	assert_string_equal(sentence(o), "ghi đúng một nơi đến: mã tổ chức trong hệ thống, hoặc tên nơi đến ngoài hệ thống");
	assert_int_equal(try_move(o, id, "candidate", "2025-09-08", "unit=TT-X-1", NULL), E_RULE);
	assert_string_equal(sentence(o), "người này đang ở chính «Chi bộ thôn Một»; hãy chọn nơi đến khác hoặc sửa ngày");
	assert_int_equal(try_move(o, id, "member", "2025-09-08", "unit=TT-X-2", NULL), E_RULE);
	assert_string_equal(sentence(o), "người này chưa là đảng viên; hãy chọn «Người xin vào Đảng chuyển đi»");
	assert_int_equal(try_move(o, member, "candidate", "2025-09-08", "unit=TT-X-2", NULL), E_RULE);
	assert_string_equal(sentence(o), "người này là đảng viên; hãy chọn chuyển chính thức, tạm thời hoặc đi học");
	assert_int_equal(try_move(o, member, "member", "2025-09-08", "unit=TT-X-2", "months=3"), E_INVALID);
	assert_string_equal(sentence(o), "số tháng chỉ ghi khi chuyển tạm thời hoặc đi học; hãy bỏ trống");
	assert_int_equal(try_move(o, member, "member", "2027-09-08", "unit=TT-X-2", NULL), E_RULE);
	move(o, member, "member", "2025-09-08", "unit=TT-X-2");
	move(o, member, "member", "2025-09-08", "unit=TT-X-2"); /* once more: nothing new */
	assert_true(o->result.unchanged);
	assert_int_equal(try_move(o, member, "member", "2025-09-08", "unit=TT-Y-1", NULL), E_CONFLICT);
}

static void test_a_move_that_is_withdrawn_never_was(void **state)
{
	struct office *o = *state;
	int64_t id = voted_on(o, "Nguyễn Thị Thôi");
	move(o, id, "candidate", "2025-09-08", "unit=TT-Y-1");
	struct facts active = office_facts(o, id);
	const int32_t seq[] = { facts_last(&active, "transfer", DAY_NONE)->seq, facts_last(&active, "unit", DAY_NONE)->seq };
	for (int i = 0; i < 2; i++)
		DO(o, "fact_correct", WORD(o, "person=%d", (int)id), WORD(o, "seq=%d", (int)seq[i]), "withdraw=1", "reason=Không chuyển nữa");
	assert_state(o, id, "2025-09-09", "BRANCH_PASSED");
	assert_int_equal(transfer_on(o, id, "2025-09-09").situation, TRANSFER_NONE);
}

/* ---- members who move ---- */

/* 60 working days from 8/9/2025: 30 to 20/10 (above), six weeks more to Monday 1/12. 30 from Monday 6/10/2025: to Monday 17/11. */
static void test_a_member_moves_within_the_register(void **state)
{
	struct office *o = *state;
	int64_t id = official(o, "Trần Văn Chuyển");
	move(o, id, "member", "2025-09-08", "unit=TT-Y-1");
	assert_string_equal(due_of(o, id, "2025-09-09", "T22"), "2025-12-01");
	office_step(o, id, "introduced", "2025-10-06", NULL);
	assert_string_equal(due_of(o, id, "2025-10-07", "T23"), "2025-11-17");
	office_step(o, id, "presented", "2025-10-20", NULL);
	assert_true(is_member(o, id, "2025-12-31"));
	assert_int_equal(members(o, "2025-12-31"), 1);
	assert_replays(o);
}

/* Struck off by the receiving side after more than three months: 6/10/2025 + 3 months is 6/1/2026. */
static void test_papers_that_are_not_presented_for_three_months_are_a_ground(void **state)
{
	struct office *o = *state;
	int64_t id = official(o, "Trần Văn Bỏ");
	move(o, id, "member", "2025-09-08", "unit=TT-Y-1");
	office_step(o, id, "introduced", "2025-10-06", NULL);
	assert_int_equal(office_do(o, "fact_record", WORD(o, "person=%d", (int)id), "kind=left", "value=struck_off", "detail=not_filed",
		"on=2026-01-06", NULL), E_RULE);
	assert_string_equal(sentence(o), "Chưa quá 3 tháng kể từ ngày giới thiệu mà không nộp hồ sơ chuyển sinh hoạt (hết ngày 06/01/2026); "
		"hãy ghi ngày giới thiệu hoặc chọn lý do khác");
	DO(o, "fact_record", WORD(o, "person=%d", (int)id), "kind=left", "value=struck_off", "detail=not_filed", "on=2026-01-07");
	assert_false(is_member(o, id, "2026-01-07"));
}

static void test_a_member_goes_outside_and_comes_back(void **state)
{
	struct office *o = *state;
	int64_t id = official(o, "Trần Văn Về");
	move(o, id, "member", "2024-01-08", "place=Đảng ủy tỉnh Xa");
	assert_false(is_member(o, id, "2024-01-08"));
	assert_int_equal(members(o, "2024-12-31"), 0);
	move(o, id, "member", "2025-09-08", "unit=TT-X-2");
	assert_true(is_member(o, id, "2025-09-08"));
	assert_false(is_member(o, id, "2025-09-07"));
	assert_state(o, id, "2025-09-09", "OFFICIAL");
	assert_int_equal(tenure(o, id, "2026-03-01").months, 16 * 12); /* nobody left the Party */
	assert_replays(o);
}

static void test_a_temporary_transfer_keeps_the_member_and_has_its_limits(void **state)
{
	struct office *o = *state;
	int64_t id = official(o, "Trần Văn Tạm");
	const char *between = "Chuyển sinh hoạt tạm thời phải từ 3 tháng đến dưới 12 tháng; dài hơn thì chuyển chính thức, "
		"ngắn hơn thì không phải chuyển";
	assert_int_equal(try_move(o, id, "temporary", "2025-09-08", "unit=TT-Y-1", NULL), E_INVALID);
	assert_int_equal(try_move(o, id, "temporary", "2025-09-08", "unit=TT-Y-1", "months=2"), E_RULE);
	assert_string_equal(sentence(o), between);
	assert_int_equal(try_move(o, id, "temporary", "2025-09-08", "unit=TT-Y-1", "months=12"), E_RULE);
	assert_int_equal(try_move(o, id, "study", "2025-09-08", "unit=TT-Y-1", "months=25"), E_RULE);
	assert_string_equal(sentence(o),
		"Chuyển sinh hoạt tạm thời để đi học phải từ 3 đến 24 tháng; dài hơn thì chuyển chính thức đến nơi học");
	assert_int_equal(try_move(o, id, "temporary", "2025-09-08", "unit=TT-Y-1", "months=11"), OK);
	struct facts active = office_facts(o, id);
	assert_non_null(transfer_away(&active, on("2025-09-08")));
	assert_non_null(transfer_away(&active, on("2026-06-30")));
	assert_null(transfer_away(&active, on("2025-09-07")));
	assert_int_equal(facts_unit(&active, on("2025-12-01")).v, facts_unit(&active, on("2025-01-01")).v);
	assert_int_equal(members(o, "2025-12-31"), 1);
	office_step(o, id, "returned", "2026-02-02", NULL);
	active = office_facts(o, id);
	assert_null(transfer_away(&active, on("2026-02-02")));
	assert_replays(o);
}

/* ---- striking off ---- */

static void strike(struct office *o, int64_t person, const char *day, const char *ground)
{
	DO(o, "fact_record", WORD(o, "person=%d", (int)person), "kind=left", "value=struck_off", WORD(o, "detail=%s", ground),
		WORD(o, "on=%s", day));
}

static void test_nobody_is_struck_off_by_a_vote_that_missed_two_thirds(void **state)
{
	struct office *o = *state;
	int64_t id = official(o, "Trần Văn Kém");
	office_step(o, id, "strike_vote", "2025-08-04", "value=failed");
	assert_int_equal(office_try_step(o, id, "left", "2025-09-01", "value=struck_off"), E_RULE);
	assert_string_equal(sentence(o),
		"Chi bộ biểu quyết xóa tên không đủ hai phần ba; không ghi xóa tên được, chi bộ phải biểu quyết lại");
	assert_true(is_member(o, id, "2025-09-01"));
	assert_state(o, id, "2025-09-01", "OFFICIAL");
	office_step(o, id, "strike_vote", "2025-08-18", "value=passed");
	strike(o, id, "2025-09-01", "two_years");
	assert_state(o, id, "2025-09-02", "LEFT");
}

/* 30 working days from Monday 8/9/2025 end on 20/10. 90 from 20/10: eighteen weeks to Monday 23/2/2026, and the days off on the way. */
static void test_an_appeal_in_time_may_restore_the_member(void **state)
{
	struct office *o = *state;
	int64_t id = official(o, "Trần Văn Kêu");
	strike(o, id, "2025-09-01", "no_will");
	office_step(o, id, "strike_received", "2025-09-08", NULL);
	assert_int_equal(office_try_step(o, id, "appeal", "2025-10-21", "value=local"), E_RULE);
	assert_string_equal(sentence(o), "Khiếu nại sau thời hạn kể từ ngày nhận quyết định xóa tên (hạn cuối 20/10/2025): không được xem xét; "
		"hãy kiểm tra ngày nhận và ngày khiếu nại");
	assert_string_equal(o->fault.rule, "294-QĐ/TW, 8.2.1");
	office_step(o, id, "appeal", "2025-10-20", "value=local");
	struct standing s = standing_of(o, id, "2025-10-21");
	const struct standing_clock *answer = standing_clock_of(&s, "T16");
	assert_non_null(answer);
	assert_int_equal(calendar_count_working(&o->app.calendar, answer->start, answer->due), 90);
	assert_false(is_member(o, id, "2025-12-14"));
	office_step(o, id, "appeal_answered", "2025-12-15", "value=restored");
	assert_true(is_member(o, id, "2025-12-15"));
	assert_false(is_member(o, id, "2025-12-14"));
	assert_state(o, id, "2025-12-16", "OFFICIAL");
	assert_int_equal(tenure(o, id, "2026-06-30").out_days, 105); /* 1/9 to 15/12: 30 + 31 + 30 + 14 */
	assert_int_equal(members(o, "2025-12-31"), 1);
	assert_replays(o);
}

static void test_taken_off_the_list_without_a_reason_is_noted(void **state)
{
	struct office *o = *state;
	int64_t id = candidate(o, "Nguyễn Thị Thôi");
	office_step(o, id, "left", "2025-09-01", "value=off_list");
	assert_true(warned_of(o, "Chưa ghi lý do đưa ra khỏi danh sách cảm tình Đảng"));
	assert_state(o, id, "2025-09-02", "LEFT");
}

/* ---- cancelled decisions ---- */

static int64_t admitted_one(struct office *o, const char *name)
{
	int64_t id = sent(o, name);
	office_step(o, id, "decision", "2025-09-15", NULL);
	office_step(o, id, "ceremony", "2025-10-01", NULL);
	return id;
}

static void test_only_the_wrong_step_is_taken_again_and_the_days_are_set_anew(void **state)
{
	struct office *o = *state;
	int64_t id = admitted_one(o, "Nguyễn Thị Lỗi");
	(void)official(o, "Trần Văn Cũ");
	assert_int_equal(members(o, "2025-12-31"), 2);
	office_step(o, id, "decision_cancelled", "2025-12-01", "value=wrong_authority");
	assert_next(o, id, "2025-12-02", "decision");
	assert_state(o, id, "2025-12-02", "APPRAISING");
	assert_false(is_member(o, id, "2025-12-02"));
	assert_int_equal(admitted(o, "2025-01-01", "2025-12-31"), 0);
	assert_int_equal(members(o, "2025-12-31"), 1);
	office_step(o, id, "decision", "2025-12-01", NULL); /* the day of the cancellation itself */
	office_step(o, id, "received", "2025-12-08", NULL);
	office_step(o, id, "ceremony", "2025-12-15", NULL);
	assert_string_equal(due_of(o, id, "2025-12-20", "T10"), "2026-12-15");
	assert_int_equal(admitted(o, "2025-12-01", "2025-12-31"), 1);
	assert_int_equal(admitted(o, "2025-01-01", "2025-12-31"), 1);
	/* D = A + B - C */
	assert_int_equal(members(o, "2025-12-31"), members(o, "2024-12-31") + admitted(o, "2025-01-01", "2025-12-31"));
	struct day from = tenure(o, id, "2026-06-30").from;
	assert_int_equal(from.n, on("2025-12-01").n);
	assert_replays(o);
}

static void test_a_wrong_vote_is_taken_again_and_the_steps_before_it_stay(void **state)
{
	struct office *o = *state;
	int64_t id = admitted_one(o, "Nguyễn Thị Họp");
	struct facts active = office_facts(o, id);
	const struct fact *vote = facts_first(&active, "branch_vote");
	const struct fact *sent_on = facts_first(&active, "submitted");
	int32_t wrong = vote->seq;
	DO(o, "fact_record", WORD(o, "person=%d", (int)id), "kind=decision_cancelled", "value=wrong_procedure", "on=2025-12-01",
		WORD(o, "about=%d", (int)wrong));
	assert_next(o, id, "2025-12-02", "branch_vote");
	assert_non_null(sent_on);
	office_step(o, id, "branch_vote", "2025-12-08", "value=passed");
	office_step(o, id, "decision", "2025-12-22", NULL);
	assert_state(o, id, "2025-12-23", "DECIDED");
	assert_int_equal(office_do(o, "fact_record", WORD(o, "person=%d", (int)id), "kind=decision_cancelled", "value=wrong_procedure",
		"on=2025-12-30", "about=1", NULL), E_INVALID); /* the name is no step */
	assert_string_equal(sentence(o),
		"hãy ghi số của bước làm sai, là một bước đã ghi của chính người này; bỏ trống khi chỉ quyết định sai");
}

static void test_whoever_is_not_qualified_is_out_with_the_cancellation(void **state)
{
	struct office *o = *state;
	int64_t id = admitted_one(o, "Nguyễn Thị Thiếu");
	office_step(o, id, "decision_cancelled", "2025-12-01", "value=not_qualified");
	assert_state(o, id, "2025-12-02", "DECISION_CANCELLED");
	assert_int_equal(members(o, "2025-12-31"), 0);
	assert_int_equal(admitted(o, "2025-01-01", "2025-12-31"), 0);
}

/* The branch that decided was merged away: the cancellation is of where the member is now. */
static void test_a_decision_is_cancelled_where_the_member_is_now(void **state)
{
	struct office *o = *state;
	int64_t id = admitted_one(o, "Nguyễn Thị Nhập");
	DO(o, "fact_record", WORD(o, "person=%d", (int)id), "kind=unit", "unit=TT-Y-1", "on=2025-11-01");
	DO(o, "unit_close", "unit=TT-X-1", "on=2025-11-02");
	office_step(o, id, "decision_cancelled", "2025-12-01", "value=wrong_authority");
	struct facts active = office_facts(o, id);
	struct unit *now;
	assert_int_equal(app_unit(&o->app, "TT-Y-1", "unit", &now, &o->fault), OK);
	assert_int_equal(facts_last(&active, "decision_cancelled", DAY_NONE)->unit.v, now->id.v);
	assert_int_equal(members(o, "2025-12-31"), 0);
}

static void test_nothing_can_be_cancelled_that_was_not_decided(void **state)
{
	struct office *o = *state;
	int64_t id = sent(o, "Nguyễn Thị Chưa");
	assert_int_equal(office_try_step(o, id, "decision_cancelled", "2025-12-01", "value=wrong_authority"), E_RULE);
	assert_string_equal(sentence(o),
		"không có quyết định kết nạp nào đang có hiệu lực để hủy vào ngày này; hãy sửa ngày hoặc ghi quyết định trước");
	assert_int_equal(office_try_step(o, id, "recognition_cancelled", "2025-12-01", "value=wrong_authority"), E_RULE);
	assert_string_equal(sentence(o),
		"không có quyết định công nhận chính thức nào đang có hiệu lực để hủy vào ngày này; hãy sửa ngày hoặc ghi quyết định trước");
}

static void test_a_cancelled_recognition_leaves_a_probationary_member(void **state)
{
	struct office *o = *state;
	int64_t id = official(o, "Trần Văn Nhầm");
	office_step(o, id, "recognition_cancelled", "2025-12-01", "value=wrong_procedure");
	assert_state(o, id, "2025-12-02", "PROBATION");
	assert_true(is_member(o, id, "2025-12-02"));
	office_step(o, id, "recognition", "2025-12-20", NULL);
	assert_state(o, id, "2025-12-21", "OFFICIAL");
}

/* ---- admission for a second time ---- */

static enum err consider(struct office *o, int64_t person, const char *day)
{
	return office_try_step(o, person, "branch_vote", day, "value=passed");
}

/* Struck off on 10/1/2022: 36 months end on 10/1/2025. */
static void test_admitted_again_after_36_months_with_consent_and_only_once(void **state)
{
	struct office *o = *state;
	int64_t id = official(o, "Trần Văn Lại");
	strike(o, id, "2022-01-10", "two_years");
	office_step(o, id, "on_list", "2023-03-01", NULL);
	assert_int_equal(consider(o, id, "2024-12-10"), E_RULE); /* 35 months */
	assert_string_equal(sentence(o), "Chưa đủ thời gian chờ để xem xét kết nạp lại; sớm nhất là ngày 10/01/2025");
	assert_int_equal(consider(o, id, "2025-01-09"), E_RULE);
	assert_int_equal(consider(o, id, "2025-01-10"), OK);
	assert_true(warned_of(o, "Kết nạp lại phải có văn bản đồng ý của ban thường vụ cấp ủy trực thuộc Trung ương"));
	assert_int_equal(office_try_step(o, id, "decision", "2025-03-03", NULL), E_RULE);
	assert_string_equal(sentence(o), "Chưa có văn bản đồng ý kết nạp lại của ban thường vụ cấp ủy trực thuộc Trung ương; "
		"hãy ghi văn bản đồng ý trước");
	office_step(o, id, "consent", "2025-02-20", "value=readmission");
	office_step(o, id, "decision", "2025-03-03", NULL);
	office_step(o, id, "ceremony", "2025-03-20", NULL);
	struct tenure t = tenure(o, id, "2026-03-01");
	assert_int_equal(t.from.n, on("2010-03-01").n);
	assert_int_equal(t.out_days, 1148); /* 10/1/2022 to 3/3/2025: 3 * 365 + 1 (2024) and 52 */
	assert_int_equal(t.again.n, on("2025-03-03").n);
	assert_int_equal(t.first_official.n, on("2011-03-20").n);
	strike(o, id, "2025-06-02", "two_years");
	assert_int_equal(consider(o, id, "2026-06-29"), E_RULE);
	assert_string_equal(sentence(o), "Chỉ kết nạp lại một lần; người này đã được kết nạp lại và lại ra khỏi Đảng");
	assert_replays(o);
}

static void test_grounds_that_bar_for_ever(void **state)
{
	struct office *o = *state;
	static const char *const grounds[] = { "no_activity", "not_filed", "asked", "disunity", "corruption", "crime_serious" };
	for (size_t i = 0; i < sizeof grounds / sizeof *grounds; i++) {
		int64_t id = official(o, WORD(o, "Trần Văn %c", (char)('A' + (int)i)));
		if (strcmp(grounds[i], "not_filed") == 0) {
			office_step(o, id, "introduced", "2014-01-10", NULL);
		}
		strike(o, id, "2015-01-12", grounds[i]);
		assert_int_equal(consider(o, id, "2025-09-08"), E_RULE);
		assert_string_equal(sentence(o),
			"Không kết nạp lại: đã ra khỏi Đảng vì lý do không được xem xét kết nạp lại; nếu lý do ghi sai thì đính chính");
	}
	int64_t id = official(o, "Trần Văn Xin");
	office_step(o, id, "left", "2015-01-12", "value=left");
	assert_int_equal(consider(o, id, "2025-09-08"), E_RULE);
	int64_t hard = official(o, "Trần Văn Khổ");
	DO(o, "fact_record", WORD(o, "person=%d", (int)hard), "kind=left", "value=left", "detail=asked_family", "on=2015-01-12");
	assert_int_equal(consider(o, hard, "2025-09-08"), OK);
	int64_t children = official(o, "Trần Văn Đông");
	strike(o, children, "2015-01-12", "population");
	assert_int_equal(consider(o, children, "2025-09-08"), OK);
	assert_true(warned_of(o, "lý do có quy định riêng chưa kiểm chứng (chính sách dân số)"));
}

/* 60 months from 8/9/2020 end on 8/9/2025. */
static void test_after_a_lesser_crime_60_months_count_from_the_cleared_record(void **state)
{
	struct office *o = *state;
	int64_t id = official(o, "Trần Văn Án");
	strike(o, id, "2018-01-12", "crime_less");
	assert_int_equal(consider(o, id, "2025-09-05"), E_RULE);
	assert_string_equal(sentence(o),
		"Chưa ghi ngày được xóa án tích nên chưa tính được 60 tháng chờ kết nạp lại; hãy ghi ngày xóa án tích");
	office_step(o, id, "record_cleared", "2020-09-08", NULL);
	assert_int_equal(consider(o, id, "2025-09-07"), E_RULE);
	assert_string_equal(sentence(o), "Chưa đủ thời gian chờ để xem xét kết nạp lại; sớm nhất là ngày 08/09/2025");
	assert_int_equal(consider(o, id, "2025-09-08"), OK);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, office_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_moved_before_any_resolution_keeps_the_certificate),
		CASE(test_moved_after_resolutions_is_considered_again),
		CASE(test_moved_after_the_file_was_sent_is_forwarded_and_decided_by_the_new_authority),
		CASE(test_moved_within_one_authority_forwards_nothing),
		CASE(test_decided_by_the_same_authority_has_the_ceremony_at_the_new_place),
		CASE(test_a_decision_of_the_old_authority_on_day_30_after_the_move_is_good),
		CASE(test_a_decision_of_the_old_authority_on_day_31_has_to_be_cancelled),
		CASE(test_the_new_place_may_ask_to_examine_again),
		CASE(test_a_candidate_who_leaves_the_register_has_moved),
		CASE(test_a_move_that_cannot_be_is_refused),
		CASE(test_a_move_that_is_withdrawn_never_was),
		CASE(test_a_member_moves_within_the_register),
		CASE(test_papers_that_are_not_presented_for_three_months_are_a_ground),
		CASE(test_a_member_goes_outside_and_comes_back),
		CASE(test_a_temporary_transfer_keeps_the_member_and_has_its_limits),
		CASE(test_nobody_is_struck_off_by_a_vote_that_missed_two_thirds),
		CASE(test_an_appeal_in_time_may_restore_the_member),
		CASE(test_taken_off_the_list_without_a_reason_is_noted),
		CASE(test_only_the_wrong_step_is_taken_again_and_the_days_are_set_anew),
		CASE(test_a_wrong_vote_is_taken_again_and_the_steps_before_it_stay),
		CASE(test_whoever_is_not_qualified_is_out_with_the_cancellation),
		CASE(test_a_decision_is_cancelled_where_the_member_is_now),
		CASE(test_nothing_can_be_cancelled_that_was_not_decided),
		CASE(test_a_cancelled_recognition_leaves_a_probationary_member),
		CASE(test_admitted_again_after_36_months_with_consent_and_only_once),
		CASE(test_grounds_that_bar_for_ever),
		CASE(test_after_a_lesser_crime_60_months_count_from_the_cleared_record),
	};
	return RUN(tests);
}
