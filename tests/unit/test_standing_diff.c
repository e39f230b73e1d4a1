/* What is different between two standings of one person. */
#include "person.h"

#include "domain/standing_diff.h"

static struct person p;

static int setup(void **state)
{
	(void)state;
	person_init(&p);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_done(&p.arena);
	return 0;
}

static struct standing_changes changes(struct standing before, struct standing after)
{
	struct standing_changes c;
	standing_diff(&before, &after, LANG_VI, &p.arena, &c);
	return c;
}

static size_t count(const struct standing_changes *c, enum change_kind kind)
{
	size_t n = 0;
	for (size_t i = 0; i < c->n; i++)
		n += c->v[i].kind == kind;
	return n;
}

static void test_a_standing_is_like_itself(void **state)
{
	(void)state;
	person_add(&p, "on_list", "2025-02-03", NULL);
	person_add(&p, "certificate", "2025-03-03", NULL);
	person_add(&p, "dossier", "2025-07-03", NULL);
	person_add(&p, "cv_certified", "2025-08-04", NULL);
	struct standing s = person_standing(&p, "2025-09-01");
	assert_true(s.notes.n > 1);
	assert_int_equal(changes(s, s).n, 0);
}

/* From nothing: the state, the next step's notes and the clocks of the certificate are new; and the other way round they go. */
static void test_what_comes_and_what_goes(void **state)
{
	(void)state;
	struct standing nothing = person_standing(&p, "2025-09-01");
	person_add(&p, "dossier", "2025-07-03", NULL);
	person_add(&p, "cv_certified", "2025-08-04", NULL);
	struct standing s = person_standing(&p, "2025-09-01");
	assert_true(s.notes.n > 0 && s.clocks_n > 0);
	struct standing_changes come = changes(nothing, s), go = changes(s, nothing);
	assert_int_equal(count(&come, CHANGE_STATE), 1);
	assert_null(come.v[0].before);
	assert_int_equal(count(&come, CHANGE_DUE), s.clocks_n);
	assert_int_equal(count(&come, CHANGE_NOTE), s.notes.n);
	assert_int_equal(count(&come, CHANGE_NEXT), 1);
	assert_int_equal(go.n, come.n);
	assert_null(go.v[0].after);
}

/* Whoever left has no next step. */
static void test_a_leaving_ends_next_step_and_clocks(void **state)
{
	(void)state;
	person_add(&p, "dossier", "2025-07-03", NULL);
	struct standing before = person_standing(&p, "2025-09-01");
	person_add(&p, FACT_LEFT, "2025-08-20", "off_list");
	struct standing_changes c = changes(before, person_standing(&p, "2025-09-01"));
	assert_int_equal(count(&c, CHANGE_NEXT), 1);
	for (size_t i = 0; i < c.n; i++)
		assert_true(c.v[i].kind != CHANGE_NEXT || (c.v[i].before && !c.v[i].after));
}

/* Two letters have a clock each: one is answered, the other stays as it is. */
static void test_clocks_of_letters_are_told_apart(void **state)
{
	(void)state;
	int32_t letters[2];
	for (int i = 0; i < 2; i++) {
		letters[i] = person_add(&p, FACT_VERIFY_SENT, "2025-08-01", i ? "father" : "mother")->seq;
		person_add(&p, FACT_VERIFY_RECEIVED, "2025-08-04", "home")->about = letters[i];
	}
	struct standing before = person_standing(&p, "2025-09-01");
	person_add(&p, FACT_VERIFY_REPLY, "2025-08-20", "confirmed")->about = letters[1];
	struct standing_changes c = changes(before, person_standing(&p, "2025-09-01"));
	assert_int_equal(count(&c, CHANGE_STATUS), 1);
	assert_int_equal(count(&c, CHANGE_DUE), 0);
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
	const struct CMUnitTest tests[] = {
		T(test_a_standing_is_like_itself),
		T(test_what_comes_and_what_goes),
		T(test_a_leaving_ends_next_step_and_clocks),
		T(test_clocks_of_letters_are_told_apart),
	};
	return RUN(tests);
}
