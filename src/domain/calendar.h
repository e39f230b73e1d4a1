/* Working days: Monday to Friday, minus days off, plus swapped working Saturdays (Labour Code 2019, Article 112).
 *
 * Day 1 of a count in working days is the working day after the event; the period ends at the end of its last working day
 * (Civil Code 2015, Articles 147-148). Counts in months end on the same day number, on the last day of the month where that number
 * does not exist. */
#pragma once

#include "base/day.h"

enum day_kind { DAY_OFF, DAY_WORK };

/* An exception to "Monday to Friday". What becomes known late need not move the last days that were given before: `counts_from` says for
 * which clocks it counts. */
struct calendar_day {
	struct day on;
	enum day_kind kind;
	const char *note;       /* why: "Tết Nguyên đán", "làm bù 31/08" */
	struct day counts_from; /* counts for clocks that start on or after that day; DAY_NONE: for all */
	const char *block;      /* "tet:2027", the yearly block that it belongs to; NULL: a day by itself */
	bool unchecked;         /* taken from a rule whose instrument was not read: shown with a mark */
	bool own;               /* set by the installation, not shipped */
	bool confirmed;         /* the installation compared it with the year's notice */
};

/* Exceptions that are given together. */
struct calendar_days {
	const struct calendar_day *v;
	size_t n;
};

/* A holiday as a rule: which days it takes in a year. */
struct calendar_holiday {
	const char *key, *note;
	int32_t solar_day, solar_month; /* 0: by the lunar calendar */
	int32_t lunar_day, lunar_month;
	int32_t shift, days;            /* first day off relative to the holiday, length of the block */
	int32_t since, until;           /* years */
	bool checked;
};

/* The exceptions by day and, of the same day, by counts_from: for a clock the last one holds whose counts_from is not after its start. A
 * zeroed calendar has none. */
struct calendar {
	struct calendar_day *v;
	size_t n, cap;
	const struct calendar_holiday *holidays; /* those that yearly blocks are computed from */
	size_t holidays_n;
};

/* Gives an exception. Of those of the same day given before it hides the ones that count from the same day or later. */
void calendar_set(struct arena *a, struct calendar *c, struct calendar_day day);

/* Takes the mark "not verified" off the exception of that day, as the calendar stands now. */
void calendar_confirm(struct calendar *c, struct day d);

/* The same exceptions, to be changed without changing `c`. */
struct calendar calendar_copy(const struct calendar *c, struct arena *a);

/* The exception of a day as the calendar stands now, whatever it counts from; NULL: as the day of the week says. */
const struct calendar_day *calendar_find(const struct calendar *c, struct day d);
/* The one that holds for a clock that starts on `start`. */
const struct calendar_day *calendar_find_for(const struct calendar *c, struct day d, struct day start);

/* As the calendar stands now. */
bool calendar_is_working(const struct calendar *c, struct day d);
int32_t calendar_working_in(const struct calendar *c, struct period p); /* working days from its first to its last day */
struct day calendar_next_working(const struct calendar *c, struct day d); /* d itself when it is a working day, else the next one */

/* n >= 0 working days after d: the last day of a period of n working days that starts with the event on d, by what counts for such a
 * clock. n = 0 gives d. */
struct day calendar_add_working(const struct calendar *c, struct day d, int32_t n);

/* Working days in (from, to] for a clock that starts on `from`; 0 when to is not after from. */
int32_t calendar_count_working(const struct calendar *c, struct day from, struct day to);

enum span_unit { SPAN_WORKING_DAY, SPAN_DAY, SPAN_MONTH };

struct span {
	int32_t length;
	enum span_unit unit;
};

/* "workday"/"working_day", "day", "month"; E_INVALID otherwise. */
enum err span_unit_parse(const char *s, const char *field, enum span_unit *ret, struct fault *f) MUST_CHECK;
const char *span_text(struct span s, enum lang lang, struct arena *a); /* "45 ngày làm việc" */

/* The exact end of the span: what counts for a status (official date = exactly 12 months). */
struct day calendar_span_end(const struct calendar *c, struct day start, struct span s);

/* The last day for an act: as above, but a month or day span that ends on a day off runs to the next working day. */
struct day calendar_due(const struct calendar *c, struct day start, struct span s);

/* ---- yearly blocks ---- */

/* "tet:2027", in the arena. */
const char *calendar_block_name(const char *holiday, int32_t year, struct arena *a);
const struct calendar_holiday *calendar_holiday_find(const struct calendar *c, const char *key); /* NULL: none */
bool calendar_holiday_is_held(const struct calendar_holiday *h, int32_t year);
/* The holiday itself in that year, and the days off computed for it. */
struct day calendar_holiday_on(const struct calendar_holiday *h, int32_t year);
struct period calendar_holiday_days(const struct calendar_holiday *h, int32_t year);

/* From the first to the last of its days as the calendar stands now; DAY_NONE twice when it has none. */
struct period calendar_block_now(const struct calendar *c, const char *block);
/* Days that are in the block as the calendar stands now, but not in `days`: what a block moved to `days` gives free again. */
struct day *calendar_block_freed(const struct calendar *c, const char *block, struct period days, struct arena *a, size_t *ret_n);
/* What becomes of a freed day: working, or at rest as the week says. `note` of the block that it was in. */
struct calendar_day calendar_day_freed(struct day on, const char *note, struct day counts_from, struct arena *a);

/* The shipped exceptions: YAML text of rules/calendar.yaml (yearly blocks), into *ret. Lunar days are computed, see lunar.h. */
enum err calendar_parse(const char *file, const char *bytes, size_t n, struct arena *a, struct calendar *ret, struct fault *f) MUST_CHECK;
