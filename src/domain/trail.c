#include "domain/trail.h"
#include "base/text.h"

#include <assert.h>
#include <string.h>

bool trail_failed(const struct rules *r, const struct fact *f)
{
	const struct step *step = f->has_vote ? pack_step(rules_at(r, f->on), f->kind) : NULL;
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
	bool member;
};

static void add_step(struct builder *b, const struct fact *f, int id)
{
	struct trail *t = b->trail;
	if (t->exit && f->on.n > t->exit->on.n) {
		if (b->member) {
			t->n = 0;
			t->since = t->exit->on;
		}
		b->member = false;
		t->exit = NULL;
	}
	t->v[t->n++] = (struct trail_step){ id, f->on, trail_failed(b->rules, f), f };
	b->member = b->member || makes_a_member(f->kind);
}

/* Of two exits on one day the one from the Party or the list counts, in whatever order they were entered. */
static void add_exit(struct trail *t, const struct fact *f)
{
	bool moved = strcmp(f->kind, FACT_MOVED) == 0;
	if (!t->exit || t->exit->on.n < f->on.n || !moved)
		t->exit = f;
}

/* A candidate who moved and is on the books of a unit here again has not left. */
static bool ends_move(const struct trail *t, const struct fact *f)
{
	return t->exit && strcmp(t->exit->kind, FACT_MOVED) == 0 && strcmp(f->kind, FACT_UNIT) == 0 && f->on.n > t->exit->on.n;
}

static void add_event(struct builder *b, const struct fact *f)
{
	int id = rules_step_id(b->rules, f->kind);
	if (id >= 0)
		add_step(b, f, id);
	else if (ends_move(b->trail, f))
		b->trail->exit = NULL;
}

/* Facts of one day count alike in whatever order they were entered: first the steps, then the exits. */
static size_t add_day(struct builder *b, const struct facts *active, size_t from)
{
	size_t end = from;
	for (; end < active->n && day_equal(active->v[end].on, active->v[from].on); end++)
		if (!facts_is_exit(&active->v[end]))
			add_event(b, &active->v[end]);
	for (size_t i = from; i < end; i++)
		if (facts_is_exit(&active->v[i]))
			add_exit(b->trail, &active->v[i]);
	return end;
}

void trail_build(const struct rules *r, const struct facts *active, struct day until, struct arena *a, struct trail *ret)
{
	*ret = (struct trail){ .active = active, .since = DAY_NONE, .v = arena_array(a, struct trail_step, active->n) };
	struct builder b = { r, ret, false };
	size_t dated = facts_first_dated(active);
	for (size_t i = dated; i < active->n && active->v[i].on.n <= until.n;) {
		assert(i == dated || active->v[i - 1].on.n < active->v[i].on.n);
		i = add_day(&b, active, i);
	}
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
		if (f->on.n > t->since.n && f->on.n <= until.n && facts_match(f, x->kind, x->value))
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
