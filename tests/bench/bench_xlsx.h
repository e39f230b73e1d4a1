/* What the measures of spreadsheets share: the limit (libzip and expat alone), LibreOffice, and runs in a process of their own. */
#pragma once

#include "bench.h"

#include <expat.h>
#include <fcntl.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zip.h>

enum { BENCH_ROUNDS = 5, BENCH_PATH = 512 };

/* ---- the limit: inflate and parse, and only count values ---- */

static inline void bench_on_start(void *data, const char *name, const char **attributes)
{
	(void)attributes;
	*(long *)data += strcmp(name, "v") == 0;
}

static inline void bench_on_end(void *data, const char *name)
{
	(void)data, (void)name;
}

static inline void bench_on_text(void *data, const char *s, int n)
{
	(void)data, (void)s, (void)n;
}

static inline long bench_parse_part(zip_t *zip, const char *part)
{
	char buf[1 << 14];
	long values = 0;
	XML_Parser p = XML_ParserCreate(NULL);
	XML_SetUserData(p, &values);
	XML_SetElementHandler(p, bench_on_start, bench_on_end);
	XML_SetCharacterDataHandler(p, bench_on_text);
	zip_file_t *file = zip_fopen(zip, part, 0);
	for (zip_int64_t n = 1; n > 0;) {
		n = file ? zip_fread(file, buf, sizeof buf) : -1;
		if (n < 0 || XML_Parse(p, buf, (int)n, n == 0) != XML_STATUS_OK)
			exit(1);
	}
	(void)zip_fclose(file);
	XML_ParserFree(p);
	return values;
}

static inline long bench_read_bare(const char *path)
{
	zip_t *zip = zip_open(path, ZIP_RDONLY, NULL);
	if (!zip)
		exit(1);
	(void)bench_parse_part(zip, "xl/sharedStrings.xml");
	long values = bench_parse_part(zip, "xl/worksheets/sheet1.xml");
	zip_discard(zip);
	return values;
}

/* ---- LibreOffice ---- */

static inline long bench_read_libreoffice(const char *path)
{
	char folder[BENCH_PATH];
	(void)snprintf(folder, sizeof folder, "%.*s", (int)(strrchr(path, '/') - path), path);
	int nowhere = open("/dev/null", O_WRONLY);
	(void)dup2(nowhere, 1);
	(void)dup2(nowhere, 2);
	(void)execlp("soffice", "soffice", "--headless", "--convert-to", "csv", "--outdir", folder, path, (char *)NULL);
	exit(127);
}

/* ---- measuring ---- */

struct bench_side {
	const char *name;
	long (*read)(const char *path);
	int rounds;
	long values; /* that it must find; 0: does not count them */
	double seconds[BENCH_ROUNDS], cpu[BENCH_ROUNDS];
	double mib;
	bool missing;
};

static inline double bench_seconds_of(struct timeval t)
{
	return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

/* One run in a child. */
static inline void bench_run(struct bench_side *s, int round, const char *path)
{
	double start = bench_seconds();
	(void)fflush(NULL);
	pid_t pid = fork();
	if (pid == 0)
		_exit(s->read(path) == s->values ? 0 : 1);
	int status;
	struct rusage use;
	if (pid < 0 || wait4(pid, &status, 0, &use) != pid)
		exit(1);
	s->missing = WIFEXITED(status) && WEXITSTATUS(status) == 127;
	if (!s->missing && (!WIFEXITED(status) || WEXITSTATUS(status) != 0)) {
		(void)fprintf(stderr, "%s failed\n", s->name);
		exit(1);
	}
	s->seconds[round] = bench_seconds() - start;
	s->cpu[round] = bench_seconds_of(use.ru_utime) + bench_seconds_of(use.ru_stime);
	s->mib = (double)use.ru_maxrss / 1024;
}

static inline void bench_print_side(struct bench_side *s, int rows, double limit)
{
	if (s->missing) {
		printf("%-28s not installed\n", s->name);
		return;
	}
	double seconds = bench_median(s->seconds, (size_t)s->rounds);
	double cpu = bench_median(s->cpu, (size_t)s->rounds);
	printf("%-28s %7.3f s %9.0f rows/s %8.3f s of processor %6.2f times the limit %7.1f MiB\n", s->name, seconds, rows / seconds, cpu,
		cpu / limit, s->mib);
}

/* Runs fn in a process of its own: its memory must not count for the readers, who inherit ours. */
static inline void bench_in_child(void (*fn)(const char *path), const char *path)
{
	int status;
	(void)fflush(NULL);
	pid_t pid = fork();
	if (pid == 0) {
		fn(path);
		_exit(0);
	}
	if (pid < 0 || waitpid(pid, &status, 0) != pid || status != 0)
		exit(1);
}
