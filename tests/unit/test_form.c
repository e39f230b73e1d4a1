#include "testing.h"

#include "http/form.h"

#include "base/text.h"

static enum err read(const char *text, struct arena *a, struct form *form, struct fault *f)
{
	return form_read(text, strlen(text), a, form, f);
}

static void test_fields_keep_their_order_and_are_decoded(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	struct fault f;
	struct form form;
	assert_ok(read("a=1&b=x%20y+z&a=2&t%C3%AAn=L%C3%A2m%0D%0A%09&empty=&bare&&c=1=2%26", &a, &form, &f));
	static const char *const expected[][2] = {
		{ "a", "1" }, { "b", "x y z" }, { "a", "2" }, { "tên", "Lâm\r\n\t" }, { "empty", "" }, { "bare", "" }, { "c", "1=2&" },
	};
	assert_int_equal(form.n, 7);
	for (size_t i = 0; i < form.n; i++) {
		assert_string_equal(form.v[i].name, expected[i][0]);
		assert_string_equal(form.v[i].value, expected[i][1]);
		assert_null(form.v[i].filename);
	}
}

static void test_nothing_is_an_empty_form(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	struct fault f;
	struct form form = { .n = 9 };
	assert_ok(read("", &a, &form, &f));
	assert_int_equal(form.n, 0);
	assert_null(form_find(&form, "a"));
	assert_null(form_get(&form, "a"));
	assert_ok(read("&&", &a, &form, &f));
	assert_int_equal(form.n, 0);
}

static void test_the_first_of_a_name_is_found(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	struct fault f;
	struct form form;
	assert_ok(read("a=1&A=2&a=3", &a, &form, &f));
	assert_string_equal(form_get(&form, "a"), "1");
	assert_string_equal(form_get(&form, "A"), "2");
	form_add(&form, &a, "b", "4");
	assert_string_equal(form_find(&form, "b")->value, "4");
	for (int i = 0; i < 40; i++)
		form_add(&form, &a, "c", "5");
	assert_int_equal(form.n, 44);
}

static void test_wrong_bytes_are_refused_with_the_field(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	struct fault f;
	struct form form = { .n = 9 };
	assert_refused(read("a=%", &a, &form, &f), E_INVALID, "a", MSG_HTTP_PERCENT);
	assert_refused(read("a=1&b=%2", &a, &form, &f), E_INVALID, "b", MSG_HTTP_PERCENT);
	static const char *const no_digits[] = { "a=%zz", "a=%:0", "a=%G0", "a=%`0", "a=%0 ", "a=%g0" };
	for (size_t i = 0; i < sizeof no_digits / sizeof *no_digits; i++)
		assert_refused(read(no_digits[i], &a, &form, &f), E_INVALID, "a", MSG_HTTP_PERCENT);
	assert_refused(read("%=1", &a, &form, &f), E_INVALID, "", MSG_HTTP_PERCENT);
	assert_refused(read("a=%00", &a, &form, &f), E_INVALID, "a", MSG_CONTROL_CHARACTER);
	assert_refused(read("a=%1B", &a, &form, &f), E_INVALID, "a", MSG_CONTROL_CHARACTER);
	assert_refused(read("a=%7F", &a, &form, &f), E_INVALID, "a", MSG_CONTROL_CHARACTER);
	assert_refused(read("a=%C2%85", &a, &form, &f), E_INVALID, "a", MSG_CONTROL_CHARACTER);
	assert_refused(read("a=%C2", &a, &form, &f), E_INVALID, "a", MSG_NOT_UTF8);
	assert_refused(read("a=\xFF", &a, &form, &f), E_INVALID, "a", MSG_NOT_UTF8);
	assert_refused(read("%0A=1", &a, &form, &f), E_INVALID, "", MSG_CONTROL_CHARACTER);
	assert_refused(read("%FF=1", &a, &form, &f), E_INVALID, "", MSG_NOT_UTF8);
	assert_refused(read("=1", &a, &form, &f), E_INVALID, "", MSG_HTTP_FIELD_NO_NAME);
	assert_int_equal(form.n, 9);
}

static char *repeat(struct arena *a, const char *before, const char *what, size_t times)
{
	struct text t = TEXT(a);
	text_add(&t, before);
	for (size_t i = 0; i < times; i++)
		text_add(&t, what);
	return t.p;
}

static void test_limits_of_fields(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	struct fault f;
	struct form form;
	assert_ok(read(repeat(&a, "", "a=1&", FORM_FIELDS_MAX), &a, &form, &f));
	assert_int_equal(form.n, FORM_FIELDS_MAX);
	assert_refused(read(repeat(&a, "", "a=1&", FORM_FIELDS_MAX + 1), &a, &form, &f), E_TOOBIG, "", MSG_HTTP_FIELDS_TOO_MANY);
	assert_ok(read(repeat(&a, "", "n", FORM_NAME_MAX), &a, &form, &f));
	assert_ok(read(repeat(&a, "", "%6e", FORM_NAME_MAX), &a, &form, &f));
	assert_refused(read(repeat(&a, "", "n", FORM_NAME_MAX + 1), &a, &form, &f), E_TOOBIG, "", MSG_HTTP_FIELD_LONG_NAME);
	assert_refused(read(repeat(&a, "", "n", 3 * FORM_NAME_MAX + 1), &a, &form, &f), E_TOOBIG, "", MSG_HTTP_FIELD_LONG_NAME);
	assert_ok(read(repeat(&a, "a=", "%41", FORM_VALUE_MAX), &a, &form, &f));
	assert_int_equal(strlen(form_get(&form, "a")), FORM_VALUE_MAX);
	assert_refused(read(repeat(&a, "a=", "v", FORM_VALUE_MAX + 1), &a, &form, &f), E_TOOBIG, "a", MSG_HTTP_FIELD_LONG);
	assert_refused(read(repeat(&a, "a=", "v", 3 * FORM_VALUE_MAX + 1), &a, &form, &f), E_TOOBIG, "", MSG_HTTP_FIELD_LONG);
}

static void test_what_is_encoded_reads_back(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	struct fault f;
	struct form form;
	assert_string_equal(url_encode("aZ09-._~ /?&=%+Đ", &a), "aZ09-._~%20%2F%3F%26%3D%25%2B%C4%90");
	assert_string_equal(url_encode("", &a), "");
	assert_string_equal(url_encode("@[`{:/!", &a), "%40%5B%60%7B%3A%2F%21");
	assert_ok(read(arena_printf(&a, "a=%s", url_encode("1+1 = 2 & 50% «Đ»\n", &a)), &a, &form, &f));
	assert_string_equal(form_get(&form, "a"), "1+1 = 2 & 50% «Đ»\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fields_keep_their_order_and_are_decoded),
		cmocka_unit_test(test_nothing_is_an_empty_form),
		cmocka_unit_test(test_the_first_of_a_name_is_found),
		cmocka_unit_test(test_wrong_bytes_are_refused_with_the_field),
		cmocka_unit_test(test_limits_of_fields),
		cmocka_unit_test(test_what_is_encoded_reads_back),
	};
	return RUN(tests);
}
