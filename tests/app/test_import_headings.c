/* Which row is the heading, and which column is which. The wishes are a list of people in small. */
#include "testing.h"

#include "app/import_headings.h"

enum { UNIT, NAME, BIRTH, CERTIFIED, CERTIFICATE_NO, WISHES };

static const struct field fields[WISHES] = {
	[UNIT] = { .name = "unit", .vi = "Mã tổ chức", .en = "Unit code", .also = "Mã" },
	[NAME] = { .name = "name", .vi = "Họ và tên", .en = "Full name", .also = "Họ tên" },
	[BIRTH] = { .name = "birth", .vi = "Ngày sinh", .en = "Birth date", .also = "Ngày, tháng, năm sinh" },
	[CERTIFIED] = { .name = "certified", .vi = "Ngày cấp GCN", .en = "Certificate date", .also = "Ngày giấy chứng nhận" },
	[CERTIFICATE_NO] = { .name = "certificate_no", .vi = "Số GCN", .en = "Certificate number" },
};
static const struct import_wish wishes[WISHES] = {
	{ &fields[UNIT], NEED_ALWAYS }, { &fields[NAME], NEED_ALWAYS }, { &fields[BIRTH], 0 }, { &fields[CERTIFIED], 0 },
		{ &fields[CERTIFICATE_NO], 0 },
};

enum { MOST_CELLS = 12, MOST_ROWS = 40 };

/* Rows as text: cells divided by '|', "" is an empty row that the reader would not deliver. */
struct fed {
	struct arena arena;
	struct import_heading_search search;
	int data_from; /* number of the first row of data, 0: none */
	int data_rows;
	struct fault fault;
	enum err err;
};

static void feed_row(struct fed *t, const char *line, int number)
{
	struct sheet_cell cells[MOST_CELLS] = { 0 };
	struct sheet_row row = { number, cells, 1 };
	char *copy = arena_strdup(&t->arena, line);
	for (char *p = copy; p; row.n++) {
		cells[row.n - 1].text = strsep(&p, "|");
		if (!p)
			break;
	}
	bool data = false;
	t->err = import_heading_search_row(&t->search, &row, &data, &t->fault);
	t->data_rows += data;
	if (data && !t->data_from)
		t->data_from = number;
}

static void feed(struct fed *t, const char *const *lines, int n)
{
	*t = (struct fed){ 0 };
	import_heading_search_init(&t->search, wishes, WISHES, &t->arena);
	for (int i = 0; i < n && t->err == OK; i++)
		feed_row(t, lines[i], i + 1);
}
#define FEED(t, ...) feed((t), (const char *const[]){ __VA_ARGS__ }, (int)(sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(char *)))

static int column(const struct fed *t, int wish)
{
	return t->search.best.column_of[wish];
}

static void test_heading_without_accents_and_in_capitals(void **state)
{
	struct fed t;
	(void)state;
	FEED(&t, "STT|MA TO CHUC|HO VA TEN|ngay sinh|so gcn", "1|PL|Lê Văn Thử|1/2/1990|12");
	assert_int_equal(t.err, OK);
	assert_int_equal(column(&t, UNIT), 1);
	assert_int_equal(column(&t, NAME), 2);
	assert_int_equal(column(&t, BIRTH), 3);
	assert_int_equal(column(&t, CERTIFICATE_NO), 4);
	assert_int_equal(t.data_from, 2);
	arena_done(&t.arena);
}

static void test_heading_in_english(void **state)
{
	struct fed t;
	(void)state;
	FEED(&t, "Full Name|unit_code|BIRTH DATE", "Lê Văn Thử|PL|1990-02-01");
	assert_int_equal(column(&t, NAME), 0);
	assert_int_equal(column(&t, UNIT), 1);
	assert_int_equal(column(&t, BIRTH), 2);
	arena_done(&t.arena);
}

static void test_brackets_and_two_languages_in_one_cell(void **state)
{
	struct fed t;
	(void)state;
	FEED(&t, "Mã tổ chức / Unit code|Họ và tên\nFull name|Ngày sinh (dd/mm/yyyy)|Ngày cấp giấy chứng nhận", "PL|A|1/1/1990|1/1/2020");
	assert_int_equal(column(&t, UNIT), 0);
	assert_int_equal(column(&t, NAME), 1);
	assert_int_equal(column(&t, BIRTH), 2);
	assert_int_equal(column(&t, CERTIFIED), 3);
	arena_done(&t.arena);
}

static void test_titles_stand_above_the_heading(void **state)
{
	struct fed t;
	(void)state;
	FEED(&t, "ĐẢNG BỘ XÃ THỬ NGHIỆM||ĐẢNG CỘNG SẢN VIỆT NAM", "DANH SÁCH ĐẢNG VIÊN MỚI", "năm 2024", "Mã|Họ tên|Ngày, tháng, năm sinh",
		"PL|A|1/1/1990");
	assert_int_equal(column(&t, BIRTH), 2);
	assert_int_equal(t.data_from, 5);
	arena_done(&t.arena);
}

static void test_upper_line_complete_and_lower_line_below_merged_cells(void **state)
{
	struct fed t;
	(void)state;
	FEED(&t, "STT|Mã tổ chức|Họ và tên|Giấy chứng nhận||Ngày sinh", "|||Ngày|Số", "1|PL|A|1/1/2020|12|1/1/1990");
	assert_int_equal(column(&t, CERTIFIED), 3);
	assert_int_equal(column(&t, CERTIFICATE_NO), 4);
	assert_int_equal(column(&t, BIRTH), 5);
	assert_string_equal(t.search.best.text[4], "Giấy chứng nhận Số");
	assert_int_equal(t.data_from, 3);
	arena_done(&t.arena);
}

static void test_group_names_over_all_columns(void **state)
{
	struct fed t;
	(void)state;
	FEED(&t, "Thông tin chung|||Giấy chứng nhận|", "Mã tổ chức|Họ và tên|Ngày sinh|Ngày|Số", "(1)|(2)|(3)|(4)|(5)",
		"PL|A|1/1/1990|1/1/2020|12");
	assert_int_equal(column(&t, UNIT), 0);
	assert_int_equal(column(&t, NAME), 1);
	assert_int_equal(column(&t, CERTIFIED), 3);
	assert_int_equal(column(&t, CERTIFICATE_NO), 4);
	assert_int_equal(t.data_from, 4);
	arena_done(&t.arena);
}

static void test_upper_cell_does_not_reach_over_another_one(void **state)
{
	struct fed t;
	(void)state;
	FEED(&t, "Mã tổ chức|Họ và tên|Giấy chứng nhận|Ngày sinh", "||Ngày|", "PL|A|1/1/2020|1/1/1990");
	assert_int_equal(column(&t, CERTIFIED), 2);
	assert_int_equal(column(&t, BIRTH), 3);
	arena_done(&t.arena);
}

static void test_first_row_of_data_with_figures_is_no_heading_line(void **state)
{
	struct fed t;
	(void)state;
	FEED(&t, "Mã|Họ tên|Ngày sinh", "||1/1/1990", "PL|A|1/1/1991");
	assert_int_equal(t.data_from, 2);
	assert_int_equal(t.data_rows, 2);
	arena_done(&t.arena);
}

static void test_column_numbers_below_the_heading_are_left_aside(void **state)
{
	struct fed t;
	(void)state;
	FEED(&t, "STT|Mã|Họ tên|Ngày sinh", "A|B|1|2", "1|PL|A|1/1/1991");
	assert_int_equal(t.data_from, 3);
	arena_done(&t.arena);
}

static void test_missing_column_is_named_with_what_was_found(void **state)
{
	struct fed t;
	(void)state;
	FEED(&t, "Họ tên|Ngày sinh|Quê quán", "A|1/1/1990|x");
	assert_int_equal(t.err, OK);
	assert_int_equal(t.data_from, 0);
	assert_int_equal(import_heading_missing(&t.search, &t.fault), E_INVALID);
	assert_string_equal(t.fault.arg[0], "Mã tổ chức");
	assert_string_equal(t.fault.arg[1], "Họ tên, Ngày sinh");
	arena_done(&t.arena);
}

static void test_heading_is_not_looked_for_below_thirty_rows(void **state)
{
	const char *lines[MOST_ROWS];
	struct fed t;
	(void)state;
	for (int i = 0; i < MOST_ROWS; i++)
		lines[i] = i == 30 ? "Mã|Họ tên" : "lời nói đầu";
	feed(&t, lines, MOST_ROWS);
	assert_int_equal(t.err, E_INVALID);
	assert_int_equal(t.fault.msg, MSG_IMPORT_NO_HEADING);
	arena_done(&t.arena);
	lines[29] = "Mã|Họ tên";
	feed(&t, lines, MOST_ROWS);
	assert_int_equal(t.err, OK);
	assert_int_equal(t.data_from, 31);
	arena_done(&t.arena);
}

static void test_same_column_twice_is_refused_with_both_letters(void **state)
{
	struct fed t;
	(void)state;
	FEED(&t, "Mã|Họ tên|Ngày sinh|Birth date", "PL|A|1/1/1990|1/1/1990");
	assert_int_equal(t.err, E_INVALID);
	assert_int_equal(t.fault.msg, MSG_IMPORT_COLUMN_TWICE);
	assert_string_equal(t.fault.field, "birth");
	assert_string_equal(t.fault.arg[1], "C");
	assert_string_equal(t.fault.arg[2], "D");
	arena_done(&t.arena);
}

static void test_unknown_column_is_not_used_and_running_number_is_expected(void **state)
{
	struct fed t;
	(void)state;
	FEED(&t, "Số TT|Mã|Họ tên|Quê quán", "1|PL|A|x");
	assert_int_equal(t.search.best.wish_of[0], -1);
	assert_true(t.search.best.expected[0]);
	assert_int_equal(t.search.best.wish_of[3], -1);
	assert_false(t.search.best.expected[3]);
	arena_done(&t.arena);
}

static void test_one_of_several_sets_of_columns_is_enough(void **state)
{
	const struct import_wish either[] = { { &fields[CERTIFIED], NEED_ALWAYS }, { &fields[CERTIFICATE_NO], NEED_EITHER },
		{ &fields[NAME], NEED_OR }, { &fields[BIRTH], NEED_OR } };
	const char *const complete[] = { "Ngày cấp GCN|Số GCN", "Ngày cấp GCN|Họ tên|Ngày sinh" },
		*const lacking[] = { "Ngày cấp GCN|Họ tên", "Số GCN|Họ tên|Ngày sinh" };
	struct fed t = { 0 };
	(void)state;
	for (int i = 0; i < 2; i++) {
		import_heading_search_init(&t.search, either, 4, &t.arena);
		feed_row(&t, complete[i], 1);
		assert_true(t.search.best.complete);
		import_heading_search_init(&t.search, either, 4, &t.arena);
		feed_row(&t, lacking[i], 1);
		assert_false(t.search.best.complete);
	}
	arena_done(&t.arena);
}

static void test_column_letters(void **state)
{
	char buf[IMPORT_LETTERS];
	(void)state;
	assert_string_equal(import_heading_letter(0, buf), "A");
	assert_string_equal(import_heading_letter(25, buf), "Z");
	assert_string_equal(import_heading_letter(26, buf), "AA");
	assert_string_equal(import_heading_letter(255, buf), "IV");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_heading_without_accents_and_in_capitals),
		cmocka_unit_test(test_heading_in_english),
		cmocka_unit_test(test_brackets_and_two_languages_in_one_cell),
		cmocka_unit_test(test_titles_stand_above_the_heading),
		cmocka_unit_test(test_upper_line_complete_and_lower_line_below_merged_cells),
		cmocka_unit_test(test_group_names_over_all_columns),
		cmocka_unit_test(test_upper_cell_does_not_reach_over_another_one),
		cmocka_unit_test(test_first_row_of_data_with_figures_is_no_heading_line),
		cmocka_unit_test(test_column_numbers_below_the_heading_are_left_aside),
		cmocka_unit_test(test_missing_column_is_named_with_what_was_found),
		cmocka_unit_test(test_heading_is_not_looked_for_below_thirty_rows),
		cmocka_unit_test(test_same_column_twice_is_refused_with_both_letters),
		cmocka_unit_test(test_unknown_column_is_not_used_and_running_number_is_expected),
		cmocka_unit_test(test_one_of_several_sets_of_columns_is_enough),
		cmocka_unit_test(test_column_letters),
	};
	return RUN(tests);
}
