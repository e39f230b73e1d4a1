/* The table of all rules: complete, as the packs and the catalogue say, and each named function and test is there. */
#include "testing.h"

#include "base/yaml_tree.h"

#include <stdlib.h>
#include <sys/wait.h>

/* How many rows the list of rules has in each section. The clocks have numbers of their own. */
static const struct section {
	const char *prefix;
	int rows, exits; /* exits: numbered X1, X2 ... */
} sections[] = {
	{ "1.1-", 16, 6 }, { "1.2-", 7, 0 }, { "1.3-", 5, 0 }, { "1.4-", 11, 0 }, { "1.5-", 3, 0 }, { "1.6-", 8, 0 }, { "1.7-", 6, 0 },
	{ "1.9-", 12, 0 }, { "1.10-", 8, 0 }, { "1.11-", 9, 0 }, { "1.12-", 6, 0 }, { "1.13-", 8, 0 }, { "2.2-", 19, 0 },
};
static const int clocks[] = { 1, 2, 3, 4, 7, 8, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 29 };

struct book {
	struct arena arena;
	const char *source;
	struct yaml *root;
};

static char *read_all(struct arena *a, FILE *file)
{
	enum { MOST = 1 << 20 };
	char *bytes = arena_alloc(a, MOST);
	assert_non_null(file);
	size_t n = fread(bytes, 1, MOST - 1, file);
	assert_true(n < MOST - 1);
	return bytes;
}

static char *read_file(struct book *b, const char *path)
{
	FILE *file = fopen(arena_printf(&b->arena, "%s/%s", b->source, path), "r");
	if (!file)
		fail_msg("%s: no such file", path);
	char *bytes = read_all(&b->arena, file);
	(void)fclose(file);
	return bytes;
}

static int setup(void **state)
{
	struct book *b = calloc(1, sizeof *b);
	struct fault f;
	assert_non_null(b);
	b->source = getenv("NGUON_SOURCE");
	const char *bytes = read_file(b, "rules/conformance.yaml");
	assert_ok(yaml_parse("rules/conformance.yaml", bytes, strlen(bytes), &b->arena, &b->root, &f));
	*state = b;
	return 0;
}

static int teardown(void **state)
{
	struct book *b = *state;
	arena_done(&b->arena);
	free(b);
	return 0;
}

static void test_the_table_on_paper_is_that_of_the_packs(void **state)
{
	struct book *b = *state;
	FILE *p = popen(arena_printf(&b->arena, "'%s' rules table '%s/rules/conformance.yaml'", getenv("NGUON"), b->source), "r");
	const char *now = read_all(&b->arena, p), *paper = read_file(b, "docs/rules.md");
	if (pclose(p) != 0)
		fail_msg("the catalogue is not complete: nguon rules table rules/conformance.yaml");
	if (strcmp(now, paper) != 0)
		fail_msg("run: nguon rules table rules/conformance.yaml > docs/rules.md");
}

static struct yaml *row(struct book *b, const char *key)
{
	struct yaml *found = NULL;
	for (struct yaml *x = yaml_get(b->root, "rows")->first; x; x = x->next)
		if (strcmp(yaml_get(x, "row")->text, key) == 0) {
			if (found)
				fail_msg("row %s is there twice", key);
			found = x;
		}
	if (!found)
		fail_msg("row %s is missing", key);
	return found;
}

static void test_no_number_of_the_list_is_missing(void **state)
{
	struct book *b = *state;
	int rows = 0, listed = 0;
	for (size_t i = 0; i < sizeof sections / sizeof *sections; i++) {
		for (int k = 1; k <= sections[i].rows; k++, rows++)
			(void)row(b, arena_printf(&b->arena, "%s%d", sections[i].prefix, k));
		for (int k = 1; k <= sections[i].exits; k++, rows++)
			(void)row(b, arena_printf(&b->arena, "%sX%d", sections[i].prefix, k));
	}
	for (size_t i = 0; i < sizeof clocks / sizeof *clocks; i++, rows++)
		(void)row(b, arena_printf(&b->arena, "T%d", clocks[i]));
	for (const struct yaml *x = yaml_get(b->root, "rows")->first; x; x = x->next)
		listed++;
	assert_int_equal(listed, rows);
}

static void test_every_test_that_is_named_exists(void **state)
{
	struct book *b = *state;
	FILE *p = popen(arena_printf(&b->arena, "grep -rhoE 'static void test_[a-z0-9_]+\\(' '%s/tests'", b->source), "r");
	const char *all = read_all(&b->arena, p);
	(void)pclose(p);
	for (struct yaml *x = yaml_get(b->root, "rows")->first; x; x = x->next) {
		const struct yaml *list = yaml_get(x, "tests");
		for (const struct yaml *name = list ? list->first : NULL; name; name = name->next)
			if (!strstr(all, arena_printf(&b->arena, "static void %s(", name->text)))
				fail_msg("row %s: no test %s", yaml_get(x, "row")->text, name->text);
	}
}

static void test_every_function_that_is_named_exists(void **state)
{
	struct book *b = *state;
	for (struct yaml *x = yaml_get(b->root, "rows")->first; x; x = x->next) {
		const struct yaml *list = yaml_get(x, "code");
		for (const struct yaml *c = list ? list->first : NULL; c; c = c->next) {
			const char *blank = strchr(c->text, ' ');
			if (!blank)
				fail_msg("row %s: \"%s\" is not \"file function\"", yaml_get(x, "row")->text, c->text);
			const char *bytes = read_file(b, arena_strndup(&b->arena, c->text, (size_t)(blank - c->text)));
			if (!strstr(bytes, blank + 1))
				fail_msg("row %s: %s is not there", yaml_get(x, "row")->text, c->text);
		}
	}
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_the_table_on_paper_is_that_of_the_packs),
		TEST(test_no_number_of_the_list_is_missing),
		TEST(test_every_test_that_is_named_exists),
		TEST(test_every_function_that_is_named_exists),
	};
	return RUN(tests);
}
