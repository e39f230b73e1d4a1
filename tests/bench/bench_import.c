/* Importing 100,000 people in 20 columns on each engine: read, checked and stored in one transaction, beside reading the same file with
 * libzip and expat alone and with LibreOffice. Each runs in a process of its own, so that peak memory is its own too. Then how long the
 * server reads those people until it has everybody's standing. */
#include "bench_place.h"
#include "bench_xlsx.h"

#include "app/import.h"
#include "app/live.h"
#include "base/rng.h"

#include <xlsxwriter.h>

enum { ROWS = 100000, COLUMNS = 20, UNITS = 340, FIRST_DAY = 43466, ROUNDS = 1, LIVE_ROUNDS = 3, PATH = BENCH_PATH };

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

static long import_into(const char *path, const char *name)
{
	char dir[PATH];
	return (long)import(folder(path, dir, name), "people", path);
}

static long import_sqlite(const char *path)
{
	return import_into(path, "sqlite");
}

static long import_postgres(const char *path)
{
	return import_into(path, "postgres");
}

/* The installation alone: what the import of nothing needs. */
static long open_installation(const char *path)
{
	char dir[PATH];
	struct fault f;
	struct app app;
	MUST(app_open(folder(path, dir, "sqlite"), APP_WRITE, &app, &f));
	app_close(&app);
	return 0;
}

static void make_place(const char *path, bool server, const char *name)
{
	scoped(arena_done) struct arena a = { 0 };
	char dir[PATH], units[PATH];
	struct fault f;
	(void)bench_place(folder(path, dir, name), server, "import", &a);
	MUST(app_create(dir, "Đảng bộ Thử", &f));
	bench_is((size_t)import(dir, "units", folder(path, units, "units.csv")), UNITS + 1);
}

static void prepare(const char *path)
{
	char units[PATH];
	write_people(path);
	write_units(folder(path, units, "units.csv"));
	make_place(path, false, "sqlite");
	if (bench_has_server())
		make_place(path, true, "postgres");
}

/* ---- the live view ---- */

/* Seconds until everybody's standing is known. */
static double start_live(const char *dir)
{
	struct fault f;
	struct app app;
	struct live *live;
	MUST(app_open(dir, APP_READ, &app, &f));
	double start = bench_seconds();
	MUST(live_start(&app, &live, &f));
	double took = bench_seconds() - start;
	live_stop(&live);
	app_close(&app);
	return took;
}

static void compare_live(const char *path)
{
	static const char *const names[] = { "sqlite", "postgres" };
	char dir[PATH];
	double v[2][LIVE_ROUNDS];
	int n = getenv("NGUON_TEST_PG") ? 2 : 1;
	for (int round = -1; round < LIVE_ROUNDS; round++) { /* the first one warms both up */
		for (int i = 0; i < n; i++) {
			double took = start_live(folder(path, dir, names[i]));
			v[i][round < 0 ? 0 : round] = took;
		}
	}
	for (int i = 0; i < n; i++)
		printf("live view of those %d people  %-9s %7.2f s\n", ROWS, names[i], bench_median(v[i], LIVE_ROUNDS));
	if (n == 2)
		printf("live view, postgres / sqlite          %7.2f\n", v[1][LIVE_ROUNDS / 2] / v[0][LIVE_ROUNDS / 2]);
}

int main(int argc, char **argv)
{
	char path[PATH];
	(void)snprintf(path, sizeof path, "%s/people.xlsx", argc > 1 ? argv[1] : ".");
	bench_in_child(prepare, path);
	struct bench_side sides[] = {
		{ .name = "libzip + expat, no cells", .read = bench_read_bare, .rounds = ROUNDS, .values = (long)(ROWS + 1) * COLUMNS },
		{ .name = "installation opened", .read = open_installation, .rounds = ROUNDS },
		{ .name = "import into SQLite", .read = import_sqlite, .rounds = ROUNDS, .values = ROWS },
		{ .name = "LibreOffice --convert-to csv", .read = bench_read_libreoffice, .rounds = ROUNDS },
		{ .name = "import into PostgreSQL", .read = import_postgres, .rounds = ROUNDS, .values = ROWS },
	};
	int n = sizeof sides / sizeof *sides - !getenv("NGUON_TEST_PG");
	for (int i = 0; i < n; i++)
		bench_run(&sides[i], 0, path);
	printf("importing %d rows of %d columns, .xlsx\n", ROWS, COLUMNS);
	double limit = sides[0].cpu[0];
	for (int i = 0; i < n; i++)
		bench_print_side(&sides[i], ROWS, limit);
	printf("beyond the open installation: %.1f MiB\n", sides[2].mib - sides[1].mib);
	if (n > 4)
		printf("import, PostgreSQL / SQLite: %.2f times the time\n", sides[4].seconds[0] / sides[2].seconds[0]);
	compare_live(path);
	return 0;
}
