/* The plan of a reorganisation as a form: the preview, and faults in the words of the form. Today is 30/6/2026. */
#include "site.h"

#define BOUNDARY "nguon-test-boundary"

struct given {
	const char *name, *value;
};

static struct answer preview(const struct browser *b, const struct given *given)
{
	struct text t = TEXT(&b->site->arena);
	text_addf(&t, "--" BOUNDARY "\r\nContent-Disposition: form-data; name=\"_csrf\"\r\n\r\n%s\r\n", b->csrf);
	for (; given->name; given++)
		text_addf(&t, "--" BOUNDARY "\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n", given->name, given->value);
	text_add(&t, "--" BOUNDARY "--\r\n");
	return browser_send_in(b, &b->site->arena, "POST", "/reorgs/preview", "multipart/form-data; boundary=" BOUNDARY, text_str(&t), t.n);
}

#define PREVIEW(b, ...) preview(b, (const struct given[]){ __VA_ARGS__, { NULL, NULL } })

static void test_a_union_is_shown_before_it_is_stored(void **state)
{
	struct site *s = *state;
	struct browser phong = site_enter(s, "phong");
	int64_t before = site_entries(s);
	struct answer page = PREVIEW(&phong, { "kind", "union" }, { "unit", "TB" }, { "on", "01/06/2026" }, { "paper_no", "12-QĐ/TU" },
		{ "pick", "TB-01" }, { "pick", "TB-02" }, { "to1", "TB-03" }, { "name1", "Đảng bộ xã Mới" }, { "unit_kind", "GRASS_DB" },
		{ "parent", "TB" });
	assert_status(page, 200);
	assert_says(page, "thành lập TB-03 «Đảng bộ xã Mới»");
	assert_says(page, "Ghi sắp xếp này");
	assert_int_equal(site_entries(s), before);
}

/* The plan calls them "on" and "actions[0].to"; nobody who fills in the form has seen these words. What was typed stays. */
static void test_a_fault_is_said_in_the_words_of_the_form(void **state)
{
	struct site *s = *state;
	struct browser phong = site_enter(s, "phong");
	struct answer page = PREVIEW(&phong, { "kind", "union" }, { "unit", "TB" }, { "on", "" }, { "paper_no", "12-QĐ/TU" },
		{ "pick", "TB-01" }, { "to1", "TB-03" });
	assert_status(page, 422);
	assert_says(page, "role=\"alert\">Có hiệu lực từ ngày: chưa có giá trị");
	assert_says(page, "value=\"12-QĐ/TU\"");
	assert_says(page, "value=\"TB-03\"");
	page = PREVIEW(&phong, { "kind", "merge" }, { "unit", "TB" }, { "on", "01/06/2026" }, { "pick", "TB-01" }, { "to1", "TB-99" });
	assert_status(page, 422);
	assert_says(page, "role=\"alert\">Tổ chức kế thừa: không có tổ chức nào mang mã «TB-99»");
	page = PREVIEW(&phong, { "kind", "merge" }, { "unit", "TB" }, { "on", "01/06/2026" });
	assert_status(page, 422);
	assert_says(page, "role=\"alert\">Những tổ chức thay đổi: phương án chưa có việc nào"); /* not: you may not */
	assert_null(strstr(page.body, "actions"));
}

int main(void)
{
#define SITE(test) cmocka_unit_test_setup_teardown(test, site_setup, site_teardown)
	const struct CMUnitTest tests[] = {
		SITE(test_a_union_is_shown_before_it_is_stored), SITE(test_a_fault_is_said_in_the_words_of_the_form),
	};
	return RUN(tests);
}
