/* Imports that people have begun in the browser: the file that was sent, its dry run in the background, what was found, and the real
 * run. Kept in memory and in DIR/import-*; a restart forgets them, which loses nothing that was stored. */
#pragma once

#include "app/import.h"
#include "app/writer.h"

enum {
	IMPORT_JOBS = 64,              /* at a time, of everybody */
	IMPORT_JOBS_OF_ONE = 8,        /* of one account; older ones that have ended make room */
	IMPORT_JOB_SHOWN = 200,        /* problems that a page shows */
	IMPORT_JOB_ID = 33,            /* text of an id */
	IMPORT_JOB_S = 24 * 3600,      /* then it is forgotten */
};

enum import_job_state {
	IMPORT_CHECKING,   /* waiting for the writer, or in its dry run */
	IMPORT_CHECKED,    /* the dry run has ended; with or without errors */
	IMPORT_STORING,
	IMPORT_STORED,
	IMPORT_FAILED,     /* the file cannot be read at all: `fault` says why */
};
const char *import_job_state_key(enum import_job_state s); /* "checking" */

/* What an import is at this moment: a copy. */
struct import_job_view {
	char id[IMPORT_JOB_ID];
	const char *kind, *file;       /* the name that the file had */
	enum import_job_state state;
	int64_t made_us;
	int64_t read;                  /* rows so far */
	int percent;
	struct fault fault;            /* IMPORT_FAILED; or why storing failed, with IMPORT_CHECKED: code OK when it did not */
	/* from IMPORT_CHECKED on */
	int64_t rows, added, unchanged, totals, refused;
	struct import_problem *errors, *warnings; /* the first of them */
	size_t errors_n, warnings_n;
	int64_t errors_total, warnings_total;
	bool has_workbook;
};

struct import_jobs;

/* `dir`: the program's own folder; files that an earlier process left there are removed. */
enum err import_jobs_open(const char *dir, struct writer *w, struct import_jobs **ret, struct fault *f) MUST_CHECK;
/* After the writer has stopped. NULL is fine; sets *jobs to NULL. */
void import_jobs_close(struct import_jobs **jobs);

struct import_job_file {
	const char *kind, *name;       /* name as the browser sent it */
	const char *bytes;
	size_t n;
};

/* Keeps the file and begins its dry run in the name of `who`. E_INVALID for an empty file, E_BUSY when there are too many. */
enum err import_jobs_begin(struct import_jobs *jobs, const struct import_job_file *file, const struct actor *who, enum lang lang,
	struct day today, int64_t now_us, char ret_id[IMPORT_JOB_ID], struct fault *f) MUST_CHECK;

/* Of this account only: E_NOTFOUND as for one that never was. */
enum err import_jobs_get(struct import_jobs *jobs, const char *id, int64_t account, struct arena *a, struct import_job_view *ret,
	struct fault *f) MUST_CHECK;
/* All of this account, the newest first, without problems. */
struct import_job_view *import_jobs_list(struct import_jobs *jobs, int64_t account, struct arena *a, size_t *ret_n);

/* The real run, once: E_CONFLICT when it is not checked, has errors, or was begun before. */
enum err import_jobs_commit(struct import_jobs *jobs, const char *id, const struct actor *who, struct fault *f) MUST_CHECK;
/* Forgets it with its file. E_CONFLICT while it runs. */
enum err import_jobs_cancel(struct import_jobs *jobs, const char *id, int64_t account, struct fault *f) MUST_CHECK;

/* Path of the workbook of its refused rows, a copy that the caller removes. E_NOTFOUND when there is none. */
enum err import_jobs_workbook(struct import_jobs *jobs, const char *id, int64_t account, struct arena *a, const char **ret_path,
	struct fault *f) MUST_CHECK;
