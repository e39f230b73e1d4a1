/* What clients get: bodies, methods, files, kept connections, limits of bodies. */
#include "server.h"

#define GET(path) "GET " path " HTTP/1.1\r\nHost: x\r\n\r\n"
#define LAST(path) "GET " path " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"

static const char *ask(const struct server *s, const char *text)
{
	return client_ask(s, text, strlen(text));
}

static void test_a_request_is_answered_and_the_connection_kept(void **state)
{
	(void)state;
	struct server *s = server_with_defaults();
	int fd = client(s);
	client_send(fd, GET("/echo/a%20b?q=1"));
	const char *answer = client_read(fd, ">", NULL);
	assert_int_equal(answer_status(answer), 200);
	assert_non_null(strstr(answer, "<GET /echo/a b?q=1 0 >"));
	assert_non_null(strstr(answer, "\r\nDate: "));
	assert_non_null(strstr(answer, "\r\nContent-Length: 22\r\n"));
	client_send(fd, "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc");
	assert_non_null(strstr(client_read(fd, ">", NULL), "<POST /echo? 3 abc>"));
	(void)close(fd);
	server_stop(s);
}

static void test_head_has_the_length_and_no_body(void **state)
{
	(void)state;
	struct server *s = server_with_defaults();
	const char *answer = ask(s, "HEAD /bytes?1234 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
	assert_non_null(strstr(answer, "\r\nContent-Length: 1234\r\n"));
	assert_string_equal(strstr(answer, "\r\n\r\n"), "\r\n\r\n");
	server_stop(s);
}

static void test_a_file_is_sent_whole(void **state)
{
	(void)state;
	struct server *s = server_with_defaults();
	const char *answer = ask(s, LAST("/file?70000"));
	assert_non_null(strstr(answer, "\r\nContent-Length: 70000\r\n"));
	assert_int_equal(strspn(strstr(answer, "\r\n\r\n") + 4, "f"), 70000);
	server_stop(s);
}

static void test_pipelined_requests_are_answered_in_their_order(void **state)
{
	(void)state;
	struct server *s = server_with_defaults();
	const char *answer = ask(s, GET("/a") GET("/b") "POST /c HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi" LAST("/d"));
	static const char *const in_order[] = { "<GET /a? 0 >", "<GET /b? 0 >", "<POST /c? 2 hi>", "<GET /d? 0 >" };
	for (size_t i = 0; i < 4; i++) {
		answer = strstr(answer, in_order[i]);
		assert_non_null(answer);
	}
	server_stop(s);
}

static void test_a_connection_ends_after_a_body_in_chunks(void **state)
{
	(void)state;
	struct server *s = server_with_defaults();
	const char *answer = ask(s, "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
		"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n" GET("/smuggled"));
	assert_non_null(strstr(answer, "<POST /echo? 5 abcde>"));
	assert_null(strstr(answer, "smuggled"));
	assert_int_equal(atomic_load(&s->asked), 1);
	server_stop(s);
}

static void test_a_handler_sees_headers_and_the_address(void **state)
{
	(void)state;
	struct server *s = server_with_defaults();
	const char *answer = ask(s, "GET /who HTTP/1.1\r\nHost: x\r\nX-name:  Lan\r\nConnection: close\r\n\r\n");
	assert_non_null(strstr(answer, "\r\nX-Who: 127.0.0.1 Lan\r\n"));
	server_stop(s);
}

static void test_addresses_of_both_kinds_are_served(void **state)
{
	(void)state;
	struct server *s = server_new();
	s->config.address = "::";
	server_start(s);
	static const char request[] = "GET /who HTTP/1.1\r\nHost: x\r\nX-Name: a\r\nConnection: close\r\n\r\n";
	assert_non_null(strstr(ask(s, request), "\r\nX-Who: 127.0.0.1 a\r\n")); /* through an IPv6 socket, and named all the same */
	struct sockaddr_in6 to = { .sin6_family = AF_INET6, .sin6_port = htons(http_port(s->http)), .sin6_addr = in6addr_loopback };
	int fd = socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd >= 0 && connect(fd, (struct sockaddr *)&to, sizeof to) == 0) { /* not every machine has it */
		client_send(fd, request);
		assert_non_null(strstr(client_read(fd, NULL, NULL), "\r\nX-Who: ::1 a\r\n"));
	}
	(void)close(fd);
	server_stop(s);
}

/* What a value holds cannot become a header of its own. */
static const char *who_asks(struct server *s, const char *headers)
{
	char request[512];
	(void)snprintf(request, sizeof request, "GET /who HTTP/1.1\r\nHost: h\r\nX-Name: a\r\nConnection: close\r\n%s\r\n", headers);
	const char *answer = ask(s, request), *who = strstr(answer, "\r\nX-Who: ");
	assert_non_null(who);
	return who + 9;
}

#define ASKED_BY(s, address, headers) assert_int_equal(strncmp(who_asks((s), headers), address " a\r\n", strlen(address " a\r\n")), 0)

static void test_a_load_balancer_says_who_asks(void **state)
{
	(void)state;
	struct server *s = server_new();
	s->config.proxies = "10.1.2.3|127.0.0.1";
	server_start(s);
	ASKED_BY(s, "192.0.2.7", "X-Forwarded-For: 192.0.2.7\r\n");
	ASKED_BY(s, "192.0.2.7", "x-forwarded-for: 203.0.113.9, 192.0.2.7 \r\n"); /* what stands before came from the client itself */
	ASKED_BY(s, "192.0.2.7", "X-Forwarded-For: 203.0.113.9\r\nX-Forwarded-For: 192.0.2.7\r\n");
	ASKED_BY(s, "2001:db8::7", "X-Forwarded-For: 2001:db8::7\r\n");
	ASKED_BY(s, "127.0.0.1", "X-Forwarded-For: unknown\r\n");
	ASKED_BY(s, "127.0.0.1", "X-Forwarded-For: 192.0.2.7,\r\n");
	ASKED_BY(s, "127.0.0.1", "");
	server_stop(s);
}

static void test_nobody_else_says_who_asks(void **state)
{
	(void)state;
	struct server *s = server_new();
	s->config.proxies = "10.1.2.3|127.0.0.11";
	server_start(s);
	ASKED_BY(s, "127.0.0.1", "X-Forwarded-For: 192.0.2.7\r\n");
	server_stop(s);
	s = server_with_defaults();
	ASKED_BY(s, "127.0.0.1", "X-Forwarded-For: 192.0.2.7\r\n");
	server_stop(s);
}

static void test_an_answer_cannot_be_split(void **state)
{
	(void)state;
	struct server *s = server_with_defaults();
	const char *answer = ask(s, LAST("/split"));
	assert_int_equal(answer_status(answer), 500);
	assert_null(strstr(answer, "stolen"));
	server_stop(s);
}

static void refuse(void *ctx, int status, const struct http_request *rq, struct http_response *rs)
{
	(void)ctx;
	const char *page = arena_printf(rs->arena, "<h1>%d for %d</h1>", status, (int)rq->id);
	rs->log_route = "error";
	http_body(rs, "text/html", page, strlen(page));
}

static void test_the_site_writes_its_own_refusals(void **state)
{
	(void)state;
	struct server *s = server_new();
	s->site.refuse = refuse;
	server_start(s);
	const char *answer = ask(s, "GET /.. HTTP/1.1\r\nHost: x\r\n\r\n");
	assert_int_equal(answer_status(answer), 400);
	assert_non_null(strstr(answer, "\r\nContent-Type: text/html\r\n"));
	assert_non_null(strstr(answer, "\r\nConnection: close\r\n"));
	assert_non_null(strstr(answer, "<h1>400 for 1</h1>"));
	server_stop(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_request_is_answered_and_the_connection_kept),
		cmocka_unit_test(test_head_has_the_length_and_no_body),
		cmocka_unit_test(test_a_file_is_sent_whole),
		cmocka_unit_test(test_pipelined_requests_are_answered_in_their_order),
		cmocka_unit_test(test_a_connection_ends_after_a_body_in_chunks),
		cmocka_unit_test(test_a_handler_sees_headers_and_the_address),
		cmocka_unit_test(test_addresses_of_both_kinds_are_served),
		cmocka_unit_test(test_a_load_balancer_says_who_asks),
		cmocka_unit_test(test_nobody_else_says_who_asks),
		cmocka_unit_test(test_an_answer_cannot_be_split),
		cmocka_unit_test(test_the_site_writes_its_own_refusals),
	};
	return RUN(tests);
}
