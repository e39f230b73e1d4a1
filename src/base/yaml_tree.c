#include "base/yaml_tree.h"
#include "base/text.h"
#include "base/utf8.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>
#include <yaml.h>

enum { YAML_DEPTH = 16, YAML_NODES = 50000, YAML_KEYS = 1000, YAML_BYTES = 1 << 20 };

struct reader {
	yaml_parser_t parser;
	const char *file;
	struct arena *arena;
	size_t nodes;
	struct fault *fault;
};

enum err yaml_fault(struct fault *f, const char *file, int line, enum msg msg, const char *const args[FAULT_ARGS])
{
	char where[FAULT_FIELD_SIZE];
	const char *slash = strrchr(file, '/');
	const char *name = slash ? slash + 1 : file;
	(void)snprintf(where, sizeof where, "%.*s:%d", (int)utf8_cut(name, strlen(name), 36), name, line);
	return fault_fill(f, E_INVALID, where, msg, args);
}

static enum err fault_at(struct reader *r, yaml_mark_t mark, enum msg msg, const char *arg)
{
	return yaml_fault(r->fault, r->file, (int)mark.line + 1, msg, (const char *const[FAULT_ARGS]){ arg });
}

static enum err next_event(struct reader *r, yaml_event_t *e)
{
	if (yaml_parser_parse(&r->parser, e))
		return OK;
	yaml_mark_t mark = r->parser.problem_mark;
	if (mark.line == 0 && r->parser.context_mark.line)
		mark = r->parser.context_mark;
	return fault_at(r, mark, MSG_YAML_SYNTAX, r->parser.problem ? r->parser.problem : "?");
}

static bool is_decorated(const yaml_event_t *e)
{
	switch (e->type) {
	case YAML_ALIAS_EVENT:
		return true;
	case YAML_SCALAR_EVENT:
		return e->data.scalar.anchor || e->data.scalar.tag;
	case YAML_SEQUENCE_START_EVENT:
		return e->data.sequence_start.anchor || e->data.sequence_start.tag;
	case YAML_MAPPING_START_EVENT:
		return e->data.mapping_start.anchor || e->data.mapping_start.tag;
	default:
		return false;
	}
}

static enum err read_node(struct reader *r, const yaml_event_t *e, int depth, struct yaml **ret);

/* The child with that key; NULL when there is none, with the number of keys there are. */
static const struct yaml *find_key(const struct yaml *map, const char *key, int *ret_n)
{
	*ret_n = 0;
	for (const struct yaml *c = map->first; c; c = c->next, ++*ret_n)
		if (strcmp(c->key, key) == 0)
			return c;
	return NULL;
}

/* Reads the next child of `node` behind *end; *ret is NULL at the node's end. */
static enum err read_child(struct reader *r, struct yaml *node, int depth, struct yaml **ret)
{
	scoped(yaml_event_delete) yaml_event_t key = { 0 }, value = { 0 };
	*ret = NULL;
	TRY(next_event(r, &key));
	if (key.type == YAML_MAPPING_END_EVENT || key.type == YAML_SEQUENCE_END_EVENT)
		return OK;
	if (node->kind == YAML_LIST)
		return read_node(r, &key, depth, ret);
	if (key.type != YAML_SCALAR_EVENT || is_decorated(&key))
		return fault_at(r, key.start_mark, MSG_YAML_KEY, NULL);
	const char *name = arena_strndup(r->arena, (const char *)key.data.scalar.value, key.data.scalar.length);
	int keys;
	if (find_key(node, name, &keys))
		return fault_at(r, key.start_mark, MSG_YAML_KEY_TWICE, name);
	if (keys >= YAML_KEYS)
		return fault_at(r, key.start_mark, MSG_YAML_LIMIT, NULL);
	TRY(next_event(r, &value));
	TRY(read_node(r, &value, depth, ret));
	(*ret)->key = name;
	(*ret)->line = (int)key.start_mark.line + 1;
	return OK;
}

static enum err read_children(struct reader *r, struct yaml *node, int depth)
{
	struct yaml **end = &node->first;
	for (;;) {
		struct yaml *child;
		TRY(read_child(r, node, depth, &child));
		if (!child)
			return OK;
		*end = child;
		end = &child->next;
	}
}

static enum err read_node(struct reader *r, const yaml_event_t *e, int depth, struct yaml **ret)
{
	if (is_decorated(e))
		return fault_at(r, e->start_mark, MSG_YAML_DECORATED, NULL);
	if (depth >= YAML_DEPTH || r->nodes++ >= YAML_NODES)
		return fault_at(r, e->start_mark, MSG_YAML_LIMIT, NULL);
	struct yaml *node = arena_new(r->arena, struct yaml);
	node->line = (int)e->start_mark.line + 1;
	*ret = node;
	if (e->type == YAML_SCALAR_EVENT) {
		node->text = arena_strndup(r->arena, (const char *)e->data.scalar.value, e->data.scalar.length);
		return OK;
	}
	assert(e->type == YAML_MAPPING_START_EVENT || e->type == YAML_SEQUENCE_START_EVENT);
	node->kind = e->type == YAML_MAPPING_START_EVENT ? YAML_MAP : YAML_LIST;
	return read_children(r, node, depth + 1);
}

static enum err expect(struct reader *r, yaml_event_type_t type)
{
	scoped(yaml_event_delete) yaml_event_t e = { 0 };
	TRY(next_event(r, &e));
	return e.type == type ? OK : fault_at(r, e.start_mark, MSG_YAML_EMPTY, NULL);
}

static enum err read_document(struct reader *r, struct yaml **ret)
{
	scoped(yaml_event_delete) yaml_event_t e = { 0 };
	TRY(expect(r, YAML_STREAM_START_EVENT));
	TRY(expect(r, YAML_DOCUMENT_START_EVENT));
	TRY(next_event(r, &e));
	TRY(read_node(r, &e, 0, ret));
	TRY(expect(r, YAML_DOCUMENT_END_EVENT));
	return expect(r, YAML_STREAM_END_EVENT);
}

enum err yaml_parse(const char *file, const char *bytes, size_t n, struct arena *a, struct yaml **ret, struct fault *f)
{
	if (n > YAML_BYTES)
		return yaml_fault(f, file, 1, MSG_YAML_LIMIT, (const char *const[FAULT_ARGS]){ NULL });
	if (!utf8_valid(bytes, n))
		return yaml_fault(f, file, 1, MSG_NOT_UTF8, (const char *const[FAULT_ARGS]){ NULL });
	struct reader r = { .file = file, .arena = a, .fault = f };
	if (!yaml_parser_initialize(&r.parser))
		return FAULT(f, E_INTERNAL, file, MSG_INTERNAL, "yaml_parser_initialize");
	yaml_parser_set_input_string(&r.parser, (const unsigned char *)bytes, n);
	struct yaml *root;
	enum err e = read_document(&r, &root);
	yaml_parser_delete(&r.parser);
	if (e == OK)
		*ret = root;
	return e;
}

struct yaml *yaml_get(struct yaml *map, const char *key)
{
	for (struct yaml *c = map->kind == YAML_MAP ? map->first : NULL; c; c = c->next)
		if (strcmp(c->key, key) == 0) {
			c->used = true;
			return c;
		}
	return NULL;
}

const struct yaml *yaml_unused(const struct yaml *map)
{
	for (const struct yaml *c = map->first; c; c = c->next) {
		if (c->key && !c->used)
			return c;
		const struct yaml *below = yaml_unused(c);
		if (below)
			return below;
	}
	return NULL;
}
