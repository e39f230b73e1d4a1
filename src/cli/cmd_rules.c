/* nguon rules: list and show the packs in force, check FILE... before they are put to use. */
#include "cli/cmd_rules.h"
#include "domain/rules_rows.h"
#include "domain/rules_shipped.h"

#include <assert.h>
#include <errno.h>
#include <string.h>

static const char *mark(struct cli *c, bool verified)
{
	return verified ? "" : cli_text(c, "  [chưa kiểm chứng]", "  [not verified]");
}

/* The first pack judges whatever is older too. */
static const char *first_day(struct cli *c, const struct pack *p)
{
	return day_equal(p->valid.from, DAY_FIRST) ? cli_text(c, "từ trước", "earlier") : cli_day(c, p->valid.from);
}

static const char *last_day(struct cli *c, const struct pack *p)
{
	return day_equal(p->valid.to, DAY_LAST) ? cli_text(c, "nay", "open") : cli_day(c, p->valid.to);
}

static void head_json(struct cli *c, struct json *j, const struct pack *p)
{
	json_put_string(j, "pack", p->id);
	json_put_string(j, "instrument", p->instrument);
	json_put_string(j, "title", label_of(p->title, c->lang));
	json_put_day(j, "from", p->valid.from);
	json_put_day(j, "to", day_equal(p->valid.to, DAY_LAST) ? DAY_NONE : p->valid.to);
	json_put_bool(j, "verified", p->verified);
}

static enum err run_list(struct cli *c, struct fault *f)
{
	const struct rules *r;
	const struct calendar *calendar;
	struct text t = TEXT(&c->arena);
	struct json j = JSON(&t);
	TRY(cli_words(c, 1, 1, f));
	TRY(cli_rules(c, &r, &calendar, f));
	json_array(&j);
	for (size_t i = 0; i < r->n; i++) {
		const struct pack *p = r->packs[i];
		json_object(&j);
		head_json(c, &j, p);
		json_object_end(&j);
		if (!c->json)
			(void)printf("%s  %s – %s  %s%s\n", cli_pad(c, p->id, 6), cli_pad(c, first_day(c, p), 10), cli_pad(c, last_day(c, p), 10),
				label_of(p->title, c->lang), mark(c, p->verified));
	}
	json_array_end(&j);
	if (c->json)
		cli_json(&t);
	return OK;
}

static void steps_text(struct cli *c, const struct pack *p)
{
	cli_say(c, cli_text(c, "Các bước", "Steps"));
	for (const struct step *s = p->steps; s < p->steps + p->steps_n; s++) {
		const char *vote = s->votes ? cli_text(c, s->threshold == VOTE_MAJORITY ? "; quá nửa" : "; ít nhất 2/3",
			s->threshold == VOTE_MAJORITY ? "; more than half" : "; at least 2/3") : "";
		(void)printf("  %s %s%s  (%s)\n", cli_pad(c, s->key, 17), label_of(s->label, c->lang), vote, s->cite);
	}
}

static void clocks_text(struct cli *c, const struct pack *p)
{
	cli_say(c, cli_text(c, "Thời hạn", "Clocks"));
	for (const struct clock *k = p->clocks; k < p->clocks + p->clocks_n; k++) {
		const char *more = cli_text(c, ", gia hạn tối đa ", ", extension up to ");
		const char *extension = k->extension ? arena_printf(&c->arena, "%s%d", more, k->extension) : "";
		(void)printf("  %s %s → %s  %s: %s%s  (%s)%s\n", cli_pad(c, k->key, 4), k->from, k->to, label_of(k->label, c->lang),
			span_text(k->length, c->lang, &c->arena), extension, k->cite, mark(c, k->verified));
	}
}

/* Its days, bounds and severity. */
static const char *check_value(struct cli *c, const struct pack *p, const struct check *k)
{
	struct rules_row row;
	bool found = rules_row_find(p, rules_check_row(p, k, &c->arena), &c->arena, &row);
	assert(found);
	return rules_row_text(&row, c->lang, &c->arena);
}

static void checks_text(struct cli *c, const struct pack *p)
{
	cli_say(c, cli_text(c, "Điều kiện", "Checks"));
	for (const struct check *k = p->checks; k < p->checks + p->checks_n; k++) {
		(void)printf("  %s %s %s  (%s)%s\n", cli_pad(c, k->at, 17), cli_pad(c, check_value(c, p, k), 8),
			rules_check_text(k, c->lang, &c->arena), k->cite, mark(c, k->verified));
	}
}

static void steps_json(struct cli *c, struct json *j, const struct pack *p)
{
	json_key(j, "steps");
	json_array(j);
	for (const struct step *s = p->steps; s < p->steps + p->steps_n; s++) {
		json_object(j);
		json_put_string(j, "step", s->key);
		json_put_string(j, "state", s->state);
		json_put_string(j, "label", label_of(s->label, c->lang));
		json_key(j, "needs");
		json_array(j);
		for (size_t i = 0; i < s->needs_n; i++)
			json_string(j, s->needs[i]);
		json_array_end(j);
		json_put_string(j, "threshold", !s->votes ? NULL : s->threshold == VOTE_MAJORITY ? "majority" : "two_thirds");
		json_put_string(j, "rule", s->cite);
		json_object_end(j);
	}
	json_array_end(j);
}

static void clocks_json(struct cli *c, struct json *j, const struct pack *p)
{
	json_key(j, "clocks");
	json_array(j);
	for (const struct clock *k = p->clocks; k < p->clocks + p->clocks_n; k++) {
		json_object(j);
		json_put_string(j, "clock", k->key);
		json_put_string(j, "label", label_of(k->label, c->lang));
		json_put_string(j, "from", k->from);
		json_put_string(j, "to", k->to);
		json_put_string(j, "length", span_text(k->length, c->lang, &c->arena));
		json_put_int(j, "extension", k->extension);
		json_put_string(j, "late", label_of(k->late, c->lang));
		json_put_string(j, "rule", k->cite);
		json_put_bool(j, "verified", k->verified);
		json_object_end(j);
	}
	json_array_end(j);
}

static void checks_json(struct cli *c, struct json *j, const struct pack *p)
{
	json_key(j, "checks");
	json_array(j);
	for (const struct check *k = p->checks; k < p->checks + p->checks_n; k++) {
		json_object(j);
		json_put_string(j, "check", k->key);
		json_put_string(j, "at", k->at);
		json_put_string(j, "severity", k->severity == SEVERITY_REFUSE ? "refuse" : "warn");
		json_put_string(j, "value", check_value(c, p, k));
		json_put_string(j, "message", label_of(k->message, c->lang));
		json_put_string(j, "rule", k->cite);
		json_put_bool(j, "verified", k->verified);
		json_object_end(j);
	}
	json_array_end(j);
}

static void show_json(struct cli *c, const struct pack *p)
{
	struct text t = TEXT(&c->arena);
	struct json j = JSON(&t);
	json_object(&j);
	head_json(c, &j, p);
	steps_json(c, &j, p);
	clocks_json(c, &j, p);
	checks_json(c, &j, p);
	json_object_end(&j);
	cli_json(&t);
}

static enum err run_show(struct cli *c, struct fault *f)
{
	const struct rules *r;
	const struct calendar *calendar;
	TRY(cli_words(c, 2, 2, f));
	TRY(cli_rules(c, &r, &calendar, f));
	const struct pack *p = rules_find(r, c->args[1]);
	if (!p)
		return FAULT(f, E_NOTFOUND, NULL, MSG_CLI_PACK_UNKNOWN, c->args[1]);
	if (c->json) {
		show_json(c, p);
		return OK;
	}
	(void)printf("%s  %s%s\n", p->id, label_of(p->title, c->lang), mark(c, p->verified));
	(void)printf("%s – %s\n", first_day(c, p), last_day(c, p));
	steps_text(c, p);
	clocks_text(c, p);
	checks_text(c, p);
	return OK;
}

enum err cmd_rules_read(struct cli *c, const char *path, struct text *ret, struct fault *f)
{
	char block[1 << 14];
	FILE *file = fopen(path, "rb");
	if (!file)
		return FAULT(f, E_NOTFOUND, NULL, MSG_CLI_FILE, path, strerror(errno));
	*ret = TEXT(&c->arena);
	for (size_t n = 1; n > 0 && ret->n < 1 << 21;) { /* the reader of YAML refuses what is too long */
		n = fread(block, 1, sizeof block, file);
		text_addn(ret, block, n);
	}
	int failed = ferror(file);
	(void)fclose(file);
	return failed ? FAULT(f, E_STORAGE, NULL, MSG_CLI_FILE, path, strerror(EIO)) : OK;
}

enum err cmd_rules_file(struct cli *c, const char *path, const struct rules *known, struct pack **ret, struct fault *f)
{
	struct text bytes;
	TRY(cmd_rules_read(c, path, &bytes, f));
	return rules_parse(path, text_str(&bytes), bytes.n, known, &c->arena, ret, f);
}

static enum err check_file(struct cli *c, const char *path, struct rules *r, struct fault *f)
{
	struct text bytes;
	struct calendar calendar;
	struct pack *p;
	const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
	TRY(cmd_rules_read(c, path, &bytes, f));
	if (strcmp(name, SHIPPED_CALENDAR) == 0)
		return calendar_parse(path, text_str(&bytes), bytes.n, &c->arena, &calendar, f);
	TRY(rules_parse(path, text_str(&bytes), bytes.n, r, &c->arena, &p, f));
	rules_add(&c->arena, r, p);
	return OK;
}

/* Each file in itself, then all of them together with the packs already there. */
static enum err run_check(struct cli *c, struct fault *f)
{
	const struct rules *r;
	const struct calendar *calendar;
	char files[16];
	TRY(cli_words(c, 2, c->args_n, f));
	TRY(cli_rules(c, &r, &calendar, f));
	struct rules all = rules_copy(&c->arena, &c->app.rule_files);
	for (int i = 1; i < c->args_n; i++)
		TRY(check_file(c, c->args[i], &all, f));
	TRY(rules_check(&all, f));
	(void)snprintf(files, sizeof files, "%d", c->args_n - 1);
	if (!c->json) {
		CLI_SAY(c, MSG_CLI_RULES_RIGHT, files);
		return OK;
	}
	struct text t = TEXT(&c->arena);
	struct json j = JSON(&t);
	json_object(&j);
	json_put_int(&j, "files", c->args_n - 1);
	json_object_end(&j);
	cli_json(&t);
	return OK;
}

const struct cli_option cmd_rules_options[] = {
	{ "on", "DAY", "ngày xem (mặc định: hôm nay)", "the day (default: today)" },
	{ 0 }
};

enum err cmd_rules(struct cli *c, struct fault *f)
{
	static const struct {
		const char *word;
		enum err (*run)(struct cli *c, struct fault *f);
	} actions[] = { { "list", run_list }, { "show", run_show }, { "check", run_check },
		{ "diff", cmd_rules_diff }, { "explain", cmd_rules_explain }, { "keys", cmd_rules_keys }, { "values", cmd_rules_values },
		{ "table", cmd_rules_table } };
	const char *word = c->args_n ? c->args[0] : "list";
	if (c->args_n == 0)
		c->args[c->args_n++] = arena_strdup(&c->arena, "list");
	for (size_t i = 0; i < sizeof actions / sizeof *actions; i++)
		if (strcmp(actions[i].word, word) == 0)
			return actions[i].run(c, f);
	return FAULT(f, E_USAGE, NULL, MSG_CLI_WORDS, c->command->name, c->command->usage);
}
