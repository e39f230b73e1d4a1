#include "testing.h"

#include "base/err.h"
#include "base/utf8.h"

#define FILL(...) assert_int_not_equal(FAULT(__VA_ARGS__), OK)

static const struct {
	const char *key;
	const char *text[2]; /* by enum lang */
} catalogue[] = {
#define MSG(key, vi, en) { #key, { vi, en } },
#include "base/messages.def"
#undef MSG
};
enum { CATALOGUE = sizeof catalogue / sizeof *catalogue };

static void test_every_message_has_a_text_in_both_languages(void **state)
{
	(void)state;
	for (int i = 0; i < CATALOGUE; i++)
		for (int lang = LANG_VI; lang <= LANG_EN; lang++) {
			const char *s = catalogue[i].text[lang];
			if (!*s || !utf8_valid(s, strlen(s)) || s[0] == ' ' || s[strlen(s) - 1] == ' ' || strstr(s, "  "))
				fail_msg("%s: empty, with stray blanks or not UTF-8: \"%s\"", catalogue[i].key, s);
		}
}

/* The arguments used, as bits; -1 when a '%' stands before a small letter. */
static int arguments(const char *s)
{
	int used = 0;
	for (; *s; s++) {
		if (*s != '%')
			continue;
		if (s[1] >= '1' && s[1] <= '4')
			used |= 1 << (s[1] - '1');
		else if (s[1] >= 'a' && s[1] <= 'z')
			return -1; /* a format of printf has strayed in */
	}
	return used;
}

/* The same arguments; or as many others, where a label of a rule pack is given once for each language. */
static void test_every_message_uses_as_many_arguments_in_both_languages(void **state)
{
	(void)state;
	for (int i = 0; i < CATALOGUE; i++) {
		int vi = arguments(catalogue[i].text[LANG_VI]), en = arguments(catalogue[i].text[LANG_EN]);
		if (vi < 0 || en < 0 || __builtin_popcount((unsigned)vi) != __builtin_popcount((unsigned)en))
			fail_msg("%s: arguments differ: \"%s\" and \"%s\"", catalogue[i].key, catalogue[i].text[LANG_VI],
				catalogue[i].text[LANG_EN]);
	}
}

static void test_every_vietnamese_message_is_composed(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	for (int i = 0; i < CATALOGUE; i++) {
		const char *s = catalogue[i].text[LANG_VI];
		if (strcmp(utf8_clean(&a, s), s) != 0)
			fail_msg("%s: not in the composed form (NFC): \"%s\"", catalogue[i].key, s);
	}
}

static void test_a_fault_holds_what_it_was_given(void **state)
{
	(void)state;
	struct fault f;
	assert_int_equal(FAULT(&f, E_INVALID, "birth", MSG_OUT_OF_RANGE, "200", "0", "150"), E_INVALID);
	assert_int_equal(f.code, E_INVALID);
	assert_int_equal(f.msg, MSG_OUT_OF_RANGE);
	assert_string_equal(f.field, "birth");
	assert_string_equal(f.rule, "");
	assert_string_equal(f.arg[0], "200");
	assert_string_equal(f.arg[1], "0");
	assert_string_equal(f.arg[2], "150");
	assert_string_equal(f.arg[3], "");
}

static void test_filling_a_fault_again_leaves_nothing_of_the_old_one(void **state)
{
	(void)state;
	struct fault f;
	FILL(&f, E_RULE, "decided", MSG_OUT_OF_RANGE, "a", "b", "c", "d");
	assert_int_equal(fault_cite(&f, "294-QĐ/TW, 4.3.1"), E_RULE);
	assert_string_equal(f.rule, "294-QĐ/TW, 4.3.1");
	FILL(&f, E_INVALID, NULL, MSG_REQUIRED);
	assert_string_equal(f.field, "");
	assert_string_equal(f.rule, "");
	for (int i = 0; i < FAULT_ARGS; i++)
		assert_string_equal(f.arg[i], "");
}

static void test_no_citation_leaves_the_rule_as_it_is(void **state)
{
	(void)state;
	struct fault f;
	FILL(&f, E_RULE, "decided", MSG_REQUIRED);
	assert_int_equal(fault_cite(&f, "HD 06, 3.6"), E_RULE);
	assert_int_equal(fault_cite(&f, NULL), E_RULE);
	assert_string_equal(f.rule, "HD 06, 3.6");
}

static void test_the_code_is_returned_without_a_place_for_the_fault(void **state)
{
	(void)state;
	assert_int_equal(FAULT(NULL, E_BUSY, "x", MSG_REQUIRED), E_BUSY);
	assert_int_equal(fault_cite(NULL, "x"), E_RULE);
}

static void test_long_arguments_are_cut_at_the_end_of_a_letter(void **state)
{
	(void)state;
	struct fault f;
	for (int lead = 0; lead < 3; lead++) {
		char name[600];
		memset(name, 'x', (size_t)lead);
		name[lead] = '\0';
		for (int i = 0; i < 150; i++)
			strncat(name, "ộ", sizeof name - strlen(name) - 1); /* three bytes each */
		FILL(&f, E_INVALID, name, MSG_NOT_CODE, name, name);
		assert_int_equal(fault_cite(&f, name), E_INVALID);
		const char *const cut[] = { f.field, f.rule, f.arg[0], f.arg[1] };
		const size_t size[] = { FAULT_FIELD_SIZE, FAULT_RULE_SIZE, FAULT_ARG_SIZE, FAULT_ARG_SIZE };
		for (int i = 0; i < 4; i++) {
			assert_true(utf8_valid(cut[i], strlen(cut[i])));
			assert_true(strlen(cut[i]) < size[i] && strlen(cut[i]) + 3 >= size[i]);
			assert_memory_equal(cut[i], name, strlen(cut[i]));
		}
	}
}

static void test_arguments_take_their_places_in_either_language(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	struct fault f;
	FILL(&f, E_INVALID, "age", MSG_OUT_OF_RANGE, "200", "0", "150");
	assert_string_equal(fault_text(&f, LANG_VI, &a), "«200» nằm ngoài khoảng 0 đến 150");
	assert_string_equal(fault_text(&f, LANG_EN, &a), "\"200\" is outside 0 to 150");
}

static void test_an_argument_is_not_searched_for_arguments(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	assert_string_equal(MSG_TEXT(&a, LANG_EN, MSG_OUT_OF_RANGE, "%2", "%s", "%%"), "\"%2\" is outside %s to %%");
}

static void test_a_missing_argument_is_empty(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	assert_string_equal(MSG_TEXT(&a, LANG_EN, MSG_OUT_OF_RANGE, "7"), "\"7\" is outside  to ");
	assert_string_equal(MSG_TEXT(&a, LANG_VI, MSG_NONE), "");
}

static void test_every_code_has_its_name_problem_and_exit_status(void **state)
{
	(void)state;
	static const struct {
		enum err e;
		const char *name, *problem;
		int status;
	} codes[] = {
		{ OK, "OK", "ok", 0 }, { E_INVALID, "E_INVALID", "invalid", 1 }, { E_RULE, "E_RULE", "rule", 1 },
		{ E_FORBIDDEN, "E_FORBIDDEN", "forbidden", 1 }, { E_TOOBIG, "E_TOOBIG", "too-big", 1 }, { E_USAGE, "E_USAGE", "usage", 2 },
		{ E_NOTFOUND, "E_NOTFOUND", "not-found", 3 }, { E_CONFLICT, "E_CONFLICT", "conflict", 4 }, { E_BUSY, "E_BUSY", "busy", 4 },
		{ E_GONE, "E_GONE", "gone", 5 }, { E_UNSURE, "E_UNSURE", "unsure", 5 }, { E_STORAGE, "E_STORAGE", "storage", 5 },
		{ E_INTERNAL, "E_INTERNAL", "internal", 5 },
	};
	assert_int_equal(sizeof codes / sizeof *codes, E__COUNT);
	for (size_t i = 0; i < E__COUNT; i++) {
		assert_string_equal(err_name(codes[i].e), codes[i].name);
		assert_string_equal(err_problem(codes[i].e), codes[i].problem);
		assert_int_equal(err_exit_status(codes[i].e), codes[i].status);
	}
}

static void test_warnings_are_copies_in_order(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	struct warnings w = { 0 };
	for (int i = 0; i < 40; i++) {
		char n[16];
		struct fault f;
		(void)snprintf(n, sizeof n, "%d", i);
		FILL(&f, E_RULE, n, MSG_REQUIRED);
		warnings_add(&a, &w, &f);
	}
	assert_int_equal(w.n, 40);
	assert_string_equal(w.v[0].field, "0");
	assert_string_equal(w.v[39].field, "39");
}

static enum err second_of(bool fail_first, int *calls)
{
	TRY((++*calls, fail_first ? E_BUSY : OK));
	TRY((++*calls, OK));
	return OK;
}

static void test_try_returns_the_first_failure(void **state)
{
	(void)state;
	int calls = 0;
	assert_int_equal(second_of(true, &calls), E_BUSY);
	assert_int_equal(calls, 1);
	assert_int_equal(second_of(false, &calls), OK);
	assert_int_equal(calls, 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_message_has_a_text_in_both_languages),
		cmocka_unit_test(test_every_message_uses_as_many_arguments_in_both_languages),
		cmocka_unit_test(test_every_vietnamese_message_is_composed),
		cmocka_unit_test(test_a_fault_holds_what_it_was_given),
		cmocka_unit_test(test_filling_a_fault_again_leaves_nothing_of_the_old_one),
		cmocka_unit_test(test_no_citation_leaves_the_rule_as_it_is),
		cmocka_unit_test(test_the_code_is_returned_without_a_place_for_the_fault),
		cmocka_unit_test(test_long_arguments_are_cut_at_the_end_of_a_letter),
		cmocka_unit_test(test_arguments_take_their_places_in_either_language),
		cmocka_unit_test(test_an_argument_is_not_searched_for_arguments),
		cmocka_unit_test(test_a_missing_argument_is_empty),
		cmocka_unit_test(test_every_code_has_its_name_problem_and_exit_status),
		cmocka_unit_test(test_warnings_are_copies_in_order),
		cmocka_unit_test(test_try_returns_the_first_failure),
	};
	return RUN(tests);
}
