#include "web/web_impl.h"

#include <assert.h>
#include <errno.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* ---- who asks ---- */

static const char *bearer(const struct visit *v)
{
	const char *h = http_header(v->rq, "Authorization");
	return h && strncasecmp(h, "Bearer ", 7) == 0 ? h + 7 + strspn(h + 7, " ") : NULL;
}

static enum err by_token(struct visit *v, const char *token, struct fault *f)
{
	struct actor *who = arena_new(v->a, struct actor);
	enum err e = account_token(v->app, v->writer, token, v->now_us, v->a, who, f);
	if (e == E_NOTFOUND || e == E_FORBIDDEN || e == E_INVALID)
		return OK;
	TRY(e);
	v->who = who;
	v->token = true;
	return OK;
}

static enum err by_cookie(struct visit *v, const char *cookie, struct fault *f)
{
	struct actor *who = arena_new(v->a, struct actor);
	enum err e = account_session(v->app, v->writer, cookie, v->now_us, v->a, &v->session, who, f);
	if (e == E_NOTFOUND || e == E_FORBIDDEN || e == E_INVALID) {
		v->session = (struct session){ 0 };
		return OK;
	}
	TRY(e);
	v->who = who;
	v->csrf = v->session.csrf;
	return OK;
}

/* Forms that are sent without a session (sign in, first start) carry a value that stands in a cookie too. */
static void open_form(struct visit *v)
{
	const char *cookie = cookie_get(v, COOKIE_FORM);
	if (cookie && strlen(cookie) == VISIT_RANDOM && strspn(cookie, "0123456789abcdef") == VISIT_RANDOM) {
		v->csrf = cookie;
		return;
	}
	v->csrf = visit_random(v->a);
	cookie_set(v, COOKIE_FORM, v->csrf, 0); /* also on a POST: its answer is the sign-in form */
}

enum err guard_enter(struct visit *v, const char *cookie, struct fault *f)
{
	TRY(by_cookie(v, cookie, f));
	if (!v->who)
		return FAULT(f, E_FORBIDDEN, NULL, MSG_WEB_OLD_FORM);
	v->app->who = v->who;
	v->app->actor = v->who->journal;
	v->rs->log_user = v->who->login;
	return OK;
}

enum err guard_identify(struct visit *v, struct fault *f)
{
	const char *token = bearer(v), *cookie = visit_session_cookie(v);
	if (token)
		return v->route->flags & ROUTE_API ? by_token(v, token, f) : OK;
	if (cookie)
		TRY(by_cookie(v, cookie, f));
	if (!v->who && !(v->route->flags & (ROUTE_MACHINE | ROUTE_API)))
		open_form(v);
	return OK;
}

/* ---- whether it is their own request ---- */

/* "https://host:8443" against "host:8443"; whatever stands before the host was decided by a proxy. */
static bool same_host(const struct visit *v, const char *origin)
{
	const char *host = http_header(v->rq, "Host"), *p = strstr(origin, "://");
	return host && p && strcasecmp(p + 3, host) == 0;
}

enum err guard_own(const struct visit *v, struct fault *f)
{
	const char *site = http_header(v->rq, "Sec-Fetch-Site"), *origin = http_header(v->rq, "Origin");
	if ((site && strcmp(site, "same-origin") != 0) || (origin && !same_host(v, origin)))
		return FAULT(f, E_FORBIDDEN, NULL, MSG_WEB_OTHER_SITE);
	return OK;
}

static bool same_secret(const char *x, const char *y)
{
	size_t n = strlen(x);
	return n > 0 && n == strlen(y) && sodium_memcmp(x, y, n) == 0;
}

enum err guard_csrf(const struct visit *v, struct fault *f)
{
	const char *given = v->api ? http_header(v->rq, "X-CSRF-Token") : form_get(&v->form, "_csrf");
	if (v->token)
		return OK;
	if (!given || !v->csrf || !same_secret(given, v->csrf))
		return FAULT(f, E_FORBIDDEN, NULL, MSG_WEB_OLD_FORM);
	return OK;
}

static bool is_below(const char *path, const char *above)
{
	size_t n = strlen(above);
	return strncmp(path, above, n) == 0 && (!path[n] || path[n] == '/');
}

const char *guard_first(const struct visit *v)
{
	const char *to = v->session.must_change ? "/password" : v->session.must_totp ? "/me/totp" : NULL;
	return to && !is_below(v->route->path, to) && !text_listed("/logout|/help", v->route->path) ? to : NULL;
}

/* ---- what the row asks for ---- */

static enum err person_of_path(struct visit *v, const char *text, struct fault *f)
{
	char *end;
	errno = 0;
	int64_t id = strtoll(text, &end, 10);
	if (errno || *end || end == text || id < 1)
		return FAULT(f, E_NOTFOUND, "person", MSG_WEB_NO_PAGE);
	TRY(access_person(v->app, v->page->perm, (struct person_id){ id }, v->a, f));
	v->person.v = id;
	return OK;
}

static enum err somewhere(const struct visit *v, enum perm p, struct fault *f)
{
	if (p == PERM_SELF ? access_may(&v->app->tree, v->who, p, (struct unit_id){ 0 }, v->today) : access_may_somewhere(v->who, p, v->today))
		return OK;
	return FAULT(f, E_FORBIDDEN, NULL, MSG_WEB_FORBIDDEN, perm_label(p, v->lang));
}

enum err guard_page(struct visit *v, struct fault *f)
{
	const char *unit = route_param(v->route, v->param, "unit"), *person = route_param(v->route, v->param, "person");
	assert(v->who || v->page->of == PAGE_OPEN); /* nobody would be everybody: see access.h */
	switch (v->page->of) {
	case PAGE_UNIT:
		assert(unit);
		return access_unit_code(v->app, v->page->perm, unit, "unit", &v->unit, f);
	case PAGE_PERSON:
		assert(person);
		return person_of_path(v, person, f);
	case PAGE_SOMEWHERE:
		return somewhere(v, v->page->perm, f);
	case PAGE_OPEN:
		break;
	}
	return OK;
}

enum err guard_action(struct visit *v, struct fault *f)
{
	return v->route->action->flags & ACTION_OPEN ? OK : somewhere(v, v->route->action->perm, f);
}
