#include "domain/standing.h"
#include "domain/authority.h"
#include "domain/check.h"
#include "domain/standing_case.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#define BIT(i) (UINT64_C(1) << (i))

bool standing_skips(const struct world *w, const struct pack *p, const struct step *step, const struct fact *behind,
	const struct facts *active, struct day today)
{
	if (!w->tree || !step->by_body)
		return false;
	struct day on = behind ? behind->on : today;
	struct unit_id id = behind && behind->unit.v ? behind->unit : facts_unit(active, today);
	return tree_find(w->tree, id) && !authority_of(p, step, w->tree, id, on).body;
}

/* The row of the pack that was in force on the day: its citation is the one that held. */
static const struct step *step_of_day(const struct standing_case *c, const struct step *step, struct day on)
{
	const struct pack *p = rules_at(c->world->rules, on);
	const struct step *then = p == c->pack ? step : pack_step(p, step->key);
	return then ? then : step;
}

/* The day on which the full result of a vote that failed went to the committee above. */
static struct day reported_on(const struct facts *active, const struct fact *vote, struct day today)
{
	for (size_t i = facts_first_dated(active); i < active->n && active->v[i].on.n <= today.n; i++)
		if (strcmp(active->v[i].kind, FACT_VOTE_REPORTED) == 0 && active->v[i].about == vote->seq)
			return active->v[i].on;
	return DAY_NONE;
}

/* DONE and FAILED; returns the positions on record. */
static uint64_t fill_recorded(struct standing_case *c)
{
	uint64_t recorded = 0;
	for (size_t i = 0; i < c->pack->steps_n; i++) {
		struct standing_step *s = &c->out->steps[i];
		const struct step *step = &c->pack->steps[i];
		const struct trail_step *t = trail_last(&c->trail, step->id, c->today);
		*s = (struct standing_step){ .step = step, .on = DAY_NONE, .reported = DAY_NONE };
		if (!t)
			continue;
		recorded |= BIT(i);
		*s = (struct standing_step){ step_of_day(c, step, t->on), t->failed ? STEP_FAILED : STEP_DONE, t->on, t->fact };
		s->given_up = t->failed && trail_given_up(&c->trail, s->step, c->today);
		s->reported = t->failed ? reported_on(c->trail.active, t->fact, c->today) : DAY_NONE;
	}
	return recorded;
}

static uint64_t before_any(const struct pack *p, uint64_t recorded)
{
	uint64_t before = 0;
	for (size_t i = 0; i < p->steps_n; i++)
		if (recorded & BIT(i))
			before |= p->steps[i].before;
	return before;
}

/* The latest fact on record among the steps before position i. */
static const struct fact *behind(const struct standing_case *c, size_t i)
{
	for (size_t j = i; j-- > 0;)
		if (c->pack->steps[i].before & BIT(j) && c->out->steps[j].fact)
			return c->out->steps[j].fact;
	return NULL;
}

/* What is to come is asked of the organisation where the person is today; what a later step has passed by, of where and when the step
 * before it was taken, by the rules of that day. */
static bool is_skipped(const struct standing_case *c, size_t i, bool passed_by)
{
	const struct step *step = &c->pack->steps[i];
	const struct fact *before = passed_by && step->by_body ? behind(c, i) : NULL;
	const struct pack *then = before ? rules_at(c->world->rules, before->on) : c->pack;
	const struct step *own = before ? pack_step(then, step->key) : step;
	return own && standing_skips(c->world, then, own, before, c->trail.active, c->today);
}

/* SKIPPED, UNKNOWN, NEXT and OPEN for what is not on record. */
static void fill_others(struct standing_case *c, uint64_t recorded)
{
	uint64_t passed_by = before_any(c->pack, recorded), settled = 0;
	for (size_t i = 0; i < c->pack->steps_n; i++) {
		struct standing_step *s = &c->out->steps[i];
		const struct step *step = &c->pack->steps[i];
		if (!(recorded & BIT(i))) {
			if (is_skipped(c, i, passed_by >> i & 1))
				s->status = STEP_SKIPPED;
			else if (passed_by & BIT(i) && !trail_asks_again(&c->trail, step->key))
				s->status = STEP_UNKNOWN;
			else if ((step->before & ~settled) == 0 && !c->trail.exit && !step->aside)
				s->status = STEP_NEXT;
		}
		settled |= standing_step_is_settled(s) ? BIT(i) : 0;
	}
}

static const struct standing_step *next_step(const struct standing *s)
{
	for (size_t i = 0; i < s->steps_n; i++) {
		const struct standing_step *step = &s->steps[i];
		bool open = step->status == STEP_NEXT || (step->status == STEP_FAILED && !step->given_up);
		if (open && !step->step->optional)
			return step;
	}
	return NULL;
}

/* Position of the last step of the chain with that status, plus 1; 0 when there is none. */
static size_t last_of(const struct standing *s, enum step_status status)
{
	size_t i = s->steps_n;
	while (i > 0 && (s->steps[i - 1].status != status || s->steps[i - 1].step->aside))
		i--;
	return i;
}

static bool is_done(const struct standing *s, const char *key)
{
	for (size_t i = 0; i < s->steps_n; i++)
		if (s->steps[i].status == STEP_DONE && strcmp(s->steps[i].step->key, key) == 0)
			return true;
	return false;
}

static enum standing_phase phase_of(const struct standing *s)
{
	if (is_done(s, FACT_RECOGNITION))
		return PHASE_OFFICIAL;
	if (is_done(s, FACT_CEREMONY))
		return PHASE_PROBATION;
	if (is_done(s, FACT_DECISION))
		return PHASE_DECIDED;
	for (size_t i = 0; i < s->steps_n; i++)
		if (s->steps[i].fact)
			return PHASE_CANDIDATE;
	return PHASE_NONE;
}

/* Late meetings do not hurt the person: a status clock that has run out gives the day of the status it leads to (R294 4.2.1). */
static struct day status_day(const struct standing *s, const struct standing_step *step)
{
	for (size_t i = 0; i < s->clocks_n; i++) {
		const struct standing_clock *k = &s->clocks[i];
		if (k->status == CLOCK_REACHED && strcmp(k->clock->to, step->step->key) == 0)
			return k->due;
	}
	return step->on;
}

/* A vote that failed is where somebody stands, until another step is taken: counted among those of the last state that was reached. */
static void fill_failed(const struct standing_case *c, size_t last)
{
	size_t position = last_of(c->out, STEP_FAILED);
	if (position <= last)
		return;
	const struct standing_step *failed = &c->out->steps[position - 1];
	c->out->since = failed->on;
	c->out->state_label.vi = arena_printf(c->arena, "%s: không đủ tỷ lệ", failed->step->label.vi);
	c->out->state_label.en = arena_printf(c->arena, "%s: threshold missed", failed->step->label.en);
}

static void fill_state(const struct standing_case *c)
{
	struct standing *s = c->out;
	size_t last = last_of(s, STEP_DONE);
	s->phase = phase_of(s);
	if (last > 0) {
		const struct standing_step *step = &s->steps[last - 1];
		s->state = step->step->state;
		s->state_label = step->step->state_label;
		s->since = status_day(s, step);
	}
	fill_failed(c, last);
}

static void fill_exit(struct standing *s, const struct fact *exit)
{
	const struct fact_kind *kind = fact_kind_find(exit->kind);
	bool left = strcmp(exit->kind, FACT_LEFT) == 0, moved = strcmp(exit->kind, FACT_MOVED) == 0;
	assert(kind);
	s->phase = PHASE_LEFT;
	s->state = left ? "LEFT" : moved ? "MOVED_CANDIDATE" : "DECISION_CANCELLED";
	s->state_label = (struct labels){ kind->vi, kind->en };
	if (left && exit->value)
		s->state_label = (struct labels){ code_label(CODES_EXIT, exit->value, LANG_VI), code_label(CODES_EXIT, exit->value, LANG_EN) };
	s->since = exit->on;
	s->next = NULL;
}

static void note_failed(const struct standing_case *c, const struct standing_step *s)
{
	char on[DAY_TEXT], reported[DAY_TEXT], times[12];
	struct fault note;
	(void)snprintf(times, sizeof times, "%d", (int)trail_failed_times(&c->trail, s->step->id, c->today));
	if (s->given_up)
		(void)!FAULT(&note, E_RULE, s->step->key, MSG_STANDING_GIVEN_UP, times, day_vi(s->on, on));
	else if (day_known(s->reported))
		(void)!FAULT(&note, E_RULE, s->step->key, MSG_STANDING_FAILED_REPORTED, day_vi(s->on, on), day_vi(s->reported, reported));
	else
		(void)!FAULT(&note, E_RULE, s->step->key, MSG_STANDING_FAILED, day_vi(s->on, on));
	(void)!fault_cite(&note, s->given_up ? s->step->tries_cite : s->step->cite);
	warnings_add(c->arena, &c->out->notes, &note);
}

static void note_failed_votes(const struct standing_case *c)
{
	for (size_t i = last_of(c->out, STEP_DONE); i < c->out->steps_n; i++)
		if (c->out->steps[i].status == STEP_FAILED)
			note_failed(c, &c->out->steps[i]);
}

/* What would stand in the way if the next step were taken today. */
static void note_missing(const struct standing_case *c)
{
	for (size_t i = 0; i < c->pack->checks_n; i++) {
		const struct check *check = &c->pack->checks[i];
		struct fault note;
		if (check->at_step < 0 || &c->out->steps[check->at_step] != c->out->next)
			continue;
		const struct check_case ask = { c->world->rules, c->world->calendar, c->pack, check, &c->trail, c->today };
		enum check_result result = check_ask(&ask, &note);
		if (result != CHECK_HOLDS && result != CHECK_NOT_ASKED && note.msg != MSG_NONE)
			warnings_add(c->arena, &c->out->notes, &note);
	}
}

static bool rests_on_unverified(const struct standing_case *c)
{
	for (size_t i = 0; i < c->out->clocks_n; i++)
		if (!c->out->clocks[i].clock->verified)
			return true;
	return c->out->next && !c->pack->verified;
}

void standing(const struct world *w, const struct facts *active, struct day today, struct arena *a, struct standing *ret)
{
	assert(day_known(today));
	struct standing_case c = { .world = w, .pack = rules_at(w->rules, today), .today = today, .arena = a, .out = ret };
	*ret = (struct standing){ .state = "", .state_label = { "", "" }, .since = DAY_NONE };
	ret->steps_n = c.pack->steps_n;
	ret->steps = arena_array(a, struct standing_step, ret->steps_n);
	trail_build(w->rules, active, today, a, &c.trail);
	fill_others(&c, fill_recorded(&c));
	standing_clocks(&c);
	fill_state(&c);
	if (c.trail.exit && ret->phase != PHASE_NONE) {
		fill_exit(ret, c.trail.exit);
	} else {
		ret->next = next_step(ret);
		note_failed_votes(&c);
		note_missing(&c);
	}
	ret->unverified = rests_on_unverified(&c);
}
