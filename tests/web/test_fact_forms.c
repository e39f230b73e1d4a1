/* Forms of facts that are no steps, of corrections and of values of the site's own: what they offer can be recorded, and the pages lead to
 * them. Today is 30/6/2026; person 1, Đinh Thị Mai in TB-01-A, is a candidate. */
#include "site.h"

/* Sentences of the rules ask to "record the case", "record the consent": the page of the person says where. */
static void test_what_the_rules_ask_for_can_be_reached(void **state)
{
	struct site *s = *state;
	struct browser thu = site_enter(s, "thu"), xem = site_enter(s, "xem"), phong = site_enter(s, "phong");
	static const char *const kinds[] = { "reviewed", "special", "conclusion", "consent" };
	struct answer page = browser_get(&thu, "/people/1"), read = browser_get(&xem, "/people/1");
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		char link[96];
		(void)snprintf(link, sizeof link, "/ops/fact_record?person=1&amp;kind=%s\"", kinds[i]);
		assert_says(page, link);
		assert_silent(read, link);
	}
	assert_status(browser_post(&phong, "/ops/person_record", "unit=TB-01-A", "name=Lý Thị Hoa", "birth=01/01/1999",
		"ceremony=10/01/2024"), 303);
	page = browser_get(&thu, "/people/3");
	assert_says(page, "kind=discipline\"");
	assert_silent(page, "kind=special\"");
}

/* The operation takes a time limit and a pack, "T7:r24"; a form that offers the time limit alone can never be recorded. */
static void test_another_periods_rules_are_a_choice_that_can_be_recorded(void **state)
{
	struct site *s = *state;
	struct browser phong = site_enter(s, "phong");
	struct answer form = browser_get(&phong, "/ops/fact_record?person=1&kind=rules_of");
	assert_says(form, "<option value=\"T7:r24\">Ra quyết định kết nạp: theo Quy định 24-QĐ/TW ngày 30/7/2021</option>");
	assert_silent(form, "value=\"T7\"");
	assert_silent(form, "T4:r24"); /* that pack has no time for answers to letters */
	assert_says(form, "for=\"f-detail\">Lý do</label>");
	assert_status(browser_post(&phong, "/ops/fact_record", "person=1", "kind=rules_of", "on=01/06/2026", "value=T7:r24",
		"detail=hồ sơ đã gửi"), 303);
}

/* Facts have numbers that nobody sees: the form names the letters instead. */
static void test_what_a_fact_belongs_to_is_chosen_by_name(void **state)
{
	struct site *s = *state;
	struct browser thu = site_enter(s, "thu");
	assert_status(browser_post(&thu, "/ops/verify_request", "person=1", "relation=father", "place=Xã Ba Vì", "sent=02/01/2026"), 303);
	struct answer form = browser_get(&thu, "/ops/fact_record?person=1&kind=verify_reply");
	assert_says(form, "for=\"f-about\">Thư nào</label>");
	assert_says(form, "02/01/2026: Cha đẻ, Xã Ba Vì</option>");
	assert_says(browser_get(&thu, "/ops/fact_record?person=1&kind=verify_sent"), ">Nơi nhận thư</label>");
}

static void test_a_correction_says_what_is_recorded_and_offers_what_it_may_be(void **state)
{
	struct site *s = *state;
	struct browser thu = site_enter(s, "thu");
	assert_status(browser_post(&thu, "/ops/verify_request", "person=1", "relation=father", "place=Xã Ba Vì", "sent=02/01/2026"), 303);
	struct answer person = browser_get(&thu, "/people/1");
	const char *link = strstr(person.body, "/ops/fact_correct?person=1&amp;seq=");
	assert_non_null(link);
	char path[64], field[16];
	long seq = strtol(link + strlen("/ops/fact_correct?person=1&amp;seq="), NULL, 10);
	(void)snprintf(path, sizeof path, "/ops/fact_correct?person=1&seq=%ld", seq);
	(void)snprintf(field, sizeof field, "seq=%ld", seq);
	struct answer form = browser_get(&thu, path);
	assert_says(form, "Cha đẻ, Xã Ba Vì");
	assert_says(form, "– giữ nguyên –");
	assert_says(form, "<option value=\"mother\">Mẹ đẻ</option>");
	assert_says(form, ">Nơi nhận thư</label>");
	assert_silent(form, "name=\"amount\""); /* what such a fact never has */
	assert_silent(form, "name=\"other\"");
	assert_silent(form, "name=\"signer\"");
	assert_status(browser_post(&thu, "/ops/fact_correct", "person=1", field, "value=mother", "reason=ghi nhầm"), 303);
	assert_says(browser_get(&thu, "/people/1"), "Mẹ đẻ, Xã Ba Vì");
}

/* The day of birth of a member is corrected by two people: the page does not lead into a form that is refused. */
static void test_the_birth_day_of_a_member_leads_to_the_proposal(void **state)
{
	struct site *s = *state;
	struct browser phong = site_enter(s, "phong");
	assert_status(browser_post(&phong, "/ops/person_record", "unit=TB-01-A", "name=Lý Thị Hoa", "birth=01/01/1999",
		"decided=10/01/2024"), 303);
	struct answer page = browser_get(&phong, "/people/3");
	assert_says(page, "class=\"history-correct\" href=\"/ops/birth_propose?person=3\"");
	/* of a candidate it is corrected like anything else */
	assert_says(browser_get(&phong, "/people/1"), "/ops/fact_correct?person=1&amp;seq=3");
	struct answer again = browser_post(&phong, "/ops/fact_record", "person=1", "kind=birth", "on=01/01/2026", "value=01/01/1990");
	assert_status(again, 409);
	assert_says(again, "«Ngày sinh»");
	assert_says(again, "bấm «Sửa» cạnh mục đó trên trang của người này");
}

/* The person is hidden in the form: its heading says whom it is about. */
static void test_each_form_of_a_person_names_the_person(void **state)
{
	struct site *s = *state;
	struct browser thu = site_enter(s, "thu");
	static const char *const forms[] = { "/ops/person_transfer?person=1&kind=candidate", "/ops/verify_request?person=1",
		"/ops/birth_propose?person=1", "/ops/fact_record?person=1", "/ops/fact_record?person=1&kind=special",
		"/ops/helper_replace?person=1&about=1", "/ops/birth_confirm?person=1&seq=1" };
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
		assert_says(browser_get(&thu, forms[i]), ": Đinh Thị Mai</h1>");
}

/* A life history qualifies or not; nobody votes on it. */
static void test_a_certified_life_history_qualifies(void **state)
{
	struct site *s = *state;
	struct browser thu = site_enter(s, "thu");
	assert_status(browser_post(&thu, "/ops/fact_record", "person=1", "kind=cv_certified", "on=02/06/2026", "value=failed"), 303);
	assert_says(browser_get(&thu, "/people/1"), "không đủ điều kiện");
}

int main(void)
{
#define SITE(test) cmocka_unit_test_setup_teardown(test, site_setup, site_teardown)
	const struct CMUnitTest tests[] = {
		SITE(test_what_the_rules_ask_for_can_be_reached),
		SITE(test_another_periods_rules_are_a_choice_that_can_be_recorded),
		SITE(test_what_a_fact_belongs_to_is_chosen_by_name),
		SITE(test_a_correction_says_what_is_recorded_and_offers_what_it_may_be),
		SITE(test_each_form_of_a_person_names_the_person),
		SITE(test_the_birth_day_of_a_member_leads_to_the_proposal),
		SITE(test_a_certified_life_history_qualifies),
	};
	return RUN(tests);
}
