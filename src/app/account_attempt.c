/* Wrong tries by login (whether it exists or not, so that waiting tells nobody which logins there are) and by address. */
#include "app/account_impl.h"

#include <inttypes.h>

static const int64_t MINUTE_US = INT64_C(60) * 1000000, ADDRESS_WINDOW_US = INT64_C(600) * 1000000, KEPT_US = INT64_C(24) * 3600 * 1000000;
enum { WAIT_MAX_MINUTES = 60 };

static const char *login_key(const char *login, struct arena *a)
{
	return arena_printf(a, "login:%s", login);
}

static const char *address_key(const char *address, struct arena *a)
{
	return arena_printf(a, "from:%.64s", address);
}

static enum err waiting(struct app *app, const char *key, int64_t now_us, struct arena *a, int64_t *ret_us, struct fault *f)
{
	struct attempt_get_row row;
	bool found;
	TRY(q_attempt_get(app->db, key, a, &found, &row, f));
	*ret_us = found && row.until_us > now_us ? row.until_us - now_us : 0;
	return OK;
}

static const char *minutes(int64_t us, struct arena *a)
{
	return arena_printf(a, "%" PRId64, (us + MINUTE_US - 1) / MINUTE_US);
}

enum err attempt_check(struct app *app, const char *login, const char *address, int64_t now_us, struct fault *f)
{
	scoped(arena_done) struct arena a = { 0 };
	int64_t wait;
	TRY(waiting(app, address_key(address, &a), now_us, &a, &wait, f));
	if (wait)
		return FAULT(f, E_FORBIDDEN, NULL, MSG_SIGN_IN_ADDRESS_WAIT, minutes(wait, &a));
	TRY(waiting(app, login_key(login, &a), now_us, &a, &wait, f));
	return wait ? FAULT(f, E_FORBIDDEN, NULL, MSG_SIGN_IN_WAIT, minutes(wait, &a)) : OK;
}

enum err attempt_is_locked(struct app *app, const char *login, int64_t now_us, bool *ret, struct fault *f)
{
	scoped(arena_done) struct arena a = { 0 };
	int64_t wait;
	TRY(waiting(app, login_key(login, &a), now_us, &a, &wait, f));
	*ret = wait > 0;
	return OK;
}

/* One minute after the last of the free tries, twice as long after each further one. */
static int64_t login_wait(int64_t failures)
{
	int64_t wait = 1;
	if (failures < ACCOUNT_TRIES)
		return 0;
	for (int64_t i = ACCOUNT_TRIES; i < failures && wait < WAIT_MAX_MINUTES; i++)
		wait *= 2;
	return (wait < WAIT_MAX_MINUTES ? wait : WAIT_MAX_MINUTES) * MINUTE_US;
}

/* Counted within `window`; a new window begins when the last is over. */
static enum err count(struct app *app, const char *key, int64_t window_us, int64_t now_us, struct arena *a, struct attempt_get_row *ret,
	struct fault *f)
{
	bool found;
	TRY(q_attempt_get(app->db, key, a, &found, ret, f));
	if (!found || now_us - ret->since_us > window_us)
		*ret = (struct attempt_get_row){ .since_us = now_us };
	ret->failures++;
	return OK;
}

static enum err keep(struct app *app, const char *key, const struct attempt_get_row *row, int64_t now_us, struct fault *f)
{
	return q_attempt_put(app->db, key, row->failures, row->since_us, now_us, row->until_us, f);
}

enum err attempt_fail(struct app *app, const char *login, const char *address, int64_t now_us, struct fault *f)
{
	scoped(arena_done) struct arena a = { 0 };
	struct attempt_get_row row;
	TRY(q_attempt_drop_old(app->db, now_us - KEPT_US, f));
	TRY(count(app, login_key(login, &a), KEPT_US, now_us, &a, &row, f));
	int64_t wait = login_wait(row.failures);
	row.until_us = wait ? now_us + wait : 0;
	TRY(keep(app, login_key(login, &a), &row, now_us, f));
	TRY(count(app, address_key(address, &a), ADDRESS_WINDOW_US, now_us, &a, &row, f));
	row.until_us = row.failures >= ACCOUNT_ADDRESS_TRIES ? row.since_us + ADDRESS_WINDOW_US : 0;
	return keep(app, address_key(address, &a), &row, now_us, f);
}

enum err attempt_clear(struct app *app, const char *login, struct fault *f)
{
	scoped(arena_done) struct arena a = { 0 };
	return q_attempt_drop(app->db, login_key(login, &a), f);
}
