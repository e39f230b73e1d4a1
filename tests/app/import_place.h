/* A small made-up commune, and lists written for one test. */
#pragma once

#include "app_place.h"

#include "app/import.h"
#include "base/utf8.h"
#include "store/queries.gen.h"

struct place {
	struct app app;
	struct test_place under;
	struct arena arena;
	struct import_report report;
	struct fault fault;
	char dir[64];
};

#define UNITS \
	"Mã tổ chức;Tên tổ chức;Loại;Mã cấp trên;Ngày thành lập;Loại hình\n" \
	"TN-01-A;Chi bộ Thôn Đông;Chi bộ trực thuộc;TN-01;01/07/2005;Thôn\n" \
	"TN-01-B;Chi bộ Trường học;Chi bộ trực thuộc;TN-01;01/07/2005;Trường học\n" \
	"TN-01;Đảng bộ cơ sở Thử Nghiệm;Đảng bộ cơ sở;TN;1-7-1995;\n" \
	"TN;Đảng bộ xã Thử Nghiệm;Đảng bộ xã;;1990-01-01;Xã\n"

static inline const char *write_list(struct place *w, const char *name, const char *text)
{
	const char *path = arena_printf(&w->arena, "%s/%s", w->dir, name);
	FILE *out = fopen(path, "w");
	assert_non_null(out);
	assert_true(fputs(text, out) >= 0);
	assert_int_equal(fclose(out), 0);
	return path;
}

static inline enum err run_file(struct place *w, const char *kind, const char *path, bool dry_run)
{
	const struct import_ask ask = { .kind = kind, .file = path, .dry_run = dry_run };
	w->report = (struct import_report){ 0 };
	return import_run(&w->app, &ask, &w->arena, &w->report, &w->fault);
}

/* The list is read; whether rows were refused is in w->report. */
static inline void import_file(struct place *w, const char *kind, const char *path)
{
	if (run_file(w, kind, path, false) != OK)
		testing_unexpected(&w->fault, path, __FILE__, __LINE__);
}

static inline void import_text(struct place *w, const char *kind, const char *text)
{
	import_file(w, kind, write_list(w, "list.csv", text));
}

static inline void show_problems(struct place *w)
{
	for (size_t i = 0; i < w->report.errors.n; i++)
		print_error("%s\n", import_problem_text(&w->report.errors.v[i], LANG_VI, &w->arena));
}

/* Everything was accepted. */
static inline void assert_stored(struct place *w, int64_t added, int64_t unchanged)
{
	show_problems(w);
	assert_int_equal(w->report.refused_total, 0);
	assert_true(w->report.stored);
	assert_int_equal(w->report.added, added);
	assert_int_equal(w->report.unchanged, unchanged);
}

/* The i-th error is at that row and column, with that value and message. */
static inline void assert_error(struct place *w, size_t i, int row, const char *heading, const char *value, enum msg msg)
{
	assert_true(i < w->report.errors.n);
	const struct import_problem *p = &w->report.errors.v[i];
	if (p->row != row || strcmp(p->heading, heading) != 0 || strcmp(p->value, value) != 0 || p->fault.msg != msg)
		show_problems(w);
	assert_int_equal(p->row, row);
	assert_string_equal(p->heading, heading);
	assert_string_equal(p->value, value);
	assert_int_equal(p->fault.msg, msg);
}

static inline int64_t entries(struct place *w)
{
	struct journal_head head;
	struct fault f;
	assert_ok(journal_head(w->app.db, &head, &f));
	return head.last.v;
}

/* Facts in force of the only person of that name. */
static inline struct facts facts_of(struct place *w, const char *name)
{
	struct people_by_fold_row *rows;
	struct facts all, active;
	struct fault f;
	size_t n;
	assert_ok(q_people_by_fold(w->app.db, vi_fold(&w->arena, name), DAY_FIRST, DAY_LAST, &w->arena, &rows, &n, &f));
	assert_int_equal(n, 1);
	assert_ok(app_facts(&w->app, rows[0].id, &w->arena, &all, &active, &f));
	return active;
}

/* Day of a step as ISO, "" when it is not on record. */
static inline const char *step_day(struct place *w, const struct facts *facts, const char *kind)
{
	char iso[DAY_TEXT];
	const struct fact *fact = facts_last(facts, kind, DAY_NONE);
	return arena_strdup(&w->arena, fact ? day_iso(fact->on, iso) : "");
}

static inline const char *value_of(const struct facts *facts, const char *kind)
{
	const char *v = facts_value(facts, kind, DAY_NONE);
	return v ? v : "";
}

static inline int place_new(void **state)
{
	struct place *w = calloc(1, sizeof *w);
	assert_non_null(w);
	place_open_private(&w->under, &w->app);
	w->app.today = day_of(2024, 6, 30);
	(void)snprintf(w->dir, sizeof w->dir, "/tmp/nguon-import-XXXXXX");
	assert_non_null(mkdtemp(w->dir));
	*state = w;
	return 0;
}

/* With the four organisations of UNITS. */
static inline int place_with_units(void **state)
{
	place_new(state);
	struct place *w = *state;
	import_text(w, "units", UNITS);
	assert_stored(w, 4, 0);
	return 0;
}

static inline int place_free(void **state)
{
	struct place *w = *state;
	place_close_app(&w->under, &w->app);
	arena_done(&w->arena);
	assert_int_equal(nftw(w->dir, place_remove_file, 4, FTW_DEPTH | FTW_PHYS), 0);
	free(w);
	return 0;
}

#define IN_EMPTY(test) cmocka_unit_test_setup_teardown(test, place_new, place_free)
#define IN_COMMUNE(test) cmocka_unit_test_setup_teardown(test, place_with_units, place_free)
