/* The words of a command line, one a line of the input: what is not understood is refused with a sentence, in both languages. Nothing is
 * run. The program's own main file is taken in whole, because reading the line is its secret. */
int nguon_main(int argc, char **argv);
#define main nguon_main
#include "cli/main.c"
#undef main

#include "fuzz.h"

#include <assert.h>

enum { WORDS = 64 };

static int split(struct arena *a, char *text, char *argv[WORDS + 1])
{
	int argc = 0;
	argv[argc++] = arena_strdup(a, "nguon");
	for (char *line = text, *end; line && argc < WORDS; line = end ? end + 1 : NULL) {
		end = strchr(line, '\n');
		if (end)
			*end = '\0';
		argv[argc++] = line;
	}
	argv[argc] = NULL;
	return argc;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct cli c = { .today = DAY_NONE };
	struct fault f = { 0 };
	char *argv[WORDS + 1];
	if (n > 1 << 14)
		return 0;
	int argc = split(&c.arena, arena_strndup(&c.arena, (const char *)bytes, n), argv);
	enum err e = read_line(&c, argv, argc, &f);
	if (e != OK)
		assert(f.code == e && fault_text(&f, LANG_VI, &c.arena)[0] && fault_text(&f, LANG_EN, &c.arena)[0]);
	else
		assert(c.command && c.args_n < argc);
	arena_done(&c.arena);
	return 0;
}
