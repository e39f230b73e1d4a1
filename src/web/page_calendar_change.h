/* Changing the working calendar: one day, or the block of a holiday. First what it would do to deadlines already given, then the choice. */
#pragma once

#include "app/due_change.h"
#include "web/opform.h"

enum { CALENDAR_CHANGE_SHOWN = 200 };

/* What the form of one choice sends besides the answer. */
struct calendar_choice {
	const char *due;           /* "keep", "move"; NULL: nothing moves, nothing is asked */
	const char *label, *once;
};

/* JSON: {"op","clocks","people","changes":[{"person","name","unit","clock","start","due","new_due"}]}; op null before all is given. */
struct calendar_change_view {
	const struct op *op;
	struct url tab_day, tab_block, action, back, post;
	struct input *inputs;
	size_t n, cap;
	const char *error;
	bool asked;                /* all is given: what follows is known */
	const char *sentence;      /* "15/07/2026 (thứ Tư): nghỉ" */
	struct due_changes changes;
	size_t hidden;             /* clocks of people whom the reader may not see */
	struct calendar_choice choices[2];
	size_t choices_n;
	const char *csrf;
	struct day today;
};

void page_calendar_change(struct html *h, const struct calendar_change_view *v);
struct url calendar_change_person(struct html *h, const struct due_change *d);
