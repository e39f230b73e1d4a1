#include "stats/measure.h"

#include <assert.h>
#include <string.h>

/* A target in thousandths of a per cent, as a fraction: 3 % = 3000 / 100000. */
enum { PERCENT_MILLI = 100 * TARGET_MILLI };

bool measure_is_share(const struct indicator *ind)
{
	static const bool share[] = {
		[MEASURE_COUNT] = false, [MEASURE_SHARE] = true,  [MEASURE_MEMBER_RATE] = true,
		[MEASURE_CLASS] = false, [MEASURE_PLANS] = true, [MEASURE_NOTIFIED] = true,
	};
	assert((size_t)ind->measure < sizeof share / sizeof *share);
	return share[ind->measure];
}

const char *measure_label(const struct indicator *ind, enum lang lang)
{
	return lang == LANG_VI ? ind->label.vi : ind->label.en;
}

/* Certificates of the awareness classes that began in the span. */
static int64_t finished(const struct frame *fr, struct scope s, struct period span)
{
	size_t n, ids_n = 0;
	const struct cube_class *v = cube_classes(fr->cube, &n);
	struct class_ask *ids = arena_array(fr->a, struct class_ask, n);
	for (size_t i = 0; i < n; i++)
		if (period_has(span, v[i].period.from) && strncmp(v[i].kind, "awareness", strlen("awareness")) == 0)
			ids[ids_n++].id = v[i].id;
	return cube_class_yield(fr->cube, ids, ids_n, s, span.to).certificates;
}

struct measured measure_span(const struct frame *fr, const struct indicator *ind, struct scope s, struct period span)
{
	if (span.to.n > fr->on.n)
		span.to = fr->on;
	assert(span.from.n <= span.to.n);
	const struct filter everybody = {0}, some = { ind->attribute, ind->values };
	struct measured m = { .is_share = measure_is_share(ind), .span = span };
	struct cube_share share = {0};
	switch (ind->measure) {
	case MEASURE_COUNT:
		m.num = cube_admitted(fr->cube, s, span, some);
		return m;
	case MEASURE_CLASS:
		m.num = finished(fr, s, span);
		return m;
	case MEASURE_SHARE:
		share = (struct cube_share){ cube_admitted(fr->cube, s, span, some), cube_admitted(fr->cube, s, span, everybody) };
		break;
	case MEASURE_MEMBER_RATE:
		share = (struct cube_share){ cube_admitted(fr->cube, s, span, some), cube_members(fr->cube, s, day_add(span.from, -1)) };
		break;
	case MEASURE_PLANS:
		share = cube_plans(fr->cube, s, day_ymd(span.to).year, span.to);
		break;
	case MEASURE_NOTIFIED:
		share = cube_notified(fr->cube, s, span, span.to);
		break;
	}
	m.num = share.n;
	m.den = share.of;
	return m;
}

/* The days that a target is about: its period, but for a yearly rate set for several years the year of the report. */
static struct period asked_days(const struct frame *fr, const struct indicator *ind, const struct target *t)
{
	struct period p = t->period;
	if (ind->measure != MEASURE_MEMBER_RATE || day_months_between(p.from, day_add(p.to, 1)) <= 12)
		return p;
	int32_t year = day_ymd(fr->on.n < p.to.n ? fr->on : p.to).year;
	struct day first = day_of(year, 1, 1), last = day_of(year, 12, 31);
	return (struct period){ first.n > p.from.n ? first : p.from, last.n < p.to.n ? last : p.to };
}

struct measured measure_target(const struct frame *fr, const struct indicator *ind, const struct target *t)
{
	return measure_span(fr, ind, fr->scope, asked_days(fr, ind, t));
}

void measure_note_own(struct frame *fr, const struct indicator *ind, const struct child *v, size_t n)
{
	if (ind->measure != MEASURE_COUNT || n == 0)
		return;
	int64_t rest = measure_span(fr, ind, fr->scope, fr->span).num;
	for (size_t i = 0; i < n; i++)
		rest -= measure_span(fr, ind, v[i].scope, fr->span).num;
	assert(rest >= 0);
	if (rest > 0)
		frame_note(fr, FRAME_TEXT(fr, MSG_NOTE_ADMITTED_HERE, frame_number(fr, rest)));
}

/* ---- wording ---- */

static const char *milli_text(const struct frame *fr, int64_t milli)
{
	char buf[FIGURE_TEXT];
	const struct rounding_choice exact = { 3, ROUND_HALF_UP };
	return frame_decimal(fr, figure_percent(milli, PERCENT_MILLI, exact, buf));
}

static bool is_range(const struct target *t)
{
	return t->high_milli >= 0 && t->high_milli != t->low_milli;
}

/* "≥" before a plain number (which is the denominator), else the whole wording: "15-20", "3-4 %", "≥ 15 %". */
static const char *wording(const struct frame *fr, const struct indicator *ind, const struct target *t)
{
	const char *unit = measure_is_share(ind) ? " %" : "";
	if (is_range(t))
		return arena_printf(fr->a, "%s-%s%s", milli_text(fr, t->low_milli), milli_text(fr, t->high_milli), unit);
	if (measure_is_share(ind))
		return arena_printf(fr->a, "%s%s %%", t->at_least ? "≥ " : "", milli_text(fr, t->low_milli));
	return t->at_least ? "≥" : NULL;
}

const char *measure_wanted(const struct frame *fr, const struct indicator *ind, const struct target *t)
{
	if (measure_is_share(ind) || is_range(t))
		return wording(fr, ind, t);
	bool whole = t->low_milli % TARGET_MILLI == 0;
	const char *number = whole ? frame_number(fr, t->low_milli / TARGET_MILLI) : milli_text(fr, t->low_milli);
	return arena_printf(fr->a, "%s%s", t->at_least ? "≥ " : "", number);
}

/* ---- remarks ---- */

static int64_t div_up(int64_t num, int64_t den)
{
	assert(num >= 0 && den > 0);
	return (num + den - 1) / den;
}

/* "vượt tiến độ 15 điểm phần trăm": points are never called per cent. */
static void remark_points(const struct frame *fr, struct report_row *row)
{
	char buf[FIGURE_TEXT];
	if (!row->has_points || row->denominator <= 0)
		return;
	const char *points = figure_points(row->numerator, row->denominator, row->pace_num, row->pace_den, fr->ask->rounding, buf);
	enum msg msg = points[0] == '-' ? MSG_POINTS_BEHIND : MSG_POINTS_AHEAD;
	if (strcmp(points, "0") == 0)
		msg = MSG_POINTS_EVEN;
	const char *size = frame_decimal(fr, points + (points[0] == '-')), *pace = frame_percent(fr, row->pace_num, row->pace_den);
	frame_remark(fr, row, FRAME_TEXT(fr, msg, size, pace));
}

static void remark_number(const struct frame *fr, const struct target *t, int64_t num, struct report_row *row)
{
	int64_t low = div_up(t->low_milli, TARGET_MILLI), high = t->high_milli / TARGET_MILLI;
	if (num < low)
		frame_remark(fr, row, FRAME_TEXT(fr, MSG_TARGET_MISSING, frame_number(fr, low - num)));
	else if (is_range(t) && num > high)
		frame_remark(fr, row, FRAME_TEXT(fr, MSG_TARGET_ABOVE_RANGE, frame_number(fr, num - high)));
	else
		frame_remark(fr, row, FRAME_TEXT(fr, num > low ? MSG_TARGET_PASSED : MSG_TARGET_REACHED, frame_number(fr, num - low)));
}

static void remark_rate(const struct frame *fr, const struct target *t, struct measured m, struct report_row *row)
{
	int64_t need = div_up(t->low_milli * m.den, PERCENT_MILLI);
	const char *base = frame_day(fr, day_add(m.span.from, -1));
	frame_remark(fr, row, FRAME_TEXT(fr, MSG_RATE_BASE, frame_number(fr, m.den), base, frame_number(fr, need)));
	if (m.num < need)
		frame_remark(fr, row, FRAME_TEXT(fr, MSG_TARGET_MISSING, frame_number(fr, need - m.num)));
}

/* The next admissions that must all be of this kind: the least k with (num + k) / (den + k) >= low. */
static void remark_share(const struct frame *fr, const struct target *t, struct measured m, struct report_row *row)
{
	int64_t lack = t->low_milli * m.den - PERCENT_MILLI * m.num;
	if (lack > 0 && t->low_milli < PERCENT_MILLI)
		frame_remark(fr, row, FRAME_TEXT(fr, MSG_SHARE_MORE, frame_number(fr, div_up(lack, PERCENT_MILLI - t->low_milli))));
	else
		frame_remark(fr, row, FRAME_TEXT(fr, lack > 0 ? MSG_SHARE_OUT_OF_REACH : MSG_SHARE_REACHED));
}

static void remark_compliance(const struct frame *fr, struct measured m, struct report_row *row)
{
	int64_t missing = m.den - m.num;
	if (m.den == 0)
		frame_remark(fr, row, FRAME_TEXT(fr, MSG_COMPLIANCE_NOBODY));
	else if (missing > 0)
		frame_remark(fr, row, FRAME_TEXT(fr, MSG_COMPLIANCE_MISSING, frame_number(fr, missing)));
	else
		frame_remark(fr, row, FRAME_TEXT(fr, MSG_COMPLIANCE_FULL));
}

/* ---- judging ---- */

/* A number grows with the days gone by; so does a yearly rate. Any other share should hold on every day. */
static void set_pace(const struct frame *fr, const struct indicator *ind, const struct target *t, struct report_row *row)
{
	int64_t num = 1, den = 1;
	if (!measure_is_share(ind) || ind->measure == MEASURE_MEMBER_RATE)
		period_pace(asked_days(fr, ind, t), fr->on, &num, &den);
	row->has_points = t->low_milli <= PERCENT_MILLI || !measure_is_share(ind);
	row->pace_num = measure_is_share(ind) ? num * t->low_milli : num;
	row->pace_den = measure_is_share(ind) ? den * PERCENT_MILLI : den;
}

static void set_ratio(const struct target *t, struct measured m, struct report_row *row)
{
	bool whole = t->low_milli % TARGET_MILLI == 0;
	row->has_ratio = true;
	row->numerator = m.is_share || whole ? m.num : m.num * TARGET_MILLI;
	row->denominator = m.is_share ? m.den : whole ? t->low_milli / TARGET_MILLI : t->low_milli;
}

void measure_judge(const struct frame *fr, const struct indicator *ind, const struct target *t, struct measured m, struct report_row *row)
{
	assert(t->low_milli >= 0 && m.num >= 0);
	row->has_value = true;
	row->value = m.num;
	row->qualifier = wording(fr, ind, t);
	set_ratio(t, m, row);
	set_pace(fr, ind, t, row);
	remark_points(fr, row);
	if (!m.is_share)
		remark_number(fr, t, m.num, row);
	else if (ind->measure == MEASURE_MEMBER_RATE)
		remark_rate(fr, t, m, row);
	else if (ind->measure == MEASURE_SHARE)
		remark_share(fr, t, m, row);
	else
		remark_compliance(fr, m, row);
}
