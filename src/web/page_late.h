/* What is late, what is due, and what is to be done next, by unit: for the screen and, above all, for printing. */
#pragma once

#include "app/late.h"
#include "web/clock_line.h"
#include "web/parts.h"
#include "web/web.h"

enum { LATE_PAGE = 200, LATE_TABLE_MAX = 100000, LATE_DAYS_MAX = 3650 };

enum late_what { LATE_WHAT_LATE, LATE_WHAT_DUE, LATE_WHAT_HELPER, LATE_WHAT_NEXT, LATE_WHAT__COUNT };

struct late_item {
	const struct unit *unit;
	const char *unit_name;
	int64_t id;                /* of the person */
	const char *name, *name_key;
	struct url url;
	struct clock_line clock;   /* label NULL: only the next step, or a helper */
	const char *role, *helper; /* in whose place somebody has to be named: as what, who and why; NULL: not about helpers */
	const char *helper_cite;
	struct url replace;        /* NULL text: may not */
	const char *state_label, *next_label; /* next NULL: nothing but to wait */
	struct day since;
};

struct late_section {
	enum late_what what;
	const char *title;
	struct late_item *v;       /* by code of the unit, then by last day, then by name */
	size_t n, cap, first;      /* shown: v[first] and on, `shown` of them */
	size_t shown;
};

/* JSON: {"unit","on","days","late":[item],"due":[item],"helpers":[item],"next":[item]}, those that were asked for; item:
 * {"person","name","unit","unit_name","state_label","since","next_label","clock":clock_line_json or null,"role","helper"} */
struct late_view {
	const char *code, *name;
	struct day on;
	const char *on_text;       /* as it is typed */
	bool is_today;
	int64_t days;              /* how far "due" looks ahead */
	const char *what;          /* "late", "due", "helpers", "todo" */
	struct late_section sections[LATE_WHAT__COUNT];
	size_t sections_n;
	struct url action, tab_late, tab_due, tab_helpers, tab_todo;
	struct pager pager;
	struct export_links export;
};

enum err late_load(struct visit *v, struct late_view *view, struct fault *f) MUST_CHECK;
void late_json(struct json *j, const struct late_view *view);
enum err late_table(struct visit *v, const struct late_view *view, struct table *ret, struct fault *f) MUST_CHECK;
void page_late(struct html *h, const struct late_view *v);
