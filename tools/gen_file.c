#include "gen_file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void gen_die(const char *path)
{
	(void)fprintf(stderr, "%s: %s: %s\n", program_invocation_short_name, path, strerror(errno));
	exit(2);
}

const char *gen_read(struct arena *a, const char *path)
{
	struct text t = TEXT(a);
	char buf[4096];
	size_t n;
	FILE *in = fopen(path, "r");
	if (!in)
		gen_die(path);
	while ((n = fread(buf, 1, sizeof buf, in)) > 0)
		text_addn(&t, buf, n);
	if (ferror(in))
		gen_die(path);
	(void)fclose(in);
	return text_str(&t);
}

void gen_write(struct arena *a, const char *folder, const char *name, const char *text)
{
	const char *path = arena_printf(a, "%s/%s", folder, name);
	FILE *out = fopen(path, "r");
	if (out) {
		(void)fclose(out);
		if (text_equal(gen_read(a, path), text))
			return;
	}
	out = fopen(path, "w");
	if (!out || fputs(text, out) < 0 || fclose(out) != 0)
		gen_die(path);
}
