#include "stats/frame.h"

#include "base/text.h"

#include <assert.h>
#include <string.h>

static struct day earlier(struct day a, struct day b)
{
	return a.n < b.n ? a : b;
}

static const char *day_in(enum lang lang, struct day d, char buf[DAY_TEXT])
{
	return lang == LANG_VI ? day_vi(d, buf) : day_iso(d, buf);
}

enum err report_check_unit(const struct tree *t, struct unit_id unit, struct day on, enum lang lang, struct fault *f)
{
	char since[DAY_TEXT], asked[DAY_TEXT];
	const struct unit *u = tree_find(t, unit);
	if (!u)
		return FAULT(f, E_NOTFOUND, "unit", MSG_REPORT_UNIT_UNKNOWN);
	if (unit_is_open(u, on))
		return OK;
	day_in(lang, on, asked);
	struct day opened = unit_opened(u), closed = unit_closed(u);
	if (day_known(closed) && closed.n <= on.n)
		return FAULT(f, E_INVALID, "unit", MSG_REPORT_UNIT_CLOSED, unit_name(u, on), day_in(lang, closed, since), asked);
	return FAULT(f, E_INVALID, "unit", MSG_REPORT_UNIT_NOT_YET, unit_name(u, on), day_in(lang, opened, since), asked);
}

enum err frame_begin(const struct cube *c, const struct report_ask *q, const char *name, const char *title, struct arena *a,
	struct frame *ret, struct fault *f)
{
	char from[DAY_TEXT], as_of[DAY_TEXT];
	if (q->as_of.n < q->period.from.n)
		return FAULT(f, E_INVALID, "as_of", MSG_REPORT_PERIOD_AHEAD, day_in(q->lang, q->period.from, from),
			day_in(q->lang, q->as_of, as_of));
	struct day on = earlier(q->period.to, q->as_of);
	struct day tree_day = q->today_tree ? q->today : on;
	TRY(report_check_unit(cube_tree(c), q->unit, tree_day, q->lang, f));
	const struct unit *u = tree_find(cube_tree(c), q->unit);
	struct tree_part *part = arena_new(a, struct tree_part);
	*part = tree_inside(cube_tree(c), q->unit, tree_day, a);
	*ret = (struct frame){
		.cube = c, .ask = q, .a = a, .unit = u, .scope = { q->unit, tree_day, part }, .span = { q->period.from, on }, .on = on,
		.report = { .name = name, .title = title, .unit_code = arena_strdup(a, u->code),
			.unit_name = arena_strdup(a, unit_name(u, tree_day)), .period = q->period, .as_of = q->as_of,
			.today_tree = q->today_tree, .lang = q->lang, .rounding = q->rounding },
	};
	assert(ret->span.from.n <= ret->span.to.n);
	return OK;
}

/* ---- the units below ---- */

static bool closed_below(const struct unit *u, struct scope s)
{
	struct day closed = unit_closed(u);
	return day_known(closed) && closed.n <= s.tree_day.n && ID_EQUAL(unit_parent(u, day_add(closed, -1)), s.unit);
}

static struct child child_of(const struct frame *fr, const struct unit *u, bool closed)
{
	struct child k = { .unit = u, .scope = { u->id, fr->scope.tree_day }, .closed = closed };
	k.admitted = cube_admitted(fr->cube, k.scope, fr->span, (struct filter){0});
	return k;
}

struct child *frame_children(const struct frame *fr, size_t *ret_n)
{
	const struct tree *t = cube_tree(fr->cube);
	size_t open_n, n = 0, cap = 0;
	struct child *v = NULL;
	struct unit **open = tree_children(t, fr->scope.unit, fr->scope.tree_day, fr->a, &open_n);
	for (size_t i = 0; i < open_n; i++)
		*arena_push(fr->a, v, n, cap) = child_of(fr, open[i], false);
	for (size_t i = 0; i < t->n; i++) {
		if (!closed_below(&t->v[i], fr->scope))
			continue;
		struct child k = child_of(fr, &t->v[i], true);
		if (k.admitted > 0)
			*arena_push(fr->a, v, n, cap) = k;
	}
	*ret_n = n;
	return v;
}

struct report_row *frame_child_row(struct frame *fr, const struct child *k)
{
	const char *key = arena_printf(fr->a, "unit:%s", k->unit->code);
	struct report_row *row = report_add(&fr->report, fr->a, key, unit_name(k->unit, fr->scope.tree_day));
	row->level = 1;
	if (k->closed)
		frame_remark(fr, row, FRAME_TEXT(fr, MSG_REPORT_CLOSED_SINCE, frame_day(fr, unit_closed(k->unit))));
	return row;
}

/* ---- texts ---- */

void frame_note(struct frame *fr, const char *note)
{
	report_note(&fr->report, fr->a, note);
}

void frame_remark(const struct frame *fr, struct report_row *row, const char *remark)
{
	row->note = row->note ? arena_printf(fr->a, "%s; %s", row->note, remark) : remark;
}

const char *frame_number(const struct frame *fr, int64_t v)
{
	const char *digits = arena_printf(fr->a, "%lld", (long long)(v < 0 ? -v : v));
	struct text t = TEXT(fr->a);
	if (v < 0)
		text_addc(&t, '-');
	size_t n = strlen(digits);
	for (size_t i = 0; i < n; i++) {
		if (i > 0 && (n - i) % 3 == 0)
			text_addc(&t, fr->ask->lang == LANG_VI ? '.' : ',');
		text_addc(&t, digits[i]);
	}
	return text_str(&t);
}

const char *frame_decimal(const struct frame *fr, const char *decimal)
{
	char *s = arena_strdup(fr->a, decimal);
	char *point = fr->ask->lang == LANG_VI ? strchr(s, '.') : NULL;
	if (point)
		*point = ',';
	return s;
}

const char *frame_percent(const struct frame *fr, int64_t num, int64_t den)
{
	char buf[FIGURE_TEXT];
	return frame_decimal(fr, figure_percent(num, den, fr->ask->rounding, buf));
}

const char *frame_day(const struct frame *fr, struct day d)
{
	char buf[DAY_TEXT];
	return arena_strdup(fr->a, day_in(fr->ask->lang, d, buf));
}
