/* The parts of a workbook file, inflated in steps under the limits of sheet.h. */
#pragma once

#include "base/err.h"

#include <stdint.h>

struct zip;

struct sheet_zip {
	struct zip *zip;
	int64_t file_bytes;
	int64_t inflated;              /* of all parts so far */
	int64_t part_done, part_total; /* of the part being read; the total is what the file says and only good for progress */
};

/* Opens a zip in memory, which must stay; refuses what is damaged, has too many entries or an entry outside the workbook. */
enum err sheet_zip_open(const void *bytes, size_t n, struct sheet_zip *ret, struct fault *f) MUST_CHECK;
void sheet_zip_close(struct sheet_zip *z);

bool sheet_zip_has(const struct sheet_zip *z, const char *part);

/* Takes inflated bytes as they come; the last call has last = true and possibly no bytes. */
typedef enum err sheet_zip_fn(void *ctx, const char *bytes, size_t n, bool last, struct fault *f);
enum err sheet_zip_read(struct sheet_zip *z, const char *part, sheet_zip_fn *fn, void *ctx, struct fault *f) MUST_CHECK;
