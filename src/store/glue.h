/* What the generated functions (queries.gen.c) share: values of the program's own types to and from a statement. */
#pragma once

#include "store/db.h"
#include "store/schema.h"

#include <assert.h>

enum { GLUE_ROW_MEMORY = 64 * 1024 };

static inline void stmt_done(struct stmt **s)
{
	if (*s)
		stmt_reset(*s);
}

static inline void glue_bind_i64(struct stmt *s, int i, int64_t v)
{
	if (v == INT64_MIN)
		stmt_bind_null(s, i);
	else
		stmt_bind_i64(s, i, v);
}

static inline void glue_bind_text(struct stmt *s, int i, const char *v)
{
	assert(v);
	stmt_bind_text(s, i, v);
}

static inline void glue_bind_day(struct stmt *s, int i, struct day v)
{
	assert(day_known(v));
	stmt_bind_i64(s, i, v.n);
}

static inline void glue_bind_day_or_null(struct stmt *s, int i, struct day v)
{
	glue_bind_i64(s, i, day_known(v) ? v.n : INT64_MIN);
}

static inline void glue_bind_id_or_null(struct stmt *s, int i, int64_t v)
{
	glue_bind_i64(s, i, v ? v : INT64_MIN);
}

static inline int64_t glue_i64(struct stmt *s, int col)
{
	return stmt_is_null(s, col) ? INT64_MIN : stmt_i64(s, col);
}

/* A day column holds what glue_bind_day wrote; a number that is no day of the calendar counts as not known. */
static inline struct day glue_day(struct stmt *s, int col)
{
	int64_t n = stmt_is_null(s, col) ? INT64_MIN : stmt_i64(s, col);
	return n >= DAY_FIRST.n && n <= DAY_LAST.n ? (struct day){ (int32_t)n } : DAY_NONE;
}

/* A computed column must hold what the query file declares; what it holds is known only now. */
enum err glue_expect(struct stmt *s, int col, char letter, bool nullable, struct fault *f) MUST_CHECK;

/* After the row of a :one query there must be no second one. */
enum err glue_last(struct stmt *s, struct fault *f) MUST_CHECK;

/* Makes room for the texts of the next row of an :each query. */
static inline void glue_reuse(struct arena *a)
{
	if (a->used > GLUE_ROW_MEMORY)
		arena_reset(a);
}
