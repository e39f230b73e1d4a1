/* The cube's food: everything once as streams, then what the journal says has changed. */
#include "app/people.h"
#include "store/queries.gen.h"

#include <string.h>

enum { ENTRIES_AT_A_TIME = 1000 };

/* ---- everything ---- */

/* Collects the facts of one person out of the stream. */
struct collector {
	struct app *app;
	struct arena arena; /* of the person at hand */
	struct person_id id;
	struct facts all;
};

static void flush(struct collector *c)
{
	if (c->id.v) {
		struct facts active = facts_active(&c->all, &c->arena);
		cube_set_person(c->app->cube, c->id, &active);
	}
	arena_reset(&c->arena);
	c->all = (struct facts){ 0 };
}

static enum err collect(void *ctx, const struct person_facts_all_row *r, struct fault *f)
{
	(void)f;
	struct collector *c = ctx;
	if (!ID_EQUAL(c->id, r->person_id)) {
		flush(c);
		c->id = r->person_id;
	}
	*arena_push(&c->arena, c->all.v, c->all.n, c->all.cap) = (struct fact){
		.seq = (int32_t)r->seq, .kind = arena_strdup(&c->arena, r->kind), .on = r->on_day, .unit = r->unit_id,
		.value = arena_strdup(&c->arena, r->value), .class_id = r->class_id, .paper_on = DAY_NONE,
		.corrects = r->corrects == INT64_MIN ? 0 : (int32_t)r->corrects, .withdrawn = r->withdrawn,
	};
	return OK;
}

static enum err feed_people(struct app *app, struct fault *f)
{
	struct collector c = { .app = app };
	enum err e = q_person_facts_all(app->db, collect, &c, f);
	if (e == OK)
		flush(&c);
	arena_done(&c.arena);
	return e;
}

static enum err feed_class(void *ctx, const struct classes_all_row *r, struct fault *f)
{
	(void)f;
	struct app *app = ctx;
	const struct cube_class k = { r->id, r->code, r->name, r->kind, r->unit_id, { r->from_on, r->to_on } };
	cube_set_class(app->cube, &k);
	return OK;
}

static enum err feed_target(void *ctx, const struct targets_after_row *r, struct fault *f)
{
	(void)f;
	struct app *app = ctx;
	const struct target t = {
		.id = r->id, .unit = r->unit_id, .indicator = r->indicator, .kind = r->kind, .period = { r->from_on, r->to_on },
			.low_milli = r->low_milli,
		.high_milli = r->high_milli == INT64_MIN ? -1 : r->high_milli, .at_least = r->at_least, .decided = r->decided_on,
			.paper_no = r->paper_no,
		.replaces = r->replaces, .entry = r->entry_id,
	};
	cube_set_target(app->cube, &t);
	return OK;
}

static enum err feed_all(struct app *app, struct fault *f)
{
	cube_set_tree(app->cube, &app->tree);
	TRY(q_classes_all(app->db, feed_class, app, f));
	TRY(q_targets_after(app->db, (struct target_id){ 0 }, feed_target, app, f));
	TRY(feed_people(app, f));
	cube_set_position(app->cube, app->head.last);
	return OK;
}

/* ---- what has changed ---- */

struct changes {
	bool tree, classes;
	struct target_id targets_after; /* 0: no target changed */
};

static enum err feed_person(struct app *app, struct person_id id, struct fault *f)
{
	scoped(arena_done) struct arena a = { 0 };
	struct facts all, active;
	TRY(app_facts(app, id, &a, &all, &active, f));
	cube_set_person(app->cube, id, &active);
	return OK;
}

static enum err note(struct app *app, const struct entry *e, struct changes *c, struct fault *f)
{
	if (strcmp(e->entity, "person") == 0)
		return feed_person(app, (struct person_id){ e->entity_id }, f);
	if (strcmp(e->entity, "target") == 0 && (c->targets_after.v == 0 || e->entity_id < c->targets_after.v))
		c->targets_after.v = e->entity_id;
	c->tree |= strcmp(e->entity, "unit") == 0;
	c->classes |= strcmp(e->entity, "class") == 0;
	return OK;
}

static enum err feed_entries(struct app *app, struct changes *c, struct fault *f)
{
	struct entry_id at = cube_position(app->cube);
	while (at.v < app->head.last.v) {
		scoped(arena_done) struct arena a = { 0 };
		struct entry *entries;
		size_t n;
		TRY(journal_read(app->db, at, ENTRIES_AT_A_TIME, &a, &entries, &n, f));
		for (size_t i = 0; i < n; i++)
			TRY(note(app, &entries[i], c, f));
		at = n ? entries[n - 1].id : app->head.last;
	}
	return OK;
}

static enum err feed_changes(struct app *app, struct fault *f)
{
	struct changes c = { 0 };
	TRY(feed_entries(app, &c, f));
	if (c.tree)
		cube_set_tree(app->cube, &app->tree);
	if (c.classes)
		TRY(q_classes_all(app->db, feed_class, app, f));
	if (c.targets_after.v)
		TRY(q_targets_after(app->db, (struct target_id){ c.targets_after.v - 1 }, feed_target, app, f));
	cube_set_position(app->cube, app->head.last);
	return OK;
}

static enum err feed(struct app *app, struct fault *f)
{
	if (app->cube)
		return feed_changes(app, f);
	app->cube = cube_new();
	enum err e = feed_all(app, f);
	if (e != OK)
		cube_free(&app->cube);
	return e;
}

/* Inside one transaction, so that the figures are of one moment. */
enum err app_cube(struct app *app, struct cube **ret, struct fault *f)
{
	bool mine = !app->in_transaction;
	if (mine)
		TRY(app_begin(app, f));
	enum err e = feed(app, f);
	if (mine)
		app_rollback(app);
	if (e == OK)
		*ret = app->cube;
	return e;
}
