#include "domain/check_moves.h"
#include "base/text.h"
#include "domain/tenure.h"

#include <assert.h>
#include <string.h>

void check_moves_fill_day(const struct check_case *c, enum lang lang, size_t size, char *ret)
{
	char text[DAY_TEXT];
	const char *known = lang == LANG_VI ? day_vi(*c->named, text) : day_iso(*c->named, text), *day = *known ? known : "–";
	assert(strlen(day) < size);
	memcpy(ret, day, strlen(day) + 1);
}

/* ---- facts beside the chain ---- */

/* The act came within the time of a clock that a fact starts, in this candidacy or membership; names its last day. */
enum check_result check_moves_within(const struct check_case *c)
{
	const struct clock *clock = &c->pack->clocks[c->check->a_pos];
	const struct facts *active = c->trail->active;
	for (size_t i = active->n; i-- > 0;) {
		const struct fact *f = &active->v[i];
		if (f->on.n > c->on.n || f->on.n <= c->trail->anew.n || !facts_match(f, clock->start.kind, clock->start.value))
			continue;
		const struct clock *then = pack_clock(rules_at(c->rules, f->on), clock->key);
		*c->named = calendar_due(c->calendar, f->on, (then ? then : clock)->length);
		return c->on.n <= c->named->n ? CHECK_HOLDS : CHECK_FAILS;
	}
	return CHECK_UNKNOWN;
}

enum check_result check_moves_amount(const struct check_case *c)
{
	if (c->fact->amount == 0)
		return CHECK_UNKNOWN;
	return c->fact->amount >= c->check->min && c->fact->amount <= c->check->max ? CHECK_HOLDS : CHECK_FAILS;
}

enum check_result check_moves_grounded(const struct check_case *c)
{
	return c->fact->detail ? CHECK_HOLDS : CHECK_FAILS;
}

/* Struck off because the transfer papers were not presented: only when the time for that is over (G06 8.3b). */
enum check_result check_moves_not_presented(const struct check_case *c)
{
	if (!text_equal(c->fact->detail, "not_filed"))
		return CHECK_HOLDS;
	const struct fact *introduced = facts_last(c->trail->active, "introduced", c->on);
	const struct fact *presented = facts_last(c->trail->active, "presented", c->on);
	if (!introduced || (presented && presented->on.n >= introduced->on.n))
		return CHECK_FAILS;
	*c->named = calendar_span_end(c->calendar, introduced->on, c->pack->clocks[c->check->a_pos].length);
	return c->on.n > c->named->n ? CHECK_HOLDS : CHECK_FAILS;
}

/* ---- admission for a second time ---- */

static struct tenure_again again(const struct check_case *c)
{
	struct tenure_again t;
	tenure_again(c->trail->active, c->on, &t);
	return t;
}

enum check_result check_moves_readmission_open(const struct check_case *c)
{
	return again(c).bar == TENURE_NEVER ? CHECK_FAILS : CHECK_HOLDS;
}

enum check_result check_moves_readmission_once(const struct check_case *c)
{
	return again(c).bar == TENURE_TWICE ? CHECK_FAILS : CHECK_HOLDS;
}

enum check_result check_moves_readmission_ground(const struct check_case *c)
{
	return again(c).bar == TENURE_UNKNOWN ? CHECK_FAILS : CHECK_HOLDS;
}

enum check_result check_moves_readmission_cleared(const struct check_case *c)
{
	const struct tenure_again t = again(c);
	return t.bar == TENURE_WAIT_RECORD && !day_known(t.from) ? CHECK_FAILS : CHECK_HOLDS;
}

static struct day length_end(const struct check_case *c, int position, struct day from)
{
	const struct clock *clock = &c->pack->clocks[position], *then = pack_clock(rules_at(c->rules, from), clock->key);
	return calendar_span_end(c->calendar, from, (then ? then : clock)->length);
}

/* a: since leaving; b: since the criminal record was cleared, where there was one. Names the first possible day. */
enum check_result check_moves_readmission_wait(const struct check_case *c)
{
	const struct tenure_again t = again(c);
	if (!day_known(t.from))
		return CHECK_HOLDS;
	*c->named = length_end(c, c->check->a_pos, t.left->on);
	struct day cleared = t.bar == TENURE_WAIT_RECORD ? length_end(c, c->check->b_pos, t.from) : DAY_NONE;
	if (cleared.n > c->named->n)
		*c->named = cleared;
	return c->on.n >= c->named->n ? CHECK_HOLDS : CHECK_FAILS;
}

enum check_result check_moves_readmission_consent(const struct check_case *c)
{
	const struct tenure_again t = again(c);
	const struct facts *active = c->trail->active;
	if (t.bar == TENURE_FIRST)
		return CHECK_HOLDS;
	for (size_t i = 0; i < active->n; i++) {
		const struct fact *f = &active->v[i];
		if (facts_match(f, FACT_CONSENT, "readmission") && f->on.n > t.left->on.n && f->on.n <= c->on.n)
			return CHECK_HOLDS;
	}
	return CHECK_FAILS;
}
