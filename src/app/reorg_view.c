#include "app/reorg_view.h"

#include "app/access.h"
#include "app/ops_impl.h"
#include "app/reorg_given.h"
#include "app/reorg_text.h"
#include "store/queries.gen.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* ---- counting ---- */

/* Members and candidates of each unit, itself alone, by position in the tree after; the old tree's positions are the same. */
struct count {
	struct app *app;
	struct reorg_preview *p;
	struct reorg_tally *before, *after;
};

static void add(struct reorg_tally *t, bool member)
{
	t->members += member;
	t->candidates += !member;
}

static int by_number(const void *x, const void *y)
{
	const int64_t *a = x, *b = y;
	return (*a > *b) - (*a < *b);
}

/* Where somebody of a unit goes; NULL: stays. */
static const char *goes_to(const struct reorg_plan *plan, const char *unit, int64_t id)
{
	for (size_t i = 0; i < plan->n; i++) {
		const struct reorg_action *x = &plan->v[i];
		if (x->what == REORG_PEOPLE && strcasecmp(x->unit, unit) == 0 &&
			bsearch(&id, x->people, x->people_n, sizeof *x->people, by_number))
			return x->to;
	}
	return NULL;
}

static enum err count_unit(struct count *c, size_t at, struct fault *f)
{
	scoped(arena_done) struct arena own = { 0 };
	struct reorg_folk folk = { .a = &own };
	const struct unit *u = &c->app->tree.v[at];
	TRY(reorg_given_people(c->app, u->id, &folk, f));
	for (size_t i = 0; i < folk.n; i++) {
		const struct facts *active = folk.v[i].active;
		if (!reorg_belongs(active, u->id, c->p->plan.on))
			continue;
		bool member = facts_is_member(active, c->p->plan.on);
		const char *to = goes_to(&c->p->plan, u->code, folk.v[i].id.v);
		const struct unit *goal = to ? tree_find_code(&c->p->after, to) : NULL;
		add(&c->before[at], member);
		add(&c->after[goal ? (size_t)tree_index(&c->p->after, goal->id) : at], member);
	}
	return OK;
}

static struct reorg_tally sum_below(const struct tree *t, const struct unit *root, struct day on, const struct reorg_tally *v,
	size_t *units)
{
	struct reorg_tally sum = { 0 };
	for (size_t i = 0; i < t->n; i++) {
		if (!unit_is_open(&t->v[i], on) || !tree_is_under(t, t->v[i].id, root->id, on))
			continue;
		sum.members += v[i].members;
		sum.candidates += v[i].candidates;
		*units += !ID_EQUAL(t->v[i].id, root->id);
	}
	return sum;
}

/* ---- which units are shown ---- */

static void show(struct arena *a, const struct tree *t, const char *code, struct day on, struct reorg_side **v, size_t *n, size_t *cap)
{
	const struct unit *u = code ? tree_find_code(t, code) : NULL;
	if (!u || !unit_is_open(u, on))
		return;
	for (size_t i = 0; i < *n; i++)
		if ((*v)[i].unit == u)
			return;
	const struct unit *parent = tree_find(t, unit_parent(u, on));
	*arena_push(a, *v, *n, *cap) = (struct reorg_side){ .unit = u, .code = u->code, .name = unit_name(u, on), .kind = unit_kind(u, on),
		.parent = parent ? parent->code : "" };
}

/* What hangs below a unit that is shown moves with it, and is only counted. */
static bool follows(const struct reorg_plan *plan, const struct reorg_action *x)
{
	for (size_t i = 0; i < plan->n; i++)
		if (plan->v[i].at == x->at && plan->v[i].what == REORG_CLOSE && x->what == REORG_MOVE)
			return true;
	return false;
}

static void choose_sides(const struct app *app, struct reorg_preview *p, struct arena *a)
{
	size_t before_cap = 0, after_cap = 0;
	struct day on = p->plan.on, eve = day_add(on, -1);
	for (size_t i = 0; i < p->plan.n; i++) {
		const struct reorg_action *x = &p->plan.v[i];
		p->moved_units += x->what == REORG_MOVE;
		p->moved_people += x->what == REORG_PEOPLE ? x->people_n : 0;
		if (follows(&p->plan, x))
			continue;
		show(a, &app->tree, x->unit, eve, &p->before_v, &p->before_n, &before_cap);
		show(a, &app->tree, x->to, eve, &p->before_v, &p->before_n, &before_cap);
		show(a, &p->after, x->unit, on, &p->after_v, &p->after_n, &after_cap);
		show(a, &p->after, x->to, on, &p->after_v, &p->after_n, &after_cap);
	}
	for (size_t i = 0; i < p->before_n; i++)
		p->before_v[i].ends = !unit_is_open(tree_find_code(&p->after, p->before_v[i].code), on);
	for (size_t i = 0; i < p->after_n; i++) {
		const struct unit *u = tree_find_code(&app->tree, p->after_v[i].code);
		p->after_v[i].begins = !u || unit_never_was(u);
	}
}

static bool is_below_shown(const struct app *app, const struct reorg_preview *p, struct unit_id id)
{
	struct day on = p->plan.on, eve = day_add(on, -1);
	for (size_t i = 0; i < p->before_n; i++)
		if (tree_is_under(&app->tree, id, p->before_v[i].unit->id, eve))
			return true;
	for (size_t i = 0; i < p->after_n; i++)
		if (tree_is_under(&p->after, id, p->after_v[i].unit->id, on))
			return true;
	return false;
}

static enum err count_sides(struct app *app, struct reorg_preview *p, struct arena *a, struct fault *f)
{
	struct count c = { app, p, arena_array(a, struct reorg_tally, p->after.n), arena_array(a, struct reorg_tally, p->after.n) };
	for (size_t i = 0; i < app->tree.n; i++)
		if (is_below_shown(app, p, app->tree.v[i].id))
			TRY(count_unit(&c, i, f));
	for (size_t i = 0; i < p->before_n; i++)
		p->before_v[i].people = sum_below(&app->tree, p->before_v[i].unit, day_add(p->plan.on, -1), c.before, &p->before_v[i].below);
	for (size_t i = 0; i < p->after_n; i++)
		p->after_v[i].people = sum_below(&p->after, p->after_v[i].unit, p->plan.on, c.after, &p->after_v[i].below);
	return OK;
}

enum err reorg_preview(struct app *app, const struct reorganise_in *in, struct arena *a, struct reorg_preview *ret, struct fault *f)
{
	struct reorg_preview p = { 0 };
	const struct op *op = op_find("reorganise");
	TRY(access_op(app, op, in, a, f));
	TRY(reorg_plan_of(app, in->plan, a, &p.plan, &p.after, f));
	struct reorganise_in tidied = *in;
	tidied.plan = reorg_text_of(&p.plan, a);
	TRY(op->check(app, &tidied, a, &p.warnings, f));
	app->plan = NULL; /* nothing is going to be stored */
	choose_sides(app, &p, a);
	TRY(count_sides(app, &p, a, f));
	*ret = p;
	return OK;
}

/* ---- those on record ---- */

static void put(struct arena *a, const struct unit ***v, size_t *n, const struct unit *u)
{
	const struct unit **grown = arena_array(a, const struct unit *, *n + 1);
	if (*n)
		memcpy(grown, *v, *n * sizeof *grown);
	grown[(*n)++] = u;
	*v = grown;
}

/* What an entry did to a unit, the weightiest thing first. */
static void note_unit(const struct unit *u, struct reorg_item *x, struct arena *a)
{
	bool opened = false, closed = false, changed = false;
	for (size_t i = 0; i < u->n; i++) {
		if (!ID_EQUAL(u->facts[i].entry, x->entry))
			continue;
		opened |= strcmp(u->facts[i].kind, UNIT_OPEN) == 0;
		closed |= strcmp(u->facts[i].kind, UNIT_CLOSE) == 0;
		changed = true;
	}
	if (opened)
		put(a, &x->opened, &x->opened_n, u);
	else if (closed)
		put(a, &x->closed, &x->closed_n, u);
	else if (changed)
		put(a, &x->changed, &x->changed_n, u);
}

static bool is_among(const struct reorg_item *x, const struct unit *u)
{
	for (size_t i = 0; i < x->changed_n; i++)
		if (x->changed[i] == u)
			return true;
	return false;
}

/* Where only people, heirs or targets changed, the units tell nothing of it, and the plan does. */
static enum err note_plan(struct app *app, struct entry_id entry, struct reorg_item *x, struct arena *a, struct fault *f)
{
	struct reorg_plan plan;
	if (x->opened_n + x->closed_n + x->changed_n > 0)
		return OK;
	TRY(reorg_plan_recorded(app, entry, a, &plan, f));
	for (size_t i = 0; i < plan.n; i++) {
		const char *const sides[] = { plan.v[i].unit, plan.v[i].to };
		for (size_t k = 0; k < 2; k++) {
			const struct unit *u = sides[k] ? tree_find_code(&app->tree, sides[k]) : NULL;
			if (u && !is_among(x, u))
				put(a, &x->changed, &x->changed_n, u);
		}
	}
	return OK;
}

/* The entry of the plan: its own, or that of the reorganisation which it takes back. */
static struct entry_id plan_entry(const struct reorgs_all_row *rows, size_t n, const struct reorgs_all_row *r)
{
	for (size_t i = 0; i < n; i++)
		if (rows[i].id == r->undoes)
			return rows[i].entry_id;
	return r->entry_id;
}

static bool sees_some(const struct app *app, const struct reorg_item *x)
{
	const struct {
		const struct unit **v;
		size_t n;
	} lists[] = { { x->closed, x->closed_n }, { x->opened, x->opened_n }, { x->changed, x->changed_n } };
	for (size_t k = 0; k < sizeof lists / sizeof *lists; k++)
		for (size_t i = 0; i < lists[k].n; i++)
			if (access_sees(&app->tree, app->who, lists[k].v[i]->id, app->today))
				return true;
	return access_sees(&app->tree, app->who, (struct unit_id){ 0 }, app->today);
}

enum err reorg_list(struct app *app, struct arena *a, struct reorg_item **ret, size_t *ret_n, struct fault *f)
{
	struct reorgs_all_row *rows;
	size_t n, kept = 0;
	TRY(q_reorgs_all(app->db, a, &rows, &n, f));
	struct reorg_item *v = arena_array(a, struct reorg_item, n);
	for (size_t i = n; i-- > 0;) {
		const struct reorgs_all_row *r = &rows[i];
		struct reorg_item *x = &v[kept];
		*x = (struct reorg_item){ .id = r->id, .kind = r->kind, .on = r->on_day, .paper_no = r->paper_no, .paper_on = r->paper_on,
			.undoes = r->undoes == ABSENT_INT ? 0 : r->undoes, .entry = r->entry_id };
		for (size_t k = i + 1; k < n; k++)
			if (rows[k].undoes == r->id)
				x->undone_by = rows[k].id;
		for (size_t k = 0; k < app->tree.n; k++)
			note_unit(&app->tree.v[k], x, a);
		TRY(note_plan(app, plan_entry(rows, n, r), x, a, f));
		kept += sees_some(app, x);
	}
	*ret = v;
	*ret_n = kept;
	return OK;
}
