/* The commands calendar and rules as a user types them: the program itself, its answer and its exit status. */
#include "testing.h"

#include <stdlib.h>
#include <sys/wait.h>

struct answer {
	char text[1 << 15];
	int status;
};

/* What `nguon LINE` prints, errors included. */
static struct answer *ask(const char *line)
{
	static struct answer a;
	char command[1024];
	const char *nguon = getenv("NGUON");
	assert_non_null(nguon);
	(void)snprintf(command, sizeof command, "'%s' %s 2>&1", nguon, line);
	FILE *out = popen(command, "r");
	assert_non_null(out);
	a.text[fread(a.text, 1, sizeof a.text - 1, out)] = '\0';
	a.status = WEXITSTATUS(pclose(out));
	return &a;
}

static void assert_says(const char *line, int status, const char *part)
{
	const struct answer *a = ask(line);
	if (a->status != status || !strstr(a->text, part))
		fail_msg("nguon %s: status %d, not %d with «%s»:\n%s", line, a->status, status, part, a->text);
}

/* data/calendar.json, each case with its own days off. */
static void test_the_published_deadlines_come_out(void **state)
{
	(void)state;
	assert_says("calendar due --json --from 2025-07-02 --length 45 --unit working_day --off 2025-09-01,2025-09-02", 0,
		"\"due\":\"2025-09-05\"");
	assert_says("calendar due --json --from 2025-07-02 --length 60 --unit workday --off 2025-09-01,2025-09-02", 0,
		"\"due\":\"2025-09-26\"");
	assert_says("calendar due --json --from 2026-01-26 --length 30 --off 2026-02-16,2026-02-17,2026-02-18,2026-02-19,2026-02-20", 0,
		"\"due\":\"2026-03-16\"");
	assert_says("calendar due --json --from 2024-10-10 --length 12 --unit month --off ''", 0, "\"due\":\"2025-10-10\"");
	assert_says("calendar due --json --from 2024-02-29 --length 12 --unit month --off ''", 0, "\"due\":\"2025-02-28\"");
	assert_says("calendar due --json --from 2026-01-02 --length 12 --unit month --off ''", 0,
		"\"due\":\"2027-01-02\",\"act_by\":\"2027-01-04\"");
}

static void test_without_days_off_the_shipped_ones_count(void **state)
{
	(void)state;
	assert_says("calendar due --from 2/7/2025 --length 45", 0, "đến hết 05/09/2025 (thứ Sáu)");
	assert_says("calendar due --from 2/7/2025 --length 45 --lang en", 0, "until the end of 2025-09-05 (Friday)");
	assert_says("calendar due --from 2/1/2026 --length 12 --unit month", 0, "chậm nhất 04/01/2027 (thứ Hai)");
}

static void test_a_year_is_shown_with_its_lunar_days(void **state)
{
	(void)state;
	assert_says("calendar show 2026", 0, "mùng 1 Tết 17/02/2026; Giỗ Tổ Hùng Vương 26/04/2026");
	assert_says("calendar show 2026", 0, "Ngày Văn hóa Việt Nam  [chưa kiểm tra]");
	assert_says("calendar show 2030 --json", 0, "\"tet\":\"2030-02-02\",\"hung_kings\":\"2030-04-12\"");
}

static void test_a_wrong_line_is_refused_with_the_way_out(void **state)
{
	(void)state;
	assert_says("calendar due --from 2025-07-02 --length x", 1, "--length");
	assert_says("calendar due --from 2025-07-02 --length -1", 1, "--length");
	assert_says("calendar due --from 2025-07-32 --length 3", 1, "--from");
	assert_says("calendar due --from 2025-07-02 --length 3 --unit week", 1, "workday, day");
	assert_says("calendar due --from 2025-07-02 --length 3 --off 2025-13-01", 1, "--off");
	assert_says("calendar due --length 3", 2, "--from");
	assert_says("calendar show 1800", 1, "1901");
	assert_says("calendar show", 2, "nguon calendar");
	assert_says("calendar turn", 2, "nguon calendar");
	assert_says("rules turn", 2, "nguon rules");
}

/* An installation of its own; 45 working days from Monday 1/6/2026 end on Monday 3/8, with 15/7 off on Tuesday 4/8. */
static void test_a_change_is_shown_asked_about_and_done(void **state)
{
	(void)state;
	char dir[] = "/tmp/nguon-calendar-XXXXXX", line[512];
	assert_non_null(mkdtemp(dir));
#define IN(rest) ((void)snprintf(line, sizeof line, "%s --data %s/d --today 2026-06-30", rest, dir), line)
	assert_says(IN("init --name Thu"), 0, "");
	assert_says(IN("op unit_open code=TB kind=GRASS_CB name=Chi opened=2000-01-01"), 0, "");
	assert_says(IN("op person_record unit=TB name=Ba birth=1995-05-20 branch_vote=2026-06-01"), 0, "");
	assert_says(IN("calendar set --day 2026-07-15 --kind off --dry-run"), 0, "03/08/2026 → 04/08/2026");
	assert_says(IN("calendar set --day 2026-07-15 --kind off"), 1, "due=keep");
	assert_says(IN("calendar set --day 2026-07-15 --kind off --json"), 1, "\"field\":\"due\"");
	assert_says(IN("calendar set --day 2026-07-15 --kind off --due move --json"), 0,
		"\"clocks\":1,\"people\":1,\"changes\":[{\"person\":1,");
	assert_says(IN("calendar set --day 2026-07-15 --kind off --due move"), 0, "Không có gì thay đổi");
	assert_says(IN("calendar set --day 2026-07-16 --kind off --due keep"), 0, "01/07/2026");
	assert_null(strstr(ask(IN("calendar set --day 2026-07-17 --kind off --due keep"))->text, "04/08/2026 →"));
	assert_says(IN("calendar show 2026"), 0, "[đặt tại đây]  [thời hạn bắt đầu từ 01/07/2026]");
	assert_says(IN("calendar due --from 2026-06-01 --length 45"), 0, "04/08/2026");
	assert_says(IN("calendar block --holiday tet --year 2027 --first 2027-02-04 --last 2027-02-10 --note 'TB 1'"), 0, "Đã ghi");
	assert_says(IN("calendar block --holiday tet --year 2027 --first 2027-02-04"), 1, "chưa có giá trị");
	assert_says(IN("calendar check --year 2026 --dry-run"), 0, "Không thời hạn đang tính nào đổi ngày");
	assert_says(IN("calendar show 2026"), 0, "Ngày Văn hóa Việt Nam  [chưa kiểm tra]"); /* a dry run stores nothing */
	assert_says(IN("calendar check --year 2026"), 0, "Đã ghi");
	assert_says(IN("calendar show 2026"), 0, "Ngày Văn hóa Việt Nam  [đã kiểm tra]");
	assert_says(IN("unit reorganisations"), 0, "Chưa có lần sắp xếp nào");
	assert_says(IN("vote --step branch_vote --person ba"), 2, "không phải là mã người");
	assert_says(IN("verify"), 0, "");
	(void)snprintf(line, sizeof line, "rm -r '%s'", dir);
	assert_int_equal(system(line), 0);
#undef IN
	assert_says("calendar set --day 2026-07-15 --kind off", 2, "--data");
}

static void test_rules_are_listed_and_shown_with_their_marks(void **state)
{
	(void)state;
	assert_says("rules", 0, "208-QĐ/TW ngày 26/7/2026  [chưa kiểm chứng]");
	assert_says("rules list --json", 0, "{\"pack\":\"r24\",\"instrument\":\"24-QĐ/TW\"");
	assert_says("rules show r294", 0, "45 ngày làm việc, gia hạn tối đa 15  (294-QĐ/TW, 4.3.1)");
	assert_says("rules show r24 --json", 0, "\"extension\":30");
	assert_says("rules show r1", 3, "nguon rules list");
	assert_says("rules show r294", 0, "Hồ sơ còn thiếu: …; hãy bổ sung"); /* no case, no papers to name */
	assert_says("rules keys --today 2026-01-05", 0, "45 workday  (45 ngày làm việc)");
}

/* Nobody knows the words by heart: each refusal says where they are listed. */
static void test_words_of_facts_and_steps_are_listed(void **state)
{
	(void)state;
	assert_says("help facts", 0, "  branch_vote                  Nghị quyết của chi bộ đề nghị kết nạp");
	assert_says("help facts", 0, "  consent                      Văn bản đồng ý");
	assert_says("help facts", 0, "father                   Cha đẻ");
	assert_says("help facts --lang en", 0, "Written consent");
	assert_says("vote --step nope --today 2026-01-05", 3, "nguon rules show r294");
	assert_says("vote --step branch_vote --today 2026-01-05 --members 12 --away 1 --exempt-absent 1 --suspended 1 --yes 6", 0, "Đạt");
	assert_null(strstr(ask("vote --step branch_vote --today 2026-01-05")->text, "chưa kiểm chứng"));
	assert_says("vote --step branch_vote --today 2026-06-30", 0, "[chưa kiểm chứng]"); /* as reported of 208-QĐ/TW */
	assert_says("vote --step branch_vote --today 2026-06-30 --json", 0, "\"verified\":false");
}

/* A file of one's own has to fit between the packs that are there. */
static void test_rule_files_are_checked_before_use(void **state)
{
	(void)state;
	assert_says("rules check \"$NGUON_SOURCE\"/rules/calendar.yaml \"$NGUON_SOURCE\"/rules/[qr]*.yaml", 0, "6 tệp");
	assert_says("rules check --json \"$NGUON_SOURCE\"/rules/r294.yaml", 0, "{\"files\":1}");
	assert_says("rules check \"$NGUON_SOURCE\"/tests/fuzz/corpus/rules/pack", 1, "pack:23");
	assert_says("rules check \"$NGUON_SOURCE\"/tests/fuzz/corpus/rules/calendar", 1, "calendar:");
	assert_says("rules check /nowhere", 3, "/nowhere");
	assert_says("rules check", 2, "nguon rules");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_published_deadlines_come_out),
		cmocka_unit_test(test_without_days_off_the_shipped_ones_count),
		cmocka_unit_test(test_a_year_is_shown_with_its_lunar_days),
		cmocka_unit_test(test_a_wrong_line_is_refused_with_the_way_out),
		cmocka_unit_test(test_a_change_is_shown_asked_about_and_done),
		cmocka_unit_test(test_rules_are_listed_and_shown_with_their_marks),
		cmocka_unit_test(test_words_of_facts_and_steps_are_listed),
		cmocka_unit_test(test_rule_files_are_checked_before_use),
	};
	return RUN(tests);
}
