/* What one indicator counts, and how a target on it is worded and judged. Private to stats. */
#pragma once

#include "stats/frame.h"

/* Counted up to a day: `den` is what the figure is a share of, where the indicator is a share. */
struct measured {
	int64_t num, den;
	bool is_share;
	struct period span; /* the days counted */
};

/* The indicator over `span`, clipped at `fr->on`, for the units of a scope. */
struct measured measure_span(const struct frame *fr, const struct indicator *ind, struct scope s, struct period span);

/* The indicator as the target asks for it: from its first day on; a yearly rate of a longer target by the year in question. */
struct measured measure_target(const struct frame *fr, const struct indicator *ind, const struct target *t);

/* Fills value, ratio, points, wording and remarks of a row with what was measured against the target. */
void measure_judge(const struct frame *fr, const struct indicator *ind, const struct target *t, struct measured m, struct report_row *row);

/* The whole target as worded: "205", "≥ 1.950", "15-20", "3-4 %". */
const char *measure_wanted(const struct frame *fr, const struct indicator *ind, const struct target *t);

/* Says how many of those counted in frame.span were admitted in the unit itself, beside its children. */
void measure_note_own(struct frame *fr, const struct indicator *ind, const struct child *v, size_t n);

/* Label in the language of the report. */
const char *measure_label(const struct indicator *ind, enum lang lang);

/* Whether the indicator is a share of something: its targets are percentages. */
bool measure_is_share(const struct indicator *ind);

/* The indicator of the question, "admitted" for NULL; E_INVALID with the list of those there are. (progress.c) */
enum err progress_indicator(const char *key, struct arena *a, const struct indicator **ret, struct fault *f) MUST_CHECK;
