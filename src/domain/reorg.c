#include "domain/reorg_impl.h"

#include "base/text.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

const char *reorg_do_key(enum reorg_do d)
{
	static const char *const keys[REORG_DO__COUNT] = {
		[REORG_OPEN] = "open", [REORG_RENAME] = "rename", [REORG_KIND] = "kind", [REORG_SECTOR] = "sector", [REORG_MOVE] = "move",
		[REORG_CLOSE] = "close", [REORG_HEIR] = "heir", [REORG_PEOPLE] = "people", [REORG_TARGET] = "target",
	};
	assert(d < REORG_DO__COUNT);
	return keys[d];
}

size_t reorg_facts(const struct reorg_action *x, struct reorg_fact ret[REORG_FACTS_MAX])
{
	const struct {
		enum reorg_do what;
		const char *kind, *value, *parent;
		bool there;
	} rows[] = {
		{ REORG_OPEN, UNIT_OPEN, NULL, NULL, true },
		{ REORG_OPEN, UNIT_NAME, x->name, NULL, true },
		{ REORG_OPEN, UNIT_KIND, x->kind, NULL, true },
		{ REORG_OPEN, UNIT_PARENT, NULL, x->parent, x->parent != NULL },
		{ REORG_OPEN, UNIT_SECTOR, x->sector, NULL, x->sector != NULL },
		{ REORG_OPEN, UNIT_AUTHORISED, x->authorised == 1 ? "yes" : "no", NULL, x->authorised >= 0 },
		{ REORG_RENAME, UNIT_NAME, x->name, NULL, true },
		{ REORG_KIND, UNIT_KIND, x->kind, NULL, true },
		{ REORG_SECTOR, UNIT_SECTOR, x->sector, NULL, true },
		{ REORG_MOVE, UNIT_PARENT, NULL, x->parent, true },
		{ REORG_CLOSE, UNIT_CLOSE, NULL, NULL, true },
	};
	size_t n = 0;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (rows[i].what == x->what && rows[i].there)
			ret[n++] = (struct reorg_fact){ rows[i].kind, rows[i].value, rows[i].parent };
	assert(n <= REORG_FACTS_MAX);
	return n;
}

/* ---- saying what is wrong ---- */

const char *reorg_path(const struct resolver *r, const struct reorg_action *x, const char *member)
{
	return arena_printf(r->a, "actions[%zu].%s", x->at, member);
}

const char *reorg_number(const struct resolver *r, int64_t n)
{
	return arena_printf(r->a, "%" PRId64, n);
}

const char *reorg_day(const struct resolver *r, struct day d)
{
	char buf[DAY_TEXT];
	return arena_strdup(r->a, day_vi(d, buf));
}

/* ---- finding ---- */

static bool same_code(const char *x, const char *y)
{
	return strcasecmp(x, y) == 0;
}

static const struct reorg_action *find(const struct reorg_plan *p, enum reorg_do what, const char *unit)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->v[i].what == what && same_code(p->v[i].unit, unit))
			return &p->v[i];
	return NULL;
}

const struct reorg_action *reorg_closing(const struct resolver *r, const char *unit)
{
	return find(&r->out, REORG_CLOSE, unit);
}

const struct reorg_action **reorg_links(const struct resolver *r, const char *unit, size_t *ret_n)
{
	const struct reorg_action **v = NULL;
	size_t n = 0, cap = 0;
	for (size_t i = 0; i < r->out.n; i++)
		if (r->out.v[i].what == REORG_HEIR && same_code(r->out.v[i].unit, unit))
			*arena_push(r->a, v, n, cap) = &r->out.v[i];
	*ret_n = n;
	return v;
}

struct reorg_action *reorg_emit(struct resolver *r, enum reorg_do what, size_t at, const char *unit, const char *to)
{
	struct reorg_action *x = arena_push(r->a, r->out.v, r->out.n, r->out.cap);
	*x = (struct reorg_action){ .what = what, .at = at, .unit = unit, .to = to, .authorised = -1, .low = -1, .high = -1, .at_least = -1,
		.period = { DAY_NONE, DAY_NONE } };
	return x;
}

static const struct unit *unit_after(const struct resolver *r, const char *code)
{
	const struct unit *u = tree_find_code(&r->after, code);
	return u && !unit_never_was(u) ? u : NULL;
}

/* ---- each action by itself ---- */

static enum err unknown(const struct resolver *r, const struct reorg_action *x, const char *member, const char *code, struct fault *f)
{
	return FAULT(f, E_NOTFOUND, reorg_path(r, x, member), MSG_REORG_UNIT_UNKNOWN, code);
}

static bool is_same(const struct reorg_action *x, const struct reorg_action *y)
{
	if (x->what != y->what || !same_code(x->unit, y->unit))
		return false;
	switch (x->what) {
	case REORG_HEIR:
		return same_code(x->to, y->to);
	case REORG_PEOPLE:
		return !x->listed && !y->listed && text_equal(x->attribute, y->attribute) && text_equal(x->value, y->value);
	case REORG_TARGET:
		return same_code(x->to, y->to) && strcmp(x->indicator, y->indicator) == 0 && strcmp(x->target_kind, y->target_kind) == 0 &&
			x->period.from.n == y->period.from.n && x->period.to.n == y->period.to.n;
	default:
		return true;
	}
}

static int order_of(const char *x, const char *y)
{
	return strcasecmp(x ? x : "", y ? y : "");
}

static int order_of_days(struct day x, struct day y)
{
	return (x.n > y.n) - (x.n < y.n);
}

/* Of a resolved plan, in which no two are of the same thing. */
static int by_place(const void *a, const void *b)
{
	const struct reorg_action *x = a, *y = b;
	const int orders[] = {
		(int)x->what - (int)y->what, order_of(x->unit, y->unit), order_of(x->to, y->to), order_of(x->indicator, y->indicator),
		order_of(x->target_kind, y->target_kind), order_of_days(x->period.from, y->period.from), order_of_days(x->period.to, y->period.to),
	};
	size_t i = 0;
	while (i + 1 < sizeof orders / sizeof *orders && orders[i] == 0)
		i++;
	return orders[i];
}

static enum err check_twice(const struct resolver *r, struct fault *f)
{
	for (size_t i = 0; i < r->plan->n; i++) {
		const struct reorg_action *x = &r->plan->v[i];
		for (size_t k = 0; k < i; k++)
			if (is_same(&r->plan->v[k], x))
				return FAULT(f, E_INVALID, reorg_path(r, x, "unit"), MSG_REORG_TWICE, x->unit);
	}
	return OK;
}

static enum err check_new(const struct resolver *r, const struct reorg_action *x, struct fault *f)
{
	const struct unit *u = tree_find_code(r->given->tree, x->unit);
	if (u && !unit_never_was(u))
		return FAULT(f, E_CONFLICT, reorg_path(r, x, "unit"), MSG_REORG_CODE_USED, u->code, unit_name(u, r->plan->on));
	return OK;
}

/* A unit that an action changes was there before the plan, and stays unless the action is its closing. */
static enum err check_old(const struct resolver *r, const struct reorg_action *x, struct fault *f)
{
	const struct unit *u = tree_find_code(r->given->tree, x->unit);
	struct day before = day_add(r->plan->on, -1);
	if (find(r->plan, REORG_OPEN, x->unit))
		return FAULT(f, E_INVALID, reorg_path(r, x, "unit"), MSG_REORG_OPENS_TOO, x->unit);
	if (!u || unit_never_was(u))
		return unknown(r, x, "unit", x->unit, f);
	if (!unit_is_open(u, before))
		return FAULT(f, E_RULE, reorg_path(r, x, "unit"), MSG_UNIT_NOT_OPEN, unit_name(u, before), reorg_day(r, before));
	if (x->what < REORG_CLOSE && find(r->plan, REORG_CLOSE, x->unit))
		return FAULT(f, E_INVALID, reorg_path(r, x, "unit"), MSG_REORG_CLOSES_TOO, u->code);
	return OK;
}

/* What was recorded for a later day of a unit that is closed by then could not hold; that it has a plan for a year may be known late. */
static enum err check_later(const struct resolver *r, const struct reorg_action *x, struct fault *f)
{
	const struct unit *u = tree_find_code(r->given->tree, x->unit);
	for (size_t i = 0; i < u->n; i++)
		if (u->facts[i].from.n >= r->plan->on.n && strcmp(u->facts[i].kind, UNIT_PLAN) != 0 &&
			unit_fact_at(u, u->facts[i].kind, u->facts[i].from) == &u->facts[i])
			return FAULT(f, E_RULE, reorg_path(r, x, "unit"), MSG_REORG_LATER_FACT, u->code, reorg_day(r, u->facts[i].from));
	return OK;
}

static enum err check_each(const struct resolver *r, struct fault *f)
{
	for (size_t i = 0; i < r->plan->n; i++) {
		const struct reorg_action *x = &r->plan->v[i];
		if (x->what == REORG_OPEN)
			TRY(check_new(r, x, f));
		else
			TRY(check_old(r, x, f));
		if (x->what == REORG_CLOSE)
			TRY(check_later(r, x, f));
	}
	return OK;
}

/* ---- what follows ---- */

/* Heirs as actions of their own; a unit that lives on elsewhere without closing stays its own heir. */
static void emit_heirs(struct resolver *r)
{
	for (size_t i = 0; i < r->plan->n; i++) {
		const struct reorg_action *x = &r->plan->v[i];
		bool link = x->to && (x->what == REORG_CLOSE || x->what == REORG_HEIR);
		if (link)
			(void)reorg_emit(r, REORG_HEIR, x->at, x->unit, x->to);
	}
	for (size_t i = 0, n = r->out.n; i < n; i++) {
		const struct reorg_action *x = &r->out.v[i];
		size_t links_n;
		bool own = x->what != REORG_HEIR || reorg_closing(r, x->unit);
		const struct reorg_action **links = reorg_links(r, x->unit, &links_n);
		for (size_t k = 0; k < links_n; k++)
			own |= same_code(links[k]->to, x->unit);
		if (!own)
			(void)reorg_emit(r, REORG_HEIR, x->at, x->unit, x->unit);
	}
}

/* What hangs below a unit that closes goes to its only heir. */
static void emit_children(struct resolver *r, const struct reorg_action *closing)
{
	size_t n, links_n;
	const struct reorg_action **links = reorg_links(r, closing->unit, &links_n);
	const struct unit *u = tree_find_code(r->given->tree, closing->unit);
	struct unit **v = tree_children(r->given->tree, u->id, day_add(r->plan->on, -1), r->a, &n);
	for (size_t i = 0; links_n == 1 && i < n; i++)
		if (!find(r->plan, REORG_MOVE, v[i]->code) && !find(r->plan, REORG_CLOSE, v[i]->code) && unit_is_open(v[i], r->plan->on) &&
			ID_EQUAL(unit_parent(v[i], r->plan->on), u->id))
			reorg_emit(r, REORG_MOVE, closing->at, v[i]->code, NULL)->parent = links[0]->to;
}

static void emit_tree(struct resolver *r)
{
	for (size_t i = 0; i < r->plan->n; i++) {
		const struct reorg_action *x = &r->plan->v[i];
		if (x->what > REORG_CLOSE)
			continue;
		*reorg_emit(r, x->what, x->at, x->unit, NULL) = *x;
		r->out.v[r->out.n - 1].to = NULL;
	}
	emit_heirs(r);
	for (size_t i = 0; i < r->plan->n; i++)
		if (r->plan->v[i].what == REORG_CLOSE)
			emit_children(r, &r->plan->v[i]);
}

static void carry_out(struct resolver *r, const struct reorg_action *x)
{
	struct reorg_fact facts[REORG_FACTS_MAX];
	size_t n = reorg_facts(x, facts);
	struct unit *u = tree_find_code(&r->after, x->unit);
	for (size_t i = 0; i < n; i++) {
		const struct unit *parent = facts[i].parent ? tree_find_code(&r->after, facts[i].parent) : NULL;
		tree_add_fact(&r->after, u, &(struct unit_fact){ .seq = (int32_t)u->n + 1, .kind = facts[i].kind, .from = r->plan->on,
			.value = facts[i].value, .ref = parent ? parent->id : (struct unit_id){ 0 }, .paper_on = DAY_NONE });
	}
}

/* New units first, so that others can come below them. */
static void grow_tree(struct resolver *r)
{
	int64_t next = r->after.n ? r->after.v[r->after.n - 1].id.v : 0;
	for (size_t i = 0; i < r->out.n; i++)
		if (r->out.v[i].what == REORG_OPEN && !tree_find_code(&r->after, r->out.v[i].unit))
			(void)tree_add(&r->after, (struct unit_id){ ++next }, r->out.v[i].unit);
	for (size_t i = 0; i < r->out.n; i++)
		carry_out(r, &r->out.v[i]);
	for (size_t i = 0; i < r->out.n; i++) {
		const struct reorg_action *x = &r->out.v[i];
		const struct unit *to = x->what == REORG_HEIR ? tree_find_code(&r->after, x->to) : NULL;
		if (to)
			tree_add_heir(&r->after, (struct unit_heir){ tree_find_code(&r->after, x->unit)->id, to->id, r->plan->on, INT64_MAX });
	}
}

/* ---- the tree that comes out ---- */

/* A unit to which something goes: there, and open on the day. */
static enum err check_goal(const struct resolver *r, const struct reorg_action *x, const char *member, const char *code, struct fault *f)
{
	const struct unit *u = unit_after(r, code);
	if (!u)
		return unknown(r, x, member, code, f);
	if (!unit_is_open(u, r->plan->on))
		return FAULT(f, E_RULE, reorg_path(r, x, member), MSG_UNIT_NOT_OPEN, unit_name(u, r->plan->on), reorg_day(r, r->plan->on));
	return OK;
}

/* Who goes there would sit in a closed unit from then on, and what it is given would stay behind. */
static enum err check_goal_stays(const struct resolver *r, const struct reorg_action *x, struct fault *f)
{
	struct day closed = unit_closed(unit_after(r, x->to));
	if (day_known(closed))
		return FAULT(f, E_RULE, reorg_path(r, x, "to"), MSG_REORG_GOAL_CLOSES, unit_name(unit_after(r, x->to), r->plan->on),
			reorg_day(r, closed));
	return OK;
}

/* To live on in oneself says nothing unless others are heirs beside. */
static enum err check_heir(const struct resolver *r, const struct reorg_action *x, struct fault *f)
{
	size_t n;
	(void)reorg_links(r, x->unit, &n);
	if (n == 1 && x->what == REORG_HEIR && same_code(x->unit, x->to))
		return FAULT(f, E_RULE, reorg_path(r, x, "to"), MSG_REORG_NO_SPLIT);
	return OK;
}

static enum err check_goals(const struct resolver *r, struct fault *f)
{
	for (size_t i = 0; i < r->plan->n; i++) {
		const struct reorg_action *x = &r->plan->v[i];
		if (x->parent)
			TRY(check_goal(r, x, "parent", x->parent, f));
		if (!x->to)
			continue;
		TRY(check_goal(r, x, "to", x->to, f));
		TRY(check_goal_stays(r, x, f));
		TRY(check_heir(r, x, f));
	}
	return OK;
}

static enum err check_places(const struct resolver *r, struct fault *f)
{
	for (size_t i = 0; i < r->out.n; i++) {
		const struct reorg_action *x = &r->out.v[i];
		struct fault why;
		if (x->parent && tree_check_parent(&r->after, unit_after(r, x->unit)->id, tree_find_code(&r->after, x->parent)->id, r->plan->on,
			&why) != OK)
			return FAULT(f, E_RULE, reorg_path(r, x, "parent"), why.msg, why.arg[0], why.arg[1]);
	}
	return OK;
}

static bool stays_below(const struct resolver *r, const struct unit *u, struct unit_id parent)
{
	if (unit_is_open(u, r->plan->on) && ID_EQUAL(unit_parent(u, r->plan->on), parent))
		return true;
	for (size_t i = 0; i < u->n; i++) {
		const struct unit_fact *x = &u->facts[i];
		if (x->from.n > r->plan->on.n && ID_EQUAL(x->ref, parent) && unit_fact_at(u, UNIT_PARENT, x->from) == x)
			return true;
	}
	return false;
}

static enum err check_nothing_below(const struct resolver *r, struct fault *f)
{
	for (size_t i = 0; i < r->out.n; i++) {
		const struct reorg_action *x = &r->out.v[i];
		if (x->what != REORG_CLOSE)
			continue;
		const struct unit *u = tree_find_code(&r->after, x->unit);
		for (size_t k = 0; k < r->after.n; k++)
			if (stays_below(r, &r->after.v[k], u->id))
				return FAULT(f, E_RULE, reorg_path(r, x, "unit"), MSG_REORG_CHILD_LEFT, u->code, r->after.v[k].code);
	}
	return OK;
}

/* ---- what the plan calls itself ---- */

struct contents {
	bool merges, unites, splits, moves, closes;
};

static struct contents contents_of(const struct resolver *r)
{
	struct contents c = { 0 };
	for (size_t i = 0; i < r->out.n; i++) {
		const struct reorg_action *x = &r->out.v[i];
		size_t links_n;
		bool link = x->what == REORG_HEIR;
		(void)reorg_links(r, x->unit, &links_n);
		bool closes = reorg_closing(r, x->unit), is_new = link && find(&r->out, REORG_OPEN, x->to);
		c.merges |= link && closes && links_n == 1 && !is_new;
		c.unites |= link && closes && links_n == 1 && is_new;
		c.splits |= link && links_n > 1;
		c.moves |= x->what == REORG_MOVE || x->what == REORG_PEOPLE;
		c.closes |= x->what == REORG_CLOSE;
	}
	return c;
}

static enum err check_kind(const struct resolver *r, struct fault *f)
{
	const struct contents c = contents_of(r);
	const struct {
		const char *kind;
		bool fits;
		enum msg msg;
	} rows[] = {
		{ "merge", c.merges, MSG_REORG_NO_HEIR_THERE }, { "union", c.unites, MSG_REORG_NO_NEW_HEIR },
		{ "split", c.splits, MSG_REORG_NO_SPLIT }, { "move", c.moves, MSG_REORG_NO_MOVE }, { "close", c.closes, MSG_REORG_NO_CLOSE },
		{ "undo", false, MSG_REORG_KIND_UNDO },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (strcmp(r->plan->kind, rows[i].kind) == 0 && !rows[i].fits)
			return FAULT(f, E_RULE, "kind", rows[i].msg);
	return OK;
}

/* ---- the whole ---- */

static enum err resolve_tree(struct resolver *r, struct fault *f)
{
	TRY(check_twice(r, f));
	TRY(check_each(r, f));
	emit_tree(r);
	grow_tree(r);
	TRY(check_goals(r, f));
	TRY(check_places(r, f));
	return check_nothing_below(r, f);
}

enum err reorg_resolve(const struct reorg_plan *plan, const struct reorg_given *g, struct arena *a, struct reorg_plan *ret,
	struct tree *ret_after, struct fault *f)
{
	struct resolver r = { .plan = plan, .given = g, .a = a, .out = { .kind = plan->kind, .on = plan->on } };
	if (plan->n == 0)
		return FAULT(f, E_INVALID, "actions", MSG_REORG_EMPTY);
	if (day_before(g->today, plan->on))
		return FAULT(f, E_RULE, "on", MSG_DAY_IN_FUTURE, reorg_day(&r, plan->on), reorg_day(&r, g->today));
	r.after = tree_copy(g->tree, a);
	TRY(resolve_tree(&r, f));
	TRY(reorg_people(&r, f));
	TRY(check_kind(&r, f));
	TRY(reorg_targets(&r, f));
	if (r.out.n > 0) /* everybody may be where the plan wants them already */
		qsort(r.out.v, r.out.n, sizeof *r.out.v, by_place);
	*ret = r.out;
	*ret_after = r.after;
	return OK;
}

/* ---- heirs ---- */

struct found {
	struct unit **v;
	size_t n, cap;
};

static void follow(const struct tree *t, struct unit_id unit, struct day on, size_t depth, struct arena *a, struct found *found)
{
	struct unit *u = tree_find(t, unit);
	size_t n;
	for (size_t i = 0; i < found->n; i++)
		if (ID_EQUAL(found->v[i]->id, unit))
			return;
	if (u && unit_is_open(u, on)) {
		*arena_push(a, found->v, found->n, found->cap) = u;
		return;
	}
	const struct unit_heir *v = tree_heirs(t, unit, &n);
	for (size_t i = 0; i < n && depth < t->n; i++) /* recorded heirs form no ring */
		if (v[i].on.n <= on.n && !ID_EQUAL(v[i].heir, unit))
			follow(t, v[i].heir, on, depth + 1, a, found);
}

struct unit **reorg_heirs(const struct tree *t, struct unit_id unit, struct day on, struct arena *a, size_t *ret_n)
{
	struct found found = { 0 };
	follow(t, unit, on, 0, a, &found);
	*ret_n = found.n;
	return found.v;
}
