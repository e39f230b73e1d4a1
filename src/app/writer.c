#include "app/writer.h"

#include <assert.h>
#include <pthread.h>

enum {
	GROUP_MAX = 256,   /* operations in one transaction: bounds how long the first one waits */
	WAITING_MAX = 4096,
};

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

static struct writer_job *take(struct writer *w)
{
	(void)pthread_mutex_lock(&w->lock);
	while (!w->first && !w->stopping)
		(void)pthread_cond_wait(&w->work, &w->lock);
	struct writer_job *group = w->first, **end = &w->first;
	for (size_t n = 0; *end && n < GROUP_MAX; n++, w->waiting--)
		end = &(*end)->next;
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

static void fail_all(struct writer_job *group, enum err e, const struct fault *f)
{
	for (struct writer_job *j = group; j; j = j->next) {
		if (j->err != OK)
			continue;
		j->err = e;
		j->fault = *f;
	}
}

static void run_group(struct writer *w, struct writer_job *group)
{
	struct fault f;
	enum err e = app_begin(&w->app, &f);
	for (struct writer_job *j = group; j && e == OK; j = j->next)
		j->err = op_run(&w->app, j->op, j->in, j->arena, &j->result, &j->fault);
	if (e == OK)
		e = app_commit(&w->app, &f);
	if (e != OK)
		fail_all(group, e, &f);
}

static void *write_on(void *ctx)
{
	struct writer *w = ctx;
	for (struct writer_job *group; (group = take(w));) {
		run_group(w, group);
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

void writer_submit(struct writer *w, struct writer_job *job)
{
	job->next = NULL;
	job->finished = false;
	job->err = OK;
	(void)pthread_mutex_lock(&w->lock);
	assert(!w->stopping);
	while (w->waiting >= WAITING_MAX)
		(void)pthread_cond_wait(&w->room, &w->lock);
	*w->last = job;
	w->last = &job->next;
	w->waiting++;
	(void)pthread_cond_signal(&w->work);
	(void)pthread_mutex_unlock(&w->lock);
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
