#include "web/router.h"

#include <assert.h>
#include <string.h>

static size_t segment(const char *s)
{
	return strcspn(s, "/");
}

bool route_fits(const char *pattern, const char *path, struct arena *a, const char *ret_param[ROUTE_PARAMS])
{
	size_t params = 0;
	while (*pattern == '/' && *path == '/') {
		pattern++, path++;
		size_t n = segment(pattern), m = segment(path);
		bool is_name = *pattern == ':';
		if (is_name ? m == 0 : n != m || memcmp(pattern, path, n) != 0)
			return false;
		assert(!is_name || params < ROUTE_PARAMS);
		if (is_name && ret_param)
			ret_param[params++] = arena_strndup(a, path, m);
		pattern += n, path += m;
	}
	return !*pattern && !*path;
}

static int names(const char *pattern)
{
	int n = 0;
	for (; *pattern; pattern++)
		n += *pattern == ':';
	return n;
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
		if (one->method == (method == HTTP_HEAD ? HTTP_GET : method) && (!best || names(one->path) < names(best->path)))
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
	assert((p->load && p->html) || p->flags & PAGE_NO_FRAME);
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
