/* Papers, verification, opinions and the exceptions on the way to the branch meeting and the decision, as users record them, with the
 * sentences that they read. Rules of 7/2025 to 4/2026 unless a test says otherwise. */
#include "../app/office.h"

#include <inttypes.h>

/* A hamlet branch below a commune: no grassroots step between the branch and the decision. */
static int setup(void **state)
{
	(void)office_setup(state);
	struct office *o = *state;
	DO(o, "unit_open", "code=TT", "name=Đảng bộ tỉnh Thử", "kind=PROVINCE", "opened=1990-01-01");
	DO(o, "unit_open", "code=TT-X", "name=Đảng bộ xã Mẫu", "kind=COMMUNE", "parent=TT", "opened=1990-01-01");
	DO(o, "unit_open", "code=TT-X-1", "name=Chi bộ thôn Một", "kind=BRANCH", "parent=TT-X", "opened=1990-01-01");
	o->app.lang = LANG_VI;
	return 0;
}

static const char *word(struct office *o, const char *name, const char *value)
{
	return arena_printf(&o->arena, "%s=%s", name, value);
}

static const char *number(struct office *o, const char *name, int64_t v)
{
	return arena_printf(&o->arena, "%s=%" PRId64, name, v);
}

static int64_t somebody(struct office *o, const char *birth, const char *schooling)
{
	DO(o, "person_record", "unit=TT-X-1", "name=Nguyễn Thị Thử", word(o, "birth", birth), word(o, "schooling", schooling),
		"introduced=2024-01-10", "listed=2024-03-10", "certified=2024-06-20", "dossier=2025-08-01");
	return o->result.entity_id;
}

static enum err try_fact(struct office *o, int64_t id, const char *kind, const char *day, const char *value)
{
	return office_do(o, "fact_record", number(o, "person", id), word(o, "kind", kind), word(o, "on", day),
		value ? word(o, "value", value) : NULL, NULL);
}

static void fact(struct office *o, int64_t id, const char *kind, const char *day, const char *value)
{
	if (try_fact(o, id, kind, day, value) != OK) {
		office_says_no(o, kind);
		fail();
	}
}

/* Somebody who introduces, of another register. */
static void introduce(struct office *o, int64_t id, const char *role, const char *name)
{
	DO(o, "fact_record", number(o, "person", id), "kind=helper", word(o, "value", role), "on=2025-08-01", word(o, "detail", name),
		"since=2020-01-01");
}

/* Two members introduce: what is asked about is something else. */
static void introduced(struct office *o, int64_t id)
{
	introduce(o, id, "introducer_1", "Đỗ Văn Giới");
	introduce(o, id, "introducer_2", "Lê Thị Thiệu");
}

/* Which sentences came as warnings; all that begin like the one given. */
static bool says(struct office *o, const char *sentence)
{
	for (size_t i = 0; i < o->result.warnings.n; i++)
		if (strcmp(fault_text(&o->result.warnings.v[i], LANG_VI, &o->arena), sentence) == 0)
			return true;
	for (size_t i = 0; i < o->result.warnings.n; i++)
		print_message("# %s\n", fault_text(&o->result.warnings.v[i], LANG_VI, &o->arena));
	return false;
}

static void assert_stopped(struct office *o, int64_t id, const char *kind, const char *day, const char *sentence, const char *rule)
{
	assert_int_equal(try_fact(o, id, kind, day, NULL), E_RULE);
	assert_string_equal(fault_text(&o->fault, LANG_VI, &o->arena), sentence);
	assert_string_equal(o->fault.rule, rule);
}

/* ---- age ---- */

#define CONSENT_60 "Trên 60 tuổi: phải có văn bản đồng ý của ban thường vụ tỉnh ủy, thành ủy (cấp ủy trực thuộc Trung ương) " \
	"trước khi quyết định"
#define GROUND_60 "Trên 60 tuổi: chỉ xét ở nơi chưa có tổ chức đảng, đảng viên hoặc do yêu cầu đặc biệt; hãy ghi rõ trường hợp"
#define RULE_60 "294-QĐ/TW, 1.1.2; 06-HD/TW, 1.1"

/* Born on 1/9/1965: 60 years and one month on 1/10/2025. */
static void test_over_sixty_needs_the_province_and_a_ground(void **state)
{
	struct office *o = *state;
	int64_t id = somebody(o, "1965-09-01", "upper_secondary");
	fact(o, id, "branch_vote", "2025-10-01", "passed");
	assert_true(says(o, CONSENT_60));
	assert_true(says(o, GROUND_60));
	assert_stopped(o, id, "decision", "2025-10-20", CONSENT_60, RULE_60);
	fact(o, id, "consent", "2025-10-21", "over_60");
	assert_stopped(o, id, "decision", "2025-10-20", CONSENT_60, RULE_60); /* it was not there yet */
	assert_stopped(o, id, "decision", "2025-10-22", GROUND_60, RULE_60);
	fact(o, id, "special", "2025-10-01", "no_member_unit");
	fact(o, id, "decision", "2025-10-22", NULL);
	assert_int_equal(o->result.warnings.n, 0);
}

/* The age counts when the branch considers: 60 years and no full month more on 30/9/2025. */
static void test_age_of_the_branch_meeting_counts_at_the_decision(void **state)
{
	struct office *o = *state;
	int64_t id = somebody(o, "1965-09-01", "upper_secondary");
	introduced(o, id);
	fact(o, id, "branch_vote", "2025-09-30", "passed");
	assert_int_equal(o->result.warnings.n, 0);
	fact(o, id, "decision", "2025-11-20", NULL);
	assert_int_equal(o->result.warnings.n, 0);
}

/* Born on 20/10/2007. Month reached on 1/10/2025, day on 20/10/2025. */
static void test_month_reached_but_not_the_day_is_a_question_that_the_committee_answers(void **state)
{
	struct office *o = *state;
	int64_t id = somebody(o, "2007-10-20", "upper_secondary");
	assert_stopped(o, id, "branch_vote", "2025-09-30",
		"Chưa đủ 18 tuổi tính theo tháng khi chi bộ xét; chờ đủ tuổi mới đưa ra chi bộ", "294-QĐ/TW, 1.1.1");
	fact(o, id, "branch_vote", "2025-10-05", "passed");
	assert_true(office_warned(o, MSG_CHECK_MONTH_NOT_DAY));
	/* how the rule is read is on record: no question any more */
	DO(o, "person_record", "unit=TT-X-1", "name=Trần Văn Tháng", "birth=2007-10-20", "dossier=2025-08-01", "certified=2024-06-20");
	int64_t other = o->result.entity_id;
	introduced(o, other);
	fact(o, other, "special", "2025-08-01", "month_reading");
	assert_stopped(o, other, "branch_vote", "2025-09-30",
		"Chưa đủ 18 tuổi kể cả khi tính theo tháng dương lịch; chờ đủ tuổi mới đưa ra chi bộ", "294-QĐ/TW, 1.1.1");
	fact(o, other, "branch_vote", "2025-10-05", "passed");
	assert_int_equal(o->result.warnings.n, 0);
}

/* ---- education ---- */

#define NO_CASE "Chưa tốt nghiệp THCS: chỉ nhận người ở vùng khó khăn, ngư dân (học xong tiểu học), già làng, trưởng bản, " \
	"người có uy tín; hãy ghi trường hợp"
#define NO_CONSENT "Chưa học xong tiểu học: phải có văn bản đồng ý của ban thường vụ tỉnh ủy, thành ủy trước khi quyết định; " \
	"hãy ghi văn bản đó"
#define NOT_ELDER "Chưa học xong tiểu học: chỉ già làng, trưởng bản, người có uy tín, ngư dân mới được xét dù có văn bản đồng ý; " \
	"hãy ghi trường hợp"

static void test_primary_school_will_do_in_difficult_areas(void **state)
{
	struct office *o = *state;
	int64_t id = somebody(o, "1990-01-01", "primary");
	fact(o, id, "branch_vote", "2025-10-01", "passed");
	assert_true(says(o, NO_CASE));
	assert_stopped(o, id, "decision", "2025-10-20", NO_CASE, "294-QĐ/TW, 1.2.1; 06-HD/TW, 1.2a");
	fact(o, id, "special", "2025-09-01", "hard_area");
	fact(o, id, "decision", "2025-10-20", NULL);
	assert_int_equal(o->result.warnings.n, 0);
}

static void test_elder_who_reads_and_writes_needs_the_province(void **state)
{
	struct office *o = *state;
	int64_t id = somebody(o, "1980-01-01", "read_write");
	fact(o, id, "special", "2025-09-01", "elder");
	fact(o, id, "branch_vote", "2025-10-01", "passed");
	assert_true(says(o, NO_CONSENT));
	assert_stopped(o, id, "decision", "2025-10-20", NO_CONSENT, "06-HD/TW, 1.2b");
	fact(o, id, "consent", "2025-10-15", "education");
	fact(o, id, "decision", "2025-10-20", NULL);
	assert_int_equal(o->result.warnings.n, 0);
}

static void test_consent_alone_does_not_replace_primary_school(void **state)
{
	struct office *o = *state;
	int64_t id = somebody(o, "1980-01-01", "read_write");
	fact(o, id, "special", "2025-09-01", "hard_area");
	fact(o, id, "consent", "2025-09-15", "education");
	fact(o, id, "branch_vote", "2025-10-01", "passed");
	assert_true(says(o, NOT_ELDER));
	assert_stopped(o, id, "decision", "2025-10-20", NOT_ELDER, "06-HD/TW, 1.2b");
	fact(o, id, "special", "2025-09-01", "fisherman");
	fact(o, id, "decision", "2025-10-20", NULL);
}

/* An old list of bare decisions stays importable. */
static void test_bare_decision_of_a_list_is_not_asked(void **state)
{
	struct office *o = *state;
	DO(o, "person_record", "unit=TT-X-1", "name=Lê Văn Cũ", "birth=1960-01-01", "schooling=primary", "decided=2025-10-20");
	assert_int_equal(o->result.warnings.n, 0);
}

/* ---- politics ---- */

#define EXCLUDED "Kết luận về chính trị: không đủ điều kiện kết nạp; chỉ xét tiếp khi cấp có thẩm quyền có kết luận khác"
#define ASKED "Vấn đề chính trị vượt thẩm quyền: phải có văn bản đồng ý của ban thường vụ tỉnh ủy, thành ủy trước khi quyết định; " \
	"hãy ghi văn bản đó"

static void test_political_issue_waits_for_the_province(void **state)
{
	struct office *o = *state;
	int64_t id = somebody(o, "1990-01-01", "upper_secondary");
	fact(o, id, "conclusion", "2025-09-10", "asked_above");
	fact(o, id, "branch_vote", "2025-10-01", "passed");
	assert_true(says(o, ASKED));
	assert_stopped(o, id, "decision", "2025-10-20", ASKED, "06-HD/TW, 3.7c");
	fact(o, id, "consent", "2025-10-15", "political");
	fact(o, id, "decision", "2025-10-20", NULL);
	assert_int_equal(o->result.warnings.n, 0);
}

static void test_excluded_is_excluded_until_another_conclusion(void **state)
{
	struct office *o = *state;
	int64_t id = somebody(o, "1990-01-01", "upper_secondary");
	fact(o, id, "conclusion", "2025-09-10", "excluded");
	fact(o, id, "branch_vote", "2025-10-01", "passed");
	assert_true(says(o, EXCLUDED));
	assert_stopped(o, id, "decision", "2025-10-20", EXCLUDED, "367-QĐ/TW, Điều 11; 06-HD/TW, 3.7c");
	fact(o, id, "conclusion", "2025-10-18", "none");
	fact(o, id, "decision", "2025-10-20", NULL);
	assert_int_equal(o->result.warnings.n, 0);
}

/* ---- papers ---- */

/* Certificate of 15/3/2021: valid on 15/3/2026, not on 16/3/2026. */
static void test_certificate_is_good_on_its_last_day(void **state)
{
	struct office *o = *state;
	DO(o, "person_record", "unit=TT-X-1", "name=Phạm Thị Giấy", "birth=1990-01-01", "listed=2021-01-10", "certified=2021-03-15",
		"dossier=2025-08-01");
	int64_t id = o->result.entity_id;
	assert_stopped(o, id, "branch_vote", "2026-03-16",
		"Giấy chứng nhận bồi dưỡng nhận thức đã quá 60 tháng; phải học lại lớp và ghi giấy chứng nhận mới", "06-HD/TW, 5.4b");
	fact(o, id, "branch_vote", "2026-03-15", "passed");
}

/* Dossier of 2/1/2026, meeting on 5/1/2027, under the rules copied for the newest period. */
static void test_dossier_after_twelve_months_wants_four_papers_again(void **state)
{
	struct office *o = *state;
	o->app.today = on("2027-01-31");
	DO(o, "person_record", "unit=TT-X-1", "name=Phạm Thị Hồ Sơ", "birth=1990-01-01", "certified=2025-03-15", "dossier=2026-01-02");
	int64_t id = o->result.entity_id;
	static const char *const first[] = { "application", "cv", "introduction", "youth_resolution", "verification", "opinions" };
	for (size_t i = 0; i < sizeof first / sizeof *first; i++)
		fact(o, id, "paper", "2026-01-02", first[i]);
	introduce(o, id, "introducer_1", "Đỗ Văn Giới");
	fact(o, id, "branch_vote", "2027-01-05", "failed");
	assert_int_equal(o->result.warnings.n, 1);
	assert_true(says(o, "Hồ sơ lập quá 12 tháng, phải làm lại: 3-KNĐ, 4-KNĐ, Thẩm tra, xác minh lý lịch, 5-KNĐ; "
		"đơn và lý lịch giữ nguyên"));
	fact(o, id, "paper", "2027-01-06", "introduction");
	fact(o, id, "paper", "2027-01-06", "youth_resolution");
	fact(o, id, "paper", "2027-01-07", "nothing_changed");
	fact(o, id, "branch_vote", "2027-01-08", "failed");
	assert_true(says(o, "Hồ sơ lập quá 12 tháng, phải làm lại: 5-KNĐ; đơn và lý lịch giữ nguyên"));
	DO(o, "fact_record", number(o, "person", id), "kind=opinions", "on=2027-01-10", "members=9", "yes=8", "no=1");
	fact(o, id, "branch_vote", "2027-01-12", "passed");
	assert_int_equal(o->result.warnings.n, 0);
}

static void test_missing_papers_are_named_to_the_branch(void **state)
{
	struct office *o = *state;
	int64_t id = somebody(o, "1990-01-01", "upper_secondary");
	fact(o, id, "paper", "2025-08-01", "application");
	fact(o, id, "special", "2025-08-01", "same_place");
	fact(o, id, "special", "2025-08-01", "foreign_spouse");
	fact(o, id, "branch_vote", "2025-10-01", "passed");
	assert_true(says(o, "Hồ sơ còn thiếu: 2-KNĐ, 3-KNĐ, 4-KNĐ, 5-KNĐ, Giấy tờ bổ sung của trường hợp đặc biệt; "
		"hãy bổ sung trước khi chi bộ xét"));
}

static void test_application_comes_before_the_cv(void **state)
{
	struct office *o = *state;
	int64_t id = somebody(o, "1990-01-01", "upper_secondary");
	fact(o, id, "paper", "2025-08-01", "cv");
	fact(o, id, "paper", "2025-08-05", "application");
	assert_true(says(o, "Đơn xin vào Đảng ghi ngày sau lý lịch; đơn phải viết trước khi khai lý lịch, hãy kiểm tra lại ngày"));
	fact(o, id, "paper", "2025-08-06", "cv");
	assert_int_equal(o->result.warnings.n, 0);
}

/* Admitted on 10/10/2024: papers may start after 10/10/2025. */
static void test_self_review_is_written_after_the_twelve_months(void **state)
{
	struct office *o = *state;
	DO(o, "person_record", "unit=TT-X-1", "name=Vũ Thị Dự Bị", "birth=1995-01-01", "decided=2024-09-20", "ceremony=2024-10-10");
	int64_t id = o->result.entity_id;
	fact(o, id, "paper", "2025-09-30", "self_review");
	assert_true(says(o, "Bản tự kiểm điểm chỉ viết sau khi hết 12 tháng kể từ lễ kết nạp; bản này phải viết lại"));
	fact(o, id, "recognition_vote", "2025-10-20", "failed");
	assert_true(says(o, "Viết trước khi hết 12 tháng dự bị nên phải viết lại: 10-KNĐ"));
	assert_true(says(o, "Hồ sơ công nhận còn thiếu: 1-HSĐV, 2-HSĐV, Chứng nhận học lớp đảng viên mới, 11-KNĐ, 12-KNĐ; "
		"hãy bổ sung trước khi chi bộ xét"));
	fact(o, id, "paper", "2025-10-21", "self_review");
	assert_int_equal(o->result.warnings.n, 0);
}

/* ---- letters ---- */

/* Received on Monday 4/8/2025: 30 working days end on 17/9/2025 (1/9 and 2/9 are days off). */
static void test_letter_home_is_late_after_thirty_working_days(void **state)
{
	struct office *o = *state;
	const struct world w = app_world(&o->app);
	int64_t id = somebody(o, "1990-01-01", "upper_secondary");
	DO(o, "verify_request", number(o, "person", id), "relation=Cha đẻ", "place=Xã Ba Vì", "sent=2025-08-01", "received=2025-08-04",
		"letter=home", "paper_no=12-CV/ĐU");
	struct facts active = office_facts(o, id);
	struct standing s;
	standing(&w, &active, on("2025-09-17"), &o->arena, &s);
	assert_int_equal(standing_clock_of(&s, "T4")->status, CLOCK_RUNNING);
	standing(&w, &active, on("2025-09-18"), &o->arena, &s);
	assert_int_equal(standing_clock_of(&s, "T4")->status, CLOCK_LATE);
	fact(o, id, "cv_certified", "2025-09-18", NULL);
	assert_true(says(o, "Còn thư thẩm tra chưa có trả lời; hãy nhắc nơi nhận hoặc cử đảng viên đến thẩm tra trước khi chứng nhận lý lịch"));
	const struct fact *sent = facts_last(&active, FACT_VERIFY_SENT, DAY_NONE);
	DO(o, "fact_record", number(o, "person", id), "kind=verify_reply", "on=2025-09-22", "value=member_went", number(o, "about", sent->seq));
	fact(o, id, "cv_certified", "2025-09-23", NULL);
	assert_int_equal(o->result.warnings.n, 0);
}

/* Received on Monday 4/8/2025: 90 working days end on 10/12/2025. 19 in August, 20 in September (2/9 and 1/9 off), 23 in October, 20 in
 * November make 82; the eighth of December's is Wednesday 10/12. */
static void test_letter_abroad_has_ninety_working_days(void **state)
{
	struct office *o = *state;
	const struct world w = app_world(&o->app);
	int64_t id = somebody(o, "1990-01-01", "upper_secondary");
	DO(o, "verify_request", number(o, "person", id), "relation=spouse", "place=Berlin", "sent=2025-07-28", "received=2025-08-04",
		"letter=abroad");
	struct facts active = office_facts(o, id);
	struct standing s;
	standing(&w, &active, on("2025-12-10"), &o->arena, &s);
	assert_int_equal(standing_clock_of(&s, "T4A")->due.n, on("2025-12-10").n);
	assert_int_equal(standing_clock_of(&s, "T4A")->status, CLOCK_RUNNING);
}

static void test_letter_with_its_whole_way_in_one_form(void **state)
{
	struct office *o = *state;
	int64_t id = somebody(o, "1990-01-01", "upper_secondary");
	int64_t entries = office_entries(o);
#define LETTER "verify_request", number(o, "person", id), "relation=mother", "place=Xã Ba Vì", "sent=2025-08-01"
	REFUSED(o, E_INVALID, "letter", MSG_REQUIRED, LETTER, "received=2025-08-04");
	REFUSED(o, E_INVALID, "received", MSG_REQUIRED, LETTER, "letter=home");
	REFUSED(o, E_INVALID, "outcome", MSG_REQUIRED, LETTER, "replied=2025-08-20");
	REFUSED(o, E_INVALID, "replied", MSG_REQUIRED, LETTER, "outcome=confirmed");
	REFUSED(o, E_RULE, "received", MSG_FACT_ABOUT_LATER, LETTER, "received=2025-07-31", "letter=home");
	REFUSED(o, E_RULE, "replied", MSG_FACT_ABOUT_LATER, LETTER, "replied=2025-07-31", "outcome=confirmed");
	REFUSED(o, E_INVALID, "sent", MSG_STANDING_FUTURE, "verify_request", number(o, "person", id), "relation=mother", "place=Xã",
		"sent=2027-01-01");
	assert_int_equal(office_entries(o), entries);
	DO(o, LETTER, "received=2025-08-04", "letter=home", "replied=2025-08-20", "outcome=confirmed");
	assert_int_equal(office_entries(o), entries + 1);
	struct facts active = office_facts(o, id);
	const struct fact *sent = facts_last(&active, FACT_VERIFY_SENT, DAY_NONE);
	assert_string_equal(sent->detail, "Xã Ba Vì");
	assert_int_equal(facts_last(&active, FACT_VERIFY_RECEIVED, DAY_NONE)->about, sent->seq);
	assert_int_equal(facts_last(&active, FACT_VERIFY_REPLY, DAY_NONE)->about, sent->seq);
	REFUSED(o, E_CONFLICT, "relation", MSG_FACT_ON_RECORD, LETTER);
}

static void test_cv_that_does_not_qualify_ends_the_way(void **state)
{
	struct office *o = *state;
	int64_t id = somebody(o, "1990-01-01", "upper_secondary");
	fact(o, id, "cv_certified", "2025-09-18", "failed");
	assert_stopped(o, id, "branch_vote", "2025-10-01",
		"Cấp ủy kết luận lý lịch không đủ điều kiện; chi bộ không xét, trừ khi có kết luận mới", "06-HD/TW, 3.4");
	fact(o, id, "cv_certified", "2025-09-28", NULL);
	fact(o, id, "branch_vote", "2025-10-01", "passed");
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, setup, office_teardown)
	const struct CMUnitTest tests[] = {
		T(test_over_sixty_needs_the_province_and_a_ground), T(test_age_of_the_branch_meeting_counts_at_the_decision),
		T(test_month_reached_but_not_the_day_is_a_question_that_the_committee_answers), T(test_primary_school_will_do_in_difficult_areas),
		T(test_elder_who_reads_and_writes_needs_the_province), T(test_consent_alone_does_not_replace_primary_school),
		T(test_bare_decision_of_a_list_is_not_asked), T(test_political_issue_waits_for_the_province),
		T(test_excluded_is_excluded_until_another_conclusion), T(test_certificate_is_good_on_its_last_day),
		T(test_dossier_after_twelve_months_wants_four_papers_again), T(test_missing_papers_are_named_to_the_branch),
		T(test_application_comes_before_the_cv), T(test_self_review_is_written_after_the_twelve_months),
		T(test_letter_home_is_late_after_thirty_working_days), T(test_letter_abroad_has_ninety_working_days),
		T(test_letter_with_its_whole_way_in_one_form), T(test_cv_that_does_not_qualify_ends_the_way),
	};
	return RUN(tests);
}
