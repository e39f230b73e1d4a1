/* Who is let in, what every answer carries, and where a request ends that is not one's own. */
#include "site.h"

static int64_t now_us;

static int64_t moving_clock(void *ctx)
{
	(void)ctx;
	return now_us ? now_us : site_clock(NULL);
}

static int moving_setup(void **state)
{
	struct web_config config = { .http = http_config_default() };
	now_us = 0;
	return site_setup_clock(state, config, moving_clock);
}

/* ---- the way in ---- */

static void test_nobody_is_sent_to_sign_in_and_back(void **state)
{
	struct site *s = *state;
	struct browser nobody = { .site = s };
	struct answer r = browser_get(&nobody, "/units/TB-01/people?late=1");
	assert_status(r, 303);
	assert_string_equal(answer_header(s, &r, "Location"), "/login?to=%2Funits%2FTB-01%2Fpeople%3Flate%3D1");
	assert_status(browser_get(&nobody, "/login"), 200);
	assert_status(browser_get(&nobody, "/api/v1/units/TB-01/people"), 401);
	assert_status(browser_get(&nobody, "/health"), 200);
}

static void test_each_begins_where_they_work(void **state)
{
	struct site *s = *state;
	static const struct { const char *login, *to; } begins[] = {
		{ "lan", "/units/TB-01" }, { "thu", "/units/TB-01-A" }, { "quan", "/users" }, { "moi", "/me" },
	};
	for (size_t i = 0; i < sizeof begins / sizeof *begins; i++) {
		struct browser b = site_enter(s, begins[i].login);
		struct answer r = browser_get(&b, "/");
		assert_string_equal(answer_header(s, &r, "Location"), begins[i].to);
	}
}

static void test_a_session_ends_after_an_idle_hour(void **state)
{
	struct site *s = *state;
	struct browser lan = site_enter(s, "lan");
	now_us = site_clock(NULL) + INT64_C(3590) * 1000000;
	assert_status(browser_get(&lan, "/units/TB-01"), 200);
	now_us += INT64_C(3610) * 1000000;
	assert_status(browser_get(&lan, "/units/TB-01"), 303);
}

static void test_what_is_elsewhere_is_not_there(void **state)
{
	struct site *s = *state;
	struct browser thu = site_enter(s, "thu"), quan = site_enter(s, "quan");
	assert_status(browser_get(&thu, "/units/TB-01-A/people"), 200);
	struct answer above = browser_get(&thu, "/units/TB/people"), none = browser_get(&thu, "/units/XX/people");
	assert_status(above, 404);
	assert_status(none, 404);
	assert_null(strstr(above.body, "thị xã Thử"));
	assert_status(browser_get(&thu, "/people/2"), 404);
	assert_status(browser_get(&thu, "/people/999"), 404);
	assert_status(browser_get(&thu, "/people/x"), 404);
	assert_status(browser_get(&thu, "/users"), 403);
	assert_status(browser_get(&quan, "/people/1"), 404);
}

/* ---- one's own requests ---- */

static void test_a_post_without_the_sessions_value_changes_nothing(void **state)
{
	struct site *s = *state;
	struct browser lan = site_enter(s, "lan"), other = site_enter(s, "lan");
	const char *csrf = lan.csrf;
	lan.csrf = NULL;
	struct answer missing = browser_post(&lan, "/prefs", "theme=dark");
	assert_status(missing, 403);
	assert_null(answer_header(s, &missing, "Set-Cookie"));
	lan.csrf = "wrong";
	assert_status(browser_post(&lan, "/prefs", "theme=dark"), 403);
	lan.csrf = other.csrf;
	assert_status(browser_post(&lan, "/prefs", "theme=dark"), 403);
	lan.csrf = csrf;
	assert_status(browser_post(&lan, "/prefs", "theme=dark"), 303);
}

static void test_a_post_from_another_site_is_refused(void **state)
{
	struct site *s = *state;
	struct browser lan = site_enter(s, "lan");
	lan.no_origin = true;
	static const char *const others[] = {
		"Origin: http://evil.test\r\n", "Origin: null\r\n", "Origin: http://nguon.test.evil.test\r\n", "Sec-Fetch-Site: cross-site\r\n",
		"Sec-Fetch-Site: same-site\r\n",
	};
	for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
		lan.headers = others[i];
		assert_status(browser_post(&lan, "/prefs", "theme=dark"), 403);
	}
	lan.headers = "Origin: https://nguon.test\r\nSec-Fetch-Site: same-origin\r\n";
	assert_status(browser_post(&lan, "/prefs", "theme=dark"), 303);
	lan.headers = NULL;
	assert_status(browser_post(&lan, "/prefs", "theme=dark"), 303);
}

static void test_open_forms_need_the_value_of_their_cookie(void **state)
{
	struct site *s = *state;
	struct browser nobody = { .site = s };
	struct answer page = browser_get(&nobody, "/login");
	const char *csrf = answer_hidden(s, &page, "_csrf"), *login[] = { "login=lan", "password=" SITE_PASSWORD, NULL };
	const char *set = answer_header(s, &page, "Set-Cookie");
	assert_true(strncmp(set, "nguon-form=", 11) == 0 && strncmp(set + 11, csrf, strlen(csrf)) == 0);
	nobody.csrf = csrf;
	assert_status(browser_post_words(&nobody, "/login", login), 403);
	nobody.headers = arena_printf(&s->arena, "Cookie: nguon-form=%s\r\n", csrf);
	assert_status(browser_post_words(&nobody, "/login", login), 303);
}

static void test_a_stranger_sends_no_big_file(void **state)
{
	struct site *s = *state;
	enum { MEGABYTE = 1 << 20 };
	char *big = arena_alloc(&s->arena, MEGABYTE);
	memset(big, 'a', MEGABYTE);
	struct browser nobody = { .site = s }, lan = site_enter(s, "lan");
	assert_status(browser_send_in(&nobody, &s->arena, "POST", "/import", "multipart/form-data; boundary=x", big, MEGABYTE), 413);
	assert_status(browser_send_in(&lan, &s->arena, "POST", "/import", "multipart/form-data; boundary=x", big, MEGABYTE), 422);
}

/* ---- what answers carry ---- */

static void test_the_session_cookie_is_not_for_scripts_or_other_sites(void **state)
{
	struct site *s = *state;
	struct browser nobody = { .site = s };
	struct answer page = browser_get(&nobody, "/login");
	nobody.csrf = answer_hidden(s, &page, "_csrf");
	nobody.headers = arena_printf(&s->arena, "Cookie: nguon-form=%s\r\n", nobody.csrf);
	struct answer r = browser_post(&nobody, "/login", "login=lan", "password=" SITE_PASSWORD);
	const char *set = answer_header(s, &r, "Set-Cookie");
	assert_non_null(strstr(set, "; Path=/; HttpOnly; SameSite=Lax"));
	assert_null(strstr(set, "Secure")); /* plain HTTP */
}

static void test_every_answer_is_guarded(void **state)
{
	struct site *s = *state;
	struct browser lan = site_enter(s, "lan");
	static const char *const paths[] = {
		"/units/TB-01", "/nothing", "/people/2", "/api/v1/units/TB-01", "/health", "/units/TB-01/people?format=csv",
	};
	for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
		struct answer r = browser_get(&lan, paths[i]);
		assert_non_null(strstr(answer_header(s, &r, "Content-Security-Policy"), "default-src 'none'"));
		assert_string_equal(answer_header(s, &r, "X-Content-Type-Options"), "nosniff");
		assert_string_equal(answer_header(s, &r, "Cache-Control"), "no-store");
		assert_string_equal(answer_header(s, &r, "Referrer-Policy"), "same-origin");
	}
}

static void test_bundled_files_may_be_kept(void **state)
{
	struct site *s = *state;
	struct browser nobody = { .site = s };
	struct answer page = browser_get(&nobody, "/login");
	const char *p = strstr(page.body, "/assets/app."), *path = arena_strndup(&s->arena, p, strcspn(p, "\""));
	nobody.headers = "Accept-Encoding: gzip\r\n";
	struct answer file = browser_get(&nobody, path);
	assert_status(file, 200);
	assert_string_equal(answer_header(s, &file, "Cache-Control"), "public, max-age=31536000, immutable");
	assert_string_equal(answer_header(s, &file, "Content-Encoding"), "gzip");
	nobody.headers = arena_printf(&s->arena, "If-None-Match: %s\r\n", answer_header(s, &file, "ETag"));
	assert_status(browser_get(&nobody, path), 304);
	assert_status(browser_get(&nobody, "/assets/nguon.db"), 404);
}

static void test_addresses_are_forgiving_and_methods_are_not(void **state)
{
	struct site *s = *state;
	struct browser lan = site_enter(s, "lan");
	struct answer r = browser_get(&lan, "/units/TB-01/?period=2026");
	assert_status(r, 308);
	assert_string_equal(answer_header(s, &r, "Location"), "/units/TB-01?period=2026");
	r = browser_post(&lan, "/units/TB-01");
	assert_status(r, 405);
	assert_string_equal(answer_header(s, &r, "Allow"), "GET, HEAD");
	assert_status(browser_get(&lan, "/units/TB-01?a=%zz"), 422);
}

/* ---- languages, files, flashes ---- */

static void test_the_language_is_vietnamese_unless_chosen(void **state)
{
	struct site *s = *state;
	struct browser lan = site_enter(s, "lan");
	lan.headers = "Accept-Language: en\r\n";
	assert_says(browser_get(&lan, "/units/TB-01/people"), "<html lang=\"vi\"");
	struct answer r = browser_get(&lan, "/units/TB-01/people?lang=en");
	assert_says(r, "<html lang=\"en\"");
	assert_true(strncmp(answer_header(s, &r, "Set-Cookie"), "nguon-lang=en; ", 15) == 0);
	lan.headers = NULL;
	assert_says(browser_get(&lan, "/api/v1/units/XX"), "không có");
	lan.headers = "Accept-Language: en-GB\r\n";
	assert_says(browser_get(&lan, "/api/v1/units/XX"), "there is no");
}

static void test_lists_leave_as_files(void **state)
{
	struct site *s = *state;
	struct browser lan = site_enter(s, "lan");
	struct answer csv = browser_get(&lan, "/units/TB-01/people?format=csv"), xlsx = browser_get(&lan, "/units/TB-01/people?format=xlsx");
	assert_status(csv, 200);
	assert_says(csv, "Đinh Thị Mai;12/05/1998");
	assert_true(strncmp(answer_header(s, &csv, "Content-Disposition"), "attachment; ", 12) == 0);
	assert_status(xlsx, 200);
	assert_memory_equal(xlsx.body, "PK", 2);
	assert_status(browser_get(&lan, "/units/TB-01/people?format=doc"), 422);
	assert_status(browser_get(&lan, "/me?format=csv"), 422);
}

static void test_what_was_done_is_said_once(void **state)
{
	struct site *s = *state;
	struct browser lan = site_enter(s, "lan");
	struct answer r = browser_post(&lan, "/ops/fact_record", "person=1", "kind=dossier", "on=1/6/2026");
	const char *set = answer_header(s, &r, "Set-Cookie");
	assert_true(strncmp(set, "nguon-flash=", 12) == 0);
	struct browser with = { .site = s };
	with.headers = arena_printf(&s->arena, "Cookie: nguon=%s; %.*s\r\n", lan.cookie, (int)strcspn(set, ";"), set);
	struct answer next = browser_get(&with, "/people/1");
	assert_says(next, "Đã ghi, nhật ký số");
	assert_true(strncmp(answer_header(s, &next, "Set-Cookie"), "nguon-flash=; ", 14) == 0);
	with.headers = arena_printf(&s->arena, "Cookie: nguon=%s; nguon-flash=x%.*s\r\n", lan.cookie, (int)strcspn(set + 12, ";"), set + 12);
	assert_null(strstr(browser_get(&with, "/people/1").body, "Đã ghi, nhật ký số"));
}

int main(void)
{
#define SITE(test) cmocka_unit_test_setup_teardown(test, site_setup, site_teardown)
	const struct CMUnitTest tests[] = {
		SITE(test_nobody_is_sent_to_sign_in_and_back),
		SITE(test_each_begins_where_they_work),
		cmocka_unit_test_setup_teardown(test_a_session_ends_after_an_idle_hour, moving_setup, site_teardown),
		SITE(test_what_is_elsewhere_is_not_there),
		SITE(test_a_post_without_the_sessions_value_changes_nothing),
		SITE(test_a_post_from_another_site_is_refused),
		SITE(test_open_forms_need_the_value_of_their_cookie),
		SITE(test_a_stranger_sends_no_big_file),
		SITE(test_the_session_cookie_is_not_for_scripts_or_other_sites),
		SITE(test_every_answer_is_guarded),
		SITE(test_bundled_files_may_be_kept),
		SITE(test_addresses_are_forgiving_and_methods_are_not),
		SITE(test_the_language_is_vietnamese_unless_chosen),
		SITE(test_lists_leave_as_files),
		SITE(test_what_was_done_is_said_once),
	};
	return RUN(tests);
}
