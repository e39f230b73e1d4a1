/* Reading a spreadsheet of 100,000 people in 20 columns: our reader, libzip and expat alone on the same parts (the limit), and
 * LibreOffice turning it into CSV. Each runs in a process of its own, so that peak memory is its own too. Ratios are of processor time,
 * which other work on the machine disturbs least. */
#include "bench_xlsx.h"

#include "base/rng.h"
#include "office/sheet.h"

#include <sys/stat.h>
#include <xlsxwriter.h>

enum { ROWS = 100000, COLUMNS = 20, ROUNDS = BENCH_ROUNDS, PATH = BENCH_PATH };

/* ---- the file ---- */

static const char *const families[] = { "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Đặng", "Bùi", "Đỗ", "Vũ", "Ngô" };
static const char *const middles[] = { "Thị", "Văn", "Thị Hồng", "Đức", "Minh", "Thị Thu", "Quốc", "Xuân" };
static const char *const givens[] = { "Hương", "Bình", "Dũng", "Lan", "Ánh", "Ứng", "Đào", "Hòa", "Quỳnh", "Tuấn", "Yến", "Phượng" };
static const char *const words[] = { "Đại học", "Kinh", "Không", "Công chức", "Đoàn viên", "Nam", "Nữ", "x", "Cao đẳng", "Giáo viên" };

#define PICK(r, list) (list)[rng_below((r), sizeof(list) / sizeof *(list))]

static void write_row(lxw_worksheet *s, lxw_row_t row, struct rng *r, lxw_format *day)
{
	char text[128];
	(void)snprintf(text, sizeof text, "%s %s %s", PICK(r, families), PICK(r, middles), PICK(r, givens));
	worksheet_write_string(s, row, 0, text, NULL);
	(void)snprintf(text, sizeof text, "0%011u", rng_below(r, 1000000000));
	worksheet_write_string(s, row, 1, text, NULL);
	for (lxw_col_t c = 2; c < 6; c++)
		worksheet_write_number(s, row, c, rng_between(r, 30000, 45000), day);
	for (lxw_col_t c = 6; c < COLUMNS; c++)
		worksheet_write_string(s, row, c, PICK(r, words), NULL);
}

static void write_file(const char *path)
{
	struct rng r = { 20240326 };
	lxw_workbook *w = workbook_new(path);
	lxw_worksheet *s = workbook_add_worksheet(w, NULL);
	lxw_format *day = workbook_add_format(w);
	format_set_num_format(day, "dd/mm/yyyy");
	for (lxw_row_t i = 0; i < ROWS; i++)
		write_row(s, i, &r, day);
	if (workbook_close(w) != LXW_NO_ERROR)
		exit(1);
}

/* ---- our reader ---- */

static enum err count_row(void *ctx, const struct sheet_row *row, int64_t done, int64_t total, struct fault *f)
{
	(void)done, (void)total, (void)f;
	long *cells = ctx;
	for (int i = 0; i < row->n; i++)
		*cells += row->cells[i].text && *row->cells[i].text;
	return OK;
}

static long read_ours(const char *path)
{
	long cells = 0;
	struct fault f;
	MUST(sheet_read(path, count_row, &cells, &f));
	return cells;
}

int main(int argc, char **argv)
{
	char path[PATH];
	(void)snprintf(path, sizeof path, "%s/people.xlsx", argc > 1 ? argv[1] : ".");
	struct stat st;
	bench_in_child(write_file, path);
	if (stat(path, &st) != 0)
		return 1;
	struct bench_side sides[] = {
		{ .name = "libzip + expat, no cells", .read = bench_read_bare, .rounds = ROUNDS, .values = (long)ROWS * COLUMNS },
		{ .name = "our reader", .read = read_ours, .rounds = ROUNDS, .values = (long)ROWS * COLUMNS },
		{ .name = "LibreOffice --convert-to csv", .read = bench_read_libreoffice, .rounds = 1 },
	};
	enum { SIDES = sizeof sides / sizeof *sides };
	for (int round = 0; round < ROUNDS; round++)
		for (int i = 0; i < SIDES; i++)
			if (round < sides[i].rounds)
				bench_run(&sides[i], round, path);
	printf("reading %d rows of %d columns, .xlsx of %.1f MB; medians of %d\n", ROWS, COLUMNS, (double)st.st_size / 1e6, ROUNDS);
	double limit = bench_median(sides[0].cpu, ROUNDS);
	for (int i = 0; i < SIDES; i++)
		bench_print_side(&sides[i], ROWS, limit);
	return 0;
}
