#include "web/router.h"

#include <assert.h>
#include <string.h>

static size_t segment(const char *s)
{
	return strcspn(s, "/");
}

/* Codes of units may hold a slash, which is a slash of the path once it is decoded: "/units/DB/01/people". Other names are one segment. */
static bool fits(const char *pattern, const char *path, struct arena *a, const char **param)
{
	if (!*pattern || !*path)
		return !*pattern && !*path;
	if (*pattern != '/' || *path != '/')
		return false;
	size_t n = segment(++pattern), m = segment(++path);
	if (*pattern != ':')
		return n == m && memcmp(pattern, path, n) == 0 && fits(pattern + n, path + m, a, param);
	bool unit = n == 5 && memcmp(pattern, ":unit", 5) == 0;
	for (bool more = m > 0; more; m += 1 + segment(path + m + 1)) {
		if (fits(pattern + n, path + m, a, param ? param + 1 : NULL)) {
			if (param)
				*param = arena_strndup(a, path, m);
			return true;
		}
		more = unit && path[m] && path[m + 1];
		if (!more)
			return false;
	}
	return false;
}

bool route_fits(const char *pattern, const char *path, struct arena *a, const char *ret_param[ROUTE_PARAMS])
{
	return fits(pattern, path, a, ret_param);
}

/* Words that are written out count first. */
static int rank(const char *pattern)
{
	int segments = 0, names = 0;
	for (; *pattern; pattern++) {
		segments += *pattern == '/';
		names += *pattern == ':';
	}
	return (segments - names) * (ROUTE_PARAMS + 1) - names;
}

const struct route *route_find(const struct routes *r, enum http_method method, const char *path, const char **ret_allow)
{
	const struct route *best = NULL;
	bool get = false, post = false;
	for (size_t i = 0; i < r->n; i++) {
		const struct route *one = &r->v[i];
		if (!route_fits(one->path, path, NULL, NULL))
			continue;
		get |= one->method == HTTP_GET;
		post |= one->method == HTTP_POST;
		if (one->method == (method == HTTP_HEAD ? HTTP_GET : method) && (!best || rank(one->path) > rank(best->path)))
			best = one;
	}
	*ret_allow = best || !(get || post) ? NULL : get && post ? "GET, HEAD, POST" : get ? "GET, HEAD" : "POST";
	return best;
}

const char *route_param(const struct route *r, const char *const param[ROUTE_PARAMS], const char *name)
{
	size_t i = 0, len = strlen(name);
	for (const char *p = strchr(r->path, ':'); p; p = strchr(p + 1, ':'), i++)
		if (segment(p + 1) == len && memcmp(p + 1, name, len) == 0)
			return param[i];
	return NULL;
}

static void add(struct arena *a, struct routes *r, struct route one)
{
	*arena_push(a, r->v, r->n, r->cap) = one;
}

static void add_page(struct arena *a, struct routes *r, const struct page *p)
{
	unsigned flags = (p->of == PAGE_OPEN ? ROUTE_OPEN : 0) | (p->flags & PAGE_SLOW ? ROUTE_SLOW : 0);
	assert(p->load);
	add(a, r, (struct route){ p->path, HTTP_GET, flags, .page = p });
	if (!(p->flags & PAGE_NO_API))
		add(a, r, (struct route){ arena_printf(a, API_PREFIX "%s", p->path), HTTP_GET, flags | ROUTE_API, .page = p });
}

static void add_action(struct arena *a, struct routes *r, const struct action *p)
{
	unsigned flags = (p->flags & ACTION_OPEN ? ROUTE_OPEN : 0) | (p->flags & ACTION_UPLOAD ? ROUTE_UPLOAD : 0) |
		(p->flags & ACTION_SLOW ? ROUTE_SLOW : 0);
	add(a, r, (struct route){ p->path, HTTP_POST, flags, .action = p });
}

void routes_make(struct arena *a, const struct route *core, size_t core_n, struct routes *ret)
{
	size_t pages_n, actions_n;
	const struct page *const *pages = web_pages(&pages_n);
	const struct action *const *actions = web_actions(&actions_n);
	*ret = (struct routes){ 0 };
	for (size_t i = 0; i < core_n; i++)
		add(a, ret, core[i]);
	for (size_t i = 0; i < pages_n; i++)
		add_page(a, ret, pages[i]);
	for (size_t i = 0; i < actions_n; i++)
		add_action(a, ret, actions[i]);
}
