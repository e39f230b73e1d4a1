/* Reorganisations: those on record, the form of a new one, and what it would change. */
#pragma once

#include "app/reorg_rows.h"
#include "app/reorg_view.h"
#include "web/text_field.h"
#include "web/web.h"

struct reorgs_row {
	const struct reorg_item *item;
	const char *kind, *words; /* words: what became of which units */
	struct url entry, undo;   /* undo: s NULL when it is one, or was undone */
};

struct reorgs_view {
	const struct reorgs_row *rows;
	size_t n;
	struct url plan;
};

/* A unit or a person that can be chosen; of a split: into which part it goes. */
struct reorg_choice {
	const char *field;         /* name in the form */
	const char *value;         /* what is sent when ticked; NULL: a choice of the part */
	const char *label, *note;
	const char *part;          /* as chosen: "1", "2", "" */
	bool ticked;
};

struct reorg_plan_view {
	const char *kind, *unit;   /* as asked */
	const char *unit_name;
	const struct code *kinds;  /* of reorganisations */
	size_t kinds_n;
	const struct code *unit_kinds;
	size_t unit_kinds_n;
	const struct reorg_choice *units, *people;
	size_t units_n, people_n, people_all;
	bool splits, moves, closes;
	const char *unit_kind, *to[2], *name[2], *parent, *attribute, *value, *rest, *on, *paper_no, *paper_on, *rows;
	const char *error;
	struct url back, choose, action, columns;
	const char *csrf;
};

struct reorg_preview_view {
	const struct reorg_preview *p;
	const char *kind, *words;
	const char *plan, *paper_no, *paper_on;
	const char *const *warnings;
	size_t warnings_n;
	struct url again, store;
	const char *csrf, *once;
	enum lang lang;
};

struct reorg_sides {
	const char *title;
	const struct reorg_side *v;
	size_t n;
};

void page_reorgs(struct html *h, const struct reorgs_view *v);
void page_reorg_plan(struct html *h, const struct reorg_plan_view *v);
void page_reorg_preview(struct html *h, const struct reorg_preview_view *v);
void page_reorg_sides(struct html *h, const struct reorg_sides *v);
const char *reorg_amount(int64_t milli, struct html *h);
