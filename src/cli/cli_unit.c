#include "cli/cli_unit.h"

#include "base/text.h"
#include "base/utf8.h"

#include <string.h>

enum { NEAR_MAX = 3 };

static const char *nth_code(const void *list, size_t i)
{
	const struct tree *t = list;
	return i < t->n ? t->v[i].code : NULL;
}

/* Codes of the units whose code or name holds the word, at most NEAR_MAX; "" when there is none. */
static const char *holding(struct cli *c, const char *word)
{
	const struct tree *t = &c->app.tree;
	struct text list = TEXT(&c->arena);
	const char *folded = vi_fold(&c->arena, word);
	int found = 0;
	for (size_t i = 0; *folded && i < t->n && found < NEAR_MAX; i++) {
		const char *name = unit_name(&t->v[i], c->app.today);
		if (!strstr(vi_fold(&c->arena, t->v[i].code), folded) && !strstr(vi_fold(&c->arena, name), folded))
			continue;
		text_addf(&list, "%s%s (%s)", found ? ", " : "", t->v[i].code, name);
		found++;
	}
	return text_str(&list);
}

enum err cli_unit(struct cli *c, const char *code, struct unit_id *ret, struct fault *f)
{
	const struct unit *u = tree_find_code(&c->app.tree, code);
	if (u) {
		*ret = u->id;
		return OK;
	}
	const char *near = holding(c, code);
	if (!*near)
		near = cli_nearest(code, nth_code, &c->app.tree);
	if (near)
		return FAULT(f, E_NOTFOUND, "unit", MSG_CLI_UNIT_MEANT, code, near);
	return FAULT(f, E_NOTFOUND, "unit", MSG_CLI_UNIT_UNKNOWN, code);
}
