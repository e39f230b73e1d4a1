#include "person.h"
#include "prop.h"

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

/* A life in the order of the chain, with gaps, repeated papers and votes, days that coincide, and perhaps an exit. */
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
		if (may_leave && prop_chance(p, 4))
			add(prop_chance(p, 50) ? FACT_LEFT : FACT_MOVED, on, "struck_off");
	}
}

static struct standing standing_on(struct day today)
{
	char text[DAY_TEXT];
	return person_standing(&person, day_iso(today, text));
}

static void test_what_is_late_stays_late_until_it_is_done(void **state)
{
	(void)state;
	prop_for_all(p, 2000) {
		random_life(&p, true);
		struct day today = day_add(person.all.v[person.all.n - 1].on, rng_between(&p.rng, 0, 400));
		if (person.all.n == 1)
			continue;
		struct standing now = standing_on(today), then = standing_on(day_add(today, rng_between(&p.rng, 0, 800)));
		for (size_t i = 0; i < now.clocks_n; i++) {
			const struct standing_clock *k = &now.clocks[i], *later = standing_clock_of(&then, k->clock->key);
			prop_assert(&p, later && day_equal(k->due, later->due));
			if (k->status != CLOCK_RUNNING)
				prop_assert(&p, later->status == k->status);
		}
	}
}

static bool same_standing(const struct standing *a, const struct standing *b)
{
	bool same = a->phase == b->phase && strcmp(a->state, b->state) == 0 && day_equal(a->since, b->since) && a->clocks_n == b->clocks_n &&
		a->notes.n == b->notes.n && a->unverified == b->unverified;
	for (size_t i = 0; same && i < a->steps_n; i++)
		same = a->steps[i].status == b->steps[i].status && day_equal(a->steps[i].on, b->steps[i].on);
	for (size_t i = 0; same && i < a->clocks_n; i++)
		same = a->clocks[i].clock == b->clocks[i].clock && day_equal(a->clocks[i].due, b->clocks[i].due) &&
			a->clocks[i].status == b->clocks[i].status;
	return same;
}

static void shuffle(struct prop *p, struct facts *all)
{
	for (size_t i = all->n; i > 1; i--) {
		size_t j = rng_below(&p->rng, (uint32_t)i);
		struct fact swap = all->v[i - 1];
		all->v[i - 1] = all->v[j];
		all->v[j] = swap;
	}
	for (size_t i = 0; i < all->n; i++)
		all->v[i].seq = (int32_t)i + 1;
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
		add(step->key, f.on, NULL);
		struct standing after = standing_on(today);
		for (size_t i = 0; i < before.steps_n; i++)
			if (before.steps[i].status == STEP_DONE)
				prop_assert(&p, after.steps[i].status == STEP_DONE);
		const struct standing_step *recorded = standing_step_of(&after, step->key);
		prop_assert(&p, recorded->status == STEP_DONE || (recorded->status == STEP_FAILED && recorded->on.n > f.on.n));
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
