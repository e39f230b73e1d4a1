/* The rules: the packs of all periods with their values side by side, and the site's own values. */
#pragma once

#include "domain/rules_override.h"
#include "web/web.h"

struct rules_pack {
	const char *id, *title;
	struct day from, to;        /* to: DAY_NONE where open */
	bool verified, now;         /* in force today */
};

struct rules_cell {
	bool has, same;             /* same: as in the period before */
	const char *text, *cite;
	bool verified;
};

struct rules_line {
	const char *key, *label;
	const char *place;          /* of a check: the step; NULL: none */
	struct rules_cell *cells;   /* one for each pack */
	const char *site;           /* the site's own value today; NULL: none */
	struct url set;             /* to have one's own value; NULL */
};

struct rules_table {
	const char *title, *id;
	struct rules_line *v;
	size_t n;
};

struct rules_own {
	int64_t id;
	const char *key, *value, *reason, *paper_no;
	struct day from, to;        /* to: DAY_NONE where open */
	bool never, now, known;     /* never in use; in force today; any pack has it */
	struct url end;
};

/* JSON: {"packs":[{"pack","title","from","to","verified"}],"rows":[{"row","label","values":[{"pack","text","rule","verified"}],"site"}],
 * "own":[{"number","key","value","from","to","reason","paper_no"}]} */
struct rules_view {
	struct rules_pack *packs;
	size_t packs_n;
	struct rules_table tables[ROW__KINDS];
	struct rules_own *own;
	size_t own_n;
	bool may_set, has_unverified;
	struct url set;
};

void page_rules(struct html *h, const struct rules_view *v);
