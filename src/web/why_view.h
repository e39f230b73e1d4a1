/* Why somebody stands where they stand, in words: what the page /people/:person/why and `nguon rules explain` show. */
#pragma once

#include "base/json.h"
#include "domain/explain.h"

struct why_step {
	const char *key, *label, *cite;
	enum step_status status;
	struct day on;             /* DAY_NONE: not on record */
	const char *why;           /* "còn chờ: Lập hồ sơ kết nạp" */
	const char *site;          /* the site's own value in the rule; NULL: none */
	bool is_next, verified;
};

struct why_check {
	const char *row;           /* "branch_vote/valid:T1" */
	const char *step, *step_label;
	const char *rule;          /* what is said where it fails */
	const char *answer_key;    /* "holds", "fails", "doubt", "unknown", "other_case", "not_reached" */
	const char *answer, *tone; /* in words; "good", "bad", "warn", "" */
	const char *condition;     /* when it is asked at all; NULL: always */
	const char *said;          /* what was said; NULL: nothing */
	const char *cite, *pack;
	const char *site;
	struct day on;             /* as of which it was asked; DAY_NONE: it was not */
	bool refuses;              /* severity */
	bool verified;
};

struct why_clock {
	const char *key, *label, *cite, *pack, *instrument;
	const char *length;        /* "45 ngày làm việc, gia hạn tối đa 15 ngày làm việc" */
	enum clock_status status;
	struct day start, due, due_extended, done;
	const char *skipped;       /* "02/09/2025 Quốc khánh; ..."; NULL: nothing */
	const char *own_rules;     /* why this person is judged by another period; NULL: as everybody */
	const char *site;
	bool verified;
};

struct why_view {
	int64_t id;
	const char *name;
	struct day on;
	const char *phase_key, *phase, *state, *state_label;
	struct day since;
	const char *pack, *title;  /* in force that day */
	bool pack_verified, unverified;
	struct why_step *steps;
	size_t steps_n;
	struct why_check *checks;
	size_t checks_n, asked_n;
	struct why_clock *clocks;
	size_t clocks_n;
	const char **notes;        /* with citation */
	size_t notes_n;
};

/* Words for what was explained; texts are in the arena or live as long as the rules. */
void why_view_make(const struct explain *x, const struct rules *r, enum lang lang, struct arena *a, struct why_view *ret);

/* {"id","name","on","phase","state","state_label","since","pack","verified",
 * "steps":[{"step","label","status","on","why","rule","site","verified"}],
 * "checks":[{"check","step","answer","on","rule","message","when","severity","pack","site","verified"}],"clocks":[{"clock","label","start",
 * "due","due_extended","done","status","length","pack","rule","skipped","own_rules","site","verified"}],"notes":[]} */
void why_view_json(struct json *j, const struct why_view *v);

/* "T7.length: 40 ngày làm việc thay cho 45 ngày làm việc, từ 01/10/2025 (12-CV/TU, lý do)"; NULL for NULL. */
const char *why_site_text(const struct site_value *site, enum lang lang, struct arena *a);
