/* What the tests of store share: a folder of their own, a database in it, and rows to fill it with. */
#pragma once

#include "store/journal.h"
#include "store/queries.gen.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

/* A new empty folder, removed at the end of the test by folder_remove. */
struct folder {
	char path[32];
};

static inline void folder_make(struct folder *d)
{
	strcpy(d->path, "/tmp/nguon-test-XXXXXX");
	assert_non_null(mkdtemp(d->path));
}

static inline void folder_remove(struct folder *d)
{
	char command[64];
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

/* The call must fail with this code and this message. */
#define FAILS(call, expected_err, expected_msg) \
	do { \
		struct fault f = {0}; \
		enum err err_ = (call); \
		if (f.msg != (expected_msg)) \
			print_fault(&f); \
		assert_int_equal(err_, (expected_err)); \
		assert_int_equal(f.msg, (expected_msg)); \
		assert_string_not_equal(MSG_TEXT(&(struct arena){0}, LANG_VI, f.msg), ""); \
	} while (0)

static inline struct db *database_new(const char *where)
{
	struct db *db = NULL;
	SUCCEEDS(db_open(where, DB_CREATE, &db, &f));
	SUCCEEDS(db_migrate(db, &f));
	return db;
}

static inline enum err append_entry(struct db *db, struct journal_head *head, const char *input, struct fault *f)
{
	struct entry e = { .at_us = 1711411200000000, .actor = "cli:hoa", .op = "unit_open", .entity = "unit", .entity_id = head->last.v + 1, .input = input };
	return journal_append(db, head, &e, f);
}
