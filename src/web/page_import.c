#include "web/page_import.h"
#include "web/text_field.h"

#include <assert.h>

const char *import_state_label(enum import_job_state s, enum lang lang)
{
	static const char *const labels[][2] = {
		[IMPORT_CHECKING] = { "đang kiểm tra", "being checked" }, [IMPORT_CHECKED] = { "đã kiểm tra, chưa ghi", "checked, not stored" },
		[IMPORT_STORING] = { "đang ghi", "being stored" }, [IMPORT_STORED] = { "đã ghi", "stored" },
		[IMPORT_FAILED] = { "không đọc được", "cannot be read" },
	};
	assert((size_t)s < sizeof labels / sizeof *labels);
	return labels[s][lang];
}

static void fill(const struct visit *v, const char *kind, struct import_view *ret)
{
	ret->lists = import_lists(&ret->lists_n);
	ret->kind = import_list_find(kind) ? kind : "people";
	ret->csrf = visit_csrf(v);
	ret->action = url(v->a, "/import");
	ret->jobs = import_jobs_list(web_import_jobs(v->web), v->who->account, v->a, &ret->jobs_n);
}

static enum err import_load(struct visit *v, struct import_view *ret, struct fault *f)
{
	(void)f;
	fill(v, visit_text(v, "kind"), ret);
	return OK;
}

static void import_json(struct json *j, const struct import_view *v)
{
	json_object(j);
	json_key(j, "jobs");
	json_array(j);
	for (size_t i = 0; i < v->jobs_n; i++) {
		json_object(j);
		json_put_string(j, "id", v->jobs[i].id);
		json_put_string(j, "kind", v->jobs[i].kind);
		json_put_string(j, "file", v->jobs[i].file);
		json_put_string(j, "state", import_job_state_key(v->jobs[i].state));
		json_object_end(j);
	}
	json_array_end(j);
	json_object_end(j);
}

PAGE_THUNKS(import)

/* ---- the columns of a list, and an empty workbook with them ---- */

static enum err import_columns_load(struct visit *v, struct import_columns_view *ret, struct fault *f)
{
	ret->list = import_list_find(v->param[0]);
	if (!ret->list)
		return FAULT(f, E_NOTFOUND, "kind", MSG_WEB_NO_PAGE);
	ret->columns = import_list_columns(ret->list, v->lang, v->a, &ret->n);
	ret->pattern = visit_with(v, "format", "xlsx");
	ret->back = url(v->a, "/import?kind=%", ret->list->kind);
	return OK;
}

static void import_columns_json(struct json *j, const struct import_columns_view *v)
{
	json_object(j);
	json_put_string(j, "kind", v->list->kind);
	json_key(j, "columns");
	json_array(j);
	for (size_t i = 0; i < v->n; i++) {
		json_object(j);
		json_put_string(j, "heading", v->columns[i].label);
		json_put_bool(j, "required", v->columns[i].required);
		json_object_end(j);
	}
	json_array_end(j);
	json_object_end(j);
}

static enum err import_columns_table(struct visit *v, const void *view, struct table *ret, struct fault *f)
{
	const struct import_columns_view *c = view;
	(void)f;
	*ret = (struct table){ .title = SAY(v, c->list->vi, c->list->en), .headings = arena_array(v->a, const char *, c->n),
		.columns = (int)c->n };
	for (size_t i = 0; i < c->n; i++)
		ret->headings[i] = c->columns[i].label;
	return OK;
}

PAGE_THUNKS(import_columns)

/* ---- sending a file ---- */

static enum err refuse(struct visit *v, const struct fault *wrong, int status)
{
	struct import_view *view = arena_new(v->a, struct import_view);
	fill(v, form_get(&v->form, "kind"), view);
	view->error = fault_text(wrong, v->lang, v->a);
	visit_show(v, status, SAY(v, "Nhập danh sách", "Import lists"), import_html_, view);
	return OK;
}

static enum err begin(struct visit *v, char ret_id[IMPORT_JOB_ID], struct fault *f)
{
	const struct form_field *file = form_find(&v->form, "file");
	const char *kind = form_get(&v->form, "kind");
	if (!import_list_find(kind))
		return FAULT(f, E_INVALID, "kind", MSG_REQUIRED);
	if (!file || !file->filename || !*file->filename)
		return FAULT(f, E_INVALID, "file", MSG_WEB_IMPORT_NO_FILE);
	const struct import_job_file it = { kind, file->filename, file->bytes, file->n };
	return import_jobs_begin(web_import_jobs(v->web), &it, v->who, v->lang, v->today, v->now_us, ret_id, f);
}

static enum err run_import(struct visit *v, struct fault *f)
{
	char id[IMPORT_JOB_ID];
	struct fault wrong;
	int status;
	enum err e = begin(v, id, &wrong);
	if (e != OK && !text_field_mendable(e, &status))
		return *f = wrong, e;
	if (e != OK)
		return refuse(v, &wrong, status);
	visit_go(v, url(v->a, "/import/%", id));
	return OK;
}

static const struct param import_params[] = {
	{ "kind", PARAM_TEXT, CODES__COUNT, "loại danh sách được chọn sẵn", "list that is chosen" },
	{ 0 }
};

const struct page import_page = { .path = "/import", .name = "import", .vi = "Nhập danh sách", .en = "Import lists", .of = PAGE_SOMEWHERE,
	.perm = PERM_IMPORT, .query = import_params, .view_size = sizeof(struct import_view), .load = import_load_, .html = import_html_,
	.json = import_json_ };
const struct page import_columns_page = { .path = "/import/columns/:kind", .name = "import_columns", .vi = "Các cột được nhận ra",
	.en = "Columns that are recognised", .of = PAGE_SOMEWHERE, .perm = PERM_IMPORT, .view_size = sizeof(struct import_columns_view),
	.load = import_columns_load_, .html = import_columns_html_, .json = import_columns_json_, .table = import_columns_table };
const struct action import_action = { "/import", PERM_IMPORT, ACTION_UPLOAD, run_import };
