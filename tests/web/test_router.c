/* Which route answers an address. */
#include "testing.h"

#include "web/router.h"

static struct arena arena;

static const struct route *find(const struct routes *r, enum http_method method, const char *path)
{
	const char *allow;
	return route_find(r, method, path, &allow);
}

static struct routes all(void)
{
	struct routes r;
	static const struct route core[] = {
		{ "/ops", HTTP_GET, 0 }, { "/ops/:op", HTTP_GET, 0 }, { "/ops/:op", HTTP_POST, 0 },
		{ "/fixture/:a/:b", HTTP_GET, 0 }, { "/fixture/:a/word", HTTP_GET, 0 },
	};
	routes_make(&arena, core, sizeof core / sizeof *core, &r);
	return r;
}

static void test_patterns_fit_whole_paths_only(void **state)
{
	(void)state;
	assert_true(route_fits("/people/:person", "/people/17", &arena, NULL));
	assert_false(route_fits("/people/:person", "/people/", &arena, NULL));
	assert_false(route_fits("/people/:person", "/people", &arena, NULL));
	assert_false(route_fits("/people/:person", "/people/17/x", &arena, NULL));
	assert_false(route_fits("/people/:person", "/peoples/17", &arena, NULL));
	assert_false(route_fits("/people", "/peop", &arena, NULL));
	assert_true(route_fits("/", "/", &arena, NULL));
	assert_false(route_fits("/", "", &arena, NULL));
}

static void test_names_of_the_path_are_given(void **state)
{
	(void)state;
	const char *param[ROUTE_PARAMS] = { 0 };
	const struct route r = { .path = "/units/:unit/reports/:report" };
	assert_true(route_fits(r.path, "/units/PL-05/reports/progress", &arena, param));
	assert_string_equal(route_param(&r, param, "unit"), "PL-05");
	assert_string_equal(route_param(&r, param, "report"), "progress");
	assert_null(route_param(&r, param, "repor"));
	assert_null(route_param(&r, param, "person"));
}

static void test_codes_of_units_may_hold_slashes_and_nothing_else_may(void **state)
{
	(void)state;
	const char *param[ROUTE_PARAMS] = { 0 };
	assert_true(route_fits("/units/:unit/people", "/units/DB/01/02/people", &arena, param));
	assert_string_equal(param[0], "DB/01/02");
	assert_false(route_fits("/units/:unit/people", "/units/people", &arena, param));
	assert_false(route_fits("/units/:unit", "/units/DB/", &arena, param));
	assert_false(route_fits("/users/:login", "/users/a/b", &arena, param));
}

static void test_words_come_before_names(void **state)
{
	(void)state;
	struct routes r = all();
	assert_string_equal(find(&r, HTTP_GET, "/fixture/x/word")->path, "/fixture/:a/word");
	assert_string_equal(find(&r, HTTP_GET, "/fixture/x/y")->path, "/fixture/:a/:b");
	assert_string_equal(find(&r, HTTP_GET, "/units/A/late")->path, "/units/:unit/late");
	assert_string_equal(find(&r, HTTP_GET, "/units/A/reports/late")->path, "/units/:unit/reports/late");
}

static void test_other_methods_are_told_which_there_are(void **state)
{
	(void)state;
	struct routes r = all();
	const char *allow;
	assert_null(route_find(&r, HTTP_POST, "/ops", &allow));
	assert_string_equal(allow, "GET, HEAD");
	assert_null(route_find(&r, HTTP_OTHER, "/ops/x", &allow));
	assert_string_equal(allow, "GET, HEAD, POST");
	assert_null(route_find(&r, HTTP_GET, "/nothing", &allow));
	assert_null(allow);
	assert_non_null(route_find(&r, HTTP_HEAD, "/ops", &allow));
}

static void test_every_page_has_its_route_and_its_twin_of_the_api(void **state)
{
	(void)state;
	struct routes r = all();
	size_t n;
	const struct page *const *pages = web_pages(&n);
	assert_true(n > 10);
	for (size_t i = 0; i < n; i++) {
		char path[200];
		const struct route *page = NULL, *api = NULL;
		(void)snprintf(path, sizeof path, API_PREFIX "%s", pages[i]->path);
		for (size_t k = 0; k < r.n; k++) {
			page = r.v[k].page == pages[i] && strcmp(r.v[k].path, pages[i]->path) == 0 ? &r.v[k] : page;
			api = r.v[k].page == pages[i] && strcmp(r.v[k].path, path) == 0 ? &r.v[k] : api;
		}
		assert_non_null(page);
		assert_int_equal(api == NULL, (pages[i]->flags & PAGE_NO_API) != 0);
		assert_ptr_equal(web_page(pages[i]->name), pages[i]);
	}
}

static int teardown(void **state)
{
	(void)state;
	arena_done(&arena);
	return 0;
}

int main(void)
{
#define ALONE(test) cmocka_unit_test_teardown(test, teardown)
	const struct CMUnitTest tests[] = {
		ALONE(test_patterns_fit_whole_paths_only),
		ALONE(test_names_of_the_path_are_given),
		ALONE(test_codes_of_units_may_hold_slashes_and_nothing_else_may),
		ALONE(test_words_come_before_names),
		ALONE(test_other_methods_are_told_which_there_are),
		ALONE(test_every_page_has_its_route_and_its_twin_of_the_api),
	};
	return RUN(tests);
}
