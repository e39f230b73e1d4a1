/* Which row of the tables answers an address: pages (at their path and below /api/v1), actions, and the routes of the core itself. */
#pragma once

#include "web/web.h"

#define API_PREFIX "/api/v1"

enum {
	ROUTE_OPEN = 1,    /* no login needed */
	ROUTE_BARE = 2,    /* neither database nor session: assets */
	ROUTE_API = 4,     /* answers in JSON */
	ROUTE_UPLOAD = 8,
	ROUTE_SLOW = 16,
	ROUTE_MACHINE = 32, /* no page with forms: no cookie for them */
};

struct route {
	const char *path;  /* "/units/:unit/people" */
	enum http_method method; /* HTTP_GET (also for HEAD) or HTTP_POST */
	unsigned flags;
	const struct page *page;     /* one of these three */
	const struct action *action;
	enum err (*run)(struct visit *v, struct fault *f);
};

struct routes {
	struct route *v;
	size_t n, cap;
};

/* All there are; the core's own stand in `core`. */
void routes_make(struct arena *a, const struct route *core, size_t core_n, struct routes *ret);

enum { ROUTE_PARAMS = 4 };

/* Whether the path fits the pattern; its :names go to ret_param (NULL: not wanted), copied into `a`. */
bool route_fits(const char *pattern, const char *path, struct arena *a, const char *ret_param[ROUTE_PARAMS]);

/* The route for the method, of those that fit the one with the most words that are written out; NULL when there is none. *ret_allow, when
 * the address exists for other methods alone: "GET, HEAD" or the like, else NULL. */
const struct route *route_find(const struct routes *r, enum http_method method, const char *path, const char **ret_allow);

/* Value of the path's :name; NULL when the pattern has no such name. */
const char *route_param(const struct route *r, const char *const param[ROUTE_PARAMS], const char *name);
