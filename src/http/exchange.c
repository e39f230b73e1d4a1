#include "http/exchange.h"
#include "http/access_log.h"
#include "http/body.h"
#include "http/guard.h"
#include "http/reply.h"
#include "http/tick.h"

#include "base/text.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>

enum { DROPPED_MAX = 8 << 20 }; /* of a body that is too big for its route and was not announced */

enum stage {
	STAGE_HEAD,
	STAGE_BODY,
	STAGE_WORK,     /* suspended; a worker has it */
	STAGE_ANSWERED,
};

struct exchange {
	struct pool_job job; /* first: the workers know nothing else */
	struct arena arena;  /* holds the exchange itself */
	struct http *http;
	struct MHD_Connection *connection;
	struct conn *conn;
	int64_t started;
	const char *target, *target_at;
	enum stage stage;
	struct http_plan plan;
	struct http_request rq;
	struct http_response rs;
	struct body body;
	int64_t dropped;
	bool last;                   /* the connection ends with this answer */
	struct MHD_Response *answer; /* made, and not yet handed over */
};

/* ---- connections ---- */

void exchange_connection(void *ctx, struct MHD_Connection *c, void **socket_context, enum MHD_ConnectionNotificationCode what)
{
	struct http *h = ctx;
	if (what == MHD_CONNECTION_NOTIFY_STARTED) {
		int fd = MHD_get_connection_info(c, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
		*socket_context = conns_add(h->conns, fd, h->config.head_s * INT64_C(1000));
		if (!*socket_context)
			(void)shutdown(fd, SHUT_RDWR);
	} else if (*socket_context) {
		conns_remove(h->conns, *socket_context);
		*socket_context = NULL;
	}
}

/* ---- the head ---- */

/* Called with the first line, before libmicrohttpd writes into it. */
void *exchange_target(void *ctx, const char *target, struct MHD_Connection *c)
{
	struct http *h = ctx;
	struct arena arena = { 0 };
	struct conn *conn = MHD_get_connection_info(c, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
	if (!conn || !target)
		return NULL;
	struct exchange *x = arena_new(&arena, struct exchange);
	x->http = h;
	x->connection = c;
	x->conn = conn;
	x->started = tick_ms();
	x->rq.id = atomic_fetch_add(&h->last_id, 1) + 1;
	x->target_at = target;
	x->target = arena_strdup(&arena, target);
	x->arena = arena;
	x->rq.arena = &x->arena;
	x->rs = reply_new(&x->arena);
	x->body = body_open(&x->arena, h->config.spool, 0);
	conns_begin(h->conns, conn, h->config.head_s * INT64_C(1000));
	return x;
}

size_t exchange_unescape(void *http, struct MHD_Connection *c, char *text)
{
	(void)http, (void)c;
	return strlen(text); /* the guard decodes the path itself, and its copy of the target shows where the pieces stood */
}

static const char *address_of(struct exchange *x)
{
	const struct sockaddr *sa = MHD_get_connection_info(x->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS)->client_addr;
	char *text = arena_alloc(&x->arena, INET6_ADDRSTRLEN);
	if (!sa || (sa->sa_family != AF_INET && sa->sa_family != AF_INET6))
		return "local";
	if (sa->sa_family == AF_INET)
		(void)inet_ntop(AF_INET, &((const struct sockaddr_in *)(const void *)sa)->sin_addr, text, INET6_ADDRSTRLEN);
	else
		(void)inet_ntop(AF_INET6, &((const struct sockaddr_in6 *)(const void *)sa)->sin6_addr, text, INET6_ADDRSTRLEN);
	return strncmp(text, "::ffff:", 7) == 0 && strchr(text, '.') ? text + 7 : text;
}

struct collected {
	struct http_header *v;
	size_t n;
};

static enum MHD_Result collect(void *ctx, enum MHD_ValueKind kind, const char *name, const char *value)
{
	(void)kind;
	struct collected *c = ctx;
	c->v[c->n++] = (struct http_header){ name, value ? value : "" };
	return c->n <= GUARD_HEADERS ? MHD_YES : MHD_NO; /* one too many is enough */
}

/* What a load balancer of ours has added itself, behind whatever the client may have sent: the last address of the last such header. */
static const char *client_of(struct exchange *x)
{
	const char *proxies = x->http->config.proxies, *value = NULL;
	unsigned char bytes[sizeof(struct in6_addr)];
	if (!proxies || !text_listed(proxies, x->rq.address))
		return x->rq.address;
	for (size_t i = x->rq.headers_n; i-- > 0 && !value;)
		if (strcasecmp(x->rq.headers[i].name, "X-Forwarded-For") == 0)
			value = x->rq.headers[i].value;
	if (!value)
		return x->rq.address;
	const char *comma = strrchr(value, ','), *last = comma ? comma + 1 : value;
	last += strspn(last, " \t");
	const char *address = arena_strndup(&x->arena, last, strcspn(last, " \t"));
	return inet_pton(AF_INET, address, bytes) == 1 || inet_pton(AF_INET6, address, bytes) == 1 ? address : x->rq.address;
}

static int read_head(struct exchange *x, const char *method, const char *version)
{
	struct guard_request ok;
	struct collected headers = { .v = arena_array(&x->arena, struct http_header, GUARD_HEADERS + 1) };
	(void)MHD_get_connection_values(x->connection, MHD_HEADER_KIND, collect, &headers);
	const union MHD_ConnectionInfo *size = MHD_get_connection_info(x->connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
	const struct guard_head head = { .method = method, .version = version, .target = x->target, .target_at = x->target_at,
		.headers = headers.v, .headers_n = headers.n, .bytes = size ? size->header_size : 0 };
	if (headers.n <= GUARD_HEADERS && !guard_is_exact(&head))
		return 400;
	int status = guard_check(&head, &x->arena, &ok);
	if (status)
		return status;
	x->rq.method = ok.method;
	x->rq.path = ok.path;
	x->rq.query = ok.query;
	x->rq.headers = headers.v;
	x->rq.headers_n = headers.n;
	x->rq.address = client_of(x);
	x->last = ok.length == GUARD_CHUNKED; /* chunks are not seen as they were sent, so nothing behind them is read */
	x->plan = x->http->site.plan ? x->http->site.plan(x->http->site.ctx, &x->rq) : (struct http_plan){ 0 };
	x->body.max = x->plan.body_max;
	return ok.length > x->plan.body_max ? 413 : 0;
}

/* ---- the answer ---- */

static void make_answer(struct exchange *x, bool close)
{
	if (close)
		http_set(&x->rs, "Connection", "close");
	x->answer = reply_make(&x->rs);
	if (x->answer)
		return;
	x->rs = reply_refusal(&(struct http_site){ 0 }, 500, true, &x->rq, &x->arena);
	x->answer = reply_make(&x->rs);
}

static enum MHD_Result hand_over(struct exchange *x)
{
	if (!x->answer)
		return MHD_NO;
	x->stage = STAGE_ANSWERED;
	conns_limit(x->http->conns, x->conn, x->http->config.answer_s * INT64_C(1000));
	enum MHD_Result r = MHD_queue_response(x->connection, (unsigned)x->rs.status, x->answer);
	MHD_destroy_response(x->answer); /* what is queued holds it too */
	x->answer = NULL;
	return r;
}

static enum MHD_Result refuse(struct exchange *x, int status)
{
	x->rs = reply_refusal(&x->http->site, status, true, &x->rq, &x->arena);
	make_answer(x, false);
	conns_linger(x->http->conns, x->conn);
	return hand_over(x);
}

void exchange_run(void *worker, struct pool_job *job)
{
	struct exchange *x = (struct exchange *)(void *)job;
	x->http->site.answer(worker, &x->rq, &x->rs);
	make_answer(x, x->last || atomic_load(&x->http->stopping));
	MHD_resume_connection(x->connection); /* x may be gone after this */
}

/* ---- from step to step ---- */

static enum MHD_Result on_head(struct exchange *x, const char *method, const char *version)
{
	x->stage = STAGE_BODY;
	x->rq.method = HTTP_OTHER;
	x->rq.path = "/"; /* until it has been checked */
	x->rq.query = "";
	x->rq.body = "";
	x->rq.tls = x->http->config.cert;
	x->rq.address = address_of(x);
	int status = read_head(x, method, version);
	if (status)
		return refuse(x, status);
	const struct http_config *c = &x->http->config;
	conns_limit(x->http->conns, x->conn, (x->plan.upload ? c->upload_s : c->body_s) * INT64_C(1000));
	return MHD_YES;
}

static enum MHD_Result on_bytes(struct exchange *x, const char *bytes, size_t *n)
{
	body_add(&x->body, bytes, *n);
	x->dropped += x->body.too_big || x->body.failed ? (int64_t)*n : 0;
	*n = 0;
	return x->dropped <= DROPPED_MAX ? MHD_YES : MHD_NO; /* in the middle of a body libmicrohttpd takes no answer */
}

static enum MHD_Result on_whole(struct exchange *x)
{
	if (x->body.too_big)
		return refuse(x, 413);
	x->rq.body = x->body.failed ? NULL : body_bytes(&x->body);
	x->rq.body_n = (size_t)x->body.n;
	if (!x->rq.body)
		return refuse(x, 500);
	x->stage = STAGE_WORK;
	conns_limit(x->http->conns, x->conn, CONNS_NO_LIMIT);
	MHD_suspend_connection(x->connection); /* before a worker can resume it */
	if (pool_submit(x->plan.slow ? x->http->slow : x->http->fast, &x->job))
		return MHD_YES;
	x->rs = reply_refusal(&x->http->site, 503, false, &x->rq, &x->arena);
	make_answer(x, x->last || atomic_load(&x->http->stopping));
	MHD_resume_connection(x->connection);
	return MHD_YES;
}

enum MHD_Result exchange_step(void *http, struct MHD_Connection *c, const char *url, const char *method, const char *version,
	const char *bytes, size_t *n, void **exchange)
{
	(void)http, (void)c, (void)url;
	struct exchange *x = *exchange;
	if (!x || x->stage == STAGE_ANSWERED)
		return MHD_NO;
	if (x->stage == STAGE_HEAD)
		return on_head(x, method, version);
	if (x->stage == STAGE_WORK)
		return hand_over(x);
	return *n ? on_bytes(x, bytes, n) : on_whole(x);
}

/* ---- the end ---- */

/* What stands in the log when there was no answer of ours: libmicrohttpd's own refusal, 408 for who was too slow, 499 for who went away. */
static int final_status(struct exchange *x)
{
	if (x->stage == STAGE_ANSWERED)
		return x->rs.status;
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(x->connection, MHD_CONNECTION_INFO_HTTP_STATUS);
	return info ? (int)info->http_status : conns_was_cut(x->http->conns, x->conn) ? 408 : 499;
}

static int64_t body_bytes_sent(const struct exchange *x, bool whole)
{
	if (!whole || x->stage != STAGE_ANSWERED || x->rq.method == HTTP_HEAD)
		return 0;
	return x->rs.file >= 0 ? x->rs.file_n : (int64_t)x->rs.body_n;
}

void exchange_end(void *ctx, struct MHD_Connection *c, void **exchange, enum MHD_RequestTerminationCode why)
{
	(void)c;
	struct http *h = ctx;
	struct exchange *x = *exchange;
	if (!x)
		return;
	bool whole = why == MHD_REQUEST_TERMINATED_COMPLETED_OK;
	const struct access_line line = { .id = x->rq.id, .user = x->rs.log_user, .route = x->rs.log_route, .method = x->rq.method,
		.status = final_status(x), .bytes = body_bytes_sent(x, whole), .ms = tick_ms() - x->started,
		.why = x->rs.log_why };
	access_log(h->config.log_fd, &line);
	if (x->stage == STAGE_ANSWERED)
		(void)atomic_fetch_add(&h->answered, 1);
	else if (line.status != 408 && line.status != 499)
		conns_linger(h->conns, x->conn);
	if (x->answer)
		MHD_destroy_response(x->answer);
	body_close(&x->body);
	conns_idle(h->conns, x->conn, h->config.idle_s * INT64_C(1000));
	struct arena arena = x->arena; /* holds *x itself */
	arena_done(&arena);
	*exchange = NULL;
}
