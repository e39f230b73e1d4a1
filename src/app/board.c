#include "app/board.h"

#include <stdlib.h>
#include <string.h>

enum { MONTHS_IN_YEAR = 12 };

/* What all parts of the board look at. */
struct work {
	const struct live_view *view;
	const struct board_ask *ask;
	struct report_ask report;
	struct scope scope;       /* on the tree of `on` */
	struct tree_split split;
	struct arena *a;
	struct board *board;
};

/* ---- figures of the cube ---- */

static int64_t admitted_in(const struct work *w, struct period p)
{
	return cube_admitted(w->view->cube, w->scope, p, (struct filter){ 0 });
}

static void fill_numbers(const struct work *w)
{
	struct board *b = w->board;
	const struct period span = { b->period.from, b->on };
	b->admitted = admitted_in(w, span);
	b->admitted_before = admitted_in(w, (struct period){ day_add_months(span.from, -MONTHS_IN_YEAR),
		day_add_months(span.to, -MONTHS_IN_YEAR) });
	b->members = cube_members(w->view->cube, w->scope, b->on);
}

/* Nobody is admitted after today, but a board of an earlier day must not know what came later. */
static void fill_months(const struct work *w)
{
	struct board *b = w->board;
	int64_t counts[2 * BOARD_MONTHS];
	struct ymd on = day_ymd(b->on);
	b->year = on.year;
	cube_admitted_months(w->view->cube, w->scope, day_of(on.year - 1, 1, 1), 2 * BOARD_MONTHS, counts);
	for (int32_t i = 0; i < BOARD_MONTHS; i++) {
		bool ahead = i + 1 > on.month;
		b->months[i] = (struct board_month){ i + 1, ahead ? 0 : counts[BOARD_MONTHS + i], counts[i], ahead };
	}
	b->months[on.month - 1].now = admitted_in(w, (struct period){ day_of(on.year, on.month, 1), b->on });
}

/* ---- the units below ---- */

static void count_people(const struct work *w, struct board_child *v)
{
	for (size_t i = 0; i < w->view->people_n; i++) {
		const struct roll_person *p = w->view->people[i];
		int32_t part = p->open ? tree_part_of(w->split.part, p->unit) : PART_OUTSIDE;
		if (part < PART_CHILD)
			continue;
		v[part - PART_CHILD].open++;
		for (size_t k = 0; k < p->clocks_n; k++)
			v[part - PART_CHILD].late += p->clocks[k].status != CLOCK_RUNNING;
	}
}

static int by_rank(const void *x, const void *y)
{
	const struct board_child *a = x, *b = y;
	if (a->percent_value < b->percent_value || a->percent_value > b->percent_value)
		return a->percent_value > b->percent_value ? -1 : 1;
	if (a->admitted != b->admitted)
		return a->admitted > b->admitted ? -1 : 1;
	return strcmp(a->unit->code, b->unit->code);
}

static struct board_child child_of(const struct work *w, size_t k, const struct board_quota *q, int64_t admitted)
{
	const struct unit *u = w->split.children[k];
	return (struct board_child){
		.unit = u, .name = unit_name(u, w->scope.tree_day), .closed = k >= w->split.open_n, .admitted = admitted, .target = q->target,
		.wanted = q->wanted, .reached = q->reached, .percent = q->percent, .percent_value = q->percent_value,
	};
}

/* Closed ones stay for what they admitted in the period, as in the reports. */
static void keep_children(struct board *b, struct board_child *v, size_t n)
{
	for (size_t k = 0; k < n; k++) {
		if (v[k].closed && !v[k].admitted)
			continue;
		b->children_admitted += v[k].admitted;
		b->children_late += v[k].late;
		v[b->children_n++] = v[k];
	}
	b->children = v;
	if (b->children_n > 0)
		qsort(v, b->children_n, sizeof *v, by_rank);
}

static enum err fill_children(const struct work *w, struct fault *f)
{
	size_t n = w->split.n;
	struct board *b = w->board;
	struct board_quota *quotas;
	TRY(board_quotas(w->view->cube, &w->report, &w->split, w->a, &quotas, f));
	int64_t *admitted = arena_array(w->a, int64_t, PART_CHILD + n);
	cube_admitted_parts(w->view->cube, w->split.part, (struct period){ b->period.from, b->on }, admitted, PART_CHILD + n);
	b->own_admitted = admitted[PART_ROOT];
	struct board_child *v = arena_array(w->a, struct board_child, n);
	for (size_t k = 0; k < n; k++)
		v[k] = child_of(w, k, &quotas[k], admitted[PART_CHILD + k]);
	count_people(w, v);
	keep_children(b, v, n);
	return OK;
}

/* ---- the board ---- */

static void fill_roll(const struct work *w)
{
	struct board *b = w->board;
	const struct tree *t = cube_tree(w->view->cube);
	const struct due_ask late = { .unit = w->ask->unit, .late = true };
	const struct due_ask due = { .unit = w->ask->unit, .within = BOARD_SOON_DAYS };
	b->pipeline = roll_pipeline(w->view, t, w->ask->unit, w->a, &b->pipeline_n);
	roll_due(w->view, t, &late, 0, BOARD_DUE_ROWS, w->a, &b->late, &b->late_n, &b->late_total);
	roll_due(w->view, t, &due, 0, BOARD_DUE_ROWS, w->a, &b->due, &b->due_n, &b->due_total);
}

static struct report_ask report_of(const struct live_view *v, const struct board_ask *q)
{
	return (struct report_ask){ .unit = q->unit, .period = q->period, .as_of = q->as_of, .today = v->today, .lang = q->lang,
		.rounding = q->rounding };
}

enum err board_load(const struct live_view *v, const struct board_ask *q, struct arena *a, struct board *ret, struct fault *f)
{
	struct board b = { .period = q->period, .as_of = q->as_of, .today = v->today };
	struct work w = { .view = v, .ask = q, .report = report_of(v, q), .a = a, .board = &b };
	const struct tree *t = cube_tree(v->cube);
	TRY(board_targets(v->cube, &w.report, a, &b.targets, &b.targets_n, f));
	b.on = q->period.to.n < q->as_of.n ? q->period.to : q->as_of;
	b.unit = tree_find(t, q->unit);
	b.name = unit_name(b.unit, b.on);
	const struct tree_part part = tree_inside(t, q->unit, b.on, a);
	w.scope = (struct scope){ q->unit, b.on, &part };
	w.split = tree_split(t, q->unit, b.on, a);
	TRY(fill_children(&w, f));
	fill_numbers(&w);
	fill_months(&w);
	fill_roll(&w);
	*ret = b;
	return OK;
}
