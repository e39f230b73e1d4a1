/* What tests of pages do again and again: forms without a session, files that are sent, and what stands between two words of a page. */
#pragma once

#include "site.h"

/* What stands behind `before` up to `end`; the test fails when it is not there. */
static inline const char *page_between(struct site *s, const struct answer *r, const char *before, const char *end)
{
	const char *p = strstr(r->body, before);
	if (!p)
		fail_msg("\"%s\" is not in: %d %s", before, r->status, r->body);
	p += strlen(before);
	return arena_strndup(&s->arena, p, strcspn(p, end));
}

/* The code or token that a page shows once. */
static inline const char *page_secret(struct site *s, const struct answer *r)
{
	return page_between(s, r, "<code class=\"secret\">", "<");
}

/* A page with a form, before anybody has signed in: its cookie and hidden value go with what is posted. */
static inline struct browser page_open_form(struct site *s, const char *path)
{
	struct browser b = { .site = s };
	struct answer r = browser_get(&b, path);
	assert_status(r, 200);
	const char *cookie = answer_header(s, &r, "Set-Cookie");
	assert_non_null(cookie);
	b.csrf = answer_hidden(s, &r, "_csrf");
	b.headers = arena_printf(&s->arena, "Cookie: %.*s\r\n", (int)strcspn(cookie, ";"), cookie);
	return b;
}

static inline struct answer page_sign_in(struct site *s, const char *login, const char *password, struct browser *ret_b)
{
	struct browser b = page_open_form(s, "/login");
	*ret_b = b;
	return browser_post(&b, "/login", arena_printf(&s->arena, "login=%s", login), arena_printf(&s->arena, "password=%s", password));
}

/* Whoever has just signed in goes on with the session's cookie. */
static inline struct browser page_entered(struct site *s, const struct answer *r)
{
	struct browser b = { .site = s };
	const char *set = strstr(r->head, "nguon=");
	assert_status(*r, 303);
	assert_non_null(set);
	b.cookie = arena_strndup(&s->arena, set + 6, strcspn(set + 6, ";\r"));
	return b;
}

/* With the hidden value of a page of this session. */
static inline struct answer page_read(struct browser *b, const char *path)
{
	struct answer r = browser_get(b, path);
	const char *csrf = answer_hidden(b->site, &r, "_csrf");
	if (csrf)
		b->csrf = csrf;
	return r;
}

#define BOUNDARY "nguon-test-boundary"

static inline struct answer page_send_file(const struct browser *b, const char *kind, const char *name, const char *bytes, size_t n)
{
	struct text t = TEXT(&b->site->arena);
	text_addf(&t, "--" BOUNDARY "\r\nContent-Disposition: form-data; name=\"_csrf\"\r\n\r\n%s\r\n", b->csrf);
	text_addf(&t, "--" BOUNDARY "\r\nContent-Disposition: form-data; name=\"kind\"\r\n\r\n%s\r\n", kind);
	text_addf(&t, "--" BOUNDARY "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\n\r\n", name);
	text_addn(&t, bytes, n);
	text_add(&t, "\r\n--" BOUNDARY "--\r\n");
	return browser_send_in(b, &b->site->arena, "POST", "/import", "multipart/form-data; boundary=" BOUNDARY, text_str(&t), t.n);
}

/* ---- lists ---- */

/* Sends a list and waits for the end of its dry run; the address of its page. */
static inline const char *list_send(const struct browser *b, const char *name, const char *bytes, size_t n)
{
	struct answer r = page_send_file(b, "people", name, bytes, n);
	assert_status(r, 303);
	return answer_header(b->site, &r, "Location");
}

static inline struct answer list_wait(const struct browser *b, const char *page)
{
	enum { TURN_US = 20000, TURNS = 3000 };
	const char *api = arena_printf(&b->site->arena, "/api/v1%s", page);
	for (int i = 0; i < TURNS; i++) {
		struct answer r = browser_get(b, api);
		assert_status(r, 200);
		if (!strstr(r.body, "\"state\":\"checking\"") && !strstr(r.body, "\"state\":\"storing\""))
			return r;
		(void)usleep(TURN_US);
	}
	fail_msg("%s does not end", page);
	return (struct answer){ 0 };
}

#define LIST_HEADING "Mã tổ chức;Họ và tên;Ngày sinh;Ngày vào danh sách\n"
#define LIST_GOOD LIST_HEADING "TB-01-A;Hồ Thị Na;01/02/1995;03/04/2025\nTB-01-B;Lò Văn Bền;05/06/1990;03/04/2025\n"

static inline void list_commit(const struct browser *b, const char *page, int status)
{
	assert_status(browser_post(b, arena_printf(&b->site->arena, "%s/commit", page)), status);
}
