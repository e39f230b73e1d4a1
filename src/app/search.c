#include "app/search.h"
#include "app/access.h"
#include "app/people.h"
#include "base/text.h"
#include "base/utf8.h"
#include "store/queries.gen.h"

#include <stdlib.h>
#include <string.h>

enum { TEXT_MAX = 100, PEOPLE_MAX = 5000 };

struct search {
	struct app *app;
	struct arena *a;
	const char *text, *fold, *spelling;
	bool seen_only;          /* only what app->who may see */
	struct search_hit *hits;
	size_t n, cap;
};

static bool may_see(const struct search *s, enum perm p, struct unit_id unit)
{
	return !s->seen_only || access_may(&s->app->tree, s->app->who, p, unit, s->app->today);
}

static void add_hit(struct search *s, struct search_hit hit)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->hits[i].is_unit == hit.is_unit && s->hits[i].id == hit.id)
			return;
	hit.exact = hit.exact || text_begins_word(vi_spelling(s->a, hit.name), s->spelling);
	*arena_push(s->a, s->hits, s->n, s->cap) = hit;
}

static void search_units(struct search *s)
{
	for (size_t i = 0; i < s->app->tree.n; i++) {
		const struct unit *u = &s->app->tree.v[i];
		const char *name = unit_name(u, s->app->today), *code = vi_fold(s->a, u->code);
		bool by_code = strcmp(code, s->fold) == 0;
		if ((by_code || text_begins_word(vi_fold(s->a, name), s->fold)) && may_see(s, PERM_FIGURES, u->id))
			add_hit(s, (struct search_hit){ true, u->id.v, name, vi_text_key(s->a, name), u->id, DAY_NONE, by_code });
	}
}

/* A name is typed, so that the signs of LIKE mean themselves. */
static const char *like_pattern(struct arena *a, const char *fold)
{
	struct text t = TEXT(a);
	text_addc(&t, '%');
	for (; *fold; fold++) {
		if (strchr("%_\\", *fold))
			text_addc(&t, '\\');
		text_addc(&t, *fold);
	}
	text_addc(&t, '%');
	return text_str(&t);
}

static enum err search_people(struct search *s, struct fault *f)
{
	struct people_like_row *rows;
	size_t n;
	TRY(q_people_like(s->app->db, like_pattern(s->a, s->fold), PEOPLE_MAX, s->a, &rows, &n, f));
	for (size_t i = 0; i < n; i++)
		if (text_begins_word(rows[i].name_fold, s->fold))
			add_hit(s, (struct search_hit){ false, rows[i].id.v, rows[i].name, rows[i].name_key, rows[i].unit_id,
				rows[i].birth_on, false });
	return OK;
}

static enum err search_number(struct search *s, struct fault *f)
{
	struct person_id id;
	struct person_get_row row;
	bool found;
	TRY(people_by_number(s->app, s->text, s->a, &id, f));
	if (!id.v)
		return OK;
	TRY(q_person_get(s->app->db, id, s->a, &found, &row, f));
	if (found && may_see(s, PERM_PEOPLE, row.unit_id))
		add_hit(s, (struct search_hit){ false, id.v, row.name, vi_name_key(s->a, row.name), row.unit_id, row.birth_on, true });
	return OK;
}

/* As typed first, organisations before people, then by name. */
static int by_fit(const void *x, const void *y)
{
	const struct search_hit *a = x, *b = y;
	if (a->exact != b->exact)
		return a->exact ? -1 : 1;
	if (a->is_unit != b->is_unit)
		return a->is_unit ? -1 : 1;
	int order = strcmp(a->key, b->key);
	return order ? order : (a->id > b->id) - (a->id < b->id);
}

static void search_roll(struct search *s, const struct live_view *live)
{
	size_t first = s->n;
	for (size_t i = 0; i < live->people_n && s->n - first < PEOPLE_MAX; i++) {
		const struct roll_person *p = live->people[i];
		if (text_begins_word(p->name_fold, s->fold) && may_see(s, PERM_PEOPLE, p->unit))
			add_hit(s, (struct search_hit){ false, p->id.v, p->name, p->name_key, p->unit, p->birth, false });
	}
}

static enum err begin(struct search *s, struct app *app, const char *text, struct arena *a, struct fault *f)
{
	if (!utf8_valid(text, strlen(text)))
		return FAULT(f, E_INVALID, NULL, MSG_NOT_UTF8);
	*s = (struct search){ .app = app, .a = a, .text = utf8_clean(a, text) };
	if (utf8_length(s->text) > TEXT_MAX)
		return FAULT(f, E_TOOBIG, NULL, MSG_TOO_LONG, "100");
	if (!*s->text)
		return FAULT(f, E_INVALID, NULL, MSG_REQUIRED);
	s->fold = vi_fold(a, s->text);
	s->spelling = vi_spelling(a, s->text);
	return OK;
}

static void end(struct search *s, size_t most, struct search_hit **ret, size_t *ret_n, bool *ret_more)
{
	if (s->n)
		qsort(s->hits, s->n, sizeof *s->hits, by_fit);
	*ret = s->hits;
	*ret_n = s->n < most ? s->n : most;
	*ret_more = s->n > most;
}

enum err search_all(struct app *app, const char *text, size_t most, struct arena *a, struct search_hit **ret, size_t *ret_n, bool *ret_more,
	struct fault *f)
{
	struct search s;
	TRY(begin(&s, app, text, a, f));
	TRY(search_number(&s, f));
	search_units(&s);
	TRY(search_people(&s, f));
	end(&s, most, ret, ret_n, ret_more);
	return OK;
}

enum err search_seen(struct app *app, const struct live_view *live, const char *text, size_t most, struct arena *a, struct search_hit **ret,
	size_t *ret_n, bool *ret_more, struct fault *f)
{
	struct search s;
	TRY(begin(&s, app, text, a, f));
	s.seen_only = true;
	TRY(search_number(&s, f));
	search_units(&s);
	search_roll(&s, live);
	end(&s, most, ret, ret_n, ret_more);
	return OK;
}
