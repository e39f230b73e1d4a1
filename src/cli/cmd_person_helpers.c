/* nguon person helpers --unit CODE: official members with how many people each helps, and in whose place somebody has to be named. */
#include "app/helpers.h"
#include "cli/cli_unit.h"

#include <inttypes.h>

struct answer {
	const struct helper_load *loads;
	const struct helper_work *work;
	size_t loads_n, work_n;
};

static void load_json(struct json *j, const struct helper_load *l)
{
	json_object(j);
	json_put_int(j, "id", l->member->id.v);
	json_put_string(j, "name", l->member->name);
	json_put_string(j, "unit", l->unit ? l->unit->code : NULL);
	json_put_int(j, "now", (int64_t)l->now);
	json_put_int(j, "since_then", (int64_t)l->all);
	json_key(j, "people");
	json_array(j);
	for (size_t i = 0; i < l->now; i++)
		json_int(j, l->tasks[i].person->id.v);
	json_array_end(j);
	json_object_end(j);
}

static void work_json(struct cli *c, struct json *j, const struct helper_work *w)
{
	json_object(j);
	json_put_int(j, "person", w->person->id.v);
	json_put_string(j, "name", w->person->name);
	json_put_string(j, "unit", w->unit ? w->unit->code : NULL);
	json_put_string(j, "role", w->flag.role);
	json_put_string(j, "reason", helper_gone_key(w->flag.why));
	json_put_string(j, "text", helpers_flag_text(&w->flag, c->lang, &c->arena));
	json_object_end(j);
}

static void print_json(struct cli *c, const struct answer *x)
{
	struct text t = TEXT(&c->arena);
	struct json j = JSON(&t);
	json_object(&j);
	json_key(&j, "members");
	json_array(&j);
	for (size_t i = 0; i < x->loads_n; i++)
		load_json(&j, &x->loads[i]);
	json_array_end(&j);
	json_key(&j, "to_replace");
	json_array(&j);
	for (size_t i = 0; i < x->work_n; i++)
		work_json(c, &j, &x->work[i]);
	json_array_end(&j);
	json_object_end(&j);
	cli_json(&t);
}

static void print_load(struct cli *c, const struct helper_load *l)
{
	(void)printf("  %3zu %3zu  %s %s\n", l->now, l->all, cli_pad(c, l->member->name, 30), l->unit ? l->unit->code : "");
	for (size_t i = 0; i < l->now; i++)
		(void)printf("             %s (%s)\n", l->tasks[i].person->name, code_label(CODES_HELPER, l->tasks[i].as->role, c->lang));
}

static void print_text(struct cli *c, const struct answer *x)
{
	cli_say(c, cli_text(c, "Đảng viên chính thức: số người đang giúp đỡ, số người đã giúp từ ngày xem",
		"Official members: people helped now, and since the day asked for"));
	for (size_t i = 0; i < x->loads_n; i++)
		print_load(c, &x->loads[i]);
	if (x->work_n)
		cli_say(c, cli_text(c, "Cần cử người thay", "Somebody else has to be named"));
	for (size_t i = 0; i < x->work_n; i++)
		(void)printf("  [ ] %s: %s\n", x->work[i].person->name, helpers_flag_text(&x->work[i].flag, c->lang, &c->arena));
}

static enum err answer(struct cli *c, struct live *live, const struct helper_load_ask *q, struct fault *f)
{
	struct live_view view;
	struct helper_load *loads;
	struct helper_work *work;
	struct answer x;
	TRY(live_hold(live, &c->app, &view, f));
	helpers_load(&view, &c->app.tree, q, &c->arena, &loads, &x.loads_n);
	helpers_work(&view, &c->app.tree, q->unit, &c->arena, &work, &x.work_n);
	x.loads = loads;
	x.work = work;
	if (c->json)
		print_json(c, &x);
	else
		print_text(c, &x);
	live_release(live);
	return OK;
}

static enum err in_transaction(struct cli *c, const struct helper_load_ask *q, struct fault *f)
{
	struct live *live;
	TRY(live_start(&c->app, &live, f));
	enum err e = app_begin(&c->app, f);
	if (e == OK) {
		e = answer(c, live, q, f);
		app_rollback(&c->app);
	}
	live_stop(&live);
	return e;
}

enum err cmd_person_helpers(struct cli *c, struct fault *f)
{
	const char *unit, *since = cli_option(c, "since");
	struct helper_load_ask q = { .since = day_of(day_ymd(c->app.today).year, 1, 1), .busy = cli_option(c, "busy") != NULL,
		.free = cli_option(c, "free") != NULL };
	TRY(cli_words(c, 1, 1, f));
	TRY(cli_required(c, "unit", &unit, f));
	TRY(cli_unit(c, unit, &q.unit, f));
	if (since)
		TRY(day_parse(since, "--since", &q.since, f));
	return in_transaction(c, &q, f);
}
