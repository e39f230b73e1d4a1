/* Reading a spreadsheet of 100,000 people in 20 columns: our reader, libzip and expat alone on the same parts (the limit), and
 * LibreOffice turning it into CSV. Each runs in a process of its own, so that peak memory is its own too. Ratios are of processor time,
 * which other work on the machine disturbs least. */
#include "bench.h"

#include "base/rng.h"
#include "office/sheet.h"

#include <expat.h>
#include <fcntl.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <xlsxwriter.h>
#include <zip.h>

enum { ROWS = 100000, COLUMNS = 20, ROUNDS = 5, PATH = 512 };

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

/* ---- the limit: inflate and parse, and only count values ---- */

static void on_start(void *data, const char *name, const char **attributes)
{
	(void)attributes;
	*(long *)data += strcmp(name, "v") == 0;
}

static void on_end(void *data, const char *name)
{
	(void)data, (void)name;
}

static void on_text(void *data, const char *s, int n)
{
	(void)data, (void)s, (void)n;
}

static long parse_part(zip_t *zip, const char *part)
{
	static char buf[1 << 16];
	long values = 0;
	XML_Parser p = XML_ParserCreate(NULL);
	XML_SetUserData(p, &values);
	XML_SetElementHandler(p, on_start, on_end);
	XML_SetCharacterDataHandler(p, on_text);
	zip_file_t *file = zip_fopen(zip, part, 0);
	for (zip_int64_t n = 1; n > 0;) {
		n = file ? zip_fread(file, buf, sizeof buf) : -1;
		if (n < 0 || XML_Parse(p, buf, (int)n, n == 0) != XML_STATUS_OK)
			exit(1);
	}
	(void)zip_fclose(file);
	XML_ParserFree(p);
	return values;
}

static long read_bare(const char *path)
{
	zip_t *zip = zip_open(path, ZIP_RDONLY, NULL);
	if (!zip)
		exit(1);
	(void)parse_part(zip, "xl/sharedStrings.xml");
	long values = parse_part(zip, "xl/worksheets/sheet1.xml");
	zip_discard(zip);
	return values;
}

/* ---- LibreOffice ---- */

static long read_libreoffice(const char *path)
{
	char folder[PATH];
	(void)snprintf(folder, sizeof folder, "%.*s", (int)(strrchr(path, '/') - path), path);
	int nowhere = open("/dev/null", O_WRONLY);
	(void)dup2(nowhere, 1);
	(void)dup2(nowhere, 2);
	(void)execlp("soffice", "soffice", "--headless", "--convert-to", "csv", "--outdir", folder, path, (char *)NULL);
	exit(127);
}

/* ---- measuring ---- */

struct side {
	const char *name;
	long (*read)(const char *path);
	int rounds;
	long values; /* that it must find; 0: does not count them */
	double seconds[ROUNDS], cpu[ROUNDS];
	double mib;
	bool missing;
};

static double seconds_of(struct timeval t)
{
	return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

/* One run in a child. */
static void run(struct side *s, int round, const char *path)
{
	double start = bench_seconds();
	(void)fflush(NULL);
	pid_t pid = fork();
	if (pid == 0)
		_exit(s->read(path) == s->values ? 0 : 1);
	int status;
	struct rusage use;
	if (pid < 0 || wait4(pid, &status, 0, &use) != pid)
		exit(1);
	s->missing = WIFEXITED(status) && WEXITSTATUS(status) == 127;
	if (!s->missing && (!WIFEXITED(status) || WEXITSTATUS(status) != 0)) {
		(void)fprintf(stderr, "%s failed\n", s->name);
		exit(1);
	}
	s->seconds[round] = bench_seconds() - start;
	s->cpu[round] = seconds_of(use.ru_utime) + seconds_of(use.ru_stime);
	s->mib = (double)use.ru_maxrss / 1024;
}

static void print_side(struct side *s, double limit)
{
	if (s->missing) {
		printf("%-28s not installed\n", s->name);
		return;
	}
	double seconds = bench_median(s->seconds, (size_t)s->rounds);
	double cpu = bench_median(s->cpu, (size_t)s->rounds);
	printf("%-28s %7.3f s %9.0f rows/s %8.3f s of processor %6.2f times the limit %7.1f MiB\n", s->name, seconds, ROWS / seconds, cpu,
		cpu / limit, s->mib);
}

int main(int argc, char **argv)
{
	char path[PATH];
	(void)snprintf(path, sizeof path, "%s/people.xlsx", argc > 1 ? argv[1] : ".");
	pid_t writer = fork(); /* its memory must not count for the readers, who inherit ours */
	if (writer == 0) {
		write_file(path);
		_exit(0);
	}
	int status;
	struct stat st;
	if (waitpid(writer, &status, 0) != writer || status != 0 || stat(path, &st) != 0)
		return 1;
	struct side sides[] = {
		{ .name = "libzip + expat, no cells", .read = read_bare, .rounds = ROUNDS, .values = (long)ROWS * COLUMNS },
		{ .name = "our reader", .read = read_ours, .rounds = ROUNDS, .values = (long)ROWS * COLUMNS },
		{ .name = "LibreOffice --convert-to csv", .read = read_libreoffice, .rounds = 1 },
	};
	enum { SIDES = sizeof sides / sizeof *sides };
	for (int round = 0; round < ROUNDS; round++)
		for (int i = 0; i < SIDES; i++)
			if (round < sides[i].rounds)
				run(&sides[i], round, path);
	printf("reading %d rows of %d columns, .xlsx of %.1f MB; medians of %d\n", ROWS, COLUMNS, (double)st.st_size / 1e6, ROUNDS);
	double limit = bench_median(sides[0].cpu, ROUNDS);
	for (int i = 0; i < SIDES; i++)
		print_side(&sides[i], limit);
	return 0;
}
