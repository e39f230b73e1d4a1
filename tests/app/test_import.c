/* Lists of organisations, people, targets, classes and facts as a whole: all rows or none. */
#include "import_place.h"

#include "domain/target.h"
#include "office/sheet.h"

#include <xlsxwriter.h>

#define PEOPLE "Mã tổ chức;Họ và tên;Ngày sinh;Giới tính;Số định danh;Ngày QĐ kết nạp;Số QĐ;Ngày kết nạp;Ngày chính thức\n"

static const char *data_file(struct place *w, const char *name)
{
	return arena_printf(&w->arena, "%s/tests/app/data/%s", getenv("NGUON_SOURCE"), name);
}

/* ---- organisations ---- */

static void test_children_may_stand_above_their_parents(void **state)
{
	struct place *w = *state;
	import_text(w, "units", UNITS);
	assert_stored(w, 4, 0);
	struct unit *branch;
	struct fault f;
	assert_ok(app_unit(&w->app, "tn-01-a", "unit", &branch, &f));
	struct unit_id above = unit_parent(branch, w->app.today);
	assert_string_equal(tree_find(&w->app.tree, above)->code, "TN-01");
	assert_string_equal(unit_name(branch, w->app.today), "Chi bộ Thôn Đông");
}

static void test_unknown_parent_is_named_with_its_row(void **state)
{
	struct place *w = *state;
	import_text(w, "units", UNITS "TN-09-A;Chi bộ Lạc;Chi bộ trực thuộc;TN-09;01/07/2005;\n");
	assert_int_equal(w->report.errors.n, 1);
	assert_error(w, 0, 6, "Mã cấp trên", "TN-09", MSG_UNIT_CODE_UNKNOWN);
	assert_false(w->report.stored);
	assert_int_equal(entries(w), 0);
	assert_int_equal(w->app.tree.n, 0);
}

static void test_rows_below_a_refused_organisation_point_to_it(void **state)
{
	struct place *w = *state;
	import_text(w, "units", "Mã tổ chức;Tên tổ chức;Loại;Mã cấp trên;Ngày thành lập\n"
		"TN-01;Chi bộ Thôn Đông;Chi bộ;TN;01/07/2005\n"
		"TN;Đảng bộ xã Thử Nghiệm;Đảng bộ làng;;01/01/1990\n");
	assert_int_equal(w->report.errors.n, 2);
	assert_error(w, 0, 2, "Mã cấp trên", "TN", MSG_IMPORT_PARENT_REFUSED);
	assert_error(w, 1, 3, "Loại", "Đảng bộ làng", MSG_NOT_CODE);
}

static void test_organisations_above_each_other_are_refused(void **state)
{
	struct place *w = *state;
	import_text(w, "units", "Mã tổ chức;Tên tổ chức;Loại;Mã cấp trên;Ngày thành lập\n"
		"A;Đảng bộ A;Đảng bộ cơ sở;B;01/07/2005\n"
		"B;Đảng bộ B;Đảng bộ cơ sở;A;01/01/1990\n");
	assert_int_equal(w->report.refused_total, 2);
	assert_error(w, 0, 2, "Mã cấp trên", "B", MSG_IMPORT_RING);
	assert_error(w, 1, 3, "Mã cấp trên", "A", MSG_IMPORT_RING);
}

/* ---- people ---- */

static void test_workbook_of_libreoffice(void **state)
{
	struct place *w = *state;
	import_file(w, "people", data_file(w, "people_libreoffice.xlsx"));
	assert_stored(w, 3, 0);
	assert_int_equal(w->report.rows, 3);
	assert_int_equal(w->report.totals, 2);
	struct facts man = facts_of(w, "Lê Văn Thử"), woman = facts_of(w, "Phạm Thị Mẫu");
	assert_string_equal(value_of(&man, "birth"), "1990-02-01");
	assert_string_equal(value_of(&man, "sex"), "male");
	assert_string_equal(step_day(w, &man, "certificate"), "2021-05-10");
	assert_string_equal(facts_last(&man, "certificate", DAY_NONE)->paper_no, "12/GCN");
	assert_string_equal(facts_last(&man, "decision", DAY_NONE)->paper_no, "45-QĐ/ĐU");
	assert_string_equal(value_of(&woman, "sex"), "female");
	assert_string_equal(value_of(&woman, "birth"), "1995-08-19");
	assert_string_equal(value_of(&woman, "id_number"), "038195000123");
	assert_string_equal(step_day(w, &woman, "ceremony"), "");
}

static void test_warnings_name_unused_columns_and_restored_numbers(void **state)
{
	struct place *w = *state;
	import_file(w, "people", data_file(w, "people_libreoffice.xlsx"));
	assert_int_equal(w->report.warned[MSG_IMPORT_COLUMN_UNUSED], 1);
	const struct import_problem *unused = &w->report.warnings.v[0], *restored = &w->report.warnings.v[1];
	assert_int_equal(unused->fault.msg, MSG_IMPORT_COLUMN_UNUSED);
	assert_string_equal(unused->heading, "Quê quán");
	assert_int_equal(restored->fault.msg, MSG_IMPORT_ID_RESTORED);
	assert_int_equal(restored->row, 8);
	assert_string_equal(restored->value, "38195000123");
}

static void test_workbook_of_another_program_in_english(void **state)
{
	struct place *w = *state;
	import_file(w, "people", data_file(w, "people_xlsxwriter.xlsx"));
	assert_stored(w, 2, 0);
	struct facts woman = facts_of(w, "Trần Thị Giả Định"), man = facts_of(w, "Ngô Văn Tưởng Tượng");
	assert_string_equal(value_of(&woman, "education"), "university");
	assert_string_equal(value_of(&woman, "youth"), "yes");
	assert_string_equal(step_day(w, &woman, "ceremony"), "2023-06-01");
	assert_string_equal(step_day(w, &woman, "recognition"), "2024-06-01");
	assert_string_equal(value_of(&man, "youth"), "no");
	assert_string_equal(step_day(w, &man, "recognition"), "");
}

static void test_every_encoding_and_separator_gives_the_same_people(void **state)
{
	static const char *const files[] = { "people_windows1258.csv", "people_utf16_tabs.csv", "people_semicolons.csv" };
	struct place *w = *state;
	for (int i = 0; i < 3; i++) {
		import_file(w, "people", data_file(w, files[i]));
		assert_stored(w, i ? 0 : 2, i ? 2 : 0);
	}
	struct facts facts = facts_of(w, "Đặng Thị Thử Chữ");
	assert_string_equal(value_of(&facts, "name"), "Đặng Thị Thử Chữ");
	assert_string_equal(value_of(&facts, "occupation"), "public_service");
	assert_string_equal(step_day(w, &facts, "on_list"), "2024-02-05");
}

static void test_old_member_with_decision_and_ceremony_only(void **state)
{
	struct place *w = *state;
	import_text(w, "people", "Ma to chuc;Ho va ten;Ngay QD ket nap;Ngay ket nap\nTN-01-A;Vũ Đã Lâu;03/02/1985;19/05/1985\n");
	assert_stored(w, 1, 0);
	struct facts facts = facts_of(w, "Vũ Đã Lâu");
	assert_string_equal(step_day(w, &facts, "decision"), "1985-02-03");
	assert_string_equal(step_day(w, &facts, "ceremony"), "1985-05-19");
	assert_string_equal(step_day(w, &facts, "on_list"), "");
	assert_string_equal(value_of(&facts, "birth"), "");
	assert_int_equal(w->report.warned[MSG_STANDING_BEFORE_UNIT], 2);
}

static const char *thousand_people(struct place *w)
{
	struct text t = TEXT(&w->arena);
	text_add(&t, PEOPLE);
	for (int i = 2; i <= 1001; i++) {
		const char *birth = i == 17 ? "31/02/1990" : "05/06/1990", *sex = i == 500 ? "Nan" : "Nam",
			*unit = i == 1001 ? "TN-77" : "TN-01-A";
		text_addf(&t, "%s;Người Thứ Số%d;%s;%s;03809000%04d;;;;\n", unit, i, birth, sex, i);
	}
	return text_str(&t);
}

static void test_three_bad_rows_in_a_thousand_store_nothing(void **state)
{
	struct place *w = *state;
	int64_t before = entries(w);
	import_text(w, "people", thousand_people(w));
	assert_int_equal(w->report.rows, 1000);
	assert_int_equal(w->report.errors.total, 3);
	assert_int_equal(w->report.refused_total, 3);
	assert_error(w, 0, 17, "Ngày sinh", "31/02/1990", MSG_DAY_IMPOSSIBLE);
	assert_error(w, 1, 500, "Giới tính", "Nan", MSG_NOT_CODE);
	assert_error(w, 2, 1001, "Mã tổ chức", "TN-77", MSG_UNIT_CODE_UNKNOWN);
	assert_false(w->report.stored);
	assert_int_equal(entries(w), before);
}

static void test_problem_in_one_line_says_where_what_and_why(void **state)
{
	struct place *w = *state;
	import_text(w, "people", thousand_people(w));
	assert_string_equal(import_problem_text(&w->report.errors.v[0], LANG_EN, &w->arena),
		"row 17, column C \"Ngày sinh\", value \"31/02/1990\": the day \"31/02/1990\" is not in the calendar (1900-01-01 to 2199-12-31)");
}

static void test_every_bad_cell_of_a_row_is_reported(void **state)
{
	struct place *w = *state;
	import_text(w, "people", PEOPLE "TN-01-A;;1990;Nam;;hôm qua;;;\n");
	assert_int_equal(w->report.errors.n, 3);
	assert_int_equal(w->report.refused_total, 1);
	assert_error(w, 0, 2, "Họ và tên", "", MSG_REQUIRED);
	assert_error(w, 1, 2, "Ngày sinh", "1990", MSG_IMPORT_DAY_PART);
	assert_error(w, 2, 2, "Ngày QĐ kết nạp", "hôm qua", MSG_DAY_FORMAT);
}

static void test_same_file_twice_changes_nothing(void **state)
{
	struct place *w = *state;
	const char *list = PEOPLE "TN-01-A;Lê Văn Thử;1/2/1990;Nam;038090123456;1/3/2022;45-QĐ/ĐU;20/3/2022;\n"
				  "TN-01-B;Ngô Văn Khác;1/2/1990;Nam;;;;;\n";
	import_text(w, "people", list);
	int64_t after_first = entries(w);
	assert_stored(w, 2, 0);
	import_text(w, "people", list);
	assert_stored(w, 0, 2);
	assert_int_equal(entries(w), after_first);
	import_text(w, "units", UNITS);
	assert_stored(w, 0, 4);
	assert_int_equal(entries(w), after_first);
}

static void test_dry_run_checks_all_and_stores_nothing(void **state)
{
	struct place *w = *state;
	int64_t before = entries(w);
	struct fault f;
	const char *path = write_list(w, "list.csv", PEOPLE "TN-01-A;Lê Văn Thử;1/2/1990;Nam;;;;;\n");
	assert_ok(run_file(w, "people", path, true));
	assert_int_equal(w->report.added, 1);
	assert_int_equal(w->report.refused_total, 0);
	assert_false(w->report.stored);
	assert_int_equal(entries(w), before);
	import_file(w, "people", path);
	assert_stored(w, 1, 0);
}

static void test_ceremony_before_decision_is_refused_with_its_rule(void **state)
{
	struct place *w = *state;
	import_text(w, "people", PEOPLE "TN-01-A;Lê Văn Thử;1/2/1990;Nam;;20/3/2022;45-QĐ/ĐU;1/3/2022;\n");
	assert_int_equal(w->report.errors.n, 1);
	assert_string_equal(w->report.errors.v[0].heading, "Ngày kết nạp");
	assert_string_not_equal(w->report.errors.v[0].fault.rule, "");
}

/* ---- targets, classes, facts ---- */

struct targets {
	struct arena arena;
	struct targets_after_row v[8];
	int n;
};

static enum err see_target(void *ctx, const struct targets_after_row *row, struct fault *f)
{
	struct targets *t = ctx;
	(void)f;
	assert_true(t->n < 8);
	t->v[t->n] = *row;
	t->v[t->n].indicator = arena_strdup(&t->arena, row->indicator);
	t->v[t->n++].kind = arena_strdup(&t->arena, row->kind);
	return OK;
}

static void test_targets_of_every_wording(void **state)
{
	struct place *w = *state;
	struct targets t = { 0 };
	struct fault f;
	import_text(w, "targets", "Mã tổ chức;Nội dung chỉ tiêu;Loại chỉ tiêu;Năm;Chỉ tiêu\n"
		"TN;;Giao;2024;205\nTN;;Phấn đấu;2024;≥ 210\nTN;;Nhiệm kỳ;2020-2025;1000 trở lên\n"
		"TN;Tỷ lệ kết nạp so với tổng số đảng viên năm trước;giao;Năm 2024;3-4%\n");
	assert_stored(w, 4, 0);
	assert_ok(q_targets_after(w->app.db, (struct target_id){ 0 }, see_target, &t, &f));
	assert_int_equal(t.n, 4);
	assert_int_equal(t.v[0].low_milli, 205000);
	assert_false(t.v[0].at_least);
	assert_string_equal(t.v[0].indicator, "admitted");
	assert_string_equal(t.v[1].kind, "own");
	assert_true(t.v[1].at_least);
	assert_true(day_equal(t.v[2].from_on, day_of(2020, 1, 1)) && day_equal(t.v[2].to_on, day_of(2025, 12, 31)));
	assert_int_equal(t.v[3].low_milli, 3000);
	assert_int_equal(t.v[3].high_milli, 4000);
	assert_string_equal(t.v[3].indicator, "admitted_rate");
	arena_done(&t.arena);
}

static void test_percentage_of_what_is_counted_is_refused(void **state)
{
	struct place *w = *state;
	import_text(w, "targets", "Mã tổ chức;Loại chỉ tiêu;Năm;Chỉ tiêu\nTN;giao;2024;3-4%\nTN;giao;2024;nhiều\n");
	assert_error(w, 0, 2, "Chỉ tiêu", "3-4%", MSG_IMPORT_TARGET_PERCENT);
	assert_error(w, 1, 3, "Chỉ tiêu", "nhiều", MSG_IMPORT_TARGET);
}

#define CLASSES "Mã lớp;Mã tổ chức;Loại lớp;Tên lớp;Ngày khai giảng;Ngày bế giảng\n" \
	"L1;TN;Bồi dưỡng nhận thức về Đảng;Lớp thứ nhất năm 2022;05/05/2022;09/05/2022\n"

static void test_classes_and_people_who_went(void **state)
{
	struct place *w = *state;
	import_text(w, "classes", CLASSES);
	assert_stored(w, 1, 0);
	import_text(w, "classes", CLASSES);
	assert_stored(w, 0, 1);
	import_text(w, "people", "Mã tổ chức;Họ và tên;Mã lớp;Ngày cấp GCN\nTN-01-A;Lê Văn Thử;L1;20/05/2022\n");
	assert_stored(w, 1, 0);
	struct facts facts = facts_of(w, "Lê Văn Thử");
	assert_string_equal(step_day(w, &facts, "class"), "2022-05-05");
	assert_string_equal(step_day(w, &facts, "certificate"), "2022-05-20");
}

static void people_for_facts(struct place *w)
{
	import_text(w, "people", "Mã tổ chức;Họ và tên;Ngày sinh;Số định danh;Trình độ học vấn\n"
		"TN-01-A;Lê Văn Thử;1/2/1990;038090123456;THPT\nTN-01-B;Phạm Thị Mẫu;19/8/1995;;THPT\n");
	assert_stored(w, 2, 0);
}

static void test_facts_by_number_or_by_name_birth_and_unit(void **state)
{
	struct place *w = *state;
	people_for_facts(w);
	import_text(w, "facts", "Số định danh;Họ và tên;Ngày sinh;Mã tổ chức;Bước;Giá trị;Ngày\n"
		"038090123456;;;;Vào danh sách cảm tình Đảng;;05/02/2022\n"
		";PHẠM THỊ MẪU;19/08/1995;TN-01-B;on_list;;06/02/2022\n"
		";Phạm Thị Mẫu;34930;TN-01-B;Trình độ chuyên môn;Thạc sĩ;01/01/2023\n");
	assert_stored(w, 3, 0);
	struct facts man = facts_of(w, "Lê Văn Thử"), woman = facts_of(w, "Phạm Thị Mẫu");
	assert_string_equal(step_day(w, &man, "on_list"), "2022-02-05");
	assert_string_equal(step_day(w, &woman, "on_list"), "2022-02-06");
	assert_string_equal(value_of(&woman, "education"), "master");
}

static void test_vote_of_a_fact_keeps_its_counts(void **state)
{
	struct place *w = *state;
	people_for_facts(w);
	import_text(w, "facts", "Số định danh;Loại sự kiện;Ngày;Số văn bản;Tổng số được biểu quyết;Tán thành;Không tán thành\n"
		"038090123456;branch_vote;10/06/2024;7-NQ/CB;12;11;1\n");
	assert_stored(w, 1, 0);
	struct facts facts = facts_of(w, "Lê Văn Thử");
	const struct fact *vote = facts_last(&facts, "branch_vote", DAY_NONE);
	assert_non_null(vote);
	assert_true(vote->has_vote);
	assert_int_equal(vote->vote.members, 12);
	assert_int_equal(vote->vote.yes, 11);
	assert_string_equal(vote->paper_no, "7-NQ/CB");
}

static void test_fact_of_nobody_is_refused(void **state)
{
	struct place *w = *state;
	people_for_facts(w);
	import_text(w, "facts", "Số định danh;Họ và tên;Ngày sinh;Mã tổ chức;Bước;Ngày\n"
		"038090999999;;;;on_list;05/02/2022\n"
		";Lê Văn Thử;1/2/1990;TN-01-B;on_list;05/02/2022\n"
		";Lê Văn Thử;;TN-01-A;on_list;05/02/2022\n"
		"038090123456;;;;Lên chức;05/02/2022\n");
	assert_int_equal(w->report.errors.n, 4);
	assert_error(w, 0, 2, "Số định danh", "038090999999", MSG_IMPORT_NO_SUCH_NUMBER);
	assert_error(w, 1, 3, "Họ và tên", "Lê Văn Thử", MSG_IMPORT_NO_SUCH_PERSON);
	assert_error(w, 2, 4, "Số định danh", "", MSG_IMPORT_WHO);
	assert_error(w, 3, 5, "Bước", "Lên chức", MSG_IMPORT_FACT_KIND);
}

/* ---- files ---- */

static void test_what_is_no_list_is_refused_with_its_reason(void **state)
{
	struct place *w = *state;
	assert_int_equal(run_file(w, "people", write_list(w, "only_heading.csv", PEOPLE), false), E_INVALID);
	assert_int_equal(w->fault.msg, MSG_IMPORT_NO_ROWS);
	assert_int_equal(run_file(w, "people", write_list(w, "no_heading.csv", "a;b\n1;2\n"), false), E_INVALID);
	assert_int_equal(w->fault.msg, MSG_IMPORT_NO_HEADING);
	assert_int_not_equal(run_file(w, "people", write_list(w, "empty.csv", ""), false), OK);
	assert_int_not_equal(run_file(w, "people", write_list(w, "text.xlsx", PEOPLE), false), OK);
	assert_int_not_equal(run_file(w, "people", "/nowhere/list.csv", false), OK);
	assert_int_equal(run_file(w, "peoples", "/nowhere/list.csv", false), E_USAGE);
	assert_false(w->app.in_transaction);
}

static void test_missing_column_is_named(void **state)
{
	struct place *w = *state;
	assert_int_equal(run_file(w, "people", write_list(w, "list.csv", "Họ và tên;Ngày sinh\nA;1/1/1990\n"), false), E_INVALID);
	assert_int_equal(w->fault.msg, MSG_IMPORT_NO_HEADING);
	assert_string_equal(w->fault.arg[0], "Mã tổ chức");
	assert_string_equal(w->fault.arg[1], "Họ và tên, Ngày sinh");
}

static const char *half_of(struct place *w, const char *path)
{
	char bytes[4096];
	const char *half = arena_printf(&w->arena, "%s/half.xlsx", w->dir);
	FILE *in = fopen(path, "rb"), *out = fopen(half, "wb");
	assert_true(in && out);
	size_t n = fread(bytes, 1, sizeof bytes, in);
	assert_int_equal(fwrite(bytes, 1, n / 2, out), n / 2);
	assert_int_equal(fclose(in) | fclose(out), 0);
	return half;
}

static void test_half_a_file_stores_nothing(void **state)
{
	struct place *w = *state;
	int64_t before = entries(w);
	assert_int_not_equal(run_file(w, "people", half_of(w, data_file(w, "people_xlsxwriter.xlsx")), false), OK);
	assert_int_equal(entries(w), before);
	assert_false(w->app.in_transaction);
}

static const char *workbook_with_broken_formulas(struct place *w)
{
	const char *path = arena_printf(&w->arena, "%s/broken.xlsx", w->dir);
	static const char *const cells[2][4] = { { "Mã tổ chức", "Họ và tên", "Ngày sinh", "Ghi chú" }, { "TN-01-A", "Lê Văn Thử" } };
	lxw_workbook *book = workbook_new(path);
	lxw_worksheet *sheet = workbook_add_worksheet(book, NULL);
	for (int r = 0; r < 2; r++)
		for (int c = 0; c < 4 && cells[r][c]; c++)
			assert_int_equal(worksheet_write_string(sheet, (lxw_row_t)r, (lxw_col_t)c, cells[r][c], NULL), 0);
	assert_int_equal(worksheet_write_formula_str(sheet, 1, 2, "=NA()", NULL, "#N/A"), 0);
	assert_int_equal(worksheet_write_formula_str(sheet, 1, 3, "=NA()", NULL, "#N/A"), 0);
	assert_int_equal(workbook_close(book), 0);
	return path;
}

static void test_broken_formula_matters_only_in_a_column_that_is_used(void **state)
{
	struct place *w = *state;
	import_file(w, "people", workbook_with_broken_formulas(w));
	assert_int_equal(w->report.errors.n, 1);
	assert_error(w, 0, 2, "Ngày sinh", "#N/A", MSG_IMPORT_CELL_PROBLEM);
}

/* ---- the workbook of refused rows ---- */

struct seen {
	struct arena arena;
	const char *text[8][16];
	int rows;
};

static enum err see_row(void *ctx, const struct sheet_row *row, int64_t done, int64_t total, struct fault *f)
{
	struct seen *s = ctx;
	(void)done, (void)total, (void)f;
	assert_true(s->rows < 8 && row->n <= 16);
	for (int c = 0; c < row->n; c++)
		s->text[s->rows][c] = arena_strdup(&s->arena, row->cells[c].text ? row->cells[c].text : "");
	s->rows++;
	return OK;
}

static void test_refused_rows_come_back_as_a_workbook(void **state)
{
	struct place *w = *state;
	struct fault f;
	struct seen seen = { 0 };
	const char *path = arena_printf(&w->arena, "%s/errors.xlsx", w->dir);
	import_text(w, "people", thousand_people(w));
	assert_ok(import_errors_xlsx(&w->report, path, &f));
	assert_ok(sheet_read(path, see_row, &seen, &f));
	int heading = seen.rows - 4;
	assert_true(heading >= 0);
	assert_string_equal(seen.text[heading][0], "Dòng gốc");
	assert_string_equal(seen.text[heading][3], "Ngày sinh");
	assert_string_equal(seen.text[heading][10], "Lỗi");
	assert_string_equal(seen.text[heading + 1][0], "17");
	assert_string_equal(seen.text[heading + 1][3], "31/02/1990");
	assert_string_equal(seen.text[heading + 2][2], "Người Thứ Số500");
	assert_non_null(strstr(seen.text[heading + 3][10], "TN-77"));
	arena_done(&seen.arena);
}

static void test_workbook_of_refused_rows_can_be_sent_back(void **state)
{
	struct place *w = *state;
	struct fault f;
	const char *path = arena_printf(&w->arena, "%s/errors.xlsx", w->dir);
	import_text(w, "people", thousand_people(w));
	assert_ok(import_errors_xlsx(&w->report, path, &f));
	import_file(w, "people", path);
	assert_int_equal(w->report.rows, 3);
	assert_int_equal(w->report.refused_total, 3);
	assert_int_equal(w->report.warnings.total, 0);
	assert_int_equal(w->report.errors.v[0].fault.msg, MSG_DAY_IMPOSSIBLE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_EMPTY(test_children_may_stand_above_their_parents),
		IN_EMPTY(test_unknown_parent_is_named_with_its_row),
		IN_EMPTY(test_rows_below_a_refused_organisation_point_to_it),
		IN_EMPTY(test_organisations_above_each_other_are_refused),
		IN_COMMUNE(test_workbook_of_libreoffice),
		IN_COMMUNE(test_warnings_name_unused_columns_and_restored_numbers),
		IN_COMMUNE(test_workbook_of_another_program_in_english),
		IN_COMMUNE(test_every_encoding_and_separator_gives_the_same_people),
		IN_COMMUNE(test_old_member_with_decision_and_ceremony_only),
		IN_COMMUNE(test_three_bad_rows_in_a_thousand_store_nothing),
		IN_COMMUNE(test_problem_in_one_line_says_where_what_and_why),
		IN_COMMUNE(test_every_bad_cell_of_a_row_is_reported),
		IN_COMMUNE(test_same_file_twice_changes_nothing),
		IN_COMMUNE(test_dry_run_checks_all_and_stores_nothing),
		IN_COMMUNE(test_ceremony_before_decision_is_refused_with_its_rule),
		IN_COMMUNE(test_targets_of_every_wording),
		IN_COMMUNE(test_percentage_of_what_is_counted_is_refused),
		IN_COMMUNE(test_classes_and_people_who_went),
		IN_COMMUNE(test_facts_by_number_or_by_name_birth_and_unit),
		IN_COMMUNE(test_vote_of_a_fact_keeps_its_counts),
		IN_COMMUNE(test_fact_of_nobody_is_refused),
		IN_COMMUNE(test_what_is_no_list_is_refused_with_its_reason),
		IN_COMMUNE(test_missing_column_is_named),
		IN_COMMUNE(test_half_a_file_stores_nothing),
		IN_COMMUNE(test_broken_formula_matters_only_in_a_column_that_is_used),
		IN_COMMUNE(test_refused_rows_come_back_as_a_workbook),
		IN_COMMUNE(test_workbook_of_refused_rows_can_be_sent_back),
	};
	return RUN(tests);
}
