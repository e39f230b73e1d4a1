#include "testing.h"

#include "http/guard.h"

#include <stdio.h>

/* ---- meaning: each row a head whose pieces are given ---- */

enum { LINES = 6 };

struct row {
	int status;
	const char *method, *target, *version;
	struct http_header lines[LINES]; /* to the first without a name */
};

static int check(const struct row *row, struct arena *a, struct guard_request *ret)
{
	struct guard_head head = { .method = row->method, .target = row->target, .version = row->version, .headers = row->lines };
	while (head.headers_n < LINES && row->lines[head.headers_n].name)
		head.headers_n++;
	return guard_check(&head, a, ret);
}

#define V "HTTP/1.1"
#define HOST { "Host", "x.example.vn:8080" }

static const struct row refused[] = {
	{ 400, "GET", "/", "http/1.1", { HOST } }, { 400, "GET", "/", "", { HOST } }, { 505, "GET", "/", "HTTP/1.2", { HOST } },
	{ 505, "GET", "/", "HTTP/2", { HOST } },
	/* names and values */
	{ 400, "GET", "/", V, { HOST, { "", "b" } } }, { 400, "GET", "/", V, { HOST, { "A ", "b" } } }, { 400, "GET", "/", V, { HOST, { "A(", "b" } } },
	{ 400, "GET", "/", V, { HOST, { "A\x7F", "b" } } }, { 400, "GET", "/", V, { HOST, { "\xC3\x81", "b" } } },
	{ 400, "GET", "/", V, { HOST, { "A", "b\x01" } } }, { 400, "GET", "/", V, { HOST, { "A", "\x7F" } } }, { 400, "GET", "/", V, { HOST, { "A", "b\rc" } } },
	/* once only */
	{ 400, "GET", "/", V, { HOST, { "host", "x" } } }, { 400, "POST", "/", V, { HOST, { "Content-Length", "1" }, { "content-length", "1" } } },
	{ 400, "POST", "/", V, { HOST, { "Transfer-Encoding", "chunked" }, { "TRANSFER-ENCODING", "chunked" } } },
	{ 400, "POST", "/", V, { HOST, { "Content-Length", "1" }, { "Content-Type", "a/b" }, { "Content-Type", "a/c" } } },
	{ 400, "GET", "/", V, { HOST, { "Cookie", "a=1" }, { "cookie", "b=1" } } },
	{ 400, "GET", "/", V, { HOST, { "Authorization", "Bearer a" }, { "Authorization", "Bearer b" } } },
	{ 400, "GET", "/", V, { HOST, { "Origin", "a" }, { "Origin", "b" } } },
	/* host */
	{ 400, "GET", "/", V, { { NULL } } }, { 400, "GET", "/", V, { { "Host", "" } } }, { 400, "GET", "/", V, { { "Host", "a b" } } },
	{ 400, "GET", "/", V, { { "Host", "a@b" } } }, { 400, "GET", "/", V, { { "Host", "a:" } } }, { 400, "GET", "/", V, { { "Host", "a:1x" } } },
	{ 400, "GET", "/", V, { { "Host", "a:123456" } } }, { 400, "GET", "/", V, { { "Host", "[::1" } } }, { 400, "GET", "/", V, { { "Host", "[]" } } },
	{ 400, "GET", "/", V, { { "Host", "[::1]x" } } }, { 400, "GET", "/", "HTTP/1.0", { { "Host", "a/b" } } },
	/* connection and expectations */
	{ 400, "GET", "/", V, { HOST, { "Connection", "\t \t" } } }, { 400, "GET", "/", V, { HOST, { "Connection", "close,," } } },
	{ 400, "GET", "/", V, { HOST, { "Connection", "" } } }, { 400, "GET", "/", V, { HOST, { "Connection", "\tclose," } } },
	{ 400, "GET", "/", V, { HOST, { "Connection", "close, Content-Length" } } }, { 400, "GET", "/", V, { HOST, { "Connection", "a b" } } },
	{ 400, "GET", "/", V, { HOST, { "Connection", "a-name-of-thirty-two-bytes-or-mor" } } },
	{ 417, "POST", "/", V, { HOST, { "Content-Length", "1" }, { "Expect", "200-ok" } } },
	/* methods */
	{ 400, "", "/", V, { HOST } }, { 400, "GE T", "/", V, { HOST } }, { 405, "PUT", "/", V, { HOST } }, { 405, "get", "/", V, { HOST } },
	{ 405, "OPTIONS", "*", V, { HOST } },
	/* bodies */
	{ 411, "POST", "/", V, { HOST } }, { 400, "POST", "/", V, { HOST, { "Content-Length", "" } } }, { 400, "POST", "/", V, { HOST, { "Content-Length", "1 " } } },
	{ 400, "POST", "/", V, { HOST, { "Content-Length", "-1" } } }, { 400, "POST", "/", V, { HOST, { "Content-Length", "1,1" } } },
	{ 413, "POST", "/", V, { HOST, { "Content-Length", "1000000000000000" } } }, { 400, "GET", "/", V, { HOST, { "Content-Length", "1" } } },
	{ 400, "HEAD", "/", V, { HOST, { "Transfer-Encoding", "chunked" } } }, { 501, "POST", "/", V, { HOST, { "Transfer-Encoding", "gzip" } } },
	{ 501, "POST", "/", V, { HOST, { "Transfer-Encoding", "" } } }, { 400, "POST", "/", "HTTP/1.0", { HOST, { "Transfer-Encoding", "chunked" } } },
	{ 400, "POST", "/", V, { HOST, { "Transfer-Encoding", "chunked" }, { "Content-Length", "1" } } },
	/* targets */
	{ 400, "GET", "", V, { HOST } }, { 400, "GET", "a", V, { HOST } }, { 400, "GET", "*", V, { HOST } }, { 400, "GET", "http://x/", V, { HOST } },
	{ 400, "GET", "/a b", V, { HOST } }, { 400, "GET", "/a\x7F", V, { HOST } }, { 400, "GET", "/\xC3\xA1", V, { HOST } }, { 400, "GET", "/?a#b", V, { HOST } },
	{ 400, "GET", "/<", V, { HOST } }, { 400, "GET", "/%", V, { HOST } }, { 400, "GET", "/%4", V, { HOST } }, { 400, "GET", "/%4g", V, { HOST } },
	{ 400, "GET", "/%g4", V, { HOST } }, { 400, "GET", "/%00", V, { HOST } }, { 400, "GET", "/%0A", V, { HOST } }, { 400, "GET", "/%7f", V, { HOST } },
	{ 400, "GET", "/%C2%80", V, { HOST } }, { 400, "GET", "/%2f", V, { HOST } }, { 400, "GET", "/a%2Fb", V, { HOST } }, { 400, "GET", "/%5C", V, { HOST } },
	{ 400, "GET", "/%5c", V, { HOST } }, { 400, "GET", "/a\\b", V, { HOST } }, { 400, "GET", "/%C3", V, { HOST } }, { 400, "GET", "/%C0%AF", V, { HOST } },
	{ 400, "GET", "/%ED%A0%80", V, { HOST } }, { 400, "GET", "/.", V, { HOST } }, { 400, "GET", "/a/..", V, { HOST } }, { 400, "GET", "/%2e./a", V, { HOST } },
};

static void test_each_breach_has_its_status(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	const struct guard_request untouched = { .length = 77 };
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
		const struct row *row = &refused[i];
		struct guard_request rq = untouched;
		int status = check(row, &a, &rq);
		if (status != row->status)
			fail_msg("row %zu, %s %s %s: %d, not %d", i, row->method, row->target, row->version, status, row->status);
		assert_memory_equal(&rq, &untouched, sizeof rq);
	}
}

static void passes(const struct row *row, enum http_method method, const char *path, const char *query, int64_t length)
{
	scoped(arena_done) struct arena a = { 0 };
	struct guard_request rq;
	assert_int_equal(check(row, &a, &rq), 0);
	assert_int_equal(rq.method, method);
	assert_string_equal(rq.path, path);
	assert_string_equal(rq.query, query);
	assert_int_equal(rq.length, length);
}

static void test_good_heads_pass(void **state)
{
	(void)state;
	passes(&(struct row){ 0, "GET", "/", V, { HOST } }, HTTP_GET, "/", "", 0);
	passes(&(struct row){ 0, "HEAD", "/a?", V, { { "host", "[::1]:80" } } }, HTTP_HEAD, "/a", "", 0);
	passes(&(struct row){ 0, "GET", "/a", V, { { "HOST", "[2001:db8::7]" }, { "Content-Length", "0" } } }, HTTP_GET, "/a", "", 0);
	passes(&(struct row){ 0, "GET", "/", "HTTP/1.0", { { NULL } } }, HTTP_GET, "/", "", 0);
	passes(&(struct row){ 0, "POST", "/ops/x", V, { HOST, { "Content-Length", "999999999999999" }, { "Expect", "100-Continue" } } },
		HTTP_POST, "/ops/x", "", 999999999999999);
	passes(&(struct row){ 0, "POST", "/", V, { HOST, { "Transfer-Encoding", "Chunked" }, { "Connection", "keep-alive , TE\t" } } },
		HTTP_POST, "/", "", GUARD_CHUNKED);
	passes(&(struct row){ 0, "GET", "/", V,
		{ HOST, { "Upgrade", "h2c" }, { "Connection", "Upgrade, HTTP2-Settings" }, { "A", "\ttab \xE1\xBA\xA1" } } },
		HTTP_GET, "/", "", 0);
}

static void test_paths_are_decoded_once(void **state)
{
	(void)state;
	passes(&(struct row){ 0, "GET", "/units/%C4%90o%C3%A0n%20x?q=%2F%00&r=../a|b", V, { HOST } }, HTTP_GET,
		"/units/Đoàn x", "q=%2F%00&r=../a|b", 0);
	passes(&(struct row){ 0, "GET", "/%2541+%3F%5a%2e%50", V, { HOST } }, HTTP_GET, "/%41+?Z.P", "", 0);
	passes(&(struct row){ 0, "GET", "/.../..a/.b//%c2%a0", V, { HOST } }, HTTP_GET, "/.../..a/.b//\xC2\xA0", "", 0);
}

static void test_limits_of_a_head(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	struct guard_request rq;
	struct http_header headers[GUARD_HEADERS + 1];
	for (int i = 0; i <= GUARD_HEADERS; i++)
		headers[i] = (struct http_header){ arena_printf(&a, "A%d", i), "" };
	headers[0] = (struct http_header){ "Host", "x" };
	struct guard_head head = { .method = "GET", .target = "/", .version = V, .headers = headers, .headers_n = GUARD_HEADERS };
	assert_int_equal(guard_check(&head, &a, &rq), 0);
	head.headers_n++;
	assert_int_equal(guard_check(&head, &a, &rq), 431);

	char *long_value = arena_alloc(&a, GUARD_HEADERS_BYTES);
	memset(long_value, 'v', GUARD_HEADERS_BYTES - 9 - 6); /* "Host: x" and CR LF are nine bytes; "A1" with four more are six */
	headers[1].value = long_value;
	head.headers_n = 2;
	assert_int_equal(guard_check(&head, &a, &rq), 0);
	long_value[strlen(long_value)] = 'v';
	assert_int_equal(guard_check(&head, &a, &rq), 431);

	char *target = arena_alloc(&a, GUARD_TARGET_MAX + 2);
	memset(target, '/', GUARD_TARGET_MAX);
	head.headers_n = 1;
	head.target = target;
	assert_int_equal(guard_check(&head, &a, &rq), 0);
	target[GUARD_TARGET_MAX] = '/';
	assert_int_equal(guard_check(&head, &a, &rq), 414);
	headers[0].value = memset(arena_alloc(&a, 300), 'h', 256);
	head.target = "/";
	assert_int_equal(guard_check(&head, &a, &rq), 400);
}

/* ---- places ---- */

/* What libmicrohttpd would make of the bytes: separators become NUL, and each piece points to where it stood. '|' marks its beginning. */
static bool exact(const char *marked)
{
	char buffer[256] = "", *place[16] = { 0 };
	struct http_header headers[6];
	size_t n = 0, places = 0;
	for (; *marked; marked++) {
		if (*marked == '|')
			place[places++] = buffer + n;
		else
			buffer[n++] = strchr(" \r\n:\1", *marked) ? '\0' : *marked;
	}
	struct guard_head head = { place[0], place[2], place[1], place[1], headers, 0, n };
	for (size_t i = 3; i + 1 < places; i += 2)
		headers[head.headers_n++] = (struct http_header){ place[i], place[i + 1] };
	return guard_is_exact(&head);
}

static void test_pieces_that_are_all_the_bytes_are_exact(void **state)
{
	(void)state;
	assert_true(exact("|GET |/a |HTTP/1.1\r\n\r\n"));
	assert_true(exact("|GET |/a |HTTP/1.1\r\n|Host:|x\r\n\r\n"));
	assert_true(exact("|GET |/a |HTTP/1.1\r\n|Host: |x\r\n|Accept:  |y\r\n|Empty:|\r\n\r\n"));
}

static void test_a_gap_between_pieces_is_seen(void **state)
{
	(void)state;
	assert_false(exact("|GET  |/a |HTTP/1.1\r\n\r\n"));
	assert_false(exact("|GET |/a  |HTTP/1.1\r\n\r\n"));
	assert_false(exact("|G\1ET |/a |HTTP/1.1\r\n\r\n"));
	assert_false(exact("|GET |/a |HTTP/1.1\n\r\n"));
	assert_false(exact("|GET |/a |HTTP/1.1\r\n\n"));
	assert_false(exact("|GET |/a |HTTP/1.1\n|Host: |x\r\n\r\n"));
	assert_false(exact("|GET |/a |HTTP/1.1\r\n|Host: |x\n|A: |b\r\n\r\n"));
	assert_false(exact("|GET |/a |HTTP/1.1\r\n|A: |1\r\n 2\r\n\r\n"));
	assert_false(exact("|GET |/a |HTTP/1.1\r\n|A: |1\1 2\r\n|Host: |x\r\n\r\n"));
	char apart[] = "value";
	const struct http_header moved = { apart + 3, apart };
	static const char line[] = "GET\0/a\0HTTP/1.1\0\0Host\0x";
	struct guard_head head = { line, line + 7, line + 4, line + 4, &moved, 1, sizeof line };
	assert_false(guard_is_exact(&head));
	const struct http_header backwards = { line + 17, line };
	head.headers = &backwards;
	assert_false(guard_is_exact(&head));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_each_breach_has_its_status),
		cmocka_unit_test(test_good_heads_pass),
		cmocka_unit_test(test_paths_are_decoded_once),
		cmocka_unit_test(test_limits_of_a_head),
		cmocka_unit_test(test_pieces_that_are_all_the_bytes_are_exact),
		cmocka_unit_test(test_a_gap_between_pieces_is_seen),
	};
	return RUN(tests);
}
