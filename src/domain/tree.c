#include "domain/tree.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static size_t hash_code(const char *code)
{
	uint64_t h = 14695981039346656037u; /* FNV-1a, upper and lower case alike */
	for (; *code; code++) {
		unsigned char c = (unsigned char)*code;
		h = (h ^ (c >= 'A' && c <= 'Z' ? c + 32u : c)) * 1099511628211u;
	}
	return (size_t)(h ^ h >> 32);
}

/* The slot of that code, or the free one where it would go. */
static int *slot_of(const struct tree *t, const char *code)
{
	assert(t->slots_n > t->n);
	size_t mask = t->slots_n - 1;
	size_t i = hash_code(code) & mask;
	while (t->slots[i] && strcasecmp(t->v[t->slots[i] - 1].code, code) != 0)
		i = (i + 1) & mask;
	return &t->slots[i];
}

static void index_codes(struct tree *t, size_t slots)
{
	assert((slots & (slots - 1)) == 0);
	t->slots = arena_array(t->arena, int, slots);
	t->slots_n = slots;
	for (size_t i = 0; i < t->n; i++)
		*slot_of(t, t->v[i].code) = (int)i + 1;
}

/* First position whose id is not below `id`. */
static size_t lower_bound(const struct tree *t, int64_t id)
{
	size_t lo = 0, hi = t->n;
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		if (t->v[mid].id.v < id)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

#define NEVER ((struct day){ INT32_MAX }) /* later than any day that can be asked about */

struct unit *tree_add(struct tree *t, struct unit_id id, const char *code)
{
	size_t at = lower_bound(t, id.v);
	assert(id.v > 0 && (at == t->n || t->v[at].id.v != id.v));
	(void)arena_push(t->arena, t->v, t->n, t->cap);
	memmove(&t->v[at + 1], &t->v[at], (t->n - 1 - at) * sizeof *t->v);
	t->v[at] = (struct unit){ .id = id, .code = arena_strdup(t->arena, code), .opened = NEVER, .joined = NEVER };
	bool crowded = t->n * 2 > t->slots_n;
	if (crowded || at + 1 < t->n)
		index_codes(t, crowded ? (t->slots_n ? t->slots_n * 2 : 64) : t->slots_n);
	else
		*slot_of(t, code) = (int)at + 1;
	return &t->v[at];
}

static bool is_kind(const struct unit_fact *f, const char *kind)
{
	return strcmp(f->kind, kind) == 0;
}

/* One more fact: once unsteady, always so. */
static void keep_steady(struct unit *u, const struct unit_fact *f)
{
	bool first = u->n == 1;
	if (is_kind(f, UNIT_OPEN)) {
		u->steady = first || (u->steady && day_equal(u->opened, NEVER));
		u->opened = f->from;
	} else if (is_kind(f, UNIT_PARENT)) {
		u->steady = first || (u->steady && day_equal(u->joined, NEVER));
		u->joined = f->from;
		u->parent = f->ref;
	} else {
		u->steady = (first || u->steady) && !is_kind(f, UNIT_CLOSE);
	}
	u->steady &= !u->corrected;
}

void tree_add_fact(struct tree *t, struct unit *u, const struct unit_fact *f)
{
	(void)arena_push(t->arena, u->facts, u->n, u->cap);
	size_t i = u->n - 1;
	for (; i > 0 && (u->facts[i - 1].from.n > f->from.n || (u->facts[i - 1].from.n == f->from.n && u->facts[i - 1].seq > f->seq)); i--)
		u->facts[i] = u->facts[i - 1];
	u->facts[i] = *f;
	u->facts[i].kind = arena_strdup(t->arena, f->kind);
	u->facts[i].value = arena_strdup(t->arena, f->value);
	u->facts[i].paper_no = arena_strdup(t->arena, f->paper_no);
	u->corrected |= f->corrects != 0;
	keep_steady(u, f);
}

/* Position of the first heir of a unit, or where it would go. */
static size_t first_heir(const struct tree *t, struct unit_id unit)
{
	size_t lo = 0, hi = t->heirs_n;
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		if (t->heirs[mid].unit.v < unit.v)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

const struct unit_heir *tree_heirs(const struct tree *t, struct unit_id unit, size_t *ret_n)
{
	size_t from = first_heir(t, unit), to = from;
	while (to < t->heirs_n && ID_EQUAL(t->heirs[to].unit, unit))
		to++;
	*ret_n = to - from;
	return t->heirs + from;
}

void tree_add_heir(struct tree *t, struct unit_heir h)
{
	(void)arena_push(t->arena, t->heirs, t->heirs_n, t->heirs_cap);
	size_t i = t->heirs_n - 1;
	for (; i > 0 && t->heirs[i - 1].unit.v > h.unit.v; i--)
		t->heirs[i] = t->heirs[i - 1];
	t->heirs[i] = h;
}

void tree_drop_heirs(struct tree *t, int64_t reorg)
{
	size_t kept = 0;
	for (size_t i = 0; i < t->heirs_n; i++)
		if (t->heirs[i].reorg != reorg)
			t->heirs[kept++] = t->heirs[i];
	t->heirs_n = kept;
}

struct tree tree_copy(const struct tree *t, struct arena *a)
{
	struct tree copy = { .arena = a };
	for (size_t i = 0; i < t->n; i++) {
		struct unit *u = tree_add(&copy, t->v[i].id, t->v[i].code);
		for (size_t k = 0; k < t->v[i].n; k++)
			tree_add_fact(&copy, u, &t->v[i].facts[k]);
	}
	for (size_t i = 0; i < t->heirs_n; i++)
		tree_add_heir(&copy, t->heirs[i]);
	assert(copy.n == t->n);
	return copy;
}

int tree_index(const struct tree *t, struct unit_id id)
{
	size_t guess = (size_t)(id.v - 1); /* ids are given without gaps, as a rule */
	size_t at = id.v > 0 && guess < t->n && t->v[guess].id.v == id.v ? guess : lower_bound(t, id.v);
	return at < t->n && t->v[at].id.v == id.v ? (int)at : -1;
}

struct unit *tree_find(const struct tree *t, struct unit_id id)
{
	int i = tree_index(t, id);
	return i < 0 ? NULL : &t->v[i];
}

struct unit *tree_find_code(const struct tree *t, const char *code)
{
	if (t->n == 0)
		return NULL;
	int slot = *slot_of(t, code);
	return slot ? &t->v[slot - 1] : NULL;
}

static bool is_corrected(const struct unit *u, int32_t seq)
{
	for (size_t i = 0; u->corrected && i < u->n; i++)
		if (u->facts[i].corrects == seq)
			return true;
	return false;
}

bool unit_fact_holds(const struct unit *u, const struct unit_fact *f)
{
	return !f->withdrawn && !is_corrected(u, f->seq);
}

/* The first letter tells most kinds apart without a call: every question about a tree comes through here for every fact. */
static bool holds(const struct unit *u, const struct unit_fact *f, const char *kind)
{
	return f->kind[0] == kind[0] && strcmp(f->kind, kind) == 0 && unit_fact_holds(u, f);
}

const struct unit_fact *unit_fact_by_seq(const struct unit *u, int32_t seq)
{
	for (size_t i = 0; i < u->n; i++)
		if (u->facts[i].seq == seq)
			return &u->facts[i];
	return NULL;
}

const struct unit_fact *unit_fact_at(const struct unit *u, const char *kind, struct day on)
{
	for (size_t i = u->n; i-- > 0;)
		if (u->facts[i].from.n <= on.n && holds(u, &u->facts[i], kind))
			return &u->facts[i];
	return NULL;
}

static const struct unit_fact *first_fact(const struct unit *u, const char *kind)
{
	for (size_t i = 0; i < u->n; i++)
		if (holds(u, &u->facts[i], kind))
			return &u->facts[i];
	return NULL;
}

bool unit_is_open(const struct unit *u, struct day on)
{
	if (u->steady)
		return u->opened.n <= on.n;
	const struct unit_fact *open = unit_fact_at(u, UNIT_OPEN, on), *close = unit_fact_at(u, UNIT_CLOSE, on);
	return open && (!close || close->from.n < open->from.n);
}

/* A name from before an opening was taken back. */
static bool is_left_over(const struct unit *u, const struct unit_fact *name)
{
	for (size_t i = 0; u->corrected && i < u->n; i++)
		if (u->facts[i].withdrawn && is_kind(&u->facts[i], UNIT_OPEN) && name->seq < u->facts[i].seq)
			return true;
	return false;
}

/* A unit that never was keeps its name, for what was written of it, until its code is opened again. */
static bool is_name_of(const struct unit *u, const struct unit_fact *f)
{
	return holds(u, f, UNIT_NAME) && !(is_left_over(u, f) && first_fact(u, UNIT_OPEN));
}

/* The last one by that day, else the first. */
static const struct unit_fact *name_at(const struct unit *u, struct day on)
{
	const struct unit_fact *first = NULL;
	for (size_t i = u->n; i-- > 0;) {
		if (!is_name_of(u, &u->facts[i]))
			continue;
		first = &u->facts[i];
		if (first->from.n <= on.n)
			break;
	}
	return first;
}

const char *unit_name(const struct unit *u, struct day on)
{
	const struct unit_fact *f = name_at(u, on);
	return f && f->value ? f->value : u->code;
}

const char *unit_kind(const struct unit *u, struct day on)
{
	const struct unit_fact *f = unit_fact_at(u, UNIT_KIND, on);
	return f && f->value ? f->value : "";
}

struct unit_id unit_parent(const struct unit *u, struct day on)
{
	if (u->steady)
		return u->joined.n <= on.n ? u->parent : (struct unit_id){ 0 };
	const struct unit_fact *f = unit_fact_at(u, UNIT_PARENT, on);
	return f ? f->ref : (struct unit_id){ 0 };
}

struct day unit_opened(const struct unit *u)
{
	const struct unit_fact *f = first_fact(u, UNIT_OPEN);
	return f ? f->from : DAY_NONE;
}

struct day unit_closed(const struct unit *u)
{
	if (u->steady)
		return DAY_NONE;
	const struct unit_fact *open = unit_fact_at(u, UNIT_OPEN, DAY_LAST), *close = unit_fact_at(u, UNIT_CLOSE, DAY_LAST);
	return close && !(open && open->from.n > close->from.n) ? close->from : DAY_NONE;
}

bool unit_never_was(const struct unit *u)
{
	return !day_known(unit_opened(u));
}

struct unit_id tree_heir(const struct tree *t, const struct unit *u, struct day on)
{
	size_t n;
	const struct unit_heir *v = tree_heirs(t, u->id, &n), *last = NULL;
	bool several = false;
	for (size_t i = 0; i < n; i++) {
		if (v[i].on.n > on.n || (last && v[i].on.n < last->on.n))
			continue;
		several = last && last->reorg == v[i].reorg;
		last = &v[i];
	}
	bool single = last && !several && !ID_EQUAL(last->heir, u->id);
	return single ? last->heir : (struct unit_id){ 0 };
}

bool tree_is_under(const struct tree *t, struct unit_id id, struct unit_id root, struct day on)
{
	size_t steps = 0; /* recorded trees have no ring, trees under check may */
	for (const struct unit *u = tree_find(t, id); u && steps <= t->n; u = tree_find(t, unit_parent(u, on)), steps++)
		if (ID_EQUAL(u->id, root))
			return true;
	return false;
}

int *tree_parents(const struct tree *t, struct day on, struct arena *a)
{
	int *parents = arena_array(a, int, t->n);
	for (size_t i = 0; i < t->n; i++) {
		const struct unit *u = &t->v[i];
		parents[i] = unit_is_open(u, on) ? tree_index(t, unit_parent(u, on)) : -1;
	}
	return parents;
}

static int by_code(const void *x, const void *y)
{
	const struct unit *const *a = x, *const *b = y;
	return strcmp((*a)->code, (*b)->code);
}

struct unit **tree_children(const struct tree *t, struct unit_id parent, struct day on, struct arena *a, size_t *ret_n)
{
	struct unit **list = NULL;
	size_t n = 0, cap = 0;
	for (size_t i = 0; i < t->n; i++)
		if (ID_EQUAL(unit_parent(&t->v[i], on), parent) && unit_is_open(&t->v[i], on)) /* the rarer one first */
			*arena_push(a, list, n, cap) = &t->v[i];
	if (n > 0)
		qsort(list, n, sizeof *list, by_code);
	*ret_n = n;
	return list;
}

/* First day after `on` for which the unit has a parent on record already. */
static struct day next_move(const struct unit *u, struct day on)
{
	for (size_t i = 0; i < u->n; i++)
		if (u->facts[i].from.n > on.n && holds(u, &u->facts[i], UNIT_PARENT))
			return u->facts[i].from;
	return DAY_LAST;
}

/* Whether the parent comes to lie below the unit on `on` or by a move recorded for a later day while it is to be the parent. */
static bool makes_ring(const struct tree *t, struct unit_id unit, struct unit_id parent, struct day on)
{
	if (tree_is_under(t, parent, unit, on))
		return true;
	const struct unit *moved = tree_find(t, unit);
	struct day until = moved ? next_move(moved, on) : DAY_LAST;
	for (size_t i = 0; i < t->n; i++) {
		struct day d = next_move(&t->v[i], on);
		for (; d.n < until.n; d = next_move(&t->v[i], d))
			if (tree_is_under(t, parent, unit, d))
				return true;
	}
	return false;
}

/* The closing of the parent, if the unit would still hang below it then: neither moved on nor closed itself. */
static struct day left_behind(const struct tree *t, const struct unit *parent, struct unit_id unit, struct day on)
{
	const struct unit *u = tree_find(t, unit);
	struct day ends = unit_closed(parent), own = u ? unit_closed(u) : DAY_NONE, next = u ? next_move(u, on) : DAY_LAST;
	bool leaves = next.n <= ends.n || (day_known(own) && own.n <= ends.n);
	return leaves ? DAY_NONE : ends;
}

enum err tree_check_parent(const struct tree *t, struct unit_id unit, struct unit_id parent, struct day on, struct fault *f)
{
	char day[DAY_TEXT];
	if (parent.v == 0)
		return OK;
	const struct unit *p = tree_find(t, parent);
	if (!p)
		return FAULT(f, E_NOTFOUND, "parent", MSG_UNIT_UNKNOWN);
	if (!unit_is_open(p, on))
		return FAULT(f, E_RULE, "parent", MSG_UNIT_NOT_OPEN, unit_name(p, on), day_vi(on, day));
	if (makes_ring(t, unit, parent, on))
		return FAULT(f, E_RULE, "parent", MSG_UNIT_RING, unit_name(p, on));
	struct day ends = left_behind(t, p, unit, on);
	if (day_known(ends))
		return FAULT(f, E_RULE, "parent", MSG_UNIT_PARENT_CLOSES, unit_name(p, on), day_vi(ends, day));
	return OK;
}

/* Open below `parent` on that day, or recorded to come there later. */
static bool hangs_below(const struct unit *u, struct unit_id parent, struct day on)
{
	if (unit_is_open(u, on) && ID_EQUAL(unit_parent(u, on), parent))
		return true;
	for (size_t i = 0; i < u->n; i++)
		if (u->facts[i].from.n > on.n && holds(u, &u->facts[i], UNIT_PARENT) && ID_EQUAL(u->facts[i].ref, parent))
			return true;
	return false;
}

enum err tree_check_close(const struct tree *t, struct unit_id unit, struct day on, struct fault *f)
{
	char day[DAY_TEXT];
	const struct unit *u = tree_find(t, unit);
	if (!u)
		return FAULT(f, E_NOTFOUND, "unit", MSG_UNIT_UNKNOWN);
	if (!unit_is_open(u, on))
		return FAULT(f, E_RULE, "unit", MSG_UNIT_NOT_OPEN, unit_name(u, on), day_vi(on, day));
	for (size_t i = 0; i < t->n; i++)
		if (hangs_below(&t->v[i], unit, on))
			return FAULT(f, E_RULE, "unit", MSG_UNIT_HAS_CHILDREN, unit_name(u, on), unit_name(&t->v[i], on));
	return OK;
}
