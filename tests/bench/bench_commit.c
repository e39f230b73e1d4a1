/* How much an operation costs beyond the engine: durable operations one by one, against bare SQLite committing the very same rows;
 * group commit of several threads; and a page of 50 people against the bare statement. The rounds are interleaved, so that a noisy
 * machine disturbs both sides alike; medians are printed. */
#include "bench.h"

#include "app/ops.h"
#include "app/writer.h"
#include "base/rng.h"
#include "store/queries.gen.h"

#include <assert.h>
#include <pthread.h>
#include <sqlite3.h>
#include <string.h>

enum { ROUNDS = 7, OPS = 300, THREADS = 16, PEOPLE = 20000, UNITS = 40, PAGES = 2000, PAGE = 50 };

/* ---- the bare side ---- */

/* The tables that an operation on a person writes to. */
static const struct {
	const char *all, *insert;
} tables[] = {
	{ "SELECT * FROM journal WHERE id = ?1", "INSERT INTO journal VALUES (?,?,?,?,?,?,?,?,?)" },
	{ "SELECT * FROM person WHERE entry_id = ?1", "INSERT INTO person VALUES (?,?,?,?,?,?,?,?,?,?)" },
	{ "SELECT * FROM person_fact WHERE entry_id = ?1", "INSERT INTO person_fact VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)" },
};
enum { TABLES = sizeof tables / sizeof *tables, COLUMNS = 13 };

struct bare_row {
	int table;
	sqlite3_value *v[COLUMNS];
};
struct bare_rows { /* of one operation */
	struct bare_row v[32];
	int n;
};

static sqlite3 *bare_open(const char *path)
{
	sqlite3 *h;
	if (sqlite3_open(path, &h) != SQLITE_OK ||
		sqlite3_exec(h, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-32768", NULL, NULL, NULL) != SQLITE_OK) {
		(void)fprintf(stderr, "%s: %s\n", path, sqlite3_errmsg(h));
		exit(1);
	}
	return h;
}

static sqlite3_stmt *bare_prepare(sqlite3 *h, const char *sql)
{
	sqlite3_stmt *s;
	if (sqlite3_prepare_v2(h, sql, -1, &s, NULL) != SQLITE_OK) {
		(void)fprintf(stderr, "%s: %s\n", sql, sqlite3_errmsg(h));
		exit(1);
	}
	return s;
}

static void bare_step(sqlite3_stmt *s)
{
	int rc = sqlite3_step(s);
	if (rc != SQLITE_DONE) {
		(void)fprintf(stderr, "%s: %s\n", sqlite3_sql(s), sqlite3_errmsg(sqlite3_db_handle(s)));
		exit(1);
	}
	(void)sqlite3_reset(s);
}

static void bare_read(sqlite3 *h, int64_t entry, struct bare_rows *ret)
{
	ret->n = 0;
	for (int t = 0; t < TABLES; t++) {
		sqlite3_stmt *s = bare_prepare(h, tables[t].all);
		(void)sqlite3_bind_int64(s, 1, entry);
		while (sqlite3_step(s) == SQLITE_ROW) {
			assert(ret->n < 32 && sqlite3_column_count(s) <= COLUMNS);
			struct bare_row *row = &ret->v[ret->n++];
			row->table = t;
			for (int c = 0; c < sqlite3_column_count(s); c++)
				row->v[c] = sqlite3_value_dup(sqlite3_column_value(s, c));
		}
		(void)sqlite3_finalize(s);
	}
}

static void bare_insert(sqlite3_stmt *const insert[TABLES], struct bare_rows *rows)
{
	for (int i = 0; i < rows->n; i++) {
		sqlite3_stmt *s = insert[rows->v[i].table];
		for (int c = 0; c < sqlite3_bind_parameter_count(s); c++)
			(void)sqlite3_bind_value(s, c + 1, rows->v[i].v[c]);
		bare_step(s);
	}
}

static void bare_free(struct bare_rows *rows)
{
	for (int i = 0; i < rows->n; i++)
		for (int c = 0; c < COLUMNS; c++)
			sqlite3_value_free(rows->v[i].v[c]);
	*rows = (struct bare_rows){ 0 };
}

/* A copy of the database that goes the same way as the original, with the statements ready. */
struct bare {
	sqlite3 *h;
	sqlite3_stmt *begin, *commit, *insert[TABLES];
};

static struct bare bare_start(const char *copy)
{
	struct bare b = { .h = bare_open(copy) };
	b.begin = bare_prepare(b.h, "BEGIN IMMEDIATE");
	b.commit = bare_prepare(b.h, "COMMIT");
	for (int t = 0; t < TABLES; t++)
		b.insert[t] = bare_prepare(b.h, tables[t].insert);
	return b;
}

static void bare_stop(struct bare *b)
{
	(void)sqlite3_finalize(b->begin);
	(void)sqlite3_finalize(b->commit);
	for (int t = 0; t < TABLES; t++)
		(void)sqlite3_finalize(b->insert[t]);
	(void)sqlite3_close(b->h);
}

/* Seconds to commit the rows of each entry as a transaction of its own. */
static double bare_commits(const struct bare *b, struct bare_rows *rows, int n)
{
	double start = bench_seconds();
	for (int i = 0; i < n; i++) {
		bare_step(b->begin);
		bare_insert(b->insert, &rows[i]);
		bare_step(b->commit);
	}
	return bench_seconds() - start;
}

static void copy_database(const char *from, const char *to)
{
	sqlite3 *a = bare_open(from), *b = bare_open(to);
	sqlite3_backup *copy = sqlite3_backup_init(b, "main", a, "main");
	if (!copy || sqlite3_backup_step(copy, -1) != SQLITE_DONE)
		exit(1);
	(void)sqlite3_backup_finish(copy);
	(void)sqlite3_close(a);
	(void)sqlite3_close(b);
}

/* ---- our side ---- */

static const char *const words[] = { "An", "Bình", "Cường", "Dung", "Đào", "Giang", "Hà", "Hoàng", "Khánh", "Lan", "Minh", "Nga", "Oanh",
	"Phúc", "Quân", "Sơn", "Thảo", "Uyên", "Vinh", "Xuân" };
static const char *const families[] = { "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Ngô" };

/* The n-th person; no two have both name and day of birth in common. */
static struct person_record_in *make_person(uint32_t n, struct arena *a)
{
	enum { BIRTHS = 12000 };
	struct rng r = { n }, of_birth = { n % BIRTHS };
	uint32_t given = (rng_below(&of_birth, 20) + n / BIRTHS) % 20;
	struct person_record_in *in = arena_new(a, struct person_record_in);
	*in = person_record_none();
	in->unit = arena_printf(a, "CB-%02u", rng_below(&r, UNITS));
	in->name = arena_printf(a, "%s %s %s", families[rng_below(&r, 10)], words[rng_below(&r, 20)], words[given]);
	in->birth = day_add(day_of(1970, 1, 1), (int32_t)(n % BIRTHS));
	in->sex = rng_below(&r, 2) ? "male" : "female";
	in->education = "university";
	in->introduced = day_add(day_of(2022, 1, 1), rng_between(&r, 0, 300));
	in->listed = day_add(in->introduced, rng_between(&r, 1, 60));
	return in;
}

static void make_units(struct app *app, struct arena *a)
{
	struct fault f;
	struct op_result result;
	struct unit_open_in in = UNIT_OPEN_IN;
	in.code = "DU";
	in.name = "Đảng ủy thử";
	in.kind = "GRASS_DB";
	in.opened = day_of(2010, 1, 1);
	MUST(op_run_alone(app, op_find("unit_open"), &in, a, &result, &f));
	for (int i = 0; i < UNITS; i++) {
		in.code = arena_printf(a, "CB-%02d", i);
		in.name = arena_printf(a, "Chi bộ %d", i);
		in.kind = "BRANCH";
		in.parent = "DU";
		MUST(op_run_alone(app, op_find("unit_open"), &in, a, &result, &f));
	}
}

static void make_people(struct app *app)
{
	struct fault f;
	const struct op *op = op_find("person_record");
	MUST(app_begin(app, &f));
	for (int i = 0; i < PEOPLE; i++) {
		scoped(arena_done) struct arena a = { 0 };
		struct op_result result;
		MUST(op_run(app, op, make_person((uint32_t)i, &a), &a, &result, &f));
	}
	MUST(app_commit(app, &f));
}

static double our_commits(struct app *app, uint32_t first, struct entry_id *entries, struct arena *a)
{
	struct fault f;
	const struct op *op = op_find("person_record");
	struct person_record_in *in[OPS];
	for (int i = 0; i < OPS; i++)
		in[i] = make_person(first + (uint32_t)i, a);
	double start = bench_seconds();
	for (int i = 0; i < OPS; i++) {
		scoped(arena_done) struct arena scratch = { 0 };
		struct op_result result;
		MUST(op_run_alone(app, op, in[i], &scratch, &result, &f));
		entries[i] = result.entry;
	}
	return bench_seconds() - start;
}

static void compare_commits(struct app *app, const char *dir)
{
	scoped(arena_done) struct arena names = { 0 };
	const char *file = arena_printf(&names, "%s/nguon.db", dir), *copy = arena_printf(&names, "%s/bare.db", dir);
	double ours[ROUNDS], bare[ROUNDS], ratio[ROUNDS];
	static struct bare_rows rows[OPS];
	copy_database(file, copy);
	struct bare b = bare_start(copy);
	for (int round = -1; round < ROUNDS; round++) { /* the first one warms both up */
		scoped(arena_done) struct arena a = { 0 };
		struct entry_id entries[OPS];
		double took = our_commits(app, PEOPLE + (uint32_t)(round + 1) * OPS, entries, &a);
		sqlite3 *h = bare_open(file);
		for (int i = 0; i < OPS; i++)
			bare_read(h, entries[i].v, &rows[i]);
		(void)sqlite3_close(h);
		double bare_took = bare_commits(&b, rows, OPS);
		for (int i = 0; i < OPS; i++)
			bare_free(&rows[i]);
		if (round < 0)
			continue;
		ours[round] = took;
		bare[round] = bare_took;
		ratio[round] = took / bare_took;
	}
	bare_stop(&b);
	printf("durable operations        %7.0f /s  (person_record, one by one)\n", OPS / bench_median(ours, ROUNDS));
	printf("bare SQLite, same rows    %7.0f /s\n", OPS / bench_median(bare, ROUNDS));
	printf("operation / bare commit   %7.2f     (goal: at most 2)\n", bench_median(ratio, ROUNDS));
}

struct client {
	struct writer *writer;
	uint32_t first;
};

static void *write_many(void *ctx)
{
	struct client *c = ctx;
	for (int i = 0; i < OPS; i++) {
		scoped(arena_done) struct arena a = { 0 };
		struct writer_job job = { .op = op_find("person_record"), .in = make_person(c->first + (uint32_t)i, &a), .arena = &a };
		bench_must(writer_run(c->writer, &job), &job.fault, "writer_run");
	}
	return NULL;
}

static void measure_groups(struct app *app)
{
	struct fault f;
	struct writer *w;
	pthread_t threads[THREADS];
	struct client clients[THREADS];
	MUST(writer_start(app, &w, &f));
	double start = bench_seconds();
	for (int i = 0; i < THREADS; i++) {
		clients[i] = (struct client){ w, PEOPLE + ((uint32_t)i + ROUNDS + 1) * OPS };
		(void)pthread_create(&threads[i], NULL, write_many, &clients[i]);
	}
	for (int i = 0; i < THREADS; i++)
		(void)pthread_join(threads[i], NULL);
	printf("durable operations        %7.0f /s  (group commit, %d threads)\n", THREADS * OPS / (bench_seconds() - start), THREADS);
	writer_stop(&w);
}

/* ---- a page of 50 people ---- */

static double our_pages(struct app *app)
{
	struct fault f;
	double start = bench_seconds();
	for (int i = 0; i < PAGES; i++) {
		scoped(arena_done) struct arena a = { 0 };
		struct people_of_unit_row *rows;
		size_t n;
		struct unit_id unit = { i % UNITS + 2 };
		MUST(q_people_of_unit(app->db, unit, "", (struct person_id){ 0 }, PAGE, &a, &rows, &n, &f));
		assert(n == PAGE);
	}
	return bench_seconds() - start;
}

static double bare_pages(sqlite3 *h)
{
	sqlite3_stmt *s = bare_prepare(h, "SELECT id, name, name_key, birth_on, sex FROM person "
		"WHERE unit_id = ?1 AND (name_key, id) > ('', 0) ORDER BY name_key, id LIMIT 50");
	size_t bytes = 0;
	double start = bench_seconds();
	for (int i = 0; i < PAGES; i++) {
		(void)sqlite3_bind_int64(s, 1, i % UNITS + 2);
		while (sqlite3_step(s) == SQLITE_ROW)
			bytes += strlen((const char *)sqlite3_column_text(s, 1)) + (size_t)sqlite3_column_int64(s, 0);
		(void)sqlite3_reset(s);
	}
	double took = bench_seconds() - start;
	(void)sqlite3_finalize(s);
	assert(bytes > 0);
	return took;
}

static void compare_pages(struct app *app, const char *dir)
{
	double ours[ROUNDS], bare[ROUNDS], ratio[ROUNDS];
	scoped(arena_done) struct arena a = { 0 };
	sqlite3 *h = bare_open(arena_printf(&a, "%s/nguon.db", dir));
	for (int round = 0; round < ROUNDS; round++) {
		ours[round] = our_pages(app);
		bare[round] = bare_pages(h);
		ratio[round] = ours[round] / bare[round];
	}
	(void)sqlite3_close(h);
	printf("pages of 50 people        %7.0f /s  (units of %d)\n", PAGES / bench_median(ours, ROUNDS), PEOPLE / UNITS);
	printf("bare statement            %7.0f /s\n", PAGES / bench_median(bare, ROUNDS));
	printf("page / bare statement     %7.2f\n", bench_median(ratio, ROUNDS));
}

int main(int argc, char **argv)
{
	scoped(arena_done) struct arena a = { 0 };
	struct fault f;
	struct app app;
	const char *dir = arena_printf(&a, "%s/commit", argc > 1 ? argv[1] : ".");
	MUST(app_create(dir, "bench", &f));
	MUST(app_open(dir, APP_WRITE, &app, &f));
	make_units(&app, &a);
	make_people(&app);
	compare_commits(&app, dir);
	measure_groups(&app);
	compare_pages(&app, dir);
	app_close(&app);
	return 0;
}
