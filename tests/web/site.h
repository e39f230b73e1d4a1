/* The whole server on a free port of the loopback, with the small district of office.h on the disk, and clients with a cookie each.
 *
 * Accounts, all with the password SITE_PASSWORD: "phong" department in TB, "lan" office in TB-01, "thu" secretary in TB-01-A, "xem" leader
 * in TB-01, "quan" administrator, "moi" nobody yet. People: 1 Đinh Thị Mai in TB-01-A on the list, 2 Phùng Quốc Bảo in TB-02. */
#pragma once

#include "../app/office_disk.h"

#include "web/web.h"

#include <arpa/inet.h>
#include <poll.h>
#include <strings.h>
#include <sys/socket.h>

#define SITE_PASSWORD "bốn mùa hoa bưởi"

struct site {
	struct test_place place;
	const char *dir;
	struct web *web;
	struct arena arena;
};

/* One reading and clicking. */
struct browser {
	struct site *site;
	const char *cookie;   /* of the session; NULL: none */
	const char *token;    /* instead of a cookie; NULL */
	const char *csrf;     /* what forms are sent with */
	const char *headers;  /* more lines, each ended by CR LF; NULL */
	bool no_origin;
};

struct answer {
	int status;
	const char *head, *body;
	size_t body_n;
};

/* ---- the district ---- */

static inline int64_t site_clock(void *ctx)
{
	(void)ctx;
	return INT64_C(1782800000) * 1000000; /* 30/6/2026 */
}

static inline void site_accounts(struct office *o)
{
	static const struct { const char *login, *name, *role, *unit; } all[] = {
		{ "phong", "Vũ Minh Phong", "department", "TB" }, { "lan", "Nguyễn Thị Lan", "office", "TB-01" },
		{ "thu", "Trần Văn Thư", "secretary", "TB-01-A" }, { "xem", "Lê Quang Xem", "leader", "TB-01" },
		{ "quan", "Hồ Anh Quân", "admin", NULL }, { "moi", "Đỗ Văn Mới", NULL, NULL },
	};
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		char login[64], name[96], role[64], unit[64];
		(void)snprintf(login, sizeof login, "login=%s", all[i].login);
		(void)snprintf(name, sizeof name, "name=%s", all[i].name);
		(void)snprintf(role, sizeof role, "role=%s", all[i].role ? all[i].role : "");
		(void)snprintf(unit, sizeof unit, "unit=%s", all[i].unit ? all[i].unit : "");
		DO(o, "account_open", login, name);
		assert_int_equal(account_set_password(&o->app, o->result.entity_id, SITE_PASSWORD, &o->fault), OK);
		if (all[i].role)
			DO(o, "role_grant", login, role, unit);
	}
}

static inline void site_people(struct office *o)
{
	DO(o, "person_record", "unit=TB-01-A", "name=Đinh Thị Mai", "birth=12/05/1998", "sex=Nữ", "introduced=01/02/2025", "listed=10/03/2025");
	DO(o, "person_record", "unit=TB-02", "name=Phùng Quốc Bảo", "birth=02/09/1990", "sex=Nam", "listed=05/01/2025");
}

/* Passwords take a while to hash: the district is made once, and each test has a copy. */
static struct disk *site_template;

static inline void site_template_remove(void)
{
	void *disk = site_template;
	(void)disk_teardown(&disk);
}

static inline void site_template_make(void)
{
	void *disk;
	assert_int_equal(disk_setup(&disk), 0);
	site_template = disk;
	site_template->office.app.now_us = site_clock;
	site_accounts(&site_template->office);
	site_people(&site_template->office);
	app_close(&site_template->office.app);
	(void)atexit(site_template_remove);
}

static inline int site_setup_clock(void **state, struct web_config config, int64_t (*clock)(void *ctx))
{
	struct site *s = calloc(1, sizeof *s);
	char code[SECRET_TEXT];
	struct fault f;
	if (!site_template)
		site_template_make();
	place_make_copy(&s->place, &site_template->office.place);
	s->dir = s->place.dir;
	config.dir = s->dir;
	config.http.port = 0;
	config.http.log_fd = -1;
	config.today = on(TODAY);
	config.now_us = clock;
	assert_ok(web_start(&config, &s->web, code, &f));
	assert_string_equal(code, "");
	*state = s;
	return 0;
}

static inline int site_setup(void **state)
{
	struct web_config config = { .http = http_config_default() };
	config.http.workers = 3;
	config.http.slow_workers = 1;
	return site_setup_clock(state, config, site_clock);
}

/* Number of the last entry of the journal, read beside the server. */
static inline int64_t site_entries(const struct site *s)
{
	struct app app;
	struct fault f;
	assert_ok(app_open(s->dir, APP_READ, &app, &f));
	int64_t last = app.head.last.v;
	app_close(&app);
	return last;
}

static inline int site_teardown(void **state)
{
	struct site *s = *state;
	web_stop(&s->web);
	place_remove(&s->place);
	arena_done(&s->arena);
	free(s);
	return 0;
}

/* ---- the wire ---- */

static inline void wire_send(int fd, const char *bytes, size_t n)
{
	while (n > 0) {
		ssize_t done = send(fd, bytes, n, MSG_NOSIGNAL);
		if (done <= 0)
			return;
		bytes += done;
		n -= (size_t)done;
	}
}

static inline struct text wire_read(int fd, struct arena *a)
{
	enum { PATIENCE_MS = 60000 };
	struct text t = TEXT(a);
	char buf[16384];
	for (ssize_t n = 1; n > 0;) {
		struct pollfd p = { .fd = fd, .events = POLLIN };
		assert_int_equal(poll(&p, 1, PATIENCE_MS), 1);
		n = recv(fd, buf, sizeof buf, 0);
		if (n > 0)
			text_addn(&t, buf, (size_t)n);
	}
	return t;
}

static inline struct answer wire_ask_in(const struct site *s, struct arena *a, const char *bytes, size_t n)
{
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons(web_port(s->web)) };
	assert_int_equal(inet_pton(AF_INET, "127.0.0.1", &to.sin_addr), 1);
	assert_int_equal(connect(fd, (struct sockaddr *)&to, sizeof to), 0);
	wire_send(fd, bytes, n);
	struct text t = wire_read(fd, a);
	(void)close(fd);
	char *all = arena_strndup(a, text_str(&t), t.n), *end = strstr(all, "\r\n\r\n");
	assert_true(strncmp(all, "HTTP/1.1 ", 9) == 0 && end);
	end[2] = '\0';
	return (struct answer){ (int)strtol(all + 9, NULL, 10), all, end + 4, t.n - (size_t)(end + 4 - all) };
}

/* ---- requests ---- */

static inline struct answer browser_send_in(const struct browser *b, struct arena *a, const char *method, const char *path,
	const char *type, const char *body, size_t n)
{
	struct text t = TEXT(a);
	text_addf(&t, "%s %s HTTP/1.1\r\nHost: nguon.test\r\nConnection: close\r\n", method, path);
	if (b->cookie)
		text_addf(&t, "Cookie: nguon=%s\r\n", b->cookie);
	if (b->token)
		text_addf(&t, "Authorization: Bearer %s\r\n", b->token);
	if (b->headers)
		text_add(&t, b->headers);
	if (type)
		text_addf(&t, "%sContent-Type: %s\r\n", b->no_origin ? "" : "Origin: http://nguon.test\r\n", type);
	if (type)
		text_addf(&t, "Content-Length: %zu\r\n", n);
	text_add(&t, "\r\n");
	if (n)
		text_addn(&t, body, n);
	return wire_ask_in(b->site, a, text_str(&t), t.n);
}

static inline struct answer browser_get(const struct browser *b, const char *path)
{
	return browser_send_in(b, &b->site->arena, "GET", path, NULL, NULL, 0);
}

#define FORM "application/x-www-form-urlencoded"

/* "kind=dossier", "on=1/6/2026" ... up to NULL; "_csrf" is added where the browser has one. */
static inline const char *form_of(struct arena *a, const char *csrf, const char *const words[])
{
	struct text t = TEXT(a);
	if (csrf)
		text_addf(&t, "_csrf=%s", csrf);
	for (size_t i = 0; words[i]; i++) {
		const char *equals = strchr(words[i], '=');
		assert_non_null(equals);
		text_addf(&t, "%s%s=%s", t.n ? "&" : "", arena_strndup(a, words[i], (size_t)(equals - words[i])), url_encode(equals + 1, a));
	}
	return text_str(&t);
}

static inline struct answer browser_post_words(const struct browser *b, const char *path, const char *const words[])
{
	const char *body = form_of(&b->site->arena, b->csrf, words);
	return browser_send_in(b, &b->site->arena, "POST", path, FORM, body, strlen(body));
}
#define browser_post(b, path, ...) browser_post_words((b), (path), (const char *const[]){ __VA_ARGS__ __VA_OPT__(,) NULL })

static inline struct answer browser_json(const struct browser *b, const char *path, const char *json)
{
	return browser_send_in(b, &b->site->arena, "POST", path, "application/json", json, strlen(json));
}

/* Value of a header line of the answer, NULL when there is none. */
static inline const char *answer_header(const struct site *s, const struct answer *r, const char *name)
{
	size_t n = strlen(name);
	for (const char *p = strstr(r->head, "\r\n"); p && p[2]; p = strstr(p + 2, "\r\n"))
		if (strncasecmp(p + 2, name, n) == 0 && p[2 + n] == ':') {
			const char *value = p + 2 + n + 1 + strspn(p + 2 + n + 1, " ");
			return arena_strndup((struct arena *)(uintptr_t)&s->arena, value, strcspn(value, "\r"));
		}
	return NULL;
}

/* Value of the hidden input of that name in a page. */
static inline const char *answer_hidden(const struct site *s, const struct answer *r, const char *name)
{
	const char *want = arena_printf((struct arena *)(uintptr_t)&s->arena, "name=\"%s\" value=\"", name), *p = strstr(r->body, want);
	return p ? arena_strndup((struct arena *)(uintptr_t)&s->arena, p + strlen(want), strcspn(p + strlen(want), "\"")) : NULL;
}

#define assert_says(answer, words) \
	do { \
		if (!strstr((answer).body, (words))) \
			fail_msg("\"%s\" is not in: %d %s", (words), (answer).status, (answer).body); \
	} while (0)

#define assert_silent(answer, words) \
	do { \
		if (strstr((answer).body, (words))) \
			fail_msg("\"%s\" is in: %s", (words), (answer).body); \
	} while (0)

#define assert_status(answer, status_) \
	do { \
		if ((answer).status != (status_)) \
			fail_msg("%d instead of %d: %s\n%s", (answer).status, (status_), (answer).head, (answer).body); \
	} while (0)

/* ---- who ---- */

/* A session, made beside the server as the sign-in page would make it. */
static inline struct browser site_enter(struct site *s, const char *login)
{
	struct browser b = { .site = s };
	char cookie[SECRET_TEXT];
	enum sign_in_result r;
	struct session session;
	struct actor who;
	struct app app;
	struct writer *w;
	struct fault f;
	const struct sign_in in = { login, SITE_PASSWORD, NULL, "127.0.0.1", "test", site_clock(NULL) };
	assert_ok(app_open(s->dir, APP_READ, &app, &f));
	app.today = on(TODAY);
	app.now_us = site_clock;
	assert_ok(writer_start(&app, &w, &f));
	assert_ok(account_sign_in(&app, w, &in, &r, cookie, &f));
	assert_int_equal(r, SIGNED_IN);
	assert_ok(account_session(&app, w, cookie, site_clock(NULL), &s->arena, &session, &who, &f));
	b.cookie = arena_strdup(&s->arena, cookie);
	b.csrf = arena_strdup(&s->arena, session.csrf);
	writer_stop(&w);
	app_close(&app);
	return b;
}

/* A program with a token of that scope. */
static inline struct browser site_token(struct site *s, const char *login, const char *scope)
{
	struct browser b = { .site = s }, human = site_enter(s, login);
	char token[SECRET_TEXT];
	struct session session;
	struct actor who;
	struct app app;
	struct writer *w;
	struct fault f;
	assert_ok(app_open(s->dir, APP_READ, &app, &f));
	app.today = on(TODAY);
	app.now_us = site_clock;
	assert_ok(writer_start(&app, &w, &f));
	assert_ok(account_session(&app, w, human.cookie, site_clock(NULL), &s->arena, &session, &who, &f));
	assert_ok(account_token_make(&app, w, &who, "thử", scope, 30, site_clock(NULL), token, &f));
	b.token = arena_strdup(&s->arena, token);
	writer_stop(&w);
	app_close(&app);
	return b;
}
