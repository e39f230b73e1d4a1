/* nguon rules explain PERSON: every rule that was asked, its answer, its citation. */
#include "cli/cmd_rules.h"
#include "web/why_view.h"
#include "web/words.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static const char *mark(struct cli *c, bool verified)
{
	return verified ? "" : cli_text(c, " [chưa kiểm chứng]", " [not verified]");
}

static void line(struct cli *c, const char *label, const char *text)
{
	if (text)
		(void)printf("      %s: %s\n", label, text);
	(void)c;
}

static void print_head(struct cli *c, const struct why_view *v)
{
	(void)printf("%s (%" PRId64 ")  %s\n", v->name, v->id, cli_day(c, v->on));
	(void)printf("%s, %s %s\n", v->state_label, cli_text(c, "từ", "since"), cli_day(c, v->since));
	(void)printf("%s: %s%s\n", cli_text(c, "Bộ quy tắc", "Rules"), v->title, mark(c, v->pack_verified));
}

static void print_steps(struct cli *c, const struct why_view *v)
{
	cli_say(c, cli_text(c, "\nCác bước", "\nSteps"));
	for (const struct why_step *s = v->steps; s < v->steps + v->steps_n; s++) {
		(void)printf("  %s %s %s%s (%s)%s\n", s->is_next ? "→" : " ", cli_pad(c, day_known(s->on) ? cli_day(c, s->on) : "", 10),
			cli_pad(c, s->label, 52), word_step(s->status, c->lang), s->cite, mark(c, s->verified));
		line(c, cli_text(c, "vì", "because"), s->why);
		line(c, cli_text(c, "giá trị tại đây", "value here"), s->site);
	}
}

static void print_check(struct cli *c, const struct why_check *k)
{
	(void)printf("  %s %s  %s (%s)%s\n", cli_pad(c, k->answer, 28), cli_pad(c, cli_day(c, k->on), 10), k->row, k->cite,
		mark(c, k->verified));
	line(c, k->refuses ? cli_text(c, "từ chối khi", "refused when") : cli_text(c, "cảnh báo khi", "warns when"), k->rule);
	line(c, cli_text(c, "trường hợp", "case"), k->condition);
	line(c, cli_text(c, "đã báo", "said"), k->said);
	line(c, cli_text(c, "giá trị tại đây", "value here"), k->site);
}

static void print_checks(struct cli *c, const struct why_view *v)
{
	const char *step = "";
	cli_say(c, cli_text(c, "\nĐiều kiện đã hỏi", "\nChecks"));
	for (const struct why_check *k = v->checks; k < v->checks + v->checks_n; k++) {
		if (strcmp(step, k->step_label) != 0)
			cli_say(c, k->step_label);
		step = k->step_label;
		print_check(c, k);
	}
}

static void print_clocks(struct cli *c, const struct why_view *v)
{
	cli_say(c, cli_text(c, "\nThời hạn", "\nClocks"));
	for (const struct why_clock *k = v->clocks; k < v->clocks + v->clocks_n; k++) {
		(void)printf("  %s %s: %s (%s)%s\n", cli_pad(c, k->key, 4), k->label, word_clock(k->status, c->lang), k->cite,
			mark(c, k->verified));
		(void)printf("      %s %s, %s, %s %s (%s)\n", cli_text(c, "từ", "from"), cli_day(c, k->start), k->length,
			cli_text(c, "hạn cuối", "last day"), cli_day(c, k->due), k->instrument);
		line(c, cli_text(c, "không tính các ngày", "days that do not count"), k->skipped);
		line(c, cli_text(c, "quy định riêng cho người này", "this person's own rules"), k->own_rules);
		line(c, cli_text(c, "giá trị tại đây", "value here"), k->site);
	}
}

static void print(struct cli *c, const struct why_view *v)
{
	print_head(c, v);
	print_steps(c, v);
	print_checks(c, v);
	print_clocks(c, v);
	if (v->notes_n)
		cli_say(c, cli_text(c, "\nCòn thiếu, cần lưu ý", "\nMissing or unusual"));
	for (size_t i = 0; i < v->notes_n; i++)
		(void)printf("  %s\n", v->notes[i]);
}

static enum err person_meant(struct cli *c, const char *text, struct why_view *ret, struct facts *ret_active, struct fault *f)
{
	char *end;
	struct facts all;
	ret->id = strtoll(text, &end, 10);
	if (*end || ret->id <= 0)
		return FAULT(f, E_USAGE, NULL, MSG_CLI_PERSON_ID, text);
	TRY(app_facts(&c->app, (struct person_id){ ret->id }, &c->arena, &all, ret_active, f));
	const char *name = facts_value(ret_active, "name", c->app.today);
	ret->name = name ? name : "–";
	return OK;
}

enum err cmd_rules_explain(struct cli *c, struct fault *f)
{
	struct why_view view = { 0 };
	struct facts active;
	struct explain x;
	struct day on;
	TRY(cli_words(c, 2, 2, f));
	TRY(cli_data(c, f));
	TRY(cli_open(c, APP_READ, f));
	TRY(cmd_rules_day(c, &on, f));
	TRY(person_meant(c, c->args[1], &view, &active, f));
	const struct world w = app_world(&c->app);
	explain(&w, &active, on, &c->arena, &x);
	why_view_make(&x, &c->app.rules, c->lang, &c->arena, &view);
	if (!c->json) {
		print(c, &view);
		return OK;
	}
	struct text t = TEXT(&c->arena);
	struct json j = JSON(&t);
	why_view_json(&j, &view);
	cli_json(&t);
	return OK;
}
