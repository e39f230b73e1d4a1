/* tools/htmlgen on small templates: what it writes and what it refuses, byte by byte. After a wanted change of its output, run it in
 * tests/unit/golden with the arguments below, and read the difference before keeping it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/text.h"

static struct arena arena;
static const char *golden, *out;

static const char *read_file(const char *folder, const char *name)
{
	struct text t = TEXT(&arena);
	char buf[4096];
	size_t n;
	FILE *in = fopen(arena_printf(&arena, "%s/%s", folder, name), "r");
	assert_non_null(in);
	while ((n = fread(buf, 1, sizeof buf, in)) > 0)
		text_addn(&t, buf, n);
	fclose(in);
	return text_str(&t);
}

static int run(const char *command)
{
	int status = system(command);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static int run_htmlgen(const char *files)
{
	const char *htmlgen = getenv("HTMLGEN");
	assert_non_null(htmlgen);
	return run(arena_printf(&arena, "cd %s && %s %s %s 2>%s/refusals", golden, htmlgen, out, files, out));
}

static int setup(void **state)
{
	(void)state;
	const char *source = getenv("NGUON_SOURCE");
	assert_non_null(source);
	golden = arena_printf(&arena, "%s/tests/unit/golden", source);
	out = arena_printf(&arena, "/tmp/nguon-htmlgen-%d", (int)getpid());
	return mkdir(out, 0777);
}

static int teardown(void **state)
{
	(void)state;
	int status = system(arena_printf(&arena, "rm -rf %s", out));
	arena_done(&arena);
	return status;
}

static void test_htmlgen_writes_a_function_for_each_page(void **state)
{
	(void)state;
	static const char *const files[][2] = {
		{ "pages.gen.h", "pages.h.expected" }, { "card.c", "card.c.expected" }, { "card_end.c", "card_end.c.expected" },
	};
	assert_int_equal(run_htmlgen("card.html card_top.html card_end.html"), 0);
	assert_string_equal(read_file(out, "refusals"), "");
	for (size_t i = 0; i < sizeof files / sizeof *files; i++)
		assert_string_equal(read_file(out, files[i][0]), read_file(golden, files[i][1]));
}

/* So that a change of one page does not compile all of them. */
static void test_htmlgen_leaves_unchanged_files_alone(void **state)
{
	(void)state;
	struct stat before, after;
	const char *file = arena_printf(&arena, "%s/card.c", out);
	assert_int_equal(run_htmlgen("card.html"), 0);
	assert_int_equal(run(arena_printf(&arena, "touch -d 2020-01-01 %s", file)), 0);
	assert_int_equal(stat(file, &before), 0);
	assert_int_equal(run_htmlgen("card.html"), 0);
	assert_int_equal(stat(file, &after), 0);
	assert_int_equal(before.st_mtime, after.st_mtime);
}

static void test_htmlgen_refuses_with_file_line_and_reason(void **state)
{
	(void)state;
	assert_int_equal(run_htmlgen("bad.html bad_first.html bad_other.html bad_open.html bad_tag.html"), 1);
	assert_string_equal(read_file(out, "refusals"), read_file(golden, "bad_html.expected"));
}

/* A misspelt member is found by the compiler, at the line of the template. */
static void test_compiler_names_the_line_of_the_template(void **state)
{
	(void)state;
	static const char template[] = "{# page_misspelt(const struct pager *v) \"web/parts.h\" #}\\n<p>\\n{{ v->form }}</p>\\n";
	const char *make = arena_printf(&arena, "cd %s && printf '%s' >misspelt.html && %s . misspelt.html", out, template, getenv("HTMLGEN"));
	const char *source = getenv("NGUON_SOURCE");
	assert_int_equal(run(make), 0);
	assert_int_not_equal(run(arena_printf(&arena, "cd %s && cc -std=gnu17 -I%s/src -I. -c misspelt.c 2>refusals", out, source)), 0);
	assert_non_null(strstr(read_file(out, "refusals"), "misspelt.html:3:"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_htmlgen_writes_a_function_for_each_page),
		cmocka_unit_test(test_htmlgen_leaves_unchanged_files_alone),
		cmocka_unit_test(test_htmlgen_refuses_with_file_line_and_reason),
		cmocka_unit_test(test_compiler_names_the_line_of_the_template),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
