#include "person.h"
#include "prop.h"

#include "domain/trail.h"

static struct person person;
static const struct day first = { 16071 }; /* 2014-01-01 */
enum { YEARS = 12 * 365 };

static int setup(void **state)
{
	(void)state;
	person_init(&person);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_done(&person.arena);
	return 0;
}

static struct fact *add(const char *kind, struct day on, const char *value)
{
	struct fact *f = person_add(&person, kind, "", value);
	f->on = on;
	return f;
}

static void random_vote(struct prop *p, struct fact *f)
{
	if (prop_chance(p, 40)) {
		f->value = prop_chance(p, 70) ? "passed" : "failed";
		return;
	}
	f->has_vote = true;
	f->vote = (struct vote){ .members = rng_between(&p->rng, 4, 20), .away = rng_between(&p->rng, 0, 2) };
	f->vote.yes = rng_between(&p->rng, 0, vote_denominator(&f->vote));
}

/* A value of a kind, or NULL where it says nothing. */
static const char *random_word(struct prop *p, int table)
{
	size_t n;
	if (table < 0)
		return table == VALUE_NONE ? NULL : table == VALUE_DAY ? "1990-03-04" : "T7";
	const struct code *words = codes((enum code_table)table, &n);
	return words[rng_below(&p->rng, (uint32_t)n)].key;
}

/* Papers, consents, letters and their answers, helpers, moves, cancelled decisions, grants: what stands beside the chain, attributes and
 * exits apart. */
static void random_beside(struct prop *p, struct day on, bool may_leave)
{
	size_t n;
	const struct fact_kind *kinds = fact_kinds(&n), *kind = &kinds[rng_below(&p->rng, (uint32_t)n)];
	if (kind->family != FACT_GRANT && kind->family != FACT_MARK && kind->family != FACT_EVENT)
		return;
	struct fact *f = add(kind->key, on, random_word(p, kind->codes));
	if (!may_leave && facts_is_exit(f))
		f->value = NULL; /* a decision cancelled for nobody knows what */
	f->detail = random_word(p, kind->detail);
	f->about = prop_chance(p, 60) ? rng_between(&p->rng, 1, f->seq) : 0;
	f->amount = prop_chance(p, 30) ? rng_between(&p->rng, 1, 20) : 0;
	f->since = prop_chance(p, 30) ? day_add(on, -rng_between(&p->rng, 0, 500)) : DAY_NONE;
}

/* A life in the order of the chain, with gaps, repeated papers and votes, days that coincide, what stands beside the chain, and perhaps an
 * exit. */
static void random_life(struct prop *p, bool may_leave)
{
	const struct pack *pack = rules_at(&person.rules, first);
	struct day on = prop_day(p, first, YEARS / 2);
	person_forget(&person);
	person.unit = rng_between(&p->rng, U_HAMLET, U_OFFICE);
	add("birth", DAY_NONE, prop_chance(p, 80) ? "1990-03-04" : "2006-03-04");
	for (size_t i = 0; i < pack->steps_n; i++) {
		const struct step *step = &pack->steps[i];
		for (int times = prop_chance(p, 75) + (!step->once && prop_chance(p, 15)); times > 0; times--) {
			on = day_add(on, prop_chance(p, 40) ? 0 : rng_between(&p->rng, 0, 5 * prop_size(p, PROP_SIZE)));
			struct fact *f = add(step->key, on, NULL);
			if (step->votes)
				random_vote(p, f);
		}
		for (int beside = rng_between(&p->rng, 0, 3); beside > 0; beside--)
			random_beside(p, prop_chance(p, 50) ? on : day_add(on, rng_between(&p->rng, 0, 60)), may_leave);
		if (may_leave && prop_chance(p, 4))
			add(prop_chance(p, 50) ? FACT_LEFT : FACT_MOVED, on, "struck_off");
	}
}

static struct standing standing_on(struct day today)
{
	char text[DAY_TEXT];
	return person_standing(&person, day_iso(today, text));
}

static struct day last_day(void)
{
	struct day last = first;
	for (size_t i = 0; i < person.all.n; i++)
		if (person.all.v[i].on.n > last.n)
			last = person.all.v[i].on;
	return last;
}

/* The same clock on another day; of those that facts start there may be one for each fact. */
static const struct standing_clock *same_clock(const struct standing *s, const struct standing_clock *k)
{
	for (size_t i = 0; i < s->clocks_n; i++) {
		const struct standing_clock *other = &s->clocks[i];
		bool about = (!k->about && !other->about) || (k->about && other->about && k->about->seq == other->about->seq);
		if (about && other->clock == k->clock && day_equal(other->start, k->start))
			return other;
	}
	return NULL;
}

static void test_what_is_late_stays_late_until_it_is_done(void **state)
{
	(void)state;
	int late = 0;
	prop_for_all(p, 2000) {
		random_life(&p, true);
		struct day today = day_add(last_day(), rng_between(&p.rng, 0, 400));
		struct standing now = standing_on(today), then = standing_on(day_add(today, rng_between(&p.rng, 0, 800)));
		prop_assert(&p, now.clocks_n <= then.clocks_n);
		for (size_t i = 0; i < now.clocks_n; i++) {
			const struct standing_clock *k = &now.clocks[i], *later = same_clock(&then, k);
			prop_assert(&p, later && day_equal(k->due, later->due));
			if (k->status != CLOCK_RUNNING)
				prop_assert(&p, later->status == k->status);
			late += k->status == CLOCK_LATE;
		}
	}
	assert_true(late > 500);
}

/* Clocks that facts start stand in the order of entry, so they are looked up. */
static bool has_clock(const struct standing *s, const struct standing_clock *k)
{
	for (size_t i = 0; i < s->clocks_n; i++) {
		const struct standing_clock *other = &s->clocks[i];
		if (other->clock == k->clock && day_equal(other->due, k->due) && other->status == k->status && day_equal(other->done, k->done))
			return true;
	}
	return false;
}

static bool same_notes(const struct warnings *a, const struct warnings *b)
{
	bool same = a->n == b->n;
	for (size_t i = 0; same && i < a->n; i++)
		same = a->v[i].msg == b->v[i].msg && strcmp(a->v[i].rule, b->v[i].rule) == 0 && strcmp(a->v[i].arg[0], b->v[i].arg[0]) == 0;
	return same;
}

static bool same_standing(const struct standing *a, const struct standing *b)
{
	bool same = a->phase == b->phase && strcmp(a->state, b->state) == 0 && day_equal(a->since, b->since) && a->clocks_n == b->clocks_n &&
		same_notes(&a->notes, &b->notes) && a->unverified == b->unverified && (!a->next) == (!b->next) &&
		(!a->next || a->next->step == b->next->step);
	for (size_t i = 0; same && i < a->steps_n; i++)
		same = a->steps[i].status == b->steps[i].status && day_equal(a->steps[i].on, b->steps[i].on);
	for (size_t i = 0; same && i < a->clocks_n; i++)
		same = has_clock(b, &a->clocks[i]);
	return same;
}

/* Another order of entry: other numbers, also where a fact names the one it belongs to. */
static void shuffle(struct prop *p, struct facts *all)
{
	int32_t *now = arena_array(&person.arena, int32_t, all->n + 1);
	for (size_t i = all->n; i > 1; i--) {
		size_t j = rng_below(&p->rng, (uint32_t)i);
		struct fact swap = all->v[i - 1];
		all->v[i - 1] = all->v[j];
		all->v[j] = swap;
	}
	for (size_t i = 0; i < all->n; i++)
		now[all->v[i].seq] = (int32_t)i + 1;
	for (size_t i = 0; i < all->n; i++) {
		all->v[i].seq = (int32_t)i + 1;
		all->v[i].about = now[all->v[i].about];
	}
}

static void test_the_order_of_entry_does_not_matter(void **state)
{
	(void)state;
	prop_for_all(p, 2000) {
		random_life(&p, true);
		struct day today = day_add(first, YEARS);
		struct standing before = standing_on(today);
		shuffle(&p, &person.all);
		struct standing after = standing_on(today);
		prop_assert(&p, same_standing(&before, &after));
	}
}

/* A move or a cancellation on record took it away. */
static bool is_ended(const struct fact *f, struct day today)
{
	struct trail t;
	struct facts active = facts_active(&person.all, &person.arena);
	trail_build(&person.rules, &active, today, &person.arena, &t);
	for (size_t i = 0; i < t.ended_n; i++)
		if (t.ended[i].fact->seq == f->seq)
			return true;
	return false;
}

/* Without an exit: a former member who is admitted again begins anew. */
static void test_recording_a_step_never_undoes_another(void **state)
{
	(void)state;
	int accepted = 0;
	prop_for_all(p, 3000) {
		char text[DAY_TEXT];
		random_life(&p, false);
		struct day today = day_add(first, YEARS);
		struct standing before = standing_on(today);
		const struct step *step = before.steps[rng_below(&p.rng, (uint32_t)before.steps_n)].step;
		struct fact f = person_fact(&person, step->key, day_iso(prop_day(&p, first, YEARS), text), NULL);
		if (person_can(&person, &f, day_iso(today, text), NULL) != OK)
			continue;
		accepted++;
		const struct fact *added = add(step->key, f.on, NULL);
		struct standing after = standing_on(today);
		for (size_t i = 0; i < before.steps_n; i++)
			if (before.steps[i].status == STEP_DONE)
				prop_assert(&p, after.steps[i].status == STEP_DONE);
		const struct standing_step *recorded = standing_step_of(&after, step->key);
		prop_assert(&p, recorded->status == STEP_DONE || (recorded->status == STEP_FAILED && recorded->on.n > f.on.n) ||
			is_ended(added, today));
	}
	assert_true(accepted > 300);
}

static void test_no_deadline_is_before_its_start_nor_an_extension_before_the_deadline(void **state)
{
	(void)state;
	prop_for_all(p, 2000) {
		random_life(&p, true);
		struct standing s = standing_on(prop_day(&p, first, YEARS));
		for (size_t i = 0; i < s.clocks_n; i++) {
			const struct standing_clock *k = &s.clocks[i];
			prop_assert(&p, k->start.n <= k->due.n && k->due.n <= k->due_extended.n);
			prop_assert(&p, rules_at(&person.rules, k->start) == k->pack);
			bool open = k->status == CLOCK_RUNNING || k->status == CLOCK_LATE;
			prop_assert(&p, !open || !day_known(k->done));
		}
	}
}

/* At most one phase is right: the furthest of decision, ceremony and recognition that is on record. */
static void test_the_next_step_is_never_one_that_was_taken(void **state)
{
	(void)state;
	prop_for_all(p, 2000) {
		random_life(&p, true);
		struct standing s = standing_on(prop_day(&p, first, YEARS));
		if (s.phase == PHASE_LEFT)
			prop_assert(&p, !s.next);
		if (s.next)
			prop_assert(&p, s.next->status == STEP_NEXT || s.next->status == STEP_FAILED);
		for (size_t i = 0; i < s.steps_n; i++)
			prop_assert(&p, (s.steps[i].status == STEP_DONE || s.steps[i].status == STEP_FAILED) == (s.steps[i].fact != NULL));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_is_late_stays_late_until_it_is_done),
		cmocka_unit_test(test_the_order_of_entry_does_not_matter),
		cmocka_unit_test(test_recording_a_step_never_undoes_another),
		cmocka_unit_test(test_no_deadline_is_before_its_start_nor_an_extension_before_the_deadline),
		cmocka_unit_test(test_the_next_step_is_never_one_that_was_taken),
	};
	return cmocka_run_group_tests_name("standing", tests, setup, teardown);
}
