/* Answers in libmicrohttpd's form. */
#pragma once

#include "http/http.h"

#include <microhttpd.h>

struct http_response reply_new(struct arena *a);

/* What the site says of an error, or a line of text; with Allow and Retry-After where they belong. `close`: no further request is read. */
struct http_response reply_refusal(const struct http_site *site, int status, bool close, const struct http_request *rq, struct arena *a);

/* Takes over rs->file. NULL when a header cannot be sent or there is no memory. */
struct MHD_Response *reply_make(const struct http_response *rs);
