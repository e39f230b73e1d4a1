#include "app/history.h"

#include "app/history_parts.h"
#include "base/text.h"
#include "domain/target.h"
#include "domain/tree_part.h"
#include "store/queries.gen.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { BATCH = 200 };

#define DAY_US INT64_C(86400000000)
#define ZONE_US INT64_C(25200000000) /* days are those of UTC+7 */
#define CLOCKS_APART_US INT64_C(600000000) /* how far the clocks of two nodes may differ */

/* Entries one by one, the newest first: all of them, or those that a list names. */
struct reader {
	struct app *app;
	const struct history_ask *q;
	struct arena *a;
	int64_t from_us, to_us;      /* instants that count: from, up to but not including */
	struct tree_part part;       /* of q->unit */
	struct entry_id at;          /* entries before this one are still to be looked at */
	bool listed;                 /* only those of `ids` */
	const struct entry_id *ids;  /* descending */
	size_t ids_n;
	size_t looked_at;
	bool end;
	struct history out;
	size_t cap;
};

/* ---- what belongs where ---- */

/* Whose an entry is, and what it is called. */
struct subject {
	struct unit_id unit; /* 0: belongs nowhere */
	const char *name;
};

static enum err person_subject(struct reader *r, const struct entry *e, struct subject *ret, struct fault *f)
{
	struct person_get_row row;
	bool found;
	TRY(q_person_get(r->app->db, (struct person_id){ e->entity_id }, r->a, &found, &row, f));
	if (found)
		*ret = (struct subject){ row.unit_id, row.name };
	return OK;
}

static enum err unit_subject(struct reader *r, const struct entry *e, struct subject *ret, struct fault *f)
{
	(void)f;
	const struct unit *u = tree_find(&r->app->tree, (struct unit_id){ e->entity_id });
	if (u)
		*ret = (struct subject){ u->id, unit_name(u, r->app->today) };
	return OK;
}

static enum err class_subject(struct reader *r, const struct entry *e, struct subject *ret, struct fault *f)
{
	struct class_get_row row;
	bool found;
	TRY(q_class_get(r->app->db, (struct class_id){ e->entity_id }, r->a, &found, &row, f));
	if (found)
		*ret = (struct subject){ row.unit_id, arena_printf(r->a, "%s (%s)", row.name, row.code) };
	return OK;
}

static enum err target_subject(struct reader *r, const struct entry *e, struct subject *ret, struct fault *f)
{
	struct target_get_row row;
	bool found;
	TRY(q_target_get(r->app->db, (struct target_id){ e->entity_id }, r->a, &found, &row, f));
	if (!found)
		return OK;
	const struct indicator *ind = indicator_find(row.indicator);
	const char *label = !ind ? row.indicator : r->app->lang == LANG_VI ? ind->label.vi : ind->label.en;
	const char *period = period_label((struct period){ row.from_on, row.to_on }, r->app->lang, r->a);
	*ret = (struct subject){ row.unit_id, arena_printf(r->a, "%s, %s", label, period) };
	return OK;
}

static enum err account_subject(struct reader *r, const struct entry *e, struct subject *ret, struct fault *f)
{
	struct account_get_row row;
	bool found;
	TRY(q_account_get(r->app->db, e->entity_id, r->a, &found, &row, f));
	if (found)
		ret->name = arena_printf(r->a, "%s (%s)", row.name, row.login);
	return OK;
}

static enum err rule_subject(struct reader *r, const struct entry *e, struct subject *ret, struct fault *f)
{
	struct rule_value_get_row row;
	bool found;
	TRY(q_rule_value_get(r->app->db, e->entity_id, r->a, &found, &row, f));
	if (found)
		ret->name = row.key;
	return OK;
}

static bool brought_to(const struct unit *u, struct entry_id entry)
{
	for (size_t i = 0; i < u->n; i++)
		if (ID_EQUAL(u->facts[i].entry, entry))
			return true;
	return false;
}

/* The nearest unit above everything that a reorganisation touched. */
static enum err reorg_subject(struct reader *r, const struct entry *e, struct subject *ret, struct fault *f)
{
	(void)f;
	const struct tree *t = &r->app->tree;
	struct day today = r->app->today;
	struct unit_id above = { 0 };
	bool first = true;
	for (size_t i = 0; i < t->n; i++) {
		if (!brought_to(&t->v[i], e->id))
			continue;
		if (first)
			above = unit_parent(&t->v[i], today);
		first = false;
		while (above.v && !tree_is_under(t, t->v[i].id, above, today))
			above = unit_parent(tree_find(t, above), today);
	}
	const struct unit *u = tree_find(t, above);
	*ret = (struct subject){ above, u ? unit_name(u, today) : NULL };
	return OK;
}

static enum err subject_of(struct reader *r, const struct entry *e, struct subject *ret, struct fault *f)
{
	static const struct {
		const char *entity;
		enum err (*find)(struct reader *r, const struct entry *e, struct subject *ret, struct fault *f);
	} table[] = {
		{ "person", person_subject }, { "unit", unit_subject }, { "class", class_subject }, { "target", target_subject },
		{ "account", account_subject }, { "rule", rule_subject }, { "reorg", reorg_subject },
	};
	*ret = (struct subject){ { 0 }, NULL };
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		if (strcmp(table[i].entity, e->entity) == 0)
			return table[i].find(r, e, ret, f);
	return OK;
}

/* ---- which ones ---- */

static bool is_asked_for(const struct reader *r, const struct entry *e)
{
	const struct history_ask *q = r->q;
	return e->at_us >= r->from_us && e->at_us < r->to_us && (!q->actor || strcmp(q->actor, e->actor) == 0) &&
		(!q->op || strcmp(q->op, e->op) == 0) && (!q->entity || strcmp(q->entity, e->entity) == 0) &&
		(!q->entity || !q->entity_id || q->entity_id == e->entity_id);
}

static bool may(const struct reader *r, enum perm p, struct unit_id unit)
{
	return !r->app->who || access_may(&r->app->tree, r->app->who, p, unit, r->app->today);
}

/* Days of the calendar and rules are everybody's; accounts and the like are of the whole installation. */
static bool may_read(const struct reader *r, const struct entry *e, struct unit_id unit)
{
	if (r->q->unit.v && tree_part_of(r->part, unit) == PART_OUTSIDE)
		return false;
	return text_listed("calendar|rule", e->entity) || may(r, PERM_JOURNAL, unit);
}

static const char *op_label(const struct reader *r, const char *name)
{
	const struct op *op = op_find(name);
	if (!op)
		return arena_strdup(r->a, name);
	return r->app->lang == LANG_VI ? op->vi : op->en;
}

static enum err fill(struct reader *r, const struct entry *e, const struct subject *s, struct history_entry *h, struct fault *f)
{
	const struct unit *u = tree_find(&r->app->tree, s->unit);
	h->entity_id = e->entity_id;
	h->entity_name = s->name;
	h->unit_code = u ? u->code : NULL;
	h->unit_name = u ? unit_name(u, r->app->today) : NULL;
	return history_fields(r->app, e, r->a, &h->fields, &h->n, f);
}

/* Somebody who asks for one person must not learn that there are entries. */
static enum err consider(struct reader *r, const struct entry *e, struct fault *f)
{
	struct subject s;
	if (!is_asked_for(r, e))
		return OK;
	TRY(subject_of(r, e, &s, f));
	bool hidden = strcmp(e->entity, "person") == 0 && !may(r, PERM_PEOPLE, s.unit);
	if (!may_read(r, e, s.unit) || (hidden && r->q->entity_id))
		return OK;
	struct history_entry h = { .id = e->id, .at_us = e->at_us, .actor = e->actor, .op = e->op, .op_label = op_label(r, e->op),
		.entity = e->entity, .hidden = hidden };
	if (!hidden)
		TRY(fill(r, e, &s, &h, f));
	*arena_push(r->a, r->out.v, r->out.n, r->cap) = h;
	return OK;
}

/* ---- where they come from ---- */

static struct entry entry_of(const struct journal_back_row *x)
{
	return (struct entry){ .id = x->id, .at_us = x->at_us, .actor = x->actor, .op = x->op, .entity = x->entity,
		.entity_id = x->entity_id, .input = x->input };
}

static bool is_full(const struct reader *r, size_t most)
{
	return r->out.n >= most || r->looked_at >= HISTORY_SCAN_MAX;
}

/* Instants grow with the ids, but for what the clocks of the nodes are apart, so nothing much older than the first day is of use. */
static enum err look_at(struct reader *r, const struct entry *e, struct fault *f)
{
	r->at = e->id;
	r->looked_at++;
	r->end |= e->at_us < r->from_us - (day_known(r->q->from) ? CLOCKS_APART_US : 0);
	return consider(r, e, f);
}

static enum err read_back(struct reader *r, size_t most, struct fault *f)
{
	struct journal_back_row *rows;
	size_t n;
	TRY(q_journal_back(r->app->db, r->at, BATCH, r->a, &rows, &n, f));
	for (size_t i = 0; i < n && !r->end && !is_full(r, most); i++) {
		const struct entry e = entry_of(&rows[i]);
		TRY(look_at(r, &e, f));
	}
	r->end |= n == 0 || (n < BATCH && ID_EQUAL(r->at, rows[n - 1].id));
	return OK;
}

static enum err read_listed(struct reader *r, size_t most, struct fault *f)
{
	for (size_t i = 0; i < r->ids_n && !r->end && !is_full(r, most); i++) {
		struct journal_get_row x;
		bool found;
		if (r->ids[i].v >= r->at.v)
			continue;
		TRY(q_journal_get(r->app->db, r->ids[i], r->a, &found, &x, f));
		const struct entry e = { .id = x.id, .at_us = x.at_us, .actor = x.actor, .op = x.op, .entity = x.entity,
			.entity_id = x.entity_id, .input = x.input };
		if (found)
			TRY(look_at(r, &e, f));
	}
	r->end |= r->ids_n == 0 || r->at.v <= r->ids[r->ids_n - 1].v;
	return OK;
}

/* The entries of one person are few among many: they are named by the facts they brought. */
static enum err list_person(struct reader *r, struct fault *f)
{
	struct person_entries_row *rows;
	struct entry_id *ids;
	TRY(q_person_entries(r->app->db, (struct person_id){ r->q->entity_id }, r->at, r->a, &rows, &r->ids_n, f));
	ids = arena_array(r->a, struct entry_id, r->ids_n);
	for (size_t i = 0; i < r->ids_n; i++)
		ids[i] = rows[i].entry_id;
	r->ids = ids;
	r->listed = true;
	return OK;
}

/* ---- from which instant on ---- */

/* An entry that is not before the instant, by halving: the ids have no gaps. All behind it were made at that time or later, as far as the
 * clocks of the nodes agree. */
static enum err first_from(struct reader *r, int64_t instant, struct entry_id *ret, struct fault *f)
{
	int64_t lo = 1, hi = r->app->head.last.v + 1;
	while (lo < hi) {
		scoped(arena_done) struct arena a = { 0 };
		struct journal_stamp_row row;
		bool found;
		int64_t mid = lo + (hi - lo) / 2;
		TRY(q_journal_stamp(r->app->db, (struct entry_id){ mid }, &a, &found, &row, f));
		if (found && row.at_us < instant)
			lo = mid + 1;
		else
			hi = mid;
	}
	*ret = (struct entry_id){ lo };
	return OK;
}

static enum err begin(struct reader *r, struct fault *f)
{
	const struct history_ask *q = r->q;
	if (q->op && !op_find(q->op))
		return FAULT(f, E_INVALID, "op", MSG_HISTORY_OP_UNKNOWN, q->op);
	r->from_us = day_known(q->from) ? q->from.n * DAY_US - ZONE_US : INT64_MIN;
	r->to_us = day_known(q->to) ? (q->to.n + 1) * DAY_US - ZONE_US : INT64_MAX;
	r->part = tree_inside(&r->app->tree, q->unit, r->app->today, r->a);
	r->at = q->before.v ? q->before : (struct entry_id){ INT64_MAX };
	if (day_known(q->to)) {
		struct entry_id behind;
		TRY(first_from(r, r->to_us + CLOCKS_APART_US, &behind, f));
		r->at = behind.v < r->at.v ? behind : r->at;
	}
	return q->entity && strcmp(q->entity, "person") == 0 && q->entity_id ? list_person(r, f) : OK;
}

enum err history_read(struct app *app, const struct history_ask *q, struct arena *a, struct history *ret, struct fault *f)
{
	struct reader r = { .app = app, .q = q, .a = a };
	size_t most = q->most ? q->most : HISTORY_PAGE;
	TRY(begin(&r, f));
	while (!r.end && !is_full(&r, most))
		TRY(r.listed ? read_listed(&r, most, f) : read_back(&r, most, f));
	r.out.next = r.end ? (struct entry_id){ 0 } : r.at;
	*ret = r.out;
	return OK;
}

enum err history_stamps(struct app *app, struct person_id person, struct arena *a, struct history_stamp **ret, size_t *ret_n,
	struct fault *f)
{
	struct journal_stamps_row *rows;
	TRY(q_journal_stamps(app->db, person, a, &rows, ret_n, f));
	struct history_stamp *v = arena_array(a, struct history_stamp, *ret_n);
	for (size_t i = 0; i < *ret_n; i++)
		v[i] = (struct history_stamp){ rows[i].id, rows[i].at_us, rows[i].actor, rows[i].op };
	*ret = v;
	return OK;
}

static int by_id(const void *key, const void *element)
{
	const struct entry_id *id = key;
	const struct history_stamp *s = element;
	return (id->v > s->id.v) - (id->v < s->id.v);
}

const struct history_stamp *history_stamp_of(const struct history_stamp *v, size_t n, struct entry_id id)
{
	return n ? bsearch(&id, v, n, sizeof *v, by_id) : NULL;
}
