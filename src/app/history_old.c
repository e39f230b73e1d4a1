/* What stood there before an entry: found among the facts that are older than it, which are never overwritten. */
#include "app/history_parts.h"

#include "app/people.h"
#include "base/text.h"
#include "store/queries.gen.h"

#include <assert.h>
#include <string.h>

static void set_old(const struct history_given *g, const char *name, const char *old)
{
	for (size_t i = 0; g->op->fields[i].name; i++)
		if (strcmp(g->op->fields[i].name, name) == 0 && !text_equal(old, g->v[i].value))
			g->v[i].old = old;
}

/* What was not given was not changed. */
static void set_old_of_given(const struct history_given *g, const char *name, const char *old)
{
	for (size_t i = 0; g->op->fields[i].name; i++)
		if (strcmp(g->op->fields[i].name, name) == 0 && g->v[i].value)
			set_old(g, name, old);
}

/* Numbers that mean something to the program only. */
static void set_value(const struct history_given *g, const char *name, const char *value)
{
	for (size_t i = 0; g->op->fields[i].name; i++)
		if (strcmp(g->op->fields[i].name, name) == 0)
			g->v[i].value = value;
}

/* ---- persons ---- */

static const struct fact *fact_by_seq(const struct facts *facts, int64_t seq)
{
	for (size_t i = 0; i < facts->n; i++)
		if (facts->v[i].seq == seq)
			return &facts->v[i];
	return NULL;
}

/* The facts that were on record before the entry, in force then. */
static struct facts facts_before(const struct history_given *g)
{
	struct facts before = { 0 };
	for (size_t i = 0; i < g->facts.n; i++)
		if (g->facts.v[i].entry.v < g->entry->id.v)
			*arena_push(g->a, before.v, before.n, before.cap) = g->facts.v[i];
	return facts_active(&before, g->a);
}

/* Which fact was meant is as much worth knowing as what it said. */
static const char *fact_text(const struct history_given *g, const struct fact *x)
{
	struct text t = TEXT(g->a);
	text_addf(&t, "%d: %s", x->seq, history_kind(g->app, x->kind));
	if (day_known(x->on))
		text_addf(&t, ", %s", history_day(g->app, x->on, g->a));
	return text_str(&t);
}

static enum err old_of_correction(struct history_given *g, struct fault *f)
{
	(void)f;
	const struct fact_correct_in *in = g->in;
	const struct fact *x = fact_by_seq(&g->facts, in->seq);
	if (!x)
		return OK;
	set_value(g, "seq", fact_text(g, x));
	void (*set)(const struct history_given *g, const char *name, const char *old) = in->withdraw == 1 ? set_old : set_old_of_given;
	set(g, "on", history_day(g->app, x->on, g->a));
	set(g, "value", history_fact_value(g->app, x->kind, x->value, g->a));
	set(g, "paper_no", x->paper_no);
	set(g, "paper_on", history_day(g->app, x->paper_on, g->a));
	set(g, "signer", x->signer);
	for (const struct field *fd = g->op->fields; x->has_vote && fd->name; fd++)
		if (vote_count(&x->vote, fd->name) >= 0)
			set(g, fd->name, arena_printf(g->a, "%d", vote_count(&x->vote, fd->name)));
	return OK;
}

static enum err old_of_fact(struct history_given *g, struct fault *f)
{
	(void)f;
	const struct fact_record_in *in = g->in;
	const struct facts before = facts_before(g);
	const struct fact_kind *k = fact_kind_find(in->kind);
	if (k && k->family == FACT_ATTRIBUTE)
		set_old_of_given(g, "value", history_fact_value(g->app, in->kind, facts_value(&before, in->kind, in->on), g->a));
	if (k && k->family == FACT_PLACE)
		set_old_of_given(g, "unit", history_unit(g, facts_unit(&before, in->on)));
	return OK;
}

static enum err old_of_birth(struct history_given *g, struct fault *f)
{
	(void)f;
	const struct facts before = facts_before(g);
	set_old(g, "birth", history_fact_value(g->app, "birth", facts_value(&before, "birth", DAY_NONE), g->a));
	return OK;
}

static enum err old_of_confirmed(struct history_given *g, struct fault *f)
{
	(void)f;
	const struct fact *x = fact_by_seq(&g->facts, ((const struct birth_confirm_in *)g->in)->seq);
	if (x)
		set_value(g, "seq", arena_printf(g->a, "%s: %s", fact_text(g, x), history_fact_value(g->app, x->kind, x->value, g->a)));
	return OK;
}

/* Attributes are called alike in the list and on record. */
static enum err old_of_list(struct history_given *g, struct fault *f)
{
	(void)f;
	const struct facts before = facts_before(g);
	if (before.n == 0)
		return OK;
	for (size_t i = 0; g->op->fields[i].name; i++) {
		const char *name = g->op->fields[i].name;
		const struct fact_kind *k = fact_kind_find(name);
		if (k && k->family == FACT_ATTRIBUTE)
			set_old_of_given(g, name, history_fact_value(g->app, name, facts_value(&before, name, DAY_NONE), g->a));
	}
	set_old_of_given(g, "unit", history_unit(g, facts_unit(&before, DAY_NONE)));
	return OK;
}

/* ---- units ---- */

static bool corrected_before(const struct unit *u, int32_t seq, struct entry_id entry)
{
	for (size_t i = 0; u->corrected && i < u->n; i++)
		if (u->facts[i].corrects == seq && u->facts[i].entry.v < entry.v)
			return true;
	return false;
}

/* The fact in force on a day, as known before the entry. */
static const struct unit_fact *fact_then(const struct history_given *g, const char *code, const char *kind, struct day on)
{
	const struct unit *u = tree_find_code(&g->app->tree, code);
	for (size_t i = u ? u->n : 0; i-- > 0;) {
		const struct unit_fact *x = &u->facts[i];
		if (x->from.n <= on.n && x->entry.v < g->entry->id.v && strcmp(x->kind, kind) == 0 &&
			!x->withdrawn && !corrected_before(u, x->seq, g->entry->id))
			return x;
	}
	return NULL;
}

static enum err old_of_name(struct history_given *g, struct fault *f)
{
	(void)f;
	const struct unit_rename_in *in = g->in;
	const struct unit_fact *x = fact_then(g, in->unit, UNIT_NAME, in->from);
	set_old(g, "name", x ? x->value : NULL);
	return OK;
}

static enum err old_of_parent(struct history_given *g, struct fault *f)
{
	(void)f;
	const struct unit_move_in *in = g->in;
	const struct unit_fact *x = fact_then(g, in->unit, UNIT_PARENT, in->from);
	set_old(g, "parent", x ? history_unit(g, x->ref) : NULL);
	return OK;
}

/* Plans of several years stand side by side: none replaces another. */
static enum err old_of_unit_fact(struct history_given *g, struct fault *f)
{
	(void)f;
	const struct unit_fact_in *in = g->in;
	const struct unit_fact *x = strcmp(in->kind, UNIT_PLAN) == 0 ? NULL : fact_then(g, in->unit, in->kind, in->from);
	set_old(g, "value", x ? history_unit_value(g->app, in->kind, x->value) : NULL);
	return OK;
}

/* ---- targets and days ---- */

static enum err old_of_target(struct history_given *g, struct fault *f)
{
	struct target_get_row now, old;
	bool found;
	TRY(q_target_get(g->app->db, (struct target_id){ g->entry->entity_id }, g->a, &found, &now, f));
	if (!found || !now.replaces.v)
		return OK;
	TRY(q_target_get(g->app->db, now.replaces, g->a, &found, &old, f));
	if (!found)
		return OK;
	set_old(g, "low", history_milli(g->app, old.low_milli, g->a));
	set_old(g, "high", history_milli(g->app, old.high_milli, g->a));
	set_old(g, "at_least", old.at_least ? history_yes_no(g->app, true) : NULL);
	set_old(g, "decided", history_day(g->app, old.decided_on, g->a));
	set_old(g, "paper_no", old.paper_no);
	return OK;
}

static enum err old_of_day(struct history_given *g, struct fault *f)
{
	const struct calendar_set_in *in = g->in;
	struct calendar_before_row row;
	bool found;
	TRY(q_calendar_before(g->app->db, in->day, g->entry->id, g->a, &found, &row, f));
	if (!found)
		return OK;
	set_old(g, "kind", code_label(CODES_DAY_KIND, row.kind, g->app->lang));
	set_old(g, "note", row.note);
	return OK;
}

/* ---- roles ---- */

/* The entry names the grant by its number alone: which role that was, where, and until when it would have gone on. */
static enum err old_of_role(struct history_given *g, struct fault *f)
{
	const struct role_end_in *in = g->in;
	struct grant_get_row row;
	bool found;
	TRY(q_grant_get(g->app->db, in->grant_id, g->a, &found, &row, f));
	if (!found)
		return OK;
	const char *unit = history_unit(g, row.unit_id);
	const char *role = code_label(CODES_ROLE, row.role, g->app->lang);
	set_value(g, "grant_id", unit ? arena_printf(g->a, "%s, %s", role, unit) : role);
	return OK;
}

/* ---- by operation ---- */

static const struct {
	const char *op;
	enum err (*old)(struct history_given *g, struct fault *f);
} table[] = {
	{ "unit_rename", old_of_name }, { "unit_move", old_of_parent }, { "unit_fact", old_of_unit_fact },
	{ "target_set", old_of_target }, { "calendar_set", old_of_day }, { "role_end", old_of_role },
	{ "person_record", old_of_list }, { "fact_record", old_of_fact }, { "fact_correct", old_of_correction }, { "birth_propose", old_of_birth },
	{ "birth_confirm", old_of_confirmed },
};

enum err history_old(struct history_given *g, struct fault *f)
{
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		if (strcmp(table[i].op, g->op->name) == 0)
			return table[i].old(g, f);
	return OK;
}

/* The kind of fact that a "value" belongs to. */
static const char *kind_of(const struct history_given *g)
{
	if (strcmp(g->op->name, "fact_record") == 0)
		return ((const struct fact_record_in *)g->in)->kind;
	if (strcmp(g->op->name, "unit_fact") == 0)
		return ((const struct unit_fact_in *)g->in)->kind;
	if (strcmp(g->op->name, "fact_correct") != 0)
		return NULL;
	const struct fact *x = fact_by_seq(&g->facts, ((const struct fact_correct_in *)g->in)->seq);
	return x ? x->kind : NULL;
}

static void fill_given(const struct history_given *g)
{
	const char *kind = kind_of(g);
	for (size_t i = 0; g->op->fields[i].name; i++) {
		const struct field *fd = &g->op->fields[i];
		g->v[i] = (struct history_field){ fd->name, g->app->lang == LANG_VI ? fd->vi : fd->en, history_value(g, fd, kind), NULL };
	}
}

static size_t fields_n(const struct op *op)
{
	size_t n = 0;
	while (op->fields[n].name)
		n++;
	return n;
}

/* An operation that this program does not know any more still has its instant and actor. */
enum err history_fields(struct app *app, const struct entry *e, struct arena *a, const struct history_field **ret, size_t *ret_n,
	struct fault *f)
{
	struct history_given g = { .app = app, .a = a, .entry = e, .op = op_find(e->op) };
	void *in;
	size_t kept = 0;
	*ret_n = 0;
	*ret = NULL;
	if (!g.op || op_from_json(g.op, e->input, a, &in, NULL) != OK)
		return OK;
	g.in = in;
	size_t n = fields_n(g.op);
	g.v = arena_array(a, struct history_field, n);
	if (strcmp(e->entity, "person") == 0)
		TRY(people_facts(app, (struct person_id){ e->entity_id }, a, &g.facts, f));
	fill_given(&g);
	TRY(history_old(&g, f));
	for (size_t i = 0; i < n; i++)
		if (g.v[i].value || g.v[i].old)
			g.v[kept++] = g.v[i];
	*ret = g.v;
	*ret_n = kept;
	return OK;
}
