/* Questions on the roll: lists, counts by state, late and due. */
#include "app/live.h"

#include "base/text.h"
#include "base/utf8.h"
#include "domain/tree_part.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_CHARS_MAX = 100 };

static bool is_late(const struct roll_clock *k)
{
	return k->status != CLOCK_RUNNING;
}

/* ---- lists ---- */

static bool is_inside(struct tree_part part, const struct roll_mark *m)
{
	return tree_part_of(part, (struct unit_id){ m->unit }) != PART_OUTSIDE;
}

static bool is_due_by(const struct roll_mark *m, struct day by)
{
	return day_known(m->due) && m->due.n <= by.n;
}

/* By what stands in the mark; */
static bool may_fit(const struct roll_ask *q, const struct roll_mark *m)
{
	return (q->phase == PHASE_NONE || m->phase == q->phase) && (!q->open || m->open) && (!q->late || m->late) &&
		(!day_known(q->due_by) || is_due_by(m, q->due_by));
}

/* by the rest. */
static bool fits(const struct roll_ask *q, const char *fold, const struct roll_person *p)
{
	return (!q->state || strcmp(p->state, q->state) == 0) && (!fold || text_begins_word(p->name_fold, fold));
}

static enum err fold_of(const char *text, struct arena *a, const char **ret, struct fault *f)
{
	*ret = NULL;
	if (!text)
		return OK;
	if (!utf8_valid(text, strlen(text)))
		return FAULT(f, E_INVALID, "text", MSG_NOT_UTF8);
	const char *clean = utf8_clean(a, text);
	if (utf8_length(clean) > TEXT_CHARS_MAX)
		return FAULT(f, E_TOOBIG, "text", MSG_TOO_LONG, "100");
	*ret = *clean ? vi_fold(a, clean) : NULL;
	return OK;
}

enum err roll_find(const struct live_view *v, const struct tree *t, const struct roll_ask *q, size_t skip, size_t most, struct arena *a,
	const struct roll_person ***ret, size_t *ret_n, size_t *ret_total, struct fault *f)
{
	const char *fold;
	TRY(fold_of(q->text, a, &fold, f));
	struct tree_part part = tree_inside(t, q->unit, v->today, a);
	const bool by_mark = q->phase != PHASE_NONE || q->open || q->late || day_known(q->due_by), by_person = q->state || fold;
	const struct roll_person **found = NULL;
	size_t n = 0, cap = 0, total = 0;
	for (size_t i = 0; i < v->people_n; i++) {
		const struct roll_mark *m = &v->marks[i];
		if (!is_inside(part, m) || (by_mark && !may_fit(q, m)) || (by_person && !fits(q, fold, v->people[i])))
			continue;
		if (total++ >= skip && n < most)
			*arena_push(a, found, n, cap) = v->people[i];
	}
	*ret = found;
	*ret_n = n;
	*ret_total = total;
	return OK;
}

/* ---- how many stand where ---- */

/* Position in the chain of today's rules; those that the chain does not know come behind. */
static size_t rank_of(const struct pack *pack, const char *state)
{
	size_t i = 0;
	while (i < pack->steps_n && strcmp(pack->steps[i].state, state) != 0)
		i++;
	return i;
}

struct tally {
	const struct pack *pack;
	struct roll_count *v; /* by position in the chain, then the others */
	size_t n, cap;
	struct arena *arena;
};

static struct roll_count *count_of(struct tally *t, const struct roll_person *p)
{
	size_t i = rank_of(t->pack, p->state);
	while (i < t->n && i >= t->pack->steps_n && strcmp(t->v[i].state, p->state) != 0)
		i++;
	if (i == t->n)
		*arena_push(t->arena, t->v, t->n, t->cap) = (struct roll_count){ .state = p->state, .label = p->state_label, .phase = p->phase };
	return &t->v[i];
}

static void add_to(struct roll_count *c, const struct roll_person *p)
{
	c->phase = p->phase;
	c->n++;
	c->late += p->late;
}

static struct tally tally_of(const struct pack *pack, struct arena *a)
{
	struct tally t = { .pack = pack, .arena = a };
	for (size_t i = 0; i < pack->steps_n; i++)
		*arena_push(a, t.v, t.n, t.cap) = (struct roll_count){ .state = pack->steps[i].state, .label = pack->steps[i].state_label };
	return t;
}

struct roll_count *roll_pipeline(const struct live_view *v, const struct tree *t, struct unit_id unit, struct arena *a, size_t *ret_n)
{
	struct tree_part part = tree_inside(t, unit, v->today, a);
	struct tally tally = tally_of(v->pack, a);
	for (size_t i = 0; i < v->people_n; i++)
		if (v->marks[i].open && is_inside(part, &v->marks[i]))
			add_to(count_of(&tally, v->people[i]), v->people[i]);
	size_t kept = 0;
	for (size_t i = 0; i < tally.n; i++)
		if (tally.v[i].n)
			tally.v[kept++] = tally.v[i];
	*ret_n = kept;
	return tally.v;
}

/* ---- late and due ---- */

static int by_due(const void *x, const void *y)
{
	const struct due_row *a = x, *b = y;
	if (a->clock->due.n != b->clock->due.n)
		return a->clock->due.n < b->clock->due.n ? -1 : 1;
	int name = strcmp(a->person->name_key, b->person->name_key);
	int id = (a->person->id.v > b->person->id.v) - (a->person->id.v < b->person->id.v);
	return name ? name : id ? id : strcmp(a->clock->clock->key, b->clock->clock->key);
}

static bool is_wanted(const struct due_ask *q, struct day today, const struct roll_clock *k)
{
	if (q->late)
		return is_late(k);
	return !is_late(k) && k->due.n - today.n <= q->within;
}

struct due_list {
	struct due_row *v;
	size_t n, cap;
};

static void add_due(struct due_list *l, const struct live_view *v, const struct tree *t, const struct due_ask *q,
	const struct roll_person *p, struct arena *a)
{
	for (size_t i = 0; i < p->clocks_n; i++) {
		const struct roll_clock *k = &p->clocks[i];
		int32_t days = k->due.n - v->today.n;
		if (is_wanted(q, v->today, k))
			*arena_push(a, l->v, l->n, l->cap) = (struct due_row){ p, k, tree_find(t, p->unit), days < 0 ? -days : days };
	}
}

void roll_due(const struct live_view *v, const struct tree *t, const struct due_ask *q, size_t skip, size_t most, struct arena *a,
	struct due_row **ret, size_t *ret_n, size_t *ret_total)
{
	struct tree_part part = tree_inside(t, q->unit, v->today, a);
	struct due_list l = { 0 };
	for (size_t i = 0; i < v->people_n; i++)
		if (v->marks[i].clocks && is_inside(part, &v->marks[i]))
			add_due(&l, v, t, q, v->people[i], a);
	if (l.n > 0)
		qsort(l.v, l.n, sizeof *l.v, by_due);
	*ret = l.v ? l.v + (skip < l.n ? skip : l.n) : NULL;
	*ret_n = skip >= l.n ? 0 : l.n - skip < most ? l.n - skip : most;
	*ret_total = l.n;
}
