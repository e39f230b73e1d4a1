/* The form of a vote and the page of who votes: who, by what share, how many are needed, also without scripts and as JSON. */
#include "site.h"

#define VOTE_FORM "/ops/fact_record?person=1&kind=branch_vote"
#define VOTE "person=1", "kind=branch_vote", "on=1/6/2026"

static void test_the_form_says_who_votes_by_what_share_and_under_which_rule(void **state)
{
	struct site *s = *state;
	struct browser lan = site_enter(s, "lan");
	struct answer form = browser_get(&lan, VOTE_FORM);
	assert_status(form, 200);
	assert_says(form, "<strong>Chi bộ</strong>: Chi bộ Tổ 1");
	assert_says(form, "<strong>ít nhất hai phần ba</strong>");
	assert_says(form, "294-QĐ/TW, 9.3.2; 06-HD/TW, 3.6b");
	assert_says(form, "Tổng số đảng viên chính thức của chi bộ");
	assert_says(form, "Theo sổ vào ngày đó: 0");
	assert_says(form, "data-tally=\"two_thirds\"");
	form = browser_get(&lan, "/ops/fact_record?person=1&kind=grassroots_vote");
	assert_says(form, "<strong>Đảng ủy cơ sở</strong>: Đảng bộ phường Một");
	assert_says(form, "Tổng số cấp ủy viên đương nhiệm");
	form = browser_get(&lan, "/ops/fact_record?person=1&kind=decision");
	assert_says(form, "<strong>Ban thường vụ</strong>");
	assert_null(strstr(form.body, "data-tally"));
}

static void test_asked_again_without_scripts_the_form_adds_up_and_records_nothing(void **state)
{
	struct site *s = *state;
	struct browser lan = site_enter(s, "lan");
	int64_t before = site_entries(s);
	struct answer form = browser_post(&lan, "/ops/fact_record", VOTE, "members=12", "away=1", "exempt_absent=1", "suspended=1", "_count=1");
	assert_status(form, 200);
	assert_says(form, "Được tính 9 người: cần ít nhất 6 trên 9 phiếu tán thành.");
	assert_says(form, "value=\"12\"");
	form = browser_post(&lan, "/ops/fact_record", VOTE, "members=12", "away=1", "suspended=1", "yes=6", "_count=1");
	assert_says(form, "Được tính 10 người, cần 7 trên 10: có 6 phiếu tán thành, không đạt, còn thiếu 1.");
	form = browser_post(&lan, "/ops/fact_record", VOTE, "members=9", "yes=6", "_count=1");
	assert_says(form, "Được tính 9 người, cần 6 trên 9: có 6 phiếu tán thành, đạt.");
	assert_int_equal(site_entries(s), before);
}

static void test_impossible_counts_are_named_before_and_refused_after(void **state)
{
	struct site *s = *state;
	struct browser lan = site_enter(s, "lan");
	struct answer form = browser_post(&lan, "/ops/fact_record", VOTE, "members=3", "away=2", "suspended=1", "_count=1");
	assert_status(form, 200);
	assert_says(form, "số người không tính vào tỷ lệ (3) không được bằng hoặc vượt tổng số (3)");
	form = browser_post(&lan, "/ops/fact_record", VOTE, "members=9", "yes=6", "no=4");
	assert_status(form, 422);
	assert_says(form, "id=\"f-yes-error\"");
	assert_says(form, "có 10 phiếu trong khi chỉ 9 người được tính");
	assert_says(form, "294-QĐ/TW, 9.3.2");
}

static void test_a_failed_vote_is_recorded_and_stands_on_the_page(void **state)
{
	struct site *s = *state;
	struct browser lan = site_enter(s, "lan");
	assert_status(browser_post(&lan, "/ops/fact_record", VOTE, "members=9", "yes=5"), 303);
	struct answer page = browser_get(&lan, "/people/1");
	assert_says(page, "Nghị quyết của chi bộ đề nghị kết nạp: không đủ tỷ lệ");
	assert_says(page, "báo cáo đầy đủ kết quả lên cấp trên");
	assert_says(page, "5/9 tán thành, cần ít nhất 6: không đạt");
	assert_says(page, "/people/1/votes");
}

static void test_the_page_of_who_votes_follows_the_day(void **state)
{
	struct site *s = *state;
	struct browser xem = site_enter(s, "xem");
	struct answer page = browser_get(&xem, "/people/1/votes?on=1/6/2024");
	assert_status(page, 200);
	assert_says(page, "24-QĐ/TW");
	assert_says(page, "Ban thường vụ: Đảng bộ thị xã Thử");
	page = browser_get(&xem, "/people/1/votes");
	assert_says(page, "Ban thường vụ: Đảng bộ phường Một"); /* as reported of 208-QĐ/TW */
	assert_says(page, "chưa kiểm chứng");
	assert_status(browser_get(&xem, "/people/1/votes?step=no_such"), 404);
	assert_status(browser_get(&xem, "/people/2/votes"), 404);
}

static void test_the_same_as_json_with_the_counts(void **state)
{
	struct site *s = *state;
	struct browser lan = site_enter(s, "lan");
	struct answer json = browser_get(&lan,
		"/api/v1/people/1/votes?on=2025-12-10&step=branch_vote&members=12&away=1&exempt_absent=1&suspended=1&yes=5");
	assert_status(json, 200);
	assert_says(json, "\"unit\":\"TB-01-A\"");
	assert_says(json, "\"threshold\":\"two_thirds\",\"rule\":\"294-QĐ/TW, 9.3.2; 06-HD/TW, 3.6b\",\"verified\":true");
	assert_says(json, "\"n\":9,\"needs\":6,\"passed\":false");
	json = browser_get(&lan, "/api/v1/people/1/votes?step=branch_vote&members=2&away=2");
	assert_says(json, "\"n\":null,\"needs\":null");
}

/* What a kind has no field for is not asked. */
static void test_a_correction_asks_what_its_kind_knows_and_shows_what_was_counted(void **state)
{
	struct site *s = *state;
	struct browser lan = site_enter(s, "lan");
	assert_status(browser_post(&lan, "/ops/fact_record", "person=1", "kind=dossier", "on=20/5/2026"), 303);
	struct answer dossier = browser_get(&lan, "/ops/fact_correct?person=1&seq=7");
	assert_says(dossier, "Lập hồ sơ kết nạp");
	for (const char *const *name = (const char *const[]){ "members", "yes", "other", "amount", "since", NULL }; *name; name++)
		assert_silent(dossier, arena_printf(&s->arena, "name=\"%s\"", *name));
	assert_says(dossier, "name=\"paper_no\"");
	assert_says(dossier, "name=\"withdraw\"");
	assert_status(browser_post(&lan, "/ops/fact_record", VOTE, "members=12", "yes=7"), 303);
	struct answer vote = browser_get(&lan, "/ops/fact_correct?person=1&seq=8");
	assert_says(vote, "Kết quả biểu quyết đúng");
	assert_says(vote, "đã ghi: 12");
	assert_says(vote, "đã ghi: 7");
	assert_says(vote, "– theo số phiếu –");
	struct answer wrong = browser_post(&lan, "/ops/fact_correct", "person=1", "seq=8", "yes=13", "reason=nhầm");
	assert_says(wrong, "có 13 phiếu trong khi chỉ 12 người");
	assert_status(browser_post(&lan, "/ops/fact_correct", "person=1", "seq=8", "yes=8", "reason=nhầm"), 303);
	assert_says(browser_get(&lan, "/journal?person=1"), "Tán thành");
}

/* Branch, grassroots committee and standing committee vote on striking off; a grassroots branch has no committee above it in between. */
static void test_a_members_page_offers_the_votes_on_striking_off(void **state)
{
	static const char *const units[] = { "unit=TB-01-A", "unit=TB-02" };
	struct site *s = *state;
	struct browser phong = site_enter(s, "phong");
	for (int i = 0; i < 2; i++) {
		assert_status(browser_post(&phong, "/ops/person_record", units[i], "name=Lê Thị Xóa", "birth=1/1/1980", "decided=1/3/2005",
			"ceremony=19/3/2005", "official=19/3/2006"), 303);
		struct answer page = browser_get(&phong, i == 0 ? "/people/3" : "/people/4");
		assert_says(page, "kind=strike_vote");
		assert_says(page, "kind=strike_decision_vote");
		assert_says(page, "Cấp có thẩm quyền biểu quyết xóa tên");
		assert_int_equal(strstr(page.body, "kind=strike_grassroots_vote") != NULL, i == 0);
	}
	struct answer form = browser_get(&phong, "/ops/fact_record?person=3&kind=strike_decision_vote");
	assert_says(form, "<strong>Ban thường vụ</strong>");
	assert_says(form, "data-tally=\"majority\"");
}

#define ON_SITE(name) cmocka_unit_test_setup_teardown(name, site_setup, site_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_SITE(test_the_form_says_who_votes_by_what_share_and_under_which_rule),
		ON_SITE(test_asked_again_without_scripts_the_form_adds_up_and_records_nothing),
		ON_SITE(test_impossible_counts_are_named_before_and_refused_after),
		ON_SITE(test_a_failed_vote_is_recorded_and_stands_on_the_page),
		ON_SITE(test_the_page_of_who_votes_follows_the_day),
		ON_SITE(test_the_same_as_json_with_the_counts),
		ON_SITE(test_a_correction_asks_what_its_kind_knows_and_shows_what_was_counted),
		ON_SITE(test_a_members_page_offers_the_votes_on_striking_off),
	};
	return RUN(tests);
}
