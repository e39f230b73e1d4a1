#include "domain/transfer.h"
#include "domain/authority.h"
#include "domain/trail.h"

#include <assert.h>
#include <string.h>

#define FORWARD "T17"

/* Whose body decides on admissions of people of that unit; 0 when the tree has none. */
static struct unit_id decides_for(const struct world *w, struct unit_id unit, struct day on)
{
	const struct unit *u = authority_at(w->rules, w->tree, unit, FACT_DECISION, on).unit;
	return u ? u->id : (struct unit_id){ 0 };
}

/* ---- the situation ---- */

static bool is_step(const struct trail_step *t, const char *kind)
{
	return strcmp(t->fact->kind, kind) == 0;
}

static bool is_move(const struct fact *f)
{
	return facts_match(f, FACT_TRANSFER, "candidate") || strcmp(f->kind, FACT_MOVED) == 0;
}

/* Of the facts that one move is made of, the decision to move has the paper. Who is back has not moved. */
static const struct fact *last_move(const struct trail *t, struct day today)
{
	const struct fact *found = NULL;
	for (size_t i = t->active->n; i-- > 0;) {
		const struct fact *f = &t->active->v[i];
		if (f->on.n > today.n || f->on.n <= t->anew.n || !is_move(f))
			continue;
		if (found && found->on.n != f->on.n)
			break;
		if (!found || strcmp(f->kind, FACT_TRANSFER) == 0)
			found = f;
	}
	return found;
}

static const struct fact *last_step(const struct trail *t, const char *kind)
{
	for (size_t i = t->n; i-- > 0;)
		if (is_step(&t->v[i], kind) && !t->v[i].failed)
			return t->v[i].fact;
	return NULL;
}

static bool was_sent(const struct trail *t, struct day on)
{
	for (size_t i = 0; i < t->n && t->v[i].on.n <= on.n; i++)
		if (is_step(&t->v[i], FACT_SUBMITTED) || is_step(&t->v[i], FACT_DECISION_VOTE))
			return true;
	return false;
}

/* A resolution that the move made void, or what rested on one. */
static bool was_resolved(const struct rules *r, const struct trail *t, struct day on)
{
	for (size_t i = 0; i < t->ended_n; i++) {
		const struct trail_ended *e = &t->ended[i];
		if (is_move(e->by) && day_equal(e->by->on, on) && !trail_failed(r, e->fact))
			return true;
	}
	return false;
}

static struct unit_id unit_before(const struct facts *active, const struct fact *move)
{
	return facts_unit(active, day_add(move->on, -1));
}

static const struct clock *clock_of(const struct world *w, const char *key, struct day on)
{
	return pack_clock(rules_at(w->rules, on), key);
}

static void fill_move(const struct world *w, const struct facts *active, const struct fact *move, struct transfer *t)
{
	const struct clock *limit = clock_of(w, "T19", move->on);
	bool outside = strcmp(move->kind, FACT_MOVED) == 0 || move->detail;
	t->move = move;
	t->place = !outside ? NULL : move->detail ? move->detail : move->value ? move->value : "";
	t->from = unit_before(active, move);
	t->to = outside ? (struct unit_id){ 0 } : move->unit;
	t->usable_until = limit ? calendar_span_end(w->calendar, move->on, limit->length) : DAY_LAST;
}

static bool same_authority(const struct world *w, const struct transfer *t)
{
	struct unit_id old = decides_for(w, t->from, t->move->on), new = decides_for(w, t->to, t->move->on);
	return old.v && ID_EQUAL(old, new);
}

/* The new place on a day: the unit that they moved to may have been reorganised since. */
static struct unit_id new_place(const struct facts *active, const struct transfer *t, struct day on)
{
	const struct fact *place = facts_last(active, FACT_UNIT, on);
	return place && place->on.n >= t->move->on.n ? place->unit : t->to;
}

/* A decision after the move is the old authority's when it was made for a unit under that one. */
static bool by_new_authority(const struct world *w, const struct facts *active, const struct transfer *t)
{
	const struct fact *d = t->decision;
	return t->to.v && ID_EQUAL(decides_for(w, d->unit, d->on), decides_for(w, new_place(active, t, d->on), d->on));
}

static enum transfer_situation decided(const struct world *w, struct transfer *t)
{
	if (same_authority(w, t))
		return TRANSFER_DECIDED_SAME;
	t->must_cancel = t->decision->on.n > t->usable_until.n;
	return TRANSFER_DECIDED_OTHER;
}

static enum transfer_situation situation_of(const struct world *w, const struct trail *trail, struct transfer *t)
{
	struct day on = t->move->on;
	if (t->decision && (t->decision->on.n <= on.n || same_authority(w, t) || !by_new_authority(w, trail->active, t)))
		return decided(w, t);
	if (was_sent(trail, on))
		return TRANSFER_FILE_SENT;
	return was_resolved(w->rules, trail, on) ? TRANSFER_RESOLVED : TRANSFER_BEFORE;
}

bool transfer_forwards(const struct world *w, const struct facts *active, const struct clock *clock, const struct fact *start)
{
	struct transfer t = { .situation = TRANSFER_NONE };
	if (strcmp(clock->key, FORWARD) != 0 || !w->tree)
		return true;
	fill_move(w, active, start, &t);
	return !same_authority(w, &t);
}

void transfer_of(const struct world *w, const struct facts *active, struct day today, struct arena *a, struct transfer *ret)
{
	struct trail trail;
	*ret = (struct transfer){ .situation = TRANSFER_NONE, .usable_until = DAY_NONE };
	trail_build(w->rules, active, today, a, &trail);
	const struct fact *move = last_move(&trail, today);
	if (!move || last_step(&trail, FACT_CEREMONY))
		return;
	fill_move(w, active, move, ret);
	ret->decision = last_step(&trail, FACT_DECISION);
	ret->situation = situation_of(w, &trail, ret);
}

/* ---- what follows ---- */

struct sentences {
	const struct world *w;
	const struct transfer *t;
	const struct pack *pack; /* of the day of the move */
	struct arena *a;
	struct warnings *out;
};

static const char *date(struct arena *a, struct day d)
{
	char text[DAY_TEXT];
	return arena_strdup(a, day_vi(d, text));
}

#define CLAUSE ", 3.9"

/* The clause of the guidance of the time, as T17 cites it; a pack whose clauses nobody compared cites the instrument alone. */
static const char *clause(const struct sentences *s, const char *letter)
{
	const struct clock *clock = pack_clock(s->pack, FORWARD);
	const char *cite = clock ? clock->cite : s->pack->instrument, *at = strstr(cite, CLAUSE);
	return at ? arena_printf(s->a, "%.*s" CLAUSE "%s", (int)(at - cite), cite, letter) : cite;
}

static void say(const struct sentences *s, const char *cite, enum msg msg, const char *x, const char *y, const char *z)
{
	struct fault f;
	(void)!FAULT(&f, E_RULE, FACT_TRANSFER, msg, x, y, z);
	(void)!fault_cite(&f, cite);
	warnings_add(s->a, s->out, &f);
}

static void say_until(const struct sentences *s, const char *key, enum msg msg)
{
	const struct clock *clock = pack_clock(s->pack, key);
	if (clock)
		say(s, clock->cite, msg, date(s->a, calendar_due(s->w->calendar, s->t->move->on, clock->length)), NULL, NULL);
}

/* Both wordings of a length travel: a sentence takes the one of its language. */
static void say_within(const struct sentences *s, const char *key, enum msg msg)
{
	const struct clock *clock = pack_clock(s->pack, key);
	if (clock)
		say(s, clock->cite, msg, span_text(clock->length, LANG_VI, s->a), span_text(clock->length, LANG_EN, s->a), NULL);
}

static void follows_before(const struct sentences *s)
{
	say(s, clause(s, "a"), MSG_TRANSFER_NEW_HELPER, NULL, NULL, NULL);
	say(s, clause(s, "a"), MSG_TRANSFER_CERTIFICATE_KEPT, NULL, NULL, NULL);
	say(s, clause(s, "a"), MSG_TRANSFER_BEING_HELPED, NULL, NULL, NULL);
}

static void follows_resolved(const struct sentences *s)
{
	say(s, clause(s, "b"), MSG_TRANSFER_SEND_FILE, NULL, NULL, NULL);
	say(s, clause(s, "b"), MSG_TRANSFER_CONSIDER_AGAIN, date(s->a, s->t->move->on), NULL, NULL);
}

static void follows_file_sent(const struct sentences *s)
{
	if (same_authority(s->w, s->t)) {
		say(s, clause(s, "c"), MSG_TRANSFER_SAME_AUTHORITY, NULL, NULL, NULL);
		return;
	}
	say_until(s, FORWARD, MSG_TRANSFER_FORWARD_UNTIL);
	say_within(s, "T18", MSG_TRANSFER_DECIDE_WITHIN);
	if (!s->t->decision)
		say(s, clause(s, "c"), MSG_TRANSFER_OLD_UNTIL, date(s->a, s->t->usable_until), NULL, NULL);
}

static void follows_same(const struct sentences *s)
{
	say(s, clause(s, "c"), MSG_TRANSFER_CEREMONY_NEW, NULL, NULL, NULL);
}

static void follows_other(const struct sentences *s)
{
	const char *decided = date(s->a, s->t->decision->on), *until = date(s->a, s->t->usable_until);
	if (s->t->must_cancel)
		say(s, clause(s, "c"), MSG_TRANSFER_MUST_CANCEL, decided, until, date(s->a, s->t->move->on));
	else
		say(s, clause(s, "c"), MSG_TRANSFER_USABLE, decided, until, NULL);
	say_within(s, "T20", MSG_TRANSFER_REEXAMINE);
}

void transfer_follows(const struct world *w, const struct transfer *t, struct arena *a, struct warnings *ret)
{
	static void (*const follows[])(const struct sentences *s) = {
		[TRANSFER_BEFORE] = follows_before,
		[TRANSFER_RESOLVED] = follows_resolved,
		[TRANSFER_FILE_SENT] = follows_file_sent,
		[TRANSFER_DECIDED_SAME] = follows_same,
		[TRANSFER_DECIDED_OTHER] = follows_other,
	};
	*ret = (struct warnings){ 0 };
	if (t->situation == TRANSFER_NONE)
		return;
	const struct sentences s = { w, t, rules_at(w->rules, t->move->on), a, ret };
	follows[t->situation](&s);
}

/* ---- the ceremony ---- */

static enum err refuse(const struct sentences *s, struct fault *f)
{
	if (f)
		*f = s->out->v[0];
	return E_RULE;
}

enum err transfer_check_ceremony(const struct world *w, const struct facts *active, const struct fact *ceremony, struct arena *a,
	struct fault *f)
{
	struct transfer t;
	struct warnings said = { 0 };
	transfer_of(w, active, ceremony->on, a, &t);
	if (t.situation == TRANSFER_NONE)
		return OK;
	const struct sentences s = { w, &t, rules_at(w->rules, t.move->on), a, &said };
	struct unit_id now = facts_unit(active, ceremony->on), here = now.v ? now : t.to;
	if (t.must_cancel)
		say(&s, clause(&s, "c"), MSG_TRANSFER_MUST_CANCEL, date(a, t.decision->on), date(a, t.usable_until), date(a, t.move->on));
	else if (t.place && t.decision)
		say(&s, clause(&s, "c"), MSG_TRANSFER_CEREMONY_AT, t.place, NULL, NULL);
	else if (t.to.v && !tree_is_under(w->tree, here, ceremony->unit, ceremony->on))
		say(&s, clause(&s, "c"), MSG_TRANSFER_CEREMONY_AT, unit_name(tree_find(w->tree, here), ceremony->on), NULL, NULL);
	return said.n ? refuse(&s, f) : OK;
}

/* ---- members who are elsewhere for a time ---- */

static bool is_for_a_time(const struct fact *f)
{
	return facts_match(f, FACT_TRANSFER, "temporary") || facts_match(f, FACT_TRANSFER, "study");
}

struct day transfer_over(const struct fact *transfer)
{
	return transfer->amount > 0 ? day_add_months(transfer->on, transfer->amount) : DAY_NONE;
}

const struct fact *transfer_away(const struct facts *active, struct day day)
{
	for (size_t i = active->n; i-- > 0;) {
		const struct fact *f = &active->v[i];
		if (f->on.n > day.n)
			continue;
		if (strcmp(f->kind, "returned") == 0 || facts_match(f, FACT_TRANSFER, "member"))
			return NULL;
		if (is_for_a_time(f))
			return day_known(transfer_over(f)) && transfer_over(f).n <= day.n ? NULL : f;
	}
	return NULL;
}
