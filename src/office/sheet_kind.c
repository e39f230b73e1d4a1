#include "office/sheet_kind.h"

#include <assert.h>
#include <string.h>

static bool starts_with(const char *p, size_t n, const char *magic, size_t len)
{
	return n >= len && memcmp(p, magic, len) == 0;
}

/* An encrypted workbook is an OLE container whose directory names this stream in UTF-16. */
static bool holds_encrypted_package(const char *p, size_t n)
{
	static const char name[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";
	return memmem(p, n, name, sizeof name) != NULL;
}

enum sheet_kind sheet_kind_of(const void *bytes, size_t n)
{
	const char *p = bytes;
	if (n == 0)
		return SHEET_KIND_EMPTY;
	if (starts_with(p, n, "PK\3\4", 4) || starts_with(p, n, "PK\5\6", 4))
		return SHEET_KIND_ZIP;
	if (starts_with(p, n, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8))
		return holds_encrypted_package(p, n) ? SHEET_KIND_ENCRYPTED : SHEET_KIND_OLD_XLS;
	return starts_with(p, n, "%PDF-", 5) ? SHEET_KIND_PDF : SHEET_KIND_TEXT;
}

enum err sheet_kind_expect(enum sheet_kind want, const void *bytes, size_t n, struct fault *f)
{
	static const enum msg refusal[SHEET_KIND__COUNT] = {
		[SHEET_KIND_EMPTY] = MSG_SHEET_EMPTY_FILE,
		[SHEET_KIND_ZIP] = MSG_SHEET_ZIP_NAMED_CSV,
		[SHEET_KIND_OLD_XLS] = MSG_SHEET_OLD_XLS,
		[SHEET_KIND_ENCRYPTED] = MSG_SHEET_ENCRYPTED,
		[SHEET_KIND_PDF] = MSG_SHEET_PDF,
		[SHEET_KIND_TEXT] = MSG_SHEET_TEXT_NAMED_XLSX,
	};
	assert(want == SHEET_KIND_ZIP || want == SHEET_KIND_TEXT);
	enum sheet_kind found = sheet_kind_of(bytes, n);
	return found == want ? OK : FAULT(f, E_INVALID, "file", refusal[found]);
}
