#include "domain/standing_diff.h"
#include "base/text.h"

#include <string.h>

struct pair {
	const struct standing *before, *after;
	enum lang lang;
	struct arena *a;
	struct standing_changes *out;
};

static void add(const struct pair *p, struct standing_change change)
{
	*arena_push(p->a, p->out->v, p->out->n, p->out->cap) = change;
}

static const char *next_of(const struct standing *s, enum lang lang)
{
	return s->next ? label_of(s->next->step->label, lang) : NULL;
}

static const char *state_of(const struct standing *s, enum lang lang)
{
	return s->phase == PHASE_NONE ? NULL : label_of(s->state_label, lang);
}

static void add_words(const struct pair *p, enum change_kind kind, const char *before, const char *after)
{
	if (!text_equal(before, after))
		add(p, (struct standing_change){ .kind = kind, .before = before, .after = after });
}

/* ---- clocks ---- */

static bool same_matter(const struct standing_clock *x, const struct standing_clock *y)
{
	int32_t about = x->about ? x->about->seq : 0, other = y->about ? y->about->seq : 0;
	return strcmp(x->clock->key, y->clock->key) == 0 && about == other;
}

static const struct standing_clock *find(const struct standing *s, const struct standing_clock *k)
{
	for (size_t i = 0; i < s->clocks_n; i++)
		if (same_matter(&s->clocks[i], k))
			return &s->clocks[i];
	return NULL;
}

static void compare_clock(const struct pair *p, const struct standing_clock *before, const struct standing_clock *after)
{
	bool moved = !after || !day_equal(before->due, after->due);
	if (moved || before->status != after->status)
		add(p, (struct standing_change){ .kind = moved ? CHANGE_DUE : CHANGE_STATUS, .clock = before, .before_clock = before,
			.after_clock = after });
}

static void compare_clocks(const struct pair *p)
{
	for (size_t i = 0; i < p->before->clocks_n; i++)
		compare_clock(p, &p->before->clocks[i], find(p->after, &p->before->clocks[i]));
	for (size_t i = 0; i < p->after->clocks_n; i++)
		if (!find(p->before, &p->after->clocks[i]))
			add(p, (struct standing_change){ .kind = CHANGE_DUE, .clock = &p->after->clocks[i], .after_clock = &p->after->clocks[i] });
}

/* ---- notes ---- */

static const char *note(const struct pair *p, const struct fault *f)
{
	return fault_text(f, p->lang, p->a);
}

/* The same sentence by another instrument is no change. */
static bool has_note(const struct pair *p, const struct warnings *w, const struct fault *f)
{
	for (size_t i = 0; i < w->n; i++)
		if (strcmp(note(p, &w->v[i]), note(p, f)) == 0)
			return true;
	return false;
}

static void compare_notes(const struct pair *p)
{
	const struct warnings *before = &p->before->notes, *after = &p->after->notes;
	for (size_t i = 0; i < before->n; i++)
		if (!has_note(p, after, &before->v[i]))
			add(p, (struct standing_change){ .kind = CHANGE_NOTE, .before = note(p, &before->v[i]) });
	for (size_t i = 0; i < after->n; i++)
		if (!has_note(p, before, &after->v[i]))
			add(p, (struct standing_change){ .kind = CHANGE_NOTE, .after = note(p, &after->v[i]) });
}

void standing_diff(const struct standing *before, const struct standing *after, enum lang lang, struct arena *a,
	struct standing_changes *ret)
{
	const struct pair p = { before, after, lang, a, ret };
	*ret = (struct standing_changes){ 0 };
	add_words(&p, CHANGE_STATE, state_of(before, lang), state_of(after, lang));
	add_words(&p, CHANGE_NEXT, next_of(before, lang), next_of(after, lang));
	compare_clocks(&p);
	compare_notes(&p);
}
