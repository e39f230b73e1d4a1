/* Who helps whom in a unit and below: official members with how many people each helps, and in whose place somebody has to be named.
 * No rule sets how many are too many. */
#pragma once

#include "app/helpers.h"
#include "web/parts.h"
#include "web/web.h"

enum { UNIT_HELPERS_PAGE = 50, UNIT_HELPERS_TABLE_MAX = 100000 };

/* Somebody helped by the member of a row. */
struct unit_helpers_task {
	const char *name, *role;
	struct url url;
};

struct unit_helpers_row {
	int64_t id;
	const char *name, *unit_code, *unit_name;
	struct url url;
	size_t now, all;           /* people helped today; at some time since the day asked for */
	struct unit_helpers_task *tasks; /* present ones whom the reader may see */
	size_t tasks_n, hidden;    /* hidden: other present ones */
};

/* One in whose place somebody has to be named. */
struct unit_helpers_gone {
	int64_t id;                /* of the person helped */
	const char *name, *unit_name, *role, *text;
	struct url url;
};

/* JSON: {"unit","since","total","page","pages","members":[{"id","name","unit","unit_name","now","since_then","people":[{"name","role"}],
 * "elsewhere"}],"to_replace":[{"person","name","unit_name","role","text"}],"rule"} */
struct unit_helpers_view {
	const char *unit_code, *unit_name;
	struct day since;
	const char *since_text;    /* as it is typed */
	const char *show;          /* "all", "busy", "free" */
	const char *cite;          /* of replacement */
	struct helper_load *loads; /* of everybody who fits */
	size_t total;
	struct unit_helpers_row *rows; /* of this screen */
	size_t n;
	struct unit_helpers_gone *gone;
	size_t gone_n;
	int64_t page, pages;
	struct pager pager;
	struct export_links export;
	struct url action, people;
};

enum err unit_helpers_load(struct visit *v, struct unit_helpers_view *view, struct fault *f) MUST_CHECK;
void unit_helpers_json(struct json *j, const struct unit_helpers_view *view);
enum err unit_helpers_table(struct visit *v, const struct unit_helpers_view *view, struct table *ret, struct fault *f) MUST_CHECK;
void page_unit_helpers(struct html *h, const struct unit_helpers_view *v);
