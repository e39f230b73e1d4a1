/* The pages of the rules and of the reasons, as a department sees them. */
#include "pages.h"

static void test_the_rules_stand_side_by_side_with_the_mark(void **state)
{
	struct site *s = *state;
	struct browser thu = site_enter(s, "thu");
	struct answer r = browser_get(&thu, "/rules");
	assert_status(r, 200);
	assert_says(r, "60 ngày làm việc, gia hạn thêm 30");
	assert_says(r, "45 ngày làm việc, gia hạn thêm 15");
	assert_says(r, "294-QĐ/TW, 4.3.1");
	assert_says(r, "chưa kiểm chứng");
	assert_says(r, "Chưa đặt giá trị riêng nào");
	assert_null(strstr(r.body, "/ops/rule_set"));
	assert_says(browser_get(&thu, "/api/v1/rules"), "{\"pack\":\"q208\",\"text\":\"45 ngày làm việc, gia hạn thêm 15\"");
}

static void test_a_value_of_the_site_is_set_shown_and_ended(void **state)
{
	struct site *s = *state;
	struct browser quan = site_enter(s, "quan"), thu = site_enter(s, "thu");
	assert_says(page_read(&quan, "/rules"), "/ops/rule_set");
	assert_status(browser_post(&thu, "/ops/rule_set", "key=T7.length", "value=40", "from=1/6/2026", "reason=Chỉ đạo của tỉnh"), 403);
	struct answer set = browser_post(&quan, "/ops/rule_set", "key=T7.length", "value=40", "from=1/6/2026", "reason=Chỉ đạo của tỉnh");
	assert_status(set, 303);
	struct answer r = browser_get(&thu, "/rules");
	assert_says(r, "T7.length: 40 ngày làm việc thay cho 45 ngày làm việc, từ 01/06/2026 (Chỉ đạo của tỉnh)");
	assert_says(r, "đang áp dụng");
	assert_null(strstr(r.body, "/ops/rule_end"));
	assert_says(browser_get(&quan, "/rules"), "/ops/rule_end?number=");
	struct answer wrong = browser_post(&quan, "/ops/rule_set", "key=T7.days", "value=40", "from=1/6/2026", "reason=Chỉ đạo");
	assert_status(wrong, 422);
	assert_says(wrong, "của quy tắc này có thể đặt: T7.length, T7.extension, T7.verified");
	assert_status(browser_post(&quan, "/ops/rule_end", "key=T7.length", "to=31/5/2026", "reason=Ghi nhầm"), 303);
	assert_says(browser_get(&thu, "/rules"), "không dùng");
}

/* Nobody knows keys by heart: the page leads to the form of each value, which says what it is now and what may be written. */
static void test_each_value_of_the_rules_leads_to_its_form(void **state)
{
	struct site *s = *state;
	struct browser quan = site_enter(s, "quan"), thu = site_enter(s, "thu");
	struct answer page = browser_get(&quan, "/rules"), form = browser_get(&quan, "/ops/rule_set?key=T7.length");
	assert_says(page, "/ops/rule_set?key=T7.length");
	assert_says(page, "/ops/rule_set?key=branch_vote.threshold");
	assert_null(strstr(page.body, "{papers}"));
	assert_null(strstr(browser_get(&thu, "/rules").body, "/ops/rule_set"));
	assert_says(form, "<h1 class=\"page-title\">Đặt giá trị riêng của một quy tắc</h1>");
	assert_says(form, "<option value=\"T7.length\" selected>Ra quyết định kết nạp (T7), độ dài: 45 ngày làm việc</option>");
	assert_says(form, "Đang dùng: 45 ngày làm việc.");
	form = browser_get(&quan, "/ops/rule_set?key=branch_vote.threshold");
	assert_says(form, "<option value=\"majority\">quá nửa</option>");
	assert_status(browser_post(&quan, "/ops/rule_set", "key=branch_vote.threshold", "value=majority", "from=01/07/2026",
		"reason=thử"), 303);
	page = browser_get(&quan, "/rules");
	const char *end = strstr(page.body, "/ops/rule_end?number=");
	assert_non_null(end);
	char path[64];
	(void)snprintf(path, sizeof path, "/ops/rule_end?number=%ld", strtol(end + strlen("/ops/rule_end?number="), NULL, 10));
	form = browser_get(&quan, path);
	assert_says(form, "Thôi dùng: branch_vote.threshold, quá nửa, từ ngày 01/07/2026. Lý do khi đặt: thử");
	assert_null(strstr(form.body, "name=\"key\""));
	assert_says(page, "chưa định"); /* it has not begun: it does not last "until now" */
}

static void test_the_reasons_of_a_person_name_answer_and_citation(void **state)
{
	struct site *s = *state;
	struct browser thu = site_enter(s, "thu"), quan = site_enter(s, "quan");
	assert_says(browser_get(&thu, "/people/1"), "/people/1/why");
	struct answer r = browser_get(&thu, "/people/1/why");
	assert_status(r, 200);
	assert_says(r, "Vì sao?");
	assert_says(r, "các bước cần có trước đã đủ");
	assert_says(r, "chưa hỏi, chưa tới bước");
	assert_says(r, "giấy chứng nhận bồi dưỡng nhận thức");
	assert_null(strstr(r.body, "kind=rules_of"));
	struct answer api = browser_get(&thu, "/api/v1/people/1/why?on=2026-06-01");
	assert_says(api, "\"on\":\"2026-06-01\"");
	assert_says(api, "\"answer\":\"not_reached\"");
	assert_status(browser_get(&quan, "/people/1/why"), 404);
	assert_status(browser_get(&thu, "/people/1/why?on=mai"), 422);
}

int main(void)
{
#define SITE(test) cmocka_unit_test_setup_teardown(test, site_setup, site_teardown)
	const struct CMUnitTest tests[] = {
		SITE(test_the_rules_stand_side_by_side_with_the_mark),
		SITE(test_a_value_of_the_site_is_set_shown_and_ended),
		SITE(test_each_value_of_the_rules_leads_to_its_form),
		SITE(test_the_reasons_of_a_person_name_answer_and_citation),
	};
	return RUN(tests);
}
