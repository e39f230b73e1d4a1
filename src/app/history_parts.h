/* What one entry says, field by field. Private to the journal view. */
#pragma once

#include "app/history.h"

/* An entry whose input could be read. */
struct history_given {
	struct app *app;
	struct arena *a;
	const struct entry *entry;
	const struct op *op;
	const void *in;
	struct facts facts;      /* of a person's entry: as they were before it, and those that it brought */
	struct history_field *v; /* one for each field of the operation, in its order */
};

/* The given values as people read them, and what stood there before; fields with neither are left out. */
enum err history_fields(struct app *app, const struct entry *e, struct arena *a, const struct history_field **ret, size_t *ret_n,
	struct fault *f) MUST_CHECK;

/* A value as people read it (history_values.c). `kind`: of the fact that a "value" belongs to; NULL where that means nothing. */
const char *history_value(const struct history_given *g, const struct field *fd, const char *kind);
const char *history_day(const struct app *app, struct day d, struct arena *a); /* NULL when not known */
/* "Tên (MÃ)", by the name of the time that the entry is about; NULL when unknown */
const char *history_unit(const struct history_given *g, struct unit_id id);
const char *history_milli(const struct app *app, int64_t milli, struct arena *a);
const char *history_yes_no(const struct app *app, bool yes);
const char *history_kind(const struct app *app, const char *kind); /* label of a fact kind or a step */
const char *history_fact_value(const struct app *app, const char *kind, const char *value, struct arena *a);
const char *history_unit_value(const struct app *app, const char *kind, const char *value);

/* Fills in the old values (history_old.c). */
enum err history_old(struct history_given *g, struct fault *f) MUST_CHECK;
