#include "web/page_why.h"

#include "web/words.h"

static enum err why_load(struct visit *v, struct why_page *ret, struct fault *f)
{
	struct facts all, active;
	struct explain x;
	struct day on;
	const struct world w = app_world(v->app);
	TRY(visit_day(v, "on", v->today, &on, f));
	TRY(app_facts(v->app, v->person, v->a, &all, &active, f));
	v->unit = tree_find(&v->app->tree, facts_unit(&active, v->today));
	if (!v->unit)
		return FAULT(f, E_NOTFOUND, "person", MSG_PERSON_UNKNOWN, id_text(v->a, v->person.v));
	explain(&w, &active, on, v->a, &x);
	const char *name = facts_value(&active, "name", v->today), *id = id_text(v->a, v->person.v);
	ret->why.id = v->person.v;
	ret->why.name = name ? name : "–";
	why_view_make(&x, &v->app->rules, v->lang, v->a, &ret->why);
	ret->on = visit_text(v, "on");
	ret->action = url(v->a, "/people/%/why", id);
	ret->person = url(v->a, "/people/%", id);
	ret->rules = url(v->a, "/rules");
	ret->may_set = visit_may(v, PERM_RULES, v->unit->id) && ret->why.clocks_n;
	ret->set = url(v->a, "/ops/fact_record?person=%&kind=%", id, FACT_RULES_OF);
	v->title = arena_printf(v->a, SAY(v, "Vì sao? %s", "Why? %s"), ret->why.name);
	return OK;
}

static void why_json(struct json *j, const struct why_page *v)
{
	why_view_json(j, &v->why);
}

PAGE_THUNKS(why)

static const struct param why_params[] = {
	{ "on", PARAM_DAY, CODES__COUNT, "ngày xem", "the day" },
	{ 0 }
};

const struct page why_page = {
	.path = "/people/:person/why", .name = "why", .vi = "Vì sao đang ở bước này", .en = "Why they stand there", .of = PAGE_PERSON,
	.perm = PERM_FILE, .query = why_params, .view_size = sizeof(struct why_page), .load = why_load_, .html = why_html_,
	.json = why_json_,
};
