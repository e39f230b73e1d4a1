/* Inputs of operations as people read them. */
#include "app/history_parts.h"

#include "app/clock.h"
#include "app/fields.h"
#include "app/people.h"
#include "app/reorg_text.h"
#include "base/text.h"
#include "domain/figure.h"
#include "domain/target.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

const char *history_day(const struct app *app, struct day d, struct arena *a)
{
	char buf[DAY_TEXT];
	if (!day_known(d))
		return NULL;
	return arena_strdup(a, app->lang == LANG_VI ? day_vi(d, buf) : day_iso(d, buf));
}

/* The day that an entry is about; where it says none, the day on which it was written. */
static struct day day_of_entry(const struct history_given *g)
{
	for (const struct field *fd = g->op->fields; fd->name; fd++)
		if (fd->type == FIELD_DAY && text_listed("on|from|opened", fd->name) && !field_absent(fd, g->in))
			return *(const struct day *)((const char *)g->in + fd->at);
	return clock_day(g->entry->at_us);
}

const char *history_unit(const struct history_given *g, struct unit_id id)
{
	const struct unit *u = tree_find(&g->app->tree, id);
	return u ? arena_printf(g->a, "%s (%s)", unit_name(u, day_of_entry(g)), u->code) : NULL;
}

const char *history_milli(const struct app *app, int64_t milli, struct arena *a)
{
	char buf[FIGURE_TEXT];
	const struct rounding_choice exact = { 3, ROUND_HALF_UP };
	if (milli < 0)
		return NULL;
	char *s = arena_strdup(a, figure_percent(milli, 100 * TARGET_MILLI, exact, buf));
	char *point = app->lang == LANG_VI ? strchr(s, '.') : NULL;
	if (point)
		*point = ',';
	return s;
}

const char *history_yes_no(const struct app *app, bool yes)
{
	return code_label(CODES_YES_NO, yes ? "yes" : "no", app->lang);
}

const char *history_kind(const struct app *app, const char *kind)
{
	const struct fact_kind *k = fact_kind_find(kind);
	if (k)
		return app->lang == LANG_VI ? k->vi : k->en;
	for (size_t i = app->rules.n; i-- > 0;) {
		const struct step *s = pack_step(app->rules.packs[i], kind);
		if (s)
			return label_of(s->label, app->lang);
	}
	return kind;
}

/* As people_value, days in the language of the reader. */
const char *history_fact_value(const struct app *app, const char *kind, const char *value, struct arena *a)
{
	struct day d;
	const struct fact_kind *k = fact_kind_find(kind);
	if (!value)
		return NULL;
	if (k && k->codes == VALUE_DAY && day_parse(value, kind, &d, NULL) == OK)
		return history_day(app, d, a);
	return people_value(kind, value, app->lang, a);
}

/* ---- facts of units ---- */

static const struct unit_kind_label {
	const char *kind;
	enum code_table codes; /* of its values; CODES__COUNT: as they are */
	struct labels label;
} unit_kinds[] = {
	{ UNIT_KIND, CODES_UNIT_KIND, { "Loại tổ chức", "Kind of unit" } },
	{ UNIT_SECTOR, CODES_SECTOR, { "Loại hình", "Sector" } },
	{ UNIT_AUTHORISED, CODES_YES_NO, { "Được ủy quyền kết nạp", "Authorised to admit" } },
	{ UNIT_PLAN, CODES__COUNT, { "Có kế hoạch của năm", "Has a plan for the year" } },
};

static const struct unit_kind_label *unit_kind_of(const char *kind)
{
	for (size_t i = 0; i < sizeof unit_kinds / sizeof *unit_kinds; i++)
		if (strcmp(unit_kinds[i].kind, kind) == 0)
			return &unit_kinds[i];
	return NULL;
}

const char *history_unit_value(const struct app *app, const char *kind, const char *value)
{
	const struct unit_kind_label *k = unit_kind_of(kind);
	return value && k && k->codes != CODES__COUNT ? code_label(k->codes, value, app->lang) : value;
}

/* ---- fields ---- */

static const void *member(const struct history_given *g, const struct field *fd)
{
	return (const char *)g->in + fd->at;
}

static const char *text_member(const struct history_given *g, const struct field *fd)
{
	return *(const char *const *)member(g, fd);
}

static int64_t int_member(const struct history_given *g, const struct field *fd)
{
	return *(const int64_t *)member(g, fd);
}

static const char *indicator_label(const struct app *app, const char *key)
{
	const struct indicator *ind = indicator_find(key);
	if (!ind)
		return key;
	return app->lang == LANG_VI ? ind->label.vi : ind->label.en;
}

static const char *holiday_label(const struct app *app, const char *key)
{
	const struct calendar_holiday *h = calendar_holiday_find(&app->calendar, key);
	return h ? h->note : key;
}

/* Texts that are words of the program, by the field's name. */
static const char *words_of(const struct history_given *g, const struct field *fd, const char *kind)
{
	const char *text = text_member(g, fd);
	bool of_unit = strcmp(g->op->entity, "unit") == 0;
	const struct unit_kind_label *k = of_unit ? unit_kind_of(text) : NULL;
	struct reorg_plan plan;
	if (strcmp(fd->name, "plan") == 0 && reorg_text_parse(text, FIELD_TRUSTED, g->a, &plan, NULL) == OK)
		return reorg_text_words(&plan, g->app->lang, g->a);
	if (strcmp(fd->name, "indicator") == 0)
		return indicator_label(g->app, text);
	if (strcmp(fd->name, "holiday") == 0)
		return holiday_label(g->app, text);
	if (strcmp(fd->name, "kind") == 0)
		return of_unit ? (k ? label_of(k->label, g->app->lang) : text) : history_kind(g->app, text);
	if (strcmp(fd->name, "value") == 0 && kind)
		return of_unit ? history_unit_value(g->app, kind, text) : history_fact_value(g->app, kind, text, g->a);
	return text;
}

/* A code that is being given names nothing yet, and classes have codes of their own. */
static const char *unit_of(const struct history_given *g, const struct field *fd)
{
	const char *code = text_member(g, fd);
	bool names_unit = strcmp(fd->name, "code") != 0 && strcmp(fd->name, "class_code") != 0;
	const struct unit *u = names_unit ? tree_find_code(&g->app->tree, code) : NULL;
	return u ? history_unit(g, u->id) : code;
}

static const char *person_of(const struct history_given *g, int64_t id)
{
	const struct facts active = facts_active(&g->facts, g->a);
	const char *name = facts_value(&active, "name", DAY_NONE);
	return arena_printf(g->a, "%s (%" PRId64 ")", name ? name : "–", id);
}

const char *history_value(const struct history_given *g, const struct field *fd, const char *kind)
{
	const struct app *app = g->app;
	if (field_absent(fd, g->in))
		return NULL;
	switch (fd->type) {
	case FIELD_TEXT:
		return words_of(g, fd, kind);
	case FIELD_INT:
		return arena_printf(g->a, "%" PRId64, int_member(g, fd));
	case FIELD_MILLI:
		return history_milli(app, int_member(g, fd), g->a);
	case FIELD_DAY:
		return history_day(app, *(const struct day *)member(g, fd), g->a);
	case FIELD_PERIOD:
		return period_label(*(const struct period *)member(g, fd), app->lang, g->a);
	case FIELD_CODE:
		return code_label(fd->codes, text_member(g, fd), app->lang);
	case FIELD_BOOL:
		return history_yes_no(app, int_member(g, fd) == 1);
	case FIELD_UNIT:
		return unit_of(g, fd);
	case FIELD_PERSON:
		return person_of(g, int_member(g, fd));
	}
	return NULL;
}
