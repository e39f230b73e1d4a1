#include "domain/trail.h"
#include "base/text.h"

#include <assert.h>
#include <string.h>

static bool failed(const struct rules *r, const struct fact *f)
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
		if (b->member)
			t->n = 0;
		b->member = false;
		t->exit = NULL;
	}
	t->v[t->n++] = (struct trail_step){ id, f->on, failed(b->rules, f), f };
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
	*ret = (struct trail){ .active = active, .v = arena_array(a, struct trail_step, active->n) };
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
