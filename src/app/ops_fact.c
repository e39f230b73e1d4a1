/* fact_record and fact_correct: one step or attribute of one person. */
#include "app/history_parts.h"
#include "app/ops_impl.h"
#include "app/people.h"
#include "app/voters.h"
#include "domain/authority.h"
#include "domain/reorg.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

#define CITE_BIRTH "quy định áp dụng từ 18/8/2016"

enum err ops_name_field(struct fault *f, const char *field)
{
	if (f)
		memcpy(f->field, field, strlen(field) + 1);
	return f ? f->code : E_RULE;
}

static const char *number(struct arena *a, int64_t v)
{
	return arena_printf(a, "%" PRId64, v);
}

/* ---- fact_record ---- */

static const char *kinds_text(const struct app *app, struct arena *a)
{
	const struct pack *pack = rules_at(&app->rules, app->today);
	struct text t = TEXT(a);
	size_t n;
	const struct fact_kind *kinds = fact_kinds(&n);
	for (size_t i = 0; i < pack->steps_n; i++)
		text_addf(&t, "%s%s", i ? ", " : "", pack->steps[i].key);
	for (size_t i = 0; i < n; i++)
		text_addf(&t, ", %s", kinds[i].key);
	return text_str(&t);
}

/* The value in the form that is stored. */
static enum err tidy_value(const char *kind, const char **value, struct arena *a, struct fault *f)
{
	const struct fact_kind *k = fact_kind_find(kind);
	const struct code *code;
	struct day d;
	char iso[DAY_TEXT];
	if (!k || !*value)
		return OK;
	if (strcmp(kind, "id_number") == 0)
		return people_id_number(*value, a, value, f);
	if (k->codes == VALUE_DAY) {
		TRY(day_parse(*value, "value", &d, f));
		*value = arena_strdup(a, day_iso(d, iso));
	}
	if (k->codes >= 0) {
		TRY(code_find((enum code_table)k->codes, *value, "value", &code, f));
		*value = code->key;
	}
	return OK;
}

static enum err tidy_detail(const char *kind, const char **detail, struct fault *f)
{
	const struct fact_kind *k = fact_kind_find(kind);
	const struct code *code;
	if (!*detail || !k || k->detail < 0)
		return OK;
	TRY(code_find((enum code_table)k->detail, *detail, "detail", &code, f));
	*detail = code->key;
	return OK;
}

/* An attribute says something; a step may say "passed" or "failed" where the counts are not known. */
static enum err check_value(const struct fact_record_in *in, struct fault *f)
{
	const struct fact_kind *k = fact_kind_find(in->kind);
	bool may_be_silent = !k || k->family == FACT_PLACE || k->codes == VALUE_NONE || (k->family == FACT_EXIT && k->codes < 0);
	if (!may_be_silent && !in->value)
		return FAULT(f, E_INVALID, "value", MSG_REQUIRED);
	if (k && k->codes == VALUE_NONE && in->value)
		return FAULT(f, E_INVALID, "value", MSG_FACT_NOTHING_HERE, in->kind);
	if ((!k || k->detail == VALUE_NONE) && in->detail)
		return FAULT(f, E_INVALID, "detail", MSG_FACT_NOTHING_HERE, in->kind);
	if (k && k->family == FACT_PLACE && !in->unit)
		return FAULT(f, E_INVALID, "unit", MSG_REQUIRED);
	if (!k && in->value && strcmp(in->value, VALUE_PASSED) != 0 && strcmp(in->value, VALUE_FAILED) != 0)
		return FAULT(f, E_INVALID, "value", MSG_STEP_VALUE, in->value);
	return OK;
}

static int32_t count_or_none(int64_t v)
{
	return v == ABSENT_INT ? -1 : (int32_t)v;
}

static struct vote counts_of(const struct fact_record_in *in)
{
	return (struct vote){ count_or_none(in->members), count_or_none(in->away), count_or_none(in->exempt_absent),
		count_or_none(in->suspended), count_or_none(in->yes), count_or_none(in->no) };
}

/* Where a body decides by another threshold than the step's own (an authorised committee), the fact itself says how the vote ended; NULL
 * where the step's own holds. */
static const char *result_of(const struct app *app, const struct fact *fact)
{
	const struct step *step = pack_step(rules_at(&app->rules, fact->on), fact->kind);
	enum vote_threshold t;
	if (!step || !authority_threshold(&app->rules, &app->tree, fact, &t) || t == step->threshold)
		return NULL;
	return vote_passes(t, &fact->vote) ? VALUE_PASSED : VALUE_FAILED;
}

static enum err tidy_result(struct app *app, struct fact_record_in *in, struct arena *a, struct fault *f)
{
	const struct step *step = day_known(in->on) ? pack_step(rules_at(&app->rules, in->on), in->kind) : NULL;
	struct fact fact = { .kind = in->kind, .on = in->on, .vote = counts_of(in) };
	struct facts all, active;
	struct unit *unit;
	if (!step || !step->votes || in->value || vote_check(&fact.vote, NULL) != OK)
		return OK;
	TRY(app_facts(app, (struct person_id){ in->person }, a, &all, &active, f));
	fact.unit = facts_unit(&active, in->on);
	if (in->unit) {
		TRY(app_unit(app, in->unit, "unit", &unit, f));
		fact.unit = unit->id;
	}
	in->value = result_of(app, &fact);
	return OK;
}

enum err ops_fact_record_tidy(struct app *app, void *input, struct arena *a, struct fault *f)
{
	struct fact_record_in *in = input;
	if (!fact_kind_find(in->kind) && !rules_know_step(&app->rules, in->kind))
		return FAULT(f, E_INVALID, "kind", MSG_FACT_KIND_UNKNOWN, in->kind, kinds_text(app, a));
	TRY(check_value(in, f));
	TRY(tidy_detail(in->kind, &in->detail, f));
	TRY(tidy_value(in->kind, &in->value, a, f));
	return tidy_result(app, in, a, f);
}

static int64_t number_or_none(int64_t v)
{
	return v == ABSENT_INT ? 0 : v;
}

static enum err vote_of(struct app *app, const struct fact_record_in *in, struct fact *fact, struct fault *f)
{
	const struct step *step = pack_step(rules_at(&app->rules, in->on), in->kind);
	fact->has_vote = in->members != ABSENT_INT || in->yes != ABSENT_INT;
	if (!fact->has_vote)
		return OK;
	if (in->members == ABSENT_INT || in->yes == ABSENT_INT)
		return FAULT(f, E_INVALID, in->yes == ABSENT_INT ? "yes" : "members", MSG_REQUIRED);
	fact->vote = counts_of(in);
	enum err e = vote_check(&fact->vote, f);
	if (e != OK && step)
		(void)!fault_cite(f, step->cite);
	return e;
}

static enum err build_fact(struct app *app, const struct fact_record_in *in, const struct facts *active, struct arena *a,
	struct fact *ret, struct fault *f)
{
	struct fact fact = { .kind = in->kind, .on = in->on, .value = in->value, .paper_no = in->paper_no, .paper_on = in->paper_on,
		.signer = in->signer, .other = { number_or_none(in->other) }, .detail = in->detail, .since = in->since,
		.about = (int32_t)number_or_none(in->about), .amount = (int32_t)number_or_none(in->amount) };
	struct unit *u;
	fact.unit = facts_unit(active, in->on);
	if (in->unit) {
		TRY(app_unit(app, in->unit, "unit", &u, f));
		fact.unit = u->id;
	}
	if (in->class_code)
		TRY(ops_class(app, in->class_code, a, &fact.class_id, f));
	TRY(vote_of(app, in, &fact, f));
	*ret = fact;
	return OK;
}

static bool same_vote(const struct fact *x, const struct fact *y)
{
	return x->has_vote == y->has_vote && (!x->has_vote || memcmp(&x->vote, &y->vote, sizeof x->vote) == 0);
}

static bool same_fact(const struct fact *x, const struct fact *y)
{
	return ID_EQUAL(x->unit, y->unit) && text_equal(x->value, y->value) && ID_EQUAL(x->class_id, y->class_id) &&
		text_equal(x->paper_no, y->paper_no) &&
		day_equal(x->paper_on, y->paper_on) && text_equal(x->signer, y->signer) && same_vote(x, y) && ID_EQUAL(x->other, y->other) &&
		text_equal(x->detail, y->detail) && day_equal(x->since, y->since) && x->about == y->about && x->amount == y->amount;
}

/* Whether two facts of one kind and day speak of the same thing: of marks and events there may be several on a day. */
static bool same_matter(const struct fact *x, const struct fact *y)
{
	const struct fact_kind *k = fact_kind_find(x->kind);
	bool several = k && (k->family == FACT_MARK || k->family == FACT_EVENT || k->family == FACT_GRANT);
	return !several || (text_equal(x->value, y->value) && text_equal(x->detail, y->detail) && x->about == y->about &&
		ID_EQUAL(x->other, y->other));
}

/* The fact of that kind on that day. */
static const struct fact *same_day(const struct facts *active, const struct fact *fact)
{
	for (size_t i = active->n; i-- > 0;) {
		const struct fact *old = &active->v[i];
		if (strcmp(old->kind, fact->kind) == 0 && day_equal(old->on, fact->on) && same_matter(old, fact))
			return old;
	}
	return NULL;
}

static enum err on_record(const struct app *app, const struct fact *old, const struct fact_record_in *in, struct arena *a,
	struct fault *f)
{
	return FAULT(f, E_CONFLICT, "kind", MSG_FACT_ON_RECORD, history_kind(app, in->kind), ops_day_text(old->on, a), number(a, in->person),
		number(a, old->seq));
}

/* A number belongs to one person. */
static enum err check_number_free(struct app *app, const struct fact_record_in *in, struct arena *a, struct fault *f)
{
	struct person_id owner;
	TRY(people_by_number(app, in->value, a, &owner, f));
	if (owner.v && owner.v != in->person)
		return FAULT(f, E_CONFLICT, "value", MSG_ID_NUMBER_TAKEN, in->value, number(a, owner.v));
	return OK;
}

/* What somebody is from birth does not change from a day on: it is known, or it was wrong. */
static enum err check_identity(struct app *app, const struct fact_record_in *in, const struct facts *active, struct arena *a,
	struct fault *f)
{
	const struct fact *old = facts_first(active, in->kind);
	bool fixed = strcmp(in->kind, "birth") == 0 || strcmp(in->kind, "id_number") == 0;
	if (fixed && old && !text_equal(old->value, in->value))
		return on_record(app, old, in, a, f);
	return strcmp(in->kind, "id_number") == 0 ? check_number_free(app, in, a, f) : OK;
}

/* The minutes count otherwise than the register: not for votes of long ago, whose voters have moved on since. */
static enum err warn_members(struct app *app, const struct fact *fact, struct arena *a, struct warnings *w, struct fault *f)
{
	enum { LONG_AGO = 365 };
	struct voters known;
	if (!fact->has_vote || app->today.n - fact->on.n > LONG_AGO)
		return OK;
	const struct authority who = authority_at(&app->rules, &app->tree, fact->unit, fact->kind, fact->on);
	if (!who.body || !who.votes || who.body->who != BODY_MEMBERS)
		return OK;
	TRY(voters_of(app, who.unit->id, fact->on, a, &known, f));
	if (known.official && known.official != fact->vote.members)
		WARN(a, w, "members", MSG_VOTE_REGISTER, number(a, fact->vote.members), number(a, known.official), unit_name(who.unit, fact->on));
	return OK;
}

enum err ops_fact_record_check(struct app *app, const void *input, struct arena *a, struct warnings *w, struct fault *f)
{
	const struct fact_record_in *in = input;
	struct facts all, active;
	struct fact fact;
	TRY(app_facts(app, (struct person_id){ in->person }, a, &all, &active, f));
	TRY(build_fact(app, in, &active, a, &fact, f));
	TRY(check_identity(app, in, &active, a, f));
	const struct fact *old = same_day(&active, &fact);
	if (old)
		return same_fact(old, &fact) ? OK : on_record(app, old, in, a, f);
	struct world world = app_world(app);
	TRY(standing_can_record(&world, &active, &fact, app->today, a, w, f));
	TRY(warn_members(app, &fact, a, w, f));
	return ops_helper_check(app, (struct person_id){ in->person }, &active, &fact, a, w, f);
}

enum err ops_fact_record(struct app *app, const void *input, struct entry_id entry, struct arena *a, struct op_result *ret, struct fault *f)
{
	const struct fact_record_in *in = input;
	struct person_id id = { in->person };
	struct facts all, active;
	struct fact fact;
	TRY(app_facts(app, id, a, &all, &active, f));
	TRY(build_fact(app, in, &active, a, &fact, f));
	ret->entity_id = id.v;
	ret->unchanged = same_day(&active, &fact) != NULL;
	if (ret->unchanged)
		return OK;
	size_t known = all.n;
	struct fact *added = people_add(&all, a, in->kind);
	fact.seq = added->seq;
	*added = fact;
	return people_store(app, id, &all, known, entry, a, f);
}

/* ---- fact_correct ---- */

static const struct fact *fact_by_seq(const struct facts *facts, int64_t seq)
{
	for (size_t i = 0; i < facts->n; i++)
		if (facts->v[i].seq == seq)
			return &facts->v[i];
	return NULL;
}

static bool gives_counts(const struct fact_correct_in *in)
{
	const int64_t counts[] = { in->members, in->away, in->exempt_absent, in->suspended, in->yes, in->no };
	for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
		if (counts[i] != ABSENT_INT)
			return true;
	return false;
}

static int64_t right_count(int64_t given, const struct fact *old, int32_t was)
{
	return given == ABSENT_INT && old->has_vote && was >= 0 ? was : given;
}

/* The vote as it should have been recorded in the first place. */
static struct fact_record_in vote_anew(const struct fact_correct_in *in, const struct fact *old)
{
	struct fact_record_in r = fact_record_none();
	r.kind = old->kind;
	r.on = day_known(in->on) ? in->on : old->on;
	r.members = right_count(in->members, old, old->vote.members);
	r.away = right_count(in->away, old, old->vote.away);
	r.exempt_absent = right_count(in->exempt_absent, old, old->vote.exempt_absent);
	r.suspended = right_count(in->suspended, old, old->vote.suspended);
	r.yes = right_count(in->yes, old, old->vote.yes);
	r.no = right_count(in->no, old, old->vote.no);
	return r;
}

static enum err corrected(struct app *app, const struct fact_correct_in *in, const struct fact *old, struct fact *ret, struct fault *f)
{
	struct fact fact = *old;
	struct unit *u;
	if (in->unit) {
		TRY(app_unit(app, in->unit, "unit", &u, f));
		fact.unit = u->id;
	}
	fact.corrects = old->seq;
	fact.withdrawn = in->withdraw == 1;
	fact.on = day_known(in->on) ? in->on : old->on;
	fact.value = in->value ? in->value : old->value;
	fact.paper_no = in->paper_no ? in->paper_no : old->paper_no;
	fact.paper_on = day_known(in->paper_on) ? in->paper_on : old->paper_on;
	fact.signer = in->signer ? in->signer : old->signer;
	fact.other.v = in->other == ABSENT_INT ? old->other.v : in->other;
	fact.detail = in->detail ? in->detail : old->detail;
	fact.since = day_known(in->since) ? in->since : old->since;
	fact.amount = in->amount == ABSENT_INT ? old->amount : (int32_t)in->amount;
	if (gives_counts(in)) {
		const struct fact_record_in anew = vote_anew(in, old);
		TRY(vote_of(app, &anew, &fact, f));
		fact.value = in->value;
	}
	*ret = fact;
	return OK;
}

/* Other counts may have another result; the vote of another body, or of another day, another threshold. One that the step's own judges
 * says so too where it said the result before. */
static enum err tidy_corrected_result(struct app *app, struct fact_correct_in *in, const struct fact *old, struct fault *f)
{
	struct fact fact;
	bool counted = old->has_vote || gives_counts(in);
	if (!counted || in->value || in->withdraw == 1)
		return OK;
	TRY(corrected(app, in, old, &fact, f));
	const struct step *step = pack_step(rules_at(&app->rules, fact.on), fact.kind);
	if (!step || !step->votes)
		return OK;
	in->value = result_of(app, &fact);
	if (!in->value && old->value)
		in->value = vote_passes(step->threshold, &fact.vote) ? VALUE_PASSED : VALUE_FAILED;
	return OK;
}

enum err ops_fact_correct_tidy(struct app *app, void *input, struct arena *a, struct fault *f)
{
	struct fact_correct_in *in = input;
	struct facts all;
	TRY(people_facts(app, (struct person_id){ in->person }, a, &all, f));
	const struct fact *old = fact_by_seq(&all, in->seq);
	if (!old)
		return FAULT(f, E_NOTFOUND, "seq", MSG_FACT_UNKNOWN, number(a, in->person), number(a, in->seq));
	TRY(tidy_detail(old->kind, &in->detail, f));
	TRY(tidy_value(old->kind, &in->value, a, f));
	return tidy_corrected_result(app, in, old, f);
}

static struct facts without(const struct facts *active, const struct fact *fact, struct arena *a)
{
	struct facts rest = { 0 };
	for (size_t i = 0; i < active->n; i++)
		if (&active->v[i] != fact)
			*arena_push(a, rest.v, rest.n, rest.cap) = active->v[i];
	return rest;
}

/* The day of birth is what the file said at admission; nobody may change it afterwards. */
static enum err check_birth_locked(const struct fact *old, const struct facts *active, struct fault *f)
{
	if (strcmp(old->kind, "birth") != 0 || !facts_entry(active, DAY_NONE, DAY_LAST))
		return OK;
	(void)!FAULT(f, E_RULE, "value", MSG_BIRTH_LOCKED);
	return fault_cite(f, CITE_BIRTH);
}

/* A person always has a name and a unit. */
static enum err check_withdraw(const struct fact *old, const struct facts *rest, struct fault *f)
{
	bool last = !facts_first(rest, old->kind);
	if (last && (strcmp(old->kind, "name") == 0 || strcmp(old->kind, FACT_UNIT) == 0))
		return FAULT(f, E_RULE, "withdraw", MSG_FACT_NEEDED, old->kind);
	return OK;
}

enum err ops_fact_correct_check(struct app *app, const void *input, struct arena *a, struct warnings *w, struct fault *f)
{
	const struct fact_correct_in *in = input;
	struct facts all, active;
	TRY(app_facts(app, (struct person_id){ in->person }, a, &all, &active, f));
	const struct fact *old = fact_by_seq(&active, in->seq);
	if (!old)
		return FAULT(f, E_CONFLICT, "seq", MSG_FACT_NOT_IN_FORCE, number(a, in->person), number(a, in->seq));
	struct facts rest = without(&active, old, a);
	struct fact fact;
	TRY(corrected(app, in, old, &fact, f));
	TRY(check_birth_locked(old, &active, f));
	if (fact.withdrawn) {
		reorg_warn_stranded(&app->tree, &rest, a, w);
		return check_withdraw(old, &rest, f);
	}
	if (strcmp(old->kind, "id_number") == 0) {
		const struct fact_record_in as_record = { .person = in->person, .value = fact.value };
		TRY(check_number_free(app, &as_record, a, f));
	}
	if (!day_known(fact.on) && strcmp(fact.kind, FACT_UNIT) != 0)
		return OK;
	struct world world = app_world(app);
	TRY(standing_can_record(&world, &rest, &fact, app->today, a, w, f));
	if (gives_counts(in))
		TRY(warn_members(app, &fact, a, w, f));
	return ops_helper_check(app, (struct person_id){ in->person }, &rest, &fact, a, w, f);
}

enum err ops_fact_correct(struct app *app, const void *input, struct entry_id entry, struct arena *a, struct op_result *ret,
	struct fault *f)
{
	const struct fact_correct_in *in = input;
	struct person_id id = { in->person };
	struct facts all;
	TRY(people_facts(app, id, a, &all, f));
	const struct fact *old = fact_by_seq(&all, in->seq);
	if (!old)
		return FAULT(f, E_NOTFOUND, "seq", MSG_FACT_UNKNOWN, number(a, in->person), number(a, in->seq));
	struct fact fact;
	TRY(corrected(app, in, old, &fact, f));
	ret->entity_id = id.v;
	ret->unchanged = !fact.withdrawn && day_equal(fact.on, old->on) && same_fact(&fact, old);
	if (ret->unchanged)
		return OK;
	size_t known = all.n;
	struct fact *added = people_add(&all, a, old->kind);
	fact.seq = added->seq;
	*added = fact;
	return people_store(app, id, &all, known, entry, a, f);
}
