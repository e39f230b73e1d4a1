/* Which part of the tree a unit lies in, for all units at once: what lists and figures of a subtree look up for every person. A unit closed
 * before the day hangs where it hung last, so that its history is lost to nobody above it. */
#pragma once

#include "domain/tree.h"

enum { PART_OUTSIDE, PART_ROOT, PART_CHILD }; /* from PART_CHILD on: position of the child */

struct tree_part {
	const int32_t *of; /* by unit id */
	int64_t limit;
};

static inline int32_t tree_part_of(struct tree_part p, struct unit_id id)
{
	return id.v > 0 && id.v < p.limit ? p.of[id.v] : PART_OUTSIDE;
}

/* PART_ROOT for `root` and everything below it on that day. Nothing is inside an unknown root. */
struct tree_part tree_inside(const struct tree *t, struct unit_id root, struct day on, struct arena *a);

/* The same told apart by direct children: PART_CHILD + k in and below children[k]. */
struct tree_split {
	struct tree_part part;
	const struct unit **children; /* those open on that day by code, then those closed before it */
	size_t n, open_n;
};
struct tree_split tree_split(const struct tree *t, struct unit_id root, struct day on, struct arena *a);
