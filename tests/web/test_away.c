/* The database server cuts its connections in the middle of a request: the clock, which a request asks at known places, does it. */
#include "pages.h"

#include <stdatomic.h>

#define CUT "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"

static struct {
	char uri[256];
	atomic_int asked, from, to; /* which askings of the clock cut, from 1 */
	atomic_int cuts;
} cutter;

static int64_t cutting_clock(void *ctx)
{
	int n = atomic_fetch_add(&cutter.asked, 1) + 1;
	if (n >= atomic_load(&cutter.from) && n <= atomic_load(&cutter.to)) {
		(void)place_superuser_runs(cutter.uri, CUT);
		atomic_fetch_add(&cutter.cuts, 1);
	}
	return site_clock(ctx);
}

/* From now on; the first asking of each request comes before its transaction. */
static void cut(int from, int to)
{
	atomic_store(&cutter.asked, 0);
	atomic_store(&cutter.cuts, 0);
	atomic_store(&cutter.from, from);
	atomic_store(&cutter.to, to);
}

static int setup(void **state)
{
	struct web_config config = { .http = http_config_default() };
	config.http.workers = 1;
	config.http.slow_workers = 1;
	cut(0, 0);
	int made = site_setup_clock(state, config, cutting_clock);
	const struct site *s = *state;
	(void)snprintf(cutter.uri, sizeof cutter.uri, "%s", place_where(&s->place));
	return made;
}

/* ---- pages ---- */

static void test_connections_that_were_cut_meanwhile_trouble_nobody(void **state)
{
	struct site *s = *state;
	struct browser lan = site_enter(s, "lan");
	(void)place_superuser_runs(cutter.uri, CUT);
	assert_status(browser_get(&lan, "/units/TB-01/people"), 200);
	(void)place_superuser_runs(cutter.uri, CUT);
	assert_status(browser_post(&lan, "/ops/fact_record", "person=1", "kind=dossier", "on=1/6/2026"), 303);
	(void)place_superuser_runs(cutter.uri, CUT);
	assert_status(browser_get(&lan, "/health/ready"), 200);
}

/* The list of users asks the clock once inside its transaction. */
static void test_a_page_that_was_cut_is_made_once_more(void **state)
{
	struct site *s = *state;
	struct browser quan = site_enter(s, "quan");
	cut(2, 2);
	struct answer page = browser_get(&quan, "/users");
	assert_status(page, 200);
	assert_says(page, "Nguyễn Thị Lan");
	assert_true(atomic_load(&cutter.asked) > 2);
}

static void test_a_page_that_is_cut_again_says_so_and_nothing_of_the_server(void **state)
{
	struct site *s = *state;
	struct browser quan = site_enter(s, "quan");
	cut(2, 99);
	struct answer page = browser_get(&quan, "/users");
	assert_status(page, 503);
	assert_string_equal(answer_header(s, &page, "Retry-After"), "5");
	assert_says(page, "máy chủ cơ sở dữ liệu đang không trả lời");
	assert_null(strstr(page.body, place_database(&s->place)));
	struct answer json = browser_get(&quan, "/api/v1/users");
	assert_status(json, 503);
	assert_says(json, "/problems/gone");
	assert_null(strstr(json.body, place_database(&s->place)));
	cut(0, 0);
	assert_status(browser_get(&quan, "/users"), 200);
}

/* ---- changes ---- */

#define HOA "unit=TB-01-A", "name=Lý Thị Hoa", "birth=1/1/1999"

/* The second asking is the writer's, for the entry: in the middle of its transaction. */
static void test_a_change_that_was_cut_is_done_once(void **state)
{
	struct site *s = *state;
	struct browser lan = site_enter(s, "lan");
	int64_t before = site_entries(s);
	cut(2, 2);
	struct answer done = browser_post(&lan, "/ops/person_record", HOA, "_once=abc");
	assert_true(atomic_load(&cutter.asked) > 2);
	cut(0, 0);
	assert_status(done, 303);
	assert_int_equal(site_entries(s), before + 1);
	struct answer again = browser_post(&lan, "/ops/person_record", HOA, "_once=abc");
	assert_string_equal(answer_header(s, &again, "Location"), answer_header(s, &done, "Location"));
	assert_int_equal(site_entries(s), before + 1);
}

static void test_the_form_comes_back_with_its_own_key(void **state)
{
	struct site *s = *state;
	struct browser lan = site_enter(s, "lan");
	int64_t before = site_entries(s);
	cut(2, 99);
	struct answer form = browser_post(&lan, "/ops/person_record", HOA, "_once=abc");
	cut(0, 0);
	assert_status(form, 503);
	assert_string_equal(answer_header(s, &form, "Retry-After"), "5");
	assert_says(form, "hãy bấm nút ghi lần nữa");
	assert_says(form, "value=\"Lý Thị Hoa\"");
	assert_string_equal(answer_hidden(s, &form, "_once"), "abc");
	assert_int_equal(site_entries(s), before);
	assert_status(browser_post(&lan, "/ops/person_record", HOA, "_once=abc"), 303);
	assert_status(browser_post(&lan, "/ops/person_record", HOA, "_once=abc"), 303);
	assert_int_equal(site_entries(s), before + 1);
}

static void wait_for_cut(void)
{
	while (atomic_load(&cutter.cuts) == 0)
		(void)usleep(1000);
	cut(0, 0);
}

/* The writer asks for the instant of each entry. */
static void test_an_import_that_was_cut_says_so_and_can_be_sent_again(void **state)
{
	struct site *s = *state;
	struct browser lan = site_enter(s, "lan");
	int64_t before = site_entries(s);
	cut(2, 99);
	struct answer sent = page_send_file(&lan, "people", "a.csv", LIST_GOOD, strlen(LIST_GOOD));
	wait_for_cut();
	const char *page = answer_header(s, &sent, "Location");
	assert_says(list_wait(&lan, page), "\"state\":\"failed\"");
	assert_says(browser_get(&lan, page), "Chưa kiểm tra được; hãy gửi lại tệp");
	page = list_send(&lan, "a.csv", LIST_GOOD, strlen(LIST_GOOD));
	assert_says(list_wait(&lan, page), "\"state\":\"checked\"");
	cut(2, 2);
	list_commit(&lan, page, 303);
	wait_for_cut();
	assert_says(list_wait(&lan, page), "\"state\":\"checked\"");
	assert_says(browser_get(&lan, page), "Không ghi được; không có gì được lưu");
	assert_int_equal(site_entries(s), before);
	list_commit(&lan, page, 303);
	assert_says(list_wait(&lan, page), "\"state\":\"stored\"");
	assert_int_equal(site_entries(s), before + 2);
}

/* A browser may call itself anything; the store takes only text. */
static void test_somebody_whose_browser_sends_no_text_can_sign_in(void **state)
{
	struct site *s = *state;
	struct browser b = { .site = s, .headers = "User-Agent: tr\xecnh duy\xeat\r\n" };
	struct answer form = browser_get(&b, "/login");
	const char *cookie = answer_header(s, &form, "Set-Cookie");
	assert_non_null(cookie);
	b.csrf = answer_hidden(s, &form, "_csrf");
	b.headers = arena_printf(&s->arena, "%sCookie: %.*s\r\n", b.headers, (int)strcspn(cookie, ";"), cookie);
	assert_status(browser_post(&b, "/login", "login=lan", "password=" SITE_PASSWORD), 303);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, site_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_connections_that_were_cut_meanwhile_trouble_nobody),
		TEST(test_a_page_that_was_cut_is_made_once_more),
		TEST(test_a_page_that_is_cut_again_says_so_and_nothing_of_the_server),
		TEST(test_a_change_that_was_cut_is_done_once),
		TEST(test_the_form_comes_back_with_its_own_key),
		TEST(test_an_import_that_was_cut_says_so_and_can_be_sent_again),
		TEST(test_somebody_whose_browser_sends_no_text_can_sign_in),
	};
	return RUN(tests);
}
