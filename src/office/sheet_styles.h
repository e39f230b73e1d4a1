/* Which cell styles of a workbook show a number as a day. */
#pragma once

#include "office/sheet_zip.h"

struct sheet_styles {
	bool *is_day; /* by the index that cells name */
	size_t n, cap;
};

/* `part` may be NULL: no styles. */
enum err sheet_styles_read(struct sheet_zip *z, const char *part, struct arena *a, struct sheet_styles *ret, struct fault *f) MUST_CHECK;

bool sheet_styles_is_day(const struct sheet_styles *s, int64_t style);

/* Whether a number format such as dd/mm/yyyy;@ shows a day: d, m or y outside quotes, brackets and escapes. */
bool sheet_styles_format_is_day(const char *format);
