#include "testing.h"

#include "base/json.h"

static void test_commas_stand_between_values_and_nowhere_else(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	struct text t = TEXT(&a);
	struct json j = JSON(&t);
	json_object(&j);
	json_key(&j, "a");
	json_int(&j, INT64_MIN);
	json_key(&j, "b");
	json_array(&j);
	json_int(&j, 1);
	json_array(&j);
	json_array_end(&j);
	json_object(&j);
	json_object_end(&j);
	json_bool(&j, true);
	json_bool(&j, false);
	json_null(&j);
	json_array_end(&j);
	json_key(&j, "c");
	json_number(&j, "96.8");
	json_object_end(&j);
	assert_string_equal(text_str(&t), "{\"a\":-9223372036854775808,\"b\":[1,[],{},true,false,null],\"c\":96.8}");
}

static void test_text_is_escaped_where_json_asks_for_it(void **state)
{
	(void)state;
	static const struct {
		const char *text, *json;
	} cases[] = {
		{ "", "\"\"" },
		{ "Đặng Thị Hoà", "\"Đặng Thị Hoà\"" },
		{ "a\"b", "\"a\\\"b\"" },
		{ "a\\b", "\"a\\\\b\"" },
		{ "a\nb\tc\x01\x1f", "\"a\\u000ab\\u0009c\\u0001\\u001f\"" },
		{ "\x7f", "\"\x7f\"" },
		{ "</script>", "\"</script>\"" },
		{ NULL, "null" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		scoped(arena_done) struct arena a = { 0 };
		struct text t = TEXT(&a);
		struct json j = JSON(&t);
		json_string(&j, cases[i].text);
		assert_string_equal(text_str(&t), cases[i].json);
	}
}

static void test_keys_are_escaped_too(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	struct text t = TEXT(&a);
	struct json j = JSON(&t);
	json_object(&j);
	json_key(&j, "k\"1");
	json_string(&j, NULL);
	json_key(&j, "k2");
	json_null(&j);
	json_object_end(&j);
	assert_string_equal(text_str(&t), "{\"k\\\"1\":null,\"k2\":null}");
}

static void test_a_day_is_iso_and_an_unknown_day_is_null(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	struct text t = TEXT(&a);
	struct json j = JSON(&t);
	json_array(&j);
	json_day(&j, day_of(2024, 3, 26));
	json_day(&j, DAY_NONE);
	json_array_end(&j);
	assert_string_equal(text_str(&t), "[\"2024-03-26\",null]");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_commas_stand_between_values_and_nowhere_else),
		cmocka_unit_test(test_text_is_escaped_where_json_asks_for_it),
		cmocka_unit_test(test_keys_are_escaped_too),
		cmocka_unit_test(test_a_day_is_iso_and_an_unknown_day_is_null),
	};
	return RUN(tests);
}
