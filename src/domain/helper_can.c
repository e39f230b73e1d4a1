/* Who may be named as introducer or helper. */
#include "domain/helper.h"
#include "base/text.h"

#include <assert.h>
#include <string.h>

/* ---- sharing a unit ---- */

static bool kind_is(const struct unit *u, struct day on, const char *kinds)
{
	return text_listed(kinds, unit_kind(u, on));
}

/* The one directly below the grassroots organisation. */
static struct unit_id place_of(const struct tree *t, struct unit_id id, struct day on)
{
	static const char inner[] = "SUB_DB|BRANCH|TEMP_BRANCH|GRASS_CB";
	for (const struct unit *u = tree_find(t, id); u; u = tree_find(t, id)) {
		const struct unit *above = tree_find(t, unit_parent(u, on));
		if (!above || !kind_is(above, on, inner))
			break;
		id = above->id;
	}
	return id;
}

struct unit_id helper_grassroots(const struct tree *t, struct unit_id unit, struct day on)
{
	static const char grassroots[] = "GRASS_DB|GRASS_CB|COMMUNE";
	for (const struct unit *u = tree_find(t, unit); u; u = tree_find(t, unit_parent(u, on)))
		if (kind_is(u, on, grassroots))
			return u->id;
	return unit;
}

static bool together_on(const struct tree *t, const struct fact *x, const struct fact *y, struct day on)
{
	return ID_EQUAL(x->unit, y->unit) || ID_EQUAL(place_of(t, x->unit, on), place_of(t, y->unit, on));
}

bool helper_shared_since(const struct tree *t, const struct facts *x, const struct facts *y, struct day on, struct day *ret)
{
	bool shared = false;
	for (struct day day = on;; day = (struct day){ ret->n - 1 }) {
		const struct fact *here = facts_last(x, FACT_UNIT, day), *there = facts_last(y, FACT_UNIT, day);
		if (!here || !there || !together_on(t, here, there, day))
			return shared;
		shared = true;
		*ret = here->on.n > there->on.n ? here->on : there->on;
		if (!day_known(*ret))
			return true;
	}
}

/* ---- the conditions ---- */

/* A question being answered. */
struct question {
	const struct helper_case *c;
	const struct clock *shared; /* the time of the pack of that day; NULL: it asks for none */
	const char *cite;           /* of who may introduce */
	struct helpers named;
	struct arena *arena;
	struct warnings *warn;
};

static const char *day_words(const struct question *q, struct day d)
{
	char buf[DAY_TEXT];
	return arena_strdup(q->arena, day_vi(d, buf));
}

#define REFUSE(q, f, field, ...) \
	((void)!FAULT((f), E_RULE, (field), __VA_ARGS__), fault_cite((f), (q)->cite))

#define WARN_OF(q, field, ...) \
	do { \
		struct fault warn_; \
		(void)!FAULT(&warn_, E_RULE, (field), __VA_ARGS__); \
		(void)!fault_cite(&warn_, (q)->cite); \
		warnings_add((q)->arena, (q)->warn, &warn_); \
	} while (0)

static bool has_role(const struct fact *f, const char *roles)
{
	assert(f->value);
	return text_listed(roles, f->value);
}

static enum err check_who(const struct question *q, struct fault *f)
{
	const struct fact *fact = q->c->fact;
	if (!fact->other.v && !fact->detail)
		return FAULT(f, E_INVALID, "other", MSG_HELPER_WHO);
	if (ID_EQUAL(fact->other, q->c->person_id))
		return REFUSE(q, f, "other", MSG_HELPER_SELF);
	return OK;
}

/* The two introducers are two people. */
static enum err check_twice(const struct question *q, struct fault *f)
{
	const struct fact *fact = q->c->fact;
	for (size_t i = 0; fact->other.v && i < q->named.n; i++) {
		const struct fact *old = q->named.v[i].fact;
		bool both = has_role(fact, "introducer_1|introducer_2") && has_role(old, "introducer_1|introducer_2");
		if (helper_in_force(&q->named.v[i]) && both && ID_EQUAL(old->other, fact->other) && old->seq != fact->corrects)
			return REFUSE(q, f, "other", MSG_HELPER_TWICE, day_words(q, old->on));
	}
	return OK;
}

static enum err check_standing(const struct question *q, const struct helper_state *s, struct fault *f)
{
	if (s->out == HELPER_DISCIPLINED)
		WARN_OF(q, "other", MSG_HELPER_WAS_DISCIPLINED, day_words(q, s->out_since));
	else if (s->out != HELPER_STAYS)
		return REFUSE(q, f, "other", MSG_HELPER_OUT, MSG_TEXT(q->arena, LANG_VI, helper_gone_msg(s->out), day_words(q, s->out_since)),
			MSG_TEXT(q->arena, LANG_EN, helper_gone_msg(s->out), day_words(q, s->out_since)));
	if (s->rank == HELPER_RANK_UNKNOWN)
		WARN_OF(q, "other", MSG_HELPER_RANK_UNKNOWN);
	else if (s->rank != HELPER_OFFICIAL)
		return REFUSE(q, f, "other", MSG_HELPER_NOT_OFFICIAL, day_words(q, q->c->fact->on));
	return OK;
}

/* Candidates who came from another place bring a certificate of it, or were in another unit before (06-HD/TW 3.9a). */
static bool moved_in(const struct facts *person, struct day on)
{
	const struct fact *place = facts_last(person, FACT_UNIT, on), *first = facts_first(person, FACT_UNIT);
	if (place && place != first && !ID_EQUAL(place->unit, first->unit))
		return true;
	for (size_t i = 0; i < person->n; i++)
		if (facts_match(&person->v[i], FACT_PAPER, "being_helped") && person->v[i].on.n <= on.n)
			return true;
	return false;
}

static bool needs_shared_time(const struct question *q)
{
	const struct fact *fact = q->c->fact;
	if (!q->shared)
		return false;
	if (has_role(fact, "candidate_helper"))
		return !moved_in(q->c->person, fact->on);
	return has_role(fact, "introducer_1|introducer_2");
}

static enum err check_long_enough(const struct question *q, struct day since, struct fault *f)
{
	struct day first = calendar_span_end(q->c->world->calendar, since, q->shared->length);
	if (q->c->fact->on.n >= first.n)
		return OK;
	return REFUSE(q, f, "since", MSG_HELPER_SHARED_SHORT, day_words(q, since), span_text(q->shared->length, LANG_VI, q->arena),
		day_words(q, first), span_text(q->shared->length, LANG_EN, q->arena));
}

/* What is typed counts, because work and residence are not always the unit of the register; the register counts where nothing is. */
static enum err check_shared(const struct question *q, struct fault *f)
{
	const struct helper_case *c = q->c;
	struct day since = DAY_NONE;
	bool shared = c->helper && helper_shared_since(c->world->tree, c->person, c->helper, c->fact->on, &since);
	bool differs = shared && day_known(since) && day_known(c->fact->since) && since.n > c->fact->since.n;
	if (!needs_shared_time(q))
		return OK;
	if (differs)
		WARN_OF(q, "since", MSG_HELPER_SHARED_DIFFERS, day_words(q, c->fact->since), day_words(q, since));
	if (day_known(c->fact->since))
		return check_long_enough(q, c->fact->since, f);
	if (c->helper && !shared)
		return REFUSE(q, f, "since", MSG_HELPER_NOT_SHARED, span_text(q->shared->length, LANG_VI, q->arena),
			span_text(q->shared->length, LANG_EN, q->arena));
	if (shared && day_known(since))
		return check_long_enough(q, since, f);
	WARN_OF(q, "since", MSG_HELPER_SHARED_UNKNOWN, span_text(q->shared->length, LANG_VI, q->arena),
		span_text(q->shared->length, LANG_EN, q->arena));
	return OK;
}

/* After the ceremony somebody helps a probationary member, before the decision nobody does. */
static void doubt_stage(const struct question *q)
{
	const struct fact *fact = q->c->fact;
	const struct fact *decision = facts_last(q->c->person, FACT_DECISION, fact->on);
	if (has_role(fact, "probation_helper") ? !decision && q->named.stage == HELPER_OF_CANDIDATE :
		!has_role(fact, "replacement") && q->named.stage == HELPER_OF_PROBATION)
		WARN_OF(q, "value", MSG_HELPER_STAGE);
	if (q->named.stage == HELPER_OF_NOBODY)
		WARN_OF(q, "value", MSG_HELPER_OF_NOBODY);
}

enum err helper_can(const struct helper_case *c, struct arena *a, struct warnings *w, struct fault *f)
{
	struct question q = { .c = c, .arena = a, .warn = w };
	q.shared = pack_clock(rules_at(c->world->rules, c->fact->on), HELPER_CLOCK);
	q.cite = q.shared ? q.shared->cite : helper_cite(c->world->rules, c->fact->on);
	helper_list(c->person, c->fact->on, a, &q.named);
	TRY(check_who(&q, f));
	TRY(check_twice(&q, f));
	if (c->helper) {
		struct helper_state s = helper_state_of(c->helper, c->fact->on);
		TRY(check_standing(&q, &s, f));
	} else {
		WARN_OF(&q, "other", MSG_HELPER_OUTSIDE);
	}
	TRY(check_shared(&q, f));
	doubt_stage(&q);
	return OK;
}

const char *helper_cite(const struct rules *r, struct day on)
{
	const struct pack *p = rules_at(r, on);
	for (size_t i = 0; i < p->checks_n; i++)
		if (strcmp(p->checks[i].key, HELPER_CHECK) == 0)
			return p->checks[i].cite;
	return "";
}
