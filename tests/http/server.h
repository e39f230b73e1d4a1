/* A server on a free port of the loopback, in the test's own process, and clients that send any bytes.
 *
 * Routes of the site: /echo says what came in; /hold and /slow/hold wait until the test opens the gate; /bytes?N sends N letters,
 * /file?N a file of N letters; /small takes at most 10 bytes; /who says who asks; /split tries to send two headers in one. Every path
 * below /slow is for the slow workers. */
#pragma once

#include "http/http.h"
#include "http/form.h"

#include <arpa/inet.h>
#include <assert.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "testing.h"

enum { PATIENCE_MS = 60000, ANSWER_MAX = 1 << 20 };

struct gate {
	pthread_mutex_t lock;
	pthread_cond_t changed;
	bool open;
	int waiting;
};

struct server {
	struct http *http;
	struct http_config config;
	struct http_site site;
	struct gate gate;
	atomic_int asked, workers;
	char seen[200]; /* path of the last request that was answered */
};

/* ---- the site ---- */

static inline void gate_pass(struct gate *g)
{
	(void)pthread_mutex_lock(&g->lock);
	g->waiting++;
	(void)pthread_cond_broadcast(&g->changed);
	while (!g->open)
		(void)pthread_cond_wait(&g->changed, &g->lock);
	g->waiting--;
	(void)pthread_mutex_unlock(&g->lock);
}

/* Returns when n workers stand at the gate. */
static inline void gate_wait(struct gate *g, int n)
{
	(void)pthread_mutex_lock(&g->lock);
	while (g->waiting < n)
		(void)pthread_cond_wait(&g->changed, &g->lock);
	(void)pthread_mutex_unlock(&g->lock);
}

static inline void gate_open(struct gate *g)
{
	(void)pthread_mutex_lock(&g->lock);
	g->open = true;
	(void)pthread_cond_broadcast(&g->changed);
	(void)pthread_mutex_unlock(&g->lock);
}

static inline struct http_plan site_plan(void *ctx, const struct http_request *rq)
{
	(void)ctx;
	bool small = strcmp(rq->path, "/small") == 0;
	return (struct http_plan){ .body_max = small ? 10 : 1 << 20, .slow = strncmp(rq->path, "/slow", 5) == 0 };
}

static inline enum err site_open(void *ctx, void **ret, struct fault *f)
{
	(void)f;
	struct server *s = ctx;
	(void)atomic_fetch_add(&s->workers, 1);
	*ret = s;
	return OK;
}

static inline void site_close(void *worker)
{
	struct server *s = worker;
	(void)atomic_fetch_sub(&s->workers, 1);
}

static inline void site_file(struct http_response *rs, size_t n)
{
	char path[] = "/tmp/nguon-test-XXXXXX";
	rs->file = mkstemp(path);
	assert_true(rs->file >= 0);
	(void)unlink(path);
	char *letters = arena_alloc(rs->arena, n);
	memset(letters, 'f', n);
	assert_int_equal(write(rs->file, letters, n), n);
	rs->file_n = (int64_t)n;
	http_set(rs, "Content-Type", "text/plain");
}

static inline void site_answer(void *worker, const struct http_request *rq, struct http_response *rs)
{
	struct server *s = worker;
	size_t n = (size_t)strtoul(rq->query, NULL, 10);
	(void)atomic_fetch_add(&s->asked, 1);
	rs->log_user = "lan";
	rs->log_route = "/pattern/:x";
	if (strstr(rq->path, "/hold"))
		gate_pass(&s->gate);
	if (strcmp(rq->path, "/split") == 0)
		http_set(rs, "X-Name", "a\r\nSet-Cookie: stolen=1");
	if (strcmp(rq->path, "/who") == 0)
		http_set(rs, "X-Who", arena_printf(rq->arena, "%s %s", rq->address, http_header(rq, "x-Name")));
	if (strcmp(rq->path, "/file") == 0) {
		site_file(rs, n);
		return;
	}
	char *text = strcmp(rq->path, "/bytes") == 0 ? arena_alloc(rq->arena, n) : NULL;
	if (text) {
		memset(text, 'b', n);
		http_body(rs, "text/plain", text, n);
		return;
	}
	static const char *const methods[] = { "GET", "HEAD", "POST", "OTHER" };
	assert(rq->body[rq->body_n] == '\0');
	text = arena_printf(rq->arena, "<%s %s?%s %zu %.20s>", methods[rq->method], rq->path, rq->query, rq->body_n, rq->body);
	http_body(rs, "text/plain", text, strlen(text));
}

/* ---- the server ---- */

static inline struct server *server_new(void)
{
	static struct server s;
	s = (struct server){ .config = http_config_default() };
	s.site = (struct http_site){ &s, site_plan, site_open, site_answer, site_close, NULL };
	s.config.port = 0;
	s.config.workers = 2;
	s.config.slow_workers = 2;
	(void)pthread_mutex_init(&s.gate.lock, NULL);
	(void)pthread_cond_init(&s.gate.changed, NULL);
	return &s;
}

static inline void server_start(struct server *s)
{
	struct fault f;
	assert_ok(http_start(&s->config, &s->site, &s->http, &f));
}

static inline struct server *server_with_defaults(void)
{
	struct server *s = server_new();
	server_start(s);
	return s;
}

static inline void server_stop(struct server *s)
{
	gate_open(&s->gate);
	http_stop(&s->http);
	assert_null(s->http);
	assert_int_equal(atomic_load(&s->workers), 0);
}

/* ---- a client ---- */

static inline int client_from(const struct server *s, const char *address)
{
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	struct sockaddr_in from = { .sin_family = AF_INET };
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons(http_port(s->http)) };
	assert_true(fd >= 0);
	assert_int_equal(inet_pton(AF_INET, address, &from.sin_addr), 1);
	assert_int_equal(inet_pton(AF_INET, "127.0.0.1", &to.sin_addr), 1);
	assert_int_equal(bind(fd, (struct sockaddr *)&from, sizeof from), 0);
	assert_int_equal(connect(fd, (struct sockaddr *)&to, sizeof to), 0);
	return fd;
}

static inline int client(const struct server *s)
{
	return client_from(s, "127.0.0.1");
}

/* Stops without complaint where the server has closed. */
static inline void client_sendn(int fd, const char *bytes, size_t n)
{
	while (n > 0) {
		ssize_t done = send(fd, bytes, n, MSG_NOSIGNAL);
		if (done <= 0)
			return;
		bytes += done;
		n -= (size_t)done;
	}
}

static inline void client_send(int fd, const char *text)
{
	client_sendn(fd, text, strlen(text));
}

/* Reads until `until` stands in it, or to the end of the connection (NULL); *ret_closed says which. Good until the next call. */
static inline const char *client_read(int fd, const char *until, bool *ret_closed)
{
	static char answer[ANSWER_MAX];
	size_t n = 0;
	bool closed = false;
	answer[0] = '\0';
	while (!closed && !(until && strstr(answer, until))) {
		struct pollfd p = { .fd = fd, .events = POLLIN };
		assert_int_equal(poll(&p, 1, PATIENCE_MS), 1);
		assert_true(n < sizeof answer - 1);
		ssize_t got = recv(fd, answer + n, sizeof answer - 1 - n, 0);
		closed = got <= 0;
		n += got > 0 ? (size_t)got : 0;
		answer[n] = '\0';
	}
	if (ret_closed)
		*ret_closed = closed;
	return answer;
}

static inline int answer_status(const char *answer)
{
	return strncmp(answer, "HTTP/1.1 ", 9) == 0 ? (int)strtol(answer + 9, NULL, 10) : 0;
}

/* Sends, reads to the end of the connection, closes. */
static inline const char *client_ask(const struct server *s, const char *bytes, size_t n)
{
	bool closed;
	int fd = client(s);
	client_sendn(fd, bytes, n);
	const char *answer = client_read(fd, NULL, &closed);
	(void)close(fd);
	return answer;
}
