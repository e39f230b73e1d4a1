/* The forms in which introducers and helpers are named, replaced and ended: whom it is about, and who can be named. */
#include "app/helpers.h"
#include "store/queries.gen.h"
#include "web/opform_impl.h"
#include "web/words.h"

#include <stdlib.h>
#include <string.h>

enum { MEMBERS_MAX = 500 };

static bool is_kind(const struct opform_case *c, const char *kind)
{
	const char *given = opform_given(c, "kind");
	return strcmp(c->op->name, "fact_record") == 0 && given && strcmp(given, kind) == 0;
}

static bool names_somebody(const struct opform_case *c)
{
	return strcmp(c->op->name, "helper_replace") == 0 || is_kind(c, FACT_HELPER);
}

/* ---- who can be named ---- */

/* Official members of one organisation, as far as a list goes: the operation judges whoever is chosen. */
static enum err add_members(struct opform_case *c, const struct unit *u, struct fault *f)
{
	struct visit *v = c->v;
	struct helper_choices_row *rows;
	size_t n;
	TRY(q_helper_choices(v->app->db, u->id, v->a, &rows, &n, f));
	for (size_t i = 0; i < n; i++)
		if (rows[i].id.v != v->person.v)
			opform_option(v->a, &c->members, id_text(v->a, rows[i].id.v),
				arena_printf(v->a, "%s – %s", rows[i].name, unit_name(u, v->today)));
	return OK;
}

/* The person's own branch first, then the others of the grassroots organisation, whoever may see them or not. */
static enum err list_members(struct opform_case *c, struct fault *f)
{
	struct visit *v = c->v;
	const struct tree *t = &v->app->tree;
	struct unit_id root = helper_grassroots(t, v->unit->id, v->today);
	opform_option(v->a, &c->members, "", visit_say(v, "– chọn, hoặc ghi họ tên nếu không có trong sổ –",
		"– choose, or give the name when not on record –"));
	TRY(add_members(c, v->unit, f));
	for (size_t i = 0; i < t->n && c->members.n <= MEMBERS_MAX; i++) {
		const struct unit *u = &t->v[i];
		bool other = u != v->unit && unit_is_open(u, v->today);
		if (other && ID_EQUAL(helper_grassroots(t, u->id, v->today), root) && tree_is_under(t, u->id, root, v->today))
			TRY(add_members(c, u, f));
	}
	return OK;
}

void opform_helper_input(const struct opform_case *c, const struct field *fd, struct input *in)
{
	if (!names_somebody(c))
		return;
	if (strcmp(fd->name, "other") == 0 && c->members.n > 1 && c->members.n <= MEMBERS_MAX)
		opform_select(c, in, c->members);
	if (strcmp(fd->name, "other") == 0)
		in->label = visit_say(c->v, "Đảng viên được cử", "Member who is named");
	if (strcmp(fd->name, "detail") == 0)
		in->label = visit_say(c->v, "Họ tên, nếu không có trong sổ", "Name, when not on record");
	if (strcmp(fd->name, "value") == 0)
		in->label = visit_say(c->v, "Vai trò", "As");
	if (strcmp(fd->name, "since") == 0)
		in->help = visit_say(c->v, "Bỏ trống thì tính theo sổ; ghi khi cùng nơi công tác, học tập, cư trú từ ngày khác",
			"Left empty, the record counts; give it when they have shared work, study or residence since another day");
}

/* ---- whom it is about ---- */

static enum err name_of(struct opform_case *c, const struct fact *named, const char **ret, struct fault *f)
{
	struct helper_book book = { .app = c->v->app, .arena = c->v->a, .on = c->v->today };
	const struct helper_entry *entry;
	*ret = named->detail ? named->detail : "–";
	if (!named->other.v)
		return OK;
	TRY(helpers_find(&book, named->other, &entry, f));
	*ret = entry->name;
	return OK;
}

static enum err add_lead(struct opform_case *c, const struct facts *active, struct fault *f)
{
	struct visit *v = c->v;
	const char *about = opform_given(c, "about"), *name;
	const struct fact *named = about ? facts_by_seq(active, (int32_t)strtoll(about, NULL, 10)) : NULL;
	if (!named || strcmp(named->kind, FACT_HELPER) != 0)
		return OK;
	TRY(name_of(c, named, &name, f));
	c->out->lead = arena_printf(v->a, SAY(v, "Thôi: %s, %s, từ ngày %s", "Ends: %s, %s, since %s"), name,
		code_label(CODES_HELPER, named->value, v->lang), word_day(named->on, v->lang, v->a));
	return OK;
}

static const char *cite_of(const struct opform_case *c)
{
	const struct rules *r = &c->v->app->rules;
	const struct clock *shared = pack_clock(rules_at(r, c->v->today), HELPER_CLOCK);
	return shared && is_kind(c, FACT_HELPER) ? shared->cite : helper_cite(r, c->v->today);
}

enum err opform_helper(struct opform_case *c, struct fault *f)
{
	struct facts all, active;
	struct visit *v = c->v;
	if (!names_somebody(c) && !is_kind(c, FACT_HELPER_END))
		return OK;
	TRY(app_facts(v->app, v->person, v->a, &all, &active, f));
	c->out->cite = cite_of(c);
	TRY(add_lead(c, &active, f));
	return names_somebody(c) && v->unit ? list_members(c, f) : OK;
}
