/* birth_propose and birth_confirm: since 18/8/2016 no committee changes the day of birth of a member. What was entered otherwise than the
 * original file says is put right by two people. */
#include "app/ops_impl.h"
#include "app/people.h"
#include "store/queries.gen.h"

#include <inttypes.h>
#include <string.h>

#define CITE_BIRTH "quy định áp dụng từ 18/8/2016"

static const char *number(struct arena *a, int64_t v)
{
	return arena_printf(a, "%" PRId64, v);
}

/* ---- birth_propose ---- */

enum err ops_birth_propose_tidy(struct app *app, void *input, struct arena *a, struct fault *f)
{
	(void)a, (void)f;
	struct birth_propose_in *in = input;
	if (!day_known(in->on))
		in->on = app->today;
	return OK;
}

static struct fact proposal_of(const struct birth_propose_in *in, const struct fact *birth, const struct facts *active, struct arena *a)
{
	char iso[DAY_TEXT];
	return (struct fact){ .kind = FACT_BIRTH_PROPOSED, .on = in->on, .unit = facts_unit(active, in->on),
		.value = arena_strdup(a, day_iso(in->birth, iso)), .paper_no = in->paper_no, .paper_on = in->paper_on, .since = DAY_NONE,
		.detail = in->reason, .about = birth->seq };
}

static struct fact right_birth(const struct fact *old, const struct fact *proposal)
{
	struct fact fact = *old;
	fact.corrects = old->seq;
	fact.value = proposal->value;
	fact.paper_no = proposal->paper_no;
	fact.paper_on = proposal->paper_on;
	return fact;
}

enum err ops_birth_propose_check(struct app *app, const void *input, struct arena *a, struct warnings *w, struct fault *f)
{
	const struct birth_propose_in *in = input;
	const struct world world = app_world(app);
	struct facts all, active;
	TRY(app_facts(app, (struct person_id){ in->person }, a, &all, &active, f));
	const struct fact *old = facts_first(&active, "birth");
	if (!old)
		return FAULT(f, E_RULE, "birth", MSG_BIRTH_NONE);
	if (!facts_entry(&active, DAY_NONE, DAY_LAST))
		return FAULT(f, E_RULE, "person", MSG_BIRTH_NOT_LOCKED);
	const struct fact proposal = proposal_of(in, old, &active, a), right = right_birth(old, &proposal);
	if (text_equal(old->value, proposal.value))
		return FAULT(f, E_CONFLICT, "birth", MSG_BIRTH_SAME, ops_day_text(in->birth, a));
	TRY(standing_can_record(&world, &active, &proposal, app->today, a, w, f));
	return standing_can_record(&world, &active, &right, app->today, a, w, f);
}

static enum err add_fact(struct app *app, struct person_id id, struct facts *all, struct fact fact, struct entry_id entry, struct arena *a,
	struct fault *f)
{
	size_t known = all->n;
	struct fact *added = people_add(all, a, fact.kind);
	fact.seq = added->seq;
	*added = fact;
	return people_store(app, id, all, known, entry, a, f);
}

enum err ops_birth_propose(struct app *app, const void *input, struct entry_id entry, struct arena *a, struct op_result *ret,
	struct fault *f)
{
	const struct birth_propose_in *in = input;
	const struct person_id id = { in->person };
	struct facts all, active;
	TRY(app_facts(app, id, a, &all, &active, f));
	const struct fact *old = facts_first(&active, "birth");
	if (!old)
		return FAULT(f, E_RULE, "birth", MSG_BIRTH_NONE);
	ret->entity_id = id.v;
	return add_fact(app, id, &all, proposal_of(in, old, &active, a), entry, a, f);
}

/* ---- birth_confirm ---- */

/* The same person may act at the machine ("cli:lan") and through the server ("user:lan"). */
static const char *login_of(const char *actor)
{
	const char *colon = strchr(actor, ':');
	return colon ? colon + 1 : actor;
}

static enum err check_second_person(struct app *app, const struct fact *proposal, struct arena *a, struct fault *f)
{
	struct journal_stamp_row by;
	bool found;
	TRY(q_journal_stamp(app->db, proposal->entry, a, &found, &by, f));
	if (!found || strcmp(login_of(by.actor), login_of(app->actor)) != 0)
		return OK;
	(void)!FAULT(f, E_RULE, "seq", MSG_BIRTH_SAME_LOGIN, login_of(by.actor));
	return fault_cite(f, CITE_BIRTH);
}

/* The proposal that waits, and the fact that it would correct. */
static enum err waiting(const struct facts *active, int64_t seq, struct arena *a, const struct fact **ret, const struct fact **ret_birth,
	struct fault *f)
{
	const struct fact *p = facts_by_seq(active, (int32_t)seq);
	if (!p || strcmp(p->kind, FACT_BIRTH_PROPOSED) != 0)
		return FAULT(f, E_NOTFOUND, "seq", MSG_BIRTH_NO_PROPOSAL, number(a, seq));
	const struct fact *birth = facts_by_seq(active, p->about);
	if (!birth || strcmp(birth->kind, "birth") != 0)
		return FAULT(f, E_CONFLICT, "seq", MSG_BIRTH_SETTLED, number(a, seq));
	if (!p->paper_no || !p->detail)
		return FAULT(f, E_RULE, "seq", MSG_BIRTH_NO_PAPER, number(a, seq));
	*ret = p;
	*ret_birth = birth;
	return OK;
}

enum err ops_birth_confirm_check(struct app *app, const void *input, struct arena *a, struct warnings *w, struct fault *f)
{
	const struct birth_confirm_in *in = input;
	const struct world world = app_world(app);
	const struct fact *proposal, *birth;
	struct facts all, active;
	TRY(app_facts(app, (struct person_id){ in->person }, a, &all, &active, f));
	TRY(waiting(&active, in->seq, a, &proposal, &birth, f));
	TRY(check_second_person(app, proposal, a, f));
	const struct fact right = right_birth(birth, proposal);
	return standing_can_record(&world, &active, &right, app->today, a, w, f);
}

enum err ops_birth_confirm(struct app *app, const void *input, struct entry_id entry, struct arena *a, struct op_result *ret,
	struct fault *f)
{
	const struct birth_confirm_in *in = input;
	const struct person_id id = { in->person };
	const struct fact *proposal, *birth;
	struct facts all, active;
	TRY(app_facts(app, id, a, &all, &active, f));
	TRY(waiting(&active, in->seq, a, &proposal, &birth, f));
	ret->entity_id = id.v;
	return add_fact(app, id, &all, right_birth(birth, proposal), entry, a, f);
}
