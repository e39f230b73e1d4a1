#include "domain/tree_part.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* While a path is walked; what is asked for is never negative. */
enum { UNSEEN = -1, WALKED = -2 };

/* The facts that decide where a unit hangs, the last of each kind: of all days, and up to one day. One pass instead of a search for each:
 * this runs over all units for every question. */
struct place {
	const struct unit_fact *open, *close;
	const struct unit_fact *open_on, *close_on, *parent_on;
};

static void look_at(struct place *p, const struct unit_fact *f, bool begun)
{
	if (strcmp(f->kind, UNIT_PARENT) == 0) {
		p->parent_on = begun ? f : p->parent_on;
	} else if (strcmp(f->kind, UNIT_OPEN) == 0) {
		p->open = f;
		p->open_on = begun ? f : p->open_on;
	} else if (strcmp(f->kind, UNIT_CLOSE) == 0) {
		p->close = f;
		p->close_on = begun ? f : p->close_on;
	}
}

static struct place place_of(const struct unit *u, struct day on)
{
	struct place p = { 0 };
	for (size_t i = 0; i < u->n; i++)
		if (unit_fact_holds(u, &u->facts[i]))
			look_at(&p, &u->facts[i], u->facts[i].from.n <= on.n);
	return p;
}

/* Where the history of a closed unit counts: in its heir, else below the last parent it had. */
static struct unit_id after_closing(const struct tree *t, const struct unit *u, struct day closed, struct day on)
{
	struct unit_id heir = tree_heir(t, u, on);
	return heir.v ? heir : unit_parent(u, day_add(closed, -1));
}

/* The parent on that day. */
static struct unit_id hangs_below(const struct tree *t, const struct unit *u, struct day on)
{
	if (u->steady)
		return unit_is_open(u, on) ? unit_parent(u, on) : (struct unit_id){ 0 };
	const struct place p = place_of(u, on);
	bool closed = p.close && p.close->from.n <= on.n && !(p.open && p.open->from.n > p.close->from.n);
	if (closed)
		return after_closing(t, u, p.close->from, on);
	bool open = p.open_on && (!p.close_on || p.close_on->from.n < p.open_on->from.n);
	return open && p.parent_on ? p.parent_on->ref : (struct unit_id){ 0 };
}

/* As positions, -1 for none. */
static int *parents_with_closed(const struct tree *t, struct day on, struct arena *a)
{
	int *parent = arena_array(a, int, t->n);
	for (size_t i = 0; i < t->n; i++)
		parent[i] = tree_index(t, hangs_below(t, &t->v[i], on));
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
