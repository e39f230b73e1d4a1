#include "domain/authority.h"
#include "base/text.h"

#include <string.h>

/* The unit and those above it, as they were on that day; deeper trees than the rules know are cut. */
enum { LADDER_MAX = 16 };

struct ladder {
	const struct unit *v[LADDER_MAX];
	size_t n;
	struct day on;
};

static struct ladder ladder_of(const struct tree *t, struct unit_id id, struct day on)
{
	struct ladder l = { .on = on };
	for (const struct unit *u = tree_find(t, id); u && l.n < LADDER_MAX; u = tree_find(t, unit_parent(u, on)))
		l.v[l.n++] = u;
	return l;
}

static bool among(const char *word, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(word, list[i]) == 0)
			return true;
	return false;
}

static const char *value_at(const struct unit *u, const char *kind, struct day on)
{
	const struct unit_fact *f = unit_fact_at(u, kind, on);
	return f ? f->value : NULL;
}

static bool of_sector(const struct body *b, const struct unit *u, struct day on)
{
	const char *sector = b->sectors_n ? value_at(u, UNIT_SECTOR, on) : NULL;
	return b->sectors_n == 0 || (sector && among(sector, b->sectors, b->sectors_n));
}

static bool is_of(const struct body *b, const struct unit *u, struct day on)
{
	if (!among(unit_kind(u, on), b->kinds, b->kinds_n) || !of_sector(b, u, on))
		return false;
	return b->authorised == BODY_EITHER || text_equal(value_at(u, UNIT_AUTHORISED, on), "yes") == (b->authorised == BODY_AUTHORISED);
}

static const struct unit *nearest(const struct body *b, const struct ladder *l)
{
	for (size_t i = 0; i < l->n; i++)
		if (is_of(b, l->v[i], l->on))
			return l->v[i];
	return NULL;
}

static struct authority authority(const struct step *step, const struct body *b, const struct unit *u)
{
	return (struct authority){ b, u, step->votes && !b->own_rules, b->votes ? b->threshold : step->threshold };
}

struct authority authority_of(const struct pack *p, const struct step *step, const struct tree *t, struct unit_id unit, struct day on)
{
	const struct ladder l = ladder_of(t, unit, on);
	for (size_t i = 0; i < p->bodies_n; i++) {
		const struct body *b = &p->bodies[i];
		const struct unit *u = b->at_steps >> (step - p->steps) & 1 ? nearest(b, &l) : NULL;
		if (u)
			return authority(step, b, u);
	}
	return (struct authority){ 0 };
}

struct authority authority_at(const struct rules *r, const struct tree *t, struct unit_id unit, const char *step, struct day on)
{
	const struct pack *p = rules_at(r, on);
	const struct step *s = pack_step(p, step);
	return s ? authority_of(p, s, t, unit, on) : (struct authority){ 0 };
}

bool authority_threshold(const struct rules *r, const struct tree *t, const struct fact *f, enum vote_threshold *ret)
{
	const struct pack *p = rules_at(r, f->on);
	const struct step *step = pack_step(p, f->kind);
	if (!step)
		return false;
	const struct authority who = t ? authority_of(p, step, t, f->unit, f->on) : (struct authority){ 0 };
	*ret = who.body ? who.threshold : step->threshold;
	return who.body ? who.votes : step->votes;
}

int32_t authority_members(const struct rules *r, const char *unit_kind, struct day on, const struct body **ret_body)
{
	const struct pack *p = rules_at(r, on);
	for (size_t i = 0; i < p->bodies_n; i++) {
		const struct body *b = &p->bodies[i];
		if (b->authorised != BODY_AUTHORISED || !among(unit_kind, b->kinds, b->kinds_n))
			continue;
		*ret_body = b;
		return b->more_than;
	}
	return -1;
}
