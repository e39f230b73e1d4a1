#include "app/feed.h"

#include "app/inputs.h"
#include "app/people.h"
#include "base/text.h"
#include "store/queries.gen.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { ENTRIES_AT_A_TIME = 1000 };

static enum err give(const struct feed *feed, struct person_id id, const struct facts *active, struct fault *f)
{
	if (feed->cube)
		cube_set_person(feed->cube, id, active);
	return feed->person ? feed->person(feed->ctx, id, active, f) : OK;
}

/* ---- everything ---- */

/* Collects the facts of one person out of the stream. */
struct collector {
	const struct feed *feed;
	struct arena arena; /* of the person at hand */
	struct person_id id;
	struct facts all;
};

static enum err flush(struct collector *c, struct fault *f)
{
	if (c->id.v) {
		struct facts active = facts_active(&c->all, &c->arena);
		TRY(give(c->feed, c->id, &active, f));
	}
	arena_reset(&c->arena);
	c->all = (struct facts){ 0 };
	return OK;
}

static int32_t number_or_none(int64_t v)
{
	return v == ABSENT_INT ? 0 : (int32_t)v;
}

static struct fact fact_of(const struct person_facts_all_row *r, struct arena *a)
{
	struct fact fact = {
		.seq = (int32_t)r->seq, .kind = arena_strdup(a, r->kind), .on = r->on_day, .unit = r->unit_id,
		.value = arena_strdup(a, r->value), .class_id = r->class_id, .paper_on = r->paper_on,
		.corrects = number_or_none(r->corrects), .withdrawn = r->withdrawn,
		.other = r->other_id, .detail = arena_strdup(a, r->detail), .since = r->since_on, .about = number_or_none(r->about),
		.amount = number_or_none(r->amount), .has_vote = r->members != ABSENT_INT,
	};
	if (fact.has_vote)
		fact.vote = (struct vote){ (int32_t)r->members, (int32_t)r->away, (int32_t)r->exempt_absent, (int32_t)r->suspended,
			(int32_t)r->yes, (int32_t)r->no };
	return fact;
}

static enum err collect(void *ctx, const struct person_facts_all_row *r, struct fault *f)
{
	struct collector *c = ctx;
	if (!ID_EQUAL(c->id, r->person_id)) {
		TRY(flush(c, f));
		c->id = r->person_id;
	}
	*arena_push(&c->arena, c->all.v, c->all.n, c->all.cap) = fact_of(r, &c->arena);
	return OK;
}

enum err feed_people(const struct feed *feed, struct fault *f)
{
	struct collector c = { .feed = feed };
	enum err e = q_person_facts_all(feed->app->db, collect, &c, f);
	if (e == OK)
		e = flush(&c, f);
	arena_done(&c.arena);
	return e;
}

static enum err feed_class(void *ctx, const struct classes_all_row *r, struct fault *f)
{
	(void)f;
	const struct feed *feed = ctx;
	const struct cube_class k = { r->id, r->code, r->name, r->kind, r->unit_id, { r->from_on, r->to_on } };
	cube_set_class(feed->cube, &k);
	return OK;
}

static enum err feed_target(void *ctx, const struct targets_after_row *r, struct fault *f)
{
	(void)f;
	const struct feed *feed = ctx;
	const struct target t = {
		.id = r->id, .unit = r->unit_id, .indicator = r->indicator, .kind = r->kind, .period = { r->from_on, r->to_on },
		.low_milli = r->low_milli, .high_milli = r->high_milli == ABSENT_INT ? -1 : r->high_milli, .at_least = r->at_least,
		.decided = r->decided_on, .paper_no = r->paper_no, .replaces = r->replaces,
		.reorg = r->reorg_id == ABSENT_INT ? 0 : r->reorg_id, .entry = r->entry_id,
	};
	cube_set_target(feed->cube, &t);
	return OK;
}

static enum err feed_classes(const struct feed *feed, struct fault *f)
{
	return q_classes_all(feed->app->db, feed_class, (void *)(uintptr_t)feed, f);
}

static enum err feed_targets(const struct feed *feed, struct target_id after, struct fault *f)
{
	return q_targets_after(feed->app->db, after, feed_target, (void *)(uintptr_t)feed, f);
}

enum err feed_all(const struct feed *feed, struct fault *f)
{
	cube_set_tree(feed->cube, &feed->app->tree);
	TRY(feed_classes(feed, f));
	TRY(feed_targets(feed, (struct target_id){ 0 }, f));
	TRY(feed_people(feed, f));
	cube_set_position(feed->cube, feed->app->head.last);
	return OK;
}

/* ---- what has changed ---- */

struct changes {
	struct app *app;
	struct arena arena;
	int64_t *people; /* ids, as often as they changed */
	size_t n, cap;
	bool tree, classes, world;
	struct target_id targets_after; /* 0: no target changed */
};

static void changes_done(struct changes *c)
{
	arena_done(&c->arena);
}

/* A new unit has nobody in it yet, and no rule asks for a name. */
static bool changes_world(const struct entry *e)
{
	bool unit = strcmp(e->entity, "unit") == 0;
	return text_listed("calendar|reorg|rule", e->entity) || (unit && !text_listed("unit_open|unit_rename", e->op));
}

static void note(struct changes *c, const struct entry *e)
{
	if (strcmp(e->entity, "person") == 0)
		*arena_push(&c->arena, c->people, c->n, c->cap) = e->entity_id;
	if (strcmp(e->entity, "target") == 0 && (c->targets_after.v == 0 || e->entity_id < c->targets_after.v))
		c->targets_after.v = e->entity_id;
	c->tree |= text_listed("unit|reorg", e->entity);
	c->classes |= strcmp(e->entity, "class") == 0;
	c->world |= changes_world(e);
}

static enum err note_person(void *ctx, const struct reorg_moved_row *row, struct fault *f)
{
	(void)f;
	struct changes *c = ctx;
	*arena_push(&c->arena, c->people, c->n, c->cap) = row->id.v;
	return OK;
}

/* A reorganisation is one entry of many people and targets. Whom something else changed since is named by that entry. */
static enum err note_reorg(struct changes *c, const struct entry *e, struct fault *f)
{
	scoped(arena_done) struct arena a = { 0 };
	struct reorg_first_target_row row;
	bool found;
	if (strcmp(e->entity, "reorg") != 0)
		return OK;
	TRY(q_reorg_first_target(c->app->db, e->id, &a, &found, &row, f));
	if (row.id.v && (c->targets_after.v == 0 || row.id.v < c->targets_after.v))
		c->targets_after = row.id;
	return q_reorg_moved(c->app->db, e->id, note_person, c, f);
}

static enum err read_entries(const struct feed *feed, struct changes *c, struct fault *f)
{
	struct entry_id at = cube_position(feed->cube), last = feed->app->head.last;
	while (at.v < last.v) {
		scoped(arena_done) struct arena a = { 0 };
		struct entry *entries;
		size_t n;
		TRY(journal_read(feed->app->db, at, ENTRIES_AT_A_TIME, &a, &entries, &n, f));
		for (size_t i = 0; i < n; i++) {
			note(c, &entries[i]);
			TRY(note_reorg(c, &entries[i], f));
		}
		at = n ? entries[n - 1].id : last;
	}
	return OK;
}

static enum err feed_person(const struct feed *feed, struct person_id id, struct fault *f)
{
	scoped(arena_done) struct arena a = { 0 };
	struct facts all, active;
	TRY(app_facts(feed->app, id, &a, &all, &active, f));
	return give(feed, id, &active, f);
}

static int by_number(const void *x, const void *y)
{
	const int64_t *a = x, *b = y;
	return (*a > *b) - (*a < *b);
}

/* A list that came in by a spreadsheet names the same person in entry after entry. */
static enum err feed_changed_people(const struct feed *feed, struct changes *c, struct fault *f)
{
	if (c->n > 0)
		qsort(c->people, c->n, sizeof *c->people, by_number);
	for (size_t i = 0; i < c->n; i++)
		if (i == 0 || c->people[i] != c->people[i - 1])
			TRY(feed_person(feed, (struct person_id){ c->people[i] }, f));
	return OK;
}

enum err feed_changes(const struct feed *feed, bool *ret_world, struct fault *f)
{
	scoped(changes_done) struct changes c = { .app = feed->app };
	TRY(read_entries(feed, &c, f));
	if (c.tree)
		cube_set_tree(feed->cube, &feed->app->tree);
	if (c.classes)
		TRY(feed_classes(feed, f));
	if (c.targets_after.v)
		TRY(feed_targets(feed, (struct target_id){ c.targets_after.v - 1 }, f));
	TRY(feed_changed_people(feed, &c, f));
	cube_set_position(feed->cube, feed->app->head.last);
	*ret_world = c.world;
	return OK;
}

/* ---- the cube of one app ---- */

static enum err feed_own_cube(struct app *app, struct fault *f)
{
	struct feed feed = { .app = app, .cube = app->cube };
	bool world;
	if (app->cube)
		return feed_changes(&feed, &world, f);
	feed.cube = app->cube = cube_new();
	enum err e = feed_all(&feed, f);
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
	enum err e = feed_own_cube(app, f);
	if (mine)
		app_rollback(app);
	if (e == OK)
		*ret = app->cube;
	return e;
}
