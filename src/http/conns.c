#include "http/conns.h"
#include "http/tick.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
	LINGERING_MAX = 64,
	LINGER_MS = 3000,
	LAST_MOMENT_MS = 100, /* when draining: a request, or a connection that was just let in, may be on its way */
	STEP_MS = 100,        /* how late the end of a time may be noticed */
	SWALLOW = 1 << 20,
};

struct conn {
	struct conn *prev, *next; /* of those that are open, or (next) of those that are free */
	int socket;
	int64_t until;            /* INT64_MAX: no limit */
	bool used, idle, linger, cut;
};

struct lingering {
	int socket;
	int64_t until;
};

struct conns {
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t none_left;
	int wake;
	/* under the lock */
	struct conn *open, *free;
	int count;
	bool draining, stopping;
	struct lingering lingering[LINGERING_MAX];
	size_t lingering_n;
};

/* ---- closing with care ---- */

static void end_lingering(struct conns *c, size_t i)
{
	(void)close(c->lingering[i].socket);
	c->lingering[i] = c->lingering[--c->lingering_n];
}

/* Reads and drops what has arrived; true when nothing more will. */
static bool swallow(int socket)
{
	for (int i = 0; i < 16; i++) {
		ssize_t n = recv(socket, NULL, SWALLOW, MSG_TRUNC | MSG_DONTWAIT);
		if (n <= 0)
			return n == 0 || (errno != EAGAIN && errno != EINTR);
	}
	return false;
}

/* Keeps the socket open under another number; the client is told that no more is coming. */
static void start_lingering(struct conns *c, int socket)
{
	int copy = fcntl(socket, F_DUPFD_CLOEXEC, 0);
	if (copy < 0)
		return;
	(void)shutdown(copy, SHUT_WR);
	if (c->lingering_n == LINGERING_MAX)
		end_lingering(c, 0);
	c->lingering[c->lingering_n++] = (struct lingering){ copy, tick_ms() + LINGER_MS };
	(void)eventfd_write(c->wake, 1);
}

/* ---- the thread ---- */

static void cut_late(struct conns *c, int64_t now)
{
	for (struct conn *k = c->open; k; k = k->next)
		if (k->until <= now && !k->cut) {
			k->cut = true;
			(void)shutdown(k->socket, SHUT_RDWR);
		}
}

static void swallow_all(struct conns *c, int64_t now)
{
	for (size_t i = c->lingering_n; i-- > 0;)
		if (c->lingering[i].until <= now || swallow(c->lingering[i].socket))
			end_lingering(c, i);
}

/* Sleeps; while something is open, no longer than a step. */
static void wait_for_work(const struct conns *c, const struct lingering *lingering, size_t n, bool busy)
{
	struct pollfd fds[LINGERING_MAX + 1] = { { .fd = c->wake, .events = POLLIN } };
	for (size_t i = 0; i < n; i++)
		fds[i + 1] = (struct pollfd){ .fd = lingering[i].socket, .events = POLLIN };
	(void)poll(fds, n + 1, busy ? STEP_MS : -1);
	if (fds[0].revents) {
		eventfd_t times;
		(void)eventfd_read(c->wake, &times);
	}
}

static void *watch(void *ctx)
{
	struct conns *c = ctx;
	(void)pthread_mutex_lock(&c->lock);
	while (!c->stopping) {
		struct lingering now[LINGERING_MAX]; /* only this thread closes them, but for the oldest of too many: poll takes a wrong number */
		size_t n = c->lingering_n;
		for (size_t i = 0; i < n; i++)
			now[i] = c->lingering[i];
		bool busy = c->open || n;
		(void)pthread_mutex_unlock(&c->lock);
		wait_for_work(c, now, n, busy);
		(void)pthread_mutex_lock(&c->lock);
		int64_t t = tick_ms();
		cut_late(c, t);
		swallow_all(c, t);
	}
	(void)pthread_mutex_unlock(&c->lock);
	return NULL;
}

enum err conns_start(int max, struct arena *a, struct conns **ret, struct fault *f)
{
	struct conns *c = arena_new(a, struct conns);
	struct conn *all = arena_array(a, struct conn, (size_t)max);
	for (int i = 0; i < max; i++) {
		all[i].next = c->free;
		c->free = &all[i];
	}
	c->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (c->wake < 0)
		return FAULT(f, E_INTERNAL, NULL, MSG_HTTP_START, "eventfd");
	pthread_condattr_t steady;
	(void)pthread_condattr_init(&steady);
	(void)pthread_condattr_setclock(&steady, CLOCK_MONOTONIC);
	(void)pthread_cond_init(&c->none_left, &steady);
	(void)pthread_condattr_destroy(&steady);
	(void)pthread_mutex_init(&c->lock, NULL);
	if (pthread_create(&c->thread, NULL, watch, c) != 0) {
		(void)close(c->wake);
		return FAULT(f, E_INTERNAL, NULL, MSG_HTTP_START, "pthread_create");
	}
	*ret = c;
	return OK;
}

void conns_stop(struct conns *c)
{
	if (!c)
		return;
	(void)pthread_mutex_lock(&c->lock);
	c->stopping = true;
	(void)pthread_mutex_unlock(&c->lock);
	(void)eventfd_write(c->wake, 1);
	(void)pthread_join(c->thread, NULL);
	assert(!c->open);
	while (c->lingering_n)
		end_lingering(c, 0);
	(void)close(c->wake);
	(void)pthread_cond_destroy(&c->none_left);
	(void)pthread_mutex_destroy(&c->lock);
}

/* ---- one connection ---- */

static int64_t deadline(int64_t ms)
{
	return ms == CONNS_NO_LIMIT ? INT64_MAX : tick_ms() + ms;
}

static int64_t idle_deadline(const struct conns *c, int64_t ms)
{
	return deadline(c->draining && ms > LAST_MOMENT_MS ? LAST_MOMENT_MS : ms);
}

struct conn *conns_add(struct conns *c, int socket, int64_t ms)
{
	(void)pthread_mutex_lock(&c->lock);
	struct conn *k = c->free;
	if (k) {
		bool first = !c->open;
		c->free = k->next;
		*k = (struct conn){ .next = c->open, .socket = socket, .until = idle_deadline(c, ms), .idle = true };
		if (c->open)
			c->open->prev = k;
		c->open = k;
		c->count++;
		if (first)
			(void)eventfd_write(c->wake, 1);
	}
	(void)pthread_mutex_unlock(&c->lock);
	return k;
}

void conns_begin(struct conns *c, struct conn *k, int64_t ms)
{
	(void)pthread_mutex_lock(&c->lock);
	k->idle = false;
	if (k->used || c->draining)
		k->until = deadline(ms);
	k->used = true;
	(void)pthread_mutex_unlock(&c->lock);
}

void conns_limit(struct conns *c, struct conn *k, int64_t ms)
{
	(void)pthread_mutex_lock(&c->lock);
	k->until = deadline(ms);
	(void)pthread_mutex_unlock(&c->lock);
}

void conns_idle(struct conns *c, struct conn *k, int64_t ms)
{
	(void)pthread_mutex_lock(&c->lock);
	k->idle = true;
	k->until = idle_deadline(c, ms);
	(void)pthread_mutex_unlock(&c->lock);
}

void conns_linger(struct conns *c, struct conn *k)
{
	(void)pthread_mutex_lock(&c->lock);
	k->linger = true;
	(void)pthread_mutex_unlock(&c->lock);
}

bool conns_was_cut(struct conns *c, struct conn *k)
{
	(void)pthread_mutex_lock(&c->lock);
	bool cut = k->cut;
	(void)pthread_mutex_unlock(&c->lock);
	return cut;
}

void conns_remove(struct conns *c, struct conn *k)
{
	(void)pthread_mutex_lock(&c->lock);
	if (k->linger && !k->cut)
		start_lingering(c, k->socket);
	if (k->next)
		k->next->prev = k->prev;
	if (k->prev)
		k->prev->next = k->next;
	else
		c->open = k->next;
	*k = (struct conn){ .next = c->free };
	c->free = k;
	if (--c->count == 0)
		(void)pthread_cond_broadcast(&c->none_left);
	(void)pthread_mutex_unlock(&c->lock);
}

int conns_count(struct conns *c)
{
	(void)pthread_mutex_lock(&c->lock);
	int n = c->count;
	(void)pthread_mutex_unlock(&c->lock);
	return n;
}

/* Until nothing is open, or (unless `or_none`) until the time alone. */
static void wait_until(struct conns *c, int64_t end, bool or_none)
{
	const struct timespec until = { .tv_sec = end / 1000, .tv_nsec = end % 1000 * 1000000 };
	while ((c->count > 0 || !or_none) && pthread_cond_timedwait(&c->none_left, &c->lock, &until) != ETIMEDOUT)
		;
}

void conns_drain(struct conns *c, int64_t ms)
{
	int64_t now = tick_ms();
	(void)pthread_mutex_lock(&c->lock);
	c->draining = true;
	for (struct conn *k = c->open; k; k = k->next)
		if (k->idle && k->until > now + LAST_MOMENT_MS)
			k->until = now + LAST_MOMENT_MS;
	wait_until(c, now + LAST_MOMENT_MS, false);
	wait_until(c, now + ms, true);
	for (struct conn *k = c->open; k; k = k->next)
		k->until = 0;
	cut_late(c, 0);
	(void)pthread_mutex_unlock(&c->lock);
}
