/* The way of every operation: parse, check, store, journal; and back from the journal. */
#include "app/access.h"
#include "app/clock.h"
#include "app/fields.h"
#include "app/json_read.h"
#include "app/ops_impl.h"
#include "store/queries.gen.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

const char *ops_day_text(struct day d, struct arena *a)
{
	char buf[DAY_TEXT];
	return arena_strdup(a, day_vi(d, buf));
}

static enum err parse(const struct op *op, op_lookup_fn *get, void *ctx, enum field_trust trust, struct arena *a, void **ret_in,
	struct fault *f)
{
	void *in = arena_alloc(a, op->in_size);
	for (const struct field *fd = op->fields; fd->name; fd++) {
		TRY(field_set(fd, get(ctx, fd), trust, a, in, f));
		if (fd->required && trust == FIELD_CHECKED && field_absent(fd, in))
			return FAULT(f, E_INVALID, fd->name, MSG_REQUIRED);
	}
	*ret_in = in;
	return OK;
}

enum err op_parse(const struct op *op, op_lookup_fn *get, void *ctx, struct arena *a, void **ret_in, struct fault *f)
{
	return parse(op, get, ctx, FIELD_CHECKED, a, ret_in, f);
}

const char *op_to_json(const struct op *op, const void *in, struct arena *a)
{
	struct text t = TEXT(a);
	struct json j = JSON(&t);
	json_object(&j);
	for (const struct field *fd = op->fields; fd->name; fd++)
		field_json(fd, in, &j);
	json_object_end(&j);
	return text_str(&t);
}

static const char *from_object(void *ctx, const struct field *field)
{
	const struct json_member *m = json_member_find(ctx, field->name);
	return m ? m->text : NULL;
}

const struct field *op_field(const struct op *op, const char *name)
{
	for (const struct field *fd = op->fields; fd->name; fd++)
		if (strcmp(fd->name, name) == 0)
			return fd;
	return NULL;
}

static const char *field_names(const struct op *op, struct arena *a)
{
	struct text t = TEXT(a);
	for (const struct field *fd = op->fields; fd->name; fd++)
		text_addf(&t, "%s%s", fd == op->fields ? "" : ", ", fd->name);
	return text_str(&t);
}

enum err op_unknown_field(const struct op *op, const char *name, struct arena *a, struct fault *f)
{
	return FAULT(f, E_USAGE, name, MSG_OP_UNKNOWN_FIELD, op->name, name, field_names(op, a));
}

enum err op_from_object(const struct op *op, const struct json_member *object, struct arena *a, void **ret_in, struct fault *f)
{
	for (size_t i = 0; i < object->n; i++) {
		const struct json_member *m = &object->members[i];
		if (!op_field(op, m->key))
			return op_unknown_field(op, m->key, a, f);
		if (m->members)
			return FAULT(f, E_INVALID, m->key, MSG_JSON_PLAIN);
	}
	return parse(op, from_object, (void *)(uintptr_t)object, FIELD_CHECKED, a, ret_in, f);
}

enum err op_from_json(const struct op *op, const char *json, struct arena *a, void **ret_in, struct fault *f)
{
	struct json_member object;
	TRY(json_read(json, strlen(json), a, &object, f));
	return op_from_object(op, &object, a, ret_in, f);
}

static enum err append(struct app *app, const struct op *op, const void *in, const struct entry *from, struct arena *a,
	struct op_result *ret, struct fault *f)
{
	struct entry e = {
		.at_us = from ? from->at_us : app->now_us(app->clock_ctx),
		.actor = from ? from->actor : app->actor,
		.op = op->name,
		.entity = op->entity,
		.entity_id = ret->entity_id,
		.input = from ? from->input : op_to_json(op, in, a),
	};
	TRY(journal_append(app->db, &app->head, &e, f));
	ret->entry = e.id;
	return OK;
}

static enum err apply(struct app *app, const struct op *op, const void *in, const struct entry *from, struct arena *a,
	struct op_result *ret,
	struct fault *f)
{
	struct entry_id next = { app->head.last.v + 1 };
	TRY(op->apply(app, in, next, a, ret, f));
	if (ret->unchanged)
		return OK;
	TRY(append(app, op, in, from, a, ret, f));
	assert(ID_EQUAL(ret->entry, next));
	return OK;
}

static enum err apply_alone(struct app *app, const struct op *op, const void *in, const struct entry *from, struct arena *a,
	struct op_result *ret, struct fault *f)
{
	TRY(db_savepoint(app->db, f));
	enum err e = apply(app, op, in, from, a, ret, f);
	if (e == OK)
		e = db_release(app->db, f);
	if (e != OK)
		db_rollback_to_savepoint(app->db);
	return e;
}

static enum err apply_certain(struct app *app, const struct op *op, const void *in, struct arena *a, struct op_result *ret, struct fault *f)
{
	struct fault why;
	enum err e = apply(app, op, in, NULL, a, ret, &why);
	if (e == OK)
		return OK;
	db_abandon(app->db, &why);
	if (f)
		*f = why;
	return e;
}

/* What is kept in memory must not know of an operation that was undone: stale until it is read again. */
static enum err run(struct app *app, const struct op *op, const void *in, const struct entry *from, struct arena *a, struct op_result *ret,
	struct fault *f)
{
	assert(app->in_transaction);
	const struct journal_head head = app->head;
	ret->entity = op->entity;
	bool checked = !from;
	enum err e = checked && op->certain ? apply_certain(app, op, in, a, ret, f) : apply_alone(app, op, in, from, a, ret, f);
	if (e != OK) {
		app->head = head;
		app->stale = true;
	}
	return e;
}

enum err op_run(struct app *app, const struct op *op, const void *in, struct arena *a, struct op_result *ret, struct fault *f)
{
	struct op_result result = { 0 };
	if (app->stale)
		TRY(app_reload(app, f));
	TRY(access_op(app, op, in, a, f));
	if (op->tidy) {
		void *own = memcpy(arena_alloc(a, op->in_size), in, op->in_size);
		TRY(op->tidy(app, own, a, f));
		in = own;
	}
	app->plan = NULL;
	TRY(op->check(app, in, a, &result.warnings, f));
	TRY(run(app, op, in, NULL, a, &result, f));
	app->plan = NULL;
	*ret = result;
	return OK;
}

static enum err version_of_person(struct app *app, struct person_id id, struct arena *a, int64_t *ret, struct fault *f)
{
	struct person_get_row row;
	bool found;
	TRY(q_person_get(app->db, id, a, &found, &row, f));
	if (!found)
		return FAULT(f, E_NOTFOUND, "person", MSG_PERSON_UNKNOWN, arena_printf(a, "%" PRId64, id.v));
	*ret = row.last_seq;
	return OK;
}

enum err version_of(struct app *app, const struct op *op, const void *in, struct arena *a, int64_t *ret, struct fault *f)
{
	const struct field *person = op_field(op, "person"), *code = op_field(op, "unit");
	struct unit *u;
	if (person && person->type == FIELD_PERSON)
		return version_of_person(app, (struct person_id){ *(const int64_t *)((const char *)in + person->at) }, a, ret, f);
	if (strcmp(op->entity, "unit") != 0 || !code) {
		*ret = 0;
		return OK;
	}
	TRY(app_unit(app, *(const char *const *)((const char *)in + code->at), "unit", &u, f));
	*ret = (int64_t)u->n;
	return OK;
}

static enum err run_once(struct app *app, const struct op *op, const void *in, struct arena *a, struct op_result *ret, struct fault *f)
{
	struct op_result result;
	TRY(app_begin(app, f));
	enum err e = op_run(app, op, in, a, &result, f);
	if (e == OK)
		e = app_commit(app, f);
	if (e != OK) {
		app_rollback(app);
		return e;
	}
	*ret = result;
	return OK;
}

enum err op_run_alone(struct app *app, const struct op *op, const void *in, struct arena *a, struct op_result *ret, struct fault *f)
{
	enum { PAUSE_MS = 1000 };
	struct fault why = { 0 };
	enum err e = run_once(app, op, in, a, ret, &why);
	if (e != OK && app_repeatable(&why)) {
		clock_pause_ms(PAUSE_MS);
		e = run_once(app, op, in, a, ret, &why);
	}
	if (e != OK && f)
		*f = why;
	return e;
}

enum err op_replay(struct app *app, const struct entry *e, struct arena *a, struct fault *f)
{
	const struct op *op = op_find(e->op);
	if (!op)
		return FAULT(f, E_STORAGE, "op", MSG_OP_UNKNOWN, e->op);
	struct json_member object;
	void *in;
	TRY(json_read(e->input, strlen(e->input), a, &object, f));
	TRY(parse(op, from_object, &object, FIELD_TRUSTED, a, &in, f));
	struct op_result result = { 0 };
	app->plan = NULL;
	TRY(run(app, op, in, e, a, &result, f));
	return result.unchanged ? FAULT(f, E_STORAGE, "op", MSG_OP_REPLAY_EMPTY) : OK;
}
