#include "domain/tenure.h"

#include <string.h>

static bool is_kind(const struct fact *f, const char *kind)
{
	return strcmp(f->kind, kind) == 0;
}

/* Those exits from the Party after which somebody may ask to be admitted again. */
static bool ends_membership(const struct fact *f)
{
	static const char *const values[] = { "struck_off", "expelled", "left" };
	for (size_t i = 0; i < sizeof values / sizeof *values; i++)
		if (facts_match(f, FACT_LEFT, values[i]))
			return true;
	return false;
}

static bool stops_age(const struct fact *f)
{
	return ends_membership(f) || facts_match(f, FACT_LEFT, "died");
}

static const struct fact *first_after(const struct facts *active, const char *kind, struct day after, struct day until)
{
	for (size_t i = facts_first_dated(active); i < active->n && active->v[i].on.n <= until.n; i++) {
		const struct fact *f = &active->v[i];
		if (is_kind(f, kind) && f->on.n > after.n && facts_stands(active, f))
			return f;
	}
	return NULL;
}

/* Party age counts from the decision (R294 and before); an old list may know the ceremony or the recognition alone. */
static const struct fact *admission_after(const struct facts *active, struct day after, struct day until)
{
	static const char *const kinds[] = { FACT_DECISION, FACT_CEREMONY, FACT_RECOGNITION };
	const struct fact *f = NULL;
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds && !f; i++)
		f = first_after(active, kinds[i], after, until);
	return f;
}

static struct day restored_after(const struct facts *active, const struct fact *exit, struct day until)
{
	for (size_t i = 0; i < active->n && active->v[i].on.n <= until.n; i++)
		if (facts_ends_exit(exit, &active->v[i]))
			return active->v[i].on;
	return DAY_NONE;
}

/* The next exit that stops the age, after a day. */
static const struct fact *exit_after(const struct facts *active, struct day after, struct day until)
{
	for (size_t i = facts_first_dated(active); i < active->n && active->v[i].on.n <= until.n; i++)
		if (active->v[i].on.n > after.n && stops_age(&active->v[i]))
			return &active->v[i];
	return NULL;
}

/* From leaving until being back, or until today. */
static struct day out_until(const struct facts *active, const struct fact *exit, struct day today, struct tenure *t)
{
	struct day restored = restored_after(active, exit, today);
	if (day_known(restored))
		return restored;
	const struct fact *again = admission_after(active, exit->on, today);
	if (!again)
		return today;
	t->again = again->on;
	return again->on;
}

/* Up to the first exit: what came later belongs to the second time. */
static struct day day_of_first(const struct facts *active, const char *kind, struct day from, struct day today)
{
	const struct fact *exit = exit_after(active, from, today);
	const struct fact *f = first_after(active, kind, DAY_NONE, exit ? exit->on : today);
	return f ? f->on : DAY_NONE;
}

void tenure_of(const struct facts *active, struct day today, struct tenure *ret)
{
	struct tenure t = { .from = DAY_NONE, .first_ceremony = DAY_NONE, .first_official = DAY_NONE, .again = DAY_NONE };
	const struct fact *first = admission_after(active, DAY_NONE, today);
	if (first) {
		t.from = first->on;
		t.first_ceremony = day_of_first(active, FACT_CEREMONY, t.from, today);
		t.first_official = day_of_first(active, FACT_RECOGNITION, t.from, today);
		struct day at = t.from;
		for (const struct fact *exit; (exit = exit_after(active, at, today)) != NULL; at = exit->on)
			t.out_days += out_until(active, exit, today, &t).n - exit->on.n;
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

void tenure_again(const struct facts *active, struct day day, struct tenure_again *ret)
{
	struct tenure_again t = { .bar = TENURE_FIRST, .ground = "", .from = DAY_NONE };
	int32_t times = 0;
	for (size_t i = 0; i < active->n && active->v[i].on.n <= day.n; i++) {
		const struct fact *f = &active->v[i];
		if (!ends_membership(f) || !facts_is_member(active, day_add(f->on, -1)) || day_known(restored_after(active, f, day)))
			continue;
		t.left = f;
		times++;
	}
	if (t.left) {
		t.ground = ground_of(t.left);
		t.bar = times > 1 ? TENURE_TWICE : bar_of(t.ground);
		const struct fact *cleared = facts_last(active, "record_cleared", day);
		t.from = t.bar != TENURE_WAIT_RECORD ? t.left->on : cleared ? cleared->on : DAY_NONE;
	}
	*ret = t;
}
