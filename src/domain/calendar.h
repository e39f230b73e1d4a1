/* Working days: Monday to Friday, minus days off, plus swapped working Saturdays (Labour Code 2019, Article 112).
 *
 * Day 1 of a count in working days is the working day after the event; the period ends at the end of its last working day
 * (Civil Code 2015, Articles 147-148). Counts in months end on the same day number, on the last day of the month where that number
 * does not exist. */
#pragma once

#include "base/day.h"

enum day_kind { DAY_OFF, DAY_WORK };

struct calendar_day {
	struct day on;
	enum day_kind kind;
	const char *note; /* why: "Tết Nguyên đán", "làm bù 31/08" */
	bool unchecked;   /* taken from a rule whose instrument was not read: shown with a mark */
};

/* Exceptions to "Monday to Friday", sorted by day, one for each day at most. A zeroed calendar has none. */
struct calendar {
	struct calendar_day *v;
	size_t n, cap;
};

/* Adds or replaces the exception of a day. */
void calendar_set(struct arena *a, struct calendar *c, struct calendar_day day);
const struct calendar_day *calendar_find(const struct calendar *c, struct day d);
bool calendar_is_working(const struct calendar *c, struct day d);

/* n >= 0 working days after d: the last day of a period of n working days that starts with the event on d. n = 0 gives d. */
struct day calendar_add_working(const struct calendar *c, struct day d, int32_t n);

/* Working days in (from, to]; 0 when to is not after from. */
int32_t calendar_count_working(const struct calendar *c, struct day from, struct day to);

/* d itself when it is a working day, else the next one. */
struct day calendar_next_working(const struct calendar *c, struct day d);

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

/* The shipped exceptions: YAML text of rules/calendar.yaml (yearly blocks), into *ret. Lunar days are computed, see lunar.h. */
enum err calendar_parse(const char *file, const char *bytes, size_t n, struct arena *a, struct calendar *ret, struct fault *f) MUST_CHECK;
