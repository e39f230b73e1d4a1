#include "http/pool.h"

#include <pthread.h>
#include <sys/resource.h>
#include <unistd.h>

struct pool {
	struct pool_config config;
	pthread_t *threads;
	int started;
	pthread_mutex_t lock;
	pthread_cond_t work, changed;
	/* under the lock */
	struct pool_job *first, **last;
	int waiting, running, opened;
	bool stopping;
	enum err failed;
	struct fault fault;
};

/* ---- a worker ---- */

static struct pool_job *take(struct pool *p)
{
	(void)pthread_mutex_lock(&p->lock);
	while (!p->first && !p->stopping)
		(void)pthread_cond_wait(&p->work, &p->lock);
	struct pool_job *job = p->first;
	if (job) {
		p->first = job->next;
		if (!p->first)
			p->last = &p->first;
		p->waiting--;
		p->running++;
	}
	(void)pthread_mutex_unlock(&p->lock);
	return job;
}

static void finished(struct pool *p)
{
	(void)pthread_mutex_lock(&p->lock);
	p->running--;
	(void)pthread_mutex_unlock(&p->lock);
}

static enum err open_worker(struct pool *p, void **ret)
{
	struct fault f = { 0 };
	enum err e = p->config.site->worker_open ? p->config.site->worker_open(p->config.site->ctx, ret, &f) : OK;
	(void)pthread_mutex_lock(&p->lock);
	p->opened++;
	if (e != OK && p->failed == OK) {
		p->failed = e;
		p->fault = f;
	}
	(void)pthread_cond_broadcast(&p->changed);
	(void)pthread_mutex_unlock(&p->lock);
	return e;
}

static void *work(void *ctx)
{
	struct pool *p = ctx;
	void *worker = p->config.site->ctx;
	if (p->config.nice)
		(void)setpriority(PRIO_PROCESS, (id_t)gettid(), p->config.nice); /* Linux: of this thread alone */
	if (open_worker(p, &worker) != OK)
		return NULL;
	for (struct pool_job *job; (job = take(p)); finished(p))
		p->config.run(worker, job);
	if (p->config.site->worker_close)
		p->config.site->worker_close(worker);
	return NULL;
}

/* ---- all of them ---- */

static enum err wait_until_open(struct pool *p, struct fault *f)
{
	(void)pthread_mutex_lock(&p->lock);
	while (p->opened < p->started)
		(void)pthread_cond_wait(&p->changed, &p->lock);
	enum err e = p->failed;
	if (e != OK && f)
		*f = p->fault;
	(void)pthread_mutex_unlock(&p->lock);
	if (e == OK && p->started < p->config.threads)
		return FAULT(f, E_INTERNAL, NULL, MSG_HTTP_START, "pthread_create");
	return e;
}

enum err pool_start(const struct pool_config *config, struct arena *a, struct pool **ret, struct fault *f)
{
	struct pool *p = arena_new(a, struct pool);
	p->config = *config;
	p->last = &p->first;
	p->threads = arena_array(a, pthread_t, (size_t)config->threads);
	(void)pthread_mutex_init(&p->lock, NULL);
	(void)pthread_cond_init(&p->work, NULL);
	(void)pthread_cond_init(&p->changed, NULL);
	while (p->started < config->threads && pthread_create(&p->threads[p->started], NULL, work, p) == 0)
		p->started++;
	enum err e = wait_until_open(p, f);
	if (e != OK) {
		pool_stop(p);
		return e;
	}
	*ret = p;
	return OK;
}

bool pool_submit(struct pool *p, struct pool_job *job)
{
	job->next = NULL;
	(void)pthread_mutex_lock(&p->lock);
	bool room = p->waiting < p->config.queue_max;
	if (room) {
		*p->last = job;
		p->last = &job->next;
		p->waiting++;
		(void)pthread_cond_signal(&p->work);
	}
	(void)pthread_mutex_unlock(&p->lock);
	return room;
}

void pool_count(struct pool *p, int *waiting, int *running)
{
	(void)pthread_mutex_lock(&p->lock);
	*waiting += p->waiting;
	*running += p->running;
	(void)pthread_mutex_unlock(&p->lock);
}

void pool_stop(struct pool *p)
{
	if (!p)
		return;
	(void)pthread_mutex_lock(&p->lock);
	p->stopping = true;
	(void)pthread_cond_broadcast(&p->work);
	(void)pthread_mutex_unlock(&p->lock);
	for (int i = 0; i < p->started; i++)
		(void)pthread_join(p->threads[i], NULL);
	(void)pthread_mutex_destroy(&p->lock);
	(void)pthread_cond_destroy(&p->work);
	(void)pthread_cond_destroy(&p->changed);
}
