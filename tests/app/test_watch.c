/* Watching: what somebody else commits, and a new day, are in the live view before anybody asks; also after the server was away. */
#include "live_view.h"

#include "app/clock.h"
#include "app/watch.h"
#include "app/writer.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

enum { PATIENCE = 3000 }; /* hundredths of a second, before a test gives up */

/* Somebody who is not on record yet, as the words of person_record. */
struct newcomer {
	char birth[24];
	struct words words;
};

static void newcomer(struct newcomer *p, int number)
{
	(void)snprintf(p->birth, sizeof p->birth, "birth=%d-%02d-%02d", 1990 + number / 336, 1 + number / 28 % 12, 1 + number % 28);
	p->words = (struct words){ { "name=Phạm Thị Bích", "unit=TB-02", p->birth }, 3 };
}

static void record(struct disk *d, int number)
{
	struct newcomer p;
	newcomer(&p, number);
	assert_int_equal(office_run(&d->office, "person_record", &p.words), OK);
	assert_false(d->office.result.unchanged);
}

/* ---- the port ---- */

static bool news(struct db *db, int milliseconds)
{
	bool any;
	struct fault f;
	assert_ok(db_watch(db, -1, milliseconds, &any, &f));
	return any;
}

static struct app reader_of(struct disk *d)
{
	struct app app;
	struct fault f;
	assert_ok(app_open_again(&d->office.app, APP_READ, &app, &f));
	return app;
}

static void test_every_commit_of_another_is_news_once(void **state)
{
	struct disk *d = *state;
	struct app other = reader_of(d);
	assert_true(news(other.db, 0)); /* whatever came before it listened */
	assert_false(news(other.db, 300));
	for (int i = 0; i < 3; i++) {
		record(d, i);
		assert_true(news(other.db, 20000));
	}
	assert_false(news(other.db, 300));
	app_close(&other);
}

static void test_what_was_undone_is_no_news(void **state)
{
	struct disk *d = *state;
	struct app other = reader_of(d);
	struct fault f;
	assert_true(news(other.db, 0));
	assert_ok(app_begin(&d->office.app, &f));
	assert_ok(app_setting_put(&d->office.app, "name", "Tên khác", &f));
	app_rollback(&d->office.app);
	assert_false(news(other.db, 300));
	app_close(&other);
}

static void test_who_is_woken_waits_no_longer(void **state)
{
	struct disk *d = *state;
	struct app other = reader_of(d);
	struct fault f;
	int ends[2];
	bool any = true;
	assert_true(news(other.db, 0));
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(write(ends[1], "x", 1), 1);
	alarm(20); /* ends the test where it waits for the hour */
	assert_ok(db_watch(other.db, ends[0], 3600000, &any, &f));
	alarm(0);
	assert_false(any);
	assert_int_equal(close(ends[0]) + close(ends[1]), 0);
	app_close(&other);
}

/* Every connection to the database but this one. */
static const char CUT[] = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
	" WHERE datname = current_database() AND pid <> pg_backend_pid()";

static void test_a_cut_connection_is_said_once_and_then_all_is_news(void **state)
{
	struct disk *d = *state;
	struct app other = reader_of(d);
	struct fault f;
	bool any;
	assert_true(news(other.db, 0));
	(void)place_tamper(&d->office.place, CUT);
	assert_refused(db_watch(other.db, -1, 20000, &any, &f), E_GONE, "data", MSG_PG_GONE);
	assert_true(news(other.db, 0));
	assert_false(news(other.db, 300));
	record(d, 0);
	assert_true(news(other.db, 20000));
	app_close(&other);
}

/* ---- the thread ---- */

struct node {
	struct live *live;
	struct watch *watch;
	struct app old; /* of the day and the moment at which the node started: asks for nothing newer */
};

static void node_start(struct node *n, struct disk *d)
{
	struct fault f;
	assert_ok(live_start(&d->office.app, &n->live, &f));
	n->old = reader_of(d);
	n->old.follow_clock = false;
	assert_ok(app_begin(&n->old, &f));
	assert_ok(watch_start(&d->office.app, n->live, &n->watch, &f));
}

static void node_stop(struct node *n)
{
	watch_stop(&n->watch);
	assert_null(n->watch);
	app_close(&n->old);
	live_stop(&n->live);
}

static bool reaches_entry(struct node *n, int64_t entry)
{
	for (int i = 0; i < PATIENCE && live_position(n->live).v < entry; i++)
		(void)usleep(10000);
	return live_position(n->live).v >= entry;
}

static struct day day_of_view(struct node *n)
{
	struct live_view v;
	struct fault f;
	assert_ok(live_hold(n->live, &n->old, &v, &f));
	live_release(n->live);
	return v.today;
}

static bool reaches_day(struct node *n, struct day today)
{
	for (int i = 0; i < PATIENCE && !day_equal(day_of_view(n), today); i++)
		(void)usleep(10000);
	return day_equal(day_of_view(n), today);
}

static void test_a_change_reaches_the_view_of_every_node_unasked(void **state)
{
	struct disk *d = *state;
	struct node a, b;
	node_start(&a, d);
	node_start(&b, d);
	for (int i = 0; i < 3; i++) {
		record(d, i);
		assert_true(reaches_entry(&a, office_entries(&d->office)));
		assert_true(reaches_entry(&b, office_entries(&d->office)));
	}
	node_stop(&a);
	node_stop(&b);
}

static void test_a_view_follows_again_after_the_server_was_away(void **state)
{
	struct disk *d = *state;
	struct node n;
	struct fault f;
	node_start(&n, d);
	if (place_on_postgres()) {
		app_rollback(&n.old);
		(void)place_tamper(&d->office.place, CUT);
		assert_ok(app_begin(&n.old, &f));
	}
	record(d, 0);
	assert_true(reaches_entry(&n, office_entries(&d->office)));
	node_stop(&n);
}

static int64_t clock_at(void *ctx)
{
	atomic_int_fast64_t *now = ctx;
	return *now;
}

static void test_a_new_day_reaches_the_view_unasked(void **state)
{
	struct disk *d = *state;
	struct node n;
	atomic_int_fast64_t now = ((int64_t)on("2026-06-30").n * 86400 + (23 - 7) * 3600 + 3599) * 1000000; /* a second before midnight */
	d->office.app.now_us = clock_at;
	d->office.app.clock_ctx = &now;
	d->office.app.follow_clock = true;
	d->office.app.today = on("2026-06-30");
	node_start(&n, d);
	(void)usleep(1500000); /* by then it has looked for the first time, which brings up whatever there is */
	assert_true(day_equal(day_of_view(&n), on("2026-06-30")));
	now += 1000000;
	assert_true(reaches_day(&n, on("2026-07-01")));
	node_stop(&n);
}

/* ---- many at once ---- */

struct crowd {
	struct disk *d;
	struct writer *writer;
	struct node *node;
	atomic_int *people;
};

static void *write_people(void *ctx)
{
	struct crowd *c = ctx;
	const struct op *op = op_find("person_record");
	for (int i = 0; i < 40; i++) {
		scoped(arena_done) struct arena a = { 0 };
		struct writer_job job = { .op = op, .arena = &a };
		struct newcomer p;
		struct fault f;
		void *in;
		newcomer(&p, (*c->people)++);
		assert_ok(op_parse(op, word_of, &p.words, &a, &in, &f));
		job.in = in;
		if (writer_run(c->writer, &job) != OK)
			testing_unexpected(&job.fault, "writer_run", __FILE__, __LINE__);
	}
	return NULL;
}

static void *read_views(void *ctx)
{
	struct crowd *c = ctx;
	struct app app = reader_of(c->d);
	for (int i = 0; i < 60; i++) {
		struct live_view v = hold(c->node->live, &app);
		assert_true(v.position.v >= app.head.last.v);
		release(c->node->live, &app);
	}
	app_close(&app);
	return NULL;
}

static void test_two_nodes_with_writers_and_readers_agree_with_a_fresh_view(void **state)
{
	struct disk *d = *state;
	struct node nodes[2];
	struct crowd crowds[2];
	atomic_int people = 0;
	pthread_t threads[8];
	struct fault f;
	for (int i = 0; i < 2; i++) {
		node_start(&nodes[i], d);
		crowds[i] = (struct crowd){ .d = d, .node = &nodes[i], .people = &people };
		assert_ok(writer_start(&d->office.app, &crowds[i].writer, &f));
	}
	for (int i = 0; i < 8; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, i < 4 ? write_people : read_views, &crowds[i % 2]), 0);
	for (int i = 0; i < 8; i++)
		assert_int_equal(pthread_join(threads[i], NULL), 0);
	int64_t entries = office_entries(&d->office);
	assert_int_equal(entries, 5 + 4 * 40);
	for (int i = 0; i < 2; i++) {
		assert_true(reaches_entry(&nodes[i], entries));
		assert_as_fresh(nodes[i].live, &d->office.app);
		writer_stop(&crowds[i].writer);
		node_stop(&nodes[i]);
	}
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, disk_setup, disk_teardown)
	const struct CMUnitTest tests[] = {
		T(test_every_commit_of_another_is_news_once), T(test_what_was_undone_is_no_news), T(test_who_is_woken_waits_no_longer),
		T(test_a_change_reaches_the_view_of_every_node_unasked), T(test_a_view_follows_again_after_the_server_was_away),
		T(test_a_new_day_reaches_the_view_unasked), T(test_two_nodes_with_writers_and_readers_agree_with_a_fresh_view),
	};
	const struct CMUnitTest of_connections[] = { T(test_a_cut_connection_is_said_once_and_then_all_is_news) };
	return RUN(tests) + (place_on_postgres() ? RUN(of_connections) : 0);
}
