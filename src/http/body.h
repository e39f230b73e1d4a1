/* The body of a request while it comes in: small ones in memory, larger ones in a file that has no name any more. */
#pragma once

#include "base/err.h"
#include "base/text.h"

#include <stdint.h>

enum { BODY_IN_MEMORY = 64 << 10 };

struct body {
	struct text text; /* as long as it fits into memory */
	const char *spool;
	int64_t n, max;
	int fd;           /* -1: none */
	bool too_big;     /* more than max has come; it was dropped */
	bool failed;      /* the file could not be written */
	char *mapped;
	size_t mapped_n;
};

struct body body_open(struct arena *a, const char *spool, int64_t max);
void body_add(struct body *b, const char *bytes, size_t n);

/* The whole of it and a NUL behind it; NULL when it cannot be mapped. Valid until body_close. */
const char *body_bytes(struct body *b);
void body_close(struct body *b);
