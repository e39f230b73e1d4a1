#include "web/page_import.h"
#include "app/import_headings.h"
#include "web/text_field.h"

#include <string.h>

static struct import_problem_row row_of(const struct visit *v, const struct import_problem *p)
{
	char letter[IMPORT_LETTERS];
	const char *text = fault_text(&p->fault, v->lang, v->a);
	const char *column = p->column >= 0 ? arena_printf(v->a, "%s · %s", import_heading_letter(p->column, letter), p->heading) : p->heading;
	return (struct import_problem_row){ p, column, *p->fault.rule ? arena_printf(v->a, "%s (%s)", text, p->fault.rule) : text };
}

static struct import_problem_row *rows_of(const struct visit *v, const struct import_problem *from, size_t n)
{
	struct import_problem_row *rows = arena_array(v->a, struct import_problem_row, n);
	for (size_t i = 0; i < n; i++)
		rows[i] = row_of(v, &from[i]);
	return rows;
}

static void fill_ways(const struct visit *v, struct import_job_page_view *ret)
{
	const char *id = ret->job.id;
	ret->commit = url(v->a, "/import/%/commit", id);
	ret->cancel = url(v->a, "/import/%/cancel", id);
	ret->workbook = url(v->a, "/import/%/errors.xlsx", id);
	ret->again = url(v->a, "/import?kind=%", ret->job.kind);
	ret->journal = url(v->a, "/journal?actor=%", v->who->journal);
}

static const char *fault_title(const struct visit *v, const struct import_job_view *job)
{
	if (job->fault.code == E_UNSURE)
		return SAY(v, "Chưa rõ đã ghi được hay chưa", "Not known whether it was stored");
	if (job->state != IMPORT_FAILED)
		return SAY(v, "Không ghi được; không có gì được lưu", "Nothing was stored");
	if (job->fault.code == E_GONE || job->fault.code == E_BUSY)
		return SAY(v, "Chưa kiểm tra được; hãy gửi lại tệp", "Not checked; send the file again");
	return SAY(v, "Không đọc được tệp này", "This file cannot be read");
}

static enum err import_job_load(struct visit *v, struct import_job_page_view *ret, struct fault *f)
{
	struct import_job_view *job = &ret->job;
	TRY(import_jobs_get(web_import_jobs(v->web), v->param[0], v->who->account, v->a, job, f));
	ret->list = import_list_find(job->kind);
	ret->csrf = visit_csrf(v);
	ret->errors = rows_of(v, job->errors, job->errors_n);
	ret->warnings = rows_of(v, job->warnings, job->warnings_n);
	ret->busy = job->state == IMPORT_CHECKING || job->state == IMPORT_STORING;
	ret->nothing_new = job->rows > 0 && !job->refused && !job->errors_total && job->added == 0;
	ret->can_commit = job->state == IMPORT_CHECKED && !job->refused && !job->errors_total && job->added > 0;
	const struct fault told = visit_told(v, &job->fault);
	ret->fault = told.code != OK ? fault_text(&told, v->lang, v->a) : NULL;
	ret->fault_title = fault_title(v, job);
	ret->fault_cite = job->fault.code != OK && *job->fault.rule ? job->fault.rule : NULL;
	fill_ways(v, ret);
	if (ret->busy && !v->api)
		http_set(v->rs, "Refresh", "1");
	return OK;
}

static void number(struct json *j, const char *key, int64_t n)
{
	json_put_int(j, key, n);
}

static void text(struct json *j, const char *key, const char *s)
{
	json_put_string(j, key, s);
}

static void problems_json(struct json *j, const char *key, const struct import_problem_row *v, size_t n)
{
	json_key(j, key);
	json_array(j);
	for (size_t i = 0; i < n; i++) {
		json_object(j);
		number(j, "row", v[i].p->row);
		json_key(j, "column");
		if (v[i].p->column >= 0)
			json_int(j, v[i].p->column + 1);
		else
			json_null(j);
		text(j, "heading", v[i].p->heading);
		text(j, "value", v[i].p->value);
		text(j, "field", v[i].p->fault.field);
		text(j, "code", err_problem(v[i].p->fault.code));
		text(j, "message", v[i].reason);
		json_object_end(j);
	}
	json_array_end(j);
}

static void import_job_json(struct json *j, const struct import_job_page_view *v)
{
	const struct import_job_view *job = &v->job;
	json_object(j);
	text(j, "id", job->id);
	text(j, "kind", job->kind);
	text(j, "file", job->file);
	text(j, "state", import_job_state_key(job->state));
	number(j, "percent", job->percent);
	number(j, "rows", job->rows);
	number(j, "added", job->added);
	number(j, "unchanged", job->unchanged);
	number(j, "refused", job->refused);
	number(j, "errors_total", job->errors_total);
	problems_json(j, "errors", v->errors, job->errors_n);
	number(j, "warnings_total", job->warnings_total);
	problems_json(j, "warnings", v->warnings, job->warnings_n);
	text(j, "fault", v->fault);
	json_object_end(j);
}

static enum err import_job_load_(struct visit *v, void *view, struct fault *f)
{
	return import_job_load(v, view, f);
}

static void import_job_html_(struct html *h, const void *view)
{
	page_import_job(h, view);
}

static void import_job_json_(struct json *j, const void *view)
{
	import_job_json(j, view);
}

/* ---- the workbook of refused rows ---- */

static enum err workbook_load(struct visit *v, void *view, struct fault *f)
{
	struct import_job_view job;
	const char *path;
	(void)view;
	TRY(import_jobs_get(web_import_jobs(v->web), v->param[0], v->who->account, v->a, &job, f));
	TRY(import_jobs_workbook(web_import_jobs(v->web), v->param[0], v->who->account, v->a, &path, f));
	const char *dot = strrchr(job.file, '.');
	const char *name = arena_printf(v->a, "%.*s-loi.xlsx", (int)(dot ? dot - job.file : (long)strlen(job.file)), job.file);
	return visit_file_at(v, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", name, path, f);
}

/* ---- going on ---- */

static enum err run_commit(struct visit *v, struct fault *f)
{
	TRY(import_jobs_commit(web_import_jobs(v->web), v->param[0], v->who, f));
	visit_go(v, url(v->a, "/import/%", v->param[0]));
	return OK;
}

static enum err run_cancel(struct visit *v, struct fault *f)
{
	TRY(import_jobs_cancel(web_import_jobs(v->web), v->param[0], v->who->account, f));
	visit_flash(v, false, SAY(v, "Đã bỏ; không có gì được ghi thêm vào sổ.", "Put away; nothing more was stored."));
	visit_go(v, url(v->a, "/import"));
	return OK;
}

const struct page import_job_page = { .path = "/import/:job", .name = "import_job", .vi = "Nhập danh sách", .en = "Import",
	.of = PAGE_SOMEWHERE, .perm = PERM_IMPORT, .view_size = sizeof(struct import_job_page_view), .load = import_job_load_,
	.html = import_job_html_,
	.json = import_job_json_ };
const struct page import_workbook_page = { .path = "/import/:job/errors.xlsx", .name = "import_workbook", .vi = "Các dòng lỗi",
	.en = "Refused rows", .of = PAGE_SOMEWHERE, .perm = PERM_IMPORT, .flags = PAGE_NO_API | PAGE_NO_FRAME, .view_size = 1,
	.load = workbook_load };
const struct action import_commit_action = { "/import/:job/commit", PERM_IMPORT, 0, run_commit };
const struct action import_cancel_action = { "/import/:job/cancel", PERM_IMPORT, 0, run_cancel };
