/* Who may reorganise: whoever may change organisations above all that a plan touches. */
#include "app/access_need.h"
#include "app/ops_impl.h"
#include "app/reorg_text.h"
#include "store/queries.gen.h"

#include <string.h>
#include <strings.h>

/* The topmost units of a set: whoever may in a unit may in all below it. */
struct topmost {
	struct unit_id *v;
	size_t n, cap;
};

static void add_topmost(const struct app *app, struct unit_id unit, struct arena *a, struct topmost *set)
{
	size_t kept = 0;
	for (size_t i = 0; i < set->n; i++)
		if (set->v[i].v == 0 || (unit.v && tree_is_under(&app->tree, unit, set->v[i], app->today)))
			return;
	for (size_t i = 0; i < set->n; i++)
		if (unit.v && !tree_is_under(&app->tree, set->v[i], unit, app->today))
			set->v[kept++] = set->v[i];
	set->n = kept;
	*arena_push(a, set->v, set->n, set->cap) = unit;
}

/* What is scattered over the whole tree is for those who answer for all of it. */
static void need_topmost(const struct topmost *set, struct access_need *ret)
{
	if (set->n > ACCESS_UNITS_MAX) {
		access_add(ret, (struct unit_id){ 0 });
		return;
	}
	for (size_t i = 0; i < set->n; i++)
		access_add(ret, set->v[i]);
}

static bool opens(const struct reorg_plan *plan, const char *code)
{
	for (size_t i = 0; i < plan->n; i++)
		if (plan->v[i].what == REORG_OPEN && strcasecmp(plan->v[i].unit, code) == 0)
			return true;
	return false;
}

/* What happens to a unit is decided above it; below a new one nothing is yet. */
static enum err touch(struct app *app, const struct reorg_plan *plan, const struct reorg_action *x, const char *member, const char *code,
	bool above, struct arena *a, struct topmost *set, struct fault *f)
{
	struct unit *u;
	if (!code || opens(plan, code))
		return OK;
	TRY(access_see_unit(app, code, arena_printf(a, "actions[%zu].%s", x->at, member), &u, f));
	add_topmost(app, above ? unit_parent(u, app->today) : u->id, a, set);
	return OK;
}

static enum err touch_action(struct app *app, const struct reorg_plan *plan, const struct reorg_action *x, struct arena *a,
	struct topmost *set, struct fault *f)
{
	const struct unit *known = tree_find_code(&app->tree, x->unit);
	bool above = x->what != REORG_PEOPLE && x->what != REORG_TARGET;
	if (x->what == REORG_OPEN && known && !access_sees(&app->tree, app->who, known->id, app->today))
		return FAULT(f, E_CONFLICT, arena_printf(a, "actions[%zu].unit", x->at), MSG_CODE_USED_ELSEWHERE, x->unit);
	if (x->what == REORG_OPEN && !x->parent)
		add_topmost(app, (struct unit_id){ 0 }, a, set);
	TRY(touch(app, plan, x, "unit", x->unit, above, a, set, f));
	TRY(touch(app, plan, x, "parent", x->parent, false, a, set, f));
	return touch(app, plan, x, "to", x->to, above, a, set, f);
}

enum err access_reorganise(struct app *app, const void *input, struct arena *a, struct access_need *ret, struct fault *f)
{
	const struct reorganise_in *in = input;
	struct reorg_plan plan;
	struct topmost set = { 0 };
	*ret = (struct access_need){ .perm = PERM_UNIT_WRITE, .instead = PERM_UNIT_WRITE };
	if (!in)
		return OK;
	if (!access_may_somewhere(app->who, PERM_UNIT_WRITE, app->today)) {
		access_add(ret, (struct unit_id){ 0 });
		return OK;
	}
	TRY(reorg_text_parse(in->plan, FIELD_CHECKED, a, &plan, f));
	if (plan.n == 0) /* it touches nothing: no permission is missing, but what to do */
		return FAULT(f, E_INVALID, "actions", MSG_REORG_EMPTY);
	for (size_t i = 0; i < plan.n; i++)
		TRY(touch_action(app, &plan, &plan.v[i], a, &set, f));
	if (set.n == 0)
		add_topmost(app, (struct unit_id){ 0 }, a, &set);
	need_topmost(&set, ret);
	return OK;
}

/* Above the unit as it hangs today, and as it hung before. */
static void add_above(const struct app *app, const struct unit *u, struct day on, struct arena *a, struct topmost *set)
{
	struct day before = day_add(on, -1);
	add_topmost(app, unit_parent(u, app->today), a, set);
	if (unit_is_open(u, before))
		add_topmost(app, unit_parent(u, before), a, set);
}

/* What leaves no trace in the units themselves: heirs, people and targets. */
static void add_beside(const struct app *app, const struct reorg_plan *plan, struct arena *a, struct topmost *set)
{
	for (size_t i = 0; i < plan->n; i++) {
		const struct reorg_action *x = &plan->v[i];
		const struct unit *sides[] = { tree_find_code(&app->tree, x->unit), x->to ? tree_find_code(&app->tree, x->to) : NULL };
		for (size_t k = 0; k < 2 && x->what >= REORG_HEIR; k++) {
			if (x->what == REORG_HEIR)
				add_above(app, sides[k], plan->on, a, set);
			else
				add_topmost(app, sides[k]->id, a, set);
		}
	}
}

/* Above all that it touched, as they hang today and as they hung before. */
enum err access_reorganise_undo(struct app *app, const void *input, struct arena *a, struct access_need *ret, struct fault *f)
{
	const struct reorganise_undo_in *in = input;
	struct reorg_get_row row;
	struct reorg_plan plan;
	struct topmost set = { 0 };
	bool found;
	*ret = (struct access_need){ .perm = PERM_UNIT_WRITE, .instead = PERM_UNIT_WRITE };
	if (!in)
		return OK;
	TRY(q_reorg_get(app->db, in->reorg, a, &found, &row, f));
	for (size_t i = 0; found && i < app->tree.n; i++) {
		const struct unit *u = &app->tree.v[i];
		for (size_t k = 0; k < u->n; k++) {
			if (!ID_EQUAL(u->facts[k].entry, row.entry_id))
				continue;
			add_above(app, u, row.on_day, a, &set);
			break;
		}
	}
	if (found && row.undoes == ABSENT_INT) {
		TRY(reorg_plan_recorded(app, row.entry_id, a, &plan, f));
		add_beside(app, &plan, a, &set);
	}
	if (set.n == 0)
		add_topmost(app, (struct unit_id){ 0 }, a, &set);
	need_topmost(&set, ret);
	return OK;
}
