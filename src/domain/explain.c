#include "domain/explain.h"

#include <assert.h>
#include <string.h>

#define BIT(i) (UINT64_C(1) << (i))

struct source {
	const struct world *world;
	const struct facts *active;
	struct trail trail;
	struct arena *arena;
	struct explain *out;
};

/* ---- steps ---- */

static const struct standing_step *step_of(const struct source *s, const char *key)
{
	return &s->out->standing.steps[pack_step(s->out->pack, key) - s->out->pack->steps];
}

static void add_other(struct explain_step *x, const struct standing_step *other)
{
	if (!standing_step_is_settled(other))
		x->others[x->others_n++] = other->step;
}

/* What the step itself asks for and is not there; when all of it is, what lacks further back: a step that was wrong is taken again. */
static void add_missing(const struct source *s, struct explain_step *x, const struct step *step)
{
	x->others = arena_array(s->arena, const struct step *, s->out->steps_n);
	for (size_t i = 0; i < step->needs_n; i++)
		add_other(x, step_of(s, step->needs[i]));
	for (size_t i = 0, direct = x->others_n; direct == 0 && i < s->out->steps_n; i++)
		if (step->before & BIT(i))
			add_other(x, &s->out->standing.steps[i]);
}

static void add_later(const struct source *s, struct explain_step *x, size_t position)
{
	x->others = arena_array(s->arena, const struct step *, 1);
	for (size_t i = position + 1; x->others_n == 0; i++) {
		assert(i < s->out->steps_n); /* something after it is on record: that made its day unknown */
		if (s->out->pack->steps[i].before & BIT(position) && s->out->standing.steps[i].fact)
			x->others[x->others_n++] = &s->out->pack->steps[i];
	}
}

static enum explain_why why_open(const struct source *s, struct explain_step *x, const struct step *step)
{
	if (s->trail.exit)
		return WHY_GONE;
	if (step->aside)
		return WHY_ASIDE;
	add_missing(s, x, step);
	return WHY_WAITS;
}

static enum explain_why why_of(const struct source *s, struct explain_step *x, size_t position)
{
	const struct step *step = &s->out->pack->steps[position];
	enum step_status status = x->step->status;
	if (status == STEP_DONE)
		return WHY_ON_RECORD;
	if (status == STEP_FAILED)
		return WHY_VOTED_DOWN;
	if (status == STEP_SKIPPED)
		return WHY_NO_SUCH_STEP;
	if (status == STEP_NEXT)
		return step->optional ? WHY_OPTIONAL : WHY_READY;
	if (status == STEP_OPEN)
		return why_open(s, x, step);
	add_later(s, x, position);
	return WHY_LATER_STEP;
}

static void explain_steps(struct source *s)
{
	s->out->steps_n = s->out->standing.steps_n;
	s->out->steps = arena_array(s->arena, struct explain_step, s->out->steps_n);
	for (size_t i = 0; i < s->out->steps_n; i++) {
		s->out->steps[i].step = &s->out->standing.steps[i];
		s->out->steps[i].why = why_of(s, &s->out->steps[i], i);
	}
}

/* ---- checks ---- */

static void add_check(struct source *s, const struct explain_check *x, const struct fact *fact)
{
	struct explain_check *added = arena_push(s->arena, s->out->checks, s->out->checks_n, s->out->cap);
	const struct check_case c = { s->world->rules, s->world->calendar, x->pack, x->check, &s->trail, x->on, fact, NULL };
	*added = *x;
	if (x->asked)
		added->result = check_ask(&c, &added->said);
}

/* All that the pack asks at a step, as of a day; on DAY_NONE nothing is asked. */
static void ask_at(struct source *s, const struct pack *p, const struct step *step, struct day on, const struct fact *fact)
{
	for (const struct check *k = p->checks; k < p->checks + p->checks_n; k++)
		if (strcmp(k->at, step->key) == 0)
			add_check(s, &(struct explain_check){ .pack = p, .check = k, .at = step->key, .asked = day_known(on), .on = on,
				.result = CHECK_NOT_ASKED }, fact);
}

/* A step on record was asked about by the pack of its day; the next one is by today's. */
static void explain_step_checks(struct source *s)
{
	for (size_t i = 0; i < s->out->steps_n; i++) {
		const struct standing_step *step = &s->out->standing.steps[i];
		bool next = step == s->out->standing.next;
		if (step->fact && !next)
			ask_at(s, rules_at(s->world->rules, step->on), step->step, step->on, step->fact);
		else
			ask_at(s, s->out->pack, step->step, next ? s->out->on : DAY_NONE, NULL);
	}
}

/* What was asked when something beside the chain was recorded: an exit, an appeal, a transfer. */
static void explain_fact_checks(struct source *s)
{
	for (size_t i = facts_first_dated(s->active); i < s->active->n && s->active->v[i].on.n <= s->out->on.n; i++) {
		const struct fact *f = &s->active->v[i];
		const struct pack *p = rules_at(s->world->rules, f->on);
		for (const struct check *k = p->checks; k < p->checks + p->checks_n; k++)
			if (k->at_step < 0 && f->on.n > s->trail.since.n && facts_match(f, k->at_fact.kind, k->at_fact.value))
				add_check(s, &(struct explain_check){ .pack = p, .check = k, .at = f->kind, .asked = true, .on = f->on }, f);
	}
}

bool explain_check_verified(const struct explain_check *x)
{
	return x->check->verified;
}

/* ---- clocks ---- */

static bool is_skipped(const struct calendar_day *d, struct day start, struct day due)
{
	bool rest = day_weekday(d->on) > FRIDAY;
	return d->on.n > start.n && d->on.n <= due.n && rest == (d->kind == DAY_WORK);
}

/* Only what is counted in working days passes days by; a term in months that ends on a day off runs to the next working day. */
static void add_skipped(const struct source *s, struct explain_clock *x)
{
	const struct calendar *calendar = s->world->calendar;
	const struct standing_clock *k = x->clock;
	struct day from = k->clock->length.unit == SPAN_WORKING_DAY ? k->start :
		day_add(calendar_span_end(calendar, k->start, k->clock->length), -1);
	x->skipped = arena_array(s->arena, const struct calendar_day *, calendar->n);
	for (size_t i = 0; i < calendar->n; i++)
		if (is_skipped(&calendar->v[i], from, k->due) &&
			calendar_find_for(calendar, calendar->v[i].on, k->start) == &calendar->v[i])
			x->skipped[x->skipped_n++] = &calendar->v[i];
}

static void explain_clocks(struct source *s)
{
	s->out->clocks_n = s->out->standing.clocks_n;
	s->out->clocks = arena_array(s->arena, struct explain_clock, s->out->clocks_n);
	for (size_t i = 0; i < s->out->clocks_n; i++) {
		struct explain_clock *x = &s->out->clocks[i];
		x->clock = &s->out->standing.clocks[i];
		x->own_rules = trail_own_rules(&s->trail, x->clock->clock->key);
		add_skipped(s, x);
	}
}

void explain(const struct world *w, const struct facts *active, struct day on, struct arena *a, struct explain *ret)
{
	struct source s = { .world = w, .active = active, .arena = a, .out = ret };
	*ret = (struct explain){ .on = on, .pack = rules_at(w->rules, on) };
	standing(w, active, on, a, &ret->standing);
	trail_build(w->rules, active, on, a, &s.trail);
	explain_steps(&s);
	explain_step_checks(&s);
	explain_fact_checks(&s);
	explain_clocks(&s);
}
