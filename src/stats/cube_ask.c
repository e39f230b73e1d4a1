#include "base/text.h"
#include "stats/cube_rows.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

/* ---- which units ---- */

struct tree_part cube_inside(const struct cube *c, struct scope s, struct arena *a)
{
	return s.part ? *s.part : tree_inside(&c->tree, s.unit, s.tree_day, a);
}

bool cube_holds(const struct cube *c, struct scope s, struct unit_id unit)
{
	scoped(arena_done) struct arena a = {0};
	return cube_is_inside(cube_inside(c, s, &a), unit);
}

/* ---- whose value ---- */

/* A filter made ready: which numbers of the column pass. */
struct accept {
	const uint8_t *column; /* NULL: everybody passes */
	bool pass[UINT8_MAX + 1];
};

static struct accept accept_of(const struct cube *c, struct filter f)
{
	struct accept r = {0};
	if (!f.attribute)
		return r;
	int at = cube_attribute_find(c, f.attribute);
	assert(at >= 0);
	r.column = c->people.value[at];
	bool others = f.values[0] == '!';
	size_t n;
	const struct code *v = codes(c->attributes[at].codes, &n);
	for (size_t i = 0; i < n; i++)
		r.pass[i + 1] = text_listed(f.values + others, v[i].key) != others;
	return r;
}

int64_t cube_admitted(const struct cube *c, struct scope s, struct period p, struct filter f)
{
	scoped(arena_done) struct arena a = {0};
	struct tree_part in = cube_inside(c, s, &a);
	struct accept ok = accept_of(c, f);
	int64_t n = 0;
	for (size_t i = 0; i < c->people.n; i++)
		n += cube_admitted_in(c, i, p, in) && (!ok.column || ok.pass[ok.column[i]]);
	return n;
}

static size_t months_after(struct day first, struct day on)
{
	struct ymd a = day_ymd(first), b = day_ymd(on);
	return (size_t)((b.year - a.year) * 12 + b.month - a.month);
}

void cube_admitted_months(const struct cube *c, struct scope s, struct day first, size_t n, int64_t *ret)
{
	scoped(arena_done) struct arena a = {0};
	struct tree_part in = cube_inside(c, s, &a);
	struct ymd begin = day_ymd(first);
	struct day from = day_of(begin.year, begin.month, 1);
	struct period all = { from, day_add(day_add_months(from, (int32_t)n), -1) };
	memset(ret, 0, n * sizeof *ret);
	for (size_t i = 0; i < c->people.n; i++)
		if (cube_admitted_in(c, i, all, in))
			ret[months_after(from, c->people.admitted[i])]++;
}

void cube_admitted_parts(const struct cube *c, struct tree_part part, struct period p, int64_t *ret, size_t n)
{
	memset(ret, 0, n * sizeof *ret);
	for (size_t i = 0; i < c->people.n; i++) {
		if (!period_has(p, c->people.admitted[i]))
			continue;
		size_t k = (size_t)tree_part_of(part, c->people.unit[i]);
		if (k < n)
			ret[k]++;
	}
}

static bool is_member(const struct mark *m, struct day on)
{
	return m->kind == MARK_MEMBER && m->from.n <= on.n && (!day_known(m->to) || on.n < m->to.n);
}

void cube_members_parts(const struct cube *c, struct tree_part part, struct day on, int64_t *ret, size_t n)
{
	memset(ret, 0, n * sizeof *ret);
	for (size_t i = 0; i < c->people.n; i++) {
		const struct slice *own = &c->people.marks[i];
		for (size_t k = own->at; k < own->at + own->n; k++) {
			const struct mark *m = &c->pool.v[k];
			size_t at = is_member(m, on) ? (size_t)tree_part_of(part, m->unit) : n;
			if (at < n)
				ret[at]++;
		}
	}
}

int64_t cube_members(const struct cube *c, struct scope s, struct day on)
{
	scoped(arena_done) struct arena a = {0};
	int64_t by_part[PART_ROOT + 1];
	cube_members_parts(c, cube_inside(c, s, &a), on, by_part, PART_ROOT + 1);
	return by_part[PART_ROOT];
}

int64_t cube_units(const struct cube *c, struct scope s, struct day on, const char *kinds)
{
	scoped(arena_done) struct arena a = {0};
	struct tree_part in = cube_inside(c, s, &a);
	int64_t n = 0;
	for (size_t i = 0; i < c->tree.n; i++) {
		const struct unit *u = &c->tree.v[i];
		n += !ID_EQUAL(u->id, s.unit) && cube_is_inside(in, u->id) && unit_is_open(u, on) && text_listed(kinds, unit_kind(u, on));
	}
	return n;
}

/* ---- compliance ---- */

/* Plans of several years stand side by side, so the last fact of the kind is not enough. */
bool cube_has_plan(const struct unit *u, int32_t year, struct day on)
{
	char text[12];
	(void)snprintf(text, sizeof text, "%d", year);
	for (size_t i = 0; i < u->n; i++) {
		const struct unit_fact *f = &u->facts[i];
		bool meant = strcmp(f->kind, UNIT_PLAN) == 0 && f->from.n <= on.n && f->value && strcmp(f->value, text) == 0;
		if (meant && unit_fact_holds(u, f))
			return true;
	}
	return false;
}

struct cube_share cube_plans(const struct cube *c, struct scope s, int32_t year, struct day on)
{
	scoped(arena_done) struct arena a = {0};
	size_t n;
	struct unit **v = tree_children(&c->tree, s.unit, s.tree_day, &a, &n);
	struct cube_share r = { .of = (int64_t)n };
	for (size_t i = 0; i < n; i++)
		r.n += cube_has_plan(v[i], year, on);
	assert(r.n <= r.of);
	return r;
}

struct cube_share cube_notified(const struct cube *c, struct scope s, struct period p, struct day on)
{
	scoped(arena_done) struct arena a = {0};
	struct tree_part in = cube_inside(c, s, &a);
	struct cube_share r = {0};
	for (size_t i = 0; i < c->people.n; i++) {
		const struct slice *own = &c->people.marks[i];
		for (size_t k = own->at; k < own->at + own->n; k++) {
			const struct mark *m = &c->pool.v[k];
			if (m->kind != MARK_MOVED || !period_has(p, m->from) || !cube_is_inside(in, m->unit))
				continue;
			r.of++;
			r.n += day_known(m->to) && m->to.n <= on.n;
		}
	}
	assert(r.n <= r.of);
	return r;
}

/* ---- classes ---- */

static const struct cube_class *class_find(const struct cube *c, struct class_id id)
{
	for (size_t i = 0; i < c->classes_n; i++)
		if (ID_EQUAL(c->classes[i].id, id))
			return &c->classes[i];
	return NULL;
}

static const struct class_ask *asked(const struct class_ask *v, size_t n, struct class_id id)
{
	for (size_t i = 0; i < n; i++)
		if (ID_EQUAL(v[i].id, id))
			return &v[i];
	return NULL;
}

/* What one mark adds: *yield counts the certificate; the answer says whether the person is one of the people sent. */
static bool add_class_mark(const struct cube *c, const struct mark *m, const struct class_ask *k, struct tree_part in, struct day up_to,
	struct class_yield *yield)
{
	if (!k || m->from.n > up_to.n || !(k->everybody || cube_is_inside(in, m->unit)))
		return false;
	assert(class_find(c, k->id));
	yield->certificates += day_known(m->to) && m->to.n <= up_to.n;
	return true;
}

struct class_yield cube_class_yield(const struct cube *c, const struct class_ask *v, size_t n, struct scope s, struct day up_to)
{
	scoped(arena_done) struct arena a = {0};
	struct tree_part in = cube_inside(c, s, &a);
	struct class_yield r = {0};
	for (size_t i = 0; i < c->people.n; i++) {
		const struct slice *own = &c->people.marks[i];
		struct day admitted = c->people.admitted[i];
		bool sent = false, since = false;
		for (size_t k = own->at; k < own->at + own->n; k++) {
			const struct mark *m = &c->pool.v[k];
			if (m->kind != MARK_CLASS || !add_class_mark(c, m, asked(v, n, m->class_id), in, up_to, &r))
				continue;
			sent = true;
			since |= period_has((struct period){ class_find(c, m->class_id)->period.from, up_to }, admitted);
		}
		r.people += sent;
		r.admitted += since;
	}
	assert(r.admitted <= r.people);
	return r;
}
