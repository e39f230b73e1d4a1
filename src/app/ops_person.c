/* person_record: whatever a list knows of one person, beside what is on record. The check makes a plan, the apply stores it. */
#include "app/access_need.h"
#include "app/ops_impl.h"
#include "app/people.h"
#include "base/utf8.h"
#include "domain/reorg.h"
#include "store/queries.gen.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

#define IN(m) offsetof(struct person_record_in, m)

enum { NOWHERE = SIZE_MAX >> 1 };

/* Attributes: what holds of the person as far back as the list knows. */
static const struct {
	const char *kind;
	size_t at;
	enum field_type type;
} attributes[] = {
	{ "name", IN(name), FIELD_TEXT },
	{ "birth", IN(birth), FIELD_DAY },
	{ "sex", IN(sex), FIELD_CODE },
	{ "id_number", IN(id_number), FIELD_TEXT },
	{ "ethnicity", IN(ethnicity), FIELD_CODE },
	{ "religion", IN(religion), FIELD_CODE },
	{ "education", IN(education), FIELD_CODE },
	{ "schooling", IN(schooling), FIELD_CODE },
	{ "occupation", IN(occupation), FIELD_CODE },
	{ "youth", IN(youth), FIELD_BOOL },
	{ "introducer", IN(introducer), FIELD_CODE },
};

/* Steps and exits in the order of the chain. */
static const struct event {
	const char *kind, *field;
	size_t day_at, text_at; /* the text is the number of the paper, or an exit's reason */
	bool is_exit, in_class;
	size_t paper_at; /* day of the paper where it is not the day it holds from; 0: none */
} events[] = {
	{ "source", "introduced", IN(introduced), NOWHERE },
	{ "on_list", "listed", IN(listed), NOWHERE },
	{ "class", "class_code", NOWHERE, NOWHERE, .in_class = true },
	{ "certificate", "certified", IN(certified), IN(certificate_no), .in_class = true },
	{ "dossier", "dossier", IN(dossier), NOWHERE },
	{ "branch_vote", "branch_vote", IN(branch_vote), NOWHERE },
	{ "grassroots_vote", "grassroots_vote", IN(grassroots_vote), NOWHERE },
	{ FACT_DECISION, "decided", IN(decided), IN(decision_no) },
	{ "received", "received", IN(received), NOWHERE },
	{ FACT_CEREMONY, "ceremony", IN(ceremony), NOWHERE },
	{ "recognition_vote", "recognition_vote", IN(recognition_vote), NOWHERE },
	{ FACT_RECOGNITION, "official", IN(official), IN(official_no), .paper_at = IN(official_decided) },
	{ "moved", "moved", IN(moved), NOWHERE },
	{ "notified", "notified", IN(notified), NOWHERE },
	{ FACT_LEFT, "left", IN(left), IN(left_reason), .is_exit = true },
};

struct plan {
	struct person_id id;  /* 0: somebody new */
	struct facts all;     /* on record, then to be added */
	size_t known;         /* how many are on record */
};

/* What making the plan needs. `check` is NULL on replay: what was accepted stays accepted. */
struct planner {
	struct app *app;
	const struct person_record_in *in;
	struct unit_id unit;
	struct class_id class_id;
	struct day class_from;
	struct arena *a;
	struct warnings *check;
	struct plan *plan;
	struct facts active;
};

static const char *text_at(const struct person_record_in *in, size_t at)
{
	return at == NOWHERE ? NULL : *(const char *const *)((const char *)in + at);
}

static struct day day_at(const struct person_record_in *in, size_t at)
{
	return *(const struct day *)((const char *)in + at);
}

/* ---- who is it ---- */

static struct unit_id grassroots_of(const struct tree *t, struct unit_id id)
{
	const struct unit *u = tree_find(t, id);
	for (size_t i = 0; u && i <= t->n; i++) {
		const char *kind = unit_kind(u, DAY_LAST);
		if (strcmp(kind, "GRASS_DB") == 0 || strcmp(kind, "GRASS_CB") == 0)
			return u->id;
		u = tree_find(t, unit_parent(u, DAY_LAST));
	}
	return id;
}

static bool near(const struct tree *t, struct unit_id x, struct unit_id y)
{
	return ID_EQUAL(x, y) || ID_EQUAL(grassroots_of(t, x), grassroots_of(t, y));
}

static bool could_be(const struct planner *p, const struct people_by_fold_row *row)
{
	const struct person_record_in *in = p->in;
	bool other_number = in->id_number && row->id_number && strcmp(in->id_number, row->id_number) != 0;
	return !other_number && near(&p->app->tree, row->unit_id, p->unit);
}

static bool is_exact(const struct planner *p, const struct people_by_fold_row *row)
{
	return day_equal(p->in->birth, row->birth_on);
}

/* The one candidate with the same birth day, else the one for whom one side does not know it. */
static enum err choose(const struct planner *p, const struct people_by_fold_row *rows, size_t n, struct person_id *ret, struct fault *f)
{
	const struct people_by_fold_row *best = NULL;
	size_t rivals = 0;
	for (size_t i = 0; i < n; i++) {
		if (!could_be(p, &rows[i]) || (best && is_exact(p, best) && !is_exact(p, &rows[i])))
			continue;
		rivals = best && is_exact(p, best) == is_exact(p, &rows[i]) ? rivals + 1 : 1;
		best = &rows[i];
	}
	if (rivals > 1 && p->check)
		return FAULT(f, E_CONFLICT, "name", MSG_PERSON_AMBIGUOUS, p->in->name, arena_printf(p->a, "%zu", rivals));
	*ret = best ? best->id : (struct person_id){ 0 };
	return OK;
}

static enum err find_person(const struct planner *p, struct person_id *ret, struct fault *f)
{
	struct people_by_fold_row *rows;
	struct person_id owner = { 0 };
	size_t n;
	if (p->in->id_number)
		TRY(people_by_number(p->app, p->in->id_number, p->a, &owner, f));
	if (owner.v) {
		*ret = owner;
		return OK;
	}
	bool any_birth = !day_known(p->in->birth);
	TRY(q_people_by_fold(p->app->db, vi_fold(p->a, p->in->name), any_birth ? DAY_FIRST : p->in->birth, any_birth ? DAY_LAST : p->in->birth,
		p->a, &rows, &n, f));
	return choose(p, rows, n, ret, f);
}

/* ---- what is new ---- */

static enum err conflict(const struct planner *p, const char *field, const char *old, const char *new, struct fault *f)
{
	return FAULT(f, E_CONFLICT, field, MSG_PERSON_DIFFERS, p->in->name, arena_printf(p->a, "%" PRId64, p->plan->id.v), old, new);
}

static struct fact *add(const struct planner *p, const char *kind, struct day on)
{
	struct fact *fact = people_add(&p->plan->all, p->a, kind);
	fact->on = on;
	fact->unit = p->unit;
	return fact;
}

static enum err plan_unit(struct planner *p, struct fault *f)
{
	const struct fact *last = facts_last(&p->active, FACT_UNIT, DAY_NONE);
	bool later = day_known(p->in->since) && last && last->on.n < p->in->since.n;
	if (last && ID_EQUAL(last->unit, p->unit))
		return OK;
	if (last && !later && p->check) {
		const struct unit *u = tree_find(&p->app->tree, last->unit);
		return conflict(p, "unit", u->code, p->in->unit, f);
	}
	(void)add(p, FACT_UNIT, p->in->since);
	return OK;
}

static const char *attribute_value(const struct planner *p, size_t i)
{
	char day[DAY_TEXT];
	if (attributes[i].type == FIELD_DAY)
		return day_known(day_at(p->in, attributes[i].at)) ? arena_strdup(p->a, day_iso(day_at(p->in, attributes[i].at), day)) : NULL;
	if (attributes[i].type == FIELD_BOOL)
		return p->in->youth < 0 ? NULL : p->in->youth ? "yes" : "no";
	return text_at(p->in, attributes[i].at);
}

static bool same_value(const struct planner *p, const char *kind, const char *old, const char *new)
{
	return strcmp(kind, "name") == 0 ? people_same_name(old, new, p->a) : strcmp(old, new) == 0;
}

static enum err plan_attribute(struct planner *p, size_t i, struct fault *f)
{
	const char *kind = attributes[i].kind, *new = attribute_value(p, i), *old = facts_value(&p->active, kind, DAY_NONE);
	if (!new || (old && (same_value(p, kind, old, new) || !p->check)))
		return OK;
	if (old)
		return conflict(p, kind, people_value(kind, old, p->app->lang, p->a), people_value(kind, new, p->app->lang, p->a), f);
	add(p, kind, DAY_NONE)->value = new;
	return OK;
}

static struct day event_day(const struct planner *p, const struct event *e)
{
	return e->day_at == NOWHERE ? p->class_from : day_at(p->in, e->day_at);
}

static struct fact wanted(const struct planner *p, const struct event *e)
{
	const char *text = text_at(p->in, e->text_at);
	return (struct fact){
		.kind = e->kind, .on = event_day(p, e), .unit = p->unit, .paper_on = e->paper_at ? day_at(p->in, e->paper_at) : DAY_NONE,
		.since = DAY_NONE,
		.value = e->is_exit ? text : NULL, .paper_no = e->is_exit ? NULL : text,
		.class_id = e->in_class ? p->class_id : (struct class_id){ 0 },
	};
}

/* The recorded fact with what the list knows beside it; *ret_new tells whether that is anything. */
static enum err merge(const struct planner *p, const struct event *e, const struct fact *old, const struct fact *new, struct fact *ret,
	bool *ret_new, struct fault *f)
{
	*ret = *old;
	*ret_new = false;
	if (!day_equal(old->on, new->on))
		return conflict(p, e->field, ops_day_text(old->on, p->a), ops_day_text(new->on, p->a), f);
	if (new->paper_no && old->paper_no && strcmp(new->paper_no, old->paper_no) != 0)
		return conflict(p, e->field, old->paper_no, new->paper_no, f);
	if (new->value && !text_equal(old->value, new->value))
		return conflict(p, e->field, people_value(e->kind, old->value, p->app->lang, p->a), people_value(e->kind, new->value,
			p->app->lang, p->a), f);
	if (new->class_id.v && old->class_id.v && !ID_EQUAL(new->class_id, old->class_id))
		return conflict(p, "class_code", "–", p->in->class_code, f);
	if (new->paper_no && !old->paper_no) {
		ret->paper_no = new->paper_no;
		*ret_new = true;
	}
	if (day_known(new->paper_on) && !day_equal(new->paper_on, old->paper_on)) {
		if (day_known(old->paper_on))
			return conflict(p, e->field, ops_day_text(old->paper_on, p->a), ops_day_text(new->paper_on, p->a), f);
		ret->paper_on = new->paper_on;
		*ret_new = true;
	}
	if (new->class_id.v && !old->class_id.v) {
		ret->class_id = new->class_id;
		*ret_new = true;
	}
	return OK;
}

/* A step on record of which the list knows more: the fuller fact corrects it. */
static enum err plan_fuller(struct planner *p, const struct event *e, const struct fact *old, const struct fact *new, struct fault *f)
{
	struct fact fuller;
	bool is_new;
	TRY(merge(p, e, old, new, &fuller, &is_new, f));
	if (!is_new)
		return OK;
	struct fact *fact = people_add(&p->plan->all, p->a, e->kind);
	fuller.seq = fact->seq;
	fuller.corrects = old->seq;
	*fact = fuller;
	p->active = facts_active(&p->plan->all, p->a);
	return OK;
}

/* A step without its day cannot be placed: what else is known of it is not stored, and that is said. */
static void warn_no_day(const struct planner *p, const struct event *e, const struct fact *new)
{
	struct fault f;
	if (!p->check || (!new->paper_no && !new->value && !day_known(new->paper_on)))
		return;
	(void)!FAULT(&f, E_INVALID, e->field, MSG_STEP_WITHOUT_DAY);
	warnings_add(p->a, p->check, &f);
}

static enum err plan_event(struct planner *p, const struct event *e, struct fault *f)
{
	struct fact new = wanted(p, e);
	if (!day_known(new.on)) {
		warn_no_day(p, e, &new);
		return OK;
	}
	const struct fact *old = facts_last(&p->active, e->kind, DAY_NONE);
	if (old)
		return plan_fuller(p, e, old, &new, f);
	if (p->check) {
		struct world world = app_world(p->app);
		size_t known = p->check->n;
		enum err refused = standing_can_record(&world, &p->active, &new, p->app->today, p->a, p->check, f);
		if (refused != OK)
			return ops_name_field(f, e->field);
		for (; known < p->check->n; known++)
			(void)!ops_name_field(&p->check->v[known], e->field);
	}
	struct fact *fact = people_add(&p->plan->all, p->a, e->kind);
	new.seq = fact->seq;
	*fact = new;
	p->active = facts_active(&p->plan->all, p->a);
	return OK;
}

static enum err plan_class(struct planner *p, struct fault *f)
{
	struct class_by_code_row row;
	bool found;
	if (!p->in->class_code)
		return OK;
	TRY(q_class_by_code(p->app->db, p->in->class_code, p->a, &found, &row, f));
	if (!found)
		return FAULT(f, E_NOTFOUND, "class_code", MSG_CLASS_UNKNOWN, p->in->class_code);
	p->class_id = row.id;
	p->class_from = row.from_on;
	return OK;
}

static enum err plan_facts(struct planner *p, struct fault *f)
{
	TRY(plan_unit(p, f));
	for (size_t i = 0; i < sizeof attributes / sizeof *attributes; i++)
		TRY(plan_attribute(p, i, f));
	p->active = facts_active(&p->plan->all, p->a);
	for (size_t i = 0; i < sizeof events / sizeof *events; i++)
		TRY(plan_event(p, &events[i], f));
	if (p->check && day_known(p->in->since))
		reorg_warn_stranded(&p->app->tree, &p->active, p->a, p->check);
	return OK;
}

/* `check` NULL: replay. */
static enum err make_plan(struct app *app, const struct person_record_in *in, struct arena *a, struct warnings *check,
	struct plan *plan, struct fault *f)
{
	struct planner p = { .app = app, .in = in, .a = a, .check = check, .plan = plan, .class_from = DAY_NONE };
	struct unit *u;
	TRY(app_unit(app, in->unit, "unit", &u, f));
	p.unit = u->id;
	TRY(plan_class(&p, f));
	TRY(find_person(&p, &plan->id, f));
	if (plan->id.v) {
		TRY(people_facts(app, plan->id, a, &plan->all, f));
		p.active = facts_active(&plan->all, a);
	}
	plan->known = plan->all.n;
	return plan_facts(&p, f);
}

/* ---- who may ---- */

/* Also where the person stands that the list means: else two branches could write the same person. Somebody whom they do not see is found
 * by the citizen ID, or in another branch by the same name and day; that such a record exists must be said, for a second one would be
 * wrong. */
enum err access_person_record(struct app *app, const void *input, struct arena *a, struct access_need *ret, struct fault *f)
{
	struct planner p = { .app = app, .in = input, .a = a };
	struct person_get_row row;
	struct person_id id;
	struct unit *u;
	bool found;
	*ret = (struct access_need){ .perm = PERM_PERSON_WRITE, .instead = PERM_PERSON_WRITE };
	if (!input)
		return OK;
	TRY(access_see_unit(app, p.in->unit, "unit", &u, f));
	access_add(ret, u->id);
	p.unit = u->id;
	if (!access_may(&app->tree, app->who, PERM_PERSON_WRITE, u->id, app->today))
		return OK;
	TRY(find_person(&p, &id, f));
	if (id.v == 0)
		return OK;
	TRY(q_person_get(app->db, id, a, &found, &row, f));
	assert(found);
	if (!access_may(&app->tree, app->who, PERM_PEOPLE, row.unit_id, app->today))
		return FAULT(f, E_CONFLICT, p.in->id_number ? "id_number" : "name", MSG_PERSON_ELSEWHERE, p.in->name);
	access_add(ret, row.unit_id);
	return OK;
}

/* ---- the operation ---- */

enum err ops_person_record_tidy(struct app *app, void *input, struct arena *a, struct fault *f)
{
	(void)app;
	struct person_record_in *in = input;
	if (in->id_number)
		TRY(people_id_number(in->id_number, a, &in->id_number, f));
	return OK;
}

/* Today's unit, or the one of the last day that the list gives when the person is gone since. */
static struct day day_in_unit(const struct app *app, const struct person_record_in *in)
{
	if (day_known(in->since))
		return in->since;
	if (day_known(in->left))
		return in->left;
	return day_known(in->moved) ? in->moved : app->today;
}

enum err ops_person_record_check(struct app *app, const void *input, struct arena *a, struct warnings *w, struct fault *f)
{
	const struct person_record_in *in = input;
	struct unit *u;
	if (day_known(in->birth) && day_before(app->today, in->birth))
		return FAULT(f, E_RULE, "birth", MSG_DAY_IN_FUTURE, ops_day_text(in->birth, a), ops_day_text(app->today, a));
	if (day_known(in->left) != (in->left_reason != NULL))
		return FAULT(f, E_INVALID, in->left_reason ? "left" : "left_reason", MSG_REQUIRED);
	TRY(ops_open_unit(app, in->unit, "unit", day_in_unit(app, in), &u, f));
	people_id_number_doubts(in->id_number, in->sex, in->birth, a, w);
	struct plan *plan = arena_new(a, struct plan);
	TRY(make_plan(app, in, a, w, plan, f));
	app->plan = plan;
	return OK;
}

enum err ops_person_record(struct app *app, const void *input, struct entry_id entry, struct arena *a, struct op_result *ret,
	struct fault *f)
{
	struct plan *plan = app->plan;
	if (!plan) {
		plan = arena_new(a, struct plan);
		TRY(make_plan(app, input, a, NULL, plan, f));
	}
	ret->unchanged = plan->known == plan->all.n;
	ret->entity_id = plan->id.v;
	if (ret->unchanged)
		return OK;
	if (plan->known == 0)
		ret->entity_id = app->next_id[NEXT_PERSON]++;
	return people_store(app, (struct person_id){ ret->entity_id }, &plan->all, plan->known, entry, a, f);
}
