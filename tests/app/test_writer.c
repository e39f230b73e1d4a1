#include "office_disk.h"

#include "app/verify.h"
#include "app/writer.h"

#include <pthread.h>
#include <stdatomic.h>

enum { SUBMITTERS = 4, EACH = 50 };

struct submitter {
	struct writer *writer;
	int number, accepted, refused;
};

static struct person_record_in person(struct arena *a, int submitter, int i)
{
	struct person_record_in in = person_record_none();
	in.unit = i % 10 == 9 ? "NOWHERE" : "TB-02";
	in.name = arena_printf(a, "Nguyễn Thử %c%c", 'A' + submitter, 'A' + i % 26);
	in.id_number = arena_printf(a, "0350950%02d%03d", submitter, i);
	return in;
}

/* Every tenth is refused: the unit is not there. */
static void *submit(void *ctx)
{
	struct submitter *s = ctx;
	for (int i = 0; i < EACH; i++) {
		struct arena a = { 0 };
		struct person_record_in in = person(&a, s->number, i);
		struct writer_job job = { .op = op_find("person_record"), .in = &in, .arena = &a };
		if (writer_run(s->writer, &job) == OK)
			s->accepted++;
		else
			s->refused += job.fault.msg == MSG_UNIT_CODE_UNKNOWN;
		arena_done(&a);
	}
	return NULL;
}

static void test_every_submitter_gets_its_own_answers(void **state)
{
	struct disk *d = *state;
	struct submitter s[SUBMITTERS] = { 0 };
	pthread_t threads[SUBMITTERS];
	struct verify_result r;
	struct writer *w;
	struct fault f;
	assert_ok(writer_start(&d->office.app, &w, &f));
	for (int i = 0; i < SUBMITTERS; i++) {
		s[i].writer = w;
		s[i].number = i;
		assert_int_equal(pthread_create(&threads[i], NULL, submit, &s[i]), 0);
	}
	for (int i = 0; i < SUBMITTERS; i++)
		assert_int_equal(pthread_join(threads[i], NULL), 0);
	writer_stop(&w);
	assert_null(w);
	for (int i = 0; i < SUBMITTERS; i++) {
		assert_int_equal(s[i].accepted, EACH - EACH / 10);
		assert_int_equal(s[i].refused, EACH / 10);
	}
	assert_ok(verify_all(&d->office.app, &r, &f));
	assert_int_equal(r.entries, 5 + SUBMITTERS * (EACH - EACH / 10));
}

struct counted {
	struct writer_job job; /* first, so that its address is the whole's */
	struct arena arena;
	struct person_record_in in;
	atomic_int *answered;
};

static void count(struct writer_job *job)
{
	struct counted *c = (struct counted *)job;
	atomic_fetch_add(c->answered, job->err == OK);
}

static void test_stopping_answers_everything_first(void **state)
{
	struct disk *d = *state;
	enum { JOBS = 600 }; /* more than one transaction takes */
	struct counted *jobs = calloc(JOBS, sizeof *jobs);
	atomic_int answered = 0;
	struct writer *w;
	struct fault f;
	assert_non_null(jobs);
	assert_ok(writer_start(&d->office.app, &w, &f));
	for (int i = 0; i < JOBS; i++) {
		struct counted *c = &jobs[i];
		c->in = person_record_none();
		c->in.unit = "TB-02";
		c->in.name = "Trần Thử";
		c->in.birth = day_add(on("1990-01-01"), i);
		c->answered = &answered;
		c->job = (struct writer_job){ .op = op_find("person_record"), .in = &c->in, .arena = &c->arena, .done = count };
		writer_submit(w, &c->job);
	}
	writer_stop(&w);
	assert_int_equal(atomic_load(&answered), JOBS);
	assert_int_equal(office_entries(&d->office), 5 + JOBS);
	for (int i = 0; i < JOBS; i++)
		arena_done(&jobs[i].arena);
	free(jobs);
}

static void test_other_connection_sees_what_was_answered(void **state)
{
	struct disk *d = *state;
	struct unit_rename_in in = { "TB-02", "Chi bộ Mới", on("2021-01-01"), NULL, DAY_NONE };
	struct writer_job job = { .op = op_find("unit_rename"), .in = &in, .arena = &d->office.arena };
	struct writer *w;
	struct cube *cube;
	struct fault f;
	assert_ok(app_cube(&d->office.app, &cube, &f));
	assert_ok(writer_start(&d->office.app, &w, &f));
	assert_int_equal(writer_run(w, &job), OK);
	writer_stop(&w);
	assert_ok(app_cube(&d->office.app, &cube, &f));
	assert_string_equal(unit_name(tree_find_code(cube_tree(cube), "TB-02"), on(TODAY)), "Chi bộ Mới");
	assert_string_equal(unit_name(tree_find_code(&d->office.app.tree, "TB-02"), on(TODAY)), "Chi bộ Mới");
}

/* ---- who, version, once ---- */

static struct grant office_grant(struct app *app, const char *unit)
{
	return (struct grant){ .role = ROLE_OFFICE, .unit = tree_find_code(&app->tree, unit)->id, .from = on("2020-01-01"), .to = DAY_NONE };
}

static void test_job_acts_as_its_own_user_and_the_next_as_its_own(void **state)
{
	struct disk *d = *state;
	struct app *app = &d->office.app;
	struct grant g = office_grant(app, "TB-01");
	const struct actor lan = { .account = 7, .login = "lan", .journal = "user:lan", .grants = &g, .n = 1, .mask = UINT32_MAX };
	struct unit_rename_in own = { "TB-01-A", "Chi bộ Một", on("2021-01-01"), NULL, DAY_NONE }, other = own;
	struct writer_job jobs[] = {
		{ .op = op_find("unit_rename"), .in = &own, .who = &lan, .arena = &d->office.arena },
		{ .op = op_find("unit_rename"), .in = &other, .who = &lan, .arena = &d->office.arena },
		{ .op = op_find("unit_rename"), .in = &other, .arena = &d->office.arena },
	};
	struct entry *entries;
	struct writer *w;
	struct fault f;
	size_t n;
	other.unit = "TB-02";
	assert_ok(writer_start(app, &w, &f));
	assert_int_equal(writer_run(w, &jobs[0]), OK);
	assert_int_equal(writer_run(w, &jobs[1]), E_NOTFOUND);
	assert_int_equal(writer_run(w, &jobs[2]), OK);
	writer_stop(&w);
	assert_ok(journal_read(app->db, (struct entry_id){ 5 }, 9, &d->office.arena, &entries, &n, &f));
	assert_int_equal(n, 2);
	assert_string_equal(entries[0].actor, "user:lan");
	assert_string_equal(entries[1].actor, app->actor);
}

static void test_stale_form_is_refused_and_changes_nothing(void **state)
{
	struct disk *d = *state;
	struct app *app = &d->office.app;
	struct arena *a = &d->office.arena;
	struct unit_rename_in first = { "TB-02", "Chi bộ Một", on("2021-01-01"), NULL, DAY_NONE }, second = first;
	struct writer *w;
	struct fault f;
	int64_t version;
	second.name = "Chi bộ Hai";
	second.from = on("2022-01-01");
	assert_ok(version_of(app, op_find("unit_rename"), &first, a, &version, &f));
	struct writer_job jobs[] = {
		{ .op = op_find("unit_rename"), .in = &first, .version = version, .arena = a },
		{ .op = op_find("unit_rename"), .in = &second, .version = version, .arena = a },
		{ .op = op_find("unit_rename"), .in = &second, .version = version + 1, .arena = a },
	};
	assert_ok(writer_start(app, &w, &f));
	assert_int_equal(writer_run(w, &jobs[0]), OK);
	assert_int_equal(writer_run(w, &jobs[1]), E_CONFLICT);
	assert_int_equal(jobs[1].fault.msg, MSG_OP_STALE);
	assert_int_equal(writer_run(w, &jobs[2]), OK);
	writer_stop(&w);
	assert_int_equal(office_entries(&d->office), 5 + 2);
}

static void test_version_of_a_person_counts_facts_and_of_the_rest_is_none(void **state)
{
	struct disk *d = *state;
	struct app *app = &d->office.app;
	struct fact_record_in fact = fact_record_none();
	struct person_record_in list = person_record_none();
	struct fault f;
	int64_t before, after, none;
	DO(&d->office, "person_record", "unit=TB-02", "name=Nguyễn Thử");
	fact.person = 1;
	assert_ok(version_of(app, op_find("fact_record"), &fact, &d->office.arena, &before, &f));
	DO(&d->office, "fact_record", "person=1", "kind=sex", "on=2020-01-01", "value=male");
	assert_ok(version_of(app, op_find("fact_record"), &fact, &d->office.arena, &after, &f));
	assert_int_equal(after, before + 1);
	assert_ok(version_of(app, op_find("person_record"), &list, &d->office.arena, &none, &f));
	assert_int_equal(none, 0);
	fact.person = 99;
	assert_refused(version_of(app, op_find("fact_record"), &fact, &d->office.arena, &none, &f), E_NOTFOUND, "person", MSG_PERSON_UNKNOWN);
}

static void test_form_sent_twice_does_one_thing_and_gives_one_answer(void **state)
{
	struct disk *d = *state;
	struct app *app = &d->office.app;
	struct person_record_in in = person_record_none();
	struct grant g = office_grant(app, "TB");
	const struct actor lan = { .account = 7, .login = "lan", .journal = "user:lan", .grants = &g, .n = 1, .mask = UINT32_MAX };
	in.unit = "TB-02";
	in.name = "Nguyễn Thử";
	in.sex = "male";
	struct writer_job first = { .op = op_find("person_record"), .in = &in, .once = "k1", .arena = &d->office.arena }, again = first,
		as_lan = first, another = first;
	struct writer *w;
	struct fault f;
	as_lan.who = &lan;
	another.once = "k2";
	assert_ok(writer_start(app, &w, &f));
	assert_int_equal(writer_run(w, &first), OK);
	assert_int_equal(writer_run(w, &again), OK);
	assert_false(again.result.unchanged);
	assert_int_equal(again.result.entity_id, first.result.entity_id);
	assert_int_equal(again.result.entry.v, first.result.entry.v);
	assert_int_equal(writer_run(w, &as_lan), OK); /* her own key: asked anew, and there is nothing to change */
	assert_true(as_lan.result.unchanged);
	assert_int_equal(writer_run(w, &another), OK);
	assert_true(another.result.unchanged);
	assert_int_equal(writer_run(w, &another), OK);
	assert_true(another.result.unchanged);
	writer_stop(&w);
	assert_int_equal(office_entries(&d->office), 5 + 1);
}

/* ---- tasks ---- */

struct note {
	const char *value;
	bool refuse;
};

static enum err put_note(struct app *app, void *ctx, struct arena *a, struct fault *f)
{
	(void)a;
	const struct note *n = ctx;
	TRY(app_setting_put(app, "note", n->value, f));
	return n->refuse ? FAULT(f, E_INVALID, "note", MSG_REQUIRED) : OK;
}

static enum err open_two(struct app *app, void *ctx, struct arena *a, struct fault *f)
{
	(void)ctx;
	const struct unit_open_in one = { "TB-09", "Chi bộ Chín", "BRANCH", "TB", on("2020-01-01"), NULL, -1, NULL, DAY_NONE };
	const struct unit_open_in two = { "TB-10", "Chi bộ Mười", "BRANCH", "NO-SUCH", on("2020-01-01"), NULL, -1, NULL, DAY_NONE };
	struct op_result r;
	TRY(op_run(app, op_find("unit_open"), &one, a, &r, f));
	return op_run(app, op_find("unit_open"), &two, a, &r, f);
}

static void test_refused_task_is_undone_alone_with_the_operations_in_it(void **state)
{
	struct disk *d = *state;
	struct app *app = &d->office.app;
	struct note good = { "một", false }, bad = { "hai", true };
	struct unit_open_in own = { "TB-09", "Chi bộ khác", "BRANCH", "TB", on("2021-01-01"), NULL, -1, NULL, DAY_NONE };
	struct writer_job jobs[] = {
		{ .task = put_note, .ctx = &good, .arena = &d->office.arena }, { .task = put_note, .ctx = &bad, .arena = &d->office.arena },
		{ .task = open_two, .arena = &d->office.arena }, { .op = op_find("unit_open"), .in = &own, .arena = &d->office.arena },
	};
	struct verify_result r;
	struct writer *w;
	struct fault f;
	const char *value;
	assert_ok(writer_start(app, &w, &f));
	assert_int_equal(writer_run(w, &jobs[0]), OK);
	assert_int_equal(writer_run(w, &jobs[1]), E_INVALID);
	assert_int_equal(writer_run(w, &jobs[2]), E_NOTFOUND);
	assert_int_equal(writer_run(w, &jobs[3]), OK); /* the code is free: nothing is left of the task's */
	writer_stop(&w);
	assert_ok(app_setting(app, "note", &d->office.arena, &value, &f));
	assert_string_equal(value, "một");
	assert_int_equal(office_entries(&d->office), 5 + 1);
	assert_ok(verify_all(app, &r, &f));
}

static enum err import_like(struct app *app, void *ctx, struct arena *a, struct fault *f)
{
	struct person_record_in in = person_record_none();
	struct op_result r;
	(void)ctx;
	assert_false(app->in_transaction);
	in.unit = "TB-02";
	in.name = "Lê Thử";
	TRY(op_run_alone(app, op_find("person_record"), &in, a, &r, f));
	return app_begin(app, f); /* left open: the writer ends it */
}

static void test_lone_task_makes_its_own_transactions_between_others(void **state)
{
	struct disk *d = *state;
	enum { JOBS = 30 };
	struct counted jobs[JOBS] = { 0 };
	atomic_int answered = 0;
	struct writer *w;
	struct fault f;
	assert_ok(writer_start(&d->office.app, &w, &f));
	for (int i = 0; i < JOBS; i++) {
		struct counted *c = &jobs[i];
		c->in = person_record_none();
		c->in.unit = "TB-02";
		c->in.name = "Trần Thử";
		c->in.birth = day_add(on("1990-01-01"), i);
		c->answered = &answered;
		c->job = i % 10 == 5 ? (struct writer_job){ .task = import_like, .alone = true, .arena = &c->arena, .done = count } :
			(struct writer_job){ .op = op_find("person_record"), .in = &c->in, .arena = &c->arena, .done = count };
		writer_submit(w, &c->job);
	}
	writer_stop(&w);
	assert_int_equal(atomic_load(&answered), JOBS);
	assert_int_equal(office_entries(&d->office), 5 + 27 + 1); /* the same person three times */
	for (int i = 0; i < JOBS; i++)
		arena_done(&jobs[i].arena);
}

static void test_stopping_nothing_is_fine(void **state)
{
	(void)state;
	struct writer *w = NULL;
	writer_stop(&w);
	assert_null(w);
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, disk_setup, disk_teardown)
	const struct CMUnitTest tests[] = {
		T(test_every_submitter_gets_its_own_answers), T(test_stopping_answers_everything_first),
		T(test_other_connection_sees_what_was_answered), T(test_job_acts_as_its_own_user_and_the_next_as_its_own),
		T(test_stale_form_is_refused_and_changes_nothing), T(test_version_of_a_person_counts_facts_and_of_the_rest_is_none),
		T(test_form_sent_twice_does_one_thing_and_gives_one_answer), T(test_refused_task_is_undone_alone_with_the_operations_in_it),
		T(test_lone_task_makes_its_own_transactions_between_others), cmocka_unit_test(test_stopping_nothing_is_fine),
	};
	return RUN(tests);
}
