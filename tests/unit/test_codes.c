#include "testing.h"

#include "base/utf8.h"
#include "domain/codes.h"

static const char *key_of(enum code_table t, const char *text)
{
	struct fault f;
	const struct code *c = NULL;
	return code_find(t, text, "x", &c, &f) == OK ? c->key : NULL;
}

static void test_spellings_of_lists_are_understood(void **state)
{
	(void)state;
	assert_string_equal(key_of(CODES_SEX, "nữ"), "female");
	assert_string_equal(key_of(CODES_SEX, "NAM"), "male");
	assert_string_equal(key_of(CODES_ETHNICITY, "Ê Đê"), "e_de");
	assert_string_equal(key_of(CODES_ETHNICITY, "Mông"), "hmong");
	assert_string_equal(key_of(CODES_EDUCATION, "dai hoc"), "university");
	assert_string_equal(key_of(CODES_EDUCATION, "Trung cấp"), "intermediate");
	assert_string_equal(key_of(CODES_INTRODUCER, "Hội Phụ nữ"), "women");
	assert_string_equal(key_of(CODES_TARGET_KIND, "phấn đấu"), "own");
	assert_string_equal(key_of(CODES_TARGET_KIND, "Giao"), "assigned");
	assert_string_equal(key_of(CODES_TARGET_KIND, "NHIỆM KỲ"), "term");
	assert_string_equal(key_of(CODES_UNIT_KIND, "chi bộ"), "BRANCH");
	assert_string_equal(key_of(CODES_RELIGION, "Công giáo"), "cong_giao");
	assert_string_equal(key_of(CODES_YES_NO, "x"), "yes");
}

static void test_the_stable_key_is_understood_too(void **state)
{
	(void)state;
	assert_string_equal(key_of(CODES_UNIT_KIND, "grass_db"), "GRASS_DB");
	assert_string_equal(key_of(CODES_OCCUPATION, "village_official"), "village_official");
}

static void test_refusal_names_the_text_and_what_would_do(void **state)
{
	(void)state;
	struct fault f;
	const struct code *c = (const struct code *)"untouched";
	assert_int_equal(code_find(CODES_SEX, "khác", "sex", &c, &f), E_INVALID);
	assert_int_equal(f.msg, MSG_NOT_CODE);
	assert_string_equal(f.field, "sex");
	assert_string_equal(f.arg[0], "khác");
	assert_string_equal(f.arg[1], "Nam, Nữ");
	assert_string_equal((const char *)c, "untouched");
}

static void test_college_and_intermediate_add_up_in_one_row(void **state)
{
	(void)state;
	assert_string_equal(code_by_key(CODES_EDUCATION, "college")->group, "college_intermediate");
	assert_string_equal(code_by_key(CODES_EDUCATION, "intermediate")->group, "college_intermediate");
	assert_null(code_by_key(CODES_EDUCATION, "master")->group);
}

static void test_there_are_54_peoples_and_those_of_foreign_origin(void **state)
{
	(void)state;
	size_t n;
	(void)codes(CODES_ETHNICITY, &n);
	assert_int_equal(n, 55);
}

static void test_unknown_key_is_its_own_label(void **state)
{
	(void)state;
	assert_string_equal(code_label(CODES_SEX, "female", LANG_VI), "Nữ");
	assert_string_equal(code_label(CODES_SEX, "female", LANG_EN), "Female");
	assert_string_equal(code_label(CODES_SEX, "bogus", LANG_EN), "bogus");
}

/* Each spelling of a row must lead to that row, whatever stands before it in the table. */
static void assert_each_spelling_finds(enum code_table t, const struct code *c, const char *spellings, struct arena *a)
{
	while (*spellings) {
		size_t n = strcspn(spellings, "|");
		const char *one = arena_strndup(a, spellings, n);
		if (key_of(t, one) == NULL || strcmp(key_of(t, one), c->key) != 0)
			fail_msg("table %d: \"%s\" finds %s instead of %s", (int)t, one, key_of(t, one), c->key);
		spellings += n + (spellings[n] == '|');
	}
}

static void test_no_spelling_means_two_things(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	for (int t = 0; t < CODES__COUNT; t++) {
		size_t n;
		const struct code *c = codes((enum code_table)t, &n);
		for (size_t i = 0; i < n; i++) {
			assert_each_spelling_finds((enum code_table)t, &c[i], c[i].key, &a);
			assert_each_spelling_finds((enum code_table)t, &c[i], c[i].vi, &a);
			assert_each_spelling_finds((enum code_table)t, &c[i], c[i].en, &a);
			assert_each_spelling_finds((enum code_table)t, &c[i], c[i].also, &a);
			assert_string_equal(utf8_clean(&a, c[i].vi), c[i].vi);
			assert_true(!c[i].group || code_by_key((enum code_table)t, c[i].group) != NULL);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_spellings_of_lists_are_understood),
		cmocka_unit_test(test_the_stable_key_is_understood_too),
		cmocka_unit_test(test_refusal_names_the_text_and_what_would_do),
		cmocka_unit_test(test_college_and_intermediate_add_up_in_one_row),
		cmocka_unit_test(test_there_are_54_peoples_and_those_of_foreign_origin),
		cmocka_unit_test(test_unknown_key_is_its_own_label),
		cmocka_unit_test(test_no_spelling_means_two_things),
	};
	return RUN(tests);
}
