#include "base/text.h"
#include "domain/standing_case.h"

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
	switch (k->clock->use) {
	case CLOCK_ACT:
		return act;
	case CLOCK_VALID:
		return act == CLOCK_LATE || act == CLOCK_MET_LATE ? CLOCK_EXPIRED : act;
	case CLOCK_STATUS:
		break;
	}
	return today.n >= k->due.n ? CLOCK_REACHED : CLOCK_RUNNING;
}

/* Whether the full extension was granted while the clock ran. */
static bool extended(const struct standing_case *c, const struct standing_clock *k)
{
	const struct facts *active = c->trail.active;
	for (size_t i = 0; k->clock->extension > 0 && i < active->n; i++) {
		const struct fact *f = &active->v[i];
		bool in_time = f->on.n >= k->start.n && f->on.n <= k->due.n && f->on.n <= c->today.n;
		if (in_time && strcmp(f->kind, FACT_EXTENDED) == 0 && text_equal(f->value, k->clock->key))
			return true;
	}
	return false;
}

/* An act has until the next working day; a paper or a status ends on its exact day. */
static void fill_due(const struct calendar *calendar, struct standing_clock *k)
{
	struct span length = k->clock->length, longest = length;
	longest.length += k->clock->extension;
	bool act = k->clock->use == CLOCK_ACT;
	k->due = act ? calendar_due(calendar, k->start, length) : calendar_span_end(calendar, k->start, length);
	k->due_extended = act ? calendar_due(calendar, k->start, longest) : k->due;
}

/* A case keeps the pack in force on the day its clock starts. */
static void run(const struct standing_case *c, const struct pack *p, const struct clock *clock, struct standing_clock *by_id)
{
	int to_id = p->steps[clock->to_step].id;
	const struct trail_step *to = clock->use == CLOCK_STATUS ? NULL : last_passed(c, to_id, c->today);
	struct standing_clock k = { .clock = clock, .pack = p, .done = !to ? DAY_NONE : clock->use == CLOCK_ACT ? acted_on(to) : to->on };
	if (!find_start(c, p, clock, to, by_id, &k.start) || rules_at(c->world->rules, k.start) != p)
		return;
	if (!to && !can_run(c, to_id))
		return;
	fill_due(c->world->calendar, &k);
	if (extended(c, &k))
		k.due = k.due_extended;
	k.status = status_at(&k, c->today);
	if (k.status == CLOCK_REACHED)
		k.done = k.due;
	by_id[clock->id] = k;
}

/* By ascending period: a clock that starts at the end of another starts no earlier, so the other has been worked out. */
void standing_clocks(struct standing_case *c)
{
	const struct rules *r = c->world->rules;
	struct standing_clock *by_id = arena_array(c->arena, struct standing_clock, r->clocks_n);
	for (size_t i = 0; i < r->n; i++)
		for (size_t j = 0; j < r->packs[i]->clocks_n; j++)
			run(c, r->packs[i], &r->packs[i]->clocks[j], by_id);
	size_t n = 0;
	for (size_t i = 0; i < r->clocks_n; i++)
		if (by_id[i].clock)
			by_id[n++] = by_id[i];
	c->out->clocks = by_id;
	c->out->clocks_n = n;
}

const struct standing_clock *standing_clock_of(const struct standing *s, const char *key)
{
	for (size_t i = 0; i < s->clocks_n; i++)
		if (strcmp(s->clocks[i].clock->key, key) == 0)
			return &s->clocks[i];
	return NULL;
}
