/* The command report as a user types it: what is refused, and where the report goes. */
#include "app/inputs.h"
#include "cli/cli.h"
#include "app_place.h"

#include <stdlib.h>
#include <unistd.h>

static const struct cli_command command = { "report", "", "", "", cmd_report_options, CLI_READ, cmd_report };
static const struct cli_command todo = { "todo", "", "", "", cmd_todo_options, CLI_READ, cmd_todo };

/* What the tests get is the first member. */
struct desk {
	struct cli cli;
	struct test_place place;
};

static enum err op(struct app *app, struct arena *a, const char *name, const void *in)
{
	struct op_result r;
	struct fault f = { 0 };
	return op_run_alone(app, op_find(name), in, a, &r, &f);
}

/* Root R with branches R-A and R-B, the latter closed on 1/9/2021; today is 30/6/2022. */
static int begin(void **state)
{
	static struct desk desk;
	struct cli *c = &desk.cli;
	desk = (struct desk){ .cli = { .command = &command, .app_open = true } };
	place_open_private(&desk.place, &c->app);
	c->app.today = day_of(2022, 6, 30);
	const char *const codes[] = { "R", "R-A", "R-B" };
	for (int i = 0; i < 3; i++) {
		struct unit_open_in in = UNIT_OPEN_IN;
		in.code = codes[i];
		in.name = i ? "Chi bộ" : "Đảng bộ Khối cơ quan";
		in.kind = i ? "GRASS_CB" : "UPPER";
		in.parent = i ? "R" : NULL;
		in.opened = day_of(2010, 1, 1);
		assert_int_equal(op(&c->app, &c->arena, "unit_open", &in), OK);
	}
	const struct unit_close_in close = { .unit = "R-B", .on = day_of(2021, 9, 1), .paper_on = DAY_NONE };
	assert_int_equal(op(&c->app, &c->arena, "unit_close", &close), OK);
	*state = &desk;
	return 0;
}

static int end(void **state)
{
	struct desk *d = *state;
	place_close_app(&d->place, &d->cli.app);
	arena_done(&d->cli.arena);
	return 0;
}

/* The command with its words and "name=value" options. */
#define TYPE(c, f, report, ...) type_line(c, f, report, (const char *const[]){ __VA_ARGS__, NULL })
static enum err type_line(struct cli *c, struct fault *f, const char *report, const char *const *options)
{
	c->args = arena_array(&c->arena, char *, 2);
	c->args[0] = arena_strdup(&c->arena, report);
	c->args_n = report != NULL;
	c->given_n = 0;
	for (; *options; options++) {
		size_t n = strcspn(*options, "=");
		for (const struct cli_option *o = c->command->options; o->name; o++)
			if (strlen(o->name) == n && strncmp(o->name, *options, n) == 0)
				c->given[c->given_n].option = o;
		assert_non_null(c->given[c->given_n].option);
		c->given[c->given_n++].value = *options + n + 1;
	}
	*f = (struct fault){ 0 };
	return c->command->run(c, f);
}

static void assert_says(struct cli *c, const struct fault *f, const char *part)
{
	const char *text = fault_text(f, LANG_VI, &c->arena);
	if (!strstr(text, part))
		fail_msg("«%s» does not say «%s»", text, part);
}

static void test_unknown_report_names_those_there_are(void **state)
{
	struct cli *c = *state;
	struct fault f;
	assert_int_equal(TYPE(c, &f, "progres", "unit=R", "period=2021"), E_USAGE);
	assert_says(c, &f, "progress, breakdown, ranking, classes, late");
	assert_int_equal(TYPE(c, &f, NULL, "unit=R", "period=2021"), E_USAGE);
}

static void test_unknown_unit_names_those_that_may_be_meant(void **state)
{
	struct cli *c = *state;
	struct fault f;
	assert_int_equal(TYPE(c, &f, "progress", "unit=khoi co quan", "period=2021"), E_NOTFOUND);
	assert_says(c, &f, "R (Đảng bộ Khối cơ quan)");
	assert_int_equal(TYPE(c, &f, "progress", "unit=S-A", "period=2021"), E_NOTFOUND);
	assert_says(c, &f, "R-A");
	assert_int_equal(TYPE(c, &f, "progress", "unit=XYZXYZ", "period=2021"), E_NOTFOUND);
	c->command = &todo;
	assert_int_equal(TYPE(c, &f, NULL, "unit=S-A"), E_NOTFOUND);
}

static void test_closed_unit_says_since_when(void **state)
{
	struct cli *c = *state;
	struct fault f;
	assert_int_equal(TYPE(c, &f, "progress", "unit=R-B", "period=2021"), E_INVALID);
	assert_says(c, &f, "từ ngày 01/09/2021");
	assert_int_equal(TYPE(c, &f, "late", "unit=R-B"), E_INVALID);
	assert_int_equal(TYPE(c, &f, "progress", "unit=R-B", "period=2021-H1", "tree=today"), E_INVALID);
	c->command = &todo;
	assert_int_equal(TYPE(c, &f, NULL, "unit=R-B"), E_INVALID);
}

static void test_days_default_to_the_end_of_the_period_but_not_after_today(void **state)
{
	struct cli *c = *state;
	struct fault f;
	assert_int_equal(TYPE(c, &f, "progress", "unit=R", "period=2022-H2"), E_INVALID);
	assert_string_equal(f.field, "as_of");
	assert_says(c, &f, "30/06/2022");
	assert_int_equal(TYPE(c, &f, "progress", "unit=R", "period=2021", "as-of=2020-12-31"), E_INVALID);
}

static void test_words_out_of_their_list_are_refused(void **state)
{
	struct cli *c = *state;
	struct fault f;
	assert_int_equal(TYPE(c, &f, "progress", "unit=R"), E_USAGE);
	assert_int_equal(TYPE(c, &f, "progress", "period=2021"), E_USAGE);
	assert_int_equal(TYPE(c, &f, "progress", "unit=R", "period=2021", "tree=tomorrow"), E_USAGE);
	assert_int_equal(TYPE(c, &f, "progress", "unit=R", "period=2021", "rounding=down"), E_USAGE);
	assert_int_equal(TYPE(c, &f, "progress", "unit=R", "period=2021", "decimals=5"), E_USAGE);
	assert_int_equal(TYPE(c, &f, "progress", "unit=R", "period=2021", "decimals=10"), E_USAGE);
	assert_int_equal(TYPE(c, &f, "progress", "unit=R", "period=2021", "format=pdf"), E_USAGE);
	assert_int_equal(TYPE(c, &f, "breakdown", "unit=R", "period=2021", "by=colour"), E_USAGE);
	assert_says(c, &f, "education, level, occupation, sex");
	assert_int_equal(TYPE(c, &f, "classes", "unit=R", "period=2021", "kind=cooking"), E_INVALID);
	assert_int_equal(TYPE(c, &f, "ranking", "unit=R", "period=2021", "indicator=worker_share"), E_INVALID);
	assert_int_equal(TYPE(c, &f, "progress", "unit=R", "period=soon"), E_INVALID);
}

static void test_report_goes_to_a_file_and_leaves_no_half_of_one(void **state)
{
	struct cli *c = *state;
	struct fault f;
	char dir[] = "/tmp/test_cmd_report.XXXXXX", text[64] = "";
	assert_non_null(mkdtemp(dir));
	const char *path = arena_printf(&c->arena, "%s/r.json", dir);
	assert_int_equal(TYPE(c, &f, "progress", "unit=r", "period=2021", "format=json", arena_printf(&c->arena, "out=%s", path)), OK);
	FILE *file = fopen(path, "rb");
	assert_non_null(file);
	assert_true(fread(text, 1, sizeof text - 1, file) > 0);
	(void)fclose(file);
	assert_memory_equal(text, "{\"report\":\"progress\",\"unit\":\"R\"", 31);
	assert_int_equal(TYPE(c, &f, "progress", "unit=R", "period=2021", arena_printf(&c->arena, "out=%s/none/r.txt", dir)), E_STORAGE);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(rmdir(dir), 0); /* empty: nothing else was left in it */
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_unknown_report_names_those_there_are),
		TEST(test_unknown_unit_names_those_that_may_be_meant),
		TEST(test_closed_unit_says_since_when),
		TEST(test_days_default_to_the_end_of_the_period_but_not_after_today),
		TEST(test_words_out_of_their_list_are_refused),
		TEST(test_report_goes_to_a_file_and_leaves_no_half_of_one),
	};
	return RUN(tests);
}
