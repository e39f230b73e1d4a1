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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_request_is_answered_and_the_connection_kept),
		cmocka_unit_test(test_head_has_the_length_and_no_body),
		cmocka_unit_test(test_a_file_is_sent_whole),
		cmocka_unit_test(test_pipelined_requests_are_answered_in_their_order),
		cmocka_unit_test(test_a_connection_ends_after_a_body_in_chunks),
	};
	return RUN(tests);
}
