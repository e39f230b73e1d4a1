/* Targets go with the unit: whole to an only heir, in shares to several. Numbers add up, rates do not. */
#include "domain/reorg_impl.h"

#include "base/text.h"

#include <assert.h>
#include <string.h>
#include <strings.h>

static bool is_about(const struct reorg_action *x, const struct target *t)
{
	return strcmp(x->indicator, t->indicator) == 0 && strcmp(x->target_kind, t->kind) == 0 && x->period.from.n == t->period.from.n &&
		x->period.to.n == t->period.to.n;
}

static bool is_rate(const char *indicator)
{
	const struct indicator *i = indicator_find(indicator);
	assert(i);
	return indicator_is_rate(i);
}

static const char *amount(const struct resolver *r, int64_t milli)
{
	char *s = arena_printf(r->a, "%lld,%03lld", (long long)(milli / TARGET_MILLI), (long long)(milli % TARGET_MILLI));
	size_t n = strlen(s);
	while (s[n - 1] == '0')
		s[--n] = '\0';
	if (s[n - 1] == ',')
		s[n - 1] = '\0';
	return s;
}

static const char *period_of(const struct resolver *r, struct period p)
{
	return period_text(p, r->a);
}

static void emit(struct resolver *r, const struct reorg_action *by, const struct target *t, const char *to, int64_t low, int64_t high)
{
	struct reorg_action *x = reorg_emit(r, REORG_TARGET, by->at, tree_find(r->given->tree, t->unit)->code, to);
	x->indicator = t->indicator;
	x->target_kind = t->kind;
	x->period = t->period;
	x->low = low;
	x->high = high;
	x->at_least = t->at_least;
}

/* ---- what the plan says of a target ---- */

static bool says(const struct reorg_action *x, const struct unit *u, const struct target *t)
{
	return x->what == REORG_TARGET && strcasecmp(x->unit, u->code) == 0 && is_about(x, t);
}

static enum err carry_stated(struct resolver *r, const struct unit *u, const struct target *t, bool *ret_stated, struct fault *f)
{
	const struct reorg_action *last = NULL;
	int64_t sum = 0;
	for (size_t i = 0; i < r->plan->n; i++) {
		const struct reorg_action *x = &r->plan->v[i];
		if (!says(x, u, t))
			continue;
		last = x;
		sum += x->low;
		emit(r, x, t, x->to, x->low, x->high);
	}
	*ret_stated = last;
	if (last && !is_rate(t->indicator) && sum != t->low_milli)
		return FAULT(f, E_RULE, reorg_path(r, last, "low"), MSG_REORG_TARGET_SUM, t->indicator, u->code, amount(r, sum),
			amount(r, t->low_milli));
	return OK;
}

static enum err carry(struct resolver *r, const struct target *t, struct fault *f)
{
	const struct unit *u = tree_find(r->given->tree, t->unit);
	size_t n;
	bool stated;
	const struct reorg_action **links = reorg_links(r, u->code, &n);
	TRY(carry_stated(r, u, t, &stated, f));
	if (stated || n == 0)
		return OK;
	if (n > 1 && !is_rate(t->indicator))
		return FAULT(f, E_RULE, reorg_path(r, links[0], "to"), MSG_REORG_TARGET_SHARES, t->indicator, period_of(r, t->period), u->code,
			amount(r, t->low_milli));
	for (size_t i = 0; i < n; i++)
		emit(r, links[i], t, links[i]->to, t->low_milli, t->high_milli);
	return OK;
}

/* ---- rates ---- */

static const struct reorg_action *stated(const struct resolver *r, const struct reorg_action *x)
{
	const struct reorg_action *said = &r->plan->v[0];
	for (; said < r->plan->v + r->plan->n; said++)
		if (said->what == REORG_TARGET && said->at == x->at)
			return said;
	return NULL;
}

/* What the receiving unit has already, unless that very target is among those that the plan carries over. */
static bool clashes_with_own(const struct resolver *r, const struct reorg_action *x)
{
	const struct unit *to = tree_find_code(r->given->tree, x->to);
	size_t n;
	(void)reorg_links(r, x->to, &n);
	for (size_t i = 0; to && n == 0 && i < r->given->targets_n; i++) {
		const struct target *t = &r->given->targets[i];
		if (ID_EQUAL(t->unit, to->id) && is_about(x, t) && t->low_milli != x->low && !stated(r, x))
			return true;
	}
	return false;
}

static enum err check_rates(const struct resolver *r, struct fault *f)
{
	for (size_t i = 0; i < r->out.n; i++) {
		const struct reorg_action *x = &r->out.v[i];
		if (x->what != REORG_TARGET || !is_rate(x->indicator))
			continue;
		bool differs = clashes_with_own(r, x);
		for (size_t k = 0; k < i; k++) {
			const struct reorg_action *y = &r->out.v[k];
			differs |= y->what == REORG_TARGET && strcasecmp(x->to, y->to) == 0 && strcmp(x->indicator, y->indicator) == 0 &&
				strcmp(x->target_kind, y->target_kind) == 0 && x->period.from.n == y->period.from.n &&
				x->period.to.n == y->period.to.n && (x->low != y->low || x->high != y->high);
		}
		if (differs)
			return FAULT(f, E_RULE, reorg_path(r, x, "to"), MSG_REORG_TARGET_RATE, x->to, x->indicator);
	}
	return OK;
}

/* ---- the whole ---- */

static enum err check_known(const struct resolver *r, struct fault *f)
{
	for (size_t i = 0; i < r->plan->n; i++) {
		const struct reorg_action *x = &r->plan->v[i];
		bool known = x->what != REORG_TARGET;
		for (size_t k = 0; k < r->given->targets_n && !known; k++)
			known = says(x, tree_find(r->given->tree, r->given->targets[k].unit), &r->given->targets[k]);
		if (!known)
			return FAULT(f, E_NOTFOUND, reorg_path(r, x, "period"), MSG_REORG_TARGET_NONE, x->unit, x->indicator,
				period_of(r, x->period));
	}
	return OK;
}

enum err reorg_targets(struct resolver *r, struct fault *f)
{
	TRY(check_known(r, f));
	for (size_t i = 0; i < r->given->targets_n; i++)
		TRY(carry(r, &r->given->targets[i], f));
	return check_rates(r, f);
}
