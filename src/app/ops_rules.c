/* rule_set and rule_end: the site's own values of rules. */
#include "app/ops_impl.h"
#include "app/site_rules.h"
#include "store/queries.gen.h"

#include <inttypes.h>
#include <string.h>

static struct site_value value_of(const struct rule_set_in *in)
{
	return (struct site_value){ .key = in->key, .value = in->value, .valid = { in->from, day_known(in->to) ? in->to : DAY_LAST },
		.reason = in->reason, .paper_no = in->paper_no };
}

static const char *number(struct arena *a, int64_t v)
{
	return arena_printf(a, "%" PRId64, v);
}

/* ---- rule_set ---- */

enum err ops_rule_set_tidy(struct app *app, void *input, struct arena *a, struct fault *f)
{
	struct rule_set_in *in = input;
	const struct site_value v = value_of(in);
	return rules_override_check(&app->rule_files, &v, a, &in->value, f);
}

/* The last value of that key that holds on one of the days, however it came to be there. */
static const struct site_value *other_of(const struct site_value *values, size_t n, const struct site_value *v)
{
	for (size_t i = n; i-- > 0;) {
		const struct site_value *x = &values[i];
		if (strcmp(x->key, v->key) == 0 && x->valid.from.n <= v->valid.to.n && x->valid.to.n >= v->valid.from.n &&
			x->valid.from.n <= x->valid.to.n)
			return x;
	}
	return NULL;
}

static bool is_same(const struct site_value *x, const struct site_value *v)
{
	return x && strcmp(x->value, v->value) == 0 && day_equal(x->valid.from, v->valid.from) && day_equal(x->valid.to, v->valid.to) &&
		strcmp(x->reason, v->reason) == 0 && text_equal(x->paper_no, v->paper_no);
}

static bool packs_say_so(const struct rules *r, const struct site_value *v, struct arena *a)
{
	bool same = true;
	for (size_t i = 0; i < r->n; i++) {
		const struct pack *p = r->packs[i];
		bool touches = p->valid.from.n <= v->valid.to.n && p->valid.to.n >= v->valid.from.n;
		const char *value = touches ? rules_value(p, v->key, a) : NULL;
		same = same && (!value || strcmp(value, v->value) == 0);
	}
	return same;
}

enum err ops_rule_set_check(struct app *app, const void *input, struct arena *a, struct warnings *w, struct fault *f)
{
	const struct rule_set_in *in = input;
	struct site_value v = value_of(in), *values;
	size_t n;
	TRY(site_rules_values(app, a, &values, &n, f));
	const struct site_value *other = other_of(values, n, &v);
	if (is_same(other, &v))
		return OK;
	if (other)
		WARN(a, w, "key", MSG_RULE_VALUE_REPLACES, other->value, number(a, other->id));
	else if (packs_say_so(&app->rule_files, &v, a))
		WARN(a, w, "value", MSG_RULE_VALUE_SAME);
	if (day_before(in->from, app->today))
		WARN(a, w, "from", MSG_RULE_VALUE_BACK, ops_day_text(in->from, a));
	return OK;
}

enum err ops_rule_set(struct app *app, const void *input, struct entry_id entry, struct arena *a, struct op_result *ret, struct fault *f)
{
	const struct rule_set_in *in = input;
	struct site_value v = value_of(in), *values;
	size_t n;
	TRY(site_rules_values(app, a, &values, &n, f));
	const struct site_value *other = other_of(values, n, &v);
	ret->unchanged = is_same(other, &v);
	ret->entity_id = ret->unchanged ? other->id : entry.v;
	if (ret->unchanged)
		return OK;
	TRY(q_rule_value_insert(app->db, entry.v, in->key, in->value, in->from, in->to, in->reason, in->paper_no, entry, f));
	return site_rules_load(app, f);
}

/* ---- rule_end ---- */

static enum err value_meant(struct app *app, const struct rule_end_in *in, struct arena *a, struct rule_value_get_row *ret, struct fault *f)
{
	bool found;
	TRY(q_rule_value_get(app->db, in->number, a, &found, ret, f));
	return found ? OK : FAULT(f, E_NOTFOUND, "number", MSG_RULE_VALUE_UNKNOWN, number(a, in->number));
}

/* The last one set of a key that goes on until that day; where none does, the last one set at all. */
static const struct site_value *last_until(const struct site_value *values, size_t n, const char *key, struct day to)
{
	const struct site_value *last = NULL;
	for (size_t i = n; i-- > 0;) {
		if (strcmp(values[i].key, key) != 0)
			continue;
		if (values[i].valid.to.n >= to.n)
			return &values[i];
		last = last ? last : &values[i];
	}
	return last;
}

/* Where no number is given, the key says which. */
static enum err find_number(struct app *app, struct rule_end_in *in, struct arena *a, struct fault *f)
{
	struct site_value *values;
	size_t n;
	if (in->number != ABSENT_INT)
		return OK;
	if (!in->key)
		return FAULT(f, E_INVALID, "number", MSG_REQUIRED);
	TRY(site_rules_values(app, a, &values, &n, f));
	const struct site_value *v = last_until(values, n, in->key, day_known(in->to) ? in->to : day_add(app->today, -1));
	if (!v)
		return FAULT(f, E_NOTFOUND, "key", MSG_RULE_VALUE_UNKNOWN, in->key);
	in->number = v->id;
	return OK;
}

enum err ops_rule_end_tidy(struct app *app, void *input, struct arena *a, struct fault *f)
{
	struct rule_end_in *in = input;
	struct rule_value_get_row row;
	TRY(find_number(app, in, a, f));
	TRY(value_meant(app, in, a, &row, f));
	if (!day_known(in->to))
		in->to = day_add(day_before(row.from_on, app->today) ? app->today : row.from_on, -1);
	return OK;
}

enum err ops_rule_end_check(struct app *app, const void *input, struct arena *a, struct warnings *w, struct fault *f)
{
	const struct rule_end_in *in = input;
	struct rule_value_get_row row;
	(void)w;
	TRY(value_meant(app, in, a, &row, f));
	struct day never = day_add(row.from_on, -1);
	if (day_before(in->to, never))
		return FAULT(f, E_INVALID, "to", MSG_RULE_VALUE_TOO_EARLY, ops_day_text(in->to, a), ops_day_text(row.from_on, a),
			ops_day_text(never, a));
	if (day_known(row.to_on) && day_before(row.to_on, in->to))
		return FAULT(f, E_CONFLICT, "to", MSG_RULE_VALUE_ENDED, number(a, in->number), ops_day_text(row.to_on, a));
	return OK;
}

enum err ops_rule_end(struct app *app, const void *input, struct entry_id entry, struct arena *a, struct op_result *ret, struct fault *f)
{
	(void)entry;
	const struct rule_end_in *in = input;
	struct rule_value_get_row row;
	TRY(value_meant(app, in, a, &row, f));
	ret->entity_id = in->number;
	ret->unchanged = day_equal(row.to_on, in->to);
	if (ret->unchanged)
		return OK;
	TRY(q_rule_value_end(app->db, in->number, in->to, f));
	return site_rules_load(app, f);
}
