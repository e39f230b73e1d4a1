/* Finding people and organisations by what somebody types. */
#pragma once

#include "app/live.h"

struct search_hit {
	bool is_unit;
	int64_t id;              /* of the unit or the person */
	const char *name;
	const char *key;         /* for sorting by name */
	struct unit_id unit;     /* of a person: where they belong; of a unit: itself */
	struct day birth;
	bool exact;              /* the accents fit as typed */
};

/* Organisations by code, people by citizen ID, both by a part of the name that begins a word, with or without accents. Hits whose
 * accents fit
 * as typed come first, then by name. At most `most`; *ret_more: there are others. */
enum err search_all(struct app *app, const char *text, size_t most, struct arena *a, struct search_hit **ret, size_t *ret_n, bool *ret_more,
	struct fault *f) MUST_CHECK;

/* The same, of what app->who may see alone: organisations where they hold PERM_FIGURES, people where they hold PERM_PEOPLE. People come
 * from the roll, which is held by the caller. */
enum err search_seen(struct app *app, const struct live_view *live, const char *text, size_t most, struct arena *a, struct search_hit **ret,
	size_t *ret_n, bool *ret_more, struct fault *f) MUST_CHECK;
