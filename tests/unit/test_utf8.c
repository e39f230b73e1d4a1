#include "testing.h"

#include "base/utf8.h"

#include <stdlib.h>

struct bytes {
	const char *s;
	size_t n;
};
#define BYTES(s) { s, sizeof(s) - 1 }

static void test_well_formed_text_of_every_length_is_valid(void **state)
{
	(void)state;
	static const struct bytes good[] = {
		BYTES(""), BYTES("a"), BYTES("\x7f"), BYTES("\xC2\x80"), BYTES("\xDF\xBF"), BYTES("\xE0\xA0\x80"), BYTES("\xED\x9F\xBF"),
		BYTES("\xEE\x80\x80"), BYTES("\xEF\xBF\xBF"), BYTES("\xF0\x90\x80\x80"), BYTES("\xF4\x8F\xBF\xBF"), BYTES("Đặng Thị Hoà"),
	};
	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		if (!utf8_valid(good[i].s, good[i].n))
			fail_msg("row %zu", i);
}

static void test_overlong_surrogate_cut_and_stray_bytes_are_not_valid(void **state)
{
	(void)state;
	static const struct bytes bad[] = {
		BYTES("\0"), BYTES("a\0b"),
		BYTES("\x80"), BYTES("\xBF"), BYTES("a\x80"),                     /* a continuation without a lead */
		BYTES("\xC0\x80"), BYTES("\xC1\xBF"), BYTES("\xE0\x80\x80"), BYTES("\xE0\x9F\xBF"), BYTES("\xF0\x80\x80\x80"),
		BYTES("\xF0\x8F\xBF\xBF"),                                        /* overlong */
		BYTES("\xED\xA0\x80"), BYTES("\xED\xAF\xBF"), BYTES("\xED\xB0\x80"), BYTES("\xED\xBF\xBF"), /* surrogates */
		BYTES("\xF4\x90\x80\x80"), BYTES("\xF5\x80\x80\x80"), BYTES("\xF8\x88\x80\x80\x80"), BYTES("\xFE"), BYTES("\xFF"),
		BYTES("\xC3"), BYTES("\xE1\xBB"), BYTES("\xF0\x9F\x98"), BYTES("\xE1"), /* cut */
		BYTES("\xC3\x41"), BYTES("\xE1\x41\xBB"), BYTES("\xE1\xBB\x41"), BYTES("\xF0\x9F\x98\x41"), BYTES("\xC3\xC3"),
	};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (utf8_valid(bad[i].s, bad[i].n))
			fail_msg("row %zu", i);
}

/* The definition, spelled out: encode every code point and compare. */
static size_t encode(uint32_t c, unsigned char out[4])
{
	if (c < 0x80)
		return out[0] = (unsigned char)c, 1;
	int len = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
	for (int i = len - 1; i > 0; i--, c >>= 6)
		out[i] = (unsigned char)(0x80 | (c & 0x3F));
	out[0] = (unsigned char)((0xF00 >> len & 0xFF) | c);
	return (size_t)len;
}

static void test_every_code_point_but_surrogates_and_nul_is_valid(void **state)
{
	(void)state;
	for (uint32_t c = 0; c < 0x120000; c++) {
		unsigned char s[5] = { 0 };
		size_t n = encode(c, s);
		bool want = c != 0 && c <= 0x10FFFF && (c < 0xD800 || c > 0xDFFF);
		if (utf8_valid((const char *)s, n) != want)
			fail_msg("U+%04X", c);
	}
}

static void test_letters_are_counted_not_bytes(void **state)
{
	(void)state;
	assert_int_equal(utf8_length(""), 0);
	assert_int_equal(utf8_length("Hoà"), 3);
	assert_int_equal(utf8_length("ộ😀a"), 3);
}

static void test_a_cut_never_splits_a_letter(void **state)
{
	(void)state;
	const char *s = "aộb"; /* 1 + 3 + 1 bytes */
	static const size_t want[] = { 0, 1, 1, 1, 4, 5, 5, 5 };
	for (size_t max = 0; max < sizeof want / sizeof *want; max++)
		assert_int_equal(utf8_cut(s, 5, max), want[max]);
	assert_int_equal(utf8_cut("ộ", 3, 2), 0);
}

static void test_cleaning_trims_and_joins_white_space(void **state)
{
	(void)state;
	static const char *const cases[][2] = {
		{ "", "" }, { "   ", "" }, { "  Đặng   Thị\tHoà \n", "Đặng Thị Hoà" }, { "a b", "a b" },
		{ "a\u00A0\u3000\u2003b", "a b" }, { "\u00A0a\u202F", "a" }, { "Nguy\u200Bễn\uFEFF", "Nguyễn" },
		{ "\uFEFFMã tổ chức", "Mã tổ chức" },
		{ "đảng\u00AD viên", "đảng viên" }, { "😀 a", "😀 a" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		scoped(arena_done) struct arena a = { 0 };
		assert_string_equal(utf8_clean(&a, cases[i][0]), cases[i][1]);
	}
}

static void test_letters_and_marks_apart_become_composed_letters(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	const char *apart = "Nguye\u0302\u0303n Thi\u0323 Thuy\u0300 Du\u031Bo\u031Bng, Đo\u0302\u0303 Hu\u031B\u0303u U\u031Bo\u031B\u0301c";
	assert_string_not_equal(apart, "Nguyễn Thị Thuỳ Dương, Đỗ Hữu Ước");
	assert_string_equal(utf8_clean(&a, apart), "Nguyễn Thị Thuỳ Dương, Đỗ Hữu Ước");
	assert_string_equal(utf8_clean(&a, "e\u0323\u0302"), "ệ");
	assert_string_equal(utf8_clean(&a, "e\u0302\u0323"), "ệ"); /* the marks in the other order */
	assert_string_equal(utf8_clean(&a, "e\u00AD\u0302"), "ê");  /* something invisible between */
}

static void test_folding_finds_a_name_without_its_marks(void **state)
{
	(void)state;
	static const char *const cases[][2] = {
		{ "ĐẶNG Thị  Hoà", "dang thi hoa" }, { "đường Ước", "duong uoc" }, { "Nguyễn Ỹ Ngọc", "nguyen y ngoc" },
		{ "H'Hen Niê", "h'hen nie" }, { "Mã TC-05", "ma tc-05" }, { "", "" }, { "Straße Łódź", "straße łodz" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		scoped(arena_done) struct arena a = { 0 };
		assert_string_equal(vi_fold(&a, cases[i][0]), cases[i][1]);
	}
}

/* A combining mark sends text the long way round, through ICU, which must come to the same as the short way. */
static void test_cleaning_and_folding_do_not_depend_on_how_the_other_letters_are_written(void **state)
{
	(void)state;
	for (int c = 0x21; c < 0x1F00; c++) {
		scoped(arena_done) struct arena a = { 0 };
		char letter[4] = { 0 };
		if (c == 0x7F || (c >= 0x300 && c < 0x1E00 && c % 7))
			continue;
		size_t n = c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
		static const unsigned char lead[] = { 0, 0, 0xC0, 0xE0 };
		for (size_t i = n; i-- > 1;)
			letter[i] = (char)(0x80 | (c >> (6 * (n - 1 - i)) & 0x3F));
		letter[0] = (char)(n == 1 ? c : lead[n] | c >> (6 * (n - 1)));
		const char *composed = arena_printf(&a, "b%s Thị ấ", letter), *apart = arena_printf(&a, "b%s Thi\u0323 a\u0302\u0301", letter);
		assert_string_equal(utf8_clean(&a, composed), utf8_clean(&a, apart));
		assert_string_equal(vi_fold(&a, composed), vi_fold(&a, apart));
	}
}

static void test_folding_is_the_same_for_both_ways_of_writing_a_letter(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	assert_string_equal(vi_fold(&a, "Thu\u0309y"), vi_fold(&a, "Thủy"));
	assert_string_equal(vi_fold(&a, "Ơ\u0301n"), "on");
}

static void assert_in_order(const char *(*key)(struct arena *, const char *), const char *const *list, size_t n)
{
	for (size_t i = 0; i + 1 < n; i++) {
		scoped(arena_done) struct arena a = { 0 };
		if (strcmp(key(&a, list[i]), key(&a, list[i + 1])) >= 0)
			fail_msg("\"%s\" should come before \"%s\"", list[i], list[i + 1]);
	}
}

static void test_names_sort_by_given_name_then_family_name_then_middle_name(void **state)
{
	(void)state;
	static const char *const names[] = {
		"An", "Bùi An", "Đỗ An", "Đỗ Bình An", "Đỗ Thị An", "Trần An", "Lê Thị Ánh", "Vũ Ánh", "Lý Ân", "Trần Văn Bình", "Phạm Cường",
		"Hoàng Dung", "Hoàng Dũng", "Ngô Thị Đào", "Ngô Đặng", "Vũ Hoa", "Vũ Hòa", "Vũ Hoàng", "Lê Nga", "Lê Ngà", "Lê Ngân", "Lê Oanh",
		"Lê Phương", "Lê Quân", "Lê Thanh", "Lê Thành", "Lê Thạnh", "Lê Thảo", "Lê Ước", "Lê Xuân", "Lê Ý", "Lê Yên",
	};
	assert_in_order(vi_name_key, names, sizeof names / sizeof *names);
}

static void test_the_tone_of_the_given_name_counts_before_the_family_name(void **state)
{
	(void)state;
	static const char *const names[] = { "Vũ Hoa", "An Hòa", "Bùi Hòa" };
	assert_in_order(vi_name_key, names, sizeof names / sizeof *names);
}

static void test_equal_names_have_equal_keys(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	assert_string_equal(vi_name_key(&a, "Trần Văn Bình"), vi_name_key(&a, "Trần Văn Bình"));
	assert_string_equal(vi_name_key(&a, "Nguyễn"), vi_name_key(&a, "Nguye\u0302\u0303n"));
	assert_true(strcmp(vi_name_key(&a, ""), vi_name_key(&a, "An")) < 0);
}

static void test_texts_sort_in_the_order_of_the_vietnamese_alphabet(void **state)
{
	(void)state;
	static const char *const words[] = { "", "a", "à", "ả", "ã", "á", "ạ", "ă", "â", "b", "c", "d", "đ", "e", "ê", "g", "h", "i", "k",
		"l", "m",
		"n", "o", "ô", "ơ", "p", "q", "r", "s", "t", "u", "ư", "v", "x", "y" };
	assert_in_order(vi_text_key, words, sizeof words / sizeof *words);
	static const char *const units[] = { "Chi bộ Ba Hàng", "Chi bộ Đình Tràng", "Chi bộ Lạc Tràng", "Chi bộ Lương Cổ", "Đảng ủy phường" };
	assert_in_order(vi_text_key, units, sizeof units / sizeof *units);
}

static void test_keys_are_hexadecimal_digits(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	const char *key = vi_text_key(&a, "Chi bộ");
	assert_int_equal(strspn(key, "0123456789abcdef"), strlen(key));
	assert_true(strlen(key) > 0 && strlen(key) % 2 == 0);
}

static const char vietnamese[] = "Đặng Thị Hoà, chi bộ trường học ở Phủ Lý; 150 ₫";

static void test_windows_1258_is_read_with_its_separate_tone_marks(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	static const char bytes[] = "\320\343\362ng Thi\362 Ho\340, chi b\364\362 tr\375\365\314ng ho\362c \365\322 Phu\322 Ly\354; 150 \376";
	size_t n;
	assert_string_equal(utf8_from(&a, ENC_WINDOWS1258, bytes, sizeof bytes - 1, &n), vietnamese);
	assert_int_equal(n, sizeof vietnamese - 1);
}

static void test_utf_16_is_read_from_either_end(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	static const char le[] = "\x10\x01\xb7\x1e\x3d\xd8\x00\xde", be[] = "\x01\x10\x1e\xb7\xd8\x3d\xde\x00";
	size_t n;
	assert_string_equal(utf8_from(&a, ENC_UTF16LE, le, 8, &n), "Đặ😀");
	assert_string_equal(utf8_from(&a, ENC_UTF16BE, be, 8, &n), "Đặ😀");
	assert_int_equal(n, strlen("Đặ😀"));
	assert_string_equal(utf8_from(&a, ENC_UTF16LE, "", 0, &n), "");
}

static void test_utf_8_comes_out_composed(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	size_t n;
	assert_string_equal(utf8_from(&a, ENC_UTF8, "e\u0302\u0323", strlen("e\u0302\u0323"), &n), "ệ");
}

static void test_bytes_of_another_encoding_are_refused(void **state)
{
	(void)state;
	static const struct {
		enum encoding from;
		struct bytes bytes;
	} bad[] = {
		{ ENC_UTF8, BYTES("Ho\xE0") }, { ENC_UTF8, BYTES("\xED\xA0\x80") }, { ENC_UTF16LE, BYTES("a") }, { ENC_UTF16LE, BYTES("a\0b") },
		{ ENC_UTF16LE, BYTES("\x00\xD8" "a\0") }, { ENC_UTF16BE, BYTES("\xDC\x00\0a") }, { ENC_WINDOWS1258, BYTES("a\xD2\0") },
		{ ENC_UTF16LE, BYTES("a\0\0\0b\0") }, { ENC_UTF8, BYTES("a\0b") },
	};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		scoped(arena_done) struct arena a = { 0 };
		size_t n = 7;
		if (utf8_from(&a, bad[i].from, bad[i].bytes.s, bad[i].bytes.n, &n))
			fail_msg("row %zu", i);
		assert_int_equal(n, 7);
	}
}

static void test_more_bytes_than_any_file_may_have_are_refused(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	size_t n;
	assert_null(utf8_from(&a, ENC_UTF8, "", (size_t)INT32_MAX, &n));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_well_formed_text_of_every_length_is_valid),
		cmocka_unit_test(test_overlong_surrogate_cut_and_stray_bytes_are_not_valid),
		cmocka_unit_test(test_every_code_point_but_surrogates_and_nul_is_valid),
		cmocka_unit_test(test_letters_are_counted_not_bytes),
		cmocka_unit_test(test_a_cut_never_splits_a_letter),
		cmocka_unit_test(test_cleaning_trims_and_joins_white_space),
		cmocka_unit_test(test_letters_and_marks_apart_become_composed_letters),
		cmocka_unit_test(test_folding_finds_a_name_without_its_marks),
		cmocka_unit_test(test_cleaning_and_folding_do_not_depend_on_how_the_other_letters_are_written),
		cmocka_unit_test(test_folding_is_the_same_for_both_ways_of_writing_a_letter),
		cmocka_unit_test(test_names_sort_by_given_name_then_family_name_then_middle_name),
		cmocka_unit_test(test_the_tone_of_the_given_name_counts_before_the_family_name),
		cmocka_unit_test(test_equal_names_have_equal_keys),
		cmocka_unit_test(test_texts_sort_in_the_order_of_the_vietnamese_alphabet),
		cmocka_unit_test(test_keys_are_hexadecimal_digits),
		cmocka_unit_test(test_windows_1258_is_read_with_its_separate_tone_marks),
		cmocka_unit_test(test_utf_16_is_read_from_either_end),
		cmocka_unit_test(test_utf_8_comes_out_composed),
		cmocka_unit_test(test_bytes_of_another_encoding_are_refused),
		cmocka_unit_test(test_more_bytes_than_any_file_may_have_are_refused),
	};
	return RUN(tests);
}
