#include "base/utf8.h"
#include "web/seal.h"
#include "web/web_impl.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- what was asked ---- */

const char *visit_text(const struct visit *v, const char *name)
{
	const char *s = form_get(&v->query, name);
	return s && *s ? s : NULL;
}

enum err visit_int(const struct visit *v, const char *name, int64_t absent, int64_t min, int64_t max, int64_t *ret, struct fault *f)
{
	const char *s = visit_text(v, name);
	char *end;
	errno = 0;
	int64_t n = s ? strtoll(s, &end, 10) : absent;
	if (s && (*end || end == s))
		return FAULT(f, E_INVALID, name, MSG_NOT_NUMBER, s);
	if (s && (errno || n < min || n > max))
		return FAULT(f, E_INVALID, name, MSG_OUT_OF_RANGE, s, id_text(v->a, min), id_text(v->a, max));
	*ret = n;
	return OK;
}

enum err visit_day(const struct visit *v, const char *name, struct day absent, struct day *ret, struct fault *f)
{
	const char *s = visit_text(v, name);
	if (s)
		return day_parse(s, name, ret, f);
	*ret = absent;
	return OK;
}

enum err visit_period(const struct visit *v, const char *name, struct period absent, struct period *ret, struct fault *f)
{
	const char *s = visit_text(v, name);
	if (s)
		return period_parse(s, name, ret, f);
	*ret = absent;
	return OK;
}

bool visit_flag(const struct visit *v, const char *name)
{
	const char *s = visit_text(v, name);
	return s && strcmp(s, "0") != 0 && strcmp(s, "no") != 0;
}

/* ---- addresses ---- */

const char *visit_path(struct arena *a, const char *path)
{
	struct text t = TEXT(a);
	for (const char *p = path; *p;) {
		size_t n = strcspn(p, "/");
		text_add(&t, url_encode(arena_strndup(a, p, n), a));
		p += n;
		if (*p)
			text_addc(&t, *p++);
	}
	return text_str(&t);
}

static void add_query(struct text *t, bool *first, const char *name, const char *value, struct arena *a)
{
	text_addf(t, "%s%s=%s", *first ? "?" : "&", url_encode(name, a), url_encode(value, a));
	*first = false;
}

struct url visit_with(const struct visit *v, const char *name, const char *value)
{
	struct text t = TEXT(v->a);
	bool first = true;
	text_add(&t, visit_path(v->a, v->rq->path));
	for (size_t i = 0; i < v->query.n; i++) {
		const struct form_field *q = &v->query.v[i];
		if (strcmp(q->name, name) != 0 && strcmp(q->name, "lang") != 0 && *q->value)
			add_query(&t, &first, q->name, q->value, v->a);
	}
	if (value)
		add_query(&t, &first, name, value, v->a);
	return (struct url){ text_str(&t) };
}

bool visit_may(const struct visit *v, enum perm p, struct unit_id unit)
{
	return v->who && access_may(&v->app->tree, v->who, p, unit, v->today);
}

/* ---- answers ---- */

void visit_go(struct visit *v, struct url to)
{
	v->rs->status = 303;
	http_set(v->rs, "Location", to.s);
}

void visit_flash(struct visit *v, bool bad, const char *sentence)
{
	enum { FLASH_BYTES = 2000 };
	size_t n = strlen(sentence);
	const char *cut = n > FLASH_BYTES ? arena_strndup(v->a, sentence, utf8_cut(sentence, n, FLASH_BYTES)) : sentence;
	cookie_set(v, COOKIE_FLASH, seal_make(v, "flash", arena_printf(v->a, "%c%s", bad ? '!' : '.', cut)), 0);
}

void visit_show(struct visit *v, int status, const char *title, visit_html_fn *html, const void *view)
{
	respond_html(v, status, title, html, view, true);
}

void visit_cookie(struct visit *v, const char *session)
{
	v->fresh = *session ? arena_strdup(v->a, session) : NULL;
	cookie_set(v, COOKIE_SESSION, v->fresh, *session ? 0 : -1);
}

const char *visit_session_cookie(const struct visit *v)
{
	return cookie_get(v, COOKIE_SESSION);
}

const char *visit_csrf(const struct visit *v)
{
	return v->csrf ? v->csrf : "";
}

const char *visit_random(struct arena *a)
{
	unsigned char bytes[VISIT_RANDOM / 2];
	char hex[VISIT_RANDOM + 1];
	randombytes_buf(bytes, sizeof bytes);
	return arena_strdup(a, sodium_bin2hex(hex, sizeof hex, bytes, sizeof bytes));
}

const char *visit_once(struct visit *v)
{
	return visit_random(v->a);
}

static void name_file(struct visit *v, const char *name)
{
	http_set(v->rs, "Content-Disposition", arena_printf(v->a, "attachment; filename*=UTF-8''%s", url_encode(name, v->a)));
}

void visit_file(struct visit *v, const char *type, const char *name, const char *bytes, size_t n)
{
	name_file(v, name);
	http_body(v->rs, type, bytes, n);
}

enum err visit_file_at(struct visit *v, const char *type, const char *name, const char *path, struct fault *f)
{
	struct stat st;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &st) != 0) {
		int error = errno;
		if (fd >= 0)
			(void)close(fd);
		return FAULT(f, E_STORAGE, NULL, MSG_APP_CANNOT_READ, name, strerror(error));
	}
	(void)unlink(path);
	name_file(v, name);
	http_set(v->rs, "Content-Type", type);
	v->rs->file = fd;
	v->rs->file_n = st.st_size;
	return OK;
}

/* ---- changes ---- */

/* Nothing is held while the writer writes, and what is read afterwards knows of it. */
static enum err write_job(struct visit *v, struct writer_job *job, struct fault *f)
{
	struct unit_id unit = v->unit ? v->unit->id : (struct unit_id){ 0 };
	visit_release(v);
	app_rollback(v->app);
	job->arena = v->a;
	enum err e = writer_run(v->writer, job);
	if (e != OK)
		*f = job->fault;
	(void)!app_begin(v->app, NULL); /* when it fails, what reads on says so; what was stored stays stored */
	v->unit = unit.v ? tree_find(&v->app->tree, unit) : NULL;
	return e;
}

enum err visit_run(struct visit *v, const struct op *op, const void *in, int64_t version, const char *once, struct op_result *ret,
	struct fault *f)
{
	assert(v->who); /* nobody would be the person at the machine, who may do everything */
	struct writer_job job = { .op = op, .in = in, .who = v->who, .version = version, .once = once };
	TRY(write_job(v, &job, f));
	*ret = job.result;
	return OK;
}

const char *web_dir(const struct web *w)
{
	return w->uploads;
}

struct import_jobs *web_import_jobs(struct web *w)
{
	return w->imports;
}
