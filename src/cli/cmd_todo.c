/* nguon todo: the work list of a unit, to print or as JSON. */
#include "app/late.h"
#include "cli/cli_unit.h"
#include "stats/reports.h"

const struct cli_option cmd_todo_options[] = {
	{ "unit", "CODE", "mã tổ chức", "code of the unit" },
	{ "on", "DAY", "ngày xem (mặc định: hôm nay)", "the day (default: today)" },
	{ 0 }
};

static void put(struct json *j, const char *key, const char *value)
{
	json_key(j, key);
	json_string(j, value);
}

static void person_json(struct cli *c, struct json *j, const struct late_person *p)
{
	json_object(j);
	json_key(j, "person");
	json_int(j, p->id.v);
	put(j, "name", p->name);
	put(j, "unit", p->unit->code);
	put(j, "state", p->standing.state);
	json_key(j, "since");
	json_day(j, p->standing.since);
	const struct standing_step *next = p->standing.next;
	put(j, "next", next ? next->step->key : NULL);
	put(j, "next_label", next ? label_of(next->step->label, c->lang) : NULL);
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
		put(j, "clock", k->clock->key);
		put(j, "label", standing_clock_label(k, c->lang, &c->arena));
		json_key(j, "late");
		json_bool(j, late_is_late(k));
		json_key(j, "due");
		json_day(j, k->due);
		put(j, "rule", k->clock->cite);
		json_key(j, "verified");
		json_bool(j, k->clock->verified);
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
		put(j, "role", p->flags[i].role);
		put(j, "helper", p->flags[i].name);
		put(j, "reason", helper_gone_key(p->flags[i].why));
		json_key(j, "since");
		json_day(j, p->flags[i].since);
		put(j, "text", helpers_flag_text(&p->flags[i], c->lang, &c->arena));
		put(j, "rule", helper_cite(&c->app.rules, on));
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
	put(&j, "unit", tree_find(&c->app.tree, q->unit)->code);
	json_key(&j, "on");
	json_day(&j, q->as_of);
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
