#include "http/reply.h"

#include <assert.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

const char *http_header(const struct http_request *rq, const char *name)
{
	for (size_t i = 0; i < rq->headers_n; i++)
		if (strcasecmp(rq->headers[i].name, name) == 0)
			return rq->headers[i].value;
	return NULL;
}

void http_set(struct http_response *rs, const char *name, const char *value)
{
	assert(rs->headers_n < HTTP_HEADERS_MAX);
	rs->headers[rs->headers_n++] = (struct http_header){ name, value };
}

void http_body(struct http_response *rs, const char *type, const char *bytes, size_t n)
{
	http_set(rs, "Content-Type", type);
	rs->body = bytes;
	rs->body_n = n;
}

struct http_response reply_new(struct arena *a)
{
	return (struct http_response){ .status = 200, .file = -1, .arena = a };
}

struct http_response reply_refusal(const struct http_site *site, int status, bool close, const struct http_request *rq, struct arena *a)
{
	struct http_response rs = reply_new(a);
	rs.status = status;
	if (site->refuse)
		site->refuse(site->ctx, status, rq, &rs);
	rs.status = status;
	if (!rs.body && rs.file < 0) {
		const char *line = arena_printf(a, "%d %s\n", status, MHD_get_reason_phrase_for((unsigned)status));
		http_body(&rs, "text/plain; charset=utf-8", line, strlen(line));
	}
	if (status == 405)
		http_set(&rs, "Allow", "GET, HEAD, POST");
	if (status == 503)
		http_set(&rs, "Retry-After", "2");
	if (close)
		http_set(&rs, "Connection", "close");
	return rs;
}

/* From here on libmicrohttpd closes the file. */
static struct MHD_Response *make_from_file(int fd, int64_t n)
{
	struct MHD_Response *r = n >= 0 ? MHD_create_response_from_fd64((uint64_t)n, fd) : NULL;
	if (!r)
		(void)close(fd);
	return r;
}

struct MHD_Response *reply_make(const struct http_response *rs)
{
	void *bytes = (void *)(uintptr_t)(rs->body ? rs->body : ""); /* only read, in spite of its type */
	struct MHD_Response *r = rs->file >= 0 ? make_from_file(rs->file, rs->file_n)
		: MHD_create_response_from_buffer(rs->body ? rs->body_n : 0, bytes, MHD_RESPMEM_PERSISTENT);
	for (size_t i = 0; r && i < rs->headers_n; i++)
		if (MHD_add_response_header(r, rs->headers[i].name, rs->headers[i].value) != MHD_YES) {
			MHD_destroy_response(r);
			r = NULL;
		}
	return r;
}
