#include "sheet_rows.h"

#include "office/sheet_kind.h"
#include "office/sheet_number.h"
#include "office/sheet_strings.h"
#include "office/sheet_styles.h"

#include <stdlib.h>
#include <unistd.h>
#include <xlsxwriter.h>
#include <zip.h>

/* ---- files made part by part */

struct part {
	const char *name, *text;
};

static const struct part relationships = { "_rels/.rels",
	"<Relationships><Relationship Id=\"r1\" Type=\"http://x/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>" };
static const struct part book = { "xl/workbook.xml",
	"<workbook><sheets><sheet name=\"A\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>" };
static const struct part book_relationships = { "xl/_rels/workbook.xml.rels",
	"<Relationships><Relationship Id=\"r1\" Type=\"http://x/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
	"<Relationship Id=\"r2\" Type=\"http://x/worksheet\" Target=\"/xl/worksheets/sheet2.xml\"/>"
	"<Relationship Id=\"r3\" Type=\"http://x/sharedStrings\" Target=\"sharedStrings.xml\"/>"
	"<Relationship Id=\"r4\" Type=\"http://x/styles\" Target=\"styles.xml\"/></Relationships>" };
static const struct part strings = { "xl/sharedStrings.xml",
	"<sst><si><t>Họ và tên</t></si><si><r><t>Chi </t></r><r><rPr><b/></rPr><t>bộ</t></r><rPh sb=\"0\" eb=\"1\"><t>doc</t></rPh></si>"
	"<si><t xml:space=\"preserve\"> có  trống </t></si><si><t>a_x000A_b_x005F_c_x0001_</t></si></sst>" };
static const struct part styles = { "xl/styles.xml",
	"<styleSheet><numFmts count=\"2\"><numFmt numFmtId=\"164\" formatCode=\"dd/mm/yyyy;@\"/>"
	"<numFmt numFmtId=\"165\" formatCode=\"0.00&quot; dạy&quot;\"/></numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>"
	"<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/><xf numFmtId=\"165\"/></cellXfs></styleSheet>" };

enum { PARTS = 8, FILE_MAX = 1 << 20 };

struct file {
	char *bytes;
	size_t n;
};

static void free_file(struct file *file)
{
	free(file->bytes);
}

/* Moves what libzip wrote into memory that outlives the source. */
static struct file take(zip_source_t *source)
{
	struct file file = { .bytes = malloc(FILE_MAX) };
	assert_non_null(file.bytes);
	assert_int_equal(zip_source_open(source), 0);
	file.n = (size_t)zip_source_read(source, file.bytes, FILE_MAX);
	assert_true(file.n > 0 && file.n < FILE_MAX);
	assert_int_equal(zip_source_close(source), 0);
	zip_source_free(source);
	return file;
}

static struct file zip_parts(const struct part *parts)
{
	zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, NULL);
	zip_t *zip = zip_open_from_source(source, ZIP_TRUNCATE, NULL);
	assert_non_null(zip);
	zip_source_keep(source);
	for (const struct part *p = parts; p->name; p++) {
		zip_source_t *text = zip_source_buffer(zip, p->text, strlen(p->text), 0);
		assert_true(zip_file_add(zip, p->name, text, ZIP_FL_OVERWRITE) >= 0);
	}
	assert_int_equal(zip_close(zip), 0);
	return take(source);
}

static struct file workbook(const char *sheet)
{
	const struct part parts[PARTS] = {
		relationships, book, book_relationships, strings, styles, { "xl/worksheets/sheet1.xml", sheet },
	};
	return zip_parts(parts);
}

#define SHEET(rows) "<worksheet><sheetData>" rows "</sheetData></worksheet>"

static void assert_file(const struct file *file, const char *expected)
{
	scoped(arena_done) struct arena a = { 0 };
	struct text t = TEXT(&a);
	struct fault f;
	assert_ok(sheet_read_xlsx(file->bytes, file->n, sheet_rows_add, &t, &f));
	assert_string_equal(text_str(&t), expected);
}

static void assert_sheet(const char *sheet, const char *expected)
{
	scoped(free_file) struct file file = workbook(sheet);
	assert_file(&file, expected);
}

static struct fault file_refusal(const void *bytes, size_t n)
{
	scoped(arena_done) struct arena a = { 0 };
	struct text t = TEXT(&a);
	struct fault f = { 0 };
	assert_int_not_equal(sheet_read_xlsx(bytes, n, sheet_rows_add, &t, &f), OK);
	assert_string_equal(f.field, "file");
	return f;
}

static struct fault refusal(const char *sheet)
{
	scoped(free_file) struct file file = workbook(sheet);
	return file_refusal(file.bytes, file.n);
}

static struct fault parts_refusal(const struct part *parts)
{
	scoped(free_file) struct file file = zip_parts(parts);
	return file_refusal(file.bytes, file.n);
}

/* ---- cells */

static void test_shared_strings_join_their_runs_and_leave_out_phonetics(void **state)
{
	(void)state;
	assert_sheet(SHEET("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c>"
		"<c r=\"C1\" t=\"s\"><v>2</v></c></row>"),
		"1: Họ và tên|Chi bộ| có  trống \n");
}

static void test_escaped_line_breaks_are_undone_and_escaped_controls_are_not(void **state)
{
	(void)state;
	assert_sheet(SHEET("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>3</v></c></row>"), "1: a\nb_c_x0001_\n");
}

static void test_inline_strings_and_formula_texts_are_read(void **state)
{
	(void)state;
	assert_sheet(SHEET("<row r=\"1\"><c t=\"inlineStr\"><is><r><t>Đảng </t></r><r><t>bộ</t></r><rPh><t>no</t></rPh></is></c>"
			   "<c t=\"str\"><f>A1&amp;\"x\"</f><v>Đảng bộx</v></c></row>"),
		"1: Đảng bộ|Đảng bộx\n");
}

static void test_whole_numbers_come_out_with_all_their_digits(void **state)
{
	(void)state;
	assert_sheet(SHEET("<row r=\"1\"><c><v>123456789012</v></c><c><v>1.23456789012E11</v></c><c><v>12</v></c><c><v>-3</v></c></row>"),
		"1: 123456789012|123456789012|12|-3\n");
}

static void test_fractions_come_out_as_shown_on_the_screen(void **state)
{
	(void)state;
	static const char *const cases[][2] = {
		{ "96.799999999999997", "96.8" }, { "0.10000000000000001", "0.1" }, { "1E-3", "0.001" }, { "-2.50", "-2.5" },
		{ "0.99999999999999999", "1" },
		{ "1234567890123456789", "1234567890123456789" }, { "0", "0" }, { "-0", "0" }, { "12.0", "12" }, { "1.5e+2", "150" },
		{ ".5", "0.5" },
		{ "9.9999999999999995E-2", "0.1" }, { "", "" }, { "1E999", "1E999" }, { "1,5", "1,5" }, { "NaN", "NaN" },
		{ "1.2.3", "1.2.3" }, { "-", "-" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		scoped(arena_done) struct arena a = { 0 };
		assert_string_equal(sheet_number_text(cases[i][0], &a), cases[i][1]);
	}
}

static void test_dates_come_out_as_days_by_their_style(void **state)
{
	(void)state;
	/* 45377 is 26/3/2024; style 1 is built in, 2 is dd/mm/yyyy, 3 only has letters of a date in quotes */
	assert_sheet(SHEET("<row r=\"1\"><c s=\"0\"><v>45377</v></c><c s=\"1\"><v>45377</v></c><c s=\"2\"><v>45377.75</v></c>"
		"<c s=\"3\"><v>45377</v></c>"
			   "<c s=\"99\"><v>45377</v></c><c t=\"d\"><v>2024-03-26T00:00:00</v></c></row>"),
		"1: 45377|2024-03-26|2024-03-26|45377|45377|2024-03-26\n");
}

static void test_a_date_style_on_no_day_of_the_calendar_leaves_the_number(void **state)
{
	(void)state;
	assert_sheet(SHEET("<row r=\"1\"><c s=\"1\"><v>0.5</v></c><c s=\"1\"><v>60</v></c><c s=\"1\"><v>-4</v></c>"
		"<c s=\"1\"><v>9999999</v></c></row>"),
		"1: 0.5|60|-4|9999999\n");
}

static void test_days_of_1904_workbooks_are_counted_from_1904(void **state)
{
	(void)state;
	const struct part parts[PARTS] = {
		relationships,
		{ "xl/workbook.xml", "<workbook><workbookPr date1904=\"1\"/><sheets><sheet name=\"A\" r:id=\"r1\"/></sheets></workbook>" },
		book_relationships, strings, styles,
		{ "xl/worksheets/sheet1.xml", SHEET("<row r=\"1\"><c s=\"1\"><v>43915</v></c><c s=\"1\"><v>1</v></c></row>") },
	};
	scoped(free_file) struct file file = zip_parts(parts);
	assert_file(&file, "1: 2024-03-26|1904-01-02\n");
}

static void test_a_format_shows_a_day_only_by_letters_that_count(void **state)
{
	(void)state;
	assert_true(sheet_styles_format_is_day("[$-1000000]d/m/yyyy;@"));
	assert_true(sheet_styles_format_is_day("[h]:mm"));
	assert_false(sheet_styles_format_is_day("General"));
	assert_false(sheet_styles_format_is_day("#,##0.00_d;[Red]-#,##0.00"));
	assert_false(sheet_styles_format_is_day("0\\d"));
	assert_false(sheet_styles_format_is_day("\"ngày\" 0"));
	assert_false(sheet_styles_format_is_day("[Magenta"));
}

static void test_booleans_and_errors_come_out_as_shown(void **state)
{
	(void)state;
	assert_sheet(SHEET("<row r=\"1\"><c t=\"b\"><v>1</v></c><c t=\"b\"><v>0</v></c><c t=\"e\"><v>#N/A</v></c></row>"),
		"1: TRUE|FALSE|#N/A!\n");
}

static void test_rows_and_cells_keep_the_numbers_the_user_sees(void **state)
{
	(void)state;
	assert_sheet(SHEET("<row r=\"3\"><c r=\"B3\"><v>1</v></c><c r=\"D3\"><v>2</v></c></row><row><c><v>3</v></c></row>"
		"<row r=\"9\"><c r=\"AA9\"><v>4</v></c></row>"),
		"3: |1||2\n4: 3\n9: ||||||||||||||||||||||||||4\n");
}

static void test_cells_with_only_a_colour_are_no_cells(void **state)
{
	(void)state;
	assert_sheet(SHEET("<row r=\"1\"><c r=\"A1\" s=\"1\"/><c r=\"XFD1\" s=\"1\"/></row><row r=\"2\"><c r=\"A2\"><v>1</v></c>"
		"<c r=\"B2\" s=\"1\"/></row>"), "2: 1\n");
}

/* ---- sheets */

static void test_a_hidden_first_sheet_is_passed_over(void **state)
{
	(void)state;
	const struct part parts[PARTS] = {
		relationships,
		{ "xl/workbook.xml",
			"<workbook><sheets><sheet name=\"A\" state=\"hidden\" r:id=\"r1\"/><sheet name=\"B\" r:id=\"r2\"/></sheets></workbook>" },
		book_relationships, strings, styles,
		{ "xl/worksheets/sheet1.xml", SHEET("<row><c><v>1</v></c></row>") },
		{ "xl/worksheets/sheet2.xml", SHEET("<row><c><v>2</v></c></row>") },
	};
	scoped(free_file) struct file file = zip_parts(parts);
	assert_file(&file, "1: 2\n");
}

static void test_a_workbook_without_a_visible_sheet_is_refused(void **state)
{
	(void)state;
	const struct part parts[PARTS] = {
		relationships,
		{ "xl/workbook.xml", "<workbook><sheets><sheet name=\"A\" state=\"veryHidden\" r:id=\"r1\"/></sheets></workbook>" },
		book_relationships, strings, styles, { "xl/worksheets/sheet1.xml", SHEET("") },
	};
	assert_int_equal(parts_refusal(parts).msg, MSG_SHEET_NO_SHEET);
}

static void test_prefixed_elements_are_the_same_elements(void **state)
{
	(void)state;
	assert_sheet("<x:worksheet xmlns:x=\"u\"><x:sheetData><x:row r=\"1\"><x:c r=\"A1\"><x:v>7</x:v></x:c>"
		"</x:row></x:sheetData></x:worksheet>",
		"1: 7\n");
}

/* ---- hostile and damaged files */

static void test_a_shared_string_that_is_not_there_is_refused_with_its_cell(void **state)
{
	(void)state;
	struct fault f = refusal(SHEET("<row r=\"5\"><c r=\"C5\" t=\"s\"><v>4</v></c></row>"));
	assert_int_equal(f.msg, MSG_SHEET_STRING_MISSING);
	assert_string_equal(f.arg[0], "C5");
	assert_string_equal(f.arg[1], "4");
	assert_int_equal(refusal(SHEET("<row><c t=\"s\"><v>-1</v></c></row>")).msg, MSG_SHEET_STRING_MISSING);
	assert_int_equal(refusal(SHEET("<row><c t=\"s\"><v>99999999999999999999</v></c></row>")).msg, MSG_SHEET_STRING_MISSING);
}

static void test_rows_and_cells_out_of_order_are_refused(void **state)
{
	(void)state;
	assert_int_equal(refusal(SHEET("<row r=\"2\"/><row r=\"1\"/>")).msg, MSG_SHEET_ROW_ORDER);
	assert_int_equal(refusal(SHEET("<row r=\"2\"/><row r=\"2\"/>")).msg, MSG_SHEET_ROW_ORDER);
	assert_int_equal(refusal(SHEET("<row r=\"1\"><c r=\"B1\"/><c r=\"A1\"/></row>")).msg, MSG_SHEET_REFERENCE);
}

static void test_absurd_references_are_refused(void **state)
{
	(void)state;
	static const char *const sheets[] = {
		SHEET("<row r=\"1\"><c r=\"ZZZ99999999\"><v>1</v></c></row>"), SHEET("<row r=\"1\"><c r=\"AAAA1\"><v>1</v></c></row>"),
		SHEET("<row r=\"1\"><c r=\"A2\"><v>1</v></c></row>"), SHEET("<row r=\"1\"><c r=\"1\"><v>1</v></c></row>"),
		SHEET("<row r=\"1\"><c r=\"\"><v>1</v></c></row>"), SHEET("<row r=\"0\"/>"), SHEET("<row r=\"-1\"/>"),
		SHEET("<row r=\"1048577\"/>"),
		SHEET("<row r=\"99999999999999999999999\"/>"),
	};
	for (size_t i = 0; i < sizeof sheets / sizeof *sheets; i++)
		assert_int_equal(refusal(sheets[i]).msg, MSG_SHEET_REFERENCE);
}

static void test_a_value_beyond_column_256_is_refused_with_its_row(void **state)
{
	(void)state;
	assert_sheet(SHEET("<row r=\"7\"><c r=\"IU7\"/><c r=\"IV7\"><v></v></c></row>"), "");
	struct fault f = refusal(SHEET("<row r=\"7\"><c r=\"IW7\"><v>1</v></c></row>"));
	assert_int_equal(f.code, E_TOOBIG);
	assert_string_equal(f.arg[0], "7");
}

static void test_rows_in_rows_and_cells_outside_rows_are_refused(void **state)
{
	(void)state;
	static const char *const sheets[] = {
		SHEET("<row><row/></row>"), SHEET("<c><v>1</v></c>"), SHEET("<row><c><c/></c></row>"),
		SHEET("<row><c><v>1</v><row></row></c></row>"),
	};
	for (size_t i = 0; i < sizeof sheets / sizeof *sheets; i++)
		assert_int_equal(refusal(sheets[i]).msg, MSG_SHEET_DAMAGED);
}

static void test_values_outside_cells_are_nobodys(void **state)
{
	(void)state;
	assert_sheet(SHEET("<v>1</v><row><v>2</v><is><t>3</t></is><c><v>4</v></c><v>5</v></row>"), "1: 4\n");
}

static void test_a_doctype_is_refused_at_once(void **state)
{
	(void)state;
	assert_int_equal(refusal("<!DOCTYPE worksheet [<!ENTITY a \"aaaa\">]>" SHEET("<row><c><v>&a;</v></c></row>")).msg, MSG_SHEET_DOCTYPE);
}

static void test_unending_depth_and_unending_new_names_are_refused(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	struct text deep = TEXT(&a), names = TEXT(&a);
	for (int i = 0; i < 65; i++)
		text_add(&deep, "<a>");
	assert_int_equal(refusal(deep.p).msg, MSG_SHEET_DAMAGED);
	text_add(&names, "<worksheet>");
	for (int i = 0; i < 1100; i++)
		text_addf(&names, "<n%d/>", i);
	text_add(&names, "</worksheet>");
	assert_int_equal(refusal(names.p).msg, MSG_SHEET_DAMAGED);
}

static void test_a_cell_longer_than_the_limit_is_refused(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	char *letters = arena_alloc(&a, SHEET_CELL_BYTES + 2);
	memset(letters, 'x', SHEET_CELL_BYTES + 1);
	for (int i = 0; i < SHEET_CELL_BYTES; i += 7) /* so that it does not look like a bomb */
		letters[i] = (char)('a' + i * 31 % 26 * (i / 7 % 3) % 26);
	const char *sheet = arena_printf(&a, SHEET("<row r=\"2\"><c r=\"B2\" t=\"str\"><v>%s</v></c></row>"), letters);
	struct fault f = refusal(sheet);
	assert_int_equal(f.msg, MSG_SHEET_CELL_LONG);
	assert_string_equal(f.arg[0], "B2");
}

static void test_a_zip_bomb_is_refused_by_its_ratio(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	struct text t = TEXT(&a);
	text_add(&t, "<worksheet><sheetData>");
	for (int i = 0; i < 300000; i++)
		text_add(&t, "<row></row>");
	text_add(&t, "</sheetData></worksheet>");
	assert_int_equal(refusal(t.p).msg, MSG_SHEET_INFLATED);
}

static void test_names_that_leave_the_folder_are_refused(void **state)
{
	(void)state;
	static const char *const names[] = { "../evil", "xl/../../evil", "/etc/passwd", "xl\\evil", "C:evil", "xl/.." };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const struct part parts[PARTS] = { relationships, book, { names[i], "x" } };
		assert_int_equal(parts_refusal(parts).msg, MSG_SHEET_PART_NAME);
	}
}

static void test_too_many_parts_are_refused(void **state)
{
	(void)state;
	static char names[SHEET_ENTRIES + 1][16];
	static struct part parts[SHEET_ENTRIES + 2];
	for (int i = 0; i <= SHEET_ENTRIES; i++) {
		(void)snprintf(names[i], sizeof names[i], "p%d", i);
		parts[i] = (struct part){ names[i], "" };
	}
	assert_int_equal(parts_refusal(parts).msg, MSG_SHEET_ENTRIES);
}

static void test_a_zip_that_is_no_workbook_is_refused(void **state)
{
	(void)state;
	const struct part zip[PARTS] = { { "readme.txt", "x" } };
	assert_int_equal(parts_refusal(zip).msg, MSG_SHEET_NOT_WORKBOOK);
	const struct part docx[PARTS] = { { "_rels/.rels",
		"<Relationships><Relationship Id=\"r1\" Type=\"http://x/officeDocument\" Target=\"word/document.xml\"/></Relationships>" } };
	assert_int_equal(parts_refusal(docx).msg, MSG_SHEET_NOT_WORKBOOK);
	const struct part xlsb[PARTS] = { { "_rels/.rels",
		"<Relationships><Relationship Id=\"r1\" Type=\"http://x/officeDocument\" Target=\"xl/workbook.bin\"/></Relationships>" } };
	assert_int_equal(parts_refusal(xlsb).msg, MSG_SHEET_XLSB);
	const struct part no_sheet[PARTS] = { relationships, book, book_relationships, strings, styles };
	assert_int_equal(parts_refusal(no_sheet).msg, MSG_SHEET_NO_PART);
}

static void test_every_refusal_of_another_kind_of_file_says_save_as_xlsx(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	static const char encrypted[] = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1....E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0....";
	const struct {
		const char *bytes;
		size_t n;
		enum msg msg;
	} files[] = {
		{ "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1....", 12, MSG_SHEET_OLD_XLS }, { encrypted, sizeof encrypted - 1, MSG_SHEET_ENCRYPTED },
		{ "a;b\n", 4, MSG_SHEET_TEXT_NAMED_XLSX }, { "%PDF-1.7", 8, MSG_SHEET_PDF },
	};
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		struct fault f = file_refusal(files[i].bytes, files[i].n);
		assert_int_equal(f.msg, files[i].msg);
		assert_non_null(strstr(fault_text(&f, LANG_VI, &a), "Save as .xlsx"));
		assert_non_null(strstr(fault_text(&f, LANG_EN, &a), "Save as .xlsx"));
	}
}

/* ---- files of real programs */

static struct file load(const char *path)
{
	FILE *in = fopen(path, "rb");
	assert_non_null(in);
	struct file file = { .bytes = malloc(FILE_MAX) };
	assert_non_null(file.bytes);
	file.n = fread(file.bytes, 1, FILE_MAX, in);
	assert_int_equal(fclose(in), 0);
	return file;
}

static struct file data_file(const char *name)
{
	char path[512];
	const char *source = getenv("NGUON_SOURCE");
	(void)snprintf(path, sizeof path, "%s/tests/unit/data/%s", source ? source : ".", name);
	return load(path);
}

static const char people[] = "1: Danh sách quần chúng ưu tú\n"
			     "3: Họ và tên|Ngày sinh|Số định danh|Đoàn viên|Tỷ lệ\n"
			     "4: Nguyễn Thị Hồng|2001-02-28|001203004567|x|12.5\n"
			     "5: Đặng Văn Bình|1999-12-31|123456789012||3\n";

static void test_a_file_of_libreoffice_is_read(void **state)
{
	(void)state;
	scoped(free_file) struct file file = data_file("people-libreoffice.xlsx");
	assert_file(&file, people);
}

static void write_people(const char *path)
{
	lxw_workbook *w = workbook_new(path);
	lxw_worksheet *s = workbook_add_worksheet(w, NULL);
	lxw_format *day = workbook_add_format(w);
	format_set_num_format(day, "dd/mm/yyyy");
	static const char *const headings[] = { "Họ và tên", "Ngày sinh", "Số định danh", "Đoàn viên", "Tỷ lệ" };
	worksheet_write_string(s, 0, 0, "Danh sách quần chúng ưu tú", NULL);
	for (lxw_col_t i = 0; i < 5; i++)
		worksheet_write_string(s, 2, i, headings[i], NULL);
	worksheet_write_string(s, 3, 0, "Nguyễn Thị Hồng", NULL);
	worksheet_write_number(s, 3, 1, 36950, day); /* 28/2/2001 */
	worksheet_write_string(s, 3, 2, "001203004567", NULL);
	worksheet_write_string(s, 3, 3, "x", NULL);
	worksheet_write_number(s, 3, 4, 12.5, NULL);
	worksheet_write_string(s, 4, 0, "Đặng Văn Bình", NULL);
	worksheet_write_number(s, 4, 1, 36525, day); /* 31/12/1999 */
	worksheet_write_number(s, 4, 2, 123456789012.0, NULL);
	worksheet_write_formula_num(s, 4, 4, "=1+2", NULL, 3);
	assert_int_equal(workbook_close(w), LXW_NO_ERROR);
}

static struct file libxlsxwriter_file(void)
{
	char path[] = "/tmp/people.??????";
	memset(strchr(path, '?'), 'X', 6);
	int fd = mkstemp(path);
	assert_true(fd >= 0);
	assert_int_equal(close(fd), 0);
	write_people(path);
	struct file file = load(path);
	assert_int_equal(unlink(path), 0);
	return file;
}

static void test_a_file_of_libxlsxwriter_is_read(void **state)
{
	(void)state;
	scoped(free_file) struct file file = libxlsxwriter_file();
	assert_file(&file, people);
}

static void test_a_file_cut_anywhere_is_refused(void **state)
{
	(void)state;
	scoped(free_file) struct file file = libxlsxwriter_file();
	for (size_t i = 1; i < 50; i++)
		assert_int_equal(file_refusal(file.bytes, file.n * i / 50).msg, MSG_SHEET_DAMAGED);
	assert_int_equal(file_refusal(file.bytes, file.n - 1).msg, MSG_SHEET_DAMAGED);
	assert_int_equal(file_refusal(file.bytes, 0).msg, MSG_SHEET_EMPTY_FILE);
}

/* The directory is whole, what it points at is not. */
static void test_damaged_bytes_inside_are_refused_or_change_nothing(void **state)
{
	(void)state;
	scoped(free_file) struct file file = libxlsxwriter_file();
	int refused = 0;
	for (size_t at = 0; at < file.n; at += 37) {
		scoped(arena_done) struct arena a = { 0 };
		struct text t = TEXT(&a);
		struct fault f;
		file.bytes[at] ^= 0x55;
		if (sheet_read_xlsx(file.bytes, file.n, sheet_rows_add, &t, &f) != OK)
			refused++;
		else
			assert_string_equal(text_str(&t), people);
		file.bytes[at] ^= 0x55;
	}
	assert_true(refused > 10);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_shared_strings_join_their_runs_and_leave_out_phonetics),
		cmocka_unit_test(test_escaped_line_breaks_are_undone_and_escaped_controls_are_not),
		cmocka_unit_test(test_inline_strings_and_formula_texts_are_read),
		cmocka_unit_test(test_whole_numbers_come_out_with_all_their_digits),
		cmocka_unit_test(test_fractions_come_out_as_shown_on_the_screen),
		cmocka_unit_test(test_dates_come_out_as_days_by_their_style),
		cmocka_unit_test(test_a_date_style_on_no_day_of_the_calendar_leaves_the_number),
		cmocka_unit_test(test_days_of_1904_workbooks_are_counted_from_1904),
		cmocka_unit_test(test_a_format_shows_a_day_only_by_letters_that_count),
		cmocka_unit_test(test_booleans_and_errors_come_out_as_shown),
		cmocka_unit_test(test_rows_and_cells_keep_the_numbers_the_user_sees),
		cmocka_unit_test(test_cells_with_only_a_colour_are_no_cells),
		cmocka_unit_test(test_a_hidden_first_sheet_is_passed_over),
		cmocka_unit_test(test_a_workbook_without_a_visible_sheet_is_refused),
		cmocka_unit_test(test_prefixed_elements_are_the_same_elements),
		cmocka_unit_test(test_a_shared_string_that_is_not_there_is_refused_with_its_cell),
		cmocka_unit_test(test_rows_and_cells_out_of_order_are_refused),
		cmocka_unit_test(test_absurd_references_are_refused),
		cmocka_unit_test(test_a_value_beyond_column_256_is_refused_with_its_row),
		cmocka_unit_test(test_rows_in_rows_and_cells_outside_rows_are_refused),
		cmocka_unit_test(test_values_outside_cells_are_nobodys),
		cmocka_unit_test(test_a_doctype_is_refused_at_once),
		cmocka_unit_test(test_unending_depth_and_unending_new_names_are_refused),
		cmocka_unit_test(test_a_cell_longer_than_the_limit_is_refused),
		cmocka_unit_test(test_a_zip_bomb_is_refused_by_its_ratio),
		cmocka_unit_test(test_names_that_leave_the_folder_are_refused),
		cmocka_unit_test(test_too_many_parts_are_refused),
		cmocka_unit_test(test_a_zip_that_is_no_workbook_is_refused),
		cmocka_unit_test(test_every_refusal_of_another_kind_of_file_says_save_as_xlsx),
		cmocka_unit_test(test_a_file_of_libreoffice_is_read),
		cmocka_unit_test(test_a_file_of_libxlsxwriter_is_read),
		cmocka_unit_test(test_a_file_cut_anywhere_is_refused),
		cmocka_unit_test(test_damaged_bytes_inside_are_refused_or_change_nothing),
	};
	return RUN(tests);
}
