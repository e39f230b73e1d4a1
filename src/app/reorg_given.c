#include "app/reorg_given.h"

#include "app/inputs.h"
#include "store/queries.gen.h"

#include <string.h>

/* ---- people ---- */

/* Collects the facts of one person out of the stream. */
struct collector {
	struct reorg_folk *folk;
	struct unit_id unit;
	struct person_id id;
	struct facts all;
};

static void flush(struct collector *c)
{
	struct reorg_folk *folk = c->folk;
	if (!c->id.v)
		return;
	struct facts *active = arena_new(folk->a, struct facts);
	*active = facts_active(&c->all, folk->a);
	*arena_push(folk->a, folk->v, folk->n, folk->cap) = (struct reorg_person){ c->id, c->unit, active };
	c->all = (struct facts){ 0 };
}

static enum err collect(void *ctx, const struct reorg_people_row *r, struct fault *f)
{
	(void)f;
	struct collector *c = ctx;
	struct arena *a = c->folk->a;
	if (!ID_EQUAL(c->id, r->person_id)) {
		flush(c);
		c->id = r->person_id;
	}
	*arena_push(a, c->all.v, c->all.n, c->all.cap) = (struct fact){
		.seq = (int32_t)r->seq, .kind = arena_strdup(a, r->kind), .on = r->on_day, .unit = r->unit_id, .value = arena_strdup(a, r->value),
		.paper_on = DAY_NONE, .corrects = r->corrects == ABSENT_INT ? 0 : (int32_t)r->corrects, .withdrawn = r->withdrawn,
		.entry = r->entry_id,
	};
	return OK;
}

enum err reorg_given_people(struct app *app, struct unit_id unit, struct reorg_folk *to, struct fault *f)
{
	struct collector c = { .folk = to, .unit = unit };
	TRY(q_reorg_people(app->db, unit, collect, &c, f));
	flush(&c);
	return OK;
}

/* ---- targets ---- */

struct goals {
	struct target *v;
	size_t n, cap;
};

/* What was carried away by an earlier reorganisation is nobody's target any more. */
static enum err add_targets(struct app *app, struct unit_id unit, struct day on, struct arena *a, struct goals *to, struct fault *f)
{
	struct reorg_targets_row *rows;
	size_t n;
	TRY(q_reorg_targets(app->db, unit, on, a, &rows, &n, f));
	for (size_t i = 0; i < n; i++)
		if (rows[i].low_milli > 0)
			*arena_push(a, to->v, to->n, to->cap) = (struct target){
				.id = rows[i].id, .unit = unit, .indicator = rows[i].indicator, .kind = rows[i].kind,
				.period = { rows[i].from_on, rows[i].to_on }, .low_milli = rows[i].low_milli,
				.high_milli = rows[i].high_milli == ABSENT_INT ? -1 : rows[i].high_milli, .at_least = rows[i].at_least,
			};
	return OK;
}

/* ---- which units ---- */

/* Marks by position in the tree, so that each is asked about once. */
static void mark(const struct tree *t, bool *marks, const char *code)
{
	const struct unit *u = code ? tree_find_code(t, code) : NULL;
	if (u)
		marks[tree_index(t, u->id)] = true;
}

static void mark_units(const struct tree *t, const struct reorg_plan *plan, bool *people, bool *targets)
{
	for (size_t i = 0; i < plan->n; i++) {
		const struct reorg_action *x = &plan->v[i];
		if (x->what == REORG_CLOSE || x->what == REORG_PEOPLE || x->what == REORG_HEIR)
			mark(t, people, x->unit);
		if (x->what == REORG_CLOSE || x->what == REORG_HEIR || x->what == REORG_TARGET) {
			mark(t, targets, x->unit);
			mark(t, targets, x->to);
		}
	}
}

enum err reorg_given_load(struct app *app, const struct reorg_plan *plan, struct arena *a, struct reorg_given *ret, struct fault *f)
{
	const struct tree *t = &app->tree;
	bool *people = arena_array(a, bool, t->n), *targets = arena_array(a, bool, t->n);
	struct reorg_folk folk = { .a = a };
	struct goals goals = { 0 };
	mark_units(t, plan, people, targets);
	for (size_t i = 0; i < t->n; i++) {
		if (people[i])
			TRY(reorg_given_people(app, t->v[i].id, &folk, f));
		if (targets[i])
			TRY(add_targets(app, t->v[i].id, plan->on, a, &goals, f));
	}
	*ret = (struct reorg_given){ t, app->today, folk.v, folk.n, goals.v, goals.n };
	return OK;
}
