/* The access log: who asked for what kind of thing, how it ended, how long it took. No address, no query, no ids and no names of people. */
#pragma once

#include "http/http.h"

struct access_line {
	uint64_t id;
	const char *user, *route; /* NULL: "-" */
	const char *why;          /* NULL: nothing is added */
	enum http_method method;
	int status;
	int64_t bytes, ms;
};

/* One line in one write, so that threads do not mix theirs: time in UTC, id in hexadecimal, user, method, route, status, bytes of the body,
 * milliseconds, and in quotation marks what is wrong with the server itself. fd -1: nothing. A log that cannot be written stops nobody. */
void access_log(int fd, const struct access_line *line);
