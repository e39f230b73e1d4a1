/* nguon rules keys and values: what a site may have its own value of, and what it has. */
#include "app/site_rules.h"
#include "cli/cmd_rules.h"

#include <inttypes.h>
#include <string.h>

enum err cmd_rules_day(const struct cli *c, struct day *ret, struct fault *f)
{
	const char *on = cli_option(c, "on");
	*ret = c->app_open ? c->app.today : day_known(c->today) ? c->today : DAY_LAST;
	return on ? day_parse(on, "--on", ret, f) : OK;
}

/* ---- keys ---- */

/* As it is written, and where that is no Vietnamese, as it is read. */
static void print_key(struct cli *c, const char *key, const char *value)
{
	const char *text = rules_value_text(key, value, c->lang, &c->arena);
	(void)printf("%s %s%s%s%s\n", cli_pad(c, key, 48), value, strcmp(text, value) ? "  (" : "", strcmp(text, value) ? text : "",
		strcmp(text, value) ? ")" : "");
}

enum err cmd_rules_keys(struct cli *c, struct fault *f)
{
	const struct rules *r;
	const struct calendar *calendar;
	struct text t = TEXT(&c->arena);
	struct json j = JSON(&t);
	struct day on;
	size_t n;
	TRY(cli_words(c, 1, 1, f));
	TRY(cli_rules(c, &r, &calendar, f));
	TRY(cmd_rules_day(c, &on, f));
	const struct pack *p = rules_at(r, on);
	const char *const *keys = rules_keys(p, &c->arena, &n);
	json_object(&j);
	for (size_t i = 0; i < n; i++) {
		const char *value = rules_value(p, keys[i], &c->arena);
		json_put_string(&j, keys[i], value);
		if (!c->json)
			print_key(c, keys[i], value);
	}
	json_object_end(&j);
	if (c->json)
		cli_json(&t);
	return OK;
}

/* ---- values ---- */

static void print_value(struct cli *c, const struct site_value *v)
{
	bool never = day_before(v->valid.to, v->valid.from), open = day_equal(v->valid.to, DAY_LAST);
	const char *until = never ? cli_text(c, "không dùng", "never in use") : open ? cli_text(c, "chưa định", "open") :
		cli_day(c, v->valid.to);
	const char *value = rules_value_text(v->key, v->value, c->lang, &c->arena);
	(void)printf("%5" PRId64 "  %s %s  %s – %s  %s%s%s\n", v->id, cli_pad(c, v->key, 36), cli_pad(c, value, 18),
		cli_day(c, v->valid.from), cli_pad(c, until, 10), v->paper_no ? v->paper_no : "", v->paper_no ? ", " : "", v->reason);
}

static void value_json(struct json *j, const struct site_value *v)
{
	json_object(j);
	json_put_int(j, "number", v->id);
	json_put_string(j, "key", v->key);
	json_put_string(j, "value", v->value);
	json_put_day(j, "from", v->valid.from);
	json_put_day(j, "to", day_equal(v->valid.to, DAY_LAST) ? DAY_NONE : v->valid.to);
	json_put_string(j, "reason", v->reason);
	json_put_string(j, "paper_no", v->paper_no);
	json_object_end(j);
}

enum err cmd_rules_values(struct cli *c, struct fault *f)
{
	struct text t = TEXT(&c->arena);
	struct json j = JSON(&t);
	struct site_value *values;
	size_t n;
	TRY(cli_words(c, 1, 1, f));
	TRY(cli_data(c, f));
	TRY(cli_open(c, APP_READ, f));
	TRY(site_rules_values(&c->app, &c->arena, &values, &n, f));
	json_array(&j);
	for (size_t i = 0; i < n; i++) {
		value_json(&j, &values[i]);
		if (!c->json)
			print_value(c, &values[i]);
	}
	json_array_end(&j);
	if (c->json)
		cli_json(&t);
	else if (n == 0)
		cli_say(c, cli_text(c, "Chưa đặt giá trị riêng nào.", "No value of the site's own."));
	return OK;
}
