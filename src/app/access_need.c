/* What each operation needs, and where. What they do not see is unknown to them, in the very words of something that is not there. */
#include "app/access_need.h"
#include "app/ops_impl.h"
#include "app/people.h"
#include "domain/helper.h"
#include "store/queries.gen.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

void access_add(struct access_need *need, struct unit_id unit)
{
	assert(need->n < ACCESS_UNITS_MAX);
	need->units[need->n++] = unit;
}

enum err access_see_unit(struct app *app, const char *code, const char *field, struct unit **ret, struct fault *f)
{
	struct unit *u = tree_find_code(&app->tree, code);
	if (!u || !access_sees(&app->tree, app->who, u->id, app->today))
		return FAULT(f, E_NOTFOUND, field, MSG_UNIT_CODE_UNKNOWN, code);
	*ret = u;
	return OK;
}

static struct access_need need_of(enum perm p)
{
	return (struct access_need){ .perm = p, .instead = p };
}

static enum err in_unit(struct app *app, const char *code, const char *field, struct access_need *need, struct fault *f)
{
	struct unit *u;
	TRY(access_see_unit(app, code, field, &u, f));
	access_add(need, u->id);
	return OK;
}

/* What the level above decides: in the unit above, everywhere for a root. */
static enum err above_unit(struct app *app, const char *code, struct access_need *need, struct fault *f)
{
	struct unit *u;
	TRY(access_see_unit(app, code, "unit", &u, f));
	access_add(need, unit_parent(u, app->today));
	return OK;
}

/* ---- organisations ---- */

/* Codes are the same for all: somebody else's is taken, and no more is said about it. */
enum err access_unit_open(struct app *app, const void *input, struct arena *a, struct access_need *ret, struct fault *f)
{
	(void)a;
	const struct unit_open_in *in = input;
	*ret = need_of(PERM_UNIT_WRITE);
	if (!in)
		return OK;
	if (in->parent)
		TRY(in_unit(app, in->parent, "parent", ret, f));
	else
		access_add(ret, (struct unit_id){ 0 });
	const struct unit *known = tree_find_code(&app->tree, in->code);
	if (known && !access_sees(&app->tree, app->who, known->id, app->today))
		return FAULT(f, E_CONFLICT, "code", MSG_CODE_USED_ELSEWHERE, in->code);
	return OK;
}

enum err access_unit_rename(struct app *app, const void *input, struct arena *a, struct access_need *ret, struct fault *f)
{
	(void)a;
	const struct unit_rename_in *in = input;
	*ret = need_of(PERM_UNIT_WRITE);
	return in ? above_unit(app, in->unit, ret, f) : OK;
}

enum err access_unit_move(struct app *app, const void *input, struct arena *a, struct access_need *ret, struct fault *f)
{
	(void)a;
	const struct unit_move_in *in = input;
	*ret = need_of(PERM_UNIT_WRITE);
	if (!in)
		return OK;
	TRY(above_unit(app, in->unit, ret, f));
	return in_unit(app, in->parent, "parent", ret, f);
}

enum err access_unit_close(struct app *app, const void *input, struct arena *a, struct access_need *ret, struct fault *f)
{
	(void)a;
	const struct unit_close_in *in = input;
	*ret = need_of(PERM_UNIT_WRITE);
	return in ? above_unit(app, in->unit, ret, f) : OK;
}

/* The kind of an organisation and its right to admit are decided by the level above. */
enum err access_unit_fact(struct app *app, const void *input, struct arena *a, struct access_need *ret, struct fault *f)
{
	(void)a;
	const struct unit_fact_in *in = input;
	*ret = need_of(PERM_UNIT_WRITE);
	if (!in)
		return OK;
	if (strcmp(in->kind, UNIT_KIND) == 0 || strcmp(in->kind, UNIT_AUTHORISED) == 0)
		return above_unit(app, in->unit, ret, f);
	return in_unit(app, in->unit, "unit", ret, f);
}

/* ---- classes, targets, calendar ---- */

enum err access_class_open(struct app *app, const void *input, struct arena *a, struct access_need *ret, struct fault *f)
{
	const struct class_open_in *in = input;
	struct class_by_code_row row;
	bool found;
	*ret = need_of(PERM_CLASS);
	if (!in)
		return OK;
	TRY(in_unit(app, in->unit, "unit", ret, f));
	TRY(q_class_by_code(app->db, in->code, a, &found, &row, f));
	if (found && !access_sees(&app->tree, app->who, row.unit_id, app->today))
		return FAULT(f, E_CONFLICT, "code", MSG_CODE_USED_ELSEWHERE, in->code);
	return OK;
}

/* Nobody changes the target that they were assigned: the level above does. What is assigned to a root comes from outside the installation,
 * and whoever keeps its records enters it. */
enum err access_target_set(struct app *app, const void *input, struct arena *a, struct access_need *ret, struct fault *f)
{
	(void)a;
	const struct target_set_in *in = input;
	struct unit *u;
	*ret = need_of(PERM_TARGET);
	if (!in)
		return OK;
	TRY(access_see_unit(app, in->unit, "unit", &u, f));
	struct unit_id above = unit_parent(u, app->today);
	access_add(ret, strcmp(in->kind, "assigned") == 0 && above.v ? above : u->id);
	return OK;
}

static void everywhere(enum perm p, struct access_need *ret)
{
	*ret = need_of(p);
	access_add(ret, (struct unit_id){ 0 });
}

enum err access_calendar_set(struct app *app, const void *input, struct arena *a, struct access_need *ret, struct fault *f)
{
	(void)app, (void)input, (void)a, (void)f;
	everywhere(PERM_CALENDAR, ret);
	return OK;
}

enum err access_rule_set(struct app *app, const void *input, struct arena *a, struct access_need *ret, struct fault *f)
{
	(void)app, (void)input, (void)a, (void)f;
	everywhere(PERM_RULES, ret);
	return OK;
}

enum err access_rule_end(struct app *app, const void *input, struct arena *a, struct access_need *ret, struct fault *f)
{
	return access_rule_set(app, input, a, ret, f);
}

enum err access_calendar_block(struct app *app, const void *input, struct arena *a, struct access_need *ret, struct fault *f)
{
	return access_calendar_set(app, input, a, ret, f);
}

enum err access_calendar_check(struct app *app, const void *input, struct arena *a, struct access_need *ret, struct fault *f)
{
	return access_calendar_set(app, input, a, ret, f);
}

/* ---- people ---- */

static enum err of_person(struct app *app, int64_t person, struct arena *a, struct access_need *need, struct fault *f)
{
	struct person_get_row row;
	bool found;
	TRY(access_person(app, PERM_PEOPLE, (struct person_id){ person }, a, f));
	TRY(q_person_get(app->db, (struct person_id){ person }, a, &found, &row, f));
	assert(found);
	access_add(need, row.unit_id);
	return OK;
}

/* A helper may be of another branch of the same grassroots organisation: nothing of their file is shown for that. Whoever is neither there
 * nor seen otherwise is as unknown as one who is not on record. */
static enum err of_other(struct app *app, int64_t person, int64_t other, struct arena *a, struct fault *f)
{
	const struct tree *t = &app->tree;
	struct person_get_row one, two;
	bool found, known;
	if (other == ABSENT_INT)
		return OK;
	TRY(q_person_get(app->db, (struct person_id){ person }, a, &found, &one, f));
	TRY(q_person_get(app->db, (struct person_id){ other }, a, &known, &two, f));
	assert(found);
	if (known && (access_may(t, app->who, PERM_PEOPLE, two.unit_id, app->today) ||
		ID_EQUAL(helper_grassroots(t, one.unit_id, app->today), helper_grassroots(t, two.unit_id, app->today))))
		return OK;
	return FAULT(f, E_NOTFOUND, "other", MSG_PERSON_UNKNOWN, arena_printf(a, "%" PRId64, other));
}

/* Where the person is now, and where it happened if that is said. So a transfer is recorded by whoever keeps the records of both sides: a
 * branch can neither take somebody from another nor leave somebody with it. Which period's rules judge a person is not for whoever keeps
 * the record to say. */
enum err access_fact_record(struct app *app, const void *input, struct arena *a, struct access_need *ret, struct fault *f)
{
	const struct fact_record_in *in = input;
	*ret = need_of(PERM_PERSON_WRITE);
	if (!in) {
		ret->instead = PERM_CLASS_RESULT;
		return OK;
	}
	if (strcmp(in->kind, "class") == 0 || strcmp(in->kind, "certificate") == 0)
		ret->instead = PERM_CLASS_RESULT;
	if (strcmp(in->kind, FACT_RULES_OF) == 0)
		*ret = need_of(PERM_RULES);
	TRY(of_person(app, in->person, a, ret, f));
	TRY(of_other(app, in->person, in->other, a, f));
	return in->unit ? in_unit(app, in->unit, "unit", ret, f) : OK;
}

enum err access_fact_correct(struct app *app, const void *input, struct arena *a, struct access_need *ret, struct fault *f)
{
	const struct fact_correct_in *in = input;
	struct facts all;
	*ret = need_of(PERM_PERSON_WRITE);
	if (!in)
		return OK;
	TRY(of_person(app, in->person, a, ret, f));
	TRY(people_facts(app, (struct person_id){ in->person }, a, &all, f));
	const struct fact *fact = facts_by_seq(&all, (int32_t)in->seq);
	if (fact && strcmp(fact->kind, FACT_RULES_OF) == 0)
		ret->perm = ret->instead = PERM_RULES;
	return OK;
}

/* As a unit on record: whoever keeps the records of both sides. */
enum err access_person_transfer(struct app *app, const void *input, struct arena *a, struct access_need *ret, struct fault *f)
{
	const struct person_transfer_in *in = input;
	*ret = need_of(PERM_PERSON_WRITE);
	if (!in)
		return OK;
	TRY(of_person(app, in->person, a, ret, f));
	return in->unit ? in_unit(app, in->unit, "unit", ret, f) : OK;
}

enum err access_verify_request(struct app *app, const void *input, struct arena *a, struct access_need *ret, struct fault *f)
{
	const struct verify_request_in *in = input;
	*ret = need_of(PERM_PERSON_WRITE);
	return in ? of_person(app, in->person, a, ret, f) : OK;
}

enum err access_helper_replace(struct app *app, const void *input, struct arena *a, struct access_need *ret, struct fault *f)
{
	const struct helper_replace_in *in = input;
	*ret = need_of(PERM_PERSON_WRITE);
	if (!in)
		return OK;
	TRY(of_person(app, in->person, a, ret, f));
	return of_other(app, in->person, in->other, a, f);
}

/* Both need the same permission: what makes them two is that the second login is another one. */
enum err access_birth_propose(struct app *app, const void *input, struct arena *a, struct access_need *ret, struct fault *f)
{
	const struct birth_propose_in *in = input;
	*ret = need_of(PERM_PERSON_WRITE);
	return in ? of_person(app, in->person, a, ret, f) : OK;
}

enum err access_birth_confirm(struct app *app, const void *input, struct arena *a, struct access_need *ret, struct fault *f)
{
	const struct birth_confirm_in *in = input;
	*ret = need_of(PERM_PERSON_WRITE);
	return in ? of_person(app, in->person, a, ret, f) : OK;
}

/* ---- accounts ---- */

/* An account may hold roles anywhere, so that whoever opens, closes or resets it must answer for everything. */
static enum err of_users(struct access_need *ret)
{
	everywhere(PERM_USERS, ret);
	return OK;
}

enum err access_account_open(struct app *app, const void *input, struct arena *a, struct access_need *ret, struct fault *f)
{
	(void)app, (void)input, (void)a, (void)f;
	return of_users(ret);
}

enum err access_account_close(struct app *app, const void *input, struct arena *a, struct access_need *ret, struct fault *f)
{
	(void)app, (void)input, (void)a, (void)f;
	return of_users(ret);
}

enum err access_account_reset(struct app *app, const void *input, struct arena *a, struct access_need *ret, struct fault *f)
{
	(void)app, (void)input, (void)a, (void)f;
	return of_users(ret);
}

enum err access_policy_set(struct app *app, const void *input, struct arena *a, struct access_need *ret, struct fault *f)
{
	(void)app, (void)input, (void)a, (void)f;
	return of_users(ret);
}

/* Nobody gives a role for a subtree beyond their own. */
enum err access_role_grant(struct app *app, const void *input, struct arena *a, struct access_need *ret, struct fault *f)
{
	(void)a;
	const struct role_grant_in *in = input;
	*ret = need_of(PERM_USERS);
	if (in && in->unit)
		return in_unit(app, in->unit, "unit", ret, f);
	if (in)
		access_add(ret, (struct unit_id){ 0 });
	return OK;
}

enum err access_role_end(struct app *app, const void *input, struct arena *a, struct access_need *ret, struct fault *f)
{
	const struct role_end_in *in = input;
	struct grant_get_row row;
	*ret = need_of(PERM_USERS);
	if (!in)
		return OK;
	if (!access_may_somewhere(app->who, PERM_USERS, app->today)) {
		access_add(ret, (struct unit_id){ 0 });
		return OK;
	}
	TRY(ops_grant_meant(app, in, a, &row, f));
	if (row.unit_id.v && !access_sees(&app->tree, app->who, row.unit_id, app->today))
		return ops_grant_unknown(in, a, f);
	access_add(ret, row.unit_id);
	return OK;
}
