/* Persons in the store: their facts, new facts, and the card that follows from them. */
#pragma once

#include "app/app.h"

/* All facts of a person, votes included, by seq. E_NOTFOUND. */
enum err people_facts(struct app *app, struct person_id id, struct arena *a, struct facts *ret, struct fault *f) MUST_CHECK;

/* Whose citizen ID it is, 0 for nobody's. */
enum err people_by_number(struct app *app, const char *id_number, struct arena *a, struct person_id *ret, struct fault *f) MUST_CHECK;

/* Room for one more fact, numbered and with nothing known of it. */
struct fact *people_add(struct facts *all, struct arena *a, const char *kind);

/* Stores the facts from position `from` on, and the card: a new one when from is 0. */
enum err people_store(struct app *app, struct person_id id, struct facts *all, size_t from, struct entry_id entry, struct arena *a,
	struct fault *f) MUST_CHECK;

/* Whether two spellings are of one name: case and the place of tone marks left aside. */
bool people_same_name(const char *x, const char *y, struct arena *a);

/* A value of a fact as people read it: label of a code, day as dd/mm/yyyy, how a vote ended, text. "–" when unknown. */
const char *people_value(const char *kind, const char *value, enum lang lang, struct arena *a);

/* Digits of a citizen ID or old identity card, spaces and dots removed; E_INVALID. */
enum err people_id_number(const char *text, struct arena *a, const char **ret, struct fault *f) MUST_CHECK;

/* Warns when a 12-digit number does not fit the sex (NULL: unknown) or the year of birth. */
void people_id_number_doubts(const char *id_number, const char *sex, struct day birth, struct arena *a, struct warnings *w);
