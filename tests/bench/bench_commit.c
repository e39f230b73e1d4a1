/* What an operation and a page cost beyond the engine, on each engine: durable operations one by one, against the engine's own library
 * committing the very same rows; group commit of several threads; the page of a person and a page of 50 people, against the bare
 * statements. The rounds are interleaved, so that a noisy machine disturbs all sides alike; medians are printed. */
#include "bare.h"
#include "bench_place.h"

#include "app/history.h"
#include "app/ops.h"
#include "app/people.h"
#include "app/writer.h"
#include "base/rng.h"
#include "store/queries.gen.h"

#include <assert.h>
#include <pthread.h>
#include <string.h>

enum { ROUNDS = 9, OPS = 100, THREADS = 16, PEOPLE = 10000, UNITS = 20, PAGES = 300, PAGE = 50 };
enum { KNOWN = 300, FACTS = 9, ENTRIES = 3 }; /* of each of the first so many people that many facts, which that many entries brought */

struct side { /* one engine */
	const struct bare_engine *engine;
	struct app app;
	struct bare *bare[BARE_WAYS];  /* each on a copy of its own, which goes the same way as the original */
	struct bare *original;
	uint32_t next;                 /* person to be made */
};

/* ---- what is written ---- */

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

static void make_units(struct app *app)
{
	scoped(arena_done) struct arena a = { 0 };
	struct fault f;
	struct op_result result;
	struct unit_open_in in = UNIT_OPEN_IN;
	in.code = "DU";
	in.name = "Đảng ủy thử";
	in.kind = "GRASS_DB";
	in.opened = day_of(2010, 1, 1);
	MUST(op_run_alone(app, op_find("unit_open"), &in, &a, &result, &f));
	for (int i = 0; i < UNITS; i++) {
		in.code = arena_printf(&a, "CB-%02d", i);
		in.name = arena_printf(&a, "Chi bộ %d", i);
		in.kind = "BRANCH";
		in.parent = "DU";
		MUST(op_run_alone(app, op_find("unit_open"), &in, &a, &result, &f));
	}
}

/* Entry after entry knows more of the person. */
static void record(struct app *app, struct person_record_in *in, int entry, struct arena *a)
{
	struct fault f;
	struct op_result result;
	const struct day decided[ENTRIES] = { DAY_NONE, day_add(in->listed, 90), day_add(in->listed, 120) };
	in->certified = decided[entry > 0 ? 1 : 0];
	in->dossier = decided[entry > 1 ? 2 : 0];
	MUST(op_run(app, op_find("person_record"), in, a, &result, &f));
}

static void make_people(struct app *app)
{
	struct fault f;
	MUST(app_begin(app, &f));
	for (uint32_t i = 0; i < PEOPLE; i++) {
		scoped(arena_done) struct arena a = { 0 };
		struct person_record_in *in = make_person(i, &a);
		for (int entry = 0; entry < (i < KNOWN ? ENTRIES : 1); entry++)
			record(app, in, entry, &a);
	}
	MUST(app_commit(app, &f));
}

/* ---- sides ---- */

static void start(struct side *s, const char *place)
{
	scoped(arena_done) struct arena a = { 0 };
	struct fault f;
	const char *copies[BARE_WAYS], *dir = arena_printf(&a, "%s/%s", place, s->engine->name);
	bool server = s->engine == &bare_pgsql;
	const char *where = bench_place(dir, server, "ours", &a);
	MUST(app_create(dir, "bench", &f));
	MUST(app_open(dir, APP_WRITE, &s->app, &f));
	make_units(&s->app);
	make_people(&s->app);
	app_close(&s->app);
	for (int w = 0; w < s->engine->ways_n; w++) {
		const char *name = arena_printf(&a, "bare%d", w);
		copies[w] = bench_place(arena_printf(&a, "%s-%s", dir, name), server, name, &a);
		s->engine->copy(where, copies[w]);
	}
	for (int w = 0; w < s->engine->ways_n; w++)
		s->bare[w] = s->engine->open(copies[w]);
	s->original = s->engine->open(where);
	MUST(app_open(dir, APP_WRITE, &s->app, &f));
	s->next = PEOPLE;
}

static void stop(struct side *s)
{
	for (int w = 0; w < s->engine->ways_n; w++)
		s->engine->close(s->bare[w]);
	s->engine->close(s->original);
	app_close(&s->app);
}

/* ---- rounds ---- */

/* Times a second and, for each way, how much longer ours takes. */
struct result {
	double ours, bare[BARE_WAYS], ratio[BARE_WAYS];
};
struct seconds {
	double ours, bare[BARE_WAYS];
};

static struct result sum_up(const struct seconds v[ROUNDS], int ways_n, int times)
{
	double ours[ROUNDS], bare[ROUNDS], ratio[ROUNDS];
	struct result r = { 0 };
	for (int w = 0; w < ways_n; w++) {
		for (int i = 0; i < ROUNDS; i++) {
			ours[i] = v[i].ours;
			bare[i] = v[i].bare[w];
			ratio[i] = ours[i] / bare[i];
		}
		r.ours = times / bench_median(ours, ROUNDS);
		r.bare[w] = times / bench_median(bare, ROUNDS);
		r.ratio[w] = bench_median(ratio, ROUNDS);
	}
	return r;
}

static double our_commits(struct side *s, struct entry_id entries[OPS])
{
	scoped(arena_done) struct arena a = { 0 };
	struct fault f;
	const struct op *op = op_find("person_record");
	struct person_record_in *in[OPS];
	for (int i = 0; i < OPS; i++)
		in[i] = make_person(s->next++, &a);
	double start = bench_seconds();
	for (int i = 0; i < OPS; i++) {
		scoped(arena_done) struct arena scratch = { 0 };
		struct op_result result;
		MUST(op_run_alone(&s->app, op, in[i], &scratch, &result, &f));
		entries[i] = result.entry;
	}
	return bench_seconds() - start;
}

static double bare_commits(struct side *s, int way, const struct bare_rows rows[OPS])
{
	double start = bench_seconds();
	for (int i = 0; i < OPS; i++)
		s->engine->ways[way].commit(s->bare[way], &rows[i]);
	return bench_seconds() - start;
}

static struct seconds round_of_commits(struct side *s)
{
	static struct bare_rows rows[OPS];
	scoped(arena_done) struct arena a = { 0 };
	struct entry_id entries[OPS];
	struct seconds took = { .ours = our_commits(s, entries) };
	for (int i = 0; i < OPS; i++)
		s->engine->read(s->original, entries[i].v, &a, &rows[i]);
	for (int w = 0; w < s->engine->ways_n; w++)
		took.bare[w] = bare_commits(s, w, rows);
	return took;
}

/* What the page of a person asks the store for. */
static size_t our_person(struct app *app, struct person_id id)
{
	scoped(arena_done) struct arena a = { 0 };
	struct fault f;
	struct facts all, active;
	struct history_stamp *stamps;
	size_t n;
	MUST(app_begin(app, &f));
	MUST(app_facts(app, id, &a, &all, &active, &f));
	MUST(history_stamps(app, id, &a, &stamps, &n, &f));
	app_rollback(app);
	return all.n + n;
}

static size_t our_list(struct app *app, struct unit_id unit)
{
	scoped(arena_done) struct arena a = { 0 };
	struct fault f;
	struct people_of_unit_row *rows;
	size_t n;
	MUST(q_people_of_unit(app->db, unit, "", (struct person_id){ 0 }, PAGE, &a, &rows, &n, &f));
	return n;
}

static struct seconds round_of_persons(struct side *s)
{
	struct seconds took;
	double start = bench_seconds();
	for (int i = 0; i < PAGES; i++)
		bench_is(our_person(&s->app, (struct person_id){ i % KNOWN + 1 }), FACTS + ENTRIES);
	took.ours = bench_seconds() - start;
	for (int w = 0; w < s->engine->ways_n; w++) {
		start = bench_seconds();
		for (int i = 0; i < PAGES; i++)
			bench_is(s->engine->ways[w].person(s->bare[w], i % KNOWN + 1), FACTS + ENTRIES);
		took.bare[w] = bench_seconds() - start;
	}
	return took;
}

static struct seconds round_of_lists(struct side *s)
{
	struct seconds took;
	double start = bench_seconds();
	for (int i = 0; i < PAGES; i++)
		bench_is(our_list(&s->app, (struct unit_id){ i % UNITS + 2 }), PAGE);
	took.ours = bench_seconds() - start;
	for (int w = 0; w < s->engine->ways_n; w++) {
		start = bench_seconds();
		for (int i = 0; i < PAGES; i++)
			bench_is(s->engine->ways[w].list(s->bare[w], i % UNITS + 2), PAGE);
		took.bare[w] = bench_seconds() - start;
	}
	return took;
}

static struct result compare(struct side *s, struct seconds (*round_of)(struct side *s), int times)
{
	struct seconds v[ROUNDS];
	(void)round_of(s); /* warms all sides up */
	for (int i = 0; i < ROUNDS; i++)
		v[i] = round_of(s);
	return sum_up(v, s->engine->ways_n, times);
}

/* ---- several threads ---- */

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

static double group_commits(struct side *s)
{
	struct fault f;
	struct writer *w;
	pthread_t threads[THREADS];
	struct client clients[THREADS];
	MUST(writer_start(&s->app, &w, &f));
	double start = bench_seconds();
	for (int i = 0; i < THREADS; i++, s->next += OPS) {
		clients[i] = (struct client){ w, s->next };
		(void)pthread_create(&threads[i], NULL, write_many, &clients[i]);
	}
	for (int i = 0; i < THREADS; i++)
		(void)pthread_join(threads[i], NULL);
	double took = bench_seconds() - start;
	writer_stop(&w);
	return THREADS * OPS / took;
}

/* ---- side by side ---- */

struct figures {
	struct result commits, persons, lists;
	double group;
};

static void print_rates(const char *what, const double *v, size_t stride, int n)
{
	printf("%-44s", what);
	for (int i = 0; i < n; i++) {
		double x = *(const double *)((const char *)v + (size_t)i * stride);
		if (x > 0)
			printf(x < 100 ? "%10.2f  " : "%10.0f/s", x);
		else
			printf("%10s  ", "-");
	}
	printf("\n");
}

static void print(const char *what, const char *goal, const struct result *r, size_t stride, int n)
{
	static const char *const ways[BARE_WAYS] = { "statement by statement", "in one go" };
	char text[64];
	print_rates(what, &r->ours, stride, n);
	for (int w = 0; w < BARE_WAYS; w++) {
		(void)snprintf(text, sizeof text, "  bare library, %s", ways[w]);
		print_rates(text, &r->bare[w], stride, n);
		(void)snprintf(text, sizeof text, "  ours / bare, time%s", w == 0 ? goal : "");
		print_rates(text, &r->ratio[w], stride, n);
	}
}

static struct figures measure(const struct bare_engine *engine, const char *place)
{
	struct side s = { .engine = engine };
	struct figures r;
	start(&s, place);
	r.commits = compare(&s, round_of_commits, OPS);
	r.persons = compare(&s, round_of_persons, PAGES);
	r.lists = compare(&s, round_of_lists, PAGES);
	r.group = group_commits(&s);
	stop(&s);
	return r;
}

int main(int argc, char **argv)
{
	static const struct bare_engine *const engines[] = { &bare_sqlite, &bare_pgsql };
	struct figures v[2] = { 0 };
	const char *place = argc > 1 ? argv[1] : ".";
	int n = bench_has_server() ? 2 : 1;
	for (int i = 0; i < n; i++)
		v[i] = measure(engines[i], place);
	printf("%44s%12s%12s\n", "", engines[0]->name, engines[1]->name);
	print("durable operation, one by one", " (goal: at most 2)", &v->commits, sizeof *v, n);
	print_rates("the same from 16 threads, group commit", &v->group, sizeof *v, n);
	print("page of a person", "", &v->persons, sizeof *v, n);
	print("page of 50 people of a unit of 500", "", &v->lists, sizeof *v, n);
	return 0;
}
