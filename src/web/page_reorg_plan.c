/* The form of a plan, and the preview that it leads to. */
#include "web/page_reorg.h"

#include "app/reorg_given.h"
#include "app/reorg_text.h"
#include "base/utf8.h"
#include "store/queries.gen.h"

#include <string.h>
#include <strings.h>

/* A form has 256 fields: beyond these a rule or a table says it. */
enum { UNITS_MAX = 100, PEOPLE_MAX = 120, TEXT_MAX_BYTES = 60000 };

static const char *given(const struct visit *v, const char *name)
{
	const char *posted = form_get(&v->form, name), *asked = form_get(&v->query, name);
	return posted ? posted : asked ? asked : "";
}

const char *reorg_amount(int64_t milli, struct html *h)
{
	const char *whole = arena_printf(h->arena, "%lld", (long long)(milli / TARGET_MILLI));
	if (milli % TARGET_MILLI == 0)
		return whole;
	return arena_printf(h->arena, "%s%c%03lld", whole, h->lang == LANG_VI ? ',' : '.', (long long)(milli % TARGET_MILLI));
}

/* ---- what can be chosen ---- */

static bool is_ticked(const struct visit *v, const char *field, const char *value)
{
	for (size_t i = 0; i < v->form.n; i++)
		if (strcmp(v->form.v[i].name, field) == 0 && strcmp(v->form.v[i].value, value) == 0)
			return true;
	return false;
}

static void offer_units(const struct visit *v, const struct unit *u, struct reorg_plan_view *ret)
{
	size_t n;
	struct unit **below = tree_children(&v->app->tree, u->id, v->today, v->a, &n);
	n = n < UNITS_MAX ? n : UNITS_MAX;
	struct reorg_choice *list = arena_array(v->a, struct reorg_choice, n);
	for (size_t i = 0; i < n; i++) {
		const char *part = arena_printf(v->a, "c%s", below[i]->code);
		list[i] = (struct reorg_choice){ .label = unit_name(below[i], v->today), .note = below[i]->code };
		list[i].field = ret->splits ? part : "pick";
		list[i].value = ret->splits ? NULL : below[i]->code;
		list[i].part = given(v, part);
		list[i].ticked = is_ticked(v, "pick", below[i]->code);
	}
	ret->units = list;
	ret->units_n = n;
}

static enum err offer_people(const struct visit *v, const struct unit *u, struct reorg_plan_view *ret, struct fault *f)
{
	scoped(arena_done) struct arena own = { 0 };
	struct reorg_folk folk = { .a = &own };
	struct reorg_choice *list = arena_array(v->a, struct reorg_choice, PEOPLE_MAX);
	TRY(reorg_given_people(v->app, u->id, &folk, f));
	for (size_t i = 0; i < folk.n; i++) {
		const struct reorg_person *p = &folk.v[i];
		if (!reorg_belongs(p->active, u->id, v->today) || ret->people_all++ >= PEOPLE_MAX)
			continue;
		const char *field = arena_printf(v->a, "p%s", id_text(v->a, p->id.v));
		list[ret->people_n++] = (struct reorg_choice){ .field = field,
			.label = arena_strdup(v->a, facts_value(p->active, "name", v->today)), .note = id_text(v->a, p->id.v),
			.part = given(v, field) };
	}
	ret->people = list;
	return OK;
}

/* ---- the form ---- */

static struct unit *unit_meant(const struct visit *v)
{
	const char *code = given(v, "unit");
	struct unit *u = *code ? tree_find_code(&v->app->tree, code) : tree_find(&v->app->tree, access_first_unit(v->who, PERM_UNIT_WRITE,
		v->today));
	if (!u && !*code) {
		size_t n;
		struct unit **roots = tree_children(&v->app->tree, (struct unit_id){ 0 }, v->today, v->a, &n);
		u = n ? roots[0] : NULL;
	}
	return u && visit_may(v, PERM_UNIT_WRITE, u->id) ? u : NULL;
}

static const char *parent_of(const struct visit *v, const struct unit *u, bool splits)
{
	const struct unit *above = splits && u ? tree_find(&v->app->tree, unit_parent(u, v->today)) : u;
	return above ? above->code : "";
}

static void fill_texts(const struct visit *v, const struct unit *u, struct reorg_plan_view *ret)
{
	const char *parent = given(v, "parent"), *kind = given(v, "unit_kind");
	ret->to[0] = given(v, "to1");
	ret->to[1] = given(v, "to2");
	ret->name[0] = given(v, "name1");
	ret->name[1] = given(v, "name2");
	ret->attribute = given(v, "attribute");
	ret->value = given(v, "value");
	ret->rest = given(v, "rest");
	ret->on = given(v, "on");
	ret->paper_no = given(v, "paper_no");
	ret->paper_on = given(v, "paper_on");
	ret->rows = given(v, "rows");
	ret->parent = *parent ? parent : parent_of(v, u, ret->splits);
	ret->unit_kind = *kind ? kind : u && ret->splits ? unit_kind(u, v->today) : "COMMUNE";
}

static enum err fill(const struct visit *v, struct reorg_plan_view *ret, struct fault *f)
{
	const struct unit *u = unit_meant(v);
	const char *kind = given(v, "kind");
	ret->kind = code_by_key(CODES_REORG, kind) ? kind : "union";
	ret->splits = strcmp(ret->kind, "split") == 0;
	ret->moves = strcmp(ret->kind, "move") == 0;
	ret->closes = strcmp(ret->kind, "close") == 0;
	ret->unit = u ? u->code : given(v, "unit");
	ret->unit_name = u ? unit_name(u, v->today) : "";
	ret->kinds = codes(CODES_REORG, &ret->kinds_n);
	ret->unit_kinds = codes(CODES_UNIT_KIND, &ret->unit_kinds_n);
	fill_texts(v, u, ret);
	ret->back = url(v->a, "/reorgs");
	ret->choose = url(v->a, "/reorgs/plan");
	ret->action = url(v->a, "/reorgs/preview");
	ret->csrf = visit_csrf(v);
	if (u)
		offer_units(v, u, ret);
	return u && ret->splits ? offer_people(v, u, ret, f) : OK;
}

static enum err reorg_plan_load(struct visit *v, struct reorg_plan_view *ret, struct fault *f)
{
	return fill(v, ret, f);
}

static void reorg_plan_json(struct json *j, const struct reorg_plan_view *v)
{
	json_string(j, v->kind);
}

PAGE_THUNKS(reorg_plan)

/* ---- a plan out of what was filled in ---- */

struct rows {
	struct reorg_row *v;
	size_t n, cap;
};

static struct reorg_row *add_row(const struct visit *v, struct rows *r, const char *unit, const char *to)
{
	struct reorg_row *row = arena_push(v->a, r->v, r->n, r->cap);
	*row = (struct reorg_row){ .v = { [REORG_COL_UNIT] = unit, [REORG_COL_TO] = to } };
	return row;
}

static void name_heir(const struct visit *v, struct reorg_row *row, const char *name)
{
	row->v[REORG_COL_NAME] = name;
	row->v[REORG_COL_KIND] = given(v, "unit_kind");
	row->v[REORG_COL_PARENT] = given(v, "parent");
}

static const char *part_code(const struct visit *v, const char *part)
{
	return strcmp(part, "1") == 0 ? given(v, "to1") : strcmp(part, "2") == 0 ? given(v, "to2") : "";
}

/* Fields such as "p57" = "2": person 57 goes to part 2. */
static void split_rows(const struct visit *v, struct rows *r)
{
	const char *unit = given(v, "unit");
	name_heir(v, add_row(v, r, unit, given(v, "to1")), given(v, "name1"));
	name_heir(v, add_row(v, r, unit, given(v, "to2")), given(v, "name2"));
	for (size_t i = 0; i < v->form.n; i++) {
		const struct form_field *x = &v->form.v[i];
		bool number = x->name[0] == 'p' && x->name[1] && strspn(x->name + 1, "0123456789") == strlen(x->name + 1);
		const char *to = number ? part_code(v, x->value) : "";
		if (*to)
			add_row(v, r, unit, to)->v[REORG_COL_PERSON] = x->name + 1;
	}
	const char *rest = part_code(v, given(v, "rest"));
	if (*rest)
		add_row(v, r, unit, rest)->v[REORG_COL_PERSON] = "*";
}

static void pick_rows(const struct visit *v, struct rows *r)
{
	for (size_t i = 0; i < v->form.n; i++)
		if (strcmp(v->form.v[i].name, "pick") == 0 && *v->form.v[i].value)
			name_heir(v, add_row(v, r, v->form.v[i].value, given(v, "to1")), given(v, "name1"));
}

/* What rows cannot say of a split: units below that go to a part, and a rule by attribute. */
static const char *with_extras(const struct visit *v, const char *plan)
{
	struct text t = TEXT(v->a);
	struct json j = JSON(&t);
	size_t n = strlen(plan);
	text_addn(&t, plan, n - strlen("]}"));
	for (size_t i = 0; i < v->form.n; i++) {
		const struct form_field *x = &v->form.v[i];
		const char *to = x->name[0] == 'c' ? part_code(v, x->value) : "";
		if (!*to)
			continue;
		text_addf(&t, ",");
		j.comma = false;
		json_object(&j);
		json_put_string(&j, "do", "move");
		json_put_string(&j, "unit", x->name + 1);
		json_put_string(&j, "parent", to);
		json_object_end(&j);
	}
	if (*given(v, "attribute")) {
		text_addf(&t, ",");
		j.comma = false;
		json_object(&j);
		json_put_string(&j, "do", "people");
		json_put_string(&j, "unit", given(v, "unit"));
		json_put_string(&j, "to", given(v, "to1"));
		json_put_string(&j, "attribute", given(v, "attribute"));
		json_put_string(&j, "value", given(v, "value"));
		json_object_end(&j);
	}
	text_add(&t, "]}");
	return text_str(&t);
}

static enum err rows_given(const struct visit *v, struct rows *r, bool *ret_table, struct fault *f)
{
	const struct form_field *file = form_find(&v->form, "file");
	const char *lines = given(v, "rows");
	if (file && file->filename && *file->filename)
		TRY(reorg_rows_sheet(file->filename, file->bytes, file->n, v->a, &lines, f));
	*ret_table = *lines;
	if (*lines)
		return reorg_rows_read(lines, v->a, &r->v, &r->n, f);
	if (strcmp(given(v, "kind"), "split") == 0)
		split_rows(v, r);
	else
		pick_rows(v, r);
	return OK;
}

static enum err plan_given(const struct visit *v, const char **ret, struct fault *f)
{
	struct rows r = { 0 };
	bool table;
	const char *kind = given(v, "kind");
	TRY(rows_given(v, &r, &table, f));
	const char *plan = reorg_rows_plan(&v->app->tree, kind, given(v, "on"), r.v, r.n, v->a);
	if (!table && strcmp(kind, "split") == 0)
		plan = with_extras(v, plan);
	if (strlen(plan) > TEXT_MAX_BYTES)
		return FAULT(f, E_TOOBIG, "rows", MSG_REORG_WEB_BIG);
	*ret = plan;
	return OK;
}

/* ---- the preview ---- */

static void preview_html(struct html *h, const void *view)
{
	page_reorg_preview(h, view);
}

static const char *const *warnings_of(const struct visit *v, const struct warnings *w)
{
	const char **list = arena_array(v->a, const char *, w->n);
	for (size_t i = 0; i < w->n; i++)
		list[i] = fault_text(&w->v[i], v->lang, v->a);
	return list;
}

static const char *from_form(void *ctx, const struct field *field)
{
	return form_get(ctx, field->name);
}

static enum err preview(struct visit *v, struct reorg_preview_view *ret, struct fault *f)
{
	struct form form = { 0 };
	struct reorg_preview *p = arena_new(v->a, struct reorg_preview);
	void *in;
	TRY(plan_given(v, &ret->plan, f));
	form_add(&form, v->a, "plan", ret->plan);
	form_add(&form, v->a, "paper_no", given(v, "paper_no"));
	form_add(&form, v->a, "paper_on", given(v, "paper_on"));
	TRY(op_parse(op_find("reorganise"), from_form, &form, v->a, &in, f));
	TRY(reorg_preview(v->app, in, v->a, p, f));
	ret->p = p;
	ret->kind = code_label(CODES_REORG, p->plan.kind, v->lang);
	ret->words = reorg_text_words(&p->plan, v->lang, v->a);
	ret->paper_no = given(v, "paper_no");
	ret->paper_on = given(v, "paper_on");
	ret->warnings = warnings_of(v, &p->warnings);
	ret->warnings_n = p->warnings.n;
	ret->again = url(v->a, "/reorgs/plan?kind=%&unit=%", given(v, "kind"), given(v, "unit"));
	ret->store = url(v->a, "/ops/reorganise");
	ret->csrf = visit_csrf(v);
	ret->once = visit_once(v);
	ret->lang = v->lang;
	return OK;
}

/* A fault names a field of the plan ("actions[3].parent"); the form has other words for it. */
static const char *field_label(const struct visit *v, const char *field)
{
	static const struct {
		const char *field;
		struct labels label;
	} rows[] = {
		{ "on", { "Có hiệu lực từ ngày", "First day of the new tree" } }, { "kind", { "Loại sắp xếp", "Kind" } },
		{ "paper_no", { "Số quyết định", "Number" } }, { "paper_on", { "Ngày quyết định", "Day" } },
		{ "unit", { "Tổ chức thay đổi", "Unit that changes" } }, { "to", { "Tổ chức kế thừa", "Heir" } },
		{ "parent", { "Mã cấp trên", "Parent code" } }, { "name", { "Tên tổ chức mới", "Name of the new unit" } },
		{ "people", { "Ai về phần nào", "Who goes where" } }, { "attribute", { "Theo thông tin", "By an attribute" } },
		{ "value", { "Có giá trị", "Of this value" } }, { "period", { "Chỉ tiêu", "Target" } }, { "indicator", { "Chỉ tiêu", "Target" } },
		{ "low", { "Chỉ tiêu", "Target" } }, { "high", { "Chỉ tiêu", "Target" } }, { "rows", { "Các dòng", "Lines" } },
		{ "file", { "Bảng tính", "Spreadsheet" } }, { "actions", { "Những tổ chức thay đổi", "Units that change" } },
		{ "plan", { "Phương án", "Plan" } },
	};
	const char *dot = strrchr(field, '.'), *last = dot ? dot + 1 : field;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (strcmp(rows[i].field, last) == 0)
			return label_of(rows[i].label, v->lang);
	return field;
}

static enum err run_preview(struct visit *v, struct fault *f)
{
	struct reorg_preview_view *view = arena_new(v->a, struct reorg_preview_view);
	struct reorg_plan_view *form;
	struct fault wrong;
	int status;
	enum err e = preview(v, view, &wrong);
	if (e == OK) {
		visit_show(v, 200, SAY(v, "Xem trước sắp xếp", "Preview of a reorganisation"), preview_html, view);
		return OK;
	}
	if (e != E_NOTFOUND && !text_field_mendable(e, &status))
		return *f = wrong, e;
	form = arena_new(v->a, struct reorg_plan_view);
	TRY(fill(v, form, f));
	form->error = *wrong.field ? arena_printf(v->a, "%s: %s", field_label(v, wrong.field), fault_text(&wrong, v->lang, v->a)) :
		fault_text(&wrong, v->lang, v->a);
	visit_show(v, 422, SAY(v, "Lập phương án sắp xếp", "Plan of a reorganisation"), reorg_plan_html_, form);
	return OK;
}

static const struct param reorg_plan_params[] = {
	{ "kind", PARAM_TEXT, CODES__COUNT, "loại sắp xếp", "kind of reorganisation" },
	{ "unit", PARAM_TEXT, CODES__COUNT, "mã tổ chức", "unit code" },
	{ 0 }
};

const struct page reorg_plan_page = { .path = "/reorgs/plan", .name = "reorg_plan", .vi = "Lập phương án sắp xếp",
	.en = "Plan of a reorganisation", .of = PAGE_SOMEWHERE, .perm = PERM_UNIT_WRITE, .flags = PAGE_NO_API, .query = reorg_plan_params,
	.view_size = sizeof(struct reorg_plan_view), .load = reorg_plan_load_, .html = reorg_plan_html_, .json = reorg_plan_json_ };
const struct action reorg_preview_action = { "/reorgs/preview", PERM_UNIT_WRITE, ACTION_UPLOAD | ACTION_SLOW, run_preview };
