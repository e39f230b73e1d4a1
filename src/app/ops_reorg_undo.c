/* reorganise_undo: takes a reorganisation back by facts that withdraw its own, as long as nothing leans on it. */
#include "app/access_need.h"
#include "app/ops_impl.h"
#include "app/people.h"
#include "domain/reorg.h"
#include "store/queries.gen.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

static const char *number(struct arena *a, int64_t v)
{
	return arena_printf(a, "%" PRId64, v);
}

static enum err find_reorg(struct app *app, int64_t id, struct arena *a, struct reorg_get_row *ret, struct fault *f)
{
	bool found;
	TRY(q_reorg_get(app->db, id, a, &found, ret, f));
	return found ? OK : FAULT(f, E_NOTFOUND, "reorg", MSG_REORG_UNKNOWN, number(a, id));
}

/* ---- the tree without it ---- */

static bool brought(const struct unit *u, const char *kind, struct entry_id entry)
{
	for (size_t i = 0; i < u->n; i++)
		if (ID_EQUAL(u->facts[i].entry, entry) && strcmp(u->facts[i].kind, kind) == 0)
			return true;
	return false;
}

/* The name of a unit that it opened stays, so that what was written of the unit can still be read. */
static bool goes(const struct unit *u, const struct unit_fact *x, struct entry_id of)
{
	return ID_EQUAL(x->entry, of) && !(strcmp(x->kind, UNIT_NAME) == 0 && brought(u, UNIT_OPEN, of));
}

static struct unit_fact withdrawal_of(const struct unit_fact *x, struct entry_id entry)
{
	struct unit_fact taken = *x;
	taken.corrects = x->seq;
	taken.withdrawn = true;
	taken.entry = entry;
	return taken;
}

static struct tree tree_without(const struct tree *t, struct entry_id of, struct arena *a)
{
	struct tree copy = tree_copy(t, a);
	for (size_t i = 0; i < t->n; i++)
		for (size_t k = 0; k < t->v[i].n; k++) {
			struct unit_fact taken = withdrawal_of(&t->v[i].facts[k], of);
			taken.seq = (int32_t)copy.v[i].n + 1;
			if (goes(&t->v[i], &t->v[i].facts[k], of))
				tree_add_fact(&copy, &copy.v[i], &taken);
		}
	return copy;
}

/* ---- what leans on it ---- */

/* A fact in force that came after the entry, of a unit that it opened, or about the very thing that it changed. */
static const struct unit_fact *later_fact(const struct unit *u, struct entry_id entry)
{
	bool opened = brought(u, UNIT_OPEN, entry);
	for (size_t i = 0; i < u->n; i++) {
		const struct unit_fact *x = &u->facts[i];
		bool about = opened || strcmp(x->kind, UNIT_CLOSE) == 0 || brought(u, x->kind, entry);
		if (about && x->entry.v > entry.v && unit_fact_holds(u, x))
			return x;
	}
	return NULL;
}

/* Opened by it, or changed by it in any way. */
static bool touched(const struct unit *u, struct entry_id entry)
{
	for (size_t i = 0; i < u->n; i++)
		if (ID_EQUAL(u->facts[i].entry, entry))
			return true;
	return false;
}

static enum err leans(const char *what, const char *when, struct fault *f)
{
	return FAULT(f, E_RULE, "reorg", MSG_REORG_LEANS, what, when);
}

/* What came to hang below a unit that would never have been. */
static enum err check_children(struct app *app, const struct unit *opened, struct entry_id entry, struct arena *a, struct fault *f)
{
	for (size_t i = 0; i < app->tree.n; i++) {
		const struct unit *u = &app->tree.v[i];
		for (size_t k = 0; k < u->n; k++)
			if (ID_EQUAL(u->facts[k].ref, opened->id) && u->facts[k].entry.v > entry.v && unit_fact_holds(u, &u->facts[k]))
				return leans(u->code, ops_day_text(u->facts[k].from, a), f);
	}
	return OK;
}

static enum err check_opened(struct app *app, const struct unit *u, struct entry_id entry, struct arena *a, struct fault *f)
{
	struct reorg_leaning_row row;
	bool found;
	TRY(check_children(app, u, entry, a, f));
	TRY(q_reorg_leaning(app->db, u->id, entry, a, &found, &row, f));
	if (row.facts > 0)
		return FAULT(f, E_RULE, "reorg", MSG_REORG_LEANS_FACTS, u->code, number(a, row.facts));
	if (row.targets > 0)
		return FAULT(f, E_RULE, "reorg", MSG_REORG_LEANS_TARGETS, u->code);
	if (row.classes > 0 || row.roles > 0)
		return FAULT(f, E_RULE, "reorg", MSG_REORG_LEANS_OTHER, u->code, number(a, row.classes), number(a, row.roles));
	return OK;
}

static enum err check_units(struct app *app, struct entry_id entry, struct arena *a, struct fault *f)
{
	for (size_t i = 0; i < app->tree.n; i++) {
		const struct unit *u = &app->tree.v[i];
		if (!touched(u, entry))
			continue;
		const struct unit_fact *later = later_fact(u, entry);
		if (later)
			return leans(u->code, ops_day_text(later->from, a), f);
		if (brought(u, UNIT_OPEN, entry))
			TRY(check_opened(app, u, entry, a, f));
	}
	return OK;
}

/* A unit that comes back to where it hung before: that one has not closed since, nor come to lie below it. */
static enum err check_places(const struct app *app, const struct tree *before, const struct reorg_get_row *reorg, struct fault *f)
{
	for (size_t i = 0; i < app->tree.n; i++) {
		const struct unit *u = &before->v[i];
		struct unit_id parent = unit_parent(u, reorg->on_day);
		bool back = brought(&app->tree.v[i], UNIT_PARENT, reorg->entry_id) || brought(&app->tree.v[i], UNIT_CLOSE, reorg->entry_id);
		if (!back || !unit_is_open(u, reorg->on_day))
			continue;
		if (tree_check_parent(before, u->id, parent, reorg->on_day, NULL) != OK)
			return FAULT(f, E_RULE, "reorg", MSG_REORG_LEANS_PLACE, u->code, tree_find(before, parent)->code);
	}
	return OK;
}

/* Later reorganisations over its units, also those that changed nothing but who lives on in whom. */
static enum err check_heirs(const struct app *app, int64_t reorg, struct arena *a, struct fault *f)
{
	const struct tree *t = &app->tree;
	for (size_t i = 0; i < t->heirs_n; i++) {
		const struct unit_heir *own = &t->heirs[i];
		for (size_t k = 0; own->reorg == reorg && k < t->heirs_n; k++) {
			const struct unit_heir *later = &t->heirs[k];
			bool same = ID_EQUAL(later->unit, own->heir) || ID_EQUAL(later->unit, own->unit);
			if (later->reorg > reorg && same)
				return leans(tree_find(t, later->unit)->code, ops_day_text(later->on, a), f);
		}
	}
	return OK;
}

static bool is_step_or_place(const struct fact *x)
{
	const struct fact_kind *k = fact_kind_find(x->kind);
	return !k || k->family != FACT_ATTRIBUTE;
}

static struct facts without(const struct facts *active, int64_t seq, struct arena *a)
{
	struct facts rest = { 0 };
	for (size_t i = 0; i < active->n; i++)
		if (active->v[i].seq != seq)
			*arena_push(a, rest.v, rest.n, rest.cap) = active->v[i];
	return rest;
}

/* Somebody whom it moved, and with whom something happened there since, or whose old unit has closed since. */
static enum err check_person(struct app *app, const struct tree *before, const struct reorg_brought_row *row,
	const struct reorg_get_row *reorg, struct arena *a, struct fault *f)
{
	struct facts all, active;
	const struct unit *closed;
	TRY(app_facts(app, row->person_id, a, &all, &active, f));
	for (size_t i = 0; i < active.n; i++) {
		const struct fact *x = &active.v[i];
		if (x->entry.v > reorg->entry_id.v && is_step_or_place(x) && x->on.n >= reorg->on_day.n)
			return FAULT(f, E_RULE, "reorg", MSG_REORG_LEANS_PERSON, number(a, row->person_id.v), ops_day_text(x->on, a));
	}
	const struct facts rest = without(&active, row->seq, a);
	struct day since = reorg_stranded(before, &rest, &closed);
	if (day_known(since) && since.n >= reorg->on_day.n)
		return FAULT(f, E_RULE, "reorg", MSG_REORG_LEANS_CLOSED, number(a, row->person_id.v), closed->code, ops_day_text(since, a));
	return OK;
}

static enum err check_people(struct app *app, const struct tree *before, const struct reorg_get_row *reorg, struct arena *a,
	struct fault *f)
{
	struct reorg_brought_row *rows;
	size_t n;
	TRY(q_reorg_brought(app->db, reorg->entry_id, a, &rows, &n, f));
	for (size_t i = 0; i < n; i++) {
		scoped(arena_done) struct arena own = { 0 };
		TRY(check_person(app, before, &rows[i], reorg, &own, f));
	}
	return OK;
}

static enum err check_targets(struct app *app, int64_t reorg, struct arena *a, struct fault *f)
{
	struct reorg_carried_row *rows;
	size_t n;
	TRY(q_reorg_carried(app->db, reorg, a, &rows, &n, f));
	for (size_t i = 0; i < n; i++)
		if (rows[i].replaced > 0)
			return FAULT(f, E_RULE, "reorg", MSG_REORG_LEANS_TARGETS, tree_find(&app->tree, rows[i].unit_id)->code);
	return OK;
}

enum err ops_reorganise_undo_check(struct app *app, const void *input, struct arena *a, struct warnings *w, struct fault *f)
{
	(void)w;
	const struct reorganise_undo_in *in = input;
	struct reorg_get_row reorg;
	struct reorg_undone_row by;
	bool undone;
	TRY(find_reorg(app, in->reorg, a, &reorg, f));
	if (reorg.undoes != ABSENT_INT)
		return FAULT(f, E_RULE, "reorg", MSG_REORG_UNDO_OF_UNDO, number(a, in->reorg), number(a, reorg.undoes));
	TRY(q_reorg_undone(app->db, in->reorg, a, &undone, &by, f));
	if (undone)
		return FAULT(f, E_CONFLICT, "reorg", MSG_REORG_UNDONE, number(a, in->reorg), number(a, by.id));
	TRY(check_units(app, reorg.entry_id, a, f));
	TRY(check_heirs(app, in->reorg, a, f));
	TRY(check_targets(app, in->reorg, a, f));
	const struct tree before = tree_without(&app->tree, reorg.entry_id, a);
	TRY(check_places(app, &before, &reorg, f));
	return check_people(app, &before, &reorg, a, f);
}

/* ---- storing ---- */

static enum err withdraw_facts(struct app *app, struct unit_id id, struct entry_id of, struct entry_id entry, struct fault *f)
{
	const struct unit *u = tree_find(&app->tree, id);
	size_t n = u->n; /* those added here sort behind or among them, and have another entry */
	for (int32_t seq = 1; seq <= (int32_t)n; seq++) {
		const struct unit_fact *x = unit_fact_by_seq(u, seq);
		if (goes(u, x, of))
			TRY(ops_unit_add_fact(app, id, withdrawal_of(x, entry), f));
	}
	return OK;
}

static enum err withdraw_units(struct app *app, struct entry_id of, struct entry_id entry, struct fault *f)
{
	for (size_t i = 0; i < app->tree.n; i++)
		if (touched(&app->tree.v[i], of))
			TRY(withdraw_facts(app, app->tree.v[i].id, of, entry, f));
	return OK;
}

static enum err withdraw_person(struct app *app, const struct reorg_brought_row *row, struct entry_id entry, struct fault *f)
{
	scoped(arena_done) struct arena a = { 0 };
	struct facts all;
	TRY(people_facts(app, row->person_id, &a, &all, f));
	size_t known = all.n, at = 0;
	while (at < known && all.v[at].seq != row->seq)
		at++;
	assert(at < known);
	struct fact *x = people_add(&all, &a, FACT_UNIT);
	int32_t seq = x->seq;
	*x = all.v[at];
	x->seq = seq;
	x->corrects = all.v[at].seq;
	x->withdrawn = true;
	return people_store(app, row->person_id, &all, known, entry, &a, f);
}

static enum err withdraw_people(struct app *app, struct entry_id of, struct entry_id entry, struct arena *a, struct fault *f)
{
	struct reorg_brought_row *rows;
	size_t n;
	TRY(q_reorg_brought(app->db, of, a, &rows, &n, f));
	for (size_t i = 0; i < n; i++)
		TRY(withdraw_person(app, &rows[i], entry, f));
	return OK;
}

/* What it had replaced is set again; where there was nothing, nothing is left. */
static enum err give_back(struct app *app, const struct reorg_carried_row *r, const struct reorg_get_row *reorg, int64_t undo,
	struct entry_id entry, struct arena *a, struct fault *f)
{
	struct target_get_row old = { .high_milli = ABSENT_INT };
	struct target_current_row now;
	bool found;
	if (r->replaces.v)
		TRY(q_target_get(app->db, r->replaces, a, &found, &old, f));
	TRY(q_target_current(app->db, r->unit_id, r->indicator, r->kind, r->from_on, r->to_on, a, &found, &now, f));
	assert(found);
	struct target_id id = { app->next_id[NEXT_TARGET]++ };
	return q_target_insert(app->db, id, r->unit_id, r->indicator, r->kind, r->from_on, r->to_on, old.low_milli, old.high_milli,
		old.at_least, reorg->on_day, old.paper_no, now.id, undo, entry, f);
}

static enum err withdraw_targets(struct app *app, const struct reorg_get_row *reorg, int64_t undo, struct entry_id entry, struct arena *a,
	struct fault *f)
{
	struct reorg_carried_row *rows;
	size_t n;
	TRY(q_reorg_carried(app->db, reorg->id, a, &rows, &n, f));
	for (size_t i = 0; i < n; i++)
		TRY(give_back(app, &rows[i], reorg, undo, entry, a, f));
	return OK;
}

enum err ops_reorganise_undo(struct app *app, const void *input, struct entry_id entry, struct arena *a, struct op_result *ret,
	struct fault *f)
{
	const struct reorganise_undo_in *in = input;
	struct reorg_get_row reorg;
	TRY(find_reorg(app, in->reorg, a, &reorg, f));
	int64_t id = app->next_id[NEXT_REORG]++;
	TRY(q_reorg_insert(app->db, id, "undo", reorg.on_day, NULL, DAY_NONE, in->reorg, entry, f));
	TRY(withdraw_units(app, reorg.entry_id, entry, f));
	tree_drop_heirs(&app->tree, in->reorg);
	TRY(withdraw_people(app, reorg.entry_id, entry, a, f));
	TRY(withdraw_targets(app, &reorg, id, entry, a, f));
	ret->entity_id = id;
	return OK;
}
