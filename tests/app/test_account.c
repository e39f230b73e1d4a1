/* How people prove who they are: what opens, what does not, and what waits. */
#include "office_disk.h"

#include "app/account.h"
#include "app/verify.h"

#include <liboath/oath.h>

#define GOOD "bốn mùa hoa bưởi"
#define ADDRESS "192.0.2.7"

static const int64_t START = INT64_C(1782800000) * 1000000; /* 30/6/2026 */

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

static enum err enter_with(struct door *d, const char *login, const char *password, const char *totp, const char *address, char cookie[SECRET_TEXT])
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

static enum err look(struct door *d, const char *cookie, struct session *s, struct actor *who)
{
	return account_session(d->app, d->w, cookie, d->now, d->a, s, who, &d->f);
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

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, door_setup, door_teardown)
	const struct CMUnitTest tests[] = {
		T(test_right_password_opens_a_session_with_its_roles),
	};
	return RUN(tests);
}
