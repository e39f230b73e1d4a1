/* Pieces that many pages share; each is a template of its own in pages/. Print one with {% page_pager(h, &v->pager); %}. */
#pragma once

#include "web/html.h"

/* A figure with its target, as a card: page_kpi(h, &k). */
struct kpi {
	const char *label;         /* "Kết nạp năm 2026" */
	const char *value;         /* as it is read: "52", "12,9" */
	const char *unit;          /* behind the value: "%", "người"; NULL: none */
	const char *target;        /* as it is read; NULL: no target, no bar */
	int permille;              /* of the target reached, for the bar; over 1000 is drawn full */
	int pace_permille;         /* where it should be by now; -1: not known */
	const char *note;          /* below, for example "15 điểm trước nhịp"; NULL: none */
	const char *tone;          /* "good", "warn", "bad", "" */
	struct url href;           /* the people behind the figure; s NULL: none */
};

/* The mark of what rests on a text that nobody could read yet: page_unverified(h, v). */
void page_unverified(struct html *h, const void *v);

/* A word in colour: page_badge(h, &b). Colour never says it alone, the word does. */
struct badge {
	const char *label;
	const char *tone;          /* "good", "warn", "bad", "info", "" */
};

/* One screen of a list and the ways to the next: page_pager(h, &p). Prints nothing when all is on one screen. */
struct pager {
	int64_t from, to, total;   /* 51 to 100 of 2311; counted from 1; total 0: nothing is printed; -1: not counted, "51–100" alone */
	struct url first, previous, next; /* s NULL: none */
};

/* The list or report as a file: page_export(h, &e). */
struct export_links {
	struct url xlsx, csv, json;/* s NULL: none */
};

/* Instead of an empty list: page_empty(h, &e). */
struct empty {
	const char *title;         /* "Chưa có ai trong danh sách" */
	const char *hint;          /* what to do; NULL */
	struct url href;           /* the way there; s NULL: none */
	const char *action;        /* words of that way */
};
