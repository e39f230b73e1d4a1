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

/* What lies in and below the k-th child, out of the whole split. */
static const struct tree_part *part_of_child(const struct frame *fr, const struct tree_split *s, size_t k)
{
	struct tree_part *part = arena_new(fr->a, struct tree_part);
	int32_t *of = arena_array(fr->a, int32_t, (size_t)s->part.limit);
	for (int64_t i = 0; i < s->part.limit; i++)
		of[i] = s->part.of[i] == PART_CHILD + (int32_t)k ? PART_ROOT : PART_OUTSIDE;
	*part = (struct tree_part){ of, s->part.limit };
	return part;
}

struct child *frame_children(const struct frame *fr, size_t *ret_n)
{
	const struct tree_split s = tree_split(cube_tree(fr->cube), fr->scope.unit, fr->scope.tree_day, fr->a);
	int64_t *admitted = arena_array(fr->a, int64_t, PART_CHILD + s.n);
	struct child *v = arena_array(fr->a, struct child, s.n);
	size_t n = 0;
	cube_admitted_parts(fr->cube, s.part, fr->span, admitted, PART_CHILD + s.n);
	for (size_t k = 0; k < s.n; k++) {
		bool closed = k >= s.open_n;
		if (closed && !admitted[PART_CHILD + k])
			continue;
		const struct scope scope = { s.children[k]->id, fr->scope.tree_day, part_of_child(fr, &s, k) };
		v[n++] = (struct child){ s.children[k], scope, closed, admitted[PART_CHILD + k] };
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
