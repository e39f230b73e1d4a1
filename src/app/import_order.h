/* The order in which the rows of a list of organisations can be entered: whatever is above comes first. */
#pragma once

#include "base/arena.h"

#include <stdbool.h>

struct import_node {
	const char *code, *parent; /* compared without case; parent NULL or "": none */
	int parent_at;             /* filled in: position of the row of the parent, -1: not in this list */
	bool in_ring;              /* filled in: above itself */
};

/* Positions of the nodes, parents before children, otherwise in the order of the list. Where a code stands twice, its first row is the
 * parent. */
int *import_order(struct import_node *nodes, int n, struct arena *a);
