/* reorganise: a whole plan as one operation. The tidy resolves it, so that what is stored (and replayed) says everything explicitly. */
#include "app/access_need.h"
#include "app/json_read.h"
#include "app/ops_impl.h"
#include "app/people.h"
#include "app/reorg_given.h"
#include "app/reorg_text.h"
#include "store/queries.gen.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>
#include <strings.h>

/* ---- resolving ---- */

/* Targets follow each other in the order of entry: what a plan of a later day carried over cannot be divided once more before it. */
static enum err check_target_later(struct app *app, const struct reorg_plan *p, const struct reorg_action *x, const char *code,
	struct arena *a, struct fault *f)
{
	const struct unit *u = tree_find_code(&app->tree, code);
	struct reorg_target_later_row row;
	bool found = false;
	if (u)
		TRY(q_reorg_target_later(app->db, u->id, x->indicator, x->target_kind, x->period.from, x->period.to, p->on, a, &found, &row, f));
	if (found)
		return FAULT(f, E_RULE, arena_printf(a, "actions[%zu].to", x->at), MSG_REORG_TARGET_LATER, x->indicator, code,
			arena_printf(a, "%" PRId64, row.id), ops_day_text(row.on_day, a));
	return OK;
}

static enum err check_targets_later(struct app *app, const struct reorg_plan *p, struct arena *a, struct fault *f)
{
	for (size_t i = 0; i < p->n; i++) {
		if (p->v[i].what != REORG_TARGET)
			continue;
		TRY(check_target_later(app, p, &p->v[i], p->v[i].unit, a, f));
		TRY(check_target_later(app, p, &p->v[i], p->v[i].to, a, f));
	}
	return OK;
}

enum err reorg_plan_of(struct app *app, const char *text, struct arena *a, struct reorg_plan *ret, struct tree *ret_after, struct fault *f)
{
	struct reorg_plan plan;
	struct reorg_given given;
	TRY(reorg_text_parse(text, FIELD_CHECKED, a, &plan, f));
	TRY(reorg_given_load(app, &plan, a, &given, f));
	TRY(reorg_resolve(&plan, &given, a, ret, ret_after, f));
	return check_targets_later(app, ret, a, f);
}

enum err reorg_plan_recorded(struct app *app, struct entry_id entry, struct arena *a, struct reorg_plan *ret, struct fault *f)
{
	struct journal_get_row row;
	struct json_member input;
	bool found;
	TRY(q_journal_get(app->db, entry, a, &found, &row, f));
	assert(found);
	TRY(json_read(row.input, strlen(row.input), a, &input, f));
	return reorg_text_parse(json_member_find(&input, "plan")->text, FIELD_TRUSTED, a, ret, f);
}

enum err ops_reorganise_tidy(struct app *app, void *input, struct arena *a, struct fault *f)
{
	struct reorganise_in *in = input;
	struct reorg_plan plan;
	struct tree after;
	TRY(reorg_plan_of(app, in->plan, a, &plan, &after, f));
	in->plan = reorg_text_of(&plan, a);
	return OK;
}

/* ---- what is unusual ---- */

static bool has_heir(const struct reorg_plan *p, const char *unit)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->v[i].what == REORG_HEIR && strcasecmp(p->v[i].unit, unit) == 0)
			return true;
	return false;
}

/* A unit that ends without an heir takes its targets into its history. */
static enum err warn_lost_targets(struct app *app, const struct reorg_plan *p, struct arena *a, struct warnings *w, struct fault *f)
{
	for (size_t i = 0; i < p->n; i++) {
		const struct unit *u = tree_find_code(&app->tree, p->v[i].unit);
		struct reorg_targets_row *rows;
		size_t n;
		if (p->v[i].what != REORG_CLOSE || has_heir(p, p->v[i].unit))
			continue;
		TRY(q_reorg_targets(app->db, u->id, p->on, a, &rows, &n, f));
		if (n > 0)
			WARN(a, w, "plan", MSG_REORG_TARGETS_END, u->code, arena_printf(a, "%zu", n));
	}
	return OK;
}

enum err ops_reorganise_check(struct app *app, const void *input, struct arena *a, struct warnings *w, struct fault *f)
{
	const struct reorganise_in *in = input;
	struct reorg_plan *plan = arena_new(a, struct reorg_plan);
	TRY(reorg_text_parse(in->plan, FIELD_TRUSTED, a, plan, f));
	if (!in->paper_no)
		WARN(a, w, "paper_no", MSG_REORG_NO_PAPER);
	TRY(warn_lost_targets(app, plan, a, w, f));
	app->plan = plan;
	return OK;
}

/* ---- storing ---- */

/* While a reorganisation is stored. */
struct storing {
	struct app *app;
	const struct reorganise_in *in;
	const struct reorg_plan *plan;
	int64_t id;
	struct entry_id entry;
	struct arena *a;
};

static struct unit_id unit_of(const struct storing *s, const char *code)
{
	const struct unit *u = code ? tree_find_code(&s->app->tree, code) : NULL;
	return u ? u->id : (struct unit_id){ 0 };
}

static enum err store_units(const struct storing *s, struct fault *f)
{
	struct unit_id id;
	for (size_t i = 0; i < s->plan->n; i++)
		if (s->plan->v[i].what == REORG_OPEN)
			TRY(ops_unit_new(s->app, s->plan->v[i].unit, s->entry, &id, f));
	return OK;
}

static enum err store_facts(const struct storing *s, const struct reorg_action *x, struct fault *f)
{
	struct reorg_fact facts[REORG_FACTS_MAX];
	size_t n = reorg_facts(x, facts);
	for (size_t i = 0; i < n; i++)
		TRY(ops_unit_add_fact(s->app, unit_of(s, x->unit), (struct unit_fact){ .kind = facts[i].kind, .from = s->plan->on,
			.value = facts[i].value, .ref = unit_of(s, facts[i].parent), .paper_no = s->in->paper_no, .paper_on = s->in->paper_on,
			.entry = s->entry }, f));
	return OK;
}

static enum err store_heir(const struct storing *s, const struct reorg_action *x, struct fault *f)
{
	const struct unit_heir h = { unit_of(s, x->unit), unit_of(s, x->to), s->plan->on, s->id };
	TRY(q_reorg_heir_insert(s->app->db, s->id, h.unit, h.heir, f));
	tree_add_heir(&s->app->tree, h);
	return OK;
}

static enum err store_person(const struct storing *s, int64_t person, struct unit_id to, struct fault *f)
{
	scoped(arena_done) struct arena a = { 0 };
	struct person_id id = { person };
	struct facts all;
	TRY(people_facts(s->app, id, &a, &all, f));
	size_t known = all.n;
	struct fact *x = people_add(&all, &a, FACT_UNIT);
	x->on = s->plan->on;
	x->unit = to;
	x->paper_no = s->in->paper_no;
	x->paper_on = s->in->paper_on;
	return people_store(s->app, id, &all, known, s->entry, &a, f);
}

static enum err store_people(const struct storing *s, const struct reorg_action *x, struct fault *f)
{
	struct unit_id to = unit_of(s, x->to);
	for (size_t i = 0; i < x->people_n; i++)
		TRY(store_person(s, x->people[i], to, f));
	return OK;
}

/* ---- targets ---- */

/* What a unit's target is from now on. */
struct change {
	struct unit_id unit;
	const struct reorg_action *about;
	bool known;
	struct target_current_row now; /* known */
	int64_t low, high;
	bool at_least;
};

struct changes {
	struct change *v;
	size_t n, cap;
};

static bool same_target(const struct reorg_action *x, const struct reorg_action *y)
{
	return strcmp(x->indicator, y->indicator) == 0 && strcmp(x->target_kind, y->target_kind) == 0 && x->period.from.n == y->period.from.n &&
		x->period.to.n == y->period.to.n;
}

/* The row of a unit and what the action is about; a new one has the unit's present target, or none. */
static enum err change_of(const struct storing *s, struct changes *all, const struct reorg_action *x, const char *code,
	struct change **ret, struct fault *f)
{
	struct unit_id unit = unit_of(s, code);
	for (size_t i = 0; i < all->n; i++) {
		if (ID_EQUAL(all->v[i].unit, unit) && same_target(all->v[i].about, x)) {
			*ret = &all->v[i];
			return OK;
		}
	}
	struct change c = { .unit = unit, .about = x, .high = -1 };
	TRY(q_target_current(s->app->db, unit, x->indicator, x->target_kind, x->period.from, x->period.to, s->a, &c.known, &c.now, f));
	if (c.known && c.now.low_milli > 0) {
		c.low = c.now.low_milli;
		c.high = c.now.high_milli == ABSENT_INT ? -1 : c.now.high_milli;
		c.at_least = c.now.at_least;
	}
	*ret = arena_push(s->a, all->v, all->n, all->cap);
	**ret = c;
	return OK;
}

static int64_t upper(int64_t low, int64_t high)
{
	return high < 0 ? low : high;
}

static void receive(struct change *c, const struct reorg_action *x)
{
	bool first = c->low == 0 || indicator_is_rate(indicator_find(x->indicator));
	bool range = x->high >= 0 || c->high >= 0;
	if (first)
		c->high = x->high;
	else
		c->high = range ? upper(c->low, c->high) + upper(x->low, x->high) : -1;
	c->low = first ? x->low : c->low + x->low;
	c->at_least |= x->at_least == 1;
}

static enum err store_change(const struct storing *s, const struct change *c, struct fault *f)
{
	struct app *app = s->app;
	const struct reorg_action *x = c->about;
	int64_t high = c->high < 0 ? ABSENT_INT : c->high;
	bool same = c->known && c->now.low_milli == c->low && c->now.high_milli == high && c->now.at_least == c->at_least;
	if (same || (!c->known && c->low == 0))
		return OK;
	struct target_id id = { app->next_id[NEXT_TARGET]++ };
	return q_target_insert(app->db, id, c->unit, x->indicator, x->target_kind, x->period.from, x->period.to, c->low, high, c->at_least,
		s->plan->on, s->in->paper_no, c->known ? c->now.id : (struct target_id){ 0 }, s->id, s->entry, f);
}

/* First everything is taken away from those that give, then handed out. */
static enum err store_targets(const struct storing *s, struct fault *f)
{
	struct changes all = { 0 };
	struct change *c;
	for (size_t i = 0; i < s->plan->n; i++) {
		const struct reorg_action *x = &s->plan->v[i];
		if (x->what != REORG_TARGET)
			continue;
		TRY(change_of(s, &all, x, x->unit, &c, f));
		c->low = 0;
		c->high = -1;
		c->at_least = false;
	}
	for (size_t i = 0; i < s->plan->n; i++) {
		const struct reorg_action *x = &s->plan->v[i];
		if (x->what != REORG_TARGET)
			continue;
		TRY(change_of(s, &all, x, x->to, &c, f));
		receive(c, x);
	}
	for (size_t i = 0; i < all.n; i++)
		TRY(store_change(s, &all.v[i], f));
	return OK;
}

/* ---- the operation ---- */

static enum err store_action(const struct storing *s, const struct reorg_action *x, struct fault *f)
{
	if (x->what == REORG_HEIR)
		return store_heir(s, x, f);
	if (x->what == REORG_PEOPLE)
		return store_people(s, x, f);
	return x->what == REORG_TARGET ? OK : store_facts(s, x, f);
}

enum err ops_reorganise(struct app *app, const void *input, struct entry_id entry, struct arena *a, struct op_result *ret, struct fault *f)
{
	const struct reorganise_in *in = input;
	struct reorg_plan *plan = app->plan;
	if (!plan) {
		plan = arena_new(a, struct reorg_plan);
		TRY(reorg_text_parse(in->plan, FIELD_TRUSTED, a, plan, f));
	}
	const struct storing s = { app, in, plan, app->next_id[NEXT_REORG]++, entry, a };
	TRY(q_reorg_insert(app->db, s.id, plan->kind, plan->on, in->paper_no, in->paper_on, ABSENT_INT, entry, f));
	TRY(store_units(&s, f));
	for (size_t i = 0; i < plan->n; i++)
		TRY(store_action(&s, &plan->v[i], f));
	TRY(store_targets(&s, f));
	ret->entity_id = s.id;
	return OK;
}
