#include "domain/facts.h"

#include <assert.h>
#include <string.h>

static const struct fact_kind kinds[] = {
#define FACT_KIND(key, vi, en, family, codes, detail) { key, vi, en, family, codes, detail },
#include "domain/fact_kinds.def"
#undef FACT_KIND
};

const struct fact_kind *fact_kinds(size_t *ret_n)
{
	*ret_n = sizeof kinds / sizeof *kinds;
	return kinds;
}

const struct fact_kind *fact_kind_find(const char *key)
{
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (strcmp(kinds[i].key, key) == 0)
			return &kinds[i];
	return NULL;
}

static bool is_kind(const struct fact *f, const char *kind)
{
	return strcmp(f->kind, kind) == 0;
}

enum fate { IN_FORCE, REPLACED, NEVER_WAS };

static enum fate *fate_of(enum fate *fates, const struct facts *all, int32_t seq)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->v[i].seq == seq)
			return &fates[i];
	return NULL;
}

/* From the newest back: a correction that was itself withdrawn corrects nothing, so that the fact before it holds again. */
static enum fate *judge(const struct facts *all, struct arena *a)
{
	enum fate *fates = arena_array(a, enum fate, all->n);
	for (size_t i = all->n; i-- > 0;) {
		const struct fact *f = &all->v[i];
		assert(i == 0 || all->v[i - 1].seq < f->seq);
		enum fate *target = f->corrects && fates[i] != NEVER_WAS ? fate_of(fates, all, f->corrects) : NULL;
		if (target)
			*target = f->withdrawn ? NEVER_WAS : REPLACED;
	}
	return fates;
}

/* Keeps the order of entry among facts of one day. */
static void insert_by_day(struct facts *list, const struct fact *f)
{
	size_t i = list->n++;
	for (; i > 0 && list->v[i - 1].on.n > f->on.n; i--)
		list->v[i] = list->v[i - 1];
	list->v[i] = *f;
}

/* Number of the fact that stands in the place of a replaced one; of a withdrawn one, the number of nothing in force. */
static int32_t in_its_place(const struct facts *all, const enum fate *fates, int32_t seq)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->v[i].corrects == seq && fates[i] != NEVER_WAS)
			seq = all->v[i].seq;
	return seq;
}

struct facts facts_active(const struct facts *all, struct arena *a)
{
	enum fate *fates = judge(all, a);
	struct facts active = { .v = arena_array(a, struct fact, all->n), .cap = all->n };
	for (size_t i = 0; i < all->n; i++) {
		struct fact f = all->v[i];
		if (fates[i] != IN_FORCE || f.withdrawn)
			continue;
		if (f.about && !is_kind(&f, FACT_BIRTH_PROPOSED))
			f.about = in_its_place(all, fates, f.about);
		insert_by_day(&active, &f);
	}
	return active;
}

size_t facts_first_dated(const struct facts *active)
{
	size_t i = 0;
	while (i < active->n && !day_known(active->v[i].on))
		i++;
	return i;
}

/* Whoever turns out not to be qualified is out with the cancellation (R294 4.4.1). */
static bool puts_out(const struct fact *f)
{
	return facts_match(f, FACT_DECISION_CANCELLED, VALUE_NOT_QUALIFIED) || facts_match(f, FACT_RECOGNITION_CANCELLED, VALUE_NOT_QUALIFIED);
}

bool facts_is_exit(const struct fact *f)
{
	return is_kind(f, FACT_LEFT) || is_kind(f, FACT_MOVED) || puts_out(f);
}

bool facts_ends_exit(const struct fact *exit, const struct fact *later)
{
	if (later->on.n <= exit->on.n)
		return false;
	if (is_kind(exit, FACT_MOVED))
		return is_kind(later, FACT_UNIT);
	if (facts_match(exit, FACT_LEFT, "moved_out"))
		return facts_match(later, FACT_TRANSFER, "member") && !later->detail;
	bool may_be_restored = is_kind(exit, FACT_LEFT) && !facts_match(exit, FACT_LEFT, "died");
	return may_be_restored && facts_match(later, FACT_APPEAL_ANSWERED, "restored");
}

const struct fact *facts_last(const struct facts *active, const char *kind, struct day day)
{
	for (size_t i = active->n; i-- > 0;) {
		const struct fact *f = &active->v[i];
		if (strcmp(f->kind, kind) == 0 && (!day_known(day) || f->on.n <= day.n))
			return f;
	}
	return NULL;
}

const struct fact *facts_first(const struct facts *active, const char *kind)
{
	for (size_t i = 0; i < active->n; i++)
		if (strcmp(active->v[i].kind, kind) == 0)
			return &active->v[i];
	return NULL;
}

const char *facts_value(const struct facts *active, const char *kind, struct day day)
{
	const struct fact *f = facts_last(active, kind, day);
	if (!f)
		f = facts_first(active, kind);
	return f ? f->value : NULL;
}

bool facts_match(const struct fact *f, const char *kind, const char *value)
{
	return strcmp(f->kind, kind) == 0 && (!value || (f->value && strcmp(f->value, value) == 0));
}

const struct fact *facts_by_seq(const struct facts *list, int32_t seq)
{
	for (size_t i = 0; i < list->n; i++)
		if (list->v[i].seq == seq)
			return &list->v[i];
	return NULL;
}

struct unit_id facts_unit(const struct facts *active, struct day day)
{
	const struct fact *f = facts_last(active, FACT_UNIT, day);
	if (!f)
		f = facts_first(active, FACT_UNIT);
	return f ? f->unit : (struct unit_id){ 0 };
}

static bool exit_ended(const struct facts *active, const struct fact *exit, struct day day)
{
	for (size_t i = 0; i < active->n && active->v[i].on.n <= day.n; i++)
		if (facts_ends_exit(exit, &active->v[i]))
			return true;
	return false;
}

/* The Party, or the list. */
static bool leaves(const struct fact *f)
{
	return is_kind(f, FACT_LEFT) || puts_out(f);
}

const struct fact *facts_left(const struct facts *active, struct day day)
{
	for (size_t i = active->n; i-- > 0;) {
		const struct fact *f = &active->v[i];
		if (leaves(f) && f->on.n <= day.n && !exit_ended(active, f, day))
			return f;
	}
	return NULL;
}

/* ---- decisions and their cancellation ---- */

static bool done(const struct fact *f)
{
	return !f->value || strcmp(f->value, VALUE_FAILED) != 0;
}

static bool decides(const struct fact *f, bool recognition)
{
	bool admission = !recognition && (is_kind(f, FACT_DECISION) || is_kind(f, FACT_CEREMONY));
	return (admission || is_kind(f, FACT_RECOGNITION)) && done(f);
}

static bool cancels(const struct fact *f, bool recognition)
{
	return is_kind(f, FACT_DECISION_CANCELLED) || (recognition && is_kind(f, FACT_RECOGNITION_CANCELLED));
}

/* Somebody who had left in between was admitted anew, which is another decision. */
static bool left_between(const struct facts *active, struct day from, struct day to)
{
	for (size_t i = 0; active->v[i].on.n < to.n; i++) { /* something happened on that day, so the list goes on until then */
		const struct fact *f = &active->v[i];
		assert(i + 1 < active->n);
		if (f->on.n >= from.n && leaves(f) && !exit_ended(active, f, to))
			return true;
	}
	return false;
}

static bool reaches(const struct facts *active, const struct fact *c, struct day on)
{
	return on.n < c->on.n && !left_between(active, on, c->on);
}

/* Whether an earlier cancellation has already taken it away. */
static bool taken(const struct facts *active, const struct fact *f, const struct fact *before, bool recognition)
{
	for (size_t i = 0; i < active->n; i++) {
		const struct fact *c = &active->v[i];
		if (c->on.n < before->on.n && cancels(c, recognition) && reaches(active, c, f->on))
			return true;
	}
	return false;
}

static bool has_older(const struct facts *active, const struct fact *c, bool recognition)
{
	for (size_t i = 0; i < active->n; i++) {
		const struct fact *f = &active->v[i];
		if (decides(f, recognition) && reaches(active, c, f->on) && !taken(active, f, c, recognition))
			return true;
	}
	return false;
}

const struct fact *facts_cancelled_by(const struct facts *active, struct day on, bool recognition)
{
	for (size_t i = 0; i < active->n; i++) {
		const struct fact *c = &active->v[i];
		if (!cancels(c, recognition) || c->on.n < on.n)
			continue;
		if (day_equal(c->on, on) ? !has_older(active, c, is_kind(c, FACT_RECOGNITION_CANCELLED)) : reaches(active, c, on))
			return c;
	}
	return NULL;
}

bool facts_stands(const struct facts *active, const struct fact *f)
{
	return done(f) && !facts_cancelled_by(active, f->on, is_kind(f, FACT_RECOGNITION));
}

/* The first time a step was taken with success, after a day and up to another. */
static const struct fact *first_standing(const struct facts *active, const char *kind, struct day after, struct day until)
{
	for (size_t i = facts_first_dated(active); i < active->n && active->v[i].on.n <= until.n; i++) {
		const struct fact *f = &active->v[i];
		if (f->on.n > after.n && is_kind(f, kind) && facts_stands(active, f))
			return f;
	}
	return NULL;
}

static const struct fact *last_standing(const struct facts *active, const char *kind, struct day day)
{
	for (size_t i = active->n; i-- > 0;)
		if (active->v[i].on.n <= day.n && is_kind(&active->v[i], kind) && facts_stands(active, &active->v[i]))
			return &active->v[i];
	return NULL;
}

/* Day of the first exit from the Party on or after a day that nothing ended; DAY_LAST when there is none. */
static struct day membership_end(const struct facts *active, struct day from)
{
	for (size_t i = facts_first_dated(active); i < active->n; i++) {
		const struct fact *f = &active->v[i];
		if (f->on.n >= from.n && leaves(f) && !exit_ended(active, f, DAY_LAST))
			return f->on;
	}
	return DAY_LAST;
}

static const char *const entries[] = { FACT_DECISION, FACT_CEREMONY, FACT_RECOGNITION };

/* By the first so many of these kinds: the earliest of them tells which membership it is. */
static const struct fact *entry_by(const struct facts *active, size_t most, struct day after, struct day until)
{
	const struct fact *first = NULL, *entry = NULL;
	for (size_t i = 0; i < most; i++) {
		const struct fact *f = first_standing(active, entries[i], after, until);
		if (f && (!first || f->on.n < first->on.n))
			first = f;
	}
	if (!first)
		return NULL;
	struct day end = membership_end(active, first->on);
	for (size_t i = 0; !entry; i++)
		entry = first_standing(active, entries[i], after, day_before(end, until) ? end : until);
	return entry;
}

const struct fact *facts_entry(const struct facts *active, struct day after, struct day until)
{
	return entry_by(active, sizeof entries / sizeof *entries, after, until);
}

struct day facts_admitted(const struct facts *active, struct unit_id *ret_unit)
{
	const struct fact *f = entry_by(active, 2, DAY_NONE, DAY_LAST);
	if (!f)
		return DAY_NONE;
	*ret_unit = f->unit;
	return f->on;
}

/* What counts is what is known of the membership in which the day lies: an earlier or later one may be better known. */
bool facts_is_member(const struct facts *active, struct day day)
{
	static const char *const by[] = { FACT_CEREMONY, FACT_DECISION, FACT_RECOGNITION };
	const struct fact *left = facts_left(active, day), *entry = NULL;
	struct day after = left ? left->on : DAY_NONE, end = membership_end(active, day_add(day, 1));
	for (size_t i = 0; i < sizeof by / sizeof *by && !entry; i++)
		entry = first_standing(active, by[i], after, end);
	return entry && entry->on.n <= day.n;
}

static bool holds(const struct facts *active, const char *kind, struct day day)
{
	const struct fact *f = last_standing(active, kind, day), *left = facts_left(active, day);
	return f && (!left || left->on.n < f->on.n);
}

bool facts_had_ceremony(const struct facts *active, struct day day)
{
	return holds(active, FACT_CEREMONY, day);
}

bool facts_is_official(const struct facts *active, struct day day)
{
	return holds(active, FACT_RECOGNITION, day) && facts_is_member(active, day);
}
