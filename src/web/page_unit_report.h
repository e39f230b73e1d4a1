/* Reports of a unit: the list of them, and each one with its question, its table and its file. */
#pragma once

#include "domain/target.h"
#include "office/report_grid.h"
#include "stats/reports.h"
#include "web/web.h"

#include <string.h>

enum { ASKS_INDICATOR = 1, ASKS_DIMENSION = 2, ASKS_CLASS_KIND = 4, ASKS_PERIOD = 8 };

/* A report by name: what it answers, and which questions belong to it. */
struct report_sort {
	const char *name, *vi, *en;
	const char *what_vi, *what_en;
	unsigned asks;
	enum perm perm;
	const char *chart;     /* kind of picture above the table; NULL: none */
	enum grid_column drawn;
	/* NULL: late, which is not of the cube */
	enum err (*ask)(const struct cube *c, const struct report_ask *q, struct arena *a, struct report *ret, struct fault *f);
};
const struct report_sort *report_sorts(size_t *ret_n);
const struct report_sort *report_sort_find(const char *name);

struct reports_view {
	const struct unit *unit;
	const char *unit_name;
	const struct report_sort **sorts; /* those that the reader may see */
	size_t n;
};

struct period_choice {
	const char *value, *label;
	struct url url;
	bool chosen;
};

enum { PERIOD_CHOICES = 8 };

struct unit_report_row {
	const struct report_row *row;
	struct url url;        /* s NULL: none */
	const char **cells;    /* texts of the grid's columns */
	const char *percent;   /* of the ratio, for the picture; NULL: none */
	bool drawn;            /* stands in the picture */
};

struct report_tab {
	const struct report_sort *sort;
	struct url url;
};

enum { REPORT_TABS = 8 };

struct unit_report_view {
	const struct report_sort *sort;
	const struct unit *unit;
	struct report report;
	const char *error, *error_field; /* why there is no report; NULL */
	struct report_ask ask;
	struct period_choice choices[PERIOD_CHOICES];
	int choices_n;
	struct report_tab tabs[REPORT_TABS];
	size_t tabs_n;
	const char *period, *as_of; /* as typed, else as used */
	struct grid grid;
	const char **headings;
	struct unit_report_row *rows;
	size_t drawn_n;
	const char *unit_name;
	struct url xlsx, csv, action;
	const char *scope;     /* "Kỳ: năm 2023. Số liệu tính đến hết ngày 31/12/2023." */
};

/* Class of a label so deep in the table. */
static inline const char *unit_report_indent(int level)
{
	return level <= 0 ? "level-0" : level == 1 ? "level-1" : "level-2";
}

void page_reports(struct html *h, const struct reports_view *v);
void page_unit_report(struct html *h, const struct unit_report_view *v);
