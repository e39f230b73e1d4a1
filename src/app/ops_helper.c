/* helper_replace, and what is asked when an introducer or helper is named or ended. */
#include "app/helpers.h"
#include "app/ops_impl.h"
#include "app/people.h"
#include "store/queries.gen.h"

#include <string.h>

#define ROLE_REPLACEMENT "replacement"

/* ---- whatever operation records it ---- */

/* Another person that a fact names is on record. */
static enum err other_facts(struct app *app, const struct fact *fact, struct arena *a, struct facts *ret, struct fault *f)
{
	struct facts all;
	enum err e = app_facts(app, fact->other, a, &all, ret, f);
	return e == E_NOTFOUND ? ops_name_field(f, "other") : e;
}

static enum err check_named(struct app *app, struct person_id id, const struct facts *active, const struct fact *fact, struct arena *a,
	struct warnings *w, struct fault *f)
{
	const struct world world = app_world(app);
	struct facts helper;
	struct helper_case c = { .world = &world, .person_id = id, .person = active, .fact = fact };
	if (fact->other.v) {
		TRY(other_facts(app, fact, a, &helper, f));
		c.helper = &helper;
	}
	return helper_can(&c, a, w, f);
}

/* Whom a fact ends, which standing_can_record has found, is not ended already. */
static enum err check_ended(const struct facts *active, const struct fact *end, struct arena *a, struct fault *f)
{
	struct helpers list;
	helper_list(active, end->on, a, &list);
	for (size_t i = 0; i < list.n; i++)
		if (list.v[i].fact->seq == end->about && list.v[i].end)
			return FAULT(f, E_CONFLICT, "about", MSG_HELPER_ENDED_ALREADY, ops_day_text(list.v[i].end->on, a));
	return OK;
}

/* The branch votes, or admits, while somebody who introduces or helps is gone. */
static enum err warn_of_gone(struct app *app, const struct facts *active, const struct fact *fact, struct arena *a, struct warnings *w,
	struct fault *f)
{
	struct helper_book book = { .app = app, .arena = a, .on = fact->on };
	struct helper_flag *flags;
	size_t n;
	TRY(helpers_flags(&book, active, &flags, &n, f));
	for (size_t i = 0; i < n; i++) {
		struct fault warn;
		(void)!FAULT(&warn, E_RULE, fact->kind, MSG_HELPER_GONE, helpers_flag_text(&flags[i], LANG_VI, a),
			helpers_flag_text(&flags[i], LANG_EN, a));
		(void)!fault_cite(&warn, helper_cite(&app->rules, fact->on));
		warnings_add(a, w, &warn);
	}
	return OK;
}

enum err ops_helper_check(struct app *app, struct person_id id, const struct facts *active, const struct fact *fact, struct arena *a,
	struct warnings *w, struct fault *f)
{
	static const char asks[] = "branch_vote|recognition_vote";
	struct facts other;
	if (strcmp(fact->kind, FACT_HELPER) == 0)
		return check_named(app, id, active, fact, a, w, f);
	if (strcmp(fact->kind, FACT_HELPER_END) == 0)
		return check_ended(active, fact, a, f);
	if (fact->other.v)
		return other_facts(app, fact, a, &other, f);
	return text_listed(asks, fact->kind) ? warn_of_gone(app, active, fact, a, w, f) : OK;
}

/* ---- helper_replace ---- */

/* Both facts, as they would be stored. */
static void make(const struct helper_replace_in *in, const struct facts *active, struct fact ret[2])
{
	const struct fact common = { .on = in->on, .unit = facts_unit(active, in->on), .paper_no = in->paper_no, .paper_on = in->paper_on,
		.since = DAY_NONE, .about = (int32_t)in->about };
	ret[0] = ret[1] = common;
	ret[0].kind = FACT_HELPER_END;
	ret[0].value = in->reason;
	ret[1].kind = FACT_HELPER;
	ret[1].value = ROLE_REPLACEMENT;
	ret[1].other.v = in->other == ABSENT_INT ? 0 : in->other;
	ret[1].detail = in->detail;
}

/* The second is asked about as if the first were on record. */
static struct facts with(const struct facts *active, const struct fact *fact, struct arena *a)
{
	struct facts all = { .v = arena_array(a, struct fact, active->n + 1), .n = active->n + 1, .cap = active->n + 1 };
	size_t before = 0;
	while (before < active->n && active->v[before].on.n <= fact->on.n)
		before++;
	for (size_t i = 0; i < all.n; i++)
		all.v[i] = i < before ? active->v[i] : i == before ? *fact : active->v[i - 1];
	return all;
}

enum err ops_helper_replace_check(struct app *app, const void *input, struct arena *a, struct warnings *w, struct fault *f)
{
	const struct helper_replace_in *in = input;
	const struct person_id id = { in->person };
	const struct world world = app_world(app);
	struct facts all, active;
	struct fact made[2];
	TRY(app_facts(app, id, a, &all, &active, f));
	make(in, &active, made);
	TRY(standing_can_record(&world, &active, &made[0], app->today, a, w, f));
	TRY(ops_helper_check(app, id, &active, &made[0], a, w, f));
	struct facts without = with(&active, &made[0], a);
	return ops_helper_check(app, id, &without, &made[1], a, w, f);
}

enum err ops_helper_replace(struct app *app, const void *input, struct entry_id entry, struct arena *a, struct op_result *ret,
	struct fault *f)
{
	const struct helper_replace_in *in = input;
	const struct person_id id = { in->person };
	struct facts all, active;
	struct fact made[2];
	TRY(app_facts(app, id, a, &all, &active, f));
	make(in, &active, made);
	size_t known = all.n;
	for (int i = 0; i < 2; i++) {
		struct fact *added = people_add(&all, a, made[i].kind);
		made[i].seq = added->seq;
		*added = made[i];
	}
	ret->entity_id = id.v;
	return people_store(app, id, &all, known, entry, a, f);
}
