/* Inputs of operations, as they come from the command line (key=value words) and from JSON: whatever is accepted is written as
 * canonical JSON that reads back as the same input. First byte: which operation; first byte below 128: JSON, else words. */
#include "fuzz.h"

#include "app/ops.h"

#include <assert.h>
#include <string.h>

struct words {
	char **v;
	size_t n;
};

static const char *from_words(void *ctx, const struct field *field)
{
	const struct words *w = ctx;
	size_t n = strlen(field->name);
	for (size_t i = 0; i < w->n; i++)
		if (strncmp(w->v[i], field->name, n) == 0 && w->v[i][n] == '=')
			return w->v[i] + n + 1;
	return NULL;
}

/* One word a line. */
static struct words split(struct arena *a, char *text)
{
	struct words w = { 0 };
	size_t cap = 0;
	for (char *line = text, *end; line; line = end ? end + 1 : NULL) {
		end = strchr(line, '\n');
		if (end)
			*end = '\0';
		*arena_push(a, w.v, w.n, cap) = line;
	}
	return w;
}

static void check_input(const struct op *op, const void *in, struct arena *a)
{
	struct fault f;
	void *again;
	const char *json = op_to_json(op, in, a);
	enum err e = op_from_json(op, json, a, &again, &f);
	assert(e == OK);
	assert(strcmp(op_to_json(op, again, a), json) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	scoped(arena_done) struct arena a = { 0 };
	struct fault f = { 0 };
	void *in = NULL;
	size_t ops_n;
	const struct op *all = ops(&ops_n);
	if (n < 1 || n > 1 << 16)
		return 0;
	const struct op *op = &all[bytes[0] % 128 % ops_n];
	char *text = arena_strndup(&a, (const char *)bytes + 1, n - 1);
	struct words w = bytes[0] >= 128 ? split(&a, text) : (struct words){ 0 };
	enum err e = bytes[0] >= 128 ? op_parse(op, from_words, &w, &a, &in, &f) : op_from_json(op, text, &a, &in, &f);
	if (e == OK)
		check_input(op, in, &a);
	else
		assert(f.code == e && fault_text(&f, LANG_VI, &a)[0]);
	return 0;
}
