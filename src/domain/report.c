#include "domain/report.h"

struct report_row *report_add(struct report *r, struct arena *a, const char *key, const char *label)
{
	struct report_row *row = arena_push(a, r->rows, r->n, r->cap);
	*row = (struct report_row){ .key = arena_strdup(a, key), .label = arena_strdup(a, label), .since = DAY_NONE };
	return row;
}

void report_note(struct report *r, struct arena *a, const char *note)
{
	*arena_push(a, r->notes, r->notes_n, r->notes_cap) = arena_strdup(a, note);
}
