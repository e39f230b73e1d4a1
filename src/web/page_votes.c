#include "web/page_votes.h"

#include "app/people.h"
#include "base/json.h"
#include "web/words.h"

#include <string.h>

static const char *asked(const void *ctx, const char *name)
{
	return visit_text(ctx, name);
}

/* What nobody votes on or decides stays out. */
static void add_step(struct visit *v, struct votes_view *view, const struct pack *p, const struct step *step, struct unit_id unit)
{
	const struct vote counts = vote_panel_counts(asked, v);
	struct vote_panel *panel = &view->steps[view->n];
	vote_panel_make(v, p, step, unit, view->on, &counts, panel);
	if (panel->unit_name || (panel->threshold && !step->by_body))
		view->n++;
}

static enum err add_steps(struct visit *v, struct votes_view *view, struct unit_id unit, struct fault *f)
{
	const struct pack *p = rules_at(&v->app->rules, view->on);
	const char *only = visit_text(v, "step");
	if (only && !pack_step(p, only))
		return FAULT(f, E_NOTFOUND, "step", MSG_WEB_NO_PAGE);
	view->instrument = p->instrument;
	view->steps = arena_array(v->a, struct vote_panel, p->steps_n);
	for (size_t i = 0; i < p->steps_n; i++)
		if (!only || strcmp(only, p->steps[i].key) == 0)
			add_step(v, view, p, &p->steps[i], unit);
	return OK;
}

enum err votes_load(struct visit *v, struct votes_view *view, struct fault *f)
{
	struct facts all, active;
	TRY(visit_day(v, "on", v->today, &view->on, f));
	TRY(app_facts(v->app, v->person, v->a, &all, &active, f));
	const struct unit_id id = facts_unit(&active, view->on);
	const struct unit *unit = tree_find(&v->app->tree, id);
	view->id = v->person.v;
	view->name = facts_value(&active, "name", view->on);
	view->unit_code = unit ? unit->code : NULL;
	view->unit_name = unit ? unit_name(unit, view->on) : NULL;
	view->on_text = word_day(view->on, v->lang, v->a);
	view->person = url(v->a, "/people/%", id_text(v->a, view->id));
	view->action = url(v->a, "/people/%/votes", id_text(v->a, view->id));
	return add_steps(v, view, id, f);
}

void votes_json(struct json *j, const struct votes_view *view)
{
	json_object(j);
	json_put_int(j, "person", view->id);
	json_put_string(j, "name", view->name);
	json_put_day(j, "on", view->on);
	json_put_string(j, "unit", view->unit_code);
	json_put_string(j, "unit_name", view->unit_name);
	json_key(j, "steps");
	json_array(j);
	for (size_t i = 0; i < view->n; i++)
		vote_panel_json(j, &view->steps[i]);
	json_array_end(j);
	json_object_end(j);
}

PAGE_THUNKS(votes)

static const struct param votes_query[] = {
	{ "on", PARAM_DAY, 0, "Ngày", "Day" },
	{ "step", PARAM_TEXT, 0, "Bước", "Step" },
	{ "members", PARAM_INT, 0, "Tổng số được biểu quyết", "Members" },
	{ "away", PARAM_INT, 0, "Sinh hoạt tạm thời nơi khác", "Away" },
	{ "exempt_absent", PARAM_INT, 0, "Được miễn và vắng mặt", "Exempt and absent" },
	{ "suspended", PARAM_INT, 0, "Bị đình chỉ", "Suspended" },
	{ "yes", PARAM_INT, 0, "Tán thành", "In favour" },
	{ "no", PARAM_INT, 0, "Không tán thành", "Against" },
	{ 0 }
};

const struct page votes_page = {
	.path = "/people/:person/votes", .name = "votes", .vi = "Ai biểu quyết, ai quyết định", .en = "Who votes and who decides",
	.of = PAGE_PERSON, .perm = PERM_PEOPLE, .query = votes_query, .view_size = sizeof(struct votes_view), .load = votes_load_,
	.html = votes_html_, .json = votes_json_,
};
