/* A site's own value, KEY=VALUE and on the next line FROM and TO in days since LIFE_BEGINS: refused with its field, or put into a set of
 * packs that stays whole. */
#include "fuzz.h"
#include "life.h"

#include "domain/rules_override.h"
#include "domain/rules_shipped.h"

#include <stdio.h>

static struct rules shipped;
static struct calendar days;

static void load_shipped(void)
{
	static struct arena a;
	struct fault f;
	if (!shipped.n && rules_shipped_load(&a, &shipped, &days, &f) != OK)
		abort();
}

static bool read_input(const uint8_t *bytes, size_t n, struct arena *a, struct site_value *ret)
{
	char *text = arena_strndup(a, (const char *)bytes, n), *equal = strchr(text, '='), *line = strchr(text, '\n');
	int from = 0, to = 0;
	if (strlen(text) != n || !equal || !line || line < equal || sscanf(line, "%4d %4d", &from, &to) < 1)
		return false;
	*equal = *line = '\0';
	*ret = (struct site_value){ .id = 1, .key = text, .value = equal + 1, .reason = "vì thế" };
	ret->valid = (struct period){ { LIFE_BEGINS + from }, DAY_LAST };
	if (to)
		ret->valid.to = (struct day){ LIFE_BEGINS + to };
	return true;
}

/* Packs follow one another as before, and say the new value where they did not all lie outside its time. */
static void use_value(struct site_value *v, struct arena *a)
{
	struct fault f;
	struct rules own = rules_copy(a, &shipped);
	size_t found = rules_override(a, &own, v);
	assert(found > 0 && own.n >= shipped.n && rules_check(&own, &f) == OK);
	const char *now = rules_value(rules_at(&own, v->valid.from), v->key, a);
	assert(now && strcmp(now, v->value) == 0);
	assert(*rules_value_text(v->key, v->value, LANG_VI, a) && *rules_value_text(v->key, v->value, LANG_EN, a));
	life_live(&own, &days, rules_at(&own, v->valid.from), a);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	scoped(arena_done) struct arena a = { 0 };
	struct fault f = { 0 };
	struct site_value v;
	if (n > 256 || !read_input(bytes, n, &a, &v))
		return 0;
	load_shipped();
	if (rules_override_check(&shipped, &v, &a, &v.value, &f) != OK) {
		assert(strcmp(f.field, "key") == 0 || strcmp(f.field, "value") == 0 || strcmp(f.field, "to") == 0);
		return 0;
	}
	use_value(&v, &a);
	return 0;
}
