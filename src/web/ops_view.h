/* The operations that somebody may do. */
#pragma once

#include "web/html.h"

struct ops_row {
	const char *label;
	struct url href;
};

struct ops_view {
	struct ops_row *rows;
	size_t n;
};
