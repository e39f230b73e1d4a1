#include "domain/tenure.h"

#include <string.h>

static bool is_kind(const struct fact *f, const char *kind)
{
	return strcmp(f->kind, kind) == 0;
}

/* Those exits after which somebody is no member anywhere; who moves is one at the new place. */
static bool stops_age(const struct fact *f)
{
	return facts_is_exit(f) && !is_kind(f, FACT_MOVED) && !facts_match(f, FACT_LEFT, "moved_out");
}

/* ... and after which they may ask to be admitted again. */
static bool ends_membership(const struct fact *f)
{
	return stops_age(f) && !facts_match(f, FACT_LEFT, "died");
}

static const struct fact *first_until(const struct facts *active, const char *kind, struct day until)
{
	for (size_t i = facts_first_dated(active); i < active->n && active->v[i].on.n <= until.n; i++) {
		const struct fact *f = &active->v[i];
		if (is_kind(f, kind) && facts_stands(active, f))
			return f;
	}
	return NULL;
}

static struct day restored_after(const struct facts *active, const struct fact *exit, struct day until)
{
	for (size_t i = 0; i < active->n && active->v[i].on.n <= until.n; i++)
		if (facts_ends_exit(exit, &active->v[i]))
			return active->v[i].on;
	return DAY_NONE;
}

/* The first exit that stops the age, from a day on. */
static const struct fact *exit_from(const struct facts *active, struct day from, struct day until)
{
	for (size_t i = facts_first_dated(active); i < active->n && active->v[i].on.n <= until.n; i++)
		if (active->v[i].on.n >= from.n && stops_age(&active->v[i]))
			return &active->v[i];
	return NULL;
}

/* From leaving until being back, or until today. */
static struct day out_until(const struct facts *active, const struct fact *exit, struct day today, struct tenure *t)
{
	struct day restored = restored_after(active, exit, today);
	if (day_known(restored))
		return restored;
	const struct fact *again = facts_entry(active, exit->on, today);
	if (!again)
		return today;
	t->again = again->on;
	return again->on;
}

/* Somebody who is out may be put out once more, or die: no day counts twice. */
static void count_out(const struct facts *active, struct day today, struct tenure *t)
{
	struct day counted = t->from;
	const struct fact *exit = exit_from(active, t->from, today);
	for (; exit; exit = exit_from(active, day_add(exit->on, 1), today)) {
		struct day out = day_before(exit->on, counted) ? counted : exit->on, back = out_until(active, exit, today, t);
		if (!day_before(out, back))
			continue;
		t->out_days += back.n - out.n;
		counted = back;
	}
}

/* Up to the first exit: what came later belongs to the second time. */
static struct day day_of_first(const struct facts *active, const char *kind, struct day from, struct day today)
{
	const struct fact *exit = exit_from(active, from, today);
	const struct fact *f = first_until(active, kind, exit ? exit->on : today);
	return f ? f->on : DAY_NONE;
}

void tenure_of(const struct facts *active, struct day today, struct tenure *ret)
{
	struct tenure t = { .from = DAY_NONE, .first_ceremony = DAY_NONE, .first_official = DAY_NONE, .again = DAY_NONE };
	const struct fact *first = facts_entry(active, DAY_NONE, today);
	if (first) {
		t.from = first->on;
		t.first_ceremony = day_of_first(active, FACT_CEREMONY, t.from, today);
		t.first_official = day_of_first(active, FACT_RECOGNITION, t.from, today);
		count_out(active, today, &t);
		struct day counted = day_add(today, -t.out_days);
		t.months = day_months_between(t.from, counted);
		t.days = counted.n - day_add_months(t.from, t.months).n;
	}
	*ret = t;
}

/* ---- admission for a second time ---- */

/* R294 3.5: what each ground means; grounds that are not listed wait. */
static enum tenure_bar bar_of(const char *ground)
{
	static const struct {
		const char *ground;
		enum tenure_bar bar;
	} rows[] = {
		{ "no_activity", TENURE_NEVER }, { "not_filed", TENURE_NEVER }, { "asked", TENURE_NEVER }, { "disunity", TENURE_NEVER },
		{ "corruption", TENURE_NEVER }, { "crime_serious", TENURE_NEVER }, { "crime_less", TENURE_WAIT_RECORD },
		{ "population", TENURE_UNKNOWN }, { "", TENURE_UNKNOWN },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (strcmp(rows[i].ground, ground) == 0)
			return rows[i].bar;
	return TENURE_WAIT;
}

/* Whoever asked to leave and gave no ground that is on record just asked. */
static const char *ground_of(const struct fact *left)
{
	if (left->detail)
		return left->detail;
	return facts_match(left, FACT_LEFT, "left") ? "asked" : "";
}

static struct day waits_from(const struct facts *active, const struct tenure_again *t, struct day day)
{
	const struct fact *cleared = facts_last(active, "record_cleared", day);
	bool by_other_rule = t->bar == TENURE_UNKNOWN && *t->ground;
	if (t->bar == TENURE_WAIT_RECORD)
		return cleared ? cleared->on : DAY_NONE;
	return by_other_rule ? DAY_NONE : t->left->on;
}

void tenure_again(const struct facts *active, struct day day, struct tenure_again *ret)
{
	struct tenure_again t = { .bar = TENURE_FIRST, .ground = "", .from = DAY_NONE };
	int32_t times = 0;
	for (size_t i = 0; i < active->n && active->v[i].on.n <= day.n; i++) {
		const struct fact *f = &active->v[i];
		if (!ends_membership(f) || !facts_is_member(active, day_add(f->on, -1)) || day_known(restored_after(active, f, day)))
			continue;
		times += !t.left || day_before(t.left->on, f->on);
		t.left = f;
	}
	if (t.left) {
		t.ground = ground_of(t.left);
		t.bar = times > 1 ? TENURE_TWICE : bar_of(t.ground);
		t.from = waits_from(active, &t, day);
	}
	*ret = t;
}
