/* Operations through forms and through the API. */
#include "site.h"

static void test_a_step_is_recorded_and_the_person_shown(void **state)
{
	struct site *s = *state;
	struct browser lan = site_enter(s, "lan");
	struct answer form = browser_get(&lan, "/ops/fact_record?person=1&kind=dossier");
	assert_status(form, 200);
	assert_says(form, "Lập hồ sơ kết nạp: Đinh Thị Mai");
	assert_string_equal(answer_hidden(s, &form, "person"), "1");
	assert_string_equal(answer_hidden(s, &form, "_csrf"), lan.csrf);
	struct answer done = browser_post(&lan, "/ops/fact_record", "person=1", "kind=dossier", "on=1/6/2026");
	assert_status(done, 303);
	assert_string_equal(answer_header(s, &done, "Location"), "/people/1");
}

int main(void)
{
#define SITE(test) cmocka_unit_test_setup_teardown(test, site_setup, site_teardown)
	const struct CMUnitTest tests[] = {
		SITE(test_a_step_is_recorded_and_the_person_shown),
	};
	return RUN(tests);
}
