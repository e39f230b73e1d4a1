#include "web/person_helpers.h"

#include "app/helpers.h"
#include "app/ops.h"
#include "base/text.h"
#include "web/fact_text.h"
#include "base/json.h"
#include "web/words.h"

#include <string.h>

/* What the section is made from. */
struct source {
	struct visit *v;
	const struct facts *active;
	struct helpers list;
	struct helper_book book;
	struct helper_flag *flags;
	size_t flags_n;
	bool may_write;
	struct person_helpers *out;
};

/* The newest pack's sentence of the check at that step. */
static const struct check *check_at(const struct source *s, const char *key, const char *at)
{
	const struct pack *p = rules_at(&s->v->app->rules, s->v->today);
	for (size_t i = 0; i < p->checks_n; i++)
		if (strcmp(p->checks[i].key, key) == 0 && strcmp(p->checks[i].at, at) == 0)
			return &p->checks[i];
	return NULL;
}

static bool has_probation_helper(const struct helpers *list)
{
	for (size_t i = 0; i < list->n; i++)
		if (helper_in_force(&list->v[i]) && list->v[i].stage == HELPER_OF_PROBATION)
			return true;
	return false;
}

static void find_missing(struct source *s)
{
	const struct check *check = NULL;
	const struct day today = s->v->today;
	if (s->list.stage == HELPER_OF_CANDIDATE && helper_introduced(s->active, &s->list, today) != HELPER_ENOUGH)
		check = check_at(s, "introduced", "branch_vote");
	if (s->list.stage == HELPER_OF_PROBATION && !has_probation_helper(&s->list))
		check = check_at(s, "helped", FACT_CEREMONY);
	if (!check)
		return;
	s->out->missing = label_of(check->message, s->v->lang);
	s->out->missing_cite = check->cite;
}

/* ---- rows ---- */

static const char *flag_of(const struct source *s, int32_t seq, const char **ret_key)
{
	for (size_t i = 0; i < s->flags_n; i++) {
		if (s->flags[i].seq != seq)
			continue;
		*ret_key = helper_gone_key(s->flags[i].why);
		return helpers_flag_text(&s->flags[i], s->v->lang, s->v->a);
	}
	*ret_key = NULL;
	return NULL;
}

/* Name and organisation of a helper are for whoever may see the person helped; the file is not. */
static enum err add_member(struct source *s, const struct fact *fact, struct person_helper *x, struct fault *f)
{
	struct visit *v = s->v;
	const struct helper_entry *entry;
	x->name = fact->detail ? fact->detail : "–";
	if (!fact->other.v)
		return OK;
	TRY(helpers_find(&s->book, fact->other, &entry, f));
	const struct unit *unit = tree_find(&v->app->tree, entry->state.unit);
	x->id = fact->other.v;
	x->name = entry->name;
	x->unit_name = unit ? unit_name(unit, v->today) : NULL;
	if (unit && visit_may(v, PERM_PEOPLE, unit->id))
		x->url = url(v->a, "/people/%", id_text(v->a, x->id));
	return OK;
}

static void add_ways(const struct source *s, struct person_helper *x)
{
	struct arena *a = s->v->a;
	const char *person = id_text(a, s->v->person.v), *seq = id_text(a, x->seq);
	if (!s->may_write || (day_known(x->until) && !x->gone))
		return;
	if (!day_known(x->until)) {
		x->replace = url(a, "/ops/helper_replace?person=%&about=%", person, seq);
		x->end = url(a, "/ops/fact_record?person=%&kind=helper_end&about=%", person, seq);
	} else {
		x->replace = url(a, "/ops/fact_record?person=%&kind=helper&value=replacement&about=%", person, seq);
	}
}

static enum err add_row(struct source *s, const struct helper *h, struct fault *f)
{
	struct visit *v = s->v;
	const struct fact *fact = h->fact;
	struct person_helper x = {
		.seq = fact->seq, .role = fact->value, .role_label = code_label(CODES_HELPER, fact->value, v->lang), .on = fact->on,
		.shared = fact->since, .paper = fact_text_paper(fact, v->lang, v->a), .until = h->until,
	};
	x.gone = flag_of(s, fact->seq, &x.gone_key);
	if (h->end && strcmp(h->end->kind, FACT_HELPER_END) == 0)
		x.why_until = code_label(CODES_HELPER_END, h->end->value, v->lang);
	TRY(add_member(s, fact, &x, f));
	add_ways(s, &x);
	s->out->gone_n += x.gone != NULL;
	s->out->v[s->out->n++] = x;
	return OK;
}

static enum err add_rows(struct source *s, bool in_force, struct fault *f)
{
	for (size_t i = 0; i < s->list.n; i++)
		if (helper_in_force(&s->list.v[i]) == in_force)
			TRY(add_row(s, &s->list.v[i], f));
	return OK;
}

/* ---- links ---- */

static void add_links(struct source *s)
{
	static const char *const of_candidate[] = { "introducer_1", "introducer_2", "candidate_helper" };
	static const char *const of_probation[] = { "probation_helper" };
	struct visit *v = s->v;
	bool probation = s->list.stage == HELPER_OF_PROBATION;
	const char *const *roles = probation ? of_probation : of_candidate;
	size_t n = probation ? 1 : sizeof of_candidate / sizeof *of_candidate;
	if (!s->may_write || s->list.stage == HELPER_OF_NOBODY)
		return;
	s->out->links = arena_array(v->a, struct helper_link, n);
	for (size_t i = 0; i < n; i++)
		s->out->links[s->out->links_n++] = (struct helper_link){ code_label(CODES_HELPER, roles[i], v->lang),
			url(v->a, "/ops/fact_record?person=%&kind=helper&value=%", id_text(v->a, v->person.v), roles[i]) };
}

enum err person_helpers_load(struct visit *v, const struct facts *active, bool may_write, struct person_helpers *ret, struct fault *f)
{
	struct person_helpers out = { 0 };
	struct source s = { .v = v, .active = active, .book = { .app = v->app, .arena = v->a, .on = v->today }, .may_write = may_write,
		.out = &out };
	helper_list(active, v->today, v->a, &s.list);
	TRY(helpers_flags(&s.book, active, &s.flags, &s.flags_n, f));
	out.cite = helper_cite(&v->app->rules, v->today);
	out.v = arena_array(v->a, struct person_helper, s.list.n + 1);
	TRY(add_rows(&s, true, f));
	out.in_force = out.n;
	TRY(add_rows(&s, false, f));
	find_missing(&s);
	add_links(&s);
	*ret = out;
	return OK;
}

void person_helpers_json(struct json *j, const struct person_helpers *h)
{
	json_key(j, "helpers");
	json_array(j);
	for (size_t i = 0; i < h->n; i++) {
		const struct person_helper *x = &h->v[i];
		json_object(j);
		json_put_int(j, "seq", x->seq);
		json_put_string(j, "role", x->role);
		json_put_string(j, "role_label", x->role_label);
		json_key(j, "helper");
		if (x->id)
			json_int(j, x->id);
		else
			json_null(j);
		json_put_string(j, "name", x->name);
		json_put_day(j, "since", x->on);
		json_put_day(j, "until", x->until);
		json_put_string(j, "reason", x->gone_key);
		json_put_string(j, "flag", x->gone);
		json_object_end(j);
	}
	json_array_end(j);
	json_put_string(j, "helpers_missing", h->missing);
}
