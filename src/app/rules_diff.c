#include "app/rules_diff.h"

#include "app/feed.h"

struct comparison {
	const struct app *app;
	struct world before, after;
	struct day on;
	struct arena *a;
	struct arena scratch; /* of the person at hand */
	struct rules_diff *out;
};

static bool compare(const struct comparison *c, const struct facts *active, struct arena *a, struct standing_changes *ret)
{
	struct standing before, after;
	standing(&c->before, active, c->on, a, &before);
	standing(&c->after, active, c->on, a, &after);
	standing_diff(&before, &after, c->app->lang, a, ret);
	return phase_is_open(before.phase) || phase_is_open(after.phase);
}

/* Most people are as before, and leave nothing behind. */
static enum err look_at(void *ctx, struct person_id id, const struct facts *active, struct fault *f)
{
	struct comparison *c = ctx;
	struct standing_changes changes;
	(void)f;
	arena_reset(&c->scratch);
	if (!compare(c, active, &c->scratch, &changes))
		return OK;
	c->out->looked_at++;
	if (changes.n == 0)
		return OK;
	struct rules_diff_person *p = arena_push(c->a, c->out->v, c->out->n, c->out->cap);
	*p = (struct rules_diff_person){ .id = id, .unit = facts_unit(active, c->on) };
	p->name = arena_strdup(c->a, facts_value(active, "name", c->on));
	(void)compare(c, active, c->a, &p->changes);
	return OK;
}

enum err rules_diff(struct app *app, const struct rules *other, struct day on, struct arena *a, struct rules_diff *ret, struct fault *f)
{
	struct rules_diff diff = { 0 };
	struct comparison c = { .app = app, .before = app_world(app), .after = app_world(app), .on = on, .a = a, .out = &diff };
	const struct feed people = { .app = app, .person = look_at, .ctx = &c };
	c.after.rules = other;
	TRY(app_begin(app, f));
	enum err e = feed_people(&people, f);
	app_rollback(app);
	arena_done(&c.scratch);
	if (e == OK)
		*ret = diff;
	return e;
}
