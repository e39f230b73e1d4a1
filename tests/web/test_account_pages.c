/* Signing in, passwords, second factor, sessions and tokens, as somebody at a browser does it. */
#include "pages.h"

#include <liboath/oath.h>

static void test_wrong_login_and_wrong_password_get_the_same_sentence(void **state)
{
	struct site *s = *state;
	struct browser b;
	struct answer unknown = page_sign_in(s, "khong-co", SITE_PASSWORD, &b);
	assert_status(unknown, 403);
	assert_says(unknown, "tên đăng nhập hoặc mật khẩu không đúng");
	struct answer wrong = page_sign_in(s, "lan", "không phải mật khẩu", &b);
	assert_status(wrong, 403);
	assert_says(wrong, "tên đăng nhập hoặc mật khẩu không đúng");
	assert_null(strstr(wrong.body, "không phải mật khẩu"));
}

static void test_an_account_waits_after_five_wrong_passwords(void **state)
{
	struct site *s = *state;
	struct browser b;
	for (int i = 0; i < ACCOUNT_TRIES; i++)
		assert_status(page_sign_in(s, "lan", "không phải mật khẩu", &b), 403);
	struct answer right = page_sign_in(s, "lan", SITE_PASSWORD, &b);
	assert_status(right, 403);
	assert_says(right, "phút");
}

static void test_sign_in_goes_on_within_the_site_only(void **state)
{
	struct site *s = *state;
	struct browser b = page_open_form(s, "/login?to=/units/TB-01/people");
	struct answer r = browser_post(&b, "/login", "login=lan", "password=" SITE_PASSWORD, "to=/units/TB-01/people");
	assert_status(r, 303);
	assert_string_equal(answer_header(s, &r, "Location"), "/units/TB-01/people");
	b = page_open_form(s, "/login");
	struct answer away = browser_post(&b, "/login", "login=lan", "password=" SITE_PASSWORD, "to=//example.org/");
	assert_status(away, 303);
	assert_string_equal(answer_header(s, &away, "Location"), "/");
}

static void test_a_new_account_gets_a_code_and_must_choose_a_password(void **state)
{
	struct site *s = *state;
	struct browser quan = site_enter(s, "quan"), b;
	struct answer opened = browser_post(&quan, "/ops/account_open", "login=hoa", "name=Lý Thị Hoa");
	assert_status(opened, 303);
	assert_string_equal(answer_header(s, &opened, "Location"), "/users/hoa");
	struct answer given = browser_post(&quan, "/users/hoa/code");
	assert_status(given, 200);
	const char *code = page_secret(s, &given);
	struct answer first = page_sign_in(s, "hoa", code, &b);
	struct browser hoa = page_entered(s, &first);
	struct answer elsewhere = browser_get(&hoa, "/calendar");
	assert_status(elsewhere, 303);
	assert_string_equal(answer_header(s, &elsewhere, "Location"), "/password");
	assert_status(page_read(&hoa, "/password"), 200);
	struct answer differ = browser_post(&hoa, "/password", "password=cả làng ra đồng", "again=cả làng");
	assert_status(differ, 422);
	assert_says(differ, "hai lần nhập mật khẩu không giống nhau");
	struct answer changed = browser_post(&hoa, "/password", "password=cả làng ra đồng", "again=cả làng ra đồng");
	hoa = page_entered(s, &changed);
	assert_status(browser_get(&hoa, "/calendar"), 200);
	assert_status(page_sign_in(s, "hoa", code, &b), 403);
}

static void test_only_who_keeps_accounts_gives_codes(void **state)
{
	struct site *s = *state;
	struct browser phong = site_enter(s, "phong");
	assert_status(browser_post(&phong, "/users/lan/code"), 403);
	assert_status(browser_get(&phong, "/users"), 403);
}

/* ---- second factor ---- */

static const char *code_at(struct site *s, const char *groups, time_t at)
{
	struct text base32 = TEXT(&s->arena);
	char *secret, code[7];
	size_t n;
	for (const char *p = groups; *p; p++)
		if (*p != ' ')
			text_addc(&base32, *p);
	assert_int_equal(oath_base32_decode(text_str(&base32), base32.n, &secret, &n), OATH_OK);
	assert_int_equal(oath_totp_generate(secret, n, at, OATH_TOTP_DEFAULT_TIME_STEP_SIZE, OATH_TOTP_DEFAULT_START_TIME, 6, code), OATH_OK);
	free(secret);
	return arena_printf(&s->arena, "code=%s", code);
}

static const char *other_code(struct site *s, const char *code)
{
	char *other = arena_strdup(&s->arena, code);
	size_t last = strlen(other) - 1;
	other[last] = other[last] == '9' ? '0' : (char)(other[last] + 1);
	return other;
}

static void test_a_second_factor_is_confirmed_and_asked_for(void **state)
{
	struct site *s = *state;
	struct browser lan = site_enter(s, "lan"), b;
	time_t now = (time_t)(site_clock(NULL) / 1000000);
	struct answer begun = browser_post(&lan, "/me/totp");
	assert_status(begun, 200);
	assert_says(begun, "<svg");
	const char *key = page_secret(s, &begun);
	assert_status(browser_post(&lan, "/me/totp/confirm", other_code(s, code_at(s, key, now))), 422);
	assert_status(browser_post(&lan, "/me/totp/confirm", code_at(s, key, now)), 303);

	struct answer half = page_sign_in(s, "lan", SITE_PASSWORD, &b);
	assert_status(half, 200);
	assert_null(strstr(half.body, SITE_PASSWORD));
	assert_null(strstr(half.head, "nguon="));
	const char *proof = arena_printf(&s->arena, "proof=%s", answer_hidden(s, &half, "proof"));
	const char *later = code_at(s, key, now + 30); /* a code is good once */
	assert_status(browser_post(&b, "/login/code", proof, other_code(s, later)), 403);
	assert_status(browser_post(&b, "/login/code", "proof=0123456789abcdef", later), 403);
	struct answer whole = browser_post(&b, "/login/code", proof, later);
	struct browser entered = page_entered(s, &whole);
	assert_status(browser_get(&entered, "/me"), 200);
}

/* ---- sessions and tokens ---- */

static void test_a_session_can_be_ended_from_another(void **state)
{
	struct site *s = *state;
	struct browser first = site_enter(s, "lan"), second = site_enter(s, "lan"), other = site_enter(s, "thu");
	struct answer me = browser_get(&second, "/me");
	assert_status(me, 200);
	const char *id = arena_printf(&s->arena, "session=%s", answer_hidden(s, &me, "session"));
	assert_status(browser_post(&other, "/me/sessions/end", id), 303); /* none of theirs */
	assert_status(browser_get(&first, "/me"), 200);
	assert_status(browser_post(&second, "/me/sessions/end", id), 303);
	assert_status(browser_get(&first, "/me"), 303);
	assert_status(browser_get(&second, "/me"), 200);
}

static void test_a_token_is_shown_once_holds_its_scope_and_can_be_revoked(void **state)
{
	struct site *s = *state;
	struct browser lan = site_enter(s, "lan"), program = { .site = s };
	struct answer made = browser_post(&lan, "/me/tokens", "name=tổng hợp", "scope=figures", "days=30");
	assert_status(made, 200);
	program.token = page_secret(s, &made);
	struct answer me = browser_get(&lan, "/me");
	assert_says(me, "tổng hợp");
	assert_null(strstr(me.body, program.token));
	assert_status(browser_get(&program, "/api/v1/units/TB-01/reports/progress?period=2026"), 200);
	assert_status(browser_get(&program, "/api/v1/people/1"), 404);
	const char *id = arena_printf(&s->arena, "token=%s", answer_hidden(s, &me, "token"));
	assert_status(browser_post(&lan, "/me/tokens/end", id), 303);
	assert_status(browser_get(&program, "/api/v1/units/TB-01/reports/progress?period=2026"), 401);
}

static void test_a_token_for_too_long_is_refused_at_its_field(void **state)
{
	struct site *s = *state;
	struct browser lan = site_enter(s, "lan");
	struct answer r = browser_post(&lan, "/me/tokens", "name=lâu", "scope=read", "days=999999");
	assert_status(r, 422);
	assert_says(r, "id=\"days-error\"");
	assert_says(r, "value=\"lâu\"");
}

static void test_signing_out_ends_the_session(void **state)
{
	struct site *s = *state;
	struct browser lan = site_enter(s, "lan");
	assert_status(browser_post(&lan, "/logout"), 303);
	assert_status(browser_get(&lan, "/me"), 303);
}

int main(void)
{
#define SITE(test) cmocka_unit_test_setup_teardown(test, site_setup, site_teardown)
	const struct CMUnitTest tests[] = {
		SITE(test_wrong_login_and_wrong_password_get_the_same_sentence),
		SITE(test_an_account_waits_after_five_wrong_passwords),
		SITE(test_sign_in_goes_on_within_the_site_only),
		SITE(test_a_new_account_gets_a_code_and_must_choose_a_password),
		SITE(test_only_who_keeps_accounts_gives_codes),
		SITE(test_a_second_factor_is_confirmed_and_asked_for),
		SITE(test_a_session_can_be_ended_from_another),
		SITE(test_a_token_is_shown_once_holds_its_scope_and_can_be_revoked),
		SITE(test_a_token_for_too_long_is_refused_at_its_field),
		SITE(test_signing_out_ends_the_session),
	};
	return RUN(tests);
}
