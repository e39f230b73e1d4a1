#include "domain/yaml_fields.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum err yaml_required(const char *file, struct yaml *map, const char *key, struct fault *f)
{
	return yaml_get(map, key) ? OK : YAML_FAULT(f, file, map, MSG_YAML_MISSING_KEY, key);
}

enum err yaml_text(const char *file, struct yaml *map, const char *key, const char **ret, struct fault *f)
{
	TRY(yaml_required(file, map, key, f));
	const struct yaml *node = yaml_get(map, key);
	if (node->kind != YAML_SCALAR || !*node->text)
		return YAML_FAULT(f, file, node, MSG_YAML_NOT_TEXT, key);
	*ret = node->text;
	return OK;
}

enum err yaml_number(const char *file, const struct yaml *node, struct number_range range, int32_t *ret, struct fault *f)
{
	if (!node)
		return OK;
	const char *text = node->kind == YAML_SCALAR ? node->text : "";
	char *end, min[16], max[16];
	errno = 0;
	long v = strtol(text, &end, 10);
	if (end == text || *end)
		return YAML_FAULT(f, file, node, MSG_NOT_NUMBER, text);
	if (errno || v < range.min || v > range.max) {
		(void)snprintf(min, sizeof min, "%d", range.min);
		(void)snprintf(max, sizeof max, "%d", range.max);
		return YAML_FAULT(f, file, node, MSG_OUT_OF_RANGE, text, min, max);
	}
	*ret = (int32_t)v;
	return OK;
}

enum err yaml_flag(const char *file, const struct yaml *node, bool *ret, struct fault *f)
{
	if (!node)
		return OK;
	const char *text = node->kind == YAML_SCALAR ? node->text : "";
	bool yes = strcmp(text, "yes") == 0;
	if (!yes && strcmp(text, "no") != 0)
		return YAML_FAULT(f, file, node, MSG_RULES_NOT_FLAG, text);
	*ret = yes;
	return OK;
}

enum err yaml_list(const char *file, struct yaml *map, const char *key, struct yaml **ret, struct fault *f)
{
	struct yaml *node = yaml_get(map, key);
	if (node && node->kind != YAML_LIST)
		return YAML_FAULT(f, file, node, MSG_YAML_NOT_LIST, key);
	*ret = node;
	return OK;
}

enum err yaml_all_used(const char *file, const struct yaml *root, struct fault *f)
{
	const struct yaml *unused = yaml_unused(root);
	return unused ? YAML_FAULT(f, file, unused, MSG_YAML_UNKNOWN_KEY, unused->key) : OK;
}
