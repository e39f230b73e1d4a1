/* Operations behind forms and behind the API. */
#include "web/local_path.h"
#include "web/opform_impl.h"
#include "web/ops_view.h"
#include "web/pages/pages.gen.h"

#include "app/json_read.h"

#include <stdlib.h>
#include <string.h>

static enum err op_of_path(const struct visit *v, const struct op **ret, struct fault *f)
{
	*ret = op_find(route_param(v->route, v->param, "op"));
	return *ret ? OK : FAULT(f, E_NOTFOUND, "op", MSG_WEB_NO_PAGE);
}

/* ---- forms ---- */

static void opform_html(struct html *h, const void *view)
{
	page_opform_page(h, view);
}

static enum err show(struct visit *v, int status, const struct op *op, const struct form *given, const struct fault *fault, struct fault *f)
{
	struct opform *form = arena_new(v->a, struct opform);
	TRY(opform_make(v, op, given, fault, form, f));
	respond_html(v, status, form->title, opform_html, form, true);
	return OK;
}

enum err op_form_back(struct visit *v, int status, const struct op *op, const struct form *given, struct fault *f)
{
	struct fault notice;
	(void)!FAULT(&notice, E_CONFLICT, NULL, MSG_WEB_CHECK_FORM);
	return show(v, status, op, given, &notice, f);
}

enum err core_op_again(struct visit *v, struct fault *f)
{
	const struct op *op;
	TRY(op_of_path(v, &op, f));
	TRY(access_op(v->app, op, NULL, v->a, f));
	return op_form_back(v, 403, op, &v->form, f);
}

enum err core_op_form(struct visit *v, struct fault *f)
{
	const struct op *op;
	TRY(op_of_path(v, &op, f));
	TRY(access_op(v->app, op, NULL, v->a, f));
	return show(v, 200, op, &v->query, NULL, f);
}

/* ---- doing it ---- */

static const char *from_form(void *ctx, const struct field *field)
{
	return form_get(ctx, field->name);
}

static int64_t version_given(const char *s)
{
	return s ? strtoll(s, NULL, 10) : 0;
}

static struct url entity_url(const struct visit *v, const struct op_result *r)
{
	const char *unit = form_get(&v->form, "unit");
	const struct unit *u = strcmp(r->entity, "unit") == 0 ? tree_find(&v->app->tree, (struct unit_id){ r->entity_id }) :
		unit ? tree_find_code(&v->app->tree, unit) : NULL;
	if (strcmp(r->entity, "person") == 0)
		return url(v->a, "/people/%", id_text(v->a, r->entity_id));
	if (u)
		return url(v->a, "/units/%/about", u->code);
	if (strcmp(r->entity, "calendar") == 0)
		return url(v->a, "/calendar");
	if (strcmp(r->entity, "reorg") == 0)
		return url(v->a, "/reorgs");
	if (strcmp(r->entity, "rule") == 0)
		return url(v->a, "/rules");
	if (strcmp(r->entity, "account") == 0)
		return url(v->a, "/users/%", form_get(&v->form, "login")); /* where its one-time code is given */
	return strcmp(r->entity, "policy") == 0 ? url(v->a, "/users") : url(v->a, "/");
}

static const char *done_text(const struct visit *v, const struct op_result *r)
{
	struct text t = TEXT(v->a);
	if (r->unchanged)
		text_add(&t, MSG_TEXT(v->a, v->lang, MSG_WEB_UNCHANGED));
	else
		text_add(&t, MSG_TEXT(v->a, v->lang, MSG_WEB_DONE, id_text(v->a, r->entry.v)));
	for (size_t i = 0; i < r->warnings.n; i++) {
		const struct fault *w = &r->warnings.v[i];
		text_addf(&t, " %s", MSG_TEXT(v->a, v->lang, MSG_WEB_WARNING, fault_text(w, v->lang, v->a)));
		if (*w->rule)
			text_addf(&t, " (%s)", w->rule);
	}
	return text_str(&t);
}

static enum err run_form(struct visit *v, const struct op *op, struct op_result *ret, struct fault *f)
{
	const char *once = form_get(&v->form, "_once");
	void *in;
	TRY(op_parse(op, from_form, &v->form, v->a, &in, f));
	return visit_run(v, op, in, version_given(form_get(&v->form, "_version")), once && *once ? once : NULL, ret, f);
}

/* What the user can mend comes back as the form; what they may not see does not. */
static bool is_mendable(const struct fault *f)
{
	return f->code == E_INVALID || f->code == E_RULE || f->code == E_TOOBIG || f->code == E_CONFLICT || f->code == E_USAGE ||
		(f->code == E_NOTFOUND && *f->field && strcmp(f->field, "person") != 0 && strcmp(f->field, "seq") != 0);
}

/* The same form with the same key, which does one thing however often it is sent. Where even that cannot be shown, the fault remains. */
static enum err send_again(struct visit *v, const struct op *op, const struct fault *why, struct fault *f)
{
	struct fault again = visit_told(v, why), unseen;
	if (why->code != E_BUSY && form_get(&v->form, "_once"))
		(void)!FAULT(&again, why->code, "data", MSG_WEB_DATABASE_SEND_AGAIN);
	if (show(v, respond_status(why->code), op, &v->form, &again, &unseen) == OK)
		return OK;
	*f = *why;
	return why->code;
}

enum err core_op_post(struct visit *v, struct fault *f)
{
	const struct op *op;
	struct op_result result;
	TRY(op_of_path(v, &op, f));
	TRY(access_op(v->app, op, NULL, v->a, f));
	if (form_get(&v->form, "_count"))
		return show(v, 200, op, &v->form, NULL, f);
	enum err e = run_form(v, op, &result, f);
	const struct fault why = *f;
	if (e != OK && is_mendable(&why))
		return show(v, e == E_TOOBIG ? 422 : respond_status(e), op, &v->form, &why, f);
	if (e == E_BUSY || e == E_GONE || e == E_UNSURE)
		return send_again(v, op, &why, f);
	TRY(e);
	const char *back = local_path(form_get(&v->form, "back"));
	visit_flash(v, false, done_text(v, &result));
	visit_go(v, *back ? (struct url){ back } : entity_url(v, &result));
	return OK;
}

/* ---- the list of operations ---- */

static void ops_html(struct html *h, const void *view)
{
	page_ops(h, view);
}

enum err core_op_list(struct visit *v, struct fault *f)
{
	size_t n;
	const struct op *all = ops(&n);
	struct ops_view *view = arena_new(v->a, struct ops_view);
	struct fault no;
	(void)f;
	view->rows = arena_array(v->a, struct ops_row, n);
	for (size_t i = 0; i < n; i++)
		if (access_op(v->app, &all[i], NULL, v->a, &no) == OK)
			view->rows[view->n++] = (struct ops_row){ opform_title(v, &all[i]), url(v->a, "/ops/%", all[i].name) };
	respond_html(v, 200, visit_say(v, "Nghiệp vụ", "Operations"), ops_html, view, true);
	return OK;
}

/* ---- API ---- */

/* Takes "version" out of the object: it is no field of the operation. */
static int64_t take_version(struct visit *v, struct json_member *object)
{
	const char *match = http_header(v->rq, "If-Match");
	int64_t version = version_given(match ? match + strspn(match, "\"") : NULL);
	size_t n = 0;
	for (size_t i = 0; i < object->n; i++) {
		if (strcmp(object->members[i].key, "version") == 0)
			version = version_given(object->members[i].text);
		else
			object->members[n++] = object->members[i];
	}
	object->n = n;
	return version;
}

static void warnings_json(const struct visit *v, struct json *j, const struct warnings *w)
{
	json_key(j, "warnings");
	json_array(j);
	for (size_t i = 0; i < w->n; i++) {
		json_object(j);
		json_put_string(j, "field", *w->v[i].field ? w->v[i].field : NULL);
		json_put_string(j, "rule", *w->v[i].rule ? w->v[i].rule : NULL);
		json_put_string(j, "message", fault_text(&w->v[i], v->lang, v->a));
		json_object_end(j);
	}
	json_array_end(j);
}

static void result_json(struct visit *v, const struct op_result *r)
{
	struct text t = TEXT(v->a);
	struct json j = JSON(&t);
	json_object(&j);
	json_put_string(&j, "entity", r->entity);
	json_put_int(&j, "id", r->entity_id);
	json_key(&j, "entry");
	if (r->unchanged)
		json_null(&j);
	else
		json_int(&j, r->entry.v);
	warnings_json(v, &j, &r->warnings);
	json_object_end(&j);
	respond_json(v, r->unchanged ? 200 : 201, &t);
}

static enum err api_input(struct visit *v, const struct op *op, void **ret_in, int64_t *ret_version, struct fault *f)
{
	struct json_member object;
	TRY(json_read(v->rq->body, v->rq->body_n, v->a, &object, f));
	*ret_version = take_version(v, &object);
	return op_from_object(op, &object, v->a, ret_in, f);
}

static enum err api_key(const struct visit *v, const char **ret, struct fault *f)
{
	enum { KEY_MAX = 64 };
	const char *key = http_header(v->rq, "Idempotency-Key");
	if (key && (!*key || strlen(key) > KEY_MAX))
		return FAULT(f, E_INVALID, "Idempotency-Key", MSG_WEB_KEY);
	*ret = key;
	return OK;
}

enum err core_op_api(struct visit *v, struct fault *f)
{
	const struct op *op;
	const char *key;
	struct op_result result;
	int64_t version;
	void *in;
	TRY(op_of_path(v, &op, f));
	TRY(access_op(v->app, op, NULL, v->a, f));
	if (!visit_sent(v, "application/json")) {
		(void)!FAULT(f, E_USAGE, NULL, MSG_WEB_JSON_TYPE);
		respond_problem(v, 415, f);
		return OK;
	}
	TRY(api_key(v, &key, f));
	TRY(api_input(v, op, &in, &version, f));
	TRY(visit_run(v, op, in, version, key, &result, f));
	result_json(v, &result);
	return OK;
}
