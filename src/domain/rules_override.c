#include "domain/rules_override.h"
#include "base/text.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NUMBER_MAX = 100000 };

enum value_type { VALUE_SPAN, VALUE_NUMBER, VALUE_COUNT, VALUE_FLAG, VALUE_CHOICE }; /* a count may be 0, a number is at least 1 */

/* What a site may have its own value of. Nothing here changes where a row stands or what it looks at, so that a pack stays whole. */
struct site_field {
	enum rules_row_kind row;
	const char *name;
	enum value_type type;
	size_t at;
	const char *const *choices;
};

static const char *const thresholds[] = { [VOTE_TWO_THIRDS] = "two_thirds", [VOTE_MAJORITY] = "majority", NULL };
static const char *const severities[] = { [SEVERITY_REFUSE] = "refuse", [SEVERITY_WARN] = "warn", NULL };
static const char *const flags[] = { "no", "yes", NULL };
static const char *const units[] = { [SPAN_WORKING_DAY] = "workday", [SPAN_DAY] = "day", [SPAN_MONTH] = "month" };

static const struct site_field fields[] = {
	{ ROW_CLOCK, "length", VALUE_SPAN, offsetof(struct clock, length), NULL },
	{ ROW_CLOCK, "extension", VALUE_COUNT, offsetof(struct clock, extension), NULL },
	{ ROW_CLOCK, "verified", VALUE_FLAG, offsetof(struct clock, verified), flags },
	{ ROW_STEP, "threshold", VALUE_CHOICE, offsetof(struct step, threshold), thresholds },
	{ ROW_STEP, "optional", VALUE_FLAG, offsetof(struct step, optional), flags },
	{ ROW_CHECK, "min", VALUE_NUMBER, offsetof(struct check, min), NULL },
	{ ROW_CHECK, "max", VALUE_NUMBER, offsetof(struct check, max), NULL },
	{ ROW_CHECK, "severity", VALUE_CHOICE, offsetof(struct check, severity), severities },
	{ ROW_CHECK, "verified", VALUE_FLAG, offsetof(struct check, verified), flags },
	{ ROW_BODY, "threshold", VALUE_CHOICE, offsetof(struct body, threshold), thresholds },
	{ ROW_BODY, "verified", VALUE_FLAG, offsetof(struct body, verified), flags },
};
enum { FIELDS = sizeof fields / sizeof *fields };

static void *place(const struct rules_row *row, const struct site_field *fd)
{
	return (char *)row->object + fd->at;
}

static bool votes(const struct rules_row *row)
{
	return row->kind == ROW_STEP ? ((const struct step *)row->object)->votes : ((const struct body *)row->object)->votes;
}

/* A vote has a threshold, an age a bound; where the pack has none, there is nothing to replace. */
static bool has(const struct rules_row *row, const struct site_field *fd)
{
	int32_t number;
	if (fd->row != row->kind)
		return false;
	if (fd->choices == thresholds)
		return votes(row);
	if (fd->type != VALUE_NUMBER)
		return true;
	memcpy(&number, place(row, fd), sizeof number);
	return number != 0;
}

struct found {
	struct rules_row row;
	const struct site_field *field;
};

static const char *field_name(const char *key)
{
	const char *dot = strrchr(key, '.');
	return dot ? dot + 1 : "";
}

static const char *row_name(const char *key, struct arena *a)
{
	const char *dot = strrchr(key, '.');
	return dot ? arena_strndup(a, key, (size_t)(dot - key)) : key;
}

static bool find(const struct pack *p, const char *key, struct arena *a, struct found *ret)
{
	if (!rules_row_find(p, row_name(key, a), a, &ret->row))
		return false;
	for (size_t i = 0; i < FIELDS; i++)
		if (has(&ret->row, &fields[i]) && strcmp(fields[i].name, field_name(key)) == 0) {
			ret->field = &fields[i];
			return true;
		}
	return false;
}

/* ---- values ---- */

static const char *show(const struct found *x, struct arena *a)
{
	const void *at = place(&x->row, x->field);
	enum value_type type = x->field->type;
	struct span span;
	int32_t number;
	unsigned choice;
	if (type == VALUE_FLAG)
		return flags[*(const bool *)at];
	if (type == VALUE_CHOICE) {
		memcpy(&choice, at, sizeof choice);
		return x->field->choices[choice];
	}
	if (type == VALUE_SPAN) {
		memcpy(&span, at, sizeof span);
		return arena_printf(a, "%d %s", span.length, units[span.unit]);
	}
	memcpy(&number, at, sizeof number);
	return arena_printf(a, "%d", number);
}

struct given {
	struct span span; /* its length is the number of the other types */
	unsigned choice;
};

static enum err read_number(const char *text, int32_t least, int32_t *ret, const char **ret_rest, struct fault *f)
{
	char *end;
	char from[16];
	long n = strtol(text, &end, 10);
	(void)snprintf(from, sizeof from, "%d", least);
	if (end == text || n < least || n > NUMBER_MAX || (*end && *end != ' '))
		return FAULT(f, E_INVALID, "value", MSG_SITE_NUMBER, text, from);
	*ret = (int32_t)n;
	*ret_rest = *end ? end + 1 : end;
	return OK;
}

static enum err read_choice(const char *text, const char *const *choices, unsigned *ret, struct fault *f)
{
	char list[FAULT_ARG_SIZE] = "";
	for (unsigned i = 0; choices[i]; i++) {
		size_t n = strlen(list);
		if (strcmp(choices[i], text) == 0)
			return *ret = i, OK;
		(void)snprintf(list + n, sizeof list - n, "%s%s", i ? ", " : "", choices[i]);
	}
	return FAULT(f, E_INVALID, "value", MSG_SITE_WORD, text, list);
}

static enum err read_value(const struct found *x, const char *text, struct given *ret, struct fault *f)
{
	enum value_type type = x->field->type;
	const char *rest;
	if (type == VALUE_FLAG || type == VALUE_CHOICE)
		return read_choice(text, x->field->choices, &ret->choice, f);
	TRY(read_number(text, type == VALUE_COUNT ? 0 : 1, &ret->span.length, &rest, f));
	if (type != VALUE_SPAN)
		return *rest ? FAULT(f, E_INVALID, "value", MSG_SITE_NUMBER, text, type == VALUE_COUNT ? "0" : "1") : OK;
	ret->span.unit = ((const struct clock *)x->row.object)->length.unit;
	return *rest ? span_unit_parse(rest, "value", &ret->span.unit, f) : OK;
}

static void put(const struct found *x, const struct given *given)
{
	void *at = place(&x->row, x->field);
	if (x->field->type == VALUE_FLAG)
		*(bool *)at = given->choice;
	else if (x->field->type == VALUE_CHOICE)
		memcpy(at, &given->choice, sizeof given->choice);
	else if (x->field->type == VALUE_SPAN)
		memcpy(at, &given->span, sizeof given->span);
	else
		memcpy(at, &given->span.length, sizeof given->span.length);
}

/* ---- packs of a time ---- */

static void *copy_of(struct arena *a, const void *v, size_t n, size_t size)
{
	void *copy = arena_alloc_array(a, n, size);
	if (n)
		memcpy(copy, v, n * size);
	return copy;
}

static struct pack *copy_pack(struct arena *a, const struct pack *p)
{
	struct pack *copy = arena_new(a, struct pack);
	*copy = *p;
	copy->steps = copy_of(a, p->steps, p->steps_n, sizeof *p->steps);
	copy->clocks = copy_of(a, p->clocks, p->clocks_n, sizeof *p->clocks);
	copy->checks = copy_of(a, p->checks, p->checks_n, sizeof *p->checks);
	copy->bodies = copy_of(a, p->bodies, p->bodies_n, sizeof *p->bodies);
	copy->papers = copy_of(a, p->papers, p->papers_n, sizeof *p->papers);
	return copy;
}

struct rules rules_copy(struct arena *a, const struct rules *r)
{
	struct rules copy = *r;
	copy.packs = arena_array(a, struct pack *, r->n);
	copy.cap = r->n;
	for (size_t i = 0; i < r->n; i++)
		copy.packs[i] = copy_pack(a, r->packs[i]);
	return copy;
}

/* So that a pack begins on that day, if it lies within one. */
void rules_split(struct arena *a, struct rules *r, struct day on)
{
	for (size_t i = 0; i < r->n; i++) {
		struct pack *p = r->packs[i];
		if (on.n <= p->valid.from.n || on.n > p->valid.to.n)
			continue;
		struct pack *rest = copy_pack(a, p);
		p->valid.to = day_add(on, -1);
		rest->valid.from = on;
		(void)arena_push(a, r->packs, r->n, r->cap);
		memmove(&r->packs[i + 2], &r->packs[i + 1], (r->n - i - 2) * sizeof *r->packs);
		r->packs[i + 1] = rest;
		return;
	}
}

static bool inside(const struct pack *p, struct period valid)
{
	return p->valid.from.n >= valid.from.n && p->valid.to.n <= valid.to.n;
}

void rules_put(struct arena *a, struct rules *r, struct pack *p)
{
	size_t kept = 0;
	rules_split(a, r, p->valid.from);
	if (!day_equal(p->valid.to, DAY_LAST))
		rules_split(a, r, day_add(p->valid.to, 1));
	for (size_t i = 0; i < r->n; i++)
		if (!inside(r->packs[i], p->valid))
			r->packs[kept++] = r->packs[i];
	r->n = kept;
	rules_add(a, r, p);
}

static bool touches(const struct pack *p, struct period valid)
{
	return p->valid.from.n <= valid.to.n && p->valid.to.n >= valid.from.n;
}

/* ---- for users ---- */

/* The list in as many arguments of a fault as there are, cut between two words. */
static void spread(const char *list, char ret[3][FAULT_ARG_SIZE])
{
	for (int i = 0; i < 3; i++) {
		size_t n = strlen(list);
		if (n >= FAULT_ARG_SIZE)
			for (n = FAULT_ARG_SIZE - 1; list[n - 1] != ' '; n--)
				continue;
		memcpy(ret[i], list, n);
		ret[i][n] = '\0';
		list += n;
	}
}

static enum err no_row(const struct pack *p, const char *key, struct arena *a, struct fault *f)
{
	char list[3][FAULT_ARG_SIZE];
	struct text t = TEXT(a);
	size_t n;
	const struct rules_row *rows = rules_rows(p, a, &n);
	for (size_t i = 0; i < n; i++)
		text_addf(&t, "%s%s", i ? ", " : "", rows[i].key);
	spread(text_str(&t), list);
	return FAULT(f, E_INVALID, "key", MSG_SITE_NO_ROW, row_name(key, a), list[0], list[1], list[2]);
}

static enum err no_field(const struct rules_row *row, const char *key, struct arena *a, struct fault *f)
{
	struct text t = TEXT(a);
	for (size_t i = 0; i < FIELDS; i++)
		if (has(row, &fields[i]))
			text_addf(&t, "%s%s.%s", t.n ? ", " : "", row->key, fields[i].name);
	return FAULT(f, E_INVALID, "key", MSG_SITE_NO_FIELD, key, text_str(&t));
}

/* The packs of that time, from the first on. */
static const struct pack *first_pack(const struct rules *r, struct period valid)
{
	for (size_t i = 0; i < r->n; i++)
		if (touches(r->packs[i], valid))
			return r->packs[i];
	return r->packs[0];
}

static enum err not_found(const struct rules *r, const struct site_value *v, struct arena *a, struct fault *f)
{
	struct rules_row row;
	for (size_t i = 0; i < r->n; i++)
		if (touches(r->packs[i], v->valid) && rules_row_find(r->packs[i], row_name(v->key, a), a, &row))
			return no_field(&row, v->key, a, f);
	return no_row(first_pack(r, v->valid), v->key, a, f);
}

enum err rules_override_check(const struct rules *r, const struct site_value *v, struct arena *a, const char **ret_value,
	struct fault *f)
{
	char from[DAY_TEXT], to[DAY_TEXT];
	struct given given;
	struct found x;
	assert(r->n > 0);
	if (day_before(v->valid.to, v->valid.from))
		return FAULT(f, E_INVALID, "to", MSG_SITE_BACKWARDS, day_vi(v->valid.to, to), day_vi(v->valid.from, from));
	for (size_t i = 0; i < r->n; i++) {
		if (!touches(r->packs[i], v->valid) || !find(r->packs[i], v->key, a, &x))
			continue;
		TRY(read_value(&x, v->value, &given, f));
		struct pack *p = copy_pack(a, r->packs[i]);
		bool found = find(p, v->key, a, &x);
		assert(found);
		put(&x, &given);
		*ret_value = show(&x, a);
		return OK;
	}
	return not_found(r, v, a, f);
}

/* Wherever the citation is shown, it says that the value is the site's own, and why. */
static const char *cite_of(const struct site_value *own, struct arena *a)
{
	struct text t = TEXT(a);
	text_addf(&t, "%s; giá trị tại đây: ", own->cite);
	for (const struct site_value *v = own; v; v = v->also)
		text_addf(&t, "%s%s%s%s", v == own ? "" : "; ", v->paper_no ? v->paper_no : "", v->paper_no ? ", " : "", v->reason);
	return text_str(&t);
}

/* The values of the row without the one of the same key, which is replaced. */
static const struct site_value *others_of(const struct site_value *site, const struct site_value *own, struct arena *a)
{
	const struct site_value *rest = NULL;
	for (const struct site_value *v = site; v; v = v->also) {
		struct site_value *copy = arena_new(a, struct site_value);
		if (strcmp(v->key, own->key) == 0)
			continue;
		*copy = *v;
		copy->also = rest;
		rest = copy;
	}
	return rest;
}

static const char *instead_of(const struct site_value *site, const struct site_value *own)
{
	for (const struct site_value *v = site; v; v = v->also)
		if (strcmp(v->key, own->key) == 0)
			return v->instead;
	return own->instead;
}

static void put_into(struct arena *a, const struct found *x, const struct given *given, const struct site_value *v)
{
	struct site_value *own = arena_new(a, struct site_value);
	const struct site_value *site = *x->row.site;
	*own = *v;
	own->cite = site ? site->cite : *x->row.cite;
	own->instead = show(x, a);
	own->instead = instead_of(site, own);
	own->also = others_of(site, own, a);
	put(x, given);
	*x->row.cite = cite_of(own, a);
	*x->row.site = own;
}

size_t rules_override(struct arena *a, struct rules *r, const struct site_value *v)
{
	size_t n = 0;
	struct found x;
	struct given given;
	if (day_before(v->valid.to, v->valid.from))
		return 0;
	rules_split(a, r, v->valid.from);
	if (!day_equal(v->valid.to, DAY_LAST))
		rules_split(a, r, day_add(v->valid.to, 1));
	for (size_t i = 0; i < r->n; i++) {
		if (!touches(r->packs[i], v->valid) || !find(r->packs[i], v->key, a, &x) || read_value(&x, v->value, &given, NULL) != OK)
			continue;
		put_into(a, &x, &given, v);
		n++;
	}
	return n;
}

const char *rules_value(const struct pack *p, const char *key, struct arena *a)
{
	struct found x;
	return find(p, key, a, &x) ? show(&x, a) : NULL;
}

const char *const *rules_keys(const struct pack *p, struct arena *a, size_t *ret_n)
{
	size_t rows_n, n = 0;
	const struct rules_row *rows = rules_rows(p, a, &rows_n);
	const char **keys = arena_array(a, const char *, rows_n * FIELDS);
	for (size_t i = 0; i < rows_n; i++)
		for (size_t j = 0; j < FIELDS; j++)
			if (has(&rows[i], &fields[j]))
				keys[n++] = arena_printf(a, "%s.%s", rows[i].key, fields[j].name);
	*ret_n = n;
	return keys;
}

/* ---- as people read it ---- */

static const char *word_text(const char *value, enum lang lang)
{
	if (strcmp(value, "yes") == 0)
		return lang == LANG_VI ? "có" : "yes";
	if (strcmp(value, "no") == 0)
		return lang == LANG_VI ? "không" : "no";
	for (unsigned i = 0; thresholds[i]; i++)
		if (strcmp(value, thresholds[i]) == 0)
			return rules_threshold_text((enum vote_threshold)i, lang);
	for (unsigned i = 0; severities[i]; i++)
		if (strcmp(value, severities[i]) == 0)
			return rules_severity_text((enum severity)i, lang);
	return value;
}

const char *rules_value_text(const char *key, const char *value, enum lang lang, struct arena *a)
{
	struct span span;
	char *end;
	long length = strtol(value, &end, 10);
	if (strcmp(field_name(key), "length") != 0 || *end != ' ' || span_unit_parse(end + 1, "", &span.unit, NULL) != OK)
		return word_text(value, lang);
	span.length = (int32_t)length;
	return span_text(span, lang, a);
}
