#include "domain/helper.h"
#include "base/text.h"
#include "domain/transfer.h"

#include <assert.h>
#include <string.h>

#define ROLE_REPLACEMENT "replacement"
#define ROLE_PROBATION "probation_helper"

static bool is(const struct fact *f, const char *kind)
{
	return strcmp(f->kind, kind) == 0;
}

static bool is_step(const struct fact *f)
{
	return fact_kind_find(f->kind) == NULL;
}

/* ---- a life up to a day ---- */

struct life {
	struct facts known;
	enum helper_rank rank;
	const struct fact *exit; /* the last one; NULL */
	bool is_out;             /* it stands */
};

/* After an exit a step begins anew, unless something says that it was no end. */
static bool is_back(const struct facts *known, const struct fact *exit)
{
	for (size_t i = facts_first_dated(known); i < known->n; i++) {
		const struct fact *f = &known->v[i];
		if (facts_ends_exit(exit, f) || (is_step(f) && f->on.n > exit->on.n))
			return true;
	}
	return false;
}

static bool has_step(const struct facts *known)
{
	for (size_t i = facts_first_dated(known); i < known->n; i++)
		if (is_step(&known->v[i]))
			return true;
	return false;
}

static enum helper_rank rank_on(const struct facts *known, struct day on)
{
	if (facts_is_official(known, on))
		return HELPER_OFFICIAL;
	if (facts_had_ceremony(known, on))
		return HELPER_PROBATIONARY;
	return has_step(known) ? HELPER_CANDIDATE : HELPER_RANK_UNKNOWN;
}

static struct life life_until(const struct facts *active, struct day on)
{
	struct life l = { .known = *active };
	while (l.known.n > 0 && l.known.v[l.known.n - 1].on.n > on.n)
		l.known.n--;
	for (size_t i = 0; i < l.known.n; i++)
		if (facts_is_exit(&l.known.v[i]))
			l.exit = &l.known.v[i];
	l.is_out = l.exit && !is_back(&l.known, l.exit);
	l.rank = rank_on(&l.known, on);
	return l;
}

/* ---- who is named ---- */

/* A replacement helps whomever the person was on that day. */
static enum helper_stage stage_of(const struct facts *active, const struct fact *f)
{
	if (text_equal(f->value, ROLE_PROBATION))
		return HELPER_OF_PROBATION;
	if (text_equal(f->value, ROLE_REPLACEMENT) && facts_had_ceremony(active, f->on))
		return HELPER_OF_PROBATION;
	return HELPER_OF_CANDIDATE;
}

static bool ends_stage(const struct helper *h, const struct fact *f)
{
	const char *last = h->stage == HELPER_OF_CANDIDATE ? FACT_CEREMONY : FACT_RECOGNITION;
	return f->on.n >= h->fact->on.n && (facts_is_exit(f) || is(f, last));
}

static bool ends(const struct helper *h, const struct fact *f)
{
	return f->about == h->fact->seq && (is(f, FACT_HELPER_END) || is(f, FACT_HELPER));
}

static struct helper helper_of(const struct facts *active, const struct fact *fact, struct day on)
{
	struct helper h = { .fact = fact, .stage = stage_of(active, fact), .until = DAY_NONE };
	for (size_t i = facts_first_dated(active); i < active->n && active->v[i].on.n <= on.n; i++) {
		const struct fact *f = &active->v[i];
		if (!h.end && ends(&h, f))
			h.end = f;
		if (!day_known(h.until) && (ends(&h, f) || ends_stage(&h, f)))
			h.until = f->on;
	}
	return h;
}

static size_t count_named(const struct facts *active)
{
	size_t n = 0;
	for (size_t i = 0; i < active->n; i++)
		n += is(&active->v[i], FACT_HELPER);
	return n;
}

static enum helper_stage stage_now(const struct life *l)
{
	if (l->is_out || l->rank == HELPER_OFFICIAL)
		return HELPER_OF_NOBODY;
	return l->rank == HELPER_PROBATIONARY ? HELPER_OF_PROBATION : HELPER_OF_CANDIDATE;
}

void helper_list(const struct facts *active, struct day on, struct arena *a, struct helpers *ret)
{
	struct life l = life_until(active, on);
	*ret = (struct helpers){ .stage = stage_now(&l), .cycle = l.exit ? l.exit->on : DAY_NONE };
	size_t most = count_named(active);
	if (most == 0)
		return;
	ret->v = arena_array(a, struct helper, most);
	for (size_t i = facts_first_dated(active); i < active->n && active->v[i].on.n <= on.n; i++)
		if (is(&active->v[i], FACT_HELPER))
			ret->v[ret->n++] = helper_of(active, &active->v[i], on);
}

bool helper_in_force(const struct helper *h)
{
	return !day_known(h->until);
}

static bool succeeds(const struct helper *h, const struct helper *later)
{
	return later->stage == h->stage && later->fact != h->fact && later->fact->on.n >= h->until.n;
}

bool helper_unreplaced(const struct helpers *list, const struct helper *h)
{
	bool by_branch = h->end && is(h->end, FACT_HELPER_END) && day_equal(h->end->on, h->until);
	if (!by_branch || h->stage != list->stage || text_equal(h->end->value, "done"))
		return false;
	if (day_known(list->cycle) && h->fact->on.n <= list->cycle.n)
		return false;
	for (size_t i = 0; i < list->n; i++)
		if (succeeds(h, &list->v[i]))
			return false;
	return true;
}

/* ---- whether they are enough ---- */

/* One member may stand in two rows: introduces, and helps. */
static bool same_member(const struct fact *x, const struct fact *y)
{
	return x->other.v ? ID_EQUAL(x->other, y->other) : !y->other.v && text_equal(x->detail, y->detail);
}

static bool counts(const struct helper *h)
{
	return helper_in_force(h) && h->stage == HELPER_OF_CANDIDATE;
}

static int count_members(const struct helpers *list)
{
	int n = 0;
	for (size_t i = 0; i < list->n; i++) {
		bool again = false;
		for (size_t k = 0; k < i; k++)
			again |= counts(&list->v[k]) && same_member(list->v[i].fact, list->v[k].fact);
		n += counts(&list->v[i]) && !again;
	}
	return n;
}

static bool on_record(const struct facts *active, const char *kind, const char *value, const struct helpers *list, struct day on)
{
	for (size_t i = facts_first_dated(active); i < active->n && active->v[i].on.n <= on.n; i++)
		if (facts_match(&active->v[i], kind, value) && (!day_known(list->cycle) || active->v[i].on.n > list->cycle.n))
			return true;
	return false;
}

enum helper_need helper_introduced(const struct facts *active, const struct helpers *list, struct day on)
{
	int members = count_members(list);
	if (members == 0)
		return HELPER_NONE;
	if (members >= 2 || on_record(active, FACT_PAPER, "youth_resolution", list, on))
		return HELPER_ENOUGH;
	if (!on_record(active, FACT_PAPER, "union_resolution", list, on))
		return HELPER_SECOND;
	return on_record(active, FACT_SPECIAL, "no_youth_union", list, on) ? HELPER_ENOUGH : HELPER_WHICH_UNION;
}

/* ---- the helper ---- */

static void goes(struct helper_state *s, enum helper_gone why, struct day since)
{
	s->out = why;
	s->out_since = since;
}

static enum helper_gone exit_of(const struct fact *f)
{
	if (text_equal(f->value, "died"))
		return HELPER_DIED;
	return is(f, FACT_MOVED) || text_equal(f->value, "moved_out") ? HELPER_LEFT : HELPER_STRUCK;
}

static void follow_discipline(struct helper_state *s, const struct fact *f)
{
	if (text_equal(f->value, "ended"))
		goes(s, HELPER_STAYS, DAY_NONE);
	else
		goes(s, text_equal(f->value, "suspended") ? HELPER_SUSPENDED : HELPER_DISCIPLINED, f->on);
}

/* At the new place, or here again after having moved out. */
static bool has_arrived(const struct life *l, const struct fact *transfer)
{
	for (size_t i = 0; i < l->known.n; i++)
		if (is(&l->known.v[i], FACT_UNIT) && l->known.v[i].on.n >= transfer->on.n)
			return true;
	return l->exit && facts_ends_exit(l->exit, transfer);
}

/* Where they are, and what keeps them from helping. */
static void follow(struct helper_state *s, const struct life *l, const struct fact *f)
{
	if (is(f, FACT_UNIT)) {
		bool stays = ID_EQUAL(s->unit, f->unit);
		s->unit_since = stays ? s->unit_since : f->on;
		s->unit = f->unit;
	}
	if (facts_match(f, FACT_TRANSFER, "member") && !has_arrived(l, f))
		goes(s, HELPER_TRANSFERRED, f->on);
	if (is(f, FACT_DISCIPLINE))
		follow_discipline(s, f);
}

struct helper_state helper_state_of(const struct facts *active, struct day on)
{
	struct helper_state s = { .unit_since = DAY_NONE, .out_since = DAY_NONE };
	const struct life l = life_until(active, on);
	const struct fact *first = facts_first(active, FACT_UNIT), *away = transfer_away(active, on);
	s.unit = first ? first->unit : s.unit;
	s.rank = l.rank;
	for (size_t i = facts_first_dated(&l.known); i < l.known.n; i++)
		follow(&s, &l, &l.known.v[i]);
	if (away && s.out != HELPER_SUSPENDED)
		goes(&s, HELPER_TRANSFERRED, away->on);
	if (l.is_out)
		goes(&s, exit_of(l.exit), l.exit->on);
	return s;
}

static struct day later_of(struct day x, struct day y)
{
	return x.n > y.n ? x : y;
}

/* Two who came to their units on the same day were carried there by a reorganisation. */
enum helper_gone helper_gone(struct day named, const struct helper_state *helper, const struct helper_state *person,
	struct day *ret_since)
{
	bool together = ID_EQUAL(helper->unit, person->unit) || day_equal(helper->unit_since, person->unit_since);
	enum helper_gone why = HELPER_STAYS;
	*ret_since = later_of(helper->out_since, named);
	if (helper->out != HELPER_STAYS && (helper->out != HELPER_DISCIPLINED || helper->out_since.n > named.n))
		return helper->out;
	if (helper->rank == HELPER_CANDIDATE || helper->rank == HELPER_PROBATIONARY)
		return HELPER_NOT_OFFICIAL;
	if (!together && person->unit_since.n > named.n)
		why = HELPER_PERSON_MOVED;
	if (!together && helper->unit_since.n > named.n)
		why = HELPER_MOVED;
	*ret_since = why == HELPER_MOVED ? helper->unit_since : why == HELPER_PERSON_MOVED ? person->unit_since : DAY_NONE;
	return why;
}

static const struct {
	const char *key;
	enum msg msg;
} reasons[] = {
	[HELPER_STAYS] = { "", MSG_NONE },
	[HELPER_DIED] = { "died", MSG_HELPER_DIED },
	[HELPER_STRUCK] = { "struck_off", MSG_HELPER_STRUCK },
	[HELPER_LEFT] = { "moved_out", MSG_HELPER_LEFT },
	[HELPER_TRANSFERRED] = { "transferred", MSG_HELPER_TRANSFERRED },
	[HELPER_SUSPENDED] = { "suspended", MSG_HELPER_SUSPENDED },
	[HELPER_DISCIPLINED] = { "disciplined", MSG_HELPER_DISCIPLINED },
	[HELPER_NOT_OFFICIAL] = { "not_official", MSG_HELPER_NO_LONGER_OFFICIAL },
	[HELPER_MOVED] = { "moved", MSG_HELPER_MOVED },
	[HELPER_PERSON_MOVED] = { "person_moved", MSG_HELPER_PERSON_MOVED },
	[HELPER_ENDED] = { "ended", MSG_HELPER_ENDED },
};

enum msg helper_gone_msg(enum helper_gone why)
{
	return reasons[why].msg;
}

const char *helper_gone_key(enum helper_gone why)
{
	return reasons[why].key;
}
