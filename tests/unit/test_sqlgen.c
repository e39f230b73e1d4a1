/* tools/sqlgen on a small schema: what it writes and what it refuses, byte by byte. After a wanted change of its output, run it in
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

static int run_sqlgen(const char *files)
{
	const char *sqlgen = getenv("SQLGEN");
	assert_non_null(sqlgen);
	int status = system(arena_printf(&arena, "cd %s && %s %s %s 2>%s/refusals", golden, sqlgen, out, files, out));
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static int setup(void **state)
{
	(void)state;
	const char *source = getenv("NGUON_SOURCE");
	assert_non_null(source);
	golden = arena_printf(&arena, "%s/tests/unit/golden", source);
	out = arena_printf(&arena, "/tmp/nguon-sqlgen-%d", (int)getpid());
	return mkdir(out, 0777);
}

static int teardown(void **state)
{
	(void)state;
	int status = system(arena_printf(&arena, "rm -rf %s", out));
	arena_done(&arena);
	return status;
}

static void test_sqlgen_writes_typed_functions_and_the_schema(void **state)
{
	(void)state;
	static const char *const files[][2] = {
		{ "queries.gen.h", "good.h.expected" }, { "queries.gen.c", "good.c.expected" }, { "schema.gen.c", "schema.c.expected" },
	};
	assert_int_equal(run_sqlgen("0001_schema.sql 0002_person.sql good.sql"), 0);
	assert_string_equal(read_file(out, "refusals"), "");
	for (size_t i = 0; i < sizeof files / sizeof *files; i++)
		assert_string_equal(read_file(out, files[i][0]), read_file(golden, files[i][1]));
}

static void test_sqlgen_refuses_with_file_line_and_reason(void **state)
{
	(void)state;
	assert_int_equal(run_sqlgen("0001_schema.sql 0002_person.sql bad.sql"), 1);
	assert_string_equal(read_file(out, "refusals"), read_file(golden, "bad.expected"));
}

static void test_sqlgen_refuses_a_schema_that_does_not_load(void **state)
{
	(void)state;
	assert_int_equal(run_sqlgen("0001_broken.sql good.sql"), 1);
	assert_string_equal(read_file(out, "refusals"), "0001_broken.sql:7: near \",\": syntax error\n");
}

static void test_sqlgen_refuses_a_gap_between_migrations(void **state)
{
	(void)state;
	assert_int_equal(run_sqlgen("0002_person.sql"), 1);
	const char *gap = "0002_person.sql:1: migrations are numbered without a gap, in order: 0001 expected\n";
	assert_non_null(strstr(read_file(out, "refusals"), gap));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sqlgen_writes_typed_functions_and_the_schema),
		cmocka_unit_test(test_sqlgen_refuses_with_file_line_and_reason),
		cmocka_unit_test(test_sqlgen_refuses_a_schema_that_does_not_load),
		cmocka_unit_test(test_sqlgen_refuses_a_gap_between_migrations),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
