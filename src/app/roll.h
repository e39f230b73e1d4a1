/* Everybody on record with where they stand, sorted by name, in memory. Private to the live view. */
#pragma once

#include "app/live.h"

struct roll;

struct roll *roll_new(void);
void roll_free(struct roll **r);

/* What a list prints of a person. The same id again replaces what was there; texts are copied. */
struct roll_card {
	struct person_id id;
	const char *name, *name_fold, *name_key;
	struct day birth;
	const char *sex;
};
void roll_set_card(struct roll *r, const struct roll_card *card);

/* Where somebody stands whose card is there. Keys and rows of the rules are pointed at, the rest is copied. */
void roll_set_standing(struct roll *r, struct person_id id, struct unit_id unit, const struct standing *s);

/* Who helps somebody whose card is there, and how far they can help others. */
void roll_set_helpers(struct roll *r, struct person_id id, const struct helpers *list, const struct helper_state *state);

/* By name, then by id; valid until the next change. */
const struct roll_person *const *roll_people(const struct roll *r, const struct roll_mark **ret_marks, size_t *ret_n);
const struct roll_person *roll_person(const struct roll *r, struct person_id id); /* NULL when unknown */

/* Bytes held for persons, for tests of its growth. */
size_t roll_bytes(const struct roll *r);
