/* The description of the API names everything that there is. */
#include "testing.h"

#include "web/router.h"

/* Some names of jansson are ours too; those are not called here. */
#define json_object jansson_object
#define json_array jansson_array
#define json_string jansson_string
#define json_null jansson_null
#include <jansson.h>
#undef json_object
#undef json_array
#undef json_string
#undef json_null

static void test_every_operation_and_page_is_described(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	const char *text = openapi_text(&a);
	json_error_t e;
	json_t *doc = json_loads(text, JSON_REJECT_DUPLICATES, &e), *paths = json_object_get(doc, "paths");
	size_t ops_n, pages_n, described = 0;
	const struct op *all = ops(&ops_n);
	const struct page *const *pages = web_pages(&pages_n);
	assert_non_null(doc);
	assert_string_equal(json_string_value(json_object_get(doc, "openapi")), "3.1.0");
	for (size_t i = 0; i < ops_n; i++) {
		json_t *post = json_object_get(json_object_get(paths, arena_printf(&a, "/ops/%s", all[i].name)), "post");
		assert_string_equal(json_string_value(json_object_get(post, "operationId")), all[i].name);
		described++;
	}
	for (size_t i = 0; i < pages_n; i++)
		described += !(pages[i]->flags & PAGE_NO_API);
	assert_int_equal(json_object_size(paths), described);
	assert_non_null(json_object_get(paths, "/units/{unit}/people"));
	json_decref(doc);
}

static const json_t *property(const json_t *doc, const char *op, const char *field)
{
	const json_t *paths = json_object_get(doc, "paths");
	char path[64];
	(void)snprintf(path, sizeof path, "/ops/%s", op);
	const json_t *body = json_object_get(json_object_get(json_object_get(paths, path), "post"), "requestBody");
	const json_t *schema = json_object_get(json_object_get(json_object_get(body, "content"), "application/json"), "schema");
	return json_object_get(json_object_get(schema, "properties"), field);
}

static void test_fields_have_their_types_and_limits(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	json_t *doc = json_loads(openapi_text(&a), 0, NULL);
	assert_int_equal(json_integer_value(json_object_get(property(doc, "person_record", "name"), "maxLength")), 100);
	assert_string_equal(json_string_value(json_object_get(property(doc, "person_record", "birth"), "format")), "date");
	assert_string_equal(json_string_value(json_array_get(json_object_get(property(doc, "person_record", "sex"), "enum"), 0)),
		codes(CODES_SEX, &(size_t){ 0 })->key);
	assert_string_equal(json_string_value(json_object_get(property(doc, "unit_open", "authorised"), "type")), "boolean");
	assert_int_equal(json_integer_value(json_object_get(property(doc, "fact_record", "person"), "minimum")), 1);
	json_decref(doc);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_operation_and_page_is_described),
		cmocka_unit_test(test_fields_have_their_types_and_limits),
	};
	return RUN(tests);
}
