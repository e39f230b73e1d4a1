#include "domain/rules_check.h"
#include "base/yaml_tree.h"
#include "domain/check.h"

#include <assert.h>
#include <string.h>

static enum err fault_at(const struct pack *p, int line, struct fault *f, enum msg msg, const char *a, const char *b)
{
	return yaml_fault(f, p->file, line, msg, (const char *const[FAULT_ARGS]){ a, a ? b : NULL });
}

static int step_position(const struct pack *p, const char *key)
{
	const struct step *s = pack_step(p, key);
	return s ? (int)(s - p->steps) : -1;
}

static int clock_position(const struct pack *p, const char *key)
{
	const struct clock *c = pack_clock(p, key);
	return c ? (int)(c - p->clocks) : -1;
}

static enum err check_kinds(const struct pack *p, const struct step *s, const char *const *kinds, size_t n, struct fault *f)
{
	for (size_t i = 0; i < n; i++)
		if (!code_by_key(CODES_UNIT_KIND, kinds[i]))
			return fault_at(p, s->line, f, MSG_RULES_KIND_UNKNOWN, kinds[i], NULL);
	return OK;
}

/* Steps stand in the order of the chain, so that a ring shows as a step that needs itself or one further down. */
static enum err check_step(const struct pack *p, int position, struct fault *f)
{
	struct step *s = &p->steps[position];
	if (step_position(p, s->key) != position)
		return fault_at(p, s->line, f, MSG_RULES_TWICE, s->key, NULL);
	for (size_t i = 0; i < s->needs_n; i++) {
		int need = step_position(p, s->needs[i]);
		if (need < 0)
			return fault_at(p, s->line, f, MSG_RULES_STEP_UNKNOWN, s->needs[i], NULL);
		if (need >= position)
			return fault_at(p, s->line, f, MSG_RULES_RING, s->key, s->needs[i]);
		s->before |= p->steps[need].before | UINT64_C(1) << need;
	}
	TRY(check_kinds(p, s, s->skip_parents, s->skip_parents_n, f));
	return check_kinds(p, s, s->skip_kinds, s->skip_kinds_n, f);
}

#define END_OF "end:"

static enum err check_clock(const struct pack *p, int position, struct fault *f)
{
	struct clock *c = &p->clocks[position];
	bool after_clock = strncmp(c->from, END_OF, strlen(END_OF)) == 0;
	if (clock_position(p, c->key) != position)
		return fault_at(p, c->line, f, MSG_RULES_TWICE, c->key, NULL);
	c->from_clock = after_clock ? clock_position(p, c->from + strlen(END_OF)) : -1;
	c->from_step = after_clock ? -1 : step_position(p, c->from);
	c->to_step = step_position(p, c->to);
	if (after_clock && c->from_clock < 0)
		return fault_at(p, c->line, f, MSG_RULES_CLOCK_UNKNOWN, c->from + strlen(END_OF), NULL);
	if (c->from_clock >= position)
		return fault_at(p, c->line, f, MSG_RULES_RING, c->key, c->from);
	if (!after_clock && c->from_step < 0)
		return fault_at(p, c->line, f, MSG_RULES_STEP_UNKNOWN, c->from, NULL);
	if (c->to_step < 0)
		return fault_at(p, c->line, f, MSG_RULES_STEP_UNKNOWN, c->to, NULL);
	return OK;
}

/* A step that a status clock leads to is dated by the end of that clock, whenever the bodies met (official from the end of the 12 months,
 * also after a late vote): it follows the start of the clock only. */
static uint64_t no_later(const struct pack *p, const struct step *step)
{
	for (size_t i = 0; i < p->clocks_n; i++) {
		const struct clock *k = &p->clocks[i];
		if (k->use == CLOCK_STATUS && k->from_step >= 0 && &p->steps[k->to_step] == step)
			return p->steps[k->from_step].before | UINT64_C(1) << k->from_step;
	}
	return step->before;
}

/* Position of a check's argument by what the predicate wants there. */
static enum err check_argument(const struct pack *p, const struct check *c, enum check_arg want, const char *given, int *ret,
	struct fault *f)
{
	*ret = -1;
	switch (want) {
	case CHECK_ARG_NONE:
		return given ? fault_at(p, c->line, f, MSG_RULES_ARGUMENT, c->key, given) : OK;
	case CHECK_ARG_STEP_IF_ANY:
		if (!given)
			return OK;
		/* fallthrough */
	case CHECK_ARG_STEP:
		*ret = given ? step_position(p, given) : -1;
		return *ret >= 0 ? OK : fault_at(p, c->line, f, MSG_RULES_STEP_UNKNOWN, given ? given : "", NULL);
	case CHECK_ARG_CLOCK:
		*ret = given ? clock_position(p, given) : -1;
		if (*ret < 0)
			return fault_at(p, c->line, f, MSG_RULES_CLOCK_UNKNOWN, given ? given : "", NULL);
		return p->clocks[*ret].from_step >= 0 ? OK : fault_at(p, c->line, f, MSG_RULES_ARGUMENT, c->key, given);
	case CHECK_ARG_SCHOOLING:
		break;
	}
	*ret = given ? check_schooling_rank(given) : -1;
	return *ret >= 0 ? OK : fault_at(p, c->line, f, MSG_RULES_ARGUMENT, c->key, given ? given : "");
}

static enum err check_check(const struct pack *p, struct check *c, struct fault *f)
{
	const struct predicate *predicate = check_predicate(c->key);
	if (!predicate)
		return fault_at(p, c->line, f, MSG_RULES_PREDICATE_UNKNOWN, c->key, check_predicates());
	c->at_step = step_position(p, c->at);
	if (c->at_step < 0)
		return fault_at(p, c->line, f, MSG_RULES_STEP_UNKNOWN, c->at, NULL);
	TRY(check_argument(p, c, predicate->a, c->a, &c->a_pos, f));
	TRY(check_argument(p, c, predicate->b, c->b, &c->b_pos, f));
	if (predicate->bounded ? !c->min && !c->max : c->min || c->max)
		return fault_at(p, c->line, f, MSG_RULES_ARGUMENT, c->key, "min, max");
	return OK;
}

enum err rules_check_pack(struct pack *p, struct fault *f)
{
	if (day_before(p->valid.to, p->valid.from))
		return fault_at(p, p->line, f, MSG_RULES_BACKWARDS, p->id, NULL);
	if (p->steps_n == 0 || p->steps_n > PACK_STEPS)
		return fault_at(p, p->line, f, MSG_RULES_STEPS, p->id, NULL);
	for (size_t i = 0; i < p->steps_n; i++)
		TRY(check_step(p, (int)i, f));
	for (size_t i = 0; i < p->clocks_n; i++)
		TRY(check_clock(p, (int)i, f));
	for (size_t i = 0; i < p->steps_n; i++)
		p->steps[i].no_later = no_later(p, &p->steps[i]);
	for (size_t i = 0; i < p->checks_n; i++)
		TRY(check_check(p, &p->checks[i], f));
	return OK;
}

enum err rules_check(const struct rules *r, struct fault *f)
{
	char end[DAY_TEXT];
	if (r->n == 0)
		return FAULT(f, E_INVALID, "rules", MSG_RULES_NONE);
	for (size_t i = 1; i < r->n; i++) {
		const struct pack *before = r->packs[i - 1], *p = r->packs[i];
		int32_t gap = p->valid.from.n - before->valid.to.n;
		const char *last = day_iso(before->valid.to, end);
		if (gap <= 0)
			return fault_at(p, p->line, f, MSG_RULES_OVERLAP, before->id, last);
		if (gap > 1)
			return fault_at(p, p->line, f, MSG_RULES_GAP, before->id, last);
	}
	return OK;
}
