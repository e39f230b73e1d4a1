/* What people write in cells, and the order of organisations. */
#include "testing.h"

#include "app/import_order.h"
#include "app/import_values.h"

static const struct field day_field = { .name = "ceremony", .type = FIELD_DAY }, needed_day = { .name = "on", .type = FIELD_DAY,
	.required = true },
	text_field = { .name = "paper_no", .type = FIELD_TEXT }, name_field = { .name = "name", .type = FIELD_TEXT, .required = true },
	code_field = { .name = "religion", .type = FIELD_CODE };

/* The day that a cell means, ISO; "refused" when it means none. */
static const char *day_of_cell(struct arena *a, const char *cell)
{
	struct fault f;
	struct day d;
	char iso[DAY_TEXT];
	const char *text;
	if (import_value_day(&day_field, cell, a, &text, &f) != OK || day_parse(text, "ceremony", &d, &f) != OK)
		return "refused";
	return arena_strdup(a, day_iso(d, iso));
}

static void test_days_in_every_spelling_are_the_same_day(void **state)
{
	static const char *const spellings[] = {
		"26/03/2024", "26/3/2024", "26-3-2024", "26.03.2024", "2024-03-26", "26 / 3 / 2024", " 26/3/2024", "45377", "45377.0", "45377.75",
		"2024-03-26 00:00:00", "2024-03-26T07:30:00", "26/03/2024 7:30", "ngày 26 tháng 3 năm 2024", "Ngày 26 tháng 03 năm 2024",
	};
	struct arena a = { 0 };
	(void)state;
	for (size_t i = 0; i < sizeof spellings / sizeof *spellings; i++)
		assert_string_equal(day_of_cell(&a, spellings[i]), "2024-03-26");
	arena_done(&a);
}

static void test_what_is_no_day_is_refused(void **state)
{
	static const char *const wrong[] = { "31/02/1990", "1990", "5/1990", "1990-05", "26032024", "12", "26/3/24", "hôm qua", "1234567" };
	struct arena a = { 0 };
	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		assert_string_equal(day_of_cell(&a, wrong[i]), "refused");
	arena_done(&a);
}

static void test_year_alone_says_how_to_leave_a_day_unknown(void **state)
{
	struct arena a = { 0 };
	struct fault f;
	const char *text;
	(void)state;
	assert_refused(import_value_day(&day_field, "1985", &a, &text, &f), E_INVALID, "ceremony", MSG_IMPORT_DAY_PART);
	assert_refused(import_value_day(&day_field, "năm 1985", &a, &text, &f), E_INVALID, "ceremony", MSG_IMPORT_DAY_PART);
	assert_refused(import_value_day(&day_field, "05/1985", &a, &text, &f), E_INVALID, "ceremony", MSG_IMPORT_DAY_PART);
	assert_refused(import_value_day(&needed_day, "05/1985", &a, &text, &f), E_INVALID, "on", MSG_IMPORT_DAY_PART_REQUIRED);
	arena_done(&a);
}

static void test_words_for_not_known(void **state)
{
	static const char *const words[] = { "Không rõ", "KHÔNG RÕ", "khong ro", "-", "–", "?", "...", "chưa có", "Chưa rõ",
		"không xác định", "n/a", "Unknown" };
	(void)state;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		assert_true(import_value_unknown(&day_field, words[i]) && import_value_unknown(&code_field, words[i]));
	assert_false(import_value_unknown(&text_field, "Nguyễn Văn Rõ"));
	assert_false(import_value_unknown(&day_field, "26/03/2024"));
}

static void test_no_is_an_answer_about_religion_but_not_about_a_day(void **state)
{
	(void)state;
	assert_true(import_value_unknown(&day_field, "Không"));
	assert_true(import_value_unknown(&text_field, "không có"));
	assert_false(import_value_unknown(&code_field, "Không"));
	assert_false(import_value_unknown(&code_field, "Không có"));
	assert_false(import_value_unknown(&name_field, "Không"));
}

static void check_target(const char *cell, const char *low, const char *high, bool at_least, bool is_percent)
{
	struct arena a = { 0 };
	struct import_target_text t;
	struct fault f;
	assert_ok(import_value_target("low", cell, &a, &t, &f));
	assert_string_equal(t.low, low);
	assert_string_equal(t.high ? t.high : "", high);
	assert_int_equal(t.at_least, at_least);
	assert_int_equal(t.percent, is_percent);
	arena_done(&a);
}

static void test_targets_as_people_write_them(void **state)
{
	(void)state;
	check_target("205", "205", "", false, false);
	check_target("≥ 100", "100", "", true, false);
	check_target(">=100", "100", "", true, false);
	check_target("100 trở lên", "100", "", true, false);
	check_target("Từ 100 đảng viên trở lên", "100", "", true, false);
	check_target("ít nhất 15 đồng chí", "15", "", true, false);
	check_target("3-4%", "3", "4", false, true);
	check_target("3 – 4 %", "3", "4", false, true);
	check_target("Từ 15 đến 20", "15", "20", false, false);
	check_target("3,5%", "3,5", "", false, true);
	check_target("100+", "100", "", true, false);
}

static void test_what_is_no_target_is_refused(void **state)
{
	static const char *const wrong[] = { "nhiều", "", "3-", "-", "1 2", "3-4-5", "10 trường", "100e5", "3-4 trở lên" };
	struct arena a = { 0 };
	struct import_target_text t;
	struct fault f;
	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		assert_refused(import_value_target("low", wrong[i], &a, &t, &f), E_INVALID, "low", MSG_IMPORT_TARGET);
	arena_done(&a);
}

static void test_periods_in_words(void **state)
{
	static const struct { const char *cell, *period; } cases[] = {
		{ "2024", "2024" }, { "Năm 2024", "2024" }, { "2020-2025", "2020-2025" }, { "2020 - 2025", "2020-2025" },
			{ "nhiệm kỳ 2020–2025", "2020-2025" },
		{ "Quý II/2021", "2021-Q2" }, { "quý 4 năm 2021", "2021-Q4" }, { "6 tháng đầu năm 2021", "2021-H1" }, { "6 tháng cuối năm 2021",
			"2021-H2" },
		{ "năm học 2021-2022", "2021-SY" }, { "tháng 3/2021", "2021-03" }, { "Tháng 12 năm 2021", "2021-12" }, { "2021-Q2", "2021-Q2" },
		{ "sang năm", "sang năm" }, { "tháng 13/2021", "tháng 13/2021" },
	};
	struct arena a = { 0 };
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(import_value_period(cases[i].cell, &a), cases[i].period);
	arena_done(&a);
}

static void test_lost_zeros_of_a_citizen_number_come_back(void **state)
{
	struct arena a = { 0 };
	bool restored;
	(void)state;
	assert_string_equal(import_value_id_number("038090123456", &a, &restored), "038090123456");
	assert_false(restored);
	assert_string_equal(import_value_id_number("038 090 123 456", &a, &restored), "038090123456");
	assert_false(restored);
	assert_string_equal(import_value_id_number("38090123456", &a, &restored), "038090123456");
	assert_true(restored);
	assert_string_equal(import_value_id_number("1090123456", &a, &restored), "001090123456");
	assert_true(restored);
	assert_string_equal(import_value_id_number("03809012345", &a, &restored), "03809012345");
	assert_false(restored);
	assert_string_equal(import_value_id_number("123456789", &a, &restored), "123456789");
	assert_false(restored);
	assert_string_equal(import_value_id_number("03809012345X", &a, &restored), "03809012345X");
	assert_false(restored);
	arena_done(&a);
}

static bool is_total(const char *first, const char *second)
{
	const struct sheet_cell cells[] = { { first, NULL }, { second, NULL } };
	return import_value_total(&(struct sheet_row){ 9, cells, 2 });
}

static void test_total_rows_are_told_from_names_that_begin_alike(void **state)
{
	(void)state;
	assert_true(is_total("Tổng cộng", NULL));
	assert_true(is_total("", "CỘNG"));
	assert_true(is_total("Tổng cộng: 25 người", NULL));
	assert_true(is_total("Tổng số 25", NULL));
	assert_false(is_total("Tổng công ty Thử Nghiệm", NULL));
	assert_false(is_total("Tổng công ty 28", NULL));
	assert_false(is_total("TC", "Tổng cộng"));
	assert_false(is_total(NULL, NULL));
}

static void check_order(struct import_node *nodes, int n)
{
	struct arena a = { 0 };
	bool seen[8] = { 0 };
	const int *order = import_order(nodes, n, &a);
	for (int i = 0; i < n; i++) {
		int above = nodes[order[i]].parent_at;
		assert_false(seen[order[i]]);
		seen[order[i]] = true;
		assert_true(above < 0 || seen[above] || nodes[order[i]].in_ring);
	}
	arena_done(&a);
}

static void test_parents_come_before_their_children(void **state)
{
	struct import_node nodes[] = { { "A-1-1", "a-1" }, { "A-1", "A" }, { "B", "OUTSIDE" }, { "A", NULL }, { "A-2", "A" }, { "", "A" } };
	(void)state;
	check_order(nodes, 6);
	assert_int_equal(nodes[0].parent_at, 1);
	assert_int_equal(nodes[2].parent_at, -1);
	for (int i = 0; i < 6; i++)
		assert_false(nodes[i].in_ring);
}

static void test_ring_is_marked_and_what_hangs_below_it_is_not(void **state)
{
	struct import_node nodes[] = { { "D", "C" }, { "A", "B" }, { "B", "C" }, { "C", "A" }, { "S", "S" } };
	(void)state;
	check_order(nodes, 5);
	assert_false(nodes[0].in_ring);
	for (int i = 1; i < 5; i++)
		assert_true(nodes[i].in_ring);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_days_in_every_spelling_are_the_same_day),
		cmocka_unit_test(test_what_is_no_day_is_refused),
		cmocka_unit_test(test_year_alone_says_how_to_leave_a_day_unknown),
		cmocka_unit_test(test_words_for_not_known),
		cmocka_unit_test(test_no_is_an_answer_about_religion_but_not_about_a_day),
		cmocka_unit_test(test_targets_as_people_write_them),
		cmocka_unit_test(test_what_is_no_target_is_refused),
		cmocka_unit_test(test_periods_in_words),
		cmocka_unit_test(test_lost_zeros_of_a_citizen_number_come_back),
		cmocka_unit_test(test_total_rows_are_told_from_names_that_begin_alike),
		cmocka_unit_test(test_parents_come_before_their_children),
		cmocka_unit_test(test_ring_is_marked_and_what_hangs_below_it_is_not),
	};
	return RUN(tests);
}
