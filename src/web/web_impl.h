/* What the files of the core share; pages include web/web.h alone. */
#pragma once

#include "app/vault.h"
#include "app/watch.h"
#include "web/router.h"

enum { FORM_BODY_MAX = 512 << 10, JSON_BODY_MAX = 256 << 10, UPLOAD_BODY_MAX = 256 << 20 };

struct web {
	struct arena arena;        /* holds the web itself */
	struct web_config config;
	struct app app;            /* the other connections are opened from it */
	struct writer *writer;
	struct live *live;
	struct watch *watch;
	struct import_jobs *imports;
	struct http *http;
	struct routes routes;
	const char *name;          /* of the installation */
	const char *uploads;
	bool secure;               /* behind TLS of its own */
	bool demo;                 /* the people are made up */
	struct vault_key key;
	struct warnings warnings;
};

/* A worker's own. */
struct worker {
	struct arena arena;        /* holds the worker itself */
	struct web *web;
	struct app app;
};

static inline const char *visit_say(const struct visit *v, const char *vi, const char *en)
{
	return v->lang == LANG_VI ? vi : en;
}

/* ---- visit.c ---- */
enum { VISIT_RANDOM = 32 };
const char *visit_random(struct arena *a); /* that many digits of base 16 */
const char *visit_path(struct arena *a, const char *path); /* percent-encoded again */

/* ---- handle.c ---- */
bool visit_sent(const struct visit *v, const char *type); /* the body is of that content type */
void web_answer(void *worker, const struct http_request *rq, struct http_response *rs);
struct http_plan web_plan(void *ctx, const struct http_request *head);
void web_refuse(void *ctx, int status, const struct http_request *rq, struct http_response *rs);

/* ---- guard.c: who asks, and whether the request is their own ---- */

/* Fills who, session, token and csrf. Nobody is no fault. */
enum err guard_identify(struct visit *v, struct fault *f) MUST_CHECK;
/* Whoever has just signed in. */
enum err guard_enter(struct visit *v, const char *cookie, struct fault *f) MUST_CHECK;
/* A POST comes from a page of ours, of this session. E_FORBIDDEN. */
enum err guard_own(const struct visit *v, struct fault *f) MUST_CHECK;
/* The same for the values that the form itself carries. */
enum err guard_csrf(const struct visit *v, struct fault *f) MUST_CHECK;
/* A password or second factor that has to be set first: where; NULL: nothing. */
const char *guard_first(const struct visit *v);
/* What the row of the page or action asks for. Fills unit and person. */
enum err guard_page(struct visit *v, struct fault *f) MUST_CHECK;
enum err guard_action(struct visit *v, struct fault *f) MUST_CHECK;

/* ---- cookie.c ---- */
enum cookie { COOKIE_SESSION, COOKIE_FORM, COOKIE_LANG, COOKIE_FLASH, COOKIE_THEME };
const char *cookie_name(const struct web *w, enum cookie c);
const char *cookie_get(const struct visit *v, enum cookie c); /* NULL: none */
enum { COOKIE_YEAR = 365 * 86400 };
/* For so many seconds; 0: as long as the browser is open, -1: gone. */
void cookie_set(struct visit *v, enum cookie c, const char *value, int64_t seconds);

/* ---- respond.c ---- */
int respond_status(enum err e);
void respond_fault(struct visit *v, int status, const struct fault *f); /* a page, or a problem for programs */
void respond_problem(struct visit *v, int status, const struct fault *f);
void respond_json(struct visit *v, int status, struct text *t);
void respond_html(struct visit *v, int status, const char *title, visit_html_fn *html, const void *view, bool framed);
void respond_sign_in(struct visit *v); /* nobody is logged in: the sign-in page, or 401 */
enum err respond_table(struct visit *v, const struct table *t, struct fault *f) MUST_CHECK;
enum err respond_report(struct visit *v, const struct report *r, struct fault *f) MUST_CHECK;
void respond_keep(struct http_response *rs, const char *how); /* Cache-Control, which is no-store at first */
void respond_security(const struct web *w, struct http_response *rs); /* headers of every answer */

/* ---- frame.c: what stands around every page ---- */
void frame_print(struct visit *v, struct text *out, const char *title, const struct text *page);

/* ---- held.c: a form whose session had ended ---- */
const char *held_make(const struct visit *v);

/* ---- page_run.c ---- */
enum err page_run(struct visit *v, struct fault *f) MUST_CHECK;
void visit_release(struct visit *v); /* of the live view, when held */

/* ---- the core's own routes ---- */
const struct route *core_routes(size_t *ret_n);
enum err core_asset(struct visit *v, struct fault *f);
enum err core_icon(struct visit *v, struct fault *f);
enum err core_robots(struct visit *v, struct fault *f);
enum err core_prefs(struct visit *v, struct fault *f);
enum err core_health(struct visit *v, struct fault *f);
enum err core_ready(struct visit *v, struct fault *f);
enum err core_home(struct visit *v, struct fault *f);
enum err core_openapi(struct visit *v, struct fault *f);
enum err core_op_form(struct visit *v, struct fault *f);
enum err core_op_post(struct visit *v, struct fault *f);
/* What was posted comes back as a form of this session, not done. */
enum err core_op_again(struct visit *v, struct fault *f);
/* A form of the operation with these texts, and a word that it is to be looked at and sent. */
enum err op_form_back(struct visit *v, int status, const struct op *op, const struct form *given, struct fault *f) MUST_CHECK;
enum err core_op_list(struct visit *v, struct fault *f);
enum err core_op_api(struct visit *v, struct fault *f);
