/* A small made-up district for tests of the operations: each is given as the words that a user would type. */
#pragma once

#include "app_place.h"

#include "app/ops.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

struct office {
	struct app app;
	struct test_place place;
	struct arena arena;
	struct fault fault;      /* of the last operation, when it was refused */
	struct op_result result; /* of the last operation, when it was not */
};

#define TODAY "2026-06-30"

static inline struct day on(const char *iso)
{
	struct day d;
	assert_int_equal(day_parse(iso, "day", &d, NULL), OK);
	return d;
}

/* The operation, then "field=value" words up to NULL. */
struct words {
	const char *v[48];
	size_t n;
};

static inline const char *word_of(void *ctx, const struct field *field)
{
	const struct words *w = ctx;
	size_t len = strlen(field->name);
	for (size_t i = 0; i < w->n; i++)
		if (strncmp(w->v[i], field->name, len) == 0 && w->v[i][len] == '=')
			return w->v[i] + len + 1;
	return NULL;
}

static inline enum err office_run(struct office *o, const char *name, const struct words *words)
{
	const struct op *op = op_find(name);
	void *in;
	assert_non_null(op);
	o->fault = (struct fault){ 0 };
	o->result = (struct op_result){ 0 };
	TRY(op_parse(op, word_of, (void *)(uintptr_t)words, &o->arena, &in, &o->fault));
	return op_run_alone(&o->app, op, in, &o->arena, &o->result, &o->fault);
}

static inline enum err office_do(struct office *o, const char *name, ...)
{
	struct words words = { .n = 0 };
	va_list ap;
	va_start(ap, name);
	for (const char *word; (word = va_arg(ap, const char *)); words.v[words.n++] = word)
		assert_true(words.n < sizeof words.v / sizeof *words.v);
	va_end(ap);
	return office_run(o, name, &words);
}

static inline void office_says_no(const struct office *o, const char *what)
{
	scoped(arena_done) struct arena a = { 0 };
	print_error("%s: %s: %s\n", what, o->fault.field, fault_text(&o->fault, LANG_EN, &a));
}

#define DO(o, ...) \
	do { \
		if (office_do((o), __VA_ARGS__, NULL) != OK) { \
			office_says_no((o), #__VA_ARGS__); \
			fail(); \
		} \
	} while (0)

/* Records a step; `more` is one more field of the form, NULL: none. */
static inline enum err office_try_step(struct office *o, int64_t person, const char *kind, const char *day, const char *more)
{
	return office_do(o, "fact_record", arena_printf(&o->arena, "person=%d", (int)person), arena_printf(&o->arena, "kind=%s", kind),
		arena_printf(&o->arena, "on=%s", day), more, NULL);
}

static inline void office_step(struct office *o, int64_t person, const char *kind, const char *day, const char *more)
{
	if (office_try_step(o, person, kind, day, more) != OK) {
		office_says_no(o, kind);
		fail();
	}
}

#define REFUSED(o, code_, field_, msg_, ...) \
	do { \
		assert_int_equal(office_do((o), __VA_ARGS__, NULL), code_); \
		assert_string_equal((o)->fault.field, field_); \
		assert_int_equal((o)->fault.msg, msg_); \
	} while (0)

static inline bool office_warned(const struct office *o, enum msg msg)
{
	for (size_t i = 0; i < o->result.warnings.n; i++)
		if (o->result.warnings.v[i].msg == msg)
			return true;
	return false;
}

static inline int64_t office_entries(struct office *o)
{
	struct journal_head head;
	assert_int_equal(journal_head(o->app.db, &head, NULL), OK);
	return head.last.v;
}

/* TB district, TB-01 grassroots committee with branches TB-01-A and TB-01-B, TB-02 a grassroots branch. */
static inline void office_units(struct office *o)
{
	DO(o, "unit_open", "code=TB", "name=Đảng bộ thị xã Thử", "kind=DISTRICT", "opened=1990-01-01");
	DO(o, "unit_open", "code=TB-01", "name=Đảng bộ phường Một", "kind=GRASS_DB", "parent=TB", "opened=1995-07-01");
	DO(o, "unit_open", "code=TB-01-A", "name=Chi bộ Tổ 1", "kind=BRANCH", "parent=TB-01", "opened=2000-01-01");
	DO(o, "unit_open", "code=TB-01-B", "name=Chi bộ Tổ 2", "kind=BRANCH", "parent=TB-01", "opened=2000-01-01");
	DO(o, "unit_open", "code=TB-02", "name=Chi bộ Trường học", "kind=GRASS_CB", "parent=TB", "opened=2000-01-01");
}

static inline int office_setup(void **state)
{
	struct office *o = calloc(1, sizeof *o);
	assert_non_null(o);
	place_open_private(&o->place, &o->app);
	o->app.today = on(TODAY);
	office_units(o);
	*state = o;
	return 0;
}

static inline int office_teardown(void **state)
{
	struct office *o = *state;
	place_close_app(&o->place, &o->app);
	arena_done(&o->arena);
	free(o);
	return 0;
}

static inline struct facts office_facts(struct office *o, int64_t person)
{
	struct facts all, active;
	assert_int_equal(app_facts(&o->app, (struct person_id){ person }, &o->arena, &all, &active, &o->fault), OK);
	return active;
}
