/* The core's own routes. */
#include "web/local_path.h"
#include "web/web_impl.h"

#include <string.h>

static const struct route routes[] = {
	{ "/", HTTP_GET, 0, .run = core_home },
	{ "/assets/:file", HTTP_GET, ROUTE_OPEN | ROUTE_BARE, .run = core_asset },
	{ "/favicon.ico", HTTP_GET, ROUTE_OPEN | ROUTE_BARE, .run = core_icon },
	{ "/robots.txt", HTTP_GET, ROUTE_OPEN | ROUTE_BARE, .run = core_robots },
	{ "/health", HTTP_GET, ROUTE_OPEN | ROUTE_MACHINE, .run = core_health },
	{ "/health/ready", HTTP_GET, ROUTE_OPEN | ROUTE_MACHINE, .run = core_ready },
	{ "/prefs", HTTP_POST, ROUTE_OPEN, .run = core_prefs },
	{ "/ops", HTTP_GET, 0, .run = core_op_list },
	{ "/ops/:op", HTTP_GET, 0, .run = core_op_form },
	{ "/ops/:op", HTTP_POST, 0, .run = core_op_post },
	{ API_PREFIX "/ops/:op", HTTP_POST, ROUTE_API, .run = core_op_api },
	{ API_PREFIX "/openapi.json", HTTP_GET, ROUTE_OPEN | ROUTE_API, .run = core_openapi },
};

const struct route *core_routes(size_t *ret_n)
{
	*ret_n = sizeof routes / sizeof *routes;
	return routes;
}

/* ---- where to begin ---- */

enum err core_home(struct visit *v, struct fault *f)
{
	struct unit_id first = access_first_unit(v->who, PERM_FIGURES, v->today);
	struct unit *unit = first.v ? tree_find(&v->app->tree, first) : NULL;
	if (!unit && access_may_somewhere(v->who, PERM_FIGURES, v->today)) {
		size_t n;
		struct unit **roots = tree_children(&v->app->tree, (struct unit_id){ 0 }, v->today, v->a, &n);
		unit = n ? roots[0] : NULL;
	}
	(void)f;
	if (unit)
		visit_go(v, url(v->a, "/units/%", unit->code));
	else
		visit_go(v, access_may_somewhere(v->who, PERM_USERS, v->today) ? url(v->a, "/users") : url(v->a, "/me"));
	return OK;
}

/* ---- for machines ---- */

static enum err health(struct visit *v, struct fault *f)
{
	struct http_load load = http_load(v->web->http);
	struct journal_head head;
	struct text t = TEXT(v->a);
	struct json j = JSON(&t);
	TRY(journal_head(v->app->db, &head, f));
	json_object(&j);
	json_put_string(&j, "status", "ok");
	json_put_int(&j, "entry", head.last.v);
	json_put_int(&j, "figures", live_position(v->web->live).v);
	json_put_int(&j, "waiting", load.waiting);
	json_put_int(&j, "running", load.running);
	json_put_int(&j, "connections", load.connections);
	json_put_int(&j, "answered", (int64_t)load.answered);
	json_object_end(&j);
	respond_json(v, 200, &t);
	return OK;
}

enum err core_health(struct visit *v, struct fault *f)
{
	return health(v, f);
}

/* Ready: the live view stands too, so that the first page is as quick as the next. */
enum err core_ready(struct visit *v, struct fault *f)
{
	TRY(live_hold(v->web->live, v->app, &v->live, f));
	v->holds_live = true;
	return health(v, f);
}

enum err core_robots(struct visit *v, struct fault *f)
{
	static const char text[] = "User-agent: *\nDisallow: /\n";
	(void)f;
	http_body(v->rs, "text/plain; charset=utf-8", text, sizeof text - 1);
	return OK;
}

/* ---- language and theme ---- */

static bool is_choice(const char *s, const char *list)
{
	return s && *s && text_listed(list, s);
}

enum err core_prefs(struct visit *v, struct fault *f)
{
	const char *lang = form_get(&v->form, "lang"), *theme = form_get(&v->form, "theme"), *back = local_path(form_get(&v->form, "back"));
	(void)f;
	if (is_choice(lang, "vi|en"))
		cookie_set(v, COOKIE_LANG, lang, COOKIE_YEAR);
	if (is_choice(theme, "light|dark|auto"))
		cookie_set(v, COOKIE_THEME, theme, COOKIE_YEAR);
	visit_go(v, *back ? (struct url){ back } : url(v->a, "/"));
	return OK;
}
