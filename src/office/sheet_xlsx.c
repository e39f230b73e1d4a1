#include "office/sheet.h"
#include "office/sheet_book.h"
#include "office/sheet_cells.h"
#include "office/sheet_kind.h"

static enum err read_book(struct sheet_zip *z, sheet_row_fn *fn, void *ctx, struct fault *f)
{
	scoped(arena_done) struct arena a = {0};
	struct sheet_book book;
	struct sheet_strings strings;
	struct sheet_styles styles;
	TRY(sheet_book_read(z, &a, &book, f));
	TRY(sheet_strings_read(z, book.strings, &a, &strings, f));
	TRY(sheet_styles_read(z, book.styles, &a, &styles, f));
	const struct sheet_cells_from from = {
		.zip = z, .part = book.sheet, .strings = &strings, .styles = &styles, .date1904 = book.date1904,
	};
	return sheet_cells_read(&from, fn, ctx, f);
}

enum err sheet_read_xlsx(const void *bytes, size_t n, sheet_row_fn *fn, void *ctx, struct fault *f)
{
	if (n > SHEET_FILE_BYTES)
		return FAULT(f, E_TOOBIG, "file", MSG_SHEET_FILE_BIG);
	TRY(sheet_kind_expect(SHEET_KIND_ZIP, bytes, n, f));
	scoped(sheet_zip_close) struct sheet_zip z = {0};
	TRY(sheet_zip_open(bytes, n, &z, f));
	return read_book(&z, fn, ctx, f);
}
