/* The server: what a browser or a program asks, answered from the same declarations. A page is one row of the table of pages; the same row
 * answers below /api/v1 as JSON, and as a workbook or CSV where it is a list. A change is an operation (app/ops.c) behind POST /ops/NAME
 * and POST /api/v1/ops/NAME. Handlers load a view; templates print it; nothing else. */
#pragma once

#include "app/account.h"
#include "app/live.h"
#include "http/form.h"
#include "http/http.h"
#include "office/report_write.h"
#include "web/html.h"

struct web;      /* shared by all workers */
struct page;

/* One request on its way through a worker. */
struct visit {
	struct web *web;
	struct app *app;           /* of this worker, inside app_begin; app->who is who asks, app->lang the language */
	struct writer *writer;
	struct arena *a;           /* until the answer is sent */
	const struct http_request *rq;
	struct http_response *rs;
	const struct page *page;   /* NULL for actions and operations */
	const char *param[4];      /* of the path's :names, in order, decoded */
	struct form query;         /* of the address */
	struct form form;          /* of the body of a POST, CSRF checked */
	const struct actor *who;   /* NULL: nobody is logged in */
	struct session session;    /* id 0: none, or a token */
	bool api;                  /* below /api/v1 */
	enum lang lang;
	struct day today;
	int64_t now_us;
	/* what the row of the page asked for */
	struct unit *unit;         /* of ":unit", checked against who asks */
	struct person_id person;   /* of ":person", likewise */
	struct live_view live;     /* held while the page is loaded */
	/* from the page's load to its frame; NULL: the row's own title, no unit */
	const char *title;         /* in the reader's language: "Chi bộ Tổ 1" */
	/* of a form whose session had ended, sealed: what the sign-in form carries in "_held"; NULL */
	const char *held;
	/* the core's own */
	const struct route *route;
	const char *fresh;         /* secret of a session that this request has begun */
	const char *csrf;          /* of the session, or of the cookie of open forms */
	bool holds_live, token;
	const char *format;        /* "xlsx", "csv" or NULL */
};

/* ---- the table of pages ---- */

enum param_type { PARAM_TEXT, PARAM_INT, PARAM_DAY, PARAM_PERIOD, PARAM_BOOL, PARAM_CODE };

/* A question in the address: "?step=dossier&late=1". */
struct param {
	const char *name;
	enum param_type type;
	enum code_table codes;
	const char *vi, *en;
};

enum page_of {
	PAGE_UNIT,      /* ":unit" in the path, code of a unit in which `perm` is held */
	PAGE_PERSON,    /* ":person" in the path, id of somebody in such a unit */
	PAGE_SOMEWHERE, /* for whoever holds `perm` in any unit; the page narrows what it shows */
	PAGE_OPEN,      /* for everybody, also without login */
};

enum { PAGE_LIVE = 1, PAGE_SLOW = 2, PAGE_NO_API = 4, PAGE_NO_FRAME = 8 };

struct page {
	const char *path;          /* "/units/:unit/people" */
	const char *name;          /* "people": for links, help and the API's operationId */
	const char *vi, *en;       /* title */
	enum page_of of;
	enum perm perm;
	unsigned flags;
	const struct param *query; /* ends with name NULL; NULL: none */
	size_t view_size;
	enum err (*load)(struct visit *v, void *view, struct fault *f);
	void (*html)(struct html *h, const void *view);
	void (*json)(struct json *j, const void *view);
	/* For ?format=xlsx|csv: the list of what is seen (all of it, not one screen), or the report. NULL: not exported. */
	enum err (*table)(struct visit *v, const void *view, struct table *ret, struct fault *f);
	const struct report *(*report)(const void *view);
};

/* Each page_NAME.c ends with `const struct page NAME_page`; pages.c lists them. */
const struct page *const *web_pages(size_t *ret_n);
const struct page *web_page(const char *name);

/* Typed functions NAME_load, page_NAME (the template) and NAME_json as the row wants them. */
#define PAGE_THUNKS(name) \
	static enum err name##_load_(struct visit *v, void *view, struct fault *f) { return name##_load(v, view, f); } \
	static void name##_html_(struct html *h, const void *view) { page_##name(h, view); } \
	static void name##_json_(struct json *j, const void *view) { name##_json(j, view); }

/* ---- actions: POSTs that are no operations (sign in, upload, revoke) ---- */

enum { ACTION_OPEN = 1, ACTION_UPLOAD = 2, ACTION_SLOW = 4 }; /* open: no login needed (its form still carries a CSRF value) */

struct action {
	const char *path;
	enum perm perm;            /* PERM_SELF: whoever is logged in */
	unsigned flags;
	enum err (*run)(struct visit *v, struct fault *f); /* ends in visit_go or visit_show; on a fault the caller shows the error page */
};
const struct action *const *web_actions(size_t *ret_n);

/* ---- for handlers ---- */

/* What was asked in the address; NULL or absent when not. Faults name the parameter. */
const char *visit_text(const struct visit *v, const char *name);
enum err visit_int(const struct visit *v, const char *name, int64_t absent, int64_t min, int64_t max, int64_t *ret,
	struct fault *f) MUST_CHECK;
enum err visit_day(const struct visit *v, const char *name, struct day absent, struct day *ret, struct fault *f) MUST_CHECK;
enum err visit_period(const struct visit *v, const char *name, struct period absent, struct period *ret, struct fault *f) MUST_CHECK;
bool visit_flag(const struct visit *v, const char *name);

/* The same address with one parameter changed (NULL: taken away): pages of a list, formats, filters. */
struct url visit_with(const struct visit *v, const char *name, const char *value);

bool visit_may(const struct visit *v, enum perm p, struct unit_id unit);

/* A fault in the words for whoever asks: where the database is and what its server said goes into the log alone. */
struct fault visit_told(struct visit *v, const struct fault *f);

/* 303 to an address. */
void visit_go(struct visit *v, struct url to);
/* Shown at the top of the next page: a sentence; `bad` in red. Kept sealed in a cookie. */
void visit_flash(struct visit *v, bool bad, const char *sentence);
/* A page by its own template with this status, in the frame. `title` in the reader's language. */
typedef void visit_html_fn(struct html *h, const void *view);
void visit_show(struct visit *v, int status, const char *title, visit_html_fn *html, const void *view);
/* Sets the session cookie; "" ends it. */
void visit_cookie(struct visit *v, const char *session);
/* The secret of the session it came with; NULL: none. */
const char *visit_session_cookie(const struct visit *v);
/* A hidden value for forms that an action takes: <input type=hidden name=_csrf value=...>. */
const char *visit_csrf(const struct visit *v);
/* A new hidden value "_once" for a form: sent twice, it is done once. */
const char *visit_once(struct visit *v);
/* After signing in: the form that was held (the value of "_held") comes back filled, not sent. E_INVALID when it is too old or not ours. */
enum err visit_held(struct visit *v, const char *held, struct fault *f) MUST_CHECK;

/* A file to save: bytes in the arena. `name` without path; letters of any script. */
void visit_file(struct visit *v, const char *type, const char *name, const char *bytes, size_t n);
/* The same from a path, which is unlinked. */
enum err visit_file_at(struct visit *v, const char *type, const char *name, const char *path, struct fault *f) MUST_CHECK;

/* Runs an operation as who asks: parse from the form's texts, access, version, once, check, store. */
enum err visit_run(struct visit *v, const struct op *op, const void *in, int64_t version, const char *once, struct op_result *ret,
	struct fault *f) MUST_CHECK;

/* Where the program keeps files of its own: DIR/uploads. */
const char *web_dir(const struct web *w);

/* Imports that were begun in the browser (web/import_job.h). */
struct import_jobs *web_import_jobs(struct web *w);

/* ---- the server ---- */

struct web_config {
	const char *dir;           /* of the installation */
	struct http_config http;
	struct day today;          /* DAY_NONE: the clock's */
	int64_t (*now_us)(void *ctx);
	bool new_key;              /* whatever was sealed with another secret.key is given up (app/vault.h) */
};

/* Opens the installation, starts writer, live view and HTTP. ret_code: of the first administrator, "" when there is one. */
enum err web_start(const struct web_config *config, struct web **ret, char ret_code[SECRET_TEXT], struct fault *f) MUST_CHECK;
const struct warnings *web_warnings(const struct web *w); /* what whoever started it should know */
uint16_t web_port(const struct web *w);
void web_stop(struct web **w);

/* The OpenAPI 3.1 description, from the same tables. */
const char *openapi_text(struct arena *a);
