#include "app/voters.h"
#include "app/inputs.h"
#include "domain/transfer.h"
#include "store/queries.gen.h"

static int32_t or_none(int64_t v)
{
	return v == ABSENT_INT ? 0 : (int32_t)v;
}

static struct fact fact_of(const struct unit_membership_row *r)
{
	return (struct fact){ .seq = (int32_t)r->seq, .kind = r->kind, .on = r->on_day, .unit = r->unit_id, .value = r->value,
		.paper_on = DAY_NONE, .since = DAY_NONE, .corrects = or_none(r->corrects), .withdrawn = r->withdrawn, .detail = r->detail,
		.about = or_none(r->about),
		.amount = or_none(r->amount) };
}

static void count(const struct facts *active, struct unit_id unit, struct day on, struct voters *v)
{
	if (!ID_EQUAL(facts_unit(active, on), unit) || !facts_is_member(active, on))
		return;
	bool official = facts_is_official(active, on);
	v->members++;
	v->official += official;
	v->away += official && transfer_away(active, on);
}

enum err voters_of(struct app *app, struct unit_id unit, struct day on, struct arena *a, struct voters *ret, struct fault *f)
{
	struct unit_membership_row *rows;
	struct voters v = { 0 };
	size_t n;
	TRY(q_unit_membership(app->db, unit, a, &rows, &n, f));
	for (size_t i = 0, end; i < n; i = end) {
		struct facts all = { 0 };
		for (end = i; end < n && ID_EQUAL(rows[end].person_id, rows[i].person_id); end++)
			*arena_push(a, all.v, all.n, all.cap) = fact_of(&rows[end]);
		struct facts active = facts_active(&all, a);
		count(&active, unit, on, &v);
	}
	*ret = v;
	return OK;
}

enum err voters_below(struct app *app, struct unit_id unit, struct day on, struct arena *a, struct voters *ret, struct fault *f)
{
	const struct tree_part part = tree_inside(&app->tree, unit, on, a);
	struct voters sum = { 0 };
	for (size_t i = 0; i < app->tree.n; i++) {
		struct voters one;
		if (tree_part_of(part, app->tree.v[i].id) == PART_OUTSIDE)
			continue;
		TRY(voters_of(app, app->tree.v[i].id, on, a, &one, f));
		sum.members += one.members;
		sum.official += one.official;
		sum.away += one.away;
	}
	*ret = sum;
	return OK;
}
