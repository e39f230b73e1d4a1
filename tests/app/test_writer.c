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
		T(test_other_connection_sees_what_was_answered), cmocka_unit_test(test_stopping_nothing_is_fine),
	};
	return RUN(tests);
}
