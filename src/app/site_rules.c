#include "app/site_rules.h"

#include "base/hash.h"
#include "store/queries.gen.h"

#include <string.h>

enum err site_rules_values(struct app *app, struct arena *a, struct site_value **ret, size_t *ret_n, struct fault *f)
{
	struct rule_values_all_row *rows;
	size_t n;
	TRY(q_rule_values_all(app->db, a, &rows, &n, f));
	struct site_value *values = arena_array(a, struct site_value, n);
	for (size_t i = 0; i < n; i++) {
		const struct rule_values_all_row *r = &rows[i];
		const struct day to = day_known(r->to_on) ? r->to_on : DAY_LAST;
		values[i] = (struct site_value){ .id = r->id, .key = r->key, .value = r->value, .valid = { r->from_on, to }, .reason = r->reason,
			.paper_no = r->paper_no };
	}
	*ret = values;
	*ret_n = n;
	return OK;
}

static const char *fingerprint(const struct site_value *v, size_t n, char hex[HASH_HEX])
{
	struct hash h;
	if (n == 0)
		return "";
	hash_init(&h);
	for (const struct site_value *x = v; x < v + n; x++) {
		hash_int(&h, x->id);
		hash_int(&h, x->valid.to.n);
	}
	hash_hex(&h, hex);
	return hex;
}

static struct site_value kept(struct arena *a, const struct site_value *v)
{
	struct site_value own = *v;
	own.key = arena_strdup(a, v->key);
	own.value = arena_strdup(a, v->value);
	own.reason = arena_strdup(a, v->reason);
	own.paper_no = arena_strdup(a, v->paper_no);
	return own;
}

enum err site_rules_load(struct app *app, struct fault *f)
{
	scoped(arena_done) struct arena scratch = { 0 };
	struct site_value *v;
	char hex[HASH_HEX];
	size_t n;
	TRY(site_rules_values(app, &scratch, &v, &n, f));
	const char *mark = fingerprint(v, n, hex);
	if (strcmp(mark, app->rule_values) == 0)
		return OK;
	struct rules rules = n ? rules_copy(&app->arena, &app->rule_files) : app->rule_files;
	for (size_t i = 0; i < n; i++) {
		const struct site_value own = kept(&app->arena, &v[i]);
		(void)rules_override(&app->arena, &rules, &own);
	}
	app->rules = rules;
	app->rule_values = arena_strdup(&app->arena, mark);
	return OK;
}
