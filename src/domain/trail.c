#include "domain/trail.h"
#include "base/text.h"

#include <assert.h>
#include <string.h>

static bool says_result(const struct fact *f)
{
	return text_equal(f->value, VALUE_FAILED) || text_equal(f->value, VALUE_PASSED);
}

bool trail_failed(const struct rules *r, const struct fact *f)
{
	const struct step *step = f->has_vote && !says_result(f) ? pack_step(rules_at(r, f->on), f->kind) : NULL;
	struct vote vote = f->vote;
	if (step && step->votes && vote_check(&vote, NULL) == OK)
		return !vote_passes(step->threshold, &vote);
	return text_equal(f->value, VALUE_FAILED);
}

static bool makes_a_member(const char *kind)
{
	return strcmp(kind, FACT_DECISION) == 0 || strcmp(kind, FACT_CEREMONY) == 0 || strcmp(kind, FACT_RECOGNITION) == 0;
}

struct builder {
	const struct rules *rules;
	struct trail *trail;
	struct facts known;  /* up to the day asked for */
	bool member;
	bool cancelled;      /* something is */
};

/* Whether a step is, or comes after, that one in the chain of the pack of a day. */
static bool rests_on(const struct rules *r, const struct fact *f, const char *key)
{
	const struct pack *p = rules_at(r, f->on);
	const struct step *step = pack_step(p, f->kind), *base = pack_step(p, key);
	if (strcmp(f->kind, key) == 0)
		return true;
	return step && base && step->before >> (base - p->steps) & 1;
}

static bool is_cancellation(const struct fact *f)
{
	return strcmp(f->kind, FACT_DECISION_CANCELLED) == 0 || strcmp(f->kind, FACT_RECOGNITION_CANCELLED) == 0;
}

/* The cancellation that names this step as the wrong one, or that took away the decision it rests on. */
static const struct fact *cancelled_by(const struct builder *b, const struct fact *f)
{
	for (size_t i = 0; b->cancelled && i < b->known.n; i++)
		if (is_cancellation(&b->known.v[i]) && b->known.v[i].about == f->seq)
			return &b->known.v[i];
	if (!b->cancelled || !rests_on(b->rules, f, FACT_DECISION))
		return NULL;
	return facts_cancelled_by(&b->known, f->on, rests_on(b->rules, f, FACT_RECOGNITION));
}

static void end_step(struct trail *t, const struct fact *f, const struct fact *by)
{
	t->ended[t->ended_n++] = (struct trail_ended){ f, by };
}

static int weight(const struct fact *exit)
{
	return strcmp(exit->kind, FACT_LEFT) == 0 ? 2 : strcmp(exit->kind, FACT_MOVED) != 0;
}

/* Of two exits on one day the one from the Party or the list counts most and a mere move least, in whatever order they were entered; who
 * has left on an earlier day goes nowhere else. */
static void add_exit(struct trail *t, const struct fact *f)
{
	bool counts = !t->exit || weight(f) >= weight(t->exit) || (weight(f) > 0 && t->exit->on.n < f->on.n);
	if (counts)
		t->exit = f;
}

static bool is_decided(const struct trail *t)
{
	for (size_t i = 0; i < t->n; i++)
		if (makes_a_member(t->v[i].fact->kind))
			return true;
	return false;
}

/* The file has left the hands of the branch and its committee: what they resolved goes on counting. */
static bool file_sent(const struct trail *t)
{
	for (size_t i = 0; i < t->n; i++) {
		const char *kind = t->v[i].fact->kind;
		if (strcmp(kind, FACT_SUBMITTED) == 0 || strcmp(kind, FACT_DECISION_VOTE) == 0)
			return true;
	}
	return is_decided(t);
}

/* The resolutions of the old place no longer count; those of the new place on the day of the move do. */
static void consider_again(struct builder *b, const struct fact *move)
{
	struct trail *t = b->trail;
	size_t n = 0;
	if (file_sent(t))
		return;
	for (size_t i = 0; i < t->n; i++) {
		const struct fact *f = t->v[i].fact;
		bool of_new_place = day_equal(f->on, move->on) && ID_EQUAL(f->unit, move->unit);
		if (of_new_place || !rests_on(b->rules, f, FACT_BRANCH_VOTE))
			t->v[n++] = t->v[i];
		else
			end_step(t, f, move);
	}
	t->n = n;
}

/* Something on record later says that the leaving was no end: what was recorded in between begins nothing anew. */
static bool was_no_end(const struct builder *b)
{
	const struct fact *exit = b->trail->exit;
	for (size_t i = 0; strcmp(exit->kind, FACT_LEFT) == 0 && i < b->known.n; i++)
		if (facts_ends_exit(exit, &b->known.v[i]))
			return true;
	return false;
}

enum days_steps { NO_STEP, STEP_ELSEWHERE, STEP_HERE };

/* The old place may still decide on somebody who went elsewhere; any other step is taken here. */
static enum days_steps steps_of_day(const struct builder *b, size_t from, size_t end)
{
	enum days_steps found = NO_STEP;
	for (size_t i = from; i < end; i++) {
		const struct fact *f = &b->known.v[i];
		if (rules_step_id(b->rules, f->kind) < 0)
			continue;
		if (strcmp(f->kind, FACT_BRANCH_VOTE) == 0 || !rests_on(b->rules, f, FACT_BRANCH_VOTE))
			return STEP_HERE;
		found = STEP_ELSEWHERE;
	}
	return found;
}

/* Steps after an exit, which stands behind the steps of its own day. */
static void begin_anew(struct builder *b, enum days_steps steps, struct day on)
{
	struct trail *t = b->trail;
	bool went_away = !b->member && strcmp(t->exit->kind, FACT_MOVED) == 0;
	if (b->member) {
		t->n = t->ended_n = 0;
		t->since = t->exit->on;
	}
	if (!went_away || steps == STEP_HERE)
		t->anew = day_add(on, -1);
	if (went_away && steps == STEP_HERE)
		consider_again(b, t->exit);
	b->member = false;
	t->exit = NULL;
}

static void add_step(struct builder *b, const struct fact *f, int id)
{
	struct trail *t = b->trail;
	const struct fact *by = cancelled_by(b, f);
	if (by)
		end_step(t, f, by);
	else
		t->v[t->n++] = (struct trail_step){ id, f->on, trail_failed(b->rules, f), f };
	b->member = b->member || makes_a_member(f->kind);
}

static void end_exit(struct builder *b, const struct fact *f)
{
	struct trail *t = b->trail;
	if (!t->exit || !facts_ends_exit(t->exit, f))
		return;
	bool candidate = strcmp(t->exit->kind, FACT_MOVED) == 0;
	if (candidate)
		consider_again(b, t->exit);
	if (candidate || facts_match(t->exit, FACT_LEFT, "moved_out"))
		t->anew = day_add(f->on, -1); /* was elsewhere; whoever is restored was not */
	t->exit = NULL;
}

/* Facts of one day count alike in whatever order they were entered: first what brings somebody back, then the steps, then the moves, then
 * the exits. */
static size_t add_day(struct builder *b, size_t from)
{
	const struct facts *known = &b->known;
	size_t end = from;
	for (; end < known->n && day_equal(known->v[end].on, known->v[from].on); end++)
		end_exit(b, &known->v[end]);
	enum days_steps steps = b->trail->exit && !was_no_end(b) ? steps_of_day(b, from, end) : NO_STEP;
	if (steps != NO_STEP)
		begin_anew(b, steps, known->v[from].on);
	for (size_t i = from; i < end; i++) {
		int id = rules_step_id(b->rules, known->v[i].kind);
		if (id >= 0)
			add_step(b, &known->v[i], id);
	}
	for (size_t i = from; i < end; i++)
		if (facts_match(&known->v[i], FACT_TRANSFER, "candidate"))
			consider_again(b, &known->v[i]);
	for (size_t i = from; i < end; i++)
		if (facts_is_exit(&known->v[i]))
			add_exit(b->trail, &known->v[i]);
	return end;
}

static struct facts known_on(const struct facts *active, struct day until)
{
	struct facts known = *active;
	while (known.n > 0 && known.v[known.n - 1].on.n > until.n)
		known.n--;
	return known;
}

void trail_build(const struct rules *r, const struct facts *active, struct day until, struct arena *a, struct trail *ret)
{
	*ret = (struct trail){ .active = active, .until = until, .since = DAY_NONE, .anew = DAY_NONE,
		.v = arena_array(a, struct trail_step, active->n), .ended = arena_array(a, struct trail_ended, active->n) };
	struct builder b = { .rules = r, .trail = ret, .known = known_on(active, until) };
	for (size_t i = 0; i < b.known.n; i++)
		b.cancelled |= is_cancellation(&b.known.v[i]);
	size_t dated = facts_first_dated(&b.known);
	for (size_t i = dated; i < b.known.n;) {
		assert(i == dated || b.known.v[i - 1].on.n < b.known.v[i].on.n);
		i = add_day(&b, i);
	}
}

bool trail_asks_again(const struct trail *t, const char *kind)
{
	for (size_t i = 0; i < t->ended_n; i++) {
		const struct trail_ended *e = &t->ended[i];
		bool wrong = e->by->about == e->fact->seq, moved = !is_cancellation(e->by) && !is_decided(t);
		if ((wrong || moved) && strcmp(e->fact->kind, kind) == 0)
			return true;
	}
	return false;
}

const struct trail_step *trail_last(const struct trail *t, int id, struct day until)
{
	const struct trail_step *found = NULL;
	for (const struct trail_step *s = t->v + t->n; s-- > t->v;) {
		if (s->id != id || s->on.n > until.n)
			continue;
		if (found && s->on.n < found->on.n)
			break;
		if (!found || !s->failed)
			found = s;
	}
	return found;
}

/* The pack behind "CLOCK:"; NULL when the value is about another clock. */
static const char *pack_named(const char *value, const char *clock)
{
	size_t n = strlen(clock);
	return value && strncmp(value, clock, n) == 0 && value[n] == ':' ? value + n + 1 : NULL;
}

const struct fact *trail_own_rules(const struct trail *t, const char *clock)
{
	const struct fact *found = NULL;
	for (size_t i = facts_first_dated(t->active); i < t->active->n; i++) {
		const struct fact *f = &t->active->v[i];
		if (f->on.n > t->since.n && f->on.n <= t->until.n && strcmp(f->kind, FACT_RULES_OF) == 0 && pack_named(f->value, clock))
			found = f;
	}
	return found;
}

const struct pack *trail_pack(const struct trail *t, const struct rules *r, const char *clock, struct day start)
{
	const struct fact *own = trail_own_rules(t, clock);
	const struct pack *p = own ? rules_near(r, pack_named(own->value, clock), start) : NULL;
	return p ? p : rules_at(r, start);
}

static bool holds_step(const struct trail *t, const struct pack *p, const struct pattern *x, struct day until)
{
	const struct trail_step *last = trail_last(t, p->steps[x->step].id, until);
	bool wants_failed = x->value && strcmp(x->value, VALUE_FAILED) == 0;
	return last && last->failed == wants_failed;
}

bool trail_holds(const struct trail *t, const struct pack *p, const struct pattern *x, struct day until)
{
	if (x->step >= 0)
		return holds_step(t, p, x, until);
	const struct fact_kind *kind = fact_kind_find(x->kind);
	if (kind->family == FACT_ATTRIBUTE)
		return x->value ? text_equal(facts_value(t->active, x->kind, until), x->value) : facts_first(t->active, x->kind) != NULL;
	for (size_t i = facts_first_dated(t->active); i < t->active->n; i++) {
		const struct fact *f = &t->active->v[i];
		bool over = facts_is_exit(f) && f != t->exit;
		if (f->on.n > t->since.n && f->on.n <= until.n && facts_match(f, x->kind, x->value) && !over)
			return true;
	}
	return false;
}

static bool holds_any(const struct trail *t, const struct pack *p, struct patterns list, struct day until)
{
	for (size_t i = 0; i < list.n; i++)
		if (trail_holds(t, p, &list.v[i], until))
			return true;
	return false;
}

bool trail_concerns(const struct trail *t, const struct pack *p, struct patterns when, struct patterns unless, struct day until)
{
	return (when.n == 0 || holds_any(t, p, when, until)) && !holds_any(t, p, unless, until);
}

int32_t trail_failed_times(const struct trail *t, int id, struct day until)
{
	int32_t times = 0;
	for (const struct trail_step *s = t->v; s < t->v + t->n; s++)
		if (s->id == id && s->on.n <= until.n)
			times = s->failed ? times + 1 : 0;
	return times;
}

bool trail_given_up(const struct trail *t, const struct step *step, struct day until)
{
	return step->tries > 0 && trail_failed_times(t, step->id, until) >= step->tries;
}
