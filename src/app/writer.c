#include "app/writer.h"
#include "app/clock.h"
#include "base/utf8.h"
#include "store/queries.gen.h"

#include <assert.h>
#include <pthread.h>
#include <string.h>

enum {
	GROUP_MAX = 256,   /* operations in one transaction: bounds how long the first one waits */
	WAITING_MAX = 4096,
	OFFERED_MAX = 32,  /* waiting already: what may be left undone is left undone */
	ONCE_KEY_MAX = 64,
	PATIENCE_MS = 30000, /* for another process, such as an import on the command line */
	WAIT_MS = 5000,    /* for a server that is away, counted from when the job was handed over */
};

static const int64_t ONCE_KEPT_US = INT64_C(24) * 3600 * 1000000;

struct writer {
	struct app app;
	struct arena arena; /* holds the writer itself */
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t work, room, answered;
	/* under the lock */
	struct writer_job *first, **last;
	size_t waiting;
	bool stopping;
};

/* ---- the queue ---- */

/* What goes into one transaction: up to GROUP_MAX, or one that is to be alone. */
static struct writer_job **group_end(struct writer *w, size_t *ret_n)
{
	struct writer_job **end = &w->first;
	size_t n = 0;
	while (*end && n < GROUP_MAX && (n == 0 || !(*end)->alone)) {
		bool alone = (*end)->alone;
		end = &(*end)->next;
		n++;
		if (alone)
			break;
	}
	*ret_n = n;
	return end;
}

static struct writer_job *take(struct writer *w)
{
	size_t n;
	(void)pthread_mutex_lock(&w->lock);
	while (!w->first && !w->stopping)
		(void)pthread_cond_wait(&w->work, &w->lock);
	struct writer_job *group = w->first, **end = group_end(w, &n);
	w->waiting -= n;
	w->first = *end;
	if (!w->first)
		w->last = &w->first;
	if (group)
		*end = NULL;
	(void)pthread_cond_broadcast(&w->room);
	(void)pthread_mutex_unlock(&w->lock);
	return group;
}

static void answer(struct writer *w, struct writer_job *job)
{
	if (job->done) {
		job->done(job); /* the job may be gone after this */
		return;
	}
	(void)pthread_mutex_lock(&w->lock);
	job->finished = true;
	(void)pthread_cond_broadcast(&w->answered);
	(void)pthread_mutex_unlock(&w->lock);
}

/* ---- the thread ---- */

static int64_t account_of(const struct writer_job *job)
{
	return job->who ? job->who->account : 0;
}

static void fail_all(struct writer_job *group, enum err e, const struct fault *f)
{
	for (struct writer_job *j = group; j; j = j->next) {
		if (j->err != OK)
			continue;
		j->err = e;
		j->fault = *f;
	}
}

/* Answered before: the same form of the same account does one thing. */
static enum err find_once(struct app *app, struct writer_job *job, bool *ret_found, struct fault *f)
{
	struct once_get_row row;
	TRY(q_once_get(app->db, account_of(job), job->once, job->arena, ret_found, &row, f));
	if (*ret_found)
		job->result = (struct op_result){ .entity = job->op->entity, .entity_id = row.entity_id, .entry = { row.entry },
			.unchanged = row.entry == 0 };
	return OK;
}

static enum err put_once(struct app *app, const struct writer_job *job, const struct op_result *result, struct fault *f)
{
	int64_t now = app->now_us(app->clock_ctx);
	TRY(q_once_drop_old(app->db, now - ONCE_KEPT_US, f));
	return q_once_insert(app->db, account_of(job), job->once, now, result->entry.v, result->entity_id, f);
}

/* What was done without its key could be done twice. Only the store can fail here: then nothing of the transaction is kept, which is
 * cheaper than a savepoint around every form. */
static enum err keep_once(struct app *app, const struct writer_job *job, const struct op_result *result, struct fault *f)
{
	struct fault why = { 0 };
	enum err e = put_once(app, job, result, &why);
	if (e == OK)
		return OK;
	db_abandon(app->db, &why);
	*f = why;
	return e;
}

/* Access first: that something changed is said only to those who may see it. */
static enum err check_version(struct app *app, const struct writer_job *job, struct fault *f)
{
	int64_t now;
	TRY(access_op(app, job->op, job->in, job->arena, f));
	TRY(version_of(app, job->op, job->in, job->arena, &now, f));
	return now == job->version ? OK : FAULT(f, E_CONFLICT, NULL, MSG_OP_STALE);
}

/* A text that the store refuses would cost all others in the transaction their answers. */
static enum err check_once(const char *once, struct fault *f)
{
	size_t n = once ? strnlen(once, ONCE_KEY_MAX + 1) : 0;
	if (n > ONCE_KEY_MAX)
		return FAULT(f, E_TOOBIG, NULL, MSG_TOO_LONG, "64");
	return n && !utf8_valid(once, n) ? FAULT(f, E_INVALID, NULL, MSG_NOT_UTF8) : OK;
}

static enum err run_op(struct app *app, struct writer_job *job, struct fault *f)
{
	struct op_result result;
	bool answered = false;
	TRY(check_once(job->once, f));
	if (job->once)
		TRY(find_once(app, job, &answered, f));
	if (answered)
		return OK;
	if (app->stale)
		TRY(app_reload(app, f));
	if (job->version)
		TRY(check_version(app, job, f));
	TRY(op_run(app, job->op, job->in, job->arena, &result, f));
	if (job->once)
		TRY(keep_once(app, job, &result, f));
	job->result = result;
	return OK;
}

static enum err run_task(struct app *app, struct writer_job *job, struct fault *f)
{
	const struct journal_head head = app->head;
	TRY(db_savepoint(app->db, f));
	enum err e = job->task(app, job->ctx, job->arena, f);
	if (e == OK)
		e = db_release(app->db, f);
	if (e == OK)
		return OK;
	db_rollback_to_savepoint(app->db);
	app->stale |= !ID_EQUAL(app->head.last, head.last);
	app->head = head;
	return e;
}

static void run_job(struct app *app, struct writer_job *job)
{
	const char *actor = app->actor;
	app->who = job->who;
	app->actor = job->who ? job->who->journal : actor;
	if (job->alone)
		job->err = job->task(app, job->ctx, job->arena, &job->fault);
	else
		job->err = job->task ? run_task(app, job, &job->fault) : run_op(app, job, &job->fault);
	app->who = NULL;
	app->actor = actor;
}

static void run_alone(struct app *app, struct writer_job *job)
{
	if (app->follow_clock)
		app->today = clock_day(app->now_us(app->clock_ctx));
	run_job(app, job);
	app_rollback(app); /* what the task has left open */
}

/* One job that could not be done because of something else at the same time: the others are run again with it. */
static void run_one(struct app *app, struct writer_job *job)
{
	job->err = OK;
	job->fault = (struct fault){ 0 };
	job->result = (struct op_result){ 0 };
	run_job(app, job);
	if (job->err != OK && app_repeatable(&job->fault))
		db_abandon(app->db, &job->fault);
}

static enum err run_once(struct app *app, struct writer_job *group, struct fault *f)
{
	TRY(app_begin(app, f));
	for (struct writer_job *j = group; j; j = j->next)
		run_one(app, j);
	return app_commit(app, f);
}

/* Nothing of the transaction is stored and no job has a say outside of it, so the group can be run from its beginning. At once when
 * only a connection was lost; the store itself tries to make one every second, no more. */
static void run_group(struct app *app, struct writer_job *group)
{
	static const int pauses_ms[] = { 50, 1100, 2000 };
	struct fault f;
	enum err e = run_once(app, group, &f);
	for (size_t i = 0; e != OK && app_repeatable(&f) && i < sizeof pauses_ms / sizeof *pauses_ms; i++) {
		if (i > 0 && clock_steady_ms() - group->since_ms > WAIT_MS)
			break;
		clock_pause_ms(pauses_ms[i]);
		e = run_once(app, group, &f);
	}
	if (e != OK)
		fail_all(group, e, &f);
}

static void *write_on(void *ctx)
{
	struct writer *w = ctx;
	for (struct writer_job *group; (group = take(w));) {
		(group->alone ? run_alone : run_group)(&w->app, group);
		for (struct writer_job *j = group, *next; j; j = next) {
			next = j->next;
			answer(w, j);
		}
	}
	return NULL;
}

/* ---- for everybody ---- */

static void free_writer(struct writer *w)
{
	struct arena arena = w->arena; /* holds *w itself */
	app_close(&w->app);
	arena_done(&arena);
}

enum err writer_start(const struct app *app, struct writer **ret, struct fault *f)
{
	struct arena arena = { 0 };
	struct writer *w = arena_new(&arena, struct writer);
	w->arena = arena;
	w->last = &w->first;
	enum err e = app_open_again(app, APP_WRITE, &w->app, f);
	if (e != OK) {
		arena_done(&arena);
		return e;
	}
	db_set_patience(w->app.db, PATIENCE_MS);
	(void)pthread_mutex_init(&w->lock, NULL);
	(void)pthread_cond_init(&w->work, NULL);
	(void)pthread_cond_init(&w->room, NULL);
	(void)pthread_cond_init(&w->answered, NULL);
	if (pthread_create(&w->thread, NULL, write_on, w) != 0) {
		free_writer(w);
		return FAULT(f, E_INTERNAL, NULL, MSG_INTERNAL, "pthread_create");
	}
	*ret = w;
	return OK;
}

static void prepare(struct writer_job *job)
{
	assert((job->op == NULL) != (job->task == NULL) && (!job->alone || job->task) && (!job->once || job->op));
	job->next = NULL;
	job->finished = false;
	job->err = OK;
	job->since_ms = clock_steady_ms();
}

/* Under the lock. */
static void queue(struct writer *w, struct writer_job *job)
{
	assert(!w->stopping);
	*w->last = job;
	w->last = &job->next;
	w->waiting++;
	(void)pthread_cond_signal(&w->work);
}

void writer_submit(struct writer *w, struct writer_job *job)
{
	prepare(job);
	(void)pthread_mutex_lock(&w->lock);
	while (w->waiting >= WAITING_MAX)
		(void)pthread_cond_wait(&w->room, &w->lock);
	queue(w, job);
	(void)pthread_mutex_unlock(&w->lock);
}

bool writer_offer(struct writer *w, struct writer_job *job)
{
	assert(job->done);
	prepare(job);
	(void)pthread_mutex_lock(&w->lock);
	bool room = w->waiting < OFFERED_MAX;
	if (room)
		queue(w, job);
	(void)pthread_mutex_unlock(&w->lock);
	return room;
}

enum err writer_run(struct writer *w, struct writer_job *job)
{
	assert(!job->done);
	writer_submit(w, job);
	(void)pthread_mutex_lock(&w->lock);
	while (!job->finished)
		(void)pthread_cond_wait(&w->answered, &w->lock);
	(void)pthread_mutex_unlock(&w->lock);
	return job->err;
}

void writer_stop(struct writer **w)
{
	if (!*w)
		return;
	(void)pthread_mutex_lock(&(*w)->lock);
	(*w)->stopping = true;
	(void)pthread_cond_signal(&(*w)->work);
	(void)pthread_mutex_unlock(&(*w)->lock);
	(void)pthread_join((*w)->thread, NULL);
	(void)pthread_mutex_destroy(&(*w)->lock);
	(void)pthread_cond_destroy(&(*w)->work);
	(void)pthread_cond_destroy(&(*w)->room);
	(void)pthread_cond_destroy(&(*w)->answered);
	free_writer(*w);
	*w = NULL;
}
