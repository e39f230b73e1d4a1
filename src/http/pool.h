/* Workers: threads that take jobs from one bounded queue. Each has a state of its own, which the site opens, uses and closes on that
 * thread. */
#pragma once

#include "http/http.h"

struct pool;

struct pool_job {
	struct pool_job *next;
};

struct pool_config {
	const struct http_site *site;
	int threads, queue_max;
	int nice;                                        /* of these threads; 0: as the others */
	void (*run)(void *worker, struct pool_job *job); /* the job may be gone afterwards */
};

/* Returns once every worker is open. What worker_open refuses with is refused. */
enum err pool_start(const struct pool_config *config, struct arena *a, struct pool **ret, struct fault *f) MUST_CHECK;

/* False when the queue is full; the job has not been taken then. From any thread, also when stopping has begun. */
bool pool_submit(struct pool *p, struct pool_job *job);

/* Adds how many wait and how many are being run. */
void pool_count(struct pool *p, int *waiting, int *running);

/* Runs all that was submitted, then ends the threads. NULL is fine. */
void pool_stop(struct pool *p);
