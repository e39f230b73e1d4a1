#include "web/local_path.h"
#include "web/opform_impl.h"

#include "app/fields.h"
#include "domain/target.h"
#include "store/queries.gen.h"

#include <stdlib.h>
#include <string.h>

enum { LIST_MAX = 500 };

const char *opform_given(const struct opform_case *c, const char *name)
{
	const char *s = form_get(c->given, name);
	return s && *s ? s : NULL;
}

struct opform_note *opform_note(const struct opform_case *c, const char *text)
{
	struct opform_note *n = arena_push(c->v->a, c->out->notes, c->out->notes_n, c->out->notes_cap);
	*n = (struct opform_note){ .text = text };
	return n;
}

/* Where the sentence of help is no heading. */
static const struct {
	const char *op, *vi, *en;
} titles[] = {
	{ "unit_fact", "Ghi thông tin của tổ chức", "Record a fact of an organisation" },
	{ "target_set", "Giao hoặc đăng ký chỉ tiêu", "Set a target" },
	{ "person_record", "Thêm người vào sổ", "Add a person" },
	{ "verify_request", "Ghi thư thẩm tra lý lịch", "Record a verification letter" },
	{ "person_transfer", "Chuyển đi", "Move" },
	{ "reorganise", "Sắp xếp tổ chức", "Reorganise" },
	{ "reorganise_undo", "Hủy một lần sắp xếp tổ chức", "Take a reorganisation back" },
	{ "birth_propose", "Đề nghị sửa ngày sinh", "Propose the right day of birth" },
	{ "birth_confirm", "Xác nhận đề nghị sửa ngày sinh", "Confirm the right day of birth" },
	{ "helper_replace", "Thay người giới thiệu, giúp đỡ", "Replace an introducer or helper" },
	{ "rule_set", "Đặt giá trị riêng của một quy tắc", "Set the site's own value of a rule" },
	{ "rule_end", "Thôi dùng một giá trị riêng", "End a value of the site's own" },
	{ "role_grant", "Giao vai trò", "Give a role" },
	{ "policy_set", "Đặt quy định của hệ thống", "Set a policy" },
};

const char *opform_title(const struct visit *v, const struct op *op)
{
	for (size_t i = 0; i < sizeof titles / sizeof *titles; i++)
		if (strcmp(titles[i].op, op->name) == 0)
			return visit_say(v, titles[i].vi, titles[i].en);
	return visit_say(v, op->vi, op->en);
}

/* ---- choices ---- */

void opform_option(struct arena *a, struct input_options *list, const char *value, const char *label)
{
	*arena_push(a, list->v, list->n, list->cap) = (struct input_option){ value, label };
}

bool opform_offers(const struct input_options *list, const char *value)
{
	for (size_t i = 0; i < list->n; i++)
		if (strcmp(list->v[i].value, value) == 0)
			return true;
	return false;
}

struct input_options opform_codes(const struct visit *v, enum code_table t)
{
	size_t n;
	const struct code *all = codes(t, &n);
	struct input_options list = { 0 };
	opform_option(v->a, &list, "", visit_say(v, "– chọn –", "– choose –"));
	for (size_t i = 0; i < n; i++)
		opform_option(v->a, &list, all[i].key, visit_say(v, all[i].vi, all[i].en));
	return list;
}

void opform_select(const struct opform_case *c, struct input *in, struct input_options options)
{
	(void)c;
	in->kind = INPUT_SELECT;
	in->options = options.v;
	in->options_n = options.n;
}

static struct input_options indicator_options(const struct visit *v)
{
	size_t n;
	const struct indicator *all = indicators(&n);
	struct input_options list = { 0 };
	opform_option(v->a, &list, "", visit_say(v, "– chọn –", "– choose –"));
	for (size_t i = 0; i < n; i++)
		opform_option(v->a, &list, all[i].key, visit_say(v, all[i].label.vi, all[i].label.en));
	return list;
}

static const struct {
	const char *kind, *vi, *en;
} unit_facts[] = {
	{ UNIT_KIND, "Loại tổ chức", "Kind of organisation" },
	{ UNIT_SECTOR, "Loại hình đơn vị", "Sector" },
	{ UNIT_AUTHORISED, "Được ủy quyền kết nạp", "Authorised to admit" },
	{ UNIT_PLAN, "Năm có kế hoạch", "Year with a plan" },
	{ UNIT_NAME, "Tên", "Name" },
	{ UNIT_PARENT, "Cấp trên", "The unit above" },
	{ UNIT_CLOSE, "Kết thúc hoạt động", "Closed" },
	{ UNIT_OPEN, "Thành lập", "Opened" },
};
enum { UNIT_FACTS_GIVEN = 4 }; /* the first ones are recorded by unit_fact */

static const char *unit_fact_label(const struct visit *v, const char *kind)
{
	for (size_t i = 0; i < sizeof unit_facts / sizeof *unit_facts; i++)
		if (strcmp(unit_facts[i].kind, kind) == 0)
			return visit_say(v, unit_facts[i].vi, unit_facts[i].en);
	return kind;
}

/* Those held this year. */
static struct input_options holiday_options(const struct visit *v)
{
	const struct calendar *c = &v->app->calendar;
	struct input_options list = { 0 };
	opform_option(v->a, &list, "", visit_say(v, "– chọn –", "– choose –"));
	for (size_t i = 0; i < c->holidays_n; i++)
		if (calendar_holiday_is_held(&c->holidays[i], day_ymd(v->today).year))
			opform_option(v->a, &list, c->holidays[i].key, c->holidays[i].note);
	return list;
}

static struct input_options unit_fact_options(const struct visit *v)
{
	struct input_options list = { 0 };
	opform_option(v->a, &list, "", visit_say(v, "– chọn –", "– choose –"));
	for (size_t i = 0; i < UNIT_FACTS_GIVEN; i++)
		opform_option(v->a, &list, unit_facts[i].kind, visit_say(v, unit_facts[i].vi, unit_facts[i].en));
	return list;
}

static struct input_options fact_options(const struct visit *v)
{
	const struct pack *pack = rules_at(&v->app->rules, v->today);
	struct input_options list = { 0 };
	size_t n;
	const struct fact_kind *kinds = fact_kinds(&n);
	opform_option(v->a, &list, "", visit_say(v, "– chọn –", "– choose –"));
	for (size_t i = 0; i < pack->steps_n; i++)
		opform_option(v->a, &list, pack->steps[i].key, label_of(pack->steps[i].label, v->lang));
	for (size_t i = 0; i < n; i++)
		opform_option(v->a, &list, kinds[i].key, visit_say(v, kinds[i].vi, kinds[i].en));
	return list;
}

/* Fields of free text that are a choice all the same. */
static const struct {
	const char *op, *field;
	struct input_options (*options)(const struct visit *v);
} choices[] = {
	{ "target_set", "indicator", indicator_options },
	{ "unit_fact", "kind", unit_fact_options },
	{ "fact_record", "kind", fact_options },
	{ "calendar_block", "holiday", holiday_options },
};

static void choose(const struct opform_case *c, const struct field *fd, struct input *in)
{
	for (size_t i = 0; i < sizeof choices / sizeof *choices; i++)
		if (strcmp(choices[i].op, c->op->name) == 0 && strcmp(choices[i].field, fd->name) == 0)
			opform_select(c, in, choices[i].options(c->v));
}

/* A unit fact whose kind is known has its own values. */
static void unit_fact_value(const struct opform_case *c, struct input *in)
{
	static const struct { const char *kind; enum code_table codes; } tables[] = {
		{ UNIT_KIND, CODES_UNIT_KIND }, { UNIT_SECTOR, CODES_SECTOR }, { UNIT_AUTHORISED, CODES_YES_NO },
	};
	const char *kind = opform_given(c, "kind");
	for (size_t i = 0; kind && i < sizeof tables / sizeof *tables; i++)
		if (strcmp(tables[i].kind, kind) == 0)
			opform_select(c, in, opform_codes(c->v, tables[i].codes));
}

/* ---- units ---- */

/* A code that names a unit on record, not one that is being given. */
static bool names_unit(const struct field *fd)
{
	return fd->type == FIELD_UNIT && (strcmp(fd->name, "unit") == 0 || strcmp(fd->name, "parent") == 0);
}

static const char *unit_label(const struct visit *v, const struct unit *u)
{
	return unit_name(u, v->today);
}

/* Those in which they may do it, where they are few enough for a list. */
static void list_units(const struct opform_case *c, enum perm perm)
{
	const struct visit *v = c->v;
	const struct tree *t = &v->app->tree;
	struct input_options list = { 0 };
	for (size_t i = 0; i < t->n && list.n <= LIST_MAX; i++)
		if (unit_is_open(&t->v[i], v->today) && visit_may(v, perm, t->v[i].id))
			opform_option(v->a, &list, t->v[i].code, unit_label(v, &t->v[i]));
	if (list.n > LIST_MAX)
		return;
	c->out->units = list.v;
	c->out->units_n = list.n;
}

/* ---- classes ---- */

static bool is_class(const struct field *fd)
{
	return strcmp(fd->name, "class_code") == 0;
}

struct class_list {
	const struct opform_case *c;
	struct unit_id unit; /* of whom the form is about; 0: not known */
	struct input_options options;
};

/* Of a unit above theirs, or of one that they may see. */
static bool is_theirs(const struct class_list *l, struct unit_id unit)
{
	const struct visit *v = l->c->v;
	return (l->unit.v && tree_is_under(&v->app->tree, l->unit, unit, v->today)) || access_sees(&v->app->tree, v->who, unit, v->today);
}

static enum err list_class(void *ctx, const struct classes_all_row *row, struct fault *f)
{
	struct class_list *l = ctx;
	struct arena *a = l->c->v->a;
	char from[DAY_TEXT], to[DAY_TEXT];
	(void)f;
	if (l->options.n < LIST_MAX && is_theirs(l, row->unit_id))
		opform_option(a, &l->options, arena_strdup(a, row->code),
			arena_printf(a, "%s (%s – %s)", row->name, day_vi(row->from_on, from), day_vi(row->to_on, to)));
	return OK;
}

static enum err add_classes(const struct opform_case *c, struct fault *f)
{
	struct class_list l = { .c = c, .unit = c->v->unit ? c->v->unit->id : (struct unit_id){ 0 } };
	for (const struct field *fd = c->op->fields; fd->name; fd++) {
		if (!is_class(fd) || (strcmp(c->op->name, "fact_record") == 0 && !opform_fact_has(c, fd->name)))
			continue;
		TRY(q_classes_all(c->v->app->db, list_class, &l, f));
	}
	c->out->classes = l.options.v;
	c->out->classes_n = l.options.n;
	return OK;
}

/* ---- one input ---- */

static const enum input_kind kinds_of[] = {
	[FIELD_TEXT] = INPUT_TEXT, [FIELD_INT] = INPUT_NUMBER, [FIELD_MILLI] = INPUT_TEXT, [FIELD_DAY] = INPUT_DAY, [FIELD_PERIOD] = INPUT_TEXT,
	[FIELD_CODE] = INPUT_SELECT, [FIELD_BOOL] = INPUT_SELECT, [FIELD_UNIT] = INPUT_TEXT, [FIELD_PERSON] = INPUT_NUMBER,
};

static struct input_options yes_no(const struct visit *v)
{
	struct input_options list = { 0 };
	opform_option(v->a, &list, "", visit_say(v, "Chưa rõ", "Not known"));
	opform_option(v->a, &list, "1", visit_say(v, "Có", "Yes"));
	opform_option(v->a, &list, "0", visit_say(v, "Không", "No"));
	return list;
}

static const char *help_of(const struct opform_case *c, const struct field *fd)
{
	if (fd->type == FIELD_PERIOD)
		return visit_say(c->v, "Năm 2026, nửa năm 2026-H1, quý 2026-Q2, tháng 2026-03 hoặc nhiệm kỳ 2025-2030",
			"A year 2026, a half 2026-H1, a quarter 2026-Q2, a month 2026-03 or a term 2025-2030");
	if (fd->type == FIELD_UNIT && !names_unit(fd) && fd->required)
		return visit_say(c->v, "Chữ cái không dấu, chữ số và các dấu . _ / -", "Letters without accents, digits and . _ / -");
	return NULL;
}

/* What was given by its label ("Nam") selects its key. */
static const char *value_of(const struct opform_case *c, const struct field *fd)
{
	const char *given = opform_given(c, fd->name);
	const struct code *code = NULL;
	if (given && fd->type == FIELD_CODE && !code_by_key(fd->codes, given) && code_find(fd->codes, given, fd->name, &code, NULL) == OK)
		return code->key;
	return given;
}

static bool is_fixed(const struct opform_case *c, const struct field *fd)
{
	bool of_fact = strcmp(c->op->name, "fact_record") == 0 && strcmp(fd->name, "kind") == 0;
	bool of_other = op_field(c->op, "person") && strcmp(fd->name, "about") == 0;
	bool of_correction = text_listed("fact_correct|birth_confirm", c->op->name) && strcmp(fd->name, "seq") == 0;
	bool of_value = strcmp(c->op->name, "rule_end") == 0 && strcmp(fd->name, "number") == 0;
	return (fd->type == FIELD_PERSON || of_fact || of_value || of_other || of_correction) && opform_given(c, fd->name);
}

static void add_input(const struct opform_case *c, const struct field *fd, const struct fault *fault)
{
	const struct visit *v = c->v;
	struct input *in = arena_push(v->a, c->out->inputs, c->out->n, c->out->cap);
	*in = (struct input){ .name = fd->name, .label = visit_say(v, fd->vi, fd->en), .kind = kinds_of[fd->type], .value = value_of(c, fd),
		.help = help_of(c, fd), .required = fd->required, .max = fd->type == FIELD_TEXT ? fd->max : 0 };
	if (fd->type == FIELD_CODE)
		opform_select(c, in, opform_codes(v, fd->codes));
	if (fd->type == FIELD_BOOL)
		opform_select(c, in, yes_no(v));
	if (names_unit(fd) && c->out->units_n)
		in->list = OPFORM_UNITS;
	if (is_class(fd) && c->out->classes_n)
		in->list = OPFORM_CLASSES;
	choose(c, fd, in);
	if (strcmp(c->op->name, "unit_fact") == 0 && strcmp(fd->name, "value") == 0)
		unit_fact_value(c, in);
	if (strcmp(c->op->name, "fact_record") == 0)
		opform_fact_input(c, fd, in);
	if (strcmp(c->op->name, "fact_correct") == 0)
		opform_correct_input(c, fd, in);
	opform_rule_input(c, fd, in);
	opform_helper_input(c, fd, in);
	if (is_fixed(c, fd))
		in->kind = INPUT_HIDDEN;
	if (fault && strcmp(fault->field, fd->name) == 0 && in->kind != INPUT_HIDDEN)
		in->error = fault_text(fault, v->lang, v->a);
}

/* Long forms in parts. */
static const struct {
	const char *op, *field, *vi, *en;
	bool folded;
} groups[] = {
	{ "person_record", "unit", "Người và nơi sinh hoạt", "The person and the unit", false },
	{ "person_record", "introduced", "Các bước đã qua đến kết nạp", "Steps taken up to admission", true },
	{ "person_record", "recognition_vote", "Công nhận chính thức", "Recognition", true },
	{ "person_record", "moved", "Chuyển đi, ra khỏi", "Moved, left", true },
	{ "fact_record", "members", "Kết quả biểu quyết", "The vote", false },
	{ "fact_correct", "members", "Kết quả biểu quyết đúng", "The vote as it was", false },
};

static void add_group(const struct opform_case *c, struct input *in)
{
	for (size_t i = 0; i < sizeof groups / sizeof *groups; i++)
		if (!in->group && strcmp(groups[i].op, c->op->name) == 0 && strcmp(groups[i].field, in->name) == 0) {
			in->group = visit_say(c->v, groups[i].vi, groups[i].en);
			in->folded = groups[i].folded;
		}
}

/* What the program fills in itself. */
static bool is_filled_in(const struct opform_case *c, const struct field *fd)
{
	return strcmp(c->op->entity, "calendar") == 0 && text_listed("counts_from|freed|days", fd->name);
}

/* A value that is ended by its number needs no key. */
static bool is_said_otherwise(const struct opform_case *c, const struct field *fd)
{
	return strcmp(c->op->name, "rule_end") == 0 && strcmp(fd->name, "key") == 0 && opform_given(c, "number") && !opform_given(c, "key");
}

static void add_inputs(const struct opform_case *c, const struct fault *fault)
{
	for (const struct field *fd = c->op->fields; fd->name; fd++) {
		if (is_filled_in(c, fd) || is_said_otherwise(c, fd))
			continue;
		if (strcmp(c->op->name, "fact_record") == 0 && !opform_fact_has(c, fd->name))
			continue;
		if (strcmp(c->op->name, "fact_correct") == 0 && !opform_correct_has(c, fd->name))
			continue;
		add_input(c, fd, fault);
		add_group(c, &c->out->inputs[c->out->n - 1]);
	}
}

size_t opform_group_end(const struct opform *form, size_t i)
{
	for (i++; i < form->n && !form->inputs[i].group; i++)
		;
	return i;
}

/* What is filled in is not hidden away. */
static void unfold(struct opform *form)
{
	for (size_t i = 0, end; i < form->n; i = end) {
		end = opform_group_end(form, i);
		for (size_t k = i; k < end; k++)
			if (form->inputs[k].value || form->inputs[k].error)
				form->inputs[i].folded = false;
	}
}

/* ---- the whole ---- */

static bool is_shown(const struct opform *form)
{
	for (size_t i = 0; i < form->n; i++)
		if (form->inputs[i].error)
			return true;
	return false;
}

static void add_fault(const struct opform_case *c, const struct fault *fault)
{
	if (!fault || is_shown(c->out)) {
		if (fault && *fault->rule)
			c->out->error_cite = fault->rule;
		return;
	}
	c->out->error = fault_text(fault, c->v->lang, c->v->a);
	c->out->error_cite = *fault->rule ? fault->rule : NULL;
}

static enum err person_of(struct opform_case *c, struct person_id *ret, struct fault *f)
{
	const char *text = opform_given(c, "person");
	int64_t id = 0;
	if (op_field(c->op, "person") && text) {
		for (const char *p = text; *p >= '0' && *p <= '9' && id < INT32_MAX; p++)
			id = id * 10 + (*p - '0');
		TRY(access_person(c->v->app, PERM_PEOPLE, (struct person_id){ id }, c->v->a, f));
	}
	ret->v = id;
	return OK;
}

static enum err of_person(struct opform_case *c, struct person_id id, struct fault *f)
{
	struct facts all, active;
	c->v->person = id;
	TRY(app_facts(c->v->app, id, c->v->a, &all, &active, f));
	c->v->unit = tree_find(&c->v->app->tree, facts_unit(&active, c->v->today));
	c->out->back = url(c->v->a, "/people/%", id_text(c->v->a, id.v));
	c->out->title = arena_printf(c->v->a, "%s: %s", c->out->title, facts_value(&active, "name", c->v->today));
	if (strcmp(c->op->name, "fact_record") == 0 && opform_given(c, "kind"))
		TRY(opform_fact(c, f));
	TRY(opform_helper(c, f));
	if (strcmp(c->op->name, "fact_correct") == 0)
		return opform_correct(c, f);
	if (strcmp(c->op->name, "birth_confirm") == 0)
		opform_birth(c, &active);
	return OK;
}

static void of_unit(struct opform_case *c)
{
	const char *code = opform_given(c, op_field(c->op, "unit") ? "unit" : "parent");
	struct unit *u = code ? tree_find_code(&c->v->app->tree, code) : NULL;
	if (!u || !access_sees(&c->v->app->tree, c->v->who, u->id, c->v->today))
		return;
	c->unit = op_field(c->op, "unit") ? u : NULL;
	c->v->unit = u;
	c->out->title = arena_printf(c->v->a, "%s: %s", c->out->title, unit_name(u, c->v->today));
	c->out->back = url(c->v->a, "/units/%", u->code);
}

static bool wants_units(const struct opform_case *c)
{
	for (const struct field *fd = c->op->fields; fd->name; fd++)
		if (names_unit(fd) && (strcmp(c->op->name, "fact_record") != 0 || opform_fact_has(c, fd->name)))
			return true;
	return false;
}

static enum err add_units(struct opform_case *c, struct fault *f)
{
	struct access_need need = { 0 };
	TRY(c->op->access(c->v->app, NULL, c->v->a, &need, f));
	if (wants_units(c))
		list_units(c, need.perm);
	return OK;
}

/* What the version is asked of: the person or the unit alone. */
static enum err now_version(const struct opform_case *c, int64_t *ret, struct fault *f)
{
	struct visit *v = c->v;
	void *in = arena_alloc(v->a, c->op->in_size);
	fields_clear(c->op->fields, in);
	for (const struct field *fd = c->op->fields; fd->name; fd++)
		if ((fd->type == FIELD_PERSON || names_unit(fd)) && field_set(fd, opform_given(c, fd->name), FIELD_CHECKED, v->a, in, NULL) != OK)
			field_clear(fd, in);
	*ret = 0;
	return v->person.v || c->unit ? version_of(v->app, c->op, in, v->a, ret, f) : OK;
}

static const char *changed_text(const struct visit *v, const char *label, struct day on)
{
	char buf[DAY_TEXT];
	return day_known(on) ? arena_printf(v->a, "%s, %s", label, v->lang == LANG_VI ? day_vi(on, buf) : day_iso(on, buf)) : label;
}

static enum err changed_person(struct opform_case *c, int64_t since, struct fault *f)
{
	struct visit *v = c->v;
	struct facts all, active;
	size_t cap = 0;
	TRY(app_facts(v->app, v->person, v->a, &all, &active, f));
	for (size_t i = 0; i < all.n; i++)
		if (all.v[i].seq > since)
			*arena_push(v->a, c->out->changed, c->out->changed_n, cap) = changed_text(v, opform_kind_label(v, all.v[i].kind), all.v[i].on);
	return OK;
}

static void changed_unit(struct opform_case *c, int64_t since)
{
	struct visit *v = c->v;
	size_t cap = 0;
	for (size_t i = 0; c->unit && i < c->unit->n; i++)
		if (c->unit->facts[i].seq > since)
			*arena_push(v->a, c->out->changed, c->out->changed_n, cap) =
				changed_text(v, unit_fact_label(v, c->unit->facts[i].kind), c->unit->facts[i].from);
}

/* A form that comes back keeps the version that it was made with, unless the reader is told what has changed since. */
static enum err add_version(struct opform_case *c, const struct fault *fault, struct fault *f)
{
	const char *given = opform_given(c, "_version");
	bool stale = fault && fault->msg == MSG_OP_STALE;
	int64_t version = given ? strtoll(given, NULL, 10) : 0;
	if (stale && c->v->person.v)
		TRY(changed_person(c, version, f));
	else if (stale)
		changed_unit(c, version);
	if (!given || stale)
		TRY(now_version(c, &version, f));
	c->out->version = version > 0 ? id_text(c->v->a, version) : NULL;
	return OK;
}

static void add_back(struct opform_case *c)
{
	const char *back = local_path(opform_given(c, "back"));
	if (!*back)
		return;
	c->out->back_given = back;
	c->out->back = (struct url){ back };
}

enum err opform_make(struct visit *v, const struct op *op, const struct form *given, const struct fault *fault, struct opform *ret,
	struct fault *f)
{
	static const struct form none;
	struct opform form = { .op = op, .title = opform_title(v, op), .action = url(v->a, "/ops/%", op->name), .back = url(v->a, "/"),
		.submit = visit_say(v, "Ghi", "Record"), .csrf = visit_csrf(v), .once = visit_once(v) };
	struct opform_case c = { .v = v, .op = op, .given = given ? given : &none, .out = &form };
	struct person_id person;
	const char *sent = fault && (fault->code == E_GONE || fault->code == E_UNSURE) ? opform_given(&c, "_once") : NULL;
	if (sent)
		form.once = sent; /* it may have been done: sent again, it is the same one */
	TRY(person_of(&c, &person, f));
	if (person.v)
		TRY(of_person(&c, person, f));
	else
		of_unit(&c);
	TRY(opform_rule(&c, f));
	TRY(add_units(&c, f));
	TRY(add_classes(&c, f));
	add_inputs(&c, fault);
	unfold(&form);
	add_fault(&c, fault);
	add_back(&c);
	TRY(add_version(&c, fault, f));
	*ret = form;
	return OK;
}
