#include "app/import.h"
#include "app/import_facts.h"
#include "app/import_kinds.h"
#include "app/import_order.h"
#include "app/import_values.h"
#include "base/text.h"
#include "base/utf8.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct waiting {
	int number;
	struct sheet_cell *cells;
	int n;
	bool failed;
};

struct run {
	const struct import_ask *ask;
	struct import_report *report;
	struct import_wishes wishes;
	struct import_heading_search search;
	struct import_row row;
	struct arena scratch;   /* of the row in hand */
	bool begun, below_total;
	struct waiting *waiting; /* rows of a list whose order matters */
	size_t waiting_n, waiting_cap;
};

static int percent(int64_t done, int64_t total)
{
	return total > 0 ? (int)(done * 100 / total) : 100;
}

static void tell(const struct run *r, int64_t rows, int done)
{
	if (r->ask->progress)
		r->ask->progress(r->ask->progress_ctx, rows, done);
}

/* ---- one row ---- */

/* A fault that no mending of the row can help. */
static bool ends_import(enum err e)
{
	return e == E_STORAGE || e == E_INTERNAL || e == E_BUSY || e == E_GONE || e == E_UNSURE;
}

static void keep_warnings(struct run *r, const struct warnings *w)
{
	for (size_t i = 0; i < w->n; i++)
		import_row_warning(&r->row, &w->v[i]);
}

static enum err run_operation(struct run *r, struct fault *f)
{
	struct op_result result;
	struct fault wrong;
	enum err e = op_run(r->row.app, r->row.op, r->row.in, r->row.arena, &result, &wrong);
	if (ends_import(e)) {
		*f = wrong;
		return e;
	}
	if (e != OK) {
		import_row_fault(&r->row, &wrong);
		return OK;
	}
	keep_warnings(r, &result.warnings);
	r->report->added += !result.unchanged;
	r->report->unchanged += result.unchanged;
	return OK;
}

static enum err take_row(struct run *r, const struct sheet_row *sheet, struct fault *f)
{
	arena_reset(&r->scratch);
	r->row.sheet = sheet;
	TRY(import_row_read(&r->row, f));
	return r->row.failed ? OK : run_operation(r, f);
}

/* ---- what is read ---- */

static bool is_blank(const struct sheet_row *row)
{
	for (int c = 0; c < row->n; c++)
		if (row->cells[c].problem || !import_value_blank(row->cells[c].text))
			return false;
	return true;
}

static enum err unused_column(const char *heading, const char *letter, struct fault *f)
{
	return FAULT(f, E_INVALID, NULL, MSG_IMPORT_COLUMN_UNUSED, heading, letter);
}

static void warn_of_unused_columns(struct run *r)
{
	const struct import_headings *h = &r->search.best;
	struct import_problems *w = &r->report->warnings;
	for (int c = 0; c < h->columns; c++) {
		char letter[IMPORT_LETTERS];
		struct import_problem p = { .column = c, .heading = h->text[c], .value = "" };
		if (h->wish_of[c] >= 0 || h->expected[c] || import_value_blank(h->text[c]))
			continue;
		(void)!unused_column(h->text[c], import_heading_letter(c, letter), &p.fault);
		*arena_push(r->row.kept, w->v, w->n, w->cap) = p;
		r->report->warned[p.fault.msg]++;
		w->total++;
	}
}

static void begin_rows(struct run *r)
{
	r->begun = true;
	r->report->headings = r->search.best.text;
	r->report->columns = r->search.best.columns;
	r->row.headings = &r->search.best;
	warn_of_unused_columns(r);
}

/* Below a total stand signatures and notes, unless a row fills every column that must be filled. */
static bool is_row_of_data(const struct run *r, const struct sheet_row *row)
{
	for (int i = 0; i < r->wishes.n; i++) {
		int c = r->search.best.column_of[i];
		bool needed = r->wishes.v[i].need & NEED_ALWAYS;
		if (needed && (c >= row->n || import_value_blank(row->cells[c].text)))
			return false;
	}
	return true;
}

static enum err keep_waiting(struct run *r, const struct sheet_row *row, struct fault *f)
{
	struct arena *a = r->row.kept;
	struct sheet_cell *cells = arena_array(a, struct sheet_cell, (size_t)row->n);
	for (int c = 0; c < row->n; c++)
		cells[c] = (struct sheet_cell){ arena_strdup(a, row->cells[c].text), arena_strdup(a, row->cells[c].problem) };
	*arena_push(a, r->waiting, r->waiting_n, r->waiting_cap) = (struct waiting){ row->number, cells, row->n, false };
	return a->used < IMPORT_KEPT_BYTES ? OK : FAULT(f, E_TOOBIG, NULL, MSG_IMPORT_TOO_MANY_ROWS);
}

static enum err on_row(void *ctx, const struct sheet_row *row, int64_t done, int64_t total, struct fault *f)
{
	struct run *r = ctx;
	bool data;
	if (is_blank(row))
		return OK;
	TRY(import_heading_search_row(&r->search, row, &data, f));
	if (!data)
		return OK;
	if (!r->begun)
		begin_rows(r);
	bool is_total = import_value_total(row);
	r->below_total |= is_total;
	if (is_total || (r->below_total && !is_row_of_data(r, row))) {
		r->report->totals++;
		return OK;
	}
	r->report->rows++;
	if (r->row.kind->parents_first)
		return keep_waiting(r, row, f);
	tell(r, r->report->rows, percent(done, total));
	return take_row(r, row, f);
}

/* ---- rows that waited ---- */

static const char *waiting_text(struct run *r, const struct waiting *w, const char *field)
{
	int wish = import_row_wish(&r->row, field);
	int column = r->search.best.column_of[wish];
	const char *text = column >= 0 && column < w->n ? w->cells[column].text : NULL;
	return text && !import_value_unknown(r->wishes.v[wish].field, text) ? utf8_clean(r->row.kept, text) : "";
}

static enum err above_fault(const struct import_node *node, const struct waiting *above, struct fault *f)
{
	scoped(arena_done) struct arena a = {0};
	if (node->in_ring)
		return FAULT(f, E_RULE, "parent", MSG_IMPORT_RING, node->code);
	if (above && above->failed)
		return FAULT(f, E_RULE, "parent", MSG_IMPORT_PARENT_REFUSED, node->parent, arena_printf(&a, "%d", above->number));
	return OK;
}

static enum err take_waiting(struct run *r, const struct import_node *node, struct waiting *w, struct fault *f)
{
	const struct sheet_row row = { w->number, w->cells, w->n };
	struct fault wrong;
	if (above_fault(node, node->parent_at >= 0 ? &r->waiting[node->parent_at] : NULL, &wrong) == OK) {
		TRY(take_row(r, &row, f));
	} else {
		arena_reset(&r->scratch);
		r->row.sheet = &row;
		r->row.failed = false;
		import_row_fault(&r->row, &wrong);
	}
	w->failed = r->row.failed;
	return OK;
}

static enum err run_waiting(struct run *r, struct fault *f)
{
	int n = (int)r->waiting_n;
	struct import_node *nodes = arena_array(r->row.kept, struct import_node, (size_t)n);
	for (int i = 0; i < n; i++) {
		nodes[i].code = waiting_text(r, &r->waiting[i], "code");
		nodes[i].parent = waiting_text(r, &r->waiting[i], "parent");
	}
	const int *order = import_order(nodes, n, r->row.kept);
	for (int i = 0; i < n; i++) {
		tell(r, i + 1, percent(i + 1, n));
		TRY(take_waiting(r, &nodes[order[i]], &r->waiting[order[i]], f));
	}
	return OK;
}

/* ---- the whole file ---- */

static int by_row(const void *a, const void *b)
{
	const struct import_problem *x = a, *y = b;
	return x->row != y->row ? (x->row > y->row) - (x->row < y->row) : (x->column > y->column) - (x->column < y->column);
}

static int by_refused_row(const void *a, const void *b)
{
	const struct import_refused *x = a, *y = b;
	return (x->row > y->row) - (x->row < y->row);
}

static void sort_problems(struct import_report *report)
{
	if (report->errors.n)
		qsort(report->errors.v, report->errors.n, sizeof *report->errors.v, by_row);
	if (report->warnings.n)
		qsort(report->warnings.v, report->warnings.n, sizeof *report->warnings.v, by_row);
	if (report->refused_n)
		qsort(report->refused, report->refused_n, sizeof *report->refused, by_refused_row);
}

static enum err run_rows(struct run *r, struct fault *f)
{
	TRY(sheet_read(r->ask->file, on_row, r, f));
	if (r->search.state == HEADING_SOUGHT)
		return import_heading_missing(&r->search, f);
	if (r->report->rows == 0)
		return FAULT(f, E_INVALID, NULL, MSG_IMPORT_NO_ROWS);
	return run_waiting(r, f);
}

static enum err run_transaction(struct run *r, struct fault *f)
{
	struct app *app = r->row.app;
	TRY(app_begin(app, f));
	enum err e = run_rows(r, f);
	bool store = e == OK && r->report->refused_total == 0 && !r->ask->dry_run;
	if (store)
		e = app_commit(app, f);
	if (!store || e != OK)
		app_rollback(app);
	r->report->stored = store && e == OK;
	return e;
}

enum err import_run(struct app *app, const struct import_ask *ask, struct arena *a, struct import_report *ret, struct fault *f)
{
	const struct import_kind *kind;
	struct import_report report = { .kind = ask->kind, .lang = app->lang };
	TRY(import_kind_find(ask->kind, &kind, f));
	struct run r = { .ask = ask, .report = &report };
	r.row = (struct import_row){ .app = app, .op = op_find(kind->op), .kind = kind, .wishes = &r.wishes, .headings = &r.search.best,
		.arena = &r.scratch, .report = &report, .kept = a, .facts = import_facts_new(app, a) };
	assert(r.row.op);
	import_kind_wishes(kind, r.row.op, &r.wishes);
	import_heading_search_init(&r.search, r.wishes.v, r.wishes.n, a);
	enum err e = run_transaction(&r, f);
	arena_done(&r.scratch);
	if (e != OK)
		return e;
	sort_problems(&report);
	*ret = report;
	return OK;
}
