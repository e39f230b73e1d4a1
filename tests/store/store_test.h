/* What the tests of store share: a database of their own on the engine under test (tests/place.h), or a folder for a file of SQLite, and
 * rows to fill it with. */
#pragma once

#include "store/driver.h"
#include "store/journal.h"

#include "place.h"

#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

/* What each engine says of the same thing. */
#define BY_ENGINE(sqlite, postgres) (place_on_postgres() ? (postgres) : (sqlite))

/* A place of one's own; scoped(place_remove). */
static inline struct test_place place_new(void)
{
	struct test_place p;
	place_make(&p);
	return p;
}

/* A new empty folder, removed at the end of the test by folder_remove. */
struct folder {
	char path[48];
};

static inline void folder_make(struct folder *d)
{
	static int made;
	snprintf(d->path, sizeof d->path, "/tmp/nguon-store-%d-%d", (int)getpid(), ++made);
	assert_int_equal(mkdir(d->path, 0777), 0);
}

static inline void folder_remove(struct folder *d)
{
	char command[80];
	snprintf(command, sizeof command, "rm -rf %s", d->path);
	assert_int_equal(system(command), 0);
}

static inline void print_fault(const struct fault *f)
{
	scoped(arena_done) struct arena a = {0};
	print_message("%s %s: %s\n", err_name(f->code), f->field, fault_text(f, LANG_EN, &a));
}

/* The call must succeed; its fault is printed when it does not. */
#define SUCCEEDS(call) \
	do { \
		struct fault f = {0}; \
		enum err err_ = (call); \
		if (err_ != OK) \
			print_fault(&f); \
		assert_int_equal(err_, OK); \
	} while (0)

/* The call must fail with this code, this message and at this field. */
#define FAILS(call, expected_err, expected_msg, expected_field) \
	do { \
		struct fault f = {0}; \
		enum err err_ = (call); \
		if (f.msg != (expected_msg)) \
			print_fault(&f); \
		assert_int_equal(err_, (expected_err)); \
		assert_int_equal(f.msg, (expected_msg)); \
		assert_string_equal(f.field, (expected_field)); \
	} while (0)

static inline struct db *database_new(const char *where)
{
	struct db *db = NULL;
	SUCCEEDS(db_open(where, DB_CREATE, &db, &f));
	SUCCEEDS(db_migrate(db, &f));
	return db;
}

/* A statement that no query file has, through the port. */
static inline enum err db_run(struct db *db, const char *sql, struct fault *f)
{
	const struct db_statement def = { "test", "", sql };
	struct stmt *s;
	bool row;
	TRY(db->driver->prepare(db, &def, &s, f));
	s->busy = true;
	enum err e = stmt_step(s, &row, f);
	db->driver->finish(s);
	return e;
}

/* Straight to the file, past the program, as somebody with the sqlite3 tool would. The connection stays open. */
static inline sqlite3 *raw_sql_begin(const struct folder *d, const char *sql)
{
	sqlite3 *h;
	char path[80], *why = NULL;
	snprintf(path, sizeof path, "%s/nguon.db", d->path);
	assert_int_equal(sqlite3_open(path, &h), SQLITE_OK);
	if (sqlite3_exec(h, sql, NULL, NULL, &why) != SQLITE_OK)
		fail_msg("%s: %s", sql, why);
	return h;
}

static inline void raw_sql(const struct folder *d, const char *sql)
{
	assert_int_equal(sqlite3_close(raw_sql_begin(d, sql)), SQLITE_OK);
}

static inline enum err append_entry(struct db *db, struct journal_head *head, const char *input, struct fault *f)
{
	struct entry e = {
		.at_us = 1711411200000000, .actor = "cli:hoa", .op = "unit_open", .entity = "unit", .entity_id = head->last.v + 1, .input = input,
	};
	return journal_append(db, head, &e, f);
}

/* So many entries in one transaction. */
static inline enum err append_entries(struct db *db, int n, const char *input, struct fault *f)
{
	struct journal_head head;
	TRY(db_begin(db, f));
	enum err e = journal_head(db, &head, f);
	for (int i = 0; i < n && e == OK; i++)
		e = append_entry(db, &head, input, f);
	if (e == OK)
		return db_commit(db, f);
	db_rollback(db);
	return e;
}

/* Entries of a chain that must be whole. */
static inline int64_t chain_length(struct db *db)
{
	struct journal_head head;
	int64_t n = -1;
	SUCCEEDS(journal_verify(db, &n, &head, &f));
	assert_int_equal(head.last.v, n);
	return n;
}
