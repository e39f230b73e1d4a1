/* nguon person show ID: the card, where the person stands, what runs, what is missing, and every fact. */
#include "app/people.h"
#include "cli/cli.h"
#include "cli/cli_dossier.h"
#include "domain/tenure.h"
#include "domain/transfer.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

const struct cli_option cmd_person_options[] = {
	{ "unit", "CODE", "helpers: mã tổ chức", "helpers: code of the unit" },
	{ "since", "DAY", "helpers: tính cả việc giúp đỡ từ ngày này (mặc định: đầu năm)", "helpers: count help since this day (default: new year)" },
	{ "busy", NULL, "helpers: chỉ những người đang giúp đỡ", "helpers: only those who help somebody" },
	{ "free", NULL, "helpers: chỉ những người chưa giúp ai", "helpers: only those who help nobody" },
	{ 0 }
};

struct view {
	struct person_id id;
	struct facts all, active;
	struct standing standing;
};

static const char *unit_code_name(struct cli *c, struct unit_id id, struct day on)
{
	const struct unit *u = tree_find(&c->app.tree, id);
	return u ? arena_printf(&c->arena, "%s %s", u->code, unit_name(u, day_known(on) ? on : c->app.today)) : "–";
}

static const char *clock_status_text(const struct cli *c, enum clock_status s)
{
	static const char *const names[][2] = {
		[CLOCK_RUNNING] = { "còn hạn", "running" }, [CLOCK_MET] = { "đúng hạn", "met" }, [CLOCK_LATE] = { "QUÁ HẠN", "LATE" },
		[CLOCK_MET_LATE] = { "xong nhưng trễ", "met late" }, [CLOCK_EXPIRED] = { "hết hiệu lực", "expired" },
			[CLOCK_REACHED] = { "đã đến ngày", "reached" },
	};
	return names[s][c->lang];
}

static const char *step_status_text(const struct cli *c, enum step_status s)
{
	static const char *const names[][2] = {
		[STEP_OPEN] = { "chưa tới", "not reached" }, [STEP_NEXT] = { "bước tiếp theo", "next" }, [STEP_DONE] = { "đã xong", "done" },
		[STEP_FAILED] = { "không đạt", "failed" }, [STEP_SKIPPED] = { "không phải làm", "skipped" },
			[STEP_UNKNOWN] = { "không rõ ngày", "not recorded" },
	};
	return names[s][c->lang];
}

/* ---- as text ---- */

static void print_attribute(struct cli *c, const struct view *v, const struct fact_kind *k)
{
	const char *value = facts_value(&v->active, k->key, c->app.today);
	if (value)
		(void)printf("  %s %s\n", cli_pad(c, cli_text(c, k->vi, k->en), 28), people_value(k->key, value, c->lang, &c->arena));
}

static void print_card(struct cli *c, const struct view *v)
{
	size_t n;
	const struct fact_kind *kinds = fact_kinds(&n);
	CLI_SAY(c, MSG_CLI_PERSON_TITLE, facts_value(&v->active, "name", c->app.today), arena_printf(&c->arena, "%" PRId64, v->id.v));
	(void)printf("  %s %s\n", cli_pad(c, cli_text(c, "Tổ chức", "Unit"), 28),
		unit_code_name(c, facts_unit(&v->active, c->app.today), c->app.today));
	for (size_t i = 0; i < n; i++)
		if (kinds[i].family == FACT_ATTRIBUTE && strcmp(kinds[i].key, "name") != 0)
			print_attribute(c, v, &kinds[i]);
}

static void print_tenure(struct cli *c, const struct view *v)
{
	struct tenure t;
	tenure_of(&v->active, c->app.today, &t);
	if (day_known(t.from))
		CLI_SAY(c, MSG_CLI_PERSON_TENURE, arena_printf(&c->arena, "%d", (int)(t.months / 12)),
			arena_printf(&c->arena, "%d", (int)(t.months % 12)), cli_day(c, t.from));
}

static void print_move(struct cli *c, const struct view *v)
{
	const struct world w = app_world(&c->app);
	struct warnings said;
	struct transfer t;
	transfer_of(&w, &v->active, c->app.today, &c->arena, &t);
	transfer_follows(&w, &t, &c->arena, &said);
	if (said.n)
		cli_say(c, cli_text(c, "Chuyển đi", "Move"));
	for (size_t i = 0; i < said.n; i++)
		(void)printf("  %s (%s)\n", fault_text(&said.v[i], c->lang, &c->arena), said.v[i].rule);
}

static void print_standing(struct cli *c, const struct standing *s)
{
	const char *state = s->phase == PHASE_NONE ? "–" : label_of(s->state_label, c->lang);
	CLI_SAY(c, MSG_CLI_PERSON_STATE, state, cli_day(c, s->since));
	for (size_t i = 0; i < s->steps_n; i++) {
		const struct standing_step *step = &s->steps[i];
		if (step->status != STEP_OPEN && (step->fact || !step->step->aside))
			(void)printf("  %s %s %s\n", cli_pad(c, cli_day(c, step->on), 12), cli_pad(c, label_of(step->step->label, c->lang), 54),
				step_status_text(c, step->status));
	}
}

static void print_clocks(struct cli *c, const struct standing *s)
{
	if (s->clocks_n == 0)
		return;
	cli_say(c, cli_text(c, "Thời hạn", "Clocks"));
	for (size_t i = 0; i < s->clocks_n; i++) {
		const struct standing_clock *k = &s->clocks[i];
		(void)printf("  %s %s: %s (%s, %s %s)%s\n", cli_pad(c, cli_day(c, k->due), 12), standing_clock_label(k, c->lang, &c->arena),
			clock_status_text(c, k->status),
			k->clock->cite, cli_text(c, "từ", "from"), cli_day(c, k->start), k->clock->verified ? "" :
			cli_text(c, " – chưa kiểm chứng văn bản", " – not verified"));
	}
}

static void print_notes(struct cli *c, const struct standing *s)
{
	if (s->notes.n == 0)
		return;
	cli_say(c, cli_text(c, "Còn thiếu, cần lưu ý", "Missing or unusual"));
	for (size_t i = 0; i < s->notes.n; i++)
		(void)printf("  %s\n", cli_fault_text(c, &s->notes.v[i]));
}

static const char *fact_note(struct cli *c, const struct fact *x)
{
	struct text t = TEXT(&c->arena);
	if (x->value)
		text_addf(&t, ": %s", people_value(x->kind, x->value, c->lang, &c->arena));
	if (x->paper_no)
		text_addf(&t, " %s %s", cli_text(c, "số", "no."), x->paper_no);
	if (x->has_vote)
		text_addf(&t, " %d/%d", x->vote.yes, vote_denominator(&x->vote));
	if (x->corrects)
		text_addf(&t, " (%s %d)", x->withdrawn ? cli_text(c, "hủy thông tin", "withdraws fact") : cli_text(c, "sửa thông tin",
			"corrects fact"), x->corrects);
	return text_str(&t);
}

static void print_history(struct cli *c, const struct view *v)
{
	cli_say(c, cli_text(c, "Quá trình (số thứ tự, ngày, nội dung)", "History (number, day, content)"));
	for (size_t i = 0; i < v->all.n; i++) {
		const struct fact *x = &v->all.v[i];
		(void)printf("  %3d  %s %s%s\n", x->seq, cli_pad(c, cli_day(c, x->on), 12), cli_kind(c, x->kind), fact_note(c, x));
	}
}

static void show_text(struct cli *c, const struct view *v)
{
	print_card(c, v);
	print_standing(c, &v->standing);
	print_tenure(c, v);
	print_move(c, v);
	print_clocks(c, &v->standing);
	print_notes(c, &v->standing);
	cli_dossier_print(c, &v->active, &v->standing);
	print_history(c, v);
}

/* ---- as JSON ---- */

static const char *unit_code(struct cli *c, struct unit_id id)
{
	const struct unit *u = tree_find(&c->app.tree, id);
	return u ? u->code : NULL;
}

static void card_json(struct cli *c, struct json *j, const struct view *v)
{
	size_t n;
	const struct fact_kind *kinds = fact_kinds(&n);
	json_put_int(j, "id", v->id.v);
	json_put_string(j, "unit", unit_code(c, facts_unit(&v->active, c->app.today)));
	for (size_t i = 0; i < n; i++)
		if (kinds[i].family == FACT_ATTRIBUTE)
			json_put_string(j, kinds[i].key, facts_value(&v->active, kinds[i].key, c->app.today));
}

static void steps_json(struct json *j, const struct standing *s)
{
	static const char *const names[] = {
		[STEP_OPEN] = "open", [STEP_NEXT] = "next", [STEP_DONE] = "done", [STEP_FAILED] = "failed", [STEP_SKIPPED] = "skipped",
			[STEP_UNKNOWN] = "unknown",
	};
	json_key(j, "steps");
	json_array(j);
	for (size_t i = 0; i < s->steps_n; i++) {
		json_object(j);
		json_put_string(j, "step", s->steps[i].step->key);
		json_put_string(j, "status", names[s->steps[i].status]);
		json_put_day(j, "on", s->steps[i].on);
		json_object_end(j);
	}
	json_array_end(j);
}

static void clocks_json(struct json *j, const struct standing *s)
{
	static const char *const names[] = {
		[CLOCK_RUNNING] = "running", [CLOCK_MET] = "met", [CLOCK_LATE] = "late", [CLOCK_MET_LATE] = "met_late", [CLOCK_EXPIRED] = "expired",
		[CLOCK_REACHED] = "reached",
	};
	json_key(j, "clocks");
	json_array(j);
	for (size_t i = 0; i < s->clocks_n; i++) {
		const struct standing_clock *k = &s->clocks[i];
		json_object(j);
		json_put_string(j, "clock", k->clock->key);
		json_put_string(j, "status", names[k->status]);
		json_put_day(j, "start", k->start);
		json_put_day(j, "due", k->due);
		json_put_day(j, "due_extended", k->due_extended);
		json_put_day(j, "done", k->done);
		json_put_string(j, "pack", k->pack->id);
		json_put_string(j, "rule", k->clock->cite);
		json_put_bool(j, "verified", k->clock->verified);
		json_object_end(j);
	}
	json_array_end(j);
}

static void fact_json(struct cli *c, struct json *j, const struct fact *x)
{
	json_object(j);
	json_put_int(j, "seq", x->seq);
	json_put_string(j, "kind", x->kind);
	json_put_day(j, "on", x->on);
	json_put_string(j, "unit", unit_code(c, x->unit));
	json_put_string(j, "value", x->value);
	json_put_string(j, "paper_no", x->paper_no);
	json_key(j, "corrects");
	if (x->corrects)
		json_int(j, x->corrects);
	else
		json_null(j);
	json_put_bool(j, "withdrawn", x->withdrawn);
	json_put_int(j, "entry", x->entry.v);
	json_object_end(j);
}

static void show_json(struct cli *c, const struct view *v)
{
	struct text t = TEXT(&c->arena);
	struct json j = JSON(&t);
	json_object(&j);
	card_json(c, &j, v);
	json_put_string(&j, "state", v->standing.state);
	json_put_day(&j, "since", v->standing.since);
	json_put_string(&j, "next", v->standing.next ? v->standing.next->step->key : NULL);
	steps_json(&j, &v->standing);
	clocks_json(&j, &v->standing);
	cli_warnings_json(c, &j, &v->standing.notes);
	cli_dossier_json(c, &j, &v->active, &v->standing);
	json_key(&j, "facts");
	json_array(&j);
	for (size_t i = 0; i < v->all.n; i++)
		fact_json(c, &j, &v->all.v[i]);
	json_array_end(&j);
	json_object_end(&j);
	cli_json(&t);
}

static enum err read_id(const char *text, struct person_id *ret, struct fault *f)
{
	char *end;
	int64_t id = strtoll(text, &end, 10);
	if (*end || id <= 0)
		return FAULT(f, E_USAGE, NULL, MSG_CLI_PERSON_ID, text);
	ret->v = id;
	return OK;
}

enum err cmd_person(struct cli *c, struct fault *f)
{
	struct view v = { 0 };
	if (c->args_n > 0 && strcmp(c->args[0], "helpers") == 0)
		return cmd_person_helpers(c, f);
	TRY(cli_words(c, 2, 2, f));
	if (strcmp(c->args[0], "show") != 0)
		return cli_words(c, 99, 99, f);
	TRY(read_id(c->args[1], &v.id, f));
	TRY(app_facts(&c->app, v.id, &c->arena, &v.all, &v.active, f));
	struct world world = app_world(&c->app);
	standing(&world, &v.active, c->app.today, &c->arena, &v.standing);
	if (c->json)
		show_json(c, &v);
	else
		show_text(c, &v);
	return OK;
}
