#include "app/clock.h"
#include "web/import_job.h"
#include "web/web_impl.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- a worker ---- */

static enum err worker_open(void *ctx, void **ret_worker, struct fault *f)
{
	struct web *w = ctx;
	struct arena arena = { 0 };
	struct worker *worker = arena_new(&arena, struct worker);
	worker->web = w;
	enum err e = app_open_again(&w->app, APP_READ, &worker->app, f);
	if (e != OK) {
		arena_done(&arena);
		return e;
	}
	worker->arena = arena;
	*ret_worker = worker;
	return OK;
}

static void worker_close(void *ctx)
{
	struct worker *worker = ctx;
	struct arena arena = worker->arena; /* holds the worker itself */
	app_close(&worker->app);
	arena_done(&arena);
}

/* ---- starting ---- */

static bool is_export(const char *name)
{
	return strncmp(name, "export-", 7) == 0;
}

/* Workbooks that a stopped process had begun. */
static void sweep(const char *dir)
{
	DIR *d = opendir(dir);
	for (struct dirent *e; d && (e = readdir(d));)
		if (is_export(e->d_name))
			(void)unlinkat(dirfd(d), e->d_name, 0);
	if (d)
		(void)closedir(d);
}

static enum err make_uploads(struct web *w, struct fault *f)
{
	w->uploads = arena_printf(&w->arena, "%s/uploads", w->config.dir);
	if (mkdir(w->uploads, 0700) != 0 && errno != EEXIST)
		return FAULT(f, E_STORAGE, "data", MSG_APP_CANNOT_MAKE, w->uploads, strerror(errno));
	sweep(w->uploads);
	return OK;
}

/* An older installation is brought up to date first; from then on the writer alone writes. */
static enum err migrate(const char *dir, struct fault *f)
{
	struct app app;
	TRY(app_open(dir, APP_WRITE, &app, f));
	app_close(&app);
	return OK;
}

static enum err open_installation(struct web *w, struct fault *f)
{
	const char *demo;
	TRY(migrate(w->config.dir, f));
	TRY(app_open(w->config.dir, APP_READ, &w->app, f));
	w->app.follow_clock = !day_known(w->config.today);
	if (!w->app.follow_clock)
		w->app.today = w->config.today;
	if (w->config.now_us)
		w->app.now_us = w->config.now_us;
	w->config.now_us = w->app.now_us;
	TRY(app_setting(&w->app, "demo", &w->arena, &demo, f));
	w->demo = *demo != '\0';
	return app_name(&w->app, &w->arena, &w->name, f);
}

/* What all nodes must have in common: the key, or none can read what another one has sealed, and the rules. */
static enum err claim(struct app *app, void *ctx, struct arena *a, struct fault *f)
{
	struct web *w = ctx;
	struct fault warning;
	bool other;
	w->warnings = (struct warnings){ 0 };
	TRY(vault_claim(app, w->config.new_key, f));
	TRY(app_note_rules(app, &other, f));
	if (other) {
		(void)!FAULT(&warning, E_CONFLICT, NULL, MSG_APP_OTHER_RULES);
		warnings_add(a, &w->warnings, &warning);
	}
	return OK;
}

static enum err join(struct web *w, struct fault *f)
{
	struct writer_job job = { .task = claim, .ctx = w, .arena = &w->arena };
	if (writer_run(w->writer, &job) != OK) {
		*f = job.fault;
		return job.err;
	}
	return vault_key(&w->app, &w->key, f);
}

static enum err setup_code(struct web *w, char ret_code[SECRET_TEXT], struct fault *f)
{
	TRY(app_begin(&w->app, f));
	enum err e = account_setup_code(&w->app, w->writer, ret_code, f);
	app_rollback(&w->app);
	return e;
}

static enum err start_http(struct web *w, struct fault *f)
{
	const struct http_site site = { .ctx = w, .plan = web_plan, .worker_open = worker_open, .answer = web_answer,
		.worker_close = worker_close, .refuse = web_refuse };
	size_t n;
	const struct route *core = core_routes(&n);
	routes_make(&w->arena, core, n, &w->routes);
	w->secure = w->config.http.cert != NULL;
	w->config.http.spool = w->uploads;
	return http_start(&w->config.http, &site, &w->http, f);
}

static enum err start(struct web *w, char ret_code[SECRET_TEXT], struct fault *f)
{
	TRY(make_uploads(w, f));
	TRY(open_installation(w, f));
	TRY(live_start(&w->app, &w->live, f));
	w->app.live = w->live;
	TRY(writer_start(&w->app, &w->writer, f));
	TRY(join(w, f));
	TRY(setup_code(w, ret_code, f));
	TRY(watch_start(&w->app, w->live, &w->watch, f));
	TRY(import_jobs_open(w->uploads, w->writer, &w->imports, f));
	return start_http(w, f);
}

enum err web_start(const struct web_config *config, struct web **ret, char ret_code[SECRET_TEXT], struct fault *f)
{
	struct arena arena = { 0 };
	struct web *w = arena_new(&arena, struct web);
	char code[SECRET_TEXT] = "";
	w->arena = arena;
	w->config = *config;
	w->config.dir = arena_strdup(&w->arena, config->dir);
	enum err e = start(w, code, f);
	if (e != OK) {
		web_stop(&w);
		return e;
	}
	memcpy(ret_code, code, sizeof code);
	*ret = w;
	return OK;
}

const struct warnings *web_warnings(const struct web *w)
{
	return &w->warnings;
}

uint16_t web_port(const struct web *w)
{
	return http_port(w->http);
}

void web_stop(struct web **w)
{
	if (!*w)
		return;
	http_stop(&(*w)->http);
	watch_stop(&(*w)->watch);
	writer_stop(&(*w)->writer); /* whose operations may look at the live view */
	import_jobs_close(&(*w)->imports);
	live_stop(&(*w)->live);
	app_close(&(*w)->app);
	struct arena arena = (*w)->arena; /* holds the web itself */
	arena_done(&arena);
	*w = NULL;
}
