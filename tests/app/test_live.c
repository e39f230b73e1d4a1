/* The live view: after every kind of operation it says what one built afresh says, for any day, and for many readers beside a writer. */
#include "live_view.h"

#include "app/late.h"
#include "app/roll.h"
#include "app/writer.h"

#include <pthread.h>

/* ---- a small district at work ---- */

static void record_people(struct office *o)
{
	DO(o, "person_record", "name=Trần Văn Bảy", "unit=TB-01-A", "birth=1999-02-03", "sex=male");
	DO(o, "person_record", "name=Lê Thị Đào", "unit=TB-01-B", "birth=2001-05-06", "sex=female");
	DO(o, "person_record", "name=Nguyễn Văn An", "unit=TB-02", "birth=1998-07-08", "sex=male");
	DO(o, "fact_record", "person=1", "kind=source", "on=2025-01-10");
	DO(o, "fact_record", "person=1", "kind=on_list", "on=2025-03-10");
	DO(o, "fact_record", "person=2", "kind=decision", "on=2026-04-01");
	DO(o, "fact_record", "person=2", "kind=ceremony", "on=2026-04-20");
}

struct change {
	const char *op, *words[6];
};

/* In this order; each is one operation. */
static const struct change changes[] = {
	{ "fact_record", { "person=3", "kind=decision", "on=2026-05-02" } },
	{ "fact_record", { "person=3", "kind=received", "on=2026-05-04" } },
	{ "fact_record", { "person=3", "kind=unit", "unit=TB-01-A", "on=2026-05-20" } },
	{ "fact_correct", { "person=2", "seq=6", "on=2026-04-21", "reason=ghi nhầm" } },
	{ "person_record", { "name=Phạm Thị Bích", "unit=TB-02", "birth=2000-01-01" } },
	{ "fact_record", { "person=4", "kind=branch_vote", "on=2026-06-01", "members=9", "yes=9" } },
	{ "unit_fact", { "unit=TB-02", "kind=kind", "value=GRASS_DB", "from=2026-01-05" } }, /* no step is skipped there any more */
	{ "unit_open", { "code=TB-03", "name=Đảng bộ xã Ba", "kind=GRASS_DB", "parent=TB", "opened=2010-01-01" } },
	{ "unit_move", { "unit=TB-01-B", "parent=TB-03", "from=2026-01-01" } },
	{ "unit_rename", { "unit=TB-02", "name=Chi bộ Trường Hai", "from=2026-01-01" } },
	{ "unit_fact", { "unit=TB-02", "kind=plan", "value=2026", "from=2026-01-05" } },
	{ "class_open", { "code=L1", "unit=TB", "kind=awareness", "name=Lớp 1", "from=2026-02-01", "to=2026-02-05" } },
	{ "target_set", { "unit=TB", "indicator=admitted", "kind=assigned", "period=2026", "low=12" } },
	{ "calendar_set", { "day=2026-05-08", "kind=off", "note=nghỉ", "due=move" } },
	{ "calendar_set", { "day=2026-07-10", "kind=off", "due=keep" } },
	{ "calendar_block", { "holiday=national_days", "year=2026", "first=2026-09-01", "last=2026-09-02", "due=move" } },
	{ "calendar_check", { "year=2026" } },
	{ "fact_record", { "person=2", "kind=left", "value=died", "on=2026-06-01" } },
};

static void apply(struct office *o, const struct change *c)
{
	struct words words = { .n = 0 };
	for (; words.n < 6 && c->words[words.n]; words.n++)
		words.v[words.n] = c->words[words.n];
	if (office_run(o, c->op, &words) == OK)
		return;
	office_says_no(o, c->op);
	fail();
}

static void test_every_operation_leaves_what_a_fresh_view_says(void **state)
{
	struct disk *d = *state;
	struct live *l;
	struct fault f;
	record_people(&d->office);
	assert_ok(live_start(&d->office.app, &l, &f));
	for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
		apply(&d->office, &changes[i]);
		assert_as_fresh(l, &d->office.app);
	}
	live_stop(&l);
	assert_null(l);
}

static struct live *start(struct disk *d)
{
	struct live *l;
	struct fault f;
	record_people(&d->office);
	assert_ok(live_start(&d->office.app, &l, &f));
	return l;
}

static void test_another_day_is_as_a_fresh_view_of_that_day(void **state)
{
	struct disk *d = *state;
	struct live *l = start(d);
	const char *const days[] = { "2026-04-20", "2026-06-30", "2026-12-01", "2027-05-01", "2026-06-30" };
	for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
		d->office.app.today = on(days[i]);
		assert_as_fresh(l, &d->office.app);
	}
	live_stop(&l);
}

static void test_many_entries_at_once_are_as_a_fresh_view(void **state)
{
	struct disk *d = *state;
	struct live *l = start(d);
	for (size_t i = 0; i < sizeof changes / sizeof *changes; i++)
		apply(&d->office, &changes[i]);
	assert_as_fresh(l, &d->office.app);
	live_stop(&l);
}

/* A reader whose transaction began before a write gets the newer view that somebody else has asked for. */
static void test_an_older_reader_gets_the_newer_view(void **state)
{
	struct disk *d = *state;
	struct live *l = start(d);
	struct app old;
	struct live_view v;
	struct fault f;
	assert_ok(app_open_again(&d->office.app, APP_READ, &old, &f));
	assert_ok(app_begin(&old, &f));
	DO(&d->office, "person_record", "name=Đỗ Thị Giang", "unit=TB-02");
	v = hold(l, &d->office.app);
	assert_int_equal(v.people_n, 4);
	release(l, &d->office.app);
	assert_ok(live_hold(l, &old, &v, &f));
	assert_int_equal(v.people_n, 4);
	assert_true(v.position.v > old.head.last.v);
	live_release(l);
	app_close(&old);
	live_stop(&l);
}

/* ---- questions ---- */

static struct unit_id unit_of(const struct app *app, const char *code)
{
	return tree_find_code(&app->tree, code)->id;
}

static size_t found(struct disk *d, const struct live_view *v, struct roll_ask q, size_t skip, size_t most, const char **names)
{
	const struct roll_person **people;
	size_t n, total;
	struct fault f;
	if (!q.unit.v)
		q.unit = unit_of(&d->office.app, "TB");
	assert_ok(roll_find(v, &d->office.app.tree, &q, skip, most, &d->office.arena, &people, &n, &total, &f));
	for (size_t i = 0; names && i < n; i++)
		names[i] = people[i]->name;
	assert_true(n <= most && n <= total);
	return total;
}

static void test_names_are_sorted_the_vietnamese_way_and_paged(void **state)
{
	struct disk *d = *state;
	struct live *l = start(d);
	const char *names[3];
	DO(&d->office, "person_record", "name=Lê Thị Anh", "unit=TB-02");
	struct live_view v = hold(l, &d->office.app);
	assert_int_equal(found(d, &v, (struct roll_ask){ .due_by = DAY_NONE }, 0, 3, names), 4);
	assert_string_equal(names[0], "Nguyễn Văn An");
	assert_string_equal(names[1], "Lê Thị Anh");
	assert_string_equal(names[2], "Trần Văn Bảy");
	assert_int_equal(found(d, &v, (struct roll_ask){ .due_by = DAY_NONE }, 3, 3, names), 4);
	assert_string_equal(names[0], "Lê Thị Đào");
	release(l, &d->office.app);
	live_stop(&l);
}

static void test_a_text_finds_beginnings_of_words_without_accents(void **state)
{
	struct disk *d = *state;
	struct live *l = start(d);
	struct live_view v = hold(l, &d->office.app);
	const struct { const char *text; size_t n; } cases[] = {
		{ "dao", 1 }, { "ĐÀO", 1 }, { "van", 2 }, { "Văn B", 1 }, { "le thi dao", 1 }, { "ao", 0 }, { "hi dao", 0 }, { "  ", 3 },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_int_equal(found(d, &v, (struct roll_ask){ .due_by = DAY_NONE, .text = cases[i].text }, 0, 9, NULL), cases[i].n);
	release(l, &d->office.app);
	live_stop(&l);
}

static void test_a_text_of_broken_letters_is_refused(void **state)
{
	struct disk *d = *state;
	struct live *l = start(d);
	struct live_view v = hold(l, &d->office.app);
	const struct roll_ask q = { .unit = unit_of(&d->office.app, "TB"), .due_by = DAY_NONE, .text = "\xc3" };
	const struct roll_person **people;
	size_t n, total;
	struct fault f;
	assert_refused(roll_find(&v, &d->office.app.tree, &q, 0, 1, &d->office.arena, &people, &n, &total, &f), E_INVALID, "text",
		MSG_NOT_UTF8);
	release(l, &d->office.app);
	live_stop(&l);
}

/* Person 1 is on the list, 2 on probation, 3 has nothing but a card. */
static void test_filters(void **state)
{
	struct disk *d = *state;
	struct live *l = start(d);
	struct live_view v = hold(l, &d->office.app);
	const char *names[1];
	assert_int_equal(found(d, &v, (struct roll_ask){ .unit = unit_of(&d->office.app, "TB-01"), .due_by = DAY_NONE }, 0, 1, NULL), 2);
	assert_int_equal(found(d, &v, (struct roll_ask){ .open = true, .due_by = DAY_NONE }, 0, 1, NULL), 2);
	assert_int_equal(found(d, &v, (struct roll_ask){ .phase = PHASE_PROBATION, .due_by = DAY_NONE }, 0, 1, names), 1);
	assert_string_equal(names[0], "Lê Thị Đào");
	assert_int_equal(found(d, &v, (struct roll_ask){ .state = "ON_LIST", .due_by = DAY_NONE }, 0, 1, names), 1);
	assert_string_equal(names[0], "Trần Văn Bảy");
	assert_int_equal(found(d, &v, (struct roll_ask){ .due_by = on("2027-04-20") }, 0, 1, names), 1);
	assert_string_equal(names[0], "Lê Thị Đào");
	assert_null(live_person(&v, (struct person_id){ 99 }));
	release(l, &d->office.app);
	live_stop(&l);
}

/* R294 4.2: a year of probation from the ceremony on 20/4/2026, then thirty working days for the recognition. */
static void test_due_and_late_follow_the_clocks(void **state)
{
	struct disk *d = *state;
	struct live *l = start(d);
	struct app *app = &d->office.app;
	const struct due_ask late = { .unit = unit_of(app, "TB"), .late = true }, due = { .unit = unit_of(app, "TB"), .within = 400 };
	struct late_person *people;
	struct due_row *rows;
	struct fault f;
	size_t n, total, people_n;
	app->today = on("2027-09-01");
	struct live_view v = hold(l, app);
	roll_due(&v, &app->tree, &late, 0, 10, &d->office.arena, &rows, &n, &total);
	assert_true(total > 0 && n == total);
	assert_ok(late_people(app, late.unit, app->today, &d->office.arena, &people, &people_n, &f));
	for (size_t i = 0; i < people_n; i++)
		for (size_t k = 0; k < people[i].standing.clocks_n; k++)
			total -= late_is_late(&people[i].standing.clocks[k]);
	assert_int_equal(total, 0);
	for (size_t i = 0; i < n; i++) {
		assert_true(rows[i].person->late);
		assert_int_equal(rows[i].days, app->today.n - rows[i].clock->due.n);
		assert_true(i == 0 || rows[i - 1].clock->due.n <= rows[i].clock->due.n);
		assert_ptr_equal(rows[i].unit, tree_find(&app->tree, rows[i].person->unit));
	}
	assert_int_equal(found(d, &v, (struct roll_ask){ .late = true, .due_by = DAY_NONE }, 0, 9, NULL), 1);
	release(l, app);
	app->today = on("2026-05-01");
	v = hold(l, app);
	roll_due(&v, &app->tree, &due, 0, 10, &d->office.arena, &rows, &n, &total);
	assert_true(n > 0);
	for (size_t i = 0; i < n; i++)
		assert_true(rows[i].clock->status == CLOCK_RUNNING && rows[i].days <= 400);
	size_t all = total;
	roll_due(&v, &app->tree, &due, 1, 10, &d->office.arena, &rows, &n, &total);
	assert_int_equal(n, all - 1);
	assert_int_equal(total, all);
	roll_due(&v, &app->tree, &due, all + 5, 10, &d->office.arena, &rows, &n, &total);
	assert_int_equal(n, 0);
	release(l, app);
	live_stop(&l);
}

static void test_the_pipeline_counts_open_ones_in_the_order_of_the_chain(void **state)
{
	struct disk *d = *state;
	struct live *l = start(d);
	struct app *app = &d->office.app;
	size_t n;
	DO(&d->office, "person_record", "name=Đỗ Thị Giang", "unit=TB-01-A", "introduced=2025-02-02", "listed=2025-04-02");
	struct live_view v = hold(l, app);
	const struct roll_count *c = roll_pipeline(&v, &app->tree, unit_of(app, "TB"), &d->office.arena, &n);
	assert_int_equal(n, 2);
	assert_int_equal(c[0].phase, PHASE_CANDIDATE);
	assert_int_equal(c[0].n, 2);
	assert_int_equal(c[1].phase, PHASE_PROBATION);
	assert_int_equal(c[1].n, 1);
	c = roll_pipeline(&v, &app->tree, unit_of(app, "TB-01-B"), &d->office.arena, &n);
	assert_int_equal(n, 1);
	assert_int_equal(c[0].phase, PHASE_PROBATION);
	(void)roll_pipeline(&v, &app->tree, unit_of(app, "TB-02"), &d->office.arena, &n);
	assert_int_equal(n, 0);
	release(l, app);
	live_stop(&l);
}

/* ---- memory ---- */

static void test_a_card_that_changes_again_and_again_does_not_grow(void **state)
{
	(void)state;
	enum { PEOPLE = 200, ROUNDS = 200 };
	struct roll *r = roll_new();
	size_t first = 0, n;
	char name[40];
	for (int round = 0; round < ROUNDS; round++) {
		for (int64_t i = 1; i <= PEOPLE; i++) {
			(void)snprintf(name, sizeof name, "%03d người %d", (int)(i * 7 + round) % 1000, round);
			const struct roll_card card = { { i }, name, name, name, DAY_NONE, "female" };
			roll_set_card(r, &card);
		}
		first = round == 0 ? roll_bytes(r) : first;
	}
	assert_true(roll_bytes(r) < 8 * first);
	const struct roll_mark *marks;
	const struct roll_person *const *v = roll_people(r, &marks, &n);
	assert_int_equal(n, PEOPLE);
	for (size_t i = 1; i < n; i++)
		assert_true(strcmp(v[i - 1]->name_key, v[i]->name_key) <= 0);
	assert_string_equal(roll_person(r, (struct person_id){ 3 })->name, "220 người 199");
	assert_string_equal(roll_person(r, (struct person_id){ 3 })->sex, "female");
	roll_free(&r);
	assert_null(r);
}

/* ---- many readers, one writer ---- */

enum { READERS = 3, ROUNDS = 60, WRITES = 120 };

struct reader {
	struct app app;
	struct live *live;
	bool sound; /* what it saw was of one moment */
};

/* Everybody stands in the roll once, and those admitted in the roll are those of the cube. */
static bool is_sound(const struct live_view *v, struct unit_id root, struct entry_id *seen)
{
	int64_t members = 0;
	bool sorted = true;
	for (size_t i = 0; i < v->people_n; i++) {
		members += v->people[i]->phase == PHASE_PROBATION;
		sorted &= i == 0 || strcmp(v->people[i - 1]->name_key, v->people[i]->name_key) <= 0;
	}
	bool forward = v->position.v >= seen->v;
	*seen = v->position;
	return sorted && forward && members == cube_members(v->cube, (struct scope){ root, v->today, NULL }, v->today);
}

static void *read_on(void *ctx)
{
	struct reader *r = ctx;
	struct entry_id seen = { 0 };
	r->sound = true;
	for (int i = 0; i < ROUNDS && r->sound; i++) {
		struct live_view v;
		struct fault f;
		r->sound = app_begin(&r->app, &f) == OK;
		if (!r->sound)
			break;
		r->sound = live_hold(r->live, &r->app, &v, &f) == OK;
		if (r->sound) {
			r->sound = is_sound(&v, unit_of(&r->app, "TB"), &seen);
			live_release(r->live);
		}
		app_rollback(&r->app);
	}
	return NULL;
}

static void write_people(struct disk *d, struct writer *w)
{
	for (int i = 0; i < WRITES; i++) {
		struct arena a = { 0 };
		struct person_record_in in = person_record_none();
		in.unit = i % 2 ? "TB-01-A" : "TB-02";
		in.name = arena_printf(&a, "Người Thử %c%c", 'A' + i % 26, 'A' + i / 26);
		in.decided = on("2026-03-01");
		in.ceremony = on("2026-03-15");
		struct writer_job job = { .op = op_find("person_record"), .in = &in, .arena = &a };
		assert_int_equal(writer_run(w, &job), OK);
		arena_done(&a);
	}
	(void)d;
}

static void test_readers_beside_a_writer_see_one_moment_each(void **state)
{
	struct disk *d = *state;
	struct live *l = start(d);
	struct reader readers[READERS];
	pthread_t threads[READERS];
	struct writer *w;
	struct fault f;
	assert_ok(writer_start(&d->office.app, &w, &f));
	for (int i = 0; i < READERS; i++) {
		readers[i].live = l;
		assert_ok(app_open_again(&d->office.app, APP_READ, &readers[i].app, &f));
		assert_int_equal(pthread_create(&threads[i], NULL, read_on, &readers[i]), 0);
	}
	write_people(d, w);
	for (int i = 0; i < READERS; i++) {
		assert_int_equal(pthread_join(threads[i], NULL), 0);
		assert_true(readers[i].sound);
		app_close(&readers[i].app);
	}
	writer_stop(&w);
	assert_as_fresh(l, &d->office.app);
	live_stop(&l);
}

#define LIVE_TEST(name) cmocka_unit_test_setup_teardown(name, disk_setup, disk_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		LIVE_TEST(test_every_operation_leaves_what_a_fresh_view_says),
		LIVE_TEST(test_another_day_is_as_a_fresh_view_of_that_day),
		LIVE_TEST(test_many_entries_at_once_are_as_a_fresh_view),
		LIVE_TEST(test_an_older_reader_gets_the_newer_view),
		LIVE_TEST(test_names_are_sorted_the_vietnamese_way_and_paged),
		LIVE_TEST(test_a_text_finds_beginnings_of_words_without_accents),
		LIVE_TEST(test_a_text_of_broken_letters_is_refused),
		LIVE_TEST(test_filters),
		LIVE_TEST(test_due_and_late_follow_the_clocks),
		LIVE_TEST(test_the_pipeline_counts_open_ones_in_the_order_of_the_chain),
		LIVE_TEST(test_readers_beside_a_writer_see_one_moment_each),
		cmocka_unit_test(test_a_card_that_changes_again_and_again_does_not_grow),
	};
	return RUN(tests);
}
