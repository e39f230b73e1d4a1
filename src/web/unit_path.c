#include "web/unit_path.h"

#include "base/json.h"

static size_t depth(const struct tree *t, const struct unit *u, struct day on)
{
	size_t n = 0;
	for (; u && n < t->n; n++)
		u = tree_find(t, unit_parent(u, on));
	return n;
}

static struct unit_crumb crumb(struct visit *v, const struct unit *u, struct day on, const char *page)
{
	struct unit_crumb c = { u->code, unit_name(u, on), { NULL } };
	if (visit_may(v, PERM_FIGURES, u->id))
		c.url = url(v->a, arena_printf(v->a, "/units/%%%s", page), u->code);
	return c;
}

struct unit_path unit_path(struct visit *v, const struct unit *u, struct day on, const char *page)
{
	const struct tree *t = &v->app->tree;
	struct unit_path p = { .n = depth(t, u, on) };
	p.v = arena_array(v->a, struct unit_crumb, p.n);
	for (size_t i = p.n; i-- > 0; u = tree_find(t, unit_parent(u, on)))
		p.v[i] = crumb(v, u, on, page);
	return p;
}

const char *unit_label(struct visit *v, const struct unit *u, struct unit_id top, struct day on)
{
	const struct unit *above = tree_find(&v->app->tree, unit_parent(u, on));
	if (!above || ID_EQUAL(above->id, top) || ID_EQUAL(u->id, top))
		return unit_name(u, on);
	return arena_printf(v->a, "%s, %s", unit_name(u, on), unit_name(above, on));
}

void unit_path_json(struct json *j, const struct unit_path *p)
{
	json_key(j, "path");
	json_array(j);
	for (size_t i = 0; i < p->n; i++) {
		json_object(j);
		json_put_string(j, "code", p->v[i].code);
		json_put_string(j, "name", p->v[i].name);
		json_object_end(j);
	}
	json_array_end(j);
}
