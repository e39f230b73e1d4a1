/* A row of the table of pages: who may, what it shows, in which form. */
#include "web/web_impl.h"

#include <string.h>

void visit_release(struct visit *v)
{
	if (v->holds_live)
		live_release(v->web->live);
	v->holds_live = false;
}

static enum err choose_format(struct visit *v, struct fault *f)
{
	const struct page *p = v->page;
	const char *format = form_get(&v->query, "format");
	if (!format || !*format || v->api)
		return OK;
	if ((!p->table && !p->report) || (strcmp(format, "xlsx") != 0 && strcmp(format, "csv") != 0))
		return FAULT(f, E_INVALID, "format", MSG_WEB_FORMAT, format);
	v->format = format;
	return OK;
}

/* Texts of a table may be those of the live view, which is given back before a workbook is made. */
static void own(struct table *t, struct arena *a)
{
	for (size_t i = 0; i < (size_t)t->rows * (size_t)t->columns; i++)
		t->cells[i].text = arena_strdup(a, t->cells[i].text);
}

static enum err export_table(struct visit *v, const void *view, struct fault *f)
{
	struct table t = { 0 };
	TRY(v->page->table(v, view, &t, f));
	own(&t, v->a);
	visit_release(v);
	return respond_table(v, &t, f);
}

static enum err export(struct visit *v, const void *view, struct fault *f)
{
	if (v->page->report)
		return respond_report(v, v->page->report(view), f);
	return export_table(v, view, f);
}

static void answer_json(struct visit *v, const void *view)
{
	struct text t = TEXT(v->a);
	struct json j = JSON(&t);
	v->page->json(&j, view);
	respond_json(v, 200, &t);
}

enum err page_run(struct visit *v, struct fault *f)
{
	const struct page *p = v->page;
	void *view = arena_alloc(v->a, p->view_size);
	TRY(guard_page(v, f));
	TRY(choose_format(v, f));
	if (p->flags & PAGE_LIVE) {
		TRY(live_hold(v->web->live, v->app, &v->live, f));
		v->holds_live = true;
	}
	TRY(p->load(v, view, f));
	if (v->rs->status != 200 || !p->html) /* sent elsewhere, or a file */
		return OK;
	if (v->format)
		return export(v, view, f);
	if (v->api)
		answer_json(v, view);
	else
		respond_html(v, 200, v->title ? v->title : visit_say(v, p->vi, p->en), p->html, view, !(p->flags & PAGE_NO_FRAME));
	return OK;
}
