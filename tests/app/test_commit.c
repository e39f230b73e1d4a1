/* The database server goes away while a transaction ends: nothing is lost, nothing is done twice, and who asked is told which it was. A
 * driver of the test's own stands before the engine's; on PostgreSQL it cuts the real connection. */
#include "office_disk.h"

#include "app/verify.h"
#include "app/writer.h"
#include "store/driver.h"
#include "store/pgsql.h"

#include <pthread.h>
#include <semaphore.h>
#include <sys/socket.h>

/* ---- the driver ---- */

enum cut {
	CUT_NOT,
	CUT_BEFORE,  /* COMMIT does not reach the server */
	CUT_AFTER,   /* it does, and the answer is lost */
	CUT_GONE,    /* the loss was noticed before */
	CUT_AGAIN,   /* the engine refuses, because of something else at the same time */
};

static struct {
	const struct db_driver *engine;
	struct db_driver mine;
	enum cut cut;
	int commits;                /* of the coming ones, so many are cut */
	enum err begin;             /* what beginning gives, so many times: from now on, and from the cut on */
	enum msg begin_msg;
	int begins, begins_then;
	int begun;
	void (*meanwhile)(void *ctx); /* between the loss and the next beginning */
	void *ctx;
} cutter;

static enum err unsure(struct fault *f)
{
	return FAULT(f, E_UNSURE, "data", MSG_PG_UNSURE, "thử");
}

static enum err on_file(struct db *db, struct fault *f)
{
	enum err e = cutter.engine->control(db, cutter.cut == CUT_AFTER ? CONTROL_COMMIT : CONTROL_ROLLBACK, f);
	assert_int_equal(e, OK);
	return unsure(f);
}

/* What libpq itself makes of it: the rest of the connection stays open until the driver gives it up. */
static enum err on_server(struct db *db, struct fault *f)
{
	(void)shutdown(PQsocket(pgsql_of(db)->c), cutter.cut == CUT_AFTER ? SHUT_RD : SHUT_RDWR);
	return cutter.engine->control(db, CONTROL_COMMIT, f);
}

static enum err refuse(struct db *db, struct fault *f)
{
	(void)!cutter.engine->control(db, CONTROL_ROLLBACK, NULL);
	if (cutter.cut == CUT_GONE)
		return FAULT(f, E_GONE, "data", MSG_PG_GONE, "thử", "");
	return FAULT(f, E_BUSY, "data", MSG_PG_AGAIN, "thử", "40001");
}

static enum err cut_commit(struct db *db, struct fault *f)
{
	if (cutter.commits == 0)
		return cutter.engine->control(db, CONTROL_COMMIT, f);
	cutter.commits--;
	cutter.begins = cutter.begins_then;
	if (cutter.cut == CUT_GONE || cutter.cut == CUT_AGAIN)
		return refuse(db, f);
	enum err e = cutter.engine == &db_pgsql_driver ? on_server(db, f) : on_file(db, f);
	if (cutter.meanwhile)
		cutter.meanwhile(cutter.ctx);
	return e;
}

static enum err cut_control(struct db *db, enum control what, struct fault *f)
{
	if (what == CONTROL_COMMIT)
		return cut_commit(db, f);
	if (what == CONTROL_BEGIN) {
		cutter.begun++;
		if (cutter.begins > 0) {
			cutter.begins--;
			return FAULT(f, cutter.begin, "data", cutter.begin_msg, "thử", "");
		}
	}
	return cutter.engine->control(db, what, f);
}

static void put_between(struct db *db)
{
	if (db->driver != &cutter.mine)
		cutter.engine = db->driver;
	cutter.mine = *cutter.engine;
	cutter.mine.control = cut_control;
	db->driver = &cutter.mine;
}

/* From now on: the next `n` commits. */
static void cut_next(enum cut cut, int n)
{
	cutter.cut = cut;
	cutter.commits = n;
	cutter.begun = 0;
}

/* And then beginning fails so many times. */
static void then_begin_gives(enum err e, enum msg msg, int n)
{
	cutter.begin = e;
	cutter.begin_msg = msg;
	cutter.begins_then = n;
}

static int setup(void **state)
{
	memset(&cutter, 0, sizeof cutter);
	return disk_setup(state);
}

/* ---- one connection ---- */

static enum err open_unit(struct disk *d, const char *code, struct fault *ret_fault)
{
	struct fault f;
	struct unit_open_in in = { code, "Chi bộ Mới", "BRANCH", "TB", on("2020-01-01"), NULL, -1, NULL, DAY_NONE };
	struct app *app = &d->office.app;
	struct op_result r;
	assert_ok(app_begin(app, &f));
	assert_ok(op_run(app, op_find("unit_open"), &in, &d->office.arena, &r, &f));
	return app_commit(app, ret_fault);
}

static void whole(struct disk *d, int64_t entries)
{
	struct verify_result r;
	struct fault f;
	assert_false(d->office.app.in_transaction);
	assert_ok(verify_all(&d->office.app, &r, &f));
	assert_int_equal(r.entries, entries);
}

static void test_commit_that_arrived_is_ok_though_its_answer_was_lost(void **state)
{
	struct disk *d = *state;
	struct fault f;
	put_between(d->office.app.db);
	cut_next(CUT_AFTER, 1);
	assert_ok(open_unit(d, "TB-09", &f));
	assert_non_null(tree_find_code(&d->office.app.tree, "TB-09"));
	assert_ok(open_unit(d, "TB-10", &f));
	whole(d, 5 + 2);
}

static void test_commit_that_never_arrived_leaves_nothing_and_says_so(void **state)
{
	struct disk *d = *state;
	struct fault f;
	put_between(d->office.app.db);
	cut_next(CUT_BEFORE, 1);
	assert_refused(open_unit(d, "TB-09", &f), E_GONE, "data", MSG_APP_LOST);
	assert_null(tree_find_code(&d->office.app.tree, "TB-09"));
	assert_ok(open_unit(d, "TB-09", &f));
	assert_int_equal(tree_find_code(&d->office.app.tree, "TB-09")->id.v, 6);
	whole(d, 5 + 1);
}

static void somebody_else_writes(void *ctx)
{
	struct disk *d = ctx;
	struct app other;
	struct fault f;
	struct op_result r;
	struct unit_rename_in in = { "TB-02", "Chi bộ Khác", on("2021-01-01"), NULL, DAY_NONE };
	assert_ok(app_open_again(&d->office.app, APP_WRITE, &other, &f));
	assert_ok(op_run_alone(&other, op_find("unit_rename"), &in, &d->office.arena, &r, &f));
	app_close(&other);
}

static void test_entry_of_somebody_else_with_the_same_number_is_not_ours(void **state)
{
	struct disk *d = *state;
	struct fault f;
	put_between(d->office.app.db);
	cutter.meanwhile = somebody_else_writes;
	cutter.ctx = d;
	cut_next(CUT_BEFORE, 1);
	assert_refused(open_unit(d, "TB-09", &f), E_GONE, "data", MSG_APP_LOST);
	cut_next(CUT_AFTER, 1);
	assert_ok(open_unit(d, "TB-09", &f)); /* an entry behind ours hides it from nobody */
	assert_string_equal(unit_name(tree_find_code(&d->office.app.tree, "TB-02"), on(TODAY)), "Chi bộ Khác");
	cutter.meanwhile = NULL;
	assert_ok(open_unit(d, "TB-10", &f));
	whole(d, 5 + 3);
}

static void test_lookup_waits_for_a_server_that_is_away_or_starting(void **state)
{
	struct disk *d = *state;
	struct fault f;
	put_between(d->office.app.db);
	cut_next(CUT_AFTER, 1);
	then_begin_gives(E_GONE, MSG_PG_STARTING, 2);
	assert_ok(open_unit(d, "TB-09", &f));
	assert_int_equal(cutter.begun, 1 + 3);
	cut_next(CUT_BEFORE, 1);
	then_begin_gives(E_BUSY, MSG_PG_LOCKED, 1); /* the lost connection's other end has not noticed yet */
	assert_refused(open_unit(d, "TB-10", &f), E_GONE, "data", MSG_APP_LOST);
	whole(d, 5 + 1);
}

/* A server that does not let us in any more is not waited for. */
static void test_what_cannot_be_looked_up_stays_unsure_and_is_seen_later(void **state)
{
	struct disk *d = *state;
	struct app *app = &d->office.app;
	struct fault f;
	put_between(app->db);
	then_begin_gives(E_STORAGE, MSG_PG_PASSWORD, 1);
	for (int i = 0; i < 2; i++) {
		cut_next(i == 0 ? CUT_BEFORE : CUT_AFTER, 1);
		assert_refused(open_unit(d, "TB-09", &f), E_UNSURE, "data", MSG_PG_UNSURE);
		assert_ok(app_begin(app, &f));
		assert_int_equal(tree_find_code(&app->tree, "TB-09") != NULL, i);
		app_rollback(app);
	}
	whole(d, 5 + 1);
}

static void test_without_an_entry_there_is_nothing_to_look_for(void **state)
{
	struct disk *d = *state;
	struct app *app = &d->office.app;
	struct fault f;
	const char *value;
	put_between(app->db);
	cut_next(CUT_AFTER, 1);
	assert_ok(app_begin(app, &f));
	assert_ok(app_setting_put(app, "note", "một", &f));
	assert_refused(app_commit(app, &f), E_UNSURE, "data", MSG_PG_UNSURE);
	assert_ok(app_begin(app, &f));
	assert_ok(app_setting(app, "note", &d->office.arena, &value, &f));
	app_rollback(app);
	assert_string_equal(value, "một");
}

static void test_lone_operation_is_tried_once_more(void **state)
{
	struct disk *d = *state;
	struct fault f;
	put_between(d->office.app.db);
	cut_next(CUT_GONE, 1);
	DO(&d->office, "unit_open", "code=TB-09", "name=Chi bộ Chín", "kind=BRANCH", "parent=TB", "opened=2000-01-01");
	cut_next(CUT_AGAIN, 2);
	REFUSED(&d->office, E_BUSY, "data", MSG_PG_AGAIN, "unit_open", "code=TB-10", "name=Chi bộ Mười", "kind=BRANCH", "parent=TB",
		"opened=2000-01-01");
	assert_ok(open_unit(d, "TB-10", &f));
	whole(d, 5 + 2);
}

/* ---- the writer ---- */

struct gate {
	sem_t entered, open;
};

/* Keeps the writer busy, so that what is handed over meanwhile becomes one group. */
static enum err wait_at_gate(struct app *app, void *ctx, struct arena *a, struct fault *f)
{
	struct gate *g = ctx;
	(void)a, (void)f;
	app_rollback(app);
	put_between(app->db);
	(void)sem_post(&g->entered);
	while (sem_wait(&g->open) != 0)
		;
	return OK;
}

struct crowd {
	struct writer *writer;
	struct gate gate;
	struct writer_job closed; /* of the gate */
	sem_t answered;
	struct arena arena, arenas[4];
	struct person_record_in in[4];
	struct writer_job jobs[4];
};

static sem_t *answered_of(const struct writer_job *job)
{
	return job->ctx;
}

static void count(struct writer_job *job)
{
	(void)sem_post(answered_of(job));
}

/* Nguyễn Thử A to D; the third is refused, for there is no such unit; the second has the key of a form. */
static void crowd_prepare(struct crowd *c)
{
	static const char *const names[] = { "Nguyễn Thử A", "Nguyễn Thử B", "Nguyễn Thử C", "Nguyễn Thử D" };
	for (int i = 0; i < 4; i++) {
		c->in[i] = person_record_none();
		c->in[i].unit = i == 2 ? "NOWHERE" : "TB-02";
		c->in[i].name = names[i];
		c->jobs[i] = (struct writer_job){ .op = op_find("person_record"), .in = &c->in[i], .once = i == 1 ? "khóa" : NULL,
			.ctx = &c->answered, .arena = &c->arenas[i], .done = count };
	}
}

static void crowd_begin(struct crowd *c, struct disk *d)
{
	struct fault f;
	*c = (struct crowd){ 0 };
	assert_int_equal(sem_init(&c->gate.entered, 0, 0) + sem_init(&c->gate.open, 0, 0) + sem_init(&c->answered, 0, 0), 0);
	assert_ok(writer_start(&d->office.app, &c->writer, &f));
	c->closed = (struct writer_job){ .task = wait_at_gate, .alone = true, .ctx = &c->gate, .arena = &c->arena };
	crowd_prepare(c);
}

static void *run_gate(void *ctx)
{
	struct crowd *c = ctx;
	(void)!writer_run(c->writer, &c->closed);
	return NULL;
}

/* All four in one transaction, cut like this. */
static void crowd_run(struct crowd *c, enum cut cut, int n)
{
	pthread_t thread;
	assert_int_equal(pthread_create(&thread, NULL, run_gate, c), 0);
	while (sem_wait(&c->gate.entered) != 0)
		;
	cut_next(cut, n);
	for (int i = 0; i < 4; i++)
		writer_submit(c->writer, &c->jobs[i]);
	(void)sem_post(&c->gate.open);
	for (int i = 0; i < 4; i++)
		while (sem_wait(&c->answered) != 0)
			;
	assert_int_equal(pthread_join(thread, NULL), 0);
}

static void crowd_end(struct crowd *c)
{
	writer_stop(&c->writer);
	arena_done(&c->arena);
	for (int i = 0; i < 4; i++)
		arena_done(&c->arenas[i]);
}

/* Their ids are 1 to 3, whatever had to be done again. */
static void all_answered(const struct crowd *c)
{
	static const int64_t ids[] = { 1, 2, 0, 3 };
	for (int i = 0; i < 4; i++) {
		assert_int_equal(c->jobs[i].err, i == 2 ? E_NOTFOUND : OK);
		assert_int_equal(c->jobs[i].result.entity_id, ids[i]);
	}
	assert_int_equal(c->jobs[2].fault.msg, MSG_UNIT_CODE_UNKNOWN);
}

static void test_group_that_was_lost_is_run_again_and_answered_once(void **state)
{
	static const enum cut cuts[] = { CUT_BEFORE, CUT_AFTER, CUT_GONE, CUT_AGAIN };
	for (size_t i = 0; i < sizeof cuts / sizeof *cuts; i++) {
		struct crowd c;
		assert_int_equal(setup(state), 0);
		crowd_begin(&c, *state);
		crowd_run(&c, cuts[i], 2);
		all_answered(&c);
		assert_int_equal(cutter.commits, cuts[i] == CUT_AFTER ? 1 : 0);
		crowd_end(&c);
		whole(*state, 5 + 3);
		assert_int_equal(disk_teardown(state), 0);
	}
}

static void test_warnings_of_an_operation_that_was_run_again_are_not_doubled(void **state)
{
	struct disk *d = *state;
	struct crowd c;
	size_t once;
	DO(&d->office, "person_record", "unit=TB-02", "name=Trần Thử", "sex=male", "birth=1990-01-01", "id_number=035190000001");
	once = d->office.result.warnings.n;
	assert_true(once > 0); /* the number is a woman's */
	crowd_begin(&c, d);
	c.in[0].sex = "male";
	c.in[0].birth = on("1990-01-01");
	c.in[0].id_number = "035190000002";
	crowd_run(&c, CUT_BEFORE, 2);
	assert_int_equal(c.jobs[0].err, OK);
	assert_int_equal(c.jobs[0].result.warnings.n, once);
	crowd_end(&c);
}

static void test_server_that_stays_away_is_said_and_the_next_job_finds_it_back(void **state)
{
	struct disk *d = *state;
	struct crowd c;
	crowd_begin(&c, d);
	then_begin_gives(E_GONE, MSG_PG_GONE, 3);
	crowd_run(&c, CUT_GONE, 1);
	for (int i = 0; i < 4; i++)
		assert_int_equal(c.jobs[i].err, i == 2 ? E_NOTFOUND : E_GONE);
	assert_int_equal(cutter.begun, 4); /* three times again */
	crowd_prepare(&c);
	crowd_run(&c, CUT_NOT, 0);
	all_answered(&c);
	crowd_end(&c);
	whole(d, 5 + 3);
}

static void test_form_sent_again_after_an_unsure_answer_does_one_thing(void **state)
{
	static const enum cut cuts[] = { CUT_BEFORE, CUT_AFTER };
	for (int i = 0; i < 2; i++) {
		struct crowd c;
		assert_int_equal(setup(state), 0);
		crowd_begin(&c, *state);
		then_begin_gives(E_STORAGE, MSG_PG_PASSWORD, 1);
		crowd_run(&c, cuts[i], 1);
		assert_int_equal(c.jobs[1].err, E_UNSURE);
		crowd_prepare(&c);
		crowd_run(&c, CUT_NOT, 0);
		all_answered(&c);
		assert_int_equal(c.jobs[0].result.unchanged, cuts[i] == CUT_AFTER); /* without a key: that person is there */
		assert_false(c.jobs[1].result.unchanged);                          /* with one: the answer that was lost */
		assert_int_equal(c.jobs[1].result.entry.v, 5 + 2);
		crowd_end(&c);
		whole(*state, 5 + 3);
		assert_int_equal(disk_teardown(state), 0);
	}
}

static void test_unsure_without_an_entry_is_not_run_again(void **state)
{
	struct disk *d = *state;
	struct crowd c;
	DO(&d->office, "person_record", "unit=TB-02", "name=Nguyễn Thử A");
	DO(&d->office, "person_record", "unit=TB-02", "name=Nguyễn Thử B");
	DO(&d->office, "person_record", "unit=TB-02", "name=Nguyễn Thử D");
	crowd_begin(&c, d);
	crowd_run(&c, CUT_AFTER, 1); /* everybody is there already: only the key is stored */
	assert_int_equal(c.jobs[0].err, E_UNSURE);
	assert_int_equal(c.jobs[2].err, E_NOTFOUND);
	assert_int_equal(cutter.begun, 1);
	crowd_prepare(&c);
	crowd_run(&c, CUT_NOT, 0);
	assert_int_equal(c.jobs[1].err, OK);
	assert_true(c.jobs[1].result.unchanged);
	crowd_end(&c);
	whole(d, 5 + 3);
}

static enum err lone(struct app *app, void *ctx, struct arena *a, struct fault *f)
{
	int *calls = ctx;
	(void)a;
	++*calls;
	put_between(app->db);
	cut_next(CUT_GONE, 1);
	TRY(app_begin(app, f));
	return app_commit(app, f);
}

static void test_task_that_makes_its_own_transactions_is_not_run_again(void **state)
{
	struct disk *d = *state;
	int calls = 0;
	struct writer_job job = { .task = lone, .ctx = &calls, .alone = true, .arena = &d->office.arena };
	struct writer *w;
	struct fault f;
	assert_ok(writer_start(&d->office.app, &w, &f));
	assert_int_equal(writer_run(w, &job), E_GONE);
	assert_int_equal(calls, 1);
	writer_stop(&w);
}

/* Keys cannot be kept: what would have been done without one is not done, and nobody is told otherwise. */
static void test_operation_whose_key_is_not_kept_is_not_done(void **state)
{
	struct disk *d = *state;
	struct crowd c;
	(void)place_tamper(&d->office.place, place_on_postgres() ? "ALTER TABLE once ADD CONSTRAINT never CHECK (false) NOT VALID" :
		"CREATE TRIGGER never BEFORE INSERT ON once BEGIN SELECT RAISE(ABORT, 'never'); END");
	crowd_begin(&c, d);
	crowd_run(&c, CUT_NOT, 0);
	for (int i = 0; i < 4; i++)
		assert_int_not_equal(c.jobs[i].err, OK);
	assert_int_equal(office_entries(&d->office), 5);
	(void)place_tamper(&d->office.place, place_on_postgres() ? "ALTER TABLE once DROP CONSTRAINT never" : "DROP TRIGGER never");
	crowd_prepare(&c);
	crowd_run(&c, CUT_NOT, 0);
	all_answered(&c);
	crowd_end(&c);
	whole(d, 5 + 3);
}

static void test_key_that_is_no_text_is_refused_alone(void **state)
{
	struct disk *d = *state;
	struct crowd c;
	crowd_begin(&c, d);
	c.jobs[1].once = "\xff";
	crowd_run(&c, CUT_NOT, 0);
	assert_int_equal(c.jobs[0].err, OK);
	assert_int_equal(c.jobs[1].err, E_INVALID);
	assert_int_equal(c.jobs[3].err, OK);
	crowd_end(&c);
	whole(d, 5 + 2);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, disk_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_commit_that_arrived_is_ok_though_its_answer_was_lost),
		TEST(test_commit_that_never_arrived_leaves_nothing_and_says_so),
		TEST(test_entry_of_somebody_else_with_the_same_number_is_not_ours),
		TEST(test_lookup_waits_for_a_server_that_is_away_or_starting),
		TEST(test_what_cannot_be_looked_up_stays_unsure_and_is_seen_later),
		TEST(test_without_an_entry_there_is_nothing_to_look_for),
		TEST(test_lone_operation_is_tried_once_more),
		cmocka_unit_test(test_group_that_was_lost_is_run_again_and_answered_once),
		TEST(test_warnings_of_an_operation_that_was_run_again_are_not_doubled),
		TEST(test_server_that_stays_away_is_said_and_the_next_job_finds_it_back),
		cmocka_unit_test(test_form_sent_again_after_an_unsure_answer_does_one_thing),
		TEST(test_unsure_without_an_entry_is_not_run_again),
		TEST(test_task_that_makes_its_own_transactions_is_not_run_again),
		TEST(test_operation_whose_key_is_not_kept_is_not_done),
		TEST(test_key_that_is_no_text_is_refused_alone),
	};
	return RUN(tests);
}
