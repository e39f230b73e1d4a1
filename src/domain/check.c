#include "domain/check.h"
#include "base/utf8.h"
#include "domain/check_moves.h"
#include "domain/dossier.h"
#include "domain/helper.h"
#include "domain/request.h"

#include <assert.h>
#include <string.h>

/* The step at a position of the pack, as of the day of the question. */
static const struct trail_step *recorded(const struct check_case *c, int position)
{
	assert(position >= 0 && (size_t)position < c->pack->steps_n);
	return trail_last(c->trail, c->pack->steps[position].id, c->on);
}

/* "Counted by month" (R294 1.1.1) is not defined further: full months decide, and a month reached by the calendar alone is a doubt. */
static bool birth_day(const struct check_case *c, struct day *ret)
{
	const char *value = facts_value(c->trail->active, "birth", DAY_NONE);
	return value && day_parse(value, "", ret, NULL) == OK;
}

/* With a: as of the day of that step, which is when the age counts; without that step nothing is known. */
static enum check_result age_months(const struct check_case *c)
{
	struct day birth, on = c->on;
	if (c->check->a_pos >= 0) {
		const struct trail_step *then = recorded(c, c->check->a_pos);
		on = then ? then->on : DAY_NONE;
	}
	if (!day_known(on) || !birth_day(c, &birth))
		return CHECK_UNKNOWN;
	int32_t months = day_before(on, birth) ? -1 : day_months_between(birth, on);
	if (c->check->max && months > c->check->max)
		return CHECK_FAILS;
	if (months >= c->check->min)
		return CHECK_HOLDS;
	return day_calendar_months_between(birth, on) >= c->check->min ? CHECK_DOUBT : CHECK_FAILS;
}

/* The other reading: the month counts, the day does not. */
static enum check_result age_calendar_months(const struct check_case *c)
{
	struct day birth;
	if (!birth_day(c, &birth))
		return CHECK_UNKNOWN;
	return day_calendar_months_between(birth, c->on) >= c->check->min ? CHECK_HOLDS : CHECK_FAILS;
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

/* With b: only where b is on record. */
static enum check_result schooling_at_least(const struct check_case *c)
{
	if (c->check->b && !trail_holds(c->trail, c->pack, &c->check->b_fact, c->on))
		return CHECK_HOLDS;
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
	const struct clock *of_start = pack_clock(trail_pack(c->trail, c->rules, clock->key, start->on), clock->key);
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

/* A step that is dated back to the end of a status clock rests on votes that were taken after that day. */
static struct day voted_until(const struct check_case *c)
{
	const struct step *at = c->check->at_step >= 0 ? &c->pack->steps[c->check->at_step] : NULL;
	return at && at->no_later != at->before ? c->trail->until : c->on;
}

static enum check_result passed(const struct check_case *c)
{
	const struct step *step = &c->pack->steps[c->check->a_pos];
	struct day until = voted_until(c);
	const struct trail_step *vote = trail_last(c->trail, step->id, until);
	if (!vote)
		return CHECK_UNKNOWN;
	return vote->failed && !trail_given_up(c->trail, step, until) ? CHECK_FAILS : CHECK_HOLDS;
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

static const struct fact *last_of(const struct check_case *c, const struct pattern *x, const char *value)
{
	const struct facts *active = c->trail->active;
	for (size_t i = active->n; i-- > 0;) {
		const struct fact *f = &active->v[i];
		if (f->on.n > c->trail->since.n && f->on.n <= c->on.n && facts_match(f, x->kind, value))
			return f;
	}
	return NULL;
}

/* The last facts of that kind, all those of one day, say something else: the order of entry says nothing. */
static enum check_result last_is_not(const struct check_case *c)
{
	const struct pattern *x = &c->check->a_fact;
	const struct fact *said = last_of(c, x, x->value);
	return said && day_equal(said->on, last_of(c, x, NULL)->on) ? CHECK_FAILS : CHECK_HOLDS;
}

/* a was not later than b. */
static enum check_result in_order(const struct check_case *c)
{
	const struct pattern *a = &c->check->a_fact, *b = &c->check->b_fact;
	const struct fact *first = last_of(c, a, a->value), *second = last_of(c, b, b->value);
	return first && second && second->on.n < first->on.n ? CHECK_FAILS : CHECK_HOLDS;
}

static enum check_result requests_answered(const struct check_case *c)
{
	return request_open(c->trail, c->on) == 0 ? CHECK_HOLDS : CHECK_FAILS;
}

/* ---- papers ---- */

enum { NAMES_MAX = 160 };

static struct dossier dossier_of(const struct check_case *c)
{
	return (struct dossier){ c->rules, c->calendar, c->pack, c->trail, c->on, c->on };
}

static enum check_result none_is(const struct check_case *c, enum paper_status status)
{
	char names[NAMES_MAX];
	const struct dossier d = dossier_of(c);
	if (!dossier_known(&d, c->check->at_step))
		return CHECK_UNKNOWN;
	return dossier_names(&d, c->check->at_step, status, LANG_VI, sizeof names, names) ? CHECK_FAILS : CHECK_HOLDS;
}

static void fill_with(const struct check_case *c, enum paper_status status, enum lang lang, size_t size, char *ret)
{
	const struct dossier d = dossier_of(c);
	(void)dossier_names(&d, c->check->at_step, status, lang, size, ret);
}

static enum check_result papers_there(const struct check_case *c)
{
	return none_is(c, PAPER_MISSING);
}

static void fill_missing(const struct check_case *c, enum lang lang, size_t size, char *ret)
{
	fill_with(c, PAPER_MISSING, lang, size, ret);
}

static enum check_result papers_fresh(const struct check_case *c)
{
	return none_is(c, PAPER_REDO);
}

static void fill_stale(const struct check_case *c, enum lang lang, size_t size, char *ret)
{
	fill_with(c, PAPER_REDO, lang, size, ret);
}

static enum check_result papers_timely(const struct check_case *c)
{
	return none_is(c, PAPER_EARLY);
}

/* The paper that is being recorded. */
static enum check_result paper_timely(const struct check_case *c)
{
	const struct dossier d = dossier_of(c);
	return dossier_is_early(&d, c->fact->value) ? CHECK_FAILS : CHECK_HOLDS;
}

static void fill_early(const struct check_case *c, enum lang lang, size_t size, char *ret)
{
	fill_with(c, PAPER_EARLY, lang, size, ret);
}

/* ---- introducers and helpers ---- */

static enum check_result introduced(const struct check_case *c)
{
	static const enum check_result results[] = {
		[HELPER_ENOUGH] = CHECK_HOLDS, [HELPER_NONE] = CHECK_FAILS, [HELPER_SECOND] = CHECK_FAILS, [HELPER_WHICH_UNION] = CHECK_DOUBT,
	};
	scoped(arena_done) struct arena a = { 0 };
	struct helpers list;
	helper_list(c->trail->active, c->on, &a, &list);
	return results[helper_introduced(c->trail->active, &list, c->on)];
}

static bool helped_on(const struct check_case *c, struct day on)
{
	scoped(arena_done) struct arena a = { 0 };
	struct helpers list;
	helper_list(c->trail->active, on, &a, &list);
	for (size_t i = 0; i < list.n; i++)
		if (list.v[i].stage == HELPER_OF_PROBATION && helper_in_force(&list.v[i]))
			return true;
	return false;
}

/* The help ends with the recognition, which is dated back behind the vote: whoever helped until then did. */
static enum check_result helped(const struct check_case *c)
{
	const struct trail_step *official = trail_last(c->trail, rules_step_id(c->rules, FACT_RECOGNITION), c->on);
	return helped_on(c, c->on) || (official && helped_on(c, day_add(official->on, -1))) ? CHECK_HOLDS : CHECK_FAILS;
}

static enum check_result replaced(const struct check_case *c)
{
	scoped(arena_done) struct arena a = { 0 };
	struct helpers list;
	helper_list(c->trail->active, c->on, &a, &list);
	for (size_t i = 0; i < list.n; i++)
		if (helper_unreplaced(&list, &list.v[i]))
			return CHECK_FAILS;
	return CHECK_HOLDS;
}

static const struct predicate predicates[] = {
	{ "age_months", CHECK_ARG_STEP_IF_ANY, CHECK_ARG_NONE, true, age_months, MSG_CHECK_MONTH_NOT_DAY, MSG_CHECK_NO_BIRTH },
	{ "age_calendar_months", CHECK_ARG_NONE, CHECK_ARG_NONE, true, age_calendar_months, MSG_NONE, MSG_NONE },
	{ "schooling_at_least", CHECK_ARG_SCHOOLING, CHECK_ARG_FACT_IF_ANY, false, schooling_at_least, MSG_NONE, MSG_CHECK_NO_SCHOOLING },
	{ "valid", CHECK_ARG_CLOCK, CHECK_ARG_NONE, false, valid, MSG_NONE, MSG_NONE },
	{ "after_end", CHECK_ARG_CLOCK, CHECK_ARG_NONE, false, after_end, MSG_NONE, MSG_NONE },
	{ "passed", CHECK_ARG_STEP, CHECK_ARG_NONE, false, passed, MSG_NONE, MSG_NONE },
	{ "recorded", CHECK_ARG_STEP, CHECK_ARG_STEP_IF_ANY, false, is_recorded, MSG_NONE, MSG_NONE },
	{ "on_file", CHECK_ARG_FACT, CHECK_ARG_FACT_IF_ANY, false, on_file, MSG_NONE, MSG_NONE },
	{ "last_is_not", CHECK_ARG_FACT, CHECK_ARG_NONE, false, last_is_not, MSG_NONE, MSG_NONE },
	{ "in_order", CHECK_ARG_FACT, CHECK_ARG_FACT, false, in_order, MSG_NONE, MSG_NONE },
	{ "introduced", CHECK_ARG_NONE, CHECK_ARG_NONE, false, introduced, MSG_CHECK_WHICH_UNION, MSG_NONE },
	{ "helped", CHECK_ARG_NONE, CHECK_ARG_NONE, false, helped, MSG_NONE, MSG_NONE },
	{ "replaced", CHECK_ARG_NONE, CHECK_ARG_NONE, false, replaced, MSG_NONE, MSG_NONE },
	{ "requests_answered", CHECK_ARG_NONE, CHECK_ARG_NONE, false, requests_answered, MSG_NONE, MSG_NONE },
	{ "papers_there", CHECK_ARG_NONE, CHECK_ARG_NONE, false, papers_there, MSG_NONE, MSG_NONE, fill_missing },
	{ "papers_fresh", CHECK_ARG_NONE, CHECK_ARG_NONE, false, papers_fresh, MSG_NONE, MSG_NONE, fill_stale },
	{ "papers_timely", CHECK_ARG_NONE, CHECK_ARG_NONE, false, papers_timely, MSG_NONE, MSG_NONE, fill_early },
	{ "paper_timely", CHECK_ARG_NONE, CHECK_ARG_NONE, false, paper_timely, MSG_NONE, MSG_NONE, NULL, .of_fact = true },
	{ "within", CHECK_ARG_LENGTH, CHECK_ARG_NONE, false, check_moves_within, MSG_NONE, MSG_NONE, .fill = check_moves_fill_day },
	{ "amount", CHECK_ARG_NONE, CHECK_ARG_NONE, true, check_moves_amount, MSG_NONE, MSG_NONE, .of_fact = true },
	{ "grounded", CHECK_ARG_NONE, CHECK_ARG_NONE, false, check_moves_grounded, MSG_NONE, MSG_NONE, .of_fact = true },
	{ "not_presented", CHECK_ARG_LENGTH, CHECK_ARG_NONE, false, check_moves_not_presented, MSG_NONE, MSG_NONE,
		.fill = check_moves_fill_day, .of_fact = true },
	{ "readmission_open", CHECK_ARG_NONE, CHECK_ARG_NONE, false, check_moves_readmission_open, MSG_NONE, MSG_NONE },
	{ "readmission_once", CHECK_ARG_NONE, CHECK_ARG_NONE, false, check_moves_readmission_once, MSG_NONE, MSG_NONE },
	{ "readmission_ground", CHECK_ARG_NONE, CHECK_ARG_NONE, false, check_moves_readmission_ground, MSG_NONE, MSG_NONE },
	{ "readmission_cleared", CHECK_ARG_NONE, CHECK_ARG_NONE, false, check_moves_readmission_cleared, MSG_NONE, MSG_NONE },
	{ "readmission_wait", CHECK_ARG_LENGTH, CHECK_ARG_LENGTH, false, check_moves_readmission_wait, MSG_NONE, MSG_NONE,
		.fill = check_moves_fill_day },
	{ "readmission_consent", CHECK_ARG_NONE, CHECK_ARG_NONE, false, check_moves_readmission_consent, MSG_NONE, MSG_NONE },
};

const char *check_predicates(void)
{
	return "age_months, age_calendar_months, schooling_at_least, valid, after_end, passed, recorded, on_file, last_is_not, in_order, "
		"introduced, helped, replaced, requests_answered, papers_there, papers_fresh, papers_timely, paper_timely, within, amount, "
		"grounded, not_presented, readmission_open, readmission_once, readmission_ground, readmission_cleared, readmission_wait, "
		"readmission_consent";
}

const struct predicate *check_predicate(const char *key)
{
	for (size_t i = 0; i < sizeof predicates / sizeof *predicates; i++)
		if (strcmp(predicates[i].key, key) == 0)
			return &predicates[i];
	return NULL;
}

enum { SENTENCE_MAX = 2 * FAULT_ARG_SIZE - 4 }; /* each half may lose the rest of a letter to the other */

/* The pack's sentence, with what the predicate knows in place of the word in braces. */
static void sentence(const struct check_case *c, const struct predicate *p, enum lang lang, char ret[SENTENCE_MAX])
{
	const char *text = label_of(c->check->message, lang), *open = p->fill ? strchr(text, '{') : NULL;
	const char *close = open ? strchr(open, '}') : NULL;
	size_t head = close ? (size_t)(open - text) : strlen(text), tail = close ? strlen(close + 1) : 0, used = head;
	assert(head + tail < SENTENCE_MAX);
	memcpy(ret, text, head);
	ret[head] = '\0';
	if (!close)
		return;
	p->fill(c, lang, SENTENCE_MAX - head - tail, ret + head);
	used += strlen(ret + head);
	memcpy(ret + used, close + 1, tail + 1);
}

/* It travels as arguments, in two pieces for each language because one argument is too short for it. */
static void say(const struct check_case *c, const struct predicate *p, struct fault *ret)
{
	char text[2][SENTENCE_MAX], head[2][FAULT_ARG_SIZE];
	const char *tail[2];
	for (int i = 0; i < 2; i++) {
		sentence(c, p, (enum lang)i, text[i]);
		size_t n = utf8_cut(text[i], strlen(text[i]), FAULT_ARG_SIZE - 1);
		memcpy(head[i], text[i], n);
		head[i][n] = '\0';
		tail[i] = text[i] + n;
	}
	(void)!FAULT(ret, E_RULE, c->check->at_fact.kind, MSG_CHECK_SENTENCE, head[0], tail[0], head[1], tail[1]);
}

enum check_result check_ask(const struct check_case *c, struct fault *ret)
{
	const struct predicate *predicate = check_predicate(c->check->key);
	assert(predicate && c->trail && c->pack);
	if (!period_has(c->check->valid, c->on) || !trail_concerns(c->trail, c->pack, c->check->when, c->check->unless, c->on))
		return CHECK_NOT_ASKED;
	struct day named = DAY_NONE;
	struct check_case asked = *c;
	asked.named = &named;
	enum check_result result = predicate->holds(&asked);
	if (result == CHECK_FAILS)
		say(&asked, predicate, ret);
	else if (result != CHECK_HOLDS)
		(void)!FAULT(ret, E_RULE, c->check->at_fact.kind, result == CHECK_DOUBT ? predicate->doubt : predicate->unknown);
	if (result != CHECK_HOLDS)
		(void)!fault_cite(ret, c->check->cite);
	return result;
}
