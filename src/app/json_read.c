/* The only file that sees jansson: its names and those of base/json.h overlap. */
#include "app/json_read.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

enum { DEPTH_MAX = 4 };

static void freep(json_t **root)
{
	json_decref(*root);
}

static const char *number_text(const json_t *v, struct arena *a)
{
	if (json_is_integer(v))
		return arena_printf(a, "%" JSON_INTEGER_FORMAT, json_integer_value(v));
	char *s = arena_printf(a, "%.15g", json_real_value(v));
	char *point = strchr(s, '.');
	if (point)
		*point = ',';
	return s;
}

/* `lists`: they may be there. */
static enum err convert(json_t *v, int depth, bool lists, struct arena *a, struct json_member *ret, struct fault *f);

static enum err convert_list(json_t *v, int depth, struct arena *a, struct json_member *ret, struct fault *f)
{
	ret->list = true;
	ret->n = json_array_size(v);
	ret->members = arena_array(a, struct json_member, ret->n);
	for (size_t i = 0; i < ret->n; i++)
		TRY(convert(json_array_get(v, i), depth + 1, true, a, &ret->members[i], f));
	return OK;
}

static enum err convert_object(json_t *v, int depth, bool lists, struct arena *a, struct json_member *ret, struct fault *f)
{
	ret->n = 0;
	ret->members = arena_array(a, struct json_member, json_object_size(v));
	const char *key;
	json_t *child;
	json_object_foreach(v, key, child) {
		struct json_member *m = &ret->members[ret->n++];
		m->key = arena_strdup(a, key);
		TRY(convert(child, depth + 1, lists, a, m, f));
	}
	return OK;
}

static enum err convert(json_t *v, int depth, bool lists, struct arena *a, struct json_member *ret, struct fault *f)
{
	if (depth > DEPTH_MAX || (json_is_array(v) && !lists))
		return FAULT(f, E_INVALID, ret->key, MSG_JSON_PLAIN);
	if (json_is_array(v))
		return convert_list(v, depth, a, ret, f);
	if (json_is_object(v))
		return convert_object(v, depth, lists, a, ret, f);
	if (json_is_string(v))
		ret->text = arena_strdup(a, json_string_value(v));
	else if (json_is_number(v))
		ret->text = number_text(v, a);
	else if (json_is_boolean(v))
		ret->text = json_is_true(v) ? "1" : "0";
	return OK;
}

static enum err read(const char *bytes, size_t n, bool lists, struct arena *a, struct json_member *ret, struct fault *f)
{
	json_error_t e;
	scoped(freep) json_t *root = json_loadb(bytes, n, JSON_REJECT_DUPLICATES, &e);
	if (!root || !json_is_object(root)) {
		char column[16];
		(void)snprintf(column, sizeof column, "%d", root ? 1 : e.column);
		return FAULT(f, E_INVALID, NULL, MSG_JSON_SYNTAX, column, root ? "" : e.text);
	}
	struct json_member object = {0};
	TRY(convert(root, 0, lists, a, &object, f));
	*ret = object;
	return OK;
}

enum err json_read(const char *bytes, size_t n, struct arena *a, struct json_member *ret, struct fault *f)
{
	return read(bytes, n, false, a, ret, f);
}

enum err json_read_lists(const char *bytes, size_t n, struct arena *a, struct json_member *ret, struct fault *f)
{
	return read(bytes, n, true, a, ret, f);
}

const struct json_member *json_member_find(const struct json_member *object, const char *key)
{
	for (size_t i = 0; i < object->n; i++)
		if (strcmp(object->members[i].key, key) == 0)
			return &object->members[i];
	return NULL;
}
