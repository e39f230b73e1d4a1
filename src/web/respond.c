#include "web/frame.h"
#include "web/pages/pages.gen.h"
#include "web/web_impl.h"

#include <string.h>
#include <unistd.h>

/* ---- every answer ---- */

void respond_security(const struct web *w, struct http_response *rs)
{
	http_set(rs, "Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
		"font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
	http_set(rs, "X-Frame-Options", "DENY"); /* for browsers that do not know frame-ancestors */
	http_set(rs, "X-Content-Type-Options", "nosniff");
	http_set(rs, "Referrer-Policy", "same-origin");
	http_set(rs, "Cross-Origin-Opener-Policy", "same-origin");
	http_set(rs, "Cross-Origin-Resource-Policy", "same-origin");
	http_set(rs, "Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()");
	http_set(rs, "Cache-Control", "no-store");
	if (w->secure)
		http_set(rs, "Strict-Transport-Security", "max-age=31536000");
}

void respond_keep(struct http_response *rs, const char *how)
{
	for (size_t i = 0; i < rs->headers_n; i++)
		if (strcmp(rs->headers[i].name, "Cache-Control") == 0)
			rs->headers[i].value = how;
}

int respond_status(enum err e)
{
	static const int status[E__COUNT] = {
		[OK] = 200, [E_INVALID] = 422, [E_RULE] = 422, [E_FORBIDDEN] = 403, [E_TOOBIG] = 413, [E_USAGE] = 400, [E_NOTFOUND] = 404,
		[E_CONFLICT] = 409, [E_BUSY] = 503, [E_GONE] = 503, [E_UNSURE] = 503, [E_STORAGE] = 500, [E_INTERNAL] = 500,
	};
	return status[e];
}

/* ---- programs ---- */

void respond_json(struct visit *v, int status, struct text *t)
{
	v->rs->status = status;
	http_body(v->rs, "application/json; charset=utf-8", text_str(t), t->n);
}

static const char *title_of(int status)
{
	static const struct { int status; const char *title; } titles[] = {
		{ 400, "Bad request" }, { 401, "Sign in first" }, { 403, "Not allowed" }, { 404, "Not found" }, { 405, "Method not allowed" },
		{ 409, "Conflict" }, { 413, "Too big" }, { 415, "Wrong content type" }, { 422, "Refused" }, { 503, "Busy" },
	};
	for (size_t i = 0; i < sizeof titles / sizeof *titles; i++)
		if (titles[i].status == status)
			return titles[i].title;
	return "Error";
}

void respond_problem(struct visit *v, int status, const struct fault *f)
{
	struct text t = TEXT(v->a);
	struct json j = JSON(&t);
	json_object(&j);
	json_put_string(&j, "type", arena_printf(v->a, "/problems/%s", err_problem(f->code)));
	json_put_string(&j, "title", title_of(status));
	json_put_int(&j, "status", status);
	json_put_string(&j, "detail", fault_text(f, v->lang, v->a));
	json_put_string(&j, "field", *f->field ? f->field : NULL);
	json_put_string(&j, "rule", *f->rule ? f->rule : NULL);
	json_put_string(&j, "request", id_text(v->a, (int64_t)v->rq->id));
	json_object_end(&j);
	v->rs->status = status;
	http_body(v->rs, "application/problem+json", text_str(&t), t.n);
}

/* ---- people ---- */

enum { PAGE_BYTES = 48 << 10, FRAME_BYTES = 20 << 10 }; /* what most take; longer ones grow */

void respond_html(struct visit *v, int status, const char *title, visit_html_fn *html, const void *view, bool framed)
{
	struct text page = TEXT(v->a), whole = TEXT(v->a), *out = framed ? &whole : &page;
	struct html h = { &page, v->a, v->lang };
	text_reserve(&page, PAGE_BYTES);
	html(&h, view);
	if (framed) {
		text_reserve(&whole, page.n + FRAME_BYTES);
		frame_print(v, &whole, title, &page);
	}
	v->rs->status = status;
	http_body(v->rs, "text/html; charset=utf-8", text_str(out), out->n);
}

static const char *fault_title(int status, enum lang lang)
{
	static const struct { int status; const char *vi, *en; } titles[] = {
		{ 400, "Yêu cầu không hợp lệ", "Bad request" },
		{ 403, "Không được phép", "Not allowed" },
		{ 404, "Không tìm thấy", "Not found" },
		{ 405, "Yêu cầu không hợp lệ", "Bad request" },
		{ 409, "Dữ liệu đã thay đổi", "Changed meanwhile" },
		{ 413, "Quá lớn", "Too big" },
		{ 415, "Không đúng định dạng", "Wrong format" },
		{ 422, "Chưa thực hiện được", "Refused" },
		{ 503, "Máy chủ đang bận", "Busy" },
	};
	for (size_t i = 0; i < sizeof titles / sizeof *titles; i++)
		if (titles[i].status == status)
			return lang == LANG_VI ? titles[i].vi : titles[i].en;
	return lang == LANG_VI ? "Có lỗi xảy ra" : "Something went wrong";
}

static void error_html(struct html *h, const void *view)
{
	page_error(h, view);
}

struct fault visit_told(struct visit *v, const struct fault *f)
{
	static const struct { enum err code; enum msg msg; } plain[] = {
		{ E_BUSY, MSG_WEB_DATABASE_BUSY }, { E_GONE, MSG_WEB_DATABASE_GONE }, { E_UNSURE, MSG_WEB_DATABASE_UNSURE },
	};
	struct fault told = *f;
	for (size_t i = 0; i < sizeof plain / sizeof *plain && strcmp(f->field, "data") == 0; i++) {
		if (f->code != plain[i].code)
			continue;
		v->rs->log_why = fault_text(f, LANG_EN, v->a);
		(void)!FAULT(&told, f->code, "data", plain[i].msg);
	}
	return told;
}

void respond_fault(struct visit *v, int status, const struct fault *fault)
{
	const struct fault told = visit_told(v, fault), *f = &told;
	const struct error_view view = { .status = status, .title = fault_title(status, v->lang), .sentence = fault_text(f, v->lang, v->a),
		.rule = *f->rule ? f->rule : NULL, .back = url(v->a, "/"), .back_label = visit_say(v, "Về trang đầu", "To the first page"),
		.request = id_text(v->a, (int64_t)v->rq->id) };
	if (v->api)
		respond_problem(v, status, f);
	else
		respond_html(v, status, view.title, error_html, &view, true);
}

/* ---- nobody is logged in ---- */

static void show_sign_in(struct visit *v, const struct page *login)
{
	struct fault f = { 0 };
	void *view = arena_alloc(v->a, login->view_size);
	v->page = login;
	if (login->load(v, view, &f) == OK)
		respond_html(v, 401, visit_say(v, login->vi, login->en), login->html, view, true);
	else
		respond_fault(v, respond_status(f.code), &f);
}

void respond_sign_in(struct visit *v)
{
	const struct page *login = web_page("login");
	struct fault f;
	if (v->api) {
		http_set(v->rs, "WWW-Authenticate", "Bearer");
		(void)!FAULT(&f, E_FORBIDDEN, NULL, MSG_WEB_TOKEN);
		respond_problem(v, 401, &f);
		return;
	}
	if (v->rq->method == HTTP_POST && login) {
		if (v->route->run == core_op_post)
			v->held = held_make(v);
		show_sign_in(v, login);
		return;
	}
	visit_go(v, url(v->a, "/login?to=%", visit_with(v, "lang", NULL).s));
}

/* ---- files ---- */

static const char *scratch(const struct visit *v)
{
	return arena_printf(v->a, "%s/export-%s.xlsx", web_dir(v->web), visit_random(v->a));
}

static enum err send_xlsx(struct visit *v, const char *path, const char *name, struct fault *f)
{
	enum err e = visit_file_at(v, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
		arena_printf(v->a, "%s.xlsx", name), path, f);
	(void)unlink(path);
	return e;
}

static void send_csv(struct visit *v, const char *bytes, const char *name)
{
	visit_file(v, "text/csv; charset=utf-8", arena_printf(v->a, "%s.csv", name), bytes, strlen(bytes));
}

static const char *file_name(const struct visit *v)
{
	char day[DAY_TEXT];
	const char *of = v->unit ? v->unit->code : v->page->name;
	return arena_printf(v->a, "%s-%s-%s", v->page->name, of, day_iso(v->today, day));
}

enum err respond_table(struct visit *v, const struct table *t, struct fault *f)
{
	const char *name = file_name(v), *path = scratch(v);
	if (strcmp(v->format, "csv") == 0) {
		send_csv(v, table_csv(t, v->a), name);
		return OK;
	}
	TRY(table_xlsx(t, path, f));
	return send_xlsx(v, path, name, f);
}

enum err respond_report(struct visit *v, const struct report *r, struct fault *f)
{
	const char *name = arena_printf(v->a, "%s-%s-%s", r->name, r->unit_code, period_text(r->period, v->a)), *path = scratch(v);
	if (strcmp(v->format, "csv") == 0) {
		send_csv(v, report_csv(r, v->a), name);
		return OK;
	}
	TRY(report_xlsx(r, path, f));
	return send_xlsx(v, path, name, f);
}
