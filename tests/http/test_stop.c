/* Stopping: whoever has asked gets an answer. */
#include "server.h"

static void *stop(void *ctx)
{
	struct server *s = ctx;
	http_stop(&s->http);
	return NULL;
}

static void begin_stop(struct server *s, pthread_t *ret)
{
	assert_int_equal(pthread_create(ret, NULL, stop, s), 0);
}

static void test_everybody_who_asked_before_the_stop_is_answered(void **state)
{
	(void)state;
	enum { CLIENTS = 120 };
	struct server *s = server_new();
	int fds[CLIENTS];
	pthread_t stopping;
	s->config.workers = 4;
	server_start(s);
	for (int i = 0; i < CLIENTS; i++) { /* the last are still on their way when the stop begins */
		fds[i] = client(s);
		client_send(fds[i], i % 3 ? "GET /hold HTTP/1.1\r\nHost: x\r\n\r\n"
			: "POST /slow/hold HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nab");
	}
	begin_stop(s, &stopping);
	gate_open(&s->gate);
	for (int i = 0; i < CLIENTS; i++) {
		const char *answer = client_read(fds[i], NULL, NULL);
		assert_int_equal(answer_status(answer), 200);
		assert_non_null(strstr(answer, "hold? "));
		(void)close(fds[i]);
	}
	(void)pthread_join(stopping, NULL);
	assert_null(s->http);
	assert_int_equal(atomic_load(&s->asked), CLIENTS);
	assert_int_equal(atomic_load(&s->workers), 0);
}

/* The stop begins before anybody has let the client in; only the system knows of it. */
static void test_who_still_waits_at_the_door_is_let_in(void **state)
{
	(void)state;
	for (int i = 0; i < 20; i++) {
		struct server *s = server_with_defaults();
		int fd = client(s);
		client_send(fd, "GET /echo HTTP/1.1\r\nHost: x\r\n\r\n");
		http_stop(&s->http);
		assert_int_equal(answer_status(client_read(fd, NULL, NULL)), 200);
		(void)close(fd);
	}
}

static void test_a_request_that_has_begun_may_end(void **state)
{
	(void)state;
	struct server *s = server_with_defaults();
	pthread_t stopping;
	int fd = client(s), idle = client(s);
	client_send(fd, "POST /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");
	assert_non_null(strstr(client_read(fd, "\r\n\r\n", NULL), " 100 ")); /* its head has been read */
	begin_stop(s, &stopping);
	assert_string_equal(client_read(idle, NULL, NULL), ""); /* the stop has begun */
	client_send(fd, "late");
	const char *answer = client_read(fd, NULL, NULL);
	assert_non_null(strstr(answer, "<POST /echo? 4 late>"));
	assert_non_null(strstr(answer, "\r\nConnection: close\r\n"));
	(void)pthread_join(stopping, NULL);
	(void)close(fd);
	(void)close(idle);
}

static void test_who_does_not_end_is_cut(void **state)
{
	(void)state;
	struct server *s = server_new();
	s->config.answer_s = 1;
	server_start(s);
	int fd = client(s);
	client_send(fd, "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\n");
	while (http_load(s->http).connections == 0)
		(void)poll(NULL, 0, 1);
	http_stop(&s->http);
	assert_null(s->http);
	assert_string_equal(client_read(fd, NULL, NULL), "");
	(void)close(fd);
}

/* As systemd does it: the socket belongs to somebody else, and who knocks in between waits for the next server. */
static void test_a_given_socket_outlives_the_server(void **state)
{
	(void)state;
	struct fault f;
	struct server *s = server_new();
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	s->config.listen_fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	assert_int_equal(bind(s->config.listen_fd, (struct sockaddr *)&at, sizeof at), 0);
	assert_int_equal(listen(s->config.listen_fd, 16), 0);
	server_start(s);
	uint16_t port = http_port(s->http);
	int fd = client(s);
	client_send(fd, "GET /first HTTP/1.1\r\nHost: x\r\n\r\n");
	assert_int_equal(answer_status(client_read(fd, ">", NULL)), 200);
	(void)close(fd);
	http_stop(&s->http);
	at.sin_port = htons(port);
	fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	assert_int_equal(connect(fd, (struct sockaddr *)&at, sizeof at), 0);
	client_send(fd, "GET /second HTTP/1.1\r\nHost: x\r\n\r\n");
	assert_ok(http_start(&s->config, &s->site, &s->http, &f));
	assert_int_equal(http_port(s->http), port);
	assert_non_null(strstr(client_read(fd, ">", NULL), "<GET /second? 0 >"));
	(void)close(fd);
	server_stop(s);
	(void)close(s->config.listen_fd);
}

static void test_a_server_that_never_started_can_be_stopped(void **state)
{
	(void)state;
	struct http *none = NULL;
	http_stop(&none);
	assert_null(none);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_everybody_who_asked_before_the_stop_is_answered),
		cmocka_unit_test(test_who_still_waits_at_the_door_is_let_in),
		cmocka_unit_test(test_a_request_that_has_begun_may_end),
		cmocka_unit_test(test_who_does_not_end_is_cut),
		cmocka_unit_test(test_a_given_socket_outlives_the_server),
		cmocka_unit_test(test_a_server_that_never_started_can_be_stopped),
	};
	return RUN(tests);
}
