/* Importing lists: choosing a file, the columns that are recognised, and an import on its way. */
#pragma once

#include "web/import_job.h"
#include "web/import_list.h"
#include "web/web.h"

struct import_view {
	const struct import_list *lists;
	size_t lists_n;
	const char *kind;      /* chosen */
	const char *error, *csrf;
	struct url action;
	struct import_job_view *jobs; /* of the reader, the newest first */
	size_t jobs_n;
};

struct import_columns_view {
	const struct import_list *list;
	struct import_column *columns;
	size_t n;
	struct url pattern, back;
};

struct import_problem_row {
	const struct import_problem *p;
	const char *column;    /* letter and heading; "" */
	const char *reason;    /* with the citation */
};

struct import_problem_list {
	const char *title;
	const struct import_problem_row *rows;
	size_t n;
	int64_t total;
};

struct import_job_page_view {
	struct import_job_view job;
	const struct import_list *list;
	const char *csrf, *fault, *fault_title, *fault_cite; /* NULL: none */
	struct import_problem_row *errors, *warnings;
	struct url commit, cancel, workbook, again, journal;
	bool busy, can_commit, nothing_new;
};

void page_import(struct html *h, const struct import_view *v);
void page_import_columns(struct html *h, const struct import_columns_view *v);
void page_import_problems(struct html *h, const struct import_problem_list *v);
void page_import_job(struct html *h, const struct import_job_page_view *v);

const char *import_state_label(enum import_job_state s, enum lang lang);
