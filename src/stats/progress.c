#include "stats/choice.h"

#include "base/text.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* Kinds of unit that the two lines of organisations count. */
#define KINDS_GRASSROOTS "GRASS_DB|GRASS_CB"
#define KINDS_BRANCHES "BRANCH"
/* Kinds below which no grassroots organisation, and no branch, can hang. */
#define KINDS_WITHOUT_GRASSROOTS KINDS_GRASSROOTS "|SUB_DB|" KINDS_WITHOUT_BRANCHES
#define KINDS_WITHOUT_BRANCHES "GRASS_CB|BRANCH|TEMP_BRANCH|GROUP"

/* ---- rows of the unit ---- */

static void add_value(struct frame *fr, const char *key, const char *label, int64_t value)
{
	struct report_row *row = report_add(&fr->report, fr->a, key, label);
	row->has_value = true;
	row->value = value;
}

static void set_measured(struct report_row *row, struct measured m)
{
	row->has_value = true;
	row->value = m.num;
	row->has_ratio = m.is_share;
	row->numerator = m.is_share ? m.num : 0;
	row->denominator = m.is_share ? m.den : 0;
}

static void add_facts(struct frame *fr, const struct indicator *ind)
{
	const char *on = frame_day(fr, fr->on);
	const struct filter everybody = {0};
	add_value(fr, "admitted", FRAME_TEXT(fr, MSG_ROW_ADMITTED, period_label(fr->span, fr->ask->lang, fr->a)),
		cube_admitted(fr->cube, fr->scope, fr->span, everybody));
	if (ind->measure != MEASURE_COUNT || ind->attribute) {
		struct report_row *row = report_add(&fr->report, fr->a, ind->key, measure_label(ind, fr->ask->lang));
		set_measured(row, measure_span(fr, ind, fr->scope, fr->span));
	}
	add_value(fr, "members", FRAME_TEXT(fr, MSG_ROW_MEMBERS, on), cube_members(fr->cube, fr->scope, fr->on));
	const char *kind = unit_kind(fr->unit, fr->on);
	if (!text_listed(KINDS_WITHOUT_GRASSROOTS, kind))
		add_value(fr, "organisations", FRAME_TEXT(fr, MSG_ROW_ORGANISATIONS, on),
			cube_units(fr->cube, fr->scope, fr->on, KINDS_GRASSROOTS));
	if (!text_listed(KINDS_WITHOUT_BRANCHES, kind))
		add_value(fr, "branches", FRAME_TEXT(fr, MSG_ROW_BRANCHES, on), cube_units(fr->cube, fr->scope, fr->on, KINDS_BRANCHES));
}

/* Two targets for the same people in the same days: the one the unit set itself should not be the lower one. */
static void remark_below_assigned(const struct frame *fr, const struct target *own, const struct target_choice *v, size_t n,
	struct report_row *row)
{
	for (size_t i = 0; i < n; i++) {
		const struct target *t = v[i].target;
		bool twin = strcmp(own->kind, TARGET_OWN) == 0 && strcmp(t->kind, TARGET_ASSIGNED) == 0 &&
			choice_same_period(own->period, t->period);
		if (!twin || own->low_milli >= t->low_milli)
			continue;
		int64_t low = own->low_milli / TARGET_MILLI, high = t->low_milli / TARGET_MILLI;
		frame_remark(fr, row, FRAME_TEXT(fr, MSG_OWN_BELOW_ASSIGNED, frame_number(fr, low), frame_number(fr, high),
			frame_number(fr, low - high)));
	}
}

/* The first target of its kind over the asked period has the short key; the others say their period. */
static const char *target_key(const struct frame *fr, const struct target_choice *v, size_t i)
{
	const struct target *t = v[i].target;
	bool first = v[i].covers && (i == 0 || strcmp(v[i - 1].target->kind, t->kind) != 0);
	return first ? arena_printf(fr->a, "target:%s", t->kind) : arena_printf(fr->a, "target:%s:%s", t->kind, period_text(t->period, fr->a));
}

/* `other`: not what the report is about, so that key and label name the indicator. */
static void add_targets(struct frame *fr, const struct indicator *ind, bool other, const struct target_choice *v, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct target *t = v[i].target;
		const char *key = target_key(fr, v, i), *label = choice_label(fr, t);
		assert(t->period.from.n <= fr->on.n);
		if (other) {
			key = arena_printf(fr->a, "%s:%s", ind->key, key);
			label = arena_printf(fr->a, "%s: %s", measure_label(ind, fr->ask->lang), label);
		}
		struct report_row *row = report_add(&fr->report, fr->a, key, label);
		measure_judge(fr, ind, t, measure_target(fr, ind, t), row);
		remark_below_assigned(fr, t, v, n, row);
	}
}

/* Where no indicator is asked for, those of every other one stand beside. */
static size_t add_other_targets(struct frame *fr, const struct indicator *shown)
{
	size_t n, added = 0;
	const struct indicator *all = indicators(&n);
	for (size_t i = 0; i < n; i++) {
		size_t targets_n;
		if (&all[i] == shown)
			continue;
		const struct target_choice *v = choice_targets(fr, &all[i], fr->unit->id, &targets_n);
		add_targets(fr, &all[i], true, v, targets_n);
		added += targets_n;
	}
	return added;
}

/* ---- rows of the units below ---- */

static void fill_plan(struct frame *fr, const struct child *k, struct report_row *row)
{
	int32_t year = day_ymd(fr->on).year;
	row->has_value = true;
	row->value = cube_has_plan(k->unit, year, fr->on);
	frame_remark(fr, row, FRAME_TEXT(fr, row->value ? MSG_PLAN_THERE : MSG_PLAN_MISSING, arena_printf(fr->a, "%d", year)));
}

/* The value is of the asked period, so that the children add up to the unit; the ratio is of the child's target, as in its own report. */
static void fill_child(struct frame *fr, const struct indicator *ind, const struct child *k, const struct target *quota,
	struct report_row *row)
{
	struct measured m = measure_span(fr, ind, k->scope, fr->span);
	set_measured(row, m);
	if (quota)
		measure_judge(fr, ind, quota, measure_span(fr, ind, k->scope, quota->period), row);
	row->value = m.num;
}

/* What was handed down, beside what was given: the program's own arithmetic. */
static void note_handed_down(struct frame *fr, const struct indicator *ind, const struct target *own, const struct child *v, size_t n)
{
	int64_t sum = 0, given = 0;
	for (size_t i = 0; i < n; i++) {
		size_t targets_n;
		const struct target_choice *w = choice_targets(fr, ind, v[i].unit->id, &targets_n);
		const struct target *t = choice_covering(w, targets_n, TARGET_ASSIGNED);
		if (!t || !choice_same_period(t->period, own->period))
			continue;
		sum += t->low_milli / TARGET_MILLI;
		given++;
	}
	int64_t whole = own->low_milli / TARGET_MILLI;
	if (given == 0 || sum == whole)
		return;
	const char *difference = arena_printf(fr->a, "%s%s", sum > whole ? "+" : "", frame_number(fr, sum - whole));
	frame_note(fr, FRAME_TEXT(fr, MSG_NOTE_HANDED_DOWN, frame_number(fr, given), frame_number(fr, sum), frame_number(fr, whole),
		difference));
}

static void add_children(struct frame *fr, const struct indicator *ind, const struct target *assigned)
{
	size_t n;
	bool earlier = false;
	struct child *v = frame_children(fr, &n);
	for (size_t i = 0; i < n; i++) {
		const struct target *quota = measure_is_share(ind) ? NULL : choice_quota(fr, ind, v[i].unit->id);
		struct report_row *row = frame_child_row(fr, &v[i]);
		if (ind->measure == MEASURE_PLANS)
			fill_plan(fr, &v[i], row);
		else
			fill_child(fr, ind, &v[i], quota, row);
		earlier |= quota && quota->period.from.n < fr->span.from.n;
	}
	measure_note_own(fr, ind, v, n);
	if (assigned && !measure_is_share(ind))
		note_handed_down(fr, ind, assigned, v, n);
	if (earlier)
		frame_note(fr, FRAME_TEXT(fr, MSG_NOTE_CHILDREN_SPAN));
}

/* ---- the report ---- */

/* Targets on other indicators are not in this table, but nobody should overlook them. */
static void note_other_indicators(struct frame *fr, const struct indicator *shown)
{
	struct text list = TEXT(fr->a);
	size_t n;
	const struct indicator *v = indicators(&n);
	for (size_t i = 0; i < n; i++) {
		size_t targets_n;
		if (&v[i] == shown)
			continue;
		(void)choice_targets(fr, &v[i], fr->unit->id, &targets_n);
		if (targets_n > 0)
			text_addf(&list, "%s%s (%s)", list.n ? "; " : "", measure_label(&v[i], fr->ask->lang), v[i].key);
	}
	if (list.n > 0)
		frame_note(fr, FRAME_TEXT(fr, MSG_NOTE_OTHER_INDICATORS, text_str(&list)));
}

enum err progress_indicator(const char *key, struct arena *a, const struct indicator **ret, struct fault *f)
{
	const struct indicator *ind = indicator_find(key ? key : "admitted");
	struct text list = TEXT(a);
	size_t n;
	const struct indicator *v = indicators(&n);
	for (size_t i = 0; i < n; i++)
		text_addf(&list, "%s%s", i ? ", " : "", v[i].key);
	if (!ind)
		return FAULT(f, E_INVALID, "indicator", MSG_REPORT_INDICATOR_UNKNOWN, key, text_str(&list));
	*ret = ind;
	return OK;
}

enum err report_progress(const struct cube *c, const struct report_ask *q, struct arena *a, struct report *ret, struct fault *f)
{
	const struct indicator *ind;
	struct frame fr;
	TRY(progress_indicator(q->indicator, a, &ind, f));
	const char *title = MSG_TEXT(a, q->lang, MSG_TITLE_PROGRESS, measure_label(ind, q->lang));
	TRY(frame_begin(c, q, "progress", title, a, &fr, f));
	size_t n;
	struct target_choice *v = choice_targets(&fr, ind, q->unit, &n);
	add_facts(&fr, ind);
	add_targets(&fr, ind, false, v, n);
	size_t others = q->indicator ? 0 : add_other_targets(&fr, ind);
	if (others > 0)
		fr.report.title = MSG_TEXT(a, q->lang, MSG_TITLE_PROGRESS_ALL);
	if (n + others == 0)
		frame_note(&fr, MSG_TEXT(a, q->lang, MSG_NOTE_NO_TARGET));
	add_children(&fr, ind, choice_covering(v, n, TARGET_ASSIGNED));
	frame_note(&fr, MSG_TEXT(a, q->lang, MSG_NOTE_COUNTED_DAY));
	if (q->indicator)
		note_other_indicators(&fr, ind);
	*ret = fr.report;
	return OK;
}
