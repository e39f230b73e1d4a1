#include "app/import_facts.h"
#include "app/import_values.h"
#include "app/people.h"
#include "base/utf8.h"
#include "store/queries.gen.h"

#include <string.h>

struct import_facts {
	struct word {
		const char *fold, *key;
	} *words;
	size_t n, cap;
};

/* ---- kinds of facts ---- */

static void add_word(struct import_facts *w, struct arena *a, const char *text, const char *key)
{
	if (text)
		*arena_push(a, w->words, w->n, w->cap) = (struct word){ vi_fold(a, utf8_clean(a, text)), key };
}

/* The newest pack speaks first: where two packs give one label to different steps, today's meaning holds. */
struct import_facts *import_facts_new(const struct app *app, struct arena *a)
{
	struct import_facts *w = arena_new(a, struct import_facts);
	size_t n;
	const struct fact_kind *kinds = fact_kinds(&n);
	for (size_t p = app->rules.n; p-- > 0;)
		for (size_t i = 0; i < app->rules.packs[p]->steps_n; i++) {
			const struct step *s = &app->rules.packs[p]->steps[i];
			add_word(w, a, s->key, s->key);
			add_word(w, a, s->label.vi, s->key);
			add_word(w, a, s->label.en, s->key);
		}
	for (size_t i = 0; i < n; i++) {
		add_word(w, a, kinds[i].key, kinds[i].key);
		add_word(w, a, kinds[i].vi, kinds[i].key);
		add_word(w, a, kinds[i].en, kinds[i].key);
	}
	return w;
}

static const char *kind_meant(const struct import_facts *w, const char *text, struct arena *a)
{
	const char *fold = vi_fold(a, utf8_clean(a, text));
	for (size_t i = 0; i < w->n; i++)
		if (strcmp(w->words[i].fold, fold) == 0)
			return w->words[i].key;
	return NULL;
}

static void refuse(struct import_row *row, const char *field, enum msg msg, const char *arg, const char *arg2)
{
	struct fault f;
	if (FAULT(&f, E_NOTFOUND, field, msg, arg, arg2) != OK)
		import_row_fault(row, &f);
}

static const char *complete_kind(struct import_row *row)
{
	const char *text = import_row_text(row, "kind");
	const char *key = text ? kind_meant(row->facts, text, row->arena) : NULL;
	if (text && !key)
		refuse(row, "kind", MSG_IMPORT_FACT_KIND, text, NULL);
	else
		import_row_set(row, "kind", key);
	return key;
}

/* Where the kind holds a day, the value may be whatever a spreadsheet makes of days. */
static void complete_value(struct import_row *row, const char *kind)
{
	static const struct field day = { .name = "value", .type = FIELD_DAY };
	const char *text = import_row_text(row, "value");
	const struct fact_kind *k = kind ? fact_kind_find(kind) : NULL;
	struct fault f;
	if (text && k && k->codes == VALUE_DAY && import_value_day(&day, text, row->arena, &text, &f) != OK)
		import_row_fault(row, &f);
	else
		import_row_set(row, "value", text);
}

/* ---- people ---- */

static enum err by_number(struct import_row *row, const char *cell, int64_t *ret, struct fault *f)
{
	bool restored;
	struct person_id found;
	const char *number = import_value_id_number(cell, row->arena, &restored);
	TRY(people_by_number(row->app, number, row->arena, &found, f));
	if (found.v)
		*ret = found.v;
	else
		refuse(row, "id_number", MSG_IMPORT_NO_SUCH_NUMBER, number, NULL);
	return OK;
}

static enum err was_in_unit(struct import_row *row, const struct people_by_fold_row *p, struct unit_id unit, bool *ret, struct fault *f)
{
	struct facts all, active;
	*ret = ID_EQUAL(p->unit_id, unit);
	if (*ret)
		return OK;
	TRY(app_facts(row->app, p->id, row->arena, &all, &active, f));
	for (size_t i = 0; i < active.n; i++)
		*ret |= strcmp(active.v[i].kind, "unit") == 0 && ID_EQUAL(active.v[i].unit, unit);
	return OK;
}

/* Everybody of that name and birth day who is, or once was, in the unit. */
static enum err by_name(struct import_row *row, const char *name, struct day birth, struct unit_id unit, int64_t *ret, struct fault *f)
{
	struct people_by_fold_row *v;
	size_t n;
	int found = 0;
	TRY(q_people_by_fold(row->app->db, vi_fold(row->arena, utf8_clean(row->arena, name)), birth, birth, row->arena, &v, &n, f));
	for (size_t i = 0; i < n; i++) {
		bool here;
		if (!day_known(v[i].birth_on) || !day_equal(v[i].birth_on, birth))
			continue;
		TRY(was_in_unit(row, &v[i], unit, &here, f));
		found += here;
		*ret = here ? v[i].id.v : *ret;
	}
	if (found == 0)
		refuse(row, "name", MSG_IMPORT_NO_SUCH_PERSON, name, NULL);
	if (found > 1)
		refuse(row, "name", MSG_IMPORT_SEVERAL_PEOPLE, name, NULL);
	return OK;
}

static bool read_birth(struct import_row *row, struct day *ret)
{
	static const struct field birth = { .name = "birth", .type = FIELD_DAY, .required = true };
	const char *text = import_row_text(row, "birth");
	struct fault f;
	if (!text)
		return false;
	if (import_value_day(&birth, text, row->arena, &text, &f) == OK && day_parse(text, "birth", ret, &f) == OK)
		return true;
	import_row_fault(row, &f);
	return false;
}

static enum err find_person(struct import_row *row, struct fault *f)
{
	struct fact_record_in *in = row->in;
	const char *number = import_row_text(row, "id_number"), *name = import_row_text(row, "name");
	struct day birth;
	struct unit *unit;
	struct fault unknown;
	if (in->person > 0)
		return OK;
	if (number)
		return by_number(row, number, &in->person, f);
	bool has_birth = read_birth(row, &birth);
	if (row->failed)
		return OK;
	if (!name || !has_birth || !in->unit)
		refuse(row, import_row_has(row, "id_number") ? "id_number" : "name", MSG_IMPORT_WHO, NULL, NULL);
	else if (app_unit(row->app, in->unit, "unit", &unit, &unknown) != OK)
		import_row_fault(row, &unknown);
	else
		return by_name(row, name, birth, unit->id, &in->person, f);
	return OK;
}

static enum err complete_person(struct import_row *row, struct fault *f)
{
	TRY(find_person(row, f));
	if (row->failed)
		import_row_given_up(row, "person");
	return OK;
}

enum err import_facts_complete(struct import_row *row, struct fault *f)
{
	const char *kind = complete_kind(row);
	complete_value(row, kind);
	return complete_person(row, f);
}
