#include "web/person_dossier.h"

#include "base/json.h"
#include "web/words.h"

#include <string.h>

struct source {
	struct visit *v;
	const struct facts *active;
	const struct standing *now;
	struct trail trail;
	struct person_dossier *out;
	bool may_write;
};

static const char *tone_of(enum paper_status s)
{
	static const char *const tones[] = {
		[PAPER_MISSING] = "warn", [PAPER_THERE] = "good", [PAPER_REDO] = "bad", [PAPER_EARLY] = "bad", [PAPER_NOT_NEEDED] = "",
		[PAPER_OTHER_CASE] = "",
	};
	return tones[s];
}

/* ---- papers ---- */

/* A step is called by its name, a value by that of its code. */
static const char *pattern_label(const struct source *s, const struct pattern *x)
{
	const struct fact_kind *kind = fact_kind_find(x->kind);
	if (x->value && kind && kind->codes >= 0)
		return code_label((enum code_table)kind->codes, x->value, s->v->lang);
	return word_fact_kind(&s->v->app->rules, x->kind, s->v->lang);
}

static struct url paper_link(const struct source *s, const struct paper_row *row, enum paper_status status)
{
	struct arena *a = s->v->a;
	const char *person = id_text(a, s->v->person.v);
	if (!s->may_write || status == PAPER_NOT_NEEDED)
		return (struct url){ NULL };
	if (row->detail)
		return url(a, "/ops/fact_record?person=%&kind=paper&value=%&detail=%", person, row->key, row->detail);
	return url(a, "/ops/fact_record?person=%&kind=paper&value=%", person, row->key);
}

static struct person_paper paper_of(const struct source *s, const struct dossier_paper *p)
{
	return (struct person_paper){
		.key = p->row->key, .label = dossier_label(p->row, s->v->lang, s->v->a), .status = p->status,
		.status_label = dossier_status_label(p->status, s->v->lang), .tone = tone_of(p->status), .on = p->on,
		.by_dossier = day_known(p->on) && !p->fact,
		.why = p->why ? pattern_label(s, p->why) : NULL,
		.cite = p->row->cite, .verified = p->row->verified, .record = paper_link(s, p->row, p->status),
	};
}

static void load_papers(struct source *s)
{
	const struct world w = app_world(s->v->app);
	const struct dossier d = dossier_now(&w, &s->trail, s->v->today);
	struct dossier_paper *papers;
	size_t n;
	dossier_list(&d, s->v->a, &papers, &n);
	s->out->papers = arena_array(s->v->a, struct person_paper, n);
	s->out->papers_n = n;
	s->out->recognition = s->now->phase == PHASE_PROBATION || s->now->phase == PHASE_OFFICIAL;
	s->out->show_papers = n && s->now->phase != PHASE_NONE && s->now->phase != PHASE_LEFT;
	for (size_t i = 0; i < n; i++) {
		s->out->papers[i] = paper_of(s, &papers[i]);
		s->out->open_n += papers[i].status != PAPER_THERE && papers[i].status != PAPER_NOT_NEEDED;
	}
}

/* ---- letters ---- */

static struct url about_link(const struct source *s, const char *kind, const struct fact *letter)
{
	struct arena *a = s->v->a;
	if (!s->may_write)
		return (struct url){ NULL };
	return url(a, "/ops/fact_record?person=%&kind=%&about=%", id_text(a, s->v->person.v), kind, id_text(a, letter->seq));
}

static struct day fact_day(const struct fact *f)
{
	return f ? f->on : DAY_NONE;
}

static struct person_request request_of(const struct source *s, const struct request *x)
{
	const struct visit *v = s->v;
	const struct standing_clock *k = x->clock;
	struct person_request r = {
		.relation = x->sent->value, .relation_label = code_label(CODES_RELATION, x->sent->value, v->lang),
		.place = x->sent->detail ? x->sent->detail : "", .sent = x->sent->on, .received = fact_day(x->received),
		.replied = fact_day(x->reply), .due = k ? k->due : DAY_NONE, .late = x->late,
		.verified = !k || k->clock->verified,
	};
	if (x->reply) {
		r.outcome = x->reply->value;
		r.outcome_label = code_label(CODES_REPLY, x->reply->value, v->lang);
		return r;
	}
	r.when = k ? word_days(k->due, v->today, v->lang, v->a) : NULL;
	r.record_reply = about_link(s, FACT_VERIFY_REPLY, x->sent);
	if (!x->received)
		r.record_received = about_link(s, FACT_VERIFY_RECEIVED, x->sent);
	return r;
}

static void load_proposals(struct source *s, const struct request *v, size_t n)
{
	enum { RELATIONS_MAX = 16 };
	const char *keys[RELATIONS_MAX];
	struct arena *a = s->v->a;
	size_t found = request_proposed(v, n, RELATIONS_MAX, keys);
	if (!s->may_write || s->now->phase != PHASE_CANDIDATE)
		return;
	s->out->proposals = arena_array(a, struct person_proposal, found);
	s->out->proposals_n = found;
	for (size_t i = 0; i < found; i++)
		s->out->proposals[i] = (struct person_proposal){ code_label(CODES_RELATION, keys[i], s->v->lang),
			url(a, "/ops/verify_request?person=%&relation=%", id_text(a, s->v->person.v), keys[i]) };
}

/* A relative who is a member, or all living in the home place: then no letters are needed. */
static const char *spared_by(const struct source *s)
{
	static const char *const cases[] = { "member_family", "same_place" };
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct pattern x = { FACT_SPECIAL, cases[i], -1 };
		if (trail_holds(&s->trail, rules_at(&s->v->app->rules, s->v->today), &x, s->v->today))
			return code_label(CODES_SPECIAL, cases[i], s->v->lang);
	}
	return NULL;
}

static void load_requests(struct source *s)
{
	struct visit *v = s->v;
	struct request *requests;
	size_t n;
	request_list(&v->app->rules, s->active, s->now, v->today, v->a, &requests, &n);
	s->out->requests = arena_array(v->a, struct person_request, n);
	s->out->requests_n = n;
	for (size_t i = 0; i < n; i++) {
		s->out->requests[i] = request_of(s, &requests[i]);
		s->out->late_n += requests[i].late;
	}
	s->out->spared = spared_by(s);
	load_proposals(s, requests, n);
	s->out->show_requests = n || s->out->spared || (s->out->proposals_n && s->now->phase == PHASE_CANDIDATE);
}

/* ---- the day of birth ---- */

static void load_birth(struct source *s)
{
	const struct fact *proposed = facts_last(s->active, FACT_BIRTH_PROPOSED, DAY_NONE);
	struct arena *a = s->v->a;
	if (s->may_write && proposed && facts_by_seq(s->active, proposed->about))
		s->out->birth_confirm = url(a, "/ops/birth_confirm?person=%&seq=%", id_text(a, s->v->person.v), id_text(a, proposed->seq));
}

struct person_dossier *person_dossier(struct visit *v, const struct facts *active, const struct standing *now, bool may_write)
{
	struct source s = { .v = v, .active = active, .now = now, .out = arena_new(v->a, struct person_dossier), .may_write = may_write };
	*s.out = (struct person_dossier){ 0 };
	trail_build(&v->app->rules, active, v->today, v->a, &s.trail);
	if (visit_may(v, PERM_FILE, v->unit->id)) {
		load_papers(&s);
		load_requests(&s);
	}
	load_birth(&s);
	return s.out;
}

/* ---- as JSON ---- */

static void papers_json(struct json *j, const struct person_dossier *d)
{
	json_key(j, "papers");
	json_array(j);
	for (size_t i = 0; d->show_papers && i < d->papers_n; i++) {
		const struct person_paper *p = &d->papers[i];
		json_object(j);
		json_put_string(j, "paper", p->key);
		json_put_string(j, "label", p->label);
		json_put_string(j, "status", dossier_status_key(p->status));
		json_put_day(j, "on", p->on);
		json_put_string(j, "rule", p->cite);
		json_put_bool(j, "verified", p->verified);
		json_object_end(j);
	}
	json_array_end(j);
}

void person_dossier_json(struct json *j, const struct person_dossier *d)
{
	papers_json(j, d);
	json_key(j, "requests");
	json_array(j);
	for (size_t i = 0; i < d->requests_n; i++) {
		const struct person_request *r = &d->requests[i];
		json_object(j);
		json_put_string(j, "relation", r->relation);
		json_put_string(j, "place", r->place);
		json_put_day(j, "sent", r->sent);
		json_put_day(j, "received", r->received);
		json_put_day(j, "due", r->due);
		json_put_bool(j, "late", r->late);
		json_put_day(j, "replied", r->replied);
		json_put_string(j, "outcome", r->outcome);
		json_object_end(j);
	}
	json_array_end(j);
}
