#include "app/helpers.h"

#include "base/text.h"

#include <string.h>

const char *helpers_flag_text(const struct helper_flag *f, enum lang lang, struct arena *a)
{
	char buf[DAY_TEXT];
	const char *day = lang == LANG_VI ? day_vi(f->since, buf) : day_iso(f->since, buf);
	return arena_printf(a, "%s %s", f->name, MSG_TEXT(a, lang, helper_gone_msg(f->why), day));
}

static const struct helper_entry *known(const struct helper_book *b, struct person_id id)
{
	for (size_t i = 0; i < b->n; i++)
		if (ID_EQUAL(b->v[i].id, id))
			return &b->v[i];
	return NULL;
}

enum err helpers_find(struct helper_book *b, struct person_id id, const struct helper_entry **ret, struct fault *f)
{
	scoped(arena_done) struct arena scratch = { 0 };
	struct facts all, active;
	*ret = known(b, id);
	if (*ret)
		return OK;
	TRY(app_facts(b->app, id, &scratch, &all, &active, f));
	const char *name = facts_value(&active, "name", b->on);
	struct helper_entry *entry = arena_push(b->arena, b->v, b->n, b->cap);
	*entry = (struct helper_entry){ id, arena_strdup(b->arena, name ? name : "–"), helper_state_of(&active, b->on) };
	*ret = entry;
	return OK;
}

/* One helper of the list. */
static enum err judge(struct helper_book *b, const struct helpers *list, const struct helper *h, const struct helper_state *person,
	struct helper_flag *ret, struct fault *f)
{
	const struct helper_entry *entry = NULL;
	const struct fact *fact = h->fact;
	*ret = (struct helper_flag){ fact->seq, fact->value, fact->other, fact->detail ? fact->detail : "–", HELPER_STAYS, DAY_NONE };
	if (fact->other.v) {
		TRY(helpers_find(b, fact->other, &entry, f));
		ret->name = entry->name;
	}
	if (entry && helper_in_force(h))
		ret->why = helper_gone(fact->on, &entry->state, person, &ret->since);
	if (helper_unreplaced(list, h)) {
		ret->why = HELPER_ENDED;
		ret->since = h->until;
	}
	return OK;
}

enum err helpers_flags(struct helper_book *b, const struct facts *active, struct helper_flag **ret, size_t *ret_n, struct fault *f)
{
	struct helpers list;
	size_t cap = 0;
	*ret = NULL;
	*ret_n = 0;
	helper_list(active, b->on, b->arena, &list);
	if (list.n == 0 || list.stage == HELPER_OF_NOBODY)
		return OK;
	const struct helper_state person = helper_state_of(active, b->on);
	for (size_t i = 0; i < list.n; i++) {
		struct helper_flag flag;
		TRY(judge(b, &list, &list.v[i], &person, &flag, f));
		if (flag.why != HELPER_STAYS)
			*arena_push(b->arena, *ret, *ret_n, cap) = flag;
	}
	return OK;
}
