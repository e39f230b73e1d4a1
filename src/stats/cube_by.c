#include "stats/cube_rows.h"

#include <assert.h>
#include <string.h>

/* What a breakdown is called and where its values come from. */
struct dimension {
	const char *key;
	const char *attribute; /* NULL: worked out, not recorded */
	enum code_table codes;
	bool grouped;
	enum msg label;
};

static const struct dimension dimensions[BY__COUNT] = {
	[BY_EDUCATION] = { "education", "education", CODES_EDUCATION, true, MSG_BY_EDUCATION },
	[BY_LEVEL] = { "level", "education", CODES_EDUCATION, false, MSG_BY_LEVEL },
	[BY_OCCUPATION] = { "occupation", "occupation", CODES_OCCUPATION, true, MSG_BY_OCCUPATION },
	[BY_SEX] = { "sex", "sex", CODES_SEX, true, MSG_BY_SEX },
	[BY_ETHNICITY] = { "ethnicity", "ethnicity", CODES_ETHNICITY, true, MSG_BY_ETHNICITY },
	[BY_RELIGION] = { "religion", "religion", CODES_RELIGION, true, MSG_BY_RELIGION },
	[BY_YOUTH] = { "youth", "youth", CODES_YES_NO, true, MSG_BY_YOUTH },
	[BY_AGE] = { "age", NULL, CODES__COUNT, false, MSG_BY_AGE },
	[BY_INTRODUCER] = { "introducer", "introducer", CODES_INTRODUCER, true, MSG_BY_INTRODUCER },
};

/* Bands of form 2-BTCTW by full years; the first one should stay empty. */
static const struct {
	const char *key;
	int32_t last; /* oldest age of the band */
	enum msg label;
} bands[] = {
	{ "0-17", 17, MSG_AGE_BELOW_18 }, { "18-30", 30, MSG_NONE }, { "31-35", 35, MSG_NONE }, { "36-40", 40, MSG_NONE },
	{ "41-45", 45, MSG_NONE },        { "46-50", 50, MSG_NONE }, { "51-55", 55, MSG_NONE }, { "56-60", 60, MSG_NONE },
	{ "60+", INT32_MAX, MSG_AGE_ABOVE_60 },
};

enum { BANDS = sizeof bands / sizeof *bands };

const char *cube_dimension_key(enum cube_dimension by)
{
	assert(by < BY__COUNT);
	return dimensions[by].key;
}

bool cube_dimension_find(const char *key, enum cube_dimension *ret)
{
	for (int i = 0; i < BY__COUNT; i++) {
		if (strcmp(dimensions[i].key, key) != 0)
			continue;
		*ret = (enum cube_dimension)i;
		return true;
	}
	return false;
}

const char *cube_dimension_label(enum cube_dimension by, enum lang lang, struct arena *a)
{
	assert(by < BY__COUNT);
	return MSG_TEXT(a, lang, dimensions[by].label);
}

static const char *band_label(const char *value, enum lang lang, struct arena *a)
{
	for (size_t i = 0; i < BANDS; i++)
		if (strcmp(bands[i].key, value) == 0 && bands[i].label != MSG_NONE)
			return MSG_TEXT(a, lang, bands[i].label);
	return MSG_TEXT(a, lang, MSG_AGE_BAND, value);
}

const char *cube_value_label(enum cube_dimension by, const char *value, enum lang lang, struct arena *a)
{
	assert(by < BY__COUNT);
	if (!value)
		return MSG_TEXT(a, lang, MSG_VALUE_UNKNOWN);
	return by == BY_AGE ? band_label(value, lang, a) : code_label(dimensions[by].codes, value, lang);
}

/* ---- counting ---- */

/* Counts by number of the value; 0 is unknown. */
struct tally {
	int64_t n[UINT8_MAX + 1];
};

static uint8_t band_of(const struct people *p, size_t i)
{
	struct day birth = p->birth[i], on = p->admitted[i];
	if (!day_known(birth) || birth.n > on.n)
		return 0;
	int32_t years = day_months_between(birth, on) / 12;
	for (uint8_t k = 0; k < BANDS; k++)
		if (years <= bands[k].last)
			return (uint8_t)(k + 1);
	return 0;
}

static struct tally count(const struct cube *c, struct scope s, struct period p, const char *attribute)
{
	scoped(arena_done) struct arena a = {0};
	struct tree_part in = cube_inside(c, s, &a);
	int column = attribute ? cube_attribute_find(c, attribute) : -1;
	assert(!attribute || column >= 0);
	struct tally t = {0};
	for (size_t i = 0; i < c->people.n; i++)
		if (cube_admitted_in(c, i, p, in))
			t.n[column >= 0 ? c->people.value[column][i] : band_of(&c->people, i)]++;
	return t;
}

/* Adds the number of each code to the row of its group. */
static void add_up(struct tally *t, const struct code *v, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (!v[i].group)
			continue;
		for (size_t k = 0; k < n; k++) {
			if (strcmp(v[k].key, v[i].group) != 0)
				continue;
			t->n[k + 1] += t->n[i + 1];
			t->n[i + 1] = 0;
		}
	}
}

static const char *value_key(const struct dimension *d, const struct code *v, size_t i)
{
	return d->attribute ? v[i].key : bands[i].key;
}

struct cube_group *cube_admitted_by(const struct cube *c, struct scope s, struct period p, enum cube_dimension by, struct arena *a,
	size_t *ret_n)
{
	const struct dimension *d = &dimensions[by];
	struct tally t = count(c, s, p, d->attribute);
	size_t n = BANDS;
	const struct code *v = d->attribute ? codes(d->codes, &n) : NULL;
	if (d->grouped)
		add_up(&t, v, n);
	struct cube_group *groups = arena_array(a, struct cube_group, n + 1);
	size_t k = 0;
	for (size_t i = 0; i < n; i++)
		if (t.n[i + 1])
			groups[k++] = (struct cube_group){ value_key(d, v, i), t.n[i + 1] };
	if (t.n[0])
		groups[k++] = (struct cube_group){ NULL, t.n[0] };
	*ret_n = k;
	return groups;
}
