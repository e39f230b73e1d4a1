/* Introducers and helpers as lists show them: in whose place somebody has to be named, and how many people each official member helps. */
#pragma once

#include "app/live.h"
#include "domain/helper.h"

/* A helper in whose place somebody has to be named. */
struct helper_flag {
	int32_t seq;              /* of the fact that named them */
	const char *role;         /* CODES_HELPER */
	struct person_id helper;  /* 0: not of the register */
	const char *name;
	enum helper_gone why;
	struct day since;         /* DAY_NONE: not known */
};

/* "Nguyễn Văn An đã từ trần ngày 01/02/2026". */
const char *helpers_flag_text(const struct helper_flag *f, enum lang lang, struct arena *a);

/* ---- from the register ---- */

/* A helper as of the day of the book. */
struct helper_entry {
	struct person_id id;
	const char *name;
	struct helper_state state;
};

/* Each helper is read once, however many people they help. */
struct helper_book {
	struct app *app;
	struct arena *arena;
	struct day on;
	struct helper_entry *v;
	size_t n, cap;
};

/* Valid until the next call. */
enum err helpers_find(struct helper_book *b, struct person_id id, const struct helper_entry **ret, struct fault *f) MUST_CHECK;

/* Of the person with those active facts, on the day of the book. */
enum err helpers_flags(struct helper_book *b, const struct facts *active, struct helper_flag **ret, size_t *ret_n,
	struct fault *f) MUST_CHECK;

/* ---- from the roll, on its day ---- */

struct helper_work {
	const struct roll_person *person; /* who is helped */
	const struct unit *unit;          /* theirs, in the tree of the question */
	struct helper_flag flag;
};

/* Everybody of the unit and below for whom somebody has to be named; by code of the unit, then by name. */
void helpers_work(const struct live_view *v, const struct tree *t, struct unit_id unit, struct arena *a, struct helper_work **ret,
	size_t *ret_n);

/* Of one person in the roll. */
struct helper_flag *helpers_of(const struct live_view *v, const struct roll_person *p, struct arena *a, size_t *ret_n);

/* Somebody who is, or was, helped by the member of the row. */
struct helper_task {
	struct person_id helper;
	const struct roll_person *person;
	const struct roll_helper *as;
	bool now;
};

struct helper_load {
	const struct roll_person *member;
	const struct unit *unit;
	const struct helper_task *tasks; /* present ones first, then by name; one for each person */
	size_t now;                      /* people helped today */
	size_t all;                      /* ... or at some time since the day asked for */
};

struct helper_load_ask {
	struct unit_id unit;
	struct day since;
	bool busy, free;                 /* only those who help somebody; only those who help nobody */
};

/* Official members of the unit and below: most people helped first, then by name. The people helped may be of other units. */
void helpers_load(const struct live_view *v, const struct tree *t, const struct helper_load_ask *q, struct arena *a,
	struct helper_load **ret, size_t *ret_n);
