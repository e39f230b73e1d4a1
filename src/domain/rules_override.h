/* The site's own values of rules: one number or word of a pack that is another here from a day on, with its reason.
 *
 * A value has a key "ROW.FIELD": a row by its address (rules_rows.h) and what may differ in it: length, extension and verified of a clock,
 * threshold and optional of a step, min, max and severity of a check, threshold of a body. A clock or a step is judged by the value in
 * force on its own starting day, like by its pack: the packs are split at the first and behind the last day of the value. */
#pragma once

#include "domain/rules_rows.h"

/* One of them. It lives as long as the rules that it was put into. */
struct site_value {
	int64_t id;
	const char *key, *value;   /* "T7.length", "60 workday" */
	struct period valid;       /* clocks that start, steps that are taken in it; `to` is DAY_LAST where open */
	const char *reason;
	const char *paper_no;      /* NULL: none */
	/* filled by rules_override */
	const char *instead, *cite; /* what the pack says, and its citation */
	const struct site_value *also; /* of another value of the same row */
};

/* The value in the form that is stored ("60" of a length takes the unit of the pack). Refuses with field "key" a key that no pack of that
 * time has, naming those there are; with field "value" what does not fit the key; with field "to" a period that ends before it begins. */
enum err rules_override_check(const struct rules *r, const struct site_value *v, struct arena *a, const char **ret_value,
	struct fault *f) MUST_CHECK;

/* Puts the value into all packs of its time, of a copy that rules_copy made; returns in how many it was found. What no longer fits any of
 * them does nothing: packs come and go. */
size_t rules_override(struct arena *a, struct rules *r, const struct site_value *v);

/* A copy whose packs may be split and changed; the texts in them are shared. */
struct rules rules_copy(struct arena *a, const struct rules *r);

/* So that a pack begins on that day, where it lies within one. Of a copy only. */
void rules_split(struct arena *a, struct rules *r, struct day on);

/* Puts a pack among those of a copy for the time it says: one of the same id goes, others keep what is left of theirs. */
void rules_put(struct arena *a, struct rules *r, struct pack *p);

/* The value of a key in a pack, as it is stored; NULL when the pack has none. */
const char *rules_value(const struct pack *p, const char *key, struct arena *a);

/* All keys of a pack, in its order. */
const char *const *rules_keys(const struct pack *p, struct arena *a, size_t *ret_n);

/* "45 ngày làm việc", "ít nhất 2/3", "từ chối": a stored value as people read it. */
const char *rules_value_text(const char *key, const char *value, enum lang lang, struct arena *a);
