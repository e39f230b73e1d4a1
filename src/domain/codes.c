#include "domain/codes.h"
#include "base/text.h"
#include "base/utf8.h"

#include <assert.h>
#include <string.h>

#define CODES(table) static const struct code table##_rows[] = {
#define CODE(key, vi, en, group, also) { key, vi, en, group, also },
#define CODES_END };
#include "domain/codes.def"
#undef CODES
#undef CODE
#undef CODES_END

static const struct {
	const struct code *rows;
	size_t n;
} tables[CODES__COUNT] = {
#define CODES(table) [table] = { table##_rows, sizeof table##_rows / sizeof *table##_rows },
#define CODE(...)
#define CODES_END
#include "domain/codes.def"
#undef CODES
#undef CODE
#undef CODES_END
};

const struct code *codes(enum code_table t, size_t *ret_n)
{
	assert(t < CODES__COUNT);
	*ret_n = tables[t].n;
	return tables[t].rows;
}

const struct code *code_by_key(enum code_table t, const char *key)
{
	size_t n;
	const struct code *c = codes(t, &n);
	for (size_t i = 0; i < n; i++)
		if (strcmp(c[i].key, key) == 0)
			return &c[i];
	return NULL;
}

/* One of the spellings in a list separated by '|'. With an arena both sides are folded, else they must be equal. */
static bool list_has(const char *list, const char *text, struct arena *a)
{
	while (*list) {
		size_t n = (size_t)(strchrnul(list, '|') - list);
		if (a ? strcmp(vi_fold(a, arena_strndup(a, list, n)), text) == 0 : strlen(text) == n && memcmp(list, text, n) == 0)
			return true;
		list += n + (list[n] == '|');
	}
	return false;
}

static bool means(const struct code *c, const char *text, struct arena *a)
{
	const char *const names[] = { c->key, c->vi, c->en, c->also };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (list_has(names[i], text, a))
			return true;
	return false;
}

static const struct code *find(enum code_table t, const char *text, struct arena *a)
{
	size_t n;
	const struct code *c = codes(t, &n);
	for (size_t i = 0; i < n; i++)
		if (means(&c[i], text, a))
			return &c[i];
	return NULL;
}

static const char *all_labels(enum code_table t, struct arena *a)
{
	struct text list = TEXT(a);
	size_t n;
	const struct code *c = codes(t, &n);
	for (size_t i = 0; i < n; i++)
		text_addf(&list, "%s%s", i ? ", " : "", c[i].vi);
	return text_str(&list);
}

enum err code_find(enum code_table t, const char *text, const char *field, const struct code **ret, struct fault *f)
{
	scoped(arena_done) struct arena a = { 0 };
	const struct code *c = find(t, text, NULL); /* most cells are spelt as the table is; folding costs far more */
	if (!c)
		c = find(t, vi_fold(&a, text), &a);
	if (!c)
		return FAULT(f, E_INVALID, field, MSG_NOT_CODE, text, all_labels(t, &a));
	*ret = c;
	return OK;
}

const char *code_label(enum code_table t, const char *key, enum lang lang)
{
	const struct code *c = code_by_key(t, key);
	if (!c)
		return key;
	return lang == LANG_VI ? c->vi : c->en;
}
