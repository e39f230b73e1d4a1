#include "domain/rules.h"

#include <assert.h>
#include <string.h>

static int key_id(const char *const *keys, size_t n, const char *key)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(keys[i], key) == 0)
			return (int)i;
	return -1;
}

static int give_id(struct arena *a, const char ***keys, size_t *n, size_t *cap, const char *key)
{
	int id = key_id(*keys, *n, key);
	if (id >= 0)
		return id;
	*arena_push(a, *keys, *n, *cap) = key;
	return (int)*n - 1;
}

static void number(struct arena *a, struct rules *r, struct pack *p)
{
	for (size_t i = 0; i < p->steps_n; i++)
		p->steps[i].id = give_id(a, &r->steps, &r->steps_n, &r->steps_cap, p->steps[i].key);
	for (size_t i = 0; i < p->clocks_n; i++)
		p->clocks[i].id = give_id(a, &r->clocks, &r->clocks_n, &r->clocks_cap, p->clocks[i].key);
}

static void drop(struct rules *r, const char *id)
{
	size_t kept = 0;
	for (size_t i = 0; i < r->n; i++)
		if (strcmp(r->packs[i]->id, id) != 0)
			r->packs[kept++] = r->packs[i];
	r->n = kept;
}

void rules_add(struct arena *a, struct rules *r, struct pack *p)
{
	drop(r, p->id);
	number(a, r, p);
	(void)arena_push(a, r->packs, r->n, r->cap);
	size_t i = r->n - 1;
	for (; i > 0 && day_before(p->valid.from, r->packs[i - 1]->valid.from); i--)
		r->packs[i] = r->packs[i - 1];
	r->packs[i] = p;
}

const struct pack *rules_at(const struct rules *r, struct day on)
{
	assert(r->n > 0);
	size_t i = r->n - 1;
	while (i > 0 && day_before(on, r->packs[i]->valid.from))
		i--;
	return r->packs[i];
}

const struct pack *rules_find(const struct rules *r, const char *id)
{
	for (size_t i = 0; i < r->n; i++)
		if (strcmp(r->packs[i]->id, id) == 0)
			return r->packs[i];
	return NULL;
}

const struct pack *rules_near(const struct rules *r, const char *id, struct day on)
{
	const struct pack *near = NULL;
	for (size_t i = 0; i < r->n; i++)
		if (strcmp(r->packs[i]->id, id) == 0 && (!near || r->packs[i]->valid.from.n <= on.n))
			near = r->packs[i];
	return near;
}

const struct step *pack_step(const struct pack *p, const char *key)
{
	for (size_t i = 0; i < p->steps_n; i++)
		if (strcmp(p->steps[i].key, key) == 0)
			return &p->steps[i];
	return NULL;
}

const struct clock *pack_clock(const struct pack *p, const char *key)
{
	for (size_t i = 0; i < p->clocks_n; i++)
		if (strcmp(p->clocks[i].key, key) == 0)
			return &p->clocks[i];
	return NULL;
}

int rules_step_id(const struct rules *r, const char *key)
{
	return key_id(r->steps, r->steps_n, key);
}

bool rules_know_step(const struct rules *r, const char *key)
{
	return rules_step_id(r, key) >= 0;
}

const char *label_of(struct labels l, enum lang lang)
{
	return lang == LANG_VI ? l.vi : l.en;
}
