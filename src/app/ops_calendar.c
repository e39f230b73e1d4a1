/* What a site says of its working days: single days, the block of a holiday, and that a year was compared with its notice. */
#include "app/due_change.h"
#include "app/ops_impl.h"
#include "base/utf8.h"
#include "store/queries.gen.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { BLOCK_DAYS_MAX = 15, BLOCK_AWAY_MAX = 30, YEAR_FIRST = 1901, YEAR_LAST = 2198 };

/* ---- which clocks ---- */

static bool is_answer(const char *due, const char *answer)
{
	return due && strcmp(due, answer) == 0;
}

/* Clocks of today have their last day already, so what is kept are all that have started by now. */
static struct day counts_from(const struct app *app, const char *due)
{
	return is_answer(due, "keep") ? day_add(app->today, 1) : DAY_NONE;
}

static const char *count_text(size_t n, struct arena *a)
{
	return arena_printf(a, "%zu", n);
}

/* The live view shows nothing of what this transaction has changed before. */
static enum err changes_now(struct app *app, const struct calendar_days *days, struct arena *a, struct due_changes *ret, struct fault *f)
{
	struct live_view view;
	if (!app->live || !ID_EQUAL(app->began, app->head.last))
		return due_changes_find(app, days, NULL, a, ret, f);
	TRY(live_hold(app->live, app, &view, f));
	enum err e = due_changes_find(app, days, &view, a, ret, f);
	live_release(app->live);
	return e;
}

static void warn_past(const struct app *app, const struct calendar_days *days, struct arena *a, struct warnings *w)
{
	for (size_t i = 0; i < days->n; i++)
		if (days->v[i].on.n <= app->today.n) {
			WARN(a, w, "due", MSG_CALENDAR_PAST, ops_day_text(days->v[i].on, a));
			return;
		}
}

/* Nobody's last day changes unless somebody said so. */
static enum err check_dues(struct app *app, const char *due, const struct calendar_days *days, struct arena *a, struct warnings *w,
	struct fault *f)
{
	struct due_changes changes;
	if (is_answer(due, "keep")) {
		WARN(a, w, "due", MSG_CALENDAR_KEPT, ops_day_text(app->today, a), ops_day_text(day_add(app->today, 1), a));
		return OK;
	}
	TRY(changes_now(app, days, a, &changes, f));
	const char *clocks = count_text(changes.clocks, a), *people = count_text(changes.people, a);
	if (changes.clocks && !due)
		return FAULT(f, E_RULE, "due", MSG_CALENDAR_ASKS, clocks, people);
	if (changes.clocks)
		WARN(a, w, "due", MSG_CALENDAR_MOVED, clocks, people);
	warn_past(app, days, a, w);
	return OK;
}

/* ---- storing days ---- */

/* What is on record already says as much: also where it counts for more clocks than is asked for now. */
static bool says_the_same(const struct calendar_row_row *row, const struct calendar_day *day)
{
	const char *kind = day->kind == DAY_OFF ? "off" : "work";
	return strcmp(row->kind, kind) == 0 && text_equal(row->note, day->note) && text_equal(row->block, day->block) &&
		row->from_on.n <= day->counts_from.n;
}

static enum err store_day(struct app *app, const struct calendar_day *day, struct entry_id entry, struct arena *a, struct op_result *ret,
	struct fault *f)
{
	struct calendar_day own = *day;
	struct calendar_row_row row;
	bool found;
	TRY(q_calendar_row(app->db, day->on, a, &found, &row, f));
	if (found && says_the_same(&row, day))
		return OK;
	TRY(q_calendar_insert(app->db, day->on, entry, day->kind == DAY_OFF ? "off" : "work", day->note, day->counts_from, day->block, f));
	own.note = arena_strdup(&app->calendar_arena, day->note);
	own.block = arena_strdup(&app->calendar_arena, day->block);
	own.own = true;
	calendar_set(&app->calendar_arena, &app->calendar, own);
	ret->unchanged = false;
	return OK;
}

static enum err store_days(struct app *app, const struct calendar_days *days, struct entry_id entry, struct arena *a,
	struct op_result *ret, struct fault *f)
{
	ret->unchanged = true;
	for (size_t i = 0; i < days->n; i++)
		TRY(store_day(app, &days->v[i], entry, a, ret, f));
	return OK;
}

/* ---- lists of days in a text ---- */

static const char *days_text(const struct day *v, size_t n, struct arena *a)
{
	struct text t = TEXT(a);
	char buf[DAY_TEXT];
	for (size_t i = 0; i < n; i++)
		text_addf(&t, "%s%s", i ? " " : "", day_iso(v[i], buf));
	return n ? text_str(&t) : NULL;
}

/* The day at *s, which moves behind it; false at the end. */
static bool next_day(const char **s, const char *field, struct arena *a, struct day *ret, enum err *e, struct fault *f)
{
	size_t n = *s ? strcspn(*s, " ") : 0;
	if (!n)
		return false;
	*e = day_parse(arena_strndup(a, *s, n), field, ret, f);
	*s += n + ((*s)[n] == ' ');
	return *e == OK;
}

/* ---- calendar_set ---- */

enum err ops_calendar_set_tidy(struct app *app, void *input, struct arena *a, struct fault *f)
{
	(void)a, (void)f;
	struct calendar_set_in *in = input;
	in->counts_from = counts_from(app, in->due);
	return OK;
}

static struct calendar_days days_of_set(const struct calendar_set_in *in, struct arena *a)
{
	struct calendar_day *day = arena_new(a, struct calendar_day);
	*day = (struct calendar_day){ .on = in->day, .kind = strcmp(in->kind, "off") == 0 ? DAY_OFF : DAY_WORK, .note = in->note,
		.counts_from = in->counts_from };
	return (struct calendar_days){ day, 1 };
}

enum err ops_calendar_set_check(struct app *app, const void *input, struct arena *a, struct warnings *w, struct fault *f)
{
	const struct calendar_set_in *in = input;
	const struct calendar_days days = days_of_set(in, a);
	return check_dues(app, in->due, &days, a, w, f);
}

enum err ops_calendar_set(struct app *app, const void *input, struct entry_id entry, struct arena *a, struct op_result *ret,
	struct fault *f)
{
	const struct calendar_set_in *in = input;
	const struct calendar_days days = days_of_set(in, a);
	ret->entity_id = in->day.n;
	return store_days(app, &days, entry, a, ret, f);
}

/* ---- calendar_block ---- */

static const char *holiday_keys(const struct calendar *c, struct arena *a)
{
	struct text t = TEXT(a);
	for (size_t i = 0; i < c->holidays_n; i++)
		text_addf(&t, "%s%s", i ? ", " : "", c->holidays[i].key);
	return text_str(&t);
}

/* By its key, or by its name if it is held in that year. */
static const struct calendar_holiday *holiday_meant(const struct calendar *c, const char *text, int64_t year, struct arena *a)
{
	const struct calendar_holiday *found = calendar_holiday_find(c, text);
	const char *folded = vi_fold(a, text);
	for (size_t i = 0; i < c->holidays_n && !found; i++)
		if (calendar_holiday_is_held(&c->holidays[i], (int32_t)year) && strcmp(vi_fold(a, c->holidays[i].note), folded) == 0)
			found = &c->holidays[i];
	return found;
}

static enum err check_block(const struct calendar_block_in *in, const struct calendar_holiday *h, struct arena *a, struct fault *f)
{
	struct day on = calendar_holiday_on(h, (int32_t)in->year);
	int32_t n = in->last.n - in->first.n + 1;
	if (n < 1)
		return FAULT(f, E_INVALID, "last", MSG_CALENDAR_BLOCK_BACKWARDS, ops_day_text(in->last, a), ops_day_text(in->first, a));
	if (n > BLOCK_DAYS_MAX)
		return FAULT(f, E_INVALID, "last", MSG_CALENDAR_BLOCK_LONG, count_text((size_t)n, a), count_text(BLOCK_DAYS_MAX, a));
	if (in->first.n > on.n + BLOCK_AWAY_MAX || in->last.n < on.n - BLOCK_AWAY_MAX)
		return FAULT(f, E_INVALID, "first", MSG_CALENDAR_BLOCK_FAR, ops_day_text(on, a), count_text(BLOCK_AWAY_MAX, a));
	return OK;
}

static struct period block_period(const struct calendar_block_in *in)
{
	return (struct period){ in->first, in->last };
}

enum err ops_calendar_block_tidy(struct app *app, void *input, struct arena *a, struct fault *f)
{
	struct calendar_block_in *in = input;
	const struct calendar *c = &app->calendar;
	const struct calendar_holiday *h = holiday_meant(c, in->holiday, in->year, a);
	size_t n;
	if (!h)
		return FAULT(f, E_INVALID, "holiday", MSG_CALENDAR_NO_HOLIDAY, in->holiday, holiday_keys(c, a));
	if (!calendar_holiday_is_held(h, (int32_t)in->year))
		return FAULT(f, E_INVALID, "year", MSG_CALENDAR_NOT_HELD, h->note, arena_printf(a, "%" PRId64, in->year));
	TRY(check_block(in, h, a, f));
	const char *block = calendar_block_name(h->key, (int32_t)in->year, a);
	const struct day *freed = calendar_block_freed(c, block, block_period(in), a, &n);
	in->holiday = h->key;
	in->note = in->note ? in->note : h->note;
	in->counts_from = counts_from(app, in->due);
	in->freed = days_text(freed, n, a);
	return OK;
}

static enum err days_of_block(const struct calendar_block_in *in, struct arena *a, struct calendar_days *ret, struct fault *f)
{
	struct calendar_day *v = NULL, off = { .kind = DAY_OFF, .note = in->note, .counts_from = in->counts_from };
	const char *rest = in->freed;
	size_t n = 0, cap = 0;
	struct day on;
	enum err e = OK;
	off.block = calendar_block_name(in->holiday, (int32_t)in->year, a);
	while (next_day(&rest, "freed", a, &on, &e, f))
		*arena_push(a, v, n, cap) = calendar_day_freed(on, in->note, in->counts_from, a);
	TRY(e);
	for (off.on = in->first; off.on.n <= in->last.n; off.on = day_add(off.on, 1))
		*arena_push(a, v, n, cap) = off;
	*ret = (struct calendar_days){ v, n };
	return OK;
}

enum err ops_calendar_block_check(struct app *app, const void *input, struct arena *a, struct warnings *w, struct fault *f)
{
	const struct calendar_block_in *in = input;
	struct calendar_days days;
	TRY(days_of_block(in, a, &days, f));
	return check_dues(app, in->due, &days, a, w, f);
}

enum err ops_calendar_block(struct app *app, const void *input, struct entry_id entry, struct arena *a, struct op_result *ret,
	struct fault *f)
{
	const struct calendar_block_in *in = input;
	struct calendar_days days;
	TRY(days_of_block(in, a, &days, f));
	ret->entity_id = in->first.n;
	return store_days(app, &days, entry, a, ret, f);
}

enum err ops_calendar_days(const struct op *op, const void *in, struct arena *a, struct calendar_days *ret, struct fault *f)
{
	if (strcmp(op->name, "calendar_block") == 0)
		return days_of_block(in, a, ret, f);
	*ret = days_of_set(in, a);
	return OK;
}

/* ---- calendar_check ---- */

static struct period of_year(int64_t year)
{
	return (struct period){ day_of((int32_t)year, 1, 1), day_of((int32_t)year, 12, 31) };
}

static const char *unchecked_days(const struct calendar *c, struct period year, struct arena *a)
{
	struct day *v = NULL;
	size_t n = 0, cap = 0;
	for (size_t i = 0; i < c->n; i++) {
		const struct calendar_day *e = &c->v[i];
		if (e->unchecked && period_has(year, e->on) && calendar_find(c, e->on) == e)
			*arena_push(a, v, n, cap) = e->on;
	}
	return days_text(v, n, a);
}

enum err ops_calendar_check_tidy(struct app *app, void *input, struct arena *a, struct fault *f)
{
	struct calendar_check_in *in = input;
	if (in->year < YEAR_FIRST || in->year > YEAR_LAST)
		return FAULT(f, E_INVALID, "year", MSG_OUT_OF_RANGE, arena_printf(a, "%" PRId64, in->year), count_text(YEAR_FIRST, a),
			count_text(YEAR_LAST, a));
	in->days = unchecked_days(&app->calendar, of_year(in->year), a);
	return OK;
}

enum err ops_calendar_check_check(struct app *app, const void *input, struct arena *a, struct warnings *w, struct fault *f)
{
	(void)app, (void)input, (void)a, (void)w, (void)f;
	return OK; /* it moves nothing */
}

enum err ops_calendar_check(struct app *app, const void *input, struct entry_id entry, struct arena *a, struct op_result *ret,
	struct fault *f)
{
	const struct calendar_check_in *in = input;
	const char *rest = in->days;
	enum err e = OK;
	struct day on;
	ret->entity_id = of_year(in->year).from.n;
	ret->unchanged = !rest;
	while (next_day(&rest, "days", a, &on, &e, f)) {
		TRY(q_calendar_insert(app->db, on, entry, "checked", in->note, DAY_NONE, NULL, f));
		calendar_confirm(&app->calendar, on);
	}
	return e;
}
