/* Laws of whole installations: random people through random operations, some of which are refused. */
#include "prop.h"

#include "../app/live_view.h"

#include "store/journal.h"

static const char *const units[] = { "TB-01-A", "TB-01-B", "TB-02", "TB-03-A", "TB-03-B", "TB-04" };
enum { UNITS = sizeof units / sizeof *units, WORDS = 16 };

/* What is drawn for one operation, as a user would type it. */
struct draw {
	struct prop *p;
	struct office *o;
	struct words words;
};

static void put(struct draw *d, const char *name, const char *value)
{
	assert_true(d->words.n < WORDS);
	d->words.v[d->words.n++] = arena_printf(&d->o->arena, "%s=%s", name, value);
}

static void put_number(struct draw *d, const char *name, int number)
{
	char text[16];
	(void)snprintf(text, sizeof text, "%d", number);
	put(d, name, text);
}

static void put_day(struct draw *d, const char *name, struct day day)
{
	char text[DAY_TEXT];
	put(d, name, day_iso(day, text));
}

static struct day some_day(struct draw *d)
{
	return prop_day(d->p, day_of(2022, 1, 1), 1640); /* until 29/6/2026 */
}

static const char *some_unit(struct draw *d)
{
	return units[rng_below(&d->p->rng, UNITS)];
}

static const char *some_step(struct draw *d)
{
	const struct rules *r = &d->o->app.rules;
	return r->steps[rng_below(&d->p->rng, (uint32_t)r->steps_n)];
}

static const char *some_clock(struct draw *d)
{
	const struct rules *r = &d->o->app.rules;
	return r->clocks[rng_below(&d->p->rng, (uint32_t)r->clocks_n)];
}

/* A value or a detail of that kind. */
static void put_value(struct draw *d, const char *name, int codes_of, const struct fact_kind *kind)
{
	if (codes_of >= 0) {
		size_t n;
		const struct code *table = codes((enum code_table)codes_of, &n);
		put(d, name, table[rng_below(&d->p->rng, (uint32_t)n)].key);
	} else if (codes_of == VALUE_DAY) {
		put_day(d, name, some_day(d));
	} else if (codes_of == VALUE_TEXT) {
		bool grant = kind->family == FACT_GRANT;
		put(d, name, grant ? arena_printf(&d->o->arena, prop_chance(d->p, 50) ? "%s" : "%s:r24", some_clock(d)) : "chỗ nào đó");
	}
}

/* The day after the last thing on record, perhaps the same one; now and then any day. */
static struct day next_day(struct draw *d, const struct facts *active)
{
	if (active->n == 0 || !day_known(active->v[active->n - 1].on) || prop_chance(d->p, 15))
		return some_day(d);
	return day_add(active->v[active->n - 1].on, prop_chance(d->p, 30) ? 0 : rng_between(&d->p->rng, 0, 90));
}

static void put_step(struct draw *d, const char *kind)
{
	put(d, "kind", kind);
	if (prop_chance(d->p, 30)) {
		put(d, "value", prop_chance(d->p, 70) ? "passed" : "failed");
	} else if (prop_chance(d->p, 30)) {
		put_number(d, "members", rng_between(&d->p->rng, 3, 12));
		put_number(d, "away", rng_between(&d->p->rng, 0, 2));
		put_number(d, "yes", rng_between(&d->p->rng, 0, 12));
	}
}

static void put_kind(struct draw *d, const struct facts *active)
{
	size_t n;
	const struct fact_kind *kinds = fact_kinds(&n), *kind = &kinds[rng_below(&d->p->rng, (uint32_t)n)];
	put(d, "kind", kind->key);
	put_value(d, "value", kind->codes, kind);
	if (prop_chance(d->p, 50))
		put_value(d, "detail", kind->detail, kind);
	if (kind->family == FACT_PLACE || prop_chance(d->p, 20))
		put(d, "unit", some_unit(d));
	if (prop_chance(d->p, 60) && active->n)
		put_number(d, "about", active->v[rng_below(&d->p->rng, (uint32_t)active->n)].seq);
	if (prop_chance(d->p, 30))
		put_number(d, "other", rng_between(&d->p->rng, 1, 3));
	if (prop_chance(d->p, 30))
		put_day(d, "since", some_day(d));
	if (prop_chance(d->p, 30))
		put_number(d, "amount", rng_between(&d->p->rng, 1, 40));
}

/* The step that is asked for next, as a rule, so that people come far. */
static void draw_record(struct draw *d, int person)
{
	struct standing s;
	struct facts active = office_facts(d->o, person);
	struct world world = app_world(&d->o->app);
	standing(&world, &active, d->o->app.today, &d->o->arena, &s);
	put_number(d, "person", person);
	put_day(d, "on", next_day(d, &active));
	if (prop_chance(d->p, 45))
		put_kind(d, &active);
	else
		put_step(d, s.next && prop_chance(d->p, 80) ? s.next->step->key : some_step(d));
}

static void draw_correction(struct draw *d, int person)
{
	struct facts active = office_facts(d->o, person);
	const struct fact *old = &active.v[rng_below(&d->p->rng, (uint32_t)active.n)];
	put_number(d, "person", person);
	put_number(d, "seq", old->seq);
	put(d, "reason", "ghi nhầm");
	if (prop_chance(d->p, 50))
		put(d, "withdraw", "1");
	else
		put_day(d, "on", day_known(old->on) ? day_add(old->on, rng_between(&d->p->rng, -20, 20)) : some_day(d));
}

static void draw_world(struct draw *d, const char **ret_op)
{
	switch (rng_below(&d->p->rng, 3)) {
	case 0:
		*ret_op = "calendar_set";
		put_day(d, "day", some_day(d));
		put(d, "kind", prop_chance(d->p, 50) ? "off" : "work");
		put(d, "note", "đổi ngày");
		return;
	case 1:
		*ret_op = "unit_fact";
		put(d, "unit", some_unit(d));
		put(d, "kind", "kind");
		put(d, "value", prop_chance(d->p, 50) ? "BRANCH" : "GRASS_CB");
		put_day(d, "from", some_day(d));
		return;
	default:
		*ret_op = "unit_move";
		put(d, "unit", some_unit(d));
		put(d, "parent", prop_chance(d->p, 50) ? "TB-01" : "TB-03");
		put_day(d, "from", some_day(d));
	}
}

/* Refused operations are part of life; but they say why. Returns whether it was accepted. */
static bool run_random(struct prop *p, struct office *o, int people)
{
	struct draw d = { p, o, { .n = 0 } };
	int person = rng_between(&p->rng, 1, people);
	const char *op = "fact_record";
	uint32_t what = rng_below(&p->rng, 100);
	if (what < 80) {
		draw_record(&d, person);
	} else if (what < 93) {
		op = "fact_correct";
		draw_correction(&d, person);
	} else {
		draw_world(&d, &op);
	}
	enum err e = office_run(o, op, &d.words);
	prop_assert(p, e == OK || e == E_INVALID || e == E_RULE || e == E_CONFLICT || e == E_NOTFOUND);
	prop_assert(p, e == OK || (o->fault.field[0] && o->fault.msg != MSG_NONE));
	return e == OK;
}

static void open_place(struct office *o)
{
	DO(o, "unit_open", "code=TB-03", "name=Đảng bộ xã Ba", "kind=COMMUNE", "parent=TB", "opened=1990-01-01");
	DO(o, "unit_open", "code=TB-03-A", "name=Chi bộ thôn Một", "kind=BRANCH", "parent=TB-03", "opened=1990-01-01");
	DO(o, "unit_open", "code=TB-03-B", "name=Chi bộ thôn Hai", "kind=BRANCH", "parent=TB-03", "opened=2024-05-01");
	DO(o, "unit_open", "code=TB-04", "name=Chi bộ Trạm Y tế", "kind=GRASS_CB", "parent=TB", "opened=1990-01-01");
}

static void add_people(struct prop *p, struct office *o, int people)
{
	for (int i = 0; i < people; i++) {
		struct draw d = { p, o, { .n = 0 } };
		put(&d, "name", arena_printf(&o->arena, "Người Thử %c%c", 'A' + p->run % 26, 'A' + i));
		put(&d, "unit", some_unit(&d));
		put_day(&d, "birth", prop_day(p, day_of(1964, 1, 1), 16000));
		if (prop_chance(p, 50))
			put(&d, "schooling", "upper_secondary");
		assert_int_equal(office_run(o, "person_record", &d.words), OK);
	}
}

/* ---- standings ---- */

static struct standing standing_in(struct app *app, int person, struct arena *a)
{
	struct fault f;
	struct standing s;
	struct facts all, active;
	struct world world = app_world(app);
	assert_ok(app_facts(app, (struct person_id){ person }, a, &all, &active, &f));
	standing(&world, &active, app->today, a, &s);
	return s;
}

static bool same_text(const char *x, const char *y)
{
	return x == y || (x && y && strcmp(x, y) == 0);
}

static bool same_step(const struct step *x, const struct step *y)
{
	return (!x && !y) || (x && y && strcmp(x->key, y->key) == 0);
}

static bool same_standing(const struct standing *x, const struct standing *y)
{
	bool same = x->phase == y->phase && same_text(x->state, y->state) && day_equal(x->since, y->since) && x->clocks_n == y->clocks_n &&
		x->steps_n == y->steps_n && x->notes.n == y->notes.n && x->unverified == y->unverified &&
		same_step(x->next ? x->next->step : NULL, y->next ? y->next->step : NULL);
	for (size_t i = 0; same && i < x->steps_n; i++)
		same = x->steps[i].status == y->steps[i].status && day_equal(x->steps[i].on, y->steps[i].on);
	for (size_t i = 0; same && i < x->clocks_n; i++)
		same = same_text(x->clocks[i].clock->key, y->clocks[i].clock->key) && day_equal(x->clocks[i].due, y->clocks[i].due) &&
			x->clocks[i].status == y->clocks[i].status;
	for (size_t i = 0; same && i < x->notes.n; i++)
		same = x->notes.v[i].msg == y->notes.v[i].msg && same_text(x->notes.v[i].rule, y->notes.v[i].rule);
	return same;
}

static bool any_late(const struct standing *s)
{
	for (size_t i = 0; i < s->clocks_n; i++)
		if (s->clocks[i].status == CLOCK_LATE || s->clocks[i].status == CLOCK_EXPIRED)
			return true;
	return false;
}

static void assert_in_roll(struct prop *p, struct office *o, const struct live_view *v, int person)
{
	struct standing s = standing_in(&o->app, person, &o->arena);
	const struct roll_person *in_roll = live_person(v, (struct person_id){ person });
	prop_assert(p, in_roll && in_roll->phase == s.phase && same_text(in_roll->state, s.state) && day_equal(in_roll->since, s.since));
	prop_assert(p, same_step(in_roll->next, s.next ? s.next->step : NULL));
	prop_assert(p, in_roll->late == (in_roll->open && any_late(&s)));
}

/* A copy in memory that has lived through the same entries. */
static void replay(struct app *from, struct app *copy)
{
	struct fault f;
	scoped(arena_done) struct arena a = { 0 };
	struct entry *entries;
	size_t n;
	assert_ok(app_open(NULL, APP_WRITE, copy, &f));
	copy->today = from->today;
	assert_ok(journal_read(from->db, (struct entry_id){ 0 }, 100000, &a, &entries, &n, &f));
	assert_ok(app_begin(copy, &f));
	for (size_t i = 0; i < n; i++)
		assert_ok(op_replay(copy, &entries[i], &a, &f));
	assert_ok(app_commit(copy, &f));
}

static void assert_replayed(struct prop *p, struct office *o, int people)
{
	struct fault f;
	struct app copy;
	assert_ok(app_begin(&o->app, &f));
	replay(&o->app, &copy);
	for (int i = 1; i <= people; i++) {
		struct standing here = standing_in(&o->app, i, &o->arena), there = standing_in(&copy, i, &o->arena);
		prop_assert(p, same_standing(&here, &there));
	}
	app_close(&copy);
	app_rollback(&o->app);
}

/* ---- the laws ---- */

static void each_installation(void (*law)(struct prop *p, struct office *o, int people), int runs)
{
	int accepted = 0, tried = 0;
	prop_for_all(p, runs) {
		struct disk *d;
		(void)disk_setup((void **)&d);
		int people = 3 + p.run % 4;
		open_place(&d->office);
		add_people(&p, &d->office, people);
		for (int i = 0; i < 120; i++, tried++)
			accepted += run_random(&p, &d->office, people);
		law(&p, &d->office, people);
		(void)disk_teardown((void **)&d);
	}
	assert_true(accepted * 3 > tried); /* else the laws would be about nothing */
}

static void law_one_pass(struct prop *p, struct office *o, int people)
{
	struct live *l;
	struct fault f;
	assert_ok(live_start(&o->app, &l, &f));
	for (int i = 0; i < 40; i++)
		(void)run_random(p, o, people); /* after the first pass: these are followed one by one */
	assert_as_fresh(l, &o->app);
	struct live_view v = hold(l, &o->app);
	prop_assert(p, (int)v.people_n == people);
	for (int i = 1; i <= people; i++)
		assert_in_roll(p, o, &v, i);
	release(l, &o->app);
	live_stop(&l);
}

static void test_everybody_stands_where_they_stand_alone(void **state)
{
	(void)state;
	each_installation(law_one_pass, 5);
}

static void test_a_replay_of_the_journal_gives_the_same_standings(void **state)
{
	(void)state;
	each_installation(assert_replayed, 5);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_everybody_stands_where_they_stand_alone),
		cmocka_unit_test(test_a_replay_of_the_journal_gives_the_same_standings),
	};
	return cmocka_run_group_tests_name("people", tests, NULL, NULL);
}
