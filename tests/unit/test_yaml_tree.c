#include "testing.h"

#include "base/text.h"
#include "base/yaml_tree.h"

static enum err parse(const char *text, struct arena *a, struct yaml **ret, struct fault *f)
{
	return yaml_parse("rules/294.yaml", text, strlen(text), a, ret, f);
}

static void test_maps_lists_and_values_become_a_tree_that_knows_its_lines(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	struct fault f;
	struct yaml *root;
	assert_ok(parse("# pack\n"
			"id: 294\n"
			"steps:\n"
			"  - key: source\n"
			"    cite: \"294-QĐ/TW, 4.3.1\"\n"
			"  - key: on_list\n"
			"empty: {}\n"
			"none: []\n",
		&a, &root, &f));
	assert_int_equal(root->kind, YAML_MAP);
	struct yaml *id = yaml_get(root, "id"), *steps = yaml_get(root, "steps");
	assert_int_equal(id->kind, YAML_SCALAR);
	assert_string_equal(id->text, "294");
	assert_string_equal(id->key, "id");
	assert_int_equal(id->line, 2);
	assert_int_equal(steps->kind, YAML_LIST);
	assert_int_equal(steps->line, 3);
	struct yaml *source = steps->first, *on_list = steps->first->next;
	assert_null(on_list->next);
	assert_null(source->key);
	assert_int_equal(source->line, 4);
	assert_string_equal(yaml_get(source, "cite")->text, "294-QĐ/TW, 4.3.1");
	assert_int_equal(yaml_get(source, "cite")->line, 5);
	assert_string_equal(yaml_get(on_list, "key")->text, "on_list");
	assert_int_equal(yaml_get(root, "empty")->kind, YAML_MAP);
	assert_null(yaml_get(root, "empty")->first);
	assert_int_equal(yaml_get(root, "none")->kind, YAML_LIST);
}

static void test_a_key_that_is_not_there_or_not_in_a_map_is_null(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	struct fault f;
	struct yaml *root;
	assert_ok(parse("a: [x, y]\n", &a, &root, &f));
	assert_null(yaml_get(root, "b"));
	assert_null(yaml_get(yaml_get(root, "a"), "x"));
	assert_null(yaml_get(yaml_get(root, "a")->first, "x"));
}

static void test_a_key_that_nobody_asked_for_is_found_at_any_depth(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	struct fault f;
	struct yaml *root;
	assert_ok(parse("a:\n  - b: 1\n    misspelt: 2\nc: 3\n", &a, &root, &f));
	assert_string_equal(yaml_unused(root)->key, "a");
	struct yaml *list = yaml_get(root, "a");
	(void)yaml_get(root, "c");
	(void)yaml_get(list->first, "b");
	assert_string_equal(yaml_unused(root)->key, "misspelt");
	assert_int_equal(yaml_unused(root)->line, 3);
	(void)yaml_get(list->first, "misspelt");
	assert_null(yaml_unused(root));
}

static void test_what_is_not_the_plain_subset_is_refused_with_its_line(void **state)
{
	(void)state;
	static const struct {
		const char *text, *field;
		enum msg msg;
	} cases[] = {
		{ "a: 1\nb: [1, 2\n", "294.yaml:3", MSG_YAML_SYNTAX },
		{ "a: 1\n\tb: 2\n", "294.yaml:2", MSG_YAML_SYNTAX },
		{ "a: 1\nb: \"x\n", "294.yaml:3", MSG_YAML_SYNTAX },
		{ "a: 1\nb: &x 2\n", "294.yaml:2", MSG_YAML_DECORATED },
		{ "a: &x 1\nb: *x\n", "294.yaml:1", MSG_YAML_DECORATED },
		{ "b: *x\n", "294.yaml:1", MSG_YAML_DECORATED },
		{ "a: &x [1]\n", "294.yaml:1", MSG_YAML_DECORATED },
		{ "a: &x {b: 1}\n", "294.yaml:1", MSG_YAML_DECORATED },
		{ "a: !!str 1\n", "294.yaml:1", MSG_YAML_DECORATED },
		{ "a: !seq [1]\n", "294.yaml:1", MSG_YAML_DECORATED },
		{ "a: !map {b: 1}\n", "294.yaml:1", MSG_YAML_DECORATED },
		{ "a: 1\n&x b: 2\n", "294.yaml:2", MSG_YAML_KEY },
		{ "a: 1\n? [b]\n: 2\n", "294.yaml:2", MSG_YAML_KEY },
		{ "a: 1\n? {b: 1}\n: 2\n", "294.yaml:2", MSG_YAML_KEY },
		{ "a: 1\nb: 2\na: 3\n", "294.yaml:3", MSG_YAML_KEY_TWICE },
		{ "a:\n  - b: 1\n    b: 2\n", "294.yaml:3", MSG_YAML_KEY_TWICE },
		{ "", "294.yaml:1", MSG_YAML_EMPTY },
		{ "# nothing\n", "294.yaml:2", MSG_YAML_EMPTY },
		{ "a: 1\n---\nb: 2\n", "294.yaml:2", MSG_YAML_EMPTY },
		{ "a: \x01\n", "294.yaml:1", MSG_YAML_SYNTAX },
		{ "a: Ho\xE0\n", "294.yaml:1", MSG_NOT_UTF8 },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		scoped(arena_done) struct arena a = { 0 };
		struct yaml *root = NULL;
		struct fault f;
		assert_refused(parse(cases[i].text, &a, &root, &f), E_INVALID, cases[i].field, cases[i].msg);
		assert_null(root);
	}
}

static const char *nested(struct arena *a, int depth)
{
	struct text t = TEXT(a);
	for (int i = 0; i < depth; i++)
		text_addc(&t, '[');
	for (int i = 0; i < depth; i++)
		text_addc(&t, ']');
	return text_str(&t);
}

static void test_depth_has_a_limit(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	struct fault f;
	struct yaml *root = NULL;
	assert_ok(parse(nested(&a, 16), &a, &root, &f));
	root = NULL;
	assert_refused(parse(nested(&a, 17), &a, &root, &f), E_INVALID, "294.yaml:1", MSG_YAML_LIMIT);
	assert_refused(parse(nested(&a, 100000), &a, &root, &f), E_INVALID, "294.yaml:1", MSG_YAML_LIMIT);
	assert_null(root);
}

static void test_size_number_of_nodes_and_number_of_keys_have_limits(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	struct fault f;
	struct yaml *root = NULL;

	struct text nodes = TEXT(&a); /* the list itself and 49,999 values are allowed */
	for (int i = 0; i < 49999; i++)
		text_add(&nodes, "- 1\n");
	assert_ok(parse(text_str(&nodes), &a, &root, &f));
	text_add(&nodes, "- 1\n");
	assert_refused(parse(text_str(&nodes), &a, &root, &f), E_INVALID, "294.yaml:50000", MSG_YAML_LIMIT);

	struct text keys = TEXT(&a);
	for (int i = 0; i < 1000; i++)
		text_addf(&keys, "k%d: 1\n", i);
	assert_ok(parse(text_str(&keys), &a, &root, &f));
	text_add(&keys, "k1000: 1\n");
	assert_refused(parse(text_str(&keys), &a, &root, &f), E_INVALID, "294.yaml:1001", MSG_YAML_LIMIT);

	struct text bytes = TEXT(&a);
	text_addf(&bytes, "a: 1\n#%*s", (1 << 20) - 6, "");
	assert_int_equal(bytes.n, 1 << 20);
	assert_ok(parse(text_str(&bytes), &a, &root, &f));
	text_addc(&bytes, ' ');
	assert_refused(parse(text_str(&bytes), &a, &root, &f), E_INVALID, "294.yaml:1", MSG_YAML_LIMIT);
}

static void test_a_fault_at_a_node_names_the_file_and_cuts_a_long_name_at_a_letter(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	struct fault f;
	struct yaml *root;
	assert_ok(parse("a: 1\n\nb: 2\n", &a, &root, &f));
	assert_int_equal(YAML_FAULT(&f, "dir/294.yaml", yaml_get(root, "b"), MSG_YAML_UNKNOWN_KEY, "b"), E_INVALID);
	assert_string_equal(f.field, "294.yaml:3");
	assert_string_equal(f.arg[0], "b");
	assert_int_equal(YAML_FAULT(&f, "dir/xộộộộộộộộộộộộộộộ.yaml", root, MSG_YAML_NOT_LIST, "b"), E_INVALID);
	assert_string_equal(f.field, "xộộộộộộộộộộộ:1");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_maps_lists_and_values_become_a_tree_that_knows_its_lines),
		cmocka_unit_test(test_a_key_that_is_not_there_or_not_in_a_map_is_null),
		cmocka_unit_test(test_a_key_that_nobody_asked_for_is_found_at_any_depth),
		cmocka_unit_test(test_what_is_not_the_plain_subset_is_refused_with_its_line),
		cmocka_unit_test(test_depth_has_a_limit),
		cmocka_unit_test(test_size_number_of_nodes_and_number_of_keys_have_limits),
		cmocka_unit_test(test_a_fault_at_a_node_names_the_file_and_cuts_a_long_name_at_a_letter),
	};
	return RUN(tests);
}
