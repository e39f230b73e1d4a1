/* nguon serve: the server in the foreground, until it is told to end. */
#include "app/clock.h"
#include "cli/cli.h"
#include "demo/demo.h"
#include "http/http_systemd.h"
#include "web/web.h"

#include <arpa/inet.h>
#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const struct cli_option cmd_serve_options[] = {
	{ "listen", "ADDR:PORT", "địa chỉ và cổng (mặc định 127.0.0.1:8080)", "address and port (127.0.0.1:8080 by default)" },
	{ "plain", NULL, "không dùng TLS, cả khi địa chỉ nhìn thấy được từ máy khác", "without TLS, even where other machines can reach it" },
	{ "workers", "N", "số luồng xử lý", "number of workers" },
	{ "proxy", "ADDR[,ADDR]", "địa chỉ của bộ cân bằng tải đứng trước; địa chỉ người dùng lấy từ X-Forwarded-For của nó",
		"address of the load balancer in front; its X-Forwarded-For says who the client is" },
	{ "per-address", "N", "số kết nối tối đa từ một địa chỉ", "connections from one address at most" },
	{ "new-key", NULL, "dùng khóa secret.key của thư mục này từ nay về sau (khi khóa cũ đã mất)",
		"use the secret.key of this folder from now on (where the old one is lost)" },
	{ 0 }
};

enum { TLS_FILE_MAX = 64 << 10, WORKERS_MAX = 64, CONNECTIONS_MAX = 10000 };

/* ---- the address ---- */

/* "127.0.0.1:8080", "[::1]:8080", ":8080", "8080". */
static enum err read_listen(struct cli *c, const char *text, struct http_config *config, struct fault *f)
{
	const char *colon = strrchr(text, ':'), *port = colon ? colon + 1 : text;
	size_t n = colon ? (size_t)(colon - text) : 0;
	bool bracketed = n > 2 && text[0] == '[' && text[n - 1] == ']';
	unsigned char bytes[16];
	char *end;
	long number = strtol(port, &end, 10);
	if (!*port || *end || number < 0 || number > UINT16_MAX)
		return FAULT(f, E_USAGE, "--listen", MSG_CLI_LISTEN, text);
	const char *address = bracketed ? arena_strndup(&c->arena, text + 1, n - 2) : arena_strndup(&c->arena, text, n);
	if (n == 0 || strcmp(address, "localhost") == 0)
		address = "127.0.0.1";
	if (inet_pton(bracketed ? AF_INET6 : AF_INET, address, bytes) != 1)
		return FAULT(f, E_USAGE, "--listen", MSG_CLI_LISTEN, text);
	config->address = address;
	config->port = (uint16_t)number;
	return OK;
}

static bool is_loopback(const char *address)
{
	return strncmp(address, "127.", 4) == 0 || strcmp(address, "::1") == 0;
}

/* ---- TLS ---- */

static enum err read_pem(struct cli *c, const char *name, const char **ret, struct fault *f)
{
	const char *path = arena_printf(&c->arena, "%s/tls/%s", c->data, name);
	FILE *in = fopen(path, "re");
	if (!in && errno == ENOENT) {
		*ret = NULL;
		return OK;
	}
	if (!in)
		return FAULT(f, E_STORAGE, NULL, MSG_CLI_TLS_READ, path, strerror(errno));
	char *text = arena_alloc(&c->arena, TLS_FILE_MAX + 1);
	size_t n = fread(text, 1, TLS_FILE_MAX, in);
	bool bad = ferror(in) || n == 0;
	(void)fclose(in);
	if (bad)
		return FAULT(f, E_STORAGE, NULL, MSG_CLI_TLS_READ, path, strerror(EIO));
	*ret = text;
	return OK;
}

static enum err read_tls(struct cli *c, struct http_config *config, struct fault *f)
{
	if (cli_option(c, "plain"))
		return OK;
	TRY(read_pem(c, "cert.pem", &config->cert, f));
	TRY(read_pem(c, "key.pem", &config->key, f));
	if (!config->cert || !config->key)
		config->cert = config->key = NULL;
	if (!config->cert && config->listen_fd < 0 && !is_loopback(config->address))
		return FAULT(f, E_USAGE, "--listen", MSG_CLI_PLAIN, config->address, c->data);
	return OK;
}

/* ---- the rest of the line ---- */

static enum err read_count(struct cli *c, const char *name, int most, int *ret, struct fault *f)
{
	const char *text = cli_option(c, name);
	char *end;
	if (!text)
		return OK;
	long n = strtol(text, &end, 10);
	if (*end || end == text)
		return FAULT(f, E_USAGE, name, MSG_NOT_NUMBER, text);
	if (n < 1 || n > most)
		return FAULT(f, E_USAGE, name, MSG_OUT_OF_RANGE, text, "1", arena_printf(&c->arena, "%d", most));
	*ret = (int)n;
	return OK;
}

/* Behind a load balancer everybody comes from one address: how many may is then its own business. */
static enum err read_proxies(struct cli *c, struct http_config *config, struct fault *f)
{
	const char *list = cli_option(c, "proxy");
	unsigned char bytes[16];
	struct text t = TEXT(&c->arena);
	if (!list)
		return OK;
	for (const char *p = list;; p++) {
		size_t n = strcspn(p, ",");
		const char *address = arena_strndup(&c->arena, p, n);
		if (inet_pton(AF_INET, address, bytes) != 1 && inet_pton(AF_INET6, address, bytes) != 1)
			return FAULT(f, E_USAGE, "--proxy", MSG_CLI_PROXY, address);
		text_addf(&t, "%s%s", p == list ? "" : "|", address);
		p += n;
		if (!*p)
			break;
	}
	config->proxies = text_str(&t);
	config->per_address_max = config->connections_max;
	return OK;
}

static enum err read_config(struct cli *c, struct web_config *ret, struct fault *f)
{
	struct web_config config = { .dir = c->data, .http = http_config_default(), .today = c->today, .now_us = clock_now };
	const char *listen = cli_option(c, "listen");
	config.http.listen_fd = http_systemd_listen_fd();
	config.http.log_fd = STDERR_FILENO;
	config.new_key = cli_option(c, "new-key") != NULL;
	if (listen)
		TRY(read_listen(c, listen, &config.http, f));
	TRY(read_count(c, "workers", WORKERS_MAX, &config.http.workers, f));
	TRY(read_proxies(c, &config.http, f));
	TRY(read_count(c, "per-address", CONNECTIONS_MAX, &config.http.per_address_max, f));
	TRY(read_tls(c, &config.http, f));
	*ret = config;
	return OK;
}

/* ---- running ---- */

static const char *address_text(struct cli *c, const struct web_config *config, const struct web *w)
{
	const char *scheme = config->http.cert ? "https" : "http";
	bool six = strchr(config->http.address, ':') != NULL;
	return arena_printf(&c->arena, "%s://%s%s%s:%u", scheme, six ? "[" : "", config->http.address, six ? "]" : "", web_port(w));
}

/* Through a connection of its own, which is not kept: a server's database has only so many. */
static enum err say_what(struct cli *c, const char *address, struct fault *f)
{
	const struct demo_scenario *demo;
	TRY(cli_open(c, APP_READ, f));
	enum err e = demo_of(&c->app, &demo, f);
	if (e == OK) {
		CLI_SAY(c, MSG_CLI_SERVING, address);
		cli_say_database(c, c->app.where);
		if (demo)
			cli_demo_logins(c, demo);
	}
	app_close(&c->app);
	c->app_open = false;
	return e;
}

static enum err announce(struct cli *c, const char *address, const char *code, struct fault *f)
{
	TRY(say_what(c, address, f));
	if (*code)
		CLI_SAY(c, MSG_CLI_SETUP, address, code);
	CLI_SAY(c, MSG_CLI_STOP_HINT);
	(void)fflush(stdout);
	http_systemd_ready(address);
	return OK;
}

/* Until SIGTERM or SIGINT; tells systemd meanwhile that it lives. */
static void wait_for_end(const sigset_t *ends)
{
	int64_t ms = http_systemd_interval_ms();
	const struct timespec interval = { ms / 1000, ms % 1000 * 1000000 };
	for (;;) {
		int got = ms > 0 ? sigtimedwait(ends, NULL, &interval) : sigwaitinfo(ends, NULL);
		if (got > 0)
			return;
		if (errno == EAGAIN)
			http_systemd_alive();
	}
}

enum err cmd_serve(struct cli *c, struct fault *f)
{
	struct web_config config;
	struct web *web;
	char code[SECRET_TEXT];
	sigset_t ends;
	TRY(cli_words(c, 0, 0, f));
	TRY(cli_data(c, f));
	TRY(read_config(c, &config, f));
	arena_keep_memory();
	(void)sigemptyset(&ends);
	(void)sigaddset(&ends, SIGTERM);
	(void)sigaddset(&ends, SIGINT);
	(void)sigprocmask(SIG_BLOCK, &ends, NULL); /* before there are threads, which inherit it */
	(void)signal(SIGPIPE, SIG_IGN);
	TRY(web_start(&config, &web, code, f));
	cli_warnings(c, web_warnings(web));
	enum err e = announce(c, address_text(c, &config, web), code, f);
	if (e == OK)
		wait_for_end(&ends);
	http_systemd_stopping();
	web_stop(&web);
	if (e == OK)
		CLI_SAY(c, MSG_CLI_STOPPED);
	return e;
}
