/* One clock of a person as lists and pages show it: what, until when, by which rule, and what follows. */
#pragma once

#include "app/live.h"
#include "base/json.h"

struct clock_line {
	const char *key;           /* "T7" */
	const char *label;         /* what has to be done, what paper runs out or has run out */
	const char *cite;
	const char *follows;       /* when it is missed; "" for nothing */
	const char *pack;          /* id of the rule pack in force on `start` */
	enum clock_status status;
	bool bad;                  /* late, or a paper that has run out */
	bool soon;                 /* still running, due within LATE_SOON_DAYS */
	bool verified;             /* false: rests on a text that nobody could read yet */
	struct day start, due, due_extended, done;
	const char *when;          /* "quá hạn 12 ngày", "còn 3 ngày"; NULL when it no longer runs */
};

/* Labels live as long as the rules; `when` is in the arena. `file`: the reader may know about which relative a letter is (PERM_FILE). */
struct clock_line clock_line(const struct standing_clock *k, struct day on, enum lang lang, struct arena *a);
struct clock_line clock_line_of_roll(const struct roll_clock *k, bool file, struct day on, enum lang lang, struct arena *a);

/* {"clock","label","status","start","due","due_extended","done","rule","pack","verified","follows"} */
void clock_line_json(struct json *j, const struct clock_line *k);
