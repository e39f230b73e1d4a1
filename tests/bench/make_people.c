/* Makes an installation of a province with so many invented persons, the same every time: through the operations, many in one transaction.
 * usage: make_people DIR PERSONS */
#include "bench.h"

#include "app/ops.h"
#include "demo/places.h"

#include <string.h>

enum { DISTRICTS = 24, PLACES_EACH = 12, BRANCHES = 10, PER_BRANCH = 350 };
enum { IN_ONE_TRANSACTION = 10000, SERIALS = 900000, SEATS = 1000000000 };
#define TODAY day_of(2026, 3, 18)

static const char *const peoples[] = { "kinh", "kinh", "kinh", "kinh", "kinh", "kinh", "tay", "thai", "muong", NULL };
static const char *const sectors[] = { "commune", "street_group", "school", "state_enterprise", "private_enterprise" };

struct province {
	struct place v[DISTRICTS * PLACES_EACH];
	int n, each; /* each: places of a district */
};

/* Microseconds from one entry to the next are the same, so that two runs give the same journal. */
static int64_t tick(void *ctx)
{
	int64_t *us = ctx;
	return *us += 1000;
}

/* ---- the tree ---- */

static void lay_out(struct made *m, struct province *p, int persons)
{
	int wanted = persons / (PER_BRANCH * BRANCHES * DISTRICTS) + 1;
	p->each = wanted < PLACES_EACH ? wanted : PLACES_EACH;
	for (int d = 0; d < DISTRICTS; d++)
		for (int i = 0; i < p->each; i++) {
			int n = p->n++;
			p->v[n] = (struct place){ .code = made_text(m, "T-%02d-%02d", d + 1, i + 1), .kind = "GRASS_DB", .branches = BRANCHES,
				.name = made_text(m, "Đảng bộ cơ sở %d.%d", d + 1, i + 1), .sector = sectors[n % 5], .weight = 1 + n % 3 };
		}
}

static enum err open_tree(struct made *m, struct province *p, struct fault *f)
{
	TRY(made_unit(m, "T", "Đảng bộ tỉnh Thử", "PROVINCE", NULL, NULL, f));
	for (int d = 0; d < DISTRICTS; d++) {
		const char *code = made_text(m, "T-%02d", d + 1);
		TRY(made_unit(m, code, made_text(m, "Đảng bộ huyện %d", d + 1), "DISTRICT", "T", NULL, f));
		TRY(places_open(m, code, &p->v[d * p->each], (size_t)p->each, f));
		for (int32_t year = 2021; year <= 2026; year++)
			TRY(made_target(m, &(struct made_target){ code, "admitted", "assigned", made_text(m, "%d", year), 400000, -1, false,
				day_of(year, 1, 20) }, f));
	}
	return OK;
}

static enum err open_classes(struct made *m, struct fault *f)
{
	for (int32_t year = 2016; year <= 2026; year++)
		for (int half = 1; half <= 2 && (year < 2026 || half < 2); half++)
			TRY(made_class(m, made_text(m, "T-%d-%d", year, half), "T", "awareness", made_text(m, "Lớp bồi dưỡng %d/%d", half, year),
				day_of(year, half == 1 ? 2 : 9, 20), SEATS, f));
	return OK;
}

/* ---- the people ---- */

static enum err changed_education(struct made *m, struct fault *f)
{
	struct op_result result;
	struct fact_record_in in = fact_record_none();
	in.person = m->last_person;
	in.kind = "education";
	in.on = day_of(2025, 7, 1);
	in.value = "master";
	TRY(op_run(m->app, op_find("fact_record"), &in, &m->scratch, &result, f));
	arena_reset(&m->scratch);
	return OK;
}

/* Half are members of long standing; of the others most were admitted since 2019, some are on the way; a few have more to tell. */
static enum err one_person(struct made *m, const struct province *p, int i, struct fault *f)
{
	if (i % 2 == 0)
		return places_veterans(m, p->v, (size_t)p->n, 1, day_of(2018, 12, 20), i % 40 == 0,
			(struct period){ day_of(2019, 1, 2), day_of(2026, 1, 30) }, f);
	bool votes = i % 50 == 1;
	struct day decided = votes ? day_add(m->today, -5) : made_workday(m, day_of(2019, 1, 4), day_of(2026, 12, 30));
	const struct places_person person = { .place = places_draw(m, p->v, (size_t)p->n), .decided = decided,
		.last = votes ? CHAIN_DOSSIER : CHAIN_WHOLE };
	TRY(places_admit(m, &person, f));
	if (votes)
		TRY(made_vote(m, m->last_person, "branch_vote", made_workday(m, day_add(m->today, -20), day_add(m->today, -1)), 90, f));
	return i % 20 == 3 ? changed_education(m, f) : OK;
}

/* A number of identity has room for a million serials in each province of birth. */
static void next_province(struct made *m)
{
	int province = (int)strtol(m->province, NULL, 10);
	if (m->serial < SERIALS)
		return;
	m->serial = 0;
	m->province = made_text(m, "%03d", province + 1);
}

static enum err people(struct made *m, const struct province *p, int from, int to, struct fault *f)
{
	for (int i = from; i < to; i++) {
		next_province(m);
		enum err e = one_person(m, p, i, f);
		if (e == E_CONFLICT) /* the same name and birthday in the same branch: there are that many of them */
			arena_reset(&m->scratch);
		else if (e != OK)
			return e;
	}
	return OK;
}

static void make_people(struct made *m, const struct province *p, int persons)
{
	struct fault f;
	for (int i = 0; i < persons; i += IN_ONE_TRANSACTION) {
		int end = i + IN_ONE_TRANSACTION < persons ? i + IN_ONE_TRANSACTION : persons;
		MUST(app_begin(m->app, &f));
		MUST(people(m, p, i, end, &f));
		MUST(app_commit(m->app, &f));
	}
}

int main(int argc, char **argv)
{
	struct fault f;
	struct app app;
	static struct province p;
	int persons = argc == 3 ? (int)strtol(argv[2], NULL, 10) : 0;
	if (persons < 1) {
		(void)fputs("usage: make_people DIR PERSONS\n", stderr);
		return 2;
	}
	int64_t us = ((int64_t)TODAY.n * 24 + 1) * 3600 * 1000000;
	MUST(app_create(argv[1], "Tỉnh ủy Thử", &f));
	MUST(app_open(argv[1], APP_WRITE, &app, &f));
	app.actor = "make_people";
	app.today = TODAY;
	app.now_us = tick;
	app.clock_ctx = &us;
	struct made m = { .app = &app, .rng = { 2026 }, .today = TODAY, .opened = day_of(1945, 9, 2), .province = "001", .peoples = peoples };
	lay_out(&m, &p, persons);
	MUST(app_begin(&app, &f));
	MUST(open_tree(&m, &p, &f));
	MUST(open_classes(&m, &f));
	MUST(app_commit(&app, &f));
	make_people(&m, &p, persons);
	(void)printf("%d units, %d persons asked for, %lld entries\n", (int)app.tree.n, persons, (long long)app.head.last.v);
	arena_done(&m.keep);
	arena_done(&m.scratch);
	app_close(&app);
	return 0;
}
