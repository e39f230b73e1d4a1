/* person_transfer: somebody moves, for good or for a time, to a unit of the register or elsewhere; all facts of one move in one entry. */
#include "app/history_parts.h"
#include "app/ops_impl.h"
#include "app/people.h"
#include "base/text.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

enum { FACTS_MAX = 2 };

struct move {
	struct person_id id;
	struct facts all, active;
	struct fact facts[FACTS_MAX];
	size_t n;
};

static bool is_for_a_time(const char *kind)
{
	return strcmp(kind, "temporary") == 0 || strcmp(kind, "study") == 0;
}

static struct fact *add(struct move *m, const struct person_transfer_in *in, const char *kind, struct unit_id unit)
{
	assert(m->n < FACTS_MAX);
	struct fact *fact = &m->facts[m->n++];
	*fact = (struct fact){ .kind = kind, .on = in->on, .unit = unit, .paper_no = in->paper_no, .paper_on = in->paper_on,
		.since = DAY_NONE };
	return fact;
}

/* Who is decided on already is a member of some place: the old one counts somebody who moved out, not a candidate who went away. */
static void leave(struct move *m, const struct person_transfer_in *in, struct unit_id here)
{
	bool member = facts_is_member(&m->active, in->on);
	add(m, in, member ? FACT_LEFT : FACT_MOVED, here)->value = member ? "moved_out" : in->place;
}

static enum err make(struct app *app, const struct person_transfer_in *in, struct arena *a, struct move *ret, struct fault *f)
{
	struct move m = { .id = { in->person } };
	struct unit *to = NULL;
	TRY(app_facts(app, m.id, a, &m.all, &m.active, f));
	if (in->unit)
		TRY(app_unit(app, in->unit, "unit", &to, f));
	struct unit_id here = facts_unit(&m.active, in->on);
	struct fact *decided = add(&m, in, FACT_TRANSFER, to ? to->id : here);
	decided->value = in->kind;
	decided->detail = in->place;
	decided->amount = in->months == ABSENT_INT ? 0 : (int32_t)in->months;
	bool stays = is_for_a_time(in->kind);
	if (!stays && to)
		add(&m, in, FACT_UNIT, to->id);
	if (!stays && !to)
		leave(&m, in, here);
	*ret = m;
	return OK;
}

/* ---- whether it may ---- */

static enum err check_input(const struct person_transfer_in *in, struct fault *f)
{
	if (in->unit && in->place)
		return FAULT(f, E_INVALID, "place", MSG_TRANSFER_ONE_PLACE);
	if (!in->unit && !in->place)
		return FAULT(f, E_INVALID, "unit", MSG_TRANSFER_ONE_PLACE);
	bool for_a_time = is_for_a_time(in->kind);
	if (for_a_time != (in->months != ABSENT_INT))
		return FAULT(f, E_INVALID, "months", for_a_time ? MSG_REQUIRED : MSG_TRANSFER_NO_MONTHS);
	return OK;
}

static enum err check_kind(const struct standing *s, const char *kind, struct fault *f)
{
	bool member = s->phase == PHASE_PROBATION || s->phase == PHASE_OFFICIAL, candidate = strcmp(kind, "candidate") == 0;
	bool left = s->phase == PHASE_LEFT;
	if (candidate && member)
		return FAULT(f, E_RULE, "kind", MSG_TRANSFER_IS_MEMBER);
	if (!candidate && !member && !left)
		return FAULT(f, E_RULE, "kind", MSG_TRANSFER_IS_CANDIDATE);
	return OK;
}

/* The same person may come back to the unit that they went away from; who is here cannot move here. */
static enum err check_elsewhere(struct app *app, const struct move *m, const struct standing *s, struct fault *f)
{
	const struct fact *decided = &m->facts[0];
	bool same = !decided->detail && s->phase != PHASE_LEFT && ID_EQUAL(decided->unit, facts_unit(&m->active, decided->on));
	if (!same)
		return OK;
	return FAULT(f, E_RULE, "unit", MSG_TRANSFER_SAME_UNIT, unit_name(tree_find(&app->tree, decided->unit), decided->on));
}

static const struct fact *on_record(const struct move *m)
{
	for (size_t i = 0; i < m->active.n; i++)
		if (facts_match(&m->active.v[i], FACT_TRANSFER, m->facts[0].value) && day_equal(m->active.v[i].on, m->facts[0].on))
			return &m->active.v[i];
	return NULL;
}

static bool is_same(const struct fact *x, const struct fact *y)
{
	return ID_EQUAL(x->unit, y->unit) && text_equal(x->detail, y->detail) && x->amount == y->amount &&
		text_equal(x->paper_no, y->paper_no) && day_equal(x->paper_on, y->paper_on);
}

/* One after the other, each beside those before it. */
static enum err check_facts(struct app *app, const struct move *m, struct arena *a, struct warnings *w, struct fault *f)
{
	const struct world world = app_world(app);
	struct facts all = m->all;
	for (size_t i = 0; i < m->n; i++) {
		struct facts active = facts_active(&all, a);
		TRY(standing_can_record(&world, &active, &m->facts[i], app->today, a, w, f));
		struct fact *added = people_add(&all, a, m->facts[i].kind);
		int32_t seq = added->seq;
		*added = m->facts[i];
		added->seq = seq;
	}
	return OK;
}

enum err ops_person_transfer_check(struct app *app, const void *input, struct arena *a, struct warnings *w, struct fault *f)
{
	const struct person_transfer_in *in = input;
	const struct world world = app_world(app);
	struct standing s;
	struct unit *to;
	struct move m;
	TRY(check_input(in, f));
	if (day_before(app->today, in->on))
		return FAULT(f, E_RULE, "on", MSG_DAY_IN_FUTURE, ops_day_text(in->on, a), ops_day_text(app->today, a));
	if (in->unit)
		TRY(ops_open_unit(app, in->unit, "unit", in->on, &to, f));
	TRY(make(app, in, a, &m, f));
	const struct fact *old = on_record(&m);
	if (old)
		return is_same(old, &m.facts[0]) ? OK :
			FAULT(f, E_CONFLICT, "on", MSG_FACT_ON_RECORD, history_kind(app, FACT_TRANSFER), ops_day_text(old->on, a),
				arena_printf(a, "%" PRId64, in->person), arena_printf(a, "%d", (int)old->seq));
	standing(&world, &m.active, in->on, a, &s);
	TRY(check_kind(&s, in->kind, f));
	TRY(check_elsewhere(app, &m, &s, f));
	return check_facts(app, &m, a, w, f);
}

enum err ops_person_transfer(struct app *app, const void *input, struct entry_id entry, struct arena *a, struct op_result *ret,
	struct fault *f)
{
	struct move m;
	TRY(make(app, input, a, &m, f));
	ret->entity_id = m.id.v;
	ret->unchanged = on_record(&m) != NULL;
	if (ret->unchanged)
		return OK;
	size_t known = m.all.n;
	for (size_t i = 0; i < m.n; i++) {
		struct fact *added = people_add(&m.all, a, m.facts[i].kind);
		int32_t seq = added->seq;
		*added = m.facts[i];
		added->seq = seq;
	}
	return people_store(app, m.id, &m.all, known, entry, a, f);
}
