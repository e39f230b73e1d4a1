#include "stats/choice.h"

#include "base/utf8.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static void set_share(struct report_row *row, int64_t num, int64_t den)
{
	row->has_value = true;
	row->value = num;
	row->has_ratio = true;
	row->numerator = num;
	row->denominator = den;
}

/* ---- breakdown ---- */

enum err report_breakdown(const struct cube *c, const struct report_ask *q, struct arena *a, struct report *ret, struct fault *f)
{
	struct frame fr;
	const char *title = MSG_TEXT(a, q->lang, MSG_TITLE_BREAKDOWN, cube_dimension_label(q->by, q->lang, a));
	TRY(frame_begin(c, q, "breakdown", title, a, &fr, f));
	int64_t total = cube_admitted(c, fr.scope, fr.span, (struct filter){0}), sum = 0;
	size_t n;
	struct cube_group *v = cube_admitted_by(c, fr.scope, fr.span, q->by, a, &n);
	for (size_t i = 0; i < n; i++) {
		const char *key = arena_printf(a, "%s:%s", cube_dimension_key(q->by), v[i].value ? v[i].value : "unknown");
		set_share(report_add(&fr.report, a, key, cube_value_label(q->by, v[i].value, q->lang, a)), v[i].n, total);
		sum += v[i].n;
	}
	assert(sum == total);
	set_share(report_add(&fr.report, a, "total", MSG_TEXT(a, q->lang, MSG_ROW_TOTAL)), total, total);
	frame_note(&fr, MSG_TEXT(a, q->lang, MSG_NOTE_BREAKDOWN_DAY));
	frame_note(&fr, MSG_TEXT(a, q->lang, MSG_NOTE_COUNTED_DAY));
	*ret = fr.report;
	return OK;
}

/* ---- ranking ---- */

struct ranked {
	struct child child;
	int64_t n;                   /* in the period */
	const struct target *target; /* NULL: none */
	int64_t num, den;            /* against the target */
	const char *name_key;
	size_t place, share_place;   /* from 1; equals share a place; share_place 0: no target */
};

static int by_share(const void *x, const void *y)
{
	const struct ranked *a = x, *b = y;
	if (!a->target || !b->target)
		return (a->target == NULL) - (b->target == NULL);
	__int128 left = (__int128)b->num * a->den, right = (__int128)a->num * b->den;
	return left < right ? -1 : left > right;
}

static int by_number(const void *x, const void *y)
{
	const struct ranked *a = x, *b = y;
	if (a->n != b->n)
		return a->n > b->n ? -1 : 1;
	int share = by_share(x, y), name = share ? share : strcmp(a->name_key, b->name_key);
	return name ? name : strcmp(a->child.unit->code, b->child.unit->code);
}

static struct ranked ranked_of(struct frame *fr, const struct indicator *ind, const struct child *k)
{
	struct ranked r = { .child = *k, .name_key = vi_text_key(fr->a, unit_name(k->unit, fr->scope.tree_day)) };
	r.n = measure_span(fr, ind, k->scope, fr->span).num;
	r.target = choice_quota(fr, ind, k->unit->id);
	if (r.target && r.target->low_milli == 0) /* nothing has no share */
		r.target = NULL;
	if (r.target) {
		r.num = measure_span(fr, ind, k->scope, r.target->period).num * TARGET_MILLI;
		r.den = r.target->low_milli;
	}
	return r;
}

static void give_places(struct ranked *v, size_t n)
{
	qsort(v, n, sizeof *v, by_share);
	for (size_t i = 0; i < n && v[i].target; i++)
		v[i].share_place = i > 0 && by_share(&v[i - 1], &v[i]) == 0 ? v[i - 1].share_place : i + 1;
	qsort(v, n, sizeof *v, by_number);
	for (size_t i = 0; i < n; i++)
		v[i].place = i > 0 && v[i - 1].n == v[i].n ? v[i - 1].place : i + 1;
}

static void add_ranked(struct frame *fr, const struct indicator *ind, const struct ranked *k)
{
	struct report_row *row = frame_child_row(fr, &k->child);
	if (k->target)
		measure_judge(fr, ind, k->target, measure_span(fr, ind, k->child.scope, k->target->period), row);
	row->level = 0;
	row->has_value = true;
	row->value = k->n;
	const char *place = frame_number(fr, (int64_t)k->place);
	const char *places = k->share_place ? FRAME_TEXT(fr, MSG_PLACE_BOTH, place, frame_number(fr, (int64_t)k->share_place))
	                                    : FRAME_TEXT(fr, MSG_PLACE_NUMBER, place);
	row->note = row->note ? arena_printf(fr->a, "%s; %s", places, row->note) : places;
}

enum err report_ranking(const struct cube *c, const struct report_ask *q, struct arena *a, struct report *ret, struct fault *f)
{
	const struct indicator *ind;
	struct frame fr;
	TRY(progress_indicator(q->indicator, a, &ind, f));
	if (measure_is_share(ind))
		return FAULT(f, E_INVALID, "indicator", MSG_RANKING_OF_SHARE, ind->key);
	const char *title = MSG_TEXT(a, q->lang, MSG_TITLE_RANKING, measure_label(ind, q->lang));
	TRY(frame_begin(c, q, "ranking", title, a, &fr, f));
	size_t n;
	struct child *children = frame_children(&fr, &n);
	struct ranked *v = arena_array(a, struct ranked, n);
	for (size_t i = 0; i < n; i++)
		v[i] = ranked_of(&fr, ind, &children[i]);
	if (n > 0)
		give_places(v, n);
	else
		frame_note(&fr, MSG_TEXT(a, q->lang, MSG_NOTE_NO_CHILDREN));
	for (size_t i = 0; i < n; i++)
		add_ranked(&fr, ind, &v[i]);
	measure_note_own(&fr, ind, children, n);
	frame_note(&fr, MSG_TEXT(a, q->lang, MSG_NOTE_COUNTED_DAY));
	*ret = fr.report;
	return OK;
}

/* ---- classes ---- */

/* All people of the unit's own classes, its own people in the classes of others. */
static struct class_ask ask_of(const struct frame *fr, const struct cube_class *k)
{
	return (struct class_ask){ k->id, cube_holds(fr->cube, fr->scope, k->unit) };
}

static struct class_yield yield_of(const struct frame *fr, const struct class_ask *v, size_t n)
{
	return cube_class_yield(fr->cube, v, n, fr->scope, fr->ask->as_of);
}

static int by_begin(const void *x, const void *y)
{
	const struct cube_class *const *a = x, *const *b = y;
	if ((*a)->period.from.n != (*b)->period.from.n)
		return (*a)->period.from.n < (*b)->period.from.n ? -1 : 1;
	return strcmp((*a)->code, (*b)->code);
}

static const struct cube_class **classes_of(const struct frame *fr, size_t *ret_n)
{
	size_t all_n, n = 0;
	const struct cube_class *all = cube_classes(fr->cube, &all_n);
	const struct cube_class **v = arena_array(fr->a, const struct cube_class *, all_n);
	const char *kind = fr->ask->class_kind;
	for (size_t i = 0; i < all_n; i++) {
		struct class_ask k = ask_of(fr, &all[i]);
		bool asked = period_has(fr->span, all[i].period.from) && (!kind || strcmp(kind, all[i].kind) == 0);
		if (asked && (k.everybody || yield_of(fr, &k, 1).people > 0))
			v[n++] = &all[i];
	}
	if (n > 0)
		qsort(v, n, sizeof *v, by_begin);
	*ret_n = n;
	return v;
}

static void add_yield(struct frame *fr, const char *key, const char *label, struct class_yield y)
{
	struct report_row *row = report_add(&fr->report, fr->a, key, label);
	set_share(row, y.admitted, y.people);
	row->value = y.certificates;
	const char *people = frame_number(fr, y.people), *certificates = frame_number(fr, y.certificates);
	frame_remark(fr, row, FRAME_TEXT(fr, MSG_CLASS_YIELD, people, certificates, frame_number(fr, y.admitted)));
}

enum err report_classes(const struct cube *c, const struct report_ask *q, struct arena *a, struct report *ret, struct fault *f)
{
	struct frame fr;
	TRY(frame_begin(c, q, "classes", MSG_TEXT(a, q->lang, MSG_TITLE_CLASSES), a, &fr, f));
	size_t n;
	int64_t sum = 0;
	const struct cube_class **v = classes_of(&fr, &n);
	struct class_ask *all = arena_array(a, struct class_ask, n);
	for (size_t i = 0; i < n; i++) {
		all[i] = ask_of(&fr, v[i]);
		struct class_yield y = yield_of(&fr, &all[i], 1);
		const char *label = FRAME_TEXT(&fr, MSG_ROW_CLASS, v[i]->name, frame_day(&fr, v[i]->period.from));
		add_yield(&fr, arena_printf(a, "class:%s", v[i]->code), label, y);
		sum += y.people;
	}
	struct class_yield total = yield_of(&fr, all, n);
	assert(total.people <= sum);
	add_yield(&fr, "total", FRAME_TEXT(&fr, MSG_ROW_CLASSES_TOTAL, frame_number(&fr, (int64_t)n)), total);
	if (sum > total.people)
		frame_note(&fr, FRAME_TEXT(&fr, MSG_NOTE_SEVERAL_CLASSES, frame_number(&fr, sum), frame_number(&fr, total.people)));
	fr.report.value_heading = MSG_TEXT(a, q->lang, MSG_COLUMN_CERTIFICATES);
	fr.report.ratio_heading = MSG_TEXT(a, q->lang, MSG_COLUMN_ADMITTED_OF_SENT);
	*ret = fr.report;
	return OK;
}
