/* The people of a unit and of those below it: who stands where, what comes next, what is late. */
#pragma once

#include "web/clock_line.h"
#include "web/parts.h"
#include "web/web.h"

enum { PEOPLE_PAGE = 50, PEOPLE_TABLE_MAX = 100000 };

struct people_row {
	int64_t id;
	const char *name;
	struct day birth;
	const char *sex;           /* code; NULL */
	const char *unit_code, *unit_name;
	enum standing_phase phase;
	const char *state, *state_label; /* "" for none */
	struct day since;
	const char *next, *next_label;   /* NULL: nothing to come */
	bool late;
	struct day due;
	struct clock_line *clocks;
	size_t clocks_n;
	struct url url, unit_url;
};

struct people_choice {
	const char *value, *label;
	bool chosen;
};

struct people_choices {
	struct people_choice *v;
	size_t n, cap;
};

/* JSON: {"unit","total","page","pages","people":[{"id","name","birth","sex","unit","unit_name","phase","state","state_label","since",
 * "next","next_label","late","due","clocks":[clock_line_json]}]} */
struct people_view {
	const char *unit_code, *unit_name;
	const char *q;             /* as typed; "" */
	bool by_number;            /* q was a citizen ID */
	bool filtered;             /* anything but the whole list is asked for */
	bool open, late;
	struct people_choices units, states, phases, dues;
	struct people_row *rows;
	size_t n, total;
	int64_t page, pages;
	struct pager pager;
	struct export_links export;
	struct empty empty;        /* where nobody is on the list */
	struct url action, all, helpers, add, import; /* add, import: NULL text when not allowed */
	/* of the table */
	struct roll_ask ask;
	struct person_id number;   /* whom the citizen ID belongs to, 0: nobody here */
};

enum err people_load(struct visit *v, struct people_view *view, struct fault *f) MUST_CHECK;
void people_json(struct json *j, const struct people_view *view);
enum err people_table(struct visit *v, const struct people_view *view, struct table *ret, struct fault *f) MUST_CHECK;
void page_people(struct html *h, const struct people_view *v);

/* A row as the list shows it; texts copied. Also for other lists of people. */
struct people_row people_row(struct visit *v, const struct roll_person *p);
