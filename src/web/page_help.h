/* What can be done here, from the same declarations that do it. */
#pragma once

#include "app/ops.h"
#include "web/web.h"

struct help_op {
	const struct op *op;
	const char *title;
	const char *perm;      /* what it needs, in words */
	bool may;              /* the reader, somewhere */
};

struct help_page {
	const char *title, *perm;
	struct url url;        /* s NULL: belongs to a unit or person */
};

struct help_view {
	struct help_op *ops;
	size_t ops_n;
	struct help_page *pages;
	size_t pages_n;
	bool signed_in;
	struct url api, calendar;
};

void page_help(struct html *h, const struct help_view *v);
