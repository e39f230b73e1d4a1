#include "app/reorg_text.h"

#include "base/utf8.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define AT(m) offsetof(struct reorg_action, m)

enum { CODE_MAX = 32, TITLE_MAX = 200, WORD_MAX = 32, VALUE_MAX = 200 };

/* Where the members of an action go; "do" and "people" are read by themselves. */
static const struct field fields[] = {
	{ "unit", FIELD_UNIT, AT(unit), .max = CODE_MAX },
	{ "to", FIELD_UNIT, AT(to), .max = CODE_MAX },
	{ "name", FIELD_TEXT, AT(name), .max = TITLE_MAX },
	{ "kind", FIELD_CODE, AT(kind), .codes = CODES_UNIT_KIND },
	{ "sector", FIELD_CODE, AT(sector), .codes = CODES_SECTOR },
	{ "parent", FIELD_UNIT, AT(parent), .max = CODE_MAX },
	{ "authorised", FIELD_BOOL, AT(authorised) },
	{ "attribute", FIELD_TEXT, AT(attribute), .max = WORD_MAX },
	{ "value", FIELD_TEXT, AT(value), .max = VALUE_MAX },
	{ "indicator", FIELD_TEXT, AT(indicator), .max = WORD_MAX },
	{ "target_kind", FIELD_CODE, AT(target_kind), .codes = CODES_TARGET_KIND },
	{ "period", FIELD_PERIOD, AT(period) },
	{ "low", FIELD_MILLI, AT(low) },
	{ "high", FIELD_MILLI, AT(high) },
	{ "at_least", FIELD_BOOL, AT(at_least) },
	{ 0 }
};

/* What each action must say and may say beside, "do" and "unit" left out. */
static const struct {
	const char *must, *may;
} members[REORG_DO__COUNT] = {
	[REORG_OPEN] = { "name|kind", "name|kind|parent|sector|authorised" },
	[REORG_RENAME] = { "name", "name" },
	[REORG_KIND] = { "kind", "kind" },
	[REORG_SECTOR] = { "sector", "sector" },
	[REORG_MOVE] = { "parent", "parent" },
	[REORG_CLOSE] = { "", "to" },
	[REORG_HEIR] = { "to", "to" },
	[REORG_PEOPLE] = { "to", "to|people|attribute|value" },
	[REORG_TARGET] = { "to|low", "to|indicator|target_kind|period|low|high|at_least" },
};

/* ---- reading ---- */

static const char *listed_words(const char *list, struct arena *a)
{
	struct text t = TEXT(a);
	for (const char *p = list; *p; p++)
		text_add(&t, *p == '|' ? ", " : (char[]){ *p, '\0' });
	return text_str(&t);
}

static const char *all_actions(struct arena *a)
{
	struct text t = TEXT(a);
	for (enum reorg_do d = 0; d < REORG_DO__COUNT; d++)
		text_addf(&t, "%s%s", d ? ", " : "", reorg_do_key(d));
	return text_str(&t);
}

/* Puts the place of the action before the name of its member. */
static enum err in_action(size_t at, struct arena *a, struct fault *f)
{
	if (!f)
		return E_INVALID;
	(void)snprintf(f->field, sizeof f->field, "%s", arena_printf(a, "actions[%zu].%s", at, f->field));
	return f->code;
}

static enum err read_do(const struct json_member *object, struct arena *a, enum reorg_do *ret, struct fault *f)
{
	const struct json_member *m = json_member_find(object, "do");
	const char *word = m && m->text ? m->text : "";
	for (enum reorg_do d = 0; d < REORG_DO__COUNT; d++) {
		if (strcmp(reorg_do_key(d), word) == 0) {
			*ret = d;
			return OK;
		}
	}
	return FAULT(f, E_INVALID, "do", MSG_REORG_DO, word, all_actions(a));
}

static enum err check_keys(const struct json_member *object, enum reorg_do what, struct arena *a, struct fault *f)
{
	const char *may = members[what].may;
	for (size_t i = 0; i < object->n; i++) {
		const char *key = object->members[i].key;
		if (!text_listed("do|unit", key) && !(*may && text_listed(may, key)))
			return FAULT(f, E_INVALID, arena_printf(a, "%.20s", key), MSG_REORG_KEY, key,
				listed_words(arena_printf(a, "do|unit%s%s", *may ? "|" : "", may), a));
	}
	return OK;
}

static enum err read_person(const struct json_member *m, int64_t *ret, struct fault *f)
{
	size_t digits = m->text ? strspn(m->text, "0123456789") : 0;
	if (digits == 0 || digits > 18 || m->text[digits] || m->text[0] == '0')
		return FAULT(f, E_INVALID, "people", MSG_REORG_PEOPLE_LIST);
	*ret = strtoll(m->text, NULL, 10);
	return OK;
}

static enum err read_people(const struct json_member *object, size_t *people, struct arena *a, struct reorg_action *x, struct fault *f)
{
	char most[16];
	const struct json_member *m = json_member_find(object, "people");
	if (!m)
		return OK;
	if (!m->list)
		return FAULT(f, E_INVALID, "people", MSG_REORG_PEOPLE_LIST);
	*people += m->n;
	(void)snprintf(most, sizeof most, "%d", REORG_PEOPLE_MAX);
	if (*people > REORG_PEOPLE_MAX)
		return FAULT(f, E_TOOBIG, "people", MSG_REORG_MANY_PEOPLE, most);
	int64_t *ids = arena_array(a, int64_t, m->n);
	for (size_t i = 0; i < m->n; i++)
		TRY(read_person(&m->members[i], &ids[i], f));
	x->listed = true;
	x->people = ids;
	x->people_n = m->n;
	return OK;
}

static enum err check_value(struct reorg_action *x, struct fault *f)
{
	const struct fact_kind *k = x->attribute ? fact_kind_find(x->attribute) : NULL;
	const struct code *code;
	if (x->what == REORG_PEOPLE && (x->attribute != NULL) != (x->value != NULL))
		return FAULT(f, E_INVALID, x->attribute ? "value" : "attribute", MSG_REQUIRED);
	if (!k || k->codes < 0)
		return OK;
	TRY(code_find((enum code_table)k->codes, x->value, "value", &code, f));
	x->value = code->key;
	return OK;
}

/* The target of the year that everybody means. */
static enum err fill_target(struct reorg_action *x, struct fault *f)
{
	if (x->what != REORG_TARGET)
		return OK;
	if (!x->indicator)
		x->indicator = "admitted";
	if (!x->target_kind)
		x->target_kind = "assigned";
	if (!day_known(x->period.from))
		return FAULT(f, E_INVALID, "period", MSG_REQUIRED);
	if (!indicator_find(x->indicator))
		return FAULT(f, E_INVALID, "indicator", MSG_REORG_TARGET_NONE, x->unit, x->indicator, "");
	return OK;
}

static enum err read_fields(const struct json_member *object, enum field_trust trust, struct arena *a, struct reorg_action *x,
	struct fault *f)
{
	for (const struct field *fd = fields; fd->name; fd++) {
		const struct json_member *m = json_member_find(object, fd->name);
		bool must = strcmp(fd->name, "unit") == 0 || (*members[x->what].must && text_listed(members[x->what].must, fd->name));
		if (m && m->members)
			return FAULT(f, E_INVALID, fd->name, MSG_JSON_PLAIN);
		TRY(field_set(fd, m ? m->text : NULL, trust, a, x, f));
		if (must && field_absent(fd, x))
			return FAULT(f, E_INVALID, fd->name, MSG_REQUIRED);
	}
	return OK;
}

static enum err read_action(const struct json_member *m, enum field_trust trust, size_t *people, struct arena *a, struct reorg_action *x,
	struct fault *f)
{
	if (!m->members || m->list)
		return FAULT(f, E_INVALID, "do", MSG_REORG_NOT_ACTION);
	TRY(read_do(m, a, &x->what, f));
	TRY(check_keys(m, x->what, a, f));
	TRY(read_fields(m, trust, a, x, f));
	TRY(read_people(m, people, a, x, f));
	TRY(check_value(x, f));
	return fill_target(x, f);
}

static enum err read_head(const struct json_member *object, enum field_trust trust, struct arena *a, struct reorg_plan *ret,
	struct fault *f)
{
	static const struct field head[] = {
		{ "kind", FIELD_CODE, offsetof(struct reorg_plan, kind), .codes = CODES_REORG },
		{ "on", FIELD_DAY, offsetof(struct reorg_plan, on) },
	};
	for (size_t i = 0; i < object->n; i++)
		if (!text_listed("kind|on|actions", object->members[i].key))
			return FAULT(f, E_INVALID, arena_printf(a, "%.40s", object->members[i].key), MSG_REORG_KEY, object->members[i].key,
				"kind, on, actions");
	for (size_t i = 0; i < sizeof head / sizeof *head; i++) {
		const struct json_member *m = json_member_find(object, head[i].name);
		TRY(field_set(&head[i], m ? m->text : NULL, trust, a, ret, f));
		if (field_absent(&head[i], ret))
			return FAULT(f, E_INVALID, head[i].name, MSG_REQUIRED);
	}
	return OK;
}

static enum err read_actions(const struct json_member *list, enum field_trust trust, struct arena *a, struct reorg_plan *ret,
	struct fault *f)
{
	char has[24], most[16];
	size_t people = 0;
	(void)snprintf(has, sizeof has, "%zu", list->n);
	(void)snprintf(most, sizeof most, "%d", REORG_ACTIONS_MAX);
	if (list->n > REORG_ACTIONS_MAX && trust == FIELD_CHECKED)
		return FAULT(f, E_TOOBIG, "actions", MSG_REORG_MANY_ACTIONS, has, most);
	ret->v = arena_array(a, struct reorg_action, list->n);
	ret->cap = list->n;
	for (; ret->n < list->n; ret->n++) {
		struct reorg_action *x = &ret->v[ret->n];
		x->at = ret->n;
		if (read_action(&list->members[ret->n], trust, &people, a, x, f) != OK)
			return in_action(ret->n, a, f);
	}
	return OK;
}

enum err reorg_text_parse(const char *text, enum field_trust trust, struct arena *a, struct reorg_plan *ret, struct fault *f)
{
	struct json_member object;
	struct reorg_plan plan = { .on = DAY_NONE };
	if (trust == FIELD_CHECKED && utf8_length(text) > REORG_TEXT_MAX)
		return FAULT(f, E_TOOBIG, "plan", MSG_TOO_LONG, arena_printf(a, "%d", REORG_TEXT_MAX));
	TRY(json_read_lists(text, strlen(text), a, &object, f));
	TRY(read_head(&object, trust, a, &plan, f));
	const struct json_member *list = json_member_find(&object, "actions");
	if (!list || !list->list)
		return FAULT(f, E_INVALID, "actions", MSG_REORG_NOT_LIST);
	TRY(read_actions(list, trust, a, &plan, f));
	*ret = plan;
	return OK;
}

/* ---- writing ---- */

static void write_action(struct json *j, const struct reorg_action *x)
{
	json_object(j);
	json_put_string(j, "do", reorg_do_key(x->what));
	for (const struct field *fd = fields; fd->name; fd++)
		field_json(fd, x, j);
	if (x->listed) {
		json_key(j, "people");
		json_array(j);
		for (size_t i = 0; i < x->people_n; i++)
			json_int(j, x->people[i]);
		json_array_end(j);
	}
	json_object_end(j);
}

const char *reorg_text_of(const struct reorg_plan *plan, struct arena *a)
{
	struct text t = TEXT(a);
	struct json j = JSON(&t);
	json_object(&j);
	json_put_string(&j, "kind", plan->kind);
	json_put_day(&j, "on", plan->on);
	json_key(&j, "actions");
	json_array(&j);
	for (size_t i = 0; i < plan->n; i++)
		write_action(&j, &plan->v[i]);
	json_array_end(&j);
	json_object_end(&j);
	return text_str(&t);
}

/* ---- in words ---- */

static void say_action(struct text *t, const struct reorg_action *x, enum lang lang)
{
	bool vi = lang == LANG_VI;
	switch (x->what) {
	case REORG_OPEN:
		text_addf(t, vi ? "; thành lập %s «%s»" : "; opens %s \"%s\"", x->unit, x->name);
		break;
	case REORG_RENAME:
		text_addf(t, vi ? "; %s đổi tên thành «%s»" : "; %s is renamed \"%s\"", x->unit, x->name);
		break;
	case REORG_CLOSE:
		text_addf(t, vi ? "; kết thúc %s" : "; closes %s", x->unit);
		break;
	case REORG_HEIR:
		text_addf(t, "; %s → %s", x->unit, x->to);
		break;
	default:
		break;
	}
}

const char *reorg_text_words(const struct reorg_plan *plan, enum lang lang, struct arena *a)
{
	char day[DAY_TEXT];
	struct text t = TEXT(a);
	size_t moved = 0, people = 0;
	text_addf(&t, "%s, %s %s", code_label(CODES_REORG, plan->kind, lang), lang == LANG_VI ? "từ" : "from",
		lang == LANG_VI ? day_vi(plan->on, day) : day_iso(plan->on, day));
	for (size_t i = 0; i < plan->n; i++) {
		say_action(&t, &plan->v[i], lang);
		moved += plan->v[i].what == REORG_MOVE;
		people += plan->v[i].people_n;
	}
	if (moved > 0)
		text_addf(&t, lang == LANG_VI ? "; chuyển %zu tổ chức" : "; moves %zu units", moved);
	if (people > 0)
		text_addf(&t, lang == LANG_VI ? "; chuyển %zu người" : "; moves %zu people", people);
	return text_str(&t);
}
