/* Shared by the parts of resolving a plan; nobody else includes it. */
#pragma once

#include "domain/reorg.h"

/* While a plan is resolved. */
struct resolver {
	const struct reorg_plan *plan;
	const struct reorg_given *given;
	struct arena *a;
	struct reorg_plan out;
	struct tree after;
};

struct reorg_action *reorg_emit(struct resolver *r, enum reorg_do what, size_t at, const char *unit, const char *to);

/* "actions[3].parent" */
const char *reorg_path(const struct resolver *r, const struct reorg_action *x, const char *member);
const char *reorg_number(const struct resolver *r, int64_t n);
const char *reorg_day(const struct resolver *r, struct day d);

/* The closing of a unit in the resolved plan, NULL when it stays. */
const struct reorg_action *reorg_closing(const struct resolver *r, const char *unit);
/* The heirs of a unit in the resolved plan, itself among them when it stays. */
const struct reorg_action **reorg_links(const struct resolver *r, const char *unit, size_t *ret_n);

enum err reorg_people(struct resolver *r, struct fault *f) MUST_CHECK;
enum err reorg_targets(struct resolver *r, struct fault *f) MUST_CHECK;
