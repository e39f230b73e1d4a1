#include "app/import_order.h"

#include <assert.h>
#include <stdlib.h>
#include <strings.h>

struct named {
	const char *code;
	int at;
};

static int by_code(const void *a, const void *b)
{
	const struct named *x = a, *y = b;
	int c = strcasecmp(x->code, y->code);
	return c ? c : (x->at > y->at) - (x->at < y->at);
}

static int find_code(const struct named *v, int n, const char *code)
{
	int low = 0, high = n;
	while (low < high) {
		int middle = low + (high - low) / 2;
		if (strcasecmp(v[middle].code, code) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low < n && strcasecmp(v[low].code, code) == 0 ? v[low].at : -1;
}

static void find_parents(struct import_node *nodes, int n, struct arena *a)
{
	struct named *v = arena_array(a, struct named, (size_t)n);
	for (int i = 0; i < n; i++)
		v[i] = (struct named){ nodes[i].code ? nodes[i].code : "", i };
	qsort(v, (size_t)n, sizeof *v, by_code);
	for (int i = 0; i < n; i++)
		nodes[i].parent_at = nodes[i].parent && *nodes[i].parent ? find_code(v, n, nodes[i].parent) : -1;
}

static void mark_ring(struct import_node *nodes, int start)
{
	int i = start;
	do {
		nodes[i].in_ring = true;
		i = nodes[i].parent_at;
	} while (i != start);
}

enum state { NEW, ABOVE, DONE };

int *import_order(struct import_node *nodes, int n, struct arena *a)
{
	int *order = arena_array(a, int, (size_t)n), *above = arena_array(a, int, (size_t)n), done = 0;
	unsigned char *state = arena_array(a, unsigned char, (size_t)n);
	find_parents(nodes, n, a);
	for (int i = 0; i < n; i++) {
		int depth = 0, at = i;
		for (; at >= 0 && state[at] == NEW; at = nodes[at].parent_at) {
			state[at] = ABOVE;
			above[depth++] = at;
		}
		if (at >= 0 && state[at] == ABOVE)
			mark_ring(nodes, at);
		while (depth > 0) {
			state[above[--depth]] = DONE;
			order[done++] = above[depth];
		}
	}
	assert(done == n);
	return order;
}
