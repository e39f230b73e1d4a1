/* The rows of one worksheet, from its XML. */
#pragma once

#include "office/sheet.h"
#include "office/sheet_strings.h"
#include "office/sheet_styles.h"

struct sheet_cells_from {
	struct sheet_zip *zip;
	const char *part;
	const struct sheet_strings *strings;
	const struct sheet_styles *styles;
	bool date1904;
};

enum err sheet_cells_read(const struct sheet_cells_from *from, sheet_row_fn *fn, void *ctx, struct fault *f) MUST_CHECK;
