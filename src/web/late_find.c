#include "web/late_find.h"

#include "web/unit_path.h"
#include "web/words.h"

#include <stdlib.h>
#include <string.h>

/* Names stand as of the day that is shown. */
static struct late_item item(struct visit *v, const struct unit *u, struct day on, struct person_id id, const char *name, const char *key)
{
	return (struct late_item){
		.unit = u, .unit_name = unit_label(v, u, v->unit->id, on), .id = id.v, .name = name, .name_key = key,
		.url = url(v->a, "/people/%", id_text(v->a, id.v)), .since = DAY_NONE,
	};
}

static int by_unit_day_name(const void *x, const void *y)
{
	const struct late_item *a = x, *b = y;
	int unit = strcmp(a->unit->code, b->unit->code);
	if (unit)
		return unit;
	if (a->clock.label && b->clock.label && a->clock.due.n != b->clock.due.n)
		return a->clock.due.n < b->clock.due.n ? -1 : 1;
	int name = strcmp(a->name_key, b->name_key);
	return name ? name : (a->id > b->id) - (a->id < b->id);
}

static void push(struct visit *v, struct late_section *s, struct late_item x)
{
	*arena_push(v->a, s->v, s->n, s->cap) = x;
}

/* ---- today, from the roll ---- */

static struct late_item roll_item(struct visit *v, const struct roll_person *p, const struct unit *u)
{
	struct late_item x = item(v, u, v->today, p->id, arena_strdup(v->a, p->name), p->name_key);
	x.state_label = arena_strdup(v->a, label_of(p->state_label, v->lang));
	x.next_label = p->next ? label_of(p->next->label, v->lang) : NULL;
	x.since = p->since;
	return x;
}

static void find_clocks(struct visit *v, const struct late_view *view, struct late_section *s)
{
	struct due_ask q = { v->unit->id, s->what == LATE_WHAT_LATE, (int32_t)view->days };
	struct due_row *rows;
	size_t n, total;
	roll_due(&v->live, &v->app->tree, &q, 0, SIZE_MAX, v->a, &rows, &n, &total);
	for (size_t i = 0; i < n; i++) {
		struct late_item x = roll_item(v, rows[i].person, rows[i].unit);
		x.clock = clock_line_of_roll(rows[i].clock, visit_may(v, PERM_FILE, rows[i].unit->id), v->today, v->lang, v->a);
		push(v, s, x);
	}
}

/* ---- helpers ---- */

static struct late_item helper_item(struct visit *v, struct late_item x, const struct helper_flag *flag, struct day on)
{
	x.role = code_label(CODES_HELPER, flag->role, v->lang);
	x.helper = helpers_flag_text(flag, v->lang, v->a);
	x.helper_cite = helper_cite(&v->app->rules, on);
	if (visit_may(v, PERM_PERSON_WRITE, x.unit->id))
		x.replace = url(v->a, "/people/%#helpers", id_text(v->a, x.id));
	return x;
}

static void find_helpers(struct visit *v, struct late_section *s)
{
	struct helper_work *rows;
	size_t n;
	helpers_work(&v->live, &v->app->tree, v->unit->id, v->a, &rows, &n);
	for (size_t i = 0; i < n; i++)
		push(v, s, helper_item(v, roll_item(v, rows[i].person, rows[i].unit), &rows[i].flag, v->today));
}

/* ---- the others ---- */

/* Whoever stands in no other section. */
static bool is_urgent(const struct roll_person *p, struct day until)
{
	return p->late || (day_known(p->due) && p->due.n <= until.n);
}

static enum err find_next(struct visit *v, const struct late_view *view, struct late_section *s, struct fault *f)
{
	const struct roll_ask q = { .unit = v->unit->id, .open = true, .due_by = DAY_NONE };
	struct day until = day_add(v->today, (int32_t)view->days);
	const struct roll_person **people;
	size_t n, total;
	TRY(roll_find(&v->live, &v->app->tree, &q, 0, SIZE_MAX, v->a, &people, &n, &total, f));
	for (size_t i = 0; i < n; i++) {
		const struct unit *u = tree_find(&v->app->tree, people[i]->unit);
		if (u && !is_urgent(people[i], until))
			push(v, s, roll_item(v, people[i], u));
	}
	return OK;
}

static enum err find_today(struct visit *v, struct late_view *view, struct fault *f)
{
	for (size_t i = 0; i < view->sections_n; i++) {
		if (view->sections[i].what == LATE_WHAT_NEXT)
			TRY(find_next(v, view, &view->sections[i], f));
		else if (view->sections[i].what == LATE_WHAT_HELPER)
			find_helpers(v, &view->sections[i]);
		else
			find_clocks(v, view, &view->sections[i]);
	}
	return OK;
}

/* ---- another day, from the register ---- */

static struct late_item day_item(struct visit *v, const struct late_person *p, struct day on)
{
	const struct standing *now = &p->standing;
	struct late_item x = item(v, p->unit, on, p->id, p->name, p->name_key);
	x.state_label = label_of(now->state_label, v->lang);
	x.next_label = now->next ? label_of(now->next->step->label, v->lang) : NULL;
	x.since = now->since;
	return x;
}

static bool fits(const struct late_view *view, enum late_what what, const struct standing_clock *k)
{
	if (what == LATE_WHAT_LATE)
		return late_is_late(k);
	return what == LATE_WHAT_DUE && late_is_due(k, view->on, day_add(view->on, (int32_t)view->days));
}

static bool has_urgent(const struct late_view *view, const struct late_person *p)
{
	for (size_t i = 0; i < p->standing.clocks_n; i++)
		if (fits(view, LATE_WHAT_LATE, &p->standing.clocks[i]) || fits(view, LATE_WHAT_DUE, &p->standing.clocks[i]))
			return true;
	return false;
}

static void add_person(struct visit *v, const struct late_view *view, struct late_section *s, const struct late_person *p)
{
	if (s->what == LATE_WHAT_NEXT && !has_urgent(view, p))
		push(v, s, day_item(v, p, view->on));
	for (size_t i = 0; s->what == LATE_WHAT_HELPER && i < p->flags_n; i++)
		push(v, s, helper_item(v, day_item(v, p, view->on), &p->flags[i], view->on));
	for (size_t i = 0; i < p->standing.clocks_n; i++) {
		const struct standing_clock *k = &p->standing.clocks[i];
		if (!fits(view, s->what, k))
			continue;
		struct late_item x = day_item(v, p, view->on);
		x.clock = clock_line(k, view->on, v->lang, v->a);
		push(v, s, x);
	}
}

static enum err find_on(struct visit *v, struct late_view *view, struct fault *f)
{
	struct late_person *people;
	size_t n;
	TRY(late_people(v->app, v->unit->id, view->on, v->a, &people, &n, f));
	for (size_t s = 0; s < view->sections_n; s++)
		for (size_t i = 0; i < n; i++)
			add_person(v, view, &view->sections[s], &people[i]);
	return OK;
}

enum err late_find(struct visit *v, struct late_view *view, struct fault *f)
{
	TRY(view->is_today ? find_today(v, view, f) : find_on(v, view, f));
	for (size_t i = 0; i < view->sections_n; i++)
		if (view->sections[i].n)
			qsort(view->sections[i].v, view->sections[i].n, sizeof *view->sections[i].v, by_unit_day_name);
	return OK;
}
