/* What a sheet says, as one text: "1: Mã|Tên\n" for each row; an error value of the spreadsheet has a '!' behind it. */
#pragma once

#include "base/text.h"
#include "office/sheet.h"
#include "testing.h"

static inline enum err sheet_rows_add(void *ctx, const struct sheet_row *row, int64_t done, int64_t total, struct fault *f)
{
	(void)f;
	struct text *t = ctx;
	assert_true(done >= 0 && total > 0);
	text_addf(t, "%d: ", row->number);
	for (int i = 0; i < row->n; i++) {
		const struct sheet_cell *c = &row->cells[i];
		text_addf(t, "%s%s%s", i > 0 ? "|" : "", c->text ? c->text : "", c->problem ? "!" : "");
	}
	text_addc(t, '\n');
	return OK;
}
