/* How people prove who they are: what opens, what does not, and what waits. */
#include "office_disk.h"

#include "app/account_impl.h"
#include "app/verify.h"

#include <ctype.h>
#include <liboath/oath.h>

#define GOOD "bốn mùa hoa bưởi"
#define ADDRESS "192.0.2.7"

static const int64_t SECOND = 1000000, START = INT64_C(1782800000) * 1000000; /* 30/6/2026 */

struct door {
	struct disk *disk;
	struct app *app;
	struct writer *w;
	struct arena *a;
	int64_t now, lan;
	struct fault f;
};

static int64_t door_clock(void *ctx)
{
	return *(const int64_t *)ctx;
}

static int door_setup(void **state)
{
	void *disk;
	struct door *d = calloc(1, sizeof *d);
	assert_int_equal(disk_setup(&disk), 0);
	d->disk = disk;
	d->app = &d->disk->office.app;
	d->a = &d->disk->office.arena;
	d->now = START;
	d->app->now_us = door_clock;
	d->app->clock_ctx = &d->now;
	DO(&d->disk->office, "account_open", "login=lan", "name=Nguyễn Thị Lan");
	d->lan = d->disk->office.result.entity_id;
	DO(&d->disk->office, "role_grant", "login=lan", "role=office", "unit=TB-01");
	assert_int_equal(account_set_password(d->app, d->lan, GOOD, &d->f), OK);
	assert_int_equal(writer_start(d->app, &d->w, &d->f), OK);
	*state = d;
	return 0;
}

static int door_teardown(void **state)
{
	struct door *d = *state;
	void *disk = d->disk;
	writer_stop(&d->w);
	(void)disk_teardown(&disk);
	free(d);
	return 0;
}

static enum err enter_with(struct door *d, const char *login, const char *password, const char *totp, const char *address,
	char cookie[SECRET_TEXT])
{
	enum sign_in_result r;
	const struct sign_in in = { login, password, totp, address, "test", d->now };
	d->f = (struct fault){ 0 };
	enum err e = account_sign_in(d->app, d->w, &in, &r, cookie, &d->f);
	return e == OK && r == SIGN_IN_NEEDS_TOTP ? E_USAGE : e;
}

static enum err enter(struct door *d, const char *login, const char *password, char cookie[SECRET_TEXT])
{
	return enter_with(d, login, password, NULL, ADDRESS, cookie);
}

static enum err nothing(struct app *app, void *ctx, struct arena *a, struct fault *f)
{
	(void)app, (void)ctx, (void)a, (void)f;
	return OK;
}

/* What nobody waits for, when somebody was seen, has been written. */
static void settle(struct door *d)
{
	struct writer_job job = { .task = nothing, .arena = d->a };
	assert_int_equal(writer_run(d->w, &job), OK);
}

static enum err look(struct door *d, const char *cookie, struct session *s, struct actor *who)
{
	enum err e = account_session(d->app, d->w, cookie, d->now, d->a, s, who, &d->f);
	settle(d);
	return e;
}

static void test_right_password_opens_a_session_with_its_roles(void **state)
{
	struct door *d = *state;
	char cookie[SECRET_TEXT], other[SECRET_TEXT];
	struct session s, t;
	struct actor who;
	assert_int_equal(enter(d, " LAN", GOOD, cookie), E_FORBIDDEN);
	assert_int_equal(enter(d, "LAN", GOOD, cookie), OK);
	assert_int_equal(enter(d, "lan", GOOD, other), OK);
	assert_string_not_equal(cookie, other);
	assert_int_equal(look(d, cookie, &s, &who), OK);
	assert_int_equal(look(d, other, &t, &who), OK);
	assert_string_equal(who.login, "lan");
	assert_string_equal(who.journal, "user:lan");
	assert_int_equal(who.n, 1);
	assert_int_equal(who.grants[0].role, ROLE_OFFICE);
	assert_string_not_equal(s.csrf, t.csrf);
	assert_false(s.must_change);
}

static void test_wrong_password_and_unknown_login_are_answered_alike(void **state)
{
	struct door *d = *state;
	char cookie[SECRET_TEXT];
	assert_int_equal(enter(d, "lan", "sai mật khẩu rồi", cookie), E_FORBIDDEN);
	assert_int_equal(d->f.msg, MSG_SIGN_IN_WRONG);
	assert_int_equal(enter(d, "khong-co", GOOD, cookie), E_FORBIDDEN);
	assert_int_equal(d->f.msg, MSG_SIGN_IN_WRONG);
	assert_int_equal(enter(d, "không có ai", GOOD, cookie), E_FORBIDDEN);
	assert_int_equal(d->f.msg, MSG_SIGN_IN_WRONG);
}

static void fail_times(struct door *d, const char *login, const char *address, int n)
{
	char cookie[SECRET_TEXT];
	for (int i = 0; i < n; i++) {
		assert_int_equal(enter_with(d, login, "sai mật khẩu rồi", NULL, address, cookie), E_FORBIDDEN);
		assert_int_equal(d->f.msg, MSG_SIGN_IN_WRONG);
	}
}

static void must_wait(struct door *d, const char *login, const char *address, enum msg msg, const char *minutes)
{
	char cookie[SECRET_TEXT];
	assert_int_equal(enter_with(d, login, GOOD, NULL, address, cookie), E_FORBIDDEN);
	assert_int_equal(d->f.msg, msg);
	assert_string_equal(d->f.arg[0], minutes);
}

/* The same counting without the hundred milliseconds of a password. */
static void count_failure(struct door *d, const char *login, const char *address)
{
	assert_int_equal(app_begin(d->app, &d->f), OK);
	assert_int_equal(attempt_fail(d->app, login, address, d->now, &d->f), OK);
	assert_int_equal(app_commit(d->app, &d->f), OK);
}

static void test_five_wrong_tries_wait_a_minute_then_twice_as_long_up_to_an_hour(void **state)
{
	struct door *d = *state;
	static const int waits[] = { 1, 2, 4, 8, 16, 32, 60, 60 };
	char cookie[SECRET_TEXT], minutes[8];
	fail_times(d, "lan", "192.0.2.1", 4);
	for (size_t i = 0; i < sizeof waits / sizeof *waits; i++) {
		(void)snprintf(minutes, sizeof minutes, "%d", waits[i]);
		count_failure(d, "lan", ADDRESS);
		must_wait(d, "lan", ADDRESS, MSG_SIGN_IN_WAIT, minutes);
		d->now += waits[i] * 60 * SECOND - 1;
		must_wait(d, "lan", ADDRESS, MSG_SIGN_IN_WAIT, "1");
		d->now += 1;
	}
	assert_int_equal(enter(d, "lan", GOOD, cookie), OK);
	fail_times(d, "lan", "192.0.2.99", 4); /* counted from the beginning again */
	assert_int_equal(enter(d, "lan", GOOD, cookie), OK);
}

static void test_login_that_does_not_exist_waits_too(void **state)
{
	struct door *d = *state;
	fail_times(d, "ma", ADDRESS, 5);
	must_wait(d, "ma", ADDRESS, MSG_SIGN_IN_WAIT, "1");
}

static void test_one_address_has_twenty_tries_in_ten_minutes_whatever_the_login(void **state)
{
	struct door *d = *state;
	char cookie[SECRET_TEXT], login[16];
	for (int i = 1; i < ACCOUNT_ADDRESS_TRIES; i++) {
		(void)snprintf(login, sizeof login, "ai%d", i);
		count_failure(d, login, ADDRESS);
	}
	fail_times(d, "ai", ADDRESS, 1);
	must_wait(d, "lan", ADDRESS, MSG_SIGN_IN_ADDRESS_WAIT, "10");
	assert_int_equal(enter_with(d, "lan", GOOD, NULL, "198.51.100.1", cookie), OK);
	d->now += 600 * SECOND;
	assert_int_equal(enter(d, "lan", GOOD, cookie), OK);
}

static void test_closed_account_says_so_only_to_its_owner(void **state)
{
	struct door *d = *state;
	char cookie[SECRET_TEXT], inside[SECRET_TEXT];
	struct session s;
	struct actor who;
	assert_int_equal(enter(d, "lan", GOOD, inside), OK);
	DO(&d->disk->office, "account_close", "login=lan");
	assert_int_equal(look(d, inside, &s, &who), E_NOTFOUND);
	assert_int_equal(enter(d, "lan", "sai mật khẩu rồi", cookie), E_FORBIDDEN);
	assert_int_equal(d->f.msg, MSG_SIGN_IN_WRONG);
	assert_int_equal(enter(d, "lan", GOOD, cookie), E_FORBIDDEN);
	assert_int_equal(d->f.msg, MSG_SIGN_IN_CLOSED);
}

/* ---- sessions ---- */

static void test_session_ends_when_nobody_uses_it_for_an_hour(void **state)
{
	struct door *d = *state;
	char cookie[SECRET_TEXT];
	struct session s;
	struct actor who;
	assert_int_equal(enter(d, "lan", GOOD, cookie), OK);
	for (int i = 0; i < 3; i++) {
		d->now += (SESSION_IDLE_S - 1) * SECOND;
		assert_int_equal(look(d, cookie, &s, &who), OK);
	}
	d->now += SESSION_IDLE_S * SECOND;
	assert_int_equal(look(d, cookie, &s, &who), E_NOTFOUND);
}

static void test_session_ends_after_twelve_hours_however_busy(void **state)
{
	struct door *d = *state;
	char cookie[SECRET_TEXT];
	struct session s;
	struct actor who;
	int64_t began = d->now;
	assert_int_equal(enter(d, "lan", GOOD, cookie), OK);
	for (; d->now < began + SESSION_TOTAL_S * SECOND; d->now += 1800 * SECOND)
		assert_int_equal(look(d, cookie, &s, &who), OK);
	assert_int_equal(look(d, cookie, &s, &who), E_NOTFOUND);
}

static void test_unknown_cookie_is_nobody(void **state)
{
	struct door *d = *state;
	struct session s;
	struct actor who;
	assert_int_equal(look(d, "", &s, &who), E_NOTFOUND);
	assert_int_equal(look(d, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", &s, &who), E_NOTFOUND);
}

static void test_sessions_are_listed_and_ended_one_or_all(void **state)
{
	struct door *d = *state;
	char one[SECRET_TEXT], two[SECRET_TEXT], three[SECRET_TEXT];
	struct session *list, s;
	struct actor who;
	size_t n;
	assert_int_equal(enter(d, "lan", GOOD, one), OK);
	assert_int_equal(enter(d, "lan", GOOD, two), OK);
	assert_int_equal(enter(d, "lan", GOOD, three), OK);
	assert_int_equal(look(d, two, &s, &who), OK);
	assert_int_equal(account_session_end(d->w, d->lan + 1, s.id, &d->f), OK); /* not theirs */
	assert_int_equal(look(d, two, &s, &who), OK);
	assert_int_equal(account_session_end(d->w, d->lan, s.id, &d->f), OK);
	assert_int_equal(look(d, two, &s, &who), E_NOTFOUND);
	assert_int_equal(account_sessions(d->app, d->lan, three, d->now, d->a, &list, &n, &d->f), OK);
	assert_int_equal(n, 2);
	assert_int_equal(list[0].current + list[1].current, 1);
	assert_string_equal(list[0].address, ADDRESS);
	assert_int_equal(account_sign_out(d->w, one, &d->f), OK);
	assert_int_equal(look(d, one, &s, &who), E_NOTFOUND);
	assert_int_equal(account_session_end(d->w, d->lan, 0, &d->f), OK);
	assert_int_equal(look(d, three, &s, &who), E_NOTFOUND);
}

/* ---- passwords and codes ---- */

static enum err change(struct door *d, char cookie[SECRET_TEXT], const char *old, const char *new)
{
	struct session s;
	struct actor who;
	char next[SECRET_TEXT];
	assert_int_equal(look(d, cookie, &s, &who), OK);
	d->f = (struct fault){ 0 };
	TRY(account_password(d->app, d->w, &who, cookie, old, new, d->now, next, &d->f));
	memcpy(cookie, next, sizeof next);
	return OK;
}

static void test_new_password_ends_every_other_session_and_rotates_this_one(void **state)
{
	struct door *d = *state;
	char cookie[SECRET_TEXT], before[SECRET_TEXT], other[SECRET_TEXT];
	struct session s;
	struct actor who;
	assert_int_equal(enter(d, "lan", GOOD, cookie), OK);
	assert_int_equal(enter(d, "lan", GOOD, other), OK);
	memcpy(before, cookie, sizeof before);
	assert_int_equal(change(d, cookie, GOOD, "con đò sang sông"), OK);
	assert_int_equal(look(d, before, &s, &who), E_NOTFOUND);
	assert_int_equal(look(d, other, &s, &who), E_NOTFOUND);
	assert_int_equal(look(d, cookie, &s, &who), OK);
	assert_int_equal(enter(d, "lan", GOOD, other), E_FORBIDDEN);
	assert_int_equal(enter(d, "lan", "con đò sang sông", other), OK);
}

static void test_weak_passwords_are_refused_with_the_reason(void **state)
{
	struct door *d = *state;
	static const struct {
		const char *password;
		enum msg msg;
	} weak[] = {
		{ "ngắn quá", MSG_PASSWORD_SHORT }, { "lan nấu cơm ngon", MSG_PASSWORD_PERSONAL }, { "NguyenThiLan99", MSG_PASSWORD_PERSONAL },
		{ "1234567890", MSG_PASSWORD_COMMON }, { "9876543210", MSG_PASSWORD_COMMON }, { "aaaaaaaaaaaa", MSG_PASSWORD_COMMON },
		{ "matkhau2026!", MSG_PASSWORD_COMMON }, { "Mật khẩu 123", MSG_PASSWORD_COMMON }, { "Password@123", MSG_PASSWORD_COMMON },
		{ "19/05/1890 1", MSG_PASSWORD_COMMON }, { "abcdefghijk", MSG_PASSWORD_COMMON }, { "1212121212", MSG_PASSWORD_COMMON },
		{ GOOD, MSG_PASSWORD_SAME },
	};
	char cookie[SECRET_TEXT];
	assert_int_equal(enter(d, "lan", GOOD, cookie), OK);
	for (size_t i = 0; i < sizeof weak / sizeof *weak; i++) {
		assert_int_equal(change(d, cookie, GOOD, weak[i].password), E_INVALID);
		if (d->f.msg != weak[i].msg)
			fail_msg("%s", weak[i].password);
		assert_string_equal(d->f.field, "new_password");
	}
	assert_int_equal(change(d, cookie, "không phải", "con đò sang sông"), E_INVALID);
	assert_int_equal(d->f.msg, MSG_PASSWORD_OLD);
}

static void test_code_works_once_as_the_password_and_asks_for_a_new_one(void **state)
{
	struct door *d = *state;
	char code[SECRET_TEXT], cookie[SECRET_TEXT], other[SECRET_TEXT], typed[SECRET_TEXT];
	struct session s;
	struct actor who;
	size_t n = 0;
	assert_int_equal(enter(d, "lan", GOOD, other), OK);
	assert_int_equal(account_code(d->app, d->w, d->lan, d->now, code, &d->f), OK);
	assert_int_equal(strlen(code), 19);
	assert_int_equal(look(d, other, &s, &who), E_NOTFOUND);
	assert_int_equal(enter(d, "lan", GOOD, cookie), E_FORBIDDEN); /* the old password opens nothing any more */
	for (const char *p = code; *p; p++)
		if (*p != '-')
			typed[n++] = (char)tolower((unsigned char)*p);
	typed[n] = '\0';
	assert_int_equal(enter(d, "lan", typed, cookie), OK);
	assert_int_equal(look(d, cookie, &s, &who), OK);
	assert_true(s.must_change);
	assert_int_equal(enter(d, "lan", code, other), E_FORBIDDEN);
	assert_int_equal(change(d, cookie, NULL, "con đò sang sông"), OK);
	assert_int_equal(look(d, cookie, &s, &who), OK);
	assert_false(s.must_change);
}

static void test_code_is_over_after_a_day_and_clears_a_wait(void **state)
{
	struct door *d = *state;
	char code[SECRET_TEXT], cookie[SECRET_TEXT];
	fail_times(d, "lan", "198.51.100.1", 5);
	assert_int_equal(account_code(d->app, d->w, d->lan, d->now, code, &d->f), OK);
	d->now += ACCOUNT_CODE_S * SECOND;
	assert_int_equal(enter(d, "lan", code, cookie), E_FORBIDDEN);
	assert_int_equal(d->f.msg, MSG_SIGN_IN_WRONG);
	d->now -= SECOND;
	assert_int_equal(enter(d, "lan", code, cookie), OK);
}

static void test_first_administrator_comes_in_by_the_setup_code(void **state)
{
	struct door *d = *state;
	char code[SECRET_TEXT], again[SECRET_TEXT], cookie[SECRET_TEXT];
	struct setup_in in = { "AAAA-AAAA-AAAA-AAAA", "quan", "Quản Trị Viên", "con đò sang sông", ADDRESS, d->now };
	struct account_row row;
	struct verify_result r;
	bool open;
	assert_int_equal(account_setup_code(d->app, d->w, code, &d->f), OK);
	assert_int_equal(account_setup(d->app, d->w, &in, &d->f), E_FORBIDDEN);
	assert_int_equal(d->f.msg, MSG_SETUP_CODE);
	in.code = code;
	assert_int_equal(account_setup(d->app, d->w, &in, &d->f), OK);
	assert_int_equal(account_setup(d->app, d->w, &in, &d->f), E_CONFLICT);
	assert_int_equal(account_setup_open(d->app, &open, &d->f), OK);
	assert_false(open);
	assert_int_equal(account_setup_code(d->app, d->w, again, &d->f), OK);
	assert_string_equal(again, "");
	assert_int_equal(enter(d, "quan", "con đò sang sông", cookie), OK);
	assert_int_equal(account_find(d->app, "quan", d->a, &row, &d->f), OK);
	assert_int_equal(row.n, 1);
	assert_int_equal(row.grants[0].role, ROLE_ADMIN);
	assert_int_equal(verify_all(d->app, &r, &d->f), OK);
}

/* ---- second factor ---- */

/* The code that a phone would show, from the secret as it is shown to the user. */
static void phone(const char *uri, int64_t now_us, char ret[7])
{
	char base32[64], *secret;
	size_t n, at = 0;
	for (const char *p = strstr(uri, "secret=") + 7; *p && *p != '&'; p++)
		base32[at++] = *p;
	base32[at] = '\0';
	assert_int_equal(oath_base32_decode(base32, at, &secret, &n), OATH_OK);
	assert_int_equal(n, 20);
	assert_int_equal(oath_totp_generate(secret, n, now_us / SECOND, 30, 0, 6, ret), OATH_OK);
	free(secret);
}

static void set_up_totp(struct door *d, struct totp_start *start)
{
	char cookie[SECRET_TEXT], digits[7];
	struct session s;
	struct actor who;
	assert_int_equal(enter(d, "lan", GOOD, cookie), OK);
	assert_int_equal(look(d, cookie, &s, &who), OK);
	assert_int_equal(account_totp_confirm(d->app, d->w, &who, "123456", d->now, &d->f), E_CONFLICT);
	assert_int_equal(account_totp_start(d->app, d->w, &who, d->a, start, &d->f), OK);
	assert_int_equal(account_totp_confirm(d->app, d->w, &who, "12345", d->now, &d->f), E_INVALID);
	phone(start->uri, d->now, digits);
	assert_int_equal(account_totp_confirm(d->app, d->w, &who, digits, d->now, &d->f), OK);
	assert_int_equal(look(d, cookie, &s, &who), OK);
}

static void test_second_factor_is_asked_for_and_no_code_works_twice(void **state)
{
	struct door *d = *state;
	struct totp_start start;
	char cookie[SECRET_TEXT], digits[7];
	set_up_totp(d, &start);
	assert_true(start.size >= 21);
	assert_int_equal(start.modules[0], 1); /* the corner of a finder pattern */
	assert_int_equal(enter(d, "lan", GOOD, cookie), E_USAGE); /* is asked for it */
	phone(start.uri, d->now, digits);
	assert_int_equal(enter_with(d, "lan", GOOD, digits, ADDRESS, cookie), E_FORBIDDEN); /* used when it was set up */
	assert_int_equal(d->f.msg, MSG_SIGN_IN_TOTP_WRONG);
	d->now += 30 * SECOND;
	phone(start.uri, d->now, digits);
	assert_int_equal(enter_with(d, "lan", "sai mật khẩu rồi", digits, ADDRESS, cookie), E_FORBIDDEN);
	assert_int_equal(d->f.msg, MSG_SIGN_IN_WRONG);
	assert_int_equal(enter_with(d, "lan", GOOD, digits, ADDRESS, cookie), OK);
	assert_int_equal(enter_with(d, "lan", GOOD, digits, ADDRESS, cookie), E_FORBIDDEN);
	phone(start.uri, d->now - 30 * SECOND, digits);
	assert_int_equal(enter_with(d, "lan", GOOD, digits, ADDRESS, cookie), E_FORBIDDEN);
	phone(start.uri, d->now + 60 * SECOND, digits);
	assert_int_equal(enter_with(d, "lan", GOOD, digits, ADDRESS, cookie), E_FORBIDDEN);
}

static void test_guessing_the_second_factor_has_to_wait(void **state)
{
	struct door *d = *state;
	struct totp_start start;
	char cookie[SECRET_TEXT];
	set_up_totp(d, &start);
	for (int i = 0; i < ACCOUNT_TRIES; i++)
		assert_int_equal(enter_with(d, "lan", GOOD, "abcdef", ADDRESS, cookie), E_FORBIDDEN);
	must_wait(d, "lan", ADDRESS, MSG_SIGN_IN_WAIT, "1");
}

static void test_role_can_demand_a_second_factor(void **state)
{
	struct door *d = *state;
	struct totp_start start;
	char cookie[SECRET_TEXT], digits[7];
	struct session s;
	struct actor who;
	bool has;
	DO(&d->disk->office, "policy_set", "key=totp_roles", "value=department,office");
	assert_int_equal(enter(d, "lan", GOOD, cookie), OK);
	assert_int_equal(look(d, cookie, &s, &who), OK);
	assert_true(s.must_totp);
	set_up_totp(d, &start);
	d->now += 30 * SECOND;
	phone(start.uri, d->now, digits);
	assert_int_equal(enter_with(d, "lan", GOOD, digits, ADDRESS, cookie), OK);
	assert_int_equal(look(d, cookie, &s, &who), OK);
	assert_false(s.must_totp);
	assert_int_equal(account_totp_remove(d->app, d->w, &who, "sai", &d->f), E_INVALID);
	assert_int_equal(account_totp_remove(d->app, d->w, &who, GOOD, &d->f), OK);
	assert_int_equal(account_has_totp(d->app, d->lan, &has, &d->f), OK);
	assert_false(has);
	DO(&d->disk->office, "policy_set", "key=totp_roles", "value=department");
	assert_int_equal(look(d, cookie, &s, &who), OK);
	assert_false(s.must_totp);
}

/* ---- tokens ---- */

static void test_token_leaves_less_than_its_owner_has_and_ends(void **state)
{
	struct door *d = *state;
	static const struct {
		const char *scope;
		bool figures, people, write, self;
	} wants[] = { { "figures", true, false, false, false }, { "read", true, true, false, false }, { "write", true, true, true, false } };
	struct day today = d->app->today;
	struct actor lan = { .account = d->lan, .login = "lan", .mask = UINT32_MAX }, who;
	char token[SECRET_TEXT];
	struct token *list;
	size_t n;
	for (size_t i = 0; i < 3; i++) {
		assert_int_equal(account_token_make(d->app, d->w, &lan, "Báo cáo", wants[i].scope, 30, d->now, token, &d->f), OK);
		assert_int_equal(strncmp(token, "nguon_", 6), 0);
		assert_int_equal(account_token(d->app, d->w, token, d->now, d->a, &who, &d->f), OK);
		assert_int_equal(access_may_somewhere(&who, PERM_FIGURES, today), wants[i].figures);
		assert_int_equal(access_may_somewhere(&who, PERM_PEOPLE, today), wants[i].people);
		assert_int_equal(access_may_somewhere(&who, PERM_PERSON_WRITE, today), wants[i].write);
		assert_int_equal(access_may_somewhere(&who, PERM_SELF, today), wants[i].self);
	}
	d->now += 30 * INT64_C(86400) * SECOND;
	assert_int_equal(account_token(d->app, d->w, token, d->now - 1, d->a, &who, &d->f), OK);
	assert_int_equal(account_token(d->app, d->w, token, d->now, d->a, &who, &d->f), E_NOTFOUND);
	settle(d);
	assert_int_equal(account_tokens(d->app, d->lan, d->now - 1, d->a, &list, &n, &d->f), OK);
	assert_int_equal(n, 3);
	assert_true(list[2].used_us > 0);
	assert_int_equal(account_token_end(d->w, d->lan + 1, list[2].id, &d->f), OK); /* not theirs */
	assert_int_equal(account_token(d->app, d->w, token, d->now - 1, d->a, &who, &d->f), OK);
	assert_int_equal(account_token_end(d->w, d->lan, list[2].id, &d->f), OK);
	assert_int_equal(account_token(d->app, d->w, token, d->now - 1, d->a, &who, &d->f), E_NOTFOUND);
}

static void test_token_wishes_have_limits(void **state)
{
	struct door *d = *state;
	struct actor lan = { .account = d->lan, .login = "lan", .mask = UINT32_MAX };
	char token[SECRET_TEXT];
	assert_int_equal(account_token_make(d->app, d->w, &lan, " ", "read", 30, d->now, token, &d->f), E_INVALID);
	assert_int_equal(account_token_make(d->app, d->w, &lan, "x", "all", 30, d->now, token, &d->f), E_INVALID);
	assert_int_equal(account_token_make(d->app, d->w, &lan, "x", "read", 0, d->now, token, &d->f), E_INVALID);
	assert_int_equal(account_token_make(d->app, d->w, &lan, "x", "read", 367, d->now, token, &d->f), E_INVALID);
	for (int i = 0; i < 20; i++)
		assert_int_equal(account_token_make(d->app, d->w, &lan, "x", "read", 1, d->now, token, &d->f), OK);
	assert_int_equal(account_token_make(d->app, d->w, &lan, "x", "read", 1, d->now, token, &d->f), E_TOOBIG);
}

/* ---- the list, and what is on the disk ---- */

static void test_list_tells_who_is_there_and_who_has_to_wait(void **state)
{
	struct door *d = *state;
	struct account_row *rows;
	char cookie[SECRET_TEXT];
	size_t n;
	DO(&d->disk->office, "account_open", "login=an", "name=Trần An");
	assert_int_equal(enter(d, "lan", GOOD, cookie), OK);
	fail_times(d, "lan", ADDRESS, 5);
	assert_int_equal(account_list(d->app, d->a, &rows, &n, &d->f), OK);
	assert_int_equal(n, 2);
	assert_string_equal(rows[0].login, "an");
	assert_true(rows[0].seen_us == 0 && rows[0].n == 0 && !rows[0].locked);
	assert_true(rows[1].seen_us == d->now && rows[1].n == 1 && rows[1].locked);
	assert_int_equal(account_find(d->app, "khong", d->a, &rows[0], &d->f), E_NOTFOUND);
}

static void test_no_secret_stands_in_the_files_as_it_is(void **state)
{
	struct door *d = *state;
	struct totp_start start;
	char cookie[SECRET_TEXT], code[SECRET_TEXT], command[512];
	set_up_totp(d, &start);
	char *secret = strstr(arena_strdup(d->a, start.uri), "secret=") + 7;
	secret[strcspn(secret, "&")] = '\0';
	assert_int_equal(account_code(d->app, d->w, d->lan, d->now, code, &d->f), OK);
	assert_int_equal(enter(d, "lan", code, cookie), OK);
	(void)snprintf(command, sizeof command, "grep -rqaF -e '%s' -e '%s' -e '%s' -e '%s' %s", GOOD, cookie, code, secret, d->disk->dir);
	assert_int_not_equal(system(command), 0);
	(void)snprintf(command, sizeof command, "test $(stat -c %%a %s/secret.key) = 600", d->disk->dir);
	assert_int_equal(system(command), 0);
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, door_setup, door_teardown)
	const struct CMUnitTest tests[] = {
		T(test_right_password_opens_a_session_with_its_roles), T(test_wrong_password_and_unknown_login_are_answered_alike),
		T(test_five_wrong_tries_wait_a_minute_then_twice_as_long_up_to_an_hour), T(test_login_that_does_not_exist_waits_too),
		T(test_one_address_has_twenty_tries_in_ten_minutes_whatever_the_login), T(test_closed_account_says_so_only_to_its_owner),
		T(test_session_ends_when_nobody_uses_it_for_an_hour), T(test_session_ends_after_twelve_hours_however_busy),
		T(test_unknown_cookie_is_nobody), T(test_sessions_are_listed_and_ended_one_or_all),
		T(test_new_password_ends_every_other_session_and_rotates_this_one), T(test_weak_passwords_are_refused_with_the_reason),
		T(test_code_works_once_as_the_password_and_asks_for_a_new_one), T(test_code_is_over_after_a_day_and_clears_a_wait),
		T(test_first_administrator_comes_in_by_the_setup_code), T(test_second_factor_is_asked_for_and_no_code_works_twice),
		T(test_guessing_the_second_factor_has_to_wait), T(test_role_can_demand_a_second_factor),
		T(test_token_leaves_less_than_its_owner_has_and_ends), T(test_token_wishes_have_limits),
		T(test_list_tells_who_is_there_and_who_has_to_wait), T(test_no_secret_stands_in_the_files_as_it_is),
	};
	return RUN(tests);
}
