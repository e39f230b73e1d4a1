/* Facts of a person in words: value, paper, vote. */
#pragma once

#include "app/app.h"

/* A value as people read it: label of a code, day, name of a unit, of a class, of a clock, then the name of another person and the
 * detail; NULL for none. Of an identity number only the
 * last three digits unless `whole`. */
const char *fact_text_value(struct app *app, const struct fact *x, bool whole, enum lang lang, struct arena *a);

/* "số 12-QĐ/HU, ngày 03/02/2024, người ký …"; NULL: no paper. */
const char *fact_text_paper(const struct fact *x, enum lang lang, struct arena *a);

/* "21/23 tán thành, cần ít nhất 16: đạt"; NULL: no counts. Without a threshold in the rules of that day only the counts. */
const char *fact_text_vote(const struct app *app, const struct fact *x, enum lang lang, struct arena *a);

/* "•••••••••123". */
const char *fact_text_hidden(const char *id_number, struct arena *a);
