/* Civil days and periods of days (proleptic Gregorian). No clock here and no time zone: a day is a day. */
#pragma once

#include "base/arena.h"
#include "base/err.h"

#include <stdbool.h>
#include <stdint.h>

/* Days since 1970-01-01. A type of its own, so that a day cannot be passed for a number. */
struct day {
	int32_t n;
};

#define DAY_NONE ((struct day){ INT32_MIN })              /* not known */
#define DAY_FIRST ((struct day){ -25567 })                /* 1900-01-01, the earliest day accepted */
#define DAY_LAST ((struct day){ 84005 })                  /* 2199-12-31, the latest day accepted */

enum weekday { MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY };

struct ymd {
	int32_t year, month, day; /* month and day count from 1 */
};

static inline bool day_known(struct day d)
{
	return d.n != INT32_MIN;
}

static inline bool day_equal(struct day a, struct day b)
{
	return a.n == b.n;
}

/* Both must be known. */
static inline bool day_before(struct day a, struct day b)
{
	return a.n < b.n;
}

bool day_valid_ymd(int32_t year, int32_t month, int32_t day);
struct day day_of(int32_t year, int32_t month, int32_t day); /* must be valid */
struct ymd day_ymd(struct day d);
enum weekday day_weekday(struct day d);
struct day day_add(struct day d, int32_t days); /* what would leave 1900-2199 stays at its first or last day */

/* Same day number `months` later; the last day of the month where that number does not exist
 * (29/2/2024 + 12 months = 28/2/2025). */
struct day day_add_months(struct day d, int32_t months);

/* Full months from a to b, b not before a: 14/5/2000 to 13/6/2000 is 0, to 14/6/2000 is 1. */
int32_t day_months_between(struct day a, struct day b);

/* Months by calendar alone, the day numbers left aside: 31/5/2000 to 1/6/2000 is 1. */
int32_t day_calendar_months_between(struct day a, struct day b);

/* yyyy-m-d or d/m/yyyy, with '/', '-' or '.' between. Outside 1900-2199, or no day of the calendar: E_INVALID
 * (MSG_DAY_FORMAT, MSG_DAY_IMPOSSIBLE). `field` goes into the fault. */
enum err day_parse(const char *s, const char *field, struct day *ret, struct fault *f) MUST_CHECK;

/* The day of a spreadsheet serial number (1 = 1900-01-01, with the famous 29/2/1900 that never was). */
enum err day_from_serial(double serial, const char *field, struct day *ret, struct fault *f) MUST_CHECK;

enum { DAY_TEXT = 12 };
const char *day_iso(struct day d, char buf[DAY_TEXT]); /* "2024-03-26", "" when not known */
const char *day_vi(struct day d, char buf[DAY_TEXT]);  /* "26/03/2024", "" when not known */

/* All days from `from` to `to`, both included. */
struct period {
	struct day from, to;
};

static inline bool period_has(struct period p, struct day d)
{
	return day_known(d) && d.n >= p.from.n && d.n <= p.to.n;
}

/* 2021 · 2021-H1 · 2021-Q2 · 2021-03 · 2021-SY (school year, 1/9/2021 to 31/8/2022) · 2020-2025 (term: 1/1/2020 to 31/12/2025) ·
 * 2020-01-01..2024-03-26. */
enum err period_parse(const char *s, const char *field, struct period *ret, struct fault *f) MUST_CHECK;

/* The shortest of the notations above that gives exactly this period. */
const char *period_text(struct period p, struct arena *a);

/* The same period in Vietnamese or English: "6 tháng đầu năm 2021", "first half of 2021". */
const char *period_label(struct period p, enum lang lang, struct arena *a);
