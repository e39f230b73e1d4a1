#include "sheet_rows.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static const char three_rows[] = "1: Mã tổ chức|Tên tổ chức|Số\n2: PL-01|Chi bộ Đường Lê Lợi|001203004567\n3: PL-02|Đảng ủy phường|2\n";

static void assert_rows(const char *bytes, size_t n, const char *expected)
{
	scoped(arena_done) struct arena a = { 0 };
	struct text t = TEXT(&a);
	struct fault f;
	assert_ok(sheet_read_csv(bytes, n, sheet_rows_add, &t, &f));
	assert_string_equal(text_str(&t), expected);
}

#define ROWS(literal, expected) assert_rows(literal, sizeof literal - 1, expected)

static struct fault refusal(const char *bytes, size_t n)
{
	scoped(arena_done) struct arena a = { 0 };
	struct text t = TEXT(&a);
	struct fault f = { 0 };
	assert_int_not_equal(sheet_read_csv(bytes, n, sheet_rows_add, &t, &f), OK);
	return f;
}

#define REFUSAL(literal) refusal(literal, sizeof literal - 1)

/* UTF-16 of text that is below U+10000. */
static size_t to_utf16(const char *utf8, bool big, char *to)
{
	size_t n = 0;
	for (const unsigned char *s = (const unsigned char *)utf8; *s;) {
		int len = *s < 0x80 ? 1 : *s < 0xE0 ? 2 : 3;
		unsigned u = len == 1 ? *s : len == 2 ? (s[0] & 31u) << 6 | (s[1] & 63u) : (s[0] & 15u) << 12 | (s[1] & 63u) << 6 | (s[2] & 63u);
		s += len;
		to[n++] = (char)(big ? u >> 8 : u & 255);
		to[n++] = (char)(big ? u & 255 : u >> 8);
	}
	return n;
}

static const char source[] = "Mã tổ chức;Tên tổ chức;Số\r\nPL-01;Chi bộ Đường Lê Lợi;001203004567\r\nPL-02;Đảng ủy phường;2\r\n";

static void test_utf8_is_read_with_and_without_its_mark(void **state)
{
	(void)state;
	char marked[sizeof source + 3] = "\xEF\xBB\xBF";
	memcpy(marked + 3, source, sizeof source - 1);
	ROWS(source, three_rows);
	assert_rows(marked, sizeof source + 2, three_rows);
}

static void test_utf16_is_read_from_either_end_with_and_without_its_mark(void **state)
{
	(void)state;
	for (int big = 0; big < 2; big++) {
		char bytes[2 * sizeof source + 2] = { big ? '\xFE' : '\xFF', big ? '\xFF' : '\xFE' };
		size_t n = to_utf16(source, big, bytes + 2);
		assert_rows(bytes, n + 2, three_rows);
		assert_rows(bytes + 2, n, three_rows);
	}
}

static void test_windows_1258_is_read_and_its_tone_marks_join_their_letters(void **state)
{
	(void)state;
	/* Mã = M a DE; Đảng = D0 a D2 ng; ủy = u D2 y; phường = ph FD F5 CC ng */
	ROWS("Ma\xDE,T\xEAn\nPL-02,\xD0" "a\xD2ng u\xD2y ph\xFD\xF5\xCCng\n", "1: Mã|Tên\n2: PL-02|Đảng ủy phường\n");
}

static void test_a_long_windows_1258_file_is_cut_between_letters_only(void **state)
{
	(void)state;
	enum { ROWS_N = 60000 };
	scoped(arena_done) struct arena a = { 0 };
	struct text bytes = TEXT(&a), expected = TEXT(&a);
	for (int i = 1; i <= ROWS_N; i++) {
		text_addf(&bytes, "%d;\xD0" "a\xD2ng u\xD2y\n", i);
		text_addf(&expected, "%d: %d|Đảng ủy\n", i, i);
	}
	assert_true(bytes.n > 3 * 2 * SHEET_CELL_BYTES);
	assert_rows(bytes.p, bytes.n, expected.p);
}

static void test_the_separator_is_found_from_the_first_lines(void **state)
{
	(void)state;
	ROWS("a;b;c\n1;2;3\n", "1: a|b|c\n2: 1|2|3\n");
	ROWS("a,b,c\n1,2,3\n", "1: a|b|c\n2: 1|2|3\n");
	ROWS("a\tb\tc\n1\t2\t3\n", "1: a|b|c\n2: 1|2|3\n");
}

static void test_decimal_commas_do_not_pass_for_separators(void **state)
{
	(void)state;
	ROWS("Tên;Điểm\nA;1,5, 2,5\nB;3,5, 4,5\nC;5,5, 6,5\n", "1: Tên|Điểm\n2: A|1,5, 2,5\n3: B|3,5, 4,5\n4: C|5,5, 6,5\n");
}

static void test_a_title_above_the_heading_does_not_decide_the_separator(void **state)
{
	(void)state;
	ROWS("Danh sách, năm 2023, quý 1, thành phố\n\nMã;Tên\n1;A\n2;B\n",
		"1: Danh sách, năm 2023, quý 1, thành phố\n3: Mã|Tên\n4: 1|A\n5: 2|B\n");
}

static void test_commas_inside_quotes_are_text(void **state)
{
	(void)state;
	ROWS("\"Nguyễn, Văn A\",1\n\"Trần; B\",2\n", "1: Nguyễn, Văn A|1\n2: Trần; B|2\n");
}

static void test_the_sep_line_of_excel_names_the_separator(void **state)
{
	(void)state;
	ROWS("sep=;\r\na,b;c\r\n", "2: a,b|c\n");
}

static void test_doubled_quotes_are_one_and_line_breaks_in_quotes_are_text(void **state)
{
	(void)state;
	ROWS("a,\"x \"\"y\"\" z\"\n\"dòng 1\r\ndòng 2\",b\nc,d\n", "1: a|x \"y\" z\n2: dòng 1\ndòng 2|b\n3: c|d\n");
}

static void test_a_quote_within_a_plain_cell_is_text(void **state)
{
	(void)state;
	ROWS("màn hình 19\" rộng,2\n", "1: màn hình 19\" rộng|2\n");
}

static void test_rows_end_with_lf_crlf_or_cr_and_blank_rows_count(void **state)
{
	(void)state;
	ROWS("a,b\n\nc,d", "1: a|b\n3: c|d\n");
	ROWS("a,b\r\n\r\nc,d\r\n", "1: a|b\n3: c|d\n");
	ROWS("a,b\rc,d\r", "1: a|b\n2: c|d\n");
	ROWS("a,b\n,,\nc,d\n", "1: a|b\n3: c|d\n");
}

static void test_an_open_quote_is_refused_with_the_line_where_it_opened(void **state)
{
	(void)state;
	struct fault f = REFUSAL("a,b\nc,\"d\ne,f\n");
	assert_int_equal(f.code, E_INVALID);
	assert_int_equal(f.msg, MSG_SHEET_QUOTE_OPEN);
	assert_string_equal(f.arg[0], "2");
}

static void test_text_behind_a_closing_quote_is_refused_with_its_place(void **state)
{
	(void)state;
	struct fault f = REFUSAL("a,b\nc,\"Trường \"Nguyễn Du\"\"\n");
	assert_int_equal(f.msg, MSG_SHEET_TEXT_AFTER_QUOTE);
	assert_string_equal(f.arg[0], "2");
	assert_string_equal(f.arg[1], "2");
}

static void test_control_characters_and_nul_are_refused_with_their_row(void **state)
{
	(void)state;
	static const char *const files[] = { "a,b\nc,d\x01\n", "a,b\nc,d\x7F\n", "a,b\nc,d\xC2\x85\n" };
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		struct fault f = refusal(files[i], strlen(files[i]));
		assert_int_equal(f.msg, MSG_SHEET_CONTROL_CHARACTER);
		assert_string_equal(f.arg[0], "2");
	}
	struct fault f = REFUSAL("a,b\nc,d\ne,\0f\n");
	assert_int_equal(f.msg, MSG_SHEET_CONTROL_CHARACTER);
	assert_string_equal(f.arg[0], "3");
}

static void test_bytes_against_their_own_mark_are_refused(void **state)
{
	(void)state;
	assert_int_equal(REFUSAL("\xEF\xBB\xBF" "a,\xE1\n").msg, MSG_NOT_UTF8);
	assert_int_equal(REFUSAL("\xFF\xFE" "a\0b\0c").msg, MSG_SHEET_ENCODING);
}

static void test_column_257_is_refused_with_its_row(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	struct text t = TEXT(&a), line = TEXT(&a);
	struct fault f;
	for (int i = 0; i < SHEET_COLUMNS; i++)
		text_add(&line, i > 0 ? ",1" : "1");
	assert_ok(sheet_read_csv(line.p, line.n, sheet_rows_add, &t, &f));
	text_add(&line, ",1");
	f = refusal(line.p, line.n);
	assert_int_equal(f.code, E_TOOBIG);
	assert_string_equal(f.arg[0], "1");
}

static void test_a_cell_longer_than_the_limit_is_refused(void **state)
{
	(void)state;
	enum { N = SHEET_CELL_BYTES + 8 };
	scoped(arena_done) struct arena a = { 0 };
	char *bytes = arena_alloc(&a, N);
	memset(bytes, 'x', N);
	assert_int_equal(refusal(bytes, N).msg, MSG_SHEET_CELL_LONG_CSV);
	memset(bytes, '\xE3', N); /* Windows-1258 */
	assert_int_equal(refusal(bytes, N).msg, MSG_SHEET_CELL_LONG_CSV);
}

static enum err stop_at_second(void *ctx, const struct sheet_row *row, int64_t done, int64_t total, struct fault *f)
{
	(void)done, (void)total;
	++*(int *)ctx;
	return row->number == 2 ? FAULT(f, E_CONFLICT, "x", MSG_REQUIRED) : OK;
}

static void test_an_error_of_the_call_back_stops_the_reading(void **state)
{
	(void)state;
	int calls = 0;
	struct fault f;
	assert_refused(sheet_read_csv("a\nb\nc\n", 6, stop_at_second, &calls, &f), E_CONFLICT, "x", MSG_REQUIRED);
	assert_int_equal(calls, 2);
}

static void test_a_file_is_what_it_is_and_not_what_it_is_called(void **state)
{
	(void)state;
	assert_int_equal(REFUSAL("").msg, MSG_SHEET_EMPTY_FILE);
	assert_int_equal(REFUSAL("PK\3\4....").msg, MSG_SHEET_ZIP_NAMED_CSV);
	assert_int_equal(REFUSAL("%PDF-1.7").msg, MSG_SHEET_PDF);
	assert_int_equal(REFUSAL("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1....").msg, MSG_SHEET_OLD_XLS);
}

static void write_file(const char *path, const char *bytes)
{
	FILE *out = fopen(path, "w");
	assert_non_null(out);
	(void)fputs(bytes, out);
	assert_int_equal(fclose(out), 0);
}

static void test_the_ending_of_the_name_chooses_the_reader(void **state)
{
	(void)state;
	char folder[] = "/tmp/sheet.??????", path[64];
	memset(strchr(folder, '?'), 'X', 6);
	assert_non_null(mkdtemp(folder));
	static const struct {
		const char *name;
		enum msg refusal;
	} files[] = { { "a.CSV", MSG_NONE }, { "a.txt", MSG_NONE }, { "a.xlsx", MSG_SHEET_TEXT_NAMED_XLSX }, { "a.doc", MSG_SHEET_ENDING } };
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		scoped(arena_done) struct arena a = { 0 };
		struct text t = TEXT(&a);
		struct fault f = { 0 };
		(void)snprintf(path, sizeof path, "%s/%s", folder, files[i].name);
		write_file(path, "a;b\n");
		enum err e = sheet_read(path, sheet_rows_add, &t, &f);
		assert_int_equal(e == OK ? MSG_NONE : f.msg, files[i].refusal);
		assert_string_equal(text_str(&t), e == OK ? "1: a|b\n" : "");
		assert_int_equal(unlink(path), 0);
	}
	struct fault f;
	assert_refused(sheet_read("/tmp/no/such/file.csv", sheet_rows_add, NULL, &f), E_NOTFOUND, "file", MSG_SHEET_NO_FILE);
	assert_int_equal(rmdir(folder), 0);
}

static void test_what_is_no_file_or_too_big_a_file_is_refused_before_reading(void **state)
{
	(void)state;
	char folder[] = "/tmp/sheet.??????", path[64];
	memset(strchr(folder, '?'), 'X', 6);
	assert_non_null(mkdtemp(folder));
	(void)snprintf(path, sizeof path, "%s/a.csv", folder);
	struct fault f;
	assert_int_equal(mkdir(path, 0700), 0);
	assert_refused(sheet_read(path, sheet_rows_add, NULL, &f), E_INVALID, "file", MSG_SHEET_NOT_FILE);
	assert_int_equal(rmdir(path), 0);
	assert_int_equal(mkfifo(path, 0600), 0);
	assert_refused(sheet_read(path, sheet_rows_add, NULL, &f), E_INVALID, "file", MSG_SHEET_NOT_FILE);
	assert_int_equal(unlink(path), 0);
	write_file(path, "a;b\n");
	assert_int_equal(truncate(path, SHEET_FILE_BYTES + 1), 0);
	assert_refused(sheet_read(path, sheet_rows_add, NULL, &f), E_TOOBIG, "file", MSG_SHEET_FILE_BIG);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(rmdir(folder), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_utf8_is_read_with_and_without_its_mark),
		cmocka_unit_test(test_utf16_is_read_from_either_end_with_and_without_its_mark),
		cmocka_unit_test(test_windows_1258_is_read_and_its_tone_marks_join_their_letters),
		cmocka_unit_test(test_a_long_windows_1258_file_is_cut_between_letters_only),
		cmocka_unit_test(test_the_separator_is_found_from_the_first_lines),
		cmocka_unit_test(test_decimal_commas_do_not_pass_for_separators),
		cmocka_unit_test(test_a_title_above_the_heading_does_not_decide_the_separator),
		cmocka_unit_test(test_commas_inside_quotes_are_text),
		cmocka_unit_test(test_the_sep_line_of_excel_names_the_separator),
		cmocka_unit_test(test_doubled_quotes_are_one_and_line_breaks_in_quotes_are_text),
		cmocka_unit_test(test_a_quote_within_a_plain_cell_is_text),
		cmocka_unit_test(test_rows_end_with_lf_crlf_or_cr_and_blank_rows_count),
		cmocka_unit_test(test_an_open_quote_is_refused_with_the_line_where_it_opened),
		cmocka_unit_test(test_text_behind_a_closing_quote_is_refused_with_its_place),
		cmocka_unit_test(test_control_characters_and_nul_are_refused_with_their_row),
		cmocka_unit_test(test_bytes_against_their_own_mark_are_refused),
		cmocka_unit_test(test_column_257_is_refused_with_its_row),
		cmocka_unit_test(test_a_cell_longer_than_the_limit_is_refused),
		cmocka_unit_test(test_an_error_of_the_call_back_stops_the_reading),
		cmocka_unit_test(test_a_file_is_what_it_is_and_not_what_it_is_called),
		cmocka_unit_test(test_the_ending_of_the_name_chooses_the_reader),
		cmocka_unit_test(test_what_is_no_file_or_too_big_a_file_is_refused_before_reading),
	};
	return RUN(tests);
}
