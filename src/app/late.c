#include "app/late.h"

#include "app/access.h"
#include "app/feed.h"
#include "base/text.h"
#include "stats/reports.h"
#include "store/queries.gen.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* ---- who ---- */

struct search {
	struct app *app;
	const struct late_ask *ask;
	struct arena *arena, scratch; /* of what is found; of the person at hand */
	struct late_person *v;
	size_t n, cap;
	struct helper_book helpers;
};

/* Closed units keep their parent, so that whoever was left behind in one is still somebody's. */
static bool belongs(const struct search *s, struct unit_id unit)
{
	return tree_is_under(&s->app->tree, unit, s->ask->unit, s->ask->as_of);
}

/* The facts are read again, into memory that stays, and with what the stream of all facts leaves out. */
static enum err found(struct search *s, struct person_id id, struct unit_id unit, struct fault *f)
{
	const struct world w = app_world(s->app);
	struct card_get_row card;
	struct facts all, active;
	bool known;
	struct late_person p = { .id = id, .unit = tree_find(&s->app->tree, unit) };
	TRY(q_card_get(s->app->db, id, s->arena, &known, &card, f));
	TRY(app_facts(s->app, id, s->arena, &all, &active, f));
	assert(known && p.unit);
	standing(&w, &active, s->ask->as_of, s->arena, &p.standing);
	access_hide_relatives(s->app, unit, &p.standing);
	TRY(helpers_flags(&s->helpers, &active, &p.flags, &p.flags_n, f));
	p.name = card.name;
	p.name_key = card.name_key;
	*arena_push(s->arena, s->v, s->n, s->cap) = p;
	return OK;
}

/* Most people are not open; what was worked out for them goes with the scratch memory. */
static enum err consider(void *ctx, struct person_id id, const struct facts *active, struct fault *f)
{
	struct search *s = ctx;
	const struct world w = app_world(s->app);
	struct standing now;
	struct unit_id unit = facts_unit(active, s->ask->as_of);
	if (!belongs(s, unit))
		return OK;
	arena_reset(&s->scratch);
	standing(&w, active, s->ask->as_of, &s->scratch, &now);
	return phase_is_open(now.phase) ? found(s, id, unit, f) : OK;
}

static int by_unit_and_name(const void *x, const void *y)
{
	const struct late_person *a = x, *b = y;
	int unit = strcmp(a->unit->code, b->unit->code);
	int name = unit ? unit : strcmp(a->name_key, b->name_key);
	return name ? name : (a->id.v > b->id.v) - (a->id.v < b->id.v);
}

static enum err search_people(struct search *s, struct fault *f)
{
	const struct feed feed = { .app = s->app, .person = consider, .ctx = s };
	enum err e = feed_people(&feed, f);
	arena_done(&s->scratch);
	TRY(e);
	if (s->n > 0)
		qsort(s->v, s->n, sizeof *s->v, by_unit_and_name);
	return OK;
}

enum err late_people(struct app *app, struct unit_id unit, struct day on, struct arena *a, struct late_person **ret, size_t *ret_n,
	struct fault *f)
{
	const struct late_ask ask = { .unit = unit, .as_of = on };
	struct search s = { .app = app, .ask = &ask, .arena = a, .helpers = { .app = app, .arena = a, .on = on } };
	bool mine = !app->in_transaction; /* so that all people are seen at one moment */
	if (mine)
		TRY(app_begin(app, f));
	enum err e = search_people(&s, f);
	if (mine)
		app_rollback(app);
	TRY(e);
	*ret = s.v;
	*ret_n = s.n;
	return OK;
}

/* ---- what ---- */

bool late_is_late(const struct standing_clock *k)
{
	return k->status == CLOCK_LATE || k->status == CLOCK_EXPIRED;
}

bool late_is_due(const struct standing_clock *k, struct day on, struct day to)
{
	return k->status == CLOCK_RUNNING && k->due.n >= on.n && k->due.n <= to.n;
}

static const char *day_text(struct day d, enum lang lang, struct arena *a)
{
	char buf[DAY_TEXT];
	return arena_strdup(a, lang == LANG_VI ? day_vi(d, buf) : day_iso(d, buf));
}

static const char *number_text(int64_t v, struct arena *a)
{
	return arena_printf(a, "%" PRId64, v);
}

/* "; chưa kiểm chứng" behind whatever rests on a rule nobody could verify. */
static const char *doubt(const struct standing_clock *k, enum lang lang, struct arena *a)
{
	return k->clock->verified ? "" : MSG_TEXT(a, lang, MSG_LATE_UNVERIFIED);
}

/* What should have been done, or what has run out. */
static const char *what(const struct standing_clock *k, enum lang lang, struct arena *a)
{
	const char *label = standing_clock_label(k, lang, a);
	return k->status == CLOCK_EXPIRED ? MSG_TEXT(a, lang, MSG_LATE_RUN_OUT, label) : label;
}

/* Branches are often called alike: those further down say whose they are. */
static const char *unit_label(const struct late_person *p, const struct late_ask *q, const struct tree *t, struct arena *a)
{
	const struct unit *above = tree_find(t, unit_parent(p->unit, q->as_of));
	const char *name = unit_name(p->unit, q->as_of);
	bool near = !above || ID_EQUAL(above->id, q->unit) || ID_EQUAL(p->unit->id, q->unit);
	return near ? name : arena_printf(a, "%s, %s", name, unit_name(above, q->as_of));
}

static const char *why(const struct standing_clock *k, const struct late_ask *q, struct arena *a)
{
	struct text t = TEXT(a);
	text_add(&t, MSG_TEXT(a, q->lang, MSG_LATE_OVERDUE, day_text(k->start, q->lang, a)));
	if (k->due_extended.n > k->due.n)
		text_add(&t, MSG_TEXT(a, q->lang, MSG_LATE_EXTENDED, day_text(k->due_extended, q->lang, a)));
	const char *follows = label_of(k->clock->late, q->lang);
	if (follows && *follows)
		text_addf(&t, "; %s", follows);
	text_addf(&t, " (%s, %s)", k->clock->key, k->clock->cite);
	text_add(&t, doubt(k, q->lang, a));
	return text_str(&t);
}

/* People by unit, as both lists show them. */
struct listing {
	const struct tree *tree;
	const struct late_ask *ask;
	const struct late_person *v;
	size_t n;
};

static enum err list_people(struct app *app, const struct late_ask *q, struct arena *a, struct listing *ret, struct fault *f)
{
	struct late_person *v;
	size_t n;
	TRY(late_people(app, q->unit, q->as_of, a, &v, &n, f));
	TRY(report_check_unit(&app->tree, q->unit, q->as_of, q->lang, f));
	*ret = (struct listing){ &app->tree, q, v, n };
	return OK;
}

/* ---- the report ---- */

static int64_t late_clocks(const struct late_person *p)
{
	int64_t n = 0;
	for (size_t i = 0; i < p->standing.clocks_n; i++)
		n += late_is_late(&p->standing.clocks[i]);
	return n;
}

static void add_count(struct report *r, struct arena *a, const char *key, const char *label, int64_t n)
{
	struct report_row *row = report_add(r, a, key, label);
	row->has_value = true;
	row->value = n;
}

static void add_late(struct report *r, struct arena *a, const struct late_person *p, const struct late_ask *q)
{
	for (size_t i = 0; i < p->standing.clocks_n; i++) {
		const struct standing_clock *k = &p->standing.clocks[i];
		if (!late_is_late(k))
			continue;
		assert(k->due.n < q->as_of.n);
		const char *label = arena_printf(a, "%s: %s", p->name, what(k, q->lang, a));
		struct report_row *row = report_add(r, a, arena_printf(a, "late:%" PRId64 ":%s", p->id.v, k->clock->key), label);
		row->level = 1;
		row->has_value = true;
		row->value = q->as_of.n - k->due.n;
		row->since = k->due;
		row->note = why(k, q, a);
	}
}

/* Rows of one unit: people i up to, not including, the answer. */
static size_t add_unit(struct report *r, struct arena *a, const struct listing *l, size_t i, int64_t *total)
{
	const struct late_person *v = l->v;
	size_t end = i;
	int64_t late = 0;
	for (; end < l->n && v[end].unit == v[i].unit; end++)
		late += late_clocks(&v[end]);
	if (late > 0)
		add_count(r, a, arena_printf(a, "unit:%s", v[i].unit->code), unit_label(&v[i], l->ask, l->tree, a), late);
	for (size_t k = i; k < end; k++)
		add_late(r, a, &v[k], l->ask);
	*total += late;
	return end;
}

enum err late_report(struct app *app, const struct late_ask *q, struct arena *a, struct report *ret, struct fault *f)
{
	struct listing l;
	int64_t total = 0;
	TRY(list_people(app, q, a, &l, f));
	const struct unit *u = tree_find(l.tree, q->unit);
	struct report r = {
		.name = "late", .title = MSG_TEXT(a, q->lang, MSG_TITLE_LATE), .unit_code = u->code, .unit_name = unit_name(u, q->as_of),
		.period = { q->as_of, q->as_of }, .as_of = q->as_of, .lang = q->lang, .rounding = q->rounding,
	};
	for (size_t i = 0; i < l.n;)
		i = add_unit(&r, a, &l, i, &total);
	add_count(&r, a, "total", MSG_TEXT(a, q->lang, MSG_ROW_TOTAL), total);
	r.value_heading = MSG_TEXT(a, q->lang, MSG_COLUMN_DAYS_LATE);
	report_note(&r, a, MSG_TEXT(a, q->lang, MSG_NOTE_LATE, number_text((int64_t)l.n, a)));
	*ret = r;
	return OK;
}

/* ---- the list of what to do ---- */

typedef bool todo_fn(const struct standing_clock *k, struct day on);

static bool is_late_on(const struct standing_clock *k, struct day on)
{
	(void)on;
	return late_is_late(k);
}

static bool is_due_soon(const struct standing_clock *k, struct day on)
{
	return late_is_due(k, on, day_add(on, LATE_SOON_DAYS));
}

static void add_line(struct text *t, const struct late_person *p, const struct standing_clock *k, const struct late_ask *q)
{
	struct arena *a = t->arena;
	const char *due = day_text(k->due, q->lang, a);
	const char *days = number_text(k->due.n < q->as_of.n ? q->as_of.n - k->due.n : k->due.n - q->as_of.n, a);
	const char *when = MSG_TEXT(a, q->lang, k->due.n < q->as_of.n ? MSG_WORK_WAS_DUE : MSG_WORK_DUE, due, days);
	text_addf(t, "  [ ] %s: %s\n      %s · %s, %s%s\n", p->name, what(k, q->lang, a), when, k->clock->key, k->clock->cite,
		doubt(k, q->lang, a));
}

static void add_heading(struct text *t, const struct late_ask *q, enum msg heading, int64_t n)
{
	text_addf(t, "\n%s\n", MSG_TEXT(t->arena, q->lang, heading, number_text(n, t->arena)));
}

/* Names the unit before its first line. */
static void name_unit(struct text *t, const struct listing *l, size_t i, const struct unit **named)
{
	if (*named != l->v[i].unit)
		text_addf(t, " %s (%s)\n", unit_label(&l->v[i], l->ask, l->tree, t->arena), l->v[i].unit->code);
	*named = l->v[i].unit;
}

static void add_clocks(struct text *out, const struct listing *l, enum msg heading, todo_fn *wanted)
{
	struct text t = TEXT(out->arena);
	const struct unit *named = NULL;
	int64_t count = 0;
	for (size_t i = 0; i < l->n; i++) {
		for (size_t k = 0; k < l->v[i].standing.clocks_n; k++) {
			const struct standing_clock *c = &l->v[i].standing.clocks[k];
			if (!wanted(c, l->ask->as_of))
				continue;
			name_unit(&t, l, i, &named);
			add_line(&t, &l->v[i], c, l->ask);
			count++;
		}
	}
	add_heading(out, l->ask, heading, count);
	text_add(out, text_str(&t));
}

static void add_flag(struct text *t, const struct late_person *p, const struct helper_flag *flag, const struct late_ask *q,
	const struct rules *rules)
{
	struct arena *a = t->arena;
	text_addf(t, "  [ ] %s: %s\n      %s · %s\n", p->name, code_label(CODES_HELPER, flag->role, q->lang),
		helpers_flag_text(flag, q->lang, a), helper_cite(rules, q->as_of));
}

/* Nothing is said where nobody has to be named. */
static void add_flags(struct text *out, const struct listing *l, const struct rules *rules)
{
	struct text t = TEXT(out->arena);
	const struct unit *named = NULL;
	int64_t count = 0;
	for (size_t i = 0; i < l->n; i++) {
		for (size_t k = 0; k < l->v[i].flags_n; k++) {
			name_unit(&t, l, i, &named);
			add_flag(&t, &l->v[i], &l->v[i].flags[k], l->ask, rules);
			count++;
		}
	}
	if (count)
		add_heading(out, l->ask, MSG_WORK_HELPERS, count);
	text_add(out, text_str(&t));
}

static void add_next_steps(struct text *out, const struct listing *l)
{
	const struct unit *named = NULL;
	enum lang lang = l->ask->lang;
	add_heading(out, l->ask, MSG_WORK_NEXT, (int64_t)l->n);
	for (size_t i = 0; i < l->n; i++) {
		const struct standing *s = &l->v[i].standing;
		const char *since = day_text(s->since, lang, out->arena);
		const char *next = s->next ? label_of(s->next->step->label, lang) : MSG_TEXT(out->arena, lang, MSG_WORK_WAIT);
		name_unit(out, l, i, &named);
		text_addf(out, "  [ ] %s: %s\n      %s\n", l->v[i].name, next,
			MSG_TEXT(out->arena, lang, MSG_WORK_STATE, label_of(s->state_label, lang), since));
	}
}

enum err late_todo(struct app *app, const struct late_ask *q, struct arena *a, const char **ret, struct fault *f)
{
	struct listing l;
	TRY(list_people(app, q, a, &l, f));
	const struct unit *u = tree_find(l.tree, q->unit);
	struct text t = TEXT(a);
	text_addf(&t, "%s\n", MSG_TEXT(a, q->lang, MSG_TITLE_WORK, unit_name(u, q->as_of), u->code, day_text(q->as_of, q->lang, a)));
	add_clocks(&t, &l, MSG_WORK_LATE, is_late_on);
	add_clocks(&t, &l, MSG_WORK_SOON, is_due_soon);
	add_flags(&t, &l, &app->rules);
	add_next_steps(&t, &l);
	*ret = text_str(&t);
	return OK;
}
