/* Questions on the roll about introducers and helpers. */
#include "app/helpers.h"

#include "domain/tree_part.h"

#include <stdlib.h>
#include <string.h>

/* ---- who has to be replaced ---- */

static struct helper_flag flag_of(const struct live_view *v, const struct roll_person *p, const struct roll_helper *h)
{
	struct helper_flag flag = { h->seq, h->role, h->helper, h->name, HELPER_STAYS, DAY_NONE };
	const struct roll_person *helper = h->helper.v ? live_person(v, h->helper) : NULL;
	if (helper) {
		flag.name = helper->name;
		if (!day_known(h->until))
			flag.why = helper_gone(h->from, &helper->help, &p->help, &flag.since);
	}
	if (h->unreplaced) {
		flag.why = HELPER_ENDED;
		flag.since = h->until;
	}
	return flag;
}

struct helper_flag *helpers_of(const struct live_view *v, const struct roll_person *p, struct arena *a, size_t *ret_n)
{
	struct helper_flag *list = NULL;
	size_t n = 0, cap = 0;
	for (size_t i = 0; p->open && i < p->helpers_n; i++) {
		struct helper_flag flag = flag_of(v, p, &p->helpers[i]);
		if (flag.why != HELPER_STAYS)
			*arena_push(a, list, n, cap) = flag;
	}
	*ret_n = n;
	return list;
}

static int by_unit_and_name(const void *x, const void *y)
{
	const struct helper_work *a = x, *b = y;
	int unit = strcmp(a->unit->code, b->unit->code), name = strcmp(a->person->name_key, b->person->name_key);
	if (unit || name)
		return unit ? unit : name;
	if (!ID_EQUAL(a->person->id, b->person->id))
		return a->person->id.v < b->person->id.v ? -1 : 1;
	return (a->flag.seq > b->flag.seq) - (a->flag.seq < b->flag.seq);
}

void helpers_work(const struct live_view *v, const struct tree *t, struct unit_id unit, struct arena *a, struct helper_work **ret,
	size_t *ret_n)
{
	struct tree_part part = tree_inside(t, unit, v->today, a);
	struct helper_work *list = NULL;
	size_t n = 0, cap = 0;
	for (size_t i = 0; i < v->people_n; i++) {
		size_t flags_n;
		if (!v->marks[i].helped || tree_part_of(part, (struct unit_id){ v->marks[i].unit }) == PART_OUTSIDE)
			continue;
		const struct helper_flag *flags = helpers_of(v, v->people[i], a, &flags_n);
		for (size_t k = 0; k < flags_n; k++)
			*arena_push(a, list, n, cap) = (struct helper_work){ v->people[i], tree_find(t, v->people[i]->unit), flags[k] };
	}
	if (n)
		qsort(list, n, sizeof *list, by_unit_and_name);
	*ret = list;
	*ret_n = n;
}

/* ---- how much each member does ---- */

struct tasks {
	struct helper_task *v;
	size_t n, cap;
};

static void add_tasks(struct tasks *l, const struct roll_person *p, const struct helper_load_ask *q, struct arena *a)
{
	for (size_t i = 0; i < p->helpers_n; i++) {
		const struct roll_helper *h = &p->helpers[i];
		bool now = !day_known(h->until);
		if (h->helper.v && (now || h->until.n >= q->since.n))
			*arena_push(a, l->v, l->n, l->cap) = (struct helper_task){ h->helper, p, h, now };
	}
}

static int by_helper(const void *x, const void *y)
{
	const struct helper_task *a = x, *b = y;
	if (!ID_EQUAL(a->helper, b->helper))
		return a->helper.v < b->helper.v ? -1 : 1;
	bool same = a->person == b->person;
	if (!same) {
		int name = strcmp(a->person->name_key, b->person->name_key);
		return name ? name : a->person->id.v < b->person->id.v ? -1 : 1;
	}
	return a->now != b->now ? (a->now ? -1 : 1) : (a->as->seq > b->as->seq) - (a->as->seq < b->as->seq);
}

static int present_first(const void *x, const void *y)
{
	const struct helper_task *a = x, *b = y;
	if (ID_EQUAL(a->helper, b->helper) && a->now != b->now)
		return a->now ? -1 : 1;
	return by_helper(x, y);
}

/* Whoever introduces and helps the same person does one task. */
static void keep_one_each(struct tasks *l)
{
	size_t kept = 0;
	for (size_t i = 0; i < l->n; i++) {
		const struct helper_task *last = kept ? &l->v[kept - 1] : NULL;
		if (!last || last->person != l->v[i].person || !ID_EQUAL(last->helper, l->v[i].helper))
			l->v[kept++] = l->v[i];
	}
	l->n = kept;
}

static struct tasks tasks_of(const struct live_view *v, const struct helper_load_ask *q, struct arena *a)
{
	struct tasks l = { 0 };
	for (size_t i = 0; i < v->people_n; i++)
		if (v->marks[i].helped)
			add_tasks(&l, v->people[i], q, a);
	if (l.n == 0)
		return l;
	qsort(l.v, l.n, sizeof *l.v, by_helper);
	keep_one_each(&l);
	qsort(l.v, l.n, sizeof *l.v, present_first);
	return l;
}

/* First task of that helper or of a later one. */
static size_t first_of(const struct tasks *l, struct person_id id)
{
	size_t lo = 0, hi = l->n;
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		if (l->v[mid].helper.v < id.v)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

static struct helper_load load_of(const struct tasks *l, const struct roll_person *member, const struct unit *unit)
{
	size_t i = first_of(l, member->id);
	struct helper_load load = { .member = member, .unit = unit, .tasks = l->v ? &l->v[i] : NULL };
	for (; i < l->n && ID_EQUAL(l->v[i].helper, member->id); i++) {
		load.now += l->v[i].now;
		load.all++;
	}
	return load;
}

static int by_load(const void *x, const void *y)
{
	const struct helper_load *a = x, *b = y;
	if (a->now != b->now)
		return a->now > b->now ? -1 : 1;
	int name = strcmp(a->member->name_key, b->member->name_key);
	return name ? name : (a->member->id.v > b->member->id.v) - (a->member->id.v < b->member->id.v);
}

void helpers_load(const struct live_view *v, const struct tree *t, const struct helper_load_ask *q, struct arena *a,
	struct helper_load **ret, size_t *ret_n)
{
	struct tree_part part = tree_inside(t, q->unit, v->today, a);
	struct tasks tasks = tasks_of(v, q, a);
	struct helper_load *list = NULL;
	size_t n = 0, cap = 0;
	for (size_t i = 0; i < v->people_n; i++) {
		const struct roll_mark *m = &v->marks[i];
		if (m->phase != PHASE_OFFICIAL || tree_part_of(part, (struct unit_id){ m->unit }) == PART_OUTSIDE)
			continue;
		struct helper_load load = load_of(&tasks, v->people[i], tree_find(t, v->people[i]->unit));
		if (load.now ? !q->free : !q->busy)
			*arena_push(a, list, n, cap) = load;
	}
	if (n)
		qsort(list, n, sizeof *list, by_load);
	*ret = list;
	*ret_n = n;
}
