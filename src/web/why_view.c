#include "web/why_view.h"

#include "app/people.h"
#include "domain/rules_override.h"
#include "base/json.h"
#include "web/words.h"

#include <string.h>

struct source {
	const struct explain *x;
	const struct rules *rules;
	enum lang lang;
	struct arena *a;
	struct why_view *out;
};

static const char *say(const struct source *s, const char *vi, const char *en)
{
	return s->lang == LANG_VI ? vi : en;
}

/* ---- the site's own values ---- */

static void add_site(struct text *t, const struct site_value *v, enum lang lang, struct arena *a)
{
	const char *value = rules_value_text(v->key, v->value, lang, a), *instead = rules_value_text(v->key, v->instead, lang, a);
	text_addf(t, "%s: %s %s %s, %s %s", v->key, value, lang == LANG_VI ? "thay cho" : "instead of", instead,
		lang == LANG_VI ? "từ" : "from", word_day(v->valid.from, lang, a));
	if (!day_equal(v->valid.to, DAY_LAST))
		text_addf(t, " %s %s", lang == LANG_VI ? "đến hết" : "until", word_day(v->valid.to, lang, a));
	text_addf(t, " (%s%s%s)", v->paper_no ? v->paper_no : "", v->paper_no ? ", " : "", v->reason);
}

const char *why_site_text(const struct site_value *site, enum lang lang, struct arena *a)
{
	struct text t = TEXT(a);
	if (!site)
		return NULL;
	for (const struct site_value *v = site; v; v = v->also) {
		if (v != site)
			text_add(&t, "; ");
		add_site(&t, v, lang, a);
	}
	return text_str(&t);
}

/* ---- steps ---- */

static const char *names_of(const struct source *s, const struct explain_step *x)
{
	struct text t = TEXT(s->a);
	for (size_t i = 0; i < x->others_n; i++)
		text_addf(&t, "%s%s", i ? "; " : "", label_of(x->others[i]->label, s->lang));
	return text_str(&t);
}

static const char *why_text(const struct source *s, const struct explain_step *x)
{
	static const struct labels words[] = {
		[WHY_ON_RECORD] = { "đã ghi", "on record" },
		[WHY_VOTED_DOWN] = { "đã biểu quyết, không đủ tỷ lệ", "voted on, the threshold was missed" },
		[WHY_NO_SUCH_STEP] = { "tổ chức này không có bước này", "this kind of organisation has no such step" },
		[WHY_LATER_STEP] = { "bước sau đã ghi: %s", "a later step is on record: %s" },
		[WHY_READY] = { "các bước cần có trước đã đủ", "all that it needs is there" },
		[WHY_OPTIONAL] = { "không bắt buộc, có thì ghi", "not obligatory, recorded when there is one" },
		[WHY_WAITS] = { "còn chờ: %s", "waits for: %s" },
		[WHY_GONE] = { "đã ra khỏi danh sách", "has left" },
		[WHY_ASIDE] = { "ngoài trình tự, chỉ ghi khi có", "beside the chain, recorded when it happens" },
	};
	const char *text = label_of(words[x->why], s->lang), *gap = strstr(text, "%s");
	return gap ? arena_printf(s->a, "%.*s%s", (int)(gap - text), text, names_of(s, x)) : text;
}

static void make_steps(const struct source *s)
{
	s->out->steps_n = s->x->steps_n;
	s->out->steps = arena_array(s->a, struct why_step, s->x->steps_n);
	for (size_t i = 0; i < s->x->steps_n; i++) {
		const struct explain_step *x = &s->x->steps[i];
		const struct step *step = x->step->step;
		s->out->steps[i] = (struct why_step){
			.key = step->key, .label = label_of(step->label, s->lang), .cite = step->cite, .status = x->step->status, .on = x->step->on,
			.why = why_text(s, x), .site = why_site_text(step->site, s->lang, s->a), .is_next = x->step == s->x->standing.next,
			.verified = rules_at(s->rules, day_known(x->step->on) ? x->step->on : s->x->on)->verified,
		};
	}
}

/* ---- checks ---- */

struct answer {
	const char *key, *tone;
	struct labels words;
};

static const struct answer *answer_of(const struct explain_check *x)
{
	static const struct answer answers[] = {
		[CHECK_HOLDS] = { "holds", "good", { "đạt", "holds" } },
		[CHECK_FAILS] = { "fails", "bad", { "không đạt", "fails" } },
		[CHECK_DOUBT] = { "doubt", "warn", { "tùy cách hiểu", "depends on how it is read" } },
		[CHECK_UNKNOWN] = { "unknown", "warn", { "chưa đủ thông tin", "not enough on record" } },
		[CHECK_NOT_ASKED] = { "other_case", "", { "không thuộc trường hợp này", "not this case" } },
	};
	static const struct answer not_reached = { "not_reached", "", { "chưa hỏi, chưa tới bước", "step not reached" } };
	return x->asked ? &answers[x->result] : &not_reached;
}

static void add_patterns(const struct source *s, struct text *t, const char *words, struct patterns list)
{
	for (size_t i = 0; i < list.n; i++) {
		const struct pattern *x = &list.v[i];
		const char *kind = word_fact_kind(s->rules, x->kind, s->lang);
		text_addf(t, "%s%s%s%s%s", i ? "; " : t->n ? ". " : "", i ? "" : words, kind, x->value ? ": " : "",
			x->value ? people_value(x->kind, x->value, s->lang, s->a) : "");
	}
}

static const char *condition_of(const struct source *s, const struct check *k)
{
	struct text t = TEXT(s->a);
	add_patterns(s, &t, say(s, "chỉ hỏi khi có: ", "asked only where on record: "), k->when);
	add_patterns(s, &t, say(s, "không hỏi khi có: ", "not asked where on record: "), k->unless);
	return t.n ? text_str(&t) : NULL;
}

static void make_check(const struct source *s, const struct explain_check *x, struct why_check *ret)
{
	const struct answer *answer = answer_of(x);
	*ret = (struct why_check){
		.row = rules_check_row(x->pack, x->check, s->a), .step = x->at,
		.step_label = word_fact_kind(s->rules, x->at, s->lang),
		.rule = rules_check_text(x->check, s->lang, s->a), .answer_key = answer->key, .answer = label_of(answer->words, s->lang),
		.tone = answer->tone, .condition = condition_of(s, x->check), .cite = x->check->cite, .pack = x->pack->id,
		.site = why_site_text(x->check->site, s->lang, s->a), .on = x->on, .refuses = x->check->severity == SEVERITY_REFUSE,
		.verified = explain_check_verified(x),
	};
	if (x->said.msg != MSG_NONE)
		ret->said = fault_text(&x->said, s->lang, s->a);
}

static void make_checks(const struct source *s)
{
	s->out->checks_n = s->x->checks_n;
	s->out->checks = arena_array(s->a, struct why_check, s->x->checks_n);
	for (size_t i = 0; i < s->x->checks_n; i++) {
		make_check(s, &s->x->checks[i], &s->out->checks[i]);
		s->out->asked_n += s->x->checks[i].asked;
	}
}

/* ---- clocks ---- */

static const char *skipped_text(const struct source *s, const struct explain_clock *x)
{
	struct text t = TEXT(s->a);
	for (size_t i = 0; i < x->skipped_n; i++) {
		const struct calendar_day *d = x->skipped[i];
		text_addf(&t, "%s%s%s%s", i ? "; " : "", word_day(d->on, s->lang, s->a), d->note ? " " : "", d->note ? d->note : "");
		if (d->kind == DAY_WORK)
			text_add(&t, say(s, " (ngày làm)", " (worked)"));
		if (d->unchecked)
			text_add(&t, say(s, " (chưa kiểm tra)", " (not verified)"));
	}
	return t.n ? text_str(&t) : NULL;
}

static const char *length_text(const struct source *s, const struct clock *k)
{
	const char *length = span_text(k->length, s->lang, s->a);
	const struct span more = { k->extension, k->length.unit };
	if (k->extension <= 0)
		return length;
	return arena_printf(s->a, SAY(s, "%s, gia hạn tối đa %s", "%s, extension up to %s"), length, span_text(more, s->lang, s->a));
}

static const char *own_rules_text(const struct source *s, const struct fact *f)
{
	if (!f)
		return NULL;
	return arena_printf(s->a, "%s: %s, %s", f->value, f->detail ? f->detail : "–", word_day(f->on, s->lang, s->a));
}

static void make_clocks(const struct source *s)
{
	s->out->clocks_n = s->x->clocks_n;
	s->out->clocks = arena_array(s->a, struct why_clock, s->x->clocks_n);
	for (size_t i = 0; i < s->x->clocks_n; i++) {
		const struct explain_clock *x = &s->x->clocks[i];
		const struct standing_clock *k = x->clock;
		s->out->clocks[i] = (struct why_clock){
			.key = k->clock->key, .label = standing_clock_label(k, s->lang, s->a), .cite = k->clock->cite, .pack = k->pack->id,
			.instrument = k->pack->instrument, .length = length_text(s, k->clock), .status = k->status, .start = k->start, .due = k->due,
			.due_extended = k->due_extended, .done = k->done, .skipped = skipped_text(s, x), .own_rules = own_rules_text(s, x->own_rules),
			.site = why_site_text(k->clock->site, s->lang, s->a), .verified = k->clock->verified,
		};
	}
}

static void make_notes(const struct source *s)
{
	const struct warnings *w = &s->x->standing.notes;
	s->out->notes_n = w->n;
	s->out->notes = arena_array(s->a, const char *, w->n);
	for (size_t i = 0; i < w->n; i++) {
		const char *text = fault_text(&w->v[i], s->lang, s->a);
		s->out->notes[i] = *w->v[i].rule ? arena_printf(s->a, "%s (%s)", text, w->v[i].rule) : text;
	}
}

void why_view_make(const struct explain *x, const struct rules *r, enum lang lang, struct arena *a, struct why_view *ret)
{
	const struct source s = { x, r, lang, a, ret };
	ret->on = x->on;
	ret->phase_key = word_phase_key(x->standing.phase);
	ret->phase = word_phase(x->standing.phase, lang);
	ret->state = x->standing.state;
	ret->state_label = x->standing.phase == PHASE_NONE ? ret->phase : label_of(x->standing.state_label, lang);
	ret->since = x->standing.since;
	ret->pack = x->pack->id;
	ret->title = label_of(x->pack->title, lang);
	ret->pack_verified = x->pack->verified;
	ret->unverified = x->standing.unverified;
	make_steps(&s);
	make_checks(&s);
	make_clocks(&s);
	make_notes(&s);
}

/* ---- as JSON ---- */

static void steps_json(struct json *j, const struct why_view *v)
{
	json_key(j, "steps");
	json_array(j);
	for (const struct why_step *s = v->steps; s < v->steps + v->steps_n; s++) {
		json_object(j);
		json_put_string(j, "step", s->key);
		json_put_string(j, "label", s->label);
		json_put_string(j, "status", word_step_key(s->status));
		json_put_day(j, "on", s->on);
		json_put_string(j, "why", s->why);
		json_put_string(j, "rule", s->cite);
		json_put_string(j, "site", s->site);
		json_put_bool(j, "verified", s->verified);
		json_object_end(j);
	}
	json_array_end(j);
}

static void checks_json(struct json *j, const struct why_view *v)
{
	json_key(j, "checks");
	json_array(j);
	for (const struct why_check *k = v->checks; k < v->checks + v->checks_n; k++) {
		json_object(j);
		json_put_string(j, "check", k->row);
		json_put_string(j, "step", k->step);
		json_put_string(j, "answer", k->answer_key);
		json_put_day(j, "on", k->on);
		json_put_string(j, "rule", k->cite);
		json_put_string(j, "message", k->said);
		json_put_string(j, "when", k->condition);
		json_put_string(j, "severity", k->refuses ? "refuse" : "warn");
		json_put_string(j, "pack", k->pack);
		json_put_string(j, "site", k->site);
		json_put_bool(j, "verified", k->verified);
		json_object_end(j);
	}
	json_array_end(j);
}

static void clocks_json(struct json *j, const struct why_view *v)
{
	json_key(j, "clocks");
	json_array(j);
	for (const struct why_clock *k = v->clocks; k < v->clocks + v->clocks_n; k++) {
		json_object(j);
		json_put_string(j, "clock", k->key);
		json_put_string(j, "label", k->label);
		json_put_day(j, "start", k->start);
		json_put_day(j, "due", k->due);
		json_put_day(j, "due_extended", k->due_extended);
		json_put_day(j, "done", k->done);
		json_put_string(j, "status", word_clock_key(k->status));
		json_put_string(j, "length", k->length);
		json_put_string(j, "pack", k->pack);
		json_put_string(j, "rule", k->cite);
		json_put_string(j, "skipped", k->skipped);
		json_put_string(j, "own_rules", k->own_rules);
		json_put_string(j, "site", k->site);
		json_put_bool(j, "verified", k->verified);
		json_object_end(j);
	}
	json_array_end(j);
}

void why_view_json(struct json *j, const struct why_view *v)
{
	json_object(j);
	json_put_int(j, "id", v->id);
	json_put_string(j, "name", v->name);
	json_put_day(j, "on", v->on);
	json_put_string(j, "phase", v->phase_key);
	json_put_string(j, "state", v->state);
	json_put_string(j, "state_label", v->state_label);
	json_put_day(j, "since", v->since);
	json_put_string(j, "pack", v->pack);
	json_put_bool(j, "verified", !v->unverified);
	steps_json(j, v);
	checks_json(j, v);
	clocks_json(j, v);
	json_key(j, "notes");
	json_array(j);
	for (size_t i = 0; i < v->notes_n; i++)
		json_string(j, v->notes[i]);
	json_array_end(j);
	json_object_end(j);
}
