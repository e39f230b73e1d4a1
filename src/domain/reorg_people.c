/* Who goes where: by number, by an attribute, the others; and that a split leaves each heir something. */
#include "domain/reorg_impl.h"

#include "base/text.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static bool is_step(const struct fact *f)
{
	return strcmp(f->kind, FACT_UNIT) == 0 || !fact_kind_find(f->kind);
}

/* Who left, and was neither taken in again nor did a step since, belongs nowhere. */
static bool is_gone(const struct facts *active, struct day on)
{
	bool gone = false;
	for (size_t i = facts_first_dated(active); i < active->n && active->v[i].on.n <= on.n; i++) {
		if (facts_is_exit(&active->v[i]))
			gone = true;
		else if (is_step(&active->v[i]))
			gone = false;
	}
	return gone;
}

bool reorg_belongs(const struct facts *active, struct unit_id unit, struct day on)
{
	return ID_EQUAL(facts_unit(active, on), unit) && !is_gone(active, on);
}

struct day reorg_stranded(const struct tree *t, const struct facts *active, const struct unit **ret_unit)
{
	for (size_t i = 0; i < active->n; i++) {
		bool is_place = strcmp(active->v[i].kind, FACT_UNIT) == 0;
		const struct unit *u = is_place ? tree_find(t, active->v[i].unit) : NULL;
		struct day closed = u ? unit_closed(u) : DAY_NONE;
		if (day_known(closed) && reorg_belongs(active, u->id, closed)) {
			*ret_unit = u;
			return closed;
		}
	}
	return DAY_NONE;
}

void reorg_warn_stranded(const struct tree *t, const struct facts *active, struct arena *a, struct warnings *w)
{
	const struct unit *u;
	struct fault note;
	char day[DAY_TEXT];
	struct day closed = reorg_stranded(t, active, &u);
	if (!day_known(closed))
		return;
	(void)!FAULT(&note, E_RULE, FACT_UNIT, MSG_REORG_STRANDED, unit_name(u, closed), day_vi(closed, day));
	warnings_add(a, w, &note);
}

/* ---- lists ---- */

struct listing {
	int64_t id;
	const struct reorg_action *by;
	bool met;
};

struct lists {
	struct listing *v;
	size_t n, cap;
};

static int by_id(const void *x, const void *y)
{
	const struct listing *a = x, *b = y;
	if (a->id != b->id)
		return a->id < b->id ? -1 : 1;
	return strcasecmp(a->by->unit, b->by->unit);
}

static enum err collect(const struct resolver *r, struct lists *ret, struct fault *f)
{
	for (size_t i = 0; i < r->plan->n; i++) {
		const struct reorg_action *x = &r->plan->v[i];
		if (x->what != REORG_PEOPLE || !x->listed)
			continue;
		if (x->people_n == 0)
			return FAULT(f, E_INVALID, reorg_path(r, x, "people"), MSG_REORG_NOBODY, x->unit);
		for (size_t k = 0; k < x->people_n; k++)
			*arena_push(r->a, ret->v, ret->n, ret->cap) = (struct listing){ x->people[k], x, false };
	}
	if (ret->n > 0)
		qsort(ret->v, ret->n, sizeof *ret->v, by_id);
	for (size_t i = 1; i < ret->n; i++)
		if (by_id(&ret->v[i - 1], &ret->v[i]) == 0)
			return FAULT(f, E_INVALID, reorg_path(r, ret->v[i].by, "people"), MSG_REORG_PERSON_TWICE,
				reorg_number(r, ret->v[i].id), ret->v[i - 1].by->to, ret->v[i].by->to);
	return OK;
}

static struct listing *listed(struct lists *l, int64_t id, const char *unit)
{
	const struct reorg_action want = { .unit = unit };
	const struct listing key = { id, &want, false };
	return l->n ? bsearch(&key, l->v, l->n, sizeof *l->v, by_id) : NULL;
}

/* ---- one unit that people leave ---- */

struct source {
	const struct unit *unit;
	const struct reorg_action **rules; /* of the unit, lists left aside */
	size_t rules_n, rules_cap;
	const struct reorg_action *closing, *heir; /* heir: the only one */
};

/* Those who go from one unit to another. */
struct journey {
	const struct unit *from;
	const char *to;
	size_t at;
	int64_t *people;
	size_t n, cap;
};

struct journeys {
	struct journey *v;
	size_t n, cap;
	struct lists lists;
};

static struct source source_of(const struct resolver *r, struct unit_id unit)
{
	struct source s = { .unit = tree_find(r->given->tree, unit) };
	size_t links_n;
	s.closing = reorg_closing(r, s.unit->code);
	const struct reorg_action **links = reorg_links(r, s.unit->code, &links_n);
	s.heir = links_n == 1 ? links[0] : NULL;
	for (size_t i = 0; i < r->plan->n; i++) {
		const struct reorg_action *x = &r->plan->v[i];
		if (x->what == REORG_PEOPLE && !x->listed && strcasecmp(x->unit, s.unit->code) == 0)
			*arena_push(r->a, s.rules, s.rules_n, s.rules_cap) = x;
	}
	return s;
}

static enum err torn(const struct resolver *r, const struct reorg_action *x, const struct reorg_action *y, int64_t id, struct fault *f)
{
	return FAULT(f, E_RULE, reorg_path(r, y, "value"), MSG_REORG_PERSON_TWICE, reorg_number(r, id), x->to, y->to);
}

/* By an attribute; where none fits, the rule for all others; where there is none, the only heir. */
static enum err rule_for(const struct resolver *r, const struct source *s, const struct reorg_person *p, const struct reorg_action **ret,
	struct fault *f)
{
	const struct reorg_action *fits = NULL, *others = s->closing ? s->heir : NULL;
	for (size_t i = 0; i < s->rules_n; i++) {
		const struct reorg_action *x = s->rules[i];
		if (!x->attribute) {
			others = x;
			continue;
		}
		if (!text_equal(facts_value(p->active, x->attribute, r->plan->on), x->value))
			continue;
		if (fits && strcasecmp(fits->to, x->to) != 0)
			return torn(r, fits, x, p->id.v, f);
		fits = x;
	}
	*ret = fits ? fits : others;
	return OK;
}

static void send(const struct resolver *r, struct journeys *j, const struct source *s, const struct reorg_action *by, int64_t id)
{
	struct journey *to = NULL;
	for (size_t i = j->n; i-- > 0 && !to && j->v[i].from == s->unit;)
		if (strcasecmp(j->v[i].to, by->to) == 0)
			to = &j->v[i];
	if (!to) {
		to = arena_push(r->a, j->v, j->n, j->cap);
		*to = (struct journey){ .from = s->unit, .to = by->to, .at = by->at };
	}
	*arena_push(r->a, to->people, to->n, to->cap) = id;
}

static enum err check_later(const struct resolver *r, const struct source *s, const struct reorg_person *p, struct fault *f)
{
	for (size_t i = 0; s->closing && i < p->active->n; i++) {
		const struct fact *x = &p->active->v[i];
		if (strcmp(x->kind, FACT_UNIT) == 0 && x->on.n > r->plan->on.n && ID_EQUAL(x->unit, s->unit->id))
			return FAULT(f, E_RULE, reorg_path(r, s->closing, "unit"), MSG_REORG_PERSON_LATER, reorg_number(r, p->id.v), s->unit->code,
				reorg_day(r, x->on));
	}
	return OK;
}

/* Everybody of one unit; they stand side by side. */
static enum err place_people(const struct resolver *r, const struct reorg_person *v, size_t n, struct journeys *j, struct fault *f)
{
	const struct source s = source_of(r, v[0].unit);
	int64_t left = 0, first = 0;
	for (size_t i = 0; i < n; i++) {
		struct listing *own = listed(&j->lists, v[i].id.v, s.unit->code);
		const struct reorg_action *by = own ? own->by : NULL;
		TRY(check_later(r, &s, &v[i], f));
		if (!reorg_belongs(v[i].active, s.unit->id, r->plan->on))
			continue;
		if (own)
			own->met = true;
		else
			TRY(rule_for(r, &s, &v[i], &by, f));
		if (by && strcasecmp(by->to, s.unit->code) != 0)
			send(r, j, &s, by, v[i].id.v);
		else if (!by && s.closing && left++ == 0)
			first = v[i].id.v;
	}
	if (left > 0)
		return FAULT(f, E_RULE, reorg_path(r, s.closing, "unit"), MSG_REORG_PEOPLE_LEFT, s.unit->code, reorg_number(r, left),
			reorg_number(r, first));
	return OK;
}

static enum err check_met(const struct resolver *r, const struct lists *l, struct fault *f)
{
	for (size_t i = 0; i < l->n; i++)
		if (!l->v[i].met)
			return FAULT(f, E_RULE, reorg_path(r, l->v[i].by, "people"), MSG_REORG_PERSON_ELSEWHERE, reorg_number(r, l->v[i].id),
				l->v[i].by->unit, reorg_day(r, r->plan->on));
	return OK;
}

/* ---- each heir gets some ---- */

static bool receives(const struct resolver *r, const struct journeys *j, const struct unit *from, const char *heir)
{
	const struct unit *to = tree_find_code(&r->after, heir);
	for (size_t i = 0; i < j->n; i++)
		if (j->v[i].from == from && strcasecmp(j->v[i].to, heir) == 0)
			return true;
	for (size_t i = 0; i < r->out.n; i++) {
		const struct reorg_action *x = &r->out.v[i];
		const struct unit *u = x->what == REORG_MOVE ? tree_find_code(&r->after, x->unit) : NULL;
		if (u && tree_is_under(&r->after, u->id, to->id, r->plan->on) && tree_is_under(r->given->tree, u->id, from->id,
			day_add(r->plan->on, -1)))
			return true;
	}
	return false;
}

static size_t people_of(const struct resolver *r, const struct unit *u)
{
	size_t n = 0;
	for (size_t i = 0; i < r->given->people_n; i++)
		n += ID_EQUAL(r->given->people[i].unit, u->id) && reorg_belongs(r->given->people[i].active, u->id, r->plan->on);
	return n;
}

static size_t sent_from(const struct journeys *j, const struct unit *u)
{
	size_t n = 0;
	for (size_t i = 0; i < j->n; i++)
		n += j->v[i].from == u ? j->v[i].n : 0;
	return n;
}

static bool keeps(const struct resolver *r, const struct journeys *j, const struct unit *u)
{
	size_t n;
	(void)tree_children(&r->after, u->id, r->plan->on, r->a, &n);
	return n > 0 || people_of(r, u) > sent_from(j, u);
}

/* A unit with nobody in it and nothing below can be split on paper. */
static bool has_something(const struct resolver *r, const struct unit *u)
{
	size_t n;
	(void)tree_children(r->given->tree, u->id, day_add(r->plan->on, -1), r->a, &n);
	return n > 0 || people_of(r, u) > 0;
}

static enum err check_split(const struct resolver *r, const struct journeys *j, struct fault *f)
{
	for (size_t i = 0; i < r->out.n; i++) {
		const struct reorg_action *x = &r->out.v[i];
		size_t n;
		if (x->what != REORG_HEIR)
			continue;
		(void)reorg_links(r, x->unit, &n);
		const struct unit *u = tree_find_code(r->given->tree, x->unit);
		if (n < 2 || !has_something(r, u))
			continue;
		bool some = strcasecmp(x->to, x->unit) == 0 ? keeps(r, j, u) : receives(r, j, u, x->to);
		if (!some)
			return FAULT(f, E_RULE, reorg_path(r, x, "to"), MSG_REORG_ALL_TO_ONE, u->code, x->to);
	}
	return OK;
}

/* ---- attributes to divide by ---- */

static enum err check_attributes(const struct resolver *r, struct fault *f)
{
	size_t n;
	const struct fact_kind *kinds = fact_kinds(&n);
	struct text list = TEXT(r->a);
	for (size_t i = 0; i < n; i++)
		if (kinds[i].family == FACT_ATTRIBUTE)
			text_addf(&list, "%s%s", list.n ? ", " : "", kinds[i].key);
	for (size_t i = 0; i < r->plan->n; i++) {
		const struct reorg_action *x = &r->plan->v[i];
		const struct fact_kind *k = x->attribute ? fact_kind_find(x->attribute) : NULL;
		if (x->attribute && (!k || k->family != FACT_ATTRIBUTE))
			return FAULT(f, E_INVALID, reorg_path(r, x, "attribute"), MSG_REORG_ATTRIBUTE, x->attribute, text_str(&list));
	}
	return OK;
}

/* ---- the whole ---- */

static int by_number(const void *x, const void *y)
{
	const int64_t *a = x, *b = y;
	return (*a > *b) - (*a < *b);
}

enum err reorg_people(struct resolver *r, struct fault *f)
{
	struct journeys j = { 0 };
	const struct reorg_person *v = r->given->people;
	TRY(check_attributes(r, f));
	TRY(collect(r, &j.lists, f));
	for (size_t i = 0, to; i < r->given->people_n; i = to) {
		for (to = i; to < r->given->people_n && ID_EQUAL(v[to].unit, v[i].unit);)
			to++;
		TRY(place_people(r, v + i, to - i, &j, f));
	}
	TRY(check_met(r, &j.lists, f));
	TRY(check_split(r, &j, f));
	for (size_t i = 0; i < j.n; i++) {
		struct reorg_action *x = reorg_emit(r, REORG_PEOPLE, j.v[i].at, j.v[i].from->code, j.v[i].to);
		qsort(j.v[i].people, j.v[i].n, sizeof *j.v[i].people, by_number);
		x->listed = true;
		x->people = j.v[i].people;
		x->people_n = j.v[i].n;
	}
	return OK;
}
