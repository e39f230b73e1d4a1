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
	FIELD_PATTERNS, /* list of patterns */
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
static const char *const clock_uses[] = { [CLOCK_ACT] = "act", [CLOCK_VALID] = "valid", [CLOCK_STATUS] = "status",
	[CLOCK_MEASURE] = "measure", NULL };
static const char *const body_whos[] = { [BODY_MEMBERS] = "members", [BODY_COMMITTEE] = "committee", [BODY_STANDING] = "standing",
	[BODY_BOARDS] = "boards", NULL };
static const char *const authorised[] = { [BODY_EITHER] = "either", [BODY_AUTHORISED] = "yes", [BODY_NOT_AUTHORISED] = "no", NULL };
static const char *const severities[] = { [SEVERITY_REFUSE] = "refuse", [SEVERITY_WARN] = "warn", NULL };

static const struct field pack_fields[] = {
	{ "pack", FIELD_TEXT, REQUIRED, offsetof(struct pack, id) },
	{ "instrument", FIELD_TEXT, REQUIRED, offsetof(struct pack, instrument) },
	{ "title", FIELD_LABELS, REQUIRED, offsetof(struct pack, title) },
	{ "from", FIELD_DAY, REQUIRED, offsetof(struct pack, valid.from) },
	{ "to", FIELD_DAY, OPTIONAL, offsetof(struct pack, valid.to) },
	{ "verified", FIELD_FLAG, OPTIONAL, offsetof(struct pack, verified) },
	{ "guidance", FIELD_TEXT, OPTIONAL, offsetof(struct pack, guidance) },
	{ "extends", FIELD_TEXT, OPTIONAL, offsetof(struct pack, extends) },
	{ 0 },
};

static const struct field step_fields[] = {
	{ "step", FIELD_TEXT, REQUIRED, offsetof(struct step, key) },
	{ "state", FIELD_TEXT, REQUIRED, offsetof(struct step, state) },
	{ "label", FIELD_LABELS, REQUIRED, offsetof(struct step, label) },
	{ "state_label", FIELD_LABELS, REQUIRED, offsetof(struct step, state_label) },
	{ "needs", FIELD_WORDS, OPTIONAL, offsetof(struct step, needs), offsetof(struct step, needs_n) },
	{ "body", FIELD_FLAG, OPTIONAL, offsetof(struct step, by_body) },
	{ "threshold", FIELD_CHOICE, OPTIONAL, offsetof(struct step, threshold), .choices = thresholds },
	{ "tries", FIELD_NUMBER, OPTIONAL, offsetof(struct step, tries) },
	{ "tries_cite", FIELD_TEXT, OPTIONAL, offsetof(struct step, tries_cite) },
	{ "counts", FIELD_FLAG, OPTIONAL, offsetof(struct step, counts) },
	{ "optional", FIELD_FLAG, OPTIONAL, offsetof(struct step, optional) },
	{ "aside", FIELD_FLAG, OPTIONAL, offsetof(struct step, aside) },
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
	{ "each", FIELD_FLAG, OPTIONAL, offsetof(struct clock, each) },
	{ "when", FIELD_PATTERNS, OPTIONAL, offsetof(struct clock, when) },
	{ "unless", FIELD_PATTERNS, OPTIONAL, offsetof(struct clock, unless) },
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
	{ "when", FIELD_PATTERNS, OPTIONAL, offsetof(struct check, when) },
	{ "unless", FIELD_PATTERNS, OPTIONAL, offsetof(struct check, unless) },
	{ "from", FIELD_DAY, OPTIONAL, offsetof(struct check, valid.from) },
	{ "to", FIELD_DAY, OPTIONAL, offsetof(struct check, valid.to) },
	{ "min", FIELD_NUMBER, OPTIONAL, offsetof(struct check, min) },
	{ "max", FIELD_NUMBER, OPTIONAL, offsetof(struct check, max) },
	{ "severity", FIELD_CHOICE, REQUIRED, offsetof(struct check, severity), .choices = severities },
	{ "message", FIELD_MESSAGE, REQUIRED, offsetof(struct check, message) },
	{ "verified", FIELD_FLAG, OPTIONAL, offsetof(struct check, verified) },
	{ "cite", FIELD_CITE, REQUIRED, offsetof(struct check, cite) },
	{ 0 },
};

static const struct field body_fields[] = {
	{ "body", FIELD_TEXT, REQUIRED, offsetof(struct body, key) },
	{ "steps", FIELD_WORDS, REQUIRED, offsetof(struct body, steps), offsetof(struct body, steps_n) },
	{ "label", FIELD_LABELS, REQUIRED, offsetof(struct body, label) },
	{ "kinds", FIELD_WORDS, REQUIRED, offsetof(struct body, kinds), offsetof(struct body, kinds_n) },
	{ "sectors", FIELD_WORDS, OPTIONAL, offsetof(struct body, sectors), offsetof(struct body, sectors_n) },
	{ "more_than", FIELD_NUMBER, OPTIONAL, offsetof(struct body, more_than) },
	{ "who", FIELD_CHOICE, REQUIRED, offsetof(struct body, who), .choices = body_whos },
	{ "own_rules", FIELD_FLAG, OPTIONAL, offsetof(struct body, own_rules) },
	{ "authorised", FIELD_CHOICE, OPTIONAL, offsetof(struct body, authorised), .choices = authorised },
	{ "threshold", FIELD_CHOICE, OPTIONAL, offsetof(struct body, threshold), .choices = thresholds },
	{ "verified", FIELD_FLAG, OPTIONAL, offsetof(struct body, verified) },
	{ "cite", FIELD_CITE, REQUIRED, offsetof(struct body, cite) },
	{ 0 },
};

static const struct field paper_fields[] = {
	{ "paper", FIELD_TEXT, REQUIRED, offsetof(struct paper_row, key) },
	{ "at", FIELD_TEXT, REQUIRED, offsetof(struct paper_row, at) },
	{ "detail", FIELD_TEXT, OPTIONAL, offsetof(struct paper_row, detail) },
	{ "redo_after", FIELD_TEXT, OPTIONAL, offsetof(struct paper_row, redo_after) },
	{ "not_before", FIELD_TEXT, OPTIONAL, offsetof(struct paper_row, not_before) },
	{ "also", FIELD_PATTERNS, OPTIONAL, offsetof(struct paper_row, also) },
	{ "when", FIELD_PATTERNS, OPTIONAL, offsetof(struct paper_row, when) },
	{ "unless", FIELD_PATTERNS, OPTIONAL, offsetof(struct paper_row, unless) },
	{ "verified", FIELD_FLAG, OPTIONAL, offsetof(struct paper_row, verified) },
	{ "cite", FIELD_CITE, REQUIRED, offsetof(struct paper_row, cite) },
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

/* "kind" or "kind:value", taken apart. */
static struct pattern pattern_of(const char *text, struct arena *a)
{
	const char *colon = strchr(text, ':');
	if (!colon)
		return (struct pattern){ text, NULL, -1 };
	return (struct pattern){ arena_strndup(a, text, (size_t)(colon - text)), colon + 1, -1 };
}

static enum err read_patterns(const struct file *s, const struct yaml *node, struct patterns *ret)
{
	const char **words;
	struct patterns list;
	TRY(read_words(s, node, &words, &list.n));
	list.v = arena_array(s->arena, struct pattern, list.n);
	for (size_t i = 0; i < list.n; i++)
		list.v[i] = pattern_of(words[i], s->arena);
	*ret = list;
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
	case FIELD_PATTERNS:
		return read_patterns(s, node, ret);
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
		return YAML_FAULT(s->fault, s->name, map, MSG_YAML_NOT_MAP, "-");
	for (const struct field *field = fields; field->key; field++)
		TRY(read_field(s, map, field, object));
	return OK;
}

static enum err read_step(const struct file *s, struct yaml *node, void *ret)
{
	struct step *step = ret;
	step->line = node->line;
	TRY(read_fields(s, node, step_fields, step));
	step->optional |= step->aside;
	step->votes = yaml_get(node, "threshold") != NULL;
	return OK;
}

static enum err read_clock(const struct file *s, struct yaml *node, void *ret)
{
	struct clock *clock = ret;
	*clock = (struct clock){ .verified = true, .late = { "", "" }, .line = node->line };
	TRY(read_fields(s, node, clock_fields, clock));
	clock->start = pattern_of(clock->from, s->arena);
	clock->stop = pattern_of(clock->to, s->arena);
	return OK;
}

static enum err read_body(const struct file *s, struct yaml *node, void *ret)
{
	struct body *body = ret;
	*body = (struct body){ .verified = true, .line = node->line };
	TRY(read_fields(s, node, body_fields, body));
	body->votes = yaml_get(node, "threshold") != NULL;
	return OK;
}

static enum err read_paper(const struct file *s, struct yaml *node, void *ret)
{
	struct paper_row *paper = ret;
	*paper = (struct paper_row){ .verified = true, .line = node->line };
	return read_fields(s, node, paper_fields, paper);
}

static enum err read_check(const struct file *s, struct yaml *node, void *ret)
{
	struct check *check = ret;
	*check = (struct check){ .verified = true, .valid = { DAY_FIRST, DAY_LAST }, .line = node->line };
	TRY(read_fields(s, node, check_fields, check));
	check->at_fact = pattern_of(check->at, s->arena);
	if (check->a)
		check->a_fact = pattern_of(check->a, s->arena);
	if (check->b)
		check->b_fact = pattern_of(check->b, s->arena);
	return OK;
}

/* ---- the lists of rows ---- */

typedef enum err item_reader(const struct file *s, struct yaml *node, void *ret);
typedef bool same_row(const void *x, const void *y);

static bool same_step(const void *x, const void *y)
{
	const struct step *a = x, *b = y;
	return strcmp(a->key, b->key) == 0;
}

static bool same_clock(const void *x, const void *y)
{
	const struct clock *a = x, *b = y;
	return strcmp(a->key, b->key) == 0;
}

/* An upper and a lower bound of the same thing are two checks. */
static bool same_check(const void *x, const void *y)
{
	const struct check *a = x, *b = y;
	return strcmp(a->key, b->key) == 0 && strcmp(a->at, b->at) == 0 && text_equal(a->a, b->a) && text_equal(a->b, b->b) &&
		!a->min == !b->min && !a->max == !b->max;
}

static bool same_body(const void *x, const void *y)
{
	const struct body *a = x, *b = y;
	return strcmp(a->key, b->key) == 0;
}

static bool same_paper(const void *x, const void *y)
{
	const struct paper_row *a = x, *b = y;
	return strcmp(a->key, b->key) == 0 && strcmp(a->at, b->at) == 0 && text_equal(a->detail, b->detail);
}

/* Where the lists of a pack stand: pointer, count, and of each row its citation and its line. */
static const struct list {
	const char *key;
	item_reader *read;
	same_row *same;
	size_t size, at, count, cite, line;
	size_t cite_2; /* of another citation, which may be absent; 0: the rows have none */
} lists[] = {
	{ "steps", read_step, same_step, sizeof(struct step), offsetof(struct pack, steps), offsetof(struct pack, steps_n),
		offsetof(struct step, cite), offsetof(struct step, line), offsetof(struct step, tries_cite) },
	{ "clocks", read_clock, same_clock, sizeof(struct clock), offsetof(struct pack, clocks), offsetof(struct pack, clocks_n),
		offsetof(struct clock, cite), offsetof(struct clock, line) },
	{ "checks", read_check, same_check, sizeof(struct check), offsetof(struct pack, checks), offsetof(struct pack, checks_n),
		offsetof(struct check, cite), offsetof(struct check, line) },
	{ "bodies", read_body, same_body, sizeof(struct body), offsetof(struct pack, bodies), offsetof(struct pack, bodies_n),
		offsetof(struct body, cite), offsetof(struct body, line) },
	{ "papers", read_paper, same_paper, sizeof(struct paper_row), offsetof(struct pack, papers), offsetof(struct pack, papers_n),
		offsetof(struct paper_row, cite), offsetof(struct paper_row, line) },
};

struct rows {
	char *v;
	size_t n;
};

static struct rows rows_of(const struct pack *p, const struct list *l)
{
	struct rows ret;
	memcpy(&ret.v, (const char *)p + l->at, sizeof ret.v);
	memcpy(&ret.n, (const char *)p + l->count, sizeof ret.n);
	return ret;
}

static void put_rows(struct pack *p, const struct list *l, struct rows rows)
{
	memcpy((char *)p + l->at, &rows.v, sizeof rows.v);
	memcpy((char *)p + l->count, &rows.n, sizeof rows.n);
}

static enum err read_rows(const struct file *s, struct yaml *root, const struct list *l, struct rows *ret)
{
	struct yaml *list;
	struct rows rows = { 0 };
	TRY(yaml_list(s->name, root, l->key, &list, s->fault));
	for (const struct yaml *c = list ? list->first : NULL; c; c = c->next)
		rows.n++;
	rows.v = arena_alloc_array(s->arena, rows.n, l->size);
	char *at = rows.v;
	for (struct yaml *c = list ? list->first : NULL; c; c = c->next, at += l->size)
		TRY(l->read(s, c, at));
	*ret = rows;
	return OK;
}

static bool has_same(const struct list *l, struct rows rows, const void *row)
{
	for (size_t i = 0; i < rows.n; i++)
		if (l->same(rows.v + i * l->size, row))
			return true;
	return false;
}

/* Own rows that replace one of the base stand where that stood, the others behind: a step that is said again keeps its place in the
 * chain. */
static struct rows merge_rows(struct arena *a, const struct list *l, struct rows base, struct rows own, int line)
{
	struct rows ret = { .v = arena_alloc_array(a, base.n + own.n, l->size) };
	bool *used = arena_array(a, bool, own.n);
	for (size_t i = 0; i < base.n; i++) {
		const char *row = base.v + i * l->size;
		for (size_t k = 0; k < own.n; k++) {
			if (used[k] || !l->same(own.v + k * l->size, row))
				continue;
			used[k] = true;
			memcpy(ret.v + ret.n++ * l->size, own.v + k * l->size, l->size);
		}
		if (has_same(l, own, row))
			continue;
		memcpy(ret.v + ret.n * l->size, row, l->size);
		memcpy(ret.v + ret.n++ * l->size + l->line, &line, sizeof line);
	}
	for (size_t k = 0; k < own.n; k++)
		if (!used[k])
			memcpy(ret.v + ret.n++ * l->size, own.v + k * l->size, l->size);
	return ret;
}

static void add_replaced(struct text *t, const char *cite, const char *word, const char *by, const char **ret_rest)
{
	const char *found = strstr(cite, word);
	if (!found) {
		*ret_rest = cite;
		return;
	}
	text_addf(t, "%.*s%s%s", (int)(found - cite), cite, by ? by : "", found + strlen(word));
	*ret_rest = text_str(t);
}

static const char *cite_of(const struct pack *p, const char *written, struct arena *a)
{
	struct text first = TEXT(a), second = TEXT(a);
	const char *half, *whole;
	add_replaced(&first, written, "$instrument", p->instrument, &half);
	add_replaced(&second, half, "$guidance", p->guidance, &whole);
	return whole;
}

static void put_cite(const struct pack *p, char *at, struct arena *a)
{
	const char *cite;
	memcpy(&cite, at, sizeof cite);
	cite = cite ? cite_of(p, cite, a) : NULL;
	memcpy(at, &cite, sizeof cite);
}

/* The rows as the pack uses them: with its own names in the citations. What others extend are the rows as written. */
static struct rows with_cites(const struct pack *p, const struct list *l, struct rows written, struct arena *a)
{
	struct rows ret = { .v = arena_alloc_array(a, written.n, l->size), .n = written.n };
	for (size_t i = 0; i < written.n; i++) {
		char *row = ret.v + i * l->size;
		memcpy(row, written.v + i * l->size, l->size);
		put_cite(p, row + l->cite, a);
		if (l->cite_2)
			put_cite(p, row + l->cite_2, a);
	}
	return ret;
}

static enum err read_lists(const struct file *s, struct yaml *root, const struct pack *base, struct pack *p)
{
	struct pack *written = arena_new(s->arena, struct pack);
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
		const struct list *l = &lists[i];
		struct rows rows;
		TRY(read_rows(s, root, l, &rows));
		if (base)
			rows = merge_rows(s->arena, l, rows_of(base->written, l), rows, p->line);
		put_rows(written, l, rows);
		put_rows(p, l, with_cites(p, l, rows, s->arena));
	}
	p->written = written;
	return OK;
}

static enum err find_base(const struct file *s, struct yaml *root, const struct rules *known, const struct pack *p, const struct pack **ret)
{
	*ret = p->extends && known ? rules_find(known, p->extends) : NULL;
	if (p->extends && !*ret)
		return YAML_FAULT(s->fault, s->name, yaml_get(root, "extends"), MSG_RULES_BASE_UNKNOWN, p->extends);
	return OK;
}

enum err rules_parse(const char *file, const char *bytes, size_t n, const struct rules *known, struct arena *a, struct pack **ret,
	struct fault *f)
{
	const struct file s = { file, a, f };
	const struct pack *base;
	struct yaml *root;
	struct pack *p = arena_new(a, struct pack);
	*p = (struct pack){ .file = arena_strdup(a, file), .valid.to = DAY_LAST, .verified = true };
	TRY(yaml_parse(file, bytes, n, a, &root, f));
	TRY(read_fields(&s, root, pack_fields, p));
	p->line = yaml_get(root, "from")->line;
	TRY(find_base(&s, root, known, p, &base));
	TRY(read_lists(&s, root, base, p));
	TRY(yaml_all_used(file, root, f));
	TRY(rules_check_pack(p, a, f));
	*ret = p;
	return OK;
}
