/* A rule pack out of its YAML text: what stands where is a table; what it means is checked in rules_check.c. */
#include "domain/rules.h"
#include "domain/rules_check.h"
#include "base/text.h"
#include "domain/yaml_fields.h"

#include <assert.h>
#include <string.h>

enum field_type {
	FIELD_TEXT,
	FIELD_CITE,    /* text without which nothing is accepted */
	FIELD_LABELS,
	FIELD_MESSAGE, /* labels of limited length */
	FIELD_WORDS,   /* list of words: pointer at `at`, count at `more` */
	FIELD_NUMBER,
	FIELD_FLAG,
	FIELD_CHOICE,  /* one of the words of `choices`, stored as its position */
	FIELD_SPAN,    /* "45 workday" */
	FIELD_DAY,
};

struct field {
	const char *key;
	enum field_type type;
	bool required;
	size_t at, more;
	const char *const *choices;
};

struct file {
	const char *name;
	struct arena *arena;
	struct fault *fault;
};

enum { REQUIRED = 1, OPTIONAL = 0 };

static const char *const thresholds[] = { [VOTE_TWO_THIRDS] = "two_thirds", [VOTE_MAJORITY] = "majority", NULL };
static const char *const clock_uses[] = { [CLOCK_ACT] = "act", [CLOCK_VALID] = "valid", [CLOCK_STATUS] = "status", NULL };
static const char *const severities[] = { [SEVERITY_REFUSE] = "refuse", [SEVERITY_WARN] = "warn", NULL };

static const struct field pack_fields[] = {
	{ "pack", FIELD_TEXT, REQUIRED, offsetof(struct pack, id) },
	{ "instrument", FIELD_TEXT, REQUIRED, offsetof(struct pack, instrument) },
	{ "title", FIELD_LABELS, REQUIRED, offsetof(struct pack, title) },
	{ "from", FIELD_DAY, REQUIRED, offsetof(struct pack, valid.from) },
	{ "to", FIELD_DAY, OPTIONAL, offsetof(struct pack, valid.to) },
	{ "verified", FIELD_FLAG, OPTIONAL, offsetof(struct pack, verified) },
	{ 0 },
};

static const struct field step_fields[] = {
	{ "step", FIELD_TEXT, REQUIRED, offsetof(struct step, key) },
	{ "state", FIELD_TEXT, REQUIRED, offsetof(struct step, state) },
	{ "label", FIELD_LABELS, REQUIRED, offsetof(struct step, label) },
	{ "state_label", FIELD_LABELS, REQUIRED, offsetof(struct step, state_label) },
	{ "needs", FIELD_WORDS, OPTIONAL, offsetof(struct step, needs), offsetof(struct step, needs_n) },
	{ "skip_parents", FIELD_WORDS, OPTIONAL, offsetof(struct step, skip_parents), offsetof(struct step, skip_parents_n) },
	{ "skip_kinds", FIELD_WORDS, OPTIONAL, offsetof(struct step, skip_kinds), offsetof(struct step, skip_kinds_n) },
	{ "threshold", FIELD_CHOICE, OPTIONAL, offsetof(struct step, threshold), .choices = thresholds },
	{ "optional", FIELD_FLAG, OPTIONAL, offsetof(struct step, optional) },
	{ "once", FIELD_FLAG, OPTIONAL, offsetof(struct step, once) },
	{ "cite", FIELD_CITE, REQUIRED, offsetof(struct step, cite) },
	{ 0 },
};

static const struct field clock_fields[] = {
	{ "clock", FIELD_TEXT, REQUIRED, offsetof(struct clock, key) },
	{ "label", FIELD_LABELS, REQUIRED, offsetof(struct clock, label) },
	{ "from", FIELD_TEXT, REQUIRED, offsetof(struct clock, from) },
	{ "to", FIELD_TEXT, REQUIRED, offsetof(struct clock, to) },
	{ "use", FIELD_CHOICE, REQUIRED, offsetof(struct clock, use), .choices = clock_uses },
	{ "length", FIELD_SPAN, REQUIRED, offsetof(struct clock, length) },
	{ "extension", FIELD_NUMBER, OPTIONAL, offsetof(struct clock, extension) },
	{ "late", FIELD_LABELS, OPTIONAL, offsetof(struct clock, late) },
	{ "verified", FIELD_FLAG, OPTIONAL, offsetof(struct clock, verified) },
	{ "cite", FIELD_CITE, REQUIRED, offsetof(struct clock, cite) },
	{ 0 },
};

static const struct field check_fields[] = {
	{ "check", FIELD_TEXT, REQUIRED, offsetof(struct check, key) },
	{ "at", FIELD_TEXT, REQUIRED, offsetof(struct check, at) },
	{ "a", FIELD_TEXT, OPTIONAL, offsetof(struct check, a) },
	{ "b", FIELD_TEXT, OPTIONAL, offsetof(struct check, b) },
	{ "min", FIELD_NUMBER, OPTIONAL, offsetof(struct check, min) },
	{ "max", FIELD_NUMBER, OPTIONAL, offsetof(struct check, max) },
	{ "severity", FIELD_CHOICE, REQUIRED, offsetof(struct check, severity), .choices = severities },
	{ "message", FIELD_MESSAGE, REQUIRED, offsetof(struct check, message) },
	{ "cite", FIELD_CITE, REQUIRED, offsetof(struct check, cite) },
	{ 0 },
};

static const struct number_range lengths = { 1, 100000 };

static enum err read_labels(const struct file *s, struct yaml *node, size_t limit, struct labels *ret)
{
	struct labels l;
	if (node->kind != YAML_MAP)
		return YAML_FAULT(s->fault, s->name, node, MSG_YAML_NOT_MAP, node->key);
	TRY(yaml_text(s->name, node, "vi", &l.vi, s->fault));
	TRY(yaml_text(s->name, node, "en", &l.en, s->fault));
	if (strlen(l.vi) > limit || strlen(l.en) > limit)
		return YAML_FAULT(s->fault, s->name, node, MSG_RULES_MESSAGE_LONG);
	*ret = l;
	return OK;
}

static enum err read_words(const struct file *s, const struct yaml *node, const char ***ret, size_t *ret_n)
{
	size_t n = 0;
	for (const struct yaml *c = node->first; c; c = c->next)
		n++;
	if (node->kind != YAML_LIST)
		return YAML_FAULT(s->fault, s->name, node, MSG_YAML_NOT_LIST, node->key);
	const char **words = arena_array(s->arena, const char *, n);
	n = 0;
	for (const struct yaml *c = node->first; c; c = c->next) {
		if (c->kind != YAML_SCALAR || !*c->text)
			return YAML_FAULT(s->fault, s->name, c, MSG_YAML_NOT_TEXT, node->key);
		words[n++] = c->text;
	}
	*ret = words;
	*ret_n = n;
	return OK;
}

static enum err read_choice(const struct file *s, const struct yaml *node, const char *text, const char *const *choices, void *ret)
{
	struct text list = TEXT(s->arena);
	for (unsigned i = 0; choices[i]; i++) {
		if (strcmp(choices[i], text) == 0) {
			memcpy(ret, &i, sizeof i);
			return OK;
		}
		text_add(&list, i ? ", " : "");
		text_add(&list, choices[i]);
	}
	return YAML_FAULT(s->fault, s->name, node, MSG_NOT_CODE, text, text_str(&list));
}

static enum err read_span(const struct file *s, const struct yaml *node, const char *text, struct span *ret)
{
	const char *blank = strchr(text, ' ');
	struct span span;
	struct fault why;
	struct yaml length = *node;
	length.text = blank ? arena_strndup(s->arena, text, (size_t)(blank - text)) : text;
	TRY(yaml_number(s->name, &length, lengths, &span.length, s->fault));
	const char *unit = blank ? blank + 1 : "";
	if (span_unit_parse(unit, "", &span.unit, &why) != OK)
		return YAML_FAULT(s->fault, s->name, node, MSG_CALENDAR_UNIT, unit);
	*ret = span;
	return OK;
}

static enum err read_day(const struct file *s, const struct yaml *node, const char *text, struct day *ret)
{
	struct fault why;
	if (day_parse(text, "", ret, &why) != OK)
		return YAML_FAULT(s->fault, s->name, node, why.msg, text);
	return OK;
}

static enum err read_text(const struct file *s, struct yaml *map, const struct field *field, void *ret)
{
	const char *text;
	TRY(yaml_text(s->name, map, field->key, &text, s->fault));
	const struct yaml *node = yaml_get(map, field->key);
	switch (field->type) {
	case FIELD_CHOICE:
		return read_choice(s, node, text, field->choices, ret);
	case FIELD_SPAN:
		return read_span(s, node, text, ret);
	case FIELD_DAY:
		return read_day(s, node, text, ret);
	default:
		memcpy(ret, &text, sizeof text);
		return OK;
	}
}

static enum err read_field(const struct file *s, struct yaml *map, const struct field *field, char *object)
{
	void *ret = object + field->at;
	struct yaml *node = yaml_get(map, field->key);
	if (!node && field->type == FIELD_CITE)
		return YAML_FAULT(s->fault, s->name, map, MSG_RULES_NO_CITE);
	if (!node && field->required)
		return YAML_FAULT(s->fault, s->name, map, MSG_YAML_MISSING_KEY, field->key);
	if (!node)
		return OK;
	switch (field->type) {
	case FIELD_LABELS:
		return read_labels(s, node, SIZE_MAX, ret);
	case FIELD_MESSAGE:
		return read_labels(s, node, CHECK_MESSAGE, ret);
	case FIELD_WORDS:
		return read_words(s, node, ret, (size_t *)(void *)(object + field->more));
	case FIELD_NUMBER:
		return yaml_number(s->name, node, lengths, ret, s->fault);
	case FIELD_FLAG:
		return yaml_flag(s->name, node, ret, s->fault);
	default:
		return read_text(s, map, field, ret);
	}
}

static enum err read_fields(const struct file *s, struct yaml *map, const struct field *fields, void *object)
{
	if (map->kind != YAML_MAP)
		return YAML_FAULT(s->fault, s->name, map, MSG_YAML_NOT_MAP, map->key ? map->key : "-");
	for (const struct field *field = fields; field->key; field++)
		TRY(read_field(s, map, field, object));
	return OK;
}

static enum err read_step(const struct file *s, struct yaml *node, void *ret)
{
	struct step *step = ret;
	step->line = node->line;
	TRY(read_fields(s, node, step_fields, step));
	step->votes = yaml_get(node, "threshold") != NULL;
	return OK;
}

static enum err read_clock(const struct file *s, struct yaml *node, void *ret)
{
	struct clock *clock = ret;
	*clock = (struct clock){ .verified = true, .late = { "", "" }, .line = node->line };
	return read_fields(s, node, clock_fields, clock);
}

static enum err read_check(const struct file *s, struct yaml *node, void *ret)
{
	struct check *check = ret;
	*check = (struct check){ .line = node->line };
	return read_fields(s, node, check_fields, check);
}

typedef enum err item_reader(const struct file *s, struct yaml *node, void *ret);

/* All items of the list under `key`, each `size` bytes. */
static enum err read_items(const struct file *s, struct yaml *root, const char *key, item_reader *item, size_t size, void *ret,
	size_t *ret_n)
{
	struct yaml *list;
	size_t n = 0;
	TRY(yaml_list(s->name, root, key, &list, s->fault));
	for (const struct yaml *c = list ? list->first : NULL; c; c = c->next)
		n++;
	char *items = arena_alloc_array(s->arena, n, size), *at = items;
	for (struct yaml *c = list ? list->first : NULL; c; c = c->next, at += size)
		TRY(item(s, c, at));
	memcpy(ret, &items, sizeof items);
	*ret_n = n;
	return OK;
}

enum err rules_parse(const char *file, const char *bytes, size_t n, struct arena *a, struct pack **ret, struct fault *f)
{
	const struct file s = { file, a, f };
	struct yaml *root;
	struct pack *p = arena_new(a, struct pack);
	*p = (struct pack){ .file = arena_strdup(a, file), .valid.to = DAY_LAST, .verified = true };
	TRY(yaml_parse(file, bytes, n, a, &root, f));
	TRY(read_fields(&s, root, pack_fields, p));
	p->line = yaml_get(root, "from")->line;
	TRY(read_items(&s, root, "steps", read_step, sizeof *p->steps, &p->steps, &p->steps_n));
	TRY(read_items(&s, root, "clocks", read_clock, sizeof *p->clocks, &p->clocks, &p->clocks_n));
	TRY(read_items(&s, root, "checks", read_check, sizeof *p->checks, &p->checks, &p->checks_n));
	TRY(yaml_all_used(file, root, f));
	TRY(rules_check_pack(p, f));
	*ret = p;
	return OK;
}
