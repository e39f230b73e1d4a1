#include "app/search.h"
#include "cli/cli.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { HITS_USUAL = 50, HITS_MOST = 5000 };

const struct cli_option cmd_search_options[] = {
	{ "limit", "N", "số kết quả nhiều nhất (50)", "most results to show (50)" },
	{ 0 }
};

static enum err read_limit(const struct cli *c, size_t *ret, struct fault *f)
{
	const char *text = cli_option(c, "limit");
	char *end;
	long n = text ? strtol(text, &end, 10) : HITS_USUAL;
	if (text && (*end || n < 1 || n > HITS_MOST))
		return FAULT(f, E_USAGE, "--limit", MSG_OUT_OF_RANGE, text, "1", "5000");
	*ret = (size_t)n;
	return OK;
}

static const char *unit_code(const struct cli *c, struct unit_id id)
{
	const struct unit *u = tree_find(&c->app.tree, id);
	return u ? u->code : "–";
}

static void print_hit(struct cli *c, const struct search_hit *h)
{
	char day[DAY_TEXT];
	if (h->is_unit)
		(void)printf("%s %-20s %s\n", cli_pad(c, cli_text(c, "tổ chức", "unit"), 8), unit_code(c, h->unit), h->name);
	else
		(void)printf("%s %-8" PRId64 " %-12s %-20s %s\n", cli_pad(c, cli_text(c, "người", "person"), 8), h->id, day_vi(h->birth, day),
			unit_code(c, h->unit), h->name);
}

static void hit_json(struct cli *c, struct json *j, const struct search_hit *h)
{
	json_object(j);
	json_put_string(j, "entity", h->is_unit ? "unit" : "person");
	json_put_int(j, "id", h->id);
	json_put_string(j, "name", h->name);
	json_put_string(j, "unit", unit_code(c, h->unit));
	json_put_day(j, "birth", h->birth);
	json_put_bool(j, "exact", h->exact);
	json_object_end(j);
}

static void show_json(struct cli *c, const struct search_hit *hits, size_t n, bool more)
{
	struct text t = TEXT(&c->arena);
	struct json j = JSON(&t);
	json_object(&j);
	json_key(&j, "hits");
	json_array(&j);
	for (size_t i = 0; i < n; i++)
		hit_json(c, &j, &hits[i]);
	json_array_end(&j);
	json_put_bool(&j, "more", more);
	json_object_end(&j);
	cli_json(&t);
}

enum err cmd_search(struct cli *c, struct fault *f)
{
	struct search_hit *hits;
	size_t n, most;
	bool more;
	struct text words = TEXT(&c->arena);
	TRY(cli_words(c, 1, 20, f));
	for (int i = 0; i < c->args_n; i++)
		text_addf(&words, "%s%s", i ? " " : "", c->args[i]);
	TRY(read_limit(c, &most, f));
	TRY(search_all(&c->app, text_str(&words), most, &c->arena, &hits, &n, &more, f));
	if (c->json) {
		show_json(c, hits, n, more);
		return OK;
	}
	for (size_t i = 0; i < n; i++)
		print_hit(c, &hits[i]);
	if (n == 0)
		CLI_SAY(c, MSG_CLI_SEARCH_NONE, text_str(&words));
	if (more)
		CLI_SAY(c, MSG_CLI_SEARCH_MORE, arena_printf(&c->arena, "%zu", most));
	return OK;
}
