#include "app/due_change.h"

#include "app/access.h"
#include "app/feed.h"
#include "app/ops_impl.h"
#include "base/text.h"
#include "store/queries.gen.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct search {
	struct app *app;
	struct calendar next;
	struct period days;    /* from the first to the last day that counts otherwise */
	struct arena *a;
	struct arena scratch;  /* of the person at hand */
	struct due_changes out;
	size_t cap;
};

static void search_done(struct search *s)
{
	arena_done(&s->scratch);
}

/* ---- one person ---- */

static bool is_running(const struct standing_clock *k)
{
	return k->status == CLOCK_RUNNING || k->status == CLOCK_LATE;
}

/* Only a day behind the start and up to the last day can move the last day. */
static bool spans(struct period days, struct day start, struct day due_extended)
{
	return start.n < days.to.n && due_extended.n >= days.from.n;
}

static bool is_touched(const struct search *s, const struct standing *now)
{
	for (size_t i = 0; i < now->clocks_n; i++)
		if (spans(s->days, now->clocks[i].start, now->clocks[i].due_extended))
			return true;
	return false;
}

/* The same clock of the other standing: as many of its kind stand before it. */
static const struct standing_clock *same_clock(const struct standing *now, size_t i, const struct standing *then)
{
	size_t before = 0;
	for (size_t k = 0; k < i; k++)
		before += strcmp(now->clocks[k].clock->key, now->clocks[i].clock->key) == 0;
	for (size_t k = 0; k < then->clocks_n; k++)
		if (strcmp(then->clocks[k].clock->key, now->clocks[i].clock->key) == 0 && before-- == 0)
			return &then->clocks[k];
	return NULL;
}

static bool may_see(const struct search *s, struct unit_id unit)
{
	const struct app *app = s->app;
	return !app->who || access_may(&app->tree, app->who, PERM_PEOPLE, unit, app->today);
}

static void add(struct search *s, struct person_id id, struct unit_id unit, const struct standing_clock *k, struct day will)
{
	s->out.clocks++;
	if (!may_see(s, unit))
		return;
	*arena_push(s->a, s->out.v, s->out.n, s->cap) = (struct due_change){ .id = id, .unit = tree_find(&s->app->tree, unit),
		.clock = k->clock, .pack = k->pack, .start = k->start, .was = k->due, .will = will };
}

static void compare(struct search *s, struct person_id id, const struct facts *active, const struct standing *now)
{
	struct standing then;
	struct world w = app_world(s->app);
	size_t before = s->out.clocks;
	w.calendar = &s->next;
	standing(&w, active, s->app->today, &s->scratch, &then);
	for (size_t i = 0; i < now->clocks_n; i++) {
		const struct standing_clock *k = same_clock(now, i, &then);
		struct day will = k ? k->due : DAY_NONE;
		if (is_running(&now->clocks[i]) && !day_equal(now->clocks[i].due, will))
			add(s, id, facts_unit(active, s->app->today), &now->clocks[i], will);
	}
	s->out.people += s->out.clocks > before;
}

static enum err look_at(void *ctx, struct person_id id, const struct facts *active, struct fault *f)
{
	(void)f;
	struct search *s = ctx;
	const struct world w = app_world(s->app);
	struct standing now;
	arena_reset(&s->scratch);
	standing(&w, active, s->app->today, &s->scratch, &now);
	if (is_touched(s, &now))
		compare(s, id, active, &now);
	return OK;
}

/* ---- everybody ---- */

static enum err look_at_roll(struct search *s, const struct live_view *live, struct fault *f)
{
	for (size_t i = 0; i < live->people_n; i++) {
		scoped(arena_done) struct arena a = { 0 };
		struct facts all, active;
		const struct roll_person *p = live->people[i];
		if (!day_known(p->waits.from) || !spans(s->days, p->waits.from, p->waits.to))
			continue;
		TRY(app_facts(s->app, p->id, &a, &all, &active, f));
		TRY(look_at(s, p->id, &active, f));
	}
	return OK;
}

static enum err look_at_all(struct search *s, struct fault *f)
{
	const struct feed people = { .app = s->app, .person = look_at, .ctx = s };
	return feed_people(&people, f);
}

static enum err add_names(struct search *s, struct fault *f)
{
	for (size_t i = 0; i < s->out.n; i++) {
		struct card_get_row row;
		bool found;
		TRY(q_card_get(s->app->db, s->out.v[i].id, s->a, &found, &row, f));
		assert(found);
		s->out.v[i].name = row.name;
		s->out.v[i].name_key = row.name_key;
	}
	return OK;
}

static int by_unit_and_name(const void *x, const void *y)
{
	const struct due_change *a = x, *b = y;
	int order = strcmp(a->unit->code, b->unit->code);
	order = order ? order : strcmp(a->name_key, b->name_key);
	order = order ? order : (a->id.v > b->id.v) - (a->id.v < b->id.v);
	return order ? order : (a->was.n > b->was.n) - (a->was.n < b->was.n);
}

static enum err look(struct search *s, const struct live_view *live, struct fault *f)
{
	TRY(live ? look_at_roll(s, live, f) : look_at_all(s, f));
	TRY(add_names(s, f));
	if (s->out.n)
		qsort(s->out.v, s->out.n, sizeof *s->out.v, by_unit_and_name);
	return OK;
}

/* ---- which days ---- */

/* Another word on why a day is off moves nothing. */
static bool counts_otherwise(const struct calendar *c, const struct calendar_day *day)
{
	const struct calendar_day *e = calendar_find(c, day->on);
	return calendar_is_working(c, day->on) != (day->kind == DAY_WORK) || (e && day_known(e->counts_from));
}

/* False: none of them. */
static bool days_that_count(const struct calendar *c, const struct calendar_days *days, struct period *ret)
{
	struct period p = { DAY_LAST, DAY_FIRST };
	for (size_t i = 0; i < days->n; i++) {
		struct day on = days->v[i].on;
		if (!counts_otherwise(c, &days->v[i]))
			continue;
		p.from = day_before(on, p.from) ? on : p.from;
		p.to = day_before(p.to, on) ? on : p.to;
	}
	*ret = p;
	return p.from.n <= p.to.n;
}

enum err due_changes_find(struct app *app, const struct calendar_days *days, const struct live_view *live, struct arena *a,
	struct due_changes *ret, struct fault *f)
{
	scoped(search_done) struct search s = { .app = app, .a = a };
	assert(app->in_transaction);
	if (days_that_count(&app->calendar, days, &s.days)) {
		s.next = calendar_copy(&app->calendar, a);
		for (size_t i = 0; i < days->n; i++) {
			struct calendar_day day = days->v[i];
			day.counts_from = DAY_NONE;
			calendar_set(a, &s.next, day);
		}
		TRY(look(&s, live, f));
	}
	*ret = s.out;
	return OK;
}

/* ---- of an operation ---- */

static enum err changes_of(struct app *app, const struct op *op, void *in, const struct live_view *live, struct arena *a,
	struct due_changes *ret, struct fault *f)
{
	struct calendar_days days;
	TRY(access_op(app, op, in, a, f));
	TRY(op->tidy(app, in, a, f));
	TRY(ops_calendar_days(op, in, a, &days, f));
	return due_changes_find(app, &days, live, a, ret, f);
}

enum err due_changes_of(struct app *app, const struct op *op, const void *in, const struct live_view *live, struct arena *a,
	struct due_changes *ret, struct fault *f)
{
	void *own = memcpy(arena_alloc(a, op->in_size), in, op->in_size);
	bool mine = !app->in_transaction;
	if (mine)
		TRY(app_begin(app, f));
	enum err e = changes_of(app, op, own, live, a, ret, f);
	if (mine)
		app_rollback(app);
	return e;
}

const char *due_change_text(const struct due_change *d, enum lang lang, struct arena *a)
{
	char was[DAY_TEXT], will[DAY_TEXT];
	const char *(*write)(struct day d, char buf[DAY_TEXT]) = lang == LANG_VI ? day_vi : day_iso;
	return arena_printf(a, "%s → %s", write(d->was, was), day_known(d->will) ? write(d->will, will) : "–");
}

static void change_json(struct json *j, const struct due_change *d)
{
	json_object(j);
	json_put_int(j, "person", d->id.v);
	json_put_string(j, "name", d->name);
	json_put_string(j, "unit", d->unit->code);
	json_put_string(j, "clock", d->clock->key);
	json_put_day(j, "start", d->start);
	json_put_day(j, "due", d->was);
	json_put_day(j, "new_due", d->will);
	json_object_end(j);
}

void due_changes_json(struct json *j, const struct due_changes *changes)
{
	json_put_int(j, "clocks", (int64_t)changes->clocks);
	json_put_int(j, "people", (int64_t)changes->people);
	json_key(j, "changes");
	json_array(j);
	for (size_t i = 0; i < changes->n; i++)
		change_json(j, &changes->v[i]);
	json_array_end(j);
}
