#include "sqlgen.h"
#include "gen_file.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct type_info type_infos[TYPE__COUNT] = {
	[TYPE_I64] = { "i64", "int64_t ", NULL },
	[TYPE_BOOL] = { "bool", "bool ", NULL },
	[TYPE_TEXT] = { "text", "const char *", NULL },
	[TYPE_DAY] = { "day", "struct day ", NULL },
	[TYPE_UNIT] = { "unit_id", "struct unit_id ", "unit" },
	[TYPE_PERSON] = { "person_id", "struct person_id ", "person" },
	[TYPE_CLASS] = { "class_id", "struct class_id ", "class" },
	[TYPE_TARGET] = { "target_id", "struct target_id ", "target" },
	[TYPE_ENTRY] = { "entry_id", "struct entry_id ", "journal" },
};

const char *const kind_names[KIND__COUNT] = {
	[KIND_ONE] = ":one", [KIND_MANY] = ":many", [KIND_EACH] = ":each", [KIND_EXEC] = ":exec", [KIND_LATER] = ":later",
};

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');
	return slash ? slash + 1 : path;
}

void refuse(struct gen *g, const char *file, int line, const char *name, const char *fmt, ...)
{
	va_list ap;
	(void)fprintf(stderr, "%s:%d: ", file, line);
	if (name)
		(void)fprintf(stderr, "%s: ", name);
	va_start(ap, fmt);
	(void)vfprintf(stderr, fmt, ap);
	va_end(ap);
	(void)fputc('\n', stderr);
	g->refusals++;
}

/* A migration is named by four digits: 0001_init.sql. */
static bool is_migration(const char *name)
{
	return strlen(name) > 5 && strspn(name, "0123456789") == 4 && name[4] == '_';
}

static void add_migration(struct gen *g, const char *path, const char *text)
{
	const char *name = base_name(path);
	struct migration m = { path, name, text, (int)strtol(name, NULL, 10) };
	if (m.version != (int)g->migrations_n + 1)
		refuse(g, name, 1, NULL, "migrations are numbered without a gap, in order: %04zu expected", g->migrations_n + 1);
	*arena_push(g->arena, g->migrations, g->migrations_n, g->migrations_cap) = m;
}

static void add_input(struct gen *g, const char *path)
{
	const char *name = base_name(path), *text = gen_read(g->arena, path);
	if (is_migration(name))
		add_migration(g, path, text);
	else if (strcmp(name, "guards.sql") == 0)
		g->guards = text;
	else
		read_queries(g, name, text);
}

int main(int argc, char **argv)
{
	scoped(arena_done) struct arena arena = {0};
	struct gen g = { .arena = &arena };
	if (argc < 3) {
		(void)fputs("usage: sqlgen FOLDER FILE.sql...  (0001_x.sql: a migration, guards.sql: passed on, all others: queries)\n", stderr);
		return 2;
	}
	for (int i = 2; i < argc; i++)
		add_input(&g, argv[i]);
	if (load_schema(&g))
		check_queries(&g);
	sqlite3_close(g.db);
	if (g.refusals > 0)
		return 1;
	gen_write(&arena, argv[1], "queries.gen.h", emit_header(&g));
	gen_write(&arena, argv[1], "queries.gen.c", emit_queries(&g));
	gen_write(&arena, argv[1], "schema.gen.c", emit_schema(&g));
	return 0;
}
