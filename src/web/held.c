/* A form whose session had ended is not lost: it travels sealed inside the sign-in form, and comes back filled. */
#include "web/seal.h"
#include "web/web_impl.h"

#include <string.h>

enum { HELD_MAX = 48 << 10 };

/* "OP?field=value&..." */
const char *held_make(const struct visit *v)
{
	struct text t = TEXT(v->a);
	text_addf(&t, "%s?", route_param(v->route, v->param, "op"));
	for (size_t i = 0, written = 0; i < v->form.n; i++) {
		const struct form_field *field = &v->form.v[i];
		if (field->filename || strcmp(field->name, "_csrf") == 0 || strcmp(field->name, "_once") == 0 || !*field->value)
			continue;
		text_addf(&t, "%s%s=%s", written++ ? "&" : "", url_encode(field->name, v->a), url_encode(field->value, v->a));
	}
	return t.n <= HELD_MAX ? seal_make(v, "held", text_str(&t)) : NULL;
}

/* The session is of this very request: who they are has to be asked anew. */
static enum err enter(struct visit *v, struct fault *f)
{
	app_rollback(v->app);
	TRY(app_begin(v->app, f));
	return guard_enter(v, v->fresh, f);
}

enum err visit_held(struct visit *v, const char *held, struct fault *f)
{
	char *text = seal_open(v, "held", held), *query = text ? strchr(text, '?') : NULL;
	struct form form = { 0 };
	if (!query)
		return FAULT(f, E_INVALID, NULL, MSG_WEB_HELD_OLD);
	*query++ = '\0';
	TRY(form_read(query, strlen(query), v->a, &form, f));
	const struct op *op = op_find(text);
	if (!op || !v->fresh)
		return FAULT(f, E_INVALID, NULL, MSG_WEB_HELD_OLD);
	TRY(enter(v, f));
	const char *first = guard_first(v);
	if (!first)
		return op_form_back(v, 200, op, &form, f);
	visit_go(v, (struct url){ first });
	return OK;
}
