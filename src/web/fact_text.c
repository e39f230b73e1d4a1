#include "web/fact_text.h"

#include "app/people.h"
#include "base/text.h"
#include "domain/authority.h"
#include "domain/trail.h"
#include "store/queries.gen.h"
#include "web/words.h"

#include <string.h>

const char *fact_text_hidden(const char *id_number, struct arena *a)
{
	size_t n = strlen(id_number), shown = n > 3 ? 3 : 0;
	struct text t = TEXT(a);
	for (size_t i = 0; i < n - shown; i++)
		text_add(&t, "•");
	text_add(&t, id_number + n - shown);
	return text_str(&t);
}

/* The store may fail here as anywhere; the name of a class is not worth an error page. */
static const char *class_name(struct app *app, struct class_id id, struct arena *a)
{
	struct class_get_row row;
	bool found = false;
	if (q_class_get(app->db, id, a, &found, &row, NULL) != OK || !found)
		return NULL;
	return arena_printf(a, "%s (%s)", row.name, row.code);
}

static const char *clock_name(const struct app *app, const char *key, enum lang lang)
{
	for (size_t i = app->rules.n; i-- > 0;) {
		const struct clock *c = pack_clock(app->rules.packs[i], key);
		if (c)
			return label_of(c->label, lang);
	}
	return key;
}

/* Another person is named by whoever is shown the fact: the name alone. */
static const char *other_name(struct app *app, struct person_id id, struct arena *a)
{
	struct person_get_row row;
	bool found = false;
	if (q_person_get(app->db, id, a, &found, &row, NULL) != OK || !found)
		return NULL;
	return row.name;
}

static void add_piece(struct text *t, const char *piece)
{
	if (piece)
		text_addf(t, "%s%s", t->n ? ", " : "", piece);
}

/* What a fact says beside its value. */
static const char *with_rest(struct app *app, const struct fact *x, const char *value, enum lang lang, struct arena *a)
{
	const struct fact_kind *k = fact_kind_find(x->kind);
	struct text t = TEXT(a);
	add_piece(&t, value);
	if (x->other.v)
		add_piece(&t, other_name(app, x->other, a));
	if (x->detail)
		add_piece(&t, k && k->detail >= 0 ? code_label((enum code_table)k->detail, x->detail, lang) : x->detail);
	return t.n ? text_str(&t) : NULL;
}

static const char *value_text(struct app *app, const struct fact *x, bool whole, enum lang lang, struct arena *a)
{
	if (strcmp(x->kind, FACT_UNIT) == 0) {
		const struct unit *u = tree_find(&app->tree, x->unit);
		return u ? unit_name(u, day_known(x->on) ? x->on : app->today) : NULL;
	}
	if (x->class_id.v)
		return class_name(app, x->class_id, a);
	if (!x->value)
		return NULL;
	if (strcmp(x->kind, FACT_EXTENDED) == 0)
		return clock_name(app, x->value, lang);
	if (strcmp(x->kind, "id_number") == 0 && !whole)
		return fact_text_hidden(x->value, a);
	return people_value(x->kind, x->value, lang, a);
}

const char *fact_text_value(struct app *app, const struct fact *x, bool whole, enum lang lang, struct arena *a)
{
	return with_rest(app, x, value_text(app, x, whole, lang, a), lang, a);
}

const char *fact_text_paper(const struct fact *x, enum lang lang, struct arena *a)
{
	struct text t = TEXT(a);
	bool vi = lang == LANG_VI;
	if (x->paper_no)
		text_addf(&t, "%s %s", vi ? "số" : "no.", x->paper_no);
	if (day_known(x->paper_on))
		text_addf(&t, "%s%s %s", t.n ? ", " : "", vi ? "ngày" : "of", word_day(x->paper_on, lang, a));
	if (x->signer)
		text_addf(&t, "%s%s %s", t.n ? ", " : "", vi ? "người ký" : "signed by", x->signer);
	return t.n ? text_str(&t) : NULL;
}

const char *fact_text_vote(const struct app *app, const struct fact *x, enum lang lang, struct arena *a)
{
	bool vi = lang == LANG_VI;
	enum vote_threshold t;
	if (!x->has_vote)
		return NULL;
	int32_t of = vote_denominator(&x->vote);
	const char *counts = arena_printf(a, vi ? "%d/%d tán thành" : "%d of %d in favour", x->vote.yes, of);
	if (!authority_threshold(&app->rules, &app->tree, x, &t))
		return counts;
	const char *result = trail_failed(&app->rules, x) ? (vi ? "không đạt" : "not passed") : (vi ? "đạt" : "passed");
	return arena_printf(a, vi ? "%s, cần ít nhất %d: %s" : "%s, at least %d needed: %s", counts, vote_needs(t, of), result);
}
