#include "sheet_rows.h"

#include "office/report_grid.h"
#include "office/report_write.h"
#include "office/sheet_zip.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* A report of three rows: a plain number, a target with its pace, and a child without target. */
static struct report made_by_hand(struct arena *a)
{
	struct report r = {
		.name = "progress", .title = "Tiến độ kết nạp", .unit_code = "PL", .unit_name = "Đảng bộ Phủ Lý", .lang = LANG_VI,
		.rounding = { 1, ROUND_HALF_UP }, .as_of = day_of(2021, 6, 30), .period = { day_of(2021, 1, 1), day_of(2021, 6, 30) },
	};
	struct report_row *row = report_add(&r, a, "members", "Đảng viên");
	row->has_value = true;
	row->value = 9805;
	row = report_add(&r, a, "target:assigned", "Chỉ tiêu giao");
	row->level = 1;
	row->has_value = row->has_ratio = row->has_points = true;
	row->value = row->numerator = 26;
	row->denominator = 201;
	row->pace_num = 1;
	row->pace_den = 2;
	row->qualifier = "≥";
	row->note = "chậm tiến độ; cần \"đôn đốc\"";
	row = report_add(&r, a, "unit:X", "=cmd|' /C calc'!A0");
	row->since = day_of(2021, 3, 5);
	report_note(&r, a, "Số liệu minh họa.");
	return r;
}

static void test_formats_are_known_by_name(void **state)
{
	(void)state;
	struct fault f;
	enum report_format format = REPORT_TEXT;
	assert_ok(report_format_parse("xlsx", &format, &f));
	assert_int_equal(format, REPORT_XLSX);
	assert_refused(report_format_parse("pdf", &format, &f), E_USAGE, "format", MSG_NOT_CODE);
	assert_int_equal(format, REPORT_XLSX);
}

/* 26/201 = 12,935 %; the pace line is at 50 %, 37,1 points higher. */
static void test_json_has_every_member_and_null_for_what_is_absent(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	struct report r = made_by_hand(&a);
	assert_string_equal(report_json(&r, &a),
		"{\"report\":\"progress\",\"unit\":\"PL\",\"period\":\"2021-H1\",\"as_of\":\"2021-06-30\",\"tree\":\"as_of\",\"rows\":["
		"{\"key\":\"members\",\"label\":\"Đảng viên\",\"value\":9805,\"numerator\":null,\"denominator\":null,\"percent\":null,"
		"\"points\":null,\"qualifier\":null,\"since\":null,\"note\":null},"
		"{\"key\":\"target:assigned\",\"label\":\"Chỉ tiêu giao\",\"value\":26,\"numerator\":26,\"denominator\":201,\"percent\":12.9,"
		"\"points\":-37.1,\"qualifier\":\"≥\",\"since\":null,\"note\":\"chậm tiến độ; cần \\\"đôn đốc\\\"\"},"
		"{\"key\":\"unit:X\",\"label\":\"=cmd|' /C calc'!A0\",\"value\":null,\"numerator\":null,\"denominator\":null,"
		"\"percent\":null,\"points\":null,\"qualifier\":null,\"since\":\"2021-03-05\",\"note\":null}],"
		"\"notes\":[\"Số liệu minh họa.\"]}");
}

static void test_json_of_a_share_of_nothing_has_no_percent(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	struct report r = made_by_hand(&a);
	r.rows[1].numerator = r.rows[1].denominator = 0;
	assert_non_null(strstr(report_json(&r, &a), "\"numerator\":0,\"denominator\":0,\"percent\":null,\"points\":null"));
}

static void test_text_is_aligned_by_what_is_seen_and_writes_a_decimal_comma(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	struct report r = made_by_hand(&a);
	assert_string_equal(report_text(&r, &a),
		"Đảng bộ Phủ Lý (PL)\n"
		"Tiến độ kết nạp\n"
		"Kỳ báo cáo: 6 tháng đầu năm 2021; số liệu tính đến hết ngày 30/06/2021, theo tổ chức tại ngày đó\n"
		"\n"
		"Nội dung            Số lượng  Chỉ tiêu            Tỷ lệ  So với tiến độ (điểm)    Hạn cuối  Ghi chú\n"
		"──────────────────  ────────  ────────  ───────────────  ─────────────────────  ──────────  ───────\n"
		"Đảng viên              9.805\n"
		"  Chỉ tiêu giao           26     ≥ 201  26/201 = 12,9 %                  -37,1              chậm tiến độ; cần \"đôn đốc\"\n"
		"=cmd|' /C calc'!A0                                                              05/03/2021\n"
		"\n"
		"- Số liệu minh họa.\n");
}

static void test_marks_apart_from_their_letters_take_no_room(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	struct report r = made_by_hand(&a);
	r.n = 1;
	r.rows[0].label = "Đa\xCC\x89ng vie\xCC\x82n"; /* 9 signs seen */
	assert_non_null(strstr(report_text(&r, &a), "\nNội dung   Số lượng\n─────────  ────────\n"));
}

static void test_text_in_english_writes_a_decimal_point(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	struct report r = made_by_hand(&a);
	r.lang = LANG_EN;
	const char *text = report_text(&r, &a);
	assert_non_null(strstr(text, "26/201 = 12.9 %"));
	assert_non_null(strstr(text, "9,805"));
}

static void test_a_report_without_rows_says_so(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	struct report r = made_by_hand(&a);
	r.n = 0;
	assert_non_null(strstr(report_text(&r, &a), "Không có số liệu nào trong kỳ này."));
}

/* BOM, ';', CRLF, decimal comma; the formula becomes text, the negative number stays a number. */
static void test_csv_opens_by_double_click_and_cannot_run_anything(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	struct report r = made_by_hand(&a);
	assert_string_equal(report_csv(&r, &a),
		"\xEF\xBB\xBF"
		"Khóa;Nội dung;Số lượng;Chỉ tiêu;Đạt;Trên tổng số;Tỷ lệ (%);So với tiến độ (điểm);Hạn cuối;Ghi chú\r\n"
		"members;Đảng viên;9805;;;;;;;\r\n"
		"target:assigned;Chỉ tiêu giao;26;≥ 201;26;201;12,9;-37,1;;\"chậm tiến độ; cần \"\"đôn đốc\"\"\"\r\n"
		"unit:X;'=cmd|' /C calc'!A0;;;;;;;05/03/2021;\r\n");
}

static void test_every_first_sign_of_a_formula_is_made_harmless(void **state)
{
	(void)state;
	static const char *const labels[] = { "=1", "+1", "-1", "@x", "\tx" };
	for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
		scoped(arena_done) struct arena a = { 0 };
		struct report r = made_by_hand(&a);
		r.rows[0].label = labels[i];
		assert_non_null(strstr(report_csv(&r, &a), arena_printf(&a, "members;'%s;", labels[i])));
	}
}

static void test_our_own_csv_is_read_back_cell_for_cell(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	struct report r = made_by_hand(&a);
	struct text t = TEXT(&a);
	struct fault f;
	const char *csv = report_csv(&r, &a);
	assert_ok(sheet_read_csv(csv, strlen(csv), sheet_rows_add, &t, &f));
	assert_non_null(strstr(t.p, "3: target:assigned|Chỉ tiêu giao|26|≥ 201|26|201|12,9|-37,1||chậm tiến độ; cần \"đôn đốc\"\n"));
}

/* ---- workbooks, read back with our own reader ---- */

struct place {
	char folder[32], path[64];
};

static struct place new_place(void)
{
	struct place p = { .folder = "/tmp/report.??????" };
	memset(strchr(p.folder, '?'), 'X', 6);
	assert_non_null(mkdtemp(p.folder));
	(void)snprintf(p.path, sizeof p.path, "%s/out.xlsx", p.folder);
	return p;
}

/* Fails when anything but the workbook is left in the folder. */
static void remove_place(struct place *p)
{
	(void)unlink(p->path);
	assert_int_equal(rmdir(p->folder), 0);
}

static const char *read_back(const char *path, struct arena *a)
{
	struct text t = TEXT(a);
	struct fault f;
	assert_ok(sheet_read(path, sheet_rows_add, &t, &f));
	return text_str(&t);
}

static enum err add_bytes(void *ctx, const char *bytes, size_t n, bool last, struct fault *f)
{
	(void)last;
	(void)f;
	text_addn(ctx, bytes, n);
	return OK;
}

/* The cells as a spreadsheet program gets them. */
static const char *raw_sheet(const char *path, struct arena *a)
{
	struct text file = TEXT(a), sheet = TEXT(a);
	struct sheet_zip zip;
	struct fault f;
	FILE *in = fopen(path, "rb");
	assert_non_null(in);
	for (int c; (c = getc(in)) != EOF;)
		text_addc(&file, (char)c);
	(void)fclose(in);
	assert_ok(sheet_zip_open(file.p, file.n, &zip, &f));
	assert_ok(sheet_zip_read(&zip, "xl/worksheets/sheet1.xml", add_bytes, &sheet, &f));
	sheet_zip_close(&zip);
	return text_str(&sheet);
}

static void test_the_workbook_has_title_scope_table_and_notes(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	scoped(remove_place) struct place p = new_place();
	struct report r = made_by_hand(&a);
	struct fault f;
	assert_ok(report_xlsx(&r, p.path, &f));
	assert_string_equal(read_back(p.path, &a),
		"1: ĐẢNG BỘ PHỦ LÝ||ĐẢNG CỘNG SẢN VIỆT NAM\n"
		"3: TIẾN ĐỘ KẾT NẠP\n"
		"4: Kỳ báo cáo: 6 tháng đầu năm 2021; số liệu tính đến hết ngày 30/06/2021, theo tổ chức tại ngày đó\n"
		"6: Nội dung|Số lượng|Chỉ tiêu|Tỷ lệ (%)|So với tiến độ (điểm)|Hạn cuối|Ghi chú\n"
		"7: Đảng viên|9805\n"
		"8: Chỉ tiêu giao|26|201|12.9|-37.1||chậm tiến độ; cần \"đôn đốc\"\n"
		"9: =cmd|' /C calc'!A0|||||2021-03-05\n"
		"11: Ghi chú:\n"
		"12: - Số liệu minh họa.\n");
}

static void test_a_column_that_would_repeat_another_is_left_out(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	struct report r = made_by_hand(&a);
	struct grid g = grid_of(&r, GRID_XLSX, &a);
	for (int i = 0; i < g.n; i++)
		assert_true(g.columns[i] != GRID_NUMERATOR && g.columns[i] != GRID_DENOMINATOR);
	r.rows[1].value = 27;
	r.rows[1].qualifier = "200-205";
	g = grid_of(&r, GRID_XLSX, &a);
	assert_int_equal(g.columns[3], GRID_NUMERATOR);
	assert_int_equal(g.columns[4], GRID_DENOMINATOR);
}

static void test_a_workbook_that_cannot_be_written_leaves_nothing_behind(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	scoped(remove_place) struct place p = new_place();
	struct report r = made_by_hand(&a);
	struct fault f;
	assert_refused(report_xlsx(&r, "/tmp/no/such/folder/r.xlsx", &f), E_STORAGE, "file", MSG_SHEET_CANNOT_WRITE);
	assert_int_equal(mkdir(p.path, 0700), 0); /* a folder has the name */
	assert_refused(report_xlsx(&r, p.path, &f), E_STORAGE, "file", MSG_SHEET_CANNOT_WRITE);
	assert_int_equal(rmdir(p.path), 0);
}

static void test_the_error_workbook_gives_the_reasons_in_a_last_column(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	scoped(remove_place) struct place p = new_place();
	const char *headings[] = { "Họ và tên", "Ngày sinh", "Số định danh" };
	struct table_cell cells[] = {
		{ "Nguyễn Thị Hồng", NULL }, { "31/02/1999", "không có trong lịch" }, { "001203004567", NULL },
		{ "Trần Văn Bình", NULL }, { "1/5/2000", NULL }, { "=1+1", "phải có 12 chữ số" },
		{ "Lê Thị Lan", NULL }, { "", "chưa có giá trị" }, { "12", "phải có 12 chữ số" },
	};
	const struct table t = { .title = "Các dòng cần sửa", .headings = headings, .columns = 3, .cells = cells, .rows = 3 };
	struct fault f;
	assert_ok(table_xlsx(&t, p.path, &f));
	assert_string_equal(read_back(p.path, &a),
		"1: Các dòng cần sửa\n"
		"3: Họ và tên|Ngày sinh|Số định danh|Lỗi\n"
		"4: Nguyễn Thị Hồng|31/02/1999|001203004567|Ngày sinh: không có trong lịch\n"
		"5: Trần Văn Bình|1/5/2000|=1+1|Số định danh: phải có 12 chữ số\n"
		"6: Lê Thị Lan||12|Ngày sinh: chưa có giá trị; Số định danh: phải có 12 chữ số\n");
}

static void test_a_plain_table_has_no_column_of_reasons(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	scoped(remove_place) struct place p = new_place();
	const char *headings[] = { "Mã", "Tên" };
	struct table_cell cells[] = { { "PL-01", NULL }, { "Chi bộ 1", NULL } };
	const struct table t = { .headings = headings, .columns = 2, .cells = cells, .rows = 1 };
	struct fault f;
	assert_ok(table_xlsx(&t, p.path, &f));
	assert_string_equal(read_back(p.path, &a), "1: Mã|Tên\n2: PL-01|Chi bộ 1\n");
}

/* What a workbook can sum and sort is no text: the days are serial days, counted from 30/12/1899. */
static void test_numbers_and_days_of_a_table_are_no_text(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	scoped(remove_place) struct place p = new_place();
	const char *headings[] = { "Mã", "Số", "Ngày", "Đạt (%)" };
	struct table_cell cells[] = {
		{ "001", NULL }, { "12", NULL }, { "02/01/1970", NULL }, { "133,3", NULL },
		{ "002", NULL }, { "3–5", NULL }, { "", NULL }, { "12,", NULL },
		{ "003", NULL }, { "", NULL }, { "không rõ", NULL }, { "100", NULL },
		{ "004", NULL }, { "9999999999999999", NULL }, { "=1+1", NULL }, { "1,2,3", NULL },
	};
	static const enum table_kind kinds[] = { TABLE_TEXT, TABLE_NUMBER, TABLE_DAY, TABLE_DECIMAL };
	const struct table t = { .headings = headings, .columns = 4, .cells = cells, .rows = 4, .kinds = kinds };
	struct fault f;
	assert_ok(table_xlsx(&t, p.path, &f));
	const char *sheet = raw_sheet(p.path, &a);
	assert_non_null(strstr(sheet, "t=\"inlineStr\"><is><t>001</t></is></c>"));
	assert_non_null(strstr(sheet, "<v>12</v></c>"));
	assert_non_null(strstr(sheet, "<v>25570</v></c>"));
	assert_non_null(strstr(sheet, "<v>133.3</v></c>"));
	assert_non_null(strstr(sheet, "<v>100</v></c>"));
	assert_non_null(strstr(sheet, "<t>12,</t>"));
	assert_non_null(strstr(sheet, "<t>1,2,3</t>"));
	assert_non_null(strstr(sheet, "<t>3–5</t>"));
	assert_non_null(strstr(sheet, "<t>không rõ</t>"));
	assert_non_null(strstr(sheet, "<t>9999999999999999</t>"));
	assert_non_null(strstr(sheet, "<t>=1+1</t>"));
	assert_string_equal(read_back(p.path, &a), "1: Mã|Số|Ngày|Đạt (%)\n2: 001|12|1970-01-02|133.3\n3: 002|3–5||12,\n"
		"4: 003||không rõ|100\n5: 004|9999999999999999|=1+1|1,2,3\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_formats_are_known_by_name),
		cmocka_unit_test(test_json_has_every_member_and_null_for_what_is_absent),
		cmocka_unit_test(test_json_of_a_share_of_nothing_has_no_percent),
		cmocka_unit_test(test_text_is_aligned_by_what_is_seen_and_writes_a_decimal_comma),
		cmocka_unit_test(test_marks_apart_from_their_letters_take_no_room),
		cmocka_unit_test(test_text_in_english_writes_a_decimal_point),
		cmocka_unit_test(test_a_report_without_rows_says_so),
		cmocka_unit_test(test_csv_opens_by_double_click_and_cannot_run_anything),
		cmocka_unit_test(test_every_first_sign_of_a_formula_is_made_harmless),
		cmocka_unit_test(test_our_own_csv_is_read_back_cell_for_cell),
		cmocka_unit_test(test_the_workbook_has_title_scope_table_and_notes),
		cmocka_unit_test(test_a_column_that_would_repeat_another_is_left_out),
		cmocka_unit_test(test_a_workbook_that_cannot_be_written_leaves_nothing_behind),
		cmocka_unit_test(test_the_error_workbook_gives_the_reasons_in_a_last_column),
		cmocka_unit_test(test_a_plain_table_has_no_column_of_reasons),
		cmocka_unit_test(test_numbers_and_days_of_a_table_are_no_text),
	};
	return RUN(tests);
}
