#include "web/import_job.h"
#include "base/utf8.h"

#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

enum { SECOND = 1000000, FILE_NAME_MAX = 200 };

struct import_job {
	struct arena arena;            /* everything of it */
	bool used;
	char id[IMPORT_JOB_ID];
	struct import_jobs *jobs;
	struct actor who;
	enum lang lang;
	struct day today;
	const char *kind, *name, *path, *workbook;
	int64_t made_us;
	struct writer_job job;         /* the run in hand */
	bool dry;
	struct import_report report;   /* of the last run; the run in hand writes `running` */
	struct import_report running;
	/* under the lock */
	enum import_job_state state;
	int64_t read;
	int percent;
	struct fault fault;
	bool has_workbook;
};

struct import_jobs {
	struct arena arena;            /* holds the table itself */
	const char *dir;
	struct writer *writer;
	pthread_mutex_t lock;
	struct import_job v[IMPORT_JOBS];
};

const char *import_job_state_key(enum import_job_state s)
{
	static const char *const keys[] = {
		[IMPORT_CHECKING] = "checking", [IMPORT_CHECKED] = "checked", [IMPORT_STORING] = "storing", [IMPORT_STORED] = "stored",
		[IMPORT_FAILED] = "failed",
	};
	assert((size_t)s < sizeof keys / sizeof *keys);
	return keys[s];
}

static void lock(struct import_jobs *jobs)
{
	(void)pthread_mutex_lock(&jobs->lock);
}

static void unlock(struct import_jobs *jobs)
{
	(void)pthread_mutex_unlock(&jobs->lock);
}

/* ---- the table ---- */

static bool runs(const struct import_job *job)
{
	return job->state == IMPORT_CHECKING || job->state == IMPORT_STORING;
}

/* With its files. Under the lock. */
static void forget(struct import_job *job)
{
	assert(!runs(job));
	(void)unlink(job->path);
	(void)unlink(job->workbook);
	arena_done(&job->arena);
	*job = (struct import_job){ 0 };
}

static void forget_old(struct import_jobs *jobs, int64_t now_us)
{
	for (size_t i = 0; i < IMPORT_JOBS; i++) {
		struct import_job *job = &jobs->v[i];
		if (job->used && !runs(job) && now_us - job->made_us > (int64_t)IMPORT_JOB_S * SECOND)
			forget(job);
	}
}

static struct import_job *find(struct import_jobs *jobs, const char *id, int64_t account)
{
	for (size_t i = 0; i < IMPORT_JOBS; i++) {
		struct import_job *job = &jobs->v[i];
		if (job->used && strcmp(job->id, id) == 0 && job->who.account == account)
			return job;
	}
	return NULL;
}

/* The oldest that has ended, of one account or (0) of anybody; NULL: none. */
static struct import_job *oldest(struct import_jobs *jobs, int64_t account)
{
	struct import_job *best = NULL;
	for (size_t i = 0; i < IMPORT_JOBS; i++) {
		struct import_job *job = &jobs->v[i];
		if (job->used && !runs(job) && (!account || job->who.account == account) && (!best || job->made_us < best->made_us))
			best = job;
	}
	return best;
}

static size_t count(const struct import_jobs *jobs, int64_t account)
{
	size_t n = 0;
	for (size_t i = 0; i < IMPORT_JOBS; i++)
		n += jobs->v[i].used && (!account || jobs->v[i].who.account == account);
	return n;
}

/* NULL: all are running. */
static struct import_job *free_place(struct import_jobs *jobs, int64_t account, int64_t now_us)
{
	forget_old(jobs, now_us);
	struct import_job *old = count(jobs, account) >= IMPORT_JOBS_OF_ONE ? oldest(jobs, account) :
		count(jobs, 0) >= IMPORT_JOBS ? oldest(jobs, 0) : NULL;
	if (old)
		forget(old);
	if (count(jobs, account) >= IMPORT_JOBS_OF_ONE)
		return NULL;
	for (size_t i = 0; i < IMPORT_JOBS; i++)
		if (!jobs->v[i].used)
			return &jobs->v[i];
	return NULL;
}

/* ---- opening ---- */

static void sweep(const char *dir)
{
	DIR *d = opendir(dir);
	for (struct dirent *e; d && (e = readdir(d));)
		if (strncmp(e->d_name, "import-", 7) == 0)
			(void)unlinkat(dirfd(d), e->d_name, 0);
	if (d)
		(void)closedir(d);
}

enum err import_jobs_open(const char *dir, struct writer *w, struct import_jobs **ret, struct fault *f)
{
	struct arena arena = { 0 };
	struct import_jobs *jobs = arena_new(&arena, struct import_jobs);
	if (pthread_mutex_init(&jobs->lock, NULL) != 0) {
		arena_done(&arena);
		return FAULT(f, E_INTERNAL, NULL, MSG_WEB_IMPORT_BUSY);
	}
	jobs->dir = arena_strdup(&arena, dir);
	jobs->writer = w;
	jobs->arena = arena;
	sweep(dir);
	*ret = jobs;
	return OK;
}

void import_jobs_close(struct import_jobs **ref)
{
	struct import_jobs *jobs = *ref;
	if (!jobs)
		return;
	for (size_t i = 0; i < IMPORT_JOBS; i++)
		if (jobs->v[i].used)
			forget(&jobs->v[i]);
	(void)pthread_mutex_destroy(&jobs->lock);
	struct arena arena = jobs->arena; /* holds the table itself */
	arena_done(&arena);
	*ref = NULL;
}

/* ---- running, on the writer's thread ---- */

static void on_progress(void *ctx, int64_t rows, int percent)
{
	struct import_job *job = ctx;
	lock(job->jobs);
	job->read = rows;
	job->percent = percent;
	unlock(job->jobs);
}

static bool write_workbook(const struct import_job *job)
{
	return job->running.refused_n && import_errors_xlsx(&job->running, job->workbook, NULL) == OK;
}

static enum err run(struct app *app, void *ctx, struct arena *a, struct fault *f)
{
	(void)a;
	struct import_job *job = ctx;
	const struct import_ask ask = { job->kind, job->path, job->dry, on_progress, job };
	enum lang lang = app->lang;
	struct day today = app->today;
	app->lang = job->lang;
	app->today = job->today;
	enum err e = import_run(app, &ask, &job->arena, &job->running, f);
	app->lang = lang;
	app->today = today;
	TRY(e);
	bool workbook = write_workbook(job);
	lock(job->jobs);
	job->has_workbook = workbook;
	unlock(job->jobs);
	return OK;
}

static enum import_job_state state_after(const struct import_job *job, enum err e)
{
	if (e != OK)
		return job->dry ? IMPORT_FAILED : IMPORT_CHECKED;
	return job->running.stored ? IMPORT_STORED : IMPORT_CHECKED;
}

static void on_done(struct writer_job *done)
{
	struct import_job *job = done->ctx;
	lock(job->jobs);
	if (done->err == OK)
		job->report = job->running;
	job->fault = done->err == OK ? (struct fault){ 0 } : done->fault;
	job->state = state_after(job, done->err);
	if (job->state == IMPORT_STORED || job->state == IMPORT_FAILED)
		(void)unlink(job->path);
	unlock(job->jobs);
}

static void submit(struct import_job *job, bool dry)
{
	job->dry = dry;
	job->running = (struct import_report){ 0 };
	job->job = (struct writer_job){ .who = &job->who, .task = run, .ctx = job, .alone = true, .arena = &job->arena, .done = on_done };
	writer_submit(job->jobs->writer, &job->job);
}

/* ---- beginning ---- */

static struct actor keep_actor(const struct actor *who, struct arena *a)
{
	struct actor kept = *who;
	struct grant *grants = arena_array(a, struct grant, who->n);
	if (who->n)
		memcpy(grants, who->grants, who->n * sizeof *grants);
	kept.login = arena_strdup(a, who->login);
	kept.name = arena_strdup(a, who->name);
	kept.journal = arena_strdup(a, who->journal);
	kept.grants = grants;
	return kept;
}

/* What a file really is, its reader finds out; only lists as text need another one. */
static const char *extension(const char *name)
{
	const char *dot = strrchr(name, '.');
	return dot && (strcasecmp(dot, ".csv") == 0 || strcasecmp(dot, ".txt") == 0) ? "csv" : "xlsx";
}

/* Browsers of old send the whole path. */
static const char *plain_name(const char *name, struct arena *a)
{
	const char *slash = strrchr(name, '/'), *back = strrchr(name, '\\');
	const char *last = back && (!slash || back > slash) ? back : slash;
	const char *plain = last ? last + 1 : name;
	return arena_strndup(a, plain, utf8_cut(plain, strlen(plain), FILE_NAME_MAX));
}

static enum err write_file(const char *path, const char *bytes, size_t n, struct fault *f)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	ssize_t put = 0;
	for (size_t at = 0; fd >= 0 && put >= 0 && at < n; at += (size_t)put)
		do
			put = write(fd, bytes + at, n - at);
		while (put < 0 && errno == EINTR);
	int error = errno;
	bool bad = fd < 0 || put < 0;
	if (fd >= 0 && close(fd) != 0 && !bad)
		bad = true, error = errno;
	if (!bad)
		return OK;
	if (fd >= 0)
		(void)unlink(path);
	return FAULT(f, E_STORAGE, "file", MSG_WEB_IMPORT_KEEP, strerror(error));
}

static void new_id(char id[IMPORT_JOB_ID])
{
	unsigned char bytes[(IMPORT_JOB_ID - 1) / 2];
	randombytes_buf(bytes, sizeof bytes);
	(void)sodium_bin2hex(id, IMPORT_JOB_ID, bytes, sizeof bytes);
}

/* Everything but its place in the table. */
static void prepare(struct import_jobs *jobs, struct import_job *job, const struct import_job_file *file, const struct actor *who)
{
	struct arena *a = &job->arena;
	new_id(job->id);
	job->jobs = jobs;
	job->who = keep_actor(who, a);
	job->kind = arena_strdup(a, file->kind);
	job->name = plain_name(file->name, a);
	job->path = arena_printf(a, "%s/import-%s.%s", jobs->dir, job->id, extension(file->name));
	job->workbook = arena_printf(a, "%s/import-%s-loi.xlsx", jobs->dir, job->id);
}

static enum err begin(struct import_jobs *jobs, const struct import_job_file *file, const struct actor *who, int64_t now_us,
	struct import_job **ret, struct fault *f)
{
	struct import_job *job = free_place(jobs, who->account, now_us);
	if (!job)
		return FAULT(f, E_BUSY, NULL, MSG_WEB_IMPORT_BUSY);
	prepare(jobs, job, file, who);
	enum err e = write_file(job->path, file->bytes, file->n, f);
	if (e != OK) {
		arena_done(&job->arena);
		*job = (struct import_job){ 0 };
		return e;
	}
	job->used = true;
	job->made_us = now_us;
	*ret = job;
	return OK;
}

enum err import_jobs_begin(struct import_jobs *jobs, const struct import_job_file *file, const struct actor *who, enum lang lang,
	struct day today, int64_t now_us, char ret_id[IMPORT_JOB_ID], struct fault *f)
{
	struct import_job *job;
	if (file->n == 0)
		return FAULT(f, E_INVALID, "file", MSG_WEB_IMPORT_EMPTY);
	lock(jobs);
	enum err e = begin(jobs, file, who, now_us, &job, f);
	if (e == OK) {
		job->lang = lang;
		job->today = today;
		memcpy(ret_id, job->id, IMPORT_JOB_ID);
	}
	unlock(jobs);
	TRY(e);
	submit(job, true); /* it runs from now on: nobody forgets it meanwhile */
	return OK;
}

/* ---- asking ---- */

static void copy_problems(const struct import_problems *from, struct arena *a, struct import_problem **ret, size_t *ret_n)
{
	size_t n = from->n < IMPORT_JOB_SHOWN ? from->n : IMPORT_JOB_SHOWN;
	struct import_problem *v = arena_array(a, struct import_problem, n);
	for (size_t i = 0; i < n; i++) {
		v[i] = from->v[i];
		v[i].heading = arena_strdup(a, from->v[i].heading);
		v[i].value = arena_strdup(a, from->v[i].value);
	}
	*ret = v;
	*ret_n = n;
}

static struct import_job_view view_of(const struct import_job *job, struct arena *a)
{
	const struct import_report *r = &job->report;
	struct import_job_view v = { .kind = arena_strdup(a, job->kind), .file = arena_strdup(a, job->name), .state = job->state,
		.made_us = job->made_us, .read = job->read, .percent = job->percent, .fault = job->fault, .rows = r->rows, .added = r->added,
		.unchanged = r->unchanged, .totals = r->totals, .refused = r->refused_total, .errors_total = r->errors.total,
		.warnings_total = r->warnings.total, .has_workbook = job->has_workbook && !runs(job) };
	memcpy(v.id, job->id, sizeof v.id);
	return v;
}

static enum err not_found(struct fault *f)
{
	return FAULT(f, E_NOTFOUND, "job", MSG_WEB_IMPORT_GONE);
}

enum err import_jobs_get(struct import_jobs *jobs, const char *id, int64_t account, struct arena *a, struct import_job_view *ret,
	struct fault *f)
{
	lock(jobs);
	const struct import_job *job = find(jobs, id, account);
	if (job) {
		*ret = view_of(job, a);
		copy_problems(&job->report.errors, a, &ret->errors, &ret->errors_n);
		copy_problems(&job->report.warnings, a, &ret->warnings, &ret->warnings_n);
	}
	unlock(jobs);
	return job ? OK : not_found(f);
}

/* Newest first: a handful. */
static void put_in_order(struct import_job_view *v, size_t n)
{
	for (size_t i = 1; i < n; i++)
		for (size_t k = i; k > 0 && v[k].made_us > v[k - 1].made_us; k--) {
			struct import_job_view t = v[k];
			v[k] = v[k - 1];
			v[k - 1] = t;
		}
}

struct import_job_view *import_jobs_list(struct import_jobs *jobs, int64_t account, struct arena *a, size_t *ret_n)
{
	struct import_job_view *v = arena_array(a, struct import_job_view, IMPORT_JOBS_OF_ONE);
	size_t n = 0;
	lock(jobs);
	for (size_t i = 0; i < IMPORT_JOBS && n < IMPORT_JOBS_OF_ONE; i++)
		if (jobs->v[i].used && jobs->v[i].who.account == account)
			v[n++] = view_of(&jobs->v[i], a);
	unlock(jobs);
	put_in_order(v, n);
	*ret_n = n;
	return v;
}

/* ---- going on ---- */

static enum err begin_storing(struct import_job *job, const struct actor *who, struct fault *f)
{
	if (!job)
		return not_found(f);
	if (job->state != IMPORT_CHECKED || job->report.errors.total || job->report.refused_total)
		return FAULT(f, E_CONFLICT, NULL, MSG_WEB_IMPORT_NOT_READY);
	job->who = keep_actor(who, &job->arena); /* what they may now, not when it was sent */
	job->state = IMPORT_STORING;
	job->read = 0;
	job->percent = 0;
	return OK;
}

enum err import_jobs_commit(struct import_jobs *jobs, const char *id, const struct actor *who, struct fault *f)
{
	lock(jobs);
	struct import_job *job = find(jobs, id, who->account);
	enum err e = begin_storing(job, who, f);
	unlock(jobs);
	TRY(e);
	submit(job, false);
	return OK;
}

enum err import_jobs_cancel(struct import_jobs *jobs, const char *id, int64_t account, struct fault *f)
{
	lock(jobs);
	struct import_job *job = find(jobs, id, account);
	bool busy = job && runs(job);
	if (job && !busy)
		forget(job);
	unlock(jobs);
	if (busy)
		return FAULT(f, E_CONFLICT, NULL, MSG_WEB_IMPORT_RUNS);
	return job ? OK : not_found(f);
}

enum err import_jobs_workbook(struct import_jobs *jobs, const char *id, int64_t account, struct arena *a, const char **ret_path,
	struct fault *f)
{
	char name[IMPORT_JOB_ID];
	new_id(name);
	const char *path = arena_printf(a, "%s/import-%s-copy.xlsx", jobs->dir, name);
	lock(jobs);
	const struct import_job *job = find(jobs, id, account);
	bool there = job && !runs(job) && job->has_workbook && link(job->workbook, path) == 0;
	unlock(jobs);
	if (!there)
		return not_found(f);
	*ret_path = path;
	return OK;
}
