/* Workbooks. Bytes that begin like a zip are a file. Others are the texts of its parts, a '\x01' between them, which are packed first:
 * compression and checksums would otherwise hide the XML from the fuzzer. */
#include "fuzz.h"

#include "base/utf8.h"
#include "office/sheet.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

enum { PACKED_MAX = 1 << 20 };

static const char *const part_names[] = {
	"xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "_rels/.rels",
};
enum { PARTS = sizeof part_names / sizeof *part_names };

/* For the parts that the input leaves out. */
static const char *const usual[PARTS] = {
	"<worksheet><sheetData/></worksheet>",
	"<sst><si><t>a</t></si></sst>",
	"<styleSheet><cellXfs><xf/><xf numFmtId=\"14\"/></cellXfs></styleSheet>",
	"<workbook><sheets><sheet id=\"r1\"/></sheets></workbook>",
	"<Relationships><Relationship Id=\"r1\" Type=\"/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
	"<Relationship Id=\"r2\" Type=\"/sharedStrings\" Target=\"sharedStrings.xml\"/>"
	"<Relationship Id=\"r3\" Type=\"/styles\" Target=\"styles.xml\"/></Relationships>",
	"<Relationships><Relationship Id=\"r1\" Type=\"/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>",
};

static enum err on_row(void *ctx, const struct sheet_row *row, int64_t done, int64_t total, struct fault *f)
{
	(void)done, (void)total, (void)f;
	int *last = ctx;
	assert(row->number > *last && row->number <= SHEET_ROWS && row->n > 0 && row->n <= SHEET_COLUMNS);
	assert(row->cells[row->n - 1].text && *row->cells[row->n - 1].text);
	for (int i = 0; i < row->n; i++) {
		const char *s = row->cells[i].text;
		assert(!s || (strlen(s) <= SHEET_CELL_BYTES && (*s == '\0' || utf8_valid(s, strlen(s)))));
		assert(!row->cells[i].problem || row->cells[i].text);
	}
	*last = row->number;
	return OK;
}

static void check(const void *bytes, size_t n)
{
	int last = 0;
	struct fault f = { 0 };
	enum err e = sheet_read_xlsx(bytes, n, on_row, &last, &f);
	assert(e == f.code);
	assert(e == OK || f.msg != MSG_NONE);
}

static void add_parts(zip_t *zip, const uint8_t *bytes, size_t n)
{
	const uint8_t *end = bytes + n;
	for (int i = 0; i < PARTS; i++) {
		const uint8_t *stop = bytes < end ? memchr(bytes, 1, (size_t)(end - bytes)) : end;
		size_t len = (size_t)((stop ? stop : end) - bytes);
		zip_source_t *text = len > 0 ? zip_source_buffer(zip, bytes, len, 0) : zip_source_buffer(zip, usual[i], strlen(usual[i]), 0);
		zip_int64_t at = zip_file_add(zip, part_names[i], text, 0);
		assert(at >= 0);
		(void)zip_set_file_compression(zip, (zip_uint64_t)at, ZIP_CM_STORE, 0);
		bytes = stop && stop < end ? stop + 1 : end;
	}
}

static void check_parts(const uint8_t *bytes, size_t n)
{
	zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, NULL);
	zip_t *zip = zip_open_from_source(source, ZIP_TRUNCATE, NULL);
	assert(zip);
	zip_source_keep(source);
	add_parts(zip, bytes, n);
	char *packed = malloc(PACKED_MAX);
	if (zip_close(zip) == 0 && zip_source_open(source) == 0) {
		zip_int64_t len = zip_source_read(source, packed, PACKED_MAX);
		assert(len > 0);
		(void)zip_source_close(source);
		check(packed, (size_t)len);
	}
	zip_source_free(source);
	free(packed);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	if (n >= 2 && memcmp(bytes, "PK", 2) == 0)
		check(bytes, n);
	else if (n < PACKED_MAX / 2)
		check_parts(bytes, n);
	return 0;
}
