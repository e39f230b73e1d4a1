#include "testing.h"

#include "http/form.h"

static void finds(const char *header, const char *expected)
{
	scoped(arena_done) struct arena a = { 0 };
	const char *value = cookie_find(header, "sid", &a);
	if (!expected)
		assert_null(value);
	else
		assert_string_equal(value, expected);
}

static void test_a_cookie_is_found_among_others(void **state)
{
	(void)state;
	finds("sid=1a", "1a");
	finds("a=b; sid=1a; c=d", "1a");
	finds("a=b;sid=1a", "1a");
	finds("a=sid=2; \t sid=1=a \t;c", "1=a");
	finds("sid=\"1a\"", "1a");
	finds("sid=", "");
	finds("sid=!#$%&'()*+-./:<>?@[]^_`{|}~", "!#$%&'()*+-./:<>?@[]^_`{|}~");
}

static void test_no_cookie_of_that_name(void **state)
{
	(void)state;
	finds("", NULL);
	finds("sid", NULL);
	finds("sidx=1", NULL);
	finds("xsid=1", NULL);
	finds("SID=1", NULL);
	finds("a=b; ; =sid=1", NULL);
	finds("sid =1", NULL);
}

static void test_a_cookie_that_stands_twice_is_nobodys(void **state)
{
	(void)state;
	finds("sid=1; sid=2", NULL);
	finds("sid=1; sid=1", NULL);
}

static void test_values_with_forbidden_bytes_are_not_taken(void **state)
{
	(void)state;
	finds("sid=a b", NULL);
	finds("sid=a,b", NULL);
	finds("sid=a\\b", NULL);
	finds("sid=a\"b", NULL);
	finds("sid=\"", NULL);
	finds("sid=\"a", NULL);
	finds("sid=a\"", NULL);
	finds("sid=\x7F", NULL);
	finds("sid=\xC3\xA1", NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_cookie_is_found_among_others),
		cmocka_unit_test(test_no_cookie_of_that_name),
		cmocka_unit_test(test_a_cookie_that_stands_twice_is_nobodys),
		cmocka_unit_test(test_values_with_forbidden_bytes_are_not_taken),
	};
	return RUN(tests);
}
