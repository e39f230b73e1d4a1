/* A unit at a glance: targets with pace, the way to admission, what is late and due, the months of two years, the units below by rank. */
#pragma once

#include "app/board.h"
#include "web/clock_line.h"
#include "web/page_people.h"
#include "web/parts.h"
#include "web/web.h"

struct dashboard_period {
	const char *label;
	struct url url;
	bool chosen;
};

struct dashboard_target {
	const struct board_target *row;
	const char *status;        /* label */
	const char *standing;      /* "đạt 96,8 %, vượt tiến độ 15,2 điểm phần trăm"; "" without a target */
	struct kpi kpi;
};

struct dashboard_work {
	const char *name;          /* NULL: who asks may not see people */
	struct url person;
	const char *unit_code, *unit_name;
	struct clock_line clock;
	int32_t days;
};

struct dashboard_step {
	const struct roll_count *row;
	const char *label;
	struct url people, late;   /* NULL text: may not see people */
};

struct dashboard_child {
	const struct board_child *row;
	struct url url;
	int permille;              /* of its target, for the bar; -1: none */
	const char *rank;          /* "1" */
};

enum dashboard_sort { SORT_RANK, SORT_NAME, SORT_ADMITTED, SORT_LATE, SORT__COUNT };

/* Late, due, on their way, members. */
enum { DASHBOARD_COUNTS = 4, DASHBOARD_NEXT = 20 };

/* JSON: {"unit","name","kind","period","as_of","on","today","admitted","admitted_before","members","targets":[{"indicator","label","title",
 * "kind","value","wanted","percent","pace","points","status","note"}],"pipeline":[{"state","label","phase","n","late"}],"late_total",
 * "due_total","late":[work],"due":[work],"year","months":[{"month","now","before"}],"children":[{"code","name","admitted","wanted",
 * "percent","late","open","closed"}],"children_admitted","own_admitted"}; work: {"person","name","unit","days","clock":clock_line_json},
 * person and name null where people may not be seen; percent, pace and points are texts of numbers, null where there is none; now is null
 * for months to come. */
struct dashboard_view {
	struct board board;
	const char *code, *name, *kind_label, *period_label, *period_text;
	const char *before_label;  /* "cùng kỳ năm 2025" */
	bool is_today;             /* as of today: the figures and the lists are of one day */
	bool is_leaf;              /* nothing hangs below: the work comes first */
	bool named;                /* who asks may see people */
	struct dashboard_period *periods;
	size_t periods_n;
	struct dashboard_target *targets;
	struct dashboard_work *late, *due;
	struct dashboard_step *steps;
	struct dashboard_child *children;
	int64_t on_the_way;        /* sum of the pipeline */
	struct kpi counts[DASHBOARD_COUNTS];
	struct people_row *next;   /* of a leaf: everybody on their way, where people may be seen */
	size_t next_n, next_total;
	enum dashboard_sort sort;
	struct url sorts[SORT__COUNT];
	struct url all_late, all_due, todo, people, add; /* NULL text: may not */
	struct export_links export;
	const char *note;          /* how admissions are counted */
};

enum err dashboard_load(struct visit *v, struct dashboard_view *view, struct fault *f) MUST_CHECK;
/* In dashboard_json.c. */
void dashboard_json(struct json *j, const struct dashboard_view *view);
enum err dashboard_table(struct visit *v, const struct dashboard_view *view, struct table *ret, struct fault *f) MUST_CHECK;
void page_dashboard(struct html *h, const struct dashboard_view *v);
