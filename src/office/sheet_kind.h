/* What a file really is, by its first bytes: names lie. */
#pragma once

#include "base/err.h"

enum sheet_kind {
	SHEET_KIND_EMPTY,
	SHEET_KIND_ZIP,
	SHEET_KIND_OLD_XLS,
	SHEET_KIND_ENCRYPTED,
	SHEET_KIND_PDF,
	SHEET_KIND_TEXT,
	SHEET_KIND__COUNT
};

enum sheet_kind sheet_kind_of(const void *bytes, size_t n);

/* OK when the bytes are of the kind `want` (SHEET_KIND_ZIP or SHEET_KIND_TEXT); otherwise E_INVALID with a sentence that says what they are
 * and how to get a file that can be read. */
enum err sheet_kind_expect(enum sheet_kind want, const void *bytes, size_t n, struct fault *f) MUST_CHECK;
