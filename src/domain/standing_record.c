/* Whether a fact may be put on record beside the others. */
#include "base/text.h"
#include "domain/authority.h"
#include "domain/check.h"
#include "domain/reorg.h"
#include "domain/standing_case.h"
#include "domain/transfer.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

struct record_case {
	const struct world *world;
	const struct fact *fact;
	const struct pack *pack;    /* in force on the day of the fact */
	const struct step *step;    /* NULL when the fact is not a step */
	struct facts others, all;   /* without and with the fact; without the one it corrects */
	struct trail trail;         /* of `all`, in the candidacy or membership the fact belongs to */
	struct day today;
	struct arena *arena;
	struct warnings *warn;
	struct fault *fault;
};

static bool is_kind(const struct fact *f, const char *kind)
{
	return strcmp(f->kind, kind) == 0;
}

static bool is_death(const struct fact *f)
{
	return is_kind(f, FACT_LEFT) && f->value && strcmp(f->value, "died") == 0;
}

static const char *date(const struct record_case *c, struct day d)
{
	char text[DAY_TEXT];
	return arena_strdup(c->arena, day_vi(d, text));
}

/* The facts but the one of that number; 0: all of them. */
static struct facts without(const struct facts *list, int32_t seq, struct arena *a)
{
	if (!seq)
		return *list;
	struct facts ret = { .v = arena_array(a, struct fact, list->n) };
	for (size_t i = 0; i < list->n; i++)
		if (list->v[i].seq != seq)
			ret.v[ret.n++] = list->v[i];
	return ret;
}

/* Behind the other facts of its day. */
static struct facts with(const struct facts *list, const struct fact *f, struct arena *a)
{
	struct facts ret = { .v = arena_array(a, struct fact, list->n + 1), .n = list->n + 1 };
	size_t i = list->n;
	for (; i > 0 && list->v[i - 1].on.n > f->on.n; i--)
		ret.v[i] = list->v[i - 1];
	ret.v[i] = *f;
	if (i > 0)
		memcpy(ret.v, list->v, i * sizeof *ret.v);
	return ret;
}

static enum err check_day(const struct record_case *c, const struct fact_kind *kind)
{
	const struct fact *n = c->fact;
	bool may_be_unknown = kind && (kind->family == FACT_ATTRIBUTE || kind->family == FACT_PLACE);
	if (!day_known(n->on))
		return may_be_unknown ? OK : FAULT(c->fault, E_INVALID, n->kind, MSG_STANDING_NO_DAY);
	if (day_before(c->today, n->on))
		return FAULT(c->fault, E_INVALID, n->kind, MSG_STANDING_FUTURE, date(c, n->on), date(c, c->today));
	return OK;
}

/* A member of long ago may have been admitted before today's organisation was founded, and nobody wrote down where. */
static void warn_before_unit(const struct record_case *c, const struct unit *unit)
{
	struct fault note;
	(void)!FAULT(&note, E_RULE, c->fact->kind, MSG_STANDING_BEFORE_UNIT, date(c, c->fact->on), unit_name(unit, c->fact->on),
		date(c, unit_opened(unit)));
	warnings_add(c->arena, c->warn, &note);
}

static enum err check_unit(const struct record_case *c, const struct fact_kind *kind)
{
	const struct fact *n = c->fact;
	if (!n->unit.v || !c->world->tree || (kind && kind->family == FACT_ATTRIBUTE))
		return OK;
	const struct unit *unit = tree_find(c->world->tree, n->unit);
	if (!unit || unit_never_was(unit))
		return FAULT(c->fault, E_NOTFOUND, n->kind, MSG_UNIT_UNKNOWN);
	if (!day_known(n->on) || unit_is_open(unit, n->on))
		return OK;
	if (!day_before(n->on, unit_opened(unit)))
		return FAULT(c->fault, E_RULE, n->kind, MSG_UNIT_NOT_OPEN, unit_name(unit, n->on), date(c, n->on));
	warn_before_unit(c, unit);
	return OK;
}

/* A place recorded late may be one that has closed since. */
static void warn_place(const struct record_case *c, const struct fact_kind *kind)
{
	if (kind && kind->family == FACT_PLACE && c->world->tree)
		reorg_warn_stranded(c->world->tree, &c->all, c->arena, c->warn);
}

/* A candidate who went away counts as back from the next place on record; when a reorganisation brought that one, nobody came back. */
static void warn_moved_back(const struct record_case *c)
{
	struct fault note;
	if (!is_kind(c->fact, FACT_MOVED) || !c->world->tree)
		return;
	for (size_t i = 0; i < c->others.n; i++) {
		const struct fact *f = &c->others.v[i];
		if (!facts_ends_exit(c->fact, f))
			continue;
		(void)!FAULT(&note, E_RULE, FACT_MOVED, MSG_STANDING_MOVED_BACK, unit_name(tree_find(c->world->tree, f->unit), f->on),
			date(c, f->on), arena_printf(c->arena, "%d", (int)f->seq));
		warnings_add(c->arena, c->warn, &note);
		return;
	}
}

static const char *pack_ids(const struct record_case *c)
{
	const struct rules *r = c->world->rules;
	struct text t = TEXT(c->arena);
	for (size_t i = 0; i < r->n; i++)
		if (i == 0 || strcmp(r->packs[i]->id, r->packs[i - 1]->id) != 0)
			text_addf(&t, "%s%s", i ? ", " : "", r->packs[i]->id);
	return text_str(&t);
}

/* An extension is granted once, for a clock that is running, where the pack of its start knows one. */
static enum err check_extension(const struct record_case *c)
{
	struct standing then;
	const char *clock = c->fact->value;
	if (!is_kind(c->fact, FACT_EXTENDED))
		return OK;
	standing(c->world, &c->others, c->fact->on, c->arena, &then);
	const struct standing_clock *k = clock ? standing_clock_of(&then, clock) : NULL;
	if (!k || k->status != CLOCK_RUNNING)
		return FAULT(c->fault, E_RULE, "value", MSG_EXTENSION_NOT_RUNNING, clock ? clock : "", date(c, c->fact->on));
	if (c->fact->amount > k->clock->extension && k->clock->extension > 0) {
		(void)!FAULT(c->fault, E_RULE, "amount", MSG_EXTENSION_TOO_LONG, clock, arena_printf(c->arena, "%d", (int)k->clock->extension));
		return fault_cite(c->fault, k->clock->cite);
	}
	if (k->due.n < k->due_extended.n)
		return OK;
	(void)!FAULT(c->fault, E_RULE, "value", MSG_EXTENSION_NONE, clock, date(c, k->due));
	return fault_cite(c->fault, k->clock->cite);
}

static bool is_cancellation(const struct fact *f)
{
	return is_kind(f, FACT_DECISION_CANCELLED) || is_kind(f, FACT_RECOGNITION_CANCELLED);
}

/* A cancellation may name the one step that was wrong: the others stay (R294 4.4.2). */
static enum err check_wrong_step(const struct record_case *c)
{
	const struct fact *about = facts_by_seq(&c->others, c->fact->about);
	if (!about || !rules_know_step(c->world->rules, about->kind))
		return FAULT(c->fault, E_INVALID, "about", MSG_CANCELLED_STEP);
	if (day_before(c->fact->on, about->on))
		return FAULT(c->fault, E_RULE, "on", MSG_FACT_ABOUT_LATER, date(c, c->fact->on), date(c, about->on));
	return OK;
}

/* There is something to cancel: a decision that stands (R294 4.4). Of several wrong steps each has its fact. */
static enum err check_cancellation(const struct record_case *c)
{
	bool recognition = is_kind(c->fact, FACT_RECOGNITION_CANCELLED);
	const struct fact *same = facts_last(&c->others, c->fact->kind, c->fact->on);
	struct trail then;
	if (!is_cancellation(c->fact) || (same && day_equal(same->on, c->fact->on)))
		return OK;
	trail_build(c->world->rules, &c->others, c->fact->on, c->arena, &then);
	int id = rules_step_id(c->world->rules, recognition ? FACT_RECOGNITION : FACT_DECISION);
	const struct trail_step *decided = trail_last(&then, id, c->fact->on);
	if (decided && !decided->failed)
		return OK;
	return FAULT(c->fault, E_RULE, c->fact->kind, recognition ? MSG_CANCELLED_NO_RECOGNITION : MSG_CANCELLED_NO_DECISION);
}

/* "T7:r24", with the reason: a clock that the pack knows. */
static enum err check_own_rules(const struct record_case *c)
{
	const char *value = c->fact->value ? c->fact->value : "", *colon = strchr(value, ':');
	if (!is_kind(c->fact, FACT_RULES_OF))
		return OK;
	const struct pack *p = colon ? rules_find(c->world->rules, colon + 1) : NULL;
	const char *clock = colon ? arena_strndup(c->arena, value, (size_t)(colon - value)) : value;
	if (!p)
		return FAULT(c->fault, E_INVALID, "value", MSG_OWN_RULES_PACK, value, pack_ids(c));
	if (!pack_clock(p, clock))
		return FAULT(c->fault, E_INVALID, "value", MSG_OWN_RULES_CLOCK, p->id, clock);
	return c->fact->detail && *c->fact->detail ? OK : FAULT(c->fault, E_INVALID, "detail", MSG_OWN_RULES_REASON);
}

/* The report of a failed vote says of which. */
static enum err check_reported(const struct record_case *c)
{
	const struct fact *vote = facts_by_seq(&c->others, c->fact->about);
	if (!vote || !rules_know_step(c->world->rules, vote->kind) || !trail_failed(c->world->rules, vote))
		return FAULT(c->fault, E_INVALID, "about", MSG_VOTE_REPORT_ABOUT);
	if (day_before(c->fact->on, vote->on))
		return FAULT(c->fault, E_RULE, "on", MSG_FACT_ABOUT_LATER, date(c, c->fact->on), date(c, vote->on));
	return OK;
}

/* What belongs to another fact says which: the answer to a letter, the end of somebody's help. */
static enum err check_about(const struct record_case *c)
{
	static const struct {
		const char *kind, *about;
		bool optional;
	} rows[] = {
		{ FACT_HELPER_END, FACT_HELPER },
		{ FACT_BIRTH_PROPOSED, "birth" },
		{ FACT_HELPER, FACT_HELPER, .optional = true }, /* in whose place */
		{ FACT_VERIFY_RECEIVED, FACT_VERIFY_SENT },
		{ FACT_VERIFY_REPLY, FACT_VERIFY_SENT },
	};
	if (is_kind(c->fact, FACT_VOTE_REPORTED))
		return check_reported(c);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		if (!is_kind(c->fact, rows[i].kind) || (rows[i].optional && !c->fact->about))
			continue;
		const struct fact *about = facts_by_seq(&c->others, c->fact->about);
		const struct fact_kind *kind = fact_kind_find(rows[i].about);
		if (!about || !is_kind(about, rows[i].about))
			return FAULT(c->fault, E_INVALID, "about", MSG_FACT_ABOUT, kind->vi, kind->en);
		if (day_before(c->fact->on, about->on))
			return FAULT(c->fault, E_RULE, "on", MSG_FACT_ABOUT_LATER, date(c, c->fact->on), date(c, about->on));
		return OK;
	}
	if (c->fact->about && is_cancellation(c->fact))
		return check_wrong_step(c);
	return c->fact->about ? FAULT(c->fault, E_INVALID, "about", MSG_FACT_NO_ABOUT) : OK;
}

static const struct fact *first_event(const struct record_case *c)
{
	for (size_t i = 0; i < c->others.n; i++)
		if (rules_know_step(c->world->rules, c->others.v[i].kind) && day_known(c->others.v[i].on))
			return &c->others.v[i];
	return NULL;
}

static bool birth_day(const char *value, struct day *ret)
{
	return value && day_parse(value, "", ret, NULL) == OK;
}

static enum err check_birth(const struct record_case *c, const struct fact_kind *kind)
{
	struct day birth;
	bool is_birth = is_kind(c->fact, "birth");
	if (!birth_day(is_birth ? c->fact->value : facts_value(&c->others, "birth", DAY_NONE), &birth))
		return OK;
	const struct fact *event = is_birth ? first_event(c) : c->fact;
	if (is_birth && day_before(c->today, birth))
		return FAULT(c->fault, E_INVALID, c->fact->kind, MSG_STANDING_FUTURE, date(c, birth), date(c, c->today));
	bool is_event = event && (is_birth || !kind || kind->family == FACT_EXIT || kind->family == FACT_EVENT);
	if (is_event && day_before(event->on, birth))
		return FAULT(c->fault, E_RULE, c->fact->kind, MSG_STANDING_BEFORE_BIRTH, date(c, event->on), date(c, birth));
	return OK;
}

/* Only a candidate is taken off the list, or goes away as one. */
static enum err check_candidate(const struct record_case *c)
{
	bool of_candidate = is_kind(c->fact, FACT_MOVED) || facts_match(c->fact, FACT_LEFT, "off_list");
	if (!of_candidate || !facts_is_member(&c->others, c->fact->on))
		return OK;
	return FAULT(c->fault, E_RULE, c->fact->kind, MSG_STANDING_IS_MEMBER, date(c, c->fact->on));
}

/* Nothing happens to the dead; after any other exit the person begins anew, which is worth a look. */
static enum err check_exit(const struct record_case *c)
{
	struct trail before;
	struct fault note;
	bool death = is_death(c->fact), exits = false;
	for (size_t i = facts_first_dated(&c->others); i < c->others.n; i++) {
		const struct fact *f = &c->others.v[i];
		bool step_after_death = death && rules_know_step(c->world->rules, f->kind) && f->on.n > c->fact->on.n;
		bool death_before_step = c->step && is_death(f) && f->on.n < c->fact->on.n;
		if (step_after_death || death_before_step) {
			const struct fact *event = death ? f : c->fact, *end = death ? c->fact : f;
			return FAULT(c->fault, E_RULE, c->fact->kind, MSG_STANDING_AFTER_DEATH, date(c, event->on), date(c, end->on));
		}
		exits |= facts_is_exit(f);
	}
	if (!c->step || !exits)
		return OK;
	trail_build(c->world->rules, &c->others, day_add(c->fact->on, -1), c->arena, &before);
	if (before.exit) {
		(void)!FAULT(&note, E_RULE, c->fact->kind, MSG_STANDING_AFTER_EXIT, date(c, before.exit->on));
		warnings_add(c->arena, c->warn, &note);
	}
	return OK;
}

static enum err check_vote(const struct record_case *c)
{
	struct vote vote = c->fact->vote;
	const char *value = c->fact->value;
	enum vote_threshold threshold;
	if (!c->fact->has_vote)
		return OK;
	if (vote_check(&vote, c->fault) != OK) {
		(void)!fault_cite(c->fault, c->step->cite);
		return E_INVALID;
	}
	if (!authority_threshold(c->world->rules, c->world->tree, c->fact, &threshold) || !value)
		return OK;
	bool says_failed = strcmp(value, VALUE_FAILED) == 0;
	if (says_failed == vote_passes(threshold, &vote))
		return FAULT(c->fault, E_INVALID, c->fact->kind, MSG_STANDING_RESULT, value);
	return OK;
}

static enum err order_fault(const struct record_case *c, enum msg msg, const struct step *other, struct day on, const char *cite)
{
	char vi[DAY_TEXT], iso[DAY_TEXT];
	const char *label_vi = arena_printf(c->arena, "%s (%s)", other->label.vi, day_vi(on, vi));
	const char *label_en = arena_printf(c->arena, "%s (%s)", other->label.en, day_iso(on, iso));
	(void)!FAULT(c->fault, E_RULE, c->fact->kind, msg, label_vi, label_en, day_vi(c->fact->on, vi), day_iso(c->fact->on, iso));
	return fault_cite(c->fault, cite);
}

/* A step that this one needs is on record, but only later. */
static enum err check_before(const struct record_case *c, const struct step *need)
{
	const struct trail_step *later = trail_last(&c->trail, need->id, DAY_LAST);
	if (!later || trail_last(&c->trail, need->id, c->fact->on))
		return OK;
	return order_fault(c, MSG_STANDING_ORDER, need, later->on, c->step->cite);
}

/* A step that needs this one was taken earlier, and nothing else of this kind stood behind it. A vote that failed needs nothing, and what
 * is asked for again is taken behind the others. */
static enum err check_after(const struct record_case *c, const struct step *dependent)
{
	for (size_t i = 0; i < c->trail.n; i++) {
		const struct trail_step *t = &c->trail.v[i];
		if (t->id != dependent->id || t->failed || t->on.n >= c->fact->on.n)
			continue;
		if (!trail_last(&c->trail, c->step->id, t->on) && !trail_asks_again(&c->trail, c->step->key))
			return order_fault(c, MSG_STANDING_ORDER_LATER, dependent, t->on, dependent->cite);
	}
	return OK;
}

static enum err check_order(const struct record_case *c)
{
	size_t position = (size_t)(c->step - c->pack->steps);
	for (size_t i = 0; i < c->pack->steps_n; i++) {
		const struct step *other = &c->pack->steps[i];
		if (c->step->no_later >> i & 1)
			TRY(check_before(c, other));
		if (other->no_later >> position & 1)
			TRY(check_after(c, other));
	}
	return OK;
}

static enum err check_once(const struct record_case *c)
{
	for (size_t i = 0; c->step->once && i < c->trail.n; i++) {
		const struct trail_step *t = &c->trail.v[i];
		if (t->id == c->step->id && t->fact->seq != c->fact->seq)
			return FAULT(c->fault, E_CONFLICT, c->fact->kind, MSG_STANDING_ONCE, date(c, t->on));
	}
	return OK;
}

static enum err ask_pack(const struct record_case *c)
{
	for (size_t i = 0; i < c->pack->checks_n; i++) {
		const struct check *check = &c->pack->checks[i];
		struct fault why;
		if (!facts_match(c->fact, check->at_fact.kind, check->at_fact.value))
			continue;
		const struct check_case ask = { c->world->rules, c->world->calendar, c->pack, check, &c->trail, c->fact->on, c->fact, NULL };
		enum check_result result = check_ask(&ask, &why);
		if (result == CHECK_FAILS && check->severity == SEVERITY_REFUSE) {
			if (c->fault)
				*c->fault = why;
			return E_RULE;
		}
		if (result == CHECK_FAILS || result == CHECK_DOUBT)
			warnings_add(c->arena, c->warn, &why);
	}
	return OK;
}

/* A vote that was lost as often as the rules let it be, and is held once more. */
static void warn_tried(const struct record_case *c)
{
	struct trail before;
	struct fault note;
	char times[12];
	trail_build(c->world->rules, &c->others, c->fact->on, c->arena, &before);
	if (!trail_given_up(&before, c->step, c->fact->on))
		return;
	(void)snprintf(times, sizeof times, "%d", (int)trail_failed_times(&before, c->step->id, c->fact->on));
	(void)!FAULT(&note, E_RULE, c->fact->kind, MSG_STANDING_TRIED, times);
	(void)!fault_cite(&note, c->step->tries_cite);
	warnings_add(c->arena, c->warn, &note);
}

static void warn_skipped(const struct record_case *c)
{
	struct fault note;
	if (!standing_skips(c->world, c->pack, c->step, c->fact, &c->others, c->fact->on))
		return;
	(void)!FAULT(&note, E_RULE, c->fact->kind, MSG_STANDING_SKIPPED, c->pack->instrument);
	(void)!fault_cite(&note, c->step->cite);
	warnings_add(c->arena, c->warn, &note);
}

/* Whoever turned out not to have left goes on in the same candidacy or membership. */
static bool was_no_end(const struct record_case *c, const struct fact *exit)
{
	for (size_t i = 0; i < c->all.n; i++)
		if (facts_ends_exit(exit, &c->all.v[i]))
			return true;
	return false;
}

/* The candidacy or membership that a late entry belongs to ends with the first exit after it, and before a later cancellation, after which
 * the decision begins anew. */
static struct day end_of_cycle(const struct record_case *c)
{
	for (size_t i = 0; i < c->all.n; i++) {
		const struct fact *f = &c->all.v[i];
		if (f->on.n > c->fact->on.n && is_cancellation(f))
			return day_add(f->on, -1);
		if (f->on.n >= c->fact->on.n && facts_is_exit(f) && !was_no_end(c, f))
			return f->on;
	}
	return c->today;
}

/* After a move the ceremony is held at the new place, and some decisions are good no more (G06 3.9c). */
static enum err check_move(const struct record_case *c)
{
	if (!c->world->tree || !is_kind(c->fact, FACT_CEREMONY))
		return OK;
	return transfer_check_ceremony(c->world, &c->others, c->fact, c->arena, c->fault);
}

static enum err check_step(struct record_case *c)
{
	TRY(check_vote(c));
	TRY(check_move(c));
	TRY(check_once(c));
	TRY(check_order(c));
	TRY(ask_pack(c));
	warn_skipped(c);
	if (c->step->tries)
		warn_tried(c);
	return OK;
}

enum err standing_can_record(const struct world *w, const struct facts *active, const struct fact *new_fact, struct day today,
	struct arena *a, struct warnings *warn, struct fault *f)
{
	struct record_case c = { .world = w, .fact = new_fact, .today = today, .arena = a, .warn = warn, .fault = f };
	const struct fact_kind *kind = fact_kind_find(new_fact->kind);
	assert(day_known(today));
	if (!kind && !rules_know_step(w->rules, new_fact->kind))
		return FAULT(f, E_INVALID, "kind", MSG_STANDING_KIND_UNKNOWN, new_fact->kind);
	if (new_fact->withdrawn)
		return OK;
	TRY(check_day(&c, kind));
	c.pack = rules_at(w->rules, day_known(new_fact->on) ? new_fact->on : today);
	c.step = pack_step(c.pack, new_fact->kind);
	c.others = without(active, new_fact->corrects, a);
	c.all = with(&c.others, new_fact, a);
	TRY(check_birth(&c, kind));
	TRY(check_unit(&c, kind));
	warn_place(&c, kind);
	warn_moved_back(&c);
	TRY(check_exit(&c));
	TRY(check_candidate(&c));
	TRY(check_extension(&c));
	TRY(check_own_rules(&c));
	TRY(check_about(&c));
	TRY(check_cancellation(&c));
	if (kind && (kind->family == FACT_ATTRIBUTE || kind->family == FACT_PLACE))
		return OK;
	trail_build(w->rules, &c.all, end_of_cycle(&c), a, &c.trail);
	return c.step ? check_step(&c) : ask_pack(&c);
}
