/* Who votes and who decides at each step for one person, on a day; and what the counts of one vote come to. */
#pragma once

#include "web/vote_panel.h"

/* JSON: {"person","name","on","unit","unit_name","steps":[vote_panel_json]}; with ?step= only that one. Counts in the address (members,
 * away, exempt_absent, suspended, yes, no) are added up. */
struct votes_view {
	int64_t id;
	const char *name, *unit_code, *unit_name;
	const char *on_text;       /* as the reader's language writes it, for the field */
	struct day on;
	const char *instrument;    /* of the rules in force that day */
	struct url person, action;
	struct vote_panel *steps;
	size_t n;
};

enum err votes_load(struct visit *v, struct votes_view *view, struct fault *f) MUST_CHECK;
void votes_json(struct json *j, const struct votes_view *view);
void page_votes(struct html *h, const struct votes_view *v);
