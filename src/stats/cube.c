#include "stats/cube_rows.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* Ids are given in the order of entry, so an array by id stays dense. Beyond this something is broken. */
#define ID_LIMIT (INT64_C(1) << 30)

enum { COMPACT_FROM = 1024 };

struct cube *cube_new(void)
{
	struct arena arena = {0};
	struct cube *c = arena_new(&arena, struct cube);
	c->arena = arena;
	c->tree.arena = &c->tree_arena;
	size_t n;
	const struct fact_kind *k = fact_kinds(&n);
	for (size_t i = 0; i < n; i++) {
		if (k[i].family != FACT_ATTRIBUTE || k[i].codes < 0)
			continue;
		assert(c->attributes_n < CUBE_ATTRIBUTES);
		c->attributes[c->attributes_n++] = (struct cube_attribute){ k[i].key, (enum code_table)k[i].codes };
	}
	return c;
}

void cube_free(struct cube **c)
{
	struct cube *it = *c;
	*c = NULL;
	if (!it)
		return;
	arena_done(&it->tree_arena);
	arena_done(&it->people.arena);
	arena_done(&it->index.arena);
	arena_done(&it->pool.arena);
	struct arena own = it->arena; /* it lies in there itself */
	arena_done(&own);
}

int cube_attribute_find(const struct cube *c, const char *kind)
{
	for (int i = 0; i < c->attributes_n; i++)
		if (strcmp(c->attributes[i].kind, kind) == 0)
			return i;
	return -1;
}

struct entry_id cube_position(const struct cube *c)
{
	return c->position;
}

void cube_set_position(struct cube *c, struct entry_id at)
{
	assert(at.v >= 0);
	c->position = at;
}

size_t cube_bytes(const struct cube *c)
{
	return c->people.arena.used + c->index.arena.used + c->pool.arena.used;
}

const struct tree *cube_tree(const struct cube *c)
{
	return &c->tree;
}

const struct cube_class *cube_classes(const struct cube *c, size_t *ret_n)
{
	*ret_n = c->classes_n;
	return c->classes;
}

const struct target *cube_targets(const struct cube *c, size_t *ret_n)
{
	*ret_n = c->targets_n;
	return c->targets;
}

void cube_set_tree(struct cube *c, const struct tree *t)
{
	arena_reset(&c->tree_arena);
	c->tree = tree_copy(t, &c->tree_arena);
}

/* ---- classes and targets ---- */

/* The old text while it says the same: feeding the same thing again takes no memory. */
static const char *keep_text(struct cube *c, const char *old, const char *now)
{
	return old && now && strcmp(old, now) == 0 ? old : arena_strdup(&c->arena, now);
}

void cube_set_class(struct cube *c, const struct cube_class *k)
{
	struct cube_class *to = NULL;
	for (size_t i = 0; i < c->classes_n && !to; i++)
		if (ID_EQUAL(c->classes[i].id, k->id))
			to = &c->classes[i];
	if (!to)
		to = arena_push(&c->arena, c->classes, c->classes_n, c->classes_cap);
	struct cube_class copy = *k;
	copy.code = keep_text(c, to->code, k->code);
	copy.name = keep_text(c, to->name, k->name);
	copy.kind = keep_text(c, to->kind, k->kind);
	*to = copy;
}

void cube_set_target(struct cube *c, const struct target *t)
{
	struct target *to = NULL;
	for (size_t i = 0; i < c->targets_n && !to; i++)
		if (ID_EQUAL(c->targets[i].id, t->id))
			to = &c->targets[i];
	if (!to)
		to = arena_push(&c->arena, c->targets, c->targets_n, c->targets_cap);
	struct target copy = *t;
	copy.indicator = keep_text(c, to->indicator, t->indicator);
	copy.kind = keep_text(c, to->kind, t->kind);
	copy.paper_no = keep_text(c, to->paper_no, t->paper_no);
	*to = copy;
}

/* ---- rows of persons ---- */

static void people_grow(struct people *p, int attributes_n)
{
	struct people now = { .n = p->n, .cap = p->cap ? p->cap * 2 : 64 };
#define X(type, name) \
	now.name = arena_array(&now.arena, type, now.cap); \
	if (p->n) \
		memcpy(now.name, p->name, p->n * sizeof(type));
	CUBE_COLUMNS(X)
#undef X
	for (int i = 0; i < attributes_n; i++) {
		now.value[i] = arena_array(&now.arena, uint8_t, now.cap);
		if (p->n)
			memcpy(now.value[i], p->value[i], p->n);
	}
	arena_done(&p->arena);
	*p = now;
}

static void index_grow(struct people_index *x, size_t id)
{
	struct people_index now = { .n = x->n ? x->n : 64 };
	while (now.n <= id)
		now.n *= 2;
	now.row = arena_array(&now.arena, uint32_t, now.n);
	if (x->n)
		memcpy(now.row, x->row, x->n * sizeof *x->row);
	arena_done(&x->arena);
	*x = now;
}

static size_t row_of(struct cube *c, struct person_id id)
{
	assert(id.v > 0 && id.v < ID_LIMIT);
	size_t at = (size_t)id.v;
	if (at >= c->index.n)
		index_grow(&c->index, at);
	if (!c->index.row[at]) {
		if (c->people.n == c->people.cap)
			people_grow(&c->people, c->attributes_n);
		c->index.row[at] = (uint32_t)++c->people.n;
	}
	return c->index.row[at] - 1;
}

/* ---- marks ---- */

/* Moves the marks that are still somebody's, and room for `more`, to a fresh place. */
static void pool_renew(struct cube *c, size_t more)
{
	struct pool *old = &c->pool;
	struct pool now = { .cap = 256 };
	while (now.cap < (old->n - old->garbage + more) * 2)
		now.cap *= 2;
	now.v = arena_array(&now.arena, struct mark, now.cap);
	for (size_t i = 0; i < c->people.n; i++) {
		struct slice *s = &c->people.marks[i];
		if (s->n)
			memcpy(&now.v[now.n], &old->v[s->at], s->n * sizeof *now.v);
		s->at = (uint32_t)now.n;
		now.n += s->n;
	}
	assert(now.n == old->n - old->garbage);
	arena_done(&old->arena);
	*old = now;
}

static void pool_put(struct cube *c, struct slice *s, const struct mark *v, size_t n)
{
	c->pool.garbage += s->n;
	*s = (struct slice){ 0, 0 };
	bool half_garbage = c->pool.n > COMPACT_FROM && c->pool.garbage * 2 > c->pool.n;
	if (c->pool.n + n > c->pool.cap || half_garbage)
		pool_renew(c, n);
	*s = (struct slice){ (uint32_t)c->pool.n, (uint32_t)n };
	if (n)
		memcpy(&c->pool.v[c->pool.n], v, n * sizeof *v);
	c->pool.n += n;
}

struct marks {
	struct mark *v;
	size_t n, cap;
	struct arena *arena;
};

static struct mark *marks_add(struct marks *m, enum mark_kind kind, struct unit_id unit, struct day from)
{
	struct mark *k = arena_push(m->arena, m->v, m->n, m->cap);
	*k = (struct mark){ .kind = kind, .unit = unit, .from = from, .to = DAY_NONE };
	return k;
}

/* Membership and unit are asked of the domain on every day on which something happened, so the cube can have no opinion of its own. */
static void mark_membership(struct marks *m, const struct facts *active)
{
	struct mark *open = NULL;
	for (size_t i = 0; i < active->n; i++) {
		struct day on = active->v[i].on;
		bool more_that_day = i + 1 < active->n && day_equal(active->v[i + 1].on, on);
		if (!day_known(on) || more_that_day)
			continue;
		bool member = facts_is_member(active, on);
		struct unit_id unit = facts_unit(active, on);
		if (open && member && ID_EQUAL(open->unit, unit))
			continue;
		if (open)
			open->to = on;
		open = member ? marks_add(m, MARK_MEMBER, unit, on) : NULL;
	}
}

static struct mark *class_mark(struct marks *m, struct class_id id)
{
	for (size_t i = 0; i < m->n; i++)
		if (m->v[i].kind == MARK_CLASS && ID_EQUAL(m->v[i].class_id, id))
			return &m->v[i];
	return NULL;
}

/* A certificate without a record of the class was earned there all the same. */
static void mark_class(struct marks *m, const struct fact *f)
{
	struct mark *k = class_mark(m, f->class_id);
	if (!k)
		k = marks_add(m, MARK_CLASS, f->unit, f->on);
	k->class_id = f->class_id;
	if (strcmp(f->kind, "certificate") == 0)
		k->to = f->on;
}

static void mark_moves(struct marks *m, const struct facts *active)
{
	struct mark *open = NULL;
	for (size_t i = 0; i < active->n; i++) {
		const struct fact *f = &active->v[i];
		if (strcmp(f->kind, "moved") == 0 && facts_last(active, "certificate", f->on))
			open = marks_add(m, MARK_MOVED, f->unit, f->on);
		else if (strcmp(f->kind, "notified") == 0 && open && !day_known(open->to))
			open->to = f->on;
	}
}

static struct marks marks_of(const struct facts *active, struct arena *a)
{
	struct marks m = { .arena = a };
	mark_membership(&m, active);
	for (size_t i = 0; i < active->n; i++)
		if (active->v[i].class_id.v)
			mark_class(&m, &active->v[i]);
	mark_moves(&m, active);
	return m;
}

/* ---- a person ---- */

static uint8_t code_number(enum code_table table, const char *key)
{
	size_t n;
	const struct code *v = codes(table, &n);
	assert(n < UINT8_MAX);
	for (size_t i = 0; key && i < n; i++)
		if (strcmp(v[i].key, key) == 0)
			return (uint8_t)(i + 1);
	return 0;
}

static struct day birth_of(const struct facts *active, struct day on)
{
	struct day birth;
	const char *text = facts_value(active, "birth", on);
	return text && day_parse(text, "birth", &birth, NULL) == OK ? birth : DAY_NONE;
}

void cube_set_person(struct cube *c, struct person_id id, const struct facts *active)
{
	scoped(arena_done) struct arena a = {0};
	size_t row = row_of(c, id);
	struct people *p = &c->people;
	p->id[row] = id;
	p->unit[row] = (struct unit_id){ 0 };
	p->admitted[row] = facts_admitted(active, &p->unit[row]);
	p->birth[row] = birth_of(active, p->admitted[row]);
	for (int i = 0; i < c->attributes_n; i++)
		p->value[i][row] = code_number(c->attributes[i].codes, facts_value(active, c->attributes[i].kind, p->admitted[row]));
	struct marks m = marks_of(active, &a);
	pool_put(c, &p->marks[row], m.v, m.n);
}
