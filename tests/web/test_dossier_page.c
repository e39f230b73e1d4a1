/* Papers, letters and the second person for a birth day, as pages show them, and to whom. Today is 30/6/2026. */
#include "site.h"

/* Person 1, Đinh Thị Mai in TB-01-A, on the list since 10/3/2025. */
static void dossier(struct browser *thu)
{
	assert_status(browser_post(thu, "/ops/fact_record", "person=1", "kind=dossier", "on=05/01/2026"), 303);
	assert_status(browser_post(thu, "/ops/fact_record", "person=1", "kind=paper", "value=application", "on=02/01/2026"), 303);
}

static void test_checklist_names_what_is_there_and_what_is_missing(void **state)
{
	struct site *s = *state;
	struct browser thu = site_enter(s, "thu"), xem = site_enter(s, "xem");
	dossier(&thu);
	struct answer page = browser_get(&thu, "/people/1"), read = browser_get(&xem, "/people/1");
	struct answer json = browser_get(&thu, "/api/v1/people/1");
	assert_says(page, "Đơn xin vào Đảng (1-KNĐ)");
	assert_says(page, "02/01/2026");
	assert_says(page, "còn thiếu");
	assert_says(page, "/ops/fact_record?person=1&amp;kind=paper&amp;value=cv");
	assert_says(read, "còn thiếu");
	assert_silent(read, "kind=paper");
	assert_says(json, "{\"paper\":\"application\",\"label\":\"Đơn xin vào Đảng (1-KNĐ)\",\"status\":\"there\",\"on\":\"2026-01-02\"");
	assert_says(json, "{\"paper\":\"cv\",\"label\":\"Lý lịch của người xin vào Đảng (2-KNĐ)\",\"status\":\"missing\",\"on\":null");
}

/* Received on 6/1/2026: 30 working days are long over. Only the relation is said, no name. */
static void test_letters_show_what_is_late_and_what_to_record(void **state)
{
	struct site *s = *state;
	struct browser thu = site_enter(s, "thu"), phong = site_enter(s, "phong");
	assert_status(browser_post(&thu, "/ops/verify_request", "person=1", "relation=father", "place=Xã Ba Vì", "sent=02/01/2026",
		"received=06/01/2026", "letter=home"), 303);
	assert_status(browser_post(&thu, "/ops/verify_request", "person=1", "relation=mother", "place=Xã Ba Vì", "sent=02/01/2026"), 303);
	struct answer page = browser_get(&thu, "/people/1"), json = browser_get(&thu, "/api/v1/people/1");
	assert_says(page, "Cha đẻ");
	assert_says(page, "quá hạn");
	assert_says(page, "nhắc nơi nhận thư, hoặc cử đảng viên đến thẩm tra");
	assert_says(page, "kind=verify_reply&amp;about=");
	assert_says(page, "kind=verify_received&amp;about=");
	assert_says(page, "/ops/verify_request?person=1&amp;relation=spouse");
	assert_silent(page, "/ops/verify_request?person=1&amp;relation=father\"");
	assert_says(json, "{\"relation\":\"father\",\"place\":\"Xã Ba Vì\",\"sent\":\"2026-01-02\",\"received\":\"2026-01-06\"");
	assert_says(browser_get(&phong, "/units/TB/late"), "Trả lời thư thẩm tra, xác minh (trong nước)");
	/* who may not see the person learns nothing of the letters */
	struct browser elsewhere = site_enter(s, "lan");
	assert_status(browser_get(&elsewhere, "/people/2"), 404);
}

/* No file passes through the political centre: it needs people for its classes, and learns nothing about relatives (domain 1.15). */
static void test_the_political_centre_learns_nothing_about_relatives(void **state)
{
	static const char *const pages[] = { "/people/1", "/api/v1/people/1", "/units/TB/late", "/units/TB/late/2026-06-29",
		"/api/v1/units/TB/late", "/units/TB/people?open=1", "/api/v1/units/TB/people?open=1", "/units/TB", "/api/v1/units/TB",
		"/units/TB/reports/late?as_of=2026-06-29" };
	struct site *s = *state;
	struct browser quan = site_enter(s, "quan"), thu = site_enter(s, "thu");
	assert_status(browser_post(&quan, "/ops/role_grant", "login=moi", "role=centre", "unit=TB"), 303);
	assert_status(browser_post(&thu, "/ops/verify_request", "person=1", "relation=father", "place=Xã Ba Vì", "sent=02/01/2026",
		"received=06/01/2026", "letter=home"), 303);
	assert_status(browser_post(&thu, "/ops/fact_record", "person=1", "kind=special", "value=foreign_spouse", "on=02/01/2026"), 303);
	assert_status(browser_post(&thu, "/ops/fact_record", "person=1", "kind=conclusion", "value=asked_above", "on=02/01/2026"), 303);
	assert_status(browser_post(&thu, "/ops/fact_record", "person=1", "kind=consent", "value=political", "on=02/01/2026"), 303);
	assert_status(browser_post(&thu, "/ops/fact_record", "person=1", "kind=paper", "value=special_paper", "detail=foreign_spouse",
		"on=02/01/2026"), 303);
	struct browser moi = site_enter(s, "moi"), xem = site_enter(s, "xem");
	for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
		struct answer page = browser_get(&moi, pages[i]);
		assert_status(page, 200);
		assert_silent(page, "Cha đẻ");
		assert_silent(page, "father");
		assert_silent(page, "Ba Vì");
		assert_silent(page, "phải xin ý kiến cấp trên");
		assert_silent(page, "Kết hôn với người nước ngoài");
		assert_silent(page, "Đồng ý về vấn đề chính trị");
	}
	/* what the rules found in the file neither: papers of the recognition are missing */
	assert_status(browser_post(&thu, "/ops/fact_record", "person=1", "kind=ceremony", "on=10/06/2025"), 303);
	assert_says(browser_get(&xem, "/people/1"), "Còn thiếu, cần lưu ý");
	assert_silent(browser_get(&moi, "/people/1"), "Còn thiếu, cần lưu ý");
	assert_says(browser_get(&moi, "/api/v1/people/1"), "\"notes\":[]");
	assert_status(browser_get(&moi, "/people/1/why"), 403);
	assert_status(browser_get(&xem, "/people/1/why"), 200);
	struct answer read = browser_get(&xem, "/people/1");
	assert_says(read, "Trả lời thư thẩm tra, xác minh (trong nước): Cha đẻ");
	assert_says(read, "Kết hôn với người nước ngoài");
	assert_says(read, "phải xin ý kiến cấp trên");
}

static void test_shortcut_is_said_instead_of_a_proposal(void **state)
{
	struct site *s = *state;
	struct browser thu = site_enter(s, "thu");
	assert_status(browser_post(&thu, "/ops/fact_record", "person=1", "kind=special", "value=same_place", "on=02/01/2026"), 303);
	struct answer page = browser_get(&thu, "/people/1");
	assert_says(page, "Không phải gửi thư thẩm tra");
	assert_silent(page, "/ops/verify_request?person=1&amp;relation=father\"");
}

static void test_birth_day_of_a_member_is_confirmed_by_somebody_else(void **state)
{
	struct site *s = *state;
	struct browser phong = site_enter(s, "phong"), thu = site_enter(s, "thu");
	assert_status(browser_post(&phong, "/ops/person_record", "unit=TB-01-A", "name=Lý Thị Hoa", "birth=01/01/1999",
		"decided=10/01/2024"), 303);
	assert_says(browser_get(&phong, "/people/3"), "/ops/birth_propose?person=3");
	assert_status(browser_post(&thu, "/ops/birth_propose", "person=3", "birth=02/01/1999", "reason=ghi nhầm", "paper_no=15/GKS"), 303);
	struct answer page = browser_get(&phong, "/people/3");
	assert_says(page, "đang chờ người thứ hai xác nhận");
	assert_says(page, "/ops/birth_confirm?person=3&amp;seq=5");
	assert_says(browser_get(&phong, "/ops/birth_confirm?person=3&seq=5"),
		"Ngày sinh trong sổ: 01/01/1999. Đề nghị sửa thành: 02/01/1999. Lý do: ghi nhầm. Giấy tờ số: 15/GKS. Người đề nghị: thu.");
	assert_says(browser_post(&thu, "/ops/birth_confirm", "person=3", "seq=5"), "phải có người khác, bằng tài khoản khác, xác nhận");
	assert_status(browser_post(&phong, "/ops/birth_confirm", "person=3", "seq=5"), 303);
	struct answer after = browser_get(&phong, "/people/3");
	assert_says(after, "02/01/1999");
	assert_silent(after, "đang chờ người thứ hai xác nhận");
}

int main(void)
{
#define SITE(test) cmocka_unit_test_setup_teardown(test, site_setup, site_teardown)
	const struct CMUnitTest tests[] = {
		SITE(test_checklist_names_what_is_there_and_what_is_missing), SITE(test_letters_show_what_is_late_and_what_to_record),
		SITE(test_the_political_centre_learns_nothing_about_relatives), SITE(test_shortcut_is_said_instead_of_a_proposal),
		SITE(test_birth_day_of_a_member_is_confirmed_by_somebody_else),
	};
	return RUN(tests);
}
