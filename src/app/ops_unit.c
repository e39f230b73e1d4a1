/* Organisations: open, rename, move, close, and their other facts. */
#include "app/ops_impl.h"
#include "app/voters.h"
#include "domain/authority.h"
#include "store/queries.gen.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static struct unit_id id_of(const struct unit *u)
{
	return u ? u->id : (struct unit_id){ 0 };
}

static enum err past(struct app *app, const char *field, struct day d, struct arena *a, struct fault *f)
{
	if (day_before(app->today, d))
		return FAULT(f, E_RULE, field, MSG_DAY_IN_FUTURE, ops_day_text(d, a), ops_day_text(app->today, a));
	return OK;
}

enum err ops_open_unit(struct app *app, const char *code, const char *field, struct day on, struct unit **ret, struct fault *f)
{
	char day[DAY_TEXT], other[DAY_TEXT];
	struct unit *u;
	TRY(app_unit(app, code, field, &u, f));
	struct day opened = unit_opened(u), closed = unit_closed(u);
	if (unit_never_was(u))
		return FAULT(f, E_NOTFOUND, field, MSG_UNIT_CODE_UNKNOWN, code);
	if (!unit_is_open(u, on) && day_known(opened) && day_before(on, opened))
		return FAULT(f, E_RULE, field, MSG_UNIT_NOT_YET_OPEN, u->code, day_vi(opened, other), day_vi(on, day));
	if (!unit_is_open(u, on))
		return FAULT(f, E_RULE, field, MSG_UNIT_CLOSED, u->code, day_vi(closed, other), day_vi(on, day));
	*ret = u;
	return OK;
}

/* ---- storing ---- */

struct paper {
	const char *no;
	struct day on;
};

enum err ops_unit_add_fact(struct app *app, struct unit_id unit, struct unit_fact fact, struct fault *f)
{
	struct unit *u = tree_find(&app->tree, unit);
	assert(u);
	fact.seq = (int32_t)u->n + 1;
	TRY(q_unit_fact_insert(app->db, unit, fact.seq, fact.kind, fact.from, fact.value, fact.ref, fact.paper_no, fact.paper_on,
		fact.corrects ? fact.corrects : ABSENT_INT, fact.withdrawn, fact.entry, f));
	tree_add_fact(&app->tree, u, &fact);
	return OK;
}

static struct unit_fact fact_of(const char *kind, struct day from, const char *value, struct unit_id ref, struct paper paper,
	struct entry_id entry)
{
	return (struct unit_fact){ .kind = kind, .from = from, .value = value, .ref = ref, .paper_no = paper.no, .paper_on = paper.on,
		.entry = entry };
}

/* One more fact of an existing unit, unless the same is in force already. */
static enum err add_change(struct app *app, const char *code, struct unit_fact fact, struct op_result *ret, struct fault *f)
{
	struct unit *u;
	TRY(app_unit(app, code, "unit", &u, f));
	const struct unit_fact *now = unit_fact_at(u, fact.kind, fact.from);
	ret->entity_id = u->id.v;
	ret->unchanged = now && text_equal(now->value, fact.value) && ID_EQUAL(now->ref, fact.ref);
	return ret->unchanged ? OK : ops_unit_add_fact(app, u->id, fact, f);
}

static const char *yes_no(int64_t v)
{
	return v == 1 ? "yes" : "no";
}

/* ---- unit_open ---- */

static const char *code_or_dash(const struct tree *t, struct unit_id id)
{
	const struct unit *u = tree_find(t, id);
	return u ? u->code : "–";
}

static enum err differs(const char *code, const char *field, const char *old, const char *new, const char *way_out, struct fault *f)
{
	return FAULT(f, E_CONFLICT, field, MSG_UNIT_DIFFERS, code, old, new, way_out);
}

static const char *value_at(const struct unit *u, const char *kind, struct day on)
{
	const struct unit_fact *f = unit_fact_at(u, kind, on);
	return f && f->value ? f->value : "–";
}

/* The same list twice says the same; a list that contradicts the record is not believed. */
static enum err same_unit(struct app *app, const struct unit *u, const struct unit_open_in *in, struct arena *a, struct fault *f)
{
	struct day opened = unit_opened(u);
	struct unit_id parent = unit_parent(u, in->opened);
	if (!day_equal(opened, in->opened))
		return differs(u->code, "opened", ops_day_text(opened, a), ops_day_text(in->opened, a), "unit_close", f);
	if (strcmp(unit_name(u, opened), in->name) != 0)
		return differs(u->code, "name", unit_name(u, opened), in->name, "unit_rename", f);
	if (strcmp(unit_kind(u, opened), in->kind) != 0)
		return differs(u->code, "kind", unit_kind(u, opened), in->kind, "unit_fact", f);
	if (!ID_EQUAL(parent, id_of(in->parent ? tree_find_code(&app->tree, in->parent) : NULL)))
		return differs(u->code, "parent", code_or_dash(&app->tree, parent), in->parent ? in->parent : "–", "unit_move", f);
	if (in->sector && strcmp(value_at(u, UNIT_SECTOR, opened), in->sector) != 0)
		return differs(u->code, "sector", value_at(u, UNIT_SECTOR, opened), in->sector, "unit_fact", f);
	if (in->authorised >= 0 && strcmp(value_at(u, UNIT_AUTHORISED, opened), yes_no(in->authorised)) != 0)
		return differs(u->code, "authorised", value_at(u, UNIT_AUTHORISED, opened), yes_no(in->authorised), "unit_fact", f);
	return OK;
}

static void warn_second_root(struct app *app, const struct unit_open_in *in, struct arena *a, struct warnings *w)
{
	for (size_t i = 0; i < app->tree.n; i++) {
		const struct unit *u = &app->tree.v[i];
		if (unit_parent(u, in->opened).v == 0 && unit_is_open(u, in->opened)) {
			WARN(a, w, "parent", MSG_UNIT_SECOND_ROOT, in->name, unit_name(u, in->opened));
			return;
		}
	}
}

enum err ops_unit_open_check(struct app *app, const void *input, struct arena *a, struct warnings *w, struct fault *f)
{
	const struct unit_open_in *in = input;
	const struct unit *u = tree_find_code(&app->tree, in->code);
	struct unit *parent;
	if (u && !unit_never_was(u))
		return same_unit(app, u, in, a, f);
	TRY(past(app, "opened", in->opened, a, f));
	if (!in->parent) {
		warn_second_root(app, in, a, w);
		return OK;
	}
	TRY(ops_open_unit(app, in->parent, "parent", in->opened, &parent, f));
	return tree_check_parent(&app->tree, id_of(u), parent->id, in->opened, f);
}

/* A code whose opening was taken back is opened again under its number. */
enum err ops_unit_new(struct app *app, const char *code, struct entry_id entry, struct unit_id *ret, struct fault *f)
{
	const struct unit *never_was = tree_find_code(&app->tree, code);
	if (never_was) {
		*ret = never_was->id;
		return OK;
	}
	struct unit_id id = { app->next_id[NEXT_UNIT]++ };
	TRY(q_unit_insert(app->db, id, code, entry, f));
	(void)tree_add(&app->tree, id, code);
	*ret = id;
	return OK;
}

enum err ops_unit_open(struct app *app, const void *input, struct entry_id entry, struct arena *a, struct op_result *ret, struct fault *f)
{
	(void)a;
	const struct unit_open_in *in = input;
	const struct unit *known = tree_find_code(&app->tree, in->code);
	if (known && !unit_never_was(known)) {
		ret->entity_id = known->id.v;
		ret->unchanged = true;
		return OK;
	}
	struct unit_id parent = id_of(in->parent ? tree_find_code(&app->tree, in->parent) : NULL), id;
	struct paper paper = { in->paper_no, in->paper_on };
	const struct {
		const char *kind, *value;
		struct unit_id ref;
		bool there;
	} facts[] = {
		{ UNIT_OPEN, NULL, { 0 }, true },
		{ UNIT_NAME, in->name, { 0 }, true },
		{ UNIT_KIND, in->kind, { 0 }, true },
		{ UNIT_PARENT, NULL, parent, parent.v != 0 },
		{ UNIT_SECTOR, in->sector, { 0 }, in->sector != NULL },
		{ UNIT_AUTHORISED, yes_no(in->authorised), { 0 }, in->authorised >= 0 },
	};
	TRY(ops_unit_new(app, in->code, entry, &id, f));
	for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
		if (facts[i].there)
			TRY(ops_unit_add_fact(app, id, fact_of(facts[i].kind, in->opened, facts[i].value, facts[i].ref, paper, entry), f));
	ret->entity_id = id.v;
	return OK;
}

/* ---- changes ---- */

enum err ops_unit_rename_check(struct app *app, const void *input, struct arena *a, struct warnings *w, struct fault *f)
{
	(void)w;
	const struct unit_rename_in *in = input;
	struct unit *u;
	TRY(past(app, "from", in->from, a, f));
	return ops_open_unit(app, in->unit, "unit", in->from, &u, f);
}

enum err ops_unit_rename(struct app *app, const void *input, struct entry_id entry, struct arena *a, struct op_result *ret, struct fault *f)
{
	(void)a;
	const struct unit_rename_in *in = input;
	struct paper paper = { in->paper_no, in->paper_on };
	return add_change(app, in->unit, fact_of(UNIT_NAME, in->from, in->name, (struct unit_id){ 0 }, paper, entry), ret, f);
}

enum err ops_unit_move_check(struct app *app, const void *input, struct arena *a, struct warnings *w, struct fault *f)
{
	(void)w;
	const struct unit_move_in *in = input;
	struct unit *u, *parent;
	TRY(past(app, "from", in->from, a, f));
	TRY(ops_open_unit(app, in->unit, "unit", in->from, &u, f));
	TRY(ops_open_unit(app, in->parent, "parent", in->from, &parent, f));
	return tree_check_parent(&app->tree, u->id, parent->id, in->from, f);
}

enum err ops_unit_move(struct app *app, const void *input, struct entry_id entry, struct arena *a, struct op_result *ret, struct fault *f)
{
	(void)a;
	const struct unit_move_in *in = input;
	struct paper paper = { in->paper_no, in->paper_on };
	struct unit *parent;
	TRY(app_unit(app, in->parent, "parent", &parent, f));
	return add_change(app, in->unit, fact_of(UNIT_PARENT, in->from, NULL, parent->id, paper, entry), ret, f);
}

static enum err warn_people(struct app *app, struct unit_id unit, struct arena *a, struct warnings *w, struct fault *f)
{
	struct unit_people_row row;
	bool found;
	TRY(q_unit_people(app->db, unit, a, &found, &row, f));
	if (found && row.people > 0)
		WARN(a, w, "unit", MSG_UNIT_HAS_PEOPLE, arena_printf(a, "%lld", (long long)row.people));
	return OK;
}

enum err ops_unit_close_check(struct app *app, const void *input, struct arena *a, struct warnings *w, struct fault *f)
{
	const struct unit_close_in *in = input;
	struct unit *u;
	TRY(past(app, "on", in->on, a, f));
	TRY(app_unit(app, in->unit, "unit", &u, f));
	struct day closed = unit_closed(u);
	if (day_known(closed) && day_equal(closed, in->on))
		return OK;
	if (day_known(closed))
		return FAULT(f, E_CONFLICT, "on", MSG_UNIT_CLOSED_AGAIN, u->code, ops_day_text(closed, a));
	TRY(ops_open_unit(app, in->unit, "unit", day_add(in->on, -1), &u, f));
	TRY(tree_check_close(&app->tree, u->id, in->on, f));
	return warn_people(app, u->id, a, w, f);
}

enum err ops_unit_close(struct app *app, const void *input, struct entry_id entry, struct arena *a, struct op_result *ret, struct fault *f)
{
	(void)a;
	const struct unit_close_in *in = input;
	struct paper paper = { in->paper_no, in->paper_on };
	return add_change(app, in->unit, fact_of(UNIT_CLOSE, in->on, NULL, (struct unit_id){ 0 }, paper, entry), ret, f);
}

/* ---- unit_fact ---- */

static enum err year(const char *s, struct fault *f)
{
	if (strlen(s) != 4 || strspn(s, "0123456789") != 4)
		return FAULT(f, E_INVALID, "value", MSG_UNIT_PLAN_YEAR, s);
	return OK;
}

enum err ops_unit_fact_tidy(struct app *app, void *input, struct arena *a, struct fault *f)
{
	(void)app, (void)a;
	static const struct {
		const char *kind;
		enum code_table codes;
	} kinds[] = { { UNIT_KIND, CODES_UNIT_KIND }, { UNIT_SECTOR, CODES_SECTOR }, { UNIT_AUTHORISED, CODES_YES_NO } };
	struct unit_fact_in *in = input;
	if (strcmp(in->kind, UNIT_PLAN) == 0)
		return year(in->value, f);
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		const struct code *c;
		if (strcmp(in->kind, kinds[i].kind) != 0)
			continue;
		TRY(code_find(kinds[i].codes, in->value, "value", &c, f));
		in->value = c->key;
		return OK;
	}
	return FAULT(f, E_INVALID, "kind", MSG_UNIT_FACT_KIND, in->kind);
}

static void warn_cited(const struct fault *what, const char *cite, struct arena *a, struct warnings *w)
{
	struct fault note = *what;
	(void)!fault_cite(&note, cite);
	warnings_add(a, w, &note);
}

/* Size and kind of a committee that is to admit by itself; its rating of three years is not in the register. */
static enum err warn_authorised(struct app *app, const struct unit *u, struct day on, struct arena *a, struct warnings *w, struct fault *f)
{
	const struct body *row = NULL;
	struct voters known;
	struct fault note;
	int32_t more_than = authority_members(&app->rules, unit_kind(u, on), on, &row);
	if (more_than < 0) {
		WARN(a, w, "value", MSG_UNIT_AUTHORISED_KIND, unit_name(u, on));
		return OK;
	}
	TRY(voters_below(app, u->id, on, a, &known, f));
	if (known.members > more_than)
		return OK;
	(void)!FAULT(&note, E_RULE, "value", MSG_UNIT_AUTHORISED_FEW, unit_name(u, on), arena_printf(a, "%d", (int)known.members),
		arena_printf(a, "%d", (int)more_than));
	warn_cited(&note, row->cite, a, w);
	return OK;
}

enum err ops_unit_fact_check(struct app *app, const void *input, struct arena *a, struct warnings *w, struct fault *f)
{
	const struct unit_fact_in *in = input;
	struct unit *u;
	TRY(past(app, "from", in->from, a, f));
	TRY(ops_open_unit(app, in->unit, "unit", in->from, &u, f));
	if (strcmp(in->kind, UNIT_AUTHORISED) != 0)
		return OK;
	if (!in->paper_no)
		WARN(a, w, "paper_no", MSG_UNIT_AUTHORISED_PAPER);
	return strcmp(in->value, "yes") == 0 ? warn_authorised(app, u, in->from, a, w, f) : OK;
}

/* A unit may have plans for several years, so that another year is no change of the year before. */
static bool has_plan(const struct unit *u, const char *year_text)
{
	for (size_t i = 0; i < u->n; i++)
		if (strcmp(u->facts[i].kind, UNIT_PLAN) == 0 && text_equal(u->facts[i].value, year_text))
			return true;
	return false;
}

enum err ops_unit_fact(struct app *app, const void *input, struct entry_id entry, struct arena *a, struct op_result *ret, struct fault *f)
{
	(void)a;
	const struct unit_fact_in *in = input;
	struct paper paper = { in->paper_no, in->paper_on };
	struct unit *u;
	TRY(app_unit(app, in->unit, "unit", &u, f));
	if (strcmp(in->kind, UNIT_PLAN) == 0 && has_plan(u, in->value)) {
		ret->entity_id = u->id.v;
		ret->unchanged = true;
		return OK;
	}
	return add_change(app, in->unit, fact_of(in->kind, in->from, in->value, (struct unit_id){ 0 }, paper, entry), ret, f);
}
