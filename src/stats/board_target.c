#include "stats/board_target.h"

#include "stats/choice.h"

#include <assert.h>
#include <string.h>

enum { PERCENT = 100 };

const char *board_status_key(enum board_status s)
{
	static const char *const keys[] = {
		[BOARD_PLAIN] = "plain", [BOARD_REACHED] = "reached", [BOARD_AHEAD] = "ahead", [BOARD_BEHIND] = "behind",
	};
	assert((size_t)s < sizeof keys / sizeof *keys);
	return keys[s];
}

const char *board_status_label(enum board_status s, enum lang lang)
{
	static const struct labels_pair labels[] = {
		[BOARD_PLAIN] = { "Không có chỉ tiêu", "No target" },
		[BOARD_REACHED] = { "Đạt chỉ tiêu", "Reached" },
		[BOARD_AHEAD] = { "Kịp tiến độ", "On pace" },
		[BOARD_BEHIND] = { "Chậm tiến độ", "Behind pace" },
	};
	assert((size_t)s < sizeof labels / sizeof *labels);
	return lang == LANG_VI ? labels[s].vi : labels[s].en;
}

/* ---- a target ---- */

static double share(int64_t num, int64_t den)
{
	return den > 0 ? PERCENT * (double)num / (double)den : -1;
}

/* The row as the report has it: a number is a share of its target, so both compare with the pace line in the same way. */
static enum board_status status_of(const struct target *t, bool is_share, const struct report_row *row)
{
	int64_t wanted_num = is_share ? t->low_milli : 1, wanted_den = is_share ? PERCENT * TARGET_MILLI : 1;
	if (!row->has_ratio || row->denominator <= 0)
		return BOARD_PLAIN;
	if (row->numerator * wanted_den >= wanted_num * row->denominator)
		return BOARD_REACHED;
	if (!row->has_points || row->pace_den <= 0)
		return BOARD_PLAIN;
	return row->numerator * row->pace_den >= row->pace_num * row->denominator ? BOARD_AHEAD : BOARD_BEHIND;
}

static void fill_figures(const struct frame *fr, const struct report_row *row, struct board_target *b)
{
	char buf[FIGURE_TEXT];
	b->note = row->note;
	if (!row->has_ratio || row->denominator <= 0)
		return;
	b->percent = frame_percent(fr, row->numerator, row->denominator);
	b->percent_value = share(row->numerator, row->denominator);
	if (!row->has_points || row->pace_den <= 0)
		return;
	b->pace = frame_percent(fr, row->pace_num, row->pace_den);
	b->pace_value = share(row->pace_num, row->pace_den);
	b->points = frame_decimal(fr,
		figure_points(row->numerator, row->denominator, row->pace_num, row->pace_den, fr->ask->rounding, buf));
}

static struct board_target plain(const struct frame *fr, const struct indicator *ind)
{
	const char *label = measure_label(ind, fr->ask->lang);
	return (struct board_target){ .indicator = ind, .label = label, .title = label, .is_share = measure_is_share(ind), .wanted = "",
		.percent_value = -1, .pace_value = -1 };
}

static struct board_target target_of(const struct frame *fr, const struct indicator *ind, const struct target *t)
{
	struct report_row row = { .since = DAY_NONE };
	struct board_target b = plain(fr, ind);
	measure_judge(fr, ind, t, measure_target(fr, ind, t), &row);
	b.target = t;
	b.title = choice_label(fr, t);
	b.value = row.value;
	b.wanted = measure_wanted(fr, ind, t);
	b.status = status_of(t, b.is_share, &row);
	fill_figures(fr, &row, &b);
	return b;
}

struct targets {
	struct board_target *v;
	size_t n, cap;
};

static void add_indicator(const struct frame *fr, const struct indicator *ind, bool always, struct targets *list)
{
	size_t n;
	const struct target_choice *v = choice_targets(fr, ind, fr->unit->id, &n);
	for (size_t i = 0; i < n; i++)
		*arena_push(fr->a, list->v, list->n, list->cap) = target_of(fr, ind, v[i].target);
	if (n > 0 || !always)
		return;
	struct board_target *b = arena_push(fr->a, list->v, list->n, list->cap);
	*b = plain(fr, ind);
	b->value = measure_span(fr, ind, fr->scope, fr->span).num;
}

enum err board_targets(const struct cube *c, const struct report_ask *q, struct arena *a, struct board_target **ret, size_t *ret_n,
	struct fault *f)
{
	struct frame fr;
	struct targets list = { 0 };
	size_t n;
	TRY(frame_begin(c, q, "board", "", a, &fr, f));
	const struct indicator *v = indicators(&n);
	assert(strcmp(v[0].key, "admitted") == 0);
	for (size_t i = 0; i < n; i++)
		add_indicator(&fr, &v[i], i == 0, &list);
	*ret = list.v;
	*ret_n = list.n;
	return OK;
}

/* ---- quotas of the units below ---- */

static void fill_reached(const struct frame *fr, struct board_quota *k, int64_t reached)
{
	const struct target *t = k->target;
	bool whole = t->low_milli % TARGET_MILLI == 0;
	int64_t num = whole ? reached : reached * TARGET_MILLI, den = whole ? t->low_milli / TARGET_MILLI : t->low_milli;
	k->reached = reached;
	k->percent_value = share(num, den);
	k->percent = den > 0 ? frame_percent(fr, num, den) : NULL;
}

static bool same_days(const struct board_quota *a, const struct board_quota *b)
{
	return a->target && b->target && choice_same_period(a->days, b->days);
}

/* Most quotas are of the same year: everybody is counted once for each period there is. */
static void count_reached(const struct frame *fr, const struct tree_split *split, struct board_quota *v)
{
	int64_t *counts = arena_array(fr->a, int64_t, PART_CHILD + split->n);
	bool *done = arena_array(fr->a, bool, split->n);
	for (size_t i = 0; i < split->n; i++) {
		if (!v[i].target || done[i])
			continue;
		cube_admitted_parts(fr->cube, split->part, v[i].days, counts, PART_CHILD + split->n);
		for (size_t k = i; k < split->n; k++) {
			if (!same_days(&v[i], &v[k]))
				continue;
			fill_reached(fr, &v[k], counts[PART_CHILD + k]);
			done[k] = true;
		}
	}
}

enum err board_quotas(const struct cube *c, const struct report_ask *q, const struct tree_split *split, struct arena *a,
	struct board_quota **ret, struct fault *f)
{
	struct frame fr;
	TRY(frame_begin(c, q, "board", "", a, &fr, f));
	const struct indicator *admitted = indicator_find("admitted");
	struct board_quota *v = arena_array(a, struct board_quota, split->n);
	for (size_t k = 0; k < split->n; k++) {
		const struct target *t = choice_quota(&fr, admitted, split->children[k]->id);
		v[k] = (struct board_quota){ .target = t, .percent_value = -1 };
		if (!t)
			continue;
		v[k].wanted = measure_wanted(&fr, admitted, t);
		v[k].days = (struct period){ t->period.from, t->period.to.n < fr.on.n ? t->period.to : fr.on };
	}
	count_reached(&fr, split, v);
	*ret = v;
	return OK;
}
