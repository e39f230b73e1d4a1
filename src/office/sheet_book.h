/* Which parts of a workbook file hold the first visible worksheet and what its cells refer to. */
#pragma once

#include "office/sheet_zip.h"

struct sheet_book {
	const char *sheet;
	const char *strings; /* NULL: the workbook has none */
	const char *styles;  /* NULL: the same */
	bool date1904;       /* day 0 is 1904-01-01 */
};

/* Follows _rels/.rels, the workbook and its relationships. A zip that is no workbook is refused. */
enum err sheet_book_read(struct sheet_zip *z, struct arena *a, struct sheet_book *ret, struct fault *f) MUST_CHECK;
