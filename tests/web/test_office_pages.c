/* Imports, journal, calendar and reports in the browser. */
#include "pages.h"

/* ---- imports ---- */

#define BAD LIST_HEADING "TB-01-A;Hồ Thị Na;01/02/1995;03/04/2025\nTB-01-B;Lò Văn Bền;31/02/1990;03/04/2025\n"

static void test_a_list_with_errors_is_mended_stored_and_changes_nothing_again(void **state)
{
	struct site *s = *state;
	struct browser lan = site_enter(s, "lan");
	const char *page = list_send(&lan, "danh sach.csv", BAD, strlen(BAD));
	struct answer bad = list_wait(&lan, page);
	assert_says(bad, "\"state\":\"checked\"");
	assert_says(bad, "\"refused\":1");
	assert_says(bad, "\"row\":3");
	assert_says(bad, "\"value\":\"31/02/1990\"");
	list_commit(&lan, page, 409);
	struct answer book = browser_get(&lan, arena_printf(&s->arena, "%s/errors.xlsx", page));
	assert_status(book, 200);
	assert_memory_equal(book.body, "PK", 2);

	page = list_send(&lan, "danh sach.csv", LIST_GOOD, strlen(LIST_GOOD));
	assert_says(list_wait(&lan, page), "\"added\":2");
	list_commit(&lan, page, 303);
	assert_says(list_wait(&lan, page), "\"state\":\"stored\"");
	list_commit(&lan, page, 409);
	assert_says(browser_get(&lan, "/units/TB-01/people"), "Lò Văn Bền");

	page = list_send(&lan, "danh sach.csv", LIST_GOOD, strlen(LIST_GOOD));
	struct answer again = list_wait(&lan, page);
	assert_says(again, "\"added\":0,\"unchanged\":2");
	assert_says(browser_get(&lan, page), "không làm thay đổi gì");
}

static void test_rows_outside_ones_own_units_are_refused_as_unknown(void **state)
{
	static const char list[] = LIST_HEADING "TB-01-A;Hồ Thị Na;01/02/1995;03/04/2025\nTB-02;Lò Văn Bền;05/06/1990;03/04/2025\n";
	struct site *s = *state;
	struct browser lan = site_enter(s, "lan");
	const char *page = list_send(&lan, "a.csv", list, strlen(list));
	struct answer r = list_wait(&lan, page);
	assert_says(r, "\"refused\":1");
	assert_says(r, "không có tổ chức nào mang mã «TB-02»");
}

static void test_an_import_is_seen_by_its_sender_alone(void **state)
{
	struct site *s = *state;
	struct browser lan = site_enter(s, "lan"), phong = site_enter(s, "phong"), thu = site_enter(s, "thu");
	const char *page = list_send(&lan, "a.csv", LIST_GOOD, strlen(LIST_GOOD));
	(void)list_wait(&lan, page);
	assert_status(browser_get(&phong, page), 404);
	list_commit(&phong, page, 404);
	assert_status(browser_post(&phong, arena_printf(&s->arena, "%s/cancel", page)), 404);
	assert_status(browser_get(&thu, page), 403);
	assert_status(browser_get(&phong, "/import/00000000000000000000000000000000"), 404);
	assert_status(browser_post(&lan, arena_printf(&s->arena, "%s/cancel", page)), 303);
	assert_status(browser_get(&lan, page), 404);
}

static void test_files_that_are_no_lists_say_what_they_are(void **state)
{
	struct site *s = *state;
	struct browser lan = site_enter(s, "lan");
	static const char text[] = "đây là văn bản", old_excel[600] = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
	struct answer r = list_wait(&lan, list_send(&lan, "a.xlsx", text, strlen(text)));
	assert_says(r, "\"state\":\"failed\"");
	assert_says(r, "tệp văn bản mang tên .xlsx");
	assert_says(list_wait(&lan, list_send(&lan, "a.xls", old_excel, sizeof old_excel)), "Excel đời cũ");
	struct answer empty = page_send_file(&lan, "people", "a.xlsx", "", 0);
	assert_status(empty, 422);
	assert_says(empty, "tệp rỗng");
	struct answer none = page_send_file(&lan, "people", "", "", 0);
	assert_status(none, 422);
	assert_says(none, "chưa chọn tệp");
}

static void test_a_workbook_cut_in_half_is_refused(void **state)
{
	struct site *s = *state;
	struct browser lan = site_enter(s, "lan");
	struct answer pattern = browser_get(&lan, "/import/columns/people?format=xlsx");
	assert_status(pattern, 200);
	struct answer r = list_wait(&lan, list_send(&lan, "a.xlsx", pattern.body, pattern.body_n / 2));
	assert_says(r, "\"state\":\"failed\"");
	assert_says(r, "cắt cụt");
	assert_says(list_wait(&lan, list_send(&lan, "a.xlsx", pattern.body, pattern.body_n)), "không có dòng nào để nhập");
}

/* ---- journal ---- */

static void test_the_journal_names_only_people_whom_the_reader_may_see(void **state)
{
	struct site *s = *state;
	struct browser quan = site_enter(s, "quan"), lan = site_enter(s, "lan"), thu = site_enter(s, "thu");
	struct answer all = browser_get(&quan, "/journal");
	assert_status(all, 200);
	assert_null(strstr(all.body, "Đinh Thị Mai"));
	assert_null(strstr(all.body, "Phùng Quốc Bảo"));
	assert_says(all, "về một người mà bạn không được xem");
	struct answer own = browser_get(&lan, "/journal");
	assert_says(own, "Đinh Thị Mai");
	assert_null(strstr(own.body, "Phùng Quốc Bảo"));
	assert_status(browser_get(&thu, "/journal"), 403);
	assert_null(strstr(browser_get(&quan, "/journal?format=csv").body, "Đinh Thị Mai"));
}

static void test_the_journal_is_asked_by_who_what_and_where(void **state)
{
	struct site *s = *state;
	struct browser lan = site_enter(s, "lan");
	assert_status(browser_post(&lan, "/ops/fact_record", "person=1", "kind=dossier", "on=1/6/2026"), 303);
	struct answer mine = browser_get(&lan, "/api/v1/journal?actor=lan");
	assert_says(mine, "\"op\":\"fact_record\"");
	assert_null(strstr(mine.body, "\"op\":\"person_record\""));
	assert_says(browser_get(&lan, "/api/v1/journal?op=unit_open&unit=TB-01-A"), "\"unit\":\"TB-01-A\"");
	struct answer outside = browser_get(&lan, "/journal?unit=TB-02");
	assert_says(outside, "không có tổ chức nào mang mã «TB-02»");
	assert_status(browser_get(&lan, "/api/v1/journal?unit=TB-02"), 404);
	assert_status(browser_get(&lan, "/api/v1/journal?person=2"), 404);
}

/* ---- calendar ---- */

static void test_a_day_is_set_by_who_keeps_the_calendar_alone(void **state)
{
	struct site *s = *state;
	struct browser lan = site_enter(s, "lan"), quan = site_enter(s, "quan");
	assert_null(strstr(browser_get(&lan, "/calendar").body, "/calendar/change"));
	assert_null(strstr(browser_get(&lan, "/calendar").body, "/ops/calendar_check"));
	assert_status(browser_post(&lan, "/ops/calendar_set", "day=15/07/2026", "kind=off", "note=Nghỉ bão"), 403);
	struct answer set = browser_post(&quan, "/ops/calendar_set", "day=15/07/2026", "kind=off", "note=Nghỉ bão");
	assert_status(set, 303);
	struct answer year = browser_get(&lan, "/calendar?year=2026");
	assert_says(year, "Nghỉ bão");
	assert_says(year, "đặt tại đây");
}

/* 45 working days from Monday 1/6/2026 end on Monday 3/8. */
static void somebody_waits(struct browser *phong)
{
	assert_status(browser_post(phong, "/ops/person_record", "unit=TB-02", "name=Vũ Thị Ba", "birth=20/5/1995", "branch_vote=1/6/2026"),
		303);
}

/* The administrator keeps the calendar and sees nobody. */
static void test_what_a_new_day_off_moves_is_shown_before(void **state)
{
	struct site *s = *state;
	struct browser phong = site_enter(s, "phong"), quan = site_enter(s, "quan");
	somebody_waits(&phong);
	struct answer seen = browser_get(&quan, "/calendar/change?day=15/07/2026&kind=off");
	assert_says(seen, "1 thời hạn đang tính");
	assert_says(seen, "1 thời hạn là của những người bạn không được xem");
	assert_says(seen, "Giữ nguyên thời hạn đã tính");
	assert_says(seen, "Dời theo lịch mới");
	assert_says(browser_get(&quan, "/calendar/change?day=2026-07-15&kind=off"), "value=\"15/07/2026\"");
	assert_null(strstr(seen.body, "Vũ Thị Ba"));
	assert_says(browser_get(&quan, "/calendar/change?day=16/07/2016&kind=off"), "Không thời hạn đang tính nào đổi ngày");
	assert_says(browser_get(&quan, "/calendar/change?what=block&holiday=tet&year=2027&first=1/2/2027&last=1/3/2027"), "quá dài");
	assert_says(browser_get(&quan, "/calendar/change?what=block&year=2027&holiday=tet"), "value=\"11/02/2027\"");
	assert_says(browser_get(&quan, "/api/v1/calendar/change?day=2026-07-15&kind=off"),
		"{\"op\":\"calendar_set\",\"clocks\":1,\"people\":1,");
	assert_status(browser_get(&quan, "/api/v1/calendar/change?day=x&kind=off"), 422);
	assert_status(browser_get(&phong, "/calendar/change?day=15/07/2026&kind=off"), 403); /* not everywhere */
}

static void test_who_sets_a_day_without_the_choice_is_asked(void **state)
{
	struct site *s = *state;
	struct browser phong = site_enter(s, "phong"), quan = site_enter(s, "quan");
	somebody_waits(&phong);
	struct answer asked = browser_post(&quan, "/ops/calendar_set", "day=15/07/2026", "kind=off");
	assert_status(asked, 422);
	assert_says(asked, "đổi ngày cuối của 1 thời hạn đang tính (1 người)");
	assert_null(strstr(asked.body, "counts_from"));
	assert_status(browser_post(&quan, "/ops/calendar_set", "day=15/07/2026", "kind=off", "due=keep", "back=/calendar?year=2026"), 303);
	assert_says(browser_get(&phong, "/calendar?year=2026"), "tính cho thời hạn bắt đầu từ 01/07/2026");
	assert_says(browser_get(&phong, "/calendar?from=1/6/2026&length=45"), "thứ Hai 03/08/2026");
	assert_says(browser_get(&phong, "/calendar?from=1/7/2026&length=45"), "thứ Hai 07/09/2026");
}

static void test_a_year_is_confirmed_and_loses_its_marks(void **state)
{
	struct site *s = *state;
	struct browser quan = site_enter(s, "quan");
	assert_says(browser_get(&quan, "/calendar?year=2027"), "Xác nhận đã đối chiếu lịch năm 2027");
	assert_status(browser_post(&quan, "/ops/calendar_check", "year=2027"), 303);
	struct answer year = browser_get(&quan, "/calendar?year=2027");
	assert_says(year, "đã kiểm tra");
	assert_null(strstr(year.body, "chưa kiểm tra"));
	assert_null(strstr(year.body, "Xác nhận đã đối chiếu"));
}

/* 30/06/2026 is a Tuesday: 1, 2, 3, 6 and 7 July are the next five working days. */
static void test_a_deadline_is_counted_in_working_days(void **state)
{
	struct site *s = *state;
	struct browser lan = site_enter(s, "lan");
	assert_says(browser_get(&lan, "/calendar?length=5&from=30/06/2026"), "thứ Ba 07/07/2026");
	assert_says(browser_get(&lan, "/api/v1/calendar?length=5&from=2026-06-30"), "\"due\":\"2026-07-07\"");
	assert_status(browser_get(&lan, "/api/v1/calendar?length=5&from=31/02/2026"), 422);
	assert_says(browser_get(&lan, "/calendar?length=abc"), "abc");
}

/* ---- reports ---- */

static const char *command_line(struct site *s, const char *words)
{
	struct text t = TEXT(&s->arena);
	char buf[4096];
	size_t n;
	FILE *p = popen(arena_printf(&s->arena, "%s report %s --data %s --today " TODAY, getenv("NGUON"), words, s->dir), "re");
	assert_non_null(p);
	while ((n = fread(buf, 1, sizeof buf, p)) > 0)
		text_addn(&t, buf, n);
	assert_int_equal(pclose(p), 0);
	return arena_strndup(&s->arena, text_str(&t), t.n - (t.n && t.p[t.n - 1] == '\n'));
}

static void test_reports_are_those_of_the_command_line(void **state)
{
	static const struct { const char *words, *path; } reports[] = {
		{ "progress --unit TB --period 2026 --format json", "/api/v1/units/TB/reports/progress?period=2026" },
		{ "progress --unit TB --period 2025 --decimals 3 --rounding cut --tree today --format json",
			"/api/v1/units/TB/reports/progress?period=2025&decimals=3&rounding=cut&tree=today" },
		{ "breakdown --unit TB --period 2026 --by sex --format json", "/api/v1/units/TB/reports/breakdown?period=2026&by=sex" },
		{ "ranking --unit TB --period 2026 --format json", "/api/v1/units/TB/reports/ranking?period=2026" },
		{ "classes --unit TB --period 2026 --format json", "/api/v1/units/TB/reports/classes?period=2026" },
		{ "late --unit TB --format json", "/api/v1/units/TB/reports/late" },
		{ "late --unit TB --as-of 2025-12-31 --format json", "/api/v1/units/TB/reports/late?as_of=31/12/2025" },
	};
	struct site *s = *state;
	struct browser phong = site_enter(s, "phong");
	assert_status(browser_post(&phong, "/ops/target_set", "unit=TB", "kind=assigned", "period=2026", "low=40"), 303);
	assert_status(browser_post(&phong, "/ops/fact_record", "person=2", "kind=decision", "on=1/6/2026", "paper_no=12-QĐ"), 303);
	for (size_t i = 0; i < sizeof reports / sizeof *reports; i++) {
		struct answer r = browser_get(&phong, reports[i].path);
		assert_status(r, 200);
		assert_string_equal(r.body, command_line(s, reports[i].words));
	}
	assert_says(browser_get(&phong, "/units/TB/reports/progress?period=2026"), "1/40 = 2,5 %");
}

static void test_a_question_that_makes_no_sense_is_shown_to_be_asked_again(void **state)
{
	struct site *s = *state;
	struct browser phong = site_enter(s, "phong");
	struct answer r = browser_get(&phong, "/units/TB/reports/progress?period=nay");
	assert_says(r, "«nay» không phải là kỳ");
	assert_says(r, "name=\"period\" value=\"nay\"");
	assert_status(browser_get(&phong, "/api/v1/units/TB/reports/progress?period=nay"), 422);
	assert_status(browser_get(&phong, "/units/TB/reports/nope"), 404);
}

static void test_the_list_of_what_is_late_is_for_who_sees_people(void **state)
{
	struct site *s = *state;
	struct browser quan = site_enter(s, "quan"), lan = site_enter(s, "lan"), figures = site_token(s, "lan", "figures");
	assert_status(browser_get(&lan, "/units/TB-01/reports/late"), 200);
	assert_status(browser_get(&lan, "/units/TB-02/reports/late"), 404);
	assert_int_not_equal(browser_get(&quan, "/units/TB/reports/late").status, 200);
	assert_status(browser_get(&figures, "/api/v1/units/TB-01/reports/progress"), 200);
	assert_status(browser_get(&figures, "/api/v1/units/TB-01/reports/late"), 403);
}

int main(void)
{
#define SITE(test) cmocka_unit_test_setup_teardown(test, site_setup, site_teardown)
	const struct CMUnitTest tests[] = {
		SITE(test_a_list_with_errors_is_mended_stored_and_changes_nothing_again),
		SITE(test_rows_outside_ones_own_units_are_refused_as_unknown),
		SITE(test_an_import_is_seen_by_its_sender_alone),
		SITE(test_files_that_are_no_lists_say_what_they_are),
		SITE(test_a_workbook_cut_in_half_is_refused),
		SITE(test_the_journal_names_only_people_whom_the_reader_may_see),
		SITE(test_the_journal_is_asked_by_who_what_and_where),
		SITE(test_a_day_is_set_by_who_keeps_the_calendar_alone),
		SITE(test_what_a_new_day_off_moves_is_shown_before),
		SITE(test_who_sets_a_day_without_the_choice_is_asked),
		SITE(test_a_year_is_confirmed_and_loses_its_marks),
		SITE(test_a_deadline_is_counted_in_working_days),
		SITE(test_reports_are_those_of_the_command_line),
		SITE(test_a_question_that_makes_no_sense_is_shown_to_be_asked_again),
		SITE(test_the_list_of_what_is_late_is_for_who_sees_people),
	};
	return RUN(tests);
}
