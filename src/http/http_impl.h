/* Inside of the port: what http.c starts and exchange.c uses. Only these two and reply.c know libmicrohttpd. */
#pragma once

#include "http/conns.h"
#include "http/http.h"
#include "http/pool.h"

#include <microhttpd.h>
#include <stdatomic.h>

struct http {
	struct arena arena; /* holds the port itself */
	struct http_config config;
	struct http_site site;
	struct MHD_Daemon *daemon;
	struct pool *fast, *slow;
	struct conns *conns;
	int listen_fd;
	uint16_t port;
	_Atomic uint64_t last_id, answered;
	atomic_bool stopping;
};
