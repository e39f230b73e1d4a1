/* What the files of sql/queries declare, read by the tests themselves. */
#pragma once

#include "store_test.h"

#include <dirent.h>
#include <strings.h>

enum { QUERIES_MAX = 512 };

/* One letter for each parameter and each column: i whole number, t text; a capital where it may be NULL. */
struct declared {
	const char *name, *in, *out;
};

static inline char declared_letter(const char *field, size_t n)
{
	char c = memmem(field, n, " text", 5) ? 't' : 'i';
	return memchr(field, '?', n) ? (char)(c - 'a' + 'A') : c;
}

/* "id person_id, name text?" is "iT". */
static inline const char *declared_letters(const char *fields, struct arena *a)
{
	char *letters = arena_alloc(a, strlen(fields) + 1), *to = letters;
	while (*fields) {
		size_t n = strcspn(fields, ",");
		*to++ = declared_letter(fields, n);
		fields += n + (fields[n] == ',');
	}
	*to = '\0';
	return letters;
}

static inline void declared_in_file(const char *path, struct arena *a, struct declared *list, size_t *n)
{
	char line[1024];
	FILE *file = fopen(path, "r");
	assert_non_null(file);
	while (fgets(line, sizeof line, file)) {
		line[strcspn(line, "\n")] = '\0';
		if (strncmp(line, "-- name: ", 9) == 0) {
			assert_true(*n < QUERIES_MAX);
			list[(*n)++] = (struct declared){ arena_strndup(a, line + 9, strcspn(line + 9, " ")), "", "" };
		} else if (strncmp(line, "-- in: ", 7) == 0) {
			list[*n - 1].in = declared_letters(line + 7, a);
		} else if (strncmp(line, "-- out: ", 8) == 0) {
			list[*n - 1].out = declared_letters(line + 8, a);
		}
	}
	assert_int_equal(fclose(file), 0);
}

/* How many there are. */
static inline size_t declared_all(struct arena *a, struct declared list[QUERIES_MAX])
{
	size_t n = 0;
	const char *dir = arena_printf(a, "%s/sql/queries", getenv("NGUON_SOURCE"));
	DIR *d = opendir(dir);
	assert_non_null(d);
	for (struct dirent *e; (e = readdir(d));)
		if (strstr(e->d_name, ".sql"))
			declared_in_file(arena_printf(a, "%s/%s", dir, e->d_name), a, list, &n);
	assert_int_equal(closedir(d), 0);
	return n;
}
