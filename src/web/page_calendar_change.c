#include "web/page_calendar_change.h"

#include "app/access.h"
#include "web/page_calendar.h"
#include "web/words.h"

#include <stdlib.h>
#include <string.h>

static bool is_block(const struct calendar_change_view *view)
{
	return strcmp(view->op->name, "calendar_block") == 0;
}

/* ---- the form ---- */

static const char *given(const struct visit *v, const char *name)
{
	const char *s = visit_text(v, name);
	return s && *s ? s : NULL;
}

static int32_t year_given(const struct visit *v)
{
	const char *text = given(v, "year");
	int64_t year = text ? strtoll(text, NULL, 10) : 0;
	return year >= CALENDAR_YEAR_FIRST && year <= CALENDAR_YEAR_LAST ? (int32_t)year : day_ymd(v->today).year;
}

/* Without the address saying otherwise, the block as it stands. */
static struct period block_now(const struct visit *v)
{
	const char *holiday = given(v, "holiday");
	if (!holiday)
		return (struct period){ DAY_NONE, DAY_NONE };
	return calendar_block_now(&v->app->calendar, calendar_block_name(holiday, year_given(v), v->a));
}

static const char *day_typed(const struct visit *v, struct day d)
{
	return day_known(d) ? word_day(d, v->lang, v->a) : NULL;
}

static const char *value_of(const struct visit *v, const char *name)
{
	const char *text = given(v, name);
	if (text)
		return text;
	if (strcmp(name, "year") == 0)
		return id_text(v->a, year_given(v));
	if (strcmp(name, "first") == 0)
		return day_typed(v, block_now(v).from);
	return strcmp(name, "last") == 0 ? day_typed(v, block_now(v).to) : NULL;
}

/* However a day was written in the address. */
static const char *tidy_day(const struct visit *v, const char *text)
{
	struct day d;
	return text && day_parse(text, "", &d, NULL) == OK ? day_typed(v, d) : text;
}

static const struct input_option *holiday_options(const struct visit *v, size_t *ret_n)
{
	const struct calendar *c = &v->app->calendar;
	struct input_option *list = arena_array(v->a, struct input_option, c->holidays_n);
	size_t n = 0;
	for (size_t i = 0; i < c->holidays_n; i++)
		if (calendar_holiday_is_held(&c->holidays[i], year_given(v)))
			list[n++] = (struct input_option){ c->holidays[i].key, c->holidays[i].note };
	*ret_n = n;
	return list;
}

static const struct input_option *code_options(const struct visit *v, enum code_table t, size_t *ret_n)
{
	const struct code *all = codes(t, ret_n);
	struct input_option *list = arena_array(v->a, struct input_option, *ret_n);
	for (size_t i = 0; i < *ret_n; i++)
		list[i] = (struct input_option){ all[i].key, SAY(v, all[i].vi, all[i].en) };
	return list;
}

static void add_input(const struct visit *v, struct calendar_change_view *view, const struct field *fd)
{
	struct input *in = arena_push(v->a, view->inputs, view->n, view->cap);
	bool is_day = fd->type == FIELD_DAY;
	const char *value = value_of(v, fd->name);
	*in = (struct input){ .name = fd->name, .label = SAY(v, fd->vi, fd->en), .kind = is_day ? INPUT_DAY : INPUT_TEXT,
		.value = is_day ? tidy_day(v, value) : value, .required = fd->required, .max = fd->type == FIELD_TEXT ? fd->max : 0 };
	bool holiday = strcmp(fd->name, "holiday") == 0;
	if (!holiday && fd->type != FIELD_CODE)
		return;
	in->kind = INPUT_SELECT;
	in->required = false; /* one of them is always chosen */
	in->options = holiday ? holiday_options(v, &in->options_n) : code_options(v, fd->codes, &in->options_n);
}

/* All but the answer, which is given below what it is about, and what the program fills in. */
static void add_inputs(const struct visit *v, struct calendar_change_view *view)
{
	for (const struct field *fd = view->op->fields; fd->name && strcmp(fd->name, "due") != 0; fd++)
		add_input(v, view, fd);
}

static bool all_given(const struct visit *v, const struct op *op)
{
	for (const struct field *fd = op->fields; fd->name; fd++)
		if (fd->required && !given(v, fd->name))
			return false;
	return true;
}

/* ---- what it would do ---- */

static const char *from_query(void *ctx, const struct field *field)
{
	bool answers = strcmp(field->name, "due") == 0;
	return answers ? NULL : given(ctx, field->name);
}

static const char *sentence_of(const struct visit *v, const struct calendar_change_view *view, const void *input)
{
	if (is_block(view)) {
		const struct calendar_block_in *in = input;
		const struct calendar_holiday *h = calendar_holiday_find(&v->app->calendar, in->holiday);
		return arena_printf(v->a, "%s %d: %s %s – %s", h ? h->note : in->holiday, (int)in->year, SAY(v, "nghỉ", "off"),
			word_day(in->first, v->lang, v->a), word_day(in->last, v->lang, v->a));
	}
	const struct calendar_set_in *in = input;
	return arena_printf(v->a, "%s (%s): %s", word_day(in->day, v->lang, v->a), calendar_weekday(in->day, v->lang),
		code_label(CODES_DAY_KIND, in->kind, v->lang));
}

static void add_choice(struct visit *v, struct calendar_change_view *view, const char *due)
{
	const char *label = due ? code_label(CODES_DUE, due, v->lang) : SAY(v, "Ghi vào lịch", "Record");
	view->choices[view->choices_n++] = (struct calendar_choice){ due, label, visit_once(v) };
}

static enum err preview(struct visit *v, struct calendar_change_view *view, struct fault *f)
{
	void *in;
	TRY(op_parse(view->op, from_query, v, v->a, &in, f));
	TRY(due_changes_of(v->app, view->op, in, &v->live, v->a, &view->changes, f));
	view->hidden = view->changes.clocks - view->changes.n;
	view->sentence = sentence_of(v, view, in);
	view->asked = true;
	if (view->changes.clocks) {
		add_choice(v, view, "keep");
		add_choice(v, view, "move");
	} else {
		add_choice(v, view, NULL);
	}
	return OK;
}

/* What can be mended is said at its field. */
static void show_fault(const struct visit *v, struct calendar_change_view *view, const struct fault *why)
{
	const char *sentence = fault_text(why, v->lang, v->a);
	view->error = sentence;
	for (size_t i = 0; i < view->n; i++)
		if (strcmp(view->inputs[i].name, why->field) == 0) {
			view->inputs[i].error = sentence;
			view->error = NULL;
		}
}

static enum err calendar_change_load(struct visit *v, struct calendar_change_view *ret, struct fault *f)
{
	const char *what = given(v, "what"), *year = id_text(v->a, year_given(v));
	struct fault why;
	ret->op = op_find(what && strcmp(what, "block") == 0 ? "calendar_block" : "calendar_set");
	ret->tab_day = url(v->a, "/calendar/change?what=day&year=%", year);
	ret->tab_block = url(v->a, "/calendar/change?what=block&year=%", year);
	ret->action = url(v->a, "/calendar/change");
	ret->back = url(v->a, "/calendar?year=%", year);
	ret->post = url(v->a, "/ops/%", ret->op->name);
	ret->csrf = visit_csrf(v);
	ret->today = v->today;
	add_inputs(v, ret);
	TRY(access_op(v->app, ret->op, NULL, v->a, f));
	if (!all_given(v, ret->op) || preview(v, ret, &why) == OK)
		return OK;
	if (v->api || (why.code != E_INVALID && why.code != E_RULE))
		return *f = why, why.code;
	show_fault(v, ret, &why);
	return OK;
}

struct url calendar_change_person(struct html *h, const struct due_change *d)
{
	return url(h->arena, "/people/%", id_text(h->arena, d->id.v));
}

/* ---- JSON ---- */

static void calendar_change_json(struct json *j, const struct calendar_change_view *v)
{
	json_object(j);
	json_put_string(j, "op", v->asked ? v->op->name : NULL);
	due_changes_json(j, &v->changes);
	json_object_end(j);
}

PAGE_THUNKS(calendar_change)

static const struct param params[] = {
	{ "what", PARAM_TEXT, CODES__COUNT, "day: một ngày; block: một dịp nghỉ lễ", "day: one day; block: a holiday" },
	{ "year", PARAM_INT, CODES__COUNT, "năm", "year" },
	{ "day", PARAM_DAY, CODES__COUNT, "ngày được đặt", "the day to set" },
	{ "kind", PARAM_CODE, CODES_DAY_KIND, "nghỉ hoặc làm việc", "day off or working day" },
	{ "holiday", PARAM_TEXT, CODES__COUNT, "dịp nghỉ lễ", "the holiday" },
	{ "first", PARAM_DAY, CODES__COUNT, "ngày nghỉ đầu tiên", "first day off" },
	{ "last", PARAM_DAY, CODES__COUNT, "ngày nghỉ cuối cùng", "last day off" },
	{ "note", PARAM_TEXT, CODES__COUNT, "ghi chú", "note" },
	{ 0 }
};

const struct page calendar_change_page = { .path = "/calendar/change", .name = "calendar_change", .vi = "Đặt ngày nghỉ, ngày làm việc",
	.en = "Change the calendar", .of = PAGE_SOMEWHERE, .perm = PERM_CALENDAR, .flags = PAGE_LIVE, .query = params,
	.view_size = sizeof(struct calendar_change_view), .load = calendar_change_load_, .html = calendar_change_html_,
	.json = calendar_change_json_ };
