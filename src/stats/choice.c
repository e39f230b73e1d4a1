#include "stats/choice.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define KIND_TERM "term"

/* A replacement holds from the day on which it was decided, and what it replaces until then. What a reorganisation carried over belongs to
 * the tree that it made: on the tree of a day before, also of a year that is not over, the old units have their own targets. */
static bool waits(const struct frame *fr, const struct target *t)
{
	struct day on = t->reorg ? fr->scope.tree_day : fr->ask->as_of;
	return (t->replaces.v || t->reorg) && day_known(t->decided) && t->decided.n > on.n;
}

static bool carried_away(const struct target *t)
{
	return t->reorg && t->low_milli == 0;
}

/* By any that came after it, however many lie between: what was recorded last may have been decided for an earlier day. */
static bool is_replaced(const struct frame *fr, const struct target *t)
{
	size_t n;
	const struct target *v = cube_targets(fr->cube, &n);
	struct target_id last = t->id;
	bool replaced = false;
	for (size_t i = 0; i < n && !replaced; i++) {
		if (!ID_EQUAL(v[i].replaces, last))
			continue;
		last = v[i].id;
		replaced = !waits(fr, &v[i]);
	}
	return replaced;
}

static bool in_force(const struct frame *fr, const struct target *t)
{
	return !carried_away(t) && !waits(fr, t) && !is_replaced(fr, t);
}

static bool covers(struct period p, struct period q)
{
	return p.from.n <= q.from.n && p.to.n >= q.to.n;
}

bool choice_same_period(struct period p, struct period q)
{
	return covers(p, q) && covers(q, p);
}

static int32_t length(struct period p)
{
	return p.to.n - p.from.n;
}

static int kind_order(const char *kind)
{
	size_t n;
	const struct code *v = codes(CODES_TARGET_KIND, &n);
	for (size_t i = 0; i < n; i++)
		if (strcmp(v[i].key, kind) == 0)
			return (int)i;
	return (int)n;
}

static int by_rank(const void *x, const void *y)
{
	const struct target_choice *a = x, *b = y;
	if (a->covers != b->covers)
		return a->covers ? -1 : 1;
	int kind = kind_order(a->target->kind) - kind_order(b->target->kind);
	struct period p = a->target->period, q = b->target->period;
	if (a->covers)
		return kind ? kind : length(p) < length(q) ? -1 : length(p) > length(q);
	if (p.from.n != q.from.n)
		return p.from.n < q.from.n ? -1 : 1;
	return kind ? kind : length(p) < length(q) ? -1 : length(p) > length(q);
}

struct target_choice *choice_targets(const struct frame *fr, const struct indicator *ind, struct unit_id unit, size_t *ret_n)
{
	size_t all_n, n = 0, cap = 0;
	const struct target *all = cube_targets(fr->cube, &all_n);
	struct target_choice *v = NULL;
	for (size_t i = 0; i < all_n; i++) {
		const struct target *t = &all[i];
		bool overlaps = t->period.from.n <= fr->span.to.n && t->period.to.n >= fr->span.from.n;
		if (!ID_EQUAL(t->unit, unit) || strcmp(t->indicator, ind->key) != 0 || !overlaps || !in_force(fr, t))
			continue;
		*arena_push(fr->a, v, n, cap) = (struct target_choice){ t, covers(t->period, fr->ask->period) };
	}
	if (n > 0)
		qsort(v, n, sizeof *v, by_rank);
	assert(n <= all_n);
	*ret_n = n;
	return v;
}

const struct target *choice_covering(const struct target_choice *v, size_t n, const char *kind)
{
	for (size_t i = 0; i < n; i++)
		if (v[i].covers && strcmp(v[i].target->kind, kind) == 0)
			return v[i].target;
	return NULL;
}

const struct target *choice_quota(const struct frame *fr, const struct indicator *ind, struct unit_id unit)
{
	size_t n;
	const struct target_choice *v = choice_targets(fr, ind, unit, &n);
	const struct target *t = choice_covering(v, n, TARGET_ASSIGNED);
	return t ? t : choice_covering(v, n, TARGET_OWN);
}

/* The target of a term need not say "term" twice. */
const char *choice_label(const struct frame *fr, const struct target *t)
{
	const char *period = period_label(t->period, fr->ask->lang, fr->a);
	if (strcmp(t->kind, KIND_TERM) == 0)
		return FRAME_TEXT(fr, MSG_ROW_TERM_TARGET, period);
	return FRAME_TEXT(fr, MSG_ROW_TARGET, code_label(CODES_TARGET_KIND, t->kind, fr->ask->lang), period);
}
