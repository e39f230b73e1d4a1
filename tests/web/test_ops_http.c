/* Operations through forms and through the API: what is done, what is refused and how it comes back. */
#include "site.h"

#define DOSSIER "person=1", "kind=dossier", "on=1/6/2026"

/* ---- forms ---- */

static void test_a_step_is_recorded_and_the_person_shown(void **state)
{
	struct site *s = *state;
	struct browser lan = site_enter(s, "lan");
	struct answer form = browser_get(&lan, "/ops/fact_record?person=1&kind=dossier");
	assert_status(form, 200);
	assert_says(form, "Lập hồ sơ kết nạp: Đinh Thị Mai");
	assert_string_equal(answer_hidden(s, &form, "person"), "1");
	assert_string_equal(answer_hidden(s, &form, "_csrf"), lan.csrf);
	int64_t before = site_entries(s);
	struct answer done = browser_post(&lan, "/ops/fact_record", DOSSIER);
	assert_status(done, 303);
	assert_string_equal(answer_header(s, &done, "Location"), "/people/1");
	assert_int_equal(site_entries(s), before + 1);
}

static void test_the_form_of_a_vote_says_what_is_missing_and_how_votes_count(void **state)
{
	struct site *s = *state;
	struct browser lan = site_enter(s, "lan");
	struct answer form = browser_get(&lan, "/ops/fact_record?person=1&kind=branch_vote");
	assert_status(form, 200);
	assert_says(form, "hai phần ba");
	assert_says(form, "name=\"exempt_absent\"");
	assert_says(form, "chưa ghi: «Lập hồ sơ kết nạp»");
	form = browser_get(&lan, "/ops/fact_record?person=1&kind=dossier");
	assert_null(strstr(form.body, "exempt_absent"));
}

static void test_a_wrong_day_comes_back_at_its_field_with_what_was_typed(void **state)
{
	struct site *s = *state;
	struct browser lan = site_enter(s, "lan");
	struct answer form = browser_post(&lan, "/ops/fact_record", "person=1", "kind=dossier", "on=31/2/2026", "paper_no=7-QĐ <b>");
	assert_status(form, 422);
	assert_says(form, "id=\"f-on-error\"");
	assert_says(form, "value=\"31/2/2026\"");
	assert_says(form, "7-QĐ &lt;b&gt;");
}

static void test_a_rule_refuses_with_its_citation(void **state)
{
	struct site *s = *state;
	struct browser lan = site_enter(s, "lan");
	assert_status(browser_post(&lan, "/ops/fact_record", "person=1", "kind=ceremony", "on=1/6/2026"), 303);
	struct answer form = browser_get(&lan, "/ops/fact_record?person=1&kind=recognition_vote");
	assert_says(form, "Chưa hết 12 tháng dự bị");
	form = browser_post(&lan, "/ops/fact_record", "person=1", "kind=recognition_vote", "on=15/6/2026");
	assert_status(form, 422);
	assert_says(form, "Chưa hết 12 tháng dự bị");
	assert_says(form, "Điều lệ Đảng, Điều 5");
}

static void test_sent_twice_it_is_done_once(void **state)
{
	struct site *s = *state;
	struct browser lan = site_enter(s, "lan");
	int64_t before = site_entries(s);
	struct answer first = browser_post(&lan, "/ops/person_record", "unit=TB-01-A", "name=Lý Thị Hoa", "birth=1/1/1999", "_once=abc");
	struct answer second = browser_post(&lan, "/ops/person_record", "unit=TB-01-A", "name=Lý Thị Hoa", "birth=1/1/1999", "_once=abc");
	assert_status(first, 303);
	assert_status(second, 303);
	assert_string_equal(answer_header(s, &first, "Location"), answer_header(s, &second, "Location"));
	assert_int_equal(site_entries(s), before + 1);
}

static void test_a_stale_form_shows_what_was_recorded_meanwhile(void **state)
{
	struct site *s = *state;
	struct browser lan = site_enter(s, "lan"), thu = site_enter(s, "thu");
	struct answer form = browser_get(&lan, "/ops/fact_record?person=1&kind=dossier");
	const char *version = arena_printf(&s->arena, "_version=%s", answer_hidden(s, &form, "_version"));
	assert_status(browser_post(&thu, "/ops/fact_record", "person=1", "kind=education", "value=master", "on=1/5/2026"), 303);
	struct answer stale = browser_post(&lan, "/ops/fact_record", DOSSIER, version, "paper_no=12-HS");
	assert_status(stale, 409);
	assert_says(stale, "Trình độ chuyên môn, 01/05/2026");
	assert_says(stale, "value=\"12-HS\"");
	version = arena_printf(&s->arena, "_version=%s", answer_hidden(s, &stale, "_version"));
	assert_status(browser_post(&lan, "/ops/fact_record", DOSSIER, version), 303);
}

static void test_somebody_elsewhere_is_not_found_and_a_role_too_small_is_refused(void **state)
{
	struct site *s = *state;
	struct browser lan = site_enter(s, "lan"), xem = site_enter(s, "xem");
	struct answer elsewhere = browser_post(&lan, "/ops/fact_record", "person=2", "kind=dossier", "on=1/6/2026");
	struct answer nobody = browser_post(&lan, "/ops/fact_record", "person=99", "kind=dossier", "on=1/6/2026");
	assert_status(elsewhere, 404);
	assert_status(nobody, 404);
	assert_null(strstr(elsewhere.body, "Bảo"));
	assert_status(browser_get(&lan, "/ops/fact_record?person=2&kind=dossier"), 404);
	assert_status(browser_post(&xem, "/ops/fact_record", DOSSIER), 403);
	assert_status(browser_get(&xem, "/ops/fact_record?person=1&kind=dossier"), 403);
}

static void test_a_form_without_its_session_comes_back_filled_after_signing_in(void **state)
{
	struct site *s = *state;
	struct browser nobody = { .site = s };
	int64_t before = site_entries(s);
	struct answer login = browser_post(&nobody, "/ops/fact_record", DOSSIER, "paper_no=31-HS", "_csrf=old");
	assert_status(login, 401);
	const char *held = answer_hidden(s, &login, "_held"), *csrf = answer_hidden(s, &login, "_csrf");
	assert_non_null(held);
	assert_null(strstr(login.body, "31-HS"));
	nobody.headers = arena_printf(&s->arena, "Cookie: nguon-form=%s\r\n", csrf);
	struct answer form = browser_post(&nobody, "/login", arena_printf(&s->arena, "_csrf=%s", csrf), "login=lan", "password=" SITE_PASSWORD,
		arena_printf(&s->arena, "_held=%s", held));
	assert_status(form, 200);
	assert_says(form, "value=\"31-HS\"");
	assert_int_equal(site_entries(s), before);
	const char *set = answer_header(s, &form, "Set-Cookie");
	assert_true(strncmp(set, "nguon=", 6) == 0);
	struct browser lan = { .site = s, .cookie = arena_strndup(&s->arena, set + 6, strcspn(set + 6, ";")),
		.csrf = answer_hidden(s, &form, "_csrf") };
	assert_status(browser_post(&lan, "/ops/fact_record", DOSSIER), 303);
	assert_int_equal(site_entries(s), before + 1);
}

static void test_a_form_of_another_session_comes_back_and_is_not_done(void **state)
{
	struct site *s = *state;
	struct browser lan = site_enter(s, "lan"), thu = site_enter(s, "thu");
	int64_t before = site_entries(s);
	lan.csrf = thu.csrf;
	struct answer form = browser_post(&lan, "/ops/fact_record", DOSSIER, "paper_no=8-HS");
	assert_status(form, 403);
	assert_says(form, "value=\"8-HS\"");
	assert_string_not_equal(answer_hidden(s, &form, "_csrf"), thu.csrf);
	assert_int_equal(site_entries(s), before);
}

/* ---- the API ---- */

static void test_the_api_records_and_says_what(void **state)
{
	struct site *s = *state;
	struct browser program = site_token(s, "lan", "write");
	struct answer r = browser_json(&program, "/api/v1/ops/fact_record", "{\"person\":1,\"kind\":\"dossier\",\"on\":\"2026-06-01\"}");
	assert_status(r, 201);
	assert_says(r, "\"entity\":\"person\",\"id\":1,\"entry\":");
	r = browser_json(&program, "/api/v1/ops/fact_record", "{\"person\":1,\"kind\":\"dossier\",\"on\":\"2026-06-01\"}");
	assert_status(r, 200);
	assert_says(r, "\"entry\":null");
}

static void test_the_api_keeps_keys_and_versions(void **state)
{
	struct site *s = *state;
	struct browser program = site_token(s, "lan", "write");
	int64_t before = site_entries(s);
	const char *body = "{\"unit\":\"TB-01-A\",\"name\":\"Lý Thị Hoa\",\"birth\":\"1999-01-01\"}";
	program.headers = "Idempotency-Key: k1\r\n";
	assert_status(browser_json(&program, "/api/v1/ops/person_record", body), 201);
	assert_status(browser_json(&program, "/api/v1/ops/person_record", body), 201);
	assert_int_equal(site_entries(s), before + 1);
	program.headers = NULL;
	struct answer stale = browser_json(&program, "/api/v1/ops/fact_record",
		"{\"person\":1,\"kind\":\"dossier\",\"on\":\"2026-06-01\",\"version\":1}");
	assert_status(stale, 409);
	program.headers = "If-Match: \"1\"\r\n";
	assert_status(browser_json(&program, "/api/v1/ops/fact_record", "{\"person\":1,\"kind\":\"dossier\",\"on\":\"2026-06-01\"}"), 409);
}

static void test_problems_name_field_and_rule(void **state)
{
	struct site *s = *state;
	struct browser program = site_token(s, "lan", "write");
	struct answer r = browser_json(&program, "/api/v1/ops/fact_record", "{\"person\":1,\"kind\":\"dossier\",\"on\":\"2026-02-31\"}");
	assert_status(r, 422);
	assert_string_equal(answer_header(s, &r, "Content-Type"), "application/problem+json");
	assert_says(r, "\"type\":\"/problems/invalid\"");
	assert_says(r, "\"field\":\"on\"");
	r = browser_json(&program, "/api/v1/ops/fact_record", "{\"person\":1,\"kind\":\"dossier\",\"on\":\"2026-06-01\",\"colour\":\"red\"}");
	assert_true(r.status == 400 || r.status == 422);
	assert_says(r, "colour");
}

static void test_scopes_of_tokens_hold(void **state)
{
	struct site *s = *state;
	struct browser reader = site_token(s, "lan", "read"), figures = site_token(s, "lan", "figures"), nobody = { .site = s, .token = "x" };
	const char *body = "{\"person\":1,\"kind\":\"dossier\",\"on\":\"2026-06-01\"}";
	assert_status(browser_json(&reader, "/api/v1/ops/fact_record", body), 403);
	assert_status(browser_json(&figures, "/api/v1/ops/fact_record", body), 403);
	assert_status(browser_get(&reader, "/api/v1/units/TB-01/people"), 200);
	assert_true(browser_get(&figures, "/api/v1/units/TB-01/people").status == 403);
	struct answer r = browser_json(&nobody, "/api/v1/ops/fact_record", body);
	assert_status(r, 401);
	assert_string_equal(answer_header(s, &r, "WWW-Authenticate"), "Bearer");
	assert_status(browser_get(&reader, "/units/TB-01/people"), 303); /* a token is no session */
}

static void test_wrong_types_and_big_bodies_are_refused(void **state)
{
	struct site *s = *state;
	struct browser program = site_token(s, "lan", "write");
	static const char *const types[] = { "text/plain", FORM, "multipart/form-data; boundary=x", "application/jsonx" };
	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		assert_status(browser_send_in(&program, &s->arena, "POST", "/api/v1/ops/fact_record", types[i], "{}", 2), 415);
	enum { MEGABYTE = 1 << 20 };
	char *big = arena_alloc(&s->arena, MEGABYTE + 1);
	memset(big, ' ', MEGABYTE);
	assert_status(browser_send_in(&program, &s->arena, "POST", "/api/v1/ops/fact_record", "application/json", big, MEGABYTE), 413);
	assert_status(browser_json(&program, "/api/v1/ops/fact_record", "[]"), 422);
	assert_status(browser_json(&program, "/api/v1/ops/fact_record", "{\"person\":[1]}"), 422);
	assert_status(browser_json(&program, "/api/v1/ops/nothing", "{}"), 404);
}

/* ---- every operation ---- */

/* One input that each operation takes, in an order in which they can all be run by those who may. */
static const struct valid {
	const char *op, *login;
	const char *json;
} valid[] = {
	{ "unit_open", "phong", "{\"code\":\"TB-03\",\"name\":\"Chi bộ Chợ\",\"kind\":\"GRASS_CB\",\"parent\":\"TB\",\"opened\":\"2020-01-01\"}" },
	{ "unit_rename", "phong", "{\"unit\":\"TB-03\",\"name\":\"Chi bộ Chợ Mới\",\"from\":\"2024-01-01\"}" },
	{ "unit_move", "phong", "{\"unit\":\"TB-01-B\",\"parent\":\"TB-01\",\"from\":\"2024-01-01\"}" },
	{ "unit_fact", "phong", "{\"unit\":\"TB-03\",\"kind\":\"plan\",\"value\":\"2026\",\"from\":\"2026-01-01\"}" },
	{ "unit_close", "phong", "{\"unit\":\"TB-03\",\"on\":\"2026-06-01\"}" },
	{ "reorganise", "phong", "{\"plan\":\"{\\\"kind\\\":\\\"change\\\",\\\"on\\\":\\\"2026-05-01\\\",\\\"actions\\\":[{\\\"do\\\":\\\"rename\\\","
		"\\\"unit\\\":\\\"TB-01-A\\\",\\\"name\\\":\\\"Chi bộ Tổ Một\\\"}]}\",\"paper_no\":\"3-QĐ/ĐU\"}" },
	{ "reorganise_undo", "phong", "{\"reorg\":1,\"reason\":\"ghi nhầm\"}" },
	{ "class_open", "phong", "{\"code\":\"L1\",\"unit\":\"TB\",\"kind\":\"awareness\",\"name\":\"Lớp một\",\"from\":\"2026-03-02\",\"to\":\"2026-03-06\"}" },
	{ "target_set", "phong", "{\"unit\":\"TB-01\",\"kind\":\"assigned\",\"period\":\"2026\",\"low\":5}" },
	{ "person_record", "thu", "{\"unit\":\"TB-01-A\",\"name\":\"Lý Thị Hoa\",\"birth\":\"1999-01-01\",\"decided\":\"2024-01-10\"}" },
	{ "fact_record", "thu", "{\"person\":1,\"kind\":\"helper\",\"value\":\"replacement\",\"on\":\"2026-02-01\",\"detail\":\"Đỗ Văn Ngoài\"}" },
	{ "helper_replace", "thu", "{\"person\":1,\"about\":7,\"reason\":\"moved\",\"on\":\"2026-06-01\",\"detail\":\"Bùi Văn Ngoài\"}" },
	{ "fact_correct", "thu", "{\"person\":1,\"seq\":1,\"value\":\"Đinh Thị Mai Lan\",\"reason\":\"ghi thiếu tên\"}" },
	{ "verify_request", "thu", "{\"person\":1,\"relation\":\"father\",\"place\":\"Xã Ba Vì\",\"sent\":\"2026-01-05\"}" },
	{ "person_transfer", "phong", "{\"person\":1,\"kind\":\"candidate\",\"on\":\"2026-02-02\",\"place\":\"Tỉnh Xa\"}" },
	{ "birth_propose", "thu", "{\"person\":3,\"birth\":\"1999-01-02\",\"reason\":\"theo hồ sơ gốc\",\"paper_no\":\"15/GKS\"}" },
	{ "birth_confirm", "phong", "{\"person\":3,\"seq\":5}" },
	{ "calendar_set", "quan", "{\"day\":\"2026-08-03\",\"kind\":\"off\",\"note\":\"ngày hội\"}" },
	{ "calendar_block", "quan", "{\"holiday\":\"tet\",\"year\":2027,\"first\":\"2027-02-04\",\"last\":\"2027-02-10\"}" },
	{ "calendar_check", "quan", "{\"year\":2027}" },
	{ "rule_set", "quan", "{\"key\":\"T7.length\",\"value\":\"40 workday\",\"from\":\"2026-06-01\",\"reason\":\"chỉ đạo của tỉnh\"}" },
	{ "rule_end", "quan", "{\"key\":\"T7.length\",\"reason\":\"ghi nhầm\"}" },
	{ "account_open", "quan", "{\"login\":\"them\",\"name\":\"Phan Thị Thêm\"}" },
	{ "role_grant", "quan", "{\"login\":\"them\",\"role\":\"leader\",\"unit\":\"TB-01\",\"from\":\"2026-01-01\"}" },
	{ "role_end", "quan", "{\"login\":\"them\",\"role\":\"leader\",\"unit\":\"TB-01\",\"to\":\"2026-06-30\"}" },
	{ "account_reset", "quan", "{\"login\":\"them\",\"reason\":\"quên mật khẩu\"}" },
	{ "account_close", "quan", "{\"login\":\"them\",\"reason\":\"nghỉ việc\"}" },
	{ "policy_set", "quan", "{\"key\":\"totp_roles\",\"value\":\"\"}" },
};

static void test_every_operation_is_taken_as_json(void **state)
{
	struct site *s = *state;
	size_t n;
	(void)ops(&n);
	assert_int_equal(n, sizeof valid / sizeof *valid);
	for (size_t i = 0; i < sizeof valid / sizeof *valid; i++) {
		struct browser b = site_enter(s, valid[i].login);
		b.headers = arena_printf(&s->arena, "X-CSRF-Token: %s\r\n", b.csrf);
		struct answer r = browser_json(&b, arena_printf(&s->arena, "/api/v1/ops/%s", valid[i].op), valid[i].json);
		if (r.status != 201 && !(r.status == 200 && (strcmp(valid[i].op, "unit_move") == 0 || strcmp(valid[i].op, "policy_set") == 0)))
			fail_msg("%s: %d %s", valid[i].op, r.status, r.body);
	}
}

/* The same as a form's words. */
static const char *words_of(struct site *s, const char *csrf, const char *json)
{
	struct json_member object;
	struct fault f;
	struct text t = TEXT(&s->arena);
	text_addf(&t, "_csrf=%s", csrf);
	assert_ok(json_read(json, strlen(json), &s->arena, &object, &f));
	for (size_t i = 0; i < object.n; i++)
		text_addf(&t, "&%s=%s", object.members[i].key, url_encode(object.members[i].text, &s->arena));
	return text_str(&t);
}

static void test_every_operation_is_taken_as_a_form(void **state)
{
	struct site *s = *state;
	for (size_t i = 0; i < sizeof valid / sizeof *valid; i++) {
		struct browser b = site_enter(s, valid[i].login);
		const char *path = arena_printf(&s->arena, "/ops/%s", valid[i].op);
		assert_status(browser_get(&b, path), 200);
		const char *body = words_of(s, b.csrf, valid[i].json);
		struct answer r = browser_send_in(&b, &s->arena, "POST", path, FORM, body, strlen(body));
		if (r.status != 303)
			fail_msg("%s: %d %s", valid[i].op, r.status, r.body);
	}
}

/* Something that no field of the type takes; NULL where anything goes. */
static const char *wrong_value(struct site *s, const struct field *fd)
{
	static const char *const wrong[] = {
		[FIELD_TEXT] = NULL, [FIELD_INT] = "mười", [FIELD_MILLI] = "x", [FIELD_DAY] = "31/2/2026", [FIELD_PERIOD] = "bao giờ",
		[FIELD_CODE] = "không có", [FIELD_BOOL] = "có lẽ", [FIELD_UNIT] = "TB 01", [FIELD_PERSON] = "0",
	};
	if (fd->type != FIELD_TEXT)
		return wrong[fd->type];
	char *text = arena_alloc(&s->arena, (size_t)fd->max + 2);
	memset(text, 'a', (size_t)fd->max + 1);
	return text;
}

static void refuses_wrong(struct site *s, const struct browser *b, const struct op *op, const struct field *fd)
{
	struct text t = TEXT(&s->arena);
	struct json j = JSON(&t);
	json_object(&j);
	for (const struct field *before = op->fields; before != fd; before++) {
		static const char *const right[] = {
			[FIELD_TEXT] = "a", [FIELD_INT] = "1", [FIELD_MILLI] = "1", [FIELD_DAY] = "2026-01-05", [FIELD_PERIOD] = "2026",
			[FIELD_BOOL] = "1", [FIELD_UNIT] = "TB", [FIELD_PERSON] = "1",
		};
		size_t n;
		json_key(&j, before->name);
		json_string(&j, before->type == FIELD_CODE ? codes(before->codes, &n)->key : right[before->type]);
	}
	json_key(&j, fd->name);
	json_string(&j, wrong_value(s, fd));
	json_object_end(&j);
	struct answer r = browser_json(b, arena_printf(&s->arena, "/api/v1/ops/%s", op->name), text_str(&t));
	if (r.status != 422 && r.status != 413)
		fail_msg("%s.%s: %d %s", op->name, fd->name, r.status, r.body);
	assert_says(r, arena_printf(&s->arena, "\"field\":\"%s\"", fd->name));
}

static void test_every_field_of_every_operation_refuses_what_it_cannot_be(void **state)
{
	struct site *s = *state;
	struct browser phong = site_enter(s, "phong"), quan = site_enter(s, "quan");
	size_t n;
	const struct op *all = ops(&n);
	phong.headers = arena_printf(&s->arena, "X-CSRF-Token: %s\r\n", phong.csrf);
	quan.headers = arena_printf(&s->arena, "X-CSRF-Token: %s\r\n", quan.csrf);
	for (size_t i = 0; i < n; i++)
		for (const struct field *fd = all[i].fields; fd->name; fd++)
			refuses_wrong(s, text_listed("account|policy|calendar|rule", all[i].entity) ? &quan : &phong, &all[i], fd);
}

int main(void)
{
#define SITE(test) cmocka_unit_test_setup_teardown(test, site_setup, site_teardown)
	const struct CMUnitTest tests[] = {
		SITE(test_a_step_is_recorded_and_the_person_shown),
		SITE(test_the_form_of_a_vote_says_what_is_missing_and_how_votes_count),
		SITE(test_a_wrong_day_comes_back_at_its_field_with_what_was_typed),
		SITE(test_a_rule_refuses_with_its_citation),
		SITE(test_sent_twice_it_is_done_once),
		SITE(test_a_stale_form_shows_what_was_recorded_meanwhile),
		SITE(test_somebody_elsewhere_is_not_found_and_a_role_too_small_is_refused),
		SITE(test_a_form_without_its_session_comes_back_filled_after_signing_in),
		SITE(test_a_form_of_another_session_comes_back_and_is_not_done),
		SITE(test_the_api_records_and_says_what),
		SITE(test_the_api_keeps_keys_and_versions),
		SITE(test_problems_name_field_and_rule),
		SITE(test_scopes_of_tokens_hold),
		SITE(test_wrong_types_and_big_bodies_are_refused),
		SITE(test_every_operation_is_taken_as_json),
		SITE(test_every_operation_is_taken_as_a_form),
		SITE(test_every_field_of_every_operation_refuses_what_it_cannot_be),
	};
	return RUN(tests);
}
