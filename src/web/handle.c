/* The way of one request through a worker. */
#include "app/clock.h"
#include "web/web_impl.h"

#include <string.h>
#include <strings.h>
#include <unistd.h>

static struct day today_of(const struct web *w, int64_t now_us)
{
	return day_known(w->config.today) ? w->config.today : clock_day(now_us);
}

/* ---- before a worker has it ---- */

/* Nobody in particular sends no 256 MiB. Whether the session is still good is asked later, with the database. */
static bool may_upload(const struct web *w, const struct http_request *head)
{
	const char *cookies = http_header(head, "Cookie");
	return cookies && strstr(cookies, cookie_name(w, COOKIE_SESSION));
}

/* What has no route is read all the same, so that it can be told why. */
static int64_t body_max(const struct web *w, const struct route *r, const struct http_request *head)
{
	if (!r)
		return FORM_BODY_MAX;
	if (r->method != HTTP_POST)
		return 0;
	if (r->flags & ROUTE_UPLOAD && may_upload(w, head))
		return UPLOAD_BODY_MAX;
	return r->flags & ROUTE_API ? JSON_BODY_MAX : FORM_BODY_MAX;
}

struct http_plan web_plan(void *ctx, const struct http_request *head)
{
	const struct web *w = ctx;
	const char *allow;
	const struct route *r = route_find(&w->routes, head->method, head->path, &allow);
	bool export = strstr(head->query, "format=xlsx") != NULL;
	return (struct http_plan){ .body_max = body_max(w, r, head), .slow = r && (r->flags & ROUTE_SLOW || export),
		.upload = r && r->flags & ROUTE_UPLOAD };
}

/* ---- language and query ---- */

static enum lang lang_of(const char *s, enum lang otherwise)
{
	return !s ? otherwise : strncmp(s, "en", 2) == 0 ? LANG_EN : strncmp(s, "vi", 2) == 0 ? LANG_VI : otherwise;
}

static void choose_lang(struct visit *v)
{
	const char *asked = form_get(&v->query, "lang");
	v->lang = lang_of(v->api ? http_header(v->rq, "Accept-Language") : cookie_get(v, COOKIE_LANG), LANG_VI);
	if (!asked || (strcmp(asked, "vi") != 0 && strcmp(asked, "en") != 0))
		return;
	v->lang = lang_of(asked, LANG_VI);
	if (!v->api)
		cookie_set(v, COOKIE_LANG, asked, COOKIE_YEAR);
}

static enum err read_query(struct visit *v, struct fault *f)
{
	enum err e = form_read(v->rq->query, strlen(v->rq->query), v->a, &v->query, f);
	choose_lang(v);
	return e;
}

/* ---- the body ---- */

bool visit_sent(const struct visit *v, const char *type)
{
	const char *header = http_header(v->rq, "Content-Type");
	size_t n = strlen(type);
	return header && strncasecmp(header, type, n) == 0 && (!header[n] || header[n] == ';' || header[n] == ' ');
}

static enum err read_form(struct visit *v, struct fault *f)
{
	const char *type = http_header(v->rq, "Content-Type");
	if (visit_sent(v, "application/x-www-form-urlencoded") || (!type && v->rq->body_n == 0))
		return form_read(v->rq->body, v->rq->body_n, v->a, &v->form, f);
	if (visit_sent(v, "multipart/form-data"))
		return form_read_multipart(type, v->rq->body, v->rq->body_n, v->a, &v->form, f);
	return FAULT(f, E_USAGE, NULL, MSG_WEB_FORM_TYPE);
}

/* ---- the steps ---- */

static enum err run(struct visit *v, struct fault *f)
{
	if (v->route->page)
		return page_run(v, f);
	if (v->route->action) {
		TRY(guard_action(v, f));
		return v->route->action->run(v, f);
	}
	return v->route->run(v, f);
}

static enum err guard_post(struct visit *v, struct fault *f)
{
	if (v->rq->method != HTTP_POST)
		return OK;
	if (!v->api)
		TRY(read_form(v, f));
	TRY(guard_own(v, f));
	return v->who || v->route->flags & ROUTE_OPEN ? guard_csrf(v, f) : OK;
}

static enum err identify(struct visit *v, struct fault *f)
{
	TRY(guard_identify(v, f));
	v->app->who = v->who;
	if (!v->who)
		return OK;
	v->app->actor = v->who->journal;
	v->rs->log_user = v->who->login;
	return OK;
}

static enum err first_things_first(struct visit *v, const char *to, struct fault *f)
{
	if (v->api)
		return FAULT(f, E_FORBIDDEN, NULL, MSG_WEB_FIRST, to);
	visit_go(v, (struct url){ to });
	return OK;
}

static enum err with_session(struct visit *v, struct fault *f)
{
	TRY(identify(v, f));
	enum err e = guard_post(v, f);
	if (e != OK && v->who && f->msg == MSG_WEB_OLD_FORM && v->route->run == core_op_post)
		return core_op_again(v, f);
	TRY(e);
	if (!v->who && !(v->route->flags & ROUTE_OPEN)) {
		respond_sign_in(v);
		return OK;
	}
	const char *first = v->who && !v->token ? guard_first(v) : NULL;
	return first && !(v->route->flags & ROUTE_OPEN) ? first_things_first(v, first, f) : run(v, f);
}

static enum err in_transaction(struct visit *v, struct fault *f)
{
	v->app->lang = v->lang;
	v->app->today = v->today;
	TRY(app_begin(v->app, f));
	return with_session(v, f);
}

static void end_transaction(struct visit *v)
{
	visit_release(v);
	app_rollback(v->app);
}

/* Nothing of the answer has left yet, and looking at a page twice does no harm. */
static void as_before(struct visit *v, const struct visit *first, const struct http_response *nothing)
{
	end_transaction(v);
	if (v->rs->file >= 0)
		(void)close(v->rs->file);
	*v = *first;
	*v->rs = *nothing;
	v->app->who = NULL;
	v->app->actor = "";
}

static enum err with_database(struct visit *v, struct fault *f)
{
	const struct visit first = *v;
	const struct http_response nothing = *v->rs;
	enum err e = in_transaction(v, f);
	if (e == E_GONE && v->app->in_transaction && v->rq->method != HTTP_POST) { /* lost on the way: app_begin connects anew */
		as_before(v, &first, &nothing);
		e = in_transaction(v, f);
	}
	if (e != OK)
		respond_fault(v, respond_status(e), f); /* still as who asked: the frame shows them */
	end_transaction(v);
	return OK;
}

/* ---- the beginning ---- */

static enum err core_nowhere(struct visit *v, struct fault *f)
{
	(void)v;
	return FAULT(f, E_NOTFOUND, NULL, MSG_WEB_NO_PAGE);
}

/* Whoever is logged in keeps the frame around them. */
static const struct route nowhere = { "-", HTTP_GET, ROUTE_OPEN, .run = core_nowhere };

/* "/units/PL/" is meant to be "/units/PL". */
static bool without_slash(struct visit *v)
{
	size_t n = strlen(v->rq->path);
	const char *allow;
	if (n < 2 || v->rq->path[n - 1] != '/' || v->rq->method == HTTP_POST)
		return false;
	const char *path = arena_strndup(v->a, v->rq->path, n - 1);
	if (!route_find(&v->web->routes, HTTP_GET, path, &allow))
		return false;
	http_set(v->rs, "Location", arena_printf(v->a, "%s%s%s", visit_path(v->a, path), *v->rq->query ? "?" : "", v->rq->query));
	v->rs->status = 308;
	return true;
}

static enum err no_route(struct visit *v, const char *allow, struct fault *f)
{
	if (allow) {
		http_set(v->rs, "Allow", allow);
		(void)!FAULT(f, E_USAGE, NULL, MSG_WEB_METHOD, allow);
		respond_fault(v, 405, f);
		return OK;
	}
	if (without_slash(v))
		return OK;
	v->route = &nowhere;
	return v->rq->method == HTTP_POST ? core_nowhere(v, f) : with_database(v, f);
}

static enum err begin(struct visit *v, struct fault *f)
{
	const char *allow;
	TRY(read_query(v, f));
	v->route = route_find(&v->web->routes, v->rq->method, v->rq->path, &allow);
	if (!v->route)
		return no_route(v, allow, f);
	v->rs->log_route = v->route->path;
	(void)route_fits(v->route->path, v->rq->path, v->a, v->param);
	v->page = v->route->page;
	v->api |= (v->route->flags & ROUTE_MACHINE) != 0;
	return v->route->flags & ROUTE_BARE ? v->route->run(v, f) : with_database(v, f);
}

void web_answer(void *ctx, const struct http_request *rq, struct http_response *rs)
{
	struct worker *worker = ctx;
	struct web *w = worker->web;
	struct visit v = { .web = w, .app = &worker->app, .writer = w->writer, .a = rq->arena, .rq = rq, .rs = rs,
		.now_us = w->config.now_us(NULL), .api = strncmp(rq->path, API_PREFIX "/", sizeof API_PREFIX) == 0 };
	struct fault f = { 0 };
	v.today = today_of(w, v.now_us);
	respond_security(w, rs);
	enum err e = begin(&v, &f);
	if (e != OK)
		respond_fault(&v, respond_status(e), &f);
	if (rs->status == 503)
		http_set(rs, "Retry-After", rs->log_why ? "5" : "2");
	worker->app.who = NULL;
	worker->app.actor = "";
}

/* ---- what never reached a worker ---- */

static enum msg refusal(int status)
{
	static const struct { int status; enum msg msg; } refusals[] = {
		{ 405, MSG_WEB_REFUSED_METHOD }, { 408, MSG_WEB_REFUSED_SLOW }, { 413, MSG_WEB_REFUSED_BIG }, { 431, MSG_WEB_REFUSED_HEADERS },
		{ 503, MSG_WEB_REFUSED_BUSY },
	};
	for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++)
		if (refusals[i].status == status)
			return refusals[i].msg;
	return MSG_WEB_REFUSED;
}

void web_refuse(void *ctx, int status, const struct http_request *rq, struct http_response *rs)
{
	struct web *w = ctx;
	struct http_request none = { .path = "/", .query = "", .arena = rs->arena };
	struct visit v = { .web = w, .a = rs->arena, .rq = rq && rq->path ? rq : &none, .rs = rs, .now_us = w->config.now_us(NULL) };
	struct fault f = { 0 };
	respond_security(w, rs);
	v.api = strncmp(v.rq->path, API_PREFIX "/", sizeof API_PREFIX) == 0;
	v.lang = lang_of(http_header(v.rq, "Accept-Language"), LANG_VI);
	v.today = today_of(w, v.now_us);
	(void)!FAULT(&f, status == 503 ? E_BUSY : status == 413 ? E_TOOBIG : E_USAGE, NULL, refusal(status));
	respond_fault(&v, status, &f);
}
