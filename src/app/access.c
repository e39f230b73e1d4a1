#include "app/access.h"
#include "app/ops.h"
#include "domain/standing.h"
#include "store/queries.gen.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* ---- the declarations ---- */

static const struct {
	const char *key, *vi, *en;
} perms[PERM__COUNT] = {
#define PERM(name, key, vi, en) [PERM_##name] = { key, vi, en },
#define ROLE(...)
#include "app/access.def"
#undef PERM
#undef ROLE
};

static const struct {
	const char *key;
	uint32_t perms;
} roles[ROLE__COUNT] = {
#define PERM(...)
#define ROLE(name, key, perms) [ROLE_##name] = { key, perms },
#include "app/access.def"
#undef PERM
#undef ROLE
};

static uint32_t bit(enum perm p)
{
	return 1u << p;
}

bool role_has(enum role r, enum perm p)
{
	assert(r < ROLE__COUNT && p < PERM__COUNT);
	return (roles[r].perms | bit(PERM_SELF)) & bit(p);
}

const char *role_key(enum role r)
{
	assert(r < ROLE__COUNT);
	return roles[r].key;
}

const char *role_label(enum role r, enum lang lang)
{
	return code_label(CODES_ROLE, role_key(r), lang);
}

bool role_find(const char *key, enum role *ret)
{
	for (enum role r = 0; r < ROLE__COUNT; r++) {
		if (strcmp(roles[r].key, key) == 0) {
			*ret = r;
			return true;
		}
	}
	return false;
}

const char *perm_key(enum perm p)
{
	assert(p < PERM__COUNT);
	return perms[p].key;
}

const char *perm_label(enum perm p, enum lang lang)
{
	assert(p < PERM__COUNT);
	return lang == LANG_VI ? perms[p].vi : perms[p].en;
}

/* ---- asking ---- */

bool grant_in_force(const struct grant *g, struct day today)
{
	return !day_before(today, g->from) && (!day_known(g->to) || !day_before(g->to, today));
}

static bool covers(const struct tree *t, const struct grant *g, struct unit_id unit, struct day today)
{
	return g->unit.v == 0 || (unit.v && tree_is_under(t, unit, g->unit, today));
}

/* One of these permissions, in that unit. */
static bool holds(const struct tree *t, const struct actor *who, uint32_t some, struct unit_id unit, struct day today)
{
	some &= who->mask;
	for (size_t i = 0; i < who->n; i++)
		if ((roles[who->grants[i].role].perms & some) && grant_in_force(&who->grants[i], today) && covers(t, &who->grants[i], unit, today))
			return true;
	return false;
}

bool access_may(const struct tree *t, const struct actor *who, enum perm p, struct unit_id unit, struct day today)
{
	if (!who)
		return true;
	return p == PERM_SELF ? (who->mask & bit(PERM_SELF)) != 0 : holds(t, who, bit(p), unit, today);
}

bool access_sees(const struct tree *t, const struct actor *who, struct unit_id unit, struct day today)
{
	return !who || holds(t, who, ~bit(PERM_SELF), unit, today);
}

static bool gives(const struct actor *who, size_t i, enum perm p, struct day today)
{
	return role_has(who->grants[i].role, p) && grant_in_force(&who->grants[i], today);
}

bool access_may_somewhere(const struct actor *who, enum perm p, struct day today)
{
	if (!who || !(who->mask & bit(p)))
		return !who;
	if (p == PERM_SELF)
		return true;
	for (size_t i = 0; i < who->n; i++)
		if (gives(who, i, p, today))
			return true;
	return false;
}

struct unit_id access_first_unit(const struct actor *who, enum perm p, struct day today)
{
	struct unit_id first = { 0 };
	if (!access_may_somewhere(who, p, today) || !who)
		return first;
	for (size_t i = 0; i < who->n; i++) {
		if (!gives(who, i, p, today))
			continue;
		if (who->grants[i].unit.v == 0)
			return (struct unit_id){ 0 };
		if (first.v == 0)
			first = who->grants[i].unit;
	}
	return first;
}

/* ---- refusing ---- */

static enum err denied(struct app *app, enum perm p, struct unit_id unit, struct fault *f)
{
	const struct unit *u = tree_find(&app->tree, unit);
	const char *what = perm_label(p, app->lang);
	if (!u)
		return FAULT(f, E_FORBIDDEN, NULL, MSG_ACCESS_DENIED_EVERYWHERE, what);
	return FAULT(f, E_FORBIDDEN, NULL, MSG_ACCESS_DENIED, what, unit_name(u, app->today));
}

static enum err must_hold(struct app *app, enum perm p, enum perm instead, struct unit_id unit, struct fault *f)
{
	if (access_may(&app->tree, app->who, p, unit, app->today) || access_may(&app->tree, app->who, instead, unit, app->today))
		return OK;
	return denied(app, p, unit, f);
}

enum err access_unit_code(struct app *app, enum perm p, const char *code, const char *field, struct unit **ret, struct fault *f)
{
	struct unit *u = tree_find_code(&app->tree, code);
	if (!u || !access_sees(&app->tree, app->who, u->id, app->today))
		return FAULT(f, E_NOTFOUND, field, MSG_UNIT_CODE_UNKNOWN, code);
	TRY(must_hold(app, p, p, u->id, f));
	*ret = u;
	return OK;
}

enum err access_unit(struct app *app, enum perm p, struct unit_id unit, const char *field, struct fault *f)
{
	char id[24];
	struct unit *u = tree_find(&app->tree, unit);
	(void)snprintf(id, sizeof id, "%" PRId64, unit.v);
	return access_unit_code(app, p, u ? u->code : id, field, &u, f);
}

enum err access_person(struct app *app, enum perm p, struct person_id id, struct arena *a, struct fault *f)
{
	struct person_get_row row;
	bool found;
	TRY(q_person_get(app->db, id, a, &found, &row, f));
	if (!found || !access_may(&app->tree, app->who, PERM_PEOPLE, row.unit_id, app->today))
		return FAULT(f, E_NOTFOUND, "person", MSG_PERSON_UNKNOWN, arena_printf(a, "%" PRId64, id.v));
	return must_hold(app, p, p, row.unit_id, f);
}

void access_hide_relatives(const struct app *app, struct unit_id unit, struct standing *s)
{
	bool file = access_may(&app->tree, app->who, PERM_FILE, unit, app->today);
	for (size_t i = 0; !file && i < s->clocks_n; i++)
		s->clocks[i].subject = NULL;
}

enum err access_op(struct app *app, const struct op *op, const void *in, struct arena *a, struct fault *f)
{
	struct access_need need = { 0 };
	if (!app->who)
		return OK;
	TRY(op->access(app, in, a, &need, f));
	if (!in && !access_may_somewhere(app->who, need.perm, app->today) && !access_may_somewhere(app->who, need.instead, app->today))
		return FAULT(f, E_FORBIDDEN, NULL, MSG_ACCESS_DENIED_NOWHERE, perm_label(need.perm, app->lang));
	assert(!in || need.n > 0);
	for (size_t i = 0; i < need.n; i++)
		TRY(must_hold(app, need.perm, need.instead, need.units[i], f));
	return OK;
}
