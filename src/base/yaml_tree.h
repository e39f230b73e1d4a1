/* YAML text as a tree whose nodes know their line, so that a refusal can name it.
 *
 * A plain subset: mappings, sequences, scalars, one document. Anchors, aliases, tags and duplicate keys are refused (no
 * exponential documents), as is anything deeper than 16, longer than 1 MiB, with more than 50,000 nodes, or
 * with more than 1,000 keys in one mapping. */
#pragma once

#include "base/err.h"

enum yaml_kind { YAML_SCALAR, YAML_LIST, YAML_MAP };

struct yaml {
	enum yaml_kind kind;
	int line;            /* from 1 */
	const char *text;    /* of a scalar */
	const char *key;     /* when the parent is a map */
	struct yaml *first;  /* first child */
	struct yaml *next;   /* next sibling */
	bool used;           /* yaml_get has looked at it: what stays unused is a misspelt key */
};

/* `file` names the text in faults: the field of a fault is "file:line". */
enum err yaml_parse(const char *file, const char *bytes, size_t n, struct arena *a, struct yaml **ret, struct fault *f) MUST_CHECK;

/* The value of a key, NULL when the map has none. Marks it used. */
struct yaml *yaml_get(struct yaml *map, const char *key);

/* The first key below `map` (at any depth) that nothing asked for, NULL when all were used. */
const struct yaml *yaml_unused(const struct yaml *map);

/* A fault at a node: E_INVALID, field "file:line". Up to four arguments. */
#define YAML_FAULT(f, file, node, ...) YAML_FAULT_(f, file, node, __VA_ARGS__, NULL)
#define YAML_FAULT_(f, file, node, msg, ...) \
	yaml_fault((f), (file), (node)->line, (msg), (const char *const[FAULT_ARGS + 1]){ __VA_ARGS__ })
enum err yaml_fault(struct fault *f, const char *file, int line, enum msg msg, const char *const args[FAULT_ARGS]) MUST_CHECK;
