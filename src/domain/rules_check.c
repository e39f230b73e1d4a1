#include "domain/rules_check.h"
#include "base/yaml_tree.h"
#include "domain/check.h"

#include <assert.h>
#include <string.h>

static enum err fault_at(const struct pack *p, int line, struct fault *f, enum msg msg, const char *a, const char *b)
{
	return yaml_fault(f, p->file, line, msg, (const char *const[FAULT_ARGS]){ a, b });
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

static enum err value_fault(const struct pack *p, int line, struct fault *f, const struct pattern *x, const char *values)
{
	return yaml_fault(f, p->file, line, MSG_RULES_FACT_VALUE, (const char *const[FAULT_ARGS]){ x->kind, x->value, values });
}

/* A step may have passed or failed; of other kinds the code table says what there is. */
static enum err check_value(const struct pack *p, int line, const struct pattern *x, struct fault *f)
{
	const struct fact_kind *kind = x->step < 0 ? fact_kind_find(x->kind) : NULL;
	if (x->step >= 0)
		return strcmp(x->value, VALUE_FAILED) == 0 || strcmp(x->value, "passed") == 0 ? OK :
			value_fault(p, line, f, x, "passed, " VALUE_FAILED);
	if (kind->codes < 0)
		return kind->codes == VALUE_NONE ? value_fault(p, line, f, x, "–") : OK;
	return code_by_key((enum code_table)kind->codes, x->value) ? OK : value_fault(p, line, f, x, kind->key);
}

static enum err check_pattern(const struct pack *p, int line, struct pattern *x, struct fault *f)
{
	x->step = step_position(p, x->kind);
	if (x->step < 0 && !fact_kind_find(x->kind))
		return fault_at(p, line, f, MSG_RULES_FACT_UNKNOWN, x->kind, NULL);
	return x->value ? check_value(p, line, x, f) : OK;
}

/* The list is copied: other packs may extend the row, where the positions are others. */
static enum err check_patterns(const struct pack *p, int line, struct patterns *list, struct arena *a, struct fault *f)
{
	struct pattern *own = arena_array(a, struct pattern, list->n);
	for (size_t i = 0; i < list->n; i++) {
		own[i] = list->v[i];
		TRY(check_pattern(p, line, &own[i], f));
	}
	list->v = own;
	return OK;
}

/* Steps stand in the order of the chain, so that a ring shows as a step that needs itself or one further down. */
static enum err check_step(const struct pack *p, int position, struct fault *f)
{
	struct step *s = &p->steps[position];
	if (step_position(p, s->key) != position)
		return fault_at(p, s->line, f, MSG_RULES_TWICE, s->key, NULL);
	if (s->tries && (!s->votes || !s->tries_cite))
		return fault_at(p, s->line, f, MSG_RULES_TRIES, s->key, NULL);
	for (size_t i = 0; i < s->needs_n; i++) {
		int need = step_position(p, s->needs[i]);
		if (need < 0)
			return fault_at(p, s->line, f, MSG_RULES_STEP_UNKNOWN, s->needs[i], NULL);
		if (need >= position)
			return fault_at(p, s->line, f, MSG_RULES_RING, s->key, s->needs[i]);
		s->before |= p->steps[need].before | UINT64_C(1) << need;
	}
	return OK;
}

#define END_OF "end:"

/* Where it starts: at the end of another clock, which stands before it, or with a fact. */
static enum err check_clock_start(const struct pack *p, int position, struct fault *f)
{
	struct clock *c = &p->clocks[position];
	bool after_clock = strncmp(c->from, END_OF, strlen(END_OF)) == 0;
	c->from_clock = after_clock ? clock_position(p, c->from + strlen(END_OF)) : -1;
	c->from_step = -1;
	if (after_clock && c->from_clock < 0)
		return fault_at(p, c->line, f, MSG_RULES_CLOCK_UNKNOWN, c->from + strlen(END_OF), NULL);
	if (c->from_clock >= position)
		return fault_at(p, c->line, f, MSG_RULES_RING, c->key, c->from);
	if (after_clock)
		return OK;
	TRY(check_pattern(p, c->line, &c->start, f));
	c->from_step = c->start.value ? -1 : c->start.step;
	return OK;
}

static enum err check_clock(const struct pack *p, int position, struct arena *a, struct fault *f)
{
	struct clock *c = &p->clocks[position];
	if (clock_position(p, c->key) != position)
		return fault_at(p, c->line, f, MSG_RULES_TWICE, c->key, NULL);
	TRY(check_clock_start(p, position, f));
	TRY(check_pattern(p, c->line, &c->stop, f));
	c->to_step = c->stop.value ? -1 : c->stop.step;
	bool of_steps = c->use == CLOCK_STATUS || c->use == CLOCK_VALID;
	if (of_steps && (c->to_step < 0 || c->from_step < 0))
		return fault_at(p, c->line, f, MSG_RULES_CLOCK_USE, c->key, NULL);
	TRY(check_patterns(p, c->line, &c->when, a, f));
	return check_patterns(p, c->line, &c->unless, a, f);
}

/* A step that a status clock leads to is dated by the end of that clock, whenever the bodies met (official from the end of the 12 months,
 * also after a late vote): it follows the start of the clock only. */
static uint64_t no_later(const struct pack *p, const struct step *step)
{
	for (size_t i = 0; i < p->clocks_n; i++) {
		const struct clock *k = &p->clocks[i];
		if (k->use == CLOCK_STATUS && &p->steps[k->to_step] == step)
			return p->steps[k->from_step].before | UINT64_C(1) << k->from_step;
	}
	return step->before;
}

static bool is_fact(enum check_arg want)
{
	return want == CHECK_ARG_FACT || want == CHECK_ARG_FACT_IF_ANY;
}

/* A clock that starts with a step; any, where only its length is asked for. */
static enum err check_clock_argument(const struct pack *p, const struct check *c, bool length, const char *word, int *ret, struct fault *f)
{
	*ret = clock_position(p, word);
	if (*ret < 0)
		return fault_at(p, c->line, f, MSG_RULES_CLOCK_UNKNOWN, word, NULL);
	return length || p->clocks[*ret].from_step >= 0 ? OK : fault_at(p, c->line, f, MSG_RULES_ARGUMENT, c->key, word);
}

/* Position of a check's argument by what the predicate wants there. */
static enum err check_argument(const struct pack *p, const struct check *c, enum check_arg want, const char *given, int *ret,
	struct fault *f)
{
	const char *word = given ? given : "";
	*ret = -1;
	if (want == CHECK_ARG_NONE)
		return given ? fault_at(p, c->line, f, MSG_RULES_ARGUMENT, c->key, given) : OK;
	if (!given && (want == CHECK_ARG_STEP_IF_ANY || want == CHECK_ARG_FACT_IF_ANY))
		return OK;
	if (is_fact(want))
		return given ? OK : fault_at(p, c->line, f, MSG_RULES_FACT_UNKNOWN, "", NULL);
	if (want == CHECK_ARG_CLOCK || want == CHECK_ARG_LENGTH)
		return check_clock_argument(p, c, want == CHECK_ARG_LENGTH, word, ret, f);
	bool schooling = want == CHECK_ARG_SCHOOLING;
	*ret = schooling ? check_schooling_rank(word) : step_position(p, word);
	if (*ret >= 0)
		return OK;
	return fault_at(p, c->line, f, schooling ? MSG_RULES_ARGUMENT : MSG_RULES_STEP_UNKNOWN, schooling ? c->key : word, word);
}

/* Arguments that are facts, and the facts that it depends on. */
static enum err check_facts(const struct pack *p, const struct predicate *predicate, struct check *c, struct arena *a, struct fault *f)
{
	if (is_fact(predicate->a))
		TRY(check_pattern(p, c->line, &c->a_fact, f));
	if (is_fact(predicate->b) && c->b)
		TRY(check_pattern(p, c->line, &c->b_fact, f));
	TRY(check_patterns(p, c->line, &c->when, a, f));
	return check_patterns(p, c->line, &c->unless, a, f);
}

static enum err check_check(const struct pack *p, struct check *c, struct arena *a, struct fault *f)
{
	const struct predicate *predicate = check_predicate(c->key);
	if (!predicate)
		return fault_at(p, c->line, f, MSG_RULES_PREDICATE_UNKNOWN, c->key, check_predicates());
	TRY(check_pattern(p, c->line, &c->at_fact, f));
	c->at_step = c->at_fact.step;
	TRY(check_argument(p, c, predicate->a, c->a, &c->a_pos, f));
	TRY(check_argument(p, c, predicate->b, c->b, &c->b_pos, f));
	if (day_before(c->valid.to, c->valid.from))
		return fault_at(p, c->line, f, MSG_RULES_BACKWARDS, c->key, NULL);
	if (predicate->of_fact && c->at_step >= 0)
		return fault_at(p, c->line, f, MSG_RULES_ARGUMENT, c->key, c->at);
	if (predicate->bounded ? !c->min && !c->max : c->min || c->max)
		return fault_at(p, c->line, f, MSG_RULES_ARGUMENT, c->key, "min, max");
	return check_facts(p, predicate, c, a, f);
}

static enum err check_body(const struct pack *p, struct body *b, struct fault *f)
{
	for (const struct body *x = p->bodies; x < b; x++)
		if (strcmp(x->key, b->key) == 0)
			return fault_at(p, b->line, f, MSG_RULES_TWICE, b->key, NULL);
	b->at_steps = 0;
	for (size_t i = 0; i < b->steps_n; i++) {
		int at = step_position(p, b->steps[i]);
		if (at < 0)
			return fault_at(p, b->line, f, MSG_RULES_STEP_UNKNOWN, b->steps[i], NULL);
		b->at_steps |= UINT64_C(1) << at;
	}
	for (size_t i = 0; i < b->kinds_n; i++)
		if (!code_by_key(CODES_UNIT_KIND, b->kinds[i]))
			return fault_at(p, b->line, f, MSG_RULES_KIND_UNKNOWN, b->kinds[i], NULL);
	for (size_t i = 0; i < b->sectors_n; i++)
		if (!code_by_key(CODES_SECTOR, b->sectors[i]))
			return fault_at(p, b->line, f, MSG_RULES_SECTOR_UNKNOWN, b->sectors[i], NULL);
	return OK;
}

/* The clock that a row names, which starts with a step. */
static enum err check_paper_clock(const struct pack *p, int line, const char *key, int *ret, struct fault *f)
{
	*ret = key ? clock_position(p, key) : -1;
	if (key && *ret < 0)
		return fault_at(p, line, f, MSG_RULES_CLOCK_UNKNOWN, key, NULL);
	if (key && p->clocks[*ret].from_step < 0)
		return fault_at(p, line, f, MSG_RULES_CLOCK_USE, key, NULL);
	return OK;
}

static enum err check_paper(const struct pack *p, struct paper_row *paper, struct arena *a, struct fault *f)
{
	paper->at_step = step_position(p, paper->at);
	if (!code_by_key(CODES_PAPER, paper->key))
		return fault_at(p, paper->line, f, MSG_RULES_PAPER_UNKNOWN, paper->key, NULL);
	if (paper->at_step < 0)
		return fault_at(p, paper->line, f, MSG_RULES_STEP_UNKNOWN, paper->at, NULL);
	if (paper->detail && !code_by_key(CODES_SPECIAL, paper->detail))
		return fault_at(p, paper->line, f, MSG_RULES_PAPER_UNKNOWN, paper->detail, NULL);
	TRY(check_paper_clock(p, paper->line, paper->redo_after, &paper->redo_clock, f));
	TRY(check_paper_clock(p, paper->line, paper->not_before, &paper->after_clock, f));
	TRY(check_patterns(p, paper->line, &paper->also, a, f));
	TRY(check_patterns(p, paper->line, &paper->when, a, f));
	return check_patterns(p, paper->line, &paper->unless, a, f);
}

static enum err check_rows(struct pack *p, struct arena *a, struct fault *f)
{
	for (size_t i = 0; i < p->checks_n; i++)
		TRY(check_check(p, &p->checks[i], a, f));
	for (size_t i = 0; i < p->bodies_n; i++)
		TRY(check_body(p, &p->bodies[i], f));
	for (size_t i = 0; i < p->papers_n; i++)
		TRY(check_paper(p, &p->papers[i], a, f));
	return OK;
}

/* Nothing in a pack that nobody could verify is verified, but what a site has verified itself. */
static void pass_on_mark(struct pack *p)
{
	for (size_t i = 0; i < p->clocks_n; i++)
		p->clocks[i].verified &= p->verified;
	for (size_t i = 0; i < p->checks_n; i++)
		p->checks[i].verified &= p->verified;
	for (size_t i = 0; i < p->bodies_n; i++)
		p->bodies[i].verified &= p->verified;
	for (size_t i = 0; i < p->papers_n; i++)
		p->papers[i].verified &= p->verified;
}

enum err rules_check_pack(struct pack *p, struct arena *a, struct fault *f)
{
	if (day_before(p->valid.to, p->valid.from))
		return fault_at(p, p->line, f, MSG_RULES_BACKWARDS, p->id, NULL);
	if (p->steps_n == 0 || p->steps_n > PACK_STEPS)
		return fault_at(p, p->line, f, MSG_RULES_STEPS, p->id, NULL);
	for (size_t i = 0; i < p->steps_n; i++)
		TRY(check_step(p, (int)i, f));
	for (size_t i = 0; i < p->clocks_n; i++)
		TRY(check_clock(p, (int)i, a, f));
	for (size_t i = 0; i < p->steps_n; i++)
		p->steps[i].no_later = no_later(p, &p->steps[i]);
	pass_on_mark(p);
	return check_rows(p, a, f);
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
