#include "web/clock_line.h"

#include "app/late.h"
#include "base/json.h"
#include "web/words.h"

static const char *when(enum clock_status s, struct day due, struct day on, enum lang lang, struct arena *a)
{
	bool still = s == CLOCK_RUNNING || s == CLOCK_LATE || s == CLOCK_EXPIRED;
	return still ? word_days(due, on, lang, a) : NULL;
}

/* What should have been done, or what has run out. */
static const char *label(const struct standing_clock *k, enum lang lang, struct arena *a)
{
	const char *text = standing_clock_label(k, lang, a);
	return k->status == CLOCK_EXPIRED ? arena_printf(a, "%s: %s", text, word_clock(CLOCK_EXPIRED, lang)) : text;
}

struct clock_line clock_line(const struct standing_clock *k, struct day on, enum lang lang, struct arena *a)
{
	const char *follows = label_of(k->clock->late, lang);
	return (struct clock_line){
		.key = k->clock->key, .label = label(k, lang, a), .cite = k->clock->cite, .follows = follows ? follows : "",
		.pack = k->pack->id, .status = k->status, .bad = late_is_late(k), .soon = late_is_due(k, on, day_add(on, LATE_SOON_DAYS)),
		.verified = k->clock->verified, .start = k->start, .due = k->due, .due_extended = k->due_extended,
		.done = k->done, .when = when(k->status, k->due, on, lang, a),
	};
}

struct clock_line clock_line_of_roll(const struct roll_clock *k, bool file, struct day on, enum lang lang, struct arena *a)
{
	const struct standing_clock same = {
		.clock = k->clock, .pack = k->pack, .start = k->start, .due = k->due, .due_extended = k->due_extended, .done = DAY_NONE,
		.status = k->status, .subject = file ? k->subject : NULL,
	};
	return clock_line(&same, on, lang, a);
}

void clock_line_json(struct json *j, const struct clock_line *k)
{
	json_object(j);
	json_put_string(j, "clock", k->key);
	json_put_string(j, "label", k->label);
	json_put_string(j, "status", word_clock_key(k->status));
	json_put_day(j, "start", k->start);
	json_put_day(j, "due", k->due);
	json_put_day(j, "due_extended", k->due_extended);
	json_put_day(j, "done", k->done);
	json_put_string(j, "rule", k->cite);
	json_put_string(j, "pack", k->pack);
	json_put_bool(j, "verified", k->verified);
	json_put_string(j, "follows", *k->follows ? k->follows : NULL);
	json_object_end(j);
}
