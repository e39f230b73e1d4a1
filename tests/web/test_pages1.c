/* What the pages of units and people show, to whom. Hand-counted on the small district:
 *
 *   TB-01-A  1 Đinh Thị Mai, on the list · 3 Nguyễn Thị Ân, decided 10/03/2026, ceremony 20/03/2026
 *   TB-01-B  4 Đặng Văn Ích, branch vote 15/01/2026, grassroots vote 20/01/2026, then nothing: 45 working days are over
 *   TB-02    2 Phùng Quốc Bảo, on the list · 5 Lê Thị Dung, decided 05/05/2026, ceremony 10/05/2026 · 6 Vũ Thị Đào, on the list
 *   TB       target 2026: 4 admitted; 2 are, on the last day of the first half */
#include "site.h"

#include <stdlib.h>

static void record(const struct browser *b, const char *const words[])
{
	struct answer done = browser_post_words(b, "/ops/person_record", words);
	assert_status(done, 303);
}
#define RECORD(b, ...) record((b), (const char *const[]){ __VA_ARGS__, NULL })

static struct site *district(void **state)
{
	struct site *s = *state;
	struct browser phong = site_enter(s, "phong");
	RECORD(&phong, "unit=TB-01-A", "name=Nguyễn Thị Ân", "birth=04/05/1999", "sex=Nữ", "id_number=001199012345", "decided=10/03/2026",
		"ceremony=20/03/2026");
	RECORD(&phong, "unit=TB-01-B", "name=Đặng Văn Ích", "birth=07/08/1997", "branch_vote=15/01/2026", "grassroots_vote=20/01/2026");
	RECORD(&phong, "unit=TB-02", "name=Lê Thị Dung", "birth=01/02/1996", "decided=05/05/2026", "ceremony=10/05/2026");
	RECORD(&phong, "unit=TB-02", "name=Vũ Thị Đào", "birth=03/04/1995", "listed=01/06/2026");
	struct answer target = browser_post(&phong, "/ops/target_set", "unit=TB", "indicator=admitted", "kind=assigned", "period=2026",
		"low=4");
	assert_status(target, 303);
	return s;
}

/* Both stand there, the first before the second. */
static void assert_before(const struct answer *r, const char *first, const char *second)
{
	const char *a = strstr(r->body, first), *b = strstr(r->body, second);
	if (!a || !b || a > b)
		fail_msg("%s does not stand before %s: %s", first, second, r->body);
}

/* ---- the dashboard ---- */

static void test_the_figures_of_the_dashboard_are_those_counted_by_hand(void **state)
{
	struct site *s = district(state);
	struct browser phong = site_enter(s, "phong");
	struct answer json = browser_get(&phong, "/api/v1/units/TB"), page = browser_get(&phong, "/units/TB");
	assert_status(json, 200);
	assert_says(json, "\"admitted\":2,\"admitted_before\":0,\"members\":2");
	assert_says(json, "\"late_total\":1,");
	assert_says(json, "{\"month\":3,\"now\":1,\"before\":0},{\"month\":4,\"now\":0,\"before\":0},{\"month\":5,\"now\":1,\"before\":0}");
	assert_says(json, "{\"month\":7,\"now\":null,\"before\":0}");
	assert_says(json, "\"percent\":\"50\",\"pace\":\"50\",\"points\":\"0\"");
	assert_says(json, "\"state\":\"ON_LIST\",\"label\":\"Cảm tình Đảng\",\"phase\":\"candidate\",\"n\":3,\"late\":0}");
	assert_status(page, 200);
	assert_says(page, "đạt 50 %, đúng tiến độ");
	assert_says(page, "Đặng Văn Ích");
	assert_says(page, "Chi bộ Tổ 2, Đảng bộ phường Một");
}

static void test_another_period_of_the_dashboard_counts_its_own_days(void **state)
{
	struct site *s = district(state);
	struct browser phong = site_enter(s, "phong");
	struct answer quarter = browser_get(&phong, "/api/v1/units/TB?period=2026-Q1");
	assert_says(quarter, "\"admitted\":1,");
	assert_status(browser_get(&phong, "/units/TB?period=sang+nam"), 422);
	assert_status(browser_get(&phong, "/units/TB?sort=height"), 422);
}

static void test_children_are_sorted_by_what_is_late_or_by_name(void **state)
{
	struct site *s = district(state);
	struct browser phong = site_enter(s, "phong");
	struct answer late = browser_get(&phong, "/units/TB?sort=late&format=csv");
	assert_status(late, 200);
	assert_before(&late, "TB-01;Đảng bộ phường Một;1;", "TB-02;Chi bộ Trường học;1;");
	struct answer name = browser_get(&phong, "/units/TB?sort=name&format=csv");
	assert_before(&name, "TB-02;Chi bộ Trường học;1;", "TB-01;Đảng bộ phường Một;1;");
}

static void test_whoever_may_see_figures_alone_sees_no_names(void **state)
{
	struct site *s = district(state);
	struct browser program = site_token(s, "phong", "figures");
	struct answer board = browser_get(&program, "/api/v1/units/TB");
	assert_status(board, 200);
	assert_says(board, "\"late\":[{\"person\":null,\"name\":null,\"unit\":\"TB-01-B\"");
	assert_silent(board, "Ích");
	assert_status(browser_get(&program, "/api/v1/units/TB/people"), 403);
	struct answer found = browser_get(&program, "/api/v1/search?q=thi");
	assert_says(found, "\"people\":[]");
}

static void test_a_branch_sees_its_work_and_each_next_step_first(void **state)
{
	struct site *s = district(state);
	struct browser thu = site_enter(s, "thu");
	struct answer page = browser_get(&thu, "/units/TB-01-A");
	assert_status(page, 200);
	assert_before(&page, "Bước tiếp theo của từng người", "Đang trong quy trình");
	assert_before(&page, "Đinh Thị Mai", "Học lớp bồi dưỡng nhận thức về Đảng");
}

/* ---- whose is what ---- */

static void test_units_and_people_of_others_are_not_there(void **state)
{
	struct site *s = district(state);
	struct browser thu = site_enter(s, "thu");
	static const char *const others[] = {
		"/people/2", "/people/999", "/units/TB", "/units/TB/people", "/units/TB-02/late", "/units/TB-01/tree", "/units/TB-01-B/about",
		"/units/TB-01-A/people?in=TB-02", "/api/v1/people/2", "/units/TB-02/late/2026-06-01",
	};
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		assert_status(browser_get(&thu, others[i]), 404);
	assert_status(browser_get(&thu, "/people/1"), 200);
	struct answer found = browser_get(&thu, "/api/v1/search?q=bao");
	assert_silent(found, "Phùng");
	assert_status(browser_get(&thu, "/search?q=TB-02"), 200);
}

static void test_a_citizen_id_is_whole_only_for_those_who_keep_the_record(void **state)
{
	struct site *s = district(state);
	struct browser phong = site_enter(s, "phong"), xem = site_enter(s, "xem");
	struct answer whole = browser_get(&phong, "/people/3"), hidden = browser_get(&xem, "/people/3");
	struct answer api = browser_get(&xem, "/api/v1/people/3");
	assert_says(whole, "001199012345");
	assert_status(hidden, 200);
	assert_silent(hidden, "001199012345");
	assert_says(hidden, "•••••••••345");
	assert_silent(api, "001199012345");
	assert_silent(hidden, "/ops/");
}

/* ---- the list ---- */

static void test_the_list_is_in_the_order_of_vietnamese_given_names(void **state)
{
	struct site *s = district(state);
	struct browser phong = site_enter(s, "phong");
	struct answer page = browser_get(&phong, "/api/v1/units/TB/people");
	assert_says(page, "\"total\":6");
	assert_before(&page, "Nguyễn Thị Ân", "Phùng Quốc Bảo");
	assert_before(&page, "Phùng Quốc Bảo", "Lê Thị Dung");
	assert_before(&page, "Lê Thị Dung", "Vũ Thị Đào");
	assert_before(&page, "Vũ Thị Đào", "Đặng Văn Ích");
	assert_before(&page, "Đặng Văn Ích", "Đinh Thị Mai");
}

static int total(const struct browser *b, const char *path)
{
	struct answer r = browser_get(b, path);
	const char *at = strstr(r.body, "\"total\":");
	assert_status(r, 200);
	assert_non_null(at);
	return (int)strtol(at + strlen("\"total\":"), NULL, 10);
}

static void test_filters_narrow_the_list_and_add_up(void **state)
{
	struct site *s = district(state);
	struct browser phong = site_enter(s, "phong");
	assert_int_equal(total(&phong, "/api/v1/units/TB/people?late=1"), 1);
	assert_int_equal(total(&phong, "/api/v1/units/TB/people?state=ON_LIST"), 3);
	assert_int_equal(total(&phong, "/api/v1/units/TB/people?phase=probation"), 2);
	assert_int_equal(total(&phong, "/api/v1/units/TB/people?in=TB-02&state=ON_LIST"), 2);
	assert_int_equal(total(&phong, "/api/v1/units/TB/people?q=thi+dao"), 1);
	assert_int_equal(total(&phong, "/api/v1/units/TB/people?q=001199012345"), 1);
	assert_int_equal(total(&phong, "/api/v1/units/TB-02/people?q=001199012345"), 0);
	assert_status(browser_get(&phong, "/units/TB/people?phase=asleep"), 422);
	assert_status(browser_get(&phong, "/units/TB/people?page=0"), 422);
}

static void test_the_list_is_exported_as_it_is_seen(void **state)
{
	struct site *s = district(state);
	struct browser phong = site_enter(s, "phong");
	struct answer csv = browser_get(&phong, "/units/TB/people?late=1&format=csv");
	assert_status(csv, 200);
	assert_says(csv, "Đặng Văn Ích");
	assert_silent(csv, "Đinh Thị Mai");
}

static void test_an_empty_list_says_what_to_do(void **state)
{
	struct site *s = *state;
	struct browser lan = site_enter(s, "lan");
	struct answer nobody = browser_get(&lan, "/units/TB-01-B/people"), unfit = browser_get(&lan, "/units/TB-01/people?q=khongcoai");
	assert_says(nobody, "Hãy nhập danh sách từ Excel");
	assert_says(unfit, "Không có ai phù hợp");
	assert_status(browser_get(&lan, "/units/TB-01-B"), 200);
	assert_status(browser_get(&lan, "/units/TB-01-B/late?what=todo"), 200);
}

/* ---- a person ---- */

static void test_a_person_shows_the_next_step_as_a_form_and_what_is_late(void **state)
{
	struct site *s = district(state);
	struct browser phong = site_enter(s, "phong"), xem = site_enter(s, "xem");
	struct answer late = browser_get(&phong, "/people/4"), read = browser_get(&xem, "/people/4");
	assert_says(late, "Đang quá hạn");
	assert_says(late, "294-QĐ/TW, 4.3.1");
	assert_string_equal(answer_hidden(s, &late, "kind"), "decision");
	assert_says(read, "Bạn được xem nhưng không được ghi");
}

static int times(struct answer r, const char *text)
{
	int n = 0;
	for (const char *p = r.body; (p = strstr(p, text)) != NULL; p++)
		n++;
	return n;
}

/* By the form where there is one, else above it. */
static void test_what_is_missing_for_the_next_step_is_said_once(void **state)
{
	struct site *s = *state;
	static const char missing[] = "Chưa cử đảng viên giúp đỡ đảng viên dự bị";
	struct browser phong = site_enter(s, "phong"), xem = site_enter(s, "xem");
	assert_status(browser_post(&phong, "/ops/person_record", "unit=TB-01-A", "name=Lý Thị Hoa", "birth=01/01/1999",
		"dossier=10/02/2026", "decided=10/05/2026"), 303);
	assert_status(browser_post(&phong, "/ops/fact_record", "person=3", "kind=received", "on=12/05/2026"), 303);
	struct answer form = browser_get(&phong, "/people/3"), none = browser_get(&xem, "/people/3");
	assert_says(form, "action=\"/ops/fact_record\"");
	assert_int_equal(times(form, missing), 1);
	assert_silent(none, "action=\"/ops/fact_record\"");
	assert_int_equal(times(none, missing), 1);
}

static void test_a_corrected_fact_stays_readable_and_names_what_is_right(void **state)
{
	struct site *s = district(state);
	struct browser phong = site_enter(s, "phong");
	struct answer before = browser_get(&phong, "/api/v1/people/6");
	const char *fact = strstr(before.body, "\"kind\":\"on_list\""), *seq = fact;
	assert_non_null(fact);
	while (strncmp(seq, "\"seq\":", strlen("\"seq\":")) != 0)
		seq--;
	const char *number = arena_printf(&s->arena, "seq=%ld", strtol(seq + strlen("\"seq\":"), NULL, 10));
	assert_status(browser_post(&phong, "/ops/fact_correct", "person=6", number, "on=02/06/2026", "reason=Ghi nhầm ngày"), 303);
	struct answer page = browser_get(&phong, "/people/6");
	assert_says(page, "<s>Vào danh sách cảm tình Đảng</s>");
	assert_says(page, "đã sửa");
	assert_says(page, "02/06/2026");
	assert_says(page, "01/06/2026");
	assert_says(page, "bởi phong");
}

static void test_markup_in_names_and_questions_is_shown_not_run(void **state)
{
	struct site *s = *state;
	struct browser phong = site_enter(s, "phong");
	RECORD(&phong, "unit=TB-02", "name=Trần Văn Sáu", "listed=01/06/2026");
	RECORD(&phong, "unit=TB-02", "name=Trần <b onclick=\"x()\">Hoa</b>", "listed=01/06/2026");
	static const char *const pages[] = {
		"/units/TB/people", "/people/4", "/search?q=tran", "/search/part?q=tran", "/units/TB/late?what=todo", "/units/TB-02",
		"/units/TB/people?q=%3Cb+onclick%3D%22x()%22%3E", "/search?q=%3Cb+onclick%3D%22x()%22%3Enobody",
	};
	for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
		struct answer r = browser_get(&phong, pages[i]);
		assert_status(r, 200);
		assert_silent(r, "<b onclick");
		assert_says(r, "&lt;b onclick");
	}
}

/* ---- late, tree, unit, search ---- */

static void test_the_late_list_of_another_day_has_its_own_address(void **state)
{
	struct site *s = district(state);
	struct browser phong = site_enter(s, "phong");
	struct answer today = browser_get(&phong, "/units/TB/late"), sent = browser_get(&phong, "/units/TB/late?on=01/02/2026");
	assert_says(today, "Ra quyết định kết nạp");
	assert_status(sent, 303);
	assert_string_equal(answer_header(s, &sent, "Location"), "/units/TB/late/2026-02-01?what=late&days=30");
	struct answer then = browser_get(&phong, "/api/v1/units/TB/late/2026-02-01?what=todo");
	assert_says(then, "\"late\":[]");
	assert_says(then, "Đặng Văn Ích");
	assert_status(browser_get(&phong, "/units/TB/late/31-02-2026"), 422);
}

static void test_the_tree_is_that_of_the_day(void **state)
{
	struct site *s = district(state);
	struct browser phong = site_enter(s, "phong");
	assert_status(browser_post(&phong, "/ops/unit_rename", "unit=TB-01", "name=Đảng bộ phường Mới", "from=01/05/2026"), 303);
	struct answer today = browser_get(&phong, "/units/TB/tree"), before = browser_get(&phong, "/units/TB/tree?on=30/04/2026"),
		early = browser_get(&phong, "/api/v1/units/TB-01/tree?on=1999-01-01");
	assert_says(today, "Đảng bộ phường Mới");
	assert_says(before, "Đảng bộ phường Một");
	assert_silent(before, "/units/TB-01/people");
	assert_says(early, "\"children\":[]");
	struct answer json = browser_get(&phong, "/api/v1/units/TB/tree");
	assert_says(json, "\"kind\":\"DISTRICT\",\"members\":2,\"admitted\":2,\"open\":6,\"late\":1,");
	assert_says(json, "\"name\":\"Đảng bộ phường Mới\",\"kind\":\"GRASS_DB\"");
	assert_says(json, "\"members\":1,\"admitted\":1,\"open\":3,\"late\":1,\"children\":2}");
	assert_status(browser_get(&phong, "/units/TB-01/tree?on=01/01/1990"), 422);
}

static void test_the_unit_page_offers_only_what_may_be_done(void **state)
{
	struct site *s = district(state);
	struct browser phong = site_enter(s, "phong"), xem = site_enter(s, "xem");
	struct answer all = browser_get(&phong, "/units/TB/about"), none = browser_get(&xem, "/units/TB-01/about");
	assert_says(all, "/ops/unit_rename?unit=TB");
	assert_says(all, "Chỉ tiêu giao");
	assert_status(none, 200);
	assert_silent(none, "/ops/unit_rename");
	assert_silent(none, "Lê Quang Xem</dd>");
}

static void test_one_exact_hit_of_a_search_leads_there(void **state)
{
	struct site *s = district(state);
	struct browser phong = site_enter(s, "phong");
	struct answer code = browser_get(&phong, "/search?q=TB-01-A"), number = browser_get(&phong, "/search?q=001199012345"),
		several = browser_get(&phong, "/search?q=thi");
	assert_string_equal(answer_header(s, &code, "Location"), "/units/TB-01-A");
	assert_string_equal(answer_header(s, &number, "Location"), "/people/3");
	assert_status(several, 200);
	assert_says(several, "Lê Thị Dung");
	struct answer part = browser_get(&phong, "/search/part?q=dung");
	assert_says(part, "Lê Thị Dung");
	assert_silent(part, "<html");
	assert_status(browser_get(&phong, "/search"), 200);
}

int main(void)
{
#define SITE(test) cmocka_unit_test_setup_teardown(test, site_setup, site_teardown)
	const struct CMUnitTest tests[] = {
		SITE(test_the_figures_of_the_dashboard_are_those_counted_by_hand),
		SITE(test_another_period_of_the_dashboard_counts_its_own_days),
		SITE(test_children_are_sorted_by_what_is_late_or_by_name),
		SITE(test_whoever_may_see_figures_alone_sees_no_names),
		SITE(test_a_branch_sees_its_work_and_each_next_step_first),
		SITE(test_units_and_people_of_others_are_not_there),
		SITE(test_a_citizen_id_is_whole_only_for_those_who_keep_the_record),
		SITE(test_the_list_is_in_the_order_of_vietnamese_given_names),
		SITE(test_filters_narrow_the_list_and_add_up),
		SITE(test_the_list_is_exported_as_it_is_seen),
		SITE(test_an_empty_list_says_what_to_do),
		SITE(test_a_person_shows_the_next_step_as_a_form_and_what_is_late),
		SITE(test_what_is_missing_for_the_next_step_is_said_once),
		SITE(test_a_corrected_fact_stays_readable_and_names_what_is_right),
		SITE(test_markup_in_names_and_questions_is_shown_not_run),
		SITE(test_the_late_list_of_another_day_has_its_own_address),
		SITE(test_the_tree_is_that_of_the_day),
		SITE(test_the_unit_page_offers_only_what_may_be_done),
		SITE(test_one_exact_hit_of_a_search_leads_there),
	};
	return RUN(tests);
}
