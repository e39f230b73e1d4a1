#include "http/cert.h"
#include "http/exchange.h"
#include "http/listen.h"

#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
	HEAD_MEMORY = 64 << 10, /* of one connection: its head, and pieces of a body while they are read */
	OTHER_FILES = 128,      /* databases, spools, logs; besides the connections and those that linger */
	SLOW_NICE = 10,
};

static const char tls_priorities[] = "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2";

/* ---- configuration ---- */

static int between(int64_t n, int least, int most)
{
	return n < least ? least : n > most ? most : (int)n;
}

struct http_config http_config_default(void)
{
	int64_t processors = sysconf(_SC_NPROCESSORS_ONLN);
	return (struct http_config){
		.address = "127.0.0.1", .port = 8080, .listen_fd = -1,
		.io_threads = 2, .workers = between(2 * processors, 4, 32), .slow_workers = between(processors, 2, 8), .queue_max = 256,
		.connections_max = 4096, .per_address_max = 512,
		.idle_s = 30, .head_s = 10, .body_s = 30, .upload_s = 300, .answer_s = 120,
		.spool = "/tmp", .log_fd = -1,
	};
}

/* As many files as the connections need, or as many connections as the system gives files for. */
static void fit_to_files(struct http_config *c)
{
	struct rlimit files;
	rlim_t wanted = (rlim_t)c->connections_max + OTHER_FILES;
	if (getrlimit(RLIMIT_NOFILE, &files) != 0 || files.rlim_cur >= wanted)
		return;
	files.rlim_cur = files.rlim_max < wanted ? files.rlim_max : wanted;
	(void)setrlimit(RLIMIT_NOFILE, &files);
	if (files.rlim_cur < wanted)
		c->connections_max = between((int64_t)files.rlim_cur - OTHER_FILES, 2 * c->io_threads, c->connections_max);
}

/* ---- starting ---- */

static struct MHD_Daemon *start_daemon(struct http *h)
{
	const struct http_config *c = &h->config;
	unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | (c->cert ? MHD_USE_TLS : 0);
	struct MHD_OptionItem tls[] = {
		{ c->cert ? MHD_OPTION_HTTPS_MEM_CERT : MHD_OPTION_END, 0, (void *)(uintptr_t)c->cert },
		{ MHD_OPTION_HTTPS_MEM_KEY, 0, (void *)(uintptr_t)c->key },
		{ MHD_OPTION_HTTPS_PRIORITIES, 0, (void *)(uintptr_t)tls_priorities },
		{ MHD_OPTION_END, 0, NULL },
	};
	return MHD_start_daemon(flags, 0, NULL, NULL, exchange_step, h,
		MHD_OPTION_LISTEN_SOCKET, h->listen_fd,
		MHD_OPTION_THREAD_POOL_SIZE, (unsigned)c->io_threads,
		MHD_OPTION_CONNECTION_LIMIT, (unsigned)c->connections_max,
		MHD_OPTION_PER_IP_CONNECTION_LIMIT, (unsigned)c->per_address_max,
		MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)HEAD_MEMORY,
		MHD_OPTION_NOTIFY_CONNECTION, exchange_connection, h,
		MHD_OPTION_NOTIFY_COMPLETED, exchange_end, h,
		MHD_OPTION_URI_LOG_CALLBACK, exchange_target, h,
		MHD_OPTION_UNESCAPE_CALLBACK, exchange_unescape, h,
		MHD_OPTION_ARRAY, tls,
		MHD_OPTION_END);
}

static enum err start_pools(struct http *h, struct fault *f)
{
	struct pool_config p = { .site = &h->site, .threads = h->config.workers, .queue_max = h->config.queue_max, .run = exchange_run };
	TRY(pool_start(&p, &h->arena, &h->fast, f));
	p.threads = h->config.slow_workers;
	p.nice = SLOW_NICE;
	return pool_start(&p, &h->arena, &h->slow, f);
}

static enum err start_parts(struct http *h, struct fault *f)
{
	const struct http_config *c = &h->config;
	if (c->cert)
		TRY(cert_check(c->cert, c->key, f));
	if (access(c->spool, W_OK | X_OK) != 0)
		return FAULT(f, E_USAGE, "spool", MSG_HTTP_SPOOL, c->spool, "access");
	if (c->listen_fd >= 0)
		h->listen_fd = c->listen_fd;
	else
		TRY(listen_open(c->address, c->port, &h->listen_fd, f));
	h->port = listen_port(h->listen_fd);
	TRY(conns_start(c->connections_max, &h->arena, &h->conns, f));
	TRY(start_pools(h, f));
	h->daemon = start_daemon(h);
	return h->daemon ? OK : FAULT(f, E_INTERNAL, NULL, MSG_HTTP_START, "libmicrohttpd");
}

/* Whatever of it has been started; nobody asks any more. */
static void end_parts(struct http *h)
{
	pool_stop(h->fast);
	pool_stop(h->slow);
	if (h->daemon)
		MHD_stop_daemon(h->daemon);
	conns_stop(h->conns);
	if (h->listen_fd >= 0 && h->config.listen_fd < 0)
		(void)close(h->listen_fd);
	struct arena arena = h->arena; /* holds *h itself */
	arena_done(&arena);
}

static void keep_texts(struct http_config *c, struct arena *a)
{
	c->address = arena_strdup(a, c->address);
	c->cert = arena_strdup(a, c->cert);
	c->key = arena_strdup(a, c->key);
	c->proxies = arena_strdup(a, c->proxies);
	c->spool = arena_strdup(a, c->spool);
}

enum err http_start(const struct http_config *config, const struct http_site *site, struct http **ret, struct fault *f)
{
	struct arena arena = { 0 };
	struct http *h = arena_new(&arena, struct http);
	h->config = *config;
	h->site = *site;
	h->listen_fd = -1;
	keep_texts(&h->config, &arena);
	h->arena = arena;
	fit_to_files(&h->config);
	enum err e = start_parts(h, f);
	if (e != OK) {
		end_parts(h);
		return e;
	}
	*ret = h;
	return OK;
}

uint16_t http_port(const struct http *h)
{
	return h->port;
}

struct http_load http_load(const struct http *h)
{
	struct http_load load = { .connections = conns_count(h->conns), .answered = atomic_load(&h->answered) };
	pool_count(h->fast, &load.waiting, &load.running);
	pool_count(h->slow, &load.waiting, &load.running);
	return load;
}

/* ---- stopping ---- */

/* Clients that the system has let in but libmicrohttpd has not: closing the socket would cut them off. One that systemd holds is left to
 * the next process. */
static void take_in_last(struct http *h)
{
	struct sockaddr_storage from;
	socklen_t n = sizeof from;
	for (int fd; (fd = accept4(h->listen_fd, (struct sockaddr *)&from, &n, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0; n = sizeof from)
		(void)MHD_add_connection(h->daemon, fd, (struct sockaddr *)&from, n);
}

void http_stop(struct http **http)
{
	struct http *h = *http;
	if (!h)
		return;
	atomic_store(&h->stopping, true);
	(void)MHD_quiesce_daemon(h->daemon);
	if (h->config.listen_fd < 0)
		take_in_last(h);
	conns_drain(h->conns, h->config.answer_s * INT64_C(1000));
	end_parts(h);
	*http = NULL;
}
