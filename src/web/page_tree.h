/* A unit among the others on a day: what lies above, what hangs directly below, with the figures of each. */
#pragma once

#include "web/parts.h"
#include "web/unit_path.h"
#include "web/web.h"

struct tree_row {
	const char *code, *name, *kind, *kind_label;
	int64_t members, admitted; /* at the end of the day; in its year up to the day */
	int64_t open, late;        /* open candidacies, and people of them who are late; today's, only where the day is today */
	int64_t children;
	struct url url, people, late_url; /* people, late_url: NULL text where who asks may not see them */
};

/* JSON: {"unit","name","on","path":[{"code","name"}],"kind","members","admitted","open","late","children":[{"code","name","kind","members",
 * "admitted","open","late","children"}]}; open and late are null on another day than today. */
struct tree_view {
	const char *code, *name, *kind_label;
	struct day on;
	const char *on_text;       /* as it is typed */
	bool is_today;
	int32_t year;
	struct unit_path path;
	struct tree_row self;
	struct tree_row *rows;
	size_t n;
	int64_t grandchildren;
	struct export_links export;
	struct url action, about, add, reorgs; /* the last two: NULL text where not allowed */
};

enum err tree_load(struct visit *v, struct tree_view *view, struct fault *f) MUST_CHECK;
void tree_json(struct json *j, const struct tree_view *view);
enum err tree_table(struct visit *v, const struct tree_view *view, struct table *ret, struct fault *f) MUST_CHECK;
void page_tree(struct html *h, const struct tree_view *v);
