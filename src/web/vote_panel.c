#include "web/vote_panel.h"

#include "base/json.h"
#include "web/words.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { COUNT_DIGITS = 6 };

static int32_t count_of(const char *text)
{
	size_t n = text ? strlen(text) : 0;
	return n > 0 && n <= COUNT_DIGITS && strspn(text, "0123456789") == n ? (int32_t)strtol(text, NULL, 10) : -1;
}

struct vote vote_panel_counts(const char *(*get)(const void *ctx, const char *name), const void *ctx)
{
	return (struct vote){ count_of(get(ctx, "members")), count_of(get(ctx, "away")), count_of(get(ctx, "exempt_absent")),
		count_of(get(ctx, "suspended")), count_of(get(ctx, "yes")), count_of(get(ctx, "no")) };
}

static void add_templates(const struct visit *v, struct vote_panel *p)
{
	p->ask = MSG_TEXT(v->a, v->lang, MSG_WEB_TALLY_ASK);
	p->needs = MSG_TEXT(v->a, v->lang, MSG_WEB_TALLY_NEEDS, "{n}", "{needs}");
	p->passed = MSG_TEXT(v->a, v->lang, MSG_WEB_TALLY_PASSED, "{n}", "{needs}", "{yes}");
	p->failed = MSG_TEXT(v->a, v->lang, MSG_WEB_TALLY_FAILED, "{n}", "{needs}", "{yes}", "{missing}");
	p->nobody = MSG_TEXT(v->a, v->lang, MSG_VOTE_NOBODY, "{out}", "{members}");
	p->too_many = MSG_TEXT(v->a, v->lang, MSG_VOTE_TOO_MANY, "{votes}", "{n}");
}

static const char *number(const struct visit *v, int32_t n)
{
	return arena_printf(v->a, "%" PRId32, n);
}

static const char *result_says(const struct visit *v, const struct vote_result *r, int32_t yes)
{
	const char *n = number(v, r->n), *needs = number(v, r->needs), *in_favour = number(v, yes);
	if (r->passed)
		return MSG_TEXT(v->a, v->lang, MSG_WEB_TALLY_PASSED, n, needs, in_favour);
	return MSG_TEXT(v->a, v->lang, MSG_WEB_TALLY_FAILED, n, needs, in_favour, number(v, r->needs - yes));
}

static void add_result(const struct visit *v, enum vote_threshold t, const struct vote *counts, struct vote_panel *p)
{
	struct vote vote = *counts;
	struct fault f = { 0 };
	p->result = (struct vote_result){ .n = -1, .needs = -1 };
	p->says = p->ask;
	p->tone = "info";
	if (vote.members < 0)
		return;
	p->has_votes = vote.yes >= 0;
	vote.yes = p->has_votes ? vote.yes : 0;
	if (vote_check(&vote, &f) != OK) {
		p->says = fault_text(&f, v->lang, v->a);
		p->tone = "warn";
		return;
	}
	p->result = vote_result(t, &vote);
	p->tone = !p->has_votes ? "info" : p->result.passed ? "good" : "warn";
	p->says = p->has_votes ? result_says(v, &p->result, vote.yes) :
		MSG_TEXT(v->a, v->lang, MSG_WEB_TALLY_NEEDS, number(v, p->result.n), number(v, p->result.needs));
}

static const char *members_label(const struct visit *v, enum body_who who)
{
	static const struct labels labels[] = {
		[BODY_MEMBERS] = { "Tổng số đảng viên chính thức của chi bộ", "Official members of the branch" },
		[BODY_COMMITTEE] = { "Tổng số cấp ủy viên đương nhiệm", "Committee members in office" },
		[BODY_STANDING] = { "Tổng số ủy viên ban thường vụ đương nhiệm", "Members of the standing committee in office" },
		[BODY_BOARDS] = { "Tổng số ủy viên thường trực và thủ trưởng các ban", "Standing members and heads of boards" },
	};
	return label_of(labels[who], v->lang);
}

static void add_threshold(const struct visit *v, enum vote_threshold t, struct vote_panel *p)
{
	bool majority = t == VOTE_MAJORITY;
	p->threshold = majority ? "majority" : "two_thirds";
	p->who_counts = MSG_TEXT(v->a, v->lang, MSG_WEB_VOTE_COUNTED);
	p->share = majority ? SAY(v, "trên một nửa", "more than half") : SAY(v, "ít nhất hai phần ba", "at least two thirds");
}

void vote_panel_make(struct visit *v, const struct pack *p, const struct step *step, struct unit_id unit, struct day on,
	const struct vote *counts, struct vote_panel *ret)
{
	const struct authority who = authority_of(p, step, &v->app->tree, unit, on);
	struct vote_panel panel = { .step = step->key, .label = label_of(step->label, v->lang), .share = "", .cite = step->cite,
		.verified = p->verified };
	bool votes = who.body ? who.votes : step->votes;
	if (who.body) {
		panel.unit_code = who.unit->code;
		panel.unit_name = unit_name(who.unit, on);
		panel.body = label_of(who.body->label, v->lang);
		panel.cite = who.body->cite;
		panel.verified &= who.body->verified;
		panel.members_label = members_label(v, who.body->who);
	}
	add_templates(v, &panel);
	if (votes) {
		enum vote_threshold t = who.body ? who.threshold : step->threshold;
		add_threshold(v, t, &panel);
		add_result(v, t, counts, &panel);
	}
	*ret = panel;
}

void vote_panel_json(struct json *j, const struct vote_panel *p)
{
	json_object(j);
	json_put_string(j, "step", p->step);
	json_put_string(j, "label", p->label);
	json_put_string(j, "unit", p->unit_code);
	json_put_string(j, "unit_name", p->unit_name);
	json_put_string(j, "body", p->body);
	json_put_string(j, "threshold", p->threshold);
	json_put_string(j, "rule", p->cite);
	json_put_bool(j, "verified", p->verified);
	if (p->threshold && p->says != p->ask) {
		json_put_string(j, "text", p->says);
		json_key(j, "n");
		if (p->result.n >= 0)
			json_int(j, p->result.n);
		else
			json_null(j);
		json_key(j, "needs");
		if (p->result.n >= 0)
			json_int(j, p->result.needs);
		else
			json_null(j);
		if (p->has_votes && p->result.n >= 0)
			json_put_bool(j, "passed", p->result.passed);
	}
	json_object_end(j);
}
