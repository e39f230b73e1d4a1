#include "base/text.h"
#include "domain/standing_case.h"
#include "domain/transfer.h"

#include <assert.h>
#include <string.h>

static const struct trail_step *last_passed(const struct standing_case *c, int id, struct day until)
{
	const struct trail_step *t = trail_last(&c->trail, id, until);
	return t && !t->failed ? t : NULL;
}

/* Status of a step today, by its id; OPEN where today's pack does not have it. */
static enum step_status status_of(const struct standing_case *c, int id)
{
	for (size_t i = 0; i < c->pack->steps_n; i++)
		if (c->pack->steps[i].id == id)
			return c->out->steps[i].status;
	return STEP_OPEN;
}

/* The day of the act itself: a recognition holds from the end of probation, but is decided on the day of its paper. */
static struct day acted_on(const struct trail_step *t)
{
	struct day paper = t->fact->paper_on;
	return day_known(paper) && paper.n > t->on.n ? paper : t->on;
}

/* Nothing runs where the step that stops the clock is skipped or was taken at an unknown time, nor for a person who is gone. */
static bool can_run(const struct standing_case *c, int to_id)
{
	enum step_status status = status_of(c, to_id);
	return !c->trail.exit && status != STEP_UNKNOWN && status != STEP_SKIPPED;
}

static bool find_start(const struct standing_case *c, const struct pack *p, const struct clock *clock, const struct trail_step *to,
	const struct standing_clock *by_id, struct day *ret)
{
	if (clock->from_clock >= 0) {
		const struct standing_clock *other = &by_id[p->clocks[clock->from_clock].id];
		*ret = other->due;
		return other->clock && other->due.n <= c->today.n;
	}
	assert(clock->from_step >= 0);
	const struct trail_step *from = last_passed(c, p->steps[clock->from_step].id, to ? acted_on(to) : c->today);
	if (from)
		*ret = from->on;
	return from != NULL;
}

static enum clock_status act_status(const struct standing_clock *k, struct day today)
{
	if (day_known(k->done))
		return k->done.n <= k->due.n ? CLOCK_MET : CLOCK_MET_LATE;
	return today.n <= k->due.n ? CLOCK_RUNNING : CLOCK_LATE;
}

static enum clock_status status_at(const struct standing_clock *k, struct day today)
{
	enum clock_status act = act_status(k, today);
	assert(k->clock->use != CLOCK_MEASURE);
	if (k->clock->use == CLOCK_ACT)
		return act;
	if (k->clock->use == CLOCK_VALID)
		return act == CLOCK_LATE || act == CLOCK_MET_LATE ? CLOCK_EXPIRED : act;
	return today.n >= k->due.n ? CLOCK_REACHED : CLOCK_RUNNING;
}

/* An act has until the next working day; a paper or a status ends on its exact day. */
static struct day due_after(const struct standing_case *c, const struct standing_clock *k, int32_t more)
{
	struct span length = k->clock->length;
	length.length += more;
	return k->clock->use == CLOCK_ACT ? calendar_due(c->world->calendar, k->start, length) :
		calendar_span_end(c->world->calendar, k->start, length);
}

static bool came(const struct facts *active, const struct pattern *x, struct day from, struct day until)
{
	for (size_t i = 0; i < active->n; i++) {
		const struct fact *f = &active->v[i];
		if (f->on.n >= from.n && f->on.n <= until.n && facts_match(f, x->kind, x->value))
			return true;
	}
	return false;
}

/* An event ends a clock when it comes after the start (a file that came before the vote says nothing about its decision); a step, a mark or
 * an exit also when it was there before. */
static bool is_ended(const struct standing_case *c, const struct pack *p, const struct standing_clock *k)
{
	struct day until = day_known(k->done) ? k->done : c->today;
	const struct patterns *list = &k->clock->unless;
	for (size_t i = 0; i < list->n; i++) {
		const struct pattern *x = &list->v[i];
		bool event = x->step < 0 && fact_kind_find(x->kind)->family == FACT_EVENT;
		if (event ? came(c->trail.active, x, k->start, until) : trail_holds(&c->trail, p, x, until))
			return true;
	}
	return false;
}

/* A case keeps the pack in force on the day its clock starts. `when` has to be there by then; `unless` ends it at any time before it is
 * met. */
static bool is_of(const struct standing_case *c, const struct pack *p, const struct standing_clock *k)
{
	const struct patterns none = { 0 };
	return trail_pack(&c->trail, c->world->rules, k->clock->key, k->start) == p &&
		trail_concerns(&c->trail, p, k->clock->when, none, k->start) && !is_ended(c, p, k);
}

/* Extensions granted while the clock ran, by their amount or in full: the longest counts, on a day in whatever order they were entered. */
static void extend(const struct standing_case *c, struct standing_clock *k)
{
	const struct facts *active = c->trail.active;
	int32_t all = k->clock->extension, most = 0;
	for (size_t i = 0; all > 0 && i < active->n; i++) {
		const struct fact *f = &active->v[i];
		bool in_time = f->on.n >= k->start.n && f->on.n <= k->due.n && f->on.n <= c->today.n;
		int32_t granted = f->amount > 0 && f->amount < all ? f->amount : all;
		if (!in_time || granted <= most || !facts_match(f, FACT_EXTENDED, k->clock->key))
			continue;
		most = granted;
		k->due = due_after(c, k, most);
	}
}

static void finish(const struct standing_case *c, struct standing_clock *k)
{
	k->due = due_after(c, k, 0);
	k->due_extended = k->clock->use == CLOCK_ACT ? due_after(c, k, k->clock->extension) : k->due;
	extend(c, k);
	k->status = status_at(k, c->today);
	if (k->status == CLOCK_REACHED)
		k->done = k->due;
}

/* ---- between steps of the chain ---- */

static bool run_steps(const struct standing_case *c, const struct pack *p, const struct clock *clock, const struct standing_clock *by_id,
	struct standing_clock *ret)
{
	int to_id = p->steps[clock->to_step].id;
	const struct trail_step *to = clock->use == CLOCK_STATUS ? NULL : last_passed(c, to_id, c->today);
	struct standing_clock k = { .clock = clock, .pack = p, .done = !to ? DAY_NONE : clock->use == CLOCK_ACT ? acted_on(to) : to->on };
	if (!find_start(c, p, clock, to, by_id, &k.start) || !is_of(c, p, &k))
		return false;
	if (!to && !can_run(c, to_id))
		return false;
	finish(c, &k);
	*ret = k;
	return true;
}

/* ---- between facts ---- */

/* A fact of the present candidacy or membership; a step counts when it was taken with success, unless the pattern wants it failed. */
static bool counts(const struct standing_case *c, const struct fact *f, const struct pattern *x)
{
	bool in_time = day_known(f->on) && f->on.n > c->trail.since.n && f->on.n <= c->today.n;
	if (!in_time || strcmp(f->kind, x->kind) != 0)
		return false;
	if (x->step < 0)
		return facts_match(f, x->kind, x->value);
	bool wants_failed = x->value && strcmp(x->value, VALUE_FAILED) == 0;
	return trail_failed(c->world->rules, f) == wants_failed;
}

static int32_t matter(const struct fact *f)
{
	return f->about ? f->about : f->seq;
}

/* The start written down twice on its day stops nothing: where a fact both stops a clock and starts it anew, a later one stops it. */
static bool is_behind(const struct standing_case *c, const struct clock *clock, const struct fact *start, const struct fact *f)
{
	return f->on.n > start->on.n || (day_equal(f->on, start->on) && !counts(c, f, &clock->start));
}

static const struct fact *stop_of(const struct standing_case *c, const struct clock *clock, const struct fact *start)
{
	const struct facts *active = c->trail.active;
	for (size_t i = 0; i < active->n; i++) {
		const struct fact *f = &active->v[i];
		bool same = !clock->each || matter(f) == matter(start);
		if (same && is_behind(c, clock, start, f) && counts(c, f, &clock->stop))
			return f;
	}
	return NULL;
}

/* What began before somebody left is over with it, also for who is back in another candidacy; what the leaving itself starts runs on. */
static bool ended_by_exit(const struct standing_case *c, const struct fact *start)
{
	return start->on.n <= c->trail.anew.n || (c->trail.exit && start->on.n < c->trail.exit->on.n);
}

/* The value of the fact that it belongs to, or its own. */
static const struct code *subject_of(const struct facts *active, const struct fact *start)
{
	const struct fact *f = start->about ? facts_by_seq(active, start->about) : start;
	const struct fact_kind *kind = f ? fact_kind_find(f->kind) : NULL;
	return kind && kind->codes >= 0 && f->value ? code_by_key((enum code_table)kind->codes, f->value) : NULL;
}

static void run_from(struct standing_case *c, const struct pack *p, const struct clock *clock, const struct fact *start)
{
	const struct fact *stop = stop_of(c, clock, start);
	struct standing_clock k = { .clock = clock, .pack = p, .start = start->on, .done = stop ? stop->on : DAY_NONE };
	if (!is_of(c, p, &k) || (!stop && ended_by_exit(c, start)) || !transfer_forwards(c->world, c->trail.active, clock, start))
		return;
	k.about = clock->each ? start : NULL;
	k.subject = k.about ? subject_of(c->trail.active, start) : NULL;
	finish(c, &k);
	*arena_push(c->arena, c->out->clocks, c->out->clocks_n, c->clocks_cap) = k;
}

static void run_facts(struct standing_case *c, const struct pack *p, const struct clock *clock)
{
	const struct facts *active = c->trail.active;
	const struct fact *last = NULL;
	for (size_t i = 0; i < active->n; i++) {
		if (!counts(c, &active->v[i], &clock->start))
			continue;
		last = &active->v[i];
		if (clock->each)
			run_from(c, p, clock, last);
	}
	if (last && !clock->each)
		run_from(c, p, clock, last);
}

/* ---- all of them ---- */

static bool is_of_steps(const struct clock *clock)
{
	return clock->to_step >= 0 && (clock->from_step >= 0 || clock->from_clock >= 0);
}

static void run_pack(struct standing_case *c, const struct pack *p, struct standing_clock *by_id)
{
	for (size_t i = 0; i < p->clocks_n; i++) {
		const struct clock *clock = &p->clocks[i];
		struct standing_clock k;
		if (is_of_steps(clock) && clock->use != CLOCK_MEASURE && run_steps(c, p, clock, by_id, &k))
			by_id[clock->id] = k;
	}
}

/* By ascending period: a clock that starts at the end of another starts no earlier, so the other has been worked out. Those between steps
 * come first, one of a key at most, then those between facts, one for each fact at most. A person's own rules may put the later one under
 * an earlier period: then it is found when they are gone through once more. */
void standing_clocks(struct standing_case *c)
{
	const struct rules *r = c->world->rules;
	struct standing_clock *by_id = arena_array(c->arena, struct standing_clock, r->clocks_n);
	int passes = facts_first(c->trail.active, FACT_RULES_OF) ? 2 : 1;
	for (int pass = 0; pass < passes; pass++)
		for (size_t i = 0; i < r->n; i++)
			run_pack(c, r->packs[i], by_id);
	size_t n = 0;
	for (size_t i = 0; i < r->clocks_n; i++)
		if (by_id[i].clock)
			by_id[n++] = by_id[i];
	c->out->clocks = by_id;
	c->out->clocks_n = n;
	c->clocks_cap = r->clocks_n;
	for (size_t i = 0; i < r->n; i++)
		for (size_t j = 0; j < r->packs[i]->clocks_n; j++)
			if (!is_of_steps(&r->packs[i]->clocks[j]) && r->packs[i]->clocks[j].use != CLOCK_MEASURE)
				run_facts(c, r->packs[i], &r->packs[i]->clocks[j]);
}

const char *standing_clock_label(const struct standing_clock *k, enum lang lang, struct arena *a)
{
	const char *label = label_of(k->clock->label, lang);
	return k->subject ? arena_printf(a, "%s: %s", label, lang == LANG_VI ? k->subject->vi : k->subject->en) : label;
}

const struct standing_clock *standing_clock_of(const struct standing *s, const char *key)
{
	for (size_t i = 0; i < s->clocks_n; i++)
		if (strcmp(s->clocks[i].clock->key, key) == 0)
			return &s->clocks[i];
	return NULL;
}
