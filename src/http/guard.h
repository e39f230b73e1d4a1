/* The guard: what the head of a request must be before anything of this program sees it. libmicrohttpd reads leniently, and a proxy in
 * front may read the same bytes in another way; so whatever could be understood in two ways is refused (RFC 9112, 11.2).
 *
 * A pure function over the head as it was received: no socket, no clock. */
#pragma once

#include "http/http.h"

enum {
	GUARD_TARGET_MAX = 4 << 10,
	GUARD_HEADERS = 64,
	GUARD_HEADERS_BYTES = 16 << 10, /* names, values, and four bytes for each line */
};

/* What libmicrohttpd makes of the bytes of a head, with the places at which it found them in one buffer. */
struct guard_head {
	const char *method, *version;      /* ended by NUL */
	const char *target, *target_at;    /* a copy of the raw target, and where it stood */
	const struct http_header *headers; /* in the order of the lines */
	size_t headers_n;
	size_t bytes;                      /* from the first byte of the method to the end of the empty line */
};

/* Whether these pieces with their separators (one space, one colon with spaces or tabs behind it, CR LF) are all the bytes of the head.
 * What libmicrohttpd passed over in silence leaves a gap: a line that ends in a bare LF, a folded line, a NUL, a second space in the first
 * line. Only places are compared. A libmicrohttpd that kept the pieces elsewhere would have every request refused, and the tests fail. */
bool guard_is_exact(const struct guard_head *in);

/* What is known of a request that passed. */
struct guard_request {
	enum http_method method;
	const char *path, *query; /* as in struct http_request */
	int64_t length;           /* of the body; GUARD_CHUNKED: sent in chunks, known at its end */
};
enum { GUARD_CHUNKED = -1 };

/* 0 and *ret, or the status to refuse with: 400, 405 (the method), 411, 413, 414, 417, 431, 501 or 505; the connection must be closed then.
 * guard_is_exact is not asked here. */
int guard_check(const struct guard_head *in, struct arena *a, struct guard_request *ret);
