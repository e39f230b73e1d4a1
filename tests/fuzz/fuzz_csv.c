/* CSV in any encoding: rows rise, cells are valid text within the limits. */
#include "fuzz.h"

#include "base/utf8.h"
#include "office/sheet.h"

#include <assert.h>
#include <string.h>

static enum err on_row(void *ctx, const struct sheet_row *row, int64_t done, int64_t total, struct fault *f)
{
	(void)f;
	int *last = ctx;
	bool has_text = false;
	assert(row->number > *last && row->n > 0 && row->n <= SHEET_COLUMNS);
	assert(done >= 0 && done <= total);
	for (int i = 0; i < row->n; i++) {
		size_t n = strlen(row->cells[i].text);
		has_text |= n > 0;
		assert(n <= SHEET_CELL_BYTES && utf8_valid(row->cells[i].text, n));
		assert(!row->cells[i].problem);
	}
	assert(has_text);
	*last = row->number;
	return OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	int last = 0;
	struct fault f = { 0 };
	enum err e = sheet_read_csv(bytes, n, on_row, &last, &f);
	assert(e == f.code);
	assert(e == OK || f.msg != MSG_NONE);
	return 0;
}
