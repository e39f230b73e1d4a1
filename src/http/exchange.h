/* One request and its answer, from the first line to the line in the access log: the callbacks of libmicrohttpd. */
#pragma once

#include "http/http_impl.h"

/* Each with the port (struct http) as first argument, as libmicrohttpd wants them. */
void exchange_connection(void *http, struct MHD_Connection *c, void **socket_context, enum MHD_ConnectionNotificationCode what);
void *exchange_target(void *http, const char *target, struct MHD_Connection *c);
size_t exchange_unescape(void *http, struct MHD_Connection *c, char *text);
enum MHD_Result exchange_step(void *http, struct MHD_Connection *c, const char *url, const char *method, const char *version,
	const char *bytes, size_t *n, void **exchange);
void exchange_end(void *http, struct MHD_Connection *c, void **exchange, enum MHD_RequestTerminationCode why);

/* For the workers: has the site answer, and gives the connection back. */
void exchange_run(void *worker, struct pool_job *job);
