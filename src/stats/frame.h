/* What all reports share: the question made ready, the units below, and texts of numbers. Private to stats. */
#pragma once

#include "stats/reports.h"

struct frame {
	const struct cube *cube;
	const struct report_ask *ask;
	struct arena *a;
	const struct unit *unit;
	struct scope scope;  /* with its part */
	struct period span;  /* the asked period up to `on` */
	struct day on;       /* last day that counts: the smaller of the period's end and the as-of day */
	struct report report; /* being filled; the caller's report is written when all went well */
};

/* Refusals: unknown unit, period after the as-of day, unit not open on the day of the tree. */
enum err frame_begin(const struct cube *c, const struct report_ask *q, const char *name, const char *title, struct arena *a,
	struct frame *ret, struct fault *f) MUST_CHECK;

/* A unit directly below: open on the tree's day, or closed before it and last seen there. */
struct child {
	const struct unit *unit;
	struct scope scope;
	bool closed;
	int64_t admitted; /* in frame.span */
};

/* Sorted by code; closed ones without an admission in frame.span are left out. */
struct child *frame_children(const struct frame *fr, size_t *ret_n);
struct report_row *frame_child_row(struct frame *fr, const struct child *k);

void frame_note(struct frame *fr, const char *note);

/* "1.950" or "1,950". */
const char *frame_number(const struct frame *fr, int64_t v);
/* A decimal of figure.h in the report's language: "96,8". */
const char *frame_decimal(const struct frame *fr, const char *decimal);
const char *frame_percent(const struct frame *fr, int64_t num, int64_t den);
const char *frame_day(const struct frame *fr, struct day d);
/* Puts a remark behind those that the row has. */
void frame_remark(const struct frame *fr, struct report_row *row, const char *remark);

/* MSG_TEXT in the report's language. */
#define FRAME_TEXT(fr, ...) MSG_TEXT((fr)->a, (fr)->ask->lang, __VA_ARGS__)
