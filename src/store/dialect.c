#include "store/dialect.h"

#include "base/text.h"

#include <ctype.h>
#include <sqlite3.h>
#include <string.h>

static const struct {
	const char *word, *as[DIALECT__COUNT];
} words[] = {
	{ "@STRICT@", { [DIALECT_SQLITE] = "STRICT", [DIALECT_PGSQL] = "" } },
	{ "@CLUSTERED@", { [DIALECT_SQLITE] = "STRICT, WITHOUT ROWID", [DIALECT_PGSQL] = "" } },
	{ "BIGINT", { [DIALECT_SQLITE] = "INTEGER", [DIALECT_PGSQL] = "BIGINT" } },
	{ "TEXT", { [DIALECT_SQLITE] = "TEXT", [DIALECT_PGSQL] = "TEXT COLLATE \"C\"" } },
};

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '@';
}

static const char *replacement(const char *s, size_t n, enum dialect dialect)
{
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		if (strlen(words[i].word) == n && strncmp(s, words[i].word, n) == 0)
			return words[i].as[dialect];
	}
	return NULL;
}

const char *dialect_schema(const char *sql, enum dialect dialect, struct arena *a)
{
	struct text t = TEXT(a);
	while (*sql) {
		size_t n = 0;
		while (is_word(sql[n]))
			n++;
		const char *with = replacement(sql, n, dialect);
		if (with)
			text_add(&t, with);
		else
			text_addn(&t, sql, n ? n : 1);
		sql += n ? n : 1;
	}
	return text_str(&t);
}

int dialect_authorize(void *ctx, int action, const char *table, const char *column, const char *schema, const char *trigger)
{
	(void)ctx, (void)column, (void)schema, (void)trigger;
	bool changes = action == SQLITE_UPDATE || action == SQLITE_DELETE || action == SQLITE_DROP_TABLE;
	return changes && strcmp(table, "journal") == 0 ? SQLITE_DENY : SQLITE_OK;
}
