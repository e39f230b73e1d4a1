#include "domain/tree_part.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* While a path is walked; what is asked for is never negative. */
enum { UNSEEN = -1, WALKED = -2 };

/* Position of each unit's parent on that day; a unit already closed keeps the last one it had. */
static int *parents_with_closed(const struct tree *t, struct day on, struct arena *a)
{
	int *parent = tree_parents(t, on, a);
	for (size_t i = 0; i < t->n; i++) {
		struct day closed = unit_closed(&t->v[i]);
		if (day_known(closed) && closed.n <= on.n)
			parent[i] = tree_index(t, unit_parent(&t->v[i], day_add(closed, -1)));
	}
	return parent;
}

/* Walks up from unit i until the answer is known, then writes it on the whole path. A ring is outside. */
static void settle(const int *parent, int32_t *mark, int i)
{
	int at = i;
	while (at >= 0 && mark[at] == UNSEEN) {
		mark[at] = WALKED;
		at = parent[at];
	}
	int32_t answer = at >= 0 && mark[at] >= 0 ? mark[at] : PART_OUTSIDE;
	for (at = i; at >= 0 && mark[at] == WALKED; at = parent[at])
		mark[at] = answer;
}

static int32_t *unseen(const struct tree *t, struct arena *a)
{
	int32_t *mark = arena_array(a, int32_t, t->n);
	for (size_t i = 0; i < t->n; i++)
		mark[i] = UNSEEN;
	return mark;
}

static struct tree_part spread(const struct tree *t, const int *parent, int32_t *mark, struct arena *a)
{
	int64_t limit = t->v[t->n - 1].id.v + 1;
	int32_t *of = arena_array(a, int32_t, (size_t)limit);
	for (size_t i = 0; i < t->n; i++) {
		settle(parent, mark, (int)i);
		assert(t->v[i].id.v > 0 && t->v[i].id.v < limit);
		of[t->v[i].id.v] = mark[i];
	}
	return (struct tree_part){ of, limit };
}

struct tree_part tree_inside(const struct tree *t, struct unit_id root, struct day on, struct arena *a)
{
	int at = tree_index(t, root);
	if (at < 0)
		return (struct tree_part){ NULL, 0 };
	int32_t *mark = unseen(t, a);
	mark[at] = PART_ROOT;
	return spread(t, parents_with_closed(t, on, a), mark, a);
}

/* ---- by child ---- */

static bool is_closed(const struct unit *u, struct day on)
{
	struct day closed = unit_closed(u);
	return day_known(closed) && closed.n <= on.n;
}

static int by_code(const void *x, const void *y)
{
	const struct unit *const *a = x, *const *b = y;
	return strcmp((*a)->code, (*b)->code);
}

/* Open ones sorted by code, then the closed ones in the order of the tree. */
static void find_children(const struct tree *t, const int *parent, int root, struct day on, struct tree_split *s)
{
	for (size_t i = 0; i < t->n; i++)
		if (parent[i] == root && !is_closed(&t->v[i], on))
			s->children[s->n++] = &t->v[i];
	s->open_n = s->n;
	if (s->n > 0)
		qsort(s->children, s->n, sizeof *s->children, by_code);
	for (size_t i = 0; i < t->n; i++)
		if (parent[i] == root && is_closed(&t->v[i], on))
			s->children[s->n++] = &t->v[i];
}

struct tree_split tree_split(const struct tree *t, struct unit_id root, struct day on, struct arena *a)
{
	struct tree_split s = { .children = arena_array(a, const struct unit *, t->n) };
	int at = tree_index(t, root);
	if (at < 0)
		return s;
	const int *parent = parents_with_closed(t, on, a);
	int32_t *mark = unseen(t, a);
	find_children(t, parent, at, on, &s);
	for (size_t k = 0; k < s.n; k++)
		mark[tree_index(t, s.children[k]->id)] = PART_CHILD + (int32_t)k;
	mark[at] = PART_ROOT;
	s.part = spread(t, parent, mark, a);
	return s;
}
