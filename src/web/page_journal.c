#include "web/page_journal.h"
#include "web/text_field.h"

#include <inttypes.h>
#include <string.h>

enum { EXPORT_MAX = 10000, EXPORT_PAGE = 1000 };

/* ---- the question ---- */

static const char *actor_of(const struct visit *v)
{
	const char *s = visit_text(v, "actor");
	return s && !strchr(s, ':') ? arena_printf(v->a, "user:%s", s) : s;
}

static enum err read_unit(struct visit *v, struct unit_id *ret, struct fault *f)
{
	const char *code = visit_text(v, "unit");
	struct unit *u;
	if (!code)
		return OK;
	TRY(app_unit(v->app, code, "unit", &u, f));
	TRY(access_unit(v->app, PERM_JOURNAL, u->id, "unit", f));
	*ret = u->id;
	return OK;
}

static enum err read_ask(struct visit *v, struct history_ask *ret, int64_t *ret_entry, struct fault *f)
{
	struct history_ask q = { .actor = actor_of(v), .op = visit_text(v, "op") };
	int64_t before, person, entry;
	TRY(visit_int(v, "before", 0, 1, INT64_MAX, &before, f));
	TRY(visit_int(v, "entry", 0, 1, INT64_MAX - 1, &entry, f));
	TRY(visit_int(v, "person", 0, 1, INT64_MAX, &person, f));
	TRY(visit_day(v, "from", DAY_NONE, &q.from, f));
	TRY(visit_day(v, "to", DAY_NONE, &q.to, f));
	TRY(read_unit(v, &q.unit, f));
	q.entity = person ? "person" : NULL;
	q.entity_id = person;
	q.before.v = entry ? entry + 1 : before;
	q.most = entry ? 1 : 0;
	*ret = q;
	*ret_entry = entry;
	return OK;
}

/* Whether somebody may be asked for is theirs to know who see people. */
static enum err check_person(struct visit *v, const struct history_ask *q, struct fault *f)
{
	if (!q->entity_id)
		return OK;
	return access_person(v->app, PERM_PEOPLE, (struct person_id){ q->entity_id }, v->a, f);
}

static enum err ask(struct visit *v, struct journal_view *ret, struct fault *f)
{
	struct history_ask q;
	TRY(read_ask(v, &q, &ret->entry, f));
	TRY(check_person(v, &q, f));
	TRY(history_read(v->app, &q, v->a, &ret->history, f));
	if (ret->entry && ret->history.n && ret->history.v[0].id.v != ret->entry)
		ret->history = (struct history){ 0 };
	return OK;
}

/* ---- the page ---- */

static const char *who_text(const struct visit *v, const char *actor)
{
	if (strncmp(actor, "user:", 5) == 0)
		return arena_strdup(v->a, actor + 5);
	if (strncmp(actor, "cli:", 4) == 0)
		return arena_printf(v->a, "%s (%s)", SAY(v, "tại máy chủ", "at the server"), actor + 4);
	return actor;
}

static struct journal_row row_of(const struct visit *v, const struct history_entry *e)
{
	struct journal_row r = { .entry = e, .who = who_text(v, e->actor), .self = url(v->a, "/journal?entry=%", id_text(v->a, e->id.v)) };
	if (e->hidden)
		return r;
	if (text_equal(e->entity, "person") && e->entity_name)
		r.about = url(v->a, "/people/%", id_text(v->a, e->entity_id));
	else if (text_equal(e->entity, "unit") && e->unit_code)
		r.about = url(v->a, "/units/%/about", e->unit_code);
	return r;
}

static void fill_form(const struct visit *v, struct journal_view *ret)
{
	ret->unit = visit_text(v, "unit");
	ret->actor = visit_text(v, "actor");
	ret->op = visit_text(v, "op");
	ret->person = visit_text(v, "person");
	ret->from = visit_text(v, "from");
	ret->to = visit_text(v, "to");
	ret->action = url(v->a, "/journal");
	ret->xlsx = visit_with(v, "format", "xlsx");
	ret->csv = visit_with(v, "format", "csv");
	if (visit_text(v, "before") || ret->entry)
		ret->first = url(v->a, "/journal");
	if (ret->history.next.v && !ret->entry)
		ret->next = visit_with(v, "before", id_text(v->a, ret->history.next.v));
}

static enum err journal_load(struct visit *v, struct journal_view *ret, struct fault *f)
{
	struct fault wrong;
	int status;
	enum err e = ask(v, ret, &wrong);
	if (e != OK && (v->api || v->format || (e != E_NOTFOUND && !text_field_mendable(e, &status))))
		return *f = wrong, e;
	if (e != OK)
		ret->error = fault_text(&wrong, v->lang, v->a);
	fill_form(v, ret);
	ret->rows = arena_array(v->a, struct journal_row, ret->history.n);
	for (size_t i = 0; i < ret->history.n; i++)
		ret->rows[i] = row_of(v, &ret->history.v[i]);
	return OK;
}

/* ---- JSON ---- */

static void text(struct json *j, const char *key, const char *s)
{
	json_put_string(j, key, s);
}

static void fields_json(struct json *j, const struct history_entry *e)
{
	json_key(j, "fields");
	json_array(j);
	for (size_t i = 0; i < e->n; i++) {
		json_object(j);
		text(j, "name", e->fields[i].name);
		text(j, "label", e->fields[i].label);
		text(j, "value", e->fields[i].value);
		text(j, "old", e->fields[i].old);
		json_object_end(j);
	}
	json_array_end(j);
}

static void entry_json(struct json *j, const struct history_entry *e)
{
	json_object(j);
	json_put_int(j, "id", e->id.v);
	json_put_int(j, "at_us", e->at_us);
	text(j, "actor", e->actor);
	text(j, "op", e->op);
	json_put_bool(j, "hidden", e->hidden);
	text(j, "entity", e->hidden ? NULL : e->entity);
	json_key(j, "entity_id");
	if (e->hidden)
		json_null(j);
	else
		json_int(j, e->entity_id);
	text(j, "entity_name", e->entity_name);
	text(j, "unit", e->unit_code);
	fields_json(j, e);
	json_object_end(j);
}

static void journal_json(struct json *j, const struct journal_view *v)
{
	json_object(j);
	json_key(j, "entries");
	json_array(j);
	for (size_t i = 0; i < v->history.n; i++)
		entry_json(j, &v->history.v[i]);
	json_array_end(j);
	json_key(j, "next");
	if (v->history.next.v)
		json_int(j, v->history.next.v);
	else
		json_null(j);
	json_object_end(j);
}

/* ---- the file: one row for each value ---- */

enum { COLUMNS = 9 };

struct export {
	struct visit *v;
	struct table_cell *cells;
	size_t n, cap;
};

static void add_row(struct export *x, const struct history_entry *e, const struct history_field *field)
{
	struct html h = { .arena = x->v->a, .lang = x->v->lang };
	const char *const texts[COLUMNS] = { id_text(x->v->a, e->id.v), html_instant(&h, e->at_us), who_text(x->v, e->actor), e->op_label,
		e->hidden ? NULL : e->entity_name, e->hidden ? NULL : e->unit_name, field ? field->label : NULL, field ? field->value : NULL,
		field ? field->old : NULL };
	for (size_t i = 0; i < COLUMNS; i++)
		*arena_push(x->v->a, x->cells, x->n, x->cap) = (struct table_cell){ .text = texts[i] };
}

static void add_entries(struct export *x, const struct history *page)
{
	for (size_t i = 0; i < page->n; i++) {
		const struct history_entry *e = &page->v[i];
		if (e->n == 0 || e->hidden)
			add_row(x, e, NULL);
		for (size_t k = 0; !e->hidden && k < e->n; k++)
			add_row(x, e, &e->fields[k]);
	}
}

static enum err read_all(struct export *x, struct fault *f)
{
	struct history_ask q;
	int64_t entry;
	size_t entries = 0;
	TRY(read_ask(x->v, &q, &entry, f));
	q.most = EXPORT_PAGE;
	do {
		struct history page;
		TRY(history_read(x->v->app, &q, x->v->a, &page, f));
		add_entries(x, &page);
		entries += page.n;
		q.before = page.next;
	} while (q.before.v && entries < EXPORT_MAX);
	return OK;
}

static enum err journal_table(struct visit *v, const void *view, struct table *ret, struct fault *f)
{
	const char *const headings[COLUMNS] = { SAY(v, "Số", "Number"), SAY(v, "Lúc", "When"), SAY(v, "Ai", "Who"), SAY(v, "Việc", "What"),
		SAY(v, "Về", "About"), SAY(v, "Tổ chức", "Unit"), SAY(v, "Nội dung", "Field"), SAY(v, "Giá trị mới", "New"),
		SAY(v, "Giá trị cũ", "Old") };
	struct export x = { .v = v };
	(void)view;
	TRY(read_all(&x, f));
	*ret = (struct table){ .title = SAY(v, "Nhật ký", "Journal"), .headings = arena_array(v->a, const char *, COLUMNS), .columns = COLUMNS,
		.cells = x.cells, .rows = (int)(x.n / COLUMNS) };
	memcpy(ret->headings, headings, sizeof headings);
	return OK;
}

PAGE_THUNKS(journal)

static const struct param journal_params[] = {
	{ "unit", PARAM_TEXT, CODES__COUNT, "mã tổ chức, gồm cả các tổ chức bên dưới", "code of a unit, with those below it" },
	{ "actor", PARAM_TEXT, CODES__COUNT, "tên đăng nhập", "login" },
	{ "op", PARAM_TEXT, CODES__COUNT, "tên nghiệp vụ", "name of an operation" },
	{ "person", PARAM_INT, CODES__COUNT, "mã số của người", "person" },
	{ "from", PARAM_DAY, CODES__COUNT, "từ ngày", "first day" },
	{ "to", PARAM_DAY, CODES__COUNT, "đến hết ngày", "last day" },
	{ "before", PARAM_INT, CODES__COUNT, "chỉ các mục cũ hơn số này", "only entries older than this number" },
	{ "entry", PARAM_INT, CODES__COUNT, "một mục theo số", "one entry by its number" },
	{ 0 }
};

const struct page journal_page = { .path = "/journal", .name = "journal", .vi = "Nhật ký", .en = "Journal", .of = PAGE_SOMEWHERE,
	.perm = PERM_JOURNAL, .query = journal_params, .view_size = sizeof(struct journal_view), .load = journal_load_, .html = journal_html_,
	.json = journal_json_, .table = journal_table };
