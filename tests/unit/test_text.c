#include "testing.h"

#include "base/text.h"

static void test_nothing_added_is_the_empty_text(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	struct text t = TEXT(&a);
	assert_string_equal(text_str(&t), "");
	text_add(&t, "");
	assert_string_equal(text_str(&t), "");
}

static void test_pieces_follow_each_other(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	struct text t = TEXT(&a);
	text_add(&t, "quý ");
	text_addc(&t, '2');
	text_addn(&t, "/2021 và sau", 5);
	text_addf(&t, ": %d trên %d", 52, 80);
	assert_string_equal(text_str(&t), "quý 2/2021: 52 trên 80");
	assert_int_equal(t.n, strlen(text_str(&t)));
}

static void test_a_long_text_keeps_all_of_it(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	struct text t = TEXT(&a);
	for (int i = 0; i < 2000; i++)
		text_addf(&t, "%04d", i);
	assert_int_equal(t.n, 8000);
	assert_memory_equal(t.p + 4 * 1234, "1234", 4);
	assert_string_equal(text_str(&t) + 7996, "1999");
	text_addf(&t, "%3000s", "x"); /* one piece larger than the room left */
	assert_int_equal(strlen(text_str(&t)), 11000);
}

static void test_two_texts_in_one_arena_do_not_mix(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	struct text t = TEXT(&a), u = TEXT(&a);
	for (int i = 0; i < 500; i++) {
		text_addc(&t, 'a');
		text_addc(&u, 'b');
	}
	assert_int_equal(strspn(text_str(&t), "a"), 500);
	assert_int_equal(strspn(text_str(&u), "b"), 500);
}

static void test_null_equals_null_only(void **state)
{
	(void)state;
	assert_true(text_equal(NULL, NULL));
	assert_false(text_equal(NULL, ""));
	assert_false(text_equal("", NULL));
	assert_true(text_equal("chi bộ", "chi bộ"));
	assert_false(text_equal("chi bộ", "Chi bộ"));
}

static void test_a_word_is_listed_only_whole(void **state)
{
	(void)state;
	assert_true(text_listed("GRASS_DB|GRASS_CB", "GRASS_DB"));
	assert_true(text_listed("GRASS_DB|GRASS_CB", "GRASS_CB"));
	assert_false(text_listed("GRASS_DB|GRASS_CB", "GRASS"));
	assert_false(text_listed("BRANCH", "TEMP_BRANCH"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_nothing_added_is_the_empty_text),
		cmocka_unit_test(test_pieces_follow_each_other),
		cmocka_unit_test(test_a_long_text_keeps_all_of_it),
		cmocka_unit_test(test_two_texts_in_one_arena_do_not_mix),
		cmocka_unit_test(test_null_equals_null_only),
		cmocka_unit_test(test_a_word_is_listed_only_whole),
	};
	return RUN(tests);
}
