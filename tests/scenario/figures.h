/* An installation in memory, and its figures asked for by the names that users give. */
#pragma once

#include "app_place.h"

#include "app/app.h"
#include "app/verify.h"
#include "demo/demo.h"
#include "stats/reports.h"

struct figures {
	struct app app;
	struct test_place place;
	struct arena arena; /* of the reports, until figures_close */
};

static inline struct day figures_day(const char *iso)
{
	struct fault f;
	struct day d = DAY_NONE;
	assert_ok(day_parse(iso, "day", &d, &f));
	return d;
}

static inline void figures_open(struct figures *s, const char *today)
{
	*s = (struct figures){ 0 };
	place_open_private(&s->place, &s->app);
	s->app.today = figures_day(today);
}

static inline void figures_close(struct figures *s)
{
	place_close_app(&s->place, &s->app);
	arena_done(&s->arena);
}

static inline struct cube *figures_cube(struct figures *s)
{
	struct fault f;
	struct cube *cube;
	assert_ok(app_cube(&s->app, &cube, &f));
	return cube;
}

static inline struct scope figures_scope(struct figures *s, const char *unit, const char *on)
{
	struct fault f;
	struct unit *u;
	assert_ok(app_unit(&s->app, unit, "unit", &u, &f));
	return (struct scope){ u->id, figures_day(on) };
}

static inline struct report_ask figures_ask(struct figures *s, const char *unit, const char *period, const char *as_of)
{
	struct fault f;
	struct unit *u;
	struct report_ask q = { .today = s->app.today, .as_of = figures_day(as_of), .rounding = { 1, ROUND_HALF_UP } };
	assert_ok(app_unit(&s->app, unit, "unit", &u, &f));
	assert_ok(period_parse(period, "period", &q.period, &f));
	q.unit = u->id;
	return q;
}

static inline struct report figures_progress(struct figures *s, struct report_ask q, const char *indicator)
{
	struct fault f;
	struct report r;
	q.indicator = indicator;
	assert_ok(report_progress(figures_cube(s), &q, &s->arena, &r, &f));
	return r;
}

static inline struct report figures_breakdown(struct figures *s, struct report_ask q, enum cube_dimension by)
{
	struct fault f;
	struct report r;
	q.by = by;
	assert_ok(report_breakdown(figures_cube(s), &q, &s->arena, &r, &f));
	return r;
}

static inline struct report figures_ranking(struct figures *s, struct report_ask q)
{
	struct fault f;
	struct report r;
	assert_ok(report_ranking(figures_cube(s), &q, &s->arena, &r, &f));
	return r;
}

static inline struct report figures_classes(struct figures *s, struct report_ask q)
{
	struct fault f;
	struct report r;
	assert_ok(report_classes(figures_cube(s), &q, &s->arena, &r, &f));
	return r;
}

static inline const struct report_row *figures_find(const struct report *r, const char *key)
{
	for (size_t i = 0; i < r->n; i++)
		if (strcmp(r->rows[i].key, key) == 0)
			return &r->rows[i];
	return NULL;
}

/* The row that must be there. */
static inline const struct report_row *figures_row(const struct report *r, const char *key)
{
	const struct report_row *row = figures_find(r, key);
	if (!row)
		fail_msg("%s has no row \"%s\"", r->name, key);
	return row;
}

#define assert_value(report, key, n) assert_int_equal(figures_row(report, key)->value, n)

/* numerator / denominator = percent, as it is printed. */
static inline void assert_ratio(const struct report *r, const char *key, int64_t numerator, int64_t denominator, const char *percent)
{
	char text[FIGURE_TEXT];
	const struct report_row *row = figures_row(r, key);
	assert_true(row->has_ratio);
	assert_int_equal(row->numerator, numerator);
	assert_int_equal(row->denominator, denominator);
	assert_string_equal(figure_percent(row->numerator, row->denominator, r->rounding, text), percent);
}

static inline void assert_points(const struct report *r, const char *key, const char *points)
{
	char text[FIGURE_TEXT];
	const struct report_row *row = figures_row(r, key);
	assert_true(row->has_points);
	assert_string_equal(figure_points(row->numerator, row->denominator, row->pace_num, row->pace_den, r->rounding, text), points);
}

/* The rows of a breakdown add up to its total, unknown among them. */
static inline void assert_sums(const struct report *r)
{
	int64_t sum = 0;
	for (size_t i = 0; i + 1 < r->n; i++)
		if (r->rows[i].level == 0)
			sum += r->rows[i].value;
	assert_string_equal(r->rows[r->n - 1].key, "total");
	assert_int_equal(sum, r->rows[r->n - 1].value);
}
