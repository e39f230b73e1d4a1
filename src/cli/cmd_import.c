/* nguon import: a list from a spreadsheet, all rows or none; what is wrong with it on the screen and as a workbook to mend. */
#include "app/import.h"
#include "cli/cli.h"

#include <inttypes.h>
#include <string.h>
#include <unistd.h>

const struct cli_option cmd_import_options[] = {
	{ "dry-run", NULL, "kiểm tra tất cả nhưng không ghi gì", "checks everything and stores nothing" },
	{ "errors", "OUT.xlsx", "tệp ghi các dòng bị lỗi (nếu không nêu: cạnh tệp nhập, tên thêm -loi)",
		"where the refused rows go (otherwise beside the list, with -loi in its name)" },
	{ 0 }
};

enum { SHOWN_ERRORS = 20, SHOWN_WARNINGS = 3, WORKBOOK_NAMES = 99, SECOND = 1000000, PATIENCE = 2 * SECOND };

static const char *number(struct cli *c, int64_t n)
{
	return arena_printf(&c->arena, "%" PRId64, n);
}

/* ---- progress ---- */

struct progress {
	struct cli *c;
	int64_t start, last;
	bool terminal, shown;
};

static int64_t now(const struct cli *c)
{
	return c->app.now_us(c->app.clock_ctx);
}

static void show_progress(void *ctx, int64_t rows, int percent)
{
	struct progress *p = ctx;
	int64_t at = now(p->c);
	if (at - p->last < SECOND || (!p->terminal && at - p->start < PATIENCE))
		return;
	scoped(arena_done) struct arena a = { 0 };
	const char *line = MSG_TEXT(&a, p->c->lang, MSG_IMPORT_PROGRESS, arena_printf(&a, "%" PRId64, rows), arena_printf(&a, "%d", percent));
	(void)fprintf(stderr, p->terminal ? "\r%s" : "%s\n", line);
	p->last = at;
	p->shown = true;
}

static void end_progress(const struct progress *p)
{
	if (p->terminal && p->shown)
		(void)fputc('\n', stderr);
}

/* ---- the workbook of refused rows ---- */

/* "lists/people.csv" gives "lists/people-loi.xlsx", then "-loi-2" and so on: a workbook that somebody is mending is never overwritten. */
static const char *free_name(struct cli *c, const char *file)
{
	const char *dot = strrchr(file, '.'), *slash = strrchr(file, '/'), *path = NULL;
	int stem = (int)(dot && (!slash || dot > slash) ? (size_t)(dot - file) : strlen(file));
	for (int i = 1; i <= WORKBOOK_NAMES; i++) {
		path = i == 1 ? arena_printf(&c->arena, "%.*s-loi.xlsx", stem, file) : arena_printf(&c->arena, "%.*s-loi-%d.xlsx", stem, file, i);
		if (access(path, F_OK) != 0)
			break;
	}
	return path;
}

/* NULL when it could not be written, which is said and does not hide the errors themselves. */
static const char *write_workbook(struct cli *c, const struct import_report *r)
{
	const char *path = cli_option(c, "errors");
	struct fault f;
	if (!path || !*path)
		path = free_name(c, c->args[1]);
	if (import_errors_xlsx(r, path, &f) == OK)
		return path;
	(void)fprintf(stderr, "%s\n", MSG_TEXT(&c->arena, c->lang, MSG_CLI_WARNING, cli_fault_text(c, &f)));
	return NULL;
}

/* ---- the report as text ---- */

static void print_errors(struct cli *c, const struct import_report *r)
{
	for (size_t i = 0; i < r->errors.n && i < SHOWN_ERRORS; i++)
		(void)fprintf(stderr, "%s\n", import_problem_text(&r->errors.v[i], c->lang, &c->arena));
	if (r->errors.total > SHOWN_ERRORS)
		(void)fprintf(stderr, "%s\n", MSG_TEXT(&c->arena, c->lang, MSG_IMPORT_MORE_ERRORS, number(c, r->errors.total - SHOWN_ERRORS)));
}

static bool is_first_of_its_message(const struct import_problems *w, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (w->v[k].fault.msg == w->v[i].fault.msg)
			return false;
	return true;
}

static void print_warnings_alike(struct cli *c, const struct import_report *r, size_t first)
{
	enum msg msg = r->warnings.v[first].fault.msg;
	int64_t shown = 0;
	for (size_t i = first; i < r->warnings.n && shown < SHOWN_WARNINGS; i++) {
		if (r->warnings.v[i].fault.msg != msg)
			continue;
		const char *text = import_problem_text(&r->warnings.v[i], c->lang, &c->arena);
		(void)fprintf(stderr, "%s\n", MSG_TEXT(&c->arena, c->lang, MSG_CLI_WARNING, text));
		shown++;
	}
	if (r->warned[msg] > shown)
		(void)fprintf(stderr, "%s\n", MSG_TEXT(&c->arena, c->lang, MSG_IMPORT_MORE_WARNINGS, number(c, r->warned[msg] - shown)));
}

static void print_report(struct cli *c, const struct import_report *r)
{
	for (size_t i = 0; i < r->warnings.n; i++)
		if (is_first_of_its_message(&r->warnings, i))
			print_warnings_alike(c, r, i);
	print_errors(c, r);
	if (r->totals)
		CLI_SAY(c, MSG_IMPORT_TOTALS, number(c, r->totals));
	CLI_SAY(c, MSG_IMPORT_SUMMARY, number(c, r->rows), number(c, r->added), number(c, r->unchanged), number(c, r->refused_total));
	if (r->refused_total)
		return;
	if (!r->stored)
		CLI_SAY(c, MSG_IMPORT_DRY_RUN);
	else if (r->added == 0)
		CLI_SAY(c, MSG_IMPORT_NOTHING_NEW);
	else
		CLI_SAY(c, MSG_IMPORT_STORED);
}

/* ---- the report as JSON ---- */

static void json_member_int(struct json *j, const char *key, int64_t v)
{
	json_put_int(j, key, v);
}

static void json_member_text(struct json *j, const char *key, const char *v)
{
	json_put_string(j, key, v);
}

static void json_problems(struct cli *c, struct json *j, const char *key, const struct import_problems *list)
{
	json_key(j, key);
	json_array(j);
	for (size_t i = 0; i < list->n; i++) {
		const struct import_problem *p = &list->v[i];
		json_object(j);
		json_member_int(j, "row", p->row);
		json_key(j, "column");
		if (p->column >= 0)
			json_int(j, p->column + 1);
		else
			json_null(j);
		json_member_text(j, "heading", p->heading);
		json_member_text(j, "value", p->value);
		json_member_text(j, "field", p->fault.field);
		json_member_text(j, "code", err_problem(p->fault.code));
		json_member_text(j, "rule", *p->fault.rule ? p->fault.rule : NULL);
		json_member_text(j, "message", fault_text(&p->fault, c->lang, &c->arena));
		json_object_end(j);
	}
	json_array_end(j);
}

static void report_json(struct cli *c, const struct import_report *r, const char *workbook)
{
	struct text t = TEXT(&c->arena);
	struct json j = JSON(&t);
	json_object(&j);
	json_member_text(&j, "kind", r->kind);
	json_member_int(&j, "rows", r->rows);
	json_member_int(&j, "added", r->added);
	json_member_int(&j, "unchanged", r->unchanged);
	json_member_int(&j, "refused", r->refused_total);
	json_put_bool(&j, "stored", r->stored);
	json_member_int(&j, "errors_total", r->errors.total);
	json_problems(c, &j, "errors", &r->errors);
	json_member_int(&j, "warnings_total", r->warnings.total);
	json_problems(c, &j, "warnings", &r->warnings);
	json_member_text(&j, "workbook", workbook);
	json_object_end(&j);
	cli_json(&t);
}

/* ---- the command ---- */

static enum err refused(struct cli *c, const struct import_report *r, const char *workbook, struct fault *f)
{
	const char *rows = number(c, r->refused_total);
	return workbook ? FAULT(f, E_INVALID, NULL, MSG_IMPORT_REFUSED_WORKBOOK, rows, workbook) : FAULT(f, E_INVALID, NULL,
		MSG_IMPORT_REFUSED, rows);
}

enum err cmd_import(struct cli *c, struct fault *f)
{
	TRY(cli_words(c, 2, 2, f));
	struct import_report r;
	struct progress p = { .c = c, .start = now(c), .last = now(c), .terminal = isatty(STDERR_FILENO) };
	const struct import_ask ask = { .kind = c->args[0], .file = c->args[1], .dry_run = cli_option(c, "dry-run") != NULL,
		.progress = show_progress, .progress_ctx = &p };
	enum err e = import_run(&c->app, &ask, &c->arena, &r, f);
	end_progress(&p);
	if (e != OK)
		return e;
	const char *workbook = r.refused_total ? write_workbook(c, &r) : NULL;
	if (c->json)
		report_json(c, &r, workbook);
	else
		print_report(c, &r);
	return r.refused_total ? refused(c, &r, workbook, f) : OK;
}
