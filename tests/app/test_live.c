/* The live view: after every kind of operation it says what one built afresh says, for any day, and for many readers beside a writer. */
#include "office_disk.h"

#include "app/live.h"
#include "app/writer.h"

#include <pthread.h>

static struct live_view hold(struct live *l, struct app *reader)
{
	struct live_view v;
	struct fault f;
	assert_ok(app_begin(reader, &f));
	assert_ok(live_hold(l, reader, &v, &f));
	return v;
}

static void release(struct live *l, struct app *reader)
{
	live_release(l);
	app_rollback(reader);
}

/* ---- the same as one built afresh ---- */

static void assert_same_text(const char *a, const char *b)
{
	assert_int_equal(a == NULL, b == NULL);
	if (a)
		assert_string_equal(a, b);
}

static void assert_same_person(const struct roll_person *a, const struct roll_person *b)
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

static void assert_same_cube(const struct cube *a, const struct cube *b, const struct tree *t, struct day today)
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

static void assert_as_fresh(struct live *l, struct app *reader)
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

/* ---- a small district at work ---- */

static void record_people(struct office *o)
{
	DO(o, "person_record", "name=Trần Văn Bảy", "unit=TB-01-A", "birth=1999-02-03", "sex=male");
	DO(o, "person_record", "name=Lê Thị Đào", "unit=TB-01-B", "birth=2001-05-06", "sex=female");
	DO(o, "person_record", "name=Nguyễn Văn An", "unit=TB-02", "birth=1998-07-08", "sex=male");
	DO(o, "fact_record", "person=1", "kind=source", "on=2025-01-10");
	DO(o, "fact_record", "person=1", "kind=on_list", "on=2025-03-10");
	DO(o, "fact_record", "person=2", "kind=decision", "on=2026-04-01");
	DO(o, "fact_record", "person=2", "kind=ceremony", "on=2026-04-20");
}

struct change {
	const char *op, *words[6];
};

/* In this order; each is one operation. */
static const struct change changes[] = {
	{ "fact_record", { "person=3", "kind=decision", "on=2026-05-02" } },
	{ "fact_record", { "person=3", "kind=unit", "unit=TB-01-A", "on=2026-05-20" } },
	{ "fact_correct", { "person=2", "seq=6", "on=2026-04-21", "reason=ghi nhầm" } },
	{ "person_record", { "name=Phạm Thị Bích", "unit=TB-02", "birth=2000-01-01" } },
	{ "unit_open", { "code=TB-03", "name=Đảng bộ xã Ba", "kind=GRASS_DB", "parent=TB", "opened=2010-01-01" } },
	{ "unit_move", { "unit=TB-01-B", "parent=TB-03", "from=2026-01-01" } },
	{ "unit_rename", { "unit=TB-02", "name=Chi bộ Trường Hai", "from=2026-01-01" } },
	{ "unit_fact", { "unit=TB-02", "kind=plan", "value=2026", "from=2026-01-05" } },
	{ "class_open", { "code=L1", "unit=TB", "kind=awareness", "name=Lớp 1", "from=2026-02-01", "to=2026-02-05" } },
	{ "target_set", { "unit=TB", "indicator=admitted", "kind=assigned", "period=2026", "low=12" } },
	{ "calendar_set", { "day=2026-05-08", "kind=off", "note=nghỉ" } },
	{ "fact_record", { "person=2", "kind=left", "value=died", "on=2026-06-01" } },
};

static void apply(struct office *o, const struct change *c)
{
	struct words words = { .n = 0 };
	for (; words.n < 6 && c->words[words.n]; words.n++)
		words.v[words.n] = c->words[words.n];
	if (office_run(o, c->op, &words) == OK)
		return;
	office_says_no(o, c->op);
	fail();
}

static void test_every_operation_leaves_what_a_fresh_view_says(void **state)
{
	struct disk *d = *state;
	struct live *l;
	struct fault f;
	record_people(&d->office);
	assert_ok(live_start(&d->office.app, &l, &f));
	for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
		apply(&d->office, &changes[i]);
		assert_as_fresh(l, &d->office.app);
	}
	live_stop(&l);
	assert_null(l);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_every_operation_leaves_what_a_fresh_view_says, disk_setup, disk_teardown),
	};
	return RUN(tests);
}
