#include "app/watch.h"

#include <poll.h>
#include <pthread.h>
#include <sys/eventfd.h>
#include <unistd.h>

enum {
	LOOK_MS = 1000,   /* how late a new day is noticed, or what nobody said (a message can get lost) */
	GATHER_MS = 50,   /* many changes in a row are taken together; nobody who reads has to wait for each */
	AGAIN_MS = 500,   /* after a failure */
};

struct watch {
	struct arena arena; /* holds *w itself */
	struct app app;
	struct live *live;
	pthread_t thread;
	int end;            /* an eventfd: can be read when it is time to stop */
};

/* False: it is time to stop. */
static bool rest(const struct watch *w, int milliseconds)
{
	struct pollfd p = { .fd = w->end, .events = POLLIN };
	(void)poll(&p, 1, milliseconds);
	return p.revents == 0;
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

static enum err look(struct watch *w, bool *ret_news)
{
	TRY(db_watch(w->app.db, w->end, LOOK_MS, ret_news, NULL));
	return rest(w, 0) ? bring_up(w) : OK;
}

static void *watch_on(void *ctx)
{
	struct watch *w = ctx;
	int pause;
	do {
		bool news = false;
		pause = look(w, &news) != OK ? AGAIN_MS : news ? GATHER_MS : 0;
	} while (rest(w, pause));
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
