/* Somebody's life for targets that read rules: each step of a pack once, and each other kind of fact with each value it may have. */
#pragma once

#include "domain/standing.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { LIFE_BEGINS = 20000 }; /* in October 2024 */

static inline void life_add(struct facts *all, struct arena *a, const char *kind, const char *value, const char *detail)
{
	int32_t n = (int32_t)all->n;
	*arena_push(a, all->v, all->n, all->cap) = (struct fact){ .seq = n + 1, .kind = kind, .on = { LIFE_BEGINS + n }, .unit = { 1 },
		.value = value, .detail = detail, .paper_on = { LIFE_BEGINS + n + 3 }, .since = { LIFE_BEGINS - 400 }, .about = n,
		.amount = 1 + n % 5, .has_vote = n % 4 == 1, .vote = { .members = 9, .away = 1, .yes = n % 9, .no = -1 } };
}

static inline void life_add_kind(struct facts *all, struct arena *a, const struct fact_kind *kind)
{
	size_t n = 0, details = 0;
	const struct code *values = kind->codes >= 0 ? codes((enum code_table)kind->codes, &n) : NULL;
	const struct code *said = kind->detail >= 0 ? codes((enum code_table)kind->detail, &details) : NULL;
	for (size_t i = 0; i < n; i++)
		life_add(all, a, kind->key, values[i].key, details ? said[i % details].key : "đâu đó");
	if (!values)
		life_add(all, a, kind->key, kind->codes == VALUE_DAY ? "1990-03-04" : kind->family == FACT_GRANT ? "T7" : "gì đó", "đâu đó");
}

/* Of one family after the other, the exits last. A step in between, so that clocks start and stop. */
static inline struct facts life_of(const struct pack *p, struct arena *a)
{
	struct facts all = { 0 };
	size_t n, step = 0;
	const struct fact_kind *kinds = fact_kinds(&n);
	for (enum fact_family family = FACT_ATTRIBUTE; family <= FACT_EXIT; family++)
		for (size_t i = 0; i < n; i++) {
			if (kinds[i].family != family)
				continue;
			life_add_kind(&all, a, &kinds[i]);
			if (step < p->steps_n)
				life_add(&all, a, p->steps[step++].key, NULL, NULL);
		}
	for (; step < p->steps_n; step++)
		life_add(&all, a, p->steps[step].key, NULL, NULL);
	return all;
}

static inline void life_check(const struct standing *s, const struct rules *r)
{
	for (size_t i = 0; i < s->clocks_n; i++) {
		const struct standing_clock *k = &s->clocks[i];
		assert(k->start.n <= k->due.n && k->due.n <= k->due_extended.n);
		assert(rules_at(r, k->start) == k->pack);
		assert(k->clock->use != CLOCK_MEASURE);
	}
	for (size_t i = 0; i < s->steps_n; i++)
		assert((s->steps[i].status == STEP_DONE || s->steps[i].status == STEP_FAILED) == (s->steps[i].fact != NULL));
}

/* Every eleventh day of it, and what may be recorded then. */
static inline void life_live(const struct rules *r, const struct calendar *calendar, const struct pack *p, struct arena *a)
{
	const struct world world = { r, calendar, NULL };
	struct facts all = life_of(p, a);
	for (size_t n = 0; n < all.n; n += 11) {
		struct facts some = { all.v, n, n };
		struct day today = { LIFE_BEGINS + (int32_t)n };
		struct warnings warnings = { 0 };
		struct standing s;
		standing(&world, &some, today, a, &s);
		life_check(&s, r);
		if (standing_can_record(&world, &some, &all.v[n], today, a, &warnings, NULL) == OK)
			assert(warnings.n <= p->checks_n + 8);
	}
}

/* "FILE:LINE" */
static inline void life_check_place(const struct fault *f, const char *file)
{
	size_t n = strlen(file);
	assert(f->msg != MSG_NONE && strncmp(f->field, file, n) == 0 && f->field[n] == ':');
	const char *line = f->field + n + 1;
	assert(*line >= '1' && strspn(line, "0123456789") == strlen(line));
}
