#include "app/watch.h"

#include "app/clock.h"

#include <pthread.h>
#include <sys/eventfd.h>
#include <poll.h>
#include <unistd.h>

enum {
	LOOK_MS = 1000,   /* how late a new day, or what was not heard, may be noticed */
	GATHER_MS = 50,   /* many changes in a row are taken together; nobody who reads has to wait for each */
	AGAIN_MS = 500,   /* after a failure */
};

struct watch {
	struct arena arena; /* holds *w itself */
	struct app app;
	struct live *live;
	pthread_t thread;
	int end;            /* an eventfd: can be read when it is time to stop */
	bool behind;
};

/* False: it is time to stop. */
static bool rest(const struct watch *w, int milliseconds)
{
	struct pollfd p = { .fd = w->end, .events = POLLIN };
	(void)poll(&p, 1, milliseconds);
	return p.revents == 0;
}

static bool is_new_day(const struct watch *w)
{
	return w->app.follow_clock && !day_equal(w->app.today, clock_day(w->app.now_us(w->app.clock_ctx)));
}

static enum err bring_up(struct watch *w)
{
	struct live_view v;
	TRY(app_begin(&w->app, NULL));
	enum err e = live_hold(w->live, &w->app, &v, NULL);
	if (e == OK)
		live_release(w->live);
	app_rollback(&w->app);
	return e;
}

static enum err look(struct watch *w)
{
	bool news = false;
	TRY(db_watch(w->app.db, w->end, LOOK_MS, &news, NULL));
	w->behind |= news || is_new_day(w);
	if (w->behind)
		TRY(bring_up(w));
	w->behind = false;
	return OK;
}

static void *watch_on(void *ctx)
{
	struct watch *w = ctx;
	do
		w->behind |= look(w) != OK;
	while (rest(w, w->behind ? AGAIN_MS : GATHER_MS));
	return NULL;
}

static void free_watch(struct watch *w)
{
	struct arena arena = w->arena; /* holds *w itself */
	if (w->end >= 0)
		(void)close(w->end);
	app_close(&w->app);
	arena_done(&arena);
}

static enum err start(struct watch *w, const struct app *app, struct fault *f)
{
	TRY(app_open_again(app, APP_READ, &w->app, f));
	w->end = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (w->end < 0)
		return FAULT(f, E_INTERNAL, NULL, MSG_INTERNAL, "eventfd");
	return pthread_create(&w->thread, NULL, watch_on, w) == 0 ? OK : FAULT(f, E_INTERNAL, NULL, MSG_INTERNAL, "pthread_create");
}

enum err watch_start(const struct app *app, struct live *live, struct watch **ret, struct fault *f)
{
	struct arena arena = { 0 };
	struct watch *w = arena_new(&arena, struct watch);
	w->arena = arena;
	w->live = live;
	w->end = -1;
	enum err e = start(w, app, f);
	if (e == OK)
		*ret = w;
	else
		free_watch(w);
	return e;
}

void watch_stop(struct watch **w)
{
	if (!*w)
		return;
	(void)eventfd_write((*w)->end, 1);
	(void)pthread_join((*w)->thread, NULL);
	free_watch(*w);
	*w = NULL;
}
