/* An engine by itself, for comparison: its own library, prepared statements, and the very rows that the program stores and reads. */
#pragma once

#include "base/arena.h"

#include <stddef.h>
#include <stdint.h>

/* The tables that an operation on a person writes to; the columns are those of the schema. */
enum { BARE_JOURNAL, BARE_PERSON, BARE_FACT, BARE_TABLES, BARE_COLUMNS = 13, BARE_ROWS = 32 };
extern const char *const bare_of_entry[BARE_TABLES], *const bare_insert[BARE_TABLES];

struct bare_cell {
	char type; /* i, t, or n for NULL */
	int64_t i;
	const char *text;
};
struct bare_rows { /* of one operation */
	struct {
		int table, columns;
		struct bare_cell v[BARE_COLUMNS];
	} row[BARE_ROWS];
	int n;
};

/* What the page of a person reads, the parameter is the person; and the page of a list, the parameter is the unit. */
enum { BARE_FACTS, BARE_VOTES, BARE_STAMPS, BARE_PERSON_QUERIES, BARE_LIST = BARE_PERSON_QUERIES, BARE_QUERIES };
extern const char *const bare_query[BARE_QUERIES];

struct bare;

/* One way of asking the engine; every program ends at the first failure. */
struct bare_way {
	const char *name;
	void (*commit)(struct bare *b, const struct bare_rows *rows); /* one durable transaction */
	size_t (*person)(struct bare *b, int64_t person);             /* rows found, of one moment */
	size_t (*list)(struct bare *b, int64_t unit);
};

enum { BARE_WAYS = 2 };

struct bare_engine {
	const char *name;
	int ways_n;
	struct bare_way ways[BARE_WAYS];
	void (*copy)(const char *from, const char *to); /* a database, while nobody else has it open */
	struct bare *(*open)(const char *where);
	void (*close)(struct bare *b);
	void (*read)(struct bare *b, int64_t entry, struct arena *a, struct bare_rows *ret); /* what an entry has stored */
};
extern const struct bare_engine bare_sqlite, bare_pgsql;
