#include "domain/request.h"

#include <string.h>

static bool is_letter(const struct trail *t, const struct fact *f, struct day on)
{
	return strcmp(f->kind, FACT_VERIFY_SENT) == 0 && f->on.n > t->since.n && f->on.n <= on.n;
}

/* The last fact of that kind about the letter. */
static const struct fact *about(const struct trail *t, const struct fact *letter, const char *kind, struct day on)
{
	const struct fact *found = NULL;
	for (size_t i = 0; i < t->active->n; i++) {
		const struct fact *f = &t->active->v[i];
		if (f->about == letter->seq && f->on.n <= on.n && strcmp(f->kind, kind) == 0)
			found = f;
	}
	return found;
}

static const struct standing_clock *clock_of(const struct standing *now, const struct fact *received)
{
	for (size_t i = 0; received && i < now->clocks_n; i++)
		if (now->clocks[i].about == received)
			return &now->clocks[i];
	return NULL;
}

void request_list(const struct rules *r, const struct facts *active, const struct standing *now, struct day today, struct arena *a,
	struct request **ret, size_t *ret_n)
{
	struct trail t;
	size_t n = 0;
	trail_build(r, active, today, a, &t);
	struct request *v = arena_array(a, struct request, active->n);
	for (size_t i = 0; i < active->n; i++) {
		const struct fact *f = &active->v[i];
		if (!is_letter(&t, f, today))
			continue;
		struct request x = { .sent = f, .received = about(&t, f, FACT_VERIFY_RECEIVED, today) };
		x.reply = about(&t, f, FACT_VERIFY_REPLY, today);
		x.clock = clock_of(now, x.received);
		x.late = !x.reply && x.clock && x.clock->status == CLOCK_LATE;
		v[n++] = x;
	}
	*ret = v;
	*ret_n = n;
}

size_t request_open(const struct trail *t, struct day on)
{
	size_t n = 0;
	for (size_t i = 0; i < t->active->n; i++)
		n += is_letter(t, &t->active->v[i], on) && !about(t, &t->active->v[i], FACT_VERIFY_REPLY, on);
	return n;
}

static bool has(const struct request *v, size_t n, const char *relation)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(v[i].sent->value, relation) == 0)
			return true;
	return false;
}

size_t request_proposed(const struct request *v, size_t n, size_t size, const char **ret)
{
	size_t relations, found = 0;
	const struct code *all = codes(CODES_RELATION, &relations);
	for (size_t i = 0; i < relations && found < size; i++)
		if (!has(v, n, all[i].key))
			ret[found++] = all[i].key;
	return found;
}
