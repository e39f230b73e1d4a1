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

/* How long it takes from that day, by the pack of that day or the person's own. */
static struct span length_from(const struct check_case *c, const struct clock *clock, struct day from)
{
	const struct clock *then = pack_clock(trail_pack(c->trail, c->rules, clock->key, from), clock->key);
	return (then ? then : clock)->length;
}

/* The last fact of that kind in the present candidacy or membership. */
static const struct fact *last_of(const struct check_case *c, const char *kind, const char *value)
{
	const struct facts *active = c->trail->active;
	for (size_t i = active->n; i-- > 0 && active->v[i].on.n > c->trail->anew.n;)
		if (active->v[i].on.n <= c->on.n && facts_match(&active->v[i], kind, value))
			return &active->v[i];
	return NULL;
}

/* What started the clock: a step that still counts, or another fact. */
static const struct fact *start_of(const struct check_case *c, const struct clock *clock)
{
	if (clock->from_step < 0)
		return last_of(c, clock->start.kind, clock->start.value);
	const struct trail_step *step = trail_last(c->trail, c->pack->steps[clock->from_step].id, c->on);
	return step ? step->fact : NULL;
}

static struct day length_end(const struct check_case *c, int position, struct day from)
{
	return calendar_span_end(c->calendar, from, length_from(c, &c->pack->clocks[position], from));
}

/* An act has until the next working day, a status its exact day. */
static struct day last_day(const struct check_case *c, const struct clock *clock, struct day from)
{
	if (clock->use == CLOCK_STATUS)
		return length_end(c, c->check->a_pos, from);
	return calendar_due(c->calendar, from, length_from(c, clock, from));
}

/* The act came within the time of a clock; names its last day. */
enum check_result check_moves_within(const struct check_case *c)
{
	const struct clock *clock = &c->pack->clocks[c->check->a_pos];
	const struct fact *start = start_of(c, clock);
	if (!start)
		return CHECK_UNKNOWN;
	*c->named = last_day(c, clock, start->on);
	return c->on.n <= c->named->n ? CHECK_HOLDS : CHECK_FAILS;
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
	const struct fact *introduced = last_of(c, "introduced", NULL), *presented = last_of(c, "presented", NULL);
	if (!introduced || (presented && presented->on.n >= introduced->on.n))
		return CHECK_FAILS;
	*c->named = length_end(c, c->check->a_pos, introduced->on);
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
