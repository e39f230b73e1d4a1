/* Heads and bodies that could be understood in two ways: each is refused with its status and the connection closed, whatever follows. What
 * libmicrohttpd resolves before the guard sees it (bare line feeds, folded lines, NUL) shows in where the pieces stood. */
#include "server.h"

#define SMUGGLED "GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n"
#define GET(line) "GET /a HTTP/1.1\r\nHost: x\r\n" line "\r\n"
#define POST(lines) "POST /a HTTP/1.1\r\nHost: x\r\n" lines "\r\n"
#define CHUNKED "Transfer-Encoding: chunked\r\n"
#define ROW(status, what, bytes) { what, bytes, sizeof bytes - 1, status }

struct row {
	const char *what, *bytes;
	size_t n;
	int status;
};

static const struct row refused[] = {
	/* where the body ends */
	ROW(400, "length and chunks", POST("Content-Length: 6\r\n" CHUNKED) "0\r\n\r\n"),
	ROW(400, "chunks and length", POST(CHUNKED "Content-Length: 6\r\n") "0\r\n\r\n"),
	ROW(400, "two lengths", POST("Content-Length: 3\r\nContent-Length: 5\r\n") "abcde"),
	ROW(400, "the same length twice", POST("Content-Length: 3\r\nContent-Length: 3\r\n") "abc"),
	ROW(501, "gzip, chunked", POST("Transfer-Encoding: gzip, chunked\r\n") "3\r\nabc\r\n0\r\n\r\n"),
	ROW(501, "chunked, chunked", POST("Transfer-Encoding: chunked, chunked\r\n") "3\r\nabc\r\n0\r\n\r\n"),
	ROW(501, "xchunked", POST("Transfer-Encoding: xchunked\r\n") "3\r\nabc\r\n0\r\n\r\n"),
	ROW(501, "chunked and a space", POST("Transfer-Encoding: chunked \r\n") "3\r\nabc\r\n0\r\n\r\n"),
	ROW(501, "identity", POST("Transfer-Encoding: identity\r\n") "abc"),
	ROW(400, "chunked twice", POST(CHUNKED CHUNKED) "3\r\nabc\r\n0\r\n\r\n"),
	ROW(400, "a space before the colon", POST("Transfer-Encoding : chunked\r\nContent-Length: 3\r\n") "abc"),
	ROW(400, "a tab before the colon", POST("Content-Length\t: 3\r\n") "abc"),
	ROW(400, "a vertical tab before the value", POST("Transfer-Encoding: \vchunked\r\n") "0\r\n\r\n"),
	ROW(400, "chunks in HTTP/1.0", "POST /a HTTP/1.0\r\nHost: x\r\n" CHUNKED "\r\n0\r\n\r\n"),
	ROW(411, "no length", POST("")),
	ROW(400, "a body on GET", GET("Content-Length: 3\r\n") "abc"),
	ROW(400, "chunks on GET", GET(CHUNKED) "0\r\n\r\n"),
	ROW(400, "a body on HEAD", "HEAD /a HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc"),
	/* lines */
	ROW(400, "bare line feeds", "GET /lf HTTP/1.1\nHost: x\n\n"),
	ROW(400, "one bare line feed in the first line", "GET /lf HTTP/1.1\nHost: x\r\n\r\n"),
	ROW(400, "one bare line feed behind a header", "GET /lf HTTP/1.1\r\nHost: x\nA: b\r\n\r\n"),
	ROW(400, "a bare line feed as the end", "GET /lf HTTP/1.1\r\nHost: x\r\n\n"),
	ROW(400, "a bare carriage return", GET("A: b\rContent-Length: 3\r\n")),
	ROW(400, "a folded line", GET("A: 1\r\n 2\r\n")),
	ROW(400, "a folded length", POST("Content-Length:\r\n 3\r\n") "abc"),
	ROW(400, "a NUL in a value", GET("A: a\0b\r\n")),
	ROW(400, "a NUL at the end of a value", GET("A: a\0\r\n")),
	ROW(400, "a NUL that hides a header", GET("A: a\0\r\nTransfer-Encoding: chunked\r\n")),
	ROW(400, "a NUL in a name", GET("A\0B: c\r\n")),
	ROW(400, "a NUL in the target", "GET /a\0b HTTP/1.1\r\nHost: x\r\n\r\n"),
	ROW(400, "a NUL in the method", "GE\0T /a HTTP/1.1\r\nHost: x\r\n\r\n"),
	ROW(400, "a header without a colon", GET("nonsense\r\n")),
	ROW(400, "a header without a name", GET(": b\r\n")),
	ROW(400, "a space in a name", GET("A B: c\r\n")),
	ROW(400, "an escape in a value", GET("A: \033[2J\r\n")),
	ROW(400, "two spaces behind the method", "GET  /a HTTP/1.1\r\nHost: x\r\n\r\n"),
	ROW(400, "a space in the target", "GET /a b HTTP/1.1\r\nHost: x\r\n\r\n"),
	ROW(400, "two spaces before the version", "GET /a  HTTP/1.1\r\nHost: x\r\n\r\n"),
	ROW(400, "a space behind the version", "GET /a HTTP/1.1 \r\nHost: x\r\n\r\n"),
	ROW(400, "no version", "GET /a\r\nHost: x\r\n\r\n"),
	ROW(400, "a version in small letters", "GET /a http/1.1\r\nHost: x\r\n\r\n"),
	ROW(505, "HTTP/1.2", "GET /a HTTP/1.2\r\nHost: x\r\n\r\n"),
	ROW(505, "HTTP/2.0", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
	ROW(505, "HTTP/0.9", "GET /a HTTP/0.9\r\nHost: x\r\n\r\n"),
	/* who is meant */
	ROW(400, "no host", "GET /a HTTP/1.1\r\n\r\n"),
	ROW(400, "two hosts", GET("Host: y\r\n")),
	ROW(400, "a host with a path", "GET /a HTTP/1.1\r\nHost: x/y\r\n\r\n"),
	ROW(400, "an empty host", "GET /a HTTP/1.1\r\nHost:\r\n\r\n"),
	ROW(400, "two cookies", GET("Cookie: a=1\r\nCookie: a=2\r\n")),
	ROW(400, "connection takes the cookie away", GET("Connection: cookie\r\n")),
	/* the target */
	ROW(400, "%00", "GET /nul%00x HTTP/1.1\r\nHost: x\r\n\r\n"),
	ROW(400, "%2F", "GET /a%2Fb HTTP/1.1\r\nHost: x\r\n\r\n"),
	ROW(400, "..", "GET /a/../b HTTP/1.1\r\nHost: x\r\n\r\n"),
	ROW(400, "%2e%2e", "GET /a/%2e%2e/b HTTP/1.1\r\nHost: x\r\n\r\n"),
	ROW(400, "an absolute target", "GET http://y/a HTTP/1.1\r\nHost: x\r\n\r\n"),
	ROW(405, "PUT", "PUT /a HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc"),
	ROW(405, "CONNECT", "CONNECT y:80 HTTP/1.1\r\nHost: y:80\r\n\r\n"),
	ROW(405, "get in small letters", "get /a HTTP/1.1\r\nHost: x\r\n\r\n"),
	ROW(417, "another expectation", POST("Content-Length: 3\r\nExpect: 200-maybe\r\n") "abc"),
	/* chunks, which libmicrohttpd reads */
	ROW(400, "size 0x3", POST(CHUNKED) "0x3\r\nabc\r\n0\r\n\r\n"),
	ROW(400, "size -3", POST(CHUNKED) "-3\r\nabc\r\n0\r\n\r\n"),
	ROW(400, "size with a space", POST(CHUNKED) "3 \r\nabc\r\n0\r\n\r\n"),
	ROW(400, "no size", POST(CHUNKED) "\r\nabc\r\n0\r\n\r\n"),
	ROW(413, "size beyond all numbers", POST(CHUNKED) "fffffffffffffffff\r\nabc\r\n0\r\n\r\n"),
	ROW(400, "a chunk longer than it says", POST(CHUNKED) "3\r\nabcd\r\n0\r\n\r\n"),
	ROW(400, "a trailer without a colon", POST(CHUNKED) "0\r\nnonsense\r\n\r\n"),
};

/* libmicrohttpd refuses these before it calls us, and writes the head of its answer twice; the connection ends all the same. */
static const struct row wrong_lengths[] = {
	ROW(400, "length with a sign", POST("Content-Length: +3\r\n") "abc"),
	ROW(400, "negative length", POST("Content-Length: -3\r\n") "abc"),
	ROW(400, "list of lengths", POST("Content-Length: 3,3\r\n") "abc"),
	ROW(400, "length and a word", POST("Content-Length: 3 x\r\n") "abc"),
	ROW(400, "length and a space", POST("Content-Length: 3 \r\n") "abc"),
	ROW(400, "hexadecimal length", POST("Content-Length: 0x3\r\n") "abc"),
	ROW(400, "empty length", POST("Content-Length:\r\n") "abc"),
	ROW(413, "length beyond all numbers", POST("Content-Length: 99999999999999999999999\r\n") "abc"),
};

/* What libmicrohttpd reads leniently and nobody can see: answered, and nothing behind it is read. */
static const struct row lenient[] = {
	ROW(200, "a line feed behind a chunk's extension", POST(CHUNKED) "3;x=y\nabc\r\n0\r\n\r\n"),
	ROW(200, "a line feed behind a chunk", POST(CHUNKED) "3\r\nabc\n0\r\n\r\n"),
	ROW(200, "a line feed as the end of the chunks", POST(CHUNKED) "3\r\nabc\r\n0\n\n"),
	ROW(200, "a length among the trailers", POST(CHUNKED) "0\r\nContent-Length: 40\r\n\r\n"),
};

static size_t count(const char *text, const char *word)
{
	size_t n = 0;
	for (; (text = strstr(text, word)); text += strlen(word))
		n++;
	return n;
}

/* The row and a second request behind it in one piece; both must come to one answer and the end of the connection. */
static bool holds(struct server *s, const struct row *row, int asked, size_t heads)
{
	char bytes[4096];
	assert_true(row->n + sizeof SMUGGLED <= sizeof bytes);
	memcpy(bytes, row->bytes, row->n);
	memcpy(bytes + row->n, SMUGGLED, sizeof SMUGGLED - 1);
	int before = atomic_load(&s->asked);
	const char *answer = client_ask(s, bytes, row->n + sizeof SMUGGLED - 1);
	bool good = answer_status(answer) == row->status && count(answer, "HTTP/1.1 ") == heads;
	good = good && !strstr(answer, "smuggled") && atomic_load(&s->asked) == before + asked;
	if (!good)
		print_error("%s: wanted %d, got:\n%s\n", row->what, row->status, answer);
	return good;
}

static void check(const struct row *rows, size_t n, int asked, size_t heads)
{
	size_t broken = 0;
	struct server *s = server_with_defaults();
	for (size_t i = 0; i < n; i++)
		broken += !holds(s, &rows[i], asked, heads);
	assert_int_equal(broken, 0);
	server_stop(s);
}

static void test_whatever_has_two_meanings_is_refused(void **state)
{
	(void)state;
	check(refused, sizeof refused / sizeof *refused, 0, 1);
}

static void test_wrong_lengths_are_refused(void **state)
{
	(void)state;
	check(wrong_lengths, sizeof wrong_lengths / sizeof *wrong_lengths, 0, 2);
}

static void test_nothing_is_read_behind_chunks(void **state)
{
	(void)state;
	check(lenient, sizeof lenient / sizeof *lenient, 1, 1);
}

/* The same bytes one by one, so that libmicrohttpd meets each border at the end of its buffer. */
static void test_refusals_do_not_depend_on_how_bytes_arrive(void **state)
{
	(void)state;
	struct server *s = server_with_defaults();
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i += 3) {
		int fd = client(s), on = 1;
		assert_int_equal(setsockopt(fd, IPPROTO_TCP, 1 /* TCP_NODELAY */, &on, sizeof on), 0);
		for (size_t k = 0; k < refused[i].n; k++)
			client_sendn(fd, refused[i].bytes + k, 1);
		client_send(fd, SMUGGLED);
		const char *answer = client_read(fd, NULL, NULL);
		if (answer_status(answer) != refused[i].status || strstr(answer, "smuggled"))
			fail_msg("%s: wanted %d, got:\n%s", refused[i].what, refused[i].status, answer);
		(void)close(fd);
	}
	assert_int_equal(atomic_load(&s->asked), 0);
	server_stop(s);
}

static const char *refused_long(struct server *s, const char *before, size_t n, const char *after)
{
	static char bytes[200000];
	size_t left = strlen(before);
	assert_true(left + n + strlen(after) < sizeof bytes);
	memcpy(bytes, before, left);
	memset(bytes + left, 'a', n);
	memcpy(bytes + left + n, after, strlen(after) + 1);
	return client_ask(s, bytes, strlen(bytes));
}

static void test_long_heads_are_refused(void **state)
{
	(void)state;
	struct server *s = server_with_defaults();
	assert_int_equal(answer_status(refused_long(s, "GET /", 4096, " HTTP/1.1\r\nHost: x\r\n\r\n")), 414);
	assert_int_equal(answer_status(refused_long(s, "GET /", 150000, " HTTP/1.1\r\nHost: x\r\n\r\n")), 414);
	assert_int_equal(answer_status(refused_long(s, "GET /a HTTP/1.1\r\nHost: x\r\nA: ", 17000, "\r\n\r\n")), 431);
	assert_int_equal(answer_status(refused_long(s, "GET /a HTTP/1.1\r\nHost: x\r\nA: ", 150000, "\r\n\r\n")), 431);
	assert_int_equal(answer_status(refused_long(s, "GET /", 4095, " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")), 200);
	assert_int_equal(answer_status(refused_long(s, "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nA: ", 16000, "\r\n\r\n")), 200);
	assert_int_equal(atomic_load(&s->asked), 2);
	server_stop(s);
}

static void test_refused_methods_name_the_allowed_ones(void **state)
{
	(void)state;
	struct server *s = server_with_defaults();
	static const char request[] = "DELETE /a HTTP/1.1\r\nHost: x\r\n\r\n";
	const char *answer = client_ask(s, request, strlen(request));
	assert_int_equal(answer_status(answer), 405);
	assert_non_null(strstr(answer, "\r\nAllow: GET, HEAD, POST\r\n"));
	assert_non_null(strstr(answer, "\r\nConnection: close\r\n"));
	server_stop(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_whatever_has_two_meanings_is_refused),
		cmocka_unit_test(test_wrong_lengths_are_refused),
		cmocka_unit_test(test_nothing_is_read_behind_chunks),
		cmocka_unit_test(test_refusals_do_not_depend_on_how_bytes_arrive),
		cmocka_unit_test(test_long_heads_are_refused),
		cmocka_unit_test(test_refused_methods_name_the_allowed_ones),
	};
	return RUN(tests);
}
