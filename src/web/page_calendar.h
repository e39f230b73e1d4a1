/* The working calendar of a year: days off, made-up working days, where they come from, and a deadline counted. */
#pragma once

#include "domain/calendar.h"
#include "web/web.h"

enum { CALENDAR_YEAR_FIRST = 1901, CALENDAR_YEAR_LAST = 2198 };
enum { CALENDAR_WEEKS = 6, CALENDAR_WEEK = 7, CALENDAR_MONTHS = 12 };

struct calendar_mark {
	const struct calendar_day *day; /* the exception in force */
};

struct calendar_marks {
	const struct calendar_mark *marks;
	size_t n;
};

struct calendar_cell {
	struct day day;                 /* DAY_NONE: of another month */
	int number;
	bool works, today;
	const struct calendar_mark *mark; /* NULL: as the day of the week says */
};

struct calendar_month {
	const char *name;
	struct calendar_cell cells[CALENDAR_WEEKS][CALENDAR_WEEK];
	int weeks;
	int32_t working;                /* working days */
	const struct calendar_mark *marks;
	size_t marks_n;
};

/* A holiday's days off in the year. */
struct calendar_block_row {
	const char *name;
	struct day on;                  /* the holiday itself */
	struct period days;             /* DAY_NONE twice: no day off */
	const struct calendar_day *first; /* the exception of the first day, for its marks */
	struct url edit;
};

struct calendar_due_view {
	const char *from, *length, *unit; /* as typed */
	bool asked;
	const char *error;
	struct day start, due, act_by;
	const char *span;               /* "45 ngày làm việc" */
	const struct calendar_mark *marks; /* exceptions on the way */
	size_t marks_n;
};

struct calendar_view {
	int32_t year;
	struct url before, after, set, check;
	bool may_set, has_unchecked, covered; /* covered: the shipped data knows the year */
	const char *csrf, *once;
	struct calendar_block_row *blocks;
	size_t blocks_n;
	int32_t working;
	struct calendar_month months[CALENDAR_MONTHS];
	const struct calendar_mark *marks;
	size_t marks_n;
	struct calendar_due_view due;
	struct url action, xlsx, csv;
	enum lang lang;
};

/* Behind the last of the days in a row that are marked alike, from position i on. */
size_t calendar_run_end(const struct calendar_marks *m, size_t i);
void page_calendar_marks(struct html *h, const struct calendar_marks *v);
void page_calendar(struct html *h, const struct calendar_view *v);
const char *calendar_weekday(struct day d, enum lang lang);
