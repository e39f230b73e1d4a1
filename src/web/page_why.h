/* Why a person stands where they stand on a day: every rule that was asked, its answer, its citation. */
#pragma once

#include "web/web.h"
#include "web/why_view.h"

/* JSON: why_view_json. */
struct why_page {
	struct why_view why;
	const char *on;             /* as typed; NULL: today */
	struct url action, person, rules;
	bool may_set;               /* put a clock under another period's rules */
	struct url set;
};

void page_why(struct html *h, const struct why_page *v);
