#include "testing.h"

#include "base/text.h"
#include "http/form.h"

#define TYPE "multipart/form-data; boundary=BB"
#define PART(disposition, content) "--BB\r\nContent-Disposition: form-data; " disposition "\r\n\r\n" content "\r\n"
#define END "--BB--\r\n"

static enum err read(const char *text, struct arena *a, struct form *form, struct fault *f)
{
	return form_read_multipart(TYPE, text, strlen(text), a, form, f);
}

static void test_fields_and_files_keep_their_order(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	struct fault f;
	struct form form;
	const char *body = PART("name=\"a\"", "một") PART("name=a", "") PART("name=\"f\"; filename=\"ds.xlsx\"", "PK\r\n--B\r\n--BBB")
		PART("name=\"a\"", "ba") END;
	assert_ok(read(body, &a, &form, &f));
	assert_int_equal(form.n, 4);
	assert_string_equal(form.v[0].value, "một");
	assert_null(form.v[0].filename);
	assert_string_equal(form.v[1].value, "");
	assert_string_equal(form.v[2].filename, "ds.xlsx");
	assert_string_equal(form.v[2].value, "");
	assert_int_equal(form.v[2].n, strlen("PK\r\n--B\r\n--BBB"));
	assert_ptr_equal(form.v[2].bytes, strstr(body, "PK"));
	assert_string_equal(form.v[3].value, "ba");
	assert_string_equal(form_get(&form, "a"), "một");
}

static void test_an_empty_form_and_what_may_stand_behind_the_end(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	struct fault f;
	struct form form = { .n = 9 };
	assert_ok(read("--BB--", &a, &form, &f));
	assert_int_equal(form.n, 0);
	assert_ok(read(PART("name=a", "1") "--BB-- \r\nepilogue", &a, &form, &f));
	assert_int_equal(form.n, 1);
#define ENCODED(how) "--BB\r\nContent-Transfer-Encoding: " how "\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--BB--"
	assert_ok(read(ENCODED("8BIT"), &a, &form, &f));
	assert_ok(read(ENCODED("binary"), &a, &form, &f));
	assert_ok(read("--BB \t\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--BB--", &a, &form, &f));
	assert_string_equal(form_get(&form, "a"), "1");
}

static const char *filename(const char *disposition, struct arena *a)
{
	struct fault f;
	struct form form;
	const char *body = arena_printf(a, "--BB\r\nContent-Disposition: form-data; name=\"f\"; %s\r\n\r\nx\r\n--BB--", disposition);
	assert_ok(read(body, a, &form, &f));
	return form.v[0].filename;
}

static void test_names_of_files(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	assert_string_equal(filename("filename=\"\"", &a), "");
	assert_string_equal(filename("FileName=a.csv; a-long-unknown-parameter=1; other=\"2\\x\"", &a), "a.csv");
	assert_string_equal(filename("filename=\"Danh sách kết nạp.xlsx\"", &a), "Danh sách kết nạp.xlsx");
	assert_string_equal(filename("filename=\"a \\\"b\\\" \\\\c.csv\"", &a), "c.csv");
	assert_string_equal(filename("filename=\"%22a%22 50%.csv\"", &a), "\"a\" 50%.csv");
	assert_string_equal(filename("filename=\"C:\\Tài liệu\\q2.xlsx\"", &a), "q2.xlsx");
	assert_string_equal(filename("filename=\"../../etc/passwd\"", &a), "passwd");
	assert_string_equal(filename("filename=\"a;b=c.csv\"", &a), "a;b=c.csv");
	assert_string_equal(filename("filename=\"x\"; filename*=UTF-8''D%E1%BB%B1%20ki%E1%BA%BFn.csv", &a), "Dự kiến.csv");
	assert_string_equal(filename("filename*=utf-8'vi'%25.csv", &a), "%.csv");
}

static void test_boundaries_are_read_as_they_are_written(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	struct fault f;
	struct form form;
	static const char body[] = "--a:b c\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--a:b c--";
	assert_ok(form_read_multipart("Multipart/Form-Data; charset=utf-8; boundary=\"a:b c\"", body, sizeof body - 1, &a, &form, &f));
	assert_string_equal(form_get(&form, "a"), "1");
}

static void test_wrong_content_types_are_refused(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	struct fault f;
	struct form form = { .n = 9 };
	static const char *const types[] = {
		"", "text/plain", "multipart/form-data", "multipart/form-data; boundary", "multipart/form-data; boundary=",
		"multipart/form-data; boundary=\"\"",
		"multipart/form-data; boundary=\"BB", "multipart/form-data; boundary=BB; boundary=BB", "multipart/form-data boundary=BB",
		"multipart/form-data; boundary=\"a<b\"", "multipart/form-data; boundary=\"{\"", "multipart/form-data; boundary=\"@\"",
		"multipart/form-data; boundary=\"BB \"",
		"multipart/form-data; boundary=BB, x",
		"multipart/form-data; boundary=0123456789012345678901234567890123456789012345678901234567890123456789a",
	};
	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		assert_refused(form_read_multipart(types[i], END, strlen(END), &a, &form, &f), E_INVALID, "", MSG_HTTP_MULTIPART_BROKEN);
	assert_int_equal(form.n, 9);
}

static void test_broken_parts_are_refused(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	struct fault f;
	struct form form = { .n = 9 };
	static const char *const bodies[] = {
		"", "--X", "--XY\r\n", "preamble\r\n--BB--", "--BBx", "--BB\r\n\r\nno disposition\r\n--BB--",
		"--BB\r\nContent-Type: text/plain\r\n\r\n1\r\n--BB--", "--BB\r\nContent-Disposition: form-data\r\n\r\n1\r\n--BB--",
		"--BB\r\nContent-Disposition: attachment; name=a\r\n\r\n1\r\n--BB--",
		"--BB\r\nContent-Disposition: form-data; name=\"a\r\n\r\n1\r\n--BB--",
		"--BB\r\nContent-Disposition: form-data; name=a; name=b\r\n\r\n1\r\n--BB--",
		"--BB\r\nContent-Disposition: form-data; name=a; filename=b; filename=c\r\n\r\n1\r\n--BB--",
		"--BB\r\nContent-Disposition: form-data; name=a; filename*=UTF-16''b\r\n\r\n1\r\n--BB--",
		"--BB\r\nContent-Disposition: form-data; name=a; filename*=UTF-8'b\r\n\r\n1\r\n--BB--",
		"--BB\r\nContent-Disposition: form-data; name=a; filename*=UTF-8''%4\r\n\r\n1\r\n--BB--",
		"--BB\r\nContent-Disposition: form-data; name=a\r\nContent-Disposition: form-data; name=b\r\n\r\n1\r\n--BB--",
		"--BB\r\nContent-Disposition: form-data; name=a b\r\n\r\n1\r\n--BB--", "--BB\r\nno colon\r\n\r\n1\r\n--BB--",
		"--BB\r\n: x\r\n\r\n1\r\n--BB--",
		"--BB\r\nContent-Disposition: form-data; name=a; filename\r\n\r\n1\r\n--BB--",
		"--BB\r\nContent-Disposition: form-data; name=a; filename*=UTF-8''b; filename*=UTF-8''c\r\n\r\n1\r\n--BB--",
		"--BB\r\nContent-Disposition: form-data; name=a; \xC3\xA1=b\r\n\r\n1\r\n--BB--",
		"--BB\r\nContent-Disposition: form-data; name=a; filename[=b\r\n\r\n1\r\n--BB--",
		"--BB\r\nContent-Disposition: form-data; name=\"a\\\r\n\r\n1\r\n--BB--",
		"--BB\r\nContent-Disposition: form-data; name=a\x7F\r\n\r\n1\r\n--BB--", "--BB\r\nA B: x\r\n\r\n1\r\n--BB--",
		"--BB\r\nContent-Disposition: form-data; name=a\r\nContent-Type: multipart/mixed; boundary=YY\r\n\r\n1\r\n--BB--",
		"--BB\r\nContent-Disposition: form-data; name=a\r\nContent-Transfer-Encoding: base64\r\n\r\nMQ==\r\n--BB--",
		"--BB\r\nContent-Disposition: form-data; name=a", "--BB\r\n",
	};
	for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++)
		if (read(bodies[i], &a, &form, &f) != E_INVALID || f.msg != MSG_HTTP_MULTIPART_BROKEN)
			fail_msg("not refused: %s", bodies[i]);
	assert_int_equal(form.n, 9);
}

static void test_every_cut_of_a_form_is_refused(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	struct fault f;
	struct form form;
	static const char body[] = PART("name=\"a\"", "1") PART("name=\"f\"; filename=\"b\"", "2") "--BB--";
	for (size_t n = 0; n < sizeof body - 1; n++) {
		char *exact = arena_strndup(&a, body, n);
		if (form_read_multipart(TYPE, exact, n, &a, &form, &f) != E_INVALID)
			fail_msg("%zu bytes were taken", n);
	}
	assert_refused(read(PART("name=a", "1"), &a, &form, &f), E_INVALID, "", MSG_HTTP_MULTIPART_CUT);
	static const char half[] = "--BB\r\nContent-Disposition: form-data; name=a\r\n\r\nhalf";
	assert_refused(read(half, &a, &form, &f), E_INVALID, "", MSG_HTTP_MULTIPART_CUT);
}

static void test_fields_are_checked_as_in_other_forms(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	struct fault f;
	struct form form;
	assert_refused(read(PART("name=\"\"", "1") END, &a, &form, &f), E_INVALID, "", MSG_HTTP_FIELD_NO_NAME);
	assert_refused(read(PART("name=\"a%0A\"", "1") END, &a, &form, &f), E_INVALID, "", MSG_CONTROL_CHARACTER);
	assert_refused(read(PART("name=a", "\x1B") END, &a, &form, &f), E_INVALID, "a", MSG_CONTROL_CHARACTER);
	assert_refused(read(PART("name=a", "\xFF") END, &a, &form, &f), E_INVALID, "a", MSG_NOT_UTF8);
	assert_refused(read(PART("name=\"\"; filename=x", "1") END, &a, &form, &f), E_INVALID, "", MSG_HTTP_FIELD_NO_NAME);
	assert_refused(read(PART("name=a; filename=\"\xFF\"", "1") END, &a, &form, &f), E_INVALID, "", MSG_NOT_UTF8);
	assert_refused(read(PART("name=a; filename=\"%0D%0Ab\"", "1") END, &a, &form, &f), E_INVALID, "", MSG_CONTROL_CHARACTER);
	assert_refused(read(PART("name=a; filename=\"\x7F\"", "1") END, &a, &form, &f), E_INVALID, "", MSG_CONTROL_CHARACTER);
}

static const char *repeat(struct arena *a, const char *before, const char *what, size_t times, const char *after)
{
	struct text t = TEXT(a);
	text_add(&t, before);
	for (size_t i = 0; i < times; i++)
		text_add(&t, what);
	text_add(&t, after);
	return text_str(&t);
}

static void test_limits_of_parts(void **state)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	struct fault f;
	struct form form;
	static const char start[] = "--BB\r\nContent-Disposition: form-data; name=a\r\n";
	static const char file[] = "--BB\r\nContent-Disposition: form-data; name=a; filename=";
#define TOO_MUCH(call, field, msg) assert_refused(read(call, &a, &form, &f), E_TOOBIG, field, msg)
	assert_ok(read(repeat(&a, "", PART("name=a", "1"), FORM_FIELDS_MAX, END), &a, &form, &f));
	assert_int_equal(form.n, FORM_FIELDS_MAX);
	TOO_MUCH(repeat(&a, "", PART("name=a", "1"), FORM_FIELDS_MAX + 1, END), "", MSG_HTTP_FIELDS_TOO_MANY);
	assert_ok(read(repeat(&a, start, "A: b\r\n", 15, "\r\n1\r\n" END), &a, &form, &f));
	TOO_MUCH(repeat(&a, start, "A: b\r\n", 16, "\r\n1\r\n" END), "", MSG_HTTP_MULTIPART_HEADERS);
	TOO_MUCH(repeat(&a, start, "A", 5000, ": b\r\n\r\n1\r\n" END), "", MSG_HTTP_MULTIPART_HEADERS);
	TOO_MUCH(repeat(&a, file, "b", 256, "\r\n\r\n1\r\n" END), "", MSG_HTTP_FILENAME_LONG);
	TOO_MUCH(repeat(&a, arena_printf(&a, "%s\r\n", start), "v", FORM_VALUE_MAX + 1, "\r\n" END), "a", MSG_HTTP_FIELD_LONG);
	assert_ok(read(repeat(&a, arena_printf(&a, "%sb\r\n\r\n", file), "v", FORM_VALUE_MAX + 1, "\r\n" END), &a, &form, &f));
	assert_int_equal(form.v[0].n, FORM_VALUE_MAX + 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fields_and_files_keep_their_order),
		cmocka_unit_test(test_an_empty_form_and_what_may_stand_behind_the_end),
		cmocka_unit_test(test_names_of_files),
		cmocka_unit_test(test_boundaries_are_read_as_they_are_written),
		cmocka_unit_test(test_wrong_content_types_are_refused),
		cmocka_unit_test(test_broken_parts_are_refused),
		cmocka_unit_test(test_every_cut_of_a_form_is_refused),
		cmocka_unit_test(test_fields_are_checked_as_in_other_forms),
		cmocka_unit_test(test_limits_of_parts),
	};
	return RUN(tests);
}
