/* Importing 100,000 people in 20 columns: read, checked and stored in one transaction, beside reading the same file with libzip and
 * expat alone and with LibreOffice. Each runs in a process of its own, so that peak memory is its own too. */
#include "bench_xlsx.h"

#include "app/import.h"
#include "base/rng.h"

#include <sys/stat.h>
#include <xlsxwriter.h>

enum { ROWS = 100000, COLUMNS = 20, UNITS = 340, FIRST_DAY = 43466, ROUNDS = 1, PATH = BENCH_PATH };

static const char *const headings[COLUMNS] = {
	"STT", "Mã tổ chức", "Họ và tên", "Ngày sinh", "Giới tính", "Số định danh", "Dân tộc", "Tôn giáo", "Trình độ", "Trình độ học vấn",
	"Nghề nghiệp", "Đoàn viên", "Nơi giới thiệu", "Ngày vào danh sách", "Ngày cấp GCN", "Số GCN", "Ngày QĐ kết nạp", "Số QĐ",
	"Ngày kết nạp", "Ngày chính thức",
};
static const char *const families[] = { "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Đặng", "Bùi", "Đỗ", "Vũ", "Ngô" };
static const char *const middles[] = { "Hồng", "Văn", "Thu", "Đức", "Minh", "Quốc", "Xuân", "Thanh" };
static const char *const givens[] = { "Hương", "Bình", "Dũng", "Lan", "Ánh", "Ứng", "Đào", "Hòa", "Quỳnh", "Tuấn", "Yến", "Phượng" };
static const char *const levels[] = { "Đại học", "Cao đẳng", "Trung cấp", "Thạc sĩ" };
static const char *const jobs[] = { "Giáo viên", "Công nhân", "Nông dân", "Công chức", "Bộ đội" };

#define PICK(r, list) (list)[rng_below((r), sizeof(list) / sizeof *(list))]

/* ---- the file ---- */

static void put_text(lxw_worksheet *s, lxw_row_t row, lxw_col_t column, const char *text)
{
	if (worksheet_write_string(s, row, column, text, NULL) != LXW_NO_ERROR)
		exit(1);
}

/* Days as spreadsheet numbers, in the order of the chain; somebody aged 18 to 35 when put on the list. */
static void put_days(lxw_worksheet *s, lxw_row_t row, struct rng *r, lxw_format *day)
{
	double listed = FIRST_DAY + (double)rng_below(r, 900), birth = listed - 19 * 366 - (double)rng_below(r, 16 * 365);
	worksheet_write_number(s, row, 3, birth, day);
	worksheet_write_number(s, row, 13, listed, day);
	worksheet_write_number(s, row, 14, listed + 90, day);
	worksheet_write_number(s, row, 16, listed + 240, day);
	worksheet_write_number(s, row, 18, listed + 265, day);
	worksheet_write_number(s, row, 19, listed + 640, day);
}

static void write_row(lxw_worksheet *s, lxw_row_t row, struct rng *r, lxw_format *day)
{
	const char *texts[COLUMNS] = { [4] = rng_below(r, 2) ? "Nam" : "Nữ", [6] = "Kinh", [7] = "Không", [8] = PICK(r, levels), [9] = "THPT",
		[10] = PICK(r, jobs), [11] = "x", [12] = "Đoàn Thanh niên" };
	char text[5][64];
	(void)snprintf(text[0], sizeof text[0], "T-%03u", (unsigned)rng_below(r, UNITS));
	(void)snprintf(text[1], sizeof text[1], "%s %s %s %s", PICK(r, families), PICK(r, middles), PICK(r, givens), PICK(r, givens));
	(void)snprintf(text[2], sizeof text[2], "001%09u", (unsigned)row);
	(void)snprintf(text[3], sizeof text[3], "%u/GCN", (unsigned)row);
	(void)snprintf(text[4], sizeof text[4], "%u-QĐ/TU", (unsigned)row);
	texts[1] = text[0], texts[2] = text[1], texts[5] = text[2], texts[15] = text[3], texts[17] = text[4];
	worksheet_write_number(s, row, 0, row, NULL);
	for (lxw_col_t c = 1; c < COLUMNS; c++)
		if (texts[c])
			put_text(s, row, c, texts[c]);
	put_days(s, row, r, day);
}

static void write_people(const char *path)
{
	struct rng r = { 20240326 };
	lxw_workbook *w = workbook_new(path);
	lxw_worksheet *s = workbook_add_worksheet(w, NULL);
	lxw_format *day = workbook_add_format(w);
	format_set_num_format(day, "dd/mm/yyyy");
	for (lxw_col_t c = 0; c < COLUMNS; c++)
		put_text(s, 0, c, headings[c]);
	for (lxw_row_t i = 1; i <= ROWS; i++)
		write_row(s, i, &r, day);
	if (workbook_close(w) != LXW_NO_ERROR)
		exit(1);
}

static void write_units(const char *path)
{
	FILE *out = fopen(path, "w");
	if (!out)
		exit(1);
	(void)fprintf(out, "Mã tổ chức;Tên tổ chức;Loại;Mã cấp trên;Ngày thành lập\nT;Đảng bộ Thử;Đảng bộ cơ sở;;01/01/1950\n");
	for (int i = 0; i < UNITS; i++)
		(void)fprintf(out, "T-%03d;Chi bộ số %d;Chi bộ trực thuộc;T;01/01/1950\n", i, i);
	if (fclose(out) != 0)
		exit(1);
}

/* ---- the import ---- */

static int64_t import(const char *dir, const char *kind, const char *file)
{
	struct fault f;
	struct app app;
	struct import_report report;
	scoped(arena_done) struct arena a = { 0 };
	const struct import_ask ask = { .kind = kind, .file = file };
	MUST(app_open(dir, APP_WRITE, &app, &f));
	MUST(import_run(&app, &ask, &a, &report, &f));
	for (size_t i = 0; i < report.errors.n && i < 5; i++)
		(void)fprintf(stderr, "%s\n", import_problem_text(&report.errors.v[i], LANG_EN, &a));
	int64_t added = report.stored ? report.added : -1;
	app_close(&app);
	return added;
}

static const char *folder(const char *path, char buf[PATH], const char *name)
{
	(void)snprintf(buf, PATH, "%.*s/%s", (int)(strrchr(path, '/') - path), path, name);
	return buf;
}

static long import_people(const char *path)
{
	char dir[PATH];
	return (long)import(folder(path, dir, "data"), "people", path);
}

/* The installation alone: what the import of nothing needs. */
static long open_installation(const char *path)
{
	char dir[PATH];
	struct fault f;
	struct app app;
	MUST(app_open(folder(path, dir, "data"), APP_WRITE, &app, &f));
	app_close(&app);
	return 0;
}

static void prepare(const char *path)
{
	char dir[PATH], units[PATH];
	struct fault f;
	write_people(path);
	write_units(folder(path, units, "units.csv"));
	MUST(app_create(folder(path, dir, "data"), "Đảng bộ Thử", &f));
	if (import(dir, "units", units) != UNITS + 1)
		exit(1);
}

int main(int argc, char **argv)
{
	char path[PATH];
	(void)snprintf(path, sizeof path, "%s/people.xlsx", argc > 1 ? argv[1] : ".");
	bench_in_child(prepare, path);
	struct bench_side sides[] = {
		{ .name = "libzip + expat, no cells", .read = bench_read_bare, .rounds = ROUNDS, .values = (long)(ROWS + 1) * COLUMNS },
		{ .name = "installation opened", .read = open_installation, .rounds = ROUNDS },
		{ .name = "import: checked and stored", .read = import_people, .rounds = ROUNDS, .values = ROWS },
		{ .name = "LibreOffice --convert-to csv", .read = bench_read_libreoffice, .rounds = ROUNDS },
	};
	enum { SIDES = sizeof sides / sizeof *sides };
	for (int i = 0; i < SIDES; i++)
		bench_run(&sides[i], 0, path);
	printf("importing %d rows of %d columns, .xlsx\n", ROWS, COLUMNS);
	double limit = sides[0].cpu[0];
	for (int i = 0; i < SIDES; i++)
		bench_print_side(&sides[i], ROWS, limit);
	printf("beyond the open installation: %.1f MiB\n", sides[2].mib - sides[1].mib);
	return 0;
}
