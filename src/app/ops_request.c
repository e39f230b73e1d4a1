/* verify_request: a letter that verifies a CV, in one form; kept as the facts that fact_record would keep one by one. */
#include "app/history_parts.h"
#include "app/ops_impl.h"
#include "app/people.h"

#include <inttypes.h>
#include <string.h>

static struct fact letter_of(const struct verify_request_in *in, const struct facts *active)
{
	return (struct fact){ .kind = FACT_VERIFY_SENT, .on = in->sent, .unit = facts_unit(active, in->sent), .value = in->relation,
		.detail = in->place, .paper_no = in->paper_no, .paper_on = DAY_NONE, .since = DAY_NONE };
}

static struct fact about_letter(const struct fact *letter, const char *kind, struct day on, const char *value)
{
	return (struct fact){ .kind = kind, .on = on, .unit = letter->unit, .value = value, .paper_on = DAY_NONE, .since = DAY_NONE,
		.about = letter->seq };
}

static struct fact *push(struct facts *all, struct arena *a, struct fact fact)
{
	struct fact *added = people_add(all, a, fact.kind);
	fact.seq = added->seq;
	*added = fact;
	return added;
}

/* The facts behind those on record: the letter, and what is known of its way. */
static void add_facts(const struct verify_request_in *in, const struct facts *active, struct facts *all, struct arena *a)
{
	const struct fact letter = *push(all, a, letter_of(in, active));
	if (day_known(in->received))
		(void)push(all, a, about_letter(&letter, FACT_VERIFY_RECEIVED, in->received, in->letter));
	if (day_known(in->replied))
		(void)push(all, a, about_letter(&letter, FACT_VERIFY_REPLY, in->replied, in->outcome));
}

/* A day goes with what it says, and the other way round. */
static enum err check_pairs(const struct verify_request_in *in, struct fault *f)
{
	if (day_known(in->received) != (in->letter != NULL))
		return FAULT(f, E_INVALID, in->letter ? "received" : "letter", MSG_REQUIRED);
	if (day_known(in->replied) != (in->outcome != NULL))
		return FAULT(f, E_INVALID, in->outcome ? "replied" : "outcome", MSG_REQUIRED);
	return OK;
}

static enum err check_new(const struct app *app, const struct facts *active, const struct fact *letter, int64_t person, struct arena *a,
	struct fault *f)
{
	for (size_t i = 0; i < active->n; i++) {
		const struct fact *old = &active->v[i];
		if (facts_match(old, letter->kind, letter->value) && day_equal(old->on, letter->on) && text_equal(old->detail, letter->detail))
			return FAULT(f, E_CONFLICT, "relation", MSG_FACT_ON_RECORD, history_kind(app, letter->kind), ops_day_text(old->on, a),
				arena_printf(a, "%" PRId64, person), arena_printf(a, "%d", (int)old->seq));
	}
	return OK;
}

static const char *field_of(const struct fact *fact)
{
	if (strcmp(fact->kind, FACT_VERIFY_SENT) == 0)
		return "sent";
	return strcmp(fact->kind, FACT_VERIFY_RECEIVED) == 0 ? "received" : "replied";
}

enum err ops_verify_request_check(struct app *app, const void *input, struct arena *a, struct warnings *w, struct fault *f)
{
	const struct verify_request_in *in = input;
	const struct world world = app_world(app);
	struct facts all, active;
	TRY(check_pairs(in, f));
	TRY(app_facts(app, (struct person_id){ in->person }, a, &all, &active, f));
	const struct fact letter = letter_of(in, &active);
	TRY(check_new(app, &active, &letter, in->person, a, f));
	size_t known = all.n;
	add_facts(in, &active, &all, a);
	for (size_t i = known; i < all.n; i++) {
		const struct facts before = { .v = all.v, .n = i };
		active = facts_active(&before, a);
		if (standing_can_record(&world, &active, &all.v[i], app->today, a, w, f) != OK)
			return ops_name_field(f, field_of(&all.v[i]));
	}
	return OK;
}

enum err ops_verify_request(struct app *app, const void *input, struct entry_id entry, struct arena *a, struct op_result *ret,
	struct fault *f)
{
	const struct verify_request_in *in = input;
	const struct person_id id = { in->person };
	struct facts all, active;
	TRY(app_facts(app, id, a, &all, &active, f));
	size_t known = all.n;
	add_facts(in, &active, &all, a);
	ret->entity_id = id.v;
	return people_store(app, id, &all, known, entry, a, f);
}
