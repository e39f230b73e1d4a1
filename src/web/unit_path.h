/* Where a unit hangs: what lies above it, from the root down. */
#pragma once

#include "web/web.h"

struct unit_crumb {
	const char *code, *name;
	struct url url;            /* NULL text: who asks may not look at it */
};

struct unit_path {
	struct unit_crumb *v;      /* the root first, the unit itself last */
	size_t n;
};

/* By the tree and the names of that day; `page` is the part of the address behind the code: "/tree", "". */
struct unit_path unit_path(struct visit *v, const struct unit *u, struct day on, const char *page);

/* Its name; for units further down than directly below `top` with the name of the one above, since branches are often called alike. */
const char *unit_label(struct visit *v, const struct unit *u, struct unit_id top, struct day on);

/* {"path":[{"code","name"}]} */
void unit_path_json(struct json *j, const struct unit_path *p);
