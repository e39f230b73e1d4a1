/* A connection ends when its time is over, however busily it drips. Each test ends by the server closing; nothing is measured. */
#include "server.h"

#define DRIP_MS 20

static struct server *hurried(void)
{
	struct server *s = server_new();
	s->config.head_s = s->config.body_s = s->config.upload_s = s->config.idle_s = s->config.answer_s = 30;
	return s;
}

/* Sends `drop` again and again until the server closes; true when no answer came. */
static bool drip(int fd, const char *drop)
{
	bool silent = true;
	char c[512];
	for (int ms = 0; ms < PATIENCE_MS; ms += DRIP_MS) {
		struct pollfd p = { .fd = fd, .events = POLLIN };
		if (poll(&p, 1, DRIP_MS) == 1) {
			ssize_t n = recv(fd, c, sizeof c, 0);
			if (n <= 0)
				return silent;
			silent = false;
		}
		client_send(fd, drop);
	}
	fail_msg("still open");
	return false;
}

static void test_a_client_that_says_nothing_is_let_go(void **state)
{
	(void)state;
	struct server *s = hurried();
	s->config.head_s = 1;
	server_start(s);
	int fd = client(s);
	assert_string_equal(client_read(fd, NULL, NULL), "");
	(void)close(fd);
	server_stop(s);
}

/* What begins so and goes on in drops is cut, and nobody is asked. */
static void drips_are_cut(struct server *s, const char *beginning, const char *drop)
{
	server_start(s);
	int fd = client(s);
	client_send(fd, beginning);
	assert_true(drip(fd, drop));
	(void)close(fd);
	assert_int_equal(atomic_load(&s->asked), 0);
	server_stop(s);
}

static void test_a_head_that_drips_is_cut(void **state)
{
	(void)state;
	struct server *s = hurried();
	s->config.head_s = 1;
	drips_are_cut(s, "GET /echo HTTP/1.1\r\nHost: x\r\nA: ", "a");
}

static void test_a_first_line_that_drips_is_cut(void **state)
{
	(void)state;
	struct server *s = hurried();
	s->config.idle_s = 1;
	server_start(s);
	int fd = client(s);
	client_send(fd, "GET /echo HTTP/1.1\r\nHost: x\r\n\r\n");
	assert_int_equal(answer_status(client_read(fd, ">", NULL)), 200);
	assert_true(drip(fd, "a"));
	(void)close(fd);
	server_stop(s);
}

static void test_a_body_that_drips_is_cut(void **state)
{
	(void)state;
	struct server *s = hurried();
	s->config.body_s = 1;
	drips_are_cut(s, "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n", "a");
}

static void test_chunks_that_drip_are_cut(void **state)
{
	(void)state;
	struct server *s = hurried();
	s->config.body_s = 1;
	drips_are_cut(s, "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n", "1\r\na\r\n");
}

static void test_an_answer_that_is_read_in_drops_is_cut(void **state)
{
	(void)state;
	struct server *s = hurried();
	s->config.answer_s = 1;
	server_start(s);
	int fd = client(s);
	client_send(fd, "GET /bytes?33554432 HTTP/1.1\r\nHost: x\r\n\r\n"); /* more than both ends' buffers hold */
	char c;
	int ms = 0;
	for (; ms < PATIENCE_MS && http_load(s->http).answered == 0; ms += DRIP_MS) {
		(void)poll(NULL, 0, DRIP_MS);
		assert_int_equal(recv(fd, &c, 1, 0), 1);
	}
	assert_true(ms < PATIENCE_MS);
	size_t n = 0;
	static char rest[1 << 16];
	for (ssize_t got; (got = recv(fd, rest, sizeof rest, 0)) > 0;)
		n += (size_t)got;
	assert_true(n < 33554432);
	(void)close(fd);
	server_stop(s);
}

static void test_a_kept_connection_ends_when_it_is_idle(void **state)
{
	(void)state;
	struct server *s = hurried();
	s->config.idle_s = 1;
	server_start(s);
	int fd = client(s);
	client_send(fd, "GET /echo HTTP/1.1\r\nHost: x\r\n\r\n");
	assert_int_equal(answer_status(client_read(fd, NULL, NULL)), 200);
	(void)close(fd);
	server_stop(s);
}

/* The worker's time is not the client's. */
static void test_a_long_piece_of_work_is_not_cut(void **state)
{
	(void)state;
	struct server *s = hurried();
	s->config.head_s = s->config.body_s = s->config.idle_s = 1;
	server_start(s);
	int fd = client(s), other = client(s);
	client_send(fd, "GET /hold HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
	gate_wait(&s->gate, 1);
	assert_string_equal(client_read(other, NULL, NULL), ""); /* opened as late, and let go after its second */
	gate_open(&s->gate);
	assert_int_equal(answer_status(client_read(fd, NULL, NULL)), 200);
	(void)close(fd);
	(void)close(other);
	server_stop(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_client_that_says_nothing_is_let_go),
		cmocka_unit_test(test_a_head_that_drips_is_cut),
		cmocka_unit_test(test_a_first_line_that_drips_is_cut),
		cmocka_unit_test(test_a_body_that_drips_is_cut),
		cmocka_unit_test(test_chunks_that_drip_are_cut),
		cmocka_unit_test(test_an_answer_that_is_read_in_drops_is_cut),
		cmocka_unit_test(test_a_kept_connection_ends_when_it_is_idle),
		cmocka_unit_test(test_a_long_piece_of_work_is_not_cut),
	};
	return RUN(tests);
}
