/* The form of one step or attribute of one person: what the rule asks, what is still missing, which clock it stops, which one it starts. */
#include "app/people.h"
#include "app/voters.h"
#include "web/opform_impl.h"
#include "web/vote_panel.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* ---- which fields ---- */

static const char *kind_of(const struct opform_case *c)
{
	return c->old ? c->old->kind : opform_given(c, "kind");
}

bool opform_is_of_fact(const struct opform_case *c)
{
	return c->old || strcmp(c->op->name, "fact_record") == 0;
}

static const struct step *step_of(const struct opform_case *c)
{
	const char *kind = kind_of(c);
	const struct rules *r = &c->v->app->rules;
	const struct step *step = kind ? pack_step(rules_at(r, c->v->today), kind) : NULL;
	for (size_t i = r->n; kind && !step && i-- > 0;)
		step = pack_step(r->packs[i], kind);
	return step;
}

/* The committee finds the CV to qualify or not. */
static bool is_conclusion(const struct step *step)
{
	return strcmp(step->key, "cv_certified") == 0;
}

static bool has_value(const struct step *step, const struct fact_kind *kind)
{
	if (step)
		return step->votes || is_conclusion(step);
	return kind && kind->family != FACT_PLACE && kind->codes != VALUE_NONE && (kind->family != FACT_EXIT || kind->codes >= 0);
}

/* Which kinds have the fields that few have. */
static bool opform_kind_has(const char *kind, const char *field)
{
	static const struct {
		const char *field, *kinds;
	} rows[] = {
		{ "other", FACT_HELPER },
		{ "since", FACT_HELPER },
		{ "about", FACT_HELPER_END "|" FACT_VERIFY_RECEIVED "|" FACT_VERIFY_REPLY "|" FACT_VOTE_REPORTED },
		{ "amount", FACT_EXTENDED "|" FACT_TRANSFER },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (strcmp(rows[i].field, field) == 0)
			return text_listed(rows[i].kinds, kind);
	return false;
}

bool opform_fact_has(const struct opform_case *c, const char *field)
{
	static const char votes[] = "members|away|exempt_absent|suspended|yes|no";
	static const char always[] = "person|kind|on|paper_no|paper_on|seq|withdraw|reason";
	const struct step *step = step_of(c);
	const char *kind = kind_of(c);
	const struct fact_kind *attribute = kind ? fact_kind_find(kind) : NULL;
	if ((!step && !attribute) || text_listed(always, field) || opform_given(c, field))
		return true;
	if (text_listed(votes, field))
		return step && (step->votes || (step->counts && text_listed("members|yes|no", field)));
	if (strcmp(field, "value") == 0)
		return has_value(step, attribute);
	if (strcmp(field, "class_code") == 0)
		return step && text_listed("class|certificate", step->key);
	if (strcmp(field, "unit") == 0)
		return attribute && attribute->family == FACT_PLACE;
	if (strcmp(field, "detail") == 0)
		return attribute && attribute->detail != VALUE_NONE;
	if (strcmp(field, "signer") == 0)
		return step != NULL;
	return opform_kind_has(kind, field);
}

/* ---- inputs that depend on the kind ---- */

/* Of a correction: nothing chosen leaves it as it is. */
static struct input_options right_result(const struct visit *v, const struct step *step, bool counted)
{
	bool cv = is_conclusion(step);
	struct input_options list = { 0 };
	opform_option(v->a, &list, "",
		counted ? visit_say(v, "theo số phiếu bên dưới", "by the votes below") : visit_say(v, "như đã ghi", "as recorded"));
	opform_option(v->a, &list, VALUE_PASSED, cv ? visit_say(v, "đủ điều kiện", "qualifies") : visit_say(v, "đạt", "passed"));
	opform_option(v->a, &list, VALUE_FAILED,
		cv ? visit_say(v, "không đủ điều kiện", "does not qualify") : visit_say(v, "không đạt", "failed"));
	return list;
}

static struct input_options passed_options(const struct visit *v)
{
	struct input_options list = { 0 };
	opform_option(v->a, &list, "", visit_say(v, "theo số phiếu bên dưới", "by the votes below"));
	opform_option(v->a, &list, "passed", visit_say(v, "đạt (không rõ số phiếu)", "passed (votes not known)"));
	opform_option(v->a, &list, VALUE_FAILED, visit_say(v, "không đạt (không rõ số phiếu)", "failed (votes not known)"));
	return list;
}

static struct input_options conclusion_options(const struct visit *v)
{
	struct input_options list = { 0 };
	opform_option(v->a, &list, "", visit_say(v, "đủ điều kiện", "qualifies"));
	opform_option(v->a, &list, VALUE_FAILED, visit_say(v, "không đủ điều kiện", "does not qualify"));
	return list;
}

static struct input_options clock_options(const struct visit *v)
{
	const struct pack *pack = rules_at(&v->app->rules, v->today);
	struct input_options list = { 0 };
	opform_option(v->a, &list, "", visit_say(v, "– chọn –", "– choose –"));
	for (size_t i = 0; i < pack->clocks_n; i++)
		if (pack->clocks[i].extension)
			opform_option(v->a, &list, pack->clocks[i].key, label_of(pack->clocks[i].label, v->lang));
	return list;
}

static struct input_options result_options(const struct opform_case *c, const struct step *step)
{
	if (c->old)
		return right_result(c->v, step, c->old->has_vote);
	return is_conclusion(step) ? conclusion_options(c->v) : passed_options(c->v);
}

static void value_input(const struct opform_case *c, struct input *in)
{
	const struct step *step = step_of(c);
	const char *kind = kind_of(c);
	const struct fact_kind *attribute = !step && kind ? fact_kind_find(kind) : NULL;
	if (step) {
		in->label = is_conclusion(step) ? visit_say(c->v, "Kết luận", "Conclusion") : visit_say(c->v, "Kết quả", "Result");
		opform_select(c, in, result_options(c, step));
	}
	if (!attribute)
		return;
	in->label = visit_say(c->v, attribute->vi, attribute->en);
	in->required = !c->old;
	if (attribute->family == FACT_GRANT)
		opform_select(c, in, clock_options(c->v));
	else if (attribute->codes >= 0)
		opform_select(c, in, opform_codes(c->v, (enum code_table)attribute->codes));
	else if (attribute->codes == VALUE_DAY)
		in->kind = INPUT_DAY;
}

static void detail_input(const struct opform_case *c, const struct fact_kind *kind, struct input *in)
{
	if (kind && kind->detail >= 0)
		opform_select(c, in, opform_codes(c->v, (enum code_table)kind->detail));
}

/* What the register knows of a count: proposed, never filled in. */
static void vote_input(const struct opform_case *c, struct input *in)
{
	const struct vote_panel *p = c->out->vote;
	if (p && strcmp(in->name, "members") == 0) {
		in->label = p->members_label ? p->members_label : in->label;
		in->help = p->official;
	}
	if (p && strcmp(in->name, "away") == 0)
		in->help = p->away;
}

/* Opinions are counted like votes, but decide nothing. */
static void counts_input(const struct opform_case *c, struct input *in)
{
	static const struct {
		const char *field, *vi, *en;
	} labels[] = {
		{ "members", "Số được hỏi ý kiến", "Asked" }, { "yes", "Đồng ý", "Agree" }, { "no", "Không đồng ý", "Disagree" },
	};
	const struct step *step = step_of(c);
	for (size_t i = 0; step && step->counts && i < sizeof labels / sizeof *labels; i++)
		if (strcmp(labels[i].field, in->name) == 0)
			in->label = visit_say(c->v, labels[i].vi, labels[i].en);
	if (step && step->counts && strcmp(in->name, "members") == 0)
		in->group = visit_say(c->v, "Ý kiến nhận xét", "Opinions");
}

/* A count that was wrong is seen beside the right one. */
static void recorded_count(const struct opform_case *c, struct input *in)
{
	int32_t n = c->old && c->old->has_vote ? vote_count(&c->old->vote, in->name) : -1;
	if (n >= 0)
		in->help = arena_printf(c->v->a, "%s: %d", visit_say(c->v, "đã ghi", "recorded"), n);
}

void opform_fact_input(const struct opform_case *c, const struct field *fd, struct input *in)
{
	const char *kind = kind_of(c);
	const struct fact_kind *attribute = kind ? fact_kind_find(kind) : NULL;
	if (strcmp(fd->name, "value") == 0)
		value_input(c, in);
	if (strcmp(fd->name, "detail") == 0)
		detail_input(c, attribute, in);
	if (strcmp(fd->name, "unit") == 0 && attribute && attribute->family == FACT_PLACE) {
		in->label = c->old ? in->label : visit_say(c->v, "Tổ chức mới (mã)", "New organisation (code)");
		in->required = !c->old;
	}
	if (strcmp(fd->name, "on") == 0 && !c->old && attribute && attribute->family == FACT_ATTRIBUTE)
		in->label = visit_say(c->v, "Từ ngày", "From");
	vote_input(c, in);
	counts_input(c, in);
	recorded_count(c, in);
}

/* ---- what to know before ---- */

/* One person's case with the step as it would be, on the day given or today. */
struct trial {
	struct facts active, with;
	struct fact fact;
	struct standing now, then;
	const struct pack *pack;
	const struct step *step;
};

static const char *day_words(const struct opform_case *c, struct day d)
{
	char buf[DAY_TEXT];
	return arena_strdup(c->v->a, c->v->lang == LANG_VI ? day_vi(d, buf) : day_iso(d, buf));
}

static struct facts facts_with(const struct facts *active, const struct fact *fact, struct arena *a)
{
	struct facts with = { .v = arena_array(a, struct fact, active->n + 1), .n = active->n + 1, .cap = active->n + 1 };
	size_t i = active->n;
	for (; i > 0 && active->v[i - 1].on.n > fact->on.n; i--)
		with.v[i] = active->v[i - 1];
	with.v[i] = *fact;
	if (i)
		memcpy(with.v, active->v, i * sizeof *with.v);
	return with;
}

static enum err try_it(const struct opform_case *c, struct trial *ret, struct fault *f)
{
	struct visit *v = c->v;
	const struct world w = app_world(v->app);
	struct facts all;
	const char *on = opform_given(c, "on");
	struct trial t = { .step = step_of(c) };
	TRY(app_facts(v->app, v->person, v->a, &all, &t.active, f));
	t.fact = (struct fact){ .seq = INT32_MAX, .kind = opform_given(c, "kind"), .on = v->today, .paper_on = DAY_NONE, .since = DAY_NONE };
	if (on && (day_parse(on, "on", &t.fact.on, NULL) != OK || t.fact.on.n > v->today.n))
		t.fact.on = v->today;
	t.fact.unit = facts_unit(&t.active, t.fact.on);
	t.pack = rules_at(&v->app->rules, t.fact.on);
	t.with = facts_with(&t.active, &t.fact, v->a);
	standing(&w, &t.active, v->today, v->a, &t.now);
	standing(&w, &t.with, v->today, v->a, &t.then);
	*ret = t;
	return OK;
}

static void note_fault(const struct opform_case *c, const struct fault *f, bool bad)
{
	struct opform_note *n = opform_note(c, fault_text(f, c->v->lang, c->v->a));
	n->cite = *f->rule ? arena_strdup(c->v->a, f->rule) : NULL;
	n->bad = bad;
}

/* Steps before it that are not on record. */
static void note_missing(const struct opform_case *c, const struct trial *t)
{
	for (size_t i = 0; i < t->now.steps_n; i++) {
		const struct standing_step *s = &t->now.steps[i];
		bool needed = false;
		for (size_t k = 0; k < t->step->needs_n; k++)
			needed |= strcmp(t->step->needs[k], s->step->key) == 0;
		if (!needed || (s->status != STEP_OPEN && s->status != STEP_NEXT && s->status != STEP_FAILED))
			continue;
		enum msg msg = s->status == STEP_FAILED ? MSG_WEB_STEP_FAILED : MSG_WEB_STEP_MISSING;
		struct opform_note *n = opform_note(c, MSG_TEXT(c->v->a, c->v->lang, msg, label_of(s->step->label, c->v->lang)));
		n->cite = s->step->cite;
		n->bad = true;
	}
}

/* What stands in the way, and what would be warned of. Not for the value of an attribute, which is not known yet. */
static void note_rules(const struct opform_case *c, const struct trial *t)
{
	const struct world w = app_world(c->v->app);
	struct warnings warn = { 0 };
	struct fault f = { 0 };
	if (standing_can_record(&w, &t->active, &t->fact, c->v->today, c->v->a, &warn, &f) != OK)
		note_fault(c, &f, true);
	for (size_t i = 0; i < warn.n; i++)
		note_fault(c, &warn.v[i], false);
}

static const char *left_words(const struct opform_case *c, struct day due)
{
	struct visit *v = c->v;
	int32_t days = due.n - v->today.n;
	if (days < 0)
		return MSG_TEXT(v->a, v->lang, MSG_WEB_DAYS_LATE, id_text(v->a, -days));
	return days == 0 ? MSG_TEXT(v->a, v->lang, MSG_WEB_LAST_DAY) : MSG_TEXT(v->a, v->lang, MSG_WEB_DAYS_LEFT, id_text(v->a, days));
}

/* Clocks that run until this step. */
static void note_stopped(const struct opform_case *c, const struct trial *t)
{
	struct visit *v = c->v;
	for (size_t i = 0; i < t->now.clocks_n; i++) {
		const struct standing_clock *k = &t->now.clocks[i];
		if (day_known(k->done) || k->clock->use != CLOCK_ACT || strcmp(k->clock->to, t->step->key) != 0)
			continue;
		struct opform_note *n = opform_note(c, MSG_TEXT(v->a, v->lang, MSG_WEB_CLOCK_ENDS, label_of(k->clock->label, v->lang),
			day_words(c, k->due), left_words(c, k->due)));
		n->cite = k->clock->cite;
		n->bad = k->status == CLOCK_LATE;
	}
}

static void note_started(const struct opform_case *c, const struct trial *t)
{
	struct visit *v = c->v;
	bool given = opform_given(c, "on") != NULL;
	for (size_t i = 0; i < t->then.clocks_n; i++) {
		const struct standing_clock *k = &t->then.clocks[i];
		if (strcmp(k->clock->from, t->step->key) != 0 || !day_equal(k->start, t->fact.on))
			continue;
		opform_note(c, MSG_TEXT(v->a, v->lang, given ? MSG_WEB_CLOCK_BEGINS : MSG_WEB_CLOCK_WOULD, label_of(k->clock->label, v->lang),
			day_words(c, t->fact.on), day_words(c, k->due)))->cite = k->clock->cite;
	}
}

/* ---- who acts, and what the counts come to ---- */

static const char *given_count(const void *ctx, const char *name)
{
	return opform_given(ctx, name);
}

/* What the register says of a branch; of the members of a committee it says nothing. */
static enum err add_register(const struct opform_case *c, struct unit_id unit, struct day on, struct vote_panel *p, struct fault *f)
{
	struct visit *v = c->v;
	struct voters known;
	TRY(voters_of(v->app, unit, on, v->a, &known, f));
	p->official = MSG_TEXT(v->a, v->lang, MSG_WEB_REGISTER_SAYS, id_text(v->a, known.official));
	p->away = MSG_TEXT(v->a, v->lang, MSG_WEB_REGISTER_SAYS, id_text(v->a, known.away));
	return OK;
}

static enum err add_panel(const struct opform_case *c, const struct trial *t, struct fault *f)
{
	struct visit *v = c->v;
	const struct step *step = pack_step(t->pack, t->step->key);
	const struct vote counts = vote_panel_counts(given_count, c);
	const struct authority who = step ? authority_of(t->pack, step, &v->app->tree, t->fact.unit, t->fact.on) : (struct authority){ 0 };
	struct vote_panel *panel = arena_new(v->a, struct vote_panel);
	if (!step || (!who.body && !step->votes))
		return OK;
	vote_panel_make(v, t->pack, step, t->fact.unit, t->fact.on, &counts, panel);
	if (who.body && who.votes && who.body->who == BODY_MEMBERS)
		TRY(add_register(c, who.unit->id, t->fact.on, panel, f));
	c->out->vote = panel;
	return OK;
}

enum err opform_fact(struct opform_case *c, struct fault *f)
{
	struct trial t = { 0 };
	struct visit *v = c->v;
	const struct fact_kind *attribute = fact_kind_find(opform_given(c, "kind"));
	TRY(try_it(c, &t, f));
	const char *what = t.step ? label_of(t.step->label, v->lang) : attribute ? visit_say(v, attribute->vi, attribute->en) : NULL;
	if (!what)
		return FAULT(f, E_NOTFOUND, "kind", MSG_WEB_NO_PAGE);
	c->out->title = arena_printf(v->a, "%s: %s", what, facts_value(&t.active, "name", v->today));
	if (!t.step)
		return OK;
	c->out->cite = t.step->cite;
	note_missing(c, &t);
	note_rules(c, &t);
	note_stopped(c, &t);
	note_started(c, &t);
	return add_panel(c, &t, f);
}

/* ---- a correction ---- */

const char *opform_kind_label(const struct visit *v, const char *kind)
{
	const struct fact_kind *attribute = fact_kind_find(kind);
	const struct rules *r = &v->app->rules;
	const struct step *step = pack_step(rules_at(r, v->today), kind);
	for (size_t i = r->n; !step && i-- > 0;)
		step = pack_step(r->packs[i], kind);
	return attribute ? visit_say(v, attribute->vi, attribute->en) : step ? label_of(step->label, v->lang) : kind;
}

static const char *recorded_words(const struct opform_case *c, const struct fact *old)
{
	struct visit *v = c->v;
	const char *day = day_known(old->on) ? day_words(c, old->on) : NULL;
	const char *value = old->value ? people_value(old->kind, old->value, v->lang, v->a) : NULL;
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
	const char *name = facts_value(&active, "name", v->today);
	for (size_t i = 0; seq && i < all.n; i++) {
		const struct fact *old = &all.v[i];
		if (old->seq != strtoll(seq, NULL, 10))
			continue;
		c->old = old;
		c->out->title = MSG_TEXT(v->a, v->lang, MSG_WEB_CORRECT, opform_kind_label(v, old->kind), name);
		c->out->lead = MSG_TEXT(v->a, v->lang, MSG_WEB_CORRECT_HOW, recorded_words(c, old));
	}
	return OK;
}
