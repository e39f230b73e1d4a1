/* The form of a correction: what is on record, and only the fields that such a fact has. */
#include "base/text.h"
#include "web/fact_text.h"
#include "web/opform_impl.h"
#include "web/words.h"

#include <stdlib.h>
#include <string.h>

static const struct step *step_of(const struct opform_case *c)
{
	const struct rules *r = &c->v->app->rules;
	const struct step *step = NULL;
	for (size_t i = r->n; !step && i-- > 0;)
		step = pack_step(r->packs[i], c->old->kind);
	return step;
}

bool opform_correct_has(const struct opform_case *c, const char *field)
{
	const struct fact_kind *kind = c->old ? fact_kind_find(c->old->kind) : NULL;
	if (!c->old || opform_given(c, field))
		return true;
	if (strcmp(field, "value") == 0)
		return c->old->value || opform_kind_has_value(step_of(c), kind);
	if (strcmp(field, "detail") == 0)
		return c->old->detail || (kind && kind->detail != VALUE_NONE);
	if (strcmp(field, "signer") == 0)
		return c->old->signer || step_of(c);
	if (text_listed(OPFORM_COUNTS, field))
		return step_of(c) && step_of(c)->votes;
	if (text_listed("other|since|amount", field))
		return opform_kind_has(c->old->kind, field);
	return true;
}

/* Left as it is, nothing changes; the result of a vote follows its counts. */
static void keep_first(const struct opform_case *c, struct input *in)
{
	struct input_options list = { 0 };
	bool counted = c->old->has_vote && strcmp(in->name, "value") == 0;
	opform_option(c->v->a, &list, "",
		counted ? visit_say(c->v, "– theo số phiếu –", "– by the votes –") : visit_say(c->v, "– giữ nguyên –", "– as it is –"));
	for (size_t i = 1; i < in->options_n; i++)
		opform_option(c->v->a, &list, in->options[i].value, in->options[i].label);
	opform_select(c, in, list);
}

static struct input_options result_options(const struct opform_case *c)
{
	struct input_options list = { 0 };
	opform_option(c->v->a, &list, "", "");
	for (const char *const *x = (const char *const[]){ VALUE_PASSED, VALUE_FAILED, NULL }; *x; x++) {
		const struct fact like = { .kind = c->old->kind, .value = *x };
		opform_option(c->v->a, &list, *x, fact_text_value(c->v->app, &like, false, c->v->lang, c->v->a));
	}
	return list;
}

static struct input_options withdraw_options(const struct visit *v)
{
	struct input_options list = { 0 };
	opform_option(v->a, &list, "", visit_say(v, "Không, chỉ sửa", "No, only correct it"));
	opform_option(v->a, &list, "1", visit_say(v, "Có, việc này không có thật", "Yes, it never was"));
	return list;
}

/* A count that was wrong is seen beside the right one. */
static void recorded_count(const struct opform_case *c, struct input *in)
{
	int32_t n = c->old->has_vote ? vote_count(&c->old->vote, in->name) : -1;
	if (n >= 0)
		in->help = arena_printf(c->v->a, "%s: %d", visit_say(c->v, "đã ghi", "recorded"), n);
}

void opform_correct_input(const struct opform_case *c, const struct field *fd, struct input *in)
{
	if (strcmp(fd->name, "withdraw") == 0)
		opform_select(c, in, withdraw_options(c->v));
	if (!c->old)
		return;
	if (strcmp(fd->name, "value") == 0)
		opform_value_input(c, c->old->kind, in);
	if (strcmp(fd->name, "value") == 0 && step_of(c))
		opform_select(c, in, result_options(c));
	if (strcmp(fd->name, "detail") == 0)
		opform_detail_input(c, c->old->kind, in);
	if (in->kind == INPUT_SELECT && text_listed("value|detail", fd->name))
		keep_first(c, in);
	recorded_count(c, in);
}

static const char *recorded_words(const struct visit *v, const struct fact *old)
{
	const char *day = day_known(old->on) ? word_day(old->on, v->lang, v->a) : NULL;
	const char *value = fact_text_value(v->app, old, false, v->lang, v->a);
	if (day && value)
		return arena_printf(v->a, "%s, %s", day, value);
	return day ? day : value ? value : "–";
}

enum err opform_correct(struct opform_case *c, struct fault *f)
{
	struct visit *v = c->v;
	struct facts all, active;
	const char *seq = opform_given(c, "seq");
	TRY(app_facts(v->app, v->person, v->a, &all, &active, f));
	for (size_t i = 0; seq && i < all.n; i++)
		if (all.v[i].seq == strtoll(seq, NULL, 10))
			c->old = &all.v[i];
	if (!c->old)
		return OK;
	c->out->title = MSG_TEXT(v->a, v->lang, MSG_WEB_CORRECT, opform_kind_label(v, c->old->kind), facts_value(&active, "name", v->today));
	c->out->lead = MSG_TEXT(v->a, v->lang, MSG_WEB_CORRECT_HOW, recorded_words(v, c->old));
	return OK;
}
