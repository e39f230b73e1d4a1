/* The shared strings of a workbook: the only thing that is held whole while reading. */
#pragma once

#include "office/sheet_zip.h"

struct sheet_strings {
	struct arena *arena;
	const char ***pages; /* of PAGE_STRINGS pointers each */
	size_t pages_n, pages_cap;
	int64_t n;
	int64_t bytes;       /* with what the index needs; at most SHEET_STRINGS_BYTES */
	char *free_at, *free_end; /* rest of the last block of text */
};

/* `part` may be NULL: no strings. */
enum err sheet_strings_read(struct sheet_zip *z, const char *part, struct arena *a, struct sheet_strings *ret, struct fault *f) MUST_CHECK;

/* NULL when there is no such string. Lives as long as the arena. */
const char *sheet_strings_at(const struct sheet_strings *s, int64_t index);

/* Undoes in place the _xHHHH_ by which spreadsheets write characters that XML has no sign for; those of control characters other than
 * tab and line ends stay as written. */
void sheet_strings_unescape(char *s);
