#include "domain/trail.h"
#include "base/text.h"

#include <assert.h>
#include <string.h>

static bool failed(const struct rules *r, const struct fact *f)
{
	const struct step *step = pack_step(rules_at(r, f->on), f->kind);
	struct vote vote = f->vote;
	if (f->has_vote && step && step->votes && vote_check(&vote, NULL) == OK)
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

/* A candidate who moved and is on the books of a unit here again has not left. */
static bool ends_move(const struct trail *t, const struct fact *f)
{
	return t->exit && strcmp(t->exit->kind, FACT_MOVED) == 0 && strcmp(f->kind, FACT_UNIT) == 0 && f->on.n > t->exit->on.n;
}

void trail_build(const struct rules *r, const struct facts *active, struct day until, struct arena *a, struct trail *ret)
{
	*ret = (struct trail){ .active = active, .v = arena_array(a, struct trail_step, active->n) };
	struct builder b = { r, ret, false };
	for (size_t i = 0; i < active->n && active->v[i].on.n <= until.n; i++) {
		const struct fact *f = &active->v[i];
		assert(i == 0 || active->v[i - 1].on.n <= f->on.n);
		int id = rules_step_id(r, f->kind);
		if (id >= 0 && day_known(f->on))
			add_step(&b, f, id);
		else if (strcmp(f->kind, FACT_LEFT) == 0 || strcmp(f->kind, FACT_MOVED) == 0)
			ret->exit = f;
		else if (ends_move(ret, f))
			ret->exit = NULL;
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
