/* Bodies, queues and connections that are too many or too big; and what must not hold up what. */
#include "server.h"

#include <sys/resource.h>

#define END "\r\nHost: x\r\nConnection: close\r\n\r\n"

static const char *ask(const struct server *s, const char *text)
{
	return client_ask(s, text, strlen(text));
}

/* A POST whose body of n letters is announced. */
static const char *post(const struct server *s, const char *path, size_t n)
{
	scoped(arena_done) struct arena a = { 0 };
	char *text = arena_printf(&a, "POST %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: %zu\r\n\r\n", path, n);
	size_t head = strlen(text);
	char *bytes = arena_alloc(&a, head + n);
	memcpy(bytes, text, head);
	memset(bytes + head, 'p', n);
	return client_ask(s, bytes, head + n);
}

static void test_an_announced_body_that_is_too_big_is_not_read(void **state)
{
	(void)state;
	struct server *s = server_with_defaults();
	const char *answer = ask(s, "POST /small HTTP/1.1\r\nHost: x\r\nContent-Length: 11\r\n\r\n");
	assert_int_equal(answer_status(answer), 413);
	assert_non_null(strstr(answer, "\r\nConnection: close\r\n"));
	assert_int_equal(answer_status(post(s, "/small", 10)), 200);
	assert_int_equal(atomic_load(&s->asked), 1);
	server_stop(s);
}

/* The client sends all of it before it reads. A connection that is closed while bytes come in is reset, and many systems then throw the
 * answer away that they have received already; so it must take them all, and end in order. */
static void test_the_refusal_of_a_body_reaches_who_is_still_sending(void **state)
{
	(void)state;
	enum { SIZE = 4 << 20 };
	struct server *s = server_with_defaults();
	scoped(arena_done) struct arena a = { 0 };
	char *body = arena_alloc(&a, SIZE), answer[1000] = "";
	int fd = client(s);
	client_send(fd, "POST /small HTTP/1.1\r\nHost: x\r\nContent-Length: 4194304\r\n\r\n");
	for (ssize_t sent = 0, n; sent < SIZE; sent += n) {
		n = send(fd, body + sent, (size_t)(SIZE - sent), MSG_NOSIGNAL);
		assert_true(n > 0);
	}
	assert_true(recv(fd, answer, sizeof answer - 1, MSG_WAITALL) > 0);
	assert_int_equal(answer_status(answer), 413);
	assert_int_equal(recv(fd, answer, sizeof answer, 0), 0);
	(void)close(fd);
	assert_int_equal(atomic_load(&s->asked), 0);
	server_stop(s);
}

static void test_chunks_are_counted(void **state)
{
	(void)state;
	struct server *s = server_with_defaults();
#define CHUNKS(chunks) ask(s, "POST /small HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" chunks "0\r\n\r\n")
	assert_non_null(strstr(CHUNKS("5\r\nabcde\r\n5\r\nfghij\r\n"), "<POST /small? 10 abcdefghij>"));
	assert_int_equal(answer_status(CHUNKS("5\r\nabcde\r\n6\r\nfghijk\r\n")), 413);
	assert_int_equal(answer_status(CHUNKS("b\r\nabcdefghijk\r\n")), 413);
	assert_int_equal(atomic_load(&s->asked), 1);
	server_stop(s);
}

static void test_endless_chunks_are_cut(void **state)
{
	(void)state;
	struct server *s = server_with_defaults();
	static char chunk[4 + (1 << 16) + 2 + 3] = "10000\r\n";
	memset(chunk + 7, 'c', 1 << 16);
	memcpy(chunk + 7 + (1 << 16), "\r\n", 2);
	int fd = client(s), sent = 0;
	client_send(fd, "POST /small HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
	while (sent < 10000 && send(fd, chunk, 7 + (1 << 16) + 2, MSG_NOSIGNAL) > 0)
		sent++;
	assert_true(sent < 10000);
	(void)close(fd);
	server_stop(s);
}

/* 64 KiB stay in memory; a page more is a file of whole pages, behind which a NUL must stand too. */
static void test_bodies_come_whole_in_memory_and_in_a_file(void **state)
{
	(void)state;
	struct server *s = server_with_defaults();
	static const size_t sizes[] = { 0, 1, 65535, 65536, 65537, 65536 + 4096, 1 << 20 };
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		char expected[64];
		(void)snprintf(expected, sizeof expected, "<POST /echo? %zu p", sizes[i]);
		expected[strlen(expected) - (sizes[i] == 0)] = '\0';
		assert_non_null(strstr(post(s, "/echo", sizes[i]), expected));
	}
	server_stop(s);
}

static void test_a_body_that_cannot_be_kept_is_an_error(void **state)
{
	(void)state;
	struct server *s = server_new();
	char folder[] = "/tmp/nguon-spool-XXXXXX";
	assert_non_null(mkdtemp(folder));
	s->config.spool = folder;
	server_start(s);
	assert_int_equal(rmdir(folder), 0);
	assert_int_equal(answer_status(post(s, "/echo", 70000)), 500);
	assert_int_equal(answer_status(post(s, "/echo", 60000)), 200);
	server_stop(s);
}

static void wait_until_none(const struct server *s)
{
	for (int ms = 0; http_load(s->http).connections > 0; ms += 10) {
		assert_true(ms < PATIENCE_MS);
		(void)poll(NULL, 0, 10);
	}
}

static void test_an_upload_cut_in_half_is_forgotten(void **state)
{
	(void)state;
	struct server *s = server_with_defaults();
	static char half[100000];
	for (int i = 0; i < 3; i++) {
		int fd = client(s);
		client_send(fd, "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 200000\r\n\r\n");
		client_sendn(fd, half, sizeof half);
		(void)close(fd);
	}
	wait_until_none(s);
	assert_int_equal(atomic_load(&s->asked), 0);
	assert_int_equal(answer_status(post(s, "/echo", 3)), 200);
	server_stop(s);
}

static void test_a_full_queue_answers_503(void **state)
{
	(void)state;
	struct server *s = server_new();
	s->config.workers = s->config.queue_max = 1;
	server_start(s);
	int running = client(s), waiting = client(s), third = client(s);
	client_send(running, "GET /hold HTTP/1.1" END);
	gate_wait(&s->gate, 1);
	client_send(waiting, "GET /echo HTTP/1.1" END);
	while (http_load(s->http).waiting == 0)
		(void)poll(NULL, 0, 1);
	client_send(third, "GET /echo HTTP/1.1\r\nHost: x\r\n\r\n");
	const char *answer = client_read(third, "\r\n\r\n", NULL);
	assert_int_equal(answer_status(answer), 503);
	assert_non_null(strstr(answer, "\r\nRetry-After: 2\r\n"));
	gate_open(&s->gate);
	assert_int_equal(answer_status(client_read(running, NULL, NULL)), 200);
	assert_int_equal(answer_status(client_read(waiting, NULL, NULL)), 200);
	(void)close(running), (void)close(waiting), (void)close(third);
	server_stop(s);
}

static void test_slow_routes_do_not_hold_up_fast_ones(void **state)
{
	(void)state;
	struct server *s = server_with_defaults();
	int slow[6];
	for (int i = 0; i < 6; i++) {
		slow[i] = client(s);
		client_send(slow[i], "GET /slow/hold HTTP/1.1" END);
	}
	gate_wait(&s->gate, s->config.slow_workers); /* every slow worker is busy and stays so */
	for (int i = 0; i < 20; i++)
		assert_int_equal(answer_status(ask(s, "GET /echo HTTP/1.1" END)), 200);
	gate_open(&s->gate);
	for (int i = 0; i < 6; i++) {
		assert_int_equal(answer_status(client_read(slow[i], NULL, NULL)), 200);
		(void)close(slow[i]);
	}
	server_stop(s);
}

static void test_one_address_cannot_take_all_connections(void **state)
{
	(void)state;
	enum { IDLE = 2000 };
	struct server *s = server_with_defaults();
	static int idle[IDLE];
	for (int i = 0; i < IDLE; i++)
		idle[i] = client(s);
	int other = client_from(s, "127.0.0.2");
	client_send(other, "GET /echo HTTP/1.1" END);
	assert_int_equal(answer_status(client_read(other, NULL, NULL)), 200);
	assert_true(http_load(s->http).connections <= s->config.per_address_max + 1);
	(void)close(other);
	for (int i = 0; i < IDLE; i++)
		(void)close(idle[i]);
	server_stop(s);
}

static void test_the_log_names_the_route_and_nothing_else(void **state)
{
	(void)state;
	struct server *s = server_new();
	int log[2];
	char lines[2000] = "", *line = lines;
	assert_int_equal(pipe(log), 0);
	s->config.log_fd = log[1];
	server_start(s);
	assert_int_equal(answer_status(ask(s, "GET /people/17?name=Lan HTTP/1.1" END)), 200);
	assert_int_equal(answer_status(ask(s, "HEAD /people/17 HTTP/1.1" END)), 200);
	assert_int_equal(answer_status(ask(s, "PUT /people/17 HTTP/1.1" END)), 405);
	assert_int_equal(answer_status(post(s, "/small", 11)), 413);
	server_stop(s);
	assert_true(read(log[0], lines, sizeof lines - 1) > 0);
	static const char *const expected[] = {
		" 1 lan GET /pattern/:x 200 28 ", " 2 lan HEAD /pattern/:x 200 0 ", " 3 - - - 405 23 ", " 4 - POST - 413 ",
	};
	for (size_t i = 0; i < 4; i++) {
		char *end = strchr(line, '\n');
		assert_non_null(end);
		*end = '\0';
		assert_memory_equal(line + 4, "-", 1);
		assert_memory_equal(line + 23, "Z", 1);
		assert_memory_equal(line + 24, expected[i], strlen(expected[i]));
		line = end + 1;
	}
	assert_string_equal(line, "");
	(void)close(log[0]), (void)close(log[1]);
}

/* ---- starting ---- */

static void test_as_many_files_are_asked_for_as_connections_need(void **state)
{
	(void)state;
	struct rlimit before, now;
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
	const struct rlimit few = { 100, before.rlim_max };
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &few), 0);
	struct server *s = server_new();
	s->config.connections_max = 300;
	server_start(s);
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &now), 0);
	assert_true(now.rlim_cur > 300);
	server_stop(s);
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
}

static enum err no_worker(void *ctx, void **ret, struct fault *f)
{
	(void)ctx, (void)ret;
	return FAULT(f, E_STORAGE, "data", MSG_REQUIRED);
}

static void test_what_workers_refuse_with_is_refused(void **state)
{
	(void)state;
	struct fault f;
	struct server *s = server_new();
	s->site.worker_open = no_worker;
	assert_refused(http_start(&s->config, &s->site, &s->http, &f), E_STORAGE, "data", MSG_REQUIRED);
	assert_null(s->http);
}

static void test_ports_and_addresses_that_cannot_be_used_are_refused(void **state)
{
	(void)state;
	struct fault f;
	struct http *second = NULL;
	struct server *s = server_with_defaults();
	struct http_config config = s->config;
	config.port = http_port(s->http);
	assert_refused(http_start(&config, &s->site, &second, &f), E_CONFLICT, "port", MSG_HTTP_PORT_TAKEN);
	config.address = "example.vn";
	assert_refused(http_start(&config, &s->site, &second, &f), E_USAGE, "address", MSG_HTTP_ADDRESS);
	config.address = "192.0.2.1";
	assert_refused(http_start(&config, &s->site, &second, &f), E_USAGE, "address", MSG_HTTP_ADDRESS);
	config.spool = "/no/such/folder";
	assert_refused(http_start(&config, &s->site, &second, &f), E_USAGE, "spool", MSG_HTTP_SPOOL);
	config.cert = config.key = "no certificate";
	assert_refused(http_start(&config, &s->site, &second, &f), E_USAGE, "cert", MSG_HTTP_CERT);
	assert_null(second);
	server_stop(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_an_announced_body_that_is_too_big_is_not_read),
		cmocka_unit_test(test_the_refusal_of_a_body_reaches_who_is_still_sending),
		cmocka_unit_test(test_chunks_are_counted),
		cmocka_unit_test(test_endless_chunks_are_cut),
		cmocka_unit_test(test_bodies_come_whole_in_memory_and_in_a_file),
		cmocka_unit_test(test_a_body_that_cannot_be_kept_is_an_error),
		cmocka_unit_test(test_an_upload_cut_in_half_is_forgotten),
		cmocka_unit_test(test_a_full_queue_answers_503),
		cmocka_unit_test(test_slow_routes_do_not_hold_up_fast_ones),
		cmocka_unit_test(test_one_address_cannot_take_all_connections),
		cmocka_unit_test(test_the_log_names_the_route_and_nothing_else),
		cmocka_unit_test(test_as_many_files_are_asked_for_as_connections_need),
		cmocka_unit_test(test_what_workers_refuse_with_is_refused),
		cmocka_unit_test(test_ports_and_addresses_that_cannot_be_used_are_refused),
	};
	return RUN(tests);
}
