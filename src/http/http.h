/* The port to HTTP: everything of libmicrohttpd stands behind it. A site says what may come in, and answers; this part reads requests,
 * guards them, runs them on its own workers and sends the answers.
 *
 * I/O threads only read and write; a request that is whole is suspended and handed to a worker. Slow routes (`plan.slow`) have workers of
 * their own, so that eight reports never hold up a page. Full queues answer 503 with Retry-After. */
#pragma once

#include "base/err.h"
#include "base/text.h"

#include <stdint.h>

enum http_method { HTTP_GET, HTTP_HEAD, HTTP_POST, HTTP_OTHER };

struct http_header {
	const char *name, *value;
};

struct http_request {
	uint64_t id;               /* of this process; stands in the access log and on error pages */
	enum http_method method;
	const char *path;          /* decoded once, valid UTF-8, begins with '/', no control characters; "/people/17" */
	const char *query;         /* as sent, without '?'; "" when there is none */
	const char *address;       /* of the client: "192.0.2.7" */
	bool tls;
	const struct http_header *headers; /* of the guard's choosing: all of them are checked */
	size_t headers_n;
	const char *body;          /* body_n bytes and a NUL behind them; in memory, or a file mapped into it */
	size_t body_n;
	struct arena *arena;       /* lives until the answer has been sent */
};

/* Value of a header, name without regard to case; NULL when there is none. */
const char *http_header(const struct http_request *rq, const char *name);

enum { HTTP_HEADERS_MAX = 24 };

struct http_response {
	int status;                /* 200 at first */
	struct http_header headers[HTTP_HEADERS_MAX];
	size_t headers_n;
	const char *body;          /* in the request's arena, or for ever when `lasting` */
	size_t body_n;
	bool lasting;
	int file;                  /* sent instead of the body and then closed; -1: none */
	int64_t file_n;
	struct arena *arena;       /* the request's */
	const char *log_user;      /* who, for the access log; NULL: "-" */
	const char *log_route;     /* the pattern, "/people/:person": the log holds no ids and no names; NULL: "-" */
	const char *log_why;       /* what is wrong with the server itself, at the end of the line; NULL: nothing */
};

void http_set(struct http_response *rs, const char *name, const char *value); /* texts must live as long as the request */
void http_body(struct http_response *rs, const char *type, const char *bytes, size_t n);

/* What the site makes of a request by its head alone. */
struct http_plan {
	int64_t body_max;          /* more: 413 and the connection closed, by Content-Length before a byte was read */
	bool slow;                 /* for the slow workers */
	bool upload;               /* may take `upload_s` instead of `body_s` */
};

struct http_site {
	void *ctx;
	/* On an I/O thread: quick, and without the database. */
	struct http_plan (*plan)(void *ctx, const struct http_request *head);
	/* A worker's own state, made, used and closed on its thread. */
	enum err (*worker_open)(void *ctx, void **ret_worker, struct fault *f);
	void (*answer)(void *worker, const struct http_request *rq, struct http_response *rs);
	void (*worker_close)(void *worker);
	/* An error before or instead of the site's answer (400, 408, 413, 431, 503): fills the body, in plain words. On any thread. NULL: a
	 * line of text. */
	void (*refuse)(void *ctx, int status, const struct http_request *rq, struct http_response *rs);
};

struct http_config {
	const char *address;       /* "127.0.0.1", "::1", "0.0.0.0" */
	uint16_t port;             /* 0: any free one */
	int listen_fd;             /* given by systemd; -1: none, open one */
	const char *cert, *key;    /* PEM texts; NULL: plain HTTP */
	int io_threads, workers, slow_workers, queue_max;
	int connections_max, per_address_max;
	int idle_s, head_s, body_s, upload_s, answer_s; /* total seconds for each part of a request; idle: between requests */
	const char *proxies;       /* "10.1.2.10|10.1.2.11": load balancers, whose X-Forwarded-For says who the client is; NULL: none */
	const char *spool;         /* folder for bodies that are too big for memory */
	int log_fd;                /* access log; -1: none */
};

/* The defaults: loopback, port 8080, workers by the number of processors. */
struct http_config http_config_default(void);

struct http;

/* Starts listening and answering. E_USAGE for an address or certificate that cannot be used, E_CONFLICT when the port is taken. */
enum err http_start(const struct http_config *config, const struct http_site *site, struct http **ret, struct fault *f) MUST_CHECK;
uint16_t http_port(const struct http *h);

/* Takes no new connections, answers everything that has begun (at most `answer_s`), then ends. NULL is fine; sets *h to NULL. */
void http_stop(struct http **h);

/* How busy it is, for the health page. */
struct http_load {
	int waiting, running, connections;
	uint64_t answered;
};
struct http_load http_load(const struct http *h);
