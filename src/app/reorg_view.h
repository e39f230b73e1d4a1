/* Reorganisations as people look at them: those on record, and what a plan would change before anybody stores it. */
#pragma once

#include "app/app.h"
#include "app/inputs.h"
#include "domain/reorg.h"

/* People of a unit and all below it. */
struct reorg_tally {
	int64_t members, candidates;
};

/* A unit before or after. */
struct reorg_side {
	const struct unit *unit; /* in app->tree, or in the tree after */
	const char *code, *name, *kind, *parent; /* of the day before, or of the day itself; parent: its code, "" for a root */
	bool ends, begins;
	struct reorg_tally people;
	size_t below;            /* units below it */
};

struct reorg_preview {
	struct reorg_plan plan;  /* resolved */
	struct tree after;
	struct reorg_side *before_v, *after_v;
	size_t before_n, after_n;
	size_t moved_units, moved_people; /* subtrees that get another parent; people who get another unit */
	struct warnings warnings;
};

/* Refuses what the operation itself would refuse, also for want of a permission. */
enum err reorg_preview(struct app *app, const struct reorganise_in *in, struct arena *a, struct reorg_preview *ret,
	struct fault *f) MUST_CHECK;

/* One on record. */
struct reorg_item {
	int64_t id;
	const char *kind;        /* CODES_REORG; "undo" */
	struct day on;
	const char *paper_no;
	struct day paper_on;
	int64_t undoes, undone_by; /* 0: none */
	struct entry_id entry;
	const struct unit **closed, **opened, **changed; /* named by unit_name of the day before, and of the day */
	size_t closed_n, opened_n, changed_n;
};

/* The newest first; of those that touch a unit which app->who sees. */
enum err reorg_list(struct app *app, struct arena *a, struct reorg_item **ret, size_t *ret_n, struct fault *f) MUST_CHECK;
