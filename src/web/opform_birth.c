/* The form in which a second person confirms another birth day: what is proposed, instead of what, why, and by whom. */
#include "app/history.h"
#include "app/people.h"
#include "web/opform_impl.h"
#include "web/words.h"

#include <stdlib.h>
#include <string.h>

/* The account that made the proposal, "" when not known. */
static const char *proposer(struct opform_case *c, const struct fact *proposal)
{
	struct visit *v = c->v;
	struct history_stamp *stamps;
	size_t n;
	if (history_stamps(v->app, v->person, v->a, &stamps, &n, NULL) != OK)
		return "";
	const struct history_stamp *stamp = history_stamp_of(stamps, n, proposal->entry);
	const char *colon = stamp ? strchr(stamp->actor, ':') : NULL;
	return colon ? colon + 1 : "";
}

void opform_birth(struct opform_case *c, const struct facts *active)
{
	struct visit *v = c->v;
	const char *seq = opform_given(c, "seq");
	const struct fact *proposal = seq ? facts_by_seq(active, (int32_t)strtol(seq, NULL, 10)) : NULL;
	const struct fact *birth = proposal ? facts_by_seq(active, proposal->about) : NULL;
	if (!birth || strcmp(proposal->kind, FACT_BIRTH_PROPOSED) != 0)
		return;
	c->out->title = arena_printf(v->a, "%s: %s", opform_title(v, c->op), facts_value(active, "name", v->today));
	c->out->lead = arena_printf(v->a, SAY(v,
		"Ngày sinh trong sổ: %s. Đề nghị sửa thành: %s. Lý do: %s. Giấy tờ số: %s. Người đề nghị: %s.",
		"Day of birth on record: %s. Proposed: %s. Reason: %s. Paper number: %s. Proposed by: %s."),
		people_value("birth", birth->value, v->lang, v->a), people_value("birth", proposal->value, v->lang, v->a),
		proposal->detail ? proposal->detail : "–", proposal->paper_no ? proposal->paper_no : "–", proposer(c, proposal));
}
