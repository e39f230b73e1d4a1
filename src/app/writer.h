/* Group commit: one thread writes for all. Whoever has an operation hands it over; the thread runs what is waiting in one transaction, each
 * operation undone alone when it is refused, commits once, and then answers. An answer of OK means that it is on the disk.
 *
 * When the database server goes away, or refuses because of something else at the same time, nothing of the transaction is stored and it is
 * run again from its beginning, three times at most and for some seconds; then everybody in it gets E_GONE or E_BUSY. E_UNSURE: see
 * app_commit; who sends the same `once` again is safe. */
#pragma once

#include "app/access.h"
#include "app/ops.h"

struct writer;

struct writer_job {
	const struct op *op;
	const void *in;
	const struct actor *who;                  /* who asks for it; NULL: the person at the machine itself */
	int64_t version;                          /* version_of what the form showed; 0: not asked. Another one now: E_CONFLICT, MSG_OP_STALE */
	const char *once;                         /* key of the form: a second job with the same key (and the same `who`) within a day answers
	                                           * what the first one did, without its warnings, and changes nothing; NULL: none */
	/* Instead of an operation (op NULL): a change outside the journal, undone alone when it is refused. It may be called again, as if it
	 * had never been, so it touches nothing but the database and its own answer in `ctx`. */
	enum err (*task)(struct app *app, void *ctx, struct arena *a, struct fault *f);
	void *ctx;
	bool alone;                               /* the task makes its own transactions (an import); nothing else is written meanwhile, and it
	                                           * is never called again */
	struct arena *arena;                      /* the submitter's; the writer's until the answer */
	void (*done)(struct writer_job *job);     /* called on the writer's thread; NULL with writer_run */
	/* the answer */
	enum err err;
	struct op_result result;
	struct fault fault;
	/* the writer's */
	struct writer_job *next;
	int64_t since_ms;                         /* clock_steady_ms */
	bool finished;
};

/* Starts the thread with a connection of its own to the installation of `app`. */
enum err writer_start(const struct app *app, struct writer **ret, struct fault *f) MUST_CHECK;

/* Hands over a job; waits while too many are waiting. From any thread. */
void writer_submit(struct writer *w, struct writer_job *job);

/* Hands over a job (with `done`) that may be left undone: false, and nothing happens, while many are waiting. Never waits. */
bool writer_offer(struct writer *w, struct writer_job *job);

/* Hands over and waits for the answer, which it returns. */
enum err writer_run(struct writer *w, struct writer_job *job) MUST_CHECK;

/* Answers everything that was submitted, then ends the thread. NULL is fine; sets *w to NULL. */
void writer_stop(struct writer **w);
