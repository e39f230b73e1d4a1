/* Holding the live view, and whether it says what one built afresh says. */
#pragma once

#include "office_disk.h"

#include "app/live.h"

static inline struct live_view hold(struct live *l, struct app *reader)
{
	struct live_view v;
	struct fault f;
	assert_ok(app_begin(reader, &f));
	assert_ok(live_hold(l, reader, &v, &f));
	return v;
}

static inline void release(struct live *l, struct app *reader)
{
	live_release(l);
	app_rollback(reader);
}

/* ---- the same as one built afresh ---- */

static inline void assert_same_text(const char *a, const char *b)
{
	assert_int_equal(a == NULL, b == NULL);
	if (a)
		assert_string_equal(a, b);
}

static inline void assert_same_person(const struct roll_person *a, const struct roll_person *b)
{
	assert_int_equal(a->id.v, b->id.v);
	assert_int_equal(a->unit.v, b->unit.v);
	assert_string_equal(a->name, b->name);
	assert_string_equal(a->name_fold, b->name_fold);
	assert_string_equal(a->name_key, b->name_key);
	assert_int_equal(a->birth.n, b->birth.n);
	assert_same_text(a->sex, b->sex);
	assert_int_equal(a->phase, b->phase);
	assert_string_equal(a->state, b->state);
	assert_int_equal(a->since.n, b->since.n);
	assert_same_text(a->next ? a->next->key : NULL, b->next ? b->next->key : NULL);
	assert_int_equal(a->late, b->late);
	assert_int_equal(a->due.n, b->due.n);
	assert_int_equal(a->clocks_n, b->clocks_n);
	for (size_t i = 0; i < a->clocks_n; i++) {
		assert_string_equal(a->clocks[i].clock->key, b->clocks[i].clock->key);
		assert_int_equal(a->clocks[i].due.n, b->clocks[i].due.n);
		assert_int_equal(a->clocks[i].status, b->clocks[i].status);
	}
}

static inline void assert_same_cube(const struct cube *a, const struct cube *b, const struct tree *t, struct day today)
{
	const struct period all = { day_of(1990, 1, 1), today };
	size_t an, bn;
	for (size_t i = 0; i < t->n; i++) {
		const struct scope s = { t->v[i].id, today };
		assert_int_equal(cube_admitted(a, s, all, (struct filter){ 0 }), cube_admitted(b, s, all, (struct filter){ 0 }));
		assert_int_equal(cube_members(a, s, today), cube_members(b, s, today));
	}
	(void)cube_targets(a, &an), (void)cube_targets(b, &bn);
	assert_int_equal(an, bn);
	(void)cube_classes(a, &an), (void)cube_classes(b, &bn);
	assert_int_equal(an, bn);
}

static inline void assert_as_fresh(struct live *l, struct app *reader)
{
	struct live *fresh;
	struct fault f;
	assert_ok(live_start(reader, &fresh, &f));
	struct live_view v = hold(l, reader), w;
	assert_ok(live_hold(fresh, reader, &w, &f));
	assert_int_equal(v.position.v, w.position.v);
	assert_int_equal(v.today.n, w.today.n);
	assert_int_equal(v.people_n, w.people_n);
	for (size_t i = 0; i < v.people_n; i++) {
		assert_same_person(v.people[i], w.people[i]);
		assert_ptr_equal(v.people[i], live_person(&v, v.people[i]->id));
	}
	assert_same_cube(v.cube, w.cube, &reader->tree, reader->today);
	live_release(fresh);
	release(l, reader);
	live_stop(&fresh);
}
