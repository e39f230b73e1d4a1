/* nguon todo: the work list of a unit, to print or as JSON. */
#include "app/late.h"
#include "cli/cli_unit.h"
#include "stats/reports.h"

const struct cli_option cmd_todo_options[] = {
	{ "unit", "CODE", "mã tổ chức", "code of the unit" },
	{ "on", "DAY", "ngày xem (mặc định: hôm nay)", "the day (default: today)" },
	{ 0 }
};

static void person_json(struct cli *c, struct json *j, const struct late_person *p)
{
	json_object(j);
	json_put_int(j, "person", p->id.v);
	json_put_string(j, "name", p->name);
	json_put_string(j, "unit", p->unit->code);
	json_put_string(j, "state", p->standing.state);
	json_put_day(j, "since", p->standing.since);
	const struct standing_step *next = p->standing.next;
	json_put_string(j, "next", next ? next->step->key : NULL);
	json_put_string(j, "next_label", next ? label_of(next->step->label, c->lang) : NULL);
}

static void clocks_json(struct cli *c, struct json *j, const struct late_person *p, struct day on)
{
	json_key(j, "clocks");
	json_array(j);
	for (size_t i = 0; i < p->standing.clocks_n; i++) {
		const struct standing_clock *k = &p->standing.clocks[i];
		if (!late_is_late(k) && !late_is_due(k, on, day_add(on, LATE_SOON_DAYS)))
			continue;
		json_object(j);
		json_put_string(j, "clock", k->clock->key);
		json_put_string(j, "label", standing_clock_label(k, c->lang, &c->arena));
		json_put_bool(j, "late", late_is_late(k));
		json_put_day(j, "due", k->due);
		json_put_string(j, "rule", k->clock->cite);
		json_put_bool(j, "verified", k->clock->verified);
		json_object_end(j);
	}
	json_array_end(j);
}

static void helpers_json(struct cli *c, struct json *j, const struct late_person *p, struct day on)
{
	json_key(j, "helpers");
	json_array(j);
	for (size_t i = 0; i < p->flags_n; i++) {
		json_object(j);
		json_put_string(j, "role", p->flags[i].role);
		json_put_string(j, "helper", p->flags[i].name);
		json_put_string(j, "reason", helper_gone_key(p->flags[i].why));
		json_put_day(j, "since", p->flags[i].since);
		json_put_string(j, "text", helpers_flag_text(&p->flags[i], c->lang, &c->arena));
		json_put_string(j, "rule", helper_cite(&c->app.rules, on));
		json_object_end(j);
	}
	json_array_end(j);
}

static enum err todo_json(struct cli *c, const struct late_ask *q, struct fault *f)
{
	struct late_person *v;
	size_t n;
	TRY(late_people(&c->app, q->unit, q->as_of, &c->arena, &v, &n, f));
	TRY(report_check_unit(&c->app.tree, q->unit, q->as_of, c->lang, f));
	struct text t = TEXT(&c->arena);
	struct json j = JSON(&t);
	json_object(&j);
	json_put_string(&j, "unit", tree_find(&c->app.tree, q->unit)->code);
	json_put_day(&j, "on", q->as_of);
	json_key(&j, "people");
	json_array(&j);
	for (size_t i = 0; i < n; i++) {
		person_json(c, &j, &v[i]);
		clocks_json(c, &j, &v[i], q->as_of);
		helpers_json(c, &j, &v[i], q->as_of);
		json_object_end(&j);
	}
	json_array_end(&j);
	json_object_end(&j);
	cli_json(&t);
	return OK;
}

enum err cmd_todo(struct cli *c, struct fault *f)
{
	const char *unit, *text, *on = cli_option(c, "on");
	struct late_ask q = { .as_of = c->app.today, .lang = c->lang };
	TRY(cli_words(c, 0, 0, f));
	TRY(cli_required(c, "unit", &unit, f));
	TRY(cli_unit(c, unit, &q.unit, f));
	if (on)
		TRY(day_parse(on, "--on", &q.as_of, f));
	if (c->json)
		return todo_json(c, &q, f);
	TRY(late_todo(&c->app, &q, &c->arena, &text, f));
	(void)fputs(text, stdout);
	return OK;
}
