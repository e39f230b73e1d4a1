/* nguon rules diff PACK.yaml|ID: whom another pack would move, before it is put to use. */
#include "app/rules_diff.h"
#include "app/site_rules.h"
#include "cli/cmd_rules.h"
#include "web/words.h"

#include <inttypes.h>
#include <string.h>

static bool is_file(const char *name)
{
	size_t n = strlen(name);
	return strchr(name, '/') || (n > 5 && strcmp(name + n - 5, ".yaml") == 0);
}

/* A pack by its id stands in for the one in force on the day, for the same time, and stays where it was too: "r24*". */
static enum err pack_named(struct cli *c, const char *id, struct day on, struct pack **ret, struct fault *f)
{
	const struct pack *p = rules_find(&c->app.rule_files, id);
	if (!p)
		return FAULT(f, E_NOTFOUND, NULL, MSG_CLI_PACK_UNKNOWN, id);
	struct pack *copy = arena_new(&c->arena, struct pack);
	*copy = *p;
	copy->id = arena_printf(&c->arena, "%s*", id);
	copy->valid = rules_at(&c->app.rule_files, on)->valid;
	*ret = copy;
	return OK;
}

/* The rules as they would be: the pack among the others, and the site's own values in them. */
static enum err rules_with(struct cli *c, struct pack *p, struct rules *ret, struct fault *f)
{
	struct site_value *values;
	size_t n;
	struct rules r = rules_copy(&c->arena, &c->app.rule_files);
	rules_put(&c->arena, &r, p);
	TRY(rules_check(&r, f));
	TRY(site_rules_values(&c->app, &c->arena, &values, &n, f));
	for (size_t i = 0; i < n; i++)
		(void)rules_override(&c->arena, &r, &values[i]);
	*ret = r;
	return OK;
}

/* ---- words ---- */

static const char *kind_key(enum change_kind kind)
{
	static const char *const keys[] = { "state", "next", "due", "status", "note" };
	return keys[kind];
}

static const char *what(struct cli *c, const struct standing_change *x)
{
	static const struct labels words[] = {
		[CHANGE_STATE] = { "trạng thái", "state" }, [CHANGE_NEXT] = { "bước tiếp theo", "next step" },
		[CHANGE_DUE] = { "hạn cuối", "last day" }, [CHANGE_STATUS] = { "tình trạng", "status" }, [CHANGE_NOTE] = { "lưu ý", "note" },
	};
	const char *word = label_of(words[x->kind], c->lang);
	return x->clock ? arena_printf(&c->arena, "%s %s", word, x->clock->clock->key) : word;
}

static const char *side(struct cli *c, const struct standing_change *x, const struct standing_clock *k, const char *text)
{
	if (!x->clock)
		return text;
	if (!k)
		return NULL;
	return x->kind == CHANGE_DUE ? cli_day(c, k->due) : word_clock(k->status, c->lang);
}

static const char *unit_code(const struct cli *c, struct unit_id id)
{
	const struct unit *u = tree_find(&c->app.tree, id);
	return u ? u->code : "–";
}

/* ---- printing ---- */

static void print(struct cli *c, const struct rules_diff *d)
{
	size_t changes = 0;
	for (const struct rules_diff_person *p = d->v; p < d->v + d->n; p++) {
		(void)printf("%s (%" PRId64 ")  %s\n", p->name, p->id.v, unit_code(c, p->unit));
		for (const struct standing_change *x = p->changes.v; x < p->changes.v + p->changes.n; x++) {
			const char *before = side(c, x, x->before_clock, x->before), *after = side(c, x, x->after_clock, x->after);
			(void)printf("  %s %s → %s\n", cli_pad(c, what(c, x), 16), before ? before : "–", after ? after : "–");
		}
		changes += p->changes.n;
	}
	(void)printf("%s: %zu/%" PRId64 "; %s: %zu\n", cli_text(c, "Số người có thay đổi", "People who change"), d->n, d->looked_at,
		cli_text(c, "số thay đổi", "changes"), changes);
}

static void clock_json(struct json *j, const char *key, const struct standing_clock *k)
{
	json_key(j, key);
	if (!k) {
		json_null(j);
		return;
	}
	json_object(j);
	json_put_day(j, "due", k->due);
	json_put_string(j, "status", word_clock_key(k->status));
	json_put_string(j, "pack", k->pack->id);
	json_object_end(j);
}

static void change_json(struct json *j, const struct standing_change *x)
{
	json_object(j);
	json_put_string(j, "what", kind_key(x->kind));
	json_put_string(j, "clock", x->clock ? x->clock->clock->key : NULL);
	if (x->clock) {
		clock_json(j, "before", x->before_clock);
		clock_json(j, "after", x->after_clock);
	} else {
		json_put_string(j, "before", x->before);
		json_put_string(j, "after", x->after);
	}
	json_object_end(j);
}

static void print_json(struct cli *c, const struct rules_diff *d)
{
	struct text t = TEXT(&c->arena);
	struct json j = JSON(&t);
	json_object(&j);
	json_put_int(&j, "looked_at", d->looked_at);
	json_key(&j, "people");
	json_array(&j);
	for (const struct rules_diff_person *p = d->v; p < d->v + d->n; p++) {
		json_object(&j);
		json_put_int(&j, "person", p->id.v);
		json_put_string(&j, "name", p->name);
		json_put_string(&j, "unit", unit_code(c, p->unit));
		json_key(&j, "changes");
		json_array(&j);
		for (size_t i = 0; i < p->changes.n; i++)
			change_json(&j, &p->changes.v[i]);
		json_array_end(&j);
		json_object_end(&j);
	}
	json_array_end(&j);
	json_object_end(&j);
	cli_json(&t);
}

enum err cmd_rules_diff(struct cli *c, struct fault *f)
{
	struct rules other;
	struct rules_diff diff;
	struct pack *p;
	struct day on;
	TRY(cli_words(c, 2, 2, f));
	TRY(cli_data(c, f));
	TRY(cli_open(c, APP_READ, f));
	TRY(cmd_rules_day(c, &on, f));
	if (is_file(c->args[1]))
		TRY(cmd_rules_file(c, c->args[1], &c->app.rule_files, &p, f));
	else
		TRY(pack_named(c, c->args[1], on, &p, f));
	TRY(rules_with(c, p, &other, f));
	TRY(rules_diff(&c->app, &other, on, &c->arena, &diff, f));
	if (c->json)
		print_json(c, &diff);
	else
		print(c, &diff);
	return OK;
}
