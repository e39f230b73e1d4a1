/* The form of one step or attribute of one person: what the rule asks, what is still missing, which clock it stops, which one it starts. */
#include "app/voters.h"
#include "domain/trail.h"
#include "web/fact_text.h"
#include "web/opform_impl.h"
#include "web/vote_panel.h"
#include "web/words.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* ---- which fields ---- */

static const struct step *step_of(const struct opform_case *c)
{
	const char *kind = opform_given(c, "kind");
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

bool opform_kind_has_value(const struct step *step, const struct fact_kind *kind)
{
	if (step)
		return step->votes || is_conclusion(step);
	return kind && kind->family != FACT_PLACE && kind->codes != VALUE_NONE && (kind->family != FACT_EXIT || kind->codes >= 0);
}

/* Which kinds have the fields that few have. */
bool opform_kind_has(const char *kind, const char *field)
{
	static const struct {
		const char *field, *kinds;
	} rows[] = {
		{ "other", FACT_HELPER },
		{ "since", FACT_HELPER },
		{ "about", FACT_HELPER_END "|" FACT_VERIFY_RECEIVED "|" FACT_VERIFY_REPLY "|" FACT_VOTE_REPORTED "|" FACT_BIRTH_PROPOSED },
		{ "amount", FACT_EXTENDED "|" FACT_TRANSFER },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (strcmp(rows[i].field, field) == 0)
			return text_listed(rows[i].kinds, kind);
	return false;
}

bool opform_fact_has(const struct opform_case *c, const char *field)
{
	static const char always[] = "person|kind|on|paper_no|paper_on";
	const struct step *step = step_of(c);
	const char *kind = opform_given(c, "kind");
	const struct fact_kind *attribute = kind ? fact_kind_find(kind) : NULL;
	if ((!step && !attribute) || text_listed(always, field) || opform_given(c, field))
		return true;
	if (text_listed(OPFORM_COUNTS, field))
		return step && (step->votes || (step->counts && text_listed("members|yes|no", field)));
	if (strcmp(field, "value") == 0)
		return opform_kind_has_value(step, attribute);
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

/* Each time limit by each of the packs that knows it: "T7:r24". */
static struct input_options own_rules_options(const struct visit *v)
{
	const struct rules *files = &v->app->rule_files;
	const struct pack *now = rules_at(&v->app->rules, v->today);
	struct input_options list = { 0 };
	opform_option(v->a, &list, "", visit_say(v, "– chọn –", "– choose –"));
	for (size_t i = 0; i < now->clocks_n; i++) {
		for (size_t k = 0; k < files->n; k++) {
			const struct pack *pack = files->packs[k];
			const char *key = now->clocks[i].key, *value = arena_printf(v->a, "%s:%s", key, pack->id);
			if (pack_clock(pack, key))
				opform_option(v->a, &list, value, arena_printf(v->a, SAY(v, "%s: theo %s", "%s: by %s"),
					label_of(now->clocks[i].label, v->lang), label_of(pack->title, v->lang)));
		}
	}
	return list;
}

/* What fields are of some kinds. */
static const struct {
	const char *kind, *field, *vi, *en;
} field_labels[] = {
	{ FACT_EXTENDED, "value", "Thời hạn được gia hạn", "Time limit extended" },
	{ FACT_EXTENDED, "amount", "Gia hạn thêm bao nhiêu ngày (bỏ trống: mức cao nhất)", "By how many days (empty: the most there is)" },
	{ FACT_RULES_OF, "value", "Thời hạn, và bộ quy tắc áp dụng", "Time limit, and the rules it is judged by" },
	{ FACT_RULES_OF, "detail", "Lý do", "Reason" },
	{ FACT_SPECIAL, "detail", "Nói rõ trường hợp", "The case in words" },
	{ FACT_PAPER, "detail", "Của trường hợp đặc biệt (nếu có)", "For the special case (if any)" },
	{ FACT_BIRTH_PROPOSED, "value", "Ngày sinh đúng", "Right day of birth" },
	{ FACT_BIRTH_PROPOSED, "detail", "Lý do", "Reason" },
	{ FACT_CONSENT, "value", "Đồng ý về việc gì", "Consent to what" },
	{ FACT_CONSENT, "detail", "Cơ quan đồng ý", "Who consents" },
	{ FACT_HELPER_END, "value", "Lý do thôi", "Why they end" },
	{ FACT_HELPER_END, "detail", "Nói rõ lý do", "The reason in words" },
	{ FACT_HELPER_END, "about", "Thôi người nào", "Who ends" },
	{ FACT_VERIFY_SENT, "value", "Thẩm tra về", "About whom" },
	{ FACT_VERIFY_SENT, "detail", "Nơi nhận thư", "Sent to" },
	{ FACT_VERIFY_RECEIVED, "value", "Thư gửi trong nước hay ngoài nước", "Letter inside the country or abroad" },
	{ FACT_VERIFY_RECEIVED, "about", "Thư nào", "Which letter" },
	{ FACT_VERIFY_REPLY, "value", "Kết quả trả lời", "Outcome of the answer" },
	{ FACT_VERIFY_REPLY, "about", "Thư nào", "Which letter" },
	{ FACT_VOTE_REPORTED, "about", "Lần biểu quyết nào", "Which vote" },
	{ FACT_TRANSFER, "value", "Loại chuyển", "Kind of move" },
	{ FACT_TRANSFER, "detail", "Nơi đến ngoài hệ thống", "Place outside the register" },
	{ FACT_TRANSFER, "amount", "Số tháng", "Months" },
	{ "file_forwarded", "detail", "Gửi đến đâu", "Sent to" },
	{ "introduced", "detail", "Giới thiệu đến đâu", "Introduced to" },
	{ FACT_DECISION_CANCELLED, "value", "Lý do hủy", "Why it is cancelled" },
	{ FACT_RECOGNITION_CANCELLED, "value", "Lý do hủy", "Why it is cancelled" },
	{ "appeal", "value", "Gửi đến cấp nào", "To which level" },
	{ FACT_APPEAL_ANSWERED, "value", "Kết quả giải quyết", "Answer" },
	{ FACT_LEFT, "value", "Ra khỏi danh sách vì", "Left by" },
	{ FACT_LEFT, "detail", "Lý do", "Ground" },
};

static void label_input(const struct opform_case *c, const char *kind, struct input *in)
{
	for (size_t i = 0; i < sizeof field_labels / sizeof *field_labels; i++)
		if (strcmp(field_labels[i].kind, kind) == 0 && strcmp(field_labels[i].field, in->name) == 0)
			in->label = visit_say(c->v, field_labels[i].vi, field_labels[i].en);
}

/* What may be chosen as the value of such a fact. */
void opform_value_input(const struct opform_case *c, const char *kind, struct input *in)
{
	const struct fact_kind *attribute = fact_kind_find(kind);
	if (!attribute)
		return;
	in->label = visit_say(c->v, attribute->vi, attribute->en);
	if (strcmp(kind, FACT_RULES_OF) == 0)
		opform_select(c, in, own_rules_options(c->v));
	else if (attribute->family == FACT_GRANT)
		opform_select(c, in, clock_options(c->v));
	else if (attribute->codes >= 0)
		opform_select(c, in, opform_codes(c->v, (enum code_table)attribute->codes));
	else if (attribute->codes == VALUE_DAY)
		in->kind = INPUT_DAY;
	label_input(c, kind, in);
}

static void value_input(const struct opform_case *c, struct input *in)
{
	const struct step *step = step_of(c);
	const char *kind = opform_given(c, "kind");
	if (step) {
		in->label = is_conclusion(step) ? visit_say(c->v, "Kết luận", "Conclusion") : visit_say(c->v, "Kết quả", "Result");
		opform_select(c, in, is_conclusion(step) ? conclusion_options(c->v) : passed_options(c->v));
	}
	if (step || !kind || !fact_kind_find(kind))
		return;
	in->required = true;
	opform_value_input(c, kind, in);
}

void opform_detail_input(const struct opform_case *c, const char *kind, struct input *in)
{
	const struct fact_kind *k = fact_kind_find(kind);
	if (k && k->detail >= 0)
		opform_select(c, in, opform_codes(c->v, (enum code_table)k->detail));
	label_input(c, kind, in);
}

/* Which fact it belongs to: said by those there are, not by a number that nobody has seen. */
static void about_input(const struct opform_case *c, const char *kind, struct input *in)
{
	in->required = true;
	opform_select(c, in, c->about);
	label_input(c, kind, in);
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

void opform_fact_input(const struct opform_case *c, const struct field *fd, struct input *in)
{
	const char *kind = opform_given(c, "kind");
	const struct fact_kind *attribute = kind ? fact_kind_find(kind) : NULL;
	if (strcmp(fd->name, "value") == 0)
		value_input(c, in);
	if (kind && strcmp(fd->name, "detail") == 0)
		opform_detail_input(c, kind, in);
	if (kind && strcmp(fd->name, "amount") == 0)
		label_input(c, kind, in);
	if (kind && strcmp(fd->name, "about") == 0 && opform_kind_has(kind, "about"))
		about_input(c, kind, in);
	if (strcmp(fd->name, "unit") == 0 && attribute && attribute->family == FACT_PLACE) {
		in->label = visit_say(c->v, "Tổ chức mới (mã)", "New organisation (code)");
		in->required = true;
	}
	if (strcmp(fd->name, "on") == 0 && attribute && attribute->family == FACT_ATTRIBUTE)
		in->label = visit_say(c->v, "Từ ngày", "From");
	vote_input(c, in);
	counts_input(c, in);
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

/* Such facts belong to one of another kind; the report of a vote to one that failed. */
static bool belongs_to(const struct opform_case *c, const struct fact *x)
{
	static const struct {
		const char *kind, *about;
	} rows[] = {
		{ FACT_HELPER_END, FACT_HELPER }, { FACT_VERIFY_RECEIVED, FACT_VERIFY_SENT }, { FACT_VERIFY_REPLY, FACT_VERIFY_SENT },
		{ FACT_BIRTH_PROPOSED, "birth" },
	};
	const char *kind = opform_given(c, "kind");
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (strcmp(rows[i].kind, kind) == 0)
			return strcmp(rows[i].about, x->kind) == 0;
	return strcmp(kind, FACT_VOTE_REPORTED) == 0 && rules_know_step(&c->v->app->rules, x->kind) && trail_failed(&c->v->app->rules, x);
}

static void list_about(struct opform_case *c, const struct facts *active)
{
	struct visit *v = c->v;
	opform_option(v->a, &c->about, "", visit_say(v, "– chọn –", "– choose –"));
	for (size_t i = 0; i < active->n; i++) {
		const struct fact *x = &active->v[i];
		const char *value = fact_text_value(v->app, x, false, v->lang, v->a);
		if (belongs_to(c, x))
			opform_option(v->a, &c->about, id_text(v->a, x->seq), arena_printf(v->a, "%s: %s", word_day(x->on, v->lang, v->a),
				value ? value : opform_kind_label(v, x->kind)));
	}
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
	list_about(c, &t.active);
	if (!t.step)
		return OK;
	c->out->cite = t.step->cite;
	note_missing(c, &t);
	note_rules(c, &t);
	note_stopped(c, &t);
	note_started(c, &t);
	return add_panel(c, &t, f);
}

const char *opform_kind_label(const struct visit *v, const char *kind)
{
	const struct fact_kind *attribute = fact_kind_find(kind);
	const struct rules *r = &v->app->rules;
	const struct step *step = pack_step(rules_at(r, v->today), kind);
	for (size_t i = r->n; !step && i-- > 0;)
		step = pack_step(r->packs[i], kind);
	return attribute ? visit_say(v, attribute->vi, attribute->en) : step ? label_of(step->label, v->lang) : kind;
}
