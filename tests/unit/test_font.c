/* The fonts that ship have every Vietnamese letter: read out of the WOFF2 files themselves. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <wchar.h>

#include <brotli/decode.h>
#include <cmocka.h>

#include "web/assets.h"

/* The 134 letters that Vietnamese has beyond ASCII. */
static const wchar_t letters[] =
	L"ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúýĂăĐđĨĩŨũƠơƯư"
	"ẠạẢảẤấẦầẨẩẪẫẬậẮắẰằẲẳẴẵẶặẸẹẺẻẼẽẾếỀềỂểỄễỆệỈỉỊịỌọỎỏỐốỒồỔổỖỗỘộỚớỜờỞởỠỡỢợỤụỦủỨứỪừỬửỮữỰựỲỳỴỵỶỷỸỹ";

static struct arena arena;

static int teardown(void **state)
{
	(void)state;
	arena_done(&arena);
	return 0;
}

static uint32_t number(const uint8_t *p, size_t bytes)
{
	uint32_t v = 0;
	for (size_t i = 0; i < bytes; i++)
		v = v << 8 | p[i];
	return v;
}

static uint32_t base128(const uint8_t **p)
{
	uint32_t v = 0;
	do
		v = v << 7 | (**p & 0x7f);
	while (*(*p)++ & 0x80);
	return v;
}

/* The letter table of a WOFF2 file (W3C, "WOFF File Format 2.0", section 4 and 5: a directory, then all tables in one brotli stream). */
static const uint8_t *letter_table(const struct asset_file *f)
{
	enum { HEADER = 48, CMAP = 0, GLYF = 10, LOCA = 11, OWN_TAG = 63 };
	const uint8_t *file = (const uint8_t *)f->bytes[ASSET_PLAIN].p, *p = file + HEADER;
	size_t at = 0, cmap = SIZE_MAX, size = 0;
	assert_memory_equal(file, "wOF2", 4);
	for (uint32_t i = 0; i < number(file + 12, 2); i++) {
		uint8_t flags = *p++, tag = flags & 63, version = flags >> 6;
		p += tag == OWN_TAG ? 4 : 0;
		uint32_t length = base128(&p);
		if (tag == GLYF || tag == LOCA ? version != 3 : version != 0)
			length = base128(&p);
		if (tag == CMAP)
			cmap = at;
		at += length;
	}
	size = at;
	uint8_t *tables = arena_alloc(&arena, size);
	assert_int_equal(BrotliDecoderDecompress(number(file + 20, 4), p, &size, tables), BROTLI_DECODER_RESULT_SUCCESS);
	assert_true(cmap < size);
	return tables + cmap;
}

/* Format 4 of the table: segments of letters; an offset of 0 means that the glyph is the letter moved by delta. */
static bool segment_has(const uint8_t *t, uint32_t letter)
{
	size_t n = number(t + 6, 2), i = 0;
	const uint8_t *ends = t + 14, *starts = ends + n + 2, *deltas = starts + n, *offsets = deltas + n;
	while (number(ends + i, 2) < letter)
		i += 2;
	if (number(starts + i, 2) > letter)
		return false;
	uint32_t offset = number(offsets + i, 2), delta = number(deltas + i, 2);
	if (offset == 0)
		return ((letter + delta) & 0xffff) != 0;
	return number(offsets + i + offset + 2 * (letter - number(starts + i, 2)), 2) != 0;
}

static bool has_letter(const uint8_t *cmap, uint32_t letter)
{
	for (uint32_t i = 0; i < number(cmap + 2, 2); i++) {
		const uint8_t *table = cmap + number(cmap + 4 + 8 * i + 4, 4);
		if (number(table, 2) == 4 && segment_has(table, letter))
			return true;
	}
	return false;
}

/* The style sheet sends letters up to U+00FF to the Latin file, all others of these to the Vietnamese one; the larger "latin-ext" is not
 * loaded. */
static void test_fonts_have_every_vietnamese_letter(void **state)
{
	(void)state;
	const uint8_t *latin = letter_table(asset_find(asset("inter-latin.woff2").s));
	const uint8_t *vietnamese = letter_table(asset_find(asset("inter-vietnamese.woff2").s));
	int n = 0;
	for (; letters[n]; n++)
		assert_true(has_letter(letters[n] <= 0xff ? latin : vietnamese, (uint32_t)letters[n]));
	assert_int_equal(n, 134);
	assert_false(has_letter(latin, 0x1ed3)); /* the reader of the table can say no */
	assert_false(has_letter(vietnamese, 0x4e2d));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fonts_have_every_vietnamese_letter),
	};
	return cmocka_run_group_tests(tests, NULL, teardown);
}
