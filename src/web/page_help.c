#include "web/page_help.h"
#include "web/text_field.h"

#include <string.h>

static enum err load_ops(struct visit *v, struct help_view *ret, struct fault *f)
{
	const struct op *all = ops(&ret->ops_n);
	ret->ops = arena_array(v->a, struct help_op, ret->ops_n);
	for (size_t i = 0; i < ret->ops_n; i++) {
		struct access_need need;
		TRY(all[i].access(v->app, NULL, v->a, &need, f));
		ret->ops[i] = (struct help_op){ &all[i], SAY(v, all[i].vi, all[i].en), perm_label(need.perm, v->lang),
			v->who && (access_may_somewhere(v->who, need.perm, v->today) || access_may_somewhere(v->who, need.instead, v->today)) };
	}
	return OK;
}

static bool listed(const struct page *p)
{
	return p->of != PAGE_OPEN && !(p->flags & PAGE_NO_FRAME);
}

static void load_pages(const struct visit *v, struct help_view *ret)
{
	size_t n;
	const struct page *const *all = web_pages(&n);
	ret->pages = arena_array(v->a, struct help_page, n);
	for (size_t i = 0; i < n; i++)
		if (listed(all[i]))
			ret->pages[ret->pages_n++] = (struct help_page){ SAY(v, all[i]->vi, all[i]->en), perm_label(all[i]->perm, v->lang),
				strchr(all[i]->path, ':') ? (struct url){ NULL } : url(v->a, all[i]->path) };
}

static enum err help_load(struct visit *v, struct help_view *ret, struct fault *f)
{
	ret->signed_in = v->who != NULL;
	ret->api = url(v->a, "/api/v1/openapi.json");
	ret->calendar = url(v->a, "/calendar");
	load_pages(v, ret);
	return load_ops(v, ret, f);
}

static void help_json(struct json *j, const struct help_view *v)
{
	json_object(j);
	json_key(j, "operations");
	json_array(j);
	for (size_t i = 0; i < v->ops_n; i++) {
		json_object(j);
		json_put_string(j, "name", v->ops[i].op->name);
		json_put_string(j, "title", v->ops[i].title);
		json_put_bool(j, "may", v->ops[i].may);
		json_object_end(j);
	}
	json_array_end(j);
	json_object_end(j);
}

PAGE_THUNKS(help)

const struct page help_page = { .path = "/help", .name = "help", .vi = "Trợ giúp", .en = "Help", .of = PAGE_OPEN,
	.view_size = sizeof(struct help_view), .load = help_load_, .html = help_html_, .json = help_json_ };
