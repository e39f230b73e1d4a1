/* What differs between two standings of the same person: by other rules, or on another day. */
#pragma once

#include "domain/standing.h"

enum change_kind {
	CHANGE_STATE,  /* where they stand */
	CHANGE_NEXT,   /* the next step */
	CHANGE_DUE,    /* last day of a clock; that it runs at all */
	CHANGE_STATUS, /* of a clock whose last day is the same */
	CHANGE_NOTE,   /* what is said to be missing or unusual */
};

struct standing_change {
	enum change_kind kind;
	const struct standing_clock *clock;  /* of DUE and STATUS */
	const struct standing_clock *before_clock, *after_clock; /* one of them may be NULL */
	const char *before, *after;          /* STATE, NEXT: labels; NOTE: the sentence; NULL: nothing */
};

struct standing_changes {
	struct standing_change *v;
	size_t n, cap;
};

/* In the order of the list above; nothing for what is the same. */
void standing_diff(const struct standing *before, const struct standing *after, enum lang lang, struct arena *a,
	struct standing_changes *ret);
