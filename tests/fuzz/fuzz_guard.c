/* A head as libmicrohttpd would hand it over: lines "METHOD TARGET VERSION" and "NAME:VALUE". What passes has one meaning. */
#include "fuzz.h"

#include "base/utf8.h"
#include "http/guard.h"

#include <assert.h>
#include <string.h>
#include <strings.h>

static char *cut(char **rest, char at)
{
	char *s = *rest, *end = s ? strchr(s, at) : NULL;
	if (end)
		*end = '\0';
	*rest = end ? end + 1 : NULL;
	return s ? s : NULL;
}

static const char *or_empty(const char *s)
{
	return s ? s : "";
}

static int times(const struct guard_head *head, const char *name)
{
	int n = 0;
	for (size_t i = 0; i < head->headers_n; i++)
		n += strcasecmp(head->headers[i].name, name) == 0;
	return n;
}

static void check_passed(const struct guard_head *head, const struct guard_request *rq)
{
	assert(rq->method < HTTP_OTHER && rq->length >= GUARD_CHUNKED);
	assert(rq->path[0] == '/' && utf8_valid(rq->path, strlen(rq->path)) && !strstr(rq->path, "/../") && !strchr(rq->path, '\n'));
	assert(strlen(rq->path) + strlen(rq->query) <= GUARD_TARGET_MAX);
	assert(times(head, "Host") == 1 || (times(head, "Host") == 0 && strcmp(head->version, "HTTP/1.0") == 0));
	assert(times(head, "Content-Length") + times(head, "Transfer-Encoding") <= 1 && times(head, "Cookie") <= 1);
	assert((rq->length == GUARD_CHUNKED) == (times(head, "Transfer-Encoding") == 1));
	assert(rq->method == HTTP_POST || rq->length == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	scoped(arena_done) struct arena a = { 0 };
	struct http_header headers[GUARD_HEADERS + 1];
	struct guard_request rq;
	if (n > 1 << 15)
		return 0;
	char *rest = arena_strndup(&a, (const char *)bytes, n), *first = cut(&rest, '\n'), *line;
	struct guard_head head = { .method = cut(&first, ' '), .headers = headers };
	head.target = head.target_at = or_empty(cut(&first, ' '));
	head.version = or_empty(first);
	while (head.headers_n <= GUARD_HEADERS && (line = cut(&rest, '\n'))) {
		const char *name = cut(&line, ':');
		headers[head.headers_n++] = (struct http_header){ name, or_empty(line) };
	}
	head.bytes = n;
	(void)guard_is_exact(&head);
	int status = guard_check(&head, &a, &rq);
	assert(status == 0 || (status >= 400 && status <= 505));
	if (status == 0)
		check_passed(&head, &rq);
	return 0;
}
