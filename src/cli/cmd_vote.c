/* nguon vote: who acts at a step, and how many votes it takes. */
#include "app/clock.h"
#include "cli/cli_rules.h"
#include "domain/authority.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

const struct cli_option cmd_vote_options[] = {
	{ "step", "STEP", "bước: branch_vote, grassroots_vote, decision_vote...", "the step: branch_vote, grassroots_vote, decision_vote..." },
	{ "person", "ID", "người được biểu quyết (cần --data)", "who is voted on (needs --data)" },
	{ "unit", "CODE", "tổ chức của người đó (cần --data)", "the unit of that person (needs --data)" },
	{ "on", "DAY", "ngày họp (mặc định: hôm nay)", "day of the meeting (default: today)" },
	{ "members", "N", "tổng số được biểu quyết", "members" },
	{ "away", "N", "sinh hoạt tạm thời nơi khác", "on temporary transfer elsewhere" },
	{ "exempt-absent", "N", "được miễn và vắng mặt", "exempted and absent" },
	{ "suspended", "N", "bị đình chỉ, khởi tố, tạm giam", "suspended, prosecuted or detained" },
	{ "yes", "N", "tán thành", "in favour" },
	{ "no", "N", "không tán thành", "against" },
	{ 0 }
};

/* What is asked, and the answer. */
struct question {
	const struct rules *rules;
	const struct step *step;
	struct day on;
	struct authority who;    /* body NULL: no installation asked, or nobody found */
	bool votes;
	enum vote_threshold threshold;
	const char *cite;
	bool verified;
	bool counted, has_yes;   /* members given; votes in favour given */
	struct vote vote;
	struct vote_result result;
};

static enum err number_of(struct cli *c, const char *name, int32_t *ret, struct fault *f)
{
	const char *text = cli_option(c, name);
	size_t n = text ? strlen(text) : 0;
	*ret = -1;
	if (!text)
		return OK;
	if (n == 0 || n > 6 || strspn(text, "0123456789") != n)
		return FAULT(f, E_USAGE, name, MSG_NOT_NUMBER, text);
	*ret = (int32_t)strtol(text, NULL, 10);
	return OK;
}

static enum err read_counts(struct cli *c, struct question *q, struct fault *f)
{
	struct vote *v = &q->vote;
	TRY(number_of(c, "members", &v->members, f));
	TRY(number_of(c, "away", &v->away, f));
	TRY(number_of(c, "exempt-absent", &v->exempt_absent, f));
	TRY(number_of(c, "suspended", &v->suspended, f));
	TRY(number_of(c, "yes", &v->yes, f));
	TRY(number_of(c, "no", &v->no, f));
	q->counted = v->members >= 0;
	q->has_yes = v->yes >= 0;
	return OK;
}

static enum err unit_asked(struct cli *c, struct question *q, struct unit_id *ret, struct fault *f)
{
	const char *person = cli_option(c, "person"), *code = cli_option(c, "unit");
	struct facts all, active;
	struct unit *unit;
	*ret = (struct unit_id){ 0 };
	if (!person && !code)
		return OK;
	TRY(cli_data(c, f));
	if (code) {
		TRY(app_unit(&c->app, code, "unit", &unit, f));
		*ret = unit->id;
		return OK;
	}
	if (strspn(person, "0123456789") != strlen(person))
		return FAULT(f, E_USAGE, "--person", MSG_CLI_PERSON_ID, person);
	TRY(app_facts(&c->app, (struct person_id){ strtoll(person, NULL, 10) }, &c->arena, &all, &active, f));
	*ret = facts_unit(&active, q->on);
	return OK;
}

static enum err find_who(struct cli *c, struct question *q, const char *step, struct fault *f)
{
	const struct pack *p = rules_at(q->rules, q->on);
	struct unit_id unit;
	TRY(unit_asked(c, q, &unit, f));
	q->step = pack_step(p, step);
	if (!q->step)
		return FAULT(f, E_NOTFOUND, "--step", MSG_CLI_STEP_UNKNOWN, step, p->id);
	if (unit.v)
		q->who = authority_of(p, q->step, &c->app.tree, unit, q->on);
	q->votes = q->who.body ? q->who.votes : q->step->votes;
	q->threshold = q->who.body ? q->who.threshold : q->step->threshold;
	q->cite = q->who.body ? q->who.body->cite : q->step->cite;
	q->verified = p->verified && (!q->who.body || q->who.body->verified);
	return OK;
}

static enum err count(struct question *q, struct fault *f)
{
	if (!q->votes || !q->counted)
		return OK;
	q->vote.yes = q->has_yes ? q->vote.yes : 0;
	if (vote_check(&q->vote, f) != OK) {
		(void)!fault_cite(f, q->cite);
		return E_INVALID;
	}
	q->result = vote_result(q->threshold, &q->vote);
	return OK;
}

static void say(struct cli *c, const struct question *q)
{
	const char *n = arena_printf(&c->arena, "%" PRId32, q->result.n), *needs = arena_printf(&c->arena, "%" PRId32, q->result.needs);
	(void)printf("%s  (%s)%s\n", label_of(q->step->label, c->lang), q->cite,
		q->verified ? "" : cli_text(c, "  [chưa kiểm chứng]", "  [not verified]"));
	if (q->who.body)
		(void)printf("%s: %s %s\n", label_of(q->who.body->label, c->lang), q->who.unit->code, unit_name(q->who.unit, q->on));
	if (!q->votes)
		CLI_SAY(c, MSG_CLI_VOTE_NONE);
	else if (!q->counted)
		cli_say(c, cli_text(c, q->threshold == VOTE_MAJORITY ? "trên một nửa" : "ít nhất hai phần ba",
			q->threshold == VOTE_MAJORITY ? "more than half" : "at least two thirds"));
	else
		CLI_SAY(c, MSG_CLI_VOTE_NEEDS, n, needs);
	if (q->votes && q->counted && q->has_yes)
		cli_say(c, q->result.passed ? cli_text(c, "Đạt", "Passed") : cli_text(c, "Không đạt", "Not passed"));
}

static void say_json(struct cli *c, const struct question *q)
{
	struct text t = TEXT(&c->arena);
	struct json j = JSON(&t);
	json_object(&j);
	json_put_string(&j, "step", q->step->key);
	json_put_string(&j, "body", q->who.body ? label_of(q->who.body->label, c->lang) : NULL);
	json_put_string(&j, "unit", q->who.unit ? q->who.unit->code : NULL);
	json_put_string(&j, "threshold", !q->votes ? NULL : q->threshold == VOTE_MAJORITY ? "majority" : "two_thirds");
	json_put_string(&j, "rule", q->cite);
	json_put_bool(&j, "verified", q->verified);
	if (q->votes && q->counted) {
		json_put_int(&j, "n", q->result.n);
		json_put_int(&j, "needs", q->result.needs);
	}
	if (q->votes && q->counted && q->has_yes)
		json_put_bool(&j, "passed", q->result.passed);
	json_object_end(&j);
	cli_json(&t);
}

enum err cmd_vote(struct cli *c, struct fault *f)
{
	struct question q = { 0 };
	const struct calendar *calendar;
	const char *step, *on = cli_option(c, "on");
	TRY(cli_words(c, 0, 0, f));
	TRY(cli_required(c, "step", &step, f));
	TRY(read_counts(c, &q, f));
	TRY(cli_rules(c, &q.rules, &calendar, f));
	q.on = c->app_open ? c->app.today : day_known(c->today) ? c->today : clock_today();
	if (on)
		TRY(day_parse(on, "on", &q.on, f));
	TRY(find_who(c, &q, step, f));
	TRY(count(&q, f));
	if (c->json)
		say_json(c, &q);
	else
		say(c, &q);
	return OK;
}
