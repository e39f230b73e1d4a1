#include "domain/check.h"
#include "base/utf8.h"

#include <assert.h>
#include <string.h>

/* The step at a position of the pack, as of the day of the question. */
static const struct trail_step *recorded(const struct check_case *c, int position)
{
	assert(position >= 0 && (size_t)position < c->pack->steps_n);
	return trail_last(c->trail, c->pack->steps[position].id, c->on);
}

/* "Counted by month" (R294 1.1.1) is not defined further: full months decide, and a month reached by the calendar alone is a doubt. */
static enum check_result age_months(const struct check_case *c)
{
	struct day birth;
	const char *value = facts_value(c->trail->active, "birth", DAY_NONE);
	if (!value || day_parse(value, "", &birth, NULL) != OK)
		return CHECK_UNKNOWN;
	int32_t months = day_before(c->on, birth) ? -1 : day_months_between(birth, c->on);
	if (c->check->max && months > c->check->max)
		return CHECK_FAILS;
	if (months >= c->check->min)
		return CHECK_HOLDS;
	return day_calendar_months_between(birth, c->on) >= c->check->min ? CHECK_DOUBT : CHECK_FAILS;
}

int check_schooling_rank(const char *code)
{
	size_t n;
	const struct code *table = codes(CODES_SCHOOLING, &n);
	for (size_t i = 0; i < n; i++)
		if (strcmp(table[i].key, code) == 0)
			return (int)i;
	return -1;
}

static enum check_result schooling_at_least(const struct check_case *c)
{
	const char *value = facts_value(c->trail->active, "schooling", c->on);
	if (!value)
		return CHECK_UNKNOWN;
	return check_schooling_rank(value) >= c->check->a_pos ? CHECK_HOLDS : CHECK_FAILS;
}

/* End of a clock that starts with a step, by the pack of its starting day. */
static bool clock_end(const struct check_case *c, struct day *ret)
{
	const struct clock *clock = &c->pack->clocks[c->check->a_pos];
	const struct trail_step *start = recorded(c, clock->from_step);
	if (!start)
		return false;
	const struct clock *of_start = pack_clock(rules_at(c->rules, start->on), clock->key);
	*ret = calendar_span_end(c->calendar, start->on, of_start ? of_start->length : clock->length);
	return true;
}

/* The paper behind the clock is still good; on its last day, the same day number, it is (R294, G06 5.4: "60 months until considered"). */
static enum check_result valid(const struct check_case *c)
{
	struct day end;
	if (!clock_end(c, &end))
		return CHECK_UNKNOWN;
	return c->on.n <= end.n ? CHECK_HOLDS : CHECK_FAILS;
}

static enum check_result after_end(const struct check_case *c)
{
	struct day end;
	if (!clock_end(c, &end))
		return CHECK_UNKNOWN;
	return c->on.n >= end.n ? CHECK_HOLDS : CHECK_FAILS;
}

static enum check_result passed(const struct check_case *c)
{
	const struct trail_step *vote = recorded(c, c->check->a_pos);
	if (!vote)
		return CHECK_UNKNOWN;
	return vote->failed ? CHECK_FAILS : CHECK_HOLDS;
}

/* With b: only where b is on record, so that an old list of bare decisions stays silent. */
static enum check_result is_recorded(const struct check_case *c)
{
	if (c->check->b_pos >= 0 && !recorded(c, c->check->b_pos))
		return CHECK_HOLDS;
	return recorded(c, c->check->a_pos) ? CHECK_HOLDS : CHECK_FAILS;
}

/* With b: only where b is on record. */
static enum check_result on_file(const struct check_case *c)
{
	if (c->check->b && !trail_holds(c->trail, c->pack, &c->check->b_fact, c->on))
		return CHECK_HOLDS;
	return trail_holds(c->trail, c->pack, &c->check->a_fact, c->on) ? CHECK_HOLDS : CHECK_FAILS;
}

static const struct predicate predicates[] = {
	{ "age_months", CHECK_ARG_NONE, CHECK_ARG_NONE, true, age_months, MSG_CHECK_MONTH_NOT_DAY, MSG_CHECK_NO_BIRTH },
	{ "schooling_at_least", CHECK_ARG_SCHOOLING, CHECK_ARG_NONE, false, schooling_at_least, MSG_NONE, MSG_CHECK_NO_SCHOOLING },
	{ "valid", CHECK_ARG_CLOCK, CHECK_ARG_NONE, false, valid, MSG_NONE, MSG_NONE },
	{ "after_end", CHECK_ARG_CLOCK, CHECK_ARG_NONE, false, after_end, MSG_NONE, MSG_NONE },
	{ "passed", CHECK_ARG_STEP, CHECK_ARG_NONE, false, passed, MSG_NONE, MSG_NONE },
	{ "recorded", CHECK_ARG_STEP, CHECK_ARG_STEP_IF_ANY, false, is_recorded, MSG_NONE, MSG_NONE },
	{ "on_file", CHECK_ARG_FACT, CHECK_ARG_FACT_IF_ANY, false, on_file, MSG_NONE, MSG_NONE },
};

const char *check_predicates(void)
{
	return "age_months, schooling_at_least, valid, after_end, passed, recorded, on_file";
}

const struct predicate *check_predicate(const char *key)
{
	for (size_t i = 0; i < sizeof predicates / sizeof *predicates; i++)
		if (strcmp(predicates[i].key, key) == 0)
			return &predicates[i];
	return NULL;
}

/* The pack's own sentence travels as arguments, in two pieces for each language because one argument is too short for it. */
static void say(struct fault *ret, const char *field, struct labels message)
{
	char head[2][FAULT_ARG_SIZE];
	const char *const text[2] = { message.vi, message.en };
	const char *tail[2];
	for (int i = 0; i < 2; i++) {
		size_t n = utf8_cut(text[i], strlen(text[i]), FAULT_ARG_SIZE - 1);
		memcpy(head[i], text[i], n);
		head[i][n] = '\0';
		tail[i] = text[i] + n;
	}
	(void)!FAULT(ret, E_RULE, field, MSG_CHECK_SENTENCE, head[0], tail[0], head[1], tail[1]);
}

enum check_result check_ask(const struct check_case *c, struct fault *ret)
{
	const struct predicate *predicate = check_predicate(c->check->key);
	assert(predicate && c->trail && c->pack);
	if (!trail_concerns(c->trail, c->pack, c->check->when, c->check->unless, c->on))
		return CHECK_NOT_ASKED;
	enum check_result result = predicate->holds(c);
	if (result == CHECK_FAILS)
		say(ret, c->check->at, c->check->message);
	else if (result != CHECK_HOLDS)
		(void)!FAULT(ret, E_RULE, c->check->at, result == CHECK_DOUBT ? predicate->doubt : predicate->unknown);
	if (result != CHECK_HOLDS)
		(void)!fault_cite(ret, c->check->cite);
	return result;
}
